"""Figures as people write them, put as the readers of numbers know them, letter for letter so that places stay.

A day with points has strokes ("24.9.1982"), thousands have points ("500,000 đồng", "500 000 đồng"), a list with bare
commas is parted ("16,17 tuổi", "điều 117,331"), and a number said twice is said once ("07 (bảy) năm").
"""

import re
from itertools import pairwise

from classifier.text.letters import fold

DIGITS = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6}
DIGITS |= {"bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mươi": 10, "hăm": 20, "không": 0}
SCALES = {"trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỉ": 1e9, "tỷ": 1e9, "k": 1e3, "tr": 1e6}
SCALES |= {"chục": 10}
INNER = ("mươi", "mốt", "lăm", "nhăm")  # digits that no number begins with
ODD = ("linh", "lẻ")  # "một trăm linh năm" is 105
ROMAN = {said: str(at) for at, said in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"), 1)}
_NAMES = ["vùng", "hạng", "cấp", "loại", "nhóm", "bậc"]  # before the figure of one: "vùng II" is "vùng 2"
NAMES = frozenset((*_NAMES, *map(fold, _NAMES)))
CENTURY = 30  # a year in two digits below it is of this century: many are born in the thirties, plans say all of 2035

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_BESIDE = re.compile(r"\d \(")
_ODD = re.compile(r"\d\d*(?:(?:[.,]\d+)+|(?: \d{3})* 000)")  # looked for by its first digit, which is faster
# patterns of folded small letters: a text whose diacritics are put back later is cut at the same places
_SCALED = r" ?(?:%|(?:phan|nghin|ngan|trieu|tram|tr|k|ty|ti)\b)"
_MONEY = r" ?(?:dong|d|vnd|usd)\b"
_COUNTED = r" ?(?:nguoi|tu nhan|nan nhan|cong nhan|lao dong|phu nu|hoc sinh|tre|dan|ho|gia dinh|vu|ca)\b"
_MEASURED = r" ?(?:gio|tieng|h|kg|km|tan|lit|m|do|diem|vien|lan|bua)\b"
_MEAN = re.compile(r"\b(?:trung binh|binh quan|tuoi tho|t[iy] (?:le|so|suat)|muc sinh|he so)\b[^.;!?\n]{0,40}$")
_NUMBER = "(?:" + "|".join(sorted({fold(word) for word in (*DIGITS, *SCALES, *ODD)})) + ")"
_DAYS = ("ngay", "sang", "trua", "chieu", "toi", "dem", "hom", "ngày", "trưa", "sáng", "chiều", "tối", "đêm", "hôm")
_AT_DAY = "(?:" + "|".join(rf"(?<=\b{word} )" for word in _DAYS) + ")"
_EACH = "".join(rf"(?<!\b{word} ngay )" for word in ("moi", "hang", "mot", "nua"))
_DOTTED = re.compile(
    rf"(?<![\d.,/])(?<!\bban )(?<!\bmuc ){_DAY}\.{_MONTH}\.{_YEAR}(?![\d/]|[.,]\d)"
    rf"|{_AT_DAY}{_DAY}\.{_MONTH}\.\d\d(?![\d/]|[.,]\d)"
    rf"|(?<=\bngay ){_EACH}(?=\d\d){_DAY}\.{_MONTH}(?![\d/]|[.,]\d|{_SCALED}|{_MONEY}|{_MEASURED})"
    rf"|(?<=\bthang ){_MONTH}\.{_YEAR}(?![\d/]|[.,]\d)"
)
_LISTED = re.compile(
    rf"(?:(?<=\bdieu )|(?<=\bkhoan ))\d+(?:,\d+)+(?![\d,]|{_SCALED}|{_MONEY})"
    rf"|(?<!\d){_YEAR}(?:,{_YEAR})+(?!\d)"
)
_AGES = re.compile(r"(?<![\d.,])\d\d(?:,\d\d)+(?= ?tuoi\b)")
_GROUPED = re.compile(
    rf"(?<![\d.,])[1-9]\d{{0,2}},\d{{3}}(?![\d,]|\.\d)(?={_MONEY}|{_COUNTED})"
    rf"|(?<![\d.,/-])(?<!\d )[1-9]\d{{0,2}}(?: \d{{3}})* 000(?={_MONEY}|{_COUNTED})"
)
_TWICE = re.compile(rf"(\d[\d.]*)( \({_NUMBER}(?: {_NUMBER})*\))(?= [^\W\d])")
_NAMED = {fold(word): value for word, value in DIGITS.items()}
SHORT_YEAR = re.compile(rf"{_AT_DAY}{_DAY}([/-]){_MONTH}\1(\d\d)(?![\d/-]|[.,]\d)", re.IGNORECASE)


def usual(text: str) -> str:
    """A text with its figures as the readers of numbers know them; as long as before."""
    bare = fold(text) if _ODD.search(text) or _BESIDE.search(text) else ""
    if len(bare) != len(text):
        return text
    said = _ODD.sub(_put, bare)
    said = _TWICE.sub(_once, said) if "(" in said else said
    if said == bare:
        return text
    return "".join([letter if old == new else new for letter, old, new in zip(text, bare, said, strict=True)])


def level(name: str, figure: str) -> str:
    """The figure of a region, rank, level, kind, group or grade in Arabic digits: "II" of "vùng II"; "" for another."""
    return ROMAN.get(figure.upper(), "") if name.lower() in NAMES and (figure.isupper() or len(figure) > 1) else ""


def _put(said: re.Match[str]) -> str:
    number, at = said[0], said.start()
    if _DOTTED.match(said.string, at):
        return number.replace(".", "/")
    if _LISTED.match(said.string, at):
        return number.replace(",", ";")
    if _MEAN.search(said.string, max(0, at - 60), at):
        return number
    if _AGES.match(said.string, at) and _rising(number):
        return number.replace(",", ";")
    return number.replace(",", ".").replace(" ", ".") if _GROUPED.match(said.string, at) else number


def _rising(said: str) -> bool:
    """Whether these are ages one after the other; those of "73,64 tuổi" aren't."""
    return all(int(two) - int(one) in (1, 2) for one, two in pairwise(said.split(",")))


def twice(text: str) -> list[tuple[int, int]]:
    """Where a text says the number before in words again; nowhere in "20 (năm)"."""
    if not _BESIDE.search(text):
        return []
    bare = fold(text)
    return [said.span(2) for said in _TWICE.finditer(bare) if _again(said)] if len(bare) == len(text) else []


def _again(said: re.Match[str]) -> bool:
    words = said[2].strip(" ()").split()
    return len(words) > 1 or str(_NAMED.get(words[0])) == said[1].lstrip("0")


def _once(said: re.Match[str]) -> str:
    return said[1] + " " * len(said[2]) if _again(said) else said[0]


def year(said: str) -> str:
    """A year of which two digits are written."""
    return ("20" if int(said) < CENTURY else "19") + said
