"""Patterns for a text as it is typed: with diacritics or without."""

import re
from functools import lru_cache

from classifier.text.letters import fold
from classifier.text.restore import is_unaccented

MARK = r"[^\w]*"  # what may stand before the first word
Either = tuple[re.Pattern[str], re.Pattern[str]]


def either(pattern: str, bare: str = "") -> Either:
    """A pattern as it is typed with diacritics and without; it holds no capitals, which folding would make small."""
    return re.compile(pattern, re.IGNORECASE), re.compile(fold(bare or pattern), re.IGNORECASE)


def of(pair: Either, said: str) -> re.Pattern[str]:
    """The pattern for a text as it is typed."""
    return pair[is_bare(said)]


@lru_cache(maxsize=256)
def is_bare(said: str) -> bool:
    """Whether a text is typed without diacritics."""
    return said.isascii() or is_unaccented(said)
