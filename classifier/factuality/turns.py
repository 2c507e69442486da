"""Whose word a claim is by where it stands: an item of a test, hearsay that is asked about, or another's turn.

By form alone, like `framing`. What only looks like one, a list or a quotation that is agreed with, stays its writer's.
"""

import re
from itertools import takewhile

from classifier.factuality.listed import TICKED, TRUTH, heading
from classifier.factuality.retold import differ_in_one
from classifier.orthography.spelling import plain
from classifier.text import Span, by_sentence
from classifier.text.patterns import MARK, either

NEAR = 120  # characters of a turn that are read
FAR = 600  # characters before a claim in which the question stands that it is an option of
SHORT = 4  # characters that say nothing but which option comes next: "b."

_ITEM = (
    r"(?:nhận định|câu|khẳng định|phát biểu|mệnh đề|ý kiến|điều|thông tin|tin|nội dung)"
    r"(?: (?:sau|này|trên|đó|dưới|đây))*(?: là)?"
)
# a sentence beside a claim that asks of it; "làm vậy đúng hay sai?" asks of a deed
TEST = either(
    rf"{MARK}(?:(?:\w+[ :,.]{{1,2}}){{0,8}}?{_ITEM} |theo (?:các )?(?:bạn|anh|chị|em),? )?"
    r"đúng hay sai(?: vậy| nhỉ| ạ)? ?(?:[?:.!]|$)|.{0,40}\btrue ?(?:or|/) ?false\b"
    rf"|{MARK}(?:\w+ ){{0,4}}đồng ý hay (?:không|phản đối)\b"
)
TEST_MARK = either(
    rf"[(\[]đ ?/ ?s[)\]]|^{MARK}đ ?/ ?s ?:|[(\[] ?đúng ?(?:/|\] ?\[[^\]]?) ?sai ?[)\]]|\[[ x]?\] ?đúng\b"
    r"|\btrue ?/ ?false\b|\b(?:điền|ghi|chọn|khoanh|đánh)(?: \w+){0,2} đ ?/ ?s\b"
    r"|\bchứng minh (?:\w+ ){1,5}(?:sai|không đúng) ?:"
)
# asked within a sentence of what it says itself
QUIZ = either(r"\bđúng hay sai ?[:?]")
# "chọn câu sai: A. … B. …"
_PICK = (
    r"(?:(?:câu|bài)(?: hỏi)?(?: số)? \d{1,3} ?[:.)] ?)?(?:(?:các|em|bạn|hãy) ){0,3}(?:chọn|khoanh(?: tròn)?|tìm)"
    r" (?:(?:vào|một|các) )?(?:câu(?: trả lời)?|đáp án|phương án|ý|nhận định|phát biểu|mệnh đề|khẳng định)"
    r" (?:đúng|sai|không đúng|chính xác)(?: nhất)?(?: \w+){0,4} ?:"
)
# an item of an exam, but for one that its writer says is true
EXAM = either(
    rf"{MARK}(?:(?:(?:câu (?:hỏi )?|bài )?(?:bán )?trắc nghiệm|(?:câu (?:hỏi )?|nhận định )?đúng ?[/–-]? ?sai"
    r"|(?:nhận định|mệnh đề|phát biểu)(?: số)? \d{1,3})(?: \d{1,3})? ?:"
    rf"|điền (?:vào ô )?(?:chữ )?đ(?:úng)? ?(?:/|,|hoặc|hay) ?s(?:ai)?\b[^:.]{{0,40}}:|{_PICK}"
    r"|(?:(?:câu (?:hỏi )?)?trắc nghiệm|điền khuyết) ?,|đáp án (?:đúng )?[a-d] ?[,:.]"
    r"|đố (?:vui|mọi người|bà con|cả nhà|anh em|chị em"
    r"|(?:các|mấy) (?:bác|bạn|anh|chị|mẹ|em)|mn|ai)\b"
    r"|(?:\w+ ){1,4}(?:cho|ra) (?:(?:cả )?(?:lớp|nhóm|em|con) )?đề(?: bài| thi)? ?:)"
)
# a case that is told to be looked through: "Tình huống: … Em hãy chỉ ra chỗ trái luật."
CASE = either(rf"{MARK}(?:(?:bài tập|bài|đề|giải quyết) )?tình huống(?: (?:số )?\d{{1,3}}| giả định| pháp luật)* ?:")
TASK = either(
    rf"{MARK}(?:(?:theo|các|anh|\(?chị\)?|em|bạn|học sinh|sinh viên|học viên|thí sinh|hãy|/) ?){{1,4}}"
    r"(?:(?:hãy )?(?:cho biết|chỉ ra|nêu|phân tích|xác định|nhận xét|giải thích|đánh giá|(?:giải quyết|xử lý)"
    r" tình huống)|(?<=hãy )(?:tìm|giải quyết|xử lý))\b"
)
# … and one who answers it himself, and finds it right: "Em giải thích vậy là đúng luật."
ANSWERS = either(
    r"^(?!.*(?:\?|\b(?:hãy|hay|không|chưa|chăng|sao|gì|nào|đâu|trái|sai|nếu)\b))"
    r".*\b(?:đúng(?! sai)|hợp pháp|hợp lệ)(?: (?:\w+ ){0,2}(?:luật|pháp luật|quy định|rồi|đó|đấy|thôi))?(?:,|[^\w]*$)"
)
SO_IT_IS = either(
    r"\b(?:(?:đáp án|trả lời|kết luận)(?: là)? ?:? ?đúng(?! hay| sai)|(?:là|đúng) sự thật|hoàn toàn (?:đúng|chính xác)"
    r"|đúng (?:100|rồi|luôn|nha|nhé)|luật (?:ghi|nói|quy định) (?:vậy|thế)|chia sẻ)\b"
)
MARKED_FALSE = either(
    r"(?:(?:=>|->|[→:–—]) ?s(?:[.,;] \d{1,2})?|(?<![^\s.])[(\[] ?s ?[)\]])[^\w]*$"
)  # "S" for "sai", and the next number
CHOICE = either(
    r"\b(?:(?:chọn|tìm|khoanh(?: tròn)?|đâu là|chỉ ra)(?: \w+){1,8}"
    r"|(?:phương án|câu|nhận định|đáp án|khẳng định|phát biểu|mệnh đề|ý|quy định|điều) nào(?: \w+){0,12})"
    r" ?[.?:]\s*\(?(?:a|1) ?[.,)]"
    r"|\b(?:mấy|bao nhiêu|bao lâu|năm nào|khi nào|nước nào|tuổi nào|là ai|là gì)\b[^.?:!\n]{0,60}\?\s*a ?[.,)]"
    r"|\b(?:chọn|khoanh|trắc nghiệm|câu hỏi|đố (?:vui|bạn|cả nhà|mọi người|các)|quiz|kahoot|mini ?game|triệu phú"
    r"|thử tài)\b[^\n]{0,200}\?\s*\(?(?:a|1) ?[.,)]"
)
OPTION = re.compile(r"(?:^|\s)\(?(?:[a-e]|\d) ?[.,)]\s*$", re.IGNORECASE)
OPTION_HEAD = re.compile(r"\s*\(?(?:[a-e]|\d) ?[.,)]\s", re.IGNORECASE)
# what an option begins with: a mark, or a label of its own
OPTION_MARK = re.compile(
    r"\s*(?:(?:[a-e]|\d{1,2}) ?[.)/]|[^\w\s\"“”'‘’(\[#@]+|(?:[^\W\d]+ ){0,2}[^\W\d]+ ?:)\s*",
    re.IGNORECASE,
)
OPTION_LABEL = either(rf"{MARK}(?:(?:phương án|lựa chọn) \w+|ô (?:đỏ|xanh|vàng|tím|cam|trắng|đen)) ?:")
# what stands above the options of a poll
POLL = either(
    rf"{MARK}(?:\w+ ){{0,3}}?(?:bình chọn|khảo sát|thăm dò|vote|trắc nghiệm|đố (?:vui|bạn|cả nhà|mọi người|các))\b"
    r"[^.!]*[:?]$"
)

