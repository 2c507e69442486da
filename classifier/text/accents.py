"""A text typed without diacritics or capitals, read by the words of the text beside it, and else as news has it."""

from itertools import groupby

from classifier.text.letters import cased
from classifier.text.restore import is_unaccented, restore, shipped
from classifier.text.syllables import SYLLABLE, Syllables, read

LEAST = 4  # syllables below which a text without diacritics or capitals is no sign of typing without them


def is_plain(text: Syllables) -> bool:
    """Whether a text is long enough to carry diacritics and carries none, or hardly any."""
    return len(text) >= LEAST and is_unaccented(text.text)


def is_small(text: Syllables) -> bool:
    """Whether a text is long enough to carry a capital and carries none."""
    return len(text) >= LEAST and not any(word[:1].isupper() for word in text.shown)


def restored(text: Syllables, other: Syllables, tiled: list[int]) -> Syllables:
    """The same text with diacritics and capitals, letter for letter as long: of what it is tiled to, else the
    likeliest."""
    found = list(text.shown)
    if is_plain(text):
        likely = [match.group() for match in SYLLABLE.finditer(restore(text.usual, hints=[other.text]))]
        found = likely if len(likely) == len(text) else found
        found = [
            cased(other.lower[beside], word) if beside >= 0 else word for word, beside in zip(found, tiled, strict=True)
        ]
    if is_small(text):
        found = _with_capitals(found, text, other, tiled)
    letters = list(text.text)
    for word, (start, end) in zip(found, text.spans, strict=True):
        if len(word) == end - start:
            letters[start:end] = word
    return read("".join(letters))


def _with_capitals(words: list[str], text: Syllables, other: Syllables, tiled: list[int]) -> list[str]:
    """The words with capitals: as the other text has them within a sentence, else as news does."""
    found: list[str] = []
    for _, run in groupby(range(len(words)), text.clause.__getitem__):
        places = list(run)
        for at, likely in zip(places, shipped().capitals([words[at] for at in places]), strict=True):
            beside = tiled[at]
            within = beside >= 0 and not other.opens(beside)
            great = other.shown[beside][:1].isupper() if within else likely
            found.append(words[at][:1].upper() + words[at][1:] if great else words[at])
    return found
