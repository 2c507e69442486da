"""What a claim may put otherwise than its evidence without contradicting it: a child of 3 beside 36 months, one of
several terms that a rule lists, a bound that is denied, a ban told as what may not be done, an exception of the rule,
what was done against it.
"""

import re
from collections.abc import Sequence

from classifier.comparison.numbers import figure
from classifier.comparison.slots import Slot, telling
from classifier.comparison.thesaurus import same_as
from classifier.factuality.attribution import REJECTED
from classifier.logic import rates
from classifier.logic.exceptions import EXCEPT, speaks
from classifier.text.letters import fold
from classifier.text.patterns import either, of

BY_LAW = either(r"^theo (?:bộ luật|luật|pháp luật|hiến pháp|quy định|nghị định|công ước|điều|tin|báo)\b[^,;]*$")
# "không cần chờ đến đủ 18 tuổi", "chứ không đợi tới 2015", "chứ không phải 3 năm"
_BOUND = (
    r"(?:(?:không|chẳng|khỏi|đâu)(?: cần| phải)? (?:chờ|đợi)(?: đến| tới| cho)?|chứ (?:không|chẳng|đâu)(?: có)? phải)"
    r"(?: (?:đủ|năm|hết|tròn|là))* "
)
DENIED = either(
    rf"\b{_BOUND}$|\b(?:không|chẳng|làm gì)(?: hề)? có (?:mức|khung|án|hạn) $"
    r"|\b(?:không|chẳng|chả|đâu)(?: có)? phải (?:là )?"
    r"(?:(?:ngày|mùng|năm|tháng|mức|từ|chỉ|có|tới|trong) )*(?:\d{1,2}/){0,2}$"
)
BOUND = either(rf"{_BOUND}\d")
LISTED = re.compile(r"\b\d+(?:, \d+)+ (?:và|hoặc|hay) \d+\b")  # "5, 10, 15 và 20 năm tùy mức độ"
PART_OF_YEAR = {"đầu": range(1, 5), "giữa": range(5, 9), "cuối": range(9, 13)}
IN_YEAR = re.compile(r"(đầu|giữa|cuối)(?: năm)?", re.IGNORECASE)
AGE_IN_YEARS, IN_MONTHS = re.compile(r"(\d{1,2}) (?:tuổi|năm)"), re.compile(r"(\d{1,3}) tháng")
# "không bị mất quyền" beside "vẫn được"
UNTAKEN = either(r"\b(?:không|chẳng|khỏi)(?: hề| có)?(?: bị)? (?:mất|tước|trừ|hạn chế)\b")
GRANTED = either(r"\bvẫn (?:được|có)\b|\bhưởng nguyên\b")
MONTH = re.compile(r"tháng (\d{1,2})|\d{1,2}/(\d{1,2})/\d{4}")
AGED = either(r"^ ?(?:tuổi|năm)\b")
NONETHELESS = either(r"\b(?:kể cả|dù|cũng|bất kể|mọi trường hợp)\b")
# what was done, told as against the rule: "chỉ cho nghỉ 3 tháng, vi phạm luật", "… 1 m2, trong khi luật quy định 2 m2";
# not "trả dưới 4 triệu là phạm luật", which tells a rule
_RULE = r"(?:(?:bộ |pháp )?luật|quy định|hiến pháp|điều \d+)\b"
BREACH = either(
    r"(?:[,;.:–-] *|\b(?:thế|vậy|rõ ràng|như thế|như vậy) )(?:(?:là|đã|rõ ràng|hoàn toàn|thế|như|vậy|điều (?:này|đó)"
    r"|việc (?:này|đó)|hành vi (?:này|đó)|quá) )*(?:vi phạm|phạm|trái(?: với)?|sai|làm sai|bất chấp)(?: \w+)?? "
    rf"{_RULE}|\btrong khi(?: theo)? {_RULE} (?:quy định|cho|ghi|buộc|bắt|đòi|yêu cầu|nói|phải|ít nhất|tối)"
)
# "không bị cấm nữa" beside "không còn cấm"
_HELD = r"(?: bị)? (cấm|phạt|buộc|bắt buộc|áp dụng)\b"
LIFTED = either(rf"\b(?:không|chẳng|hết)(?: hề| còn)?{_HELD}(?:(?!\bmà\b)[^.;])*?\bnữa\b")
NO_LONGER = either(rf"\bkhông còn{_HELD}")
# what is called past a limit, or is from before a day: "6 ngày là quá luật", "từ trước 1980" beside "từ trước ngày …"
PAST_LIMIT = either(
    r"^[^,.;:]{0,40}?\b(?:là|thì|vậy|thế|coi như) (?:quá|vượt|trái|sai) (?:luật|hạn|quy định|mức|khung)\b"
)
AT_MOST = either(r"\b(?:không quá|tối đa|nhiều nhất)(?: là)? $")
SINCE_BEFORE = either(r"\btừ trước (?:(?:ngày|tháng|năm) )?(?:\d{1,2}/){0,2}((?:19|20)\d\d)\b")
# more than is due, told as such: "báo 50 ngày càng tốt"
BETTER = either(r"[^,;.]*\d[^,;.]*\bcàng (?:tốt|hay)\b")
# a wife's right beside a bar to her husband alone: "vợ có bầu vẫn được ly hôn, chồng thì không"
HUSBAND_BARRED = either(r"^[^.;]*\bchồng không được\b.*\bvợ\b[^.;]*\bđược\b")
_WIFE = r"\b(?:vợ|phụ nữ|chị em|bà bầu|mẹ bầu|thai phụ)\b"
_HE = r"(?:chồng|đàn ông|nam giới|ông xã|anh ấy)"
_HERS = rf"(?:(?!\b(?:{_HE}|không|chẳng|chưa|cấm|hết)\b)[^.;])*?"
WIFE_MAY = either(
    rf"{_WIFE}{_HERS}\b(?:được|quyền|có thể|cứ|thoải mái)\b"
    rf"|(?:\bkhông (?:hề )?(?:có luật nào )?cấm|\bcho phép|\bluật cho)\b{_HERS}{_WIFE}"
)
HUSBAND_TOO = either(rf"(?<!với )(?<!bỏ )\b{_HE}\b(?! (?:(?!cứ\b)\w+ ){{0,3}}?(?:không|chẳng|cấm|hạn chế|chưa)\b)")
# "không cấm mọi vụ dẫn độ, chỉ cấm khi …"
NOT_ALL = either(
    r"\b(?:không|chẳng|đâu(?: có)?) (?:phải )?(\w+) (?:mọi|tất cả|hết)\b[^,.;]*[,;] (?:mà )?chỉ \1 (?:khi|nếu)\b"
)
# what a rule says is ruled elsewhere: "danh sách cử tri có thời hạn riêng"
ELSEWHERE = re.compile(r"([^,;.]+?) có (?:thời hạn|quy định|mức|thủ tục) riêng\b", re.IGNORECASE)
CLAUSES = re.compile(r"[,;.]\s")
# a limit, which itself is within it: "không được làm quá 8 giờ"
_AMOUNT = r"\d+ \w+(?: (?:một|mỗi) \w+)?"
LIMIT = re.compile(rf"\bkhông (?:được )?(?:\w+ ){{0,3}}?quá ({_AMOUNT}(?:(?:,| và) {_AMOUNT})*)", re.IGNORECASE)
PAST = either(r"\b(?:quá|hơn|trên|vượt)(?: (?:mức|ngưỡng))?\s*$")
WITHIN = either(
    r"\b(?:đúng luật|đúng quy định|hợp pháp|trong (?:hạn|mức|khung)"
    r"|không (?:vi phạm|phạm luật|trái luật|quá|sai))\b"
)
# an end that evidence doesn't count: "tới hết 6 tháng" beside "đến hết thời gian nghỉ"
TO_END = either(r"\b(?:đến|tới|cho) hết $")
ITS_END = either(r"\b(?:đến|tới|cho) hết (?:thời gian|thời hạn|kỳ)\b")
# what is said to be over, taken off a list or taken back by other words than the evidence's
GONE = either(r"\bhết (\w+)")
TAKEN_OFF = either(r"\b(?:gạch|xóa|loại|gỡ|đưa|rút|lấy)\b[^,.;]* khỏi\b")
OFF = either(r"\bbỏ\b[^,.;]* khỏi\b")
REVOKED = either(r"\b(?:không|thôi|chẳng)(?: còn)? (?:đồng ý|cho|ưng|chịu)\b[^,.;]*\bnữa\b(?: thì nói\b)?")
BACK = either(r"\brút lại được\b")
# "không ai được ngăn" beside "cấm cản trở"
NOBODY = either(r"\bkhông ai (?:được(?: phép| quyền)?|có quyền)\b")
BANNED = either(r"\b(?:cấm|không được)\b")
CHILD = frozenset({"bé", "trẻ", "cháu", "con", "đứa", "nhỏ", "em", "con cái"})
PAID = frozenset(fold("lãnh lĩnh nhận hưởng được tiền trợ cấp").split())
FREE, UNCHARGED = either(r"\b(?:khỏi|không phải|không mất)(?: đóng| trả| nộp| tiền)?$"), ("không", "thu")
SAYS = either(r"(?:có )?(?:ghi|nói|viết|quy định)(?: (?:đó|vậy|thế|rồi|rõ|như vậy|như thế))+")
DATED = frozenset({"ngày", "tháng", "năm"})
# what is not yet so by a year: "tới giữa năm 2026 vẫn chưa có luật riêng"
_BY_YEAR = r"\b(?:đến|tới)(?: (?:hết|đầu|giữa|cuối|nay|tận))?(?: (?:năm|tháng))? (?:\d{1,2}/)?((?:19|20)\d\d)\b"
NOT_YET = either(rf"{_BY_YEAR}[^.;,]*\bchưa\b")
BOUNDED = either(r"\b(?:dưới|trên|quá|đủ|từ|đến|tới|sau|trong)\s*$")


