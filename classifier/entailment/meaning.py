"""Refuted or supported, by meaning alone: a small model on the rights lexicon that knows nothing of wording.

It says only how much likelier "refuted" is than "supported"; whether the evidence speaks of the claim at all is for
the verdict model. Mixed into the verdict's odds it helps where people say in their own words what a law says in its.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.entailment.forest import Forest, averaged, boosted, from_arrays
from classifier.errors import ModelRefused
from classifier.estimators import BaseEstimator
from classifier.files import arrays_of, packed_words, unpacked_words
from classifier.semantics import bearing
from classifier.semantics.lexicon import Lexicon

FILE = "meaning.npz"
SIDES = ("supported", "refuted")
BOOSTED = {"max_iter": 150, "learning_rate": 0.06, "max_leaf_nodes": 15, "min_samples_leaf": 30}
BOOSTED |= {"l2_regularization": 3.0, "max_features": 0.3, "early_stopping": False}
TREES = {"n_estimators": 60, "min_samples_leaf": 8, "max_features": 0.4}
SHARE = 0.5  # of the odds that come from here; the same on either side, as two readings of one thing
SURE = 1.0  # log-odds at which the reader has three quarters of its share
CONCEPTS = 3.0  # in the claim; of fewer it knows little. Set after dev figures had been seen
EDGE = 1e-3  # keeps odds finite
GENERATED_WEIGHT = 0.5  # of a generated pair beside one that people wrote

Texts = Sequence[tuple[str, str]]
Floats = NDArray[np.float64]


class MeaningReader(BaseEstimator):
    """Boosted and extra trees on bearing.FEATURES; odds_of() is the mean of their log-odds of refuted."""

    def __init__(self, *, lexicon: Lexicon, seed: int = 0) -> None:
        self.lexicon = lexicon
        self.seed = seed

    def fit(self, pairs: Texts, labels: Sequence[str], *, weights: Sequence[float] | None = None) -> "MeaningReader":
        """Learn from normalised (claim, evidence) texts labelled supported or refuted; other labels are left out."""
        from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

        kept = [at for at, label in enumerate(labels) if label in SIDES]
        rows = bearing.matrix([pairs[at] for at in kept], self.lexicon)
        y = np.array([SIDES.index(labels[at]) for at in kept])
        w = np.ones(len(kept)) if weights is None else np.asarray(weights, dtype=float)[kept]
        trees = HistGradientBoostingClassifier(**BOOSTED, random_state=self.seed).fit(rows, y, sample_weight=w)
        extra = ExtraTreesClassifier(**TREES, random_state=self.seed).fit(rows, y, sample_weight=w)
        self.boosted_: Forest = boosted(trees)
        self.baseline_ = float(np.asarray(trees._baseline_prediction).ravel()[0])
        self.extra_: Forest = averaged(extra)
        return self

    def odds_of(self, rows: NDArray[np.float32]) -> Floats:
        """log p(refuted) / p(supported), (n,), of rows of bearing.FEATURES (n, F)."""
        one = self.boosted_.total(rows)[:, 0] + self.baseline_
        two = self.extra_.total(rows)[:, 1]
        limit = np.log(1 / EDGE)
        return np.asarray((np.clip(one, -limit, limit) + np.log((two + EDGE) / (1 - two + EDGE))) / 2)


def shares(rows: NDArray[np.float32]) -> Floats:
    """The reader's share of the odds (n,) for rows of bearing.FEATURES: whole from CONCEPTS concepts in the claim."""
    known = rows[:, bearing.FEATURES.index("cover_concepts")] / CONCEPTS
    return np.asarray(SHARE * np.minimum(known, 1.0), dtype=np.float64)


def mixed(proba: Floats, odds: Floats, *, share: Floats) -> Floats:
    """Verdict probabilities (n, 3) with their odds of refuted to supported mixed with these; p(not enough) stays.

    A reader at odds near none knows little, and has little say.
    """
    share = share * np.tanh(np.abs(odds) / SURE)
    settled = proba[:, 0] + proba[:, 1]
    wording = np.log((proba[:, 1] + EDGE * settled) / (proba[:, 0] + EDGE * settled + 1e-12) + 1e-12)
    refuted = 1 / (1 + np.exp(-((1 - share) * wording + share * odds)))
    return np.stack([settled * (1 - refuted), settled * refuted, proba[:, 2]], axis=1)


def train(pairs: Texts, labels: Sequence[str], *, lexicon: Lexicon, seed: int, generated: int) -> MeaningReader:
    """Fit on labelled pairs and on pairs generated from law statements; the texts are normalised here."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from classifier.semantics import lawfacts
    from classifier.text import normalise

    made = lawfacts.pairs(seed=seed, n=generated)
    texts = [*pairs, *((one.claim, one.evidence) for one in made)]
    read = [(normalise(claim), normalise(evidence)) for claim, evidence in texts]
    weights = [1.0] * len(pairs) + [GENERATED_WEIGHT] * len(made)
    with threadpool_limits(1):  # sums in another order would give other bytes
        reader = MeaningReader(lexicon=lexicon, seed=seed)
        return reader.fit(read, [*labels, *(one.label for one in made)], weights=weights)


def save(reader: MeaningReader, directory: Path) -> None:
    """Write meaning.npz (the lexicon stays where it is); the same reader gives the same bytes."""
    arrays: dict[str, Any] = {**reader.boosted_.arrays("boosted"), **reader.extra_.arrays("extra")}
    np.savez_compressed(
        directory / FILE, names=packed_words(bearing.FEATURES), baseline=np.float64(reader.baseline_), **arrays
    )


def load(directory: Path, *, lexicon: Lexicon) -> MeaningReader:
    """Read what save wrote; raises ModelRefused where it is missing, damaged, or made for other features."""
    reader = MeaningReader(lexicon=lexicon)
    with arrays_of(directory / FILE) as stored:
        names = unpacked_words(stored["names"])
        reader.boosted_, reader.extra_ = from_arrays(stored, "boosted"), from_arrays(stored, "extra")
        reader.baseline_ = float(stored["baseline"])
    if names != list(bearing.FEATURES):
        raise ModelRefused(
            f"{directory / FILE} was made for other features than this program reads: train anew with `soi train`"
        )
    return reader
