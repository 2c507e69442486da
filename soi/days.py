"""Days and moments as people and files write them."""

from contextlib import suppress

from classifier.evidence.told import DAY, moment_of
from pipeline.records import stamp, zoned


def moment(word: str) -> str:
    """A day as it is, a longer moment as the tables write it; raises ValueError for what is neither."""
    found = moment_of(word)
    if found and DAY.fullmatch(word):
        return word
    with suppress(OverflowError):  # before the year 1 in UTC
        if found and DAY.match(word):
            return stamp(zoned(found))
    raise ValueError(f'"{word}" is no day such as 2025-11-30, nor a moment such as 2025-11-30T08:00Z.')
