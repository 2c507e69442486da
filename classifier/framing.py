"""How a sentence frames what it says: taken back, imagined, proposed, told to the writer, of elsewhere or of earlier.

By form alone, with and without diacritics. What a writer doesn't hold true of here and now may not be called false,
and who is named as saying a thing changes nothing of it.
"""

import re
from functools import lru_cache

from classifier.letters import fold
from classifier.restore import is_unaccented
from classifier.retrieval import Passage
from classifier.spelling import plain, read
from classifier.text import sentences

READ = 1_200  # characters of a sentence that are read
NEAR = 120  # characters in which a frame at the head of a sentence ends, and that are read before and behind a claim
LABEL = 10  # words of a heading; a longer line says something
LATER, LONG_AGO = "9999", 1900  # since when a passage holds that names no day; a time that no passage speaks of
LEFT = 4  # words that a claim keeps at least where its frame is taken off
MARK = r"[^\w]*"
LEAD = (
    rf"{MARK}(?:(?:và|nhưng|mà|còn|thì|thật ra|thực ra|tôi|mình|em|ta|chúng tôi|chúng ta|xin|chỉ|đêm qua|hôm qua) )"
    "{0,2}"
)

Span = tuple[int, int]
Either = tuple[re.Pattern[str], re.Pattern[str]]


def _either(pattern: str, bare: str = "") -> Either:
    """A pattern as it is typed with diacritics and without; it holds no capitals, which folding would make small."""
    return re.compile(pattern, re.IGNORECASE), re.compile(fold(bare or pattern), re.IGNORECASE)


