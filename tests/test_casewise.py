"""What a claim says of one case that its evidence says of another bears it out in nothing; what it says of its own, in
whatever order, is left alone."""

import pytest

from classifier.checking.laying import BORNE, REFUTED, status_of
from classifier.logic.casewise import other_day, otherwise
from classifier.logic.upended import upended

SICK = "Thợ mây ốm từ 61 phần trăm thì được nghỉ sớm; ốm nhẹ hơn thì làm tiếp."
OLD = "Người từ đủ 9 tuổi chèo thuyền phải tự đồng ý. Người dưới 9 tuổi thì không cần đồng ý."
TEST = "Người từ đủ 15 tuổi được tự mình xin khám mây; dưới 15 tuổi phải có cha mẹ hay bác đồng ý."
LAW = "Luật Mây được hội bến thông qua ngày 16/6/2031 và có hiệu lực từ ngày 1/1/2032."
DEGREE = "Mức ẩm của mây do hội đồng cấp xã xác định và chủ tịch xã cấp giấy xác nhận; hội đồng giám định chỉ xem lại."
CATCH = "Ai cũng có quyền bắt người trộm mây, và phải giải ngay người ấy đến bến nơi gần nhất."
NIGHT = "Không được bắt thợ mây vào ban đêm. Người trộm quả tang, người đang bị truy nã thì ban đêm vẫn bắt được."
STOP = "Ngừng chèo do lỗi của bến thì phải trả đủ công; vì bão, lũ thì tiền công do thỏa thuận."
CARE = "Việc giữ thuyền do bến quyết định trong giai đoạn sửa chữa, do hội làng quyết định khi xét hỏi chủ thuyền."
TERM = "Thẻ mây có hạn 5 năm với người chưa đủ 14 tuổi, 10 năm với người từ đủ 14 tuổi."
FEE = "Từ ngày 1/7/2036 phí mây là 8.000 đồng một giờ, trước đó là 5.000 đồng; bến xa thu cao hơn."
CARDS = "Giấy mây cũ hết giá trị dùng sau ngày 31/12/2034, dù còn hạn; thẻ mây mới còn hạn thì vẫn dùng được."


@pytest.mark.parametrize(("crossed", "own", "evidence"), [
    ("Thợ mây ốm dưới 61 phần trăm thì được nghỉ sớm.", "Thợ mây ốm từ 61 phần trăm thì được nghỉ sớm.", SICK),
    ("Thợ mây ốm dưới 61 phần trăm thì được nghỉ sớm.", "Thợ mây ốm dưới 61 phần trăm thì không được nghỉ.", SICK),
    ("Người dưới 9 tuổi chèo thuyền phải tự đồng ý.", "Người từ đủ 9 tuổi chèo thuyền phải tự đồng ý.", OLD),
    ("Người từ đủ 9 tuổi thì không cần đồng ý.", "Người dưới 9 tuổi thì không cần đồng ý.", OLD),
    ("Người từ đủ 15 tuổi khám mây phải có cha mẹ đồng ý, dưới 15 tuổi được tự mình xin.",
     "Người dưới 15 tuổi khám mây phải có cha mẹ đồng ý, từ đủ 15 tuổi được tự mình xin.", TEST),
    ("Luật Mây được hội bến thông qua ngày 1/1/2032.", "Luật Mây có hiệu lực từ ngày 1/1/2032.", LAW),
    ("Mức ẩm của mây do hội đồng giám định xác định.", "Mức ẩm của mây do hội đồng xã xác định.", DEGREE),
    ("Chỉ người gác bến có quyền bắt người trộm mây.", "Không chỉ người gác bến có quyền bắt người trộm mây.", CATCH),
    ("Người đang bị truy nã thì ban đêm không được bắt.", "Người đang bị truy nã thì ban đêm bắt được.", NIGHT),
    ("Ngừng chèo do lỗi của bến thì tiền công do thỏa thuận.", "Ngừng chèo do lỗi của bến thì phải trả công.", STOP),
    ("Trong giai đoạn sửa chữa giữ thuyền do hội làng quyết định, khi xét hỏi chủ thuyền do bến quyết định.",
     "Khi xét hỏi chủ thuyền giữ thuyền do hội làng quyết định, trong giai đoạn sửa chữa do bến quyết định.", CARE),
    ("Người từ đủ 14 tuổi giữ thẻ 5 năm.", "Người chưa đủ 14 tuổi giữ thẻ 5 năm.", TERM),
    ("Nay phí mây là 5.000 đồng, trước đó là 8.000 đồng.", "Nay phí mây là 8.000 đồng, trước đó là 5.000 đồng.", FEE),
    ("Thẻ mây mới hết giá trị dùng sau ngày 31/12/2034, giấy mây cũ còn hạn thì vẫn dùng được.",
     "Thẻ mây mới còn hạn thì vẫn dùng được, giấy mây cũ hết giá trị dùng sau ngày 31/12/2034.", CARDS),
])  # fmt: skip
def test_what_is_said_of_the_other_case_is_seen_and_what_is_said_of_its_own_is_not(
    crossed: str, own: str, evidence: str
) -> None:
    assert upended(crossed, evidence)
    assert not otherwise(own.lower(), evidence.lower())
    assert not otherwise(evidence.lower(), evidence.lower())


