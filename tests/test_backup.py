"""Backups: whole, proved, rotated, brought back, and never a way back for what was erased."""

import contextlib
import errno
import gzip
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filled import CASE_URL, PLAIN_URL, damage, typed

from classifier.files import sha256
from crawlers.sources import Source, write
from pipeline.home import Home
from pipeline.locks import STORE, Busy, alone, at_work
from pipeline.operations import backup
from pipeline.operations.backup import BackupError, make_backup, restore
from pipeline.operations.doctor import examine
from pipeline.operations.heldback import WHOLE
from pipeline.operations.retention import HOME_OF, by_digest, erase, old_copies, remembered
from pipeline.operations.rotation import backups, kept_for, last_backup, lost, rotate
from pipeline.records import NewPost, now
from pipeline.settings import KeepSettings
from pipeline.store import StoreError, audit, copies, database, open_store, people, posts, runs, searching
from pipeline.store.erasure import erasures
from pipeline.store.migrations import migrations
from pipeline.store.posts import url_digest


def test_a_backup_comes_back_with_everything_in_it(home, tmp_path):
    (home.models / "v2").mkdir(parents=True)
    (home.models / "v2" / "card.json").write_text("{}")
    made = make_backup(home)
    assert made.path.stat().st_mode & 0o077 == 0
    there = Home(tmp_path / "there")
    found = restore(there, made.path).contents
    assert found == made.contents
    assert found["decisions"] == 1
    assert copies.problems(there.database) == []
    assert there.settings_file.read_text() == home.settings_file.read_text()
    assert (there.models / "v2" / "card.json").read_text() == "{}"
    assert list(searching.search(open_store(there.database), "cà phê")) == [2]


def test_what_a_home_links_to_is_in_its_backup(home, tmp_path):
    kept = tmp_path / "etc"
    home.settings_file.rename(home.root / "old.toml")
    for name in ("mine", "mine/part"):
        (kept / name).mkdir(parents=True)
        (kept / name / "card.json").write_text("{}")
    (kept / "soi.toml").write_text("[crawl]\nmax_pages = 7\n")
    home.models.mkdir()
    (home.models / "mine").symlink_to(kept / "mine")
    home.settings_file.symlink_to(kept / "soi.toml")
    there = Home(tmp_path / "there")
    restore(there, make_backup(home).path)
    assert there.settings().crawl.max_pages == 7
    assert [(there.models / "mine" / name).read_text() for name in ("card.json", "part/card.json")] == ["{}"] * 2


@pytest.mark.parametrize("name", ["sources.toml", "models", "models/v2", "models/v2/card.json"])
def test_a_backup_leaves_out_nothing_whose_link_leads_nowhere(home, tmp_path, name):
    part = home.root / name
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    part.symlink_to(tmp_path / "away")
    with pytest.raises(BackupError, match=rf"^{part.name} is a link to {tmp_path / 'away'}, which isn't there; mount"):
        make_backup(home)
    assert last_backup(home.backups) is None
    assert home.is_made


@pytest.mark.parametrize("name", ["mine/README.md", "mine/part/README.md", "linked/README.md", "README.md"])
def test_no_link_among_the_models_brings_a_file_from_elsewhere_into_a_backup(home, tmp_path, name):
    for version in (home.models / "mine" / "part", tmp_path / "linked"):
        version.mkdir(parents=True)
    (home.models / "linked").symlink_to(tmp_path / "linked")
    (home.models / "mine" / "again.json").symlink_to("part/card.json")
    (home.models / "mine" / "part" / "card.json").write_text("{}")
    (home.root / "secrets.toml").touch(mode=0o600)
    make_backup(home)
    (home.models / name).symlink_to(home.root / "secrets.toml")
    said = f"{home.models / name} leads out of its folder, to {home.root.resolve() / 'secrets.toml'}; put the file"
    with pytest.raises(BackupError, match=f"^{re.escape(said)}"):
        make_backup(home)


def test_what_changes_while_a_backup_is_packed_is_in_it_as_it_was(home, tmp_path, monkeypatch):
    begin, card = tarfile.open, home.models / "v2" / "card.json"
    card.parent.mkdir(parents=True)
    card.write_text("{}")
    before = home.settings_file.read_text()

    def while_others_work(name=None, mode="r", **how):
        if mode == "w:gz":
            home.settings_file.write_text("[keep]\ndaily = 9\n")
            shutil.rmtree(card.parent)
            erase(home, open_store(home.database), PLAIN_URL, person="an", reason="chủ bài yêu cầu")
        return begin(name, mode, **how)

    monkeypatch.setattr(tarfile, "open", while_others_work)
    made, there = make_backup(home), Home(tmp_path / "there")
    restore(there, made.path)
    assert (there.settings_file.read_text(), (there.models / "v2" / "card.json").read_text()) == (before, "{}")
    assert list(home.backups.iterdir()) == [made.path]


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="there is one disk here")
@pytest.mark.parametrize("part", ["data", "models"])
def test_a_home_whose_parts_are_on_disks_of_their_own_gives_way_to_a_backup(home, tmp_path, part):
    (home.models / "v2").mkdir(parents=True)
    (home.models / "v2" / "card.json").write_text("{}")
    made = make_backup(home)
    posts.take_post(open_store(home.database), NewPost("bao", "https://bao.example/9", "Tin mới hơn bản sao."))
    (home.models / "v2" / "card.json").write_text("[]")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as disk:
        shutil.move(home.root / part, disk)
        (home.root / part).symlink_to(f"{disk}/{part}")
        restore(home, made.path, force=True)
        assert posts.counts(open_store(home.database))["posts"] == 2
        assert (home.models / "v2" / "card.json").read_text() == "{}"
        assert len(list(home.database.parent.glob("soi.db.before-*Z"))) == 1


