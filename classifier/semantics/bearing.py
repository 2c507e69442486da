"""How a claim bears on its evidence in meaning: concepts, opposites, permissions, numbers, who and whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import NDArray

from classifier.comparison.pairing import part
from classifier.semantics import ranges
from classifier.semantics.deontic import COMMON, KINDS, SCOPES, SIGNS, Meaning, State, agreed, opposed, read, state
from classifier.semantics.lexicon import Concept, Lexicon

SECTIONS = (
    "body", "person", "liberty", "trial", "harm", "labour", "social", "family", "civic", "treaty", "child", "act",
)  # fmt: skip
COVER = (
    "concepts", "concepts_met", "concepts_met_wide", "concepts_unmet", "evidence_met", "best_met",
    "syllables_met", "syllables_best", "pairs_met", "evidence_syllables_met",
)  # fmt: skip
TURN = (
    "opposite", "opposite_agreed", "opposite_turned", "rival", "rival_unmet", "order_turned", "order_kept",
    "agreed", "opposed", "sign_same", "sign_turned", "product_same", "product_turned", "axis_net", "sign_net",
    "product_net", "best_sign_turned", "best_product_turned", "negations_odd", "claim_sign", "evidence_sign",
    "claim_product",
)  # fmt: skip
FEATURES: tuple[str, ...] = (
    *(f"cover_{name}" for name in COVER),
    *(f"turn_{name}" for name in TURN),
    *(f"unmet_{name}" for name in SECTIONS),
    *(f"claim_{name}" for name in (*KINDS, *SCOPES)),
    *(f"evidence_{name}" for name in (*KINDS, *SCOPES)),
    *ranges.FEATURES,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that claim and evidence share: syllables of each side."""

    claim: tuple[int, int]
    evidence: tuple[int, int]
    weight: float


def matrix(pairs: Sequence[tuple[str, str]], lexicon: Lexicon) -> NDArray[np.float32]:
    """(n, len(FEATURES)) float32 for pairs of claim and evidence."""
    known = lru_cache(maxsize=500)(partial(read, lexicon=lexicon))
    rows = np.zeros((len(pairs), len(FEATURES)), dtype=np.float32)
    for row, (claim, evidence) in enumerate(pairs):
        rows[row] = compare(known(claim), known(evidence), lexicon)
    return rows


def compare(claim: Meaning, evidence: Meaning, lexicon: Lexicon) -> NDArray[np.float32]:
    """One row of FEATURES for texts that were read; finite float32."""
    best = _best_sentence(claim, evidence)
    values = [
        *_cover(claim, evidence, lexicon, best),
        *_turn(claim, evidence, lexicon, best),
        *_unmet(claim, evidence, lexicon),
        *_counts(claim, None),
        *_counts(evidence, best),
        *ranges.compare(claim.numbers, evidence.numbers),
    ]
    return np.asarray(values, dtype=np.float32)


def _cover(claim: Meaning, evidence: Meaning, lexicon: Lexicon, best: int) -> list[float]:
    """How much of each side the other has, by concept and by syllable."""
    said, held = claim.ids, evidence.ids
    wide = _wide(held, lexicon)
    near = {one for one in said if one in held or _wide({one}, lexicon) & wide}
    mine, theirs = claim.content, evidence.content
    at_best = _content(evidence, best)
    pairs_mine, pairs_theirs = claim.pairs, evidence.pairs
    best_ids = {one.id for one in evidence.concepts if evidence.cut.sentence[one.first] == best}
    return [
        float(min(len(said), 8)),
        part(len(said & held), len(said)),
        part(len(near), len(said)),
        float(min(len(said - near), 6)),
        part(len(said & held), len(held)),
        part(len(said & best_ids), len(said)),
        part(len(mine & theirs), len(mine)),
        part(len(mine & at_best), len(mine)),
        part(len(pairs_mine & pairs_theirs), len(pairs_mine)),
        part(len(mine & theirs), len(theirs)),
    ]


def _turn(claim: Meaning, evidence: Meaning, lexicon: Lexicon, best: int) -> list[float]:
    """Signs that the claim says the contrary of the evidence."""
    said, held = claim.ids, evidence.ids
    opposite, opposite_agreed, opposite_turned = _opposites(claim, evidence, lexicon)
    rivals = [one for one in said - held if lexicon.rivals(one) & held - said]
    kept, turned = _order(claim, evidence, lexicon)
    anchors = _anchors(claim, evidence)
    states = [(state(claim, *a.claim), state(evidence, *a.evidence), a.weight) for a in anchors]
    total = sum(weight for _, _, weight in states) or 1.0
    axis_same = sum(w for one, other, w in states if agreed(one, other)) / total
    axis_turned = sum(w for one, other, w in states if opposed(one, other)) / total
    sign_same = sum(w for one, other, w in states if one.sign == other.sign) / total
    product_same = sum(w for one, other, w in states if one.product == other.product) / total
    top_claim, top_evidence = _sentence_sign(claim, None), _sentence_sign(evidence, best)
    odd = (_negative(claim, None) + _negative(evidence, best)) % 2
    any_state = float(bool(states))
    return [
        float(opposite), float(opposite_agreed), float(opposite_turned), float(len(rivals)),
        part(len(rivals), len(said)),
        float(turned), float(kept), axis_same, axis_turned,
        sign_same, any_state - sign_same, product_same, any_state - product_same,
        axis_same - axis_turned, (2 * sign_same - 1) * any_state, (2 * product_same - 1) * any_state,
        float(top_claim.sign != top_evidence.sign), float(top_claim.product != top_evidence.product), float(odd),
        float(top_claim.sign), float(top_evidence.sign), float(top_claim.product),
    ]  # fmt: skip


