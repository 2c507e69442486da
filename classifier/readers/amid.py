"""Whether a writer stands by a claim that he tells amid other sentences.

To the n-grams of the reader of stances each sentence around a claim is a little of a denial, so that sighs and stories
let a false rule off. Here its answers on the whole and on the claim alone are weighed anew by whole posts, with what
the n-grams of such posts say by themselves, how much around the claim speaks of what the evidence is about, and the
marks of questions and quotations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused
from classifier.readers.heads import Heads, Lesson, Reading, fit_heads, scores
from classifier.text import fold
from classifier.text.letters import WORD

if TYPE_CHECKING:
    from classifier.readers.stance import Told

Floats = NDArray[np.float64]
FEATURES = 11  # without what the n-grams of posts say
STRENGTH = 0.3  # inverse regularisation, of numbers of unit deviation
GRAMS = 3.0  # likewise of n-grams; with 1 and 30 AUC is within 0.001
MOST_GRAMS = 20_000  # AUC is 0.919 with 5,000, 0.925 with 15,000 and 0.927 with 40,000 (2,017 posts, folds by facts)
PASSED = 0.11  # share of denials and comments amid sentences that may be taken for claims held, out of fold
SURELY = 0.02  # likewise, of single sentences
FOLDS = 10  # at most
ENOUGH = 100  # single sentences that hold their claim, and that don't, from which on these are weighed by themselves
QUOTES = '"“”«»'
_LEAST = 1e-3  # of a probability whose odds are taken


@dataclass(frozen=True, slots=True)
class Amid:
    """A logistic regression of features, and the p(held) from which on a claim is held and, where it stands alone,
    surely held."""

    weights: tuple[float, ...]
    bias: float
    held: float
    surely: float

    def p_held(self, numbers: Floats) -> Floats:
        """p(held) (n,) of claims in their texts by their features (n, d)."""
        odds: Floats = np.full(len(numbers), self.bias)
        for column, weight in zip(numbers.T, self.weights, strict=True):
            odds += column * weight  # a product of matrices sums a row among others otherwise than alone
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    @classmethod
    def of(cls, said: Mapping[str, Any], *, features: int) -> Self:
        """What asdict made of one of so many features; raises ModelRefused for anything else."""
        try:
            found = cls(tuple(map(float, said["weights"])), *(float(said[one]) for one in ("bias", "held", "surely")))
        except (KeyError, OverflowError, TypeError, ValueError) as error:
            raise ModelRefused(
                f"stance has no sound reading of posts ({error}); restore it or train it again"
            ) from None
        if len(found.weights) != features or not np.isfinite([*found.weights, found.bias]).all():
            raise ModelRefused(f"stance weighs posts by other than {features} numbers; restore it or train it again")
        if not 0 < found.held <= found.surely <= 1:
            raise ModelRefused("stance has thresholds of posts that are none; restore it or train it again")
        return found


def features(rows: Sequence["Told"], whole: Floats, alone: Floats, said: Floats | None) -> Floats:
    """The numbers (n, d) that claims in their texts are weighed by; whole and alone (n, 3) are the stances read of
    these and of the claims with nothing around them, said (n,) what their n-grams say to a head of posts, if any."""
    odds = [np.log(np.clip(p, _LEAST, 1) / np.clip(1 - p, _LEAST, 1)) for p in (whole[:, 1:], alone[:, 1:])]
    around = np.array([_around(row) for row in rows], dtype=np.float64).reshape(len(rows), -1)
    return np.hstack([*odds, around, *([] if said is None else [said[:, None]])])


def fit_said(reading: Reading, lesson: Lesson, groups: Sequence[str], *, seed: int) -> tuple[Heads, Floats]:
    """A head that tells by n-grams which posts hold their claim, and what heads of other groups say of each (n,)."""
    from sklearn.model_selection import GroupKFold

    said = np.zeros(len(groups))
    for learn, test in GroupKFold(_folds(groups)).split(groups, groups=groups):
        found = fit_heads(reading.take(learn), lesson.take(learn), c=GRAMS, seed=seed, most=MOST_GRAMS)
        said[test] = scores(reading.take(test), found)[:, 0]
    return fit_heads(reading, lesson, c=GRAMS, seed=seed, most=MOST_GRAMS), said


def fit(numbers: Floats, held: NDArray[np.bool_], groups: Sequence[str]) -> tuple[Amid, Floats]:
    """Learn by features (n, d) which claims in their texts are held (n,), and p(held) (n,) of each by those of other
    groups."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH))
    parted = GroupKFold(_folds(groups))
    p = cross_val_predict(model, numbers, held, groups=groups, cv=parted, method="predict_proba")[:, 1]
    scaler, regression = model.fit(numbers, held)
    weights = regression.coef_[0] / scaler.scale_
    limits = (float(np.clip(np.quantile(p[~held], 1 - share), 0.5, 0.99)) for share in (PASSED, SURELY))
    return Amid(tuple(map(float, weights)), float(regression.intercept_[0] - weights @ scaler.mean_), *limits), p


def _folds(groups: Sequence[str]) -> int:
    return min(FOLDS, len(set(groups)))


def _around(row: "Told") -> list[float]:
    """What stands around a claim: nothing before it; how much of a sentence before it, and of the next, the evidence
    has too; questions behind and before; the claim asked or quoted; a quotation anywhere."""
    return [
        not row.before,
        max((_known(said, row.known) for said in row.before), default=0.0),
        _known(row.behind[0], row.known) if row.behind else 0.0,
        _any_of("?", row.behind),
        _any_of("?", row.before),
        row.claim.rstrip()[-1:] in (*QUOTES, "?"),
        any(_any_of(mark, (*row.before, row.claim, *row.behind)) for mark in QUOTES),
    ]


def _known(said: str, known: frozenset[str]) -> float:
    """The share of a sentence's different words that are known."""
    words = set(WORD.findall(fold(said)))
    return len(words & known) / max(1, len(words))


def _any_of(mark: str, texts: Iterable[str]) -> bool:
    return any(mark in text for text in texts)