# what a sentence that begins so wishes, supposes, asks for or makes up
IMAGINED = _either(
    rf"""{LEAD}(?:ước (?:gì|sao|chi|rằng)|giá (?:mà|như)|giả (?:sử|dụ|thử|định)|nếu|(?:thử |hãy )?tưởng tượng"""
    r"""|cứ (?:cho là|cho rằng|coi như|như)|mong(?! manh)|cầu (?:mong|cho)|h[yi] vọng"""
    r"""|(?:đề|kiến) nghị(?! của| này| được)|theo (?:tôi|mình|em|ý tôi)[, ]{1,2}(?:thì )?(?:nên|cần|phải)"""
    r"""|nên (?:sửa|bỏ|đổi|thay)|không thể chấp nhận|(?:sợ|lo|e) (?:rằng|một ngày)|cảm giác như"""
    r"""|trong (?:(?:một|bộ|cuốn|câu|vở) ){0,2}(?:phim|truyện|tiểu thuyết|kịch|trò chơi|game|giấc mơ)"""
    r"""|(?:nằm )?mơ (?:thấy|rằng|là)|kịch bản|tiểu phẩm|hài kịch|(?:truyện|chuyện) cười)\b"""
)
# what a writer calls false
FALSE_NEWS = (
    r"(?:(?:tin|thông tin) (?:giả|đồn|vịt|bịa đặt|bịa|thất thiệt|xuyên tạc|sai sự thật|sai)|fake ?news|sai sự thật"
    r"|xuyên tạc|bịa đặt|luận điệu(?: xuyên tạc| sai trái)?|hiểu lầm|ngộ nhận|lầm tưởng|sai lầm)"
)
HEADING = _either(rf"{MARK}(?:cảnh báo |cảnh giác |bóc )?{FALSE_NEWS}\b")
TAKEN_BACK_AT_HEAD = _either(
    rf"{MARK}{FALSE_NEWS}(?: (?:số )?\d{{1,3}})? ?[\]):|–—-]"
    rf"|{LEAD}(?:đính chính|bóc (?:trần|mẽ)|vạch trần|lật tẩy|phản bác|hiểu lầm|ngộ nhận|không phải (?:là|chuyện)\b"
    r"|chẳng phải là\b|(?:không|chẳng|đâu|làm gì) (?:hề |phải )?(?:có )?chuyện|làm gì có"
    r"|(?:đừng|chớ) (?:ai |có |nên |vội )?(?:tin|nghe)\b"
    r"|(?:sự thật|thực hư) (?:về |của )?(?:tin|thông tin|luận điệu|chuyện|câu))"
)
TAKEN_BACK = _either(
    r"\b(?:(?:xuyên tạc|vu khống|vu cáo|bịa|bịa đặt|bịa ra|tung tin|tung tin đồn|luận điệu|hiểu lầm|hiểu nhầm|hiểu sai)"
    r"""(?: (?:rằng|là|cho rằng|chuyện)\b| ?[:“"])"""
    r"|(?:đăng|viết|nói|ghi|đưa tin) sai (?:rằng|là)\b"
    r"|sai (?:vì|khi|ở chỗ|do) (?:đã )?(?:ghi|nói|viết|cho|khẳng định)\b"
    r"|(?:vẫn|cứ|hay|thường|từng|lầm|nhầm) tưởng(?! niệm| nhớ| thưởng| tượng)"
    r"|(?:không|chẳng|làm gì|đâu) (?:hề )?có chuyện\b"
    r"|bác bỏ (?:tin|thông tin|luận điệu|cáo buộc|chuyện)\b"
    r"|(?:chưa|không|chẳng) có (?:văn bản|luật|điều luật|ai) nào (?:nói|bảo|cho) "
    r"|vì (?:đã )?(?:đăng|tung|loan) tin\b(?! (?:giả|sai|xấu|bịa|xuyên|thất|đồn)))"
)
# "tin nói … là sai": both parts must be there
SAID_AT_HEAD = _either(
    rf"{MARK}(?:(?:các|những|mấy|cái|mọi) )?(?:tin|thông tin|luận điệu|bài|câu|lời|nói|bảo|nhận định|đáp án|clip|video"
    r"|chuyện|ý kiến)\b"
)
CALLED_FALSE = _either(
    r"\b(?:là|đều|hoàn toàn|toàn) (?:(?:hoàn toàn|điều|chuyện|tin|thông tin|luận điệu) ){0,2}"
    r"(?:sai|bịa|giả|đồn|vịt|xuyên tạc|vô căn cứ|thất thiệt|không (?:đúng|chính xác|có thật|có căn cứ))\b"
)
# a sentence behind a claim: "đây là tin giả", "sai bét"
POINTS_BACK = _either(
    rf"{LEAD}(?:đây|đó|đấy|(?:điều|chuyện|tin|thông tin|nội dung|bài|câu|luận điệu)(?: viết| đồn| nói)? "
    r"(?:này|đó|trên|ấy|đấy))\b"
)
TOOK_BACK = _either(
    rf"{MARK}(?:sai(?: rồi| bét| hoàn toàn| sự thật)?|bịa(?: đặt)?|tin (?:giả|vịt)|không (?:đúng|có thật)(?: đâu)?)"
    rf"{MARK}$"
)
# what others propose or foresee, and what was said to the writer
PROPOSED = _either(
    rf"{LEAD}(?:theo )?dự (?:thảo|luật|án luật|báo|đoán|kiến)\b"
    r"|(?:[\w.-]{1,20} ){1,10}?(?<!quyền )(?<!được )(?<!thể )đề xuất\b(?! của)"
)
TOLD_TO_WRITER = _either(
    r"\b(?:(?:bảo|kể|trả lời|quát|(?:nói|kể|giải thích)(?: thẳng| rõ)? (?:với|cho)) (?:tôi|mình|tui|em|cháu)\b"
    r"|(?:tôi|mình|tui|em) (?:bị|được) (?:\w{1,20} ){1,5}(?:bảo|nói|quát|trả lời|giải thích|dọa)\b"
    r"|(?:(?:chồng|vợ|mẹ|má|bố|bạn|sếp|giám đốc|công ty) (?:tôi|mình|tui|em|cháu)"
    r"|(?:ba|anh|chị|ông|bà) (?:tôi|mình|tui))"
    r" (?:\w{1,20} ){0,2}(?:bảo|nói|cãi|kể|dặn))\b"
)
QUIZ = _either(r"\bđúng hay sai ?[:?]")
# the words of who says a thing; who denies, supposes or tells of himself isn't passed over
SAYS = (
    r"(?:(?:cho biết|cho hay|đưa tin|loan tin)(?: rằng| là|:|"
    r"(?! (?:đã|sẽ|đang|sắp|vẫn|còn|chưa|không|về|cũng|vừa|mới|từng|bị|được|phải)\b))"  # what is said lacks its subject
    r"|(?:nói|cho|viết|khẳng định|tuyên bố|nhận định|tố cáo|cáo buộc|thông báo|báo cáo|xác nhận|thừa nhận"
    r"|nhấn mạnh) rằng"
    r"|(?:nói|khẳng định|tuyên bố) là|(?:nói|viết):)"
)
HELD = (  # what such a frame may not hold, for then it is part of what is said
    r"không|chưa|chẳng|đừng|chớ|ai|nếu|khi|được|phải|tôi|mình|em|tui|cháu|con|chồng|mẹ|bộ luật|hiến pháp|công ước"
    r"|nghị định|thông tư|quy định|pháp luật|điều \d|luật(?! sư| khoa)"
)
HELD_MARKED = rf"{HELD}|vì|bị|vợ|bố|đạo|đó"  # words of other meanings without diacritics


