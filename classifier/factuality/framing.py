"""How a sentence frames what it says: taken back, imagined, proposed, or told to the writer.

By form alone, with and without diacritics; folded words that are other common ones too ("giả định" and "gia đình")
have bare forms of their own. What a writer doesn't hold true may not be called false.
"""

from classifier.factuality.attribution import LEAD, NEAR, lived, plainly
from classifier.factuality.calls import (
    CALL,
    CORRECTED,
    DONE,
    HOPED,
    INSISTED,
    JUDGED,
    MIND,
    NOT_BAO,
    SOON,
    STATE,
    SUPPOSED,
    TOPIC,
    WISH,
)
from classifier.factuality.denials import FALSE, FALSE_BARE, FALSE_NEWS, IS, IS_BARE, MORE, TAIL, ending
from classifier.factuality.disowned import disowned, disowns
from classifier.factuality.doubting import guesses, jokes, labelled, shrugs
from classifier.factuality.foretelling import foretells
from classifier.factuality.listed import begins_false, heads, marked_false, under_false
from classifier.factuality.openings import TOLD_TO_WRITER, anothers_word, elsewhere, felt
from classifier.factuality.retold import otherwise
from classifier.factuality.turns import QUIZ, anothers, examines
from classifier.orthography.spelling import plain
from classifier.text import Span, by_sentence, sentences
from classifier.text.neutral import SAYING
from classifier.text.patterns import MARK, either, of

READ = 1_200  # characters of a sentence that are read
ALL_BEHIND = 6  # sentences behind a claim of which one may call all before it false
BEHIND = 3  # sentences that are read behind a claim, in NEAR characters each
LABEL = 10  # words of a heading; a longer line says something
# the rules of a game, not of a trade or of a state: "luật chơi mới của thị trường lao động"
CHESS = (
    r"(?<!đổi )luật chơi(?! mới)(?: (?!(?:thị trường|chính (?:trị|quyền|phủ)|nhà nước|chế độ|bầu cử|lao động|pháp lý"
    r"|quốc tế|xã hội|dân chủ)\b)\w+){0,8}"
)
WHOLE = r"(?! (?:\w+ ){0,3}\w+[,:])"  # what such a word governs isn't over at once: "Lỡ rồi, nói luôn: …"
NOT_PAY = r"(?! (?:trả|tiền|phí|ra|cho|thêm|tới|đến|hơn|gần|\d))"  # "phải chi trả viện phí"
ALONE = r"(?![^,:]{0,40}[,:])"  # "đừng để họ bịt miệng, …"
PASSED = r"(?:\w+ ){0,12}?(?:đã|được) (?:\w+ ){0,3}thông qua\b"  # then it is no more proposed


def _imagined(ambiguous: str) -> str:
    """What a sentence that begins so wishes, supposes, asks for or makes up."""
    return (
        rf"{LEAD}(?:ước (?:gì|sao|chi|rằng)|giá (?:mà|như(?! vậy| thế| cũ))|giả (?:sử|dụ)|nếu"
        r"|(?:thử |hãy )?tưởng tượng|cứ (?:cho là|cho rằng|coi như|như(?! vậy| thế))|cầu (?:mong|cho)"
        rf"|h[yi] vọng(?! của)|(?:đề|kiến) nghị(?! của| này| được| truy tố| mức án| tuyên| phạt| tử hình| {PASSED})"
        rf"|theo (?:tôi|mình|em|ý tôi)[, ]{{1,2}}(?:thì )?(?:nên|cần|phải)(?! {SOON}{MIND}\b)|nên (?:sửa|đổi)"
        rf"|không thể chấp nhận|(?:sợ|e) (?:rằng{WHOLE}|một ngày)|cảm giác như|(?:phải chi{NOT_PAY}|biết đâu){WHOLE}"
        r"|(?:sẽ )?(?:thật|rất) (?:\w+ ){1,3}nếu"
        r"|trong (?:(?:một|bộ|cuốn|câu|vở) ){0,2}(?:phim(?! tài liệu| trường| ảnh)|truyện|tiểu thuyết|kịch|trò chơi"
        r"|game|giấc mơ)|luật (?:\w+ ){0,5}phiên bản (?:của )?(?:vợ|chồng|mẹ|má|bố|ba (?:tôi|em|mình)|sếp|xóm"
        r"|nhà (?!nước|xuất)\w+|hội (?!đồng|nghị)\w+)"
        rf"|(?:luật (?:rừng|nhà (?:vợ|chồng|tôi|tui|em))|định luật công sở|{CHESS}"
        r"|luật (?:của )?(?:lớp|nhóm|xóm|hội|quán|phòng) (?:mình|tôi|tui|em|(?:tụi|bọn|chúng) \w+))(?= ?:)"
        r"|(?:nằm )?mơ (?:thấy|rằng)|kịch bản|tiểu phẩm|hài kịch|(?:truyện|chuyện) cười"
        rf"|{ambiguous})\b"
    )


