"""What Soi does when the machine fails it: killed, disk full, read-only, locked, no model, no network."""

import contextlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filled import PLAIN_URL, damage, filled_home, typed
from kills import under_fire
from ours import model
from small_site import site, typed_apart

from crawlers.sources import Source, entry, write
from pipeline.home import Home
from pipeline.indexing import open_index
from pipeline.operations.backup import make_backup
from pipeline.operations.doctor import examine
from pipeline.operations.metrics import readiness
from pipeline.operations.running import WORKER, Running
from pipeline.operations.schedule import jobs
from pipeline.operations.state import LOOK, JobState, read_state
from pipeline.records import NewPost, PassageRow
from pipeline.store import StoreError, copies, database, evidence, open_store, posts, watching
from pipeline.store.database import explain, open_to_read
from pipeline.store.migrations import migrations
from soi import front
from soi.measuring import live

KILLS = int(os.environ.get("SOI_KILLS", "8"))  # 200 by hand; a few in each run of the tests


def soi(home: Home, *words: str) -> "subprocess.CompletedProcess[str]":
    return typed_apart(home.root, *words)


def test_killed_at_random_moments_nothing_acknowledged_is_lost_and_counts_add_up(tmp_path):
    world = under_fire(Home(tmp_path), kills=KILLS, seed=7)
    assert world.kills.total() >= min(KILLS, 4)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of five megabytes."""
    place = Path(tempfile.mkdtemp())
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "soi", place], capture_output=True, check=False)
    if made.returncode != 0:
        place.rmdir()
        pytest.skip("a small file system can't be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(small_disk):
    home = filled_home(small_disk)
    db, landed = open_store(home.database), []

    def fill() -> None:
        for n in range(10_000):
            posts.take_post(db, NewPost("bao", f"https://bao.example/{n + 10}", "Một bài dài. " * 400))
            landed.append(n + 10)

    with pytest.raises(sqlite3.OperationalError) as full:
        fill()
    assert "free some space" in explain(home.database, full.value)
    db.close()
    again = open_store(home.database)
    assert posts.counts(again)["posts"] == 2 + len(landed) > 20
    refused = soi(home, "backup")
    assert refused.returncode == 2
    assert "free some space" in refused.stderr
    again.close()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    again = open_store(home.database)
    assert posts.take_post(again, NewPost("bao", "https://bao.example/sau", "Có chỗ rồi.")) == "new"
    again.close()
    assert copies.problems(home.database) == []


def test_a_disk_too_full_for_the_evidence_index_is_told_and_not_as_a_bug(small_disk):
    home = filled_home(small_disk)
    with contextlib.closing(open_store(home.database)) as db:
        words = [os.urandom(2000).hex() for _ in range(150)]
        evidence.put_passages(db, [PassageRow(f"x:{n}", text, "Sổ", "primary") for n, text in enumerate(words)])
        copies.checkpoint(db)
    room = os.statvfs(small_disk).f_bavail * 4 - 250
    (small_disk / "filler").write_bytes(b"x" * room * 1024)
    refused = soi(home, "score")
    assert refused.returncode == 2
    assert "free some space" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_disk_too_full_for_an_upgrade_is_told_as_that(small_disk, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "_migrations", migrations._migrations[:-1])
        home = Home(small_disk)
        with contextlib.closing(open_store(home.database)) as db:
            posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bài cũ."))
    fill(small_disk)
    for words in (("status",), ("cases",)):
        refused = soi(home, *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
        assert "The disk of soi.db" in refused.stderr
        assert "free some space" in refused.stderr


def test_a_store_that_is_larger_than_the_memory_for_a_copy_of_it_is_told_as_that(read_only):
    with sqlite3.connect(read_only.database.resolve().as_uri() + "?immutable=1", uri=True) as db:
        ((size,),) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    told = f"""import sqlite3, sys
from pathlib import Path
from pipeline.store.database import StoreError, open_to_read
sqlite3.connect(":memory:").execute("PRAGMA hard_heap_limit={size // 2}")
try:
    open_to_read(Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", told, read_only.database], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (
        "soi.db is larger than the memory left for a copy of it; work on a copy of the home.\n", ""
    )  # fmt: skip


