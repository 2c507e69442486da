"""A rule's numbers as bounds, whom it sets none, and a claim's numbers that the rule hasn't."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from classifier.comparison.numbers import HOURS
from classifier.logic.signs import COMMON_BARE, DENIALS, acts_of, counted_in, parted, with_bare
from classifier.semantics.deontic import Meaning
from classifier.semantics.ranges import Range
from classifier.text.figures import ROMAN
from classifier.text.letters import fold

YEAR = frozenset(days * HOURS["ngày"] for days in (360, 365, 366))  # a year is read as of 360 days
CLOCK = "clock"  # the unit of an hour of the day, which is no span of hours
PARTS_OF_DAY, LUC = with_bare("sáng trưa chiều tối đêm khuya"), with_bare("lúc")
AFTERNOON, NIGHT = with_bare("chiều tối"), with_bare("đêm khuya")
TO = with_bare("đến tới")
WHEN = with_bare("khi nếu trừ")
JOINED = with_bare("và hoặc hay")
ENOUGH = {("chỉ", "cần"), ("chi", "can")}
CLOSING = frozenset({"nhieu", "nhat", "toi", "da", "khong", "qua", "va", "nhung", "la"})
NOTICE = (("báo", "trước"), ("bao", "truoc"))
LABELS = with_bare("lớp điều khoản khóa cấp hạng loại nhóm vùng")  # before the figure of a name: "lớp 1"
IN_ROMAN = {figure: said.lower() for said, figure in ROMAN.items()}  # "vùng 2" is "vùng II"
MARKS = with_bare("mốc")  # before the figure of a bound whose unit may be left out
MORE = with_bare("hơn")
DIFFERS = 6  # syllables before a number in which "hơn" makes it a difference
CHILD = frozenset({"con", "tre", "be", "chau"})
BEARER = 2  # syllables before a number that say whose it is
OLDEST = 200  # "Bộ luật Lao động 2019: tuổi lao động" has no age of 2019
EXAMPLE = with_bare("như dù cả")  # before a plain number that only shows a bound: "dưới 18 tuổi, cả 16, 17 tuổi"


def bounds(rule: Meaning) -> list[Range]:
    """A rule's numbers as ranges: "từ đủ 14 đến dưới 16" as one, "chỉ cần 15 năm" as what is enough, "từ 22 giờ đến 6
    giờ" as hours of the clock."""
    found: list[Range] = []
    words, sentence, bare = rule.cut.words, rule.cut.sentence, rule.cut.bare
    for one in rule.numbers:
        last = found[-1].last if found else 0
        if found and one.first - last in (1, 2) and words[last] in TO[bare]:
            over = one.unit == "hours" and 24 >= found[-1].low > one.high
            found[-1] = replace(found[-1], high=one.high, unit=CLOCK if over else one.unit, last=one.last)
            continue
        start = max(sentence.index(sentence[one.first]), last)
        found.append(_bound(words[start : one.first], one, bare=bare))
        if len(found) > 1 and _closes(rule, *found[-2:]):
            found[-2:] = [replace(found[-2], high=found[-1].high, last=found[-1].last)]
    return [one for one in found if not _is_example(rule, one) and (one.unit != "age" or one.value < OLDEST)]


def _closes(rule: Meaning, least: Range, most: Range) -> bool:
    """Whether a most stands right behind a least of the same: "ít nhất là 3 tháng, nhiều nhất là 20 năm"."""
    between = rule.folded[least.last : most.first]
    whole = least.unit == most.unit and least.high == math.inf and most.low == 0.0 and least.low < most.high
    return whole and rule.cut.sentence[least.first] == rule.cut.sentence[most.first] and CLOSING.issuperset(between)