IMAGINED = either(
    _imagined(
        rf"giả (?:thử|định)|mong(?! manh| thọ)|nên (?:bỏ|thay)|lo (?:rằng{WHOLE}|một ngày)|mơ là"
        r"|(?:(?:năm mới|đầu năm|tết(?: này)?|kính|xin) )*chúc(?! mừng)"
        # "lỡ mất giấy thì công ty được …" asserts
        rf"|(?:nhỡ|lỡ){WHOLE}(?!.* thì (?:\w+ ){{3}})|hãy (?:để(?! ý| mắt| tâm)|làm sao|làm cho){WHOLE}"
    ),
    _imagined(r"mong (?:rằng|sao|ước|muốn|cho|mọi|được)"),  # "gia đình", "Mông Cổ", "nền bờ", "lộ rằng", "Mơ, là"
)
# a heading of what somebody wishes for, asks for or aims at; what a law asks for holds
_OF_LAW = r"của (?:(?:bộ |pháp )?luật|hiến pháp|nghị định|thông tư|quy định|công ước)\b"
WISHED = either(
    rf"{MARK}(?:(?:bản|các|những|thảo|\d+) )*(?:(?:đề xuất|yêu sách|điều ước|nguyện vọng|mong muốn|cương lĩnh"
    rf"|sáng kiến|ý tưởng|khẩu hiệu|mục tiêu|đề bài|yêu cầu(?= tuyển| của))(?! {_OF_LAW})"
    r"|(?:chúng )?(?:tôi|em) (?:yêu cầu|đòi)(?= ?:))"
    r"(?![^:]*\b(?:là|đã|bị|thông qua|thành(?! viên))\b)[^.:;!?\n]{0,80}:[^\w]*"
)
# "Ai đồn … là đúng đó" vouches for it, "…, chưa chắc là đúng nha" doesn't
_TRUE = r"(?:(?:hoàn toàn|quá) )?(?:đúng|chuẩn|chính xác|có thật|thật|sự thật)"
_UNSURE = r"(?:không|chưa|chẳng|chả|đâu|chắc gì|đừng|chớ|ai (?:bảo|nói|tin)|tưởng)"
_UNVOUCHED = (
    rf"(?!(?!.*\b{_UNSURE} (?:\w+ ){{0,3}}là {_TRUE}\b).*\b(?:là|thì|quá) {_TRUE}"
    r"(?: (?:đó|đấy|rồi|luôn|mà|nha|nhé|nghen))+(?: (?:ạ|mọi người|bà con|cả nhà|anh em|các bạn))*(?:[^\w?]*$|[.!]))"
)
TAKEN_BACK_AT_HEAD = either(
    rf"{MARK}{FALSE_NEWS}(?: (?:số )?\d{{1,3}})? ?[\]):|–—-]"
    rf"|{LEAD}(?:ai (?:dám bảo{NOT_BAO}|đồn)\b{_UNVOUCHED}|nghe đồn\b{_UNVOUCHED}|may mà không tin\b(?! thì)"
    r"|(?:không|chẳng|chả|đâu|chưa)(?: hề| có)? tin (?:rằng|là|theo (?:bộ )?luật)\b"
    r"(?!.*\b(?:thì (?:\w+ )?(?:đọc|tra|xem|coi|hỏi|mở|tìm hiểu|kiểm tra)"
    r"|(?:đến|tới) (?:khi|lúc) (?:\w+ )?(?:đọc|tra|xem|coi|hỏi|mở|thấy)"
    r"|(?:là|thì) (?:chưa|không) (?:đọc|biết|hiểu|rành))\b)"
    r"|(?:trái|ngược)(?: ngược)? với (?:lời|tin) đồn\b(?! ?,)|đính chính|theo (?:lời|tin) đồn\b"
    rf"|(?:thiên hạ|người ta|dân mạng) đồn\b{_UNVOUCHED}"
    r"|(?:bóc (?:trần|mẽ)|vạch (?:trần|mặt)|lật tẩy|lột (?:trần|mặt nạ)) (?:(?:những|các|mấy|trò|lời) )?"
    r"(?:luận điệu|tin|thông tin|chiêu|tuyên truyền(?! viên))\b(?!.*\b(?:sự thật là|là sự thật)\b)"
    r"|phản bác|hiểu lầm|ngộ nhận|không phải (?:là|chuyện)\b|(?:không|chẳng|chả|đâu)(?: hề| có)? đúng (?:là|rằng)\b"
    r"|(?:không|chẳng|chả|đâu(?: có)?) phải\b(?! (?:thứ (?:hai|ba|tư|năm|sáu|bảy)|tin đồn)(?: đâu)?, ).{8,}"
    r", (?:\w+ ){0,3}?(?:đừng|khỏi|chớ|không (?:cần|phải)) (?:lo|sợ|hoang)\b"
    r"|chẳng phải là\b|(?:không|chẳng|đâu|làm gì) (?:hề |phải )?(?:có )?chuyện|làm gì có"
    rf"|(?:đừng|chớ) (?:(?:ai|có|nên|vội|bao giờ) )?(?:tin|nghe|(?:nói|bảo|nghĩ|tưởng|mơ|đồn|để)\b{ALONE})\b"
    r"|(?:sự thật|thực hư) (?:về |của )?(?:tin|thông tin|luận điệu|chuyện|câu))"
)


