"""Near duplicates: a few keys that edited copies of a text share, and how alike two texts are word by word.

A key is the hash of four words in a row, accents and case aside; a text keeps its KEYS smallest. Two texts that share
a share J of their runs share at least one key with probability about 1 - (1 - J)**KEYS, so eight keys find what takes
MinHash bands several times as many rows; and unrelated texts seldom have four words in a row in common, so that
candidates stay few at ten million posts. Candidates are then compared by similar().
"""

from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from classifier.text.reading import fold, normalise, words

KEYS = 8
RUN = 4  # words in a row that make a key
NEAR = 0.4  # Jaccard of word pairs from which two texts say the same: 15 % of the words may differ
LIMIT = 20_000  # characters read: a longer copy shares its beginning

_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)
_TOP = np.uint64(1)


@lru_cache(maxsize=32)  # a claim is read for its keys, then beside each that shares one
def said(text: str) -> tuple[str, ...]:
    """The words of a text, case, accents, punctuation and spacing aside."""
    return tuple(words(fold(normalise(text))))


def bands(text: str) -> list[int]:
    """At most KEYS keys of 63 bits, ascending; [] for a text without words. Edited copies share at least one."""
    return sorted(set(_runs(_codes(text), RUN).tolist()))[:KEYS]


def similar(one: str, other: str) -> float:
    """Jaccard of the pairs of neighbouring words, 0 to 1, accents and case aside; 0 when either has no words."""
    left, right = _pairs(one), _pairs(other)
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


def _pairs(text: str) -> set[tuple[str, str]]:
    read = said(text[:LIMIT])
    return set(pairwise(read)) or {(word, "") for word in read}


def _codes(text: str) -> NDArray[np.uint64]:
    read = said(text[:LIMIT])
    return np.fromiter(map(_code, read), dtype=np.uint64, count=len(read))


@lru_cache(maxsize=65_536)
def _code(word: str) -> int:
    raw = word.encode("utf-8", "replace")
    return crc32(raw) << 32 | crc32(raw, 0x5013)


def _runs(codes: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """Hashes of all runs of words, in order; one for the whole text where it is shorter than a run."""
    length = min(length, len(codes))
    if not length:
        return codes
    total = np.zeros(len(codes) - length + 1, dtype=np.uint64)
    for place in range(length):
        total += codes[place : len(codes) - length + 1 + place] * _ODD[place]
    total ^= total >> _HALF
    total *= _MIX
    total ^= total >> _HALF
    return total >> _TOP
