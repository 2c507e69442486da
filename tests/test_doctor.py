"""The doctor: every broken thing is named with what to do, and none keeps it from looking at the rest."""

import contextlib
import os
import re
import resource
import shlex
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from filled import damage, filled_home, powerless, typed
from typer.testing import CliRunner

from crawlers.sources import load
from pipeline.home import Home
from pipeline.locks import alone
from pipeline.operations.backup import BackupError, make_backup
from pipeline.operations.doctor import examine
from pipeline.operations.doctor_checks import Check
from pipeline.operations.state import JobState, RunState, opened, write_state
from pipeline.records import PassageRow, later, now
from pipeline.settings import MEMORY_MB
from pipeline.store import StoreError, alerts, evidence, fetches, open_store
from pipeline.store.database import newest_schema
from soi.front import app


@pytest.fixture
def home(tmp_path) -> Home:
    made = filled_home(tmp_path / "home")
    made.settings_file.write_text("[watch]\ndisk_free_mb = 0\n[desk]\nport = 0\n")
    made.sources.write_text(
        '[[source]]\nid = "a"\nname = "A"\nkind = "feed"\nurl = "http://127.0.0.1:1/"\nuse = "watch"\n'
        'role = "independent"\nallow_private = true\n'
    )
    return made


def wrong(home: Home) -> dict[str, Check]:
    found = examine(home)
    assert all(check.advice for check in found if check.state != "ok"), found
    assert "doctor" not in {check.what for check in found}
    return {check.what: check for check in found if check.state == "bad"}


def test_a_whole_home_has_nothing_bad(home):
    assert {check.what for check in examine(home) if check.state == "bad"} <= {"model"}
    assert len(examine(home)) >= 12


@pytest.mark.parametrize(("alerts", "said"), [
    ({"email_to": "a@example.org"}, "email_to is set without alerts.smtp_host"),
    ({"smtp_host": "mail.example"}, "smtp_host is set without alerts.email_to"),
    ({"smtp_host": "mail.example", "email_to": "a b"}, 'isn\'t mail addresses: "a b"'),
    ({"smtp_host": "mail.example", "email_to": "a@example.org, b"}, 'isn\'t mail addresses: "a@example.org, b"'),
    ({"webhook_url": "hooks.example/x"}, "webhook_url isn't an http(s) address"),
    ({"webhook_url": "https://api.telegram.org/x", "webhook_shape": "telegram"}, "telegram_chat is empty"),
])  # fmt: skip
def test_a_way_to_tell_the_operator_that_opens_none_is_named(home, monkeypatch, alerts, said):
    for name, value in alerts.items():
        monkeypatch.setenv(f"SOI_ALERTS__{name.upper()}", value)
    (found,) = [check for check in examine(home) if check.what == "alerts"]
    assert (found.state, said in found.found, "hooks.example" in found.found) == ("odd", True, False)
    assert not wrong(home)


@pytest.mark.parametrize(("allowed", "state"), [(MEMORY_MB, "ok"), (1 << 24, "odd")])
def test_a_job_that_may_take_more_memory_than_the_machine_has_is_told(home, allowed, state):
    home.settings_file.write_text(f"[schedule]\nmemory_mb = {allowed}\n")
    (found,) = [check for check in examine(home) if check.what == "memory"]
    assert (found.state, str(allowed) in found.found, "Set it lower" in found.advice) == (state, True, state == "odd")


def test_ways_to_tell_the_operator_that_are_open_are_well(home, monkeypatch):
    for name, value in (("SMTP_HOST", "mail.example"), ("EMAIL_TO", "Trực <a@example.org>, b@example.org")):
        monkeypatch.setenv(f"SOI_ALERTS__{name}", value)
    monkeypatch.setenv("SOI_ALERTS__WEBHOOK_URL", "http://[::1]:8065/hooks/x")
    (found,) = [check for check in examine(home) if check.what == "alerts"]
    assert (found.state, found.found) == ("ok", "told by: log, email, webhook")


def test_what_a_rebuttal_is_not_signed_with_is_named(home):
    (found,) = [check for check in examine(home) if check.what == "rebuttals"]
    assert (found.state, found.found) == ("odd", "desk.publisher, desk.contact not set")
    home.settings_file.write_text('[desk]\nport = 0\npublisher = "Bàn Sông"\ncontact = "song@ban.example"\n')
    assert "rebuttals" not in {check.what for check in examine(home)}


