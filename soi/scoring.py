"""`soi score`, on this machine or on others."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.home import Home
from soi.front import progress

if TYPE_CHECKING:
    from pipeline.store import Database


def run_score(
    home: Home, *, limit: int = 0, version: str = "", audit_share: float | None = None, cluster: str = ""
) -> Counter[str]:
    """Score what isn't scored yet with the live model, or the version named, with a progress bar; on the workers of a
    Dask scheduler where the address of a `cluster` is given.

    Without a limit claims of the last days are then laid beside evidence that came since; they are counted too.
    """
    from pipeline.registry import live_model
    from pipeline.rescoring import Rechecking
    from pipeline.steps import bench_of, score_posts
    from pipeline.store import open_store

    db = open_store(home.database)
    far = _far(home, db, cluster, version) if cluster else nullcontext(score_posts)
    with progress() as bar, far as score:
        task = bar.add_task("Opening the model and the evidence", total=None)
        model = live_model(home, db, version=version)
        bench = bench_of(home, db, model)
        if audit_share is not None:
            bench = replace(bench, settings=bench.settings.model_copy(update={"audit_share": audit_share}))
        earlier = Rechecking(db, bench)
        bar.update(task, description=f"Scoring on {cluster}" if cluster else "Scoring")
        counts = score(
            db, bench, limit=limit, on_progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
        if not limit:
            bar.update(task, description="Laying earlier claims beside new evidence", completed=0, total=None)
            counts += earlier.all(bench)
        return counts


@contextmanager
def _far(home: Home, db: "Database", address: str, version: str) -> Iterator[Callable[..., Counter[str]]]:
    """steps.score_posts by a Dask scheduler's workers; cases are filed here."""
    from pipeline import cluster
    from pipeline.registry import model_folder
    from pipeline.store import models

    if home.parts:
        raise cluster.ClusterRefused("The parts that soi.toml replaces don't travel; score without --cluster.")
    folder = model_folder(home, version or models.live_version(db))
    with cluster.connect(address) as client:
        yield partial(cluster.score_posts, folder=folder, client=client)
