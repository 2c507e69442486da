"""Who says a thing, and to whom: told at the head of a sentence or behind it, and taken off what is said.

Who is named as saying a thing changes nothing of it, nor does who is spoken to. But what somebody told the writer in a
story isn't the writer's word: see heard and lived.
"""

import re
from collections.abc import Sequence

from classifier.factuality.calls import SHORT, STATUTE, WHOM
from classifier.orthography import spelling
from classifier.orthography.spelling import plain, read
from classifier.text import Span, sentences
from classifier.text.figures import DIGITS
from classifier.text.letters import GREAT, SMALL, fold
from classifier.text.patterns import MARK, Either, Looked, either, is_bare, of
from classifier.text.redact import SHOWN

NEAR = 120  # characters in which a frame at the head of a sentence ends, and that are read before a claim
LEFT = 4  # words that a claim keeps at least where its frame is taken off
LEAD = (
    rf"{MARK}(?:(?:và|nhưng|mà|còn|thì|thật ra|thực ra|tôi|mình|em|ta|chúng tôi|chúng ta|xin|chỉ|đêm qua|hôm qua) )"
    "{0,2}"
)

# where what is said has a subject of its own
OWN_SUBJECT = r"(?! (?:đã|sẽ|đang|sắp|vẫn|còn|chưa|không|về|cũng|vừa|mới|từng|bị|được|phải)\b)"
# the words of who says a thing; who denies, supposes or tells of himself isn't passed over
SAYS = (
    rf"(?:(?:cho biết|cho hay|đưa tin|loan tin)(?: rằng| là|:|{OWN_SUBJECT})"
    r"|(?:nói|cho|viết|khẳng định|tuyên bố|nhận định|tố cáo|cáo buộc|thông báo|báo cáo|xác nhận|thừa nhận"
    r"|nhấn mạnh) rằng"
    r"|(?:nói|khẳng định|tuyên bố) là|(?:nói|viết):)"
)
# what such a frame may not hold, for then it is part of what is said: law, however it is written, …
LAW = rf"(?:{STATUTE}|quy định|pháp luật|điều \d)"
HELD = (  # … and these, but in a name
    r"không|chưa|chẳng|đừng|chớ|ai|nếu|khi|được|phải|tôi|mình|tui|cháu|chồng|mẹ"
    rf"|(?<!trẻ )(?:(?<!anh )(?<!chị )em|em(?= {SAYS}))|(?<!bà )con(?! người)"  # "anh em công nhân"; "anh em nói rằng"
)
HELD_MARKED = rf"{HELD}|vì|bị|vợ|bố|đạo|đó|tớ|tao|chính|bản thân|ý"  # words of other meanings without diacritics
# what a thing is told by that is no speaker, or calls it untrue, imagined or planned
NOBODY = (
    r"(?!(?:\w+ ){0,5}?(?:sai|nhầm|tin đồn|lời đồn|đồn đoán|tin giả|kịch bản|phim|truyện|giấc mơ|lý thuyết|kế hoạch"
    r"|dự kiến|đề xuất|lộ trình|nguyện vọng|nhu cầu|cá nhân|quan điểm|suy nghĩ|cách hiểu)\b)"
)


# what begins a sentence that says where or when: "Tại Mỹ, báo chí đưa tin"
_PLACED = r"(?:tại|ở|bên|từ|năm|trong|trước|sau|theo|ngày|hôm|sáng|chiều|tối|trên|dưới|đến|tới|vào|qua|hồi|tuần|tháng)"


def _speaker(held: str) -> str:
    """Who says a thing at the head of a sentence: "X cho biết", "X, chức danh, cho biết", "theo X,", "(X) -",
    "trích X –". A word borne with a capital behind another is a name: Như Ý, Minh Chính."""
    capital = rf"(?-i:(?![\da-z{SMALL}]))"
    word = rf"(?!{LAW}\b)(?:(?!(?:{held})\b)|(?<=[\w.’'] ){capital})[\w.&’'-]{{1,30}}"
    title = r"(?:[\w.&’'-]{1,30} ){0,7}[\w.&’'-]{1,30}"
    return (
        rf"{MARK}(?:(?:{word} ){{1,6}}?{SAYS},?"
        rf"|(?:{word} ){{0,5}}?{word}(?:(?:, {title}){{1,2}},| \([^()]{{1,60}}\),?) {SAYS},?"
        rf"|(?!{_PLACED}\b)(?:{word} ){{0,4}}?{capital}{word} {capital}{word}, {title} {SAYS},?"
        rf"|theo {NOBODY}(?!(?:{SHORT})\b|(?:\w+ ){{0,5}}?(?:19|20)\d\d ?[,:])"  # a treaty, a report of then
        rf"(?:{word} ){{0,5}}{word} ?[,:]"
        rf"|\((?!(?:{held})\b)[^()\d]{{2,40}}\) ?[–—:-]|trích (?:{word} ){{1,6}}?[–—:-]) "
    )


