"""What was exported doesn't outlive an erasure: rows go, words others quote go, the rest stays byte for byte."""

import contextlib
import csv
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from effort import lines
from filled import CASE_URL, CLAIM, NEWS, PLAIN_URL, filled_home, powerless, typed
from sqlite_utils import Database

from classifier.atomic import beside
from pipeline.home import Home
from pipeline.locks import EXPORTS, Busy, alone
from pipeline.operations import retention
from pipeline.operations.backup import make_backup, restore
from pipeline.operations.doctor import examine
from pipeline.records import NewDecision, NewPost, ScoreRow, Verdict
from pipeline.research import datasets, exported, snapshots
from pipeline.research.tables import write_rows
from pipeline.store import audit, cases, decisions, open_store, posts, report, scores
from pipeline.store.erasable import Words
from pipeline.store.pieces import ERASED

OTHER_URL = "https://bao.example/khac"
OTHER = 'Một bài khác nói rằng giá cà phê "tăng nhẹ" ở xã Ea Nhôl trong hai tuần liền.'
ALL = ("jsonl", "csv", "parquet", "labelstudio", "argilla")


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    opened = open_store(home.database)
    posts.take_post(opened, NewPost("bao", OTHER_URL, OTHER))
    post = posts.post_by(opened, OTHER_URL)
    assert post
    case = cases.open_case(opened, post.post_id, claim="giá cà phê tăng nhẹ", score_id=None)
    decisions.decide(opened, NewDecision(case, "an", Verdict.OPINION, "view"))
    yield opened
    opened.close()


def erase(home: Home, db: Database, url: str = CASE_URL) -> dict[str, exported.Cleaned]:
    done = retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
    return {one.path.name: one for one in done.files}


def test_a_snapshot_is_made_again_without_the_post_in_every_layout(home, db, tmp_path):
    pytest.importorskip("pyarrow")
    rows = snapshots.rows(db, until="9999")
    snapshots.write(rows, tmp_path / "nhan", formats=ALL, view="latest", until="9999")
    exported.note(home, tmp_path / "nhan")
    done = erase(home, db)
    assert (done["nhan"].rows, done["nhan"].left) == (1, "")
    left = snapshots.read(tmp_path / "nhan")  # refuses what its digests don't name
    assert [row.text for row in left] == [OTHER]
    again = tmp_path / "lai"
    snapshots.write(snapshots.rows(db, until="9999"), again, formats=ALL, view="latest", until="9999")
    for name in snapshots.FILES.values():
        assert (tmp_path / "nhan" / name).read_bytes() == (again / name).read_bytes(), name
        assert CLAIM.encode() not in (again / name).read_bytes()
    for one in ALL:
        assert snapshots.read(tmp_path / "nhan" / snapshots.FILES[one]) == left


def test_ids_in_an_old_snapshot_that_held_an_erased_address_hold_its_digest(home, db):
    (row,) = (row for row in snapshots.rows(db) if row.case == 1)
    held = tuple({"eid": f"bao:{NEWS.url}{more}", "role": "independent", "text": ""} for more in ("", "-khac"))
    snapshots.write([replace(row, evidence=held)], home.root / "cu", formats=["jsonl"], view="latest", until="")
    assert erase(home, db, NEWS.url)["cu"].rows == 1
    (left,) = snapshots.read(home.root / "cu")
    assert [one["eid"] for one in left.evidence] == [NEWS.eid, f"bao:{NEWS.url}-khac"]


def test_twice_the_labels_of_a_snapshot_take_an_erasure_twice_the_work(home, db, tmp_path):
    (row,) = (row for row in snapshots.rows(db, until="9999") if row.text != OTHER)
    version = row.id.removeprefix("v").partition("-")[0]
    took = []
    for n in (100, 200):
        rows = [row, *(replace(row, id=f"v{10_000 + at}-d1", text=f"Câu {at}.") for at in range(n))]
        folder = tmp_path / str(n)
        snapshots.write(rows, folder, formats=("jsonl",), view="latest", until="")
        words = Words(CASE_URL, (int(version),), (), (CLAIM,))
        took.append(lines(partial(exported._clean_snapshot, folder, words)))
        assert len(snapshots.read(folder)) == n
    assert took[1] < 2.1 * took[0]


