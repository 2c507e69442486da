"""What leaves the home: reports that point at nobody, verdicts that others can find, rows that open anywhere."""

import csv
import dataclasses
import html
import json
import re
import resource
from contextlib import contextmanager

import pytest
from filled import READ_BY_TWO, read_by_two, the_day
from hypothesis import given
from hypothesis import strategies as st

from classifier import atomic
from pipeline.records import REASONS, EvidenceRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.research import audit, datasets, readingroom, snapshots, tables, transparency
from pipeline.settings import DeskSettings
from pipeline.store import StoreError, cases, decisions, evidence, labels, open_store, posts, report, scores
from review import names, words
from review.answer import brief, claim_reviews

LAW = PassageRow(
    "fact:a", "Tuổi lao động tối thiểu là đủ 15 tuổi.", "Bộ luật Lao động", "primary", url="https://luat.example/a"
)
PARTY = PassageRow(
    "news:b", "Chúng tôi khẳng định không có chuyện đó.", "Cơ quan bị nêu tên", "party", url="https://cq.example/b"
)
YEAR = ("2000-01-01", "2999-01-01")


@pytest.fixture
def db(db):
    evidence.put_passages(db, [LAW, PARTY])
    return db


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
        assert left == sum(cells[name] for name in hidden)
        assert can_be_much([cells[name] for name in hidden])


def can_be_much(hidden: list[int]) -> bool:
    """Whether cells of which the sum is known, and that small ones are hidden and none is 0, can be so in many ways."""
    most = transparency.LEAST - 1 if max(hidden) < transparency.LEAST else sum(hidden)
    ways = {0: 1}
    for _ in hidden:
        ways = {s: sum(ways.get(s - one, 0) for one in range(1, most + 1)) for s in range(1, sum(hidden) + 1)}
    return len(hidden) > 1 and sum(hidden) >= transparency.LEAST and ways[sum(hidden)] > len(hidden)


@pytest.mark.parametrize(
    ("cells", "told"),
    [({**dict.fromkeys("abcde", 1), "f": 30, "g": 40}, (40, 75)), (dict.fromkeys("abcde", 1), (None, None)),
     ({"a": 4, "b": 4, "g": 20}, (None, 28)), ({"a": 2, "b": 3, "g": 20}, (20, 25))],
)  # fmt: skip
def test_a_sum_that_leaves_hidden_cells_nothing_else_to_be_takes_another_with_it_or_is_not_told(cells, told):
    shown, total = transparency.suppress(cells)
    assert (shown.get("g"), total) == told
    assert not any(shown[name] for name in cells if name != "g")


def test_a_sum_that_is_withheld_stands_nowhere_else_in_the_report(db):
    given = (("false", "contradicted_by_record"), ("true", "confirmed_by_record"), ("opinion", "view"),
             ("unverifiable", "not_public"), ("not_rights", "other_topic"))  # fmt: skip
    for number, (verdict, reason) in enumerate(given, start=1):
        decide(db, a_case(db, number), Verdict(verdict), reason)
    found = transparency.build(db, since="2026", until="9")
    by_title = {table.title: table for table in found.tables}
    assert (by_title["Verdicts of people"].total, by_title["How much"].rows["verdicts given"]) == (None, None)


@given(st.dictionaries(st.sampled_from("abcd"), counts.filter(lambda held: sum(held.values())), max_size=4))
def test_reasons_of_a_verdict_give_no_small_count_away_together_with_the_verdicts(inner):
    outer = {name: sum(cells.values()) for name, cells in inner.items()}
    named = {name: {f"{name}{cell}": n for cell, n in cells.items()} for name, cells in inner.items()}
    (verdicts, total), reasons = transparency.suppress_nested(outer, named)
    for name, cells in named.items():
        hidden = [cell for cell, n in cells.items() if n and reasons[cell] is None]
        if verdicts[name] is None:
            assert not any(reasons[cell] is not None for cell in cells)
        elif hidden:
            assert can_be_much([cells[cell] for cell in hidden])
    untold = [outer[name] for name in outer if verdicts[name] is None]
    assert not untold or total is None or can_be_much(untold)


