"""What the lines around a claim make of it: an item under a heading of false things, or one marked as false.

By form alone, like `framing`. A heading of true things, or one that asks, leaves its items their writer's.
"""

import re
from itertools import takewhile

from classifier.factuality.denials import FALSE, FALSE_BARE, FALSE_NEWS, MORE
from classifier.orthography.spelling import plain
from classifier.text import Span
from classifier.text.patterns import MARK, either

READ = 1_200  # characters around a claim in which its heading or its counterpart stands
HEADING = 14  # words of a heading, at most

_MANY = (
    r"(?:(?:cảnh báo|cảnh giác|bóc|điểm|tổng hợp|danh sách|một số|các|những|mấy|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    r"|\d{1,2}) ){0,3}"
)
_THING = (
    r"(?:điều|câu(?: trả lời)?|quan niệm|thông tin|tin|phát biểu|đáp án|nhận định|suy nghĩ|cách hiểu|kiến thức"
    r"|khẳng định|ý kiến|lời|nội dung|phương án|mệnh đề|niềm tin)"
)
_DONT = (
    r"(?:đừng|chớ|không nên) (?:(?:ai|có|nên|vội|bao giờ) )?(?:tin|nghe|viết|ghi|nói|nghĩ|hiểu|chia sẻ|lan truyền)"
    r"(?: (?:như|những|các|mấy|câu|điều|lời|tin)(?: \w+){0,8})?"
)
_FIND = (
    r"(?:tìm|chỉ ra|bắt|gạch(?: chân)?|khoanh(?: tròn)?) (?:\w+ )?(?:lỗi|chỗ|câu|từ|ý|điểm|phát biểu|nhận định) sai"
    r"(?: \w+){0,5}"
)
# what the heading goes on with: of what, but not what became of it or whose wrongs they are
_OF = (
    r"(?! (?:của|thành|là|do|gây|khiến|làm|đã|đắn|hay|hoặc)\b)"
    r"(?![^:]*\b(?:thật|đúng|phạt|bị|nhưng)\b)(?: [\w/“”\"(),-]+){0,9} ?:"
)


def _heading(false: str, rumour: str) -> str:
    """What calls false what stands behind it, up to its colon."""
    named = (
        rf"{FALSE_NEWS}(?: số)?(?: \d{{1,3}})?|(?:{rumour})(?: thất thiệt)?(?: \d{{1,2}})?|hiểu (?:sai|lầm|nhầm)"
        rf"|{_THING} (?:(?!không|chưa|chẳng|làm|về)\w+ )?"
        rf"(?:{false}|sai lầm\b|nói dối\b|chưa (?:hề )?(?:đúng|chính xác)\b)"
    )
    return rf"{MARK}(?:{_MANY}(?:{named}){MORE}{_OF}|{_DONT} ?:|sai ?:|{_FIND} ?:)"


_RUMOUR = "lời đồn|huyền thoại"
HEADING_FALSE = either(_heading(FALSE, f"{_RUMOUR}|đồn"), _heading(FALSE_BARE, _RUMOUR))  # "đơn:"
# what may be called untrue
SPOKEN = "câu|thông tin|phát biểu|đáp án|nhận định|ý kiến|lời|nội dung|mệnh đề|bài|nói|viết|nghe|hiểu|ghi|đăng|nghĩ"


def _tells(false: str, rumour: str) -> str:
    """A line of its own that calls false what stands under it, in whatever words, and promises no truth beside it."""
    return (
        r"(?!.*\b(?:(?:không|chẳng) phải (?!luật)|chống|xử|của|thành|khiến|gây|bị (?:phạt|bắt|xử|oan|tù)|phạt|hậu quả"
        r"|đúng hay|không sai|giải đáp|đáp án đúng|đính chính|và sự thật|là thật|nhưng)\b)"
        rf"(?=.*(?:\b(?:{rumour}|tin (?:giả|đồn|vịt)|vô căn cứ|thất thiệt|hoang đường|(?<!bị )hiểu (?:lầm|nhầm)"
        r"|ngộ nhận|lầm tưởng|(?:câu|lời) nói dối|không có thật)\b"
        rf"|\b(?:{SPOKEN})\b.*\b(?:{false}|chưa (?:hề )?(?:đúng|chính xác|hiểu)\b"
        r"|(?:không|chưa) (?:có trong|khớp(?: với)?|hiểu|nắm) (?:bộ )?luật\b)))"
        r"[^:\n]+:[^\w]*$"
    )


