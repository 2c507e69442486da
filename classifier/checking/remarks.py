"""What people put around a claim that they pass on, and that tells nothing of it: calls to share, cries, hashtags."""

import re
from functools import lru_cache
from itertools import pairwise

from classifier.text.letters import fold
from classifier.text.patterns import any_of, either, is_bare, listed, of

LONGEST, LETTERS = 14, 200  # words of a mere remark, and characters with its signs and pictures
# Cries that deny something, or hold a word that may: each as a whole, of what was heard and not of whether it is so.
CRIES = """không thể tin nổi, không thể tin được, không tin nổi, không thể tưởng tượng nổi, không thể ngờ, không ngờ,
không nói nên lời, không còn gì để nói, không còn lời nào để nói, không còn lời nào, không biết nói gì hơn,
chịu không nổi, không thể chịu nổi, ai mà ngờ được, ai mà ngờ, ai ngờ, hết nói nổi, hết chịu nổi, hết hồn, hết sức,
nói không nên lời, đừng làm ngơ, đừng im lặng, đừng lướt qua, nổi da gà, vừa thổi vừa ăn, tin nóng, tin hot, tin mới,
tin khẩn, tin sốc, tin vui, tin buồn, trước khi bị xóa, trước khi bị gỡ, từ trên mạng, dưới bình luận,
dưới còm, link bài, cho ai quên, quá đáng, thông báo cho mọi người, tin nhanh"""
# … and those that end a claim without a sign before them
CLOSING = "không thể tin nổi, không tin nổi, không thể tưởng tượng nổi, hết nói nổi, hết chịu nổi"
# What is said to whom, and felt. A remark is made of these and of nothing else, and has one of them.
CALLS = """chia sẻ, share, sharing, lan tỏa, lưu lại, đọc, xem, theo dõi, nhắc lại, nói cho, lưu ý, chú ý,
cảnh báo, cẩn thận, cảnh giác, copy, cop, sưu tầm, st, link, like, hóng, cập nhật, nóng hổi, nóng, hot, khẩn, khẩn cấp,
nhắn, truyền tay, ơi, alo, dạ, vâng"""
FELT = """sốc, choáng, kinh khủng, khủng khiếp, kinh hoàng, kinh hãi, khiếp, kinh, ghê, đau lòng, lặng người,
lạnh người, rùng mình, giật mình, sửng sốt, bất ngờ, bàng hoàng, cạn lời, bó tay, buồn, vui, mừng, thương,
thương tâm, tội nghiệp, xót xa, xót, phẫn nộ, bức xúc, căm phẫn, tức điên, sợ, uất, nản, chán, khổ, nhục, xấu hổ,
tự hào, hãnh diện, hoan hô, đả đảo, tuyệt vời, tồi tệ, cảm động, ấm lòng, nghẹn, trời ơi, trời đất, ôi trời, giời ơi,
đáng buồn, đáng mừng, đáng tiếc, đáng xấu hổ, đáng tự hào, đáng sợ, đáng thương"""
SOFT = "nhé, nha, nhá, nghen, nè, ạ"  # ends what is said, and goes on with nothing but a remark
LOUD = f"{SOFT}, ơi, quá, thật, thật sự, ghê, lắm, rất, vô cùng, giúp, giùm, dùm, mn"  # a mere list has none
# Who is spoken to, and what goes with such words.
BESIDE = """mọi người, cả nhà, bà con, anh chị em, anh em, chị em, anh, chị, em, mình, các bạn, các bác, các mẹ, các cụ,
các chị, các anh, các thím, quý vị, cộng đồng mạng, cư dân mạng, ad, admin, mn, mng, ae, bạn bè, người thân, ai,
nhiều người, nhau, này, nè, nhé, nha, nhá, nghen, nào, đi, ạ, ôi, ối, á, ơi, trời, lắm, quá, thật, thật sự, thực sự,
luôn, rất, vô cùng, cực kỳ, thay, mà, xong, nghe, thấy, lòng, giúp, giùm, dùm, hộ, với, cho, biết, để, gấp, ngay, mạnh,
rộng rãi, nhanh, lại, thêm, cùng, hãy, nhớ, mong, kính mong, xin, mời, đề nghị, làm ơn, vui lòng, nhờ, cảm ơn, sáng nay,
trưa nay, chiều nay, tối nay, hôm nay, bài, vào, trời đất, ghê, hết, vừa, mới, kỹ,
thưa, sợ, đúng là, thì, đến, mọi nơi, hỏi"""
# Who is called upon by a comma alone, as by "ơi", and what stands around that.
CALLED = """mọi người, cả nhà, bà con, anh chị em, anh em, chị em, các bạn, mấy bạn, các bác, mấy bác, các mẹ, mấy mẹ,
các cụ, các chị, các anh, các thím, quý vị, mn, mng"""
AROUND = "thưa, này, nè, nhé, nha, nhá, nghen, ạ, à, ơi, đó, đấy, luôn"
HASHTAGS = "tinnong, tinhot, tinmoi, hot, xuhuong, trending, fyp, viral, news, tintuc, share, chiase"

