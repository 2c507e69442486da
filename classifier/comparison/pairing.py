"""A claim laid beside its evidence: what is shared, what isn't, and which part of the evidence the claim is about."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.comparison.names import Name, names
from classifier.comparison.numbers import Quantity, quantities
from classifier.comparison.polarity import Cue, Opposite, Turned, cues, opposites, turned
from classifier.comparison.tiling import Segment, Tile, segments, tiles
from classifier.comparison.vectors import Vectors
from classifier.text.accents import is_plain, is_small, restored
from classifier.text.syllables import Syllables, read

CONTENT = frozenset(("N", "V", "A", "Np", "?"))
MARGIN = 6  # evidence syllables around a tile that still belong to what the claim is about


@dataclass(slots=True)  # not frozen: that costs three times as much, for some sixty words of a pair
class Word:
    """A word of one side: its syllables, text, tag, rarity, and whether the other side has it."""

    at: tuple[int, int]
    text: str
    tag: str
    rarity: float
    content: bool  # a noun, verb, adjective or name, or unknown
    shared: float = 0.0  # share of its syllables that lie in tiles


@dataclass(frozen=True, slots=True)
class Alone:
    """A text read by itself: what doesn't depend on what it is laid beside."""

    text: Syllables
    words: tuple[Word, ...]  # nothing of them shared yet
    numbers: tuple[Quantity, ...]
    names: tuple[Name, ...]
    cues: tuple[Cue, ...]
    turned: Turned
    weights: tuple[float, ...]  # rarity of each syllable
    plain: bool  # without diacritics
    word_of: tuple[int, ...]  # number of the word that each syllable is in
    small: bool  # without capitals

    def __len__(self) -> int:
        return len(self.text.shown)


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair, read."""

    text: Syllables
    tiled: tuple[int, ...]  # syllable of the other side each one is tiled to, or -1
    words: tuple[Word, ...]
    word_of: tuple[int, ...]  # number of the word that each syllable is in
    numbers: tuple[Quantity, ...]
    names: tuple[Name, ...]
    cues: tuple[Cue, ...]
    weights: tuple[float, ...]  # rarity of each syllable

    def loose(self, at: tuple[int, int]) -> bool:
        """Whether no syllable of a range is tiled."""
        return all(self.tiled[one] < 0 for one in range(*at))


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and its evidence with everything the features and slots are read from."""

    claim: Side
    evidence: Side
    tiles: tuple[Tile, ...]
    segments: tuple[Segment, ...]
    opposites: tuple[Opposite, ...]
    about: frozenset[int]  # evidence syllables near a tile
    plain: bool  # the claim came without diacritics
    segment_of: tuple[int, ...]  # number of the segment each claim syllable is in, or -1


def alone(text: str, vectors: Vectors) -> Alone:
    """Read a normalised text by itself."""
    return _alone(read(text), vectors)


def pair(claim: str, evidence: str, *, vectors: Vectors) -> Pair:
    """Lay two normalised texts side by side."""
    return laid(alone(claim, vectors), alone(evidence, vectors), vectors=vectors)


def laid(one: Alone, two: Alone, *, vectors: Vectors) -> Pair:
    """Lay a claim and its evidence, already read, side by side."""
    plain = one.plain
    shared = tiles(one.text, two.text)
    found = segments(one.text, two.text, shared)
    forth, back = _links(shared, len(one), len(two))
    if one.plain or one.small:
        one = _alone(restored(one.text, two.text, forth), vectors)
    if two.plain or two.small:
        two = _alone(restored(two.text, one.text, back), vectors)
    inside = [-1] * len(one)
    for number, segment in enumerate(found):
        inside[segment.claim[0] : segment.claim[1]] = [number] * (segment.claim[1] - segment.claim[0])
    return Pair(
        claim=_side(one, forth),
        evidence=_side(two, back),
        tiles=tuple(shared),
        segments=tuple(found),
        opposites=tuple(opposites(one.turned, two.turned)),
        about=_about(shared, len(two)),
        plain=plain,
        segment_of=tuple(inside),
    )


def _links(laid: list[Tile], claim: int, evidence: int) -> tuple[list[int], list[int]]:
    """The syllable each syllable is tiled to on the other side, or -1, both ways."""
    forth, back = [-1] * claim, [-1] * evidence
    for tile in laid:
        for step in range(tile.length):
            forth[tile.claim + step] = tile.evidence + step
            back[tile.evidence + step] = tile.claim + step
    return forth, back


def _alone(text: Syllables, vectors: Vectors) -> Alone:
    weights = tuple(map(vectors.rarity, text.folded))
    return Alone(
        text=text,
        words=tuple([_word(text, at, weights, vectors) for at in text.words]),
        word_of=tuple([number for number, (first, last) in enumerate(text.words) for _ in range(first, last)]),
        numbers=tuple(quantities(text)),
        names=tuple(names(text)),
        cues=tuple(cues(text)),
        turned=turned(text),
        weights=weights,
        plain=is_plain(text),
        small=is_small(text),
    )


def _word(text: Syllables, at: tuple[int, int], weights: tuple[float, ...], vectors: Vectors) -> Word:
    first, last = at
    single = last - first == 1
    word = text.lower[first] if single else text.word(at)
    tag = "M" if word[0].isdigit() else vectors.tag(word)
    if tag in CONTENT and text.shown[first][0].isupper() and first and not text.opens(first):
        tag = "Np"
    return Word(at, word, tag, weights[first] if single else max(weights[first:last]), tag in CONTENT)


def _side(read: Alone, tiled: list[int]) -> Side:
    words = list(read.words)
    for number in {word for word, other in zip(read.word_of, tiled, strict=True) if other >= 0}:
        words[number] = _shared(words[number], tiled)
    return Side(
        text=read.text,
        tiled=tuple(tiled),
        words=tuple(words),
        word_of=read.word_of,
        numbers=read.numbers,
        names=read.names,
        cues=read.cues,
        weights=read.weights,
    )


def _shared(word: Word, tiled: list[int]) -> Word:
    """A word with the share of its syllables that lie in tiles."""
    first, last = word.at
    size = last - first
    share = (size - tiled[first:last].count(-1)) / size
    return Word(word.at, word.text, word.tag, word.rarity, word.content, share)


def _about(laid: list[Tile], length: int) -> frozenset[int]:
    """Evidence syllables within MARGIN of a tile of two or more syllables."""
    near: set[int] = set()
    for tile in laid:
        if tile.length >= 2:
            near.update(range(max(0, tile.evidence - MARGIN), min(length, tile.evidence + tile.length + MARGIN)))
    return frozenset(near)


def part(top: float, whole: float) -> float:
    return top / whole if whole else 0.0


def within(words: Sequence[Word], at: tuple[int, int]) -> Sequence[Word]:
    """The words that share a syllable with a range; words stand in order and cover every syllable once."""
    first = bisect_right(words, at[0], key=lambda word: word.at[1])
    return words[first : max(first, bisect_left(words, at[1], key=lambda word: word.at[0]))]


def facing(pair: Pair, claim: tuple[int, int], evidence: tuple[int, int]) -> bool:
    """Whether two places are the two sides of one replaced segment."""
    number = pair.segment_of[claim[0]]
    if number < 0 or pair.segments[number].kind != "replace":
        return False
    low, high = pair.segments[number].evidence
    return low <= evidence[0] < high


def kind_at(pair: Pair, at: tuple[int, int]) -> str:
    number = pair.segment_of[at[0]]
    return pair.segments[number].kind if number >= 0 else ""
