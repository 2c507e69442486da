"""Which law, treaty or body of the United Nations a claim speaks of.

What the Constitution says isn't settled by a treaty or another code, nor what the Security Council does by what the
Human Rights Council did.
"""

import re
from functools import lru_cache

from classifier.evidence.retrieval import Passage
from classifier.logic import casewise, treaties
from classifier.orthography.spelling import plain
from classifier.semantics.lexicon import Lexicon
from classifier.text.letters import fold

KNOWN = frozenset(["ccpr", "cescr", "cedaw", "cerd", "crc", "cat", "crpd", "cmw", "ced", "udhr", "constitution"])
LAW = re.compile(r"\bBộ luật ([A-ZĐ]\w* \w+)|(?<!Bộ )\bLuật (?=[A-ZĐ]|\d)")
# a law that no state makes: of a faith, a people or a village; not one set aside for a state's: "giáo luật thì thôi,
# còn luật Việt Nam …"
OWN_RULES = re.compile(
    r"\b(?:giáo luật|luật (?:đạo(?! đức)|hồi giáo|do thái|công giáo|tục)|(?:luật )?sharia|hương ước|lệ làng)\b"
    r"(?![^\d,.;]{0,20}, (?:(?:còn|nay|giờ|nhưng|chứ|thì|theo) ){0,2}(?:bộ )?luật (?:việt|nước|hôn|lao|mình|nhà)\b)",
    re.IGNORECASE,
)
# another than the one on human rights, whatever they are called in it
DECLARATION = re.compile(
    r"\bTuyên (?:ngôn|bố)(?: của (?:Liên Hợp Quốc|LHQ))? về (?!nhân quyền|(?:các )?quyền con người)", re.IGNORECASE
)
READ = 2_000  # characters of a text in which bodies are looked for
LONGEST = 60  # characters of an instrument's name
ARTICLE = r"(?:(?:điểm \w+ |khoản \d+ )*điều \d+ (?:của |trong )?)"
HEAD = re.compile(rf"[^\w]*(?:theo )?{ARTICLE}?", re.IGNORECASE)
CITED = re.compile(ARTICLE, re.IGNORECASE)
# what tells from when an instrument holds, and nothing else: "Thông tư 12 có hiệu lực từ ngày 1/3"
IN_FORCE = re.compile(
    r"((?:bo )?luat|thong tu|nghi dinh|nghi quyet|chi thi|phap lenh|van ban|quy dinh)\b((?: [\w/-]+){0,9}?)"
    r"(?: (?:nay|do|tren|moi|se|da|chinh thuc|bat dau|so|nam))* (?:co|het) hieu luc"
    r"(?: (?:ke|tu|vao|ngay|thang|nam|mung|dau|giua|cuoi|[\d/.-]+))*\W*\Z"
)
REPLACED = re.compile(r"\b(?:thay|bai bo|sua doi|luat cu)\b")  # a passage on two laws
# the same of a treaty here: "ICCPR ràng buộc Việt Nam từ năm 1982"
BINDS = re.compile(
    r"[^.,;:!?]*?(?:co hieu luc (?:voi|doi voi|o|tai)|rang buoc) (?:viet nam|nuoc (?:ta|minh))"
    r"(?: (?:ke|tu|vao|ngay|thang|nam|mung|dau|giua|cuoi|[\d/.-]+))*\W*\Z"
)
# "Bộ luật Lao động 2012": of a law that was replaced, what its successor says settles nothing
YEARED = re.compile(
    r"\b(?:(?:bo )?luat|hien phap|phap lenh) (?:(?!(?:tu|ke|vao|den)\b)[a-z]+,? ){0,9}?((?:19|20)\d\d)\b"
)
WORDS = re.compile(r"\w+")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
OPENING = re.compile(
    r"\A[^\w]*(?:theo )?(?:quy dinh (?:cua|tai|trong) )?(?:(?:diem \w+|khoan \d+|dieu \d+),? (?:cua )?){0,3}"
)

COMMITTEE = r"\buy ban(?: (?:lien hop quoc|lhq|cong uoc|ve|cua|cac|quyen|chong|xoa bo|moi hinh thuc))*"
ON = {
    "ccpr": "nhan quyen|dan su",
    "cescr": "kinh te",
    "cedaw": "cedaw|phan biet doi xu(?: doi)? voi phu nu",
    "cerd": "cerd|phan biet(?: doi xu)? (?:ve )?chung toc",
    "crc": "crc|tre em",
    "cat": "cat|tra tan",
    "crpd": "crpd|nguoi khuyet tat",
    "cmw": "cmw|(?:nguoi )?lao dong di tru",
    "ced": "mat tich",
}
BODIES = {
    "human rights council": re.compile(r"\b(?:hoi dong nhan quyen|hdnq|unhrc)\b"),
    "security council": re.compile(r"\b(?:hoi dong bao an|hdba)\b"),
    "ecosoc": re.compile(r"\b(?:hoi dong kinh te(?: va|,)? xa hoi|ecosoc)\b"),
    "trusteeship council": re.compile(r"\bhoi dong quan thac\b"),
    "court": re.compile(r"\b(?:toa an cong ly quoc te|icj)\b"),
    "criminal court": re.compile(r"\b(?:toa an hinh su quoc te|icc)\b"),
    "subcommittee": re.compile(r"\btieu ban(?: (?:ve|phong chong|phong ngua|chong))* tra tan\b"),
} | {f"committee {on}": re.compile(rf"{COMMITTEE} (?:{names})\b") for on, names in ON.items()}
COMMITTEES = frozenset(f"committee {on}" for on in ON)
ASSEMBLY = re.compile(r"\bdai hoi dong\b")  # it elects the others


