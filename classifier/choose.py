"""What of the evidence found is laid beside a claim: one article, and at most three of its sentences."""

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.retrieval import Hit, Passage
from classifier.syllables import SYLLABLE
from classifier.text import fold, sentences

SENTENCES = 3  # more only adds words that agree by chance
LEAST = 0.05  # share of the claim's weight a further sentence must add
ARTICLES = 5  # articles compared; the right one is nearly always among them


@dataclass(frozen=True, slots=True)
class Chosen:
    """Evidence for one claim: the first passage it comes from, that passage's role, and the sentences joined."""

    eid: str
    role: str
    text: str


def choose(claim: str, hits: Sequence[Hit]) -> Chosen:
    """The article that covers most of a claim among the first found, cut to the sentences that do; hits best first."""
    articles: dict[str, list[Passage]] = {}
    for hit in hits:
        articles.setdefault(_article(hit.passage), []).append(hit.passage)
    if not articles:
        return Chosen("", "", "")
    first = list(articles.values())[:ARTICLES]
    weights = _weights([" ".join(passage.text for passage in article) for article in first])
    wanted = _parts(claim)
    picked = [_greedy(wanted, [passage.text for passage in article], weights) for article in first]
    best = max(range(len(first)), key=lambda at: (picked[at][0], -at))
    return Chosen(first[best][0].eid, first[best][0].role, picked[best][1])


def excerpt(claim: str, text: str) -> str:
    """At most SENTENCES sentences of one normalised passage, in its order, that together cover most of a claim."""
    pieces = [text[start:end] for start, end in sentences(text)]
    if len(pieces) <= 1:
        return text
    return _greedy(_parts(claim), [text], _weights(pieces))[1]


def _article(passage: Passage) -> str:
    """Passages of one page or one article of law belong together."""
    return passage.source or passage.eid


def _parts(text: str) -> set[str]:
    """Folded syllables and their pairs."""
    words = [fold(match.group()) for match in SYLLABLE.finditer(text)]
    return {*words, *(f"{one} {two}" for one, two in itertools.pairwise(words))}


def _weights(texts: Sequence[str]) -> dict[str, float]:
    """Rarity of each syllable and pair among the texts at hand."""
    counts = Counter(part for text in texts for part in _parts(text))
    return {part: math.log(1 + len(texts) / count) for part, count in counts.items()}


def _greedy(wanted: set[str], texts: Sequence[str], weights: dict[str, float]) -> tuple[float, str]:
    """Sentences that each add most of what is wanted and not yet covered; what they cover, and their text in order."""
    pieces = [text[start:end] for text in texts for start, end in sentences(text)]
    pieces = list(dict.fromkeys(pieces))
    parts = [_parts(piece) & wanted for piece in pieces]
    whole = sum(weights.get(part, 1.0) for part in wanted) or 1.0
    covered: set[str] = set()
    chosen: list[int] = []
    while len(chosen) < min(SENTENCES, len(pieces)):
        gains = [sum(weights.get(part, 1.0) for part in one - covered) for one in parts]
        best = max(range(len(pieces)), key=lambda at: (gains[at], -at))
        if chosen and gains[best] < LEAST * whole:
            break
        chosen.append(best)
        covered |= parts[best]
    total = sum(weights.get(part, 1.0) for part in covered)
    return total / whole, " ".join(pieces[at] for at in sorted(chosen))
