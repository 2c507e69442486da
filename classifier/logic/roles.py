"""Who does a thing to whom: whether a claim has it done by those to whom it is done in evidence: "người giúp việc trả
tiền tàu xe cho chủ nhà" beside "chủ nhà trả tiền tàu xe", or has one of two bound or free where the other is.

Whoever stands before a deed in evidence may be who does it, so that nothing is told where the claim's doer is there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.text.letters import WORD

_ROLES = {
    "accused": "người bị buộc tội|bị can|bị cáo",
    "prosecutor": "cơ quan tố tụng|cơ quan điều tra|viện kiểm sát",
    "court": "tòa án|tòa(?! soạn)",
    "state": "nhà nước|ngân sách",
    "official": "cán bộ|công chức",
    "worker": "người lao động|lao động nữ|nhân viên|công nhân|người giúp việc|người làm công",
    "employer": "công ty|doanh nghiệp|người sử dụng lao động|chủ nhà|chủ(?! (?:tịch|đất|động|yếu|tọa|thể|quyền|nợ)\\b)",
    "teacher": "nhà giáo|giáo viên|thầy cô",
    "pupil": "học sinh|sinh viên",
    "patient": "người bệnh|bệnh nhân",
    "hospital": "bệnh viện|bác sĩ|nơi chữa bệnh",
    "parents": "cha mẹ|bố mẹ",
    "child": "con cháu|cháu|con|trẻ em|trẻ",
    "husband": "chồng",
    "wife": "vợ(?! chồng)",
    "commune": "ủy ban nhân dân|xã(?! hội)|phường",
    "wronged": "người bị oan|nạn nhân|người bị thiệt hại",
    "people": "(?:người )?dân(?! (?:sự|tộc|số|chủ|cư|quân)\\b)",
}
ROLE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _ROLES.items()))
OTHERS = (  # who may be one's other side in a deed
    ("husband", "wife"), ("worker", "employer"), ("parents", "child"), ("accused", "prosecutor"), ("teacher", "pupil"),
    ("patient", "hospital"), ("court", "prosecutor"), ("state", "people"),
)  # fmt: skip
OTHER = {one: {two for pair in OTHERS if one in pair for two in pair} - {one} for pair in OTHERS for one in pair}
DEED = re.compile(
    r"\b(hoàn trả|trả(?! (?:tự|lời|thù)\b)|bồi thường|thanh toán|đền bù|hỗ trợ|trợ cấp|cấp dưỡng|phụng dưỡng|cung cấp"
    r"|công khai|báo(?= (?:kết quả|cho|tin)\b)|ép|sa thải|thay(?= )|bầu|giữ(?= sổ\b))\b(?! (?:hại|cử)\b)"
)
BOUND = re.compile(
    r"\b((?:(không)(?: (?:bắt buộc|buộc|cần|nhất thiết))? )?(được|phải|có quyền)|(?:nghiêm )?cấm)"
    r" (?=((?!(?:không|một|các|là|nhưng)\b)\w+ \w+))"
)
GETS = re.compile(r"\b(?:được|bị) $")  # to whom it is done stands before: "nạn nhân được bồi thường"
UNSAID = re.compile(r"\b(?:không|chưa|chẳng|cấm|đừng|khi|nếu|trừ|khỏi|đâu)(?: \w+){0,3} ?$")
CLAUSE = re.compile(r"[^.;:!?\n]+")
# between a deed and who certainly does it
BETWEEN = re.compile(
    r"(?: \w+,?)? (?:(?:phải|được|sẽ|thì|mới|đều|cũng|vẫn|có|quyền|nghĩa|vụ|trách|nhiệm|đã|tự|không|cần|bắt|buộc|chỉ)"
    r" )*"
)
# what certainly names no object right behind it: "vợ" of "mà vợ …", not of "có vợ …"
HEAD = re.compile(
    r"(?:^ *|, |\d{4} |\b(?:thì|mà|và|hoặc|hay|nhưng|chứ|còn|do|được|vì|là|rằng|yêu cầu|đòi|buộc|bắt|cấm|chỉ) )"
    r"(?:(?:các|những|mọi) )?$"
)
THEN = re.compile(r"\bthì\b")  # before it stands a case, of somebody else maybe: "thuê người giúp việc thì phải …"
BEHIND = 8  # words between it and to whom it is done
ACTIVE = "thay"  # "con được thay cha mẹ" may, and isn't replaced
NOT = "không "
Role = tuple[int, int, str]  # where somebody is named, and as which of _ROLES


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done, by whom it certainly is, who else may do it, and to whom."""

    what: str
    by: str
    may: frozenset[str]
    to: str
    held: bool
    modal: bool = False  # it is but bound or free to be done


def exchanged(claim: str, evidence: str) -> bool:
    """Whether, by a normalised claim in small letters, those do a thing to whom it is done by normalised evidence, or
    must or may do what by that another of two must or may, or what they themselves needn't or mayn't."""
    theirs = list(_deeds(evidence))
    return any(_other_way(one, theirs) for one in _deeds(claim) if one.held and one.by)


def _other_way(mine: Deed, theirs: list[Deed]) -> bool:
    same = [one for one in theirs if one.what == mine.what]
    if any(mine.by == one.by or mine.by in one.may for one in same):
        return False
    if mine.modal:
        turned = mine.what.removeprefix(NOT) if mine.what.startswith(NOT) else NOT + mine.what
        others = OTHER.get(mine.by, set[str]())
        if same or not others:
            return any(one.by in others for one in same)
        return any(one.what == turned and one.by == mine.by for one in theirs)
    return bool(mine.to) and any(mine.to == one.by or (mine.by == one.to and not one.by) for one in same)


def _deeds(text: str) -> Iterator[Deed]:
    for clause in CLAUSE.finditer(text):
        said = clause.group()
        roles = [(one.start(), one.end(), str(one.lastgroup)) for one in ROLE.finditer(said)]
        for one in DEED.finditer(said) if roles else ():
            yield _deed(said, one.group(), one.span(), roles)
        for one in BOUND.finditer(said):
            by, may, _ = _doers(said, one.start(), roles)
            bound = "không được" if one[3] is None else f"{NOT if one[2] else ''}{one[3]}"
            yield Deed(f"{bound} {one[4]}", by, may, "", True, modal=True)


def _deed(said: str, what: str, at: tuple[int, int], roles: list[Role]) -> Deed:
    start, end = at
    by, may, first = _doers(said, start, roles)
    to = next((name for a, _, name in roles if a >= end and _words(said[end:a]) <= BEHIND and name != by), "")
    held = UNSAID.search(said, max(0, start - 40), start) is None
    if what != ACTIVE and GETS.search(said, 0, start):
        return Deed(what, "", frozenset(), by or to, held)
    if by and (got := GETS.search(said[:first])):  # "chủ nhà được người giúp việc trả"
        to = next((name for _, b, name in reversed(roles) if b <= got.start() and name != by), to)
    return Deed(what, by, may, to, held)


def _doers(said: str, start: int, roles: list[Role]) -> tuple[str, frozenset[str], int]:
    """Who certainly does what begins there, who else may, and where the nearest of them is named."""
    before = [one for one in roles if one[1] <= start]
    if not before:
        return "", frozenset(), 0
    first, end, nearest = before[-1]
    named = frozenset(name for _, _, name in before)
    alone = len(named) == 1 and THEN.search(said, end, start) is None
    if (alone or BETWEEN.fullmatch(said, end, start)) and HEAD.search(said[:first]):
        return nearest, frozenset(), first
    return "", named, first


def _words(text: str) -> int:
    return len(WORD.findall(text))