@pytest.mark.parametrize("verdicts", [
    {"false": 3, "misleading": 3, "opinion": 30}, {"false": 3, "misleading": 2, "opinion": 30},
])  # fmt: skip
def test_how_many_reasons_of_a_hidden_verdict_were_given_does_not_stand_in_the_report(db, verdicts):
    number = 0
    for verdict, n in verdicts.items():
        reasons = ["view"] * n if verdict == "opinion" else REASONS[Verdict(verdict)][:n]
        for reason in reasons:
            decide(db, a_case(db, number := number + 1), Verdict(verdict), reason)
    found = {table.title: table for table in transparency.build(db, since="2026", until="9").tables}
    why, by_verdict = found["Reasons of those verdicts"].rows, found["Verdicts of people"].rows
    assert dict(by_verdict) == {"false": None, "misleading": None, "opinion": 30}
    assert dict(why) == dict.fromkeys((*REASONS[Verdict.FALSE], *REASONS[Verdict.MISLEADING])) | {"view": 30}


sides = st.sampled_from(["state_critical", "state_favourable", "neutral", ""])
told = st.builds(
    lambda side, flagged, verdict: labels.Audited(1, "[]", flagged, verdict, side),
    sides, st.booleans(), st.sampled_from(["false", "true", "true", "true"]),
)  # fmt: skip


@given(st.lists(st.tuples(told, st.integers(1, 60)), max_size=8))
def test_estimates_of_a_few_posts_are_told_as_bounds_that_hold(groups):
    rows = [row for row, n in groups for _ in range(n)]
    found = audit.estimates(rows)
    for line in transparency._shares("false_flag_rate", found, transparency.ENGLISH):
        name = line.partition("(")[2].partition(")")[0] if "rate (" in line else "all"
        one = next(o for o in found if (o.what, o.slice) == ("false_flag_rate", name))
        hits = round(one.figure.value * one.figure.n)
        share = float(re.search(r"([0-9.]+)%", line)[1]) / 100
        if "at most" in line:
            assert hits
            assert share >= one.figure.value
        elif "at least" in line:
            assert hits < one.figure.n
            assert share <= one.figure.value
        else:
            assert hits not in range(1, transparency.LEAST)
            assert one.figure.n - hits not in range(1, transparency.LEAST)
            assert share == pytest.approx(one.figure.value, abs=0.0006)


def test_a_side_with_few_flags_has_a_bound_and_so_has_the_one_that_would_give_it_away():
    def rows(side, flagged, n):
        return [labels.Audited(1, "[]", at < flagged, "true", side) for at in range(n)]

    found = audit.estimates(
        [*rows("state_critical", 2, 50), *rows("state_favourable", 9, 50), *rows("neutral", 20, 60)]
    )
    said = transparency._shares("false_flag_rate", found, transparency.ENGLISH)
    assert said[0].startswith("Estimated false flag rate: 19.4% (95% interval")
    assert [line.partition(": ")[2] for line in said[1:3]] == ["at most 18.8%.", "at most 30.8%."]
    assert said[3].startswith("Estimated false flag rate (neutral): 33.3% (95%")


def test_percentages_are_told_where_nobody_can_be_told_from_them():
    say, pairs = transparency.ENGLISH, [("false", "false")] * 20 + [("false", "true")] * 5
    assert transparency._agreement(pairs, say) == [
        "Of 25 verdicts drawn and read blind by a second person, 80% came out alike (kappa 0.00)."
    ]
    assert "all were the same, so kappa can't be told" in transparency._agreement(pairs[:20], say)[0]
    assert "fewer than 5 came out otherwise" in transparency._agreement(pairs[:-1], say)[0]
    assert "put 75% of the cases" in transparency._automation({"model": 15, "random sample": 5}, say)[1]
    assert "can't be told" in transparency._automation({"model": 30, "random sample": 2}, say)[1]


