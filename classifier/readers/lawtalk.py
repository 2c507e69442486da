"""Sentences about what the law says, in the ways people say it: frames with slots, ours.

People retell a law in slang, with a sigh or a sneer, and it is a checkable claim all the same; news and comments hold
too few such sentences to learn it from. Whether a sentence is true plays no part here.
"""

from random import Random

FRAMES = (
    "Theo luật, {who} {may} {act}.",
    "{Who} {may} {act}, luật quy định rõ như vậy.",
    "Luật hiện hành: {who} {may} {act}",
    "Từ năm {year}, {who} {may} {act}.",
    "Nghị định mới quy định {who} {may} {act} kể từ ngày 1/7/{year}.",
    "Điều {article} nêu rõ {who} {may} {act}.",
    "Nói cho bà con rõ: {who} {may} {act}, luật ghi rành rành ra đó.",
    "Đừng tưởng, {who} {may} {act} đấy, luật cho phép chứ không phải ai bịa.",
    "Chán thật, luật bây giờ {who} {may} {act} mà chẳng mấy ai hay.",
    "Mừng ghê, {who} {may} {act} rồi nha mọi người, luật có hiệu lực rồi.",
    "{who} {may} {act} nha, mình làm bên luật mình nói cho chắc",
    "Ai hỏi thì trả lời luôn là {who} {may} {act}, khỏi cãi.",
    "Bác nào chưa biết thì {who} {may} {act} từ lâu rồi, luật sửa năm {year} đó.",
    "Nhà nước mình quy định {who} {may} {act}, cứ theo đó mà làm.",
    "Việt Nam: {who} {may} {act}",
    "Luật bên mình ghi {who} {may} {act}, thiệt thòi hay không thì tùy người nghĩ.",
)
MAY = ("được", "không được", "phải", "không phải", "có quyền", "không có quyền", "bị cấm", "khỏi cần", "cứ việc")
# code, who, what they may or must do
TOPICS = (
    ("CCPR", "người bị tạm giữ", "gặp luật sư trong 24 giờ"),
    ("CCPR", "dân bị bắt", "báo tin cho người nhà"),
    ("CCPR", "người từ 18 tuổi", "đi bầu"),
    ("CCPR", "ai đủ 21 tuổi", "tự ra ứng cử"),
    ("CCPR", "nhóm cầu nguyện tại nhà", "đăng ký với xã"),
    ("CCPR", "tòa soạn", "in lời cải chính trong 5 ngày"),
    ("CCPR", "công ty", "đem thông tin khách hàng đi bán"),
    ("CCPR", "công dân", "khiếu nại quyết định của chủ tịch huyện"),
    ("CCPR", "người nước ngoài bị tạm giam", "gặp lãnh sự"),
    ("CCPR", "phụ nữ có thai", "bị xử tử"),
    ("CCPR", "người mang án treo", "làm hộ chiếu"),
    ("CCPR", "trưởng thôn", "tự ý vô khám nhà dân"),
    ("CAT", "điều tra viên", "đánh nghi can để lấy lời khai"),
    ("CAT", "mọi buổi hỏi cung", "quay phim ghi âm"),
    ("CAT", "trại giam", "nhốt riêng phạm nhân quá 10 ngày"),
    ("CEDAW", "chị em đi đẻ", "nghỉ sáu tháng có lương bảo hiểm"),
    ("CEDAW", "chủ xưởng", "đuổi việc công nhân đang bầu"),
    ("CEDAW", "con gái 17 tuổi", "làm đám cưới"),
    ("CEDAW", "vợ", "đứng tên chung sổ đỏ"),
    ("CEDAW", "chồng đánh vợ", "tránh xa vợ ba ngày"),
    ("CEDAW", "ông chồng", "xin ly hôn lúc vợ đang nuôi con dưới 12 tháng"),
    ("CRC", "đứa 14 tuổi", "đi làm tám tiếng một ngày"),
    ("CRC", "trẻ dưới 6 tuổi", "khám bệnh miễn phí"),
    ("CRC", "cha mẹ", "đăng hình con bảy tuổi mà khỏi hỏi con"),
    ("CRC", "thầy cô", "bắt học trò đứng góc lớp"),
    ("CRC", "trẻ bị bỏ rơi", "làm giấy khai sinh trong 7 ngày"),
    ("CRC", "con đủ 7 tuổi", "nói mình muốn ở với ai khi cha mẹ ra tòa"),
    ("CRPD", "người đi xe lăn", "lên xe buýt miễn phí"),
    ("CRPD", "trường học", "chê học trò khuyết tật"),
    ("CRPD", "người mù", "tự ký giấy tờ ngân hàng"),
    ("CRPD", "công ty", "nhận ít nhất 3% lao động khuyết tật"),
    ("CERD", "học sinh dân tộc thiểu số", "lãnh gạo hằng tháng"),
    ("CERD", "người dân tộc", "dùng tiếng mẹ đẻ trước tòa"),
    ("CERD", "đài truyền hình", "phát tiếng dân tộc"),
    ("CESCR", "thợ thuyền", "làm quá 12 tiếng một ngày"),
    ("CESCR", "chủ", "giữ bằng gốc của người làm"),
    ("CESCR", "công nhân", "đình công không cần công đoàn"),
    ("CESCR", "sếp", "trả lương trễ hơn 30 ngày"),
    ("CESCR", "người thất nghiệp", "lãnh trợ cấp 12 tháng"),
    ("CESCR", "dân bị lấy đất", "nhận nền tái định cư trước khi dọn đi"),
    ("CESCR", "bệnh nhân cấp cứu", "đóng tiền trước mới được chữa"),
    ("CESCR", "học trò tiểu học công lập", "đóng học phí"),
    ("CESCR", "người làm đủ 15 năm", "hưởng lương hưu"),
    ("OTHER_RIGHTS", "hai người cùng giới", "đăng ký kết hôn"),
    ("OTHER_RIGHTS", "người chuyển giới", "đổi tên trên giấy tờ"),
    ("OTHER_RIGHTS", "người già không lương hưu", "nhận trợ cấp hằng tháng"),
    ("OTHER_RIGHTS", "người xin tị nạn", "bị trả về nơi họ bị đe dọa"),
)


def sentences(count: int, *, seed: int) -> list[tuple[str, str]]:
    """`count` different sentences with the code each is about; the same seed gives the same ones."""
    random = Random(seed)
    found: dict[str, str] = {}
    while len(found) < min(count, len(FRAMES) * len(TOPICS)):
        code, who, act = random.choice(TOPICS)
        filled = random.choice(FRAMES).format(
            who=who,
            Who=who[0].upper() + who[1:],
            may=random.choice(MAY),
            act=act,
            year=random.randint(2010, 2026),
            article=random.randint(5, 290),
        )
        found.setdefault(filled, code)
    return list(found.items())
