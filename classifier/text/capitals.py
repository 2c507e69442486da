"""Capitals of names, put back in a text that shouts or has none: names make a claim likelier, and how large somebody
types doesn't."""

import re

from classifier.text.letters import GREAT
from classifier.text.reading import Edit
from classifier.text.restore import is_unaccented, shipped

_WITHIN = re.compile(rf"\s(?<![.!?\n]\s)[\"“(]?[A-Z{GREAT}]")  # a capital within a sentence
_CLAUSE = re.compile(r"\w+(?:\s+\w+)*")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+|\d[\d.,/-]*")


def edits(said: str) -> list[Edit]:
    """Letters small in a text that has no capitals but where sentences begin, and large where news has them.

    A text without diacritics waits for those: "nam" is Nam in Việt Nam, and năm.
    """
    if _WITHIN.search(said) or is_unaccented(said):
        return []
    found = []
    for clause in _CLAUSE.finditer(said):
        places = [match.span() for match in _WORD.finditer(said, *clause.span())]
        great = shipped().capitals([said[start:end].lower() for start, end in places])
        found += [
            (start, start + 1, said[start].upper())
            for (start, _), large in zip(places, great, strict=True)
            if large and said[start].islower() and len(said[start].upper()) == 1
        ]
    return found
