"""Crawls of a small site on loopback, with the real spider and the real store."""

import contextlib
import gzip
import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
import threading
import time
import zlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import brotli
import crawl_once
import pytest
from filled import damage
from scrapy.utils._compression import zstd
from small_site import Answer, Site, crawl, forked, site, start_crawl

from crawlers import run
from crawlers.failures import GATE, LOGIN, retry_after, until_reset
from crawlers.items import Post, Robots, Settled, Taken
from crawlers.memory import MemoryIntake
from crawlers.settings import BODY_SIZE, ROBOTS_SIZE
from crawlers.sources import Source
from crawlers.unpacking import TooMuch, unpacked
from pipeline.operations.watch_sources import look_at_sources
from pipeline.records import PassageRow, later
from pipeline.store import evidence, fetches, open_store

TEXT = "Ủy ban xã cho biết trẻ em dưới sáu tuổi trên địa bàn được khám bệnh miễn phí tại trạm y tế"


@pytest.fixture
def db(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty, tmp_path))


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(db) as connection:
        return connection.execute(query).fetchall()


def change(db: Path, command: str) -> None:
    with sqlite3.connect(db) as connection:
        connection.execute(command)


def make_due(db: Path) -> None:
    """Let time pass for every page that is to be read again."""
    change(db, "UPDATE fetches SET next_visit = '2020-01-01T00:00:00.000Z' WHERE next_visit <> ''")


def test_what_crawls_are_forked_from_has_imported_what_they_need() -> None:
    """Else it is silent, and costs these tests minutes."""
    process = forked().Process(target=exec, args=("import sys; sys.exit('scrapy.crawler' not in sys.modules)",))
    process.start()
    process.join(60)
    assert process.exitcode == 0


def test_a_second_run_fetches_nothing_that_has_not_changed(web: Site, db: Path) -> None:
    for n in range(5):
        web.article(f"/bai-{n}.html", f"{TEXT} số {n}.")
    web.feed(*(f"/bai-{n}.html?utm_source=rss" for n in range(5)), "file:///etc/passwd", tag='"v1"')
    report = crawl(db, [web.source()])
    assert report["counts"] == {"listed": 1, "new": 5, "bad_link": 1}
    assert sorted(web.paths()) == sorted(["/rss", *(f"/bai-{n}.html" for n in range(5))])
    web.hits.clear()
    assert crawl(db, [web.source()])["counts"] == {"unchanged": 1}
    assert [(path, headers.get("If-None-Match")) for _, path, headers in web.hits] == [("/rss", '"v1"')]
    web.feed(*(f"/bai-{n}.html" for n in range(5)), "/bai-5.html")
    web.article("/bai-5.html", f"{TEXT}, bài mới.")
    web.hits.clear()
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "known": 5, "new": 1}
    assert sorted(web.paths(robots=True)) == ["/bai-5.html", "/rss"]  # robots.txt is good for a day
    assert rows(db, "SELECT count(*), count(DISTINCT url) FROM posts") == [(6, 6)]


def test_edits_become_versions_and_a_page_missed_twice_is_gone(web: Site, db: Path) -> None:
    web.article("/a.html", f"{TEXT}.")
    web.article("/b.html", f"{TEXT}, trừ ngày lễ.")
    web.feed("/a.html", "/b.html")
    crawl(db, [web.source()])
    make_due(db)
    web.article("/a.html", f"{TEXT}. Đính chính: dưới bảy tuổi.")
    del web.routes["/b.html"]
    before = rows(db, "SELECT interval_s FROM sources")
    assert crawl(db, [web.source()])["counts"] == {"unchanged": 1, "edited": 1, "gone": 1}
    assert rows(db, "SELECT interval_s FROM sources") == [(before[0][0] * 11 // 10,)]  # the feed alone sets the rhythm
    assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == []
    make_due(db)
    assert crawl(db, [web.source()])["counts"] == {"unchanged": 2, "gone": 1}
    assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == [(f"{web.root}/b.html",)]
    assert rows(db, "SELECT count(*) FROM versions v JOIN posts p ON p.id = v.post_id WHERE url LIKE '%/a.html'") == [
        (2,)
    ]


def test_an_article_that_was_away_and_is_back_is_gone_no_more(web: Site, db: Path) -> None:
    web.article("/a.html", f"{TEXT}.")
    kept = web.routes["/a.html"]
    for revisited in (True, False):  # by its own days, and because its list names it
        web.feed("/a.html")
        crawl(db, [web.source()])
        web.routes["/a.html"] = Answer(b"?", 404)
        for _ in range(2):
            make_due(db)
            crawl(db, [web.source()])
        assert rows(db, "SELECT gone FROM current_posts") == [(1,)]
        web.routes["/a.html"] = kept
        if revisited:
            make_due(db)
        else:
            change(db, "UPDATE fetches SET next_visit = '' WHERE step = 'page'")
            web.feed("/a.html", "/b.html")
            assert crawl(db, [web.source()])["counts"] == {"listed": 1, "known": 1, "gone": 1}
            change(db, "UPDATE fetches SET fetched_at = date('now', '-2 days') WHERE url LIKE '%/a.html'")
            web.feed("/a.html", "/c.html")
        crawl(db, [web.source()])
        assert rows(db, "SELECT gone FROM current_posts") == [(0,)]


def test_an_article_that_leads_to_the_front_page_is_gone_and_the_front_page_is_no_post(web: Site, db: Path) -> None:
    web.article("/", f"{TEXT}, trang nhất.")
    web.article("/a.html", f"{TEXT}.")
    web.feed("/a.html", "/b.html", "/")
    web.routes["/b.html"] = Answer(status=302, headers={"Location": "/"})
    # one that is listed itself is read as any page
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 2, "gone": 1}
    web.routes["/a.html"] = Answer(status=301, headers={"Location": "/index.html"})
    web.article("/index.html", f"{TEXT}, trang nhất.")
    for _ in range(2):
        assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == []
        make_due(db)
        crawl(db, [web.source()])
    assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == [(f"{web.root}/a.html",)]
    assert rows(db, "SELECT count(*) FROM posts") == [(2,)]


def test_what_a_site_took_away_keeps_its_words_and_a_section_is_no_post(web: Site, db: Path) -> None:
    pages = ("/a-1000.html", "/b-1000.html", "/bao-cao-1001.html")
    for path in pages:
        web.article(path, f"{TEXT}, ở {path}.")
    web.feed(*pages[:2])
    web.feed(pages[2], path="/evidence")
    sources = [web.source(), web.source(id="so", url=f"{web.root}/evidence", use="evidence")]
    assert crawl(db, sources)["counts"] == {"listed": 2, "new": 3}
    heads = "".join(
        f'<h3><a href="/tin-{n}.html">Người dân xã {n} được khám bệnh</a></h3><p>{TEXT}</p>' for n in range(9)
    )
    web.article("/thoi-su", heads, title="Thời sự")
    web.routes["/a-1000.html"] = Answer(status=302, headers={"Location": "/thoi-su"})
    for path in pages[1:]:
        web.article(path, "Rất tiếc, trang bạn tìm không tồn tại hoặc đã bị gỡ bỏ.", title="404 - Không tìm thấy trang")
    for _ in range(2):
        assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == []
        make_due(db)
        assert crawl(db, sources)["counts"] == {"unchanged": 2, "gone": 3}
    assert rows(db, "SELECT gone, text LIKE '%khám bệnh%' FROM current_posts") == [(1, 1)] * 2
    assert rows(db, "SELECT text LIKE '%khám bệnh%' FROM passages WHERE source_id = 'so'") == [(1,)]


def test_a_notice_in_place_of_pages_is_nothing_that_they_say(web: Site, db: Path) -> None:
    pages, more = [f"/bai-{n}.html" for n in range(3)], ["/moi-3.html", "/moi-4.html"]
    titles = {path: f"Trạm y tế xã số {n} mở cửa cả ngày thứ bảy" for n, path in enumerate([*pages, *more])}

    def put(*paths: str) -> None:
        for path in paths:
            web.article(path, f"{TEXT}, tin của {path}.", title=titles[path])

    def feed(*paths: str) -> Answer:
        items = "".join(f"<item><title>{titles[p]}</title><link>{web.root}{p}</link></item>" for p in paths)
        return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())

    def notice(*paths: str, also: str = "") -> None:
        words = "Máy chủ đang được nâng cấp, mời bạn đọc quay lại sau ít phút nữa. Xin cảm ơn. Yêu cầu số"
        for path in paths:
            web.article(path, f"{words} {next(number)}. {also}", title="Bảo trì hệ thống")

    number = count(1)
    put(*pages)
    web.routes |= {"/rss": feed(*pages[:2]), "/so": feed(pages[2])}
    sources = [web.source(), web.source(id="so", url=f"{web.root}/so", use="evidence")]
    crawl(db, sources)
    kept = "SELECT (SELECT count(*) FROM versions WHERE title LIKE 'Trạm%'), (SELECT count(*) FROM versions),"
    kept += " (SELECT count(*) FROM passages WHERE text LIKE 'Ủy ban%')"
    assert rows(db, kept) == [(2, 2, 1)]
    # at the last look of all, too; what is new says nothing of what its list calls it
    change(db, f"UPDATE fetches SET visits = 5, first_at = '{later(hours=-200)}' WHERE step = 'page'")
    web.routes["/rss"] = feed(*pages[:2], *more)
    for n in range(3):
        make_due(db)
        if n == 2:  # one has something in it that is never the same
            notice(pages[0], also="Mã QL.")
        else:
            notice(*pages, *more)
        counts = crawl(db, sources)["counts"]
        assert (counts["empty"], counts.keys() & {"new", "edited", "gone"}) == (5, set())
        assert rows(db, kept) == [(2, 2, 1)]
        waiting = "SELECT sum(julianday(next_visit) > julianday('now', '+50 minutes')), count(*) FROM fetches"
        assert rows(db, f"{waiting} WHERE step = 'page' AND visits = 5 AND next_visit <> ''") == [(3, 3)]
    # as an outage of days would
    change(db, f"UPDATE fetches SET failures = 30, unconditional_at = '{later(hours=-99)}' WHERE step = 'page'")
    make_due(db)
    notice(pages[0], also="Mã LQ.")
    assert "edited" not in crawl(db, sources)["counts"]
    assert rows(db, "SELECT count(*) FROM fetches WHERE step = 'page' AND next_visit <> ''") == [(5,)]
    put(*pages, *more)
    make_due(db)
    assert crawl(db, sources)["counts"] == {"unchanged": 2, "known": 3, "new": 2}
    assert rows(db, kept) == [(4, 4, 1)]