LINE_FALSE = either(_tells(FALSE, _RUMOUR), _tells(FALSE_BARE, _RUMOUR))
# the same without a colon, alone in its line
TITLE_FALSE = either(
    rf"{MARK}(?:cảnh báo |cảnh giác |bóc |(?:điểm|tổng hợp|danh sách) (?:các )?)?{FALSE_NEWS}"
    r"(?: (?:(?:số|tháng|tuần|ngày|năm) )?(?:\d{1,3}(?:/\d{1,4}){0,2}|này|qua))? ?(?:[^\w]*$|[\]):])"
)


def _announced(believed: str) -> str:
    """What tells that a rumour or a mistaken belief of others comes next."""
    return (
        rf"{MARK}(?!(?:tôi|mình|em|tui|ta|chúng)\b)(?:\w+ ){{0,6}}?(?:{believed}|tin đồn|lời đồn|nghe đồn"
        r"|(?<!bị )hiểu (?:lầm|nhầm|sai)|rêu rao|truyền tai nhau|xuyên tạc|tung tin)(?: (?:rằng|là|ra|nhau))*"
        r" (?:(?:như )?(?:thế này|thế nầy|vầy|sau đây)|như sau)(?:[^\w]*$| ?:)"
    )


ANNOUNCED = either(_announced("tưởng|đồn(?: đại)?"), _announced("lầm tưởng|(?:nhiều|lắm) người tưởng|ai cũng tưởng"))
# what nobody may do: "3. Không phụng dưỡng cha mẹ" under it tells of no law
FORBIDDEN = either(
    r"(?!.*\bkhông (?:bị |còn )?cấm\b)(?=.*\b(?:hành vi|việc|điều)(?: \w+){0,4} (?:bị (?:nghiêm )?cấm"
    r"|(?:nghiêm )?cấm|không được(?: làm| phép)?)\b|.*\bnghiêm cấm\b)[^:\n]+:[^\w]*$"
)
# what was so once
FORMER = either(rf"{MARK}(?:(?:luật|quy định|bản|mức) )?(?:cũ|trước(?: đây| kia)?|(?:hồi|ngày) (?:xưa|trước)|xưa) ?:")
TRUTH = either(
    rf"{MARK}(?:sự thật|thực tế|(?:thật|thực) ra|đúng|thật|chính xác|đáp án|(?:theo )?luật|mới|(?:hiện )?nay"
    r"|(?:bây )?giờ)\b"
)
CROSS, TICK = "❌✗✘✖", "✅✔☑✓"
TICKED = re.compile(rf"\s*[{TICK}]")
_CROSSED = re.compile(rf"\s*[{CROSS}]")
_TICKED_LINE = re.compile(rf"(?:\A|\n)\s*[{TICK}]")
_CROSS_BEHIND = re.compile(rf"(?<![{CROSS}\ufe0f])(?<![{CROSS}\ufe0f] )[{CROSS}]\ufe0f?\s*\Z")
_CROSS_NEXT = re.compile(rf"[^\S\n]*[{CROSS}]\ufe0f?[^\S\n]*(?:\n|\Z)")
_MARKS = re.compile(rf"[{CROSS}{TICK}]")
FOUND_FALSE = either(r"(?:→|=>|->) ?(?:tin )?(?:giả|sai|fake|bịa|đồn)[^\w]*$")
ITEM = re.compile(
    r"\s*(?:\d{1,2}(?: ?[.)/]|\ufe0f?\u20e3)|\(?[a-zđ0-9] ?\)|[a-eđ] ?[./]|[①-⑳❶-❿]"
    r"|(?:câu|điều|cau|dieu|đồn|số) \d{1,2} ?[.:)]|[^\w\s\"“”'‘’(\[#@])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\w\n]*(?:\w+ ){0,3}\w+ ?:")


