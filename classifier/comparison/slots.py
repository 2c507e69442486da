"""What differs between a claim and its evidence, in words a reader can check: a number, a date, a name, a negation …"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from classifier.comparison import rivals, thesaurus
from classifier.comparison.numbers import HALF
from classifier.comparison.pairing import Pair, Side
from classifier.comparison.polarity import GROUPS, Cue
from classifier.text.figures import DIGITS

KINDS = (
    "number", "date", "article", "negation", "quantifier", "modality", "direction", "actor", "place", "other",
)  # fmt: skip
CUE_KINDS = {"negation": "negation", "refusal": "negation"}
CUE_KINDS |= dict.fromkeys(("all", "most", "some", "only", "approximate", "least", "most_bound", "best"), "quantifier")
CUE_KINDS |= dict.fromkeys(("must", "may", "will", "done", "ongoing", "certain"), "modality")
PLACES = frozenset({
    "tại", "ở", "tỉnh", "phố", "huyện", "quận", "xã", "phường", "thôn", "nước", "đường", "đến", "từ", "vùng", "khu",
})  # fmt: skip
DATED = ("năm", "tháng", "ngày")  # words that lead a date, which the evidence may tell to the day
SINCE_NOW = frozenset({*DATED, "hồi", "ngoái", "nay"})  # nor "hồi tháng 10 năm ngoái"
LAWS = ("luật", "bộ luật", "hiến")  # what begins a law's name
IDLING = {"ongoing", "most", "some"}  # groups of words that by themselves go against nothing: "đang ở tù vẫn được"
PLAINLY = {"có", "là"}  # what a denial stands against, though it turns nothing
ONLY = frozenset({"chỉ", "duy"})
ONLY_NEAR = 5  # syllables, at most, from a denial to the "only" that it denies
DENIAL = 3  # words of a denial alone, at most: không phải là
DENIED = (2, 3, 4)  # syllables of a phrase that a denial begins
PARTICLES = frozenset({"ra", "vào", "lên", "xuống", "được", "bị"})  # of verbs, more often than opposites
PASSED = frozenset({"mới", "vừa", "rồi", "đã", "từng"})  # of what is over or lately so, said of nearly anything
FILLING = frozenset({  # words that say nothing which evidence could contradict by having others in their place
    "này", "kia", "đó", "đấy", "ấy", "nó", "thì", "là", "mà", "của", "về", "và", "với", "cho", "các", "những", "cái",
    "bản", "cuộc", "sự", "việc", "ra", "lại", "cũng", "vẫn", "luôn", "ạ", "nhé", "nha", "nhỉ", "đâu", "thế", "vậy",
    "theo", "luật", "thứ", "thôi", "thoi", *HALF,
})  # fmt: skip
HALF_A_YEAR = re.compile(rf" tuổi (?:{'|'.join(HALF)}|0?6 tháng)\b", re.IGNORECASE)  # of an age, told alike
SHORT_YEAR, DAY = re.compile(r"[3-9]\d"), re.compile(r"[\d/.-]*?\b19(\d\d)\b")  # "hồi 82", "17/2/1982"
# a child's age, which a law may tell in months: "con dưới 3 tuổi", "con dưới 36 tháng"
_CHILD = r"\b(?:con|trẻ|bé|cháu)\b(?: \w+){0,3} "
CHILDS, IN_MONTHS = re.compile(rf"{_CHILD}$", re.IGNORECASE), re.compile(rf"{_CHILD}(\d+) tháng\b", re.IGNORECASE)
DENIALS, ALL = (frozenset(GROUPS[group].split(", ")) for group in ("negation", "all"))


@dataclass(frozen=True, slots=True)
class Slot:
    """One difference: a kind of KINDS, character spans (an empty one where a side lacks it), and the words of both."""

    kind: str
    claim_span: tuple[int, int]
    evidence_span: tuple[int, int]
    claim_text: str
    evidence_text: str
    idle: bool = False  # nothing to show a reader: both say the same, or it is no difference of theirs
    alone: str = ""  # the side that has a turning word, claim or evidence, where the other says nothing of the kind
    faced: tuple[tuple[int, int], tuple[int, int]] | None = None  # spans to show instead: what one side denies, on both


def slots_of(pair: Pair) -> list[Slot]:
    """Differences of a pair, the most telling first, no two about the same words of the claim.

    Those that are `idle` are among them: that words stand there which aren't shared tells a case from its rule.
    """
    kept: list[Slot] = []
    fitting = [_slot(pair, *one) for one in rivals.fitting(pair)]
    numbers = (_slot(pair, *one) for one in rivals.strange(pair))
    for slot in (*numbers, *_cues(pair), *_opposites(pair), *_names(pair), *_rest(pair)):
        if not any(_meet(slot, other) for other in kept) and not any(_inside(slot, other) for other in fitting):
            kept.append(_weighed(pair, slot))
    return kept


def telling(found: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots that a reader is shown: a turning word without its counterpart only where nothing plainer differs, and
    by itself; words replaced by others are kept, since they tell that a passage may speak of something else."""
    shown = [slot for slot in found if not slot.idle]
    most = max(map(_worth, shown), default=0)
    shown = [slot for slot in shown if most or slot.alone != "evidence"]  # who leaves out a "được" says nothing by it
    return tuple(_by_itself(slot) for slot in shown if slot.kind == "other" or _worth(slot) == most)


