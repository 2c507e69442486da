"""A number of a claim told otherwise: corrected right behind it, or one of several options that differ in it alone."""

import re

from classifier.comparison.numbers import ALONE
from classifier.text.figures import DIGITS
from classifier.text.letters import fold
from classifier.text.patterns import MARK, either

_WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+|%")
_SPELT = {word: str(DIGITS[word]) for word in ALONE}
# what says behind a claim how a thing really is; a former law doesn't
_LAW = (
    r"(?:theo )?(?:(?:bộ )?luật|quy định|nghị định|điều \d{1,3}(?= (?:ghi|nói|quy định|cho|là|bộ luật)\b))"
    r"(?:(?: (?!(?:cũ|trước|xưa|thì|ghi|nói|quy|cho|là)\b)\w+){0,5}"
    r" (?:ghi|nói|quy định|cho|là)(?: rõ)?)?"
)
_SO = (
    r"(?:thật|thực|đúng) ra|kỳ thực|(?:chính xác(?: phải)?|phải|ý (?:tôi|mình|em)) là|sự thật|thực tế"
    rf"|{_LAW}|(?:bây )?giờ|nay|hiện (?:nay|tại|giờ)|(?:con )?số (?:đúng|thật|thực|chính xác)"
    r"|đáp án(?: đúng)?(?: là|(?= ?:))|(?:mới|đúng|sửa(?: lại)?|edit|update)(?= ?:)"
)
REALLY = either(rf"{MARK}(?:(?:nhưng|mà|còn|song) )?(?:{_SO})\b")
# words that add nothing to a number: what else stands before it may be another thing
_LIGHT_WORDS = "là thì phải được cho nghỉ hưởng chỉ đã tới đến lên xuống thành có đủ ít nhất không quá tối đa mới cả"
_LIGHT = frozenset(fold(_LIGHT_WORDS).split())
_ARTICLE = re.compile(r"(?:điều|dieu) (\d+)", re.IGNORECASE)
_PART = frozenset({"truoc", "sau", "dau", "cuoi", "luong"})  # "2 tháng trước khi sinh" is a part of the whole


def otherwise(claim: str, sentence: str) -> bool:
    """Whether a sentence says how a thing really is, with another number of a unit that the claim has."""
    lead = REALLY.match(sentence)
    if not lead:
        return False
    articles, told = set(_ARTICLE.findall(claim)), set(_ARTICLE.findall(lead[0]))
    if articles and told and articles.isdisjoint(told):
        return False
    mine, words = _figures(_words(claim)), _words(sentence[lead.end() :])
    known = _LIGHT.union(map(fold, _words(claim)))
    for at, word in enumerate(words):
        if number := _number(word):
            unit, behind = _unit(words, at), fold("".join(words[at + 2 : at + 3]))
            values = {value for value, other in mine if other == unit}
            return bool(values) and number not in values and behind not in _PART
        if fold(word) not in known:
            return False
    return False


def differ_in_one(one: str, other: str) -> bool:
    """Whether two sentences are the same but for one number."""
    mine, their = _words(one), _words(other)
    if len(mine) != len(their) or len(mine) < 4:
        return False
    apart = [(a, b) for a, b in zip(mine, their, strict=True) if fold(a) != fold(b)]
    return len(apart) == 1 and all(map(_number, apart[0]))


def _words(said: str) -> list[str]:
    return _WORD.findall(said.lower())


def _number(word: str) -> str:
    """The figures of a number, "" where a word is none."""
    return word if word[0].isdigit() else _SPELT.get(word, "")


def _unit(words: list[str], at: int) -> str:
    unit = fold("".join(words[at + 1 : at + 2]))
    return "phan" if unit == "%" else unit


def _figures(words: list[str]) -> list[tuple[str, str]]:
    """The numbers among words, each with its unit."""
    return [(number, _unit(words, at)) for at, word in enumerate(words) if (number := _number(word))]
