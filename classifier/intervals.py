"""How sure a share of a sample is, and how many rows make it as sure as is wanted."""

import math

Z = 1.96  # standard deviations to either side that hold 95 of a hundred


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
