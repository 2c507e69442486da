"""Which sum of a rule's list was the one of a month."""

import pytest

from classifier.logic.rates import by_region, in_force

LIST = (
    "Phụ cấp trực đêm năm 2019 là 40.000 đồng, năm 2020, 2021 và nửa đầu năm 2022 là 45.000 đồng, từ ngày 1/7/2022 và "
    "năm 2023 là 50.000 đồng ở phường, 42.000 đồng ở xã."
)


@pytest.mark.parametrize(("claim", "fits"), [
    ("Tháng 3/2023 phụ cấp trực đêm ở phường là 50.000 đồng.", True),
    ("Phụ cấp trực đêm ở xã tháng 7 năm 2022 là 42.000 đồng.", True),
    ("Tháng 5/2022 phụ cấp trực đêm là 45.000 đồng.", True),
    ("Tháng 5/2022 phụ cấp trực đêm là 45 nghìn đồng.", True),
    ("Tháng 5/2022 phụ cấp trực đêm là 50.000 đồng.", False),
    ("Tháng 5/2019 phụ cấp trực đêm là 45.000 đồng.", False),
    ("Tháng 5/2018 phụ cấp trực đêm là 40.000 đồng.", False),
    # a day from which a sum is said to hold is the claim's own
    ("Từ tháng 3/2023 phụ cấp trực đêm là 50.000 đồng.", False),
    ("Tháng 3/2023 có phụ cấp trực đêm.", False),
])  # fmt: skip
def test_a_sum_is_held_against_the_one_of_its_month(claim: str, fits: bool) -> None:
    assert in_force(claim, LIST) is fits


def test_a_rule_that_lists_no_times_has_no_sum_of_a_month() -> None:
    assert not in_force("Tháng 3/2023 phụ cấp là 50.000 đồng.", "Phụ cấp trực đêm là 50.000 đồng.")


@pytest.mark.parametrize(("claim", "fits"), [
    ("Phụ cấp trực vùng I là 60.000 đồng, vùng IV là 40.000 đồng.", True),
    ("Phụ cấp trực vùng I là 40.000 đồng, vùng IV là 60.000 đồng.", False),
    ("Phụ cấp trực vùng 1 là 60.000 đồng, vùng 4 là 40.000 đồng.", True),
    ("Phụ cấp trực vùng 1 là 40.000 đồng, vùng 4 là 60.000 đồng.", False),
    ("Phụ cấp trực vùng một là 60 nghìn đồng, vùng bốn là 40 nghìn đồng.", True),
    ("Phu cap truc vung 1 la 60k, vung 4 la 40k.", True),
    ("Phụ cấp trực vùng I là 0,04 triệu đồng, vùng IV là 0,06 triệu đồng.", False),
    ("Phụ cấp trực vùng IV là 40.000 đồng.", False),  # one region: nothing to part
    ("Phụ cấp trực vùng I là 60.000 đồng, vùng II là 50.000 đồng.", False),
    ("Phụ cấp trực vùng I cao hơn vùng IV.", False),
])  # fmt: skip
def test_of_sums_told_by_region_the_rules_own_is_held_to_it(claim: str, fits: bool) -> None:
    assert by_region(claim, "Phụ cấp trực ở vùng IV năm 2026 là 40.000 đồng.") is fits


@pytest.mark.parametrize(("claim", "fits"), [
    ("Phụ cấp trực vùng I là 60.000 đồng, vùng IV là 40.000 đồng.", True),
    ("Phụ cấp trực là 60.000 đồng ở vùng I, 40.000 đồng ở vùng IV.", True),
    ("Phụ cấp trực là 55 nghìn đồng ở vùng 1, 35 nghìn đồng ở vùng 4.", True),
    ("Phụ cấp trực vùng I là 40.000 đồng, vùng IV là 60.000 đồng.", False),
    ("Phụ cấp trực là 40.000 đồng ở vùng I, 60.000 đồng ở vùng IV.", False),
    ("Phụ cấp trực vùng I là 60.000 đồng, vùng IV là 60.000 đồng.", False),
    ("Phụ cấp trực vùng I là 60.000 đồng.", False),
])  # fmt: skip
def test_a_rule_of_several_regions_is_held_to_each(claim: str, fits: bool) -> None:
    for rule in (
        "Phụ cấp trực năm 2025 là 55.000 đồng ở vùng I, 35.000 đồng ở vùng IV; năm 2026 là 60.000 đồng ở vùng I, "
        "40.000 đồng ở vùng IV.",
        "Phụ cấp trực năm 2025 ở vùng I là 55.000 đồng, vùng IV 35.000 đồng; năm 2026 ở vùng I là 60.000 đồng, "
        "vùng IV 40.000 đồng.",
    ):
        assert by_region(claim, rule) is fits
