"""Feature groups: numbers that say how a claim stands to its evidence, each group with its names."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.names import Name
from classifier.numbers import Quantity, closeness
from classifier.pairing import Pair, Side, Word
from classifier.polarity import GROUPS, Cue
from classifier.vectors import Vectors

KINDS = ("insert", "replace", "delete", "move")
TAGGED = ("N", "V", "A", "Np", "M", "R", "L", "E", "C", "P", "?")
Compare = Callable[[Pair, Vectors], list[float]]


@dataclass(frozen=True, slots=True)
class Group:
    """A feature group: compare gives one value per name, in order."""

    name: str
    features: tuple[str, ...]
    compare: Compare


def _part(top: float, whole: float) -> float:
    return top / whole if whole else 0.0


OVERLAP = (
    "claim_in_evidence", "claim_in_evidence_rare", "evidence_in_claim", "evidence_in_claim_rare", "pairs_in_evidence",
    "pairs_in_claim", "words_in_evidence", "content_in_evidence", "jaccard", "claim_length", "evidence_length",
    "length_ratio", "best_sentence", "best_sentence_rare", "sentences", "rarest_missing", "missing_rare_sum",
)  # fmt: skip


def overlap(pair: Pair, vectors: Vectors) -> list[float]:
    """How much of each side the other has, by syllable, pair and word, plain and weighed by rarity."""
    claim, evidence = pair.claim, pair.evidence
    one, two = set(claim.text.folded), set(evidence.text.folded)
    pairs_one, pairs_two = _pairs(claim.text.folded), _pairs(evidence.text.folded)
    has = [word in two for word in claim.text.folded]
    found = [word in one for word in evidence.text.folded]
    words_two = {word.text for word in evidence.words}
    content = [word for word in claim.words if word.content]
    missing = [weight for weight, there in zip(claim.weights, has, strict=True) if not there]
    best, best_rare = _best_sentence(claim, evidence)
    n, m = len(claim.text), len(evidence.text)
    return [
        _part(sum(has), n),
        _part(sum(w for w, there in zip(claim.weights, has, strict=True) if there), sum(claim.weights)),
        _part(sum(found), m),
        _part(sum(w for w, there in zip(evidence.weights, found, strict=True) if there), sum(evidence.weights)),
        _part(len(pairs_one & pairs_two), len(pairs_one)),
        _part(len(pairs_one & pairs_two), len(pairs_two)),
        _part(sum(word.text in words_two for word in claim.words), len(claim.words)),
        _part(sum(word.text in words_two for word in content), len(content)),
        _part(len(one & two), len(one | two)),
        float(n),
        float(m),
        _part(n, m),
        best,
        best_rare,
        float(evidence.text.sentence[-1] + 1) if m else 0.0,
        max(missing, default=0.0),
        sum(missing),
    ]


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(itertools.pairwise(words))


def _best_sentence(claim: Side, evidence: Side) -> tuple[float, float]:
    """Largest share of the claim's syllables, plain and weighed, that one evidence sentence has."""
    sentences: dict[int, set[str]] = {}
    for word, number in zip(evidence.text.folded, evidence.text.sentence, strict=True):
        sentences.setdefault(number, set()).add(word)
    total, best, rare = sum(claim.weights), 0.0, 0.0
    for words in sentences.values():
        has = [word in words for word in claim.text.folded]
        best = max(best, _part(sum(has), len(has)))
        rare = max(rare, _part(sum(w for w, there in zip(claim.weights, has, strict=True) if there), total))
    return best, rare


TILING = (
    "tiled", "tiled_rare", "evidence_tiled_near", "tiles", "longest", "inversions", "claim_start_tiled", "claim_end_tiled",
    *(f"{kind}_{what}" for kind in KINDS for what in ("count", "syllables", "rare", "longest")),
    "replace_evidence_syllables", "delete_rare_inside", "last_segment_share", "last_segment_insert", "replace_balance",
    "single_replace", "accents_differ",
)  # fmt: skip


def tiling(pair: Pair, vectors: Vectors) -> list[float]:
    """How the shared runs lie and what stands between them."""
    claim, evidence = pair.claim, pair.evidence
    n = len(claim.text)
    shared = [at for at in range(n) if claim.tiled[at] >= 0]
    order = [tile.evidence for tile in pair.tiles if tile.length > 1]
    near = [at for at in pair.about if evidence.tiled[at] >= 0]
    values = [
        _part(len(shared), n),
        _part(sum(claim.weights[at] for at in shared), sum(claim.weights)),
        _part(len(near), len(pair.about)),
        float(len(pair.tiles)),
        _part(max((tile.length for tile in pair.tiles), default=0), n),
        float(sum(two < one for one, two in itertools.pairwise(order))),
        float(n > 0 and claim.tiled[0] >= 0),
        float(n > 0 and claim.tiled[-1] >= 0),
    ]
    for kind in KINDS:
        side, key = (evidence, "evidence") if kind == "delete" else (claim, "claim")
        ranges = [getattr(segment, key) for segment in pair.segments if segment.kind == kind]
        weights = [sum(side.weights[low:high]) for low, high in ranges]
        lengths = [high - low for low, high in ranges]
        values += [float(len(ranges)), float(sum(lengths)), sum(weights), float(max(lengths, default=0))]
    return values + _segment_shapes(pair)