HEARSAY = either(
    rf"{MARK}(?:(?:tôi|mình|em|tui|con|cháu|hôm qua|hôm nay|mới|vừa|có) ){{0,3}}(?:(?:nghe|thấy) (?:\w+ ){{0,3}}?"
    r"(?:nói|bảo|đồn|kể)|(?:trên mạng|trên facebook|trên tiktok|có người|người ta|họ|hàng xóm) (?:\w+ ){0,2}?"
    r"(?:nói|bảo|đồn|kể))\b"
)
# what is asked of what was heard; "ai biết không" alone takes nothing back
WONDERS = either(
    r"\b(?:ai (?:mà )?biết (?:\w+ ){0,2}?(?:chỉ|giúp|giùm|xin|nói|trả lời|giải)|cho (?:em|mình|tôi|cháu|con|tui) hỏi"
    r"|xin hỏi|(?:nhờ|mong) (?:\w+ ){1,6}(?:giải đáp|tư vấn|giải thích|xác nhận|kiểm tra|kiểm chứng)"
    r"|(?:xác nhận|giải đáp|kiểm chứng|kiểm tra|chỉ) (?:giùm|giúp|hộ)|(?:không|chẳng) biết (?:có )?(?:đúng|thật|phải)"
    r"|thực hư (?:ra sao|thế nào|sao)|chưa (?:tìm thấy|kiểm chứng|biết thực hư|biết đúng sai|rõ thực hư))\b"
)
# whoever knows is asked to say: "… thôi hay sao ấy, bạn nào học luật chỉ giúp"
REQUESTED = either(
    r"\b(?:ai|(?:bạn|bác|anh|chị|anh chị|cô|chú|cháu|mẹ|ní) nào)(?: \w+){0,5}? (?:chỉ|giải đáp|xác nhận|trả lời"
    r"|tư vấn|giải thích|kiểm chứng) (?:\w+ )?(?:giúp|giùm|dùm|hộ)(?: \w+){0,3}[\s.!,]*$"
)
# a question behind a claim that asks whether it is so
DOUBTS = either(
    rf"{MARK}(?:(?:vậy|thế|không biết|{_ITEM}|cái này|chuyện này|chuyện đó) )?(?:có )?(?:phải|đúng|thật|thiệt)(?: là)?"
    r"(?: (?:vậy|thế|như vậy|như thế|sự thật|thật|thiệt|rứa))? (?:không|hông|hong|ko|chưa)"
    r"(?: \w+){0,4}[^\w]*[?][^\w]*$"
)

