"""Whether a claim says again what was found false before: near copies and paraphrases, with or without diacritics."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from classifier.comparison.numbers import Quantity, counted, quantities
from classifier.entailment.verdict import LABELS, VerdictModel
from classifier.evidence.retrieval import Hit, Passage, PassageIndex
from classifier.factuality.denials import calls_untrue
from classifier.orthography.spelling import plain
from classifier.policy import SETTLING
from classifier.text import fold, words
from classifier.text.patterns import either
from classifier.text.restore import is_unaccented, restore
from classifier.text.syllables import read

CANDIDATES = 12  # texts compared word by word
LEAST = 0.2  # share of neighbouring syllables in common below which most that seemed a repeat was none
TOLD = 1.5  # weight of p(the text says it) beside likeness: 0.927 of training claims come first, 0.911 by the larger p
SAME = 0.6  # p from which a claim counts as the same: a repeated flag must rest on more than a likeness
RULED = ("tuổi", "time", "percent")  # units and kinds of figures that a rule sets
# what is said of all, but for a treaty's name
_ALL = (
    r"\b(?:{}(?! hình thức)|tất cả|toàn (?:bộ|thể)|bất (?:kỳ|kể|cứ)|hết thảy|ai(?: ai)? (?:cũng|đều)"
    r"|(?<!nhất )(?<!đầu )(?<!của )(?<!với )(?<!kể )cả nước(?! (?:ta|mình|lẫn|và|ngoài|ngọt|mắm)\b)"
    r"|(?<!nhất )(?<!đầu )(?<!của )(?<!với )(?<!hội )(?<!nghị )(?<!biểu )(?<!địch )toàn quốc)\b"
)
ALL = either(_ALL.format("mọi"), _ALL.format("moi(?! (?:tháng|năm|ngày|tuần|lần|quý|giờ)\\b)"))  # "mỗi tháng"
CHECKED = "factcheck:"  # how the ids of fact-checks begin; others are of decisions made here
# by which a fact-check lists a claim that it calls false; "bác bỏ", "không có chuyện" are the words of who denies one
_NAMED = r"\b(?:tin (?:giả|sai|vịt)|sai sự thật|fake ?news)\b"
_LABEL = re.compile(_NAMED, re.IGNORECASE)
# before a claim or behind it: "Lan truyền tin giả: …", "Thông tin … là sai sự thật"
_BEFORE = re.compile(rf"^[^:.]*{_NAMED}[^:.]*:\s*", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:\s*[,;:(–-]\s*|\s+(?=là|đều|hoàn toàn))(?:(?:là|đều|hoàn toàn|thông tin)\s+)*{_NAMED}[\s.)!]*$", re.IGNORECASE
)
_TOLD_AS = re.compile(r"^(?:thông tin|tin)(?: (?:cho|nói)? ?rằng)?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RefutedClaim:
    """A claim that a fact-check or a decision found false."""

    eid: str
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Match:
    """A refuted claim that a text may repeat; p is the probability that it says the same thing."""

    eid: str
    role: str
    text: str
    p: float

    @property
    def same(self) -> bool:
        """Whether it is near enough to be called a repeat."""
        return self.p >= SAME


class RefutedClaims:
    """Refuted claims that can be matched; likeness finds them, the verdict model tells a repeat from its denial."""

    def __init__(self, index: PassageIndex, verdict: VerdictModel, written: Mapping[str, str]) -> None:
        self._index = index
        self._verdict = verdict
        self._written = written  # the claims as they were written, by eid

    @classmethod
    def build(cls, claims: Sequence[RefutedClaim], *, verdict: VerdictModel) -> "RefutedClaims":
        """Index refuted claims in memory."""
        passages = [Passage(one.eid, _claim_of(one), role=one.role, kind="decision") for one in claims]
        return cls(PassageIndex.build(passages), verdict, {one.eid: one.text for one in claims})

    def match(self, claim: str, k: int = 3) -> list[Match]:
        """match_all of one claim."""
        return self.match_all([claim], k)[0]

    def match_all(self, claims: Sequence[str], k: int = 3) -> list[list[Match]]:
        """For each claim the k refuted ones most alike whose role may settle it, then k of parties', best first; one
        that denies it is alike but its p is low, as it is where a claim says only a part of what was refuted."""
        texts = [_in_figures(plain(claim)) for claim in claims]
        found = [self._index.search_uncrowded(text, CANDIDATES, roles=SETTLING, least=CANDIDATES) for text in texts]
        near = [_near(text, hits) for text, hits in zip(texts, found, strict=True)]
        # a post that adds a detail of its own still says what was found false; what it leaves out may be what was false
        pairs = [
            (hits[at].passage.text, text)
            for text, hits, places in zip(texts, found, near, strict=True)
            for at in places
        ]
        said = self._verdict.predict_proba(pairs)[:, LABELS.index("supported")]
        ends = np.cumsum([len(places) for places in near])
        return [
            [
                Match(one.eid, one.role, self._written[one.eid], p)
                for one, p in _best(hits, places, said[end - len(places) : end], k)
            ]
            for hits, places, end in zip(found, near, ends, strict=True)
        ]


def _claim_of(refuted: RefutedClaim) -> str:
    """A refuted claim as it is meant, without a fact-check's label of it."""
    text = _in_figures(plain(refuted.text))
    if not refuted.eid.startswith(CHECKED):
        return text
    claim = _BEHIND.sub("", left := _BEFORE.sub("", text))
    return (claim if claim == left else _TOLD_AS.sub("", claim)) or text