def test_what_one_page_alone_says_for_a_day_is_what_it_says_now(web: Site, db: Path) -> None:
    for n in range(2):
        web.article(f"/bai-{n}.html", f"{TEXT}, tin số {n}.", title=f"Tin của trạm y tế xã số {n}")
    web.feed("/bai-0.html", "/bai-1.html")
    crawl(db, [web.source()])
    web.article("/bai-0.html", "Chợ phiên dời sang sân kho. Mời bà con đến sớm cho mát.", title="Lời nhắn cuối tuần")
    web.article("/bai-1.html", f"{TEXT}, tin số 1. Bản tin đã được sửa.", title="Cáo lỗi vì bản tin hôm qua")
    said = []
    for hours in (0, 19, 21):
        make_due(db)
        since = f"unconditional_at = '{later(hours=-hours)}', failures = 12"  # as after an outage
        change(db, f"UPDATE fetches SET {since} WHERE outcome = 'empty'")
        said.append({word: n for word, n in crawl(db, [web.source()])["counts"].items() if word in ("empty", "edited")})
    assert said == [{"empty": 1, "edited": 1}, {"empty": 1}, {"edited": 1}]


def test_a_new_page_that_says_something_else_at_each_look_is_read_after_three_days(web: Site, db: Path) -> None:
    title = "Trạm y tế xã mở cửa cả ngày thứ bảy"
    items = "".join(f"<item><title>{title}</title><link>{web.root}/{n}.html</link></item>" for n in range(3))
    web.routes["/rss"] = Answer(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    said = []
    for days, words in enumerate(("Chợ phiên dời", "Mưa lớn về", "Lúa đã gặt", "Cầu treo xong", "Đò ngang nghỉ")):
        for path in ("/0.html", "/1.html", "/2.html"):
            web.article(path, f"{words} từ sáng sớm. Mời bà con nhớ cho và báo lại nhau một tiếng.", title=words)
        if days == 4:  # the works are over
            for path in ("/1.html", "/2.html"):
                web.article(path, f"{TEXT}, tin của {path}.", title=title)
        make_due(db)
        change(db, f"UPDATE fetches SET first_at = '{later(days=-days)}' WHERE step = 'page'")
        counts = crawl(db, [web.source()])["counts"]
        said.append((counts.get("empty", 0), counts.get("new", 0)))
    assert said == [(3, 0), (3, 0), (3, 0), (3, 0), (1, 2)]
    make_due(db)
    assert crawl(db, [web.source()])["counts"].get("new") == 1


def test_a_fact_that_names_a_page_is_not_what_that_said_before(web: Site, db: Path) -> None:
    web.article("/so-1.html", f"{TEXT}.", title="Khám bệnh cho trẻ em")
    with contextlib.closing(open_store(db)) as store:
        fact = "Luật định mức chi của quỹ bảo hiểm."
        evidence.put_passages(store, [PassageRow("fact:a", fact, "Luật", "primary", url=f"{web.root}/so-1.html")])
    locations = f"<url><loc>{web.root}/so-1.html</loc></url>"
    web.routes["/map.xml"] = Answer(f"<urlset>{locations}</urlset>".encode())
    source = web.source(id="so", kind="sitemap", url=f"{web.root}/map.xml", use="evidence")
    assert crawl(db, [source])["counts"] == {"listed": 1, "new": 1}


def test_what_is_taken_back_or_away_or_another_article_is_no_notice(web: Site, db: Path) -> None:
    pages = [f"/bai-{n}.html" for n in range(6)]
    for n, path in enumerate(pages):
        web.article(path, f"{TEXT}, tin số {n}.", title=f"Tin của trạm y tế xã số {n}")
    web.feed(*pages[:5])
    web.feed(pages[5], path="/so")
    sources = [web.source(), web.source(id="so", url=f"{web.root}/so", use="evidence")]
    crawl(db, sources)
    for path in (*pages[:2], pages[5]):  # in the same words
        web.article(path, "Bản tin ở đây sai sự thật. Mong bạn đọc lượng thứ.", title="Cáo lỗi cùng bạn đọc")
    for path in pages[2:4]:
        web.article(path, "Bài viết này đã được gỡ theo yêu cầu của người trong ảnh.", title="Thông báo")
    web.article(pages[4], " ".join(f"Đoạn {n} kể chợ phiên dời sang sân kho." for n in range(20)), title="Chợ phiên")
    make_due(db)
    assert crawl(db, sources)["counts"] == {"unchanged": 2, "edited": 4, "gone": 2}
    make_due(db)
    assert crawl(db, sources)["counts"]["gone"] == 2
    assert rows(db, "SELECT count(*) FROM current_posts WHERE gone = 1 AND text LIKE 'Ủy ban%'") == [(2,)]


def test_a_notice_is_not_asked_for_at_each_look_of_a_list_that_calls_its_page_changed(web: Site, db: Path) -> None:
    def feed(day: int) -> Answer:
        updated = f"<published>2026-11-01T00:00:00Z</published><updated>2026-11-0{day}T00:00:00Z</updated>"
        entry = f'<title>Tin của trạm y tế</title><link href="{web.root}/a.html"/><id>a</id>{updated}'
        return Answer(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'.encode())

    web.article("/a.html", f"{TEXT}.", title="Tin của trạm y tế")
    web.routes["/rss"] = feed(1)
    crawl(db, [web.source()])
    web.article("/a.html", "Máy chủ đang được nâng cấp, mời bạn đọc quay lại sau.", title="Bảo trì hệ thống")
    asked = []
    for day in (2, 3, 4):
        web.routes["/rss"] = feed(day)
        asked.append(crawl(db, [web.source()])["counts"])
    assert asked == [{"listed": 1, "empty": 1}, *[{"listed": 1, "known": 1}] * 2]
    assert rows(db, "SELECT failures FROM fetches WHERE step = 'page'") == [(1,)]
    make_due(db)
    assert crawl(db, [web.source()])["counts"]["empty"] == 1


def test_what_leads_to_a_login_or_a_consent_is_blocked_and_these_are_no_posts(web: Site, db: Path) -> None:
    logins = ("/dang-nhap?next=%2F1", "/tai-khoan/Login.aspx", "/user/sso/", "/users/sign_in", "/Account/LogOn",
              "/member.php?action=login")  # fmt: skip
    for n, login in enumerate(logins):
        web.article(login, f"{TEXT}, xin đăng nhập.")
        web.routes[f"/{n}.html"] = Answer(status=302, headers={"Location": login})
    web.article("/dang-nhap-7.html", f"{TEXT}.")
    web.routes["/6.html"] = Answer(status=302, headers={"Location": "/dang-nhap-7.html"})
    web.article("/blog/sso/8.html", f"{TEXT}, lần hai.")
    gates = ("/dong-y?ve=%2Ftin%2F9.html", f"/consent?lang=vi&return={web.root}/tin/10.html")
    for n, gate in enumerate(gates, start=9):
        web.article(gate, f"{TEXT}, chúng tôi dùng cookie.")
        web.routes[f"/tin/{n}.html"] = Answer(status=302, headers={"Location": gate})
    web.article("/xem?id=11.html", f"{TEXT}, lần ba.")  # where the site has it now
    web.routes["/11.html"] = Answer(status=301, headers={"Location": "/xem?id=11.html"})
    for n, status in ((12, 404), (13, 200)):  # where it says that nothing is there
        lost = f"/loi.aspx?aspxerrorpath=%2Ftin%2F{n}.html"
        web.article(lost, "Rất tiếc, trang bạn tìm không tồn tại hoặc đã bị gỡ bỏ.", title="Báo lỗi")
        web.routes[lost].status = status
        web.routes[f"/tin/{n}.html"] = Answer(status=302, headers={"Location": lost})
    listed = [f"/{n}.html" for n in (*range(7), 11)] + [f"/tin/{n}.html" for n in (9, 10, 12, 13)]
    web.feed(*listed, "/blog/sso/8.html")
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "blocked": 8, "new": 3, "gone": 2}
    kept = [(f"{web.root}{path}",) for path in ("/blog/sso/8.html", "/dang-nhap-7.html", "/xem?id=11.html")]
    assert rows(db, "SELECT url FROM posts ORDER BY url") == kept
    details = "SELECT detail, count(*) FROM fetches WHERE outcome = 'blocked' GROUP BY 1 ORDER BY 2"
    assert rows(db, details) == [(GATE, 2), (LOGIN, 6)]
    web.routes["/rss"] = Answer(status=302, headers={"Location": "/user/sso/"})
    make_due(db)
    crawl(db, [web.source()])
    assert rows(db, "SELECT health FROM sources") == [("blocked",)]


@pytest.mark.parametrize("answer", [
    Answer(b"", 429), Answer(b"<p>Xin cho trong giay lat.</p>", 429, {"Retry-After": "3600"}), Answer(b"", 401),
    *(Answer(status=302, headers={"Location": login}) for login in (
        "/dang-nhap?next=%2Fbai.html", "/cas/login;jsessionid=3", "/oauth2/authorize", "/thanh-vien/dang-ky",
        "/session/new", "/?login=1")),
])  # fmt: skip
def test_a_text_that_is_held_stays_where_its_page_asks_to_wait_or_who_one_is(
    web: Site, db: Path, answer: Answer
) -> None:
    web.article(answer.headers.get("Location", "/khong-dung"), f"{TEXT}, xin đăng nhập.")
    web.article("/bai.html", TEXT)
    web.feed("/bai.html")
    assert crawl(db, [web.source()])["counts"]["new"] == 1
    before = rows(db, "SELECT id, text, gone FROM versions")
    web.routes["/bai.html"] = answer
    for _ in range(3):
        with sqlite3.connect(db) as connection:
            connection.execute("DELETE FROM hosts")
        make_due(db)
        web.hits.clear()
        crawl(db, [web.source()])
        assert "/bai.html" in web.paths()
    assert rows(db, "SELECT id, text, gone FROM versions") == before


def test_a_login_is_blocked_whatever_it_answers(web: Site, db: Path) -> None:
    web.article("/a.html", f"{TEXT}.")
    web.feed("/a.html")
    crawl(db, [web.source()])
    web.routes["/login"] = web.routes["/rss"]
    web.routes["/rss"] = Answer(status=302, headers={"Location": "/login"})
    web.routes["/a.html"] = Answer(status=302, headers={"Location": "/dang-nhap"})  # which isn't there
    for _ in range(2):
        make_due(db)
        assert crawl(db, [web.source()])["counts"] == {"blocked": 2}
    assert rows(db, "SELECT gone FROM current_posts") == [(0,)]


def test_a_correction_of_one_article_at_two_addresses_is_kept_for_both(web: Site, db: Path) -> None:
    pages = ["/tin.html", "/goc-nhin/tin.html"]
    for text in (TEXT, f"{TEXT} Bản tin đã được đính chính: bệnh viện không thu thêm phí."):
        for page in pages:
            web.article(page, text)
        web.feed(*pages)
        make_due(db)
        counts = crawl(db, [web.source()])["counts"]
    assert counts == {"unchanged": 1, "edited": 2}
    assert rows(db, "SELECT count(*) FROM current_posts WHERE text LIKE '%đính chính%'") == [(2,)]


def test_a_sitemap_dated_by_its_day_is_read_again_on_that_day(web: Site, db: Path) -> None:
    def sitemap(path: str, root: str, entry: str, *addresses: str, dated: str = "") -> None:
        listed = "".join(f"<{entry}><loc>{web.root}{one}</loc>{dated}</{entry}>" for one in addresses)
        body = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'.encode()
        web.routes[path] = Answer(body, headers={"Content-Type": "application/xml"}, tag=f'"{len(body)}"')

    for n in range(3):
        web.article(f"/bai-{n}.html", f"{TEXT} số {n}.")
    sitemap("/sitemap.xml", "sitemapindex", "sitemap", "/ngay.xml", dated="<lastmod>2026-11-26</lastmod>")
    sitemap("/ngay.xml", "urlset", "url", "/bai-0.html", "/bai-1.html")
    source = web.source(kind="sitemap", url=f"{web.root}/sitemap.xml")
    assert crawl(db, [source])["counts"] == {"listed": 2, "new": 2}
    assert crawl(db, [source])["counts"] == {"listed": 1, "unchanged": 1}
    sitemap("/ngay.xml", "urlset", "url", "/bai-0.html", "/bai-1.html", "/bai-2.html")
    assert crawl(db, [source])["counts"] == {"listed": 2, "known": 2, "new": 1}


def test_a_forum_post_that_vanishes_from_its_thread_is_gone_the_second_time(web: Site, db: Path) -> None:
    def thread(*numbers: int) -> Answer:
        posts = "".join(
            f'<article class="message--post" data-content="post-{n}"><div class="message-body"><div class="bbWrapper">'
            f"Theo mình biết thì trạm y tế xã vẫn khám miễn phí, bài số {n}.</div></div></article>"
            for n in numbers
        )
        head = '<html id="XF"><h1 class="p-title-value">Khám bệnh</h1>'
        return Answer(f"{head}{posts}</html>".encode(), headers={"Content-Type": "text/html"})

    row = (
        '<div class="structItem--thread"><div class="structItem-title"><a href="/t/kham.1/">Khám bệnh</a></div>'
        '<time class="structItem-latestDate" data-time="{}"></time></div>'
    )
    board = {"Content-Type": "text/html"}
    for stamp, shown, counts in (
        (1, (11, 12), {"listed": 1, "new": 2}),
        (2, (11, 13), {"listed": 1, "known": 1, "new": 1}),
        (3, (11, 13, 14), {"listed": 1, "known": 2, "new": 1}),
    ):
        web.routes["/f"] = Answer(f'<html id="XF">{row.format(stamp)}</html>'.encode(), headers=board)
        web.routes["/t/kham.1/"] = thread(*shown)
        assert crawl(db, [web.source(kind="forum", url=f"{web.root}/f")])["counts"] == counts
    assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == [(f"{web.root}/t/1/post-12",)]


def test_a_page_that_a_redirect_leads_to_counts_as_asked_for_without_conditions(web: Site, db: Path) -> None:
    web.routes["/rss"] = Answer(status=302, headers={"Location": f"{web.root}/moi"})
    web.article("/a.html", TEXT)
    web.article("/b.html", f"{TEXT}, lần hai")
    web.feed("/a.html", path="/moi", tag='"1"')
    crawl(db, [web.source()])
    change(db, f"UPDATE fetches SET unconditional_at = '{later(hours=-1)}'")
    web.feed("/a.html", "/b.html", path="/moi", tag='"2"')
    web.hits.clear()
    crawl(db, [web.source()])
    assert ["If-None-Match" in headers for _, path, headers in web.hits if path in ("/rss", "/moi")] == [True, False]
    asked = "SELECT julianday('now') - julianday(unconditional_at) < 0.02 FROM fetches WHERE url LIKE '%/rss'"
    assert rows(db, asked) == [(1,)]


def test_a_post_edited_into_another_language_or_a_photo_is_still_there(web: Site, db: Path) -> None:
    def preview(*texts: str) -> Answer:
        messages = "".join(
            f'<div class="tgme_widget_message" data-post="kenh/{n}"><div class="tgme_widget_message_text">{text}</div>'
            f'<a class="tgme_widget_message_date"><time datetime="2026-11-20T0{n}:00:00+00:00"></time></a></div>'
            for n, text in enumerate(texts, start=1)
            if text != "deleted"
        )
        return Answer(f"<html><body>{messages}</body></html>".encode(), headers={"Content-Type": "text/html"})

    english = "This post was wrong and has been corrected by the channel"
    for looks, texts in enumerate([(TEXT, TEXT, TEXT, TEXT, TEXT), *[(TEXT, english, "", "deleted", TEXT)] * 2]):
        web.routes["/s/kenh"] = preview(*texts[:-1], f"{TEXT}, lần {looks}")
        counts = crawl(db, [web.source(kind="telegram", url=f"{web.root}/kenh")])["counts"]
    assert counts == {"known": 1, "not_vietnamese": 1, "empty": 1, "edited": 1}
    assert rows(db, "SELECT url FROM current_posts WHERE gone = 1") == [(f"{web.root}/kenh/4",)]


@pytest.mark.parametrize("fault", [Answer(b"x", 500), Answer(b"", 429, {"Retry-After": "7200"}), Answer(b"", 404)])
def test_a_sitemap_that_an_index_names_with_its_hour_is_asked_again_where_it_failed(
    web: Site, db: Path, fault: Answer
) -> None:
    head = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    named = f"<sitemap><loc>{web.root}/thang.xml</loc><lastmod>2026-11-26T10:00:00+07:00</lastmod></sitemap>"
    web.routes |= {"/sitemap.xml": Answer(f"<sitemapindex {head}>{named}</sitemapindex>".encode()), "/thang.xml": fault}
    web.article("/bai.html", TEXT)
    source = web.source(kind="sitemap", url=f"{web.root}/sitemap.xml")
    assert "new" not in crawl(db, [source])["counts"]
    web.routes["/thang.xml"] = Answer(f"<urlset {head}><url><loc>{web.root}/bai.html</loc></url></urlset>".encode())
    with sqlite3.connect(db) as connection:
        connection.execute("DELETE FROM hosts")
    make_due(db)
    assert crawl(db, [source])["counts"] == {"unchanged": 1, "listed": 1, "new": 1}
    web.hits.clear()
    assert crawl(db, [source])["counts"] == {"unchanged": 1}
    assert web.paths() == ["/sitemap.xml"]


def test_robots_txt_is_obeyed_on_every_host_a_redirect_leads_to(web: Site, db: Path) -> None:
    with site("127.0.0.2") as other:
        web.routes["/robots.txt"] = Answer(
            b"User-agent: *\nDisallow: /noi-bo/\n\nUser-agent: SoiBot\nDisallow: /rieng/\n"
        )
        other.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
        other.article("/x.html", TEXT)
        web.article("/noi-bo/a.html", TEXT)
        web.article("/rieng/b.html", TEXT)
        web.routes["/sang.html"] = Answer(status=302, headers={"Location": f"{other.root}/x.html"})
        web.feed("/noi-bo/a.html", "/rieng/b.html", "/sang.html")
        report = crawl(db, [web.source()], public=True)
        assert report["counts"] == {"listed": 1, "new": 1, "robots": 2}  # the group for us outranks the one for all
        assert other.paths() == []
        assert "/rieng/b.html" not in web.paths()
        assert all("SoiBot/" in headers["User-Agent"] for _, _, headers in web.hits)


@pytest.mark.parametrize(("status", "counts"), [(503, {"server_error": 1}), (404, {"listed": 1, "new": 1})])
def test_an_unreachable_robots_txt_means_stay_away_and_a_missing_one_does_not(
    web: Site, db: Path, status: int, counts: dict[str, int]
) -> None:
    web.routes["/robots.txt"] = Answer(b"", status)
    web.article("/a.html", TEXT)
    web.feed("/a.html")
    report = crawl(db, [web.source()])
    assert report["counts"] == counts
    assert report["status"] == {"bao": "failing" if status == 503 else "ok"}


@pytest.mark.parametrize(("days", "counts"), [
    (2, {"listed": 1, "new": 1, "robots": 1}), (29, {"listed": 1, "new": 1, "robots": 1}), (31, {"server_error": 1}),
    (-300, {"server_error": 1}),
])  # fmt: skip
def test_an_old_robots_txt_holds_for_a_month_while_it_is_unreachable(
    web: Site, db: Path, days: int, counts: dict[str, int]
) -> None:
    web.routes["/robots.txt"] = Answer(b"", 500)
    web.article("/a.html", TEXT)
    web.feed("/a.html", "/rieng/b.html")
    with contextlib.closing(open_store(db)) as store:
        old = later(hours=-24 * days)
        fetches.keep_robots(store, Robots(web.root, 200, "User-agent: *\nDisallow: /rieng/\n", old))
    assert crawl(db, [web.source()])["counts"] == counts


def test_a_robots_txt_read_on_a_clock_that_was_ahead_is_asked_for_again(web: Site, db: Path) -> None:
    web.article("/a.html", TEXT)
    web.feed("/a.html")
    with contextlib.closing(open_store(db)) as store:
        fetches.keep_robots(store, Robots(web.root, 200, "User-agent: *\nAllow: /\n", later(hours=24 * 300)))
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
    assert crawl(db, [web.source()])["counts"] == {"robots": 1}
    assert web.paths(robots=True) == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("old", [True, False])
def test_a_pause_that_robots_txt_asks_for_is_kept(web: Site, db: Path, status: int, old: bool) -> None:
    web.routes["/robots.txt"] = Answer(b"", status, {"Retry-After": "7200"})
    web.feed("/a.html")
    with contextlib.closing(open_store(db)) as store:
        if old:  # a copy that still says what the host wants, though not that it wants it now
            fetches.keep_robots(store, Robots(web.root, 200, "", later(hours=-48)))
    crawl(db, [web.source()])
    assert rows(db, "SELECT julianday(paused_until) - julianday('now') BETWEEN 0.08 AND 0.09 FROM hosts") == [(1,)]
    assert crawl(db, [web.source()])["status"] == {"bao": "paused"}
    assert web.paths(robots=True) == ["/robots.txt"]


def test_all_pages_whose_robots_txt_leads_to_a_paused_host_wait_and_none_fails(web: Site, db: Path) -> None:
    with site("127.0.0.2") as other, contextlib.closing(open_store(db)) as store:
        web.routes["/robots.txt"] = Answer(status=302, headers={"Location": f"{other.root}/robots.txt"})
        fetches.pause(store, other.host, later(hours=2))
        web.feed("/a.html")
        report = crawl(db, [web.source(), web.source(id="hai", url=f"{web.root}/hai")])
        assert report["counts"] == {"throttled": 2}
        assert other.hits == []


def test_a_huge_robots_txt_is_cut_off_and_what_was_read_of_it_holds(web: Site, db: Path) -> None:
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a.html\n" + b"# " + b"x" * 11_000_000)
    web.article("/a.html", TEXT)
    web.article("/b.html", TEXT)
    web.feed("/a.html", "/b.html")
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1, "robots": 1}
    assert rows(db, "SELECT max(length(body)) <= 524288 FROM robots") == [(1,)]


