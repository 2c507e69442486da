"""underthesea's word segmentation, decoded faster: the same shipped model, the same tokens.

Its tagger is a two-label CRF (a token begins a word or goes on with it) over 43 feature templates of five neighbouring
tokens. Only the difference of the two labels' scores matters, so each attribute keeps one weight; weights are added up
once per token and per pair of tokens, and kept. Triples matter only where the model or its dictionary knows the triple.
Ties go to the first label, as in crfsuite. The pattern that cuts tokens never looks over white space, so its result is
kept per white-space chunk.

Every file that decides the outcome is checked by digest: with any other version the stock call is used.
"""

import hashlib
import re
import struct
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import numpy as np

# underthesea 9.5.0 with underthesea_core 3.3.2: no difference on 153,697 news items
PROVED = frozenset({"aafca74b227218982652f06a9fce9932abf6535b1b6c87870a5c602274c2f2e3"})
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
_BOS, _EOS = "\n", "\n\n"  # stand for the edges; no token holds white space
_LARGEST = 2**31 - 1  # what the model's featurizer still takes for a number
_ONES, _TWOS, _THREES = ("-2", "-1", "0", "1", "2"), ("-2,-1", "-1,0", "0,1", "1,2"), ("-2,0", "-1,1", "0,2")

# letters the pattern cuts or changes all the same: its "Th.s" takes any letter between
_PARTLY = re.compile(r"Th.[sS]|.*[ðÐ]")
_LOADING = threading.Lock()

Weights = tuple[float, ...]
Thirds = frozenset[str] | None  # third tokens, lower case, that make a triple the model may know
Row = tuple[float, float, float, float, Thirds]  # what a pair adds at _TWOS beyond what an unknown pair adds
# weights at _ONES, with what an unknown pair and triple add; begins with a capital; its lower case; _is_cased
Single = tuple[float, float, float, float, float, bool, str, bool]
_NONE: Weights = (0.0,) * 5


@dataclass(frozen=True, slots=True)
class Tables:
    """A weight for each attribute (going on minus beginning), those of one value side by side; and the transitions."""

    words: frozenset[str]  # the model's dictionary, lower case
    shapes: dict[str, float]  # attributes about the shape of tokens and the edges, by their full name
    ones: dict[str, Weights]  # token → its weights at _ONES
    ones_lower: dict[str, Weights]
    twos: dict[tuple[str, str], Row]  # two tokens in lower case: all their pair weights together
    twos_lower: dict[tuple[str, str], Row]  # the lower case of two tokens of which one has a capital
    twos_cased: dict[tuple[str, str], Weights]  # two tokens of which one has a capital
    threes: dict[str, Weights]
    moves: tuple[float, float, float, float]  # transitions BB, BI, IB, II

    def shape(self, places: Iterable[str], function: str, value: str) -> Weights:
        """The weights of one outcome of a template at each place."""
        return tuple(self.shapes.get(f"T[{place}]{function}={value}", 0.0) for place in places)


def read_tables(folder: Path) -> Tables:
    """The shipped model; its digest has been checked, so that its dictionary can be unpickled as underthesea does."""
    import joblib

    words: frozenset[str] = frozenset(joblib.load(folder / "dictionary.bin"))
    weights, moves = _read_crfsuite((folder / "models.bin").read_bytes())
    rows: dict[tuple[int, str], dict[str, list[float]]] = {}
    shapes = {}
    for name, weight in weights.items():
        template, _, value = name.partition("=")
        size, function, at = _template(template)
        if function in ("", ".lower"):
            table = rows.setdefault((size, function), {})
            row = table.get(value)
            if row is None:
                row = table[value] = [0.0] * (5 - size)
            row[at] = weight
        if function not in ("", ".lower") or value in ("BOS", "EOS"):
            shapes[name] = weight
    tables = {key: {value: tuple(row) for value, row in found.items()} for key, found in rows.items()}
    known, unknown = ([shapes.get(f"T[{at}].is_in_dict={said}", 0.0) for at in _TWOS] for said in ("True", "False"))
    change = tuple(yes - no for yes, no in zip(known, unknown, strict=True))
    lower = _pair_rows(tables[1, ".lower"], words, tables[2, ""], change)
    twos, cased = _with_own(lower, tables[1, ""])
    return Tables(words, shapes, tables[0, ""], tables[0, ".lower"], twos, lower, cased, tables[2, ""], moves)


def _pair_rows(
    lower: dict[str, Weights], words: frozenset[str], triples: Iterable[str], change: Weights
) -> dict[tuple[str, str], Row]:
    """A row for each pair that has a weight in lower case, is in the dictionary, or begins a triple."""
    thirds = _thirds((*words, *triples))
    listed = {word for word in words if word.count(" ") == 1}
    yes: Row = (change[0], change[1], change[2], change[3], None)
    rows: dict[tuple[str, str], Row] = {_two(pair): yes for pair in listed}
    for pair in {*lower, *thirds}:
        own, more = lower.get(pair, _NONE), change if pair in listed else _NONE
        rows[_two(pair)] = (own[0] + more[0], own[1] + more[1], own[2] + more[2], own[3] + more[3], thirds.get(pair))
    return rows


