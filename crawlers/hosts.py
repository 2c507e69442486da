"""A host's turn: how long it wants between requests, when it wants none, and what a redirect may carry along."""

import time
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.items import Outcome
from crawlers.reading import hosts
from crawlers.settings import DELAY, PAUSE_CAP, pace
from crawlers.sources import Source
from crawlers.urls import canonical


class HostPaused(IgnoreRequest):
    """The host asked to be left alone for longer than this run waits."""

    outcome = Outcome.THROTTLED


class NoPage(IgnoreRequest):
    """A redirect to no web address, or to one with a user's name in it, which is no page for everybody."""

    outcome = Outcome.BAD_LINK


class Stopping(IgnoreRequest):
    """The run is ending; what wasn't asked for yet stays due."""


def slots(sources: list[Source]) -> dict[str, dict[str, Any]]:
    """Scrapy's slots: one connection a host, at the pace of the slowest source that shares it."""
    delays: dict[str, float] = {}
    for source in sources:
        for host in hosts(source):
            delays[host] = max(delays.get(host, 0.0), source.delay)
    return {host: {"concurrency": 1, **pace(delay)} for host, delay in delays.items()}


def slow_down(downloader: Any, host: str, delay: float) -> None:
    """Honour a wish of a host or a source for a delay that is longer than what we'd wait anyway."""
    wish = pace(delay)
    settings = downloader.per_slot_settings.setdefault(host, {"concurrency": 1, **pace(DELAY)})
    if wish["delay"] > settings["delay"]:
        settings.update(wish)
    slot = downloader.slots.get(host)
    if slot is not None and wish["delay"] > slot.delay:
        slot.delay, slot.jitter = wish["delay"], wish["jitter"]


def hold(downloader: Any, host: str, seconds: float) -> None:
    """Let nothing more go to a host for some seconds; what waits in its slot goes on waiting."""
    slot = downloader.slots.get(host)
    if slot is not None:
        slot.lastseen = max(slot.lastseen, time.monotonic() + seconds + slot.delay * slot.jitter)


def turn_left(downloader: Any, request: Request) -> float:
    """Seconds until a request's host may be asked again, below zero when it may be now."""
    _, slot = downloader._get_slot(request)
    if not slot.lastseen:  # never asked; Scrapy would count from the start of the machine
        slot.lastseen = -2 * slot.delay
    return float(slot.lastseen + slot.delay - time.monotonic())


def come_again(downloader: Any, request: Request) -> None:
    """Let a request be sent at once, however long its host wants between two."""
    _, slot = downloader._get_slot(request)
    slot.lastseen = -2 * slot.delay
    if slot.latercall:  # till the turn after this one
        slot.latercall.cancel()
        slot.latercall = None


def turns_left(downloader: Any) -> dict[str, float]:
    """Seconds for which each host is still owed quiet after its last request, so that a next run keeps them too."""
    left = {host: slot.lastseen + slot.delay - time.monotonic() for host, slot in downloader.slots.items()}
    return {host: min(seconds, PAUSE_CAP) for host, seconds in left.items() if seconds > 0}


def drop_waiting(downloader: Any, reason: IgnoreRequest, *, host: str | None = None) -> None:
    """End the requests that wait for their turn, at one host or at all."""
    for name, slot in list(downloader.slots.items()):
        if host is None or name == host:
            waiting = list(slot.queue)
            slot.queue.clear()
            for _, deferred in waiting:
                deferred.errback(Failure(reason))  # type: ignore[no-untyped-call]


class PoliteRedirectMiddleware(RedirectMiddleware):
    """Redirects that take the new host's turn, and take along no conditions that were meant for the old URL."""

    def _engine_started(self) -> None:
        """Referer is never sent, so there's no middleware for it to look up."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Called by Scrapy for every answer."""
        try:
            return super().process_response(request, response)
        except ValueError:  # of which no request can be made: javascript:, half an IPv6 address
            raise NoPage("a redirect to no web address") from None

    def handle_referer(self, request: Request, response: Response) -> None:
        """Called by Scrapy on every redirect it builds."""
        if not canonical(request.url):
            raise NoPage("a redirect to no web address, or to one with a user's name in it")
        for header in ("Referer", "If-None-Match", "If-Modified-Since"):
            request.headers.pop(header, None)
        request.meta.pop("download_slot", None)
