"""Whether a claim denies what evidence says, or says what evidence denies: "Việt Nam không bảo lưu điều 22" beside
"Việt Nam bảo lưu điều 22: không chấp nhận …", where a denial stands on both sides and much is shared.

It is told by the two syllables that a denial is of, in clauses that hold no other word that turns them; so evidence
that says it both ways tells nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise

from classifier.text.clauses import clauses
from classifier.text.letters import WORD
from classifier.text.patterns import listed

DENIALS = frozenset({"không", "chưa", "chẳng", "chả"})
TURNING = DENIALS.union(
    listed("cấm, miễn, khỏi, bỏ, hết, đừng, chớ, tránh, mất, trừ, thôi, ngừng, dừng, hủy, vô, thiếu, đâu, hay")
)
# between a denial and what it is of
LIGHT = frozenset(
    listed(
        """có, phải, được, bị, hề, cần, còn, phép, thể, là, cho, bắt, buộc, ai, thuộc, hẳn, từng, bao, giờ, nhất, thiết,
        quyền, đòi"""
    )
)
# behind what is no denial, or one of a bound
BOUNDING = frozenset(listed("quá, dưới, hơn, đủ, tròn, đầy, chỉ, những, kể, phân, ít, trên, riêng"))
THEN = re.compile(r" (?:thì|nhưng|mà|còn|song) ")  # what stands before is denied apart from what stands behind

Twos = frozenset[tuple[str, str]]


def turned(claim: str, evidence: str) -> bool:
    """Whether a normalised claim denies what normalised evidence says without a denial, and nowhere with one, or the
    other way round; a text without diacritics tells nothing."""
    mine, theirs = _read(claim), _read(evidence)
    return any(
        not (denied - own).isdisjoint(plain - open_)
        for denied, own, plain, open_ in ((mine[0], mine[1], theirs[1], theirs[2]), (theirs[0], theirs[1], *mine[1:]))
    )


@lru_cache(maxsize=1_024)  # a claim meets several passages
def _read(text: str) -> tuple[Twos, Twos, Twos]:
    """Each two syllables of a text that a denial alone is of, those of clauses where nothing turns, and of others."""
    denied: set[tuple[str, str]] = set()
    plain: set[tuple[str, str]] = set()
    others: set[tuple[str, str]] = set()
    spans = chain.from_iterable(clauses(text))
    for part in chain.from_iterable(THEN.split(text[start:end].lower()) for start, end in spans):
        words = WORD.findall(part)
        turning = [at for at, word in enumerate(words) if word in TURNING and not _bounds(words, at)]
        (others if turning else plain).update(pairwise(words))
        if len(turning) == 1 and words[turning[0]] in DENIALS and (two := _of(words, turning[0] + 1)):
            denied.add(two)
    return frozenset(denied), frozenset(plain), frozenset(others)


def _bounds(words: Sequence[str], at: int) -> bool:
    """Whether a denial is one of a bound, or denies nothing: "không quá 30 ngày", "không chỉ"."""
    return not BOUNDING.isdisjoint(words[at + 1 : at + 2])


def _of(words: Sequence[str], start: int) -> tuple[str, str] | None:
    """The two syllables that a denial before a place is of."""
    at = next((at for at in range(start, len(words)) if words[at] not in LIGHT), len(words))
    two = tuple(words[at : at + 2])
    return (two[0], two[1]) if len(two) == 2 and not any(one[0].isdigit() for one in two) else None
