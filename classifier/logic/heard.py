"""A claim as it is looked through for what contradicts a fact: what is said in it, with which numbers, and what it
denies or only quotes."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import isclose
from operator import gt, lt

from classifier.comparison.numbers import counted, quantities
from classifier.logic.phrases import BETWEEN, FIRST, MASK, MOST, WORD, Asked, Phrase, Phrases, compiled
from classifier.text import Span, restore
from classifier.text.letters import fold
from classifier.text.patterns import both, is_bare
from classifier.text.syllables import read

NEARBY = 40  # characters before a place in which a denial of it ends
FAR = 80  # characters before a place in which a subject is denied
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": lt,
    ">": gt,
    "=": isclose,
    "!": lambda one, other: not isclose(one, other),
}
SPELT = re.compile("[⟨¦⟩…]")  # parts what a phrase spells out one by one
CUSTOMS = re.compile(r"\bmỹ(?= tục\b)")  # in "thuần phong mỹ tục", which is no word for America
OWN = re.compile(f"[{MASK}]")  # is read as a space where somebody wrote it
_NOT = r"(?:không|chưa(?! thành niên)|chẳng|chả)\b"
_WITHIN = rf"(?: (?!(?:nếu|mà|khi|thì|và|nhưng|vì|hay|hoặc)\b|{_NOT})\w+){{0,12}}"
# typed without diacritics, "cha" is sooner a father than "chả"
TWICE_DENIED = rf"\b{_NOT} (?:phải|có chuyện)\b{_WITHIN} (?!cha\b){_NOT}(?! phải)"  # "không phải là không có"
NOT = re.compile(rf"\b{_NOT}")
_PEOPLE = "mọi người|bà con|cả nhà|anh em|chị em|(?:các|mấy) (?:bạn|bác|mẹ|anh|chị|em)"
_START, _END = r"(?:^|(?<=[,.:;!])) ?", r"(?= ?[,.:;!]|$)"  # of a part of a sentence
_ASKING = r"(?:xin|hãy|nhớ|vui lòng|làm ơn|nhờ|(?:rất )?mong(?: được| là| rằng)?|h[yi] vọng|đề nghị|kêu gọi)"
_ALL = rf"(?:ai|cùng|cũng|đều|sẽ|{_PEOPLE})"
_PASSING_ON = "(?:chia sẻ|share|lan tỏa|đăng lại)"
_KEEPING = r"(?:lưu ý|đọc(?!(?: \w+)? (?:tin|bài) này\b)|biết|nhớ)"
_TO_WHOM = (
    r"(?: (?:lại|ngay|hết|kỹ|rõ|rộng rãi|nhiều|tin này|bài này|điều này|giúp|giùm|dùm|cho|để|tới|đến|với|nhau|người"
    rf" thân|gia đình|bạn bè|cùng|đều|cũng|ai|biết|đọc|hiểu|nhớ|nhé|nha|nghen|đi|ạ|{_PEOPLE}))*"
)
_SAYING_SO = (  # by which whoever says a thing only stands by it
    # that it is no rumour and no joke; not "nếu không phải tin đồn", "chưa ai chắc không phải tin đồn", "… tin đồn mà
    # là bịa"; folded, "đùa" is "đưa"
    rf"{_START}(?:(?:tôi|tui|mình|em|tớ|tụi tui|đây|cái này|chuyện này|tin này|nói|thật|thiệt|là|cũng|mà|chứ) )*"
    r"(?:không|chẳng|chả|hổng|hông|đâu)(?: (?:phải|hề|có|là)){0,3}"
    r" (?:tin (?:đồn|vịt|giả|nhảm)|fake|(?:nói )?(?:giỡn|xạo|bịa)|nói (?:đùa|chơi|láo|dối|điêu))"
    r"(?: (?:đâu|đặt|nữa|gì|hết|nha|nhé|nghe|nghen|nè))*(?=[,.:;!]|$)"
    rf"|{_START}tin này (?:là )?(?:thật|thiệt|chuẩn|chính xác)(?= ?[,.:;!]| (?:nha|nhé|nghen|đó|rồi|100)\b|$)"
    # that it be passed on, kept in mind, or read by who doubts it; not "mọi người chia sẻ tin này, …"
    rf"|{_START}(?:{_ASKING}(?: (?:{_ASKING}|{_ALL}))* (?:{_PASSING_ON}|{_KEEPING})|{_PASSING_ON}){_TO_WHOM}{_END}"
    rf"|{_START}(?:{_ALL} )+(?:{_PASSING_ON}|{_KEEPING}){_TO_WHOM} (?:nhé|nha|nghen|đi|ạ){_END}"
    rf"|\b(?:ai|{_PEOPLE}|(?:phụ huynh|bạn|mẹ|anh|chị|cụ|bác|ông|bà|em) nào)(?: (?:còn|có|mà|vẫn))*"
    r" (?:thắc mắc|chưa rõ|không biết luật)(?: gì)? thì\b(?!(?: \w+)? (?:hỏi|xem|tìm|tra)\b)"
    rf"|\b(?:giải đáp|trả lời)(?: các| mọi| những)? (?:câu hỏi|thắc mắc)"
    rf"(?= (?:của|cho|{_PEOPLE}|bạn đọc)\b[^,.;:]{{0,20}}[,:])"
    rf"|\b(?:không|chẳng|chả|ít) ai (?:nói|bảo|chỉ)(?: cho)? (?:bạn|{_PEOPLE})(?: biết)?(?: điều này| đâu)?(?=[,.:!]|$)"
    # for whose sake, come what may, and unlike before; not "dẫu luật có cho … đi nữa", "…, giờ không như xưa nữa"
    r"|\bvì tương lai(?= (?:của )?(?:con|các con|các cháu|bọn trẻ|trẻ em|thế hệ|đất nước)\b)"
    r"|\b(?:để )?sau này(?= (?:khỏi|đỡ) (?:cãi|mất|tốn|thắc mắc|ân hận|hối hận)\b)|\bđể sau này(?= xem lại\b)"
    r"|\b(?:dù|bất kể) (?:có )?(?:thế nào|sao|gì|nói gì)(?: đi(?: chăng)? nữa)?\b"
    r"|\b(?:gì|nào|mấy) đi(?: chăng)? nữa(?=,? (?:thì|cũng|vẫn|luật|công ty|chủ)\b(?! (?:không|chẳng|chả)\b))"
    r"|\bthế nào(?= cũng (?:bị|phải|được)\b)"
    r"|^(?:(?:bây )?giờ |(?:ngày |thời )?nay )?(?:khác|không (?:còn )?như|không giống) (?:(?:ngày|hồi|thời) )?xưa"
    r"(?: (?:nữa|rồi|đâu))*(?=,)"
    r"|^(?:luật|quy định) cũ (?:đã )?(?:bỏ|hết hiệu lực|hết giá trị|hết thời)(?: rồi)?(?=,)"
)
# what isn't said: what is quoted, who is spoken to, what it is compared with, rough numbers, bounds that are denied,
# what is denied to be denied, a tail that only judges: "…, như thời xưa", "…, dân chủ trên giấy",
# and that one stands by it
UNHEARD = (
    rf"{_SAYING_SO}|\bbà con\b|“[^”]*”|\"[^\"]*\"|[‘'][^’']*[’']|«[^»]*»"
    r"|\b(?:dù|bất kể|bất luận|mặc kệ)\b[^,.;]{0,40}? hay không\b"
    r"|\bhay không(?= (?:(?:thì )?cũng|tùy|tuỳ)\b)"
    r"|\b(?:hết (?:đường|cửa|chỗ)|đừng hòng) (?:xuyên tạc|vu khống|bịa)\b"
    r"|\b(?:đừng|khỏi)(?: có)? thắc mắc\b"
    r"|\bmà (?:không|chẳng|chả) ai nói gì\b(?= ?(?:[,.!]|$))"  # "ai nói" alone doubts
    # an aim, whoever has it: "…, chống luận điệu xuyên tạc"; not "bác bỏ luận điệu này"
    r"|, (?:(?:để|nhằm|qua đó|góp phần|kiên quyết|quyết|chủ động) ){0,2}(?:phòng |đấu tranh )?"
    r"(?:chống|ngăn(?: chặn| ngừa)?|đập tan|bẻ gãy)(?: lại)?"
    r" (?:(?:mọi|các|những) )?(?:luận điệu|âm mưu|thông tin|tin|thủ đoạn|hành vi|trò|thói)"
    r"(?: (?!(?:này|đó|trên|ấy|kia|kiểu|như|vậy|thế|rằng|là)\b)\w+){0,8}(?=[.!]|$)"
    rf"|\bkhác (?:với|hẳn|xa|bên)\b[^,.;!?]*|\b(?:chưa|không|chẳng|chả|đâu)(?: \w+)? (?:tới|đến|đầy) [{MASK}]+"
    rf"|\b(?:chừng|khoảng|xấp xỉ|ngót(?: nghét)?) [{MASK}]+|{TWICE_DENIED}[^,.;!?]*"
    r"|, (?:(?:y|hệt|cứ|có|chẳng|không) )?(?:như|giống|khác (?:gì|nào))(?: như)? (?:cái )?(?:thời|hồi|đời|ngày)\b"
    rf"[^,.;:!?{MASK}]*(?=[.!]|$)|, (?:(?!(?:chỉ|{_NOT})\b)\w+ ){{1,3}}trên giấy(?= ?(?:[.!]|$))"
    # … or a head: "Dân chủ trên giấy, …", "Xấu hổ cho nước mình: …"; and that nobody minds: "… mà chẳng ai nói gì"
    rf"|^(?:(?!(?:chỉ|{_NOT})\b)\w+ ){{1,3}}trên giấy(?=[,:])"
    r"|^(?:(?:thật|quá|rất) )*(?:xấu hổ|nhục|nhục nhã|tự hào|hãnh diện)(?: quá)? (?:cho|thay|về|vì)"
    r"(?: \w+){1,4}(?=[,:])"
    r"| mà (?:chẳng|chả|không) ai (?:dám |thèm |chịu )?(?:nói|lên tiếng|biết|quan tâm|đoái hoài)"
    r"(?: (?:gì|năng|đến|tới|hết|cả))*(?=[.!]|$)"
    # … what other countries make of it, and which body or circle is said to tell it
    r"|, (?:(?:một )?bước (?:tiến|lùi) (?:\w+ ){0,2})?(?:khiến )?(?:nhiều|các) nước (?:phải|đều) (?!có\b)\w+"
    r"(?: \w+){0,2}(?=[.!]|$)"
    r"|, (?:bộ|sở|ban|(?:tổng )?liên đoàn|hội|tòa|thanh tra|ủy ban|viện|báo|đài|một nhóm|một luật sư|giới|các nhà)"
    r"(?: (?!(?:không|chưa|chẳng|phải|đã|sẽ|được|có|bị|vẫn)\b)\w+){0,4}?"
    r" (?:hướng dẫn|phổ biến|thông tin|nhắc(?: lại)?|nêu rõ|cho biết|cho hay|nhấn mạnh|viết|đưa(?: tin)?)(?=[.!]|$)"
)
# right before what carries a contradiction: "không thể lãnh án tử", "đâu chỉ bị kỷ luật", "không nhất thiết phải nộp";
# not "nghỉ không có phép bị đuổi"
# what stands for "không" in speech or a dialect; folded most of it is other words too: "nó", "mỏ", "còi"
_OTHERS = {  # by what stands before it: "cung nỏ", "quy mô", "đầu hẻm", "máy hỏng"
    "nỏ": "cung mang",
    "khôn": "người",
    "cóc": "con",
    "mô": "quy vĩ vi hiến ghép",
    "hẻm": "trong con ngoài đầu ở đứng vào vô ra đường nhà xóm",
    "hỏng": "làm bị hư hàng đồ máy xe phẩm sản",
}
_SPOKEN = "|".join(
    ("đếch", "đéo", "éo", "méo")
    + tuple("".join(rf"(?<!\b{one} )" for one in before.split()) + word for word, before in _OTHERS.items())
)
_FOLLOWS = (
    r"(?: (?:hề|có|từng|lúc nào|đời nào|cứ|phải(?: là)?|thể(?: nào)?|(?:được|cho)(?: phép)?|bị|còn|chỉ|tính|dựa|cần|ai"
    r"|quyền|chuyện|(?<!được )bắt(?: buộc)?(?: ai)?|buộc|nhất thiết|bao giờ)){0,4}"
)
# … or to go and have: "khỏi lên công an cấp"
_ERRAND = (
    r"\b(?:khỏi|(?:không|chẳng|chả|đâu)(?: có)? (?:phải|cần))(?: (?:phải|cần))?"
    r" (?:lên|ra|tới|đến|qua|xuống|vào|vô|chờ|đợi|nhờ)(?: tận)?"
    r"(?: (?:xã|phường|huyện|quận|tỉnh|tòa|công an|bệnh viện|ủy ban|cơ quan))? $"
)
_NEVER = r"không|khỏi|chẳng|chả|đâu|chưa(?= (?:bao giờ|từng|hề|lúc nào|phải)\b)"
DENYING, DENYING_BARE = (
    rf"\b(?:(?:{words}){_FOLLOWS}|(?<!muốn )làm gì(?: mà)?(?: có quyền| được| bị| phải)?) $"
    rf"|{_ERRAND}"
    for words in (f"{_NEVER}|{_SPOKEN}", f"{_NEVER}|đếch|đéo")
)
# right behind a number that is no bound: "6 ngày để xác định nghiện là quá luật"
PAST = re.compile(
    r"[^,.;:!?]{0,40}?\b(?:là|thì|vậy|thế|coi như|đã)(?: là| đã)? (?:quá|vượt) (?:luật|hạn|quy định|mức|khung)\b"
)
LIMITED = re.compile(r"\b(?:chỉ|tối đa|không quá|nhiều nhất|cùng lắm|trong|hạn)\b")
# what doesn't come of a thing: "lấy chồng nước ngoài không làm mình mất quốc tịch"; not "không làm giấy mất quyền"
_MADE = (
    r"(?:(?:giấy|căn cước|thẻ|sổ)(?!(?: \w+){0,2} (?:cũ|của|đã)\b)|hợp đồng(?! (?:mất|hết|đứt|chấm))"
    r"|việc|đơn|thủ tục|hồ sơ|khai|đăng|đủ|đúng|tốt|theo|thêm"
    r"|ca|ăn|nữa|ở|tại|lễ|đám|ra|chứng|xét nghiệm|cho|nghĩa vụ|gì|nổi|hộ|lại)"
)
_UNCAUSED = (
    rf"\b(?:không|chẳng|chả|đâu)(?: (?:hề|có|thể|tự))* (?:làm(?: cho)?(?! {_MADE}\b)|khiến|biến)"
    rf"(?: (?!(?:thì|là|mà|nên|sẽ|cũng|vẫn|vì|để|nếu|được|{_NOT})\b)[\w{MASK}]+){{0,8}} $"
)
# what is no longer asked: "bỏ luôn điều kiện phải có hộ khẩu"; not "bỏ quy định báo trước nên cứ đuổi là được"
_LIFTED = (
    r"(?<!không )(?<!chưa )(?<!chẳng )(?<!chả )\b(?:bỏ|dẹp|gỡ|hủy|xóa|bãi)"
    r"(?: (?:bỏ|luôn|hẳn|hết|cả|phăng|quách|các|mọi|cái))*"
    r" (?:điều kiện|yêu cầu|quy định|đòi hỏi|thủ tục)\b"
    r"(?:(?!\b(?:nhưng|song|chứ|còn|trừ|nên|rồi|thì|vẫn|để|mà|là|giờ|khỏi|cứ)\b)[^,.;:!?])*$"
)
# what is set against what is so: "trừ dần chứ không trừ cả tháng lương"; not "chứ không báo trước cũng đuổi"
_BUT = r"cũng|vẫn|thì|là|mà|nhưng|đều|mới|nên|để|nếu|khi|hoặc|hay|còn|và|rồi"
_WITHOUT = r"cần|phải|ai|có|đủ|đăng ký|xin|nộp|đóng|báo|trả|ký|hỏi|qua|lương|phép|hợp đồng"
_RATHER = rf"\bchứ {_NOT}(?! (?:{_WITHOUT})\b)(?: (?!(?:{_BUT}|{_NOT})\b)[\w{MASK}]+){{1,6}} $"
# further before it: "luật đâu có bắt các cặp sắp cưới phải xét nghiệm"
SURELY_NOT = re.compile(
    r"\b(?:đâu(?: có)?|(?:không|chẳng|chả) hề)(?: có)?"
    r" (?:cho|bắt|buộc|ép|đòi|yêu cầu|được|bị|phải|có quyền|quyền|là|quy định|nói|ghi|viết)\b[^,.;!?]*$"
    r"|\bluật (?:không|chẳng|chả)(?: có)? (?:quy định|nói|ghi|viết)\b[^,.;!?]*$"
    rf"|(?<!theo )(?<!pháp )\b(?:(?:pháp )?luật|hiến pháp)(?: (?!{_NOT})[\w{MASK}]+){{0,3}}"
    r" ((?:không|chưa|chẳng|chả)(?: (?:hề|từng|bao giờ|có))* (?:cho|chấp nhận|đòi|ép|buộc|bắt|đặt ra)"
    r"|ngăn|miễn|xóa|bãi bỏ|bác bỏ)\b:?(?:(?!\b(?:nhưng|song|chứ|còn|trừ|nên|rồi|thì)\b)[^,.;:!?])*$"
    rf"|{_LIFTED}|{_UNCAUSED}|{_RATHER}"
    r"|(?<!làm )(?<!cứ )(?<!kỳ )(?<!kì )(?<!phạm )"
    r"\b(?:việc|tội(?: tình)?|mắc(?: mớ)?|cần) gì(?: mà)? (?:phải\b[^,.;!?]*)?$"
)
# before what tells for whom alone it is: "đâu cần ra công chứng mới hợp pháp", "không phải nhà báo mới được xin"
ONLY = re.compile(r"\bmới\b")
NOT_ONLY = re.compile(
    rf"\b(?:không|chẳng|chả|đâu(?: có)?) (?:cần|phải|đợi|chờ|bắt)(?: (?!(?:thì|mà|nên|{_NOT})\b)[\w{MASK}]+){{0,8}} $"
)
# behind it: "bắt dân phải xin phép khi có khách là lạm quyền"
CALLED_WRONG = re.compile(
    rf"(?: (?!(?:nếu|mà|và|nhưng|vì|hay|hoặc)\b|{_NOT})[^\s,.;:!?]+){{0,12}} (?:là|thì) (?:(?:làm |hành vi )?(?:trái"
    r"|sai|phạm|vi phạm) (?:pháp |bộ )?(?:luật|hiến pháp|nghị định|quy định)|làm (?:sai|trái)|vi hiến"
    r"|(?:lạm|vượt) quyền|luật (?:không cho|cấm))\b"
)
# … or that it isn't so: "trừ hết lương thì không"; not "được đuổi chứ báo trước thì không"
_NO = (
    r"(?:không|chưa|chẳng|chả|cấm)(?: (?:được|phép|có|phải|nha|nhé|nghe|đâu|đó|rồi|bao giờ|đời nào|hẳn))*"
    r"(?= ?(?:[,.;!]|$))"
)
NOT_SO = re.compile(rf"(?: (?!(?:chứ|còn|nhưng|song|riêng|nếu|mà|khi|{_NOT})\b)[\w{MASK}]+){{0,8}}? (?:thì|là) ({_NO})")
# what is told of another behind it: "…, còn giấy đi bầu thì xã cấp", "…, đúng hạn thì khỏi"
_GOES_ON_AS = r"phải|được|bị|có|là|không|chưa|cho|cả|đang|gọi|hạn|nợ|lại|nữa|nhỏ|trẻ(?! em)|sống|gì|(?:\w+ ){1,4}cũng"
ANOTHER = re.compile(
    rf"[,;] (?:còn|riêng) (?!(?:{_GOES_ON_AS})\b)"
    rf"|(?:[,;]| (?=nhưng\b|chứ\b|còn\b)) ?(?=(?:[\w{MASK}]+ ){{1,7}}thì (?:khỏi|ngược lại|khác|{_NO})"
    r"(?: (?:hẳn|nha|nhé|đó|nghe|rồi|hết))* ?[.!]*$)"
    rf"|[,;] (?=(?:(?!{_NOT})[\w{MASK}]+ ){{1,6}}thì(?: (?!cũng\b)[\w{MASK}]+){{1,5}} ?[.!]*$)"
    # … or alone: "…, đưa phong bì mới phạm", "…, luật chỉ cấm bình xịt hơi cay"
    rf"|[,;] (?=(?:(?!{_NOT})[\w{MASK}]+ ){{1,9}}mới (?:(?:là|bị|phải|đáng) )?"
    r"(?:phạm|vi phạm|sai|trái|tội|tù|phạt|xử|cấm|lo|phiền"
    r"|bắt buộc|cần|phải|được|có|tính)\b)"
    r"|[,;] (?=(?:luật |người ta )?chỉ (?:cấm|phạt|xử|bắt buộc)\b)"
)
# … unless that is what it is denied of: "chỉ phạt người viết, còn chia sẻ thì không bị phạt"
JUST = re.compile(r"\b(?:chỉ|mỗi)\b(?! (?:bị|phải|là))[^,.;]*$")
# … or what either voice says of it there: "luật cấm dân quay phim là hợp hiến", "…, rõ ràng trái với hiến pháp"
CONSTITUTIONAL = r"[^.;:!?]*\b(?:hợp hiến|vi hiến|(?:đúng|trái|ngược|phạm|hợp)(?: (?:với|theo))? hiến pháp)\b"


def _of_law(verbs: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<!theo )\b(?:luật|hiến pháp|nghị định|thông tư|quy định)"
        rf"(?: (?!(?:thì|là|mà|công|cán|chủ|sếp|ai|ủy|xã|phường|xưởng|trường)\b|{_NOT})[\w{MASK}]+){{0,3}}"
        rf" (?:{verbs})\b[^.;:!?]*$"
    )


# what a law is said to bid or forbid, which it does whatever it is called: "luật cấm dân quay phim là vi hiến"
OF_LAW = _of_law("cho|cấm|buộc|bắt|ép")
LAYING_DOWN = _of_law("cho|cấm|buộc|bắt|ép|quy định|ghi|coi")  # … or to say at all
# "chị … bảo" isn't in "chị em được bảo vệ", "vu khống" not in "tội vu khống", "đồn là" not in "lên đồn là"
ONE_WORD = (
    r"\b(?:bảo (?=(?:vệ|đảm|hiểm|hộ|lưu|mật|trợ)\b)|(?:chị|anh) (?=em\b)|tội (?=vu khống\b)|(?:lên|về) (?=đồn là\b)"
    r"|(?:tự quyết|để xác định)(?: (?!không\b)\w+){1,6} (?=hay không\b))"
)
# a denied subject: "không ai dưới 18 tuổi bị tử hình"; not "không ai biết", "không luật nào cấm"
_GOES_ON = (
    r"(?:thì|nên|mà|rằng|là|biết|ngờ|tin|nghĩ|hiểu|nói|chối|cãi|bác|phủ nhận|cấm|ngăn|cản|miễn|tha|thoát|tránh|khác)"
)
NOBODY = re.compile(
    rf"\b(?:không|chẳng|chả|(?<!ở )đâu(?= có\b))(?: hề)?(?: có)?(?: một)?"
    rf" (?:ai|[\w{MASK}]+(?: [\w{MASK}]+){{0,5}}? nào)\b(?: mà\b)?"
    rf"(?:(?!\b{_GOES_ON}\b)[^,.;:!?]){{0,45}}$"
)
SPAN = re.compile(
    r"[ ,_]*(?:tháng|thang|năm|nam)\b[ ,_]*"
)  # what makes a number a span, before the number that makes it a date
LEAST_YEAR = 1_000  # of a date, and of what is asked for as one
LASTING, MONTHS = "lasting", re.compile(rf"[{MASK}]*[ ,_]*(?:tháng|thang)\b")  # "61 năm 6 tháng", one number of months
HALF = (" rưỡi", " rưởi", " ruoi")
ABOUT = re.compile(r"\b(?:(hơn)|gần)(?: (?:là|có))? $")  # "hơn 50 dân tộc"; "trên" and "dưới" set a bound
ROUGHLY = 1.2
YEARS = (1_900, 2_100)  # what is asked for between them is a year: "5 ngày" is none before 2004
SHORT_YEARS = (30, 100)  # "hồi 94"
DENIALS = re.compile(r"\b(?:chua|khong)\b")  # at times typed without diacritics where all else has them
# both as they are written and, for what is typed without diacritics, folded
LEFT_OUT, TOGETHER, JUDGED = map(both, (UNHEARD, ONE_WORD, CONSTITUTIONAL))
DENIED = both(DENYING, DENYING_BARE)
# what ends with "được" is denied before its verb: "không làm thủ tục nhận cháu làm con nuôi được"; not "không báo trước
# đuổi được", which tells without what it can be done
ABLE = re.compile(r"\b(?:được|duoc)$")
_UNABLE = rf"\b{_NOT}(?! (?:{_WITHOUT})\b)(?: (?!(?:{_BUT}|{_NOT})\b)[\w{MASK}]+){{0,12}} $"
UNABLE = both(_UNABLE)
LET = len("được")  # what carries a contradiction begins with it: "chưa được tự lập"
NOT_YET_LET = both(r"\bchưa được$")
NOT_YET = both(r"\bchưa được $")  # … or right before it
Found = tuple[Phrase, Span]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as it is meant, in small letters, folded where it is typed without diacritics, its numbers masked."""

    text: str
    words: frozenset[str]  # folded
    bare: bool
    values: tuple[float, ...]
    kinds: tuple[str, ...]  # of the values, as Quantity has them
    restored: "Said | None" = None  # a bare one, letter for letter with the diacritics it likely has

    def excused(self, unless: Phrases, said: Collection[Found]) -> bool:
        """Whether it says any of what would make it true, beside what it says of a row's; a bare one a lone word as
        restored: "lao" is seldom "lào"."""
        if self.restored is None:
            return self.find(unless, excusing=True, but=said) is not None
        lone = tuple(phrase for phrase in unless if phrase.written.isalpha())
        others = tuple(phrase for phrase in unless if not phrase.written.isalpha())
        found = self.restored.find(lone, excusing=True, but=said) or self.find(others, excusing=True, but=said)
        return found is not None

    def find(self, group: Iterable[Phrase], *, excusing: bool = False, but: Collection[Found] = ()) -> Found | None:
        """The first phrase of a group that stands in it, and where; one with numbers where they are as asked wherever
        it does, or anywhere where it would excuse; but: no part of these."""
        for phrase in group:
            if phrase.may_stand_in(self.words):
                pattern, numbers = compiled(phrase, bare=self.bare, affirmed=not excusing)
                found = [
                    one
                    for one in pattern.finditer(self.text)
                    if not self._dates(one, numbers)
                    and not (not numbers and self.text.startswith(HALF, one.end()))  # "một tháng" of "một tháng rưỡi"
                    and not any(self._part_of(whole, phrase, one) for whole in but)
                ]
                fits = (self._holds(one, numbers) for one in found)
                if found and (any(fits) if excusing else all(fits)):
                    return phrase, found[0].span()
        return None

    def _part_of(self, whole: Found, phrase: Phrase, found: re.Match[str]) -> bool:
        """Whether a phrase found is but part of the wording of another: "phim" of "quay phim", but not "Paris" of any
        city, nor what stands in a gap."""
        holder, (start, end) = whole
        return any(
            one.start() <= found.start() and found.end() <= one.end()
            for spelt in (_spelt(holder) if start <= found.start() and found.end() <= end else ())
            if f" {phrase.written} " in f" {spelt.written} " and phrase.written != spelt.written
            for one in compiled(spelt, bare=self.bare)[0].finditer(self.text, start, end)
        )

    def _dates(self, found: re.Match[str], numbers: Sequence[Asked]) -> bool:
        """Whether a number of a phrase is of a date, though it asks for something else: a day where it asks for a year,
        a year where it asks for less, "1 tháng" of "1 tháng 7" where it asks for a month; or of years with months where
        it asks for no months."""
        for at, (letter, (how, asked)) in enumerate(zip(found.groups(), numbers, strict=True), 1):
            place = ord(letter) - FIRST if letter and how else -1
            kind = self.kinds[place] if place >= 0 else ""
            if kind == LASTING and not MONTHS.match(self.text, found.end(at), found.end()):
                return True
            if kind == "year" and asked < LEAST_YEAR <= self.values[place]:
                return True
            if kind in ("date", "month"):
                behind = SPAN.match(self.text, found.end(at), found.end())
                goes_on = behind and at < len(numbers) and found.start(at + 1) == behind.end()
                if asked >= LEAST_YEAR or (behind and not goes_on):
                    return True
        return False

    def denies(self, span: Span, known: Iterable[Span]) -> bool:
        """Whether a denial that isn't part of known spans stands right before one of them, or a plain one further
        before it, or nobody is said to do what it tells, or what it tells is called unlawful behind it."""
        at, end = span
        spans, meant = tuple(known), (self.restored or self).text  # folded, "nghĩ" is "nghỉ"
        near = DENIED[self.bare].search(self.text, max(0, at - NEARBY), at)
        near = near or NOT_YET_LET[self.bare].search(self.text, max(0, at - NEARBY), at + LET)
        near = near or (  # "chưa được 4 tháng" is less than that
            None if OWN.match(self.text, at) else NOT_YET[self.bare].search(self.text, max(0, at - NEARBY), at)
        )
        if near is None and ABLE.search(self.text, at, end):
            near = UNABLE[self.bare].search(self.text, max(0, at - FAR), at)
        if near is None and ONLY.search(meant, at, end):
            near = NOT_ONLY.search(meant, max(0, at - FAR), at)
        of_nobody = NOBODY.search(meant, max(0, at - FAR), end)
        surely = SURELY_NOT.search(meant, max(0, at - FAR), at)
        wrong = CALLED_WRONG.match(meant, end) and not NOT.search(meant, at, end)  # "không trả thưởng là trái luật"
        if wrong and not OF_LAW.search(meant, max(0, at - FAR), end):
            return True
        so = NOT_SO.match(meant, end)
        if (
            so
            and not NOT.search(meant, at, end)
            and not any(start < so.end() and so.start(1) < stop for start, stop in spans)
        ):
            return True
        starts = [found.start(found.lastindex or 0) for found in (near, surely, of_nobody) if found is not None]
        return any(one < at and not any(start <= one < stop for start, stop in spans) for one in starts)

    def before_another(self, span: Span) -> "tuple[Said, Said] | None":
        """What it says up to where, behind a place, it turns to something else, and what it says of that."""
        meant = (self.restored or self).text
        found = ANOTHER.search(meant, span[1])
        if found is None or (JUST.search(meant, max(0, span[0] - NEARBY), span[1]) and NOT.search(meant, found.end())):
            return None
        first, rest = self.text[: found.start()], " " * found.start() + self.text[found.start() :]
        return replace(self, text=first), replace(self, text=rest)

    def is_past(self, spans: Collection[Span]) -> bool:
        """Whether what has a number and sets no limit is called past the one there is, in words that no span holds."""
        meant = (self.restored or self).text
        numbered = (
            one for one in spans if OWN.search(self.text[slice(*one)]) and not LIMITED.search(meant[slice(*one)])
        )
        past = (PAST.match(meant, stop) for _, stop in numbered)
        return any(one and not any(start < one.end() <= stop for start, stop in spans) for one in past)

    def judges_law(self, span: Span) -> bool:
        """Whether what a law is said to lay down is called constitutional behind it, or unconstitutional."""
        meant = (self.restored or self).text
        start, end = span
        subject = LAYING_DOWN.search(meant, max(0, start - FAR), end)
        return bool(subject and JUDGED[self.bare].match(self.text, start))

    def _holds(self, said: re.Match[str], numbers: Sequence[Asked]) -> bool:
        return all(
            not how
            or not said[at]
            or (
                self._is(place := ord(said[at]) - FIRST, how, asked)
                and not (how == "!" and self._is_about(place, said.start(at), asked))
            )
            for at, (how, asked) in enumerate(numbers, 1)
        )

    def _is_about(self, place: int, start: int, asked: float) -> bool:
        """Whether a number at a place of the text is told as a little more or less than what it must not be."""
        value, near = self.values[place], ABOUT.search((self.restored or self).text, max(0, start - NEARBY), start)
        if near is None:
            return False
        return value < asked <= ROUGHLY * value if near[1] else asked < value <= ROUGHLY * asked

    def _is(self, place: int, how: str, asked: float) -> bool:
        """Whether a number is what is asked for; where a year is, it must be one."""
        value = self.values[place]
        if YEARS[0] <= asked < YEARS[1] and value < LEAST_YEAR and self.kinds[place] != "year":
            return SHORT_YEARS[0] <= value < SHORT_YEARS[1] and OPERATORS[how](YEARS[0] + value, asked)
        return OPERATORS[how](value, asked)


