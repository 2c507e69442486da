"""What the readers of rights, kinds and stances have in common: how they learn heads, are asked and are corrected."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.readers.heads import (
    FOLDS,
    Apart,
    Features,
    Floats,
    Heads,
    Lesson,
    Matrix,
    Reading,
    Weights,
    calibrate,
    calibrated,
    correct_heads,
    fit_heads,
    read,
    scores,
)

LEAST_TEXTS = 2  # one to learn from when the other is held out

OnFit = Callable[[int, int], None]  # told before each fit how many are done, of how many; the texts are read by then


class LinearReader(ABC):
    """Heads that weigh one reading of what a reader is asked about."""

    cues: Features
    strength: float
    seed: int

    def predict_proba(self, asked: Sequence[Any]) -> Floats:
        """Calibrated probabilities (n, c) in the order of classes_; of texts as spelling.meant gives them."""
        return self.weigh(self._read(asked))

    def weigh(self, reading: Reading, grams: Floats | None = None) -> Floats:
        """predict_proba (n, c) of a reading made with the same cues; grams (n, h) is what weights_ give for it, where
        known."""
        logits = scores(reading, self.heads_, self.weights_.of(reading.grams) if grams is None else grams)
        return self._divided(calibrated(self._raw(logits), self.heads_))

    @cached_property
    def weights_(self) -> Weights:
        """The weights of n-grams, made when this reader is first asked by itself."""
        return Weights(self.heads_)

    def _learn(
        self,
        texts: Sequence[str],
        lesson: Lesson,
        classes: Sequence[str],
        groups: Sequence[str] | None,
        on_fit: OnFit | None,
    ) -> Floats:
        """Fit heads on all texts, calibrated on judged texts of whose group they learned none; p (n, h) of those."""
        if len(texts) < LEAST_TEXTS:
            raise ClassifierError(f"To learn from, {LEAST_TEXTS} texts are the least, not {len(texts)}.")
        reading = read(texts, self.cues)
        judged = lesson.sets == 0
        away = np.random.default_rng(self.seed).permutation(len(texts)) % FOLDS
        if groups is not None:  # each lies where its first text does
            first: dict[str, int] = {}
            away = away[[first.setdefault(group, at) for at, group in enumerate(groups)]]
        logits = np.zeros(lesson.targets.shape)
        for part in range(FOLDS):
            if on_fit:
                on_fit(part, FOLDS + 1)
            held = (away == part) & judged
            rows = np.flatnonzero(~held)
            found = fit_heads(reading.take(rows), lesson.take(rows), c=self.strength, seed=self.seed)
            logits[held] = scores(reading.take(np.flatnonzero(held)), found)
        if on_fit:
            on_fit(FOLDS, FOLDS + 1)
        heads = fit_heads(reading, lesson, c=self.strength, seed=self.seed)
        apart = Apart(self._raw(logits[judged]), lesson.targets[judged], lesson.weights[judged], away[judged])
        return self._settle(heads, apart, classes)

    def _settle(self, heads: Heads, apart: Apart, classes: Sequence[str]) -> Floats:
        """Take over fitted heads, calibrated on texts as they see them that did not learn from them; p (n, h) of
        those."""
        self.apart_ = apart
        self._keep(calibrate(heads, apart.logits, apart.targets, apart.weights), classes)
        return calibrated(apart.logits, self.heads_)

    def _correct(
        self,
        texts: Sequence[str],
        targets: NDArray[np.bool_],
        sample_weight: Floats,
        beside: Sequence[str],
        seen: Matrix,
    ) -> None:
        """Move the heads by texts and their targets (n, h), and keep them where they are for those beside; calibration
        and thresholds stay."""
        reading = read([*texts, *beside], self.cues)
        raw = self._raw(scores(reading, self.heads_, self.weights_.of(reading.grams)))
        logits = self.heads_.slope * raw + self.heads_.shift
        wanted = np.vstack([targets, calibrated(raw[len(texts) :], self.heads_)])
        weights = np.concatenate([sample_weight, np.ones(len(beside))])
        self._keep(correct_heads(self.heads_, reading, wanted, weights, logits, seen=seen), self.classes_.tolist())

    def _read(self, asked: Sequence[Any]) -> Reading:
        """Features of what is asked about, here texts."""
        return read(asked, self.cues)

    def _raw(self, logits: Floats) -> Floats:
        """Logits (n, h) as they are calibrated."""
        return logits

    @abstractmethod
    def _divided(self, p: Floats) -> Floats:
        """Probabilities (n, c) of those of the heads (n, h), each by itself."""

    def _keep(self, heads: Heads, classes: Sequence[str]) -> None:
        """Take over fitted heads."""
        self.heads_ = heads
        self.__dict__.pop("weights_", None)
        self.classes_ = np.array(classes)
