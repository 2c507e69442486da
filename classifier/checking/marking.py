"""What a person is shown as differing: which words of a claim go against a fact that is known to contradict it, of
which kind that is, and what a denial of one side alone stands against on the other. No verdict goes by it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from classifier.comparison.pairing import Pair, Side
from classifier.comparison.slots import Slot
from classifier.text import Span, fold
from classifier.text.letters import WORD
from classifier.text.patterns import either, of

FAR = 99  # syllables between what stands in two sentences
NEAR, NEAR_ONE = 1, 3  # syllables, at most, from what carries a contradiction, or one word of it, to what else tells
BEFORE = 20  # characters of a modal that stands before it
DENIED = 4  # words behind a denial that it is of
SIDES = 4  # syllables, at most, of words that a denial of the other side is shown against
# what says that a law says so, and nothing else
FRAME = either(r"(?:theo )?(?:(?:pháp |bộ )?luật|hiến pháp|nghị định|quy định|công ước)")
# of what else is said together with it, what tells
TELLS = either(
    r"\b(?:không|chưa|chẳng|khỏi|cấm|phải|buộc|bắt|được|cho phép|(?:có|được|toàn) quyền|có thể|chỉ|nào cũng|ai cũng)\b"
)
DENIAL = either(
    r"\b(?:không|chưa(?! (?:thành niên|đủ|đầy|tới|đến)\b)|chẳng|chả|đừng|chớ|khỏi|cấm|vô hiệu"
    r"|mất (?:quyền|suất|phần))\b"
)
MUST = either(r"\b(?:phải|buộc|bắt(?! (?:giữ|giam|người)\b)|nghĩa vụ)\b")
MAY = either(r"\b(?:được|cho phép|luật cho|có thể|quyền|tự nguyện|tùy)\b")
# right before what carries a contradiction: "cho phép" of "cho phép trục xuất"
MODAL = either(r"\b(?:cho phép|được phép|được|có quyền|có thể|phải|bắt buộc|buộc|bị|cấm)(?: bị| được)? $")
LET = either(r"(?:(?:cho|được|có)(?: (?:phép|quyền|thể|cả))?|phải|bị|buộc|bắt buộc|cần)")  # what a denial turns
MODALS = frozenset(["được", "phải", "có", "quyền", "cần", "bị", "bắt", "buộc", "là", "thì", "mà"])
FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{4}|(?:19|20)\d\d")
ARTICLE = either(r"\bđiều (\d+)")
# how a rule denies, and talk
DENIED_RULE = re.compile(r"\bkhông\b", re.IGNORECASE)
DENIED_TALK = re.compile(
    r"\b(?:không|đâu|làm gì|chẳng|chả|nào có|hông|hổng|đừng|mới|cấm|mất|hết|còn|tước)\b", re.IGNORECASE
)
BOUND = either(r"(?:không|chưa)(?: được)? (?:quá|dưới|đủ|đầy|tới|đến|vượt|thấp hơn|ít hơn)\b")  # … none of a thing


def carried(pair: Pair, groups: Sequence[Span]) -> tuple[Span, Span]:
    """Which characters of a claim are shown as what is known to go against a fact: the last of its row's groups, with
    what tells right beside it, in whole words; and that group alone. Where the last is one word, what tells is taken
    for it that stands nearest."""
    text, last = pair.claim.text.text, groups[-1]
    telling = sorted(
        (one for one in groups[:-1] if of(TELLS, text).search(text[slice(*one)])),
        key=lambda one: _between(text, one, last),
    )
    one_word = len(WORD.findall(text[slice(*last)])) == 1
    if telling and one_word and (_between(text, telling[0], last) > NEAR_ONE or _frames(text, last)):
        last = telling[0]
    start, end = last
    for one in telling:
        if _between(text, one, last) <= (NEAR_ONE if one_word else NEAR):
            start, end = min(one[0], start), max(one[1], end)
    modal = of(MODAL, text).full.search(text, max(0, start - BEFORE), start)
    return _whole(pair.claim, (modal.start() if modal else start, end)), last


def _frames(text: str, span: Span) -> bool:
    return of(FRAME, text).fullmatch(text[slice(*span)]) is not None


def _between(text: str, one: Span, two: Span) -> int:
    """How many syllables stand between two places, FAR where a sentence ends there."""
    between = text[min(one[1], two[1]) : max(one[0], two[0])]
    return FAR if re.search(r"[.;!?\n]", between) else len(WORD.findall(between))


def _whole(side: Side, span: Span) -> Span:
    """A place widened to the known words that it begins or ends in: "khuyết tật", not "tật"."""
    start, end = span
    for word in side.words:
        first, last = side.text.place(*word.at)
        if word.tag != "?" and (first < span[0] < last or first < span[1] < last):
            start, end = min(start, first), max(end, last)
    return start, end


def kind_of(said: str, told: str, aligned: Collection[str], known: Collection[str]) -> str:
    """Of which kind it is that words of a claim go against those of a fact; aligned: the kinds of slots found there by
    laying one beside the other; known: years that the fact names too, as a law's."""
    ours, theirs = (set(FIGURE.findall(text)) for text in (said, told))
    ours -= set(known)
    articles, others = (set(of(ARTICLE, text).full.findall(text)) for text in (said, told))
    if others and articles >= ours > set() and ours.isdisjoint(others):
        return "article"
    figure = bool(ours - articles) or (not FIGURE.search(said) and "number" in aligned)
    if figure and theirs and ours.isdisjoint(theirs):
        return "date" if ours and all(map(DATE.fullmatch, ours | theirs)) else "number"
    if _denials(said) % 2 != _denials(told) % 2 or _denies(said, told) or _denies(told, said):
        return "negation"
    if {_binds(said), _binds(told)} == {True, False}:
        return "modality"
    return "number" if figure else "negation" if "negation" in aligned else "other"


