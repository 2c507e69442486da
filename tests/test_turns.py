"""A host's turn outlasts a run: the next one waits out what the last one owes it."""

import itertools
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from small_site import Answer, crawl, site

from pipeline.store import fetches, open_store

DELAY = 2.0


def test_a_next_run_keeps_the_distance_to_the_last_request_of_the_one_before(tmp_path: Path) -> None:
    with site() as web:
        web.feed(path="/rss")
        for _ in range(2):
            crawl(tmp_path / "soi.db", [web.source(delay=DELAY)])
        times = [at for at, _, _ in web.hits]
    assert web.paths() == ["/rss", "/rss"]
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= DELAY


def test_no_more_than_its_own_pace_is_owed_and_no_source_counts_as_paused(tmp_path: Path) -> None:
    with site() as web:
        web.feed(path="/rss")
        report: Any = crawl(tmp_path / "soi.db", [web.source(delay=DELAY)])
        assert report["status"] == {"bao": "ok"}
        db = open_store(tmp_path / "soi.db")
        owed = fetches.paused_until(db, web.host)
        (last,) = db.conn.execute("SELECT max(fetched_at) FROM fetches").fetchone()
        (days,) = db.conn.execute("SELECT julianday(?) - julianday(?)", [owed, last]).fetchone()
        db.close()
    assert 0 < days * 86400 <= 2 * DELAY + 2


def test_a_site_of_our_own_without_a_pace_is_asked_one_page_at_a_time(tmp_path: Path) -> None:
    lock, now, most = threading.Lock(), 0, 0

    def slow() -> Answer:
        nonlocal now, most
        with lock:
            now, most = now + 1, max(most, now + 1)
        time.sleep(0.1)
        with lock:
            now -= 1
        return Answer(b"<html></html>", headers={"Content-Type": "text/html"})

    with site() as web:
        web.routes |= {f"/{n}.html": slow for n in range(8)}
        web.feed(*web.routes)
        crawl(tmp_path / "soi.db", [web.source(delay=0)])
    assert len(web.paths()) >= 9
    assert most == 1


def test_a_host_that_wants_hours_between_requests_holds_no_run_up(tmp_path: Path) -> None:
    def run() -> Any:
        return crawl(tmp_path / "soi.db", [web.source()], max_minutes=0.3)

    with site() as web, closing(open_store(tmp_path / "soi.db")) as db:
        web.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 36000\n")
        web.feed("/a.html", "/b.html")
        report = run()  # asking for robots.txt took its turn
        assert (report["stopped"], report["status"]) == (False, {"bao": "paused"})
        owed = fetches.paused_until(db, web.host)
        assert owed > (datetime.now(UTC) + timedelta(hours=9)).isoformat()
        assert run()["counts"] == {"throttled": 1}
        db.conn.execute("UPDATE hosts SET paused_until = ''")
        db.conn.commit()
        report = run()
        assert (report["stopped"], report["counts"]) == (False, {"listed": 1, "throttled": 2})
        assert web.paths(robots=True) == ["/robots.txt", "/rss"]
        assert fetches.paused_until(db, web.host) > owed


def test_a_redirect_belongs_to_the_turn_that_so_slow_a_host_gives(tmp_path: Path) -> None:
    with site() as web, closing(open_store(tmp_path / "soi.db")) as db:
        web.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 36000\n")
        web.feed("/a.html", path="/feed.xml")
        web.routes["/rss"] = Answer(status=302, headers={"Location": "/feed.xml"})
        crawl(tmp_path / "soi.db", [web.source()], max_minutes=0.3)
        db.conn.execute("UPDATE hosts SET paused_until = ''")
        db.conn.commit()
        report: Any = crawl(tmp_path / "soi.db", [web.source()], max_minutes=0.5)
        assert report["counts"] == {"listed": 1, "throttled": 1}
        assert web.paths() == ["/rss", "/feed.xml"]


def test_a_site_of_our_own_without_a_pace_is_owed_nothing(tmp_path: Path) -> None:
    with site() as web:
        web.feed(path="/rss")
        crawl(tmp_path / "soi.db", [web.source()])
        db = open_store(tmp_path / "soi.db")
        assert fetches.paused_until(db, web.host) == ""
        db.close()
