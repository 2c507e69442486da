"""Numbers of a text with what they count: amounts, dates, times, ordinals, articles of law, and their bounds.

They are read of words with their diacritics, for the comparison of two texts; semantics.ranges reads them as ranges
in the units of law, of bare words too. Figures and words of numbers are read here for both (figure, tens, whole). The
verdict learned from what either says, so one can't take the other's place without a training.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from classifier.text.figures import DIGITS, INNER, ODD, SCALES
from classifier.text.syllables import Syllables

ALONE = {"hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười"}
TENTHS_BEFORE = ("đồng", "đ", "vì", "do", "một", "mỗi", "và", "để", "tiền")  # behind "7 triệu 5": the 5 counts nothing
HALF = ("rưỡi", "rưởi", "ruoi")
COUNTED = {"người", "con", "ngày", "tháng", "tuổi", "lần", "giờ", "tuần", "tỉnh", "nước", "quốc", "trường", "học"}
MONEY = {one: one for one in ("đồng", "usd", "euro", "bảng", "yen", "won")}
MONEY |= dict.fromkeys(("vnđ", "vnd", "đ", "k", "tr"), "đồng") | {"đô": "usd"}
HOURS = {"giây": 1 / 3600, "phút": 1 / 60, "giờ": 1.0, "tiếng": 1.0, "h": 1.0, "ngày": 24.0, "tuần": 168.0}
HOURS |= {"tháng": 720.0, "quý": 2160.0, "năm": 8640.0}  # twelve months of thirty days, so that 12 tháng is 1 năm
SHORT_TIMES = {"phút", "giờ", "tiếng", "h", "ngày", "tuần"}
PART_OF = {"tháng": "năm", "phút": "giờ"}  # "3 năm 6 tháng" is one time, "1 tuần 48 giờ" is two
OF_YEAR = (("đầu", "năm"), ("cuối", "năm"), ("đầu", "của"), ("cuối", "của"))  # behind the months of a part of it
MARKS = {"điều": "article", "khoản": "article", "điểm": "article", "chương": "article", "thứ": "ordinal"}
MARKS |= {"ngày": "date", "mùng": "date", "mồng": "date", "tháng": "month", "năm": "year"}
MARKS |= {"hạng": "ordinal", "lần": "ordinal"}
LEVELS = {"lớp", "khối", "vùng", "bậc", "cấp", "loại", "nhóm", "quý", "ca"}  # before the figure of one: "lớp 12"
SURELY = {"lớp", "khối", "vùng"}  # whatever stands behind: "vùng 2 tháng 7/2025"; "cấp 5 năm" is how long
HIGHEST = 12  # of them
EACH = frozenset({"mỗi", "một", "hằng", "hàng"})
_TWICE_YEARS = COUNTED | SHORT_TIMES  # behind "mỗi năm năm", which is five of these each year
ANY_UNIT = ("percent", "date", "month", "year", "time")  # kinds of one unit, whatever word is beside
ABOVE = ("hơn", "trên", "quá", "vượt", "ngoài")
LEAST = ("đủ", "ít nhất", "tối thiểu", "từ đủ", "tròn")
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d\d-\d\d)(?!\d)"
    r"|\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm)\s+(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])(?![\d-])",
    re.IGNORECASE,
)
_YEARS = range(1000, 3000)
_FIGURES = re.compile(r"\d+")
_PARTS_BEFORE = re.compile(r"(?:\d{1,4}/){0,2}$")
_PARTS_BEHIND = re.compile(r"(?:/\d{1,4}(?!\d)){0,2}")
_LAW = re.compile(r"\b(?:nghị định|luật|thông tư(?: liên tịch)?|nghị quyết|quyết định)(?: số)? $", re.IGNORECASE)
_CODE = re.compile(r"/(?:nđ|qh|tt|nq|qđ|ubtvqh)", re.IGNORECASE)  # 168/2024/NĐ-CP, 45/2019/QH14
SHARED = re.compile(  # a part as "2/3 số", where that is no day
    r"(?<![\d/.,])(?=\d)"
    + "".join(rf"(?<!\b{day}\s)" for day in ("ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm"))
    + r"(\d{1,3})/(\d{1,2})(?=\s+(?:số|dân|tổng)\b)",
    re.IGNORECASE,
)
BELOW = ("dưới", "chưa đến", "chưa tới", "chưa đầy", "chưa đủ", "không đủ")
MOST = ("tối đa", "nhiều nhất", "cao nhất", "đến", "tới")
NOT_BELOW = (
    "không dưới", "không được dưới", "không ít hơn", "không được ít hơn", "không thấp hơn", "không được thấp hơn",
    "không nhỏ hơn", "không kém", "chẳng dưới",
)  # fmt: skip
NOT_ABOVE = (
    "không quá", "không được quá", "không vượt", "không vượt quá", "không được vượt", "không được vượt quá",
    "không trên", "không hơn", "không được hơn", "không nhiều hơn", "không cao hơn", "không được cao hơn",
    "không lớn hơn", "không lâu hơn", "chưa quá", "chưa vượt", "chưa vượt quá", "chẳng quá",
)  # fmt: skip
LESS = ("ít hơn", "thấp hơn", "nhỏ hơn", "kém hơn")
NEGATED = 4  # syllables of the longest of them
ABOUT = (
    "khoảng", "gần", "xấp xỉ", "ước tính", "chừng", "ước", "độ", "hàng", "tầm", "cỡ", "ngót", "non", "trên dưới",
)  # fmt: skip
ALMOST, FEW = ("gần", "ngót", "non"), 3  # "gần 2 năm" is said of what rounds to two years, not of "gần 24 tháng"
RATE = 3  # syllables, at most, from a number to the 1 of what it is of
ROUGH = 0.25  # a number told roughly stands for none further off than this part of it


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: kind is amount, percent, money, time, date, month, year, ordinal or article; low to high its range.

    A time counts in hours, a percent as it is written, money in units of its currency (15,000 of "15k"); day,
    month and year of a date are numbers each. A side that nothing bounds is open: 0 below, inf above.
    """

    kind: str
    unit: str
    value: float
    low: float
    high: float
    at: tuple[int, int]  # syllables of the number itself
    about: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether both say the same value of the same kind of thing."""
        return _close(self.value, other.value) and (self.kind == other.kind or "amount" in (self.kind, other.kind))

    def rivals(self, other: "Quantity") -> bool:
        """Whether they count the same thing, so that different values contradict each other; a child's months are no
        term."""
        alike = self.unit == other.unit or (self.kind in ANY_UNIT and "age" not in (self.unit, other.unit))
        return self.kind == other.kind and alike

    def fits(self, told: "Quantity") -> bool:
        """Whether this is the other told roughly, as "hơn 300" is said of 350; ages and bounds that a law sets are
        exact, which "ít nhất 300 người" isn't."""
        counted = self.unit == "người" and math.isinf(self.high)
        rough = (self.value not in (self.low, self.high) and self.unit != "tuổi") or counted
        near = self.low <= told.value <= self.high and abs(told.value - self.value) <= ROUGH * self.value
        return rough and near and self.rivals(told) and (told.low == told.high or told.about)