def _taken_back(thinks: str, believes: str, denied: str) -> str:
    """What a sentence quotes to take it back."""
    return (
        r"\b(?:(?:xuyên tạc|vu khống|vu cáo|bịa|bịa đặt|bịa ra|tung tin|tung tin đồn|luận điệu|hiểu (?:lầm|nhầm|sai))"
        r"(?: (?:rằng|là|cho rằng|chuyện)\b| ?[:“\"])"
        r"|(?:đăng|viết|nói|ghi|đưa tin) sai (?:rằng|là)\b"
        r"|(?:viết|nói|ghi|trả lời|hiểu) sai(?: hết| bét| rồi)? ?:"
        r"|sai (?:vì|khi|ở chỗ|do) (?:đã )?(?:ghi|nói|viết|cho|khẳng định)\b"
        rf"|(?:{thinks}) tưởng(?! niệm| nhớ| thưởng| tượng)|{believes}"
        r"|(?<!gây )(?<!sự )(?<!do )(?<!vì )(?<!tránh )hiểu (?:lầm|nhầm)"
        r"(?! (?:về|giữa|của|nên|mà|khiến|dẫn|trong|này|đó|khi|nhau|ý|luật|tai)\b)(?=(?: [^\s.]+){5})"
        r"|(?:không|chẳng|làm gì|đâu) (?:hề )?có chuyện\b"
        rf"|(?:bác bỏ|bác) (?:thông tin|luận điệu|cáo buộc|{denied})\b"
        r"|phủ nhận (?:thông tin|luận điệu|cáo buộc|tin|chuyện)\b"
        r"|(?:luật|quy định|hiến pháp|công ước) (?:không|chẳng|chả|đâu)(?: hề)?(?: có)? (?:quy định|nói|ghi|viết)"
        r" (?:rằng|là)\b"
        r"|(?:suýt|xém nữa)(?: (?:nữa|thì|cũng|đã|tôi|mình|em|tui))* tin\b(?! (?:này|tức|nhắn))"
        r"|(?<!không )(?<!chẳng )\blừa (?:\w+ ){0,4}rằng\b"
        r"|(?:kẻ|bọn|tụi|đám) lừa(?: đảo)? (?:(?:\w+ ){0,4}?(?:rằng|là)|(?:nói|bảo|dọa|hứa))\b"
        r"|(?:chưa|không|chẳng) (?:có )?(?:văn bản|luật|điều luật|quy định|điều khoản|ai) nào"
        r" (?:nói|bảo|cho|ghi|viết|quy định)(?: rằng| là)? "
        # what is told of is a clause, not "tin tham nhũng của bí thư"
        r"|vì (?:đã )?(?:đăng|tung|loan) tin\b(?! (?:giả|sai|xấu|bịa|xuyên|thất|đồn|về)\b)(?=(?: [^\s.]+){6}))"
    )


