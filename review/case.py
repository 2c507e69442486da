"""A case: its claim and evidence, and the verdict."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.records import NEEDS_EVIDENCE, REASONS, EvidenceRow, NewDecision, QueueItem, ScoreRow, Verdict, Version
from pipeline.store import (
    audit,
    cases,
    decisions,
    desk,
    drafts,
    golden,
    holds,
    moves,
    notes,
    people,
    pieces,
    posts,
    reading,
    scores,
    tips,
    write,
)
from pipeline.store.database import in_passing
from pipeline.store.holds import Hold
from pipeline.store.notes import Note
from review import deeds, passages, refusals, show
from review.access import NotAllowed, Visit
from review.errors import FIELDS, TOO_LONG, practised
from review.pages import Actor, Explanation, LongText, Number, PageNo, Person, Wording, go, last_page, page
from review.queue import address_of, last_filters, next_address, toast
from review.words import N_

router = APIRouter()
BACK = N_("What you had filled in is back.")
STOOD = N_("Filled in as in the verdict that stood before; choose a verdict anew.")
DIFFED = 3  # edits shown in the case itself; the others have a page of their own


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person has filled in on a case."""

    verdict: Annotated[str, Form(max_length=40)] = ""
    reason: Annotated[str, Form(max_length=60)] = ""
    evidence: Annotated[tuple[str, ...], Form(max_length=50)] = ()
    note: LongText = ""
    explanation: Explanation = ""
    wording: Wording = ""

    @classmethod
    def of_draft(cls, kept: dict[str, object]) -> "Filled":
        """From a draft: what a lost session, a look elsewhere or an undone verdict left."""
        said = {
            one.name: tuple(map(str, found)) for one in fields(cls) if isinstance(found := kept.get(one.name), list)
        }
        one: dict[str, Any] = {name: found if name == "evidence" else found[0] for name, found in said.items() if found}
        return cls(**one)

    def as_draft(self) -> dict[str, list[str]]:
        """The same as a draft keeps it."""
        return {name: list(one) if name == "evidence" else [one] * bool(one) for name, one in asdict(self).items()}


OfForm = Annotated[Filled, Depends(Filled)]


@dataclass(frozen=True, slots=True)
class Open:
    """A case as one person may see it now."""

    item: QueueItem
    telling: reading.Telling | None
    evidence: tuple[EvidenceRow, ...]
    hold: Hold | None
    blind: bool  # reads it as a second reader: earlier verdicts are out of sight
    closed: str  # why the person can't decide it now: held, waiting, lead, decided; empty when they can
    seen: int
    no_claim: bool = False  # opened by hand, and the machine reads none in it, which the page says
    practice: bool = False  # a golden case: the verdict given is compared and not recorded
    history: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def score(self) -> ScoreRow | None:
        """The score the case is read with."""
        return self.telling.score if self.telling else None

    @property
    def beside(self) -> str | None:
        """What the machine read in place of the case's claim, "" for none; None where it read that."""
        return self.telling.beside if self.telling and not self.score else None

    @property
    def readings(self) -> list[dict[str, Any]]:
        """Each person's last verdict since the case was opened: of a dispute, what a lead is to settle."""
        made: dict[str, dict[str, Any]] = {}
        for one in self.history:
            if one["action"] == "reopen":
                made.clear()
            elif one["action"] == "decide":
                made[str(one["person"])] = one
        return list(made.values())

    @property
    def stood(self) -> list[dict[str, Any]]:
        """The verdict that stood till the case was reopened, and a second reading of it; none where it wasn't."""
        return _stood_till(self.item, self.history)


