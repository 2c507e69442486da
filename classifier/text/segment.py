"""underthesea's word segmentation, decoded faster: the same shipped model, the same tokens.

Its tagger is a two-label CRF (a token begins a word or goes on with it) over 43 feature templates of five neighbouring
tokens. Only the difference of the two labels' scores matters, so each attribute keeps one weight; weights are added up
once per token and per pair of tokens, and kept. Triples matter only where the model or its dictionary knows the triple.
Where two paths tie, as in runs of one mark, the stock call is asked. The pattern that cuts tokens never looks over
white space, so its result is kept per white-space chunk.

Every file that decides the outcome is checked by digest: with any other version the stock call is used.
"""

import hashlib
import logging
import re
import sys
import threading
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

from classifier.text.crf import NONE, ONES, THREES, TWOS, Tables, Thirds, Weights, is_number, is_title, read_tables

# underthesea 9.5.0 with underthesea_core 3.3.2: no difference on 153,697 news items
PROVED = frozenset({"aafca74b227218982652f06a9fce9932abf6535b1b6c87870a5c602274c2f2e3"})
TIE = 1e-9  # two paths nearer than this tie: which is the better one hangs on the order of adding up
CHUNKS_KEPT = 100_000  # about 20 MB
CHUNK_KEPT = 40  # characters of a chunk worth keeping: longer ones don't come again

_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
_FILES = (
    f"{_MODEL}/models.bin",
    f"{_MODEL}/features.bin",
    f"{_MODEL}/dictionary.bin",
    "pipeline/word_tokenize/__init__.py",
    "pipeline/word_tokenize/regex_tokenize.py",
    "pipeline/text_normalize/tn_rules_2023_07_14.bin",
    "pipeline/text_normalize/text_normalizer.py",
    "pipeline/text_normalize/token_normalize.py",
    "pipeline/text_normalize/character_normalize.py",
    "models/fast_crf_sequence_tagger.py",
)
_PLAIN = re.compile(r"""([("“‘']?)([^\W\d_]+|[0-9]+)([.,;:!?"”’')…]?)""")
# letters the pattern cuts or changes all the same: its "Th.s" takes any letter between
_PARTLY = re.compile(r"Th.[sS]|.*[ðÐ]")
_LOADING = threading.RLock()  # what is loaded lazily fails when several threads come first

Clean = Callable[[str], str]
# weights at ONES, with what an unknown pair and triple add; begins with a capital; its lower case; is_cased
Single = tuple[float, float, float, float, float, bool, str, bool]


