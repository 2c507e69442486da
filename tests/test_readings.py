"""What a claim or a rule says of an act, and its numbers as they are meant."""

import pytest

from classifier.comparison.numbers import HOURS
from classifier.loading import load_lexicon as lexicon
from classifier.logic.readings import read
from classifier.text import normalise

YEAR = HOURS["năm"]


@pytest.mark.parametrize(("text", "numbers"), [
    ("Thời hiệu là 5, 10, 15 và 20 năm.", [("hours", one * YEAR) for one in (5, 10, 15, 20)]),
    ("Người 16 hay 17 tuổi thì khác.", [("age", 16.0), ("age", 17.0)]),
    ("Mức ấy là 20, 30 và 40 triệu đồng.", [("money", one * 1e6) for one in (20, 30, 40)]),
    ("Có 5 người ở 3 năm.", [("người", 5.0), ("hours", 3 * YEAR)]),
    ("Bé tròn 5 tuổi thì đi học.", [("age", 5.0)]),
    ("Khám lần thứ 7 thì thôi.", [("turn", 7.0)]),
])  # fmt: skip
def test_each_number_of_a_list_has_its_unit_and_a_round_one_is_itself(
    text: str, numbers: list[tuple[str, float]]
) -> None:
    told = read(normalise(text), lexicon()).numbers
    assert [(one.unit, one.value) for one in told] == numbers
    assert all(one.low == one.high for one in told)


@pytest.mark.parametrize("text", [
    "Bé tròn 18 tuổi mới được đi bầu.", "Được nghỉ tới khi bé tròn 6 tháng.", "Từ lần thứ 6 thì phải trả tiền.",
])  # fmt: skip
def test_a_round_number_that_something_begins_at_is_a_bound(text: str) -> None:
    (one,) = read(normalise(text), lexicon()).numbers
    assert one.low < one.high


@pytest.mark.parametrize(("text", "signs"), [
    ("Con 15 tuoi thi chua duoc tu dang ky.", ["negation", "permission"]),
    ("Ngoi chua nay duoc sua.", ["permission"]),
    ("Người 19 tuổi được bầu cử.", ["permission"]), ("Nguoi 19 tuoi duoc bau cu.", ["permission"]),
    ("Người 17 tuổi không được bầu cử.", ["ban"]), ("Người 17 tuổi chưa được học nghề.", ["negation", "permission"]),
    ("Người bị bắt thì phải được báo tin.", ["duty"]),
    ("Trẻ không nơi nương tựa được nuôi.", ["permission"]),
])  # fmt: skip
def test_what_only_looks_like_a_ban_or_a_denial_is_none_and_what_is_typed_bare_is_one(
    text: str, signs: list[str]
) -> None:
    assert [one.id for one in read(normalise(text), lexicon()).cues] == signs