def test_folders_of_measuring_sets_and_data_that_are_not_there_are_named(home):
    (home.root / "sets").mkdir()
    home.settings_file.write_text('[desk]\nport = 0\n[research]\ncorpora = ["sets", "nowhere"]\ndata = ["/gone"]\n')
    found = [check for check in examine(home) if check.what == "research"]
    assert [(check.state, check.found) for check in found] == [
        ("odd", f"research.corpora: {home.root / 'nowhere'} isn't there"), ("odd", "research.data: /gone isn't there"),
    ]  # fmt: skip


def test_a_folder_that_is_no_home_is_named(tmp_path):
    found = wrong(Home(tmp_path / "nothing"))
    assert "soi init" in found["home"].advice


def test_a_damaged_database_is_named(home):
    raw = bytearray(home.database.read_bytes())
    raw[4096:8192] = os.urandom(4096)
    home.database.write_bytes(raw)
    home.database.with_name("soi.db-wal").unlink(missing_ok=True)
    assert "soi restore" in wrong(home)["database"].advice


def test_a_damaged_database_is_told_once_with_the_backup_to_bring_back(home):
    home.backups.mkdir()
    for stamp in ("20260101T000000Z", "20260201T000000Z-kept", "29990101T000000Z"):  # the last by a clock ahead
        (home.backups / f"soi-{stamp}.tar.gz").touch()
    damage(home.database, "versions_fts_data")
    damage(home.database, "passages")
    (told,) = [check for check in examine(home) if check.what == "database"]
    assert told.found.startswith("soi.db is damaged")
    kept = shlex.quote(f"{home.backups}/soi-20260201T000000Z-kept.tar.gz")
    assert f"`soi restore {kept} --force`" in told.advice


def test_a_database_that_is_damaged_where_only_one_look_comes_is_no_bug(home):
    damage(home.database, "passages")
    found = wrong(home)
    assert "is damaged" in found["database"].found
    assert "soi restore" in found["database"].advice


def test_a_store_whose_history_could_be_rewritten_is_named(home):
    with contextlib.closing(sqlite3.connect(home.database)) as db:
        db.execute("DROP TRIGGER audit_append_only")
        db.execute("DROP TRIGGER decisions_append_only")
        db.execute("CREATE TRIGGER decisions_append_only BEFORE UPDATE ON decisions BEGIN SELECT 1; END")
    found = wrong(home)["history"].found
    assert found == "audit_append_only, decisions_append_only: not as Soi made them"


def test_a_trigger_that_no_soi_made_is_named(home):
    with contextlib.closing(sqlite3.connect(home.database)) as db:
        db.execute("CREATE TRIGGER users_keep AFTER UPDATE ON users BEGIN UPDATE users SET off = 0; END")
    found = wrong(home)
    assert found["triggers"].found == "users_keep: no trigger of Soi's"
    assert "history" not in found


def test_a_case_that_was_changed_under_its_verdict_is_said_to_be(home):
    (found,) = [check for check in examine(home) if check.what == "log"]
    assert (found.state, found.found.endswith("and the verdicts as told there")) == ("ok", True)
    with contextlib.closing(open_store(home.database)) as db, db.atomic():
        db.conn.execute("UPDATE standings SET verdict = 'true', state = 'decided' WHERE case_id = 1")
    assert "`soi log` names what" in wrong(home)["log"].advice


def test_history_that_an_earlier_soi_guarded_in_other_lines_is_guarded_all_the_same(home):
    (sql,) = sqlite3.connect(home.database).execute("SELECT sql FROM sqlite_master WHERE name = 'evidence_append_only'")
    with contextlib.closing(sqlite3.connect(home.database)) as db:
        db.execute("DROP TRIGGER evidence_append_only")
        db.execute(" ".join(sql[0].split()))  # as m031 made it until 29 November
        assert "\n" in sql[0]
    assert "history" not in wrong(home)


def test_a_database_of_a_newer_soi_is_named(home):
    with sqlite3.connect(home.database) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('soi', 'm999_later', '')")
    assert "upgrade Soi" in wrong(home)["database"].found


