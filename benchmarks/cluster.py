"""Scoring on a Dask scheduler with two worker processes of this machine, against two processes of a plain pool.

`POSTS=20000 python -m benchmarks cluster` takes more posts. Both sides score the same batches with the same function,
in turns; what they cost before the first score (shipping the model and the passages, opening them) is told apart, so
that the ratio for a million posts can be reckoned from both.
"""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack

from benchmarks.measure import Line
from classifier.evaluation.corpora import rows
from classifier.evidence import facts
from classifier.files import shipped
from classifier.scoring import Item, Score
from pipeline import cluster

POSTS, BATCH, PROCESSES, ROUNDS = int(os.environ.get("POSTS", "4000")), 64, 2, 5
MILLION = 1_000_000
Work = Callable[[list[list[Item]]], list[list[Score]]]


def _items(number: int) -> list[list[Item]]:
    """Our own gate sentences, each several times with another number, in batches."""
    texts = [r["text"] for name in ("claims", "protected") for r in rows(shipped("data", "gate", f"{name}.jsonl"))]
    items = [Item(str(at), f"{texts[at % len(texts)]} Tin số {number} {at}.") for at in range(POSTS // ROUNDS)]
    return [items[at : at + BATCH] for at in range(0, len(items), BATCH)]


def _timed(work: Work, batches: list[list[Item]]) -> tuple[float, list[list[Score]]]:
    start = time.perf_counter()
    found = work(batches)
    return time.perf_counter() - start, found


def _opened(work: Work) -> float:
    """Seconds until each process has opened the model and scored a batch."""
    return _timed(work, _items(-1)[: 2 * PROCESSES])[0]


def _pooled(pool: ProcessPoolExecutor, kit: cluster.Kit) -> Work:
    def work(batches: list[list[Item]]) -> list[list[Score]]:
        return list(pool.map(cluster.score_kit, _again(kit, len(batches)), batches))

    return work


def _one_thread() -> None:
    """As Dask starts its workers: numerical libraries keep to the worker's own core."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(1)


def _again(kit: cluster.Kit, times: int) -> Iterator[cluster.Kit]:
    """A kit that a process has laid out already needs only its name."""
    yield from (cluster.Kit(kit.digest, {}, b"", b"") for _ in range(times))


def run() -> list[Line]:
    """Wall time of the same posts, in turns."""
    from distributed import LocalCluster

    kit = cluster.pack(shipped("models", "default"), facts.shipped_passages(), [])
    cluster.score_kit(kit, _items(-1)[0])  # lays the kit out for the pool's processes
    with ExitStack() as held:
        local = held.enter_context(
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=PROCESSES, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            )
        )
        client = held.enter_context(cluster.connect(local.scheduler_address))
        pool = held.enter_context(
            ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("forkserver"), _one_thread)
        )
        sides: dict[str, Work] = {
            "pool": _pooled(pool, kit),
            "cluster": lambda batches: list(cluster.score_batches(client, kit, batches)),
        }
        opened = {name: _opened(work) for name, work in sides.items()}
        took: dict[str, list[float]] = {name: [] for name in sides}
        same = True
        for number in range(ROUNDS):
            batches = _items(number)
            answers = {}
            for name in sorted(sides, reverse=number % 2 == 1):
                seconds, answers[name] = _timed(sides[name], batches)
                took[name].append(seconds)
            same &= answers["pool"] == answers["cluster"]
    return _lines(opened, took, same=same)


def _lines(opened: dict[str, float], took: dict[str, list[float]], *, same: bool) -> list[Line]:
    ratios = [pool / far for pool, far in zip(took["pool"], took["cluster"], strict=True)]
    rate = {name: POSTS // ROUNDS * ROUNDS / sum(seconds) for name, seconds in took.items()}
    whole = {name: opened[name] + MILLION / rate[name] for name in rate}
    noise = (max(ratios) - min(ratios)) / 2 / statistics.median(ratios)
    word = "the same bit for bit" if same else "NOT the same"
    return [
        Line(f"{PROCESSES} processes of a pool", rate["pool"], unit="posts/s",
             note=f"opened in {opened['pool']:.1f} s"),
        Line(f"{PROCESSES} workers of a cluster", rate["cluster"], unit="posts/s",
             note=f"opened in {opened['cluster']:.1f} s; answers {word}"),
        Line(f"cluster against pool, {POSTS:,} posts", statistics.median(ratios), noise=noise,
             reach=0.9, note="median of the rounds, in turns"),
        Line("the same reckoned for 1,000,000 posts", whole["pool"] / whole["cluster"], reach=0.9,
             note="opening once, then these rates"),
        Line("answers equal", float(same), unit="of 1", reach=1.0),
    ]  # fmt: skip
