"""The whole chain at a million passages: search, full score, one post alone, two workers, and memory.

`python -m benchmarks scale --long` watches the memory over a million posts, short ones of which one in LONG_EVERY is
about rights: some twenty minutes more.
"""

import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import world
from benchmarks.measure import ROUNDS, SHARED, Line, of_samples, seconds
from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.evidence.retrieval import PassageIndex
from classifier.loading import Model, load_lexicon, load_model
from classifier.scoring import Item, score

REPLAY = SHARED / "replay" / "items.jsonl.gz"
FEW, MANY = 10_000, 1_000_000
QUERIES, POSTS, ALONE = 100, 400, 200  # of each round
SAID = "2026-05-01"  # later than every passage: what comes in live is compared with what was known before
REFUTED = 50
MEMORY_SECONDS, MEMORY_LOOKS = 60.0, 10
LONG_EVERY = 64
ARITHMETIC = 3_000_000  # steps, some tenth of a second


def run() -> Iterator[Line]:
    """Build the index once, then every line on it."""
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        terms = load_lexicon().index_terms
        PassageIndex.build(world.passages(FEW), few, concepts=terms)
        start = time.process_time()
        PassageIndex.build(world.passages(MANY), many, concepts=terms)
        took = time.process_time() - start
        size = sum(path.stat().st_size for path in many.rglob("*")) / 1e6
        yield Line("evidence index built, a million passages", MANY / took, unit="/s", note=f"{size:.0f} MB on disk")
        yield from _search(few, many)
        yield from _scores(many)
        yield from _workers(many)


@lru_cache(maxsize=1)
def texts() -> Sequence[str]:
    """The replay's items, of which one in eight is about rights; without ../shared, made-up ones in that mix."""
    if not REPLAY.exists():
        return tuple(world.posts(6_000))
    with gzip.open(REPLAY, "rt", encoding="utf-8") as lines:
        return tuple(f"{item['title']}\n{item['summary']}" for item in map(json.loads, lines))


