"""Feature group on places: what stands in the evidence where the claim has an unshared word, by its shared neighbours.

Tiling finds replaced stretches only where both sides keep their order; neighbours find them in reordered sentences too.
"""

import numpy as np

from classifier.comparison.pairing import Pair, Side, Word, part
from classifier.comparison.vectors import Vectors

CONTEXT = (
    "left_faced", "left_like", "left_names", "left_numbers", "right_faced", "right_like", "right_names",
    "right_numbers",
    "both_faced", "none_faced", "negates_shared", "negated_there", "negation_moved", "faced_best", "faced_least",
    "faced_mean", "names_apart", "names_here_only", "names_part_shared", "names_there_only", "names_sibling",
    "names_siblings", "names_here_rare", "names_balance", "names_there_shared",
)  # fmt: skip


def context(pair: Pair, vectors: Vectors) -> list[float]:
    """Words on the two sides that share a neighbour, negations of shared words, and names that only one side has."""
    open_words = [w for w in pair.claim.words if w.shared == 0 and (w.content or w.tag == "M")]
    left = [(word, _beside(pair, word.at[0] - 1, 1)) for word in open_words]
    right = [(word, _beside(pair, word.at[1], -1)) for word in open_words]
    both = sum(one is not None and two is not None for (_, one), (_, two) in zip(left, right, strict=True))
    none = sum(one is None and two is None for (_, one), (_, two) in zip(left, right, strict=True))
    faced = [(word, other) for word, other in (*left, *right) if other is not None]
    likeness = _likeness([(word.text, other.text) for word, other in faced], vectors)
    here, there = _negated(pair.claim), _negated(pair.evidence)
    return [
        *_kinds(left),
        *_kinds(right),
        float(both),
        float(none),
        float(here),
        float(there),
        float(here - there),
        max(likeness, default=-1.0),
        min(likeness, default=2.0),
        part(sum(likeness), len(likeness)),
        *_names(pair, vectors),
    ]


def _beside(pair: Pair, neighbour: int, step: int) -> Word | None:
    """The unshared evidence word one step from where a claim syllable is tiled to."""
    forth, back = pair.claim.tiled, pair.evidence.tiled
    if not 0 <= neighbour < len(forth) or forth[neighbour] < 0:
        return None
    at = forth[neighbour] + step
    if not 0 <= at < len(back) or back[at] >= 0:
        return None
    return pair.evidence.words[pair.evidence.word_of[at]]


def _kinds(faced: list[tuple[Word, Word | None]]) -> list[float]:
    """How many are faced at all, by a word of the same tag, name by name and number by number."""
    tags = [(word.tag, other.tag) for word, other in faced if other is not None]
    same = [one for one, two in tags if one == two]
    return [float(len(tags)), float(len(same)), float(same.count("Np")), float(same.count("M"))]


def _likeness(pairs: list[tuple[str, str]], vectors: Vectors) -> list[float]:
    """Cosine of each pair of words."""
    if not pairs:
        return []
    one, two = vectors.of([a for a, _ in pairs]), vectors.of([b for _, b in pairs])
    return [float(value) for value in np.einsum("ij,ij->i", one, two)]


def _negated(side: Side) -> int:
    """Negations and refusals of one side only, right before a shared word."""
    turns = [cue for cue in side.cues if cue.group in ("negation", "refusal") and side.loose(cue.at)]
    return sum(cue.at[1] < len(side.text) and side.tiled[cue.at[1]] >= 0 for cue in turns)


def _names(pair: Pair, vectors: Vectors) -> list[float]:
    """Names by their tag: on one side only, shared in part, and the nearest sibling among those of the other side."""
    mine = [word for word in pair.claim.words if word.tag == "Np"]
    theirs = [word for word in pair.evidence.words if word.tag == "Np"]
    here = _only(pair.claim, mine, pair.evidence)
    there = _only(pair.evidence, theirs, pair.claim)
    best = np.zeros(0, dtype=np.float32)
    if here and there:
        best = (vectors.of([word.text for word in here]) @ vectors.of([word.text for word in there]).T).max(axis=1)
    return [
        float(len(mine)),
        float(len(here)),
        float(sum(word.shared < 1 for word in mine) - len(here)),
        float(len(there)),
        float(best.max(initial=0.0)),
        float((best > 0.4).sum()),
        sum(word.rarity for word in here),
        float(len(there) - len(here)),
        sum(word.shared == 1 for word in theirs) / len(theirs) if theirs else 1.0,
    ]


def _only(side: Side, names: list[Word], other: Side) -> list[Word]:
    """Names no syllable of which the other side has anywhere."""
    has = set(other.text.folded)
    return [word for word in names if not any(side.text.folded[at] in has for at in range(*word.at))]
