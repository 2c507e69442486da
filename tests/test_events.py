"""What a claim says of another event or term than a passage tells of."""

import pytest
from ours import model

from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.logic.events import another_event, another_place, another_term
from classifier.orthography.spelling import plain
from classifier.scoring import Item, score

NEWS = Passage(
    "news:ba", "Chỉ trong tháng 4.2026, tỉnh Hòa Bình xảy ra 15 vụ bạo hành trẻ em trong gia đình.", "Báo Mây",
    "independent", date="2026-05-02", kind="news",
)  # fmt: skip


@pytest.mark.parametrize(("claim", "yes"), [
    ("Trong tháng 4.2026, Hòa Bình xảy ra 51 vụ bạo hành trẻ em.", False), ("Hòa Bình có 51 vụ.", False),
    ("Trong tháng 6.2026, Hòa Bình xảy ra 3 vụ bạo hành trẻ em.", True), ("Tháng 4/2025 Hòa Bình có 8 vụ.", True),
    ("Năm 2024, có 40 vụ.", True), ("Năm 2026 có 40 vụ.", False), ("Quý I/2026 Hòa Bình có 30 vụ.", True),
    ("Từ tháng 7/2026 phạt 40 triệu.", False), ("Phạt 5-10 triệu đồng theo Nghị định 7/2025.", False),
    ("Tỉnh Sơn La xảy ra 21 vụ trong tháng 4.2026.", True), ("sơn la có 21 vụ.", True), ("Tinh Son La co 9 vu.", True),
    ("son la co chin vu", False),  # "sơn là"
    ("Có 500 người biểu tình hòa bình.", False), ("Công an Hà Nội xử lý 3 vụ.", True),
    ("Hà Nội giam 160 người.", False),
])  # fmt: skip
def test_news_tells_of_its_own_place_and_time_alone(claim: str, yes: bool) -> None:
    assert another_event(plain(claim), NEWS) is yes


def test_news_without_a_time_is_of_its_day_and_a_rule_of_every_place() -> None:
    text = "Công an giải cứu 21 lao động ở Sài Gòn."
    dated, undated = (Passage("x", text, "Báo Mây", "independent", date=day) for day in ("2026-03-09", ""))
    assert [another_event(f"Năm {year} công an giải cứu 40 lao động.", dated) for year in (2024, 2026)] == [True, False]
    months = [another_event(f"Tháng {month} công an giải cứu 40 lao động.", dated) for month in (1, 2, 3, 4)]
    assert months == [True, False, False, True]  # news of the 9th may tell of "28-2"
    assert not another_event("Trong 3 tháng 12 lao động được giải cứu.", dated)
    assert not another_event("Năm 2024 công an giải cứu 40 lao động.", undated)
    assert not another_event("Công an TP.HCM giải cứu 40 lao động.", undated)
    hired = Passage("x", "Công ty thuê 21 lao động.", "Báo Mây", "independent", kind="news")  # no "huế"
    assert another_event("Công ty ở Huế nhận 40 lao động.", hired)
    assert not another_event("Ở Sơn La nữ từ đủ 16 tuổi được kết hôn.", Passage("x", text, "Luật Mây", kind="law"))


@pytest.mark.parametrize(("claim", "passage", "yes"), [
    ("khóa 2026-2028", "nhiệm kỳ 2014–2016", True), ("nhiệm kỳ 2014-2017", "nhiệm kỳ 2014–2016", False),
    ("nhiệm kỳ 2017-2019", "các nhiệm kỳ 2014–2016 và 2023–2025", False),
    ("nhiệm kỳ 2026-2028", "các nhiệm kỳ 2014–2016 và 2023–2025", True),
    ("các nhiệm kỳ 2010–2012 và 2023–2025", "các nhiệm kỳ 2014–2016 và 2023–2025", False),
    ("nhiệm kỳ 2026-2028", "lần đầu", False),
])  # fmt: skip
def test_one_term_settles_nothing_of_another_and_a_list_what_was_before_its_last(claim, passage, yes) -> None:
    assert another_term(claim, passage) is yes


def test_places_are_apart_where_both_are_named() -> None:
    assert another_place("Công an Quảng Nam bắt 5 người.", "Công an tỉnh Quảng Ngãi bắt 5 người.")
    assert not another_place("Công an Quảng Nam bắt 5 người.", "Công an bắt 5 người.")
    assert not another_place("Châu Á - Thái Bình Dương", "Công an Sơn La")


def test_a_false_number_is_refuted_by_the_news_of_it_alone() -> None:
    among = PassageIndex.build([NEWS], concepts=model().lexicon.index_terms)
    said = "Trong tháng {}.2026, {} xảy ra {} vụ bạo hành trẻ em trong gia đình."
    texts = [said.format(*one) for one in ((4, "Hòa Bình", 51), (6, "Hòa Bình", 3), (4, "Sơn La", 21))]
    found = score(model(), [Item(str(at), text) for at, text in enumerate(texts)], index=among)
    assert [one.flagged for one in found] == [True, False, False]
