"""The same thing said by the other side: loaded words read as plain ones, and who is quoted left out.

Evidence is looked for and compared in these words, on both sides of a pair, in training and in scoring; what people
are shown stays as it was written. Either side's words lead to a third, so that neither is the measure of the other.
"""

import re
from functools import lru_cache

from classifier.text.letters import fold
from classifier.text.patterns import both, is_bare, listed

VERSION = "3"  # in a model's card; raised when any words are read otherwise: models trained before are then refused
SAID = {
    "chính quyền": """nhà cầm quyền, giới cầm quyền, bạo quyền, nhà chức trách, giới chức trách, cơ quan chức năng,
        cơ quan quản lý, chính quyền cộng sản, chế độ cộng sản, nhà nước cộng sản, nhà nước độc tài, chế độ độc tài""",
    "công an": "côn an, công an cộng sản, lực lượng công an, cơ quan công an, an ninh cộng sản, lực lượng an ninh",
    "nhà hoạt động": """đối tượng chống phá, phần tử chống phá, kẻ chống phá, các thế lực thù địch, thế lực thù địch,
        thế lực phản động, phần tử phản động, đối tượng phản động, bọn phản động, phần tử bất mãn, phần tử cơ hội,
        đối tượng cơ hội chính trị, phần tử cơ hội chính trị, nhà bất đồng chính kiến, người bất đồng chính kiến,
        nhà đấu tranh, nhà tranh đấu, người đấu tranh, người hoạt động nhân quyền, nhà hoạt động nhân quyền""",
    "phạm nhân": "tù nhân lương tâm, tù nhân chính trị, tù lương tâm, tù chính trị, tù nhân, người tù, can phạm",
    "xử lý": "đàn áp, trấn áp, đánh phá, thẳng tay xử lý, kiên quyết xử lý, xử lý nghiêm, xử lý nghiêm minh",
    "bắt giữ": "bắt bớ, bố ráp, vây bắt, truy bắt",
    "nhóm": "bè lũ, tập đoàn phản động, băng nhóm phản động, tổ chức phản động, tổ chức thù địch",
    "thu hồi đất": "cướp đất, cưỡng chiếm đất, chiếm đất của dân, giải phóng mặt bằng, cưỡng chế thu hồi đất",
    "người khiếu kiện": "dân oan, đối tượng khiếu kiện, người dân khiếu kiện, bà con dân oan",
    "biểu tình": "tụ tập phản đối, tụ tập trái phép, xuống đường phản đối, xuống đường",
    "phản đối": "kích động, xúi giục chống đối, chống đối, lên tiếng phản đối",
    "mạng xã hội": "nền tảng xuyên biên giới, nền tảng mạng xã hội, các nền tảng mạng",
    "bài viết trên mạng": """bài viết xấu độc, thông tin xấu độc, tin xấu độc, nội dung xấu độc, bài viết phản biện,
        bài viết trái ý nhà nước, nội dung trái ý nhà nước""",
    "phiên tòa": "phiên tòa bỏ túi, phiên xử, phiên xét xử, phiên tòa xét xử",
    "bản án": "bản án bỏ túi, án bỏ túi",
    "tử vong": "qua đời, mất mạng, thiệt mạng",
    "mời làm việc": "câu lưu, mời lên làm việc, bắt lên làm việc",
    "báo chí": "báo quốc doanh, báo lề đảng, báo chí lề phải, báo chí lề trái, báo chí cách mạng",
    "được": "mới được, mãi mới được, mãi rồi mới được, rốt cuộc mới được, cuối cùng mới được",
    "chưa": "vẫn chưa chịu, chưa chịu, mãi chưa chịu, mãi vẫn chưa",
    "không": "không chịu, nhất quyết không, nhất quyết không chịu, khăng khăng không, khăng khăng không chịu",
    "chỉ": "mới chỉ, chỉ vỏn vẹn, vỏn vẹn chỉ",
    "": """cái gọi là, trắng trợn, ngang nhiên, trơ trẽn, hèn hạ, đê hèn, bỉ ổi, một cách thô bạo, thấu tình đạt lý,
        đầy tính nhân văn, vô cùng nhân văn, với luận điệu xuyên tạc""",
}
LACKED = """lương hưu, hộ khẩu, giấy phép, giấy tờ, bảo hiểm, bảo hiểm y tế, bảo hiểm xã hội, việc làm, nhà ở, thu nhập,
    luật sư, lý do, căn cứ, quốc tịch, lệnh bắt, bản án, hợp đồng, người thân, khả năng, chứng cứ, bằng chứng,
    người bào chữa, phiên dịch, chỗ ở, nơi ở, đất sản xuất, nước sạch, điện, trạm y tế"""
