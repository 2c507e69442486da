"""What a stored robots.txt lets us do, after RFC 9309."""

import asyncio
import contextlib
import tracemalloc
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from protego import Protego
from scrapy import Request

from crawlers.hosts import HostPaused
from crawlers.items import Robots
from crawlers.memory import MemoryIntake
from crawlers.robots import RobotsMiddleware, parse
from crawlers.settings import ROBOTS_TOKEN
from crawlers.visits import from_now


def robots(body: str, status: int = 200, *, hours: float = 0) -> Robots:
    at = datetime.now(UTC) - timedelta(hours=hours)
    return Robots("http://a.test", status, body, at.isoformat(timespec="seconds"))


def allowed(body: str, path: str) -> bool:
    rules = parse(robots(body))
    return rules.allow is None or bool(rules.allow.can_fetch(f"http://a.test{path}", ROBOTS_TOKEN))


@pytest.mark.parametrize(
    ("body", "path", "may"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /noi-bo/", "/noi-bo/a", False),
        ("User-agent: *\nDisallow: /noi-bo/", "/cong-khai/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /tin/", "/tin/a", True),
        ("User-agent: *\nDisallow: /tin/\nAllow: /tin/mo$", "/tin/mo", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SoiBot\nAllow: /", "/a", True),
        ("User-agent: soibot\nDisallow: /x", "/x", False),
        ("User-agent: SoiBot/0.1\nDisallow: /x", "/x", False),
        ("User-agent: soibot/0.1 (+https://soi.test/)\nDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SoiBot (we)\nAllow: /", "/a", True),
        ("User-agent: KhacBot\nDisallow: /", "/a", True),
        ("User-agent: KhacBot/1.0 SoiBot\nDisallow: /", "/a", True),
        ("<html><body>not robots</body></html>", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a".lstrip("\ufeff"), "/a", False),
    ],
)
def test_rules(body: str, path: str, may: bool) -> None:
    assert allowed(body, path) is may


@pytest.mark.parametrize(
    ("status", "free"), [(404, True), (403, True), (310, True), (429, False), (500, False), (503, False)]
)
def test_no_file_leaves_us_free_and_no_answer_keeps_us_out(status: int, free: bool) -> None:
    rules = parse(robots("", status))
    assert (rules.unreachable is None) is free
    assert rules.allow is None


def test_crawl_delay_is_read_for_our_own_group() -> None:
    assert parse(robots("User-agent: *\nCrawl-delay: 7.5")).delay == 7.5
    assert (
        parse(robots("User-agent: *\nCrawl-delay: 7\n\nUser-agent: SoiBot\nCrawl-delay: 20\nDisallow: /x")).delay == 20
    )
    assert parse(robots("User-agent: *\nCrawl-delay: soon")).delay == 0


@pytest.mark.parametrize(("asked", "kept"), [("1e15", 86400), ("86401", 86400), ("inf", 0), ("nan", 0), ("-5", 0)])
def test_no_crawl_delay_is_longer_than_a_day(asked: str, kept: float) -> None:
    assert parse(robots(f"User-agent: *\nCrawl-delay: {asked}")).delay == kept


def test_a_thousand_names_over_a_thousand_rules_are_not_a_million_rules() -> None:
    body = "".join(f"User-agent: robot{n}\nUser agent r{n}:1\n" for n in range(1000)) + "Disallow: /a\n" * 1000
    tracemalloc.start()
    try:
        assert parse(robots(f"{body}\nUser-agent: soi*\nDisallow: /b")).allow is not None
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


LINES = ("User-agent: {}", " user agent:{}", "useragent {}", "USER-AGENT  {}", "User\tagent {}")
NAMES = ("*", "SoiBot", "soi", "so*i", "s*", "**", "SoiBot2", "KhacBot", "", "SoiBot # we", "KhacBot # SoiBot")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line", LINES)
def test_a_group_is_ours_where_it_was_before_the_other_names_became_one(line: str, name: str) -> None:
    body = f"User-agent: Khac\nDisallow: /k\n\n{line.format(name)}\nUser-agent: Nua\nDisallow: /a\nCrawl-delay: 9"
    before, now = Protego.parse(body), parse(robots(body))
    for path in ("/a", "/k", "/b"):
        assert allowed(body, path) is before.can_fetch(f"http://a.test{path}", ROBOTS_TOKEN)
    assert now.delay == (before.crawl_delay(ROBOTS_TOKEN) or 0)


@pytest.mark.parametrize(
    ("asked", "delay", "left", "waits"),
    [
        ("", 5, 25, True),
        ("", 5, 60, False),
        ("", 60, 70, True),
        ("", 60, 80, False),
        ("Crawl-delay: 120", 5, 140, True),
        ("Crawl-delay: 1000", 5, 1100, False),
    ],
)
def test_what_another_run_left_of_a_hosts_turn_is_waited_out_and_a_longer_pause_is_not(
    monkeypatch: pytest.MonkeyPatch, asked: str, delay: float, left: float, waits: bool
) -> None:
    intake, slept = MemoryIntake(), list[float]()
    intake.keep_robots(robots(f"User-agent: *\n{asked}"))
    intake.pause("a.test", from_now(left))

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        intake.pause("a.test", "")
        middleware._paused.clear()

    monkeypatch.setattr("crawlers.robots.asyncio.sleep", sleep)
    downloader = SimpleNamespace(per_slot_settings={}, slots={})
    middleware = RobotsMiddleware(SimpleNamespace(engine=SimpleNamespace(downloader=downloader)), intake)  # type: ignore[arg-type]
    with contextlib.nullcontext() if waits else pytest.raises(HostPaused):
        asyncio.run(middleware.process_request(Request("http://a.test/rss", meta={"delay": delay})))
    assert slept == ([pytest.approx(left, abs=1)] if waits else [])
