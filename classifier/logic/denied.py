"""Whether a claim denies what evidence says, or says what evidence denies: "Việt Nam không bảo lưu điều 22" beside
"Việt Nam bảo lưu điều 22: không chấp nhận …", where a denial stands on both sides and much is shared.

It is told by the two syllables that a denial is of, in clauses that hold no other word that turns them; so evidence
that says it both ways tells nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from classifier.logic.signs import DENIALS
from classifier.text.clauses import clauses
from classifier.text.letters import WORD
from classifier.text.patterns import is_bare, listed

DENYING, _ = DENIALS  # a text without diacritics tells nothing
TURNING = DENYING.union(
    listed("cấm, miễn, khỏi, bỏ, hết, đừng, chớ, tránh, mất, trừ, thôi, ngừng, dừng, hủy, vô, thiếu, đâu, hay")
)
# between a denial and what it is of
LIGHT = frozenset(
    listed(
        """có, phải, được, bị, hề, cần, còn, phép, thể, là, cho, buộc, ai, thuộc, hẳn, từng, bao, giờ, nhất, thiết,
        quyền, đòi"""
    )
)
# behind what is no denial, or one of a bound
BOUNDING = frozenset(listed("quá, dưới, hơn, đủ, tròn, đầy, chỉ, những, kể, phân, ít, trên, riêng"))
THEN = re.compile(r" (thì|nhưng|mà|còn|song) ")  # what stands before is denied apart from what stands behind

# what stands behind, in whatever clause, is denied: "không có hoàn cảnh nào, kể cả chiến tranh, được viện ra"
NONE = re.compile(r"\b(?:không|chẳng)(?: có| một)? \w+(?: \w+)? nào\b|\bkhông ai\b")

# said of what isn't so: "bị giam đâu có được bỏ phiếu", "chả có chuyện nghỉ mà được trả tiền"
FLAT = re.compile(
    r"\b(?:đâu|làm gì|nào) (?:hề )?(?=(?:có )?(?:được|phải|cần|bị|quyền)\b)"
    r"|\b(?:không|chẳng|chả|làm gì|đâu|không bao giờ|không đời nào) có chuyện (?:\w+ ){1,8}?(?:mà )?(?=được\b)",
    re.IGNORECASE,
)
NO_LAW = re.compile(
    r"[^\w]*(?:(?:không|chẳng|chả|làm gì|nào)(?: hề)? )?có (?:điều )?(?:luật|quy định) nào cho (?:phép )?(.*) đâu\b",
    re.IGNORECASE,
)
WHOLE = frozenset([("bỏ", "phiếu"), ("thôi", "việc"), ("mất", "tích")])  # names of what nothing turns

Twos = frozenset[tuple[str, str]]


def turned(claim: str, evidence: str) -> bool:
    """Whether a normalised claim denies what normalised evidence says without a denial, and nowhere with one, or the
    other way round, and both deny nothing alike, or evidence grants it to some and denies it to none; a text without
    diacritics tells nothing."""
    if is_bare(claim) or is_bare(evidence):
        return False
    mine, theirs = _read(_flatly(claim)), _read(_flatly(evidence))
    if not mine.denied & theirs.denied and any(_grants(evidence.lower(), *two) for two in mine.denied):
        return True
    if mine.denied & theirs.turning or theirs.denied & mine.turning:
        return False
    return _against(mine, theirs) or _against(theirs, mine)


def _grants(text: str, one: str, two: str) -> bool:
    """Whether a text grants, right before it, what two syllables name, whoever else of it doesn't get it."""
    return (
        not NONE.search(text)
        and re.search(rf"(?<!không )(?<!chưa )(?<!chẳng )\b(?:được|có quyền) (?:hưởng )?{one} {two}\b", text)
        is not None
    )


def _flatly(text: str) -> str:
    """A text with the ways of talk to deny told as a plain denial: "đâu có được", "làm gì có quyền", "có luật nào cho …
    đâu"."""
    lawless = NO_LAW.match(text)
    return FLAT.sub("không ", f"không cho {lawless[1]}" if lawless else text)


@dataclass(frozen=True, slots=True)
class _Read:
    """Each two syllables of a text that a denial alone is of, those of clauses where nothing turns, and of others, and
    whether a denial ends a clause: of what stands before it."""

    denied: Twos
    plain: Twos
    turning: Twos
    ends: bool


def _against(denying: _Read, other: _Read) -> bool:
    said = denying.denied - denying.plain
    return not other.ends and not said.isdisjoint(other.plain - other.turning)


@lru_cache(maxsize=1_024)  # a claim meets several passages
def _read(text: str) -> _Read:
    denied: set[tuple[str, str]] = set()
    plain: set[tuple[str, str]] = set()
    turning: set[tuple[str, str]] = set()
    ends = False
    for sentence in clauses(text):
        none = False
        parts = [one for start, end in sentence for one in (*THEN.split(text[start:end].lower()), "")]
        for part, then, after in zip(parts[::2], parts[1::2], (*parts[2::2], ""), strict=True):
            words = WORD.findall(part)
            turns = _turns(words)
            topic = then == "thì" and _turns(WORD.findall(after))  # the denial behind is of what stands here
            (turning if turns or none or topic else plain).update(pairwise(words))
            if len(turns) == 1 and words[turns[0]] in DENYING and not none:
                rest = [word for word in words[turns[0] + 1 :] if word not in LIGHT]
                denied.update([(rest[0], rest[1])] if len(rest) > 1 and not rest[0][0].isdigit() else [])
                ends = ends or not rest
            none = none or bool(NONE.search(part))
    return _Read(frozenset(denied), frozenset(plain), frozenset(turning), ends)


def _turns(words: Sequence[str]) -> list[int]:
    """Where words turn what is said, but those of a bound or of what is denied to be all: "không quá", "không chỉ"."""
    return [
        at
        for at, word in enumerate(words)
        if word in TURNING
        and not (word in DENYING and BOUNDING.intersection(words[at + 1 : at + 2]))
        and tuple(words[at : at + 2]) not in WHOLE
    ]
