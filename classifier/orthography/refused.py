"""Who flatly says that somebody may not, must not or need not, told as a rule is: "Không có chuyện dân được tự ra giá"
is "Dân không được tự ra giá". So it can be held against what a law grants."""

from classifier.text import Edit
from classifier.text.patterns import either, is_bare, of

_OPENER = r"(?:không|chẳng|chả|làm gì|đâu)(?: hề)? có chuyện "
# what turns it once more, or tells more than one thing of it
_TURNED = r"(?!.*\b(?:không|chưa|chẳng|chả|cấm|khỏi|mất|nhưng|mà|chỉ|nếu|trừ|vì)\b)"
_NOT_DONE = r"(?<!bắt )(?<!tìm )(?<!làm )(?<!có )(?<!mua )(?<!lấy )(?<!nhận )(?<!chịu )(?<!mới )"  # "làm được"
_LETS = r"được|có quyền|phải|cho(?= (?:phép )?(?:người|dân|công dân|lao động))"
_FLAT = either(
    rf"^[^\w]*{_OPENER}{_TURNED}(?!gì|này|đó|ấy|nào|như|là|rằng)"
    rf"((?:[^\s.,:;!?][^.,:;!?\n]*? )??){_NOT_DONE}({_LETS})"
    r" [^\s.,:;!?\d][^.:;!?\n]+[.!…]*[^\w?]*$"
)
_HINT = "chuy"


def edits(said: str) -> list[Edit]:
    """The denial before what is allowed or due, and no "không có chuyện" at the beginning."""
    if _HINT not in said.lower():
        return []
    found = of(_FLAT, said).match(said)
    if found is None:
        return []
    denial, (at, may) = "khong" if is_bare(said) else "không", (found.start(1), found.start(2))
    if at == may:
        return [(0, at, f"{denial.capitalize()} ")]
    return [(0, at + 1, said[at].upper()), (may, may, f"{denial} ")]
