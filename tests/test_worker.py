"""The warm worker: scores what lands at once, sees new evidence, and isn't stopped by one bad text."""

import json
import shutil
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from filled import filled_home
from test_steps import breaks_on_the_broken

from classifier.files import shipped
from pipeline import indexing
from pipeline.home import Home
from pipeline.locks import Busy, alone
from pipeline.operations.retention import erase
from pipeline.operations.watch import look
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, Verdict, now
from pipeline.registry import promote, register, rollback
from pipeline.steps import file_batch
from pipeline.store import cases, decisions, evidence, factchecks, moves, open_store, posts, runs, scores, watching
from pipeline.store.erasure import remove_evidence
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


def test_no_index_is_made_where_the_store_was_that_is_away_with_its_disk(tmp_path):
    home = filled_home(tmp_path / "home")
    watcher = Watcher(home, open_store(home.database))
    away = home.root.rename(tmp_path / "away")
    watcher.refresh()
    assert not home.root.exists()
    away.rename(home.root)
    watcher.refresh()
    assert (home.index / "stamp").exists()


def test_what_is_erased_is_found_no_more_though_something_came_meanwhile(home, watcher):
    words, url = "Nhà văn hóa Bàu Sen đóng cửa ba tháng.", "https://bao.example/bau-sen"
    news = PassageRow("bao:bau-sen", words, "Báo", "independent", kind="news", url=url)
    evidence.put_passages(watcher.db, [news])
    factchecks.take(watcher.db, FactCheckRow("ban", url, words, "Sai", "false"))
    watcher.refresh()
    assert watcher.bench.index.search(words, k=1)[0].passage.eid == "bao:bau-sen"
    assert watcher.bench.refuted.match(words)[0].eid == "factcheck:2"
    erase(home, watcher.db, url, person="an", reason="chủ bài yêu cầu")
    evidence.put_passages(watcher.db, [PassageRow(f"fact:cho-{n}", f"Chợ số {n}.", "Sổ xã", "primary") for n in (1, 2)])
    watcher.refresh()
    again = Watcher(home, watcher.db)  # a restart opens what was written down
    for bench in (watcher.bench, again.bench):
        assert "Bàu Sen" not in " ".join(hit.passage.text for hit in bench.index.search(words, k=20))
        assert "factcheck:2" not in [found.eid for found in bench.refuted.match(words)]


def test_what_is_taken_back_is_found_no_more_though_as_much_came_meanwhile(home, watcher):
    words = "Chợ nổi Vàm Xáng họp ba phiên mỗi tháng."
    evidence.put_passages(watcher.db, [PassageRow("so:vam-xang", words, "Sổ xã", "independent")])
    watcher.refresh()
    assert watcher.bench.index.search(words, k=1)[0].passage.eid == "so:vam-xang"
    remove_evidence(watcher.db, ["so:vam-xang"], person="an")
    evidence.put_passages(watcher.db, [PassageRow("so:ben-do", "Bến đò số bảy.", "Sổ xã", "independent")])
    watcher.refresh()
    again = Watcher(home, watcher.db)
    for bench in (watcher.bench, again.bench):
        assert "so:vam-xang" not in [hit.passage.eid for hit in bench.index.search(words, k=20)]


def test_what_cites_evidence_that_is_gone_by_now_is_scored_again_at_once(home, watcher):
    while watcher.step():
        pass
    words, url = "Ở Vàm Đình có 3 trường dạy trẻ em khuyết tật học chữ.", "https://bao.example/vam-dinh"
    evidence.put_passages(watcher.db, [PassageRow("bao:vam-dinh", words, "Báo", "independent", kind="news", url=url)])
    watcher.refresh()
    erase(home, watcher.db, url, person="an", reason="chủ bài yêu cầu")
    land(home, "vam-dinh-2", words.replace("3", "7"))
    while watcher.step():
        pass
    assert scored(watcher, "vam-dinh-2")
    assert not watcher.db.conn.execute("SELECT 1 FROM evidence WHERE eid = 'bao:vam-dinh'").fetchone()
    assert watcher.last == posts.newest(watcher.db)


