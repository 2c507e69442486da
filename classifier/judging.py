"""How good a model is, and whether another one is better: figures with intervals, never a bare number."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.intervals import wilson

ROUNDS = 1000  # resamples: the interval's own error is then under a tenth of its width
LEVEL = 0.95
BINS = 10
LEAST_KEPT = 20  # rows by which a threshold shows its precision

Metric = Callable[..., float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval and the number of rows it rests on; nan where nothing could be measured.

    A maximum has no interval: its ends are nan.
    """

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({', '.join(filter(None, (self.span, f'n={self.n}')))})"

    @property
    def span(self) -> str:
        """The interval, "" where there is none."""
        return f"{self.low:.3f} to {self.high:.3f}" if isfinite(self.low) and isfinite(self.high) else ""


@dataclass(frozen=True, slots=True)
class McNemar:
    """Rows that only one of two models got right, and the exact two-sided probability of a split that uneven."""

    only_first: int
    only_second: int
    p: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose probability lies in one tenth: what was said, what was true, and how many."""

    said: float
    true: float
    n: int


def f1(truth: Any, said: Any) -> float:
    """F1 of a yes or no, both (n,) bool; 0 when nothing is said and nothing is true."""
    one, two = np.asarray(truth, dtype=bool), np.asarray(said, dtype=bool)
    both = int(one.sum()) + int(two.sum())
    return 2.0 * float((one & two).sum()) / both if both else 0.0


def macro_f1(truth: Any, said: Any) -> float:
    """Mean F1 over the labels that occur in truth, (n,) labels each."""
    one, two = np.asarray(truth), np.asarray(said)
    return float(np.mean([f1(one == label, two == label) for label in np.unique(one)]))


def column_f1(truth: Any, said: Any) -> float:
    """Mean F1 over the columns of (n, k) bool."""
    one, two = np.asarray(truth), np.asarray(said)
    return float(np.mean([f1(one[:, at], two[:, at]) for at in range(one.shape[1])]))


def accuracy(truth: Any, said: Any) -> float:
    """Share of rows that are right."""
    return float(np.mean(np.asarray(truth) == np.asarray(said)))


def auc(truth: Any, score: Any) -> float:
    """Probability that a true row scores above a false one, ties counting half; nan with one kind only."""
    yes, values = np.asarray(truth, dtype=bool), np.asarray(score, dtype=float)
    above, below = values[yes], np.sort(values[~yes])
    if not len(above) or not len(below) or np.isnan(values).any():
        return float("nan")
    beaten = np.searchsorted(below, above, "left") + np.searchsorted(below, above, "right")  # each twice, a tie once
    return float(beaten.sum() / 2 / (len(above) * len(below)))


def reliability(truth: Any, p: Any) -> list[Bin]:
    """What was said against what was true, by equal steps of probability; empty steps are left out."""
    yes, said = np.asarray(truth, dtype=float), np.asarray(p, dtype=float)
    step = np.minimum((said * BINS).astype(int), BINS - 1)
    rows = [(step == one) for one in range(BINS)]
    return [Bin(float(said[row].mean()), float(yes[row].mean()), int(row.sum())) for row in rows if row.any()]


def calibration_error(truth: Any, p: Any) -> float:
    """Expected calibration error: how far what is said lies from what is true, weighed by rows."""
    found = reliability(truth, p)
    total = sum(one.n for one in found)
    return sum(one.n * abs(one.said - one.true) for one in found) / total if total else float("nan")


def bootstrap(metric: Metric, *columns: Any, groups: Any = None) -> Figure:
    """A metric of columns (n, …) with its percentile interval; rows of one group are drawn together."""
    arrays = [np.asarray(column) for column in columns]
    count = len(arrays[0])
    if not count:
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    draws = [metric(*(array[rows] for array in arrays)) for rows in _draws(count, groups)]
    low, high = _interval(draws)
    return Figure(metric(*arrays), low, high, count)


def share(holds: Any, *, groups: Any = None) -> Figure:
    """The share of rows (n,) bool that hold; Wilson's interval over groups where resamples reach none or all, or agree.

    Resampling rows that are nearly all alike shows too little doubt: one of 300 would look surer than none of 300. So
    does resampling groups of one share, or a single group.
    """
    rows = np.asarray(holds, dtype=bool)
    found = bootstrap(np.mean, rows, groups=groups)
    if not len(rows) or 0 < found.low < found.high < 1:
        return found
    n = len(rows) if groups is None else len(np.unique(np.asarray(groups)))
    return Figure(found.value, *wilson(found.value * n, n), len(rows))


def leaning(gaps: Any) -> Figure:
    """How far signed gaps (n,) lie from 0 in the mean, and the interval of that mean, turned to the side it leans to.

    The mean of a resample taken without its sign would be too large: where nothing leans, it never comes out at 0.
    """
    values = np.asarray(gaps, dtype=float)
    return bootstrap(np.mean, -values if values.mean() < 0 else values)


def paired(metric: Metric, truth: Any, first: Any, second: Any, *, groups: Any = None) -> Figure:
    """metric(truth, second) - metric(truth, first), both measured on the same resampled rows."""
    return bootstrap(lambda t, a, b: metric(t, b) - metric(t, a), truth, first, second, groups=groups)


def _draws(count: int, groups: Any) -> Iterator[NDArray[np.int64]]:
    """Rows of each resample; with groups, whole groups are drawn."""
    random = np.random.default_rng(0)
    if groups is None:
        yield from (random.integers(0, count, count) for _ in range(ROUNDS))
        return
    _, owner, sizes = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    order, begins = np.argsort(owner, kind="stable"), np.cumsum(sizes) - sizes
    for _ in range(ROUNDS):
        drawn = random.integers(0, len(sizes), len(sizes))
        n = sizes[drawn]
        shifts = begins[drawn] - (np.cumsum(n) - n)  # from a row's place in the resample to its place in order
        yield order[np.arange(n.sum()) + np.repeat(shifts, n)]


def _interval(draws: Sequence[float]) -> tuple[float, float]:
    kept = np.asarray(draws)[np.isfinite(draws)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def mcnemar(truth: Any, first: Any, second: Any) -> McNemar:
    """The exact McNemar test of two models' labels on the same rows."""
    from scipy.stats import binomtest

    right = np.asarray(truth)
    one, two = np.asarray(first) == right, np.asarray(second) == right
    only_first, only_second = int((one & ~two).sum()), int((two & ~one).sum())
    total = only_first + only_second
    return McNemar(only_first, only_second, float(binomtest(only_first, total).pvalue) if total else 1.0)


def threshold_for_precision(truth: Any, p: Any, precision: float) -> float | None:
    """The lowest threshold from which on the precision holds, kept by at least LEAST_KEPT rows; None where none does.

    The precision must hold at every higher threshold too that still keeps as many: a lucky dip doesn't count.
    """
    yes, said = np.asarray(truth, dtype=bool), np.asarray(p, dtype=float)
    order = np.argsort(-said, kind="stable")
    found, hits = None, 0
    for place, row in enumerate(order, start=1):
        hits += bool(yes[row])
        if place < LEAST_KEPT or (place < len(order) and said[order[place]] == said[row]):
            continue
        if hits / place < precision:
            break
        found = float(said[row])
    return found


def threshold_for_budget(p: Any, budget: int) -> float:
    """The threshold that at most `budget` of these rows, one or more, reach: as many as people can read."""
    said = np.sort(np.asarray(p, dtype=float))[::-1]
    return float(said[-1]) if budget >= len(said) else float(np.nextafter(said[budget], 2.0))
