"""The treaties that a text names, each by its one name: ICCPR, or the covenant on civil and political rights.

Texts are folded here, so that diacritics lost in part or whole change nothing.
"""

import re

from classifier.text.letters import fold


def folded(pattern: str) -> re.Pattern[str]:
    """A pattern for folded text; capitals in it but a named group's P are made small."""
    return re.compile(fold(pattern).replace("(?p<", "(?P<"))


MOST = 26  # treaties of a text that are told apart
UN = r"(?: (?:quốc tế|liên hợp quốc|của liên hợp quốc|lhq|của lhq))*"
CONVENTION = rf"công ước{UN}(?: năm)?(?: \d{{4}})?{UN}(?: (?:về|của|các|việc|bảo vệ|quyền|những))*"
SHORT = rf"(?:công ước{UN} )?"
FORMS = r"(?:(?:mọi|các|tất cả các) hình thức )?"
NAMES = {
    "ccpr": rf"{SHORT}i?ccpr|{CONVENTION} dân sự(?:,| và)? chính trị",
    "cescr": rf"{SHORT}i?cescr|{CONVENTION} kinh tế(?:,| và)? xã hội(?:(?:,| và)* văn hóa)?",
    "cedaw": rf"{SHORT}cedaw|{CONVENTION} phụ nữ|{CONVENTION} (?:xóa bỏ|loại trừ|chống) {FORMS}phân biệt(?: đối xử)?"
    r" (?:đối )?(?:với|chống lại) (?:phụ nữ|nữ giới)",
    "cerd": rf"{SHORT}i?cerd|{CONVENTION} (?:xóa bỏ|loại trừ|chống) {FORMS}phân biệt(?: đối xử)?(?: về)? chủng tộc",
    "crc": rf"{SHORT}(?:un)?crc|{CONVENTION} trẻ em",
    "cat": rf"{SHORT}(?:un)?cat|{CONVENTION} (?:chống|cấm) tra tấn",
    "crpd": rf"{SHORT}crpd|{CONVENTION} người khuyết tật",
    "cmw": rf"{SHORT}(?:icrmw|icmw|cmw)|{CONVENTION} (?:mọi |tất cả )?(?:người )?lao động (?:di trú|nhập cư|di cư)"
    r"(?: và (?:các )?(?:thành viên )?(?:trong )?gia đình(?: của)?(?: họ)?)?",
    "ced": rf"{SHORT}(?:icpped|ced|cped)|{CONVENTION} (?:(?:tất cả )?(?:mọi )?người (?:khỏi|không)(?: bị)? |chống )?"
    r"(?:mất tích cưỡng (?:bức|ép)|cưỡng bức mất tích)",
    "genocide": rf"{CONVENTION}(?: (?:ngăn ngừa|phòng ngừa|ngăn chặn|trừng trị|trừng phạt|chống|và|tội|ác))*"
    r" diệt chủng",
    "refugee": rf"{CONVENTION}(?: (?:vị thế|tình trạng|quy chế|địa vị|của|người))* t[ịỵ] nạn(?: năm 1951)?",
    "rome": r"quy chế rom[ae](?: về tòa (?:án )?hình sự quốc tế)?|(?:quy chế )?icc|tòa (?:án )?hình sự quốc tế",
    "cybercrime": rf"{CONVENTION} (?:(?:phòng|chống|và|,) ?)*tội phạm mạng(?: \(công ước hà nội\))?|công ước hà nội",
    "opcat": r"opcat",
    "opac": r"opac",
    "opsc": r"opsc",
    "opic": r"opic",
    "ilo": r"(?:công ước )?(?:(?:số )?\d{1,3} (?:của )?ilo|(?:của )?ilo (?:số )?\d{1,3})"
    r"|công ước (?:số )?\d{2,3}(?: (?:của )?ilo)?|(?<=và )số \d{2,3}",
}
BY_MATTER = {  # protocols called by what they are about
    "ccpr-op1": r"nghị định thư (?:cho|để|về|cho phép) (?:(?:cá nhân|người dân|công dân) )?(?:khiếu nại|kiện|gửi đơn)"
    r"(?: cá nhân)? (?:lên|tới|đến|ra) (?:ủy|uỷ) ban nhân quyền",
    "ccpr-op2": r"nghị định thư (?:(?:tùy chọn|không bắt buộc|thứ hai|số hai|số 2|của i?ccpr|về|việc|nhằm) ){0,4}"
    r"(?:bãi bỏ|xóa bỏ|xóa|bỏ) (?:án |hình phạt )?tử(?: hình)?(?: của i?ccpr)?",
    "opac": r"nghị định thư (?:[\w,]+ ){0,8}?xung đột vũ trang",
    "opsc": r"nghị định thư (?:[\w,]+ ){0,5}?(?:buôn bán|mua bán) trẻ em",
    "opic": r"nghị định thư (?:[\w,]+ ){0,10}?thủ tục gửi thông báo",
}
SAME = {"cat-op": "opcat", "crc-op3": "opic"}
NUMBER = {"nhat": "1", "mot": "1", "hai": "2", "ba": "3"}
PROTOCOL = (
    r"nghị định thư(?: (?:tùy chọn|không bắt buộc|bổ sung|tự chọn|khiếu nại|đi kèm))*"
    r"(?: (?:thứ|số) (nhất|một|hai|ba|[123]))?"
    r"(?: (?:của|kèm theo|bổ sung|thuộc|cho|về))*"
)
NAMED = folded(
    rf"\b(?:({'|'.join(BY_MATTER.values())})|(?:({PROTOCOL}) )?({'|'.join(NAMES.values())}))\b"
    r"(?: ?\([a-z]{2,8}\))?(?: của (?:liên hợp quốc|lhq))?"
)
KINDS = tuple((name, folded(pattern)) for name, pattern in (*BY_MATTER.items(), *NAMES.items()))
OTHER = folded(  # those that no name above is of, to the end of the clause
    r"\b(?:công ước|nghị định thư|hiệp ước|quy chế)"
    r"(?! (?:này|đó|ấy|trên|nói trên|nào|nhân quyền|cốt lõi|quốc tế nào)\b) [^,.;:!?\n()]{2,120}"
)
LOOKS = (  # what each name has: found in a hundredth of the time of a pattern
    "cong uoc", "nghi dinh thu", "quy che", "hiep uoc", "hinh su quoc te", "ccpr", "cescr", "ced", "cerd", "crc",
    "cat", "crpd", "cmw", "rmw", "ped", "opac", "opsc", "opic", "icc", "ilo",
)  # fmt: skip
NOTHING = """công ước nghị định thư hiệp quy chế quốc tế liên hợp về của các những việc năm quyền người bảo vệ chống và
    tùy chọn số thứ cho với trong"""  # words of a name that tell nothing
