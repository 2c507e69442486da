"""Errors are grouped by what differs, by where the chain broke and by what a text is; people are invented."""

import math

import pytest
from ours import model as shipped_model

from classifier.evaluation import causes

PASSAGE = "Ủy ban huyện Suối Mây đã cấp thẻ cho 120 người khuyết tật và không thu phí của hộ nghèo trong năm 2024."


@pytest.fixture(scope="module")
def verdict():
    return shipped_model().verdict


@pytest.mark.parametrize(("claim", "cause"), [
    ("Ủy ban huyện Suối Mây đã cấp thẻ cho 450 người khuyết tật và không thu phí của hộ nghèo.", "another number"),
    ("Ủy ban huyện Suối Mây không cấp thẻ cho 120 người khuyết tật trong năm 2024.", "a negation on one side"),
    ("Ủy ban huyện Suối Mây đã cấp thẻ cho tất cả người khuyết tật trong năm 2024.", "another quantifier"),
    ("Ủy ban huyện Suối Mây sẽ cấp thẻ cho 120 người khuyết tật.", "another modality"),
    ("Ủy ban huyện Đồng Cau đã cấp thẻ cho 120 người khuyết tật và không thu phí của hộ nghèo.", "another place"),
    ("Uy ban huyen Suoi May da cap the cho 120 nguoi khuyet tat.", "without diacritics"),
    ("Thẻ được trao miễn lệ phí, ai tàn tật nơi đây cũng nhận, nhà túng thiếu chẳng mất đồng nào.", "few shared words"),
    ("Ủy ban huyện Suối Mây đã cấp thẻ cho 120 người khuyết tật.", "worded alike"),
])  # fmt: skip
def test_how_a_claim_differs_from_its_passage_is_told(verdict, claim, cause):
    (marks,) = causes.of_pairs(verdict, [(claim, PASSAGE)])
    assert cause in marks
    assert ("few shared words" in marks) != ("worded alike" in marks)


def test_swapped_roles_are_told_and_kept_ones_are_not(verdict):
    passage = "Lê Thị Mận tố cáo ông Trần Văn Cội đã đánh đập công nhân ở xưởng gạch."
    swapped = "Trần Văn Cội tố cáo bà Lê Thị Mận đã đánh đập công nhân ở xưởng gạch."
    kept, turned = causes.of_pairs(verdict, [(passage, passage), (swapped, passage)])
    assert "swapped roles" not in kept
    assert "swapped roles" in turned
    assert kept == ["worded alike"]


@pytest.mark.parametrize(("kind", "rights", "shown", "broke"), [
    ("opinion", ["CRC"], ["a"], "read as opinion, not as a claim"),
    ("claim", [], ["a"], "right missed"),
    ("claim", ["CRC"], [], "no passage found"),
    ("claim", ["CRC"], ["b"], "wrong passage found"),
    ("claim", ["CRC"], ["b", "a"], "right passage beside it"),
])  # fmt: skip
def test_the_first_step_that_went_wrong_is_told(kind, rights, shown, broke):
    assert causes.of_chain(kind, rights, shown, ["a"]) == broke


def test_a_text_says_what_it_gives_a_reader_to_go_by():
    assert causes.of_text("Sao lai the") == ["a short text", "without diacritics"]
    assert causes.of_text("Hôm qua, tôi thấy họ phá cổng nhà bà Mận rồi bỏ đi.") == []
    assert causes.of_text("") == ["a short text"]


def test_errors_beyond_the_others_share_come_first_and_count_right():
    ids = [str(at) for at in range(12)]
    marks = [["x"] if at < 4 else ["y"] for at in range(12)]
    said = [at not in (0, 1, 2, 7) for at in range(12)]
    x, y = causes.grouped(ids, [True] * 12, said, marks)
    assert (x.cause, x.wrong, x.n, x.elsewhere, x.ids) == ("x", 3, 4, 1 / 8, ("0", "1", "2"))
    assert (y.cause, y.wrong, y.n, y.elsewhere) == ("y", 1, 8, 3 / 4)
    assert (x.more, y.more) == (2.5, -5.0)
    assert causes.worse([x, y], 5) == [x]


def test_a_mark_that_all_or_hardly_any_rows_carry_is_no_cause():
    every, *rest = causes.grouped("abcdef", [True] * 6, [False] * 3 + [True] * 3, [["x"]] * 4 + [["x", "y"], []])
    assert rest == []  # y: one row tells nothing
    assert math.isnan(every.elsewhere)
    assert every.more == 0
    assert causes.worse([every], 5) == []


def test_the_marks_of_a_row_are_joined_each_once():
    assert causes.joined([["x", "y"], []], [["y"], ["z"]]) == (("x", "y"), ("z",))
    assert causes.told({"edit": "number", "text": "…", "how": ""}) == ["edit: number"]