_NOT_MINE = r"(?<!tôi )(?<!mình )(?<!em )(?<!tui )"
TAKEN_BACK = either(  # without diacritics "Thượng tướng", "Bắc Bộ chuyển" and "Bắc Bộ tin" are written alike
    _taken_back(
        "vẫn|cứ|hay|thường|từng|lầm|nhầm",
        rf"{_NOT_MINE}\b(?:vẫn|cứ|ai cũng) nghĩ\b(?! về| tới| đến| cách| ra)|\b(?:vẫn|cứ) (?:ngỡ|đinh ninh|yên trí)\b"
        # "tư tưởng", "tin tưởng", "bộ tưởng tượng"
        r"|^[^\w]*(?:\w+ ){1,5}?(?<!tư )(?<!lý )(?<!tin )(?<!ý )(?<!liên )(?<!ảo )(?<!mộng )(?<!hoang )(?<!không )"
        r"(?<!đừng )(?<!viễn )tưởng(?! niệm| nhớ| thưởng| tượng| như| chừng)",
        "tin|chuyện",
    ),
    _taken_back(
        "vẫn|cứ|hay|từng|lầm|nhầm", rf"{_NOT_MINE}\b(?:vẫn|cứ|ai cũng) nghĩ rằng\b|\b(?:vẫn|cứ) đinh ninh\b", "tin đồn"
    ),  # "nghỉ"
)
# what a law is said to lay down, and behind it that practice differs, which says nothing of the law
LAID_DOWN = either(
    rf"{MARK}(?:theo )?(?:(?:bộ |pháp )?luật(?! sư)|hiến pháp|nghị định|thông tư)"
    r"(?: (?!(?:không|chưa|chẳng)\b)\w+){0,6}? (?:quy định|ghi|buộc|bắt|cấm|cho|thì)\b"
)
IN_PRACTICE = either(
    rf"{MARK}(?:nhưng|song|còn) (?:(?:trên|ngoài) )?thực tế(?: (?:thì|là|lại))*"
    r" (?:không|chẳng|chả|đâu(?: có)?) (?:phải|đúng|được)(?: như)?(?: (?:vậy|thế))(?: (?:đâu|ạ|nha|nhé))*[^\w]*$"
)
# … but not before what is so, or calls it false: "phải sáu tháng", "tin giả đấy"
OF_RULES = either(
    r"\d|\b(?:luật|nghị định|thông tư|quy định|hiến pháp|cho phép|không cấm|không bắt|được|phải|mới|hơn"
    r"|đừng|tin|giả|sai|nhầm|bịa|đồn|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nửa)\b"
)
# to whom what must be is put as a demand, and what tells of a law instead
TO_MAKERS = either(r"\b(?:các|mấy) (?:bác|ông|bà|anh|chị|vị|ngài)(?: (?:ở|bên))? (?:làm luật|quốc hội|đại biểu) ơi\b")
MUST = either(r"^(?!.*\b(?:luật(?! sư)|hiến pháp|nghị định|thông tư|quy định|bắt buộc)\b).*\b(?:phải|nên|cần|đáng)\b")
SPOKEN_THINGS = "tin|thông tin|luận điệu|bài|câu|lời|nhận định|đáp án|clip|video|chuyện|ý kiến"
THIS = "(?:này|đó|trên đây|trên|ấy|đấy|ở trên|vừa (?:rồi|nêu|nãy|xong))"
SOME = "(?:(?:các|những|mấy|cái|mọi) )?"
# "tin nói … là sai": both parts must be there
SAID_AT_HEAD = either(rf"{MARK}(?:(?:chữa|sửa) (?:bài|lại|lỗi): )?{SOME}(?:{SPOKEN_THINGS}|nói|bảo)\b")
CALLED_FALSE = either(
    *(
        rf"(?:{is_}|\b(?:đều|hoàn toàn|toàn)) (?:hoàn toàn |một )?{false}(?!.{{0,40}}\b(?:nhưng|song)\b)"
        rf"|[\"”’»] (?:phải|cần|nên) sửa (?:lại )?(?:thành|là)\b"
        for false, is_ in ((FALSE, IS), (FALSE_BARE, IS_BARE))
    )
)
ENDS_FALSE = either(ending(FALSE, IS), ending(FALSE_BARE, IS_BARE))
# "… là không đúng đâu nha, …": what is so comes behind
FALSE_SO_FAR = either(
    *(
        rf"(?:{is_}|\bthì) (?:hoàn toàn )?{false} đâu(?: (?:nha|nhé|ạ|nhen|mà))*,"
        for false, is_ in ((FALSE, IS), (FALSE_BARE, IS_BARE))
    )
)
# a sentence behind a claim: "đây là tin giả", "sai bét"
POINTS_BACK = either(
    rf"{LEAD}(?:đây|đó|đấy|(?:điều|chuyện|tin|thông tin|nội dung|bài|câu|luận điệu)(?: viết| đồn| nói)? "
    rf"{THIS})\b"
)
_BLAMED = "(?! (?:(?:bộ|điều|đạo) )?(?:luật|khoản|lệ|quy|chính sách))"  # "cái luật này sai" blames the law
_THE_THING = rf"{SOME}(?:{SPOKEN_THINGS}|(?:điều|cái){_BLAMED}|nội dung|khẳng định|phát biểu|dòng|đoạn)(?: \w+){{0,3}}"
_CALLED = rf"(?: (?:thì|cũng|đều|là|viết|hoàn toàn|rõ ràng|hết sức))* {FALSE}"  # an adjective needs no "là"
TOOK_BACK = either(
    rf"{MARK}(?:(?!(?:\w+ )*(?:{SAYING}|bảo|viết|trả lời|đáp(?! án)))(?:\w+ ){{0,4}}\w+: )?"  # "kết luận: sai"
    rf"(?:{FALSE}{TAIL}|không(?: phải| hề)?{TAIL}|(?:xin )?đính chính\b"
    r"|(?:(?:nhưng|mà|song) )?(?:(?:trên )?(?:thực tế|thật ra|thực ra|sự thật)(?: (?:thì|là|lại))* )?"
    rf"(?:không|chẳng|chả|đâu(?: có)?) (?:phải|đúng)(?: (?:như )?(?:vậy|thế))?(?: đâu)?(?:,|{TAIL})"
    r"|(?:(?!không|chưa|chẳng)[^\s,.;:]+ ){0,8}?(?:bác bỏ|phủ nhận|cải chính) "
    rf"(?:(?:tin|thông tin|tin đồn|điều|chuyện|nội dung) )?(?:này|đó|trên|ấy){MARK}$"
    rf"|(?!(?:\w+ )*(?:tòa|không|chưa|chẳng)\b)(?:[^\s,.;:]+ ){{1,8}}?(?:bác bỏ|phủ nhận|cải chính){MARK}$"
    rf"|{_THE_THING} (?:{THIS}|kia) (?:đã |vừa )?bị (?:[^\s.,;:]+ ){{0,6}}(?:bác bỏ|phủ nhận|bóc mẽ)\b"
    r"(?!.*\b(?:nhưng|song|mà)\b)"
    rf"|{LEAD}(?:đây|đó|đấy) (?:chỉ )?là (?:luật|quy định|chuyện|mức|thông tin)(?: của)?"
    rf" (?:cũ|ngày xưa|hồi xưa|trước đây)(?!.*\b(?:vẫn|còn)\b)(?:,|{MORE}[.!]?$)"
    rf"|{LEAD}(?:nó|đây|đó|đấy|{_THE_THING} (?:{THIS}|kia)|(?:nói|viết|bảo|hiểu)(?: như)? (?:vậy|thế))"
    rf"{_CALLED}{TAIL}|{LEAD}(?:tin|thông tin|suy diễn|cách hiểu|quan niệm) {THIS}{_CALLED},"
    rf"|(?:edit|update|p/?s) ?\d?: {_THE_THING} (?:{THIS}|kia){_CALLED}{MORE},"
    rf"|(?:còn |nhưng )?(?:sự thật|thật ra)(?: thì| lại| là| hoàn toàn){{0,3}} (?:ngược lại|khác (?:hẳn|xa))\b"
    rf"|(?=[^.]*\d)(?!(?:\w+ ){{0,7}}?(?:thế|vậy) mới)(?:[^\s.,;:]+ ){{1,8}}mới đúng(?:,|{TAIL})"
    r"|(?:nhầm to|sai bét|không đúng đâu)\b|(?:nghĩ|nói|viết|bảo|hiểu) (?:vậy|thế) (?:là|thì) (?:sai|hỏng|nhầm|trật)\b"
    rf"|{_THE_THING} {THIS}\b[^.!?]*\bnó sai\b"
    r"|(?:(?:thành thật )?xin lỗi[^.,]{0,30}, )?(?:tôi|mình|em|tớ|tui|chúng tôi) (?:(?:đã|vừa|xin) )*"  # who wrote it
    r"(?:(?:(?:viết|ghi|nói|đăng|đọc|hiểu|nhớ) )?(?:nhầm|lộn|sai)(?: thông tin)?(?: rồi)?(?: ạ)?(?=[,.!]|$)"
    rf"|rút lại (?:{SPOKEN_THINGS}|điều|ý)(?! khen)(?: \w+)? (?:này|đó|trên|ấy)))"
)
# "cả ba câu trên đều sai", "sai hết"
_SAID = r"(?:câu|điều|ý|tin|thông tin|lời|đáp án|nhận định|phát biểu|khẳng định|chuyện|quan niệm|nội dung)"
_ALL = (
    rf"(?:(?:tất cả|toàn bộ)(?: (?:những|các|mấy) {_SAID})?|(?:cả \w+|mấy|hai|ba|bốn|năm|\d) (?:{_SAID}|cái(?= trên))"
    r"|cả (?:hai|ba|bốn|\d+)"
    rf"|{SOME}{_SAID} (?:trên|vừa kể|vừa nêu))"
)
ALL_FALSE = either(
    rf"{MARK}(?:{_ALL}(?: {_SAID})?(?: (?:ở trên|trên|này|đó|ấy|vừa kể|vừa nêu|đây))*"
    rf"(?: (?:thì|đều|là|cũng|toàn|hoàn toàn))* (?:{FALSE}|không phải){TAIL}"
    rf"|(?:không|chẳng|chả) (?:có )?{_SAID} nào(?: \w+){{0,4}}? (?:đúng|chính xác|có thật|là thật){TAIL}"
    rf"|(?:(?:toàn|đều) )?(?:sai|bịa|bịa đặt|xạo|láo|nhảm)(?: (?:hết|sạch|tất|cả|tuốt|ráo))+{TAIL})"
)
# "câu sau đây là sai"
AHEAD = either(rf"{LEAD}{_THE_THING} (?:sau|dưới)(?: đây)?{_CALLED}{MORE}(?:[.!]?$|:)")
# a fact-check's own form: "Phát ngôn: … Đối chiếu: … Kết luận: SAI"
CHECKED = either(
    rf"(?:{MARK}|[.!] )(?:phát ngôn|tuyên bố|phát biểu|nhận định|thông tin|tin|nội dung)(?: (?!thêm|chi)\w+){{0,3}} ?:"
)
VERDICT = either(
    rf"{MARK}(?:kết luận|đánh giá|kết quả|xếp (?:hạng|loại))(?: \w+){{0,4}} ?:"
    rf" ?(?:{FALSE}|gây (?:hiểu|nhầm) (?:lầm|nhầm|lẫn)|không (?:đúng|có cơ sở)|thiếu (?:căn cứ|cơ sở))"
)
FAR = either(rf"\b(?:{THIS}|đây|nó|vậy|thế)\b")  # a mere "sai." is of what stands right before
# what is called false behind a sentence that tells of other words, asks or says much may be that
OTHERS = either(rf"\b(?:{SAYING}|bảo|viết|nghe|tin|đồn)\b(?! (?:như )?(?:vậy|thế)\b)")
_DRAFT = r"[^.()]{1,40}\([^()]{0,20}(?:dự (?:thảo|kiến)|lấy ý kiến|đề xuất)[^()]{0,30}\)"
DRAFT = either(rf"{_DRAFT}[.:]?")  # an article's number
# behind an article: it is only looked through before it is passed
REVIEWED = either(
    rf"{MARK}(?:(?:ý kiến|báo cáo|cơ quan|ủy ban|ban) (?:\w+ ){{0,4}}?(?:thẩm tra|soạn thảo|góp ý)(?: \w+){{0,4}}"
    r"|thẩm tra) ?:"
)
# what others propose or foresee
PROPOSED = either(
    rf"{LEAD}(?:theo )?dự (?:thảo|luật|án luật|báo|đoán|kiến)\b(?! {PASSED})"
    rf"|{_DRAFT}(?! {PASSED})"
    rf"|{LEAD}(?:phương án|điểm mới|nội dung|điều|bản|quy định|đề án)(?: [\w.]+){{0,4}}? (?:của|trong|theo) (?:\w+ )?"
    rf"dự (?:thảo|luật|án luật)\b(?! {PASSED})(?: \w+){{0,5}}?(?: ?:| là\b)"
    rf"|{LEAD}(?:{STATE}|bộ(?: \w+){{0,4}}?)(?: (?:mới|còn|chỉ|đang|vẫn|sẽ|sắp|vừa))*"
    rf" (?:bàn|xem xét|thảo luận|cân nhắc)(?: (?:về|các|một|hai|\d+))* (?:phương án|khả năng)\b(?! {PASSED})"
    rf"|{LEAD}(?:họ|người ta|{STATE}|bộ(?: \w+){{0,4}}|các (?:ông|bác|vị))(?: (?:mới|còn|chỉ|đang|vẫn))+"
    r" (?:bàn|tính|xem xét|nghiên cứu|thảo luận|lấy ý kiến|cân nhắc)"
    r"(?: (?:thôi|tới|lại|với nhau|chuyện này|thế này|nhân dân|người dân|rộng rãi|góp ý))* ?:"
    rf"|{LEAD}(?:đang |vẫn |còn )*lấy ý kiến(?: (?:nhân dân|người dân|rộng rãi|góp ý))* ?:"
    r"|(?:[\w.-]{1,20} ){1,10}?(?<!quyền )(?<!được )(?<!thể )(?<!thông qua )đề xuất\b(?! của)"
)


