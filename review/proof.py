"""Finding and adding evidence for a case."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from pipeline.records import ROLES
from pipeline.store import desk, evidence
from review import deeds
from review.access import Visit
from review.pages import Actor, Number, Person, go, page

router = APIRouter()
WRITTEN = ("text", "source", "role", "url", "date")


@router.get("/case/{case_id}/evidence")
def look(visit: Person, case_id: Number, q: str = "") -> Response:
    """Search all passages, or write down a new one."""
    return _look(visit, case_id, q=q)


def _look(
    visit: Visit, case_id: int, *, q: str = "", problem: str = "", written: dict[str, str] | None = None
) -> Response:
    item = deeds.existing(visit, case_id)
    found = evidence.find_passages(visit.db, q[:200])
    lost = desk.drafted(visit.db, visit.name, case_id)
    return page(
        visit, "evidence.html", status=422 if problem else 200, item=item, q=q[:200], found=found, roles=ROLES,
        problem=problem, written=written or {key: lost.get(key, "") for key in WRITTEN},
        restored=bool(lost.get("text")),
    )  # fmt: skip


@router.post("/case/{case_id}/evidence")
def put(
    visit: Actor,
    case_id: Number,
    eid: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form(max_length=20_000)] = "",
    source: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[str, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    date: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Put a passage beside a case: one that is known, or a new one with its source and role."""
    if eid:
        deeds.add_evidence(visit, case_id, eid)
        return go(f"/case/{case_id}#evidence-title")
    written = {"text": text, "source": source, "role": role, "url": url, "date": date}
    try:
        deeds.write_evidence(visit, case_id, **written)
    except deeds.Refused as refused:
        return _look(visit, case_id, problem=visit.say.gettext(str(refused)), written=written)
    desk.amend_draft(visit.db, visit.name, case_id, {name: [] for name in WRITTEN})
    return go(f"/case/{case_id}#evidence-title")


@router.post("/case/{case_id}/evidence/draft")
def keep_passage(
    visit: Actor,
    case_id: Number,
    text: Annotated[str, Form(max_length=20_000)] = "",
    source: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    date: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep a passage that is half written down."""
    deeds.existing(visit, case_id)
    written = {"text": text, "source": source, "role": role, "url": url, "date": date}
    kept = {name: [value] if value else [] for name, value in written.items()}
    desk.amend_draft(visit.db, visit.name, case_id, kept)
    return Response(status_code=204)
