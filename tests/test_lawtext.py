"""Codified law becomes passages with citation, force and role; index entries and cross-references don't."""

import gzip
import unicodedata
from pathlib import Path

import pytest

from classifier.errors import BadEvidence
from classifier.evidence.lawtext import LONG, passages, plain_passages
from classifier.evidence.retrieval import PassageIndex

SHARED = Path(__file__).parents[2] / "shared" / "datasets" / "law"
FILE = """---
title: Xóm
---
# Xóm

Chương I

Điều 7.1.LQ.1. Phạm vi

(Điều 1 Luật số 12/2031/QH20 Luật Xóm, làng ngày 03/04/2031 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2032 )

Luật này nói về xóm và làng.

(Điều này có nội dung liên quan đến Điều 9.9.LQ.1. Việc khác; Điều 9.9.LQ.2. Việc khác nữa)

Điều 7.1.LQ.2. Họp xóm

(Điều 2 Luật số 12/2031/QH20, có hiệu lực thi hành kể từ ngày 01/01/2032, có nội dung được sửa đổi {by})

1. Xóm họp mỗi tháng một lần. {padding}

2. Ai cũng được phát biểu. {padding}

Điều 7.1.LQ.3. Phạt

(Điều 3 Luật số 12/2031/QH20, có hiệu lực thi hành kể từ ngày 01/01/2032, bị bãi bỏ {by})

Người vắng họp nộp một bó củi.

Điều 7.1.LQ.3. Phạt

### 0070010000

Điều 7.1.LQ.2. Họp xóm
""".replace("{padding}", "Lời này dài thêm cho đủ một điều dài. " * 15)
FILE = FILE.replace("{by}", "bởi Điều 1 Luật số 5/2033/QH20 có hiệu lực thi hành kể từ ngày 01/07/2033")


def test_an_article_keeps_its_law_its_day_and_its_role():
    first = passages(FILE)[0]
    assert first.text == "Phạm vi\nLuật này nói về xóm và làng."
    assert first.source == "Luật Xóm, làng 2031 (12/2031/QH20), Điều 1"
    assert (first.valid_from, first.date, first.kind, first.role) == ("2032-01-01", "2032-01-01", "law", "primary")


def test_a_heading_behind_a_line_begins_an_article_and_clauses_numbered_anew_are_kept():
    text = FILE.replace(
        "Luật này nói về xóm và làng.",
        "Luật này nói về xóm và làng.Điều 7.1.NĐ.1.4. Chợ xóm\n\n(Điều 4 Nghị định số 9/2034/NĐ-CP, có hiệu lực thi"
        " hành kể từ ngày 02/03/2034, được sửa đổi bởi Nghị định số 1/2036/NĐ-CP có hiệu lực thi hành kể từ"
        " ngày 05/06/2036)\n\n"
        " 05/06/2036)\n\n"
        + "\n".join(
            f"{at}. Mục tiêu {name} của chợ. {'Lời này dài thêm. ' * 30}"
            for at, name in ((1, "một"), (2, "hai"), (1, "ba"))
        ),
    )
    found = {one.eid: one for one in passages(text)}
    assert found["law:12/2031/QH20:1"].text == "Phạm vi\nLuật này nói về xóm và làng."
    assert "Mục tiêu một" in found["law:9/2034/NĐ-CP:4:1"].text
    assert "Mục tiêu ba" in found["law:9/2034/NĐ-CP:4:1-2"].text
    assert found["law:9/2034/NĐ-CP:4:2"].valid_from == "2036-06-05"  # since the text is as it stands
    coded = passages(FILE.replace("Điều 3 Luật số", "Điều 3 Bộ Luật số"))
    assert any(one.source.startswith("Bộ luật") or one.eid.endswith(":3") for one in coded)


def test_an_article_without_a_title_and_one_of_a_directive_or_decree_are_kept():
    untitled = FILE.replace("Điều 7.1.LQ.1. Phạm vi", "Điều 7.1.LQ.1.")
    for kind in ("Sắc lệnh", "Chỉ thị"):
        found = {one.eid: one for one in passages(untitled.replace("Điều 3 Luật số 12", f"Điều 3 {kind} số 7"))}
        assert found["law:12/2031/QH20:1"].text == "Luật này nói về xóm và làng."
        assert found["law:7/2031/QH20:3"].source.startswith(f"{kind} (7/2031/QH20), Điều 3")
        assert len(found) == 4


