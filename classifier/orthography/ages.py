"""Ages with a mere "t" for "tuổi": "từ đủ 14t", "nữ 18t"."""

import re

from classifier.text import Edit
from classifier.text.restore import is_unaccented

_BEFORE = "từ|đủ|dưới|trên|tròn|mới|nam|nữ|trẻ|bé|em|cháu|người|gái|trai|tu|du|duoi|tren|tron|moi|nu|tre|be|chau|nguoi"
_AGE = re.compile(rf"\b(?:{_BEFORE}) ([1-9]\d)t(?!\w)", re.IGNORECASE)
_SHORT = re.compile(r"(?<![\w.,])([1-9]\d)(t)(?!\w)", re.IGNORECASE)
YEAR, LEAST = 12, 13  # "đủ 36t" is of months


def ages(said: str) -> list[Edit]:
    """A "t" behind numbers that are likely ages, of which a word before one says so, spelt out."""
    if not any(map(_likely, _AGE.finditer(said))):
        return []
    meant = " tuoi" if is_unaccented(said) else " tuổi"
    return [(*one.span(2), meant) for one in _SHORT.finditer(said) if _likely(one)]


def _likely(found: re.Match[str]) -> bool:
    return int(found[1]) >= LEAST and int(found[1]) % YEAR > 0
