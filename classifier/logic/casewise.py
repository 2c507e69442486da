"""What a claim says of one case that its evidence says of another: of those under an age what it says of those above,
of the day a law was passed what it says of the day it came into force, of one office what another does, of few what
anybody may, or of a case the contrary of what comes of it there.

All words of such a claim stand in the evidence. Nothing is refuted by it; but what says so bears the claim out in
nothing. Both are normalised, in small letters and with diacritics.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from classifier.logic.exceptions import runs
from classifier.text import Span
from classifier.text.letters import WORD

CLAUSE = re.compile(r"[^.;,:!?\n]+(?:[.,]\d[^.;,:!?\n]*)*")
# what turns a clause, but for a bound: "không quá", "chưa đủ"
DENIES = re.compile(
    r"\b(?:không|chưa|chẳng|cấm|khỏi|miễn|thôi|hết(?= (?:được|phải|bị|coi|gọi)))\b"
    r"(?! (?:quá|dưới|hơn|đủ|đầy|đến|tới|thành niên|chỉ|riêng|những|trọn|(?:có )?lý do|thời hạn)\b)"
)
_UNIT = r"(tháng tuổi|tuổi|tháng|phần trăm|năm|ngày|giờ|tuần)"
UNDER = re.compile(rf"\b(?:dưới|chưa (?:đủ|đến|tới|đầy)) (\d[\d.,]*) {_UNIT}\b")
ABOVE = re.compile(rf"(?<!chưa )(?<!không )\b(?:từ đủ|từ|trên|tròn) (\d[\d.,]*) {_UNIT}\b(?! đến)")
FIGURE = re.compile(rf"\b(\d[\d.,]*) {_UNIT}\b")
BEFORE = re.compile(r"\btrước (?:đó|đây|kia|ngày (?:ấy|đó))(?: (?:là|chỉ|thì|từ|đủ|mới|được|phải|tới|đến))* (?=\d)")
COUNTING = re.compile(r"(\d[\d.,]*) ?(?:đồng|nghìn|triệu|phần|%|tuổi|năm(?! \d)|tháng(?! \d)|ngày|giờ|tuần|lần|điểm)")
_DEED = r"(thông qua|hiệu lực|áp dụng|ký|phê chuẩn|gia nhập|ban hành|ràng buộc|xem xét|được bầu|thay)\b"
_BEFORE_YEAR = "năm|từ|hồi|vào|trong|cuối|đầu|giữa|qua|lực|dụng|ký|chuẩn|nhập|hành|buộc"
_OF_YEAR = "|".join(f"(?<={word} )" for word in _BEFORE_YEAR.split("|"))
DEEDS = re.compile(rf"\b{_DEED}|\b((?:\d{{1,2}}/){{1,2}}\d{{4}}|(?:{_OF_YEAR})(?:19|20)\d\d)\b(?!/)")
SENTENCE = re.compile(r"[.;](?!\d)")
THEN_DONE = re.compile(rf" (?:thì|mới|lại)(?: (?:mới|lại|có|được))? {_DEED}")
DONE = re.compile(rf" (?:được |có )?{_DEED}")  # "năm 2013 ký, năm 2015 phê chuẩn"
ALIKE = {"áp dụng": "hiệu lực", "ràng buộc": "hiệu lực"}
_ACTS = (
    "xác định|quyết định|tuyên bố|ban hành|thông qua|công nhận|phê chuẩn|giải quyết|đăng ký|chỉ định|thẩm định|chi trả"
    "|cấp(?= (?:giấy|thẻ|phép))|bầu|ra lệnh|ký|đóng|trả|chịu|lập|nộp"
)
BY = re.compile(rf"\bdo ((?:(?!(?:do|và|hoặc|lỗi|thỏa)\b)\w+ ){{1,8}}?)(?:phải |sẽ )?({_ACTS})\b")
ONLY = re.compile(
    r"(?<!không )(?<!chẳng )\bchỉ (?:có |mỗi |riêng )?(?:\w+ ){1,6}?(?:mới )?"
    r"(?:được|phải|có (?:quyền|nghĩa vụ|trách nhiệm))\b"
)
ANYBODY = re.compile(
    r"\b(?:ai(?: \w+){0,6}? (?:cũng|đều)|mọi (?:người|công dân|lao động|nước|tòa)|bất (?:cứ|kỳ) ai"
    r"|không (?:riêng|chỉ))\b"
)
SOME = re.compile(r"\bchỉ\b")
UNDONE = re.compile(r"\bchưa\b")
ENOUGH = 2  # times two words in a row by which a case, or what is said of it, is known
LEAST = 4  # words of a clause that says something of its subject, more than these
Twos = set[tuple[str, ...]]


def otherwise(claim: str, evidence: str) -> bool:
    """Whether a claim says of one case what evidence says of another alone."""
    return (
        _other_side(claim, evidence)
        or other_day(claim, evidence) is not None
        or _by_another(claim, evidence)
        or _few_of_all(claim, evidence)
        or _other_outcome(claim, evidence)
        or any(_crossed(told(claim), told(evidence)) for told in (_by_bound, _by_office))
        or _crossed(_by_subject(claim), _by_subject(evidence))
        or _of_other_side(claim, evidence)
        or _now_as_before(claim, evidence)
    )


def _denied(clause: str) -> bool:
    return len(DENIES.findall(clause)) % 2 == 1


def _signs(text: str, bound: re.Pattern[str]) -> dict[tuple[str, str], set[bool]]:
    """Of each bound of a text whether its clauses deny what they say of it."""
    found: dict[tuple[str, str], set[bool]] = {}
    for clause in CLAUSE.findall(text):
        for number, unit in bound.findall(clause):
            found.setdefault((number, unit), set()).add(_denied(clause))
    return found


def _other_side(claim: str, evidence: str) -> bool:
    """Whether of those on one side of a bound is said what evidence says of those on the other."""
    for mine, theirs in ((UNDER, ABOVE), (ABOVE, UNDER)):
        own, others = _signs(evidence, mine), _signs(evidence, theirs)
        for bound, said in _signs(claim, mine).items():
            if len(said) == 1 and others.get(bound) == said and not said & own.get(bound, set()):
                return True
    return False


def _days(text: str) -> dict[str, list[Span]]:
    """On which days, or in which months or years, each deed of a text was done: the one right behind a day, else the
    last before it in its sentence."""
    found: dict[str, list[Span]] = {}
    deed, end = "", 0
    for one in DEEDS.finditer(text):
        if SENTENCE.search(text, end, one.start()):
            deed = ""
        if one[1]:
            deed, end = one[1], one.end()
            continue
        opens = not deed or "," in text[end : one.start()]
        then = (DONE if opens else THEN_DONE).match(text, one.end()) or THEN_DONE.match(text, one.end())
        if done := then[1] if then else deed:
            found.setdefault(ALIKE.get(done, done), []).append(one.span(2))
    return found


def other_day(claim: str, evidence: str) -> tuple[Span, Span] | None:
    """Where a claim has a deed done on a day, in a month or in a year in which by evidence another was, and where
    evidence tells that deed's own; None where it doesn't."""
    theirs = _days(evidence)
    told = {deed: [evidence[slice(*day)] for day in days] for deed, days in theirs.items()}
    for deed, days in _days(claim).items():
        others = [day for other, those in told.items() if other != deed for day in those]
        for span in days if deed in theirs else ():
            day = claim[slice(*span)]
            if _among(day, others) and not _among(day, told[deed]):
                return span, theirs[deed][0]
    return None


def _among(day: str, days: Iterable[str]) -> bool:
    """Whether a day, a month or a year is one of those, or holds or lies in one."""
    return any(f"/{one}".endswith(f"/{day}") or f"/{day}".endswith(f"/{one}") for one in days)


def _by_another(claim: str, evidence: str) -> bool:
    """Whether something is said to be done by an office where by evidence another does it."""
    theirs: dict[str, list[set[str]]] = {}
    for who, act in BY.findall(evidence):
        theirs.setdefault(act, []).append(set(who.split()))
    for who, act in BY.findall(claim):
        mine, others = set(who.split()), theirs.get(act, [])
        if others and not any(mine <= one or one <= mine for one in others):
            return True
    return False


def _by_bound(text: str) -> dict[str, Twos]:
    """What is said of those under a bound and of those above it."""
    found: dict[str, Twos] = {}
    for clause in CLAUSE.findall(text):
        for side, bound in (("<", UNDER), (">", ABOVE)):
            for one in bound.finditer(clause):
                found.setdefault(f"{side}{one[1]} {one[2]}", set()).update(twos(bound.sub(" ", clause)))
    return found


def _of_other_side(claim: str, evidence: str) -> bool:
    """Whether so much is said of those on one side of a bound as evidence has for those on the other alone."""
    mine, theirs = _figures(claim), _figures(evidence)
    for side, said in mine.items():
        own, others = theirs.get(side, set()), theirs.get(("<" if side[0] == ">" else ">") + side[1:], set())
        units = {unit for _, unit in own}
        if any(one in others - own and one[1] in units for one in said):
            return True
    return False


def _figures(text: str) -> dict[str, Twos]:
    """The figures of each clause with one bound, by that."""
    found: dict[str, Twos] = {}
    for clause in CLAUSE.findall(text):
        sides = [(f"{side}{one[1]} {one[2]}", one) for side, bound in (("<", UNDER), (">", ABOVE))
                 for one in bound.finditer(clause)]  # fmt: skip
        if len(sides) == 1:
            name, one = sides[0]
            found.setdefault(name, set()).update(FIGURE.findall(clause[: one.start()] + clause[one.end() :]))
    return found


def _now_as_before(claim: str, evidence: str) -> bool:
    """Whether what held before is said to hold now, and what holds now to have held before."""
    told = set(_changes(evidence))
    return any((before, now) in told and (now, before) not in told for now, before in _changes(claim))


def _changes(text: str) -> Iterator[tuple[str, str]]:
    """Each figure that holds now, with what it was before: "là 540.000 đồng, trước đó là 500.000 đồng"."""
    for one in BEFORE.finditer(text):
        start = max(text.rfind(stop, 0, one.start()) for stop in (";", ". ", "\n")) + 1
        now, before = COUNTING.findall(text, start, one.start()), COUNTING.match(text, one.end())
        if now and before:
            yield now[-1], before[1]


def _by_office(text: str) -> dict[str, Twos]:
    """What is said of what each office does."""
    found: dict[str, Twos] = {}
    for clause in CLAUSE.findall(text):
        for one in BY.finditer(clause):
            found.setdefault(one[1].strip(), set()).update(twos(BY.sub(" ", clause)))
    return found


def _by_subject(text: str) -> dict[str, Twos]:
    """What is said in each clause, by the two words that it begins with."""
    found: dict[str, Twos] = {}
    for clause in CLAUSE.findall(text):
        words = WORD.findall(clause)
        if len(words) > LEAST:
            found.setdefault(" ".join(words[:2]), set()).update(runs(words[2:], 2))
    return found


def _crossed(mine: dict[str, Twos], theirs: dict[str, Twos]) -> bool:
    """Whether of each of two a claim says rather what evidence says of the other."""
    for one, two in combinations(mine.keys() & theirs.keys(), 2):
        both = theirs[one] & theirs[two]
        a, b, c, d = (said - both for said in (mine[one], mine[two], theirs[one], theirs[two]))
        if min(len(a & d), len(b & c)) >= ENOUGH and len(a & d) + len(b & c) > 2 * (len(a & c) + len(b & d)):
            return True
    return False


def _few_of_all(claim: str, evidence: str) -> bool:
    """Whether few alone are said to have a right or a duty that by evidence anybody has."""
    return bool(ONLY.search(claim) and ANYBODY.search(evidence)) and not SOME.search(ANYBODY.sub(" ", evidence))


def _cases(text: str) -> Iterator[tuple[Twos, bool, str]]:
    """Each case of a text, whether it is one of what isn't so yet, and what comes of it."""
    for clause in re.split(r"[.;](?!\d)|, (?=[^,]* thì )", text):
        case, then, outcome = clause.partition(" thì ")
        if then:
            yield twos(case), UNDONE.search(case) is not None, outcome


def _other_outcome(claim: str, evidence: str) -> bool:
    """Whether of a case is said the contrary of what comes of it in evidence, or what comes of another there alone."""
    theirs = list(_cases(evidence))
    for case, undone, outcome in _cases(claim):
        near = [len(case & one) if undone == other else 0 for one, other, _ in theirs]
        most = max(near, default=0)
        if most < ENOUGH or near.count(most) > 1:
            continue
        there, _, own = theirs[near.index(most)]
        said = twos(outcome)
        if case <= there and said & twos(own) and _denied(outcome) != _denied(own):
            return True
        elsewhere = max((len(said & twos(other)) for *_, other in theirs if other != own), default=0)
        if elsewhere >= ENOUGH and twos(own) and not said & twos(own):  # "… thì không" denies what was said before
            return True
    return False


def twos(text: str) -> Twos:
    """Each two words in a row of a text."""
    return runs(WORD.findall(text), 2)
