"""Which treaties a text says Viet Nam has signed or joined: a status has two values, so that logic settles it.

Only what fits a small grammar is read: the state here, whether it did or not, and the treaty's name, in either side's
words. What is said of another time or country, of a part of a treaty or on a condition is left to the verdict.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from classifier.logic.treaties import ONE, folded, holds, is_other, masked, of_masks, unmasked
from classifier.text.letters import fold

JOIN, SIGN = "join", "sign"
RESOLVED = 1  # years that a parliament's resolution may come before the treaty is joined
READ = 2_000  # characters of a text that are read

DAY = folded(
    r"\b(?:(?:ngày|mùng) \d{1,2} tháng \d{1,2},? |tháng \d{1,2},? )?(?:(?:ngày|tháng|năm) )?(?:\d{1,2}[/.-]){0,2}"
    r"((?:19|20)\d\d)\b"
)

# the grammar, over a text in which ⟦a_⟧ stands for a treaty and ⟨__⟩ for a day or a year
DATE = r"⟨_*⟩"
ALL = rf"{ONE}(?:(?:, và|,| và| với| lẫn| cùng| hay| hoặc)(?: cả)? {ONE})*"
HERE = (
    r"(?:(?:(?:nhà nước|chính phủ|chính quyền|nhà cầm quyền|chế độ|phía|nước) )*việt nam(?: (?:ta|mình))?"
    r"|(?:nhà |đất )?nước (?:ta|mình)"
    r"|(?:chính phủ|nhà nước|chính quyền|nhà cầm quyền|chế độ)(?: (?:ta|mình|này|hà nội|cộng sản(?: việt nam)?|csvn))*"
    r"|hà nội|ba đình|chúng ta|(?:(?:bọn|lũ|đám|tụi|phía|đảng) )?(?:cộng sản(?: việt nam)?|csvn|cs|việt cộng)"
    r"|đảng(?: ta| và nhà nước(?: ta)?))"
)
NOW = (
    r"(?:đến |tới |cho đến |cho tới |tính đến )?(?:nay|bây giờ|giờ(?: này| phút này)?|hiện nay|hiện tại|hiện giờ|hiện"
    r"|thời điểm này|tận (?:giờ|bây giờ|nay))"
)
HEAD = (
    r"(?:^|[.!?;:,…\n] ?|(?<=\w) (?:nên|vì|bởi(?: vì)?|mà) )[\"'“”\-–•* ]*"
    r"(?:(?:nhưng(?: mà)?|(?:thế|vậy) mà|(?:chính )?vì (?:thế|vậy)|do đó|vì|bởi|nên|còn) )?"
    rf"(?:(?:theo (?:chỗ |như )?(?:mình|tôi|em|tui|tớ)(?: được)? biết|{NOW}|(?:trên )?thực tế|thực ra|thật ra"
    r"|sự thật là|nói thật|nên nhớ|ai cũng biết),? (?:là |thì )?)?"
)
WHEN = rf"(?:(?:vào|từ|ngay từ|kể từ|trong|hồi|mãi(?: đến| tới)?) )?(?P<day{{}}>{DATE})"
FINALLY = r"(?:rốt cuộc|(?<!nước )cuối cùng)"  # "nước cuối cùng" is the last of them
THEN = (
    rf"(?: (?:đã|có|cũng|mới chỉ|{NOW}|vẫn|chính thức|từ lâu|sớm|vốn|luôn|đều|thực chất|thực ra|thật ra"
    r"|(?:trên )?thực tế|là nước|vừa|mới|bị ngâm"
    rf"|(?:(?:đã|mới|đành)(?: buộc)?|(?:{FINALLY}|rồi)(?: (?:thì|rồi))?(?: cũng)?) (?:phải|chịu|đành)"
    rf"|{FINALLY}|đành|miễn cưỡng|(?:né(?: tránh)?|lảng tránh|lờ đi|làm ngơ|chần chừ|lần lữa|dùng dằng),?"
    r"|là một trong (?:những|số các|các) nước(?: sớm)?))*"
)
NOT = (
    r"(?: (?:chưa|không|chẳng|chả|hổng|hông|nào có|đâu có)(?: (?:từng|hề|bao giờ|lúc nào|lần nào|một lần|đời nào|được"
    r"|chịu|thèm|dám|phải|còn|có))*(?: ký(?: kết)? (?:và|hay|hoặc)(?: (?:chưa|không|chẳng))?)?)"
)
MEMBER = (
    r"là (?:một )?(?:(?:nước |quốc gia )?(?:thành viên|tham gia)|bên(?: ký kết| tham gia)?)(?: chính thức| đầy đủ)?"
)
ACT = (
    rf"(?:phê chuẩn|gia nhập|tham gia|tham dự|{MEMBER}|(?<=phải )(?:nước )?thành viên|(?:có )?(?:chân|mặt|tên) trong"
    r"|(?:(?<=đã )|(?<=chịu )|(?<=chưa )|(?<=hề )|(?<=dám )|(?<=từng ))(?:vào|vô)|bước(?: chân)?(?= (?:vào|vô)))"
)
LEFT = (
    r"(?:(?:rút|ra|thoát|rời)(?: ra)?(?: chân)? khỏi|rời(?: bỏ)?"
    r"|(?:hủy(?: bỏ)?|bãi bỏ|chấm dứt) (?:việc |tư cách )?(?:phê chuẩn|tham gia|gia nhập|thành viên)"
    r"|bị (?:khai trừ|loại|đuổi|gạch tên|trục xuất)(?: ra)? khỏi)"
)
OUT = (
    rf"(?:(?:đứng|nằm|ở) (?:ngoài|bên ngoài)|(?P<gone>{LEFT})"
    r"|(?:từ chối|khước từ|né(?: tránh)?|lảng tránh) (?:việc )?(?:phê chuẩn|tham gia|gia nhập))"
)
INTO = r"(?: (?:vào|vô|của|cả|bản|theo|luôn|nốt|trọn gói))*"
MATTER = (  # "công ước số 87 về tự do hiệp hội"
    r"(?: về (?!mặt|phía|phương diện|cơ bản|lý thuyết|hình thức)[^,.;:!?…\n⟦]{1,80}?)?"
)
LAST = (
    r"(?P<no> đâu)?(?: (?:cả|hết|rồi|từ lâu(?: rồi)?|từ lâu lắm rồi|hẳn hoi|đàng hoàng|nhé|nha|nghe|cơ mà|cơ|đấy|đó"
    r"|mà))*"
)
FOR_SHOW = (
    r"(?:cho (?:có|vui|đẹp|oai|oách|sang|xong|qua|ra vẻ|yên)|(?:chỉ|cốt|cũng chỉ|chẳng qua(?: là)?) để"
    r"|lấy (?:lệ|le|tiếng|oai))"
)
NEXT = rf"(?:nên|cho nên|vì|do|bởi|và|nhưng|song|mà(?= (?:không|chưa|chẳng|vẫn|lại)\b)|để|{FOR_SHOW})"
END = rf"(?={MATTER}{LAST}(?: *$| *[.,;!…)\n]| {NEXT}\b))"
BY = r"(?:tính |cho )?(?:đến|tới)(?: (?:hết|cuối))?"  # what by then wasn't done; what was may be done before
BEFORE = rf"(?:(?:{WHEN.format(1)}|(?P<by>{BY}) (?P<day4>{DATE})),? (?:thì )?)?"
AFTER = rf"(?:,? {WHEN.format(3)})?"
LATELY = (  # of what was left alone: what was joined then wasn't before
    r"(?: (?:(?:từ|hồi|vào|mới) )?(?:năm (?:ngoái|kia|nay)|hôm (?:qua|kia)|mới đây|gần đây|vừa rồi"
    r"|(?:tháng|tuần) này))?"
)
REACHED = rf"(?:rốt cuộc|cuối cùng)(?: thì)?,? {HERE}(?: cũng)? (?:phải|chịu|đành)"
SUBJECT = rf"(?:{REACHED}|{HERE}){THEN}(?P<not>{NOT})?{THEN}(?: {WHEN.format(2)}{THEN})?"
THEIRS = SUBJECT.replace(HERE, f"(?:{HERE}|họ)")  # "công ước ấy họ phê chuẩn rồi"
CLAUSES = tuple(
    folded(HEAD + BEFORE + pattern)
    for pattern in (
        rf"{SUBJECT}(?: ký (?:kết )?(?:và|nhưng|chứ|mà)(?P<not2>{NOT})?)? (?:(?P<act>{ACT})|(?P<out>{OUT}))"
        rf"{INTO} (?P<all>{ALL}){AFTER}(?(gone){LATELY}){END}",
        rf"{SUBJECT} (?P<sign>ký(?: kết)?){INTO} (?P<all>{ALL}){AFTER}{END}",
        rf"(?P<all>{ALL}){MATTER},? (?:(?:thì|là công ước|cũng|mà) )*{THEIRS} (?:(?P<act>{ACT})|(?P<out>{OUT}))"
        rf"{AFTER}{END}",
        rf"(?P<all>{ALL}){MATTER}{THEN}(?P<not>{NOT})?{THEN}"
        rf" được (?:{HERE}|họ) (?P<act>phê chuẩn|gia nhập)"
        rf"{AFTER}{END}",
        rf"{HERE}{THEN}{NOT} (?P<more>[^⟦⟨.,;:!?…\n]{{1,60}}?),?(?: (?:và|mà|lại))* cũng(?P<not>{NOT})"
        rf" (?:(?P<act>{ACT})|(?P<sign>ký(?: kết)?)){INTO} (?P<all>{ALL}){AFTER}{END}",
    )
)
LATER = rf"(?:[^.;\n⟨]{{0,120}}?(?P<day>{DATE}))?"
TOLD = tuple(  # how a passage tells it: with its days, and in one breath with much else
    folded(pattern)
    for pattern in (
        rf"{HEAD}{SUBJECT} (?P<act>{ACT}){INTO} (?P<all>{ALL}){LATER}",
        rf"{HEAD}{SUBJECT} (?P<sign>ký(?: kết)?){INTO} (?P<all>{ALL}){LATER}",
        rf"{HEAD}{HERE}{THEN} ký (?P<all>{ALL})[^.;\n]{{0,120}}và (?P<act>phê chuẩn|gia nhập)\b"
        rf"(?!{INTO} ⟦){LATER}",
        rf"{HEAD}{HERE}(?P<not> chưa) (?P<sign>ký) và chưa {ACT}{INTO} (?P<all>{ALL})",
        rf"{HEAD}{HERE} (?P<act>{MEMBER}) của [^.;:\n⟦]{{0,80}}: (?P<all>{ALL})",
        rf"\bcông ước(?P<not> chưa) (?P<act>tham gia|gia nhập|phê chuẩn) là (?P<all>{ALL})",
    )
)
PART = folded(  # what belongs to a treaty, and isn't it
    rf"\b(?:{ACT}|ký)(?: [\w]+){{0,4}}? (?:đàm phán|thương lượng|soạn thảo|sửa đổi|phiên|phiên họp|kỳ họp|hội nghị|lễ"
    rf"|ủy ban|cơ chế|thủ tục|điều|khoản|điều khoản|báo cáo|nhóm|bảo lưu)(?: [\w]+){{0,4}} {ONE}"
)
RATIFIED = folded(r"\b(?:phê chuẩn|gia nhập)\b")
REST = folded(rf"{MATTER}{LAST}[ .!…]*")
OWN = folded(  # of a treaty itself, when it was made and came into force, for whomever
    r"\b(?:(?:có|phát sinh) hiệu lực|ra đời|(?:được|do) [^.;\n⟨]{0,60}?thông qua|mở (?:cho )?(?:các nước )?ký)"
    rf"(?! (?:với|đối với|cho|ở|tại)\b)(?: (?:chính thức|quốc tế|rộng rãi))* {WHEN.format('')}"
)
TREATY = folded(
    r"\b(?:công ước|nghị định thư|hiệp ước|điều ước|quy chế|phê chuẩn|gia nhập|tham gia|thành viên|ký|cam kết|quốc tế"
    r"|liên hợp quốc|lhq|tòa|ilo|thế giới)\b"
)
MORE = folded(r";|, (?:nên|với)\b")
US = folded(rf"\b{HERE}\b")
TURNING = folded(  # before a clause: what may turn it round
    r"\b(?:không|chưa|chẳng|chả (?:phải|có|hề)|đừng(?! (?:mơ|hòng|tưởng bở))|liệu"
    r"|(?:tin|lời) đồn|đồn (?:rằng|là|thổi|đoán)|bịa|sai|bảo (?:là|rằng)|ai bảo|nói rằng|cho (?:là|rằng)|tưởng|ngỡ"
    r"|tin rằng|như|ước (?:gì|mong|sao)|mong|giá (?:mà|như)|yêu cầu|kêu gọi|đề nghị|hỏi (?:là|rằng|xem))\b"
)
ELSEWHEN = folded(  # another time, a condition, or a day, which the verdict weighs
    r"\d|\b(?:nếu|giả sử|giả dụ|khi|lúc|hồi (?:đó|ấy|xưa|nào|trước|còn|mới|chiến|năm|thế kỷ|cuối|đầu)"
    r"|thời(?! điểm này)|trước|sau|(?<!chưa )từng (?:tham gia|gia nhập|là)|sẽ|sắp|tuy|mặc dù|dù (?:rằng|cho|sao|có))\b"
)
FULL = {  # both names, for a search
    "ccpr": "ICCPR công ước quốc tế về các quyền dân sự và chính trị",
    "cescr": "ICESCR công ước quốc tế về các quyền kinh tế, xã hội và văn hóa",
    "cedaw": "CEDAW công ước xóa bỏ mọi hình thức phân biệt đối xử với phụ nữ",
    "cerd": "CERD công ước xóa bỏ mọi hình thức phân biệt chủng tộc",
    "crc": "CRC công ước về quyền trẻ em",
    "cat": "CAT công ước chống tra tấn",
    "crpd": "CRPD công ước về quyền của người khuyết tật",
    "cmw": "ICRMW công ước về quyền của người lao động di trú và gia đình họ",
    "ced": "ICPPED công ước bảo vệ mọi người khỏi mất tích cưỡng bức",
    "genocide": "công ước ngăn ngừa và trừng trị tội diệt chủng",
    "refugee": "công ước năm 1951 về người tị nạn",
    "rome": "quy chế Rome về Tòa án Hình sự Quốc tế ICC",
    "opcat": "OPCAT nghị định thư tùy chọn của công ước chống tra tấn",
    "opac": "OPAC nghị định thư về trẻ em trong xung đột vũ trang",
    "opsc": "OPSC nghị định thư chống buôn bán trẻ em, mại dâm trẻ em",
    "opic": "OPIC nghị định thư thứ ba của công ước về quyền trẻ em về thủ tục gửi thông báo",
}
ACTS = "Việt Nam ký, phê chuẩn, gia nhập, tham gia, là thành viên"


@dataclass(frozen=True, slots=True)
class Status:
    """That Viet Nam has or hasn't joined, or signed, a treaty, and the characters that say so.

    further: said of a further verb without its subject, which may be another's: it may be borne out, not refuted.
    gone: that it left it, on whatever day, which whoever never joined didn't either: it may be refuted, not borne out.
    """

    treaty: str
    act: str
    yes: bool
    year: str = ""
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    dated: tuple[int, int] = field(default=(0, 0), compare=False)
    further: bool = field(default=False, compare=False)
    gone: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Told:
    """The treaties a text names, what it says of their status, whether it says nothing else, and whether it says
    likewise of a part of one."""

    named: frozenset[str] = frozenset()
    statuses: tuple[Status, ...] = ()
    whole: bool = False
    part: bool = False


NONE = Told()


@lru_cache(maxsize=1_024)  # asked for each passage of a claim
def told(claim: str) -> Told:
    """What a normalised claim tells of treaties."""
    said = _folded(claim)
    text, names = _masked(said, others=True)
    statuses: list[Status] = []
    whole = False
    if names and not ELSEWHEN.search(re.sub(DATE, "", unmasked(text))):
        for clause in CLAUSES:
            for found in clause.finditer(text):
                turned = TURNING.search(text, _begins(text, found.start()), found.start())
                if not turned and text.count("⟨") == found[0].count("⟨"):  # what another day is of isn't told
                    statuses += _statuses(found, names, said, claimed=True)
                    ends = not found.start() and statuses and REST.fullmatch(text, found.end())
                    whole = whole or bool(ends and not found.groupdict().get("more"))
    part = bool(names and not statuses and PART.search(text))
    return Told(frozenset(names), tuple(dict.fromkeys(statuses)), whole, part)


@lru_cache(maxsize=1_024)
def told_by(passage: str) -> Told:
    """What a normalised passage tells of treaties, among days and much else."""
    said = _folded(passage)
    text, names = _masked(said)
    found = [one for clause in TOLD for one in clause.finditer(text)] if names else []
    statuses = (status for one in found for status in _statuses(one, names, said, claimed=False))
    return Told(frozenset(names), tuple(dict.fromkeys(statuses)))


def apart(claim: str, passage: str) -> bool:
    """Whether a normalised claim names treaties and a passage none but others, or is on a part of one, or on when one
    came into force at all, and a passage on its status."""
    mine = told(claim)
    theirs = told_by(passage) if mine.named else NONE
    own = not mine.statuses and _of_itself(claim) and not US.search(_folded(claim)) and not _of_itself(passage)
    if theirs.statuses and (mine.part or own):
        return True
    others = bool(theirs.named) and mine.named.isdisjoint(theirs.named)
    return others and not any(is_other(one) and holds(passage, one) for one in mine.named)


@lru_cache(maxsize=1_024)
def _of_itself(text: str) -> bool:
    """Whether a text tells when a treaty was made or came into force, and doesn't add for whom."""
    return bool(OWN.search(_masked(_folded(text))[0]))


