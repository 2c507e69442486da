"""On a real Dask scheduler with two worker processes: the same answers to the last bit, and nothing lost to a kill."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from filled import filled_home, store_at, typed
from ours import model
from two_workers import two_workers

from classifier.evidence.retrieval import Passage
from classifier.files import shipped
from classifier.learning.material import Material
from classifier.readers.seeding import load_seed
from classifier.scoring import Item, score
from pipeline import cluster, indexing, steps
from pipeline.records import NewPost, PassageRow
from pipeline.research import search
from pipeline.settings import ScoreSettings
from pipeline.store import evidence, open_store, posts

pytest.importorskip("distributed")

TEXTS = [
    "Luật cho phép trẻ 12 tuổi làm công nhân trong hầm mỏ ở tỉnh Đồng Vân.",
    "Theo tôi, giam người ta sáu tháng vì một bài viết là quá nặng tay.",
    "Việt Nam phê chuẩn Công ước chống tra tấn năm 2005.",
    "Công an xã Hạ Giang tạm giữ 14 người tụ tập trước ủy ban ngày 3 tháng 6.",
    "Giá cà phê ở chợ huyện giảm hai tuần liền.",
    "Tôi bị giữ ở đồn hai đêm, họ không cho tôi gọi về nhà.",
]


@pytest.fixture(scope="module")
def scheduler():
    with two_workers() as found:
        yield found


@pytest.fixture(scope="module")
def bench():
    return model()


def a_home(path, n=60):
    db = store_at(path)
    rows = [
        PassageRow("fact:a", "Tuổi lao động tối thiểu là đủ 15 tuổi; cấm dùng trẻ em trong hầm mỏ.", "Luật", "primary"),
        PassageRow("fact:b", "Việt Nam ký Công ước chống tra tấn năm 2013 và phê chuẩn năm 2015.", "LHQ", "primary"),
    ]
    evidence.put_passages(db, rows)
    for at in range(n):
        posts.take_post(
            db,
            NewPost("bao", f"https://bao.example/{at}", f"{TEXTS[at % 6]} Tin số {at}."),
            at=f"2026-01-01T00:{at:02}:00.000Z",
        )
    return db


def a_bench(db, model):
    index = indexing.build_index((indexing.passage_of(row) for row in evidence.passages(db)), model)
    return steps.Bench(model, index, indexing.open_refuted(db, model), ScoreSettings(batch=8))


ROWS = (
    "SELECT version_id, model, kind, rights, p_refuted, flagged, reasons, claim, claim_start, claim_end, worth, detail,"
    " outcome FROM scores ORDER BY version_id",
    "SELECT score_id, rank, eid, role, relation, p, slot, slots FROM evidence ORDER BY score_id, rank",
    "SELECT id, claim, score_id FROM cases ORDER BY id", "SELECT post_id, case_id FROM memberships ORDER BY id",
    "SELECT source_id, outcome, n FROM run_outcomes ORDER BY outcome",
)  # fmt: skip


def written(db):
    return [db.conn.execute(sql).fetchall() for sql in ROWS]


@pytest.fixture(scope="module")
def alone(tmp_path_factory, bench):
    db = a_home(tmp_path_factory.mktemp("alone") / "soi.db")
    counts = steps.score_posts(db, a_bench(db, bench))
    return counts, written(db)


def loaded() -> int:
    return cluster._open.cache_info().currsize


def test_two_workers_write_what_one_machine_writes_bit_for_bit(tmp_path, scheduler, bench, alone):
    db = a_home(tmp_path / "soi.db")
    with cluster.connect(scheduler.scheduler_address) as client:
        counts = cluster.score_posts(db, a_bench(db, bench), shipped("models", "default"), client)
        models = client.run(loaded)
    assert len(models) == 2
    assert all(models.values()), "both workers scored"
    assert dict(counts) == {str(k): v for k, v in alone[0].items()}
    assert written(db) == alone[1]


def test_posts_are_scored_on_a_cluster_as_here(tmp_path, scheduler):
    far, here = filled_home(tmp_path / "far"), filled_home(tmp_path / "here")
    for home in (far, here):
        with contextlib.closing(open_store(home.database)) as db:
            posts.take_post(db, NewPost("bao", "https://bao.example/3", TEXTS[3]))
    said = typed(far, "score", "--cluster", scheduler.scheduler_address).output
    assert said == typed(here, "score").output
    assert "nothing new" not in said


def break_on_prices() -> None:
    """Let this process's reader break on texts about prices."""

    def breaks(model, items, **rest):
        if any("Giá cà phê" in item.text for item in items):
            raise RecursionError("a text nobody thought of")
        return score(model, items, **rest)

    cluster.score_texts = steps.score_texts = breaks


def mend() -> None:
    cluster.score_texts = steps.score_texts = score


