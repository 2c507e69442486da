"""Ages with a mere "t" for "tuổi": "từ đủ 14t", "nữ 18t"."""

import re

from classifier.text import Edit
from classifier.text.restore import is_unaccented

# whom months aren't counted of: "bé 15t", "con dưới 30t" and "lương từ 15t" are of others
_AGE = re.compile(
    r"(?<!\bbé )(?<!\bcon )(?<!\bbe )\b(?:đủ|tròn|nam|nữ|người|gái|trai|du|tron|nu|nguoi) ([1-9]\d)t(?!\w)"
    r"|\b(?:trẻ|trẻ em|tre|tre em) (?:dưới|duoi) (?=16)(\d\d)t(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w.,])([1-9]\d)(t)(?!\w)", re.IGNORECASE)
YEAR = 12  # "đủ 36t" is of months
LEAST = 13  # a smaller number is likely of months too


def ages(said: str) -> list[Edit]:
    """A "t" behind numbers that are likely ages, of which a word before one says so, spelt out."""
    if not any(map(_likely, _AGE.finditer(said))):
        return []
    meant = " tuoi" if is_unaccented(said) else " tuổi"
    return [(*one.span(2), meant) for one in _SHORT.finditer(said) if _likely(one)]


def _likely(found: re.Match[str]) -> bool:
    number = int(found[1] or found[2])
    return number >= LEAST and number % YEAR > 0
