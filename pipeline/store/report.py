"""What a transparency report counts, in one period: from one moment on, before another."""

import json
from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.records import BROUGHT, TAKEN_OUT, now
from pipeline.store.database import number_of, word_of
from pipeline.store.pieces import ERASED, verdict_of
from pipeline.store.trends import READ_TWICE

Counts = dict[str, int]
# posts that were brought in by mistake and taken out again: neither they nor their cases count
_OUT = f"(SELECT id FROM posts WHERE source_id = '{BROUGHT}' AND url LIKE '{TAKEN_OUT}%')"
A_CASE = f"EXISTS (SELECT 1 FROM memberships m WHERE m.case_id = c.id AND m.post_id NOT IN {_OUT})"


def _grouped(db: Database, sql: str, since: str, until: str) -> Counts:
    return {str(name): int(n) for name, n in db.conn.execute(sql, {"a": since, "b": until})}


def volumes(db: Database, since: str, until: str) -> Counts:
    """How much was seen, scored, put before a person, decided, let go and erased in the period; and what is held."""
    inside = ">= :a AND {0} < :b"
    queries = {
        "posts first seen": f"SELECT count(*) FROM posts WHERE first_seen {inside.format('first_seen')}"
            f" AND id NOT IN {_OUT}",
        "versions read": f"SELECT count(*) FROM versions WHERE gone = 0 AND seen_at {inside.format('seen_at')}"
            f" AND post_id NOT IN {_OUT}",
        "scores made": f"SELECT count(*) FROM scores WHERE scored_at {inside.format('scored_at')}"
            f" AND version_id NOT IN (SELECT id FROM versions WHERE post_id IN {_OUT})",
        "cases opened": f"SELECT count(*) FROM cases c WHERE opened_at {inside.format('opened_at')} AND {A_CASE}",
        "verdicts given": "SELECT count(*) FROM decisions WHERE action = 'decide' AND blind = 0"
            f" AND at {inside.format('at')}",
        "posts held now": f"SELECT count(*) FROM posts WHERE id NOT IN {_OUT}",
        "texts let go by age, number or request":
            f"SELECT count(*) FROM versions WHERE let_go <> '' AND let_go {inside.format('let_go')}"
            f" AND post_id NOT IN {_OUT}",
        "addresses erased on request": f"SELECT count(*) FROM erasures WHERE at {inside.format('at')}",
    }  # fmt: skip
    return {name: number_of(db, sql, {"a": since, "b": until}) for name, sql in queries.items()}


def flags(db: Database, since: str, until: str) -> tuple[Counts, Counts, Counts]:
    """Posts that a score gave a reason for, each once in a row: by reason, by right, and by kind of source."""
    sql = (
        "SELECT {0}, count(DISTINCT v.post_id) FROM scores s JOIN versions v ON v.id = s.version_id {1}"
        f" WHERE s.scored_at >= :a AND s.scored_at < :b AND s.reasons <> '[]' AND v.post_id NOT IN {_OUT}"
        " GROUP BY 1 ORDER BY 1"
    )
    kinds = "JOIN posts p ON p.id = v.post_id LEFT JOIN sources x ON x.id = p.source_id"
    return (
        _grouped(db, sql.format("r.value", ", json_each(s.reasons) r"), since, until),
        _grouped(db, sql.format("r.value", ", json_each(s.rights) r"), since, until),
        _grouped(db, sql.format("coalesce(x.kind, 'other')", kinds), since, until),
    )


def verdicts(db: Database, since: str, until: str) -> tuple[Counts, dict[str, Counts]]:
    """First readings' verdicts given in the period, and their reasons by verdict; those taken back count too."""
    rows = db.conn.execute(
        "SELECT verdict, reason, count(*) FROM decisions WHERE action = 'decide' AND blind = 0 AND at >= ? AND at < ?"
        " GROUP BY 1, 2 ORDER BY 1, 2",
        [since, until],
    ).fetchall()
    reasons: dict[str, Counts] = {}
    for verdict, reason, n in rows:
        reasons.setdefault(verdict, {})[reason] = n
    return {verdict: sum(cells.values()) for verdict, cells in reasons.items()}, reasons


def false_by_right(db: Database, since: str, until: str) -> Counts:
    """Cases that stand as false or misleading since some moment of the period, by the rights of their claim."""
    return _grouped(
        db,
        "SELECT r.value, count(*) FROM standings t, json_each(t.rights) r WHERE t.state = 'decided'"
        " AND t.verdict IN ('false', 'misleading') AND t.since >= :a AND t.since < :b GROUP BY 1 ORDER BY 1",
        since,
        until,
    )


