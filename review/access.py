"""Who may do what: passwords, sessions, one-time links, forged forms; and users added and changed by command line."""

import hashlib
import hmac
import ipaddress
import json
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Depends, Form, Request

from pipeline.records import COMMAND_LINE
from pipeline.settings import DeskSettings
from pipeline.store import Database, audit, people, write
from pipeline.store.people import Person, PersonRefused
from review.names import N_
from review.show import spelled
from review.words import Words, words

SESSION_COOKIE = "soi_session"
VISIT_COOKIE = "soi_visit"  # ties the sign-in form to the browser that asked for it
LANGUAGE_COOKIE = "soi_language"
SESSION_HOURS = 12.0
IDLE_MINUTES = 120.0
ATTEMPTS = 5  # wrong passwords for one name from one address in ATTEMPT_MINUTES
MANY_ATTEMPTS = 50  # the same for one name from anywhere, or for any names from one address
ATTEMPT_MINUTES = 15.0
AT_ONCE = 2  # passwords looked at: each takes 64 MB
TURN_SECONDS = 2.0  # how long one waits for its turn, with a worker of the desk waiting beside it
SHORTEST_PASSWORD = 10
NO_LINK = N_("A blocked account gets no login link; open the account again first.")
BY_ITSELF = re.compile("/live|/posts/[0-9]+/case")  # what a page asks for again with nobody before it


class SignInNeeded(Exception):
    """Nobody is signed in, or the session ended."""


class TokenNeeded(SignInNeeded):
    """The same for a feed: many readers send the token they were given only once they are asked for it."""


class Locked(SignInNeeded):
    """A token that is good, while the desk is locked."""


class NotAllowed(Exception):
    """Signed in, and not in a role that may do this."""


class Forged(Exception):
    """A form that doesn't come from a page of this desk."""


class Outdated(Forged):
    """One that comes from a page which the same person opened before they signed in anew."""


class TooManyTries(Exception):
    """Too many wrong passwords; wait."""


class Busy(Exception):
    """Too many passwords are being looked at in this moment."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who, in which language, with which store."""

    request: Request
    db: Database
    settings: DeskSettings
    person: Person | None
    secret: str  # what this browser's form seals are made from
    say: Words

    @property
    def seal(self) -> str:
        """The value a form of this browser carries, and whose page it is on; another site can't know the first."""
        return seal(self.secret) + self.mark

    @property
    def mark(self) -> str:
        """What tells a page of this person's from one of somebody else's; empty for whoever isn't signed in."""
        return hashlib.sha256(f"by:{self.person.name}".encode()).hexdigest()[:8] if self.person else ""

    @property
    def who(self) -> Person:
        """Who is signed in; raises SignInNeeded where nobody is."""
        if self.person is None:
            raise SignInNeeded
        return self.person

    @property
    def name(self) -> str:
        """The name of whoever is signed in."""
        return self.who.name

    @property
    def only_looks(self) -> bool:
        """Whether nobody asked here to read what is answered: a HEAD, a page that a browser fetches ahead, or one that
        another site leads to. Such a visit takes and leaves no case."""
        said = self.request.headers
        ahead = said.get("sec-purpose", said.get("purpose", "")).startswith("prefetch")
        return "only_head" in self.request.scope or ahead or said.get("sec-fetch-site") == "cross-site"

    def called(self, name: str) -> str:
        """The name that others see of whoever signs in with this one."""
        found = people.person(self.db, name)
        return spelled(found.display if found else name)

    def pref(self, key: str, default: Any = "") -> Any:
        """What the person chose for themselves."""
        return self.person.prefs.get(key, default) if self.person else default

    def may(self, *roles: str) -> bool:
        """Whether the person has one of the roles; an administrator has all."""
        return self.person is not None and self.person.role in (*roles, "admin")

    @property
    def decides(self) -> bool:
        """Whether the person has a role that may hold and decide cases."""
        return self.may(*people.DECIDING)

    @property
    def watches(self) -> bool:
        """Whether the person has a role that may see how sources, steps and the model do."""
        return self.may(*people.WATCHING)


def seal(secret: str) -> str:
    """The form seal of a browser's secret."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def lend_store(request: Request) -> Iterator[Database]:
    """A store for this request."""
    with request.app.state.pool.lend() as db:
        yield db


def language_of(request: Request, person: Person | None) -> str:
    """The reader's choice, else Vietnamese."""
    chosen = person.prefs.get("language") if person else None
    return str(chosen or request.cookies.get(LANGUAGE_COOKIE) or "vi")


