"""Letters set apart or run together: s p a c e d, c.ô.ng, #QuyềnTrẻEm; mentions, which say who, go."""

import math
import re
from collections import Counter
from functools import lru_cache

from classifier.orthography.leet import figured
from classifier.text import Edit, letters
from classifier.text.letters import fold, is_syllable
from classifier.text.restore import COMMON, shipped

_JOINED = 400  # letters of a spaced-out stretch or hashtag that are cut into syllables
_INITIALS = 8  # letters of a name in initials that were set apart
_MENTION = re.compile(r"(?<![\w.])@[\w.]{2,40}")
_HASHTAG = re.compile(r"#(\w{1,60})")
_HUMP = re.compile(rf"[^\W\d_]+?(?=[A-Z{letters.GREAT}][a-z{letters.SMALL}])|[^\W\d_]+|\d+")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·/|~+]+[^\W_](?![^\W_])){2,}")
_PIECE = r"(?:[^\W_]|[@$]){1,4}?"  # without "_", which parts pieces: a sign that did both would be tried in every way
_DOTTED = re.compile(
    rf"(?<![\w.])(?:_*{_PIECE}(?:[.*_·/|~;\-]+{_PIECE}){{1,7}}_*|__+{_PIECE}_*|_*{_PIECE}__+)(?![\w@$])"
)
_GAPS = re.compile(r"[ .\-_*·/|~+;]+")
_SPACED_PAIR = re.compile(r"(?<![^\W_])[^\W_][ .\-_*·/|~+]+[^\W_](?![^\W_])")
_DOTTED_PAIR = re.compile(r"[\w@$][.*_·/|~;\-][\w@$]")


def handles(said: str) -> list[Edit]:
    """Mentions go: they say who; hashtags become their words."""
    if "@" not in said and "#" not in said:
        return []
    edits = [(match.start(), match.end(), " ") for match in _MENTION.finditer(said)]
    edits += [(match.start(), match.end(), _hashtag(match[1])) for match in _HASHTAG.finditer(said)]
    return sorted(edits)


def _hashtag(tag: str) -> str:
    parts = [part for piece in tag.split("_") for part in _HUMP.findall(piece)]
    return " ".join(
        part if is_syllable(part) and not part.isascii() else " ".join(cut(part) or [part]) for part in parts
    )


def dotted(said: str) -> list[Edit]:
    """Syllables with dots or other signs inside, as c.ô.ng."""
    if not _DOTTED_PAIR.search(said):
        return []
    found = ((match, _undotted(match.group())) for match in _DOTTED.finditer(said))
    return [(match.start(), match.end(), meant) for match, meant in found if meant]


def spaced(said: str) -> list[Edit]:
    """Letters set apart to get past a filter: joined, and cut into syllables where wide gaps don't say how."""
    edits, initials = list[Edit](), list[Edit]()
    for match in _SPACED.finditer(said) if _SPACED_PAIR.search(said) else ():
        gaps = Counter(_GAPS.findall(match.group()))
        # what stands between words: the widest, else a blank, else the rarest
        wide = max(sorted(gaps), key=lambda gap: (len(gap), gap == " ", -gaps[gap])) if len(gaps) > 1 else None
        words = match.group().split(wide) if wide else [match.group()]
        joined = ["".join(_GAPS.split(word)) for word in words]
        kept = _INITIALS if 2 * sum(map(bool, map(cut, joined))) > len(joined) else 1
        cuts = [cut(word) or ([word] if wide and (len(word) <= kept or word.isdecimal()) else []) for word in joined]
        if all(cuts) and sum(map(str.isalpha, match.group())) > 1:
            edits.append((match.start(), match.end(), " ".join(" ".join(syllables) for syllables in cuts)))
        elif not wide and match.group()[::2].isalpha() and len(joined[0]) <= _INITIALS:
            initials.append((match.start(), match.end(), joined[0]))
    return sorted(edits + initials) if edits else []  # "C E D A W" is a name only where words are set apart too


def _undotted(word: str) -> str:
    """One syllable written with dots inside, as c.ô.ng; "" for anything else, such as v.v or T.P or 1.5."""
    pieces = _GAPS.split(word)
    joined = "".join(pieces)
    named = not joined.isupper() and any(piece[:1].isupper() for piece in pieces[1:])  # P.Hải, a ward
    if named or joined.isupper() or joined.isdecimal() or all(len(piece) > 1 and _is_common(piece) for piece in pieces):
        return ""
    if is_syllable(joined) and shipped().frequency.get(fold(joined), 0) >= COMMON:
        return joined
    return figured(joined)


def _is_common(piece: str) -> bool:
    return is_syllable(piece) and (piece.isascii() or shipped().count(piece.lower()) >= COMMON)


@lru_cache(maxsize=8192)
def cut(run: str) -> list[str]:
    """Letters without gaps as the likeliest syllables, [] when they aren't any; digits stand alone."""
    if len(run) > _JOINED:
        return []
    frequency = shipped().frequency
    bare = fold(run)
    if len(bare) != len(run):
        return []
    best: list[tuple[float, int]] = [(0.0, 0)] + [(-1e9, 0)] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 7), end):
            gain = _gain(run[start:end], bare[start:end], frequency)
            if best[start][0] + gain > best[end][0]:
                best[end] = (best[start][0] + gain, start)
    if best[-1][0] < -1e8:
        return []
    pieces, at = [], len(run)
    while at:
        pieces.append(run[best[at][1] : at])
        at = best[at][1]
    return pieces[::-1]


def _gain(piece: str, bare: str, frequency: dict[str, int]) -> float:
    """Log probability of a piece as a syllable."""
    if piece.isdecimal():
        return -3.0 / len(piece)
    count = frequency.get(bare, 0)
    if count < COMMON or not is_syllable(piece):
        return -1e9
    return math.log(count) - 17.0 - (3.0 if len(piece) == 1 else 0.0)
