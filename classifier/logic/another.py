"""Whether a passage tells of another thing than a claim: by all of the claim's numbers at once.

Who says a false number of a thing leaves the others as they are. Where a claim has two numbers or more and a passage
none of them, and each names an article or a year, the passage tells of another article, another term, another vote;
which of several reports, parliaments or rounds is told of is such a number too. Of two terms, 2023-2025 and 2026-2028,
each is one number: a year of one may be in the other's passage. A rule that names no year is the same in each: "năm
2025 nữ từ đủ 16 tuổi được kết hôn" is of it. Nor is a claim in a passage's own words and names of another thing, where
it tells of nothing that recurs: of two false articles or dates neither hides the other.

Nor does a passage tell of a claim that shares but a figure with it, of another measure ("dưới 6 phút", "dưới 6 tuổi"),
or of people all older than those it grants something to: "trên 65 tuổi" or "người già" beside "trẻ dưới 6 tuổi"; nor
of one that denies something of another term than its own, of a year before all of its own ("chưa áp dụng trong năm
2025" beside 2026), or a reservation to another article.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from classifier.logic import joining
from classifier.logic.signs import COMMON_BARE
from classifier.semantics.deontic import read
from classifier.semantics.lexicon import Lexicon, cut
from classifier.semantics.ranges import Range, percents, ranges
from classifier.text import normalise
from classifier.text.figures import DIGITS
from classifier.text.letters import WORD, fold
from classifier.text.patterns import either, of

LEAST_WORDS, MOSTLY = 4, 0.75  # words that a claim on a passage's very matter shares with it at least, and which share
LEADING = frozenset(["dieu", "nam", "ngay", "thang"])  # before a number
RECURRING = either(  # of which there are several, told apart by their years alone
    r"\b(?:bầu|trúng cử|ứng cử|phiếu|khóa|nhiệm kỳ|chu kỳ|kỳ họp|phiên|báo cáo|khuyến nghị|rà soát|upr|lần|lượt"
    r"|đợt|vòng|năm nay|sửa đổi|bổ sung|nghị định thư|phụ lục|chương|khoản)\b"
)
LEAST = 2  # numbers of a claim by which a passage without any of them tells of another thing
READ = 4_000  # characters of a text, at most
TELLING = frozenset(["year", "article", "sitting"])  # units of numbers that say which thing it is
ONLY = frozenset(["chỉ", "mới"])  # words by which what some are granted is denied to all others
# an age without "tuổi" behind it: "con gái đủ 16 là", "hưu ở tuổi 62"
SEXES, FULL, AGE = frozenset(["nam", "nữ", "trai", "gái"]), frozenset(["đủ", "từ", "tròn"]), "tuổi"
UNCOUNTED = frozenset(["count", "là", "thì", "với", "mới", "được", "con", "nam", "nữ", "và", "còn", "trở", "cũng"])
CHILD, PEOPLE = "child", "person"  # as the lexicon knows them
YOUNG = re.compile(r"(?:trẻ(?: em)?|bé|con) dưới (\d{1,2}) tuổi\b", re.IGNORECASE)  # whom a passage tells of
# the same of crimes and their punishment, which the law lays down for all, and less for these
MINORS = re.compile(
    r"(?:từ ngày [\d/]+ )?người (?:(?:từ đủ \d{1,2}(?: tuổi)? đến )?dưới 18|14 hay 15) tuổi (?:phạm tội|giết người)\b",
    re.IGNORECASE,
)
MINOR = either(r"\b(?:trẻ|bé|con|cháu|em|nhi|niên|học sinh|tuổi|ai|mọi)\b")
VICTIM = either(  # whose age isn't that of who did it
    r"\b(?:hiếp dâm|cưỡng dâm|giao cấu|dâm ô|(?:mua|buôn) bán|bắt cóc|xâm hại|hành hạ|giết|chiếm đoạt|dụ dỗ"
    r"|chuyển giao|tiếp nhận|phạm tội)(?: (?:tình dục|đối|với|hoặc|tiếp nhận))*"
    r" (?:người|trẻ(?: em)?|bé(?: gái| trai)?|cháu|nạn nhân)(?: (?:từ|đủ|dưới|chưa|đến|mới|tuổi|\d{1,2})){1,8} tuổi\b"
)
YOUNGEST = either(r"\b(?:trẻ|bé|con|cháu|em|nhi|ai|mọi|cả|công dân)\b")  # children, or all people
NOT_SO = either(r"\b(?:không|chưa(?! thành niên)|chẳng)\b")
DENIED_REPORT = either(r"\b(?:không|chưa|chẳng|đâu có)(?: \w+){1,6} báo cáo(?: \w+){1,6}?(?= mà\b|[,.;]|$)")
RESERVED = either(r"\bbảo lưu\b")
UNRESERVED = either(r"\b(?:không|chưa|chẳng)(?: (?:hề|có|từng|bao giờ))* bảo lưu\b(?!.* điều nào)")
SIGNED, JOINED = either(r"\bký\b"), either(r"\b(?:phê chuẩn|gia nhập)\b")
BESIDE = either(  # of another deed
    r"\b(?:báo cáo|xem xét|khuyến nghị|bảo lưu|rút|sửa đổi|nghị định thư|phiên|hiệu lực|thông qua|nước khác)\b"
)
# of more than the year that is named: from it on, till now, or it is a paper's or a person's own
LASTING = either(r"\b(?:từ|sau|đến nay|tới nay|đến giờ|tới giờ|không còn|vẫn|sinh|cấp) |\bilo\b")
NAMED_BY = either(  # a year in a treaty's or law's name, "công ước … năm 1966", of which nothing is denied
    r"\b(?:công ước|hiệp ước|nghị định thư|tuyên ngôn|hiến pháp|luật)(?: (?!\d)"
    r"(?!(?:không|chưa|chẳng|trong|vào|đến|tới|hết|cuối|đầu|trước|hồi)\b)\w+){0,16}(?: năm)? ((?:19|20)\d\d)\b"
)
TERM = re.compile(r"\b((?:19|20)\d\d)(?: ?[-–] ?| (?:đến|tới)(?: hết| cuối)?(?: năm)? )((?:19|20)\d\d)\b")

_PLACES = {fold(word): at for word, at in DIGITS.items()} | DIGITS
_NTH = rf"{'|'.join(DIGITS)}|\d{{1,3}}"
REPORT = either(  # báo cáo đầu tiên, báo cáo gộp lần thứ bảy và tám, báo cáo gộp ba và bốn
    rf"\bbáo cáo(?: (?:quốc gia|định kỳ|gộp|lần|kỳ))* (?:(đầu)\b"
    rf"|(?:thứ|lần|gộp) ({_NTH})\b(?! (?:{_NTH}|tuần|ngày|năm))(?: (?:đến|và) ({_NTH})\b)?)"
)

ROMAN = [ten + one for ten in ("", "x") for one in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")]
SITTING = either(rf"\b(?:khóa|chu kỳ)(?: thứ)? (\d{{1,2}}|{'|'.join(ROMAN[1:])})\b(?! (?:tháng|năm|tuần)\b)")


def another(claim: str, passage: str, source: str = "") -> bool:
    """Whether a passage and its source tell of another thing than a claim, as far as numbers say."""
    claim, passage, source = claim[:READ], passage[:READ], source[:READ]
    return _numbers_apart(claim, passage, source) or _measures_apart(claim, passage) or _denied_apart(claim, passage)


def of_others(claim: str, passage: str, lexicon: Lexicon) -> bool:
    """Whether a passage begins with children under an age, and not with them alone, and a normalised claim with other
    people, and speaks of no child, nobody so young and not of all people; or with minors who commit crimes, and a claim
    speaks of nobody's age but their victims'."""
    if MINORS.match(passage):
        said = claim[:READ]
        hurt = {at for found in of(VICTIM, claim).finditer(said) for at in range(*found.span())}
        return all(found.start() in hurt for found in of(MINOR, claim).finditer(said))
    young = YOUNG.match(passage)
    if not young or YOUNGEST.search(claim, 0, READ) or ONLY & {*cut(passage[:READ]).words}:
        return False
    if any(one.unit == "age" and one.low < int(young[1]) for one in _measures(claim[:READ])[0]):
        return False
    first = next(iter(read(claim[:READ], lexicon).concepts), None)
    return first is not None and not first.first and lexicon.kinds[first.id] == PEOPLE and first.id != CHILD


def _numbers_apart(claim: str, passage: str, source: str) -> bool:
    """Whether a claim has at least LEAST numbers, a day counting as one, and a passage and its source none of them,
    but another year or article than the claim."""
    terms = bool(TERM.search(claim) and TERM.search(passage))
    said = _numbers(claim, terms)
    values, telling = {value for _, value in said}, {unit for unit, _ in said} & TELLING
    denied = terms and NOT_SO.search(claim)
    if len(values) < (1 if denied else LEAST) or not telling:
        return False
    if _joined(claim, passage) or (not terms and _of_its_words(claim, passage)):
        return False
    told = _numbers(passage)
    named = {one for one in _numbers(source) if one[0] in TELLING}  # of "CRC/C/VNM/CO/5-6" nothing is counted
    if terms:
        told |= _numbers(passage, terms)
    units = {unit for unit, _ in told} | {unit for unit, _ in named if unit == "article"}  # a law's year isn't when
    return values.isdisjoint(value for _, value in told | named) and not telling.isdisjoint(units)


def _of_its_words(claim: str, passage: str) -> bool:
    """Whether a claim says of what stands but once, an article or how a text was made, hardly a word, and no name, that
    a passage hasn't: two false figures make it no other thing than one does."""
    if any(RECURRING.search(one) for one in (claim, passage)):
        return False
    words = [(one, fold(one)) for one in WORD.findall(normalise(claim)) if not one[0].isdigit()]
    theirs = {*WORD.findall(fold(normalise(passage)))}
    said = [bare for _, bare in words if bare not in COMMON_BARE and bare not in LEADING]
    there = sum(bare in theirs for bare in said)
    names = [bare for one, bare in words[1:] if one[0].isupper()]
    mostly = MOSTLY if names else 1.0  # where no capital tells a name, any word may be one
    return theirs.issuperset(names) and there >= max(LEAST_WORDS, mostly * len(said))


