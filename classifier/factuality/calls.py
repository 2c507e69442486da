"""Calls, promises and corrections, by form alone: what is called for, promised or corrected isn't said to be so.

"Nên" is "so" too, "cần" and "phải" are duties of law, and without diacritics "nen", "can" and "hay" are many words:
each calls only where no such word stands beside it.
"""

from classifier.text.patterns import MARK, either

# short names of treaties; without diacritics "cat" is other words
SHORT = "iccpr|icescr|i?cerd|cedaw|crc|crpd|uncat|opcat|opac|opsc|opic|icrmw|icpped"
# what a treaty is made one's own by, and what a state may do or leave
TREATY = rf"(?:công ước|nghị định thư|quy chế|hiệp ước|điều ước|{SHORT}|icc|ilo)\b"
JOIN = (
    rf"(?:(?:gia nhập|phê chuẩn|tham gia|ký(?: kết)?|trở thành thành viên|rút(?: ra)? khỏi)(?: \w+){{0,3}}? {TREATY}"
    r"|(?:xóa |bãi )?bỏ (?:án )?tử hình)"
)
# law by its name; Luật Khoa is a magazine
STATUTE = (
    r"(?:bộ luật|luật(?! sư| khoa)|hiến pháp|công ước|nghị định|thông tư|nghị quyết|pháp lệnh|chỉ thị|tuyên ngôn"
    r"|hiệp (?:định|ước))"
)
STATE = r"(?:việt nam|vn|nhà nước|chính phủ|quốc hội|chính quyền|hà nội|nước ta)\b"
SOON = (
    r"(?:(?:phải|sớm|ngay|mau|mau chóng|nhanh chóng|lập tức|khẩn trương|kịp thời|mạnh dạn|thực sự|cũng|đều|tiếp tục"
    r"|nghiêm túc) )*"
)
PERMIT = r"(?:cho phép|cấp phép|chấp thuận|đồng ý|duyệt|phê duyệt|xác nhận|chứng thực|công chứng|ủy quyền|phê chuẩn)"
ENDED = r"(?:(?:xóa|bãi|hủy|gỡ|loại) bỏ|bỏ (?:\w+ )?(?:án|tội|luật|điều|khoản|quy định|hình phạt|lệnh))\b"
OWNED = rf"(?:{JOIN}|(?:trình quốc hội|ban hành|công nhận|thừa nhận|hợp pháp hóa|luật hóa)\b|{ENDED})"
MOVED = r"(?:nâng|hạ|rút|giảm|tăng|kéo dài)(?: (?!khi|nếu)\w+){0,4}? (?:lên|xuống|còn|thêm|đến|tới)\b"
CHANGED = (  # what "cần" calls for: papers, fees and consents are duties
    rf"(?:{OWNED}|{MOVED}|(?:gia nhập|phê chuẩn|thông qua|nới|mở rộng|chấm dứt"
    r"|sửa(?: đổi)? (?:luật|bộ luật|điều|hiến pháp|quy định|nghị định)|bỏ(?! ra| tiền| phiếu)|trả tự do"
    r"|tôn trọng|cấm|buộc|bắt buộc|bị buộc|nâng|hạ|giảm|tăng|kéo dài|rút (?:bảo lưu|khỏi|lại)"
    r"|giữ (?:ở|nguyên|mức)|bắt đầu từ|có (?:luật(?! sư)|tội|cơ chế)|cho(?! biết| hay| thấy| rằng)"
    rf"|được(?! (?:\w+ ){{0,5}}?{PERMIT}\b))\b)"
)
# who tells others what to mind goes on to say it
MIND = r"(?:nhớ|biết|hiểu|lưu ý|chú ý|để ý|để mắt|để tâm|đọc|xem(?! xét| lại)|nghe|nhìn|tin|cẩn thận|cảnh giác|chia sẻ)"
# … and whoever is to know or mind a thing; "thời hiệu" and "trẻ nhỏ" without diacritics
KNOW = r"(?:biết|(?<!thời )hiểu|(?<!trẻ )(?<!con )(?<!nghiệp )nhớ|lưu ý|chú ý|để ý|cẩn thận|cảnh giác)"
# what says a thing before a call, so that "nên" is "so", or makes it a rule
BARS = (
    r"vì|bởi|nhờ|nếu|(?<!tự )do|(?<!người )(?<!trẻ )đã|vừa|(?<!người )(?<!trẻ )(?:không|chưa|chẳng|chả)"
    r"|(?<!người )(?<!trẻ )bị(?! (?:cáo|can|hại|đơn))|cho(?= nên)|trở|quy định|yêu cầu|rồi|thì|mà|thế|vậy|muốn"
    r"|chỉ(?= cần| phải)|mới|khỏi|đâu|theo(?! (?:tôi|mình|em)\b)|như"
)
SO = (  # what stands behind a "nên" that is "so": who does a thing, or that it isn't, or is already done
    r"(?:không(?! (?:quá|dưới|hơn))|chưa|chẳng|chả|đừng|khỏi|đành|phải|bị(?! buộc)|đã|sẽ|đang|vẫn|cũng|còn|mới|rất"
    r"|càng|ai|người|họ|tôi|mình|nó|anh|chị|em|ông|bà|cô|chú|bác|con|cháu|trẻ|các|những|mọi|mỗi|một|nhiều|ít|bọn|dân"
    r"|bà con|công an|chính quyền|nhà nước|việt nam|luật|tòa|cá nhân|công ty|sếp|khi|lúc|giờ|nay|từ|dù|nếu|thợ"
    r"|công dân|phụ nữ|lao động|công ước|nghị định|điều|giá|nguồn|công nhân|nhờ|vợ|chồng|duyên|thân|nỗi|cơm|chuyện"
    r"|hồn|mức|số|quyền|tổ chức|tù)"
)
FRAME = (  # why, when or where a thing is called for
    r"(?:(?:để|nhằm|vì|với|khi|trong|sau|trước|ở|tại|nhân|theo (?:tôi|mình|em|ý tôi)|bây giờ|hôm nay|rõ ràng"
    r"|về lâu dài)\b[^,;:.]{0,100}, )?"
)
# what is told beside, or of a law, isn't called for
SAID_TOO = (
    r"(?!.*: )(?!.*[,;] (?:(?:\w+ ){0,4}?(?:đã|vừa)\b|luật\b|kẻo\b|từ (?:ngày |tháng |năm )?\d))"
    r"(?!.*\b(?:theo|đúng) (?:\w+ ){0,2}?(?:luật(?! sư)|bộ luật|nghị định|hiến pháp)\b)"
    r"(?!.*\b(?:mới được|mới có|sau (?:khi|\d+|một|hai|ba)|là quy định)\b)"
)
# whom or what a call, a wish or a proposal without any "rằng" goes on with
WHOM = (
    r"(?:người|nhà nước|chính phủ|quốc hội|chính quyền|bộ|việt nam|nước (?:ta|mình)|công (?:dân|nhân|ty)|lao động"
    r"|phụ nữ|chị em|bà con|dân|nông dân|trẻ em|học sinh|sinh viên|nam|nữ|cha mẹ|bị (?:can|cáo)|doanh nghiệp|tư nhân"
    r"|tòa|luật|điều|án|tuổi|mức|lương|trợ cấp|tiền|thời (?:gian|hạn|hiệu)|giờ|hạn|tạm (?:giữ|giam)|nghỉ|danh sách"
    r"|các|mọi|tất cả|ai)\b"
)
ONE_SELF = r"(?:tôi|chúng tôi|chúng ta|mình|tui|em)"