def of_desk(cookie: str, request: Request) -> str:
    """The name of a cookie that is this desk's alone: browsers give it to every port of a host."""
    port = re.search(":([0-9]+)$", request.url.netloc)
    return f"{cookie}_{port[1]}" if port else cookie


def anybody(request: Request, db: Annotated[Database, Depends(lend_store)]) -> Visit:
    """Whoever comes, signed in or not."""
    token = request.cookies.get(of_desk(SESSION_COOKIE, request), "")
    touch = request.method != "GET" or not BY_ITSELF.fullmatch(request.url.path)
    person = people.session_person(db, token, idle_minutes=IDLE_MINUTES, touch=touch) if token else None
    if person and person.role != "admin" and audit.locked(db):
        person = None
    secret = token if person else request.cookies.get(of_desk(VISIT_COOKIE, request), "")
    settings: DeskSettings = request.app.state.settings
    return Visit(request, db, settings, person, secret, words(language_of(request, person)))


def signed_in(visit: Annotated[Visit, Depends(anybody)]) -> Visit:
    """Somebody who is signed in."""
    if visit.person is None:
        raise SignInNeeded
    return visit


def check_form(visit: Visit, given: str) -> None:
    """Raise Forged unless the form was made by a page this browser got from here; Outdated if it was theirs."""
    if not from_here(visit.request):
        raise Forged
    if not visit.secret or not hmac.compare_digest(given.encode(), visit.seal.encode()):
        raise Outdated if visit.mark and given.endswith(visit.mark) else Forged


def from_here(request: Request) -> bool:
    """Whether a form isn't of a page that names another place as its own."""
    origin = request.headers.get("origin")
    return not origin or origin == "null" or address_parts(origin).netloc == request.headers.get("host")


def acting(visit: Annotated[Visit, Depends(signed_in)], seal: Annotated[str, Form()] = "") -> Visit:
    """Somebody signed in who sent a form of ours."""
    check_form(visit, seal)
    return visit


class Role:
    """A dependency that lets only some roles pass."""

    def __init__(self, *roles: str) -> None:
        self.roles = roles

    def __call__(self, visit: Annotated[Visit, Depends(signed_in)]) -> Visit:
        """The visit, when its person may."""
        if not visit.may(*self.roles):
            raise NotAllowed
        return visit


class ActingRole(Role):
    """The same for forms."""

    def __call__(self, visit: Annotated[Visit, Depends(acting)]) -> Visit:
        """The visit, when its person may and the form is ours."""
        return super().__call__(visit)


def address_parts(address: str) -> SplitResult:
    """The parts of an address as somebody sent it; all empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def inside(path: str) -> str:
    """A path of this desk, or the front page: nobody is sent elsewhere after signing in."""
    parts = address_parts(path)
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and not any(ord(c) < 33 for c in path)
    return path if plain and "\\" not in path and not parts.scheme and not parts.netloc else "/"


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password fits: a name that isn't there takes as long as one that is."""
    return _hasher().hash(secrets.token_urlsafe(32))


@lru_cache(maxsize=1)
def _turns() -> BoundedSemaphore:
    return BoundedSemaphore(AT_ONCE)


