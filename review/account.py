"""What people set for themselves, and what administrators set for others."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.store import audit, decisions, golden, people, write
from pipeline.store.people import DESK_ROLES, PersonRefused
from pipeline.store.posts import written
from review import access
from review.access import SESSION_COOKIE, ActingRole, Role, Visit, of_desk
from review.names import N_
from review.pages import Anyone, Person, go, page, said_of, set_cookie
from review.refusals import Problem, Refused

router = APIRouter()
Admin = Annotated[Visit, Depends(Role())]
ActingAdmin = Annotated[Visit, Depends(ActingRole())]
A_PAGE = 100  # lines of the log
THEMES = ("auto", "light", "dark")
FOLDS = ("graphic", "all")  # passages folded until they are opened; none when nothing is chosen
NOT_ONESELF = N_("Somebody else has to change your own role, or block your account.")
WRONG_PASSWORD = N_("The present password isn't that one.")
NO_NAME = N_("The name is taken, or isn't letters, digits and underscores.")
NO_TOKEN = N_("You have no such token.")
NO_OPEN_LINK = N_("No login link of theirs is open.")
LAST_ADMIN = N_("That is the only administrator; somebody else has to become one first.")
MADE_ALREADY = N_("A token was made since this page was opened; make one below if you need another.")
SHORT_PASSWORD = N_("The new password is too short: it takes 10 characters, and a short sentence is a good one.")


@router.get("/account/prefs")
@router.get("/account/password")
@router.get("/account/token")
@router.get("/account/token/revoke")
def back_to_account(visit: Person) -> Response:
    """The settings: a page that refused some, or shows a token, has such an address."""
    return go("/account")


@router.get("/account")
def account(visit: Person, kept: str = "") -> Response:
    """One's own settings."""
    return _account(visit, kept=kept)


