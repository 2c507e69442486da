"""Dates as pages write them, to ISO 8601 with an offset."""

import email.utils
import re
from datetime import UTC, datetime, timedelta

from crawlers.moments import VIET_NAM

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2}) tháng (\d{1,2})(?:,| năm)? (\d{4})(?!\d)", re.I)
# how ASP.NET writes by itself, the month first: a page that means the day first says SA and CH
_ASP_NET = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}:\d\d:\d\d [AP]M)", re.I)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]{{0,6}}\.? (\d{{1,2}}), (\d{{4}})(?!\d)", re.I)
# what has no date by .NET (0001) and PHP (-0001), which would be taken for a year of two digits
_NO_YEAR = re.compile(r"\b0\d{2,3} \d{1,2}:")
_TIME = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])(?:[:hg]| giờ )([0-5]\d)(?::([0-5]\d))?(?!\d)"
    r"(?:\s*(?:phút |buổi )?(AM|SA|sáng|PM|CH|chiều|tối)\b)?",  # SA and CH stand for sáng, chiều
    re.I,
)


def iso(value: object) -> str:
    """A date of any usual form; "" when it isn't one, or lies before 1990 or over two days ahead."""
    moment = _parse(value)
    if moment is None:
        return ""
    try:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=VIET_NAM)
        if not moment.year >= 1990 or moment.astimezone(UTC) > datetime.now(UTC) + timedelta(days=2):
            return ""
    except (OverflowError, ValueError):
        return ""
    return moment.replace(microsecond=0).isoformat()


def when(published: str) -> datetime:
    """When something was published, to be put in order: offsets differ, so that texts don't tell; "" is before all."""
    return datetime.fromisoformat(published) if published else datetime.min.replace(tzinfo=UTC)


def _parse(value: object) -> datetime | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value.strip())):
        return _epoch(value)
    text = str(value).strip()[:80]
    for read in (_iso, _rfc822, _vietnamese):
        moment = read(text)
        if moment is not None:
            return _in_its_half(moment, text)
    return None


def _in_its_half(moment: datetime, text: str) -> datetime:
    """The moment by the clock of 24 hours, when the text counts twice twelve."""
    time = _TIME.search(text)
    half = (time[4] or "").lower() if time else ""
    if not half or moment.hour > 12 or (moment.hour == 0 and half == "tối"):
        return moment
    return moment.replace(hour=moment.hour % 12 + (0 if half in ("am", "sa", "sáng") else 12))


def _epoch(value: float | str) -> datetime | None:
    try:
        seconds = float(value)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r" ?UTC$", "Z", re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text)))
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    if _NO_YEAR.search(text):
        return None
    # "+07" and "+7" are hours, which the parser takes for minutes
    text = re.sub(r"(:\d\d [+-])(\d{1,2})$", lambda found: f"{found[1]}{found[2]:0>2}00", text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    # "-0000" is UTC, from a server that doesn't know where it stands
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None and "-0000" in text else moment


def _vietnamese(text: str) -> datetime | None:
    """ "Thứ ba, 24/11/2026, 10:30 (GMT+7)" and its like: the day comes first, or the year."""
    found = _day(_ASP_NET.sub(r"\2/\1/\3 \4", text) if _ASP_NET.fullmatch(text) else text)
    if not found:
        return None
    (day, month, year), rest = found
    time = _TIME.search(rest)
    hour, minute, second = (int(part or 0) for part in time.groups()[:3]) if time else (0, 0, 0)
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=VIET_NAM)
    except ValueError:
        return None


def _day(text: str) -> tuple[tuple[str | int, str | int, str], str] | None:
    """Day, month and year in a text, and the rest of it."""
    for pattern in (_DAY_FIRST, _YEAR_FIRST, _IN_WORDS, _NAMED_MONTH):
        if found := pattern.search(text):
            one, two, three = found.groups()
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            if pattern is _YEAR_FIRST:
                return (three, two, one), rest
            return (
                (two, _MONTHS.index(one.lower()) + 1, three) if pattern is _NAMED_MONTH else (one, two, three)
            ), rest
    return None
