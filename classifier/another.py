"""Whether a passage tells of another thing than a claim: by all of the claim's numbers at once.

Who says a false number of a thing leaves the others as they are: the article, the year, the term. Where a claim has two
numbers or more and a passage none of them, the passage tells of another article, another term, another convention.
"""

from functools import lru_cache

from classifier.lexicon import cut
from classifier.text import normalise
from classifier.thresholds import Quantity, percents, quantities

LEAST = 2
READ = 4_000


def another(claim: str, passage: str) -> bool:
    """Whether a claim has at least LEAST numbers, a day counting as one, and a passage none of them."""
    said = _numbers(claim[:READ])
    return len(said) >= LEAST and not said & _numbers(passage[:READ])


@lru_cache(maxsize=512)
def _numbers(text: str) -> frozenset[float]:
    """The values of a text's numbers; a day is its year too, and stands for no more than that."""
    found = quantities(cut(percents(normalise(text))))
    return frozenset(round(one.value, 3) for one in found if one.unit != "a date" and not _names_law(one))


def _names_law(one: Quantity) -> bool:
    """Whether a number is the year in a law's name, which a passage of that law need not say."""
    return one.unit == "article" and 1900 <= one.value < 2100
