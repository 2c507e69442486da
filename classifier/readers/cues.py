"""Cue words and outward form of a text: the features a person could name."""

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from math import log1p
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import tomli
from numpy.typing import NDArray

from classifier.errors import ClassifierError, ModelRefused
from classifier.files import sha256
from classifier.readers.grams import MOST_WORDS, Codes, Ints, Tokens, starts, word_code, words
from classifier.text import fold

FILE = "cues.json.xz"  # of a model: the phrases that its readers were fitted with
LONGEST = 6  # syllables in a cue
SURE = 3  # syllables from which on a cue is known without its diacritics
MOST = 1 << 24  # bytes of phrases in a model, and of what is unpacked at most
SIEVE = 18
HEAD = 14  # words; what a text opens with is more often its subject than what it mentions later
NEAR = 8  # words; whom something is done to stands this near to what is done
FORM = (
    "length", "short", "asks", "exclaims", "ends_asking", "ends_full", "starts_small", "trails_off", "numbers",
    "number_share", "capitals", "titled", "quotes", "hashtag", "link", "percent", "date", "bare",
)  # fmt: skip

_FIRST = itemgetter(0)
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

    A phrase of SURE syllables and more is found with whatever diacritics: hardly any other is spelt as it is without.
    Shorter ones are found as written, in a text that ragged.even gave its diacritics back.
    """

    names: tuple[str, ...]
    keys: tuple["Keys", ...]
    source: Mapping[str, tuple[str, ...]]

    @property
    def width(self) -> int:
        """Number of columns that cue_matrix gives."""
        return 3 * len(self.names) + len(self.who) * len(self.what) + len(FORM)

    def topical(self) -> NDArray[np.float32]:
        """(width,) 1 for columns that say what a text is about, 0 for how it speaks and looks."""
        return np.concatenate([self._of_groups(kind=False), np.zeros(len(FORM), dtype=np.float32)])

    def manner(self) -> NDArray[np.float32]:
        """(width,) 1 for columns that say how a text speaks and looks, 0 for what it is about."""
        return np.concatenate([self._of_groups(kind=True), np.ones(len(FORM), dtype=np.float32)])

    def _of_groups(self, *, kind: bool) -> NDArray[np.float32]:
        """1 for the columns of the groups that are, or aren't, of kind; before those of the outward form."""
        own = np.array([name.startswith("kind.") == kind for name in self.names], dtype=np.float32)
        return np.concatenate([own, own, own, np.full(len(self.who) * len(self.what), not kind, dtype=np.float32)])

    @property
    def who(self) -> tuple[int, ...]:
        """Groups that name whom something is done to or by."""
        return _of_table(self.names, "who.")

    @property
    def what(self) -> tuple[int, ...]:
        """Groups that name what is done."""
        return _of_table(self.names, "what.")


@lru_cache(maxsize=16)  # asked for several times a batch
def _of_table(names: tuple[str, ...], table: str) -> tuple[int, ...]:
    """Which of the groups are of a table."""
    return tuple(at for at, name in enumerate(names) if name.startswith(table))


