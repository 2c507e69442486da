"""Sums of money that a rule lists by the time from which each holds: "năm 2021 là 4.420.000 đồng, từ ngày 1/7/2022 và
năm 2023 là 4.680.000 đồng"."""

import re
from collections.abc import Iterator

_YEAR = r"((?:19|20)\d\d)"
_SUM = r"\d{1,3}(?:\.\d{3})+"
SUM = re.compile(rf"\b{_SUM}\b")
PERIOD = re.compile(rf"\b(?:từ ngày|năm) [^;.]*?\blà (?={_SUM}\b)", re.IGNORECASE)
BEGINS = re.compile(rf"\b(?:từ ngày \d{{1,2}}/(\d{{1,2}})/|năm ){_YEAR}\b", re.IGNORECASE)
# a month of which a claim tells, and no day from or until which a thing was so
MONTH = re.compile(
    rf"(?<!từ )(?<!đến )(?<!tới )(?<!hết )(?<!trước )(?<!sau )\btháng (\d{{1,2}})(?:/| năm ){_YEAR}\b", re.IGNORECASE
)
ROMAN = ("I", "II", "III", "IV")
REGION = re.compile(rf"\bvùng ({'|'.join(ROMAN)}|[1-{len(ROMAN)}])\b", re.IGNORECASE)


def by_region(claim: str, rule: str) -> bool:
    """Whether a claim tells a sum for each of several regions, and one that a rule had for that which it is of."""
    own = set(map(_region, REGION.finditer(rule)))
    told = list(REGION.finditer(claim))
    ends = [*(found.start() for found in told[1:]), len(claim)]
    sums = {_region(one): set(SUM.findall(claim[one.end() : end])) for one, end in zip(told, ends, strict=False)}
    mine = sums.get(next(iter(own)), set()) if len(own) == 1 else set()
    return len(sums) > 1 and bool(mine) and mine.issubset(SUM.findall(rule))


def _region(found: re.Match[str]) -> str:
    """A region by its Roman numeral: "vùng 1" is "vùng I"."""
    return ROMAN[int(found[1]) - 1] if found[1].isdecimal() else found[1].upper()


def in_force(claim: str, rule: str) -> bool:
    """Whether each sum of a claim is one that a rule had in the month that the claim names."""
    months, sums = MONTH.findall(claim), SUM.findall(claim)
    if len(months) != 1 or not sums:
        return False
    month = int(months[0][1]), int(months[0][0])
    begun = {start: told for start, told in _periods(rule) if start <= month}
    return bool(begun) and begun[max(begun)].issuperset(sums)


def _periods(rule: str) -> Iterator[tuple[tuple[int, int], set[str]]]:
    """From which year and month each sum of a rule holds."""
    found = list(PERIOD.finditer(rule))
    for one, after in zip(found, [*(two.start() for two in found[1:]), len(rule)], strict=False):
        if begins := BEGINS.search(one[0]):
            yield (int(begins[2]), int(begins[1] or 1)), set(SUM.findall(rule[one.end() : after]))
