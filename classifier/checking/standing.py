"""What a writer's stance to his claim makes of what was found against it.

Who would be flagged isn't where he denies the claim, nor where he only comments: then his text counts as an opinion.
Who stands by a claim that evidence refutes is, though his text reads as an opinion for all that he says around it. A
question and a testimony stay what they are, but for a story or a question around a rule that is known to be false, and
by which he stands by what whole posts teach.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from classifier import policy
from classifier.checking.asked import Asked
from classifier.checking.laying import is_known
from classifier.checking.scored import Score, named
from classifier.factuality import attribution
from classifier.factuality.cited import cites_law, takes_back
from classifier.factuality.flat import all_of_matter, flat
from classifier.loading import Model
from classifier.logic import contraries
from classifier.orthography import spelling
from classifier.policy import KINDS, Row
from classifier.readers.amid import Amid
from classifier.readers.stance import DENY, STANCES, StanceReader, Told, known_words, told
from classifier.text import fold

MANY = 4  # segments around a claim
AMID = 3  # segments around a claim from which on what whole posts say of it outweighs a denial read in it
OPEN = 2  # segments around a claim from which on a text says much besides
LEAST = 0.25  # p(held) below which a claim with fewer than AMID around it isn't; 3 in 100 that are held have less
LIKELY = 0.55  # p(claim) from which on a text that says little else counts as one where its writer stands by it
# what a rule told flatly has: p(claim) and p(support) at least, p of testimony or question at most
BARE_CLAIM, BARE_SUPPORT, BARE_VOICE = 0.4, 0.1, 0.1
VOICE = 0.7  # p of testimony or question from which on what law is said to provide is held no sooner
FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?: ?%| \w+)")  # with what it counts
ASKS_BACK = re.compile(r"\b(?:do|vay|the|dung|that|phai) (?:a|ha|khong|sao|u|nhi|hay sao|roi a|chu)\b[^.!?]{0,20}\?")
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
        if score.flagged or (one.asserted and policy.reasons(_CLAIMED, row, found, model.thresholds))
    ]
    voiced = [at for at in open_ if not (scored[at].flagged or policy.may_be_claim(asked[at].plain.read_as("p_kind")))]
    by_law = {at for at in open_ if not scored[at].flagged and _by_law(asked[at], settling[at])}
    open_ = [at for at in open_ if at not in voiced or any(map(is_known, settling[at]))]
    if not open_:
        return
    told_of = [_told(asked[at], scored[at]) for at in open_]
    amid: Amid | None = getattr(model.stance, "amid", None)
    p, held = model.stance.held_amid(told_of) if amid else _plainly(model.stance, told_of)
    for at, said, row, p_held in zip(open_, told_of, p, map(float, held), strict=True):
        one, (support, deny, comment) = asked[at], map(float, row)
        heard = said.around > 0 and attribution.heard(one.text, one.span.start, beside=said.around >= OPEN)
        right = _put_right(said, scored[at]) or _asked_behind(said)
        known = any(map(is_known, settling[at]))
        surely = support >= model.stance.support_threshold_ or _likely(model, one, said, support)
        denied = deny >= model.stance.deny_threshold_
        bare = not denied and _bare(one, said, support, settling[at])
        stood_by = (surely or bare) and not heard and at not in voiced
        back = takes_back(one.text[: one.span.start], one.text[one.span.end :])
        as_law = at in by_law and not denied and not _asked_before(said)
        if amid and known and p_held >= _enough(model, amid, said, as_law, denied) and not (right or heard or back):
            stood_by, support = True, p_held
        if not scored[at].flagged:
            if stood_by:
                p_claim = max(support, model.thresholds.claim) if bare or as_law else support
                yield at, replace(one, plain=_told_to_be(one.plain, policy.CLAIM, p_claim, p_support=support))
        elif one.part and not stood_by:
            yield at, _unclaimed(one, p_support=support)
        elif amid and heard:
            yield at, _unclaimed(one)
        elif amid and said.around and (right or p_held < _least(amid, said, denied)):
            yield at, _unclaimed(one, p_support=p_held)
        elif amid and said.around >= AMID and p_held >= amid.surely and known and not back:
            continue
        elif denied and _denied(model.stance, said, amid):
            yield at, _unclaimed(one, p_deny=deny)
        elif comment >= model.stance.comment_threshold_ and not bare:
            yield at, replace(one, plain=_commenting(one.plain, comment, model.stance.comment_threshold_))


def _plainly(reader: StanceReader, told_of: Sequence[Told]) -> tuple[np.ndarray, np.ndarray]:
    """Stances, and p(support), of a reader that learned from no whole posts, or is somebody's own."""
    p = reader.predict_proba(told_of)
    return p, p[:, 0]


