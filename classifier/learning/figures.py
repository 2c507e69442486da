"""Figures that a training tells of itself: of a verdict out of fold, of the readers by cross-validation."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from classifier import policy
from classifier.entailment.verdict import LABELS
from classifier.judging import Figure, auc, bootstrap, calibration_error, column_f1, f1, macro_f1, share
from classifier.learning.stances import Stance
from classifier.readers import kind, rights, stance
from classifier.readers.seeding import MEASURED, Labelled

LEAST_MEASURED = 50  # texts of the measuring set, below which readers aren't judged on it
LEAST_EXAMPLES = 10  # of a code, kind or slice, below which its figure says nothing
SURE = 0.8  # p(refuted) from which on precision and recall are told


def figures_of(said: Any, truth: Any, groups: Any) -> dict[str, Figure]:
    """Figures of a verdict's probabilities (n, 3) of n labelled pairs; the pairs of a group are resampled together."""
    labels = np.array([LABELS.index(label) for label in truth])
    articles = np.unique(groups, return_inverse=True)[1]  # numbers are compared faster than words, a thousand times
    refuted, p = labels == policy.REFUTED, said[:, policy.REFUTED]
    sided = refuted | (labels == policy.SUPPORTED)
    both = refuted[sided], (p - said[:, policy.SUPPORTED])[sided]
    return {
        "macro_f1": bootstrap(macro_f1, labels, said.argmax(axis=1), groups=articles),
        "auc_refuted_supported": bootstrap(auc, *both, groups=articles[sided]),
        "precision_at_0.8": share(refuted[p >= SURE], groups=articles[p >= SURE]),
        "recall_at_0.8": share(p[refuted] >= SURE, groups=articles[refuted]),
        "calibration_error": bootstrap(calibration_error, refuted, p, groups=articles),
    }


def of_rights(truth: Any, said: Any) -> dict[str, Figure]:
    """Figures of the rights that were read of n texts, both (n, 8), by part/what/slice."""
    common = [at for at in range(len(policy.RIGHTS)) if truth[:, at].sum() >= LEAST_EXAMPLES]
    found = {"rights/any_f1/all": bootstrap(f1, truth.any(axis=1), said.any(axis=1))}
    if common:
        found["rights/macro_f1/all"] = bootstrap(column_f1, truth[:, common], said[:, common])
    for at in common:
        found[f"rights/f1/{policy.RIGHTS[at]}"] = bootstrap(f1, truth[:, at], said[:, at])
    return found


def of_kinds(truth: Any, claim: Any) -> dict[str, Figure]:
    """Figures of the kinds that were read, by which texts were taken for claims, by part/what/slice."""
    found = {"kind/claim_f1/all": bootstrap(f1, truth == "claim", claim)}
    for name in (policy.KINDS[at] for at in policy.PROTECTED):
        if (truth == name).sum() >= LEAST_EXAMPLES:
            found[f"kind/kept_from_claim/{name}"] = share(~claim[truth == name])
    return found


def cross_validated(texts: Sequence[Labelled], about: rights.RightsReader, speaks: kind.KindReader) -> dict[str, Any]:
    """Figures of both readers on the texts of the measuring set they were fitted with; {} without one."""
    found = crossed_rights(texts, about), crossed_kind(texts, speaks)
    return {**found[0], **found[1]} if all(found) else {}


def crossed_files(card: Mapping[str, Any]) -> set[str]:
    """Digests of the files whose texts a card's cross-validated figures may be of: a correction asks none anew."""
    return set(dict(card.get("crossed", card.get("data", {}))).values())


def crossed_rights(texts: Sequence[Labelled], about: rights.RightsReader) -> dict[str, Any]:
    """Figures of a reader of rights by name, each with its interval and n; {} for want of measured texts.

    Each text is answered by weights, calibration and thresholds that come from the other folds.
    """
    held = [row for row in texts if row.part == MEASURED and row.rights is not None]
    if len(held) < LEAST_MEASURED:
        return {}
    return rounded(of_rights(rights.flags(row.rights for row in held), about.crossed()))


def crossed_kind(texts: Sequence[Labelled], speaks: kind.KindReader) -> dict[str, Any]:
    """Figures of a reader of kinds, as crossed_rights gives them."""
    held = [row for row in texts if row.part == MEASURED and row.kind is not None]
    if len(held) < LEAST_MEASURED:
        return {}
    return rounded(of_kinds(np.array([row.kind for row in held]), speaks.crossed() == "claim"))


def crossed_stance(said: Sequence[Stance], reader: stance.StanceReader) -> dict[str, Any]:
    """Figures of a reader of stances on all it learned from, each text answered by weights, calibration and thresholds
    of other folds; texts on one fact or matter are resampled together."""
    p, reached = reader.crossed()
    stood_by, denied, commented = reached.T
    groups = np.unique([row.group for row in said], return_inverse=True)[1]
    held, denies, comments = (np.array([row.stance == name for row in said]) for name in stance.STANCES)
    unclaimed = denied | commented
    found = {
        "stance/kept/support": share(~unclaimed[held], groups=groups[held]),
        "stance/stood_by/support": share(stood_by[held], groups=groups[held]),
        "stance/known/deny": share(denied[denies], groups=groups[denies]),
        "stance/known/comment": share(unclaimed[comments], groups=groups[comments]),
    }
    for column, (name, other) in enumerate([(stance.DENY, denies), (stance.COMMENT, comments)], start=1):
        both = held | other
        found[f"stance/auc/{name}"] = bootstrap(auc, other[both], p[both, column], groups=groups[both])
        found[f"stance/passed/{name}"] = share(stood_by[other], groups=groups[other])
    return rounded(found)


def crossed_posts(said: Sequence[Stance], reader: stance.StanceReader) -> dict[str, Any]:
    """Figures of a reader of stances on whole posts, each weighed by what others taught, the threshold by all."""
    if not reader.amid:
        return {}
    groups = np.unique([row.group for row in said], return_inverse=True)[1]
    held, p = np.array([row.stance == stance.SUPPORT for row in said]), reader.held_apart_
    return rounded(
        {
            "stance/posts/auc": bootstrap(auc, held, p, groups=groups),
            "stance/posts/kept": share(p[held] >= reader.amid.held, groups=groups[held]),
            "stance/posts/passed": share(p[~held] >= reader.amid.held, groups=groups[~held]),
        }
    )


def rounded(found: Mapping[str, Figure]) -> dict[str, Any]:
    """Figures as a card holds them; without those that couldn't be measured, for JSON has no nan."""
    return {
        key: {"value": round(float(one.value), 6), "low": round(one.low, 6), "high": round(one.high, 6), "n": one.n}
        for key, one in found.items()
        if np.isfinite(one.value)
    }
