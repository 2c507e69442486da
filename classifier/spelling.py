"""What a text means to say, guessed: chat spellings, spaced and dotted letters, digits for letters, telex slips.

Features are made from it so that one claim in twelve spellings gets one score; tokens, quotations and what is stored
stay as written, and .original_span() leads back to them. A guess never tells a text's truth or intent.
"""

import math
import re
import unicodedata
from functools import lru_cache

from classifier import letters, text
from classifier.letters import fold, is_syllable, place_tone
from classifier.restore import shipped
from classifier.teencode import ALONE, CODAS, ONSETS, WORDS
from classifier.text import Alignment, Edit, follow, replaced

Reading = Alignment

COMMON = 30  # times news must have a syllable for a guess to lead to it
_JOINED = 400  # letters of a spaced-out stretch or hashtag that are cut into syllables
_PICTURE = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff\u20e3\U0001f1e6-\U0001f1ff]+")
_MENTION = re.compile(r"(?<![\w.])@[\w.]{2,40}")
_HASHTAG = re.compile(r"#(\w{1,60})")
_HUMP = re.compile(r"[^\W\d_]+?(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])|[^\W\d_]+|\d+")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·/|~+]+[^\W_](?![^\W_])){2,}")
_DOTTED = re.compile(r"(?<![\w.])[\w@$]{1,4}?(?:[.*_·/|~\-]+[\w@$]{1,4}?){1,7}(?![\w@$])")
_GAPS = re.compile(r"[ .\-_*·/|~+]+")
_LEET = re.compile(r"[\w@$|]+")
_FIGURE = re.compile(r"[0-9@$|]")
_SPACED_PAIR = re.compile(r"(?<![^\W_])[^\W_][ .\-_*·/|~+]+[^\W_](?![^\W_])")
_DOTTED_PAIR = re.compile(r"[\w@$][.*_·/|~\-][\w@$]")
_TIED = ".-/_@&"  # signs that tie a word to its neighbour: a name, an address, an abbreviation
_FIGURES = str.maketrans("013456789@$|", "oieasgtbgasl")
_FIGURES_L = str.maketrans("013456789@$|", "oleasgtbgasl")
_MEASURE = re.compile(r"[0-9]+[^\W\d_]{1,3}[0-9]*|[^\W\d_]{1,3}[0-9]+|[0-9@$|]+", re.ASCII)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_ENGLISH = "is as has us was of or if does yes her his for new now how show own low view box fix off too see"
_FOREIGN = frozenset(_ENGLISH.split())
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_TELEX_LETTERS = (("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"))
_TELEX_HORNS = (("aw", "ă"), ("ow", "ơ"), ("uw", "ư"), ("w", "ư"))


def read(original: str) -> Reading:
    """The text as it was meant, with the way back to the original; any string is accepted."""
    return follow(original, _STAGES)


def plain(original: str) -> str:
    """read(original).text, without the work of finding the way back."""
    said = original
    for stage in _STAGES:
        edits = stage(said)
        if edits:
            said = replaced(said, edits)
    return said


def _pictures(said: str) -> list[Edit]:
    if said.isascii():
        return []
    return [(match.start(), match.end(), " ") for match in _PICTURE.finditer(said)]


def _handles(said: str) -> list[Edit]:
    """Mentions go: they say who; hashtags become their words."""
    if "@" not in said and "#" not in said:
        return []
    edits = [(match.start(), match.end(), " ") for match in _MENTION.finditer(said)]
    edits += [(match.start(), match.end(), _hashtag(match[1])) for match in _HASHTAG.finditer(said)]
    return sorted(edits)


def _hashtag(tag: str) -> str:
    parts = [part for piece in tag.split("_") for part in _HUMP.findall(piece)]
    return " ".join(" ".join(cut(part) or [part]) for part in parts)


def _spaced(said: str) -> list[Edit]:
    """Letters set apart to get past a filter: joined, and cut into syllables where wide gaps don't say how."""
    edits = []
    for match in _SPACED.finditer(said) if _SPACED_PAIR.search(said) else ():
        gaps = set(_GAPS.findall(match.group()))
        wide = max(gaps, key=lambda gap: (len(gap), gap == " ")) if len(gaps) > 1 else None  # stands between words
        words = match.group().split(wide) if wide else [match.group()]
        joined = ["".join(_GAPS.split(word)) for word in words]
        cuts = [cut(word) or ([word] if wide and (len(word) == 1 or word.isdecimal()) else []) for word in joined]
        if all(cuts) and sum(map(str.isalpha, match.group())) > 1:
            edits.append((match.start(), match.end(), " ".join(" ".join(syllables) for syllables in cuts)))
    taken = {(start, end) for start, end, _ in edits}
    for match in _DOTTED.finditer(said) if _DOTTED_PAIR.search(said) else ():
        meant = _undotted(match.group())
        if meant and not any(start <= match.start() < end for start, end in taken):
            edits.append((match.start(), match.end(), meant))
    return sorted(edits)


def _undotted(word: str) -> str:
    """One syllable written with dots inside, as c.ô.ng; "" for anything else, such as v.v or T.P or 1.5."""
    pieces = _GAPS.split(word)
    joined = "".join(pieces)
    named = not joined.isupper() and any(piece[:1].isupper() for piece in pieces[1:])  # P.Hải, a ward
    if (
        named
        or joined.isupper()
        or joined.isdecimal()
        or all(len(piece) > 1 and is_syllable(piece) for piece in pieces)
    ):
        return ""
    if is_syllable(joined) and shipped().frequency.get(fold(joined), 0) >= COMMON:
        return joined
    return _figured(joined)


