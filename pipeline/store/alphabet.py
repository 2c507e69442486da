"""The order of the Vietnamese alphabet, for lists that people look names up in."""

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; a letter without one comes first


def alphabetical(name: str) -> tuple[list[tuple[int, int]], list[int], str]:
    """What names are sorted by: their letters, then the tones, whatever their case; signs and figures come first."""
    letters, tones = [], []
    for sign in unicodedata.normalize("NFC", name.casefold()):
        parts = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        at = LETTERS.find(letter or sign)
        letters.append((1, at) if at >= 0 else (2 if letter.isalpha() else 0, ord(sign)))
        tones.append(max(TONES.find(part) + 1 for part in parts))
    return letters, tones, name
