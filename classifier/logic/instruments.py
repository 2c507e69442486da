"""Which law, treaty or body of the United Nations a claim speaks of.

What the Constitution says isn't settled by a treaty or another code, nor what the Security Council does by what the
Human Rights Council did.
"""

import re
from functools import lru_cache

from classifier.evidence.retrieval import Passage
from classifier.logic import treaties
from classifier.orthography.spelling import plain
from classifier.semantics.lexicon import Lexicon
from classifier.text.letters import fold

KNOWN = frozenset(["ccpr", "cescr", "cedaw", "cerd", "crc", "cat", "crpd", "cmw", "ced", "udhr", "constitution"])
LAW = re.compile(r"\bBộ luật ([A-ZĐ]\w* \w+)|(?<!Bộ )\bLuật (?=[A-ZĐ]|\d)")
READ = 2_000  # characters of a text in which bodies are looked for
LONGEST = 60  # characters of an instrument's name
ARTICLE = r"(?:(?:điểm \w+ |khoản \d+ )*điều \d+ (?:của |trong )?)"
HEAD = re.compile(rf"[^\w]*(?:theo )?{ARTICLE}?", re.IGNORECASE)
CITED = re.compile(ARTICLE, re.IGNORECASE)
# decrees and the like, which a claim may be about by no more than their kind: "Thông tư có hiệu lực từ ngày 1/3"
DOCUMENT = re.compile(
    r"\b(thong tu|nghi dinh|nghi quyet|chi thi|cong van|phap lenh)\b(?:(?: lien tich| so){0,2} (\d+))?"
)
# "Bộ luật Lao động 2012": of a law that was replaced, what its successor says settles nothing
YEARED = re.compile(r"\b(?:luat|hien phap|phap lenh) (?:[a-z]+,? ){0,9}?(?:nam )?((?:19|20)\d\d)\b")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
UNNAMED = re.compile(  # it was named elsewhere, so that no passage is known to be of it: "Luật này có hiệu lực từ …"
    r"(?:thong tu|nghi dinh|nghi quyet|chi thi|phap lenh|(?:bo )?luat|van ban|quy dinh)"
    r"(?: (?:nay|do|tren|moi|se|da|chinh thuc|bat dau))* co hieu luc\b"
)
OPENING = re.compile(
    r"[^\w]*(?:theo )?(?:quy dinh (?:cua|tai|trong) )?(?:(?:diem \w+|khoan \d+|dieu \d+),? (?:cua )?){0,3}"
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


def other_document(claim: str, passage: Passage) -> bool:
    """Whether a claim opens with a decree, a resolution or the like, and a passage and its source name none of that
    kind, or others of it by number, or it tells the day of one that it doesn't name."""
    said = fold(claim[:READ])
    opened = OPENING.match(said)
    start = opened.end() if opened else 0
    if UNNAMED.match(said, start):
        return True
    if not (mine := DOCUMENT.match(said, start)):
        return False
    numbers = [
        found[2] for found in DOCUMENT.finditer(fold(f"{passage.text[:READ]}\n{passage.source}")) if found[1] == mine[1]
    ]
    return not numbers or bool(mine[2] and None not in numbers and mine[2] not in numbers)


def other_year(claim: str, passage: Passage) -> bool:
    """Whether a claim opens with a law of a year, and a passage and its source name laws of other years alone."""
    said = fold(claim[:READ])
    opened = OPENING.match(said)
    mine = YEARED.search(said, opened.end() if opened else 0)
    if not mine or mine.start() - (opened.end() if opened else 0) > len("bo "):
        return False
    told = {*YEARED.findall(fold(passage.text[:READ])), *YEAR.findall(passage.source)}
    return bool(told) and mine[1] not in told


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
    """The instruments that a text names, by where: concepts of the lexicon, codes of law by name, other laws as ""."""
    found = {one.start: one.id for one in lexicon.concepts(text) if one.id in KNOWN}
    return found | {one.start(): (one[1] or "").lower() for one in LAW.finditer(text)}
