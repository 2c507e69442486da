"""The facts that ship as a home has them: brought in anew when they change, but for what somebody changed here."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import PassageRow
from pipeline.store import audit, erasure, evidence
from pipeline.store.database import word_of, write
from pipeline.store.pieces import TAKEN_BACK

WHOLE = ""  # the id that the seal of the whole table stands under
FACTS = "fact:"  # how ids of facts begin


def is_brought(db: Database, table: str) -> bool:
    """Whether the facts table of this seal is the one that was brought in last."""
    return word_of(db, "SELECT seal FROM brought WHERE eid = ?", [WHOLE]) == table


@dataclass(frozen=True, slots=True)
class Brought:
    """How many facts a newer table added, changed and took back, and the cases whose verdict it reopened."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    reopened: frozenset[int] = frozenset()

    @property
    def told(self) -> str:
        """What is said of the verdicts, "" where none was reopened."""
        n = len(self.reopened)
        if n == 1:
            return "; 1 verdict that rests on them is reopened"
        return f"; {n} verdicts that rest on them are reopened" if n else ""


def bring(
    db: Database,
    facts: Mapping[str, str],
    put: Callable[[set[str], set[str]], tuple[int, int, set[int]]],
    *,
    table: str,
) -> Brought:
    """Let `put` bring in facts, given as_of by id, and know whose as_of moved; take back what ships no more.

    What somebody changed or removed here since it came is left as it is.
    """
    with write(db):
        kept = db.conn.execute("SELECT eid, seal, as_of FROM brought WHERE eid <> ?", [WHOLE]).fetchall()
        seals, as_of = {eid: seal for eid, seal, _ in kept}, {eid: day for eid, _, day in kept if day}
        if not seals:  # a home from before they were kept
            there = evidence.listed(db, FACTS, limit=0)
            seals = {row.eid: _seal(row) for row in there if row.kind == "fact"}
            by_hand = db.conn.execute("SELECT subject FROM audit WHERE action = 'evidence_remove' AND person <> 'soi'")
            seals |= {eid: "removed" for (eid,) in by_hand if eid.startswith(FACTS)}
        left = {eid for eid, seal in seals.items() if _seal(evidence.passage(db, eid)) != seal}
        ships = set(facts)
        gone = sorted(seals.keys() - ships - left)
        taken = erasure.remove_evidence(db, gone, person="soi", readable=True)
        moved = {eid for eid, day in facts.items() if as_of.get(eid, day) != day}
        added, changed, reopened = put(ships - left, moved)
        new = {eid: _seal(evidence.passage(db, eid)) for eid in ships - left}
        db.conn.execute("DELETE FROM brought")
        rows = {WHOLE: table, **{eid: seals[eid] for eid in left}, **new}
        as_of |= {eid: facts[eid] for eid in new}
        db.conn.executemany(
            "INSERT INTO brought (eid, seal, as_of) VALUES (?, ?, ?)",
            [(eid, seal, as_of.get(eid, "")) for eid, seal in rows.items()],
        )
    return Brought(added, changed, len(gone), frozenset(reopened.union(taken)))


def removed(db: Database) -> list[str]:
    """The facts that ship and that somebody removed here."""
    kept = db.conn.execute("SELECT eid FROM brought WHERE eid <> ? ORDER BY eid", [WHOLE]).fetchall()
    there = ((eid, evidence.passage(db, eid)) for (eid,) in kept)
    return [eid for eid, row in there if row is None or row.text == TAKEN_BACK]


def restore(db: Database, eids: Collection[str], *, person: str) -> None:
    """Take facts that ship for as this home shall have them, though somebody removed them: the next look at the table
    brings them in as it has them."""
    with write(db):
        db.conn.execute("DELETE FROM brought WHERE eid = ?", [WHOLE])
        for eid in eids:
            db.conn.execute("UPDATE brought SET seal = ? WHERE eid = ?", [_seal(evidence.passage(db, eid)), eid])
            audit.note(db, person, "evidence_restore", subject=eid)


def _seal(row: PassageRow | None) -> str:
    """A word for what a passage says; "" for none."""
    if row is None:
        return ""
    said = [row.text, row.source, row.role, row.kind, row.date, row.valid_from, row.valid_to]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