class _Kept(dict[str, Any]):
    """What was worked out for a piece of text, kept for the next time; emptied when there is too much of it."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self._make = make
        self._last: tuple[str, Any] = "", None  # a long run is cut into pieces that are often all alike

    def __missing__(self, piece: str) -> Any:
        before, made = self._last
        if piece == before:
            return made
        made = self._make(piece)
        if len(piece) > CHUNK_KEPT:
            self._last = piece, made
        else:
            if len(self) >= CHUNKS_KEPT:
                self.clear()
            self[piece] = made
        return made


class Segmenter:
    """The decoder, with what it has added up so far; threads may share it."""

    def __init__(
        self, tables: Tables, cut: Callable[[str], list[str]], spelling: Mapping[str, str], clean: Clean | None = None
    ) -> None:
        """cut: underthesea's pattern and spelling, text → tokens; spelling: its table; clean: see words()."""
        self._tables, self._cut, self._spelling, self._clean = tables, cut, spelling, clean
        self._singles = _Kept(self._single)
        self._chunks = _Kept(self._cut_chunk)
        self._forms = _forms(tables)
        self._edges = _edges(tables)
        known, unknown = (tables.shape(THREES, ".is_in_dict", said) for said in ("True", "False"))
        self._listed = tuple(yes - no for yes, no in zip(known, unknown, strict=True))
        self._titles = tuple(
            tables.shape([place], ".istitle", "True")[0] - tables.shape([place], ".istitle", "False")[0]
            for place in ("0,1", "0,2")
        )

    def words(self, text: str) -> list[str]:
        """What underthesea.word_tokenize gives for the text; raises Tied where only that can tell."""
        tokens = self.tokens(text)
        if len(tokens) < 2:
            return tokens
        joined: list[str] = []
        add = joined.append
        word, *rest = tokens
        for token, goes_on in zip(rest, self._goes_on(self._scores(tokens)), strict=True):
            if goes_on:
                word += " " + token
            else:
                add(word)
                word = token
        add(word)
        return joined

    def tokens(self, text: str) -> list[str]:
        """Tokens of underthesea's pattern, each as its spelling table writes it."""
        chunks = text.split()
        if not chunks:
            return []
        last = chunks.pop()
        known = self._chunks
        try:
            tokens = [token for chunk in chunks for token in known[chunk]]
            if not last[-1].isalnum() and (self._clean or _ends(text)) and self._cleaned(last)[-1] == ".":
                tokens += self._cut(self._cleaned(last))  # a dot at the very end is no abbreviation's
            else:
                tokens += known[last]
        except _Moved as moved:
            cleaned = moved.cleaned if moved.chunk == text else self._clean(text) if self._clean else text
            return self.tokens(cleaned) if cleaned != text else self._cut(cleaned)
        return tokens

    def _cleaned(self, chunk: str) -> str:
        if self._clean is None:
            return chunk if unicodedata.is_normalized("NFC", chunk) else unicodedata.normalize("NFC", chunk)
        cleaned = self._clean(chunk)
        if not cleaned or " " in cleaned:
            raise _Moved(chunk, cleaned)
        return cleaned

    def _cut_chunk(self, chunk: str) -> tuple[str, ...]:
        clean = self._cleaned(chunk)
        plain = _PLAIN.fullmatch(clean)
        if (
            plain is None
            or _PARTLY.match(plain[2])
            or (plain[3] == "." and not plain[2].islower() and plain[2].isalpha())
        ):
            return tuple(self._cut(clean + " "))
        before, word, after = plain.groups()  # nothing in it for the pattern to cut
        return tuple(part for part in (before, self._spelling.get(word, word), after) if part)

    def _goes_on(self, scores: list[float]) -> list[bool]:
        """The best labels of all tokens but the first: True where one goes on with the word before it."""
        stay_out, enter, leave, stay_in = self._tables.moves
        from_out, from_in = stay_out - leave, enter - stay_in  # leads above which the token before is inside a word
        low, high = min(from_out, from_in), max(from_out, from_in)
        both_in, both_out = stay_in - leave, enter - stay_out
        lead = scores[0]  # of the best path that ends inside a word over the best that doesn't
        leads = [lead]
        for score in scores[1:]:
            if lead > high:
                lead = score + both_in
            elif lead <= low:
                lead = score + both_out
            else:
                inside = lead + stay_in if lead > from_in else enter
                lead = score + inside - (lead + leave if lead > from_out else stay_out)
            leads.append(lead)
        labels, edge = list[bool](), 0.0
        for lead in leads[:0:-1]:
            if -TIE < lead - edge < TIE:
                raise Tied
            goes_on = lead > edge
            labels.append(goes_on)
            edge = from_in if goes_on else from_out
        labels.reverse()
        return labels

    def _scores(self, tokens: list[str]) -> list[float]:
        """For each of two tokens or more the score of going on minus that of beginning, transitions aside."""
        twos, twos_lower, twos_cased = self._tables.twos.get, self._tables.twos_lower.get, self._tables.twos_cased.get
        singles = self._singles
        title_two, title_three = self._titles
        begin, after_begin, before_end, end = self._edges
        scores: list[float] = []
        put = scores.append
        # scores so far: of the token before the last one, the last one, this one and the next one
        older, old, here, ahead = 0.0, 0.0, begin, after_begin
        before = earlier = before_lower = ""
        before_cased = before_title = titled = False
        thirds: Thirds = None
        for token in tokens:
            far_left, left, centre, right, far_right, title, lower, cased = singles[token]
            older += far_right
            old += right
            here += centre
            ahead += left
            if thirds is not None:
                if lower in thirds:
                    more = self._triple(f"{earlier} {before} {token}")
                    here, old, older = here + more[0], old + more[1], older + more[2]
                thirds = None
            if cased or before_cased:
                row = twos_lower((before_lower, lower))
                own = twos_cased((before, token))
                if own:
                    ahead, here, old, older = ahead + own[0], here + own[1], old + own[2], older + own[3]
                if title and before_title:
                    old += title_two
                    if titled:
                        older += title_three
                    titled = True
                else:
                    titled = False
            else:
                row = twos((before_lower, lower))
                titled = False
            if row:
                to_ahead, to_here, to_old, to_older, thirds = row
                ahead += to_ahead
                here += to_here
                old += to_old
                older += to_older
            put(older)
            older, old = old, here
            here, ahead = ahead, far_left
            earlier, before = before, token
            before_lower = lower
            before_cased, before_title = cased, title
        scores += [older + before_end, old + end]
        return scores[2:]

    def _triple(self, value: str) -> Weights:
        """What a triple the model may know gives beyond what every triple gives, at THREES."""
        own = self._tables.threes.get(value, NONE)
        if value.lower() in self._tables.words:
            return own[0] + self._listed[0], own[1] + self._listed[1], own[2] + self._listed[2]
        return own

    def _single(self, token: str) -> Single:
        tables = self._tables
        lower, title = token.lower(), is_title(token)
        own, low = tables.ones.get(token, NONE), tables.ones_lower.get(lower, NONE)
        form = self._forms[is_number(token), title, lower in tables.words]
        return (
            own[0] + low[0] + form[0],
            own[1] + low[1] + form[1],
            own[2] + low[2] + form[2],
            own[3] + low[3] + form[3],
            own[4] + low[4] + form[4],
            title,
            lower,
            title or token != lower,
        )


class Tied(Exception):
    """Two paths score alike."""


