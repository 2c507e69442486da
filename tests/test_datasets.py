"""Data sets come in mapped and described, or not at all; what is wrong with them is found before they teach."""

import gzip
import json
import random
import re
import resource
import signal
import struct
import sys
from dataclasses import replace
from functools import partial
from itertools import islice, product
from math import nan
from pathlib import Path
from unicodedata import normalize

import pandas
import pytest
from effort import lines
from filled import filled_home, typed

from classifier.errors import NotUnpacked
from pipeline.research import datachecks, datanoise, datasets, findings, learning, publicsets, tables
from soi.facts import read_passages

shared = Path(__file__).parents[2] / "shared" / "datasets"


def write_csv(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def plain(name: str = "thu", **about: str) -> publicsets.KnownSet:
    said = {"means": "do chúng tôi gán", "licence": "MIT", **about}
    return datasets.generic(name, {"text": "cau", "label": "nhan", "source": "bao"}, {"1": "dung"}, said)


@pytest.mark.parametrize(
    "form", ["csv", "csv.gz", "json", "jsonl", "parquet", "folder", "folder.ndjson", "folder.tsv.gz"]
)
def test_every_layout_gives_the_same_rows(tmp_path, form):
    rows = [
        {"cau": "Xã Đông Hà có 12 lớp học,\nđều mở cửa.", "nhan": "1"},
        {"cau": "Không có trường nào.", "nhan": "0"},
    ]
    path = tmp_path / f"set.{form}"
    if form == "parquet":
        tables.write_parquet(path, rows, list(rows[0]))
    elif form == "json":
        path.write_text(json.dumps({"data": rows}), encoding="utf-8")
    elif form == "jsonl":
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    else:
        text = 'cau,nhan\n"Xã Đông Hà có 12 lớp học,\nđều mở cửa.",1\nKhông có trường nào.,0\n'
        if form.startswith("folder"):
            (path / "data").mkdir(parents=True)
            name = f"train-0.{form.partition('.')[2] or 'csv'}"
            if name.endswith("ndjson"):
                text = "\n".join(json.dumps(row) for row in rows)
            elif name.endswith("gz"):
                text = text.replace(",1", "\t1").replace(",0", "\t0").replace("cau,", "cau\t")
            raw = text.encode()
            (path / "data" / name).write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
        else:
            path.write_bytes(gzip.compress(text.encode()) if form == "csv.gz" else text.encode())
    read = list(tables.read(path))
    assert [(row["cau"], str(row["nhan"])) for row in read] == [(row["cau"], row["nhan"]) for row in rows]
    assert [row.get("part") for row in read] == (["train"] * 2 if form.startswith("folder") else [None] * 2)


PACKED = gzip.compress(b"cau,nhan\nx,1\n" + random.Random(1).randbytes(900))


@pytest.mark.parametrize(("held", "said"), [
    (gzip.compress(b"x" * 1_000_000), r"set\.csv\.gz unpacks to over 0 MB; unpack it first, if it is meant to\."),
    *(
        (held, r"set\.csv\.gz is no whole gzip file \(.+\); fetch or pack it again\.")
        for held in (PACKED[:-9], PACKED[:50] + b"\xff" * 900, b"cau,nhan")
    ),
])  # fmt: skip
def test_a_gzipped_file_that_does_not_end_or_is_damaged_is_refused_in_a_sentence(tmp_path, monkeypatch, held, said):
    monkeypatch.setattr("classifier.files.UNPACKED", 10_000)
    path = tmp_path / "set.csv.gz"
    path.write_bytes(held)
    with pytest.raises(tables.TableRefused, match=f"^{said}$"):
        list(tables.read(path))
    with pytest.raises(NotUnpacked, match=f"^{said}$"):
        list(read_passages(path))


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_a_small_file_that_repeats_a_long_text_is_given_up_at_the_size_a_packed_one_may_have(
    tmp_path, monkeypatch, form
):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    monkeypatch.setattr(tables, "UNPACKED", 100_000)
    path = tmp_path / f"set.{form}"
    text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1000), pyarrow.array(["x" * 1000]))
    table = pyarrow.table({"cau": text})
    if form == "parquet":
        parquet.write_table(table, path)
    else:
        with ipc.new_stream(path, table.schema) as stream:
            stream.write_table(table)
    assert path.stat().st_size < 20_000
    rows = tables.read(path)
    assert len(list(islice(rows, 100))) == 100
    with pytest.raises(tables.TableRefused, match=rf"^set\.{form} unpacks to over 0 MB; part it into several files"):
        next(rows)


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_long_texts_past_that_size_are_given_up_before_any_is_made_a_row(tmp_path, monkeypatch, form):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    monkeypatch.setattr(tables, "UNPACKED", 100_000)
    path, table = tmp_path / f"set.{form}", pyarrow.table({"cau": ["x" * 10_000] * 64})
    if form == "parquet":
        parquet.write_table(table, path)
    else:
        with ipc.new_stream(path, table.schema) as stream:
            stream.write_table(table)
    with pytest.raises(tables.TableRefused, match=rf"^set\.{form} unpacks to over 0 MB"):
        next(tables.read(path))


