"""Near duplicates: what edited copies are found, and posts a second in the store's own table of keys.

`python -m benchmarks fingerprint --all` fills it with 10,000,000 posts instead of 1,000,000: 3 GB on disk, six minutes.
"""

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.measure import ROUNDS, Line, of_samples
from benchmarks.tokens import NEWS, lines
from classifier.checking.copies import same_claim
from classifier.orthography.spelling import plain
from classifier.text.fingerprint import KEYS, NEAR, bands, similar
from classifier.text.letters import fold
from pipeline.records import NewPost, ScoreRow, StepOutcome
from pipeline.store import Database, cases, open_store, posts, scores
from pipeline.store.database import write

SMALL, MIDDLE, LARGE = 100_000, 1_000_000, 10_000_000
BATCH, BATCHES, PART = 64, 16, 500_000  # posts of a transaction, as the worker files them, and transactions a round


def run() -> list[Line]:
    """Recall on copies, false pairs, then speed at both sizes."""
    if not NEWS.exists():
        return []
    held = LARGE if "--all" in sys.argv else MIDDLE
    found = _recall()
    few, many = _speed(SMALL), _speed(held)
    growth = [slow / fast for slow, fast in zip(few, many, strict=True)]
    return [
        *found,
        of_samples(f"near duplicates, {SMALL:,} posts held", few, unit="posts/s", reach=3_000),
        of_samples(f"near duplicates, {held:,} posts held", many, unit="posts/s", reach=3_000),
        of_samples("near duplicates, growth", growth, reach=1.5, least=False, note=f"{held:,} posts"),
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
    """Posts a second from claim to near duplicates, keys and comparison together, with `held` posts before.

    Every second claim is an edited copy of the one before it.
    """
    draw = random.Random(held)
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as folder:
        path = Path(folder) / "soi.db"
        open_store(path).close()
        _fill(path, held)
        db = open_store(path)
        rates, found, said = [], 0, lines(step=30)
        for turn in range(ROUNDS):
            texts = list(islice(said, BATCH * BATCHES // 2))
            texts = [one for text in texts for one in (text, _edited(text, 0.05, draw, texts[0].split()))]
            numbers = _scored(db, turn, texts)
            spent = 0.0
            for at in range(0, len(texts), BATCH):
                claims = texts[at : at + BATCH]
                for claim in claims:
                    plain(claim)  # as scoring has read it
                start = time.process_time()
                found += _assign(db, numbers[at : at + BATCH], claims)
                spent += time.process_time() - start
            rates.append(len(texts) / spent)
        db.close()
    if found < ROUNDS * BATCH * BATCHES / 6:  # a word amid the others or in another's place makes another claim
        raise SystemExit(f"only {found} copies were found")
    return rates


def _assign(db: Database, numbers: Sequence[int], texts: Sequence[str]) -> int:
    """What filing scores does to know a claim again, in one transaction; how many claims were known."""
    known = 0
    with write(db):
        for number, text in zip(numbers, texts, strict=True):
            keys = bands(text)
            known += any(same_claim(text, claim) for _, claim, _ in cases.near_posts(db, keys, not_post=number))
            cases.set_bands(db, number, keys)
    return known


def _scored(db: Database, turn: int, texts: Sequence[str]) -> list[int]:
    """Posts of these texts with a score each, whose claim is the whole text; their numbers."""
    found = [NewPost("s", f"https://tin.example/{turn}-{at}", text) for at, text in enumerate(texts)]
    with write(db):
        posts.take_posts(db, found)
        versions = [version for one in found if (version := posts.post_by(db, one.url))]
        for version in versions:
            scores.add_score(
                db, ScoreRow(version.id, "m", "claim", (), 0.0, False, claim=version.text), outcome=StepOutcome.TO_CHECK
            )
    return [version.post_id for version in versions]


def _fill(path: Path, held: int) -> None:
    """Keys of `held` posts that aren't there, in the order of the table: row by row it would take hours."""
    deal = np.random.default_rng(0)
    keys = deal.integers(0, 2**63 - 1, held * KEYS, dtype=np.int64)
    order = np.argsort(keys)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    db.execute("DROP INDEX fingerprints_post")
    for first in range(0, len(order), PART):
        part = order[first : first + PART]
        rows = zip(keys[part].tolist(), (part // KEYS + 1).tolist(), strict=True)
        db.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", rows)
    db.execute("CREATE INDEX fingerprints_post ON fingerprints (post_id)")
    db.execute("INSERT INTO sources (id, name, kind, url, use, role) VALUES ('s', 's', 'feed', 's', 'watch', 'party')")
    db.execute("INSERT INTO posts (id, source_id, url, first_seen) VALUES (?, 's', 'last', '')", [held])
    db.execute("COMMIT")
    db.close()
