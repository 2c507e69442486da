"""Whether a sentence reports what somebody does in the face of a law, which no law refutes.

"Người bị tạm giam không được gặp luật sư" may tell the law or what happens. Where nothing says that it is the rule, and
it names where or who, why, how many, who found it or what came of it, pleads, praises or laments it, is told of a day
that is over, as somebody's tale or by one's own, tells how those who came went about it, begins with what befell one
who is spoken of, sets two measures side by side, or what one is beside what one gets, it tells what happens. By form
alone; whether it is true plays no part.
"""

import re

from classifier.text.letters import GREAT
from classifier.text.patterns import MARK, either, listed

_LAW = r"(?:(?:bộ |pháp )?luật(?! (?:sư|gia|để|viết ra|ở đâu|pháp ở))|quy định|nghị định|thông tư|nghị quyết)"
# of a law that somebody breaks or doesn't know nothing is said
_BROKEN = "".join(
    f"(?<!{one} )"
    for one in listed(
        """trái, sai, phạm, vi phạm, mặc, mặc dù, mặc kệ, dù, bất chấp, coi thường, hiểu, biết, rành, trái pháp,
        vi phạm pháp, chấp pháp, hiểu pháp, trong khi, gọi là, bộ, pháp, kỷ,
        kỉ, vậy"""
    )
)
# what says that it is the rule: a law, a leave or a right, a day from which it holds, what a state does
RULE = either(
    rf"{_BROKEN}\b{_LAW}\b|\b(?:theo|trong|(?<!chấp )(?<!phạm )của) (?:bộ |pháp )?luật\b"
    r"|\b(?:hiến pháp|công ước|iccpr|icescr|cat|cedaw|crc|crpd|cerd|upr|điều \d+|hiện hành|có hiệu lực)\b"
    r"|\b(?:được quyền|(?<!tự cho mình )có quyền|toàn quyền|hết quyền|(?<!không )(?<!chẳng )được phép"
    r"|hợp pháp|hợp lệ|bắt buộc|không cần(?! (?:có )?(?:lệnh|trát)\b)(?![^,]*,.*\bở đâu[.!?]*$)|khỏi)\b"
    r"|\b(?:lương tối thiểu|từ nay|kể từ|từ (?:(?:đầu )?(?:ngày|năm|tháng) )?(?:mùng )?\d+)\b"
    rf"|^{MARK}(?:việt nam|nhà nước|nước ta|chính phủ|quốc hội)\b"
)
_KIND = (
    r"(?:xã|phường|thôn|làng|bản|ấp|xóm|ngõ|huyện|quận|tỉnh|thị trấn|thành phố|khu|cụm|trường|lớp|trại|công ty|xưởng"
    r"|nhà máy|bệnh viện|phòng khám|trạm xá|trạm y tế|bảo tàng|quán|cửa hàng|siêu thị|chợ|trung tâm|ngân hàng|tổ|dự án"
    r"|dãy trọ|tuyến)"
)
_MANY = r"(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|hàng (?:chục|trăm|nghìn|ngàn|loạt)|nhiều)"
_PEOPLE = (
    r"(?:vụ|gia đình|hộ dân|phụ huynh|chị em|bà mẹ|thợ|công nhân|nạn nhân|người quen|trường công|xã|huyện|tỉnh|xưởng"
    r"|doanh nghiệp|công ty|khách)"
)
# what finds a thing, whoever holds it; who merely says a thing makes no report of it
_FINDING = r"(?:thanh tra|kiểm toán|giám sát|điều tra|khảo sát|nghiên cứu|báo cáo|hội thảo)"
_WHO = r"(?:cán bộ|nhân viên|chủ|giám đốc|thủ trưởng|lãnh đạo|hòm phiếu|họ|người ta|xã|phường|trường|trại|tòa|tổ)"
_GLAD = r"(?:dân|bà con|dư luận|cử tri|mọi người|ai cũng|ai nấy|ai ai)"


