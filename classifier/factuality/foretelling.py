"""What is foretold isn't said to be so: predictions, by form alone, with and without diacritics.

The line: "sẽ" foretells, unless law is named, a day it holds from or a condition, or it goes on with what a rule gives
or takes ("người vi phạm sẽ bị phạt …"); with a time to come or a bet beside it, it foretells whatever goes on, but
only in its own clause. What a reader will feel ("bạn sẽ bất ngờ: …") foretells nothing of what he is told.
What is told of a year gone by without "sẽ" isn't foretold.
"""

from classifier.factuality.calls import KNOW, STATE, STATUTE
from classifier.text.patterns import MARK, either

_N = r"(?:vài|mấy|một|hai|ba|bốn|năm|mười|dăm|\d{1,2})(?: ba)?"
_TIME = (
    r"(?:sang năm|(?:năm|tháng|tuần|kỳ|chu kỳ|nhiệm kỳ|khóa)(?: upr| họp| này)? (?:tới|sau(?! (?:khi|ngày|đó|này)))"
    r"|sắp tới(?: đây)?|(?:trong )?thời gian tới|mai mốt|nay mai|mai sau|(?:trong |ở )?tương lai(?: gần| không xa)?"
    r"|(?:không|chẳng)(?: còn)? (?:lâu|bao lâu|xa) nữa|chẳng mấy chốc|(?:một|đến|tới|sẽ có) ngày (?:nào đó|không xa)"
    rf"|(?:trong |khoảng |chừng |độ )?{_N} (?:năm|tháng|kỳ|nhiệm kỳ)(?: nữa| tới(?! \d)))"
    r"(?! (?:đây|hạn|giờ|nay|của|khi|ngày|tuổi)\b)"
)
_YEAR = r"(?:(?:đến|tới|trước|vào|trong|khoảng) )?(?:năm )?20\d\d"
# law, or a day from which a thing holds
LAWFUL = either(
    rf"\b(?:(?:theo|đúng|trong) (?:\w+ ){{0,2}}?(?:{STATUTE}|quyết định|quy định|lộ trình|điều \d)"
    rf"|(?:{STATUTE}|điều \d+)(?: \w+){{0,4}}? (?:quy định|ghi|nêu|nói)"
    r"|hiệu lực|(?:đã|vừa|mới|(?<!sẽ )được) (?:\w+ ){0,2}?(?:thông qua|ban hành)"
    r"|từ (?:(?:ngày|tháng|năm|kỳ) |\d{1,2}[/.-]\d|20\d\d))\b"
)
# what before a "sẽ" makes it a consequence, tells what is done, or has another clause begin
_BARS = (
    r"đã|đang|vừa|và|rằng|vì|nên|thì|nếu|khi|ai|nào|mà|từ|bị(?! (?:cáo|can|hại|đơn))|được|có|không|chưa|phải|vi phạm"
    r"|tội|mỗi|nhưng|để"
)
_ANY = r"(?:(?!(?:đã|vừa|rằng|và|nếu)\b)[\w’'./%-]+ )"  # behind what foretells by itself
_WORDS = rf"(?:(?!(?:{_BARS})\b)[\w’'./%-]+ )"
_GIVEN = (
    r"(?:(?:không|chỉ|vẫn|còn|cũng|đều|có thể) )*(?:bị|được|phải|có quyền|có nghĩa vụ|có trách nhiệm|hưởng|nhận|chịu"
    r"|mất|nộp|đóng|là|có thể|ra tòa|xử|phạt|nghỉ|bầu cử|ứng cử|kết hôn|ly hôn|kéo dài|đi tù|ngồi tù|ở tù|lĩnh|lãnh"
    r"|về hưu|đăng ký|trả|tạm (?:giữ|giam)|giam)"
)
_RULED = (  # what a rule gives again and again, or within a bound
    rf"(?!.*\b{_TIME}\b)(?:cấp|cấm|trực|trả|có|cho|hỗ trợ|chi|thu|phạt|giữ|miễn|khám|phát|làm việc)\b"
    r"(?=.*\b(?:(?:mỗi|hằng|hàng|một) (?:ngày|tuần|tháng|quý|năm|lần)"
    r"|(?:dưới|trên|từ|đủ|quá|đến|tới|ít nhất|tối thiểu|tối đa)(?: đủ)? \d[\d.,]* (?:tuổi|tháng|năm|ngày|giờ|tiếng"
    r"|người|con|triệu|đồng))\b)"
)
_I = r"(?:tôi|mình|em|tui|tao|tớ|ad|anh|chị)"
# where the clause that a time to come stands in is over: "năm tới là bầu cử, …"
_OVER = (
    rf"(?! (?:(?:\w+ ){{1,8}}?(?:(?:rồi|đấy|đó),? mà\b|\w+, mà\b)|(?:là|đến|tới) (?:(?!\d)\w+ ){{0,3}}(?!\d)\w+, "
    rf"|(?:\w+ ){{0,6}}?{KNOW}(?: \w+){{0,3}}? ?[:,]))"
)
_END = r"(?: (?:đi|nhé|nha|thôi|ạ))*[^\w]*$"
_LOOK = (  # "tra luật cho coi"
    r"tra(?: cứu)? (?:luật|google|mạng|cứu|thử|đi)|mở (?:luật|mạng|google)|google|đọc (?:luật|thử)|lên mạng"
)
_ALSO = r"cũng\b(?! (?:chưa|đã|đang|từng|vừa)\b)"

