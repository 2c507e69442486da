"""Whether a sentence tells what law says, and what beside it takes that back.

Who names law as his source states a rule, whatever he sighs, tells or asks around it: where the rule is another, that
is what readers take away.
"""

from classifier.factuality.calls import STATUTE
from classifier.text.patterns import either, of

_LAW = rf"(?!luật (?:rừng|ngầm|chơi|đời)){STATUTE}"
_WORD = r"(?!(?:và|thì|mà|nếu|ra|của (?:họ|sếp|chủ|công ty))\b)[\w./-]+"
_SAYS = (
    r"(?:cấm|cho(?! rằng)|bắt|buộc|quy định|ghi|nói|viết|yêu cầu|giới hạn|để|dành|trao|coi|xem|chốt|đòi|miễn|bỏ|trả)"
)
_CITES = either(rf"\b{_LAW}(?: {_WORD}){{0,9}}? {_SAYS}\b|\btheo(?: đúng)? (?:{_LAW}|pháp luật|quy định)\b")
# asked, handed on, wished or supposed
_NOT_TOLD = either(
    r"\b(?:làm gì|hả|hở|đâu ra|ai (?:\w+ )?(?:nói|bảo|dạy|đồn)|sao lại|nghe (?:nói|đồn)|ước(?! quốc)|mong|phải chi|giá"
    r" (?:mà|như)|nếu|giả sử|nên (?:cho|có|bỏ|sửa|cấm)|tưởng|khăng khăng|dạy bậy|ra (?:luật|nghị định)"
    r"|sắp (?:ra|có|sửa)|dự (?:luật|thảo)|đề xuất|đang bàn)\b|\b(?:à|ư)[^\w]*$|\?"
)
_TAKEN_BACK = either(
    r"\b(?:sai|bậy|xạo|bịa|phịa|nhầm|lầm|lừa|đồn|tin giả|tin vịt|không đúng|không phải vậy|đính chính|bác bỏ|thật ra"
    r"|thực ra|sự thật|tưởng|ngỡ|làm gì có|đâu có|vạch mặt|đừng tin|chế)\b"
)


def cites_law(sentence: str) -> bool:
    """Whether a sentence says, and doesn't ask, wish or hand on, what a law or treaty provides."""
    return bool(of(_CITES, sentence).search(sentence)) and not of(_NOT_TOLD, sentence).search(sentence)


def takes_back(*around: str) -> bool:
    """Whether what stands around it may say that it isn't so, in words that seldom mean something else."""
    return any(of(_TAKEN_BACK, one).search(one) for one in around)
