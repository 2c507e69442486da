"""The one Scrapy spider: asks for pages in their hosts' turns, has them read, and settles every attempt."""

import asyncio
import contextlib
import hashlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, zip_longest
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import reading, visits
from crawlers.extract import is_front
from crawlers.failures import SOFT, SOFT_INDEX, outcome_of, outcome_of_status
from crawlers.hosts import HostPaused, Stopping, drop_waiting, hold
from crawlers.items import Fetch, Intake, Outcome, Page, Reading, Settled, Visit
from crawlers.robots import RobotsMiddleware, RobotsUnreachable
from crawlers.settings import PAGES_PER_SOURCE, PAUSE, PAUSE_CAP, PAUSE_WAIT, RETRIES
from crawlers.sources import Source
from crawlers.urls import host_of
from crawlers.workers import Workers

log = logging.getLogger(__name__)

WAITING = 2000  # requests in memory: more than a minute of work at any host, less than 20 MB


@dataclass(frozen=True, slots=True)
class Progress:
    """One settled attempt, for whoever watches."""

    source_id: str
    outcomes: tuple[Outcome, ...]
    done: int  # attempts of the source so far
    waiting: int  # pages of the source still to be read in this run


@dataclass(slots=True)
class Tally:
    """What came of one source in one run."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    came: Counter[Outcome] = field(default_factory=Counter)  # the same without pages that were read again
    attempts: int = 0
    extra: int = 0  # inputs beyond one an attempt: items and listed pages
    asked: int = 0  # pages taken on, first tries only
    waiting: int = 0
    first: Outcome | None = None  # what the source's own address came to
    detail: str = ""
    seconds: float = 0.0


class WatchSpider(scrapy.Spider):
    """Crawls all the sources of a run, so that two sources on one host share its turn."""

    name = "soi"

    def __init__(
        self,
        *,
        sources: list[Source],
        intake: Intake,
        workers: Workers,
        max_pages: int = PAGES_PER_SOURCE,
        retry: bool = True,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        super().__init__()
        self.sources = {source.id: source for source in sources}
        self.intake = intake
        self.tallies = {source.id: Tally() for source in sources}
        self.stopping = False
        self.error: Exception | None = None  # of the intake, which ended the run
        self._workers = workers
        self._max_pages = max_pages
        self._retry = retry
        self._on_progress = on_progress

    async def start(self) -> AsyncIterator[Request]:
        """The address of each source, and the pages that earlier runs left."""
        now = visits.stamp(datetime.now(UTC))
        firsts = [reading.start(source) for source in self.sources.values()]
        with self._or_end():
            left = [self.intake.due(source_id, now=now, limit=self._max_pages) for source_id in self.sources]
        known = {fetch.url for first in firsts for fetch in first}
        # by turns, so that a source with much to read doesn't keep the others waiting
        for fetches in zip_longest(*(chain(*pair) for pair in zip(firsts, left, strict=True))):
            mine = [
                fetch for fetch in fetches if fetch is not None and (fetch.url not in known or fetch.step == "index")
            ]
            for request in self._requests(mine):
                while self._is_crowded() and not self.stopping:
                    await asyncio.sleep(0.1)
                yield request

    def _is_crowded(self) -> bool:
        """Whether enough requests wait in memory; more would only take room."""
        scheduler: Any = self.crawler.engine.scheduler
        return scheduler is not None and len(scheduler) > WAITING

    def stop_soon(self) -> None:
        """Ask for nothing more; what is under way is settled, the rest stays due."""
        self.stopping = True
        drop_waiting(self.crawler.engine.downloader, Stopping("the run is ending"))

    def _requests(self, fetches: list[Fetch] | tuple[Fetch, ...]) -> Iterator[Request]:
        """Requests for pages, up to the number a source may have in one run; the others stay due."""
        for fetch in fetches:
            tally = self.tallies[fetch.source_id]
            if self.stopping or tally.asked >= self._max_pages:
                continue
            tally.asked += 1
            tally.waiting += 1
            yield self._request(fetch)

    def _request(self, fetch: Fetch, *, tries: int = 0) -> Request:
        source = self.sources[fetch.source_id]
        with self._or_end():
            visit = self.intake.visit(fetch)
        conditions = visits.conditions(visit, datetime.now(UTC))
        return Request(
            fetch.url,
            callback=self.answered,
            errback=self.failed,
            headers={"Cache-Control": "max-age=0", **conditions},
            meta={
                "fetch": fetch,
                "visit": visit,
                "tries": tries,
                "conditional": bool(conditions),
                "allow_private": source.allow_private,
                "delay": source.delay,
            },
            priority=(10 if fetch.step == "index" else 0) - 5 * tries,
            dont_filter=True,
        )

    async def answered(self, response: Response) -> list[Request]:
        """Every answer, whatever its status."""
        request = response.request
        if self.stopping or request is None:
            return []
        outcome = outcome_of_status(response.status)
        found, detail = Reading(), f"HTTP {response.status}" if outcome and response.status != 304 else ""
        visit: Visit = request.meta["visit"]
        if outcome is None and not response.body.strip():
            outcome = Outcome.EMPTY  # nothing was said, so nothing is remembered of it
        elif outcome is None:
            digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
            if digest == visit.body_hash:
                outcome, whole = Outcome.UNCHANGED, True
            else:
                found = await self._read(request.meta["fetch"], response)
                outcome, whole = found.missed, visits.is_whole(found, request.meta["fetch"])
            if whole:
                visit = visits.remembered(
                    visit,
                    etag=_header(response, "ETag"),
                    last_modified=_header(response, "Last-Modified"),
                    body_hash=digest,
                    now=datetime.now(UTC),
                    asked=request.meta["conditional"],
                )
        if outcome is not None and response.headers.get("cf-mitigated"):
            outcome, detail = Outcome.BLOCKED, "a challenge page, which we don't get around"
        if outcome is Outcome.THROTTLED:
            self._pause(host_of(response.url), retry_after(_header(response, "Retry-After")))
        elif _header(response, "X-RateLimit-Remaining") == "0":
            self._pause(host_of(response.url), until_reset(_header(response, "X-RateLimit-Reset")))
        return self._settle(request, outcome, visit, found, detail)

    def failed(self, failure: Failure) -> list[Request]:
        """Every error on the way to an answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if self.stopping or isinstance(failure.value, Stopping):
            return []
        error = failure.value or RuntimeError("no error given")
        outcome = outcome_of(error)
        if outcome is Outcome.FAILED:
            log.error("%s: %r %s", request.url, error, failure.getTraceback())  # a long line loses its end
        detail = f"{type(failure.value).__name__}: {failure.getErrorMessage()}"[:300]
        again = not isinstance(error, HostPaused)
        if isinstance(error, RobotsUnreachable):
            request.meta["tries"] = max(RETRIES.values())  # asking again within the run is no use
        return self._settle(request, outcome, request.meta["visit"], Reading(), detail, again=again)

    async def _read(self, fetch: Fetch, response: Response) -> Reading:
        source = self.sources[fetch.source_id]
        if fetch.step == "page" and is_front(response.url) and not is_front(fetch.url):
            return Reading(missed=Outcome.GONE)  # where many sites lead from what they took away
        page = Page(response.url, _header(response, "Content-Type"), response.body, _header(response, "Link"))
        found = await self._workers.read(source, fetch, page)
        if found.missed is None and not found.items and not found.dropped:
            found = replace(found, missed=Outcome.EMPTY)
        return found

    def _settle(
        self,
        request: Request,
        outcome: Outcome | None,
        visit: Visit,
        found: Reading,
        detail: str,
        *,
        again: bool = True,
    ) -> list[Request]:
        fetch: Fetch = request.meta["fetch"]
        now = datetime.now(UTC)
        if again:
            visit, due_at = visits.after(visit, fetch, outcome, now)
        else:  # the host is paused: the page itself did nothing wrong
            due_at = visits.stamp(now) if fetch.step != "index" else ""
        done = Settled(fetch, outcome, visit, due_at, found, detail)
        with self._or_end():
            try:
                taken = self.intake.settle(done, now=visits.stamp(now))
            except (ValueError, TypeError, OverflowError) as error:  # of what the page holds: others can still be kept
                log.error("%s: can't be kept: %r", fetch.url, error, exc_info=True)
                outcome = Outcome.FAILED
                visit, due_at = visits.after(request.meta["visit"], fetch, outcome, now)
                done = Settled(fetch, outcome, visit, due_at, Reading(), detail or repr(error)[:300])
                taken = self.intake.settle(done, now=visits.stamp(now))
        tally = self.tallies[fetch.source_id]
        tally.attempts += 1
        tally.waiting -= 1
        tally.extra += len(taken.outcomes) - 1
        tally.counts.update(taken.outcomes)
        if fetch.step == "index" or request.meta["visit"].visits == 0:
            tally.came.update(taken.outcomes)
        if fetch.step == "index" and fetch.depth == 0:
            tally.first, tally.detail = outcome or _best(taken.outcomes), detail
            tally.seconds = float(request.meta.get("download_latency", 0.0))
        requests = list(self._requests(taken.planned))
        if again and not self.stopping and self._may_retry(request, outcome):
            tally.waiting += 1
            requests.append(self._request(fetch, tries=request.meta["tries"] + 1))
        if self._on_progress is not None:
            self._on_progress(Progress(fetch.source_id, taken.outcomes, tally.attempts, tally.waiting))
        return requests

    @contextlib.contextmanager
    def _or_end(self) -> Iterator[None]:
        """Where the intake fails the run ends: whatever else it fetched would be lost."""
        try:
            yield
        except Exception as error:
            self.error = self.error or error
            self.stop_soon()
            raise CloseSpider("the intake fails") from error

    def _may_retry(self, request: Request, outcome: Outcome | None) -> bool:
        step = request.meta["fetch"].step
        soft = outcome in (SOFT_INDEX if step == "index" else SOFT)
        return self._retry and soft and request.meta["tries"] < RETRIES[step]

    def _pause(self, host: str, seconds: float) -> None:
        """Leave the whole host alone for as long as it asked, up to a day."""
        downloader: Any = self.crawler.engine.downloader
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            robots.pause(host, seconds)
        with self._or_end():
            self.intake.pause(host, visits.stamp(datetime.now(UTC) + timedelta(seconds=seconds)))
        if seconds <= PAUSE_WAIT:
            hold(downloader, host, seconds)
        else:
            drop_waiting(downloader, HostPaused(f"{host} asked us to wait {seconds:.0f} s"), host=host)


def retry_after(value: str) -> float:
    """Seconds of a Retry-After header: a number or a date, at least a second and at most a day."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, IndexError, OverflowError):
            seconds = PAUSE
    return min(max(seconds, 1.0), PAUSE_CAP) if seconds == seconds else PAUSE  # noqa: PLR0124  # NaN


def until_reset(value: str) -> float:
    """Seconds until a rate limit starts anew, given as a date; the usual pause when it isn't one."""
    try:
        seconds = (datetime.fromisoformat(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        seconds = PAUSE
    return min(max(seconds, 1.0), PAUSE_CAP)


def _best(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """The word for a source whose own address held the items."""
    for outcome in (Outcome.NEW, Outcome.EDITED, Outcome.KNOWN, Outcome.NOT_VIETNAMESE):
        if outcome in outcomes:
            return outcome
    return outcomes[0] if outcomes else None


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""
