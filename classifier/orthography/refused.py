"""Who flatly says that somebody may not, must not or need not, told as a rule is: "Không có chuyện dân được tự ra giá"
is "Dân không được tự ra giá", "Làm gì có luật nào cho dân tự ra giá" is "Luật không cho dân tự ra giá", "Dân đâu có
được tự ra giá" is "Dân không được tự ra giá". So it can be held against what a law grants."""

import re

from classifier.text import Edit
from classifier.text.patterns import either, is_bare, of

_NO = r"(?:không(?: bao giờ| đời nào)?|chẳng(?: bao giờ)?|chả(?: bao giờ)?|đời nào|làm gì|đâu)(?: hề)?"
_OPENER = rf"{_NO} có chuyện "
# what turns it once more, or tells more than one thing of it
_TURNED = r"(?!.*\b(?:không|chưa|chẳng|chả|cấm|khỏi|mất|nhưng|mà|chỉ|nếu|trừ|vì)\b)"
_NOT_DONE = r"(?<!bắt )(?<!tìm )(?<!làm )(?<!có )(?<!mua )(?<!lấy )(?<!nhận )(?<!chịu )(?<!mới )"  # "làm được"
_LETS = r"được|có quyền|phải|cho(?= (?:phép )?(?:người|dân|công dân|lao động))"
_FLAT = either(
    rf"^[^\w]*{_OPENER}{_TURNED}(?!gì|này|đó|ấy|nào|như|là|rằng)"
    rf"((?:[^\s.,:;!?][^.,:;!?\n]*? )??){_NOT_DONE}({_LETS})"
    r" [^\s.,:;!?\d][^.:;!?\n]+[.!…]*[^\w?]*$"
)
# … or "có luật nào cho … đâu"; what the constitution grants and no law yet is another matter
_NO_LAW = either(
    rf"^[^\w]*((?:{_NO} )?có (?:điều )?(luật|quy định)(?: pháp luật)? nào (?=cho(?: phép)? ))"
    rf"(?!.*\b(?:biểu tình|lập hội|là (?:tin|sai|bịa|đồn|nói))\b){_TURNED}"
    r"((?:(?! đâu\b)[^.,:;!?\n])+)( đâu(?: (?:nhé|nha|ạ|mà|á))?)?[.!…]*[^\w?]*$"
)
# … or in talk: "X đâu có được Y", "X làm gì có Y", "X không đời nào được Y", "X được Y đâu"
_LONGEST, _LEAST = 300, 3  # characters of a sentence, words of what is called lawful
_TALK = (
    " đâu", " làm gì", " chẳng", " chả", " nào", " hề ", " bao giờ", " đừng", " hông ", " hổng ", " còn", " có mà",
    " đúng luật", " hợp pháp", " hợp lệ", " phạm luật", " phạm pháp", " trái luật", " cấm", " quyền",
)  # fmt: skip
_ANY = (
    r"(?:(?<!ở )(?<!từ )(?<!tới )(?<!đến )đâu|chẳng|chả|hông|hổng|không (?:hề|bao giờ|đời nào)|đừng (?:hòng|mơ|mong)"
    r"|còn (?:lâu|khuya) mới|có mà mơ mới)"
    r"(?: hề)?"
)
_DENIAL = re.compile(
    rf"(?<=\w),? ({_ANY}(?: có)?(?= (?:được|cần)\b)|(?:{_ANY}|làm gì|nào)(?: hề)? có(?= (?:được|cần|bị|phải)\b)"
    rf"|không (?:hề|bao giờ)(?= (?:bị|phải)\b)|(?!không bao giờ)(?:{_ANY}|làm gì)(?= có \w)|nào(?= có quyền\b))"
    r"(?! có (?:chuyện|gì|ai|chi|nào|thể|lẽ|điều|ý|cái)\b)",
    re.IGNORECASE,
)
# … "X bị tước quyền Y", "X bị cấm Y"
_LOST = re.compile(
    r"(?<=\w) ((?:bị )?(?:tước(?: mất| hết)?|mất|hết|không còn|chẳng còn) quyền(?! (?:lợi|lực|hạn|hành|uy)\b)"
    r"|bị (?:luật )?cấm)(?= \w)",
    re.IGNORECASE,
)
# … "X mà Y là đúng luật", "X mà Y thì luật không cấm"
_LETS_BE = re.compile(
    r"(?<=\w)(,? (?:(?:thì|cũng|vẫn|hoàn toàn|đều) )*"
    r"(?:là (?:đúng luật|hợp pháp|hợp lệ)|luật (?:đâu có|đâu|không|chẳng) cấm"
    r"|không (?:hề )?(?:phạm luật|phạm pháp|trái luật|trái pháp luật|vi phạm pháp luật))(?: gì)?(?: hết| cả| đâu)?"
    r"(?: (?:nhé|nha|ạ|mà))?)[.!…]*[^\w?]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<=\w),? (?:có )?((?:được|cần|có quyền)\b(?:(?! (?:bao giờ )?đâu\b)[^.,:;!?\n])+)"
    r"( (?:bao giờ )?đâu(?: (?:nhé|nha|ạ|á|em|bạn))?)"
    r"[.!…]*[^\w?]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[^.,:;!?\n]+[.!…]*[^\w?]*$")  # what is denied and nothing else
