"""What a sentence in the middle of a text leaves to those around it: where, when and of whom it is said, whether it is
real, and which law, treaty or body it speaks of.

A claim alone is laid beside evidence; what it leans on can only keep evidence from it.
"""

import re
from collections.abc import Callable

from classifier.factuality.framing import CHESS, READ, WISHED
from classifier.factuality.listed import SPOKEN
from classifier.logic import instruments, joining, places, setting, treaties
from classifier.orthography.spelling import plain
from classifier.semantics.lexicon import Lexicon
from classifier.text import by_sentence
from classifier.text.letters import fold
from classifier.text.patterns import MARK, Either, either

BEHIND = 200  # characters read behind a claim
HERE = either(
    rf"{places.COMPARED}\b(?:việt nam|người việt|nước (?:ta|mình|nhà)|trong nước"
    r"|(?:ở|bên|phía|luật|dân|xứ|còn) (?:ta|mình|đây|nhà)|(?:ta|mình) thì)\b"
)
_NOW = (
    r"hiện (?:tại|hành)|bây giờ|luật mới|(?:kể )?từ (?:năm|ngày|tháng|\d)|đã (?:được )?thông qua)\b"
    rf"|(?:^{MARK}|[,;] |\b(?:còn|nhưng|mà|thì) )giờ (?!làm|nghỉ|học|hành chính|giấc|cao điểm)"
)
NOW = either(rf"\b(?:nay|{_NOW}", rf"\b(?:(?:hiện|đến|từ|ngày) nay|{_NOW}")  # "này"
THERE = either(r"\b(?:(?:đất )?nước (?:này|đó|ấy|bạn|kia)|(?:ở|bên|tại|nơi) (?:đó|đấy|ấy|kia)|tại đây)\b")
# what a whole text may be about that isn't so, or not yet
UNREAL = either(
    r"\b(?:dự (?:thảo|luật|án luật)|phương án|(?:lấy|xin) ý kiến|kiến nghị gửi|tờ trình|hứa hẹn"
    r"|góp ý (?:(?:cho|vào|về|sửa|xây dựng|bản|các|những) )*(?:dự|(?:bộ |đạo )?luật|hiến pháp|nghị định|thông tư|đề án"
    r"|quy định|chính sách|văn bản)"
    r"|(?:đề xuất|kiến nghị|đề nghị) (?:sửa|bổ sung|tăng|giảm|nâng|hạ|bỏ|cho|luật|mức|quy định)"
    r"|mục tiêu (?:\d|là (?:tăng|giảm|nâng)|của (?:luật|dự|đề|chương|chiến|kế))"
    r"|kêu gọi (?:các nước|chính phủ|nhà nước|quốc hội|việt nam)|nếu (?:được|đề án|dự án|luật|đề xuất)"
    r"|giả (?:sử|dụ|thử)|tưởng tượng|kịch bản|tiểu thuyết|truyện ngắn|đóng vai"
    r"|(?:phim|truyện|vở kịch) (?:kể|nói|lấy) (?:về|ở|chuyện) (?:một|\w+ tưởng)"
    r"|(?:tóm tắt|nội dung|review|giới thiệu|spoil)(?: \w+){0,2}"
    r" (?:phim(?! tài liệu)|game|truyện(?! (?:thông|thống|hình))|tập (?:\d|cuối|đầu))|lời thoại"
    r"|(?<!là )(?<!là một )(?<!như )(?<!như một )(?<!diễn )vở (?:kịch|chèo|tuồng)"
    rf"|(?<!như )(?<!giống )trong (?:game|phim(?! tài liệu))|{CHESS}(?= ?:)"
    r"|^[^\w]*(?:cần |đang )?tuyển (?:gấp )?(?:nhân viên|người|thợ|bạn|chồng|vợ|rể|dâu)"
    r"|tin đồn|lời đồn|đồn (?:rằng|nhau|thổi)|(?:hay|thường|vẫn|nhiều người) (?:tưởng|hiểu (?:lầm|nhầm|sai))"
    r"|trò chơi|đố (?:vui|cả nhà|các|mọi|anh em)|bài tập|đáp án|trắc nghiệm|bình chọn|điền (?:đ|vào))\b"
    rf"|^{WISHED[0].pattern}$"
)
# what a whole text may call untrue, till it tells what is true
_WORDS = f"(?:{SPOKEN}|đoạn|chỗ|dòng|tin|điều|quan niệm|cách hiểu|tưởng|trả lời)"
_UNTRUE = (
    r"lỗi (?:thường|sai|hay|phổ biến)|(?:tìm|phân tích|sửa) lỗi|không được hiểu|tin (?:rác|giả|vịt))\b"
    r"(?! (?:phạm|trái|sót|tội|luật|pháp luật|quy định|quy trình))"
)
# what is done wrong, or kept from being misread
_ELSE = "không", "làm", "bắt", "xử", "phạt", "thu", "tính", "khỏi", "tránh", "khỏi hiểu", "tránh hiểu"
_DONE = "".join(rf"(?<!{words} )" for words in _ELSE)
UNTRUE = either(
    rf"\b{_WORDS}\b.*{_DONE}\b(?:sai|nhầm|lầm|trật)\b|\b(?:bịa|nói bậy|nói dối|nhảm|{_UNTRUE}",
    rf"\b{_WORDS}\b.*{_DONE}\b(?:sai|nhầm lẫn)\b|\b(?:bịa đặt|nói (?:bậy|dối|nhầm)|sai lầm|{_UNTRUE}",
)
TRUTH = either(r"\b(?:sự thật|thật ra|thực ra|đúng ra|đúng là|đúng thì|chính xác|trả lời|đáp)\b")
# whom rules of their own hold for
OWN_RULES = either(
    r"\b(?:thợ lò|hầm (?:lò|mỏ)|thuyền viên|thủy thủ|quân nhân|sĩ quan|phi công|tiếp viên|cơ yếu|vận động viên"
    r"|diễn viên|giúp việc)\b"
)
# a restriction right behind
LIMITED = either(
    r"[^\w]*(?:nhưng |mà |song |tuy nhiên,? )?(?:chỉ (?:khi|trong|với|nếu|áp dụng)|trừ (?:khi|trường hợp|phi)"
    r"|ngoại trừ|với điều kiện|điều kiện là)\b"
)
# a heading that names a group by what it may do and says nothing of it: "Những người không được ứng cử"
NAMES = either(
    rf"{MARK}(?:các|những|một số) (?:trường hợp|đối tượng|hành vi|người) (?:không được|được|bị (?:nghiêm )?cấm)\b"
    r"(?!.*(?:\d|\b(?:không|chưa|được|bị|phải|đều|sẽ|thì|là|vẫn|cũng|gồm|có|mất|chỉ|đã|nữa|rồi|cả|mà)\b))[^,;!?]*"
)
# what is done to a law or a treaty or in a body, and such words for one that name none
LEANS = either(
    r"\b(?:(?:bộ )?luật|pháp lệnh|công ước|nghị định(?: thư)?|hiệp định|tuyên ngôn|văn kiện|ủy ban|hội đồng)"
    r"(?: (?:này|ấy|đó|kia|trên|nói trên)\b| (?=(?:đã|được|có|ra đời|do|gồm|bắt đầu|chạy)\b))"
    r"|\b(?:thông qua|phê chuẩn|gia nhập|ra đời|có hiệu lực|bảo lưu|được bầu(?! cử)|trúng cử|đắc cử|nhiệm kỳ)\b"
    r"|\bký (?=(?:năm|ngày|vào|hồi)\b)"
)


