"""The JSON API, continued: holds, handing over, splitting and merging, evidence, the pulse."""

import secrets
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from pipeline.records import PassageRow, now
from pipeline.store import (
    alerts,
    audit,
    cases,
    decisions,
    evidence,
    golden,
    holds,
    moves,
    people,
    pieces,
    runs,
    trends,
    watching,
)
from pipeline.store.moves import MoveRefused
from review.access import NotAllowed
from review.api import PROBLEMS, Caller, Reader, Sought
from review.pages import Number
from review.proof import dated
from review.queue import choose_next
from review.together import NO_TAKER, may_take

router = APIRouter(prefix="/api/v1", tags=["together"], responses=PROBLEMS)
Id = Annotated[int, Field(ge=1, le=2**53)]


class Body(BaseModel):
    """A body without surprises."""

    model_config = ConfigDict(extra="forbid")


class Handover(Body):
    """To whom, with a word; to nobody is to put aside for a day."""

    to: str = Field("", max_length=40)
    note: str = Field("", max_length=500)


class Note(Body):
    """A word of explanation."""

    note: str = Field("", max_length=20_000)


class Posts(Body):
    """Some posts of a case."""

    posts: list[Id] = Field(min_length=1, max_length=5000)


class Into(Body):
    """The case that takes the posts."""

    into: Id


class Golden(Body):
    """Whether a case is golden."""

    golden: bool


class Passage(Body):
    """A known passage by its id, or a new one with its words, source and role."""

    eid: str = Field("", max_length=200)
    text: str = Field("", max_length=20_000)
    source: str = Field("", max_length=200)
    role: Literal["primary", "independent", "party"] = "independent"
    url: str = Field("", max_length=2000, pattern=r"^(https?://\S*)?$")
    date: str = Field("", max_length=10)


def _exists(visit: Caller, case_id: int) -> None:
    if cases.case(visit.db, case_id) is None:
        raise HTTPException(404, f"There is no case {case_id}.")


@router.post("/next")
def next_case(visit: Reader, filters: Sought) -> dict[str, Any]:
    """Hold the next case worth an hour; null when there is none, or when one's own limit for the day is reached."""
    return asdict(choose_next(visit, filters))


@router.post("/cases/{case_id}/hold")
def hold(visit: Reader, case_id: Number) -> dict[str, Any]:
    """Keep a case in hand; the hold in force may be somebody else's."""
    _exists(visit, case_id)
    return asdict(holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes))


@router.post("/cases/{case_id}/release")
def release(visit: Reader, case_id: Number) -> dict[str, bool]:
    """Give a case back unread; a lead can free anybody's."""
    _exists(visit, case_id)
    released = holds.release(visit.db, case_id, person="" if visit.may("lead") else visit.name)
    if released:
        audit.note(visit.db, visit.name, "release", subject=case_id)
    return {"released": released}


@router.put("/cases/{case_id}/golden")
def make_golden(visit: Reader, case_id: Number, body: Golden) -> dict[str, bool]:
    """Make a decided case golden, or an ordinary one again; for leads."""
    if not visit.may("lead"):
        raise NotAllowed
    _exists(visit, case_id)
    if not golden.mark(visit.db, case_id, person=visit.name, golden=body.golden):
        raise HTTPException(409, "Only a decided case can be golden, and only a golden one made ordinary.")
    audit.note(visit.db, visit.name, "golden" if body.golden else "not golden", subject=case_id)
    return {"golden": body.golden}


@router.post("/cases/{case_id}/hand")
def hand(visit: Reader, case_id: Number, body: Handover) -> dict[str, str]:
    """Hand a case over by name, or put it aside."""
    _exists(visit, case_id)
    to = body.to or visit.name
    if not may_take(visit, case_id, to):
        raise HTTPException(409, NO_TAKER)
    holds.hand(visit.db, case_id, visit.name, to=to, note=body.note)
    audit.note(visit.db, visit.name, "hand over" if to != visit.name else "put aside", subject=case_id, detail=to)
    return {"to": to}


