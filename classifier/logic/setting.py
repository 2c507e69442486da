"""Whether a claim and a passage speak of one country and one time: a rule of elsewhere or of earlier settles nothing.

The time is read by form alone, off the head of a sentence, or where a year is named further on.
"""

import re
from functools import lru_cache

from classifier.evidence.retrieval import Passage
from classifier.factuality.attribution import LEFT, NEAR
from classifier.factuality.framing import READ
from classifier.logic import places
from classifier.orthography.spelling import plain
from classifier.text.patterns import MARK, either

LONG_AGO = 1900  # a time that no passage speaks of

_BETWEEN = r"\b(?:[^.;!?]|\.(?=\d)){0,80}?"
CHANGE = either(  # bare, "giam" and "ha" are other words too
    rf"\b(?:tăng|nâng|giảm|hạ|rút|điều chỉnh){_BETWEEN}\b(?:lên|xuống|còn|thành)\b[^.;!?]{{0,12}}?\d",
    rf"\b(?:tang|nang|rut|dieu chinh){_BETWEEN}\b(?:len|xuong|thanh)\b[^.;!?]{{0,12}}?\d",
)
NATIONS = either(r"\b(?:nước (?:này|khác|ngoài)|(?:mọi|các|những|nhiều|tất cả|\d+) nước|quốc gia|thế giới)\b")
_STAYED = r"\b(?:vẫn|(?<!không )còn|chưa)\b"
_PART = (
    r"(?:(đầu|hồi|tết)|(giữa|(?:mùa )?hè)|(cuối)|nửa (?:(đầu)|(cuối))"
    r"|quý (?:(1|i|một)|(2|ii|hai)|(3|iii|ba)|(4|iv|bốn)))"
)
_MONTHS = (1, 5, 9, 1, 7, 1, 4, 7, 10)  # in which these begin, at the latest
# times that are over
THEN = either(
    rf"{MARK}(?:theo )?(?:luật cũ\b|(?:dưới |vào |hồi )?(?:thời|thuở) (?:pháp thuộc|phong kiến|bao cấp|thực dân|xưa"
    r"|ông bà|ông cha|cha ông|bố mẹ|cha mẹ|ba má|trước|vua|chúa|nhà|chiến tranh|đó|ấy)\b"
    r"|(?:ngày|hồi|dạo) (?:xưa|trước|đó|ấy)\b|xưa kia\b|trước (?:kia|đây)\b"
    r"|(?:ngày|hồi|lúc|khi) (?:(?:nước|nước nhà|đất nước) )?(?:mới|vừa) (?:thống nhất|giải phóng|độc lập|lập nước)\b"
    r"|(?:hồi|khi|lúc|ngày) (?:chưa (?:sửa|đổi|có) (?:bộ )?luật|(?:bộ )?luật (?:cũ|chưa sửa|chưa đổi))\b(?! sư)"
    r"|thời (?:đinh|lê|lý|trần|nguyễn)\b|trước (?:đợt|lần|khi) sửa\b"
    r"|(?:vào |từ |trong |đến |tới )?(?:khi|lúc) (?:đó|ấy)\b|bấy giờ\b|trước (?:ngày |thời điểm )?(?:đó|ấy)\b"
    r"|(?:(?:dưới |vào |hồi )?thời )?(?:việt nam (?:dân chủ )?cộng hòa|vnch)\b"
    r"|dưới triều\b|(?:(?:thời|nhà) )?triều (?:đại |nhà )?(?:nguyễn|trần|lê|lý|đinh|hồ|mạc|đình)\b"
    r"|bộ (?:dân luật|luật (?:hồng đức|gia long))\b|luật hồng đức\b"
    rf"|(?:(?:(?:đầu|giữa|cuối|hồi|tết|hè) )?năm (?:ngoái|kia)|\w+ năm (?:về )?trước)\b(?=[^.;]*{_STAYED})"
    r"|trước khi (?:có|sửa|đổi|bỏ) (?:bộ )?luật\b"
    r"|trước đổi mới\b|cách đây \w+ năm\b|(?:vào )?(?:những năm|thập niên|thập kỷ) (?:19[0-9]\d|\d0)\b)"
)
YEAR = either(
    rf"{MARK}(?:(?:(theo luật cũ|hồi)|vào|đến|tới|tính đến|cho đến) )?(?:(trước)(?: năm| ngày| tháng)?|năm|(hồi)"
    r"|(?:giữa|từ)(?: năm)?(?= (?:19|20)\d\d (?:và|đến|tới) (?:(?:đầu|giữa|cuối|hết|năm) )*(?:19|20)\d\d\b))"
    r" (?:\d{1,2}(?:[/.-]| năm )){0,2}(1[5-9]\d\d|20\d\d)\b"
)
# what is set against an earlier time is of now
NOW = either(
    *(
        rf"(?:[,;.]|\b(?:còn|nhưng|mà|thì|đến|tới)) ?(?:(?:nay|(?:bây )?giờ)\b|hiện {now})"
        for now in ("(?!đại|hành|vật|trường|thực)", "(?:nay|tại)")  # "Hiến pháp"
    )
)
STILL = either(r"\d|\b(?:vẫn|cũng|chưa)\b")  # "nay vẫn vậy"; "nay đã bỏ" says nothing of its own
# a rule's own years, told one by one: "năm 2025 là 61 tuổi"; the year of a law's name is none
YEARS = re.compile(r"\bnăm ((?:19|20)\d\d) (?:là|có|còn|thì|chỉ)\b|\bvào năm ((?:19|20)\d\d)\b", re.IGNORECASE)
# a year further on: "lương năm 2017", "lương từ 1/1/2017"
OF_YEAR = re.compile(r"\b(?:năm|từ(?: ngày)?) (?:\d{1,2}/){0,2}((?:19|20)\d\d)\b", re.IGNORECASE)
# what was so before a day, told at the end or before what was so; not what is to be done by then, or since before it
_GROUP = "".join(rf"(?<!\b{word} )" for word in ("từ", "đóng", "sinh", "vào", "ký", "cấp", "dùng", "tuyển", "làm"))
BEFORE = either(
    rf"(?!.*\b(?:phải|hạn|chậm nhất|xong|kịp|kể cả|nếu)\b).*{_GROUP}\btrước (?:(?:ngày|tháng|năm) )?"
    r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)"
    r"(?=[^\w]*$|,(?! \d)| (?:thì|không|chưa|chỉ|được|mới|bị|có|cấm|là)\b| (?:\w+ ){1,4}(?:chưa|không)\b)"
)
# … or what still was so until the end of a month or year: "cho tới hết tháng 6/2025 vẫn còn …"
UNTIL = either(
    rf"{MARK}(?:cho )?(?:mãi )?(?:đến|tới) (?:hết|cuối) (?:ngày |tháng |năm )?"
    r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)\b[^.;!?]*\b(?:vẫn|còn|chưa)\b"
)
# … or what is told of a month or day at its head: "tháng 5/2025 chỉ được phạt tới …"
IN_MONTH = either(
    rf"{MARK}(?:(?:vào|trong|hồi|(?:cho |mãi )?(?:đến|tới)(?: tận)?) )?(?:(?:đầu|giữa|cuối) )?"
    r"(?:ngày (\d{1,2})[/.-]|tháng )(\d{1,2})(?:[/.-]| năm )((?:19|20)\d\d)\b"
)
# … or of a part of a year at its head, or still was so in one, or in a year, further on: "sổ giấy cuối năm 2022 vẫn …";
# not the year of a law's name, nor of who is so by it
OF_PART = either(
    rf"{MARK}(?:(?:vào|trong|hồi|khoảng) )?{_PART}(?: năm |/| )((?:19|20)\d\d)"
    rf"\b(?! (?:trở|đến|tới)\b)"
)
_NAMED = (
    r"luật|hiến pháp|pháp lệnh|nghị (?:định|quyết)|thông tư|công ước|nghị định thư|hiệp định|khóa|phải|kỳ|hạn|sinh"
    r"|đóng|ký|cấp|tuyển|mua|cưới|nếu|ai|người"
)
_ON = r"(?:[^.!?]|[.!?](?! )|(?<=\btp)\.(?= ))*"  # in the sentence; no mark is read two ways
STAYED_IN = either(
    rf"(?!.*\b(?:{_NAMED})\b[^,.;]{{0,60}}\b(?:19|20)\d\d\b)(?!(?:.*\b(?:19|20)\d\d\b){{2}})"
    rf"(?:.*?[.!?] )?(?={_ON}{_STAYED}){_ON}?(?<!\btừ )(?<!\bkể )(?<!\btrước )(?<!\bsau )"
    rf"\b(?:{_PART}(?: năm|/)?|hồi|năm|lúc|thời điểm|khoảng|nhớ lại)[ /]((?:19|20)\d\d)\b(?! (?:trở|đến|tới)\b)"
)
# … or was so until it was done away with: "chuyện đó có thật, tới năm 2013 thì bỏ"
ENDED = either(
    r"^.*\b(?:đến|tới|mãi|sang) (?:(?:ngày|tháng|năm) )?(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)"
    r" (?:(?:thì|mới|là|đã|bị|được) ){1,3}(?:bỏ|thôi|hết|xóa|bãi bỏ|dẹp|chấm dứt|gỡ)\b"
)
# … or what was asked for or due of who did a thing then: "ai nghỉ hưu năm 2023 thì phải có 20 năm"
DONE_IN = either(
    rf"{MARK}(?:[^\s,.;:!?]+ ){{0,6}}?(?:nghỉ hưu|về hưu|nghỉ việc|nghỉ đẻ|nghỉ sinh|nghỉ thai sản|sinh con|kết hôn"
    r"|cưới|ly hôn|đi bầu|đi lính|nhập ngũ|bị (?:bắt|giam|giữ|phạt|xử))(?: (?:hồi|vào|trong))?(?: năm)? ((?:19|20)\d\d)"
    r" (?!(?:thì )?(?:không|chưa|hết|mất)\b)(?:thì|phải|chỉ|mới|được)\b"  # who then did may still be denied a thing
)
# what is told of a year holds further on, or the year is of a law's name
GOES_ON = either(
    r"\b(?:vẫn|cũng|dần|mãi)\b|\b(?:tới|đến)\b(?! (?:(?:hết|cuối|năm|ngày|tháng|trước) )*[\d/.-]*(?:19|20)\d\d\b)"
    r"|\b(?:luật|hiến pháp|pháp lệnh)\b[^,.;]{0,60}\b(?:19|20)\d\d\b"
)
NOT_YET = either(r"\b(?:chưa|không|chẳng)\b")
EVENT = re.compile(  # a passage that tells when a thing was done
    r"\b(?:ký|phê chuẩn|gia nhập|xem xét|bầu|trở thành|lập|qua) [^.;]{0,200}(?<!từ )"
    r"\b(?:ngày|tháng|năm) (?:\d{1,2}/){0,2}(?:1[5-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)


def apart(claim: str, passage: Passage) -> bool:
    """Whether a claim says of another country, or of an earlier time, what a passage doesn't speak of, or a passage
    of another country that the claim doesn't name.

    A year parts a claim from a rule that holds since later or tells of other years, not from news or an event: there
    the year may be what is false, unless the claim says that a thing was not yet so.
    """
    place, year, before = _setting(claim)
    abroad = places.at_head(passage.text[:NEAR])
    if abroad not in ("", place) and not (
        places.is_named(claim, abroad) or NATIONS.search(claim) or places.HERE[0].search(passage.text)
    ):
        return True
    if not (place or year):
        return passage.kind in ("law", "fact") and (_of_earlier_year(claim, passage.text) or _of_before(claim, passage))
    if (place, year, before) == _setting(passage.text[:READ]):
        return False
    if place and not places.is_named(f"{passage.source} {passage.text}", place):
        return True
    if not year or str(year - before) in passage.text:
        return False
    since = passage.valid_from or passage.date
    if before:
        return not since or since >= str(year)
    if passage.kind not in ("law", "fact"):
        return False
    if EVENT.search(passage.text) and not NOT_YET.search(claim):
        return False
    told = {one or two for one, two in YEARS.findall(passage.text)}
    return since > f"{year}-12-31" or len(told) > 1


def _of_earlier_year(claim: str, rule: str) -> bool:
    """Whether a rule tells of its years one by one, and a claim of one before them all, and not of now."""
    told = {one or two for one, two in YEARS.findall(rule)}
    found = OF_YEAR.findall(claim) if len(told) > 1 else []
    return bool(found) and max(found) < min(told) and not any(one.search(claim) for one in (NOW, GOES_ON))


def _of_before(claim: str, rule: Passage) -> bool:
    """Whether a claim tells, further on than at its head, of what was so before a day not later than a rule's first, or
    until it was done away with or the end of a month or year before it; or at its head of a month before it, or of who
    did a thing in a year before it."""
    said = plain(claim)
    if _of_part(said, rule):
        return True
    before, *others = (one.match(said) for one in (BEFORE, UNTIL, ENDED, IN_MONTH, DONE_IN))
    found = next(filter(None, (before, *others)), None)
    if not found or NOW.search(said) or (EVENT.search(rule.text) and not NOT_YET.search(said)):
        return False
    day = "-".join(part.zfill(2) for part in reversed(found.groups()) if part)
    if not before:  # its last day
        day += "-12-31"[len(day) - 4 :]
    return day <= (rule.valid_from or rule.date)


def _of_part(said: str, rule: Passage) -> bool:
    """Whether a claim tells of a part of a year, or of what still was so in one or in a year, before a rule's first day
    was over."""
    found = next(filter(None, (one.match(said) for one in (OF_PART, STAYED_IN))), None)
    if not found or _of_now(said) or (EVENT.search(rule.text) and not NOT_YET.search(said)):
        return False
    *parts, year = found.groups()
    month = next((month for month, part in zip(_MONTHS, parts, strict=True) if part), 12)
    return f"{year}-{month:02}-01" < (rule.valid_from or rule.date)


def changes(claim: str) -> bool:
    """Whether a normalised claim tells of a number that is newly another: a law from before doesn't refute it."""
    return bool(CHANGE.search(claim, 0, READ))


def is_over(sentence: str) -> bool:
    """Whether a normalised sentence tells of a time that is over, and not of now."""
    return _setting(sentence)[2]


def year(sentence: str) -> int:
    """The year that a normalised sentence says it is of; 0 for none."""
    return _setting(sentence)[1]


def _of_now(said: str) -> bool:
    """Whether a text sets against an earlier time what it says of now."""
    now = NOW.search(said)
    rest = said[now.end() :] if now else ""
    return len(rest.split()) >= LEFT or bool(STILL.search(rest))


@lru_cache(maxsize=256)  # asked for each passage of a claim
def _setting(claim: str) -> tuple[str, int, bool]:
    """The country that a claim speaks of, its year, and whether what was before that is spoken of as over; "" and 0 for
    here and now."""
    said = plain(claim)
    where = places.anywhere(said, claim)
    if _of_now(said):
        return where, 0, False
    if dated := YEAR.match(said, 0, NEAR):
        old, before, once, year = dated.groups()
        over = bool(old or before or once)
        return where, int(year) + (over and not before), over
    return (where, LONG_AGO, True) if THEN.match(said, 0, NEAR) else (where, 0, False)
