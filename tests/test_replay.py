"""A crawl of real news items replayed on loopback, with and without broken answers."""

import contextlib
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from small_site import crawl

shared = pathlib.Path(__file__).parents[2] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (shared / "replay" / "serve.py").exists(), reason="../shared/replay is absent"),
]


@contextlib.contextmanager
def replay(*options: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.2", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(shared / "replay" / "serve.py"), "--port", str(port), "--crawl-delay", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.2", port), 0.2):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.2:{port}"
    finally:
        process.terminate()
        process.wait()


def source(root: str, name: str = "bao") -> dict[str, object]:
    values = {"id": name, "name": "Báo", "kind": "feed", "url": f"{root}/rss/moi-nhat.rss", "use": "watch"}
    return values | {"role": "independent", "allow_private": True, "delay": 0.0}


def test_real_items_are_taken_once_and_nothing_unchanged_is_fetched_again(tmp_path: pathlib.Path) -> None:
    db = tmp_path / "soi.db"
    with replay() as root:
        sources = [source(root), source(root.replace("127.0.0.2", "127.0.0.3"), "bao-khac")]
        assert crawl(db, sources, workers=2)["counts"] == {"listed": 2, "new": 120}
        assert crawl(db, sources)["counts"] == {"unchanged": 2}
        with urllib.request.urlopen(f"{root}/__hits") as answer:
            hits = json.load(answer)
    paths = [path for _, path, _ in hits if path != "/__hits"]
    assert (len(paths), paths.count("/robots.txt"), paths.count("/rss/moi-nhat.rss")) == (63, 1, 2)
    with sqlite3.connect(db) as connection:
        posts = connection.execute("SELECT url, title, text, published FROM current_posts").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len({url for url, *_ in posts}) == len(posts) == 120
    assert all("utm_" not in url and title and len(text) > 30 and published for url, title, text, published in posts)


def test_with_a_tenth_of_the_answers_broken_nothing_is_lost_or_half_stored(tmp_path: pathlib.Path) -> None:
    db = tmp_path / "soi.db"
    with replay("--faults", "0.1", "--seed", "7") as root:
        for _ in range(6):
            crawl(db, [source(root)], workers=2)
            with sqlite3.connect(db) as connection:
                left = connection.execute("SELECT count(*) FROM fetches WHERE visits = 0").fetchone()[0]
                known = connection.execute("SELECT count(*), count(DISTINCT url) FROM posts").fetchone()
            if known[0] and not left:
                break
    assert known == (60, 60)
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT sum(n) FROM run_outcomes WHERE outcome = 'new'").fetchone() == (60,)
        assert connection.execute("SELECT count(*) FROM versions").fetchone() == (60,)