def opened_by(db: Database, since: str, until: str) -> Counts:
    """Who put cases before people: a model's suspicion, the random draw, the testimony lane or a person."""
    return _grouped(
        db,
        "SELECT CASE WHEN s.reasons = '[\"AUDIT\"]' THEN 'random sample' WHEN s.reasons = '[]' OR s.reasons IS NULL"
        " OR c.by_hand THEN 'lane or person' ELSE 'model' END, count(*) FROM cases c"
        " LEFT JOIN scores s ON s.id = c.score_id WHERE c.opened_at >= :a AND c.opened_at < :b"
        f" AND {A_CASE} GROUP BY 1 ORDER BY 1",
        since,
        until,
    )


def second_readings(db: Database, since: str, until: str) -> list[tuple[str, str]]:
    """Verdict pairs (first, second) of cases that a second person read without seeing the first verdict."""
    return db.conn.execute(
        f"SELECT first, second FROM ({READ_TWICE}) WHERE at >= ? AND at < ? ORDER BY id", [since, until]
    ).fetchall()


def reversals(db: Database, since: str, until: str) -> list[float]:
    """Hours from a verdict to its undoing or to the reopening of its case, whichever came first, in the period.

    A blind second reading is no verdict: taking it back reverses nothing.
    """
    rows = db.conn.execute(
        "SELECT (julianday(min(u.at)) - julianday(d.at)) * 24 FROM decisions u JOIN decisions d"
        " ON d.id = coalesce(u.undoes, (SELECT max(x.id) FROM decisions x WHERE x.case_id = u.case_id"
        " AND x.action = 'decide' AND x.blind = 0 AND x.id < u.id"
        " AND NOT EXISTS (SELECT 1 FROM decisions y WHERE y.undoes = x.id AND y.id < u.id)))"
        " WHERE u.action IN ('undo', 'reopen') AND d.blind = 0 GROUP BY d.id"
        " HAVING min(u.at) >= ? AND min(u.at) < ? ORDER BY min(u.id)",
        [since, until],
    )
    return [float(hours) for (hours,) in rows]


def published(db: Database, since: str, until: str) -> list[dict[str, object]]:
    """Cases with a verdict on truth that stands since a moment of the period.

    A claim that was erased with the last post that made it isn't told any more. Testimony is left out.
    """
    return list(db.query(
        "SELECT c.id AS case_id, c.claim, t.verdict, t.since AS at FROM cases c"
        " JOIN standings t ON t.case_id = c.id AND t.state = 'decided' AND t.lane <> 'testimony'"
        " WHERE t.verdict IN ('false', 'misleading', 'true', 'unverifiable')"
        " AND t.since >= ? AND t.since < ? AND c.claim <> ? ORDER BY c.id",
        [since, until, ERASED],
    ))  # fmt: skip


