"""What is called untrue talk in everyday words: "trật lất", "nói dóc", "chém gió", "tào lao", "còn lâu".

Formal denials are in denials.py. These words dismiss what stands beside them, wherever they stand in its sentence or
in the one behind, unless they are said of whoever denies it ("…, ai nói khác là nói bậy").
"""

from classifier.text.patterns import either

YOU = (
    r"(?:mọi người|cả nhà|bà con|anh em|chị em|anh chị|mn|ae|cả lớp"
    r"|cưng(?: ơi)?|cậu|(?:các|mấy) (?:bạn|bác|mẹ|má|chị|anh|em|cụ|ông|bà|mom|cháu|con))"
)
END = rf"(?:,? (?:nhé|nha|nghe|nghen|nhen|ạ|á|đó|đấy|đâu|rồi|luôn|hết|thôi|nào|{YOU}))*(?:[^\w]*$|,)"
_UNTRUE = (
    r"(?:phét|dóc|xạo|láo(?: toét)?|điêu(?: toa)?|nhảm(?: nhí)?|xàm(?: xí)?|càn|bừa|bậy(?: bạ)?|tầm bậy(?: tầm bạ)?"
    r"|trạng|sảng|hớ|tào lao|trớt quớt)"
)
_TALKED = r"(?:nói|bốc|phán|đồn|kể|viết|tán|nổ|hiểu)(?: (?:vậy|thế|như vậy|như thế))?(?: (?:là|thì))?"
# "tin nó là thật đi" bids to believe; the law of before isn't this one; who makes laws may be blamed for one
_NO_CREDIT = (
    r"(?! (?:thật|thiệt|sự thật|chuẩn|đúng|chính xác)(?:(?: (?:đi|luôn|nhé|nha|nghen|ạ|đó|đấy))+(?:[,.!]|$)|[.!]|$))"
)
_FORMER = r"(?:cũ|(?:hồi|ngày|thời) (?:xưa|trước)(?! (?:tới|đến) )|(?:trước|xưa) (?:kia|đây))\b"
_MAKERS = r"(?:(?:mấy|các|những|bọn|đám) (?:\w+ ){0,2}ngồi|giới|nhà giàu|quốc hội|chính phủ|nhà nước)\b"
TALK = either(
    rf"\b(?:{_TALKED} {_UNTRUE}|chém gió|ba xạo|xạo (?:ke|quần|sự|vừa)|hàm hồ|điêu toa|láo toét|xàm xí"
    r"|trớt quớt|tào lao|ba láp|con khuya|tin được chết liền|nằm mơ|nói lấy được"
    r"|tin (?:rởm|xàm|nhảm|tào lao|vỉa hè)|dắt mũi|bịa (?:vừa|ít|chuyện|như thật|không chớp mắt)|(?:cái )?con khỉ"
    r"|trật (?:lất|đường (?:rầy|ray)|chìa|bản họng)|sai (?:toét|bét|lè|bươm|một ly đi một dặm)"
    r"|heo (?:cũng )?biết bay|tết (?:công ?-?gô|ma ?-?rốc)"
    r"|nói (?:vậy|rứa|thế|kiểu đó) mà (?:cũng )?nói được|nói linh tinh|(?:tự|bảng|ảnh|hình) chế|sai bê bết|nổ banh"
    r"|xưa rồi diễm|(?:hông|hổng|không) dám đâu|ngu luật|(?:tội )?chế thông tin"
    rf"|(?<=\w )tin nó là|tin nó (?:là{_NO_CREDIT}|có ngày)"
    r"|(?:kể|dọa|hù)(?: ma)?(?: cho)? (?:trẻ con|con nít)(?: (?:sợ|nghe|hả|chơi))|bật cười|quên mùa xuân (?:ấy |đó )?đi"
    r"|(?:là|thì) biết (?:\w+ )?(?:nổ|lừa đảo|xạo|bịa)|đừng có (?:khùng|điên|xạo)(?=,)|thông tin độc hại"
    r"|(?:không|chưa)(?: hề| từng)? xảy ra(?=[,.!]|$)(?!, (?:mà |thì |nhưng )?(?:giờ|nay|bây giờ)(?! (?:vẫn|cũng))\b)"
    r"|cập nhật lại kiến thức|nghe ai (?:xúi|đồn)|ngược 180 độ"
    r"|vẫn (?:chỉ )?là tin (?:giả|vịt|đồn)|nói (?:là )?thiếu hiểu biết|đọc ngược"
    r"|cái (?:đầu|mặt|mả) (?:mày|mi|nhà mày|ông|tụi bây|bọn mày)"
    r"|(?:page|fanpage|trang|nick|tài khoản|web|website) (?:giả(?: mạo)?|mạo danh|fake)"
    r"|hay (?:là )?(?:ông|bà|bạn|bác|mày|anh|chị)(?: ấy)? (?:không|chưa) biết (?:đếm|đọc|tính))\b"
    r"|\b(?:chuyện|vụ|việc)\b[^.;!?\n]{3,80} là hoàn toàn không có(?: thật)?(?=[,.!]|$)"
    r"|\b(\w+) (?:gì|chi|nào) mà \1\b|\bđây là (?!việt nam)\w+(?: \w+)? hay việt nam\b"
    rf"|\bluật(?! {_FORMER})(?: \w+){{0,2}} (?:không|hông|hổng|chẳng|đâu) có (?:vậy|thế)\b"
    rf"|\bchắc (?:là )?(?:luật|hiến pháp|nghị định|điều)(?: \w+){{0,2}} (?:do|của|nhà) (?!{_MAKERS})\w+"
    r"|\b\d+ (?:\w+ )?chứ \d+(?: \w+)? gì\b"
    r"|, \d+ (?:\w+ ){1,2}thôi (?:cha|má|ba|bố|mẹ|ông|bà|cưng)\b"  # "…, 3 ngày thôi cha"
    r"|\bnói ngược(?: (?:vậy|rứa|thế|đời|lại|hết))?(?= (?:hè|hả|vậy|trời|rồi|nha|nhé|đó|đấy)\b|[,.!?]|$)"
    r"|\b(?:luật|quyền|điều đó) (?:nào )?ở đâu ra (?:vậy|thế|rứa|đó)\b|\b(?:nghe|nói|chuyện) viển vông\b"
    r"|, ?(?:(?:mà|nhưng|chứ|trong khi|còn) )?(?:bộ )?luật(?: \w+){0,3}? (?:đâu|nào|không|chẳng|chả) (?:hề )?(?:có )?"
    r"(?:nói|ghi|viết|quy định|bảo) (?:vậy|thế|như vậy|như thế)(?: (?:đâu|mà|nha|nhé|ạ))*(?=[^\w]*$)"
    # not "bị can không bao giờ có chuyện được im lặng", a rule of its own
    r"|(?:^|[,.;:!?–—-])[^\w]*(?:(?:mà|chứ|thì|nhưng|luật|xưa nay|ở đây|việt nam|nước (?:mình|ta)) ){0,2}"
    r"(?:chưa|không) bao giờ có chuyện\b"
)
# who is dismissed himself: whoever says otherwise
DENIER = either(
    r"(?:(?:còn|chứ|mà) )?(?:ai|(?:thằng|kẻ|người|con|ông|bà|cô|thầy|sách|báo) nào|đứa|bọn|tụi|lũ|mấy|mọi|phương tây"
    r"|đừng nghe)\b(?!.*\b(?:vậy|thế|rứa|(?:câu|điều|chuyện) (?:đó|này|trên|ấy))\b)"
)
# a judgment on a claim by itself, before its sentence ends
_THIS = r"(?:(?:cái|tin|thông tin|clip|bài|lời|chuyện|điều|câu|nó) (?:này|đó|kia|ấy|đấy|trên))"
# "ai tin nổi chứ, vậy mà có thật"
_YET_SO = (
    r"(?!,? (?:nhưng|vậy mà|thế mà|ai ngờ|mà)(?: nó| lại)? (?:(?:có |là |đúng là )?(?:thật|sự thật)"
    r"|luật (?:mới |này )?(?:ghi|cho|quy định)(?: rõ| vậy| thế)+)(?: (?:đó|đấy|nha|nhé|ạ))*[^\w]*$)"
)
JUDGED = (
    rf"(?:(?:đó|đấy|đây|vậy|thế|thiệt|rõ|đúng|toàn|nghe|{_THIS})(?: (?:là|thì|toàn|rõ|đúng))* )?"
    r"(?:(?:sai|trật|nhầm|lầm|lộn)(?: (?:bậy|to|nặng|hết|sạch|rồi|nữa|năm))+|vớ vẩn"
    rf"|ai (?:mà )?tin (?:được|nổi)(?: chứ)?{_YET_SO}|bố láo|đời nào|còn lâu|mơ đi"
    rf"|(?:nói|phán|đồn|hiểu|đếm|đọc|kể)(?: (?:vậy|thế|như vậy|như thế))?(?: (?:là|thì))?(?: hiểu)?"
    rf" (?:sai|lầm|nhầm|lộn|trật|thiếu)(?: luật)?|{_UNTRUE}"
    r"|(?:là )?biết chưa (?:đọc|học|coi|xem) (?:luật|điều|hiến pháp|công ước|bộ luật)(?: \w+)?"
    r"|(?:không|làm gì|đâu) có (?:vụ|chuyện) (?:đó|này|vậy|ấy)|chưa (?:đúng|chính xác)(?: lắm)? đâu"
    # "cái này mình tra rồi, không phải vậy"
    r"|(?:(?:(?:cái|vụ|điều) này )?(?:mình|tui|tôi|em|anh|chị)?(?: (?:đã|có|vừa))? ?(?:tra|coi|đọc|kiểm tra|hỏi|xem)"
    r"(?: \w+){0,2} rồi,? )?(?:không|đâu|chẳng|chả|hổng|hông) (?:phải|có)(?: như)? (?:vậy|thế)"
    r"(?! (?:sao|à|hả|ư|thì|mà|nên)\b))"
    r"(?: (?:quá|ghê|hết sức|thiệt|thật|dễ sợ|trời|hết|cả))*"
)
TAIL = either(rf"[,;–-] ?{JUDGED}{END}")
# "<claim> hả, google hai giây là ra", "<claim> hả bạn, mình cần ghi vào slide"
ECHOED = either(rf"\b(?:hả(?: (?:bạn|bác|anh|chị|em|cô|thầy|ông|bà|{YOU}))?|à {YOU}), ")
BEHIND = either(rf"[^\w]*{JUDGED}{END}")
FEW = 5  # words of a claim, in front of which nobody else's word is dismissed
SHORT = 18  # words of a sentence behind that is about the one before it
_STOPS = ",.;:!?–—"


def dismissed(said: str) -> bool:
    """Whether a read sentence calls what it tells untrue talk."""
    echo = ECHOED.search(said)
    return bool(TAIL.search(said) or (echo and len(said[: echo.start()].split()) >= FEW)) or _talk(said, FEW)


def dismisses(sentence: str) -> bool:
    """Whether a read sentence behind a claim calls it so."""
    if BEHIND.match(sentence):
        return True
    return len(sentence.split()) <= SHORT and _talk(sentence, 0)


def _talk(said: str, least: int) -> bool:
    """Whether words for untrue talk stand in a sentence, other than of a denier behind so many words or more."""
    for one in TALK.finditer(said):
        start = max(said.rfind(stop, 0, one.start()) for stop in _STOPS) + 1
        clause = said[start : one.start()].lstrip()
        if not (DENIER.match(clause) and len(said[:start].split()) >= least):
            return True
    return False