def _denials(text: str) -> int:
    return sum(1 for _ in DENIAL.finditer(text))


def _denies(text: str, other: str) -> bool:
    """Whether a text denies more than once, and in words that another has without any denial."""
    if _denials(text) < 2 or _denials(other):
        return False
    words, denials = set(WORD.findall(other.lower())) - MODALS, DENIAL.finditer(text)
    return any(words & set(WORD.findall(text[one.end() :].lower())[:DENIED]) for one in denials)


def _binds(text: str) -> bool | None:
    """Whether words say what must be or what may, None where they say neither or both."""
    must, may = (bool(one.search(text)) for one in (MUST, MAY))
    return must if must != may else None


def faced(pair: Pair, slot: Slot) -> tuple[Span, Span] | None:
    """Where a claim and its evidence say what one of them denies and the other doesn't: "thuộc" beside "không thuộc",
    "được" beside "không được"; None of any other slot, and where no such words stand."""
    if slot.kind != "negation" or not slot.alone:
        return None
    mine, theirs = (pair.claim, slot.claim_span), (pair.evidence, slot.evidence_span)
    (denying, span), (other, facing) = (mine, theirs) if slot.alone == "claim" else (theirs, mine)
    found = _facing(denying, span, other, facing)
    return found if found is None or slot.alone == "claim" else (found[1], found[0])


def _facing(denying: Side, span: Span, other: Side, facing: Span) -> tuple[Span, Span] | None:
    text, words = denying.text, other.text.text[slice(*facing)]
    if words and len(words.split()) <= SIDES and LET.fullmatch(words):
        return span, facing
    last = next((at for at, place in enumerate(text.spans) if place[1] == span[1]), None)
    if last is None:
        return None
    if denying.tiled[last] >= 0:  # "được" of "không được"
        return span, _word_at(other, denying.tiled[last])
    behind = last + 1
    if behind >= len(text) or text.clause[behind] != text.clause[last] or denying.tiled[behind] < 0:
        return None
    if text.lower[behind][0].isdigit():
        return None
    return (span[0], _word_at(denying, behind)[1]), _word_at(other, denying.tiled[behind])


def _word_at(side: Side, at: int) -> Span:
    """Where the word stands that a syllable is in."""
    word = side.words[side.word_of[at]]
    return side.text.place(*word.at) if word.tag != "?" else side.text.place(at, at + 1)


def as_shown(slots: Sequence[Slot], claim: str, passage: str, *, talked: bool = False) -> tuple[Slot, ...]:
    """Slots, their spans in a claim and a passage as they were written, as a person is shown them; a denial that only
    sets a bound ("chưa đủ 18") only where nothing else differs. talked: the claim was told as a rule tells it, and is
    shown in its own words."""
    kept = [slot for slot in slots if not _of_bound(slot, passage)]
    shown = (_as_written(slot, claim, passage) for slot in kept or slots)
    return tuple(_in_own_words(slot, claim) if talked else slot for slot in shown)


def _in_own_words(slot: Slot, claim: str) -> Slot:
    """A slot in the words of the claim, but where its denial stands behind them: "được nghỉ trưa đâu"."""
    said = claim[slice(*slot.claim_span)]
    lost = DENIED_RULE.search(slot.claim_text) and not DENIED_TALK.search(said)
    return replace(slot, claim_text=slot.claim_text if lost or not said else said)


def _of_bound(slot: Slot, passage: str) -> bool:
    alone = slot.kind == "negation" and slot.alone == "evidence"
    return alone and BOUND.match(passage, slot.evidence_span[0]) is not None


def _as_written(slot: Slot, claim: str, passage: str) -> Slot:
    """A slot in the words of the claim and the passage, where its own have their diacritics put back."""
    if slot.faced and all(start < end for start, end in slot.faced):
        (mine, theirs) = slot.faced
        said, told = claim[slice(*mine)], passage[slice(*theirs)]
        return replace(slot, claim_span=mine, evidence_span=theirs, claim_text=said, evidence_text=told)
    said, told = claim[slice(*slot.claim_span)], passage[slice(*slot.evidence_span)]
    return replace(
        slot,
        claim_text=said if fold(said) == fold(slot.claim_text) else slot.claim_text,
        evidence_text=told if fold(told) == fold(slot.evidence_text) else slot.evidence_text,
    )
