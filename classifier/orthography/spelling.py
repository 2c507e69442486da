"""What a text means to say, guessed: chat spellings, spaced and dotted letters, digits for letters, telex slips.

Features are made from it so that one claim in twelve spellings gets one score; tokens, quotations and what is stored
stay as written, and .original_span() leads back to them. A guess never tells a text's truth or intent.
"""

from functools import lru_cache

from classifier.orthography import keyed, leet, misspelt, pictures, refused, slips, spaced, units
from classifier.text import Alignment, Edit, capitals
from classifier.text import reading as text
from classifier.text.letters import WORD
from classifier.text.reading import follow
from classifier.text.restore import LIMIT, SURE, is_unaccented, shipped

SELDOM = 50  # a syllable that has a mark in all but one of so many places lost it where it has none
LOST, LOST_SHARE = 2, 10  # such syllables, and their share, from which on a text is read as typed with half its marks
LOUD = 20  # letters of a text in capitals throughout, below which it may be an abbreviation


def read(original: str) -> Alignment:
    """The text as it was meant, with the way back to the original; any string is accepted."""
    return follow(original, _STAGES)


@lru_cache(maxsize=256)  # a claim is asked for as a sentence, before it is looked up, and before it is weighed
def plain(original: str) -> str:
    """read(original).text, without the work of finding the way back."""
    written = text.through(original, _CLEANING if text.is_usual(original) else text.LETTERS + _CLEANING)
    said = text.through(written, _GUESSING)
    return said if said is written else text.through(said, _AGAIN)  # what was clean stays so where nothing was guessed


@lru_cache(maxsize=256)
def ruled(original: str) -> str:
    """plain(original) with what talk says of a right told as a rule tells it, to be laid beside evidence: whether
    somebody tells a rule or complains is read from his own words."""
    return text.through(plain(original), (refused.talked,))


def read_ruled(original: str) -> Alignment:
    """ruled(original) with the way back to the original."""
    return follow(original, (*_STAGES, refused.talked))


def meant(original: str) -> str:
    """plain(original) with the syllables that fit nowhere put right: what the readers of rights and kinds read."""
    return misspelt.mended(plain(original))


def _loud(said: str) -> list[Edit]:
    """A text in capitals throughout, in small letters but for the first of a sentence: shouting says nothing."""
    if any(map(str.islower, said[: 2 * LOUD])):
        return []
    great = sum(map(str.isupper, said))
    if great < LOUD or 10 * sum(map(str.islower, said)) > great:
        return []
    edits, first = [], True
    for at, letter in enumerate(said):
        small = letter.lower()
        if letter.isalpha():
            if small != letter and not first and len(small) == 1:
                edits.append((at, at + 1, small))
            first = False
        elif letter in ".!?\n":
            first = True
    return edits


def _halved(said: str) -> list[Edit]:
    """Diacritics put back where some words of a text have theirs and others, which are never written so, don't."""
    if len(_never_bare().intersection(said.split())) < LOST or is_unaccented(said):
        return []
    found = list(WORD.finditer(said[:LIMIT]))
    lost = [match.group() in _never_bare() for match in found]
    if sum(lost) * LOST_SHARE < len(found):
        return []
    whole = shipped().restore(said)
    if len(whole) != len(said):
        return []
    return [
        (start, end, whole[start:end])
        for start, end in (match.span() for match in found)
        if whole[start:end] != said[start:end]
    ]


@lru_cache(maxsize=1)
def _never_bare() -> frozenset[str]:
    """Syllables that news writes often, and nearly always with a mark."""
    model = shipped()
    return frozenset(
        bare for bare, count in model.frequency.items() if count >= SURE and model.count(bare) * SELDOM < count
    )


_CLEANING = (
    text.addresses,
    _loud,
    pictures.edits,
    spaced.handles,
    spaced.dotted,
    spaced.spaced,
    text.marks,
    text.runs,
    text.white,
    text.tones,
)
_GUESSING = (
    units.once, units.units, keyed.typed, leet.figures, slips.slips, _halved, capitals.edits, units.rounds, units.ages,
    refused.edits,
)  # fmt: skip
_AGAIN = (text.tones, text.white)
_STAGES = (*text.LETTERS, *_CLEANING, *_GUESSING, *_AGAIN)
