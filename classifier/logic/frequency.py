"""How often a thing is done, or may be: that it is once a month bears out no once a quarter."""

from classifier.text.letters import fold
from classifier.text.patterns import either

_PERIOD = "(ngày|tuần|tháng|quý|năm)"
_EACH = "(?:mỗi|hằng|hàng|từng|một|0?1)"
OFTEN = either(
    rf"\b{_EACH} {_PERIOD}\b(?: \w+){{1,6}} lần\b|\blần (?:trong )?{_EACH} {_PERIOD}\b|\b{_PERIOD} nào cũng\b"
)


def apart(claim: str, evidence: str) -> bool:
    """Whether a normalised claim and normalised evidence each tell how often, and of no period alike."""
    said = _how_often(claim)
    return bool(said) and bool(shown := _how_often(evidence)) and said.isdisjoint(shown)


def _how_often(text: str) -> set[str]:
    return {fold(one[one.lastindex or 0]) for one in OFTEN.finditer(text.lower())}
