"""Cases: which posts make the same claim, and where each case stands."""

import json
import math
from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.records import Flag, QueueItem, now
from pipeline.store.database import write

# What comes first: a claim found false before, then one that evidence contradicts, then one that only spreads.
REASON_WEIGHT = {
    Flag.REPEATS_REFUTED: 3.0,
    Flag.CONTRADICTS_EVIDENCE: 2.0,
    Flag.UNSUPPORTED_SPREADING: 1.0,
    Flag.AUDIT: 0.0,
}


def set_bands(db: Database, post_id: int, bands: Iterable[int]) -> None:
    """Keep the near-duplicate keys of a post's claim in place of earlier ones."""
    with write(db):
        db.conn.execute("DELETE FROM fingerprints WHERE post_id = ?", [post_id])
        db.conn.executemany(
            "INSERT OR IGNORE INTO fingerprints (band, post_id) VALUES (?, ?)", [(band, post_id) for band in bands]
        )


def near_posts(db: Database, bands: Iterable[int], *, not_post: int, limit: int = 200) -> list[tuple[int, str, str]]:
    """Posts that share a near-duplicate key, as (post, claim, source): candidates, to be checked word by word."""
    keys = list(bands)
    if not keys:
        return []
    marks = ",".join("?" * len(keys))
    rows = db.conn.execute(
        f"SELECT f.post_id, s.claim, p.source_id FROM (SELECT DISTINCT post_id FROM fingerprints WHERE band IN"
        f" ({marks}) AND post_id <> ? ORDER BY post_id DESC LIMIT ?) f JOIN posts p ON p.id = f.post_id"
        " JOIN scores s ON s.id = (SELECT max(s.id) FROM scores s JOIN versions v ON v.id = s.version_id"
        " WHERE v.post_id = f.post_id)",
        [*keys, not_post, limit],
    )
    return [(post_id, claim, source) for post_id, claim, source in rows]


def case_of(db: Database, post_id: int) -> int | None:
    """The case a post belongs to now."""
    row = db.conn.execute(
        "SELECT case_id FROM memberships WHERE post_id = ? ORDER BY id DESC LIMIT 1", [post_id]
    ).fetchone()
    return row[0] if row else None


def open_case(db: Database, post_id: int, *, claim: str, score_id: int | None, person: str = "") -> int:
    """A new case with its first post."""
    with write(db):
        row = db.conn.execute(
            "INSERT INTO cases (opened_at, claim, score_id) VALUES (?, ?, ?) RETURNING id", [now(), claim, score_id]
        ).fetchone()
        join_case(db, row[0], post_id, person=person)
    return int(row[0])


def join_case(db: Database, case_id: int | None, post_id: int, *, person: str = "", undoes: int | None = None) -> int:
    """Put a post into a case (out of the one it was in); returns the membership's number, which undo names."""
    with write(db):
        before = case_of(db, post_id)
        row = db.conn.execute(
            "INSERT INTO memberships (post_id, case_id, at, person, undoes) VALUES (?, ?, ?, ?, ?) RETURNING id",
            [post_id, case_id, now(), person, undoes],
        ).fetchone()
        for touched in {before, case_id} - {None}:
            refresh(db, int(touched or 0))
    return int(row[0])


def posts_of(db: Database, case_id: int) -> list[int]:
    """The posts of a case, oldest first."""
    return [
        r[0] for r in db.conn.execute("SELECT post_id FROM case_posts WHERE case_id = ? ORDER BY post_id", [case_id])
    ]


_FACTS = """
SELECT cp.post_id, p.source_id, coalesce(src.kind, ''), p.first_seen, coalesce(s.p_refuted, 0),
       coalesce(s.reasons, '[]'), coalesce(s.rights, '[]'), coalesce(s.worth, 0), coalesce(s.kind, ''),
       coalesce((SELECT slot FROM evidence e
                 WHERE e.score_id = s.id AND e.relation = 'contradicts' ORDER BY rank LIMIT 1), '')
FROM case_posts cp JOIN posts p ON p.id = cp.post_id LEFT JOIN sources src ON src.id = p.source_id
LEFT JOIN scores s ON s.id = (
    SELECT max(s2.id) FROM scores s2 JOIN versions v ON v.id = s2.version_id WHERE v.post_id = cp.post_id)
WHERE cp.case_id = ?
"""


