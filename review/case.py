"""The pages of a case: its claim and evidence, its posts, and the verdict."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import Json
from starlette.exceptions import HTTPException

from pipeline.records import NEEDS_EVIDENCE, REASONS, QueueItem, Verdict, Version
from pipeline.store import (
    cases,
    decisions,
    desk,
    drafts,
    golden,
    holds,
    moves,
    notes,
    posts,
    reading,
    scores,
    tips,
)
from pipeline.store.wordings import told_otherwise
from review import deeds, passages, refusals, show
from review.access import Visit
from review.deciding import (
    Filled,
    OfForm,
    amend,
    doubts_of,
    given_already,
    keep_filled,
    left_out_against,
    moved,
    problem_of,
    record,
    same_again,
    stood_again,
    take_back,
)
from review.errors import Fields, practised, too_long
from review.names import N_
from review.opened import Open, drawn, open_case
from review.pages import Actor, Number, PageNo, Person, go, last_page, page
from review.queue import last_filters, next_address, place_of
from review.toasts import toast
from review.words import as_shown

router = APIRouter()


BACK = N_("What you had filled in is back.")


STOOD = N_("Filled in as in the verdict that stood before; choose a verdict anew.")


FIRST = N_("The first reader’s words for the public are filled in: make them fit your verdict.")


LESSER = ("to", "word", "changed", "into")  # fields beside the verdict's
READ = ("seen", "shown")  # fields that tell what somebody had before them
WORDED = 20  # wordings shown in the case itself; they have a page of their own, as have edits
DIFFED = 3  # edits shown in the case itself; the others have a page of their own


@router.get("/case/{case_id}")
def case(visit: Person, case_id: Number, practice: str = "") -> Response:
    """A case with its evidence."""
    opened = open_case(visit, case_id, practice=bool(practice))
    kept = {} if opened.practice else drafts.draft(visit.db, visit.name, case_id)
    stood = {} if opened.closed else stood_again(visit, opened.item, opened.history, kept)
    filled, told = Filled.of_draft({**(stood or kept)}), BACK
    if stood:
        told = FIRST if opened.at_odds else STOOD
    return case_page(visit, opened, filled, restored="" if filled == Filled() else told)


def case_page(
    visit: Visit, opened: Open, filled: Filled, *, problem: refusals.Problem | None = None, doubts: Sequence[str] = (),
    restored: str = "", sent: Fields | None = None,
) -> Response:  # fmt: skip
    """The page of a case, with what was filled in before, and of a form that was `sent` its lesser fields and what its
    sender had read: a verdict is held to that."""
    case_id, lane, filters = opened.item.case_id, opened.item.lane, last_filters(visit)
    shown, like = reading.case_posts(visit.db, case_id), reading.like(visit.db, case_id, opened.evidence)
    one = {name: said[0] for name, said in (sent or {}).items()}
    lesser, read = ({name: one[name] for name in names if name in one} for names in (LESSER, READ))
    put = reading.put_by_people(visit.db, case_id)
    speaks = [n for n, e in enumerate(as_shown(opened.evidence), 1) if e.relation != "related" or e.eid in put]
    beyond = reading.Alike() if opened.practice else reading.worded_alike(visit.db, opened.item.claim)
    return page(
        visit, "case.html", status=422 if problem or doubts else 200, case=opened, item=opened.item, posts=shown,
        spread=reading.spread(visit.db, case_id), again=desk.came_again(visit.db, [case_id]).get(case_id, 0),
        edits=_edits(visit, shown), most_worded=WORDED,
        earlier=[] if opened.blind else [one for one in like if one.state == "decided"],
        alike=[one for one in like if one.state != "decided"], filters=filters, back=place_of(visit, case_id),
        models=reading.models_of(visit.db, opened.telling.version.id) if opened.telling and opened.score else [],
        filled=filled, read=read, problem=problem, doubts=doubts, restored=restored, reasons=REASONS,
        verdicts=[v for v in Verdict if v not in NEEDS_EVIDENCE or lane != "testimony"],
        beyond=beyond, copies=desk.collected(visit.db, opened.item.claim, among=beyond.posts) if beyond.posts else [],
        moves=moves.moves_of(visit.db, case_id), golden=golden.is_golden(visit.db, case_id),
        others=deeds.takers(visit, opened.item), toast=toast(visit, case_id),
        brought=tips.only_brought(visit.db, case_id), put=put, speaking=max(speaks, default=0),
        can_take=partial(_can_take, visit, opened), can_undo=partial(deeds.can_undo, visit),
        places={row.eid: (n, row) for n, row in enumerate(opened.evidence, 1)},
        same=None if problem or doubts else same_again(visit, opened),
        cited=decisions.cases_of(visit.db, _told_of(opened)),
        sources={row.eid: row.source for row in opened.evidence},
        one_only=refusals.ONE_ONLY,
        against=left_out_against(opened, filled) if refusals.ANOTHER_SAYS in doubts else [],
        wordless=opened.item.state == "decided" and cases.wordless(visit.db, case_id),
        drawn=drawn(opened.item),
        lost={**dict.fromkeys(LESSER, ""), **drafts.drafted(visit.db, visit.name, case_id), **lesser},
    )  # fmt: skip


def _told_of(opened: Open) -> set[str]:
    """All evidence that the page of a case names."""
    return {e.eid for e in opened.evidence} | {e.eid for one in opened.history for e in one.evidence}


def _can_take(visit: Visit, opened: Open, eid: str) -> list[str]:
    """What somebody may do about a passage of a case; what a verdict that they may know of names stays beside it."""
    named = {row.eid for one in opened.history for row in one.evidence}
    can = () if opened.practice else passages.can_take(visit, opened.item.case_id, eid)
    return [deed for deed in can if deed == "withdraw" or eid not in named]


def _edits(visit: Visit, shown: list[reading.CasePost]) -> dict[int, Any]:
    """The last edit of the first few edited posts, as a diff; None for a text that is gone or too long to compare."""
    edited = [post.post_id for post in shown if post.versions > 1][:DIFFED]
    found = {}
    for post_id in edited:
        texts = [
            text
            for text, _ in groupby(v.reading for v in posts.versions_of(visit.db, post_id) if not v.gone and v.reading)
        ]
        found[post_id] = show.diff(*texts[-2:]) if len(texts) > 1 else None
    return found


@router.get("/case/{case_id}/posts")
def all_posts(visit: Person, case_id: Number, page_no: PageNo = 1) -> Response:
    """Every post of a case, a hundred a page; whoever may decide the case can split some of them off."""
    item, size = deeds.existing(visit, case_id), 100
    spread = reading.spread(visit.db, case_id)
    page_no = min(page_no, last_page(spread[0], size))
    shown = reading.case_posts(visit.db, case_id, limit=size, offset=(page_no - 1) * size)
    splits = _can_split(visit, item, spread[0])
    return page(visit, "posts.html", item=item, spread=spread, posts=shown, page_no=page_no, size=size, splits=splits)


@router.get("/case/{case_id}/wordings")
def all_wordings(visit: Person, case_id: Number, page_no: PageNo = 1) -> Response:
    """Every wording in which posts of a case tell it otherwise, a hundred a page, each to be split off likewise."""
    item, size = deeds.existing(visit, case_id), 100
    spread, told = reading.spread(visit.db, case_id), told_otherwise(visit.db, case_id)
    page_no = min(page_no, last_page(len(told), size))
    return page(
        visit, "wordings.html", item=item, spread=spread, worded=told[(page_no - 1) * size : page_no * size],
        all=len(told), page_no=page_no, size=size, splits=_can_split(visit, item, spread[0]),
        toast=toast(visit, case_id),
    )  # fmt: skip


def _can_split(visit: Visit, item: QueueItem, posts: int) -> bool:
    """Whether somebody may take some of a case's posts out of it."""
    hold = holds.holder(visit.db, item.case_id)
    mine = not deeds.closed(item, visit.who) and (hold is None or hold.person == visit.name)
    return mine and posts > 1 and item.state != "second"


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
    every = posts.versions_of(visit.db, post_id)
    versions = [version for version in every if version.reading] or every  # of the others the words were let go
    edits = [at for at, version in enumerate(versions) if at and not version.gone and not _is_back(versions, at)]
    edit = edit if edit in edits else max(edits, default=0)
    whole, size = versions[-1].reading, 20_000
    words = whole[versions[-1].headed :].lstrip()
    below = len(whole) - len(words)
    span = _claim_in(visit, item, versions)
    told_in, parts = max(0, span[0] - below) // size, last_page(len(words), size)
    part = told_in if part is None else min(part, parts - 1)
    return page(
        visit, "post.html", post=found, versions=versions, case_id=case_id, part=part, edit=edit,
        changed=show.diff(versions[edit - 1].reading, versions[edit].reading) if edit else None,
        text=words[part * size : (part + 1) * size], parts=parts, at=below + part * size,
        title=whole[: versions[-1].headed], span=span, told_in=told_in, practice=bool(practice),
        is_back=partial(_is_back, versions), let_go=len(every) - len(versions),
    )  # fmt: skip


