"""Two near copies share a case only when they make the same claim."""

import pytest

from classifier.repeats import same_claim

AGE = "Bộ luật Lao động năm 2019 quy định độ tuổi lao động tối thiểu là đủ 15 tuổi."


@pytest.mark.parametrize("copy", [
    AGE, AGE.upper(), "bo luat lao dong nam 2019 quy dinh do tuoi lao dong toi thieu la du 15 tuoi",
    "Bộ luật Lao động năm 2019 quy định rõ độ tuổi lao động tối thiểu là đủ 15 tuổi nhé.",
])  # fmt: skip
def test_a_copy_makes_the_same_claim(copy):
    assert same_claim(AGE, copy)
    assert same_claim(copy, AGE)


@pytest.mark.parametrize("other", [
    AGE.replace("15", "12"), AGE.replace("quy định", "không quy định"), AGE.replace("2019", "2012"),
    AGE.replace("đủ 15", "đủ mười lăm"), "bo luat lao dong nam 2019 quy dinh do tuoi lao dong toi thieu la du 12 tuoi",
    "Giá cà phê tăng nhẹ phiên đầu tuần.", "",
])  # fmt: skip
def test_a_changed_number_or_a_denial_makes_another_claim(other):
    assert not same_claim(AGE, other)
    assert not same_claim(other, AGE)