def _stood_till(item: QueueItem, history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = [one for one in history if one["action"] == "decide" and not one["undone"]]
    first = max((one["id"] for one in made if not one["blind"]), default=0)
    return [one for one in made if one["id"] >= first] if first and item.state == "reopened" else []


def open_case(visit: Visit, case_id: int, *, practice: bool = False) -> Open:
    """A case, taken in hand when nobody else has it and it is opened to be read."""
    item = deeds.existing(visit, case_id)
    practice = practice and golden.is_golden(visit.db, case_id)
    hold = holds.holder(visit.db, case_id)
    closed = "" if practice or visit.person is None else deeds.closed(item, visit.person)
    if visit.person and not (closed or practice or visit.only_head):
        with in_passing(visit.db):
            hold = holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)
        item = deeds.existing(visit, case_id)  # again: till the hold, somebody else could decide it
        closed = deeds.closed(item, visit.person) or ("" if hold is None or hold.person == visit.name else "held")
        with in_passing(visit.db):
            holds.leave(visit.db, visit.name, but=0 if closed else case_id)
    blind = practice or reads_blind(visit, item)
    telling = reading.telling(visit.db, case_id)
    evidence = reading.evidence_for(visit.db, case_id, score_id=telling.score_id if telling else 0, named=not blind)
    if blind:  # a copy that came later was read beside this case's own verdict
        own = {f"decision:{one['id']}" for one in decisions.history(visit.db, case_id)}
        evidence = tuple(e for e in evidence if e.eid not in own)
        telling = _read_without(telling, own)
    no_claim = bool(cases.no_claims(visit.db, [case_id]))
    if no_claim or item.lane == "testimony":  # no view or own life is contradicted: what lies near is there to be read
        evidence = tuple(replace(e, relation="related", slot="", slots=()) for e in evidence)
    history = [] if blind else decisions.history(visit.db, case_id)
    seen = decisions.last_event(visit.db, case_id)
    item = unseen(visit, item) if not practice else replace(item, verdict="", decider="")
    told = [] if practice else deeds.notes_for(visit, case_id, blind=blind)
    return Open(item, telling, evidence, hold, blind, closed, seen, no_claim, practice, history, told)


def _read_without(telling: reading.Telling | None, own: set[str]) -> reading.Telling | None:
    """What a case is read from, without its own verdicts among the evidence."""
    if telling is None or telling.score is None or own.isdisjoint(e.eid for e in telling.score.evidence):
        return telling
    left = tuple(e for e in telling.score.evidence if e.eid not in own)
    reasons = tuple(r for r in telling.score.reasons if r != "REPEATS_REFUTED" or any(e.checked for e in left))
    return replace(telling, score=replace(telling.score, evidence=left, reasons=reasons))


def unseen(visit: Visit, item: QueueItem) -> QueueItem:
    """A case without the first reader's verdict while a second one is awaited: whoever may be that one mustn't know."""
    return replace(item, verdict="", decider="") if reads_blind(visit, item) else item


def reads_blind(visit: Visit, item: QueueItem) -> bool:
    """Whether a case waits for a second reader that somebody may be."""
    return item.state == "second" and item.decider != visit.name


@router.get("/case/{case_id}")
def case(visit: Person, case_id: Number, practice: str = "") -> Response:
    """A case with its evidence."""
    opened = open_case(visit, case_id, practice=bool(practice))
    kept = {} if opened.practice else drafts.draft(visit.db, visit.name, case_id)
    stood = {} if opened.closed else _stood(visit, opened.stood, kept)
    filled = Filled.of_draft({**stood}) if stood else Filled.of_draft(kept)
    return case_page(visit, opened, filled, restored="" if filled == Filled() else STOOD if stood else BACK)


def _stood(visit: Visit, stood: list[dict[str, Any]], kept: dict[str, object]) -> dict[str, list[str]]:
    """What the verdict said that stood till a case was reopened, as a draft and but for the verdict and a colleague's
    note; nothing where something was filled in since, or emptied, which its number in the draft tells."""
    if not stood or Filled.of_draft(kept) != Filled() or kept.get("stood") == [str(stood[0]["id"])]:
        return {}
    note = stood[0]["note"] if stood[0]["person"] == visit.name else ""
    again = replace(_filled_again({**stood[0], "note": note}, Filled()), verdict="", reason="")
    return {**again.as_draft(), "stood": [str(stood[0]["id"])]}


def _amend(visit: Visit, item: QueueItem, fields: dict[str, list[str]]) -> None:
    """Keep some fields of a verdict as one's draft, over what its page was filled in with."""
    kept = drafts.draft(visit.db, visit.name, item.case_id)
    stood = _stood(visit, _stood_till(item, decisions.history(visit.db, item.case_id)), kept)
    drafts.amend_draft(visit.db, visit.name, item.case_id, {**stood, **fields})


