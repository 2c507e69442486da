"""What follows from a passage's own numbers: of 291 recommendations and 241 accepted, that 50 weren't, or over four in
five were. A claim that says no more than that isn't refuted by them."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, pairwise

from classifier.comparison.numbers import BELOW, EACH, HOURS, LEAST, NEGATED, NOT_ABOVE, NOT_BELOW, Quantity, fractions
from classifier.comparison.pairing import Pair, Side, part
from classifier.comparison.polarity import Cue
from classifier.comparison.rivals import YEARS

COUNTED = ("amount", "percent")
OF = {"trên", "trong"}  # "184 phiếu trên 192", "bảy trong số chín"
OF_EACH = 6  # syllables, at most, from a number to the "cho mỗi" that makes it one of each
NEARLY = 1.1  # times a share told roughly, the most that it stands for
COUNTS = 2  # syllables behind a number that say what it counts: "5 ngày lương"
SIZED = {"mức", "bình", "quân", "tiền"}  # "10 lần mức bình quân tiền lương" are wages
BETWEEN = 5  # syllables, at most, from a part to the whole that is told behind it
AGED = ("tuổi", "điểm", "lần")  # numbers that are no part of one another
LEFT_OUT = re.compile(r"\b(?:gạt|(?:bỏ|đứng|nằm|ở|để) ngoài|còn lại)\b")  # beside the words that deny or refuse
AND = {"và", "nhưng", "mà"}
BOUNDS = {*BELOW, *NOT_ABOVE, *NOT_BELOW}
ONLY = {"chỉ", "mới", "đúng"}  # a bound behind them is the number itself
KNOWING = {"ngờ", "tin", "tưởng", "biết", "nghĩ", "hiểu", "đoán", "lạ", "ngạc"}
FORBID = {"đừng", "chớ"}  # "đừng tưởng chỉ 7%" denies the number
AS_KNOWN = 3  # syllables, at most, from a denial to what it says wasn't known: "không phải ai cũng biết"
UNTIL = {"từ", "đến", "tới"}  # before a year
YEAR = re.compile(r"\d{4}")
LABEL = re.compile(r"\d{4}|[ivx]+")  # which year, term or round a number is of
OF_DAYS = 0.015  # by which the days of months and years may be told otherwise
HALF_POINT = 0.5  # of a percentage told without its decimals


@dataclass(frozen=True, slots=True)
class Rate:
    """So much of each: the hours of what it is told of, what it counts, what it is more than, and whether only whole
    times count."""

    each: Quantity
    hours: float
    counted: Sequence[str]
    further: Sequence[Quantity]  # "thêm 1 ngày …"
    stepped: bool  # "cho mỗi 5 năm"

    def comes_to(self, times: Quantity, total: Quantity) -> bool:
        """Whether so many times this, or so many hours of it, are a total, or its whole times are more than another."""
        each, hours = self.each, self.hours
        if (total.kind, total.unit) != (each.kind, each.unit):
            return False
        often = times.value if times.kind == "amount" else 0.0
        if times.kind == "time" and hours:
            often = times.value / hours
        if often >= 1 and self.stepped:
            often = float(int(often))
        more = [one.value for one in self.further if (one.kind, one.unit) == (each.kind, each.unit)]
        if more:
            return often >= 1 and any(math.isclose(one + int(often) * each.value, total.value) for one in more)
        slack = OF_DAYS if 0 < hours <= HOURS["ngày"] else 1e-9  # a year is read as of 360 days
        least = 1 if self.stepped else 1 + 1e-9
        return often >= least and math.isclose(often * each.value, total.value, rel_tol=slack)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    some: float
    whole: float

    @property
    def share(self) -> float:
        return 100.0 * self.some / self.whole


def follows(pair: Pair, *, roughly: bool) -> bool:
    """Whether every number of a claim is the passage's own, told roughly or not, or follows from a whole and its part,
    a rate or a range there, and one does or is told so; a day is let be for which the rate is told."""
    mine, theirs = _read(pair.claim), fractions(pair.evidence.text, pair.evidence.numbers)
    own = [any(one.same(other) for other in theirs) for one in mine]
    days = [one for one, same in zip(mine, own, strict=True) if not same and _of_day(pair.claim, one)]
    parts, rates = list(_parts(pair.evidence, theirs)), list(_rates(pair.evidence, theirs, days))
    as_told = _as_told(pair, theirs)
    years = [one for one in mine if one.value in YEARS and _of_day(pair.claim, one)]
    every = [*rates, *_plain_rates(pair.evidence, theirs)]
    rated = [_rated(pair.claim, [*mine, *_spans(pair.claim, years)], one, every) for one in mine]
    told = [
        at_rate
        or _follows_from(pair.claim, mine, one, parts)
        or any(_granted(pair.evidence, theirs, rate, one, total) for rate in rates for total in mine)
        or _days_of(one, [other.value for other, same in zip(mine, own, strict=True) if same and other.kind == "time"])
        or any(_looser(one, two) or _paid_alike(pair, one, two) for two in theirs)
        or (roughly and not same and as_told(one))
        for one, same, at_rate in zip(mine, own, rated, strict=True)
    ]
    let_be = days if years and any(rated) else []
    return any(told) and all(said or same or one in let_be for said, same, one in zip(told, own, mine, strict=True))


def off_rate(pair: Pair) -> bool:
    """Whether a claim tells what so many come to at a rate of the passage's, and it isn't so by any of its rates, nor
    the least that it grants or what it grants for a range of times: "60 tháng đóng được 12 tháng trợ cấp" beside one
    for each twelve."""
    mine, theirs = _read(pair.claim), fractions(pair.evidence.text, pair.evidence.numbers)
    rates, words, clause = list(_rates(pair.evidence, theirs)), pair.claim.text.lower, pair.claim.text.clause
    told = [
        (rate, times, total)
        for rate in rates
        for total in mine
        if (total.kind, total.unit) == (rate.each.kind, rate.each.unit)
        and words[total.at[1] : total.at[1] + len(rate.counted)] == rate.counted
        for times in mine
        if words[times.at[1] : times.at[1] + len(rate.counted)] != rate.counted
        and clause[times.at[0]] == clause[total.at[0]]
        if times.kind == ("time" if rate.hours else "amount") and times.value > rate.hours
    ]
    least = [one.value for one in theirs if one.high == math.inf or _is_least(pair.evidence, one)]
    return any(
        total.value not in least
        and not any(one.comes_to(times, total) for one in rates)
        and not _granted(pair.evidence, theirs, rate, times, total)
        for rate, times, total in told
    )


def _granted(side: Side, numbers: Sequence[Quantity], rate: Rate, times: Quantity, total: Quantity) -> bool:
    """Whether a passage grants a total beside a rate, for times among which these are: "từ đủ 12 đến 36 tháng được 3
    tháng trợ cấp"."""
    words, size = side.text.lower, len(rate.counted)
    sums = [
        one
        for one in numbers
        if one is not rate.each and one.same(total) and words[one.at[1] : one.at[1] + size] == rate.counted
    ]
    spans = [
        one for one in numbers if one.kind == times.kind and one.low < one.high and one.low <= times.value <= one.high
    ]
    return any(one is not other and _clause(side, one) == _clause(side, other) for one in sums for other in spans)


