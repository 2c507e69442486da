"""A number beside what it counts, written one way: "06 tháng", "6tháng" and "06 (sáu) tháng" are "6 tháng"."""

import re

from classifier.text import Edit, figures

_BARE = "giay|phut|gio|tieng|ngay|tuan|thang|nam|tuoi|lan|nguoi"
# a day of the calendar keeps its zeros: "06 tháng 07 năm 2024"
_COUNTED = re.compile(
    rf"(0?)[1-9]\d{{0,3}}( ?)(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm|tuổi|lần|người|{_BARE})(?!\w| ?\d)",
    re.IGNORECASE,
)
_PART = re.compile(r"[\w@#.,:/+-]$|\b(?:số|điều|dieu) $", re.IGNORECASE)
_DAY = re.compile(r"\b(?:(?:ngày|mùng|mồng|ngay) \d+ ?th[áa]ng|th[áa]ng \d+ ?n[ăa]m)$", re.IGNORECASE)
_NEAR = 8  # characters before a number in which a word that says what it is stands


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
