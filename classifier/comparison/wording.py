"""Feature groups on wording: what of a claim its evidence has, how shared runs lie, what the rest comes close to."""

from itertools import compress, pairwise

import numpy as np

from classifier.comparison.pairing import Pair, Side, part, within
from classifier.comparison.vectors import Vectors

total = np.add.reduce  # what .sum(axis=0) and .mean() call, in half their time
KINDS = ("insert", "replace", "delete", "move")
TAGGED = ("N", "V", "A", "Np", "M", "R", "L", "E", "C", "P", "?")

OVERLAP = (
    "claim_in_evidence", "claim_in_evidence_rare", "evidence_in_claim", "evidence_in_claim_rare", "pairs_in_evidence",
    "pairs_in_claim", "words_in_evidence", "content_in_evidence", "jaccard", "claim_length", "evidence_length",
    "length_ratio", "best_sentence", "best_sentence_rare", "sentences", "rarest_missing", "missing_rare_sum",
)  # fmt: skip


def overlap(pair: Pair, vectors: Vectors) -> list[float]:
    """How much of each side the other has, by syllable, pair and word, plain and weighed by rarity."""
    claim, evidence = pair.claim, pair.evidence
    one, two = set(claim.text.folded), set(evidence.text.folded)
    pairs_one, pairs_two = set(pairwise(claim.text.folded)), set(pairwise(evidence.text.folded))
    has = [word in two for word in claim.text.folded]
    found = [word in one for word in evidence.text.folded]
    words_two = {word.text for word in evidence.words}
    content = [word for word in claim.words if word.content]
    missing = [weight for weight, there in zip(claim.weights, has, strict=True) if not there]
    best, best_rare = _best_sentence(claim, evidence)
    n, m = len(has), len(found)
    return [
        part(has.count(True), n),
        part(sum(compress(claim.weights, has)), sum(claim.weights)),
        part(found.count(True), m),
        part(sum(compress(evidence.weights, found)), sum(evidence.weights)),
        part(len(pairs_one & pairs_two), len(pairs_one)),
        part(len(pairs_one & pairs_two), len(pairs_two)),
        part(sum(word.text in words_two for word in claim.words), len(claim.words)),
        part(sum(word.text in words_two for word in content), len(content)),
        part(len(one & two), len(one | two)),
        float(n),
        float(m),
        part(n, m),
        best,
        best_rare,
        float(evidence.text.sentence[-1] + 1) if m else 0.0,
        max(missing, default=0.0),
        sum(missing),
    ]


def _best_sentence(claim: Side, evidence: Side) -> tuple[float, float]:
    """Largest share of the claim's syllables, plain and weighed, that one evidence sentence has."""
    sentences: dict[int, set[str]] = {}
    for word, number in zip(evidence.text.folded, evidence.text.sentence, strict=True):
        sentences.setdefault(number, set()).add(word)
    total, best, rare = sum(claim.weights), 0.0, 0.0
    for words in sentences.values():
        has = list(map(words.__contains__, claim.text.folded))
        best = max(best, part(has.count(True), len(has)))
        rare = max(rare, part(sum(compress(claim.weights, has)), total))
    return best, rare


TILING = (
    "tiled", "tiled_rare", "evidence_tiled_near", "tiles", "longest", "inversions", "claim_start_tiled",
    "claim_end_tiled",
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
        part(len(shared), n),
        part(sum(claim.weights[at] for at in shared), sum(claim.weights)),
        part(len(near), len(pair.about)),
        float(len(pair.tiles)),
        part(max((tile.length for tile in pair.tiles), default=0), n),
        float(sum(two < one for one, two in pairwise(order))),
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
        part(tail, len(claim.text)),
        float(last is not None and last.kind == "insert"),
        float(sum(one - two for one, two in sizes)),
        float(sum(max(one, two) <= 3 for one, two in sizes)),
        part(differ, len(claim.text)),
    ]


SPEECH = (
    *(f"claim_loose_{tag}" for tag in TAGGED), *(f"evidence_loose_{tag}" for tag in TAGGED),
    *(f"replace_{tag}_{tag}" for tag in ("N", "V", "A", "Np", "M")), "content_loose", "content_loose_rare",
    "content_loose_share", "content_absent", "content_absent_rare",
)  # fmt: skip


