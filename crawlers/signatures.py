"""Who wrote a text, as its lines tell: signatures, credits, bylines."""

import re

SHORT = 300  # characters of a credit or caption, at most
_LABELLED = re.compile(
    r"[-•–* ]{0,4}(?:(?:bài(?: viết)?|tin|ảnh|hình ảnh|video|clip|thực hiện|nội dung|biên tập|biên dịch|thiết kế|đồ họa"
    r"|trình bày|phóng viên|tác giả|người viết)(?:, | và | - |/| & )?){1,4}[:,] ?(?P<who>[^\n]{2,80})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\([^()\n]{2,40}\)$")  # "(theo AFP)", "(tổng hợp)"
_ROLE = re.compile(  # before a name that signs
    r"(?:(?:theo|pv|phóng viên|ctv|cộng tác viên|btv|biên tập viên|nhà báo|tác giả|người viết|bạn đọc|độc giả"
    r"|luật sư|ls|bác sĩ|bs|th\.?s|pgs|gs|ts)\b[.:, ]*)+",
    re.IGNORECASE,
)
_FROM = re.compile(  # behind it: an address, another's picture, an outlet
    r"(?:(?:[,;–-]|\b) ?\(?(?i:e-?mail:? ?)?[^\s@,]+@\S+|[,;.–-] ?(?i:ảnh|clip|video)(?:: ?(?P<whose>.+))?"
    r"|(?:/|, ?| [|–-] )(?:theo )?(?:Báo )?[A-ZĐ][\w+]*(?:[.–-][\w.]+)?(?: [A-ZĐ](?=\w*[a-z])\w*|(?<=Tin) tức)?"
    r"|, (?:(?:gửi|viết)(?: (?:cho|tới|đến))?|thông tín viên|phóng viên|cộng tác viên|từ)"
    r"(?: (?:báo|đài|của|từ|tại|ở|[A-ZĐÂÔƯ][\w.]*)){1,9})$"
)
_ALSO = re.compile(r"(?i)\s?[,;.|–-]?\s(?:bài|ảnh|hình ảnh|video|clip|đồ họa|thiết kế|trình bày) ?:")  # a second credit
_HIGHLAND = re.compile(r"\b[HKY]['’‘](?=\w)")  # before a given name: H'Mẫu
_BYLINE = re.compile(  # a name, a weekday or time, a day: as a text's first line
    r"(?i)(?P<who>[^\d\n]{3,60}?)\s?[,|–-]\s(?=.*(?:thứ|chủ nhật|\d[:h]\d))"
    r"(?:(?:thứ \w{2,4}|chủ nhật|ngày|lúc|đăng|\d{1,2}[:h]\d\d(?::\d\d)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|[ap]m"
    r"|\(?gmt ?\+?\d\)?)[\s,|–-]{0,3}){2,6}"
)
_INITIALS = re.compile(r"(?:[A-ZĐ]\.){2,3}[A-ZĐ]?|[A-ZĐ]\.[A-ZĐ]")
_CAPITALS = re.compile(  # of three words, with what nothing but a name has in its middle: others may state a thing
    r"(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|NGÔ|DƯƠNG|ĐINH|TRỊNH|TRƯƠNG|ĐOÀN) (?:VĂN|THỊ) [^\W\d]+"
)
NAME = 6  # words of a name, a pen name or two, at most
_SAID = re.compile(  # of a line in capitals: what states a thing, longer than a name; a monk may be named Không
    r"(?!.*\bTHÍCH |.* VÀ |.*[,&/–-])(?=(?:\S+ ){4})"
    r"(?:\W*VIỆT NAM \w+ \w|.*\w (?:KHÔNG|CHƯA|CHẲNG|ĐÃ|ĐANG|SẼ|BỊ|PHẢI) \w)"
)


def unsigned_lines(text: str) -> str:
    """A text without the lines that only say who made it."""
    lines = text.split("\n")
    listed = len(lines) > 1 and all(part.startswith("- ") for part in lines[-2:])
    if len(lines) > 1 and not listed and _signs_off(lines[-1]):
        lines.pop()
    if (
        len(lines) > 1
        and len(lines[0]) < SHORT
        and (found := _BYLINE.fullmatch(lines[0]))
        and is_name(found["who"], loud=True)
    ):
        lines.pop(0)
    return "\n".join(part for part in lines if not _is_credit(part))


def _signs_off(part: str) -> bool:
    """Whether a text's last line names who wrote it, with or without their trade and outlet."""
    if len(part) > 120:
        return False
    line = part[1:-1] if part.startswith("(") and part.endswith(")") else part.strip("* ")
    bare = _ROLE.sub("", line, count=1) if _ROLE.match(line) else line
    found = _FROM.search(bare)
    if found and (whose := found["whose"]) and not is_name(whose, loud=" " not in whose):
        return is_name(part)
    name = bare[: found.start()] if found else bare
    filed = found is not None and found[0].startswith("/") and len(name.split()) <= 3  # NAME/OUTLET, as wires write it
    signed = is_name(name, loud=filed or (bare != line and not name.isupper()))
    return is_name(part) or signed or bool(_INITIALS.fullmatch(name) or _CAPITALS.fullmatch(name))


def _is_credit(part: str) -> bool:
    found = _LABELLED.fullmatch(part) if len(part) <= 200 else None
    return found is not None and is_name(_ALSO.sub(", ", found["who"]), most=2 * NAME, loud=True)


def is_name(text: str, *, most: int = NAME, loud: bool = False) -> bool:
    """Whether a short text is a person's name or two, in small letters or (loud) in capitals too."""
    named = len(text) <= 120 and not (text.isupper() and _SAID.match(text))
    words = re.split(r"[\s,&/–-]+", _HIGHLAND.sub("", _ASIDE.sub("", text.strip()))) if named else []
    words = [word for word in words if word and word.lower() not in ("và", "theo")]
    least = 1 if loud else 2
    return least <= len(words) <= most and all(
        word.rstrip(".").isalpha() and word[0].isupper() and (loud or word[1:].islower() or len(word) <= 2)
        for word in words
    )
