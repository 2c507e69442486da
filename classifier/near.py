"""Which earlier posts a new one may repeat, for tens of millions of posts on one machine.

Each near-duplicate key leads to the first post that had it. Keys lie in hash tables of 8 bytes a slot, in files mapped
into memory; a full table is left as it is and the next one is twice as large, so nothing is ever moved, ten million
posts take about 1.1 GB of disk, and a lookup touches a handful of places however many there are. The tables hold
nothing that the store doesn't: when they are lost they are filled again from the posts.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIRST = 1 << 20  # slots of the first table: 8 MB, about 90,000 posts
FULL = 0.7  # share of slots taken at which the next table begins
_HALF = np.uint64(32)

Slots = NDArray[np.uint64]


class NearIndex:
    """Keys → first posts. One writer at a time; posts are numbered from 1 and below 2**32."""

    def __init__(self, folder: Path | None = None, *, first: int = FIRST) -> None:
        """folder: where the tables are kept, made when missing; None keeps them in memory."""
        self._folder, self._first = folder, first
        self._tables: list[Slots] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(folder.glob("near-*.u64")):
                self._tables.append(np.memmap(path, dtype=np.uint64, mode="r+"))
        if not self._tables:
            self._grow()
        self._used = int(np.count_nonzero(self._tables[-1]))

    def __len__(self) -> int:
        """Keys held."""
        return sum(int(np.count_nonzero(table)) for table in self._tables)

    def assign(self, posts: Sequence[int], keys: Sequence[Sequence[int]]) -> list[list[int]]:
        """For each post of a batch the earlier posts that share a key, ascending; its new keys then lead to it."""
        flat = np.array([key for of_post in keys for key in of_post], dtype=np.uint64)
        owner = np.repeat(np.array(posts, dtype=np.uint64), [len(of_post) for of_post in keys])
        found = self._find(flat)
        missing = np.flatnonzero(found == 0)
        if len(missing):
            fresh, first = np.unique(flat[missing], return_index=True)  # of equal keys the first post's
            self._add(fresh, owner[missing][first])
            found[missing] = owner[missing][first][np.searchsorted(fresh, flat[missing])]
        ends = np.cumsum([len(of_post) for of_post in keys])
        return [
            sorted({int(other) for other in found[end - len(of_post) : end]} - {post})
            for post, of_post, end in zip(posts, keys, ends, strict=True)
        ]

    def fill(self, posts: Slots, keys: Slots) -> None:
        """Keys with their posts, by which lost tables are filled again; a key that is known already stays as it is."""
        fresh, first = np.unique(keys, return_index=True)
        new = self._find(fresh) == 0
        self._add(fresh[new], posts[first][new])

    def flush(self) -> None:
        """Write what was assigned to disk."""
        for table in self._tables:
            if isinstance(table, np.memmap):
                table.flush()

    def _find(self, keys: Slots) -> Slots:
        """The post each key leads to, 0 for a new key."""
        found = np.zeros(len(keys), dtype=np.uint64)
        for table in reversed(self._tables):
            left = np.flatnonzero(found == 0)
            found[left] = _look_up(table, keys[left])
        return found

    def _add(self, keys: Slots, posts: Slots) -> None:
        at = 0
        while at < len(keys):
            room = int(FULL * len(self._tables[-1])) - self._used
            if room <= 0:
                self._grow()
                continue
            part = slice(at, at + room)
            _put(self._tables[-1], keys[part], posts[part])
            self._used += len(keys[part])
            at += room

    def _grow(self) -> None:
        size = self._first << len(self._tables)
        if self._folder is None:
            self._tables.append(np.zeros(size, dtype=np.uint64))
        else:
            path = self._folder / f"near-{len(self._tables):02}.u64"
            self._tables.append(np.memmap(path, dtype=np.uint64, mode="w+", shape=(size,)))
        self._used = 0


def _look_up(table: Slots, keys: Slots) -> Slots:
    """Linear probing for all keys at once."""
    last = np.uint64(len(table) - 1)
    found = np.zeros(len(keys), dtype=np.uint64)
    left = np.arange(len(keys))
    place = keys & last
    while len(left):
        slots = table[place]
        same = (slots >> _HALF) == (keys[left] >> _HALF)
        found[left[same]] = slots[same] & np.uint64(0xFFFFFFFF)
        on = ~same & (slots != 0)
        left, place = left[on], (place[on] + np.uint64(1)) & last
    return found


def _put(table: Slots, keys: Slots, posts: Slots) -> None:
    """Write keys that aren't in the table yet, each into the first free slot from its place on."""
    last = np.uint64(len(table) - 1)
    values = (keys >> _HALF << _HALF) | posts
    place = keys & last
    while len(values):
        free = table[place] == 0
        table[place[free]] = values[free]  # of several that want one slot the last writer has it
        on = table[place] != values
        values, place = values[on], (place[on] + np.uint64(1)) & last