class _Moved(Exception):
    """Cleaning parts a chunk or drops it: the text is cleaned first, as a whole."""

    def __init__(self, chunk: str, cleaned: str) -> None:
        super().__init__(chunk)
        self.chunk, self.cleaned = chunk, cleaned


def _ends(text: str) -> bool:
    """Whether the pattern sees the end of the text right after its last chunk: one line end doesn't hide it."""
    return not text[-1].isspace() or (text[-1] == "\n" and not text[-2].isspace())


def _forms(tables: Tables) -> dict[tuple[bool, bool, bool], Weights]:
    """By number, capital and dictionary: what a token's form adds at ONES, the usual pair and triple included."""
    usual, forms = _usual(tables), {}
    for number, title, listed in product((False, True), repeat=3):
        answers = (".isdigit", number), (".istitle", title), (".is_in_dict", listed)
        rows = [usual, *(tables.shape(ONES, name, str(said)) for name, said in answers)]
        forms[number, title, listed] = tuple(sum(at, 0.0) for at in zip(*rows, strict=True))
    return forms


def _usual(tables: Tables) -> Weights:
    """What an unknown, untitled pair and triple add, put to the token of theirs that is farthest away."""
    pairs, triples = tables.shape(TWOS, ".is_in_dict", "False"), tables.shape(THREES, ".is_in_dict", "False")
    two, three = (tables.shape([place], ".istitle", "False")[0] for place in ("0,1", "0,2"))
    return pairs[0] + triples[0], pairs[1] + triples[1], 0.0, pairs[2] + two, pairs[3] + triples[2] + three


def _edges(tables: Tables) -> tuple[float, float, float, float]:
    """What the edges give to the first token, the second, the last but one and the last, of two tokens or more."""

    def at(value: str, *places: str) -> float:
        every = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
        return sum(sum(tables.shape(places, function, value)) for function in every)

    middle = tables.shape(["-1,1"], ".is_in_dict", "False")[0]  # already given by the token before
    return (
        at("BOS", "-2", "-1", "-2,-1", "-1,0", "-2,0", "-1,1"),
        at("BOS", "-2", "-2,-1", "-2,0"),
        at("EOS", "2", "1,2", "0,2"),
        at("EOS", "1", "2", "0,1", "1,2", "0,2", "-1,1") - middle,
    )


def digest(package: Path) -> str:
    """One digest of the versions and of every file of an installed underthesea that decides its tokens."""
    whole = hashlib.sha256(f"{version('underthesea')} {version('underthesea_core')}".encode())
    for name in _FILES:
        whole.update(hashlib.sha256((package / name).read_bytes()).digest())
    return whole.hexdigest()


@lru_cache(maxsize=1)
def stock() -> Callable[[str], list[str]]:
    """underthesea's own word_tokenize, loaded; the log handler that importing it adds is taken away."""
    with _LOADING:
        before = list(logging.root.handlers)
        import underthesea

        logging.root.handlers[:] = before
        cut: Callable[[str], list[str]] = underthesea.word_tokenize
        cut("xin chào")
    return cut


def words(text: str, *, clean: Clean | None = None) -> list[str]:
    """What underthesea.word_tokenize gives for clean(text): by the decoder where it is proved, else, and in a
    tie, by the stock call.

    clean must work on each run of characters between white space as it does on the whole text, and twice as once.
    """
    with _LOADING:
        decoder = _decoder(clean) or stock()
    if isinstance(decoder, Segmenter):
        try:
            return decoder.words(text)
        except Tied:
            decoder = stock()
    return decoder(clean(text) if clean else text)


@lru_cache(maxsize=4)
def _decoder(clean: Clean | None) -> Segmenter | None:
    """The fast decoder, or None for an underthesea it wasn't compared with."""
    found = find_spec("underthesea")  # found, not imported
    if found is None or not found.submodule_search_locations:
        return None
    package = Path(found.submodule_search_locations[0])
    try:
        if digest(package) not in PROVED:
            return None
    except (OSError, PackageNotFoundError):
        return None
    tokenize, token_map = _pattern(package)
    spelling = {token: better for token, better in token_map.items() if len(token) <= 6}
    return Segmenter(_tables(package / _MODEL), tokenize, spelling, clean)


def _pattern(package: Path) -> tuple[Callable[[str], list[str]], Mapping[str, str]]:
    """The pattern and the spelling table, loaded without the rest: all of underthesea is 0.5 s and 60 MB more."""
    ours = [name for name in sys.modules if name.partition(".")[0] == "underthesea"]
    if not ours:
        bare = ModuleType("underthesea")
        bare.__path__ = [str(package)]
        sys.modules["underthesea"] = bare
    try:
        from underthesea.pipeline.text_normalize.text_normalizer import token_map
        from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize
    finally:
        if not ours:  # whoever wants the whole of it gets the whole of it
            for name in [name for name in sys.modules if name.partition(".")[0] == "underthesea"]:
                del sys.modules[name]
    return tokenize, token_map


@lru_cache(maxsize=1)
def _tables(folder: Path) -> Tables:
    return read_tables(folder)
