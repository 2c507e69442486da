"""Crawling by `--cluster`: what one machine's crawl would write, once, whoever fetched it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from filled import store_at, typed
from small_site import Answer, site
from two_workers import two_workers

from crawlers.items import Fetch, Health, Post, Reading, Settled, Visit
from crawlers.sources import Source, write
from pipeline import cluster
from pipeline.home import Home
from pipeline.intake import StoreIntake
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, Verdict, later, now
from pipeline.settings import DeskSettings
from pipeline.store import (
    cases,
    decisions,
    erasure,
    evidence,
    factchecks,
    farcrawl,
    fetches,
    open_in_memory,
    open_store,
    posts,
    runs,
    searching,
)
from pipeline.store import write as write_store
from soi.farcrawl import FarCrawlFailed, Job, by_host, crawl_job, crawl_on

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    with two_workers() as found:
        yield found.scheduler_address


def source(place, name: str) -> Source:
    return Source(name, name, "feed", f"{place.root}/rss", delay=0, allow_private=True)


WORDS = "Ủy ban xã Suối Mây cho biết trạm y tế mới sẽ mở cửa vào tháng sau để phục vụ bà con ba thôn vùng cao."


def texts(home: Home) -> list[tuple[str, str]]:
    db = open_store(home.database)
    return db.conn.execute("SELECT url, text FROM current_posts ORDER BY url").fetchall()


def whole(home: Home) -> list[tuple[object, ...]]:
    """Versions and outcomes to the last byte."""
    db = open_store(home.database)
    versions = db.conn.execute(
        "SELECT p.source_id, p.url, p.published, p.section, p.language, p.thread_url, v.title, v.lead, v.text,"
        " v.digest, v.redactions, v.gone FROM versions v JOIN posts p ON p.id = v.post_id ORDER BY p.url, v.digest"
    ).fetchall()
    return versions + db.conn.execute("SELECT source_id, outcome, n FROM run_outcomes ORDER BY 1, 2").fetchall()


def test_two_sites_crawled_on_two_workers_land_in_one_store_and_a_second_crawl_adds_nothing(tmp_path, scheduler):
    with site("127.0.0.1") as one, site("127.0.0.2") as two:
        for place in (one, two):
            for at in range(3):
                place.article(f"/tin/{at}", f"{WORDS} Tin số {at} của {place.host}.")
            place.feed(*(f"/tin/{at}" for at in range(3)))
        far, near = Home(tmp_path / "far"), Home(tmp_path / "near")
        chosen = [source(one, "mot"), source(two, "hai")]
        found, through = crawl_on(far, chosen, scheduler)
        assert through
        assert found["new"] == 6
        local = crawl_job(job(near, chosen))
        (near.root / "data").mkdir(parents=True, exist_ok=True)
        near.database.write_bytes(local)  # the whole store, as a file has it
        assert texts(far) == texts(near)
        assert whole(far) == whole(near), "every column but the moments and numbers that each machine gives"
        assert len(texts(far)) == 6
        one.article("/tin/1", f"{WORDS} Tin này đã được sửa lại.")
        again, _ = crawl_on(far, chosen, scheduler)
        assert again["new"] == 0
        assert len(texts(far)) == 6
    db = open_store(far.database)
    for inputs, total in db.conn.execute(
        "SELECT r.inputs, sum(o.n) FROM runs r JOIN run_outcomes o ON o.run_id = r.id GROUP BY r.id"
    ):
        assert inputs == total
    assert {row[0] for row in db.conn.execute("SELECT health FROM sources")} == {"ok"}


def test_only_sources_whose_time_has_come_are_crawled_when_that_is_asked(tmp_path, scheduler):
    with site("127.0.0.1") as one:
        one.article("/tin/0", WORDS)
        one.feed("/tin/0")
        home = Home(tmp_path)
        write(home.sources, source(one, "mot"))
        assert typed(home, "crawl", "--due", "--cluster", scheduler).exit_code == 0
        seen = one.paths()
        assert typed(home, "crawl", "--due", "--cluster", scheduler).exit_code == 0
        assert seen == one.paths() == ["/rss", "/tin/0"]


def slowly(answer: Answer):
    def late() -> Answer:
        time.sleep(0.8)
        return answer

    return late


def slow_news(one, count: int) -> None:
    """A feed whose articles take their time."""
    paths = [f"/tin/{at}" for at in range(count)]
    for at, path in enumerate(paths):
        one.article(path, f"{WORDS} Tin số {at}.")
        one.routes[path] = slowly(one.routes[path])
    one.feed(*paths)


def test_a_crawl_that_is_stopped_asks_no_host_any_more(tmp_path, scheduler):
    with site("127.0.0.1") as one:
        slow_news(one, 20)
        write(tmp_path / "sources.toml", source(one, "mot"))
        command = [sys.executable, "-m", "soi", "crawl", "--cluster", scheduler, "--home", str(tmp_path)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
            while len(one.paths()) < 3:
                assert running.poll() is None
                time.sleep(0.02)
            running.kill()
        seen: list[str] = []
        while one.paths() != seen:  # how soon its worker hears of it is the machine's matter
            seen = one.paths()
            time.sleep(2)  # an article takes less
        assert len(seen) < 21, "it went on to its end"


def test_a_crawl_whose_time_is_over_says_so_and_leaves_the_rest_due(tmp_path, scheduler):
    with site("127.0.0.1") as one:
        slow_news(one, 40)
        home = Home(tmp_path)
        write(home.sources, source(one, "mot"))
        said = typed(home, "crawl", "--max-minutes", "0.2", "--cluster", scheduler)
    assert said.exit_code == 130
    assert "stopped before the end" in said.output
    db = open_store(home.database)
    assert [(run.step, run.status) for run in runs.last_runs(db)] == [("crawl", "stopped")]
    assert texts(home)
    assert fetches.waiting(db, "mot", at=now()) > 0
    assert fetches.due_sources(db, at=now()) == {"mot"}


def test_a_worker_killed_while_it_crawls_loses_nothing_and_no_host_is_crawled_twice_at_once(tmp_path, monkeypatch):
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setenv("TMPDIR", str(left))
    with site("127.0.0.1") as one, site("127.0.0.2") as two, two_workers() as local:
        for place in (one, two):
            for at in range(4):
                place.article(f"/tin/{at}", f"{WORDS} Tin số {at} của {place.host}.")
            place.feed(*(f"/tin/{at}" for at in range(4)))
        for at in range(4):
            one.routes[f"/tin/{at}"] = slowly(one.routes[f"/tin/{at}"])
        home = Home(tmp_path / "far")
        chosen = [source(one, "mot"), source(two, "hai")]
        with cluster.connect(local.scheduler_address) as client:
            pids = client.run(os.getpid)

            def kill() -> None:
                while len(one.paths()) < 3:
                    time.sleep(0.02)
                held = next(address for address, keys in client.processing().items() if keys)
                os.kill(pids[held], signal.SIGKILL)

            killer = threading.Thread(target=kill)
            killer.start()
            found, _ = crawl_on(home, chosen, local.scheduler_address)
            killer.join()
            client.wait_for_workers(2, timeout=60)
            assert set(client.run(os.getpid).values()) != set(pids.values()), "nobody died, so this proves nothing"
    assert found["new"] == 8
    assert len({url for url, _ in texts(home)}) == len(texts(home)) == 8
    paths = one.paths()
    assert paths.count("/rss") == 2, "the group was crawled again from its start"
    again = paths[paths.index("/rss", paths.index("/rss") + 1) :]
    assert len(again) == len(set(again)) == 5, "what the killed worker had begun to crawl ended with it"
    assert not any(path.is_file() for path in left.rglob("*")), "texts that no erasure would reach"


def test_a_group_that_cannot_be_crawled_costs_no_other_group(tmp_path, scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "TRIES", 0)
    with site("127.0.0.1") as one:
        one.article("/tin/0", WORDS)
        one.feed("/tin/0")
        home = Home(tmp_path / "far")
        broken = Source("hong", "hong", "feed", f"http://127.0.0.2:{one.port}/rss", delay="x", allow_private=True)
        with pytest.raises(FarCrawlFailed, match=r"1 of 2 groups of sources weren't crawled \(hong: "):
            crawl_on(home, [broken, source(one, "mot")], scheduler)
    assert len(texts(home)) == 1


def test_a_group_of_which_too_much_is_kept_is_to_be_crawled_here(tmp_path, scheduler, monkeypatch):
    monkeypatch.setattr(farcrawl, "LARGEST", 1)
    lone = Source("lon", "lon", "feed", "http://127.0.0.1:1/rss", allow_private=True)
    with pytest.raises(FarCrawlFailed, match=r"1 of 1 .*lon: .* takes \d+ MB, too much to send; crawl"):
        crawl_on(Home(tmp_path / "far"), [lone], scheduler)


def job(home: Home, chosen) -> Job:
    """The same crawl by hand, on this machine."""
    from pipeline.store import fetches

    db = open_store(home.database)
    fetches.put_sources(db, chosen)
    db.close()
    part = farcrawl.cut(home.database, json.dumps([one.id for one in chosen]))
    return Job(part, tuple(chosen), "", 50, 0, DeskSettings())


def test_sources_of_one_host_stay_together():
    places = (("a", "https://bao.example/rss"), ("b", "https://khac.example/rss"), ("c", "https://bao.example/tin.xml"))
    a, b, c = (Source(name, name, "feed", url) for name, url in places)
    assert by_host([a, b, c], {}) == [[b], [a, c]]
    assert by_host([a, b, c], {"b": {"https://bao.example/"}}) == [[a, b, c]]


def test_a_crawl_brought_back_twice_adds_its_texts_once(tmp_path):
    home = store_at(tmp_path / "home.db")
    posts.take_post(home, NewPost("bao", "https://bao.example/1", "Bài đã có."), at="2026-01-01T00:00:00.000Z")
    far = far_of(tmp_path)
    assert posts.take_post(far, NewPost("bao", "https://bao.example/1", "Bài đã có.")) == "known"
    posts.take_post(far, NewPost("bao", "https://bao.example/1", "Bài đã sửa."), at="2026-01-02T00:00:00.000Z")
    posts.take_post(far, NewPost("bao", "https://bao.example/2", "Bài mới."), at="2026-01-02T00:00:00.000Z")
    come_back(home, far)
    come_back(home, far)
    rows = home.conn.execute(
        "SELECT p.url, v.text FROM versions v JOIN posts p ON p.id = v.post_id ORDER BY v.id").fetchall()  # fmt: skip
    assert rows == [
        ("https://bao.example/1", "Bài đã có."), ("https://bao.example/1", "Bài đã sửa."),
        ("https://bao.example/2", "Bài mới."),
    ]  # fmt: skip
    assert list(searching.search(home, "bai moi")) == [2]


def test_others_may_write_while_a_part_of_the_store_is_copied(tmp_path, monkeypatch):
    path = tmp_path / "nhà #1%20?" / "soi.db"
    path.parent.mkdir()
    home = open_store(path)
    posts.take_post(home, NewPost("bao", "https://bao.example/1", "Bài đã có."))
    copied = dict(farcrawl._CUT)

    class Written:
        """The tables to copy, and a writer who comes between any two of them."""

        def items(self):
            for one in copied.items():
                yield one
                with write_store(home):
                    fetches.pause(home, f"{one[0]}.example", "2026-01-01T00:00:00.000Z")

    home.conn.execute("PRAGMA busy_timeout=0")
    monkeypatch.setattr(farcrawl, "_CUT", Written())
    with contextlib.closing(open_in_memory(farcrawl.cut(path, '["bao"]'))) as far:
        assert posts.post_by(far, "https://bao.example/1").text == "Bài đã có."
        assert far.conn.execute("SELECT count(*) FROM hosts").fetchone() == (0,)  # all of it as of one moment
    assert fetches.paused_until(home, "erasures.example")


def far_of(tmp_path):
    """A home's cut, opened as the worker that crawls has it."""
    return open_in_memory(farcrawl.cut(tmp_path / "home.db", '["bao"]'))


