"""robots.txt as RFC 9309 has it: read for every host, kept for a day; no answer and no copy means stay away."""

import asyncio
import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers.failures import asked_pause, outcome_of, words_of
from crawlers.hosts import HostPaused, come_again, drop_waiting, hold, slow_down, turn_left
from crawlers.items import Intake, Outcome, Robots
from crawlers.moments import stamp
from crawlers.settings import (
    DELAY,
    PAUSE_CAP,
    PAUSE_WAIT,
    ROBOTS_DAY,
    ROBOTS_MONTH,
    ROBOTS_SIZE,
    ROBOTS_TOKEN,
    TURN_WAIT,
    pace,
)
from crawlers.unpacking import TooMuch
from crawlers.urls import host_of, origin_of
from crawlers.visits import from_now

# a line that names a robot, in every spelling Protego takes for one
_ROBOT = re.compile(r"^\s*user(?:-|\s*)agent(?:\s*:|\s(?![^#:]*:(?:[\s#]|$)))([^#]*)", re.I)

LONGEST_TURN = ROBOTS_DAY - 3600  # seconds; a robots.txt read in one turn is still good in the next
RETRY = 60.0  # seconds after which a robots.txt that couldn't be read is asked for again


class RobotsForbidden(IgnoreRequest):
    """robots.txt asks us to stay away from this page."""

    outcome = Outcome.ROBOTS


class RobotsUnreachable(IgnoreRequest):
    """robots.txt can't be read, which RFC 9309 takes for a no."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host asks of robots, or why that can't be known."""

    allow: Protego | None  # None: everything may be read
    delay: float = 0.0
    unreachable: Outcome | None = None
    detail: str = ""
    until: float = 0.0  # monotonic time at which it is asked again


def parse(robots: Robots) -> Rules:
    """Rules of a stored robots.txt: 4xx leaves us free, anything else but 2xx keeps us out."""
    lasting = time.monotonic() + ROBOTS_DAY - _age(robots.fetched_at)
    if 200 <= robots.status < 300:
        rules = Protego.parse(_for_us(robots.body))
        return Rules(rules, delay=min(rules.crawl_delay(ROBOTS_TOKEN) or 0.0, PAUSE_CAP), until=lasting)
    if 300 <= robots.status < 500 and robots.status != 429:
        return Rules(None, until=lasting)
    # the host is down rather than unwilling, and is reported as such; until it answers we stay away
    outcome = Outcome.THROTTLED if robots.status == 429 else Outcome.SERVER_ERROR
    detail = f"robots.txt answers {robots.status}"
    return Rules(None, unreachable=outcome, detail=detail, until=time.monotonic() + RETRY)


def _whole_lines(body: bytes) -> bytes:
    """The lines of a robots.txt that we look at: one that is cut off may forbid far more than it says."""
    if len(body) <= ROBOTS_SIZE:
        return body
    return body[: max(body.rfind(end, 0, ROBOTS_SIZE) for end in (b"\n", b"\r")) + 1]


def _for_us(body: str) -> str:
    """The same with one name for all other robots: Protego keeps each rule once for each name it stands under."""

    def named(found: re.Match[str]) -> str:
        name = re.split(r"[\s/]", found[1].strip().lower())[0]  # a version behind it names no other robot
        bare = name.replace("*", "")
        ours = name == "*" or (bare and ROBOTS_TOKEN.lower().startswith(bare))
        return f"User-agent: {(bare or name) if ours else 'another'}"

    return "\n".join(_ROBOT.sub(named, line, count=1) for line in body.splitlines())


