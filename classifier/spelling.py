"""What a text means to say, guessed: chat spellings, spaced and dotted letters, digits for letters, telex slips.

Features are made from it so that one claim in twelve spellings gets one score; tokens, quotations and what is stored
stay as written, and .original_span() leads back to them. A guess never tells a text's truth or intent.
"""

import math
import re
import unicodedata
from functools import lru_cache

from classifier import capitals, letters, misspelt, pictures, text
from classifier.letters import fold, is_syllable, place_tone
from classifier.restore import LIMIT, is_unaccented, shipped
from classifier.teencode import (
    ALONE,
    BESIDE_POLICE,
    CAPITALS,
    CODAS,
    NOT_GOVERNMENT,
    NOT_POLICE,
    ONSETS,
    OPENING,
    WORDS,
)
from classifier.text import Alignment, Edit, follow

Reading = Alignment

COMMON = 30  # times news must have a syllable for a guess to lead to it
SURE = 300  # and for a slip of the finger to be mended to it
_SHORT = frozenset([*ALONE, *CAPITALS, *OPENING, "ca"])
SELDOM = 50  # a syllable that has a mark in all but one of so many places lost it where it has none
LOST, LOST_SHARE = 2, 10  # such syllables, and their share, from which on a text is read as typed with half its marks
LOUD = 20  # letters of a text in capitals throughout, below which it may be an abbreviation
_JOINED = 400  # letters of a spaced-out stretch or hashtag that are cut into syllables
_MENTION = re.compile(r"(?<![\w.])@[\w.]{2,40}")
_HASHTAG = re.compile(r"#(\w{1,60})")
_HUMP = re.compile(rf"[^\W\d_]+?(?=[A-Z{letters.GREAT}][a-z{letters.SMALL}])|[^\W\d_]+|\d+")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·/|~+]+[^\W_](?![^\W_])){2,}")
_PIECE = r"(?:[^\W_]|[@$]){1,4}?"  # without "_", which parts pieces: a sign that did both would be tried in every way
_DOTTED = re.compile(
    rf"(?<![\w.])(?:_*{_PIECE}(?:[.*_·/|~;\-]+{_PIECE}){{1,7}}_*|__+{_PIECE}_*|_*{_PIECE}__+)(?![\w@$])"
)
_GAPS = re.compile(r"[ .\-_*·/|~+;]+")
_LEET = re.compile(r"(?:[\w@$|]|(?<=[^\W_])!(?=[^\W_]))+")
_FIGURE = re.compile(r"[0-9@$|]|(?<=[^\W_])!(?=[^\W_])")
_MIXED = re.compile(r"[0-9@$|!](?:[^\W0-9]|(?<=[^\W0-9].))")  # in every word that has letters and figures
_SPACED_PAIR = re.compile(r"(?<![^\W_])[^\W_][ .\-_*·/|~+]+[^\W_](?![^\W_])")
_DOTTED_PAIR = re.compile(r"[\w@$][.*_·/|~;\-][\w@$]")
_TIED = ".-/_@&"  # signs that tie a word to its neighbour: a name, an address, an abbreviation
_FIGURES = str.maketrans("013456789@$|!", "oieasgtbgasli")
_FIGURES_L = str.maketrans("013456789@$|!", "oleasgtbgasll")
_VNI = re.compile(r"(?<!\w)(?:[^\W\d_]{2,}|[dDoOaA])[1-9][^\W_0]{0,6}(?!\w)")
_KEYED = re.compile(r"[1-9](?<=[^\W\d_][1-9])")
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS = {
    "6": dict(zip("aeo", "âêô", strict=True)),
    "7": dict(zip("uo", "ươ", strict=True)),
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_CODE = re.compile(r"[^\W\d_]{1,3}[0-9]+")  # x4, b1: a word, or the name of a thing
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


@lru_cache(maxsize=256)  # a claim is asked for as a sentence, before it is looked up, and before it is weighed
def plain(original: str) -> str:
    """read(original).text, without the work of finding the way back."""
    written = text.through(original, _CLEANING if text.is_usual(original) else text.LETTERS + _CLEANING)
    said = text.through(written, _GUESSING)
    return said if said is written else text.through(said, _AGAIN)  # what was clean stays so where nothing was guessed


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


def _handles(said: str) -> list[Edit]:
    """Mentions go: they say who; hashtags become their words."""
    if "@" not in said and "#" not in said:
        return []
    edits = [(match.start(), match.end(), " ") for match in _MENTION.finditer(said)]
    edits += [(match.start(), match.end(), _hashtag(match[1])) for match in _HASHTAG.finditer(said)]
    return sorted(edits)


def _hashtag(tag: str) -> str:
    parts = [part for piece in tag.split("_") for part in _HUMP.findall(piece)]
    return " ".join(
        part if is_syllable(part) and not part.isascii() else " ".join(cut(part) or [part]) for part in parts
    )


def _dotted(said: str) -> list[Edit]:
    """Syllables with dots or other signs inside, as c.ô.ng."""
    if not _DOTTED_PAIR.search(said):
        return []
    found = ((match, _undotted(match.group())) for match in _DOTTED.finditer(said))
    return [(match.start(), match.end(), meant) for match, meant in found if meant]


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
    return edits


def _undotted(word: str) -> str:
    """One syllable written with dots inside, as c.ô.ng; "" for anything else, such as v.v or T.P or 1.5."""
    pieces = _GAPS.split(word)
    joined = "".join(pieces)
    named = not joined.isupper() and any(piece[:1].isupper() for piece in pieces[1:])  # P.Hải, a ward
    if named or joined.isupper() or joined.isdecimal() or all(len(piece) > 1 and _is_common(piece) for piece in pieces):
        return ""
    if is_syllable(joined) and shipped().frequency.get(fold(joined), 0) >= COMMON:
        return joined
    return _figured(joined)


def _is_common(piece: str) -> bool:
    return is_syllable(piece) and (piece.isascii() or shipped().count(piece.lower()) >= COMMON)


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


def _typed(said: str) -> list[Edit]:
    """VNI keys left in the words: d9a61t, lê5nh. One such word may be a name or leet, so two are asked for."""
    if not _KEYED.search(said):
        return []
    found = [(match, _vni(match.group())) for match in _VNI.finditer(said)]
    sure = [match for match, meant in found if meant and not _figured(match.group())]
    mixed = any(not match.group().isascii() for match in sure)
    if len(sure) < 2 - mixed or 2 * len(sure) < sum(
        not meant and bool(_figured(match.group())) for match, meant in found
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
    said = _toned(said, tone) if tone else said
    return _cased(said, word) if said and is_syllable(said) and shipped().count(said) >= COMMON else ""


def _figures(said: str) -> list[Edit]:
    """Digits and signs written for letters: b4o, c0n9."""
    if not _MIXED.search(said):
        return []
    words = (match for match in _LEET.finditer(said) if not match[0].isalpha() and _FIGURE.search(match[0]))
    found = [(match, _figured(match.group())) for match in words]
    if not any(new for _, new in found):
        return []
    sure = any(new and not _MEASURE.fullmatch(match.group()) for match, new in found)
    bare = is_unaccented(said)
    edits = []
    for match, new in found:
        written = match.group()
        if not new or (sure and written.isdecimal()):
            continue
        meant, fits = (
            (new, False)
            if bare
            else _in_place(new, said[: match.start()], _LEET.sub(_plainer, said[match.end() :][:24]))
        )
        if sure or not _MEASURE.fullmatch(written) or (fits and written.islower() and _CODE.fullmatch(written)):
            edits.append((match.start(), match.end(), meant))
    return edits


def _plainer(word: re.Match[str]) -> str:
    return (_FIGURE.search(word.group()) and _figured(word.group())) or word.group()


def _in_place(new: str, before: str, after: str) -> tuple[str, bool]:
    """A syllable whose marks a digit may have taken, with those its neighbours ask for; whether they know it."""
    left, right = _WORD.findall(before[-24:])[-2:], _WORD.findall(after[:24])[:2]
    model = shipped()
    likely = model.restore(" ".join([*left, fold(new), *right])).split()
    meant = likely[len(left)] if len(likely) == len(left) + 1 + len(right) else new
    if letters.split_tone(new)[1] or not _keeps(new.lower(), meant):
        meant = new.lower()
    beside = [(one, meant) for one in left[-1:]] + [(meant, one) for one in right[:1]]
    known = bool(beside) and all(model.follows(one.lower(), two.lower()) for one, two in beside)
    return (meant.capitalize() if new[:1].isupper() else meant), known


def _keeps(new: str, meant: str) -> bool:
    """Whether a form has every mark that was written."""
    return len(new) == len(meant) and all(
        a in (b, fold(b)) for a, b in zip(new, letters.split_tone(meant)[0], strict=False)
    )


@lru_cache(maxsize=8192)
def _figured(word: str) -> str:
    if not any(letter.isalpha() for letter in word) or len(word) > 10:
        return ""
    for table in (_FIGURES, _FIGURES_L):
        meant = word.lower().translate(table)
        if word.isascii() and meant in ("ko", "hok", "hong"):
            return "không"
        if is_syllable(meant) and shipped().frequency.get(fold(meant), 0) > COMMON:
            return meant.capitalize() if word[:1].isupper() else meant
    return ""


def _slips(said: str) -> list[Edit]:
    """Stretched letters, chat spellings, telex keys left in the word; without diacritics in a text that has none."""
    edits, before, ended = [], "", 0
    words = _WORD.findall(said)
    if _SHORT.isdisjoint(words) and not any(map(_meant, words)):
        return []
    for match in _WORD.finditer(said):
        word, start, end = match.group(), match.start(), match.end()
        meant = _meant(word)
        if meant or word in _SHORT:
            tied = _tied(said, start, end)
            if meant and (tied or not (word.islower() or _stands_first(said, ended, start) or _is_keyed(word, said))):
                meant = _spelt_out(word) if word.isupper() and len(word) > 2 and word not in CAPITALS else ""
            if (not meant and not tied) or (meant and word.lower() in _homographs()):
                found = _WORD.search(said, end, end + 12)
                after = found.group() if found else ""
                meant = ("" if _is_written(word, before, after) else meant) or _by_neighbours(word, before, after)
            if meant and meant != word:
                edits.append((start, end, meant))
        before, ended = word, end
    if edits and 4 * len(edits) < said.count(" ") and is_unaccented(said):  # telex keys, in most words, say the marks
        return [(start, end, _bare(meant)) for start, end, meant in edits]
    return edits


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


def _halved(said: str) -> list[Edit]:
    """Diacritics put back where some words of a text have theirs and others, which are never written so, don't."""
    if len(_never_bare().intersection(said.split())) < LOST or is_unaccented(said):
        return []
    found = list(_WORD.finditer(said[:LIMIT]))
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


def _spelt_out(word: str) -> str:
    """What a short form in capitals stands for, which shouts no more than it does."""
    meant = WORDS.get(word.lower(), "")
    return meant if " " in meant else meant.upper()


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word not in CAPITALS and word.lower() not in WORDS


def _by_neighbours(word: str, before: str, after: str) -> str:
    """What short forms mean that have several meanings, as the words beside them tell."""
    if word in ALONE and before and not before[-1].isdigit():
        return ALONE[word]
    if word in OPENING and not before and after.islower():
        return OPENING[word]
    if word == "CP" and before.lower() in NOT_GOVERNMENT:
        return ""
    if word in CAPITALS and not _shouted(before) and not _shouted(after):
        return CAPITALS[word]
    if word == "ca" and after.lower() not in NOT_POLICE:
        beside = before.lower() in BESIDE_POLICE[0] or after.lower() in BESIDE_POLICE[1]
        return "công an" if beside else ""
    return ""


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
    if model.count(best) >= COMMON:
        return _cased(best, word)
    return "" if is_syllable(lower) else _cased(_shortened(lower) or _mended(lower), word)


def _is_keyed(word: str, said: str) -> bool:
    """Whether telex keys were left in a word with a capital, as they were in others of the text."""
    return _has_keys(word) and sum(map(_has_keys, _WORD.findall(said[:400]))) > 2


@lru_cache(maxsize=8192)
def _has_keys(word: str) -> bool:
    lower = word.lower()
    return lower.isascii() and lower not in WORDS and _meant(word).lower() in _telex(lower)


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
    return [*begun, *ended, *([word.replace("j", "i")] if "j" in word else ())]


def _cased(meant: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant


_CLEANING = (
    text.addresses,
    _loud,
    pictures.edits,
    _handles,
    _dotted,
    _spaced,
    text.white,
    text.marks,
    text.runs,
    text.tones,
)
_GUESSING = (_typed, _figures, _slips, _halved, capitals.edits)
_AGAIN = (text.tones, text.white)
_STAGES = (*text.LETTERS, *_CLEANING, *_GUESSING, *_AGAIN)
