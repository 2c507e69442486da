"""Syllables that don't fit where they stand, put right by how news writes their neighbours: "thũy điện", "giự án".

For the readers alone: a claim is looked up, laid beside its evidence and shown as it was written. A guess is only made
where news has a syllable beside neither of its neighbours, and only to one that it has beside them; a name, which may
be any, is left.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from classifier.text.letters import fold
from classifier.text.restore import COMMON, is_unaccented, shipped

OFTEN = 1_000  # times from which it is left unless both pairs of a guess are strong
PAIRED = 10  # times news must have both pairs of a guess, where it knows the syllable itself
STRONG = 60  # times news must have a pair, for one neighbour alone to tell
MARKS = 4.0  # what it adds, beside the logarithms of counts, that only marks were wrong
LONGEST = 7  # letters of a syllable
# what is written alike where it is spoken alike, at the head of a syllable and at its end
_HEADS = (
    ("tr", "ch"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("r", "d"), ("d", "v"), ("gi", "v"), ("l", "n"), ("h", "qu"),
    ("h", "ph"),
)  # fmt: skip
_ENDS = (("t", "c"), ("ng", "n"), ("nh", "n"), ("ch", "t"))
_LETTERS = "abcdeghiklmnopqrstuvxy"
_MARKS = ".,;:!?…\"'“”‘’()[]{}«»-–—/"
_STRAY = -(1 << 40)  # the number of what is no syllable: no pair has it


def mended(text: str) -> str:
    """The text with the syllables that fit neither neighbour put right, where neighbours tell what was meant.

    A text typed without diacritics is left to be restored.
    """
    if is_unaccented(text):
        return text
    model = shipped()
    size, pairs, number = len(model.forms), model.pairs, model.numbers.get
    parts = text.replace("\n", " ").split(" ")
    numbers = [_STRAY, *[number(part, _STRAY) for part in text.replace("\n", " ").lower().split(" ")], _STRAY, _STRAY]
    doubted = []
    for at in range(1, len(parts) + 1, 2):  # by twos: a pair that news has clears both
        before, one, two, after = numbers[at - 1 : at + 3]
        if one * size + two not in pairs:
            doubted += [at - 1] if before * size + one not in pairs else []
            doubted += [at] if two * size + after not in pairs else []
    found = {at: meant for at in doubted if (meant := _meant(parts, at))}
    if not found:
        return text
    told = (found.get(at, part) for at, part in enumerate(parts))
    blanks = [letter for letter in text if letter in " \n"]
    return "".join(chain.from_iterable(zip(told, [*blanks, ""], strict=True)))


def _meant(parts: list[str], at: int) -> str:
    """What the part at a place was meant to be, "" for itself."""
    if at == len(parts) or not parts[at][:1].islower():
        return ""
    word = parts[at].rstrip(_MARKS)
    if not (1 < len(word) <= LONGEST and word.isalpha() and word.islower()):
        return ""
    before = parts[at - 1] if at and parts[at - 1][-1:].isalnum() else ""
    after = parts[at + 1] if word == parts[at] and at + 1 < len(parts) and parts[at + 1][:1].isalnum() else ""
    meant = _beside(word, _form(before), _form(after)) if before or after else ""
    return meant and meant + parts[at][len(word) :]


@lru_cache(maxsize=65536)
def _beside(word: str, before: str, after: str) -> str:
    """The syllable that a word between two others was meant to be, "" for itself or where they don't tell."""
    model = shipped()
    if model.together(before, word) or model.together(word, after):
        return ""
    known, often = (model.count(word) >= least for least in (COMMON, OFTEN))
    best, meant = 0.0, ""
    for guess in _guesses(word):
        left, right = model.together(before, guess), model.together(guess, after)
        marks = fold(guess) == fold(word)
        alone = not known or (not often and marks and len(word) > 2 and before and after)
        if min(left, right) >= (STRONG if often else PAIRED if known else 1) or (alone and max(left, right) >= STRONG):
            likely = math.log1p(left) + math.log1p(right) + MARKS * marks
            best, meant = max((best, meant), (likely, guess))
    return meant


@lru_cache(maxsize=65536)
def _guesses(word: str) -> tuple[str, ...]:
    """Common syllables that a word may have been meant to be: with other marks, spoken alike, or a key away."""
    model, bare = shipped(), fold(word)
    heard = [new + word[len(old) :] for old, new in _either_way(_HEADS) if word.startswith(old)]
    heard += [one[: -len(old)] + new for one in (word, *heard) for old, new in _either_way(_ENDS) if one.endswith(old)]
    slips = _slips(bare) if model.count(word) < COMMON else ()
    found = {*heard, *(form for one in (bare, *slips) for form in model.forms_of(one))} - {word}
    return tuple(sorted(form for form in found if len(form) > 1 and model.count(form) >= COMMON))


def _either_way(pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for one, two in pairs:
        yield one, two
        yield two, one


def _slips(bare: str) -> Iterator[str]:
    """What is one letter away: one too many, one missing, another one, or two the wrong way round."""
    for at in range(len(bare) + 1):
        head, tail = bare[:at], bare[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


def _form(part: str) -> str:
    """A neighbour as news is counted: small, without the marks beyond it; 0 for a number."""
    return "0" if part[:1].isdigit() else part.strip(_MARKS).lower()
