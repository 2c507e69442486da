"""Labels leave as files that can be made again byte by byte, name nobody, and come back from every layout."""

import csv
import json
import re
import time
from dataclasses import asdict, replace
from unicodedata import normalize

import pandas
import pytest
from filled import LAW

from pipeline.records import EvidenceRow, FactCheckRow, NewDecision, NewPost, ScoreRow, Verdict
from pipeline.research import learning, snapshots, tables
from pipeline.store import cases, decisions, evidence, factchecks, labels, posts, scores
from pipeline.store.database import write


@pytest.fixture
def db(db):
    evidence.put_passages(db, [LAW])
    return db


def a_case(db, number: int, text: str, *, reasons: tuple[str, ...] = ("CONTRADICTS_EVIDENCE",)) -> int:
    url = f"https://bao.example/{number}"
    posts.take_post(db, NewPost("bao", url, text))
    version = posts.post_by(db, url)
    shown = (EvidenceRow("fact:a", "contradicts", 0.97, "primary", "number"),)
    row = ScoreRow(version.id, "m1", "claim", ("CRC",), 0.9, True, reasons, text, evidence=shown)
    return cases.open_case(db, version.post_id, claim=text, score_id=scores.add_score(db, row, outcome="flagged"))


def decide(db, case_id: int, verdict: Verdict, reason: str, *, person: str = "lan", blind: bool = False) -> int:
    named = ("fact:a",) if verdict in (Verdict.FALSE, Verdict.MISLEADING) else ()
    return decisions.decide(db, NewDecision(case_id, person, verdict, reason, named, "ghi chú riêng", blind))


@pytest.fixture
def filled(db):
    decide(db, a_case(db, 1, "Luật cho trẻ 12 tuổi làm công nhân."), Verdict.FALSE, "contradicted_by_record")
    decide(db, a_case(db, 2, '=Theo tôi, giá sách, vở "quá" cao\nvà phi lý.'), Verdict.OPINION, "view")
    decide(
        db, a_case(db, 3, "Gia đình tôi mất đất năm ngoái.", reasons=("AUDIT",)), Verdict.TESTIMONY, "own_experience"
    )
    return db


def test_the_same_labels_give_the_same_bytes(filled, tmp_path):
    found = snapshots.rows(filled)
    one = snapshots.write(found, tmp_path / "a", formats=snapshots.FORMATS, view="latest", until="")
    two = snapshots.write(snapshots.rows(filled), tmp_path / "b", formats=snapshots.FORMATS, view="latest", until="")
    assert one == two
    assert set(one) == {*snapshots.FILES.values(), snapshots.STATEMENT}


def test_a_label_and_a_candidate_are_of_the_text_that_was_scored(db):
    for number in (1, 2):
        url = f"https://bao.example/{number}"
        posts.take_post(db, NewPost("bao", url, "Bà kể lại. \n", title="Chuyện lò gạch", lead="Một xóm nhỏ."))
    row = ScoreRow(1, "m1", "claim", ("CRC",), 0.9, True, (), "Bà kể lại.")
    case = cases.open_case(db, 1, claim="Bà kể lại.", score_id=scores.add_score(db, row, outcome="flagged"))
    scores.add_score(db, replace(row, version_id=2), outcome="flagged")
    decide(db, case, Verdict.OPINION, "view")
    texts = [label.text for label in labels.labels(db)] + [one.text for one in labels.candidates(db)]
    assert texts == [posts.versions_of(db, number)[0].reading for number in (1, 2)]