def _is_example(rule: Meaning, number: Range) -> bool:
    """Whether a plain number only shows what a bound comes to: "dù 17 hay 20 tuổi", "như con 5 tuổi"."""
    words, bare, at = rule.cut.words, rule.cut.bare, number.first - 1
    while at > 0 and (words[at].isdecimal() or words[at] in JOINED[bare]):
        at -= 1
    near = (one for one in range(max(0, at - 1), at + 1) if words[one] in EXAMPLE[bare])
    return number.low == number.high and any(not parted(rule, one, at + 1) for one in near)


def _bound(before: Sequence[str], number: Range, *, bare: bool) -> Range:
    """A number as the words before it in its sentence bound it: "chỉ cần 15 năm" as what is enough, "báo trước 45 ngày"
    as the least notice, "chưa đóng đủ 15 năm" as less; "hơn con nuôi ít nhất 20 tuổi" as no age."""
    if number.low == number.high:
        notice = number.unit == "hours" and number.value > HOURS["ngày"] and tuple(before[-2:]) in NOTICE
        return replace(number, high=math.inf) if notice or not ENOUGH.isdisjoint(pairwise(before)) else number
    if number.unit == "age" and not MORE[bare].isdisjoint(before[-DIFFERS:-1]):
        return replace(number, unit="years apart")
    if number.low and before[-1:] in (("đủ",), ("du",)) and not DENIALS[bare].isdisjoint(before[-BEARER - 1 : -1]):
        return replace(number, low=0.0, high=number.low - 1e-6)
    return number


def cases_of(claim: Meaning, rule: Meaning) -> list[Range]:
    """The numbers of a claim that a rule hasn't; "tháng 7/2025" is in "ngày 1/7/2025", and 100 percent is all."""
    shares = any(one.unit == "percent" for one in rule.numbers)
    own = [one for one in claim.numbers if not _of_rule(claim, one, rule)]
    aged = {one.last for one in own if one.unit == "age"}
    own = [one for one in own if one.first not in aged or claim.folded[one.last - 1] != "thang"]  # "5 tuổi 11 tháng"
    clocked = any(one.unit == CLOCK for one in bounds(rule))
    own = [one for one in own if shares or one.unit != "percent" or one.value != 100.0]
    return [_by_clock(claim, one, opens=clocked and _opens(claim, one)) for one in own]


def _opens(text: Meaning, number: Range) -> bool:
    """Whether a number begins a sentence."""
    sentence = text.cut.sentence
    return number.first == 0 or sentence[number.first - 1] != sentence[number.first]


def _of_rule(claim: Meaning, number: Range, rule: Meaning) -> bool:
    """Whether a number of a claim is a rule's own, or the figure of a name that it has: "lớp 1", "mốc 18"."""
    at = number.first
    labels = LABELS[claim.cut.bare] if number.unit != "count" else LABELS[claim.cut.bare] | MARKS[claim.cut.bare]
    label = claim.cut.words[max(0, at - 1)] in labels
    name = claim.folded[max(0, at - 1)]
    named = label and not {(name, claim.folded[at]), (name, IN_ROMAN.get(claim.folded[at], ""))}.isdisjoint(rule.pairs)
    counted = (claim.folded[at], fold(number.unit)) in rule.pairs
    return (
        named
        or counted
        or any(_in_months(claim, number, one) or _by_then(number, one, rule) for one in rule.numbers)
        or any(same(number, one) or a_year(number, one) or _of_list(number, one, rule) for one in rule.numbers)
        or (number.low != number.high and any(same(number, one) for one in bounds(rule)))
        or any(_same_age(number, one) for one in rule.numbers)
        or (number.unit == "year" and any((one.unit, one.low) == ("year", number.low) for one in rule.numbers))
    )


def _in_months(claim: Meaning, number: Range, one: Range) -> bool:
    """Whether a claim tells a rule's bound of a child's age in months alone: "tới khi bé tròn 6 tháng"."""
    said = claim.folded[max(0, number.first - BEARER) : number.first]
    aged = number.unit == "hours" and one.unit == "age" and claim.folded[number.last - 1] == "thang"
    return aged and not CHILD.isdisjoint(said) and same(number, one, 1 / HOURS["năm"])


