"""A case whose figure a rule's own bounds let be, by what a claim says of it: 44 days are in time where 45 may pass,
six days of custody need an extension, and who has a pension isn't granted what those without one are.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.comparison.numbers import HOURS
from classifier.logic.bearers import most_of
from classifier.logic.bounds import bounds, cases_of, same, unbounded
from classifier.logic.exceptions import speaks
from classifier.logic.instances import conditions
from classifier.logic.readings import read
from classifier.logic.signs import COMMON_BARE, DENIALS, parted, with_bare
from classifier.semantics.deontic import SIGNS, Meaning
from classifier.semantics.lexicon import Lexicon
from classifier.semantics.ranges import Range
from classifier.text import Span
from classifier.text.letters import WORD, fold
from classifier.text.patterns import either

REST = with_bare("thiếu nữa thêm")  # before or behind what a case lacks
STILL_DUE = either(r"(?:(?!\b(?:được|khỏi|không)\b)[^.;])*\b(?:vẫn|còn|cũng) (?:còn )?phải (?:\w+ ){0,4}")
SCALES = {("hours", "age"): 1 / HOURS["năm"], ("age", "hours"): HOURS["năm"]}
_NOT = r"(?:không|chưa|chẳng|đâu có|chả)(?: hề| bị| phải là)?"
IN_TIME = either(
    rf"\b{_NOT} (?:quá|hết|trễ|vượt) (?:thời )?(?:hạn|hiệu)\b"
    rf"|(?<!không )(?<!chẳng )(?<!chưa )\b(?:(?:đúng|trong|còn|kịp) (?:thời )?(?:hạn|hiệu)\b"
    r"|(?:vẫn|còn)(?: còn)? (?:kịp|nộp|kiện|khiếu nại|tố cáo|kháng cáo|khởi kiện)(?: \w+){0,6} được\b"
    r"|(?:vẫn|còn) (?:kịp|được (?:nộp|kiện|khiếu nại|tố cáo|kháng cáo|khởi kiện))\b)"
)
TOO_LATE = either(
    r"(?<!không )(?<!chưa )(?<!chẳng )(?<!không bị )\b(?:quá|hết|trễ|vượt) (?:thời )?(?:hạn|hiệu)\b"
    r"|\b(?:không|chẳng) (?:còn )?(?:đúng|trong|kịp) (?:thời )?hạn\b"
)
# how a claim ends that finds a case lawful, or not
JUDGED_FORM = (
    r"(?<!\bphải )\b(?:là|thì|vẫn|cũng|đều)(?: (?:còn|được coi là|hoàn toàn))?"
    r" (?:((?:trái|sai|phạm|vi phạm|không đúng|chưa đúng) (?:luật|pháp luật|quy định)|(?:không|chưa) (?:hợp"
    r" (?:lệ|pháp|luật)|đạt)|(?:quá|vượt|hơn) mức(?: cho phép| luật (?:cho|định))|dưới mức)"
    r"|đúng (?:luật|pháp luật|quy định)|hợp (?:lệ|pháp|luật)|đạt(?: yêu cầu)?|trong (?:mức|khung|luật|hạn)"
    r"|đủ điều kiện)\b[^,;:?\d]*(?:,[^?]*)?[^\w?]*$"
)
JUDGED = either(JUDGED_FORM)
# … or enough, or too little: asked only of its own figure
FINDS = either(
    JUDGED_FORM
    + r"|(?<!\bphải )\b(?:là|thì|vẫn|cũng|đều)(?: (?:còn|như vậy|vậy))? (?:((?:thiếu|(?:chưa|không) đủ|trễ|chậm"
    r"|(?:quá|vượt) trần)(?: hạn)?)|(?:quá )?đủ|được|đúng)(?: (?:rồi|thôi|nha|nhé|ạ|mà|nghen))*[^\w?]*$"
)
# … a deed unlawful, which its teller says isn't so
UNLAWFUL = either(
    r"(?<!\bphải )(?<!\bkhông )(?<!\bchưa )\b(?:là|thì|đều)(?: (?:là|đều|rõ ràng|hoàn toàn))?"
    r" (?:trái|sai|phạm|vi phạm|không đúng)(?: với)? (?:luật|pháp luật|quy định|hiến pháp|công ước|thẩm quyền)\b"
    r"[^,;:?\d]*[^\w?]*$"
)
PARTED = re.compile(r"[.,:;](?!\d)")
# between a case and what it is found to be; "hợp đồng không xác định thời hạn" denies nothing
DENIED = either(r"\b(?:không|chưa|chẳng)\b(?!(?: xác định| có)? (?:thời|kỳ) hạn)")
MUST = with_bare("phải")
TIMES = frozenset({"ngay", "tuan", "thang", "nam", "lan"})
PER = frozenset({"mot", "moi"})  # before the time that a figure is of: "48 giờ một tuần"
DEADLINE = either(r"\b(?:thời hiệu|thời hạn|kể từ|không quá|chậm nhất|trong \d+)\b")
FROM = frozenset({"trong", "là", "la", "thì", "thi"})  # before a deadline: "trong 3 tháng kể từ", "thời hiệu là 1 năm"
EXTENDED = either(r"\b(?:gia hạn|kéo dài)\b")
NEEDED = either(r"\bkhi(?: thật| thực)?(?: sự)? cần\b")  # when a rule lets a term be longer
# what a rule has for what is past its term: "không quá 60 ngày; quá thời hạn ấy thì phải được đồng ý bằng văn bản"
PAST_TERM = re.compile(r"\b(?:quá|hết|vượt)(?: thời)? (?:hạn|mức|số ngày) (?:ấy|đó|này) thì ([^.;]*)", re.IGNORECASE)
EACH = either(r"\b(?:mỗi|một) lần\b|\b(?:tối đa|nhiều nhất|cao nhất|thoải mái|tùy ý|vô hạn)\b")
AMOUNTS = ("hours", "percent")
BEHIND = 3  # syllables behind a figure that say what it is and of which time: "25 phần trăm lương mỗi tháng"
TAIL = 6  # words of a rule with which a claim ends
RUN = 4  # words by which a claim says what a rule says
SOLE = "chi"  # what begins with it denies all else: "dưới 13 tuổi chỉ được tham gia nghệ thuật"
WHOSE = ("voi",)  # between a figure and whose it is
NAMED = 6  # syllables before a bound that say whose it is
ALTHOUGH = either(
    r"\bdù\b(?: (?:đã|mới|chỉ|chưa|có|đóng|làm|ở))* \d+ (?:năm|tháng|tuổi)\b"
    r"|\bđóng(?: (?:bảo hiểm|bhxh|được|trên|hơn|quá|tới|đủ))* \d+ năm(?: rồi)? mà\b"
)
WITHOUT = re.compile(r"\b(?:không|chưa) (có|bị|thuộc|là) (\w+ \w+)\b")
BARRED = r"\b{} {}\b[^.;]*?\b(?:(?:không|chưa|chẳng|hết) (?:còn )?(?:được|phải|bị|thuộc|có quyền)|khỏi)\b"
# "chết vì tai nạn lao động thì không cần đủ 12 tháng"
UNNEEDED = re.compile(r"([^.;]*?),? (?:thì )?không cần (?:đủ|đến) \d+ (?:ngày|tháng|năm|tuổi)\b", re.IGNORECASE)
# behind a case that falls short: "mới nghỉ 2 ngày thì chưa đủ căn cứ"
SHORT = either(r"\b(?:thì|là)(?: (?:vẫn|còn|cũng))? (?:chưa|không|chẳng) (?:đủ|tới|đến)\b")
# what a rule keeps for some whom it lists: "vẫn được rút khi đủ tuổi hưu, …, mắc bệnh nặng như ung thư"
KEPT = re.compile(r"\bvẫn được (\w+) (?:khi|nếu) ([^.;]*)", re.IGNORECASE)
STILL = either(r"\bvẫn\b")
# the ages at which a rule asks for a thing, and whoever is at none of them: "38 tuổi chưa phải đổi thẻ, 40 mới đổi"
AT_AGES = re.compile(r"\bphải (?:được )?(\w+) [^.;]*?\bđủ ((?:\d+, )*\d+ và \d+) tuổi\b", re.IGNORECASE)
NOT_YET = either(r"\b(\d+) tuổi\b[^,.;:!?\d]*?\b(?:chưa|không|chẳng) (?:phải|cần) (?:đi )?(\w+)\b")
AGES = re.compile(r"\b(?:đến|tới|lúc|năm|từ|đủ|mốc|mới) (\d+)\b(?! (?:năm|tháng|ngày))|\b(\d+) tuổi\b")
HAVING = "(?:có|hưởng|lãnh|nhận)"


def lets_be(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether the figures of a normalised claim are such as a normalised rule lets be."""
    mine, theirs = read(claim, lexicon), read(rule, lexicon)
    return (
        _in_time(claim, rule, mine, theirs)
        or _extended(claim, rule, mine, theirs)
        or _whatever(claim, mine, theirs)
        or _barred(claim, rule)
        or _unneeded(claim, rule, mine)
        or _overdue(rule, mine, theirs)
        or _past_term(claim, rule, mine, theirs)
        or _in_its_words(mine, theirs)
        or _ends_in_its_words(mine, theirs)
        or _falls_short(mine, theirs)
        or _lacks(mine, theirs)
        or _still_due(mine, theirs)
        or _between(claim, rule)
        or _found(claim, mine, theirs)
    )


