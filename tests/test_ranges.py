"""The arithmetic of law: the same number however it is said, and a number outside the law's range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.comparison import numbers
from classifier.semantics.lexicon import cut
from classifier.semantics.ranges import FEATURES, compare, percents, ranges
from classifier.text import figures, syllables


def read(text):
    return ranges(cut(percents(text)))


def named(claim, evidence):
    return dict(zip(FEATURES, compare(read(claim), read(evidence)), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tạm giữ 72 giờ", "tạm giữ 3 ngày"),
        ("giữ ba ngày", "giữ 03 ngày"),
        ("nghỉ nửa năm", "nghỉ 06 tháng"),
        ("một tuần", "7 ngày"),
        ("gấp đôi lương", "200% lương"),
        ("gấp rưỡi", "150 phần trăm"),
        ("mười tám tuổi", "18 tuổi"),
        ("36 tháng tuổi", "ba tuổi"),
        ("12 tháng", "một năm"),
        ("ngày 5/2/2015", "ngày 5 tháng 2 năm 2015"),
        ("500 nghìn đồng", "500.000 đồng"),
        ("ba phần tư cử tri", "75% cử tri"),
        ("hai muoi mot tuoi", "21 tuổi"),
        ("4 triệu 960 nghìn đồng", "4.960.000 đồng"),
        ("1 tỷ 200 triệu đồng", "1,2 tỷ đồng"),
        ("một triệu hai trăm nghìn đồng", "1.200.000 đồng"),
        ("hai nghìn năm trăm tỷ đồng", "2.500 tỷ đồng"),
        ("một trăm hai mươi triệu đồng", "120 triệu đồng"),
        ("một trăm năm mươi công nhân", "150 công nhân"),
        ("1 tỷ rưỡi", "1,5 tỷ"),
        ("6 tháng rưỡi", "6,5 tháng"),
        ("3 năm 6 tháng", "42 tháng"),
    ],
)
def test_two_ways_to_say_one_number_are_the_same(one, other):
    assert named(one, other)["numbers_same"] >= 1
    assert named(one, other)["numbers_rival"] == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4 triệu 960 nghìn đồng", "4.960.000 đồng"),
        ("1 tỷ 200 triệu đồng", "1,2 tỷ đồng"),
        ("một trăm hai mươi triệu đồng", "120 triệu đồng"),
        ("Một trăm hai mươi người", "120 người"),
        ("1 tỷ rưỡi đồng", "1,5 tỷ đồng"),
        ("6 tháng rưỡi", "6,5 tháng"),
        ("3 năm 6 tháng tù", "42 tháng tù"),
    ],
)
def test_the_other_reader_adds_the_parts_of_a_number_too(one, other):
    (said,), (told,) = (numbers.quantities(syllables.read(text)) for text in (one, other))
    assert said.same(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ngày 24.9.1982", "ngày 24/9/1982"),
        ("từ tháng 9.1982", "từ tháng 9/1982"),
        ("ngày 20.11 ở chợ", "ngày 20/11 ở chợ"),
        ("sáng 2.4.44", "sáng 2/4/1944"),
        ("ngày 24/9/82", "ngày 24/9/1982"),
        ("sinh ngày 2/4/44", "sinh ngày 2/4/1944"),
        ("sinh ngày 12/3/38", "sinh ngày 12/3/1938"),
        ("ngày 5-2-15", "ngày 5-2-2015"),
        ("500,000 đồng", "500.000 đồng"),
        ("500 000 đồng", "500.000 đồng"),
        ("12,345 tù nhân", "12.345 tù nhân"),
        ("hai em 16,17 tuổi", "hai em 16; 17 tuổi"),
        ("điều 117,331 bộ luật", "điều 117; 331 bộ luật"),
        ("khóa 2016,2023", "khóa 2016; 2023"),
        ("07 (bảy) năm tù", "7 năm tù"),
        ("02 (hai) năm 6 (sáu) tháng tù", "30 tháng tù"),
        ("30 (ba mươi) tháng tù", "30 tháng tù"),
        ("7 triệu 5 vì một bài viết", "7,5 triệu vì một bài viết"),
        ("phạt 7tr5", "phạt 7,5tr"),
        ("ba lăm phần trăm", "35%"),
        ("hăm lăm năm", "25 năm"),
        ("hai chục ngày", "20 ngày"),
        ("2 trăm 5 chục nghìn đồng", "250.000 đồng"),
        ("bẩy năm", "7 năm"),
        ("3/4 số cử tri", "75% số cử tri"),
    ],
)
def test_both_readers_know_a_number_in_all_its_shapes(one, other):
    assert [(q.unit, q.value) for q in read(one)] == [(q.unit, q.value) for q in read(other)]
    said, told = (numbers.quantities(syllables.read(text)) for text in (one, other))
    assert [(q.kind, q.value) for q in said] == [(q.kind, q.value) for q in told]


@pytest.mark.parametrize("said", [
    "73,64 tuổi", "12,5 triệu", "tỷ lệ 1,250%", "là 18.4", "ngày 2.5 triệu", "1,234 ha", "nặng 2,500 kg",
    "mức sinh 1,910 con", "cao 1,650 mét", "gấp 1,150 lần", "hệ số 2,340", "tuổi thọ trung bình 73,74 tuổi",
    "bình quân một hộ có 3,250 người", "mỗi ngày 1.9 đô la", "mỗi ngày 1.5 viên", "mỗi ngày 12.5 lượt", "đêm 9.5 độ C",
    "tối 9.5 điểm", "ngày 1.5 h", "bản 1.2.2020", "mục 3.1.2019", "mỗi lớp 45,5 học sinh",
])  # fmt: skip
def test_a_decimal_stays_one(said):
    assert figures.usual(said) == said


@given(st.text(alphabet="0123456789.,/-() ngàytuổiđồnghai", max_size=60))
def test_figures_keep_their_places(said):
    assert len(figures.usual(said)) == len(said)
    found = syllables.read(said)
    assert len(found.shown) == len(found.spans)


def test_what_is_quoted_is_as_it_was_written():
    found = syllables.read("ngày 24.9.82, phạt 500,000 đồng")
    assert found.said(0, len(found)) == found.text


def test_numbers_that_a_stop_parts_are_not_added():
    assert [q.low for q in read("phạt 5 triệu. 960 nghìn người")] == [5e6, 960e3]
    assert [q.low for q in read("giam 3 năm. 6 tháng sau")] == [25920, 4320]


def test_bounds_are_ranges():
    assert [(q.low, q.high) for q in read("từ đủ 16 tuổi trở lên")] == [(16.0, math.inf)]
    (under,) = read("dưới 16 tuổi")
    assert under.high < 16.0
    assert [(q.low, q.high) for q in read("ít nhất bằng 85%")] == [(85.0, math.inf)]
    assert [q.high for q in read("không quá 48 giờ")] == [48.0]


def test_an_age_below_the_threshold_is_outside_and_one_above_is_inside():
    law = "Công dân đủ mười tám tuổi trở lên có quyền bầu cử."
    assert named("16 tuổi đã được đi bầu", law)["numbers_outside"] == 1
    assert named("20 tuổi được đi bầu", law)["numbers_inside"] == 1


def test_at_least_against_at_most_is_turned():
    assert named("tăng ca ít nhất 40 giờ", "làm thêm không quá 40 giờ")["bound_turned"] == 1
    assert named("tăng ca tối đa 40 giờ", "làm thêm không quá 40 giờ")["bound_turned"] == 0


def test_a_year_is_compared_with_the_year_of_a_date():
    assert named("phê chuẩn năm 1990", "phê chuẩn ngày 28/2/1990")["numbers_same"] == 1
    assert named("phê chuẩn năm 1995", "phê chuẩn ngày 28/2/1990")["numbers_rival"] == 1


def test_numbers_of_articles_are_not_compared():
    assert named("Điều 25 nói vậy", "Điều 31. Quyền của người bị bắt")["numbers_claimed"] == 0


def test_the_first_number_of_a_range_takes_its_unit():
    assert [q.unit for q in read("từ đủ 16 đến dưới 18 tuổi")] == ["age", "age"]


@given(st.text(alphabet="0123456789.,/% \nngàytháchămtuổiđủdướiquá", max_size=120))
def test_any_text_gives_ranges_in_order_and_spans_inside(text):
    pieces = cut(percents(text))
    found = ranges(pieces)
    assert all(one.low <= one.high + 1e-5 for one in found)
    assert all(0 <= one.first < one.last <= len(pieces.spans) for one in found)
    assert all(math.isfinite(value) for value in compare(found, found))


def test_any_part_is_a_percentage():
    assert named("bốn phần năm tiền lương", "80% tiền lương")["numbers_same"] == 1


def test_what_is_written_like_a_unit_of_ours_is_a_word():
    assert [(q.low, q.unit) for q in read("chiếm 12,5 date và 10 date")] == [(12.5, "date"), (10.0, "date")]
    assert [q.unit for q in read("ngày 17/2/1982")] == ["a date", "year"]


def test_a_chain_of_ranges_of_any_length_is_read():
    assert len(read("1tới" * 3_000)) > 0


def test_a_year_that_names_a_law_is_no_year():
    assert named("Luật Xóm làng 2031 nói vậy", "Điều 3 Luật số 12/2031/QH20")["numbers_claimed"] == 0
    assert named("Luật này có từ năm 2031", "ban hành năm 2031")["numbers_same"] == 1


def test_must_not_exceed_is_a_bound():
    assert [one.high for one in read("mức trừ không được quá 30% lương")] == [30.0]


@pytest.mark.parametrize(("said", "low", "high"), [
    ("không dưới 15 tuổi", 15, math.inf), ("không được dưới 15 tuổi", 15, math.inf),
    ("khong duoi 15 tuoi", 15, math.inf), ("ít hơn 15 tuổi", 0, 15), ("không hơn 15 tuổi", 0, 15),
    ("chưa quá 15 tuổi", 0, 15), ("không vượt quá 15 tuổi", 0, 15), ("vượt quá 15 tuổi", 15, math.inf),
])  # fmt: skip
def test_a_bound_that_is_denied_is_the_other_bound(said, low, high):
    (one,) = read(said)
    assert (one.low, one.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))
    if said.isascii():
        return  # diacritics are restored before the numbers of the other reader are looked for
    (other,) = numbers.quantities(syllables.read(said))
    assert (other.low, other.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


@pytest.mark.parametrize(("said", "kinds", "values"), [
    ("1 năm tù và 12 tháng tù", ["time", "time"], [8640, 8640]),
    ("12.345,6 tấn và 1.250.000,5 tấn", ["amount", "amount"], [12345.6, 1250000.5]),
    ("10-15 triệu đồng", ["amount", "money"], [10, 15e6]),
    ("ngày 5-6-2024", ["date", "month", "year"], [5, 6, 2024]),
    ("từ 1/7-5/7/2024 và 6/2024", ["date", "month"] * 2 + ["year", "month", "year"], [1, 7, 5, 7, 2024, 6, 2024]),
    ("Nghị định 168/2024/NĐ-CP", ["article"] * 2, [168, 2024]),
    ("Nghị định số 12/2024", ["article"] * 2, [12, 2024]),
    ("số 5/2019/QH14 có hiệu lực", ["article"] * 3, [5, 2019, 14]),
    ("tỷ lệ 45/60", ["amount"] * 2, [45, 60]),
    ("3/4 số đại biểu tán thành", ["percent"], [75]),
    ("ngày 3/4 số đại biểu có mặt", ["date", "month"], [3, 4]),
    ("sáng 15-10 người dân họp", ["date", "month"], [15, 10]),
    ("từ 10-15 năm", ["amount", "time"], [10, 15 * 8640]),
    ("ngày 5 tháng 6 năm 2024", ["date", "month", "year"], [5, 6, 2024]),
    ("3 năm 6 tháng tù", ["time"], [30240]),
    ("3 năm, 6 tháng tù", ["time", "time"], [25920, 4320]),
    ("1 tuần 48 giờ", ["time", "time"], [168, 48]),
    ("một trăm linh năm người", ["amount"], [105]),
    ("5 triệu 3 người", ["amount", "amount"], [5e6, 3]),
    ("4tr5", ["money"], [4.5e6]),
    ("24 tháng 9 năm 1982", ["date", "month", "year"], [24, 9, 1982]),
    ("mồng 2 tháng 9", ["date", "month"], [2, 9]),
    ("1982-09-24", ["year", "month", "date"], [1982, 9, 24]),
    ("2014-2016,2023-2025 tháng 1/2022", ["amount"] * 3 + ["year", "month", "year"], [2014, 2016, 2023, 2025, 1, 2022]),
    ("mỗi ngày 10.5 giờ", ["time"], [10.5]),
    ("hai ba người", ["amount", "amount"], [2, 3]),
    ("năm bảy tuổi", ["year"], [7]),
    ("một năm ba tháng tù", ["time"], [3 * 720]),
    ("cả hai, sáu tháng sau", ["amount", "time"], [2, 6 * 720]),
    ("chị Tư hai tuổi", ["amount"], [2]),
    ("anh Ba bảy tuổi", ["amount"] * 2, [3, 7]),
    ("lớp ba bảy tuổi", ["amount"] * 2, [3, 7]),
    ("quý hai sáu tháng", ["amount", "time"], [2, 6 * 720]),
    ("3 tá điền", ["amount"], [3]),
    ("lương 5 triệu/năm", ["amount"], [5e6]),
    ("từ 1/7 người từ đủ 75 tuổi", ["date", "month", "amount"], [1, 7, 75]),
    ("từ 5/9 học sinh", ["date", "month"], [5, 9]),
    ("dịp 3/8 phụ nữ", ["date", "month"], [3, 8]),
    ("đợt 3/6 công nhân", ["date", "month"], [3, 6]),
    ("thang 3-5-10 điểm", ["date", "month", "date"], [3, 5, 10]),
    ("thứ hai bốn giờ chiều", ["ordinal", "time"], [2, 4]),
    ("hăm he 2 người", ["amount"], [2]),
    ("5 triệu/tháng", ["amount"], [5e6]),
    ("một khoản 1,5 triệu đồng", ["article"], [1.5e6]),
    ("1/5 công nhân nghỉ lễ", ["date", "month"], [1, 5]),
    ("mười năm tù", ["time"], [86400]),
])  # fmt: skip
def test_numbers_are_read_as_vietnamese_writes_them(said, kinds, values):
    found = numbers.quantities(syllables.read(said))
    assert ([one.kind for one in found], [one.value for one in found]) == (kinds, values)


@pytest.mark.parametrize(("said", "parts", "values"), [
    ("2/3 số đại biểu tán thành", 1, [200 / 3]), ("hơn 3/4 dân số", 1, [75]), ("7/5 tổng số", 0, [7, 5]),
    ("ngày 2/3 số người đến", 0, [2, 3]), ("tỷ lệ 1/2/3 số phiếu", 0, [1, 2, 3]),
])  # fmt: skip
def test_both_readers_take_a_part_written_with_a_stroke_for_a_percentage(said, parts, values):
    found, other = read(said), numbers.quantities(syllables.read(said))
    assert [one.value for one in found] == [one.value for one in other] == pytest.approx(values)
    assert sum(one.unit == "percent" for one in found) == sum(one.kind == "percent" for one in other) == parts


def test_many_people_are_no_money_and_a_number_of_them_no_article():
    assert [one.unit for one in read("200.000 người, tổng số 500 người")] == ["người", "người"]


def test_a_form_that_can_be_two_things_is_read_as_it_stands():
    said = ["từ 1/7 người già", "năm bảy tuổi", "bắt 3 k cho gặp", "kết quả 6-4-10", "3 tá điền"]
    assert [[one.low for one in read(text)] for text in said] == [[1, 7], [7], [3], [6, 4, 10], [3]]
