"""Why a model errs: its errors grouped by how claim and passage differ, by where the chain broke, by what a text is.

A cause is a plain mark that any row may carry, whether it came out right or wrong; one that errors carry more often
than other rows do is worth looking into. A row may carry several. Examples are ids: texts stay in their corpus.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.comparison.alignment import features_of, rows_of
from classifier.comparison.pairing import Pair, pair
from classifier.comparison.slots import slots_of
from classifier.evaluation.corpora import TOLD
from classifier.text import fold, normalise
from classifier.text.neutral import neutral

FEW = 0.5  # share of the claim's content words found in the passage below which the two are worded differently
SHORT = 8  # words up to which a text gives little to go by
SHOWN = 3  # ids told of each cause
LEAST = 3  # rows below which a share says nothing
SLOTS = {
    "number": "another number", "date": "another date", "article": "another article of law",
    "negation": "a negation on one side", "quantifier": "another quantifier", "modality": "another modality",
    "direction": "opposite words", "actor": "another name", "place": "another place",
}  # fmt: skip
SWAPPED = ("names_swapped", "order_turned")  # names, or actors of the rights domain, in another order
Marks = tuple[tuple[str, ...], ...]  # of each row


@dataclass(frozen=True, slots=True)
class Cause:
    """A mark: how many of the rows that carry it came out wrong, and of the others, and ids of wrong ones."""

    cause: str
    wrong: int
    n: int
    elsewhere: float  # share of the rows without it that came out wrong; nan where hardly any are without
    more: float  # errors beyond what as many other rows would hold; 0 where nothing can be held against it
    ids: tuple[str, ...]


def grouped(
    ids: Sequence[str], truth: Sequence[Any], said: Sequence[Any], marks: Sequence[Collection[str]]
) -> list[Cause]:
    """Every mark that enough rows carry, those first that hold the most errors beyond the others' share."""
    wrong = [one != other for one, other in zip(truth, said, strict=True)]
    held: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(marks):
        for name in names:
            held[name].append(at)
    found = []
    for name, rows in held.items():
        errors, others = [at for at in rows if wrong[at]], len(ids) - len(rows)
        if len(rows) < LEAST:
            continue
        elsewhere = (sum(wrong) - len(errors)) / others if others >= LEAST else float("nan")
        more = len(errors) - len(rows) * elsewhere if others >= LEAST else 0.0
        found.append(Cause(name, len(errors), len(rows), elsewhere, more, tuple(ids[at] for at in errors[:SHOWN])))
    return sorted(found, key=lambda one: (-one.more, one.cause))


def worse(found: Sequence[Cause], most: int) -> list[Cause]:
    """The causes that hold more errors than other rows do, the worst first."""
    return [one for one in found if one.more > 0][:most]


def of_pairs(verdict: Any, pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """How each claim differs from its passage, as the verdict reads them: all that it sees, not only the first slot."""
    laid = [
        pair(neutral(normalise(claim)), neutral(normalise(evidence)), vectors=verdict.vectors)
        for claim, evidence in pairs
    ]
    names = features_of(verdict.extras)
    columns = [names.index(name) for name in SWAPPED if name in names]
    rows = rows_of(laid, vectors=verdict.vectors, extras=verdict.extras)
    return [_of_pair(one, swapped=bool((row[columns] > 0).any())) for one, row in zip(laid, rows, strict=True)]


def _of_pair(laid: Pair, *, swapped: bool) -> list[str]:
    kinds = {slot.kind for slot in slots_of(laid)}
    content = [word.shared >= 0.5 for word in laid.claim.words if word.content]
    few = bool(content) and sum(content) / len(content) < FEW
    return [
        *(words for kind, words in SLOTS.items() if kind in kinds),
        *(["swapped roles"] if swapped else []),
        "few shared words" if few else "worded alike",
        *(["without diacritics"] if laid.plain else []),
    ]


def of_chain(kind: str, rights: Collection[str], shown: Collection[str], right: Collection[str]) -> str:
    """Where the way from a post to its verdict breaks first: shown and right are ids of passages."""
    if kind != "claim":
        return f"read as {kind}, not as a claim"
    if not rights:
        return "right missed"
    if not shown:
        return "no passage found"
    return "right passage beside it" if set(shown) & set(right) else "wrong passage found"


def of_text(text: str) -> list[str]:
    """What a text gives a reader to go by."""
    words = text.split()
    short = ["a short text"] if len(words) <= SHORT else []
    return short + (["without diacritics"] if words and fold(text) == text.lower() else [])


def told(row: Mapping[str, Any]) -> list[str]:
    """What a row of a corpus says of itself."""
    return [f"{name}: {row[name]}" for name in TOLD if row.get(name)]


def joined(*marks: Iterable[Collection[str]]) -> Marks:
    """The marks of each row out of several lists of marks, each once."""
    return tuple(tuple(dict.fromkeys(name for names in row for name in names)) for row in zip(*marks, strict=True))
