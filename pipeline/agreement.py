"""How far two readers agree beyond chance."""

from collections import Counter
from collections.abc import Sequence

Pair = tuple[str, str]


def cohen(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa of (first, second) verdicts; None where it can't be told, as of one verdict alone."""
    if not pairs:
        return None
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[word] * second[word] for word in first) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def krippendorff(pairs: Sequence[Pair]) -> float | None:
    """Krippendorff's alpha for nominal verdicts, two readings a case; None where it can't be told, as kappa."""
    if not pairs:
        return None
    n = 2 * len(pairs)
    totals = Counter(word for pair in pairs for word in pair)
    seen = 2 * sum(a != b for a, b in pairs) / n
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (n * (n - 1))
    return None if expected == 0 else 1 - seen / expected
