"""A challenger beside the champion: it scores the same live posts, and nothing it says reaches the queue."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from classifier.retrieval import PassageIndex
from classifier.scoring import Item, Model
from classifier.scoring import score as score_texts
from pipeline.records import now
from pipeline.steps import open_refuted
from pipeline.store import labels

BATCH = 64


@dataclass(frozen=True, slots=True)
class Beside:
    """How two models differ on the posts both scored."""

    n: int
    kinds_differ: int
    flagged: tuple[int, int]  # by the champion, by the challenger
    flagged_by_one: int
    mean_gap: float  # of p(refuted), absolute


def run(
    db: Database, challenger: Model, index: PassageIndex, *, limit: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
) -> int:  # fmt: skip
    """Score what the champion scored and the challenger hasn't; returns how many posts that were."""
    total = labels.count_unshadowed(db, challenger.version)
    total = min(total, limit) if limit else total
    refuted = open_refuted(db, challenger)
    done = 0
    while done < total:
        versions = labels.unshadowed(db, challenger.version, limit=min(BATCH, total - done))
        if not versions:
            break
        items = [Item(str(v.id), v.reading, before=v.published or v.seen_at) for v in versions]
        rows = [
            (int(s.id), challenger.version, s.kind, json.dumps(s.rights), s.p_refuted, int(s.flagged),
             json.dumps(s.reasons), s.claim, now())
            for s in score_texts(challenger, items, index=index, refuted=refuted, batch=len(items))
        ]  # fmt: skip
        done += labels.add_shadow(db, rows)
        if on_progress:
            on_progress(done, total)
    return done


def beside(db: Database, champion: str, challenger: str) -> Beside:
    """The difference between two models on live posts."""
    rows = labels.beside(db, champion, challenger)
    return Beside(
        len(rows),
        sum(kind != kind2 for _, kind, _, _, kind2, _, _ in rows),
        (sum(row[3] for row in rows), sum(row[6] for row in rows)),
        sum(row[3] != row[6] for row in rows),
        sum(abs(row[2] - row[5]) for row in rows) / len(rows) if rows else 0.0,
    )
