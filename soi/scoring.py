"""`soi score` on this machine."""

from collections import Counter
from dataclasses import replace

from pipeline.home import Home
from soi.front import progress


def run_score(home: Home, *, limit: int = 0, version: str = "", audit_share: float | None = None) -> Counter[str]:
    """Score what isn't scored yet with the live model, or the version named, with a progress bar.

    Without a limit claims of the last days are then laid beside evidence that came since; they are counted too.
    """
    from pipeline.registry import live_model
    from pipeline.rescoring import Rechecking
    from pipeline.steps import bench_of, score_posts
    from pipeline.store import open_store

    db = open_store(home.database)
    with progress() as bar:
        task = bar.add_task("Opening the model and the evidence", total=None)
        model = live_model(home, db, version=version)
        bench = bench_of(home, db, model)
        if audit_share is not None:
            bench = replace(bench, settings=bench.settings.model_copy(update={"audit_share": audit_share}))
        earlier = Rechecking(db, bench)
        bar.update(task, description="Scoring")
        counts = score_posts(
            db, bench, limit=limit, on_progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
        if not limit:
            bar.update(task, description="Laying earlier claims beside new evidence", completed=0, total=None)
            counts += earlier.all(bench)
        return counts