def _speaker(held: str) -> str:
    """Who says a thing at the head of a sentence: "X cho biết", "theo X,", "(X) -", "trích X –"."""
    word = rf"(?!(?:{held})\b)[\w.&’'-]{{1,30}}"
    return (
        rf"{MARK}(?:(?:{word} ){{1,6}}?{SAYS},?|theo (?:{word} ){{0,5}}{word} ?[,:]"
        rf"|\((?!(?:{held})\b)[^()\d]{{2,40}}\) ?[–—:-]|trích (?:{word} ){{1,6}}?[–—:-]) "
    )


SPEAKER = _either(_speaker(HELD_MARKED), _speaker(HELD))
ANSWER = _either(
    rf"{MARK}(?:không phải|không đúng|chưa đúng|không|sai|nhầm)(?: đâu| phải vậy| vậy| thế| rồi| bét| ạ)? ?[,:;.] "
)
RATHER = _either(r",? chứ (?:không|chẳng|đâu) phải\b[^:;,]*$")
ABROAD = """campuchia, thái lan, trung quốc, đài loan, hồng kông, nhật bản, hàn quốc, triều tiên, bắc hàn, nam hàn,
    singapore, malaysia, indonesia, philippines, myanmar, brunei, ấn độ, pakistan, bangladesh, iran, iraq,
    ả rập xê út, israel, thổ nhĩ kỳ, hoa kỳ, canada, mexico, cuba, brazil, argentina, chile, venezuela, australia,
    new zealand, liên xô, ukraine, belarus, ba lan, hungary, đan mạch, na uy, thụy điển, thụy sĩ, phần lan, hà lan,
    tây ban nha, bồ đào nha, hy lạp, anh quốc, vương quốc anh, nam phi, ai cập, nigeria, afghanistan, syria, nepal,
    sri lanka, mông cổ, đông timor, châu âu"""
SHORT = """lào(?! cai| động), mỹ(?! (?:tho|đức|đình|lộc|hào|xuyên|sơn|phẩm|thuật)), nga(?! sơn), úc, bỉ(?! ổi),
    nhật(?! (?:tân|ký|báo|trình))"""  # words of other meanings where they are typed without diacritics
HOMONYMS = """anh, pháp(?! (?:luật|lý)), đức(?! (?:hòa|huệ|trọng|linh|cơ|thọ|phổ)), áo, ý(?! (?:yên|kiến|nghĩa|thức))"""


def _any(*lists: str) -> str:
    """The names of lists, as one pattern."""
    return "|".join(" ".join(name.split()) for names in lists for name in names.split(","))


NAMES = {fold(name): name for name in re.sub(r"\(\?!.*?\)\)?", "", _any(ABROAD, SHORT, HOMONYMS)).split("|")}
ALSO = {"mỹ": "hoa kỳ", "hoa kỳ": "mỹ", "nhật bản": "nhật", "úc": "australia", "australia": "úc", "anh quốc": "anh"}

THERE = _either(
    rf"{MARK}(?:(?:theo )?luật )?(?:ở|tại|bên) (?:nước )?({_any(ABROAD, SHORT, HOMONYMS)})\b"
    rf"|{MARK}(?:ở|tại) (nước ngoài|(?:một |các |nhiều )?(?:nước|quốc gia) (?:khác|láng giềng))\b"
)
SUBJECT = _either(rf"{MARK}(?:nước |luật )?({_any(ABROAD, SHORT)})\b", rf"{MARK}(?:nước |luật )?({_any(ABROAD)})\b")
HERE = _either(r"\b(?:việt nam|nước ta|nước mình)\b")
# times that are over
THEN = _either(
    rf"{MARK}(?:theo )?(?:luật cũ\b|(?:dưới |vào |hồi )?(?:thời|thuở) (?:pháp thuộc|phong kiến|bao cấp|thực dân|xưa"
    r"|trước|vua|chúa|nhà|chiến tranh|đó|ấy)\b|(?:ngày|hồi) (?:xưa|trước|đó|ấy)\b|xưa kia\b|trước (?:kia|đây)\b)"
)
YEAR = _either(
    rf"{MARK}(?:(?:theo luật cũ|vào|hồi|đến|tới|tính đến|cho đến) )?(?:(trước)(?: năm| ngày| tháng)?|năm|hồi)"
    r" (?:\d{1,2}[/.-]){0,2}(1[5-9]\d\d|20\d\d)\b"
)