def test_passages_that_come_or_change_after_the_clock_was_set_back_are_found(tmp_path, monkeypatch):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    words = "Đò qua sông Cái Mít chạy tới 9 giờ tối."
    monkeypatch.setattr("pipeline.store.evidence.now", lambda: "2036-01-01T00:00:00.000Z")
    evidence.put_passages(db, [PassageRow("so:do", words, "Sổ xã", "primary")])
    watcher = Watcher(home, db)
    monkeypatch.undo()
    for name, said in (("so:pha", "Phà Cái Mít nghỉ ngày rằm."), ("so:do", words.replace("9", "10"))):
        evidence.put_passages(db, [PassageRow(name, said, "Sổ xã", "primary")])
        watcher.refresh()
        for bench in (watcher.bench, Watcher(home, db).bench):
            assert said in [hit.passage.text for hit in bench.index.search(said, k=3)]
    db.close()


def test_passages_that_come_while_another_makes_the_index_anew_are_found(tmp_path, monkeypatch):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    watcher = Watcher(home, db)
    built, go, build = threading.Event(), threading.Event(), indexing.build_index

    def slow(*how):
        made = build(*how)
        built.set()
        go.wait()
        return made

    def make_anew():
        with closing(open_store(home.database)) as own:
            indexing.open_index(home, own, watcher.bench.model)

    monkeypatch.setattr(indexing, "build_index", slow)
    told = {"so:ben": "Bến Vàm Xáng có ba chiếc phà.", "so:do": "Đò Cái Mít nghỉ.", "so:cho": "Chợ Rạch Sỏi họp đêm."}
    told |= {"so:cau": "Cầu Trà Ôn cấm xe."}
    rows = [PassageRow(eid, said, "Sổ xã", "primary") for eid, said in told.items()]
    evidence.put_passages(db, rows[:1])
    other = threading.Thread(target=make_anew)
    other.start()
    assert built.wait(60)
    evidence.put_passages(db, rows[1:2])
    time.sleep(0.01)  # another moment
    evidence.put_passages(db, rows[2:3])
    threading.Timer(0.5, go.set).start()
    watcher.refresh()
    other.join()
    evidence.put_passages(db, rows[3:])
    watcher.refresh()
    for index in (watcher.bench.index, indexing.open_index(home, db, watcher.bench.model)):
        assert [index.search(said, k=1)[0].passage.eid for said in told.values()] == list(told)
    db.close()


def test_a_claim_that_is_refuted_no_more_is_forgotten_whatever_took_it_away(home, watcher, monkeypatch):
    db = watcher.db
    claims = [f"Trạm bơm Rạch Sỏi số {n} bơm nước thải vào ruộng muối." for n in (1, 2)]
    for n, claim in enumerate(claims):
        land(home, f"bom-{n}", claim)
    one, two = (
        cases.open_case(db, posts.post_by(db, f"https://bao.example/bom-{n}").post_id, claim=claim, score_id=None)
        for n, claim in enumerate(claims)
    )
    reason = ("contradicted_by_record", (next(evidence.passages(db)).eid,))
    decisions.decide(db, NewDecision(one, "an", Verdict.FALSE, *reason))
    factchecks.take(db, FactCheckRow("ban", "https://ban.example/b", claims[1], "Sai", "false"))

    def known() -> list[bool]:
        watcher.refresh()
        return [claim in [found.text for found in watcher.bench.refuted.match(claim)] for claim in claims]

    assert known() == [True, True]
    moves.merge(db, one, two, person="an")
    assert known() == [False, True]
    monkeypatch.setattr("pipeline.store.evidence.now", lambda: "2020-01-01T00:00:00.000Z")
    factchecks.take(db, FactCheckRow("ban", "https://ban.example/b", claims[1], "Đúng", "true"))
    assert known() == [False, False]


@pytest.mark.parametrize("passing", [MemoryError(), OSError("no such device")])
def test_trouble_of_the_machine_marks_no_post_as_failed(home, watcher, monkeypatch, passing):
    while watcher.step():
        pass
    name = f"may-{type(passing).__name__}"
    land(home, name, "Tin đến khi máy hết bộ nhớ.")

    def breaks(*args, **kwargs):
        raise passing

    with monkeypatch.context() as ill:
        ill.setattr("pipeline.steps.score_texts", breaks)
        with pytest.raises(type(passing)):
            watcher.step()
    assert scored(watcher, name) is None
    assert watcher.step()
    assert scored(watcher, name) not in {None, "failed"}