def _account(visit: Visit, *, token: str = "", problem: Problem | None = None, kept: str = "") -> Response:
    return page(
        visit, "account.html", status=422 if problem else 200, tokens=people.tokens(visit.db, visit.name), token=token,
        problem=problem, kept=kept, newest=newest_token(visit),
        practice=golden.practice(visit.db, visit.name),
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
    people.set_prefs(visit.db, visit.name, {
        "theme": theme if theme in THEMES else "auto", "fold": fold if fold in FOLDS else "",
        "keys_off": bool(keys_off), "practice": bool(practice), "limit": limit, "break_minutes": break_minutes,
    })  # fmt: skip
    return go("/account?kept=1")


@router.post("/account/password")
def password(visit: Anyone, old: Annotated[str, Form()] = "", new: Annotated[str, Form()] = "") -> Response:
    """A new password; other sessions end, this one goes on."""
    problem = change_password(visit, old, new)
    if problem:
        field = "old" if problem == WRONG_PASSWORD else "new"
        return _account(visit, problem=said_of(visit, Refused(problem, field)))
    response = go("/account?kept=1")
    session = access.open_session(visit.db, visit.name, how="new password") or ""
    set_cookie(visit, response, of_desk(SESSION_COOKIE, visit.request), session)
    return response


def change_password(visit: Visit, old: str, new: str) -> str:
    """Set one's own password; why not, when the present one is another or the new one is too short."""
    address = visit.request.client.host if visit.request.client else ""
    if visit.who.has_password and not access.confirm(visit.db, visit.name, old, address=address, at="own "):
        return WRONG_PASSWORD
    try:
        access.set_password(visit.db, visit.name, new, by=visit.name)
    except PersonRefused:
        return SHORT_PASSWORD
    return ""


@router.post("/account/token")
def new_token(
    visit: Anyone, label: Annotated[str, Form(max_length=60)] = "", newest: Annotated[str, Form()] = ""
) -> Response:
    """A token for the JSON API, shown this once; a form that is sent again, as by reloading, makes no second one."""
    if newest != newest_token(visit):
        return _account(visit, problem=Problem(visit.say.gettext(MADE_ALREADY), at="token"))
    return _account(visit, token=make_token(visit, label))


def newest_token(visit: Visit) -> str:
    """The newest of one's own tokens that are in force, by its short name."""
    ids = [str(token["id"]) for token in people.tokens(visit.db, visit.name)]
    return ids[-1] if ids else ""


def make_token(visit: Visit, label: str) -> str:
    """A new token of one's own; kept as a digest only."""
    label = written(label)
    with write(visit.db):
        token = people.make_token(visit.db, visit.name, label=label or "API")
        audit.note(visit.db, visit.name, "token made", detail=f"{people.digest(token)[: people.ID_LENGTH]} {label}")
    return token


@router.post("/account/token/revoke")
def revoke(visit: Anyone, token_id: Annotated[str, Form()] = "") -> Response:
    """End one of one's own tokens."""
    revoke_token(visit, token_id)
    return go("/account?kept=ended")


def revoke_token(visit: Visit, token_id: str) -> None:
    """End one of one's own tokens; the log says which."""
    with write(visit.db):
        label = people.revoke_token(visit.db, visit.name, token_id)
        if label is None:
            raise HTTPException(404, NO_TOKEN)
        audit.note(visit.db, visit.name, "token revoked", detail=f"{token_id} {label}")


@router.get("/people/change")
@router.get("/people/lock")
def back_to_people(visit: Admin) -> Response:
    """Who may sign in: a page that refused a change, or shows a link, has this address."""
    return go("/people")


@router.get("/people")
def everybody(visit: Admin, kept: str = "") -> Response:
    """Who may sign in; for administrators."""
    return _people(visit, kept=bool(kept))


def _people(
    visit: Visit, *, link: str = "", problem: Problem | None = None, new: tuple[str, str, str] = ("", "", ""),
    kept: bool = False,
) -> Response:  # fmt: skip
    return page(
        visit, "people.html", status=422 if problem else 200, people=people.people(visit.db), roles=DESK_ROLES,
        link=link, problem=problem, new=new, locked=audit.locked(visit.db), open_links=people.open_links(visit.db),
        kept=kept,
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
        made = access.add_user(visit.db, name, role=role, display=display, by=visit.name)
    except PersonRefused:
        return _people(visit, problem=said_of(visit, Refused(NO_NAME, "name")), new=(name, display, role))
    return _people(visit, link=new_link(visit, made.name))


@router.post("/people/change")
def change(
    visit: ActingAdmin,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    do: Annotated[str, Form()] = "role",
) -> Response:
    """Another role, off, on again, a new login link or none any more."""
    if name == visit.name and do not in ("link", "unlink"):
        return _people(visit, problem=said_of(visit, Refused(NOT_ONESELF)))
    if people.person(visit.db, name) is None:
        raise HTTPException(404)
    if do == "link":
        try:
            return _people(visit, link=new_link(visit, name))
        except PersonRefused as refused:
            return _people(visit, problem=said_of(visit, Refused(str(refused))))
    if do == "unlink":
        end_link(visit, name)
        return go("/people?kept=1")
    if do not in ("role", "off", "on") or (do == "role" and role not in DESK_ROLES):
        raise HTTPException(422)
    off = {"off": True, "on": False}.get(do)
    try:
        access.change_user(visit.db, name, role=role if do == "role" else None, off=off, by=visit.name)
    except PersonRefused:
        return _people(visit, problem=said_of(visit, Refused(LAST_ADMIN)))
    return go("/people?kept=1")


def new_link(visit: Visit, name: str) -> str:
    """A link that signs somebody in once, at the desk's address, or where it was asked for if it has none."""
    return access.login_link(visit.db, name, visit.settings.address or str(visit.request.base_url), by=visit.name)


def end_link(visit: Visit, name: str) -> None:
    """Take somebody's login link back before it is used."""
    with write(visit.db):
        if name not in people.open_links(visit.db):
            raise HTTPException(404, NO_OPEN_LINK)
        people.end_links(visit.db, name)
        audit.note(visit.db, visit.name, "login link ended", subject=name)


@router.post("/people/lock")
def lock(
    visit: ActingAdmin, locked: Annotated[str, Form()] = "", reason: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """The panic lock: everybody but administrators is out at once, until it is opened again."""
    lock_desk(visit, locked=bool(locked), reason=reason)
    return go("/people" if locked else "/people?kept=1")  # that it is locked stands there


def lock_desk(visit: Visit, *, locked: bool, reason: str) -> None:
    """Lock or open the desk; locking ends all sessions but the one that asked for it."""
    audit.lock(visit.db, visit.name, locked=locked, reason=reason)
    if locked:
        people.end_sessions(visit.db, but=visit.request.cookies.get(of_desk(SESSION_COOKIE, visit.request), ""))


@router.get("/people/log")
def log(visit: Admin, before: Annotated[int, Query(ge=0, le=2**53)] = 0, whole: str = "") -> Response:
    """The log a page at a time, each page's seals checked; with `whole`, the seals of all of it."""
    entries = audit.entries(visit.db, limit=A_PAGE, before=before)
    first, last = (int(str(entries[-1]["id"])), int(str(entries[0]["id"]))) if entries else (0, 0)
    checked = audit.check(visit.db) if whole else None
    broken = checked.first_broken if checked else audit.first_broken(visit.db, after=max(0, first - 1), upto=last)
    wrong = _wrong(visit, checked) if checked else []
    return page(visit, "log.html", entries=entries, broken=broken, checked=checked, wrong=wrong, first=first, last=last)


def _wrong(visit: Visit, checked: audit.Checked) -> list[str]:
    """What isn't as the log has it, a sentence each."""
    _ = visit.say.gettext

    def called(number: int) -> str:
        made = decisions.decision(visit.db, number)
        if made is None:
            return _("verdict no. {id}, which is gone").format(id=number)
        said = (
            _("reopening no. {id} of case {case}") if made.action == "reopen" else _("verdict no. {id} of case {case}")
        )
        return said.format(id=number, case=made.case_id)

    held = {"claim": _("the claim"), "wording": _("the claim as readers are told it"), "posts": _("the posts")}
    told = [_("Not as the log has it: {which}.").format(which=called(number)) for number in checked.decisions]
    told += [
        _("Not as it was when it was given: {what}, {which}.").format(what=held.get(what, what), which=called(number))
        for number, what in checked.words
    ]
    return told + [
        _("Case {case} stands otherwise than its verdicts say.").format(case=number) for number in checked.cases
    ]
