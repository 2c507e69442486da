"""A text typed without diacritics, read by the words of the text beside it, and else by the commonest words."""

from classifier.syllables import Syllables, read
from classifier.text import fold
from classifier.vectors import Vectors

LEAST = 4  # syllables below which a text without diacritics is no sign of typing without them


def is_plain(text: Syllables) -> bool:
    """Whether a text is long enough to carry diacritics and carries none."""
    letters = [at for at, word in enumerate(text.lower) if word.isalpha()]
    return len(letters) >= LEAST and all(text.lower[at] == text.folded[at] for at in letters)


def restored(text: Syllables, other: Syllables, tiled: list[int], vectors: Vectors) -> Syllables:
    """The same text with diacritics, letter for letter as long: from where it is tiled to, other's words, or news."""
    small = not any(word[:1].isupper() for word in text.shown)
    known = {
        folded: shown for folded, shown in zip(other.folded, other.shown, strict=True) if len(folded) == len(shown)
    }
    usual = _usual(text, vectors)
    letters = list(text.text)
    for at, (start, end) in enumerate(text.spans):
        beside = other.shown[tiled[at]] if tiled[at] >= 0 else known.get(text.folded[at], "")
        found = beside if small and tiled[at] >= 0 else beside.lower()
        found = found or usual[at]
        if len(found) == end - start:
            letters[start:end] = _cased(found, text.shown[at])
    return read("".join(letters))


def _cased(word: str, like: str) -> str:
    """A word with the capitals of the one it replaces."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _usual(text: Syllables, vectors: Vectors) -> list[str]:
    """Each syllable as in the commonest news word, the longest that fits."""
    if not vectors.plain:
        for known in vectors.rows:
            vectors.plain.setdefault(fold(known), known)
    found = list(text.lower)
    at = 0
    while at < len(text):
        for size in (4, 3, 2, 1):
            word = vectors.plain.get(" ".join(text.folded[at : at + size])) if at + size <= len(text) else None
            if word is not None and word.count(" ") == size - 1:
                found[at : at + size] = word.split(" ")
                at += size
                break
        else:
            at += 1
    return found
