"""Texts as people leave them: how one begins and ends, or that it lacks diacritics, says nothing of what it is."""

import re

from classifier.text import capitals
from classifier.text.reading import replaced
from classifier.text.restore import is_unaccented, restore

LAST = 60  # characters in which a text's last particles are looked for
PLAIN = 24  # a text with diacritics has more letters beyond ASCII than one in this many
QUESTION_MARKS, _CRYING = "?❓⁉؟⸮﹖‽", "!‼❗"
_MARKS = re.compile(rf"[{QUESTION_MARKS}{_CRYING}.…]{{2,}}|[{_CRYING}…❓⁉]")
SMILEY = re.compile(r"(?:\s*(?:[:;=][-']?[()DPpvV3|]+|(?<!\^)\^{2,}(?!\^)))+\s*$")
_PARTICLES = r"vậy|vay|nhé|nhe|nha|nhá|luôn|luon|ạ|á|nè|ơi|oi|mọi người|moi nguoi"
_LAST_WORDS = frozenset(one.rpartition(" ")[2] for one in _PARTICLES.split("|"))
_ASKS = re.compile(
    r"\b(?:(?:có|phải|đúng|được|hay) (?:(?!không\b)\w+ ){0,7}không"
    r"|(?:đúng|phải|được|hay|rồi|xong) (?:không|chưa)"
    r"|(?:phải|đúng) (?:hông|hem)|(?:là|làm) sao|thế nào|ra sao|bao giờ|vì sao|tại sao|hả|nhỉ)\Z",
    re.IGNORECASE,
)
# "đã ký chưa", but not "… còn Việt Nam thì chưa", "… đều nói chưa" or "nhiều nước đã ký CRC Việt Nam chưa"
_YET = re.compile(
    r"\b(?:có|đã|được) (?:(?!(?:chưa|còn|nhưng|mà|thì|vẫn|cũng|song|nói|trả|đáp)\b)\w+ ){1,7}"
    r"(?<!(?<!ở )việt nam )(?<!(?<!ở )nước ta )(?<!(?<!ở )nước mình )chưa\Z",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"(?<=\w)(?:\s+(?:{_PARTICLES}))*[\s.,;:]*$", re.IGNORECASE)


def even(text: str) -> str:
    """A text with its diacritics that begins with a capital and ends with a full stop, without cries, trailing dots,
    smileys and last particles.

    A question keeps its mark, and one typed without gets it; of several marks the first says what a sentence is.
    Both readers read texts so, in learning and in scoring.
    """
    bare = len(text.encode("utf-8", "replace")) - len(text) < len(text) // PLAIN and is_unaccented(text)
    if bare:
        text = restore(text)
        text = replaced(text, capitals.edits(text))
    if text[-1:] in "()DPpvV3|^":
        text = text[:-LAST] + SMILEY.sub("", text[-LAST:], count=1)
    marked = "!" in text or "…" in text or ".." in text or "?" in text or "‼" in text or "❗" in text
    said = (_MARKS.sub(_mark, text) if marked else text).strip().rstrip(". ")
    if said and not said.endswith("?"):
        rest = said.rstrip(" .,;:")
        if rest.rpartition(" ")[2].lower() in _LAST_WORDS:
            rest = said[:-LAST] + unparticled(said[-LAST:])
        asks = not marked and text[-1:].isalnum() and ends_asking(rest[-LAST:], restored=bare)
        said = (rest if rest[-1:].isalnum() else said) + ("?" if asks else ".")
    return said[:1].upper() + said[1:]


def ends_asking(end: str, *, restored: bool) -> bool:
    """Whether the end of a text without its last particles asks; a restored "chưa" may have been "chùa" or "Chúa"."""
    return bool(_ASKS.search(end) or (not restored and _YET.search(end)))


def unparticled(end: str) -> str:
    """The end of a text without its last particles."""
    return _ENDING.sub("", end, count=1)


def _mark(run: re.Match[str]) -> str:
    """The one mark that several stand for."""
    first = next((mark for mark in run.group() if mark not in ".…"), ".")
    return "?" if first in QUESTION_MARKS else "."