def _segment_shapes(pair: Pair) -> list[float]:
    """Shape of the replaced and final segments, and shared syllables whose accents differ."""
    claim, evidence = pair.claim, pair.evidence
    replaced = [segment for segment in pair.segments if segment.kind == "replace"]
    sizes = [(one.claim[1] - one.claim[0], one.evidence[1] - one.evidence[0]) for one in replaced]
    inner = [one for one in pair.segments if one.kind == "delete"]
    last = pair.segments[-1] if pair.segments and pair.segments[-1].claim[1] == len(claim.text) else None
    tail = last.claim[1] - last.claim[0] if last else 0
    differ = sum(at >= 0 and claim.text.lower[one] != evidence.text.lower[at] for one, at in enumerate(claim.tiled))
    return [
        float(sum(two for _, two in sizes)),
        max((sum(evidence.weights[one.evidence[0] : one.evidence[1]]) for one in inner), default=0.0),
        _part(tail, len(claim.text)),
        float(last is not None and last.kind == "insert"),
        float(sum(one - two for one, two in sizes)),
        float(sum(max(one, two) <= 3 for one, two in sizes)),
        _part(differ, len(claim.text)),
    ]


SPEECH = (
    *(f"claim_loose_{tag}" for tag in TAGGED), *(f"evidence_loose_{tag}" for tag in TAGGED),
    *(f"replace_{tag}_{tag}" for tag in ("N", "V", "A", "Np", "M")), "content_loose", "content_loose_rare",
    "content_loose_share", "content_absent", "content_absent_rare",
)  # fmt: skip


def speech(pair: Pair, vectors: Vectors) -> list[float]:
    """Unshared words by part of speech: the claim's, those of the evidence near the tiles, and replaced by their like."""
    loose = [word for word in pair.claim.words if word.shared < 1]
    other = [word for word in pair.evidence.words if word.shared < 1 and word.at[0] in pair.about]
    content = [word for word in loose if word.content]
    folded = set(pair.evidence.text.folded)
    absent = [word for word in content if not all(pair.claim.text.folded[at] in folded for at in range(*word.at))]
    values = [float(sum(word.tag == tag for word in loose)) for tag in TAGGED]
    values += [float(sum(word.tag == tag for word in other)) for tag in TAGGED]
    values += [float(sum(_both(pair, segment.claim, segment.evidence, tag) for segment in pair.segments
                         if segment.kind == "replace")) for tag in ("N", "V", "A", "Np", "M")]  # fmt: skip
    every = sum(word.content for word in pair.claim.words)
    return [
        *values,
        float(len(content)),
        sum(word.rarity for word in content),
        _part(len(content), every),
        float(len(absent)),
        sum(word.rarity for word in absent),
    ]


def _both(pair: Pair, claim: tuple[int, int], evidence: tuple[int, int], tag: str) -> bool:
    """Whether both sides of a segment hold an unshared word of a tag."""
    return any(w.tag == tag and w.shared < 1 for w in _within(pair.claim.words, claim)) and any(
        w.tag == tag and w.shared < 1 for w in _within(pair.evidence.words, evidence)
    )


def _within(words: Sequence[Word], at: tuple[int, int]) -> list[Word]:
    return [word for word in words if word.at[0] < at[1] and at[0] < word.at[1]]


NUMBERS = (
    "numbers", "numbers_exact", "numbers_value", "numbers_missing", "numbers_rival", "numbers_faced", "numbers_faced_same",
    "rival_closeness", "rival_largest", "bounds_apart", "bounds_inside", "bounds_wider", "about_added",
    "evidence_numbers_near_loose", "numbers_all_exact", "rival_date", "rival_percent", "rival_article", "rival_year",
    "numbers_inserted",
)  # fmt: skip


