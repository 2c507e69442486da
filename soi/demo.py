"""`soi demo`: the whole road on the invented world."""

import time

from pipeline.home import Home
from pipeline.store import open_store
from soi.demo_world import open_world
from soi.front import table

AUDITED = 0.25  # of so few posts, for the random sample to have something to show


def run_demo(home: Home, *, once: bool, port: int | None) -> None:
    """Crawl the demo world, score what came, then show a summary or open the desk."""
    from crawlers.sources import Source
    from soi.facts import import_facts
    from soi.operator import run_crawl
    from soi.scoring import run_score

    started = time.perf_counter()
    db = open_store(home.database)
    import_facts(db)
    with open_world() as entries:
        sources = [Source(**entry) for entry in entries]  # type: ignore[arg-type]  # typed by the loader of sources.toml
        report = run_crawl(home, sources)
    scored = run_score(home, audit_share=AUDITED)
    rows: list[list[object]] = [["crawl", outcome, n] for outcome, n in report.counts.items()]
    rows += [["score", outcome, n] for outcome, n in sorted(scored.items())]
    table(
        f"From nothing to cases in {time.perf_counter() - started:.1f} s ({home.database})",
        ["step", "outcome", "n"],
        rows,
    )
    if not once:
        from soi.desk import open_desk

        open_desk(home, port=port)
