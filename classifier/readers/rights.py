"""Which human rights a text is about: eight codes, several at once, or none."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.estimators import BaseEstimator, ClassifierMixin
from classifier.policy import RIGHTS
from classifier.readers.encoder import Encoder
from classifier.readers.heads import (
    Features,
    Heads,
    Weights,
    lesson_of,
    load_heads,
    save_heads,
    thresholds_of,
)
from classifier.readers.linear import LinearReader, OnFit

STRENGTH = 12.0  # inverse regularisation; 20 is 0.001 better on texts read by us and takes a quarter longer
NAME = "rights"

Floats = NDArray[np.float64]


class RightsReader(LinearReader, ClassifierMixin, BaseEstimator):
    """Multi-label reader; the largest probability of a row is p(about any right).

    Nine heads: any right, and each code. p(any) rests on the first with the strongest of the others; a code's
    probability is p(any) times how its head stands to the strongest.
    """

    def __init__(self, cues: Features, *, strength: float = STRENGTH, seed: int = 0) -> None:
        self.cues = cues
        self.strength = strength
        self.seed = seed

    def fit(
        self,
        texts: Sequence[str],
        y: NDArray[np.bool_],
        sample_weight: Floats | None = None,
        sets: NDArray[np.int64] | None = None,
        groups: Sequence[str] | None = None,
        on_fit: OnFit | None = None,
    ) -> Self:
        """Learn from normalised texts and y (n, 8); sets (n,) is 0 for texts that set thresholds, and another number
        for each set that only teaches; texts of a group are never parted by a fold. Raises ClassifierError for y of
        another shape."""
        y = np.asarray(y, dtype=bool)
        if y.shape != (len(texts), len(RIGHTS)):
            raise ClassifierError(f"rights need a row of {len(RIGHTS)} for each of {len(texts)} texts, not {y.shape}")
        targets = np.hstack([y.any(axis=1, keepdims=True), y])
        lesson = lesson_of(targets, sample_weight, sets, self.cues.topical())
        held = _joined(self._learn(texts, lesson, RIGHTS, groups, on_fit))
        self.any_threshold_, self.thresholds_ = _thresholds(held, self.apart_.targets[:, 1:])
        return self

    def correct(
        self, texts: Sequence[str], y: NDArray[np.bool_], sample_weight: Floats, *, beside: Sequence[str]
    ) -> Self:
        """Learn from a few texts and their y (n, 8) more; those beside them are read as before, thresholds stay."""
        targets = np.hstack([y.any(axis=1, keepdims=True), y])
        self._correct(texts, targets, sample_weight, beside, self.cues.topical())
        return self

    def crossed(self) -> NDArray[np.bool_]:
        """Codes (n, 8) of the texts that set the thresholds, each by weights, calibration and thresholds of others."""
        said = np.zeros((len(self.apart_.fold), len(RIGHTS)), dtype=bool)
        for mine, p in self.apart_.crossed(self.heads_):
            held = _joined(p)
            limit, limits = _thresholds(held[~mine], self.apart_.targets[~mine, 1:])
            said[mine] = _named(held[mine], limits, limit)
        return said

    def predict(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which codes hold, (n, 8)."""
        return _named(self.predict_proba(texts), self.thresholds_, self.any_threshold_)

    def _divided(self, p: Floats) -> Floats:
        return _joined(p)

    def _raw(self, logits: Floats) -> Floats:
        return _gathered(logits)

    def _keep(self, heads: Heads, classes: Sequence[str]) -> None:
        super()._keep(heads, classes)
        self.beside_: tuple[tuple[Heads, Heads], Weights] | None = None  # both readers' weights: see readers.read


