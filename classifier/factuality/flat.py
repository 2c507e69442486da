"""Whether a text is a rule told flatly and nothing else: no word in it is its writer's own.

A rule in people's words ("Ông bà nội phải ký thì xã mới cho đổi họ.") reads as an opinion as soon as a claim. Where it
asks, wishes, judges, doubts, hands on and remembers nothing and nobody is spoken of, no opinion stands in it either. In
doubt it isn't flat: each word that may give a voice away does, but in phrases of law and work that hold it.
"""

import re
from collections.abc import Set

from classifier.factuality.attribution import ADDRESS, NEAR, PARTICLES
from classifier.orthography.spelling import plain
from classifier.text import worded
from classifier.text.letters import GREAT, WORD, fold
from classifier.text.patterns import is_bare

LONGEST = 20  # words: what goes on tells something else too
TAIL = 6  # words behind a pause that tell no rule, by which one looks at what was told


def _words(*listed: str) -> re.Pattern[str]:
    """A pattern of the words and phrases of lists, which "|" parts."""
    return re.compile(rf"\b(?:{'|'.join(' '.join(one.split()) for one in '|'.join(listed).split('|'))})\b")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# marks of a mood, of another's word or of a list
_ODD = re.compile(r"[^\w\s.,%/-]| -|- | /|\.\.|\d\.\s|\w\.\w*[^\W\d]|^\s*\w[.)]\s")
# somebody by his name
_NAMED = re.compile(rf"\b(?i:ông|bà|anh|chị|cô|chú|bác|dì|cậu|thằng|con|em|công ty|xưởng) (?!Việt|Tây)[A-Z{GREAT}]")
# phrases that hold one of the words below and no voice
_HARMLESS = _words(
    r"""trẻ em | chị em | anh em | em bé | con cháu | nuôi cháu | cho cháu | (?:các|thì) cháu | người ta | nước ta
    | một mình | (?:nước|của|tên|riêng|công dân|bên) mình | tụi nhỏ | bọn buôn người | phiên tòa
    | xin(?= (?!lạy|nhà|các|đừng|hãy|chính|cho|mọi|bà|anh|chị|quốc|đảng|được|cơ quan|đề)\w) | đe dọa
    | (?:công|thỏa|điều|khế|hiệp) ước | ước tính | lẽ phải | (?<!theo )thông tin | tin (?:nhắn|tức|học) | lòng tin
    | (?:báo|đưa|đăng|cung cấp|một) tin | nhìn thấy | tìm thấy | không cần biết | biết (?:chữ|đọc|nghề)
    | nói (?:miệng|tiếng) | (?:tiếng|lời|giọng) nói | bảo (?:hiểm|vệ|đảm|hộ|lưu|mật|trợ|lãnh|toàn|tàng) | kể từ
    | kể cả | bất kể | không kể | đồn (?:công an|biên phòng|trú) | (?:lên|về|tại|tới) đồn | thẩm phán | phán quyết
    | (?:khỏi|cần|phải|bị|được|cưới|ăn|lễ) hỏi | hỏi (?:cung|ý|miệng|thi) | (?:phải|không) trả lời
    | (?:đồng|ngày|nước|ai|lúc|khi|mức|loại|người|tháng|tòa|trường|bên|năm|vụ) nào | (?:nào|đâu|gì) cũng
    | (?:không|chẳng|chưa|khỏi|bất cứ|bất kỳ)(?: (?!để|thì|là|mà)\w+){1,4} (?:nào|gì) | (?:tội|nghề|việc|chuyện) gì
    | bên kia | người kia | mất trắng | phiếu trắng | da trắng | bất cứ đâu | bản sao | sao y | không sao
    | hay(?= (?!quá|thật|ghê|nhỉ|ho|đấy|lắm|sao|là)\w) | (?:tới|từ|đến|đủ|bằng|nghỉ) đúng
    | đúng (?:luật|hạn|quy định|pháp luật|tuyến|\d+|nửa|số|thẩm quyền|nghề)
    | sai (?:luật|phạm|quy định|trái|pháp luật|tuyến) | thôi (?:việc|học|giữ|coi|quốc tịch) | cũng (?:vậy|thế)
    | thế (?:chấp|giới|hệ|vị) | thay thế | cầm thế | (?:thu|phục) hồi | hồi (?:môn|hương|phục)
    | (?:người|tháng|năm|ngày|giờ|nước|lúc|khi|sau|trong|trước|từ|việc|bên) đó
    | thời (?:hạn|gian|giờ|hiệu|kỳ|điểm|vụ) | (?:tạm|đồng|kịp) thời | (?:công ty|sếp|chủ|xã|tỉnh|giấy|khai sinh) cũ
    | từng (?:công ty|người|lần|bên|nơi|trường|tháng|năm|vùng|đứa|loại) | hôm sau | (?:mấy|hai|ba|mười|nghỉ) bữa
    | vừa (?:đẻ|sinh|nghỉ|thành) | quá (?:\d+|hạn|thời hạn|tuổi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|số|mức)
    | vượt quá | quá trình | cùng lắm | sự thật | khai thật | có thật | thiệt hại | tức là | lập tức | tức thời
    | (?:bị|nhà|chấn|gây) thương | thương (?:tích|tật|binh|mại|lượng|vong|nhân) | may mặc
    | (?:công ty|xưởng|thợ|ngành|dệt|nhà máy) may | (?:làm|lăng|sỉ|mắng) nhục | nhục hình | tội ác | học sinh giỏi
    | người lạ | thua kiện | đau (?:ốm|đớn) | ốm đau | (?:suốt|trọn|cả|ra|qua) đời | đời (?:sống|tư) | giáo xứ
    | xứ đạo | xuất xứ | mọi kiểu | học trò | vai trò | đám (?:tang|cưới|hỏi|ma|giỗ) | (?:quay|chụp|đóng) phim
    | phải chịu | chịu (?:trách nhiệm|án|phạt|phí|thuế|chi phí) | không chịu \w+ | con cái | cái (?:chết|tên)
    | mọi người | bình thường | bồi thường | như thường | thường (?:trú|xuyên|vụ|niên|trực) | sở thích | giải thích
    | thích (?:hợp|nghi) | cơ (?:quan|sở|thể|bản|hội) | lo (?:việc|hậu sự) | tự lo | kêu oan
    | (?:phải|cần|được|khỏi|cấm|không|để) (?:thông báo|ghi|dán|đăng|in|nhắc|dạy|khuyên|giảng|dẫn|trích|kêu)
    | ghi (?:âm|hình|(?:thêm )?tên(?: mình)?|chép) | đăng (?:ký|kí|tải) | dạy (?:học|thêm|nghề|con) | hướng dẫn
    | tốt nghiệp | hợp đồng (?:lao động|thuê|miệng)"""
)
_WHO = r"""tôi | tui | tao | tớ | mình | em | ta | cháu | chúng | bọn | tụi | lũ | đám | mày | nó | hắn | ổng | bả
    | dân đen | với (?:họ|ông|bà|sếp|chủ) | trong mắt
    | có (?:nơi|công ty|chỗ|trường|xã|người|ông|bà) | nhiều (?:nơi|công ty|chỗ|xã|trường|người|chủ|nhà) | một số
    | đa số | hầu hết | phần lớn | thường"""