def test_a_database_of_another_program_is_named_and_left_as_it_is(home):
    home.database.unlink()
    with contextlib.closing(sqlite3.connect(home.database)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = home.database.read_bytes()
    assert "another program's database (it has bookmarks)" in wrong(home)["database"].found
    with pytest.raises(StoreError, match="another program's"):
        open_store(home.database)
    assert home.database.read_bytes() == before


def test_an_older_database_is_no_illness(home):
    with sqlite3.connect(home.database) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm057'")
    (found,) = [check for check in examine(home) if check.what == "database"]
    assert (found.state, found.found) == (
        "odd",
        f"soi.db has an older schema (m056, where this Soi's is {newest_schema()})",
    )
    assert found.advice.startswith("`soi status` brings it up to date")
    with alone(home, "run"):
        (found,) = [check for check in examine(home) if check.what == "database"]
    assert found.advice.startswith(f"End what is at work here first (`kill {os.getpid()}`); then `soi status`")


def test_what_a_home_holds_is_closed_to_other_users(home):
    assert [check.state for check in examine(home) if check.what == "permissions"] == ["ok"]
    home.database.parent.chmod(0o755)
    home.database.chmod(0o644)  # as an earlier Soi made it
    assert [check.state for check in examine(home) if check.what == "permissions"] == ["odd"]


def test_a_database_held_by_another_program_is_named(home):
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Another program" in wrong(home)["writing"].advice
    other.execute("ROLLBACK")
    assert "writing" not in wrong(home)


def test_a_missing_model_is_named(home):
    db = open_store(home.database)
    db["models"].insert({"version": "v9", "card": "{}", "registered_at": "x"})
    db["promotions"].insert({"version": "v9", "at": "x"})
    assert "soi rollback" in wrong(home)["model"].advice


def test_a_missing_model_that_ships_is_not_to_be_rolled_back(home, monkeypatch):
    (home.models / "default").mkdir(parents=True)
    assert "model" not in wrong(home)  # scoring takes the one that ships, whatever a home calls so
    monkeypatch.setattr("classifier.files._HERE", home.root)
    assert "Install Soi again" in wrong(home)["model"].advice


def test_a_changed_model_file_is_named(home):
    folder = home.models / "v9"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text('{"files": {"x.npz": "0"}, "version": "v9", "reading": "?"}')
    db = open_store(home.database)
    db["models"].insert({"version": "v9", "card": "{}", "registered_at": "x"})
    db["promotions"].insert({"version": "v9", "at": "x"})
    assert wrong(home)["model"].state == "bad"


@pytest.mark.parametrize(("text", "word"), [
    ("[[source]]\nid = 'a'\n", "name"), ("[[source]\n", "TOML"), ("[[sauce]]\n", "sauce"),
])  # fmt: skip
def test_a_broken_list_of_sources_is_named(home, text, word):
    home.sources.write_text(text)
    assert word in wrong(home)["sources"].found


def test_a_list_of_sources_whose_link_leads_nowhere_is_named(home):
    home.sources.unlink()
    home.sources.symlink_to(home.root / "away.toml")
    assert wrong(home)["sources"].found.startswith(f"sources.toml is a link to {home.root / 'away.toml'}, which isn't")


def test_public_sources_without_a_contact_are_named(home):
    home.sources.write_text(
        home.sources.read_text().replace("127.0.0.1:1", "bao.example").replace("allow_private = true", "")
    )
    assert "crawl.contact" in wrong(home)["sources"].found


def test_a_typo_in_the_settings_is_named_and_the_rest_still_looked_at(home):
    home.settings_file.write_text("[watch]\ndisk_fre_mb = 0\n")
    found = wrong(home)
    assert "Did you mean disk_free_mb" in found["settings"].found
    assert {"database", "backups"} <= {check.what for check in examine(home)}
    home.database.write_bytes(b"no database" * 999)
    assert {"settings", "database"} <= set(wrong(home))


def test_commands_to_be_copied_hold_for_a_folder_whose_name_has_spaces(tmp_path):
    home = filled_home(tmp_path / "nhà tin của tôi")
    (home.root / "secrets.toml").touch(mode=0o644)
    typed = re.findall("`(.+?)`", " ".join(f"{check.found} {check.advice}" for check in wrong(home).values()))
    for command in {line for line in typed if line.startswith("chmod")}:
        subprocess.run(shlex.split(command), check=True)
    assert not {"settings", "permissions"} & wrong(home).keys()
    shutil.rmtree(home.root)
    assert shlex.split(re.findall("`(.+?)`", wrong(home)["home"].advice)[0])[-1] == str(home.root)


def test_secrets_that_others_can_read_are_named(home):
    (home.root / "secrets.toml").write_text("")
    (home.root / "secrets.toml").chmod(0o644)
    assert "chmod 600" in wrong(home)["settings"].found
    assert "chmod 600" in wrong(home)["permissions"].advice
    assert len([check for check in examine(home) if check.what == "permissions"]) == 1
    home.database.parent.chmod(0o755)
    home.database.chmod(0o644)
    assert [check.state for check in examine(home) if check.what == "permissions"] == ["odd", "bad"]


def test_a_key_that_no_backup_can_be_encrypted_to_is_named_before_the_night(home):
    pytest.importorskip("pyrage")
    home.settings_file.write_text('[keep]\nage_recipient = "age1zzz"\n[watch]\ndisk_free_mb = 0\n')
    assert "age-keygen" in wrong(home)["backups"].found


def test_a_time_zone_nobody_knows_is_named(home):
    home.settings_file.write_text("[schedule]\ntimezone = 'Sao/Hoa'\n[watch]\ndisk_free_mb = 0\n")
    assert "Asia/Ho_Chi_Minh" in wrong(home)["settings"].found


def test_a_part_that_cannot_be_put_in_place_is_named(home):
    home.settings_file.write_text('[parts]\nkind = "readers/none"\n[watch]\ndisk_free_mb = 0\n')
    assert "There is no folder" in wrong(home)["parts"].found


def test_a_job_that_fails_again_and_again_is_named_while_it_is_tried(home):
    write_state(home, RunState(jobs={"score --watch": JobState(failures=3, said="the model is damaged")}))
    assert "score --watch" not in wrong(home)
    with alone(home, "run"):
        assert "3 times in a row: the model is damaged" in wrong(home)["score --watch"].found


def test_a_home_without_settings_is_told(home):
    home.settings_file.unlink()
    assert {check.what: check.state for check in examine(home)}["settings"] == "odd"


def test_a_clock_that_was_set_back_is_seen(home):
    tomorrow = home.database.stat().st_mtime + 86400
    os.utime(home.database, (tomorrow, tomorrow))
    assert [check.state for check in examine(home) if check.what == "clock"] == ["odd"]


def test_a_clock_that_was_set_back_is_seen_by_the_runs_once_the_database_was_written_to_again(home):
    with contextlib.closing(open_store(home.database)) as db:
        db["runs"].insert({"step": "crawl", "started_at": (ahead := later(days=30)), "status": "done"})
    (found,) = [check for check in examine(home) if check.what == "clock"]
    assert (found.state, ahead[:16] in found.found) == ("odd", True)


def test_backups_all_of_a_clock_that_was_ahead_are_not_told_as_none(home):
    home.backups.mkdir()
    (home.backups / "soi-29990311T142816Z-kept.tar.gz").touch()
    (found,) = [check for check in examine(home) if check.what == "backups"]
    assert (found.state, found.found) == ("odd", "the newest is dated 2999-03-11, ahead of the clock")


def test_sources_that_cannot_be_read_are_counted(home):
    lines = home.sources.read_text()
    home.sources.write_text(lines + lines.replace('"a"', '"b"') + lines.replace('"a"', '"c"'))
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, load(home.sources))
        for one, health in (("a", "failing"), ("b", "slow")):
            db.execute("UPDATE sources SET health = ? WHERE id = ?", [health, one])
    (found,) = [check for check in examine(home) if check.what == "sources"]
    assert (found.state, found.found, "`soi status`" in found.advice) == ("odd", "1 of 3 can't be read", True)


