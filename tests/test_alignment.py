"""A claim beside its evidence: what is shared, which slot differs, with and without diacritics, for any text."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ours import model

from classifier.comparison.alignment import FEATURES, Extra, rows_of, untelling
from classifier.comparison.groups import GENERAL
from classifier.comparison.names import names
from classifier.comparison.numbers import figure, fractions, quantities
from classifier.comparison.pairing import pair
from classifier.comparison.polarity import cues, opposites, turned
from classifier.comparison.rivals import fitting, swapped
from classifier.comparison.slots import KINDS, Slot, opposed, slots_of, telling
from classifier.comparison.tiling import segments, tiles
from classifier.comparison.vectors import Vectors, learn
from classifier.text.letters import fold
from classifier.text.syllables import read

TEXTS = (
    "Ông Lê Sỏi nói xã Hòn Sỏi có 12 lớp học cho trẻ em",
    "Tòa án huyện Bến Cát tuyên phạt bị cáo 3 năm tù về tội trộm cắp",
    "Người lao động được nghỉ 12 ngày phép mỗi năm theo luật",
    "Công an tỉnh bắt giữ hai người phá rừng ở xã Hòn Sỏi",
)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    tokens = [[read(text).word(at) for at in read(text).words] for text in TEXTS * 5]
    return learn(tokens, {}, seed=1)


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.500.000", 1_500_000), ("8,7", 8.7), ("8.7", 8.7), ("12", 12), ("1.500", 1500), ("1,500", 1.5), ("3a", None)],
)
def test_figures_are_read_as_vietnamese_writes_them(written: str, value: float | None) -> None:
    assert figure(written) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("lương tối thiểu 4,96 triệu đồng", "money", 4_960_000),
        ("tăng 7 %", "percent", 7),
        ("tăng bảy phần trăm", "percent", 7),
        ("theo Điều 27 của luật", "article", 27),
        ("tạm giữ 3 ngày", "time", 72),
        ("tạm giữ 72 giờ", "time", 72),
        ("về hạng ba", "ordinal", 3),
        ("hai mươi lăm người", "amount", 25),
        ("sinh năm 1984", "year", 1984),
        ("nghỉ phép năm 12 ngày", "time", 288.0),
        ("lương 4tr180", "money", 4_180_000),
        ("lương 4 triệu 420 đồng", "money", 4_420_000),
        ("năm 2025 ngày", "year", 2025.0),
    ],
)
def test_numbers_come_with_what_they_count(text: str, kind: str, value: float) -> None:
    (found,) = quantities(read(text))
    assert (found.kind, found.value) == (kind, pytest.approx(value))


def test_what_counts_a_thing_of_its_own_is_no_part_of_the_millions_before_it() -> None:
    assert [one.value for one in quantities(read("có 3 triệu 500 người"))] == [3e6, 500.0]


@pytest.mark.parametrize("text", ["vào năm ngoái", "một người bạn", "không ai nói", "nhà có ba má", "lúc nửa đêm"])
def test_words_that_are_seldom_numbers_are_left_alone(text: str) -> None:
    assert [one.value for one in quantities(read(text)) if one.value != 3] == []


@pytest.mark.parametrize(("text", "values"), [
    ("không quá 8 giờ trong 01 ngày và 48 giờ trong 1 tuần", [8, 48]), ("40 giờ mỗi 1 tháng", [40]),
    ("8 giờ, trong 2 ngày", [8, 48]), ("trả lời trong 1 tháng", [720]), ("8 giờ làm việc ở trong 1 ngày", [8, 24]),
])  # fmt: skip
def test_the_one_that_a_number_is_of_counts_nothing(text: str, values: list[float]) -> None:
    assert [one.value for one in quantities(read(text))] == values


@pytest.mark.parametrize(("text", "kinds"), [
    ("6 tháng đầu năm 2024", ["year"]), ("9 tháng cuối của năm 2024", ["year"]), ("6 tháng đầu đời", ["time"]),
    ("học sinh lớp 12 năm 2025", ["ordinal", "year"]), ("vùng 2 tháng 7/2024", ["ordinal", "month", "year"]),
    ("trường cấp 3 năm học 2025", ["ordinal", "amount"]), ("hộ chiếu cấp 5 năm", ["time"]),
    ("vùng II", ["ordinal"]), ("nhóm iii", ["ordinal"]), ("chương II, loại v.v.", []),
    ("bằng A1, bằng B2", ["ordinal", "ordinal"]), ("hợp đồng loại 2 năm", ["time"]), ("người loại 2", ["ordinal"]),
    ("Sau 5 năm người mua được bán", ["time"]), ("đủ năm năm", ["time"]), ("năm năm 2024", ["year"]),
    ("thêm cho mỗi năm năm", ["time"]), ("hai mươi năm người ta chờ", ["time"]),
])  # fmt: skip
def test_a_level_or_a_part_of_a_year_is_no_term_and_the_unit_of_years_no_five(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in quantities(read(text))] == kinds


def test_five_days_of_each_year_are_no_five_years() -> None:
    assert [one.value for one in quantities(read("nghỉ mỗi năm năm ngày"))] == [5 * 24]


def test_an_age_with_its_months_is_one() -> None:
    said, told, apart = (read(one) for one in ("61 tuổi rưỡi", "61 tuổi 6 tháng", "bé 5 tuổi, 3 tháng sau"))
    assert [one.value for one in fractions(said, quantities(said))] == [61.5]
    assert [one.value for one in fractions(told, quantities(told))] == [61.5]
    assert [one.value for one in fractions(apart, quantities(apart))] == [5.0, 3 * 720]


def test_bounds_are_ranges() -> None:
    (at_least,) = quantities(read("từ đủ 16 tuổi trở lên"))
    (below,) = quantities(read("dưới 15 tuổi"))
    assert (at_least.low, at_least.high) == (16, math.inf)
    assert below.high < 15 < at_least.low


@pytest.mark.parametrize(("said", "told", "fits"), [
    ("gần 2 năm", "20 tháng", True), ("gần 3 năm", "20 tháng", False), ("gần 24 tháng", "20 tháng", False),
    ("chưa đến 2 năm", "21 tháng", True), ("chưa tới 2 năm", "25 tháng", False), ("chưa đủ 2 năm", "2 năm", False),
])  # fmt: skip
def test_a_time_told_roughly_stands_for_what_rounds_to_it_from_its_side(said: str, told: str, fits: bool) -> None:
    (rough,), (plain,) = quantities(read(f"lĩnh {said} tù")), quantities(read(f"lĩnh {told} tù"))
    assert rough.fits(plain) is fits


def test_about_and_almost_are_read_where_a_text_begins_too() -> None:
    (about,), (almost,), (told,) = (quantities(read(one)) for one in ("Trên dưới 300", "Gần 2 năm tù", "20 tháng tù"))
    assert about.low < 300 < about.high
    assert almost.fits(told)


def test_the_months_of_a_child_are_no_term() -> None:
    (aged,), (term,) = quantities(read("có con dưới 12 tháng tuổi")), quantities(read("được nghỉ 6 tháng"))
    (child,) = quantities(read("nuôi con dưới 12 tháng"))
    assert not aged.rivals(term)
    assert aged.same(child)


def test_names_are_runs_of_capitals_but_not_every_first_word() -> None:
    found = names(read("Hôm qua ông Lê Sỏi tới Hòn Sỏi. Bão tan."))
    assert [one.words for one in found] == [("le", "soi"), ("hon", "soi")]


def test_turning_words_take_the_longest() -> None:
    found = cues(read("ít nhất một số người không được vào"))
    assert [(cue.group, cue.at) for cue in found] == [("least", (0, 2)), ("some", (2, 4)), ("negation", (5, 7))]


def test_opposites_need_both_sides_to_differ() -> None:
    assert opposites(turned(read("giá gạo tăng")), turned(read("giá gạo giảm")))
    assert not opposites(turned(read("giá gạo tăng rồi giảm")), turned(read("giá gạo giảm")))


def test_tiles_share_runs_and_segments_hold_the_rest() -> None:
    one, two = read("huyện có 12 lớp học mới ở miền núi"), read("Năm nay huyện có 15 lớp học ở miền núi.")
    laid = tiles(one, two)
    assert [(tile.claim, tile.length) for tile in laid] == [(0, 2), (3, 2), (6, 3)]
    found = [
        (segment.kind, one.said(*segment.claim), two.said(*segment.evidence)) for segment in segments(one, two, laid)
    ]
    assert found == [("replace", "12", "15"), ("insert", "mới", "")]


@pytest.mark.parametrize(
    ("claim", "evidence", "kind", "words"),
    [
        ("Xã có 12 lớp học cho trẻ em.", "Xã có 15 lớp học cho trẻ em.", "number", ("12", "15")),
        ("Luật có hiệu lực từ ngày 1/7.", "Luật có hiệu lực từ ngày 1/9.", "date", ("7", "9")),
        ("Điều 20 nói về quyền bầu cử.", "Điều 27 nói về quyền bầu cử.", "article", ("20", "27")),
        ("Tòa án không mở phiên xử kín.", "Tòa án mở phiên xử kín.", "negation", ("không", "")),
        ("Tất cả công nhân nhà máy đã nghỉ.", "Một số công nhân nhà máy đã nghỉ.", "quantifier", ("Tất cả", "Một số")),
        ("Chủ nhà máy phải trả lương thêm.", "Chủ nhà máy có thể trả lương thêm.", "modality", ("phải", "có thể")),
        ("Nghị định 68/2024/NĐ-CP nói vậy.", "Nghị định 82/2025/NĐ-CP nói vậy.", "article", ("68", "82")),
        ("Có 2/3 số đại biểu tán thành.", "Có 3/4 số đại biểu tán thành.", "number", ("2/3", "3/4")),
        ("Trẻ em không được vào xưởng.", "Trẻ em được vào xưởng.", "negation", ("không được", "")),
        ("Thợ có quyền nghỉ trưa.", "Thợ không có quyền nghỉ trưa.", "negation", ("", "không có")),
        ("Thợ phải báo trước một tuần.", "Thợ không phải báo trước một tuần.", "negation", ("", "không phải")),
        ("Dân có thể đi qua cầu này.", "Dân không thể đi qua cầu này.", "negation", ("có", "không thể")),
        ("Chủ nhà máy đã trả lương thêm.", "Chủ nhà máy chưa trả lương thêm.", "negation", ("đã", "chưa")),
        ("Giá gạo ở chợ tăng trong tuần.", "Giá gạo ở chợ giảm trong tuần.", "direction", ("tăng", "giảm")),
        ("Hôm qua ông Lê Sỏi bị bắt ở chợ.", "Hôm qua ông Trần Cát bị bắt ở chợ.", "actor", ("Lê Sỏi", "Trần Cát")),
        ("Ông Lê Sỏi bị bắt ở chợ.", "Ông Trần Cát bị bắt ở chợ.", "actor", ("Ông Lê Sỏi", "Ông Trần Cát")),
        ("Vụ cháy xảy ra tại Hòn Sỏi hôm qua.", "Vụ cháy xảy ra tại Bến Cát hôm qua.", "place", ("Hòn Sỏi", "Bến Cát")),
    ],
)
def test_the_first_slot_names_what_differs(
    claim: str, evidence: str, kind: str, words: tuple[str, str], vectors: Vectors
) -> None:
    first = slots_of(pair(claim, evidence, vectors=vectors))[0]
    assert (first.kind, first.claim_text, first.evidence_text) == (kind, *words)
    assert claim[slice(*first.claim_span)] == words[0]
    assert evidence[slice(*first.evidence_span)] == words[1]


@pytest.mark.parametrize(
    ("claim", "evidence", "same"),
    [
        ("Xã đã ký Công ước Sông của Hội Đò Dọc.", "Xã đã ký Công ước Sông (CUS) hôm qua.", True),
        ("Hôm qua LHQ gửi thư cho xã.", "Hôm qua Liên Hợp Quốc gửi thư cho xã.", True),
        ("Hôm qua Hội Đò Dọc gửi thư cho xã.", "Hôm qua HĐD gửi thư cho xã.", True),
        ("Hôm qua Hội Đò Dọc gửi thư cho xã.", "Hôm qua HĐN gửi thư cho xã.", False),
        ("Xã mở trường năm 2013 ở bến.", "Xã mở trường ngày 7/11/2013 ở bến.", True),
        ("Chủ đò bị phạt tù hôm qua.", "Chủ đò bị phạt tiền hôm qua.", False),
        ("Thợ đò nghỉ hưu lúc 61 tuổi rưỡi.", "Thợ đò nghỉ hưu lúc 61 tuổi 6 tháng.", True),
        ("Thợ đò nghỉ hưu lúc 61 tuổi rưỡi.", "Thợ đò nghỉ hưu lúc 61 tuổi 3 tháng.", False),
        ("Xã mở trường năm 83 ở bến.", "Xã mở trường ngày 7/11/1983 ở bến.", True),
        ("Xã mở trường năm 85 ở bến.", "Xã mở trường ngày 7/11/1983 ở bến.", False),
        ("Xã cho mẹ có con dưới ba tuổi qua đò.", "Xã cho mẹ có con dưới 36 tháng, người từ 75 tuổi qua đò.", True),
        ("Xã cho mẹ có con dưới 3 tuổi qua đò.", "Xã cho mẹ có con dưới 36 tháng, người từ 75 tuổi qua đò.", True),
        ("Xã cho mẹ có con dưới 4 tuổi qua đò.", "Xã cho mẹ có con dưới 36 tháng, người từ 75 tuổi qua đò.", False),
    ],
)
def test_a_name_and_its_initials_or_a_year_and_its_day_are_no_difference(
    claim: str, evidence: str, same: bool, vectors: Vectors
) -> None:
    found = slots_of(pair(claim, evidence, vectors=vectors))
    assert found
    assert (telling(found) == ()) is same, found


@pytest.mark.parametrize(
    ("said", "told", "shown"),
    [
        ("Luật quy định dân đủ 25 tuổi được đi bầu.", "Dân từ đủ 18 tuổi được đi bầu.", [("25", "18")]),
        ("Dân có thể bị giữ 15 ngày ở chợ.", "Dân bị giữ 9 ngày ở chợ.", [("15", "9")]),
        ("Dân có trách nhiệm đóng 15 đồng ở chợ.", "Dân phải đóng 60 đồng ở chợ.", [("15", "60")]),
        ("Bộ luật Chợ 2019 cho dân nghỉ 4 tháng ở nhà.", "Dân nghỉ 2 tháng ở nhà.", [("4", "2")]),
        ("Hội đồng gồm 53 thành viên ở chợ.", "Hội đồng lập năm 2006, có 47 thành viên ở chợ.", [("53", "47")]),
        ("Con trâu thả ở bờ sông.", "Không được trâu thả ở bờ sông.", [("", "Không được")]),
        ("Hội họp diễn ra tháng 11/2021.", "Hội họp vào tháng 11/2023.", [("2021", "11/2023")]),
        ("Hội họp năm 2021, 2022 và 2024.", "Hội họp năm 2021, có 47 người.", []),  # none of them is a count
        ("Hội họp năm 2021 và 2024.", "Hội họp ngày 5/2/2019 và 7/3/2021.", [("2024", "5/2/2019")]),
        ("Dân có thể đi qua cầu.", "Dân không thể đi qua cầu.", [("có", "không thể")]),
        ("Mọi người dân đi qua cầu.", "Một số người dân đi qua cầu.", [("Mọi", "Một số")]),
        ("Chỉ người dân đi qua cầu.", "Người dân đi qua cầu.", [("Chỉ", "")]),
        ("Dân nghỉ 2 tháng ở nhà.", "Dân nghỉ ít nhất 2 tháng ở nhà.", []),
    ],
)
def test_a_reader_is_shown_what_carries_the_contradiction(
    said: str, told: str, shown: list[tuple[str, str]], vectors: Vectors
) -> None:
    found = telling(slots_of(pair(said, told, vectors=vectors)))
    assert [(slot.claim_text, slot.evidence_text) for slot in found if slot.kind != "other"] == shown
    for slot in found:
        assert said[slice(*slot.claim_span)] == slot.claim_text
        assert told[slice(*slot.evidence_span)] == slot.evidence_text


@pytest.mark.parametrize(("said", "told", "shown"), [
    ("Ngày Chợ: 01 ngày (ngày 01 tháng 5)", "Ngày Chợ Phiên 1 ngày", []),
    ("Ngày Chợ: 03 ngày (ngày 01 tháng 5)", "Ngày Chợ Phiên 1 ngày", [("03", "1")]),
    ("Ngày Hội: 01 ngày (ngày 01 tháng 5)", "Ngày Chợ: 01 ngày (ngày 01 tháng 5)", [("Ngày Hội", "Ngày Chợ")]),
])  # fmt: skip
def test_a_number_by_itself_is_told_by_no_other_words(
    said: str, told: str, shown: list[tuple[str, str]], vectors: Vectors
) -> None:
    found = telling(slots_of(pair(said, told, vectors=vectors)))
    assert [(slot.claim_text, slot.evidence_text) for slot in found] == shown


@pytest.mark.parametrize(
    ("told", "idle"), [("Hôm qua Nhà Đò cho dân qua sông.", True), ("Hôm qua Luật Sông cho dân qua sông.", False)]
)
def test_a_law_beside_a_name_that_is_none_is_no_difference(told: str, idle: bool, vectors: Vectors) -> None:
    found = slots_of(pair("Hôm qua Luật Đường cho dân qua sông.", told, vectors=vectors))
    assert [(slot.kind, slot.idle) for slot in found] == [("actor", idle)]


@pytest.mark.parametrize(
    ("said", "told", "shown"),
    [
        ("Người dân mới đi qua cầu.", "Người dân đi qua cầu.", []),  # lately so is no contradiction of so
        ("Người dân phải đi qua cầu.", "Người dân đi qua cầu.", [("phải", "")]),
        ("Người dân đã đi qua cầu.", "Người dân chưa đi qua cầu.", [("đã", "chưa")]),
        ("Người dân đã đi qua cầu.", "Chưa bao giờ người dân đi qua cầu.", [("đã", "")]),
        ("Hôm tháng 10 năm ngoái dân qua cầu.", "Hôm ngày 4/10/2025 dân qua cầu.", []),  # a day told from now
        ("Dân đang ở tù đi qua cầu.", "Dân ở tù đi qua cầu.", []),
        ("Nhà của dân qua cầu.", "Nhà với dân qua cầu.", []),  # words that say nothing
        ("Hôm qua Mỹ mở trường.", "Hôm qua Hoa Kỳ mở trường.", []),  # words that say the same
        ("Hôm qua Anh mở trường.", "Hôm qua Hoa Kỳ mở trường.", [("Anh", "Hoa Kỳ")]),
        ("Trẻ em học không mất tiền.", "Trẻ em học miễn phí.", []),  # a denial that says the same
    ],
)
def test_what_contradicts_nothing_is_not_shown_as_if_it_did(
    said: str, told: str, shown: list[tuple[str, str]], vectors: Vectors
) -> None:
    found = telling(slots_of(pair(said, told, vectors=vectors)))
    assert [(slot.claim_text, slot.evidence_text) for slot in found] == shown


def test_a_turning_word_alone_is_shown_only_where_nothing_plainer_differs() -> None:
    number = Slot("number", (0, 0), (0, 0), "30", "18")
    word = Slot("modality", (4, 8), (3, 9), "phải", "ở chợ", alone="claim")
    other = Slot("other", (0, 0), (0, 0), "sông", "chợ")
    assert telling([number, word, other]) == (number, other)  # the latter tells that they may not be of one thing
    assert telling([word, other]) == (other,)
    assert telling([word]) == (Slot("modality", (4, 8), (3, 3), "phải", "", alone="claim"),)
    assert telling([Slot("modality", (4, 4), (3, 7), "", "được", alone="evidence")]) == ()  # nor who leaves one out


def test_a_bound_is_laid_beside_the_same_bound_not_the_nearest_number(vectors: Vectors) -> None:
    said = "Độ tuổi lao động tối thiểu là đủ 12 tuổi."
    told = "Độ tuổi lao động tối thiểu là đủ 15 tuổi; người đủ 13 tuổi được làm việc nhẹ."
    assert slots_of(pair(said, told, vectors=vectors))[0].evidence_text == "15"


@pytest.mark.parametrize(
    ("said", "told", "fits"),
    [
        ("Hơn 300 người bị bắt ở chợ.", "Có 350 người bị bắt ở chợ.", True),
        ("Gần 100 người bị bắt ở chợ.", "Có 97 người bị bắt ở chợ.", True),
        ("Hơn 60% công nhân bị ép làm thêm.", "Có 62,9% công nhân bị ép làm thêm.", True),
        ("Có 312 người bị bắt ở chợ.", "Hơn 300 người bị bắt ở chợ.", True),
        ("Có 62,9% công nhân bị ép làm thêm.", "Gần 63% công nhân bị ép làm thêm.", True),
        ("Tầm 300 người bị bắt ở chợ.", "Có 312 người bị bắt ở chợ.", True),
        ("Trên dưới 300 người bị bắt ở chợ.", "Có 291 người bị bắt ở chợ.", True),
        ("300+ người bị bắt ở chợ.", "Có 312 người bị bắt ở chợ.", True),
        ("Chợ có ít nhất 300 người bị bắt.", "Chợ có 312 người bị bắt.", True),
        ("Có 250 người bị bắt ở chợ.", "Hơn 300 người bị bắt ở chợ.", False),
        ("Có 950 người bị bắt ở chợ.", "Hơn 300 người bị bắt ở chợ.", False),
        ("Đủ 18 tuổi được đi bầu.", "Trên 16 tuổi được đi bầu.", False),
        ("Khoảng 5.000 công nhân nghỉ việc.", "Có khoảng 4.950 công nhân nghỉ việc.", True),
        ("Chủ xưởng bị phạt 12 triệu đồng.", "Chủ xưởng bị phạt từ 10 triệu đồng đến 15 triệu đồng.", True),
        ("Chủ xưởng bị phạt 18 triệu đồng.", "Chủ xưởng bị phạt từ 10 triệu đồng đến 15 triệu đồng.", False),
        ("Hơn 300 người bị bắt ở chợ.", "Có 250 người bị bắt ở chợ.", False),
        ("Hơn 300 người bị bắt ở chợ.", "Có 950 người bị bắt ở chợ.", False),
        ("Hơn 300 người bị bắt ở chợ.", "Có 150 người bị bắt ở chợ, 350 người đứng xem.", False),
        ("Có 300 người bị bắt ở chợ.", "Có 310 người bị bắt ở chợ.", False),
        ("Trên 16 tuổi được đi bầu.", "Đủ 18 tuổi được đi bầu.", False),
        ("Ít nhất 12 ngày phép mỗi năm.", "Ít nhất 14 ngày phép mỗi năm.", False),
    ],
)
def test_a_number_told_roughly_differs_from_none_that_it_is_said_of(
    said: str, told: str, fits: bool, vectors: Vectors
) -> None:
    assert (slots_of(pair(said, told, vectors=vectors)) == []) is fits
    assert any(fitting(pair(said, told, vectors=vectors))) is fits


def test_where_more_than_a_rounded_number_differs_the_rest_is_named(vectors: Vectors) -> None:
    said, told = "Hơn 300 người bị bắt ở chợ.", "Có 350 người không bị bắt ở chợ."
    assert [slot.kind for slot in slots_of(pair(said, told, vectors=vectors))] == ["negation"]
    assert not any(fitting(pair(said, said, vectors=vectors)))


@pytest.mark.parametrize(("claim", "told"), [
    ("Nam từ đủ 18 tuổi, nữ từ đủ 16 tuổi được kết hôn.", [("18", "20"), ("16", "18")]),
    ("Nữ từ đủ 16 tuổi, nam từ đủ 18 tuổi được kết hôn.", [("16", "18"), ("18", "20")]),
    ("nam tu du 18 tuoi, nu tu du 16 tuoi duoc ket hon", [("18", "20"), ("16", "18")]),
    ("Nam từ đủ 18 tuổi, nữ từ đủ 20 tuổi được kết hôn.", [("18", "20"), ("20", "18")]),
    ("Tuổi kết hôn là nam 18, nữ 16.", [("18", "20"), ("16", "18")]),
    ("Nữ từ đủ 18 tuổi, nam từ đủ 20 tuổi được kết hôn.", []),
    ("Luật cho nữ kết hôn từ đủ 16 tuổi.", [("16", "18")]),
    ("Luật cho nữ kết hôn từ đủ 20 tuổi.", [("20", "18")]),
    ("Nữ ở Việt Nam được kết hôn từ đủ 20 tuổi.", [("20", "18")]),
    ("Luật cho nam và nữ kết hôn từ đủ 20 tuổi.", []),
    ("Nữ cưới sớm hơn nam đủ 18 tuổi.", []),
    ("Nam thanh niên cưới thiếu nữ đủ 18 tuổi.", []),  # either's, for all that is known
    ("Việt Nam 18 tuổi được kết hôn.", []),  # whose that is isn't told
])  # fmt: skip
def test_a_number_is_laid_beside_the_one_of_the_same_people(claim: str, told: list, vectors: Vectors) -> None:
    rule = "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn."
    found = [
        (slot.claim_text, slot.evidence_text)
        for slot in slots_of(pair(claim, rule, vectors=vectors))
        if slot.kind == "number"
    ]
    assert found == told


@pytest.mark.parametrize(("claim", "rule"), [
    ("Quốc hội khóa XV có 151 nữ, 348 nam.", "Quốc hội khóa XV có nam 348 đại biểu, nữ 151 đại biểu."),
    ("Quốc hội khóa XV có 151 nữ 348 nam.", "Quốc hội khóa XV có nam 348 đại biểu, nữ 151 đại biểu."),
    ("Quốc hội khóa XV có nam 348 đại biểu, nữ 151 đại biểu.", "Quốc hội khóa XV có 151 nữ, 348 nam."),
    ("Tuổi nghỉ hưu là 62 tuổi với nam, 60 tuổi với nữ.", "Tuổi nghỉ hưu của nam 62, nữ 60."),
    ("Lớp có 30% nữ, 70% nam.", "Lớp có nam 70%, nữ 30%."),
    ("Ở Hà Nam 18 tuổi được kết hôn.", "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn."),
    ("Quảng Nam 18 tuổi được kết hôn.", "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn."),
    ("Hôm nay ông Nam 18 tuổi.", "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn."),
])  # fmt: skip
def test_a_number_is_not_of_those_named_before_another_nor_of_a_name(claim: str, rule: str, vectors: Vectors) -> None:
    assert not [slot for slot in slots_of(pair(claim, rule, vectors=vectors)) if slot.kind == "number"]


@pytest.mark.parametrize(("claim", "yes"), [
    ("Nam từ đủ 18 tuổi được kết hôn.", True), ("Luật cho nữ kết hôn từ đủ 20 tuổi.", True),
    ("Năm 2026 nam ở 3 xã kết hôn từ đủ 18 tuổi.", True), ("Nam từ đủ 20 tuổi hay 18 tuổi được kết hôn.", False),
    ("Nữ từ đủ 18 tuổi được kết hôn.", False), ("Từ đủ 18 tuổi được kết hôn.", False),
    ("Nam nữ từ đủ 18 tuổi được kết hôn.", False), ("Nam từ đủ 19 tuổi được kết hôn.", False),
])  # fmt: skip
def test_a_number_that_evidence_has_of_others_alone_is_swapped(claim: str, yes: bool, vectors: Vectors) -> None:
    assert swapped(pair(claim, "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn.", vectors=vectors)) is yes


@pytest.mark.parametrize(("claim", "evidence"), [
    ("Cô gái 20 tuổi bị bạn trai nhốt 3 ngày.", "Bạn trai nhốt cô gái 20 tuổi suốt 3 ngày."),
    ("Nam thanh niên lừa bé gái 15 tuổi lĩnh 7 năm tù.", "Nam thanh niên lĩnh 7 năm tù vì lừa bé gái 15 tuổi."),
    ("Nữ từ năm 2021 đội nón ở 55 tuổi 4 tháng.", "Nam từ năm 2021 đội nón ở 60 tuổi; nữ ở 55 tuổi 4 tháng."),
    ("Phụ nữ theo điều 34 được nghỉ 6 tháng.", "Nam theo điều 34 được nghỉ 5 ngày, nữ được nghỉ 6 tháng."),
])  # fmt: skip
def test_a_number_behind_two_owners_or_of_nobody_is_swapped_with_none(
    claim: str, evidence: str, vectors: Vectors
) -> None:
    assert not swapped(pair(claim, evidence, vectors=vectors))


def test_a_denial_before_words_in_another_order_is_named(vectors: Vectors) -> None:
    said, told = "Nước ta không chấp thuận 182 khuyến nghị.", "Nước ta nhận 227 khuyến nghị và chấp thuận 182."
    assert [(slot.kind, slot.claim_text) for slot in slots_of(pair(said, told, vectors=vectors))] == [
        ("negation", "không")
    ]


def test_equal_texts_differ_in_no_slot(vectors: Vectors) -> None:
    assert slots_of(pair(TEXTS[1], TEXTS[1], vectors=vectors)) == []


def test_a_claim_without_diacritics_is_read_by_its_evidence(vectors: Vectors) -> None:
    laid = pair("cong an tinh bat giu ba nguoi pha rung", "Công an tỉnh bắt giữ hai người phá rừng.", vectors=vectors)
    assert laid.plain
    assert laid.claim.text.text == "Công an tỉnh bắt giữ ba người phá rừng"


@pytest.mark.parametrize("said", ["dieu 117,331 bo luat", "07 (bay) nam tu", "ngay 24.9.1982", "12,345 nguoi"])
def test_figures_are_cut_alike_before_and_after_diacritics_are_put_back(said: str, vectors: Vectors) -> None:
    told = "Điều 117 bộ luật: bảy người bị bắt từ ngày 24/9."
    assert len(pair(said, told, vectors=vectors).claim.text) == len(read(said))


@pytest.mark.parametrize("typed", [str.lower, fold])
def test_a_claim_typed_small_is_read_with_the_capitals_of_its_evidence(
    vectors: Vectors, typed: Callable[[str], str]
) -> None:
    evidence = "Theo tin hôm qua, công an tỉnh bắt giữ hai người phá rừng ở xã Hòn Sỏi."
    claim = "Công an tỉnh bắt giữ ba người phá rừng ở xã Hòn Sỏi, theo ông Nguyễn Văn Thắng."
    written, small = (pair(one, evidence, vectors=vectors) for one in (claim, typed(claim)))
    assert [name.words for name in small.claim.names] == [name.words for name in written.claim.names]
    assert [word.tag for word in small.claim.words] == [word.tag for word in written.claim.words]


def test_a_capital_that_begins_a_sentence_of_the_evidence_makes_no_name(vectors: Vectors) -> None:
    laid = pair("hôm qua người dân đi bầu ở xã", "Bầu cử ở xã. Người dân đi bầu.", vectors=vectors)
    assert not laid.claim.names


def test_without_diacritics_a_slot_still_shows_the_words_as_written(vectors: Vectors) -> None:
    first = slots_of(pair("xa hon soi co 9 lop hoc cho tre em", TEXTS[0], vectors=vectors))[0]
    assert (first.kind, first.claim_text, first.evidence_text) == ("number", "9", "12")


def test_features_are_named_once_and_in_order(vectors: Vectors) -> None:
    assert len(set(FEATURES)) == len(FEATURES) == sum(len(group.features) for group in GENERAL)
    one = pair(*TEXTS[:2], vectors=vectors)
    for group in GENERAL:
        assert len(group.compare(one, vectors)) == len(group.features), group.name
    assert rows_of([one], vectors=vectors).shape == (1, len(FEATURES))


def test_a_group_from_elsewhere_adds_its_columns(vectors: Vectors) -> None:
    extra = Extra("length", ("claim_letters",), lambda claim, evidence: np.array([len(claim)], dtype=np.float32))
    assert rows_of([pair("ba chữ", "khác", vectors=vectors)], vectors=vectors, extras=(extra,))[0, -1] == 6


@settings(max_examples=60, deadline=None)
@given(claim=st.text(max_size=120), evidence=st.text(max_size=120))
def test_any_two_texts_give_finite_features_and_spans_within(claim: str, evidence: str) -> None:
    plain = learn([["a", "b"], ["b", "c"]], {}, seed=1)
    assert np.isfinite(rows_of([pair(claim, evidence, vectors=plain)], vectors=plain)).all()
    for slot in slots_of(pair(claim, evidence, vectors=plain)):
        assert slot.kind in KINDS
        assert 0 <= slot.claim_span[0] <= slot.claim_span[1] <= len(claim)
        assert 0 <= slot.evidence_span[0] <= slot.evidence_span[1] <= len(evidence)


@pytest.mark.parametrize(("kind", "said", "told", "yes"), [
    ("negation", "", "chưa", True), ("negation", "cấm", "không được", False), ("negation", "", "cấm", False),
    ("quantifier", "mọi", "tám", True), ("quantifier", "Cả", "bảy trong", True), ("quantifier", "mọi", "các", False),
    ("quantifier", "tối đa", "không quá 3", False),
    ("quantifier", "dưới", "luật mới: từ đủ", True), ("quantifier", "trên", "từ đủ", False),
    ("modality", "phải", "được nhà nước cấp", True),
    ("modality", "", "phải", False), ("modality", "đã", "được", False), ("other", "mọi", "tám", False),
])  # fmt: skip
def test_few_cues_part_a_claim_from_what_says_nearly_the_same(kind: str, said: str, told: str, yes: bool) -> None:
    assert opposed(Slot(kind, (0, 0), (0, 0), said, told)) is yes


@pytest.mark.parametrize(("said", "nothing"), [
    ("Không phải.", True), ("Đúng!", True), ("", True), ("Không được nghỉ.", False), ("Ông Lê Sỏi.", False),
])  # fmt: skip
def test_a_bare_answer_tells_nothing_on_either_side(said: str, nothing: bool) -> None:
    other, vectors = TEXTS[2], model().verdict.vectors
    assert untelling(said, other, vectors=vectors) is nothing
    assert untelling(other, said, vectors=vectors) is nothing