class RobotsMiddleware:
    """Lets a request through when its host isn't paused and its robots.txt allows it."""

    def __init__(self, crawler: Crawler, intake: Intake) -> None:
        self._crawler = crawler
        self._intake = intake
        self._rules: dict[str, asyncio.Future[Rules]] = {}
        self._paused: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it; the intake comes with the spider."""
        middleware = cls(crawler, crawler.spider.intake)  # type: ignore[union-attr]
        crawler.signals.connect(middleware.cut_off, signal=signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Called by Scrapy for every request, a redirected one included."""
        host = host_of(request.url)
        led_on = request.meta.get("turn") == host  # within the turn that it took at so slow a host
        if not led_on:
            await self._wait(request)
        if request.meta.get("robots"):
            return
        rules = await self._rules_of(request)
        if rules.unreachable is not None:
            raise RobotsUnreachable(rules.unreachable, rules.detail)
        if rules.allow is not None and not rules.allow.can_fetch(request.url, ROBOTS_TOKEN):
            raise RobotsForbidden("robots.txt asks us to stay away")
        if not led_on:
            # once more: robots.txt may have been answered with a pause, while an old copy holds
            await self._wait(request)
        # a source's own delay holds wherever its pages are and its redirects lead
        if delay := max(rules.delay, request.meta.get("delay", 0.0)):
            slow_down(self._crawler.engine.downloader, host, delay)
        if led_on:
            await asyncio.sleep(DELAY)  # as between any two
            come_again(self._crawler.engine.downloader, request)
        elif delay > TURN_WAIT:
            self._take_turn(request, host, delay)
            request.meta["turn"] = host

    async def _wait(self, request: Request) -> None:
        """Wait out a short pause of a host, or the turn that a run left; a longer one is left to a later run."""
        host = host_of(request.url)
        left = self.pause_left(host)
        if left > PAUSE_WAIT and left > self._turn(request):
            raise HostPaused(f"{host} asked us to wait")
        if left > 0:
            await asyncio.sleep(left)

    def _turn(self, request: Request) -> float:
        """Seconds between two requests that source and robots.txt, as last read, ask for; 0 if no run waits so long."""
        kept = self._intake.robots(origin_of(request.url))
        delay = max(request.meta.get("delay", 0.0), parse(kept).delay if kept is not None else 0.0)
        return pace(delay)["delay"] if delay <= TURN_WAIT else 0.0

    def _take_turn(self, request: Request, host: str, delay: float) -> None:
        """Take the one request that so slow a host is asked in a run; while it isn't due the host counts as paused."""
        downloader, asks = self._crawler.engine.downloader, HostPaused(f"{host} is asked only every {delay:.0f} s")
        if self.pause_left(host) > PAUSE_WAIT:  # taken since this request came
            raise asks
        left = min(turn_left(downloader, request), LONGEST_TURN)
        self.pause(host, max(left, delay))
        if left > TURN_WAIT:
            self._intake.pause(host, from_now(left))
            drop_waiting(downloader, asks, host=host)
            raise asks

    def pause_left(self, host: str) -> float:
        """Seconds for which a host still wants no request."""
        if host not in self._paused:
            until = self._intake.paused_until(host)
            self._paused[host] = time.monotonic() - _age(until) if until else 0.0
        return self._paused[host] - time.monotonic()

    def pause(self, host: str, seconds: float) -> None:
        """Remember a pause for this run; the intake keeps it for later ones."""
        self._paused[host] = max(self._paused.get(host, 0.0), time.monotonic() + seconds)

    def cut_off(self, data: bytes, request: Request) -> None:
        """Stop reading a robots.txt at the size we'd look at; a longer one isn't fetched to its end."""
        if request.meta.get("robots"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > ROBOTS_SIZE:
                raise StopDownload(fail=False)

    async def _rules_of(self, request: Request) -> Rules:
        origin = origin_of(request.url)
        known = self._rules.get(origin)
        if known is not None and (not known.done() or known.result().until > time.monotonic()):
            return await asyncio.shield(known)
        future: asyncio.Future[Rules] = asyncio.get_running_loop().create_future()
        self._rules[origin] = future
        try:
            rules = await self._find(origin, request)
        except HostPaused as paused:  # no fault of the rules: whoever waits for them is told the same
            del self._rules[origin]
            future.set_exception(paused)
            future.exception()  # nobody may be waiting
            raise
        except BaseException:
            future.set_result(Rules(None, unreachable=Outcome.FAILED, detail="robots.txt: our own error"))
            raise
        future.set_result(rules)
        return rules

    async def _find(self, origin: str, asker: Request) -> Rules:
        kept = self._intake.robots(origin)
        if kept is not None and _younger(kept, ROBOTS_DAY):
            return parse(kept)
        try:
            response = await self._fetch(origin, asker)
        except HostPaused:
            raise
        except (IgnoreRequest, TooMuch) as error:
            if (outcome := outcome_of(error)) is not Outcome.REDIRECT_LOOP:
                return self._unreachable(None, outcome, f"robots.txt: {words_of(error)}")
            status, body = 310, ""  # more than five redirects count as "there is none"
        except Exception as error:
            return self._unreachable(kept, outcome_of(error), f"robots.txt: {words_of(error)}")
        else:
            if seconds := asked_pause(response):
                leave_alone(self._crawler, host_of(response.url), seconds)
            status = response.status
            body = _whole_lines(response.body).decode("utf-8", "replace").lstrip("\ufeff").replace("\x00", "")
        fresh = Robots(origin, status, body if status < 300 else "", stamp(datetime.now(UTC)))
        rules = parse(fresh)
        if rules.unreachable is not None:
            return self._unreachable(kept, rules.unreachable, rules.detail)
        self._intake.keep_robots(fresh)
        return rules

    def _unreachable(self, kept: Robots | None, outcome: Outcome, detail: str) -> Rules:
        """Without an answer an old copy still says what the host asked for, for a month; else we stay away."""
        if kept is not None and _younger(kept, ROBOTS_MONTH):
            return replace(parse(kept), until=time.monotonic() + RETRY)
        return Rules(None, unreachable=outcome, detail=detail, until=time.monotonic() + RETRY)

    async def _fetch(self, origin: str, asker: Request) -> Response:
        # no cap on its size: it is cut off instead, and what was read of it holds
        meta: dict[str, Any] = {"robots": True, "download_maxsize": 0}
        meta |= {name: asker.meta[name] for name in ("private_at", "delay") if name in asker.meta}
        headers = {"Accept": "text/plain,*/*;q=0.5", "Accept-Encoding": "identity"}
        request = Request(
            f"{origin}/robots.txt", headers=headers, meta=meta, priority=1000, callback=NO_CALLBACK, dont_filter=True
        )
        response: Response = await self._crawler.engine.download_async(request)
        return response


def leave_alone(crawler: Crawler, host: str, seconds: float) -> None:
    """Ask a whole host for nothing for as long as it asked: what waits for its turn, what comes, and later runs."""
    spider: Any = crawler.spider
    robots = crawler.get_downloader_middleware(RobotsMiddleware)
    if robots is not None:
        robots.pause(host, seconds)
    spider.intake.pause(host, from_now(seconds))
    downloader: Any = crawler.engine.downloader
    if seconds <= PAUSE_WAIT:
        hold(downloader, host, seconds)
    else:
        drop_waiting(downloader, HostPaused(f"{host} asked us to wait {seconds:.0f} s"), host=host)


def _younger(kept: Robots, seconds: float) -> bool:
    """Whether a copy is younger than some seconds; one read on a clock that was ahead may be of any age."""
    return 0 <= _age(kept.fetched_at) < seconds


def _age(moment: str) -> float:
    """Seconds since a moment; below zero for one that lies ahead."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()
    except ValueError:
        return float("inf")
