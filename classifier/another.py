"""Whether a passage tells of another thing than a claim: by all of the claim's numbers at once.

Who says a false number of a thing leaves the others as they are. Where a claim has two numbers or more and a passage
none of them, and each names an article or a year, the passage tells of another article, another term, another vote. A
rule that names no year is the same in each: "năm 2025 nữ từ đủ 16 tuổi được kết hôn" is of it.
"""

from functools import lru_cache

from classifier.lexicon import cut
from classifier.text import normalise
from classifier.thresholds import Quantity, percents, quantities

LEAST = 2
READ = 4_000
TELLING = frozenset(["year", "article"])  # units of numbers that say which thing it is


def another(claim: str, passage: str, source: str = "") -> bool:
    """Whether a claim has at least LEAST numbers, a day counting as one, and a passage and its source none of them,
    but another year or article than the claim."""
    said, told, named = _numbers(claim[:READ]), _numbers(passage[:READ]), _numbers(source[:READ])
    values = {value for _, value in said}
    units = {unit for unit, _ in told} | {unit for unit, _ in named if unit == "article"}  # a law's year isn't when
    return (
        len(values) >= LEAST
        and values.isdisjoint(value for _, value in told | named)
        and any(unit in TELLING and unit in units for unit, _ in said)
    )


@lru_cache(maxsize=512)
def _numbers(text: str) -> frozenset[tuple[str, float]]:
    """The units and values of a text's numbers; a day is its year too, and stands for no more than that."""
    found = quantities(cut(percents(normalise(text))))
    return frozenset((one.unit, round(one.value, 3)) for one in found if one.unit != "a date" and not _names_law(one))


def _names_law(one: Quantity) -> bool:
    """Whether a number is the year in a law's name, which a passage of that law need not say."""
    return one.unit == "article" and 1900 <= one.value < 2100