def test_a_case_opened_to_be_labelled_has_the_score_that_its_claim_is_of(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bà kể lại chuyện lò gạch."))
    for model, reasons in (("default", ("AUDIT",)), ("later", ("CONTRADICTS_EVIDENCE",))):  # which was taken back
        scores.add_score(db, ScoreRow(1, model, "claim", ("CRC",), 0.9, True, reasons, model), outcome="flagged")
    (one,) = labels.candidates(db)
    case = labels.bring_to_desk(db, one).case_id
    assert db.conn.execute("SELECT claim, score_id FROM cases WHERE id = ?", [case]).fetchone() == ("default", 1)


def test_a_claim_that_a_check_found_false_is_no_evidence_text(db):
    case = a_case(db, 1, "Luật cho trẻ 12 tuổi làm công nhân.")
    for verdict in ("false", "true"):
        row = FactCheckRow("kc", f"https://kc.example/{verdict}", f"Điều này {verdict}.", "", verdict)
        factchecks.take(db, row)
    named = ("factcheck:1", "factcheck:2", "fact:a")
    decisions.decide(db, NewDecision(case, "lan", Verdict.FALSE, "contradicted_by_record", named))
    (found,) = snapshots.rows(db)
    assert {one["eid"]: one["text"] for one in found.evidence} == {
        "factcheck:1": "", "factcheck:2": "Điều này true.", "fact:a": LAW.text}  # fmt: skip


@pytest.mark.parametrize("layout", snapshots.FORMATS)
def test_every_layout_comes_back_as_it_left(filled, tmp_path, layout):
    found = snapshots.rows(filled)
    snapshots.write(found, tmp_path / "a", formats=[layout], view="latest", until="")
    assert snapshots.read(tmp_path / "a") == found
    assert snapshots.read(tmp_path / "a" / snapshots.FILES[layout]) == found


def test_a_snapshot_of_a_past_moment_is_made_again_after_later_verdicts_undos_and_edits(filled, tmp_path):
    before = filled.conn.execute("SELECT max(at) FROM decisions").fetchone()[0]
    snapshots.write(
        snapshots.rows(filled, until=before), tmp_path / "a", formats=["jsonl"], view="latest", until=before
    )
    then = (tmp_path / "a" / "labels.jsonl").read_bytes()
    time.sleep(0.01)  # what follows is later than the moment by more than the store's milliseconds
    decisions.undo(filled, 1, person="minh")
    decide(filled, 2, Verdict.NOT_RIGHTS, "other_topic")
    decisions.reopen(filled, 3, person="minh", note="")
    posts.take_post(filled, NewPost("bao", "https://bao.example/1", "Bài đã sửa hẳn."))
    now = snapshots.rows(filled)
    assert [row.verdict for row in now] == ["not_rights"]
    again = snapshots.rows(filled, until=before)
    snapshots.write(again, tmp_path / "b", formats=["jsonl"], view="latest", until=before)
    assert (tmp_path / "b" / "labels.jsonl").read_bytes() == then


def test_a_passage_changed_since_a_past_moment_has_no_text_there_and_the_statement_says_so(filled, tmp_path):
    moment = filled.conn.execute("SELECT max(at) FROM decisions").fetchone()[0]
    whole = snapshots.rows(filled, until=moment)
    assert whole[0].evidence[0]["text"] == LAW.text
    assert len(learning.from_labels(whole).pairs) == 1
    said = snapshots.statement(whole, view="latest", until=moment)
    assert "Without their evidence" not in said
    assert "Publish ids and verdicts without the texts, or read each" in said
    time.sleep(0.01)
    evidence.put_passages(filled, [replace(LAW, text="Điều này đã bị bãi bỏ.")])
    again = snapshots.rows(filled, until=moment)
    assert [row.id for row in again] == [row.id for row in whole]
    assert again[0].evidence[0] == {**whole[0].evidence[0], "text": ""}
    assert learning.from_labels(again).pairs == []
    assert "1 texts were judged by a passage that changed" in snapshots.statement(again, view="latest", until=moment)
    assert [row.verdict for row in snapshots.rows(filled)] == ["opinion", "testimony"]  # the case is open again


def test_a_passage_keeps_its_text_in_a_past_snapshot_when_anything_but_its_words_changes(db):
    known = replace(LAW, source_id="so")
    evidence.put_passages(db, [known])
    decide(db, a_case(db, 1, "Luật cho trẻ 12 tuổi làm công nhân."), Verdict.FALSE, "contradicted_by_record")
    moment = db.conn.execute("SELECT max(at) FROM decisions").fetchone()[0]
    whole = snapshots.rows(db, until=moment)
    assert whole[0].evidence[0]["text"] == LAW.text
    time.sleep(0.01)
    for url in ("https://luat.example/1", "https://luat.example/2"):
        before = evidence.passages_now(db).stamp
        evidence.put_passages(db, [replace(known, url=url)])
        assert evidence.passages_now(db).stamp != before
        assert snapshots.rows(db, until=moment) == whole
    evidence.take_role(db, "so", "party")
    assert snapshots.rows(db, until=moment) == whole
    evidence.put_passages(db, [replace(known, text="Điều này đã bị bãi bỏ.")])
    assert snapshots.rows(db, until=moment)[0].evidence[0]["text"] == ""


def as_the_views_say(db, view: str) -> list[tuple[str, str]]:
    """(id, verdict) of a view, after it was seen to be what an export gives."""
    table = {"latest": "labels", "agreed": "agreed_labels", "disputed": "disputed_labels"}[view]
    stored = db.conn.execute(f"SELECT version_id, decision_id, verdict FROM {table} ORDER BY case_id").fetchall()
    found = [(f"v{version}-d{decision}", verdict) for version, decision, verdict in stored]
    assert [(row.id, row.verdict) for row in snapshots.rows(db, view=view)] == found
    return found


def test_what_stands_now_is_what_the_views_say(filled):
    decide(filled, 1, Verdict.FALSE, "contradicted_by_record", person="minh", blind=True)
    decide(filled, 2, Verdict.NOT_RIGHTS, "other_topic", person="minh", blind=True)
    assert [verdict for _, verdict in as_the_views_say(filled, "latest")] == ["false", "opinion", "testimony"]
    assert [verdict for _, verdict in as_the_views_say(filled, "agreed")] == ["false"]
    assert [verdict for _, verdict in as_the_views_say(filled, "disputed")] == ["opinion"]


@pytest.mark.parametrize(
    ("second", "view"), [((Verdict.OPINION, "view"), "agreed"), ((Verdict.NOT_RIGHTS, "other_topic"), "disputed")]
)
def test_a_verdict_drawn_for_a_second_reader_is_no_label_until_that_reader_has_read(db, second, view):
    case = a_case(db, 1, "Theo tôi, học phí như vậy là quá cao.")
    first = NewDecision(case, "lan", Verdict.OPINION, "view")
    decisions.decide(db, first, second_share=1.0)
    waited = db.conn.execute("SELECT max(at) FROM decisions").fetchone()[0]
    assert [as_the_views_say(db, one) for one in ("latest", "agreed", "disputed")] == [[], [], []]
    time.sleep(0.01)
    blind = decide(db, case, *second, person="minh", blind=True)
    assert as_the_views_say(db, "latest") == as_the_views_say(db, view) == [("v1-d1", "opinion")]
    assert snapshots.rows(db, until=waited) == []  # a moment that is past keeps what it held
    decisions.undo(db, blind, person="minh")
    assert as_the_views_say(db, "latest") == []


def test_a_label_asked_of_a_second_reader_later_stays_in_the_snapshots_before(filled, tmp_path):
    before = filled.conn.execute("SELECT max(at) FROM decisions").fetchone()[0]
    one = snapshots.write(snapshots.rows(filled, until=before), tmp_path / "a", formats=["jsonl", "csv"],
                          view="latest", until=before)  # fmt: skip
    time.sleep(0.01)
    decisions.ask_second(filled, 2)
    two = snapshots.write(snapshots.rows(filled, until=before), tmp_path / "b", formats=["jsonl", "csv"],
                          view="latest", until=before)  # fmt: skip
    assert one == two
    assert [verdict for _, verdict in as_the_views_say(filled, "latest")] == ["false", "testimony"]


def test_an_erased_text_has_no_label_in_the_view_either(filled):
    with write(filled):
        filled.conn.execute("UPDATE versions SET text = '', title = '', lead = '', let_go = 'x' WHERE id = 1")
    assert [one for one, _ in as_the_views_say(filled, "latest")] == ["v2-d2", "v3-d3"]


def test_no_layout_names_a_person_an_outlet_an_address_or_a_note(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=snapshots.FORMATS, view="latest", until="")
    whole = b"".join(path.read_bytes() for path in (tmp_path / "a").iterdir())
    for hidden in ("lan", "bao.example", "ghi chú riêng"):
        assert not re.search(rb"\b" + hidden.encode() + rb"\b", whole), hidden


def test_a_csv_cell_is_never_a_formula(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["csv"], view="latest", until="")
    with (tmp_path / "a" / "labels.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("giá sách" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


LIVE = [
    "Câu có quyền trẻ em;=cmd|'/C calc'!A0;của", "a; \"=1+1\"", "＝1+1", "\n=1+1", "\t=1", "a\n- mục một\n-mục hai",
    "'';'=1", "''\t=1", "a;'b", ";;=1", "'\tchữ", " @SUM(1)", "giá -5", "a;b",
]  # fmt: skip


def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_them_and_every_text_is_read_as_it_was(tmp_path):
    for text in LIVE:
        ((row),) = tables.guarded([{"id": 1, "text": text}])
        assert tables.unguarded(row["text"]) == text
        if text not in ("giá -5", "a;b"):
            assert row["text"] != text
    tables.write_rows([{"id": 1, "text": text} for text in LIVE], tmp_path / "t.csv")
    for mark in ";,\t":
        with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell.strip(' "') for row in csv.reader(file, delimiter=mark) for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠"))] == []


def test_an_apostrophe_of_the_text_itself_is_kept_by_every_layout(db, tmp_path):
    decide(db, a_case(db, 1, "'-nháy đơn mở đầu câu này."), Verdict.OPINION, "view")
    for layout in snapshots.FORMATS:
        snapshots.write(snapshots.rows(db), tmp_path / layout, formats=[layout], view="latest", until="")
        assert [row.text for row in snapshots.read(tmp_path / layout)] == ["'-nháy đơn mở đầu câu này."], layout


@pytest.mark.parametrize("told", ['{"format": 1}', "[]", '{"files": ["labels.jsonl"]}', "[" * 100_000])
def test_a_folder_whose_digests_name_no_files_is_no_snapshot(tmp_path, told):
    (tmp_path / snapshots.DIGESTS).write_text(told, encoding="utf-8")
    with pytest.raises(snapshots.SnapshotRefused, match="no snapshot of labels"):
        snapshots.read(tmp_path)


@pytest.mark.parametrize("as_saved", ["FALSE", "False"])
def test_a_table_saved_by_a_spreadsheet_or_in_python_is_read(filled, tmp_path, as_saved):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["csv"], view="latest", until="")
    text = (tmp_path / "a" / "labels.csv").read_text(encoding="utf-8")
    assert ",false," in text
    path = tmp_path / "saved.csv"
    path.write_text(text.replace(",false,", f",{as_saved},"), encoding="utf-8")
    assert snapshots.read(path) == snapshots.rows(filled)
    (tmp_path / "saved.jsonl").write_text(
        json.dumps(asdict(snapshots.rows(filled)[0]) | {"verdict": False}) + "\n", encoding="utf-8"
    )
    assert snapshots.read(tmp_path / "saved.jsonl") == snapshots.rows(filled)[:1]


@pytest.mark.parametrize(("yes", "no"), [
    ("TRUE", "FALSE"), ("ĐÚNG", "SAI"), (normalize("NFD", "ĐÚNG "), "SAI "), ("1", "0"), ("1.0", "0.0"),
])  # fmt: skip
def test_what_spreadsheets_make_of_truths_numbers_and_empty_rows_is_read(filled, tmp_path, yes, no):
    found = snapshots.rows(filled)
    plain = [asdict(row) | {"audit": yes if row.audit else no, "case": f"{row.case}.0"} for row in found]
    for row in plain if yes[0].isalpha() else []:  # a verdict that is a truth's word is made one too
        row["verdict"] = {"true": yes, "false": no}.get(row["verdict"], row["verdict"] + " ")
        row["reason"] += " "
    blank = dict.fromkeys(plain[0], "")
    path = tmp_path / "saved.csv"
    tables.write_csv(path, tables.guarded([*plain, blank, blank]), list(blank))
    assert {row.audit for row in found} == {True, False}
    assert snapshots.read(path) == found


@pytest.mark.filterwarnings("ignore:The default formatting of datetime")  # which it will change
@pytest.mark.parametrize("ending", ["jsonl", "parquet", "csv"])
def test_labels_that_went_through_pandas_are_read(filled, tmp_path, ending):
    found = snapshots.rows(filled)
    snapshots.write(found, tmp_path / "a", formats=["jsonl"], view="latest", until="")
    table = pandas.read_json(tmp_path / "a" / "labels.jsonl", lines=True)
    path = tmp_path / f"back.{ending}"
    if ending == "jsonl":
        table.to_json(path, orient="records", lines=True)
    elif ending == "parquet":
        table.to_parquet(path)
    else:
        table.drop(columns=["rights", "evidence"]).assign(rights="[]", evidence="[]").to_csv(path, index=False)
    assert [row.decided_at for row in snapshots.read(path)] == [row.decided_at for row in found]
    assert ending == "csv" or snapshots.read(path) == found


def test_a_changed_snapshot_is_refused(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["jsonl"], view="latest", until="")
    with (tmp_path / "a" / "labels.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    with pytest.raises(snapshots.SnapshotRefused, match="take the snapshot again"):
        snapshots.read(tmp_path / "a")
    with pytest.raises(snapshots.SnapshotRefused, match="never written over"):
        snapshots.write([], tmp_path / "a", formats=["jsonl"], view="latest", until="")


def test_a_verdict_corrected_in_label_studio_comes_back_corrected(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["labelstudio"], view="latest", until="")
    path = tmp_path / "a" / "labelstudio.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    tasks[1]["annotations"].append({"result": [{"from_name": "verdict", "value": {"choices": ["not_rights"]}}]})
    other = tmp_path / "corrected.json"
    other.write_text(json.dumps(tasks), encoding="utf-8")
    found = snapshots.read(other)
    assert [(row.verdict, row.reason) for row in found] == [
        ("false", "contradicted_by_record"), ("not_rights", ""), ("testimony", "own_experience")]  # fmt: skip
    assert learning.mute([other]) == 1


def flat(task: dict, at: int) -> dict:
    """A task as Label Studio's JSON-MIN holds it: an answer by its question, one choice as a bare word."""
    chosen = {one["from_name"]: one["value"]["choices"] for one in task["annotations"][0]["result"]}
    told = {name: words[0] if len(words) == 1 else {"choices": words} for name, words in chosen.items()}
    return task["data"] | told | {"id": at, "annotator": 1, "annotation_id": at, "lead_time": 3.2}


@pytest.mark.parametrize(("first", "second", "counts"), [
    ("18:00:00.1Z", "15:00:00.1Z", "supported"), ("15:00:00.1Z", "18:00:00.1Z", "refuted"),
    ("15:00:00.1Z", "15:00:00.1Z", "refuted"), (None, "15:00:00.1Z", "refuted"),
])  # fmt: skip
def test_of_several_answers_the_one_changed_last_counts_wherever_it_stands(filled, tmp_path, first, second, counts):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["labelstudio"], view="latest", until="")
    (task, *_) = json.loads((tmp_path / "a" / "labelstudio.json").read_text(encoding="utf-8"))
    task["annotations"] = [
        {"result": [{"from_name": "verdict", "value": {"choices": [verdict]}}], "updated_at": at and f"2026-11-29T{at}"}
        for verdict, at in (("true", first), ("false", second))
    ]
    apart = [flat(task | {"annotations": [one]}, 1) | {"updated_at": one["updated_at"]} for one in task["annotations"]]
    for name, told in (("corrected.json", [task]), ("min.json", apart)):
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")
        taught = learning.from_labels(snapshots.read(tmp_path / name)).pairs
        assert [row.label for row in taught] == [counts], name


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_labels_come_back_from_the_flat_layouts_of_label_studio(filled, tmp_path, ending):
    found = [replace(row, rights=told) for row, told in zip(
        snapshots.rows(filled), ((), ("CRC",), ("CESCR", "CRC")), strict=True)]  # fmt: skip
    snapshots.write(found, tmp_path / "a", formats=["labelstudio"], view="latest", until="")
    tasks = json.loads((tmp_path / "a" / "labelstudio.json").read_text(encoding="utf-8"))
    told = [flat(task, at) for at, task in enumerate(tasks, start=1)]
    del told[1]["reason"]
    path = tmp_path / f"min.{ending}"
    if ending == "json":
        path.write_text(json.dumps(told), encoding="utf-8")
    else:
        plain = [{name: tables.cell(value) for name, value in row.items()} for row in told]
        tables.write_csv(path, plain, [*told[1], "reason"])
    wanted = [replace(row, id=str(at)) for at, row in enumerate(found, start=1)]
    assert snapshots.read(path) == [wanted[0], replace(wanted[1], reason=""), wanted[2]]


def test_a_corrected_argilla_file_comes_back_without_what_nobody_answered(filled, learns_little, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["argilla"], view="latest", until="")
    records = list(tables.read(tmp_path / "a" / "argilla.jsonl"))
    records[0]["responses"]["verdict"].append({"value": "misleading", "user_id": "u2", "status": "submitted"})
    records[1]["responses"]["verdict"].append({"value": "true", "user_id": "u2", "status": "discarded"})
    records[2] |= {"responses": {}, "status": "pending"}
    path = tmp_path / "corrected.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    found = snapshots.read(path)
    assert [(row.verdict, row.reason) for row in found] == [("misleading", ""), ("opinion", "view")]
    assert [row.kind for row in learning.gather([path]).texts if row.text in {one.text for one in found}] == [
        "claim", "opinion"]  # fmt: skip


def test_a_task_skipped_in_label_studio_teaches_nothing(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["labelstudio"], view="latest", until="")
    tasks = json.loads((tmp_path / "a" / "labelstudio.json").read_text(encoding="utf-8"))
    tasks[0]["annotations"].append({"result": [], "was_cancelled": True})
    tasks[1]["annotations"] = [{"result": [], "was_cancelled": True}]
    tasks[2]["annotations"] = []
    path = tmp_path / "corrected.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert [row.verdict for row in snapshots.read(path)] == ["false"]


def test_what_else_a_tool_exports_beside_answers_is_passed_over(filled, tmp_path):
    snapshots.write(snapshots.rows(filled), tmp_path / "a", formats=["labelstudio", "argilla"], view="latest", until="")
    tasks = json.loads((tmp_path / "a" / "labelstudio.json").read_text(encoding="utf-8"))
    more = [{"type": "relation", "from_id": "a", "to_id": "b"}, {"from_name": "note", "value": {"text": ["hay"]}}]
    tasks[0]["annotations"][0]["result"] += more
    tasks[1]["annotations"][0]["result"][1]["value"]["choices"] = []
    tasks[2]["annotations"] = None
    path = tmp_path / "corrected.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert [(row.verdict, row.reason) for row in snapshots.read(path)] == [
        ("false", "contradicted_by_record"), ("opinion", "")]  # fmt: skip
    records = list(tables.read(tmp_path / "a" / "argilla.jsonl"))
    records[0]["responses"] = {"verdict": [{"value": None, "status": "pending"}], "reason": None}
    records[1]["responses"] = None
    records[2]["responses"]["verdict"].append({"value": None, "status": "submitted"})
    records[2]["responses"]["reason"] = [None, {"value": None, "status": "submitted"}]
    path.write_text(json.dumps(records), encoding="utf-8")
    assert [(row.verdict, row.reason) for row in snapshots.read(path)] == [("testimony", "")]


