"""Both readers over one reading of the texts, which costs nearly all of the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.readers.heads import Weights
from classifier.readers.heads import read as read_features
from classifier.readers.kind import KindReader
from classifier.readers.rights import RightsReader


@dataclass(frozen=True, slots=True)
class Read:
    """What both readers say of n texts: rights (n, 8) and kind (n, 5), probabilities."""

    rights: NDArray[np.float64]
    kind: NDArray[np.float64]


def read(rights: Any, kind: Any, texts: Sequence[str]) -> Read:
    """Probabilities of normalised texts from two readers; any estimator with predict_proba serves as either."""
    if _read_as_one(rights, kind):
        reading = read_features(texts, kind.cues)
        grams = _weights(rights, kind).of(reading.grams)
        width = len(rights.heads_.bias)
        return Read(rights.weigh(reading, grams[:, :width]), kind.weigh(reading, grams[:, width:]))
    return Read(np.asarray(rights.predict_proba(texts)), np.asarray(kind.predict_proba(texts)))


def rights_in(rights: Any, kind: Any, texts: Sequence[str]) -> NDArray[np.float64]:
    """What the rights reader says of passages, (n, 8): a reader of kinds that reads by itself is shown none."""
    return read(rights, kind, texts).rights if _read_as_one(rights, kind) else np.asarray(rights.predict_proba(texts))


def _read_as_one(rights: Any, kind: Any) -> bool:
    """Whether both weigh the same features, so that one reading serves them."""
    ours = isinstance(rights, RightsReader) and isinstance(kind, KindReader)
    return ours and rights.cues.source == kind.cues.source


def _weights(rights: RightsReader, kind: KindReader) -> Weights:
    """The weights of both side by side: a text's rows are fetched once."""
    heads = rights.heads_, kind.heads_
    if rights.beside_ is None or any(one is not two for one, two in zip(rights.beside_[0], heads, strict=True)):
        rights.beside_ = heads, Weights(*heads)
    return rights.beside_[1]
