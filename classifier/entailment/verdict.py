"""Whether evidence supports a claim, refutes it, or doesn't say: scikit-learn models on how the two are aligned."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.comparison import vectors as word_vectors
from classifier.comparison.alignment import FEATURES, Extra, features_of, rows_of
from classifier.comparison.pairing import alone, laid
from classifier.comparison.terms import matrix
from classifier.comparison.vectors import Vectors
from classifier.entailment import hidden, meaning
from classifier.entailment.forest import Forest, averaged, boosted, from_arrays
from classifier.errors import ClassifierError, ModelRefused
from classifier.estimators import BaseEstimator, ClassifierMixin
from classifier.files import arrays_of, packed_words, unpacked_words
from classifier.semantics import bearing, deontic
from classifier.semantics.lexicon import Lexicon
from classifier.text.neutral import neutral

LABELS = ("supported", "refuted", "not_enough_info")
FILE = "verdict.npz"
FOLDS = 5
SHARED = "those that share a passage count as one"
KEPT = 128  # texts kept as they were read: a claim meets several passages, and refuted claims come again
BOOSTED = {"learning_rate": 0.03, "max_leaf_nodes": 12, "min_samples_leaf": 15}
BOOSTED |= {"l2_regularization": 2.0, "max_features": 0.2, "early_stopping": False}
TREES = {"min_samples_leaf": 5, "max_features": 0.3}
ROUNDS, GROWN = 300, 120  # boosting rounds and extra trees
LINEAR_C, TERMS_C, BLEND_C, RELEVANT_C = 0.03, 0.05, 1.0, 0.1
STRANGERS = 4_000  # claims beside the evidence of another article, of which it is learned what speaks of a claim at all
RELEVANT = 0.05  # probability that evidence speaks of a claim, from which on its verdict stands whole
BASES = ("boosted", "extra", "linear", "layers")
NOTHING = np.array([0.0, 0.0, 1.0])  # what evidence tells that speaks of something else

Floats = NDArray[np.float64]
Texts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Linear:
    """A softmax over scaled columns: weights (columns, k) and intercept (k,)."""

    weights: Floats
    intercept: Floats

    def proba(self, rows: Any) -> Floats:
        """Probabilities (n, k) of dense or sparse rows (n, columns)."""
        # not `@` for dense rows: BLAS rounds by their number, and a pair must weigh the same alone as among others
        dense = isinstance(rows, np.ndarray)
        found = np.einsum("nd,dh->nh", rows, self.weights) if dense else np.asarray(rows @ self.weights)
        return softmax(found + self.intercept)


class VerdictModel(ClassifierMixin, BaseEstimator):
    """Boosted trees, extra trees, small networks and a linear model on features and terms, blended and calibrated."""

    def __init__(
        self,
        *,
        vectors: Vectors,
        extras: Sequence[Extra] = (),
        reader: meaning.MeaningReader | None = None,
        seed: int = 0,
        rounds: int = ROUNDS,
        grown: int = GROWN,
    ) -> None:
        self.vectors = vectors
        self.extras = extras
        self.reader = reader
        self.seed = seed
        self.rounds = rounds
        self.grown = grown
        self._alone = lru_cache(maxsize=KEPT)(lambda text: alone(neutral(text), vectors))

    def fit(
        self,
        pairs: Texts,
        labels: Sequence[str],
        *,
        articles: Sequence[str] | None = None,
        weights: Sequence[float] | None = None,
    ) -> "VerdictModel":
        """Learn from normalised (claim, evidence) texts; pairs of one article never lie in two folds."""
        y = np.array([LABELS.index(label) for label in labels])
        w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)
        folds = _folds(y, articles, self.seed)
        rows, sparse = self.read(pairs)
        drawn = _strangers(len(y), articles, self.seed)
        strangers, _ = self.read([(pairs[one][0], pairs[two][1]) for one, two in drawn])
        said = np.zeros((len(y), len(LABELS)))
        for learn, test in folds:
            said[test] = _terms_model(sparse[learn], y[learn], w[learn]).proba(sparse[test])
        wide = _wide(rows, said)
        votes = np.zeros((len(y), len(BASES) * len(LABELS)))
        for learn, test in folds:
            votes[test] = _votes(self._bases(wide[learn], y[learn], w[learn]), wide[test])
        self.out_of_fold_ = _crossed(folds, votes, rows, y, w, strangers=strangers, drawn=drawn)
        self.blend_ = _softmax_model(votes, y, w, c=BLEND_C)
        self.relevance_ = _relevance_model(rows, strangers, w)
        self.terms_ = _terms_model(sparse, y, w)
        self.bases_ = self._bases(wide, y, w)
        return self

    def _bases(self, wide: NDArray[np.float32], y: NDArray[np.int64], w: Floats) -> "Bases":
        from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

        trees = HistGradientBoostingClassifier(**BOOSTED, max_iter=self.rounds, random_state=self.seed)
        trees.fit(wide, y, sample_weight=w)
        extra = ExtraTreesClassifier(self.grown, **TREES, random_state=self.seed).fit(wide, y, sample_weight=w)
        linear = _softmax_model(wide.astype(np.float64), y, w, c=LINEAR_C)
        layers = hidden.fitted(wide, y, w, seed=self.seed)
        return Bases(boosted(trees), np.asarray(trees._baseline_prediction).ravel(), averaged(extra), linear, layers)

    def read(self, pairs: Texts) -> tuple[NDArray[np.float32], Any]:
        """Features (n, F) and terms (n, COLUMNS) of normalised texts."""
        read = self._alone
        both = [laid(read(claim), read(evidence), vectors=self.vectors) for claim, evidence in pairs]
        return rows_of(both, vectors=self.vectors, extras=self.extras), matrix(both)

    def predict_proba(self, pairs: Texts) -> Floats:
        """Probabilities (n, 3) in LABELS order of normalised (claim, evidence) texts."""
        if not len(pairs):
            return np.zeros((0, len(LABELS)))
        return self.proba_read(self.read(pairs))

    def proba_read(self, read: tuple[NDArray[np.float32], Any]) -> Floats:
        """The same (n, 3) from what read() gave of n pairs."""
        rows, sparse = read
        wide = _wide(rows, self.terms_.proba(sparse))
        wording = _held_to(self.blend_.proba(_votes(self.bases_, wide)), self.relevance_.proba(rows)[:, 1])
        if self.reader is None:
            return wording
        rights = rows[:, len(FEATURES) :][:, : len(bearing.FEATURES)]  # of the lexicon, which a reader comes with
        return meaning.mixed(wording, self.reader.odds_of(rights), share=meaning.shares(rights))


@dataclass(frozen=True, slots=True)
class Bases:
    """The models that are blended."""

    boosted: Forest
    baseline: Floats  # (3,), what boosting starts from
    extra: Forest
    linear: Linear
    layers: hidden.Networks


def softmax(scores: Floats) -> Floats:
    """Scores (n, c) as probabilities (n, c): each row sums to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _wide(rows: NDArray[np.float32], said: Floats) -> NDArray[np.float32]:
    """Features with the terms model's log-probabilities beside them."""
    return np.hstack([rows, np.log(said + 1e-6).astype(np.float32)])