SPEAKERS = """các tổ chức nhân quyền, tổ chức nhân quyền, giới hoạt động, các nhà hoạt động, nhà hoạt động,
    báo nhà nước, báo chí nhà nước, truyền thông nhà nước, truyền thông trong nước, báo chí trong nước,
    truyền thông quốc tế, báo chí quốc tế, báo đài nước ngoài, báo đài, nhà nước, chính quyền, công an, dư luận,
    người dân, gia đình, giới quan sát, giới luật sư, cộng đồng mạng, mạng xã hội,
    người phát ngôn bộ ngoại giao, bộ công an, bộ ngoại giao"""
SAYING = "cho biết|cho rằng|cho hay|nói rằng|nói|khẳng định|tuyên bố|tố cáo|cáo buộc|lên án|thông báo|báo cáo|đưa tin"


def _table(*, bare: bool) -> dict[str, str]:
    """Each form and what it is read as, the longest first; without diacritics where bare."""
    forms = {form: plain for plain, said in SAID.items() for form in listed(said)}
    forms |= {f"không {thing}": f"không có {thing}" for thing in listed(LACKED)}
    told = {fold(form): fold(plain) for form, plain in forms.items()} if bare else forms
    return dict(sorted(told.items(), key=lambda item: -len(item[0])))


# other words for "không", where they aren't "for example", "unluckily" or a dish; without diacritics "cha" is a father
_DISHES = "bún nem giò bánh mì miếng món bán mua làm ăn quán hàng cơm xuất tấn thịt và"
DENIED = re.compile(
    r"\b(?:chẳng(?! (?:hạn|lẽ|nhẽ|may|qua|thà|là|mấy chốc|bao lâu)\b)|(?:đéo|đếch)|"
    + "".join(rf"(?<!\b{word} )" for word in _DISHES.split())
    + r"chả(?= (?:ai|biết|cần|thấy|muốn|dám|thèm)\b))(?= \w)",
    re.IGNORECASE,
)
_DENYING = ("chẳng", "chả", "đéo", "đếch")  # a look for these costs a tenth of the pattern
FORMS = _table(bare=False), _table(bare=True)
_SPEAKERS = "|".join(listed(SPEAKERS))
# who is quoted at the head of a text: "theo các tổ chức nhân quyền, ", "báo nhà nước đưa tin rằng "
FRAME = both(rf"(?:theo (?:{_SPEAKERS}) ?[,:]|(?:{_SPEAKERS}) (?:{SAYING})(?: rằng| là)?[,:]?) ", flags=re.IGNORECASE)


@lru_cache(maxsize=512)
def neutral(text: str) -> str:
    """A normalised text in neither side's words."""
    bare = is_bare(text)
    forms, quoted = FORMS[bare], FRAME[bare].match(text)
    said = text[quoted.end() :] if quoted else text
    low = said.lower()
    for form in [form for form in forms if form in low]:
        said = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", forms[form], said, flags=re.IGNORECASE)
    if not bare and any(word in low for word in _DENYING):
        said = DENIED.sub("không", said)
    return text if said == text else " ".join(said.split())