@router.post("/cases/{case_id}/reopen")
def reopen(visit: Reader, case_id: Number, body: Note) -> dict[str, str]:
    """Put a decided case back into the queue."""
    item = cases.case(visit.db, case_id)
    if item is None:
        raise HTTPException(404, f"There is no case {case_id}.")
    if item.state != "decided":
        raise HTTPException(409, "The case isn't decided.")
    decisions.reopen(visit.db, case_id, person=visit.name, note=body.note)
    audit.note(visit.db, visit.name, "reopen", subject=case_id)
    return {"state": "reopened"}


def _moved(visit: Caller, move: moves.Move) -> dict[str, Any]:
    action = "undo move" if move.action == "undo" else move.action
    audit.note(visit.db, visit.name, action, subject=move.from_case, detail=f"into {move.to_case}")
    return asdict(move)


@router.post("/cases/{case_id}/split", status_code=201)
def split(visit: Reader, case_id: Number, body: Posts) -> dict[str, Any]:
    """Take posts out of a case into one of their own."""
    _exists(visit, case_id)
    holds.require(visit.db, case_id, visit.name)
    try:
        return _moved(visit, moves.split(visit.db, case_id, body.posts, person=visit.name))
    except MoveRefused as refused:
        raise HTTPException(409, str(refused)) from None


@router.post("/cases/{case_id}/merge", status_code=201)
def merge(visit: Reader, case_id: Number, body: Into) -> dict[str, Any]:
    """Put all posts of a case into another one."""
    for case in (case_id, body.into):
        _exists(visit, case)
        holds.require(visit.db, case, visit.name)
    try:
        return _moved(visit, moves.merge(visit.db, case_id, body.into, person=visit.name))
    except MoveRefused as refused:
        raise HTTPException(409, str(refused)) from None


@router.post("/moves/{move_id}/undo")
def undo_move(visit: Reader, move_id: Number) -> dict[str, Any]:
    """Take a split or merge back."""
    move = moves.move(visit.db, move_id)
    if move is None:
        raise HTTPException(404, f"There is no move {move_id}.")
    if move.person != visit.name and not visit.may("lead"):
        raise NotAllowed
    try:
        return _moved(visit, moves.undo(visit.db, move_id, person=visit.name))
    except MoveRefused as refused:
        raise HTTPException(409, str(refused)) from None


@router.post("/cases/{case_id}/evidence", status_code=201)
def add_evidence(visit: Reader, case_id: Number, body: Passage) -> dict[str, str]:
    """Put a passage beside a case."""
    _exists(visit, case_id)
    eid = body.eid
    if eid and pieces.piece(visit.db, eid) is None:
        raise HTTPException(404, f"There is no evidence {eid}.")
    if not eid:
        if not body.text.strip() or not body.source.strip():
            raise HTTPException(409, "A passage needs its words and its source.")
        if not dated(body.date):
            raise HTTPException(409, "A date looks like 2026-11-25.")
        eid = f"desk:{now()[:10]}-{secrets.token_hex(4)}"
        row = PassageRow(
            eid, body.text.strip(), body.source.strip(), body.role, kind="news", url=body.url, date=body.date
        )
        evidence.put_passages(visit.db, [row])
    evidence.add_to_case(visit.db, case_id, eid, person=visit.name)
    audit.note(visit.db, visit.name, "evidence added", subject=case_id, detail=eid)
    return {"eid": eid}


@router.get("/pulse")
def pulse(visit: Caller) -> dict[str, Any]:
    """Sources, backlog, last runs and the time from publication to the queue; for operators and leads."""
    if not visit.may("operator", "lead"):
        raise NotAllowed
    waiting = [{"lane": lane, "state": state, "n": n} for lane, state, n in watching.case_states(visit.db)]
    return {
        "sources": [asdict(source) for source in watching.sources(visit.db)], "cases": waiting,
        "runs": runs.last_runs(visit.db, limit=8), "model": trends.live_model(visit.db),
        "to_queue": asdict(watching.to_queue(visit.db, since=people.later(hours=-24 * 7))),
        "alerts": [asdict(alert) for alert in alerts.open_alerts(visit.db)],
    }  # fmt: skip
