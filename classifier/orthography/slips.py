"""Chat spellings, stretched letters, telex keys and slips of the finger, each put right where news has the syllable."""

import re
from functools import lru_cache
from operator import contains

from classifier.orthography.keyed import telex
from classifier.orthography.teencode import (
    ALONE,
    BEHIND,
    BESIDE_POLICE,
    CAPITALS,
    CODAS,
    DENIED,
    NOT_GOVERNMENT,
    NOT_POLICE,
    ONSETS,
    OPENING,
    THINGS,
    WORDS,
)
from classifier.text import Edit
from classifier.text.letters import WORD, cased, fold, is_syllable
from classifier.text.restore import COMMON, SURE, is_unaccented, shipped

_SHORT = frozenset([*ALONE, *CAPITALS, *OPENING, *DENIED, "ca", "khong"])
_TIED = ".-/_@&"  # signs that tie a word to its neighbour: a name, an address, an abbreviation
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_NOT_KHONG = ("che", "lo", "tử", "tu")  # khống chế, khổng lồ, Khổng Tử
_ENGLISH = "is as has us was of or if does yes her his for new now how show own low view box fix off too see"
_FOREIGN = frozenset(_ENGLISH.split())


def slips(said: str) -> list[Edit]:
    """Stretched letters, chat spellings, telex keys left in the word; without diacritics in a text that has none."""
    edits, before, ended = [], "", 0
    words = WORD.findall(said)
    if _SHORT.isdisjoint(words) and not any(map(_meant, words)):
        return []
    for match in WORD.finditer(said):
        word = match.group()
        meant = _put_right(said, match, before, ended)
        if meant and meant != word:
            edits.append((*match.span(), meant))
        before, ended = word, match.end()
    if edits and 4 * len(edits) < said.count(" ") and is_unaccented(said):  # telex keys, in most words, say the marks
        return [(start, end, _bare(meant)) for start, end, meant in edits]
    return edits


def _put_right(said: str, match: re.Match[str], before: str, ended: int) -> str:
    """What a word of a text stands for, "" where it stays as it is; the word before it ends at `ended`."""
    word, (start, end) = match.group(), match.span()
    meant = _behind(word, before) or _meant(word)
    if not meant and word not in _SHORT:
        return ""
    tied = _tied(said, start, end)
    if meant and (tied or not _may_change(word, said, ended, start)):
        meant = _spelt_out(word) if word.isupper() and len(word) > 2 and word not in CAPITALS else ""
    unsure = word.lower() in _homographs() if meant else not tied
    if not unsure:
        return meant
    found = WORD.search(said, end, end + 12)
    after = found.group() if found else ""
    if word == "khong" and after not in _NOT_KHONG and not is_unaccented(said):
        return "không"
    near = (before if said[ended:start].isspace() else "", after if said.startswith(f" {after}", end) else "")
    return ("" if _is_written(word, before, after) else meant) or _by_neighbours(word, before, after, near)


@lru_cache(maxsize=1)
def _homographs() -> frozenset[str]:
    """Chat spellings that are syllables of news too: "lỗ hổng" is no denial."""
    return frozenset(word for word in WORDS if is_syllable(word) and shipped().count(word))


def _is_written(word: str, before: str, after: str) -> bool:
    """Whether news has a word beside one of its neighbours."""
    one, word, two = before.lower(), word.lower(), after.lower()
    return shipped().follows(one, word) or shipped().follows(word, two)


def _bare(meant: str) -> str:
    """Without diacritics, in its own capitals."""
    return "".join(fold(letter).upper() if letter.isupper() else fold(letter) for letter in meant)


def _spelt_out(word: str) -> str:
    """What a short form in capitals stands for, which shouts no more than it does."""
    meant = WORDS.get(word.lower(), "")
    return meant if " " in meant else meant.upper()


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word not in CAPITALS and word.lower() not in WORDS


def _by_neighbours(word: str, before: str, after: str, near: tuple[str, str]) -> str:
    """What short forms mean that have several meanings, as the words beside them tell; near: those that no mark parts
    from them."""
    if word in DENIED:
        return "không" if near[1] in DENIED[word] and before.lower() not in THINGS else ""
    if word in ALONE and before and not before[-1].isdigit():
        return ALONE[word]
    if word in OPENING and not before and after.islower():
        return OPENING[word]
    if word == "CP" and before.lower() in NOT_GOVERNMENT:
        return ""
    if word in CAPITALS and not any(map(_shouted, near)):
        return CAPITALS[word]
    if word == "ca":
        beside = before.lower(), after.lower()
        other, police = (any(map(contains, one, beside)) for one in (NOT_POLICE, BESIDE_POLICE))
        return "công an" if police and not other else ""
    return ""


