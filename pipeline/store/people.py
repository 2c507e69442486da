"""People of the desk: who they are, their sessions and tokens, what they did."""

import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, get_args

from sqlite_utils import Database

from pipeline.records import COMMAND_LINE, later, now
from pipeline.store.alphabet import alphabetical
from pipeline.store.database import in_passing, number_of, word_of, write
from pipeline.store.posts import storable, written

ID_LENGTH = 12  # letters of a token's digest that name it
TOKEN_DAYS = 90  # until a token for the JSON API ends
RoleName = Literal["moderator", "lead", "operator", "researcher", "admin"]
DESK_ROLES: tuple[str, ...] = get_args(RoleName)
DECIDING = ("moderator", "lead", "admin")  # who may hold and decide cases; the others read
SETTLING = ("lead", "admin")  # of these, who may also settle a dispute
# who signs what no person did at the desk: the machine, and what was typed (an erasure, by an earlier Soi)
NOBODY = ("soi", "operator", "restore", COMMAND_LINE.replace(" ", "_"))
WATCHING = ("operator", "lead", "admin")  # who may see how sources, steps and the model do


class PersonRefused(Exception):
    """A person can't be added or changed like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    name: str
    display: str
    role: str
    pseudonym: str
    has_password: bool = False
    off: bool = False
    prefs: dict[str, object] = field(default_factory=dict)


def digest(token: str) -> str:
    """What is kept of a token: a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


_COLUMNS = "u.name, u.display, u.role, u.pseudonym, u.password <> '', u.off, u.prefs"


def _person(row: tuple[object, ...]) -> Person:
    name, display, role, pseudonym, has_password, off, prefs = row
    chosen = json.loads(str(prefs))
    if chosen.get("fold") is True:  # so earlier versions kept it
        chosen["fold"] = "all"
    return Person(str(name), str(display), str(role), str(pseudonym), bool(has_password), bool(off), chosen)


def _alike(name: str) -> str:
    """A name as nobody tells it from another: in small letters, of whatever width and however the accents are typed."""
    return unicodedata.normalize("NFKC", name[:200]).casefold()


def known_as(db: Database, name: str) -> str:
    """Somebody's name as it is written down, however it was typed; what was typed where it is nobody's, or might be of
    several whom an earlier Soi let in."""
    names = _named_like(db, name)
    return names[0] if len(names) == 1 or storable(name) in names[:1] else name


def _named_like(db: Database, name: str) -> list[str]:
    """The names that nobody tells from one, itself first."""
    names = db.conn.execute("SELECT name FROM users ORDER BY name = ? DESC", [storable(name)])
    return [known for (known,) in names if _alike(known) == _alike(name)]


def add(db: Database, name: str, *, role: str = "moderator", display: str = "") -> Person:
    """A new person; their pseudonym is what exports show."""
    name = unicodedata.normalize("NFC", name)
    if not name.isidentifier() or len(name) > 40:
        raise PersonRefused("A name is up to 40 letters, digits and underscores, and starts with a letter.")
    if _alike(name) in NOBODY:
        raise PersonRefused(f"Nobody is named {name}: what no person did at the desk is signed so. Take another name.")
    if role not in DESK_ROLES:
        raise PersonRefused(f"There is no role {role}; it is one of {', '.join(DESK_ROLES)}.")
    with write(db):
        if known := _named_like(db, name):
            raise PersonRefused(f"There is somebody named {known[0]} already.")
        db.conn.execute(
            "INSERT INTO users (name, display, role, password, pseudonym, created_at) VALUES (?, ?, ?, '', ?, ?)",
            [name, written(display).strip() or name, role, f"reader-{secrets.token_hex(4)}", now()],
        )
    found = person(db, name)
    assert found is not None  # noqa: S101  # written in the line before
    return found


def person(db: Database, name: str) -> Person | None:
    """Somebody by name."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM users u WHERE u.name = ?", [name]).fetchone()
    return _person(row) if row else None


def people(db: Database) -> list[Person]:
    """Everybody, by the name that others see."""
    found = [_person(row) for row in db.conn.execute(f"SELECT {_COLUMNS} FROM users u ORDER BY u.name")]
    return sorted(found, key=lambda person: alphabetical(person.display))


def password_of(db: Database, name: str) -> str:
    """The password's hash; empty when there is none or the person is switched off."""
    return word_of(db, "SELECT password FROM users WHERE name = ? AND off = 0", [name])