SPEAKER = either(_speaker(HELD_MARKED), _speaker(HELD), hint=rf"{SAYS}|theo |trích |\(")


def _named(held: str, law: str, asserts: str, hint: str) -> Looked:
    """A name of two capitals or more that asserts what stands behind it without a "rằng", whoever bears it."""
    capital = f"(?=[A-Z{GREAT}])"
    word = rf"(?!(?i:{law})\b)(?:(?!(?i:{held})\b)|(?<=[\w’'] ){capital})[\w&’'-]+ "
    return Looked(rf"{MARK}{capital}{word}(?:{word}){{0,4}}?{capital}{word}(?:{word}){{0,3}}?{asserts},? ", hint, 0)


_NONE, _HINT = f"(?:{LAW}|việt nam)", "khẳng định"
ASSERTING = Either(
    _named(HELD_MARKED, _NONE, _HINT + OWN_SUBJECT, _HINT),
    _named(fold(HELD), fold(_NONE), fold(_HINT + OWN_SUBJECT), fold(_HINT)),
)
ANSWER = either(
    rf"{MARK}(?:không phải|không đúng|chưa đúng|không|chưa|sai|nhầm)(?: đâu| phải vậy| vậy| thế| rồi| bét| ạ)? ?[,:;.] "
)
# a number that is put right by what follows: "Không phải 20 năm, điều 331 nặng nhất 7 năm tù"
PUT_RIGHT = either(
    rf"{MARK}(?:không|chẳng|đâu|nào) phải (?:(?:là|từ|đến|tới) )?(?:(?:năm|ngày|tháng|số|điều) )?\d[\w./%-]*"
    r"(?: (?!(?:mà|chỉ|nên|thì)\b)\w+){0,2}, "
)
# two denials that assert what stands behind them
ASSURED = either(
    rf"{MARK}(?:không ai (?:là )?không biết|không thể (?:chối|phủ nhận)|không phải (?:tự nhiên|ngẫu nhiên) mà)"
    r"(?: là| rằng)? "
)
# no credit: law, or the writer himself
_LAW = rf"(?:bản thân|tôi|mình|tui|em|{LAW})"
_SHOWN = r"(?:nguồn|ảnh|hình|video|clip)(?: \w+){0,2} ?:"
# whose word or picture it is: "(Nguồn: X)", "(theo X)", "– Ảnh: X"
CREDIT = either(
    rf"(?<![.!… ])[.!… ]*(?:[(\[] ?(?:{_SHOWN}|theo )(?![^()\[\]]*\b{_LAW}\b)[^()\[\]]{{1,60}}[)\]]"
    rf"|[.!…–—|-] ?{_SHOWN}(?!.*\b{_LAW}\b)[^:]{{1,60}})[^\w)]*$"
)
# where to ask further, with what was taken out of it: "…, gọi [số điện thoại]"
CONTACT = either(
    r"(?:[\s,;:.–—-]*\b(?:gọi|lh|liên hệ|alo|nhắn|tin|ib|inbox|zalo|sđt|đt|hotline|xem|đọc|qua|theo|ở|tại|link|số|thêm"
    r"|chi tiết)\b){0,5}"
    rf"[\s,;:.–—-]*\[(?:{'|'.join(name[1:-1] for name in SHOWN.values())})\][\s.,!…]*$",
    hint=r"\[",
)
# who is spoken to, and the particles a sentence ends with
_FOLK = (
    r"(?:(?:các|mấy|cả) (?:\w+ ){0,2}\w+|bà con(?: \w+){0,3}|mọi người|anh chị em|anh em|chị em|bạn|em|anh|chị|bác|mình"
    r"|bây|quý vị|đồng bào)"
)
_CALLED_ON = (
    r"(?:(?:này|nè) )?(?:bà con|mọi người|cả nhà|anh chị em|anh em|chị em|(?:các|mấy) (?:bạn|bác|mẹ|chị|anh)|quý vị|mn)"
    r"(?: (?:nhé|nha|ạ|này|nè|à|ơi))*"
)
ADDRESS = either(
    rf"{MARK}(?:{_FOLK} ơi ?[,!]?|(?:kính )?thưa {_FOLK} ?[,!:]|{_FOLK} (?:chú ý|lưu ý|nghe nè) ?[,!:]|{_CALLED_ON},"
    r"(?=[^,]*$)) "  # of several commas it may be one of a list
)
# whom he calls names, or defies, whichever side they are on: "Bọn xuyên tạc nghe cho rõ: …", "Mặc kệ đám bưng bít, …",
# "…, ai nói khác là tuyên truyền"
_CALLED = r"(?:bọn|lũ|đám|kẻ|tụi|quân|phe|phường|(?:mấy|những) (?:kẻ|đứa|tên)) (?:\w+ ){0,3}?\w+"
CALLED = either(
    rf"{MARK}(?:nói cho )?{_CALLED}(?: (?:hãy|ráng|cứ|mà|nhớ))?"
    r" (?:nghe|đọc|nhìn|mở (?:to )?mắt|coi|xem|biết|im|tỏ tường)(?! (?:nói|đồn|bảo)\b)"
    r"(?: (?!(?:rằng|là)\b)\w+){0,3} ?: "
    rf"|{MARK}(?:mặc kệ|mặc|kệ|bất chấp) (?:cho )?{_CALLED} ?[,:] "
)
DEFIED = either(
    r", (?:ai|(?:đứa|kẻ|thằng) nào) (?:mà )?(?:nói|bảo|viết|cãi|kêu) (?:khác|ngược(?: lại)?|trái)(?: đi)?"
    r"(?: (?:đều|thì|cũng))? (?:chỉ |đúng )?là [^,.;:!?]{1,40}[^\w]*$"
)
# who speaks of people or places near him is a witness
_NEAR_HIM = (
    r"(?<!nước )mình|tôi|tui|tao|tớ|chúng ta|(?<!trẻ )em|con|cháu|chồng|vợ|mẹ|bố|má|người (?:nhà|thân|quen)|nó|họ"
    r"|hàng xóm|làng|xóm|quê|khu|chuyền|ngoài|dưới(?! \d)|(?<!nông )thôn|ấp(?! dụng)|xã|phường|xưởng|nhà máy|công ty"
    r"|trại|đồn|chỗ|trường|tổ(?! chức)|ca (?:ngày|đêm|sáng|chiều)|bển|bên (?:này|kia|nhà)|ở (?:đây|đó|bên)|này|đó|ấy"
)
_OF_ALL = rf"(?=(?:{WHOM}|{LAW}\b))(?!.*\b(?:{_NEAR_HIM})\b)"
# who wishes others to know or mind a thing goes on to say it: "Tôi mong ai cũng biết: …"; of a state it is asked
REMINDED = either(
    rf"{LEAD}(?:(?:rất|cũng|kính|thật lòng) )?(?:mong|hy vọng|ước gì|ước sao|giá mà|xin)"
    rf" (?:ai(?: ai)?|người ta|dân|{_FOLK})(?: (?:cũng|đều|hãy|sẽ|luôn|nên)){{0,2}} (?:biết|nhớ|lưu ý|chú ý)"
    rf"(?: (?:cho|rõ|kỹ|giùm|giúp))? ?(?:: |rằng (?:là )?){_OF_ALL}"
)
# who only passes on what is printed
RELAYED = either(
    rf"{MARK}(?:tôi|mình|em|tui|tớ) (?:(?:có|mới|vừa|cũng|hay) ){{0,2}}(?:thấy|đọc|xem|coi|nghe)"
    r"(?: (?:trên|qua|ở|trong))? (?:báo(?: chí| mạng| đài)?|đài|ti ?vi|tv|thời sự|(?:bộ )?luật|hiến pháp)(?: \w+){0,2}?"
    rf" (?:nói|viết|đăng|đưa tin|ghi|thấy|quy định)(?: (?:rằng|là))?,? {_OF_ALL}"
)


