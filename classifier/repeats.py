"""Whether two near copies make the same claim: a number, a denial or a turned verb parts true from false."""

import re
from collections import Counter

from classifier.fingerprint import NEAR, said, similar

LIMIT = 2_000  # characters read of each
_FIGURE = re.compile(r"\d")
# Folded, since half of what people write has no diacritics; a word that means something else too only parts two copies
# where one of them lacks it, and a case too many costs a glance while a case that mixes true and false costs a verdict.
DENIALS = "khong ko kg hok chua chang cha dung cam mien bo rut huy tang giam het ngung dinh chi"
NUMBERS = "mot hai ba bon nam sau bay tam chin muoi tram nghin ngan trieu ty nua"
TURNING = frozenset(f"{DENIALS} {NUMBERS}".split(" "))


def same_claim(one: str, other: str) -> bool:
    """True for texts alike by word pairs (fingerprint.NEAR) that differ in no number, no denial and no turned verb."""
    if similar(one, other) < NEAR:
        return False
    mine, theirs = (Counter(said(text[:LIMIT])) for text in (one, other))
    differing = (mine - theirs) + (theirs - mine)
    return not any(word in TURNING or _FIGURE.search(word) for word in differing)