def quantities(text: Syllables) -> list[Quantity]:
    """All numbers of a text in order, written in figures or in words."""
    found: list[Quantity] = []
    at, lower = 0, text.lower
    while at < len(lower):
        if lower[at] not in DIGITS and not lower[at][0].isdigit():
            at += 1
            continue
        share = _share(text, at)
        if share is not None:
            found.append(Quantity("percent", "%", share, share, share, (at, at + 2)))
            at += 2
            continue
        value, end = _value(text, at)
        if value is None:
            at += 1
            continue
        if _part_of_year(lower, end) or (found and _is_rate(lower, found[-1].at[1], at, end)):
            at = end
            continue
        found.append(_quantity(text, at, end, value))
        at = found[-1].at[1]
    return found


def _part_of_year(lower: Sequence[str], end: int) -> bool:
    """Whether what ends at a syllable tells which months of a year, and no term: "6 tháng đầu năm"."""
    return lower[end : end + 1] == ("tháng",) and tuple(lower[end + 1 : end + 3]) in OF_YEAR


def _is_rate(lower: Sequence[str], last: int, at: int, end: int) -> bool:
    """Whether a 1 says what the number that ended at a syllable is of: "48 giờ trong 01 tuần" is "48 giờ một tuần"."""
    per = lower[at] in ("1", "01") and lower[at - 1] in ("trong", "mỗi") and at - last <= RATE
    return per and not HOURS.keys().isdisjoint(lower[end : end + 1])