def _worth(slot: Slot) -> int:
    """How surely a slot carries a contradiction: a modal or a quantifier of one side alone hardly does."""
    if slot.kind == "other":
        return 1
    if slot.kind == "direction" and slot.claim_text.lower() in PARTICLES:
        return 2
    return 0 if slot.alone and slot.kind != "negation" else 3


def _by_itself(slot: Slot) -> Slot:
    """A turning word without what happens to stand in its place on the other side."""
    if slot.alone == "claim":
        return replace(slot, evidence_span=(slot.evidence_span[0],) * 2, evidence_text="")
    if slot.alone == "evidence":
        return replace(slot, claim_span=(slot.claim_span[0],) * 2, claim_text="")
    return slot


def _weighed(pair: Pair, slot: Slot) -> Slot:
    """A slot with what it is worth to a reader."""
    if slot.kind in CUE_KINDS.values():
        return _turns(pair, slot)
    if slot.kind == "direction":
        cut = _cut(pair.claim, slot.claim_span) or _cut(pair.evidence, slot.evidence_span)
        return replace(slot, idle=cut)
    return replace(slot, idle=_same(pair, slot) or (slot.kind in ("actor", "place") and _frames(slot)))


def _turns(pair: Pair, slot: Slot) -> Slot:
    """A slot of a turning word: idle where both sides have one of a group, or two denials, or neither a whole one."""
    mine, theirs = _turning(pair.claim, slot.claim_span), _turning(pair.evidence, slot.evidence_span)
    one, two = ({group for group in side if CUE_KINDS[group] == slot.kind} for side in (mine, theirs))
    idle = one == two or (one == {"approximate"} and _rough(pair, slot.claim_span))
    if slot.kind == "negation":  # any turning word may stand against it
        said, told = (words.lower().split() for words in (slot.claim_text, slot.evidence_text))
        idle = not (one or two) or (bool(one and two) and max(len(said), len(told)) <= DENIAL)
        idle = idle or _said_otherwise(pair, slot.claim_span) or _not_only(pair, slot.claim_span)
        one, two = one or mine or PLAINLY & set(said), two or theirs or PLAINLY & set(told)
    if slot.claim_text.lower() in PASSED and not two:  # what isn't so isn't over either
        idle = idle or DENIALS.isdisjoint(pair.evidence.text.lower)
    alone = "" if one and two else "claim" if one else "evidence"
    if alone == "claim" and one and IDLING.issuperset(mine):
        idle = True
    # who leaves out an "at least" says nothing against it
    return replace(slot, idle=idle or (slot.kind == "quantifier" and alone == "evidence"), alone=alone)


def _rough(pair: Pair, span: tuple[int, int]) -> bool:
    """Whether words of a claim stand before a number and make it one of the evidence's, told roughly: "gần 200"."""
    spans, theirs = pair.claim.text.spans, rivals.told_numbers(pair.evidence)
    said = [one for one in rivals.told_numbers(pair.claim) if one.at[0] and spans[one.at[0] - 1][1] == span[1]]
    return any(one.fits(replace(two, unit=one.unit)) for one in said for two in theirs)


def _not_only(pair: Pair, span: tuple[int, int]) -> bool:
    """Whether a claim denies that a thing is the only one, which evidence doesn't say: "không còn là … duy nhất"."""
    text = pair.claim.text
    end = next((at for at, place in enumerate(text.spans) if place[1] == span[1]), len(text.lower))
    only = (cue.at for cue in pair.claim.cues if text.lower[cue.at[0]] in ONLY and 0 < cue.at[0] - end <= ONLY_NEAR)
    return ONLY.isdisjoint(pair.evidence.text.lower) and any(
        text.clause[at[0]] == text.clause[end] and not _cut(pair.claim, text.place(*at))
        for at in only  # "chỉ định"
    )


