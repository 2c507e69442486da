"""Which model versions are known, and which one is live."""

from sqlite_utils import Database

from pipeline.home import DEFAULT
from pipeline.records import now
from pipeline.store.database import number_of, word_of, write

# the same as live_version(), inside a statement
LIVE = f"coalesce((SELECT version FROM live_model), '{DEFAULT}')"


def live_version(db: Database) -> str:
    """The version that scores now: the one promoted last, else the one that ships."""
    return word_of(db, "SELECT version FROM live_model") or DEFAULT


def promotions(db: Database) -> list[tuple[str, str, str]]:
    """Every promotion as (version, when, note), oldest first."""
    return list(db.conn.execute("SELECT version, at, note FROM promotions ORDER BY id"))


def card(db: Database, version: str) -> str:
    """The card of a version as it was put to use first, "" where it never was."""
    return word_of(db, "SELECT card FROM models WHERE version = ?", [version])


def register(db: Database, version: str, card: str) -> None:
    """Write down a version and its card, once."""
    with write(db):
        db.conn.execute(
            "INSERT OR IGNORE INTO models (version, card, registered_at) VALUES (?, ?, ?)", [version, card, now()]
        )


def promoted_with(db: Database, version: str, parts: str) -> bool:
    """Whether a version was ever made live with these very parts in place of its own."""
    asked = "SELECT count(*) FROM promotions WHERE version = ? AND parts = ?"
    return number_of(db, asked, [version, parts]) > 0


def promote(db: Database, version: str, *, person: str, note: str, parts: str) -> None:
    """Make a registered version live by one more row."""
    with write(db):
        db.conn.execute(
            "INSERT INTO promotions (version, at, person, note, parts) VALUES (?, ?, ?, ?, ?)",
            [version, now(), person, note, parts],
        )
