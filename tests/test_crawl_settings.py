"""Everything that Scrapy does unsafely or rudely by default is set, and our own numbers are the design's."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object
from small_site import crawl, site

from crawlers import settings as ours
from crawlers.hosts import slots
from crawlers.items import Robots
from crawlers.settings import scrapy_settings
from crawlers.sources import Source
from crawlers.urls import host_of
from pipeline.store import fetches, open_store


def in_force() -> Settings:
    return Settings(scrapy_settings(contact="https://soi.test/lien-he", slots={}))


def test_what_is_unsafe_by_default_is_off() -> None:
    settings = in_force()
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getint("DOWNLOAD_MAXSIZE") == 10 * 1024 * 1024
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 30
    assert settings.getint("REDIRECT_MAX_TIMES") == 5
    at_work = [
        path.rpartition(".")[2]
        for group in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS")
        for path in build_component_list(settings.get_component_priority_dict_with_base(group))
    ]
    assert at_work == [
        "RobotsMiddleware", "DownloadTimeoutMiddleware", "DefaultHeadersMiddleware", "UserAgentMiddleware",
        "CappedUnpacking", "PoliteRedirectMiddleware", "StartSpiderMiddleware", "UrlLengthMiddleware",
    ]  # fmt: skip
    handlers = settings.getdict("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    assert handlers["http"] == handlers["https"] == "crawlers.guard.GuardedDownloadHandler"


def test_every_component_that_is_named_exists() -> None:
    settings = in_force()
    for group in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES"):
        for path in settings.get_component_priority_dict_with_base(group):
            load_object(path)
    for path in filter(None, settings.getdict("DOWNLOAD_HANDLERS").values()):
        load_object(path)


def test_a_host_is_asked_by_one_connection_five_seconds_apart_and_never_sooner() -> None:
    settings = in_force()
    delay, jitter = settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("DOWNLOAD_DELAY_JITTER")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert round(delay * (1 - jitter), 6) == ours.DELAY == 5
    assert round(delay * (1 + jitter), 6) == 7.5


def test_the_slowest_source_of_a_host_sets_its_pace() -> None:
    two = [
        Source("a", "A", "feed", "https://bao.test/rss"),
        Source("b", "B", "forum", "https://bao.test/f", delay=20.0),
        Source("c", "C", "feed", "https://khac.test/rss"),
    ]
    made = slots(two)
    assert made["bao.test"]["delay"] * (1 - made["bao.test"]["jitter"]) == 20
    assert {host_of(source.url) for source in two} == set(made)
    assert all(slot["concurrency"] == 1 for slot in made.values())


def test_a_slow_source_is_slow_wherever_it_is_read_from(tmp_path: Path) -> None:
    api = slots([Source("a", "A", "bluesky", "https://bsky.app/profile/bao.test", delay=20.0)])["public.api.bsky.app"]
    assert api["delay"] * (1 - api["jitter"]) == 20
    with site("127.0.0.1") as feed, site("127.0.0.2") as articles, closing(open_store(tmp_path / "soi.db")) as db:
        articles.article("/tin", "Xã Suối Mây đã mở thêm hai lớp học cho trẻ em ở các bản xa trong tháng này.")
        feed.feed(f"{articles.root}/tin")
        for one in (feed, articles):  # known already, or it would take a turn
            fetches.keep_robots(db, Robots(one.root, 404, "", datetime.now(UTC).isoformat()))
        assert crawl(tmp_path / "soi.db", [feed.source(delay=600)], public=True)["counts"]["new"] == 1
        assert articles.paths() == ["/tin"]
        still = datetime.fromisoformat(fetches.paused_until(db, "127.0.0.2")) - datetime.now(UTC)
        assert still.total_seconds() > 300


def test_the_user_agent_says_who_we_are_and_where_we_are_reached() -> None:
    assert in_force()["USER_AGENT"] == f"SoiBot/{ours.VERSION} (+https://soi.test/lien-he)"


def test_the_numbers_are_the_design_s() -> None:
    assert (ours.EVERY, ours.EVERY_FLOOR, ours.EVERY_CAP) == (60, 15, 1440)
    assert ours.FAILURE_WEIGHTS == {"hard": 1.0, "soft": 0.5, "dns": 0.25}
    assert ours.REVISIT_HOURS == (1, 6, 24, 72, 168)
    assert (ours.PAUSE_CAP, ours.ROBOTS_DAY, ours.UNCONDITIONAL_HOURS) == (86400, 86400, 24)
    assert ours.ROBOTS_SIZE >= 500 * 1024