_WISHES = r"""nên | đáng | thà | lẽ | giá (?:mà|như) | ước | mong | vọng | hãy | đừng | chớ | xin | đi(?=,|$)
    | ^chúc | đề xuất | đề nghị | kiến nghị | ủng hộ | phản đối | ^yêu cầu | ^đòi | ^tố cáo
    | tố cáo (?:việc|nạn) | chống | cầu (?:cho|chúc) | không đồng ý | đồng ý việc | dẹp | xóa bỏ
    | xoá bỏ | chấm dứt | từ chối | làm ơn | cảm ơn | vỗ tay | giải tán | để làm
    | mới (?:đủ|nuôi|xứng|hợp|là (?!người))
    | mới (?:công|an|sống|yên|nhân) | cho (?:chín|xứng|đỡ|bõ|đủ|công|yên)
    | là điều | là (?:hợp|đúng)$
    | (?:công ty|chủ|nhà nước|sếp|doanh nghiệp|viện|trường|luật|quốc hội|tòa|xã) (?:\w+ ){0,2}(?<!khỏi )(?<!ông )phải
    | phải (?:miễn|tăng|giảm|bỏ|cho (?!phép))
    | phải được (?!(?:\w+ ){0,6}(?:đồng ý|duyệt|phép|ký|xác nhận|chấp thuận))"""
_GUESSES = r"""hở | hử | bao giờ | răng | cớ
    | sẽ | sắp | tương lai | mai mốt | năm (?:sau|tới|ngoái)(?! khi) | tháng tới | tuần tới | chắc | hẳn
    | có khi | hình như | dường như | có vẻ | tưởng | nghĩ | ngỡ | tin | thấy | hiểu | biết | giả sử | giả dụ
    | giả thử | lỡ | nhỡ | ví dụ | chẳng hạn | nếu (?:luật|mà|như|ai) | mà (?:cho|được|bị|cấm|phải)\b.*\bthì
    | sao | gì | nào | đâu | hả | nhỉ | chăng | ư | à | ạ | dạ | vâng | ừ | ờ | ha | hông | hong
    | ko | hok | (?:không|chưa)$ | ^có (?:đúng|phải|chuyện) | tùy (?:chỗ|nơi|hỉ|duyên|lúc|mặt|người)"""