def _read(side: Side) -> list[Quantity]:
    """The numbers of a claim; "bỏ ngoài 50" is no more than fifty."""
    words = side.text.lower
    return [
        replace(one, low=one.value, high=one.value)
        if LEFT_OUT.search(" ".join(words[max(0, one.at[0] - 2) : one.at[0]]))
        else one
        for one in fractions(side.text, side.numbers)
    ]


def _parts(side: Side, numbers: list[Quantity]) -> Iterator[Part]:
    """Each part told with its whole in one sentence: before it, behind "trên" or "trong", or as percent."""
    counted = [one for one in numbers if one.kind in COUNTED and one.unit not in AGED]
    for one in counted:
        if one.kind == "percent" and one.value < 100 and (one.low == one.high or one.about):
            yield Part(one.value, 100.0)
    for one, two in combinations([one for one in counted if one.kind == "amount"], 2):
        if side.text.sentence[one.at[0]] != side.text.sentence[two.at[0]]:
            continue
        if one.value < two.value and _is_of(side, one, two):
            yield Part(one.value, two.value)
        exact = one.low == one.high and two.low == two.high
        if two.value < one.value and exact and one.unit and two.unit in ("", one.unit):
            yield Part(two.value, one.value)


def _rates(side: Side, numbers: list[Quantity], days: Sequence[Quantity] = ()) -> Iterator[Rate]:
    """What is told of each in the years of some days: "5 ngày lương cho mỗi ngày", "1 tháng lương cho mỗi 12 tháng";
    twice as much, too, of what the sentence goes on to call "gấp đôi"."""
    words, clause = side.text.lower, side.text.clause
    for one in (*numbers, *_halves(words)):
        for at in range(one.at[1], min(one.at[1] + OF_EACH, len(words) - 2)):
            if words[at : at + 2] == ("cho", "mỗi") and clause[one.at[0]] == clause[at]:
                of = next((two.value for two in numbers if two.at[0] == at + 2 and two.kind == "time"), 0.0)
                further = [two for two in numbers if two.at < one.at] if words[max(0, one.at[0] - 1)] == "thêm" else []
                counted = words[one.at[1] : min(one.at[1] + COUNTS, at)]
                first, last = _years(side, numbers, at)
                if all(first <= day.value <= last for day in days if day.value in YEARS):
                    rate = Rate(one, of or HOURS.get(words[at + 2], 0.0), counted, further, of > 0)
                    yield rate
                    if _doubled(side, at):
                        twice = replace(one, value=2 * one.value, low=2 * one.low, high=2 * one.high)
                        yield replace(rate, each=twice)


