"""What leaves the home: reports that point at nobody, verdicts that others can find, rows that open anywhere."""

import csv
import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import exports, tables, transparency
from pipeline.records import EvidenceRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.store import cases, decisions, evidence, open_store, posts, report, scores

LAW = PassageRow(
    "fact:a", "Tuổi lao động tối thiểu là đủ 15 tuổi.", "Bộ luật Lao động", "primary", url="https://luat.example/a"
)
PARTY = PassageRow(
    "news:b", "Chúng tôi khẳng định không có chuyện đó.", "Cơ quan bị nêu tên", "party", url="https://cq.example/b"
)
YEAR = ("2000-01-01", "2999-01-01")


@pytest.fixture
def db(tmp_path):
    store = open_store(tmp_path / "soi.db")
    evidence.put_passages(store, [LAW, PARTY])
    yield store
    store.close()


def a_case(db, number: int, *, reasons=("CONTRADICTS_EVIDENCE",), rights=("CRC",)) -> int:
    url = f"https://bao.example/{number}"
    posts.take_post(
        db, NewPost("bao", url, f"=Luật số {number} cho trẻ 12 tuổi làm công nhân.", published="2026-01-02")
    )
    shown = (EvidenceRow("fact:a", "contradicts", 0.97, "primary", "number"),)
    version = posts.post_by(db, url)
    row = ScoreRow(version.id, "m1", "claim", rights, 0.9, bool(reasons), reasons, f"Luật số {number}", evidence=shown)
    return cases.open_case(
        db, version.post_id, claim=f"Luật số {number} cho trẻ đi làm", score_id=scores.add_score(db, row, outcome="x")
    )


def decide(
    db, case_id, verdict=Verdict.FALSE, reason="contradicted_by_record", *, second=0.0, person="lan", blind=False
):
    new = NewDecision(case_id, person, verdict, reason, ("fact:a", "news:b"), blind=blind)
    return decisions.decide(db, new, second_share=second)


@pytest.fixture
def busy(db):
    for number in range(1, 13):
        case_id = a_case(db, number, reasons=("AUDIT",) if number > 10 else ("CONTRADICTS_EVIDENCE",))
        decide(db, case_id, second=float(number <= 6))
        if number <= 6:
            agreed = (Verdict.FALSE, "contradicted_by_record") if number < 6 else (Verdict.TRUE, "confirmed_by_record")
            decide(db, case_id, *agreed, person="minh", blind=True)
    decisions.undo(db, 1, person="lan")
    return db


counts = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 30), max_size=7)


@given(counts)
def test_no_small_cell_is_printed_nor_can_one_be_worked_out(cells):
    shown, total = transparency.suppress(cells)
    assert all(value is None or value == 0 or value >= transparency.LEAST for value in shown.values())
    hidden = [name for name, value in shown.items() if value is None]
    if hidden and total is not None:
        left = total - sum(value for value in shown.values() if value is not None)
        assert len(hidden) > 1
        assert left == sum(cells[name] for name in hidden) >= transparency.LEAST


def test_the_report_counts_what_happened_in_its_period_and_only_then(busy):
    told = transparency.build(busy, since=YEAR[0], until=YEAR[1])
    by_title = {table.title: table for table in told.tables}
    assert by_title["How much"].rows["posts first seen"] == 12
    assert by_title["Verdicts of people"].rows == {"false": 12}
    assert by_title["Posts a reason was given for, by reason"].rows == {"AUDIT": None, "CONTRADICTS_EVIDENCE": None}
    before = transparency.build(busy, since="1999-01-01", until="2000-01-01")
    assert {table.title: table for table in before.tables}["Verdicts of people"].rows == {}


def test_agreement_automation_and_reversals_are_told(busy):
    said = " ".join(transparency.build(busy, since=YEAR[0], until=YEAR[1]).sentences)
    assert "No verdict was given by a machine" in said
    assert "suspicion put 83% of the cases" in said
    assert "Of 6 verdicts read blind by a second person, 83% came out alike" in said
    assert "Fewer than 5 verdicts were reversed" in said
    assert report.reversals(busy, *YEAR)[0] >= 0


def test_the_three_forms_say_the_same_and_name_nobody(busy, tmp_path):
    told = transparency.build(busy, since=YEAR[0], until=YEAR[1])
    paths = transparency.write(told, tmp_path / "out")
    assert [path.name for path in paths] == ["transparency.md", "transparency.html", "transparency.json"]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for sentence in told.sentences:
        assert all(sentence in html.unescape(text) for text in texts)
    assert not any(re.search(r"\b(lan|minh)\b|bao\.example|src=|href=", text) for text in texts)
    assert {t["title"]: t["rows"] for t in json.loads(texts[2])["tables"]}["Verdicts of people"] == {"false": 12}


def test_a_claim_review_names_the_claim_its_rating_and_no_partys_word(busy):
    found = exports.claim_reviews(busy, publisher="Nhóm Kiểm Chứng", url="https://kiemchung.example/ra-soat")
    assert len(found) == 10  # of 12: one verdict was taken back, one is disputed
    one = found[0]
    assert one["@type"] == "ClaimReview"
    assert one["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"}  # fmt: skip
    assert one["itemReviewed"]["appearance"][0]["url"].startswith("https://bao.example/")
    assert [source["url"] for source in one["citation"]] == ["https://luat.example/a"]
    assert "lan" not in json.dumps(one).split('"')


def test_a_claim_review_needs_a_publisher():
    with pytest.raises(exports.ExportRefused, match="who publishes"):
        exports.claim_reviews(None, publisher="", url="")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_cases_and_reasons_open_in_every_form(busy, tmp_path, ending):
    for name, rows in (("cases", report.all_cases(busy)), ("reasons", report.reasons_of(busy))):
        path = tmp_path / f"{name}.{ending}"
        assert exports.write_rows(rows, path) == 12
        back = list(tables.read(path))
        assert [str(row["claim"]) for row in back] == [str(row["claim"]) for row in rows]
    with pytest.raises(exports.ExportRefused, match="should end in"):
        exports.write_rows([], tmp_path / "cases.xlsx")


def test_no_cell_of_a_csv_is_a_formula(db, tmp_path):
    exports.write_rows([{"claim": "=HYPERLINK(1)", "n": -3}], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1] == ["'=HYPERLINK(1)", "-3"]
