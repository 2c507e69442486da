"""Small neural networks of scikit-learn laid flat in arrays: one hidden layer each, and the mean of what they say.

Trees cut one feature at a time and a linear model adds them up; a hidden layer weighs several against each other.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MEMBERS, UNITS = 8, 32
EPOCHS, PENALTY = 15, 0.5  # by macro-F1 of pairs out of fold: 10 to 30 epochs and 0.3 to 1.0 differ by under 0.002
FAR = 4.0  # standard deviations beyond which a feature says nothing more
FIELDS = ("mean", "spread", "inner", "inner_bias", "outer", "outer_bias")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Networks:
    """Features (F,) standardised, weights into (F, MEMBERS * UNITS) and out of the layer (MEMBERS, UNITS, classes)."""

    mean: Floats
    spread: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def proba(self, rows: Floats) -> NDArray[np.float64]:
        """Mean of the members' probabilities (n, classes) for rows (n, F)."""
        # not `@`: BLAS rounds by the number of rows, and a pair must weigh the same alone as among others
        near = _standardised(rows, self.mean, self.spread)
        layer = np.maximum(np.einsum("nf,fh->nh", near, self.inner) + self.inner_bias, 0)
        scores = (
            np.einsum("nmu,muc->nmc", layer.reshape(len(rows), *self.outer.shape[:2]), self.outer) + self.outer_bias
        )
        raised = np.exp((scores - scores.max(axis=2, keepdims=True)).astype(np.float64))
        return np.asarray((raised / raised.sum(axis=2, keepdims=True)).mean(axis=1))

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """What a file keeps, by name."""
        half = {name: getattr(self, name).astype(np.float16) for name in FIELDS[2:]}
        return {f"{prefix}_{name}": array for name, array in {"mean": self.mean, "spread": self.spread, **half}.items()}


def from_arrays(stored: Any, prefix: str) -> Networks:
    """Networks from the arrays of a file; raises ValueError where they don't fit together."""
    found = Networks(*(stored[f"{prefix}_{name}"].astype(np.float32) for name in FIELDS))
    members, units, classes = found.outer.shape
    if (
        not len(found.mean) == len(found.spread) == len(found.inner)
        or not found.inner.shape[1:] == found.inner_bias.shape == (members * units,)
        or found.outer_bias.shape != (members, classes)
        or not all(np.isfinite(getattr(found, name)).all() for name in FIELDS)
    ):
        raise ValueError("networks of unequal arrays")
    return found


def fitted(rows: Floats, y: NDArray[np.int64], weights: NDArray[np.float64], *, seed: int) -> Networks:
    """Networks learned from features (n, F), classes (n,) and weights (n,), in the 16 bits a file keeps."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-4)
    near = _standardised(rows, mean, spread)
    members = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
        for member in range(MEMBERS):
            network = MLPClassifier(
                (UNITS,), alpha=PENALTY, batch_size=min(128, len(rows)), max_iter=EPOCHS,
                random_state=seed * MEMBERS + member,
            )  # fmt: skip
            members.append(network.fit(near, y, sample_weight=weights))
    found = Networks(
        mean,
        spread,
        np.hstack([one.coefs_[0] for one in members]),
        np.hstack([one.intercepts_[0] for one in members]),
        np.stack([one.coefs_[1] for one in members]),
        np.stack([one.intercepts_[1] for one in members]),
    )
    return from_arrays(found.arrays(""), "")


def _standardised(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    return np.asarray(np.clip((rows - mean) / spread, -FAR, FAR), dtype=np.float32)