def of_no_treaty(claim: str, passage: str) -> bool:
    """Whether a normalised passage tells a treaty's status and no more, and a claim names no treaty and speaks of none:
    that a law forbids what a treaty is against isn't told by the year in which it was joined."""
    if TREATY.search(_folded(claim)) or told(claim).named:
        return False
    return bool(told_by(passage).statuses) and not MORE.search(_folded(passage))


def borne(claim: str, passage: str, *, lasting: bool = True) -> bool | None:
    """Whether a normalised passage bears a claim on a treaty's status out; None where it doesn't tell.

    A claim on several is refuted by any one of them, and borne out by a passage that tells of all. What a passage that
    isn't lasting, a news item, says wasn't done may be done since.
    """
    mine = told(claim).statuses
    theirs = told_by(passage).statuses if mine else ()
    known = {(one.treaty, one.act): one for one in theirs if lasting or one.yes}
    pairs = [(one, known[one.treaty, one.act]) for one in mine if (one.treaty, one.act) in known]
    found = [_agree(one, other, passage, _signed(one, theirs)) for one, other in pairs]
    if False in found:
        return False
    return True if found and len(found) == len(mine) and None not in found else None


def _agree(one: Status, other: Status, passage: str, signed: Container[str]) -> bool | None:
    """Whether a claim's status is a passage's too; None where its year can't be told, or may be that of another act.
    signed: the years of its signature, which is no such act."""
    if one.year and not one.yes:  # it hadn't been done then
        held = None if other.year in ("", one.year) and other.yes else not other.yes or one.year < other.year
        return None if one.further and not held else held
    if one.gone and not other.yes:
        return None
    if one.yes != other.yes or not one.year or one.year == other.year:
        return one.yes == other.yes or (None if one.further else False)
    near = not other.year or abs(int(one.year) - int(other.year)) <= RESOLVED
    return None if near or (one.year in passage and one.year not in signed) else False


