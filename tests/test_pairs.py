"""Two numbers of a claim agree with a rule's list where one item has both."""

import pytest

from classifier.loading import load_lexicon as lexicon
from classifier.logic.pairs import paired

LEAVE = (
    "Thợ nghỉ việc phải báo trước 45 ngày với hợp đồng không thời hạn, 30 ngày với hợp đồng 12 đến 36 tháng, "
    "3 ngày với hợp đồng dưới 12 tháng."
)
BAN = "Cấm thợ dưới 16 tuổi nghỉ việc trong 30 ngày."


@pytest.mark.parametrize("claim", [
    "Hợp đồng 30 tháng, nghỉ việc báo trước 30 ngày.",
    "Nghỉ việc phải báo trước 30 ngày với hợp đồng 2 năm.",
    "Hợp đồng 11 tháng thì thợ chỉ phải báo trước 3 ngày.",
    "Hợp đồng 3 năm thì báo trước 30 ngày; hợp đồng 6 tháng thì báo trước 3 ngày.",
])  # fmt: skip
def test_a_term_with_the_number_of_its_own_item_agrees(claim):
    assert paired(claim, LEAVE, lexicon())


@pytest.mark.parametrize(("claim", "rule"), [
    ("Hợp đồng 30 tháng, nghỉ việc báo trước 3 ngày.", LEAVE),  # another item's
    ("Hợp đồng 6 tháng thì báo trước 30 ngày; hợp đồng 30 tháng thì báo trước 3 ngày.", LEAVE),
    ("Hợp đồng 40 tháng, nghỉ việc báo trước 30 ngày.", LEAVE),  # no item's
    ("Hợp đồng 30 tháng, nghỉ việc không phải báo trước 30 ngày.", LEAVE),
    ("Hợp đồng từ 30 tháng, nghỉ việc báo trước 30 ngày.", LEAVE),
    ("Hợp đồng 30 tháng, nghỉ việc báo trước 30 ngày và nộp phạt.", LEAVE),
    ("Hợp đồng 30 tháng, nghỉ việc báo trước.", LEAVE),
    ("Thợ 15 tuổi nghỉ việc trong 30 ngày.", BAN),
])  # fmt: skip
def test_numbers_of_two_items_words_more_and_what_is_denied_or_banned_do_not_agree(claim, rule):
    assert not paired(claim, rule, lexicon())