_LEAD = rf"{MARK}(?:(?:và|nhưng|mà|thì|còn|rồi|chắc|cứ đà này|đà này|kiểu này|với đà này)(?: thì)?,? ){{0,2}}"
# "kiểu gì" and "thế nào" are whatever there is behind what one does: "làm ca kiểu gì cũng được nghỉ"
_WHATEVER = r"\b(?:làm(?! thêm)|ký|sinh|xin|hợp đồng)(?: \w+)? (?:thế nào|kiểu gì)\b"
_SURELY = (
    r"(?:(?:sớm (?:hay )?muộn|không sớm thì muộn|trước sau)(?: gì)?(?: rồi)?(?! như)|(?<!như )(?<!dù )(?<!kể )"
    rf"(?:thế nào|kiểu gì)(?! đi| chăng| cũng (?:vậy|thế)\b)) (?:[\w.]+ ){{0,10}}?{_ALSO}"
)
_NEXT = (
    "bỏ|tăng|giảm|được|bị|phải|có|cho|tham gia|ký|phê chuẩn|thừa nhận|công nhận|gia nhập|sửa|nâng|hạ|cấm|thu|lên|hết"
)
# "người sắp sinh" is a person, "sắp xếp" another word
_SOON = rf"(?<!người )(?<!ai )sắp(?= (?:{_NEXT})\b)"
# how a sentence begins or ends that foretells whatever it names: by a time to come, or as one bets
BET = either(
    rf"{_LEAD}(?:{_TIME}\b{_OVER}|(?:{_I} )?(?:(?:dám|xin) )?(?:cá|cược|đoán|tiên đoán|dự đoán|dự)"
    rf" (?:là|rằng|với|luôn|đến|{_YEAR})\b|theo (?:dự (?:báo|đoán)|tiên đoán|linh cảm) của {_I}\b|{_SURELY})"
    rf"|(?!.*\b(?:{_LOOK})\b[^,;]*$)(?:(?:.*?\b)(?:cho (?:mà (?:xem|coi)|coi)|{_I} (?:dám )?cá (?:đấy|đó|luôn)"
    rf"|dự là (?:vậy|thế)){_END}"
    rf"|(?=.*\b(?:sẽ|{_SOON}|{_TIME})\b)(?:.*?\b)(?:cứ|hãy|rồi|để rồi) (?:chờ|đợi)(?: đấy| đó| đi)?(?: mà)?"
    rf" (?:xem|coi){_END})"
)
# how one begins that foretells where it names no law
FORETOLD = either(
    rf"{_LEAD}(?:(?:{_YEAR}(?:,| thì)? )(?:{_ANY}){{0,16}}?sẽ\b"
    rf"|{_I} (?:tin|nghĩ|thấy)(?: là| rằng)? (?:{_ANY}){{1,16}}?sẽ\b"
    rf"|(?:rồi|chắc chắn|chắc)(?: là)? (?:{_ANY}){{0,16}}?(?:sẽ|{_SOON})\b|rồi (?:{_ANY}){{1,16}}?{_ALSO})"
    rf"|(?:(?!{_WHATEVER}).)*?\b{_SURELY}"
    r"|(?:.*?\b)rồi (?:đây |thì |cũng )*sẽ\b"
    rf"|{MARK}(?:và |nhưng )?(?:(?:ở |trong )?(?:kỳ|chu kỳ|nhiệm kỳ|khóa) (?:\w+ ){{0,4}}?)?"
    rf"{STATE} (?:{_WORDS}){{0,4}}?(?:sẽ\b(?! {_RULED})|{_SOON}\b)"
    rf"|{MARK}(?:{_WORDS}){{1,14}}?(?:{_SOON}\b|sẽ (?!{_GIVEN}\b|{_RULED})\w)"
)
# what whoever reads it will feel or doesn't know yet, and then is told
READER = either(
    rf"{_LEAD}(?!{_TIME})(?:(?:\w+ ){{1,7}}?sẽ (?:\w+ ){{0,3}}?(?:bất ngờ|ngạc nhiên|giật mình|sốc|choáng|ngỡ ngàng"
    rf"|sửng sốt|ngã ngửa|hết hồn|hối hận|nói|kể|tin|{KNOW})(?: \w+){{0,5}}?"
    r"(?: ?:| (?:khi|nếu) (?:biết|nghe|hay|đọc|thấy)\b)"
    rf"|(?:{_I} )?(?:(?:dám|xin) )?(?:cá|cược|đoán|tin|nghĩ|chắc)(?: là| rằng)? (?:\w+ ){{1,4}}?(?:chưa|không|chẳng)"
    r" (?:\w+ )?(?:biết|hay|nghe)(?: \w+){0,3}? ?[:,])"
)

