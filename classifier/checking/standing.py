"""What a writer's stance to his claim makes of what was found against it.

Who would be flagged isn't where he denies the claim, nor where he only comments: then his text counts as an opinion.
Who stands by a claim that evidence refutes is, though his text reads as an opinion for all that he says around it. A
question and a testimony stay what they are, but for a story or a question around a rule that is known to be false, and
by which he stands by what whole posts teach.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier import policy
from classifier.checking.asked import Asked
from classifier.checking.scored import Score, named
from classifier.factuality import attribution, praise
from classifier.factuality.denials import takes_back
from classifier.factuality.flat import all_of_matter, flat
from classifier.loading import Model
from classifier.logic import contraries, joining
from classifier.orthography import spelling
from classifier.policy import KINDS, Row
from classifier.readers.amid import Amid
from classifier.readers.stance import DENY, STANCES, StanceReader, Told, known_words, told
from classifier.text import fold
from classifier.text.patterns import MARK, either

MANY = 4  # segments around a claim
AMID = 3  # segments around a claim from which on what whole posts say of it outweighs a denial read in it
OPEN = 2  # segments around a claim from which on a text says much besides
LEAST = 0.24  # p(held) below which a claim with fewer than AMID around it isn't; 3 in 100 that are held have less
BARELY = 0.05  # likewise, of a single sentence: 2 in 100 that are held have less, and half of the others
COMMENTS = 0.7  # p(comment) from which on posts do not outweigh it: fears and jokes have 0.7 to 0.9
LIKELY = 0.55  # p(claim) from which on a text that says little else counts as one where its writer stands by it
# what a rule told flatly has: p(claim) and p(support) at least, p of testimony or question at most
BARE_CLAIM, BARE_SUPPORT, BARE_VOICE = 0.4, 0.1, 0.1
BARE_HELD = 0.5  # p(support) from which it may read as a claim as little as this: the shortest read as opinions
BARE_LEAST = 0.1
SINGLE_CLAIM = 0.3  # p(claim) below which a single sentence isn't held, whatever posts say; 0.2 took a true one
FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?: ?%| \w+)")  # with what it counts
MOCKING = re.compile("[🤡🙃]")  # faces with which denials of ours are told three times as often as claims
ASKS_BACK = re.compile(r"\b(?:do|vay|the|dung|that|phai) (?:a|ha|khong|sao|u|nhi|hay sao|roi a|chu)\b[^.!?]{0,20}\?")
# what is called out beside a claim says nothing of it: "Tự do cho Việt Nam.", "Việt Nam muôn năm!"
_CAUSE = r"(?:(?:tự do|dân chủ|nhân quyền|công lý|hòa bình|độc lập|hạnh phúc)(?:,? (?:và )?)?){1,3}"
SLOGAN = either(rf"{MARK}(?:{_CAUSE} cho(?: \w+){{1,5}}|(?:\w+ ){{1,6}}(?:muôn năm|bất diệt|vạn tuế))[^\w]*")
# nor, of a rule told flatly, whom it sends to an article: "Đọc điều 18 đi."
POINTER = either(
    rf"{MARK}(?:(?:bạn|các bạn|mọi người|cả nhà|ai|hãy|cứ|mở|đọc|xem|coi|tra|lại|kỹ|ra|mà) )*(?:khoản \d+,? )?điều \d+"
    r"(?:,? (?:hiến pháp|(?:bộ )?luật(?: \w+){0,4}))?(?: (?:ra|mà|đọc|đi|nhé|nha|ạ|bạn|các bạn|mọi người))*[^\w]*"
)
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
    open_ = [at for at in open_ if at not in voiced or any(one.known for one in settling[at])]
    if not open_:
        return
    told_of = [_told(asked[at], scored[at]) for at in open_]
    amid = getattr(model.stance, "amid", None)
    p, held = model.stance.held_amid(told_of) if amid else _plainly(model.stance, told_of)
    for at, said, row, p_held in zip(open_, told_of, p, map(float, held), strict=True):
        support, deny, comment = map(float, row)
        writer = _Writer(model, asked[at], scored[at], settling[at], said, support, deny, comment, p_held)
        holds = writer.holds and not (at in voiced and not said.around)
        stands_by = holds or (at not in voiced and writer.stands_by)
        if scored[at].flagged:
            again = writer.let_off(stands_by=stands_by)
        else:
            again = writer.claiming(holds=holds) if stands_by else None
        if again:
            yield at, again


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who wrote a text, as it is asked, scored and settled: his stances to its claim, and p(held) by whole posts."""

    model: Model
    asked: Asked
    scored: Score
    settling: Sequence[policy.Finding]
    said: Told
    support: float
    deny: float
    comment: float
    held: float

    @property
    def posts(self) -> Amid | None:
        """How what posts say is weighed: of a single sentence otherwise than of one amid others; None for a reader that
        learned from none."""
        return getattr(self.model.stance, "amid" if self.said.around else "single", None)

    @property
    def known(self) -> bool:
        """Whether a row knows his claim to be false."""
        return any(one.known for one in self.settling)

    @property
    def denies(self) -> bool:
        """Whether he reads as denying his claim."""
        return bool(self.deny >= self.model.stance.deny_threshold_)

    @property
    def heard(self) -> bool:
        """Whether what stands around says that he heard it."""
        around, text = self.said.around, self.asked.text
        return around > 0 and attribution.heard(text, self.asked.span.start, beside=around >= OPEN)

    @property
    def takes_back(self) -> bool:
        """Whether he takes it back."""
        span = self.asked.span
        return takes_back(self.asked.text[: span.start], self.asked.text[span.end :])

    @property
    def puts_right(self) -> bool:
        """Whether the figure that evidence sets against the claim's stands beside it, which puts it right in whatever
        words, or he asks right behind it whether it is so."""
        return _put_right(self.said, self.scored) or _asked_behind(self.said)

    @property
    def stands_by(self) -> bool:
        """Whether he stands by his claim, as such texts are read that reads as one or tells a bare rule."""
        surely = self.support >= self.model.stance.support_threshold_ or self._likely
        return (surely or self.bare) and not self.heard

    @property
    def _likely(self) -> bool:
        """Whether a text that says little besides its claim is likelier one than an opinion, and he stands by it as
        surely as a text must read as a claim: of the two, either alone is less sure."""
        kind = self.asked.plain.read_as("p_kind")
        little = self.said.around < OPEN and not self.asked.part
        claim = kind[policy.CLAIM] >= max(LIKELY, kind[policy.OPINION])
        return little and claim and self.support >= self.model.thresholds.claim

    @property
    def bare(self) -> bool:
        """Whether his text is known to go against a fact, tells that as a rule and little else, and neither reader is
        sure that it is something else: to both a rule in people's words is hardly less an opinion than a claim."""
        kind = self.asked.plain.read_as("p_kind")
        known = next((one.eid for one in self.settling if one.known), "")
        said = self.said
        return (
            bool(known)
            and not self.denies
            and not said.around
            and not self.asked.part
            and kind[policy.CLAIM] >= (BARE_LEAST if self.support >= BARE_HELD else BARE_CLAIM)
            and kind[policy.TESTIMONY] + kind[policy.QUESTION] < BARE_VOICE
            and self.support >= BARE_SUPPORT
            and flat(self.asked.text)
            and all_of_matter(
                said.claim, said.known | contraries.wording(spelling.plain(said.claim), known, self.model.rows)
            )
        )

    @property
    def holds(self) -> bool:
        """Whether he holds what is known to be false by what posts say, whatever kind his text is. Beside one sentence
        that must be as sure as a text must read as a claim, for an aside is as soon the joke of it; what reads as
        denied isn't held where little stands around it. A single one needs more, and to read a little as a claim."""
        if not self.posts or not self.known or (self.denies and self.said.around < AMID):
            return False
        p_claim, enough = self.asked.plain.read_as("p_kind")[policy.CLAIM], self.posts.held
        if not self.said.around:
            if self.asked.part or p_claim < SINGLE_CLAIM or MOCKING.search(self.asked.text):
                return False
            enough = self.posts.surely
        elif self.said.around < OPEN:
            enough = self.model.thresholds.claim
        return self.held >= enough and not (self.puts_right or self.heard or self.takes_back)

    def claiming(self, *, holds: bool) -> Asked:
        """A text whose writer stands by its claim, as such."""
        p = self.held if holds else self.support
        p_claim = max(p, self.model.thresholds.claim) if self.bare or holds else p
        return replace(self.asked, plain=_told_to_be(self.asked.plain, policy.CLAIM, p_claim, p_support=p))

    def let_off(self, *, stands_by: bool) -> Asked | None:
        """A text that would be flagged, as it is to be judged where he doesn't stand by its claim; else None."""
        said, posts = self.said, self.posts
        if self.asked.part and not stands_by:
            return _unclaimed(self.asked, p_support=self.support)
        if posts and self.heard:
            return _unclaimed(self.asked)
        if posts and (self.puts_right or self.held < self._least):
            return _unclaimed(self.asked, p_support=self.held)
        if posts and self.known and said.around >= AMID and not self.takes_back:
            return None
        if self.holds and self.comment < COMMENTS:
            return None
        if self.denies and self._denied:
            return _unclaimed(self.asked, p_deny=self.deny)
        threshold = self.model.stance.comment_threshold_
        if self.comment >= threshold and not (self.bare or joining.told(spelling.plain(self.asked.text)).whole):
            return replace(self.asked, plain=_commenting(self.asked.plain, self.comment, threshold))
        return None

    @property
    def _least(self) -> float:
        """The p(held) below which what reads as a claim isn't held, by what posts say; a denial is told as one."""
        if self.said.around >= AMID:
            return self.posts.held if self.posts else 0.0
        if self.said.around:
            return 0.0 if self.denies else LEAST
        surely = self.bare or self.support >= self.model.stance.support_threshold_
        return BARELY if self.known and not surely else 0.0

    @property
    def _denied(self) -> bool:
        """Whether what reads as a denial is one. Of many sentences around a claim, as where rules are told one by one,
        each passes for a little of a denial: there it is none where whole posts say that the claim is held, and where
        none were learned from, one of them is to deny it, or the claim itself."""
        reader = self.model.stance
        if self.said.around < MANY:
            return True
        apart = [] if self.posts else self.said.apart()
        return bool(apart) and bool(max(reader.predict_proba(apart)[:, STANCES.index(DENY)]) >= reader.deny_threshold_)


