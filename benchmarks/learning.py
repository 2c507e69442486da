"""What to label next: labels until 95 % of the full score, replayed on labelled comments, for each strategy."""

import csv
import gzip
from pathlib import Path

import numpy as np

from benchmarks.measure import Line
from pipeline.research.sampling import SHARES, Replay, replay, vectors

SHARED = Path(__file__).resolve().parents[2] / "shared" / "datasets"
STRATEGIES = {
    **{name: {name: 1.0} for name in ("random", "uncertainty", "diversity", "value")},
    "mixed as soi sample does": dict(SHARES),
    "mixed without value": {"uncertainty": 0.6, "diversity": 0.2, "random": 0.2},
}
SEEDS, POOL, TEST, BATCH, MOST = 3, 4000, 2000, 100, 4000


def comments(column: str) -> tuple[list[str], np.ndarray]:
    """Comments and one of their labels."""
    csv.field_size_limit(1 << 24)
    with gzip.open(SHARED / "victsd.csv.gz", "rt", encoding="utf-8", newline="") as lines:
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
            done = replay(
                (matrix[pool], y[pool]), (matrix[test], y[test]), strategy=shares, seed=seed, batch=BATCH, start=BATCH,
                most=MOST,
            )  # fmt: skip
            found[name].append(done)
    return found


def run() -> list[Line]:
    """Labels needed for 95 % of the full macro-F1, the median of the seeds."""
    if not SHARED.exists():
        return []
    lines = []
    for column in ("toxic", "constructive"):
        found = curves(column)
        needed = {name: float(np.median([one.reached() or MOST for one in runs])) for name, runs in found.items()}
        for name, labels in needed.items():
            lines.append(Line(f"{column}: labels to 95 %, {name}", labels, unit="labels",
                              note=f"{needed['random'] / labels:.2f}× fewer than random"))  # fmt: skip
    return lines
