"""Golden cases: decided ones with a verdict beyond doubt, mixed in for those who ask to test their own eye."""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import Verdict, now
from pipeline.store.database import write
from pipeline.store.pieces import ERASED


@dataclass(frozen=True, slots=True)
class Practice:
    """How often somebody's reading met the golden verdict; shown to nobody but themselves."""

    read: int
    met: int


def mark(db: Database, case_id: int, *, person: str, golden: bool = True) -> bool:
    """Make a decided case golden with its standing verdict, or make it an ordinary one again."""
    with write(db):
        if not golden:
            return bool(db.conn.execute("DELETE FROM golden_cases WHERE case_id = ?", [case_id]).rowcount)
        return bool(
            db.conn.execute(
                "INSERT OR REPLACE INTO golden_cases (case_id, verdict, person, at)"
                " SELECT s.case_id, s.verdict, ?, ? FROM standings s JOIN cases c ON c.id = s.case_id"
                " WHERE s.case_id = ? AND s.state = 'decided' AND c.claim <> ?",
                [person, now(), case_id, ERASED],
            ).rowcount
        )


# a case that was opened again, came out otherwise since, or lost its words to an erasure tests nobody's eye
_GOLDEN = (
    "SELECT g.case_id, g.verdict FROM golden_cases g JOIN standings s ON s.case_id = g.case_id"
    f" AND s.state = 'decided' AND s.verdict = g.verdict JOIN cases c ON c.id = g.case_id AND c.claim <> '{ERASED}'"
)


def is_golden(db: Database, case_id: int) -> bool:
    """Whether a case is golden: its golden verdict still stands."""
    return bool(db.conn.execute(f"{_GOLDEN} WHERE g.case_id = ?", [case_id]).fetchone())


def unread(db: Database, person: str) -> int | None:
    """A golden case that somebody has neither practised on nor decided."""
    row = db.conn.execute(
        f"{_GOLDEN} WHERE g.person <> ?"
        " AND NOT EXISTS (SELECT 1 FROM golden_readings r WHERE r.case_id = g.case_id AND r.person = ?)"
        " AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.case_id = g.case_id AND d.person = ?)"
        " ORDER BY g.at LIMIT 1",
        [person, person, person],
    ).fetchone()
    return int(row[0]) if row else None


def read(db: Database, case_id: int, *, person: str, verdict: Verdict) -> str | None:
    """Keep a practice reading; returns the golden verdict, None when the case isn't golden."""
    with write(db):
        row = db.conn.execute(f"{_GOLDEN} WHERE g.case_id = ?", [case_id]).fetchone()
        if row is None:
            return None
        db.conn.execute(
            "INSERT INTO golden_readings (case_id, person, verdict, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [case_id, person, verdict, now()],
        )
    return str(row[1])


def practice(db: Database, person: str) -> Practice:
    """Somebody's own practice so far."""
    row = db.conn.execute(
        "SELECT count(*), coalesce(sum(r.verdict = g.verdict), 0) FROM golden_readings r"
        " JOIN golden_cases g ON g.case_id = r.case_id WHERE r.person = ?",
        [person],
    ).fetchone()
    return Practice(*row)
