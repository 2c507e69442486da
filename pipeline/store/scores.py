"""Scores and the evidence behind them; a retrain adds rows and rewrites none."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from pipeline.records import EvidenceRow, ScoreRow, now
from pipeline.store import models, pieces
from pipeline.store.database import number_of, write


def standing_of(post: str, *, by: str = "") -> str:
    """SQL for the number of the score that counts for a post: of its newest text, the live model's, else the newest;
    `by` a moment, of the newest that was seen till then.

    After a rollback that isn't the newest row: the model gone back to has scored before, and adds none.
    """
    seen = f" AND sv.seen_at <= {by}" if by else ""
    return (
        "(SELECT ss.id FROM versions sv JOIN scores ss ON ss.version_id = sv.id"
        f" WHERE sv.post_id = {post}{seen} ORDER BY sv.id DESC, ss.model = {models.LIVE} DESC, ss.id DESC LIMIT 1)"
    )


def first_of(post: str) -> str:
    """SQL for the number of a post's first score, failed ones aside: what was drawn then stays drawn for good.

    A later draw, by a larger share, passes over what was decided meanwhile.
    """
    scored = "FROM versions w JOIN scores y ON y.version_id = w.id AND y.outcome <> 'failed'"
    return f"(SELECT min(y.id) {scored} WHERE w.post_id = {post})"


def add_score(db: Database, score: ScoreRow, *, outcome: str) -> int:
    """Write a score with its evidence; its number."""
    with write(db):
        row = db.conn.execute(
            "INSERT INTO scores (version_id, model, kind, rights, p_refuted, flagged, reasons, claim, claim_start,"
            " claim_end, worth, detail, outcome, scored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING id",
            [score.version_id, score.model, score.kind, json.dumps(score.rights), score.p_refuted, int(score.flagged)]
            + [json.dumps(score.reasons), score.claim, score.claim_start, score.claim_end, score.worth]
            + [json.dumps(score.detail, ensure_ascii=False, sort_keys=True), outcome, now()],
        ).fetchone()
        db.conn.executemany(
            "INSERT INTO evidence (score_id, rank, eid, role, relation, p, slot, slots)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (row[0], rank, e.eid, e.role, e.relation, e.p, e.slot, json.dumps(e.slots, ensure_ascii=False))
                for rank, e in enumerate(score.evidence)
            ],
        )
    return int(row[0])


def first_reasons(db: Database, post_id: int) -> list[str] | None:
    """The reasons of the first score that a post got; None when it has none yet."""
    row = db.conn.execute(f"SELECT reasons FROM scores WHERE id = {first_of('?')}", [post_id]).fetchone()
    return json.loads(row[0]) if row else None


def settled_among(db: Database, version_ids: Sequence[int], model: str) -> set[int]:
    """Which of some versions a model has scored, or whose text was let go, or whose post says another thing by now
    that was scored."""
    marks = ",".join("?" * len(version_ids))
    rows = db.conn.execute(
        f"SELECT v.id FROM versions v WHERE v.id IN ({marks}) AND (v.let_go <> ''"
        " OR EXISTS (SELECT 1 FROM scores s WHERE s.version_id = v.id AND s.model = ?)"
        " OR EXISTS (SELECT 1 FROM versions w JOIN scores s ON s.version_id = w.id"
        " WHERE w.post_id = v.post_id AND w.id > v.id))",
        [*version_ids, model],
    )
    return {version_id for (version_id,) in rows}


def counting(db: Database) -> set[tuple[int, int]]:
    """Posts that several models scored, each with the score that counts."""
    several = (
        "SELECT v.post_id FROM scores s JOIN versions v ON v.id = s.version_id"
        " GROUP BY v.id HAVING min(s.model) <> max(s.model)"
    )
    return set(db.conn.execute(f"SELECT m.post_id, {standing_of('m.post_id')} FROM ({several}) m"))


def evidence_of(db: Database, score_id: int) -> tuple[EvidenceRow, ...]:
    """The passages a score was made with, best first, with their texts."""
    rows = db.conn.execute(
        "SELECT eid, relation, p, role, slot, slots FROM evidence WHERE score_id = ? ORDER BY rank", [score_id]
    ).fetchall()
    return tuple(
        replace(
            pieces.piece(db, eid) or EvidenceRow(eid, relation, p),  # one that is gone has no words
            relation=relation, p=p, role=role, slot=slot, slots=tuple(json.loads(slots)),
        )
        for eid, relation, p, role, slot, slots in rows
    )  # fmt: skip


def score_by_id(db: Database, score_id: int) -> ScoreRow | None:
    """One score with its evidence."""
    row = db.conn.execute(
        "SELECT version_id, model, kind, rights, p_refuted, flagged, reasons, claim, claim_start, claim_end, worth,"
        " detail FROM scores WHERE id = ?",
        [score_id],
    ).fetchone()
    if row is None:
        return None
    version_id, model, kind, rights, p, flagged, reasons, claim, start, end, worth, detail = row
    return ScoreRow(
        version_id, model, kind, tuple(json.loads(rights)), p, bool(flagged), tuple(json.loads(reasons)), claim, start,
        end, worth, json.loads(detail), evidence_of(db, score_id),
    )  # fmt: skip


def latest_score(db: Database, post_id: int) -> tuple[int, ScoreRow] | None:
    """The score that counts for a post, with its number."""
    number = number_of(db, f"SELECT {standing_of('?')}", [post_id])
    score = score_by_id(db, number) if number else None
    return (number, score) if score else None
