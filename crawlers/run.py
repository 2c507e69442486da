"""A crawl from start to end: one process, one start of the reactor."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawlers.items import Intake, Outcome
from crawlers.moments import stamp
from crawlers.settings import EXTRACT_SECONDS, PAGES_PER_SOURCE, WORKERS
from crawlers.signals import ending
from crawlers.sources import Source

if TYPE_CHECKING:
    from crawlers.watch import Progress, Tally, WatchSpider

ENDING = 5.0  # seconds for what is under way when a run ends; `soi run` kills after eight, servers may hang for 30


class CrawlRefused(Exception):
    """A crawl that mustn't start; the message says what to set."""


def nobody_to_reach(sources: Sequence[Source], *, contact: str) -> list[Source]:
    """The sources that aren't asked before a contact is set: those not said to be one's own.

    One at a private address isn't among them: it is refused as that.
    """
    public = [] if contact else [one for one in sources if not one.allow_private]
    if not public:
        return []
    from crawlers.guard import names_private

    return [one for one in public if not names_private(one.url)]


def without_contact(refused: Sequence[Source]) -> str:
    """What is said of sources that aren't asked for want of a contact."""
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return (
        f'"{refused[0].id}"{more} may be on the public internet (it has no allow_private): set contact under [crawl] '
        "in soi.toml to a page or address where a site's owner can reach you, and crawl again."
    )


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What came of one source; its counts sum to its inputs."""

    source_id: str
    counts: dict[Outcome, int]
    inputs: int
    left: int  # pages that stay due for the next run
    status: str


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a crawl."""

    sources: tuple[SourceReport, ...]
    seconds: float
    stopped: bool  # ended by a signal or its time limit before it was through

    @property
    def counts(self) -> dict[Outcome, int]:
        """Outcomes over all sources, in the order of the vocabulary."""
        totals = {outcome: sum(source.counts.get(outcome, 0) for source in self.sources) for outcome in Outcome}
        return {outcome: count for outcome, count in totals.items() if count}

    @property
    def inputs(self) -> int:
        """Attempts, items and listed pages: what the counts sum to."""
        return sum(source.inputs for source in self.sources)


def crawl(
    sources: Sequence[Source],
    intake: Intake,
    *,
    contact: str = "",
    on_progress: "Callable[[Progress], None] | None" = None,
    max_pages: int = PAGES_PER_SOURCE,
    max_minutes: float = 0.0,
    retry: bool = True,
    workers: int = WORKERS,
    deadline: float = EXTRACT_SECONDS,
) -> Report:
    """Crawl sources that are on; blocks until all is read, a signal comes or the time is up. Once in a process.

    An error of the intake, or of workers that don't start, ends the crawl and is raised.
    """
    wanted = [source for source in sources if not source.off]
    if refused := nobody_to_reach(wanted, contact=contact):
        raise CrawlRefused(without_contact(refused))
    began = time.monotonic()
    if not wanted:
        return Report((), 0.0, stopped=False)
    spider = _run(
        wanted,
        {"intake": intake, "max_pages": max_pages, "retry": retry, "on_progress": on_progress},
        contact=contact,
        max_minutes=max_minutes,
        pool=(workers, deadline),
    )
    for source in wanted:
        if not spider.tallies[source.id].through:
            spider.conclude(source.id)
    if spider.stopping:
        intake.end_early()
    return Report(
        tuple(_report(spider.tallies[source.id], source, intake) for source in wanted),
        time.monotonic() - began,
        stopped=spider.stopping,
    )


def _run(
    sources: list[Source],
    job: dict[str, Any],
    *,
    contact: str,
    max_minutes: float,
    pool: tuple[int, float],
) -> "WatchSpider":
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawlers.hosts import slots, turns_left
    from crawlers.settings import scrapy_settings
    from crawlers.watch import WatchSpider
    from crawlers.workers import Workers

    settings = Settings(scrapy_settings(contact=contact, slots=slots(sources)))
    logging.disable(logging.INFO)  # Scrapy introduces itself, and sets its own levels anew
    process = AsyncCrawlerProcess(settings)
    logging.disable(logging.NOTSET)
    for noisy in ("scrapy", "twisted", "trafilatura", "htmldate"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    crawler = process.create_crawler(WatchSpider)
    workers = Workers(count=pool[0], deadline=pool[1])
    task = process.crawl(crawler, sources=sources, workers=workers, **job)
    loop = asyncio.get_event_loop()
    with _stops(loop, crawler, process, max_minutes):
        process.start(install_signal_handlers=False)
    loop.run_until_complete(workers.close())
    if task.done():
        task.result()
    if not isinstance(crawler.spider, WatchSpider):
        raise CrawlRefused("The crawl couldn't be started; the lines above say why.")
    if crawler.spider.error is not None:
        raise crawler.spider.error
    if crawler.engine is not None:
        crawler.spider.leave_turns(turns_left(crawler.engine.downloader))
    return crawler.spider


@contextlib.contextmanager
def _stops(loop: asyncio.AbstractEventLoop, crawler: Any, process: Any, max_minutes: float) -> Any:
    """A signal and the time limit end the run cleanly; a second one, or ENDING seconds, end it at once."""
    asked: list[int] = []
    endings: list[asyncio.Future[None]] = []  # a task that nobody holds may vanish
    timers: list[asyncio.TimerHandle] = []

    def stop() -> None:
        asked.append(1)
        if len(asked) > 1:
            process._stop_reactor()
        elif crawler.spider is not None:
            crawler.spider.stop_soon()
            endings.append(asyncio.ensure_future(process.stop()))
            timers.append(loop.call_later(ENDING, stop))

    before = {}
    for number in ending():
        with contextlib.suppress(ValueError, NotImplementedError, RuntimeError):  # not in the main thread
            handler = signal.getsignal(number)
            loop.add_signal_handler(number, stop)
            before[number] = handler
    if max_minutes:
        timers.append(loop.call_later(max_minutes * 60, stop))
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        for number, handler in before.items():
            with contextlib.suppress(RuntimeError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler)


def _report(tally: "Tally", source: Source, intake: Intake) -> SourceReport:
    left = intake.waiting(source.id, now=stamp(datetime.now(UTC)))
    return SourceReport(source.id, dict(tally.counts), tally.attempts + tally.extra, left, tally.status)