def _by_law(asked: Asked, settling: Sequence[policy.Finding]) -> bool:
    """Whether a text is known to go against a fact by what it says that law provides, and not in what befell him."""
    _, _, testimony, question, _ = asked.plain.read_as("p_kind")
    return (
        testimony + question < VOICE
        and any(map(is_known, settling))
        and cites_law(attribution.meant(asked.span.text))
        and not attribution.lived(asked.text, asked.span.start)
    )


def _asked_before(said: Told) -> bool:
    """Whether a question stands right before a claim: what it asks, that answers or takes up."""
    return bool(said.before) and "?" in said.before[-1]


def _least(amid: Amid, said: Told, denied: bool) -> float:
    """The p(held) below which what reads as a claim isn't held, by what whole posts say; a denial is told as one."""
    return amid.held if said.around >= AMID else 0.0 if denied else LEAST


def _asked_behind(said: Told) -> bool:
    """Whether a question right behind a claim asks whether it is so."""
    return bool(said.behind) and bool(ASKS_BACK.search(fold(said.behind[0])))


def _enough(model: Model, amid: Amid, said: Told, as_law: bool, denied: bool) -> float:
    """The p(held) from which on a claim known to be false is held whatever kind its text is, by what whole posts say:
    as sure as a text must read as a claim. What law is said to provide needs less, but beside one sentence, for an
    aside is as soon the joke of it; what reads as denied needs more, and isn't held where little stands around it."""
    if not said.around or (denied and said.around < AMID):
        return float("inf")
    if as_law and said.around >= OPEN:
        return amid.held
    return amid.surely if denied else model.thresholds.claim


def _denied(reader: StanceReader, said: Told, amid: Amid | None) -> bool:
    """Whether what reads as a denial is one. Of many sentences around a claim, as where rules are told one by one, each
    passes for a little of a denial: there it is none where whole posts say that the claim is held, and where none were
    learned from, one of them is to deny it, or the claim itself."""
    if said.around < MANY:
        return True
    apart = said.apart() if amid is None else []
    return bool(apart) and bool(max(reader.predict_proba(apart)[:, STANCES.index(DENY)]) >= reader.deny_threshold_)


def _unclaimed(asked: Asked, **why: float) -> Asked:
    """A text whose writer doesn't hold the claim true."""
    return replace(asked, plain=replace(asked.plain, detail={**asked.plain.detail, **why}), asserted=False)


def _told(asked: Asked, scored: Score) -> Told:
    """A claim in its text, as its stance is read."""
    against = next((one.text for one in scored.evidence if one.relation == "contradicts"), "")
    span = asked.span.start, asked.span.end
    return told(asked.text, known_words(against), meant=attribution.meant, span=span)


def _put_right(said: Told, scored: Score) -> bool:
    """Whether the figure that evidence sets against the claim's stands beside the claim: that puts it right, in
    whatever words."""
    slots = next((one.slots for one in scored.evidence if one.relation == "contradicts"), ())
    told = {
        figure
        for slot in slots
        if slot.kind == "number"
        for figure in _figures(slot.evidence_text) - _figures(slot.claim_text)
    }
    return any(told & _figures(one) for one in (*said.before, *said.behind))


def _figures(text: str) -> set[str]:
    return set(FIGURE.findall(fold(text)))


def _likely(model: Model, asked: Asked, said: Told, support: float) -> bool:
    """Whether a text that says little besides its claim is likelier one than an opinion, and its writer stands by it as
    surely as a text must read as a claim: of the two, either alone is less sure."""
    kind = asked.plain.read_as("p_kind")
    little = said.around < OPEN and not asked.part
    return little and kind[policy.CLAIM] >= max(LIKELY, kind[policy.OPINION]) and support >= model.thresholds.claim


def _bare(asked: Asked, said: Told, support: float, settling: Sequence[policy.Finding]) -> bool:
    """Whether a text is known to go against a fact, tells that as a rule and little else, and neither reader is sure
    that it is something else: to both a rule in people's words is hardly less an opinion than a claim."""
    claim, _, testimony, question, _ = asked.plain.read_as("p_kind")
    known = next((one.eid for one in settling if is_known(one)), "")
    return (
        bool(known)
        and not said.around
        and not asked.part
        and claim >= BARE_CLAIM
        and testimony + question < BARE_VOICE
        and support >= BARE_SUPPORT
        and flat(asked.text)
        and all_of_matter(said.claim, said.known | contraries.wording(spelling.plain(said.claim), known))
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
