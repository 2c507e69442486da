"""A text as its folded sentences, what a re-ranking needs of a passage: small enough to keep thousands."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from classifier.neutral import neutral
from classifier.text import fold

WORD = re.compile(r"[^\W_]+")
CUT = re.compile(r"[.;:!?\n]+(?=\s|$)|\n")
READ = 6_000  # characters; a claim is laid beside no more of a passage

Concepts = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Outline:
    """Folded sentences, all of them in one line with a blank at either end, concepts, and the syllables of a title."""

    sentences: tuple[tuple[str, ...], ...]
    line: str
    concepts: frozenset[str]
    title: frozenset[str]
    length: int  # syllables


def outline(text: str, *, title: str = "", concepts: Concepts | None = None) -> Outline:
    """Read a text; a title that is an address says nothing and is left out."""
    pieces = [_interned(piece) for piece in CUT.split(fold(neutral(text[:READ])))]
    kept = tuple(piece for piece in pieces if piece)
    return Outline(
        sentences=kept,
        line=f" {' | '.join(' '.join(piece) for piece in kept)} ",
        concepts=frozenset(map(sys.intern, concepts(text))) if concepts else frozenset(),
        title=frozenset(_interned(fold(title))) if "://" not in title else frozenset(),
        length=sum(map(len, kept)),
    )


def _interned(text: str) -> tuple[str, ...]:
    """Syllables that all outlines share, so that each costs a pointer."""
    return tuple(map(sys.intern, WORD.findall(text)))
