"""Encodings that Vietnamese pages were written in before UTF-8, told by the words they give."""

import re
import unicodedata

# letters of the bytes from 128 on
_TCVN = (  # TCVN 5712, and the fonts of TCVN3 (ABC)
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
WINDOWS = "cp1258"  # which Python knows
TABLES = {"tcvn": _TCVN, "viscii": _VISCII}
SAMPLE = 100_000  # bytes, or letters, by which it is told
FEW = 5  # words with letters beyond ASCII: fewer tell nothing
HARDLY, MOSTLY = 0.5, 0.8  # parts of them that may be Vietnamese
MORE = 0.1  # by windows-1258 than by what it is called: of 1,000 pages called windows-1252 it is 0.16 at least

_WORD = re.compile(r"[a-zA-Z\x80-\u1fff]+")  # with signs, which are letters read wrongly, but no quotes and dashes
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:[bcdđghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouyăâêôơư]{1,3}(?:ch|ng|nh|[cmnpt])?"
)


def read(body: bytes, name: str) -> str:
    """Text by a table, or by windows-1258."""
    if name == WINDOWS:
        return body.decode(name, "replace")
    letters = TABLES[name]
    return body.decode("latin-1").translate({128 + at: letter for at, letter in enumerate(letters)})


def likelier(body: bytes, text: str) -> str:
    """What makes Vietnamese words of bytes: a table where they make hardly any as `text`, windows-1258 where they make
    fewer; "" where nothing does."""
    said = _share(text[:SAMPLE])
    if _share(read(body[:SAMPLE], WINDOWS)) > max(MOSTLY, said + MORE):
        return WINDOWS
    if said > HARDLY:
        return ""
    shares = {name: _share(read(body[:SAMPLE], name)) for name in TABLES}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > MOSTLY else ""


def _share(text: str) -> float:
    """What part of the words with letters beyond ASCII may be Vietnamese, 0 where they are few."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if len(words) >= FEW else 0.0


def _is_syllable(word: str) -> bool:
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