def test_the_rule_that_a_huge_robots_txt_is_cut_off_in_is_none(web: Site, db: Path) -> None:
    head = b"User-agent: *\nDisallow: /a.html\n#"
    rule = b"\nDisallow: /khac.html"
    fill = ROBOTS_SIZE - len(head) - len(b"\nDisallow: /")  # the cut leaves "Disallow: /"
    web.routes["/robots.txt"] = Answer(head + b"x" * fill + rule * 20)
    web.article("/a.html", TEXT)
    web.article("/b.html", TEXT)
    web.feed("/a.html", "/b.html")
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1, "robots": 1}


def test_a_site_that_has_only_an_ipv6_address_is_read(db: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with site("::1") as web:
        web.article("/a.html", TEXT)
        web.feed("/a.html")
        assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1}
        assert crawl(db, [web.source(allow_private=False)], contact="a@ngo.example")["counts"] == {"private_address": 1}


def test_leave_to_be_private_opens_nothing_else_on_its_network_to_whoever_writes_a_site(web: Site, db: Path) -> None:
    with site() as near:
        near.article("/trong.html", TEXT)
        web.article("/a.html", TEXT)
        web.routes["/toi.html"] = Answer(status=302, headers={"Location": f"{near.root}/trong.html"})
        web.routes["/di.html"] = Answer(status=302, headers={"Location": f"{web.root}/a.html"})
        web.feed("/di.html", "/toi.html", f"{near.root}/trong.html", f"http://localhost:{web.port}/a.html")
        assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1, "private_address": 3}
    assert near.hits == []


