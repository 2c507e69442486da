"""A claim that tells one case of a rule: "nữ 16 tuổi chưa được kết hôn" beside "nữ từ đủ 18 tuổi mới được kết hôn".

A case inside the rule's bound agrees with the rule where it has its sign, one outside where the sign is turned.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from classifier.logic.bearers import ONLY_THEN, as_late, most_of, of_period, scale_to, scored, shared
from classifier.logic.bounds import BEARER, CLOCK, bounds, cases_of, same, unbounded
from classifier.logic.exceptions import RUN, alone, runs, unexcepted
from classifier.logic.readings import OF_TURNS, read
from classifier.logic.signs import (
    COMMON_BARE,
    DENIALS,
    THEN,
    counted_in,
    is_bounding,
    parted,
    turns,
    with_bare,
)
from classifier.semantics.deontic import Meaning
from classifier.semantics.lexicon import Concept, Lexicon
from classifier.semantics.ranges import Range
from classifier.text.patterns import either

RULES = with_bare("phải chỉ cần tuổi mức hạn khung thời")  # before a number: "tuổi kết hôn là 16", "phải 20 tuổi"
OF_AGES, SMALL = with_bare("tuổi"), with_bare("chỉ")
IS = with_bare("là")
# a claim may add these
JUDGED = with_bare(
    "luật pháp trái cấm cho phép phạm quyền chưa vẫn thuộc hay thì ký vào công thanh niên đương mặc nhiên thêm gia nhập"
    " vì do hưởng căn cứ điều kiện nữa năm dù lấy diện nhỏ mới"
)
BOTH = either(r"\bphải\b[^.;]{0,100}\bcả\b[^.;]{0,100}\bvà\b")  # how a rule asks for two things together
ONLY_SAID = either(r"(\b(?:không|chẳng|chưa|đâu|đừng)(?: \w+){0,3} )?\bchỉ( cần)?\b")
CONDITIONS = with_bare("dưới đủ từ")  # before a term of which a rule holds
WITH, LEAST_OF = with_bare("với"), with_bare("trước sau")  # "báo trước 45 ngày với …, 30 ngày với …"
OR = with_bare("hoặc hay")
BOUNDED = ("age", CLOCK, "hours", "percent", OF_TURNS)  # units of which a rule's bounds have cases
BESIDE = frozenset({"number", "quantifier", "modality"})  # kinds of slots that a case's number and a bound's words make
STILL_DUE, TERM = {("còn", "phải"), ("con", "phai")}, {("thời", "hạn"), ("thoi", "han"), ("kỳ", "hạn"), ("ky", "han")}
OF_TERM = with_bare("không có định")
LASTS = frozenset({"trong", "hết", "sau"})
# who must pay himself for what a rule has the state pay for is no case of it: "trẻ 4 tuổi phải tự bỏ tiền mua …"
FREE = either(r"\bmiễn phí\b|\bnhà nước (?:cấp|đóng|mua|trả|chi trả)\b")
PAYS = either(r"\bphải (?:tự )?(?:bỏ tiền|trả tiền|đóng tiền|mất tiền|mua)\b")


def is_rule(text: str, lexicon: Lexicon) -> bool:
    """Whether a normalised text allows, asks for or forbids a thing within a bound of age, time or share."""
    meaning = read(text, lexicon)
    return bool(meaning.cues) and any(one.low != one.high and one.unit in BOUNDED for one in bounds(meaning))


def agrees(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether all that a normalised claim says is a case of a rule, as the rule has it."""
    mine, theirs = read(claim, lexicon), read(unexcepted(claim, rule), lexicon)
    cases = cases_of(mine, theirs)
    # an age that is the rule's own bound of somebody else: men of eighteen, where women may wed from eighteen on
    cases = cases or [one for one in mine.numbers if one.unit == "age" and one.low == one.high]
    if not cases or not all(_is_case(mine, one) for one in cases) or adds(mine, theirs, cases):
        return False
    return all(_fits(mine, one, theirs) for one in cases)