def _particles(last: str, before: str) -> str:
    """Particles behind what is said, alone or before those spoken to."""
    called = rf"(?: (?:{before}|{last}))?, {_CALLED_ON}"
    return rf"(?:,? (?:(?:{before}) )*(?:(?:{last})(?: {_FOLK})?|(?:{before}) (?:{last}|{_FOLK}))|{called})[^\w]*$"


PARTICLES = either(
    _particles(rf"nhé|nghen|nhen|nha|nhá|ạ|nè|(?:nghe|đó|đấy)(?= {_FOLK})|(?<=đó )nghe|(?<=á )nha", "á|đó|đấy"),
    _particles(rf"nhen|(?<!tắc )nghen|(?:nhé|nghe|nha)(?= {_FOLK})|(?<=đó )nghe|(?<=\ba )nha|(?<=day )ạ", "đó|đấy|á"),
)  # "nhẹ", "nhà", "a"
# "Tôi là công nhân."
SELF = either(
    rf"{MARK}(?:tôi|mình|em|tui|tớ|cháu|con) (?:vốn )?là (?!(?:người |một |chính )?(?:mẹ|má|cha|bố|ba|vợ|chồng|con|anh"
    r"|chị|em|cháu|ông|bà|cô|dì|chú|bác|hàng xóm|người nhà|người thân|thân nhân)\b)"
    r"(?!(?:\w+ ){0,7}?(?:nạn nhân|nhân chứng|bị|oan|tù|thấy|nghe|biết)\b)"
    r"(?:\w+ ){0,7}\w+[.!] +(?!.*\b(?:tôi|mình|tui|chúng tôi)\b)"
    # what he has seen at a place he speaks of
    r"(?!(?:trong |ở |bên )?(?:công ty|xưởng|nhà máy|chủ|sếp|trại|họ|trường|xã|phường|bản|làng|bệnh viện|đây|này|chỗ"
    r"|công an (?:xã|phường|huyện))\b(?! (?:được|phải|có quyền)\b))"
)
RATHER = either(r",? chứ (?:không|chẳng|đâu) (?:phải|có chuyện)\b[^:;,]*$")
# a number set against another without a "chứ": "6 tháng, không phải 3 tháng, theo luật", "đủ 15 tuổi (không phải 12)"
_FIGURE = rf"(?:\d[\d./]*|(?:(?:{'|'.join(DIGITS)}) ){{1,3}}(?=(?:tuổi|năm|tháng|tuần|ngày|giờ|tiếng|phần)\b))"
_REJECTED = (
    rf"\b({_FIGURE})[^\d,.:;()]{{0,40}}?( ?[,;(–—-] ?(?:không|chẳng|đâu)(?: có)? (?:phải|chuyện)"
    rf" (?:(?:là|chỉ|từ|dưới|trên|đủ|ngày|tháng|năm|tới|đến|điều|khoản|số) )*{_FIGURE})"
)
REJECTED = either(_REJECTED)
REJECTED_LAST = either(
    rf"{_REJECTED}\w*(?:[ %]+(?!(?:ở|trong|tại|vào|khi|với|của|cho|như)\b)\w+)*"
    r"(?: như [^:;,]*)?(?:, theo [^:;,]*)?[^\w]*$"
)


