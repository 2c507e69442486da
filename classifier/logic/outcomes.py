"""What a trial came to, or may come to, what was decided, or how often a thing is done: a sentence to one punishment
bears out no other, nor a law that was passed one that was rejected, nor once a month once a quarter, however alike all
else is."""

from classifier.text.letters import fold
from classifier.text.patterns import Either, either

OUTCOMES = {
    "acquitted": either(r"\b(?:trắng án|tha bổng|vô tội|không phạm tội|không có tội|trả tự do)\b"),
    "suspended": either(r"\b(?:án|tù)(?: cho hưởng)? treo\b"),
    "not in prison": either(r"\bcải tạo không giam giữ\b"),
    "prison": either(r"\b(?:(?:năm|tháng) tù|phạt tù|án tù|tù giam|tù có thời hạn)\b(?! (?:treo|chung thân)\b)"),
    "for life": either(r"\bchung thân\b"),
    "death": either(r"\b(?:tử hình|án tử(?! tuất))\b"),
}
# decisions, each behind its contrary, in which its own words may stand
DECIDED = (
    (
        either(r"\b(?:thất cử|trượt (?:bầu )?cử|không (?:(?:được )?bầu|(?:trúng|đắc|tái đắc|tái) cử))\b"),
        either(r"\b(?:(?:trúng|đắc|tái) cử|được bầu)\b"),
    ),
    (
        either(r"\b(?:(?<!các )(?<!mấy )bác (?:bỏ|dự|luật(?! sư)|đơn|đề|yêu|kháng)|không thông qua)\b"),
        either(r"\bthông qua\b"),
    ),
    (either(r"\b(?:bãi bỏ|hủy bỏ|thu hồi)\b"), either(r"\bban hành\b")),
    (either(r"\b(?:khôi phục|tái lập|áp dụng lại)\b"), either(r"\bbỏ\b(?! (?:phiếu|tù))")),
    (
        either(r"\b(?:bỏ|dỡ|gỡ|hủy|thu hồi|chấm dứt|hết|thôi)(?: bỏ)?(?: lệnh| quy định)? cấm\b"),
        either(r"\bcấm\b"),
    ),
)
_PERIOD = "(ngày|tuần|tháng|quý|năm)"
_EACH = "(?:mỗi|hằng|hàng|từng|một|0?1)"
OFTEN = either(
    rf"\b{_EACH} {_PERIOD}\b(?: \w+){{1,6}} lần\b|\blần (?:trong )?{_EACH} {_PERIOD}\b|\b{_PERIOD} nào cũng\b"
)


def apart(claim: str, evidence: str) -> bool:
    """Whether a normalised claim and normalised evidence each tell what a trial comes to, what was decided or how
    often, and nothing alike."""
    pairs = [
        (_outcomes_in(claim), _outcomes_in(evidence)),
        (_how_often(claim), _how_often(evidence)),
        *((_decided(claim, *one), _decided(evidence, *one)) for one in DECIDED),
    ]
    return any(said and shown and said.isdisjoint(shown) for said, shown in pairs)


def _outcomes_in(text: str) -> set[str]:
    return {name for name, pattern in OUTCOMES.items() if pattern.search(text)}


def _how_often(text: str) -> set[str]:
    return {fold(one[one.lastindex or 0]) for one in OFTEN.finditer(text.lower())}


def _decided(text: str, contrary: Either, plain: Either) -> set[str]:
    """Whether a text tells a decision, its contrary, or both."""
    spans = [one.span() for one in contrary.finditer(text)]
    own = (one.start() for one in plain.finditer(text))
    so = {"so" for at in own if not any(start <= at < end for start, end in spans)}
    return so | {"not"} if spans else so
