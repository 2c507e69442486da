"""Feature group on words that say the same or exclude each other: what of a claim they explain beside its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from classifier.comparison.pairing import Pair, Word, part
from classifier.comparison.thesaurus import Entry, Phrase, shipped
from classifier.comparison.vectors import Vectors
from classifier.text import Span

LEFT = ("N", "V", "A", "Np", "M")
KIN = (
    "kin_same", "kin_same_rare", "kin_same_share", "kin_left", "kin_left_rare", "kin_left_rarest", "kin_same_faced",
    "kin_other_faced", "kin_other_near", "kin_other_any", "kin_other_rare", "kin_any_same", "kin_any_other_faced",
    "kin_any_other_near", "kin_balance", *(f"kin_left_{tag}" for tag in LEFT), "kin_left_insert", "kin_left_replace",
    "kin_left_move", "kin_covered", "kin_there_left", "kin_there_left_rare", "kin_there_other",
)  # fmt: skip


def kin(pair: Pair, vectors: Vectors) -> list[float]:
    """Unshared words of a claim that its evidence says by another, or against which it has an excluding one, and
    those that are left."""
    claim, evidence = pair.claim, pair.evidence
    marks = _marked(pair)
    loose = [word for word in claim.words if word.shared < 1]
    content = [word for word in loose if word.content]
    same, left = _parted(content, marks.same)
    faced, any_faced = _parted(content, marks.other_faced)[0], _parted(loose, marks.other_faced)[0]
    near = [word for word in evidence.words if word.shared < 1 and word.content and word.at[0] in pair.about]
    there = _parted(near, marks.there)[1]
    numbers = [pair.segment_of[word.at[0]] for word in left]
    kinds = [pair.segments[number].kind for number in numbers if number >= 0]
    tags = [word.tag for word in left]
    said = zip(claim.weights, claim.tiled, marks.same, strict=True)
    covered = sum([weight for weight, tiled, other in said if tiled >= 0 or other])
    return [
        float(len(same)),
        sum([word.rarity for word in same]),
        part(len(same), len(content)),
        float(len(left)),
        sum([word.rarity for word in left]),
        max([word.rarity for word in left], default=0.0),
        float(len(_parted(content, marks.same_faced)[0])),
        float(len(faced)),
        float(len(_parted(content, marks.other_near)[0])),
        float(len(_parted(content, marks.other)[0])),
        sum([word.rarity for word in faced]),
        float(len(_parted(loose, marks.same)[0])),
        float(len(any_faced)),
        float(len(_parted(loose, marks.other_near)[0])),
        float(len(_parted(loose, marks.same_faced)[0]) - len(any_faced)),
        *(float(tags.count(tag)) for tag in LEFT),
        *(float(kinds.count(kind)) for kind in ("insert", "replace", "move")),
        part(covered, sum(claim.weights)),
        float(len(there)),
        sum([word.rarity for word in there]),
        float(len(_parted(near, marks.there_other)[0])),
    ]


@lru_cache(maxsize=64)  # a claim meets several passages
def _standing(lower: tuple[str, ...]) -> list[tuple[Span, Entry]]:
    """What of the shipped thesaurus stands in a text."""
    return list(shipped().found(lower))


@dataclass(frozen=True, slots=True)
class _Marked:
    """1 for each syllable of the claim, or of the evidence (there), that a relation holds of."""

    same: bytearray
    same_faced: bytearray
    other: bytearray
    other_near: bytearray
    other_faced: bytearray
    there: bytearray
    there_other: bytearray


def _marked(pair: Pair) -> _Marked:
    """Where an unshared phrase of the claim meets a phrase of the evidence that says the same or excludes it."""
    tiled, back, lower = pair.claim.tiled, pair.evidence.tiled, pair.evidence.text.lower
    marks = _Marked(*(bytearray(len(tiled)) for _ in range(5)), *(bytearray(len(back)) for _ in range(2)))
    there = frozenset(lower)
    for span, entry in _standing(pair.claim.text.lower):
        if there.isdisjoint(entry.firsts) or -1 not in tiled[span[0] : span[1]]:
            continue
        for place in _places(entry.same, there, lower):
            _mark(marks.same, span)
            _mark(marks.there, place)
            if _faces(pair, span, place):
                _mark(marks.same_faced, span)
        for place in _places(entry.other, there, lower):
            _mark(marks.other, span)
            if back[place[0]] >= 0 or back[place[1] - 1] >= 0:
                continue
            _mark(marks.there_other, place)
            if place[0] in pair.about or place[1] - 1 in pair.about:
                _mark(marks.other_near, span)
            if _faces(pair, span, place):
                _mark(marks.other_faced, span)
    return marks


def _places(phrases: Sequence[Phrase], there: frozenset[str], lower: tuple[str, ...]) -> Iterator[Span]:
    """Where any of the phrases stands in a text, of which the set of syllables is known."""
    for phrase in phrases:
        if phrase[0] in there:
            size, at = len(phrase), -1
            for _ in range(lower.count(phrase[0])):
                at = lower.index(phrase[0], at + 1)
                if size == 1 or lower[at : at + size] == phrase:
                    yield at, at + size


def _mark(marks: bytearray, span: Span) -> None:
    marks[span[0] : span[1]] = b"\1" * (span[1] - span[0])


def _parted(words: Sequence[Word], marks: bytearray) -> tuple[list[Word], list[Word]]:
    """The words that a mark touches, and the others."""
    if 1 not in marks:
        return [], list(words)
    touched = [marks.find(1, *word.at) >= 0 for word in words]
    return list(compress(words, touched)), [word for word, met in zip(words, touched, strict=True) if not met]


def _faces(pair: Pair, mine: Span, theirs: Span) -> bool:
    """Whether a place of the evidence stands where the claim has its own: in the stretch that replaces it, or beside
    the syllable that its neighbour is shared with."""
    number = pair.segment_of[mine[0]]
    if number >= 0 and pair.segments[number].kind == "replace":
        low, high = pair.segments[number].evidence
        if theirs[0] < high and theirs[1] > low:
            return True
    tiled = pair.claim.tiled
    return (mine[0] > 0 and tiled[mine[0] - 1] == theirs[0] - 1 >= 0) or (
        mine[1] < len(tiled) and tiled[mine[1]] == theirs[1]
    )
