"""The one Scrapy spider: asks for pages in their hosts' turns, has them read, and settles every attempt."""

import asyncio
import contextlib
import hashlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, takewhile, zip_longest
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import health, reading, visits
from crawlers.addresses import is_front, leads_to_gate, leads_to_login
from crawlers.failures import (
    GATE,
    LOGIN,
    SOFT,
    SOFT_INDEX,
    WORDS,
    asked_pause,
    header,
    outcome_of,
    outcome_of_status,
    words_of,
)
from crawlers.hosts import HostPaused, Stopping, drop_waiting, turns_left
from crawlers.items import Fetch, Health, Intake, Outcome, Page, Reading, Settled, Taken, Visit
from crawlers.moments import stamp
from crawlers.robots import RobotsUnreachable, leave_alone
from crawlers.settings import RETRIES
from crawlers.sources import Source
from crawlers.urls import host_of, place_of
from crawlers.workers import Workers

log = logging.getLogger(__name__)

WAITING = 2000  # requests in memory: more than a minute of work at any host, less than 20 MB


@dataclass(frozen=True, slots=True)
class Progress:
    """One settled attempt, for whoever watches."""

    source_id: str
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
    hosts: set[str] = field(default_factory=set)  # that were asked for it
    first: Outcome | None = None  # what the source's own address came to, or the one that it only leads to
    leads: bool = False  # its own address only leads to that one
    detail: str = ""
    seconds: float = 0.0
    status: str = ""  # how it is doing, once it is concluded
    through: bool = False  # all its pages were read and it is concluded