def imagines(sentence: str) -> bool:
    """Whether a sentence wishes, supposes, calls for or makes up what it says."""
    said = plainly(sentence[:READ])
    return bool(
        any(frame.match(said) for frame in (IMAGINED, WISHED, CALL, WISH, TOPIC, SUPPOSED))
        or QUIZ.search(said)
        or INSISTED.search(said)
        or (JUDGED.search(said, max(0, len(said) - NEAR)) and not DONE.search(said))
    )


# a law of somebody's own, of which whatever follows in jest is told: "Theo Hiến pháp phòng trọ số 3, …"
OWN_LAW = either(
    r"\b(?:hiến pháp|nghị định|thông tư|bộ luật) (?:phòng trọ|xóm|hẻm|quán|bếp|xưởng|công ty"
    r"|nhà (?:vợ|chồng|tôi|tui|em|mình|trọ))\b"
)


def asserted(text: str, span: Span) -> bool:
    """Whether a writer holds a claim of his text true: it isn't taken back, imagined, foretold, guessed at, a joke,
    only proposed, or another's word to him."""
    start, end = span
    if labelled(text):
        return False
    said, later = plain(text[start : min(end, start + READ)]), text[end : end + ALL_BEHIND * NEAR]
    return not (_unheld_within(said) or _set_apart(text, span, said, later) or _called_false(said, later))