def agree(claim: str, evidence: str, differing: Sequence[Slot]) -> bool:
    """Whether nothing that differs contradicts: a claim as written and evidence say alike what the slots show, or the
    claim tells of an exception that the evidence makes."""
    left = [slot for slot in telling(differing) if not _alike(slot, claim, evidence)]
    if _not_yet(claim, evidence, left):
        return True
    return not left or _both_forbid(left) or _excepted(claim, evidence, left) or _hers(claim, evidence, left)


def _not_yet(claim: str, evidence: str, left: Sequence[Slot]) -> bool:
    """Whether both say that a thing isn't yet so by a year, the claim by no earlier one, and differ in no more."""
    said, told = NOT_YET.search(claim), NOT_YET.search(evidence)
    figures = [slot.claim_text for slot in left if slot.kind in ("number", "date", "negation")]
    return bool(said and told and figures == [said[1]] and int(said[1]) >= int(told[1]))


def _hers(claim: str, evidence: str, left: Sequence[Slot]) -> bool:
    """Whether a claim tells of a wife's right alone, and of no other bound, where the evidence bars her husband and not
    her."""
    if any(BOUNDED.search(claim, 0, slot.claim_span[0]) for slot in left if slot.kind in ("number", "date")):
        return False
    if not HUSBAND_BARRED.search(evidence):
        return False
    return bool(WIFE_MAY.search(claim)) and not HUSBAND_TOO.search(claim)


