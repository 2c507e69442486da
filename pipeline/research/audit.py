"""What the random sample says of all posts: how common falsehood is, how much was found, who was flagged wrongly."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from classifier.intervals import needed, wilson
from classifier.judging import Figure
from pipeline.records import RIGHTS, Verdict
from pipeline.store.labels import SIDES, Audited

WRONG = frozenset({Verdict.FALSE, Verdict.MISLEADING})


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all posts, estimated from the sample; `more` is how many further labels give plus or minus x;
    None where none that counts was read, so that nobody knows how rare they are."""

    what: str  # prevalence, recall, false_flag_rate
    slice: str  # all, a right, or a side
    figure: Figure
    more: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as it stands."""

    drawn: int
    read: int
    population: int

    @property
    def complete(self) -> bool:
        """Whether every drawn post was read: while some wait, those read first may differ from the rest."""
        return self.read == self.drawn


def sample(rows: Sequence[Audited], *, population: int) -> Sample:
    """How much of the sample was read."""
    return Sample(len(rows), sum(bool(row.verdict) for row in rows), population)


def estimates(rows: Sequence[Audited], *, half: float = 0.05) -> list[Estimate]:
    """Prevalence, recall and false-flag rate over all, by right and by side, with intervals of 95 %.

    The sample is drawn by a hash of the address before anything is known of a post, so each share is unbiased.
    """
    told = [row for row in rows if row.verdict]
    slices: list[tuple[str, Callable[[Audited], bool]]] = [("all", lambda _row: True)]
    slices += [(code, lambda row, code=code: code in json.loads(row.rights)) for code in RIGHTS]  # type: ignore[misc]
    slices += [(side, lambda row, side=side: row.side == side) for side in SIDES]  # type: ignore[misc]
    found = []
    for name, holds in slices:
        inside = [row for row in told if holds(row)]
        if inside or name == "all":
            found += _estimates(name, inside, len(told), half)
    return found


def _estimates(name: str, inside: Sequence[Audited], told: int, half: float) -> list[Estimate]:
    wrong = [row for row in inside if row.verdict in WRONG]
    right = [row for row in inside if row.verdict not in WRONG]
    caught, blamed = sum(row.flagged for row in wrong), sum(row.flagged for row in right)
    return [
        _estimate("prevalence", name, len(wrong), len(inside), told, half, "posts are false or misleading"),
        _estimate("recall", name, caught, len(wrong), told, half, "false or misleading posts were flagged"),
        _estimate("false_flag_rate", name, blamed, len(right), told, half, "other posts were flagged"),
    ]


def _estimate(what: str, name: str, hits: int, n: int, told: int, half: float, words: str) -> Estimate:
    """A share, and how many more posts of the sample must be read for plus or minus `half`.

    They are enough whatever share of the interval is the true one, so two of two don't promise that all will be.
    """
    low, high = wilson(hits, n)
    figure = Figure(hits / n if n else math.nan, low, high, n)
    missing = max(0, needed(min(max(0.5, low), high), half) - n) if (high - low) / 2 > half else 0
    # only some of the posts read fall into a slice, so the labels needed grow by that share; unknown while it is nil
    more = math.ceil(missing * told / n) if n else missing if what == "prevalence" else None
    where = "" if name == "all" else f" ({name})"
    return Estimate(what, name, figure, more, f"{hits} of {n} {words}{where}")
