"""The arithmetic of law: ages, terms, shares and sums as ranges, and whether a claim's number fits the law's.

What a number of a text counts otherwise is for comparison.numbers, which says why there are two readers of them.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.comparison import numbers
from classifier.comparison.numbers import (
    ABOVE,
    BELOW,
    COUNTED,
    HALF,
    HOURS,
    LESS,
    NEGATED,
    NOT_ABOVE,
    NOT_BELOW,
    PART_OF,
    SHARED,
    figure,
    tens,
    whole,
)
from classifier.comparison.pairing import part
from classifier.semantics.lexicon import Cut
from classifier.text import figures
from classifier.text.figures import DIGITS, INNER
from classifier.text.letters import fold

FEATURES = (
    "numbers_claimed", "numbers_same", "numbers_same_share", "numbers_rival", "numbers_outside", "numbers_inside",
    "bound_turned", "numbers_unmet",
)  # fmt: skip

BARE_UNITS = {"giay": "giây", "phut": "phút", "gio": "giờ", "tieng": "tiếng", "ngay": "ngày", "tuan": "tuần"}
BARE_UNITS |= {"thang": "tháng", "nam": "năm", "tuoi": "tuổi", "dong": "đồng", "nguoi": "người", "phan": "phần"}
MONEY = frozenset({"đồng", "vnđ", "vnd", "đ"})
SCALES = figures.SCALES | {"tram": 1e2, "nghin": 1e3, "trieu": 1e6}
del SCALES["k"]  # in chat "k" is không too: "bắt 3 k cho gặp"
BARE_DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
NAMED = DIGITS | BARE_DIGITS | {"lam": 5}
SHARES = {
    "một nửa": 50.0, "nửa": 50.0, "phân nửa": 50.0, "gấp đôi": 200.0, "gấp rưỡi": 150.0, "gấp ba": 300.0,
    "một phần ba": 100 / 3, "hai phần ba": 200 / 3, "một phần tư": 25.0, "ba phần tư": 75.0, "trọn vẹn": 100.0,
    "mot nua": 50.0, "gap doi": 200.0, "gap ruoi": 150.0, "gap ba": 300.0, "mot phan ba": 100 / 3,
    "hai phan ba": 200 / 3, "ba phan tu": 75.0, "mot phan tu": 25.0,
}  # fmt: skip
LEAST = (
    *numbers.LEAST, *ABOVE, "từ", "vượt quá", "chí ít", "thấp nhất", "được thấp hơn", "được ít hơn", "tu du", "it nhat",
    "toi thieu", "tren", "hon", "du", *NOT_BELOW, *map(fold, NOT_BELOW),
)  # fmt: skip
MOST = (
    *numbers.MOST, "chậm nhất", "trong vòng", "được quá", "được vượt quá", "trong thời hạn", "kịch khung", "cùng lắm",
    "nhiều lắm", "toi da", "trong vong", "cham nhat", *NOT_ABOVE, *map(fold, NOT_ABOVE),
)  # fmt: skip
UNDER = (*BELOW, *LESS, *map(fold, LESS), "chưa", "duoi", "chua du", "chua day")
NUMBERING = frozenset({
    "điều", "khoản", "điểm", "luật", "chương", "số", "dieu", "khoan", "luat", "lần", "thứ", "hạng", "phụ",
})  # fmt: skip
FILLERS = frozenset({"bằng", "là", "thêm", "được", "bang", "la", "them", "tới", "lên"})
LAWS = frozenset({"luật", "luat", "pháp"})
TOOK_PLACE = frozenset(
    {"từ", "vào", "ngày", "tháng", "ký", "chuẩn", "nhập", "thông", "trước", "sau", "kể", "đến", "hết"}
)
JOINS = frozenset({"đến", "tới", "den", "hoặc"})
DATE_WORDS = frozenset({"tháng", "năm", "thang", "nam"})
OF_YEAR = frozenset((*numbers.OF_YEAR, *(tuple(map(fold, said)) for said in numbers.OF_YEAR)))
STARTS = frozenset({*DIGITS, *BARE_DIGITS, *(said.split()[0] for said in SHARES)})
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Range:
    """A number with its unit as a range; unit is hours, age, percent, money, year, "a date", article, the counted word
    or else count; logic.bounds makes clock and "years apart" of some."""

    low: float
    high: float
    unit: str
    first: int  # syllables of the whole expression, half-open
    last: int

    @property
    def value(self) -> float:
        """The number that was said."""
        return self.low if math.isfinite(self.low) and self.low > 0 else self.high


def ranges(text: Cut) -> list[Range]:
    """Numbers of a cut text, in figures or in words, in order."""
    found, at = [], 0
    stops = _stops(text.spans)
    while at < len(text.words):
        if text.words[at] not in STARTS and not text.words[at][0].isdigit():
            at += 1
            continue
        dated = _date(text.words, at)
        one = dated or _share(text.words, at) or _number(text.words, at, stops[at])
        if one:
            found.append(one)
            if dated:
                year = float(text.words[one.last - 1])
                found.append(Range(year, year, "year", one.last - 1, one.last))
            at = max(one.last, at + 1)
        else:
            at += 1
    return found


def _stops(spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each syllable, the next one that more than a blank is before."""
    stops = [len(spans)] * len(spans)
    for at in range(len(spans) - 2, -1, -1):
        stops[at] = at + 1 if spans[at + 1][0] - spans[at][1] > 1 else stops[at + 1]
    return stops


