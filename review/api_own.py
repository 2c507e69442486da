"""The JSON API for what people keep for themselves: settings, views, tokens, password, their last verdicts."""

from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.exceptions import HTTPException

from pipeline.store import decisions, desk, drafts, golden, holds, people
from review import account, shapes
from review.access import address_parts
from review.calls import OFTEN, PROBLEMS, Body, Caller, Name, filters_named
from review.queue import CHOICES, Lane, address_of_view, half_filled, with_cases

router = APIRouter(prefix="/api/v1", tags=["own"], responses=PROBLEMS)
FILTER = "|".join([*(f"{name}=({'|'.join(known)})?" for name, known in CHOICES.items()), "q=[^&#]*", "page=[0-9]*"])


class Settings(Body):
    """Care, look and keys; what isn't named stays as it is."""

    language: Literal["vi", "en"] | None = None
    theme: Literal["auto", "light", "dark"] | None = None
    fold: Literal["", "graphic", "all"] | None = None
    keys_off: bool | None = None
    practice: bool | None = None
    limit: int | None = Field(None, ge=0, le=1000, description="Cases a day; 0 for no limit")
    break_minutes: int | None = Field(None, ge=0, le=480, description="Minutes until a reminder; 0 for none")


class View(Body):
    """A set of filters, as the queue's address or its query names them."""

    query: str = Field(max_length=2000, json_schema_extra={"pattern": rf"^/?\??(({FILTER})(&|$))*$"})


class Password(Body):
    """The present password and the new one."""

    old: str = Field("", max_length=1000)
    new: str = Field(min_length=1, max_length=1000)


@router.get("/account", response_model=shapes.Account, response_model_exclude_unset=True)
def own_account(visit: Caller) -> dict[str, Any]:
    """Who the token speaks for, with their settings and how their practice went."""
    person, practice = visit.who, golden.practice(visit.db, visit.name)
    return {
        "name": person.name, "display": person.display, "role": person.role, "pseudonym": person.pseudonym,
        "settings": person.prefs, "practice": {"read": practice.read, "met": practice.met},
    }  # fmt: skip


@router.patch("/account", response_model=shapes.Kept, response_model_exclude_unset=True)
def change_settings(visit: Caller, body: Settings) -> dict[str, Any]:
    """Change some of one's settings; returns all of them."""
    people.set_prefs(visit.db, visit.name, body.model_dump(exclude_none=True))
    found = people.person(visit.db, visit.name)
    return dict(found.prefs) if found else {}


@router.post("/account/password", responses=OFTEN, response_model=shapes.Changed)
def change_password(visit: Caller, body: Password) -> dict[str, bool]:
    """Another password, never the first, by which a token's holder would go on; sessions end, tokens go on."""
    if not visit.who.has_password:
        raise HTTPException(409, "You have no password yet; choose the first one on your page.")
    problem = account.change_password(visit, body.old, body.new)
    if problem:
        raise HTTPException(409, problem)
    return {"changed": True}


@router.get("/account/tokens", response_model=list[shapes.Token])
def list_tokens(visit: Caller) -> list[dict[str, Any]]:
    """One's tokens, without their secrets; new ones are made on the page, so that none outlives its revoking."""
    return people.tokens(visit.db, visit.name)


@router.delete("/account/tokens/{token_id}", response_model=shapes.Revoked)
def revoke_token(visit: Caller, token_id: Name) -> dict[str, bool]:
    """End one of one's own tokens."""
    account.revoke_token(visit, token_id)
    return {"revoked": True}


@router.get("/views")
def list_views(visit: Caller) -> dict[str, str]:
    """One's saved views: name and address."""
    return dict(drafts.saved_views(visit.db, visit.name))


@router.put("/views/{name:path}", response_model=shapes.Address)
def keep_view(visit: Caller, name: Name, body: View) -> dict[str, str]:
    """Keep a set of filters under a name; returns the address that shows it. A filter that isn't one is refused."""
    if not name.strip():
        raise HTTPException(409, "A view needs a name.")
    asked = address_parts(body.query).query if body.query.startswith(("/?", "?")) else body.query.removeprefix("/")
    address = address_of_view(filters_named(dict(parse_qsl(asked, keep_blank_values=True))))
    drafts.save_view(visit.db, visit.name, name.strip(), address)
    return {"address": address}


@router.delete("/views/{name:path}", response_model=shapes.Forgotten)
def forget_view(visit: Caller, name: Annotated[str, Path(min_length=1, max_length=1000)]) -> dict[str, bool]:
    """Forget a view."""
    if name.strip() not in dict(drafts.saved_views(visit.db, visit.name)):
        raise HTTPException(404, "You have no such view.")
    drafts.save_view(visit.db, visit.name, name.strip(), "")
    return {"forgotten": True}


@router.get("/live", response_model=shapes.Newer)
def live(visit: Caller, after: Annotated[int, Query(ge=0, le=2**53)] = 0, lane: Lane = "claims") -> dict[str, int]:
    """How many cases of a lane are newer than a case, and the newest case there is."""
    return {"new": desk.came_after(visit.db, after, lane), "newest": desk.newest_case(visit.db)}


@router.get("/mine", response_model=shapes.Mine)
def mine(visit: Caller) -> dict[str, Any]:
    """One's last verdicts and hand-overs, each of which can be taken back, what one has in hand and half filled in."""
    kept, handed = (with_cases(visit, of(visit.db, visit.name)) for of in (holds.held_by, holds.handed_by))
    held = [{"case": h.case_id, "kind": h.kind, "until": h.until, "note": h.note} for h, _ in kept]
    given = [{"case": h.case_id, "to": h.person, "until": h.until, "note": h.note} for h, _ in handed]
    half = [item.case_id for item in half_filled(visit)]
    made = decisions.recent(visit.db, visit.name)
    return {"decisions": made, "held": held, "handed_over": given, "filled_in": half}