def fill(disk: Path) -> None:
    with contextlib.suppress(OSError), (disk / "filler").open("wb") as file:
        while True:
            file.write(b"x" * 4096)
            file.flush()


def test_on_a_full_disk_the_desk_is_read_and_hands_back_what_it_can_not_record(small_disk):
    from desk_visit import World, text_of  # brings the web's parts, which most tests don't need

    world = World(small_disk / "home")
    try:
        lan = world.anybody("lan")
        seal = lan.seal()
        world.db.execute("UPDATE sessions SET seen_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-6 minutes')")
        world.db.conn.commit()
        fill(small_disk)
        for path in ("/", "/case/1", "/"):
            assert lan.get(path).status_code == 200, path
        sent = {"seal": seal, "note": "Điều tôi đã viết.", "verdict": "opinion", "reason": "opinion"}
        for path in ("/case/1/decide", "/case/1/note"):
            answer = lan.client.post(path, data=sent)
            assert (answer.status_code, "Ổ đĩa đã đầy" in text_of(answer)) == (503, True), text_of(answer)
            assert "Điều tôi đã viết." in text_of(answer)
        (small_disk / "filler").unlink()
        assert lan.get("/").status_code == 200
        assert lan.post("/case/1/note", note="Có chỗ rồi.").status_code == 303
    finally:
        world.close()


def test_on_a_full_disk_the_status_says_that_it_is_old_and_what_came_since_is_written_when_there_is_room(small_disk):
    home = filled_home(small_disk)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    with contextlib.closing(open_store(home.database)) as desk:  # while somebody has it open it can be looked at
        desk.execute("SELECT count(*) FROM posts").fetchone()
        running.tick()
        fill(small_disk)
        running.state.jobs["crawl"] = JobState(failures=1, said="the disk is full", code=1)
        running.tick()
        told = soi(home, "status").stderr
        assert told.startswith("The disk is full: nothing can be written down, and what `soi run` does is told as of")
        assert "crawl" not in read_state(home).jobs
        (small_disk / "filler").unlink()
        running.tick()
        assert (soi(home, "status").stderr, read_state(home).jobs["crawl"].code) == ("", 1)
    running.end()


def test_on_a_full_disk_what_only_reads_the_store_is_told_though_nobody_has_it_open(small_disk):
    home = filled_home(small_disk)
    home.sources.write_text("")
    fill(small_disk)
    for _ in range(2):  # the first leaves what SQLite began
        told = soi(home, "status")
        assert told.stderr == "The disk is full: nothing can be written down. Free some space.\n"
        assert (told.returncode, re.findall(r"posts +(\d+)", told.stdout)) == (0, ["2"])
    assert soi(home, "log").returncode == 0


def test_soi_run_goes_on_ticking_on_a_full_disk(small_disk, tmp_path):
    home = filled_home(small_disk)
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    fill(small_disk)
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    assert running.sources == []  # it couldn't look for work, said so, and goes on
    assert "No space left" in " ".join(readiness(home))
    (small_disk / "filler").unlink()
    running.tick()
    assert readiness(home) == []
    try:
        assert [s.id for s in watching.sources(open_store(home.database))] == ["a"]
    finally:
        running.end()


@pytest.fixture
def read_only(tmp_path) -> Iterator[Home]:
    """A home on a file system that can't be written to."""
    home = filled_home(tmp_path / "home")
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    with contextlib.closing(open_store(home.database)) as db:
        copies.checkpoint(db)
    with sealed(home.root):
        yield home


