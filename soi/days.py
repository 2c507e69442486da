"""Days and moments as people and files write them."""

import re
from contextlib import suppress
from datetime import UTC, datetime

from pipeline.records import stamp

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_day(word: str) -> bool:
    """Whether a word is an ISO day such as 2025-11-30, or a moment that begins with one."""
    return bool(DAY.match(word)) and _moment(word) is not None


def moment(word: str) -> str:
    """A day as it is, a longer moment as the tables write it; raises ValueError for what is neither."""
    found = _moment(word)
    if found and DAY.fullmatch(word):
        return word
    with suppress(OverflowError):  # before the year 1 in UTC
        if found and DAY.match(word):
            return stamp(found if found.tzinfo else found.replace(tzinfo=UTC))
    raise ValueError(f'"{word}" is no day such as 2025-11-30, nor a moment such as 2025-11-30T08:00Z.')


def _moment(word: str) -> datetime | None:
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        return None
