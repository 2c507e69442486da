"""What a sentence in the middle of a text leaves to those before it: where and when it is said of, and which law or
treaty "công ước này" is.

A claim alone is laid beside evidence; what it leans on can only keep evidence from it.
"""

import re

from classifier import instruments, joining, setting, treaties
from classifier.framing import READ
from classifier.letters import fold
from classifier.lexicon import Lexicon
from classifier.patterns import either, of
from classifier.spelling import plain
from classifier.text import sentences

BACK = 2  # sentences over which a country carries; a time carries to the next one
HERE = either(
    rf"{setting.COMPARED}\b(?:việt nam|người việt|nước (?:ta|mình|nhà)|trong nước"
    r"|(?:ở|bên|phía|luật|dân|xứ|còn) (?:ta|mình|đây|nhà)|(?:ta|mình) thì)\b"
)
NOW = either(r"\b(?:nay|hiện (?:tại|hành)|(?:bây )?giờ|luật mới|(?:kể )?từ (?:năm|ngày|tháng|\d))\b")
# what is done to a law or a treaty, and such words for one that name none
LEANS = either(
    r"\b(?:(?:bộ )?luật|pháp lệnh|công ước|nghị định(?: thư)?|hiệp định|tuyên ngôn|văn kiện|ủy ban)"
    r"(?: (?:này|ấy|đó|kia|trên|nói trên)\b| (?=(?:đã|được|có|ra đời|do|gồm|bắt đầu|chạy)\b))"
    r"|\b(?:thông qua|phê chuẩn|gia nhập|ra đời|có hiệu lực|bảo lưu)\b|\bký (?=(?:năm|ngày|vào|hồi)\b)"
)


def elsewhere(before: str, claim: str) -> bool:
    """Whether what stands before a claim speaks of another country or of a time that is over, and the claim of neither
    here nor now."""
    said = plain(claim[:READ])
    if not before.strip() or _is_placed(said):
        return False
    paragraph = plain(re.split(r"\n\s*\n", before[-READ:])[-1])
    for at, (start, end) in enumerate(reversed(sentences(paragraph)[-BACK:])):
        sentence = paragraph[start:end]
        if setting.is_over(sentence) and not at:
            return True
        if of(HERE, sentence).search(sentence):
            return False
        if setting.place(sentence):
            return True
    return joining.is_theirs(said) and setting.abroad(before)


def _is_placed(said: str) -> bool:
    """Whether a claim says itself where or when it is."""
    return bool(of(HERE, said).search(said) or setting.place(said) or setting.year(said) or of(NOW, said).search(said))


def instrument(before: str, claim: str, lexicon: Lexicon) -> str:
    """The law or treaty last named before a claim that speaks of one and names none; "" otherwise."""
    said = plain(claim[:READ])
    if not before or not of(LEANS, said).search(said) or _names(said, lexicon):
        return ""
    told = plain(before[-READ:])
    at = max(_names(told, lexicon), default=len(told))
    return re.split(r"[,.;:!?\n]", told[at : at + 2 * instruments.LONGEST])[0].strip()


def _names(said: str, lexicon: Lexicon) -> list[int]:
    """Where a text names laws or treaties."""
    folded = fold(said)
    spots = [one.start() for one in treaties.NAMED.finditer(folded)] if len(folded) == len(said) else []
    return [*spots, *instruments.named(said, lexicon)]
