"""Passages found for a claim, put in a better order, and how likely the first of them speaks of the claim at all.

Both are weighted sums over how a claim's telling syllables, their pairs and its concepts lie in a passage.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from math import exp, fsum, isfinite, log, log1p
from operator import mul
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused
from classifier.evidence.retrieval import CONCEPT_WEIGHT, Hit, Passage, PassageIndex
from classifier.evidence.rewording import ASKED, Question, Quoted, worlds
from classifier.semantics.lexicon import Lexicon
from classifier.text.outline import Outline

FILE = "ranking.json"
CANDIDATES = 40  # passages put in order; beyond them the right one is seldom found
HELD = (
    "syllables", "syllables_best", "syllables_two", "pairs", "concepts", "rare", "rarest_missing", "numbers", "length",
    "title",
)  # fmt: skip
SAID = ("said", "said_syllables", "said_best", "said_pairs", "said_rare")  # likewise of what people say of a passage
BOTH = ("both_syllables", "both_rare", "both_missing")  # and of the two together
OF_CLAIM = ("claim_length", "claim_concepts", "claim_numbers")  # the same for every passage of a claim
SEARCHED = ("bm25", "bm25_top", "bm25_mean", "place")  # of the search: they differ with the number of passages
FEATURES = (*HELD, *OF_CLAIM, *SAID, *BOTH, *SEARCHED)
NEAR = len(HELD) + len(OF_CLAIM)  # features that tell nearness: what a passage itself says
RARE = 3  # of a claim's syllables, those that tell most

ORDER_C, NEAR_C = 0.3, 1.0
FINE = 2.0**-20  # nats
EVEN = 1e-9
LEARNED = 20  # passages of a question that are learned from

Row = tuple[float, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of FEATURES for the order, and of the first NEAR for the log-odds that a passage speaks of the claim."""

    order: Row
    near: Row
    near_at: float

    def rank(self, index: PassageIndex, claim: str, hits: Sequence[Hit]) -> list[Hit]:
        """Hits of one query (best first) in a better order, with score in (0, 1] and the probability `near`."""
        rows = features(index, claim, hits)
        worth = [_dot(self.order, row) for row in rows]
        best = max(worth, default=0.0)
        scores = [exp(value - best) for value in worth]
        order = sorted(range(len(hits)), key=lambda at: -scores[at])
        return [
            Hit(one.passage, scores[at], self._near(rows[at]), one.concepts, one.line, one.said)
            for at, one in ((at, hits[at]) for at in order)
        ]

    def _near(self, row: Row) -> float:
        return _sigmoid(_dot(self.near, row) + self.near_at)


PLAIN = Ranker(  # of a model trained before there was a ranking: the order of BM25, and the share of syllables held
    order=tuple(-1.0 if name == "place" else 0.0 for name in FEATURES),
    near=tuple(12.0 if name == "syllables" else 0.0 for name in FEATURES[:NEAR]),
    near_at=-4.2,  # even at a share of 0.35: nine in ten of real news have less in common with the law nearest to them
)


@dataclass(frozen=True, slots=True)
class Query:
    """A claim's syllables, the rarest first, pairs and concepts, each with its rarity in the index (nats / FINE).

    Whole numbers, because their sum is the same in whatever order a process reads a set.
    """

    words: dict[str, int]
    pairs: list[tuple[str, str, int]]
    concepts: dict[str, int]
    numbers: tuple[str, ...]
    unseen: int  # rarity of a syllable that no passage holds
    sums: tuple[int, int, int]  # of words, pairs and concepts

    @property
    def rare(self) -> list[str]:
        """The syllables that tell most."""
        return list(self.words)[:RARE]


def query_of(index: PassageIndex, claim: str) -> Query:
    """What a normalised claim asks for."""
    mine = index.outline_of(claim)
    words = {word: _fine(index.rarity(word)) for sentence in mine.sentences for word in sentence}
    pairs = {pair: _fine(index.rarity("_".join(pair))) for sentence in mine.sentences for pair in pairwise(sentence)}
    concepts = {one: _fine(index.rarity(one, field="concepts")) for one in mine.concepts}
    return Query(
        words=dict(sorted(words.items(), key=lambda word: (-word[1], word[0]))),
        pairs=[(one, two, value) for (one, two), value in pairs.items()],
        concepts=concepts,
        numbers=tuple(word for word in words if word[0].isdigit()),
        unseen=_fine(log(1 + len(index))) or 1,
        sums=(sum(words.values()), sum(pairs.values()), sum(concepts.values())),
    )