@contextlib.contextmanager
def sealed(folder: Path, at: Path | None = None) -> Iterator[None]:
    """Mount a folder read-only meanwhile: over itself, or beside it, where it can still be written under its name."""
    at = at or folder
    at.mkdir(exist_ok=True)
    if subprocess.run(["mount", "--bind", folder, at], capture_output=True, check=False).returncode != 0:
        pytest.skip("a file system can't be mounted read-only here (needs root)")
    subprocess.run(["mount", "-o", "remount,ro,bind", at], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def test_a_list_of_sources_that_is_mounted_by_itself_is_named_and_left_as_it_is(tmp_path):
    home, kept = Home(tmp_path), tmp_path / "kept.toml"
    assert soi(home, "init").returncode == 0
    home.sources.rename(kept)
    home.sources.touch()
    before = kept.read_text(encoding="utf-8")
    if subprocess.run(["mount", "--bind", kept, home.sources], capture_output=True, check=False).returncode != 0:
        pytest.skip("a file can't be mounted here (needs root)")
    try:
        done = soi(home, "sources", "off", "vnexpress")
    finally:
        subprocess.run(["umount", "-l", home.sources], check=True)
    assert (done.returncode, done.stderr.count("\n"), kept.read_text(encoding="utf-8")) == (2, 1, before)
    assert f"{home.sources} is mounted as a file by itself" in done.stderr


@pytest.mark.parametrize("words", [("score",), ("backup",), ("run", "--no-desk"), ("prune",), ("crawl",)])
def test_a_read_only_home_is_told_in_one_sentence(read_only, words):
    done = soi(read_only, *words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_desk_that_could_keep_nothing_is_not_told_to_be_open(tmp_path):
    home = filled_home(tmp_path / "home")
    with contextlib.closing(open_store(home.database)), sealed(home.root):  # whose log lies beside it
        done = soi(home, "review", "--port", "0")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "can't be opened for writing; see whether its disk is mounted read-only" in done.stderr


def test_a_file_that_a_read_only_home_can_not_take_is_told_by_its_disk(read_only):
    write_it = ("erase", PLAIN_URL, "--reason", "thử"), ("sources", "off", "a"), ("init",)
    said = [soi(read_only, *words).stderr for words in write_it]
    assert f"soi: the disk of {read_only.root} is read-only, so nothing was written; have it mounted" in said[1]
    assert all(one.count("\n") == 1 and ".tmp" not in one and "check that the path" not in one for one in said), said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status",), "posts"),
        (("cases",), "No case waits"),
        (("posts", "cà phê"), PLAIN_URL),
        (("evidence", "list"), "fact:a"),
        (("models",), "default"),
        (("prune", "--dry-run"), "texts older than 90 days"),
    ],
)
def test_a_read_only_home_is_read(read_only, words, said):
    done = soi(read_only, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


def test_a_read_only_home_tells_its_live_model_and_that_no_report_can_be_kept_before_one_is_measured(read_only):
    assert live(read_only) == "default"
    refused = soi(read_only, "evaluate")
    assert (refused.returncode, "Measuring" in refused.stdout + refused.stderr) == (2, False)
    assert "is read-only" in refused.stderr


def test_the_doctor_finds_a_read_only_home_whole_and_says_how_it_is_mounted(read_only):
    found = {check["what"]: check for check in map(json.loads, soi(read_only, "doctor", "--json").stdout.splitlines())}
    assert [found[what]["state"] for what in ("home", "database", "writing")] == ["bad", "ok", "bad"]
    assert "mounted read-only" in found["home"]["advice"]
    assert not any("restore" in check["advice"] or "chown" in check["advice"] for check in found.values())


def test_claims_are_compared_with_the_evidence_of_a_read_only_home(read_only):
    with contextlib.closing(open_to_read(read_only.database)) as db:
        assert len(open_index(read_only, db, model())) == 2


def test_an_export_that_no_erasure_would_find_is_not_made(read_only, tmp_path):
    done = soi(read_only, "export", "cases", str(tmp_path / "vu-viec.csv"))
    assert "work on a copy of the home" in done.stderr
    assert not (tmp_path / "vu-viec.csv").exists()


def test_what_was_written_last_is_read_in_a_copy_of_a_running_home(tmp_path):
    home, copy = filled_home(tmp_path / "home"), tmp_path / "copy"
    with contextlib.closing(open_store(home.database)) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/9", "Bài vừa đến."))
        shutil.copytree(home.root, copy)
    with sealed(copy), contextlib.closing(open_to_read(copy / "data" / "soi.db")) as db:
        assert posts.post_by(db, "https://bao.example/9").text == "Bài vừa đến."


def write_much(home: Home) -> None:
    """Another text for every page of the store."""
    with contextlib.closing(open_store(home.database)) as owner:
        posts.take_posts(owner, [NewPost("bao", f"https://bao.example/{n}", f"Bài {n}. " * 99) for n in range(300)])
        owner.conn.execute("DELETE FROM versions WHERE text GLOB 'Bài cũ*'")
        owner.conn.commit()
        owner.conn.execute("VACUUM")


def test_a_home_that_its_owner_writes_meanwhile_is_read_as_it_was(tmp_path):
    home, seen = filled_home(tmp_path / "home"), Home(tmp_path / "seen")
    with contextlib.closing(open_store(home.database)) as owner:
        posts.take_posts(owner, [NewPost("bao", f"https://bao.example/cu/{n}", "Bài cũ. " * 99) for n in range(300)])
        texts = owner.conn.execute("SELECT text FROM versions ORDER BY id").fetchall()
    with sealed(home.root, at=seen.root), contextlib.closing(open_to_read(seen.database)) as db:
        write_much(home)
        assert db.conn.execute("SELECT text FROM versions ORDER BY id").fetchall() == texts
        assert db.conn.execute("PRAGMA quick_check").fetchone() == ("ok",)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            posts.take_post(db, NewPost("bao", "https://bao.example/9", "Bài mất."))


def test_a_home_that_its_owner_writes_while_it_is_copied_is_copied_again(tmp_path, monkeypatch):
    home, seen = filled_home(tmp_path / "home"), Home(tmp_path / "seen")
    looks = iter(range(99))
    state = database._state

    def meanwhile(path: Path) -> tuple[bool, int, int]:
        if next(looks) == 1:
            write_much(home)
        return state(path)

    monkeypatch.setattr(database, "_state", meanwhile)
    with sealed(home.root, at=seen.root), contextlib.closing(open_to_read(seen.database)) as db:
        assert posts.post_by(db, "https://bao.example/299")
        monkeypatch.setattr(database, "_state", lambda path: (False, next(looks), 0))
        with pytest.raises(StoreError, match="is being written by its owner"):
            open_to_read(seen.database)


def test_a_read_only_home_can_still_be_looked_at(read_only):
    from pipeline.operations.doctor import examine

    assert {"home", "data"} <= {check.what for check in examine(read_only) if check.state == "bad"}


def test_a_database_held_by_another_program_is_waited_for(tmp_path):
    home = filled_home(tmp_path)
    other = sqlite3.connect(home.database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, lambda: other.execute("COMMIT")).start()
    db = open_store(home.database)
    assert posts.take_post(db, NewPost("bao", "https://bao.example/9", "Bài chờ khoá.")) == "new"


def test_a_database_held_for_good_is_told_in_one_sentence(tmp_path):
    home = filled_home(tmp_path)
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    db = open_store(home.database)
    db.conn.execute("PRAGMA busy_timeout=200")
    with pytest.raises(sqlite3.OperationalError) as held:
        posts.take_post(db, NewPost("bao", "https://bao.example/9", "Bài chờ khoá."))
    assert "held by another program" in explain(home.database, held.value)
    assert posts.post_by(db, PLAIN_URL).text  # reading goes on


def test_a_damaged_database_is_told_as_such_and_not_as_a_bug(tmp_path):
    home = filled_home(tmp_path)
    damage(home.database, "passages")
    told = soi(home, "evidence", "list").stderr
    assert "is damaged" in told
    assert "soi restore" in told
    assert told.count("\n") == 1


def test_the_trace_of_a_bug_is_kept_in_the_home_that_was_named(tmp_path):
    home, elsewhere = filled_home(tmp_path / "home"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    with contextlib.closing(open_store(home.database)) as db:
        db.executescript("CREATE TRIGGER no_more BEFORE INSERT ON sources BEGIN SELECT RAISE(ABORT, 'a bug'); END")
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    command = [sys.executable, "-m", "soi", "crawl", "--home", str(home.root)]
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False)
    log = home.database.with_name("soi.log")
    assert f"something broke inside Soi (IntegrityError: a bug); the details are in {log}" in done.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("words", [("evidence", "list"), ("evidence", "remove"), ("explain",), ("users", "link")])
def test_an_argument_that_is_no_utf8_is_no_bug(tmp_path, words):
    home = filled_home(tmp_path)
    done = soi(home, *words, os.fsdecode(b"a\xff"))
    assert (done.returncode, done.stderr) == (2, 'soi: "a\\xff" isn\'t UTF-8 text; type it again as that.\n')
    assert not home.database.with_name("soi.log").exists()


def test_a_password_from_a_closed_standard_input_is_no_bug(tmp_path):
    home = filled_home(tmp_path)
    words = [sys.executable, "-m", "soi", "users", "password", "lan", "--home", home.root]
    done = subprocess.run(["bash", "-c", '"$@" <&-', "-", *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "soi: no password was given; type one, or pipe in one line.\n")


@pytest.mark.parametrize("given", [None, io.StringIO()])
def test_a_question_that_nobody_can_answer_names_the_option_that_asks_none(given, monkeypatch):
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(front.Refused, match="nothing was written; --yes writes it"):
        front.agreed("Write it?")


@pytest.mark.parametrize("words", [("brief", "9" * 20), ("cases", f"--limit={'9' * 20}")])
def test_a_number_that_no_table_has_room_for_is_no_bug(tmp_path, words):
    done = soi(filled_home(tmp_path), *words)
    assert (done.returncode, done.stderr) == (2, "soi: no number here is as large as that; type a smaller one.\n")


@pytest.mark.parametrize("words", [("sample",), ("search", "rights"), ("train",)])
@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_that_nothing_is_drawn_by_is_refused_at_once(tmp_path, words, seed):
    refused = typed(filled_home(tmp_path), *words, "--seed", seed)
    assert (refused.exit_code, "--seed" in refused.output) == (2, True)


def test_the_status_names_settings_that_can_not_be_taken_before_a_job_fails_of_them(tmp_path):
    home = filled_home(tmp_path)
    assert "put right" not in typed(home, "status").output
    home.settings_file.write_text("[crawl\n", encoding="utf-8")
    said = typed(home, "status")
    assert (said.exit_code, "soi.toml" in said.output, "each job fails until it is put right" in said.output) == (
        0, True, True
    )  # fmt: skip


def test_a_file_may_have_a_name_that_is_no_utf8(tmp_path):
    home, path = filled_home(tmp_path), tmp_path / os.fsdecode(b"a\xff.jsonl")
    path.write_text('{"eid": "so:1", "text": "Xã có hai trường."}\n', encoding="utf-8")
    assert soi(home, "evidence", "import", str(path)).returncode == 0


def test_a_moment_that_no_calendar_has_is_refused_and_the_home_known_by_then(tmp_path):
    home = filled_home(tmp_path)
    refused = typed(home, "audit", "--since", "0001-01-01T00:00+14:00")
    assert "is no day such as 2025-11-30, nor a moment" in str(refused.exception)
    assert front._NAMED.get() == home.root


def test_a_full_disk_leaves_the_list_of_sources_whole(small_disk):
    home = filled_home(small_disk)
    many = (Source(f"s{n}", "S", "feed", "http://127.0.0.1:1/", allow_private=True) for n in range(300))
    home.sources.write_text("\n".join(map(entry, many)))  # more than one block
    before = home.sources.read_bytes()
    fill(small_disk)
    refused = soi(home, "sources", "off", "s1")
    assert "the disk is full" in refused.stderr
    assert home.sources.read_bytes() == before


def test_a_crawl_says_in_the_log_what_broke(tmp_path):
    home = filled_home(tmp_path)
    with contextlib.closing(open_store(home.database)) as db:
        db.executescript(
            "CREATE TRIGGER no_robots BEFORE INSERT ON robots BEGIN SELECT RAISE(ABORT, 'no room for robots'); END"
        )
    with site() as web:
        write(home.sources, Source("a", "A", "feed", f"{web.root}/rss", allow_private=True, delay=0.05))
        done = soi(home, "crawl")
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [(line["logger"], line["level"]) for line in lines] == [("crawlers.watch", "error")]
    assert "no room for robots" in lines[0]["event"]


def test_soi_run_goes_on_and_ends_in_time_while_another_program_holds_the_database(tmp_path):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    running.tick()
    assert "held by another program" in running.state.jobs[LOOK].said
    running.end()
    assert time.monotonic() - begun < database.BUSY_MS / 1000  # as long as one writer alone waits for another
    other.execute("COMMIT")


def test_soi_run_begins_no_empty_store_where_there_are_backups_of_one(tmp_path):
    home = filled_home(tmp_path)
    assert soi(home, "backup").returncode == 0
    home.database.rename(tmp_path / "on-a-disk-of-its-own.db")
    done = soi(home, "run", "--no-desk")
    assert (done.returncode, done.stderr.count("\n"), home.database.exists()) == (2, 1, False)
    assert "soi restore FILE" in done.stderr
    assert "bad  database" in soi(home, "doctor").stdout


@pytest.mark.parametrize("words", [
    ("crawl",), ("crawl", "--due"), ("score",), ("score", "--watch"), ("review",), ("status",), ("cases",), ("log",),
    ("erase", "https://bao.example/1", "--reason", "chủ bài"), ("evidence", "import"), ("promote", "default"),
])  # fmt: skip
def test_no_command_begins_an_empty_store_where_there_are_backups_of_one_nor_tells_to(tmp_path, words):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    home.backups.mkdir()
    (home.backups / "soi-20201120T080000Z.tar.gz").touch()
    home.database.rename(tmp_path / "on-a-disk-of-its-own.db")
    refused = typed(home, *words)
    assert "soi restore FILE" in str(refused.exception)
    assert not home.database.exists()


@pytest.mark.parametrize("words", [("init",), ("status",), ("crawl",), ("run", "--no-desk"), ("backup",), ("score",)])
def test_no_command_begins_an_empty_store_where_a_restore_was_cut_off(tmp_path, words):
    home = filled_home(tmp_path)
    made = make_backup(home).path.rename(tmp_path / "elsewhere.tar.gz")
    left = home.database.parent / ".restore-x" / "home" / "data"
    left.mkdir(parents=True)
    for file in home.database.parent.glob("soi.db*"):
        file.rename(left / file.name)
    refused = str(typed(home, *words).exception)
    assert ("a restore of it began here" in refused, "soi restore FILE" in refused) == (True, True)
    assert not home.database.exists()
    (told,) = (check for check in examine(home) if check.what == "database")
    assert (told.state, "soi restore FILE" in told.advice, "soi init" in told.advice) == ("bad", True, False)
    assert "2 posts" in typed(home, "restore", made).output
    assert not left.exists()


@pytest.mark.parametrize("words", [("status",), ("crawl",), ("run", "--no-desk"), ("backup",), ("log",)])
def test_an_empty_file_in_the_place_of_a_store_that_is_backed_up_is_not_filled(tmp_path, words):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/", allow_private=True))
    made = make_backup(home).path
    for file in home.database.parent.glob("soi.db*"):
        file.unlink()
    home.database.touch()
    refused = str(typed(home, *words).exception)
    assert f"{home.database} is empty" in refused
    assert ("soi restore FILE" in refused, home.database.stat().st_size) == (True, 0)
    told = next(check for check in examine(home) if check.what == "database")
    assert (told.state, told.found.startswith(f"{home.database} is empty")) == ("bad", True)
    assert "2 posts" in typed(home, "restore", made).output  # nothing is there to be put aside


def test_a_database_that_goes_while_soi_runs_is_missed_and_no_empty_one_begun(tmp_path, monkeypatch):
    home = filled_home(tmp_path)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    assert running.state.jobs.get(LOOK, JobState()).said == ""
    home.database.parent.rename(tmp_path / "away")
    running.tick()
    assert "soi.db isn't there; mount its disk" in running.state.jobs[LOOK].said
    monkeypatch.setenv("SOI_CHILD", "1")  # a job of its
    for argv in (("crawl",), WORKER, *(job.argv for job in jobs(running.settings))):
        assert "soi.db isn't there" in str(typed(home, *argv).exception)
    running.end()
    assert not home.database.parent.exists()  # a folder there would be in the way of what is brought back
    (tmp_path / "away").rename(home.database.parent)
    running.tick()
    assert running.state.jobs[LOOK].said == ""


def test_without_its_model_scoring_says_so_and_the_rest_of_soi_run_goes_on(tmp_path):
    home = filled_home(tmp_path)
    write(home.sources, Source("a", "A", "feed", "http://127.0.0.1:1/rss", delay=0.0, allow_private=True))
    with contextlib.closing(open_store(home.database)) as db:
        db["models"].insert({"version": "v9", "card": "{}", "registered_at": "x"})
        db["promotions"].insert({"version": "v9", "at": "x"})
    running, name = Running(home, pid=os.getpid()), " ".join(WORKER)
    try:
        limit = time.monotonic() + 120
        while time.monotonic() < limit:
            running.tick()
            jobs = running.state.jobs
            if name in jobs and jobs[name].failures and jobs.get("crawl") and jobs["crawl"].ended:
                break
            time.sleep(0.2)
        assert "v9" in jobs[name].said
        assert jobs["crawl"].failures == 0
        assert watching.sources(open_store(home.database))[0].health == "failing"
    finally:
        running.end()


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Bản tin</title>
<item><title>Bản tin {n}</title><link>http://{at}/bai.html</link></item></channel></rss>"""
PAGE = "<html lang=vi><body><article><h1>Bản tin</h1><p>{text}</p></article></body></html>"


def serve(folder: Path, port: int) -> ThreadingHTTPServer:
    """At an address of its own: nobody else takes the port while it is away."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.59", port), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_a_network_that_is_gone_is_asked_less_and_less_and_comes_back_by_itself(tmp_path):
    home, site = filled_home(tmp_path / "home"), tmp_path / "site"
    site.mkdir()
    server = serve(site, 0)
    port = server.server_port
    text = "Xã Tân Lộc Hạ mở lớp dạy chữ miễn phí cho người lớn vào buổi tối từ tháng tới. " * 6
    at = f"127.0.0.59:{port}"
    (site / "rss.xml").write_text(FEED.format(n=1, at=at), encoding="utf-8")
    (site / "bai.html").write_text(PAGE.format(text=text), encoding="utf-8")
    write(home.sources, Source("a", "A", "feed", f"http://{at}/rss.xml", delay=0.0, allow_private=True))
    assert soi(home, "crawl").returncode == 0
    db = open_store(home.database)
    before = posts.counts(db)["posts"]
    assert before == 3
    server.shutdown()
    server.server_close()
    waits = []
    for _ in range(2):
        assert soi(home, "crawl").returncode == 0
        (state,) = watching.sources(db)
        assert state.health == "failing"
        waits.append(db.execute("SELECT julianday(next_check) - julianday(last_checked) FROM sources").fetchone()[0])
    assert waits[1] > waits[0] > 0
    assert posts.counts(db)["posts"] == before
    server = serve(site, port)
    assert soi(home, "crawl").returncode == 0
    assert watching.sources(db)[0].health == "ok"
    server.shutdown()
    server.server_close()


def test_a_damaged_database_is_told_and_nothing_is_written_over_it(tmp_path):
    home = filled_home(tmp_path)
    for path in home.database.parent.glob("soi.db-*"):
        path.unlink()
    home.database.write_bytes(b"SQLite format 3\x00" + os.urandom(8000))
    before = home.database.read_bytes()
    with pytest.raises(StoreError, match="soi restore"):
        open_store(home.database)
    assert soi(home, "status").returncode == 2
    assert home.database.read_bytes() == before
