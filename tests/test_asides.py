"""Sentences that people put around what they say: which texts readers learn from once more among them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.files import json_lines, shipped
from classifier.learning import stances
from classifier.readers import asides
from classifier.readers.asides import AMONG, Asides
from classifier.readers.seeding import digest

DATA = shipped("data")
SOME = Asides(("Bà con ơi:", "Chào cả nhà."), ("Nộp hồ sơ ở xã.", "Mai viết tiếp nha"))
TEXTS = [f"Xã {at} cấm nuôi chó" + "." * (at % 2) for at in range(400)]


def test_some_texts_come_once_more_with_asides_before_or_behind_them() -> None:
    found = list(SOME.among(TEXTS))
    again = [text for text in found if text not in TEXTS]
    assert [text for text in found if text in TEXTS] == TEXTS
    assert abs(len(again) / len(TEXTS) - AMONG) < 0.08
    ends = Counter((text.startswith(SOME.before), text.endswith(SOME.behind)) for text in again)
    assert ends.keys() == {(True, False), (False, True), (True, True)}
    assert all(any(text in one for text in TEXTS) for one in again)


def test_what_ends_no_sentence_ends_its_line() -> None:
    for text in SOME.among(TEXTS):
        first, *rest = text.split("\n")
        assert rest or ". " in first or text in TEXTS
    assert any("\n" not in text for text in SOME.among(TEXTS) if text not in TEXTS)


def test_the_same_text_comes_with_the_same_asides() -> None:
    assert list(SOME.among(TEXTS)) == list(SOME.among(TEXTS))
    assert [text for text in SOME.among(TEXTS[50:]) if text in TEXTS] == TEXTS[50:]


def test_without_a_file_no_text_comes_again(tmp_path: Path) -> None:
    assert asides.load(tmp_path) == Asides()
    assert list(Asides().among(TEXTS)) == TEXTS


@pytest.mark.parametrize("row", [
    {"place": "above", "text": "Nha."}, {"place": ["before"], "text": "Nha."}, {"place": "before"}, {"text": "Nha."},
])  # fmt: skip
def test_a_row_that_is_not_as_described_is_named(tmp_path: Path, row: dict[str, object]) -> None:
    rows = [{"place": "either", "text": "Nha."}, row]
    (tmp_path / asides.FILE).write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"line 2 of asides\.jsonl needs .* before, behind, either"):
        asides.load(tmp_path)


def test_ours_are_many_all_different_and_none_stands_in_the_gate() -> None:
    rows = [row for _, row in json_lines(DATA / asides.FILE)]
    names = {digest(row["text"]) for row in rows}
    assert len(names) == len(rows) >= 600
    assert min(Counter(row["place"] for row in rows).values()) > 60
    told = [row["text"] for _, row in json_lines(DATA / "gate" / "claims.beside.jsonl")]
    assert not [row["text"] for row in rows for text in told if row["text"] in text]


def test_stances_are_taught_by_them_in_every_stance() -> None:
    found = stances.load(DATA, drawn=lambda rows: (row for at, row in enumerate(rows) if at % 40 == 0))
    ours = asides.load(DATA)
    among = Counter(row.stance for row in found if " ".join(row.told.behind) in ours.behind)
    assert among.keys() == {"support", "deny", "comment"}
