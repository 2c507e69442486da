"""The audit log, each line sealed by the hash of the one before, and the panic lock."""

import hashlib
import json

from sqlite_utils import Database

from pipeline.records import now
from pipeline.store.database import write
from pipeline.store.posts import storable, written


def _seal(before: str, *parts: str) -> str:
    return hashlib.sha256(json.dumps([before, *parts], ensure_ascii=False).encode()).hexdigest()


def note(db: Database, person: str, action: str, *, subject: object = "", detail: str = "") -> None:
    """Write down what somebody did; subject is what it was done to."""
    with write(db):
        last = db.conn.execute("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        parts = [now(), storable(person), action, storable(str(subject)), storable(detail)]
        db.conn.execute(
            "INSERT INTO audit (at, person, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
            [*parts, _seal(last[0] if last else "", *parts)],
        )


def first_broken(db: Database, *, after: int = 0, upto: int = 0) -> int | None:
    """The number of the first line whose seal doesn't fit, None when the log holds: all of it, or the lines between.

    A part holds when each of its lines follows from the one before it, the line `after` being taken as it is.
    """
    row = db.conn.execute("SELECT hash FROM audit WHERE id = ?", [after]).fetchone()
    before, expected = row[0] if row else "", after + 1
    for line, at, person, action, subject, detail, seal in db.conn.execute(
        "SELECT id, at, person, action, subject, detail, hash FROM audit WHERE id > ? AND (? = 0 OR id <= ?)"
        " ORDER BY id",
        [after, upto, upto],
    ):
        if line != expected or seal != _seal(before, at, person, action, subject, detail):
            return int(line)
        before, expected = seal, line + 1
    return None


def entries(db: Database, *, limit: int = 100, before: int = 0) -> list[dict[str, object]]:
    """Newest lines first, older than a line when one is named."""
    return list(db.query("SELECT * FROM audit WHERE ? = 0 OR id < ? ORDER BY id DESC LIMIT ?", [before, before, limit]))


def lock(db: Database, person: str, *, locked: bool, reason: str = "") -> None:
    """Lock the desk for everybody but admins, or open it again."""
    reason = written(reason)
    with write(db):
        db.conn.execute(
            "INSERT INTO locks (at, person, locked, note) VALUES (?, ?, ?, ?)",
            [now(), person, int(locked), reason],
        )
        note(db, person, "lock" if locked else "unlock", detail=reason)


def locked(db: Database) -> bool:
    """Whether the desk is locked now."""
    row = db.conn.execute("SELECT locked FROM locks ORDER BY id DESC LIMIT 1").fetchone()
    return bool(row and row[0])