def _by_then(number: Range, one: Range, rule: Meaning) -> bool:
    """Whether a claim's most is a rule's term for doing a thing: "chậm nhất 12 giờ" beside "trong 12 giờ"."""
    most = number.unit == one.unit == "hours" and not number.low and one.low == one.high
    return most and math.isclose(number.high, one.high) and rule.cut.words[max(0, one.first - 1)] == "trong"


def _of_list(number: Range, one: Range, rule: Meaning) -> bool:
    """Whether a claim's most is a plain number of a rule's list that a most begins: "tối đa 20 ngày …, 15 ngày …"."""
    if number.low or one.low != one.high or not math.isclose(number.high, one.high):
        return False
    sentence = rule.cut.sentence
    return any(
        two.unit == one.unit and two.low == 0.0 and two.first < one.first and sentence[two.first] == sentence[one.first]
        for two in rule.numbers
    )


def a_year(one: Range, other: Range) -> bool:
    """Whether both are a year, told as one or in days."""
    return one.low == one.high and other.low == other.high and YEAR.issuperset((one.low, other.low))


def _by_clock(text: Meaning, number: Range, *, opens: bool = False) -> Range:
    """A number as the hour of the day that it is, "10 giờ đêm" as 22; any other as it is. opens: what begins a sentence
    is one, beside a rule on hours of the day."""
    words, bare, hour = text.cut.words, text.cut.bare, number.value
    parts = PARTS_OF_DAY[bare]
    last = next((at + 1 for at in (number.last, number.last + 1) if parts.intersection(words[at : at + 1])), 0)
    part, at = words[last - 1] if last else "", words[max(0, number.first - 1) : number.first]
    if (
        number.unit != "hours"
        or hour > 24
        or number.low != number.high
        or not (part or opens or LUC[bare].intersection(at))
    ):
        return number
    hour += 12 if hour < 12 and (part in AFTERNOON[bare] or (part in NIGHT[bare] and hour > 6)) else 0
    hour = 0.0 if hour == 24 or (hour == 12 and part in NIGHT[bare]) else hour
    return replace(number, low=hour, high=hour, unit=CLOCK, last=last or number.last)


def same(one: Range, other: Range, scale: float = 1.0) -> bool:
    """Whether both say the same number, one of them plainly, or the same bound."""
    ends = ((one.low, other.low), (one.high, other.high)) if one.low != one.high else ((one.value, other.value),)
    return (scale != 1.0 or one.unit == other.unit) and all(math.isclose(a * scale, b, rel_tol=1e-4) for a, b in ends)


def _same_age(one: Range, other: Range) -> bool:
    """Whether a bound that counts nothing is another's of an age: "con phải dưới 16"."""
    return one.unit == "count" and one.low != one.high and other.unit == "age" and same(replace(one, unit="age"), other)


def unbounded(rule: Meaning) -> set[str]:
    """What a rule calls those of whom it sets no bound, but not when it holds: "mang thai" in "khi phạm tội, phụ nữ
    mang thai, người dưới 18 tuổi"."""
    words, bare, counted, acts = rule.cut.words, rule.cut.bare, counted_in(rule), acts_of(rule)
    parts: list[list[int]] = [[]]
    for at, word in enumerate(words):
        apart = at and (parted(rule, at - 1, at) or rule.cut.sentence[at - 1] != rule.cut.sentence[at])
        if apart or word in JOINED[bare]:
            parts.append([])
        parts[-1].append(at)
    bound = {rule.folded[at] for part in parts if not counted.isdisjoint(part) for at in part}
    found: set[str] = set()
    for part in parts:
        if counted.isdisjoint(part) and WHEN[bare].isdisjoint(words[at] for at in part[:2]):
            called = list(takewhile(lambda at: at not in acts and words[at] != "thì", part))
            found.update(rule.folded[at] for at in called[-2:])
    return found - bound - COMMON_BARE