def test_a_restore_that_can_not_put_a_model_back_leaves_the_database_where_it_is(home):
    (home.models / "v2").mkdir(parents=True)
    (home.models / "v2" / "card.json").write_text("{}")
    made = make_backup(home)
    shutil.rmtree(home.models)
    home.models.touch()  # nothing can be put into it
    posts.take_post(open_store(home.database), NewPost("bao", "https://bao.example/9", "Tin mới hơn bản sao."))
    with pytest.raises(OSError, match="models"):
        restore(home, made.path, force=True)
    assert posts.counts(open_store(home.database))["posts"] == 3


def test_a_backup_leaves_nothing_beside_it_and_is_written_down(home):
    (home.backups / ".work-left-by-a-killed-one").mkdir(parents=True)
    made = make_backup(home)
    assert list(home.backups.iterdir()) == [made.path]
    assert (datetime.now(UTC) - last_backup(home.backups)).total_seconds() < 60
    last = next(open_store(home.database).query("SELECT * FROM runs ORDER BY id DESC LIMIT 1"))
    assert (last["step"], last["status"]) == ("backup", "done")


def test_a_backup_or_restore_that_is_told_to_end_leaves_nothing_in_the_clear(home, tmp_path):
    home.models.mkdir()
    (home.models / "large").write_bytes(os.urandom(50_000_000))  # so that either takes seconds
    told_to_end(home.backups, ".work-*/soi.db", signal.SIGTERM, "backup", "--home", str(home.root))
    assert list(home.backups.iterdir()) == []
    with contextlib.closing(open_store(home.database)) as db:
        assert db.conn.execute("SELECT status, note FROM runs ORDER BY id DESC LIMIT 1").fetchone() == (
            "stopped", "interrupted",
        )  # fmt: skip
    there, made = tmp_path / "there", make_backup(home).path
    words = "restore", str(made), "--home", str(there)
    told_to_end(there, "data/.restore-*/home/data/soi.db", signal.SIGHUP, *words)
    assert not there.exists()


def told_to_end(folder, what, number, *words):
    """Send a command a signal twice, as a session that ends may, once it has made a file."""
    started = [sys.executable, "-c", f"import signal, soi\nsignal.signal({number}, signal.SIG_DFL)\nsoi.main()", *words]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not list(folder.glob(what)) and process.poll() is None:
                time.sleep(0.01)
            for _ in range(2):
                process.send_signal(number)
            said = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert (process.returncode, said) == (130, "Stopped.\n")


def test_a_command_goes_on_where_the_end_of_its_terminal_is_ignored(home):
    home.models.mkdir()
    (home.models / "large").write_bytes(os.urandom(20_000_000))
    started = ["nohup", sys.executable, "-m", "soi", "backup", "--home", str(home.root)]
    with subprocess.Popen(started, stdout=subprocess.DEVNULL) as process:
        while not list(home.backups.glob(".work-*/soi.db")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGHUP)
        assert process.wait(60) == 0
    assert len(backups(home.backups)) == 1


def test_a_backup_that_unpacks_to_more_than_the_disk_holds_is_refused_before(home, tmp_path, monkeypatch):
    made = make_backup(home)
    small = shutil.disk_usage(tmp_path)._replace(free=2**10)
    monkeypatch.setattr("shutil.disk_usage", lambda _: small)
    there = Home(tmp_path / "there")
    with pytest.raises(BackupError, match=rf"data has 0 MB free and {made.path.name} unpacked needs \d+; free some"):
        restore(there, made.path)
    assert not there.root.exists()


def test_secrets_stay_out_of_a_backup(home):
    secrets = home.root / "secrets.toml"
    secrets.write_text("[alerts]\nsmtp_password = 'x'\n")
    secrets.chmod(0o600)
    with tarfile.open(make_backup(home).path) as tar:
        assert sorted(tar.getnames()) == ["data/soi.db", "manifest.json", "soi.toml"]


def test_no_backup_holds_the_one_before_it(home):
    home.settings_file.write_text(f'[keep]\nbackups = "{home.models}"\n')
    (home.models / "v2").mkdir(parents=True)
    (home.models / "v2" / "card.json").write_text("{}")
    (home.models / "soi-20260101T030000Z.tar.gz").touch()
    (home.models / ".v3.1.unfinished").mkdir()
    (home.models / ".v3.1.unfinished" / "kind.npz").touch()
    with tarfile.open(make_backup(home).path) as tar:
        assert sorted(tar.getnames()) == ["data/soi.db", "manifest.json", "models/v2/card.json", "soi.toml"]


def test_a_backup_is_of_one_moment_while_posts_keep_coming(home, tmp_path):
    stop = threading.Event()

    def land() -> None:
        db, n = open_store(home.database), 0
        while not stop.is_set():
            posts.take_post(db, NewPost("bao", f"https://bao.example/luc/{n}", f"Tin số {n}"))
            n += 1
        db.close()

    writer = threading.Thread(target=land)
    writer.start()
    try:
        made = make_backup(home)
    finally:
        stop.set()
        writer.join()
    assert made.contents["posts"] == made.contents["versions"] >= 2
    assert restore(Home(tmp_path / "there"), made.path).contents["posts"] == made.contents["posts"]


