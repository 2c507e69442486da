"""The JSON API: what the pages do, by token, described by /api/openapi.json."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlite_utils import Database
from starlette.exceptions import HTTPException

from pipeline.records import Verdict
from pipeline.store import audit, decisions, desk, evidence, holds, people, reading, trends
from review import answer
from review.access import READERS, NotAllowed, SignInNeeded, Visit, language_of, lend_store
from review.desk import A_PAGE, Filled, Number, filters_of, open_case, record, take_back
from review.words import words


class Problem(BaseModel):
    """Why something wasn't done."""

    detail: Any


PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 403, 404, 409, 422)}
router = APIRouter(prefix="/api/v1", tags=["desk"], responses=PROBLEMS)


def by_token(
    request: Request,
    db: Annotated[Database, Depends(lend_store)],
    authorization: Annotated[str, Header()] = "",
) -> Visit:
    """Whoever a token speaks for."""
    kind, _, token = authorization.partition(" ")
    person = people.token_person(db, token.strip()) if kind.lower() == "bearer" and token.isascii() else None
    if person is None or (audit.locked(db) and person.role != "admin"):
        raise SignInNeeded
    return Visit(request, db, request.app.state.settings, person, "", words(language_of(request, person)))


Caller = Annotated[Visit, Depends(by_token)]


def reader(visit: Caller) -> Visit:
    """A caller whose role may decide."""
    if not visit.may(*READERS):
        raise NotAllowed
    return visit


Reader = Annotated[Visit, Depends(reader)]


class DecisionIn(BaseModel):
    """A verdict with its reason and evidence."""

    model_config = ConfigDict(extra="forbid")
    verdict: Verdict
    reason: str = Field(max_length=60)
    evidence: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)
    note: str = Field("", max_length=20_000)
    seen: int | None = Field(
        None, ge=0, le=2**53, description="Last event known of the case; newer ones refuse this one"
    )


class Made(BaseModel):
    """The number of a new decision."""

    decision: int


@router.get("/cases")
def list_cases(
    visit: Caller,
    lane: Literal["claims", "testimony", "audit"] = "claims",
    state: Annotated[str, Query(max_length=20)] = "",
    right: Annotated[str, Query(max_length=20)] = "",
    reason: Annotated[str, Query(max_length=30)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> dict[str, Any]:
    """The queue, filtered."""
    filters = filters_of({"lane": lane, "state": state, "right": right, "reason": reason, "q": q})
    found = desk.listing(visit.db, filters, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    return {"matching": found.matching, "in_lane": found.in_lane, "cases": [asdict(item) for item in found.items]}


@router.get("/cases/{case_id}")
def get_case(visit: Caller, case_id: Number) -> dict[str, Any]:
    """A case with its evidence and posts; opening it takes it in hand, as on the page."""
    opened = open_case(visit, case_id)
    return {
        "case": asdict(opened.item), "evidence": [asdict(e) for e in opened.evidence], "closed": opened.closed,
        "blind": opened.blind, "seen": opened.seen, "hold": asdict(opened.hold) if opened.hold else None,
        "posts": [asdict(post) for post in reading.case_posts(visit.db, case_id)], "history": opened.history,
        "score": asdict(opened.score) if opened.score else None,
    }  # fmt: skip


@router.post("/cases/{case_id}/decisions", status_code=201)
def add_decision(visit: Reader, case_id: Number, body: DecisionIn) -> Made:
    """Record a verdict."""
    opened = open_case(visit, case_id)
    if opened.closed:
        raise HTTPException(409, f"This case is closed to you: {opened.closed}.")
    filled = Filled(body.verdict, body.reason, tuple(body.evidence), body.note)
    try:
        return Made(decision=record(visit, opened, filled, body.seen))
    except decisions.DecisionRefused as refused:
        raise HTTPException(409, str(refused)) from None  # well formed, and against a rule of the desk


@router.post("/decisions/{decision_id}/undo")
def undo_decision(visit: Reader, decision_id: Number) -> dict[str, int]:
    """Take a verdict back."""
    return {"case": take_back(visit, decision_id)}


@router.post("/cases/{case_id}/release")
def release(visit: Reader, case_id: Number) -> dict[str, bool]:
    """Give a case back unread."""
    return {"released": holds.release(visit.db, case_id, person=visit.name)}


@router.get("/cases/{case_id}/claimreview")
def claim_review(visit: Caller, case_id: Number) -> dict[str, Any]:
    """The verdict as ClaimReview."""
    found = answer.brief(visit.db, case_id, say=visit.say)
    if found is None:
        raise HTTPException(404, "No verdict stands on this case.")
    return answer.claim_review(found, say=visit.say, base=str(visit.request.base_url))


@router.get("/cases/{case_id}/reasons")
def statement_of_reasons(visit: Caller, case_id: Number) -> dict[str, Any]:
    """The statement of reasons of the verdict."""
    found = answer.brief(visit.db, case_id, say=visit.say)
    if found is None:
        raise HTTPException(404, "No verdict stands on this case.")
    return answer.reasons(found, say=visit.say)


@router.get("/evidence")
def search_evidence(visit: Caller, q: Annotated[str, Query(max_length=200)] = "") -> list[dict[str, Any]]:
    """Passages that hold all the words."""
    return [asdict(row) for row in evidence.find_passages(visit.db, q)]


@router.get("/corrections")
def corrections(visit: Caller) -> list[dict[str, Any]]:
    """Verdicts that changed, newest first."""
    return [asdict(change) for change in trends.corrections(visit.db)]


@router.get("/trends")
def trends_by_month(visit: Caller) -> list[dict[str, Any]]:
    """Cases by verdict and right, month by month."""
    found = trends.months(visit.db)
    return [{"month": m.month, "verdicts": dict(m.verdicts), "rights": dict(m.rights)} for m in found]
