"""Text as it may be stored: no markup, no control characters, one form of every letter."""

import html
import re
import unicodedata
from itertools import accumulate

from crawlers.settings import TEXT_LENGTH

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200b\u2060]")
# marks piled on one letter, which take the square of their number, and of which some are two; drawn signs too
_HEAP = re.compile(r"[^\w\s!-~]{17,}")
_BLOCK = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h[1-6]|/blockquote|/tr)\b[^>]{0,200}>")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]{0,2000}>")  # "<16 tuổi … >60" is none
_HIDES = re.compile(r"(?i)<(?:(script|style|template)\b|!--)")
_SHOWS = {kind: re.compile(rf"(?i)</{kind}\s*>") for kind in ("script", "style", "template")} | {"": re.compile("-->")}


def tidy(text: str, *, limit: int = TEXT_LENGTH) -> str:
    """NFC, without control characters and lone surrogates, white space as a person would leave it."""
    text = _CONTROL.sub("", text[: limit * 4].replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", _HEAP.sub(_levelled, text))
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:limit].strip()


def _levelled(run: re.Match[str]) -> str:
    """A run without what is piled higher than any script does."""
    highs = accumulate(map(_marks, run[0]), lambda high, marks: (high + marks) * (marks > 0))
    return "".join(letter for letter, high in zip(run[0], highs, strict=True) if high <= 32)


def _marks(letter: str) -> int:
    """How many marks it is: a few Tibetan vowels count as letters and are two."""
    made = unicodedata.normalize("NFD", letter)
    return len(made) if unicodedata.combining(made[0]) else 0


def line(text: str, *, limit: int = 2000) -> str:
    """The same on one line: titles, names, ratings."""
    return re.sub(r"\s+", " ", tidy(text, limit=limit))


def plain(markup: str) -> str:
    """The words of a small piece of HTML, such as a feed's summary."""
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    markup = _without_hidden(markup[: TEXT_LENGTH * 8])
    markup = _TAG.sub("", _BLOCK.sub("\n", markup))
    return tidy(html.unescape(markup))


def _without_hidden(markup: str) -> str:
    """Markup without scripts, styles, templates and comments; one that is never closed hides nothing.

    No expression finds them: a page of openings alone took it the square of their number.
    """
    shown, begin, endless = list[str](), 0, set[str]()
    for opening in _HIDES.finditer(markup):
        kind = (opening[1] or "").lower()
        if opening.start() < begin or kind in endless:
            continue
        if closing := _SHOWS[kind].search(markup, opening.end()):
            shown.append(markup[begin : opening.start()])
            begin = closing.end()
        else:
            endless.add(kind)
    return " ".join((*shown, markup[begin:]))