def codes(row: Sequence[float] | Floats, thresholds: Sequence[float] | Floats, any_threshold: float) -> tuple[str, ...]:
    """The codes of one row of probabilities: none below any_threshold, else every code that reaches its own
    threshold, and the likeliest in any case."""
    values = [float(value) for value in row]
    best = max(range(len(values)), key=values.__getitem__)
    if values[best] < any_threshold:
        return ()
    return tuple(
        code for at, code in enumerate(RIGHTS) if at == best or values[at] >= max(float(thresholds[at]), any_threshold)
    )


def _named(rows: Floats, thresholds: Floats, any_threshold: float) -> NDArray[np.bool_]:
    """Which codes hold in rows of probabilities, (n, 8)."""
    return flags(codes(row, thresholds, any_threshold) for row in rows)


def flags(rows: Iterable[Collection[str] | None]) -> NDArray[np.bool_]:
    """Which codes rows of them hold, (n, 8)."""
    return np.array([[code in (row or ()) for code in RIGHTS] for row in rows], dtype=bool).reshape(-1, len(RIGHTS))


def save(reader: RightsReader, directory: Path) -> None:
    """Write the reader's files; the same reader gives the same bytes."""
    extra = {
        "any_threshold": round(reader.any_threshold_, 6),
        "thresholds": [round(float(value), 6) for value in reader.thresholds_],
        "strength": reader.strength,
        "seed": reader.seed,
    }
    save_heads(reader.heads_, reader.cues, extra, directory, NAME)


def load(directory: Path, *, encoder: Encoder | None = None) -> RightsReader:
    """Read what save wrote; raises ModelRefused in one sentence when it can't be trusted."""
    heads, cues, told = load_heads(
        directory, NAME, heads=1 + len(RIGHTS), needs=("any_threshold", "thresholds"), encoder=encoder
    )
    reader = RightsReader(cues, strength=told["strength"], seed=told["seed"])
    reader._keep(heads, RIGHTS)
    reader.any_threshold_ = float(thresholds_of(NAME, told, "any_threshold", 1)[0])
    reader.thresholds_ = thresholds_of(NAME, told, "thresholds", len(RIGHTS))
    return reader


def _gathered(logits: Floats) -> Floats:
    """Logits (n, 9) of which the first takes in the strongest code's: what is surely about one right is about rights,
    and one weighing of words can't hold what labour, custody and childhood have in common."""
    strongest = logits[:, 1:].max(axis=1, keepdims=True)
    return np.hstack([logits[:, :1] + strongest, logits[:, 1:]])


def _joined(probabilities: Floats) -> Floats:
    """(n, 8) from (n, 9): a row's maximum is p(any), shared by how each code stands to the strongest."""
    strongest = np.maximum(probabilities[:, 1:].max(axis=1, keepdims=True), 1e-12)
    return np.asarray(probabilities[:, :1] * probabilities[:, 1:] / strongest, dtype=np.float64)


def _thresholds(held: Floats, y: NDArray[np.bool_]) -> tuple[float, Floats]:
    """The threshold of any right, and of each code, chosen on probabilities (n, 8) of texts not learned from."""
    limit = _best_threshold(held.max(axis=1))
    return limit, _code_thresholds(held, y, limit)


def _code_thresholds(held: Floats, y: NDArray[np.bool_], any_threshold: float) -> Floats:
    """For each code the threshold of best expected F1; a code with few examples takes the plain one."""
    return np.array(
        [
            _best_threshold(held[:, code]) if y[:, code].sum() >= 10 else max(any_threshold, 0.3)
            for code in range(y.shape[1])
        ]
    )


def _best_threshold(p: Floats) -> float:
    """The threshold of the best F1 to be expected of probabilities: half of that F1 (Lipton, Elkan and Narayanaswamy,
    2014). The best F1 counted on a few hundred texts would hang on the labels of single ones.

    p(any right) is calibrated; of a code, which shares it, this is a near guess.
    """
    likeliest = np.sort(p)[::-1]
    expected = 2.0 * np.cumsum(likeliest) / (np.arange(1, len(p) + 1) + p.sum())
    return max(float(expected.max(initial=0.0)) / 2, 0.05)