def _signs(this: str) -> str:
    return "|".join(
        (
            # where, who
            rf"\b{_KIND}(?: \w+){{0,2}}? (?:{this})\b|\bở đây\b|\bnhà ấy\b",
            r"\b(?:trong|khắp) (?:xóm|thôn|xã|phường|huyện)\b(?! ?,)|\b(?:xã|phường|thôn|làng|huyện) bên\b",
            # why
            rf"\b(?:vì|bởi|tại)(?: (?:mấy|các|bọn|tụi))? {_WHO}\b|\b(?:vì|do) (?:thiếu|quên|sơ suất|nhầm|bất cẩn|sợ)\b",
            # how many
            rf"\b{_MANY} {_PEOPLE}\b|\b\d+ người (?:bị|nhận|mất)\b|\b(?:đã có|ghi nhận) {_MANY}\b|\bthêm một vụ\b",
            # who found it, or minds it
            rf"\b{_FINDING}\b(?: \w+){{0,8}}? (?:phát hiện|kết luận|nêu|chỉ ra|cho thấy)\b|^{MARK}kết luận {_FINDING}\b"
            r"|\btheo (?:đơn|báo cáo|khảo sát|nghiên cứu) của\b",
            r"\b(?:(?<!bị )phát hiện|ghi nhận|lo ngại|quan ngại|bức xúc|phẫn nộ|lên án|lên tiếng|phản ánh(?! của)"
            r"|kháng nghị vì|tố (?:trường|công ty|chủ))\b",
            # … or is glad of it
            rf"\b{_GLAD}(?: (?!(?:không|chưa|chẳng)\b)\w+){{0,3}}? (?:đồng tình|tán thành|ủng hộ|hoan nghênh|phấn khởi"
            r"|hồ hởi|tin tưởng)\b",
            # what came of it
            r"[,;] [^,;]*?\b(?:bị (?:phạt \d+|buộc (?:trả|hoàn)|kỷ luật|đình chỉ|khiển trách|xử lý)|tòa (?:tuyên|buộc)"
            r"|phúc thẩm (?:phải |đã )?(?:hủy|sửa)"
            r"|(?:đã|vừa|đang|cùng|phải) (?:làm|gửi|viết) đơn|kêu oan|khiếu kiện)\b",
            # what those over one said or had one do on top of it: "cháu bị bắt mà công an nói nhà phải tự thuê luật sư"
            r"\bmà (?:công an|cảnh sát|công ty|sếp|xã|phường|trường|tòa|bệnh viện|cán bộ|trại)(?: \w+)?"
            r" (?:nói|bảo|kêu|đòi|bắt (?:phải|nộp|ký|đóng|viết)|nhất quyết|một mực|tự cho)\b",
            # a plea
            rf"^{MARK}(?:xin (?:báo|các|cơ quan|cấp|lãnh)|kính (?:gửi|thưa|mong)|gửi (?:các|anh|cô|ông|bà|tòa|báo)"
            r"|mong (?:cấp|các|báo|lãnh|cơ quan)|trời cao)\b|\b(?:cầu cứu|kêu cứu|cứu (?:chúng|với|dân)|kêu trời)\b",
            # what one did before, and for how long
            r"\b(?:nộp|gửi|viết|làm) đơn(?: \w+){0,5}? (?:xong|rồi)(?: (?:thì|là|lại))? (?:bị|không được)\b"
            r"|\b(?:cả|suốt) (?:tuần|tháng|đêm|mấy (?:tuần|tháng))(?: \w+){0,4}? (?:không|chẳng) (?:được|thấy|có)\b",
            # under another name, or as everybody does
            rf"\b(?:trá hình|dưới tên (?:gọi )?khác|tình trạng|chuyện thường|cam chịu|bất chấp|mặc (?:dù )?{_LAW})\b",
        )
    )