# how a story tells whose word a thing is, not the writer's: "Chị kế toán bảo …", "Cô ghi vào sổ: …"
_SPOKE = (
    r"(?<!tôi )(?<!mình )(?<!tui )(?<!em )(?<!xin )(?<!phải )(?<!được )(?<!không )(?<!để )(?<!muốn )(?<!bị )"
    r"(?:nói|bảo|nhắn|trả lời|khẳng định|giải thích|kêu|phán|dặn|quát|đe|dọa|kể|hù|cho biết|cho hay|chốt|khoe"
    r"|rót vào tai)\b"
    r"(?! (?:hiểm|vệ|hộ|đảm|trợ|lưu|toàn|mật|cáo|luôn|thật|thẳng|rõ|tiếng|chung|cả|gì|cho (?:mà )?(?:nghe|biết))\b)"
)
_SOMEBODY = (
    r"(?:ông|bà|anh|chị|cô|chú|bác|cậu|mợ|dì|thím|dượng|mẹ|má|ba|bố|cha|chồng|vợ|bạn|sếp|chủ|thầy|sơ|họ|nó|ổng"
    r"|bả|ảnh|cổ|người|cán bộ|công an|kế toán|nhân sự|quản lý|luật sư|hàng xóm|quản đốc|(?:tổ|chuyền|ca) trưởng"
    r"|trưởng (?:ca|chuyền|nhóm|phòng)|công ty|xã|phường|thằng)"
)
# who tells others and calls himself so: "Chị nói bạn nghe: …"
_ONESELF = (
    r"(?!(?:anh|chị|cô|chú|bác|cậu|dì) (?:nói|kể|bảo)(?: cho)? (?:(?:các|mấy) \w+|bạn|cưng|bà con|mọi người|cả nhà)"
    r" (?:nghe|biết)\b)"
)
# who bids others to pass on what he was told, or vouches for it, without a word of doubt, warning or his own life
_BID = r"(?:(?:mọi người|bà con|cả nhà|anh em|chị em|các bạn|ai nấy|thì|hãy|nhớ) )"
_PASSED_ON = either(
    r"(?!.*(?:\b(?:lừa|gạt|giả|sai|bịa|đồn|cẩn thận|coi chừng|cảnh giác|cảnh báo|tránh|đừng|không|hông|hả|giúp|giùm"
    r"|dùm|kinh nghiệm|chuyện|tôi|tui|em|mình)\b|\?))"
    rf"(?:(?:.*\b{_BID}|{MARK})(?:chia sẻ|share)(?: (?:cho|để|rộng|ra|ngay|lên|nhé|nha|liền)\b|[^\w]*$)"
    r"|.*\b(?:mọi người|bà con|cả nhà|anh em|chị em|ai nấy) (?:chú|lưu) ý(?: (?:nhé|nha|nghen|ạ))*[^\w]*$"
    rf"|{MARK}tin (?:này )?chuẩn(?: (?:đó|đấy|luôn|rồi|nhé|nha|nghen|ạ))*[^\w]*$)"
)
_TOLD_BY = either(rf"{MARK}{_ONESELF}{_SOMEBODY}(?: (?!{LAW}\b)\w+){{0,5}}? {_SPOKE}")
_HEARD = either(
    rf"{MARK}{_ONESELF}(?:(?:(?!{LAW}\b)\w+,? ){{1,12}}?{_SPOKE}|{_SOMEBODY}(?: (?!{LAW}\b)\w+){{0,6}} ?:|ai đời\b)"
)
# who writes or says a thing himself hands on nobody's word
_I = "(?:tôi|tui|tao|mình|em|tớ|cháu|con)"
_NOT_I = "".join(f"(?<!{one} )" for one in ("tôi", "tui", "tao", "mình", "em", "tớ", "xin"))
# how he hands on what he has told, or warns of it: "Lời anh công an đấy ạ.", "Em đọc trên mạng, không biết đúng sai."
_HANDED = either(
    rf"{MARK}(?:(?:(?:đó|đấy|đây) là )?(?:lời|điều|câu|dòng|nguyên văn)|(?:tin|chuyện|câu|lời|bài) (?:này|đó|ấy))\b"
    r"|.*\b(?:không|chẳng|chả|chưa|hổng|hông) (?:biết|rõ) (?:đúng|thật|thiệt|phải|có|thực)\b"
    rf"|{MARK}(?:\w+ ){{0,3}}(?:nghe|đọc) (?:nói|bảo|kể|đâu|trên|ở|thấy|trong|được|mà)\b"
    rf"|{MARK}{_I} (?:nghe|đọc) xong\b"
    rf"|.*\b{_NOT_I}(?:nói|bảo|phán|dọa|ghi|kể|đồn|rao|ca|in|viết)(?: \w+){{0,4}} (?:vậy|thế|như trên)\b"
    r"|.*\bđừng (?:có |ai )?(?:nghe|tin|mắc|dại)\b"
)
# how he says that he will tell a thing that he was told: "Anh trực có nói một câu mà tôi nhớ mãi."
_TO_TELL = either(
    rf".*\b(?:nói|bảo|phán|nghe|đọc(?! (?:giùm|giúp|hộ|dùm)\b)|thấy|dán|treo|truyền|{_NOT_I}(?:ghi|viết)(?! lại))"
    r"(?: (?!để\b)\w+){0,4} (?:câu"
    r"|lời|bài|dòng|tờ|bảng|tin|thế này|như này|như vầy|vầy)\b|.*\bđừng (?:có |ai )?(?:nghe|tin)\b"
)
# what befell the writer or his own, told beside it; not what he finds right or wants others to know
_MINE = "(?:tôi|tui|tao|mình|em|cháu|con|chúng tôi|(?:tụi|bọn) (?:tôi|tui|em|mình))"
LIVED = either(
    rf"(?!.*\b(?:{LAW}|mọi người|bà con|(?:các|mấy) (?:bạn|bác|anh|chị|mẹ)|ai cũng|đúng|chuẩn|chính xác|thật ra|nên"
    r"|lưu ý|nhớ|chia sẻ|biết)\b)"
    rf".*\b(?:tôi|tui|tao|(?:tụi|bọn) em"
    rf"|(?:mẹ|má|cha|ba|bố|chồng|vợ|con|anh|chị|em|bà|ông|chú|cô|cậu|nhà|xóm|cả nhà|mặt|chân|tay) {_MINE}"
    r"|em (?:bị|phải|đi|nghe|khóc|sợ|run|buồn|thôi|tin|lo|đã|nhận|làm|chôn|về|vay|bỏ|mất|im|đành))\b"
)
# who recites a line, and one who breaks down at what is spoken to him: "…, mẹ về lo hậu sự đi."
_RECITED = either(
    rf"{MARK}{_SOMEBODY}\b(?: \w+){{0,7}}? (?:(?:đọc|nói|phán|lặp lại|hét|quát|rót|buông)(?: \w+)? (?:câu|lời)"
    r" (?:đó|này|ấy|y)|ca (?:y |đúng |mãi |hoài )*một (?:bài|câu|giọng))\b"
)
_SPOKEN_TO = either(rf".*, (?:\w+ ){{1,6}}đi(?: {_SOMEBODY})?[\s.!…]*$")
_SCENE = either(
    rf"{MARK}(?:người (?:đàn bà|đàn ông|mẹ|cha|vợ|chồng|phụ nữ)|cụ|đứa nhỏ|{_SOMEBODY})\b(?: \w+){{0,4}}?"
    r" (?:ngất|khóc|sững|chết lặng|quỵ|gục|òa|tái mặt|nghẹn|run|rụng rời|thất thần|mếu|ôm mặt)\b"
)
KIN = either(rf"(?:cả nhà|mẹ|má|cha|ba|bố|chồng|vợ|con|bà|ông) {_MINE}\b")
BULLET = re.compile(r"\s*(?:[-–—*+]\s|[•·▪●■◦►➤→✓✔])\s*(?=\w)")  # what a line of a list begins with