def _lifted(claim: str, evidence: str) -> bool:
    """Whether a claim says of the same ban as the evidence that it is no more."""
    said, told = LIFTED.search(claim), NO_LONGER.search(evidence)
    return said is not None and told is not None and fold(said[1]) == fold(told[1])


def _alike(slot: Slot, claim: str, evidence: str) -> bool:
    if _rejects(slot, claim, evidence) or (slot.kind in ("negation", "other") and _lifted(claim, evidence)):
        return True
    if _ruled_elsewhere(slot, claim, evidence):
        return True
    better = BETTER.search(claim)
    if better and slot.kind in ("number", "quantifier", "other"):
        return better.start() <= slot.claim_span[0] < better.end()
    breach = breached(claim)
    if breach and slot.kind != "date" and slot.claim_span[1] <= breach.start():
        return True
    if _from_earlier(slot, claim, evidence) or (slot.kind == "date" and rates.in_force(claim, evidence)):
        return True
    if slot.kind == "other":
        by_law = BY_LAW.match(slot.claim_text)
        return (
            bool(by_law)
            or _in_part_of_year(slot, evidence)
            or _in_months(slot)
            or _by_other_words(slot, claim, evidence)
            or (rates.is_item(slot.claim_text) and rates.by_region(claim, evidence))
        )
    if slot.kind == "negation":
        whole = NOT_ALL.search(claim)
        if whole and whole.start() <= slot.claim_span[0] < whole.end():
            return True
        said = claim[slot.claim_span[0] :] if slot.claim_text else ""
        if (slot.alone == "evidence" and _to_limit(claim, evidence)) or _undone(slot, claim, evidence):
            return True
        untaken = of(UNTAKEN, claim).match(said) and GRANTED.search(evidence)
        return bool(untaken or of(BOUND, claim).match(said))
    return slot.kind in ("number", "date") and (rates.by_region(claim, evidence) or _number_fits(slot, claim, evidence))