def test_a_long_article_is_cut_into_clauses_under_its_title():
    clauses = [one for one in passages(FILE) if ":2:" in one.eid]
    assert [one.eid for one in clauses] == ["law:12/2031/QH20:2:1", "law:12/2031/QH20:2:2"]
    assert all(one.text.startswith("Họp xóm\n") for one in clauses)
    assert clauses[0].source.endswith("Điều 2, có sửa đổi bởi Luật số 5/2033/QH20")


def test_a_repealed_article_ends_on_the_day_before_its_repeal():
    (repealed,) = [one for one in passages(FILE) if one.eid == "law:12/2031/QH20:3"]
    assert repealed.valid_to == "2033-06-30"
    index = PassageIndex.build(passages(FILE))
    assert "law:12/2031/QH20:3" in [hit.passage.eid for hit in index.search("vắng họp nộp củi", before="2032-06-01")]
    assert "law:12/2031/QH20:3" not in [
        hit.passage.eid for hit in index.search("vắng họp nộp củi", before="2034-06-01")
    ]


def test_no_text_of_the_index_or_the_cross_references_is_kept():
    found = passages(FILE)
    assert len(found) == 4
    assert not any("Việc khác" in one.text or "###" in one.text for one in found)


def test_a_plain_constitution_is_cut_by_article():
    text = "HIẾN PHÁP\n\nLời nói đầu\n\nChương I\n\nĐiều 1.\n\nXóm là của chung.\n\nĐiều 2.\n\nAi cũng như ai.\n"
    found = passages(text, constitution="Hương ước 2031", since="2032-01-01")
    assert [(one.source, one.text) for one in found] == [
        ("Hương ước 2031, Điều 1", "Xóm là của chung."),
        ("Hương ước 2031, Điều 2", "Ai cũng như ai."),
    ]


def test_decomposed_letters_are_read_as_any_others():
    text = unicodedata.normalize("NFD", "Điều 1.\n\nXóm là của chung.\n")
    (found,) = passages(text, constitution="Hương ước 2031")
    assert found.text == "Xóm là của chung."


VILLAGE = """
HƯƠNG ƯỚC LÀNG HOA

Mục lục
Điều 1. Họp làng
Điều 3. Chợ

CHƯƠNG I
QUY ĐỊNH CHUNG

Điều 1. Họp làng
1. Làng họp mỗi tháng một lần.
Phần việc của mỗi nhà do làng chia.

**Điều 2:** Ai cũng được nói.

Chương II
VIỆC CHUNG
Mục 1
ĐƯỜNG VÀ CHỢ

## Điều 3. Chợ
Chợ họp ngày mồng năm.
"""


def test_a_law_in_plain_text_is_cut_by_article_with_its_chapter():
    found = {one.eid: one for one in plain_passages(VILLAGE, name="Hương ước Làng Hoa", since="2031-01-01")}
    assert {eid: (one.source, one.text) for eid, one in found.items()} == {
        "law:Hương-ước-Làng-Hoa:1": (
            "Hương ước Làng Hoa, Điều 1 (CHƯƠNG I QUY ĐỊNH CHUNG)",
            "Họp làng\n1. Làng họp mỗi tháng một lần.\nPhần việc của mỗi nhà do làng chia.",
        ),
        "law:Hương-ước-Làng-Hoa:2": ("Hương ước Làng Hoa, Điều 2 (CHƯƠNG I QUY ĐỊNH CHUNG)", "Ai cũng được nói."),
        "law:Hương-ước-Làng-Hoa:3": (
            "Hương ước Làng Hoa, Điều 3 (Chương II VIỆC CHUNG, Mục 1 ĐƯỜNG VÀ CHỢ)", "Chợ\nChợ họp ngày mồng năm."
        ),
    }  # fmt: skip
    assert {(one.role, one.kind, one.date) for one in found.values()} == {("primary", "law", "2031-01-01")}


def test_a_list_of_contents_gives_way_and_what_is_issued_with_a_decree_follows_it():
    contents = "Điều 1. Họp làng\nĐiều 2. Chợ\nLÀNG HOA\nCăn cứ lệ cũ, làng quyết định:\n"
    decree = "Điều 1. Họp làng\nLàng họp mỗi tháng.\nĐiều 2. Chợ\nChợ họp ngày mồng năm.\n"
    rules = "QUY CHẾ CHỢ\nĐiều 1. Người bán\nAi cũng được bán.\nĐiều 2. Giá\nGiá do người bán định."
    found = {one.eid: one.text for one in plain_passages(contents + decree + rules, name="Lệ làng")}
    assert found == {
        "law:Lệ-làng:1": "Họp làng\nLàng họp mỗi tháng.",
        "law:Lệ-làng:2": "Chợ\nChợ họp ngày mồng năm.\nQUY CHẾ CHỢ",
        "law:Lệ-làng-ban-hành-kèm-theo-1:1": "Người bán\nAi cũng được bán.",
        "law:Lệ-làng-ban-hành-kèm-theo-1:2": "Giá\nGiá do người bán định.",
    }


