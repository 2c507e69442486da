"""A text as the syllables, sentences and words that comparison works on, each with its place."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from classifier.text.figures import ROMAN, SHORT_YEAR, level, usual, year
from classifier.text.reading import fold, tokenize

SYLLABLE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\W_]+")
BREAK = re.compile(r"[.!?…](?=\s|$)|\n")
ROMANS = ROMAN.keys() | set(map(str.lower, ROMAN))
CLAUSE = re.compile(r"[;!?…\n()–—]|[,.:](?!\d)")
LIMIT = 4_000  # characters of either side that are compared: beyond it no evidence is read word by word


@dataclass(frozen=True, slots=True)
class Syllables:
    """Syllables and numbers of a text: as written, but for a year in two digits and a level in Roman ones, lower case,
    folded; where they stand; words as syllable ranges."""

    text: str
    usual: str  # the text letter for letter, its figures as the readers of numbers know them
    shown: tuple[str, ...]
    lower: tuple[str, ...]
    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentence: tuple[int, ...]  # number of the sentence each syllable is in
    clause: tuple[int, ...]  # number of the clause, cut at punctuation
    words: tuple[tuple[int, int], ...]  # half-open syllable ranges, in order, covering every syllable once

    def __len__(self) -> int:
        return len(self.shown)

    def opens(self, at: int) -> bool:
        """Whether a syllable is the first of its sentence."""
        return at == 0 or self.sentence[at] != self.sentence[at - 1]

    def word(self, at: tuple[int, int]) -> str:
        """A word in lower case, its syllables joined by a space."""
        return " ".join(self.lower[at[0] : at[1]])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Character span of a syllable range; an empty range stands before its syllable."""
        if start >= end:
            at = self.spans[start][0] if start < len(self) else len(self.text)
            return at, at
        return self.spans[start][0], self.spans[end - 1][1]

    def said(self, start: int, end: int) -> str:
        """The text of a syllable range, punctuation within it included."""
        first, last = self.place(start, end)
        return self.text[first:last]


def read(text: str, *, worded: bool = True) -> Syllables:
    """Cut a normalised text; at most LIMIT characters of it are read. worded: also into words, which takes longest."""
    text = text[:LIMIT]
    figures = usual(text)
    spans = tuple([match.span() for match in SYLLABLE.finditer(figures)])
    shown = SYLLABLE.findall(figures)
    for day in SHORT_YEAR.finditer(figures) if "/" in figures or "-" in figures else ():
        shown[bisect_left(spans, (day.start(2),))] = year(day[2])
    for at in range(1, 0 if ROMANS.isdisjoint(shown) else len(shown)):
        shown[at] = level(shown[at - 1], shown[at]) or shown[at]
    line = " ".join(shown).lower()  # all at once: a call for each syllable costs ten times as much
    return Syllables(
        text=text,
        usual=figures,
        shown=tuple(shown),
        lower=tuple(line.split(" ") if shown else ()),
        folded=tuple(fold(line).split(" ") if shown else ()),
        spans=spans,
        sentence=_pieces(figures, spans, BREAK),
        clause=_pieces(figures, spans, CLAUSE),
        words=_words(figures, spans) if worded else (),
    )


def _pieces(text: str, spans: tuple[tuple[int, int], ...], cut: re.Pattern[str]) -> tuple[int, ...]:
    """The number of cuts before each syllable."""
    cuts = [match.start() for match in cut.finditer(text)]
    return tuple([bisect_left(cuts, start) for start, _ in spans])


def _words(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Words of the tokenizer as syllable ranges; what it changed beyond recognition stays single syllables."""
    starts = [start for start, _ in spans]
    words: list[tuple[int, int]] = []
    at = done = 0
    for token in tokenize(text):
        found = text.find(token, at)
        if found < 0:
            continue
        at = found + len(token)
        first, last = bisect_left(starts, found), bisect_left(starts, at)
        if last > max(first, done):
            words.extend((one, one + 1) for one in range(done, first))
            words.append((max(first, done), last))
            done = last
    words.extend((one, one + 1) for one in range(done, len(spans)))
    return tuple(words)