@pytest.mark.parametrize(
    ("form", "damage"),
    [*product(("parquet", "arrow"), ("cut off", "overwritten", "no such day")), ("arrow", "beyond its end")],
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path, form, damage):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    path, rows = tmp_path / f"set.{form}", {"cau": [f"Câu {n:03}." for n in range(200)]}
    if damage == "no such day":
        rows["ngay"] = pyarrow.array([2**30] * 200, pyarrow.int32()).cast(pyarrow.date32())
    table = pyarrow.table(rows)
    if form == "parquet":
        parquet.write_table(table, path)
    else:
        with ipc.new_stream(path, table.schema) as stream:
            stream.write_table(table)
    whole = bytearray(path.read_bytes())
    if damage == "cut off":
        del whole[len(whole) // 2 :]
    if damage == "overwritten":
        whole[60:100] = bytes(range(100, 140))
    if damage == "beyond its end":  # of the file a text begins
        length = len("Câu 000.".encode())
        at = whole.find(struct.pack("<3i", 0, length, 2 * length))
        whole[at + 4 : at + 8] = struct.pack("<i", 2**30)
    path.write_bytes(whole)
    with pytest.raises(tables.TableRefused, match=rf"^set\.{form} is no readable (Parquet file|Arrow stream) \("):
        list(tables.read(path))


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_two_columns_of_one_name_and_a_zone_that_nobody_knows_are_refused(tmp_path, form):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    times = pyarrow.array([0], pyarrow.timestamp("us", tz="Asia/Sai_Gon"))
    for columns, said in (
        ({"cau": ["A."], "luc": times}, rf"^set\.{form} has times of the zone 'Asia/Sai_Gon'.*write them in UTC"),
        ({"cau": ["A."], "nhan": ["B."]}, '2 columns are named "cau"; name each otherwise'),
    ):
        path, table = tmp_path / f"set.{form}", pyarrow.table(columns)
        if "nhan" in columns:
            table = table.rename_columns(["cau", "cau"])
        if form == "parquet":
            parquet.write_table(table, path)
        else:
            with ipc.new_stream(path, table.schema) as stream:
                stream.write_table(table)
        with pytest.raises(tables.TableRefused, match=said):
            list(tables.read(path))


def test_a_folder_named_as_a_table_brings_its_files_once(tmp_path):
    (tmp_path / "train.csv").mkdir()
    (tmp_path / "train.csv" / "part-00000.csv").write_text("cau\nCâu một.\n", encoding="utf-8")
    (tmp_path / "test.csv").write_text("cau\nCâu hai.\n", encoding="utf-8")
    assert [(row["part"], row["cau"]) for row in tables.read(tmp_path)] == [("test", "Câu hai."), ("train", "Câu một.")]


@pytest.mark.parametrize("layout", ["hub", "configured", "saved"])
def test_hugging_face_folders_tell_parts_and_names_of_labels(tmp_path, layout):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    labels = {"_type": "ClassLabel", "names": ["sai", "dung"]}
    spans = [{"tu": {"_type": "Value"}}]  # as a list of objects is told
    told = {"info": {"features": {"cau": {"_type": "Value"}, "cho": spans, "nhan": labels}}}
    for part in ("train", "test"):
        table = pyarrow.table({"cau": [f"Câu {part}.", "Câu không nhãn."], "nhan": [1, -1]})
        table = table.replace_schema_metadata({b"huggingface": json.dumps(told).encode()})
        name = {"hub": f"data/{part}-00000-of-00001.parquet", "configured": f"plain/{part}/0000.parquet",
                "saved": f"{part}/data-00000-of-00001.arrow"}[layout]  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if layout == "saved":
            (path.parent / "state.json").write_text("{}", encoding="utf-8")
            (path.parent / "dataset_info.json").write_text("{}", encoding="utf-8")
            with ipc.new_stream(path, table.schema) as stream:
                stream.write_table(table)
        else:
            parquet.write_table(table, path)
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["train", "test"]}', encoding="utf-8")
    rows = [(row["part"], row["cau"], row["nhan"]) for row in tables.read(tmp_path)]
    assert sorted(rows) == [
        ("test", "Câu không nhãn.", None), ("test", "Câu test.", "dung"),
        ("train", "Câu không nhãn.", None), ("train", "Câu train.", "dung"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "part"), [
    ("train.jsonl", "train"), ("ViLoa_Test-v2.csv", "test"), ("ABCDev.json", "dev"), ("testset.tsv", "test"),
    ("train-00000-of-00001.parquet", "train"), ("val/0000.parquet", "val"), ("dev/train_1.csv", "train"),
    ("testimonies.jsonl", ""), ("latest.json", ""), ("contest/devices.csv", ""), ("evaluation.CSV", "evaluation"),
    ("ABCdev.json", "dev"),
])  # fmt: skip
def test_a_part_is_told_by_whole_words_of_a_name(name, part):
    assert tables._part(Path(name)) == part