def test_a_snapshot_inside_the_home_is_found_without_a_note(home, db):
    folder = home.root / "nhan"
    snapshots.write(snapshots.rows(db, until="9999"), folder, formats=("jsonl",), view="latest", until="9999")
    assert erase(home, db)["nhan"].rows == 1


@pytest.mark.parametrize("ending", ["csv", "CSV", "jsonl", "JSONL", "parquet"])
def test_rows_of_the_address_go_and_rows_that_quote_it_lose_the_words(home, db, tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    rows = [
        {"url": CASE_URL, "claim": "ngắn", "n": "1"},
        {"url": CASE_URL + "2", "claim": f"Có người nói {CLAIM}.", "n": "2"},  # an address that goes on is another's
        {"url": OTHER_URL, "claim": "=1+1", "n": "3"},
    ]
    path = tmp_path / f"ra.{ending}"
    write_rows(rows, path)
    path.chmod(0o640)
    exported.note(home, path)
    assert erase(home, db)[path.name].rows == 2
    read = list(exported.tables.read(path))
    assert [row["n"] for row in read] == ["2", "3"]
    assert CLAIM not in read[0]["claim"]
    assert read[1]["claim"].endswith("=1+1")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_claim_in_a_posts_own_words_goes_and_what_others_say_stays(home, db, tmp_path):
    claims = ["Công an huyện giam ông Q tám ngày.", "Ông Q bị công an huyện giam tám ngày liền.", ""]
    claims[2] = claims[0]  # a third post says the same as the first
    urls = [f"https://bao.example/q{n}" for n in range(3)]
    scored = []
    for url, claim in zip(urls, claims, strict=True):
        posts.take_post(db, NewPost("bao", url, f"Tin trong ngày. {claim}"))
        (version, post) = db.conn.execute("SELECT id, post_id FROM versions ORDER BY id DESC").fetchone()
        row = ScoreRow(version, "default", "claim", ("CAT",), 0.9, True, ("CONTRADICTS_EVIDENCE",), claim)
        scored.append((post, scores.add_score(db, row, outcome="flagged")))
    cases.open_case(db, *(post for post, _ in scored), claim=claims[0], score_id=scored[0][1])
    write_rows(report.reasons_of(db), tmp_path / "ly-do.csv")
    write_rows([{"claim": claim} for claim in claims], tmp_path / "loi.csv")
    for name in ("ly-do.csv", "loi.csv"):
        exported.note(home, tmp_path / name)

    def left(name: str) -> list[str]:
        return [row["claim"] for row in exported.tables.read(tmp_path / name) if row["claim"] in (*claims, ERASED)]

    assert erase(home, db, urls[1])["ly-do.csv"].rows == 1
    assert (left("ly-do.csv"), left("loi.csv")) == ([claims[0]] * 2, [claims[0], ERASED, claims[0]])
    assert erase(home, db, urls[0])["ly-do.csv"].rows == 1
    assert (left("ly-do.csv"), left("loi.csv")) == ([claims[0]], [claims[0], ERASED, claims[0]])
    erase(home, db, urls[2])
    assert (left("ly-do.csv"), left("loi.csv")) == ([], [ERASED] * 3)


def test_words_within_a_title_that_is_too_short_to_be_known_again_go_at_once(home, db, tmp_path):
    title, claim = "Ông Q bị giam tám ngày liền", "Ông Q bị giam tám ngày"
    for url, headline, said in (("https://bao.example/dai", title, ""), ("https://bao.example/ngan", "", claim)):
        posts.take_post(db, NewPost("bao", url, f"Tin trong ngày. {said}", title=headline))
        (version, post) = db.conn.execute("SELECT id, post_id FROM versions ORDER BY id DESC").fetchone()
        scores.add_score(db, ScoreRow(version, "default", "claim", ("CAT",), 0.9, True, (), said), outcome="flagged")
    cases.open_case(db, post - 1, post, claim=claim, score_id=None)
    write_rows([{"claim": f"Có tin: {title}"}], tmp_path / "loi.csv")
    exported.note(home, tmp_path / "loi.csv")
    assert erase(home, db, "https://bao.example/ngan")["loi.csv"].rows == 1
    assert [row["claim"] for row in exported.tables.read(tmp_path / "loi.csv")] == [f"Có tin: {ERASED} liền"]


def test_words_within_a_longer_sentence_of_another_post_stay_until_that_is_erased_and_none_after(home, db, tmp_path):
    short = 'Công an huyện Bến Sông tạm giữ bốn mươi người "gây rối" suốt hai mươi ngày không có lệnh'
    long, said = f"{short} của tòa", "Có tin rằng "
    scored = []
    for url, claim in (("https://bao.example/dai", long), ("https://bao.example/ngan", short)):
        posts.take_post(db, NewPost("bao", url, f"Mở đầu. {claim}. Hết bài."))
        (version, post) = db.conn.execute("SELECT id, post_id FROM versions ORDER BY id DESC").fetchone()
        row = ScoreRow(version, "default", "claim", ("CAT",), 0.9, True, ("CONTRADICTS_EVIDENCE",), claim)
        scored.append((post, scores.add_score(db, row, outcome="flagged")))
    case = cases.open_case(db, *(post for post, _ in scored), claim=long, score_id=scored[0][1])
    decisions.decide(db, NewDecision(case, "an", Verdict.OPINION, "view", wording=said + long))
    write_rows(report.all_cases(db), tmp_path / "vu.csv")
    listed = [{"claim": json.dumps([one], ensure_ascii=False)} for one in (said + short, long)]
    write_rows(listed, tmp_path / "loi.csv")
    snapshots.write(snapshots.rows(db), home.root / "nhan", formats=("jsonl",), view="latest", until="")
    for name in ("vu.csv", "loi.csv"):
        exported.note(home, tmp_path / name)

    def told() -> tuple[list[tuple[str, str]], list[str]]:
        rows = exported.tables.read(tmp_path / "vu.csv")
        return [(r["claim"], r["wording"]) for r in rows if str(r["case_id"]) == str(case)], [
            json.loads(row["claim"])[0] for row in exported.tables.read(tmp_path / "loi.csv")
        ]

    erase(home, db, "https://bao.example/ngan")
    assert told() == ([(long, said + long)], [said + ERASED, long])
    assert snapshots.read(home.root / "nhan") == snapshots.rows(db)
    assert [row["wording"] for row in report.all_cases(db) if row["case_id"] == case] == [said + long]
    erase(home, db, "https://bao.example/dai")
    assert told() == ([(ERASED, "")], [said + ERASED, ERASED])
    assert short not in "".join(path.read_text() for path in (home.root / "nhan").iterdir())


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_how_a_verdict_was_told_on_an_erased_claim_goes_as_it_does_from_an_export_made_now(home, db, tmp_path, ending):
    told = {"wording": "Trẻ 12 tuổi đi làm.", "explanation": "Không luật nào cho."}
    for case, url in ((1, CASE_URL), (2, OTHER_URL)):
        posts.take_post(db, NewPost("bao", f"{url}?2", f"{OTHER if case > 1 else CLAIM} (chép lại)"))
        decision = NewDecision(case, "binh", Verdict.FALSE, "contradicted_by_record", ("fact:a",))
        decisions.decide(db, replace(decision, **told | {"wording": f"{told['wording']} {case}"}))

    def export(folder: Path) -> None:
        folder.mkdir()
        for what in ("cases", "claimreview"):
            where = ("--publisher", "Bàn A", "--url", "https://ban-a.example/vu") if what == "claimreview" else ()
            assert typed(home, "export", what, folder / f"{what}.{ending}", *where).exit_code == 0

    export(tmp_path / "cu")
    done = erase(home, db)
    export(tmp_path / "moi")
    assert {path: one.rows for path, one in done.items()} == {f"cases.{ending}": 1, f"claimreview.{ending}": 1}
    for name in done:
        assert (tmp_path / "cu" / name).read_bytes() == (tmp_path / "moi" / name).read_bytes()
    assert f"{told['wording']} 2" in (tmp_path / "moi" / f"cases.{ending}").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_one_case_is_handed_on_with_what_is_told_of_it_and_an_erasure_finds_it_there(home, db, tmp_path, ending):
    path, url = tmp_path / f"vu.{ending}", "https://bao.example/chep"
    posts.take_post(db, NewPost("bao", url, f"Luật mới cho {CLAIM}. Ai cũng đọc rồi."))
    posts.take_post(db, NewPost("bao", "https://bao.example/0912345678", f"Nghe nói {CLAIM}."))
    cases.join_case(db, 1, *(posts.post_by(db, one).post_id for one in (url, "https://bao.example/0912345678")))
    decisions.decide(db, replace(NewDecision(1, "an", Verdict.MISLEADING, "missing_context", ("fact:a",), note="kín"),
                                 explanation="Luật chỉ cho từ 15 tuổi."))  # fmt: skip
    assert "6 rows" in typed(home, "export", "case", 1, path).output
    rows = list(exported.tables.read(path))
    assert [row["what"] for row in rows] == ["verdict", "change", "evidence", "post", "post", "post"]
    assert {(row["case_id"], row["claim"]) for row in rows} == {(rows[0]["case_id"], CLAIM)}
    assert not [row for row in rows if "0912345678" in str(row) or "kín" in str(row)]
    erase(home, db, url)
    assert [row["url"] for row in exported.tables.read(path) if row["what"] == "post"] == [CASE_URL, ""]
    erase(home, db)
    rows = list(exported.tables.read(path))
    assert ({row["claim"] for row in rows}, {row["explanation"] for row in rows}) == ({ERASED}, {""})
    assert [row["text"] for row in rows if row["what"] == "post"] == [f"Nghe nói {CLAIM}."]  # another's words


def test_no_case_is_handed_on_of_which_nothing_is_told(home, db, tmp_path):
    undecided = cases.open_case(db, 2, claim=OTHER, score_id=None)
    for number in (undecided, 99):
        assert "has no standing verdict" in str(typed(home, "export", "case", number, tmp_path / "vu.jsonl").exception)
    decisions.decide(db, NewDecision(1, "an", Verdict.OPINION, "view"))  # where it stands is nobody's to be led to
    typed(home, "export", "case", 1, tmp_path / "vu.jsonl")
    assert not [row for row in exported.tables.read(tmp_path / "vu.jsonl") if row["what"] == "post"]


def test_a_claim_review_that_names_no_address_of_the_post_is_known_by_its_case_or_without_one_by_words(
    home, db, tmp_path
):
    rows = [{"claimReviewed": claim, "url": f"https://ban-a.example/vu{n}"}
            for claim, n in (("Ngắn.", "/1"), (CLAIM, ""), ("Ngắn.", "/11"))]  # fmt: skip
    write_rows(rows, tmp_path / "ra.jsonl")
    exported.note(home, tmp_path / "ra.jsonl")
    assert erase(home, db)["ra.jsonl"].rows == 2
    assert list(exported.tables.read(tmp_path / "ra.jsonl")) == rows[2:]


@pytest.mark.parametrize("restored", [False, True])
def test_a_verdict_worded_like_one_on_an_erased_claim_stays_told_by_its_cases_number(home, db, tmp_path, restored):
    said = "Một câu gọn lại."
    decisions.decide(db, replace(NewDecision(1, "an", Verdict.OPINION, "view"), wording=said))
    write_rows([{"claimReviewed": said, "url": f"https://ban-a.example/vu/{n}"} for n in (1, 2)], tmp_path / "b.jsonl")
    write_rows([{"case_id": n, "claim": said, "wording": said} for n in (1, 2)], tmp_path / "vu.jsonl")
    for name in ("b.jsonl", "vu.jsonl"):
        exported.note(home, tmp_path / name)
    if restored:  # case 1 had another number, or none, when they were written
        exported.note_restore(home, {"cases": 0})
    assert {name: one.rows for name, one in erase(home, db).items()} == (
        {"b.jsonl": 2, "vu.jsonl": 2} if restored else {"b.jsonl": 1, "vu.jsonl": 1}
    )
    left = [] if restored else [2]
    assert [row["case_id"] for row in exported.tables.read(tmp_path / "vu.jsonl") if row["wording"]] == left


def test_what_was_changed_by_hand_is_left_and_told_only_where_it_holds_the_words(home, db, tmp_path):
    for name in ("sua", "sach", "mat"):
        snapshots.write(snapshots.rows(db, until="9999"), tmp_path / name, formats=("jsonl",), view="latest",
                        until="9999")  # fmt: skip
        exported.note(home, tmp_path / name)
    file = tmp_path / "sua" / "labels.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (tmp_path / "sach" / "labels.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "mat" / "digests.json").unlink()
    (tmp_path / "ghi.txt").write_text(f"Chép lại: {CLAIM}.", encoding="utf-8")
    exported.note(home, tmp_path / "ghi.txt")
    done = erase(home, db)
    assert set(done) == {"sua", "mat", "ghi.txt"}
    assert all("digests.json" in done[name].left for name in ("sua", "mat"))
    assert CLAIM in file.read_text(encoding="utf-8")


