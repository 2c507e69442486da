"""How far two readers agree beyond chance, and how sure a share of a sample is."""

import math
from collections import Counter
from collections.abc import Sequence

Pair = tuple[str, str]
Z = 1.96  # standard deviations to either side that hold 95 of a hundred


def cohen(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa of (first, second) verdicts; None without pairs, 1 where only one verdict was ever given."""
    if not pairs:
        return None
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[word] * second[word] for word in first) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def krippendorff(pairs: Sequence[Pair]) -> float | None:
    """Krippendorff's alpha for nominal verdicts, two readings a case; None without pairs."""
    if not pairs:
        return None
    n = 2 * len(pairs)
    totals = Counter(word for pair in pairs for word in pair)
    seen = 2 * sum(a != b for a, b in pairs) / n
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (n * (n - 1))
    return 1.0 if expected == 0 else 1 - seen / expected


def wilson(hits: float, n: float) -> tuple[float, float]:
    """The interval that a share of a random sample lies in, 95 times of a hundred; sound near 0 and 1, and for few."""
    if n <= 0:
        return 0.0, 1.0
    p, z2 = hits / n, Z * Z
    middle, half = p + z2 / (2 * n), Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))


def needed(share: float, half: float) -> int:
    """Rows that give a share a Wilson interval of plus or minus `half`; an unknown share (nan) counts as one half."""
    likely = share if math.isfinite(share) else 0.5
    spread, h2 = likely * (1 - likely), half * half
    # Wilson's half-width, solved for n
    n = Z * Z / (2 * h2) * (spread - 2 * h2 + math.sqrt(spread * (spread - 4 * h2) + h2))
    return math.ceil(n)
