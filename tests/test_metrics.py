"""The numbers: they add up, name no person, and are for those who may see them."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from filled import CASE_URL, CLAIM
from prometheus_client.parser import text_string_to_metric_families

from crawlers import visits
from crawlers.items import Fetch, Health, Outcome
from crawlers.sources import Source
from pipeline.home import Home
from pipeline.operations import metrics
from pipeline.operations.backup import make_backup
from pipeline.operations.metrics import StoreCollector, memory_of, router
from pipeline.operations.state import JobState, RunState, write_state
from pipeline.records import NewPost, stamp
from pipeline.store import fetches, open_store, posts, runs, write

DEPLOY = Path(__file__).parents[1] / "deploy"


def client(home: Home, host: str = "127.0.0.1") -> TestClient:
    app = FastAPI()
    app.include_router(router(home))
    return TestClient(app, "http://127.0.0.1:8765", client=(host, 5000))


def numbers(text: str) -> dict[tuple[str, ...], float]:
    return {(sample.name, *(f"{k}={v}" for k, v in sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(text) for sample in family.samples}  # fmt: skip


def test_the_numbers_say_what_the_store_holds(home):
    made = make_backup(home)
    found = numbers(client(home).get("/metrics").text)
    assert found["soi_outcomes_total", "outcome=new", "source=bao", "step=crawl"] == 2
    assert found["soi_cases", "lane=claims", "state=decided"] == 1
    assert found["soi_backlog_posts",] == 0
    assert found["soi_database_bytes",] == home.database.stat().st_size
    assert found["soi_last_backup_timestamp_seconds",] == pytest.approx(made.path.stat().st_mtime, abs=60)
    assert found["soi_model_info", "version=default"] == 1


def test_what_has_quantiles_is_a_summary(home):
    families = list(text_string_to_metric_families(client(home).get("/metrics").text))
    found = {family.name: family.type for family in families for one in family.samples if "quantile" in one.labels}
    assert found == dict.fromkeys(["soi_queue_latency_seconds", "soi_score_latency_seconds"], "summary")


def test_numbers_keep_coming_while_the_settings_can_not_be_read(home):
    home.settings_file.write_text('[keep]\nbackups = "khac"\n')
    made, there = make_backup(home), client(home)
    home.settings_file.write_text("[keep\n")
    at = made.path.stat().st_mtime
    assert numbers(there.get("/metrics").text)["soi_last_backup_timestamp_seconds",] == pytest.approx(at, abs=60)
    home.settings_file.write_text("")  # put right, with another folder
    assert numbers(there.get("/metrics").text)["soi_last_backup_timestamp_seconds",] == 0


def test_a_post_that_waits_is_in_the_backlog(home):
    posts.take_post(
        open_store(home.database), NewPost("bao", "https://bao.example/cho", "Bài chờ."), at="2026-01-01T00:00:00Z"
    )
    found = numbers(client(home).get("/metrics").text)
    assert found["soi_backlog_posts",] == 1
    assert found["soi_backlog_seconds",] > 86400


def test_counts_only_ever_grow_and_sum_to_the_inputs_whatever_runs_are_open(home):
    db, collector = open_store(home.database), StoreCollector(home)

    def total() -> int:
        (family,) = [f for f in collector.collect() if f.name == "soi_outcomes"]
        return sum(int(sample.value) for sample in family.samples)

    seen, started = [total()], []
    for n in range(12):
        run_id = runs.start_run(db, f"step{n % 3}")
        runs.add_outcomes(db, run_id, Counter({("bao", "new"): n + 1}))
        started.append(run_id)
        if n % 2:
            runs.end_run(db, started[n - 1])
        seen.append(total())
        runs.add_outcomes(db, run_id, Counter({("bao", "known"): 1}))
        seen.append(total())
    assert seen == sorted(seen)
    assert seen[-1] == db.execute("SELECT sum(inputs) FROM runs").fetchone()[0]


def test_no_text_no_address_and_no_person_is_among_the_numbers(home):
    text = client(home).get("/metrics").text
    assert CLAIM not in text
    assert CASE_URL not in text
    assert not re.search(r'"an"', text)


@pytest.mark.parametrize(("token", "host", "headers", "status"), [
    ("", "127.0.0.1", {}, 200),
    ("", "127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, 401),
    ("geheim", "127.0.0.1", {}, 401),  # a proxy that says nothing of whom it speaks for
    ("geheim", "127.0.0.1", {"authorization": "Bearer geheim"}, 200),
    ("geheim", "203.0.113.9", {"authorization": "Bearer falsch"}, 401),
    ("geheim", "203.0.113.9", {"authorization": "Bearer geheim"}, 200),
])  # fmt: skip
def test_the_numbers_are_for_a_token_or_where_none_is_set_for_this_machine(
    home, monkeypatch, token, host, headers, status
):
    monkeypatch.setenv("SOI_WATCH__METRICS_TOKEN", token)
    assert client(home, host).get("/metrics", headers=headers).status_code == status


def test_without_a_token_no_page_reads_them_by_a_name_that_it_had_lead_here(home):
    home.settings_file.write_text('[desk]\naddress = "https://desk.example"\n', encoding="utf-8")
    there = client(home)
    ours = ("127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:8765", "desk.example:443")
    others = ("evil.example:8765", "127.0.0.1.evil.example", "", "[", "localhost@evil.example:8765")
    for host in (*ours, *others):
        status = there.get("/metrics", headers={"host": host}).status_code
        assert status == (200 if host in ours else 401), host
    home.settings_file.write_text("", encoding="utf-8")
    assert client(home).get("/metrics", headers={"host": ""}).status_code == 401


def test_without_a_token_nobody_elsewhere_reads_them(home):
    assert client(home, "203.0.113.9").get("/metrics", headers={"authorization": "Bearer "}).status_code == 401


def test_alive_and_ready_are_two_things(home):
    there = client(home)
    assert (there.get("/healthz").status_code, there.get("/readyz").text) == (200, "ready\n")
    home.database.write_bytes(b"no database" * 1000)
    home.database.with_name("soi.db-wal").unlink(missing_ok=True)
    assert there.get("/healthz").status_code == 200
    assert there.get("/readyz").status_code == 503
    assert "soi restore" in there.get("/readyz").text
    assert there.get("/metrics").status_code == 503
    shutil.rmtree(home.database.parent)  # as its disk goes
    assert (there.get("/readyz").status_code, there.get("/metrics").status_code) == (503, 503)


@pytest.mark.parametrize(("seconds", "status"), [(0.3, 200), (30, 503)])
def test_who_writes_for_a_moment_leaves_it_ready_and_who_holds_the_database_does_not(
    home, monkeypatch, seconds, status
):
    monkeypatch.setattr(metrics, "PATIENCE", 2.0)
    there, other = client(home), sqlite3.connect(home.database, isolation_level=None, check_same_thread=False)
    before = home.database.stat().st_size
    other.execute("BEGIN EXCLUSIVE")
    end = threading.Timer(seconds, other.rollback)
    end.start()
    answer = there.get("/readyz")
    end.cancel()
    end.join()
    other.close()
    assert (answer.status_code, "held by another program" in answer.text) == (status, status == 503)
    assert there.get("/readyz").text == "ready\n"
    assert (home.database.stat().st_size, sorted(home.database.parent.glob("tmp*"))) == (before, [])


def test_memory_is_that_of_the_processes_at_work(home):
    write_state(home, RunState(pid=os.getpid(), jobs={"backup": JobState(started="x", failures=2)}))
    found = numbers(client(home).get("/metrics").text)
    assert found["soi_memory_bytes", "process=run"] == pytest.approx(memory_of(os.getpid()), rel=0.2)
    assert found["soi_job_failures", "job=backup"] == 2
    assert memory_of(2**22 + 1) == 0


def test_a_source_that_was_never_read_is_stale_from_when_it_was_first_asked(home):
    def since(source: str) -> float | None:
        found = numbers(client(home).get("/metrics").text)
        return found.get(("soi_source_last_success_timestamp_seconds", f"source={source}"))

    first, later, read = (datetime.fromisoformat(f"2026-11-0{day}T00:00:00Z") for day in (1, 2, 3))
    with contextlib.closing(open_store(home.database)) as db:
        one, other = (Source(name, name, "feed", f"https://{name}.example/rss") for name in "ab")
        fetches.put_sources(db, [one, other])
        assert since("a") is None  # not asked yet
        asked = Fetch("a", one.url, "index")
        for at in (first, later):
            seen, due = visits.after(fetches.visit(db, asked), asked, Outcome.TOO_SLOW, at)
            with write(db):
                fetches.keep_visit(db, asked, seen, due_at=due, outcome="too_slow", detail="")
            for source in (one, other):  # whichever word it is that tells why
                word = "failing" if at == first else "paused"
                fetches.keep_health(db, source, Health(status=word), at=stamp(at))
        assert [since("a"), since("b")] == [first.timestamp(), later.timestamp()]  # b's robots.txt keeps us out
        fetches.keep_health(db, one, Health(status="ok", last_success=stamp(read)), at=stamp(read))
        assert since("a") == read.timestamp()


def test_every_number_in_the_rules_and_the_dashboard_is_one_that_soi_tells(home):
    write_state(home, RunState(pid=os.getpid(), jobs={"backup": JobState(started="x", failures=2)}))
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [Source("bao", "Báo", "feed", "https://bao.example/rss", "watch", "independent")])
        db.conn.execute("UPDATE sources SET last_success = '2026-01-01T00:00:00.000Z'")
        db.conn.commit()
    told = {sample[0] for sample in numbers(client(home).get("/metrics").text)}
    for name in ("soi.rules.yml", "grafana.json"):
        used = set(re.findall(r"\bsoi_[a-z_]+", (DEPLOY / name).read_text(encoding="utf-8")))
        assert len(used) > 5
        assert used <= told, name


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool isn't installed (Debian package prometheus)")
def test_promtool_finds_the_rules_and_their_tests_right():
    rules = subprocess.run(["promtool", "check", "rules", DEPLOY / "soi.rules.yml"], capture_output=True, check=False)
    assert rules.returncode == 0, rules.stdout + rules.stderr
    tests = subprocess.run(
        ["promtool", "test", "rules", DEPLOY / "soi.rules.test.yml"], capture_output=True, check=False
    )
    assert tests.returncode == 0, tests.stdout + tests.stderr
