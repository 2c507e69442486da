"""The warm worker: scores what lands at once, sees new evidence, and isn't stopped by one bad text."""

import threading
import time

import pytest
from filled import filled_home

from pipeline.home import Home
from pipeline.locks import Busy, alone
from pipeline.records import NewPost, PassageRow
from pipeline.retention import erase
from pipeline.steps import file_batch
from pipeline.store import evidence, open_store, posts, runs
from pipeline.worker import Watcher, watch


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return filled_home(tmp_path_factory.mktemp("worker"))


@pytest.fixture(scope="module")
def watcher(home) -> Watcher:
    return Watcher(home, open_store(home.database))


def land(home: Home, name: str, text: str) -> None:
    db = open_store(home.database)
    posts.take_post(db, NewPost("bao", f"https://bao.example/{name}", text))
    db.close()


def scored(watcher: Watcher, name: str) -> str | None:
    row = watcher.db.conn.execute(
        "SELECT s.outcome FROM scores s JOIN versions v ON v.id = s.version_id JOIN posts p ON p.id = v.post_id"
        " WHERE p.url = ?",
        [f"https://bao.example/{name}"],
    ).fetchone()
    return row[0] if row else None


def test_what_lands_is_scored_once_and_then_there_is_nothing_to_do(home, watcher):
    while watcher.step():
        pass
    land(home, "a", "Giá cà phê Ea Nhôl tăng nhẹ trong phiên đầu tuần.")
    assert watcher.step()
    assert scored(watcher, "a")
    assert not watcher.step()
    runs_before = watcher.db.conn.execute("SELECT inputs FROM runs ORDER BY id DESC").fetchone()
    watcher.last = 0  # a start from the beginning finds nothing to do again
    while watcher.step():
        pass
    assert watcher.db.conn.execute("SELECT inputs FROM runs ORDER BY id DESC").fetchone() == runs_before


def test_two_who_score_the_same_post_count_it_once(home, watcher):
    land(home, "hai", "Một tin mà hai bên cùng đọc.")
    batch = posts.unscored(watcher.db, "", limit=8, after=watcher.last)
    run_id = runs.start_run(watcher.db, "score")
    first = file_batch(watcher.db, batch, watcher.bench, run_id=run_id)
    second = file_batch(watcher.db, batch, watcher.bench, run_id=run_id)
    assert (first.total(), second.total()) == (len(batch), 0)
    assert runs.outcomes_of(watcher.db, run_id).total() == len(batch)


def test_a_text_that_is_erased_while_it_is_read_is_not_written_down(home, watcher):
    land(home, "xoa", "Bộ luật Lao động năm 2019 quy định độ tuổi lao động tối thiểu là đủ 12 tuổi.")
    batch = posts.unscored(watcher.db, "", limit=1, after=posts.newest(watcher.db) - 1)
    erase(home, watcher.db, "https://bao.example/xoa", person="an", reason="chủ bài yêu cầu")
    file_batch(watcher.db, batch, watcher.bench, run_id=runs.start_run(watcher.db, "score"))
    assert not watcher.db.conn.execute("SELECT 1 FROM scores WHERE version_id = ?", [batch[0].id]).fetchone()


def test_new_evidence_is_found_without_a_new_start(home, watcher):
    before = len(watcher.bench.index)
    evidence.put_passages(watcher.db, [PassageRow("fact:moi", "Xã Tân Lộc Hạ có ba trường học.", "Sổ xã", "primary")])
    watcher.refresh()
    assert len(watcher.bench.index) == before + 1
    assert "fact:moi" in [hit.passage.eid for hit in watcher.bench.index.search("Tân Lộc Hạ trường học", k=3)]
    watcher.db.conn.execute("DELETE FROM passages WHERE eid = 'fact:moi'")
    watcher.db.conn.commit()
    (home.index / "stamp").unlink(missing_ok=True)
    watcher.refresh()
    assert len(watcher.bench.index) == before


def test_a_text_that_breaks_the_reader_is_written_down_and_the_others_go_on(home, watcher, monkeypatch):
    from pipeline import worker

    real = worker.file_batch

    def breaks(db, batch, bench, *, run_id):
        if any("hỏng" in version.text for version in batch):
            raise RecursionError("a text nobody thought of")
        return real(db, batch, bench, run_id=run_id)

    monkeypatch.setattr(worker, "file_batch", breaks)
    for name, text in (("b", "Tin thường thứ nhất."), ("c", "Một bài hỏng."), ("d", "Tin thường thứ hai.")):
        land(home, name, text)
    while watcher.step():
        pass
    assert scored(watcher, "c") == "failed"
    assert {scored(watcher, "b"), scored(watcher, "d")}.isdisjoint({None, "failed"})
    (run_id, inputs) = watcher.db.conn.execute("SELECT id, inputs FROM runs ORDER BY id DESC").fetchone()
    assert runs.outcomes_of(watcher.db, run_id).total() == inputs


def test_another_live_model_ends_it_so_that_it_begins_anew(watcher):
    watcher.db["models"].insert({"version": "v2", "card": "{}", "registered_at": "x"})
    watcher.db["promotions"].insert({"version": "v2", "at": "x"})
    with pytest.raises(SystemExit):
        watcher.refresh()
    watcher.version = "v2"


def test_it_scores_within_moments_is_alone_and_ends_when_asked(tmp_path):
    home, stop, ready = filled_home(tmp_path), threading.Event(), threading.Event()
    thread = threading.Thread(target=watch, args=(home,), kwargs={"stop": stop, "ready": ready.set})
    thread.start()
    try:
        assert ready.wait(60)
        with pytest.raises(Busy), alone(home, "score --watch"):
            pass
        land(home, "z", "Tin vừa tới.")
        db, limit = open_store(home.database), time.monotonic() + 30
        while posts.count_unscored(db, "") and time.monotonic() < limit:
            time.sleep(0.05)
        assert posts.count_unscored(db, "") == 0
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert [row["status"] for row in runs.last_runs(db, limit=1)] == ["done"]