def _signed(one: Status, theirs: Iterable[Status]) -> frozenset[str]:
    """The years in which a passage has the treaty of a claim's status signed, where that tells of more than signing."""
    signed = (other.year for other in theirs if (other.treaty, other.act) == (one.treaty, SIGN) and other.yes)
    return frozenset(signed if one.act == JOIN else ())


def resolved(claim: str, passage: str) -> bool:
    """Whether the one day on which a claim has a treaty ratified may be that of the parliament's resolution: before the
    one that a passage tells, in its year or the one before."""
    said = _folded(claim)
    text, names = _masked(said)
    days = [_when(said[slice(*day.span())]) for day in re.finditer(DATE, text)]
    if len(days) != 1 or not RATIFIED.search(text):
        return False
    their = _folded(passage)
    joined = [one for one in told_by(passage).statuses if one.act == JOIN and one.yes and one.year]
    theirs = [_when(their[slice(*one.dated)]) for one in joined if one.treaty in names]
    return any(days[0] < day and day[0] - days[0][0] <= RESOLVED for day in theirs)


def against(claim: str, passage: str) -> tuple[str, tuple[int, int], tuple[int, int]] | None:
    """How a claim and a passage tell one treaty's status differently, the kind of slot, and the characters of both."""
    statuses = told_by(passage).statuses
    theirs = {(one.treaty, one.act): one for one in statuses}
    for one in told(claim).statuses:
        other = theirs.get((one.treaty, one.act))
        if other and _agree(one, other, passage, _signed(one, statuses)) is False:
            turned = other.yes != one.yes
            return ("negation", one.span, other.span) if turned else ("date", one.dated, other.dated)
    return None