def test_a_packed_robots_txt_is_obeyed_and_one_that_unpacks_past_every_measure_keeps_us_out(
    web: Site, db: Path
) -> None:
    packed = {"Content-Encoding": "gzip"}
    web.article("/a.html", TEXT)
    web.feed("/a.html")
    web.routes["/robots.txt"] = Answer(gzip.compress(b"User-agent: *\nDisallow: /a.html\n"), headers=packed)
    with site("127.0.0.2") as bomb:
        bomb.routes["/robots.txt"] = Answer(gzip.compress(b"\n" * 40_000_000), headers=packed)
        bomb.feed("/a.html")
        report = crawl(db, [web.source(), bomb.source(id="bom")])
        assert report["counts"] == {"listed": 1, "robots": 1, "too_large": 1}
        assert report["status"] == {"bao": "ok", "bom": "failing"}
        assert bomb.paths() == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(status=302, headers={"Location": "javascript:0"}), "bad_link: a redirect to no web address"),
        (Answer(b"x", headers={"Content-Encoding": "gzip, gzip, gzip"}), "broken: it is packed more than 2 times"),
    ],
)
def test_a_robots_txt_that_is_broken_keeps_us_out_and_is_no_refusal(
    web: Site, db: Path, answer: Answer, problem: str
) -> None:
    web.routes["/robots.txt"] = answer
    web.feed("/a.html")
    assert crawl(db, [web.source()])["status"] == {"bao": "failing"}
    assert rows(db, "SELECT last_problem FROM sources") == [(problem.replace(": ", ": robots.txt: "),)]
    assert web.paths() == []


