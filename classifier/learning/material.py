"""What a model learns from, and the settings by which it does."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.entailment import verdict
from classifier.evidence.retrieval import Passage
from classifier.files import sha256, shipped
from classifier.learning.stances import Stance
from classifier.loading import CARD
from classifier.readers import kind, rights
from classifier.readers.seeding import SHIPPED, Labelled, digest
from classifier.text import READING_VERSION, neutral, words

TELLING = 5  # words of a passage that several articles may share because of what it tells
COMMON = 0.05  # share of the articles above which a passage that mostly settles nothing is what fills a cell
LAW_PAIRS, LAW_WEIGHT = 5_000, 0.3  # more of them, or at more weight, and news claims are read worse

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PairRow:
    """A claim beside its evidence and what the evidence says of it; rows of one article are never parted."""

    claim: str
    evidence: str
    label: str  # of verdict.LABELS
    article: str = ""
    weight: float = 1.0
    own: bool = False  # a claim of our own beside a public passage


@dataclass(frozen=True, slots=True)
class Material:
    """What a model learns from, and the digest of each file it came from."""

    pairs: Sequence[PairRow]
    texts: Sequence[Labelled]
    words: Sequence[str] = ()  # plain texts that word vectors are learned from; () takes those of the base model
    digests: Mapping[str, str] = field(default_factory=dict)
    law: Sequence[Passage] = ()  # passages of law, among which a claim's right one has to be found
    stances: Sequence[Stance] = ()  # () leaves those of the base model
    posts: Sequence[Stance] = ()  # whole ones, which the reader of stances learns from last
    sample: float = 1.0  # share that was drawn; what learns from less than all is never judged, nor promoted


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of a training that can be searched over, and where its thresholds are aimed."""

    rights_strength: float = rights.STRENGTH
    kind_strength: float = kind.STRENGTH
    kind_kept: float = kind.KEPT
    law_pairs: int = LAW_PAIRS
    law_weight: float = LAW_WEIGHT
    meaning_pairs: int = 6_000  # generated pairs that the meaning reader learns from
    rounds: int = verdict.ROUNDS
    grown: int = verdict.GROWN
    precision: float = 0.95  # of what is called refuted, among training pairs out of fold
    supported: float = 0.80  # likewise of what is called supported


def version_name(material: Material, settings: Settings, seed: int, *, base: Path | None = None) -> str:
    """A name that is the same for the same material, settings, seed and reading, and what stands in the folder of a
    base."""
    told = {
        "material": dict(material.digests), "settings": asdict(settings), "seed": seed,
        "reading": READING_VERSION, "wording": neutral.VERSION,
        "words": [sha256(shipped("data", name)) for name in ("lexicon.toml", "thesaurus.tsv")],
        "base": base and sha256(base / CARD),
        "pairs": _digest(_lines(asdict(row) for row in material.pairs)),
        "texts": _digest(_lines(asdict(row) for row in material.texts)),
    }  # fmt: skip
    return "m" + _digest(json.dumps(told, sort_keys=True))[:12]


def sampled(material: Material, settings: Settings, share: float, *, seed: int) -> tuple[Material, Settings]:
    """A share of a material, drawn by the seed, and settings that generate as small a share of pairs.

    Pairs of one article stay together, as they do in the folds. Of the texts that ship a share was drawn already.
    """
    random = np.random.default_rng(seed)
    held = articles(material.pairs)
    kept = {name for name in sorted(set(held)) if random.random() < share}
    small = replace(
        material,
        pairs=[row for row, name in zip(material.pairs, held, strict=True) if name in kept],
        texts=[row for row in material.texts if row.part in SHIPPED or random.random() < share],
        words=spread(material.words, int(len(material.words) * share)),
        law=spread(material.law, int(len(material.law) * share)),
        sample=share,
    )
    made = {name: int(getattr(settings, name) * share) for name in ("law_pairs", "meaning_pairs")}
    return small, replace(settings, **made)


def taught(texts: Sequence[Labelled]) -> list[Labelled]:
    """The texts that don't ship, from which alone the readers of a base have something to learn."""
    return [row for row in texts if row.part not in SHIPPED]


def articles(pairs: Sequence[PairRow]) -> list[str]:
    """What each pair is never parted from: all of its article and all that is said of its passage, however spelt, and
    so on from there.

    A few words hold no articles together, nor does what stands in many and mostly settles nothing: it fills a cell.
    """
    above: dict[str, str] = {}  # an article or passage, and one that it belongs with

    def top(name: str) -> str:
        while (up := above.setdefault(name, name)) != name:
            above[name] = name = above[up]
        return name

    names = {passage: digest(passage) for passage in {row.evidence for row in pairs}}
    said: dict[str, list[PairRow]] = {}
    for row in pairs:
        said.setdefault(names[row.evidence], []).append(row)
    all_told = len({row.article for row in pairs})
    held = {name for name, rows in said.items() if _hold_together(rows, COMMON * all_told)}
    for row in pairs:
        if row.article and names[row.evidence] in held:
            above[top(names[row.evidence])] = top(row.article)
    loose = (row.article and names[row.evidence] not in held for row in pairs)
    return [top(row.article if alone else names[row.evidence]) for row, alone in zip(pairs, loose, strict=True)]


def _hold_together(said: Sequence[PairRow], common: float) -> bool:
    """Whether what is said of one passage holds its articles together; common is in how many one is likely a filler."""
    held = len({row.article for row in said if row.article})
    idle = held > common and sum(row.label == "not_enough_info" for row in said) > len(said) / 2
    return held < 2 or not (idle or len(words(said[0].evidence)) < TELLING)


def folds_by_matter(texts: Sequence[Labelled], n: int, *, seed: int) -> NDArray[np.int64]:
    """Which of n folds each text lies in (texts,), by chance; what is said of one matter is never parted."""
    matters = list(dict.fromkeys(row.matter or row.text for row in texts))
    fold = dict(zip(matters, np.random.default_rng(seed).permutation(len(matters)) % n, strict=True))
    return np.array([fold[row.matter or row.text] for row in texts], dtype=np.int64)


def spread(rows: Sequence[Row], most: int) -> list[Row]:
    """At most so many rows, evenly spread over all."""
    return [rows[at * len(rows) // most] for at in range(most)] if len(rows) > most else list(rows)


def law_pairs(settings: Settings, seed: int) -> list[PairRow]:
    """Pairs generated from statements of law, told apart from those that people wrote by a smaller weight."""
    from classifier.semantics import lawfacts

    if not settings.law_pairs:
        return []
    made = lawfacts.pairs(seed=seed, n=settings.law_pairs)
    return [PairRow(one.claim, one.evidence, one.label, f"law:{one.topic}", settings.law_weight) for one in made]


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def free(name: str, taken: Container[str]) -> str:
    """A name of data, numbered where another folder or file is called so too."""
    return name if name not in taken else next(one for at in count(2) if (one := f"{name} ({at})") not in taken)
