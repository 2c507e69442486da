"""Numbers that tell one thing from another."""

import pytest

from classifier.another import another

TERM = "Hội đồng Mây được bầu ngày 11/10/2022 với 145 phiếu trên 189."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Hội đồng Mây được bầu năm 2019 với 192 phiếu trên 193.", True),  # another vote
    ("Hội đồng Mây được bầu năm 2022 với 192 phiếu.", False),  # one of its numbers is there: the other may be false
    ("Hội đồng Mây được bầu với 192 phiếu.", False),  # a single number may be what is false
    ("Hội đồng Mây được bầu ngày 3/4/2019.", False),  # a day is one number
    ("Hội đồng Mây được bầu.", False),
])  # fmt: skip
def test_a_claim_with_several_numbers_of_which_a_passage_has_none_is_of_another_thing(claim, yes):
    assert another(claim, TERM) is yes


@pytest.mark.parametrize(("claim", "passage", "source", "yes"), [
    # another term, though its passage names a year of the claim's
    ("Hội đồng Mây nhiệm kỳ 2023-2025 có 145 phiếu.", "Nhiệm kỳ 2026-2028 bầu ngày 3/4/2025, 180 phiếu.", "", True),
    ("Hội đồng Mây nhiệm kỳ 2023-2025 có 145 phiếu.", "Nhiệm kỳ 2023-2025 bầu ngày 3/4/2022, 180 phiếu.", "", False),
    ("Hội đồng Mây nhiệm kỳ 2024-2026 có 145 phiếu.", "Nhiệm kỳ 2023-2025 có 145 phiếu.", "", False),
    ("Hội đồng Mây bầu năm 2023, 145 phiếu.", "Nhiệm kỳ 2023-2025 có 150 phiếu.", "", False),
    ("Năm 2025 người từ đủ 16 tuổi được nuôi mây.", "Từ đủ 18 tuổi được nuôi mây.", "Luật Mây 2014, điều 8", False),
    ("Nam 17 tuổi, nữ 15 tuổi được nuôi mây.", "Nam 20 tuổi, nữ 18 tuổi được nuôi mây.", "", False),
    ("Điều 9 Luật Mây cho nuôi 16 đám mây.", "Được nuôi 12 đám mây.", "Luật Mây 2014, điều 8", True),
    ("Điều 8 Luật Mây cho nuôi 16 đám mây.", "Được nuôi 12 đám mây.", "Luật Mây 2014, điều 8", False),
])  # fmt: skip
def test_a_rule_of_no_year_or_article_is_that_of_which_false_numbers_are_told(claim, passage, source, yes):
    assert another(claim, passage, source) is yes
