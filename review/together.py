"""Working beside one another: keeping, putting aside, handing over; splitting and merging cases."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form
from fastapi.responses import Response

from pipeline.store import drafts, holds
from pipeline.store.wordings import told_otherwise
from review import deeds
from review.pages import Actor, LongText, Number, go
from review.queue import case_meant, last_filters, next_address

router = APIRouter()


@router.post("/case/{case_id}/hold")
def hold(visit: Actor, case_id: Number, quiet: Annotated[str, Form()] = "") -> Response:
    """Keep a case in hand while working on it."""
    if (other := deeds.hold(visit, case_id).person) != visit.name:
        raise holds.HoldRefused(other)
    return Response(status_code=204) if quiet else go(f"/case/{case_id}")


@router.post("/case/{case_id}/release")
def release(
    visit: Actor, case_id: Number, again: Annotated[str, Form()] = "", free: Annotated[str, Form()] = ""
) -> Response:
    """Give a case back unread, or `free` another's; with `again`, take up anew what was just put aside, its word
    filled in again."""
    hold = holds.holder(visit.db, case_id)
    released = deeds.release(visit, case_id, free=bool(free))
    if not again:
        return go(f"/?freed={case_id}")
    word = hold.note if released and hold and hold.person == visit.name and not hold.given_by else ""
    if word:
        drafts.amend_draft(visit.db, visit.name, case_id, {"word": [word]})
    return go(f"/case/{case_id}?told={'aside-word' if word else 'aside'}")


@router.post("/case/{case_id}/hand")
def hand(
    visit: Actor, case_id: Number, to: Annotated[str, Form()] = "", word: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Hand a case to somebody by name, or put it aside for a day (to oneself)."""
    item = deeds.hand(visit, case_id, to=to or visit.name, note=word)
    drafts.amend_draft(visit.db, visit.name, case_id, {"to": [], "word": []})
    return go(next_address(visit, last_filters(visit, item.lane), aside=case_id))


@router.post("/case/{case_id}/hand/undo")
def undo_hand(visit: Actor, case_id: Number) -> Response:
    """Take a hand-over back; the word that went with it is filled in again."""
    hold = deeds.undo_hand(visit, case_id)
    if hold.note and hold.given_by == visit.name:
        drafts.amend_draft(visit.db, visit.name, case_id, {"word": [hold.note]})
    return go(f"/case/{case_id}?told={'word' if hold.note else 'hand'}")


@router.post("/case/{case_id}/reopen")
def reopen(visit: Actor, case_id: Number, changed: LongText = "") -> Response:
    """Put a decided case back into the queue, with the reason."""
    deeds.reopen(visit, case_id, note=changed)
    drafts.amend_draft(visit.db, visit.name, case_id, {"changed": []})
    return go(f"/case/{case_id}?told=reopened")


@router.post("/case/{case_id}/golden")
def make_golden(visit: Actor, case_id: Number, on: Annotated[str, Form()] = "") -> Response:
    """Make a decided case golden, or an ordinary one again."""
    deeds.mark_golden(visit, case_id, on=bool(on))
    return go(f"/case/{case_id}?told={'golden' if on else 'ordinary'}")


@router.post("/case/{case_id}/split")
def split(
    visit: Actor, case_id: Number, post: Annotated[list[int] | None, Form()] = None,
    worded: Annotated[int, Form()] = 0, there: Annotated[int, Form(ge=0, lt=100_000)] = 0,
) -> Response:  # fmt: skip
    """Take posts out of a case into one of their own: those chosen, or all that are `worded` as one of them is, from
    the page of all wordings that one was `there` on, or from the case."""
    alike = (one.posts for one in told_otherwise(visit.db, case_id) if worded in one.posts)
    moved = deeds.split(visit, case_id, next(alike, post or [])).id
    return go(f"/case/{case_id}{f'/wordings?page={there}&' if there else '?'}moved={moved}")


@router.post("/case/{case_id}/out")
def take_out(visit: Actor, case_id: Number, after: BackgroundTasks) -> Response:
    """Take out what was brought in by mistake."""
    deeds.take_out(visit, case_id, after)
    return go(f"/?out={case_id}")


@router.post("/case/{case_id}/merge")
def merge(visit: Actor, case_id: Number, into: Annotated[str, Form(max_length=300)]) -> Response:
    """Put all posts of a case into another one, named by its number or as a search names it."""
    number = case_meant(visit, into)
    return go(f"/case/{number}?moved={deeds.merge(visit, case_id, number).id}")


@router.post("/move/{move_id}/undo")
def undo_move(visit: Actor, move_id: Number) -> Response:
    """Take a split or merge back."""
    back = deeds.undo_move(visit, move_id)
    return go(f"/case/{back.to_case}?moved={back.id}")
