"""Numbers of a claim beside those of its evidence: which fit, told roughly, and which the evidence hasn't, with what
stands against them there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise

from classifier.comparison.numbers import ABOUT, ABOVE, BELOW, LESS, Quantity, closeness, fractions
from classifier.comparison.pairing import Pair, Side, facing
from classifier.text.syllables import Syllables

NUMBER_KINDS = {"date": "date", "month": "date", "year": "date", "article": "article"}
NEAR = 4  # words before a number that say what it bounds
CITING = ("luật", "hiến")  # Bộ luật Lao động 2019, Hiến pháp 2013
CITED = 10  # syllables of a law's name, at most
YEARS = range(1900, 2100)
OWNERS = {"nam": "nam", "trai": "nam", "nữ": "nữ", "gái": "nữ"}  # whose a number behind them is: "nam 20, nữ 18"
SIDES = frozenset({"việt", "miền", "phía"})  # of a "nam" that is the south
BEHIND = 3  # words behind a number in which whose it is may stand: "151 đại biểu nữ", "60 tuổi với nữ"
ROUGHLY = {word for said in (*ABOUT, *ABOVE, *BELOW, *LESS) for word in said.split()}

Faced = tuple[str, tuple[int, int], tuple[int, int]]  # the kind of a slot, and syllables of the claim and the evidence


def fitting(pair: Pair) -> Iterator[Faced]:
    """Numbers that either side tells roughly, or the evidence within a range, with all words that say so."""
    mine, theirs = told_numbers(pair.claim), told_numbers(pair.evidence)
    ranges = list(_ranges(pair.evidence))
    for one in mine:
        if is_said(one, theirs):
            continue
        counted = [two for two in theirs if one.rivals(two)]
        across = [two for two in counted if facing(pair, one.at, two.at)]
        near = [two for two in across or counted if one.fits(two) or two.fits(one)]
        if near:
            best = max(near, key=lambda two: closeness(one.value, two.value))
            yield "number", _wide(pair.claim, one), _wide(pair.evidence, best)
        elif one.low == one.high:
            around = [at for low, high, at in ranges if one.rivals(low) and low.value <= one.value <= high.value]
            yield from (("number", one.at, at) for at in around[:1])


def _wide(side: Side, number: Quantity) -> tuple[int, int]:
    """A number with the words before it that say it is told roughly."""
    start = number.at[0]
    while start and side.text.lower[start - 1] in ROUGHLY:
        start -= 1
    return start, number.at[1]


def _ranges(side: Side) -> Iterator[tuple[Quantity, Quantity, tuple[int, int]]]:
    """The two ends of each "từ … đến …" and its place."""
    words = side.text.lower
    for low, high in pairwise(side.numbers):
        start = max(0, low.at[0] - 1)
        if words[start] == "từ" and words[high.at[0] - 1] in ("đến", "tới") and low.rivals(high):
            yield low, high, (start, high.at[1])


def strange(pair: Pair) -> Iterator[Faced]:
    """Numbers the evidence hasn't, beside the number there that counts the same thing or stands in the same place; a
    year beside a year."""
    led = cache(partial(_strange_words, pair))
    mine, theirs = told_numbers(pair.claim), told_numbers(pair.evidence)
    others = [two for two in theirs if not is_said(two, mine)]
    for one in mine:
        whose = _whose(pair.claim, one)
        own = [two for two in theirs if whose and _comparable(pair, one, two) and _whose(pair.evidence, two) == whose]
        if is_said(one, own or theirs):
            continue
        years = [two for two in others if _years(pair, one, two)]
        across = [two for two in theirs if facing(pair, one.at, two.at) and _comparable(pair, one, two)]
        rivals = own or years or across or [two for two in others if one.rivals(two)]
        # a share in words is one of what the evidence counts
        if not rivals and one.kind == "percent" and one not in pair.claim.numbers:
            rivals = [two for two in others if two.kind == "amount"]
        if rivals:
            kind = NUMBER_KINDS.get(one.kind, "number")
            alike = partial(_alike, pair, one)
            best = max(rivals, key=lambda two: (-led(two), *alike(two)) if kind == "date" else alike(two))
            yield kind, one.at, _day(pair.evidence, best) if one.kind == "year" else best.at


def swapped(pair: Pair) -> bool:
    """Whether a number that a claim says of one owner is in its evidence another's alone: "nữ 20" beside "nam 20"; no
    year, day or article, which are nobody's."""
    theirs = told_numbers(pair.evidence)
    for one in (one for one in told_numbers(pair.claim) if one.kind not in NUMBER_KINDS):
        owners = {_whose(pair.evidence, two) for two in theirs if is_said(one, [two]) and _comparable(pair, one, two)}
        whose = _whose(pair.claim, one)
        if whose and owners and owners.isdisjoint({whose, ""}):
            return True
    return False


