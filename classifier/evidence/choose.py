"""What of the evidence found is laid beside a claim: one article, and at most three of its sentences."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from classifier.evidence.retrieval import Hit, Passage
from classifier.evidence.told import cites_article
from classifier.text import by_sentence, fold
from classifier.text.syllables import SYLLABLE

SENTENCES = 3  # more only adds words that agree by chance
LEAST = 0.05  # share of the claim's weight a further sentence must add
NEXT, DEEP = 0.5, 3  # weight of an article's further passages: 0.967 of training claims find theirs first, 0.963 at 0.3
OVER = re.compile(r"(?:, ?thay cho|,? ?\bthay vì)\b(?:[^,;:.\n]|[,.](?=\d))*", re.IGNORECASE)  # to the clause's end
CHANGE = re.compile(r"\b(?:thay|trước|cũ|xưa|nay|còn|hết|nữa|giảm|hạ|rút|bỏ|xuống|so với)\b", re.IGNORECASE)
BAN = re.compile(
    r"\b(?:nghiêm cấm|bị cấm|(?<!không )cấm (?:các|những|mọi)|(?:hành vi|việc|điều) (?:\w+ ){0,5}?không được)\b"
    r"|\bkhông được\b.*:$|^cấm\b.*:$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"(?:Điều|Chương|Mục) (?:\d|[IVX])")
ITEM = re.compile(r"(?:\d+|[a-zđ])[.)]")
HEADING, OPENING = 16, 24  # words of a heading, and of a sentence that opens a list, at most
ARTICLES = 5  # articles that say how rare a word is here


@dataclass(frozen=True, slots=True)
class Chosen:
    """Evidence for one claim: the id of the passage whose sentence covers most of it, "" for none, and all sentences
    chosen of its article, joined."""

    eid: str
    text: str


def choose(claim: str, hits: Sequence[Hit]) -> Chosen:
    """The best article among the hits, cut to the sentences that together cover most of a claim; hits best first."""
    first = articles(hits)[:ARTICLES]
    if not first:
        return Chosen("", "")
    wanted = _parts(claim)
    weights = _weights([" ".join(hit.passage.text for hit in article) for article in first], wanted)
    told = [(piece, hit.passage) for hit in first[0] for piece in by_sentence(hit.passage.text)]
    whose = dict(reversed(told))  # of a sentence that several hold, the first
    pieces = list(dict.fromkeys(piece for piece, _ in told))
    picked = _greedy(wanted, pieces, weights)
    best = whose[pieces[picked[0]]] if picked else first[0][0].passage
    return Chosen(best.eid, _joined(pieces, picked))


def articles(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Hits grouped by page or article of law, best first: the best passage counts whole, the next ones ever less."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(_article(hit.passage), []).append(hit)
    return sorted(groups.values(), key=lambda group: -sum(hit.score * NEXT**at for at, hit in enumerate(group[:DEEP])))


def excerpt(claim: str, text: str) -> str:
    """At most SENTENCES sentences of one normalised passage, in its order, that together cover most of a claim."""
    pieces, wanted = by_sentence(text), _parts(claim)
    if len(pieces) <= 1:
        return text
    pieces = list(dict.fromkeys(pieces))
    return _joined(pieces, _greedy(wanted, pieces, _weights(pieces, wanted)))


def of_now(text: str, claim: str = "") -> str:
    """A normalised passage with what is over left blank ("tiêm thuốc độc, thay cho xử bắn"), unless a claim speaks of
    a change."""
    return OVER.sub(lambda found: " " * len(found[0]), text) if "thay" in text and not CHANGE.search(claim) else text


def _article(passage: Passage) -> str:
    """Passages of one page or one article of law belong together; not the pages of one outlet, nor facts."""
    page = "://" in passage.source and passage.kind != "fact"
    law = passage.kind == "law" or (not passage.kind and cites_article(passage.source))
    return passage.source if page or (passage.source and law) else passage.eid


@lru_cache(maxsize=512)  # a sentence is looked at three times for one claim
def _parts(text: str) -> frozenset[str]:
    """Folded syllables and their pairs."""
    words = fold(" ".join(SYLLABLE.findall(text))).split()  # all at once: a call for each costs five times as much
    return frozenset(itertools.chain(words, map(" ".join, itertools.pairwise(words))))


def _weights(texts: Sequence[str], wanted: frozenset[str]) -> dict[str, float]:
    """Rarity among the texts at hand of each syllable and pair that is wanted and stands in one."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_parts(text) & wanted)
    return {part: math.log(1 + len(texts) / count) for part, count in counts.items()}


def _greedy(wanted: frozenset[str], pieces: Sequence[str], weights: dict[str, float]) -> list[int]:
    """Which of the sentences each add most of what is wanted and not yet covered, the one that adds most first."""
    parts = [_parts(piece) & wanted for piece in pieces]
    whole = math.fsum(weights.get(part, 1.0) for part in wanted) or 1.0  # exact, whatever order the set is read in
    covered: set[str] = set()
    chosen: list[int] = []
    while len(chosen) < min(SENTENCES, len(pieces)):
        gains = [math.fsum(weights.get(part, 1.0) for part in one - covered) for one in parts]
        best = max(range(len(pieces)), key=lambda at: (gains[at], -at))
        if chosen and gains[best] < LEAST * whole:
            break
        chosen.append(best)
        covered |= parts[best]
    return chosen


def _joined(pieces: Sequence[str], chosen: Sequence[int]) -> str:
    """The sentences chosen, in their order, each below the ban it is listed under."""
    bans = _bans(pieces)
    above = {ban for at in chosen if (ban := bans[at]) is not None}
    return ("\n" if above else " ").join(pieces[at] for at in sorted({*chosen, *above}))


def _bans(pieces: Sequence[str]) -> list[int | None]:
    """For each sentence the heading or list opening above it that forbids: without it "tra tấn" reads as allowed."""
    found: list[int | None] = []
    above = None
    for at, piece in enumerate(pieces):
        found.append(above)
        size, opens = len(piece.split()), piece.endswith(":")
        if opens or ARTICLE.match(piece) or (size <= HEADING and piece[-1] not in ".;" and not ITEM.match(piece)):
            above = at if size <= OPENING and BAN.search(piece) else None
    return found