_SAYS = r"""^theo | nghe | nói | bảo | kể | đồn | phán | dọa | hỏi | cãi | rằng | cho là | coi là | gọi là
    | nghĩa là | tức | theo (?:ông|bà|anh|chị|nhiều|báo|dự|kế|nguồn|cô|chú|bác|hợp đồng)
    | khoe | mắng | khẳng định | tuyên bố | quả quyết | cam đoan | khăng khăng | trấn an | chốt | thông báo | ghi
    | dán | in | đăng | hô | rao | nhắc | dạy | dặn | khuyên | bày | mách | kêu | la làng | thề | hứa | giảng | nhắn
    | nhận định | trích | phát biểu | dẫn | truyền | mệnh đề | tiêu đề | tờ rơi | lời
    | báo viết | quan điểm | quan niệm | ý kiến | cá nhân | chuyện | nội quy | quy chế
    | luật (?:rừng|ngầm|chơi)
    | (?:luật|quy định|lệnh)(?: của)? (?:công ty|xưởng|nhà máy|quán|chỗ|sếp|chủ|nhà (?!nước)|làng|bản|xóm|họ)
    | (?:là|thành|theo) lệ | lệ (?:làng|bản|riêng|của|phố) | luật của | định luật | châm ngôn | khẩu hiệu
    | nhân danh | quảng cáo"""
_ELSEWHERE = r"""này | đó | đấy | kia | ấy | nọ | đây | hồi | thời | thuở | xưa | cũ | từng
    | hôm | bữa | hổm | nãy | sáng nay | chiều nay | tối qua | vừa | tuần trước | tháng trước | triều
    | vua | phong kiến | thực dân | phát xít | tem phiếu | giải phóng
    | (?:19\d\d|20[013-9]\d|202[0-37-9])\b(?!.*\bcông ước) | đã bỏ | bãi bỏ | không còn | hết (?:thuốc|thời\b)
    | chưa thành | đang (?:bàn|xem xét) | dự thảo | dự kiến | dự luật | phương án | bản trình | góp ý
    | trình (?:quốc hội|chính phủ|bộ) | bị (?:\w+ ){0,3}(?:bác|cấm)$ | nước (?:khác|bạn) | thực tế | xứ
    | phim | truyện | tiểu thuyết | kịch | game | mơ | vương quốc | hành tinh"""
_DENIES = r"""sai | bịa | xạo | nhảm | đùa | giỡn | vịt | lộn | nhầm | lẫn | lận | sót | huống | coi chừng | gạch
    | vẽ | trái quy định | là (?:vi phạm|trái|phạm (?:luật|pháp)|bất hợp|luật) | không luật
    | cấm\b.*\b(?:được|quyền|khỏi) | (?:khỏi|không) cần luật | cò | lừa | gạt | éo | méo
    | chứ | lầm"""
_JUDGES = r"""thôi | kệ | mặc | cơ | vậy | thế | ai (?:ngờ|lại|mà|dám|cho) | hay | dở | tệ | tồi
    | quá | lắm | ghê | thật | thiệt | cực | rất | khá | hơi | vô cùng | hết sức | tuyệt | tốt | xấu | ổn | khổ
    | sướng | chán | buồn | vui | mừng | giận | thương | tiếc | may | nhục | hèn | ác | dại | ngu | khôn | điên
    | khùng | giỏi | lạ | kì | kỳ (?:cục|quặc) | vô lý | phi lý | bất công | công bằng | hợp lý
    | hợp tình | nhân đạo | nhân văn | văn minh | tiến bộ | lạc hậu | thụt lùi | bước (?:tiến|lùi)
    | oan (?:ức|uổng|rồi) | đúng | chuẩn | chua | cay | mệt | sợ | lo | xót | đau | bó tay | thua | lạy | trời | đời
    | kiểu | trò | chiêu | cái | ngon | hên | xui | ráng | trắng | chịu | đành | loạn | tội nghiệp | cười
    | khóc | mỉa | trớ trêu | dã man | tàn nhẫn | thô bạo | bức xúc | phẫn nộ | ám ảnh | nỗi | kinh hoàng | lòng
    | nhân quả | thích | đỉnh cao | té ra | hóa ra | hoá ra | miễn bàn
    | khỏi bàn | hết chỗ | coi như | xem như | như thể | y như | cứ như
    | cứ (?:cho|việc) | hài | chà | nhậu | người yêu | mẹ vợ | mèo | chó | k{2,} | (?:ha){2,}
    | (?:hi){2,} | (?:he){2,} | lol"""
