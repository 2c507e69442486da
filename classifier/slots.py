"""What differs between a claim and its evidence, in words a reader can check: a number, a date, a name, a negation …"""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.numbers import Quantity, closeness
from classifier.pairing import Pair, Side, facing
from classifier.polarity import Cue

NUMBER_KINDS = {"date": "date", "month": "date", "year": "date", "article": "article"}
CUE_KINDS = {"negation": "negation", "refusal": "negation"}
CUE_KINDS |= dict.fromkeys(("all", "most", "some", "only", "approximate", "least", "most_bound", "best"), "quantifier")
CUE_KINDS |= dict.fromkeys(("must", "may", "will", "done", "ongoing", "certain"), "modality")
PLACES = {
    "tại",
    "ở",
    "tỉnh",
    "phố",
    "huyện",
    "quận",
    "xã",
    "phường",
    "thôn",
    "nước",
    "đường",
    "đến",
    "từ",
    "vùng",
    "khu",
}
NEAR = 4  # words before a number that say what it bounds


@dataclass(frozen=True, slots=True)
class Slot:
    """One difference: kind, character spans (an empty one where a side lacks it), and the words of both."""

    kind: str
    claim_span: tuple[int, int]
    evidence_span: tuple[int, int]
    claim_text: str
    evidence_text: str


def slots_of(pair: Pair) -> list[Slot]:
    """Differences of a pair, the most telling first, no two about the same words of the claim."""
    kept: list[Slot] = []
    for slot in (*_numbers(pair), *_cues(pair), *_opposites(pair), *_names(pair), *_rest(pair)):
        if not any(_meet(slot, other) for other in kept):
            kept.append(slot)
    return kept


def _meet(one: Slot, two: Slot) -> bool:
    """Whether two slots speak of the same words."""
    (a, b), (c, d) = one.claim_span, two.claim_span
    (e, f), (g, h) = one.evidence_span, two.evidence_span
    return (a < d and c < b) or (e < h and g < f)


def _slot(pair: Pair, kind: str, claim: tuple[int, int], evidence: tuple[int, int]) -> Slot:
    one, two = pair.claim.text, pair.evidence.text
    return Slot(kind, one.place(*claim), two.place(*evidence), one.said(*claim), two.said(*evidence))


def _numbers(pair: Pair) -> Iterator[Slot]:
    """Numbers the evidence hasn't, beside the number there that counts the same thing or stands in the same place."""
    theirs = pair.evidence.numbers
    for one in pair.claim.numbers:
        if any(closeness(one.value, two.value) == 1.0 for two in theirs):
            continue
        across = [two for two in theirs if facing(pair, one.at, two.at)]
        rivals = across or [two for two in theirs if one.rivals(two) and not _said(pair, two)]
        if rivals:
            best = max(rivals, key=lambda two: (_around(pair, one, two), closeness(one.value, two.value)))
            yield _slot(pair, NUMBER_KINDS.get(one.kind, "number"), one.at, best.at)


def _around(pair: Pair, one: Quantity, two: Quantity) -> int:
    """How many words near the two numbers are the same: "tối thiểu là đủ 12" asks for the number of another minimum."""
    said, told = (
        set(side.text.lower[max(0, number.at[0] - NEAR) : number.at[1] + 1])
        for side, number in ((pair.claim, one), (pair.evidence, two))
    )
    return len(said & told)


def _said(pair: Pair, theirs: Quantity) -> bool:
    """Whether the claim says this number too."""
    return any(closeness(one.value, theirs.value) == 1.0 for one in pair.claim.numbers)


def _cues(pair: Pair) -> Iterator[Slot]:
    """Turning words only one side has: the claim's with what stands there in the evidence, then the evidence's."""
    for cue in _loose(pair.claim, None):
        number = pair.segment_of[cue.at[0]]
        segment = pair.segments[number]
        if segment.kind in ("insert", "replace") and segment.claim[1] - segment.claim[0] <= 4:
            yield _slot(pair, CUE_KINDS[cue.group], cue.at, segment.evidence)
    for cue in _loose(pair.evidence, pair.about):
        for segment in pair.segments:
            short = segment.evidence[1] - segment.evidence[0] <= 4
            if (
                short
                and segment.kind in ("delete", "replace")
                and segment.evidence[0] <= cue.at[0] < segment.evidence[1]
            ):
                yield _slot(pair, CUE_KINDS[cue.group], segment.claim, cue.at)


def _loose(side: Side, about: frozenset[int] | None) -> list[Cue]:
    """Turning words with a slot kind that the other side hasn't, negations first."""
    found = [cue for cue in side.cues if cue.group in CUE_KINDS and side.loose(cue.at)]
    near = [cue for cue in found if about is None or cue.at[0] in about]
    return sorted(near, key=lambda cue: (CUE_KINDS[cue.group] != "negation", cue.at))


def _opposites(pair: Pair) -> Iterator[Slot]:
    for one in pair.opposites:
        if one.evidence[0] in pair.about and pair.claim.loose(one.claim):
            yield _slot(pair, "direction", one.claim, one.evidence)


def _names(pair: Pair) -> Iterator[Slot]:
    """Names that stand in each other's place."""
    for name in pair.claim.names:
        number = pair.segment_of[name.at[0]]
        if number < 0 or pair.segments[number].kind != "replace":
            continue
        low, high = pair.segments[number].evidence
        other = next((two for two in pair.evidence.names if low <= two.at[0] < high), None)
        if other is not None:
            before = pair.claim.text.lower[name.at[0] - 1] if name.at[0] else ""
            yield _slot(pair, "place" if before in PLACES else "actor", name.at, other.at)


def _rest(pair: Pair) -> Iterator[Slot]:
    """Replaced words of any other kind, the rarest first."""
    replaced = [one for one in pair.segments if one.kind == "replace"]
    for segment in sorted(replaced, key=lambda one: -max(pair.claim.weights[one.claim[0] : one.claim[1]], default=0)):
        yield _slot(pair, "other", segment.claim, segment.evidence)