def other_body(claim: str, passage: str) -> bool:
    """Whether a claim and a passage name bodies of the United Nations, none of them the same; a claim that names a
    treaty and no body speaks of that treaty's committee rather than of another's."""
    if said := _bodies(claim) or _assembly(claim):
        told = _bodies(passage)
    elif said := _committees(claim):
        told = _bodies(passage) & COMMITTEES
    else:
        return False
    return bool(told) and told.isdisjoint(said)


@lru_cache(maxsize=1_024)  # asked for each passage of a claim
def _bodies(text: str) -> frozenset[str]:
    said = fold(text[:READ])
    return frozenset(name for name, pattern in BODIES.items() if pattern.search(said))


@lru_cache(maxsize=1_024)
def _committees(text: str) -> frozenset[str]:
    """The committees of the treaties that a text names."""
    return frozenset(f"committee {name}" for name in treaties.masked(fold(text[:READ]))[1]) & COMMITTEES


def _assembly(text: str) -> frozenset[str]:
    return frozenset(["assembly"] if ASSEMBLY.search(fold(text[:READ])) else [])


def other_day(claim: str, passage: Passage) -> bool:
    """Whether a claim opens by telling from when an instrument holds, and a passage and its source don't name all that
    it is named by; one that isn't named is known by no passage."""
    said = _opened(claim)
    mine = IN_FORCE.match(said)
    if not mine:
        return False
    named, told = WORDS.findall(mine[2]), set(WORDS.findall(fold(f"{passage.text[:READ]}\n{passage.source}")))
    return not named or not told.issuperset((*mine[1].split(), *named))


def in_force(claim: str, passage: str) -> bool:
    """Whether a claim tells from when an instrument holds, and nothing else, and a passage that names it tells that day
    as one on which something else was done: that it was passed, or joined."""
    said, told = _opened(claim), fold(passage[:READ])
    if mine := IN_FORCE.match(said):
        of_two = REPLACED.search(told) or "het hieu luc" in said
        known = not of_two and bool(mine[2]) and {*mine[1].split(), *mine[2].split()} <= set(WORDS.findall(told))
    else:
        named = treaties.masked(fold(claim[:READ]))[1]
        known = len(named) == 1 and named == treaties.masked(told)[1][:1] and bool(BINDS.match(said))
    return known and casewise.other_day(claim.lower(), passage[:READ].lower()) is not None


def other_year(claim: str, passage: Passage) -> bool:
    """Whether a claim opens with a law of a year, and a passage and its source name only later ones."""
    mine = YEARED.match(_opened(claim))
    if not mine:
        return False
    told = {*YEARED.findall(fold(passage.text[:READ])), *YEAR.findall(passage.source)}
    return bool(told) and mine[1] < min(told)


def _opened(claim: str) -> str:
    """A claim, folded, from the instrument on that it may open with: behind "theo" and its article."""
    return OPENING.sub("", fold(claim[:READ]), count=1)


def cited(claim: str, lexicon: Lexicon) -> frozenset[str]:
    """The instruments that a claim names, where one is named at its head or by an article; none otherwise."""
    said = plain(claim)
    starts = [match.end() for match in (HEAD.match(said), *CITED.finditer(said)) if match]
    speaks = any(0 in named(said[start : start + LONGEST], lexicon) for start in starts)
    return frozenset(named(said, lexicon).values()) if speaks else frozenset()


def apart(instruments: frozenset[str], passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a passage, by its words or its source, is of other instruments than those, as far as can be told."""
    told = set(named(f"{passage.text}\n{passage.source}", lexicon).values()) if instruments else set()
    if told - KNOWN:
        told.add("")  # "Luật Lao động" may be a code
    return bool(told) and told.isdisjoint(instruments)


def named(text: str, lexicon: Lexicon) -> dict[int, str]:
    """The instruments that a text names, by where: concepts of the lexicon, codes of law by name, other laws and
    declarations as "", rules of a faith or a village as "own"."""
    found = {one.start(): "" for one in DECLARATION.finditer(text)}
    found |= {one.start: one.id for one in lexicon.concepts(text) if one.id in KNOWN}
    found |= {one.start(): (one[1] or "").lower() for one in LAW.finditer(text)}
    return found | {one.start(): "own" for one in OWN_RULES.finditer(text)}