def come_back(home, far):
    with runs.run(home, "crawl") as run_id:
        farcrawl.bring_back(home, far.conn.serialize(), run_id, '["bao"]')


def test_what_a_far_crawl_let_go_unread_does_not_stay_here(tmp_path, monkeypatch):
    monkeypatch.setattr(fetches, "UNREAD_BYTES", 8000)
    home = store_at(tmp_path / "home.db")
    old, new = (
        [Fetch("bao", f"https://bao.example/{day}-{n}-{'x' * 50}", step="page") for n in range(7)] for day in "12"
    )
    fetches.put_sources(home, [Source("bao", "Báo", "feed", "https://bao.example/feed")])
    with write_store(home):
        fetches.plan(home, old, at="2026-01-01T00:00:00.000Z")
    far, at = far_of(tmp_path), now()
    fetches.plan(far, new, at=at)
    fetches.let_go_unasked(far, "bao", at=at)
    come_back(home, far)
    assert {row["url"] for row in home.query("SELECT url FROM fetches")} == {fetch.url for fetch in new}
    assert home.conn.execute("SELECT overflow, overflow_at FROM sources").fetchall() == [(len(old), at)]


def test_what_was_erased_while_a_crawl_was_out_does_not_come_back_with_it(tmp_path):
    home, url = store_at(tmp_path / "home.db"), "https://bao.example/1"
    posts.take_post(home, NewPost("bao", url, "Bài của người ấy."), at="2026-01-01T00:00:00.000Z")
    far = far_of(tmp_path)
    posts.take_post(far, NewPost("bao", url, "Bài của người ấy, viết thêm."), at="2026-01-02T00:00:00.000Z")
    posts.take_post(far, NewPost("bao", "https://bao.example/2", "Bài khác."))
    evidence.put_passages(far, [PassageRow(f"bao:{url}", "Lời người ấy.", "Báo", "party", url=url)])
    factchecks.take(far, FactCheckRow("bao", url, "Lời người ấy.", "Sai", "false"))
    fetches.plan(far, [Fetch("bao", url, step="page", title="Lời người ấy")], at="2026-01-02T00:00:00.000Z")
    fetches.saw(far, url, [url])
    erasure.erase(home, url, person="an", reason="chủ bài yêu cầu")
    come_back(home, far)
    for table in ("posts", "passages", "factchecks", "fetches", "sightings"):
        assert url not in [row["url"] for row in home.query(f"SELECT url FROM {table}")]
    assert "người ấy" not in str(list(home.query("SELECT text FROM versions")))
    assert posts.post_by(home, "https://bao.example/2").text == "Bài khác."


