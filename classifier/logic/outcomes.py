"""What a trial came to, or may come to: a sentence to one punishment bears out no other, however alike all else is."""

from classifier.text.patterns import either, of

OUTCOMES = {
    "acquitted": either(r"\b(?:trắng án|tha bổng|vô tội|không phạm tội|không có tội|trả tự do)\b"),
    "suspended": either(r"\b(?:án|tù)(?: cho hưởng)? treo\b"),
    "not in prison": either(r"\bcải tạo không giam giữ\b"),
    "prison": either(r"\b(?:(?:năm|tháng) tù|phạt tù|án tù|tù giam|tù có thời hạn)\b(?! (?:treo|chung thân)\b)"),
    "for life": either(r"\bchung thân\b"),
    "death": either(r"\b(?:tử hình|án tử(?! tuất))\b"),
}


def apart(claim: str, evidence: str) -> bool:
    """Whether a normalised claim and normalised evidence each tell what a trial comes to, and nothing alike."""
    said = _told(claim)
    return bool(said) and bool(shown := _told(evidence)) and said.isdisjoint(shown)


def _told(text: str) -> set[str]:
    return {name for name, pattern in OUTCOMES.items() if of(pattern, text).search(text)}