def test_the_report_counts_what_happened_in_its_period_and_only_then(busy):
    told = transparency.build(busy, since=YEAR[0], until=YEAR[1])
    by_title = {table.title: table for table in told.tables}
    assert by_title["How much"].rows["posts first seen"] == 12
    assert by_title["Verdicts of people"].rows == {"false": 12}
    assert by_title["Reasons of those verdicts"].rows == {"contradicted_by_record": 12}
    assert by_title["How much"].rows["verdicts given"] == 12
    assert by_title["Posts a reason was given for, by reason"].rows == {"AUDIT": None, "CONTRADICTS_EVIDENCE": None}
    before = transparency.build(busy, since="1999-01-01", until="2000-01-01")
    assert {table.title: table for table in before.tables}["Verdicts of people"].rows == {}


def test_a_post_counts_once_in_a_row_however_many_models_scored_it_and_sums_say_what_they_are(db, tmp_path):
    for number in range(1, 7):
        a_case(db, number, rights=("CRC", "CAT"))
        version = posts.post_by(db, f"https://bao.example/{number}").id
        for model in ("m1", "m2", "m3"):
            row = ScoreRow(version, model, "claim", ("CRC", "CAT"), 0.9, True, ("CONTRADICTS_EVIDENCE",), "Luật")
            scores.add_score(db, row, outcome="x")
    assert report.flags(db, *YEAR) == ({"CONTRADICTS_EVIDENCE": 6}, {"CAT": 6, "CRC": 6}, {"other": 6})
    told = transparency.build(db, since=YEAR[0], until=YEAR[1])
    plain = transparency.write(told, tmp_path)[0].read_text(encoding="utf-8")
    tables = {part.partition("\n")[0]: part for part in plain.split("\n## ")}
    assert "| sum of the rows, which overlap | 12 |" in tables["The same, by right"]
    assert "| all | 6 |" in tables["The same, by kind of source"]
    assert "| all |" not in tables["The same, by right"]


def test_a_verdict_that_was_corrected_counts_as_false_no_more(busy):
    before = report.false_by_right(busy, *YEAR)
    case = next(row["case_id"] for row in report.published(busy, *YEAR) if row["verdict"] == "false")
    decisions.reopen(busy, case, person="minh", note="")
    decisions.decide(busy, NewDecision(case, "minh", Verdict.TRUE, "confirmed_by_record", ("fact:a",)))
    assert sum(report.false_by_right(busy, *YEAR).values()) == sum(before.values()) - 1


def test_agreement_automation_and_reversals_are_told(busy):
    said = " ".join(transparency.build(busy, since=YEAR[0], until=YEAR[1]).sentences)
    assert "No verdict was given by a machine" in said
    assert "Of 6 verdicts drawn and read blind by a second person, fewer than 5 came out otherwise." in said
    assert "Fewer than 5 verdicts were reversed" in said
    assert report.reversals(busy, *YEAR)[0] >= 0


def test_a_reversal_is_counted_once_and_timed_from_the_verdict_that_a_blind_reading_only_confirmed(db):
    case = a_case(db, 1)
    put = "INSERT INTO decisions (case_id, person, at, action, verdict, reason, blind, undoes) VALUES (?,?,?,?,?,?,?,?)"
    for row in (
        (case, "lan", "2026-01-01T00:00:00Z", "decide", "true", "confirmed_by_record", 0, None),
        (case, "minh", "2026-01-04T00:00:00Z", "decide", "unverifiable", "no_record", 1, None),
        (case, "minh", "2026-01-04T01:00:00Z", "undo", "", "", 0, 2),
        (case, "hoa", "2026-01-05T00:00:00Z", "decide", "true", "confirmed_by_record", 1, None),
        (case, "soi", "2026-01-05T04:00:00Z", "reopen", "", "", 0, None),
        (case, "lan", "2026-01-06T00:00:00Z", "undo", "", "", 0, 1),
    ):
        db.conn.execute(put, row)
    assert report.reversals(db, *YEAR) == [pytest.approx(100)]
    assert report.reversals(db, "2026-01-05T05:00:00Z", YEAR[1]) == []  # it was reversed before, and only once


