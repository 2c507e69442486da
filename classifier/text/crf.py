"""The weights of a two-label CRFsuite model of word segmentation, put side by side for a fast decoder."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# where the tokens stand, by the token scored, that templates of one, two and three tokens look at
ONES, TWOS, THREES = ("-2", "-1", "0", "1", "2"), ("-2,-1", "-1,0", "0,1", "1,2"), ("-2,0", "-1,1", "0,2")
LARGEST = 2**31 - 1  # what the model's featurizer still takes for a number

Weights = tuple[float, ...]
Thirds = frozenset[str] | None  # third tokens, lower case, that make a triple the model may know
Row = tuple[float, float, float, float, Thirds]  # what a pair adds at TWOS beyond what an unknown pair adds
NONE: Weights = (0.0,) * 5


@dataclass(frozen=True, slots=True)
class Tables:
    """A weight for each attribute (going on minus beginning), those of one value side by side; and the transitions."""

    words: frozenset[str]  # the model's dictionary, lower case
    shapes: dict[str, float]  # attributes about the shape of tokens and the edges, by their full name
    ones: dict[str, Weights]  # token → its weights at ONES
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
    known, unknown = ([shapes.get(f"T[{at}].is_in_dict={said}", 0.0) for at in TWOS] for said in ("True", "False"))
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
        own, more = lower.get(pair, NONE), change if pair in listed else NONE
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
        if any(map(is_cased, pair)):
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
    size = next(size for size, places in enumerate((ONES, TWOS, THREES)) if place in places)
    return size, function, (ONES, TWOS, THREES)[size].index(place)


def _read_crfsuite(data: bytes) -> tuple[dict[str, float], tuple[float, float, float, float]]:
    """Weights by attribute name, and transitions, out of a CRFsuite model file with the labels B-W and I-W."""
    import numpy as np  # here alone: whoever reads no text has no need of it

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


def is_title(token: str) -> bool:
    return token[0] == token[0].upper()


def is_cased(token: str) -> bool:
    """True for a token that its lower case isn't, and for what begins with a digit or mark: a capital to the model."""
    return token != token.lower() or is_title(token)


def is_number(token: str) -> bool:
    digits = token.lstrip("0") or "0"
    return token.isascii() and token.isdigit() and len(digits) <= 10 and int(digits) <= LARGEST