def _ruled_elsewhere(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether a slot lies in a clause on what evidence says has a rule of its own."""
    start = max((one.end() for one in CLAUSES.finditer(claim, 0, slot.claim_span[0])), default=0)
    end = next((one.start() for one in CLAUSES.finditer(claim, slot.claim_span[1])), len(claim))
    clause = fold(claim[start:end])
    return bool(slot.claim_text) and any(fold(one[1]).strip() in clause for one in ELSEWHERE.finditer(evidence))


def _to_limit(claim: str, evidence: str) -> bool:
    """Whether a claim calls it lawful to come to a limit that evidence sets, and not past it."""
    figures = [fold(one) for limit in LIMIT.finditer(evidence) for one in re.findall(r"\d+ \w+", limit[1])]
    said = [re.search(rf"\b{re.escape(one)}\b", fold(claim)) for one in figures]
    past = any(one and PAST.search(claim, 0, one.start()) for one in said)
    return any(said) and not past and bool(WITHIN.search(claim))


def _undone(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether both say by other words that a thing is over, taken off or taken back, or that nobody may do it."""
    told = evidence[slot.evidence_span[1] :].split()[:1]
    if slot.evidence_text.lower() == "không còn" and told:
        return any(fold(one[1]) == fold(told[0]) for one in GONE.finditer(claim))
    if slot.evidence_text.lower() == "bỏ":
        return bool(TAKEN_OFF.search(claim) and OFF.search(evidence))
    for mine, theirs in ((REVOKED, BACK), (NOBODY, BANNED)):
        said = mine.search(claim)
        if said and said.start() <= slot.claim_span[0] < said.end() and slot.claim_text:
            return bool(theirs.search(evidence))
    return False


def _by_other_words(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether a slot's sides say the same by other words: how they call a child or a term, words of which the one
    before is shared, what is lawful, what is taken back, or the day of what the claim has without it."""
    said, told = slot.claim_text.lower(), slot.evidence_text.lower().split()
    if said in CHILD and not CHILD.isdisjoint(told[-1:]):
        return True
    if said and PAID.issuperset(map(fold, (*said.split(), *told))):
        return True
    if of(SAYS, claim).fullmatch(said) or (of(FREE, claim).search(said) and tuple(told[-2:]) == UNCHARGED):
        return True
    if said == "hạn" and tuple(told[:2]) == ("thời", "hiệu"):  # "thời" of "thời hạn" is shared
        return True
    rest = told[len(said.split()) :]
    if said.split() == told[: -len(rest)] and all(word in DATED or word[0].isdigit() for word in rest):
        return True
    if of(WITHIN, claim).fullmatch(slot.claim_text) and _to_limit(claim, evidence):
        return True
    back = REVOKED.search(claim)
    if back and BACK.search(evidence) and back.start() < slot.claim_span[1] <= back.end():
        return True
    before = claim[: slot.claim_span[0]].lower().split()[-1:]
    return bool(before) and (*before, *told) in same_as(" ".join((*before, said)))


def _rejects(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether a slot begins in a number that a claim sets its own against: "6 tháng, không phải 3 tháng". Evidence that
    has the claim's own isn't denied by it either."""
    for one in REJECTED.finditer(claim):
        if one.start(2) <= slot.claim_span[0] < one.end(2):
            return slot.kind != "negation" or bool(re.search(rf"\b{re.escape(one[1].strip())}\b", evidence))
    return False


def breached(claim: str) -> re.Match[str] | None:
    """Where a claim says that what it told before is against the law."""
    return BREACH.search(claim)


def _number_fits(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether a claim denies a number, or tells one that the evidence has in months or among several."""
    start, end = slot.claim_span
    if DENIED.search(claim, 0, start):
        return True
    if TO_END.search(claim, 0, start) and ITS_END.search(evidence):
        return True
    value = figure(slot.claim_text.lower())
    if value is None:
        return False
    most = figure(slot.evidence_text.lower())
    limited = most is not None and value > most and AT_MOST.search(evidence, 0, slot.evidence_span[0])
    if limited and of(PAST_LIMIT, claim).match(claim[end:]):
        return True
    if of(AGED, claim).match(claim[end:]) and re.search(rf"\b{value * 12:g} tháng\b", evidence):
        return True
    return any(value in map(float, re.findall(r"\d+", one)) for one in LISTED.findall(evidence))


def _from_earlier(slot: Slot, claim: str, evidence: str) -> bool:
    """Whether a slot has the year before which what a claim tells of began, no later than in evidence."""
    said, told = SINCE_BEFORE.search(claim), SINCE_BEFORE.search(evidence)
    if not (said and told) or said.end() < slot.claim_span[0] or slot.claim_span[1] < said.start(1):
        return False
    return slot.kind in ("number", "date", "other") and int(said[1]) <= int(told[1])


def _in_months(slot: Slot) -> bool:
    """Whether a claim says in years what its evidence says in months."""
    said, told = AGE_IN_YEARS.fullmatch(slot.claim_text), IN_MONTHS.fullmatch(slot.evidence_text)
    return said is not None and told is not None and int(said[1]) * 12 == int(told[1])


def _in_part_of_year(slot: Slot, evidence: str) -> bool:
    """Whether a claim says roughly when in a year evidence has it: "giữa năm" beside "tháng 7"."""
    said = IN_YEAR.fullmatch(slot.claim_text)
    months = [int(one or two) for one, two in MONTH.findall(evidence)]
    return said is not None and bool(months) and all(month in PART_OF_YEAR[said[1].lower()] for month in months)


def _both_forbid(left: Sequence[Slot]) -> bool:
    """Whether no more differs than that a claim says may not be done what the evidence says is banned."""
    denied = [one for one in left if one.alone == "claim" and one.claim_text.lower() in ("không được", "không thể")]
    banned = [one for one in left if one.alone == "evidence" and one.evidence_text.lower() in ("cấm", "bị cấm")]
    return bool(denied and banned) and len(denied) + len(banned) == len(left)


def _excepted(claim: str, evidence: str, left: Sequence[Slot]) -> bool:
    """Whether a claim speaks of an exception by words that evidence has nowhere else: "bắt quả tang thì không cần"."""
    return not NONETHELESS.search(claim) and any(
        speaks(claim, one)
        # an exception's own bound binds too
        and not any(slot.kind == "number" and one.start(1) <= slot.evidence_span[0] < one.end(1) for slot in left)
        for one in EXCEPT.finditer(evidence)
    )
