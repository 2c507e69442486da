"""The clockwork: what is due, one at a time, caught up once, ended cleanly, alone in its home."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from filled import PLAIN_URL, filled_home, typed
from small_site import site

from crawlers.items import Fetch, Health, Robots
from crawlers.reading import hosts
from crawlers.sources import Source, entry, load, turn, write
from pipeline import cron
from pipeline.home import Home
from pipeline.inforce import HomeError
from pipeline.locks import Busy, alone, holder
from pipeline.operations.children import FOLLOW, Child, start
from pipeline.operations.logs import set_up
from pipeline.operations.running import AGAIN, WELL, WORKER, Running
from pipeline.operations.schedule import Job, jobs, missed, next_batch, next_time
from pipeline.operations.state import LOOK, JobState, RunState, read_state, write_state
from pipeline.operations.watch import look
from pipeline.operations.watch_sources import look_at_sources
from pipeline.records import EvidenceRow, NewPost, ScoreRow, later, now
from pipeline.settings import ScheduleSettings
from pipeline.store import Database, cases, evidence, fetches, holds, open_store, people, posts, runs, scores, watching
from pipeline.store import write as store_write
from pipeline.store.retention import old_texts
from soi.demo_world import open_world

BACKUP = Job(("backup",), "10 3 * * *", "backup")
ZONE = "Asia/Ho_Chi_Minh"


def until(what: Callable[[], bool], *, seconds: float = 120) -> bool:
    """Whether something comes true in time."""
    limit = time.monotonic() + seconds
    while not what():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# ── times ──


def test_a_time_that_passed_while_nobody_was_here_is_caught_up_once():
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for days in (2, 30, 300):
        last = (at - timedelta(days=days)).isoformat()
        assert missed(BACKUP, last=last, at=at, timezone=ZONE)
    assert not missed(BACKUP, last=(at - timedelta(hours=1)).isoformat(), at=at, timezone=ZONE)
    assert not missed(BACKUP, last="", at=at, timezone=ZONE)


def test_times_are_in_the_zone_of_the_settings():
    assert next_time(BACKUP, ZONE)[11:16] == "20:10"
    assert next_time(BACKUP, "UTC")[11:16] == "03:10"


@pytest.mark.parametrize(("field", "days"), [
    ("0", "0"), ("7", "0"), ("1", "1"), ("sun", "0"), ("MON-fri", "12345"), ("1-5", "12345"), ("0-2", "012"),
    ("5-7", "056"), ("fri-sun", "056"), ("6-1", "016"), ("*/2", "0246"), ("1-5/2", "135"), ("0,3,6", "036"),
    ("*", "0123456"),
])  # fmt: skip
def test_days_of_the_week_are_those_of_cron(field, days):
    times = cron.trigger(f"0 4 * * {field}", "UTC")
    at, found = datetime(2026, 11, 1, tzinfo=UTC), set()  # a Sunday
    for _ in range(7):
        at = times.get_next_fire_time(None, at + timedelta(minutes=1))
        found.add(at.strftime("%w"))
    assert "".join(sorted(found)) == days


@pytest.mark.parametrize("field", ["8", "-1", "sol", "1-9", "", "*/0", "1,"])
def test_a_day_of_the_week_that_is_none_is_refused(field):
    with pytest.raises(ValueError, match="backup"):
        ScheduleSettings(backup=f"0 4 * * {field}")


def test_a_job_can_be_turned_off_and_a_wrong_time_is_refused(tmp_path):
    assert [job.name for job in jobs(ScheduleSettings(backup="off", tidy="off"))] == ["alerts check", "prune"]
    with pytest.raises(ValueError, match="backup"):
        ScheduleSettings(backup="70 3 * * *")
    (tmp_path / "soi.toml").write_text('[schedule]\nbackup = "daily"\n')
    with pytest.raises(HomeError, match="five cron fields"):
        Home(tmp_path).settings()


def test_every_job_is_a_command_that_a_person_may_type():
    from typer.testing import CliRunner

    from soi.front import app

    for job in jobs(ScheduleSettings()):
        assert CliRunner().invoke(app(), [*job.argv, "--help"]).exit_code == 0, job.name


def test_no_two_crawls_are_on_one_host():
    sources = [
        Source("a", "A", "feed", "https://x.example/1"), Source("b", "B", "feed", "https://x.example/2"),
        Source("c", "C", "feed", "https://y.example/"), Source("d", "D", "feed", "https://z.example/", off=True),
    ]  # fmt: skip
    due = {source.id: hosts(source) for source in sources}
    assert [s.id for s in next_batch(sources, due, busy=set())] == ["a", "b", "c"]
    assert [s.id for s in next_batch(sources, due, busy={"x.example"})] == ["c"]
    assert next_batch(sources, {"d": {"z.example"}}, busy=set()) == []


def test_a_source_is_at_the_hosts_that_it_is_read_from(tmp_path):
    api = "public.api.bsky.app"
    assert hosts(Source("a", "A", "bluesky", "https://bsky.app/profile/bao.example")) == {api}
    home = filled_home(tmp_path)
    feed = Source("b", "B", "feed", "https://rss.x.example/tin")
    site = Source("c", "C", "listing", "https://www.x.example/")
    other = Source("d", "D", "feed", "https://y.example/", off=True)
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [feed, site, other])
        with store_write(db):
            fetches.plan(db, [Fetch("b", "https://www.x.example/1", "page")], at=now())
    write(home.sources, feed)
    write(home.sources, site)
    home.settings_file.write_text('[crawl]\ncontact = "lien-he@soi.test"\n', encoding="utf-8")
    running = Running(home, pid=os.getpid())
    running.hosts["crawl"], running.looked["d"] = {"d": {"www.x.example"}}, ""
    try:
        running._crawl()
        assert running.children == {}
        running.hosts["crawl"] = {"d": {"bsky.app"}}
        running._crawl()
        assert running.hosts["crawl"] == {"b": {"rss.x.example", "www.x.example"}, "c": {"www.x.example"}}
    finally:
        running.end()


def test_a_slow_host_holds_up_nothing_but_its_own_and_what_is_cut_off_there_stays_due(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.operations.running.STOPPING", 60.0)  # a crawl that is killed concludes nothing
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    with site() as slow, site("127.0.0.2") as quick, contextlib.closing(open_store(home.database)) as db:
        for n in range(60):
            slow.article(f"/{n}.html", f"Trạm y tế xã mở cửa cả ngày thứ bảy, tin số {n}.")
        slow.feed(*(f"/{n}.html" for n in range(60)))
        slow.feed("/59.html", path="/rss2")
        quick.feed()
        a_source = partial(Source, kind="feed", allow_private=True)
        write(home.sources, a_source("cham", "Chậm", url=f"{slow.root}/rss", delay=2.0))
        write(home.sources, a_source("nhanh", "Nhanh", url=f"{quick.root}/rss", delay=0.1))

        def looked() -> dict[str, str]:
            running.tick()
            return fetches.last_looks(db)

        try:
            assert until(lambda: looked()["nhanh"] != "")
            first, child = looked()["nhanh"], running.children["crawl"]
            write(home.sources, a_source("ke", "Kề", url=f"{slow.root}/rss2", delay=2.0))
            watching.due_now(db, ["nhanh"])
            assert until(lambda: looked()["nhanh"] != first)
            assert until(lambda: not looked()["cham"] and "crawl #2" not in running.children)
            assert (running.children, running.hosts) == ({"crawl": child}, {"crawl": {"cham": {"127.0.0.1"}}})
            assert until(lambda: not looked()["cham"] and fetches.waiting(db, "cham", at=now()) > 0)
            assert "/rss2" not in slow.paths()  # its host isn't free
            assert fetches.due_sources(db, at=now()) == {"cham", "ke"}
        finally:
            running.end()
        times = [at for at, _, _ in slow.hits]
        assert (times[-1] - times[0]) / (len(times) - 1) > 1.5  # of two crawls at once it would be 1.25
        state = {source.id: source for source in watching.sources(db)}
        assert (state["cham"].health, state["cham"].next_check <= now()) == ("ok", True)
        assert fetches.waiting(db, "cham", at=now()) > 30
        assert [run.status for run in runs.last_runs(db, limit=2)] == ["done", "stopped"]


def test_a_source_that_is_turned_off_is_asked_no_more_and_those_beside_it_go_on_later(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.operations.children.GRACE", 60.0)  # one that is killed concludes nothing
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    with site() as closed, site("127.0.0.2") as beside:
        for web in (closed, beside):
            for n in range(60):
                web.article(f"/{n}.html", f"Trạm y tế xã mở cửa cả ngày thứ bảy, tin số {n}.")
            web.feed(*(f"/{n}.html" for n in range(60)))
        for name, web in (("dong", closed), ("ke", beside)):
            write(home.sources, Source(name, name, "feed", f"{web.root}/rss", allow_private=True, delay=0.4))

        def asked() -> tuple[int, int]:
            running.tick()
            return len(closed.hits), len(beside.hits)

        try:
            assert until(lambda: min(asked()) > 4)
            turn(home.sources, "dong", off=True)
            assert until(lambda: bool(asked()) and running.state.jobs["crawl"].code == 130)
            assert running.state.jobs["crawl"].failures == 0
            running.held.clear()  # as after a minute
            before = asked()
            assert until(lambda: asked()[1] > before[1] + 2)
            assert asked()[0] == before[0]
            assert [set(held) for held in running.hosts.values()] == [{"ke"}]
        finally:
            running.end()


def test_sources_that_a_crawl_was_through_with_are_at_no_host_and_did_not_break_off(tmp_path):
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    running.hosts["crawl"] = {"a": {"x.example"}, "b": {"y.example"}}
    running.looked, running.broken = {"a": "", "b": "2026-11-02"}, {"a": (3, "broke"), "b": (3, "broke")}
    running._free_hosts({"a": "2026-11-03", "b": "2026-11-02"})
    assert (running.hosts, running.broken) == ({"crawl": {"b": {"y.example"}}}, {"b": (3, "broke")})


def test_a_host_that_a_look_has_led_to_is_left_to_the_crawl_that_is_at_it(tmp_path):
    home = filled_home(tmp_path)
    feed = Source("b", "B", "feed", "https://rss.x.example/tin")
    front = Source("c", "C", "listing", "https://www.x.example/")
    write(home.sources, front)
    running = Running(home, pid=os.getpid())
    running.hosts["crawl"], running.looked["b"] = {"b": {"rss.x.example"}}, ""
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [feed, front])
        with store_write(db):
            fetches.plan(db, [Fetch("b", "https://www.x.example/1", "page")], at=now())
    running._crawl()
    assert running.children == {}


def test_a_clock_set_back_leaves_no_source_waiting_for_tomorrow(tmp_path):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    fetches.put_sources(
        db, [Source("a", "A", "feed", "https://x.example/"), Source("b", "B", "feed", "https://y.example/")]
    )
    days = (datetime.now(UTC) + timedelta(days=3)).isoformat().replace("+00:00", "Z")
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat().replace("+00:00", "Z")
    db.execute("UPDATE sources SET next_check = CASE id WHEN 'a' THEN ? ELSE ? END", [days, soon])
    running = Running(home, pid=os.getpid())
    running._offset += 3 * 86400  # the clock was three days ahead when this began
    began, running.state = now(), replace(running.state, started=days)
    running._clock()
    assert began <= running.state.started <= now()
    assert fetches.due_sources(db, at=now()) == {"a"}


@pytest.mark.parametrize("at_work", [True, False])
def test_what_a_clock_planned_that_was_ahead_comes_when_the_right_one_says(tmp_path, at_work):
    home, ahead = filled_home(tmp_path), timedelta(hours=3)

    def moment(minutes: float, by: timedelta = timedelta()) -> str:
        return (datetime.now(UTC) + by + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")[:23] + "Z"

    db = open_store(home.database)
    fetches.put_sources(db, [Source(one, one, "feed", f"https://{one}.example/") for one in "abc"])
    pages = {"https://a.example/1": "", "https://a.example/2": moment(-1, ahead), "https://b.example/1": moment(-60)}
    with store_write(db):
        for url in pages:
            fetches.plan(db, [Fetch(url[8], url, "page")], at=moment(0, ahead))
    fetches.pause(db, "a.example", moment(0.1, ahead))
    fetches.keep_robots(db, Robots("https://a.example", 200, "", moment(-1, ahead)))
    db.execute("UPDATE fetches SET first_at = ?, unconditional_at = ?", [moment(-1, ahead), moment(-2, ahead)])
    runs.start_run(db, "score")
    db.execute("UPDATE runs SET started_at = ?", [moment(-1, ahead)])
    for url, fetched in pages.items():
        db.execute("UPDATE fetches SET fetched_at = ? WHERE url = ?", [fetched, url])
    last, due = {"a": moment(-1, ahead), "b": moment(-20)}, {"a": moment(14, ahead), "b": moment(100)}
    for one in "ab":
        db.execute("UPDATE sources SET last_checked = ?, next_check = ? WHERE id = ?", [last[one], due[one], one])
    # concluded after the clock was set back, beside a pause from before
    wait = [moment(-1), fetches.paused_until(db, "a.example")]
    db.execute("UPDATE sources SET last_checked = ?, next_check = ? WHERE id = 'c'", wait)
    running = Running(home, pid=os.getpid())
    if at_work:
        running._offset += ahead.total_seconds()
        running._clock()
    else:
        running.begin()
        running.end()
    planned = dict(db.conn.execute("SELECT id, next_check FROM sources").fetchall())
    assert moment(10) < planned["a"] < moment(20)
    assert planned["b"] == due["b"]
    assert planned["c"] < moment(2)
    assert fetches.paused_until(db, "a.example") < moment(2)
    waits = dict(db.conn.execute("SELECT url, next_visit > ? FROM fetches", [moment(2)]).fetchall())
    assert waits == {"https://a.example/1": 0, "https://a.example/2": 0, "https://b.example/1": 1}
    moved = "first_at BETWEEN ?1 AND ?2 AND unconditional_at BETWEEN ?1 AND ?2"
    read = db.conn.execute(f"SELECT count(*) FROM fetches WHERE {moved}", [moment(-5), moment(1)])
    assert read.fetchone() == (3,)
    assert moment(-5) < fetches.robots(db, "https://a.example").fetched_at < moment(1)


@pytest.mark.parametrize("at_work", [True, False])
def test_a_pause_that_a_host_asked_for_is_kept_at_every_start_after_the_clock_was_set_back(tmp_path, at_work):
    home, month = filled_home(tmp_path), 30 * 24
    db = open_store(home.database)
    with store_write(db):
        db.execute("UPDATE runs SET started_at = ?, ended_at = ?", [later(hours=month), later(hours=month + 1)])
    fetches.pause(db, "a.example", later(hours=month + 20))
    running = Running(home, pid=os.getpid())
    if at_work:
        running._offset += month * 3600
        running._clock()
    for _ in range(2):
        running = Running(home, pid=os.getpid())
        running.begin()
        running.end()
        assert later(hours=19) < fetches.paused_until(db, "a.example") < later(hours=21)
    assert db.conn.execute("SELECT max(started_at) FROM runs").fetchone()[0] < later(minutes=1)


class Ahead(datetime):
    """A clock that is forty days ahead."""

    @classmethod
    def now(cls, tz=None) -> datetime:
        return datetime.now(tz) + timedelta(days=40)


def _clock_set_back(home: Home, *, at_work: bool) -> None:
    """The clock of Ahead set back while `soi run` is at work, or before it begins."""
    running = Running(home, pid=os.getpid())
    if at_work:
        running._offset += timedelta(days=40).total_seconds()
        running._clock()
    else:
        running.begin()
        running.end()


@pytest.mark.parametrize("at_work", [True, False])
def test_nobody_has_a_case_stays_signed_in_or_is_kept_out_for_as_long_as_a_clock_was_ahead(
    tmp_path, monkeypatch, at_work
):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    renewed, parked, opened, handed = (cases.open_case(db, 2, claim=c, score_id=None) for c in "abcd")
    for name in ("an", "binh", "chi"):
        people.add(db, name)
    holds.take(db, renewed, "an", minutes=10)
    holds.hand(db, parked, "an", to="an")
    link, kept = people.login_link(db, "an"), holds.holder(db, parked)
    with monkeypatch.context() as clock:
        clock.setattr("pipeline.records.datetime", Ahead)
        with store_write(db):
            db.execute("UPDATE holds SET until = ? WHERE case_id = ?", [later(minutes=1), renewed])
        assert holds.take(db, renewed, "an", minutes=10).until > later(minutes=9)
        holds.take(db, opened, "an", minutes=10)
        holds.hand(db, handed, "an", to="binh")
        people.start_session(db, "binh", hours=12)
        people.login_link(db, "binh")
        people.begin_attempt(db, {"chi": 1}, minutes=15)
        runs.start_run(db, "score")
    assert people.begin_attempt(db, {"chi": 1}, minutes=15) is None
    _clock_set_back(home, at_work=at_work)
    found = {hold.case_id: hold for hold in holds.held_by(db, "an") + holds.held_by(db, "binh")}
    assert [found[one].until < later(minutes=11) for one in (renewed, opened)] == [True, True]
    assert later(hours=23) < found[handed].until < later(hours=25)
    assert max(hold.since for hold in found.values()) <= later(minutes=1)
    assert found[parked] == kept
    ((seen, made, ends),) = db.conn.execute(
        "SELECT seen_at, created_at, expires_at FROM sessions WHERE person = 'binh'"
    ).fetchall()
    assert max(seen, made) < later(minutes=1)
    assert later(hours=11) < ends < later(hours=13)
    assert max(people.open_links(db).values()) < later(hours=25)
    assert people.use_login_link(db, link) == "an"
    assert people.attempts(db, "chi", minutes=15) == 1
    assert max(db.conn.execute("SELECT at FROM login_attempts").fetchone()) < later(minutes=1)


@pytest.mark.parametrize("at_work", [True, False])
def test_what_was_read_and_scored_by_a_clock_that_was_ahead_counts_as_read_when_it_was(tmp_path, monkeypatch, at_work):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    with monkeypatch.context() as clock:
        clock.setattr("pipeline.records.datetime", Ahead)
        for version, url in ((3, f"{PLAIN_URL}/a"), (4, f"{PLAIN_URL}/b")):
            posts.take_post(db, NewPost("bao", url, "Xã Ea Nhôl mở thêm một lớp học."), at=now())
            beside = (EvidenceRow("fact:a", "related", 0.2, "primary"),)
            scores.add_score(
                db, ScoreRow(version, "default", "claim", (), 0.1, False, evidence=beside), outcome="scored"
            )
            shadow = {"version_id": version, "model": "v2", "kind": "claim", "rights": "[]", "p_refuted": 0.1}
            db["shadow_scores"].insert({**shadow, "flagged": 0, "reasons": "[]", "claim": "", "scored_at": now()})
        cases.open_case(db, 4, claim="xã mở thêm một lớp học", score_id=4)
        runs.start_run(db, "score")

    def times(post: int) -> tuple[str, ...]:
        asked = "SELECT v.seen_at, s.scored_at, h.scored_at FROM versions v JOIN scores s ON s.version_id = v.id"
        return db.execute(f"{asked} JOIN shadow_scores h ON h.version_id = v.id WHERE v.post_id = ?", [post]).fetchone()

    since_it_joined, place = times(4), cases.place_of(db, 4)
    _clock_set_back(home, at_work=at_work)
    for seen in ("max(first_seen) FROM posts", "max(first_seen) FROM standings", "max(last_seen) FROM standings"):
        assert later(minutes=-5) < db.execute(f"SELECT {seen}").fetchone()[0] < later(minutes=1)
    assert all(later(minutes=-5) < one < later(minutes=1) for one in times(3))
    assert old_texts(db, before=later(days=30), limit=9) == [2, 3]
    # what a case's text was when it joined is told by these, and when it joined stays as it was written
    assert (times(4), cases.place_of(db, 4)) == (since_it_joined, place)
    assert [row[0] for row in db.execute("SELECT score_id FROM evidence ORDER BY id")] == [1, 2, 3, 4]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_the_right_clock_wrote_keeps_its_time_where_one_that_was_ahead_is_set_back_too_far(tmp_path, monkeypatch):
    db = open_store(filled_home(tmp_path).database)

    def take(name: str) -> None:
        posts.take_post(db, NewPost("bao", f"{PLAIN_URL}/{name}", f"Xã Ea Nhôl mở lớp {name}."), at=now())
        runs.start_run(db, "score")

    take("a")
    seen = "SELECT p.first_seen, v.seen_at FROM posts p JOIN versions v ON v.post_id = p.id WHERE p.url LIKE ?"
    was = db.conn.execute(seen, ["%/a"]).fetchone()
    with monkeypatch.context() as clock:
        clock.setattr("pipeline.records.datetime", Ahead)
        take("b")
    for hour in (-3, -3, 0):
        watching.after_set_back(db, at=later(hours=hour))
        assert min(was) >= min(db.conn.execute(seen, ["%/a"]).fetchone()) > later(hours=-4)
        assert later(hours=-7) < min(db.conn.execute(seen, ["%/b"]).fetchone()) < later(minutes=1)


# ── children ──


def test_a_job_that_takes_too_long_is_ended(tmp_path):
    home = filled_home(tmp_path)
    child = start(home, ("run", "--no-desk"), minutes=0, memory_mb=2048)
    assert until(lambda: child.poll() is not None, seconds=60)
    assert "took too long" in child.said
    assert not alive(child.process.pid)


def test_a_job_that_takes_too_much_memory_ends_by_itself(tmp_path):
    home = filled_home(tmp_path)
    child = start(home, ("doctor",), minutes=1, memory_mb=1)
    assert until(lambda: child.poll() is not None, seconds=60)
    assert child.process.returncode != 0


@pytest.mark.parametrize("memory_mb", [150, 256])  # within an import, and where something is read or begun
def test_a_job_with_too_little_memory_says_what_to_raise(tmp_path, memory_mb):
    home = filled_home(tmp_path)
    child = start(home, ("score",), minutes=2, memory_mb=memory_mb)
    assert until(lambda: child.poll() is not None, seconds=120)
    assert f"more memory than schedule.memory_mb ({memory_mb}) allows; raise it in soi.toml" in child.said


@pytest.mark.parametrize(("line", "told"), [
    ("memory allocation of 4096 bytes failed", True), ("MemoryError", True),
    ("RuntimeError: can't start new thread", True), ("ValueError: 'Failed to spawn segment merging thread'", True),
    ("soi: no such source", False),
])  # fmt: skip
def test_what_ran_out_of_memory_where_no_exception_tells_says_so(line, told):
    child = Child(("score",), ended_with(134), time.monotonic(), 60.0, 300)
    child.lines.extend([line, "skipping backtrace printing"])
    assert ("schedule.memory_mb (300)" in child.said) is told


def test_a_job_still_at_it_is_not_started_again(tmp_path):
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    try:
        running._launch(Job(("run", "--no-desk"), "", "x"))
        first = dict(running.children)
        running._launch(Job(("run", "--no-desk"), "", "x"))
        assert running.children == first
    finally:
        running.end()


def test_failures_are_counted_and_said(tmp_path):
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    job = Job(("restore", "nothing.tar.gz"), "", "x")
    for _ in range(2):
        running._launch(job)
        assert until(lambda: running._reap(job.name) or job.name not in running.children)
    found = running.state.jobs[job.name]
    assert (found.failures, found.code) == (2, 2)
    assert "There is no backup" in found.said


@pytest.mark.parametrize(("code", "event"), [(0, "done"), (130, "stopped")])
def test_a_job_that_was_cut_off_is_not_told_as_done(tmp_path, capsys, code, event):
    running = Running(filled_home(tmp_path), pid=os.getpid())
    running.children["backup"] = Child(("backup",), ended_with(code), time.monotonic(), 60.0)
    running._reap("backup", stopping=True)
    (line,) = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out).splitlines()
    assert re.search(rf"\b{event}\b.*job=backup", line)


@pytest.mark.parametrize(("number", "said"), [
    (signal.SIGKILL, "was killed (SIGKILL: by hand, or by the system where memory ran out)"),
    (signal.SIGTERM, "was stopped (SIGTERM)"), (signal.SIGSEGV, "broke off (SIGSEGV)"),
    (signal.SIGRTMIN + 1, f"broke off (signal {signal.SIGRTMIN + 1})"),
])  # fmt: skip
def test_a_job_that_a_signal_ended_says_so_in_words(tmp_path, capsys, number, said):
    running = Running(filled_home(tmp_path), pid=os.getpid())
    with subprocess.Popen([sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(number)})"]) as process:
        process.wait()
    running.children["check"] = child = Child(("check",), process, time.monotonic(), 60.0)
    running._reap("check")
    assert running.state.jobs["check"].said == said
    out = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    assert said in out
    assert f"-{int(number)}" not in out
    child.lines.append("looked at 3 of 9")
    assert child.said == f"{said}; the last it said: looked at 3 of 9"


def test_letting_go_and_tidying_that_come_at_once_are_done_one_after_the_other_without_a_warning(tmp_path, capsys):
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    every = {job.name: job for job in jobs(running.settings)}
    try:
        running._launch(every["prune"])
        running._launch(every["prune --compact"])
        assert (list(running.children), list(running.put_off)) == (["prune"], ["prune --compact"])
    finally:
        running.end()
    assert "warning" not in capsys.readouterr().out


def test_a_job_that_finds_another_in_its_way_is_tried_again_after_it(tmp_path):
    home = filled_home(tmp_path)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    (tidy,) = (job for job in jobs(running.settings) if job.step == "tidy")
    try:
        with alone(home, "prune"):
            running._launch(tidy)
            assert until(lambda: running._reap(tidy.name) or tidy.name not in running.children)
        again, at = running.put_off[tidy.name]
        assert (again, running.state.jobs[tidy.name].failures) == (tidy, 0)
        assert 0 < at - time.monotonic() <= AGAIN
        running.tick()
        assert tidy.name not in running.children
        running.put_off[tidy.name] = tidy, time.monotonic()
        running.tick()
        assert until(lambda: running._reap(tidy.name) or tidy.name not in running.children)
        assert (running.state.jobs[tidy.name].code, running.put_off) == (0, {})
    finally:
        running.end()


def test_a_broken_off_crawl_waits_longer_each_time(tmp_path):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "http://x.invalid/", allow_private=True))
    running = Running(home, pid=os.getpid())
    with contextlib.closing(open_store(home.database)) as db:
        running._read_sources(db)
    home.settings_file.write_text("[crawl", encoding="utf-8")  # which no crawl can read
    waits = []
    for _ in range(2):
        running.held.clear()
        running._crawl()
        assert "crawl" in running.children
        assert until(lambda: running._reap("crawl") or "crawl" not in running.children)
        waits.append(running.held["a"] - time.monotonic())
        running._crawl()
        assert running.children == {}
    assert waits[1] > waits[0] > 60
    assert "soi.toml" in running.state.jobs["crawl"].said


def test_a_public_source_is_left_out_and_told_once_until_there_is_a_contact(tmp_path, capsys):
    home = filled_home(tmp_path)
    with open_world() as [outlet, *_]:
        write(home.sources, Source("a", "A", "feed", "https://x.invalid/"))
        write(home.sources, Source(**outlet))
        running = Running(home, pid=os.getpid())
        running._crawl()
        assert until(lambda: running._reap("crawl") or "crawl" not in running.children)
        running._crawl()
    with contextlib.closing(open_store(home.database)) as db:
        health = {source.id: source.health for source in watching.sources(db)}
        (told,) = [found.text for found in look(home, db, at=now()) if found.key == "sources.contact"]
    assert health == {"a": "new", outlet["id"]: "ok"}
    assert told == "Public sources aren't asked (a): crawl.contact is empty."
    assert running.children == running.broken == {}
    assert (running.state.jobs["crawl"].code, running.state.jobs["crawl"].said) == (0, "")
    out = capsys.readouterr().out
    assert (out.count("set contact under [crawl]"), out.count("failed")) == (1, 0)
    home.settings_file.write_text('[crawl]\ncontact = "lien-he@soi.test"\n', encoding="utf-8")
    try:
        running._see_settings()
        running._crawl()
        assert running.children["crawl"].argv[:2] == ("crawl", "a")
        with contextlib.closing(open_store(home.database)) as db:
            assert "sources.contact" not in [found.key for found in look(home, db, at=now())]
    finally:
        running.end()


def test_a_crawl_that_is_left_to_soi_run_tells_of_the_sources_that_will_not_be_asked(tmp_path):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "https://x.invalid/"))
    write(home.sources, Source("b", "B", "feed", "http://127.0.0.1:9/", allow_private=True))
    with alone(home, "run"):
        both, public = typed(home, "crawl"), typed(home, "crawl", "a")
    assert [said.output.count("crawls them at its next look") for said in (both, public)] == [1, 0]
    assert ['"a" may be on the public internet' in str(said.exception) for said in (both, public)] == [True, True]


def test_crawls_that_break_off_are_counted_by_their_sources_whatever_place_they_had(tmp_path):
    home = filled_home(tmp_path)
    for name in "ab":
        write(home.sources, Source(name, name, "feed", f"https://{name}.example/"))
    running = Running(home, pid=os.getpid())
    running.sources, running.looked = load(home.sources), {"a": "", "b": ""}
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, running.sources)

    def ended(place: str, source: str, *, code: int) -> float:
        child = Child(("crawl", source, "--max-minutes", "15"), ended_with(code), time.monotonic(), 60.0)
        running.children[place], running.hosts[place] = child, {source: set()}
        running._reap(place)
        return running.held[source] - time.monotonic()

    waits = []
    for place in ("crawl", "crawl #2", "crawl", "crawl #3"):
        waits.append(ended(place, "a", code=1))
        ended(place, "b", code=0)
    assert [round(wait / 60) for wait in waits] == [2, 4, 8, 16]
    assert {name: job.failures for name, job in running.state.jobs.items()} == {
        "crawl": 4, "crawl #2": 0, "crawl #3": 0,
    }  # fmt: skip
    assert running.state.jobs["crawl"].said
    ended("crawl #2", "a", code=0)
    assert (running.state.jobs["crawl"].failures, running.state.jobs["crawl"].said) == (0, "")


def test_a_source_that_was_concluded_just_before_its_crawl_broke_off_is_not_counted(tmp_path):
    home = filled_home(tmp_path)
    chosen = [Source(name, name, "feed", f"https://{name}.example/") for name in "ab"]
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, chosen)
        fetches.keep_health(db, chosen[0], Health("ok", next_at=later(hours=1)), at=now())
    running = Running(home, pid=os.getpid())
    running.children["crawl"] = Child(("crawl", "a", "b"), ended_with(1), time.monotonic(), 60.0)
    running.hosts["crawl"], running.looked = {"a": set(), "b": set()}, {"a": "", "b": ""}
    running._reap("crawl")
    assert (running.broken.keys(), running.held.keys()) == ({"b"}, {"b"})


@pytest.mark.parametrize(("seconds", "failures"), [(WELL - 60, 6), (WELL + 1, 0)])
def test_a_worker_that_stays_at_work_has_its_failures_behind_it(tmp_path, seconds, failures):
    running, name = Running(filled_home(tmp_path), pid=os.getpid()), " ".join(WORKER)
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as process:
        begun = time.monotonic() - seconds
        running.children[name] = Child(WORKER, process, begun, begun + 3600)
        running.state.jobs[name] = JobState(failures=6, said="the disk is full")
        running._keep_worker()
        assert (running.state.jobs[name].failures, bool(running.state.jobs[name].said)) == (failures, bool(failures))
        running.end()


def ended_with(code: int) -> subprocess.Popen[bytes]:
    """A process that has ended by now."""
    with subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"]) as process:
        process.wait()
    return process


def test_a_worker_and_a_crawl_that_failed_for_weeks_are_still_tried_again(tmp_path):
    home = filled_home(tmp_path)
    running, name = Running(home, pid=os.getpid()), " ".join(WORKER)
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [Source("a", "A", "feed", "https://a.example/")])
    running.state.jobs[name] = JobState(failures=2000)
    running.broken["a"], running.hosts["crawl"], running.looked["a"] = (2000, "x"), {"a": set()}, ""
    begun = time.monotonic()
    for job in (name, "crawl"):
        running.children[job] = Child(("x",), ended_with(1), begun, 60.0)
        running._reap(job)
    ended = time.monotonic()
    assert begun <= running._next_worker - 60 <= ended
    assert begun <= running.held["a"] - 3600 <= ended


def test_a_worker_that_finds_another_at_its_task_is_tried_again_a_minute_later(tmp_path):
    running, name = Running(filled_home(tmp_path), pid=os.getpid()), " ".join(WORKER)
    begun = time.monotonic()
    running.children[name] = Child(WORKER, ended_with(Busy.exit_code), begun, 60.0)
    running._reap(name)
    assert begun <= running._next_worker - AGAIN <= time.monotonic()
    assert running.state.jobs[name].failures == 0


def test_a_broken_list_of_sources_is_said_once_and_mended_without_a_new_start(tmp_path, capsys):
    home = filled_home(tmp_path)
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    home.sources.write_text("[[source]\n")
    for _ in range(3):
        running.tick()
    assert capsys.readouterr().out.count("can't look for work") == 1
    assert read_state(home).jobs[LOOK].failures == 3
    assert "isn't valid TOML" in read_state(home).jobs[LOOK].said
    home.sources.write_text("")
    running.tick()
    assert read_state(home).jobs[LOOK].failures == 0
    assert "said" not in next(line for line in capsys.readouterr().out.splitlines() if "looks again" in line)


def test_a_change_of_the_settings_is_said_once_with_what_waits_for_a_restart(tmp_path, capsys):
    home = filled_home(tmp_path)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    home.settings_file.write_text("[schedule]\ncheck = 'off'\n")
    os.utime(home.settings_file, (1, 1))
    for _ in range(2):
        running.tick()
    assert capsys.readouterr().out.count("wait for a restart") == 1


def test_settings_that_cannot_be_read_are_not_said_to_be_taken(tmp_path, capsys):
    home = filled_home(tmp_path)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    for at, text in enumerate(("[schedule]\n= x\n", "[schedule]\ntikc = 3\n", "[schedule]\ncheck = 'off'\n"), 1):
        home.settings_file.write_text(text)
        os.utime(home.settings_file, (at, at))
        running.tick()
        said = capsys.readouterr().out
        assert ("can't be taken" in said, "jobs take it from now on" in said) == (at < 3, at == 3)
        assert ("tick" in said) == (at == 2)


def test_a_list_of_sources_that_is_away_for_a_while_gives_way_to_no_other(tmp_path):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "a", "feed", "https://a.invalid/", off=True))
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    home.sources.rename(tmp_path / "aside")
    running.tick()
    assert [source.id for source in running.sources] == ["a"]
    assert "sources.toml isn't there; put it back" in read_state(home).jobs[LOOK].said
    (tmp_path / "aside").rename(home.sources)
    running.tick()
    assert read_state(home).jobs[LOOK].failures == 0


def test_a_source_that_is_taken_out_of_the_list_is_off_and_complained_of_no_more(tmp_path):
    home = filled_home(tmp_path)
    for name in ("a", "b"):
        write(home.sources, Source(name, name, "feed", f"https://{name}.invalid/"))
    running = Running(home, pid=os.getpid())
    with contextlib.closing(open_store(home.database)) as db:
        running._read_sources(db)
        long_ago = "2026-01-01T00:00:00.000Z"
        db.execute("UPDATE sources SET health = 'gone', health_since = ?, next_check = ?", [long_ago, now()])
        assert [f.key for f in look_at_sources(db, at=now(), silent_hours=24)] == ["source.gone.a", "source.gone.b"]
        home.sources.write_text(entry(Source("b", "b", "feed", "https://b.invalid/")))
        running._read_at = 0.0
        running._read_sources(db)
        assert [f.key for f in look_at_sources(db, at=now(), silent_hours=24)] == ["source.gone.b"]
        write(home.sources, Source("a", "a", "feed", "https://a.invalid/"))
        running._read_at = 0.0
        running._read_sources(db)
        assert [source.id for source in watching.sources(db)] == ["a", "b"]


# ── the whole of it ──


@contextlib.contextmanager
def a_run(home: Home, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`soi run` as a person starts it; ended in any case."""
    environment = {name: value for name, value in os.environ.items() if name != FOLLOW}
    command = [sys.executable, "-m", "soi", "run", "--home", str(home.root), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def test_it_crawls_serves_is_alone_and_ends_cleanly(tmp_path):
    home = Home(tmp_path)
    home.settings_file.write_text("[schedule]\ntick = 0.2\ncheck = 'off'\n")
    with open_world() as entries, a_run(home) as process:
        for entry in entries:
            write(home.sources, Source(**{**entry, "delay": 0.0}))
        assert until(lambda: home.database.exists() and bool(read_state(home).desk))
        db = open_store(home.database)
        assert until(lambda: all(s.health == "ok" for s in watching.sources(db)) and len(watching.sources(db)) > 3)
        assert posts.counts(db)["posts"] > 10
        assert until(lambda: evidence.passage(db, "fact:crc-ratification") is not None)  # its worker brought the facts
        desk = read_state(home).desk
        assert get(f"{desk}/healthz") == "ok\n"
        assert get(f"{desk}/readyz") == "ready\n"
        assert 'soi_source_health{health="ok",source="song-hong"} 1.0' in get(f"{desk}/metrics")
        assert holder(home, "run") == process.pid
        second = [sys.executable, "-m", "soi", "run", "--home", str(home.root)]
        other = subprocess.run(second, capture_output=True, check=False)
        assert other.returncode == 75
        assert f"process {process.pid}" in other.stderr.decode()
        left = subprocess.run([*second[:3], "crawl", *second[4:]], capture_output=True, check=False, text=True)
        assert f"(process {process.pid}) crawls them" in left.stdout
        children = [job.pid for job in read_state(home).jobs.values() if job.pid]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert not any(alive(pid) for pid in children)
        assert {row["status"] for row in db.query("SELECT status FROM runs")} <= {"done", "stopped"}


@pytest.mark.parametrize("address", ["", "https://desk.example"])
def test_a_desk_that_gives_way_to_another_program_says_so_and_behind_a_proxy_it_is_trouble(tmp_path, address):
    home = filled_home(tmp_path)
    home.settings_file.write_text(f"[schedule]\ntick = 0.2\ncheck = 'off'\n[desk]\naddress = '{address}'\n")
    home.sources.write_text("")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with a_run(home, "--port", str(port)) as process, contextlib.closing(open_store(home.database)) as db:
            assert until(lambda: bool(read_state(home).desk))
            found = [finding.text for finding in look(home, db, at=now()) if finding.key == "desk.port"]
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=60)[1].decode()
            assert not [finding for finding in look(home, db, at=now()) if finding.key == "desk.port"]
    assert "another program has the desk's port" in said
    assert [(f"port {port}," in text, address in text) for text in found] == [(True, True)] * bool(address)


