"""What people decided, read as labels: the latest standing verdict, the ones two people agree on, the disputed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.records import BROUGHT, Version, now, reading_text
from pipeline.store import cases, pieces
from pipeline.store.database import number_of, word_of, write
from pipeline.store.evidence import WORDED_AT
from pipeline.store.scores import first_of, standing_of
from pipeline.store.wordings import tells_otherwise

SIDES = ("state_critical", "state_favourable", "neutral")
VIEWS = ("latest", "agreed", "disputed")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the verdict that stands on its case, and the evidence that verdict named."""

    version_id: int
    case_id: int
    decision_id: int
    text: str  # with its title and lead
    claim: str
    verdict: str
    reason: str
    decided_at: str
    rights: str  # JSON list: what the model that scored it said it is about
    audit: bool  # drawn at random rather than by suspicion
    brought: bool  # by people: it may ask whether it is so
    evidence: tuple[tuple[str, str, str], ...]  # (eid, role, text)


# What stood at a moment: decisions, undos, readings, memberships, versions and scores later than :t don't count. The
# text is the one judged: seen by the verdict, or by the time the post joined a case that had one.
_STOOD = f"""
WITH stood AS (
    SELECT d.* FROM decisions d WHERE d.action = 'decide' AND d.at <= :t
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id AND u.at <= :t)
), label AS (
    SELECT d.*, (SELECT b.verdict FROM stood b WHERE b.case_id = d.case_id AND b.blind = 1 AND b.id > d.id
                 ORDER BY b.id DESC LIMIT 1) AS second
    FROM stood d WHERE d.id = (SELECT max(s.id) FROM stood s WHERE s.case_id = d.case_id AND s.blind = 0)
        AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = d.case_id AND r.action = 'reopen' AND r.id > d.id
                        AND r.at <= :t)
)
SELECT v.id, l.case_id, l.id, c.claim, l.verdict, l.reason, l.at, coalesce(s.rights, '[]'),
       EXISTS (SELECT 1 FROM scores f WHERE f.id = {first_of("v.post_id")} AND f.reasons LIKE '%"AUDIT"%'),
       EXISTS (SELECT 1 FROM posts p WHERE p.id = v.post_id AND p.source_id = '{BROUGHT}'),
       m.at > l.at AND m.person = '', coalesce(s.claim, ''), v.title, v.lead, v.text
FROM label l JOIN cases c ON c.id = l.case_id
JOIN memberships m ON m.case_id = l.case_id AND m.at <= :t AND NOT EXISTS (
    SELECT 1 FROM memberships n WHERE n.post_id = m.post_id AND n.id > m.id AND n.at <= :t
    AND (n.at <= l.at OR n.case_id = m.case_id OR (n.person <> '' AND n.id = (
         SELECT min(x.id) FROM memberships x WHERE x.post_id = m.post_id AND x.id > m.id AND x.at <= :t))))
JOIN versions v ON v.id = (
    SELECT max(y.id) FROM versions y WHERE y.post_id = m.post_id AND y.gone = 0 AND y.seen_at <= :t
        AND y.seen_at <= max(l.at, (SELECT min(f.at) FROM memberships f
                                    WHERE f.case_id = m.case_id AND f.post_id = m.post_id)))
LEFT JOIN scores s ON s.id = (SELECT max(z.id) FROM scores z WHERE z.version_id = v.id AND z.scored_at <= :t)
WHERE v.let_go = '' AND (l.second IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM second_readings a WHERE a.decision_id = l.id AND a.asked_at <= :t))
"""
_WHICH = {"latest": "", "agreed": " AND l.second = l.verdict", "disputed": " AND l.second <> l.verdict"}
FOREVER = "9999"