def _fine(nats: float) -> int:
    return round(nats / FINE)


def features(index: PassageIndex, claim: str, hits: Sequence[Hit]) -> list[Row]:
    """A row of FEATURES for each hit of one query, best first."""
    wanted = query_of(index, claim)
    about = log1p(len(wanted.words)), log1p(len(wanted.concepts)), float(bool(wanted.numbers))
    whole = wanted.sums[0] + wanted.sums[1] + CONCEPT_WEIGHT * wanted.sums[2]
    mean = fsum(hit.score for hit in hits) / max(len(hits), 1)
    bases = whole * FINE or 1.0, hits[0].score or 1.0 if hits else 1.0, mean or 1.0
    rows = []
    for place, hit in enumerate(hits):
        passage = index.outline(hit)
        row, held = _held(wanted, passage)
        said = _as_said(wanted, passage.said, row, held)
        rows.append((*row, *about, *said, *(hit.score / base for base in bases), log1p(place)))
    return rows


def _as_said(wanted: Query, saying: Outline | None, row: Row, held: set[str]) -> Row:
    """What of a claim people say of a passage, and that together with what it holds itself, as SAID and BOTH."""
    syllables, _, _, _, _, rare, missing, *_ = row
    if saying is None:
        return (*(0.0,) * len(SAID), syllables, rare, missing)
    (said_syllables, best, _, pairs, _, said_rare, *_), also = _held(wanted, saying)
    both = held | also
    return (
        1.0,
        said_syllables,
        best,
        pairs,
        said_rare,
        sum(map(wanted.words.__getitem__, both)) / (wanted.sums[0] or 1),
        _share(wanted.rare, both),
        _missing(wanted, both),
    )


def _held(wanted: Query, passage: Outline) -> tuple[Row, set[str]]:
    """What of a claim a text holds, as HELD, and which of its syllables."""
    weight, asked_for, total = wanted.words.__getitem__, wanted.words.keys(), wanted.sums[0] or 1
    said = [asked_for & sentence for sentence in passage.sentences]
    held = set().union(*said)
    sums = [sum(map(weight, here)) for here in said]
    best = two = max(sums, default=0)
    for at, (one, other) in enumerate(pairwise(sums)):
        if one + other > two:  # what two sentences share counts once
            two = max(two, sum(map(weight, said[at] | said[at + 1])))
    line = passage.line
    near = [pair for pair in wanted.pairs if pair[0] in held and pair[1] in held]
    pairs = sum([value for one, two, value in near if f" {one} {two} " in line])
    concepts = sum(map(wanted.concepts.__getitem__, wanted.concepts.keys() & passage.concepts))
    row = (
        sum(map(weight, held)) / total,
        best / total,
        two / total,
        pairs / (wanted.sums[1] or 1),
        concepts / (wanted.sums[2] or 1),
        _share(wanted.rare, held),
        _missing(wanted, held),
        _share(wanted.numbers, held),
        log1p(passage.length),
        sum(map(weight, asked_for & passage.title)) / total,
    )
    return row, held


def _missing(wanted: Query, held: set[str]) -> float:
    """How rare the rarest of a claim's syllables is that isn't held."""
    return next((value for word, value in wanted.words.items() if word not in held), 0) / wanted.unseen


