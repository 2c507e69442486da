"""What a writer only guesses, doubts or jokes: none of it is said to be so.

By form alone, with and without diacritics. Who guesses at a thing that can be checked may be answered, but holds
nothing true that could be called false.
"""

import re

from classifier.text.patterns import MARK, either

NEAR = 120  # characters at the head and the end of what is said in which such words stand

_I = r"(?:tôi|mình|em|tui|tao|tớ|con|cháu|tụi em|chúng tôi)"
# the reason, or what others know, is guessed at, and what goes with it is said
_OF_OTHERS = (
    r"(?! (?:vì|do|bởi|nhờ|tại|nên|chỉ vì|đã đến)\b)(?!.{0,60}\b(?:biết|quên|nhớ|để ý|nhận ra|ngạc nhiên"
    r"|(?:không|chưa|chẳng|chả|đâu|ai) hay|hay (?:tin|rằng)|(?:lờ|lờ đi|làm ngơ|ngó lơ|bỏ qua|bỏ sót|giấu|chú ý"
    r"|quan tâm|ý thức|(?:không|chưa|chẳng|chả|ít) (?:\w+ ){0,3}?(?:nói|nhắc|bàn|viết|đề cập)(?: gì)? (?:đến|tới|về))"
    r"(?: (?:đến|tới|về|trước))? (?:việc|chuyện|sự thật))\b)"
)
# a guess ends where another clause begins: at a colon, unless law or what is said is guessed at before it, …
_OWN_CLAUSE = (
    r"(?!(?: (?!\d|(?:luật|quy định|nghị định|điều \d|dự (?:thảo|luật))\b)[\w’'./%-]+){1,10}"
    r"(?<! là)(?<! rằng)(?<! viết)(?<! nói)(?<! ghi)(?<! bảo)(?<! như sau)(?<! thế này): )"
)
_UNSURE = rf"(?:{_I} )?(?:không|chẳng|chả|chưa|đâu)\b"


def _guessed(but: str, *more: str) -> str:
    """What a sentence begins with, behind its subject at most, that only guesses."""
    # … or at a "nhưng" that no doubt follows
    ends = rf"(?: (?!(?:luật|điều)\b)(?!\d)\w+){{1,7}}{but} (?!{_UNSURE})(?:[\w.%-]+ ){{3}}"
    others = rf"{_OF_OTHERS}{_OWN_CLAUSE}(?!{ends})"
    return (
        rf"{MARK}(?:(?:\w+ ){{0,6}}?(?:(?:hình|dường|đâu) như|nghe (?:đâu|phong (?:thanh|phanh))|có lẽ"
        rf"|chắc (?:là|cũng|sẽ|sắp|bị|được)|{'|'.join(more)}){others}"
        rf"|chắc(?! (?:chắn|tay|nịch|nụi|như|ăn|chân|gì)){others}"
        rf"|(?:{_I} )?(?:chỉ )?nhớ (?:mang máng|láng máng|mài mại|không rõ)"
        r"|(?:không|chẳng) biết (?:có (?:phải|đúng|thật)|liệu|phải chăng))\b"
    )