def _call(ought: str, needs: str, let: str, should: str) -> str:
    """What a sentence begins with that calls for a thing: who (or none) ought to do it, before any comma."""
    who = rf"(?:(?!(?:{BARS})\b)[\w’'./%-]+ ){{0,14}}?"
    return (
        rf"{MARK}{FRAME}(?:{who}(?:(?:(?:không|chưa|chẳng) )?{ought}|{needs}|phải {SOON}"
        rf"(?:{OWNED}|{MOVED}|được (?:\w+ ){{0,3}}?(?:công nhận|thừa nhận)\b|bị buộc\b)|{let})"
        rf"|{who}(?:không|chưa|chẳng) cần {JOIN}"
        rf"|(?:\w+ ){{0,4}}?(?:đã (?:đến|tới) lúc|(?:đến|tới) lúc (?:phải|cần|nên)|{should})\b"
        rf"|(?:\w+ ){{0,3}}?{ONE_SELF} (?:\w+ ){{0,3}}?(?:kêu gọi|đề nghị|kiến nghị|yêu cầu|thỉnh cầu|khẩn cầu)\b"
        rf"|(?:kêu gọi|yêu cầu) {STATE}){SAID_TOO}"
    )


CALL = either(
    _call(
        rf"nên (?!{SO}\b)(?!{SOON}{MIND}\b)\w",
        rf"cần {SOON}{CHANGED}",
        rf"hãy {SOON}(?!{MIND}\b|để |làm )\w",
        "(?:đáng|lẽ|nhẽ) ra|đáng lẽ",
    ),
    # "nền dân chủ", "cán bộ", "bị can", "A hay B", "đang ra tòa"
    _call(
        rf"nên {SOON}{CHANGED}",
        rf"(?<!bị )cần (?!bỏ(?! (?:án|điều|tội)\b)|cho(?! (?:phép|người))){SOON}{CHANGED}",
        rf"hãy {SOON}(?:{JOIN}|(?:trả tự do|tôn trọng|chấm dứt|thông qua)\b)",
        "(?:lẽ|nhẽ) ra|đáng lẽ",
    ),
)
_WHO_WISHES = (
    r"(?:ai|ai ai|mọi người|người ta|dân|người dân|bà con|công nhân|chị em|anh em|cả (?:nhà|nước|làng|xóm|xưởng)"
    r"|(?:tụi|chúng|bọn) (?:mình|em|tôi|ta)|tôi|mình|em|tui|tao|tớ|con|cháu)"
)
# what becomes of a proposal, or of who makes one, is said of it
_BECAME = (
    r"(?! (?:(?:đã|vừa) )?(?:của|xong|này|đó|trên|khởi tố|truy tố|mức án|tuyên|phạt|tử hình|xét xử)\b)"
    r"(?!.*\b(?:bị (?!cáo|can|hại|đơn)|phạm tội|bác|từ chối"
    r"|(?:đã|được) (?:\w+ ){0,3}(?:thông qua|chấp nhận|chấp thuận)|(?:đã|vừa) (?:\w+ ){0,3}(?:thành|vào) luật"
    r"|(?<!luật )(?<!định )(?:đã|vừa) có hiệu lực|là (?:trái|vi phạm|hành vi|quyền|sai|bất hợp)))"
)
# what leave or a child's papers cost, to whoever asks for them
_COSTS = (
    r"(?!xin (?:cho|nghỉ)\b[^,;]*(?<!không )(?<!khỏi )(?<!đừng )\b(?:phải (?:nộp|đóng|trả|chi|chờ|báo|qua)|mất|tốn)\b)"
)
# a fact beside a wish that itself names nothing to be compared: "… nhưng luật chỉ cho 4 tháng"
_BESIDE = (
    rf"(?!(?:(?!\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|{STATE}|{TREATY}|luật|bỏ|quyền|án|tội)).)*"
    r"[ ,](?:nhưng|vì(?! phạm)|bởi|trong khi)\b.*(?:\b(?:luật|bộ luật|hiến pháp|quy định)\b|\d))"
)


