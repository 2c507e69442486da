"""`soi crawl` of one machine, done on several."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from subprocess import PIPE

from crawlers.reading import hosts
from crawlers.sources import Source
from pipeline.home import Home
from pipeline.operations.children import ending
from pipeline.settings import DeskSettings
from soi.front import progress, say_unwatched

LOOK = 0.2  # seconds between two looks of a crawl on a worker for those who asked for it


def crawl_on(
    home: Home, chosen: Sequence[Source], address: str, *, max_pages: int | None = None, max_minutes: float = 0
) -> tuple[Counter[str], bool]:
    """Crawl on a Dask scheduler's workers, the sources of one host always together; what they find lands here.

    Each group is one task with its own cut of the store. It comes back whole or not at all, and a worker that dies
    has its group crawled again elsewhere, from the same cut. When this process ends before them, so do they.
    Returns what became of everything, and whether all groups got through in their time.
    """
    from pipeline import cluster
    from pipeline.store import StoreError, farcrawl, fetches, open_store, runs

    db, whole = open_store(home.database), home.settings()
    settings = whole.crawl
    fetches.put_sources(db, chosen, own=whole.desk)
    found: Counter[str] = Counter()
    failed: list[str] = []
    through = True
    with progress() as bar, cluster.connect(address) as client, runs.run(db, "crawl") as run_id:
        planned = fetches.planned_origins(db, [source.id for source in chosen])
        groups = by_host(chosen, planned)
        task = bar.add_task(f"Crawling on {address}", total=len(groups))
        jobs = {}
        for group in groups:
            ids = json.dumps([source.id for source in group])
            try:
                part = farcrawl.cut(home.database, ids)
            except StoreError as error:
                failed.append(f"{', '.join(json.loads(ids))}: {error}")
                bar.advance(task)
                continue
            pages = max_pages or settings.max_pages
            job = Job(part, tuple(group), settings.contact, pages, max_minutes, whole.desk)
            jobs[client.submit(crawl_job, job, pure=False, retries=cluster.TRIES)] = ids
        for future in cluster.as_completed(client, jobs):
            bar.advance(task)
            if future.status != "finished":
                failed.append(f"{', '.join(json.loads(jobs[future]))}: {future.exception()}")
                continue
            say_unwatched(bar, f"Crawled {', '.join(json.loads(jobs[future]))}")
            outcomes, whole_group = farcrawl.bring_back(db, future.result(), run_id, jobs[future])
            found.update(outcomes)
            through = through and whole_group
            future.release()
        if not through:
            runs.end_early(db, run_id)
    if failed:
        raise FarCrawlFailed(f"{len(failed)} of {len(groups)} groups of sources weren't crawled ({failed[0]}).")
    return found, through


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to crawl a group of sources."""

    store: bytes
    sources: tuple[Source, ...]
    contact: str
    max_pages: int
    max_minutes: float
    desk: DeskSettings  # by which it is known what the desk itself published


def by_host(chosen: Sequence[Source], planned: Mapping[str, Set[str]]) -> list[list[Source]]:
    """Sources that share a host together: politeness is kept by the process that speaks to a host, so only one may.

    planned are the origins of the pages that each source is still to be read from.
    """
    groups: list[tuple[set[str], list[Source]]] = []
    for source in chosen:
        mine = hosts(source, planned.get(source.id, ()))
        shared = [group for group in groups if group[0] & mine]
        groups = [group for group in groups if group not in shared]
        groups.append((mine.union(*(at for at, _ in shared)), [*(one for _, held in shared for one in held), source]))
    return [held for _, held in groups]


def crawl_job(job: Job) -> bytes:
    """Crawl a group in a process of its own (a reactor starts once) and give its store back.

    Where nobody waits for it any more it is ended: the next crawl would ask its hosts beside it.
    """
    told = {
        "sources": [asdict(source) for source in job.sources], "contact": job.contact, "max_pages": job.max_pages,
        "max_minutes": job.max_minutes, "desk": job.desk.model_dump(include={"publisher", "publish_url"}),
    }  # fmt: skip
    with tempfile.TemporaryFile() as file:  # it has no name, so it goes with us, even when we are killed
        file.write(json.dumps(told).encode() + b"\n" + job.store)
        file.seek(0)
        command = [sys.executable, "-P", "-m", "soi.farcrawl", str(os.getpid())]
        with subprocess.Popen(command, stdin=file, stdout=PIPE, stderr=PIPE) as child:  # noqa: S603  # our own module
            found, said = _ended(child)
    if child.returncode:
        words = said.decode(errors="replace")[-300:]
        raise FarCrawlFailed(f"A crawl on a worker {ending(child.returncode)}: {words}")
    return found


def _ended(child: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """What a child gave and said until it ended, or was ended because nobody waits for it any more."""
    while True:
        try:
            return child.communicate(timeout=LOOK)
        except subprocess.TimeoutExpired:
            if not _awaited():
                child.kill()


def _awaited() -> bool:
    """Whether somebody waits for the task that this is; Dask takes one back whose client is gone, but can't end it."""
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:  # called by hand
        return True
    return bool(worker.state.tasks[worker.get_current_task()].state == "executing")


class FarCrawlFailed(Exception):
    """A crawl on a worker that broke; the message holds its last words."""


def _end_with(parent: int) -> None:
    """End when the worker that asked is gone: its job is done again elsewhere, and one host is crawled by one only."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def _crawl_here(parent: int) -> None:
    """The child of crawl_job: takes a job and its store as its input, and gives the store back as its output."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    back = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break what is given back
    from crawlers.run import crawl
    from pipeline.intake import open_intake
    from pipeline.store import open_in_memory

    job = json.loads(sys.stdin.buffer.readline())
    sources = [Source(**entry) for entry in job["sources"]]
    db = open_in_memory(sys.stdin.buffer.read())
    with open_intake(db, sources, desk=DeskSettings(**job["desk"])) as intake:
        crawl(sources, intake, contact=job["contact"], max_pages=job["max_pages"], max_minutes=job["max_minutes"])
    back.write(db.conn.serialize())
    back.close()


if __name__ == "__main__":
    _crawl_here(int(sys.argv[1]))