def test_an_address_that_a_far_crawl_found_to_lead_to_what_was_erased_is_kept_out_here_too(tmp_path):
    home, article = store_at(tmp_path / "home.db"), "https://bao.example/1"
    alias, other, report = (
        Fetch("bao", f"https://bao.example/{name}", step="page") for name in ("tin/1", "khac", "bao-cao")
    )
    with write_store(home):
        fetches.plan(home, [alias, other, report], at=now())
    posts.take_post(home, NewPost("dai", f"{other.url}/", "Bài khác, của một nguồn khác."))
    evidence.put_passages(home, [PassageRow("file:1", "Có 12 em.", "Mái Hiên", "independent", url=report.url)])
    erasure.erase(home, article, person="an", reason="chủ bài yêu cầu")
    far = far_of(tmp_path)
    reading = Reading(items=(Post("bao", article, "Chị kể chuyện của mình."),))
    for fetch in (alias, other, report):
        StoreIntake(far, runs.start_run(far, "crawl")).settle(Settled(fetch, None, Visit(), "", reading), now=now())
    come_back(home, far)
    assert erasure.erased(home, [alias.url, other.url, report.url]) == {alias.url}
    assert {url for (url,) in home.conn.execute("SELECT url FROM fetches")} == {other.url, report.url}
    assert posts.post_by(home, f"{other.url}/").text
    assert [row.text for row in evidence.passages(home)] == ["Có 12 em."]


