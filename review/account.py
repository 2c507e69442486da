"""What people set for themselves, and what administrators set for others."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.store import audit, golden, people
from pipeline.store.people import DESK_ROLES, PersonRefused
from review import access
from review.access import SESSION_COOKIE, ActingRole, Role, Visit
from review.desk import Anyone, Person
from review.pages import go, page

router = APIRouter()
Admin = Annotated[Visit, Depends(Role())]
ActingAdmin = Annotated[Visit, Depends(ActingRole())]
CHECKED = 5000  # lines of the log that the page checks; `audit.first_broken` checks all
THEMES = ("auto", "light", "dark")


@router.get("/account")
def account(visit: Person) -> Response:
    """One's own settings."""
    return _account(visit)


def _account(visit: Visit, *, token: str = "", problem: str = "", done: str = "") -> Response:
    return page(
        visit, "account.html", status=422 if problem else 200, tokens=people.tokens(visit.db, visit.name), token=token,
        problem=problem, done=done, themes=THEMES, practice=golden.practice(visit.db, visit.name),
    )  # fmt: skip


@router.post("/account/prefs")
def prefs(
    visit: Anyone,
    theme: Annotated[str, Form()] = "auto",
    fold: Annotated[str, Form()] = "",
    keys_off: Annotated[str, Form()] = "",
    practice: Annotated[str, Form()] = "",
    limit: Annotated[int, Form(ge=0, le=1000)] = 0,
    break_minutes: Annotated[int, Form(ge=0, le=480)] = 0,
) -> Response:
    """Care, look and keys."""
    kept = {"language": visit.pref("language")} if visit.pref("language") else {}
    chosen: dict[str, object] = {
        **kept, "theme": theme if theme in THEMES else "auto", "fold": bool(fold), "keys_off": bool(keys_off),
        "practice": bool(practice), "limit": limit, "break_minutes": break_minutes,
    }  # fmt: skip
    people.set_prefs(visit.db, visit.name, chosen)
    return go("/account")


@router.post("/account/password")
def password(visit: Anyone, old: Annotated[str, Form()] = "", new: Annotated[str, Form()] = "") -> Response:
    """A new password; other sessions end, this one goes on."""
    _ = visit.say.gettext
    address = visit.request.client.host if visit.request.client else ""
    if (
        visit.person
        and visit.person.has_password
        and access.sign_in(visit.db, visit.name, old, address=address) is None
    ):
        return _account(visit, problem=_("The present password isn't that one."))
    try:
        access.set_password(visit.db, visit.name, new)
    except PersonRefused:
        return _account(visit, problem=_("A password has at least 10 characters; a short sentence is a good one."))
    response = go("/account")
    session = access.open_session(visit.db, visit.name, how="new password")
    response.set_cookie(
        SESSION_COOKIE, session or "", httponly=True, samesite="lax", secure=visit.settings.secure_cookies
    )
    return response


@router.post("/account/token")
def new_token(visit: Anyone, label: Annotated[str, Form(max_length=60)] = "") -> Response:
    """A token for the JSON API, shown this once."""
    token = people.make_token(visit.db, visit.name, label=label or "API")
    audit.note(visit.db, visit.name, "token made", detail=label)
    return _account(visit, token=token)


@router.post("/account/token/revoke")
def revoke(visit: Anyone, token_id: Annotated[str, Form()] = "") -> Response:
    """End one of one's own tokens."""
    if not people.revoke_token(visit.db, visit.name, token_id):
        raise HTTPException(404)
    audit.note(visit.db, visit.name, "token revoked")
    return go("/account")


@router.get("/people")
def everybody(visit: Admin, link: str = "") -> Response:
    """Who may sign in; for administrators."""
    return _people(visit)


def _people(visit: Visit, *, link: str = "", problem: str = "") -> Response:
    return page(
        visit, "people.html", status=422 if problem else 200, people=people.people(visit.db), roles=DESK_ROLES,
        link=link, problem=problem, locked=audit.locked(visit.db), broken=audit.first_broken(visit.db, last=CHECKED),
        entries=audit.entries(visit.db, limit=50),
    )  # fmt: skip


@router.post("/people")
def add(
    visit: ActingAdmin,
    name: Annotated[str, Form()] = "",
    display: Annotated[str, Form(max_length=60)] = "",
    role: Annotated[str, Form()] = "moderator",
) -> Response:
    """Somebody new, with a link that signs them in once."""
    try:
        access.add_user(visit.db, name, role=role, display=display)
    except PersonRefused:
        return _people(visit, problem=visit.say.gettext("The name is taken, or isn't letters, digits and underscores."))
    return _people(visit, link=access.login_link(visit.db, name, str(visit.request.base_url)))


@router.post("/people/change")
def change(
    visit: ActingAdmin,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    do: Annotated[str, Form()] = "role",
) -> Response:
    """Another role, off, on again, or a new login link."""
    if name == visit.name and do != "link":
        return _people(visit, problem=visit.say.gettext("Somebody else has to change your own role."))
    if people.person(visit.db, name) is None:
        raise HTTPException(404)
    if do == "link":
        return _people(visit, link=access.login_link(visit.db, name, str(visit.request.base_url)))
    if do == "role" and role not in DESK_ROLES:
        raise HTTPException(422)
    people.change(visit.db, name, role=role if do == "role" else None, off={"off": True, "on": False}.get(do))
    audit.note(visit.db, visit.name, f"user {do}", subject=name, detail=role if do == "role" else "")
    return go("/people")


@router.post("/people/lock")
def lock(
    visit: ActingAdmin, locked: Annotated[str, Form()] = "", reason: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """The panic lock: everybody but administrators is out at once, until it is opened again."""
    audit.lock(visit.db, visit.name, locked=bool(locked), reason=reason)
    if locked:
        people.end_sessions(visit.db, but=visit.request.cookies.get(SESSION_COOKIE, ""))
    return go("/people")