def imagines(sentence: str) -> bool:
    """Whether a sentence wishes, supposes, asks for or makes up what it says."""
    said = sentence[:READ]
    return bool(_of(IMAGINED, said).match(said) or _of(QUIZ, said).search(said))


def asserted(text: str, span: Span) -> bool:
    """Whether a writer holds a claim of his text true: it isn't taken back, imagined, only proposed, or another's word
    to him."""
    start, end = span
    said = plain(text[start : min(end, start + READ)])
    if any(_unheld(said[slice(*one)]) for one in sentences(said)):
        return False
    earlier, later = plain(text[max(0, start - NEAR) : start]), plain(text[end : end + NEAR])
    last = [earlier[slice(*one)] for one in sentences(earlier)][-1:]
    following = [later[slice(*one)] for one in sentences(later)][:1]
    return not (any(map(_heads, last)) or any(map(_takes_back, following)))


def core(claim: str) -> Span:
    """Where in a claim what it says stands: without who says it, an answering "no" before it, and what it is set
    against ("… chứ không phải …")."""
    said = plain(claim)
    start, end = 0, len(said)
    for frame in (ANSWER, SPEAKER, ANSWER):
        if found := _of(frame, said).match(said, start, start + NEAR):
            start = found.end() if len(said[found.end() :].split()) >= LEFT else start
    found = _of(RATHER, said).search(said, start) if len(sentences(said)) == 1 else None
    if found and len(said[start : found.start()].split()) >= LEFT:
        end = found.start()
    return read(claim).original_span(start, end) if (start, end) != (0, len(said)) else (0, len(claim))


def apart(claim: str, passage: Passage) -> bool:
    """Whether a claim says of another country, or of an earlier time, what a passage doesn't speak of."""
    place, until = _setting(claim[:READ])
    if not (place or until) or (place, until) == _setting(passage.text[:READ]):
        return False
    text = f"{passage.source} {passage.text}"
    name = NAMES.get(place, place)
    if place and name.title() not in text and ALSO.get(name, name).title() not in text:
        return True
    since = passage.valid_from or passage.date or LATER
    return bool(until) and since >= str(until) and str(until - 1) not in text


@lru_cache(maxsize=256)  # asked for each passage of a claim
def _setting(claim: str) -> tuple[str, int]:
    """The country at the head of a claim, folded, and the first year it doesn't speak of; "" and 0 for here and now."""
    said = plain(claim)
    place = _of(THERE, said).match(said, 0, NEAR)
    if not place and not _of(HERE, said).search(said):
        place = _of(SUBJECT, said).match(said, 0, NEAR)
    where = fold(next(filter(None, place.groups()), "")) if place else ""
    if found := _of(YEAR, said).match(said, 0, NEAR):
        before, year = found.groups()
        return where, int(year) + (not before)
    return where, LONG_AGO if _of(THEN, said).match(said, 0, NEAR) else 0


def _unheld(said: str) -> bool:
    """Whether a sentence takes back what it quotes, imagines it, or tells what others propose or told the writer.

    A frame takes back what stands behind it, so that not much of the sentence may stand in front.
    """
    head = said[:NEAR]
    return bool(
        imagines(said)
        or _of(TAKEN_BACK_AT_HEAD, said).match(head)
        or _of(PROPOSED, said).match(head)
        or _of(TOLD_TO_WRITER, said).search(head)
        or any(2 * (len(said) - one.end()) >= one.start() for one in _of(TAKEN_BACK, said).finditer(said))
        or ((quoted := _of(SAID_AT_HEAD, said).match(head)) and _of(CALLED_FALSE, said).search(said, quoted.end()))
    )


def _heads(line: str) -> bool:
    """Whether a line before a claim is a heading that calls false what follows."""
    return line[-1:] not in tuple(".!?…") and len(line.split()) <= LABEL and bool(_of(HEADING, line).match(line))


def _takes_back(sentence: str) -> bool:
    """Whether a sentence behind a claim calls it false."""
    if _of(TOOK_BACK, sentence).match(sentence):
        return True
    pointed = _of(POINTS_BACK, sentence).match(sentence)
    return bool(pointed and _of(CALLED_FALSE, sentence).search(sentence, pointed.end()))


def _of(either: Either, said: str) -> re.Pattern[str]:
    """The pattern for a text as it is typed."""
    return either[_is_bare(said)]


@lru_cache(maxsize=256)
def _is_bare(said: str) -> bool:
    return said.isascii() or is_unaccented(said)