def test_the_three_forms_say_the_same_and_name_nobody(busy, tmp_path):
    told = transparency.build(busy, since=YEAR[0], until=YEAR[1])
    paths = transparency.write(told, tmp_path / "out")
    assert [path.name for path in paths] == ["transparency.md", "transparency.html", "transparency.json"]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for sentence in told.sentences:
        assert all(sentence in html.unescape(text) for text in texts)
    assert not any(re.search(r"\b(lan|minh)\b|bao\.example|src=|href=", text) for text in texts)
    assert {t["title"]: t["rows"] for t in json.loads(texts[2])["tables"]}["Verdicts of people"] == {"false": 12}
    worded = transparency.write(told, tmp_path / "worded", name=lambda code: {"false": "Sai & giả"}.get(code, code))
    assert "| Sai & giả | 12 |" in worded[0].read_text(encoding="utf-8")
    assert "Sai &amp; giả" in worded[1].read_text(encoding="utf-8")
    assert worded[2].read_text(encoding="utf-8") == texts[2]


def test_the_report_is_written_in_vietnamese_with_its_numbers_and_days(busy, tmp_path):
    vi = words.words("vi")
    say = transparency.Say("vi", vi.gettext, vi.number, vi.decimal, vi.day)
    told = transparency.build(busy, since=YEAR[0], until=YEAR[1], say=say)
    assert told.sentences[0] == "Không kết luận nào do máy đưa ra: mọi kết luận đều của con người."
    named = {**names.VERDICTS, **names.REASONS, **names.FLAGS, **names.RIGHTS, **names.KINDS}
    many = dataclasses.replace(
        told, tables=(*told.tables, transparency.Table("How much", {"scores made": 12345}, None))
    )
    paths = transparency.write(many, tmp_path, name=lambda code: named.get(code, code))
    plain, page, data = (path.read_text(encoding="utf-8") for path in paths)
    assert plain.startswith(f"# Báo cáo minh bạch, {vi.day(YEAR[0])} đến {vi.day(YEAR[1])}\n")
    assert '<html lang="vi">' in page
    for line in ("| bài phát hiện lần đầu | 12 |", "| Sai | 12 |", "| tất cả | 12 |", "| lượt chấm điểm | 12.345 |"):
        assert line in plain
    assert "Một bài có thể có nhiều lý do" in page
    english = transparency.build(busy, since=YEAR[0], until=YEAR[1])
    for text in (plain, html.unescape(page)):
        assert not [
            word for word in (*english.sentences, *(t.title for t in english.tables), "withheld") if word in text
        ]
    assert json.loads(data)["language"] == "vi"
    assert json.loads(data)["tables"][:-1] == json.loads(transparency.as_json(english))["tables"]


def test_shares_hours_and_kappas_are_told_in_vietnamese_figures():
    vi = words.words("vi")
    say = transparency.Say("vi", vi.gettext, vi.number, vi.decimal, vi.day)
    pairs = [("false", "false")] * 1200 + [("false", "true")] * 300 + [("true", "true")] * 900
    assert transparency._agreement(pairs, say)[0].startswith("Trong 2.400 kết luận")
    assert transparency._agreement(pairs, say)[0].endswith(
        "88% trùng nhau (kappa 0,75, khoảng tin cậy 95% từ 0,73 đến 0,77)."
    )
    assert transparency._reversals([1.25] * 7, say)[0].endswith("trong vòng 1,2 giờ.")
    rows = [labels.Audited(1, "[]", at < 20, "true", "neutral") for at in range(60)]
    said = transparency._shares("false_flag_rate", audit.estimates(rows), say)
    assert said[0] == "Ước lượng tỷ lệ bài khác bị gắn cờ nhầm: 33,3% (khoảng tin cậy 95%: từ 22,7% đến 45,9%)."
    assert said[1].startswith("Ước lượng tỷ lệ bài khác bị gắn cờ nhầm (trung lập): 33,3%")


def test_every_row_of_how_much_has_words(busy):
    opened = {"model", "random sample", "lane or person"}
    assert {*report.volumes(busy, *YEAR), *opened, *labels.SIDES} == set(transparency.ROWS)
    assert set(report.opened_by(busy, *YEAR)) <= opened