def _wish(dream: str, should: str) -> str:
    """What a sentence begins with that proposes, asks for or wishes a thing, whoever does."""
    return (
        rf"{MARK}(?:(?:đề xuất|kêu gọi){_BECAME}|{_COSTS}(?:yêu cầu|xin|đòi)"
        rf" (?:cho(?! (?:biết|hay|hỏi|phép))|{WHOM}){_BECAME}"
        rf"|{_WHO_WISHES} (?:(?:cũng|đều|chỉ|vẫn|luôn|hằng|rất|đang|thật lòng) )*"
        rf"(?:(?:(?:ao )?ước(?! tính| chừng| lượng| đoán| khoảng)|mong(?! manh| thọ| gì)|khao khát|thèm|muốn {WHOM})"
        rf"(?! (?:(?!(?:được|có)\b)\w+ ){{0,4}}?{KNOW}\b)|mơ (?:một ngày|có ngày|đến ngày|tới ngày)){_BESIDE}"
        rf"|theo (?:tôi|mình|em|tui|ý (?:tôi|mình|em))(?! (?:được )?(?:biết|hiểu|nhớ)\b),? (?:thì )?"
        rf"(?:[\w.,%-]+ ){{1,16}}?nên (?!{SOON}{MIND}\b){should}|{dream}"
        r"|(?:luật|bộ luật|quy định|điều|nhà nước|quốc hội)(?: \w+){0,4}? (?:nên|cần|phải)(?: \w+)?"
        r" (?:sửa|đổi|bổ sung)(?: \w+){0,3} ?:)"
    )