def _said_otherwise(pair: Pair, span: tuple[int, int]) -> bool:
    """Whether a denial begins words of a claim for which the evidence has others: "không mất tiền" for "miễn phí"."""
    text, told = pair.claim.text, pair.evidence.text.lower
    at = next((at for at, place in enumerate(text.spans) if place[0] == span[0]), len(text.lower))
    if DENIALS.isdisjoint(text.lower[at : at + 1]):
        return False
    phrases = {" ".join(text.lower[at : at + size]) for size in DENIED}
    others = {other for phrase in phrases for other in thesaurus.same_as(phrase)}
    return any(tuple(told[start : start + len(other)]) == other for other in others for start in range(len(told)))


def _turning(side: Side, span: tuple[int, int]) -> set[str]:
    """Groups of the turning words within a span that are no part of a longer word, as "định" is of "quy định"."""
    return {
        cue.group
        for cue in side.cues
        if cue.group in CUE_KINDS and _within(place := side.text.place(*cue.at), span) and not _cut(side, place)
    }


def _within(one: tuple[int, int], span: tuple[int, int]) -> bool:
    return span[0] <= one[0] < one[1] <= span[1]


def _cut(side: Side, span: tuple[int, int]) -> bool:
    """Whether a span begins or ends within a known word; what's unknown is joined by guess, as "ICCPR cấm"."""
    known = [side.text.place(*word.at) for word in side.words if word.tag not in ("?", "Np")]
    return any(start < edge < end for start, end in known for edge in span)


def _frames(slot: Slot) -> bool:
    """Whether only the claim names the law that says so: who is said to say it differs in nothing."""
    said, told = slot.claim_text.lower(), slot.evidence_text.lower()
    return said.startswith(LAWS) and not told.startswith(LAWS)


def _same(pair: Pair, slot: Slot) -> bool:
    """Whether a slot's sides say the same: in equal words or such as stand for them, as a name and its initials or the
    initials in brackets of what stands before them, as a year, in whole or by its last figures, and its day, or as half
    a year and six months."""
    one, two = slot.claim_text.lower().split(), slot.evidence_text.lower().split()
    if tuple(two) in thesaurus.same_as(" ".join(one)):
        return True
    if slot.kind == "number":
        ages = (pair.claim.text.text[slot.claim_span[1] :], pair.evidence.text.text[slot.evidence_span[1] :])
        return (one == two and all(HALF_A_YEAR.match(age) for age in ages)) or _in_months(pair, slot)
    if slot.kind == "date" and SHORT_YEAR.fullmatch(slot.claim_text):
        day = DAY.match(pair.evidence.text.text, slot.evidence_span[0])
        return day is not None and day[1] == slot.claim_text
    if slot.kind == "other":
        if one and (FILLING.issuperset(one) or (len(one) == 1 and one[0].isdecimal())):  # numbers have their own slots
            return True
        return one == two or (SINCE_NOW.issuperset(one) and any(char.isdigit() for char in slot.evidence_text))
    if slot.kind not in ("actor", "place") or not one or not two:
        return False
    start, end = slot.evidence_span
    around = pair.evidence.text.text[max(0, start - 1) : start] + pair.evidence.text.text[end : end + 1]
    return one == two or _initials(one, two) or _initials(two, one) or (around == "()" and slot.evidence_text.isupper())


def _in_months(pair: Pair, slot: Slot) -> bool:
    """Whether a number of a claim is a child's age, which the evidence tells in months."""
    said, (start, end) = pair.claim.text.text, slot.claim_span
    years = DIGITS.get(slot.claim_text.lower()) or (int(slot.claim_text) if slot.claim_text.isdecimal() else 0)
    if not years or not said[end:].startswith(" tuổi") or not CHILDS.search(said[:start]):
        return False
    return str(12 * years) in IN_MONTHS.findall(pair.evidence.text.text)


def _initials(name: list[str], short: list[str]) -> bool:
    """Whether one word is the first letters of a name of several."""
    return len(name) > 1 and short == ["".join(word[0] for word in name)]


def opposed(slot: Slot) -> bool:
    """Whether a slot parts a claim from what seems to bear it out: a denial that only the evidence has, all for so
    many, must for may, the other side of a bound. Most cues come and go in what says the same, so that these few are
    all that tells."""
    said, told = slot.claim_text.lower(), slot.evidence_text.lower().split()
    return (
        (slot.kind == "negation" and not said and " ".join(told) in DENIALS)
        or (slot.kind == "quantifier" and said in ALL and any(word in DIGITS or word.isdigit() for word in told))
        or (slot.kind == "modality" and said == "phải" and told[:1] == ["được"])
        or (slot.kind == "quantifier" and {_side(said.split()), _side(told)} == {-1, 1})
    )


