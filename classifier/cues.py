"""Cue words and outward form of a text: the features a person could name."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.grams import Codes, Floats, Ints, Tokens, starts, tokens

LONGEST = 6  # syllables in a cue
SIEVE = 16
HEAD = 14  # words; what a text opens with is more often its subject than what it mentions later
FORM = (
    "length", "short", "asks", "exclaims", "ends_asking", "ends_full", "starts_small", "trails_off", "numbers",
    "number_share", "capitals", "titled", "quotes", "hashtag", "link", "percent", "date", "bare",
)  # fmt: skip

_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}")
_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Keys:
    """The phrases of one length: sorted codes with their groups, and which beginnings of a code there are."""

    codes: Codes
    groups: Ints
    begun: NDArray[np.bool_]  # by the first SIEVE bits: most codes of a text are no key's and end here


@dataclass(frozen=True, slots=True)
class Cues:
    """Groups of cue phrases: names of the groups, and the phrases of each length in syllables.

    Written phrases serve texts with diacritics, folded ones texts without.
    """

    names: tuple[str, ...]
    written: tuple["Keys", ...]
    folded: tuple["Keys", ...]
    source: Mapping[str, tuple[str, ...]]

    @property
    def width(self) -> int:
        """Number of columns that cue_matrix gives."""
        return 3 * len(self.names) + len(self.who) * len(self.what) + len(FORM)

    def topical(self) -> NDArray[np.float32]:
        """(width,) 1 for columns that say what a text is about, 0 for how it speaks and looks."""
        topic = np.array([not name.startswith("kind.") for name in self.names], dtype=np.float32)
        met = np.ones(len(self.who) * len(self.what), dtype=np.float32)
        return np.concatenate([topic, topic, topic, met, np.zeros(len(FORM), dtype=np.float32)])

    @property
    def who(self) -> list[int]:
        """Groups that name whom something is done to or by."""
        return [at for at, name in enumerate(self.names) if name.startswith("who.")]

    @property
    def what(self) -> list[int]:
        """Groups that name what is done."""
        return [at for at, name in enumerate(self.names) if name.startswith("what.")]


def load_cues(path: Path) -> Cues:
    """Read data/cues.toml; raises ClassifierError when it isn't two tables of comma-parted strings."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = {f"{table}.{name}": value for table, rows in tables.items() for name, value in rows.items()}
        phrases = {name: tuple(p.strip() for p in value.split(",") if p.strip()) for name, value in groups.items()}
    except (OSError, tomllib.TOMLDecodeError, AttributeError, UnicodeDecodeError) as error:
        raise ClassifierError(f"{path.name} can't be read as groups of cue words: {error}") from error
    return make_cues(phrases)


def make_cues(phrases: Mapping[str, Sequence[str]]) -> Cues:
    """Cues from group name to phrases; the same phrase may stand in several groups."""
    names = tuple(sorted(phrases))  # columns must not depend on the order of a file
    flat = [(phrase, group) for group, name in enumerate(names) for phrase in phrases[name]]
    read = tokens([phrase for phrase, _ in flat])
    groups = np.array([group for _, group in flat], dtype=np.int64)
    long = np.bincount(read.owner, minlength=len(flat)) - 2  # without the marks at either edge
    for (phrase, _), count in zip(flat, long, strict=True):
        if not 0 < count <= LONGEST:
            raise ClassifierError(f'cue "{phrase}" has {count} syllables; 1 to {LONGEST} can be matched')
    found: list[tuple[int, int, int, int]] = []  # length, written code, folded code, group
    for length in range(1, LONGEST + 1):
        held = np.flatnonzero(long == length)
        first = np.searchsorted(read.owner, held) + 1
        written, folded = (_at(codes, read.owner, length, first) for codes in (read.written, read.folded))
        found += zip([length] * len(held), written, folded, groups[held].tolist(), strict=True)
    return Cues(
        names=names,
        written=tuple(_sorted(found, length, 1) for length in range(1, LONGEST + 1)),
        folded=tuple(_sorted(found, length, 2) for length in range(1, LONGEST + 1)),
        source={name: tuple(phrases[name]) for name in names},
    )


