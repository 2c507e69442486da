"""Both readers over one reading of the texts, which costs nearly all of the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        return Read(rights.weigh(reading), kind.weigh(reading))
    return Read(np.asarray(rights.predict_proba(texts)), np.asarray(kind.predict_proba(texts)))