def test_a_text_that_breaks_the_reader_is_written_down_as_here(tmp_path, scheduler, bench, alone):
    db = a_home(tmp_path / "soi.db")
    with cluster.connect(scheduler.scheduler_address) as client:
        client.run(break_on_prices)
        break_on_prices()
        try:
            counts = cluster.score_posts(db, a_bench(db, bench), shipped("models", "default"), client)
        finally:
            mend()
            client.run(mend)
    assert (counts.total(), counts["failed"]) == (60, 10)
    assert [row for row in written(db)[0] if row[-1] != "failed"] == [
        row for row in alone[1][0] if "Giá cà phê" not in posts.post_by(db, str(row[0])).text
    ]


def test_a_worker_killed_midway_loses_nothing(tmp_path, scheduler, bench, alone):
    """The worker dies with batches in its hands; they are done again, in their places."""
    db = a_home(tmp_path / "soi.db")
    kit = cluster.pack(shipped("models", "default"), [indexing.passage_of(row) for row in evidence.passages(db)], [])
    long = [[Item(f"{at}-{n}", f"{TEXTS[(at + n) % 6]} " * 100) for n in range(3)] for at in range(12)]
    with cluster.connect(scheduler.scheduler_address) as client:
        answers = cluster.score_batches(client, kit, long)
        found = [next(answers)]
        busy = {address: keys for address, keys in client.processing().items() if keys}
        assert busy, "nothing was at work, so the kill would prove nothing"
        os.kill(client.run(os.getpid, workers=[next(iter(busy))]).popitem()[1], signal.SIGKILL)
        found += list(answers)
    six = cluster.score_kit(kit, [Item("", f"{text} " * 100) for text in TEXTS])
    assert found == [
        [replace(six[(at + n) % 6], id=item.id) for n, item in enumerate(batch)] for at, batch in enumerate(long)
    ]


def test_a_cluster_whose_workers_all_die_goes_on_once_one_is_back_and_none_is_waited_for_without_end(monkeypatch):
    kit = cluster.pack(shipped("models", "default"), [], [])
    batches = [[Item(str(n), TEXTS[0] * 30)] for n in range(10)]
    with two_workers() as own, cluster.connect(own.scheduler_address) as client:
        answers = cluster.score_batches(client, kit, batches)
        found = [next(answers)]
        for process in client.run(os.getpid).values():
            os.kill(process, signal.SIGKILL)
        found += list(answers)
        assert [score.id for scores in found for score in scores] == [str(n) for n in range(10)]
        answers = cluster.score_batches(client, kit, batches)
        next(answers)
        monkeypatch.setattr(cluster, "BACK", 1.0)
        own.scale(0)
        with pytest.raises(cluster.ClusterRefused, match="what has landed stays"):
            list(answers)


def test_a_batch_that_killed_several_workers_is_sent_to_no_more_of_them():
    from distributed import KilledWorker

    client, future = Mock(), Mock()
    client.nthreads.return_value = {"one": 1}
    client.submit.return_value = future
    future.result.side_effect = KilledWorker("batch", Mock(), 3)
    with pytest.raises(cluster.ClusterRefused, match="died over it"):
        list(cluster.score_batches(client, Mock(), [[Item("1", TEXTS[0])]]))
    assert client.submit.call_count == 1


def slow_square(x: int) -> int:
    time.sleep(0.01)
    return x * x


def test_a_search_gives_the_same_on_the_cluster_and_on_one_core(scheduler):
    there = sorted(cluster.run_trials(list(range(12)), slow_square, address=scheduler.scheduler_address))
    assert there == sorted(cluster.run_trials(list(range(12)), slow_square, jobs=1)) == [(x, x * x) for x in range(12)]


def pause(x: int) -> int:
    time.sleep(0.5)
    return x * x


def test_a_search_loses_nothing_to_a_killed_worker(scheduler):
    with cluster.connect(scheduler.scheduler_address) as client:
        client.wait_for_workers(2, timeout=60)  # one may have died in a test before
        workers = client.run(os.getpid)

        def kill() -> None:
            while not (busy := [address for address, keys in client.processing().items() if keys]):
                time.sleep(0.02)
            os.kill(workers[busy[0]], signal.SIGKILL)

        found = cluster.run_trials(list(range(6)), pause, address=scheduler.scheduler_address)
        threading.Thread(target=kill, daemon=True).start()
        assert sorted(found) == [(x, x * x) for x in range(6)]
        client.wait_for_workers(2, timeout=60)
        assert set(client.run(os.getpid).values()) != set(workers.values()), "nobody died, so this proves nothing"