def _unheld_within(said: str) -> bool:
    """Whether a claim is unheld by a sentence of its own, or told otherwise in a cell beside it."""
    parts = by_sentence(said)
    if any(_demands(parts[0], part) for part in parts[1:]):
        return True
    cell, *others = said.split("|")
    return any(_unheld(way) for part in parts for way in {part, plainly(part)}) or any(  # mostly the same
        otherwise(cell, one) for one in others
    )


def _set_apart(text: str, span: Span, said: str, later: str) -> bool:
    """Whether a claim stands under what calls it false or somebody else's, in a story, or is examined behind it."""
    start = span[0]
    if examines(said, plain(later)):
        return True
    earlier = plain(text[max(0, start - NEAR) : start])
    last = by_sentence(earlier)[-1:]
    return bool(
        any(map(_heads, last))
        or under_false(text, start)
        or marked_false(text, span)
        or anothers(text, span)
        or lived(text, start)
        or of(OWN_LAW, said).search(plain(text[max(0, start - READ) : start]) + said)
        or (CHECKED.search(said) and _found_false(later))
    )


def _called_false(said: str, later: str) -> bool:
    """Whether one of the sentences behind a claim takes it back; behind one that says much only what calls all false
    is of the claim."""
    passed = False
    for at, (first, stop) in enumerate(sentences(later)[:ALL_BEHIND]):
        near = at < BEHIND and not passed
        sentence = later[first : min(stop, first + NEAR)]
        if near or len(sentence.split()) <= LABEL:
            sentence = plain(sentence)
        if ALL_FALSE.match(sentence) or (not at and _withdraws(said, sentence)):
            return True
        back = _takes_back(sentence) or disowns(said, sentence)
        back = back and (at > 0 or not _of_practice(said, sentence, later[stop:]))
        if near and back and (not at or FAR.search(sentence)):
            return True
        if sentence[-1:] == "?" or OTHERS.search(sentence):
            break
        passed = passed or len(sentence.split()) > LABEL
    return False


