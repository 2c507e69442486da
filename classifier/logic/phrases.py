"""Phrases of the tables of contraries: words in order, with gaps, shared words, and numbers that are asked for.

A number of a text is masked by one letter, so that a phrase is a pattern; what it must be is told beside the pattern.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from sys import intern

from classifier.text.letters import fold

GAP = 4  # words that "…" stands for, at most
MOST = 200  # numbers of a claim that are told apart
FIRST = 0xE000  # a number is masked by the letter of its place, which hardly any text holds
MASK = f"{chr(FIRST)}-{chr(FIRST + MOST - 1)}"  # no more: a class takes as long to compile as its range is wide
BETWEEN = re.compile(r"[\s“”\"'()–-]")  # is read as a space, so that APART, in every phrase, is soon compiled
APART = "[ ,_]+"  # between two words of a phrase: no end of a sentence
GLUED = APART[:-1] + "*"  # behind a number: "30%", "24h"
# a word that "…" stands for in what is said: none that denies it, as those of a protocol's name, of leave without leave
# or pay and of an age don't; without diacritics "chua" is other words too
# nor "but", nor one behind a comma that speaks of the other sex, "nữ 57, nam 61 tuổi", to which no gap leads either:
# "chỉ nam bị bắt buộc, con gái thì không"
_OTHERS = r"(?:(?<!, )|(?!(?:nam|nữ|phụ nữ|đàn (?:ông|bà)|con (?:trai|gái))\b))"
OTHERS = (_OTHERS, fold(_OTHERS))
UNDENIED = (
    OTHERS[0] + r"(?!(?:(?<!thư )không(?! (?:phép|xin phép|lương|lý do|giấy|thời hạn)\b)"
    r"|chưa(?! (?:đủ|đầy|đến|tới|thành niên)\b)|chẳng|chả|nhưng)\b)",
    OTHERS[1] + r"(?!(?:(?<!thu )khong(?! (?:phep|xin phep|luong|ly do|giay|thoi han)\b)|chang)\b)",
)
_SURELY = r"(?! (?:cứ|chỉ|riêng|hễ|muốn)\b)"  # "không phải cứ ly hôn là hết" doesn't say that it isn't
SURELY = (_SURELY, fold(_SURELY))
NUMBER = re.compile(r"\{(?:([<>=!])(\d+(?:\.\d+)?))?\}")
SHARED = re.compile(r"<(\w+)>")
WORD = re.compile(r"\w+")
BEGINS = re.compile(r"(?:^|\|)\s*(…[^|]*)")
ODD = re.compile(r"[^|{}<>]*([{}<>])[^|]*")
PART = re.compile(r"…|\{[^}]*\}|[⟨¦⟩/]|[^\s⟨¦⟩/{]+")  # of a phrase, shared words put in as ⟨one¦other⟩
# words that a text tells numbers by, which are masked there; not "năm", mostly a year
SPELT = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
Asked = tuple[str, float]  # of a number: one of OPERATORS or "" for any, and what it is compared with


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Words in order, as they are written in the file, and those of them, folded, that stand in whatever it matches,
    with a phrase of each of the shared forms in it."""

    written: str
    words: tuple[str, ...]
    shared: tuple["Phrases", ...] = ()

    def may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether folded words hold its own; they seldom do, which no pattern need tell."""
        if not words.issuperset(self.words):
            return False
        for forms in self.shared:  # noqa: SIM110  # a loop takes two thirds
            if not forms.may_stand_in(words):
                return False
        return True

    def whole(self) -> str:
        """As it is written, with its shared forms put in as ⟨one¦other⟩."""
        forms = iter(self.shared)
        return SHARED.sub(lambda _: f"⟨{'¦'.join(one.whole() for one in next(forms))}⟩", self.written)


@dataclass(slots=True, eq=False)
class Phrases:
    """The phrases of a group, which "|" parts; made when they are first asked for, as most never are."""

    written: str
    shared: Mapping[str, "Phrases"]  # by the names that stand in it
    made: dict[str, tuple[Phrase, ...]]  # those of its file so far, each once
    _all: tuple[Phrase, ...] | None = None
    # folded words of the phrases that are one word, of those that are several, and those with shared forms in them
    _parted: tuple[frozenset[str], tuple[frozenset[str], ...], tuple[Phrase, ...]] | None = None

    def __iter__(self) -> Iterator[Phrase]:
        if self._all is None:
            self._all = tuple(chain.from_iterable(self._made(said, words) for said, words in self.parts()))
        return iter(self._all)

    def may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether folded words hold those of one of its phrases; asked of hundreds of groups for each text."""
        if self._parted is None:
            plain = [phrase.words for phrase in self if not phrase.shared]
            self._parted = (
                frozenset(one for one, *others in filter(None, plain) if not others),
                tuple(frozenset(one) for one in plain if len(one) != 1),
                tuple(phrase for phrase in self if phrase.shared),
            )
        lone, several, mixed = self._parted
        if not words.isdisjoint(lone) or any(map(words.issuperset, several)):
            return True
        for phrase in mixed:  # noqa: SIM110
            if phrase.may_stand_in(words):
                return True
        return False

    def parts(self) -> Iterator[tuple[str, list[str]]]:
        """What stands between two "|", with its own folded words."""
        left = SHARED.sub(" ", NUMBER.sub(" ", self.written.lower()))
        for said, words in zip(self.written.split("|"), left.split("|"), strict=True):
            if said := said.strip():
                yield said, [fold(one) for one in WORD.findall(words) if one not in SPELT]

    def _made(self, said: str, words: Iterable[str]) -> tuple[Phrase, ...]:
        """One phrase, or those of shared words alone."""
        found = self.made.get(said)
        if found is None:
            forms = tuple(self.shared[one] for one in SHARED.findall(said))
            found = tuple(forms[0]) if SHARED.fullmatch(said) else (Phrase(said, tuple(map(intern, words)), forms),)
            self.made[said] = found
        return found


