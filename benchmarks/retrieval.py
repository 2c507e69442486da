"""Evidence retrieval: right article first and among ten, and the time of a query at 10,000 to 1,000,000 passages.

Run as `python -m benchmarks.retrieval [--large]` with the team's ../shared beside the checkout.
"""

import gzip
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from benchmarks.measure import SHARED
from classifier.evidence.choose import articles as by_article
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.text import fold, normalise

POOL = 60_000
QUERIES = 300
DEEP = 300  # passages found that articles are made of: one told in many short ones comes up from below


def news(size: int) -> Iterator[Passage]:
    """News passages; beyond those there are, titles and summaries drawn anew."""
    with gzip.open(SHARED / "datasets" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    draw = random.Random(0)
    for at in range(size):
        row = rows[at] if at < len(rows) else None
        one, two = (row, row) if row else (draw.choice(rows), draw.choice(rows))
        yield Passage(f"news:{at}", f"{one['title']}. {two['summary'] or ''}", date=one["published"][:10], kind="news")


def articles() -> pd.DataFrame:
    """Statements with the evidence their annotators quoted, texts normalised."""
    table = pd.read_csv(SHARED / "datasets" / "vifactcheck.csv.gz")
    table["statement"] = table["statement"].map(normalise)
    table["evidence"] = table["evidence"].map(normalise)
    return table


def pool(table: pd.DataFrame) -> Iterator[Passage]:
    """Every quoted passage, marked by its row and article, among news that has nothing to do with them."""
    yield from news(POOL)
    for row in table.itertuples():
        yield Passage(f"row:{row.Index}", str(row.evidence), source=str(row.url))


def ranks(index: PassageIndex, table: pd.DataFrame, *, own: bool, plain: bool) -> list[int]:
    """Rank of the right article for each statement, 0 the first, 99 beyond; own: whether its own quote may be found."""
    found = []
    for row in table.itertuples():
        query = fold(str(row.statement)) if plain else str(row.statement)
        hits = [hit for hit in index.search(query, DEEP) if own or hit.passage.eid != f"row:{row.Index}"]
        sources = [group[0].passage.source for group in by_article(hits)]
        found.append(sources.index(row.url) if row.url in sources else 99)
    return found


def quality() -> None:
    """Print how often the right article comes first and among ten."""
    table = articles()
    dev = table[table["part"] == "dev"]
    index = PassageIndex.build(pool(table))
    print(f"right article among {len(index)} passages, n={len(dev)}")
    for own in (True, False):
        for plain in (False, True):
            at = ranks(index, dev, own=own, plain=plain)
            first, ten = (statistics.mean(rank < limit for rank in at) for limit in (1, 10))
            name = f"{'with' if own else 'without'} its own quote{', query without diacritics' if plain else ''}"
            print(f"  {name}: first {first:.3f}, among ten {ten:.3f}")


def speed(sizes: Sequence[int]) -> None:
    """Print build time, size on disk and query time, and the ratio of the largest to the smallest."""
    queries = list(articles()["statement"].sample(QUERIES, random_state=0))
    medians = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            index = PassageIndex.build(news(size), Path(folder) / "index")
            built = time.perf_counter() - start
            disk = sum(path.stat().st_size for path in Path(folder).rglob("*")) / 1e6
            times = sorted(_query(index, query) for query in queries * 2)
            medians.append(statistics.median(times))
            dated = statistics.median(_query(index, query, before="2026-06-01") for query in queries)
            start = time.perf_counter()
            index.add([Passage("late", "Một đoạn vừa đến sau cùng.")])
            added = time.perf_counter() - start
        late = times[int(len(times) * 0.99)]
        print(f"  {size:>9,} passages: built in {built:.0f} s, {disk:.0f} MB on disk")
        print(f"    query median {medians[-1]:.2f} ms, p99 {late:.2f} ms, with a date limit {dated:.2f} ms")
        print(f"    one more passage in {added * 1e3:.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"  ratio largest to smallest {medians[-1] / medians[0]:.1f}; peak memory of this process {peak:.0f} MB")


def _query(index: PassageIndex, query: str, before: str | None = None) -> float:
    start = time.perf_counter()
    index.search(query, 10, before=before)
    return (time.perf_counter() - start) * 1e3


def main() -> None:
    """Quality, then speed; the million only when asked for."""
    quality()
    print("query time")
    speed((10_000, 60_000, 1_000_000) if "--large" in sys.argv else (10_000, 60_000))


if __name__ == "__main__":
    main()