def fractions(text: Syllables, found: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a text, "bốn phần năm" as the percent it is and "61 tuổi 6 tháng" as one age."""
    put: list[Quantity] = []
    words = text.lower
    for one in found:
        end = one.at[1]
        below = _below(words[end + 1]) if tuple(words[end : end + 1]) == ("phần",) and end + 1 < len(words) else 0
        if put and one.at[0] < put[-1].at[1]:
            continue
        if put and _months_of(text, put[-1], one):
            more, at = one.value / HOURS["năm"], (put[-1].at[0], one.at[1])
            put[-1] = replace(
                put[-1], value=put[-1].value + more, low=put[-1].low + more, high=put[-1].high + more, at=at
            )
        elif one.kind == "amount" and 0 < one.value < below:
            value, low, high = (100.0 * said / below for said in (one.value, one.low, one.high))
            put.append(Quantity("percent", "%", value, low, high, (one.at[0], end + 2), one.about))
        else:
            put.append(one)
    return put


def _months_of(text: Syllables, age: Quantity, more: Quantity) -> bool:
    """Whether a time is the months of the age before it."""
    beside = (age.unit, more.kind, more.at[0]) == ("tuổi", "time", age.at[1] + 1)
    return beside and more.value < HOURS["năm"] and text.clause[more.at[0]] == text.clause[age.at[0]]


def _below(word: str) -> int:
    """What stands under the line of a fraction, 0 where it is none."""
    return int(word) if word.isdecimal() and len(word) < 4 else DIGITS.get(word, 0)


def closeness(one: float, other: float) -> float:
    """1 for equal values, falling with the logarithm of their ratio; 0 for different signs, or past all counting."""
    if _close(one, other):
        return 1.0
    ratio = one / other if other > 0 else 0.0
    return 1.0 / (1.0 + abs(math.log(ratio))) if 0 < ratio < math.inf else 0.0


def figure(word: str) -> float | None:
    """A number in figures as Vietnamese writes it: points before exactly three digits group thousands, so do several
    commas; where there are both, the last is the decimal sign."""
    if not word[0].isdigit() or not word[-1].isdigit():
        return None
    if "." in word and "," in word:
        last = max(word.rfind("."), word.rfind(","))
        whole, rest = word[:last].replace(",", ".").split("."), word[last + 1 :]
        grouped = word.count(word[last]) == 1 and all(len(part) == 3 for part in whole[1:])
        if grouped and sum(map(len, whole)) + len(rest) <= 18 and all(part.isdecimal() for part in (*whole, rest)):
            return float(f"{''.join(whole)}.{rest}")
    parts = word.replace(",", ".").split(".")
    if not all(part.isdecimal() for part in parts) or sum(map(len, parts)) > 18:
        return None
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and (len(parts) > 2 or "." in word):
        return float("".join(parts))
    return float("".join(parts)) if len(parts) > 2 else float(".".join(parts))


def whole(
    words: Sequence[str], value: float, end: int, stop: int, *, names: Mapping[str, int], scales: Mapping[str, float]
) -> tuple[float, int]:
    """A number with the scale words and smaller numbers behind it, and where it ends: "4 triệu 960 nghìn", "một trăm
    hai mươi", "1 tỷ rưỡi"."""
    total, now, last, least = 0.0, value, 0.0, math.inf  # last: the scale word just read; least: that above a hundred
    while end < stop:
        scale = scales.get(words[end], 0.0)
        if scale == 100:
            now, last, end = now * scale, scale, end + 1
        elif scale:
            total = total + now * scale if now and scale < least else (total + now) * scale
            now, last, least, end = 0.0, scale, scale, end + 1
        elif last and words[end] in HALF:
            now, last, end = now + last / 2, 0.0, end + 1
        else:
            more, after = _smaller(words, end, stop, last, names, scales)
            if not after:
                break
            now, last, end = now + more, 0.0, after
    return total + now, end


def _smaller(
    words: Sequence[str], at: int, stop: int, scale: float, names: Mapping[str, int], scales: Mapping[str, float]
) -> tuple[float, int]:
    """The number that goes on from one with a scale word ("7 triệu 5"), and where it ends: 0 where none does, since
    "5 triệu 3 người" are two."""
    if scale and words[at] in ODD and at + 1 < stop and 0 < names.get(words[at + 1], 0) < 10:
        return float(names[words[at + 1]]), at + 2
    if not scale or not (words[at] in names or words[at][0].isdigit()):
        return 0.0, 0
    read = (figure(words[at]), at + 1) if words[at][0].isdigit() else tens(words, at, names)
    value, end = read
    if value is None:
        return 0.0, 0
    if end < stop and words[end] == "chục":
        value, end = value * 10, end + 1
    bare = end == stop or words[end] in TENTHS_BEFORE
    if (words[at - 1] == "tr" or (bare and scale >= 1e6)) and len(words[at]) == 3 and words[at].isdecimal():
        return value * scale / 1000, end  # "4tr180", "4 triệu 180"
    if words[at] != "năm" and value < 10 and scale >= 1000 and bare:
        return value * scale / 10, end
    scaled = end < stop and value < 1000 and scales.get(words[end], math.inf) < scale
    return (value, end) if scaled or max(10.0, scale / 100) <= value < scale else (0.0, 0)


def tens(words: Sequence[str], at: int, names: Mapping[str, int]) -> tuple[float, int]:
    """Up to ninety-nine in words, and where it ends; five behind tens is lăm: "mười năm" is ten years."""
    total, end = float(names[words[at]]), at + 1
    if _short(words, at, names):
        return total * 10 + names[words[end]], end + 1
    if end < len(words) and words[end] in ("mươi", "muoi") and words[end] in names:
        total, end = total * 10, end + 1
    elif total < 10:
        return total, end
    if end < len(words) and words[end] != "năm" and 0 < names.get(words[end], 0) < 10:
        total, end = total + names[words[end]], end + 1
    return total, end


def _short(words: Sequence[str], at: int, names: Mapping[str, int]) -> bool:
    """Whether two digits in words are tens and ones, as "ba lăm"; "bốn tám tiếng" is left to its two digits, since
    "năm bảy tuổi" is the year in which one was seven."""
    if at + 1 >= len(words) or (at and words[at - 1] in ("thứ", "tháng", "điều")):
        return False
    return 1 < names[words[at]] < 10 and words[at + 1] in INNER and names[words[at + 1]] < 10


def _value(text: Syllables, at: int) -> tuple[float | None, int]:
    """The number that starts at a syllable, and where it ends."""
    value = figure(text.lower[at])
    end = at + 1
    if value is None:
        value, end = _spelled(text, at)
    if value is None:
        return None, at + 1
    stop = bisect_right(text.clause, text.clause[end - 1])
    return whole(text.lower, value, end, stop, names=DIGITS, scales=SCALES)


def counted(one: Quantity, text: Syllables) -> float:
    """A number as it is said of its unit: 3 of "3 tháng", whose value is in hours."""
    unit = text.lower[one.at[1]] if one.at[1] < len(text) else ""
    return one.value / HOURS.get(unit, 1.0) if one.kind == "time" else one.value


def _spelled(text: Syllables, at: int) -> tuple[float | None, int]:
    """A number in words; single words that mean something else too need a counted thing after them."""
    words = text.lower
    if words[at] not in DIGITS or words[at] in INNER:
        return None, at + 1
    total, end = tens(words, at, DIGITS)
    after = words[end] if end < len(text) else ""
    single = end == at + 1
    sure = not single or words[at] in ALONE or after in SCALES or after == "phần"
    sure = sure or (words[at] == "năm" and after in COUNTED) or (at > 0 and words[at - 1] == "thứ")
    sure = sure or (words[at] == after == "năm" and not _is_year(words[end + 1 : end + 2]))
    if single and (words[at] == "không" or (words[at] == "năm" and _years_before(text, at))):
        sure = False
    return (total, end) if sure else (None, at + 1)


def _years_before(text: Syllables, at: int) -> bool:
    """Whether a "năm" is the unit of the number before it, or of each: "5 năm người mua", "mỗi năm năm ngày"."""
    words = text.lower
    if not at or text.clause[at - 1] != text.clause[at]:
        return False
    if words[at - 1] in EACH:
        return words[at + 1 : at + 2] == ("năm",) and not _TWICE_YEARS.isdisjoint(words[at + 2 : at + 3])
    if words[at - 1] == "năm":
        return at == 1 or words[at - 2] not in EACH or _TWICE_YEARS.isdisjoint(words[at + 1 : at + 2])
    return words[at - 1] in DIGITS or figure(words[at - 1]) is not None


def _quantity(text: Syllables, at: int, end: int, value: float) -> Quantity:
    """Kind, unit and bounds of a number from the words around it."""
    before = text.lower[at - 1] if at else ""
    beside = (
        end < len(text)
        and text.clause[end] == text.clause[end - 1]
        and "/" not in text.usual[text.spans[end - 1][1] : text.spans[end][0]]
    )
    after = text.lower[end] if beside else ""
    tail = text.usual[text.spans[end - 1][1] : text.spans[end - 1][1] + 2]
    head = text.usual[max(0, text.spans[at][0] - 1) : text.spans[at][0]]
    if after == "năm" and names_year(text.lower[end + 1 : end + 3]):
        after = ""  # "công ước số 98 năm 2019" is no ninety-eight years
    kind, unit, written = "amount", after, _written(text, at, end, tail, head)
    if after and text.lower[end + 1 : end + 2] and text.lower[end + 1] in HALF:
        value += 0.5
    if tail.lstrip().startswith("%") or text.lower[end : end + 2] == ("phần", "trăm"):
        kind, unit = "percent", "%"
    elif written:
        kind = unit = "date" if written == "year" and value not in _YEARS else written
    elif _is_level(text, at, end, after):
        kind, unit = "ordinal", before
    elif before in MARKS and not _lasts(text, at, before, after) and not _of_each_year(before, value, after):
        kind, unit = MARKS[before], before
    elif after in MONEY or (not after and not MONEY.keys().isdisjoint(text.lower[at + 1 : end])):
        kind, unit = "money", MONEY.get(after, "đồng")
    elif after == "tháng" and (value in _YEARS or _month_follows(text.lower[end + 1 :][:3])):
        kind = unit = "year" if value in _YEARS else "date"
    elif after in HOURS:
        value, end = _lasting(text, end, value * HOURS[after])
        kind, unit = "time", "age" if text.lower[end + 1 : end + 2] == ("tuổi",) else "hours"
    low, high, about = _bounds(text, at, end, value)
    return Quantity(kind, unit, value, low, high, (at, end), about)


def _of_each_year(before: str, value: float, after: str) -> bool:
    """Whether a number behind "năm" counts a short time: "nghỉ phép năm 12 ngày" names no year."""
    return before == "năm" and value not in _YEARS and after in SHORT_TIMES


def names_year(words: Sequence[str]) -> bool:
    """Whether a word "năm" before these leads a year and is no unit: "cấp 3 năm 2025", "cấp 3 năm học 2025-2026"."""
    return _is_year(words[1:2] if words[:1] == ("học",) else words[:1])


def _is_year(words: Sequence[str]) -> bool:
    return bool(words) and words[0].isdecimal() and int(words[0]) in _YEARS


def _month_follows(words: Sequence[str]) -> bool:
    """Whether a word "tháng" before these is of a day: "24 tháng 9 năm 1982", "24 tháng 9/1982"."""
    month = bool(words) and words[0].isdecimal() and 1 <= int(words[0]) <= 12
    return month and _is_year(words[2:3] if words[1:2] == ("năm",) else words[1:2])


def _is_level(text: Syllables, at: int, end: int, after: str) -> bool:
    """Whether a figure says which level, class or region, and counts nothing: "lớp 12", "bằng A1", "vùng 2"."""
    before = text.shown[at - 1] if at else ""
    if end != at + 1 or not text.lower[at].isdecimal() or int(text.lower[at]) > HIGHEST:
        return False
    joined = bool(before) and text.spans[at - 1][1] == text.spans[at][0]
    if joined and len(before) == 1 and before.isupper():
        return True
    counts = after in HOURS or after in MONEY or after in COUNTED
    return before.lower() in SURELY or (before.lower() in LEVELS and not counts)


def _lasting(text: Syllables, end: int, hours: float) -> tuple[float, int]:
    """A time with the part behind it, and where that ends: "3 năm 6 tháng"."""
    more, after = _value(text, end + 1) if end + 1 < len(text) else (None, 0)
    unit = text.lower[after] if more is not None and after < len(text) else ""
    if more is None or PART_OF.get(unit) != text.lower[end] or text.clause[after] != text.clause[end]:
        return hours, end
    return hours + more * HOURS[unit], after


def _share(text: Syllables, at: int) -> float | None:
    """Percent of a part written "2/3 số"."""
    part = SHARED.match(text.usual, text.spans[at][0])
    if part is None:
        return None
    one, whole = int(part[1]), int(part[2])
    return 100.0 * one / whole if 0 < one <= whole else None


def _written(text: Syllables, at: int, end: int, tail: str, head: str) -> str:
    """What a number is of a day as 5/6/2024, 5/6, 5-6-2024 or "sáng 5-6" ("date" for the day itself, "month", "year"),
    "article" in a law's number as 168/2024/NĐ-CP or QH14, or "" for neither: "10-15 triệu" is a range."""
    first, last = text.spans[at][0], text.spans[end - 1][1]
    if text.lower[at - 1 : at] == ("qh",) and head in ("H", "h"):
        return "article"
    behind = bool(at and head) and head in "/-" and text.lower[at - 1][:1].isdigit()
    if not (behind or (tail[:1] in "/-" and tail[1:2].isdigit())):
        return ""
    if tail[:1] != "/" and head != "/":
        near = _DAY.finditer(text.usual, max(0, first - 10), last + 10)
        said = next((day for day in near if day.start() <= first < day.end()), None)
        parts = _FIGURES.findall(said[0]) if said else []
        return _part_of_day(parts, len(_FIGURES.findall(text.usual[said.start() : first]))) if said else ""
    before = _PARTS_BEFORE.findall(text.usual[max(0, first - 10) : first])[0]
    start, stop = first - len(before), last + len(_PARTS_BEHIND.findall(text.usual[last : last + 10])[0])
    if _CODE.match(text.usual, stop) or _LAW.search(text.usual[max(0, start - 24) : start]):
        return "article"
    return _part_of_day(text.usual[start:stop].split("/"), before.count("/"))


def _part_of_day(parts: Sequence[str], place: int) -> str:
    """What one of the parts of a number with strokes is, where they are a day's, or a month and its year: else ""."""
    if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
        return ""
    if len(parts[0]) == 4:
        parts, place = parts[::-1], len(parts) - 1 - place
    read = [int(part) for part in parts]
    yearly = read[-1] in _YEARS or (len(read) == 3 and len(parts[-1]) == 2)
    names = ("month", "year") if len(read) == 2 and yearly else ("date", "month", "year")
    day, month = (1, read[0]) if names[0] == "month" else read[:2]
    return names[place] if 1 <= day <= 31 and 1 <= month <= 12 and (yearly or len(read) == 2) else ""


def _lasts(text: Syllables, at: int, before: str, after: str) -> bool:
    """Whether a number counts time though a word of the calendar is before it: "3 năm 6 tháng", "ngày 2 ngày", "mỗi
    ngày 8 tiếng"."""
    if before not in HOURS or after not in HOURS:
        return False
    first = text.lower[at - 2] if at > 1 else ""
    counted = bool(first) and (first in EACH or figure(first) is not None) and HOURS[after] < HOURS[before]
    return before == after or counted


def _bounds(text: Syllables, at: int, end: int, value: float) -> tuple[float, float, bool]:
    """The range a number stands for, from 'more than', 'at most' and the like around it."""
    one = text.lower[at - 1] if at else ""
    two = " ".join(text.lower[at - 2 : at]) if at > 1 else ""
    behind = text.lower[end : end + 4]
    for length in range(NEGATED, 1, -1):
        said = " ".join(text.lower[max(0, at - length) : at])
        if said in NOT_BELOW:
            return value, math.inf, False
        if said in NOT_ABOVE:
            return 0.0, value, False
        if said in LESS:
            return 0.0, value * (1 - 1e-9), False
    if two in BELOW or (one in BELOW and two not in ABOUT):  # "trên dưới" is about
        return 0.0, value * (1 - 1e-9), False
    if ("trở" in behind and ("lên" in behind or "đi" in behind)) or one in LEAST or two in LEAST:
        return value, math.inf, False
    if ("trở" in behind and "xuống" in behind) or two in MOST or one in MOST:
        return 0.0, value, False
    if two in ABOUT:
        return value * 0.9, value * 1.1, True
    if one in ABOVE or text.usual[text.spans[end - 1][1] :][:1] == "+":
        return value * (1 + 1e-9), math.inf, False
    if one in ABOUT:
        unit = HOURS.get(text.lower[end], 0.0) if one in ALMOST and end < len(text) else 0.0
        few = unit <= value <= FEW * unit
        return value - unit / 2 if few else value * 0.9, value * 1.1, True
    return value, value, False


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
