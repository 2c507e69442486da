"""Whether news tells of another event than a claim, of another province, month, quarter or year, or any passage of
another term.

Who tells of an event with a false number leaves where and when it was as they are.
"""

import re

from classifier.evidence.retrieval import Passage
from classifier.logic.another import TERM
from classifier.text.letters import fold
from classifier.text.patterns import either, is_bare

PROVINCES = """an giang, bà rịa, vũng tàu, bạc liêu, bắc giang, bắc kạn, bắc ninh, bến tre, (?<!thái )bình dương,
    bình định, bình phước, bình thuận, cà mau, cao bằng, cần thơ, đà nẵng, đắk lắk, đắk nông, điện biên, đồng nai,
    đồng tháp, gia lai, hà giang, hà nam, hà tĩnh, hải dương, hải phòng, hậu giang, hòa bình, huế, hưng yên, khánh
    hòa, kiên giang, kon tum, lai châu, lạng sơn, lào cai, lâm đồng, long an, nam định, nghệ an, ninh bình, ninh
    thuận, phú thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây
    ninh, thái bình(?! dương), thái nguyên, thanh hóa, tiền giang, trà vinh, tuyên quang, vĩnh long, vĩnh phúc,
    yên bái, tp\\.? ?hcm"""
# cities whose names are a state's, a person's or a government's too, by what stands before them
CITIES = r"(?:(?<=\bở )|(?<=\btại )|(?<=\bphố )|(?<=\btp )|(?<=\btp\.)|(?<=\bcông an )|(?<=\btòa án ))"
PLACE = either(rf"\b(?:{'|'.join(' '.join(PROVINCES.split()).split(', '))}|{CITIES}(?:hà nội|hồ chí minh|sài gòn))\b")
COMMON = frozenset(["hòa bình", "thái bình", "hải dương"])  # words but for their capitals
SAIGON = ("hcm", "ho chi minh", "sai gon")
# when a thing was, not from when or by when it is to be
_AT = "".join(rf"(?<!\b{word} )" for word in ("tu", "den", "toi", "truoc", "sau", "het", "tu ngay", "den ngay"))
_MONTH = r"(?<!\d )\b(?:thang |ngay \d{1,2}[/-]|\d{1,2}[/-](?=\d{1,2}[/-]20\d\d))(0?[1-9]|1[0-2])\b"
MONTH, ANY_MONTH = re.compile(_AT + _MONTH), re.compile(_MONTH)
YEAR = re.compile(
    rf"{_AT}\b(?:nam |thang \d{{1,2}}[./-]|quy \w{{1,3}}[./-]|\d{{1,2}}[/-]\d{{1,2}}[/-])(20\d\d)\b(?! ?[–-] ?20)"
)
ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
QUARTER = re.compile(r"\bquy ([1-4]|i{1,3}|iv)\b")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def another_event(claim: str, passage: Passage) -> bool:
    """Whether a claim, as it is meant, names a province that news doesn't, or a quarter, or a month or a year that none
    of the news' is: of those it names, else of its day's, or of the month before, of which it may tell as "31-3"."""
    if passage.kind in ("law", "fact"):
        return False
    said, told, day = fold(claim), fold(passage.text), passage.date
    there, quarters = _places(claim), _quarters(said)
    return (
        bool(there and not any(re.search(rf"\b{re.escape(one)}\b", told) for one in there))
        or bool(quarters and quarters.isdisjoint(_quarters(told)))
        or _apart(YEAR.findall(said), ANY_YEAR.findall(told) or [day[:4]])
        or _apart(MONTH.findall(said), ANY_MONTH.findall(told) or _by_day(day[5:7]))
    )


def another_term(claim: str, passage: str) -> bool:
    """Whether a claim and a passage tell of terms, 2023-2025 and 2026-2028, that share no year; a list of them settles
    what was before its last."""
    mine, theirs = ([tuple(map(int, one)) for one in TERM.findall(text)] for text in (claim, passage))
    if not mine or any(first <= end and start <= last for first, last in mine for start, end in theirs):
        return False
    return len(theirs) == 1 or (bool(theirs) and min(mine) > max(theirs))


def another_place(claim: str, passage: str) -> bool:
    """Whether a claim and a passage, as they are meant, name provinces, none of them the same."""
    mine, theirs = _places(claim), _places(passage)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _places(text: str) -> set[str]:
    """The provinces that a text names, folded; one that is a common word too, or is typed bare, by its capitals."""
    found, typed = (one[0] for one in PLACE.finditer(text)), is_bare(text)
    named = {fold(one) for one in found if one.split()[-1][0].isupper() or not (typed or one.lower() in COMMON)}
    return named | {*SAIGON} if any(one.endswith(SAIGON) for one in named) else named


def _quarters(said: str) -> set[str]:
    return {ROMAN.get(one, one) for one in QUARTER.findall(said)}


def _by_day(month: str) -> list[str]:
    return [month, str((int(month) - 2) % 12 + 1)] if month else []


def _apart(mine: list[str], theirs: list[str]) -> bool:
    """Whether none of the claim's years or months is a passage's, where both are known."""
    said, told = ({int(one) for one in those if one} for those in (mine, theirs))
    return bool(said and told) and said.isdisjoint(told)
