"""Which of a rule's bounds speak of the case that a claim tells: of the same measure, and of whoever it is of."""

from collections.abc import Sequence
from itertools import pairwise

from classifier.comparison.numbers import HOURS
from classifier.logic.bounds import BEARER, CHILD, a_year, same
from classifier.logic.signs import BOUNDS, COMMON_BARE, acts_of, denied_at, parted, with_bare
from classifier.semantics.deontic import COMMON, Meaning
from classifier.semantics.ranges import Range

ONLY_THEN = with_bare("mới")
BOUND_WORDS = with_bare(" ".join(BOUNDS) + " từ")
NEAR = 4  # syllables before a bound that say whose it is
BEHIND = 3  # syllables behind a share that say what it is of
FAR = 60  # times a short term that a bound of the same is at most: two hours are no case of "dưới 12 tháng"


def scored(claim: Meaning, case: Range, rule: Meaning, near: Sequence[Range]) -> list[tuple[int, int]]:
    """How much each of a rule's bounds speaks of what a claim says of a case."""
    scores = [shared(claim, case, rule, one, near) for one in near]
    if any(bearer for bearer, _ in scores):
        return scores
    named = [_named(claim, case, rule, one, near) for one in near]
    named = named if any(named) else [_paired(claim, case, rule, one, near) for one in near]
    return [(bearer, said) for bearer, (_, said) in zip(named, scores, strict=True)]


def most_of(claim: Meaning, case: Range, rule: Meaning, near: Sequence[Range]) -> list[Range]:
    """The bounds that speak most of what a claim says, of shares those behind which what it is of stands: "ít
    nhất 35 phần trăm là phụ nữ và ít nhất 18 phần trăm là …"."""
    if near and case.unit == "percent":
        counted = [len(_behind(claim, case) & _behind(rule, one)) for one in near]
        near = [one for one, words in zip(near, counted, strict=True) if words == max(counted)]
    scores = scored(claim, case, rule, near)
    return [one for one, score in zip(near, scores, strict=True) if score == max(scores)]


def _behind(text: Meaning, number: Range) -> set[str]:
    return set(text.folded[number.last : number.last + BEHIND]) - COMMON_BARE


def of_period(claim: Meaning, rule: Meaning, near: list[Range]) -> list[Range]:
    """Of bounds those told within a period that a claim tells too: "từ 5 ngày cộng dồn trong 30 ngày"."""
    follows = [next((two for two in rule.numbers if two.first >= one.last), None) for one in near]
    return [
        one
        for one, two in zip(near, follows, strict=True)
        if two
        and rule.cut.words[two.first - 1] == "trong"
        and rule.cut.sentence[one.first] == rule.cut.sentence[two.first]
        and any(same(two, said) or a_year(two, said) for said in claim.numbers)
    ] or near


def as_late(claim: Meaning, case: Range, rule: Meaning, near: list[Range]) -> list[Range]:
    """Of bounds those of which a rule says, as a claim of a case, that it comes late: "từ 10 tuổi mới vào lớp một"."""
    if ONLY_THEN[claim.cut.bare].isdisjoint(claim.cut.words[case.last : case.last + 1]):
        return near
    then = ONLY_THEN[rule.cut.bare]
    return [one for one in near if not then.isdisjoint(rule.cut.words[one.last : one.last + 1])] or near


def scale_to(claim: Meaning, case: Range, rule: Meaning, bound: Range) -> float:
    """What makes a case's unit that of a bound, 0 where they measure different things; a child's months are its age."""
    if case.unit == bound.unit:
        short = case.unit == "hours" and case.value < HOURS["tháng"]
        return 0.0 if short and bound.value > FAR * case.value else 1.0
    young = _of_child(claim, case) and _of_child(rule, bound)
    scales = {("age", "hours"): HOURS["năm"], ("hours", "age"): 1 / HOURS["năm"]}
    return scales.get((case.unit, bound.unit), 0.0) if young else 0.0


def _of_child(text: Meaning, number: Range) -> bool:
    return not CHILD.isdisjoint(text.folded[max(0, number.first - NEAR) : number.first])


def shared(claim: Meaning, case: Range, rule: Meaning, bound: Range, others: Sequence[Range]) -> tuple[int, int]:
    """How many of a claim's words stand just before both numbers, and in the part of a sentence that a bound rules."""
    start = max((one.last for one in others if one.last <= bound.first), default=0)
    end = min((one.first for one in others if one.first >= bound.last), default=len(rule.folded))
    ruled = {rule.folded[at] for at in range(start, end) if rule.cut.sentence[at] == rule.cut.sentence[bound.first]}
    said = {word for word in claim.content if word.isalpha()} - COMMON_BARE
    bearer = said.intersection(claim.folded[max(0, case.first - BEARER) : case.first])
    return len(bearer.intersection(rule.folded[max(start, bound.first - NEAR) : bound.first])), len(said & ruled)


def _named(claim: Meaning, case: Range, rule: Meaning, bound: Range, others: Sequence[Range]) -> int:
    """How many of the words that say whose a bound is, and no other, a claim says elsewhere than at its number, less
    those that it denies: "thuộc hộ nghèo", "không nghèo"."""
    bare = claim.cut.bare or rule.cut.bare
    theirs = {one.first: _bearer(rule, one, bare=bare) for one in others}
    own, words = theirs.pop(bound.first).difference(*theirs.values()), _spelt(claim, bare=bare)
    said = [at for at, word in enumerate(words) if word in own and not case.first <= at < case.last]
    denied = {words[at] for at in said if denied_at(claim, at)}
    return len({words[at] for at in said} - denied) - len(denied)


def _spelt(text: Meaning, *, bare: bool) -> Sequence[str]:
    """The syllables of a text, folded beside what is typed without diacritics: "án" is no "ân", "tù" no "từ"."""
    return text.folded if bare else text.cut.words


def _paired(claim: Meaning, case: Range, rule: Meaning, bound: Range, others: Sequence[Range]) -> int:
    """How many of each two words in a row before a bound, and before no other, stand before a case too: "dâm ô", where
    another bound is of "cưỡng dâm"."""
    pairs = {one.first: _pairs_before(rule, one) for one in others}
    own = pairs.pop(bound.first).difference(*pairs.values()) & _pairs_before(claim, case)
    return sum(not COMMON_BARE.issuperset(two) for two in own)


def _pairs_before(text: Meaning, number: Range) -> set[tuple[str, str]]:
    return set(pairwise(text.folded[max(0, number.first - NEAR - BEARER) : number.first]))


def _bearer(rule: Meaning, bound: Range, *, bare: bool) -> set[str]:
    """The words before a bound that say whose it is: "hộ nghèo" in "hộ nghèo được hưởng từ đủ 70 tuổi"."""
    acts, sentence = acts_of(rule), rule.cut.sentence
    at = bound.first - 1
    while at >= 0 and (at in acts or rule.cut.words[at] in BOUND_WORDS[rule.cut.bare]):
        at -= 1
    found: set[str] = set()
    for one in range(at, max(-1, at - NEAR), -1):
        if one in acts or sentence[one] != sentence[bound.first] or (one < at and parted(rule, one, one + 1)):
            break
        found.add(_spelt(rule, bare=bare)[one])
    return found - (COMMON_BARE if bare else COMMON)