def compare(claim: Sequence[Range], evidence: Sequence[Range]) -> list[float]:
    """The values of FEATURES: how a claim's numbers stand to the evidence's of the same unit."""
    asked = [one for one in claim if one.unit != "article"]
    same = rival = outside = inside = turned = unmet = 0
    for one in asked:
        near = [other for other in evidence if other.unit == one.unit]
        equal = [other for other in near if math.isclose(one.value, other.value, rel_tol=1e-3, abs_tol=1e-3)]
        if equal:
            same += 1
            turned += all(_turned(one, other) for other in equal)
        elif near:
            rival += 1
            wide = [other for other in near if other.low != other.high]
            inside += any(_within(one, other) for other in wide)
            outside += bool(wide) and not any(_within(one, other) for other in wide)
        else:
            unmet += 1
    counts = len(asked), same, part(same, len(asked)), rival, outside, inside, turned, unmet
    return list(map(float, counts))


def _date(words: Sequence[str], at: int) -> Range | None:
    """A day written 17/2/1982 or ngày 17 tháng 2 năm 1982, its value growing with time."""
    said = [word for word in words[at : at + 5] if word not in DATE_WORDS][:3]
    if len(said) < 3 or not words[at].isdecimal() or not all(word.isdecimal() for word in said[:2]):
        return None
    day, month = int(said[0][:4]), int(said[1][:4])
    if not (day <= 31 and month <= 12 and YEAR.fullmatch(said[2])):
        return None
    value = float((int(said[2]) * 12 + month) * 31 + day)
    return Range(value, value, "a date", at, at + words[at : at + 5].index(said[2]) + 1)


def _number(words: Sequence[str], at: int, stop: int) -> Range | None:
    """The number that starts here, with its unit after it and its bound around it."""
    value, end = _value(words, at, stop)
    if value is None:
        return None
    unit, end, value = _unit(words, at, end, value)
    if words[end - 1] in ("tháng", "thang") and words[end : end + 2] in OF_YEAR:  # which months, and no term
        return None
    if unit == "hours" and end < stop:
        value, end = _lasting(words, end, stop, value)
    low, high, last = _bounds(words, at, end, value)
    return Range(low, high, unit, at, last)


def _value(words: Sequence[str], at: int, stop: int) -> tuple[float | None, int]:
    word, end = words[at], at + 1
    value = figure(word) if word[0].isdigit() else None
    if value is None and word in NAMED and word not in ("không", *INNER):
        value, end = _spelled(words, at)
    if value is None:
        return None, end
    return whole(words, value, end, stop, names=NAMED, scales=SCALES)


