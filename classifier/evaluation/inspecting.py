"""What a model goes by, over all texts: the readers' cue weights, permutation importance of the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier import judging
from classifier.comparison.groups import GENERAL
from classifier.entailment.verdict import LABELS
from classifier.policy import KINDS, RIGHTS
from classifier.readers.cues import FORM, Cues
from classifier.text import normalise

TOP = 5  # cues that are named of a head
ROUNDS = 5  # shufflings of each group: the mean drop is then steady to about a tenth


@dataclass(frozen=True, slots=True)
class Importance:
    """How much macro-F1 falls when a group of features is shuffled between pairs, and the spread of that."""

    group: str
    features: int
    drop: float
    spread: float


def cue_weights(reader: Any, cues: Cues) -> dict[str, list[tuple[str, float]]]:
    """For each head of a reader the cue groups and forms with the largest weights, signed, heaviest first.

    Weights are of standardised columns, so they may be compared with each other.
    """
    names = _cue_names(cues)
    heads = ("any right", *RIGHTS) if reader.heads_.cues.shape[1] == len(RIGHTS) + 1 else KINDS
    found = {}
    for at, head in enumerate(heads):
        weights = reader.heads_.cues[:, at]
        order = np.argsort(-np.abs(weights), kind="stable")[:TOP]
        found[head] = [(names[one], float(weights[one])) for one in order]
    return found


def _cue_names(cues: Cues) -> list[str]:
    """Names of the columns of cue_matrix, in its order."""
    places = [f"{name}{suffix}" for suffix in ("", " (there)", " (at the head)") for name in cues.names]
    met = [f"{cues.names[one]} near {cues.names[two]}" for one in cues.who for two in cues.what]
    return [*places, *met, *FORM]


def importance(model: Any, pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> list[Importance]:
    """Permutation importance of the verdict's feature groups on pairs (claim, evidence), the largest drop first."""
    rows, terms = model.read([(normalise(claim), normalise(evidence)) for claim, evidence in pairs])
    truth = np.asarray(labels)
    base = judging.macro_f1(truth, _labels_of(model, rows, terms))
    random = np.random.default_rng(0)
    found = []
    for name, columns in _groups(model).items():
        drops = []
        for _ in range(ROUNDS):
            shuffled = rows.copy()
            shuffled[:, columns] = rows[random.permutation(len(rows))][:, columns]
            drops.append(base - judging.macro_f1(truth, _labels_of(model, shuffled, terms)))
        found.append(Importance(name, len(columns), float(np.mean(drops)), float(np.std(drops))))
    drops = [
        base - judging.macro_f1(truth, _labels_of(model, rows, terms[random.permutation(len(rows))]))
        for _ in range(ROUNDS)
    ]
    found.append(Importance("terms", terms.shape[1], float(np.mean(drops)), float(np.std(drops))))
    return sorted(found, key=lambda one: -one.drop)


def _labels_of(model: Any, rows: Any, terms: Any) -> Any:
    return np.array(LABELS)[model.proba_read((rows, terms)).argmax(axis=1)]


def _groups(model: Any) -> dict[str, list[int]]:
    """Columns of each feature group."""
    found: dict[str, list[int]] = {}
    at = 0
    for group in (*GENERAL, *model.extras):
        found[group.name] = list(range(at, at + len(group.features)))
        at += len(group.features)
    return found
