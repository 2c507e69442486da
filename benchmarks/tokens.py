"""Tokens against underthesea's own call: the same ones, how many times faster, on every line of the team's news."""

import gzip
import itertools
import json
import sys
from collections.abc import Iterator

from benchmarks.measure import ROUNDS, SHARED, Line, of_samples, seconds
from classifier.text import normalise, segment, tokenize

NEWS = SHARED / "datasets" / "news.jsonl.gz"
SAMPLE = 5_000  # lines a round, a tenth of a day's news


def lines(step: int = 1, first: int = 0) -> Iterator[str]:
    """Titles and summaries of every step-th news item."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as rows:
        for row in itertools.islice(rows, first, None, step):
            item = json.loads(row)
            yield item["title"]
            yield item["summary"]


def run() -> list[Line]:
    """Differences on everything, then the ratio cold (caches empty) and warm, each round on other news."""
    if not NEWS.exists():
        return []
    stock = segment.stock()
    cold, warm = [], []
    for turn in range(ROUNDS):
        said = list(itertools.islice(lines(step=40, first=turn), SAMPLE))
        plain = [normalise(text) for text in said]
        slow = seconds(lambda plain=plain: [stock(text) for text in plain])  # type: ignore[misc]
        segment._decoder.cache_clear()
        segment.words("", clean=normalise)  # loads another, which has kept nothing yet
        cold.append(slow / seconds(lambda said=said: [tokenize(text) for text in said]))  # type: ignore[misc]
        warm.append(slow / seconds(lambda said=said: [tokenize(text) for text in said]))  # type: ignore[misc]
    return [
        _differences(every="--all" in sys.argv),
        of_samples("tokens, cold, against stock underthesea", cold, reach=7),
        of_samples("tokens, warm, against stock underthesea", warm, reach=10),
    ]


def _differences(*, every: bool) -> Line:
    """Sentences that come out otherwise than from the stock call."""
    stock, seen, syllables, different = segment.stock(), 0, 0, 0
    for text in lines(step=1 if every else 20):
        wanted = stock(text)
        seen, syllables = seen + 1, syllables + len(text.split())
        different += wanted != segment.words(text)
    note = f"of {seen:,} lines, {syllables:,} syllables" + ("" if every else " (--all for every line)")
    return Line("tokens, differing lines", different, unit="lines", reach=0, least=False, note=note)