def refresh(db: Database, case_id: int) -> None:
    """Work out anew where a case stands from its posts, scores and decisions; the row holds nothing of its own."""
    with write(db):
        rows = db.conn.execute(_FACTS, [case_id]).fetchall()
        state, verdict = _state(db, case_id)
        if not rows:
            db.conn.execute("DELETE FROM standings WHERE case_id = ?", [case_id])
            return
        p_refuted = max(row[4] for row in rows)
        reasons = sorted({r for row in rows for r in json.loads(row[5])}, key=lambda r: -REASON_WEIGHT.get(Flag(r), 0))
        rights = sorted({code for row in rows for code in json.loads(row[6])})
        sources, slot = {row[1] for row in rows}, next((row[9] for row in rows if row[9]), "")
        lane = "audit" if set(reasons) <= {Flag.AUDIT} else "claims"
        if all(row[8] == "testimony" for row in rows):
            lane = "testimony"
        priority = max((REASON_WEIGHT[Flag(r)] for r in reasons), default=0.0) + p_refuted
        priority += 0.3 * math.log2(len(sources)) + 0.1 * math.log2(len(rows)) + 0.2 * max(row[7] for row in rows)
        db.conn.execute(
            "INSERT OR REPLACE INTO standings (case_id, state, verdict, lane, priority, p_refuted, reasons, rights,"
            " slot, kinds, posts, sources, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                case_id,
                state,
                verdict,
                lane,
                round(priority, 6),
                p_refuted,
                json.dumps(reasons),
                json.dumps(rights),
                slot,
            ]
            + [json.dumps(sorted({row[2] for row in rows} - {""})), len(rows), len(sources)]
            + [min(row[3] for row in rows), max(row[3] for row in rows)],
        )


def _state(db: Database, case_id: int) -> tuple[str, str]:
    """(state, verdict) from the events alone."""
    last = db.conn.execute(
        "SELECT id, verdict FROM standing_decisions WHERE case_id = ? AND blind = 0 ORDER BY id DESC LIMIT 1", [case_id]
    ).fetchone()
    reopened = db.conn.execute(
        "SELECT max(id) FROM decisions WHERE case_id = ? AND action = 'reopen'", [case_id]
    ).fetchone()[0]
    if last is None:
        return ("reopened" if reopened else "new"), ""
    if reopened and reopened > last[0]:
        return "reopened", ""
    return "decided", last[1]


_ITEM = (
    "case_id, claim, reasons, rights, priority, posts, sources, first_seen, last_seen, state, verdict, p_refuted, slot,"
    " kinds, lane"
)


def _item(row: tuple[object, ...]) -> QueueItem:
    fields = dict(zip(_ITEM.replace(" ", "").split(","), row, strict=True))
    for name in ("reasons", "rights", "kinds"):
        fields[name] = tuple(json.loads(str(fields[name])))
    return QueueItem(**fields)  # type: ignore[arg-type]  # the columns are named after the fields


def queue(db: Database, *, limit: int = 50, offset: int = 0) -> list[QueueItem]:
    """Undecided cases, the one most worth an hour first."""
    rows = db.conn.execute(
        f"SELECT {_ITEM} FROM queue ORDER BY priority DESC, case_id LIMIT ? OFFSET ?", [limit, offset]
    )
    return [_item(row) for row in rows]


def case(db: Database, case_id: int) -> QueueItem | None:
    """One case, decided or not."""
    row = db.conn.execute(
        f"SELECT {_ITEM.replace('case_id', 'c.id')} FROM cases c JOIN standings s ON s.case_id = c.id WHERE c.id = ?",
        [case_id],
    ).fetchone()
    return _item(row) if row else None