def test_what_is_told_of_a_verdict_that_two_people_read_has_the_day_on_which_the_second_agreed(db):
    made, say = read_by_two(db), words.words("en")
    stands = [case for case, (_, told) in zip(made, READ_BY_TWO, strict=True) if told[:2] == ("decided", 2)]
    told = list(claim_reviews(db, say=say, desk=DeskSettings(), since=the_day(2), until=the_day(3)))
    assert [one["datePublished"] for one in told] == [the_day(2)[:10]] * len(stands) != []
    assert not list(claim_reviews(db, say=say, desk=DeskSettings(), since=the_day(1), until=the_day(2)))
    for row in report.all_cases(db):
        if row["case_id"] in stands:
            assert (row["since"], row["decided_at"]) == (the_day(2), the_day(1))
            assert brief(db, row["case_id"], say=say).at == the_day(2)


def test_a_claim_review_names_the_claim_its_rating_and_no_partys_word(busy):
    found = list(claim_reviews(busy, say=words.words("vi"), desk=DeskSettings(), since="", until=YEAR[1]))
    assert len(found) == 10  # of 12: one verdict was taken back, one is disputed
    one = found[0]
    assert one["@type"] == "ClaimReview"
    assert one["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Sai"}  # fmt: skip
    assert one["itemReviewed"]["appearance"][0]["url"].startswith("https://bao.example/")
    assert [source["url"] for source in one["citation"]] == ["https://luat.example/a"]
    assert "lan" not in json.dumps(one).split('"')


def test_a_verdict_is_told_with_the_score_of_posts_that_stood_in_its_case(db):
    one, two = a_case(db, 1), a_case(db, 2)
    (left,) = cases.posts_of(db, one)
    (stays,) = cases.posts_of(db, two)
    cases.join_case(db, one, stays)
    cases.join_case(db, two, left)
    version = posts.post_by(db, "https://bao.example/1").id
    scores.add_score(db, ScoreRow(version, "m2", "claim", ("CRC",), 0.9, True), outcome="y")
    decide(db, one)
    assert [(row["score_id"], row["model"]) for row in report.decisions_of(db)] == [(2, "m1")]


def test_decisions_leave_with_who_gave_them_on_what_and_their_line_of_the_log(db):
    from pipeline.store import audit as log
    from pipeline.store import people

    lan, (one, two) = people.add(db, "lan"), (a_case(db, number) for number in (1, 2))
    made = decide(db, one)
    log.note(db, "lan", "decide", subject=one, detail=log.mark_of(db, made))
    decisions.undo(db, made, person="lan")
    log.note(db, "lan", "undo", subject=one, detail=f"#{made}")
    log.note(db, "lan", "decide", subject=one, detail=log.mark_of(db, again := decide(db, one)))
    decisions.reopen(db, one, person="lan", note="Có bản khác.")
    decide(db, two, second=1.0)  # of which a second reader is to know nothing
    rows = report.decisions_of(db)
    assert all(tuple(row) == report.OF_A_DECISION for row in rows)
    assert [(row["decision"], row["action"], row["undoes"], row["line"]) for row in rows] == [
        (made, "decide", None, 1),
        (2, "undo", made, 2),
        (again, "decide", None, 3),
        (4, "reopen", None, 4),
    ]
    assert {row["by"] for row in rows} == {lan.pseudonym}
    assert [row["seal"] for row in rows] == [log.seal_of(db, line) for line in (1, 2, 3, 4)]
    assert rows[0]["evidence"] == [{"eid": "fact:a", "role": "primary"}, {"eid": "news:b", "role": "party"}]
    assert [(row["score_id"], row["model"]) for row in rows][:2] == [(1, "m1"), (None, "")]
    assert "Có bản khác" not in json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize(("ending", "none"), [("csv", ""), ("jsonl", None), ("parquet", None)])
def test_decisions_open_in_every_form_with_a_number_or_none(db, tmp_path, ending, none):
    decisions.undo(db, decide(db, a_case(db, 1)), person="lan")
    tables.write_rows(report.decisions_of(db), tmp_path / f"decisions.{ending}")
    told, undone = tables.read(tmp_path / f"decisions.{ending}")
    assert [str(told[name]) for name in ("decision", "undoes", "score_id")] == ["1", str(none), "1"]
    assert [str(undone[name]) for name in ("decision", "undoes", "score_id")] == ["2", "1", str(none)]


