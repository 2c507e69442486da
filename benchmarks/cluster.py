"""Scoring on a Dask scheduler with one and with two worker processes of this machine, against one process alone."""

import time
from pathlib import Path

from benchmarks.measure import Line
from classifier import facts
from classifier.measuring import rows
from classifier.scoring import Item
from pipeline import cluster
from pipeline.home import shipped

TEXTS, BATCH = 1_600, 64


def _items() -> list[list[Item]]:
    """Our own gate sentences, each several times with another number, in batches."""
    texts = [r["text"] for name in ("claims", "protected") for r in rows(shipped("data", "gate", f"{name}.jsonl"))]
    items = [Item(str(at), f"{texts[at % len(texts)]} Tin số {at}.") for at in range(TEXTS)]
    return [items[at : at + BATCH] for at in range(0, TEXTS, BATCH)]


def run() -> list[Line]:
    """Wall time of the same texts; the first batch of each worker, which opens the model, isn't counted."""
    from distributed import LocalCluster

    kit = cluster.pack(
        Path(shipped("models", "default")), facts.passages(facts.load(shipped("data", "facts.toml"))), []
    )
    batches = _items()
    cluster.score_kit(kit, batches[0])
    start = time.perf_counter()
    alone = [cluster.score_kit(kit, batch) for batch in batches]
    base = time.perf_counter() - start
    lines = [Line("one process, no scheduler", TEXTS / base, unit="posts/s")]
    for workers in (1, 2):
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
            ) as local,
            cluster.connect(local.scheduler_address) as client,
        ):
            list(cluster.score_batches(client, kit, batches[: 4 * workers]))
            start = time.perf_counter()
            found = list(cluster.score_batches(client, kit, batches))
            took = time.perf_counter() - start
        same = "the same bit for bit" if found == alone else "NOT the same"
        lines.append(Line(f"{workers} workers against one process", base / took, note=f"{TEXTS / took:.0f}/s, {same}"))
    return lines
