"""How a text speaks: a claim that can be checked, or one of the kinds that may never be called false."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.estimators import BaseEstimator, ClassifierMixin
from classifier.policy import CLAIM, KINDS, PROTECTED
from classifier.readers.encoder import Encoder
from classifier.readers.heads import (
    Features,
    lesson_of,
    load_heads,
    save_heads,
    thresholds_of,
)
from classifier.readers.linear import LinearReader, OnFit

STRENGTH = 10.0  # inverse regularisation; half of it parts claims from protected texts by 0.002 less
KEPT = 0.92  # share of opinions, testimonies and questions that must stay below the claim threshold out of fold
NAME = "kind"

Floats = NDArray[np.float64]


class KindReader(LinearReader, ClassifierMixin, BaseEstimator):
    """Five kinds; p(claim) is calibrated by itself and the other kinds share what it leaves."""

    def __init__(self, cues: Features, *, strength: float = STRENGTH, kept: float = KEPT, seed: int = 0) -> None:
        self.cues = cues
        self.strength = strength
        self.kept = kept
        self.seed = seed

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[str],
        sample_weight: Floats | None = None,
        sets: NDArray[np.int64] | None = None,
        groups: Sequence[str] | None = None,
        on_fit: OnFit | None = None,
    ) -> Self:
        """Learn from normalised texts and their kinds; sets (n,) is 0 for texts that set the threshold, and another
        number for each set that only teaches; texts of a group are never parted by a fold."""
        kinds = np.asarray(y)
        if len(kinds) != len(texts) or not set(kinds) <= set(KINDS):
            raise ClassifierError(f"kinds must be one of {KINDS} for each of {len(texts)} texts")
        targets = _targets(kinds)
        lesson = lesson_of(targets, sample_weight, sets, self.cues.manner())
        self.claim_threshold_ = _keeping(
            self._learn(texts, lesson, KINDS, groups, on_fit), self.apart_.targets, self.kept
        )
        return self

    def correct(self, texts: Sequence[str], y: Sequence[str], sample_weight: Floats, *, beside: Sequence[str]) -> Self:
        """Learn from a few texts more; those beside them are read as before, calibration and threshold stay."""
        self._correct(texts, _targets(np.asarray(y)), sample_weight, beside, self.cues.manner())
        return self

    def crossed(self) -> NDArray[np.str_]:
        """Cross-validated kinds (n,) of the texts that set the threshold: each is read by weights, calibration and a
        threshold that were learned without it."""
        said = np.empty(len(self.apart_.fold), dtype="U16")
        for mine, p in self.apart_.crossed(self.heads_):
            limit = _keeping(p[~mine], self.apart_.targets[~mine], self.kept)
            said[mine] = [name(row, limit) for row in self._divided(p[mine])]
        return said

    def predict(self, texts: Sequence[str]) -> NDArray[np.str_]:
        """The kind of each text, protected kinds favoured: see name()."""
        return np.array([name(row, self.claim_threshold_) for row in self.predict_proba(texts)], dtype=str)

    def _divided(self, p: Floats) -> Floats:
        claim = p[:, :1]
        others = np.maximum(p[:, 1:], 1e-9)
        return np.hstack([claim, (1.0 - claim) * others / others.sum(axis=1, keepdims=True)])


def name(row: Sequence[float] | Floats, claim_threshold: float) -> str:
    """The kind of one row of probabilities: a claim only from the threshold on, else the likeliest other kind."""
    values = [float(value) for value in row]
    if values[CLAIM] >= claim_threshold and values[CLAIM] >= max(values[at] for at in PROTECTED):
        return KINDS[CLAIM]
    return KINDS[max(range(1, len(KINDS)), key=values.__getitem__)]


def save(reader: KindReader, directory: Path) -> None:
    """Write the reader's files; the same reader gives the same bytes."""
    extra = {
        "claim_threshold": round(reader.claim_threshold_, 6),
        "strength": reader.strength,
        "kept": reader.kept,
        "seed": reader.seed,
    }
    save_heads(reader.heads_, reader.cues, extra, directory, NAME)


def load(directory: Path, *, encoder: Encoder | None = None) -> KindReader:
    """Read what save wrote; raises ModelRefused in one sentence when it can't be trusted."""
    heads, cues, told = load_heads(
        directory, NAME, heads=len(KINDS), needs=("claim_threshold", "kept"), encoder=encoder
    )
    reader = KindReader(cues, strength=told["strength"], kept=told["kept"], seed=told["seed"])
    reader._keep(heads, KINDS)
    reader.claim_threshold_ = float(thresholds_of(NAME, told, "claim_threshold", 1)[0])
    return reader


def _targets(kinds: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which kind each of n texts is, (n, 5)."""
    return np.asarray(kinds[:, None] == np.array(KINDS)[None, :])


def _keeping(p: Floats, targets: NDArray[np.bool_], share: float) -> float:
    """The threshold below which `share` of the protected texts lie, never under one half; both (n, 5)."""
    protected = targets[:, list(PROTECTED)].any(axis=1)
    return float(np.clip(np.quantile(p[protected, CLAIM], share), 0.5, 0.95)) if protected.any() else 0.5