def test_parquet_files_of_several_months_join_whatever_stands_in_them(db, tmp_path):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    made = decide(db, a_case(db, 1))
    drawn = dict.fromkeys(report.OF_A_REASON, "") | {"score_id": 1, "post_id": 1, "p_refuted": 0, "p": 0}
    first = report.decisions_of(db)
    decisions.undo(db, made, person="lan")
    told = {
        report.OF_A_CASE: ([], report.all_cases(db)),
        report.OF_A_REASON: ([drawn], [drawn | {"p": 0.5, "p_refuted": 0.9}], []),
        report.OF_A_DECISION: (first, report.decisions_of(db), []),
    }
    for columns, months in told.items():
        read = []
        for rows in months:
            tables.write_rows(rows, tmp_path / "thang.parquet", names=columns)
            read.append(parquet.read_table(tmp_path / "thang.parquet"))
        assert pyarrow.concat_tables(read).num_rows == sum(map(len, months))
        assert tuple(read[0].column_names) == columns
        numbers = {name for name, kind in zip(columns, read[0].schema.types, strict=True) if kind != "string"}
        assert numbers == tables.TYPES.keys() & set(columns)
        assert numbers >= {name for name in columns if isinstance(months[1][-1][name], int | float)}
    snapshots.write([], tmp_path / "nhan", formats=["parquet"], view="latest", until="")
    columns = [one.name for one in dataclasses.fields(snapshots.LabelRow)]
    assert parquet.read_table(tmp_path / "nhan" / "labels.parquet").column_names == columns


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_cases_and_reasons_open_in_every_form(busy, tmp_path, ending):
    kinds = (
        ("cases", report.all_cases(busy), report.OF_A_CASE),
        ("reasons", report.reasons_of(busy), report.OF_A_REASON),
    )
    for name, rows, columns in kinds:
        assert tuple(rows[0]) == columns
        path = tmp_path / f"{name}.{ending}"
        assert tables.write_rows(rows, path) == 12
        back = list(tables.read(path))
        assert [str(row["claim"]) for row in back] == [str(row["claim"]) for row in rows]
        assert back[0]["rights"] == (["CRC"] if ending == "jsonl" else '["CRC"]')
    with pytest.raises(tables.TableRefused, match="should end in"):
        tables.write_rows([], tmp_path / "cases.xlsx")