_THIS = "này|kia|nọ|tôi|tui|mình|em"
SIGNS = either(_signs(f"{_THIS}|ấy|đó"), _signs(_THIS))  # "ay", "do" are other words too
# a place's own office, praise and lament alike
JUDGED = either(
    rf"^{MARK}(?:bệnh viện|bảo tàng|trại(?: giam)?|trường) (?:tỉnh|huyện)\b"
    rf"|^{MARK}(?:cán bộ )?(?:xã|phường)(?! (?:hội|đội|viên)\b)\b"
    rf"|^{MARK}(?:hoan hô|hoan nghênh|tuyệt vời|giỏi (?:thật|quá|ghê)|chúc mừng|vỗ tay|(?:thật|quá) \w+)\b"
    # a raid as it went: "công an khám xét không cần lệnh, lục tung đồ đạc"
    r"|(?<!được )(?<!quyền )(?<!phép )(?<!thể )\b(?:xông vào|ập vào|phá cửa|đạp cửa|đập cửa|lục tung|lục lọi)\b"
    r"|\b(?:đau lòng|xót xa|bất công|thương tâm|không thể chấp nhận)\b"
    r"|, (?:thế mà|vậy mà|bảo sao|hỏi sao|đúng là|vậy|thế)\b|\bkiểu gì mà\b"
    r"|\bmà (?:không|chẳng|chả) (?:thấy |có )?ai (?:nói|lên tiếng|bênh|can|đoái hoài|làm)(?: gì| tới| một tiếng)?\b"
    r"|, [^,]{0,40}\b(?:ghê|thật|thiệt|quá|lắm|nhỉ|à|ư|hả)[.!?]*$"
    # … what it does to those who tell it
    r"|\b(?:uất lắm|kỳ cục|kẹt cứng|(?:phải|cả nhà|chạy) vay mượn|vậy mà coi được)\b"
    r"|\b(?:ấm ức|uất ức|nghẹn ngào|nuốt không trôi|(?:rớt|rơi|ứa) nước mắt|khóc (?:hoài|ròng|ngất))\b"
    r"|\b(?:(?:tụi|bọn|chúng) (?:em|tôi|tui)|chúng (?:con|cháu))\b"
    r"|\b(?:luật|luật pháp|công lý|nhân quyền|nhân đạo|lương tâm|đạo lý|tình người) (?:nằm )?ở đâu[.!?]*$"
)
# … of what may be a rule as well: "phải đủ 21 tuổi mới được đi bầu, chán ghê"
MODAL = either(r"\b(?:phải|thì|luôn|mới (?:được|có|miễn|phải)|bây giờ|là (?:mất|bị|được|hết|\d+)|\d+ (?:tù|%))\b")
# what befell somebody on a day that is over, or is told as his tale ("kể"), whoever tells it; not what a state does,
# nor what was heard, read or taught that day
_STATE = (
    r"việt nam|vn|nhà nước|nước (?:ta|mình)|quốc hội|chính phủ|thủ tướng|liên hợp quốc|lhq"
    r"|bộ (?:trưởng|công an|tư pháp|ngoại giao|chính trị|nội vụ|y tế|giáo dục|lao động)"
)
_HEARD = (
    r"nghe|đọc|xem|biết|hay tin|bảo|nói|hỏi|giải thích|trả lời|dạy|học|đăng|tin|thông (?:báo|qua|tin)|phổ biến"
    r"|tuyên truyền|ban hành|chính thức"
)
_DAY = r"hôm (?:qua|kia|nọ|trước)|(?:sáng|trưa|chiều) (?:nay|qua)|(?:tuần|tháng) (?:trước|rồi)|bữa (?:nọ|kia|trước)"
_BEFELL = r".*\b(?:bị|(?:không|chẳng|chả|chưa) (?:được|cho|ai|có lệnh))\b"


# what all or the papers tell that nobody may do, which is a ban: "Ai cũng kể dân không được quay phim cảnh sát"
_BAN = (
    rf"(?!{MARK}(?:ai(?: ai)? cũng|báo(?: chí| đài)?|đài) kể(?: là| rằng)? (?:người dân|công dân|mọi người|dân)"
    r"(?: đều| cũng| vẫn)? (?:không|chẳng|chả) được (?!ai\b|trả|nhận|cấp|hỗ trợ|cứu|tiếp|đền|bồi|báo|gặp|vào|về|nghe))"
)


def _told(days: str, tale: str) -> str:
    return (
        rf"{MARK}(?:{days})\b(?!.*\b(?:{_STATE}|{_HEARD})\b){_BEFELL}"
        rf"|{_BAN}{MARK}(?:\w+ ){{1,6}}?{tale}(?!\w)(?!.*\b(?:{_STATE})\b){_BEFELL}"
    )