# to 2025: no clock is asked, so that a score is the same whenever it is made
_PAST = r"(?:19\d\d|20[01]\d|202[0-5])\b"
_OLD = rf"(?:(?:năm|tức(?: là)?(?: năm)?|vào|hồi) |\d{{1,2}}/){_PAST}"
# … of which a year is a part of the name; a treaty's tells when it was joined
_LAW = r"(?:luật|bộ luật|hiến pháp|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định)"
# a year gone by before any law's name or at the end tells what was, unless a "sẽ" or a bet foretold it then
GONE = either(
    r"(?!.*\b(?:sẽ|sắp|cược|đoán|(?:cá|dự) (?:là|rằng|với|luôn|đấy|đó))\b|.*\b(?:xem|coi)[^\w]*$)"
    rf"(?:{MARK}(?:(?!{_LAW}\b)[\w’'./%,-]+ ){{0,14}}?{_OLD}"
    rf"|(?!.*\b{_LAW}(?: \w+){{0,4}} {_OLD}[^\w]*$).*\b{_OLD}[^\w]*$)"
)


def foretells(said: str) -> bool:
    """Whether a read sentence foretells what it says: as a bet, or where no law does."""
    if told := READER.match(said):
        said = said[told.end() :].lstrip()
    if GONE.match(said):
        return False
    return bool(BET.match(said) or (FORETOLD.match(said) and not LAWFUL.search(said)))
