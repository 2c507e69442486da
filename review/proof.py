"""Finding and adding evidence for a case."""

import secrets
from datetime import date as Date  # noqa: N812  # a form's field has its name
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.records import ROLES, PassageRow, now
from pipeline.store import audit, cases, desk, evidence, pieces
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
    item = cases.case(visit.db, case_id)
    if item is None:
        raise HTTPException(404)
    found = evidence.find_passages(visit.db, q[:200])
    draft = desk.draft(visit.db, visit.name, case_id)
    lost = {key: str(value[0]) for key, value in draft.items() if isinstance(value, list) and value}
    return page(
        visit, "evidence.html", status=422 if problem else 200, item=item, q=q[:200], found=found, roles=ROLES,
        problem=problem, written=written or {key: lost.get(key, "") for key in WRITTEN},
        restored=bool(lost.get("text")),
    )  # fmt: skip


def dated(date: str) -> bool:
    """Whether a date is empty or a day of the calendar, as the tables write it."""
    try:
        return not date or date == Date.fromisoformat(date).isoformat()
    except ValueError:
        return False


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
    written = {"text": text, "source": source, "role": role, "url": url, "date": date}
    if cases.case(visit.db, case_id) is None:
        raise HTTPException(404)
    if eid:
        if pieces.piece(visit.db, eid) is None:
            raise HTTPException(404)
    elif not text.strip() or not source.strip() or role not in ROLES:
        return _look(visit, case_id, problem=_("A passage needs its words, its source and its role."), written=written)
    elif url and urlsplit(url).scheme not in ("http", "https"):
        return _look(visit, case_id, problem=_("An address starts with https:// or http://."), written=written)
    elif not dated(date):
        return _look(visit, case_id, problem=_("A date looks like 2026-11-25."), written=written)
    else:
        eid = f"desk:{now()[:10]}-{secrets.token_hex(4)}"
        row = PassageRow(eid, text.strip(), source.strip(), role, kind="news", url=url, date=date)
        evidence.put_passages(visit.db, [row])
        rest = {key: value for key, value in desk.draft(visit.db, visit.name, case_id).items() if key not in WRITTEN}
        desk.keep_draft(visit.db, visit.name, case_id, rest)
    evidence.add_to_case(visit.db, case_id, eid, person=visit.name)
    audit.note(visit.db, visit.name, "evidence added", subject=case_id, detail=eid)
    return go(f"/case/{case_id}#evidence-title")