def case_page(
    visit: Visit, opened: Open, filled: Filled, *, problem: str = "", doubts: Sequence[str] = (), restored: str = ""
) -> Response:
    """The page of a case, with what was filled in before."""
    case_id, lane, filters = opened.item.case_id, opened.item.lane, last_filters(visit)
    shown, like = reading.case_posts(visit.db, case_id), reading.like(visit.db, case_id, opened.evidence)
    beyond = reading.Alike() if opened.practice else reading.worded_alike(visit.db, opened.item.claim)
    return page(
        visit, "case.html", status=422 if problem or doubts else 200, case=opened, item=opened.item, posts=shown,
        edits=_edits(visit, shown), earlier=[] if opened.blind else [one for one in like if one.state == "decided"],
        alike=[one for one in like if one.state != "decided"], filters=filters, back=address_of(filters),
        models=reading.models_of(visit.db, opened.telling.version.id) if opened.telling and opened.score else [],
        filled=filled, problem=problem, doubts=doubts, restored=restored, reasons=REASONS,
        verdicts=[v for v in Verdict if v not in NEEDS_EVIDENCE or lane != "testimony"],
        beyond=beyond, copies=desk.collected(visit.db, opened.item.claim, among=beyond.posts) if beyond.posts else [],
        moves=moves.moves_of(visit.db, case_id), golden=golden.is_golden(visit.db, case_id),
        others=_takers(visit, opened.item), toast=toast(visit), brought=tips.only_brought(visit.db, case_id),
        can_take=partial(_can_take, visit, opened), put=reading.put_by_people(visit.db, case_id),
        places={row.eid: (n, row) for n, row in enumerate(opened.evidence, 1)},
        wordless=opened.item.state == "decided" and cases.wordless(visit.db, case_id),
        lost={"to": "", "word": "", "changed": "", **drafts.drafted(visit.db, visit.name, case_id)},
    )  # fmt: skip


def _can_take(visit: Visit, opened: Open, eid: str) -> list[str]:
    """What somebody may do about a passage of a case; what a verdict that they may know of names stays beside it."""
    named = {row["eid"] for one in opened.history for row in one["evidence"]}
    can = () if opened.practice else passages.can_take(visit, opened.item.case_id, eid)
    return [deed for deed in can if deed == "withdraw" or eid not in named]


def _edits(visit: Visit, shown: list[reading.CasePost]) -> dict[int, Any]:
    """The last edit of the first few edited posts, as a diff; None for a text too long to compare here."""
    edited = [post.post_id for post in shown if post.versions > 1][:DIFFED]
    found = {}
    for post_id in edited:
        texts = [v.reading for v in posts.versions_of(visit.db, post_id) if not v.gone]
        found[post_id] = show.diff(texts[-2], texts[-1])
    return found


def _takers(visit: Visit, item: QueueItem) -> list[people.Person]:
    """Whom a case can be handed to."""
    found = [person for person in people.people(visit.db) if not person.off and person.name != visit.name]
    return [person for person in found if not deeds.closed(item, person)]


@router.get("/case/{case_id}/posts")
def all_posts(visit: Person, case_id: Number, page_no: PageNo = 1) -> Response:
    """Every post of a case, a hundred a page; whoever may decide the case can split some of them off."""
    item, size, hold = deeds.existing(visit, case_id), 100, holds.holder(visit.db, case_id)
    page_no = min(page_no, last_page(item.posts, size))
    shown = reading.case_posts(visit.db, case_id, limit=size, offset=(page_no - 1) * size)
    mine = visit.person and not deeds.closed(item, visit.person) and (hold is None or hold.person == visit.name)
    splits = bool(mine and item.posts > 1 and item.state != "second")
    return page(visit, "posts.html", item=item, posts=shown, page_no=page_no, size=size, splits=splits)


