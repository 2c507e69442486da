"""A forum's thread over several pages, as time goes on: renamed, and with posts that move, change or go."""

import json
from typing import Any

import pytest

from crawlers.extract import tree_of
from crawlers.items import Fetch, Outcome, Page, Settled, Taken, Visit
from crawlers.reading import read
from crawlers.sources import Source
from crawlers.spiders import vbulletin
from pipeline.intake import StoreIntake, open_intake

NOW = "2026-11-02T12:00:00.000Z"
FORUM = Source("dd", "Diễn đàn", "forum", "http://dd.test/f/a.1/", role="party")
TEXT = "Trạm y tế xã vẫn khám bệnh miễn phí cho trẻ em, bài số {}."


@pytest.fixture
def intake(db: Any) -> Any:
    with open_intake(db, [FORUM]) as opened:
        yield opened


def xenforo(*numbers: int, last: int = 1) -> str:
    posts = "".join(
        f'<article class="message--post" data-content="post-{n}"><div class="message-body"><div class="bbWrapper">'
        f"{TEXT.format(n)}</div></div></article>"
        for n in numbers
    )
    pages = f'<ul class="pageNav-main"><li><a href="page-{last}">{last}</a></li></ul>' if last > 1 else ""
    return f'<html id="XF"><h1 class="p-title-value">Khám bệnh</h1>{pages}{posts}</html>'


def look(intake: StoreIntake, address: str, body: str, *, at: str = "", stamp: str = "") -> Taken:
    """A page of a thread read and settled; `at` when a redirect led there."""
    fetch = Fetch("dd", address, step="thread", stamp=stamp)
    found = read(FORUM, fetch, Page(at or address, "text/html", body.encode()))
    visit = intake.visit(fetch)
    return intake.settle(Settled(fetch, found.missed, visit, "", found), now=NOW)


def gone(db: Any) -> list[str]:
    rows = db.conn.execute("SELECT url FROM current_posts WHERE gone = 1 ORDER BY post_id").fetchall()
    return [url.removeprefix("http://dd.test") for (url,) in rows]


def test_of_a_long_discourse_topic_the_last_pages_are_read_and_again_when_posts_come() -> None:
    def pages(posts: int) -> dict[str, str]:
        stream = {"posts": [{"post_number": 1, "cooked": TEXT.format(1)}], "stream": list(range(posts))}
        topic = json.dumps({"id": 7, "title": "Khám bệnh", "post_stream": stream}).encode()
        fetch = Fetch("dd", "http://dd.test/t/7.json", step="thread", stamp=f"{posts}")
        found = read(FORUM, fetch, Page(fetch.url, "application/json", topic))
        return {more.url.removeprefix(fetch.url): more.stamp for more in found.more}

    assert pages(20) == {}
    assert pages(45) == {"?page=2": "full", "?page=3": "45"}
    many = pages(1210)
    assert (len(many), many["?page=60"], many["?page=61"]) == (50, "full", "1210")


def test_a_renamed_thread_brings_nothing_again_and_takes_nothing_down(db: Any, intake: StoreIntake) -> None:
    old, new = "http://dd.test/threads/ten-cu.7/", "http://dd.test/threads/ten-moi.7/"
    assert look(intake, old, xenforo(1, 2)).outcomes == (Outcome.NEW, Outcome.NEW)
    for _ in range(2):
        assert look(intake, old, xenforo(1, 2), at=new).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
        assert look(intake, new, xenforo(1, 2)).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
    assert gone(db) == []
    assert db.conn.execute("SELECT url FROM posts WHERE id = 1").fetchone() == ("http://dd.test/threads/7/post-1",)


def test_a_post_that_moves_up_a_page_is_looked_for_there_before_it_counts_as_missing(
    db: Any, intake: StoreIntake
) -> None:
    first, second = "http://dd.test/threads/a.7/", "http://dd.test/threads/a.7/page-2"
    look(intake, first, xenforo(1, 2, 3, last=2), stamp="full")
    assert look(intake, second, xenforo(4, 5, 6, last=2), stamp="1").planned == ()
    # post 2 is deleted: post 4 moves up; answers come to the second page, and the first isn't due
    assert [page.url for page in look(intake, second, xenforo(5, 6, 7, last=2), stamp="2").planned] == [first]
    assert look(intake, second, xenforo(5, 6, 7, 8, last=2), stamp="3").planned == ()
    assert gone(db) == []
    assert look(intake, first, xenforo(1, 3, 4, last=2), stamp="full").outcomes == (Outcome.KNOWN,) * 3
    # post 6 is deleted too: it isn't on the first page either
    assert [page.url for page in look(intake, second, xenforo(5, 7, 8, last=2)).planned] == [first]
    look(intake, first, xenforo(1, 3, 4, last=2), stamp="full")
    assert gone(db) == ["/threads/7/post-2"]
    for _ in range(2):
        assert look(intake, second, xenforo(5, 7, 8, last=2)).planned == ()
    assert gone(db) == ["/threads/7/post-2", "/threads/7/post-6"]


