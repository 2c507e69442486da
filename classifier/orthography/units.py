"""A number beside what it counts, written one way: "06 tháng", "6tháng" and "06 (sáu) tháng" are "6 tháng", "18t" may
be an age, and "chu kỳ thứ tư" and "chu kỳ 4" are "chu kỳ IV"."""

import re

from classifier.text import Edit, figures
from classifier.text.letters import fold
from classifier.text.patterns import either
from classifier.text.restore import is_unaccented

_BARE = "giay|phut|gio|tieng|ngay|tuan|thang|nam|tuoi|lan|nguoi"
# a day of the calendar keeps its zeros: "06 tháng 07 năm 2024"
_COUNTED = re.compile(
    rf"(0?)[1-9]\d{{0,3}}( ?)(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm|tuổi|lần|người|{_BARE})(?!\w| ?\d)",
    re.IGNORECASE,
)
_PART = re.compile(r"[\w@#.,:/+-]$|\b(?:số|điều|dieu) $", re.IGNORECASE)
_DAY = re.compile(r"\b(?:(?:ngày|mùng|mồng|ngay) \d+ ?th[áa]ng|th[áa]ng \d+ ?n[ăa]m)$", re.IGNORECASE)
_NEAR = 8  # characters before a number in which a word that says what it is stands
# an age with a mere "t", by whom months aren't counted of: "bé 15t", "con dưới 30t" and "lương từ 15t" are of others
_AGE = re.compile(
    r"(?<!\bbé )(?<!\bcon )(?<!\bbe )\b(?:đủ|tròn|nam|nữ|người|gái|trai|du|tron|nu|nguoi) ([1-9]\d)t(?!\w)"
    r"|\b(?:trẻ|trẻ em|tre|tre em) (?:dưới|duoi) (?=16)(\d\d)t(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w.,])([1-9]\d)(t)(?!\w)", re.IGNORECASE)
YEAR = 12  # "đủ 36t" is of months
LEAST = 13  # a smaller number is likely of months too
ROMAN = ("I", "II", "III", "IV", "V")  # as records write the rounds of a review
_WORDS = ("một nhất đầu 1 i", "hai 2 ii", "ba 3 iii", "bốn tư 4 iv", "năm 5 v")
_AT = {fold(word): at for at, words in enumerate(_WORDS) for word in words.split()}
# "hai chu kỳ đầu tiên" are two; "chu kỳ hai năm" and "chu kỳ 28 ngày" are how long
_ROUND = either(
    r"(?<!hai )(?<!ba )(?<!bốn )(?<!\d )\bchu k[ỳì] (?:upr )?"
    r"((?:thứ )?(?:một|hai|ba|bốn|[1-5]|i{1,3}|iv|v)|thứ (?:nhất|tư|năm)|đầu(?= tiên\b))\b(?: tiên\b)?"
    r"(?! (?:năm(?! \d)|tháng|tuần|ngày|giờ|lần|hay|hoặc|đến|và)\b|[.,/%-]?\d| ?[-–] ?\d)"
)


def units(said: str) -> list[Edit]:
    """A blank between figures and their unit, and no zero before a figure."""
    edits: list[Edit] = []
    for one in _COUNTED.finditer(said):
        near = max(0, one.start() - _NEAR)
        if _PART.search(said[near : one.start()]) or _DAY.search(said[near : one.end()]):
            continue
        if one[1]:
            edits.append((one.start(), one.end(1), ""))
        if not one[2]:
            edits.append((one.end(2), one.end(2), " "))
    return edits


def once(said: str) -> list[Edit]:
    """A number without the same in words behind it."""
    return [(*span, "") for span in figures.twice(said)]


def ages(said: str) -> list[Edit]:
    """A "t" behind numbers that are likely ages, of which a word before one says so, spelt out."""
    if not any(map(_likely, _AGE.finditer(said))):
        return []
    meant = " tuoi" if is_unaccented(said) else " tuổi"
    return [(*one.span(2), meant) for one in _SHORT.finditer(said) if _likely(one)]


def _likely(found: re.Match[str]) -> bool:
    number = int(found[1] or found[2])
    return number >= LEAST and number % YEAR > 0


def rounds(said: str) -> list[Edit]:
    """The number of a round in Roman figures."""
    if "chu k" not in said.lower():
        return []
    return [(one.start(1), one.end(), ROMAN[_AT[fold(one[1]).split()[-1]]]) for one in _ROUND.finditer(said)]
