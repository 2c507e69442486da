"""Who flatly says that somebody may not, must not or need not, told as a rule is: "Không có chuyện dân được tự ra giá"
is "Dân không được tự ra giá", "Làm gì có luật nào cho dân tự ra giá" is "Luật không cho dân tự ra giá". So it can be
held against what a law grants."""

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
    r"((?:(?! đâu\b)[^.:;!?\n])+)( đâu(?: (?:nhé|nha|ạ|mà|á))?)?[.!…]*[^\w?]*$"
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