_HASHTAG = re.compile(rf"#(?:{'|'.join(listed(HASHTAGS))})\b", re.IGNORECASE)
# where a remark and a claim meet: signs before a blank, at the end, and pictures
_BREAK = re.compile(
    r"(?:[.,!?…:;)–—]+(?=\s|$)|\s[-|•(]\s?|^\(|[\n\u203c\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+)+\s*"
)


_KNOWN = frozenset(f"{CRIES} {CALLS} {FELT} {BESIDE}".replace(",", " ").split())
_SYLLABLES = _KNOWN | frozenset(map(fold, _KNOWN))
_CRY = either(rf"\b(?:{any_of(CRIES)})\b")
_CORE = either(rf"\b(?:{any_of(f'{CALLS}, {FELT}')})\b")
_LOUD = either(rf"\b(?:{any_of(LOUD)})\b")
_WORD = either(rf"\b(?:{any_of(f'{CALLS}, {FELT}, {BESIDE}')})\b")
_OUT = rf"(?:thật |đúng là )?(?:{any_of(CLOSING)})(?: luôn| mà)?"
_CLOSING = either(rf" (?:{_OUT}|(?:{any_of(SOFT)})(?: (?:{any_of(f'{CALLS}, {BESIDE}')}))*)$")
_CALLED = either(rf"(?:(?:{any_of(AROUND)}) )*(?:{any_of(CALLED)})(?: (?:{any_of(AROUND)}))*")
_COMMA, _ENDS = re.compile(r",(?!\d)"), re.compile(r"[.!?…;:\n](?!\d)")


@lru_cache(maxsize=2_048)  # a claim is laid beside many
def unframed(text: str) -> str:
    """A text without the mere remarks that it begins and ends with; itself where it is nothing but remarks."""
    text = _HASHTAG.sub("", text).strip()
    ends = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends) if start < end]
    while len(parts) > 1 and (_is_remark(parts[0]) or _calls(parts[0], _ENDS.split("".join(parts))[0])):
        del parts[0]
    while len(parts) > 1 and (
        _is_remark(parts[-1], listed=parts[-2].rstrip().endswith((",", ";")))
        or _calls(parts[-1], _ENDS.split("".join(parts).rstrip(" .!?…"))[-1])
    ):
        del parts[-1]
    told = "".join(parts).rstrip(" .,!?…:;")
    return of(_CLOSING, told).full.sub("", told)


def _calls(part: str, sentence: str) -> bool:
    """Whether a part of a sentence only calls upon its readers: parted from the rest by its one comma, as of several
    it may be one of a list."""
    said = " ".join(re.findall(r"\w+", part.lower()))
    return "?" not in part and len(_COMMA.findall(sentence)) == 1 and _CALLED.fullmatch(said) is not None


def _is_remark(part: str, *, listed: bool = False) -> bool:
    """Whether a part of a text only calls upon its readers, or cries out; one that may be the last of a list must do so
    aloud. A question is none: it asks whether it is so."""
    if len(part) > LETTERS:
        return False
    said = " ".join(re.findall(r"\w+", part.lower()))
    if not said:
        return True
    if "?" in part or len(said.split()) > LONGEST or not _SYLLABLES.issuperset(said.split()):
        return False
    bare = is_bare(said)
    rest = _CRY[bare].full.sub(" ", said)
    if _WORD[bare].full.sub(" ", rest).strip():
        return False
    return rest != said or bool((_LOUD if listed else _CORE)[bare].full.search(rest))
