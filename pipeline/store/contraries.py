"""A home's own rows of what people say against its passages: files of them, which count while a passage is worded as
it was when they were brought."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import now
from pipeline.store import audit, evidence
from pipeline.store.database import word_of, write
from pipeline.store.pieces import ERASED, TAKEN_BACK, WITHDRAWN


@dataclass(frozen=True, slots=True)
class File:
    """A file of rows as it was brought."""

    name: str
    text: str
    worded: Mapping[str, str]  # by the ids of passages a digest of each one's words
    brought_at: str


def files(db: Database) -> list[File]:
    """The files there are, by their names."""
    rows = db.conn.execute("SELECT name, text, worded, brought_at FROM contraries ORDER BY name").fetchall()
    return [File(name, text, json.loads(worded), at) for name, text, worded, at in rows]


def put(db: Database, name: str, text: str, passages: Mapping[str, str], *, person: str, why: str = "") -> None:
    """Bring a file, in the place of one of its name, with the words of the passages that its rows are on, by id."""
    worded = json.dumps({eid: _digest(words) for eid, words in passages.items()}, ensure_ascii=False, sort_keys=True)
    with write(db):
        db.conn.execute(
            "INSERT OR REPLACE INTO contraries (name, text, worded, brought_at) VALUES (?, ?, ?, ?)",
            [name, text, worded, now()],
        )
        audit.note(db, person, "contraries_import", subject=name, detail=why)


def remove(db: Database, name: str, *, person: str) -> bool:
    """Take a file back; whether there was one."""
    with write(db):
        gone = db.conn.execute("DELETE FROM contraries WHERE name = ?", [name]).rowcount > 0
        if gone:
            audit.note(db, person, "contraries_remove", subject=name)
    return gone


def words_of(db: Database, eid: str) -> str | None:
    """The words of a passage that rows may be on; None where it is gone."""
    row = evidence.passage(db, eid)
    return None if row is None or row.text in (ERASED, TAKEN_BACK) or row.kind == WITHDRAWN else row.reading


def standing(db: Database, file: File) -> dict[str, str]:
    """The passages that are worded as they were when a file was brought, id to text: for these its rows count."""
    now_said = {eid: words_of(db, eid) for eid in file.worded}
    return {eid: said for eid, said in now_said.items() if said is not None and _digest(said) == file.worded[eid]}


def seal(db: Database) -> str:
    """A word that changes whenever the rows do that count, "" where there are none."""
    if not word_of(db, "SELECT name FROM contraries LIMIT 1"):
        return ""
    there = [(file, sorted(standing(db, file))) for file in files(db)]
    told = [[file.name, _digest(file.text), [(eid, file.worded[eid]) for eid in on]] for file, on in there]
    return _digest(json.dumps(told))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