def core(claim: str) -> Span:
    """Where in a claim what it says stands: without the mark of a list, who says it, an answering "no", a number put
    right, somebody called names or two denials before it, whom to ask, who is defied and what it is set against ("… chứ
    không phải …") behind it."""
    said = plain(claim)
    start, end = 0, len(said)
    for frame in (ANSWER, PUT_RIGHT, ADDRESS, CALLED, REMINDED, RELAYED, SPEAKER, ASSERTING, ANSWER, ASSURED):
        start = _past(frame, said, start)
    for frame in (CREDIT, CONTACT, PARTICLES, DEFIED, *([RATHER, REJECTED_LAST] if len(sentences(said)) == 1 else [])):
        found = frame.search(said, max(start, end - NEAR), end)
        at = found.start(2 if frame is REJECTED_LAST else 0) if found else start
        end = at if len(said[start:at].split()) >= LEFT else end
    start, end = read(claim).original_span(start, end) if (start, end) != (0, len(said)) else (0, len(claim))
    mark = BULLET.match(claim, start, end)
    return (mark.end() if mark else start), end


def undefied(claim: str) -> int:
    """Where a claim ends, without a name for whoever would say otherwise: "…, ai nói khác là xuyên tạc"."""
    said = plain(claim)
    start = max(0, len(said) - NEAR)
    found = DEFIED.search(said, start)
    return read(claim).original_span(0, found.start())[1] if found else len(claim)


