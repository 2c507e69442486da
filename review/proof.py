"""Finding and adding evidence for a case."""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.records import ROLES, PassageRow, now
from pipeline.store import audit, cases, evidence, reading
from review.access import Visit
from review.desk import Actor, Number, Person
from review.pages import go, page

router = APIRouter()


@router.get("/case/{case_id}/evidence")
def look(visit: Person, case_id: Number, q: str = "") -> Response:
    """Search all passages, or write down a new one."""
    return _look(visit, case_id, q=q)


def _look(visit: Visit, case_id: int, *, q: str = "", problem: str = "") -> Response:
    item = cases.case(visit.db, case_id)
    if item is None:
        raise HTTPException(404)
    found = evidence.find_passages(visit.db, q[:200])
    return page(
        visit, "evidence.html", status=422 if problem else 200, item=item, q=q[:200], found=found, roles=ROLES,
        problem=problem,
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
    _ = visit.say.gettext
    if cases.case(visit.db, case_id) is None:
        raise HTTPException(404)
    if eid:
        if reading.evidence(visit.db, eid) is None:
            raise HTTPException(404)
    elif not text.strip() or not source.strip() or role not in ROLES:
        return _look(visit, case_id, problem=_("A passage needs its words, its source and its role."))
    elif url and urlsplit(url).scheme not in ("http", "https"):
        return _look(visit, case_id, problem=_("An address starts with https:// or http://."))
    else:
        eid = f"desk:{now()[:10]}-{secrets.token_hex(4)}"
        row = PassageRow(eid, text.strip(), source.strip(), role, kind="news", url=url, date=date)
        evidence.put_passages(visit.db, [row])
    evidence.add_to_case(visit.db, case_id, eid, person=visit.name)
    audit.note(visit.db, visit.name, "evidence added", subject=case_id, detail=eid)
    return go(f"/case/{case_id}#evidence-title")