_ANSWERER = r"(?:luật sư|ls|chuyên gia|tư vấn(?: viên)?|chương trình)(?: \w+){0,3}?"
ASKED = r"(?:câu hỏi|hỏi|h|q|khách(?: hàng)?|độc giả|bạn đọc|thính giả|tình huống|(?:\w+ ){1,4}(?:hỏi|thắc mắc))"
REPLIED = rf"(?:trả lời|giải đáp|đáp|đ|{_ANSWERER}(?: (?:trả lời|giải đáp|đáp|tư vấn))?)"
LABEL = either(
    rf"(?:^|[.?!…\n”\"] ?){MARK}(?:({ASKED}(?: \d{{1,3}})?(?: \([^()]{{1,40}}\))?(?: (?:hỏi|thắc mắc))?)|{REPLIED}) ?: "
)
QUOTED = either(
    rf"{MARK}(?:trích|quote|bình luận gốc|nguyên văn (?:cmt|bình luận|comment)|re)"
    r"(?: (?:bài|bình luận|cmt|comment|lời|câu|của|từ)(?: \w+){0,3})? ?:"
)
TURN = re.compile(r"[-–—] ?\S|(?:\w+ ){0,2}\w+: ")  # of a dialogue
SPEAKS = re.compile(r"(?:[^\W\d]+ ){0,2}[^\W\d]+: ")  # "Mục 2: " is of a list
SPEAKER = re.compile(r"[^\w\n]*((?:[\w()]+ ){0,3}[\w()]+) ?: ")  # whom a line of a talk is said by
OF_ANSWERS = re.compile(rf"{ASKED}|{REPLIED}")
AGREES = either(
    rf"{MARK}(?:(?:dạ|vâng|ừ|ờ|thì) ?,? )?(?:đúng(?! hay)|chuẩn|chính xác|phải (?:đó|đấy|rồi|vậy|á)|vâng|ừ|ờ|có\b[.,!]"
    r"|đồng ý|nhất trí|công nhận|quá (?:đúng|chuẩn)|vì|bởi|do|thế mới|vậy mới)\b"
)
DISPUTES = either(
    r"\d|[?]|\b(?:không|chưa|sai|nhầm|lộn|chứ|hồi nào|làm gì có|bịa|xạo|ngược lại|đâu)\b",
    r"\d|[?]|\b(?:không|chưa|nhầm|hồi nào|làm gì có|bịa|xạo|ngược lại|đâu có)\b",
)
# an answer in a turn with a dash, which an item of a list isn't
DENIED_TURN = either(
    r"[-–—] ?(?:(?:dạ|ôi|ủa|trời) ?,? )?(?:đâu có|làm gì có|không phải|sai rồi|nhầm rồi|bậy nào)(?: (?:đâu|rồi))?"
    r"(?: (?:con|em|anh|chị|bạn|bác|chú|cô|ông|bà|cậu|cháu|mày|má|mẹ|ạ|nha|nhé))*(?:[.,!]|$)"
)
CORRECTS = either(
    rf"{MARK}(?:dạ )?(?:không\b|đâu có|sai\b|nhầm|làm gì có)|\bmới đúng\b|\bchứ{MARK}$",
    rf"{MARK}(?:dạ )?(?:không (?:phải|đúng|ạ)|đâu có|nhầm|làm gì có)|\bmới đúng\b",
)