def _past(frame: Either, said: str, at: int = 0) -> int:
    """Where what a frame at a place leaves begins; that place where none stands there or too little is left."""
    found = frame.match(said, at, at + NEAR)
    return found.end() if found and len(said[found.end() :].split()) >= LEFT else at


def heard(text: str, at: int, *, beside: bool) -> bool:
    """Whether what a text says at a place is somebody's word to its writer: so begins the sentence that holds it, or,
    beside, the one before or behind says so; without these it is told who says it."""
    spans = sentences(text)
    mine = _number_at(spans, at)
    frames = {mine - 1: _TO_TELL, mine: _HEARD, mine + 1: _HANDED} if beside else {mine: _TOLD_BY}
    said = {number: spelling.plain(text[slice(*span)]) for number, span in enumerate(spans) if number in frames}
    found = any(frames[number].match(one, 0, NEAR) for number, one in said.items())
    return found and (beside or not _passed_on(text, spans, mine))


def _number_at(spans: Sequence[Span], at: int) -> int:
    """The number of the sentence that a place is in; past the last where it is in none."""
    return next((number for number, (start, end) in enumerate(spans) if start <= at < end), len(spans))


def _passed_on(text: str, spans: Sequence[Span], mine: int) -> bool:
    """Whether a sentence other than one hands on what is said there as so."""
    others = (spelling.plain(text[start:end]) for number, (start, end) in enumerate(spans) if number != mine)
    return any(_PASSED_ON.match(one, 0, NEAR) for one in others)


