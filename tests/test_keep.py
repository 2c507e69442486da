"""The operator's commands, typed: what they print, and how they end."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from filled import CASE_URL, CLAIM, NEWS, PLAIN_URL, filled_home, powerless, typed
from typer.testing import CliRunner

from classifier.files import sha256
from classifier.learning.material import Material, PairRow
from classifier.readers.seeding import Labelled
from crawlers.items import Fetch, Health
from crawlers.sources import Source, entry
from crawlers.sources import write as write_source
from pipeline.home import Home
from pipeline.locks import EXPORTS, Busy, alone, in_turn, lock_file
from pipeline.operations.children import FOLLOW
from pipeline.operations.doctor import examine
from pipeline.operations.state import JobState, RunState, write_state
from pipeline.records import NewDecision, NewPost, Verdict, later, now
from pipeline.research import learned
from pipeline.store import alerts, cases, decisions, erasure, fetches, moves, open_store, people, posts, runs, write
from pipeline.store.migrations import migrations
from soi.front import app


def test_a_backup_and_its_way_back(home, tmp_path):
    with contextlib.closing(open_store(home.database)) as db:
        for name in ("lan", "minh"):
            people.add(db, name)
            people.make_token(db, name, label="bot")
        people.change(db, "minh", off=True)
    made = typed(home, "backup")
    assert "2 posts and 1 decision, brought back and compared" in made.output
    (archive,) = home.backups.iterdir()
    back = typed(Home(tmp_path / "there"), "restore", str(archive))
    assert (back.exit_code, "Brought back 2 posts" in back.output) == (0, True)
    assert "made: 1; tokens that work: 1." in back.output
    assert "(`soi users link NAME`): lan." in back.output
    again = typed(Home(tmp_path / "there"), "restore", str(archive))
    assert "--force" in str(again.exception)
    assert str(typed(Home(tmp_path / "new"), "restore", "nope").exception) == "There is no backup nope."
    assert f"`ls {home.backups}` shows those" in str(typed(home, "restore", "nope").exception)


def test_a_restore_says_that_secrets_are_in_no_backup_where_there_are_none(home, tmp_path):
    (home.root / "secrets.toml").write_text("")
    (home.root / "secrets.toml").chmod(0o600)
    archive, there = typed(home, "backup").output.partition(" (")[0], Home(tmp_path / "there")
    assert "bring secrets.toml" in typed(there, "restore", archive).output
    assert "bring secrets.toml" not in typed(home, "restore", archive, "--force").output


def test_a_restore_without_the_list_of_erasures_says_so_and_one_that_is_put_there_is_kept_to(home, tmp_path):
    typed(home, "backup")
    typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    (archive,), there = home.backups.iterdir(), Home(tmp_path / "there")
    said = typed(there, "restore", archive).output
    assert "What was erased after the backup was made isn't known here" in said
    with contextlib.closing(open_store(there.database)) as db:
        assert posts.post_by(db, CASE_URL)
    shutil.copy(home.database.parent / "erased.txt", there.database.parent)
    again = typed(there, "restore", archive, "--force").output
    assert "isn't known here" not in again
    assert posts.post_by(open_store(there.database), CASE_URL) is None
    (aside,) = there.database.parent.glob("soi.db.before-*Z")
    assert f"Put aside, may hold what was erased: {aside}." in again
    assert not list(there.database.parent.glob(f"{aside.name}-*"))
    home.settings_file.write_text("[keep]\ndaily = 3\n")
    over = typed(home, "restore", archive, "--force").output
    assert "may hold what was erased" not in over  # it was erased there too
    (settings,) = home.root.glob("soi.toml.before-*Z")
    assert f"Put aside for 31 days, as the backup brought its own: {settings.name}, data/soi.db.before-" in over


def test_a_restore_looks_into_the_copy_of_an_upgrade_and_leaves_nothing_beside_it(home):
    copy = home.database.with_name("soi.db.before-m049")
    shutil.copy(home.database, copy)
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
    typed(home, "backup")
    typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    (archive,) = home.backups.iterdir()
    held = sha256(copy)
    assert f"Put aside, may hold what was erased: {copy}." in typed(home, "restore", archive, "--force").output
    assert [*home.database.parent.glob("*.before-m049*")] == [copy]
    assert sha256(copy) == held


@pytest.mark.parametrize("words", [("init",), ("crawl", "no-such-source")], ids=" ".join)
def test_what_was_erased_stays_out_when_the_database_begins_anew_or_an_earlier_copy_takes_its_place(home, words):
    earlier = home.database.with_name("earlier.db")
    shutil.copy(home.database, earlier)
    typed(home, "erase", PLAIN_URL, "--reason", "chủ bài yêu cầu", "--person", "an")
    with contextlib.closing(open_store(home.database)) as db:
        records = erasure.erasures(db)
    for back, told in ((True, True), (False, False)):
        for path in home.database.parent.glob("soi.db*"):
            path.unlink()
        if back:
            shutil.copy(earlier, home.database)
        done = typed(home, *words)
        assert ("Erased before and back with an earlier database, so erased again: 1." in done.output) == told
        with contextlib.closing(open_store(home.database)) as db:
            assert (erasure.erasures(db), posts.post_by(db, PLAIN_URL)) == (records, None)
            assert bool(posts.post_by(db, CASE_URL)) == back


def test_what_a_crawl_erased_stays_out_when_the_database_is_lost(home):
    typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    with contextlib.closing(open_store(home.database)) as db:
        erasure.erase(db, "https://bao.example/tin/1", person="soi", reason="leads to what was erased")
        records = erasure.erasures(db)
    typed(home, "crawl", "no-such-source")
    home.database.unlink()
    typed(home, "init")
    with contextlib.closing(open_store(home.database)) as db:
        assert erasure.erasures(db) == records


def test_an_export_of_an_earlier_copy_holds_nothing_that_was_erased_since(home, tmp_path):
    earlier, given = home.database.with_name("earlier.db"), tmp_path / "cases.jsonl"
    shutil.copy(home.database, earlier)
    typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    for path in home.database.parent.glob("soi.db*"):
        path.unlink()
    shutil.copy(earlier, home.database)
    with contextlib.closing(open_store(home.database)) as db:
        claim = cases.case(db, 1).claim
    typed(home, "export", "cases", given)
    assert given.exists()
    assert claim not in given.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("run", "--no-desk"), ("crawl", "no-such-source")], ids=" ".join)
def test_a_list_of_erasures_that_was_put_there_before_a_restore_makes_no_home(home, tmp_path, words):
    typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    there = Home(tmp_path / "there")
    there.database.parent.mkdir(parents=True)
    shutil.copy(home.database.parent / "erased.txt", there.database.parent)
    typed(there, *words)
    assert not there.database.exists()


def test_an_erasure_that_broke_off_is_left_to_its_command(home):
    home.erased_list.write_text(f"{posts.url_digest(PLAIN_URL)}\n")
    typed(home, "crawl", "no-such-source")
    with contextlib.closing(open_store(home.database)) as db:
        assert (erasure.erasures(db), posts.post_by(db, PLAIN_URL).title) == ([], "Tiêu đề thử")


def test_a_backup_made_by_hand_counts_as_the_last_one(home):
    write_state(home, RunState(jobs={"backup": JobState()}))
    assert "never" in typed(home, "status").output
    typed(home, "backup")
    assert "never" not in typed(home, "status").output


def test_an_end_by_a_clock_that_was_ahead_is_not_told_where_the_run_was_put_earlier(home):
    ahead, began = later(days=30), later(days=-3)
    write_state(home, RunState(jobs={name: JobState(ended=ahead) for name in ("crawl", "alerts check")}))
    with contextlib.closing(open_store(home.database)) as db:
        db["runs"].insert({"step": "crawl", "started_at": began, "status": "done"})
    told = typed(home, "status").output
    assert re.search(f"crawl +{began[:16]}", told)
    assert re.search(f"alerts check +{ahead[:16]}", told)  # it leaves no run to know better by


def test_a_backup_that_gives_way_to_its_successor_is_no_warning_of_soi_run(home):
    home.settings_file.write_text("[keep]\ndaily = 1\nweekly = 0\nmonthly = 0\n", encoding="utf-8")
    home.backups.mkdir()
    (home.backups / "soi-20201120T080000Z.tar.gz").touch()
    ends_with, held = os.pipe()  # a child ends with its standard input
    done = subprocess.run(
        [sys.executable, "-m", "soi", "backup", "--daily", "--home", str(home.root)], capture_output=True, text=True,
        env={**os.environ, FOLLOW: "1", "SOI_LOG__FORM": "json"}, stdin=ends_with, check=True,
    )  # fmt: skip
    os.close(held)
    os.close(ends_with)
    (line,) = [json.loads(line) for line in done.stderr.splitlines() if "Let go" in line]
    assert line["level"] == "info"


def test_a_table_of_nothing_says_so(home):
    assert typed(home, "alerts", "list").output == "Alerts\nnone\n"
    assert "`soi run`: not at work\nSeconds" in typed(home, "status").output


def test_a_source_whose_pages_a_crawl_is_at_is_told_as_being_read_until_it_is_concluded(home):
    bao = Source("bao", "Báo", "feed", "https://bao.example/rss")
    write_source(home.sources, bao)
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [bao])
        fetches.keep_health(db, bao, Health("failing", 1, 60, "", "network_error", later(hours=1)), at=later(hours=-2))
        run_id = runs.start_run(db, "crawl")
        assert "being read now" not in typed(home, "status").output
        runs.add_outcomes(db, run_id, Counter({("bao", "new"): 3}))
        assert "being read now" in typed(home, "status").output
        fetches.keep_health(db, bao, Health("ok", 0, 60, now(), "", later(hours=1)), at=now())
        assert "being read now" not in typed(home, "status").output
        fetches.keep_health(db, bao, Health("ok", 0, 60, now(), "", later(hours=1)), at=later(hours=-2))
        runs.end_run(db, run_id)
        assert "being read now" not in typed(home, "status").output


def test_an_init_of_a_home_of_a_newer_soi_writes_nothing(home):
    home.settings_file.unlink(missing_ok=True)
    with contextlib.closing(open_store(home.database)) as db:
        migrations._record_applied(db, "m999_from_the_future")
        db.conn.commit()
    there = sorted(home.root.iterdir())
    assert "newer Soi" in str(typed(home, "init").exception)
    assert sorted(home.root.iterdir()) == there


def test_an_init_of_a_home_that_is_there_says_so(home):
    assert "new and 0 changed facts" in typed(home, "init").output
    assert "is there already, with every fact" in typed(home, "init").output


def test_prune_says_what_would_go_and_then_lets_it_go(home):
    would = typed(home, "prune", "--dry-run").output
    assert "Would go" in would
    assert "messages of alerts older than 400 days" in would
    assert "_" not in would
    assert posts.post_by(open_store(home.database), PLAIN_URL).text
    done = typed(home, "prune", "--compact")
    assert done.exit_code == 0
    assert "The database went from" in done.output
    assert posts.post_by(open_store(home.database), PLAIN_URL).text == ""
    steps = [row["step"] for row in open_store(home.database).query("SELECT step FROM runs ORDER BY id")]
    assert steps[-1] == "tidy"


def test_erase_needs_a_reason_and_says_what_it_left(home):
    assert "--reason" in str(typed(home, "erase", CASE_URL).exception)
    shown = typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu", "--dry-run")
    assert "1 note or explanation on case 1 is left; read it" in shown.output
    done = typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    assert "versions 1," in done.output
    assert "1 note or explanation on case 1 is left; read it" in done.output
    assert "only its keeper can delete" in done.output


def test_erase_names_the_cases_that_it_opened_again(home):
    db = open_store(home.database)
    decisions.decide(db, NewDecision(1, "binh", Verdict.FALSE, "contradicted_by_record", (NEWS.eid,)))
    before = list(db.conn.iterdump())
    assert (
        "Would be reopened, as their verdict rests on it: case 1." in typed(home, "erase", NEWS.url, "--dry-run").output
    )
    assert list(db.conn.iterdump()) == before
    done = typed(home, "erase", NEWS.url, "--reason", "chủ bài yêu cầu").output
    assert "Reopened, as their verdict rests on it: case 1." in done
    assert "left; read" not in done
    (kept,) = erasure.erasures(db)
    assert set(json.loads(kept.what)) == {
        "versions", "cases", "passages", "factchecks", "fetches", "notes_left", "notes",
    }  # fmt: skip


def test_erase_names_the_backups_that_may_hold_it(home):
    typed(home, "backup")
    (archive,) = home.backups.iterdir()
    done = typed(home, "erase", PLAIN_URL, "--reason", "chủ bài yêu cầu")
    assert f"Made before now, may hold it: {archive}" in done.output
    assert "backups give way after 186 days at most; delete them if that is too late" in done.output


def test_erase_names_the_versions_that_learned_from_it(home):
    post, db = posts.post_by(open_store(home.database), CASE_URL), open_store(home.database)
    (claim,) = db.execute("SELECT claim FROM cases WHERE id = 1").fetchone()
    of_post = Material([], [Labelled(post.reading, "opinion", None)])
    of_claim, other = (
        Material([PairRow(claim, "Luật nói khác.", "refuted")], []),
        Material([PairRow("Khác.", "", "")], []),
    )
    for name, material in (("cua-bai", of_post), ("cua-vu", of_claim), ("khac", other)):
        (home.models / name).mkdir(parents=True)
        learned.note(home.models / name, material)
    for reader in (home.root / "readers" / "bai-kind", home.root / "goc" / "vu-verdict"):
        reader.mkdir(parents=True)
        learned.note(reader, of_claim)
    home.settings_file.write_text('[parts]\nverdict = "goc/vu-verdict/"\n')
    (home.models / "hong").mkdir()
    (home.models / "hong" / learned.FILE).write_bytes(b"no zip")
    said = typed(home, "erase", CASE_URL, "--reason", "theo yêu cầu").output
    assert "Learned from it: cua-bai, cua-vu. Train another without it" in said
    fitted = f"{home.root / 'goc' / 'vu-verdict'} (named in [parts]), {home.root / 'readers' / 'bai-kind'}"
    assert f"Learned from it by `soi probe`: {fitted}. Fit it again without it" in said
    assert "Learned from it" not in typed(home, "erase", PLAIN_URL, "--reason", "theo yêu cầu").output


def test_erase_says_that_a_reader_keeps_the_log(home):
    with contextlib.closing(sqlite3.connect(home.database)) as reader:
        reader.execute("BEGIN").execute("SELECT count(*) FROM posts").fetchone()
        assert "its log may hold it" in typed(home, "erase", CASE_URL, "--reason", "theo yêu cầu").output
        assert CLAIM.encode() in home.database.read_bytes()
    assert "its log" not in typed(home, "erase", PLAIN_URL, "--reason", "theo yêu cầu").output
    assert CLAIM.encode() not in home.database.read_bytes()


def test_erase_reaches_what_was_exported_through_the_command_line(home, tmp_path):
    for what, name in (("labels", "nhan"), ("cases", "vu.csv"), ("reasons", "ly-do.jsonl")):
        assert typed(home, "export", what, str(tmp_path / name)).exit_code == 0
    done = typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    for name in ("nhan", "vu.csv", "ly-do.jsonl"):
        assert f"Taken out of {tmp_path / name}" in done.output
    held = b"".join(
        path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and home.root not in path.parents
    )
    assert CLAIM.encode() not in held
    (tmp_path / "vu.csv").rename(tmp_path / "khac.csv")
    done = typed(home, "erase", CASE_URL, "--reason", "chủ bài yêu cầu")
    assert f"Not found, may hold it where it was moved to: {tmp_path / 'vu.csv'}" in done.output


def test_the_check_finds_tells_and_lists(home):
    home.settings_file.write_text("[watch]\ndisk_free_mb = 999999999\n")
    found = typed(home, "alerts", "check")
    assert found.exit_code == 0, found.exception
    assert "MB are free on the disk" in found.output
    assert "MB are free" in typed(home, "alerts", "list").output
    assert "disk" in [alert.key for alert in alerts.open_alerts(open_store(home.database))]
    assert not home.database.with_name("soi.db-wal").stat().st_size


def test_a_check_beside_another_tells_nothing_twice(home):
    home.settings_file.write_text("[watch]\ndisk_free_mb = 999999999\n")
    with alone(home, "alerts check"):
        second = typed(home, "alerts", "check")
    assert isinstance(second.exception, Busy)  # which `soi run` tries again in a minute
    assert "alerts check is under way" in str(second.exception)
    assert alerts.open_alerts(open_store(home.database)) == []
    assert typed(home, "alerts", "check").exit_code == 0


def test_the_check_ends_a_run_of_this_machine_whose_process_is_gone_and_leaves_others(home):
    gone = 2**22 + 1
    with contextlib.closing(open_store(home.database)) as db:
        run = runs.start_run(db, "crawl")
        (begun,) = db.execute("SELECT note FROM runs WHERE id = ?", [run]).fetchone()
        place = begun.removeprefix(f"process {os.getpid()} ")
        notes = {"prune": f"{gone} {place}", "backup": f"{os.getppid()} {place}", "score": f"{gone} at another",
                 "facts": f"{gone}"}  # fmt: skip
        for step, who in notes.items():
            with write(db):
                db["runs"].insert({"step": step, "started_at": "2026-11-27T10:00:00.000Z", "note": f"process {who}"})
        typed(home, "alerts", "check")
        still = {step for (step,) in db.execute("SELECT step FROM runs WHERE status = 'running'").fetchall()}
        assert still == {"backup", "score", "facts"}
        runs.close_left(db)
        assert db.execute("SELECT step FROM runs WHERE status = 'running'").fetchall() == [("backup",)]


def test_a_channel_that_fails_ends_the_test_with_one(home):
    assert typed(home, "alerts", "test").exit_code == 0
    home.settings_file.write_text(
        "[alerts]\nsmtp_host = '127.0.0.1'\nsmtp_port = 1\nsmtp_security = 'none'\nemail_to = 'an@bao.example'\n"
    )
    failed = typed(home, "alerts", "test")
    assert failed.exit_code == 1
    assert "didn't take the mail" in failed.output
    home.settings_file.write_text("[alerts]\nemail_to = 'an@bao.example'\n")
    half = typed(home, "alerts", "test")
    assert (half.exit_code, "Set alerts.smtp_host too" in half.output) == (1, True)


def test_status_shows_the_jobs_and_what_is_wrong(home):
    home.settings_file.write_text("[watch]\ndisk_free_mb = 999999999\n")
    typed(home, "alerts", "check")
    shown = typed(home, "status").output
    assert "not at work" in shown
    (speed,) = [line for line in shown.splitlines() if line.startswith("publication to queue")]
    assert speed.split() == ["publication", "to", "queue", "0"]  # no speed is told of no posts
    assert "landing to score" in shown
    assert "Wrong now" in shown


def test_status_says_when_the_next_crawl_is_due_and_what_to_do_about_a_source(home):
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [Source("a", "A", "feed", "https://a.example/")])
        db.execute("UPDATE sources SET next_check = '2031-02-03T04:05:06.000Z', health = 'failing'")
        alerts.see(db, "disk", "critical", "Đầy.", "Dọn.", at="2031-02-03T04:05:06.000Z", channels=())
    write_state(home, RunState(jobs={"crawl": JobState(), "prune": JobState(next="2031-02-02T20:40:00Z")}))
    shown = typed(home, "status").output
    lines = {line.split(" ")[0]: line for line in shown.splitlines()}
    assert "next (Asia/Ho_Chi_Minh)" in lines["job"]
    assert ("2031-02-03T11:05" in lines["crawl"], "2031-02-03T03:40" in lines["prune"]) == (True, True)
    assert [head in lines["source"] for head in ("since (UTC)", "next check (UTC)")] == [True] * 2
    assert "2031-02-03T04:05" in lines["a"]
    assert shown.split("Wrong now")[1].splitlines()[1].split() == ["since", "(UTC)", "what"]
    assert "`soi sources check a` tries it" in shown
    assert "to (UTC)" in typed(home, "alerts", "list").output
    home.settings_file.write_text('[schedule]\ntimezone = "Asia/Hanoi"\n')
    assert "next (UTC)" in typed(home, "status").output


@pytest.mark.parametrize("before", [(), ("score",), ("prune",)], ids=str)
def test_a_crawl_typed_after_the_clock_was_set_back_brings_forward_what_was_planned_ahead(home, before):
    source = Source("a", "A", "feed", "http://127.0.0.1:9/rss", allow_private=True)
    write_source(home.sources, source)
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, [source])
        ahead, planned = later(hours=20), later(hours=21)
        db.execute("UPDATE sources SET last_checked = ?, next_check = ?", [ahead, planned])
        db["runs"].insert({"step": "crawl", "started_at": ahead, "status": "done"})
        if before:
            assert typed(home, *before).exit_code == 0
        typed(home, "crawl", "--due")
        (due,) = db.execute("SELECT next_check FROM sources").fetchone()
    assert now() < due < later(hours=2)


def test_status_leaves_out_a_source_that_is_off_or_gone_from_the_list_before_a_run_has_looked(home):
    feeds = [Source(one, one, "feed", f"https://{one}.example/") for one in ("con", "mat", "tat")]
    for feed in feeds:
        write_source(home.sources, feed)
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, feeds)
        db.execute("UPDATE sources SET next_check = iif(id = 'con', '2031-02-03T04:05:06.000Z', '2030-01-01')")
    write_state(home, RunState(jobs={"crawl": JobState()}))
    assert {"con", "mat", "tat"} <= set(typed(home, "status").output.split())
    home.sources.write_text(entry(feeds[0]) + entry(replace(feeds[2], off=True)))
    shown = typed(home, "status").output
    assert set(shown.split()) & {"con", "mat", "tat"} == {"con"}
    (row,) = [line for line in shown.splitlines() if line.startswith("crawl ")]
    assert "2031-02-03T11:05" in row  # as clocks in Vietnam show it
    write_source(home.sources, replace(feeds[0], id="moi", url="https://moi.example/"))
    (row,) = [line for line in typed(home, "status").output.splitlines() if line.startswith("moi ")]
    assert row.split() == ["moi", "new"]  # not crawled yet
    home.sources.write_text("hỏng")
    assert {"con", "mat", "tat"} <= set(typed(home, "status").output.split())


@pytest.mark.parametrize("words", [("--help",), ("status",)])
def test_what_is_typed_often_loads_nothing_that_it_never_uses(home, words):
    command = [sys.executable, "-X", "importtime", "-m", "soi", *words]
    environment = {**os.environ, "SOI_HOME": str(home.root)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "soi" in loaded
    assert not loaded & {"structlog", "twisted", "scrapy", "numpy", "sklearn", "fastapi", "apscheduler", "underthesea"}


def test_a_home_elsewhere_is_named_by_the_environment(home, tmp_path, monkeypatch):
    monkeypatch.setenv("SOI_HOME", str(home.root))
    monkeypatch.chdir(tmp_path)
    assert "posts" in CliRunner().invoke(app(), ["status"], env=dict(os.environ)).output


@pytest.mark.parametrize("word", ["", " ", "bao.example/1", "erased:0", "fact:a"])
def test_what_is_no_address_is_refused_and_takes_nothing_with_it(home, word):
    before = posts.counts(open_store(home.database))
    done = typed(home, "erase", word, "--reason", "thử")
    assert "no web address" in str(done.exception)
    assert "no web address" in str(typed(home, "erase", word, "--reason", "thử", "--dry-run").exception)
    assert posts.counts(open_store(home.database)) == before
    assert erasure.erasures(open_store(home.database)) == []


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_an_erasure_without_a_reason_is_refused_and_nothing_goes(home, reason):
    done = typed(home, "erase", CASE_URL, "--reason", reason)
    assert "the reason is kept, so it can't be blank" in str(done.exception)
    assert posts.post_by(open_store(home.database), CASE_URL)
    assert erasure.erasures(open_store(home.database)) == []


def test_only_a_look_at_what_an_erasure_would_take_needs_no_reason(home):
    assert f"Would go with {CASE_URL}: 2 rows" in typed(home, "erase", CASE_URL, "--dry-run").output
    assert "say why with --reason" in str(typed(home, "erase", CASE_URL).exception)
    assert posts.post_by(open_store(home.database), CASE_URL)
    assert erasure.erasures(open_store(home.database)) == []


def test_an_erasure_is_shown_beforehand_and_an_unknown_address_is_said_to_be_unknown(home):
    shown = typed(home, "erase", CASE_URL, "--reason", "thử", "--dry-run")
    assert all(
        word in shown.output for word in (f"Would go with {CASE_URL}: 2 rows\n", "version", "claim of case", CLAIM)
    )
    assert posts.post_by(open_store(home.database), CASE_URL)
    unknown = typed(home, "erase", "https://bao.example/nope", "--reason", "thử")
    assert "No text is kept under https://bao.example/nope, so none went" in unknown.output


def test_a_rebuttal_of_a_merged_case_is_looked_for_where_its_posts_went(home):
    db = open_store(home.database)
    plain = posts.post_by(db, PLAIN_URL)
    assert plain
    other = cases.open_case(db, plain.post_id, claim="giá cà phê tăng", score_id=None)
    moves.merge(db, other, 1, person="an")
    assert f"posts of case {other} went to case 1; name that one." in str(typed(home, "brief", other).exception)


def test_an_erasure_says_that_it_waits_for_an_export(home):
    command = [sys.executable, "-m", "soi", "erase", CASE_URL, "--reason", "thử", "--home", str(home.root)]
    with contextlib.ExitStack() as export:
        export.enter_context(in_turn(home, EXPORTS, shared=True))
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as erasing:
            assert erasing.stdout
            assert erasing.stderr
            told = erasing.stderr.readline()
            assert f"fuser {lock_file(home, EXPORTS)}" in told
            export.close()
            assert "Erased under" in erasing.stdout.read()


def test_an_erasure_takes_an_address_as_people_paste_it(home):
    pasted = CASE_URL.replace("https://bao", "HTTPS://Bao") + "?fbclid=1#noi-dung"
    assert f"Would go with {CASE_URL}: 2" in typed(home, "erase", pasted, "--reason", "thử", "--dry-run").output
    done = typed(home, "erase", pasted, "--reason", "thử")
    assert f"Erased under {CASE_URL}: versions 1, passages 0, fact-checks 0, cases whose claim went 1;" in done.output
    assert "1 note or explanation on case 1 is left; read it, it can't be edited." in done.output
    db = open_store(home.database)
    assert posts.post_by(db, CASE_URL) is None
    unknown = typed(home, "erase", "https://bao.example/moi?utm_source=rss#x", "--reason", "thử").output
    assert "No text is kept under https://bao.example/moi, so none went" in unknown
    assert erasure.erased(db, ["https://bao.example/moi"])


def test_an_erasure_takes_every_spelling_of_an_address_that_is_here(home):
    db, other = open_store(home.database), CASE_URL.replace("https://", "http://www.")
    posts.take_post(db, NewPost("bao", other, f"Luật mới cho {CLAIM}, bản khác."))
    pasted = f"{CASE_URL.replace('bao', 'm.bao', 1)}?mibextid=a1"
    assert f"{CASE_URL}, {other}" in typed(home, "erase", pasted, "--reason", "thử", "--dry-run").output
    assert f"Erased under {CASE_URL}, {other}: versions 2," in typed(home, "erase", pasted, "--reason", "thử").output
    assert [posts.post_by(db, url) for url in (CASE_URL, other)] == [None, None]
    again = typed(home, "erase", pasted, "--reason", "thử", "--dry-run").output
    assert f"No text is kept under {CASE_URL.replace('bao', 'm.bao', 1)}. `soi posts` finds" in again


@pytest.mark.parametrize("which", [0, 1])
def test_an_article_goes_by_its_own_address_and_by_the_one_it_was_read_at(home, which):
    read_at = "https://m.bao.example/2"
    db = open_store(home.database)
    with write(db):
        fetches.plan(db, [Fetch("bao", read_at, step="page", title="Tiêu đề thử")], at="2026-01-01T00:00:00.000Z")
        fetches.saw(db, read_at, [PLAIN_URL])
    typed(home, "erase", (PLAIN_URL, read_at)[which], "--reason", "thử")
    assert posts.post_by(db, PLAIN_URL) is None
    assert not db.conn.execute("SELECT 1 FROM fetches WHERE url = ?", [read_at]).fetchone()
    assert erasure.erased(db, [PLAIN_URL, read_at]) == {PLAIN_URL, read_at}


@pytest.mark.parametrize("which", [0, 1])
def test_an_article_that_leads_to_its_sections_page_now_does_not_go_by_it(home, which):
    section = "https://bao.example/thoi-su"
    db = open_store(home.database)
    posts.take_post(db, NewPost("bao", section, "Hôm nay chuyên mục có bốn tin mới."))
    with write(db):
        fetches.plan(db, [Fetch("bao", PLAIN_URL, step="page"), Fetch("bao", section)], at="2026-01-01T00:00:00.000Z")
        fetches.saw(db, PLAIN_URL, [section])
    typed(home, "erase", (PLAIN_URL, section)[which], "--reason", "thử")
    assert [bool(posts.post_by(db, url)) for url in (PLAIN_URL, section)] == [which == 1, which == 0]


def test_a_crawl_beside_another_is_refused_and_those_of_a_run_are_not(home, monkeypatch):
    home.sources.write_text(
        '[[source]]\nid = "a"\nname = "A"\nkind = "feed"\nurl = "http://127.0.0.1:1/"\nuse = "watch"\n'
        'role = "independent"\nallow_private = true\n'
    )
    with alone(home, "crawl"):
        assert typed(home, "crawl").exception.exit_code == 75
        monkeypatch.setenv("SOI_CHILD", "1")
        assert typed(home, "crawl", "a").exception.exit_code == 75
    with alone(home, "crawl", shared=True), alone(home, "crawl", shared=True):
        monkeypatch.delenv("SOI_CHILD")
        busy = typed(home, "crawl", "a").exception
    assert (busy.exit_code, "crawl is under way" in str(busy)) == (75, True)


@pytest.mark.parametrize(("kept", "named"), [(4711, "4711"), (0, "unknown")])
def test_a_run_whose_lock_the_full_disk_left_without_a_number_is_at_work_all_the_same(home, kept, named):
    write_source(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    write_state(home, RunState(pid=kept, jobs={"backup": JobState(failures=3, said="the disk is full")}))
    with alone(home, "run"):
        lock_file(home, "run").write_text("")
        assert f"process {named}, desk" in typed(home, "status").output
        assert f"(process {named}) crawls them" in typed(home, "crawl").output
        checks = {check.what: check for check in examine(home)}
    assert checks["soi run"].found == f"process {named}"
    assert checks["backup"].state == "bad"


def test_several_sources_are_turned_off_or_none_where_one_is_mistyped(home):
    body = 'kind = "feed"\nurl = "https://a.example/"\nuse = "watch"\nrole = "party"\n'
    home.sources.write_text("".join(f'[[source]]\nid = "{name}"\nname = "x"\n{body}' for name in ("bao-a", "bao-b")))
    assert 'did you mean "bao-a"?' in str(typed(home, "sources", "off", "bao-b", "bao-aa").exception)
    assert "off" not in home.sources.read_text()
    assert typed(home, "sources", "off", "bao-b", "bao-a").output == "bao-b is off.\nbao-a is off.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [(("cong", "nhan"), [1]), (("bao.example/2",), [2]), ((CASE_URL,), [1]), (("bao.example",), [2, 1]), (("",), []),
     (("không", "có", "đâu"), [])],
)  # fmt: skip
def test_a_posts_number_is_found_by_words_or_address(home, words, found):
    told = [json.loads(line) for line in typed(home, "posts", *words, "--json").output.splitlines()]
    assert [row["post"] for row in told] == found
    assert all((row["case"] == 1) == (row["post"] == 1) for row in told)
    shown = typed(home, "posts", *words).output
    assert ("No post holds" in shown) == (not found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("words", [("backup",), ("status",), ("restore", "a.tar.gz")])
def test_root_makes_nothing_in_another_users_home(home, words):
    os.chown(home.database, 65534, 65534)
    assert "type it as" in str(typed(home, *words).exception)
    assert not home.locks.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("words", [("init",), ("restore", "a.tar.gz"), ("score",), ("crawl",), ("users", "add", "lan"),
                                   ("prune",), ("sources", "off", "bbc-vi"), ("sources", "check"),
                                   ("alerts", "check"), ("evidence", "import"), ("promote", "default"),
                                   ("shadow", "default"),
                                   ("retune", "default", "--name", "a", "--why", "b", "--refuted", "0.9"),
                                   ("data", "import", "a.csv", "--name", "a")], ids=" ".join)  # fmt: skip
def test_root_makes_no_home_in_another_users_folder(tmp_path, words):
    os.chown(tmp_path, 65534, 65534)
    assert "type it as" in str(typed(Home(tmp_path), *words).exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("crawl",), ("crawl", "--due"), ("score",), ("score", "--watch"), ("review",),
                                   ("sources", "off", "vnexpress"), ("sources", "check"),
                                   ("sources", "add", "http://127.0.0.1:1/", "--yes", "--allow-private"),
                                   ("evidence", "import"), ("promote", "default"), ("shadow", "default"),
                                   ("evaluate",), ("data", "import", __file__, "--name", "own"),
                                   ("prune",), ("users", "add", "lan")], ids=" ".join)  # fmt: skip
def test_a_folder_that_is_no_home_is_not_made_one_by_what_is_typed_in_it(tmp_path, words):
    said = f"{tmp_path} is no home yet; make one with `soi init --home {tmp_path}`."
    assert str(typed(Home(tmp_path), *words).exception) == said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("words", [("demo", "--once"), ("evaluate", "--model", "none"), ("train", "--name", "../x")])
def test_root_may_run_the_demo_and_measure_in_another_users_checkout(tmp_path, words):
    (tmp_path / "demo").write_text("", encoding="utf-8")  # so that none is made
    (tmp_path / "models").mkdir()  # as a checkout has
    os.chown(tmp_path, 65534, 65534)
    said = typed(Home(tmp_path), *words).exception
    assert "is no home yet" not in str(said)
    assert said is not None
    assert "type it as" not in str(said)


def test_a_home_that_cannot_be_written_to_says_so_before_the_gate():
    home = filled_home(Path(tempfile.mkdtemp()))
    for path, mode in ((home.database, 0o444), (home.database.parent, 0o555), (home.root, 0o555)):
        path.chmod(mode)
    try:
        with powerless():
            said = str(typed(home, "promote", "khong-co").exception)
    finally:
        for path in (home.root, home.database.parent):
            path.chmod(0o755)
        shutil.rmtree(home.root)
    assert "can't be opened for writing" in said


def test_commands_are_gathered_without_the_store():
    code = "import sys, soi.front; soi.front.app(); sys.exit('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_long_claim_is_cut_between_words_in_a_table_and_said_to_be():
    from soi.front import begun

    assert begun("Ngắn thôi.") == "Ngắn thôi."
    said = "Trạm xá Gò Nổi đã đóng cửa từ tháng 3. " * 5
    assert begun(said).endswith(" …")
    assert said.startswith(f"{begun(said)[:-2]} ")


def test_the_desk_loads_no_numpy_and_a_model_neither_pandas_nor_statistics() -> None:
    code = (
        "import sys, review.app, pipeline.operations.schedule; desk = 'numpy' in sys.modules;"
        "import classifier.scoring; unused = {'pandas', 'pyarrow', 'scipy.stats', 'scipy.special'};"
        "sys.exit(bool(desk or unused & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_stood_in_for_a_module_gives_way_to_it() -> None:
    code = (
        "import sys, classifier.estimators; from sklearn.utils import _array_api as held;"
        "assert held.special.expit(0.0) == 0.5; import scipy, scipy.special;"
        "assert sys.modules['scipy.special'].expit(0.0) == 0.5; assert scipy.stats.gmean([2.0, 8.0]) == 4.0;"
        "from sklearn.linear_model import LogisticRegression"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_command_is_made_out_alone_and_one_that_is_unknown_among_all() -> None:
    assert [one.name or one.callback.__name__ for one in app("status").registered_commands] == ["status"]
    assert [one.name for one in app("users").registered_groups] == ["users"]
    assert (app("users").registered_commands, app("status").registered_groups) == ([], [])
    assert len(app("statuss").registered_commands) == len(app().registered_commands) > 20


@pytest.mark.parametrize("words", [("status",), ("cases",)])
def test_a_command_that_ends_leaves_no_log_of_the_database_and_nothing_to_look_through(home, words) -> None:
    look = "import atexit, gc, os; atexit.register(lambda: os.write(2, b'kept' if gc.get_freeze_count() else b'all'))"
    command = [sys.executable, "-c", f"{look}; from soi import main; main()", *words, "--home", str(home.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "kept"
    assert not home.database.with_name("soi.db-wal").exists()