def _is_back(versions: Sequence[Version], at: int) -> bool:
    """Whether a version tells of no edit: the post was gone before, and says what it said."""
    return versions[at - 1].gone and versions[at - 1].reading == versions[at].reading


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
    shown: Annotated[Json[dict[str, str]] | None, Form()] = None,
    sure: Annotated[str, Form()] = "",
    warned: Annotated[str, Form(max_length=1)] = "",
    practice: str = "",
) -> Response:
    """Record a verdict and go on to the next case; `sure` says, a line each, which doubts were answered, `warned` that
    its form told of a single passage that isn't a party's."""
    opened = open_case(visit, case_id, practice=bool(practice))
    if practice and not opened.practice:
        return case_page(visit, opened, filled, problem=refusals.Problem(visit.say.gettext(refusals.NOT_GOLDEN)))
    problem = problem_of(visit, opened, filled, seen, shown or {})
    if problem and not practice and (made := given_already(visit, opened, filled, seen)):
        return go(next_address(visit, last_filters(visit, opened.item.lane), done=made))
    doubts = [] if problem else doubts_of(visit, opened, filled, warned=bool(warned))
    if problem or not set(doubts) <= set(sure.splitlines()):
        return _refuse(visit, opened, filled, problem=problem, doubts=doubts)
    if opened.practice:
        meant = golden.read(visit.db, case_id, person=visit.name, verdict=Verdict(filled.verdict))
        return go(next_address(visit, last_filters(visit, opened.item.lane), meant=meant, said=filled.verdict))
    try:
        made = record(visit, opened, filled, seen, shown)
    except decisions.DecisionRefused:
        opened = open_case(visit, case_id)
        if made := given_already(visit, opened, filled, seen):
            return go(next_address(visit, last_filters(visit, opened.item.lane), done=made))
        problem = problem_of(visit, opened, filled, seen, shown or {}) or refusals.Problem(moved(visit, case_id))
        return _refuse(visit, opened, filled, problem=problem)
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


def _refuse(
    visit: Visit, opened: Open, filled: Filled, *, problem: refusals.Problem | None, doubts: Sequence[str] = ()
) -> Response:
    """The case with what was filled in, which is kept, and why it isn't recorded: a problem, or doubts to answer."""
    if not opened.practice:
        amend(visit, opened.item, filled.as_draft())
    return case_page(visit, opened, filled, problem=problem, doubts=doubts)


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
        told = too_long(visit, "note", notes.LONGEST)
        return _refuse(visit, open_case(visit, case_id), filled, problem=told)
    deeds.note(visit, case_id, filled.note)
    beside = {
        name: value for name, value in replace(filled, note="").as_draft().items() if seen or value or name == "note"
    }
    amend(visit, deeds.existing(visit, case_id), beside)
    return go(f"/case/{case_id}?told=note#notes-title")


@router.post("/decision/{decision_id}/undo")
def undo(visit: Actor, decision_id: Number) -> Response:
    """Take a verdict back; both entries stay in the history."""
    return go(f"/case/{take_back(visit, decision_id)}?told=verdict")