def _whose(side: Side, number: Quantity) -> str:
    """Whose a number is, by what stands before it in its clause: "nữ kết hôn từ đủ 18"; "" where nothing does, it may
    be a name ("Hà Nam"), a number of its kind stands between, or another owner before or behind."""
    text, (start, end) = side.text, number.at
    words, clause = text.lower, text.clause
    first = max((one.at[1] for one in side.numbers if one.at[1] <= start and one.rivals(number)), default=0)
    named = (at for at in range(first, start) if words[at] in OWNERS and clause[at] == clause[start])
    owners = {OWNERS[words[at]] for at in named if not _in_name(text, at) and "hơn" not in words[max(0, at - 1) : at]}
    behind = [one for one in range(end, min(end + BEHIND, len(words))) if clause[one] == clause[start]]
    others = any(words[one] in OWNERS and "và" not in words[end:one] for one in behind)
    return "" if len(owners) != 1 or others else owners.pop()


def _in_name(text: Syllables, at: int) -> bool:
    """Whether an owner is but a part of a name or of a side of the country."""
    if not at or text.clause[at - 1] != text.clause[at] or text.lower[at - 1] in OWNERS:
        return False
    begins = at == 1 or text.clause[at - 2] != text.clause[at]  # its capital says nothing: "Bạn trai", "Phụ nữ"
    capital = text.said(at, at + 1)[0].isupper() or (text.said(at - 1, at)[0].isupper() and not begins)
    return capital or text.lower[at - 1] in SIDES


def told_numbers(side: Side) -> list[Quantity]:
    """The numbers of a text; of "năm 2019 và 2024" the second is a year too."""
    put: list[Quantity] = []
    for one in fractions(side.text, side.numbers):
        between = side.text.lower[put[-1].at[1] : one.at[0]] if put and _year(put[-1]) else ("",)
        listed = between in ((), ("và",), ("với",), ("hoặc",), ("hay",))
        yearly = listed and one.kind == "amount" and one.value in YEARS
        put.append(replace(one, kind="year", unit="năm") if yearly else one)
    return put


def _alike(pair: Pair, one: Quantity, two: Quantity) -> tuple[float, ...]:
    return _around(pair, one, two), closeness(one.value, two.value)


def _year(number: Quantity) -> bool:
    return NUMBER_KINDS.get(number.kind) == "date" and 1000 <= number.value < 3000


def _years(pair: Pair, one: Quantity, two: Quantity) -> bool:
    """Whether both numbers are years, or both those of laws."""
    return (_year(one) and _year(two)) or (_cites(pair.claim, one) and _cites(pair.evidence, two))


def _cites(side: Side, number: Quantity) -> bool:
    """Whether a number is the year behind a law's name: Bộ luật Lao động 2019."""
    start, end = number.at
    clause = side.text.clause
    return (
        number.kind == "amount"
        and end == start + 1
        and side.text.lower[start].isdecimal()
        and number.value in YEARS
        and any(
            side.text.lower[at] in CITING and clause[at] == clause[start] for at in range(max(0, start - CITED), start)
        )
    )


def _comparable(pair: Pair, one: Quantity, two: Quantity) -> bool:
    """Whether two numbers in one place may be set against each other: of the same kind, or one counts nothing named,
    and no year of a law against an amount."""
    if _cites(pair.claim, one) or _cites(pair.evidence, two):
        return _years(pair, one, two)
    kinds = {NUMBER_KINDS.get(number.kind, number.kind) for number in (one, two)}
    bare = any(number.kind == "amount" and not number.unit for number in (one, two))
    return len(kinds) == 1 or (bare and kinds.isdisjoint(NUMBER_KINDS.values()))


def _day(side: Side, date: Quantity) -> tuple[int, int]:
    """A part of a date with the parts before it: 5/2/2015, or 5 tháng 2 năm 2015."""
    start = date.at[0]
    for number in reversed(side.numbers):
        if start - 1 <= number.at[1] <= start and number.kind in ("date", "month") and not _year(number):
            start = number.at[0]
    return start, date.at[1]


def _strange_words(pair: Pair, date: Quantity) -> int:
    """How many words the claim hasn't lead from the number before to a date: that of another verb has its verb."""
    end = _day(pair.evidence, date)[0]
    start = max((two.at[1] for two in pair.evidence.numbers if two.at[1] <= end), default=0)
    words = [word for word in pair.evidence.words if word.content and start <= word.at[0] < end]
    return sum(not word.shared for word in words)


def _around(pair: Pair, one: Quantity, two: Quantity) -> int:
    """How many words near the two numbers are the same: "tối thiểu là đủ 12" asks for the number of another minimum."""
    said, told = (
        set(side.text.lower[max(0, number.at[0] - NEAR) : number.at[1] + 1])
        for side, number in ((pair.claim, one), (pair.evidence, two))
    )
    return len(said & told)


def is_said(number: Quantity, others: Iterable[Quantity]) -> bool:
    """Whether the other side says this number too."""
    return any(closeness(number.value, other.value) == 1.0 for other in others)