def labels(db: Database, *, view: str = "latest", until: str = "") -> Iterator[Labelled]:
    """Labels by case and post as they stood at a moment, so that a snapshot can be made again; "" for now.

    A verdict drawn for a blind second reader is no label until that reader has read. Texts that were erased or let go
    since have no label any more: what is gone isn't learned from. Nor has what joined by itself since the verdict and
    tells otherwise than all that was read: an earlier version let it join.
    """
    query = f"{_STOOD}{_WHICH[view]} ORDER BY l.case_id, v.post_id"
    found = db.conn.execute(query, {"t": until or FOREVER}).fetchall()
    read: dict[int, dict[str, None]] = {}  # by case, what stood there when it was judged, each wording once
    for row in found:
        case, claim, joined, said = row[1], row[3], row[10], row[11]
        read.setdefault(case, {claim: None}).update({} if joined or not said else {said: None})
    for row in found:
        version, case, decision, claim, verdict, reason, at, rights, audit, brought, joined, said, *parts = row
        verbatim = claim in reading_text(*parts) and claim not in said
        if joined and said and not verbatim and tells_otherwise(said, read[case]):
            continue
        yield Labelled(
            version,
            case,
            decision,
            reading_text(*parts),
            claim,
            verdict,
            reason,
            at,
            rights,
            bool(audit),
            bool(brought),
            _evidence(db, decision, until or FOREVER),
        )


def _evidence(db: Database, decision_id: int, until: str) -> tuple[tuple[str, str, str], ...]:
    """The evidence a verdict named; a checked claim is its check's text only where the check found it true.

    Its text is the one the verdict was given on: a fact that was only reworded since has its former words, and any
    other change would have reopened the case. What changed after the moment has no text: that of then is kept nowhere.
    """
    (at,) = db.conn.execute("SELECT at FROM decisions WHERE id = ?", [decision_id]).fetchone()
    rows = db.conn.execute(
        f"SELECT e.eid, e.role, coalesce({pieces.FORMER_WORDS}, p.text,"
        " CASE f.verdict WHEN 'true' THEN f.claim END, '') FROM decision_evidence e"
        f" LEFT JOIN passages p ON p.eid = e.eid AND {WORDED_AT} <= :t AND p.text NOT IN {pieces.GONE}"
        " LEFT JOIN factchecks f ON e.eid = 'factcheck:' || f.id AND f.seen_at <= :t"
        " AND (f.withdrawn_at = '' OR f.withdrawn_at > :t)"
        " WHERE e.decision_id = :decision ORDER BY e.eid",
        {"decision": decision_id, "t": until, "at": at},
    ).fetchall()
    return tuple((eid, role, text) for eid, role, text in rows)


@dataclass(frozen=True, slots=True)
class Audited:
    """A post of the random sample: what the model said of it, and what a person found, "" while nobody has."""

    post_id: int
    rights: str  # JSON list
    flagged: bool
    verdict: str
    side: str  # state_critical, state_favourable, neutral; "" while nobody has said


# each post that a crawl collected with its first score, where that falls into a period
_FIRST_IN = f"""
FROM posts p JOIN scores f ON f.id = {first_of("p.id")}
WHERE p.source_id <> '{BROUGHT}' AND (:since = '' OR f.scored_at >= :since) AND (:until = '' OR f.scored_at < :until)
"""


def audited(db: Database, *, since: str = "", until: str = "") -> list[Audited]:
    """The audit sample of a period: the posts drawn by their hash, with the standing verdict and the score that counts.

    A post is of the period it was first scored in, and drawn if it was drawn then.
    A verdict that is still being checked, by a second reader or by whoever settles a dispute, counts as not read. One
    on what the post said before an edit counts until what it says now has its own: what was found false is edited most.
    The score is the newest from before anybody decided the case: one made later knows what people found, and a model
    would seem to have foreseen the very verdict that it repeats. Where there is none, the oldest counts.
    """
    scored = "FROM versions w JOIN scores y ON y.version_id = w.id WHERE w.post_id = x.post_id"
    decided = "(SELECT min(f.at) FROM decisions f WHERE f.case_id = c.id AND f.action = 'decide')"
    rows = db.conn.execute(
        f"WITH x AS (SELECT p.id AS post_id {_FIRST_IN} AND f.reasons LIKE '%\"AUDIT\"%')"
        " SELECT x.post_id, s.rights, s.flagged, coalesce(d.verdict, ''),"
        " coalesce((SELECT side FROM sides i WHERE i.post_id = x.post_id ORDER BY i.id DESC LIMIT 1), '')"
        f" FROM x LEFT JOIN cases c ON c.id = {cases.read_in('x.post_id')}"
        f" JOIN scores s ON s.id = coalesce((SELECT max(y.id) {scored} AND y.scored_at <="
        f" coalesce({decided}, '{FOREVER}')), (SELECT min(y.id) {scored}))"
        f" LEFT JOIN standing_decisions d ON d.id = {pieces.verdict_of('c.id')}"
        " AND (SELECT t.state FROM standings t WHERE t.case_id = c.id) = 'decided' ORDER BY x.post_id",
        {"since": since, "until": until},
    ).fetchall()
    return [Audited(post, rights, bool(flag), found, side) for post, rights, flag, found, side in rows]