def examines(said: str, later: str) -> bool:
    """Whether a sentence opens as an item of an exam that nobody calls true, or as a case that is set as a task."""
    if CASE.match(said):
        told = by_sentence(later)
        return any(TASK.match(one) and not ANSWERS.match(one) for one in told)
    opened = EXAM.match(said)
    return opened is not None and not any(SO_IT_IS.search(one) for one in (said[opened.end() :], later))


def anothers(text: str, span: Span) -> bool:
    """Whether a claim is set as a test, asked about as hearsay, or another's turn that is answered."""
    start, end = span
    said, after = plain(text[start : min(end, start + FAR)]), plain(text[end : end + 3 * NEAR])
    behind = by_sentence(after)[:2]
    return (
        _tested(text, start, said, behind)
        or _optional(text, span)
        or any(DOUBTS.match(one, 0, NEAR) for one in behind[:1])
        or _wondered(said, behind)
        or _asked_back(text, end)
        or _answered(text, span)
        or _quoted(text, span)
        or _talked(text)
    )


def _tested(text: str, start: int, said: str, behind: list[str]) -> bool:
    """Whether a claim is to be called true or false, or is an option to choose among."""
    before = plain(text[max(0, start - NEAR) : start])
    beside = by_sentence(before)[-2:] + behind
    if any(TEST.match(one) or TEST_MARK.search(one) for one in beside):
        return True
    if any(MARKED_FALSE.match(one) for one in behind[:1]):
        return True
    own = by_sentence(said)
    if any(mark.search(one) for mark in (TEST_MARK, MARKED_FALSE) for one in own):
        return True
    if not (OPTION.search(text[max(0, start - 6) : start]) or OPTION_HEAD.match(said)):
        return False
    asked = f"{plain(text[max(0, start - FAR) : start])} {said[:6]}"
    return bool(CHOICE.search(asked))