def numbers(pair: Pair, vectors: Vectors) -> list[float]:
    """The claim's numbers against the evidence's: equal, rival, missing, in the same place, within the same bounds."""
    claim, evidence = pair.claim.numbers, pair.evidence.numbers
    exact = [one for one in claim if any(one.same(two) for two in evidence)]
    value = [one for one in claim if any(closeness(one.value, two.value) == 1.0 for two in evidence)]
    missing = [one for one in claim if one not in value]
    rivals = [(one, _nearest(one, evidence)) for one in missing]
    against = [(one, two) for one, two in rivals if two is not None]
    faced = [(one, two) for one in claim for two in evidence if _facing(pair, one.at, two.at)]
    near = [two for two in evidence if two.at[0] in pair.about and pair.evidence.tiled[two.at[0]] < 0]
    meets = [
        (one, two)
        for one in claim
        for two in evidence
        if one.rivals(two) and (one.low, one.high) != (two.low, two.high)
    ]
    close = [closeness(one.value, two.value) for one, two in against]
    kinds = [one.kind for one, _ in against]
    return [
        float(len(claim)),
        _part(len(exact), len(claim)),
        _part(len(value), len(claim)),
        float(len(missing)),
        float(len(against)),
        float(sum(not one.same(two) for one, two in faced)),
        float(sum(one.same(two) for one, two in faced)),
        max(close, default=0.0),
        max((1 - one for one in close), default=0.0),
        float(sum(one.high < two.low or two.high < one.low for one, two in meets)),
        float(sum(one.low >= two.low and one.high <= two.high for one, two in meets)),
        float(sum(one.low <= two.low and one.high >= two.high for one, two in meets)),
        float(sum(one.about for one in claim) - sum(two.about for two in evidence if two.at[0] in pair.about)),
        float(len(near)),
        float(bool(claim) and len(exact) == len(claim)),
        *(float(kinds.count(kind)) for kind in ("date", "percent", "article", "year")),
        float(sum(_kind_at(pair, one.at) in ("insert", "move") for one in missing)),
    ]