@pytest.mark.parametrize(("wrong", "said"), [
    ({"text": None}, "text should be text, not null"), ({"claim": 3}, "claim should be text, not 3"),
    ({"evidence": ["fact:a"]}, "should be an object"), ({"evidence": [{"eid": "a"}]}, "it lacks 'role'"),
    ({"evidence": None}, "evidence should be a list, not null"), ({"rights": [1]}, "a right should be text"),
    ({"verdict": "giả"}, "be false, misleading, true, unverifiable, opinion, testimony or not_rights, not 'giả'"),
    ({"verdict": ["false"]}, "not_rights, not \"['false']\""), ({"verdict": ""}, "not_rights, not ''"),
    ({"case": "a"}, "case should be a number, not 'a'"), ({"case": float("inf")}, "not 'inf'"),
    ({"case": 1.5}, "not '1.5'"), ({"audit": "có"}, "audit should be true or false, not 'có'"),
    ({"audit": ""}, "not ''"), ({"decided_at": 1}, "decided_at should"),
    ({"decided_at": 10**17}, "decided_at should be a moment"), ({"decided_at": 10**20}, f"not '{10**20}'"),
    ({"decided_at": "27/11/2026 06:48"}, "decided_at should be a moment"), ({"decided_at": "hôm qua"}, "not 'hôm qua'"),
    ({"evidence": [{"eid": "a", "role": "Party", "text": ""}]}, "primary, independent or party, not 'Party'"),
    ({"verdict.responses": ["true"]}, "write them by records.to_json()"),
    ({"evidence": "[" * 200_000}, "it is nested too deep"), ({"responses": [1]}, "no attribute"),
    ({"annotations": [1]}, "no attribute"), ({"evidence": "[fact:a]"}, "evidence should be a list as JSON writes it"),
    ({"rights": "CRC, CESCR"}, "rights should be a list as JSON writes it"), ({"rights": "[CRC]"}, "not '[CRC]'"),
    ({"rights": ["CRC", "ICCPR"]}, "CRPD, CAT or OTHER_RIGHTS, not 'ICCPR'"),
])  # fmt: skip
def test_a_label_that_is_not_as_it_should_be_is_named_by_its_id(filled, tmp_path, wrong, said):
    plain = [asdict(row) for row in snapshots.rows(filled)]
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(plain[0]) + "\n" + json.dumps(plain[1] | wrong) + "\n", encoding="utf-8")
    with pytest.raises(snapshots.SnapshotRefused, match=rf"\(label {plain[1]['id']}: .*{re.escape(said)}"):
        snapshots.read(path)


def test_all_columns_that_a_file_of_labels_lacks_are_named_at_once(tmp_path):
    path = tmp_path / "nhan.csv"
    path.write_text("text,verdict\nXã mở một lớp học.,opinion\n", encoding="utf-8")
    said = r"\(label in row 1: it lacks 'id', 'claim', 'reason', 'evidence', 'case', 'decided_at', 'audit'; a table"
    with pytest.raises(snapshots.SnapshotRefused, match=said):
        snapshots.read(path)


def test_an_emptied_cell_of_evidence_or_rights_is_none(filled, tmp_path):
    plain = asdict(snapshots.rows(filled)[0])
    assert plain["evidence"], "else this proves nothing"
    path = tmp_path / "labels.csv"
    tables.write_csv(path, [plain | {"evidence": "", "rights": ""}], list(plain))
    assert [(row.id, row.evidence, row.rights) for row in snapshots.read(path)] == [(plain["id"], (), ())]


def test_the_statement_tells_random_labels_from_suspected_ones(filled):
    told = snapshots.statement(snapshots.rows(filled), view="latest", until="")
    assert "3 texts of 3 cases" in told
    assert "Drawn at random (the audit sample): 1; otherwise (by a model's suspicion, as" in told
    assert "brought to the desk): 2." in told