def _of_practice(said: str, sentence: str, later: str) -> bool:
    """Whether a sentence behind what a law is said to lay down only says that practice is otherwise."""
    return bool(LAID_DOWN.match(said) and IN_PRACTICE.match(sentence) and not OF_RULES.search(plain(later)))


def _found_false(later: str) -> bool:
    """Whether a fact-check's own form ends in a verdict that what it checked isn't so."""
    behind = [plain(one) for one in by_sentence(later)]
    return any(VERDICT.match(one) for one in behind)


def _unheld(said: str) -> bool:
    """Whether a sentence takes back or corrects what it quotes, imagines, foretells or guesses it, jokes, or tells what
    others propose, promise or told the writer.

    A frame takes back what stands behind it, so that not much of the sentence may stand in front.
    """
    return bool(
        imagines(said)
        or foretells(said)
        or guesses(said)
        or jokes(said)
        or disowned(said)
        or anothers_word(said)
        or elsewhere(said)
        or felt(said)
        or begins_false(said[:NEAR])
        or TAKEN_BACK_AT_HEAD.match(said)
        or AHEAD.match(said, 0, NEAR)
        or PROPOSED.match(said, 0, NEAR)
        or HOPED.match(said)
        or CORRECTED.match(said)
        or TOLD_TO_WRITER.search(said, 0, NEAR)
        or FALSE_SO_FAR.search(said)
        or ENDS_FALSE.search(said, max(0, len(said) - NEAR))
        or any(2 * (len(said) - one.end()) >= one.start() for one in TAKEN_BACK.finditer(said))
        or ((quoted := SAID_AT_HEAD.match(said, 0, NEAR)) and CALLED_FALSE.search(said, quoted.end()))
    )


def _heads(line: str) -> bool:
    """Whether a sentence before a claim calls false what follows, or is a heading that does."""
    return bool(AHEAD.match(line) or DRAFT.fullmatch(line) or heads(line))


def _withdraws(said: str, sentence: str) -> bool:
    """Whether a sentence right behind a claim tells it otherwise, doubts it, looks through it as a draft or puts it as
    a demand to those who make laws."""
    if otherwise(said, sentence) or shrugs(sentence) or REVIEWED.match(sentence):
        return True
    return _demands(said, sentence)


def _demands(said: str, sentence: str) -> bool:
    """Whether a sentence behind what must be puts it to those who make laws."""
    return bool(TO_MAKERS.search(sentence) and MUST.search(said))


def _takes_back(sentence: str) -> bool:
    """Whether a sentence behind a claim calls it false."""
    if TOOK_BACK.match(sentence):
        return True
    pointed = POINTS_BACK.match(sentence)
    return bool(pointed and CALLED_FALSE.search(sentence, pointed.end()))