def judges(claim: str) -> bool:
    """Whether a normalised claim ends by finding its case lawful or not: lets_be and finds_right ask whether it is."""
    return bool(JUDGED.search(claim))


def found_unlawful(claim: str) -> str:
    """What a normalised claim ends by finding unlawful, "" for nothing: who calls it so doesn't tell it as the rule."""
    found = UNLAWFUL.search(claim)
    said = claim[: found.start()].strip() if found else ""
    return "" if PARTED.search(said) else said  # "… vẫn phải báo trước 45 ngày; tự ý nghỉ là trái luật" tells the first


def finds_right(claim: str, rule: str, span: Span, lexicon: Lexicon) -> bool:
    """Whether a normalised claim finds its figures, told in a span of it, in time, lawful or not, as a rule's bounds
    have it."""
    mine, theirs = read(claim, lexicon), read(rule, lexicon)
    start, end = span
    told = [mine.cut.spans[one.first][0] for one in cases_of(mine, theirs)]
    if not told or not all(start <= at < end for at in told):
        return False
    return _in_time(claim, rule, mine, theirs) or _found(claim, mine, theirs)


def lacks(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether a normalised claim says of a case how much it lacks of a rule's bound, as that has it."""
    return _lacks(read(claim, lexicon), read(rule, lexicon))


def _lacks(claim: Meaning, rule: Meaning) -> bool:
    """Whether a claim's case and what it lacks come to a bound that names it most: "14 năm vẫn thiếu 1 năm", "nữ 16
    tuổi, 2 năm nữa mới …" beside 15 years and the age of 18."""
    rests = [one for one in claim.numbers if _is_rest(claim, one)]
    cases = [one for one in claim.numbers if rests and one.last <= rests[0].first and one.unit in ("age", "hours")]
    if len(rests) != 1 or len(cases) != 1 or claim.denies:
        return False
    (case,), (rest,) = cases, rests
    whole = case.value + rest.value * SCALES.get((rest.unit, case.unit), 1.0)
    near = [one for one in bounds(rule) if one.unit == case.unit and one.low != one.high]
    return bool(near) and all(
        math.isclose(one.low or one.high, whole, rel_tol=1e-4) for one in most_of(claim, case, rule, near)
    )


def _still_due(claim: Meaning, rule: Meaning) -> bool:
    """Whether a claim says that a case below a rule's least must still reach that: "sau 5 năm … vẫn phải đủ 15 năm"."""
    least = [one for one in bounds(rule) if one.low and one.high == math.inf]
    told = [one for one in claim.numbers if any(same(one, two) for two in least)]
    cases = [one for one in claim.numbers if one.low == one.high]
    if len(told) != 1 or len(cases) != 1 or cases[0].last > told[0].first:
        return False
    (case,), (bound,) = cases, told
    spans = claim.cut.spans
    between = claim.text[spans[case.last - 1][1] : spans[bound.first][0]]
    return case.unit == bound.unit and case.value < bound.low and STILL_DUE.fullmatch(between) is not None


def _is_rest(claim: Meaning, number: Range) -> bool:
    """Whether a number tells what is lacking yet, of an age or a time."""
    words, rest = claim.cut.words, REST[claim.cut.bare]
    before = words[max(0, number.first - 2) : number.first]
    beside = (*before, *words[number.last : number.last + 1])
    return number.unit in ("age", "hours") and number.low == number.high and not rest.isdisjoint(beside)


def _in_time(claim: str, rule: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim says that a case is in time, or too late, and it is so by the deadlines that name it most."""
    early, late = (one.search(claim) for one in (IN_TIME, TOO_LATE))
    if not (early or late) or not DEADLINE.search(rule):
        return False
    cases = [one for one in cases_of(mine, theirs) if one.unit == "hours" and one.low in (0.0, one.high)]
    deadlines = [one for one in bounds(theirs) if one.unit == "hours" and _is_deadline(theirs, one)]
    best, named = (deadlines, True) if early and late else _named_most(mine, theirs, deadlines)
    some = any if named else all
    return bool(cases and best) and all(
        (not early or some(case.high <= one.high for one in best))
        and (not late or some(case.high > one.high for one in best))
        for case in cases
    )


def _found(claim: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim finds its one case lawful and all bounds that say how much is asked for or let be hold it, or
    unlawful and none does: seven days' notice is lawful where at least five are due. One that denies anything of the
    case, or that it is so, finds nothing."""
    judged = FINDS.search(claim)
    cases = [one for one in cases_of(mine, theirs) if one.unit in AMOUNTS]
    if not judged or len(cases) != 1 or cases[0].low != cases[0].high:
        return False
    (case,) = cases
    end = mine.cut.spans[case.last - 1][1]
    if end > judged.start() or DENIED.search(claim, end, judged.start()):
        return False
    if any(SIGNS[one.id] < 0 and one.first < case.last for one in mine.cues):
        return False
    told = [one for one in bounds(theirs) if one.unit == case.unit]
    asked = [_asked(theirs, one, told) for one in told if _per(theirs, one) == _per(mine, case)]
    against = (judged[1] or judged[2]) is not None
    return bool(asked) and all(one and (one.low <= case.value <= one.high) != against for one in asked)


def _asked(rule: Meaning, number: Range, among: Sequence[Range]) -> Range | None:
    """How much a bound of a rule asks for or lets be, as a plain number of a list does with the bound before it; None
    where it says of whom or when the rule holds, or forbids."""
    words, start = rule.cut.words, rule.cut.sentence.index(rule.cut.sentence[number.first])
    if number.low == number.high:
        led = [one for one in among if one.low != one.high and start <= one.first < number.first]
        if not led:
            return None
        return replace(number, low=0.0) if led[-1].low == 0.0 else replace(number, high=math.inf)
    if conditions(rule, number) and MUST[rule.cut.bare].isdisjoint(words[start : number.first]):
        return None
    denied = not DENIALS[rule.cut.bare].isdisjoint(words[max(start, number.first - NAMED) : number.first])
    return None if denied and number.high == math.inf else number


def _per(text: Meaning, number: Range) -> str:
    """The time that a figure is of, behind it or before: "ngày" in "8 giờ một ngày", "mỗi ngày không quá 8 giờ"."""
    words, last = text.folded, min(number.last + BEHIND, len(text.folded) - 1)
    times = [at for at in range(len(words) - 1) if words[at] in PER and words[at + 1] in TIMES]
    behind = [at for at in times if number.last <= at < last and not parted(text, number.last - 1, at)]
    before = [at for at in times if number.first - NAMED <= at < number.first - 1]
    return words[(behind[:1] or before[-1:])[0] + 1] if behind or before else ""


def _overdue(rule: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim denies a thing past a term that is no shorter than a rule's deadlines: "quá 4 tháng … không
    được"."""
    cases = cases_of(mine, theirs)
    acts = [one for one in mine.cues if mine.numbers and one.first > mine.numbers[0].last]
    deadlines = [one.high for one in bounds(theirs) if one.unit == "hours" and _is_deadline(theirs, one)]
    if not (DEADLINE.search(rule) and deadlines and acts and cases):
        return False
    past = all(one.unit == "hours" and one.high == math.inf and one.low >= max(deadlines) for one in cases)
    return past and all(SIGNS[one.id] < 0 for one in acts)


def _past_term(claim: str, rule: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim tells of a case past a rule's term what the rule has for that."""
    then = PAST_TERM.search(rule)
    cases = cases_of(mine, theirs)
    if then is None or mine.denies or not cases or not speaks(claim, then):
        return False
    terms = [one for one in bounds(theirs) if one.low == 0.0 and theirs.cut.spans[one.first][0] < then.start()]
    most = {one.unit: one.high for one in terms}
    return all(one.low == one.high and one.unit in most and one.value > most[one.unit] for one in cases)


def _in_its_words(mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim says of its one case what a rule says, word for word, behind a bound that holds it, and further
    on no more than stands in the rule: "con 20 tuổi thì tự bồi thường", "từ đủ 18 tuổi thì tự bồi thường"."""
    cases = cases_of(mine, theirs)
    if len(cases) != 1 or cases[0].low != cases[0].high:
        return False
    (case,) = cases
    for bound in bounds(theirs):
        if bound.unit != case.unit or bound.low == bound.high or not bound.low <= case.value <= bound.high:
            continue
        own, said = _behind(theirs, bound.last), _behind(mine, case.last)
        whole = len(said) >= len(own) > 1 and said[: len(own)] == own
        if not whole and not (len(said) >= RUN and said == own[: len(said)]):
            continue
        rest, signs = mine.folded[case.last :], [SIGNS[one.id] for one in mine.cues if one.first >= case.last]
        known = COMMON_BARE.union(theirs.folded)
        if own[0] == SOLE or (known.issuperset(rest) and (min(signs, default=1) > 0 or not whole)):
            return True
    return False


def _ends_in_its_words(mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim ends with what a rule says beside a bound that holds its one case, word for word and undenied:
    "… 17 tuổi không mời ai thì phải chỉ định người bào chữa"."""
    cases = cases_of(mine, theirs)
    said = mine.folded[-TAIL:]
    before = mine.cut.words[-TAIL - BEHIND : -TAIL]
    if len(cases) != 1 or cases[0].low != cases[0].high or cases[0].last > len(mine.folded) - TAIL:
        return False
    if not DENIALS[mine.cut.bare].isdisjoint([*before, *mine.cut.words[-TAIL:]]):
        return False
    (case,) = cases
    for bound in bounds(theirs):
        holds = bound.unit == case.unit and bound.low != bound.high and bound.low <= case.value <= bound.high
        start = next((at for at in range(bound.first, 0, -1) if parted(theirs, at - 1, at)), 0)
        part = theirs.folded[start : bound.first]
        if holds and any(part[at : at + TAIL] == said for at in range(len(part) - TAIL + 1)):
            return True
    return False


def _behind(text: Meaning, at: int) -> tuple[str, ...]:
    """The words from a place, a "thì" before them left out, to the end of their clause."""
    words = text.folded
    start = next((to for to in range(at, len(words)) if words[to] == "thi" or parted(text, to - 1, to)), at)
    start = start + 1 if words[start : start + 1] == ("thi",) else at
    return words[start : next((to for to in range(start + 1, len(words)) if parted(text, to - 1, to)), len(words))]


def _is_deadline(rule: Meaning, number: Range) -> bool:
    """Whether a number of a rule is the most that may pass, or stands as a deadline does."""
    if number.low != number.high:
        return number.low == 0.0
    words, sentence = rule.cut.words, rule.cut.sentence
    first = next(
        one
        for one in rule.numbers
        if one is number or (_whose(rule, one) and sentence[one.first] == sentence[number.first])
    )
    at = first.first if _whose(rule, number) else number.first  # "thời hạn là 5 năm với …, 10 năm với …"
    return not FROM.isdisjoint(words[max(0, at - 1) : at]) and not _is_listed(rule, number)


def _is_listed(rule: Meaning, number: Range) -> bool:
    """Whether a number begins a bare list, of which nothing says whose each is: "5, 10, 15 và 20 năm với …"."""
    return any(one.first == number.last and one.unit == number.unit for one in rule.numbers)


def _named_most(claim: Meaning, rule: Meaning, numbers: Sequence[Range]) -> tuple[list[Range], bool]:
    """Of a rule's numbers those before which most of a claim's words stand, without those that name the rule's matter,
    and whether any does."""
    said = claim.content - COMMON_BARE - {*rule.folded[: numbers[0].first if numbers else 0]}
    named = []
    for at, one in enumerate(numbers):
        start = max(numbers[at - 1].last if at else 0, one.first - NAMED)
        whose = set(_whose(rule, one))
        named.append(len(said & ({*rule.folded[start : one.first]} | whose)) - len(whose - COMMON_BARE - claim.content))
    most = max(named, default=0)
    return [one for one, count in zip(numbers, named, strict=True) if count == most], most > 0


def _whose(rule: Meaning, number: Range) -> Sequence[str]:
    """The words behind a number that say whose it is: "90 ngày với lần đầu"."""
    words, start = rule.folded, number.last + 1
    if words[number.last : start] != WHOSE:
        return ()
    more = min((one.first for one in rule.numbers if one.first >= start), default=len(words))
    end = next((at for at in range(start, more) if parted(rule, at - 1, at)), more)
    return words[start : end - 1] if end == more and words[end - 1 : end] == ("va",) else words[start:end]


def _extended(claim: str, rule: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim tells of an extension, by which a case passes a rule's first bound and not its last."""
    said = all(EXTENDED.search(text) for text in (claim, rule))
    needed = all(NEEDED.search(text) for text in (claim, rule))
    if not (said or needed) or EACH.search(claim) or mine.denies:
        return False
    cases = [one for one in cases_of(mine, theirs) if one.unit == "hours"]
    told = [one for one in bounds(theirs) if one.unit == "hours"]
    first = min((one.high for one in told if one.low == 0.0), default=math.inf)
    last = max((one.value for one in _of_kind(mine, theirs, told, first)), default=0.0)
    return bool(cases) and all(one.low == one.high and first < one.high <= last for one in cases)


def _of_kind(claim: Meaning, rule: Meaning, numbers: Sequence[Range], least: float) -> list[Range]:
    """Of a rule's numbers above one those of the kind that a claim is of: "7 tháng với tội rất nghiêm trọng"."""
    above = [one for one in numbers if one.value > least]
    named = []
    for one in above:
        ends = (at for at in range(one.last, len(rule.folded)) if parted(rule, at - 1, at))
        kind = {*rule.folded[one.last : next(ends, len(rule.folded))]} - COMMON_BARE
        named.append(len(kind & claim.content) - len(kind - claim.content))
    return [one for one, count in zip(above, named, strict=True) if count == max(named)]


def _whatever(claim: str, mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim says that somebody of whom a rule sets no bound is granted its due, "dù đã đóng 25 năm"."""
    if not ALTHOUGH.search(claim) or mine.denies:
        return False
    return len(cases_of(mine, theirs)) == 1 and not unbounded(theirs).isdisjoint(mine.folded)


def _unneeded(claim: str, rule: str, mine: Meaning) -> bool:
    """Whether a claim grants a thing in the case for which a rule says that its term isn't needed."""
    if mine.denies:
        return False
    return any(speaks(claim, one) for one in UNNEEDED.finditer(rule))


def _falls_short(mine: Meaning, theirs: Meaning) -> bool:
    """Whether a claim says of a case, its last number, that it isn't enough, and it is less than all bounds of its kind
    from which a rule holds; what is "within 30 days" is no case."""
    short = SHORT.search(mine.text)
    cases = [one for one in cases_of(mine, theirs) if one.low == one.high]
    if not (short and len(cases) == 1 and cases[0] == mine.numbers[-1]):
        return False
    (case,) = cases
    least = [one.low for one in bounds(theirs) if one.unit == case.unit and one.high == math.inf]
    return bool(least) and mine.cut.spans[case.last - 1][1] <= short.start() and case.high < min(least)


def _between(claim: str, rule: str) -> bool:
    """Whether a claim denies that somebody must at an age do what a rule asks for at others, and tells no more ages
    than these, the next one first."""
    at, free = AT_AGES.search(rule), NOT_YET.search(claim)
    if not (at and free) or fold(at[1]) != fold(free[2]):
        return False
    age, ages = int(free[1]), set(map(int, re.findall(r"\d+", at[2])))
    told = {int(one or two) for one, two in AGES.findall(claim)} - {age}
    later = [one for one in told if one > age]
    return age not in ages and told <= ages and (not later or min(later) == min(one for one in ages if one > age))


def keeps(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether a normalised claim grants a thing in a case for which a normalised rule, the whole of it, keeps it."""
    if read(claim, lexicon).denies:
        return False
    return any(
        STILL.search(claim) and fold(one[1]) in WORD.findall(fold(claim)) and speaks(claim, one, 2)
        for one in KEPT.finditer(rule)
    )


def _barred(claim: str, rule: str) -> bool:
    """Whether a claim denies to those who have a thing what a rule grants to those who haven't."""
    claim = claim.lower()
    for verb, what in WITHOUT.findall(rule.lower()):
        has = HAVING if verb == "có" else verb
        barred = re.search(BARRED.format(has, re.escape(what)), claim)
        if barred and not re.search(rf"\b(?:không|chưa|chẳng)(?: hề| được)? {has} {re.escape(what)}", claim):
            return True
    return False