@cache
def _spelt(phrase: Phrase) -> tuple[Phrase, ...]:
    """What a phrase spells out, each by itself."""
    return tuple(Phrase(one, ()) for one in filter(None, map(str.strip, SPELT.split(phrase.whole()))))


@lru_cache(maxsize=256)
def read_of(claim: str) -> Said:
    """A claim as it is looked through."""
    bare = is_bare(claim)
    meant = restore.restore(claim) if bare else claim
    syllables = read(meant, worded=False)
    low, values, kinds = meant.lower(), list[float](), list[str]()
    letters = list(OWN.sub(" ", low if len(low) == len(meant) else meant))
    for one in quantities(syllables)[:MOST]:
        start, end = syllables.place(*one.at)
        letters[start:end] = chr(FIRST + len(values)) * (end - start)
        first, last = one.at
        parts, unit = syllables.lower[first + 1 : last - 1], syllables.lower[last : last + 1]
        lasting = one.kind == "time" and "năm" in parts and "tháng" in unit
        kinds.append(LASTING if lasting else one.kind)
        values.append(counted(one, syllables))
    text = CUSTOMS.sub("mĩ", "".join(letters))
    text = text if bare else DENIALS.sub(lambda one: "chưa" if one[0] == "chua" else "không", text)
    accented = Said(_heard(text, bare=False), words_of(text), False, tuple(values), tuple(kinds))
    if not bare:
        return accented
    return Said(_heard(fold(text), bare=True), accented.words, bare, accented.values, accented.kinds, accented)


def _heard(text: str, *, bare: bool) -> str:
    """A text without what isn't said in it, letter for letter."""
    text = LEFT_OUT[bare].sub(lambda one: " " * len(one[0]), text)
    return TOGETHER[bare].sub(lambda one: one[0][:-1] + "_", BETWEEN.sub(" ", text))


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text, and "", which stands in every one."""
    return frozenset(["", *WORD.findall(fold(text))])