@pytest.mark.parametrize(("name", "mapped"), [("uit", False), ("cua_toi", True)])
def test_a_folders_parts_are_kept_where_nobody_mapped_one_and_only_train_is_learned_from(tmp_path, name, mapped):
    folder = tmp_path / "folder"
    folder.mkdir()
    for part in ("train", "dev", "test", "Private_Test"):
        line = {"sentence1": f"Thôn {part} có giếng.", "sentence2": f"Thôn {part} có một giếng.", "gold_label": "0"}
        (folder / f"{part}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    known = publicsets.known(name)
    if mapped:
        names = {"text": "sentence2", "evidence": "sentence1", "label": "gold_label"}
        about = {"use": "verdict", "means": "do chúng tôi gán", "licence": "MIT"}
        known = datasets.generic(name, names, {"0": "supported"}, about)
    card = datasets.import_set(tmp_path / "sets", folder, known)
    assert card.parts == {"train": 1, "dev": 1, "test": 2}
    assert [pair.claim for pair in learning.from_set(tmp_path / "sets" / name).pairs] == ["Thôn train có một giếng."]


def test_a_part_is_read_in_any_case_and_what_is_not_train_is_measured_on_and_told(tmp_path):
    parts = ("Train", "training ", "DEV", "Val", "evaluation", "holdout", "")
    path = write_csv(tmp_path / "a.csv", "cau,phan", *(f"Câu số {at}.,{part}" for at, part in enumerate(parts)))
    known = datasets.generic("thu", {"text": "cau", "part": "phan"}, {}, {"means": "không nhãn", "licence": "MIT"})
    told = datasets.markdown(datasets.import_set(tmp_path, path, known))
    assert learning.from_set(tmp_path / "thu").words == ["Câu số 0.", "Câu số 1.", "Câu số 6."]
    assert "holdout 1, train 1, training 1, val 1 (3 rows to learn from, 4 to measure on)" in told
    rows = list(datasets.load(tmp_path / "thu"))
    assert [one.part for one in rows] == ["train", "training", "dev", "val", "evaluation", "holdout", ""]


def test_the_card_names_labels_that_teach_nothing(tmp_path):
    lines = (f"Thôn {at} có giếng.,Thôn {at} có một giếng.,{label}" for at, label in enumerate(("ĐÚNG", "SAI", "SAI")))
    path = write_csv(tmp_path / "a.csv", "cau,tin,nhan", *lines)
    names = {"text": "cau", "evidence": "tin", "label": "nhan"}

    def card(use: str) -> str:
        about = {"use": use, "means": "do chúng tôi gán", "licence": "MIT"}
        known = datasets.generic(f"thu-{use}", names, {"ĐÚNG": "supported"}, about)
        return datasets.markdown(datasets.import_set(tmp_path, path, known))

    assert "**Teach nothing**: 2 rows labelled SAI; import the set again with --label THEIRS=OURS" in card("verdict")
    assert "Teach nothing" not in card("text")


def test_the_card_counts_rows_that_merged_cells_left_without_evidence(tmp_path):
    rows = [f"Thôn {at} có giếng.,{'' if at % 3 else 'Thôn có một giếng.'},{at % 3},train" for at in range(9)]
    path = write_csv(tmp_path / "a.csv", "cau,tin,nhan,part", *rows, "Thôn 9 có chợ.,,1,dev")
    known = datasets.generic(
        "thu", {"text": "cau", "evidence": "tin", "label": "nhan"}, publicsets.VERDICTS,
        {"use": "verdict", "means": "do chúng tôi gán", "licence": "MIT"},
    )  # fmt: skip
    told = datasets.markdown(datasets.import_set(tmp_path, path, known))
    assert "6 of 9 rows to learn from, as they have no evidence (not_enough_info 3, refuted 3); where cells" in told
    assert "(3 rows to learn from, 1 to measure on)" in told
    assert len(learning.from_set(tmp_path / "thu").pairs) == 3


def test_columns_and_labels_are_known_however_their_accents_are_written(tmp_path):
    apart = partial(normalize, "NFD")
    path = write_csv(tmp_path / "a.csv", apart("Nội dung,Bằng chứng,Nhãn"), apart("Thôn có giếng.,Có một giếng.,ĐÚNG"))
    for written in (str, apart):
        names = {"text": written("Nội dung"), "evidence": written("Bằng chứng"), "label": written("Nhãn")}
        about = {"use": "verdict", "means": "do chúng tôi gán", "licence": "MIT"}
        known = datasets.generic("thu", names, {written("đúng"): "supported"}, about)
        assert datasets.import_set(tmp_path, path, known).labels == {"supported": 1}
    twice = write_csv(tmp_path / "b.csv", f"Nhãn,{apart('Nhãn')}", "một,hai")
    with pytest.raises(tables.TableRefused, match='2 columns are named "Nhãn"'):
        list(tables.read(twice))


def test_a_table_as_excel_saves_it_is_read(tmp_path):
    path = tmp_path / "a.csv"
    for text, encoding in (
        ("sep=;\r\ncau;nhan\r\nMột, hai.;1\r\n", "utf-8-sig"),
        ("cau\tnhan\nMột, hai.\t1", "utf-16"),
    ):
        path.write_bytes(text.encode(encoding))
        assert list(tables.read(path)) == [{"cau": "Một, hai.", "nhan": "1"}]
    path.write_bytes(b"sep=;\ncau;nhan\na;b;c\n")
    with pytest.raises(tables.TableRefused, match="line 3 has more cells than the head"):
        list(tables.read(path))


def test_an_open_quotation_mark_swallows_no_rows(tmp_path):
    rows = ["cau\tnhan", 'Bà Sáu nói: "Được."\t1', '"Câu này mở ngoặc kép, nói thế\t1', "Cầu đã xong.\t0"]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert [f"{row['cau']}\t{row['nhan']}" for row in tables.read(path)] == rows[1:]
    (tmp_path / "a.csv").write_text("\n".join(rows).replace("\t", ";") + "\n", encoding="utf-8")
    with pytest.raises(tables.TableRefused, match="stands in quotation marks"):
        list(tables.read(tmp_path / "a.csv"))
    write_csv(tmp_path / "b.csv", "cau,nhan", "Xã, huyện đều mở,1")
    with pytest.raises(tables.TableRefused, match="line 2 has more cells than the head"):
        list(tables.read(tmp_path / "b.csv"))

    write_csv(tmp_path / "c.csv", "cau,nhan,cau,,", "Chợ mở.,1,Chợ đóng.,,")
    with pytest.raises(tables.TableRefused, match='2 columns are named "cau"'):
        list(tables.read(tmp_path / "c.csv"))


def test_half_a_character_and_a_column_that_comes_late_keep_no_set_out(tmp_path):
    rows = [{"cau": f"Xã mở {n} lớp.", "nhan": "NEI"} for n in range(60)]
    rows += [{"cau": "Xã mở chợ \ud83d", "nhan": "dung", "bang_chung": "Xã đã mở chợ."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    names = {"text": "cau", "label": "nhan", "evidence": "bang_chung"}
    about = {"use": "verdict", "means": "do chúng tôi gán", "licence": "MIT"}
    known = datasets.generic("thu", names, {"dung": "supported"}, about)
    card = datasets.import_set(tmp_path, tmp_path / "a.jsonl", known)
    assert (card.rows, card.columns["evidence"]) == (61, "bang_chung")
    assert [row.text for row in datasets.load(tmp_path / "thu")][-1] == "Xã mở chợ ?"


@pytest.mark.parametrize("whole", ["[" * 100_000, f'[{{"id": {"9" * 5000}}}]'])
def test_json_that_is_nested_too_deep_or_holds_an_endless_number_is_refused(tmp_path, whole):
    (tmp_path / "a.json").write_text(whole, encoding="utf-8")
    with pytest.raises(tables.TableRefused, match="can't be read"):
        list(tables.read(tmp_path / "a.json"))


@pytest.mark.parametrize("form", [{}, {"orient": "records"}, {"orient": "index"}])
def test_json_of_pandas_is_read_by_rows_or_columns(tmp_path, form):
    table = pandas.DataFrame({"cau": ["Xã mở lớp.", "Xã mở chợ.", "Xã mở hội."], "nhan": [1, 0, 1]})
    table[table["nhan"] == 1].to_json(tmp_path / "a.json", **form)  # of numbered rows some are left
    read = [(row["cau"], row["nhan"]) for row in tables.read(tmp_path / "a.json")]
    assert read == [("Xã mở lớp.", 1), ("Xã mở hội.", 1)]


@pytest.mark.parametrize("whole", ['{"a": {"cau": "x"}, "b": {"cau": "y"}}', '{"0": {"cau": "x"}, "1": {"cau": "y"}}'])
def test_keys_of_objects_are_their_ids(tmp_path, whole):
    (tmp_path / "a.json").write_text(whole, encoding="utf-8")
    assert [row["cau"] for row in tables.read(tmp_path / "a.json")] == ["x", "y"]
    assert [row["id"] for row in tables.read(tmp_path / "a.json")] == list(json.loads(whole))


@pytest.mark.parametrize("line", ['{"cau": "mở', "[1]"])
def test_the_line_of_a_file_that_breaks_off_is_named(tmp_path, line):
    (tmp_path / "a.jsonl").write_text(f'{{"cau": "một"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(tables.TableRefused, match=r"^a\.jsonl, line 3: isn't a JSON object; write it again, whole\.$"):
        list(tables.read(tmp_path / "a.jsonl"))


def test_a_cell_of_several_sentences_is_one_text_and_an_object_is_none(tmp_path):
    rows = [{"cau": "Xã có 12 lớp.", "nhan": "dung", "bang_chung": ["Xã mở lớp.", "Có 12 lớp."]}]
    known = datasets.remapped(plain(), {"evidence": "bang_chung"}, {})
    (row,) = datasets.rows_of(rows, known.layout)
    assert row is not None
    assert row.evidence == "Xã mở lớp. Có 12 lớp."
    (row,) = datasets.rows_of([{"cau": "Xã có 12 lớp.".encode(), "nhan": "1"}], known.layout)
    assert row is not None
    assert row.text == "Xã có 12 lớp."
    objects = {"text": "Xã mở lớp."}, [{"text": "Xã mở lớp."}]
    for cell in (*objects, *(json.dumps(one, indent=1) for one in objects), [["Xã", 1]]):
        with pytest.raises(datasets.SetRefused, match=r"^The column bang_chung holds lists or objects"):
            list(datasets.rows_of([{**rows[0], "bang_chung": cell}], known.layout))
    for text in ("[1] Xã mở lớp.", '[{"không phải JSON', "{Trích} Xã mở lớp.", "[12]"):
        (row,) = datasets.rows_of([{**rows[0], "bang_chung": text}], known.layout)
        assert row is not None
        assert row.evidence == text


@pytest.mark.parametrize("layout", ["csv", "parquet", "jsonl"])
def test_a_snapshot_of_labels_is_no_set_and_its_folder_is_named_what_it_is_for(tmp_path, layout):
    home = filled_home(tmp_path / "home")
    typed(home, "export", "labels", tmp_path / "nhan", "--layout", layout)
    (file,) = (tmp_path / "nhan").glob(f"*.{layout}")
    named = ("--name", "nhan", "--use", "verdict", "--map", "label=verdict", "--licence", "MIT", "--means", "x")
    said = repr(typed(home, "data", "import", file, *named).exception)
    assert "The column evidence is of a snapshot of labels; give the folder to `soi train --data`." in said


def test_of_a_file_with_a_column_for_each_row_not_every_one_is_told(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"cau": {f"d{at}": "x" for at in range(5000)}}), encoding="utf-8")
    with pytest.raises(datasets.SetRefused, match=r"it has id, d0, .{,90}, …\. Name one with --map text=COLUMN\.$"):
        datasets.import_set(tmp_path, tmp_path / "a.json", plain())


def test_a_set_is_mapped_and_its_card_counts_every_row(tmp_path):
    path = write_csv(
        tmp_path / "thu.csv", "cau,nhan,bao", "Trường mở cửa.,1,a", ",1,a", "Cầu đã xong.,0,b", "Thiếu nhãn,,b"
    )
    card = datasets.import_set(tmp_path / "sets", path, plain())
    assert (card.rows, card.skipped) == (2, 2)
    assert card.labels == {"0": 1, "dung": 1}
    rows = list(datasets.load(tmp_path / "sets" / "thu"))
    assert [(row.text, row.label, row.source) for row in rows] == [
        ("Trường mở cửa.", "dung", "a"),
        ("Cầu đã xong.", "0", "b"),
    ]
    assert "do chúng tôi gán" in datasets.markdown(card)


@pytest.mark.parametrize(("use", "rows", "skipped"), [("verdict", 1, 1), ("text", 2, 0)])
def test_columns_called_as_ours_need_no_mapping_and_one_that_is_not_there_leaves_no_row_out(
    tmp_path, use, rows, skipped
):
    lines = ("t1,Xã có 12 lớp học.,Xã có 10 lớp học.,refuted", "t2,Cầu đã xong.,Cầu xong hôm qua.,")
    about = {"use": use, "means": "do chúng tôi gán", "licence": "MIT"}
    path = write_csv(tmp_path / "a.csv", "id,text,evidence,label", *lines)
    card = datasets.import_set(tmp_path / "sets", path, datasets.generic("thu", {}, {}, about))
    assert (card.rows, card.skipped) == (rows, skipped)
    first = next(datasets.load(tmp_path / "sets" / "thu"))
    assert (first.id, first.evidence) == ("t1", "Xã có 10 lớp học.")
    path = write_csv(tmp_path / "b.csv", "text,evidence", "Xã có 12 lớp học.,Xã có 10 lớp học.")
    assert datasets.import_set(tmp_path, path, datasets.generic("hai", {}, {}, about | {"use": "style"})).rows == 1


def test_a_changed_set_is_no_longer_its_cards(tmp_path):
    path = write_csv(tmp_path / "thu.csv", "cau,nhan,bao", "Trường mở cửa.,1,a")
    datasets.import_set(tmp_path, path, plain())
    with (tmp_path / "thu" / datasets.ROWS).open("a", encoding="utf-8") as file:
        file.write('{"id": "9", "text": "thêm"}\n')
    with pytest.raises(datasets.SetRefused, match="import it again"):
        list(datasets.load(tmp_path / "thu"))


def test_a_set_whose_label_is_its_outlet_is_refused_and_a_mixed_one_is_not(tmp_path):
    pure = [f"Tin số {i} của báo {i % 6}.,{int(i % 6 < 3)},bao{i % 6}" for i in range(60)]
    path = write_csv(tmp_path / "a.csv", "cau,nhan,bao", *pure)
    with pytest.raises(datasets.SetRefused, match="who publishes"):
        datasets.import_set(tmp_path / "sets", path, plain())
    mixed = [f"Tin số {i} của báo {i % 6}.,{i % 2},bao{i % 6 // 2}" for i in range(60)]
    path = write_csv(tmp_path / "b.csv", "cau,nhan,bao", *mixed)
    assert datasets.import_set(tmp_path / "sets", path, plain()).rows == 60


@pytest.mark.parametrize("outlets", [{"bbc": "0", "nhandan": "1"}, {"bbc": "0", "rfa": "0", "nhandan": "1"}])
def test_two_or_three_outlets_with_a_label_each_are_enough_where_each_has_ten_rows(tmp_path, outlets):
    def written(name: str, rows: int) -> Path:
        lines = [f"Tin số {at} của {one}.,{outlets[one]},{one}" for one in outlets for at in range(rows)]
        return write_csv(tmp_path / name, "cau,nhan,bao", *lines)

    with pytest.raises(datasets.SetRefused, match="100% of its rows carry their source's one label"):
        datasets.import_set(tmp_path / "sets", written("a.csv", 10), plain())
    few = datasets.import_set(tmp_path / "sets", written("b.csv", 9), plain())  # that may be by chance
    assert few.rows == 9 * len(outlets)


def test_outlets_are_known_by_their_sites_where_each_row_names_a_page_of_its_own(tmp_path):
    def written(name: str, site: str) -> Path:
        lines = [f"Tin số {at}.,{at % 2},{site.format(at=at, outlet=at % 2)}" for at in range(40)]
        return write_csv(tmp_path / name, "cau,nhan,bao", *lines)

    with pytest.raises(datasets.SetRefused, match="who publishes"):
        datasets.import_set(tmp_path / "sets", written("a.csv", "https://bao{outlet}.example/tin/{at}"), plain())
    with pytest.raises(datasets.SetRefused, match="who publishes"):  # pages of one site
        datasets.import_set(tmp_path / "sets", written("b.csv", "https://mang.example/trang{outlet}"), plain())
    assert datasets.import_set(tmp_path / "sets", written("c.csv", "https://bao.example/{at}"), plain()).rows == 40


def test_a_set_whose_label_is_its_outlet_teaches_nothing_though_it_was_let_in_before(tmp_path):
    lines = [f"Tin số {at}.,Bằng chứng {at}.,{('refuted', 'supported')[at % 2]}" for at in range(40)]
    path = write_csv(tmp_path / "a.csv", "text,evidence,label", *lines)
    about = {"means": "do chúng tôi gán", "licence": "MIT", "use": "verdict"}
    card = datasets.import_set(tmp_path, path, datasets.generic("cu", {}, {}, about))
    assert len(learning.from_set(tmp_path / "cu").pairs) == 40
    rows = [replace(row, source=f"bao-{row.label}") for row in datasets.load(tmp_path / "cu")]
    datasets.put(tmp_path / "cu", card, rows)
    with pytest.raises(datasets.SetRefused, match="who publishes"):
        learning.from_set(tmp_path / "cu")


def test_a_copy_with_swapped_labels_is_refused(tmp_path):
    lines = [f"Tin số {i} về một ngôi làng.,{i % 2},x" for i in range(40)]
    datasets.import_set(tmp_path, write_csv(tmp_path / "a.csv", "cau,nhan,bao", *lines), plain("goc"))
    swapped = write_csv(
        tmp_path / "b.csv",
        "cau,nhan,bao",
        *(line.replace(f",{i % 2},", f",{1 - i % 2},") for i, line in enumerate(lines)),
    )
    with pytest.raises(datasets.SetRefused, match="inverted"):
        datasets.import_set(tmp_path, swapped, plain("ban_sao"), beside=[tmp_path / "goc"])
    asked = [f"Tin số {i} về một ngôi làng.,{('buon', 'vui')[i % 2]},x" for i in range(40)]
    other = write_csv(tmp_path / "c.csv", "cau,nhan,bao", *asked)  # the same texts, asked another question
    assert datasets.import_set(tmp_path, other, plain("hoi_khac"), beside=[tmp_path / "goc"]).rows == 40


def test_a_public_set_with_its_labels_swapped_is_refused_under_any_name_and_layout(tmp_path):
    lines = [f"Tin số {i} về một ngôi làng.,{i % 2}" for i in range(40)]
    datasets.import_set(tmp_path, write_csv(tmp_path / "a.csv", "text,label", *lines), publicsets.known("reintel"))
    swapped = write_csv(tmp_path / "b.csv", "text,label", *(f"{line[:-1]}{1 - int(line[-1])}" for line in lines))
    known = datasets.generic(
        "cua_toi", {"text": "text", "label": "label"}, {}, {"means": "x", "licence": "MIT", "use": "style"}
    )
    with pytest.raises(datasets.SetRefused, match="40 of the 40 texts"):
        datasets.import_set(tmp_path, swapped, known, beside=[tmp_path / "reintel"])


def test_what_is_no_number_is_no_value(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"cau": "Tin làng.", "nhan": "1", "bao": nan}, {"cau": nan, "nhan": "1"}, {"cau": "Tin.", "nhan": nan}]
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")  # as pandas writes NaN
    assert datasets.import_set(tmp_path, path, plain()).skipped == 2
    assert list(datasets.load(tmp_path / "thu")) == [row("1", "Tin làng.", label="dung")]


def test_a_cell_of_a_csv_that_names_no_value_holds_none_and_a_file_without_rows_is_told_so(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", "cau,nhan,bao", "Tin làng.,1,nan", "NaN,1,x", "Tin nan tre.,1,<NA>", "Tin.,nan,x"
    )
    assert datasets.import_set(tmp_path, path, plain()).skipped == 2
    assert [(one.text, one.source) for one in datasets.load(tmp_path / "thu")] == [
        ("Tin làng.", ""),
        ("Tin nan tre.", ""),
    ]
    for held in ("", "cau,nhan,bao\n"):
        path.write_text(held, encoding="utf-8")
        with pytest.raises(datasets.SetRefused, match=r"^a\.csv holds no row, so there is nothing to bring in\.$"):
            datasets.import_set(tmp_path, path, plain())


@pytest.mark.parametrize("follows", ["outlet", "page", "loyalty", "keyword"])
def test_a_set_said_to_follow_its_source_is_refused_with_the_reason(follows):
    with pytest.raises(datasets.SetRefused, match="a model would"):
        plain(label_follows=follows)


def test_a_set_without_a_meaning_or_a_licence_is_refused():
    with pytest.raises(datasets.SetRefused, match="what the label really means"):
        datasets.generic("thu", {"text": "cau"}, {}, {"licence": "MIT"})


def row(id: str, text: str, **more: str) -> datasets.SetRow:
    return datasets.SetRow(id, text, **more)


SYLLABLES = ("Suối", "Mây", "Hạ", "Giang", "Đồng", "Vân", "Núi", "Vọng", "Bãi", "Cạn", "Tân", "Hội", "Lộc", "Sơn")
LONG = "Ủy ban xã Suối Mây cho biết ngày 12 tháng 4 sẽ khánh thành trạm y tế mới phục vụ bà con ba thôn vùng cao"


def found(rows: list[datasets.SetRow], *, noise: bool = False) -> dict[str, list[str]]:
    """The names of the rows that each finding concerns."""
    checked = datachecks.check(rows, noise=noise)
    return {one.what: [row.name for row in one.rows] for one in checked if one.n}


def test_copies_conflicts_and_shared_groups_between_parts_are_found():
    rows = [
        row("1", LONG, part="train", label="a", group="g1"),
        row("2", LONG, part="test", label="b", group="g2"),
        row("3", LONG + " trong huyện", part="test", label="a", group="g3"),
        row("4", "Chuyện khác hẳn, không liên quan gì đến trạm y tế kia cả.", part="train", label="a", group="g3"),
        row("5", "Chuyện khác hẳn, không liên quan gì đến trạm y tế kia cả.", part="train", label="a", group="g4"),
    ]
    assert found(rows) == {
        "exact_copies": ["test:2"], "repeated_rows": ["train:5"], "near_copies": ["test:3"],
        "conflicting_labels": ["train:1", "test:2"], "shared_groups": ["test:3"],
    }  # fmt: skip
    (copy, *_) = datachecks.check(rows, noise=False)
    assert copy.rows[0].note == "the same as train:1"


def test_rows_of_one_part_that_share_an_id_are_found():
    rows = [row("2", f"Thôn số {at} có điện.", part=part) for at, part in enumerate(("", "", "train", "test"))]
    assert found(rows) == {"repeated_ids": ["2", "2"]}


def test_claims_about_one_passage_belong_together_where_no_article_is_told():
    rows = [
        row("1", "Xã mở 12 lớp học.", part="train", evidence=LONG), row("2", "Chợ đông từ sớm.", part="train"),
        row("3", "Trạm y tế chỉ mở buổi chiều.", part="test", evidence=LONG), row("4", "Cầu đã xong.", part="test"),
        row("5", "Không ai đến trạm.", part="test", evidence=LONG, group="riêng"),
    ]  # fmt: skip
    assert found(rows) == {"shared_groups": ["test:3"]}


@pytest.mark.parametrize("check", [datachecks.groups, datachecks.copies, datachecks.conflicts])
def test_twice_the_rows_of_one_group_take_twice_the_work(check):
    took = []
    for n in (200, 400):
        rows = [row(str(at), LONG, part="train", label="a", group="g") for at in range(n)]
        took.append(lines(partial(check, [*rows, row("x", "khác", part="dev", label="b", group="h")])))
    assert took[1] < 3 * took[0]


@pytest.mark.parametrize("part", ["", "train", "training"])
def test_rows_of_every_part_that_is_learned_from_are_looked_at_and_of_none_that_is_not(part):
    rows = [
        row("1", LONG, part=part, group="g1", time="2020-06-01"), row("2", LONG, part="test", time="2020-03-01"),
        row("3", LONG + " trong huyện", part="test"), row("4", "Chuyện khác hẳn ở chợ.", part="test", group="g1"),
        *(row(str(at), f"Thôn số {at} có điện.", part="train", time="2020-01-01") for at in range(5, 9)),
        row("9", "Thôn số 5 có điện.", part="training"),
    ]  # fmt: skip
    assert found(rows) == {
        "exact_copies": ["test:2"], "repeated_rows": ["training:9"], "near_copies": ["test:3"],
        "shared_groups": ["test:4"], "later_in_train": [f"{part}:1".lstrip(":")],
    }  # fmt: skip
    (first, *_) = datachecks.check([one for one in rows if one.part in ("train", "training")], noise=False)
    assert "no part of the set is measured on (--map part=COLUMN)" in first.sentence


def test_training_rows_later_than_the_test_are_found():
    rows = [
        row("1", "một", part="train", time="2020-01-01"), row("2", "hai", part="train", time="2020-06-01"),
        row("3", "ba", part="test", time="2020-03-01T00:00:00+07:00"),
    ]  # fmt: skip
    assert found(rows) == {"later_in_train": ["train:2"]}
    shown = {"2020-01-01": "1/1/2020", "2020-06-01": "01/06/2020 08:00", "2020-03-01T00:00:00+07:00": "01.03.2020"}
    assert found([replace(one, time=shown[one.time]) for one in rows]) == {"later_in_train": ["train:2"]}
    sentence = datachecks.later_in_train([replace(one, time="31/31/2020") for one in rows]).sentence
    assert sentence.endswith("(--map time=COLUMN). '31/31/2020' is no day as 2025-01-20 or 20/01/2025.")
    unread = replace(rows[1], time="tháng sáu"), replace(rows[1], id="4", time="2020-02-01")
    partly = datachecks.later_in_train([rows[0], *unread, rows[2]])
    assert (partly.made, partly.n) == (False, 0)
    assert "none of those that can is late. 'tháng sáu' is no day" in partly.sentence


def test_a_set_that_a_full_disk_keeps_out_leaves_no_folder(tmp_path):
    (tmp_path / "bo.csv").write_text(f"cau,nhan,bao\n{'Xã mở một lớp học. ' * 400},1,\n", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            datasets.import_set(tmp_path / "data" / "sets", tmp_path / "bo.csv", plain())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [path.name for path in tmp_path.iterdir()] == ["bo.csv"]
    datasets.import_set(tmp_path / "data" / "sets", tmp_path / "bo.csv", plain())
    assert (tmp_path / "data").stat().st_mode & 0o007 == 0


def test_labels_that_the_source_gives_away_are_found_and_evenly_spread_ones_are_not():
    def rows(labels: str) -> list[datasets.SetRow]:
        return [row(str(at), f"Tin số {at}.", label=one, source=f"bao{at % 4}") for at, one in enumerate(labels)]

    told = datachecks.told_by_source(rows("aabb" * 8 + "bbaa" * 2))
    assert told.n == 32
    assert "32 of 40" in told.sentence
    assert found(rows("abab" * 5 + "baba" * 5)) == {}
    assert found(rows("aaab" * 10)[:3]) == {}


def test_labels_that_the_wording_of_a_claim_gives_away_are_found():
    def rows(word) -> list[datasets.SetRow]:
        return [
            row(str(at), f"Xã số {at} {word(at)} mở lớp học.", label=("refuted", "supported")[at % 2],
                evidence=f"Theo xã số {at}, lớp học mở ngày {at % 28 + 1}.") for at in range(60)
        ]  # fmt: skip

    told = datanoise.told_by_claim(rows(lambda at: "không hề" if at % 2 == 0 else "đã"))
    assert told.n == 60
    assert "100% of the labels can be told from the claim without its evidence, 50%" in told.sentence
    assert not datanoise.told_by_claim(rows(lambda at: "sẽ")).n


def test_a_claim_beside_nearly_the_same_passage_is_a_near_copy_and_no_sign_of_its_wording():
    """Without words of their own the labels are drawn: only a claim that is met again tells its label."""
    places = random.Random(3).sample([f"{one} {two}" for one in SYLLABLES for two in SYLLABLES], 60)
    rows = [
        row(f"{at}{part}", f"Xã {place} mở lớp học cho trẻ em ở các thôn xa.", part=part,
            evidence=f"Theo xã {place}, lớp mở ngày {at % 28 + 1}.{dot}",
            label=("refuted", "supported")[at * at % 7 % 2])
        for at, place in enumerate(places) for part, dot in (("train", ""), ("test", " ."))
    ]  # fmt: skip
    assert found(rows) == {"near_copies": [f"test:{at}test" for at in range(60)]}


def test_a_check_that_a_set_does_not_allow_says_which_column_is_missing():
    told = {one.what: one.sentence for one in datachecks.check([row("1", "một")]) if not one.made}
    assert "--map part=COLUMN" in told["exact_copies"]
    assert "--map source=COLUMN" in told["told_by_source"]
    assert "--map label=COLUMN" in told["doubtful_labels"]


def test_one_row_of_a_rare_label_hinders_no_check():
    pytest.importorskip("cleanlab")
    told = datanoise.doubtful([*weather(10, 31), row("80", "mưa lũ ngập đường làng", label="lạ")])
    assert {one.name for one in told.rows} == {"10", "31"}
    assert "of 80 labels" in told.sentence
    rare = datanoise.doubtful([row(str(at), f"tin số {at}", label=f"nhãn {at}") for at in range(6)])
    assert rare.sentence == "that needs two labels with 5 rows each."


def test_without_cleanlab_the_check_says_that_it_was_not_made(monkeypatch):
    monkeypatch.setitem(sys.modules, "cleanlab.filter", None)
    rows = [row(str(i), f"Tin số {i} của làng.", label="ab"[i % 2]) for i in range(20)]
    told = datanoise.doubtful(rows)
    assert not told.made
    assert "pip install '.[research]'" in told.sentence


def test_a_clean_set_gives_no_finding():
    rows = [row("1", LONG, part="train"), row("2", "Giá cà phê ở chợ huyện giảm hai tuần liền.", part="test")]
    assert found(rows) == {}


def weather(*turned: int, word: bool = True) -> list[datasets.SetRow]:
    """Eighty rows whose label stands in their words (or nowhere), a few of them labelled the other way."""
    said = ("giá lúa tăng tại chợ", "mưa lũ ngập đường làng") if word else ("tin vắn", "tin vắn")
    return [
        row(str(i), f"{said[i % 2]} ngày {i}",
            label=("mua" if i % 2 else "gia") if i not in turned else ("gia" if i % 2 else "mua"))
        for i in range(80)
    ]  # fmt: skip


def test_labels_turned_round_are_found_by_a_model_that_never_saw_them():
    pytest.importorskip("cleanlab")
    told = datanoise.doubtful(weather(10, 31))
    assert {one.name for one in told.rows} == {"10", "31"}
    assert told.rows[0].note.startswith("labelled ")


def test_the_doubts_of_a_model_that_can_not_tell_the_labels_are_kept_back():
    pytest.importorskip("cleanlab")
    told = datanoise.doubtful(weather(word=False))
    assert not told.made
    assert "its doubts say nothing" in told.sentence


def test_turned_verdicts_are_found_by_comparing_claim_and_evidence():
    pytest.importorskip("cleanlab")
    rows = [
        row(str(i), f"Xã số {i} mở {10 + (i % 2)} lớp học cho trẻ em.", evidence=f"Xã số {i} mở 10 lớp học cho trẻ em.",
            label=("refuted" if i % 2 else "supported") if i != 20 else "refuted") for i in range(80)
    ]  # fmt: skip
    assert [one.name for one in datanoise.doubtful(rows).rows] == ["20"]


@pytest.mark.parametrize(("name", "words", "says"), [
    ("../ngoai", {}, "can't be a name"),
    ("thu", {"text": "khong_co"}, "has no column khong_co; it has cau, nhan, bao"),
    ("thu", {"label": "khong_co"}, "--map label=COLUMN"),
    ("thu", {"use": "verdict"}, "no row has an evidence and a label of not_enough_info, refuted, supported"),
    ("thu", {"use": "kind"}, "its labels are 0, 1"),
    ("thu", {"label_follows": "gió"}, "outlet, page, loyalty, keyword"),
])  # fmt: skip
def test_a_set_that_can_not_be_right_is_refused_with_what_to_do(tmp_path, name, words, says):
    path = write_csv(tmp_path / "a.csv", "cau,nhan,bao", "Trường mở cửa.,1,a", "Cầu đã xong.,0,b")
    mapping = {"text": "cau", "label": "nhan"} | {k: v for k, v in words.items() if k in publicsets.COLUMNS}
    about = {"means": "do chúng tôi gán", "licence": "MIT"} | {k: v for k, v in words.items() if k not in mapping}
    with pytest.raises(datasets.SetRefused, match=re.escape(says)):
        datasets.import_set(tmp_path / "sets", path, datasets.generic(name, mapping, {}, about))
    assert not (tmp_path / "ngoai").exists()
    assert not (tmp_path / "sets").exists()


@pytest.mark.shared
@pytest.mark.skipif(not shared.is_dir(), reason="needs ../shared/datasets")
def test_the_public_sets_come_in_with_all_their_rows(tmp_path):
    for name, rows in (("vifactcheck", 5832), ("reintel", 3232), ("victsd", 8935), ("vihallu", 2530)):
        card = datasets.import_set(tmp_path, shared / f"{name}.csv.gz", publicsets.known(name))
        assert card.rows + card.skipped == rows
        assert card.skipped < rows // 100
    assert set(datasets.load_card(tmp_path / "vifactcheck").labels) == {"supported", "refuted", "not_enough_info"}
    assert set(datasets.load_card(tmp_path / "vihallu").labels) == {"supported", "refuted", "not_enough_info"}
    assert datachecks.groups(list(datasets.load(tmp_path / "vifactcheck"))) == findings.Finding(
        "shared_groups", (), "0 rows that are measured on share their article or cluster with another part.",
        "Split by that column instead: figures on these rows are too good.",
    )  # fmt: skip