def _votes(bases: Bases, wide: NDArray[np.float32]) -> Floats:
    """Log-probabilities (n, BASES * LABELS) of the models."""
    found = (
        softmax(bases.boosted.total(wide) + bases.baseline),
        bases.extra.total(wide),
        bases.linear.proba(wide),
        bases.layers.proba(wide),
    )
    return np.log(np.hstack(found) + 1e-3)


def _softmax_model(rows: Floats, y: NDArray[np.int64], w: Floats, *, c: float) -> Linear:
    """Logistic regression on standardised columns, the scaling folded into its weights."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    model = LogisticRegression(C=c, max_iter=2000).fit((rows - mean) / spread, y, sample_weight=w)
    weights = model.coef_.T / spread[:, None]
    return Linear(weights, model.intercept_ - mean @ weights)


def _strangers(n: int, articles: Sequence[str] | None, seed: int) -> NDArray[np.int64]:
    """Of n pairs some whose claim is laid beside the evidence of another, of another article, (m, 2)."""
    drawn = np.random.default_rng(seed).integers(n, size=(2, min(STRANGERS, n))).T
    whose = np.arange(n) if articles is None else np.asarray(articles)
    return np.asarray(drawn[whose[drawn[:, 0]] != whose[drawn[:, 1]]])


def _relevance_model(rows: NDArray[np.float32], strangers: NDArray[np.float32], w: Floats) -> Linear:
    """Logistic regression that tells pairs from claims beside the evidence of others; its second column is of pairs."""
    y = np.repeat([1, 0], [len(rows), len(strangers)])
    both = np.vstack([rows, strangers]).astype(np.float64)
    told = _softmax_model(both, y, np.concatenate([w, np.ones(len(strangers))]), c=RELEVANT_C)
    none = np.zeros_like
    return Linear(np.hstack([none(told.weights), told.weights]), np.concatenate([none(told.intercept), told.intercept]))


def _crossed(
    folds: Sequence[tuple[Any, Any]],
    votes: Floats,
    rows: NDArray[np.float32],
    y: NDArray[np.int64],
    w: Floats,
    *,
    strangers: NDArray[np.float32],
    drawn: NDArray[np.int64],
) -> Floats:
    """Probabilities (n, 3) of each pair from its votes, which are out of fold, by a blend and a relevance that were
    fitted on none of its fold; drawn (m, 2) says of which pairs a stranger is."""
    found = np.zeros((len(y), len(LABELS)))
    for learn, test in folds:
        apart = ~np.isin(drawn, test).any(axis=1)
        others = strangers[apart] if apart.any() else strangers  # none are apart where one article is nearly all
        spoken = _relevance_model(rows[learn], others, w[learn]).proba(rows[test])[:, 1]
        found[test] = _held_to(_softmax_model(votes[learn], y[learn], w[learn], c=BLEND_C).proba(votes[test]), spoken)
    return found


def _held_to(proba: Floats, relevance: Floats) -> Floats:
    """Probabilities (n, 3) where evidence that may not speak of the claim (n,) tells so much less."""
    spoken = np.minimum(relevance / RELEVANT, 1.0)[:, None]
    return np.asarray(proba * spoken + (1 - spoken) * NOTHING)


def _terms_model(sparse: Any, y: NDArray[np.int64], w: Floats) -> Linear:
    """Logistic regression on terms, in the 16 bits a file keeps."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=TERMS_C, max_iter=1000).fit(sparse, y, sample_weight=w)
    return Linear(model.coef_.T.astype(np.float16).astype(np.float64), model.intercept_)