IN_A_TERMINAL = """
import fcntl, signal, termios, soi
signal.signal(signal.SIGHUP, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
soi.main()
"""


def test_it_ends_cleanly_when_its_terminal_is_closed(tmp_path):
    home = Home(tmp_path)
    home.settings_file.write_text("[schedule]\ntick = 0.2\ncheck = 'off'\n")
    home.sources.write_text("")
    master, terminal = os.openpty()
    command = [sys.executable, "-c", IN_A_TERMINAL, "run", "--no-desk", "--home", str(home.root)]
    with subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        os.close(terminal)
        try:
            assert until(lambda: read_state(home).jobs.get("score --watch", JobState()).pid > 0)
            os.close(master)
            lines = [json.loads(line) for line in process.communicate(timeout=60)[1].splitlines()]
        finally:
            process.kill()
    assert process.returncode == 0
    assert ("asked to end", "SIGHUP") in [(line["event"], line.get("signal")) for line in lines]
    assert lines[-1]["event"] == "ended"


def test_it_goes_on_where_the_end_of_its_terminal_is_ignored(tmp_path):
    home = Home(tmp_path)
    home.settings_file.write_text("[schedule]\ntick = 0.2\ncheck = 'off'\n")
    home.sources.write_text("")
    command = ["nohup", sys.executable, "-m", "soi", "run", "--no-desk", "--home", str(home.root)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert until(lambda: read_state(home).jobs.get("score --watch", JobState()).pid > 0)
            for number in (signal.SIGHUP, signal.SIGTERM):
                process.send_signal(number)
                time.sleep(1)
            said = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert process.returncode == 0
    assert re.findall(r'"signal": "(\w+)"', said) == ["SIGTERM"]


def test_children_end_when_their_parent_is_killed(tmp_path):
    home = Home(tmp_path)
    home.settings_file.write_text("[schedule]\ntick = 0.2\ncheck = 'off'\n")
    home.sources.write_text("")
    with a_run(home, "--no-desk") as process:
        assert until(lambda: read_state(home).jobs.get("score --watch", JobState()).pid > 0)
        worker = read_state(home).jobs["score --watch"].pid
        process.kill()
        process.wait()
        assert until(lambda: not alive(worker), seconds=60)
    assert holder(home, "run") is None


def test_what_breaks_in_the_desk_is_in_the_log_and_in_the_lines_without_its_words(tmp_path):
    home = filled_home(tmp_path)
    home.settings_file.write_text("[schedule]\ntick = 0.2\ncheck = 'off'\n")
    home.sources.write_text("")
    with contextlib.closing(open_store(home.database)) as db:
        people.add(db, "lan")
        bearer = {"Authorization": f"Bearer {people.make_token(db, 'lan', label='bot')}"}
        with a_run(home) as process:
            assert until(lambda: bool(read_state(home).desk))
            asking = urllib.request.Request(f"{read_state(home).desk}/api/v1/cases", headers=bearer)
            with urllib.request.urlopen(asking, timeout=60) as answer:
                assert answer.status == 200
            db.conn.execute("ALTER TABLE cases RENAME TO vu")
            with pytest.raises(urllib.error.HTTPError) as broken:
                urllib.request.urlopen(asking, timeout=60)
            assert broken.value.code == 500
            assert "It is written in the log" in broken.value.read().decode()
            process.terminate()
            lines = [json.loads(line) for line in process.communicate(timeout=60)[1].decode().splitlines()]
    trace = home.database.with_name("soi.log").read_text(encoding="utf-8")
    assert trace.split()[1:4] == ["run", "Traceback", "(most"]
    assert "OperationalError" in trace
    (said,) = [line["said"] for line in lines if line.get("logger") == "uvicorn.error"]
    assert re.fullmatch(r"OperationalError at \w+\.py:\d+", said)


def test_when_jobs_ended_is_known_after_a_restart_too(tmp_path):
    home = filled_home(tmp_path)
    home.sources.write_text("")
    home.settings_file.write_text("[schedule]\nprune = 'off'\n")
    ended = {name: f"2026-11-2{n}T03:04:05.000Z" for n, name in enumerate(("crawl", "score --watch", "alerts check"))}
    old = {name: JobState(ended=at, code=2, failures=3, said="hỏng") for name, at in ended.items()}
    old |= {name: JobState(ended="2026-11-20T00:00:00.000Z", code=1) for name in (LOOK, "prune", "crawl #9")}
    write_state(home, RunState(pid=1, jobs=old))
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    after = read_state(home).jobs
    (check,) = (job for job in jobs(running.settings) if job.name == "alerts check")
    running._launch(check)
    assert running.state.jobs[check.name].ended == ended[check.name]  # should this run be killed meanwhile
    running.end()
    assert after.keys() == {*ended, "backup", "prune --compact"}
    assert {name: after[name].ended for name in ended} == ended
    assert not any(job.failures or job.said for job in after.values())


def asked_at_start(home: Home) -> list[str]:
    """The jobs that a `soi run` catches up when it begins, with every job's hour far from now."""
    hour = (datetime.now(UTC).hour + 12) % 24
    times = (f"{job} = '10 {hour} * * *'\n" for job in ("backup", "prune", "tidy"))
    home.settings_file.write_text(f"[schedule]\ntimezone = 'UTC'\n{''.join(times)}")
    running = Running(home, pid=os.getpid())
    running.begin()
    try:
        assert {job.id for job in running.scheduler.get_jobs()} == {job.name for job in jobs(running.settings)}
        assert all(job.max_instances == 1 and job.coalesce for job in running.scheduler.get_jobs())
        return sorted(running.asked.get_nowait().name for _ in range(running.asked.qsize()))
    finally:
        running.end()


def a_run_of(db: Database, step: str, *, days: float, status: str = "done") -> None:
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat().replace("+00:00", "Z")
    db["runs"].insert({"step": step, "started_at": at, "ended_at": at, "status": status})


def test_a_folder_that_is_no_home_is_not_made_one_by_running_in_it(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "soi", "run", "--home", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (
        2, f"soi: {tmp_path} is no home yet; make one with `soi init --home {tmp_path}`.\n"
    )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_jobs_missed_while_nobody_was_here_are_asked_for_once_at_the_start(tmp_path):
    home = filled_home(tmp_path)
    assert asked_at_start(home) == []
    with contextlib.closing(open_store(home.database)) as db:
        for days in (20, 10):
            a_run_of(db, "backup", days=days)
            a_run_of(db, "prune", days=0)
            a_run_of(db, "tidy", days=0)
    assert asked_at_start(home) == ["backup"]


def test_what_was_cut_off_is_called_stopped_when_all_of_it_ends(tmp_path):
    home = filled_home(tmp_path)
    with contextlib.closing(open_store(home.database)) as db:
        a_run_of(db, "backup", days=0, status="running")
        a_run_of(db, "prune", days=0, status="running")
        db.execute("UPDATE runs SET note = ? WHERE step = 'prune'", [f"process {os.getppid()}"])  # is still at it
        Running(home, pid=os.getpid()).end()
        found = {row["step"]: row["status"] for row in db.query("SELECT step, status FROM runs")}
    assert found == {"crawl": "done", "backup": "stopped", "prune": "running"}


def test_a_machine_that_is_never_on_at_night_still_makes_its_first_backup(tmp_path):
    home = Home(tmp_path)
    with contextlib.closing(open_store(home.database)) as db:
        a_run_of(db, "crawl", days=2)
    assert {"backup", "prune"} <= set(asked_at_start(home))


@pytest.mark.parametrize("status", ["running", "stopped"])
def test_a_job_that_was_cut_off_is_done_at_the_next_start(tmp_path, status):
    home = filled_home(tmp_path)
    with contextlib.closing(open_store(home.database)) as db:
        a_run_of(db, "backup", days=2)
        a_run_of(db, "backup", days=0, status=status)
        a_run_of(db, "prune", days=0)
        a_run_of(db, "tidy", days=0)
    assert asked_at_start(home) == ["backup"]


@pytest.mark.parametrize(("days", "held"), [(300, True), (2, False)])
def test_nothing_is_let_go_while_the_clock_may_be_ahead(tmp_path, capfd, days, held):
    home, last = filled_home(tmp_path), later(days=-days)
    set_up(home.settings().log)
    with contextlib.closing(open_store(home.database)) as db:
        with store_write(db):
            db.execute("UPDATE runs SET started_at = ?", [last])
            db.execute("UPDATE versions SET seen_at = ?", [last if held else later(days=-400)])
        running = Running(home, pid=os.getpid())
        running.begin()
        try:
            asked = {job.name: job for job in [running.asked.get_nowait() for _ in range(running.asked.qsize())]}
            assert asked.keys() >= {"backup", "prune"}
            running._launch(asked["prune"])
            assert until(lambda: running.children["prune"].poll() == 0)
        finally:
            running.end()
        assert (posts.post_by(db, PLAIN_URL).text != "") == held
    jumped = Running(home, pid=os.getpid())
    jumped._offset -= days * 86400
    jumped._clock()
    jumped.end()
    lines = [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines()]
    assert sum("set the clock if it is wrong" in line or "The clock is" in line for line in lines) == (3 if held else 0)
