"""Whether evidence forbids, word for word, what a claim allows.

"Được từ chối tuyển dụng" beside "không được từ chối tuyển dụng" differs in a syllable, so that a verdict takes the two
for the same. A ban of less than what is allowed refutes nothing: who may do a thing, may not do it to everyone.
"""

import re
from collections.abc import Iterator

from classifier.semantics.deontic import COMMON

ALLOWED = re.compile(r"\b(được(?: phép| quyền)?|có quyền) (?!phép\b|quyền\b)(\w+ \w+)")
MAY = {"phép", "quyền"}
BANNED = re.compile(r"\b(?:không được(?: phép)?|nghiêm cấm|(?<!bị )cấm)(?= )")
BOUND = re.compile(r"\d|\b(?:không|chưa|chẳng|cấm|trừ|nếu|chỉ|khi|mà|vì|do|trường hợp)\b")
CLAUSE = re.compile(r"[.;:\n](?!\d)")
BEGINS = re.compile(r"(?:[.;]|(?<!:)\n)(?!\d)")  # "theo đề xuất: …" belongs to what it heads
ITEM = re.compile(r"[,;]|(?: và| hoặc| hay) ")
LISTED = re.compile(r"^[^\w]*(?:\w{1,2}[.)] )?")

Span = tuple[int, int]


def forbids(claim: str, evidence: str) -> tuple[Span, Span] | None:
    """The characters by which a normalised claim grants what a clause of normalised evidence denies, to those it grants
    it to, without a condition or anything more on either side, and those that deny it; None where no clause does."""
    said = claim.lower()
    allowed = ALLOWED.search(said)
    if not allowed or BOUND.search(said):
        return None
    words = _content(said) - MAY
    return next(
        (
            (allowed.span(1), ban)
            for ban, before, act, rest in _bans(evidence.lower(), allowed[2], words)
            if _is_of(words, [_content(item) for item in ITEM.split(LISTED.sub("", before))])
            and _content(act) <= words
            and not BOUND.search(before + rest)
        ),
        None,
    )


def _is_of(words: set[str], named: list[set[str]]) -> bool:
    """Whether a claim speaks of the first of those whom a ban names, if it names any, and of no part of another: before
    the first may stand where, when or by whom it is a ban."""
    told = [one for one in named if one]
    return not told or (told[0] <= words and all(one <= words or words.isdisjoint(one) for one in told))


def _bans(evidence: str, act: str, words: set[str]) -> Iterator[tuple[Span, str, str, str]]:
    """Of the clauses that forbid an act and hold all words of a claim: where the ban stands, what stands before it,
    what is forbidden, up to the end of the item by which all words are said, and the rest."""
    for ban in BANNED.finditer(evidence):
        before = BEGINS.split(evidence[: ban.start()])[-1]
        behind = CLAUSE.split(evidence[ban.end() + 1 :])[0]
        if behind.startswith(act) and (end := _end(behind, words - _content(before))):
            yield ban.span(), before, behind[:end], behind[end:]


def _end(behind: str, left: set[str]) -> int:
    """Where the item ends by which all words that are left are said; 0 where they aren't."""
    start = 0
    for end in (*(one.start() for one in ITEM.finditer(behind)), len(behind)):
        left = left - _content(behind[start:end])
        if not left:
            return end
        start = end
    return 0


def _content(text: str) -> set[str]:
    return set(re.findall(r"\w+", text)) - COMMON