def _side(words: Sequence[str]) -> int:
    """Of a bound that a slot's words end in: -1 what lies under it, 1 what begins with it, 0 where there is none."""
    last = " ".join(words[-2:])
    if last.endswith(("dưới", "chưa đủ", "chưa đầy")):
        return -1
    return int(last.endswith(("đủ", "trên", "ít nhất")))


def _meet(one: Slot, two: Slot) -> bool:
    """Whether two slots speak of the same words."""
    (a, b), (c, d) = one.claim_span, two.claim_span
    (e, f), (g, h) = one.evidence_span, two.evidence_span
    return (a < d and c < b) or (e < h and g < f)


def _inside(one: Slot, two: Slot) -> bool:
    """Whether a slot says no more than another does, on a side."""
    (a, b), (c, d) = one.claim_span, two.claim_span
    (e, f), (g, h) = one.evidence_span, two.evidence_span
    return c <= a < b <= d or g <= e < f <= h


def _slot(pair: Pair, kind: str, claim: tuple[int, int], evidence: tuple[int, int]) -> Slot:
    one, two = pair.claim.text, pair.evidence.text
    return Slot(kind, one.place(*claim), two.place(*evidence), one.said(*claim), two.said(*evidence))


def _cues(pair: Pair) -> list[Slot]:
    """Turning words only one side has: the negations of both, then the claim's others, then the evidence's."""
    return sorted((*_claimed(pair), *_turned(pair)), key=lambda slot: slot.kind != "negation")


def _claimed(pair: Pair) -> Iterator[Slot]:
    """The claim's turning words with what stands there in the evidence."""
    turned = {one.claim for one in pair.opposites}
    for cue in _loose(pair.claim, None):
        number = pair.segment_of[cue.at[0]]
        segment = pair.segments[number]
        # a denial before words that stand in another order, unless its opposite tells more
        denied = segment.kind == "move" and CUE_KINDS[cue.group] == "negation" and cue.at not in turned
        if (segment.kind in ("insert", "replace") or denied) and segment.claim[1] - segment.claim[0] <= 4:
            yield _slot(pair, CUE_KINDS[cue.group], cue.at, segment.evidence)


def _turned(pair: Pair) -> Iterator[Slot]:
    """The evidence's turning words with what stands there in the claim."""
    for cue in _loose(pair.evidence, pair.about):
        for segment in pair.segments:
            short = segment.evidence[1] - segment.evidence[0] <= 4
            # a denial right before what the claim says too, however much stands before that
            denies = segment.kind == "delete" and CUE_KINDS[cue.group] == "negation"
            denies = denies and cue.at[0] < segment.evidence[1] <= cue.at[1]
            if (
                (short or denies)
                and segment.kind in ("delete", "replace")
                and segment.evidence[0] <= cue.at[0] < segment.evidence[1]
            ):
                yield _slot(pair, CUE_KINDS[cue.group], segment.claim, cue.at)


def _loose(side: Side, about: frozenset[int] | None) -> list[Cue]:
    """Turning words with a slot kind that the other side hasn't; of "không được" it may have the second syllable."""
    found = [
        cue
        for cue in side.cues
        if cue.group in CUE_KINDS and side.loose((cue.at[0], cue.at[0] + 1) if cue.group == "negation" else cue.at)
    ]
    return [cue for cue in found if about is None or cue.at[0] in about]


def _opposites(pair: Pair) -> Iterator[Slot]:
    for one in pair.opposites:
        if one.evidence[0] in pair.about and pair.claim.loose(one.claim):
            yield _slot(pair, "direction", one.claim, one.evidence)


def _names(pair: Pair) -> Iterator[Slot]:
    """Names that stand in each other's place; both may begin with the same title, as Ông does."""
    for name in pair.claim.names:
        first = next((at for at in range(*name.at) if pair.claim.tiled[at] < 0), name.at[0])
        number = pair.segment_of[first]
        if number < 0 or pair.segments[number].kind != "replace":
            continue
        low, high = pair.segments[number].evidence
        other = next((two for two in pair.evidence.names if two.at[0] < high and low < two.at[1]), None)
        if other is not None:
            before = pair.claim.text.lower[first - 1] if first else ""
            yield _slot(pair, "place" if before in PLACES else "actor", name.at, other.at)


def _rest(pair: Pair) -> Iterator[Slot]:
    """Replaced words of any other kind, the rarest first."""
    replaced = [one for one in pair.segments if one.kind == "replace"]
    for segment in sorted(replaced, key=lambda one: -max(pair.claim.weights[one.claim[0] : one.claim[1]], default=0)):
        yield _slot(pair, "other", segment.claim, segment.evidence)