def _at(codes: Codes, owner: Ints, length: int, first: Ints) -> list[int]:
    """Codes of the runs of a length that begin at these places."""
    code, start = starts(codes, owner, length)
    found: list[int] = code[np.searchsorted(start, first)].tolist()
    return found


def cue_matrix(texts: Sequence[str], read: Tokens, cues: Cues) -> NDArray[np.float32]:
    """(n, cues.width) float32: of every group its log count, whether it is there, and its log count in the head;
    every who times every what; the outward form."""
    counts = np.zeros((2, read.texts, len(cues.names)))
    place = np.arange(len(read.owner)) - np.searchsorted(read.owner, read.owner)  # 0 is the edge mark
    for codes, tables, wanted in ((read.written, cues.written, False), (read.folded, cues.folded, True)):
        if not (read.bare == wanted).any():
            continue
        mine = read.bare[read.owner] == wanted
        for length, keys in enumerate(tables, start=1):
            code, start = starts(codes, read.owner, length)
            keep = keys.begun[code >> np.uint64(64 - SIEVE)] & mine[start]
            _count(counts, code[keep], start[keep], keys, owner=read.owner, place=place)
    form = np.array([_form(text, bool(flag)) for text, flag in zip(texts, read.bare, strict=True)])
    form = form.reshape(len(texts), len(FORM)).astype(np.float32)
    logs = np.log1p(counts)
    met = (logs[0][:, cues.who, None] * logs[0][:, None, cues.what]).reshape(len(texts), len(cues.who) * len(cues.what))
    return np.hstack([logs[0], counts[0] > 0, logs[1], met, form]).astype(np.float32)


def _count(counts: Floats, code: Codes, start: Ints, keys: Keys, *, owner: Ints, place: Ints) -> None:
    """Add every code that is a key to counts[0, text, group], and to counts[1] when it begins in the head."""
    first = np.searchsorted(keys.codes, code, side="left")
    depth = np.searchsorted(keys.codes, code, side="right") - first
    for layer in range(int(depth.max(initial=0))):
        hit = np.flatnonzero(depth > layer)
        group, at = keys.groups[first[hit] + layer], start[hit]
        np.add.at(counts[0], (owner[at], group), 1)
        early = place[at] <= HEAD
        np.add.at(counts[1], (owner[at][early], group[early]), 1)


def _sorted(found: Sequence[tuple[int, int, int, int]], length: int, column: int) -> Keys:
    """The phrases of one length, without repeats."""
    rows = sorted({(row[column], row[3]) for row in found if row[0] == length})
    codes = np.array([code for code, _ in rows], dtype=np.uint64)
    begun = np.zeros(1 << SIEVE, dtype=bool)
    begun[codes >> np.uint64(64 - SIEVE)] = True
    return Keys(codes, np.array([group for _, group in rows], dtype=np.int64), begun)


def _form(text: str, bare: bool) -> tuple[float, ...]:
    """How a text looks: length, marks, numbers, capitals; in the order of FORM, each about 0 to 3."""
    head = text[:4000]
    parts = head.split()
    share = 3.0 / (len(parts) + 1)
    numbers = len(_DIGITS.findall(head))
    shouted = [part for part in filter(str.isupper, parts) if len(part) > 1]
    titled = list(filter(str.isupper, [part[0] for part in parts]))
    end = text.rstrip()[-1:]
    return (
        log1p(len(parts)) / 5,
        min(len(parts), 12) / 12,
        min(text.count("?"), 3),
        min(text.count("!"), 3),
        end == "?",
        end == ".",
        text[:1].islower(),
        "..." in text or "…" in text,
        min(numbers, 5) / 5,
        numbers * share,
        len(shouted) * share,
        len(titled) * share,
        min(text.count('"') + text.count("“") + text.count("'"), 4) / 4,
        "#" in text,
        "http" in text,
        "%" in text,
        ("/" in head or "-" in head) and _DATE.search(head) is not None,
        bare,
    )
