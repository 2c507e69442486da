"""A challenger beside the champion: it scores the same live posts, and nothing it says reaches the queue."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from classifier.checking.repeats import RefutedClaims
from classifier.evidence.retrieval import PassageIndex
from classifier.loading import Model
from classifier.scoring import score as score_texts
from pipeline.filing import item_of
from pipeline.indexing import build_refuted
from pipeline.records import now
from pipeline.store import Database, evidence, labels

BATCH = 64
Claims = tuple[list[tuple[str, str, str]], RefutedClaims]


@dataclass(frozen=True, slots=True)
class Beside:
    """How two models differ on the posts both scored."""

    n: int
    kinds_differ: int
    flagged: tuple[int, int]  # by the champion, by the challenger
    flagged_by_one: int
    mean_gap: float  # of p(refuted), absolute
    found: tuple[Mapping[str, int], Mapping[str, int]]  # what people found on posts that one alone flagged


def run(
    db: Database, challenger: Model, index: PassageIndex, *, limit: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
) -> int:  # fmt: skip
    """Score what the champion scored and the challenger hasn't; returns how many posts that were.

    Only claims that were found false before the champion scored a post are known to the challenger either: else it
    would meet the verdict that people gave on that very post since, and seem to have foreseen it.
    """
    total = labels.count_unshadowed(db, challenger.version)
    total = min(total, limit) if limit else total
    claims: Claims | None = None
    done = last = 0
    while done < total:
        versions = labels.unshadowed(db, challenger.version, limit=min(BATCH, total - done), after=last)
        if not versions:
            break
        last = versions[-1].id
        known = list(evidence.refuted_claims(db, until=labels.first_scored(db, [v.id for v in versions])))
        if claims is None or claims[0] != known:
            claims = known, build_refuted(known, challenger)
        items = [item_of(version) for version in versions]
        rows = [
            (int(s.id), challenger.version, s.kind, json.dumps(s.rights), s.p_refuted, int(s.flagged),
             json.dumps(s.reasons), s.claim, now())
            for s in score_texts(challenger, items, index=index, refuted=claims[1], batch=len(items))
        ]  # fmt: skip
        done += labels.add_shadow(db, rows)
        if on_progress:
            on_progress(done, total)
    return done


def beside(db: Database, champion: str, challenger: str) -> Beside:
    """The difference between two models on live posts."""
    rows = labels.beside(db, champion, challenger)
    verdicts = labels.verdicts(db)
    alone: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for version, _, _, first, _, _, second in rows:
        if first != second:
            alone[0 if first else 1][verdicts.get(version, "")] += 1
    return Beside(
        len(rows),
        sum(kind != kind2 for _, kind, _, _, kind2, _, _ in rows),
        (sum(row[3] for row in rows), sum(row[6] for row in rows)),
        sum(row[3] != row[6] for row in rows),
        sum(abs(row[2] - row[5]) for row in rows) / len(rows) if rows else 0.0,
        (dict(alone[0]), dict(alone[1])),
    )
