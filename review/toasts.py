"""What a page tells of the deed that led to it, and how that can be taken back."""

from pipeline.records import Verdict
from pipeline.store import audit, cases, decisions, holds, moves, tips
from review import refusals
from review.access import Visit
from review.names import N_

TOLD = {  # by what an address says: the deed in the audit log, and its words
    "verdict": ("undo", N_("The verdict is taken back.")),
    "hand": ("undo hand over", N_("The hand-over is taken back.")),
    "word": ("undo hand over", N_("The hand-over is taken back; its word stays among the notes.")),
    "aside": ("release", N_("It is in your hands again.")),
    "aside-word": ("release", N_("It is in your hands again; its word stays among the notes.")),
    "reopened": ("reopen", N_("The case is open again.")),
    "beside": ("evidence added", N_("The passage stands beside the case.")),
    "unlinked": ("evidence unlinked", N_("The passage is taken from the case.")),
    "note": ("note", N_("The note is kept on the case.")),
    "golden": ("golden", N_("This is a golden case now.")),
    "ordinary": ("not golden", N_("This is an ordinary case again.")),
}  # fmt: skip
TOLD_OF_VIEWS = {"view": N_("The view is kept."), "forgotten": N_("The view is forgotten.")}  # which no log has


def toast(visit: Visit, case_id: int = 0) -> dict[str, object] | None:
    """What this person just did, to be taken back while it is fresh, or took back; or how a practice reading went."""
    given = visit.request.query_params
    said, meant = given.get("said", ""), given.get("meant", "")
    if said in set(Verdict) and meant in set(Verdict):
        return {"said": said, "meant": meant}
    if not case_id and (of_view := TOLD_OF_VIEWS.get(given.get("told", ""))):
        return {"told": of_view, "reopened": []}
    deed, words = TOLD.get(given.get("told", ""), ("", ""))
    if deed and audit.last_deed(visit.db, case_id) == (visit.name, deed):
        beside = decisions.reopened_beside(visit.db, case_id, person=visit.name) if deed in ("undo", "reopen") else []
        return {"told": words, "reopened": beside}
    if given.get("out") == "no" and any(tips.is_brought(visit.db, post) for post in cases.posts_of(visit.db, case_id)):
        return {"out": False}
    taken = audit.last_deed(visit.db, number_in(given.get("out", "")))
    if taken in {(visit.name, "take out"), (visit.name, "take out unread")}:
        return {"out": True}
    if merged := _merged(visit, number_in(given.get("merged", "")), case_id):
        return {"merged": merged}
    freed = number_in(given.get("freed", ""))
    if freed and not holds.holder(visit.db, freed):
        return {"freed": freed}
    if not visit.decides:  # the rest tells of what one may take back
        return None
    hold = holds.holder(visit.db, number_in(given.get("aside", "")))
    if hold and visit.name == {"handed": hold.given_by, "parked": hold.person}.get(hold.kind):
        return {"hold": hold}
    moved = moves.move(visit.db, number_in(given.get("moved", "")))
    if moved and moved.person == visit.name and not moved.undone:
        return {"move": moved}
    found = decisions.decision(visit.db, number_in(given.get("done", "")))
    mine = found is not None and found.person == visit.name and not (found.undone or found.replaced)
    if found is None or not mine:
        return None
    item = cases.case(visit.db, found.case_id)
    state = item.state if item else ""
    drawn = state == "second" and decisions.by_draw(visit.db, found.id)
    follow = decisions.to_give_again(visit.db, found.id, person=visit.name) if state == "decided" else []
    return {
        "made": found, "waits": state == "second", "drawn": drawn, "differ": state == "disputed" and found.blind,
        "follow": follow,
    }  # fmt: skip


def _merged(visit: Visit, number: int, into: int) -> str:
    """That the posts of a case are in the one its old address led to; "" where they aren't."""
    if not number or moves.went_to(visit.db, number) != into:
        return ""
    return refusals.MergedAway(number, into).told(visit.say.gettext(refusals.MERGED))


def number_in(text: str) -> int:
    """A row's number in an address; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