def _joined(claim: str, passage: str) -> bool:
    """Whether a claim and a passage both tell when the one treaty that both name was signed and joined, and no more:
    the years are then what is false."""
    mine, theirs = joining.told(claim).named, joining.told_by(passage).named
    both = all(SIGNED.search(one) and JOINED.search(one) for one in (claim, passage))
    return both and len(mine) == 1 and mine == theirs and not BESIDE.search(claim)


def _denied_apart(claim: str, passage: str) -> bool:
    """Whether a claim denies something of a year and a passage tells of later years alone, of a report and a passage
    tells of others, or a reservation to an article and a passage tells of reservations to others."""
    if not NOT_SO.search(claim):
        return False
    said, told = _numbers(claim), _numbers(passage)
    report, told_of = DENIED_REPORT.search(claim), set(_reports(passage))
    if report and told_of and (denied := set(_reports(report[0]))):
        return told_of.isdisjoint(denied)
    mine, theirs = ({value for unit, value in those if unit == "year"} for those in (said, told))
    mine -= {float(found[1]) for found in NAMED_BY.finditer(claim)}
    mine -= {float(one.year) for one in joining.told(claim).statuses if one.yes and one.year}  # denied is what follows
    if mine and theirs:
        return max(mine) < min(theirs) and not LASTING.search(claim)
    mine, theirs = ({value for unit, value in those if unit == "article"} for those in (said, told))
    reserved = UNRESERVED.search(claim) and RESERVED.search(passage)
    return bool(reserved and mine and theirs) and mine.isdisjoint(theirs)