@router.get("/case/{case_id}/post/{post_id}")
def post(
    visit: Person,
    case_id: Number,
    post_id: Number,
    part: Annotated[int | None, Query(ge=0, le=10_000)] = None,
    edit: Annotated[int, Query(ge=0, le=2**53)] = 0,
    practice: str = "",
) -> Response:
    """A post in full, a long one in parts, opened at its claim; with what one of its edits changed: the last, or the
    one asked for."""
    item, found = deeds.existing(visit, case_id), reading.case_post(visit.db, case_id, post_id)
    if found is None:
        raise HTTPException(404)
    versions = posts.versions_of(visit.db, post_id)
    edits = [at for at, version in enumerate(versions) if at and not version.gone]
    edit = edit if edit in edits else max(edits, default=0)
    whole, size = versions[-1].reading, 20_000
    words = whole[versions[-1].headed :].lstrip()
    below = len(whole) - len(words)
    span = _claim_in(visit, item, versions)
    told_in = max(0, span[0] - below) // size
    part = told_in if part is None else part
    return page(
        visit, "post.html", post=found, versions=versions, case_id=case_id, part=part, edit=edit,
        changed=show.diff(versions[edit - 1].reading, versions[edit].reading) if edit else None,
        text=words[part * size : (part + 1) * size], parts=-(-len(words) // size), at=below + part * size,
        title=whole[: versions[-1].headed], span=span, told_in=told_in, practice=bool(practice),
    )  # fmt: skip


def _claim_in(visit: Visit, item: QueueItem, versions: list[Version]) -> show.Span:
    """Where a post makes the claim of its case: where its score read it, or where the very words stand."""
    whole, (_, score) = versions[-1].reading, scores.latest_score(visit.db, versions[-1].post_id) or (0, None)
    words = whole.find(item.claim)
    if score and any(v.id == score.version_id and v.reading == whole for v in versions):
        read = whole[score.claim_start : score.claim_end]
        if read and (words < 0 or read == item.claim):
            return score.claim_start, score.claim_end
    return (words, words + len(item.claim)) if words >= 0 else (0, 0)


@router.post("/case/{case_id}/decide")
def decide(
    visit: Actor,
    case_id: Number,
    filled: OfForm,
    seen: Annotated[int, Form(ge=0, le=2**53)] = 0,
    sure: Annotated[str, Form()] = "",
    practice: str = "",
) -> Response:
    """Record a verdict and go on to the next case."""
    opened = open_case(visit, case_id, practice=bool(practice))
    problem = _problem(visit, opened, filled, seen)
    if problem or (not sure and doubts_of(visit, opened, filled)):
        return _refuse(visit, opened, filled, problem=problem)
    if opened.practice:
        meant = golden.read(visit.db, case_id, person=visit.name, verdict=Verdict(filled.verdict))
        return go(next_address(visit, last_filters(visit, opened.item.lane), meant=meant, said=filled.verdict))
    try:
        made = record(visit, opened, filled, seen)
    except decisions.DecisionRefused:
        return _refuse(visit, open_case(visit, case_id), filled, problem=_moved(visit, case_id))
    return go(next_address(visit, last_filters(visit, opened.item.lane), done=made))


@router.get("/case/{case_id}/decide")
@router.get("/case/{case_id}/draft")
@router.get("/case/{case_id}/evidence/draft")
@router.get("/case/{case_id}/evidence/unlink")
@router.get("/case/{case_id}/evidence/withdraw")
@router.get("/case/{case_id}/golden")
@router.get("/case/{case_id}/hand")
@router.get("/case/{case_id}/hand/undo")
@router.get("/case/{case_id}/hold")
@router.get("/case/{case_id}/merge")
@router.get("/case/{case_id}/note")
@router.get("/case/{case_id}/out")
@router.get("/case/{case_id}/release")
@router.get("/case/{case_id}/reopen")
@router.get("/case/{case_id}/split")
def back_to_case(visit: Person, case_id: Number) -> Response:
    """The case: a page that refused a verdict, or another deed, has such an address."""
    return go(f"/case/{case_id}{practised(visit.request)}")


def _refuse(visit: Visit, opened: Open, filled: Filled, *, problem: str) -> Response:
    """The case with what was filled in, which is kept, and why it isn't recorded; without a problem, the question."""
    if not opened.practice:
        _amend(visit, opened.item, filled.as_draft())
    doubts = [] if problem else doubts_of(visit, opened, filled)
    return case_page(visit, opened, filled, problem=problem, doubts=[visit.say.gettext(doubt) for doubt in doubts])


@router.post("/case/{case_id}/draft")
def keep_draft(
    visit: Actor,
    case_id: Number,
    filled: OfForm,
    quiet: Annotated[str, Form()] = "",
    left: Annotated[str, Form()] = "",
    same: Annotated[tuple[str, ...], Form(max_length=50)] = (),
) -> Response:
    """Keep what is filled in but what is the `same` as before, and the case in hand unless the page was `left`; without
    `quiet` and `left`, look for evidence."""
    keep_filled(visit, case_id, filled, left=bool(left), same=same)
    return Response(status_code=204) if quiet or left else go(f"/case/{case_id}/evidence")


@router.post("/case/{case_id}/note")
def add_note(visit: Actor, case_id: Number, filled: OfForm, seen: Annotated[str, Form()] = "") -> Response:
    """Write a note on the case; what else is filled in on its form is kept. One that is too long can be shortened.

    The form of the verdict says what was `seen`, and has all the fields; another may have the note alone.
    """
    if len(filled.note) > notes.LONGEST:
        field, most = visit.say.name(FIELDS, "note"), visit.say.number(notes.LONGEST)
        problem = visit.say.gettext(TOO_LONG).format(field=field, most=most)
        return _refuse(visit, open_case(visit, case_id), filled, problem=problem)
    deeds.note(visit, case_id, filled.note)
    beside = {
        name: value for name, value in replace(filled, note="").as_draft().items() if seen or value or name == "note"
    }
    _amend(visit, deeds.existing(visit, case_id), beside)
    return go(f"/case/{case_id}#notes-title")


def keep_filled(visit: Visit, case_id: int, filled: Filled, *, left: bool = False, same: Sequence[str] = ()) -> None:
    """Keep what somebody filled in as their draft, without the fields that are the `same`, and the case in hand.

    Raises HoldRefused when another has it, Refused when it can't be decided any more; what was filled in is kept.
    """
    item = deeds.existing(visit, case_id)
    leave = set(same) if {"verdict", "reason"} <= set(same) else set(same) - {"verdict", "reason"}  # these are one
    kept = {name: value for name, value in filled.as_draft().items() if name not in leave}
    _amend(visit, item, kept)
    if left:
        return
    holds.require(visit.db, case_id, visit.name)
    if visit.person and deeds.closed(item, visit.person):
        raise refusals.Refused(refusals.CLOSED)
    holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)


