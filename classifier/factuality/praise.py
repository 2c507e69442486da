"""A judgment before or at the end of what is said, read alike whatever it is: "…, rất nhân văn", "…, rất vô nhân đạo".

Neither says anything of the claim beside it, but to readers of n-grams some such words are more of an opinion than
others. So praise and blame are read as one word for either, and come out the same.
"""

import re

from classifier.text.letters import fold
from classifier.text.patterns import any_of, both, is_bare

TAIL = 80  # characters at the end of what is said that are read
JUDGED = "đáng nói"  # what each of them is read as
WORDS = """vô nhân đạo, nhân đạo, nhân văn, chà đạp nhân quyền, nhân quyền, lạc hậu, tiến bộ, man rợ, văn minh,
    tàn nhẫn, ưu việt, hại dân, vì dân, công an trị, của dân, độc tài, dân chủ, trái lòng dân, hợp lòng dân,
    khổ cho dân, tốt cho dân, đáng buồn, đáng mừng, đáng xấu hổ, đáng tự hào, tệ, hay, xấu, tốt, tồi tệ, tuyệt vời,
    bất công, công bằng, vô lý, hợp lý, phản đối, ủng hộ, khốn nạn, cảm ơn, khổ, sướng, bước lùi, bước tiến,
    ngu xuẩn, sáng suốt, sai lầm, đúng đắn, đả đảo, hoan hô, nhục nhã, tự hào, ác, tử tế, bất nhân, nhân ái"""
FELT = "hãnh diện, xấu hổ, nhục, chua xót, xót xa, xót, mừng, buồn"
_BEFORE = "đúng|thật|quả|rõ|là|rất|quá|vô cùng|hết sức|cực|thế mới|vậy mới|tôi|mình|em|tui|một|xin|dân mình|nhà nước"
_BEHIND = "thật|quá|ghê|lắm|vô cùng|hết sức|cực kỳ|nhà nước|về quyền con người|luôn|nha|nhé|ạ|đó|đấy"


# a last clause or sentence of few words that does nothing but judge
JUDGMENT = both(
    rf"(?:(?:^|[,.!…–-]) ?|(?= (?:cũng|thì) ) )"
    rf"((?:(?:{_BEFORE}|cũng|thì) )*(?:{any_of(WORDS)}|quá đáng|đáng)(?: (?:{_BEHIND}))*)[\s.!…]*$",
    flags=re.IGNORECASE,
)
# a judgment before what is said, with whom or what it is for: "Tự hào thay đất nước mình: …"; or by which a law is
# called something where it is told: "Luật bất công khi …"
_JUDGING = any_of(f"{WORDS}, {FELT}")
OPENING = both(
    rf"^((?:(?:{_BEFORE}|càng nghĩ càng|nghĩ mà) )*(?:{_JUDGING})(?: (?:{_BEHIND}|thay))*"
    rf"(?: (?:cho|thay|vì|về) (?:\w+ ){{0,3}}\w+)?)(?=[,:] )"
    rf"|^(?:bộ )?luật(?: \w+){{0,4}}? ((?:{_JUDGING}))(?= (?:khi|ở chỗ|vì) )",
    flags=re.IGNORECASE,
)


def alike(said: str) -> str:
    """A read text with one word for whatever judgment it begins with or ends in."""
    bare = is_bare(said)
    if opened := OPENING[bare].match(said):
        said = _judged(said, *opened.span(opened.lastindex or 0), bare=bare)
    found = JUDGMENT[bare].search(said, max(0, len(said) - TAIL))
    if not found:
        return said
    return _judged(said, *found.span(1), bare=bare)


def _judged(said: str, start: int, end: int, *, bare: bool) -> str:
    judged = fold(JUDGED) if bare else JUDGED
    return said[:start] + (judged.capitalize() if said[start].isupper() else judged) + said[end:]