def _unmet(claim: Meaning, evidence: Meaning, lexicon: Lexicon) -> list[float]:
    """Concepts of the claim that the evidence has not, by section."""
    missing = claim.ids - evidence.ids
    return [float(sum(lexicon.kinds[one] == section for one in missing)) for section in SECTIONS]


def _counts(meaning: Meaning, sentence: int | None) -> list[float]:
    """Cues of each kind in a sentence, or in all; a heading's kind counts for its sentences."""
    found = [one.id for one in (*meaning.cues, *meaning.scopes) if _in(meaning, one, sentence)]
    if sentence is not None and (above := meaning.above(sentence)):
        found.append(above)
    return [float(min(found.count(kind), 3)) for kind in (*KINDS, *SCOPES)]


def _opposites(claim: Meaning, evidence: Meaning, lexicon: Lexicon) -> tuple[int, int, int]:
    """Concepts met by their opposite: how many, how many say the same all the same, how many the contrary."""
    held, said = evidence.ids, claim.ids
    count = same = turned = 0
    for one in claim.concepts:
        against = lexicon.opposites(one.id) & held - said
        if one.id in held or not against:
            continue
        other = next(found for found in evidence.concepts if found.id in against)
        count += 1
        if state(claim, one.first, one.last).product == state(evidence, other.first, other.last).product:
            turned += 1
        else:
            same += 1
    return count, same, turned


def _order(claim: Meaning, evidence: Meaning, lexicon: Lexicon) -> tuple[int, int]:
    """Pairs of actors that stand in the same order on both sides, and in turned order."""
    mine, theirs = _first_places(claim, lexicon), _first_places(evidence, lexicon)
    shared = [one for one in mine if one in theirs]
    kept = turned = 0
    for at, one in enumerate(shared):
        for other in shared[at + 1 :]:
            if (mine[one] < mine[other]) == (theirs[one] < theirs[other]):
                kept += 1
            else:
                turned += 1
    return min(kept, 4), min(turned, 4)


def _first_places(meaning: Meaning, lexicon: Lexicon) -> dict[str, int]:
    places: dict[str, int] = {}
    for one in meaning.concepts:
        if lexicon.kinds[one.id] in ("body", "person"):
            places.setdefault(one.id, one.first)
    return places


def _anchors(claim: Meaning, evidence: Meaning) -> list[Anchor]:
    """Places both share: concepts first, then pairs of syllables outside them."""
    found: list[Anchor] = []
    taken: set[int] = set()
    places: dict[str, list[Concept]] = {}
    for other in evidence.concepts:
        places.setdefault(other.id, []).append(other)
    for one in claim.concepts:
        for other in places.get(one.id, ())[:2]:
            found.append(Anchor((one.first, one.last), (other.first, other.last), 1.0 / min(2, len(places[one.id]))))
            taken.update(range(one.first, one.last))
    pairs = {pair: at for at, pair in reversed(list(enumerate(pairwise(evidence.folded))))}
    for at, pair in enumerate(pairwise(claim.folded)):
        if pair in pairs and at not in taken and at + 1 not in taken:
            found.append(Anchor((at, at + 2), (pairs[pair], pairs[pair] + 2), 0.5))
    return found


def _best_sentence(claim: Meaning, evidence: Meaning) -> int:
    """The evidence sentence that shares most with the claim, concepts counting double."""
    said, mine = claim.ids, claim.content
    score = dict.fromkeys(evidence.cut.sentence, 0.0)
    for one in evidence.concepts:
        if one.id in said:
            score[evidence.cut.sentence[one.first]] += 2.0
    seen: set[tuple[int, str]] = set()
    for sentence, word in zip(evidence.cut.sentence, evidence.folded, strict=True):
        if word in mine and (sentence, word) not in seen:
            seen.add((sentence, word))
            score[sentence] += 1.0
    return max(score, key=lambda sentence: (score[sentence], -sentence)) if score else 0


def _sentence_sign(meaning: Meaning, sentence: int | None) -> State:
    """The sign of a sentence, or of a whole text: its first cue and the product of all, else the heading above."""
    if cues := [one.id for one in meaning.cues if _in(meaning, one, sentence)]:
        return State(cues[0], SIGNS[cues[0]], prod(SIGNS[kind] for kind in cues))
    above = meaning.above(sentence) if sentence is not None else ""
    return State(above, SIGNS.get(above, 1), SIGNS.get(above, 1))


def _negative(meaning: Meaning, sentence: int | None) -> int:
    return sum(SIGNS[one.id] < 0 for one in meaning.cues if _in(meaning, one, sentence))


def _in(meaning: Meaning, one: Concept, sentence: int | None) -> bool:
    return sentence is None or meaning.cut.sentence[one.first] == sentence


def _wide(ids: Iterable[str], lexicon: Lexicon) -> set[str]:
    return {wide for one in ids for wide in lexicon.above(one)}


def _content(meaning: Meaning, sentence: int) -> set[str]:
    """Folded syllables of one sentence that carry content."""
    cut = meaning.cut
    rows = zip(cut.words, meaning.folded, cut.sentence, strict=True)
    return {bare for word, bare, at in rows if at == sentence and word not in COMMON}