def test_a_day_that_a_far_crawl_found_is_taken_and_none_is_replaced(tmp_path):
    home, day = store_at(tmp_path / "home.db"), "2026-11-01T00:00:00+07:00"
    undated, dated = (
        NewPost("bao", f"https://bao.example/{n}", "Bài.", published=when) for n, when in ((1, ""), (2, day))
    )
    posts.take_posts(home, [undated, dated], at="2026-11-02T00:00:00.000Z")
    far = far_of(tmp_path)
    posts.take_post(far, replace(undated, published=day))
    far.conn.execute("UPDATE posts SET published = '2025-01-01' WHERE url = ?", [dated.url])
    come_back(home, far)
    assert [row["published"] for row in home.query("SELECT published FROM posts")] == [day, day]
    assert len(posts.versions_of(home, 1)) == 1


def test_a_far_crawl_may_find_more_than_a_gibibyte(tmp_path):
    store_at(tmp_path / "home.db").close()
    with contextlib.closing(far_of(tmp_path)) as far:
        far.conn.execute("CREATE TABLE much (bytes)")
        for _ in range(11):
            far.conn.execute("INSERT INTO much VALUES (zeroblob(100000000))")


def test_a_pause_that_a_host_asked_for_meanwhile_is_kept(tmp_path):
    home = store_at(tmp_path / "home.db")
    fetches.pause(home, "bao.example", "2026-01-01T00:00:00.000Z")
    far = far_of(tmp_path)
    fetches.pause(home, "bao.example", "2026-01-03T00:00:00.000Z")
    fetches.pause(far, "khac.example", "2026-01-02T00:00:00.000Z")
    come_back(home, far)
    assert fetches.paused_until(home, "bao.example") == "2026-01-03T00:00:00.000Z"
    assert fetches.paused_until(home, "khac.example") == "2026-01-02T00:00:00.000Z"


