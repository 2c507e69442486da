"""What a writer's stance to his claim makes of what was found against it.

Who would be flagged isn't where he denies the claim, nor where he only comments: then his text counts as an opinion.
Who stands by a claim that evidence refutes is, though his text reads as an opinion for all that he says around it. A
question and a testimony stay what they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from classifier import policy
from classifier.checking.asked import Asked
from classifier.checking.scored import Score, named
from classifier.factuality import attribution
from classifier.loading import Model
from classifier.policy import KINDS, Row
from classifier.readers.stance import DENY, STANCES, StanceReader, Told, known_words, told

MANY = 4  # segments around a claim
_CLAIMED = tuple(float(at == policy.CLAIM) for at in range(len(KINDS)))


def by_stance(
    model: Model,
    asked: Sequence[Asked],
    scored: Sequence[Score],
    settling: Sequence[Sequence[policy.Finding]],
    rights: Sequence[Row],
) -> Iterator[tuple[int, Asked]]:
    """Texts that stand otherwise once their writers' stances are known, each by its place and as it is to be judged
    again: asked and scored with what may settle them and their p of each right."""
    if model.stance is None:
        return
    open_ = [
        at
        for at, (one, score, found, row) in enumerate(zip(asked, scored, settling, rights, strict=True))
        if score.flagged or (one.asserted and _refuted_but_for_kind(model, one, found, row))
    ]
    if not open_:
        return
    told_of = [_told(asked[at], scored[at]) for at in open_]
    for at, said, p in zip(open_, told_of, model.stance.predict_proba(told_of), strict=True):
        one, (support, deny, comment) = asked[at], map(float, p)
        stood_by = support >= model.stance.support_threshold_
        if not scored[at].flagged:
            if stood_by:
                yield at, replace(one, plain=_told_to_be(one.plain, policy.CLAIM, support, p_support=support))
        elif deny >= model.stance.deny_threshold_ and _denied(model.stance, said):
            yield at, _unclaimed(one, p_deny=deny)
        elif one.part and not stood_by:
            yield at, _unclaimed(one, p_support=support)
        elif comment >= model.stance.comment_threshold_:
            yield at, replace(one, plain=_commenting(one.plain, comment, model.stance.comment_threshold_))


def _denied(reader: StanceReader, said: Told) -> bool:
    """Whether what reads as a denial is one. Of many sentences around a claim, as where rules are told one by one, each
    passes for a little of a denial: there one of them is to deny it, or the claim itself."""
    if len(said.before) + len(said.behind) < MANY:
        return True
    return bool(max(reader.predict_proba(said.apart())[:, STANCES.index(DENY)]) >= reader.deny_threshold_)


def _unclaimed(asked: Asked, **why: float) -> Asked:
    """A text whose writer doesn't hold the claim true."""
    return replace(asked, plain=replace(asked.plain, detail={**asked.plain.detail, **why}), asserted=False)


def _told(asked: Asked, scored: Score) -> Told:
    """A claim in its text, as its stance is read."""
    against = next((one.text for one in scored.evidence if one.relation == "contradicts"), "")
    span = asked.span.start, asked.span.end
    return told(asked.text, known_words(against), meant=attribution.meant, span=span)


def _refuted_but_for_kind(model: Model, asked: Asked, settling: Sequence[policy.Finding], rights: Row) -> bool:
    """Whether only the kind of text it reads as keeps a claim from a flag, and that is no question or testimony."""
    return policy.may_be_claim(asked.plain.read_as("p_kind")) and bool(
        policy.reasons(_CLAIMED, rights, settling, model.thresholds)
    )


def _commenting(plain: Score, p: float, threshold: float) -> Score:
    """What is read of a text whose writer only comments with that probability, which is even at the threshold."""
    odds = p * (1.0 - threshold) / max((1.0 - p) * threshold, policy.EDGE)
    return _told_to_be(
        plain, policy.OPINION, max(odds / (1.0 + odds), plain.read_as("p_kind")[policy.OPINION]), p_comment=p
    )


def _told_to_be(plain: Score, kind: int, p: float, **why: float) -> Score:
    """What is read of a text that is known to be of a kind with that probability, the other kinds as they were to each
    other."""
    row = np.array(plain.read_as("p_kind"))
    rest = (1.0 - p) * row / max(1.0 - row[kind], policy.EDGE)
    row = np.where(np.arange(len(KINDS)) == kind, p, rest)
    return replace(plain, kind=KINDS[kind], detail={**plain.detail, "p_kind": named(KINDS, row), **why})