def test_a_head_without_end_and_a_body_packed_again_and_again_are_given_up(web: Site, db: Path) -> None:
    html = {"Content-Type": "text/html"}
    web.article("/a.html", TEXT)
    body = web.routes["/a.html"]
    assert isinstance(body, Answer)
    once, often = gzip.compress(body.body), gzip.compress(gzip.compress(gzip.compress(body.body)))
    web.routes |= {
        "/head.html": Answer(body.body, headers=html | {f"X-{n}": "x" * 10_000 for n in range(40)}),
        "/once.html": Answer(once, headers=html | {"Content-Encoding": "gzip"}),
        "/often.html": Answer(often, headers=html | {"Content-Encoding": "gzip, gzip, gzip"}),
    }
    web.feed("/head.html", "/once.html", "/often.html")
    report = crawl(db, [web.source()])
    assert report["counts"] == {"listed": 1, "new": 1, "broken": 1, "network_error": 2}  # the last is tried again


def test_a_crawl_delay_past_every_measure_pauses_its_host_for_a_day_and_the_run_ends_well(web: Site, db: Path) -> None:
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 1e15\n")
    web.feed("/a.html")
    crawl(db, [web.source()], max_minutes=0.03)
    assert rows(db, "SELECT julianday(paused_until) - julianday('now') BETWEEN 0.9 AND 1 FROM hosts") == [(1,)]


def test_crawl_delay_spaces_requests_of_all_sources_on_a_host(web: Site, db: Path) -> None:
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.4\n")
    for n in range(3):
        web.article(f"/{n}.html", TEXT)
    web.feed("/0.html", "/1.html")
    web.feed("/2.html", path="/rss2")
    crawl(db, [web.source(), web.source(id="bao-2", url=f"{web.root}/rss2")])
    times = [at for at, path, _ in web.hits if path != "/robots.txt"]
    assert len(times) == 5
    # the server notes a request when it gets to it, so two notes may lie closer than the requests, but not all of them:
    # four waits are 1.6 seconds at least, and 1.2 at most where each source kept to its own
    assert times[-1] - times[0] > 1.25


def test_every_way_an_answer_goes_wrong_has_its_outcome(web: Site, db: Path) -> None:
    bomb = gzip.compress(b"a" * 40_000_000)
    html = {"Content-Type": "text/html"}
    web.routes |= {
        "/loop": Answer(status=302, headers={"Location": "/loop"}),
        "/to-file": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
        "/to-user": Answer(status=302, headers={"Location": web.root.replace("//", "//lun:mat-khau@") + "/good.html"}),
        "/to-script": Answer(status=302, headers={"Location": "javascript:alert(1)"}),
        "/large": Answer(b"x" * 11_000_000, headers=html),
        "/bomb": Answer(bomb, headers=html | {"Content-Encoding": "gzip"}),
        "/textless": Answer(b"<html><body><img src='a.png'></body></html>", headers=html),
        "/cut": Answer(b"<html>", headers=html, cut=True),
        "/forbidden": Answer(b"", 403),
        "/error": Answer(b"", 500),
        "/empty": Answer(b"", headers=html),
        "/gone": Answer(b"", 410),
        "/picture": Answer(b"\x89PNG", headers={"Content-Type": "image/png"}),
    }
    web.article(
        "/english.html", "The commune says that every child under six is seen for free at the station.", title="Free"
    )
    web.article("/good.html", TEXT)
    web.feed(*(path for path in web.routes if path != "/robots.txt"), "http://nobody.invalid/a.html", "http://[bad/")
    report = crawl(db, [web.source()])
    assert report["counts"] == {
        **{"listed": 1, "new": 1, "not_vietnamese": 1, "redirect_loop": 1, "bad_link": 4, "too_large": 2},
        **{"network_error": 2, "blocked": 1, "server_error": 2, "empty": 3, "gone": 1, "broken": 1},
        "dns_error": 1,
    }
    assert web.paths().count("/textless") == 1
    assert rows(db, "SELECT count(*) FROM posts") == [(1,)]
    assert rows(db, "SELECT count(*) FROM fetches WHERE detail LIKE '%mat-khau%'") == [(0,)]