def test_a_text_that_breaks_the_reader_is_written_down_and_the_others_go_on(home, watcher, monkeypatch):
    monkeypatch.setattr("pipeline.steps.score_texts", breaks_on_the_broken)
    for name, text in (("b", "Tin thường thứ nhất."), ("c", "Một bài hỏng."), ("d", "Tin thường thứ hai.")):
        land(home, name, text)
    while watcher.step():
        pass
    assert scored(watcher, "c") == "failed"
    assert {scored(watcher, "b"), scored(watcher, "d")}.isdisjoint({None, "failed"})
    (run_id, inputs) = watcher.db.conn.execute("SELECT id, inputs FROM runs ORDER BY id DESC").fetchone()
    assert runs.outcomes_of(watcher.db, run_id).total() == inputs


def another_model(home: Home, version: str) -> Path:
    """The shipped model under another name, as a training would leave it."""
    folder = home.models / version
    shutil.copytree(shipped("models", "default"), folder)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | {"version": version}), encoding="utf-8")
    return folder


def models_of(watcher: Watcher, name: str) -> list[str]:
    rows = watcher.db.conn.execute(
        "SELECT s.model FROM scores s JOIN versions v ON v.id = s.version_id JOIN posts p ON p.id = v.post_id"
        " WHERE p.url = ? ORDER BY s.id",
        [f"https://bao.example/{name}"],
    )
    return [model for (model,) in rows]


def test_a_refused_model_leaves_the_last_good_one_at_work_and_the_operator_is_told(home, watcher):
    while watcher.step():
        pass
    folder = another_model(home, "v-hong")
    register(home, watcher.db, "v-hong")
    watcher.db["promotions"].insert({"version": "v-hong", "at": "2026-01-01T00:00:00.000Z"})
    (folder / "verdict.npz").write_bytes(b"broken")
    watcher.follow()
    assert (watcher.version, watcher.bench.model.version) == ("default", "default")
    land(home, "sau-khi-hong", "Tin đến khi mô hình mới bị từ chối.")
    assert watcher.step()
    assert models_of(watcher, "sau-khi-hong") == ["default"]
    assert [found.key for found in look(home, watcher.db, at=now())].count("model.live") == 1
    told = "Bến Mới có hai chuyến đò mỗi ngày."
    evidence.put_passages(watcher.db, [PassageRow("so:ben-moi", told, "Sổ xã", "primary")])
    factchecks.take(watcher.db, FactCheckRow("ban", "https://ban.example/ben-moi", told, "Sai", "false"))
    watcher._next_try = 0.0
    watcher.follow()  # refused again
    watcher.refresh()
    assert watcher.bench.index.search(told, k=1)[0].passage.eid == "so:ben-moi"
    assert watcher.bench.refuted.match(told)
    rollback(home, watcher.db)
    watcher.follow()
    assert "model.live" not in [found.key for found in look(home, watcher.db, at=now())]


def test_a_promoted_model_takes_over_and_scores_lately_seen_undecided_posts_again(home, watcher):
    while watcher.step():
        pass
    db = watcher.db
    claim = "Bộ luật Lao động năm 2019 quy định độ tuổi lao động tối thiểu là đủ 12 tuổi."
    for name in ("can-quyet", "da-quyet", "cu"):
        land(home, name, f"{claim} Bài {name}.")
    while watcher.step():
        pass
    number = posts.post_by(db, "https://bao.example/da-quyet").post_id
    case = cases.open_case(db, number, claim=claim, score_id=None)
    decisions.decide(db, NewDecision(case, "an", Verdict.OPINION, "view"))
    db.conn.execute(
        "UPDATE versions SET seen_at = '2020-01-01T00:00:00.000Z' WHERE id = ?",
        [posts.post_by(db, "https://bao.example/cu").id],
    )
    db.conn.commit()
    before = db.conn.execute("SELECT * FROM scores ORDER BY id").fetchall()
    another_model(home, "v-moi")
    promote(home, db, "v-moi")
    watcher.follow()
    assert watcher.bench.model.version == "v-moi"
    land(home, "vua-toi", "Tin vừa tới sau khi đổi mô hình.")
    assert watcher.again.step(watcher.bench)
    assert watcher.step()  # what lands doesn't wait for the rest
    while watcher.again.step(watcher.bench):
        pass
    assert models_of(watcher, "can-quyet") == ["default", "v-moi"]
    assert models_of(watcher, "da-quyet") == models_of(watcher, "cu") == ["default"]
    assert models_of(watcher, "vua-toi") == ["v-moi"]
    assert db.conn.execute("SELECT * FROM scores WHERE model = 'default' ORDER BY id").fetchall() == before
    run_id, inputs, status = db.conn.execute(
        "SELECT id, inputs, status FROM runs WHERE step = 'rescore' ORDER BY id DESC"
    ).fetchone()
    assert (runs.outcomes_of(db, run_id).total(), status) == (inputs, "done")
    latency = watching.to_score(db, since="2026")
    landed = "SELECT count(DISTINCT version_id) FROM scores JOIN versions v ON v.id = version_id WHERE seen_at > '2026'"
    assert latency.n == db.conn.execute(landed).fetchone()[0]  # a second score is no second landing
    assert not Watcher(home, db).again.step(watcher.bench)  # a later start finds nothing left