def _in_figures(text: str) -> str:
    """A text with its whole numbers in figures: "ba tháng" as "3 tháng", since people write either."""
    syllables, parts, done = read(text, worded=False), list[str](), 0
    for one in quantities(syllables):
        start, end = syllables.place(*one.at)
        if (value := counted(one, syllables)).is_integer() and text[start:end].replace(" ", "").isalpha():
            parts += [text[done:start], f"{value:.0f}"]
            done = end
    return "".join([*parts, text[done:]])


def _near(text: str, hits: Sequence[Hit]) -> list[int]:
    """The hits to be looked at word by word: they share enough of a claim's neighbouring syllables, either both call
    what they say untrue or neither does, no figure of a rule is another, and what is said of all is said of all."""
    return [
        at
        for at, hit in enumerate(hits)
        if _shared(text, hit.passage.text) >= LEAST
        and calls_untrue(text) == _denies(hit.passage)
        and not _sets_another(text, hit.passage.text)
        and (_of_all(text) or not _of_all(hit.passage.text))
    ]


def _sets_another(text: str, refuted: str) -> bool:
    """Whether a text sets an age, a term or a share that a refuted claim hasn't beside its own: "nam 20, nữ 18" says
    the 18 of one that had it for men, of others."""
    claimed = _figures(refuted)
    return any(
        any(map(one.rivals, claimed)) and not any(map(one.same, claimed)) for one in (_figures(text) if claimed else ())
    )


def _denies(refuted: Passage) -> bool:
    """Whether what was found false is itself a denial: a fact-check's label of what it quotes is none."""
    return not (refuted.eid.startswith(CHECKED) and _LABEL.search(refuted.text)) and calls_untrue(refuted.text)


def _best(
    hits: Sequence[Hit], places: Sequence[int], supported: NDArray[np.float64], k: int
) -> list[tuple[Passage, float]]:
    """The first k by likeness and by what the text says of them, with p: of those that may settle, then of parties';
    supported is (places,)."""
    if not hits:
        return []
    said = np.zeros(len(hits))
    said[list(places)] = supported
    scores = np.array([hit.score for hit in hits])
    order = np.argsort(-scores / scores.max() - TOLD * said, kind="stable")
    settling = [at for at in order if hits[at].passage.role in SETTLING]
    others = [at for at in order if hits[at].passage.role not in SETTLING]
    return [(hits[at].passage, float(said[at])) for at in (*settling[:k], *others[:k])]


def _shared(one: str, other: str) -> float:
    """Share of the pairs of neighbouring syllables, folded, of the shorter text that the other has."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)


@lru_cache(maxsize=1_024)
def _of_all(text: str) -> bool:
    """Whether something is said of all: who says it of some repeats no more than a part, which may be true."""
    return bool(ALL.search(text))


@lru_cache(maxsize=1_024)
def _figures(text: str) -> tuple[Quantity, ...]:
    text = restore(text) if is_unaccented(text) else text
    return tuple(one for one in quantities(read(text, worded=False)) if one.unit in RULED or one.kind in RULED)


@lru_cache(maxsize=1_024)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(words(fold(text))))
