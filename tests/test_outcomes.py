"""One outcome of a trial bears out no other, nor what is done so often another frequency."""

import pytest
from ours import model

from classifier.checking.weighing import compare
from classifier.logic import outcomes

JAILED = "Tòa án nhân dân huyện Hòn Sỏi tuyên phạt bị cáo Mạc Văn Tý 18 năm tù về tội mua bán người dưới 16 tuổi."


@pytest.mark.parametrize(("claim", "evidence", "apart"), [
    ("Mạc Văn Tý được tuyên trắng án.", JAILED, True), ("Mạc Văn Tý lãnh án chung thân.", JAILED, True),
    ("Mac Van Ty bi tu chung than.", JAILED, True), ("Mạc Văn Tý chỉ bị án treo.", JAILED, True),
    ("Mạc Văn Tý bị phạt tù.", JAILED, False), ("Mạc Văn Tý bị tuyên 8 năm tù.", JAILED, False),
    ("Mạc Văn Tý bị đưa ra tòa.", JAILED, False),
    ("Bị cáo được hưởng án treo.", "Bị cáo lĩnh 24 tháng tù nhưng cho hưởng án treo.", False),
    ("Bị cáo thoát án tử hình.", "Tòa giảm án từ tử hình xuống tù chung thân.", False),
    ("Người nhà được hưởng án tử tuất.", JAILED, False),
])  # fmt: skip
def test_outcomes_that_have_nothing_alike_are_apart(claim: str, evidence: str, apart: bool) -> None:
    assert outcomes.apart(claim, evidence) is apart


@pytest.mark.parametrize(("claim", "evidence", "apart"), [
    ("Bà Lụa thất cử hội đồng xã Mây.", "Bà Lụa tái đắc cử hội đồng xã Mây.", True),
    ("Bà Lụa không được bầu vào hội đồng.", "Bà Lụa được bầu vào hội đồng.", True),
    ("Quốc hội bác bỏ dự luật Mây.", "Quốc hội thông qua dự luật Mây.", True),
    ("Quốc hội thông qua luật Mây các bác ạ.", "Luật Mây được Quốc hội thông qua.", False),
    ("Khôi phục việc đuổi học.", "Bộ bỏ hình thức đuổi học từ tháng 10.", True),
    ("Xã Mây bỏ lệnh cấm thả diều.", "Xã Mây cấm thả diều.", True),
    ("Xa May bo lenh cam tha dieu.", "Xã Mây cấm thả diều.", True),
    ("Xã Mây cấm thả diều.", "Xã Mây bỏ lệnh cấm thả diều, chỉ cấm ở chợ.", False),
    ("Xã Mây bãi bỏ quy chế chợ.", "Xã Mây ban hành quy chế chợ.", True),
    ("Xã Mây bỏ phiếu.", "Xã Mây khôi phục lễ hội.", False),
])  # fmt: skip
def test_a_decision_and_its_contrary_are_apart(claim: str, evidence: str, apart: bool) -> None:
    assert outcomes.apart(claim, evidence) is apart


def test_a_sentence_to_prison_supports_no_other_outcome() -> None:
    others = ["được trả tự do", "lãnh án chung thân", "bị tuyên án tử hình", "chỉ bị án treo"]
    pairs = [(f"Mạc Văn Tý {one} về tội mua bán người dưới 16 tuổi ở Hòn Sỏi.", JAILED) for one in others]
    assert [(p["supported"], held) for p, _, held in compare(model(), pairs)] == [(0.0, "contrary")] * len(others)
    ((same, *_),) = compare(model(), [("Mạc Văn Tý lĩnh 18 năm tù về tội mua bán người dưới 16 tuổi.", JAILED)])
    assert max(same, key=same.__getitem__) == "supported"


VISITS = "Người ở trại Hòn Sỏi được gặp thân nhân một lần trong một tháng."


@pytest.mark.parametrize(("claim", "apart"), [
    ("Người ở trại Hòn Sỏi được gặp thân nhân mỗi quý một lần.", True), ("Moi tuan duoc gap nguoi nha mot lan.", True),
    ("Ngày nào cũng được gặp thân nhân.", True), ("Mỗi tháng được gặp thân nhân một lần.", False),
    ("Tháng nào cũng được gặp.", False), ("Được gặp thân nhân 3 tháng một lần.", False),
    ("Mỗi năm trại Hòn Sỏi mở cửa đón thân nhân.", False),
])  # fmt: skip
def test_periods_that_have_nothing_alike_are_apart(claim: str, apart: bool) -> None:
    assert outcomes.apart(claim, VISITS) is apart


def test_once_a_month_supports_no_once_a_quarter() -> None:
    other, same = "được gặp thân nhân mỗi quý một lần.", "được gặp thân nhân mỗi tháng một lần."
    pairs = [(f"Người ở trại Hòn Sỏi {one}", VISITS) for one in (other, same)]
    (against, *_), (borne, *_) = compare(model(), pairs)
    assert against["supported"] == 0.0
    assert borne["supported"] > 0.5