def test_evidence_brought_back_is_new_here_and_reopens_what_rests_on_it(tmp_path):
    home = store_at(tmp_path / "home.db")
    law = PassageRow("bao:luat", "Tuổi tối thiểu là 15.", "Báo", "independent", source_id="bao")
    check = FactCheckRow("bao", "https://bao.example/kc", "Trẻ 12 tuổi được đi làm.", "Sai", "false")
    evidence.put_passages(home, [law])
    factchecks.take(home, check)
    rested = {}
    for eid in ("bao:luat", "factcheck:1"):
        posts.take_post(home, NewPost("bao", f"https://bao.example/{eid}", f"Bài {eid}."))
        number = posts.post_by(home, f"https://bao.example/{eid}").post_id
        rested[eid] = cases.open_case(home, number, claim="một điều", score_id=None)
        decision = NewDecision(rested[eid], "an", Verdict.FALSE, "contradicted_by_record", (eid,))
        decisions.decide(home, decision)
    far = far_of(tmp_path)
    evidence.put_passages(far, [replace(law, text="Tuổi tối thiểu là 16."), replace(law, eid="bao:moi")])
    factchecks.take(far, replace(check, rating="Đúng", verdict="true"))
    time.sleep(0.005)
    evidence.put_passages(home, [PassageRow("fact:sau", "Một đoạn đến đây trong lúc ấy.", "Sổ xã", "primary")])
    seen = evidence.passages_now(home).changed_at
    come_back(home, far)
    assert {row.eid for row in evidence.passages_since(home, seen)} == {"bao:luat", "bao:moi", "fact:sau"}
    assert [cases.case(home, case).state for case in rested.values()] == ["reopened", "reopened"]


def test_what_a_source_that_is_off_left_is_corrected_by_a_far_crawl_too(tmp_path):
    home, url = store_at(tmp_path / "home.db"), "https://bao.example/1"
    old = Source("bao-cu", "Báo", "factcheck", "https://bao.example/rss", use="evidence")
    passage = PassageRow("bao-cu:1", "Có 120 vụ.", "Báo", "independent", url=url, source_id=old.id)
    check = FactCheckRow(old.id, url, "Trẻ 12 tuổi được đi làm.", "Sai", "false", page_url=url, page_hash="a")
    fetches.put_sources(home, [old])
    evidence.put_passages(home, [passage])
    factchecks.take(home, check)
    fetches.put_sources(home, [replace(old, id="bao")], whole=True)
    for hash_, rating in (("b", "Đúng"), ("c", "Đúng phần lớn")):
        far = far_of(tmp_path)
        with runs.run(far, "crawl"):
            evidence.put_passages(far, [replace(passage, eid="bao:1", text=rating, source_id="bao")])
            factchecks.take(far, replace(check, source_id="bao", rating=rating, verdict="true", page_hash=hash_))
        come_back(home, far)
        rows = home.conn.execute("SELECT source_id, rating, page_hash FROM factchecks").fetchall()
        assert rows == [("bao", rating, hash_)]
        assert [(row.eid, row.text) for row in evidence.passages(home)] == [("bao-cu:1", rating)]


@pytest.mark.parametrize("kept", ["bao-cu", "bao"])
def test_a_passage_corrected_here_stays_so_when_an_earlier_far_crawl_returns_once_more(tmp_path, kept):
    home, url = store_at(tmp_path / "home.db"), "https://bao.example/1"
    old = Source(kept, "Báo", "feed", "https://bao.example/rss", use="evidence")
    fetches.put_sources(home, [old])
    evidence.put_passages(home, [PassageRow(f"{kept}:1", "Có 120 vụ.", "Báo", "party", url=url, source_id=kept)])
    fetches.put_sources(home, [replace(old, id="bao")], whole=True)
    time.sleep(0.005)
    far = far_of(tmp_path)
    again = PassageRow("bao:1", "Có 150 vụ.", "Báo", "party", url=url, source_id="bao")
    with runs.run(far, "crawl"):
        evidence.put_passages(far, [again])
    come_back(home, far)
    assert [row.text for row in evidence.passages(home)] == ["Có 150 vụ."]
    evidence.put_passages(home, [evidence.as_kept(home, replace(again, text="Có 210 vụ."))])
    come_back(home, far)
    assert [(row.eid, row.text) for row in evidence.passages(home)] == [(f"{kept}:1", "Có 210 vụ.")]