def _plain_rates(side: Side, numbers: Sequence[Quantity]) -> Iterator[Rate]:
    """What is had in each time that stands behind it, or in exchange for one: "15 kg gạo mỗi tháng", "1 ngày tạm giam
    bằng 3 ngày cải tạo"."""
    words, clause, sentence = side.text.lower, side.text.clause, side.text.sentence
    exact = [one for one in numbers if one.low == one.high]
    for one in exact:
        for at in range(one.at[1], min(one.at[1] + COUNTS + 1, len(words) - 1)):
            if words[at] in EACH and (hours := HOURS.get(words[at + 1])) and clause[at] == clause[one.at[0]]:
                yield Rate(one, hours, words[one.at[1] : at], [], stepped=False)
    given = [one for one in exact if one.kind == "time" and words[max(0, one.at[0] - 1)] != "bằng"]
    for one in exact:
        before = [two for two in given if two.at < one.at and sentence[two.at[0]] == sentence[one.at[0]]]
        if before and words[one.at[0] - 1] == "bằng":
            yield Rate(one, before[-1].value, words[one.at[1] : one.at[1] + COUNTS], [], stepped=False)


def _is_least(side: Side, one: Quantity) -> bool:
    """Whether a number is the least: "ít nhất bằng 2 tháng lương"."""
    words, at = side.text.lower, one.at[0]
    return words[at - 1 : at] == ("bằng",) and " ".join(words[max(0, at - 3) : at - 1]) in LEAST


def _doubled(side: Side, at: int) -> bool:
    """Whether a sentence says behind a syllable that something is twice as much."""
    words, sentence = side.text.lower, side.text.sentence
    return any(words[to : to + 2] == ("gấp", "đôi") and sentence[to] == sentence[at] for to in range(at, len(words)))


def _years(side: Side, numbers: Sequence[Quantity], at: int) -> tuple[float, float]:
    """From which year until which a rate is told whose "cho mỗi" is at a syllable: "kể từ 2014", "trước đó"; one for
    which none is told is of no other years than its passage's, where that tells any."""
    words, clause = side.text.lower, side.text.clause
    told = [two for two in numbers if two.value in YEARS]
    end = next((two.at[0] for two in numbers if two.at[0] > at + 2), len(words))
    behind = [word for word, here in zip(words[at:end], clause[at:end], strict=True) if here == clause[at]]
    if behind[-1:] == ["từ"] or behind[-2:] == ["từ", "năm"]:
        return next((two.value for two in told if two.at[0] == end), math.inf), math.inf
    if ("trước", "đó") in pairwise(behind):
        return -math.inf, max((two.value for two in told if two.at[0] < at), default=-math.inf)
    return (math.inf, -math.inf) if told else (-math.inf, math.inf)


def _of_day(side: Side, one: Quantity) -> bool:
    """Whether a number is a day, a month or a year, as those of "từ 2014 đến 2024" and "2014-2024" are."""
    start, end = one.at
    beside = (*side.text.lower[max(0, start - 1) : start], *side.text.lower[end : end + 1])
    told = one.value in YEARS and any(word in UNTIL or YEAR.fullmatch(word) for word in beside)
    return one.kind in ("date", "month", "year") or (one.kind == "amount" and told)


def _spans(side: Side, years: Sequence[Quantity]) -> Iterator[Quantity]:
    """The times from a year until the next one told, that one counted or not: "từ 2014 đến 2024"."""
    for one, two in pairwise(years):
        between = side.text.lower[one.at[1] : two.at[0]]
        if not between or not UNTIL.isdisjoint(between):
            for size in (two.value - one.value, two.value - one.value + 1):
                hours = size * HOURS["năm"]
                yield Quantity("time", "hours", hours, hours, hours, one.at)


