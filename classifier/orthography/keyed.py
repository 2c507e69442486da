"""Typing keys left in words: VNI (d9a61t) and telex (dduwowcj)."""

import re
import unicodedata
from functools import lru_cache

from classifier.orthography.leet import figured
from classifier.text import Edit, letters
from classifier.text.letters import cased, is_syllable, place_tone
from classifier.text.restore import COMMON, shipped

_VNI = re.compile(r"(?<!\w)(?:[^\W\d_]{2,}|[dDoOaA])[1-9][^\W_0]{0,6}(?!\w)")
_KEYED = re.compile(r"[1-9](?<=[^\W\d_][1-9])")
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS = {
    "6": dict(zip("aeo", "âêô", strict=True)),
    "7": dict(zip("uo", "ươ", strict=True)),
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_TELEX_LETTERS = {"uow": "ươ", "uwow": "ươ", "uwo": "ươ", "dd": "đ", "aa": "â", "ee": "ê", "oo": "ô"}
_TELEX_LETTERS |= {"aw": "ă", "ow": "ơ", "uw": "ư", "w": "ư"}  # "w" when all others are read


def typed(said: str) -> list[Edit]:
    """VNI keys left in the words: d9a61t, lê5nh. One such word may be a name or leet, so two are asked for."""
    if not _KEYED.search(said):
        return []
    found = [(match, _vni(match.group())) for match in _VNI.finditer(said)]
    sure = [match for match, meant in found if meant and not figured(match.group())]
    mixed = any(not match.group().isascii() for match in sure)
    if len(sure) < 2 - mixed or 2 * len(sure) < sum(
        not meant and bool(figured(match.group())) for match, meant in found
    ):
        return []
    return [(match.start(), match.end(), meant) for match, meant in found if meant]


@lru_cache(maxsize=8192)
def _vni(word: str) -> str:
    """The syllable that VNI keys spell, which follow the vowels they mark; "" when it is none that news has."""
    said, tone, lower = "", "", word.lower()
    for key in lower:
        if key in _VNI_TONES and not tone:
            tone = _VNI_TONES[key]
        elif key.isdigit():
            places = [at for at, letter in enumerate(said) if letter in _VNI_LETTERS.get(key, {})]
            if not places:
                return ""
            for at in places[-2:] if "uo" in said and key == "7" else places[-1:]:
                said = said[:at] + _VNI_LETTERS[key][said[at]] + said[at + 1 :]
        else:
            said += key
    said = toned(said, tone) if tone else said
    return cased(said, word) if said and is_syllable(said) and shipped().count(said) >= COMMON else ""


def telex(word: str) -> list[str]:
    """Readings of a word in which telex keys were left: vieetj, dduwowcj."""
    guesses = []
    for at in range(len(word) - 1, 0, -1):
        tone = _TELEX_TONES.get(word[at], "")
        if tone:
            guesses.append(toned(_telex_letters(word[:at] + word[at + 1 :]), tone))
    guesses.append(_telex_letters(word))
    return [guess for guess in guesses if guess and guess != word]


def _telex_letters(word: str) -> str:
    for keys, letter in _TELEX_LETTERS.items():
        word = word.replace(keys, letter)
    return word


def toned(word: str, tone: str) -> str:
    """A word with a tone on its first vowel, then put where it belongs; "" when it has one already."""
    if letters.split_tone(word)[1]:
        return ""
    vowel = re.search("[aăâeêioôơuưy]", word)
    return place_tone(unicodedata.normalize("NFC", word[: vowel.end()] + tone + word[vowel.end() :])) if vowel else ""