def _spelled(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """Up to ninety-nine in words; what follows must be a unit, a scale or tens, or the word isn't a number."""
    value, end = tens(words, at, NAMED)
    after = _marked(words, end)
    known = after in HOURS or after in SCALES or after in ("tuổi", "phần", "đồng", "lần", "người", "nước", "điều")
    return (value, end) if known and words[end - 1] != "hăm" else (None, at + 1)


def _marked(words: Sequence[str], at: int) -> str:
    """The word at a place, a unit with its diacritics; "" behind the last."""
    return BARE_UNITS.get(words[at], words[at]) if at < len(words) else ""


def _unit(words: Sequence[str], at: int, end: int, value: float) -> tuple[str, int, float]:
    """Unit, where it ends, and the value in base units; the first number of a range takes the second one's unit."""
    if end < len(words) and words[end] in JOINS:
        later = next((n for n in range(end + 1, min(end + 4, len(words))) if words[n][0].isdigit()), 0)
        if later:
            unit, _, scaled = _own_unit(words, later, later + 1, value)
            return unit, end, scaled
    half = words[end + 1 : end + 2] and words[end + 1] in HALF
    unit, last, scaled = _own_unit(words, at, end, value + 0.5 if half else value)
    return unit, last + 1 if half and last > end else last, scaled


def _lasting(words: Sequence[str], at: int, stop: int, hours: float) -> tuple[float, int]:
    """A time with the part behind it, and where that ends: "3 năm 6 tháng"."""
    more, end = _value(words, at, stop)
    unit = _marked(words, end)
    if more is None or unit not in PART_OF or PART_OF[unit] != _marked(words, at - 1):
        return hours, at
    return hours + more * HOURS[unit], end + 1


def _own_unit(words: Sequence[str], at: int, end: int, value: float) -> tuple[str, int, float]:
    """Unit, where it ends, and the value in base units, of a number that stands for itself."""
    before = words[at - 1] if at else ""
    after, behind = _marked(words, end), _marked(words, end + 1)
    led = end + 1 + (after == "năm" and words[end + 1 : end + 2] in (("học",), ("hoc",)))
    if after in ("năm", "tháng") and YEAR.fullmatch(words[led] if led < len(words) else ""):
        after = ""  # "công ước số 98 năm 2019" is no ninety-eight years
    unit, length, scale = after or "count", 0, 1.0
    if before in NUMBERING and after not in HOURS and after != "tuổi" and not (before == "số" and after in COUNTED):
        unit = "article"
    elif after == "tuổi":
        unit, length = "age", 1
    elif after in ("tháng", "năm") and behind == "tuổi":
        unit, length, scale = "age", 2, 1 / 12 if after == "tháng" else 1.0
    elif YEAR.fullmatch(words[at]) and (after not in HOURS or after == "tháng"):
        unit = "article" if _cites(words, at) else "year"
    elif after == "phần" and behind in ("trăm", "tram"):
        unit, length = "percent", 2
    elif after in HOURS:
        unit, length, scale = "hours", 1, HOURS[after]
    elif after in MONEY or (value >= 100_000 and after not in COUNTED):
        unit, length = "money", int(after in MONEY)
    return unit, end + length, value * scale


def _cites(words: Sequence[str], at: int) -> bool:
    """Whether a year names a law (102/2016/QH13, Luật Trẻ em 2016) rather than tells when something took place."""
    behind, near = words[at + 1 : at + 2], words[max(0, at - 6) : at]
    named = any(word in LAWS for word in near) and not any(word in TOOK_PLACE for word in near)
    return named or tuple(behind) in (("qh",), ("nđ",), ("tt",), ("ubtvqh",))


def _share(words: Sequence[str], at: int) -> Range | None:
    """Half, double, half a year, and any part such as hai phần năm."""
    for length in (3, 2, 1):
        said = " ".join(words[at : at + length])
        value = SHARES.get(said, _fraction(words, at) if length == 3 else None)
        if value is None:
            continue
        end = at + length
        after = words[end] if end < len(words) else ""
        if after in HOURS and "nửa" in said:
            low, high, last = _bounds(words, at, end + 1, HOURS[after] / 2)
            return Range(low, high, "hours", at, last)
        low, high, last = _bounds(words, at, end, value)
        return Range(low, high, "percent", at, last)
    return None


def _fraction(words: Sequence[str], at: int) -> float | None:
    """Percent of "A phần B" in words or figures."""
    if at + 3 > len(words) or words[at + 1] not in ("phần", "phan"):
        return None
    one, other = (_small(words[place]) for place in (at, at + 2))
    return 100.0 * one / other if one and other else None


def _small(word: str) -> int:
    return int(word[:4]) if word.isdecimal() else NAMED.get(word, 0)


def _bounds(words: Sequence[str], at: int, end: int, value: float) -> tuple[float, float, int]:
    """The range a number stands for, from the words before it and behind it."""
    behind = words[end : end + 2]
    if tuple(behind) in (("trở", "lên"), ("tro", "len"), ("đổ", "lên"), ("trở", "đi")):
        return value, math.inf, end + 2
    if tuple(behind) in (("trở", "xuống"), ("tro", "xuong"), ("đổ", "lại"), ("trở", "lại")):
        return 0.0, value, end + 2
    if at > 1 and words[at - 1] in FILLERS:
        at -= 1
    for length in range(NEGATED, 0, -1):
        said = " ".join(words[max(0, at - length) : at])
        if said in ("trên dưới", "tren duoi"):
            return value, value, end
        if said in UNDER:
            return 0.0, value - 1e-6, end
        if said in MOST:
            return 0.0, value, end
        if said in LEAST:
            return value, math.inf, end
    return value, value, end


def _turned(one: Range, other: Range) -> bool:
    """Whether the same number bounds from below on one side and from above on the other."""
    return (math.isinf(one.high) and math.isfinite(other.high) and other.low == 0.0) or (
        math.isinf(other.high) and math.isfinite(one.high) and one.low == 0.0
    )


def _within(one: Range, other: Range) -> bool:
    return other.low - 1e-6 <= one.low and one.high <= other.high + 1e-6


def percents(text: str) -> str:
    """A text as its numbers are read once cut: figures as usual, and "%", "300+", the stroke of "2/3 số" and of
    "5 triệu/tháng", and a year in two digits written out."""
    text = re.sub(r" {2,}", " ", figures.usual(text))
    if "/" in text or "-" in text:
        text = figures.SHORT_YEAR.sub(lambda day: day[0][:-2] + figures.year(day[2]), text)
    text = re.sub(r"/(?=(?:ngày|tháng|năm|giờ|tuần)\b)", " mỗi ", text)
    text = re.sub(r"(?<![\w.,])(\d[\d.,]*)\+(?!\w)", r"hơn \1", text)
    return re.sub(r"(?<=\d)\s*%", " phần trăm", SHARED.sub(_part, text))


def _part(said: re.Match[str]) -> str:
    return f"{said[1]} phần {said[2]}" if 0 < int(said[1]) <= int(said[2]) else said[0]