def test_a_redirect_to_no_web_address_is_a_bad_link_at_once(web: Site, db: Path, capfd) -> None:
    ends = ("http://[::1", "http://127.0.0.1:99999/", "http://127.0.0.1:abc/", "http://.vn/", "http://a..b/")
    long = f"http://{'a' * 64}.vn/"
    web.routes |= {f"/{n}": Answer(status=302, headers={"Location": end}) for n, end in enumerate((*ends, long))}
    web.routes["/packed"] = Answer(b"<p>a</p>", headers={"Content-Type": "text/html", "Content-Encoding": "\xff"})
    web.feed(*(path for path in web.routes if path != "/robots.txt"))
    report = crawl(db, [web.source(allow_private=True)])
    assert report["counts"] == {"listed": 1, "bad_link": 6, "broken": 1}
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(("coding", "piece"), [("gzip", gzip.compress(b"", mtime=0)), ("zstd", zstd.compress(b""))])
def test_an_answer_of_countless_empty_pieces_is_given_up(coding: str, piece: bytes) -> None:
    with pytest.raises(TooMuch, match="takes more than 1 second"):
        unpacked(piece * (BODY_SIZE // len(piece)), coding)


def test_an_article_whose_packing_has_no_end_broke_off_and_its_earlier_text_stays(web: Site, db: Path) -> None:
    packs = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}
    packs |= {"raw deflate": lambda body: zlib.compress(body)[2:-4], "zstd": zstd.compress}
    codings = {f"/{n}.html": (coding.rpartition(" ")[2], pack) for n, (coding, pack) in enumerate(packs.items())}

    def put(title: str, *, tenths: int = 10) -> None:
        for path, (named, pack) in codings.items():
            article = "".join(f"<p>{TEXT}, lần {n} ({n * n * 7919}) của {path}.</p>" for n in range(60))
            end = "<p>Tin trên là không đúng.</p>"
            packed = pack(f"<html><body><article><h1>{title}Tin của xã</h1>{article}{end}</article>".encode())
            headers = {"Content-Type": "text/html", "Content-Encoding": named}
            web.routes[path] = Answer(packed[: len(packed) * tenths // 10], headers=headers)

    put("")
    web.feed(*codings)
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 6}
    put("Xem: ", tenths=6)
    make_due(db)
    assert crawl(db, [web.source()])["counts"] == {"unchanged": 1, "network_error": 12}  # each was tried again
    assert rows(db, "SELECT count(*) FROM versions") == [(6,)]
    details = dict(rows(db, "SELECT url, detail FROM fetches WHERE step = 'page'"))
    assert details == {
        f"{web.root}{path}": f"the answer broke off: its {named} has no end" for path, (named, _) in codings.items()
    }
    put("Xem: ")
    make_due(db)
    assert crawl(db, [web.source()])["counts"] == {"unchanged": 1, "edited": 6}


def test_what_is_wrong_with_a_source_is_said_in_words(web: Site, db: Path) -> None:
    xml = b"<urlset><url><loc>http://b.test/1</loc></url>"
    lure = {"Content-Type": 'application/rss+xml; charset="<!channel> <https://xau.example|Login>"'}
    packed = gzip.compress(xml + b"<url><loc>http://b.test/2</loc></url></urlset>")
    web.routes |= {
        "/cut.xml.gz": Answer(packed[:-20]),
        "/bomb.xml.gz": Answer(gzip.compress(xml + b" " * 40_000_000)),
        "/damaged.xml.gz": Answer(packed[:10] + b"\xff" * 20 + packed[30:]),
        "/off": Answer(b"<rss>", cut=True),
        "/page": Answer(b"<html>x</html>"),
        "/nothing": Answer(b""),
        "/call": Answer(b"<rss><channel><title>x</title></channel></rss>" + b" " * 300, headers=lure),
        "/head": Answer(b"<rss>", headers={f"X-{n}": "x" * 10_000 for n in range(40)}),
    }
    said = {
        "/cut.xml.gz": "network_error: the answer broke off: its gzip has no end",
        "/bomb.xml.gz": "too_large: it unpacks to more than 10 MB",
        "/damaged.xml.gz": "broken: its gzip is damaged",
        "/off": "network_error: the connection failed or broke off",
        "/page": "not_a_feed: no RSS, Atom or JSON Feed in the answer",
        "/nothing": "empty: nothing readable in the answer",
        "/call": "broken: it breaks off or isn't well-formed, and no entry can be read",
        "/head": "network_error: over 256 KiB of headers",
    }
    kinds = {path: "sitemap" if ".xml" in path else "feed" for path in said}
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/rss"
    asked = [web.source(id=f"s{n}", kind=kinds[path], url=web.root + path) for n, path in enumerate(said)]
    crawl(db, [*asked, web.source(id="x", url=nobody)], retry=False)
    problems = [problem for (problem,) in rows(db, "SELECT last_problem FROM sources ORDER BY id")]
    assert problems == [*said.values(), "network_error: robots.txt: the connection was refused"]


def test_a_server_that_calls_unchanged_what_was_never_read_is_no_good_source(web: Site, db: Path) -> None:
    web.routes["/rss"] = Answer(status=304)
    report = crawl(db, [web.source()], retry=False)
    assert (report["counts"], report["status"]) == ({"broken": 1}, {"bao": "failing"})


def test_a_source_whose_items_are_refused_is_blocked_at_every_look(web: Site, db: Path) -> None:
    record, statuses = "/api/v1/accounts/lookup", "/api/v1/accounts/5/statuses"
    html = '<html><head><meta name="generator" content="Discourse 3.2"></head><body>x</body></html>'
    web.routes |= {record: Answer(b'{"id": "5", "acct": "tram"}', tag='"1"'), statuses: Answer(b"[]", 401)}
    web.routes |= {"/latest": Answer(html.encode(), headers={"Content-Type": "text/html"}, tag='"1"')}
    web.routes |= {"/latest.json": Answer(b"", 403)}
    account = web.source(kind="mastodon", url=f"{web.root}/@tram")
    forum = web.source(id="dien-dan", kind="forum", url=f"{web.root}/latest")
    for _ in range(2):
        assert crawl(db, [account, forum])["status"] == {"bao": "blocked", "dien-dan": "blocked"}
    web.routes |= {statuses: Answer(b"[]"), "/latest.json": Answer(b'{"topic_list": {"topics": [{"id": 7}]}}')}
    assert crawl(db, [account, forum])["status"] == {"bao": "ok", "dien-dan": "ok"}


@pytest.mark.parametrize(("answer", "word"), [
    (Answer(b"", 403), "blocked"), (Answer(b"", 429), "throttled"), (Answer(b"<html>", cut=True), "network_error"),
])  # fmt: skip
def test_a_source_none_of_whose_pages_can_be_read_is_told_of(web: Site, db: Path, answer: Answer, word: str) -> None:
    pages = [f"/{n}.html" for n in range(3)]
    web.routes |= dict.fromkeys(pages, answer)
    web.feed(*pages)
    assert crawl(db, [web.source()])["status"] == {"bao": "ok"}
    with contextlib.closing(open_store(db)) as store:
        (found,) = look_at_sources(store, at=later(hours=1.1), silent_hours=24)
    assert (found.key, word in found.text) == ("source.closed.bao", True)


def test_pages_without_text_are_counted_once_however_often_they_are_asked_for(web: Site, db: Path) -> None:
    pages = [f"/{n}.html" for n in range(8)]
    for n, path in enumerate(pages):
        web.article(path, f"{TEXT} số {n}.")
    nothing = Answer(b"<html><body></body></html>", headers={"Content-Type": "text/html"})
    web.routes |= dict.fromkeys(pages[:5], nothing)
    web.feed(*pages)
    for _ in range(3):
        crawl(db, [web.source()])
        make_due(db)
        with contextlib.closing(open_store(db)) as store:
            (found,) = look_at_sources(store, at=later(hours=0), silent_hours=24)
        assert found.text == "5 pages of bao gave no text in a day, 62% of those read."
    web.article(pages[0], f"{TEXT} số 0.")
    crawl(db, [web.source()])
    with contextlib.closing(open_store(db)) as store:
        assert look_at_sources(store, at=later(hours=0), silent_hours=24) == []


def test_a_private_address_is_refused_before_a_byte_is_sent(web: Site, db: Path) -> None:
    web.feed("/a.html")
    other = web.source(id="ten", url=f"http://localhost:{web.port}/rss", allow_private=False, delay=5.0)
    report = crawl(db, [web.source(allow_private=False, delay=5.0), other], contact="http://soi.test/lien-he")
    assert report["counts"] == {"private_address": 2}
    assert report["status"] == {"bao": "failing", "ten": "failing"}
    assert web.hits == []
    with contextlib.closing(open_store(db)) as store:
        (found, _) = look_at_sources(store, at=later(hours=1.1), silent_hours=24)
    assert ("127.0.0.1 is a private address" in found.text, "taken over" in found.advice) == (True, True)


def test_a_host_that_asks_for_a_pause_gets_it_in_later_runs_too(web: Site, db: Path) -> None:
    for n in range(4):
        web.article(f"/{n}.html", f"{TEXT} {n}.")
    web.routes["/0.html"] = Answer(b"", 429, {"Retry-After": "3600"})
    web.feed(*(f"/{n}.html" for n in range(4)))
    report = crawl(db, [web.source()])
    asked = web.paths()
    assert report["counts"]["throttled"] >= 1
    assert report["counts"]["throttled"] + report["counts"].get("new", 0) >= 4
    report = crawl(db, [web.source()])
    assert web.paths() == asked
    assert set(report["counts"]) == {"throttled"}
    assert report["status"] == {"bao": "paused"}


def test_a_maintenance_page_in_place_of_a_feed_never_passes_for_an_unchanged_feed(web: Site, db: Path) -> None:
    web.routes["/rss"] = Answer(
        b"<html><body>back soon</body></html>", headers={"Content-Type": "text/html"}, tag='"m"'
    )
    for _ in range(2):
        report = crawl(db, [web.source()])
        assert report["counts"] == {"not_a_feed": 1}
        assert report["status"] == {"bao": "failing"}


def test_lists_that_name_more_than_is_kept_waiting_are_told_for_a_day(web: Site, db: Path) -> None:
    web.article("/a.html", f"{TEXT}.")
    web.feed("/a.html", tag='"1"')
    crawl(db, [web.source()])
    change(
        db, f"UPDATE sources SET overflow = 1400, overflow_at = '{later(hours=0)}', next_check = '{later(hours=99)}'"
    )
    with contextlib.closing(open_store(db)) as store:
        found = [look_at_sources(store, at=later(hours=hours), silent_hours=24) for hours in (1, 25)]
    assert [[one.key for one in some] for some in found] == [["source.overflow.bao"], []]
    assert "1400" in found[0][0].text


def test_a_list_without_an_entry_is_told_of_however_quiet_its_source_was(web: Site, db: Path) -> None:
    def found(hours: float) -> list[str]:
        """What is found so many hours on, an hour after the last look."""
        change(db, f"UPDATE sources SET next_check = '{later(hours=hours + 1)}'")
        change(db, f"UPDATE fetches SET fetched_at = '{later(hours=hours - 1)}' WHERE step = 'index'")
        with contextlib.closing(open_store(db)) as store:
            return [one.key for one in look_at_sources(store, at=later(hours=hours), silent_hours=24)]

    empty = web.source(id="trong", url=f"{web.root}/trong")
    web.feed(path="/trong", tag='"0"')
    web.article("/a.html", f"{TEXT}.")
    web.feed("/a.html", tag='"1"')
    crawl(db, [web.source(), empty])
    web.feed(tag='"2"')  # as of a site that was rebuilt
    for _ in range(2):  # never "unchanged"
        assert crawl(db, [web.source(), empty])["counts"] == {"listed": 2}
    assert (found(47), found(49)) == ([], ["source.bare.bao", "source.bare.trong"])
    web.feed("/a.html", tag='"1"')
    assert crawl(db, [web.source(), empty])["counts"] == {"unchanged": 1, "listed": 1}
    assert found(49) == ["source.bare.trong"]


def test_what_is_new_waits_behind_no_page_that_is_read_again(web: Site, db: Path) -> None:
    old, new = [f"/{n}.html" for n in range(8)], ["/moi-8.html", "/moi-9.html"]
    for path in (*old, *new):
        web.article(path, f"{TEXT}, tin của {path}.")
    web.feed(*old)
    crawl(db, [web.source()])
    make_due(db)
    web.feed(*new, *old)
    web.hits.clear()
    assert crawl(db, [web.source()], max_pages=8)["counts"] == {"listed": 1, "known": 8, "new": 2, "unchanged": 4}
    assert crawl(db, [web.source()], max_pages=8)["counts"] == {"unchanged": 5}  # the list, and the others


def test_a_short_pause_is_waited_for_and_nothing_is_lost(web: Site, db: Path) -> None:
    answers = [Answer(b"", 429, {"Retry-After": "1"})]
    web.article("/a.html", TEXT)
    good = web.routes["/a.html"]
    assert isinstance(good, Answer)
    web.routes["/a.html"] = lambda: answers.pop() if answers else good
    web.feed("/a.html")
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1, "throttled": 1}


def test_a_server_that_hangs_does_not_hold_up_the_end(web: Site, db: Path) -> None:
    asked, over = threading.Event(), threading.Event()

    def hang() -> Answer:
        asked.set()
        over.wait(60)
        return Answer(b"")

    web.routes["/rss"] = hang
    process = start_crawl(db, [web.source()])
    assert asked.wait(60)
    os.kill(process.pid, signal.SIGTERM)
    process.join(25)  # before its own patience with the server is over
    over.set()
    assert process.exitcode == 0
    assert rows(db, "SELECT status, inputs FROM runs") == [("stopped", 0)]
    assert rows(db, "SELECT health, next_check FROM sources") == [("new", "")], "it is due"


def test_a_crawl_that_is_killed_or_stopped_goes_on_where_it_was(web: Site, db: Path) -> None:
    for n in range(20):  # many more than a slow machine lets through before it is stopped
        web.article(f"/{n}.html", f"{TEXT} {n}.")
    web.feed(*(f"/{n}.html" for n in range(20)))
    source = web.source(delay=0.25)
    for number, code in ((signal.SIGKILL, -9), (signal.SIGINT, 0)):
        seen = len(web.paths())
        process = start_crawl(db, [source])
        while len(web.paths()) < seen + 4 and process.is_alive():
            time.sleep(0.02)
        os.kill(process.pid, number)
        process.join(60)
        assert process.exitcode == code
        if code == 0:
            assert json.loads(Path(f"{db}.json").read_text())["stopped"] is True
            assert rows(db, "SELECT status FROM runs ORDER BY id DESC LIMIT 1") == [("stopped",)]
    assert rows(db, "SELECT health, next_check <= last_checked, interval_s FROM sources") == [("ok", 1, 3600)]
    assert crawl(db, [source], max_minutes=0.02)["left"]["bao"] > 0
    assert rows(db, "SELECT next_check <= last_checked FROM sources") == [(1,)]
    assert crawl(db, [source])["stopped"] is False
    assert rows(db, "SELECT status FROM runs ORDER BY id") == [("stopped",)] * 3 + [("done",)]
    assert rows(db, "SELECT next_check > last_checked FROM sources") == [(1,)]
    assert rows(db, "SELECT count(*), count(DISTINCT url) FROM posts") == [(20, 20)]
    assert rows(db, "SELECT count(*) FROM versions") == [(20,)]
    assert rows(db, "SELECT sum(n) FROM run_outcomes WHERE outcome = 'new'") == [(20,)]
    assert rows(db, "SELECT count(*) FROM fetches WHERE fetched_at = ''") == [(0,)]


@pytest.mark.parametrize("changed", [{"url": "/rss2"}, {"kind": "factcheck", "use": "evidence"}])
def test_a_source_that_is_changed_while_it_is_crawled_is_read_as_it_is_now(
    web: Site, db: Path, changed: dict[str, str]
) -> None:
    review = {"@type": "ClaimReview", "claimReviewed": TEXT, "reviewRating": {"alternateName": "Sai"}}
    head = f'<head><script type="application/ld+json">{json.dumps(review)}</script></head>'
    page = f'<html lang="vi">{head}<body><article><h1>Tin của xã</h1><p>{TEXT}.</p></article></body></html>'
    article = Answer(page.encode(), headers={"Content-Type": "text/html"})
    then = web.source() | changed
    then["url"] = f"{web.root}/rss2" if "url" in changed else then["url"]

    def change() -> Answer:
        with contextlib.closing(open_store(db)) as store:
            fetches.put_sources(store, [Source(**then)])
        return article

    web.routes |= {"/a.html": change, "/b.html": article, "/c.html": article}
    web.feed("/a.html", "/b.html")
    web.feed("/c.html", path="/rss2")
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 2}
    assert rows(db, "SELECT health, next_check, last_checked <> '' FROM sources") == [("new", "", 1)]
    web.hits.clear()
    crawl(db, [then])
    assert sorted(web.paths()) == (["/c.html", "/rss2"] if "url" in changed else ["/a.html", "/b.html", "/rss"])
    assert rows(db, "SELECT count(*) FROM factchecks") == [(0 if "url" in changed else 2,)]
    assert rows(db, "SELECT health, next_check > last_checked FROM sources") == [("ok", 1)]