WISH = either(
    _wish("mơ (?:một ngày|có ngày|đến ngày|tới ngày)", rf"(?!{SO}\b)"),
    _wish(
        rf"(?:mong|đáng ra) {WHOM}|mơ một ngày", r"(?:được|có|là|phải|nhận|cho|bỏ|giảm|tăng)\b"
    ),  # "Mông Cổ", "đang ra tòa"
)
# what is named only to be judged, which nobody says is so: "cấm quay phim là che mắt dân", "bỏ án tử hình thì loạn"
TOPIC = either(
    rf"{MARK}(?:không )?(?:thừa nhận|công nhận|cho|cấm|bãi bỏ|bỏ|giữ|khôi phục|bắt|buộc|ép|phạt|tăng|hạ|nâng|thu"
    r"|đánh|từ chối|kết án|tuyên án|tạm giữ|giam|chia)\b (?:(?!(?:thì|là)\b)[^\s,.;:!?]+ ){1,16}(?:thì|là)\b"
    r"(?!.*(?:\d|\b(?:luật|quy định|hiến pháp|nghị định|thông tư|điều|phạm|tội|vi phạm|cấm|phải|được|bị|hợp pháp"
    r"|miễn|tù|bắt buộc|quyền|không (?:bị|cần|sao)|thật|đúng|mới|đã|chính (?:sách|thức)|chủ trương|nghĩa vụ"
    r"|trách nhiệm|nhiệm vụ|của (?:nhà nước|quốc hội|chính phủ))\b))"
)
# what a sentence only supposes and sighs over: "nhà nước mà bỏ bảo hiểm thì khổ dân quá"
_TELLS = (  # before a "mà" that isn't "if"
    r"nhưng|thế|vậy|rồi|đã|vừa|đang|là|có|cấm|cho|bắt|buộc|phải|bị(?! (?:can|cáo|hại))|ghi|nói|bảo|quy định|vì|nên|nếu"
    r"|thì|mà"
)
_SIGH = (
    r"(?:(?:thật |đúng |chắc |coi như )*(?:ai(?: mà| còn| nào)?(?! cũng)|còn (?:gì|đâu|ai|chi)|lấy (?:gì|đâu|chi)"
    r"|(?:biết )?sống (?:sao|kiểu gì|bằng gì|thế nào)|sao (?:mà )?(?:chịu|sống|đành|nỡ)|biết (?:làm|kêu|tính|trông)"
    r"|hết (?:nói|biết|thuốc|chỗ|cách|hồn|đường|thời|sức|riêng tư|tự do|hy vọng)|khổ|chết|loạn|toang|tiêu|xong"
    r"|thôi (?:rồi|xong|luôn)"
    r"|chịu(?: luôn| thua| thôi| chết)?(?=[^\w]*$)|bó tay|buồn|tội (?:nghiệp|lắm|quá|cho|dân|tụi|mấy|lũ|bọn|con)"
    r"|tệ|sợ|đau|ác|quá(?! (?:\d|hạn))|nhục|xấu hổ|xót|thiệt thòi|bất công|vô lý|phi lý|dã man|tàn nhẫn|đói|khóc|cười"
    r"|mừng|vui|sướng|tốt|hay|tuyệt|đáng (?:buồn|sợ|lo|trách|mừng)|mất mặt|thời nào|thế kỷ nào|lương tâm|trời"
    r"|nguy|căng|mệt|ngán|chán|điên|ngột ngạt|oan|mất (?:hết|sạch|nhà|gốc|nước|lòng tin|niềm tin)))\b"
)
_LAID = r"\d|:|\b(?:luật(?! sư)|quy định|hiến pháp|nghị định|thông tư|hợp pháp|vi phạm|phạm tội)\b"
_MEANT = (
    rf"{MARK}(?:(?:trời|ôi|thôi|này)[^,]{{0,15}}, )?(?:(?!(?:{_TELLS})\b)[\w’'/%.-]+ ){{1,6}}?mà"
    rf" (?:(?!(?:thì|mà)\b)[\w’'/%.,-]+ ){{1,16}}?"
)
_SIGHED = rf"{_MEANT}(?:thì(?: \w+){{0,3}}?|là) (?!.*(?:{_LAID})){_SIGH}"
SUPPOSED = either(
    rf"{_SIGHED}|{_MEANT}thì (?!.*(?:{_LAID}|\b(?:phải|được|bị|miễn|cấm|buộc|quyền|tù|phạt|không (?:cần|sao|tính|mất)"
    r"|xử|tuyên|chung thân|tử hình|mới|mất (?:quyền|lương|trợ cấp|tiền|việc|chế độ|phần)|hưởng|nộp|đóng|trả)\b))",
    _SIGHED,
)
# what either voice finds a thing to be for human rights
_FOR_RIGHTS = (
    r"(?<!đúng )(?<!rõ )(?<!thật )(?<!không phải )\blà (?:(?:vi phạm|chà đạp|xâm phạm|tước đoạt|chống lại|đi ngược"
    r"|tôn trọng|bảo đảm|bảo vệ|đúng với|phù hợp với|trái với)(?: (?:nghiêm trọng|trắng trợn|lên|đến|về|với))* )?"
    r"(?:nhân quyền|quyền con người|nhân phẩm|quyền tự do(?: \w+){0,3})"
)
# how a sentence ends that tells what ought to be so, or what ought not; "mới được" and "mới đúng luật" are of rules
JUDGED = either(
    r"(?:\b(?:thì )?mới (?:phải(?: đạo| lẽ)?|công bằng|hợp lý|hợp tình|xứng đáng|thỏa đáng|văn minh|tiến bộ|đáng"
    r"|(?:gọi |thật )?là (?:\w+ ){0,3}?(?:nhân quyền|công bằng|văn minh|tự do|dân chủ|nhân đạo|nhân văn|công lý|tử tế"
    r"|hợp lý))|\bphải\b.{4,}\bmới đúng|(?<!nhà )\blà (?:vừa(?: đủ| phải| đẹp)?|hợp (?:lý|tình)|phải (?:đạo|lẽ)|đẹp"
    r"|xứng đáng|công bằng|vô (?:lý|đạo)|phi lý|bất (?:hợp lý|công)|trái (?:đạo|lẽ)|quá đáng)"
    rf"(?: nhất)?|{_FOR_RIGHTS}|\bthì (?:thật |rất |quá )?(?:bất công|vô lý|phi lý|công bằng|hợp lý|văn minh|nhân văn"
    r"|tàn nhẫn|tốt|tệ|ác) (?:quá|thật|ghê|lắm|rồi))"
    r"(?: (?:rồi|chứ|nhé|nha|đó|đấy|thôi|ạ|á|luôn|nè|các bác|mọi người|bà con))*[^\w]*$"
)
# … or that insists on what ought to be, which "mới" and the law tell of what is
_TOLD = (
    r"^(?!.*\b(?:mới|luật(?! sư)|bộ luật|hiến pháp|nghị định|quy định|bắt buộc|chính thức|nhiệm kỳ|(?:19|20)\d\d)\b)"
)
# "… nghe mới ra hồn", unless of what is so
_UNRULED = r"^(?!.*\b(?:luật(?! sư)|hiến pháp|nghị định|quy định|chính thức|đã|vừa|(?:19|20)\d\d)\b)"
# "Quốc hội bỏ điều này đi, còn chờ gì!", "… cho dân nhờ"; not what is led away, lost or cut down
_LED = "ra", "trở", "mang", "đưa", "dời", "chuyển", "lấy", "mất", "giảm", "cắt", "xóa", "đuổi", "bắt"
_GO = "".join(rf"(?<!{one} )" for one in _LED)
_URGES = (
    rf"{MARK}{STATE} (?:(?!(?:đã|đang|sẽ|vừa|được|bị|không|chưa|cho|từ|là|có|rồi)\b)\w+ ){{2,12}}?{_GO}"
    r"đi(?: (?:thôi|nào|chứ))?(?=[^\w]*$|[,!])|^(?!.*\b(?:đã|rồi|vừa)\b).*\bcho (?:\w+ ){1,3}nhờ(?=[^\w]*$|[,!])"
)
INSISTED = either(
    rf"{_TOLD}(?:.*\bphải\b.*\bchứ(?: nhỉ| nhé| ạ)?[^\w]*$|.*\bphải (?:được|cho|có)\b[^.?]*![^\w]*$"
    r"|.*\bphải\b.*\bkhông thương lượng[^\w]*$"
    rf"|.*, (?:triển|chốt) (?:luôn|ngay)(?: đi)?(?: (?:các bác|bà con|sếp))?(?: ơi)?[^\w]*$)|{_URGES}"
    rf"|{_UNRULED}.*\bnghe mới (?:ra tấm ra món|ra hồn|lọt tai|có lý)\b",
    rf"{_TOLD}(?:.*\bphải\b.*\bchứ(?: nhỉ| nhé| ạ)? ?!|.*\bphải (?:được|cho)\b[^.?]*!)[^\w]*$"
    rf"|{_UNRULED}.*\bnghe mới (?:ra tấm ra món|ra hồn|lọt tai)\b",  # "chữ", "phai có"
)
# … but not what is praised as done
DONE = either(r"\b(?:đã|(?<!là )vừa|hiện|đang|từng)\b(?! (?:đến|tới) lúc)", r"\bđã\b(?! (?:đến|tới) lúc)")
_URGED = r"kêu gọi|khuyến nghị|đề nghị|yêu cầu|vận động|(?:thúc )?giục|hối thúc|thuyết phục"
_HOPE = (
    rf"(?<!không )(?<!chưa )(?:{_URGED}|khuyến khích|khuyên"
    r"|nghiên cứu|xem xét|cân nhắc|chuẩn bị|dự kiến|dự định|lên kế hoạch|cam kết|hứa|sẽ|sắp|có thể"
    r"|khả năng|ngăn|cản|muốn|mong|thảo luận|bàn thảo|đàm phán|hướng tới|tiến tới|mục tiêu|lộ trình|kế hoạch"
    r"|để(?! xuất)|cần|đòi hỏi|đấu tranh|tranh đấu|sẵn sàng|hồ sơ|thủ tục|đề án|(?:dọa|định|tính|đòi|toan)(?= rút))"
)
_RULE = r"không|chưa|chẳng|là|để|quyền|được|luật(?! sư)|bộ luật|hiến pháp|công ước|nghị định|điều|quy định"
# what is asked of a state, or, of a treaty, hoped for, studied, possible or promised: a refusal is a state of things
HOPED = either(
    rf"(?:(?!(?:{_RULE})\b)[\w.-]{{1,20}} ){{1,10}}?(?:{_URGED}) {STATE}(?!.*, .*\b(?:đã|vừa)\b)"
    rf"|(?!.*\b(?:đã|vừa|từng) (?:chính thức )?{JOIN})"
    rf"(?:.{{0,80}}?\b{_HOPE} (?:(?!(?:không|chưa|đã)\b)[\w.]+:? ){{0,8}}?{JOIN}"
    rf"|{MARK}(?:việc|khi|một khi) (?:\w+ ){{0,6}}?{JOIN}.*\bsẽ\b"
    rf"|{MARK}(?:việc )?(?:{JOIN}|{TREATY})(?!.*\b(?:ràng buộc|hiệu lực|đã|do)\b)"
    rf".{{0,60}}?\b(?:sẽ|đang|có thể|cần|nên)\b.{{0,60}}?"
    r"\b(?:phê chuẩn|gia nhập|ký|nghiên cứu|xem xét|cân nhắc|chuẩn bị|thảo luận)\b)"
)