def test_lists_that_name_more_than_is_kept_waiting_are_named(home):
    with contextlib.closing(open_store(home.database)) as db:
        fetches.put_sources(db, load(home.sources))
        db.execute("UPDATE sources SET overflow = 1400, overflow_at = ?, health = 'failing' WHERE id = 'a'", [now()])
    away, found = [check for check in examine(home) if check.what == "sources"]
    assert (found.state, "a (1400 pages let go unread)" in found.found) == ("odd", True)
    assert away.found == "1 of 1 can't be read"


def test_passages_that_say_a_judged_claim_over_again_are_named(home):
    with contextlib.closing(open_store(home.database)) as db:
        kinds = {"so:1": "factcheck", "so:2": "decision", "so:3": "news"}
        told = [PassageRow(eid, f"Chợ {eid} cấm trẻ em.", "Báo xã", "independent", kind=kinds[eid]) for eid in kinds]
        evidence.put_passages(db, told)
    (found,) = [check for check in examine(home) if check.what == "evidence"]
    told = found.state, found.found[:5], "`soi evidence remove so:1 so:2`" in found.advice
    assert told == ("odd", "2 say", True)


def test_open_alerts_are_counted(home):
    with contextlib.closing(open_store(home.database)) as db:
        for key in ("disk", "backup"):
            alerts.see(db, key, "warning", "Ổ đĩa gần đầy.", "Dọn bớt.", at=now(), channels=())
        alerts.resolve(db, 1, at=now(), channels=())
    found = [check for check in examine(home) if check.what == "alerts"]
    assert [(check.state, check.found) for check in found] == [("ok", "told by: log"), ("odd", "1 open")]