def _with_own(
    lower: dict[tuple[str, str], Row], own: dict[str, Weights]
) -> tuple[dict[tuple[str, str], Row], dict[tuple[str, str], Weights]]:
    """The weights of pairs as written: added to the rows of those in lower case, apart for the others."""
    joined, cased = dict(lower), {}
    for value, weights in own.items():
        if value in ("BOS", "EOS"):
            continue
        pair = _two(value)
        if any(map(_is_cased, pair)):
            cased[pair] = weights
            continue
        one, two, three, four, thirds = lower.get(pair, (0.0, 0.0, 0.0, 0.0, None))
        joined[pair] = (one + weights[0], two + weights[1], three + weights[2], four + weights[3], thirds)
    return joined, cased


def _two(value: str) -> tuple[str, str]:
    first, _, second = value.partition(" ")
    return first, second


@lru_cache(maxsize=64)
def _template(name: str) -> tuple[int, str, int]:
    """How many tokens a template spans less one, its function, and which of the places of that size it is."""
    place, _, function = name[2:].partition("]")
    size = next(size for size, places in enumerate((_ONES, _TWOS, _THREES)) if place in places)
    return size, function, (_ONES, _TWOS, _THREES)[size].index(place)


def _read_crfsuite(data: bytes) -> tuple[dict[str, float], tuple[float, float, float, float]]:
    """Weights by attribute name, and transitions, out of a CRFsuite model file with the labels B-W and I-W."""
    features, labels, attributes = struct.unpack_from("<III", data, 28)
    names = dict(_read_names(data, attributes))
    begins = dict(_read_names(data, labels))["B-W"]
    total = struct.unpack_from("<I", data, features + 8)[0]
    kind = np.dtype([("kind", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
    rows = np.frombuffer(data, kind, total, features + 12)
    state, moves = rows[rows["kind"] == 0], rows[rows["kind"] == 1]
    weights = np.zeros(len(names))
    np.add.at(weights, state["source"], np.where(state["label"] == begins, -state["weight"], state["weight"]))
    by_move = {(int(row["source"]), int(row["label"])): float(row["weight"]) for row in moves}
    order = (begins, begins), (begins, 1 - begins), (1 - begins, begins), (1 - begins, 1 - begins)
    stay_out, enter, leave, stay_in = (by_move[move] for move in order)
    return dict(zip(names, weights[list(names.values())].tolist(), strict=True)), (stay_out, enter, leave, stay_in)


def _read_names(data: bytes, start: int) -> Iterator[tuple[str, int]]:
    """(name, number) of a CQDB chunk, by its backward links."""
    count, links = struct.unpack_from("<II", data, start + 16)
    for number in range(count):
        place = start + struct.unpack_from("<I", data, start + links + 4 * number)[0]
        length = struct.unpack_from("<I", data, place + 4)[0]
        yield data[place + 8 : place + 7 + length].decode(), number


def _thirds(triples: Iterable[str]) -> dict[str, Thirds]:
    gathered: dict[str, set[str]] = {}
    for triple in triples:
        if triple.count(" ") == 2:
            two, _, third = triple.lower().rpartition(" ")
            gathered.setdefault(two, set()).add(third)
    return {two: frozenset(third) for two, third in gathered.items()}


class Segmenter:
    """The decoder, with what it has added up so far; threads may share it."""

    def __init__(self, tables: Tables, cut: Callable[[str], list[str]], spelling: Mapping[str, str]) -> None:
        """cut: underthesea's pattern and spelling, text → tokens; spelling: its table, token → token."""
        self._tables, self._cut, self._spelling = tables, cut, spelling
        self._singles: dict[str, Single] = {}
        self._chunks: dict[str, tuple[str, ...]] = {}
        self._usual = _usual(tables)
        self._edges = _edges(tables)
        known, unknown = (tables.shape(_THREES, ".is_in_dict", said) for said in ("True", "False"))
        self._listed = tuple(yes - no for yes, no in zip(known, unknown, strict=True))
        self._titles = tuple(
            tables.shape([place], ".istitle", "True")[0] - tables.shape([place], ".istitle", "False")[0]
            for place in ("0,1", "0,2")
        )

    def words(self, text: str) -> list[str]:
        """What underthesea.word_tokenize gives for the text."""
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
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        chunks = text.split()
        if not chunks:
            return []
        last = chunks.pop()
        known = self._chunks
        try:
            tokens = [token for chunk in chunks for token in known[chunk]]
        except KeyError:
            tokens = [token for chunk in chunks for token in known.get(chunk) or self._cut_chunk(chunk)]
        if last[-1] == "." and (not text[-1].isspace() or (text[-1] == "\n" and not text[-2].isspace())):
            tokens += self._cut(last)  # a dot at the very end is no abbreviation's
        else:
            tokens += known.get(last) or self._cut_chunk(last)
        return tokens

    def _cut_chunk(self, chunk: str) -> tuple[str, ...]:
        word, mark = chunk, ""
        if chunk[-1] == "," or (chunk[-1] == "." and chunk.islower()):
            word, mark = chunk[:-1], chunk[-1]
        if word.isalpha() and not _PARTLY.match(word):  # nothing in it for the pattern to cut
            word = self._spelling.get(word, word)
            tokens: tuple[str, ...] = (word, mark) if mark else (word,)
        else:
            tokens = tuple(self._cut(chunk + " "))
        if len(chunk) <= CHUNK_KEPT:
            if len(self._chunks) >= CHUNKS_KEPT:
                self._chunks.clear()
            self._chunks[chunk] = tokens
        return tokens

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
        goes_on = lead > 0.0
        labels = [goes_on]
        for lead in leads[-2:0:-1]:
            goes_on = lead > (from_in if goes_on else from_out)
            labels.append(goes_on)
        labels.reverse()
        return labels

    def _scores(self, tokens: list[str]) -> list[float]:
        """For each of two tokens or more the score of going on minus that of beginning, transitions aside."""
        twos, twos_lower, twos_cased = self._tables.twos.get, self._tables.twos_lower.get, self._tables.twos_cased.get
        known, add = self._singles.get, self._add_single
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
            far_left, left, centre, right, far_right, title, lower, cased = known(token) or add(token)
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
        """What a triple the model may know gives beyond what every triple gives, at _THREES."""
        own = self._tables.threes.get(value, _NONE)
        if value.lower() in self._tables.words:
            return own[0] + self._listed[0], own[1] + self._listed[1], own[2] + self._listed[2]
        return own

    def _add_single(self, token: str) -> Single:
        tables = self._tables
        lower, title = token.lower(), _is_title(token)
        answers = (".isdigit", _is_number(token)), (".istitle", title), (".is_in_dict", lower in tables.words)
        parts = [tables.shape(_ONES, name, str(said)) for name, said in answers]
        parts += [tables.ones.get(token, _NONE), tables.ones_lower.get(lower, _NONE), self._usual]
        a, b, c, d, e = map(sum, zip(*parts, strict=True))
        if len(self._singles) >= CHUNKS_KEPT:
            self._singles.clear()
        entry = self._singles[token] = (a, b, c, d, e, title, lower, _is_cased(token))
        return entry


def _usual(tables: Tables) -> Weights:
    """What an unknown, untitled pair and triple add, put to the token of theirs that is farthest away."""
    pairs, triples = tables.shape(_TWOS, ".is_in_dict", "False"), tables.shape(_THREES, ".is_in_dict", "False")
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


def _is_title(token: str) -> bool:
    return token[0] == token[0].upper()


def _is_cased(token: str) -> bool:
    """True for a token that its lower case isn't, and for what begins with a digit or mark: a capital to the model."""
    return token != token.lower() or _is_title(token)


def _is_number(token: str) -> bool:
    digits = token.lstrip("0") or "0"
    return token.isascii() and token.isdigit() and len(digits) <= 10 and int(digits) <= _LARGEST


def digest(package: Path) -> str:
    """One digest of the versions and of every file of an installed underthesea that decides its tokens."""
    whole = hashlib.sha256(f"{version('underthesea')} {version('underthesea_core')}".encode())
    for name in _FILES:
        whole.update(hashlib.sha256((package / name).read_bytes()).digest())
    return whole.hexdigest()


def stock() -> Callable[[str], list[str]]:
    """underthesea's own word_tokenize, loaded; the log handler that importing it adds is taken away."""
    with _LOADING:  # its lazy model fails when several threads come first
        return _stock()


def words(text: str) -> list[str]:
    """What underthesea.word_tokenize gives for the text: by the decoder where it is proved, else by the stock call."""
    with _LOADING:
        cut = _proved() or _stock()
    return cut(text)


@lru_cache(maxsize=1)
def _stock() -> Callable[[str], list[str]]:
    cut: Callable[[str], list[str]] = _underthesea().word_tokenize
    cut("xin chào")
    return cut


@lru_cache(maxsize=1)
def _proved() -> Callable[[str], list[str]] | None:
    """The fast decoder, or None for an underthesea it wasn't compared with."""
    package = Path(str(_underthesea().__file__)).parent
    try:
        if digest(package) not in PROVED:
            return None
    except (OSError, PackageNotFoundError):
        return None
    from underthesea.pipeline.text_normalize.text_normalizer import token_map
    from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

    spelling = {token: better for token, better in token_map.items() if len(token) <= 6}
    return Segmenter(read_tables(package / _MODEL), tokenize, spelling).words


def _underthesea() -> ModuleType:
    import logging

    before = list(logging.root.handlers)
    import underthesea

    logging.root.handlers[:] = before
    package: ModuleType = underthesea
    return package
