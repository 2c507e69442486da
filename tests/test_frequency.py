"""What is done so often bears out no other frequency."""

import pytest
from ours import model

from classifier.checking.weighing import compare
from classifier.logic import frequency

VISITS = "Người ở trại Hòn Sỏi được gặp thân nhân một lần trong một tháng."


@pytest.mark.parametrize(("claim", "apart"), [
    ("Người ở trại Hòn Sỏi được gặp thân nhân mỗi quý một lần.", True), ("Moi tuan duoc gap nguoi nha mot lan.", True),
    ("Ngày nào cũng được gặp thân nhân.", True), ("Mỗi tháng được gặp thân nhân một lần.", False),
    ("Tháng nào cũng được gặp.", False), ("Được gặp thân nhân 3 tháng một lần.", False),
    ("Mỗi năm trại Hòn Sỏi mở cửa đón thân nhân.", False),
])  # fmt: skip
def test_periods_that_have_nothing_alike_are_apart(claim: str, apart: bool) -> None:
    assert frequency.apart(claim, VISITS) is apart


def test_once_a_month_supports_no_once_a_quarter() -> None:
    other, same = "được gặp thân nhân mỗi quý một lần.", "được gặp thân nhân mỗi tháng một lần."
    pairs = [(f"Người ở trại Hòn Sỏi {one}", VISITS) for one in (other, same)]
    (against, *_), (borne, *_) = compare(model(), pairs)
    assert against["supported"] == 0.0
    assert borne["supported"] > 0.5