def record(visit: Visit, opened: Open, filled: Filled, seen: int | None) -> int:
    """Write a verdict down and give the case back; raises DecisionRefused."""
    decision = NewDecision(
        opened.item.case_id,
        visit.name,
        Verdict(filled.verdict),
        filled.reason,
        filled.evidence,
        filled.note,
        opened.blind,
        filled.explanation,
        filled.wording,
    )
    seen = opened.seen if seen is None else seen
    with write(visit.db):
        holds.require(visit.db, decision.case_id, visit.name)
        item = deeds.existing(visit, decision.case_id)  # again: since it was opened, somebody else could decide it
        if (visit.person and deeds.closed(item, visit.person)) or reads_blind(visit, item) != opened.blind:
            raise decisions.DecisionRefused("Somebody decided this case while you had it open; look at it again.")
        # what a lead decides after a dispute is final: drawing it again would send it round in circles
        share = 0.0 if item.state == "disputed" else visit.settings.second_reader_share
        made = decisions.decide(visit.db, decision, seen=seen, second_share=share)
        # its digest, not the verdict: whoever reads the log may be the second reader
        audit.note(visit.db, visit.name, "decide", subject=decision.case_id, detail=audit.mark_of(visit.db, made))
        holds.release(visit.db, decision.case_id, person=visit.name)
        drafts.keep_draft(visit.db, visit.name, decision.case_id, {})
    return made


def _moved(visit: Visit, case_id: int) -> str:
    _, made = visit.say.gettext, decisions.history(visit.db, case_id)
    joined = next((move.at for move in moves.moves_of(visit.db, case_id) if move.to_case == case_id), "")
    edited, decided = decisions.edited_at(visit.db, case_id), str(made[-1]["at"]) if made else ""
    if edited > max(joined, decided):
        return _("A post of this case was edited while you had it open; read it again before you decide.")
    if joined > decided:
        return _("Posts were moved into this case while you had it open; look at them before you decide.")
    if made and made[-1]["action"] != "decide":
        return _("A verdict was taken back, or the case reopened, while you had it open; look at it again.")
    if made and made[-1]["person"] == visit.name:
        return _("You decided this case yourself, in another window; nothing was recorded a second time.")
    return _("Somebody decided this case while you had it open. Your note is kept below; look at it again.")