def test_a_search_over_settings_is_the_same_by_the_cluster_and_goes_on_there(scheduler, tmp_path):
    rows = Material([], load_seed(shipped("data", "seed.jsonl"))[::60])
    here = search.run(rows, "kind", tmp_path / "here.jsonl", trials=2, jobs=1)
    search.run(rows, "kind", tmp_path / "there.jsonl", trials=1, jobs=1)
    assert search.run(rows, "kind", tmp_path / "there.jsonl", trials=2, address=scheduler.scheduler_address) == here
    assert (tmp_path / "there.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_no_scheduler_is_said_in_one_sentence():
    with (
        pytest.raises(cluster.ClusterRefused, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"),
        cluster.connect("tcp://127.0.0.1:1", timeout=0.5),
    ):
        pass


def test_a_machine_keeps_the_newest_kit_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for words in ("Chị Lê Thị Z khai bị giam 9 ngày.", "Luật nói khác."):
        kit = cluster.pack(shipped("models", "default"), [Passage("x", words, "Báo", "independent")], [])
        cluster.score_kit(kit, [Item("1", TEXTS[0])])
        (place,) = tmp_path.glob("*/*")
        assert words in (place / "passages").read_text(encoding="utf-8")


def test_no_link_in_a_model_brings_a_file_from_elsewhere_to_the_workers(tmp_path):
    kept, linked = tmp_path / "kept", tmp_path / "linked"
    shutil.copytree(shipped("models", "default"), kept)
    linked.symlink_to(kept)
    whole = cluster.pack(linked, [], [])
    assert whole == cluster.pack(kept, [], [])
    (tmp_path / "secrets.toml").touch()
    (kept / "README.md").unlink(missing_ok=True)
    (kept / "README.md").symlink_to("../secrets.toml")
    with pytest.raises(cluster.ClusterRefused, match=r"README\.md leads out of its folder, to .*secrets\.toml; put"):
        cluster.pack(linked, [], [])


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline import cluster
Path.touch = lambda path: os.kill(os.getpid(), signal.SIGKILL)
cluster._unpack(cluster.Kit("", {}, b"", b""), Path(sys.argv[1]) / "x")
"""


def test_what_a_worker_killed_while_it_unpacked_left_goes_after_an_hour(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kit = cluster.pack(shipped("models", "default"), [], [])
    kits = tmp_path / f"soi-kit-{os.getuid()}"
    kits.mkdir(mode=0o700)
    (tmp_path / f"{kits.name}-0123").mkdir()  # as before each user's kits had a folder of their own
    subprocess.run([sys.executable, "-c", KILLED, kits], check=False)
    (left,) = kits.iterdir()
    at_work = shutil.copytree(left, f"{left}1")
    os.utime(left, (time.time() - 3660,) * 2)
    cluster.score_kit(kit, [Item("1", TEXTS[0])])
    assert sorted(kits.iterdir()) == sorted([Path(at_work), kits / kit.digest[:24]])
    assert list(tmp_path.iterdir()) == [kits]


def test_a_kit_that_a_cleaner_of_old_files_took_some_of_is_laid_out_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kit = cluster.pack(shipped("models", "default"), [], [])
    cluster.score_kit(kit, [Item("1", TEXTS[0])])
    (place,) = tmp_path.glob("*/*")
    for name in ("whole", "passages"):
        (place / name).unlink()
    cluster._open.cache_clear()  # as in the next worker
    assert len(cluster.score_kit(kit, [Item("1", TEXTS[0])])) == 1
    assert list(tmp_path.glob("*/*")) == [place]


def test_a_kit_that_another_process_has_just_laid_out_is_not_taken_away_under_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place, remove, taken = tmp_path / "soi-kit-x", shutil.rmtree, []
    monkeypatch.setattr(shutil, "rmtree", lambda path, **how: taken.append(path) or remove(path, **how))
    for said in (b"first", b"late"):
        cluster._unpack(cluster.Kit("x", {}, said, b""), place)
        assert (place / "passages").read_bytes() == b"first"
    assert place not in taken  # not where none was found there either: one may be by the time that it goes
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("theirs", ["another user's", "open to a group", "a link"])
def test_where_the_kits_folder_isnt_this_users_alone_one_of_its_own_serves_every_batch(tmp_path, monkeypatch, theirs):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    kit, place = cluster.pack(shipped("models", "default"), [], []), tmp_path / "tmp" / f"soi-kit-{os.getuid()}"
    place.parent.mkdir()
    if theirs == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        place.symlink_to(tmp_path / "elsewhere")
    elif theirs == "open to a group":
        place.mkdir()
        place.chmod(0o770)
    else:
        monkeypatch.setattr(cluster.os, "getuid", lambda: 54321)
        (place.parent / "soi-kit-54321").mkdir(mode=0o700)
    for text in TEXTS[:2]:
        cluster.score_kit(kit, [Item("1", text)])
    assert len(list(tmp_path.rglob("whole"))) == 1
    cluster._own_folder.cache_clear()
    assert not list(tmp_path.rglob("whole"))


def test_a_kit_is_named_by_all_that_is_in_it():
    folder = shipped("models", "default")
    one = cluster.pack(folder, [], [])
    assert one.digest == cluster.pack(folder, [], []).digest
    assert one.digest != cluster.pack(folder, [], [("decision:1", "Tin giả.", "independent")]).digest