def test_a_wrapped_title_makes_no_law_of_a_list_of_contents_and_a_quoted_article_begins_none():
    contents = "Điều 1. Họp làng và việc\nchung của làng\nĐiều 2. Chợ\nĐiều 3. Đường\n"
    law = "Điều 1. Họp\nLàng họp.\nĐiều 2. Chợ\nChợ họp.\nĐiều 3. Đường\nĐường rộng."
    assert {one.eid.split(":")[1] for one in plain_passages(contents + law, name="Lệ làng")} == {"Lệ-làng"}
    quoting = "Điều 1. Sửa lệ cũ như sau:\nĐiều 1. Chợ họp ngày mồng năm.\nĐiều 2. Lệ này có từ nay\nNgày mồng một."
    assert {one.eid.split(":")[1] for one in plain_passages(quoting, name="Lệ làng")} == {"Lệ-làng"}


@pytest.mark.parametrize(
    "again", ["Điều 2. Trùng số\nKhác.", "Điều 2. Chợ\nKhác.", "Điều 2. Khác.", "Điều 3. Khác.\nKhác."]
)
def test_no_article_is_lost_behind_another_of_its_number(again):
    law = f"Điều 1. Họp\n\nLàng họp.\nĐiều 2. Chợ\nChợ họp.\nĐiều 3. Ai cũng được nói.\n{again}\n"
    with pytest.raises(BadEvidence, match=rf"{again[:6]} stands twice \(again in line 7\).* quotation mark"):
        plain_passages(law, name="Lệ làng")
    quoted = plain_passages(law.replace(again, f"“{again}”"), name="Lệ làng")
    assert [one.eid for one in quoted] == [f"law:Lệ-làng:{number}" for number in (1, 2, 3)]
    assert "Khác" in quoted[-1].text
    listed = plain_passages(law.replace(again, "Điều 2. Chợ"), name="Lệ làng")  # nothing of it would be lost
    assert [one.text for one in listed] == ["Họp\nLàng họp.", "Chợ\nChợ họp.", "Ai cũng được nói."]


def test_a_clause_is_never_joined_to_the_line_before_it():
    lines = ["Làng cho nghỉ các,", *(f"{at}. {at:02d} ngày " + "và việc của làng " * 9 for at in range(1, 9))]
    lines += ["1.1. Mục một", "a, một", "b, hai", "500.000 đồng,", "theo lệ và", "Tục"]
    text = "Điều 1. Nghỉ\n" + "\n".join(lines)
    assert len(plain_passages(text, name="Lệ làng")) == 8
    last = plain_passages(text, name="Lệ làng")[-1].text.splitlines()
    assert last == ["Nghỉ", lines[0], *(line.strip() for line in lines[8:])]


def test_a_text_that_is_no_law_gives_nothing():
    assert passages("Hôm nay trời đẹp.\nĐiều đó ai cũng biết.") == []
    assert passages("") == []
    assert plain_passages("Hôm nay trời đẹp.\nĐiều đó ai cũng biết.", name="x") == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared/datasets/law is absent")
def test_real_codified_laws_are_read_whole():
    labour = passages(gzip.decompress((SHARED / "lao-dong.md.gz").read_bytes()).decode())
    hours = [one for one in labour if one.eid.startswith("law:45/2019/QH14:105")]
    assert hours[0].source == "Bộ luật Lao động 2019 (45/2019/QH14), Điều 105"
    assert hours[0].valid_from == "2021-01-01"
    articles = {one.eid.split(":")[2] for one in labour if one.eid.startswith("law:45/2019/QH14:")}
    assert {str(number) for number in range(1, 170)} - articles <= {"92"}  # the file itself lacks it, and those after
    assert sum(len(one.text) for one in labour) / len(labour) < 2 * LONG
    constitution = passages((SHARED / "constitution-2013.txt").read_text(), constitution="Hiến pháp 2013")
    assert len({one.eid.split(":")[2] for one in constitution}) == 120