def change(db: Database, name: str, *, role: str | None = None, off: bool | None = None, password: str = "") -> None:
    """Change a role, switch somebody off or on, or set a password's hash; ends their sessions.

    A new password spends their login links too, and who is switched off keeps neither links, tokens nor cases. The last
    administrator stays one: two who put each other out at once would leave nobody to let anybody in.
    """
    if role is not None and role not in DESK_ROLES:
        raise PersonRefused(f"There is no role {role}; it is one of {', '.join(DESK_ROLES)}.")
    with write(db):
        if (was := person(db, name)) is None:
            raise PersonRefused(f"There is nobody named {name}.")
        db.conn.execute(
            "UPDATE users SET role = coalesce(?, role), off = coalesce(?, off), password = coalesce(?, password)"
            " WHERE name = ?",
            [role, None if off is None else int(off), password or None, name],
        )
        admins = number_of(db, "SELECT count(*) FROM users WHERE role = 'admin' AND off = 0")
        if was.role == "admin" and not was.off and not admins:
            raise PersonRefused(f"{name} is the only administrator; somebody else has to become one first.")
        db.conn.execute("DELETE FROM sessions WHERE person = ?", [name])
        if password or off:
            end_links(db, name)
        if off or role not in (None, *DECIDING):  # they can't read it, and it would wait for nothing
            db.conn.execute("DELETE FROM holds WHERE person = ?", [name])
        elif role not in (None, *SETTLING):
            disputed = "SELECT case_id FROM standings WHERE state = 'disputed'"
            db.conn.execute(f"DELETE FROM holds WHERE person = ? AND case_id IN ({disputed})", [name])
        if off:
            db.conn.execute("UPDATE api_tokens SET revoked_at = ? WHERE person = ? AND revoked_at = ''", [now(), name])


def set_prefs(db: Database, name: str, prefs: dict[str, object]) -> None:
    """Keep what somebody chose for themselves, beside what they chose before."""
    with write(db):
        db.conn.execute(
            "UPDATE users SET prefs = json_patch(prefs, ?) WHERE name = ?",
            [json.dumps(prefs, ensure_ascii=False), name],
        )


def start_session(db: Database, name: str, *, hours: float) -> str:
    """A new session's token."""
    token = secrets.token_urlsafe(32)
    with write(db):
        db.conn.execute("DELETE FROM sessions WHERE expires_at < ?", [now()])
        db.conn.execute(
            "INSERT INTO sessions (token, person, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            [digest(token), name, now(), now(), later(hours=hours)],
        )
    return token


def session_person(db: Database, token: str, *, idle_minutes: float, touch: bool = True) -> Person | None:
    """Who a session belongs to, None when it ended; to `touch` it notes it as seen, at most once in five minutes."""
    row = db.conn.execute(
        f"SELECT s.seen_at, {_COLUMNS} FROM sessions s JOIN users u ON u.name = s.person"
        " WHERE s.token = ? AND s.expires_at > ? AND s.seen_at > ? AND u.off = 0",
        [digest(token), now(), later(minutes=-idle_minutes)],
    ).fetchone()
    if row is None:
        return None
    if touch and row[0] < later(minutes=-5):
        with in_passing(db), write(db):
            db.conn.execute("UPDATE sessions SET seen_at = ? WHERE token = ?", [now(), digest(token)])
    return _person(row[1:])


def end_session(db: Database, token: str) -> None:
    """Sign one session out."""
    with write(db):
        db.conn.execute("DELETE FROM sessions WHERE token = ?", [digest(token)])


def end_sessions(db: Database, *, but: str = "") -> None:
    """Sign everybody out, except one session."""
    with write(db):
        db.conn.execute("DELETE FROM sessions WHERE token <> ?", [digest(but)])


def login_link(db: Database, name: str, *, only: bool = True) -> str:
    """A token that signs somebody in once; one made before opens nothing any more, unless this isn't to be the only."""
    token = secrets.token_urlsafe(32)
    with write(db):
        if only:
            end_links(db, name)
        db.conn.execute(
            "INSERT INTO login_links (token, person, expires_at) VALUES (?, ?, ?)",
            [digest(token), name, later(hours=24)],
        )
    return token