# what turns it once more, puts it into a case, or judges
_ELSE = re.compile(
    r"[.:;!?\n](?=.*\w)|\b(?:không|chưa(?! (?:đủ|thành niên|có|đến|tới|đầy)\b)|chẳng|chả|đâu|làm gì|đừng|cấm|khỏi"
    r"|miễn là|mất|nhưng|mà|chỉ|nếu|trừ|vì|nên|phải(?! nộp| đóng| trả)|như|tưởng|biết|thấy|ai|gì nữa|sao)\b",
    re.IGNORECASE | re.DOTALL,
)
_OWN = re.compile(  # of his own people, of another time or place, and what others say
    r"\b(?:tôi|tui|tao|tớ|mình|(?<!trẻ )(?<!chị )(?<!anh )em|(?<!con )cháu|nó|họ|hắn|mày|ổng|bả|tụi|bọn|chúng|con tôi"
    r"|xưởng|ở đây|dân đen|này|đó|kia|ấy|hồi|xưa|trước|cũ|thực tế|rằng|loan|đồn|nghe|nói|bảo|kêu|kể|hỏi|hứa|dọa)\b",
    re.IGNORECASE,
)
_HINTS = ("chuy", " nào cho ", " nao cho ")


def edits(said: str) -> list[Edit]:
    """The denial before what is allowed or due, and no "không có chuyện" at the beginning."""
    if not any(hint in said.lower() for hint in _HINTS):
        return []
    denial = "khong" if is_bare(said) else "không"
    if (lawless := of(_NO_LAW, said).match(said)) and (lawless[4] or lawless[1].split()[0].lower() != "có"):
        named, end = lawless[2].lower().capitalize(), lawless.start(4)
        return [(*lawless.span(1), f"{named} {denial} "), *([(end, lawless.end(4), "")] if lawless[4] else [])]
    found = of(_FLAT, said).match(said)
    if found is None:
        return []
    at, may = found.start(1), found.start(2)
    if at == may:
        return [(0, at, f"{denial.capitalize()} ")]
    return [(0, at + 1, said[at].upper()), (may, may, f"{denial} ")]


def talked(said: str) -> list[Edit]:
    """What talk says of a right in a sentence that says nothing else, told as a rule tells it: "Thợ lặn đâu có được đi
    thi", "Bị giam là mất quyền gặp luật sư", "Thợ được nghỉ đâu", "Chủ giữ bằng là đúng luật". Not what somebody tells
    of himself or his own people, nor what is typed without diacritics, where a father is a denial."""
    if len(said) > _LONGEST or not any(hint in said.lower() for hint in _TALK):
        return []
    rest = ""
    if found := _DENIAL.search(said) or _LOST.search(said):
        start, end = found.span(1)
        lost = "không được" if found[1].lower().endswith("cấm") else "không có quyền"
        edits, rest = [(start, end, "không" if found.re is _DENIAL else lost)], said[end:]
        if not _AFTER.fullmatch(rest):
            return []
    elif found := _LETS_BE.search(said):
        edits = [(0, 1, f"Luật cho {said[0].lower()}"), (*found.span(1), "")]
        if len(said[: found.start()].split()) < _LEAST or not said[1].islower():
            return []
    elif found := _BEHIND.search(said):
        edits, rest = [(found.start(), found.start(1), " không "), (*found.span(2), "")], found[1]
    else:
        return []
    before = said[: found.start()]
    return [] if _ELSE.search(before) or _ELSE.search(rest) or _OWN.search(before) else edits