TOLD = either(  # bare, "kể", "tối" and "hồi" are other words too
    _told(
        rf"{_DAY}|(?:tối|đêm) qua|hồi (?:sáng|trưa|chiều|tối)", r"(?<!đáng )(?<!không )kể(?! (?:cả|từ|trên|đến|ra)\b)"
    ),
    _told(_DAY, r"kể(?: (?:lại|rằng|chuyện)| ?:)"),
)
# what befell one who is spoken of ("anh ấy bị …", a lawyer's client), or whom those in office hold ("tạm giữ nhóm thanh
# niên"); not where it is told beside what those over him may do: "…, công ty được đuổi"
_LET = (
    r"(?:công ty|doanh nghiệp|chủ|sếp|nhà trường|trường|công an|cảnh sát|tòa|trại)(?: \w+)? được"
    r"(?! (?:báo|biết|tin|lệnh|mời|nhờ|trả)\b)\b"
)
_MAY = rf"[,;:] (?:mà )?{_LET}"
BEFALLEN = either(
    rf"{MARK}(?:(?:anh|chị|cậu|cô|ông|bà|em|bác|chú|nó|họ|thằng bé|con bé)(?: (?:ấy|ta))|chúng nó|nó)"
    rf"(?: (?:đã|vừa|đang|từng))? bị\b(?!.*\b(?:{_STATE})\b)(?!.*{_MAY})"
    rf"|{MARK}(?:công an|cảnh sát|dân phòng)(?: \w+){{0,2}}? (?:tạm giữ|giữ|nhốt|bắt giữ|đánh|giam)"
    rf" (?:nhóm|một số|{_MANY}) \w"
    rf"|(?:[^.;!?]*? )?thân chủ(?: (?!ai|nào)\w+){{0,4}}? bị\b(?!.*\b(?:{_STATE})\b)(?!.*{_MAY})",
    rf"{MARK}(?:(?:anh|chi|cau|co|ong|ba|em|bac|chu|no|ho)(?: (?:ay|ta))|chung no)(?: (?:da|vua|dang|tung))? bi\b",
)
# what one's own tell of him ("luật sư của anh cho biết …"), or anybody as a deed done ("… đã đuổi việc chị"); not what
# those over him may do
_TELLS = r"(?:cho biết|cho hay|nói|kể|tố|tố cáo|phản ánh|thông tin)(?: là| rằng)?[,:]?"
_ONE = (
    r"(?:anh|chị|ông|bà|em|cô|cậu|cháu|bé|họ|gia đình|người nhà|nạn nhân|bị cáo|bị can|nguyên đơn|nghi phạm"
    r"|(?:nhóm |các )?công nhân)"
)
_DEED = (
    r"(?:đã|vừa) (?:đuổi|sa thải|cho nghỉ|cho thôi|cắt|trừ|quỵt|ép|đánh|bắt|giam|giữ|nhốt|còng|khám|lục|thu|tịch thu"
    r"|phạt|từ chối)"
)
OF_ONE = either(
    rf"{MARK}(?:(?:\w+ ){{1,3}}?(?:của|bào chữa(?: cho)?|bảo vệ(?: cho)?|đại diện(?: cho)?) {_ONE}\b(?: \w+){{0,4}}?"
    rf" {_TELLS} |(?:\w+ ){{1,7}}?{_TELLS} (?=(?:\w+ ){{1,4}}?{_DEED} (?:\w+ ){{0,3}}?(?:{_ONE}|\d+)\b))"
    rf"(?!.*\b(?:{_STATE})\b)(?!.*\b{_LET})"
)
# two measures side by side and no word of what may, must or is ("3 ngày phép, 30 ngày bị lườm"), which mock, and what
# the people do beside what those over them do
_MEASURE = r"(?:giờ|ngày|tuần|tháng|năm|tuổi|phần trăm|đồng|triệu|nghìn|ngàn)"
_OF = r"(?: (?!(?:là|được|phải|mới|không|thì|tối|trở|với|lần|kể|từ|nếu|cho|theo|luật)\b)\w+){1,4}"
_ENDS = r"[.!]*(?:\s|$)"
SET_BESIDE = either(
    rf"{MARK}\d[\d.,]* {_MEASURE}{_OF}, \d[\d.,]* {_MEASURE}{_OF}{_ENDS}"
    rf"|{MARK}dân{_OF} {_MEASURE}, (?:còn )?(?:quan|cán bộ|lãnh đạo|sếp){_OF} {_MEASURE}{_ENDS}"
)
# what is promised, or one is, beside what one gets: "phiên tòa công khai mà dân không được vào"
LAMENTED = either(
    rf"{MARK}(?!ai\b|người nào\b)[^.;:!?]{{2,80}}?(?<!nhưng )(?<!nơi )(?<!nước )\bmà (?!thôi\b)"
    r"(?:(?!(?:là|thì|sẽ)\b)\w+ ){0,6}?"
    r"(?:(?:không|chẳng|chả|chưa|đâu)(?: hề)? (?:được|cho|nhận|có|ai|thấy|trả|bồi thường|đền)|bị|(?<!không )phải)\b"
    r"(?: (?!(?:là|thì|sẽ|mới|nếu|luôn|hết|cả)\b)\w+){1,9}(?:,? [^\s,;]{1,6})?[.!]*\s*$"
    # … or what one cries out at having to do: "cầu nguyện ở nhà cũng phải xin phép!"
    rf"|{MARK}(?!ai\b|người nào\b|mọi\b|tất cả\b)(?:(?!(?:ai|đều|là|thì)\b)[\w%]+,? ){{1,10}}?cũng (?:phải|bị)\b"
    r"(?: (?!(?:là|thì|sẽ|mới|nếu|luôn|hết|cả|nhé|nha)\b)\w+){1,9}!+\s*$"
)
# a place or a firm by its name
NAMED = re.compile(rf"\b(?i:{_KIND}) (?!Nhà|Nhân|Việt|Quốc)[A-Z{GREAT}][^\W\d_A-Z{GREAT}]")


def reports(sentence: str) -> bool:
    """Whether a sentence reports a practice and doesn't say that it is the rule."""
    low = sentence.lower()
    if RULE.search(low):
        return False
    if SIGNS.search(low) or NAMED.search(sentence) or LAMENTED.match(low):
        return True
    found = JUDGED.search(low) or any(one.match(low) for one in (TOLD, BEFALLEN, OF_ONE, SET_BESIDE))
    return bool(found) and not MODAL.search(low)