def _listed(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Rows with the lists that they keep as JSON read."""
    kept = ("reasons", "rights")
    return [row | {name: json.loads(str(row[name])) for name in kept if name in row} for row in rows]


def began(db: Database) -> str:
    """When the first post or case there is was seen; now where there is none."""
    seen = "SELECT min(first_seen) AS at FROM posts UNION ALL SELECT min(opened_at) FROM cases"
    return word_of(db, f"SELECT min(at) FROM ({seen})") or now()


OF_A_CASE = (
    "case_id", "claim", "state", "verdict", "lane", "reasons", "rights", "priority", "p_refuted", "slot", "posts",
    "sources", "first_seen", "last_seen", "opened_at", "since", "decided_at", "verdict_reason", "wording",
    "explanation",
)  # fmt: skip
OF_A_REASON = (
    "score_id", "post_id", "model", "kind", "rights", "reason", "p_refuted", "claim", "eid", "role", "relation", "p",
    "slot", "scored_at",
)  # fmt: skip

OF_A_DECISION = (
    "decision", "case_id", "at", "by", "action", "verdict", "reason", "undoes", "blind", "evidence", "score_id",
    "model", "scored_at", "line", "seal",
)  # fmt: skip


def decisions_of(db: Database) -> list[dict[str, object]]:
    """Every verdict, undoing and reopening with the line of the log that tells of it, without anybody's words; those
    of a case stay out while a second reader is to know nothing of them."""
    number = "CAST(substr(a.detail, 2) AS INTEGER)"
    rows = db.query(
        "WITH lines AS MATERIALIZED (SELECT a.action, " + number + " AS number, max(a.id) AS line FROM audit a"
        " WHERE a.action IN ('decide', 'undo', 'reopen') AND a.detail GLOB '#[0-9]*' GROUP BY 1, 2)"
        " SELECT d.id AS decision, d.case_id, d.at, coalesce(u.pseudonym, d.person) AS by, d.action,"
        " coalesce(d.verdict, '') AS verdict, coalesce(d.reason, '') AS reason, d.undoes,"
        " d.blind, (SELECT json_group_array(json_object('eid', eid, 'role', role)) FROM (SELECT eid, role FROM"
        " decision_evidence WHERE decision_id = d.id ORDER BY rank, eid)) AS evidence,"
        " s.id AS score_id, coalesce(s.model, '') AS model, coalesce(s.scored_at, '') AS scored_at,"
        " a.id AS line, coalesce(a.hash, '') AS seal FROM decisions d"
        " LEFT JOIN users u ON u.name = d.person"
        " LEFT JOIN lines l ON l.action = d.action AND l.number = iif(d.action = 'undo', d.undoes, d.id)"
        " LEFT JOIN audit a ON a.id = l.line"
        " LEFT JOIN scores s ON s.id = (SELECT max(x.id) FROM memberships m JOIN versions v ON v.post_id = m.post_id"
        " JOIN scores x ON x.version_id = v.id WHERE d.action = 'decide' AND m.case_id = d.case_id AND m.at <= d.at"
        " AND x.scored_at <= d.at AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.post_id = m.post_id"
        " AND n.id > m.id AND n.at <= d.at))"
        " WHERE d.case_id NOT IN (SELECT case_id FROM standings WHERE state = 'second') ORDER BY d.id"
    )
    return [{**row, "evidence": json.loads(str(row["evidence"]))} for row in rows]


def all_cases(db: Database) -> list[dict[str, object]]:
    """Every case with where it stands; the verdict stays out while a second reader is to know nothing of it."""
    return _listed(db.query(
        "SELECT c.id AS case_id, c.claim, t.state, iif(t.state = 'second', '', t.verdict) AS verdict, t.lane,"
        " t.reasons, t.rights, t.priority, t.p_refuted, t.slot, t.posts, t.sources, t.first_seen, t.last_seen,"
        " c.opened_at, t.since, coalesce(d.at, '') AS decided_at, coalesce(d.reason, '') AS verdict_reason,"
        " coalesce(iif(c.claim = ?, '', d.wording), '') AS wording,"
        " coalesce(iif(c.claim = ?, '', d.explanation), '') AS explanation FROM cases c"
        " JOIN standings t ON t.case_id = c.id"
        " LEFT JOIN decisions d ON t.state IN ('decided', 'disputed') AND t.verdict <> ''"
        f" AND d.id = {verdict_of('c.id')} ORDER BY c.id",
        [ERASED, ERASED],
    ))  # fmt: skip


def reasons_of(db: Database) -> list[dict[str, object]]:
    """Every reason a score gave: the claim's words, the passage it goes by, and which slot differs.

    A reason that says nothing of truth goes by none, so the nearest passage stands beside it.
    """
    checked = "(i.eid LIKE 'factcheck:%' OR i.eid LIKE 'decision:%')"
    against = f"i.relation = 'contradicts' AND i.role <> 'party' AND {checked} = (r.value = 'REPEATS_REFUTED')"
    return _listed(db.query(
        "SELECT s.id AS score_id, v.post_id, s.model, s.kind, s.rights, r.value AS reason, s.p_refuted, s.claim,"
        " coalesce(e.eid, '') AS eid, coalesce(e.role, '') AS role, coalesce(e.relation, '') AS relation,"
        " coalesce(e.p, 0) AS p, coalesce(e.slot, '') AS slot, s.scored_at FROM scores s JOIN json_each(s.reasons) r"
        " JOIN versions v ON v.id = s.version_id LEFT JOIN evidence e ON e.id = (SELECT i.id FROM evidence i"
        f" WHERE i.score_id = s.id AND (r.value NOT IN ('REPEATS_REFUTED', 'CONTRADICTS_EVIDENCE') OR {against})"
        " ORDER BY i.rank LIMIT 1) ORDER BY s.id, r.key"
    ))  # fmt: skip
