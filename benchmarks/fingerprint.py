"""Near duplicates: what edited copies are found, and posts a second when 100,000 and 10,000,000 are held."""

import random
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.measure import ROUNDS, Line, of_samples
from benchmarks.tokens import NEWS, lines
from classifier.fingerprint import KEYS, NEAR, bands, similar
from classifier.letters import fold
from classifier.near import NearIndex

SMALL, LARGE = 100_000, 10_000_000
BATCH, PART = 1_000, 500_000


def run() -> list[Line]:
    """Recall on copies, false pairs, then speed at both sizes; the large one only with --all (1.1 GB, two minutes)."""
    if not NEWS.exists():
        return []
    found = _recall()
    few = _speed(SMALL)
    many = _speed(LARGE if "--all" in sys.argv else 10 * SMALL)
    size = f"{LARGE if '--all' in sys.argv else 10 * SMALL:,} posts"
    growth = [slow / fast for slow, fast in zip(few, many, strict=True)]
    return [
        *found,
        of_samples(f"near duplicates, {SMALL:,} posts held", few, unit="posts/s", reach=3_000),
        of_samples(f"near duplicates, {size} held", many, unit="posts/s", reach=3_000),
        of_samples("near duplicates, growth", growth, reach=1.5, least=False, note=size),
    ]


def _recall() -> list[Line]:
    draw = random.Random(1)
    posts = [text for text in islice(lines(step=90), 3_000) if len(text.split()) > 20][:600]
    spare = " ".join(posts).split()
    changed = {
        "1 word in 20 changed": [_edited(text, 0.05, draw, spare) for text in posts],
        "3 words in 20 changed": [_edited(text, 0.15, draw, spare) for text in posts],
        "without diacritics": [fold(text) for text in posts],
        "first half only": [" ".join(text.split()[: len(text.split()) // 2]) for text in posts],
    }
    result = [
        Line(
            f"near duplicates found, {name}",
            sum(_near(one, other) for one, other in zip(posts, copies, strict=True)) / len(posts),
            unit="",
            reach=reach,
        )
        for (name, copies), reach in zip(changed.items(), (0.99, 0.9, 0.99, 0.9), strict=True)
    ]
    pairs = [draw.sample(posts, 2) for _ in range(20_000)]
    false = sum(_near(one, other) for one, other in pairs) / len(pairs)
    return [*result, Line("unrelated posts taken for near duplicates", false, unit="", reach=0.01, least=False)]


def _near(one: str, other: str) -> bool:
    return bool(set(bands(one)) & set(bands(other))) and similar(one, other) >= NEAR


def _edited(text: str, share: float, draw: random.Random, spare: list[str]) -> str:
    kept: list[str] = []
    for word in text.split():
        if draw.random() >= share:
            kept.append(word)
        else:
            kept += draw.choice(([], [word, draw.choice(spare)], [draw.choice(spare)]))
    return " ".join(kept)


def _speed(held: int) -> list[float]:
    """Posts a second from text to near duplicates, keys, tables and comparison together, with `held` posts before."""
    deal = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        index = NearIndex(Path(folder))
        for first in range(1, held + 1, PART):
            size = min(PART, held + 1 - first)
            rows = deal.integers(0, 2**63, (size, KEYS), dtype=np.int64).astype(np.uint64)
            index.fill(np.arange(first, first + size, dtype=np.uint64).repeat(KEYS), rows.ravel())
        texts: dict[int, str] = {}
        rates, post = [], held
        for turn in range(ROUNDS):
            batch = list(islice(lines(step=60, first=turn), BATCH))
            start = time.process_time()
            numbers = range(post + 1, post + 1 + len(batch))
            texts.update(zip(numbers, batch, strict=True))
            found = index.assign(numbers, [bands(text) for text in batch])
            for number, others in zip(numbers, found, strict=True):
                for other in others:
                    similar(texts[number], texts.get(other, ""))
            rates.append(len(batch) / (time.process_time() - start))
            post += len(batch)
    return rates
