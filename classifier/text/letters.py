"""What a letter of Vietnamese is: look-alikes, invisible marks, the bare letter under the diacritics, tone places."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

# invisible or meaningless inside Vietnamese text: zero-width, bidi controls, soft hyphen, variation selectors, tags.
# U+200D joins emoji sequences only; no Vietnamese word needs it.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# combining marks, of Latin letters and symbols, then of Hebrew, Arabic, Thai, Lao, Tibetan and Japanese ones
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u0f71-\u0f84\u3099\u309a"
)
CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
SPACES = "\t\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
SURROGATE = "\ud800-\udfff"
# letters in fancy dress: full-width and small forms, mathematical alphabets, circled, squared and raised ones, units
DRESSED = (
    "\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9b-\u1dbf\u2024\u207f\u2071\ufe50-\ufe6b\u212a\u212b"
    "\uff01-\uff5e\U0001d400-\U0001d7ff\u24b6-\u24e9\u2460-\u2468\u24ea"
    "\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
)

LOOKALIKES = dict(
    zip(
        # Cyrillic, Greek, Armenian, Latin and IPA letters drawn like the ones below them
        "авсԁеһіјкмнорԛѕтуѵхԝзԍԌАВСЕНІЈКМОРЅТУХԜԚαικνηοερτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıɩʏᴀᴄᴇɪᴊᴋᴍɴᴏᴘᴛᴜᴠᴡᴢʙᴅɢʜʟʀօսոհցѡꞵ",
        "abcdehijkmhopqstyvxwzgGABCEHIJKMOPSTYXWQaikvnoeptuxywABEZHIKMNOPTYXagiiyaceijkmnoptuvwzbdghlrounhgwb",
        strict=True,
    )
)
LOOKALIKES.update({"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "ƌ": "đ"})

for _code in (*range(0x370, 0x530), *range(0x1F00, 0x2000)):  # and the same letters with their own marks
    _apart = unicodedata.normalize("NFD", chr(_code))
    if _apart != chr(_code) and _apart[0] in LOOKALIKES:
        LOOKALIKES[chr(_code)] = LOOKALIKES[_apart[0]] + _apart[1:]

_MARKS = dict.fromkeys([*range(0x300, 0x370), *range(0x20D0, 0x20E3), *range(0xFE20, 0xFE30)])  # a key's frame stays
_MARKED = list(range(0xC0, 0x250)) + list(range(0x1E00, 0x1F00))


def _bare(code: int) -> str:
    letters = unicodedata.normalize("NFD", chr(code).lower())
    return "".join(letter for letter in letters if not 0x300 <= ord(letter) < 0x370).replace("đ", "d")


_BARE: dict[int, str | None] = {**{code: _bare(code) for code in _MARKED}, **_MARKS}
_LONG = 60  # letters from which a table of all letters at once is quicker than one of each
_MARK = "\u0300"

MARKED: dict[str, str] = {}  # the small letters with marks, by the bare one under them
for _code in _MARKED:
    if chr(_code).islower():
        MARKED[_bare(_code)] = MARKED.get(_bare(_code), "") + chr(_code)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: what a text is when typed on a bare keyboard."""
    text = text.lower()
    if text.isascii():
        return text
    if len(text) < _LONG:
        return text.translate(_BARE)
    import numpy as np  # here alone: the desk folds short texts

    try:
        codes = np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)
    except UnicodeEncodeError:  # half a pair
        return text.translate(_BARE)
    return str(_folded().take(codes).tobytes().decode("utf-16-le").replace(_MARK, ""))


@lru_cache(maxsize=1)
def _folded() -> Any:
    """The bare letter of every code up to 2**16, (2**16,) uint16; _MARK for a mark."""
    import numpy as np

    table = np.arange(2**16, dtype=np.uint16)
    for code, letter in _BARE.items():
        table[code] = ord(letter or _MARK)
    return table


TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# strokes through, under and over letters, and frames: no letter has them. The frame of a key belongs to its figure
_LINES = re.compile("[\u0305\u0332-\u0338\u033f\u0347\u035c-\u0362\u0488\u0489\u20d0-\u20e2\u20e4-\u20ff\ufe20-\ufe2f]")
_KEY = "\u20e3"
_STRANGE = re.compile(  # marks that compose with no Latin letter, and more than it has
    "[^\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331\u0340\u0341\u0344]|.{4}"
)
_OURS = re.compile(f"(?:[\u0302\u0306\u031b][{TONES}]?|[{TONES}][\u0302\u0306\u031b]?)?")
_BREVES = [letter + "\u0306" for letter in "êôơưÊÔƠƯ"]  # of Ê Đê