def test_imported_sets_are_made_again_without_the_post_and_others_stay_as_they_are(home, db, tmp_path):
    sets = home.database.parent / "sets"
    snapshots.write(snapshots.rows(db, until="9999"), tmp_path / "nhan", formats=("csv",), view="latest", until="9999")
    about = {"use": "text", "means": "chúng tôi gán", "licence": "MIT"}
    others = tmp_path / "khac.jsonl"
    others.write_text("".join(f"{json.dumps({'id': str(n), 'text': f'Câu {n}.'})}\n" for n in range(9)))
    with (tmp_path / "nhan" / "labels.csv").open(encoding="utf-8") as file:  # without its evidence, which is no text
        write_rows([{"id": row["id"], "text": row["text"]} for row in csv.DictReader(file)], tmp_path / "nhan.csv")
    for name, path in (("cua-minh", tmp_path / "nhan.csv"), ("khac", others)):
        datasets.import_set(sets, path, datasets.generic(name, {}, {}, about))
    before = (sets / "khac" / datasets.ROWS).read_bytes()
    assert CLAIM in (sets / "cua-minh" / datasets.ROWS).read_text(encoding="utf-8")
    done = erase(home, db)
    assert (done["cua-minh"].rows, done["cua-minh"].left, "khac" in done) == (1, "", False)
    assert [row.text for row in datasets.load(sets / "cua-minh")] == [OTHER]  # refuses what its card doesn't name
    assert datasets.load_card(sets / "cua-minh").rows == 1
    assert (sets / "khac" / datasets.ROWS).read_bytes() == before
    assert erase(home, db) == {}


