"""Finding and checking sources, on a small site."""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import crawl_once
import pytest
from small_site import Answer, Site, forked, site, typed_apart

from crawlers.discover import ADVICE, LED, NO_REVIEW, DiscoverError, _source_of, by_address, find
from crawlers.items import Outcome, Page, Robots
from crawlers.look import look
from crawlers.sources import Source, entry, load, read_otherwise
from pipeline.home import Home
from pipeline.locks import alone
from pipeline.store import fetches, open_store

HTML = {"Content-Type": "text/html; charset=utf-8"}


def in_a_process(tmp_path: Path, task: dict[str, Any]) -> Any:
    out = tmp_path / "out.json"
    process = forked().Process(target=crawl_once.discover, args=(task, str(out)))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    return json.loads(out.read_text(encoding="utf-8"))


def front(head: str = "", body: str = "") -> Answer:
    page = f'<html lang="vi"><head><title>Báo Thử | Tin mới</title>{head}</head><body>{body}</body></html>'
    return Answer(page.encode(), headers=HTML)


def test_the_feed_that_a_front_page_declares_is_found(web: Site, tmp_path: Path) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    web.routes["/"] = front(link.format("/comments/feed") + link.format("/dead.rss") + link.format("/tin.rss"))
    web.feed("/a.html", path="/tin.rss")
    found = in_a_process(tmp_path, {"find": web.root})
    assert [(s["kind"], s["url"], s["name"]) for s in found] == [("feed", f"{web.root}/tin.rss", "Báo Thử")]
    assert found[0]["role"] == "party", "a role that settles a verdict is nobody's guess"