def _measures_apart(claim: str, passage: str) -> bool:
    """Whether a claim and a passage share a figure and measure nothing alike, or the passage grants something to those
    under an age, and not to them alone, and the claim speaks of those over a higher one."""
    (said, figures), (told, others) = _measures(claim), _measures(passage)
    if not said or not told:
        return False
    if {one.unit for one in said}.isdisjoint(one.unit for one in told):
        return not figures.isdisjoint(others)
    mine, theirs = ([one for one in those if one.unit == "age"] for those in (said, told))
    return (
        len(mine) == len(said)
        and len(theirs) == len(told)
        and all(one.high == math.inf for one in mine)
        and all(one.low == 0 for one in theirs)
        and max(math.ceil(one.high) for one in theirs) < min(one.low for one in mine)
        and ONLY.isdisjoint(cut(passage).words)
    )


@lru_cache(maxsize=512)
def _measures(text: str) -> tuple[tuple[Range, ...], frozenset[str]]:
    """What a text measures or counts, its years, days and articles aside, and the figures it does so by."""
    words = cut(percents(normalise(text)))
    told = (replace(one, unit="age") if _is_age(words.words, one) else one for one in ranges(words))
    found = tuple(one for one in told if one.unit not in TELLING and one.unit != "a date")
    figures = (word for one in found for word in words.words[one.first : one.last] if word[:1].isdigit())
    return found, frozenset(figures)


def _is_age(words: Sequence[str], one: Range) -> bool:
    """Whether a number that counts nothing is an age by what stands before it."""
    before = words[max(0, one.first - 2) : one.first]
    aged = len(before) > 1 and before[0] in SEXES and before[1] in FULL
    return one.unit in UNCOUNTED and (aged or AGE in before[-1:])


@lru_cache(maxsize=512)
def _numbers(text: str, terms: bool = False) -> frozenset[tuple[str, float]]:
    """The units and values of a text's numbers; a day is its year too, and stands for no more than that, and a term,
    where terms are asked for, is one number and no years."""
    text = normalise(text)
    found = ranges(cut(percents(TERM.sub(" ", text) if terms else text)))
    spans = [("year", float(first + last)) for first, last in TERM.findall(text)] if terms else []
    return frozenset((*spans, *_reports(text), *_sittings(text))) | frozenset(
        (one.unit, round(one.value, 3)) for one in found if one.unit != "a date" and not _names_law(one)
    )


def _reports(text: str) -> Iterator[tuple[str, float]]:
    """Which reports, the first or the seventh and eighth, a normalised text tells of: as no count or round is."""
    for found in REPORT.finditer(text.lower()):
        first, one, other = found.groups()
        ends = [_PLACES[word] if word in _PLACES else int(word) for word in ("một" if first else one, other) if word]
        yield from (("report", -at - 0.5) for at in range(ends[0], ends[-1] + 1))


def _sittings(text: str) -> Iterator[tuple[str, float]]:
    """Which parliaments or rounds, khóa XIV or chu kỳ III, a normalised text tells of: below zero, as no count is."""
    for said in (found[1] for found in SITTING.finditer(text.lower())):
        yield "sitting", -float(said if said.isdecimal() else ROMAN.index(said))


def _names_law(one: Range) -> bool:
    """Whether a number is the year in a law's name, which a passage of that law need not say."""
    return one.unit == "article" and 1900 <= one.value < 2100
