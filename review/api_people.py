"""The JSON API for administrators: people, the panic lock, the log."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.exceptions import HTTPException

from pipeline.store import audit, people
from pipeline.store.people import RoleName
from review import access, account, shapes
from review.access import NotAllowed, Visit
from review.calls import PROBLEMS, Body, Caller, Name

router = APIRouter(prefix="/api/v1", tags=["people"], responses=PROBLEMS)


def administrator(visit: Caller) -> Visit:
    """A caller who is an administrator."""
    if not visit.may():
        raise NotAllowed
    return visit


Admin = Annotated[Visit, Depends(administrator)]


class NewPerson(Body):
    """Somebody new; they choose a password by their login link."""

    name: str = Field(max_length=40)
    display: str = Field("", max_length=60)
    role: RoleName = "moderator"


class Change(Body):
    """Another role, off or on, or both; what isn't named stays."""

    role: RoleName | None = None
    off: bool | None = None


class Lock(Body):
    """Whether the desk is locked, and why."""

    locked: bool
    reason: str = Field("", max_length=200)


@router.get("/people", response_model=list[shapes.Somebody])
def list_people(visit: Admin) -> list[people.Person]:
    """Everybody who may sign in."""
    return people.people(visit.db)


@router.post("/people", status_code=201, response_model=shapes.Link)
def add_person(visit: Admin, body: NewPerson) -> dict[str, str]:
    """Let somebody in; returns a link that signs them in once."""
    made = access.add_user(visit.db, body.name, role=body.role, display=body.display, by=visit.name)
    return {"link": account.new_link(visit, made.name)}


@router.patch("/people/{name}", response_model=shapes.Somebody)
def change_person(visit: Admin, name: Name, body: Change) -> people.Person | None:
    """Another role, or switched off or on; their sessions end."""
    if name == visit.name:
        raise HTTPException(409, account.NOT_ONESELF)
    if people.person(visit.db, name) is None:
        raise HTTPException(404, f"There is nobody named {name}.")
    if body.role is None and body.off is None:
        raise HTTPException(422, "Name a role, or whether they are off; nothing was changed.")
    access.change_user(visit.db, name, role=body.role, off=body.off, by=visit.name)
    return people.person(visit.db, name)


@router.post("/people/{name}/link", status_code=201, response_model=shapes.Link)
def new_link(visit: Admin, name: Name) -> dict[str, str]:
    """A new link that signs somebody in once."""
    if people.person(visit.db, name) is None:
        raise HTTPException(404, f"There is nobody named {name}.")
    return {"link": account.new_link(visit, name)}


@router.delete("/people/{name}/link", response_model=shapes.Revoked)
def end_link(visit: Admin, name: Name) -> dict[str, bool]:
    """Take somebody's login link back before it is used."""
    account.end_link(visit, name)
    return {"revoked": True}


@router.put("/lock", response_model=shapes.Locked)
def lock(visit: Admin, body: Lock) -> dict[str, bool]:
    """The panic lock: ends everybody's sessions and stops every token, this one too; it is opened on its page."""
    account.lock_desk(visit, locked=body.locked, reason=body.reason)
    return {"locked": audit.locked(visit.db)}


@router.get("/log", response_model=list[shapes.Line])
def log(
    visit: Admin,
    before: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """What was done, newest first, older than a line when one is named."""
    return audit.entries(visit.db, limit=limit, before=before)


@router.get("/log/check", response_model=shapes.Checked)
def check_log(visit: Admin) -> audit.Checked:
    """Whether the whole log holds, and the verdicts are as it has them."""
    return audit.check(visit.db)
