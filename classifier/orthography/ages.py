"""Ages with a mere "t" for "tuổi": "từ đủ 14t", "nữ 18t"."""

import re

from classifier.text import Edit
from classifier.text.restore import is_unaccented

_BEFORE = "từ|đủ|dưới|trên|tròn|mới|nam|nữ|trẻ|bé|em|cháu|người|gái|trai|tu|du|duoi|tren|tron|moi|nu|tre|be|chau|nguoi"
_AGE = re.compile(rf"\b(?:{_BEFORE}) ([1-9]\d)(t)(?!\w)", re.IGNORECASE)
YEAR, LEAST = 12, 13  # "đủ 36t" is of months


def ages(said: str) -> list[Edit]:
    """A "t" behind a number that is likely an age, spelt out."""
    meant = " tuoi" if is_unaccented(said) else " tuổi"
    return [(*one.span(2), meant) for one in _AGE.finditer(said) if int(one[1]) >= LEAST and int(one[1]) % YEAR]
