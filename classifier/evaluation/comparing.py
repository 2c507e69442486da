"""Two models on the same rows: which is better, how surely, where, and what each gets right that the other doesn't."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier import judging
from classifier.evaluation.causes import LEAST
from classifier.evaluation.gate import Measure
from classifier.evaluation.measuring import Measured, Said
from classifier.judging import LEVEL, Figure, McNemar

ORDERED = "claims_found"  # its p puts posts in order, at the share of refuted claims among what comes in
SHOWN = 5  # examples won and lost that are kept of each suite
SPEED_TEXTS = 200  # texts timed, in turns, so that a busy machine slows both alike


@dataclass(frozen=True, slots=True)
class Example:
    """A row that only one of the two got right."""

    id: str
    text: str
    truth: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Contest:
    """One suite: the difference (second less first) with its interval, McNemar's test, calibration, examples.

    The order that probabilities give answers no row, so McNemar's test says nothing of it.
    """

    suite: str
    metric: str
    difference: Figure
    mcnemar: McNemar | None
    calibration: tuple[float, float] | None
    won: tuple[Example, ...] = ()
    lost: tuple[Example, ...] = ()
    causes: tuple[tuple[str, int, int, int], ...] = ()  # cause, rows with it, wrong by the first, by the second

    @property
    def word(self) -> str:
        """What the interval allows one to say."""
        if self.difference.low > 0:
            return "better"
        return "worse" if self.difference.high < 0 else "no difference shown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models laid side by side."""

    first: str
    second: str
    contests: tuple[Contest, ...]
    slices: tuple[tuple[str, Figure, Figure], ...]  # key of the measure, first's figure, second's

    def many(self) -> str:
        """How many intervals of differences there are, and how many of them leave 0 out by chance where nothing
        differs; "" for one alone."""
        n = len(self.contests)
        if n < 2:
            return ""
        return (
            f"{n} intervals of {LEVEL:.0%}: where the two differed in nothing, {n * (1 - LEVEL):.1f} of them would say"
            " better or worse by chance. Hold one that you didn't pick beforehand against that."
        )


def only_orders(suite: str) -> bool:
    """Whether a suite's p is no probability of its rows, half of which are false: it is off by far, and rightly."""
    return suite.partition("@")[0] == ORDERED


def compare(first: tuple[str, Measured], second: tuple[str, Measured]) -> Comparison:
    """Lay two models' answers on the same corpora side by side; a corpus only one was measured on is left out."""
    one, two = first[1], second[1]
    shared = [name for name in one.answers if name in two.answers and one.answers[name].ids == two.answers[name].ids]
    both = [(name, one.answers[name], two.answers[name]) for name in shared]
    contests = [held for laid in both for held in (ordered(*laid), contest(*laid)) if held]
    before: Mapping[str, Measure] = {measure.key: measure for measure in one.measures}
    slices = [(m.key, before[m.key].figure, m.figure) for m in two.measures if m.key in before]
    return Comparison(first[0], second[0], tuple(contests), tuple(slices))


def contest(suite: str, one: Said, two: Said) -> Contest:
    """One suite; rows of one group are resampled together."""
    truth, a, b = np.array(one.truth), np.array(one.said), np.array(two.said)
    groups = np.array(one.groups) if one.groups else None
    metric, name = (judging.macro_f1, "macro_f1") if truth.dtype.kind in "UO" else (judging.accuracy, "accuracy")
    yes = truth == "refuted" if truth.dtype.kind in "UO" else truth
    calibration = None
    if one.p and two.p and min(*one.p, *two.p) >= 0 and not only_orders(suite):
        calibration = judging.calibration_error(yes, one.p), judging.calibration_error(yes, two.p)
    difference = judging.paired(metric, truth, a, b, groups=groups)
    won, lost = _examples(one, two, (b == truth) & (a != truth)), _examples(one, two, (a == truth) & (b != truth))
    causes = _causes(one, two)
    return Contest(suite, name, difference, judging.mcnemar(truth, a, b), calibration, won, lost, causes)


def ordered(suite: str, one: Said, two: Said) -> Contest | None:
    """How well each stands false claims above true ones; None for a suite of other things, or of claims all alike.

    A model that flags nothing any more may still put claims in the right order.
    """
    if not suite.startswith("claims") or len(set(one.truth)) < 2:
        return None
    groups = np.array(one.groups) if one.groups else None
    gap = judging.paired(judging.auc, np.array(one.truth), np.array(one.p), np.array(two.p), groups=groups)
    return Contest(suite, "auc", gap, None, None)


def _causes(one: Said, two: Said) -> tuple[tuple[str, int, int, int], ...]:
    """Errors of both by cause, those first where the two differ most; causes on which both err alike are left out.

    A row may carry a cause for one of them alone: where only that one finds no passage.
    """
    held: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    wrong = [{at for at, truth in enumerate(said.truth) if truth != said.said[at]} for said in (one, two)]
    for which, said in enumerate((one, two)):
        for at, names in enumerate(said.marks):
            for name in names:
                held[name][which].add(at)
    rows = [(name, len(a | b), len(a & wrong[0]), len(b & wrong[1])) for name, (a, b) in held.items()]
    found = [row for row in rows if row[1] >= LEAST and row[2] != row[3]]
    return tuple(sorted(found, key=lambda row: (-abs(row[2] - row[3]), row[0])))


def _examples(one: Said, two: Said, rows: Any) -> tuple[Example, ...]:
    texts = one.texts or ("",) * len(one.ids)
    return tuple(
        Example(one.ids[at], texts[at], str(one.truth[at]), str(one.said[at]), str(two.said[at]))
        for at in np.flatnonzero(rows)[:SHOWN]
    )


def speed(first: Any, second: Any, texts: Sequence[str]) -> tuple[float, float]:
    """Microseconds a text of two functions over texts, the best of three rounds taken in turns."""
    held = list(texts[:SPEED_TEXTS])
    best = [float("inf"), float("inf")]
    for _ in range(3):
        for place, run in enumerate((first, second)):
            started = time.perf_counter()
            run(held)
            best[place] = min(best[place], (time.perf_counter() - started) / max(1, len(held)) * 1e6)
    return best[0], best[1]
