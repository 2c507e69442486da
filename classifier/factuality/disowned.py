"""What makes clear that a claim isn't its writer's own word: a slip, a warning, somebody contradicted, a wrong answer,
a story, a question without its mark.

By form alone, with and without diacritics, most of it in the sentence right behind the claim.
"""

from classifier.factuality.attribution import LEAD
from classifier.factuality.dismissed import END, YOU, dismissed, dismisses
from classifier.text.patterns import MARK, either

_I = r"(?:tôi|mình|tui|em|tớ|chúng tôi)"
_THIS = "(?:này|đó|kia|ấy|đấy|trên)"
_THING = "(?:cái|tin|tin nhắn|thông tin|clip|video|bài|lời|chuyện|điều|câu|nó|ổng|bả)"
_STORY = (
    r"(?:tiểu thuyết|phim(?! tài liệu| trường)|truyện|game|kịch|tiểu phẩm|giấc mơ|trò chơi"
    r"|bài (?:thơ|nộp|thi|làm|văn))\b"
)
_LOOKED = (
    r"\b(?:tra|xem|đọc|coi|hỏi|check|kiểm tra|dò)(?: (?!không|chẳng)\w+){0,3} (?:thì|mới biết|mới thấy|thấy|ra)"
    r"(?: (?:hóa ra|lại|là|hoàn toàn)){0,2} (?:không (?:phải|đúng)|đâu (?:có )?phải|sai)"
    r"(?: (?:vậy|thế|như vậy|như thế|bét))*"
)
# in the claim's own sentence
WITHIN = either(
    rf"[,;–-] ?(?:nhưng |mà )?(?:{_I} )?(?:\w+ )?{_LOOKED}{END}"
    # the other of two shakes his head, or it was so once
    r"|, (?:ông|bà|anh|chị|người|bên|đứa|thằng|con|đằng) (?:kia|nọ)(?: \w+){0,2}?"
    r" (?:lắc đầu|cãi|không (?:chịu|tin|nghe)|bác|phản đối|cười)\b"
    r"(?! (?:thì (?:kệ|thôi|tùy|mặc|ráng)|cũng (?:phải|vậy|thế|không được)"
    r"|(?:vì|do|tại) (?:không (?:hiểu|biết) luật|dốt))\b)"
    # a view that is opposed: "tôi phản đối quan điểm cho rằng …"
    r"|^[^\w]*(?:\w+ ){0,5}?(?:phản đối|không (?:đồng ý|đồng tình|tán thành)(?: với)?) (?:cái )?"
    r"(?:quan điểm|ý kiến|lập luận|nhận định)(?: \w+){0,2}? (?:cho rằng|rằng)\b"
    r"| là (?:chuyện|luật|quy định)(?: của)? (?:(?:\w+ ){1,3}năm (?:trước|về trước)"
    r"|(?:hồi|ngày|thời|đời) (?:xưa|trước|cũ)|xưa rồi|cũ rồi|quá khứ)[^\w]*$"
    r"|\b(?:thi|bài|kiểm tra)\b[^;]*, (?:nên |và )?bị (?:\w+ ){0,2}?"
    r"(?:trừ (?:\w+ )?điểm|gạch đỏ|chấm sai|0 điểm|không điểm)(?: \w+)?(?:,|[^\w]*$)"
)
# in the sentence behind it, at its head
BEHIND = either(
    # warnings
    rf"{MARK}(?:{YOU} )?(?:xin |hãy |nhớ )?(?:đừng|chớ)(?: (?:ai|có|nên|vội|dại|mà))* tin(?: (?:theo|vào))?"
    rf"(?: {_THING}(?: {_THIS})?)?{END}"
    rf"|{LEAD}(?:đây|đó|đấy|{_THING} {_THIS}) (?:(?:chỉ|đều|toàn|rõ ràng) )?là "
    r"(?:tin|tin nhắn|cuộc gọi|bài|clip|thông tin|đường link)(?: \w+){0,2}? (?:lừa đảo|lừa bịp|câu like|câu view)\b"
    rf"|{MARK}(?:(?:trang|page|nick|kênh|tài khoản|báo)(?! kia)|ông|bà|anh|chị|thằng|cha|đứa|người) {_THIS}"
    r" (?:(?:nổi tiếng|chuyên|toàn|hay|quen|chúa|vốn|xưa nay) )+(?:là )?(?:nói )?(?:bịa|xạo|dóc|láo|phét|bậy"
    r"|tung tin|câu view|câu like|giật tít|đăng (?:láo|bậy|tin giả|xạo))\b"
    rf"|{MARK}lừa (?:(?:đảo|bịp|gạt) )?(?:đấy|đó|thôi|cả|hết)(?: (?:nhé|nha|ạ|mọi người|bà con|cả nhà))*(?:,|[^\w]*$)"
    # slips
    rf"|{MARK}(?:(?:à|ủa|ý|ơ|ối|ấy|chết|thôi chết|ờ|oái|quên)[ ,]+){{1,2}}(?:mà )?"
    r"(?:không(?=[,.!]|[^\w]*$)|(?:nhầm|lộn)\b(?! xộn))"
    rf"|{MARK}(?:{_I} )?(?:(?:vừa|đã|lỡ|bị) )*(?:gõ|viết|đánh|ghi|đọc|nhập|nhìn|nhớ|nói) (?:nhầm|lộn)\b(?! xộn)"
    rf"|{MARK}(?:nhầm|lộn)(?: (?:rồi|tí|chút|xíu|nha|nhé|số|dòng|chữ))*(?:[,.!:]|[^\w]*$)"
    # a wrong answer, a story
    r"|(?=.*\b(?:đáp án|bài|câu|chọn|chép|trả lời)\b).*\bbị (?:\w+ )?(?:trừ (?:\w+ )?điểm|gạch (?:đỏ|chéo|bỏ)"
    r"|chấm sai)"
    rf"|{LEAD}(?:đó|đây|đấy|ấy) (?:chỉ )?là (?:chuyện|cảnh|đoạn|lời thoại|thoại|tình tiết|câu|lời)(?: \w+){{0,2}}?"
    rf" (?:trong|của) (?:[^\s.,;:]+ ){{0,3}}?{_STORY}"
    rf"|{MARK}(?:chuyện )?(?:trong|ở) (?:[^\s.,;:]+ ){{0,2}}?{_STORY}(?: \w+){{0,2}}? (?:thế|vậy)\b"
    # it was so once, and law doesn't say it
    rf"|{MARK}(?:(?:thời|hồi|lúc|khi|ngày) )[^.,;]{{1,30}} (?:thì|mới) (?:có|vậy|thế|đúng)(?: thật)?[;,]"
    r" (?:(?:còn|chứ|mà) )?(?:giờ|nay|bây giờ|hiện)\b"
    # a question
    rf"|{MARK}(?:{_THING} {_THIS} )?(?:có (?:thiệt|thật|đúng|phải)(?: (?:vậy|thế|là vậy))?|(?:thiệt|thật|đúng|phải))"
    rf" (?:không|hông|hôn|hong)(?: (?:ạ|vậy|nhỉ|ta|nào|hay|trời|hả|ha|{YOU})\b|[^\w]*$)"
)
# … or anywhere in it
THROUGHOUT = either(
    rf"{_LOOKED}{END}|\b{_I}(?: thì)? (?:không|chẳng|chả|đâu|chưa)(?: có| hề)? tin{END}"
    rf"|\bluật (?:thì )?(?:ghi|nói|quy định|viết) (?:khác(?! nhau)|ngược lại)\b"
    rf"|\bluật (?:thì )?(?:không|chẳng|chả|đâu|làm gì)(?: hề)? (?:có|ghi|nói|quy định)"
    rf"(?: (?:vậy|thế|như vậy|như thế|(?:điều|chuyện) (?:đó|này)))?{END}"
    r"|\b(?:không|chưa|chẳng)(?: hề| từng| bao giờ)? (?:có|ra|ký|gửi|phát|nhận|ban hành)(?: được)?"
    r" (?:văn bản|quyết định|quy định|công văn|thông báo|hồ sơ|đề nghị|phát ngôn) nào như (?:thế|vậy)\b"
)
# somebody else's word, and who contradicts it
SAID = either(rf"{MARK}(?:[^\s.,;:]+ ){{1,6}}?(?:nói|bảo|kể|rao|phán|đọc|viết|phao|đồn|hô|dặn|nhắn)\b")
CONTRADICTED = either(
    rf"{MARK}(?:[^\s.,;:]+ ){{1,6}}?(?:cãi|phản bác|bác lại|đính chính|chỉnh lại)(?: (?:lại|liền|ngay|luôn|rằng|là))*"
    r"(?:[,.:;!]|[^\w]*$)"
)


def disowns(claim: str, sentence: str) -> bool:
    """Whether a read sentence right behind a claim makes clear that its writer doesn't hold it true."""
    if BEHIND.match(sentence) or THROUGHOUT.search(sentence) or dismisses(sentence):
        return True
    return bool(CONTRADICTED.match(sentence) and SAID.match(claim))


def disowned(claim: str) -> bool:
    """Whether a read sentence itself does so of what it tells."""
    return bool(WITHIN.search(claim)) or dismissed(claim)