def test_a_site_of_our_own_is_given_a_small_delay_and_a_public_one_the_usual(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html", path="/tin.rss")
    assert in_a_process(tmp_path, {"find": f"{web.root}/tin.rss"})[0]["delay"] == 0.1
    public = _source_of("https://1.1.1.1/", "feed", "https://1.1.1.1/rss", "", allow_private=True)
    assert (public.allow_private, public.delay) == (True, 5)


def test_a_feed_given_by_its_own_address_is_named_by_its_title(web: Site, tmp_path: Path) -> None:
    named = "<channel><title>Báo Bản Sơn - Tin mới</title><item><title>a</title></item></channel>"
    body = f'<rss version="2.0">{named}</rss>'.encode()
    web.routes["/tin.rss"] = Answer(body, headers={"Content-Type": "application/rss+xml"})
    web.routes["/tin.json"] = Answer(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Báo JSON", "items": []}'.encode(),
        headers={"Content-Type": "application/feed+json"},
    )
    names = [in_a_process(tmp_path, {"find": f"{web.root}/tin.{end}"})[0]["name"] for end in ("rss", "json")]
    assert names == ["Báo Bản Sơn", "Báo JSON"]


def test_a_site_that_leads_to_a_login_is_no_source(web: Site, tmp_path: Path) -> None:
    links = "".join(f'<a href="/tin/mot-bai-viet-rat-hay-10{n}.html">Một bài viết rất hay số {n}</a>' for n in range(6))
    web.routes["/"] = Answer(status=302, headers={"Location": "/dang-nhap"})
    web.routes["/dang-nhap"] = front(body=links)
    said = in_a_process(tmp_path, {"find": web.root})["error"]
    assert said.endswith(f"it leads to a login, which we don't get around. {ADVICE[Outcome.BLOCKED]}")


def test_a_feed_behind_a_proxy_that_is_told_its_address_is_found_and_a_consent_is_no_source(
    web: Site, tmp_path: Path
) -> None:
    for path, there in (("/tin.rss", "/proxy"), ("/muc", "/dong-y")):
        web.routes[path] = Answer(status=302, headers={"Location": f"{there}?url={web.root}{path}"})
    web.feed("/a.html", path=f"/proxy?url={web.root}/tin.rss")
    web.routes[f"/dong-y?url={web.root}/muc"] = front(body="<p>Chúng tôi dùng cookie.</p>")
    found = in_a_process(tmp_path, {"find": f"{web.root}/tin.rss"})
    assert [(s["kind"], s["url"]) for s in found] == [("feed", f"{web.root}/proxy?url={web.root}/tin.rss")]
    assert "agree to something" in in_a_process(tmp_path, {"find": f"{web.root}/muc"})["error"]


def test_a_sitemap_named_in_robots_txt_and_a_list_of_articles_are_found(web: Site, tmp_path: Path) -> None:
    links = "".join(f'<a href="/tin/mot-bai-viet-rat-hay-10{n}.html">Một bài viết rất hay số {n}</a>' for n in range(6))
    web.routes["/"] = front(body=links)
    web.routes["/robots.txt"] = Answer(f"Sitemap: {web.root}/old.xml\nSitemap: {web.root}/news.xml\n".encode())
    web.routes["/news.xml"] = Answer(f"<urlset><url><loc>{web.root}/a.html</loc></url></urlset>".encode())
    found = in_a_process(tmp_path, {"find": web.root})
    assert [(s["kind"], s["url"]) for s in found] == [("sitemap", f"{web.root}/news.xml"), ("listing", f"{web.root}/")]


def test_a_robots_txt_of_blank_lines_holds_nothing_up(web: Site, tmp_path: Path) -> None:
    web.routes["/"] = front()
    web.routes["/robots.txt"] = Answer(b"\n" * 400_000 + f"  Sitemap:  {web.root}/news.xml\n".encode())
    web.routes["/news.xml"] = Answer(f"<urlset><url><loc>{web.root}/a.html</loc></url></urlset>".encode())
    assert [source["url"] for source in in_a_process(tmp_path, {"find": web.root})] == [f"{web.root}/news.xml"]


def test_a_page_that_takes_its_reader_too_long_is_given_up_and_said_so(web: Site, tmp_path: Path) -> None:
    body = b'<rss version="2.0"><channel><item>' + b"<a>" * 400_000
    web.routes["/tin.rss"] = Answer(body, headers={"Content-Type": "application/rss+xml"})
    said = in_a_process(tmp_path, {"find": f"{web.root}/tin.rss", "seconds": 1})["error"]
    assert said.startswith(f"{web.root}/tin.rss: reading it took over 1 seconds. ")
    assert said.endswith(ADVICE[Outcome.BROKEN])


def test_a_forum_is_told_by_its_marks(web: Site, tmp_path: Path) -> None:
    web.routes["/f/tin.1/"] = Answer(
        b'<html id="XF"><head><title>VOZ</title></head><body>.</body></html>', headers=HTML
    )
    found = in_a_process(tmp_path, {"find": f"{web.root}/f/tin.1/"})
    assert [(s["kind"], s["role"]) for s in found] == [("forum", "party")]


def test_what_is_no_source_is_said_in_one_sentence(web: Site, tmp_path: Path) -> None:
    web.routes["/"] = front(body="<p>Xin chào</p>")
    assert "no feed, sitemap, forum" in in_a_process(tmp_path, {"find": web.root})["error"]
    assert "HTTP 404" in in_a_process(tmp_path, {"find": f"{web.root}/mat"})["error"]
    assert "look at the address" in in_a_process(tmp_path, {"find": f"{web.root}/mat"})["error"]
    near = in_a_process(tmp_path, {"find": web.root, "allow_private": False, "contact": "mailto:an@bao.example"})
    assert "say --allow-private" in near["error"]
    gone = in_a_process(tmp_path, {"find": "http://127.0.0.1:9/"})["error"]
    assert not re.search(r"[a-z][A-Z]", gone), "names of classes aren't for people"
    for word in ("ftp://x", "not a url", "https://a b.example/"):
        with pytest.raises(DiscoverError, match="isn't a web address"):
            find(word, contact="", allow_private=True)
    with pytest.raises(DiscoverError, match="Set contact"):
        find("https://bao.test", contact="")


def test_a_check_says_what_is_wrong_and_what_to_do(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html", "/b.html")
    web.routes |= {"/web": front(), "/no": Answer(b"", 403), "/none": Answer(b'<rss version="2.0"><channel/></rss>')}
    sources = [web.source(id=name, url=f"{web.root}/{name}") for name in ("rss", "web", "no", "none", "mat")]
    found = {finding["source_id"]: finding for finding in in_a_process(tmp_path, {"check": sources})}
    assert (found["rss"]["ok"], found["rss"]["advice"]) == (True, "")
    assert found["web"]["status"] == "not_a_feed"
    assert "front page" in found["web"]["advice"]
    assert (found["no"]["status"], found["mat"]["status"]) == ("blocked", "gone")
    assert (found["none"]["ok"], "lists nothing" in found["none"]["advice"]) == (True, True)
    asked = [path for path in web.paths() if path.endswith(".html")]
    assert len(asked) == 1, "one page is enough to see whether they can be read"
    assert found["rss"]["article"] == "gone: HTTP 404"
    assert found["none"]["article"] == ""


def test_a_check_tells_what_came_of_one_page(web: Site, tmp_path: Path) -> None:
    text = "Ủy ban xã Suối Mây cho biết trạm y tế mới sẽ mở cửa vào tháng sau để phục vụ bà con ba thôn vùng cao."
    web.article("/a.html", text, title="Trạm y tế mới")
    web.feed("/a.html")
    (found,) = in_a_process(tmp_path, {"check": [web.source()]})
    assert (found["ok"], found["article"]) == (True, f"title of 13 letters, {len(text.split())} words, no date")


def test_a_check_of_fact_checks_tells_the_rating_or_that_the_page_has_none(web: Site, tmp_path: Path) -> None:
    held = {"@type": "ClaimReview", "claimReviewed": "Tin cấm đi học", "reviewRating": {"alternateName": "Sai"}}
    for path, more in (("/a.html", {"datePublished": "2026-01-02"}), ("/b.html", {})):
        script = f'<script type="application/ld+json">{json.dumps(held | more)}</script>'
        web.routes[path] = Answer(f"<html><body>{script}</body></html>".encode(), headers=HTML)
    web.article("/c.html", "Ủy ban xã Suối Mây cho biết trạm y tế mới sẽ mở cửa vào tháng sau.", title="Trạm y tế")
    for name in "abc":
        web.feed(f"/{name}.html", path=f"/{name}.rss")
    sources = [web.source(id=name, kind="factcheck", url=f"{web.root}/{name}.rss") for name in "abc"]
    found = in_a_process(tmp_path, {"check": sources})
    assert [one["article"] for one in found] == [
        "a fact-check, rated Sai (false), dated 2026-01-02", "a fact-check, rated Sai (false), no date",
        "no ClaimReview on it",
    ]  # fmt: skip
    assert [one["ok"] for one in found] == [True] * 3
    assert [one["advice"] for one in found] == ["", "", NO_REVIEW]


def test_a_check_tells_a_page_of_each_of_two_sources_that_list_the_same(web: Site, tmp_path: Path) -> None:
    text = "Ủy ban xã Suối Mây cho biết trạm y tế mới sẽ mở cửa vào tháng sau để phục vụ bà con ba thôn vùng cao."
    for page in ("/a.html", "/b.html"):
        web.article(page, text, title="Trạm y tế mới")
    web.feed("/a.html", "/b.html")
    web.feed("/b.html", path="/xa.rss")
    sources = [web.source(id="bao"), web.source(id="xa", url=f"{web.root}/xa.rss")]
    found = in_a_process(tmp_path, {"check": sources})
    assert [one["article"] for one in found] == [f"title of 13 letters, {len(text.split())} words, no date"] * 2


def test_a_check_says_where_an_address_has_moved_for_good(web: Site, tmp_path: Path) -> None:
    web.feed(path="/moi.rss")
    web.routes |= {
        path: Answer(status=status, headers={"Location": there})
        for path, status, there in [
            ("/cu.rss", 301, "/giua.rss"), ("/giua.rss", 308, "/nay.rss"), ("/nay.rss", 302, "/moi.rss"),
            ("/tam.rss", 302, "/cu.rss"),
        ]
    }  # fmt: skip
    sources = [web.source(id=name, url=f"{web.root}/{name}.rss") for name in ("cu", "tam", "moi")]
    found = in_a_process(tmp_path, {"check": sources})
    assert [one["ok"] for one in found] == [True] * 3
    said = [one["advice"].partition("It has moved")[2] for one in found]
    assert said == [f" for good: make {web.root}/nay.rss the `url` of its entry.", "", ""]


def test_a_check_of_a_source_with_leave_that_leads_to_another_private_host_names_the_way(web: Site, tmp_path: Path):
    web.routes["/cu.rss"] = Answer(status=301, headers={"Location": "http://127.0.1.9:1/moi.rss"})
    (found,) = in_a_process(tmp_path, {"check": [web.source(id="cu", url=f"{web.root}/cu.rss")]})
    assert (found["status"], found["advice"]) == ("private_address", LED)


def test_a_check_tells_a_post_of_an_api_whose_list_holds_them_whole(web: Site, tmp_path: Path) -> None:
    post = {"id": "9", "url": f"{web.root}/@bao/9", "created_at": "2026-01-02T08:00:00Z", "visibility": "public",
            "content": "<p>Trạm y tế mới của xã Suối Mây sẽ mở cửa vào tháng sau.</p>"}  # fmt: skip
    web.routes["/api/v1/accounts/lookup"] = Answer(b'{"id": "7", "acct": "bao"}')
    web.routes["/api/v1/accounts/7/statuses"] = Answer(json.dumps([post]).encode())
    (found,) = in_a_process(tmp_path, {"check": [web.source(kind="mastodon", url=f"{web.root}/@bao")]})
    assert (found["ok"], found["article"]) == (True, "title of 0 letters, 14 words, dated 2026-01-02")


def test_a_check_names_the_robots_txt_that_keeps_us_away(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html")
    web.routes["/robots.txt"] = Answer(b"", 500)
    (found,) = in_a_process(tmp_path, {"check": [web.source()]})
    assert (found["status"], found["detail"]) == ("server_error", "robots.txt answers 500")


def test_a_robots_txt_that_is_broken_is_what_the_advice_is_about(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html")
    web.routes["/robots.txt"] = Answer(gzip.compress(b"\n" * 40_000_000), headers={"Content-Encoding": "gzip"})
    (found,) = in_a_process(tmp_path, {"check": [web.source()]})
    assert (found["status"], found["detail"]) == ("too_large", "robots.txt: it unpacks to more than 10 MB")
    assert found["advice"].startswith("Its robots.txt can't be read, so we stay away")
    said = in_a_process(tmp_path, {"find": f"{web.root}/rss"})["error"]
    assert said.endswith(f"robots.txt: it unpacks to more than 10 MB. {found['advice']}")


def test_a_check_of_an_index_of_sitemaps_tells_what_came_of_one_of_them(web: Site, tmp_path: Path) -> None:
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{}</loc></sitemap></sitemapindex>'
    web.routes["/sitemap.xml"] = Answer(index.format(f"{web.root}/thang-11.xml").encode())
    (found,) = in_a_process(tmp_path, {"check": [web.source(kind="sitemap", url=f"{web.root}/sitemap.xml")]})
    assert (found["ok"], found["advice"], found["article"]) == (True, "", "gone: HTTP 404")


def test_a_check_keeps_to_what_hosts_asked_for_and_asks_once(web: Site, tmp_path: Path) -> None:
    with site("127.0.0.2") as paused, closing(open_store(tmp_path / "soi.db")) as db:
        fetches.pause(db, paused.host, (datetime.now(UTC) + timedelta(hours=1)).isoformat())
        fetches.keep_robots(db, Robots(web.root, 200, "User-agent: *\nDisallow: /no", datetime.now(UTC).isoformat()))
        web.routes |= {"/down": Answer(b"", 500), "/later": Answer(b"", 429, {"Retry-After": "3600"})}
        sources = [web.source(id=name, url=f"{web.root}/{name}") for name in ("down", "no", "later")]
        task = {"check": [*sources, paused.source(id="paused")], "db": str(tmp_path / "soi.db")}
        found = {one["source_id"]: one["status"] for one in in_a_process(tmp_path, task)}
        assert found == {"down": "server_error", "no": "robots", "later": "throttled", "paused": "throttled"}
        assert (web.paths(robots=True), paused.hits) == (["/down", "/later"], [])
        assert fetches.paused_until(db, web.host) > datetime.now(UTC).isoformat()  # a crawl after it keeps to it too
        assert db.conn.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_a_check_looks_where_an_address_only_leads_to(web: Site, tmp_path: Path) -> None:
    web.routes |= {
        "/latest": front('<meta name="generator" content="Discourse 3.2">'),
        "/latest.json": Answer(b"", 403),
        "/api/v1/accounts/lookup": Answer(b'{"id": "5", "acct": "tram"}'),
        "/api/v1/accounts/5/statuses": Answer(b'[{"id": "1", "visibility": "public", "content": "<p>x</p>"}]'),
    }
    sources = [web.source(id="f", kind="forum", url=f"{web.root}/latest")]
    sources += [web.source(id="m", kind="mastodon", url=f"{web.root}/@tram")]
    found = {one["source_id"]: (one["status"], one["ok"]) for one in in_a_process(tmp_path, {"check": sources})}
    assert found == {"f": ("blocked", False), "m": ("new", True)}
    assert len(web.paths()) == 4


def test_a_search_keeps_to_what_hosts_asked_for_and_ends_where_one_asks_for_time(web: Site, tmp_path: Path) -> None:
    task = {"find": web.root, "db": str(tmp_path / "soi.db")}
    web.routes |= {"/": front(body="<p>Xin chào</p>"), "/feed": Answer(b"", 429, {"Retry-After": "3600"})}
    with closing(open_store(tmp_path / "soi.db")) as db:
        assert "come back later" in in_a_process(tmp_path, task)["error"]
        assert web.paths() == ["/", "/rss", "/feed"]
        assert fetches.paused_until(db, web.host) > (datetime.now(UTC) + timedelta(minutes=50)).isoformat()
        web.hits.clear()
        assert "come back later" in in_a_process(tmp_path, task)["error"]
        assert web.hits == []


def test_a_search_leaves_the_turn_of_its_host_behind(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html")
    with closing(open_store(tmp_path / "soi.db")) as db:
        # a turn so long that a slow machine ends the search within it
        assert in_a_process(tmp_path, {"find": f"{web.root}/rss", "db": str(tmp_path / "soi.db"), "delay": 2})
        assert fetches.paused_until(db, web.host)


def test_a_check_that_is_interrupted_says_what_was_not_asked(web: Site, tmp_path: Path) -> None:
    over = threading.Event()
    web.feed("/a.html")
    web.routes["/slow"] = lambda: over.wait(60) and Answer()
    sources = [web.source(id="slow", url=f"{web.root}/slow"), web.source(id="next", url=f"{web.root}/rss")]
    (tmp_path / "sources.toml").write_text("\n".join(entry(Source(**one)) for one in sources), encoding="utf-8")
    environment = {**os.environ, "SOI_HOME": str(tmp_path), "COLUMNS": "200"}
    command = [sys.executable, "-m", "soi", "sources", "check"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        while "/slow" not in web.paths() and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        over.set()
        said = process.communicate(timeout=60)[0]
    assert "not asked" in said
    assert "itself failed" not in said


def test_a_search_that_is_interrupted_ends_as_any_command_does(web: Site, tmp_path: Path) -> None:
    over = threading.Event()
    web.routes["/"] = lambda: over.wait(60) and Answer()
    (tmp_path / "sources.toml").touch()
    command = [sys.executable, "-m", "soi", "sources", "add", web.root, "--yes", "--allow-private"]
    environment = {**os.environ, "SOI_HOME": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while "/" not in web.paths() and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        over.set()
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said) == (130, "Stopped.\n")


@pytest.mark.parametrize("words", [["check"], ["add", "http://127.0.0.1:1/", "--allow-private", "--yes"]])
def test_nothing_is_asked_beside_a_crawl(tmp_path: Path, words: list[str]) -> None:
    home = Home(tmp_path)
    (tmp_path / "sources.toml").write_text(entry(Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True)))
    with alone(home, "crawl"):
        done = typed_apart(tmp_path, "sources", *words)
    assert (done.returncode, "a crawl is under way" in done.stderr) == (75, True)
    assert "written into sources.toml by hand" in done.stderr  # `soi run` is seldom without a crawl


@pytest.mark.parametrize("contact", ["", "ops@ngo.example"])
def test_an_address_that_is_private_by_number_is_told_as_that_at_once(tmp_path: Path, contact: str) -> None:
    (tmp_path / "soi.toml").write_text(f'[crawl]\ncontact = "{contact}"\n')
    (tmp_path / "sources.toml").write_text(entry(Source("a", "A", "feed", "http://127.0.0.2:1/rss")))
    said = typed_apart(tmp_path, "sources", "check")  # in a table, which folds
    assert ("allow_private" in said.stdout, "taken" in said.stdout, said.stderr) == (True, False, "")
    added = typed_apart(tmp_path, "sources", "add", "http://127.0.0.3:1/rss", "--yes").stderr
    assert ("is a private address" in added, "--allow-private" in added) == (True, True)


def test_a_source_is_told_of_those_that_take_the_same_hosts_pages_for_something_else() -> None:
    news = Source("tin", "Tin", "feed", "https://bao.example/rss")
    others = [
        replace(news, id="nen", url="https://bao.example/nen.rss", use="evidence"),
        replace(news, id="kiem-chung", kind="factcheck"),
        replace(news, id="muc", kind="listing"),
        replace(news, id="tat", use="evidence", off=True),
        replace(news, id="noi-khac", url="https://khac.example/rss", use="evidence"),
    ]
    assert read_otherwise(news, [news, *others]) == ["nen", "kiem-chung"]


def test_a_crawl_of_a_source_that_is_off_is_refused(tmp_path: Path) -> None:
    text = entry(Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True, off=True))
    (tmp_path / "sources.toml").write_text(text)
    done = typed_apart(tmp_path, "crawl", "a")
    assert (done.returncode, "`soi sources off a --on`" in done.stderr) == (2, True)


def test_a_crawl_that_nobody_watches_says_of_each_source_when_it_is_through(web: Site, tmp_path: Path) -> None:
    web.feed(path="/mot.rss")
    web.feed(path="/hai.rss")
    one = Source("mot", "Một", "feed", f"{web.root}/mot.rss", allow_private=True, delay=0)
    (tmp_path / "sources.toml").write_text(entry(one) + entry(replace(one, id="hai", url=f"{web.root}/hai.rss")))
    done = typed_apart(tmp_path, "crawl")
    told = sorted(line for line in done.stderr.splitlines() if line.startswith("Crawled"))
    assert (done.returncode, told) == (0, ["Crawled hai: 1 page asked for", "Crawled mot: 1 page asked for"])


def test_a_check_asks_those_that_are_on_and_one_that_is_off_by_its_id(web: Site, tmp_path: Path) -> None:
    web.feed(path="/bat.rss")
    web.feed(path="/tat.rss")
    one = Source("bat", "Bật", "feed", f"{web.root}/bat.rss", allow_private=True, delay=0)
    other = replace(one, id="tat", url=f"{web.root}/tat.rss", off=True)
    (tmp_path / "sources.toml").write_text(entry(one) + entry(other))
    assert typed_apart(tmp_path, "sources", "check").returncode == 0
    assert web.paths() == ["/bat.rss"]
    typed_apart(tmp_path, "sources", "check", "tat")
    assert web.paths() == ["/bat.rss", "/tat.rss"]
    (tmp_path / "sources.toml").write_text(entry(other))
    assert "no source is on" in typed_apart(tmp_path, "sources", "check").stderr


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://t.me/kenh", "telegram"),
        ("https://t.me/s/kenh", "telegram"),
        ("https://bsky.app/profile/a.b", "bluesky"),
        ("https://bsky.app/search?q=x", "bluesky"),
        ("https://t.me/", ""),
        ("https://vnexpress.net/", ""),
    ],
)
def test_some_addresses_give_their_kind_away(url: str, kind: str) -> None:
    assert by_address(url) == kind


def test_feeds_of_comments_come_last() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    body = f"<html><head>{link.format('/comments/feed')}{link.format('/feed')}</head><body></body></html>".encode()
    assert look(Page("http://a.test/", "text/html", body)).declared == (
        "http://a.test/feed",
        "http://a.test/comments/feed",
    )


def test_every_outcome_that_can_end_a_check_has_its_advice() -> None:
    fine = {Outcome.LISTED, Outcome.NEW, Outcome.EDITED, Outcome.KNOWN, Outcome.UNCHANGED}
    items_only = {Outcome.NOT_VIETNAMESE, Outcome.UNREADABLE}
    assert set(Outcome) - fine - items_only == set(ADVICE)


def test_a_second_feed_of_a_host_is_added_with_what_was_typed(web: Site, tmp_path: Path) -> None:
    web.feed("/a.html", path="/tin.rss")
    web.feed("/b.html", path="/the-gioi.rss")
    (tmp_path / "soi.toml").touch()
    (tmp_path / "sources.toml").touch()

    def add(path: str, *words: str, ok: int = 0) -> str:
        done = typed_apart(tmp_path, "sources", "add", web.root + path, "--yes", "--allow-private", *words)
        assert done.returncode == ok, done.stderr
        return done.stdout + done.stderr

    assert "taken as party" in add("/tin.rss")
    assert "is there already, as 127-0-0-1" in add("/tin.rss", ok=2)
    assert "role" in add("/the-gioi.rss", "--role", "gov", ok=2)
    words = ("--role", "independent", "--name", "Thế giới", "--every", "2h", "--use", "evidence")
    said = add("/the-gioi.rss", *words)
    assert ("taken as party" in said, "127-0-0-1 reads the same site for something else" in said) == (False, True)
    first, second = load(tmp_path / "sources.toml")
    assert (first.id, first.role, first.use) == ("127-0-0-1", "party", "watch")
    assert (second.id, second.role, second.use) == ("127-0-0-1-the-gioi", "independent", "evidence")
    assert (second.name, second.every) == ("Thế giới", 120)