@cache  # as many as the files have phrases, most of which are never asked for
def compiled(phrase: Phrase, *, bare: bool, affirmed: bool = False) -> tuple[re.Pattern[str], tuple[Asked, ...]]:
    """A phrase as a pattern of small letters with numbers masked, and what each of its numbers must be. affirmed: "…"
    stands for no denial, and a number in words for no number."""
    made, before, numbers = "", "", list[Asked]()
    gap, behind = (UNDENIED[bare], OTHERS[bare]) if affirmed else ("", "")
    for part in PART.findall(BETWEEN.sub(" ", phrase.whole())):
        if part == "…":
            made, before = rf"{made}(?:{APART}{gap}(?:[^\W_]|[{MASK}/])+){{0,{GAP}}}?", APART + behind
        elif part in "¦⟩":
            made, before = made + ("|" if part == "¦" else ")"), "" if part == "¦" else APART
        elif part == "⟨":
            made, before = f"{made}{before}(?:", ""
        elif part == "/":  # within a day: "/{=1982}"
            made, before = f"{made}/", ""
        elif asked := NUMBER.fullmatch(part):
            numbers.append((asked[1] or "", float(asked[2] or 0)))
            made, before = rf"{made}{APART if before == GLUED else before}([{MASK}])\{len(numbers)}*+", GLUED
        elif not affirmed and part.lower() in SPELT:
            numbers.append(("=", float(SPELT[part.lower()])))
            word = fold(part.lower()) if bare else part.lower()
            made, before = rf"{made}{before}(?:{word}|([{MASK}])\{len(numbers)}*+)", APART
        else:
            word = part.lower()
            made, before = made + before + re.escape(fold(word) if bare else word), APART
    if affirmed and phrase.written.endswith("không phải"):
        made += SURELY[bare]
    return re.compile(rf"(?<!\w){made}(?!\w)"), tuple(numbers)


@dataclass(frozen=True, slots=True)
class Wording:
    """The shared words of a file, by their names, and its phrases that were made so far."""

    shared: dict[str, Phrases] = field(default_factory=dict)
    made: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    def phrases(self, group: str) -> Phrases:
        """The phrases of a group; ValueError telling what isn't understood."""
        if "…" in group and (begins := BEGINS.search(group)):
            raise ValueError(f"{begins[1].strip()} begins with …; begin a phrase with a word or a number")
        names = SHARED.findall(group) if "<" in group else []
        if unknown := [one for one in names if one not in self.shared]:
            raise ValueError(f"<{unknown[0]}> isn't among [words] before this")
        left = SHARED.sub("", NUMBER.sub("", group))
        if any(mark in left for mark in "{}<>") and (odd := ODD.search(left)):  # which looks on from each letter
            what = f"{odd[1]} isn't understood in {odd[0].strip()!r}"
            raise ValueError(f"{what}; a number is {{<18}}, {{>18}}, {{=18}}, {{!18}} or {{}}")
        return Phrases(group, {one: self.shared[one] for one in names}, self.made)