def _problem(visit: Visit, opened: Open, filled: Filled, seen: int) -> str:
    """Why a verdict can't be recorded as it is, in the reader's language; empty when it can."""
    _ = visit.say.gettext
    if opened.closed == "held" and opened.hold:
        return _("{who} has this case in hand.").format(who=visit.called(opened.hold.person))
    if opened.seen != seen or opened.closed:
        return _moved(visit, opened.item.case_id)
    if filled.verdict not in set(Verdict):
        return _("Choose a verdict.")
    if opened.item.lane == "testimony" and Verdict(filled.verdict) in NEEDS_EVIDENCE:
        return _(refusals.NO_TESTIMONY)
    if filled.reason not in REASONS[Verdict(filled.verdict)]:
        return _("Choose a reason for this verdict.")
    named = _named(visit, opened.item.case_id, filled)
    if not all(row and row.role for row in named):
        return _("One of the passages named isn't there any more.")
    if Verdict(filled.verdict) in NEEDS_EVIDENCE and not _carrying(named):
        return _("This verdict needs at least one passage that isn't a party's own statement. Tick one, or add one.")
    return ""


def _named(visit: Visit, case_id: int, filled: Filled) -> list[EvidenceRow | None]:
    """The passages named, each once; None for what isn't there."""
    return [pieces.piece(visit.db, eid, case_id=case_id) for eid in dict.fromkeys(filled.evidence)]


def _carrying(named: list[EvidenceRow | None]) -> set[str]:
    """What can carry a verdict: passages that aren't a party's, the same words once; earlier checks by themselves."""
    carry = [row for row in named if row and row.role not in ("", "party")]
    return {row.eid if row.checked else " ".join(row.text.split()) for row in carry}


def doubts_of(visit: Visit, opened: Open, filled: Filled) -> list[str]:
    """Why a verdict is asked for once more: by whoever gave it before the case was reopened; one that needs evidence
    also of what the machine reads as no claim, by a reason that names what isn't among the passages, or on a single one
    that isn't a party's."""
    again = [refusals.OWN_AGAIN] * any(one["person"] == visit.name for one in opened.stood)
    if Verdict(filled.verdict) not in NEEDS_EVIDENCE:
        return again
    case_id, reason = opened.item.case_id, filled.reason
    named = _named(visit, case_id, filled)
    roles = {row.role for row in named if row}
    doubts = {
        refusals.NO_CLAIM: bool(cases.no_claims(visit.db, [case_id], by_hand=False)),
        refusals.NO_RECORD: reason.endswith("_by_record") and "primary" not in roles,
        refusals.NO_INDEPENDENT: reason == "confirmed_by_independent" and "independent" not in roles,
        refusals.NO_CHECK: reason == "repeats_refuted" and not any(row and row.checked for row in named),
        refusals.ONE_ONLY: len(_carrying(named)) == 1,
    }
    return again + [doubt for doubt, asked in doubts.items() if asked]


@router.post("/decision/{decision_id}/undo")
def undo(visit: Actor, decision_id: Number) -> Response:
    """Take a verdict back; both entries stay in the history."""
    return go(f"/case/{take_back(visit, decision_id)}")


def take_back(visit: Visit, decision_id: int) -> int:
    """Undo one's own decision, which is filled in again to be put right, or as a lead anybody's; returns the case."""
    found = decisions.decision(visit.db, decision_id)
    if found is None or found["action"] != "decide":
        raise HTTPException(404)
    if found["person"] != visit.name and not visit.may("lead"):
        raise NotAllowed
    case_id = int(str(found["case_id"]))
    with write(visit.db):
        if cases.wordless(visit.db, case_id):
            raise refusals.Refused(refusals.ERASED)
        try:
            decisions.undo(visit.db, decision_id, person=visit.name)
        except decisions.DecisionRefused:
            raise refusals.Refused(refusals.TAKEN_BACK if found["undone"] else refusals.REPLACED) from None
        audit.note(visit.db, visit.name, "undo", subject=case_id, detail=f"#{decision_id}")
        if found["person"] == visit.name:
            kept = Filled.of_draft(drafts.draft(visit.db, visit.name, case_id))
            drafts.amend_draft(visit.db, visit.name, case_id, _filled_again(found, kept).as_draft())
    return case_id


def _filled_again(found: dict[str, object], kept: Filled) -> Filled:
    """What a verdict held, and what was filled in beside it since: in a second window."""
    named: Any = found["evidence"]
    verdict, reason, note, explanation = (str(found[key]) for key in ("verdict", "reason", "note", "explanation"))
    if kept.verdict:
        verdict, reason = kept.verdict, kept.reason
    if kept.note not in note:
        note = kept.note if note in kept.note else f"{note}\n\n{kept.note}"
    eids = kept.evidence or tuple(e["eid"] for e in named)
    return Filled(verdict, reason, eids, note, kept.explanation or explanation, kept.wording or str(found["wording"]))
