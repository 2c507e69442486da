"""Labels that look wrong, and labels that can be told without what they are about: by models that never saw them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.entailment.verdict import LABELS
from classifier.errors import install
from classifier.files import shipped
from pipeline.research.datasets import SetRow, key
from pipeline.research.findings import GAIN, NO_GROUP, Finding, Found

FOLDS = 5
MOST = 20_000  # rows judged, drawn at random beyond that: pairs take 2 ms each to read
MOST_WORDS = 300
TOO_FEW = f"that needs two labels with {FOLDS} rows each."
SKILL = 0.1  # of the labels' own uncertainty (log loss) that a model must take away before its doubts count


def told_by_claim(rows: Sequence[SetRow]) -> Finding:
    """Labels of pairs that a model guesses from the claim alone, without the evidence they are about."""
    what = "told_by_claim"
    pairs = [row for row in rows if row.label and row.evidence]
    told = _judged(pairs)
    if len({row.label for row in told}) < 2:
        return Finding(what, (), TOO_FEW if pairs else "the rows have no evidence beside their text.")
    labels, names = _labels(told)
    said = names[_out_of_fold(told, _words([row.text for row in told]), labels, c=4.0).argmax(axis=1)]
    right = [row for row, guess in zip(told, said, strict=True) if row.label == guess]
    usual = max(Counter(row.label for row in told).values())
    if (len(right) - usual) / len(told) < GAIN:
        return Finding(what)
    return Finding(
        what, tuple(Found(row, f"labelled {row.label}, as its wording alone tells") for row in right),
        f"{len(right) / len(told):.0%} of the labels can be told from the claim without its evidence,"
        f" {usual / len(told):.0%} by always saying the commonest: the claims were worded by their label.",
        f"Hold a score against {len(right) / len(told):.0%}, and mix in pairs whose wording tells nothing.",
    )  # fmt: skip


def doubtful(rows: Sequence[SetRow]) -> Finding:
    """Labels that a model, which never saw them, is sure are another one (cleanlab's confident learning).

    Pairs with the verdict's labels are judged by how claim and evidence compare, all else by the words.
    """
    what = "doubtful_labels"
    labelled = [row for row in rows if row.label]
    told = _judged(labelled)
    if len({row.label for row in told}) < 2:
        return Finding(what, (), TOO_FEW if labelled else "the rows have no labels (--map label=COLUMN).")
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return Finding(what, (), f"that needs cleanlab; {install('research')}.")
    labels, names = _labels(told)
    said = _unseen(told, labels)
    right, usual = float((said.argmax(axis=1) == labels).mean()), float(np.bincount(labels).max() / len(labels))
    if _skill(labels, said) < SKILL:
        return Finding(
            what, (), f"a plain model is right for {right:.0%} where the commonest label alone is for {usual:.0%}, so"
            " its doubts say nothing.",
        )  # fmt: skip
    ranked = find_label_issues(labels, said, return_indices_ranked_by="self_confidence", n_jobs=1)
    found = [(told[at], names[said[at].argmax()], said[at].max()) for at in ranked]
    return Finding(
        what, tuple(Found(row, f"labelled {row.label}; the model says {name} ({p:.2f})") for row, name, p in found),
        f"{len(ranked)} of {len(told)} labels look wrong to a model that never saw them and is right for {right:.0%}.",
        "Read them from the top, the surest first, before you train; the model errs too.",
    )  # fmt: skip


def _skill(labels: Any, said: Any) -> float:
    """The share of the labels' uncertainty that a model takes away: 0 for one that only knows how common each is."""
    common = np.bincount(labels) / len(labels)
    plain = -np.log(common[labels]).mean()
    return float(1 + np.log(np.maximum(said[np.arange(len(labels)), labels], 1e-6)).mean() / plain)


def _judged(told: list[SetRow]) -> list[SetRow]:
    """The rows, or a draw of them where there are too many, without those of a label too rare for every fold."""
    if len(told) > MOST:
        told = [told[at] for at in np.sort(np.random.default_rng(0).choice(len(told), MOST, replace=False))]
    counts = Counter(row.label for row in told)
    return [row for row in told if counts[row.label] >= FOLDS]


def _labels(told: Sequence[SetRow]) -> tuple[NDArray[np.int64], Any]:
    names, labels = np.unique([row.label for row in told], return_inverse=True)
    return labels, names


def _unseen(told: Sequence[SetRow], labels: Any) -> Any:
    """Probabilities (n, labels) by models that never saw the row."""
    if {row.label for row in told} <= set(LABELS) and all(row.evidence for row in told):
        return _out_of_fold(told, _compared(told), labels, c=0.03)
    return _out_of_fold(told, _words([f"{row.text} {row.evidence}" for row in told]), labels, c=4.0)


def _words(texts: Sequence[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    held = [" ".join(text.split()[:MOST_WORDS]) for text in texts]
    least = 2 if len(held) > 1000 else 1
    return TfidfVectorizer(ngram_range=(1, 2), min_df=least, sublinear_tf=True, dtype=np.float32).fit_transform(held)


def _compared(told: Sequence[SetRow]) -> Any:
    """What the verdict sees of each pair, scaled; nothing of it was learned from labels."""
    from sklearn.preprocessing import StandardScaler

    from classifier.comparison import vectors
    from classifier.entailment.verdict import VerdictModel
    from classifier.text import normalise

    reader = VerdictModel(vectors=vectors.load(shipped("models", "default")))
    read, _ = reader.read([(normalise(row.text), normalise(row.evidence)) for row in told])
    return StandardScaler().fit_transform(read)


def _out_of_fold(told: Sequence[SetRow], matrix: Any, labels: Any, *, c: float) -> Any:
    """Probabilities of each row by a model fitted on the other folds; a group stays together, else a text does."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    groups = [row.group if row.group not in NO_GROUP else key(row.text) for row in told]
    grouped = len(set(groups)) >= FOLDS * 4 and len(set(groups)) < len(groups)
    split = GroupKFold(FOLDS) if grouped else StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    with threadpool_limits(1):  # the sums are small: more threads only wait for each other
        return cross_val_predict(
            LogisticRegression(C=c, max_iter=300), matrix, labels, groups=groups if grouped else None, cv=split,
            method="predict_proba",
        )  # fmt: skip
