"""A forum's thread over several pages, as time goes on: renamed, and with posts that move, change or go."""

from pathlib import Path
from typing import Any

import pytest

from crawlers.extract import tree_of
from crawlers.items import Fetch, Outcome, Page, Settled, Taken
from crawlers.reading import read
from crawlers.sources import Source
from crawlers.spiders import vbulletin
from pipeline.intake import StoreIntake, open_intake
from pipeline.store import open_store

NOW = "2026-11-02T12:00:00.000Z"
FORUM = Source("dd", "Diễn đàn", "forum", "http://dd.test/f/a.1/", role="party")
TEXT = "Trạm y tế xã vẫn khám bệnh miễn phí cho trẻ em, bài số {}."


@pytest.fixture
def db(tmp_path: Path) -> Any:
    store = open_store(tmp_path / "soi.db")
    yield store
    store.close()


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


def test_a_renamed_thread_brings_nothing_again_and_takes_nothing_down(db: Any, intake: StoreIntake) -> None:
    old, new = "http://dd.test/threads/ten-cu.7/", "http://dd.test/threads/ten-moi.7/"
    assert look(intake, old, xenforo(1, 2)).outcomes == (Outcome.NEW, Outcome.NEW)
    for _ in range(2):
        assert look(intake, old, xenforo(1, 2), at=new).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
        assert look(intake, new, xenforo(1, 2)).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
    assert gone(db) == []
    assert db.conn.execute("SELECT url FROM posts WHERE id = 1").fetchone() == ("http://dd.test/threads/7/post-1",)


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