def mark_side(db: Database, post_id: int, side: str, *, person: str) -> None:
    """Say which side a post takes, by reading it; a later row counts before an earlier one."""
    with write(db):
        db.conn.execute(
            "INSERT INTO sides (post_id, side, person, at) VALUES (?, ?, ?, ?)", [post_id, side, person, now()]
        )


def population(db: Database, *, since: str = "", until: str = "") -> int:
    """Collected posts that were first scored in a period: what the audit sample stands for."""
    return number_of(db, f"SELECT count(*) {_FIRST_IN}", {"since": since, "until": until})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An undecided post that could be labelled next."""

    post_id: int
    version_id: int
    case_id: int | None
    text: str
    claim: str
    p_claim: float
    p_any_right: float
    p_against: float  # p(refuted) by a passage that may settle it, of a testimony too
    worth: float
    sources: int
    score_id: int


def candidates(db: Database) -> list[Candidate]:
    """Posts without a standing verdict, newest first, with what the score that counts says of them."""
    rows = db.conn.execute(
        "SELECT v.title, v.lead, v.text, v.post_id, v.id, cp.case_id, s.claim,"
        " coalesce(json_extract(s.detail, '$.p_kind.claim'), 0),"
        " coalesce((SELECT max(value) FROM json_each(s.detail, '$.p_rights')), 0),"
        " coalesce(json_extract(s.detail, '$.p_against'), s.p_refuted), s.worth,"
        " coalesce(nullif(t.sources, 0), 1), s.id"
        " FROM current_posts v0 JOIN versions v ON v.id = v0.version_id JOIN scores s ON s.version_id = v.id"
        f" AND s.id = {standing_of('v.post_id')} LEFT JOIN case_posts cp ON cp.post_id = v.post_id"
        " LEFT JOIN standings t ON t.case_id = cp.case_id WHERE v.gone = 0 AND v.let_go = ''"
        " AND NOT EXISTS (SELECT 1 FROM standing_decisions d WHERE d.case_id = cp.case_id)"
        " ORDER BY v.post_id DESC LIMIT 5000"
    ).fetchall()
    return [
        Candidate(post, version, case, reading_text(title, lead, text), *rest)
        for title, lead, text, post, version, case, *rest in rows
    ]


def bring_to_desk(db: Database, one: Candidate) -> Candidate | None:
    """Open a case for a post that has none, so that somebody can decide it; the candidate with its case, None where its
    text was erased or let go meanwhile."""
    with write(db):
        if not db.conn.execute("SELECT 1 FROM versions WHERE id = ? AND let_go = ''", [one.version_id]).fetchone():
            return None
        if (found := cases.case_of(db, one.post_id)) is not None:
            return replace(one, case_id=found)
        claim = one.claim or one.text[: cases.BEGINNING]
        return replace(one, case_id=cases.open_case(db, one.post_id, claim=claim, score_id=one.score_id))


def add_shadow(db: Database, rows: list[tuple[int, str, str, str, float, int, str, str, str]]) -> int:
    """Keep what a challenger said, beside the live scores; (version, model) once. Returns how many were new.

    What was erased or let go while it was read is passed over.
    """
    with write(db):
        before = db.conn.total_changes
        db.conn.executemany(
            "INSERT OR IGNORE INTO shadow_scores (version_id, model, kind, rights, p_refuted, flagged, reasons, claim,"
            " scored_at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE EXISTS (SELECT 1 FROM versions WHERE id = ? AND let_go = '')",
            [(*row, row[0]) for row in rows],
        )
        return db.conn.total_changes - before


def beside(db: Database, champion: str, challenger: str) -> list[tuple[int, str, float, bool, str, float, bool]]:
    """Texts that both models scored, as (version, kind, p, flagged of the champion; kind, p, flagged of the other).

    The champion's first score: the challenger knows no claims found false since.
    """
    rows = db.conn.execute(
        "SELECT s.version_id, s.kind, s.p_refuted, s.flagged, h.kind, h.p_refuted, h.flagged FROM scores s"
        " JOIN shadow_scores h ON h.version_id = s.version_id AND h.model = ? WHERE s.model = ? AND s.id = (SELECT"
        " min(x.id) FROM scores x WHERE x.version_id = s.version_id AND x.model = s.model) ORDER BY s.version_id",
        [challenger, champion],
    ).fetchall()
    return [(v, k, p, bool(f), k2, p2, bool(f2)) for v, k, p, f, k2, p2, f2 in rows]


def verdicts(db: Database) -> dict[int, str]:
    """The verdict on each text that has a label now."""
    return dict(db.conn.execute("SELECT version_id, verdict FROM labels").fetchall())


def first_scored(db: Database, versions: Sequence[int]) -> str:
    """When the first of some texts was first scored; "" when none was."""
    return word_of(
        db,
        "SELECT min(scored_at) FROM scores WHERE version_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(versions))],
    )


# by the versions' own numbers, which posts.unscored goes by too; what has a row beside it is passed over first
_UNSHADOWED = (
    " FROM versions v CROSS JOIN current_posts c ON c.post_id = v.post_id AND c.version_id = v.id"
    " WHERE v.id > ? AND v.gone = 0 AND v.let_go = ''"
    " AND NOT EXISTS (SELECT 1 FROM shadow_scores h WHERE h.version_id = v.id AND h.model = ?)"
    " AND EXISTS (SELECT 1 FROM scores s WHERE s.version_id = v.id)"
)


def count_unshadowed(db: Database, model: str) -> int:
    """How many posts a model scored live that a challenger hasn't."""
    return number_of(db, f"SELECT count(*){_UNSHADOWED}", [0, model])


