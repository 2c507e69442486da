"""The check-worthy sentences of a text, with their place in it.

A post may mix a fact with what its writer thinks of it; only the sentence with the fact is laid beside evidence. What
is known to go against a fact is worth most, whatever kind of sentence it reads as: whether it is held is asked later.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.factuality.asking import states
from classifier.factuality.attribution import plainly
from classifier.logic import contraries
from classifier.logic.contraries import SHIPPED, Rows
from classifier.orthography.spelling import meant, plain
from classifier.policy import CLAIM
from classifier.readers import both as readers
from classifier.text import sentences
from classifier.text.letters import GREAT
from classifier.text.patterns import MARK, either

SHORTEST = 12  # characters; anything shorter names nothing that could be checked
MOST = 40  # sentences read of one text
LONGEST = 1200  # characters read of one sentence
# Weights of worth beside the reader's own logit, fitted once on which sentence of a post two readers chose, rounded;
# most small letters with diacritics were taken for names' then.
WEIGHTS = {"claim": 0.25, "rights": 0.5, "number": 0.4, "name": 0.5, "length": 2.5, "title": -0.9}
LEAST = 0.5  # p(claim) of a sentence; lower than a whole post needs, since the post was judged already

_HEADING = either(rf"{MARK}(?:lịch(?! sử)|danh sách|thủ tục|hồ sơ|quy trình|toàn văn|cách(?! chức| ly| mạng| đây))\b")
_PREDICATE = either(
    r"\b(?:là|có|được|bị|phải|không|chưa|sẽ|đã|gồm|cấm|cho|buộc|cần|chỉ|từ|dài|bắt đầu|diễn ra|rơi|tăng|giảm|đổi|thay)"
    r"\b"
)
_NUMBER = re.compile(r"\d")
_NAME = re.compile(rf"(?<=[^.!?:\s]\s)[A-Z{GREAT}]\w*")


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """A sentence worth checking: its place in the text given, its words, and how much it is worth, 0 to 1."""

    start: int
    end: int
    text: str
    worth: float


def find_claims(
    texts: Sequence[str], *, kind: Any, rights: Any, limit: int = 3, against: Rows = SHIPPED
) -> list[list[ClaimSpan]]:
    """Of each text the sentences that state something checkable, what goes against a fact first, then by their worth;
    none asks or wishes.

    Offsets point into the text given. kind and rights are readers with predict_proba.
    """
    spans = [_cut(text) for text in texts]
    parts = [
        plainly(meant(text[start:end][:LONGEST])) for text, cut in zip(texts, spans, strict=True) for start, end in cut
    ]
    if not parts:
        return [[] for _ in texts]
    read = readers.read(rights, kind, parts)
    claim = read.kind[:, CLAIM]
    worths = worth(parts, claim, read.rights.max(axis=1))
    found: list[list[ClaimSpan]] = []
    at = 0
    for text, cut in zip(texts, spans, strict=True):
        rows = range(at, at + len(cut))
        at += len(cut)
        kept = [
            (known, ClaimSpan(start, end, text[start:end], float(worths[row])))
            for row, (start, end) in zip(rows, cut, strict=True)
            if ((known := _goes_against(text[start:end], against)) or claim[row] >= LEAST)
            and states(parts[row])
            and not _is_heading(parts[row])
        ]
        kept.sort(key=lambda one: (not one[0], -one[1].worth, one[1].start))
        found.append([span for _, span in kept[:limit]])
    return found


def worth(parts: Sequence[str], claim: NDArray[np.float64], about: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each sentence is worth checking, 0 to 1, from p(claim), p(any right) and what it names."""
    odds = np.log(np.clip(claim, 1e-6, 1 - 1e-6)) - np.log(np.clip(1 - claim, 1e-6, 1))
    named = np.array([_named(part) for part in parts])
    return np.asarray(
        1.0 / (1.0 + np.exp(-(WEIGHTS["claim"] * odds + WEIGHTS["rights"] * about + named))), dtype=np.float64
    )


def _goes_against(sentence: str, rows: Rows) -> bool:
    """Whether a sentence says what goes against a fact, in words that are known to."""
    return bool(contraries.contradicting(plain(sentence[:LONGEST]), rows))


def _is_heading(part: str) -> bool:
    """Whether a sentence only says what comes: "Lịch nghỉ Tết của người lao động"."""
    return bool(_HEADING.match(part)) and not _PREDICATE.search(part)


def _named(part: str) -> float:
    """What a sentence's form adds to its worth: numbers, names, length."""
    words = part.count(" ") + 1
    return (
        WEIGHTS["number"] * min(len(_NUMBER.findall(part)), 4) / 4
        + WEIGHTS["name"] * min(len(_NAME.findall(part)), 4) / 4
        + WEIGHTS["length"] * (min(words, 30) / 30 - 0.5)
        + WEIGHTS["title"] * (part.isupper() or words < 6)
    )


def _cut(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences long enough to say something."""
    return [(start, end) for start, end in sentences(text) if end - start >= SHORTEST][:MOST]