def _halves(words: Sequence[str]) -> Iterator[Quantity]:
    """Halves of a time, which elsewhere aren't read as numbers: "nửa tháng lương cho mỗi năm"."""
    for at, pair in enumerate(pairwise(words)):
        if pair[0] == "nửa" and (hours := HOURS.get(pair[1], 0.0) / 2):
            yield Quantity("time", "hours", hours, hours, hours, (at, at + 1))


def _rated(side: Side, numbers: list[Quantity], one: Quantity, rates: Sequence[Rate]) -> bool:
    """Whether a number of a claim is what another comes to at one of the rates, or that other."""
    return any(
        rate.comes_to(a, b) and _counts(side, b, rate.counted)
        for rate in rates
        for two in numbers
        if two is not one
        for a, b in ((one, two), (two, one))
    )


def _days_of(one: Quantity, hours: Sequence[float]) -> bool:
    """Whether a number is so many days of one of some hours that come to another: "sáu ngày, mỗi ngày 8 tiếng, tổng 48
    giờ"."""
    days = one.value / HOURS["ngày"]
    return (one.kind, days > 1) == ("time", True) and any(days * each == total for each in hours for total in hours)


def _counts(side: Side, one: Quantity, counted: Sequence[str]) -> bool:
    """Whether a number counts what a rate does, as far as its sentence says what: "thì được 8 ngày"."""
    words, sentence = side.text.lower, side.text.sentence
    end = next((at for at in range(one.at[1], len(words)) if sentence[at] != sentence[one.at[0]]), len(words))
    said = (word for word in words[one.at[1] : end] if word not in SIZED)
    return all(mine == told for mine, told in zip(said, counted, strict=False))


def _looser(said: Quantity, told: Quantity) -> bool:
    """Whether a share tells the passage's least one roughly: "hơn một phần ba" beside "ít nhất 35 phần trăm"."""
    bounds = said.kind == told.kind == "percent" and said.high == told.high == math.inf
    return bounds and said.value < said.low <= told.low <= said.value * NEARLY


def _paid_alike(pair: Pair, one: Quantity, two: Quantity) -> bool:
    """Whether two sums are one pay, told of two times: 6 million a year, 500,000 a month."""
    if one.kind != "money" or not one.rivals(two):
        return False
    mine, theirs = _paid_for(pair.claim, one), _paid_for(pair.evidence, two)
    return mine > 0 < theirs and math.isclose(one.value / mine, two.value / theirs)


def _paid_for(side: Side, pay: Quantity) -> float:
    """The hours for which a sum is paid, by the words behind it or before it in its clause: 0 where none say so."""
    words, clause, (start, end) = side.text.lower, side.text.clause, pay.at
    for at in (*range(end, min(end + COUNTS, len(words) - 1)), *range(start - 2, -1, -1)):
        if words[at] in EACH and words[at + 1] in HOURS and clause[at] == clause[at + 1] == clause[start]:
            return HOURS[words[at + 1]]
    return 0.0


def _as_told(pair: Pair, theirs: list[Quantity]) -> Callable[[Quantity], bool]:
    """Whether a number tells one of the passage's roughly, no other being nearer, or a percentage without its last
    decimals: of several there that count the same, the one that has most of what stands beside it alone in the claim,
    its year or term first; where the claim has nothing of any, the nearest."""
    said = set(pair.claim.text.lower)

    @cache  # once for all numbers of a claim that count the same
    def named(kind: str, unit: str) -> list[tuple[Quantity, float]]:
        one = Quantity(kind, unit, 0.0, 0.0, 0.0, (0, 0))
        # "số phiếu trên 180" has what it counts before it
        alike = [replace(two, unit=unit) if not two.unit or not unit else two for two in theirs if two.low == two.high]
        alike = [two for two in alike if one.rivals(two)]
        beside = [_beside(pair.evidence, alike, at) for at in range(len(alike))]
        often = Counter(chain.from_iterable(beside))
        own = [{word for word in here if often[word] == 1} for here in beside]
        years = [set(filter(YEAR.fullmatch, here)) for here in own]  # where all have one, "vùng I" is of them all
        own = years if all(years) else [set(filter(LABEL.fullmatch, here)) or here for here in own]
        return [(two, part(len(here & said), len(here))) for two, here in zip(alike, own, strict=True)]

    def tells(one: Quantity) -> bool:
        alike = named(one.kind, one.unit)
        least = min((abs(one.value - two.value) for two, _ in alike), default=0.0)
        most = max((near for _, near in alike), default=0.0)
        return any(
            (_cut_off(one, two) or (one.fits(two) and abs(one.value - two.value) == least))
            and near == most
            and (near > 0 or len(alike) == 1 or not most)
            for two, near in alike
        )

    return tells


