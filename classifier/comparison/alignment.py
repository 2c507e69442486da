"""How a claim stands to its evidence, as numbers for the verdict: the feature groups joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from classifier.comparison.groups import GENERAL
from classifier.comparison.pairing import Pair, alone
from classifier.comparison.vectors import Vectors
from classifier.text.syllables import SYLLABLE

FEATURES: tuple[str, ...] = tuple(name for group in GENERAL for name in group.features)
SHORT = 4  # syllables from which on a text isn't taken for a bare answer
NAMING = frozenset(("N", "Np", "?"))  # parts of speech: nouns and names, and words nobody knows
LARGEST = 1e4  # a hostile text may hold any number; the features stay within this


@dataclass(frozen=True, slots=True)
class Extra:
    """A feature group from elsewhere, such as the rights lexicon's: compare takes claim and evidence texts."""

    name: str
    features: tuple[str, ...]
    compare: Callable[[str, str], NDArray[np.float32]]


def features_of(extras: Sequence[Extra]) -> list[str]:
    """The names of all columns that rows_of gives."""
    return [*FEATURES, *(name for extra in extras for name in extra.features)]


def rows_of(laid: Sequence[Pair], *, vectors: Vectors, extras: Sequence[Extra] = ()) -> NDArray[np.float32]:
    """Features of pairs laid side by side, float32 (n, those of features_of), finite for any texts; extras read the
    texts with diacritics put back."""
    rows = np.zeros((len(laid), len(features_of(extras))), dtype=np.float32)
    for row, one in zip(rows, laid, strict=True):
        row[: len(FEATURES)] = [value for group in GENERAL for value in group.compare(one, vectors)]
        start = len(FEATURES)
        for extra in extras:
            end = start + len(extra.features)
            row[start:end] = extra.compare(one.claim.text.text, one.evidence.text.text)
            start = end
    return np.asarray(np.nan_to_num(np.clip(rows, -LARGEST, LARGEST)), dtype=np.float32)


def untelling(claim: str, evidence: str, *, vectors: Vectors) -> bool:
    """Whether nothing can be told of two normalised texts: one has no words or is no more than an answer."""
    return _answers(evidence, claim, vectors) or _answers(claim, evidence, vectors)


def _answers(said: str, other: str, vectors: Vectors) -> bool:
    """Whether a text is at most one syllable, or a few that name nothing and share no word with another, as an answer
    does ("không phải")."""
    size = len(list(islice(SYLLABLE.finditer(said), SHORT)))
    if not 1 < size < SHORT:
        return size < SHORT
    words = alone(said, vectors).words
    if any(word.tag in NAMING for word in words):
        return False
    return {word.text for word in words if word.tag != "R"}.isdisjoint(
        word.text for word in alone(other, vectors).words
    )