def _optional(text: str, span: Span) -> bool:
    """Whether a claim is an option of a poll, or one of several marked sentences side by side that differ in one
    number alone; which of them is marked as true is its writer's."""
    start, end = span
    own = text[start : min(end, start + FAR)]
    found = OPTION_MARK.match(own)
    marked = found or OPTION.search(text[max(0, start - 6) : start])
    above = heading(text, start)
    if POLL.match(above) or OPTION_LABEL.match(own):
        return True
    if not marked or TICKED.match(own) or TRUTH.match(own):
        return False
    said = own[found.end() :] if found else own
    before, after = text[max(0, start - FAR) : start], text[end : end + FAR]
    earlier, later = ([one for one in by_sentence(side) if len(one) > SHORT] for side in (before, after))
    beside = earlier[-1:] + later[:1]
    return any(differ_in_one(said, OPTION_MARK.sub("", one, count=1)) for one in beside)


def _wondered(said: str, behind: list[str]) -> bool:
    """Whether a claim is told as heard, and it is asked whether it is so, or whoever knows is asked to say."""
    if any(REQUESTED.search(one) for one in (said, *behind[:1])):
        return True
    if not HEARSAY.match(said, 0, NEAR):
        return False
    return any(WONDERS.search(one) for one in (said, *behind))


def _asked_back(text: str, end: int) -> bool:
    """Whether a text is a dialogue in which a claim is answered by a question."""
    lines = text[end:].split("\n", 2)[:2]
    return len(lines) > 1 and lines[1].rstrip().endswith("?") and all(map(TURN.match, text.split("\n")))


def _answered(text: str, span: Span) -> bool:
    """Whether a claim is what is asked ("Hỏi: … Đáp: …"), or a turn of a dialogue that the next one corrects."""
    start, end = span
    # the label of a claim may stand before it or be its first words
    first = max(0, start - NEAR)
    head, tail = text[first : min(end, start + NEAR)], text[max(start, end - 2) : end + 2 * NEAR]
    labels = list(LABEL.finditer(head))
    if labels and labels[-1][1] and (reply := LABEL.search(tail)) and not reply[1]:
        return not AGREES.match(tail, reply.end())
    lines = text[end:].split("\n", 2)[:2]
    line = text[text.rfind("\n", 0, start) + 1 : start + NEAR]
    if len(lines) > 1 and TURN.match(line) and DENIED_TURN.match(lines[1][:NEAR]):
        return True
    if len(lines) < 2 or not (SPEAKS.match(line) and (spoken := SPEAKS.match(lines[1]))):
        return False
    answer = lines[1][spoken.end() :][:NEAR].rstrip()
    return bool(CORRECTS.search(answer)) and not AGREES.match(answer)


def _talked(text: str) -> bool:
    """Whether a text is a talk of two or more by turns, of whom one speaks again: none of them is its writer."""
    lines = [line for line in text[: 4 * FAR].split("\n") if line.strip()]
    speakers = [found[1].lower() for line in lines if (found := SPEAKER.match(line))]
    if any(map(OF_ANSWERS.fullmatch, speakers)):
        return False
    return len(speakers) > 2 and len(speakers) >= len(lines) - 1 and 1 < len(set(speakers)) < len(speakers)


def _quoted(text: str, span: Span) -> bool:
    """Whether a claim stands in a quoted line ("> …", "Trích: …") that its writer disputes in the next."""
    start, end = span
    first = text.rfind("\n", 0, start) + 1
    line = text[first : start + NEAR].lstrip()
    if not (line.startswith(">") or QUOTED.match(line)):
        return False
    below = [one for one in text[end : end + FAR].split("\n")[1:] if one.strip()]
    own = below[len(list(takewhile(lambda one: one.lstrip().startswith(">"), below))) :]
    reply = plain(own[0][:NEAR]) if own else ""
    return bool(DISPUTES.search(reply)) and not AGREES.match(reply)
