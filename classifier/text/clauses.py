"""The clauses of a text's sentences: at commas, colons, dashes and dots."""

import re

from classifier.text.reading import Span, sentences

TURN = re.compile(r"\s+[–—-]+\s+")  # "<claim> – <what is said of it>"
CLAUSE = re.compile(r"(?<=[,;:])\s+|(?<=…)\s*|(?<=\.\.\.)\s*")  # "<claim>, <what is said of it>"
_ANY = re.compile(f"{TURN.pattern}|{CLAUSE.pattern}")


def segments(text: str) -> list[Span]:
    """Spans of a text's sentences, those with a dash cut at it."""
    return [span for first, last in sentences(text) for span in _cut(text, first, last, TURN)]


def clauses(text: str) -> list[list[Span]]:
    """Of each sentence the spans of its clauses."""
    return [_cut(text, first, last, _ANY) for first, last in sentences(text)]


def _cut(text: str, first: int, last: int, at: re.Pattern[str]) -> list[Span]:
    cuts = [one.span() for one in at.finditer(text, first, last)]
    found = zip([first, *(end for _, end in cuts)], [*(start for start, _ in cuts), last], strict=True)
    return [(start, end) for start, end in found if start < end]