def test_whatever_makes_the_data_folder_or_the_store_first_keeps_it_from_others(home, tmp_path):
    places = [Home(tmp_path / name) for name in ("back", "crawled", "worked")]
    before = os.umask(0o022)
    home.database.chmod(0o644)  # as an earlier Soi made it
    try:
        restore(places[0], make_backup(home).path)
        with alone(places[1], "crawl"), at_work(places[2]):
            pass
        with contextlib.closing(open_store(places[1].database)) as db:
            posts.take_post(db, NewPost("bao", "https://bao.example/moi", "Một bài."))
            beside = [path.stat().st_mode & 0o777 for path in places[1].database.parent.glob("soi.db*")]
    finally:
        os.umask(before)
    assert [place.database.parent.stat().st_mode & 0o777 for place in places] == [0o750] * 3
    assert [beside, places[0].database.stat().st_mode & 0o777] == [[0o640] * 3, 0o640]


def test_a_copy_is_read_by_nobody_else_while_it_is_made_and_has_the_mode_of_its_store_then(home, tmp_path, monkeypatch):
    modes, copymode = [], shutil.copymode
    monkeypatch.setattr(shutil, "copymode", lambda a, b: modes.append(b.stat().st_mode & 0o777) or copymode(a, b))
    before, made = os.umask(0o022), tmp_path / "ban-sao.db"
    home.database.chmod(0o640)
    try:
        copies.copy_to(home.database, made)
    finally:
        os.umask(before)
    assert (modes, made.stat().st_mode & 0o777) == ([0o600], 0o640)


def test_what_is_there_is_put_aside_not_overwritten(home):
    made = make_backup(home)
    with pytest.raises(BackupError, match="--force"):
        restore(home, made.path)
    posts.take_post(open_store(home.database), NewPost("bao", "https://bao.example/9", "Tin mới hơn bản sao."))
    restore(home, made.path, force=True)
    assert posts.counts(open_store(home.database))["posts"] == 2
    (aside,) = home.database.parent.glob("soi.db.before-*Z")
    assert posts.counts(open_store(aside))["posts"] == 3


def test_settings_and_models_that_a_restore_put_aside_are_in_no_backup_and_go_after_a_month(home, tmp_path):
    card, floors, elsewhere = home.models / "v2" / "card.json", home.models / "floors.json", tmp_path / "linked"
    elsewhere.mkdir()
    home.models.mkdir()
    card.parent.symlink_to(elsewhere)
    for path in (card, floors):
        path.write_text("{}")
    made = make_backup(home)
    for path in (card, floors):
        path.write_text('{"version": "v2"}')
    home.settings_file.write_text("[keep]\ndaily = 3\n")
    own = home.root / "notes.before-the-move"
    own.touch()
    restore(home, made.path, force=True)
    put_aside = {*home.root.glob("soi.toml.before-*")}
    put_aside |= {path for folder in (home.models, card.parent) for path in folder.glob("*.before-*")}
    assert len(put_aside) == 3
    with tarfile.open(make_backup(home, daily=False).path) as tar:
        assert not [name for name in tar.getnames() if ".before-" in name]
    assert put_aside.isdisjoint(old_copies(home))
    assert put_aside < {*old_copies(home, at=f"{datetime.now(UTC) + timedelta(days=32):%Y-%m-%dT%H:%M:%S.000Z}")}
    assert (own.exists(), [path for path in put_aside if path.exists()]) == (True, [])
    assert erase(home, open_store(home.database), PLAIN_URL, person="an", reason="thử").copies == (
        *sorted(home.backups.glob("soi-*")),
    )


def test_a_restore_drops_what_one_that_was_killed_left(home):
    (home.database.parent / ".restore-left-by-a-killed-one" / "home" / "data").mkdir(parents=True)
    restore(home, make_backup(home).path, force=True)
    assert list(home.root.rglob(".restore-*")) == []


