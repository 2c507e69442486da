"""Patterns for a text as it is typed: with diacritics or without."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from classifier.text.letters import fold
from classifier.text.restore import is_unaccented

MARK = r"[^\w]*"  # what may stand before the first word
END = sys.maxsize
# letters that a pattern in any case takes for i or s, but small letters don't make so
_ODD = re.compile("[\u0130\u0131\u017f]")
_CLASS = re.compile(r"\\[BDSW]")  # folded, each is its own contrary

Match = re.Match[str]


@dataclass(frozen=True)
class Looked:
    """A pattern that is looked for in small letters first: without the case that is two to four times as fast, and most
    texts hold none. hint: what every match holds, looked for instead. Each is made when first needed."""

    pattern: str
    hint: str = ""
    flags: int = re.IGNORECASE

    @cached_property
    def full(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def first(self) -> re.Pattern[str]:
        """What small letters must hold for the pattern to match."""
        return re.compile(self.hint or self.pattern)

    def search(self, said: str, at: int = 0, end: int = END) -> Match | None:
        """As re.Pattern.search, like the next three."""
        low = _small(said)
        return self.full.search(said, at, end) if not low or self.first.search(low, at, end) else None

    def match(self, said: str, at: int = 0, end: int = END) -> Match | None:
        low = _small(said)
        may = not low or (self.first.search if self.hint else self.first.match)(low, at, end)
        return self.full.match(said, at, end) if may else None

    def fullmatch(self, said: str) -> Match | None:
        return self.full.fullmatch(said)

    def finditer(self, said: str) -> Iterator[Match]:
        low = _small(said)
        return self.full.finditer(said) if not low or self.first.search(low) else iter(())


class Either(NamedTuple):
    """A pattern as it is typed with diacritics and without; a text is looked through as it is typed itself."""

    accented: Looked
    bare: Looked

    def search(self, said: str, at: int = 0, end: int = END) -> Match | None:
        """As re.Pattern.search, like the next three."""
        return self[is_bare(said)].search(said, at, end)

    def match(self, said: str, at: int = 0, end: int = END) -> Match | None:
        return self[is_bare(said)].match(said, at, end)

    def fullmatch(self, said: str) -> Match | None:
        return self[is_bare(said)].fullmatch(said)

    def finditer(self, said: str) -> Iterator[Match]:
        return self[is_bare(said)].finditer(said)


def either(pattern: str, bare: str = "", *, hint: str = "") -> Either:
    """A pattern as it is typed with diacritics and without; it holds no capitals, which folding would make small.

    hint: a shorter one that every match holds; where capitals count it must be given. Raises ValueError for a class
    that folding would turn round.
    """
    if _CLASS.search(bare or pattern):
        raise ValueError(f"{bare or pattern} holds a class in a capital, which folding turns round: write [^…]")
    return Either(Looked(pattern, hint), Looked(fold(bare or pattern), fold(hint)))


Both = tuple[re.Pattern[str], re.Pattern[str]]


def both(pattern: str, bare: str = "", *, flags: int = 0) -> Both:
    """The same of a pattern that is looked for as it stands: of small letters in such, which is three times as fast as
    in any case."""
    return re.compile(pattern, flags), re.compile(fold(bare or pattern), flags)


def listed(forms: str) -> list[str]:
    """The forms of a list that commas part, each with plain blanks."""
    return [" ".join(form.split()) for form in forms.split(",")]


def any_of(forms: str) -> str:
    """A pattern of the forms of a list that commas part, the longest first."""
    return "|".join(sorted(listed(forms), key=len, reverse=True))


def of(pair: Either, said: str) -> Looked:
    """The pattern for a part of a text, as the whole is typed."""
    return pair[is_bare(said)]


@lru_cache(maxsize=256)
def is_bare(said: str) -> bool:
    """Whether a text is typed without diacritics."""
    return said.isascii() or is_unaccented(said)


@lru_cache(maxsize=256)
def _small(said: str) -> str:
    """A text in small letters, letter for letter; "" where a pattern in any case may find what this doesn't show."""
    low = said.lower()
    return "" if len(low) != len(said) or (not said.isascii() and _ODD.search(said)) else low
