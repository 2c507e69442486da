"""Notes on a case: what colleagues tell each other of it, in order; append-only, and never public."""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import Moment, now
from pipeline.store.cases import WHOLE
from pipeline.store.database import write
from pipeline.store.posts import written

LONGEST = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote on a case."""

    id: int
    case_id: int
    person: str
    at: Moment
    text: str


def add(db: Database, case_id: int, *, person: str, text: str) -> Note:
    """Write a note on a case; one that somebody sends twice in a row is one note."""
    text = written(text.strip())
    with write(db):
        last = notes_of(db, case_id)[-1:]
        if last and (last[0].person, last[0].text) == (person, text):
            return last[0]
        row = db.conn.execute(
            "INSERT INTO case_notes (case_id, person, at, text) VALUES (?, ?, ?, ?) RETURNING id, case_id, person, at,"
            " text",
            [case_id, person, now(), text],
        ).fetchone()
    return Note(*row)


def notes_of(db: Database, case_id: int, *, person: str = "") -> list[Note]:
    """The notes on a case and on those merged into it, oldest first; only somebody's own, when a person is named."""
    rows = db.conn.execute(
        f"{WHOLE} SELECT id, case_id, person, at, text FROM case_notes"
        " WHERE case_id IN (SELECT id FROM whole) AND ? IN ('', person) ORDER BY id",
        [case_id, person],
    )
    return [Note(*row) for row in rows]