def heads(line: str) -> bool:
    """Whether the read line before a claim is a heading that calls false or forbidden what follows, or announces a
    rumour."""
    if ANNOUNCED.match(line):
        return True
    if line[-1:] in tuple(".!?…") or len(line.split()) > HEADING:
        return False
    found = HEADING_FALSE.match(line)
    alone = found and not any(map(str.isalnum, line[found.end() :]))
    return bool(alone) or any(one.match(line) for one in (TITLE_FALSE, LINE_FALSE, FORBIDDEN))


def begins_false(sentence: str) -> bool:
    """Whether a read sentence begins with such a heading, or says what was so once."""
    return any(frame.match(sentence) for frame in (HEADING_FALSE, ANNOUNCED, FORMER))


def heading(text: str, start: int) -> str:
    """The read line above the list of which a claim is an item, "" where it is none or is ticked as true."""
    *lines, own = text[max(0, start - READ) : start].split("\n")
    own += text[start : start + READ].split("\n", 1)[0]
    if not lines or any(map(TICKED.match, (own, *lines))):
        return ""
    if ITEM.match(own):
        above = plain(next((line for line in reversed(lines) if line.strip() and not ITEM.match(line)), ""))
        return above.rstrip(" .!…:") + ":" if above and above[-1] != "?" else above
    if any(map(str.isalnum, text[text.rfind("\n", 0, start) + 1 : start])):
        return ""  # items without marks are one sentence each
    for line in map(str.strip, (own, *reversed(lines))):
        if not line or line.endswith(":") or ITEM.match(line) or TRUTH.match(line):
            return plain(line) if line.endswith(":") else ""
    return ""


def under_false(text: str, start: int) -> bool:
    """Whether a claim is an item of a list whose heading calls its items false or forbidden, or in such a column."""
    return heads(heading(text, start)) or _column(text, start)


def _column(text: str, start: int) -> bool:
    """Whether a claim stands in a column of a table that is headed as false, or as what was so once."""
    *lines, own = text[max(0, start - READ) : start].split("\n")
    rows = list(takewhile(lambda line: "|" in line, reversed(lines)))
    if not rows or "|" not in text[start : start + READ].split("\n", 1)[0] + own:
        return False
    cells = rows[-1].strip().strip("|").split("|")
    at = own.strip().lstrip("|").count("|")
    named = plain(cells[at]) + ":" if at < len(cells) else ""
    return any(frame.match(named) for frame in (HEADING_FALSE, LINE_FALSE, FORMER))


def _crossed_then_ticked(said: str) -> bool:
    """Whether a sentence has two parts, the first marked as false behind it and the second as true: "… ❌ … ✅"."""
    marks, parts = _MARKS.findall(said), _MARKS.split(said)
    speaks = [any(map(str.isalnum, part)) for part in parts]
    return speaks == [True, True, False] and marks[0] in CROSS and marks[1] in TICK


def marked_false(text: str, span: Span) -> bool:
    """Whether a claim's own line marks it as false: by a cross, an arrow, or a label that the next line answers."""
    start, end = span
    if _CROSS_BEHIND.search(text, start, end) or _CROSS_NEXT.match(text, end):
        return True
    said = text[start : min(end, start + READ)]
    if _crossed_then_ticked(said):
        return True
    if FOUND_FALSE.search(said):
        return True
    first = text.rfind("\n", 0, start) + 1
    head, below = text[max(first, start - READ) : start], text[end : end + READ]
    if _CROSSED.match(head + said):
        return bool(_TICKED_LINE.search(text[max(0, first - READ) : first]) or _TICKED_LINE.search(below))
    if first == start or "\n" not in below:
        return False
    label, answer = plain(head), plain(below.split("\n", 2)[1])
    found = HEADING_FALSE.match(label)
    answered = _LABEL.match(answer) and TRUTH.match(answer)
    return bool(found and answered and ":" not in label[found.end() :])
