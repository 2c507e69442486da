"""Finding and adding evidence for a case."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from pipeline.records import ROLES
from pipeline.store import audit, decisions, drafts, evidence, factchecks, reading
from review import deeds, passages, refusals
from review.access import Visit
from review.names import GONE
from review.pages import Actor, LongText, Number, Person, go, page, said_of
from review.queue import LONGEST_WORDS
from review.show import head

router = APIRouter()
MOST_NAMED = 20  # cases that a withdrawn passage reopened; how many more there are is said
FEW = 3  # found with all the words, below which passages with some of them are shown too


@dataclass(frozen=True, slots=True)
class Written:
    """The form of a new passage, as far as it is filled in."""

    text: LongText = ""
    source: Annotated[str, Form(max_length=200)] = ""
    role: Annotated[str, Form(max_length=40)] = ""
    url: Annotated[str, Form(max_length=2000)] = ""
    date: Annotated[str, Form(max_length=40)] = ""  # more than a date has: what is none is told beside the form
    valid_to: Annotated[str, Form(max_length=40)] = ""


FIELDS = tuple(field.name for field in fields(Written))
OfForm = Annotated[Written, Depends(Written)]


@router.get("/case/{case_id}/evidence")
def look(visit: Person, case_id: Number, q: str = "", withdrawn: str = "", gone: str = "") -> Response:
    """Search all passages, or write down a new one; who just withdrew one is told so, and which cases it reopened."""
    if audit.last_deed(visit.db, gone) != (visit.name, "evidence_remove"):
        return passages_page(visit, case_id, q=q)
    reopened = decisions.reopened_by(visit.db, gone, person=visit.name)
    return passages_page(visit, case_id, q=q, withdrawn=withdrawn, reopened=reopened)


def passages_page(
    visit: Visit, case_id: int, *, q: str = "", problem: refusals.Problem | None = None, written: Written | None = None,
    withdrawn: str = "", reopened: Sequence[int] = (),
) -> Response:  # fmt: skip
    """The passages that a search finds, and the form of a new one with what was written in it."""
    item, q = deeds.existing(visit, case_id), q[:LONGEST_WORDS]
    own = "" if q or item.claim in GONE else head(item.claim, LONGEST_WORDS)  # of a claim, where nothing else is sought
    found = evidence.find_passages(visit.db, q) + factchecks.find(visit.db, q)
    some = evidence.find_passages(visit.db, q or own, some=True) if len(found) < FEW else []
    lost, telling = drafts.drafted(visit.db, visit.name, case_id), reading.telling(visit.db, case_id)
    # without what verdicts named: whoever looks may be the second reader
    rows = reading.evidence_for(visit.db, case_id, score_id=telling.score_id if telling else 0, named=False)
    beside = {row.eid for row in rows}
    some = [one for one in some if one not in found and not (own and one.eid in beside)]
    return page(
        visit, "evidence.html", status=422 if problem else 200, item=item, q=q, own=own, found=found, roles=ROLES,
        beside=beside, some=some, longest=LONGEST_WORDS,
        problem=problem, written=written or {name: lost.get(name, "") for name in FIELDS},
        can_take=partial(passages.can_take, visit, case_id),
        restored=bool(lost.get("text")) and withdrawn != "again", withdrawn=withdrawn,
        reopened=reopened[:MOST_NAMED], more=len(reopened[MOST_NAMED:]),
    )  # fmt: skip


@router.post("/case/{case_id}/evidence")
def put(visit: Actor, case_id: Number, written: OfForm, eid: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Put a passage beside a case: one that is known, or a new one with its source and role."""
    if eid:
        passages.add_evidence(visit, case_id, eid)
        return go(f"/case/{case_id}?told=beside#evidence-title")
    try:
        passages.write_evidence(visit, case_id, **asdict(written))
    except refusals.Refused as refused:
        return passages_page(visit, case_id, problem=said_of(visit, refused), written=written)
    drafts.amend_draft(visit.db, visit.name, case_id, {name: [] for name in FIELDS})
    return go(f"/case/{case_id}?told=beside#evidence-title")


@router.post("/case/{case_id}/evidence/unlink")
def unlink(visit: Actor, case_id: Number, eid: Annotated[str, Form(max_length=200)]) -> Response:
    """Take a passage from a case."""
    passages.unlink(visit, case_id, eid)
    return go(f"/case/{case_id}?told=unlinked#evidence-title")


@router.post("/case/{case_id}/evidence/withdraw")
def withdraw(visit: Actor, case_id: Number, eid: Annotated[str, Form(max_length=200)]) -> Response:
    """Take a written passage back; what it said is filled in again, to be put right, unless another is half written."""
    found, _ = passages.withdraw(visit, case_id, eid)
    again = found and not drafts.drafted(visit.db, visit.name, case_id).get("text")
    if again:
        drafts.amend_draft(visit.db, visit.name, case_id, {name: [getattr(found, name)] for name in FIELDS})
    told = urlencode({"withdrawn": "again" if again else "only", "gone": eid})
    return go(f"/case/{case_id}/evidence?{told}#passage")


@router.post("/case/{case_id}/evidence/draft")
def keep_passage(visit: Actor, case_id: Number, written: OfForm) -> Response:
    """Keep a passage that is half written down."""
    deeds.existing(visit, case_id)
    kept = {name: [value] if value else [] for name, value in asdict(written).items()}
    drafts.amend_draft(visit.db, visit.name, case_id, kept)
    return Response(status_code=204)