_VOICE = _words(_WHO, _WISHES, _GUESSES, _SAYS, _ELSEWHERE, _DENIES, _JUDGES)
# what makes a rule of a sentence; what the state does and how it should punish is complained of and called for as
# flatly, but where law is named
_RULE = _words(
    r"""(?<!bị )được | phải | cấm | buộc | quyền | luật | hiến pháp | công ước | điều \d+ | miễn | khỏi
    | (?:không|chẳng|chỉ) cần | hợp pháp | hợp lệ | vi phạm | tội | tối đa | tối thiểu | ít nhất | hạn
    | thời hiệu | là (?:\w+ )?\d+ | bằng (?:\w+ )?\d+ | mới (?:có|là|tính) | không (?:có|còn|tính|mất|giới hạn)
    | bị (?:xử )?phạt"""
)
_WEIGHTY = _words(
    r"""công an | cảnh sát | csgt | cán bộ | nhà nước | chính quyền | quan | chính phủ | quốc hội | trại giam
    | quản giáo | an ninh | điều tra viên | tử hình | tù | chung thân | bắn | giết | chém | treo cổ"""
)
_LAW = _words(
    r"luật | quyền | phép | hiến pháp | hợp pháp | hợp lệ | nghị định | công ước | điều \d+ | quy định | tội \d+"
)
_DEMAND = re.compile(  # nobody is who must, or it is agreed to
    r"^\W*(?:phải\b(?!.*\bmới\b)|(?:cần|cho|bỏ|tăng|giảm|sửa|trả|cấm|đồng ý|không (?:được|phải|luật))\b"
    r"|(?:khi|lúc|chừng|hồi) nào\b|muốn\b(?!.*\b(?:phải|cần|thì)\b))"
)
_OPPRESSED = re.compile(  # so do people speak of what is done to them, law or no law
    r"\b(?:dân|công nhân|người (?:dân|nghèo)|nhân viên|phụ nữ)\b(?: \w+){0,4}"
    r" (?:không|chẳng)(?: hề)? (?:có quyền|được)\b"
    r"(?!.*\b(?:luật|hiến pháp|quy định|công ước|nghị định|điều \d)\b)"
)
_PAUSE = re.compile(r", | thì ")
_AFTERTHOUGHT = re.compile(r",(?! (?:dù|kể cả|bất kể|trừ|nếu|miễn|không kể)\b)[^\d]*$")  # a remark, as likely as a rule
# words of grammar, time and number: they say nothing of anybody's mind
_GRAMMAR = _listed(
    """thì là được phải không có và với của cho từ đến tới trên dưới đủ chỉ mới cũng vẫn muốn cần như hay hoặc ở tại
    trong ngoài vào ra lên về trước sau khi nếu mỗi mọi các những một hai ba bốn năm sáu bảy tám chín mười trăm triệu
    nghìn đồng tháng ngày giờ tiếng tuổi lần phần tuần ai nào do bị để trừ hơn ít nhất tối đa thiểu chưa chẳng rồi
    luôn hết dù người nhà"""
)
_EVEN = re.compile(r"(?:dù|kể cả|bất kể|trừ khi|miễn|không kể)\b")  # goes with what stands before
_SOME_LAW = re.compile(r"\bluật\b(?! (?:cho|cấm|bắt|buộc|không|quy))")  # "…, luật tình trường"


def flat(text: str) -> bool:
    """Whether a text is one sentence that tells a rule and gives away nothing of who writes it, but for those he speaks
    to and a particle at its end. One without diacritics isn't: its words are too many others."""
    if len(worded(text)) != 1 or is_bare(text) or _ODD.search(text.strip().rstrip(".")):
        return False
    said = plain(text).strip()
    begun, ended = ADDRESS.match(said), PARTICLES.search(said, max(0, len(said) - NEAR))
    said = said[begun.end() if begun else 0 : ended.start() if ended else len(said)].rstrip(" .")
    return not _NAMED.search(said) and len(said.split()) <= LONGEST and not _voiced(said.lower())


def all_of_matter(claim: str, known: Set[str]) -> bool:
    """Whether each word of a claim is a number, one of grammar, or known of its matter, folded: no list of what gives a
    voice away is complete."""
    words = WORD.findall(plain(claim).lower())
    return all(word[0].isdigit() or word in _GRAMMAR or fold(word) in known for word in words)


def _voiced(said: str) -> bool:
    """Whether a sentence in small letters is somebody's: by a word, by what it demands, or as it tells no rule."""
    left, tail = _HARMLESS.sub("_", said), _PAUSE.split(said)[-1]
    return bool(
        _VOICE.search(left)
        or _AFTERTHOUGHT.search(said)
        or _DEMAND.match(said)
        or _OPPRESSED.search(said)
        or not _RULE.search(said)
        or (_WEIGHTY.search(said) and not _LAW.search(said))
        or left.count(" thì ") > 1
        or (len(tail.split()) <= TAIL and not _EVEN.match(tail) and not _RULE.search(_SOME_LAW.sub("", tail)))
    )
