"""A superlative told by denying every other: "không nước nào … trước Việt Nam" beside "nước đầu tiên"; and which in
order Viet Nam joined a treaty among the same, a number that is so or isn't, which logic settles.

Patterns are of folded letters, so that a text without diacritics is read alike.
"""

import re
from functools import lru_cache

from classifier.logic.places import SAME
from classifier.logic.signs import COMMON_BARE
from classifier.logic.treaties import ONE, folded, masked, of_masks
from classifier.text import sentences
from classifier.text.letters import fold

BEFORE = 3  # syllables before a superlative that say among whom: "nước châu Á đầu tiên"
NO = r"\b(?:khong|chua|chang|cha)\b"
# none … before, more or but this one: how it is so, and who that is
NONE = re.compile(rf"{NO}(?: co)?(?: (?!(?:nao|hon)\b)\w+){{1,9}} nao\b(?P<behind>[^.;!?\n]*)")
THAN = re.compile(r"\b(?:(?P<how>\w+) hon|truoc(?: ca)?|(?P<but>ngoai|tru|ngoai tru))(?: ca)? (?P<one>\w+(?: \w+)?)")
IN = re.compile(r" (?:o|tai|trong|tren|cua|thuoc) (\w+ \w+)")  # behind one: "đầu tiên ở châu Á"
FIRST, SOLE = "dau tien|som nhat", "duy nhat"
ALIKE = tuple(frozenset(map(fold, names)) for names in SAME)

# which in order, and among whom: "nước châu Á đầu tiên", "thứ hai trên thế giới"
NTH = {"đầu tiên": 1, "thứ nhất": 1, "thứ hai": 2, "thứ nhì": 2, "thứ ba": 3, "thứ tư": 4, "thứ năm": 5}
ORDINALS = {fold(word): nth for word, nth in NTH.items()}
WORLD = "the gioi"
AMONG = r"(?:thế giới|toàn cầu|châu (?:á|âu|phi|mỹ)|đông nam á|asean)"
TO = "ở|tại|trên|trong|của|toàn|khu|vực"
WHERE = rf"(?:ở|tại|trên|trong)(?: toàn| khu vực)? {AMONG}"
PLACE = (
    rf"(?:(?:một )?(?:nước|quốc gia) )?(?:{AMONG} )?(?:{'|'.join(NTH)})"
    rf"(?: {WHERE}| (?:của )?{AMONG})?"
)
PLACES = rf"{PLACE}(?:(?:,| và|, và) (?:là )?{PLACE})*"
NEVER = r"(?:không|chưa|chẳng|chả|đâu|nào)(?: hề)?(?: phải)?"
JOINING = r"(?:ký và |ký kết và )?(?:phê chuẩn|gia nhập|tham gia)"
HEAD, TREATY = rf"(?:(?P<head>{WHERE}),? (?:thì )?)?", rf"{JOINING} (?P<one>{ONE})(?: (?P<tail>{WHERE}))?"
CLAIMED = tuple(
    folded(HEAD + pattern)
    for pattern in (
        rf"việt nam (?:cũng |đã |vốn )?(?P<not>{NEVER} )?(?:là |trở thành )?(?P<places>{PLACES}) {TREATY}"
        rf"(?P<but>,? mà (?:chỉ )?(?:là )?{PLACES})?",
        rf"(?P<places>{PLACE}) {TREATY}(?P<not> {NEVER})?(?: là)? việt nam(?P<but>(?!))?",
    )
)
TOLD = folded(  # with its days before it
    rf"\bviệt nam(?P<acts>(?: (?:đã|ký|và|phê chuẩn|gia nhập|chính thức|ngày|tháng|năm|vào|trở thành|{ONE}|[\d/]+),?)*)"
    rf"(?: là)? (?P<places>{PLACES})(?:(?P<joined> {JOINING})\b|[,.]|$)"
)
JOINED = folded(r".*(?:phê chuẩn|gia nhập)(?!.*\bký\b)")  # of what Viet Nam did, the last
# what is only reported or denied tells nothing
REPORTED = folded(
    r"\b(?:không|chưa|chẳng|chả|rằng|nói|viết(?! nam)|bảo|đồn|tưởng|sai|liệu|nếu|(?:cho|đưa) (?:biết|hay|là|tin)"
    r"|khẳng định|tuyên bố)\b|\?"
)
ONE_PLACE = folded(rf"(?P<before>{AMONG} )?(?P<nth>{'|'.join(NTH)})(?: (?:(?:{TO}) )*(?P<behind>{AMONG}))?")
AMONG_WHOM = folded(AMONG)
Place = tuple[str, int, tuple[int, int]]  # among whom ("" where it isn't said), which, and the characters that say it