def train(
    quoted: Sequence[Quoted],
    plain: Sequence[str],
    *,
    lexicon: Lexicon,
    seed: int,
    law: Sequence[Passage] = (),
    asked: int = ASKED,
) -> Ranker:
    """Learn from labelled pairs, plain texts, law and statements of it; see rewording.worlds. The same input, the same
    bytes.

    The order is learned among law, from the right passage against each other one of its claim; nearness from all
    passages of a claim, in pools without more law and by their own words: among thousands of articles that say nearly
    the same, half of a claim's words is little, and a fact that settles it would count as a stranger.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    among = worlds(quoted, plain, lexicon, law=law, seed=seed, asked=asked)
    alike = worlds([replace(one, own=False) for one in quoted], plain, lexicon, seed=seed, asked=asked)
    told, tables = list(_tables(among, lexicon)), list(_tables(alike, lexicon, expanded=False))
    with threadpool_limits(1):  # sums in another order would give other weights
        order = _fit_order([table for table, _, _ in told], [right for _, right, _ in told])
        near, near_at = _fit_near(
            np.vstack([table for table, _, _ in tables])[:, :NEAR],
            np.concatenate([right for _, right, _ in tables]),
            np.concatenate([np.full(len(right), weight) for _, right, weight in tables]),
        )
    return Ranker(_rounded(order), _rounded(near), round(near_at, 4))


def _tables(
    pools: Iterable[tuple[list[Passage], list[Question], float]], lexicon: Lexicon, *, expanded: bool = True
) -> Iterator[tuple[Floats, Any, float]]:
    """For each question of pools the FEATURES of what is found, which of it is right, and the pool's weight."""
    for passages, questions, weight in pools:
        index = PassageIndex.build(passages, concepts=lexicon.index_terms, expanded=expanded)
        for one in questions:
            hits = index.search(one.text, CANDIDATES)
            hits = [hit for hit in hits if one.answered or hit.passage.source != one.source][:LEARNED]
            if hits:
                right = np.array([hit.passage.source == one.source for hit in hits])
                yield np.array(features(index, one.text, hits)), right, weight


def _fit_order(tables: Sequence[Floats], right: Sequence[Any]) -> Floats:
    """Weights by which a claim's first right passage stands before each wrong one; a claim counts once."""
    from sklearn.linear_model import LogisticRegression

    told = [
        table[yes][:1] - table[~yes] for table, yes in zip(tables, right, strict=True) if yes.any() and not yes.all()
    ]
    rows = np.vstack(told)
    once = np.concatenate([np.full(len(part), 1 / len(part)) for part in told])
    spread = rows.std(axis=0)
    spread[spread < EVEN] = np.inf  # what is the same for all passages of a claim orders nothing
    both, sides = np.vstack([rows, -rows]) / spread, np.repeat([1, 0], len(rows))
    model = LogisticRegression(C=ORDER_C, fit_intercept=False, max_iter=500)
    return np.asarray(model.fit(both, sides, sample_weight=np.tile(once, 2)).coef_[0] / spread)


def _fit_near(rows: Floats, right: Any, weights: Floats) -> tuple[Floats, float]:
    """Weights and intercept of the log-odds that a passage is a right one."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=NEAR_C, max_iter=1000).fit((rows - mean) / spread, right, weights)
    slope = model.coef_[0] / spread
    return slope, float(model.intercept_[0] - mean @ slope)


def _rounded(values: Floats) -> Row:
    return tuple(round(float(one), 4) for one in values)


def save(ranker: Ranker, directory: Path) -> None:
    """Write ranking.json; the same ranker gives the same bytes."""
    told = {"features": FEATURES, **asdict(ranker)}
    (directory / FILE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def load(directory: Path) -> Ranker:
    """Read what save wrote, or PLAIN where there is none; raises ModelRefused for a file that can't be used."""
    path = directory / FILE
    if not path.exists():
        return PLAIN
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        order, near = (tuple(map(float, told[name])) for name in ("order", "near"))
        made = Ranker(order, near, float(told["near_at"]))
        whole = (*made.order, *made.near, made.near_at)
        fits = (len(made.order), len(made.near)) == (len(FEATURES), NEAR) and all(map(isfinite, whole))
        same = tuple(told["features"]) == FEATURES
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise ModelRefused(f"{path} is damaged: restore it or retrain") from None
    if not (fits and same):
        raise ModelRefused(f"{path} was made for other features than this program reads: retrain")
    return made


def _share(wanted: Sequence[str], held: set[str]) -> float:
    return sum(one in held for one in wanted) / len(wanted) if wanted else 1.0


def _dot(weights: Row, row: Row) -> float:
    return float(sum(map(mul, weights, row)))  # nearness has no weights for the last of a row


def _sigmoid(odds: float) -> float:
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, odds))))
