"""Who is named as saying the words that somebody brings in: taken out, as a post is kept without who wrote it."""

import re

from pipeline.store.posts import composed

_MARK = re.compile(r"\[/?quote(?:[=\s][^\]\n]*)?\][ \t]*", re.IGNORECASE)  # a forum's, with the name in it
_SAID = re.compile(r"^[^\n:]{1,40} (?:said|nói|viết):[ \t]*$\n?", re.MULTILINE)  # a line of its own over a quote
_SURNAME = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng(?! Sa| Mai)|Huỳnh|Phan(?! Thiết| Rang)|Vũ(?! Hán)|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Đinh|Trịnh"
    "|Trương|Đoàn"
)
_NAME = re.compile(
    rf"^[ \t>]*(?:(?P<name>(?:{_SURNAME})(?: [^\W\d_]+\.?){{1,4}})|@[\w.]+|[\w.]*_[\w.]*)[ \t]*:[ \t]*", re.MULTILINE
)
_PERHAPS = re.compile(r"(?i:\[/?quote)|[^\s:,.]+(?: [^\s:,.]+){0,3}:(?=\s)")


def unnamed(text: str) -> str:
    """A text without a person's full name or a nick before a colon at a line's beginning, and marks of quotes.

    An office, a place and a heading stay: they are part of what is claimed.
    """
    read = composed(text)
    left = _NAME.sub(_out, _SAID.sub("", _MARK.sub("", read)))
    return text if left == read else left.strip()


def _out(found: re.Match[str]) -> str:
    """Nothing in place of a name; a small letter in it makes it a sentence."""
    return "" if all(word[0].isupper() for word in (found["name"] or "").split()) else found[0]


def may_name(claim: str) -> bool:
    """Whether a claim begins with what may be a person's name: words before a colon, or a mark."""
    return bool(_PERHAPS.match(claim))
