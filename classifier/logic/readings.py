"""A claim or a rule read for logic: what it says of an act, with its numbers as they are meant."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.logic.signs import with_bare
from classifier.semantics import deontic
from classifier.semantics.deontic import Meaning
from classifier.semantics.lexicon import Concept, Lexicon
from classifier.semantics.ranges import Range

INSURED, INSURANCES = with_bare("đóng hội hiểm diện"), {("bat", "buoc"), ("tu", "nguyen")}
ARRESTED, GOES_ON = (("bị", "bắt"), ("bi", "bat")), with_bare("thì mà khi để trong giam giữ tạm quả")
# beside "chua", typed so, which else may be "chữa" or "chùa": "thi chua duoc", "chua phai"
MAY = with_bare("được")  # "được bầu", "được học"
NOT_YET, THEN = "chua", frozenset({"thi", "van", "con"})
ACTS = frozenset({"duoc", "phai", "the", "bi", "co", "can", "thuoc", "du"})
AND = frozenset({"và", "hay", "hoặc", "hoac"})  # between the last two numbers of a list
LISTED = frozenset({"hours", "age", "percent", "money"})  # units that the last of a list gives the others
# "bé tròn 5 tuổi" is five, "tròn 18 tuổi mới …" and "tới khi bé tròn 6 tháng" are bounds
TURN, OF_TURNS, FROM = (("lần", "thứ"), ("lan", "thu")), "turn", with_bare("từ")  # "từ lần thứ 6 thì …"
ALONE = (("nơi", "nương"), ("noi", "nuong"))  # behind "không": who is alone is denied nothing
ROUND, RISING, TILL = with_bare("tròn"), with_bare("mới trở"), with_bare("khi đến tới từ đủ")
NEAR = 4  # syllables before a number that make it a bound


def read(text: str, lexicon: Lexicon) -> Meaning:
    """A text read for meaning, in which the name of an insurance binds nobody ("đóng bắt buộc từ đủ 12 tháng"), who is
    arrested isn't barred, "được học" allows to, and each number of a list has its unit ("5, 10, 15 và 20 năm")."""
    meaning = deontic.read(text, lexicon)
    cues = [one for one in meaning.cues if not _is_insurance(meaning, one) and not _is_arrest(meaning, one)]
    cues = [one for one in cues if meaning.cut.words[one.last : one.last + 2] not in ALONE]
    cues = sorted((*cues, *_not_yet(meaning), *_allowed(meaning)), key=lambda one: one.first)
    numbers = [_of_turns(meaning, _rounded(meaning, one)) for one in _with_units(meaning)]
    return replace(meaning, cues=tuple(cues), numbers=tuple(numbers))


def _is_insurance(text: Meaning, cue: Concept) -> bool:
    """Whether a cue is the kind of an insurance."""
    before = text.cut.words[max(0, cue.first - 1)]
    return before in INSURED[text.cut.bare] and text.folded[cue.first : cue.last] in INSURANCES


def _is_arrest(text: Meaning, cue: Concept) -> bool:
    """Whether a cue tells that somebody was arrested, of which something else is told: "bị bắt thì phải báo …"."""
    words = text.cut.words
    return words[cue.first : cue.last] in ARRESTED and not GOES_ON[text.cut.bare].isdisjoint(
        words[cue.last : cue.last + 1]
    )


def _not_yet(text: Meaning) -> Iterator[Concept]:
    """The denials of a text typed without diacritics that say what isn't yet."""
    words = text.cut.words
    for at, word in enumerate(words[:-1] if text.cut.bare else ()):
        if word == NOT_YET and (words[at + 1] in ACTS or not THEN.isdisjoint(words[max(0, at - 1) : at])):
            yield Concept("negation", *text.cut.spans[at], at, at + 1)


def _allowed(text: Meaning) -> Iterator[Concept]:
    """What allows a thing that is known by a name which begins so: "được bầu cử", "được học nghề"."""
    acts = {at for one in text.cues for at in range(one.first, one.last)}
    for at in (one.first for one in text.concepts):
        if text.cut.words[at] in MAY[text.cut.bare] and at not in acts:
            yield Concept("permission", *text.cut.spans[at], at, at + 1)


def _with_units(text: Meaning) -> list[Range]:
    """The numbers of a text, those before the last of a list with its unit."""
    found: list[Range] = []
    for one in reversed(text.numbers):
        scale = _scale(text.cut.words, one, found[-1]) if found else 0.0
        told = replace(one, low=one.low * scale, high=one.high * scale, unit=found[-1].unit) if scale else one
        found.append(told)
    return found[::-1]


def _scale(words: Sequence[str], one: Range, after: Range) -> float:
    """What makes a number without a unit one of that of the next number of its list, 0 where it has its own."""
    said = words[after.first]
    if after.unit not in LISTED or not (said.isdecimal() and float(said)) or not _goes_on(words, one, after):
        return 0.0
    return after.value / float(said)


def _goes_on(words: Sequence[str], one: Range, after: Range) -> bool:
    """Whether a number without a unit stands right before another of its list."""
    between = words[one.last : after.first]
    bare = one.last == one.first + 1 and words[one.first].isdecimal() and one.unit == (*between, words[after.first])[0]
    return bare and (not between or (len(between) == 1 and between[0] in AND))


def _rounded(text: Meaning, number: Range) -> Range:
    """A round age or term as the number itself, unless a bound follows."""
    words, bare = text.cut.words, text.cut.bare
    is_round = not ROUND[bare].isdisjoint(words[max(0, number.first - 1) : number.first])
    bound = not RISING[bare].isdisjoint(words[number.last : number.last + 2])
    bound = bound or not TILL[bare].isdisjoint(words[max(0, number.first - NEAR) : number.first])
    return replace(number, low=number.value, high=number.value) if is_round and not bound else number


def _of_turns(text: Meaning, number: Range) -> Range:
    """The number of a turn, or from which on: no article of law."""
    words, at = text.cut.words, number.first
    if number.unit != "article" or words[max(0, at - 2) : at] not in TURN:
        return number
    rising = not FROM[text.cut.bare].isdisjoint(words[max(0, at - 3) : at - 2])
    return replace(number, unit=OF_TURNS, high=math.inf if rising else number.high)
