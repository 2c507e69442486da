"""A made-up world of any size: passages and posts in the rhythm of Vietnamese, beside our own facts and sentences.

Syllables follow one another as the shipped model for diacritics counted them on news, so that words, pairs and posting
lists are as frequent as in real text, though the sentences say nothing. Nothing outside the checkout is read.
"""

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.corpora import rows
from classifier.evidence import facts
from classifier.evidence.retrieval import Passage
from classifier.files import shipped
from classifier.text.restore import shipped as syllables

MODEL = shipped("models", "default")
RIGHTS_EVERY = 8  # one post in eight of the mix is about rights
SENTENCE = 14  # syllables
PART = 20_000  # texts drawn at once
NAMES = ("Lâm", "Hạnh", "Khuê", "Tùng", "Diễm", "Phát", "Thoa", "Vinh", "Quyên", "Sơn", "Mận", "Đức")
PLACES = ("Bình Lộc", "Phú Sơn", "Tân Hội", "An Khê", "Mỹ Thới", "Đông Giang", "Thạnh Trị", "Lương Hòa")

Forms = NDArray[np.int64]


class Rhythm:
    """A walk over syllables: the next one is drawn as often as it followed in news."""

    def __init__(self) -> None:
        model = syllables()
        self.forms = model.forms
        keys = np.array(sorted(model.pairs), dtype=np.int64)
        counts = np.array([model.pairs[int(key)] for key in keys], dtype=np.float64)
        first, self._next = keys // len(self.forms), keys % len(self.forms)
        self._sums = np.concatenate(([0.0], np.cumsum(counts)))
        self._from = np.searchsorted(first, np.arange(len(self.forms)))
        self._to = np.searchsorted(first, np.arange(len(self.forms)), side="right")
        whole = np.cumsum(np.array(model.counts, dtype=np.float64))
        self._whole = whole / whole[-1]

    def walk(self, deal: np.random.Generator, texts: int, length: int) -> Forms:
        """Numbers of syllables, (texts, length)."""
        found = np.empty((texts, length), dtype=np.int64)
        found[:, 0] = self._afresh(deal, texts)
        for at in range(1, length):
            low, high = self._from[found[:, at - 1]], self._to[found[:, at - 1]]
            drawn = self._sums[low] + deal.random(texts) * (self._sums[high] - self._sums[low])
            after = np.minimum(np.searchsorted(self._sums, drawn, side="right") - 1, high - 1)
            found[:, at] = np.where(high > low, self._next[after], self._afresh(deal, texts))
        return found

    def texts(self, seed: int, count: int, *, length: int) -> Iterator[str]:
        """Texts of about `length` syllables in sentences."""
        deal = np.random.default_rng(seed)
        forms = self.forms
        for first in range(0, count, PART):
            for row in self.walk(deal, min(PART, count - first), length).tolist():
                words = [forms[one] for one in row]
                yield " ".join(
                    f"{' '.join(words[at : at + SENTENCE]).capitalize()}." for at in range(0, length, SENTENCE)
                )

    def _afresh(self, deal: np.random.Generator, texts: int) -> Forms:
        return np.searchsorted(self._whole, deal.random(texts), side="right").clip(max=len(self.forms) - 1)


def passages(count: int) -> Iterator[Passage]:
    """Our facts, and made-up news up to `count` passages in all."""
    known = facts.shipped_passages()
    yield from known
    roles = ("independent", "party", "primary")
    made = Rhythm().texts(0, max(0, count - len(known)), length=3 * SENTENCE)
    for at, text in enumerate(made):
        yield Passage(f"made:{at}", text, source=f"https://tin.example/{at}", role=roles[at % 3], kind="news",
                      date=f"20{10 + at % 16}-{1 + at % 12:02}-{1 + at % 28:02}")  # fmt: skip


def rights_texts() -> list[str]:
    """Our own sentences about rights, the training seeds."""
    return [row["text"] for row in rows(shipped("data", "seed.jsonl")) if row["rights"]]


def posts(count: int, *, seed: int = 1, sentences: int = 3, every: int = RIGHTS_EVERY) -> Iterator[str]:
    """Made-up posts, no two alike; one in `every` is about rights, with a name, a place and a day of its own."""
    told, draw = rights_texts(), random.Random(seed)
    for at, text in enumerate(Rhythm().texts(seed, count, length=sentences * SENTENCE)):
        if at % every:
            yield text
        else:
            who, where, day = draw.choice(NAMES), draw.choice(PLACES), f"{at % 28 + 1}/{at % 12 + 1}"
            yield f"{draw.choice(told)} Ông {who} ở {where} kể lại hôm {day}. {text[:150]}"