def load_cues(path: Path) -> Cues:
    """Read data/cues.toml; raises ClassifierError when it isn't tables of comma-parted strings."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
        groups = {f"{table}.{name}": value for table, rows in tables.items() for name, value in rows.items()}
        phrases = {
            name: tuple(" ".join(p.split()) for p in value.split(",") if p.strip()) for name, value in groups.items()
        }
    except (OSError, tomli.TOMLDecodeError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise ClassifierError(f"{path.name} can't be read as groups of cue words: {error}") from error
    return make_cues(phrases)


def save_cues(cues: Cues, directory: Path) -> dict[str, list[str]]:
    """Write the phrases into a model's folder, once for all its readers; gives what a reader knows them by.

    Raises ClassifierError where other phrases lie there already.
    """
    told = json.dumps({name: cues.source[name] for name in sorted(cues.source)}, ensure_ascii=False)
    packed = _packed(told.encode("utf-8"))
    path = directory / FILE
    if path.exists() and path.read_bytes() != packed:
        raise ClassifierError(f"{directory.name} holds other cues already; readers of one model share theirs")
    path.write_bytes(packed)
    return {FILE: [sha256(path)]}


@lru_cache(maxsize=1)
def _packed(told: bytes) -> bytes:
    """The readers of a model bear the same cues, and packing them takes a second."""
    return lzma.compress(told)


def stored_cues(directory: Path, told: Mapping[str, Sequence[str]]) -> Cues:
    """The cues that save_cues wrote, by what it gave; raises ModelRefused when they are missing or others."""
    path = directory / FILE
    if not path.exists() or [sha256(path)] != told[FILE]:
        raise ModelRefused(f"{FILE} in {directory.name} isn't the one its readers were fitted with; restore it")
    return _unpacked(path.read_bytes())


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Cues:
    """The readers of a model bear the same cues, and making them takes a third of a second."""
    unpack = lzma.LZMADecompressor()
    text = unpack.decompress(packed, max_length=MOST)
    if not unpack.eof:
        raise ModelRefused(f"{FILE} is damaged or holds more than any cues; restore it")
    return make_cues(json.loads(text))


def make_cues(phrases: Mapping[str, Sequence[str]]) -> Cues:
    """Cues from group name to phrases; the same phrase may stand in several groups. Raises ClassifierError for one that
    is empty or too long."""
    names = tuple(sorted(phrases))  # columns must not depend on the order of a file
    flat = [phrase for name in names for phrase in phrases[name]]
    group = np.repeat(np.arange(len(names)), [len(phrases[name]) for name in names])
    cut = [phrase.split() if phrase.replace(" ", "").isalpha() else words(phrase) for phrase in flat]
    sizes = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut))
    for at in np.flatnonzero((sizes < 1) | (sizes > LONGEST))[:1]:
        raise ClassifierError(f'cue "{flat[at]}" has {sizes[at]} syllables; 1 to {LONGEST} can be matched')
    different: defaultdict[str, int] = defaultdict(count().__next__)
    which = np.fromiter(map(different.__getitem__, chain.from_iterable(cut)), dtype=np.int64, count=sizes.sum())
    written, folded = (_codes(map(form, different))[which] for form in (str.lower, fold))
    owner = np.repeat(np.arange(len(flat)), sizes)
    keys = []
    for length in range(1, LONGEST + 1):
        held = np.flatnonzero(sizes[owner] == length)
        whole, first = starts((folded if length >= SURE else written)[held], owner[held], length)
        keys.append(_sorted(whole, group[owner[held[first]]]))
    return Cues(names, tuple(keys), {name: tuple(phrases[name]) for name in names})


def _codes(syllables: Iterable[str]) -> Codes:
    return np.frombuffer(b"".join(map(word_code, syllables)), dtype="<u8").astype(np.uint64)


def cue_matrix(texts: Sequence[str], read: Tokens, cues: Cues) -> Any:
    """CSR (n, cues.width) float64: of every group its log count, whether it is there, and its log count in the head;
    how often each who stands near each what, as log count; the outward form."""
    from scipy import sparse

    found, groups, n = _hits(read, cues), len(cues.names), read.texts
    early = found.place <= HEAD
    met, pair = _met(found, cues)
    form = np.array([_form(text, bool(flag)) for text, flag in zip(texts, read.bare, strict=True)], dtype=np.float64)
    rows = [found.owner, found.owner, found.owner[early], met, np.repeat(np.arange(n), len(FORM))]
    last = cues.width - len(FORM)
    columns = [found.group, found.group + groups, found.group[early] + 2 * groups, pair + 3 * groups,
               np.tile(np.arange(last, cues.width), n)]  # fmt: skip
    values = np.concatenate([np.ones(sum(map(len, rows[:-1]))), form.ravel()])
    told = sparse.csr_matrix((values, (np.concatenate(rows), np.concatenate(columns))), shape=(n, cues.width))
    counted = told.indices < last
    told.data[counted] = np.log1p(told.data[counted])
    told.data[(told.indices >= groups) & (told.indices < 2 * groups)] = 1.0
    return told


@dataclass(frozen=True, slots=True)
class Hits:
    """Cue phrases found in a batch, (m,) each: of which text, of which group, at which word (1 is the first)."""

    owner: Ints
    group: Ints
    place: Ints

    def of(self, groups: Sequence[int]) -> "Hits":
        """Those of some groups, numbered as these are."""
        number = np.full(max(self.group.max(initial=0), *groups, 0) + 1, -1)
        number[list(groups)] = np.arange(len(groups))
        told = number[self.group]
        mine = np.flatnonzero(told >= 0)
        return Hits(self.owner[mine], told[mine], self.place[mine])


def _hits(read: Tokens, cues: Cues) -> Hits:
    """Every phrase of every group, wherever it stands."""
    place = np.arange(len(read.owner)) - np.searchsorted(read.owner, read.owner)  # 0 is the edge mark
    found: list[tuple[Ints, Ints, Ints]] = [(np.zeros(0, dtype=np.int64),) * 3]
    for length, keys in enumerate(cues.keys, start=1):
        code, start = starts(read.written if length < SURE else read.folded, read.owner, length)
        keep = keys.begun[code >> np.uint64(64 - SIEVE)]
        code, start = code[keep], start[keep]
        first = np.searchsorted(keys.codes, code, side="left")
        depth = np.searchsorted(keys.codes, code, side="right") - first
        for layer in range(int(depth.max(initial=0))):
            hit = np.flatnonzero(depth > layer)
            found.append((read.owner[start[hit]], keys.groups[first[hit] + layer], place[start[hit]]))
    return Hits(*map(np.concatenate, zip(*found, strict=True)))


def _met(found: Hits, cues: Cues) -> tuple[Ints, Ints]:
    """Of each phrase of a who that stands within NEAR words of one of a what: the text, and which of who * what."""
    who, what = found.of(cues.who), found.of(cues.what)
    # places on one line, the texts so far apart that none is near another; only neighbours are ever paired
    apart = MOST_WORDS + 2 * NEAR + 2
    here, there = (one.owner * apart + one.place for one in (who, what))
    order = np.argsort(there, kind="stable")
    first = np.searchsorted(there[order], here - NEAR, side="left")
    count = np.searchsorted(there[order], here + NEAR, side="right") - first
    one = np.repeat(np.arange(len(here)), count)
    two = order[np.arange(len(one)) + np.repeat(first - (np.cumsum(count) - count), count)]
    return who.owner[one], who.group[one] * len(cues.what) + what.group[two]


def _sorted(codes: Codes, groups: Ints) -> Keys:
    """The phrases of one length, (m,) codes and groups in any order, without repeats."""
    order = np.lexsort((groups, codes))
    codes, groups = codes[order], groups[order]
    new = np.append(True, (codes[1:] != codes[:-1]) | (groups[1:] != groups[:-1]))[: len(codes)]
    codes, groups = codes[new], groups[new]
    begun = np.zeros(1 << SIEVE, dtype=bool)
    begun[codes >> np.uint64(64 - SIEVE)] = True
    return Keys(codes, groups, begun)


def _form(text: str, bare: bool) -> tuple[float, ...]:
    """How a text looks: length, marks, numbers, capitals; in the order of FORM, each about 0 to 3."""
    head = text[:4000]
    parts = head.split()
    share = 3.0 / (len(parts) + 1)
    numbers = len(_DIGITS.findall(head))
    shouted = sum(len(part) > 1 for part in filter(str.isupper, parts))
    titled = sum(map(str.isupper, map(_FIRST, parts)))
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
        shouted * share,
        titled * share,
        min(text.count('"') + text.count("“") + text.count("'"), 4) / 4,
        "#" in text,
        "http" in text,
        "%" in text,
        ("/" in head or "-" in head) and _DATE.search(head) is not None,
        bare,
    )
