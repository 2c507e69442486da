"""Sums of money that a rule lists by the time from which each holds: "năm 2021 là 4.420.000 đồng, từ ngày 1/7/2022 và
năm 2023 là 4.680.000 đồng"."""

import re
from collections.abc import Iterator

from classifier.comparison.numbers import quantities
from classifier.text.letters import fold
from classifier.text.patterns import either
from classifier.text.syllables import read

_YEAR = r"((?:19|20)\d\d)"
_SUM = r"\d{1,3}(?:\.\d{3})+"
PERIOD = re.compile(rf"\b(?:từ ngày|năm) [^;.]*?\blà (?={_SUM}\b)", re.IGNORECASE)
BEGINS = re.compile(rf"\b(?:từ ngày \d{{1,2}}/(\d{{1,2}})/|năm ){_YEAR}\b", re.IGNORECASE)
# a month of which a claim tells, and no day from or until which a thing was so
MONTH = re.compile(
    rf"(?<!từ )(?<!đến )(?<!tới )(?<!hết )(?<!trước )(?<!sau )\btháng (\d{{1,2}})(?:/| năm ){_YEAR}\b", re.IGNORECASE
)
PLACES = {  # of a region, in figures or words
    name: str(at) for names in ("i ii iii iv", "1 2 3 4", "mot hai ba bon") for at, name in enumerate(names.split(), 1)
}
REGION = either(r"\bvùng (i{1,3}|iv|[1-4]|một|hai|ba|bốn)\b")
LEAST = 10_000  # of a number without a currency that is a sum


def by_region(claim: str, rule: str) -> bool:
    """Whether a claim tells a sum for each of several regions, and for those of a rule none but what it had there."""
    mine, own = _sums_by_region(claim), _sums_by_region(rule)
    if len(own) == 1:
        own = dict.fromkeys(own, _sums(rule))
    both = mine.keys() & own.keys()
    return len(mine) > 1 and bool(both) and all(mine[one] and mine[one] <= own[one] for one in both)


def _sums_by_region(text: str) -> dict[str, set[int]]:
    """The sums told of each region: behind it, or before it where a text ends with one: "22.500 đồng ở vùng I"."""
    named = list(REGION.finditer(text))
    if not named:
        return {}
    before = bool(_sums(text[: named[0].start()])) and not _sums(text[named[-1].end() :])
    edges = [0, *(one.end() for one in named)] if before else [one.end() for one in named]
    ends = [one.start() for one in named] if before else [*(one.start() for one in named[1:]), len(text)]
    found: dict[str, set[int]] = {}
    for one, start, end in zip(named, edges, ends, strict=False):
        found.setdefault(_region(one), set()).update(_sums(text[start:end]))
    return found


def is_item(said: str) -> bool:
    """Whether words tell a region and no more, or a sum."""
    return bool(REGION.fullmatch(said) or _sums(said))


def _region(found: re.Match[str]) -> str:
    """Which region is told: "vùng I", "vùng 1" and "vùng một" are one."""
    return PLACES[fold(found[1])]


def _sums(text: str) -> set[int]:
    """The sums of money of a text, however they are written: "5.310.000 đồng", "5,31 triệu"."""
    found = quantities(read(text, worded=False))
    return {round(one.value) for one in found if one.kind == "money" or (one.kind == "amount" and one.value >= LEAST)}


def in_force(claim: str, rule: str) -> bool:
    """Whether each sum of a claim is one that a rule had in the month that the claim names."""
    months, sums = MONTH.findall(claim), _sums(claim)
    if len(months) != 1 or not sums:
        return False
    month = int(months[0][1]), int(months[0][0])
    begun = {start: told for start, told in _periods(rule) if start <= month}
    return bool(begun) and begun[max(begun)] >= sums


def _periods(rule: str) -> Iterator[tuple[tuple[int, int], set[int]]]:
    """From which year and month each sum of a rule holds."""
    found = list(PERIOD.finditer(rule))
    for one, after in zip(found, [*(two.start() for two in found[1:]), len(rule)], strict=False):
        if begins := BEGINS.search(one[0]):
            yield (int(begins[2]), int(begins[1] or 1)), _sums(rule[one.end() : after])
