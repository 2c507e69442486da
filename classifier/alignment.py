"""How a claim stands to its evidence, as numbers for the verdict: the feature groups joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifier.groups import GENERAL
from classifier.pairing import Pair, pair
from classifier.slots import Slot, slots_of
from classifier.vectors import Vectors

__all__ = ["FEATURES", "Extra", "Slot", "features", "features_of", "slots"]

FEATURES: tuple[str, ...] = tuple(name for group in GENERAL for name in group.features)
LARGEST = 1e4  # a hostile text may hold any number; the features stay within this


@dataclass(frozen=True, slots=True)
class Extra:
    """A feature group from elsewhere, such as the rights lexicon's: compare takes claim and evidence texts."""

    name: str
    features: tuple[str, ...]
    compare: Callable[[str, str], NDArray[np.float32]]


def features(claim: str, evidence: str, *, vectors: Vectors, extras: Sequence[Extra] = ()) -> NDArray[np.float32]:
    """Features of two normalised texts, float32 (len(FEATURES) + those of extras,), finite for any texts."""
    return features_of(pair(claim, evidence, vectors=vectors), vectors=vectors, extras=extras)


def features_of(laid: Pair, *, vectors: Vectors, extras: Sequence[Extra] = ()) -> NDArray[np.float32]:
    """The same for a pair already laid side by side; extras read the texts with diacritics put back."""
    values = np.array([value for group in GENERAL for value in group.compare(laid, vectors)], dtype=np.float32)
    claim, evidence = laid.claim.text.text, laid.evidence.text.text
    found = np.concatenate([values, *(extra.compare(claim, evidence) for extra in extras)])
    return np.asarray(np.nan_to_num(np.clip(found, -LARGEST, LARGEST)), dtype=np.float32)


def slots(claim: str, evidence: str, *, vectors: Vectors) -> list[Slot]:
    """What differs between two normalised texts, the most telling first; spans are character offsets in each."""
    found = slots_of(pair(claim, evidence, vectors=vectors))
    return [
        replace(one, claim_text=claim[slice(*one.claim_span)], evidence_text=evidence[slice(*one.evidence_span)])
        for one in found  # as it was written, where the pair was read with diacritics put back
    ]