def _nearest(one: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """The closest number that counts the same thing."""
    rivals = [two for two in others if one.rivals(two)]
    return max(rivals, key=lambda two: closeness(one.value, two.value), default=None)


def _facing(pair: Pair, claim: tuple[int, int], evidence: tuple[int, int]) -> bool:
    """Whether two places are the two sides of one replaced segment."""
    number = pair.segment_of[claim[0]]
    if number < 0 or pair.segments[number].kind != "replace":
        return False
    low, high = pair.segments[number].evidence
    return low <= evidence[0] < high


def _kind_at(pair: Pair, at: tuple[int, int]) -> str:
    number = pair.segment_of[at[0]]
    return pair.segments[number].kind if number >= 0 else ""


NAMES = (
    "names", "names_found", "names_partly", "names_absent", "names_faced", "names_absent_inserted",
    "names_absent_rare", "evidence_names_loose", "names_swapped", "names_part_changed",
)  # fmt: skip


def names(pair: Pair, vectors: Vectors) -> list[float]:
    """The claim's names against the evidence's: found, changed in part, absent, facing another, or in another order."""
    claim, evidence = pair.claim.names, pair.evidence.names
    folded = set(pair.evidence.text.folded)
    shares = [_part(sum(word in folded for word in name.words), len(name.words)) for name in claim]
    absent = [name for name, share in zip(claim, shares, strict=True) if share == 0]
    loose = [name for name in evidence if pair.evidence.loose(name.at) and name.at[0] in pair.about]
    faced = [name for name in claim if any(_facing(pair, name.at, other.at) for other in evidence)
             and not pair.claim.tiled[name.at[0]] >= 0]  # fmt: skip
    return [
        float(len(claim)),
        _part(sum(share == 1 for share in shares), len(shares)),
        float(sum(0 < share < 1 for share in shares)),
        float(len(absent)),
        float(len(faced)),
        float(sum(_kind_at(pair, name.at) in ("insert", "move") for name in absent)),
        sum(max(vectors.rarity(word) for word in name.words) for name in absent),
        float(len(loose)),
        float(_swaps(pair, claim)),
        float(sum(_changed(name, evidence) for name in claim)),
    ]


def _swaps(pair: Pair, claim: Sequence[Name]) -> int:
    """Neighbouring names of the claim that stand the other way round in the evidence."""
    places = [pair.claim.tiled[name.at[0]] for name in claim]
    known = [at for at in places if at >= 0]
    return sum(two < one for one, two in itertools.pairwise(known))


def _changed(name: Name, others: Sequence[Name]) -> bool:
    """Whether a name shares a syllable with one of the evidence but isn't it, nor a part of any."""
    words = set(name.words)
    if any(words <= set(other.words) or set(other.words) <= words for other in others):
        return False
    return any(words & set(other.words) for other in others)


TURNS = (
    *(f"{side}_{group}" for group in GROUPS for side in ("claim_only", "evidence_only")),
    "negation_balance", "negation_odd", "opposites", "opposites_faced", "opposites_near", "turns_in_small_gaps",
    "only_against_all", "some_against_all", "done_against_will", "may_against_must",
)  # fmt: skip


def turns(pair: Pair, vectors: Vectors) -> list[float]:
    """Turning words that only one side has near what both share, and opposites."""
    claim = [cue for cue in pair.claim.cues if pair.claim.loose(cue.at)]
    evidence = [cue for cue in pair.evidence.cues if pair.evidence.loose(cue.at) and cue.at[0] in pair.about]
    said = _tally(claim)
    other = _tally(evidence)
    values = [float(side.get(group, 0)) for group in GROUPS for side in (said, other)]
    balance = said.get("negation", 0) - other.get("negation", 0)
    refusal = balance + said.get("refusal", 0) - other.get("refusal", 0)
    small = [cue for cue in claim if _small(pair, cue.at)]
    return [
        *values,
        float(balance),
        float(refusal % 2),
        float(len(pair.opposites)),
        float(sum(_facing(pair, one.claim, one.evidence) for one in pair.opposites)),
        float(sum(one.evidence[0] in pair.about and pair.claim.loose(one.claim) for one in pair.opposites)),
        float(len(small)),
        _against(said, other, "only", "all"),
        _against(said, other, "some", "all"),
        _against(said, other, "done", "will"),
        _against(said, other, "may", "must"),
    ]


def _tally(found: Sequence[Cue]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cue in found:
        counts[cue.group] = counts.get(cue.group, 0) + 1
    return counts


def _small(pair: Pair, at: tuple[int, int]) -> bool:
    """Whether a place lies in an unshared stretch of at most three syllables."""
    number = pair.segment_of[at[0]]
    return number >= 0 and pair.segments[number].claim[1] - pair.segments[number].claim[0] <= 3


def _against(said: dict[str, int], other: dict[str, int], one: str, two: str) -> float:
    """+1 where the claim has one and the evidence two, -1 the other way round."""
    return float(bool(said.get(one) and other.get(two))) - float(bool(said.get(two) and other.get(one)))


MEANING = (
    "soft_mean", "soft_rare", "soft_least", "soft_far", "soft_middle", "soft_near", "whole_cosine", "loose_cosine",
    "faced_cosine_least", "faced_cosine_mean", "faced_far", "faced_like", "insert_cosine_context", "soft_any_least",
)  # fmt: skip


def meaning(pair: Pair, vectors: Vectors) -> list[float]:
    """Soft alignment by word vectors: what an unshared word of the claim comes closest to in the evidence."""
    words = [word for word in pair.claim.words if word.content and word.shared < 1]
    others = [word for word in pair.evidence.words if word.content]
    loose = [word for word in others if word.shared < 1]
    mine, theirs = vectors.of([word.text for word in words]), vectors.of([word.text for word in others])
    free = vectors.of([word.text for word in loose])
    best = (mine @ free.T).max(axis=1) if len(words) and len(loose) else np.zeros(len(words), dtype=np.float32)
    any_best = (mine @ theirs.T).max(axis=1) if len(words) and len(others) else best
    weights = np.array([word.rarity for word in words], dtype=np.float32)
    faced = _faced(pair, vectors)
    whole = vectors.of([word.text for word in pair.claim.words if word.content])
    return [
        float(best.mean()) if len(best) else 1.0,
        float((best * weights).sum() / weights.sum()) if len(best) else 1.0,
        float(best.min()) if len(best) else 1.0,
        float((best < 0.3).sum()),
        float(((best >= 0.3) & (best < 0.55)).sum()),
        float((best >= 0.55).sum()),
        _cosine(whole.sum(axis=0), theirs.sum(axis=0)),
        _cosine(mine.sum(axis=0), free.sum(axis=0)),
        min(faced, default=1.0),
        float(np.mean(faced)) if faced else 1.0,
        float(sum(one < 0.3 for one in faced)),
        float(sum(one >= 0.55 for one in faced)),
        _cosine(mine.sum(axis=0), theirs.sum(axis=0)),
        float(any_best.min()) if len(any_best) else 1.0,
    ]


def _faced(pair: Pair, vectors: Vectors) -> list[float]:
    """Cosine of the two sides of each replaced segment, content words only."""
    found: list[float] = []
    for segment in pair.segments:
        if segment.kind == "replace":
            one = [word.text for word in _within(pair.claim.words, segment.claim) if word.content]
            two = [word.text for word in _within(pair.evidence.words, segment.evidence) if word.content]
            if one and two:
                found.append(_cosine(vectors.of(one).sum(axis=0), vectors.of(two).sum(axis=0)))
    return found


def _cosine(one: np.ndarray, two: np.ndarray) -> float:
    size = float(np.linalg.norm(one) * np.linalg.norm(two))
    return float(one @ two) / size if size > 1e-9 else 0.0


GENERAL = (
    Group("overlap", OVERLAP, overlap),
    Group("tiling", TILING, tiling),
    Group("speech", SPEECH, speech),
    Group("numbers", NUMBERS, numbers),
    Group("names", NAMES, names),
    Group("turns", TURNS, turns),
    Group("meaning", MEANING, meaning),
)
