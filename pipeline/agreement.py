"""How far two readers agree beyond chance."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import sqrt
from random import Random

Pair = tuple[str, str]
Span = tuple[float, float]

ROUNDS = 1000  # resamples of the cases, by seed 0
DRAWN = 1000  # cases of a resample, at most: of more, as many are drawn and lie closer by the root of how many more
FEW = 10  # cases: fewer tell no interval, nor do readers who never differed


def cohen(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa of (first, second) verdicts; None where it can't be told, as of one verdict alone."""
    return _cohen(Counter(pairs))


def krippendorff(pairs: Sequence[Pair]) -> float | None:
    """Krippendorff's alpha for nominal verdicts, two readings a case; None where it can't be told, as kappa."""
    return _krippendorff(Counter(pairs))


def cohen_span(pairs: Sequence[Pair]) -> Span | None:
    """What kappa lies between, 95 times of a hundred, by resamples of the cases; None where it can't be told."""
    return _spans(_counts(pairs))[0]


def krippendorff_span(pairs: Sequence[Pair]) -> Span | None:
    """The same for alpha."""
    return _spans(_counts(pairs))[1]


def _counts(pairs: Sequence[Pair]) -> tuple[tuple[Pair, int], ...]:
    return tuple(sorted(Counter(pairs).items()))


def _cohen(table: Counter[Pair]) -> float | None:
    n = table.total()
    if not n:
        return None
    first, second = Counter[str](), Counter[str]()
    for (one, two), count in table.items():
        first[one] += count
        second[two] += count
    seen = sum(count for (one, two), count in table.items() if one == two) / n
    chance = sum(first[word] * second[word] for word in first) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _krippendorff(table: Counter[Pair]) -> float | None:
    n = 2 * table.total()
    if not n:
        return None
    totals = Counter[str]()
    for pair, count in table.items():
        for word in pair:
            totals[word] += count
    seen = 2 * sum(count for (one, two), count in table.items() if one != two) / n
    expected = (n**2 - sum(total**2 for total in totals.values())) / (n * (n - 1))
    return None if expected == 0 else 1 - seen / expected


@lru_cache(maxsize=64)  # a page tells twelve months each time
def _spans(counts: tuple[tuple[Pair, int], ...]) -> tuple[Span | None, Span | None]:
    """Those of kappa and alpha, of the same resamples."""
    table = Counter(dict(counts))
    if table.total() < FEW or all(one == two for one, two in table):
        return None, None
    random, size = Random(0), min(table.total(), DRAWN)
    drawn = [Counter(random.choices(list(table), list(table.values()), k=size)) for _ in range(ROUNDS)]
    scale = sqrt(size / table.total())
    return _span(_cohen, table, drawn, scale), _span(_krippendorff, table, drawn, scale)


def _span(
    measure: Callable[[Counter[Pair]], float | None], table: Counter[Pair], drawn: Sequence[Counter[Pair]], scale: float
) -> Span | None:
    """What a measure lies between; scale: how much nearer to it resamples of all cases are than those drawn."""
    found = measure(table)
    told = sorted(value for one in drawn if (value := measure(one)) is not None)
    cut = len(told) // 40  # 2.5 of a hundred at either end
    if found is None or told[cut] == told[-1 - cut]:  # alike in every resample, it tells nothing
        return None
    return found + (told[cut] - found) * scale, found + (told[-1 - cut] - found) * scale
