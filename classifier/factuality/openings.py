"""Whose word, world or wish a sentence tells, by how it opens, and how one ends that complains of what it tells.

A boss, kin or a loudspeaker has said it, it is so in a tale or in another century, somebody longs for it or hates it.
What law or a state body says, and what "người ta" may or must do, opens otherwise and stays a claim.
"""

from classifier.factuality.calls import NOT_BAO, WHOM
from classifier.text.patterns import MARK, either

# who has no say over what law is: by relation or by role; kin needs no "tôi" where it tells
_ROLE = (
    r"(?:sếp|quản đốc|giám thị|(?:phòng )?nhân sự|đồng nghiệp|hàng xóm|bị cáo"
    r"|(?:chủ|bà chủ|ông chủ) (?:trọ|quán|xưởng|nhà|vựa|thầu)|(?:ông|bà) chủ(?! tịch| nhiệm| tọa)"
    r"|(?:tổ|chuyền|ca|nhóm) (?:trưởng|phó)|trưởng (?:ca|chuyền|nhóm|phòng(?! giáo| tư| công| lao))"
    r"|(?:cô|thầy) (?:giáo|chủ nhiệm)|kế toán trưởng|(?:chị|anh|bà|ông) (?:kế toán|quản lý|tổ trưởng|hàng xóm|xe ôm)"
    r"|cán bộ (?:xã|phường|thôn|ấp))"
)
_KIN = r"(?:má|mẹ|bố|cha|ba (?:tôi|tui|em|mình)|(?:má|mẹ|bố|cha) (?:vợ|chồng)|ông (?:nội|ngoại)|bà (?:nội|ngoại))"
_ELDERS = r"(?:(?:ông bà|tổ tiên|các cụ|cha ông|ông cha)(?: (?:ta|mình|xưa))?|người xưa)"
_ONLINE = r"(?:tiktok|tóp tóp|facebook|fb|youtube|zalo|dân mạng|cư dân mạng|mạng xã hội|tin (?:nhắn|đồn))"
_OUGHT = r"(?:được|phải|không|chưa|chẳng|có|bị|quyền|muốn|cần|cấm|mà|thì|là|nếu|khi|bắt|cho|luật|với|và|hoặc)"
_MORE = rf"(?: (?!{_OUGHT}\b)\w+){{0,4}}?"
_TOLD = (
    rf"(?:giải thích|ra lệnh|lải nhải|khuyên|dặn(?: dò)?|phán|bảo{NOT_BAO}|nhắn(?: tin)?"
    r"|chat|gằn giọng|lý sự|bô bô|phổ biến|viện cớ|lập luận"
    r"|cam đoan|khăng khăng|thề"
    r"|tuyên bố|(?:gầm|gào|hét|la|quát) lên|nói(?! (?:dối|xấu|tục|chuyện|láo|miệng|tiếng))|kể(?! từ| cả)"
    r"|khai(?! (?:sinh|báo|tử|thuế|man|gian|hộ|tên|trình|thác)))"
)
# verbs of nobody's rule, whoever it is
_CLAIMED = r"(?:lý giải|quả quyết|phân bua|rỉ tai|cam đoan|khăng khăng|lải nhải|càm ràm|cằn nhằn|thì thầm)"
_REST = r"(?=(?:[^\w]+[\w%.,/-]+){4})"  # something is said


def _teller(kin: str) -> str:
    """Who tells a thing at the head of a sentence, kin among them or not."""
    who = rf"(?:{_ROLE}{kin})"
    return (
        rf"{MARK}(?:{who}{_MORE} {_TOLD}"
        rf"|(?:ông|bà|anh|chị|cô|chú|hắn|nó)(?: (?:ấy|ta|kia|nọ))? cho rằng\b{_REST}"
        rf"|(?!.{{0,40}}?\b(?:luật|bộ|tòa|công an|quốc hội|chính phủ|nhà nước|điều)\b)(?:\w+ ){{1,4}}?{_CLAIMED}"
        rf"|{_ELDERS}(?: \w+){{0,2}}? (?:dạy|dặn|bảo{NOT_BAO}|nói|truyền)"
        r"|loa(?: (?:phường|xã|làng|thôn|ấp))? (?:phát|đọc|nói|rao|ra rả|oang oang))"
        rf"\b{_REST}"
        rf"|{MARK}theo (?:lời )?(?:{_ROLE}|{_ONLINE}{kin})(?: (?!{_OUGHT}\b)\w+){{0,5}}? ?(?:[,:]| thì\b){_REST}"
    )