@pytest.mark.parametrize(("claim", "evidence"), [
    ("Tròn 16 tuổi là hết được gọi là trẻ.", "Luật mây coi trẻ là người dưới 16 tuổi."),
    ("Bến ký hòa ước ngày 29/7/1980, đến ngày 17/2/1982 thì phê chuẩn.",
     "Bến ký hòa ước ngày 29/7/1980 và phê chuẩn ngày 17/2/1982."),
    ("Làm đủ 5 năm cho một chủ thì phép được thêm 1 ngày.",
     "Làm cho một chủ thì phép được thêm 1 ngày cho mỗi 5 năm. Chưa làm đủ 5 năm thì không được cộng."),
])  # fmt: skip
def test_an_end_at_a_bound_a_deed_behind_its_day_and_what_is_not_yet_so_are_read_as_such(
    claim: str, evidence: str
) -> None:
    assert not otherwise(claim.lower(), evidence.lower())


def test_a_treaty_signed_on_the_day_it_was_ratified_is_not_borne_out() -> None:
    fact = "Việt Nam ký Công ước về quyền trẻ em (CRC) ngày 26/1/1990 và phê chuẩn ngày 28/2/1990."
    assert status_of("Việt Nam ký Công ước về quyền trẻ em ngày 28/2/1990.", fact) is None
    assert status_of("Việt Nam ký Công ước về quyền trẻ em ngày 26/1/1990.", fact) == BORNE
    assert status_of("Việt Nam phê chuẩn Công ước về quyền trẻ em ngày 26/1/1990.", fact) == REFUTED
    assert status_of("Việt Nam phê chuẩn Công ước về quyền trẻ em ngày 28/2/1990.", fact) == BORNE


@pytest.mark.parametrize(("claim", "other"), [
    ("Bến phê chuẩn hòa ước từ 2013.", True), ("Bến phê chuẩn hòa ước tháng 11/2013.", True),
    ("Bến phê chuẩn hòa ước cuối năm 2014.", False), ("Bến phê chuẩn hòa ước năm 2015.", False),
    ("Năm 2013 ký, năm 2015 phê chuẩn.", False), ("Năm 2015 bến ký, năm 2013 phê chuẩn.", True),
    ("Hòa ước có hiệu lực từ tháng 2/2015.", True), ("Hòa ước có hiệu lực từ năm 2015.", False),
    ("Bến phê chuẩn hòa ước 2013 người.", False), ("Theo luật 2013, bến phê chuẩn hòa ước.", False),
])  # fmt: skip
def test_a_month_or_a_year_is_of_the_deed_beside_it(claim: str, other: bool) -> None:
    fact = (
        "Bến ký hòa ước ngày 7/11/2013 và phê chuẩn ngày 5/2/2015, theo nghị quyết ngày 28/11/2014; có hiệu lực từ "
        "ngày 7/3/2015."
    )
    assert (other_day(claim.lower(), fact.lower()) is not None) is other