def test_a_small_disk_is_named(home):
    home.settings_file.write_text("[watch]\ndisk_free_mb = 999999999\n")
    assert "free" in wrong(home)["disk"].found


def test_a_taken_port_and_an_open_desk_are_odd(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        home.settings_file.write_text(f"[desk]\nport = {other.getsockname()[1]}\n")
        assert [check.state for check in examine(home) if check.what == "desk"] == ["odd"]
        with alone(home, "run"):
            write_state(home, RunState(pid=os.getpid(), desk="http://127.0.0.1:9999"))
            (desk,) = [check for check in examine(home) if check.what == "desk"]
            assert desk.found.endswith("is taken by another program, the desk is at http://127.0.0.1:9999")
            own = f"http://127.0.0.1:{other.getsockname()[1]}"
            write_state(home, RunState(pid=os.getpid(), desk=own))
            assert Check("desk", "ok", own) in examine(home)
        with opened(home, own):  # by `soi review`
            assert Check("desk", "ok", own) in examine(home)
    home.settings_file.write_text("[desk]\nhost = '0.0.0.0'\n")
    (desk,) = [check for check in examine(home) if check.what == "desk"]
    assert "TLS" in desk.advice
    home.settings_file.write_text("[desk]\nhost = 'khong-co.invalid'\n")
    assert "127.0.0.1" in wrong(home)["desk"].advice


@pytest.fixture
def somebody_else() -> Iterator[Path]:
    """A folder that is another's, looked at without root's powers."""
    folder = Path(tempfile.mkdtemp())
    (folder / "data").mkdir()
    for path in (folder / "data", folder):
        path.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(os.getuid())
    for path in (folder, folder / "data"):
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_home_that_cannot_be_written_to_is_named(somebody_else):
    found = wrong(Home(somebody_else))
    assert "chown" in found["home"].advice
    assert "can't be written to" in found["data"].found


@pytest.mark.parametrize("closed", ["data", "soi.db"])
def test_what_cannot_even_be_looked_at_is_named_and_needs_no_backup(closed):
    home = filled_home(Path(tempfile.mkdtemp()))
    home.root.chmod(0o755)
    path = home.database if closed == "soi.db" else home.database.parent
    home.database.parent.chmod(0o755)
    path.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        found = wrong(home)
    finally:
        os.seteuid(os.getuid())
        path.chmod(0o700)
        shutil.rmtree(home.root)
    assert "chown" in found["database" if closed == "soi.db" else "permissions"].advice


@pytest.mark.parametrize(("to", "said"), [("khong-co", "is a link to"), ("soi.toml", "leads out of its folder")])
def test_what_a_home_links_to_that_no_backup_takes_is_named_before_one_is_made(home, to, said):
    (home.models / "mine").mkdir(parents=True)
    (home.models / "mine" / "README.md").symlink_to(home.root / to)
    found = wrong(home)["backups"]
    assert (found.state, said in found.found, found.advice) == ("bad", True, "Until then no backup is made.")
    with pytest.raises(BackupError, match=re.escape(found.found)):
        make_backup(home)


def test_which_soi_is_installed_is_told_first(home):
    first = examine(home)[0]
    assert (first.what, first.found) == ("Soi", f"{version('soi')}, newest schema {first.found[-4:]}")
    said = CliRunner().invoke(app(), ["--version"])
    assert (said.exit_code, said.output) == (0, f"soi {version('soi')}\n")


def test_the_command_ends_with_one_when_something_is_bad(tmp_path):
    result = typed(Home(tmp_path / "nothing"), "doctor", "--json")
    assert result.exit_code == 1
    assert '"what": "home"' in result.output


@pytest.mark.parametrize("place", ["data/locks", "data/soi.index", "backups", "data/erased.txt"])
def test_what_another_user_made_in_a_home_is_named(place):
    home = filled_home(Path(tempfile.mkdtemp()))
    path = home.root / place
    if path.suffix == ".txt":
        path.touch(0)
    else:
        path.mkdir(0)
    for shared in (home.root, home.database.parent, home.database):
        shared.chmod(0o777)
    try:
        with powerless():
            checks = examine(home)
    finally:
        path.chmod(0o700)
        shutil.rmtree(home.root)
    found = next(check for check in checks if check.what == "permissions" and check.state == "bad")
    assert (place in found.found, "chown" in found.advice) == (True, True)
    assert place != "backups" or "backups" not in {check.what for check in checks}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("left", ["data", "data/soi.db", "data/locks"])
def test_what_root_made_in_a_users_home_is_named_to_root_too(home, left):
    home.locks.mkdir(exist_ok=True)
    for path in (home.root, home.database.parent, home.database, home.locks):
        os.chown(path, *((0, 0) if path == home.root / left else (65534, 65534)))
    found = wrong(home)["permissions"]
    assert found.found.startswith(f"{home.root / left} is root's")
    assert found.advice.startswith(f"`chown -R 65534 {home.root}`")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("left", ["soi.toml", "secrets.toml", "sources.toml"])
def test_a_file_that_root_closed_to_a_homes_user_is_named_to_both(left):
    home = filled_home(Path(tempfile.mkdtemp()))
    for path in (home.root, *home.root.rglob("*")):
        os.chown(path, 65534, 65534)
    file = home.root / left
    file.write_text("")
    file.chmod(0o600)
    os.chown(file, 0, 0)
    try:
        with powerless():
            checks = examine(home)
        told = wrong(home)["permissions"]
        file.chmod(0o640)
        assert wrong(home)["permissions"].found == told.found or left == "secrets.toml", "which may be 600 alone"
        os.chown(file, 0, 65534)  # and those of its group may read it
        assert not any("is root's" in check.found for check in examine(home))
        os.chown(file, 65534, 65534)
        file.chmod(0)  # its own, and closed: no chown would open it
        with powerless():
            own = [check.found for check in examine(home) if "is closed to this user" in check.found]
    finally:
        shutil.rmtree(home.root)
    found = next(c for c in checks if c.what == ("sources" if left == "sources.toml" else "settings"))
    assert (found.state, f"`chown 65534 {file}`" in found.found, "bring it back" in found.advice) == (
        "bad", True, False
    )  # fmt: skip
    assert told.found.startswith(f"{file} is root's")
    assert own == [f"{file} is closed to this user: `chmod u+r {file}`, and try again."]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_closed_note_that_there_is_a_list_is_named_as_it_keeps_a_backup_from_being_made():
    home = filled_home(Path(tempfile.mkdtemp()))
    home.own_list.write_text("")
    home.own_list.chmod(0o600)
    for path in (home.root, *home.root.rglob("*")):
        os.chown(path, *((0, 0) if path == home.own_list else (65534, 65534)))
    try:
        with powerless():
            checks = examine(home)
        told = wrong(home)["permissions"]
    finally:
        shutil.rmtree(home.root)
    assert any(check.found.startswith(f"{home.own_list} can't be read") for check in checks)
    assert told.found.startswith(f"{home.own_list} is root's")


def test_a_full_disk_is_not_taken_for_a_damaged_database(home):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        found = [check for check in examine(home) if check.what == "database"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [(check.state, "restore" in check.advice, "space" in check.advice) for check in found] == [
        ("bad", False, True)
    ]