def lived(text: str, at: int) -> bool:
    """Whether what a text says at a place is somebody's word in a story: told to its writer beside what befell him, a
    line that somebody recites, or spoken to one who breaks down. Without diacritics who tells is too many other
    words."""
    if is_bare(text):
        return False
    spans = sentences(text)
    said = [spelling.plain(text[start:end]) for start, end in spans]
    mine = _number_at(spans, at)
    others = [*said[:mine], *said[mine + 1 :]]
    if any(_RECITED.match(one) for one in said[mine + 1 :]):
        return True
    tails = (one.rpartition(", ")[2] for one in said[mine : mine + 1] if ", " in one)
    others += [tail for tail in tails if KIN.match(tail)]  # "…, má tôi nghe xong khóc"
    return any(
        told.match(one) and any(tale.match(other) for other in others)
        for told, tale in ((_HEARD, LIVED), (_SPOKEN_TO, _SCENE))
        for one in said[mine : mine + 1]
    )


def unattributed(said: str) -> str:
    """A read text without who says or passes on what it says, at the head of a sentence or behind the text, nor whom to
    ask further."""
    kept, at = [], 0
    for start, end in sentences(said):
        sentence = said[start:end]
        frames = (SPEAKER, ASSERTING, REMINDED, RELAYED)
        if begun := next(filter(None, (_past(frame, sentence) for frame in frames)), 0):
            kept.append(said[at:start])
            at = start + begun
    kept.append(said[at:])
    left = "".join(kept)
    for frame in (CREDIT, CONTACT):
        found = frame.search(left, max(0, len(left) - NEAR))
        if found and len(left[: found.start()].split()) >= LEFT:
            left = left[: found.start()]
    return left


def meant(text: str) -> str:
    """A text as it is meant, unattributed: for what a reader may know nothing of who is named as saying it."""
    return unattributed(spelling.meant(text))


def plainly(sentence: str) -> str:
    """A read sentence without its writer's words that he reminds others of it, or only passes it on."""
    for frame in (REMINDED, RELAYED):
        if found := frame.match(sentence, 0, NEAR):
            return sentence[found.end() :]
    return sentence


def introduced(said: str) -> str:
    """A read text without the sentence in which its writer first says who he is: what he says is no more or less a
    claim by it. Kin and who suffered a thing are witnesses of it, and stay."""
    found = of(SELF, said[: 2 * NEAR]).match(said, 0, NEAR)
    return said[found.end() :] if found and len(said[found.end() :].split()) >= LEFT else said
