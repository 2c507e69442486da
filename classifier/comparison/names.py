"""Names of people, places and bodies in a text, by their capitals."""

from dataclasses import dataclass

from classifier.text.syllables import Syllables


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised syllables, folded, and where it stands."""

    words: tuple[str, ...]
    at: tuple[int, int]


def names(text: Syllables) -> list[Name]:
    """Runs of capitals within a clause; the first syllable of a sentence counts only with a capital after it."""
    found: list[Name] = []
    capital = [word[0].isupper() for word in text.shown]
    start, last = 0, len(capital)
    while start < last:
        if not capital[start]:
            start += 1
            continue
        end = start + 1
        while end < last and capital[end] and text.clause[end] == text.clause[start]:
            end += 1
        if end - start > text.opens(start):
            found.append(Name(text.folded[start:end], (start, end)))
        start = end
    return found
