"""What a claim says the other way round in nearly the words of its evidence: that something ends which evidence grants,
that those pay whom it pays, that a thing is needed which it says isn't, that what is over still holds, or another term
of each time.

The verdict sees much in common and one word more. Nothing is refuted by it; but what says so bears the claim out in
nothing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from classifier.logic.casewise import otherwise, twos
from classifier.logic.roles import exchanged
from classifier.text import sentences
from classifier.text.letters import WORD
from classifier.text.patterns import is_bare

_STOPS = r"(ngừng|ngưng|dừng|thôi|hết|cắt|bãi bỏ|xóa bỏ|không còn|chẳng còn|chấm dứt)"
_ACT = r"(?:trả|miễn|cấp|hỗ trợ|hưởng|nghỉ|nhận|đóng|chi trả|chi|bồi thường|trợ cấp|thanh toán|giảm)"
ENDS = re.compile(
    rf"\b{_STOPS}(?: (?:được|bị|phải|việc|cho|có|chế độ|khoản|hẳn))* ({_ACT})\b|\b{_STOPS} (?:được|phải|bị) (\w+ \w+)"
)
IN_A_CASE = "thì "  # "con đủ 12 tháng thì thôi được nghỉ"
# before what isn't so, or only in a case
UNSAID = re.compile(r"\b(?:không|chưa|chẳng|cấm|đừng|khi|nếu|trừ|chỉ|mới|khỏi|đâu)(?: \w+){0,3} ?$")

_PAYS = r"(?:trả|bồi thường|thanh toán|đóng|nộp|đền bù|đền)"
_STATE = r"(?:nhà nước|ngân sách|quỹ bảo hiểm|bảo hiểm (?:y tế|xã hội)|bhyt|bhxh)"
_EMPLOYER = r"(?:công ty|doanh nghiệp|chủ nhà|chủ|người sử dụng lao động|sếp)"
_PEOPLE = r"(?:người(?! sử dụng)|trẻ|hộ|dân|lao động|học sinh|sinh viên|nạn nhân|họ)"
_WORDS = r"(?: (?!cho\b)\w+){0,8}"
PAYERS = tuple(
    (re.compile(rf"\b{_PAYS}{_WORDS} cho {who}\b"), re.compile(rf"\b{who}\b(?:,? \w+){{0,8}} {_PAYS}\b"))
    for who in (_STATE, _EMPLOYER)
)
TO_PEOPLE = re.compile(rf"\b{_PAYS}{_WORDS} cho {_PEOPLE}\b")
BY_PEOPLE = re.compile(rf"\b{_PEOPLE}(?: \w+){{0,6}} phải(?: tự)? {_PAYS}\b")
ALL_OF_IT = re.compile(r"\b(?:tự|phải)(?: tự| chi)* (?:trả|chịu) (?:toàn bộ|hết|tất cả|100)\b")
PAID_FOR = re.compile(
    rf"\b(?:{_STATE}|{_EMPLOYER})\b(?: \w+){{0,4}} (?:chi )?(?:trả|chịu) (?:toàn bộ|hết|tất cả|100)\b"
)
LASTS = re.compile(r"\b(?:vẫn|còn)(?: (?:còn|được|có|dùng))* (?:giá trị|hiệu lực|dùng được)\b|\bvẫn dùng được\b")
OVER = re.compile(r"\b(?:hết|không còn|mất) (?:giá trị|hiệu lực)\b")
CLAUSE = re.compile(r"[^.;!?\n]+")
OF_ARTICLE = re.compile(r"\btội ((?:\w+ ){2,8}?)(?:ở|theo|tại) điều (\d+)\b")
ARTICLE_OF = re.compile(r"\bđiều (\d+)\b[^.;,]*? (?:là|về|phạt)(?: \w+)? tội (\w+ \w+)")
REPLACES = re.compile(r"\b((?:19|20)\d\d) thay(?: thế)?(?: cho)? (?:\w+ ){1,6}?((?:19|20)\d\d)\b")
REPLACED = re.compile(r"\b((?:19|20)\d\d) (?:được|bị) (?:\w+ ){1,6}?((?:19|20)\d\d) thay\b")
_MOST, _LEAST = (
    r"(?:nhiều nhất|tối đa|không (?:được )?quá|cao nhất)",
    r"(?:ít nhất|tối thiểu|không (?:được )?dưới|thấp nhất)",
)
BOUNDS = [
    re.compile(rf"\b{bound} (?:(?:là|đủ|bằng|phải|được) )*(\d[\d.,]*)")
    for bound in (_MOST, _LEAST, rf"(?:{_MOST}|{_LEAST})")
]
_HOUSE, _ONE = r"(?:hộ|nhà|gia đình)", r"(?:người|trẻ|cháu|em|con|cụ|học sinh)"
PER = [re.compile(rf"\b(?:mỗi|một|từng|theo) {whom}\b") for whom in (_HOUSE, _ONE)]
# who must do a thing, or may
BOUND = re.compile(r"\b(\w+ \w+),? (?:thì )?phải (\w+ \w+)")
FREE = r",? (?:thì )?(?:được|có quyền)(?: (?!phải|không)\w+){{0,4}}? {}\b"
# "chưa sống chung thì không."
EXCEPT = re.compile(r"(?:^|[.;,] )([^.;,]{8,}?) thì (?:không|chưa)(?=[.;]|$)")
DENIED = re.compile(r"\b(?:không|chưa|chẳng|cấm|đừng|chỉ|trừ|nếu)\b")
DENIED_CASE = re.compile(r"(?:^|[.;] )([^.;]{8,}?),? thì không (được|bị|phải|cần) (\w+)")
UNBARRED = re.compile(r"(?:^|[.;,] )([^.;,]{8,}?) thì (?:luật )?không (?:bị )?cấm\b")
BARS = re.compile(r"^(?!.*\bkhông (?:bị )?cấm\b).*(?:\bcấm\b|\bkhông (?:được|cho)\b)")
ANYBODY = re.compile(rf"\b(?:{_STATE}|{_EMPLOYER})\b(?! phí)[^,.;]*$")
ONES_OWN = "tự trả"

NEEDS = re.compile(r"\b(?:phải|cần|bắt buộc) có (\w+)")
NOT_NEEDED = re.compile(r"\b(?:không|chẳng)(?: (?:cần|phải|bắt buộc))+(?: có)? (\w+)")
EACH = re.compile(r"\b(?:mỗi|một|từng) lần(?: gia hạn)?(?: (?:không quá|tối đa|nhiều nhất|là|được|thêm))* (\d+) (\w+)")


def upended(claim: str, evidence: str) -> bool:
    """Whether a normalised claim says the other way round what normalised evidence says; a text without diacritics
    tells nothing."""
    if is_bare(claim) or is_bare(evidence):
        return False
    said, shown = claim.lower(), evidence.lower()
    return (
        exchanged(said, shown)
        or _ended(said, shown)
        or _paid_back(said, shown)
        or _left_to_pay(said, shown)
        or _needed(said, shown)
        or _each_otherwise(said, shown)
        or _still_in_force(said, shown)
        or _of_another_article(said, shown)
        or any(one[1] < one[2] and one[2] in shown for one in REPLACES.finditer(said))  # no law a later one
        or any(one[1] > one[2] and one[2] in shown for one in REPLACED.finditer(said))
        or _other_bound(said, shown)
        or _for_others(said, shown)
        or _bound_not_free(said, shown)
        or _excepted(said, shown)
        or _granted_though(said, shown)
        or _barred_though(said, shown)
        or otherwise(said, shown)
    )


def _held(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a text says something and doesn't deny it, or put it into a case."""
    return (one for one in pattern.finditer(text) if not UNSAID.search(text[max(0, one.start() - 40) : one.start()]))