def test_a_passage_that_was_taken_back_while_a_crawl_was_out_does_not_come_back_with_it(tmp_path):
    home = store_at(tmp_path / "home.db")
    stays, goes = (PassageRow(f"bao:{name}", f"Bản {name}.", "Báo", "independent", source_id="bao") for name in "ab")
    evidence.put_passages(home, [stays, goes])
    time.sleep(0.005)
    far = far_of(tmp_path)
    with runs.run(far, "crawl"):
        changed = [replace(goes, text="Bản khác."), replace(stays, text="Bản đã sửa.")]
        evidence.put_passages(far, [*changed, replace(stays, eid="bao:moi")])
    erasure.remove_evidence(home, [goes.eid], person="an")
    come_back(home, far)
    assert [(row.eid, row.text) for row in evidence.passages(home)] == [("bao:a", "Bản đã sửa."), ("bao:moi", "Bản a.")]


def test_a_text_read_here_and_there_alike_is_one_version_and_a_later_one_here_stays_the_newest(tmp_path):
    home, url = store_at(tmp_path / "home.db"), "https://bao.example/{}"
    for n in (1, 2, 3):
        posts.take_post(home, NewPost("bao", url.format(n), "Cũ."), at="2026-01-01T00:00:00.000Z")
    far = far_of(tmp_path)
    posts.take_post(home, NewPost("bao", url.format(1), "Sửa."), at="2026-01-02T00:00:00.000Z")
    posts.take_post(far, NewPost("bao", url.format(1), "Sửa."), at="2026-01-03T00:00:00.000Z")
    posts.take_post(far, NewPost("bao", url.format(2), "Sửa."), at="2026-01-02T00:00:00.000Z")
    posts.take_post(home, NewPost("bao", url.format(2), "Sửa lần nữa."), at="2026-01-03T00:00:00.000Z")
    for day, text in ((2, "Sửa."), (3, "Cũ.")):
        posts.take_post(far, NewPost("bao", url.format(3), text), at=f"2026-01-0{day}T00:00:00.000Z")
    come_back(home, far)
    found = {n: [v.text for v in posts.versions_of(home, n)] for n in (1, 2, 3)}
    assert found == {1: ["Cũ.", "Sửa."], 2: ["Cũ.", "Sửa lần nữa."], 3: ["Cũ.", "Sửa.", "Cũ."]}


def test_a_withdrawn_fact_check_that_another_page_repeats_out_there_stays_withdrawn(tmp_path):
    home, url = store_at(tmp_path / "home.db"), "https://khac.example/kc"
    fetches.put_sources(home, [Source(name, name, "factcheck", f"https://{name}.example/") for name in ("bao", "khac")])
    check = FactCheckRow("khac", url, "Trẻ 12 tuổi được đi làm.", "Sai", "false", page_url=url, page_hash="x")
    factchecks.take(home, check)
    with write_store(home):
        for look in range(factchecks.MISSES):
            factchecks.miss(home, url, "", source_id="khac", at=later(days=look + 1))
    far = far_of(tmp_path)
    factchecks.take(far, replace(check, source_id="bao", page_url="", page_hash="y"))
    assert [eid for eid, *_ in evidence.refuted_claims(far)] == ["factcheck:1"]
    come_back(home, far)
    assert list(evidence.refuted_claims(home)) == []


def test_a_source_that_was_changed_while_its_crawl_was_out_is_due(tmp_path):
    home = store_at(tmp_path / "home.db")
    source = Source("bao", "Báo", "feed", "https://bao.example/")
    fetches.put_sources(home, [source])
    far, fetch, at = far_of(tmp_path), Fetch("bao", source.url), later(hours=1)
    with write_store(far):
        fetches.keep_visit(far, fetch, Visit(body_hash="x", fetched_at=at), due_at="", outcome="listed", detail="")
    fetches.keep_health(far, source, Health("ok", next_at=at), at=at)
    fetches.put_sources(home, [replace(source, kind="factcheck")])
    come_back(home, far)
    assert (fetches.due_sources(home, at=now()), fetches.health(home, "bao")) == ({"bao"}, Health())
    assert fetches.visit(home, fetch).body_hash == ""
