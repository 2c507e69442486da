"""What a text says, told in one of the ways in which people write the same, without what those say who pass it on."""

import re
from functools import lru_cache

from classifier.orthography.spelling import plain
from classifier.text import words
from classifier.text.letters import fold
from classifier.text.neutral import neutral
from classifier.text.patterns import either, is_bare, listed

KEPT = 2_048  # texts kept read: the copies of a claim come again with each further one, up to a thousand of them
# Phrases of those who pass a thing on.
FILLING = """tin nóng, tin hot, tin mới, tin khẩn, tin vui, tin buồn, nóng hổi, khẩn cấp, cảnh báo, lưu ý, chú ý,
cẩn thận, cập nhật, chia sẻ gấp, chia sẻ, share, cả nhà, bà con, anh chị em, anh em, chị em, các bạn, các bác,
mấy bác, các mẹ, mấy mẹ, quý vị, xin chào, cho biết, cho hay, được biết, xem ngay, đọc ngay, nguồn tin,
ai chưa biết thì, ai chưa biết, mọi người ơi, nhé mọi người, nha mọi người, thông tin, mới đây, vừa qua, hiện nay,
hôm nay, hôm qua, sáng nay, chiều nay, tối nay"""
# What says nothing of the matter where it stands alone before a claim or behind it, parted by a mark.
CHATTER = """tin, nóng, hot, sốc, gấp, khẩn, kinh khủng, khủng khiếp, ghê, ghê quá, thật, thật sự, đau lòng, buồn,
xót xa, thương, phẫn nộ, bức xúc, đáng sợ, sợ, lo, hoang mang, trời ơi, ôi trời, trời đất, lan tỏa, rộng rãi, giúp,
hộ, giùm, với, hãy, đọc, xem, nên biết, cần biết, biết, mọi người, các mẹ, mấy bác, mấy mẹ, mình, ad, admin, alo, dạ,
vâng, ạ, ơi, nhé, nha, nhá, đi, nào, ngay, luôn, thôi, quá, mới nhất, cho, tới, đến, để, cùng, và, nhiều người,
comment, like, tag"""
CHAT = 80  # characters of such a remark, at most
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


_FILLING = either(one_of(FILLING))
_CHATTER = either(one_of(CHATTER))
# "không … đâu nhé": the denial stands before it
_DENIED_ALREADY = re.compile(
    r"(\b(?:không|chưa|chẳng)\b[^.,:;!?…\n]*)\b(?:đâu|cả|hết)\b(?=(?: (?:nhé|nha|ạ|à|ha|nhá|đấy))?\s*(?:[.,:;!?…\n]|$))"
)
_COUNTING = ("đồng", "triệu", "nghìn", "tỷ", "lần", "buổi"), ("dong", "trieu", "nghin", "ty", "lan", "buoi")
_EACH = either(
    r"\b(đồng|triệu|nghìn|tỷ|lần|buổi) ?(?:/ ?|một |1 |mỗi |hằng |hàng )(?=(?:tháng|năm|giờ|ngày|tuần|người)\b)"
)
_DIGIT = re.compile("[0-9]")
# the bound of a figure: what goes from it isn't what goes to it
_FROM, _TO = either(r"\btừ (?:đủ )?(?=[0-9.,]+ )"), either(r"\b(?:đến|tới) (?=[0-9.,]+ )")
_ALIKE = {form: said for said, forms in ALIKE.items() for form in listed(forms)}
_SAID_ALIKE = _ALIKE, {fold(form): fold(said) for form, said in _ALIKE.items()}
_FORMS = either(one_of(",".join(_ALIKE)))


@lru_cache(maxsize=KEPT)
def told(text: str) -> str:
    """What a text says, in small letters; as it is typed, with diacritics or without."""
    bare = is_bare(text)
    said = _FILLING[bare].full.sub("", neutral(plain(text)).lower())
    if not bare and any(word in said for word in ("đâu", "cả", "hết")):
        said = _DENIED_ALREADY.sub(r"\1", said)
    if any(word in said for word in _COUNTING[bare]):
        said = _EACH[bare].full.sub(r"\1 moi " if bare else r"\1 mỗi ", said)
    said = _FORMS[bare].full.sub(lambda form: _SAID_ALIKE[bare][form.group()], said)
    if _DIGIT.search(said):
        said = _TO[bare].full.sub("đếnsố ", _FROM[bare].full.sub("từsố ", said))
    start, end = 0, len(said)
    for mark in MARK.finditer(said):
        if not _chats(said[start : mark.start()], bare=bare):
            break
        start = mark.end()
    for mark in reversed([*MARK.finditer(said, start)]):
        if not _chats(said[mark.end() : end], bare=bare):
            break
        end = mark.start()
    return said[start:end]


def _chats(said: str, *, bare: bool) -> bool:
    """Whether words say nothing of any matter."""
    return len(said) <= CHAT and not words(_CHATTER[bare].full.sub("", said))
