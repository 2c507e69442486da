"""Both readers over one reading of the texts, which costs nearly all of the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.heads import dequantised
from classifier.heads import read as read_features
from classifier.kind import KindReader
from classifier.rights import RightsReader


@dataclass(frozen=True, slots=True)
class Read:
    """What both readers say of n texts: rights (n, 8) and kind (n, 5), probabilities."""

    rights: NDArray[np.float64]
    kind: NDArray[np.float64]


def read(rights: Any, kind: Any, texts: Sequence[str]) -> Read:
    """Probabilities of normalised texts from two readers; any estimator with predict_proba serves as either."""
    if isinstance(rights, RightsReader) and isinstance(kind, KindReader) and rights.cues.source == kind.cues.source:
        reading = read_features(texts, kind.cues)
        grams = reading.grams @ _table(rights, kind)
        width = rights.heads_.table.shape[1]
        return Read(rights.weigh(reading, grams[:, :width]), kind.weigh(reading, grams[:, width:]))
    return Read(np.asarray(rights.predict_proba(texts)), np.asarray(kind.predict_proba(texts)))


def _table(rights: RightsReader, kind: KindReader) -> NDArray[np.float64]:
    """The weights of both side by side, (2**BITS, 13 or more): a text's rows are fetched once."""
    heads = rights.heads_, kind.heads_
    if rights.beside_ is None or any(one is not two for one, two in zip(rights.beside_[0], heads, strict=True)):
        rights.beside_ = heads, np.hstack([dequantised(one) for one in heads])
    return rights.beside_[1]
