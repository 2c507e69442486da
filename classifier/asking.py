"""What asks claims nothing: whether a sentence is a question, and what a text says beside the questions in it."""

import re
from functools import lru_cache

from classifier.ragged import ASKS, LAST, QUESTION_MARKS, SMILEY, unparticled
from classifier.restore import is_unaccented, restore
from classifier.text import fold, sentences

TAG = 6  # words; a longer question has matter of its own
_QUOTES = "\"'“”‘’«»"
# of several marks the first tells, and "(?)" doubts
_MARKED = re.compile(rf"(?<![(!‼❗{QUESTION_MARKS}])[{QUESTION_MARKS}]\W*\Z")
_LAST = frozenset(["khong", "chua", "hong", "hem", "sao", "nao", "gio", "ha", "nhi"])  # of what ASKS matches, folded
_QUOTED = re.compile(rf"[{_QUOTES}]\s*\.")  # who says what others ask says something

Span = tuple[int, int]


@lru_cache(maxsize=256)  # a text is asked about before and after its last questions are taken off
def asks(sentence: str) -> bool:
    """Whether a sentence is a question: by its mark, whatever stands behind it ("?!", '?"', "? :)"), or, typed without
    any mark, by its last words ("… phải không ạ")."""
    said = sentence[-LAST:].rstrip()
    if said[-1:] in tuple("DPpvV3|^"):
        said = SMILEY.sub("", said, count=1)
    if marked := _MARKED.search(said):
        return sentence.lstrip()[:1] in _QUOTES or not _QUOTED.search(said, marked.start())
    if not said[-1:].isalnum():
        return False
    said = unparticled(said)
    if fold(said.rpartition(" ")[2]) not in _LAST:
        return False
    return bool(ASKS.search(restore(said) if is_unaccented(said) else said))


def only_asks(text: str) -> bool:
    """Whether every sentence of a text is a question."""
    return asks(text) and all(asks(text[slice(*span)]) for span in _said(text))


def told(text: str) -> str:
    """A text without the short questions behind what it says: "… Có ai biết không?" asks, but takes nothing back."""
    if not asks(text):
        return text
    said = _said(text)
    while said and asks(last := text[slice(*said[-1])]) and len(last.split()) <= TAG:
        said.pop()
    return text[: said[-1][1]] if said and not asks(text[slice(*said[-1])]) else text


def stated(text: str) -> Span:
    """Where a text states something: all of it, or, where it asks too, its longest sentence that doesn't."""
    said = _said(text)
    rest = [span for span in said if not asks(text[slice(*span)])]
    return (0, len(text)) if len(rest) in (0, len(said)) else max(rest, key=lambda span: span[1] - span[0])


def _said(text: str) -> list[Span]:
    """The sentences of a text that hold a word: a smiley behind one is none."""
    return [(start, end) for start, end in sentences(text) if any(map(str.isalnum, text[start:end]))]
