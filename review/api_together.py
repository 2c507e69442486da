"""The JSON API, continued: holds, handing over, splitting and merging, evidence, the pulse."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks
from pydantic import Field

from pipeline.records import Day, later
from pipeline.store import alerts, decisions, holds, moves, notes, runs, trends, watching
from review import deeds, passages, shapes
from review.access import NotAllowed
from review.calls import PROBLEMS, Body, Caller, Reader, Sought
from review.pages import Number
from review.queue import Next, choose_next

router = APIRouter(prefix="/api/v1", tags=["together"], responses=PROBLEMS)
Id = Annotated[int, Field(ge=1, le=2**53)]


class Handover(Body):
    """To whom, with a word; to nobody is to put aside for a day."""

    to: str = Field("", max_length=40)
    note: str = Field("", max_length=500)


class Word(Body):
    """A word of explanation."""

    note: str = Field("", max_length=20_000)


class CaseNote(Body):
    """What colleagues should know of a case."""

    text: str = Field(min_length=1, max_length=notes.LONGEST)


class Posts(Body):
    """Some posts of a case."""

    posts: list[Id] = Field(min_length=1, max_length=5000)


class Into(Body):
    """The case that takes the posts."""

    into: Id


class Golden(Body):
    """Whether a case is golden."""

    golden: bool


class PassageIn(Body):
    """A known passage by its id, or a new one with its words, source and role."""

    eid: str = Field("", max_length=200)
    text: str = Field("", max_length=20_000)
    source: str = Field("", max_length=200)
    role: Literal["primary", "independent", "party"] = "independent"
    url: str = Field("", max_length=2000, pattern=r"^(https?://\S*)?$")
    date: Day = Field("", max_length=10)
    valid_to: Day = Field("", max_length=10)


class Piece(Body):
    """A passage by its id."""

    eid: str = Field(max_length=200)


class Withdrawn(Piece):
    """A passage that was taken back."""

    reopened: list[int] = Field(description="The cases whose verdict rested on it, as far as they are told")


@router.post("/next")
def next_case(visit: Reader, filters: Sought) -> Next:
    """Hold the next case worth an hour; null when there is none, or when one's own limit for the day is reached."""
    return choose_next(visit, filters)


@router.post("/cases/{case_id}/hold")
def hold(visit: Reader, case_id: Number) -> holds.Hold:
    """Keep a case in hand; the hold in force may be somebody else's."""
    return deeds.hold(visit, case_id)


@router.post("/cases/{case_id}/release", response_model=shapes.Released)
def release(visit: Reader, case_id: Number, free: bool = False) -> dict[str, bool]:
    """Give a case back unread; with `free`, a lead can do so with anybody's."""
    return {"released": deeds.release(visit, case_id, free=free)}


@router.put("/cases/{case_id}/golden", response_model=Golden)
def make_golden(visit: Reader, case_id: Number, body: Golden) -> dict[str, bool]:
    """Make a decided case golden, or an ordinary one again; for leads."""
    deeds.mark_golden(visit, case_id, on=body.golden)
    return {"golden": body.golden}


@router.post("/cases/{case_id}/hand", response_model=shapes.HandedTo)
def hand(visit: Reader, case_id: Number, body: Handover) -> dict[str, str]:
    """Hand a case over by name, or put it aside."""
    to = body.to or visit.name
    deeds.hand(visit, case_id, to=to, note=body.note)
    return {"to": to}


@router.post("/cases/{case_id}/hand/undo")
def undo_hand(visit: Reader, case_id: Number) -> holds.Hold:
    """Take a hand-over back before it is taken up; returns the hold that ended."""
    return deeds.undo_hand(visit, case_id)


@router.post("/cases/{case_id}/notes", status_code=201)
def add_note(visit: Reader, case_id: Number, body: CaseNote) -> notes.Note:
    """Write a note on a case, open or decided; a case tells its notes in order, and nothing public does."""
    return deeds.note(visit, case_id, body.text)


@router.post("/cases/{case_id}/reopen")
def reopen(visit: Reader, case_id: Number, body: Word) -> shapes.Reopened:
    """Put a decided case back into the queue, and those whose verdict rests on its own."""
    deeds.reopen(visit, case_id, note=body.note)
    reopened = decisions.reopened_beside(visit.db, case_id, person=visit.name)
    return shapes.Reopened(state="reopened", reopened=reopened)


@router.delete("/cases/{case_id}", response_model=shapes.OfCase)
def take_out(visit: Reader, case_id: Number, after: BackgroundTasks) -> dict[str, int]:
    """Take out what was brought in by mistake, words and all, before it is decided."""
    deeds.take_out(visit, case_id, after)
    return {"case": case_id}


@router.post("/cases/{case_id}/split", status_code=201)
def split(visit: Reader, case_id: Number, body: Posts) -> moves.Move:
    """Take posts out of a case into one of their own."""
    return deeds.split(visit, case_id, body.posts)


@router.post("/cases/{case_id}/merge", status_code=201)
def merge(visit: Reader, case_id: Number, body: Into) -> moves.Move:
    """Put all posts of a case into another one."""
    return deeds.merge(visit, case_id, body.into)


@router.post("/moves/{move_id}/undo")
def undo_move(visit: Reader, move_id: Number) -> moves.Move:
    """Take a split or merge back."""
    return deeds.undo_move(visit, move_id)


@router.post("/cases/{case_id}/evidence", status_code=201)
def add_evidence(visit: Reader, case_id: Number, body: PassageIn) -> Piece:
    """Put a passage beside a case."""
    if body.eid:
        return Piece(eid=passages.add_evidence(visit, case_id, body.eid))
    return Piece(eid=passages.write_evidence(visit, case_id, **body.model_dump(exclude={"eid"})))


@router.post("/cases/{case_id}/evidence/unlink")
def unlink(visit: Reader, case_id: Number, body: Piece) -> Piece:
    """Take a passage from a case that one put it beside, or as a lead anybody did."""
    passages.unlink(visit, case_id, body.eid)
    return body


@router.post("/cases/{case_id}/evidence/withdraw")
def withdraw(visit: Reader, case_id: Number, body: Piece) -> Withdrawn:
    """Take back a passage that one wrote down at the desk, or as a lead anybody did; what rests on it is reopened."""
    return Withdrawn(eid=body.eid, reopened=passages.withdraw(visit, case_id, body.eid)[1])


@router.get("/pulse", response_model=shapes.Pulse)
def pulse(visit: Caller) -> dict[str, Any]:
    """Sources, backlog, last runs and the time from publication to the queue; for operators and leads."""
    if not visit.watches:
        raise NotAllowed
    waiting = [{"lane": lane, "state": state, "n": n} for lane, state, n in watching.case_states(visit.db)]
    return {
        "sources": [asdict(source) for source in watching.sources(visit.db)], "cases": waiting,
        "runs": runs.last_runs(visit.db), "model": trends.live_model(visit.db),
        "to_queue": asdict(watching.to_queue(visit.db, since=later(hours=-24 * 7))),
        "alerts": [asdict(alert) for alert in alerts.open_alerts(visit.db)],
    }  # fmt: skip