GUESSED = either(
    _guessed(",? nhưng", "có vẻ(?: như| là)", "có khi(?! nào)", "không chừng"),
    _guessed(r"(?:, nhưng|(?<= đưa| nói| tin) nhưng)", "có vẻ(?: như| là)", "không chừng"),  # "những", "cơ khí"
)
_PARTICLES = (
    r"(?: (?:lắm|đâu|nữa|nhé|nha|nhen|ạ|á|vậy|thế|cho lắm|chút nào|là (?:thật|đúng)|đấy|đó|thôi|luôn|rồi|hết|các bác"
    r"|mọi người|cả nhà|bà con|mấy bác|mấy bạn|ae|mn))*[^\w]*$"
)
_IS_SO = r"(?:thật|đúng|thiệt|chính xác|phải|sao|thế nào|ra sao)"
_WHO = rf"(?:{_I} )?(?:(?:thì|cũng|chịu|nghe|thấy|vẫn|chưa) )*"
_DOUBT = (
    rf"(?:(?:mà|nhưng|còn|chứ) )?{_WHO}"
    r"(?:(?:không|chẳng|chả|chưa|khó mà) tin|(?:hơi |rất |cứ )?(?:ngờ|nghi)(?: ngờ| ngại)?(?: lắm| quá| ghê)"
    r"|bán tín bán nghi|thấy (?:\w+ )?(?:sai sai|lạ lạ|kỳ kỳ|vô lý|ngờ ngợ|nghi nghi)"
    # who doesn't know a thing tells it as so: doubt is not to know whether it is
    rf"|(?:không|chẳng|chả|chưa) (?:rõ|chắc|biết(?=(?: \w+){{0,5}}? (?:{_IS_SO}|thực hư|không|hông|hong|hay|nữa)\b))"
    rf"(?: là| có| chuyện| tin| thông tin| thực hư)*(?: {_IS_SO})?"
    r"(?: (?:vậy|thế|như vậy))?(?: (?:không|hông|hong|hay (?:không|sai|giả|bịa|đùa)))?)"
    rf"{_PARTICLES}"
)
DOUBTED = either(rf"(?:[,;(–—-] ?|\b(?:mà|nhưng) ){_DOUBT}|[,;(–—-] ?{_WHO}(?:không|chẳng|chả|chưa) biết{_PARTICLES}")
DOUBTS = either(MARK + _DOUBT)
# … and at the head, of what follows
_THINGS = r"(?: (?:là|có|chuyện|tin|thông tin|này|thực hư))*"
DOUBTING = either(
    rf"{MARK}(?:{_WHO}(?:không|chẳng|chả|chưa) (?:(?:rõ|chắc){_THINGS}(?: {_IS_SO})?|biết{_THINGS}(?:(?<= thực hư)"
    r"| (?:thật|đúng|thiệt|chính xác|phải)(?=(?: \w+){0,2}? (?:không|hông|hong|hay)\b)))"
    r"(?: (?:vậy|thế))?(?: (?:không|hông|hong|hay (?:không|sai|giả|bịa)))?"
    r"(?: (?:lắm|đâu|nữa|nhé|nha|ạ|thế nào|ra sao))*"
    r"|(?:(?:thông )?tin )?chưa (?:ai )?(?:được )?(?:kiểm chứng|xác minh|xác thực|xác nhận)"
    r"(?: (?:lại|được|gì|nhé|nha))*) ?(?:[,:]| (?:nhưng|mà)\b)(?=(?:[^\w]+\w+){3})"
)
# "vui thôi", but not "vui đấy", which is glad
_JOKE = (
    rf"(?:(?:{_I}|ad|nói|chỉ|đang|thì|là|viết|đăng|kể) )*(?:đùa|giỡn|troll|trêu|chọc|xạo|phịa|chém gió"
    r"|nói (?:cho )?(?:chơi|đùa|vui)|(?:chơi|vui)(?= (?:(?:mà|vậy|á) )?(?:thôi|tí|tý|chút|xíu|tẹo|cho vui)))"
    r"(?: (?:đấy|đó|thôi|tí|tý|chút|xíu|tẹo|vui|mà|á|cho vui|chơi|vậy))+"
)
_END = r"(?: (?:nhé|nha|nhen|ạ|vậy|thôi|mà|cả nhà|mọi người|các bác|bà con|mấy bác|ae|mn))*[^\w]*$"
JOKED = either(rf"[,;(–—-] ?{_JOKE}{_END}")
JOKES = either(rf"{MARK}{_JOKE}{_END}")
_NOT = r"không|chẳng|chả|chưa|đừng|hổng|đâu"
_KIND = (
    r"(?:parody|satire|joke|jk|châm biếm|trào phúng|biếm họa|đùa|nói đùa|nói vui|nói chơi|giỡn|vui thôi|hư cấu"
    r"|(?:truyện|chuyện) (?:cười|tiếu lâm)|tấu hài|tin vịt|cá tháng (?:tư|4)|april ?fools?)"
)
# who tells a joke, or the label of one, at the head
JOKER = either(
    rf"{MARK}(?:(?:báo|đài|hãng tin|thông tấn xã|bản tin|tạp chí|kênh|trang|tin từ|theo) ){{1,2}}"
    r"(?:vịt\b|vỉa hè|tào lao|xạo|trào phúng|châm biếm|tuổi trẻ cười)"
    rf"|{MARK}(?:(?:tin|chuyện|bài|happy|góc) )?{_KIND}(?: \w+){{0,2}} ?[:!]"
)
_JESTS = r"(?:hay|cứ|thường|vẫn|lại|chỉ|đang|mới) "
JESTED = either(
    rf"{MARK}(?:\w+ ){{1,5}}?(?:{_JESTS})*(?:(?:nói |bông )?đùa|giỡn|trêu|chọc)(?: \w+){{0,2}} ?(?::|(?:rằng|là)\b)",
    rf"{MARK}(?:\w+ ){{1,5}}?(?:{_JESTS})*(?:nói đùa|giỡn|trêu)(?: \w+){{0,2}} ?(?::|(?:rằng|là)\b)",  # "đưa"
)
_LABEL = rf"[\[(] ?(?:(?!(?:{_NOT})\b)\w+ ){{0,2}}?{_KIND}(?: (?:thôi|nhé|nha|tí|chút|vui|mà|đấy|đó|cho vui))* ?[\])]"
LABEL = either(_LABEL)
LABELLED = either(rf"^\s*{_LABEL}|{_LABEL}(?: ?:|[^\w]*$)")
TAGGED = re.compile(
    r"#(?:satire|parody|joke|jk|châm_?biếm|cham_?biem|trào_?phúng|trao_?phung|đùa|nói_?đùa|noi_?dua|đùa_?thôi|dua_?thoi"
    r"|tấu_?hài|tau_?hai|hư_?cấu|hu_?cau|tin_?vịt|tin_?vit|cá_?tháng_?tư|ca_?thang_?tu|april_?fools?)(?!\w)",
    re.IGNORECASE,
)


def guesses(said: str) -> bool:
    """Whether a read sentence only guesses at what it says, or doubts it."""
    if GUESSED.match(said, 0, NEAR) or DOUBTING.match(said, 0, NEAR):
        return True
    return bool(DOUBTED.search(said, max(0, len(said) - NEAR)))


def jokes(said: str) -> bool:
    """Whether a read sentence says that it jokes, or is told by who only does."""
    if any(frame.match(said, 0, NEAR) for frame in (JOKER, JESTED)) or JOKED.search(said, max(0, len(said) - NEAR)):
        return True
    return ("(" in said or "[" in said) and bool(LABELLED.search(said))


def labelled(text: str) -> bool:
    """Whether a text is labelled as a joke as a whole: by a tag, or in brackets before all it says."""
    head = text[:NEAR].lstrip()
    return bool(("#" in text and TAGGED.search(text)) or (head[:1] in ("[", "(") and LABEL.match(head)))


def shrugs(sentence: str) -> bool:
    """Whether a read sentence behind a claim doubts it or tells that it was a joke."""
    return bool(DOUBTS.match(sentence) or JOKES.match(sentence))
