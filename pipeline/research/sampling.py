"""What to label next: the doubtful, the different, the weighty and the random, mixed by share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.store.labels import Candidate

SHARES: Mapping[str, float] = {"uncertainty": 0.4, "diversity": 0.2, "value": 0.2, "random": 0.2}
FEATURES = 1 << 16
SPREAD_SCALE = 20  # sources; a claim carried by more is no more urgent

Order = NDArray[np.int64]


class SamplingRefused(Exception):
    """Shares that can't be mixed; the message says why."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A row to label next, and the strategy that asked for it."""

    at: int
    why: str


def diversity(matrix: Any, *, first: int, limit: int) -> Order:
    """Rows of (n, d), of unit length: the first, then each next one the farthest from all taken before."""
    order, nearest = [first], np.full(matrix.shape[0], -1.0)
    while len(order) < min(matrix.shape[0], limit):
        nearest = np.maximum(nearest, (matrix @ matrix[order[-1]].T).toarray().ravel())
        nearest[order[-1]] = np.inf
        order.append(int(np.argmin(nearest)))
    return np.array(order, dtype=np.int64)


def mix(orders: Mapping[str, Sequence[int] | Order], n: int, *, shares: Mapping[str, float] = SHARES) -> list[Pick]:
    """Take n rows from several orders by their shares, no row twice; which one asked for it is kept."""
    if any(share < 0 for share in shares.values()) or not 0.999 < sum(shares.values()) < 1.001:
        raise SamplingRefused("The shares must be at least 0 and add up to 1.")
    unknown = [name for name in shares if name not in orders]
    if unknown:
        raise SamplingRefused(f"There is no strategy {unknown[0]}; choose of {', '.join(orders)}.")
    left = {name: iter(orders[name]) for name in shares if shares[name] > 0}
    taken: dict[int, str] = {}
    given = dict.fromkeys(left, 0)
    while left and len(taken) < n:
        name = max(left, key=lambda one: (shares[one] * (len(taken) + 1) - given[one], one))
        at = next((int(row) for row in left[name] if int(row) not in taken), None)
        if at is None:
            del left[name]
            continue
        taken[at] = name
        given[name] += 1
    return [Pick(at, why) for at, why in taken.items()]


def vectors(texts: Sequence[str]) -> Any:
    """Hashed words and pairs of texts, rows of unit length (n, FEATURES), sparse."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(n_features=FEATURES, ngram_range=(1, 2), alternate_sign=False).transform(texts)


def choose(
    found: Sequence[Candidate], n: int, *, shares: Mapping[str, float] = SHARES, seed: int = 0
) -> list[tuple[Candidate, str]]:
    """The posts to label next, each with the strategy that asked for it."""
    if not found:
        return []
    p = np.array([one.p_against for one in found])
    relevant = np.array([one.p_claim * one.p_any_right for one in found])
    spread = np.array([min(one.sources, SPREAD_SCALE) for one in found])
    doubt = relevant * (1.0 - np.abs(2.0 * p - 1.0))
    weight = relevant * (0.5 * p + 0.3 * np.array([one.worth for one in found])) * (1.0 + np.log1p(spread - 1))
    orders = {
        "uncertainty": np.argsort(-doubt, kind="stable"),
        "diversity": diversity(vectors([one.text for one in found]), first=int(np.argmax(relevant)), limit=4 * n),
        "value": np.argsort(-weight, kind="stable"),
        "random": np.random.default_rng(seed).permutation(len(found)),
    }
    return [(found[pick.at], pick.why) for pick in mix(orders, n, shares=shares)]