def inside(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether each number of a claim that a rule hasn't is the age of a case inside one of the rule's bounds, or its
    term or share inside one that says when the rule holds ("hợp đồng từ đủ 12 tháng"), all by one sentence with its
    sign: whatever else differs, such a number doesn't. A bound, a sum, and a term beside the most or the least one, is
    the claim's own rule."""
    mine, theirs = read(claim, lexicon), read(unexcepted(claim, rule), lexicon)
    cases = cases_of(mine, theirs)
    if PAYS.search(claim) and FREE.search(rule) and not FREE.search(claim):
        return False
    if "only" in {one.id for one in mine.scopes} - {one.id for one in theirs.scopes} and _limits(claim, rule):
        return False
    cases = [one for one in cases if not _either_way(mine, one, theirs)] or cases
    plain = all(_is_told(one) and _is_case(mine, one) for one in cases)
    return bool(cases) and plain and bool(set.intersection(*(_held(mine, one, theirs) for one in cases)))


def unclear(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether each number of a claim that a rule hasn't is one of a case, the rule has bounds for all of them, and none
    is found to lie against the bounds that speak of it: whatever such a number is taken for, it isn't known to be
    wrong."""
    mine, theirs = read(claim, lexicon), read(unexcepted(claim, rule), lexicon)
    cases = cases_of(mine, theirs)
    first = min((one.last for one in cases), default=0)
    if not ONLY_THEN[mine.cut.bare].isdisjoint(mine.cut.words[first:]):  # "… 40 tuổi mới phải đổi" tells a bound
        return False
    ranges = [one for one in map(partial(_lasting, theirs), bounds(theirs)) if one.low != one.high]
    ranges = [one for one in ranges if not any(_goes_on(theirs, two, one) for two in ranges)]
    ruled = [[one for one in ranges if scale_to(mine, case, theirs, one)] for case in cases]
    told = all(near and _is_told(case) and _is_case(mine, case) for case, near in zip(cases, ruled, strict=True))
    return bool(cases) and told and not any(map(partial(_lies_against, mine, theirs), cases, ruled))


def _goes_on(rule: Meaning, one: Range, other: Range) -> bool:
    """Whether a sentence of a rule says of another bound what comes where one ends: "dưới 12 tháng được nghỉ, đủ 12
    tháng thì thôi"."""
    sentence = rule.cut.sentence
    apart = one.first < other.first and sentence[one.first] == sentence[other.first] and one.unit == other.unit
    return apart and math.isclose(one.high, other.low, rel_tol=1e-4)


def _lasting(rule: Meaning, term: Range) -> Range:
    """A plain term as the time in which a rule holds, or after which: "trong 5 năm", "hết 5 năm", "sau khi ở tù 12
    năm"."""
    words = rule.cut.words
    before = words[max(0, term.first - 1)]
    if words[max(0, term.first - 4) : max(0, term.first - 2)] == ("sau", "khi"):
        before = "sau"
    if term.unit != "hours" or term.low != term.high or before not in LASTS:
        return term
    return replace(term, low=0.0) if before == "trong" else replace(term, high=math.inf)


def _lies_against(claim: Meaning, rule: Meaning, case: Range, near: list[Range]) -> bool:
    """Whether a case is inside all bounds that speak most of what its claim says, with their sign turned, or outside of
    them with their sign."""
    near = of_period(claim, rule, as_late(claim, case, rule, near))
    turned = ((_turned(claim, rule, one), one) for one in most_of(claim, case, rule, near))
    return all(
        sign is not None and _within(one, case.value * scale_to(claim, case, rule, one)) == sign for sign, one in turned
    )


def outside(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether the ages and terms of a claim lie outside the bounds of a rule that speak of them, and it turns the
    rule's sign for them: with whatever else it tells of the case before it comes to what is allowed, and no more."""
    mine = read(alone(claim), lexicon)
    theirs = read(unexcepted(claim, rule), lexicon)
    cases = cases_of(mine, theirs)
    scopes = [one for one in mine.scopes if not _belittles(one, cases)]
    if not cases or scopes or not all(_is_told(one) for one in cases):
        return False
    last = max(one.last for one in cases)
    acts = [one.first for one in mine.cues if not is_bounding(mine, one.first)]
    told = min((at for at in acts if at >= last), default=0)
    if min(acts, default=0) < last or not all(_is_case(mine, one) for one in cases):
        return False
    beside = unbounded(theirs).isdisjoint(mine.folded[:told])
    return beside and not adds(mine, theirs, cases, told) and all(_left_out(mine, one, theirs) for one in cases)


def _belittles(scope: Concept, cases: Sequence[Range]) -> bool:
    """Whether an "only" says of a case's number that it is small: "chỉ giảm 4%"."""
    return any(0 < one.first - scope.first <= BEARER for one in cases)


def _left_out(claim: Meaning, case: Range, rule: Meaning) -> bool:
    """Whether a case fits a rule as one that none of its bounds holds."""
    near = [one for one in bounds(rule) if case.unit == "age" or conditions(rule, one)]
    return _fits(claim, case, rule, near)


def _either_way(claim: Meaning, case: Range, rule: Meaning) -> bool:
    """Whether a claim tells the other of two conditions, a rule's bound being one: "ban đêm hoặc quá 6 giờ"."""
    words, ors = rule.cut.words, OR[rule.cut.bare]
    starts = (one.first - 1 for one in bounds(rule) if conditions(rule, one) and scale_to(claim, case, rule, one))
    return any(
        start > 2 and words[start - 1] in ors and rule.folded[start - 3 : start - 1] in claim.pairs for start in starts
    )


def _limits(claim: str, rule: str) -> bool:
    """Whether the "only" of a claim says that less is due or enough than a rule has it: one that isn't denied, and, in
    "chỉ cần cha mẹ đồng ý", where the rule asks for two things together."""
    only = ONLY_SAID.search(claim)
    return not (only and (only[1] or (only[2] and not BOTH.search(rule))))


def _is_told(number: Range) -> bool:
    """Whether a number is an age, an hour of the clock, a term or a share as a case has it, and no bound."""
    return number.unit in BOUNDED and number.low == number.high


def _within(bound: Range, value: float) -> bool:
    """Whether a value is inside a bound; "từ 22 giờ đến 6 giờ" is over midnight."""
    if bound.low > bound.high:
        return value >= bound.low or value <= bound.high
    return bound.low <= value <= bound.high


def _held(claim: Meaning, case: Range, rule: Meaning) -> set[int]:
    """The sentences of a rule that tell it as a claim does of a case inside one of the bounds that name its bearer
    most."""
    ruled = as_late(claim, case, rule, [one for one in bounds(rule) if scale_to(claim, case, rule, one)])
    ruled = [one for one in of_period(claim, rule, ruled) if case.unit == "age" or conditions(rule, one)]
    near = [(one, scale_to(claim, case, rule, one)) for one in ruled]
    borne = [shared(claim, case, rule, one, [two for two, _ in near])[0] for one, _ in near]
    around = [one for (one, scale), named in zip(near, borne, strict=True)
              if named == max(borne) and _within(one, case.value * scale)]  # fmt: skip
    around = [one for one in around if one.low != one.high and not _tells_another(claim, rule, one)]
    others = [_of_others(claim, rule, one) for one in around if case.unit == CLOCK]
    if any(others):
        told = not claim.denies and turns(claim, rule, max(others)) is False
        return {max(others)} if told else set()
    return {rule.cut.sentence[one.first] for one in around if _turned(claim, rule, one) is False}


def _of_others(claim: Meaning, rule: Meaning, bound: Range) -> int:
    """The sentence behind a bound's in which a rule speaks of those whom a claim is of, 0 for none: "người phạm tội quả
    tang thì ban đêm vẫn bắt được"."""
    own, told = rule.cut.sentence[bound.first], dict[int, set[tuple[str, ...]]]()
    for at, run in enumerate(zip(*(rule.folded[at:] for at in range(RUN)), strict=False)):
        told.setdefault(rule.cut.sentence[at], set()).add(run)
    said = runs(claim.folded, RUN) - told.get(own, set())
    return next((one for one, theirs in told.items() if one > own and said & theirs), 0)


def conditions(rule: Meaning, bound: Range) -> bool:
    """Whether a bound says of whom or when a rule holds, not how much it grants or asks for: "quá 6 giờ thì"."""
    words, bare = rule.cut.words, rule.cut.bare
    then = bound.high == math.inf and not THEN[bare].isdisjoint(words[bound.last : bound.last + 1])
    before = not CONDITIONS[bare].isdisjoint(words[max(0, bound.first - 1) : bound.first])
    return then or before or (bound.low != bound.high and _granted_with(rule, bound) is not None)


def _granted_with(rule: Meaning, bound: Range) -> Range | None:
    """What a rule asks for or grants where a bound holds: "2 năm" of "2 năm với án tù đến 5 năm"."""
    before = [one for one in rule.numbers if one.last <= bound.first]
    return before[-1] if before and rule.cut.words[before[-1].last] in WITH[rule.cut.bare] else None


def _tells_another(claim: Meaning, rule: Meaning, bound: Range) -> bool:
    """Whether a claim tells what a rule's list has with another bound than one that holds its case, and not more of
    what is the least: "hợp đồng 2 năm thì báo trước 3 ngày"."""
    own = _granted_with(rule, bound)
    if own is None:
        return False
    words, bare = rule.cut.words, rule.cut.bare
    listed = [one for one in rule.numbers if words[one.last : one.last + 1] and words[one.last] in WITH[bare]]
    told = [one for one in listed if one.unit == own.unit and any(same(one, two) for two in claim.numbers)]
    least = not LEAST_OF[bare].isdisjoint(words[max(0, listed[0].first - 1) : listed[0].first])
    return bool(told) and not any(one.value == own.value or (least and one.value > own.value) for one in told)


def _is_case(claim: Meaning, number: Range) -> bool:
    """Whether a number is that of one case, and no rule's own."""
    words, sentence, bare = claim.cut.words, claim.cut.sentence, claim.cut.bare
    said = set(range(number.first)) - counted_in(claim)
    if THEN[bare] & {*words[number.last :]}:  # "mà chỉ giảm 4% thì"
        said -= {at for at in range(max(0, number.first - BEARER), number.first) if words[at] in SMALL[bare]}
    said -= _of_whom(claim, number) | _of_term(claim)
    before = {words[at] for at in said if sentence[at] == sentence[number.first]}
    aged = OF_AGES[bare] if number.unit == "hours" else frozenset()  # "đủ tuổi hưu mà đóng 12 năm"
    return (
        before.isdisjoint(RULES[bare] - aged)
        and IS[bare].isdisjoint(words[max(0, number.first - 1) : number.first])
        and (ONLY_THEN[bare].isdisjoint(words[number.last : number.last + 2]) or _late(claim, number))
    )


def _of_whom(claim: Meaning, number: Range) -> set[int]:
    """The syllables by which a claim says before a number who alone may: "chỉ cậu ruột mới được nhận cháu 17 tuổi"."""
    words, bare = claim.cut.words[: number.first], claim.cut.bare
    then = max((at for at, word in enumerate(words) if word in ONLY_THEN[bare]), default=0)
    return {at for at, word in enumerate(words[:then]) if word in SMALL[bare]}


def _of_term(claim: Meaning) -> set[int]:
    """The syllables by which a claim tells of which kind a contract or a sentence is, "không thời hạn", or how much is
    left: "còn phải ở tù 5 năm"."""
    words, bare = claim.cut.words, claim.cut.bare
    left = {at for at, two in enumerate(pairwise(words), 1) if two in STILL_DUE}
    terms = (at for at, two in enumerate(pairwise(words)) if two in TERM and at)
    return left | {at + put for at in terms for put in (0, 1) if words[at - 1] in OF_TERM[bare]}


def _late(claim: Meaning, number: Range) -> bool:
    """Whether a "mới" behind a number says of a case that it comes late: "11 tuổi mới vào lớp 1 thì …"."""
    words, sentence, bare = claim.cut.words, claim.cut.sentence, claim.cut.bare
    at = next(at for at in range(number.last, number.last + 2) if words[at] in ONLY_THEN[bare])
    then = next((to for to in range(at, len(words)) if words[to] in THEN[bare] and sentence[to] == sentence[at]), 0)
    return then > 0 and not any(at < cue.first < then for cue in claim.cues)


def adds(claim: Meaning, rule: Meaning, cases: Sequence[Range], start: int = 0) -> bool:
    """Whether a claim says more than a rule does from a syllable on, beside whose case it is and whether it is
    allowed."""
    free = {at for one in cases for at in range(one.first - BEARER, one.last)}
    free |= counted_in(claim)  # other numbers are the rule's own
    free |= {at for cue in (*claim.cues, *claim.scopes) for at in range(cue.first, cue.last)}
    judged, rows = JUDGED[claim.cut.bare], enumerate(zip(claim.cut.words, claim.folded, strict=True))
    return any(
        at >= start and at not in free and word not in judged and bare not in COMMON_BARE and bare not in rule.folded
        for at, (word, bare) in rows
    )


def _fits(claim: Meaning, case: Range, rule: Meaning, among: Iterable[Range] | None = None) -> bool:
    """Whether a case agrees with the bounds, all or some, that speak most of what its claim says."""
    near = [one for one in (bounds(rule) if among is None else among) if scale_to(claim, case, rule, one)]
    near = [one for one in near if not _told_too(claim, case, one)] or near
    # of the rule's bounds the one that a claim's own bound is the other side of
    near = [one for one in near if case.low != case.high and same(_beyond(case), one)] or near
    near = of_period(claim, rule, as_late(claim, case, rule, near))
    scores = scored(claim, case, rule, near)
    best = max(scores, default=(0, 0))
    rivals = [one for one, score in zip(near, scores, strict=True) if score == best]
    if best == (0, 0) or any(one.low == one.high for one in rivals):
        return False
    if case.unit == CLOCK and any(_of_others(claim, rule, one) for one in rivals):
        return False
    beside = [one for one, score in zip(near, scores, strict=True) if score[0] == best[0]]
    return all(_agree(claim, case, rule, _listed(rule, one, beside)) for one in rivals)


def _told_too(claim: Meaning, case: Range, one: Range) -> bool:
    """Whether a claim tells a rule's plain number beside its case: "17 tuổi thì không, dù công ước lấy mốc 18"."""
    return one.low == one.high and any(
        two.first != case.first and two.low == two.high == one.low and two.unit in (one.unit, "count")
        for two in claim.numbers
    )


def _agree(claim: Meaning, case: Range, rule: Meaning, listed: Sequence[Range]) -> bool:
    turned = _turned(claim, rule, listed[0])
    scaled = [(one, scale_to(claim, case, rule, one)) for one in listed]
    if case.low != case.high:  # a bound is no case: it agrees where it is the rule's own in another unit
        said = _beyond(case) if turned else case
        return turned is not None and any(same(said, one, scale) for one, scale in scaled)
    inside = any(_within(one, case.value * scale) for one, scale in scaled)
    return turned is not None and inside != turned


def _turned(claim: Meaning, rule: Meaning, bound: Range) -> bool | None:
    """Whether a claim says the opposite of a rule's sentence on a bound, or else of the one before: "hộ nghèo được từ
    đủ 70 tuổi", what they get being said there; of one that only denies, whether it denies nothing: "từ 3 năm trở lên
    thì không"."""
    sentence = rule.cut.sentence[bound.first]
    if bound.high == math.inf and _ends_denied(rule, bound):
        return not claim.denies
    turned, least = turns(claim, rule, sentence), 0 if _granted_with(rule, bound) else sentence - 1
    if any(rule.cut.sentence[one.first] == sentence and one.id == "only" for one in rule.scopes):
        least = sentence  # "chỉ cần thẻ" needs nothing said before it
    while turned is None and sentence > max(0, least):  # what a whole list grants is said before it
        sentence -= 1
        turned = turns(claim, rule, sentence)
    return turned


def _ends_denied(rule: Meaning, bound: Range) -> bool:
    """Whether a sentence of a rule ends behind a bound by denying what was granted before."""
    words, bare, end = rule.cut.words, rule.cut.bare, bound.last + 2
    said = words[bound.last : bound.last + 1], words[bound.last + 1 : end]
    ends = end >= len(words) or parted(rule, end - 1, end) or rule.cut.sentence[end] != rule.cut.sentence[bound.first]
    return ends and not any(words.isdisjoint(one) for words, one in zip((THEN[bare], DENIALS[bare]), said, strict=True))


def _beyond(bound: Range) -> Range:
    """What lies outside a bound: not to be let do a thing for more than an hour is to be let do it for an hour."""
    low, high = (0.0, bound.low) if bound.high == math.inf else (bound.high, math.inf)
    return replace(bound, low=low, high=high)


def _listed(rule: Meaning, bound: Range, others: Sequence[Range]) -> Sequence[Range]:
    """A bound with those listed beside it: "không tuyên án tử hình với người dưới 18 tuổi và người từ đủ 75"."""
    sentence = rule.cut.sentence
    listed = [one for one in others if sentence[one.first] == sentence[bound.first]]
    cues = [one.first for one in rule.cues if sentence[one.first] == sentence[bound.first]]
    return listed if cues and max(cues) < min(one.first for one in listed) else [bound]
