"""Which round of a review is told, as records write it: "chu kỳ thứ tư" and "chu kỳ 4" are "chu kỳ IV"."""

from classifier.text import Edit
from classifier.text.letters import fold
from classifier.text.patterns import either

ROMAN = ("I", "II", "III", "IV", "V")
_WORDS = ("một nhất đầu 1 i", "hai 2 ii", "ba 3 iii", "bốn tư 4 iv", "năm 5 v")
_AT = {fold(word): at for at, words in enumerate(_WORDS) for word in words.split()}
# "hai chu kỳ đầu tiên" are two; "chu kỳ hai năm" and "chu kỳ 28 ngày" are how long
_ROUND = either(
    r"(?<!hai )(?<!ba )(?<!bốn )(?<!\d )\bchu k[ỳì] (?:upr )?"
    r"((?:thứ )?(?:một|hai|ba|bốn|[1-5]|i{1,3}|iv|v)|thứ (?:nhất|tư|năm)|đầu(?= tiên\b))\b(?: tiên\b)?"
    r"(?! (?:năm(?! \d)|tháng|tuần|ngày|giờ|lần|hay|hoặc|đến|và)\b|[.,/%-]?\d| ?[-–] ?\d)"
)


def edits(said: str) -> list[Edit]:
    """The number of a round in Roman figures."""
    if "chu k" not in said.lower():
        return []
    found = _ROUND.finditer(said)
    return [(one.start(1), one.end(), ROMAN[_AT[fold(one[1]).split()[-1]]]) for one in found]
