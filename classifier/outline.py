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
    """Folded sentences, all of them in one line with a blank at either end, concepts, and the syllables of a title.

    said: the outline of what people say of a passage (classifier.expansion), if anything is known.
    """

    sentences: tuple[tuple[str, ...], ...]
    line: str
    concepts: frozenset[str]
    title: frozenset[str]
    length: int  # syllables
    said: "Outline | None" = None


def outline(text: str, *, title: str = "", concepts: Concepts | None = None) -> Outline:
    """Read a text; a title that is an address says nothing and is left out."""
    return of_line(line_of(text), title=title, concepts=concepts(text) if concepts else ())


def line_of(text: str) -> str:
    """The folded syllables of a text, sentences parted by bars: dear to read, so that an index keeps it."""
    pieces = (" ".join(WORD.findall(piece)) for piece in CUT.split(fold(neutral(text[:READ]))))
    return " | ".join(piece for piece in pieces if piece)


def of_line(line: str, *, title: str, concepts: Iterable[str], said: str = "") -> Outline:
    """The outline of a text whose line is known, and that of what people say of it."""
    # syllables are interned, so that each costs a pointer in all outlines together
    kept = tuple([tuple(map(sys.intern, piece.split(" "))) for piece in line.split(" | ")]) if line else ()
    return Outline(
        sentences=kept,
        line=f" {line} ",
        concepts=frozenset(map(sys.intern, concepts)),
        title=frozenset(WORD.findall(fold(title))) if "://" not in title else frozenset(),
        length=sum(map(len, kept)),
        said=of_line(said, title="", concepts=()) if said else None,
    )