def test_files_that_do_not_hold_it_stay_as_they_are_and_missing_ones_are_no_trouble(home, db, tmp_path):
    path = tmp_path / "ra.csv"
    write_rows([{"url": OTHER_URL, "claim": "giá cà phê"}], path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    for place in (path, tmp_path / "mat.csv"):
        exported.note(home, place)
    assert erase(home, db, PLAIN_URL) == {}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_export_in_a_folder_that_nobody_may_look_into_is_named_and_holds_up_no_erasure():
    home = filled_home(Path(tempfile.mkdtemp()))
    (inner := (closed := home.root / "ra") / "trong").mkdir(parents=True)
    for path in (closed / "ra.csv", inner / "nua.csv"):
        write_rows([{"url": CASE_URL}], path)
        exported.note(home, path)
    if os.geteuid() == 0:
        for path in (home.root, *home.root.rglob("*")):
            os.chown(path, 65534, 65534)
    closed.chmod(0)
    try:
        with powerless(), contextlib.closing(open_store(home.database)) as db:
            done = erase(home, db, CASE_URL)
            assert posts.post_by(db, CASE_URL) is None
            assert exported.missing(home) == []
    finally:
        closed.chmod(0o700)
        shutil.rmtree(home.root)
    assert all("Permission denied" in done[name].left for name in ("ra.csv", "nua.csv"))


def test_what_was_done_to_files_is_written_down_without_the_words(home, db, tmp_path):
    path = tmp_path / "ra.csv"
    write_rows([{"url": CASE_URL, "claim": CLAIM}], path)
    exported.note(home, path)
    erase(home, db)
    (entry,) = [row for row in audit.entries(db) if row["action"] == "erase_files"]
    assert json.loads(str(entry["detail"])) == [{"file": "ra.csv", "rows": 1, "left": False}]
    assert list(csv.DictReader(path.open(encoding="utf-8-sig"))) == []
    assert audit.first_broken(db) is None


@pytest.mark.parametrize("earlier", [True, False])
def test_exports_move_with_their_home_and_those_that_went_elsewhere_are_named(home, tmp_path, earlier):
    path = home.root / "ra" / "ra.csv"
    path.parent.mkdir()
    write_rows([{"url": CASE_URL, "claim": CLAIM}], path)
    if earlier:  # a Soi that wrote the whole path
        (home.database.parent / "exports.jsonl").write_text(json.dumps({"path": str(path)}) + "\n")
    else:
        exported.note(home, path)
    moved = Home(home.root.rename(tmp_path / "moi"))
    exported.note(moved, tmp_path / "ngoai.csv")
    with contextlib.closing(open_store(moved.database)) as db:
        assert erase(moved, db)["ra.csv"].rows == 1
    assert CLAIM not in (moved.root / "ra" / "ra.csv").read_text(encoding="utf-8")
    assert exported.missing(moved) == [tmp_path / "ngoai.csv"]


def test_a_line_of_the_list_that_a_full_disk_cut_off_takes_no_other_with_it(home, tmp_path):
    exported.note(home, tmp_path / "a.csv")
    with (home.database.parent / "exports.jsonl").open("ab") as file:
        file.write('{"path": "cắt'.encode()[:-2])  # within a letter
    exported.note(home, tmp_path / "b.csv")
    assert list(exported.noted(home)) == [tmp_path / "a.csv", tmp_path / "b.csv"]


def test_a_number_that_a_restore_gave_to_another_post_takes_no_row_of_an_older_export(home, tmp_path):
    made, told = make_backup(home), "Câu chuyện của bà A, kể ở chợ Gò Nổi hôm qua: trạm xá đã đóng cửa."
    for text, url, name in ((told, "https://bao.example/a", "cu"), (told[::-1], "https://bao.example/b", "moi")):
        with contextlib.closing(open_store(home.database)) as db:
            posts.take_post(db, NewPost("bao", url, text))
            post = posts.post_by(db, url)
            assert post
            case = cases.open_case(db, post.post_id, claim=name, score_id=None)
            decisions.decide(db, NewDecision(case, "an", Verdict.OPINION, "view"))
            write_rows([{"post_id": str(n), "claim": "ngắn"} for n in (1, post.post_id)], tmp_path / f"{name}.csv")
            exported.note(home, tmp_path / f"{name}.csv")
            snapshots.write(snapshots.rows(db), home.root / name, formats=("jsonl",), view="latest", until="")
        if name == "cu":
            restore(home, made.path, force=True)
    with contextlib.closing(open_store(home.database)) as db:
        done = erase(home, db, url)
        assert {place: one.rows for place, one in done.items()} == {"moi.csv": 1, "moi": 1}
        assert {place: one.rows for place, one in erase(home, db).items()} == {
            "cu.csv": 1,
            "moi.csv": 1,
            "cu": 1,
            "moi": 1,
        }
        posts.take_post(db, NewPost("bao", "https://bao.example/a", told))  # read again, under another number
        assert erase(home, db, "https://bao.example/a")["cu"].rows == 1
    assert snapshots.read(home.root / "cu") == []


def test_a_restore_that_breaks_off_keeps_no_later_number_from_an_erasure(home, tmp_path):
    (home.models / "v2").mkdir(parents=True)
    (home.models / "v2" / "card.json").write_text("{}")
    made, url = make_backup(home), "https://bao.example/moi"
    with contextlib.closing(open_store(home.database)) as db:
        posts.take_post(db, NewPost("bao", url, "Ngắn thôi."))
        post = posts.post_by(db, url)
        assert post
        write_rows([{"post_id": str(n), "says": "ngắn"} for n in (1, post.post_id)], tmp_path / "moi.csv")
        exported.note(home, tmp_path / "moi.csv")
    shutil.rmtree(home.models)
    home.models.touch()  # nothing can be put into it
    with pytest.raises(OSError, match="models"):
        restore(home, made.path, force=True)
    with contextlib.closing(open_store(home.database)) as db:
        assert erase(home, db, url)["moi.csv"].rows == 1


KILLED = """
import os, sys
from pathlib import Path
def put(self, target, then=getattr(Path, sys.argv[1])):
    then(self, target)
    os.kill(os.getpid(), 9)
setattr(Path, sys.argv.pop(1), put)
from soi.front import main
main()
"""


@pytest.mark.parametrize(("move", "what", "name"), [("replace", "cases", "a.csv"), ("rename", "labels", "nhan")])
def test_an_export_that_was_killed_once_it_was_there_is_found(home, tmp_path, move, what, name):
    words = ["export", what, str(tmp_path / name), "--home", str(home.root)]
    killed = subprocess.run([sys.executable, "-c", KILLED, move, *words], check=False)
    assert (killed.returncode, (tmp_path / name).exists()) == (-signal.SIGKILL, True)
    assert tmp_path / name in exported.noted(home)


def test_what_a_killed_export_left_goes_with_the_next_one_and_with_an_erasure_and_what_another_writes_stays(
    home, db, tmp_path
):
    path, before_it_was_there = tmp_path / "a.csv", KILLED.replace("    then(self, target)\n", "")
    words = ["export", "cases", str(path), "--force", "--home", str(home.root)]

    def left_behind() -> Path:
        killed = subprocess.run([sys.executable, "-c", before_it_was_there, "replace", *words], check=False)
        (left,) = tmp_path.glob(".a.csv.*.unfinished")
        assert (killed.returncode, CLAIM in left.read_text()) == (-signal.SIGKILL, True)
        return left

    own = tmp_path / ".a.csv.2024"  # somebody's, of last year
    own.touch()
    left = left_behind()
    with left.open() as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        assert typed(home, "export", "cases", path).exit_code == 0
        assert left.exists()
    assert typed(home, "export", "cases", path, "--force").exit_code == 0
    assert list(tmp_path.glob(".a.csv.*")) == [own]
    left = left_behind()
    path.unlink()
    erase(home, db)
    assert not left.exists()


def test_what_a_killed_export_left_under_an_earlier_soi_is_named_by_the_doctor_and_an_erasure(home, db, tmp_path):
    typed(home, "export", "labels", tmp_path / "nhan")
    left = [tmp_path / ".nhan.4711", tmp_path / "nhan" / ".labels.jsonl.4712"]
    for path in (*left, tmp_path / ".nhan.old"):
        path.touch()
    (check,) = [check for check in examine(home) if check.what == "exports"]
    assert (check.state, check.found.split()[0]) == ("odd", str(left[0]))
    assert check.advice.endswith(f"`rm -r {left[0]} {left[1]}`.")
    said = typed(home, "erase", CASE_URL, "--reason", "xin gỡ").stdout
    assert [f"may hold it: {path}\n" in said for path in left] == [True, True]
    assert all(path.exists() for path in left)


def test_an_erasure_that_was_killed_within_a_snapshot_leaves_no_words_behind_once_it_is_brought_to_its_end(
    home, db, tmp_path
):
    assert typed(home, "export", "labels", tmp_path / "nhan").exit_code == 0
    (tmp_path / "nhan").chmod(0o700)
    words = ["erase", CASE_URL, "--reason", "chủ bài yêu cầu", "--home", str(home.root)]
    at_the_last = KILLED.replace("    then(", "    if '/nhan/' not in str(target):\n        return then(")
    killed = subprocess.run([sys.executable, "-c", at_the_last, "replace", *words], check=False)
    (left,) = tmp_path.glob(".nhan.*")
    assert (killed.returncode, left.stat().st_mode & 0o777) == (-signal.SIGKILL, 0o700)
    assert erase(home, db)["nhan"].rows == 1
    assert list(tmp_path.glob(".nhan.*")) == []


def test_a_snapshot_beside_which_another_works_under_this_processs_number_is_named_and_the_rest_is_erased(
    home, db, tmp_path
):
    assert typed(home, "export", "labels", tmp_path / "nhan").exit_code == 0
    assert typed(home, "export", "cases", tmp_path / "a.csv").exit_code == 0
    with beside(tmp_path / "nhan"):  # as one in another container may
        done = erase(home, db)
    assert "is another process's work" in done["nhan"].left
    assert done["a.csv"].rows == 1


def test_an_erasure_that_was_killed_within_an_imported_set_is_brought_to_its_end(home, db, tmp_path):
    path, place = tmp_path / "cua-minh.jsonl", home.database.parent / "sets" / "cua-minh"
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in (CLAIM, OTHER)))
    about = {"use": "text", "means": "chúng tôi gán", "licence": "MIT"}
    datasets.import_set(place.parent, path, datasets.generic(place.name, {}, {}, about))
    words = ["erase", CASE_URL, "--reason", "chủ bài yêu cầu", "--home", str(home.root)]
    killed = subprocess.run([sys.executable, "-c", KILLED, "replace", *words], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert CLAIM in (place / datasets.ROWS).read_text(encoding="utf-8")
    with pytest.raises(datasets.SetRefused):
        datasets.check(place)
    done = erase(home, db)
    assert (done["cua-minh"].rows, done["cua-minh"].left) == (1, "")
    assert CLAIM.encode() not in b"".join(path.read_bytes() for path in place.iterdir())
    assert OTHER in [row.text for row in datasets.load(place)]
    assert {path.name for path in place.iterdir()} == {datasets.ROWS, datasets.CARD}


@pytest.mark.parametrize("export", [True, False])
def test_no_erasure_comes_between_the_reading_and_the_writing_of_an_export(home, tmp_path, monkeypatch, export):
    words = ("export", "cases", tmp_path / "vu.csv") if export else ("erase", CASE_URL, "--reason", "thử")
    where, name = (report, "all_cases") if export else (retention, "erase")
    then = getattr(where, name)

    def meanwhile(*given: object, **named: object) -> object:
        with pytest.raises(Busy), alone(home, EXPORTS, shared=not export):
            pass
        return then(*given, **named)

    monkeypatch.setattr(where, name, meanwhile)
    assert typed(home, *words).exit_code == 0


def test_an_export_that_is_refused_is_not_looked_for(home, tmp_path):
    for what, name in (("cases", "a.txt"), ("reasons", "khong/a.csv")):
        assert typed(home, "export", what, tmp_path / name).exit_code
    assert exported.missing(home) == []