def _behind(word: str, before: str) -> str:
    """What a short form means behind a word that settles it: "đóng bh"."""
    meant, words = BEHIND.get(word.lower(), ("", frozenset[str]()))
    return meant if fold(before) in words else ""


def _may_change(word: str, said: str, ended: int, start: int) -> bool:
    """Whether a word may stand for another: one with a capital within a sentence is a name, unless letters of it are
    stretched, and XIII is a number."""
    if word.islower() or _stands_first(said, ended, start) or _is_keyed(word, said):
        return True
    return not (word.isupper() and word.isascii()) and _STRETCHED.search(word) is not None


def _tied(said: str, start: int, end: int) -> bool:
    return said[max(0, start - 1) : start] in tuple(_TIED) or (
        said[end : end + 1] in tuple(_TIED) and said[end + 1 : end + 2].isalnum()
    )


def _stands_first(said: str, ended: int, start: int) -> bool:
    """Whether a word begins the text or a sentence: there a capital doesn't make it a name."""
    return ended == 0 or any(mark in said[ended:start] for mark in ".!?\n")


@lru_cache(maxsize=65536)
def _meant(word: str) -> str:
    """What a word stands for, or "" for itself; a word that news itself writes so stays."""
    lower = word.lower()
    if len(word) == 1 or len(word) > 12 or lower in _FOREIGN:
        return ""
    short = _STRETCHED.sub(r"\1", word)
    listed = WORDS.get(short.lower()) or WORDS.get(lower)
    if listed:
        return cased(listed, word)
    model = shipped()
    if not lower.isalpha() or model.count(lower) >= COMMON or (is_syllable(lower) and model.count(lower)):
        return ""
    if short != word and is_syllable(short):
        return short
    guesses = [guess for guess in (*telex(lower), *_respelled(lower)) if is_syllable(guess)]
    best = max(guesses, key=model.count, default="")
    if model.count(best) >= COMMON:
        return cased(best, word)
    return "" if is_syllable(lower) else cased(_shortened(lower) or _mended(lower), word)


def _is_keyed(word: str, said: str) -> bool:
    """Whether telex keys were left in a word with a capital, as they were in others of the text."""
    return _has_keys(word) and sum(map(_has_keys, WORD.findall(said[:400]))) > 2


@lru_cache(maxsize=8192)
def _has_keys(word: str) -> bool:
    lower = word.lower()
    return lower.isascii() and lower not in WORDS and _meant(word).lower() in telex(lower)


def _shortened(word: str) -> str:
    """Two syllables of which the first is only begun: qđịnh, cquyền."""
    model = shipped()
    for length in (1, 2):
        initial, rest = word[:length], word[length:]
        if len(rest) > 2 and not rest.isascii() and is_syllable(rest) and model.count(rest) >= COMMON:
            first = model.before(rest, initial)
            if first and not re.search("[aeiouy]", fold(initial)):
                return f"{first} {rest}"
    return ""


def _mended(word: str) -> str:
    """A syllable with a letter doubled, swapped or dropped, put right: only where diacritics show it is Vietnamese."""
    if word.isascii() or len(word) < 3:
        return ""
    cuts = range(len(word) + 1)
    doubled = [word[:at] + word[at + 1 :] for at in cuts[1:-1] if word[at] == word[at - 1]]
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in cuts[:-2]]
    dropped = [word[:at] + letter + word[at:] for at in cuts for letter in "rhnigcuưtoâ"]
    for guesses in (doubled, swapped, dropped):
        best = max((guess for guess in guesses if is_syllable(guess)), key=shipped().count, default="")
        if shipped().count(best) >= SURE:
            return best
    return ""


def _respelled(word: str) -> list[str]:
    """Readings of a word with the letters chats put for others."""
    begun = [new + word[len(old) :] for old, new in ONSETS if word.startswith(old) and word[:2] != "kh"]
    ended = [one[: -len(old)] + new for one in (word, *begun) for old, new in CODAS if one.endswith(old)]
    return [*begun, *ended, *([word.replace("j", "i")] if "j" in word else ())]
