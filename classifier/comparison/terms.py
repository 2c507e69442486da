"""Which words a claim inserts, replaces or leaves out, as terms for a linear model over hashed columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from classifier.comparison.pairing import Pair, Word
from classifier.comparison.tiling import Segment

COLUMNS = 2**16
SHOWN = 6  # longer stretches count as this long


def terms(pair: Pair) -> list[str]:
    """Terms of the unshared stretches of a pair: kind, place, size, words, parts of speech, and words facing words."""
    found: list[str] = []
    mine, theirs = ([word.at[0] for word in side.words] for side in (pair.claim, pair.evidence))
    for segment in pair.segments:
        found.extend(_terms_of(pair, segment, mine, theirs))
    loose = [word.text for word in pair.claim.words if word.shared == 0]
    return sorted({*found, *(f"a{word}" for word in loose)})


def matrix(pairs: Sequence[Pair]) -> Any:
    """Sparse 0/1 matrix (n, COLUMNS) of the pairs' terms."""
    from sklearn.feature_extraction import FeatureHasher

    told = [zip(terms(one), repeat(1)) for one in pairs]
    hashed = FeatureHasher(COLUMNS, input_type="pair", alternate_sign=False).transform(told)
    hashed.data[:] = 1.0  # two terms in one column count once
    return hashed.tocsr()


def _terms_of(pair: Pair, segment: Segment, claim: Sequence[int], evidence: Sequence[int]) -> Iterator[str]:
    """Terms of one stretch; claim and evidence are where their words start."""
    kind = segment.kind[0]
    mine = _starting(pair.claim.words, claim, segment.claim)
    theirs = _starting(pair.evidence.words, evidence, segment.evidence)
    place = "$" if segment.claim[1] == len(pair.claim.text) else "^" if segment.claim[0] == 0 else ""
    yield f"{kind}{place}#{min(len(mine), SHOWN)},{min(len(theirs), SHOWN)}"
    for word in mine:
        yield f"{kind}+{word.text}"
        yield f"{kind}+{word.tag}"
        if word.shared == 0:
            yield f"+{word.text}"
    for word in theirs:
        yield f"{kind}-{word.text}"
        yield f"{kind}-{word.tag}"
    if mine:
        yield f"{kind}{place}t{_tags(mine)}>{_tags(theirs)}"
        yield f"{kind}1{mine[0].text}"
    if kind == "r":
        yield from _facing(mine, theirs)


def _facing(mine: Sequence[Word], theirs: Sequence[Word]) -> Iterator[str]:
    """The whole short stretch against the other, and each word against each."""
    if len(mine) <= 3 and len(theirs) <= 3:
        yield f"x{' '.join(word.text for word in mine)}>{' '.join(word.text for word in theirs)}"
    for one in mine[:4]:
        for two in theirs[:4]:
            yield f"y{one.text}>{two.text}"


def _tags(words: Sequence[Word]) -> str:
    return " ".join(word.tag for word in words[:5])


def _starting(words: Sequence[Word], starts: Sequence[int], at: tuple[int, int]) -> Sequence[Word]:
    return words[bisect_left(starts, at[0]) : bisect_left(starts, at[1])]