TELLER = either(_teller(f"|{_KIN}"), _teller(""))  # "bo", "ma", "me", "cha" are other words too
# a boss who lays down what holds for his people, see also _ROLE
_BOSS = (
    r"(?:sếp|quản đốc|chủ xưởng|chủ quán|(?:ông|bà) chủ(?! tịch| nhiệm| tọa)|chủ nhà"
    r"|(?:tổ|chuyền|ca) trưởng|trưởng (?:ca|chuyền|nhóm)"
    r"|(?:phòng )?nhân sự"
    r"|công ty (?:tôi|mình|tui|em|cháu)|xưởng (?:tôi|mình|tui|em|cháu))"
)
# private papers settle no law; a contract is private where it is of work or the writer's own
_PAPER = (
    r"(?:(?:trong |theo )?(?:nội quy(?! (?:\w+ ){0,2}?(?:trại|giam|cơ sở|quốc hội|kỳ họp)\b)|hương ước"
    r"|lệ làng|thỏa ước lao động"
    r"|hợp đồng (?:(?:lao động|làm việc|thử việc|thuê)\b|(?:\w+ )?(?:tôi|mình|tui|em|cháu)\b)))"
)


def _to_writer(said: str) -> str:
    """What was said to the writer."""
    return (
        rf"\b(?:(?:(?:bảo|kể|trả lời|quát) (?:tôi|mình|tui|em|cháu)\b{said}"
        r"|(?:nói|kể|giải thích|bảo|quát)(?: thẳng| rõ)? (?:với|cho) (?:tôi|mình|tui|em|cháu)\b)"
        r"|(?:tôi|mình|tui|em) (?:bị|được) (?:\w{1,20} ){1,5}(?:bảo(?! tin)|nói|quát|trả lời|giải thích|dọa)\b"
        r"|(?:(?:chồng|vợ|mẹ|má|bố|bạn|sếp|giám đốc|công ty) (?:tôi|mình|tui|em|cháu)"
        r"|(?:ba|anh|chị|ông|bà) (?:tôi|mình|tui))"
        r" (?:\w{1,20} ){0,2}(?:bảo|nói|cãi|kể|dặn))\b"
        rf"|^[^\w]*(?:{_BOSS}(?: (?:tôi|mình|tui|em|cháu))?(?: \w{{1,20}}){{0,4}}?"
        r" (?:thông báo|tuyên bố|dán thông báo|nhắn|gửi mail|ra nội quy|bảo|nói|quát|dọa)(?: \w{1,20}){0,4} ?:"
        rf"|{_PAPER}(?: \w{{1,20}}){{0,6}} ?:"
        r"|(?:già làng|trưởng bản|trưởng thôn)(?: \w{1,20}){0,3} (?:bảo|nói|dặn)\b)"
        r"|\b(?:dọa|hù|ép) (?:tôi|mình|tui|em|cháu)\b"
        r"|^[^\w]*(?:\w+ ){0,2}(?:tôi|mình|tui|em)\b[^.;:\"“]{0,60}\bbị (?:\w{1,20} ){1,5}(?:vì|với lý do):? [\"“]"
    )


