"""The facts that ship as a home has them: brought in anew when they change, but for what somebody changed here."""

import hashlib
import json
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from pipeline.records import PassageRow
from pipeline.store import erasure, evidence
from pipeline.store.database import write

WHOLE = ""  # the id that the seal of the whole table stands under
FACTS = "fact:"  # how ids of facts begin


def is_brought(db: Database, table: str) -> bool:
    """Whether the facts table of this seal is the one that was brought in last."""
    row = db.conn.execute("SELECT seal FROM brought WHERE eid = ?", [WHOLE]).fetchone()
    return row is not None and row[0] == table


def bring(
    db: Database, eids: Iterable[str], put: Callable[[set[str]], tuple[int, int]], *, table: str
) -> tuple[int, int, int]:
    """Let `put` bring in the facts of these ids and take back those that ship no more; (added, changed, taken back).

    What somebody changed or removed here since it came is left as it is.
    """
    with write(db):
        seals = dict(db.conn.execute("SELECT eid, seal FROM brought WHERE eid <> ?", [WHOLE]).fetchall())
        if not seals:  # a home from before they were kept
            there = evidence.listed(db, FACTS, limit=0)
            seals = {row.eid: _seal(row) for row in there if row.kind == "fact"}
            by_hand = db.conn.execute("SELECT subject FROM audit WHERE action = 'evidence_remove' AND person <> 'soi'")
            seals |= {eid: "removed" for (eid,) in by_hand if eid.startswith(FACTS)}
        left = {eid for eid, seal in seals.items() if _seal(evidence.passage(db, eid)) != seal}
        ships = set(eids)
        gone = sorted(seals.keys() - ships - left)
        erasure.remove_evidence(db, gone, person="soi", readable=True)
        added, changed = put(ships - left)
        new = {eid: _seal(evidence.passage(db, eid)) for eid in ships - left}
        db.conn.execute("DELETE FROM brought")
        rows = {WHOLE: table, **{eid: seals[eid] for eid in left}, **new}
        db.conn.executemany("INSERT INTO brought (eid, seal) VALUES (?, ?)", rows.items())
    return added, changed, len(gone)


def _seal(row: PassageRow | None) -> str:
    """A word for what a passage says; "" for none."""
    if row is None:
        return ""
    said = [row.text, row.source, row.role, row.kind, row.date, row.valid_from, row.valid_to]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
