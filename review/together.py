"""Working beside one another: keeping, putting aside, handing over; splitting and merging cases."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.store import audit, cases, decisions, golden, holds, moves, people
from review.access import READERS, ActingRole, NotAllowed, Visit
from review.case import TAKEN_BACK
from review.pages import Actor, Number, go
from review.queue import last_filters, next_address
from review.words import N_

router = APIRouter()
NO_SPLIT = N_("Tick some of the posts, not none and not all: what stays keeps this case's number.")
NO_MERGE = N_("There is no other case of that number.")
NO_TAKER = N_("The case can't be handed to them: it is decided, or they are nobody who may decide it.")


def _lane(visit: Visit, case_id: int) -> str:
    """The lane of a case that exists."""
    item = cases.case(visit.db, case_id)
    if item is None:
        raise HTTPException(404)
    return item.lane


@router.post("/case/{case_id}/hold")
def hold(visit: Actor, case_id: Number, quiet: Annotated[str, Form()] = "") -> Response:
    """Keep a case in hand while working on it."""
    _lane(visit, case_id)
    holds.require(visit.db, case_id, visit.name)
    holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)
    return Response(status_code=204) if quiet else go(f"/case/{case_id}")


@router.post("/case/{case_id}/release")
def release(visit: Actor, case_id: Number) -> Response:
    """Give a case back unread; a lead can free anybody's."""
    _lane(visit, case_id)
    person = "" if visit.may("lead") else visit.name
    if holds.release(visit.db, case_id, person=person):
        audit.note(visit.db, visit.name, "release", subject=case_id)
    return go("/")


@router.post("/case/{case_id}/hand")
def hand(
    visit: Actor, case_id: Number, to: Annotated[str, Form()] = "", note: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Hand a case to somebody by name, or put it aside for a day (to oneself)."""
    lane, to = _lane(visit, case_id), to or visit.name
    if not may_take(visit, case_id, to):
        raise HTTPException(422, NO_TAKER)
    holds.hand(visit.db, case_id, visit.name, to=to, note=note)
    audit.note(visit.db, visit.name, "hand over" if to != visit.name else "put aside", subject=case_id, detail=to)
    return go(next_address(visit, last_filters(visit, lane)))


def may_take(visit: Visit, case_id: int, name: str) -> bool:
    """Whether somebody could decide a case that is handed to them: else it would wait a day for nothing."""
    person, item = people.person(visit.db, name), cases.case(visit.db, case_id)
    if person is None or person.off or person.role not in (*READERS, "admin") or item is None:
        return False
    return item.state != "decided" and not (item.state == "second" and item.decider == name)


@router.post("/case/{case_id}/reopen")
def reopen(visit: Actor, case_id: Number, note: Annotated[str, Form(max_length=20_000)] = "") -> Response:
    """Put a decided case back into the queue, with the reason."""
    item = cases.case(visit.db, case_id)
    if item is None:
        raise HTTPException(404)
    if item.state == "decided":
        decisions.reopen(visit.db, case_id, person=visit.name, note=note)
        audit.note(visit.db, visit.name, "reopen", subject=case_id)
    return go(f"/case/{case_id}")


@router.post("/case/{case_id}/golden")
def make_golden(
    visit: Annotated[Visit, Depends(ActingRole("lead"))], case_id: Number, on: Annotated[str, Form()] = ""
) -> Response:
    """Make a decided case golden, for those who ask to test their eye, or an ordinary one again."""
    if not golden.mark(visit.db, case_id, person=visit.name, golden=bool(on)):
        raise HTTPException(422)
    audit.note(visit.db, visit.name, "golden" if on else "not golden", subject=case_id)
    return go(f"/case/{case_id}")


@router.post("/case/{case_id}/split")
def split(visit: Actor, case_id: Number, post: Annotated[list[int] | None, Form()] = None) -> Response:
    """Take posts out of a case into one of their own."""
    _lane(visit, case_id)
    holds.require(visit.db, case_id, visit.name)
    try:
        move = moves.split(visit.db, case_id, post or [], person=visit.name)
    except moves.MoveRefused:
        raise HTTPException(422, NO_SPLIT) from None
    audit.note(visit.db, visit.name, "split", subject=case_id, detail=f"into {move.to_case}")
    return go(f"/case/{case_id}?moved={move.id}")


@router.post("/case/{case_id}/merge")
def merge(visit: Actor, case_id: Number, into: Annotated[int, Form(ge=1, le=2**53)]) -> Response:
    """Put all posts of a case into another one."""
    _lane(visit, case_id)
    holds.require(visit.db, case_id, visit.name)
    holds.require(visit.db, into, visit.name)
    try:
        move = moves.merge(visit.db, case_id, into, person=visit.name)
    except moves.MoveRefused:
        raise HTTPException(422, NO_MERGE) from None
    audit.note(visit.db, visit.name, "merge", subject=case_id, detail=f"into {into}")
    return go(f"/case/{into}?moved={move.id}")


@router.post("/move/{move_id}/undo")
def undo_move(visit: Actor, move_id: Number) -> Response:
    """Take a split or merge back: one's own, or as a lead anybody's."""
    move = moves.move(visit.db, move_id)
    if move is None:
        raise HTTPException(404)
    if move.person != visit.name and not visit.may("lead"):
        raise NotAllowed
    try:
        moves.undo(visit.db, move_id, person=visit.name)
    except moves.MoveRefused:
        raise HTTPException(409, TAKEN_BACK) from None
    audit.note(visit.db, visit.name, "undo move", subject=move.from_case)
    return go(f"/case/{move.from_case}")
