"""Greedy string tiling of two texts: what they share, and what one inserts, replaces or leaves out."""

import itertools
from collections import defaultdict
from dataclasses import dataclass

from classifier.text.syllables import Syllables

NEAR = 12  # evidence syllables a replacement may span between two tiles that belong together


@dataclass(frozen=True, slots=True)
class Tile:
    """A run shared by both: syllables from claim and from evidence, length long."""

    claim: int
    evidence: int
    length: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch not shared; kind is insert (claim only), delete (evidence only), replace or move (no partner)."""

    kind: str
    claim: tuple[int, int]
    evidence: tuple[int, int]


def tiles(claim: Syllables, evidence: Syllables) -> list[Tile]:
    """Longest shared runs first, none overlapping, in claim order; single syllables only beside a longer run."""
    taken_claim, taken_evidence = bytearray(len(claim)), bytearray(len(evidence))
    laid: list[Tile] = []
    for length, start, at in _runs(claim.folded, evidence.folded):
        for offset, size in _free(taken_claim[start : start + length], taken_evidence[at : at + length]):
            one, two = start + offset, at + offset
            if size == 1 and not _beside(laid, one, two):
                continue
            taken_claim[one : one + size] = taken_evidence[two : two + size] = b"\1" * size
            laid.append(Tile(one, two, size))
    return sorted(laid, key=lambda tile: tile.claim)


def _runs(claim: tuple[str, ...], evidence: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Maximal diagonal runs (length, claim start, evidence start), longest first."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(evidence):
        places[word].append(at)
    found: list[tuple[int, int, int]] = []
    below: dict[int, int] = {}
    for start in range(len(claim) - 1, -1, -1):
        if claim[start] not in places:
            below = {}
            continue
        here = {at: below.get(at + 1, 0) + 1 for at in places[claim[start]]}
        ended = {at for at in here if start == 0 or at == 0 or claim[start - 1] != evidence[at - 1]}
        found.extend((here[at], start, at) for at in ended)
        below = here
    return sorted(found, key=lambda run: (-run[0], run[1], run[2]))


def _free(claim: bytearray, evidence: bytearray) -> list[tuple[int, int]]:
    """Stretches (offset, length) of a run that neither side has given to a longer one."""
    found: list[tuple[int, int]] = []
    size = 0
    for offset, (one, two) in enumerate(zip(claim, evidence, strict=True)):
        if one or two:
            if size:
                found.append((offset - size, size))
            size = 0
        else:
            size += 1
    return [*found, (len(claim) - size, size)] if size else found


def _beside(laid: list[Tile], claim: int, evidence: int) -> bool:
    """Whether a single shared syllable stands in the gap next to a tile, in the same order in both."""
    for tile in laid:
        ahead, past = tile.claim - claim, tile.evidence - evidence
        if 0 < ahead <= 6 and 0 < past <= 8:
            return True
        behind, gone = claim - tile.claim - tile.length, evidence - tile.evidence - tile.length
        if 0 <= behind <= 5 and 0 <= gone <= 7:
            return True
    return False


def segments(claim: Syllables, evidence: Syllables, laid: list[Tile]) -> list[Segment]:
    """What stands between the tiles, in claim order; evidence before the first and after the last tile is left out."""
    if not laid:
        return [Segment("move", (0, len(claim)), (0, 0))] if len(claim) else []
    found: list[Segment] = []
    first, last = laid[0], laid[-1]
    if first.claim:
        found.append(_edge((0, first.claim), evidence, laid, before=first.evidence))
    for one, two in itertools.pairwise(laid):
        gap = (one.claim + one.length, two.claim)
        other = (one.evidence + one.length, two.evidence)
        found.extend(_between(gap, other, laid))
    if last.claim + last.length < len(claim):
        found.append(_edge((last.claim + last.length, len(claim)), evidence, laid, after=last.evidence + last.length))
    return found


def _between(gap: tuple[int, int], other: tuple[int, int], laid: list[Tile]) -> list[Segment]:
    """The segment between two tiles: a partner only where both stand in the same order, near, and nothing is shared."""
    said = gap[1] > gap[0]
    near = 0 <= other[1] - other[0] <= NEAR
    crossed = near and any(other[0] <= tile.evidence < other[1] for tile in laid)
    if not near or crossed:
        return [Segment("move", gap, (other[0], other[0]))] if said else []
    if other[1] == other[0]:
        return [Segment("insert", gap, other)] if said else []
    return [Segment("replace" if said else "delete", gap, other)]


def _edge(
    gap: tuple[int, int], evidence: Syllables, laid: list[Tile], *, before: int | None = None, after: int | None = None
) -> Segment:
    """A claim's untiled beginning or end against the free evidence syllables of the same sentence beside it."""
    used = {at for tile in laid for at in range(tile.evidence, tile.evidence + tile.length)}
    width = min(NEAR, gap[1] - gap[0] + 3)
    if before is not None:
        low = before
        while low > 0 and before - low < width and low - 1 not in used and _same(evidence, low - 1, before):
            low -= 1
        other = (low, before)
    else:
        start = high = after or 0
        while high < len(evidence) and high - start < width and high not in used and _same(evidence, high, start - 1):
            high += 1
        other = (start, high)
    return Segment("replace" if other[1] > other[0] else "insert", gap, other)


def _same(evidence: Syllables, one: int, two: int) -> bool:
    return evidence.sentence[one] == evidence.sentence[two]
