"""A few polite requests outside a crawl, one after another: how a new source is looked at before it is added."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings

from crawlers.addresses import leads_to_gate, leads_to_login
from crawlers.failures import GATE, LOGIN, asked_pause, header, outcome_of, outcome_of_status, words_of
from crawlers.hosts import turns_left
from crawlers.items import Intake, Look, Outcome, Page
from crawlers.memory import MemoryIntake
from crawlers.robots import leave_alone
from crawlers.settings import EXTRACT_SECONDS, pace, scrapy_settings
from crawlers.urls import host_of, place_of
from crawlers.visits import from_now
from crawlers.workers import Workers


@dataclass(frozen=True, slots=True)
class Got:
    """One answer, or what went wrong."""

    page: Page
    outcome: Outcome | None = None
    detail: str = ""


Get = Callable[[str], Awaitable[Got]]
See = Callable[[Page], Awaitable[Look]]
Work = Callable[[Get, See], Awaitable[Any]]


class ProbeSpider(scrapy.Spider):
    """Runs one coroutine that may ask for pages."""

    name = "soi-probe"

    def __init__(self, *, work: Work, see: See, private_at: str | None, kept: Intake | None) -> None:
        super().__init__()
        self.intake = MemoryIntake(kept)
        self.result: Any = None
        self.error: BaseException | None = KeyboardInterrupt()  # until it is through: the reactor takes the signal
        self._work = work
        self._see = see
        self._private_at = private_at

    async def start(self) -> AsyncIterator[Request]:
        """Scrapy's place to begin: all is done here, and nothing is left to schedule."""
        try:
            self.result = await self._work(self._get, self._see)
            self.error = None
        except Exception as error:  # handed to the caller of run()
            self.error = error
        nothing_left: list[Request] = []
        for request in nothing_left:
            yield request

    async def _get(self, url: str) -> Got:
        nothing = Page(url, "", b"")
        try:
            request = Request(url, callback=NO_CALLBACK, meta={"private_at": self._private_at}, dont_filter=True)
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # every error is an outcome
            return Got(nothing, outcome_of(error), words_of(error)[:200])
        if seconds := asked_pause(response):
            leave_alone(self.crawler, host_of(response.url), seconds)
        page = Page(response.url, header(response, "Content-Type"), response.body)
        outcome = outcome_of_status(response.status)
        if outcome is None and leads_to_login(url, response.url):
            return Got(page, Outcome.BLOCKED, LOGIN)
        if outcome is None and leads_to_gate(url, response.url) and not (await self._see(page)).kind:
            return Got(page, Outcome.BLOCKED, GATE)
        return Got(page, outcome, f"HTTP {response.status}" if outcome else "")


def run(
    work: Work,
    *,
    url: str,
    contact: str,
    allow_private: bool,
    delay: float,
    kept: Intake | None = None,
) -> Any:
    """The result of a coroutine that asks for pages and sees what they are; once in a process, as the reactor starts.

    Pages are strangers', so they are read where a crawl reads them. Ctrl-C ends it as it does any other command.
    kept is where the pauses that hosts ask for are kept, and the turns they are owed.
    """
    logging.getLogger("scrapy").setLevel("CRITICAL")
    slots = {host_of(url): {"concurrency": 1, **pace(delay)}}
    process = AsyncCrawlerProcess(Settings(scrapy_settings(contact=contact, slots=slots, log_level="CRITICAL")))
    crawler = process.create_crawler(ProbeSpider)
    workers = Workers(count=1, deadline=EXTRACT_SECONDS)
    private_at = place_of(url) if allow_private else None
    process.crawl(crawler, work=work, see=workers.look, private_at=private_at, kept=kept)
    loop = asyncio.get_event_loop()
    process.start()
    loop.run_until_complete(workers.close())
    spider = crawler.spider
    if not isinstance(spider, ProbeSpider):
        raise RuntimeError("the probe couldn't be started")
    if crawler.engine is not None:
        for host, seconds in turns_left(crawler.engine.downloader).items():
            spider.intake.pause(host, from_now(seconds))
    if spider.error is not None:
        raise spider.error
    return spider.result