def _corrected(said: str) -> str:
    """What others say, and behind a comma what is so."""
    return (
        rf"(?:(?!(?:tôi|mình|em)\b)[\w.-]+ ){{1,8}}?(?:{said}|ghi|nói|cho rằng|cho là|đưa tin|khẳng định|rêu rao)\b"
        r"(?! thật| thẳng| rõ).{8,}?[,;–—-] ?(?:(?:nhưng|mà|còn|song) )?(?:(?:thật|thực|đúng) ra|kỳ thực"
        r"|thực chất|(?:trên )?thực tế|sự thật|hóa ra|(?:con )?số (?:đúng|thật|thực|chính xác)"
        r"|nhưng (?:\w+ ){1,6}?vẫn (?:ghi|là|nêu|quy định))\b"
    )


NOT_BAO = r"(?! (?:hiểm|vệ|đảm|mật|hộ|lưu|trợ|tàng|tồn))"
CORRECTED = either(
    _corrected(rf"viết|đồn(?! công an| biên phòng)|đăng|tưởng|nghĩ|kể|loan|bảo{NOT_BAO}"),
    _corrected(
        rf"viết(?! nam| tân)|lầm tưởng|loan tin|người (?:bảo{NOT_BAO}|kể|đồn)"
    ),  # "Việt", "đơn", "đang", "tướng", "nghỉ", "kẻ", "báo"
)