def items(said: Sequence[str], first: int, count: int) -> list[Item]:
    """Some posts, from the front again when they are used up."""
    return [Item(str(at), said[at % len(said)], before=SAID) for at in range(first, first + count)]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a scoring worker holds."""

    model: Model
    index: PassageIndex
    refuted: RefutedClaims


@lru_cache(maxsize=1)
def opened(folder: str) -> Opened:
    """The default model over an index, with some refuted claims, warm."""
    model = load_model(world.MODEL)
    index = PassageIndex.open(Path(folder), concepts=model.lexicon.index_terms)
    said = [RefutedClaim(f"r{at}", text, "independent") for at, text in enumerate(world.rights_texts()[:REFUTED])]
    made = Opened(model, index, RefutedClaims.build(said, verdict=model.verdict))
    # the last one asks for the tables of begun syllables, which are made when first needed
    scored(made, [*items(texts(), 5_000, POSTS), Item("last", "Theo qđịnh mới thì ai cũng có cquyền khiếu nại.")])
    return made


def scored(bench: Opened, posts: list[Item], *, batch: int = 64) -> list[bool]:
    """Score posts; which of them were about rights."""
    found = score(bench.model, posts, index=bench.index, refuted=bench.refuted, batch=batch)
    return [bool(one.rights) for one in found]


def _search(few: Path, many: Path) -> Iterator[Line]:
    """Milliseconds of a search at both sizes, by turns."""
    terms, said = load_lexicon().index_terms, texts()
    indices = [PassageIndex.open(folder, concepts=terms) for folder in (few, many)]
    medians: list[list[float]] = [[], []]
    for turn in range(ROUNDS + 1):  # the first warms the disk
        for index, found in zip(indices, medians, strict=True):
            asked = [text.partition("\n")[2] or text for text in said[turn * QUERIES : (turn + 1) * QUERIES]]
            found.append(1e3 * statistics.median(seconds(partial(index.search, text, before=SAID)) for text in asked))
    small, large = medians[0][1:], medians[1][1:]
    yield of_samples(f"evidence found among {FEW:,} passages, median", small, unit="ms")
    yield of_samples(f"evidence found among {MANY:,} passages, median", large, unit="ms", reach=10, least=False)
    growth = [slow / fast for slow, fast in zip(large, small, strict=True)]
    yield of_samples("evidence found, a hundred times the passages", growth, reach=10, least=False)


def _scores(folder: Path) -> Iterator[Line]:
    """Posts a second on one core, and the slowest in a hundred posts that come alone."""
    bench, said = opened(str(folder)), texts()
    rates, late, rights = [], [], 0
    for turn in range(ROUNDS):
        posts = items(said, turn * POSTS, POSTS)
        start = time.process_time()
        rights += sum(scored(bench, posts))
        rates.append(POSTS / (time.process_time() - start))
    for turn in range(ROUNDS):
        coming = items(said, (ROUNDS + turn) * POSTS, ALONE)
        took = sorted(seconds(partial(scored, bench, [post], batch=1)) for post in coming)
        late.append(1e3 * took[round(0.99 * (ALONE - 1))])
    made = "" if REPLAY.exists() else ", made-up posts: no ../shared"
    share = f"{rights / (ROUNDS * POSTS):.0%} about rights, {MANY:,} passages{made}"
    yield of_samples("full score, one core", rates, unit="posts/s", reach=300, note=share)
    yield of_samples("full score of one post alone, p99", late, unit="ms", reach=50, least=False)


def _workers(folder: Path) -> Iterator[Line]:
    """Two processes against one, by the wall: this line wants a quiet machine; then the memory of one of them."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_task, [(str(folder), 0, 1)] * 8))  # both have opened the model after this
        bare = statistics.median(_speedup(pool, _arithmetic, ARITHMETIC, ARITHMETIC) for _ in range(ROUNDS))
        jobs = [[(str(folder), (side * ROUNDS + turn) * POSTS, POSTS) for side in (0, 1)] for turn in range(ROUNDS)]
        ratios = [_speedup(pool, _task, *pair) for pair in jobs]
    note = f"bare arithmetic at that time {bare:.2f} ×"
    yield of_samples("two worker processes against one", ratios, reach=1.8, note=note)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        long = "--long" in sys.argv
        sizes, count = pool.submit(_memory, str(folder), long=long).result()
    held = " ".join(f"{size:.0f}" for size in sizes)
    note = f"{held} MB over {count:,} made-up posts, the mapped index aside"
    yield Line("scoring worker, most memory", max(sizes), unit="MB", reach=600, least=False, note=note)
    # in a minute the caches are still filling
    growth, reach = sizes[-1] / sizes[1], 1.05 if long else None
    yield Line("scoring worker, growth after its first tenth", growth, reach=reach, least=False)


def _speedup(pool: ProcessPoolExecutor, work: Callable[[Any], int], one: object, other: object) -> float:
    """How much sooner two processes do two jobs than one after the other."""
    start = time.perf_counter()
    pool.submit(work, one).result()
    pool.submit(work, other).result()
    middle = time.perf_counter()
    list(pool.map(work, [one, other]))
    return (middle - start) / (time.perf_counter() - middle)


def _task(job: tuple[str, int, int]) -> int:
    folder, first, count = job
    return len(scored(opened(folder), items(texts(), first, count)))


def _arithmetic(steps: int) -> int:
    return sum(step * step for step in range(steps))


def _memory(folder: str, *, long: bool) -> tuple[list[float], int]:
    """Megabytes held at the start and after each tenth of the posts, which never come twice."""
    bench, done, begun = opened(folder), 0, time.monotonic()
    made = world.posts(MANY, seed=2, sentences=1, every=LONG_EVERY) if long else world.posts(MANY, seed=2)
    stream, sizes = enumerate(made), [_held()]
    for part in range(1, MEMORY_LOOKS + 1):
        share = part / MEMORY_LOOKS
        while done < share * MANY if long else time.monotonic() - begun < share * MEMORY_SECONDS:
            batch = [Item(str(at), text, before=SAID) for at, text in islice(stream, 64)]
            done += len(scored(bench, batch))
        sizes.append(_held())
    return sizes, done


def _held() -> float:
    """Megabytes of this process alone; the index is mapped, its pages are the system's to give and to take back."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1e3