_NOTHING = frozenset(fold(NOTHING).split())
ONE = "⟦[a-z]_*⟧"  # how a treaty is masked, by its letter
_MASK = re.compile(ONE.replace("[a-z]", "([a-z])"))
_OWN = str.maketrans("⟦⟧⟨⟩", "    ")  # what masks are made of, where somebody wrote it


def masked(said: str, *, others: bool = False) -> tuple[str, list[str]]:
    """A folded text in which ⟦a__⟧, ⟦b_⟧ ... of their own length stand for the treaties it names, and which they are;
    others: with those that the table doesn't know, as their words."""
    names: list[str] = []
    said = said.translate(_OWN)
    if not any(word in said for word in LOOKS):
        return said, names

    def mask(found: re.Match[str], name: str) -> str:
        if len(names) == MOST or "⟦" in found[0]:
            return found[0]
        names.append(name)
        return f"⟦{chr(ord('a') + len(names) - 1)}{'_' * (len(found[0]) - 3)}⟧"

    text = NAMED.sub(lambda found: mask(found, _name(found)), said)
    return (OTHER.sub(lambda found: mask(found, found[0].strip()), text) if others else text), names


def of_masks(part: str, names: list[str]) -> list[str]:
    """The treaties that masks in a part of a masked text stand for."""
    return [names[ord(letter) - ord("a")] for letter in _MASK.findall(part)]


def unmasked(text: str) -> str:
    """A masked text without its treaties."""
    return _MASK.sub("", text)


def is_other(name: str) -> bool:
    """Whether a name is one that the table doesn't know."""
    return " " in name


def holds(text: str, name: str) -> bool:
    """Whether a text has all telling words of a folded name that the table doesn't know."""
    said = set(re.findall(r"\w+", fold(text)))
    return said.issuperset(word for word in re.findall(r"\w+", name) if word not in _NOTHING)


def _name(found: re.Match[str]) -> str:
    """The one name of a treaty that was found; a protocol that isn't called by its matter is its treaty's."""
    matter, protocol, number, name = found.groups()
    one = next((one for one, pattern in KINDS if pattern.fullmatch(matter or name)), "ilo")
    if one == "ilo":
        one = f"ilo-{re.findall('[0-9]+', name)[-1]}"
    if protocol and not one.startswith("op"):  # "nghị định thư OPAC" is no protocol of a protocol
        one = f"{one}-op{NUMBER.get(number or '', number or '')}"
    return SAME.get(one, one)
