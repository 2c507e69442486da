"""A text typed without diacritics, read by the words of the text beside it, and else as news would have it."""

from classifier.restore import is_unaccented, restore
from classifier.syllables import SYLLABLE, Syllables, read

LEAST = 4  # syllables below which a text without diacritics is no sign of typing without them


def is_plain(text: Syllables) -> bool:
    """Whether a text is long enough to carry diacritics and carries none, or hardly any."""
    return len(text) >= LEAST and is_unaccented(text.text)


def restored(text: Syllables, other: Syllables, tiled: list[int]) -> Syllables:
    """The same text with diacritics, letter for letter as long: of what it is tiled to, else the likeliest."""
    likely = [match.group() for match in SYLLABLE.finditer(restore(text.text, hints=[other.text]))]
    small = not any(word[:1].isupper() for word in text.shown)
    letters = list(text.text)
    for at, (start, end) in enumerate(text.spans):
        found = likely[at] if len(likely) == len(text) else text.shown[at]
        if tiled[at] >= 0:
            beside = other.shown[tiled[at]]
            found = beside if small else _cased(beside.lower(), text.shown[at])
        if len(found) == end - start:
            letters[start:end] = found
    return read("".join(letters))


def _cased(word: str, like: str) -> str:
    """A word with the capitals of the one it replaces."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