def test_a_disputed_case_leaves_with_its_first_verdict_its_day_and_its_reason(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Luật cho trẻ 12 tuổi làm công nhân."))
    case_id = cases.open_case(db, 1, claim="c", score_id=None)
    decisions.decide(db, NewDecision(case_id, "lan", Verdict.OPINION, "view"), second_share=1.0)
    decisions.decide(db, NewDecision(case_id, "minh", Verdict.NOT_RIGHTS, "other_topic", blind=True))
    (row,) = report.all_cases(db)
    assert (row["state"], row["verdict"], row["verdict_reason"]) == ("disputed", "opinion", "view")
    assert row["decided_at"]


def test_each_reason_leaves_with_the_passage_it_goes_by(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Luật cho trẻ 12 tuổi làm công nhân."))
    shown = [("factcheck:9", "contradicts", "party"), ("decision:3", "contradicts", "independent"),
             ("fact:b", "related", "primary"), ("fact:a", "contradicts", "primary")]  # fmt: skip
    reasons = ("REPEATS_REFUTED", "CONTRADICTS_EVIDENCE", "AUDIT")
    pieces = tuple(EvidenceRow(eid, relation, 0.9, role) for eid, relation, role in shown)
    scores.add_score(db, ScoreRow(1, "m1", "claim", ("CRC",), 0.9, True, reasons, "c", evidence=pieces), outcome="x")
    found = [(row["reason"], row["eid"]) for row in report.reasons_of(db)]
    assert found == [("REPEATS_REFUTED", "decision:3"), ("CONTRADICTS_EVIDENCE", "fact:a"), ("AUDIT", "factcheck:9")]


def test_a_file_in_a_folder_that_is_not_there_is_refused_by_the_folders_name(tmp_path):
    with pytest.raises(FileNotFoundError) as refused:
        tables.write_rows([], tmp_path / "xuat" / "cases.csv")
    assert refused.value.filename == str(tmp_path / "xuat")


@contextmanager
def full_disk():
    """No file may grow beyond a thousand bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_database_that_a_limit_keeps_from_growing_says_so_beside_a_full_disk(tmp_path):
    with full_disk(), pytest.raises(StoreError, match=r"soi\.db can't be .* \(raise the limit, ulimit -f\)"):
        open_store(tmp_path / "soi.db")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one(tmp_path, ending):
    path = tmp_path / f"cases.{ending}"
    tables.write_rows([{"claim": "cũ"}], path)
    path.chmod(0o640)
    many = [{"claim": f"Câu {at * at * 7919}"} for at in range(2000)]
    with full_disk(), pytest.raises(OSError):  # noqa: PT011  # the libraries give it their own words
        tables.write_rows(many, path)
    assert list(tables.read(path)) == [{"claim": "cũ"}]
    assert list(tmp_path.glob(".*")) == []
    tables.write_rows(many, path)
    assert (len(list(tables.read(path))), path.stat().st_mode & 0o777) == (2000, 0o640)


def test_a_full_disk_leaves_no_half_of_a_snapshot_and_none_of_a_report(busy, tmp_path):
    found = transparency.build(busy, since="2000-01-01", until="2999-01-01")
    with full_disk():
        with pytest.raises(OSError, match="too large"):
            snapshots.write(snapshots.rows(busy), tmp_path / "a", formats=["jsonl"], view="latest", until="")
        with pytest.raises(OSError, match="too large"):
            transparency.write(found, tmp_path / "b")
    assert not (tmp_path / "a").exists()
    assert [path.name for path in tmp_path.glob("[!d]*")] == ["b"]
    assert list((tmp_path / "b").iterdir()) == []


def test_a_full_disk_leaves_the_description_for_datasette_as_it_was(tmp_path):
    path = tmp_path / "m.yaml"
    for before in ([], [path]):
        with full_disk(), pytest.raises(OSError, match="too large"):
            readingroom.write(path)
        assert list(tmp_path.iterdir()) == before
        path.write_text("{}", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "{}"


def test_a_full_disk_leaves_an_imported_set_as_it_was(tmp_path):
    path, about = tmp_path / "cau.jsonl", {"means": "do chúng tôi gán", "licence": "MIT"}
    known = datasets.generic("cau", {"text": "text"}, {}, about)
    path.write_text('{"text": "Trường mở cửa."}\n', encoding="utf-8")
    datasets.import_set(tmp_path / "sets", path, known)
    path.write_text("".join(f'{{"text": "Câu {at * 7919}."}}\n' for at in range(90)), encoding="utf-8")
    with full_disk(), pytest.raises(OSError, match="too large"):
        datasets.import_set(tmp_path / "sets", path, known)
    assert [row.text for row in datasets.load(tmp_path / "sets" / "cau")] == ["Trường mở cửa."]


def test_no_cell_of_a_csv_is_a_formula(db, tmp_path):
    tables.write_rows([{"claim": "=HYPERLINK(1)", "n": -3}], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1] == ["'=HYPERLINK(1)", "-3"]


def test_a_csv_says_that_it_is_utf8_and_gives_any_cell_back(tmp_path):
    rows = [{"câu": text, "n": "1"} for text in ("Việt Nam", "hai\rdòng", "ba\r\ndòng\n", 'anh "Q", chị R', "")]
    tables.write_rows(rows, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeffcâu,n\n".encode())  # else Excel takes it for Latin
    assert list(tables.read(tmp_path / "a.csv")) == rows


def test_an_empty_folder_that_is_there_is_filled_and_stays_where_it_is(tmp_path):
    (tmp_path / "held").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "held")
    with atomic.built(tmp_path / "link") as work:
        (work / "a").write_text("1")
    assert (tmp_path / "held" / "a").read_text() == "1"
    assert (tmp_path / "link").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["held", "link"]
