"""A number beside its unit is read one way however it is written; days and numbers of laws stay."""

import pytest

from classifier.orthography.spelling import plain, read


@pytest.mark.parametrize(("written", "meant"), [
    ("Nghỉ 06 tháng.", "Nghỉ 6 tháng."),
    ("Nghỉ 6tháng, con 12tuổi.", "Nghỉ 6 tháng, con 12 tuổi."),
    ("Nghỉ 06tháng.", "Nghỉ 6 tháng."),
    ("Thử việc 05 (năm) ngày.", "Thử việc 5 ngày."),
    ("Thăm 03 lần, mỗi năm 02 ngày, mỗi lần 03 giờ.", "Thăm 3 lần, mỗi năm 2 ngày, mỗi lần 3 giờ."),
    ("NGHỈ 04 THÁNG.", "NGHỈ 4 THÁNG."),
    ("nghi 4thang", "nghi 4 thang"),
])  # fmt: skip
def test_a_zero_before_a_figure_a_missing_blank_and_a_number_said_twice_change_no_reading(written, meant):
    assert plain(written) == meant
    assert read(written).text == meant


def test_a_unit_put_apart_leads_back_to_what_was_written():
    text = "Nghỉ 06tháng."
    back = read(text)
    at = back.text.index("6")
    assert text[slice(*back.original_span(at, at + len("6 tháng")))] == "6tháng"


@pytest.mark.parametrize("text", [
    "Ngày 06 tháng 07 năm 2024, tháng 08 năm ấy, lúc 06 giờ 30.",
    "Điều 05 năm nay, số 07 người ta gọi, 1.005 người, 2,05 năm, 3-06 tháng, 06h.",
    "Gọi 0912 345 678, 20 (năm) người.",
])  # fmt: skip
def test_days_times_laws_and_longer_numbers_stay_as_written(text):
    assert plain(text) == text