def _folds(y: NDArray[np.int64], articles: Sequence[str] | None, seed: int) -> list[tuple[Any, Any]]:
    """Learning and testing rows; the articles are spread, or the rows where none are named."""
    from sklearn.model_selection import GroupKFold, StratifiedKFold

    if articles is None:
        return list(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(y, y))
    if (n := len(set(articles))) < FOLDS:
        raise ClassifierError(f"A verdict needs pairs of {FOLDS} articles or more; these are of {n} ({SHARED}).")
    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=seed).split(y, y, np.asarray(articles)))
    for at, label in enumerate(LABELS):
        if not all((y[learn] == at).any() for learn, _ in folds):
            raise ClassifierError(
                f"The pairs labelled {label} are of one article or few ({SHARED}), so none are left to learn from while"
                " those are held out; give such pairs of more articles, about other passages."
            )
    return folds


def train(
    pairs: Texts,
    labels: Sequence[str],
    *,
    vectors: Vectors,
    seed: int,
    articles: Sequence[str] | None = None,
    weights: Sequence[float] | None = None,
    extras: Sequence[Extra] = (),
    reader: meaning.MeaningReader | None = None,
    rounds: int = ROUNDS,
    grown: int = GROWN,
) -> VerdictModel:
    """Fit a verdict model; the texts are normalised here. A meaning reader, already fitted, is mixed in as it is."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from classifier.text import normalise

    read = [(normalise(claim), normalise(evidence)) for claim, evidence in pairs]
    with threadpool_limits(1):  # sums in another order would give other bytes
        model = VerdictModel(vectors=vectors, extras=extras, reader=reader, seed=seed, rounds=rounds, grown=grown)
        return model.fit(read, labels, articles=articles, weights=weights)


def save(model: VerdictModel, directory: Path) -> None:
    """Write verdict.npz, and meaning.npz where there is a reader; the same model gives the same bytes."""
    bases: Bases = model.bases_
    arrays: dict[str, Any] = {**bases.boosted.arrays("boosted"), **bases.extra.arrays("extra")}
    arrays |= bases.layers.arrays("layers")
    np.savez_compressed(
        directory / FILE,
        names=packed_words(features_of(model.extras)),
        terms=model.terms_.weights.astype(np.float16),
        terms_intercept=model.terms_.intercept,
        linear=bases.linear.weights,
        linear_intercept=bases.linear.intercept,
        blend=model.blend_.weights,
        blend_intercept=model.blend_.intercept,
        baseline=bases.baseline,
        relevance=model.relevance_.weights.astype(np.float32),
        relevance_intercept=model.relevance_.intercept,
        **arrays,
    )
    if model.reader is not None:
        meaning.save(model.reader, directory)


def load(directory: Path, *, vectors: Vectors, extras: Sequence[Extra] = ()) -> VerdictModel:
    """Read what save wrote; raises ModelRefused where it is missing, damaged, or made for other features."""
    model = VerdictModel(vectors=vectors, extras=extras)
    with arrays_of(directory / FILE) as held:
        stored = dict(held)
        shapes = stored["blend"].shape, stored["blend_intercept"].shape
        if shapes != ((len(BASES) * len(LABELS), len(LABELS)), (len(LABELS),)) or not all(
            map(_finite, stored.values())
        ):
            raise ValueError("numbers that no training gives")
        names = unpacked_words(stored["names"])
        model.terms_ = Linear(stored["terms"].astype(np.float64), stored["terms_intercept"])
        model.blend_ = Linear(stored["blend"], stored["blend_intercept"])
        linear = Linear(stored["linear"], stored["linear_intercept"])
        model.relevance_ = Linear(stored["relevance"].astype(np.float64), stored["relevance_intercept"])
        forests = from_arrays(stored, "boosted"), from_arrays(stored, "extra")
        layers = hidden.from_arrays(stored, "layers")
        model.bases_ = Bases(forests[0], stored["baseline"], forests[1], linear, layers)
    if names != features_of(extras):
        raise ModelRefused(
            f"{directory / FILE} was made for other features than this program reads: train anew with `soi train`"
        )
    return model


def _finite(values: NDArray[Any]) -> bool:
    return values.dtype.kind != "f" or bool(np.isfinite(values).all())


def load_with(directory: Path, lexicon: Lexicon, extras: Sequence[Extra] = ()) -> VerdictModel:
    """The verdict model of a folder with its vectors and what a lexicon tells it: rights features and a reader;
    further extras are of somebody's own."""
    model = load(directory, vectors=word_vectors.load(directory), extras=(*extras_of(lexicon), *extras))
    if (directory / meaning.FILE).exists():
        model.reader = meaning.load(directory, lexicon=lexicon)
    return model


def extras_of(lexicon: Lexicon) -> tuple[Extra, ...]:
    """The feature groups that a lexicon adds."""
    read = lru_cache(maxsize=512)(lambda text: deontic.read(text, lexicon))  # a claim meets several passages

    def compare(claim: str, evidence: str) -> NDArray[np.float32]:
        return bearing.compare(read(claim), read(evidence), lexicon)

    return (Extra("rights", bearing.FEATURES, compare),)