def test_a_crawl_whose_store_takes_no_more_ends_as_failed_and_fetches_nothing_in_vain(web: Site, db: Path) -> None:
    for n in range(60):
        web.article(f"/{n}.html", f"{TEXT} {n}.")
    web.feed(*(f"/{n}.html" for n in range(60)))
    open_store(db).close()
    with sqlite3.connect(db) as connection:
        connection.execute(
            "CREATE TRIGGER no_more BEFORE INSERT ON versions WHEN (SELECT count(*) FROM versions) >= 2"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    process = start_crawl(db, [web.source(delay=0.05)])
    process.join(60)
    assert process.exitcode == 1
    assert rows(db, "SELECT count(*) FROM posts") == [(2,)]
    assert rows(db, "SELECT status FROM runs") == [("failed",)]
    assert len(web.paths()) < 30  # of 61: a slow machine has more of them on their way
    assert rows(db, "SELECT count(*) FROM fetches WHERE fetched_at = ''") == [(58,)]  # all of them stay due


def crawl_without_workers(task: dict[str, Any], python: str) -> None:
    """A crawl of an installation whose workers don't start, in a process of its own."""
    sys.executable = python
    crawl_once.run(task, os.devnull)


@pytest.mark.parametrize("python", ["/bin/false", "/nowhere/python"])
def test_a_crawl_whose_workers_do_not_start_ends_as_failed_and_blames_no_page(web: Site, db: Path, python: str) -> None:
    web.article("/a.html", f"{TEXT}.")
    web.feed("/a.html")
    task = {"db": str(db), "sources": [web.source()], "options": {"workers": 2}}
    process = forked().Process(target=crawl_without_workers, args=(task, python))
    process.start()
    process.join(60)
    assert process.exitcode == 1
    assert rows(db, "SELECT status, inputs FROM runs") == [("failed", 0)]
    assert rows(db, "SELECT health FROM sources") == [("new",)]
    assert crawl(db, [web.source()])["counts"] == {"listed": 1, "new": 1}


class Choosy(MemoryIntake):
    """An intake that can't keep one page."""

    def settle(self, done: Settled, *, now: str) -> Taken:
        if any("trang hai" in item.text for item in done.reading.items if isinstance(item, Post)):
            raise ValueError("not this one")
        return super().settle(done, now=now)


def choose(source: dict[str, Any], out: str) -> None:
    """A crawl into a Choosy, in a process of its own; writes what became of each page."""
    taken = Choosy()
    run.crawl([Source(**source)], taken, contact="", workers=1)
    told = [(one.fetch.url, str(one.outcome), one.visit.failures) for one in taken.settled]
    Path(out).write_text(json.dumps(told), encoding="utf-8")


def test_a_page_that_cannot_be_kept_fails_alone(web: Site, tmp_path: Path) -> None:
    for name, said in (("1", "trang một"), ("2", "trang hai"), ("3", "trang ba")):
        web.article(f"/{name}.html", f"{TEXT}, {said}.")
    web.feed("/1.html", "/2.html", "/3.html")
    process = forked().Process(target=choose, args=(web.source(), str(tmp_path / "out")))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    became = {url.rpartition("/")[2]: told for url, *told in json.loads((tmp_path / "out").read_text())}
    assert became["2.html"] == ["failed", 1]  # and is asked for again, as after any failure
    assert (became["rss"], became["1.html"], became["3.html"]) == (["listed", 0], ["None", 0], ["None", 0])


def test_a_crawl_that_cannot_read_its_plan_ends_as_failed(web: Site, db: Path) -> None:
    web.feed()
    crawl(db, [web.source()])
    damage(db, "fetches")
    process = start_crawl(db, [web.source()])
    process.join(60)
    assert process.exitcode == 1
    assert rows(db, "SELECT status FROM runs ORDER BY id") == [("done",), ("failed",)]


def test_a_source_that_replaces_another_reads_what_that_one_left(web: Site, db: Path) -> None:
    for n in range(6):
        web.article(f"/{n}.html", f"{TEXT} {n}.")
    web.feed(*(f"/{n}.html" for n in range(6)), tag='"v1"')
    web.feed(*(f"/{n}.html" for n in range(4)), path="/rss2", tag='"v1"')
    assert crawl(db, [web.source()], max_pages=2)["counts"] == {"listed": 1, "new": 1}
    with contextlib.closing(open_store(db)) as store:
        fetches.put_sources(store, [Source(**web.source(off=True))])
    moved = web.source(id="moi", url=f"{web.root}/rss2")
    assert crawl(db, [moved])["counts"] == {"listed": 1, "known": 1, "new": 3}
    replaced = web.source(id="khac")  # at the very address of the first
    assert crawl(db, [replaced], max_pages=2)["counts"] == {"listed": 1, "known": 4, "new": 1}
    assert crawl(db, [replaced])["counts"] == {"unchanged": 1, "new": 1}
    assert rows(db, "SELECT count(*) FROM posts") == [(6,)]
    assert rows(db, "SELECT DISTINCT source_id FROM fetches WHERE step = 'index' ORDER BY 1") == [("khac",), ("moi",)]


def test_what_a_run_leaves_for_later_is_told(web: Site, db: Path) -> None:
    for n in range(6):
        web.article(f"/{n}.html", f"{TEXT} {n}.")
    web.feed(*(f"/{n}.html" for n in range(6)), "/error")
    web.routes["/error"] = Answer(b"", 500)
    assert crawl(db, [web.source()], max_pages=3)["left"] == {"bao": 5}
    report = crawl(db, [web.source()])
    assert (report["left"], report["counts"]["server_error"]) == ({"bao": 1}, 2)  # asked for again, in vain


def test_pages_that_two_sources_list_are_read_once(web: Site, db: Path) -> None:
    web.article("/a.html", TEXT)
    web.feed("/a.html")
    web.feed("/a.html", path="/rss2")
    both = [web.source(), web.source(id="hai", url=f"{web.root}/rss2")]
    assert crawl(db, both)["counts"] == {"listed": 2, "known": 1, "new": 1}
    web.hits.clear()
    assert crawl(db, both)["counts"] == {"unchanged": 2}


def test_paging_back_stops_where_the_known_begins(web: Site, db: Path) -> None:
    def preview(first: int, last: int) -> Answer:
        wraps = "".join(
            f'<div class="tgme_widget_message" data-post="kenh/{n}"><div class="tgme_widget_message_text">'
            f"Thông báo số {n}: trạm y tế xã vẫn khám bệnh cho trẻ em.</div></div>"
            for n in range(first, last + 1)
        )
        more = (
            f'<a class="tme_messages_more" data-before="{first}" href="/s/kenh?before={first}"></a>'
            if first > 1
            else ""
        )
        return Answer(f"<html><body>{more}{wraps}</body></html>".encode(), headers={"Content-Type": "text/html"})

    web.routes |= {"/s/kenh": preview(5, 6), "/s/kenh?before=5": preview(3, 4), "/s/kenh?before=3": preview(1, 2)}
    source = web.source(kind="telegram", url=f"{web.root}/kenh")
    assert crawl(db, [source])["counts"] == {"new": 6}
    web.routes |= {"/s/kenh": preview(6, 7), "/s/kenh?before=6": preview(4, 5)}
    web.hits.clear()
    assert crawl(db, [source])["counts"] == {"new": 1, "known": 3}
    assert web.paths() == ["/s/kenh", "/s/kenh?before=6"]


def statuses(n: int, more: str) -> Answer:
    status = {"id": str(n), "content": f"<p>{TEXT} số {n}.</p>", "created_at": f"2026-11-{20 - n}T08:00:00Z"}
    headers = {"Content-Type": "application/json", "Link": f'<{more}>; rel="next"'}
    return Answer(json.dumps([status]).encode(), headers=headers)


def topics(n: int, more: str) -> Answer:
    return Answer(json.dumps({"topic_list": {"more_topics_url": more, "topics": [{"id": n + 1}]}}).encode())


@pytest.mark.parametrize(("kind", "begin", "first", "made"), [
    ("mastodon", "/tags/y-te", "/api/v1/timelines/tag/y-te", statuses),
    ("mastodon", "/@tram", "/api/v1/accounts/5/statuses", statuses),
    ("forum", "/latest.json", "/latest.json", topics), ("forum", "/latest", "/latest.json", topics),
])  # fmt: skip
def test_a_look_goes_back_five_pages_from_wherever_it_begins(
    web: Site, db: Path, kind: str, begin: str, first: str, made: Callable[[int, str], Answer]
) -> None:
    html = b'<html><head><meta name="generator" content="Discourse 3.2"></head><body>x</body></html>'
    web.routes["/latest"] = Answer(html, headers={"Content-Type": "text/html"})
    web.routes["/api/v1/accounts/lookup"] = Answer(b'{"id": "5", "acct": "tram"}')
    web.routes |= {first if n == 0 else f"{first}?page={n}": made(n, f"{first}?page={n + 1}") for n in range(9)}
    assert crawl(db, [web.source(kind=kind, url=web.root + begin)])["status"] == {"bao": "ok"}
    assert [path.partition("page=")[2] for path in web.paths() if path.startswith(first)] == ["", *"12345"]


def test_a_mastodon_limit_pauses_its_host(web: Site, db: Path) -> None:
    status = '[{"id": "1", "visibility": "public", "content": "<p>Trạm y tế xã vẫn khám bệnh cho trẻ em.</p>"}]'
    headers = {"Content-Type": "application/json", "X-RateLimit-Remaining": "0"}
    headers |= {"X-RateLimit-Reset": "2999-01-01T00:00:00Z", "Link": f'<{web.root}/api/v1/x?max_id=1>; rel="next"'}
    web.routes["/api/v1/timelines/tag/y-te"] = Answer(status.encode(), headers=headers)
    report = crawl(db, [web.source(kind="mastodon", url=f"{web.root}/tags/y-te")])
    assert report["counts"] == {"new": 1, "throttled": 1}
    assert web.paths() == ["/api/v1/timelines/tag/y-te?limit=40"]


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120), ("0", 1), ("999999999", 86400), ("soon", 60), ("", 60), ("nan", 60), ("-5", 1)]
)
def test_retry_after_is_honoured_up_to_a_day(value: str, seconds: float) -> None:
    assert retry_after(value) == seconds


def test_a_rate_limit_that_names_no_date_is_the_usual_pause() -> None:
    assert until_reset("later") == 60
    assert until_reset("2001-01-01T00:00:00Z") == 1
    assert until_reset("2999-01-01T00:00:00Z") == 86400
