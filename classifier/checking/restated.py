"""What a text says, told in one of the ways in which people write the same."""

import re
from functools import lru_cache

from classifier.text.letters import fold
from classifier.text.neutral import neutral
from classifier.text.patterns import both, is_bare, listed

KEPT = 2_048  # texts kept read: the copies of a claim come again with each further one, up to a thousand of them
# What people write for the same thing; and what is one word, that no particle be read in it.
ALIKE = {
    "nộp tiền": "đóng tiền", "nộp bảo hiểm": "đóng bảo hiểm", "nộp phí": "đóng phí", "nộp thuế": "đóng thuế",
    "nộp quỹ": "đóng quỹ", "nộp phạt": "đóng phạt", "nộp viện phí": "đóng viện phí", "học phí": "tiền học",
    "nộp học phí": "đóng học phí, đóng tiền học, nộp tiền học", "cha mẹ": "bố mẹ, ba mẹ, ba má, bố má",
    "được": "được phép, được quyền, có quyền, được nhận, được hưởng", "trẻ em": "trẻ con, con nít",
    "sa thải": "đuổi việc", "cả nước": "toàn quốc, trên cả nước, trên toàn quốc", "phụ nữ": "nữ giới",
    "đàn ông": "nam giới", "khám chữa bệnh": "khám bệnh chữa bệnh", "với": "đối với", "từ": "kể từ",
    "hằng tháng": "hàng tháng, mỗi tháng", "hằng năm": "hàng năm, mỗi năm", "hằng ngày": "hàng ngày, mỗi ngày",
    "hằng tuần": "hàng tuần, mỗi tuần", "vùng 1": "vùng i", "vùng 2": "vùng ii", "vùng 3": "vùng iii",
    "vùng 4": "vùng iv", "cho": "cho phép", "mọi": "tất cả, tất cả mọi, tất cả các, toàn bộ, toàn thể, hết thảy",
    "người lao động": "nhân viên, nv", "trên mạng": "lên mạng",
    "chothuê": "cho thuê", "chovay": "cho vay", "chomượn": "cho mượn", "chonghỉ": "cho nghỉ", "chothôi": "cho thôi",
}  # fmt: skip
MARK = re.compile(r"[.,:;](?!\d)|[!?…()\n–—|]| - ")  # what parts a remark from what it is made of


def one_of(forms: str) -> str:
    """A pattern of the forms of a list that commas part, the longest first; each first word is looked for once."""
    begun: dict[str, list[str]] = {}
    for form in sorted(listed(forms), key=len, reverse=True):
        first, _, rest = form.partition(" ")
        begun.setdefault(first, []).append(f" {rest}" if rest else "")
    grouped = (f"{first}(?:{'|'.join(rests)})" for first, rests in begun.items())
    return rf"\b(?:{'|'.join(grouped)})\b"


# "không … đâu nhé": the denial stands before it
_DENIED_ALREADY = re.compile(
    r"(\b(?:không|chưa|chẳng)\b[^.,:;!?…\n]*)\b(?:đâu|cả|hết)\b(?=(?: (?:nhé|nha|ạ|à|ha|nhá|đấy))?\s*(?:[.,:;!?…\n]|$))"
)
_COUNTING = ("đồng", "triệu", "nghìn", "tỷ", "lần", "buổi"), ("dong", "trieu", "nghin", "ty", "lan", "buoi")
_EACH = both(
    r"\b(đồng|triệu|nghìn|tỷ|lần|buổi) ?(?:/ ?|một |1 |mỗi |hằng |hàng )(?=(?:tháng|năm|giờ|ngày|tuần|người)\b)"
)
# what a rule has in store: "ai … sẽ bị phạt"; of one man it is yet to come
_STORED = both(
    r"(\b(?:ai|nếu|hễ|cứ|thì|mọi|luật|quy định|người nào)\b[^.,:;!?…\n]*"
    r"|(?:^|[.,:;!?…\n] )không [^.,:;!?…\n]*)\bsẽ (?=bị\b)"
)
# "người mù bị luật cấm lái xe" is "luật cấm người mù lái xe"
_BARRED = both(
    r"(^|[.:;!?…\n] )((?:(?!(?:không|chưa|chẳng|bị|cấm|cho)\b)\w+ ){1,8})bị ((?:luật |pháp luật )?cấm )(?=\w)"
)
_DIGIT = re.compile("[0-9]")
# the bound of a figure: what goes from it isn't what goes to it
_FROM, _TO = both(r"\btừ (?:đủ )?(?=[0-9.,]+ )"), both(r"\b(?:đến|tới) (?=[0-9.,]+ )")
_ALIKE = {form: said for said, forms in ALIKE.items() for form in listed(forms)}
_SAID_ALIKE = _ALIKE, {fold(form): fold(said) for form, said in _ALIKE.items()}
_FORMS = both(one_of(",".join(_ALIKE)))


@lru_cache(maxsize=KEPT)
def told(text: str) -> str:
    """What a text in plain spelling says, in small letters; as it is typed, with diacritics or without."""
    bare = is_bare(text)
    said = neutral(text).lower()
    if not bare and any(word in said for word in ("đâu", "cả", "hết")):
        said = _DENIED_ALREADY.sub(r"\1", said)
    if any(word in said for word in _COUNTING[bare]):
        said = _EACH[bare].sub(r"\1 moi " if bare else r"\1 mỗi ", said)
    if (" se bi " if bare else " sẽ bị ") in said:
        said = _STORED[bare].sub(r"\1", said)
    if (" bi " if bare else " bị ") in said:
        said = _BARRED[bare].sub(r"\1\3\2", said)
    said = _FORMS[bare].sub(lambda form: _SAID_ALIKE[bare][form.group()], said)
    if _DIGIT.search(said):
        said = _TO[bare].sub("đếnsố ", _FROM[bare].sub("từsố ", said))
    return said
