"""What asks, wishes or supposes claims nothing: whether a sentence is a question, and what a text states beside such
sentences."""

import re
from functools import lru_cache

from classifier.factuality.framing import imagines
from classifier.text import Span, fold, worded
from classifier.text.patterns import either
from classifier.text.ragged import LAST, QUESTION_MARKS, SMILEY, ends_asking, unparticled
from classifier.text.restore import is_unaccented, restore

FEWEST = 4  # words that somebody may ask about
TAG = 6  # words; a longer question has matter of its own
_QUOTES = "\"'“”‘’«»"
# of several marks the first tells, and "(?)" doubts
_MARKED = re.compile(rf"[{QUESTION_MARKS}](?<![(!‼❗{QUESTION_MARKS}].)\W*\Z", re.DOTALL)
_NO_LAST = frozenset(["khong", "chua", "hong", "hem"])  # how what asks whether a thing is so ends, folded
_LAST = _NO_LAST | {"sao", "nao", "gio", "ha", "nhi"}
OPENING = 40  # characters in which the first words of a question stand
_OPENS = re.compile(  # folded
    r"[^\w]*(?:(?:vay|the|hay) )?(?:co (?:phai|dung)"
    r"|(phai chang|chang le|le nao|(?:khong|cha) le(?! (?:\w+ ){0,3}\w+,)))\b"
)
_END = 60  # characters at the end of a question that may stand for its mark
_FOLK = (
    r"(?:mọi người|mn|m\.n|các (?:bác|bạn|anh|chị|cô|chú)|mấy (?:bác|bạn|anh|chị|ní|mẹ|mom)|anh (?:chị|em)|chị em|ace"
    r"|cả nhà|bà con|luật sư|ls|bác|bạn|ad|admin|nhóm|ta|nhỉ|vậy|thế|hả|ha|á|ạ|a|nhể|hè|trời)\b"
)
_FOLKS = f"(?: {_FOLK}){{0,9}}+"  # folded it holds words twice: without "+" a long run of them would take for ever
_NOT = r"(?:không|hông|hong|hem|hok|hơm|ko|k|(?<!kết )(?<!ly )(?<!tái )(?<!tảo )hôn)"
_NOT_BARE = "(?:không|hong|hem|hok|ko|k)"  # "hơn", "hôm"
# how a question ends that bears no mark of one
_RIGHT = rf"\b(?:phải|đúng|thật|thiệt)(?: vậy| thế)? {_NOT}{_FOLKS}[\s.,;:]*$"
_TAGGED = either(
    rf"{_RIGHT}|\b(?:vậy|thế|hen|không|hông|à|sao|gì|nào|đâu) ta[\s.,;:]*$"
    rf"|\b(?:hả|ha|hở|hử|nhỉ)(?: {_FOLK}){{1,9}}+[\s.,;:]*$|\bhả(?: {_FOLK}){{1,9}}+ ?, [^.!?]{{0,40}}$",
    rf"{_RIGHT}|\b(?:vậy|không|hông|sao) ta[\s.,;:]*$|\b(?:hả|nhỉ)(?: {_FOLK}){{1,9}}+[\s.,;:]*$",
)
_WHETHER = re.compile(
    r"[^\w]*(?:mần chi mà|răng (?:mà|lại)|(?:cớ|mắc) (?:chi|sao|gì)(?: mà)?|liệu(?! pháp| trình)"
    r"|lieu (?:co|rang|viet|nguoi|tre|luat))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"[{_QUOTES}]\s*\.")  # who says what others ask says something

# how somebody asks whether what a text says is so, before and behind that
_ASKER = (
    rf"[^\w]*(?:(?:bạn đọc|{_FOLK}|ơi|cho|xin|tôi|tui|em|mình|cháu|con|được|muốn) ){{0,15}}+"
    r"hỏi(?: là| rằng| xem)?[\s:,]+"
)
_SO = r"(?:đúng|thật|thiệt|phải|chính xác|sự thật|đúng sự thật)"
_IS_IT = either(
    *(rf"(?:{_ASKER})?(?:có )?{_SO}(?: là| rằng)? (?=(?s:.*)\b{no}{_FOLKS}[\s?.!]*$)" for no in (_NOT, _NOT_BARE))
)
_NO = either(*(rf"(?<!\s)\s*\b{no}{_FOLKS}[\s?.!]*$" for no in (_NOT, _NOT_BARE)))
_IS_SO = either(
    rf"(?<![\s,;:–-])[\s,;:–-]*(?:\b(?:chuyện|tin|điều|thông tin|việc)(?: này| đó| ấy| trên)? )?\b(?:(?:thì |là )?có )?"
    rf"(?:phải (?:là )?)?{_SO}(?: vậy| thế)?"
    rf" {_NOT}{_FOLKS}[\s?.!]*$"
)
_ASKED = either(_ASKER)
# from where whoever asks has it: "Nghe bảo …, đúng không?"
_HEARSAY = either(
    r"[^\w]*(?:(?:tôi|tui|em|mình|cháu|con|có|mới|vừa|cũng) ){0,4}nghe(?: (?:người ta|thiên hạ|mọi người|mạng))?"
    r" (?:nói|bảo|đồn|kể|đâu)(?! (?:vệ|xấu|chuyện|với)\b)(?: (?:là|rằng))?[\s:,]+"
)
# what is asked for beside whether it is so, and the end of a question that asks no more than that
_OPEN = either(rf"\b(?:ai|gì|nào|sao|đâu|mấy|hay|hoặc|bao (?:giờ|nhiêu|lâu))\b|\b(?:{_NOT}|chưa){_FOLKS}[\s?.!]*$")
_REALLY = either(rf"(?<![\s,?.!])(?:[\s,]*\b(?:(?:thật|thiệt) )?(?:(?:vậy|thế) )?(?:hả|hở|hử|à|ha){_FOLKS})?[\s?.!]*$")
# how one begins that a writer marvels at, what somebody wants or has to do
_RHETORIC = either(
    r"[^\w]*(?:định|muốn|phải|bắt|buộc|ép|sửa|đòi|tính|nên|cần)\b", r"[^\w]*(?:dinh|muon|phai|bat|buoc|sua|nen)\b"
)
JUDGING = 3  # words, at most, behind a comma that judge what stands before: "…, quá đáng vậy hả?"


@lru_cache(maxsize=256)  # a text is asked about before and after its last questions are taken off
def asks(sentence: str) -> bool:
    """Whether a sentence is a question: by its mark, whatever stands behind it ("?!", '?"', "? :)"), or, typed without
    any mark, by its first words ("phải chăng …", "có phải … không") or its last ("… phải không ạ")."""
    said = sentence[-LAST:].rstrip()
    if said[-1:] in tuple("DPpvV3|^"):
        said = SMILEY.sub("", said, count=1)
    if marked := _MARKED.search(said):
        return sentence.lstrip()[:1] in _QUOTES or not _QUOTED.search(said, marked.start())
    if _opens(sentence) or _TAGGED.search(said, max(0, len(said) - _END)):
        return True
    if not said[-1:].isalnum():
        return False
    said = unparticled(said)
    if fold(said.rpartition(" ")[2]) not in _LAST:
        return False
    bare = is_unaccented(said)
    return ends_asking(restore(said) if bare else said, restored=bare)


def _opens(sentence: str) -> bool:
    """Whether a sentence begins as a question and, where its first words alone don't tell, ends as one."""
    if _WHETHER.match(sentence):
        return True
    opened = _OPENS.match(fold(sentence[:OPENING]))
    last = unparticled(sentence[-LAST:]).rpartition(" ")[2] if opened else ""
    return bool(opened and (opened[1] or fold(last) in _NO_LAST))


def states(sentence: str) -> bool:
    """Whether a sentence states something: it neither asks nor wishes, supposes or makes up what it says."""
    return not asks(sentence) and not imagines(sentence)


def unstating(text: str) -> str:
    """The kind of a text none of whose sentences states anything, "question" or "opinion"; "" for any other."""
    if only_asks(text):
        return "question"
    said = worded(text)
    return "opinion" if said and not any(states(text[slice(*span)]) for span in said) else ""


def only_asks(text: str) -> bool:
    """Whether every sentence of a text is a question."""
    return asks(text) and all(asks(text[slice(*span)]) for span in worded(text))


def untagged(text: str) -> str:
    """A text without the short questions behind what it says: "… Có ai biết không?" asks, but takes nothing back."""
    if not asks(text):
        return text
    said = worded(text)
    while said and asks(last := text[slice(*said[-1])]) and len(last.split()) <= TAG:
        said.pop()
    return text[: said[-1][1]] if said and not asks(text[slice(*said[-1])]) else text


def stated(text: str) -> Span:
    """Where a text states something: all of it, or, where it asks or wishes too, its longest sentence that states."""
    said = worded(text)
    rest = [span for span in said if states(text[slice(*span)])]
    return (0, len(text)) if len(rest) in (0, len(said)) else max(rest, key=lambda span: span[1] - span[0])


def asked_about(text: str) -> str:
    """A text with blanks for the words by which it asks whether all the rest of it is so: "Có đúng là … không?", "…,
    có đúng không ạ?", "… hả?" or a mark alone, and for "nghe nói …" before that. Every other word stays in its place;
    what asks in any other way stays whole."""
    start, end = 0, len(text)
    if tag := _IS_SO.search(text):
        begun = _ASKED.match(text)
        start, end = begun.end() if begun else 0, tag.start()
    elif opened := _IS_IT.match(text):
        no = _NO.search(text)
        start, end = opened.end(), no.start() if no else end
    elif len(worded(text)) == 1 and asks(text) and not _OPEN.search(text):
        begun, tail = _ASKED.match(text), _REALLY.search(text)
        first, last = begun.end() if begun else 0, tail.start() if tail else end
        _, comma, clause = text[first:last].rpartition(", ")
        if not _RHETORIC.match(text, first) and not (comma and len(clause.split()) <= JUDGING):
            start, end = first, last
    heard = _HEARSAY.match(text, start, end) if (start, end) != (0, len(text)) else None
    if heard and len(text[heard.end() : end].split()) >= FEWEST:
        start = heard.end()
    if len(text[start:end].split()) < FEWEST:
        return text
    return f"{' ' * start}{text[start:end]}{' ' * (len(text) - end)}"