def test_what_was_seen_before_is_laid_beside_new_evidence_behind_what_lands(tmp_path, monkeypatch):
    home = filled_home(tmp_path)
    land(home, "som", "Việt Nam đã rút khỏi Công ước về quyền trẻ em.")
    watcher = Watcher(home, open_store(home.database))
    while watcher.step():
        pass
    while watcher.look_back():
        pass
    assert scored(watcher, "som") == "to_check"
    check = FactCheckRow("k", "https://k.example/1", "Việt Nam đã rút khỏi Công ước về quyền trẻ em", "Sai", "false")
    factchecks.take(watcher.db, check)
    watcher.refresh()
    assert not watcher.look_back()  # it looked a moment ago
    monkeypatch.setattr("pipeline.worker.PAUSE", 0.0)
    assert watcher.look_back()
    land(home, "moi", "Tin vừa tới trong lúc ấy.")
    assert watcher.step()
    while watcher.look_back():
        pass
    rows = "SELECT s.outcome FROM scores s JOIN versions v ON v.id = s.version_id JOIN posts p ON p.id = v.post_id"
    told = watcher.db.conn.execute(f"{rows} WHERE p.url LIKE '%/som' ORDER BY s.id").fetchall()
    assert told == [("to_check",), ("flagged",)]
    watcher.refresh()
    assert not watcher.look_back()


def test_what_was_laid_beside_a_verdict_that_was_taken_back_is_laid_anew_however_old(tmp_path, monkeypatch):
    home = filled_home(tmp_path)
    said = "Việt Nam đã rút khỏi Công ước về quyền trẻ em."
    land(home, "som", said)
    watcher = Watcher(home, open_store(home.database))
    db = watcher.db
    while watcher.step() or watcher.look_back():
        pass
    post = posts.post_by(db, "https://bao.example/som")
    case = cases.open_case(db, post.post_id, claim=said, score_id=None)
    evidence.put_passages(db, [PassageRow("so:x", "Sổ ghi khác.", "Sổ", "primary")])
    made = decisions.decide(db, NewDecision(case, "an", Verdict.FALSE, "contradicted_by_record", ("so:x",)))
    watcher.refresh()
    land(home, "muon", said)
    while watcher.step():
        pass
    late = posts.post_by(db, "https://bao.example/muon")

    def cited() -> bool:
        return f"decision:{made}" in [row.eid for row in scores.latest_score(db, late.post_id)[1].evidence]

    assert cited()
    db.conn.execute("UPDATE versions SET seen_at = '2020-01-01T00:00:00.000Z'")
    db.conn.commit()
    decisions.undo(db, made, person="an")
    watcher.refresh()
    monkeypatch.setattr("pipeline.worker.PAUSE", 0.0)
    while watcher.look_back():
        pass
    assert not cited()


def test_it_scores_within_moments_is_alone_and_ends_when_asked(tmp_path):
    home, stop = filled_home(tmp_path), threading.Event()
    thread = threading.Thread(target=watch, args=(home,), kwargs={"stop": stop})
    thread.start()
    try:
        land(home, "z", "Tin vừa tới.")
        db, limit = open_store(home.database), time.monotonic() + 90
        while posts.count_unscored(db, "") and time.monotonic() < limit:
            time.sleep(0.05)
        assert posts.count_unscored(db, "") == 0
        with pytest.raises(Busy), alone(home, "score --watch"):
            pass
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert [row.status for row in runs.last_runs(db, limit=1)] == ["done"]