def test_what_was_erased_after_a_backup_is_erased_again_when_it_comes_back(home, tmp_path):
    made = make_backup(home)
    erase(home, open_store(home.database), PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    records = erasures(open_store(home.database))
    home.database.rename(tmp_path / "lost.db")  # even when the database that knew of it is lost
    restore(home, made.path)
    db = open_store(home.database)
    assert erasures(db) == records
    assert records[0].reason == "chủ bài yêu cầu"
    assert audit.first_broken(db) is None
    assert posts.post_by(db, PLAIN_URL) is None
    assert posts.versions_of(db, 2)[0].text == ""
    assert posts.post_by(db, CASE_URL).text != ""


def test_a_restore_forgets_no_erasure_that_the_backup_does_not_know(home, tmp_path):
    erase(home, open_store(home.database), "https://bao.example/truoc", person="an", reason="chủ bài yêu cầu")
    first = make_backup(home)
    erase(home, open_store(home.database), PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    listed = home.erased_list.read_text()
    for _ in (1, 2):  # the second time the list is all that knows, as the database was lost
        restore(home, first.path, force=True)
        assert home.erased_list.read_text() == listed
        assert {one.url_digest for one in erasures(open_store(home.database))} == set(
            by_digest(remembered(home.erased_list))
        )
        assert posts.post_by(open_store(home.database), PLAIN_URL) is None
        home.database.unlink()
    there = Home(tmp_path / "there")
    restore(there, first.path)
    assert [one.url_digest for one in remembered(there.erased_list)] == [url_digest("https://bao.example/truoc")]


def test_a_list_of_an_older_soi_that_has_digests_alone_still_keeps_out(home, tmp_path):
    made = make_backup(home)
    home.erased_list.write_text(f"{url_digest(PLAIN_URL)}\n")
    restore(home, made.path, force=True)
    db = open_store(home.database)
    assert [(one.url_digest, one.person, one.reason) for one in erasures(db)] == [
        (url_digest(PLAIN_URL), "restore", "carried over")
    ]
    assert posts.post_by(db, PLAIN_URL) is None


def test_a_record_whose_reason_holds_signs_that_break_lines_elsewhere_comes_back_whole(home):
    made = make_backup(home)
    erase(home, open_store(home.database), PLAIN_URL, person="an", reason="phiếu 7\u2028theo đơn\x85của chủ bài")
    (record,) = erasures(open_store(home.database))
    assert "\u2028" in record.reason
    listed = home.erased_list.read_text()
    home.database.unlink()
    restore(home, made.path)
    assert (erasures(open_store(home.database)), home.erased_list.read_text()) == ([record], listed)


def test_a_line_that_a_full_disk_cut_off_spoils_no_other(home):
    first, second = url_digest("https://bao.example/mot"), url_digest("https://bao.example/hai")
    home.erased_list.write_text(f'{first}\n{{"url_digest": "{second}", "at": "2026-11-2')
    erase(home, open_store(home.database), PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    listed = by_digest(remembered(home.erased_list))
    assert set(listed) == {first, second, url_digest(PLAIN_URL)}
    assert listed[url_digest(PLAIN_URL)].person == "an"


def test_a_restore_ends_sessions_and_login_links_and_people_and_tokens_are_as_before(home):
    with contextlib.closing(open_store(home.database)) as db:
        people.add(db, "lan")
        session, link = people.start_session(db, "lan", hours=9), people.login_link(db, "lan")
        token = people.make_token(db, "lan", label="bot")
        made = make_backup(home)
        people.change(db, "lan", off=True)
    restore(home, made.path, force=True)
    with contextlib.closing(open_store(home.database)) as db:
        assert people.session_person(db, session, idle_minutes=60) is None
        assert people.use_login_link(db, link) is None
        assert people.token_person(db, token) == people.person(db, "lan")


def test_a_desk_that_is_locked_stays_so_when_a_backup_comes_back_over_it(home, tmp_path):
    with contextlib.closing(open_store(home.database)) as db:
        made = make_backup(home)
        audit.lock(db, "chi", locked=True, reason="máy bị lấy")
    told = typed(home, "restore", made.path, "--force")
    assert "The desk is locked" in told.output
    with contextlib.closing(open_store(home.database)) as db:
        assert (audit.locked(db), audit.first_broken(db)) == (True, None)
        audit.lock(db, "chi", locked=False)
    assert "The desk is locked" not in typed(home, "restore", made.path, "--force").output
    elsewhere = Home(tmp_path / "there")
    restore(elsewhere, made.path)
    with contextlib.closing(open_store(elsewhere.database)) as db:
        assert not audit.locked(db)


def test_the_backup_that_is_brought_back_was_done_and_what_was_under_way_beside_it_was_not(home, tmp_path):
    db = open_store(home.database)
    runs.start_run(db, "crawl")
    made = make_backup(home)
    there = Home(tmp_path / "there")
    restore(there, made.path)
    back = open_store(there.database)
    runs.close_left(back)
    one, other = back.query("SELECT * FROM runs ORDER BY id DESC LIMIT 2")
    assert (one["step"], one["status"], one["note"]) == ("backup", "done", "")
    assert one["started_at"] <= one["ended_at"] <= now()
    assert (other["step"], other["status"]) == ("crawl", "stopped")


def test_a_damaged_home_gives_way_to_a_backup(home):
    made = make_backup(home)
    erase(home, open_store(home.database), PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    damage(home.database, "erasures")
    restore(home, made.path, force=True)
    db = open_store(home.database)
    assert copies.problems(home.database) == []
    assert (posts.post_by(db, PLAIN_URL), posts.post_by(db, CASE_URL).post_id) == (None, 1)


def test_a_home_that_another_program_holds_is_not_taken_for_a_damaged_one(home, monkeypatch):
    made = make_backup(home)
    monkeypatch.setattr(database, "BUSY_MS", 100)
    with contextlib.closing(sqlite3.connect(home.database)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program"):
            restore(home, made.path, force=True)
    assert not list(home.database.parent.glob("*.before-*"))


def test_a_damaged_archive_is_refused_and_nothing_is_touched(home):
    made = make_backup(home)
    raw = bytearray(made.path.read_bytes())
    before = home.database.read_bytes()
    for damaged in (bytes(raw[: len(raw) // 2]), b"no archive at all", bytes(raw[:600]) + os.urandom(len(raw) - 600)):
        made.path.write_bytes(damaged)
        with pytest.raises(BackupError, match="use another"):
            restore(home, made.path, force=True)
    assert home.database.read_bytes() == before


@pytest.mark.parametrize(
    "manifest",
    [
        "[1]",
        "1",
        "null",
        "{}",
        '{"files": {}}',
        '{"files": [1]}',
        '{"files": 1}',
        "{",
        pytest.param("[" * 99_999, id="deep"),
    ],
)
def test_an_archive_with_another_manifest_is_no_backup(home, tmp_path, manifest):
    (tmp_path / "manifest.json").write_text(manifest)
    with tarfile.open(tmp_path / "soi-odd.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "manifest.json", "manifest.json")
    with pytest.raises(BackupError, match="is no backup of Soi"):
        restore(home, tmp_path / "soi-odd.tar.gz", force=True)


def test_an_archive_cannot_write_outside_the_home(home, tmp_path):
    evil = tmp_path / "soi-evil.tar.gz"
    manifest = tmp_path / "manifest.json"
    (tmp_path / "x").write_text("owned")
    manifest.write_text(json.dumps({"schema": [], "contents": {}, "files": {"../../owned.db": "0" * 64}}))
    with tarfile.open(evil, "w:gz") as tar:
        tar.add(manifest, "manifest.json")
        tar.add(tmp_path / "x", "../../owned.db")
    with pytest.raises(BackupError):
        restore(home, evil, force=True)
    assert not list(tmp_path.rglob("owned.db"))


@pytest.mark.parametrize("name", [".bashrc", ".ssh/authorized_keys", "secrets.toml", "data/soi.log", "models/mine"])
def test_an_archive_brings_nothing_into_a_home_but_what_a_backup_holds(home, tmp_path, name):
    made, there, files = make_backup(home), Home(tmp_path / "there"), tmp_path / "old"
    with tarfile.open(made.path) as tar:
        tar.extractall(files, filter="data")
    manifest = json.loads((files / "manifest.json").read_text())
    (files / "odd").write_text("owned")
    manifest["files"][name] = sha256(files / "odd")
    (files / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "soi-odd.tar.gz", "w:gz") as tar:
        for kept in ("manifest.json", *list(manifest["files"])[:-1]):
            tar.add(files / kept, kept)
        odd = tar.gettarinfo(files / "odd", name)
        if name == "models/mine":
            odd.type, odd.size, odd.linkname = tarfile.SYMTYPE, 0, "../soi.toml"
        with (files / "odd").open("rb") as content:
            tar.addfile(odd, content)
    with pytest.raises(BackupError, match=f"newer Soi.*{name} is no file of a home"):
        restore(there, tmp_path / "soi-odd.tar.gz")
    assert not there.root.exists()


def test_what_the_list_of_an_archive_does_not_name_stays_out(home, tmp_path):
    made, there, files = make_backup(home), Home(tmp_path / "there"), tmp_path / "old"
    with tarfile.open(made.path) as tar:
        tar.extractall(files, filter="data")
    (files / "soi.log").write_text("x")
    with tarfile.open(tmp_path / "soi-odd.tar.gz", "w:gz") as tar:
        for path in (path for path in files.rglob("*") if path.is_file()):
            tar.add(path, str(path.relative_to(files)))
    restore(there, tmp_path / "soi-odd.tar.gz")
    assert there.database.exists()
    assert not list(there.root.rglob("soi.log"))


def test_a_python_whose_tarfile_knows_no_filter_makes_and_brings_back_backups(home, tmp_path, monkeypatch):
    extract = tarfile.TarFile.extract
    monkeypatch.setattr(  # as in Python 3.11.0 to 3.11.3
        tarfile.TarFile, "extract", lambda self, member, path="", set_attrs=True: extract(self, member, path)
    )
    (own := home.models / "own" / "weights.bin").parent.mkdir(parents=True)
    own.write_bytes(b"w" * 100_000)
    own.chmod(0o4777)
    os.utime(own, (10**9, 10**9))
    restore(there := Home(tmp_path / "there"), make_backup(home).path)
    back = there.models / "own" / "weights.bin"
    assert back.read_bytes() == own.read_bytes()
    assert (back.stat().st_mode & 0o7777, back.stat().st_mtime) == (0o644, 10**9)


def test_a_full_disk_is_foreseen(home):
    os.truncate(home.database, 5 * 10**12)  # a hole, larger than any disk here has room for
    with pytest.raises(BackupError, match="free some space"):
        make_backup(home)
    assert backups(home.backups) == {}


def test_two_backups_at_once_do_not_meet(home):
    (home.backups / ".work-of-the-first").mkdir(parents=True)
    with alone(home, "backup"), pytest.raises(Busy, match=f"process {os.getpid()}"):
        make_backup(home)
    assert (home.backups / ".work-of-the-first").exists()


def test_a_folder_of_backups_outside_serves_one_home_alone(home, tmp_path):
    one, other, disk = home, Home(tmp_path / "other"), tmp_path / "disk"
    shutil.copytree(one.root, other.root)
    for each in (one, other):
        each.settings_file.write_text(f'[keep]\nbackups = "{disk}"\n', encoding="utf-8")
    made = make_backup(one).path
    (disk / ".work-of-the-first").mkdir()
    with pytest.raises(BackupError, match=f"holds the backups of {one.root.resolve()}; name another"):
        make_backup(other)
    (told,) = [check for check in examine(other) if check.what == "backups"]
    assert (told.state, f"holds the backups of {one.root.resolve()}" in told.found) == ("bad", True)
    assert f"holds the backups of {one.root.resolve()}" in typed(other, "restore", made, "--force").stdout
    assert old_copies(other) == []
    assert (list(backups(disk)), (disk / ".work-of-the-first").exists()) == ([made], True)
    make_backup(one)
    shutil.rmtree(one.root)
    (disk / HOME_OF).unlink()
    assert make_backup(other).path in backups(disk)


def test_a_home_backs_up_into_no_folder_of_another_home(home, tmp_path):
    made, other = make_backup(home, daily=True).path, Home(tmp_path / "other")
    shutil.copytree(home.root, other.root)
    for kept in (home.backups, home.root / "more" / "of them"):
        other.settings_file.write_text(f'[keep]\nbackups = "{kept}"\n', encoding="utf-8")
        with pytest.raises(BackupError, match=f"lies in {home.root.resolve()}, which is another home"):
            make_backup(other)
        assert [check.state for check in examine(other) if check.what == "backups"] == ["bad"]
    assert list(home.backups.iterdir()) == [made]
    assert make_backup(home).path in backups(home.backups)


def test_restore_waits_for_a_running_soi_to_end(home):
    made = make_backup(home)
    with alone(home, "run"), pytest.raises(Busy, match="soi run"):
        restore(home, made.path, force=True)


@pytest.mark.parametrize("words", [["review", "--port", "0"], ["score", "--watch"]], ids=" ".join)
def test_restore_waits_for_whoever_holds_the_store_open(home, words):
    made = make_backup(home)
    command = [sys.executable, "-m", "soi", *words, "--home", str(home.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as open_before:
        try:
            for line in open_before.stdout:
                if "The desk is open" in line or "ready" in line:
                    break
            with pytest.raises(Busy, match=r"end `soi review`"):
                restore(home, made.path, force=True)
            assert not list(home.database.parent.glob("*.before-*"))
        finally:
            open_before.terminate()
    assert restore(home, made.path, force=True).contents["posts"] == 2


@pytest.mark.parametrize("words", [["crawl"], ["score"], ["prune"], ["shadow", "default"], ["review"],
                                   ["erase", CASE_URL, "--reason", "thử"], ["users", "add", "lan"],
                                   ["evidence", "remove", "fact:a"], ["evidence", "import"], ["init"],
                                   ["promote", "default"], ["score", "--stdin"], ["audit", "--mark", "1=neutral"],
                                   ["sample", "--open"]], ids=" ".join)  # fmt: skip
def test_nobody_opens_a_store_that_is_being_put_back(home, words):
    write(home.sources, Source("bao", "Báo", "feed", "http://127.0.0.1:9/rss", allow_private=True))
    with alone(home, STORE):
        done = typed(home, *words)
    assert isinstance(done.exception, Busy)
    assert "wait for `soi restore`" in str(done.exception)


def test_nothing_is_written_into_a_home_that_a_backup_is_being_brought_back_into(tmp_path):
    there = Home(tmp_path / "there")
    with alone(there, STORE):
        done = typed(there, "init")
    assert isinstance(done.exception, Busy)
    assert [done.output, list(there.root.glob("*.toml"))] == ["", []]


@pytest.mark.parametrize(("keep", "left"), [
    (KeepSettings(daily=7, weekly=4, monthly=6), 7 + 4 + 5),  # the first of the month is one of a week as well
    (KeepSettings(daily=3, weekly=0, monthly=0), 3),
])  # fmt: skip
def test_rotation_keeps_days_weeks_and_months(tmp_path, keep, left):
    last = datetime(2026, 6, 30, 3, 10, tzinfo=UTC)
    for day in range(400):
        for hour in (0, 5):
            moment = last - timedelta(days=day, hours=-hour)
            (tmp_path / f"soi-{moment:%Y%m%dT%H%M%S}Z.tar.gz").touch()
    for name in ("soi-notes.txt", "soi-99999999T999999Z.tar.gz", "soi-20260231T000000Z.tar.gz"):  # no moments, those
        (tmp_path / name).touch()
    rotate(tmp_path, keep)
    kept = list(backups(tmp_path))
    assert len(kept) == left
    assert kept[-1].name == "soi-20260630T081000Z.tar.gz"
    assert last_backup(tmp_path) == datetime(2026, 6, 30, 8, 10, tzinfo=UTC)
    assert rotate(tmp_path, keep) == []
    assert {"soi-notes.txt", "soi-99999999T999999Z.tar.gz"} < {path.name for path in tmp_path.iterdir()}


def test_day_by_day_as_many_weeks_are_kept_beyond_the_days_as_are_asked_for(tmp_path):
    first, keep = datetime.now(UTC) - timedelta(days=100), KeepSettings(daily=7, weekly=2, monthly=0)
    for day in range(100):
        (tmp_path / f"soi-{first + timedelta(days=day):%Y%m%dT%H%M%S}Z.tar.gz").touch()
        rotate(tmp_path, keep)
        ages = [(first + timedelta(days=day) - made).days for made in backups(tmp_path).values()]
        assert ages[-7:] == list(range(min(day, 6), -1, -1))
        assert day < 21 or (len(ages) == 9 and 7 <= ages[1] < 14 <= ages[0] <= 20), ages


@pytest.mark.parametrize("keep", [
    KeepSettings(daily=50, weekly=0, monthly=1), KeepSettings(daily=3, weekly=6, monthly=1),
    KeepSettings(daily=1, weekly=0, monthly=2), KeepSettings(daily=1, weekly=1, monthly=0),
], ids=str)  # fmt: skip
def test_no_backup_made_day_by_day_is_kept_longer_than_is_told(tmp_path, keep):
    first, oldest = datetime(2026, 1, 1, 3, tzinfo=UTC), 0
    for day in range(100):
        at = first + timedelta(days=day)
        for by_hand in ("", "-kept") if day == 30 else ("",):
            (tmp_path / f"soi-{at:%Y%m%dT%H%M%S}Z{by_hand}.tar.gz").touch()
        rotate(tmp_path, keep, at=at.isoformat())
        oldest = max(oldest, (at - min(backups(tmp_path).values())).days)
    assert kept_for(keep) - 9 <= oldest <= kept_for(keep)


def test_a_backup_made_by_hand_outlasts_those_of_its_day_and_goes_after_the_months(home):
    by_hand = make_backup(home, daily=False)
    assert restore(home, by_hand.path, force=True).contents["posts"]
    last = datetime.now(UTC)
    for days, left in ((0, True), (170, True), (200, False)):
        old = home.backups / f"soi-{last - timedelta(days=days):%Y%m%d}T000000Z-kept.tar.gz"
        old.touch()
        dropped = rotate(home.backups, KeepSettings(daily=1, weekly=0))
        assert old.exists() == left
        assert dropped == ([] if left else [old])
    rotate(home.backups, KeepSettings(daily=1, weekly=0, monthly=0))
    assert by_hand.path.exists()
    assert last_backup(home.backups) is not None


def test_backups_of_a_clock_that_was_ahead_push_out_no_new_one_and_are_not_the_last(home):
    home.backups.mkdir()
    ahead = [home.backups / f"soi-99990{month}01T000000Z.tar.gz" for month in range(1, 9)]
    for path in ahead:
        path.touch()
    assert last_backup(home.backups) is None
    assert lost(Home(home.root / "nowhere"), home.backups)  # they are of a database all the same
    made = make_backup(home)
    assert set(backups(home.backups)) == {made.path, *ahead}
    last = last_backup(home.backups)
    assert last is not None
    assert datetime.now(UTC) - last < timedelta(hours=1)


def test_an_encrypted_backup_opens_with_its_key_alone(home, tmp_path):
    pyrage = pytest.importorskip("pyrage")
    key, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    home.settings_file.write_text(f'[keep]\nage_recipient = "{key.to_public()}"\n')
    made = make_backup(home)
    assert made.path.name.endswith(".age")
    assert b"manifest" not in made.path.read_bytes()
    (tmp_path / "key").write_text(f"# kept elsewhere\n{key}\n")
    (tmp_path / "other").write_text(f"{other}\n")
    with pytest.raises(BackupError, match="--identity"):
        restore(Home(tmp_path / "there"), made.path)
    with pytest.raises(BackupError, match="doesn't open"):
        restore(Home(tmp_path / "there"), made.path, identity=tmp_path / "other")
    (tmp_path / "locked").write_bytes(b"age-encryption.org/v1\n\xff\xd8\n")
    with pytest.raises(BackupError, match="No line of locked is an age key"):
        restore(Home(tmp_path / "there"), made.path, identity=tmp_path / "locked")
    assert restore(Home(tmp_path / "there"), made.path, identity=tmp_path / "key").contents["posts"] == 2


@pytest.mark.parametrize("there", ["new/a b", "new", "."])
def test_a_refused_restore_into_an_empty_place_leaves_nothing_there(home, tmp_path, there):
    made, place = make_backup(home), tmp_path / "place"
    made.path.write_bytes(made.path.read_bytes()[:600])
    place.mkdir()
    with pytest.raises(BackupError, match="is damaged"):
        restore(Home(place / there), made.path)
    assert list(place.rglob("*")) == []


def test_a_damaged_encrypted_backup_is_named_as_that_and_nothing_is_touched(home, tmp_path):
    pyrage = pytest.importorskip("pyrage")
    key = pyrage.x25519.Identity.generate()
    home.settings_file.write_text(f'[keep]\nage_recipient = "{key.to_public()}"\n')
    made, before = make_backup(home), home.database.read_bytes()
    (tmp_path / "key").write_text(f"{key}\n")
    raw = made.path.read_bytes()
    seal, named = raw.index(b"\n--- ") + 8, raw.index(b"-> X25519 ") + 12
    for at in (len(raw) // 2, len(raw) - 1, seal, named):
        other = b"B" if raw[at : at + 1] == b"A" else b"A"  # a letter: the header is written in those of base64
        made.path.write_bytes(raw[:at] + other + raw[at + 1 :])
        said = typed(home, "restore", made.path, "--force", "--identity", tmp_path / "key").exception
        assert isinstance(said, BackupError), said
        assert "is damaged" in str(said)
        assert ("doesn't open" in str(said)) == (at == named)  # nothing tells then that it isn't another's
    for size in (0, seal, len(raw) // 2, len(raw) - 1):
        made.path.write_bytes(raw[:size])
        with pytest.raises(BackupError, match=r"or is damaged \(.*\); use another\.$"):
            restore(home, made.path, force=True, identity=tmp_path / "key")
    assert home.database.read_bytes() == before


@pytest.mark.skipif(not os.access("/dev/full", os.W_OK), reason="there is no full disk here")
def test_a_full_disk_is_not_taken_for_a_damaged_encrypted_backup(home, tmp_path):
    pyrage = pytest.importorskip("pyrage")
    key = pyrage.x25519.Identity.generate()
    home.settings_file.write_text(f'[keep]\nage_recipient = "{key.to_public()}"\n')
    (tmp_path / "key").write_text(f"{key}\n")
    (tmp_path / "home.tar.gz").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as refused:
        backup._decrypt(make_backup(home).path, tmp_path / "key", tmp_path)
    assert refused.value.errno == errno.ENOSPC


def test_a_wrong_public_key_is_named(home):
    pytest.importorskip("pyrage")
    home.settings_file.write_text('[keep]\nage_recipient = "age1nonsense"\n')
    with pytest.raises(BackupError, match="age-keygen"):
        make_backup(home)
    assert backups(home.backups) == {}


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path, monkeypatch, caplog):
    old = tmp_path / "old" / "data" / "soi.db"
    old.parent.mkdir(parents=True)
    old.write_bytes(gzip.decompress(Path(__file__).with_name("soi-m003.db.gz").read_bytes()))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:3])
        made = make_backup(Home(tmp_path / "old"))
    assert restore(Home(tmp_path / "there"), made.path).contents["posts"] == 2
    assert not migrations.pending(open_store(tmp_path / "there" / "data" / "soi.db"))
    assert "as it was" not in caplog.text  # the archive keeps that: a copy beside what was unpacked would go with it


def _with(made, there, **files):
    """A backup with other files in place of some of its own, sealed as if nobody had touched it."""
    folder = there.parent / "unpacked"
    with tarfile.open(made) as tar:
        tar.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, content in files.items():
        (folder / name).write_bytes(content)
    manifest["files"] = {name: sha256(folder / name) for name in {*manifest["files"], *files}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(there, "w:gz") as tar:
        for name in ("manifest.json", *manifest["files"]):
            tar.add(folder / name, name)
    return there


HARMFUL = """[parts]
rights = "code:interact"
kind = "readers/k"
[alerts]
smtp_host = "mail.evil.example"
smtp_security = "none"
remind_hours = 5
[keep]
backups = "/tmp/elsewhere"
post_days = 400
[desk]
host = "0.0.0.0"
address = "https://evil.example"
publisher = "Nhóm “Đọc lại”"
[research]
corpora = ["a", "b"]
"""


def test_a_restore_holds_back_settings_that_run_code_send_out_or_let_in_and_one_move_takes_them(home, tmp_path):
    odd = _with(make_backup(home).path, tmp_path / "soi-odd.tar.gz", **{"soi.toml": HARMFUL.encode()})
    there = Home(tmp_path / "there")
    held = restore(there, odd).held
    assert held == (
        "parts.rights = 'code:interact'", "alerts.smtp_host = 'mail.evil.example'", "alerts.smtp_security = 'none'",
        "keep.backups = '/tmp/elsewhere'", "desk.host = '0.0.0.0'", "desk.address = 'https://evil.example'",
    )  # fmt: skip
    now_there = there.settings()
    assert (now_there.parts, now_there.alerts.smtp_host, now_there.alerts.remind_hours) == (
        {"kind": "readers/k"},
        "",
        5,
    )
    assert (now_there.keep.backups, now_there.keep.post_days) == ("backups", 400)
    assert (now_there.desk.host, now_there.desk.publisher) == ("127.0.0.1", "Nhóm “Đọc lại”")
    assert now_there.research.corpora == ("a", "b")
    (there.root / WHOLE).replace(there.settings_file)
    assert there.settings_file.read_text() == HARMFUL
    assert restore(there, odd, force=True).held == ()  # they are in force here already
    assert there.settings_file.read_text() == HARMFUL


def test_over_a_home_its_own_mail_server_stays_where_a_backup_names_another(home, tmp_path):
    odd = _with(make_backup(home).path, tmp_path / "soi-odd.tar.gz", **{"soi.toml": HARMFUL.encode()})
    home.settings_file.write_text('[alerts]\nsmtp_host = "mail.example"\n[keep]\npost_days = 9\n')
    assert "alerts.smtp_host = 'mail.evil.example'" in restore(home, odd, force=True).held
    assert (home.settings().alerts.smtp_host, home.settings().keep.post_days) == ("mail.example", 400)
    assert home.settings().alerts.smtp_security == "starttls"


@pytest.mark.parametrize("odd", ["[alerts", "a = 2026-01-01\n[parts]\nkind = 'os:abort'\n"], ids=["torn", "a day"])
def test_settings_of_a_backup_that_can_not_be_read_are_held_back_whole(home, tmp_path, odd):
    there = Home(tmp_path / "there")
    made = _with(make_backup(home).path, tmp_path / "soi-odd.tar.gz", **{"soi.toml": odd.encode()})
    assert restore(there, made).held == ("all of it, as it can't be read",)
    assert ((there.root / WHOLE).read_text(), there.settings_file.exists()) == (odd, False)


GHOST = """CREATE TRIGGER "users ""keep" AFTER UPDATE ON users WHEN NEW.name = 'ghost' AND NEW.off = 1
BEGIN UPDATE users SET off = 0, role = 'admin' WHERE name = 'ghost'; END"""


def test_a_restore_takes_out_triggers_that_are_not_ours_and_makes_ours_again(home, tmp_path):
    with contextlib.closing(open_store(home.database)) as db:
        people.add(db, "ghost", role="admin")
        people.add(db, "an", role="admin")
    odd = _with(make_backup(home).path, tmp_path / "soi-odd.tar.gz")
    changed = tmp_path / "unpacked" / "data" / "soi.db"
    with contextlib.closing(sqlite3.connect(changed)) as db:
        db.execute(GHOST)
        db.execute("DROP TRIGGER audit_append_only")
        db.execute("CREATE VIEW mine AS SELECT count(*) FROM posts")
        db.commit()
    odd = _with(odd, tmp_path / "soi-odder.tar.gz", **{"data/soi.db": changed.read_bytes()})
    there = Home(tmp_path / "there")
    assert restore(there, odd).foreign == ('users "keep', "audit_append_only")
    with contextlib.closing(open_store(there.database)) as db:
        people.change(db, "ghost", off=True)
        assert [one.off for one in people.people(db) if one.name == "ghost"] == [True]
        assert db.view_names().count("mine") == 1
    assert {"history", "triggers"}.isdisjoint(check.what for check in examine(there))
    assert restore(Home(tmp_path / "clean"), make_backup(home).path).foreign == ()


def test_an_archive_of_a_long_head_or_of_very_many_files_is_refused_before_it_costs_much(tmp_path):
    long, many, there = tmp_path / "soi-long.tar.gz", tmp_path / "soi-many.tar.gz", Home(tmp_path / "there")
    with gzip.open(long, "wb", compresslevel=1) as file:
        head = tarfile.TarInfo("x")
        head.type, head.size = tarfile.XHDTYPE, 1 << 30
        file.write(head.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(40):
            file.write(bytes(1 << 20))
    with pytest.raises(BackupError, match="a head in it is too long"):
        restore(there, long)
    with tarfile.open(many, "w:gz", compresslevel=1) as tar:
        for number in range(backup.MOST_FILES + 2):
            tar.addfile(tarfile.TarInfo(f"models/{number:05d}"))
    with pytest.raises(BackupError, match="it holds over 10000 files"):
        restore(there, many)
    assert not there.root.exists()