def beyond(text: str, start: int, end: int) -> bool:
    """Whether what stands around a claim tells that it isn't said of here, now and everybody, or isn't so yet."""
    behind = plain(text[end : end + BEHIND])
    if LIMITED.match(behind):
        return True
    said, before = plain(text[start : min(end, start + READ)]), plain(text[max(0, start - READ) : start])
    if NAMES.fullmatch(said):
        return True
    told = by_sentence(before)
    return bool(told) and (_is_elsewhere(told, said) or _is_unreal(told, said) or _is_over(told, said))


def _is_elsewhere(told: list[str], said: str) -> bool:
    """Whether another country was the last one spoken of, or whom a claim doesn't name have rules of their own."""
    if any(OWN_RULES.search(one) for one in told) and not OWN_RULES.search(said):
        return True
    if _is_here(said) or places.place(said):
        return False
    theirs = HERE.search(said) or joining.is_theirs(said) or THERE.search(said)
    for one in reversed(told):
        if places.place(one) or (places.names_abroad(one) and (theirs or not _is_here(one))):
            return True
        if _is_here(one) and not theirs:
            return False
    return False


def _is_here(said: str) -> bool:
    """Whether a sentence speaks of this country; "ở đây" is where its writer lives."""
    return any(not fold(found[0]).endswith(" day") for found in HERE.finditer(said))


def _is_unreal(told: list[str], said: str) -> bool:
    """Whether what was proposed, supposed, told as a story or believed by mistake goes on."""
    if _goes_on(told, said, lambda one: bool(UNREAL.search(one)), NOW):
        return True
    return _goes_on(told, said, lambda one: bool(UNTRUE.search(one)), TRUTH)


def _is_over(told: list[str], said: str) -> bool:
    """Whether a time that is over goes on."""
    return not setting.year(said) and _goes_on(told, said, setting.is_over, NOW)


def _goes_on(told: list[str], said: str, begins: Callable[[str], bool], ends: Either) -> bool:
    """Whether something that an earlier sentence begins goes on, for neither a claim nor what is between ends it."""
    for one in [said, *reversed(told)]:
        if one is not said and begins(one):
            return True
        if ends.search(one):
            return False
    return False


def instrument(before: str, claim: str, lexicon: Lexicon) -> str:
    """The law, treaty or body last named before a claim that speaks of one and names none; "" otherwise."""
    said = plain(claim)
    if not before or not LEANS.search(said) or _names(said, lexicon):
        return ""
    told = plain(before[-READ:])
    at = max(_names(told, lexicon), default=len(told))
    return re.split(r"[,.;:!?\n]", told[at : at + 2 * instruments.LONGEST])[0].strip()


def _names(said: str, lexicon: Lexicon) -> list[int]:
    """Where a text names laws, treaties or bodies."""
    folded = fold(said)
    patterns = (treaties.NAMED, *instruments.BODIES.values()) if len(folded) == len(said) else ()
    spots = [one.start() for pattern in patterns for one in pattern.finditer(folded)]
    return [*spots, *instruments.named(said, lexicon)]