def _ended(claim: str, evidence: str) -> bool:
    """Whether what evidence grants or asks for is said to end."""
    ends = {one[2] or one[4] for one in ENDS.finditer(evidence)}
    for one in _held(ENDS, claim):
        stop, act = one[1] or one[3], one[2] or one[4]
        if one[4] and ends:
            continue
        case = claim[: one.start()].endswith(IN_A_CASE) and stop in evidence
        if act not in ends and not case and re.search(rf"\b{act}\b", evidence):
            return True
    return False


def _paid_back(claim: str, evidence: str) -> bool:
    """Whether those are paid who in evidence pay."""
    for to, by in PAYERS:
        if any(_held(to, claim)) and not to.search(evidence) and not BY_PEOPLE.search(evidence):
            return bool(by.search(evidence) or TO_PEOPLE.search(evidence))
    return False


def _left_to_pay(claim: str, evidence: str) -> bool:
    """Whether somebody is to pay all that in evidence others pay, but in a case where evidence has him pay himself."""
    left = next(_held(ALL_OF_IT, claim), None)
    if left is None or ANYBODY.search(claim[: left.start()]) or not PAID_FOR.search(evidence):
        return False
    own = [evidence[start:end] for start, end in sentences(evidence) if ONES_OWN in evidence[start:end]]
    rest = {
        two
        for start, end in sentences(evidence)
        for two in twos(evidence[start:end])
        if PAID_FOR.search(evidence, start, end)
    }
    return not any((twos(one) - rest) & twos(claim[: left.start()]) for one in own)


