"""What to label next: labels until 95 % of the full score, replayed on labelled comments, for each strategy."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.measure import SHARED, Line
from classifier.judging import macro_f1
from pipeline.research.sampling import SHARES, Order, diversity, mix, vectors

STRATEGIES = {
    **{name: {name: 1.0} for name in ("random", "uncertainty", "diversity", "value")},
    "mixed as soi sample does": dict(SHARES),
    "mixed without value": {"uncertainty": 0.6, "diversity": 0.2, "random": 0.2},
}
SEEDS, POOL, TEST, BATCH, MOST = 3, 4000, 2000, 100, 4000


def uncertainty(p: np.ndarray) -> Order:
    """Rows (n, k) of probabilities whose two likeliest labels lie nearest, first."""
    ranked = np.sort(p, axis=1)
    return np.argsort(ranked[:, -1] - ranked[:, -2], kind="stable")


@dataclass(frozen=True, slots=True)
class Replay:
    """Accuracy on the same test rows after each batch of labels, and how many labels 95 % of the full one took."""

    labels: tuple[int, ...]
    score: tuple[float, ...]
    full: float

    def reached(self, share: float = 0.95) -> int | None:
        """Labels from which on the score stays at or above a share of the full one; None when it never does."""
        below = [at for at, score in enumerate(self.score) if score < share * self.full]
        after = below[-1] + 1 if below else 0
        return self.labels[after] if after < len(self.labels) else None


def replay(learn: tuple[Any, Any], test: tuple[Any, Any], *, shares: Mapping[str, float], seed: int) -> Replay:
    """Label a pool (matrix, labels) as if nothing were known, batch by batch, by a mix of strategies."""
    pool, y = learn
    random = np.random.default_rng(seed)
    known = list(random.permutation(pool.shape[0])[:BATCH])
    counts, scores = [], []
    full = macro_f1(test[1], _fit(pool, y).predict(test[0]))
    while True:
        model = _fit(pool[known], y[known])
        counts.append(len(known))
        scores.append(macro_f1(test[1], model.predict(test[0])) if model is not None else 0.0)
        if len(known) >= min(MOST, pool.shape[0]):
            break
        rest = np.setdiff1d(np.arange(pool.shape[0]), known)
        p = model.predict_proba(pool[rest]) if model is not None else np.ones((len(rest), 2))
        orders: dict[str, Order] = {
            "uncertainty": uncertainty(p),
            # the rarer label is the one looked for
            "value": np.argsort(p[:, int(np.argmax(np.bincount(y[known])))], kind="stable"),
            "random": random.permutation(len(rest)),
        }
        if shares.get("diversity"):
            orders["diversity"] = diversity(pool[rest], first=int(orders["value"][0]), limit=4 * BATCH)
        known += [int(rest[pick.at]) for pick in mix(orders, min(BATCH, len(rest)), shares=shares)]
    return Replay(tuple(counts), tuple(scores), full)


def _fit(matrix: Any, y: Any) -> Any:
    """A plain model; None while only one label is known."""
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(y)) < 2:
        return None
    return LogisticRegression(C=10.0, max_iter=300, class_weight="balanced", solver="liblinear").fit(matrix, y)


def comments(column: str) -> tuple[list[str], np.ndarray]:
    """Comments and one of their labels."""
    csv.field_size_limit(1 << 24)
    with gzip.open(SHARED / "datasets" / "victsd.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["text"] for row in rows], np.array([int(row[column]) for row in rows])


def curves(column: str) -> dict[str, list[Replay]]:
    """Replays by strategy, the same pool and test for each, several seeds."""
    texts, y = comments(column)
    matrix = vectors(texts)
    found: dict[str, list[Replay]] = {name: [] for name in STRATEGIES}
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(texts))
        pool, test = order[:POOL], order[POOL : POOL + TEST]
        for name, shares in STRATEGIES.items():
            done = replay((matrix[pool], y[pool]), (matrix[test], y[test]), shares=shares, seed=seed)
            found[name].append(done)
    return found


def run() -> list[Line]:
    """Labels needed for 95 % of the full macro-F1, the median of the seeds."""
    if not (SHARED / "datasets").exists():
        return []
    lines = []
    for column in ("toxic", "constructive"):
        found = curves(column)
        needed = {name: float(np.median([one.reached() or MOST for one in runs])) for name, runs in found.items()}
        for name, labels in needed.items():
            lines.append(Line(f"{column}: labels to 95 %, {name}", labels, unit="labels",
                              note=f"{needed['random'] / labels:.2f}× fewer than random"))  # fmt: skip
    return lines
