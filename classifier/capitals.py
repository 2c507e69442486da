"""Capitals of the commonest names, put back in a text that shouts or has none: names make a claim likelier, and how
large somebody types doesn't."""

import re

from classifier.letters import GREAT
from classifier.restore import shipped

Edit = tuple[int, int, str]

# names that people write small or shout like all else, words before a place, and words after them that name none
_LISTED = """Việt Nam, Trung Quốc, Hoa Kỳ, Liên Hợp Quốc, Hội đồng Nhân quyền, Hà Nội, Sài Gòn, Huế, Đà Nẵng, Cần Thơ,
    Hải Phòng, Tây Nguyên, Đồng Nai, Bình Dương, Nghệ An, Đắk Lắk, Gia Lai, Quốc hội, Hiến pháp, Bộ luật, Chính phủ,
    Đảng, Nhà nước, Thủ tướng, Chủ tịch nước, Bộ Công an, Bộ Ngoại giao, Bộ Y tế, Bộ Tư pháp, Ủy ban nhân dân,
    Hội đồng nhân dân, Công ước, Nghị định thư, Mặt trận Tổ quốc, Phật giáo, Công giáo, Tin Lành, Cao Đài, Hòa Hảo,
    Khmer, Hmông, Ê Đê, Gia Rai, Facebook, TikTok, YouTube, ICCPR, ICESCR, CEDAW, CERD, CRC, CRPD, ILO, UPR"""
_BEFORE = """thị trấn, thị xã, phường, huyện, tỉnh, xã, thôn, quận, bản, ấp, buôn, trại giam, khu công nghiệp,
    thành phố, chùa, giáo xứ"""
_NEVER = """hội luận viên tắc giao này kia đó ấy nào tôi mình ta nhà quê bên khác mới cũ gọi mời bắt đến lên xuống về
    đang đã sẽ không có bị được và của cho với thì là ở tự cũng còn phải vừa định đảo lỵ ủy đội đoàn án quyền thân chất
    năng"""
PLACES = [" ".join(place.split()) for place in _BEFORE.split(",")]
NAMES = {" ".join(name.lower().split()): " ".join(name.split()) for name in _LISTED.split(",")}
NO_PLACE = frozenset(_NEVER.split())

_WITHIN = re.compile(rf"\s(?<![.!?\n]\s)[\"“(]?[A-Z{GREAT}]")  # a capital within a sentence
_FOUND = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, NAMES))})\b"
    rf"|\b(?P<place>{'|'.join(PLACES)}) (?P<one>[^\W\d_]+) (?P<two>[^\W\d_]+)\b"
)


def edits(said: str) -> list[Edit]:
    """Names small in a text that has no capitals but where sentences begin, and what they become."""
    if _WITHIN.search(said):
        return []
    return [(match.start(), match.end(), NAMES.get(match.group()) or _placed(match)) for match in _FOUND.finditer(said)]


def _placed(match: re.Match[str]) -> str:
    """A place after what it is: xã hòa sơn; the words after it stay small where news has them together."""
    one, two = match["one"], match["two"]
    if one in NO_PLACE or shipped().follows(one, two) or two in NO_PLACE:
        return match.group()
    return f"{match['place']} {one.title()} {two.title()}"