def _other_bound(claim: str, evidence: str) -> bool:
    """Whether a figure is said to be the most that evidence says is the least, or the other way round."""
    return any(
        set(mine.findall(claim)) & (set(theirs.findall(evidence)) - set(mine.findall(evidence)))
        for mine, theirs in (BOUNDS[:2], BOUNDS[1::-1])
    )


def _for_others(claim: str, evidence: str) -> bool:
    """Whether so much is said of each household that evidence gives each person, or the other way round."""
    return any(
        any(_held(mine, claim))
        and not theirs.search(claim)
        and any(_held(theirs, evidence))
        and not any(_held(mine, evidence))
        for mine, theirs in (PER, PER[::-1])
    )


def _bound_not_free(claim: str, evidence: str) -> bool:
    """Whether somebody is said to have to do what by evidence he may."""
    for who, act in ((one[1], one[2]) for one in _held(BOUND, claim)):
        must = rf"\b(?:phải|buộc)(?: \w+){{0,4}} {act}\b"
        if re.search(rf"\b{who}{FREE.format(act)}", evidence) and not re.search(must, evidence):
            return True
    return False


def _excepted(claim: str, evidence: str) -> bool:
    """Whether something is said of those of whom evidence says in short that it isn't so: "… thì không"."""
    mine = twos(claim)
    return any(
        len(words := twos(one[1])) > 2 and words <= mine and claim.count("không") <= one[1].count("không")
        for one in EXCEPT.finditer(evidence)
    )


def _granted_though(claim: str, evidence: str) -> bool:
    """Whether of those of whom evidence denies an act a claim says it: "khách du lịch, …, thì không được cấp"."""
    if DENIED.search(claim):
        return False
    return any(
        len(words := twos(one[1].partition(",")[0])) > 2
        and words <= twos(claim)
        and re.search(rf"\b{one[2]}(?: \w+)?? {one[3]}\b", claim)
        for one in DENIED_CASE.finditer(evidence)
    )


def _barred_though(claim: str, evidence: str) -> bool:
    """Whether what evidence says the law doesn't bar is said to be barred: "tự giữ sổ của mình thì không cấm"."""
    mine = {two for one in re.split(r"[.;](?!\d)", claim) if BARS.search(one) for two in twos(one)}
    return any(
        len(mine & (words := twos(one[1]))) > 2 and 2 * len(mine & words) >= len(words)
        for one in UNBARRED.finditer(evidence)
    )


def _needed(claim: str, evidence: str) -> bool:
    """Whether a thing is said to be needed that by evidence isn't, and nowhere is."""
    free = {one[1] for one in NOT_NEEDED.finditer(evidence)} - {one[1] for one in _held(NEEDS, evidence)}
    return any(one[1] in free for one in _held(NEEDS, claim))


def _each_otherwise(claim: str, evidence: str) -> bool:
    """Whether each time is said to be of another length."""
    told = {one[1] for one in EACH.finditer(evidence)}
    return bool(told) and any(one[1] not in told for one in EACH.finditer(claim))


def _still_in_force(claim: str, evidence: str) -> bool:
    """Whether what is said to hold still is by evidence over, known by the first words of the claim's sentence."""
    for clause in CLAUSE.findall(claim):
        subject = next(iter(pairwise(WORD.findall(clause))), None)
        if subject and any(_held(LASTS, clause)):
            theirs = [one for one in CLAUSE.findall(evidence) if subject in twos(one)]
            return any(map(OVER.search, theirs)) and not any(map(LASTS.search, theirs))
    return False


def _of_another_article(claim: str, evidence: str) -> bool:
    """Whether a crime is said to stand in the article where by evidence another does, which names both."""
    crimes = {article: crime for crime, article in OF_ARTICLE.findall(evidence)}
    return any(
        article in crimes and crime not in crimes[article] and any(crime in other for other in crimes.values())
        for article, crime in ARTICLE_OF.findall(claim)
    )
