"""Hashed n-grams of words and letters, counted for a whole batch at once with numpy.

Every text gives three families: words as written (1 and 2), words without diacritics (1 to 3), and runs of 3 to 5
letters without diacritics. No vocabulary is kept: a feature is a number, found by arithmetic on letters, so a model
is a few arrays and loads at once. A text typed without diacritics meets the folded families' weights.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.text import fold

Codes = NDArray[np.uint64]
Ints = NDArray[np.int64]

BITS = 20  # a million n-grams told apart, of which a reader keeps a seventh: of 131,072 it is 0.006 less precise
MOST_WORDS = 400  # the head of a post carries its subject; this bounds the time of a 1 MB text
WRITTEN, FOLDED, LETTERS = 2, 3, (3, 4, 5)

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_EDGE = (0x5BD1E995).to_bytes(8, "little")  # stands before the first and after the last word


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a batch in one row, with an edge mark at both ends of every text.

    written, folded (m,) word codes; owner (m,) which text a word is of; bare (n,) True for a text typed without
    diacritics; letters, letter_owner: the folded letters likewise.
    """

    written: Codes
    folded: Codes
    owner: Ints
    letters: Codes
    letter_owner: Ints
    bare: NDArray[np.bool_]
    texts: int


def words(text: str) -> list[str]:
    """Lower-case words, at most MOST_WORDS; a number becomes as many zeros as it has signs, up to six."""
    head = text[: MOST_WORDS * 12].lower()
    return _WORD.findall(_NUMBER.sub(_shape, head))[:MOST_WORDS]


def word_code(word: str) -> bytes:
    """A 64-bit code of a word, the same on every machine and in every run; the lowest byte first."""
    return blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()


def tokens(texts: Sequence[str]) -> Tokens:
    """Read a batch of normalised texts into word and letter codes."""
    written: list[bytes] = []
    folded: list[bytes] = []
    counts: list[int] = []
    lines: list[str] = []
    for text in texts:
        read = list(map(_read, words(text)))
        as_written, without, forms = zip(*read, strict=True) if read else ((), (), ())
        written += (_EDGE, *as_written, _EDGE)
        folded += (_EDGE, *without, _EDGE)
        counts.append(len(forms) + 2)
        lines.append(f" {' '.join(forms)} ")
    letters = np.frombuffer("".join(lines).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), counts)
    codes, bare_codes = (np.frombuffer(b"".join(one), dtype="<u8").astype(np.uint64) for one in (written, folded))
    marked = np.bincount(owner[codes != bare_codes], minlength=len(texts))
    return Tokens(
        written=codes,
        folded=bare_codes,
        owner=owner,
        letters=letters,
        letter_owner=np.repeat(np.arange(len(texts)), [len(line) for line in lines]),
        # quotations keep a stray accent even in texts typed without; one word in sixteen is still bare
        bare=16 * marked < np.array(counts, dtype=np.int64) - 2,
        texts=len(texts),
    )


def runs(codes: Codes, owner: Ints, length: int) -> tuple[Codes, Ints]:
    """Codes (m,) of every run of `length` neighbours within one text, and the text of each (m,)."""
    code, start = starts(codes, owner, length)
    return code, owner[start]


def starts(codes: Codes, owner: Ints, length: int) -> tuple[Codes, Ints]:
    """Codes (m,) of every run of `length` neighbours within one text, and where each begins among all codes (m,).

    owner (codes,): the text that each code is of; the codes of a text stand together."""
    last = len(codes) - length + 1
    if last <= 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    code = codes[:last].copy()
    for place in range(1, length):
        code *= _STEP
        code ^= codes[place : place + last]
    inside = np.flatnonzero(owner[:last] == owner[length - 1 :])
    return code[inside], inside


def gram_matrix(read: Tokens) -> Any:
    """CSR matrix (texts, 2**BITS), float64; each family of a text has squared weights that sum to one."""
    from scipy import sparse

    written = [runs(read.written, read.owner, n) for n in range(1, WRITTEN + 1)]
    folded = [runs(read.folded, read.owner, n) for n in range(1, FOLDED + 1)]
    letters = [runs(read.letters, read.letter_owner, n) for n in LETTERS]
    blocks = [
        (_rows(codes, seed=10 * family + place), owner, family)
        for family, parts in enumerate((written, folded, letters))
        for place, (codes, owner) in enumerate(parts)
    ]
    sizes = np.array([np.bincount(owner, minlength=read.texts) for _, owner, _ in blocks])
    ends = np.cumsum(sizes.sum(axis=0))
    pointer = np.concatenate(([0], ends))
    columns = np.empty(pointer[-1], dtype=np.int32)
    total = {family: sum(sizes[i] for i, b in enumerate(blocks) if b[2] == family) for family in range(3)}
    begin = pointer[:-1].copy()
    for (rows, owner, _), size in zip(blocks, sizes, strict=True):
        first = np.concatenate(([0], np.cumsum(size)[:-1]))
        columns[(begin - first)[owner] + np.arange(len(rows))] = rows
        begin += size
    weights = np.array([1.0 / np.sqrt(np.maximum(total[family], 1)) for _, _, family in blocks])
    values = np.repeat(weights.T.ravel(), sizes.T.ravel())
    return sparse.csr_matrix((values, columns, pointer), shape=(read.texts, 1 << BITS))


def _rows(codes: Codes, *, seed: int) -> Ints:
    """Table rows of codes: the top bits of a multiplied code, different for every family and length."""
    mixed = (codes ^ np.uint64(seed * 0x1F123BB5)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _STEP
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def _shape(number: re.Match[str]) -> str:
    """Zeros in place of a number, so that the reader sees its size and not its value."""
    return "0" * min(len(number.group()), 6)


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[bytes, bytes, str]:
    """Code as written, code folded, folded form."""
    form = fold(word)
    return word_code(word), word_code(form), form