def unshadowed(db: Database, model: str, *, limit: int = 64, after: int = 0) -> list[Version]:
    """Such posts' current versions numbered after one, oldest first."""
    rows = db.conn.execute(
        "SELECT c.version_id, c.post_id, c.source_id, c.url, c.title, c.text, c.published, c.seen_at, 0, c.lead"
        f"{_UNSHADOWED} ORDER BY v.id LIMIT ?",
        [after, model, limit],
    ).fetchall()
    return [Version(*row) for row in rows]


def models_that_scored(db: Database) -> list[str]:
    """The versions that a score names."""
    return [name for (name,) in db.conn.execute("SELECT DISTINCT model FROM scores ORDER BY model")]


def against_by_day(db: Database, models: Sequence[str], *, part: str = "") -> tuple[list[float], int]:
    """p(refuted by evidence) of rights claims in their newest score by some versions, with a part in place of their
    verdict or without one, and on how many days their first ones came, from the first of these to the last."""
    rows = db.conn.execute(
        "SELECT json_extract(s.detail, '$.p_against'), julianday(date((SELECT min(f.scored_at) FROM scores f"
        " WHERE f.version_id = s.version_id))) FROM scores s WHERE s.kind = 'claim' AND s.rights <> '[]'"
        " AND s.id = (SELECT max(y.id) FROM scores y WHERE y.version_id = s.version_id"
        " AND y.model IN (SELECT value FROM json_each(?))"
        " AND coalesce(json_extract(y.detail, '$.parts.verdict'), '') = ?)",
        [json.dumps(models), part],
    ).fetchall()
    days = [int(day) for _, day in rows]
    return [float(p or 0) for p, _ in rows], max(days) - min(days) + 1 if days else 1