def _beside(side: Side, numbers: Sequence[Quantity], at: int) -> set[str]:
    """The words beside one of several numbers: of its clause, up to the next of them or an "and"."""
    words, (first, last) = side.text.lower, numbers[at].at
    start, end = first, last
    least = numbers[at - 1].at[1] if at else 0
    most = numbers[at + 1].at[0] if at + 1 < len(numbers) else len(words)
    while start > least and words[start - 1] not in AND and side.text.clause[start - 1] == side.text.clause[first]:
        start -= 1
    while end < most and words[end] not in AND and side.text.clause[end] == side.text.clause[first]:
        end += 1
    return {*words[start:first], *words[last:end]}


def _cut_off(said: Quantity, told: Quantity) -> bool:
    """Whether a percentage is another one rounded to fewer decimals."""
    return (
        said.kind == "percent"
        and said.low == said.high < math.inf
        and any(
            math.isclose(said.value * step, round(said.value * step))
            and abs(said.value - told.value) <= HALF_POINT / step + 1e-9
            for step in (1, 10)
        )
    )


def _is_of(side: Side, one: Quantity, two: Quantity) -> bool:
    """Whether one number is told of another: "184 phiếu trên 192", "184/192"."""
    words = side.text.lower[one.at[1] : two.at[0]]
    if not words:
        return side.text.usual[side.text.spans[one.at[1] - 1][1] :][:1] == "/"
    return len(words) <= BETWEEN and not OF.isdisjoint(words) and _clause(side, one) == _clause(side, two)


def _clause(side: Side, number: Quantity) -> int:
    return side.text.clause[number.at[0]]


def _follows_from(side: Side, numbers: list[Quantity], one: Quantity, parts: list[Part]) -> bool:
    """Whether a number of a claim follows from the parts: the share of one, or what is left where its clause denies."""
    if one.kind not in COUNTED:
        return False
    denied = _denied(side, numbers, one)
    if one.kind == "percent":
        shares = [100.0 - part.share if denied else part.share for part in parts if denied or part.whole != 100.0]
        return any(_near(side, one, share, HALF_POINT) for share in shares)
    return denied and any(_near(side, one, part.whole - part.some) for part in parts if part.whole != 100.0)


def _near(side: Side, said: Quantity, value: float, slack: float = 0.0) -> bool:
    """Whether a number as it is said, plainly, roughly or as a bound, is so of a value."""
    if said.low == said.high or not ONLY.isdisjoint(side.text.lower[max(0, said.at[0] - NEGATED) : said.at[0]]):
        return abs(said.value - value) <= slack + 1e-9
    return said.low <= value <= said.high


def _denied(side: Side, numbers: list[Quantity], one: Quantity) -> bool:
    """Whether a clause denies what it counts: in the words before a number, or behind it where no other number is."""
    words, here = side.text.lower, _clause(side, one)
    others = [two for two in numbers if two is not one and _clause(side, two) == here]
    start = max((two.at[1] for two in others if two.at[1] <= one.at[0]), default=side.text.clause.index(here))
    if _turns(side, start, _bare(words, one.at[0])):
        return True
    later = [two for two in others if two.at[0] >= one.at[1] and two.kind in COUNTED and two.value not in YEARS]
    if later and _is_of(side, one, later[0]):
        del later[0]
    ends = (at for at in range(one.at[1], len(words)) if side.text.clause[at] != here or words[at] in AND)
    end = next(ends, len(words))
    return not any(two.at[0] < end for two in later) and _turns(side, one.at[1], end)


def _bare(words: Sequence[str], at: int) -> int:
    """Where the words before a number end that aren't of its bound, as "không quá" is."""
    sizes = (size for size in range(min(NEGATED, at), 0, -1) if " ".join(words[at - size : at]) in BOUNDS)
    return at - next(sizes, 0)


def _turns(side: Side, start: int, end: int) -> bool:
    """Whether the words of a range deny: an odd number of times."""
    groups = [cue.group for cue in side.cues if start <= cue.at[0] < end and not _unknown(side, cue)]
    refused = "refusal" in groups or LEFT_OUT.search(" ".join(side.text.lower[start:end])) is not None
    return (groups.count("negation") + refused) % 2 == 1


def _unknown(side: Side, cue: Cue) -> bool:
    """Whether a word denies that somebody knew or thought so, which no evidence speaks of: "không ngờ chỉ 7%"."""
    words, end = side.text.lower, cue.at[1]
    near = range(end, min(end + AS_KNOWN, len(words)))
    return words[cue.at[0]] not in FORBID and any(words[at] in KNOWING and side.loose((at, at + 1)) for at in near)