@lru_cache(maxsize=4096)
def borne(cluster: str) -> str:
    """A sign with those of the marks behind it that it may bear."""
    sign, run = cluster[0], cluster[1:]
    if "\u0338" in run and len(denied := unicodedata.normalize("NFC", sign + "\u0338")) == 1:
        return denied  # ≠
    run = _LINES.sub("", run)
    if not LATIN.match(sign):
        if sign.isascii() or sign.isspace() or sign.isdigit():
            run = _KEY if _KEY in run and sign in "0123456789#*" else ""
        return sign + run
    if _STRANGE.search(run) and (ours := _OURS.match(run)):
        run = ours.group()
    whole = unicodedata.normalize("NFC", sign + run)
    return sign + run if len(whole) == 1 or whole in _BREVES else whole[0]


_VOWELS = "aăâeêioôơuưy"
WORD = re.compile(r"[^\W_]+")
# gi and qu before another vowel belong to the consonant
_SYLLABLE = re.compile(
    rf"(?P<onset>ngh|ng|nh|ch|gh|gi(?=[{_VOWELS}])|kh|ph|qu(?=[{_VOWELS}])|th|tr|[bcdđghklmnpqrstvx])?"
    rf"(?P<nucleus>[{_VOWELS}]{{1,3}})(?P<coda>ch|ng|nh|[cmnpt])?"
)
_NUCLEUS_LIST = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua uâ uây ue uê "
    "ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu"
)
_NUCLEI = frozenset(_NUCLEUS_LIST.split())
_FOLDED_NUCLEI = frozenset(map(fold, _NUCLEI))


def split_tone(syllable: str) -> tuple[str, str]:
    """A syllable without its tone, and the tone marks it carried, in order (NFC in, NFC out)."""
    apart = unicodedata.normalize("NFD", syllable)
    tones = "".join(mark for mark in apart if mark in TONES)
    if not tones:
        return syllable, ""
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES)), tones


def _tone_at(nucleus: str, coda: str) -> int:
    """Which vowel carries the tone, in the older typing style that most Vietnamese keyboards give (hòa, thúy)."""
    for strong in "ơêâôăư":  # ươ, iê, uyê: the last marked vowel carries it
        if strong in nucleus and not (strong == "ư" and "ơ" in nucleus):
            return nucleus.rindex(strong)
    return 1 if len(nucleus) == 3 or (coda and len(nucleus) == 2) else 0


def place_tone(word: str) -> str:
    """The same word with its tone where the older style puts it; anything that isn't one syllable is returned as is."""
    bare, tones = split_tone(word)
    found = _SYLLABLE.fullmatch(bare.lower())
    if not tones or len(set(tones)) != 1 or not found or len(bare) != len(bare.lower()):
        return word
    nucleus, coda, at = found["nucleus"], found["coda"] or "", found.start("nucleus")
    if nucleus not in _NUCLEI:
        return word
    at += _tone_at(nucleus, coda)
    return unicodedata.normalize("NFC", bare[: at + 1] + tones[0] + bare[at + 1 :])


_EVERY_VOWEL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *TONES))
TWO_VOWELS = re.compile(f"[{_EVERY_VOWEL}{_EVERY_VOWEL.upper()}]{{2}}")  # without them a tone has but one place
SMALL = _EVERY_VOWEL + "đ"  # beside a to z, for use in a character class
GREAT = SMALL.upper()
VIETNAMESE = f"0-9A-Za-z{SMALL}{GREAT}"


def is_syllable(word: str) -> bool:
    """True for what could be one Vietnamese syllable, with or without diacritics."""
    found = _SYLLABLE.fullmatch(split_tone(word)[0].lower())
    return bool(found and (found["nucleus"] in _NUCLEI or found["nucleus"] in _FOLDED_NUCLEI))


def needs_diacritic(word: str) -> bool:
    """True for a folded syllable that is no word as it stands: its vowels, or the stop that it ends in, need one."""
    found = _SYLLABLE.fullmatch(word)
    return bool(found and (found["nucleus"] not in _NUCLEI or found["coda"] in ("c", "ch", "p", "t")))


def cased(meant: str, written: str) -> str:
    """A word with the capitals of the one it stands for."""
    if written.isupper() and len(written) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant
