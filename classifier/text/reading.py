"""One reading of Vietnamese, for training and scoring alike: clean letters, cut into sentences, words and tokens.

normalise() changes only what can't change the meaning: how letters are encoded, look-alike letters of other scripts,
invisible marks, tone places, addresses of pages, white space, and unbroken runs no tokenizer survives. Guesses
(teencode, missing diacritics, spaced letters) are made by spelling.read().
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from classifier.text import letters, segment
from classifier.text.letters import fold

__all__ = ["READING_VERSION", "Alignment", "align", "fold", "normalise", "sentences", "tokenize", "words"]

READING_VERSION = "7"  # raised when any text is cut or spelt otherwise: models trained before are then refused
RUN = 96  # longest unbroken run: no word or name is longer, and underthesea's pattern takes its square
READ = 4 * RUN  # what is read of a longer one: no Vietnamese goes on for so long, and code or noise says nothing more
HEAP = 32  # combining marks on one letter; composing them takes the square of their number
MARKS_RUN = 8  # longest run of closing marks: underthesea's address pattern doubles its time with each further one

Edit = tuple[int, int, str]  # replace text[start:end]
Span = tuple[int, int]  # half-open, of characters

# one everyday word, which has only its tone to place
_SIMPLE = re.compile(f"(?![wW]{{3}}[.])[{letters.VIETNAMESE}]{{1,40}}[,.]?")
# letters, marks and blanks that the first stages leave as they are
_USUAL = re.compile(rf"[{letters.VIETNAMESE}\n -/:-@\[-`{{-~“”‘’…–—]*")
_ODD = re.compile(
    rf"\r\n|[{letters.INVISIBLE}{letters.CONTROL}{letters.SPACES}{letters.BREAKS}{letters.SURROGATE}{letters.DRESSED}ðÐ]"
)
_INVISIBLE = re.compile(f"[{letters.INVISIBLE}]")
_BREAK = re.compile(f"[{letters.BREAKS}]")
_BLANK = re.compile(f"[{letters.SPACES}{letters.CONTROL}]")
_LOOKALIKE = re.compile("[" + "".join(letters.LOOKALIKES) + "]")
_HEAP = re.compile(rf"[^\w\s!-~]{{{HEAP // 2 + 1},}}")  # combining marks, of which some are two; drawn signs too
_RUN_OF_MARKS = re.compile(f"[{letters.MARKS}]+")
_MARKED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u02af\u1d00-\u1d2b\u1e00-\u1eff]")
_WRITTEN = re.compile(r"[\w\u0300-\u036f]+")
_HINTS_ADDRESS = ("http", "ftp", "www.")
_ENDINGS = "com|vn|net|org|info|gov|edu|me|ly|tv|co|io|xyz|asia|news"
_HINT_PATH = re.compile(rf"\.(?:{_ENDINGS})/", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"""(?:https?|ftps?):(?=[/a-z0-9%])[^\s<>"“”]*
      | \bwww\.[^\s<>"“”]*
      | (?:\b|(?<=[a-z0-9-]{{63}}))(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})/[^\s<>"“”]*""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.escape("`!()[]{};:'\".,<>?«»“”‘’")
_MARKS_RUN = re.compile(f"[{_CLOSING}][{_CLOSING}]{{{MARKS_RUN},}}")
_LONG = re.compile(rf"\S{{{RUN + 1},}}")
# patterns that begin with a letter or class are looked for four times as fast as others: what stands before or after it
# is asked behind it
_WHITE = re.compile(r"\s(?:(?<=\A\s)\s*|\s*\Z|(?<=\n)\s*|\s*\n\s*|(?<= ) +)")
UNIT = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")  # a number as a whole, or the letters of a syllable
_STOPS = ".!?…❓❔⁉❗❕‼"
_STOP = re.compile(
    rf"[{_STOPS}\s](?:(?<=[{_STOPS}])(?<![{_STOPS}]{{2}})[{_STOPS}]*[\"'”’»)\]\ufe0f]*(?=\s|\Z)"
    r"|(?<=\S[^\S\n])[^\S\n]*\n\s*|(?<=\n)(?:(?<=\S\n)\s*)?)"
)
_DRAWN = re.compile("[❗❕‼][❗❕‼\ufe0f]*")  # cries that are pictures: they stand within sentences too
_QUOTED = re.compile(rf"(?<=[\"'”’»])[^\S\n]+[a-z{letters.SMALL}]")  # behind what is quoted: “…” là tin sai sự thật
_GOES_ON = re.compile(rf"[^\w\n]{{0,8}}[0-9a-z{letters.SMALL}]")
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
_BEGINS = re.compile(  # what a line begins with that may go on with the one before: no list mark, no address
    r"(?!(?:\d{1,3}(?:\.\d{1,2})*[a-zđ]? *[.)/:–-]|[a-zđ] *[.,)/]|[ivx]{1,4} *[.)])(?!\d)|https?:|www\.)"
    rf"(?:(?P<small>[a-z{letters.SMALL}])|(?P<digit>[0-9])|[A-Z{letters.GREAT}])"
)
_UNENDED = re.compile(r"[\w\u0300-\u036f,%&/-]|(?<![.!?…:;])[)\]\"'”’»]")  # what such a line before it ends with
_LINKED = re.compile(r"(?:(?P<comma>,)|\b(?:của|và|các|những|bởi|hoặc))\Z", re.IGNORECASE)  # ends no sentence
WIDE, SYLLABLE = 40, 8  # characters of a line that was wrapped, and how many fewer one may have than another
_SHORTENED = re.compile(r"(?:\b[A-ZĐ]|\b(?:TP|Tp|tp|TS|Ts|ThS|Th\.S|PGS|GS|BS|LS|Mr|Mrs|Ms|Dr|St|Q|P|tr|vs|No))\Z")


@dataclass(frozen=True, slots=True)
class Alignment:
    """A text as read, with the place in the original of every character of it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of text[start:end]; an empty span stays empty."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> str:
    """The text in one encoding; normalise(normalise(x)) == normalise(x); any string is accepted."""
    if _SIMPLE.fullmatch(text) and not _is_misplaced(text):
        return text
    return through(text, _OUTER if is_usual(text) else _STAGES)


def is_usual(text: str) -> bool:
    """True for a text of composed Vietnamese letters, ASCII and common marks alone: nothing in it is drawn like another
    letter, invisible or piled up."""
    return _USUAL.fullmatch(text) is not None


def align(original: str) -> Alignment:
    """normalise() with the way back: .original_span(start, end) gives the place in the original."""
    return follow(original, _STAGES)


def follow(original: str, stages: Sequence[Callable[[str], list[Edit]]]) -> Alignment:
    """Apply stages of edits, keeping for each character where it came from."""
    text = original
    starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    for stage in stages:
        edits = stage(text)
        if edits:
            starts, ends = _moved(starts, ends, edits)
            text = replaced(text, edits)
    return Alignment(text, tuple(starts), tuple(ends))


def through(text: str, stages: Sequence[Callable[[str], list[Edit]]]) -> str:
    """follow(text, stages).text, without the work of finding the way back."""
    for stage in stages:
        edits = stage(text)
        if edits:
            text = replaced(text, edits)
    return text


def replaced(text: str, edits: list[Edit]) -> str:
    """The text after edits, which are in order and don't overlap."""
    pieces, at = [], 0
    for start, end, new in edits:
        pieces.append(text[at:start])
        pieces.append(new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _moved(starts: list[int], ends: list[int], edits: list[Edit]) -> tuple[list[int], list[int]]:
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for start, end, new in edits:
        new_starts += starts[at:start]
        new_ends += ends[at:start]
        if len(new) == end - start:  # letter for letter
            new_starts += starts[start:end]
            new_ends += ends[start:end]
        elif start == end:  # an inserted blank stands between its neighbours
            place = starts[start] if start < len(starts) else (ends[-1] if ends else 0)
            new_starts += [place] * len(new)
            new_ends += [place] * len(new)
        else:
            new_starts += [starts[start]] * len(new)
            new_ends += [ends[end - 1]] * len(new)
        at = end
    return new_starts + starts[at:], new_ends + ends[at:]


def heaps(text: str) -> list[Edit]:
    """The rest of what is piled on one letter goes: no script has so many marks."""
    edits: list[Edit] = []
    for run in _HEAP.finditer(text) if len(text) > HEAP // 2 and not text.isascii() else ():
        high = 0
        for at in range(*run.span()):
            made = unicodedata.normalize("NFD", text[at])  # some Tibetan vowels count as letters and are two marks
            high = high + len(made) if unicodedata.combining(made[0]) else 0
            if high > HEAP:
                edits.append((at, at + 1, ""))
    return edits


def plain_letters(text: str) -> list[Edit]:
    """Invisible marks go, blanks become spaces, line ends newlines, fancy letters plain ones."""
    if text.isascii() and text.isprintable():
        return []
    return [(match.start(), match.end(), _plain(match.group())) for match in _ODD.finditer(text)]


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if _INVISIBLE.match(letter):
        return ""
    if _BREAK.match(letter):
        return "\n"
    if _BLANK.match(letter):
        return " "
    if "\ud800" <= letter <= "\udfff":
        return "\ufffd"
    if "\U0001f150" <= letter <= "\U0001f189":  # white on black: 26 in rings, six other signs, 26 in squares
        return chr(ord("A") + (ord(letter) - 0x1F150) % 32)
    return {"ð": "đ", "Ð": "Đ"}.get(letter) or unicodedata.normalize("NFKC", letter)


def struck(text: str) -> list[Edit]:
    """Marks go that no letter has where they stand: strokes, lines, frames, piles on Latin letters or figures."""
    if text.isascii() or not _RUN_OF_MARKS.search(unicodedata.normalize("NFC", text)):
        return []
    edits = []
    for run in _RUN_OF_MARKS.finditer(text):
        at = max(0, run.start() - 1)
        cluster = text[at : min(run.end(), at + 1 + HEAP)]
        borne = letters.borne(cluster) if run.start() else ""
        if borne != text[at : run.end()]:
            edits.append((at, run.end(), borne))
    return edits


def scripts(text: str) -> list[Edit]:
    """Look-alike letters inside Latin words, and in words made only of them that read as one syllable."""
    if text.isascii() or not _LOOKALIKE.search(text):
        return []
    edits = []
    for word in _WRITTEN.finditer(text):
        if _LOOKALIKE.search(word.group()) and _meant_latin(word.group()):
            for found in _LOOKALIKE.finditer(text, word.start(), word.end()):
                edits.append((found.start(), found.end(), letters.LOOKALIKES[found.group()]))
    return edits


def _meant_latin(word: str) -> bool:
    if _LATIN.search(word):
        return True
    read = "".join(letters.LOOKALIKES.get(letter, letter) for letter in word)
    return letters.is_syllable(unicodedata.normalize("NFC", read))


def composed(text: str) -> list[Edit]:
    """NFC, letter by letter as far as letters are independent."""
    if unicodedata.is_normalized("NFC", text):
        return []
    whole = unicodedata.normalize("NFC", text)
    few = [(*found.span(), unicodedata.normalize("NFC", found.group())) for found in _MARKED.finditer(text)]
    around = "".join([text[start] + text[end : end + 1] for start, end, _ in few])
    if not any(map(unicodedata.combining, around)) and replaced(text, few) == whole:  # nothing rarer than these marks
        return [edit for edit in few if text[edit[0] : edit[1]] != edit[2]]
    starts = [at for at, mark in enumerate(map(unicodedata.combining, text)) if not mark]
    edges = [0, *starts[1 if starts[:1] == [0] else 0 :], len(text)]
    pieces = ((start, end, text[start:end]) for start, end in pairwise(edges))
    clusters = [
        (start, end, piece if piece.isascii() else unicodedata.normalize("NFC", piece)) for start, end, piece in pieces
    ]
    if "".join(new for _, _, new in clusters) != whole:
        clusters = _joining(clusters)
    return [(start, end, new) for start, end, new in clusters if text[start:end] != new]


def _joining(clusters: list[Edit]) -> list[Edit]:
    """Clusters with those as one that compose with each other, as a syllable of Hangul typed in parts."""
    found = clusters[:1]
    for start, end, new in clusters[1:]:
        first, _, before = found[-1]
        both = before + new
        # a few Tibetan vowels count as letters and are made of marks
        if not (new.isascii() or (unicodedata.is_normalized("NFC", both) and not unicodedata.combining(new[0]))):
            found[-1] = (first, end, unicodedata.normalize("NFC", both))
        else:
            found.append((start, end, new))
    return found


def addresses(text: str) -> list[Edit]:
    """Addresses of pages: they say who said it, and underthesea's pattern for them can hang."""
    low = text.lower()
    if not (any(hint in low for hint in _HINTS_ADDRESS) or ("/" in text and _HINT_PATH.search(text))):
        return []
    return [(match.start(), match.end(), " ") for match in _ADDRESS.finditer(text)]


def white(text: str) -> list[Edit]:
    """White space becomes single blanks, and line ends where a line doesn't go on with the next."""
    if not ("  " in text or "\n" in text or text[:1].isspace() or text[-1:].isspace()):
        return []
    edits, wrapped = [], _wrapped(text)
    for match in _WHITE.finditer(text):
        edge = match.start() == 0 or match.end() == len(text)
        new = "" if edge else (wrapped.get(match.end(), "\n") if "\n" in match.group() else " ")
        if new != match.group():
            edits.append((match.start(), match.end(), new))
    return edits


def _wrapped(text: str) -> dict[int, str]:
    """Beginnings of lines that go on with the one before: behind a comma or link word, or where lines are of one width.
    Lines with a blank one between them never do; it stays where, without it, they might."""
    found: dict[int, str] = {}
    if "\n" not in text:
        return found
    start = len(text) - len(text.lstrip())
    run = list[tuple[int, int, bool]]()  # length of a line, where the next begins, whether it is linked
    for end in _LINE_END.finditer(text, start):
        length, at = _length(text[start : end.start()]), end.end()
        start = at
        begins, linked = _BEGINS.match(text, at), _LINKED.search(text, max(0, end.start() - 8), end.start())
        if begins and begins["small"]:
            goes_on = end.start() > 0 and _UNENDED.match(text, end.start() - 1) is not None
        else:
            goes_on = bool(begins and linked and (begins["digit"] or not linked["comma"]))
        parted = end.group().count("\n") > 1
        if goes_on and not parted:
            run.append((length, at, linked is not None))
            continue
        joined, length = _joined(run, length)
        found |= joined
        if goes_on and (linked or length >= WIDE):
            found[at] = "\n\n"
        run = []
    return found | _joined(run, _length(text[start:]))[0]


def _length(line: str) -> int:
    """Characters of a line once its blanks are single ones."""
    return len(" ".join(line.split()))


def _joined(run: list[tuple[int, int, bool]], last: int) -> tuple[dict[int, str], int]:
    """Where lines of a run are joined, and how long the line that ends it, of length last, is then."""
    lengths, linked_up, line = [length for length, _, _ in run], list[int](), 0
    for length, _, linked in run:
        line += length + 1
        if not linked:
            linked_up.append(line - 1)
            line = 0
    wide = _are_wide(lengths, last) or _are_wide(linked_up, line + last)
    return {at: " " for _, at, linked in run if linked or wide}, sum(lengths, len(run) + last) if wide else line + last


def _are_wide(lengths: list[int], last: int) -> bool:
    """Whether these lines, and the last one behind them, are of one width."""
    return len(lengths) > 1 and min(lengths) >= max(WIDE, last - SYLLABLE, max(lengths) - SYLLABLE)


def goes_on(text: str, at: int) -> bool:
    """Whether a sentence goes on behind a drawn cry that ends there: with a small letter or a digit in its line."""
    return _GOES_ON.match(text, at) is not None


def runs(text: str) -> list[Edit]:
    """Cut what has no white space for too long, and drop what no one reads."""
    if len(text) <= RUN:
        return []
    edits: list[Edit] = []
    for run in _LONG.finditer(text):
        last = min(run.end(), run.start() + READ)
        edits += [(at, at, " ") for at in range(run.start() + RUN, last, RUN)]
        if last < run.end():
            edits.append((last, run.end(), ""))
    return edits


def marks(text: str) -> list[Edit]:
    """The rest of a run of marks: the first few say as much."""
    return [(run.start() + MARKS_RUN, run.end(), "") for run in _MARKS_RUN.finditer(text)]


def tones(text: str) -> list[Edit]:
    """Tone marks where the older style puts them: hoà and hòa are one word."""
    if text.isascii() or not any(map(_is_misplaced, text.split())):
        return []
    edits = []
    for match in _WRITTEN.finditer(text):
        placed = letters.place_tone(match.group())
        if placed != match.group():
            edits.append((match.start(), match.end(), placed))
    return edits


@lru_cache(maxsize=65_536)
def _is_misplaced(chunk: str) -> bool:
    if not letters.TWO_VOWELS.search(chunk) and unicodedata.is_normalized("NFC", chunk):
        return False
    return any(letters.place_tone(word) != word for word in _WRITTEN.findall(chunk))


LETTERS = plain_letters, heaps, struck, scripts, composed, struck  # what each letter is
_OUTER = addresses, marks, runs, white, tones
_STAGES = LETTERS + _OUTER


def tokenize(text: str) -> list[str]:
    """The tokens underthesea.word_tokenize gives for normalise(text); [] for a text without visible characters."""
    return segment.words(text, clean=normalise)


def words(text: str) -> list[str]:
    """Lower-case syllables and numbers of a normalised text, in order; punctuation is left out."""
    return UNIT.findall(text.lower())


@lru_cache(maxsize=256)  # asked for by each rule that looks around a claim
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a text, without the white space around them."""
    spans, start, wrapped = [], 0, _wrapped(text)
    for stop in _STOP.finditer(text):
        if wrapped.get(stop.end()) == " " or _within(text, stop, start):
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    spans.append((start, len(text)))
    trimmed = []
    for first, last in spans:
        piece = text[first:last]
        if not piece.isspace() and piece:
            trimmed.append((last - len(piece.lstrip()), first + len(piece.rstrip())))
    return tuple(trimmed)


def worded(text: str) -> list[Span]:
    """Spans of the sentences of a text that hold a word: a smiley behind one is none."""
    return [(start, end) for start, end in sentences(text) if any(map(str.isalnum, text[start:end]))]


def by_sentence(text: str) -> list[str]:
    """A text's sentences themselves, in order."""
    return [text[start:end] for start, end in sentences(text)]


def _within(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether the sentence that begins at start goes on behind what may end one."""
    if stop.group() == ".":
        return _SHORTENED.search(text, max(start, stop.start() - 8), stop.start()) is not None
    if _QUOTED.match(text, stop.end()):
        return True
    return _DRAWN.fullmatch(stop.group()) is not None and goes_on(text, stop.end())
