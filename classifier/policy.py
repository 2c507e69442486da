"""The red lines as arithmetic: what may be called false, and why. In which order people look is the store's.

Nothing here sees a text, a source, an outlet, an author or an address: the only things that can move a flag are
probabilities and the role of the evidence. So the same claim in two voices is treated alike by construction, and a
change of these rules is a change of this file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from math import exp, isfinite, log, sqrt
from typing import Any, Literal, Self, get_args

Role = Literal["primary", "independent", "party"]
ROLES: tuple[Role, ...] = get_args(Role)
Relation = Literal["supports", "contradicts", "related"]
Row = Sequence[float]  # one row of probabilities; a numpy row serves

RIGHTS = ("CCPR", "CESCR", "CEDAW", "CERD", "CRC", "CRPD", "CAT", "OTHER_RIGHTS")  # what a text may be about
KINDS = ("claim", "opinion", "testimony", "question", "other")  # how it may speak
CLAIM, OPINION, TESTIMONY, QUESTION = range(4)  # columns of KINDS
PROTECTED = (OPINION, TESTIMONY, QUESTION)
SUPPORTED, REFUTED = 0, 1  # columns of verdict.LABELS
SETTLING: frozenset[Role] = frozenset({"primary", "independent"})


class Reason(StrEnum):
    """Why a post stands in the queue."""

    REPEATS_REFUTED = "REPEATS_REFUTED"
    CONTRADICTS_EVIDENCE = "CONTRADICTS_EVIDENCE"
    UNSUPPORTED_SPREADING = "UNSUPPORTED_SPREADING"
    AUDIT = "AUDIT"


PRIOR = 1 / 3  # of refuted, before a passage speaks of the claim: its share in what the verdict was calibrated on
# p(refuted) of what nothing was laid beside: at most so many of the claims about rights that come in are refuted
UNTOLD = 1 / 20
LEAST_REFUTED = 0.5  # no target of precision makes "likely false" mean less likely than not
EDGE = 1e-4
LEAST_SAID = 0.1  # share in the odds of a passage that speaks of something else: it still orders paraphrases
FLAGS = frozenset({Reason.REPEATS_REFUTED, Reason.CONTRADICTS_EVIDENCE})


DECIDES = {  # of each threshold, what it does
    "claim": "p(claim): read as a claim",
    "rights": "p of the likeliest right: about rights",
    "near": "p(a passage speaks of the claim): it may settle it",
    "refuted": "p(refuted) by a passage: it says otherwise",
    "supported": "p(supported) by a passage: it says the same",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a probability becomes a reason; each is chosen by the gate and kept in the model card."""

    claim: float = 0.5
    rights: float = 0.5
    refuted: float = 0.8
    supported: float = 0.5
    near: float = 0.5

    def __post_init__(self) -> None:
        """Refuse thresholds that would let everything or nothing through unnoticed."""
        for name in DECIDES:
            if not 0.0 < (value := getattr(self, name)) <= 1.0:
                raise ValueError(f"threshold {name} is {value}; it must be above 0 and at most 1")

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Self:
        """Those of a model card, which names all; what cards once held beside them has no effect."""
        return cls(**{one.name: card["thresholds"][one.name] for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage laid beside the claim: its id, its role, and p(supported, refuted, not enough).

    For a claim already found false that this post repeats, p(refuted) is the probability that both say the same.
    """

    eid: str
    role: Role
    verdict: Row
    repeats: bool = False  # the passage is a claim already found false, and this post says the same
    near: float = 1.0  # probability that the passage speaks of the claim at all
    known: bool = False  # a row says what people say against this passage, and the claim says it


def is_checkable(kind_proba: Row, thresholds: Thresholds) -> bool:
    """True when the text reads as a claim: p(claim) reaches the threshold and beats every protected kind."""
    if not all(isfinite(float(value)) for value in kind_proba):
        return False
    claim = _p(kind_proba[CLAIM])
    return claim >= thresholds.claim and all(claim > _p(kind_proba[column]) for column in PROTECTED)


def may_be_claim(kind_proba: Row) -> bool:
    """True when nothing but an opinion stands against reading the text as a claim: no question, and no testimony."""
    return _p(kind_proba[CLAIM]) > max(_p(kind_proba[TESTIMONY]), _p(kind_proba[QUESTION]))


def is_about_rights(rights_proba: Row, thresholds: Thresholds) -> bool:
    """True when the likeliest code reaches the threshold; the row's maximum is p(any right)."""
    return any_right(rights_proba) >= thresholds.rights


def any_right(rights_proba: Row) -> float:
    """p(about any right), which rights.RightsReader gives as the row's maximum."""
    return max((_p(value) for value in rights_proba), default=0.0)


def p_refuted(kind_proba: Row, rights_proba: Row, verdict_proba: Row, *, near: float = 1.0) -> float:
    """p(claim, about rights, refuted by the evidence), in [0, 1]: UNTOLD where the evidence tells nothing.

    The log-odds lie between those of no evidence and the verdict's, the nearer to the verdict's the surer it is that
    this is a claim about rights and that the passage speaks of it (near). So two wordings that find two passages
    beside the point get one small number. Being a claim and being about rights are read off the same few words: their
    product would count one doubt twice, their minimum not at all. All are shifted from the share of refuted claims
    that the verdict learned from to their share among those that come in (prior shift: Saerens et al., 2002).
    """
    spoken = sqrt(_p(kind_proba[CLAIM]) * any_right(rights_proba)) * (LEAST_SAID + (1 - LEAST_SAID) * _p(near))
    told = spoken * (_odds(_p(verdict_proba[REFUTED])) - _odds(PRIOR))
    return 1.0 / (1.0 + exp(-told - _odds(UNTOLD)))


def relation(verdict_proba: Row, thresholds: Thresholds) -> Relation:
    """How a passage stands to a claim, in the one word shown to people."""
    if _p(verdict_proba[REFUTED]) >= thresholds.refuted:
        return "contradicts"
    if _p(verdict_proba[SUPPORTED]) >= thresholds.supported:
        return "supports"
    return "related"


def may_flag(kind_proba: Row, rights_proba: Row, verdict_proba: Row, thresholds: Thresholds, *, role: Role) -> bool:
    """True when one passage is enough to put "likely false" beside a post.

    All must hold: it is a claim and not a protected kind, it is about rights, the passage refutes it, and the
    passage is not a party's own word.
    """
    return (
        is_checkable(kind_proba, thresholds)
        and is_about_rights(rights_proba, thresholds)
        and _p(verdict_proba[REFUTED]) >= thresholds.refuted
        and role in SETTLING
    )


def reasons(
    kind_proba: Row, rights_proba: Row, findings: Sequence[Finding], thresholds: Thresholds
) -> tuple[Reason, ...]:
    """Every reason to say "likely false", strongest first; () when there is none."""
    found: list[Reason] = []
    against = [
        f
        for f in findings
        if f.near >= thresholds.near and may_flag(kind_proba, rights_proba, f.verdict, thresholds, role=f.role)
    ]
    if any(f.repeats for f in against):
        found.append(Reason.REPEATS_REFUTED)
    if any(not f.repeats for f in against):
        found.append(Reason.CONTRADICTS_EVIDENCE)
    return tuple(found)


def unsupported(relations: Iterable[str], *, claim: bool, about_rights: bool) -> bool:
    """True for a claim about rights that nothing which may settle it speaks for or against."""
    return claim and about_rights and all(relation == "related" for relation in relations)


def asks(*, unsupported: bool, spread: int, least: int, audit: bool) -> tuple[Reason, ...]:
    """The reasons to look that say nothing of truth, so that they may stand beside any others.

    spread is the number of different sources that carry the claim, least how many make an unsupported one ask for a
    check. An audit is a random sample: the only reason a protected text may have.
    """
    spreading = (Reason.UNSUPPORTED_SPREADING,) if unsupported and spread >= least else ()
    return (*spreading, Reason.AUDIT) if audit else spreading


def flagged(found: Sequence[Reason]) -> bool:
    """True when a reason speaks of falsehood; a wish for a check or a random sample does not."""
    return any(reason in FLAGS for reason in found)


def _p(value: float) -> float:
    """A probability made safe: a NaN or anything outside [0, 1] never argues for a flag."""
    number = float(value)
    return min(1.0, max(0.0, number)) if isfinite(number) else 0.0


def _odds(p: float) -> float:
    """Log-odds of a probability, kept finite."""
    kept = min(1 - EDGE, max(EDGE, p))
    return log(kept / (1 - kept))