def speech(pair: Pair, vectors: Vectors) -> list[float]:
    """Unshared words by part of speech: the claim's, the evidence's near the tiles, and those replaced by
    their like."""
    loose = [word for word in pair.claim.words if word.shared < 1]
    other = [word for word in pair.evidence.words if word.shared < 1 and word.at[0] in pair.about]
    content = [word for word in loose if word.content]
    folded = set(pair.evidence.text.folded)
    absent = [word for word in content if not all(pair.claim.text.folded[at] in folded for at in range(*word.at))]
    replaced = [
        tag
        for segment in pair.segments
        if segment.kind == "replace"
        for tag in _loose_tags(pair.claim, segment.claim) & _loose_tags(pair.evidence, segment.evidence)
    ]
    mine, theirs = [word.tag for word in loose], [word.tag for word in other]
    values = [float(tags.count(tag)) for tags in (mine, theirs) for tag in TAGGED]
    values += [float(replaced.count(tag)) for tag in ("N", "V", "A", "Np", "M")]
    every = sum(word.content for word in pair.claim.words)
    return [
        *values,
        float(len(content)),
        sum(word.rarity for word in content),
        part(len(content), every),
        float(len(absent)),
        sum(word.rarity for word in absent),
    ]


def _loose_tags(side: Side, at: tuple[int, int]) -> set[str]:
    """Tags of the words of a range that aren't wholly shared."""
    return {word.tag for word in within(side.words, at) if word.shared < 1}


MEANING = (
    "soft_mean", "soft_rare", "soft_least", "soft_far", "soft_middle", "soft_near", "whole_cosine", "loose_cosine",
    "faced_cosine_least", "faced_cosine_mean", "faced_far", "faced_like", "insert_cosine_context", "soft_any_least",
)  # fmt: skip


def meaning(pair: Pair, vectors: Vectors) -> list[float]:
    """Soft alignment by word vectors: what an unshared word of the claim comes closest to in the evidence."""
    said = [word for word in pair.claim.words if word.content]
    others = [word for word in pair.evidence.words if word.content]
    words, loose = ([at for at, word in enumerate(side) if word.shared < 1] for side in (said, others))
    whole, theirs = vectors.of([word.text for word in said]), vectors.of([word.text for word in others])
    mine, free = whole[words], theirs[loose]
    best = np.maximum.reduce(mine @ free.T, axis=1) if words and loose else np.zeros(len(words), dtype=np.float32)
    any_best = np.maximum.reduce(mine @ theirs.T, axis=1) if words and others else best
    weights = np.array([said[at].rarity for at in words], dtype=np.float32)
    faced = _faced(pair, vectors)
    far, near = np.count_nonzero(best < 0.3), np.count_nonzero(best >= 0.55)
    all_mine, all_theirs = total(mine), total(theirs)
    return [
        float(total(best) / len(best)) if len(best) else 1.0,
        float(total(best * weights) / total(weights)) if len(best) else 1.0,
        min(best.tolist(), default=1.0),
        float(far),
        float(len(best) - far - near),
        float(near),
        _cosine(total(whole), all_theirs),
        _cosine(all_mine, total(free)),
        min(faced, default=1.0),
        float(total(faced) / len(faced)) if faced else 1.0,
        float(sum(one < 0.3 for one in faced)),
        float(sum(one >= 0.55 for one in faced)),
        _cosine(all_mine, all_theirs),
        min(any_best.tolist(), default=1.0),
    ]


def _faced(pair: Pair, vectors: Vectors) -> list[float]:
    """Cosine of the two sides of each replaced segment, content words only."""
    found: list[float] = []
    for segment in pair.segments:
        if segment.kind == "replace":
            one = [word.text for word in within(pair.claim.words, segment.claim) if word.content]
            two = [word.text for word in within(pair.evidence.words, segment.evidence) if word.content]
            if one and two:
                found.append(_cosine(total(vectors.of(one)), total(vectors.of(two))))
    return found


def _cosine(one: np.ndarray, two: np.ndarray) -> float:
    size = float(np.sqrt(one.dot(one)) * np.sqrt(two.dot(two)))
    return float(one @ two) / size if size > 1e-9 else 0.0