def tells_alike(claim: str, evidence: str) -> bool:
    """Whether a normalised claim denies of every other what the evidence says of one as the first, the most or the
    only one, among the same and of the same one."""
    said, told = fold(claim), fold(evidence)
    none = NONE.search(said)
    than = THAN.search(said, none.start("behind")) if none else None
    if none is None or than is None or than.start() >= none.end():
        return False
    how = than["how"]
    most = SOLE if than["but"] else FIRST if how in (None, "som") else rf"{how} nhat"
    found = re.search(rf"\b(?:{most})\b", told)
    if found is None or not _names(than["one"], told):
        return False
    among = set(re.findall(r"\w+", told[: found.start()])[-BEFORE:])
    behind = IN.match(told, found.end())
    among = among.union(behind[1].split() if behind else ()) - COMMON_BARE
    rest = re.split(r"[.;!?\n]", told[found.end() :], maxsplit=1)[0]
    turned = len(re.findall(NO, none["behind"])) - len(re.findall(NO, rest))
    return among.issubset(re.findall(r"\w+", said)) and turned % 2 == 0 and _of_one(said, told)


def tells_place(claim: str) -> bool:
    """Whether a normalised claim says which in order Viet Nam joined a treaty, and nothing else."""
    return bool(_claimed(claim)[0])


def placed(claim: str, evidence: str) -> tuple[bool, tuple[int, int], tuple[int, int]] | None:
    """Whether a normalised claim tells, and nothing else, which in order Viet Nam joined a treaty as the evidence does,
    and the characters of both that tell it; None where either doesn't."""
    treaty, denied, mine, instead = _claimed(claim)
    told = _orders(treaty, evidence) if treaty else {}
    rows = []
    for place, no in [(place, denied) for place in mine] + [(place, False) for place in instead]:
        # who isn't the first, of whom isn't said, isn't so of the world
        nth, theirs = told.get(place[0] or (WORLD if denied else ""), (0, (0, 0)))
        rows.append(((nth == place[1]) != no if nth else None, place[2], theirs))
    wrong = next(((False, at, theirs) for same, at, theirs in rows if same is False), None)
    borne = rows and all(same for same, _, _ in rows)
    return wrong or ((True, *rows[0][1:]) if borne else None)


@lru_cache(maxsize=256)  # asked for each passage of a claim
def _claimed(claim: str) -> tuple[str, bool, list[Place], list[Place]]:
    """The treaty of which a claim tells a place, "" where none, whether it denies it, the places, and those instead."""
    said = fold(claim)
    if len(said) != len(claim) or not any(word in said for word in ORDINALS):
        return "", False, [], []
    text, names = masked(said)
    start = len(text) - len(text.lstrip(' "“-'))
    end = len(text.rstrip(' .!…"”'))
    found = next((one for clause in CLAIMED if (one := clause.fullmatch(text, start, end))), None)
    if not found:
        return "", False, [], []
    denied = bool(found["not"])
    head = AMONG_WHOM.search(found["head"] or found["tail"] or "")
    places = _places(text, found.span("places"), _whom(head[0]) if head else "")
    instead = _places(text, found.span("but"), places[0][0]) if found["but"] else []
    if denied and len(places) > 1:  # which of them is denied isn't told
        return "", False, [], []
    return of_masks(found["one"], names)[0], denied, places, instead


def _orders(treaty: str, evidence: str) -> dict[str, tuple[int, tuple[int, int]]]:
    """Which in order, among whom, evidence says that Viet Nam joined a treaty, the only one that it names."""
    said = fold(evidence)
    text, names = masked(said)
    if len(said) != len(evidence) or set(names) != {treaty}:
        return {}
    places = [
        place
        for start, end in sentences(evidence)
        if not REPORTED.search(text, start, end)
        for found in TOLD.finditer(text, start, end)
        if found["joined"] or JOINED.match(found["acts"])
        for place in _places(text, found.span("places"), "")
        if place[0]  # "thứ tư" alone may be a day of the week
    ]
    ranks = {(among, nth) for among, nth, _ in places}
    return {among: (nth, at) for among, nth, at in places if sum(one[0] == among for one in ranks) == 1}


def _places(text: str, span: tuple[int, int], head: str) -> list[Place]:
    return [
        (_whom(one["before"] or one["behind"] or head), ORDINALS[one["nth"]], one.span("nth"))
        for one in ONE_PLACE.finditer(text, *span)
    ]


def _whom(among: str) -> str:
    return WORLD if among.strip() == "toan cau" else among.strip()


def _of_one(said: str, told: str) -> bool:
    """Whether no treaty that one names is left out by the other, where both name any."""
    mine, theirs = (set(masked(text)[1]) for text in (said, told))
    return not mine or not theirs or mine <= theirs


def _names(one: str, text: str) -> bool:
    """Whether a text names one, by this name or by another of the same, which the first of two words may be."""
    names = {one, one.split(maxsplit=1)[0]}
    same = {other for names_alike in ALIKE if names & names_alike for other in names_alike}
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in {one, *same})
