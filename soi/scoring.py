"""`soi score` on this machine."""

from collections import Counter

from pipeline.home import Home
from soi.front import progress


def run_score(home: Home, *, limit: int = 0, version: str = "", audit_share: float | None = None) -> Counter[str]:
    """Score what isn't scored yet with the live model, or the version named, with a progress bar."""
    from pipeline.registry import live_model
    from pipeline.steps import Bench, open_index, open_refuted, score_posts
    from pipeline.store import open_store

    db = open_store(home.database)
    with progress() as bar:
        task = bar.add_task("Opening the model and the evidence", total=None)
        model = live_model(home, db, version=version)
        settings = home.settings().score
        if audit_share is not None:
            settings = settings.model_copy(update={"audit_share": audit_share})
        bench = Bench(model, open_index(home, db, model), open_refuted(db, model), settings)
        bar.update(task, description="Scoring")
        return score_posts(
            db, bench, limit=limit, on_progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
