"""A text as its folded sentences, what a re-ranking needs of a passage."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from classifier.text.letters import WORD
from classifier.text.neutral import neutral
from classifier.text.reading import fold

CUT = re.compile(r"[.;:!?\n]+(?=\s|$)|\n")
READ = 6_000  # characters; a claim is laid beside no more of a passage

Concepts = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Outline:
    """Folded sentences parted by bars, in one line with a blank at either end, concepts, and the syllables of a title.

    said: the outline of what people say of a passage (classifier.evidence.expansion), if anything is known.
    """

    line: str
    concepts: frozenset[str]
    title: frozenset[str]
    length: int  # syllables
    said: "Outline | None" = None

    @property
    def sentences(self) -> list[list[str]]:
        """The syllables of each sentence."""
        return [piece.split() for piece in self.line.split("|")]


def outline(text: str, *, concepts: Concepts | None = None) -> Outline:
    """Read a text."""
    return of_line(line_of(text), title="", concepts=concepts(text) if concepts else ())


def line_of(text: str) -> str:
    """The folded syllables of a text, sentences parted by bars: dear to read, so that an index keeps it."""
    pieces = (" ".join(WORD.findall(piece)) for piece in CUT.split(fold(neutral(text[:READ]))))
    return " | ".join(piece for piece in pieces if piece)


def of_line(line: str, *, title: str, concepts: Iterable[str], said: str = "") -> Outline:
    """The outline of a text whose line is known, and that of what people say of it."""
    return Outline(
        line=f" {line} ",
        concepts=frozenset(concepts),
        title=frozenset(WORD.findall(fold(title))),
        length=line.count(" ") + 1 - line.count("|") if line else 0,
        said=of_line(said, title="", concepts=()) if said else None,
    )
