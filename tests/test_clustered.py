"""Crawling and scoring by `--cluster`: what one machine's crawl would write, once, whoever fetched it."""

import json

import pytest
from small_site import site

from crawlers.sources import Source
from pipeline.home import Home
from pipeline.store import farcrawl, open_store, posts, runs
from soi import clustered

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as found:
        yield found.scheduler_address


def source(place, name: str) -> Source:
    return Source(name, name, "feed", f"{place.root}/rss", delay=0, allow_private=True)


WORDS = "Ủy ban xã Suối Mây cho biết trạm y tế mới sẽ mở cửa vào tháng sau để phục vụ bà con ba thôn vùng cao."


def texts(home: Home) -> list[tuple[str, str]]:
    db = open_store(home.database)
    return db.conn.execute("SELECT url, text FROM current_posts ORDER BY url").fetchall()


def test_two_sites_crawled_on_two_workers_land_in_one_store_and_a_second_crawl_adds_nothing(tmp_path, scheduler):
    with site("127.0.0.1") as one, site("127.0.0.2") as two:
        for place in (one, two):
            for at in range(3):
                place.article(f"/tin/{at}", f"{WORDS} Tin số {at} của {place.host}.")
            place.feed(*(f"/tin/{at}" for at in range(3)))
        far, near = Home(tmp_path / "far"), Home(tmp_path / "near")
        chosen = [source(one, "mot"), source(two, "hai")]
        found = clustered.crawl_on(far, chosen, scheduler)
        assert found["new"] == 6
        local = clustered.crawl_job(job(near, chosen))
        (near.root / "data").mkdir(parents=True, exist_ok=True)
        near.database.write_bytes(local)
        assert texts(far) == texts(near)
        assert len(texts(far)) == 6
        one.article("/tin/1", f"{WORDS} Tin này đã được sửa lại.")
        again = clustered.crawl_on(far, chosen, scheduler)
        assert again["new"] == 0
        assert len(texts(far)) == 6
    db = open_store(far.database)
    for inputs, total in db.conn.execute(
        "SELECT r.inputs, sum(o.n) FROM runs r JOIN run_outcomes o ON o.run_id = r.id GROUP BY r.id"
    ):
        assert inputs == total
    assert {row[0] for row in db.conn.execute("SELECT health FROM sources")} == {"ok"}


def job(home: Home, chosen) -> clustered.Job:
    """The same crawl by hand, on this machine."""
    from pipeline.store import fetches

    part = home.root / "cut.db"
    db = open_store(home.database)
    fetches.put_sources(db, chosen)
    db.close()
    farcrawl.cut(home.database, json.dumps([one.id for one in chosen]), part)
    return clustered.Job(part.read_bytes(), tuple(chosen), "", 50, 0)


def test_sources_of_one_host_stay_together():
    places = (("a", "https://bao.example/rss"), ("b", "https://khac.example/rss"), ("c", "https://bao.example/tin.xml"))
    a, b, c = (Source(name, name, "feed", url) for name, url in places)
    assert clustered.by_host([a, b, c]) == [[a, c], [b]]


def test_a_crawl_brought_back_twice_adds_its_texts_once(tmp_path):
    from pipeline.records import NewPost

    home = open_store(tmp_path / "home.db")
    posts.take_post(home, NewPost("bao", "https://bao.example/1", "Bài đã có."), at="2026-01-01T00:00:00.000Z")
    farcrawl.cut(tmp_path / "home.db", '["bao"]', tmp_path / "far.db")
    far = open_store(tmp_path / "far.db")
    assert posts.take_post(far, NewPost("bao", "https://bao.example/1", "Bài đã có.")) == "known"
    posts.take_post(far, NewPost("bao", "https://bao.example/1", "Bài đã sửa."), at="2026-01-02T00:00:00.000Z")
    posts.take_post(far, NewPost("bao", "https://bao.example/2", "Bài mới."), at="2026-01-02T00:00:00.000Z")
    far.close()
    with runs.run(home, "crawl") as run_id:
        farcrawl.bring_back(home, tmp_path / "far.db", run_id, '["bao"]')
        farcrawl.bring_back(home, tmp_path / "far.db", run_id, '["bao"]')
    rows = home.conn.execute(
        "SELECT p.url, v.text FROM versions v JOIN posts p ON p.id = v.post_id ORDER BY v.id").fetchall()  # fmt: skip
    assert rows == [
        ("https://bao.example/1", "Bài đã có."), ("https://bao.example/1", "Bài đã sửa."),
        ("https://bao.example/2", "Bài mới."),
    ]  # fmt: skip
    assert list(posts.search(home, "bai moi")) == [2]