TOLD_TO_WRITER = either(_to_writer(""), _to_writer(" (?:rằng|là)"))  # "thông báo tới", "bão tới"
_GENRE = (
    r"(?:anime|manga|webtoon|hoạt hình|tuồng|chèo|cải lương|cổ tích|truyền thuyết|thần thoại|ngụ ngôn|ngôn tình"
    r"|kiếm hiệp|ca dao)"
)
_BEYOND = (
    r"(?:thiên đường|thiên đàng|địa ngục|âm phủ|âm ty|thiên đình|cõi (?:âm|tiên|trời|mộng)|hogwarts|xứ sở thần tiên)"
)
WORLD = either(
    rf"{MARK}(?:(?:trong|ở|theo)(?: (?:bộ|vở|phim|truyện|thế giới))? {_GENRE}"
    rf"|(?:(?:trong|ở|trên|dưới|xuống|lên) )?{_BEYOND}"
    r"|(?:(?:ở|vào|hồi|trong|đầu|cuối|giữa) ){0,2}thế kỷ (?:thứ )?(?!21|xxi\b|hai mốt)(?:\d{1,2}|[xvi]+|mười \w+)"
    r"(?! (?:nay|này)))\b"
)
_FELT = (
    r"(?:(?:ghét|chán|bực|tức|giận|hận|ngán|xót|buồn|sợ|ghê|ớn|rầu|cay|oải)(?: (?:cho|cái|nỗi))*"
    r" (?:vụ|cảnh|chuyện|nạn|kiểu|phận|nỗi)|(?:tủi|xót|thương|khổ|buồn) (?:cho )?(?:phận|thân))"
)
# who begins so longs for what follows, or has a feeling about it; "muốn ly hôn thì phải …" tells a condition
FEELS = either(
    rf"{MARK}(?:(?:chỉ |rất |cũng )?(?:muốn|thèm|khao khát) {WHOM}"
    r"(?!.*(?:\b(?:thì|phải|cần|mới|buộc|bắt|đóng|nộp)\b|,))"
    rf"|(?:ngóng|trông|mong|chờ|đợi)(?: (?:cho|tới|đến|hoài|mãi))* (?:ngày|lúc|cảnh|luật|cái ngày)"
    r"(?!.*\b(?:thì|phải|mới)\b)"
    rf"|{_FELT}(?! ?[,:])|mơ {WHOM})\b{_REST}",
    rf"{MARK}(?:(?:rat |cung )?(?:thèm|khao khát) {WHOM}(?!.*(?:\b(?:thì|phải|mới)\b|,))"
    rf"|ngóng (?:ngày|đến|tới)|(?:ghét|tủi) (?:vụ|cảnh|chuyện|phận))\b{_REST}",
)
# a creed is its holders', not the law
CREED = either(
    rf"{MARK}(?:triết lý|phương châm|châm ngôn|khẩu hiệu|tôn chỉ|tư duy|chủ nghĩa)\b(?: \w+){{0,5}}? là\b{_REST}"
)
# who takes a thing to be so wrongly; without diacritics "lam" is to do
MISTAKEN = either(
    rf"{MARK}(?:\w+ ){{1,4}}?(?<!sai )(?<!hiểu )(?<!nhầm )lầm(?! (?:lỗi|lẫn|đường|lì|than|lạc|bầm|rầm)\b){_REST}",
    "(?!)",
)
# what may be done is beside itself called unlawful: "công ty được giữ bằng gốc, luật không cho"
_PERMITS = r"(?:(?<!không )(?<!chưa )(?<!chẳng )(?<!mới )được|(?<!không )có quyền|cho phép)"
_FORBIDDEN = (
    r"(?:(?:thế |vậy |như vậy |như thế )?(?:là )?(?:vi phạm|trái|phạm|sai)(?: pháp)? luật|(?:bộ )?luật (?:đâu|không"
    r"|chẳng|nào)(?: hề)?(?: có)? cho(?: phép)?|không được(?: đâu| phép)?|không (?:có|đúng) luật(?: nào)?)"
)
_DENIED = r"(?:không phải|đâu (?:có )?phải)"
_END = r"(?: (?:rồi|đó|đấy|nha|nhé|nghen|ạ|luôn|mà|quá|gì hết|hết|bà con|mọi người))*[^\w]*$"
REFUSED = either(
    rf"\b{_PERMITS}\b[^,.;:]*, ?{_FORBIDDEN}{_END}|, ?{_DENIED}{_END}"
    r"|\b(?:không được|cấm|không có quyền)\b[^,.;:]*, ?luật (?:đâu|không|chẳng)(?: hề)?(?: có)? cấm"
    rf"{_END}"
)
# "công ty được giữ bằng gốc là trái luật": who says so of what may or must be done denies it
_RULED = r"(?:được|quyền|cho phép|khỏi|(?:không|chẳng|chỉ) cần|phải|buộc)"
UNLAWFUL = either(
    rf"\b{_RULED}\b[^,.;:]*\b(?:là (?:hoàn toàn |hành vi )?(?:trái|vi phạm|phạm|sai)(?: pháp)? luật(?: lao động)?"
    r"|là (?:hoàn toàn )?(?:bất hợp pháp|phạm pháp|trái quy định)|(?:đã |vừa )?bị (?:luật |pháp luật )?cấm"
    r"|(?:đã |vừa )?bị (?:quốc hội |chính phủ )?(?:bác|bãi bỏ)|chưa thành luật|là luật (?:cũ|đã bỏ|của nước \w+))"
    rf"{_END}"
)
# … or ends in a complaint, or in who holds it
COMPLAINT = either(
    rf", ?(?:(?:đúng là|thật|thiệt|toàn|quá|rõ) )?(?:(?:không|chẳng|chả|đâu|hết|mất)(?: (?:có|còn|chút|hề|một))*"
    r" (?:tình (?:người|nghĩa|thương)|nhân (?:tính|đạo|tâm)|tính người|lương tâm|đạo đức)"
    r"|tội(?: nghiệp)?(?: cho)? (?:công nhân|dân|chị em|anh em|bà con|mẹ con|mấy \w+)"
    rf"|(?:luật|quyền|lý) (?:của )?(?:kẻ (?:mạnh|giàu)|rừng)|khỏi ai \w+){_END}"
    rf"| theo (?:{_ROLE}|người ta|nếp nhà){_END}"
)


def anothers_word(said: str) -> bool:
    """Whether a read sentence opens with who told what it says, with the creed it is or who errs."""
    return any(frame.match(said) for frame in (TELLER, CREED, MISTAKEN))


def elsewhere(said: str) -> bool:
    """Whether a read sentence opens in another world or time."""
    return bool(WORLD.match(said))


def felt(said: str) -> bool:
    """Whether a read sentence tells what is longed for, hated or complained of, or refuses what it says may be done."""
    return bool(FEELS.match(said) or any(frame.search(said) for frame in (REFUSED, UNLAWFUL, COMPLAINT)))
