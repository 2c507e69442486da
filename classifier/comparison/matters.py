"""Feature groups on what is asserted: numbers, names, and the words that turn a statement."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from classifier.comparison.names import Name
from classifier.comparison.numbers import Quantity, closeness
from classifier.comparison.pairing import Pair, facing, kind_at, part
from classifier.comparison.polarity import GROUPS
from classifier.comparison.vectors import Vectors

NUMBERS = (
    "numbers", "numbers_exact", "numbers_value", "numbers_missing", "numbers_rival", "numbers_faced",
    "numbers_faced_same",
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
    faced = [(one, two) for one in claim for two in evidence if facing(pair, one.at, two.at)]
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
        part(len(exact), len(claim)),
        part(len(value), len(claim)),
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
        float(sum(kind_at(pair, one.at) in ("insert", "move") for one in missing)),
    ]


def _nearest(one: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """The closest number that counts the same thing."""
    rivals = [two for two in others if one.rivals(two)]
    return max(rivals, key=lambda two: closeness(one.value, two.value), default=None)


NAMES = (
    "names", "names_found", "names_partly", "names_absent", "names_faced", "names_absent_inserted",
    "names_absent_rare", "evidence_names_loose", "names_swapped", "names_part_changed",
)  # fmt: skip


def names(pair: Pair, vectors: Vectors) -> list[float]:
    """The claim's names against the evidence's: found, changed in part, absent, facing another, or in another order."""
    claim, evidence = pair.claim.names, pair.evidence.names
    folded = set(pair.evidence.text.folded)
    shares = [part(sum(word in folded for word in name.words), len(name.words)) for name in claim]
    absent = [name for name, share in zip(claim, shares, strict=True) if share == 0]
    loose = [name for name in evidence if pair.evidence.loose(name.at) and name.at[0] in pair.about]
    faced = [name for name in claim if any(facing(pair, name.at, other.at) for other in evidence)
             and not pair.claim.tiled[name.at[0]] >= 0]  # fmt: skip
    return [
        float(len(claim)),
        part(sum(share == 1 for share in shares), len(shares)),
        float(sum(0 < share < 1 for share in shares)),
        float(len(absent)),
        float(len(faced)),
        float(sum(kind_at(pair, name.at) in ("insert", "move") for name in absent)),
        sum(max(vectors.rarity(word) for word in name.words) for name in absent),
        float(len(loose)),
        float(_swaps(pair, claim)),
        float(sum(_changed(name, evidence) for name in claim)),
    ]


def _swaps(pair: Pair, claim: Sequence[Name]) -> int:
    """Neighbouring names of the claim that stand the other way round in the evidence."""
    places = [pair.claim.tiled[name.at[0]] for name in claim]
    known = [at for at in places if at >= 0]
    return sum(two < one for one, two in pairwise(known))


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
    said, other = (Counter(cue.group for cue in found) for found in (claim, evidence))
    values = [float(side[group]) for group in GROUPS for side in (said, other)]
    balance = said["negation"] - other["negation"]
    refusal = balance + said["refusal"] - other["refusal"]
    small = [cue for cue in claim if _small(pair, cue.at)]
    return [
        *values,
        float(balance),
        float(refusal % 2),
        float(len(pair.opposites)),
        float(sum(facing(pair, one.claim, one.evidence) for one in pair.opposites)),
        float(sum(one.evidence[0] in pair.about and pair.claim.loose(one.claim) for one in pair.opposites)),
        float(len(small)),
        _against(said, other, "only", "all"),
        _against(said, other, "some", "all"),
        _against(said, other, "done", "will"),
        _against(said, other, "may", "must"),
    ]


def _small(pair: Pair, at: tuple[int, int]) -> bool:
    """Whether a place lies in an unshared stretch of at most three syllables."""
    number = pair.segment_of[at[0]]
    return number >= 0 and pair.segments[number].claim[1] - pair.segments[number].claim[0] <= 3


def _against(said: Counter[str], other: Counter[str], one: str, two: str) -> float:
    """+1 where the claim has one and the evidence two, -1 the other way round."""
    return float(bool(said[one] and other[two])) - float(bool(said[two] and other[one]))