class WatchSpider(scrapy.Spider):
    """Crawls all the sources of a run, so that two sources on one host share its turn."""

    name = "soi"

    def __init__(
        self,
        *,
        sources: list[Source],
        intake: Intake,
        workers: Workers,
        max_pages: int,
        retry: bool,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        super().__init__()
        self.sources = {source.id: source for source in sources}
        self.intake = intake
        self.tallies = {source.id: Tally() for source in sources}
        self.stopping = False
        self.error: Exception | None = None  # of the intake or the workers, which ended the run
        self._workers = workers
        self._max_pages = max_pages
        self._retry = retry
        self._on_progress = on_progress

    async def start(self) -> AsyncIterator[Request]:
        """The address of each source, and the pages that earlier runs left."""
        now = stamp(datetime.now(UTC))
        firsts = [reading.start(source) for source in self.sources.values()]
        with self._or_end():
            left = [self.intake.due(source_id, now=now, limit=self._max_pages) for source_id in self.sources]
        known = {fetch.url for first in firsts for fetch in first}
        begun = [
            [fetch for fetch in chain(*pair) if fetch.url not in known or fetch.step == "index"][: self._max_pages]
            for pair in zip(firsts, left, strict=True)
        ]
        for tally, fetches in zip(self.tallies.values(), begun, strict=True):
            tally.asked = tally.waiting = len(fetches)  # all at once: a source with none waiting is through
        # by turns, so that a source with much to read doesn't keep the others waiting
        for fetch in chain.from_iterable(zip_longest(*begun)):
            while self._is_crowded() and not self.stopping:
                await asyncio.sleep(0.1)
            if self.stopping:
                return
            if fetch is not None:
                yield self._request(fetch)

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
                "private_at": place_of(source.url) if source.allow_private else None,
                "delay": source.delay,
            },
            priority=(10 if fetch.step == "index" else 0 if visit.visits else 5) - 5 * tries,
            dont_filter=True,
        )

    async def answered(self, response: Response) -> list[Request]:
        """Every answer, whatever its status."""
        request = response.request
        if self.stopping or request is None:
            return []
        # a redirect's request has no conditions any more
        conditional = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
        outcome = outcome_of_status(response.status, conditional=conditional)
        found, detail = Reading(), f"HTTP {response.status}" if outcome not in (None, Outcome.UNCHANGED) else ""
        visit: Visit = request.meta["visit"]
        if leads_to_login(request.meta["fetch"].url, response.url):
            outcome, detail = Outcome.BLOCKED, LOGIN
        elif outcome is None and not response.body.strip():
            outcome = Outcome.EMPTY  # nothing was said, so nothing is remembered of it
        elif outcome is None:
            digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
            if digest == visit.body_hash:
                outcome, whole = Outcome.UNCHANGED, True
            else:
                found = await self._read(request.meta["fetch"], response)
                # one that is told the address may also say that nothing is there, or be a list
                told = found.missed in (Outcome.GONE, Outcome.LISTED)
                if not told and leads_to_gate(request.meta["fetch"].url, response.url):
                    found = Reading(missed=Outcome.BLOCKED, why=GATE)
                outcome = found.missed
                # one that only leads on is never "unchanged": where it leads is always read
                whole = found.then is None and visits.is_whole(found, request.meta["fetch"])
            if whole:
                visit = visits.remembered(
                    visit,
                    etag=header(response, "ETag"),
                    last_modified=header(response, "Last-Modified"),
                    body_hash=digest,
                    now=datetime.now(UTC),
                    conditional=conditional,
                )
        if outcome is not None and response.headers.get("cf-mitigated"):
            outcome, detail = Outcome.BLOCKED, "a challenge page, which we don't get around"
        elif seconds := asked_pause(response):
            with self._or_end():
                leave_alone(self.crawler, host_of(response.url), seconds)
        return self._settle(request, outcome, visit, found, detail or found.why or WORDS.get(outcome, ""))

    def failed(self, failure: Failure) -> list[Request]:
        """Every error on the way to an answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if self.stopping or isinstance(failure.value, Stopping):
            return []
        error = failure.value or RuntimeError("no error given")
        outcome = outcome_of(error)
        if outcome is Outcome.FAILED:
            log.error("%s: %r %s", request.url, error, failure.getTraceback())  # a long line loses its end
        detail = words_of(error)[:300]
        again = not isinstance(error, HostPaused)
        if isinstance(error, RobotsUnreachable):
            request.meta["tries"] = max(RETRIES.values())  # asking again within the run is no use
        return self._settle(request, outcome, request.meta["visit"], Reading(), detail, again=again)

    async def _read(self, fetch: Fetch, response: Response) -> Reading:
        source = self.sources[fetch.source_id]
        if fetch.step == "page" and is_front(response.url) and not is_front(fetch.url):
            # where many sites lead from what they took away
            return Reading(missed=Outcome.GONE, why="it leads to the front page")
        page = Page(response.url, header(response, "Content-Type"), response.body, header(response, "Link"))
        with self._or_end():
            found = await self._workers.read(source, fetch, page)
        if found.missed is None and not found.items and not found.dropped:
            found = replace(found, missed=Outcome.EMPTY)
        return replace(found, why=visits.BARE) if visits.names_nothing(found, fetch) else found

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
            due_at = "" if visits.may_change(fetch) else stamp(now)
        done = Settled(fetch, outcome, visit, due_at, found, detail, moved=_moved(request))
        with self._or_end():
            try:
                taken = self.intake.settle(done, now=stamp(now))
            except (ValueError, TypeError, OverflowError) as error:  # of what the page holds: others can still be kept
                log.error("%s: can't be kept: %r", fetch.url, error, exc_info=True)
                outcome = Outcome.FAILED
                visit, due_at = visits.after(request.meta["visit"], fetch, outcome, now)
                done = Settled(fetch, outcome, visit, due_at, Reading(), detail or repr(error)[:300])
                taken = self.intake.settle(done, now=stamp(now))
        tally = self._counted(request, done, taken)
        requests = list(self._requests(taken.planned))
        if again and not self.stopping and self._may_retry(request, outcome, visit):
            tally.waiting += 1
            requests.append(self._request(fetch, tries=request.meta["tries"] + 1))
        if self._on_progress is not None:
            self._on_progress(Progress(fetch.source_id, tally.attempts, tally.waiting))
        if tally.waiting == 0 and not self.stopping:
            with self._or_end():
                turns = turns_left(self.crawler.engine.downloader)
                self.leave_turns({host: turns[host] for host in tally.hosts & turns.keys()})
                self.conclude(fetch.source_id)
            tally.through = True
        return requests

    def leave_turns(self, turns: Mapping[str, float]) -> None:
        """Leave what is left of hosts' turns, in seconds, to whoever asks them next."""
        for host, seconds in turns.items():
            self.intake.pause(host, visits.from_now(seconds))

    def conclude(self, source_id: str) -> None:
        """Keep how a source is doing and when it is looked at next; one whose own address wasn't reached stays due."""
        source, tally, now = self.sources[source_id], self.tallies[source_id], datetime.now(UTC)
        before = self.intake.health(source_id)
        if not before.status:
            before = Health(every=source.every)
        after = before
        if tally.first is not None or not self.stopping:
            after = health.after(
                before,
                tally.came,
                first=tally.first,
                detail=tally.detail,
                seconds=tally.seconds,
                now=now,
                usual=source.every,
                paused_until=max(map(self.intake.paused_until, reading.hosts(source))),
                cut_off=self.stopping and self.intake.waiting(source_id, now=stamp(now)) > 0,
            )
            self.intake.keep_health(source, after)
        tally.status = after.status

    def _counted(self, request: Request, done: Settled, taken: Taken) -> Tally:
        """The tally of the source, with a settled attempt in it."""
        fetch, tally = done.fetch, self.tallies[done.fetch.source_id]
        tally.attempts += 1
        tally.waiting -= 1
        tally.hosts.update(map(host_of, (request.url, *request.meta.get("redirect_urls", ()))))
        tally.extra += len(taken.outcomes) - 1
        tally.counts.update(taken.outcomes)
        if fetch.step == "index" or request.meta["visit"].visits == 0:
            tally.came.update(taken.outcomes)
        if fetch.step == "index" and fetch.depth == 0:
            tally.first, tally.detail = done.outcome or _best(taken.outcomes), done.detail
            tally.seconds = float(request.meta.get("download_latency", 0.0))
            if done.reading.then is not None and not tally.leads:
                tally.leads = True
                tally.asked -= 1  # both are one look at the source
        return tally

    @contextlib.contextmanager
    def _or_end(self) -> Iterator[None]:
        """Where the intake fails, or no worker starts, the run ends: whatever else it fetched would be lost."""
        try:
            yield
        except Exception as error:
            self.error = self.error or error
            self.stop_soon()
            raise CloseSpider("the intake or the workers fail") from error

    def _may_retry(self, request: Request, outcome: Outcome | None, visit: Visit) -> bool:
        step = request.meta["fetch"].step
        soft = outcome in (SOFT_INDEX if step == "index" else SOFT)
        if visits.is_lost(request.meta["visit"], request.meta["fetch"], outcome):
            return False
        if outcome is Outcome.EMPTY and step != "index" and visit.body_hash:
            return False  # it was read whole and has no text: at once it has none again
        return self._retry and soft and request.meta["tries"] < RETRIES[step]


def _moved(request: Request) -> str:
    """Where permanent redirects led from the address that was asked for first, "" where it wasn't moved."""
    urls = [*request.meta.get("redirect_urls", ()), request.url]
    permanent = list(takewhile((301, 308).__contains__, request.meta.get("redirect_reasons", ())))
    return urls[len(permanent)] if permanent else ""


def _best(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """The word for a source whose own address held the items."""
    for outcome in (Outcome.NEW, Outcome.EDITED, Outcome.KNOWN, Outcome.NOT_VIETNAMESE):
        if outcome in outcomes:
            return outcome
    return outcomes[0] if outcomes else None