def test_a_page_that_cannot_be_read_is_waited_for_until_it_is_given_up(db: Any, intake: StoreIntake) -> None:
    first, second = "http://dd.test/threads/a.7/", "http://dd.test/threads/a.7/page-2"
    look(intake, second, xenforo(4, 5, last=2))
    look(intake, second, xenforo(5, last=2))
    page = Fetch("dd", first, step="thread")
    for failures, due_at, missing in ((1, "2099", []), (10, "", ["/threads/7/post-4"])):
        failed = Settled(page, Outcome.SERVER_ERROR, Visit(failures=failures), due_at)
        intake.settle(failed, now=NOW)
        look(intake, second, xenforo(5, last=2))
        assert gone(db) == missing


def test_a_post_that_only_quotes_now_is_still_there_and_one_that_was_never_kept_is_not_noted(
    db: Any, intake: StoreIntake
) -> None:
    address, quote = "http://dd.test/threads/a.7/", '<blockquote class="bbCodeBlock--quote">{}</blockquote>'
    look(intake, address, xenforo(1, 2, 3))
    changed = xenforo(1, 2, 4).replace(TEXT.format(2), quote.format(TEXT)).replace(TEXT.format(4), "")
    for _ in range(2):
        assert look(intake, address, changed).outcomes == (Outcome.KNOWN, Outcome.EMPTY, Outcome.EMPTY)
    assert gone(db) == ["/threads/7/post-3"]
    assert db.conn.execute("SELECT count(*) FROM sightings").fetchone() == (3,)


def phpbb(starts: tuple[int | str, ...]) -> str:
    links = "".join(f'<a href="viewtopic.php?t=7&amp;start={n}">x</a>' for n in starts)
    pages = f'<div class="pagination"><a href="viewtopic.php?t=7">1</a>{links}</div>'
    return (
        f'<html><body id="phpbb">{pages}<div id="p1" class="post"><div class="content">{TEXT}</div></div></body></html>'
    )


def test_readers_and_days_that_pass_are_no_news_of_a_vbulletin_thread() -> None:
    def stamp(replies: str, views: int, last: str) -> str:
        stats = f'<ul class="threadstats"><li>{replies}</li><li>Views: {views}</li></ul>'
        link = '<a href="showthread.php?t=44" id="thread_title_44">Hỏi về nghỉ thai sản</a>'
        row = f'<li class="threadbit">{link}{stats}<dl class="threadlastpost"><dd>{last}</dd></dl></li>'
        (one,) = vbulletin.board(
            tree_of(f"<body><ol>{row}</ol></body>".encode()), "http://dd.test/forumdisplay.php"
        ).rows
        return one.stamp

    stamps = {stamp("Replies: 12", 345 + n, f"{day}, 10:15 AM") for n, day in enumerate(("Today", "Yesterday"))}
    assert len(stamps) == 1
    assert stamps.isdisjoint(
        {stamp("Replies: 13", 345, "Today, 10:15 AM"), stamp("Replies: 12", 345, "Today, 11:15 AM")}
    )


@pytest.mark.parametrize(("address", "body", "before"), [
    ("/viewtopic.php?t=7&start=20", phpbb((40,)), "/viewtopic.php?t=7"),
    ("/viewtopic.php?t=7&start=40", phpbb((20,)), "/viewtopic.php?t=7&start=20"),
    ("/viewtopic.php?t=7&start=20", phpbb(()), "/viewtopic.php?t=7"), ("/viewtopic.php?t=7", phpbb((20,)), ""),
    ("/viewtopic.php?t=7&start=abc", phpbb((20,)), ""),
    ("/viewtopic.php?t=7&start=20", phpbb(("9" * 5000,)), "/viewtopic.php?t=7"),
    ("/t/7.json?page=3", '{"id": 7, "post_stream": {"posts": []}}', "/t/7.json?page=2"),
    ("/t/7.json?page=2", '{"id": 7, "post_stream": {"posts": []}}', "/t/7.json"),
    ("/t/7.json", '{"id": 7, "post_stream": {"posts": []}}', ""),
])  # fmt: skip
def test_every_page_of_a_thread_but_the_first_names_the_one_before_it(address: str, body: str, before: str) -> None:
    url = f"http://dd.test{address}"
    found = read(FORUM, Fetch("dd", url, step="thread"), Page(url, "text/html", body.encode()))
    assert (found.older.url if found.older else "") == (before and f"http://dd.test{before}")


@pytest.mark.parametrize(("named", "address"), [
    ("/showthread.php?12-{}", "/showthread.php?12=&p=5#post5"), ("/threads/12-{}/page2", "/threads/12?p=5#post5"),
    ("/forum/2019-tin/12-{}", "/forum/2019-tin/12?p=5#post5"),
    ("/showthread.php?t=12", "/showthread.php?t=12&p=5#post5"),
])  # fmt: skip
def test_a_vbulletin_post_goes_by_the_number_of_its_thread(named: str, address: str) -> None:
    tree = tree_of(f'<html><body><li id="post_5"><div id="post_message_5">{TEXT}</div></li></body></html>'.encode())
    for title in ("ten-cu", "ten-moi"):
        posts = vbulletin.thread(tree, f"http://dd.test{named.format(title)}").posts(FORUM)
        assert [post.url for post in posts if post] == [f"http://dd.test{address}"]