def _plainly(reader: StanceReader, told_of: Sequence[Told]) -> tuple[np.ndarray, np.ndarray]:
    """Stances, and p(support), of a reader that learned from no whole posts, or is somebody's own."""
    p = reader.predict_proba(told_of)
    return p, p[:, 0]


def _asked_behind(said: Told) -> bool:
    """Whether a question right behind a claim asks whether it is so."""
    return bool(said.behind) and bool(ASKS_BACK.search(fold(said.behind[0])))


def _unclaimed(asked: Asked, **why: float) -> Asked:
    """A text whose writer doesn't hold the claim true."""
    return replace(asked, plain=replace(asked.plain, detail={**asked.plain.detail, **why}), asserted=False)


def _told(asked: Asked, scored: Score) -> Told:
    """A claim in its text, as its stance is read."""
    against = next((one.text for one in scored.evidence if one.relation == "contradicts"), "")
    span = asked.span.start, asked.span.end
    said = told(asked.text, known_words(against), meant=_meant, span=span)
    idle = (SLOGAN, POINTER) if flat(said.claim) else (SLOGAN,)
    before, behind = (
        tuple(one for one in side if not any(what.fullmatch(one) for what in idle))
        for side in (said.before, said.behind)
    )
    return replace(said, before=before, behind=behind)


def _meant(text: str) -> str:
    """A text as its writer means it, whichever side he judges for at its end."""
    return praise.alike(attribution.meant(text))


def _put_right(said: Told, scored: Score) -> bool:
    """Whether the figure that evidence sets against the claim's stands beside the claim: that puts it right, in
    whatever words."""
    slots = next((one.slots for one in scored.evidence if one.relation == "contradicts"), ())
    told = {figure for slot in slots for figure in _figures(slot.evidence_text) - _figures(slot.claim_text)}
    return any(told & _figures(one) for one in (*said.before, *said.behind))


def _figures(text: str) -> set[str]:
    return set(FIGURE.findall(fold(text)))


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