@lru_cache(maxsize=8192)
def cut(run: str) -> list[str]:
    """Letters without gaps as the likeliest syllables, [] when they aren't any; digits stand alone."""
    if len(run) > _JOINED:
        return []
    frequency = shipped().frequency
    bare = fold(run)
    if len(bare) != len(run):
        return []
    best: list[tuple[float, int]] = [(0.0, 0)] + [(-1e9, 0)] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 7), end):
            gain = _gain(run[start:end], bare[start:end], frequency)
            if best[start][0] + gain > best[end][0]:
                best[end] = (best[start][0] + gain, start)
    if best[-1][0] < -1e8:
        return []
    pieces, at = [], len(run)
    while at:
        pieces.append(run[best[at][1] : at])
        at = best[at][1]
    return pieces[::-1]


def _gain(piece: str, bare: str, frequency: dict[str, int]) -> float:
    """Log probability of a piece as a syllable."""
    if piece.isdecimal():
        return -3.0 / len(piece)
    count = frequency.get(bare, 0)
    if count < COMMON or not is_syllable(piece):
        return -1e9
    return math.log(count) - 17.0 - (3.0 if len(piece) == 1 else 0.0)


def _figures(said: str) -> list[Edit]:
    """Digits and signs written for letters: b4o, c0n9."""
    if not _FIGURE.search(said):
        return []
    words = (match for match in _LEET.finditer(said) if _FIGURE.search(match.group()))
    found = [(match, _figured(match.group())) for match in words]
    sure = any(new and not _MEASURE.fullmatch(match.group()) for match, new in found)
    return [
        (match.start(), match.end(), new)
        for match, new in found
        if new and (not _MEASURE.fullmatch(match.group()) or (sure and not match.group().isdecimal()))
    ]


@lru_cache(maxsize=8192)
def _figured(word: str) -> str:
    if not any(letter.isalpha() for letter in word) or len(word) > 10:
        return ""
    for table in (_FIGURES, _FIGURES_L):
        meant = word.lower().translate(table)
        if is_syllable(meant) and shipped().frequency.get(fold(meant), 0) > COMMON:
            return meant.capitalize() if word[:1].isupper() else meant
    return ""


def _slips(said: str) -> list[Edit]:
    """Stretched letters, chat spellings, telex keys left in the word."""
    edits, before, ended = [], "", 0
    for match in _WORD.finditer(said):
        word, start = match.group(), match.start()
        meant = _meant(word)
        if meant and (_tied(said, start, match.end()) or not (word.islower() or _stands_first(said, ended, start))):
            meant = WORDS.get(word.lower(), "") if word.isupper() and len(word) > 2 else ""
        if not meant and before and not before[-1].isdigit() and word in ALONE and not _tied(said, start, match.end()):
            meant = ALONE[word]
        if meant and meant != word:
            edits.append((start, match.end(), meant))
        before, ended = word, match.end()
    return edits


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
        return _cased(listed, word)
    model = shipped()
    if not lower.isalpha() or model.count(lower) >= COMMON or (is_syllable(lower) and model.count(lower)):
        return ""
    if short != word and is_syllable(short):
        return short
    guesses = [guess for guess in (*_telex(lower), *_respelled(lower)) if is_syllable(guess)]
    best = max(guesses, key=model.count, default="")
    return _cased(best, word) if model.count(best) >= COMMON else ""


def _telex(word: str) -> list[str]:
    """Readings of a word in which telex keys were left: vieetj, dduwowcj."""
    guesses = []
    for at in range(len(word) - 1, 0, -1):
        tone = _TELEX_TONES.get(word[at], "")
        if tone:
            guesses.append(_toned(_telex_letters(word[:at] + word[at + 1 :]), tone))
    guesses.append(_telex_letters(word))
    return [guess for guess in guesses if guess and guess != word]


def _telex_letters(word: str) -> str:
    for keys, letter in (*_TELEX_LETTERS, *_TELEX_HORNS):
        word = word.replace(keys, letter)
    return word


def _toned(word: str, tone: str) -> str:
    """A word with a tone on its first vowel, then put where it belongs; "" when it has one already."""
    if letters.split_tone(word)[1]:
        return ""
    vowel = re.search("[aăâeêioôơuưy]", word)
    return place_tone(unicodedata.normalize("NFC", word[: vowel.end()] + tone + word[vowel.end() :])) if vowel else ""


def _respelled(word: str) -> list[str]:
    """Readings of a word with the letters chats put for others."""
    begun = [new + word[len(old) :] for old, new in ONSETS if word.startswith(old) and word[:2] != "kh"]
    ended = [one[: -len(old)] + new for one in (word, *begun) for old, new in CODAS if one.endswith(old)]
    return begun + ended


def _cased(meant: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant


_STAGES = (
    text.plain_letters,
    text.scripts,
    text.composed,
    text.addresses,
    _pictures,
    _handles,
    _spaced,
    text.white,
    text.marks,
    text.runs,
    text.tones,
    _figures,
    _slips,
    text.tones,
    text.white,
)
