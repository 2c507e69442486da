"""`soi demo`: the whole road on the invented world."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from shlex import quote
from typing import TYPE_CHECKING

from pipeline.home import Home
from pipeline.records import NewDecision, Verdict
from pipeline.store import Database, cases, decisions, open_store, people, reading, watching
from soi.demo_world import open_world
from soi.front import table

if TYPE_CHECKING:
    from crawlers.items import Outcome
    from crawlers.sources import Source

AUDITED = 0.25  # of so few posts, for the random sample to have something to show
COLLEAGUE = ("ha_my", "Hạ My (hư cấu)")  # nobody can sign in as her before a link is made for her

SOURCES = "# Sites of the demo are up only while `soi demo` runs, so none is listed here.\n"


def run_demo(home: Home, *, once: bool, port: int | None) -> None:
    """Crawl the demo world once, score what came, leave a case to read blind; then show a summary or open the desk."""
    from soi.desk import open_desk
    from soi.facts import import_facts

    db = open_store(home.database)
    if not home.has_sources:
        home.sources.write_text(SOURCES, encoding="utf-8")
        home.remember_list()
    import_facts(db)
    with open_world(home.database.with_name("demo.json")) as entries:
        if watching.last_whole(db, "score"):  # a first start that was ended midway is taken up again
            print(f"The demo is in {home.root} already; delete that folder to begin anew.")
        else:
            _fill(home, entries)
        print(f"Every other command works on it too: `soi status --home {quote(str(home.root))}`.")
        waiting = first_reading(db)
        if waiting:
            print(f"Case {waiting} was decided by an invented colleague and waits for you, its second reader: look for "
                  f"#{waiting} at the desk.")  # fmt: skip
        if not once:
            with _scoring(home):
                open_desk(home, port=port)


@contextmanager
def _scoring(home: Home) -> Iterator[None]:
    """Score what is brought in at the desk meanwhile, as under `soi run`."""
    from pipeline.operations.children import end_all, start
    from pipeline.operations.running import STOPPING, WORKER, YEAR

    child = start(home, WORKER, minutes=YEAR, memory_mb=home.settings().schedule.memory_mb)
    try:
        yield
    finally:
        end_all([child], seconds=STOPPING)


def _fill(home: Home, entries: list[dict[str, object]]) -> None:
    """From nothing to cases: crawl the sites, once more where a busy machine was too slow for a page, and score."""
    from crawlers.items import Outcome
    from crawlers.sources import Source
    from soi.scoring import run_score

    started = time.perf_counter()
    sources = [Source(**entry) for entry in entries]  # type: ignore[arg-type]  # typed by the loader of sources.toml
    crawled = _crawled(home, sources)
    if crawled[Outcome.TOO_SLOW]:
        crawled += _crawled(home, sources)
    scored = run_score(home, audit_share=AUDITED)
    rows = [["crawl", outcome, n] for outcome, n in crawled.items()]
    rows += [["score", outcome, n] for outcome, n in sorted(scored.items())]
    table(f"From nothing to cases in {time.perf_counter() - started:.1f} s ({home.database})",
          ["step", "outcome", "n"], rows)  # fmt: skip


def _crawled(home: Home, sources: list["Source"]) -> Counter["Outcome"]:
    """What became of everything in a crawl; Ctrl-C, which ends one cleanly, ends the demo."""
    from soi.operator import run_crawl

    report = run_crawl(home, sources)
    if report.stopped:
        raise KeyboardInterrupt
    return Counter(report.counts)


def first_reading(db: Database) -> int | None:
    """Let an invented colleague decide, once, the least pressing case that evidence contradicts; whoever tries the demo
    reads it blind. Returns the case while it waits, None when there is none.
    """
    name, display = COLLEAGUE
    if people.person(db, name) is None:
        from review.access import add_user

        add_user(db, name, display=display)
        for item in reversed(cases.queue(db)):
            if _decide(db, item.case_id, name):
                break
    return next((item.case_id for item in cases.queue(db) if item.state == "second"), None)


def _decide(db: Database, case_id: int, person: str) -> bool:
    """Give the verdict that the evidence beside a case bears out; False where none does."""
    told = reading.telling(db, case_id)
    against = (
        [e for e in told.score.evidence if e.relation == "contradicts" and e.role != "party"]
        if told and told.score
        else []
    )
    if not against:
        return False
    record, checked = any(e.role == "primary" for e in against), all(e.checked for e in against)
    otherwise = "repeats_refuted" if checked else "contradicted_by_independent"
    reason = "contradicted_by_record" if record else otherwise
    made = NewDecision(case_id, person, Verdict.FALSE, reason, tuple(e.eid for e in against))
    decisions.decide(db, made, second_share=1.0)
    return True