def _fits(password_hash: str, password: str) -> bool:
    if not _turns().acquire(timeout=TURN_SECONDS):
        raise Busy
    try:
        return _hasher().verify(password_hash or _nobody(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _turns().release()


def _one_form(password: str) -> str:
    """A password as every keyboard gives it: they write a letter with its accents as one character, or as several."""
    return unicodedata.normalize("NFC", password[:1000])


def _place(address: str) -> str:
    """What tries from an address are counted by: of IPv6 its /64, as whoever has one address there has them all."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))


def confirm(db: Database, name: str, password: str, *, address: str, at: str = "") -> bool:
    """Whether a password is somebody's; raises TooManyTries after too many that weren't, Busy after too many at once.

    What is asked `at` another place than the door is counted by itself: who tries names there keeps nobody from it.
    """
    of_name, of_address = ("name", name[:60]), ("address", _place(address))
    limits = {(*of_name, *of_address): ATTEMPTS, of_name: MANY_ATTEMPTS, of_address: MANY_ATTEMPTS}
    keys = {json.dumps([at, *key]): most for key, most in limits.items()}  # a name holds whatever was typed
    attempt = people.begin_attempt(db, keys, minutes=ATTEMPT_MINUTES)
    if attempt is None:
        raise TooManyTries
    try:
        kept, as_typed = people.password_of(db, name), password[:1000]
        fits = _fits(kept, _one_form(password))
        # one that was set before they were kept in one form: as it is typed, or with its accents apart
        for other in {as_typed, unicodedata.normalize("NFD", as_typed)} - {_one_form(password)}:
            fits = fits or _fits(kept, other)
    except Busy:
        people.forget_attempt(db, attempt[:2])  # it wasn't looked at; the crowd still counts for where it comes from
        raise
    if not fits:
        # the log is for ever: what is nobody's name may be a password, typed in the wrong box
        audit.note(db, name if people.person(db, name) else "", "sign-in refused")
        return False
    people.forget_attempt(db, attempt)
    return True


def sign_in(db: Database, name: str, password: str, *, address: str) -> str | None:
    """A session's token for a right password, None for a wrong one; raises TooManyTries."""
    return open_session(db, name, how="password") if confirm(db, name, password, address=address) else None


def sign_in_once(db: Database, token: str) -> str | None:
    """A session's token for a login link that is open; one that the locked desk turns away stays good."""
    try:
        with write(db):
            name = people.use_login_link(db, token)
            session = open_session(db, name, how="link") if name else None
            if session is None:
                raise SignInNeeded
            return session
    except SignInNeeded:
        return None


def open_session(db: Database, name: str, *, how: str) -> str | None:
    """A session's token; none while the desk is locked, except for admins."""
    person = people.person(db, name)
    if person is None or person.off or (audit.locked(db) and person.role != "admin"):
        return None
    token = people.start_session(db, name, hours=SESSION_HOURS)
    audit.note(db, name, "sign-in", detail=how)
    return token


def first_login_link(db: Database, base_url: str) -> str:
    """A link that signs the first administrator in once; makes them when there is nobody yet."""
    admins = [p for p in people.people(db) if p.role == "admin" and not p.off]
    admin = admins[0] if admins else add_user(db, "admin", role="admin")
    return login_link(db, admin.name, base_url, only=False)  # one that was sent meanwhile stays good


def login_link(db: Database, name: str, base_url: str, *, by: str = COMMAND_LINE, only: bool = True) -> str:
    """A link that signs somebody in once, within a day; none for a blocked account, which it would open later."""
    person = people.person(db, name := people.known_as(db, name))
    if person is None:
        raise PersonRefused(f"There is nobody named {name}.")
    if person.off:
        raise PersonRefused(NO_LINK)
    audit.note(db, by, "login link made", subject=name)
    return f"{base_url.rstrip('/')}/login/once?token={people.login_link(db, name, only=only)}"


def add_user(db: Database, name: str, *, role: str = "moderator", display: str = "", by: str = COMMAND_LINE) -> Person:
    """A new person, who comes in by a login link and chooses a password."""
    with write(db):
        person = people.add(db, name, role=role, display=display)
        audit.note(db, by, "user added", subject=person.name, detail=role)
    return person


def set_password(db: Database, name: str, password: str, *, by: str = COMMAND_LINE) -> None:
    """A new password; ends the person's sessions."""
    hashed, name = _hasher().hash(_strong(password)), people.known_as(db, name)
    with write(db):
        people.change(db, name, password=hashed)
        audit.note(db, by, "password set", subject=name)


def change_user(
    db: Database, name: str, *, role: str | None = None, off: bool | None = None, by: str = COMMAND_LINE
) -> None:
    """Give somebody another role, or switch them off or on; their sessions end."""
    name = people.known_as(db, name)
    with write(db):
        people.change(db, name, role=role, off=off)
        if role is not None:
            audit.note(db, by, "user role", subject=name, detail=role)
        if off is not None:
            audit.note(db, by, "user off" if off else "user on", subject=name)


def _strong(password: str) -> str:
    password = _one_form(password)  # as much as is looked at when somebody signs in
    if len(password.strip()) < SHORTEST_PASSWORD:
        raise PersonRefused(f"A password has at least {SHORTEST_PASSWORD} characters; a short sentence is a good one.")
    return password