def is_theirs(claim: str) -> bool:
    """Whether who has joined is "họ" in a normalised claim: here's state, unless another was named before."""
    return bool(told(claim).statuses) and "ho" in re.findall(r"\w+", _folded(claim))


def query(claim: str) -> str:
    """What to search for what tells the status that a normalised claim is about, by all names and acts; "" where it
    tells none."""
    treaties = {one.treaty for one in told(claim).statuses} & FULL.keys()
    return " ".join([*sorted(map(FULL.__getitem__, treaties)), ACTS]) if treaties else ""


def _folded(text: str) -> str:
    """The beginning of a normalised text, folded: "" where that would move its characters."""
    said = fold(text[:READ])
    return said if len(said) == len(text[:READ]) else ""


def _masked(said: str, *, others: bool = False) -> tuple[str, list[str]]:
    """A text with its treaties and its days masked, and which treaties these are."""
    text, names = masked(said, others=others)
    return DAY.sub(lambda day: f"⟨{'_' * (len(day[0]) - 2)}⟩", text) if names else text, names


def _statuses(found: re.Match[str], names: list[str], said: str, *, claimed: bool) -> Iterator[Status]:
    """The statuses that a clause, of a claim or of a passage, tells of the treaties it names."""
    groups = found.groupdict()
    denied, left = bool(groups.get("not") or groups.get("not2")), bool(groups.get("out"))
    no = bool(denied or left or groups.get("no"))
    gone = bool(groups.get("gone"))
    days = [found.span(name) for name, day in groups.items() if day and name.startswith("day") and not gone]
    dated = days[0] if days and (claimed or not no) else (0, 0)
    if groups.get("by") and not no:
        return
    if (denied and left) or (left and days and claimed) or len(days) > 1:
        return  # what isn't left is joined, but who says so says more
    start, end = found.span(next(name for name in ("sign", "act", "out") if groups.get(name)))
    start = found.start("not") + 1 if groups.get("not") else start
    for name in of_masks(found["all"], names):
        act = SIGN if groups.get("sign") else JOIN
        yield Status(name, act, not no, said[slice(*dated)][-4:], (start, end), dated, bool(groups.get("more")), gone)


def _when(day: str) -> tuple[int, ...]:
    """A day, a month or a year, as its year and what of the rest is told."""
    return tuple(map(int, reversed(re.findall(r"\d+", day))))


def _begins(text: str, at: int) -> int:
    """Where the sentence of a character begins."""
    return max(text.rfind(end, 0, at) for end in ".!?;…\n") + 1
