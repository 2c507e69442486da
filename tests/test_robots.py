"""What a stored robots.txt lets us do, after RFC 9309."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.items import Robots
from crawlers.robots import parse
from crawlers.settings import ROBOTS_TOKEN


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
        ("User-agent: KhacBot\nDisallow: /", "/a", True),
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
