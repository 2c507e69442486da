"""Claims of our own beside the public passages they speak of, and texts with ragged ends."""

import gzip
import json
from pathlib import Path

import pytest

from classifier.entailment.verdict import LABELS
from classifier.errors import ClassifierError, NotUnpacked
from classifier.evidence import lawtext
from classifier.learning import written
from classifier.readers.seeding import digest
from classifier.text.ragged import even

ROOT = Path(__file__).parents[1]
LAW = """Điều 7. Giờ mở cửa nhà sinh hoạt cộng đồng
Nhà sinh hoạt cộng đồng mở cửa cho mọi người dân từ 7 giờ đến 21 giờ, kể cả ngày nghỉ.
"""
NEWS = {"title": "Xã Suối Mây mở lớp học buổi tối", "summary": "Lớp dành cho 40 người lớn chưa biết chữ."}


def folder_of(tmp_path: Path) -> Path:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "quy-uoc.txt").write_text(LAW, encoding="utf-8")
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(NEWS, ensure_ascii=False) + "\n")
    return tmp_path


def told(path: Path, passages: list[str]) -> Path:
    rows = [
        {"claim": f"Câu số {at}.", "passage": one, "label": "refuted", "style": "close"}
        for at, one in enumerate(passages)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_claims_meet_their_passages_of_law_and_news_and_go_without_them(tmp_path):
    folder = folder_of(tmp_path)
    (law,) = lawtext.passages(LAW, constitution="Hiến pháp 2013")
    news = f"{NEWS['title']}\n{NEWS['summary']}"
    path = told(tmp_path / "pairs.jsonl", [digest(news), "0" * 16, digest(law.text)])
    found = written.pairs(path, folder)
    assert [(row.claim, row.evidence) for row in found] == [("Câu số 0.", news), ("Câu số 2.", law.text)]
    assert {row.weight for row in found} == {written.WEIGHT}
    assert len({row.article for row in found}) == 2


def test_a_line_that_is_no_claim_is_named(tmp_path):
    path = told(tmp_path / "pairs.jsonl", ["0" * 16])
    path.write_text(path.read_text(encoding="utf-8") + '{"claim": "Thiếu phần sau."}\n', encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"pairs\.jsonl, line 2"):
        written.pairs(path, tmp_path)


def test_law_is_read_from_files_alone_and_one_that_is_damaged_is_named(tmp_path):
    folder = folder_of(tmp_path)
    (folder / "law" / "anh").mkdir()
    assert len(list(written.law(folder))) == 1
    packed = gzip.compress(LAW.encode())
    (folder / "law" / "z.txt.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(NotUnpacked, match=r"^z\.txt\.gz is no whole gzip file"):
        list(written.law(folder))


def test_what_ships_says_each_thing_true_and_false_alike():
    rows = [json.loads(line) for line in (ROOT / "data" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["label"] for row in rows} <= set(LABELS)
    per = {
        style: [row["label"] for row in rows if row["style"] == style]
        for style in sorted({row["style"] for row in rows})
    }
    for labels in per.values():
        assert labels.count("supported") == labels.count("refuted") > 900
    lengths = {label: [len(row["claim"]) for row in rows if row["label"] == label] for label in LABELS[:2]}
    means = [sum(found) / len(found) for found in lengths.values() if found]
    assert max(means) / min(means) < 1.05  # no telltale length


@pytest.mark.parametrize(("said", "read"), [
    ("trại cho thăm 2 lần!!!", "Trại cho thăm 2 lần."),
    ("Trại cho thăm 2 lần vậy mọi người", "Trại cho thăm 2 lần."),
    ("Cắt mạng... Thật sao! ừ…", "Cắt mạng. Thật sao. ừ."),
    ("vì sao không cho?!!!", "Vì sao không cho?"),
    ("Trại cho thăm 2 lần!?!", "Trại cho thăm 2 lần."),
    ("Vì sao không cho...?", "Vì sao không cho?"),
    ("trại cho thăm 2 lần luôn á :((", "Trại cho thăm 2 lần."),
    ("Trại cho thăm 2 lần (mỗi tháng)", "Trại cho thăm 2 lần (mỗi tháng)."),
    ("cong an bat giu 3 nguoi bieu tinh", "Công an bắt giữ 3 người biểu tình."),
    ("Vì sao không cho?", "Vì sao không cho?"),
    ("", ""),
    ("!" * 9, ""),
])  # fmt: skip
def test_how_a_text_begins_and_ends_is_read_alike(said, read):
    assert even(said) == read


def test_endless_particles_are_cut_at_the_end_alone():
    assert len(even("nha " * 100_000)) > 390_000