def open_links(db: Database) -> dict[str, str]:
    """Whom a login link would still sign in, and until when."""
    return dict(
        db.conn.execute(
            "SELECT person, max(expires_at) FROM login_links WHERE used_at = '' AND expires_at > ? GROUP BY person",
            [now()],
        ).fetchall()
    )


def end_links(db: Database, name: str) -> None:
    """Let no login link that somebody was given open anything any more."""
    with write(db):
        db.conn.execute("UPDATE login_links SET used_at = ? WHERE person = ? AND used_at = ''", [now(), name])


def end_logins(db: Database) -> None:
    """End everybody's sessions and login links."""
    with write(db):
        end_sessions(db)
        db.conn.execute("UPDATE login_links SET used_at = ? WHERE used_at = ''", [now()])


def use_login_link(db: Database, token: str) -> str | None:
    """Whom a one-time link signs in; None when it was used, is too old or never was."""
    with write(db):
        row = db.conn.execute(
            "UPDATE login_links SET used_at = ? WHERE token = ? AND used_at = '' AND expires_at > ? RETURNING person",
            [now(), digest(token), now()],
        ).fetchone()
    return str(row[0]) if row else None


def _of_key(key: str) -> str:
    """What is kept of a key: what is typed as a name may be an address or a number of somebody's."""
    return digest(storable(key))


def attempts(db: Database, key: str, *, minutes: float) -> int:
    """Failed sign-ins under a key (a name, an address) within the last minutes."""
    return number_of(
        db, "SELECT count(*) FROM login_attempts WHERE key = ? AND at > ?", [_of_key(key), later(minutes=-minutes)]
    )


def begin_attempt(db: Database, limits: dict[str, int], *, minutes: float) -> list[int] | None:
    """Count a sign-in under its keys before the password is looked at, so that many at once gain nothing.

    None when one of the keys has had its limit; a day later an attempt is forgotten.
    """
    with write(db):
        if any(attempts(db, key, minutes=minutes) >= limit for key, limit in limits.items()):
            return None
        db.conn.execute("DELETE FROM login_attempts WHERE at < ?", [later(hours=-24)])
        return [
            number_of(db, "INSERT INTO login_attempts (key, at) VALUES (?, ?) RETURNING id", [_of_key(key), now()])
            for key in limits
        ]  # fmt: skip


def forget_attempt(db: Database, ids: list[int]) -> None:
    """The password was right: the attempt counts no more."""
    with write(db):
        db.conn.executemany("DELETE FROM login_attempts WHERE id = ?", [(number,) for number in ids])


def make_token(db: Database, name: str, *, label: str) -> str:
    """A token for the JSON API, shown once."""
    token = "soi_" + secrets.token_urlsafe(32)
    with write(db):
        db.conn.execute(
            "INSERT INTO api_tokens (token, person, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            [digest(token), name, label, now(), later(hours=24 * TOKEN_DAYS)],
        )
    return token


def token_person(db: Database, token: str) -> Person | None:
    """Who a token of the API speaks for."""
    row = db.conn.execute(
        f"SELECT {_COLUMNS} FROM api_tokens t JOIN users u ON u.name = t.person"
        " WHERE t.token = ? AND t.expires_at > ? AND t.revoked_at = '' AND u.off = 0",
        [digest(token), now()],
    ).fetchone()
    return _person(row) if row else None


def tokens(db: Database, name: str) -> list[dict[str, object]]:
    """Somebody's tokens, without the secret; `id` is enough to revoke one."""
    return list(
        db.query(
            f"SELECT substr(token, 1, {ID_LENGTH}) AS id, label, created_at, expires_at FROM api_tokens"
            " WHERE person = ? AND revoked_at = '' AND expires_at > ? ORDER BY created_at",
            [name, now()],
        )
    )


def revoke_token(db: Database, name: str, token_id: str) -> str | None:
    """End one of somebody's own tokens; returns its label, None when there is no such token."""
    with write(db):
        row = db.conn.execute(
            f"UPDATE api_tokens SET revoked_at = ? WHERE person = ? AND substr(token, 1, {ID_LENGTH}) = ?"
            " AND revoked_at = '' RETURNING label",
            [now(), name, token_id],
        ).fetchone()
    return str(row[0]) if row else None
