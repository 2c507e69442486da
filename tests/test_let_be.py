"""A true case that a fact's own bounds let be is held against no fact of those that ship, and the false one beside it
is: longer notice than is asked for, an age inside a bound, what a claim finds lawful, enough or not."""

import pytest
from ours import facts_index, model

from classifier.scoring import Item, score

CASES = [
    ("Ly hôn con 2 tuổi thì giao cho mẹ, không phải cứ giao cho cha.",  # whose denial is no part of the case
     "Ly hôn con 2 tuổi thì giao cho cha, không phải cứ giao cho mẹ."),
    ("Cụ 75 tuổi góa vợ vẫn được kết hôn, luật không cấm người già lấy vợ.",  # an age of which the fact tells none
     "Cụ 75 tuổi góa vợ muốn kết hôn phải được các con cho phép."),
    ("Nữ nghỉ hưu năm 2026 là 57 tuổi, nam 61 tuổi rưỡi.", "Nữ nghỉ hưu năm 2026 là 57 tuổi, nam 65 tuổi rưỡi."),
    ("Trong 6 tháng cuối năm 2024 lương tối thiểu vùng II là 4.410.000 đồng.",
     "Trong 6 tháng cuối năm 2024 lương tối thiểu vùng II là 6.410.000 đồng."),
    ("Trước khi đình công 10 ngày làm việc, tổ chức đại diện gửi văn bản báo công ty thì hợp lệ.",
     "Trước khi đình công 2 ngày làm việc, tổ chức đại diện gửi văn bản báo công ty thì hợp lệ."),
    ("Danh sách ứng cử có 40 phần trăm phụ nữ là đạt yêu cầu.",
     "Danh sách ứng cử có 25 phần trăm phụ nữ là đạt yêu cầu."),
    ("Trừ lương 20 phần trăm mỗi tháng để bồi thường tài sản hư hỏng là trong mức cho phép.",
     "Trừ lương 50 phần trăm mỗi tháng để bồi thường tài sản hư hỏng là trong mức cho phép."),
    ("Tổ chức tôn giáo hoạt động ổn định 7 năm từ khi được cấp chứng nhận thì đủ điều kiện để được công nhận.",
     "Tổ chức tôn giáo hoạt động ổn định 2 năm từ khi được cấp chứng nhận thì đủ điều kiện để được công nhận."),
    ("Khiếu nại lần đầu giải quyết trong 25 ngày là đúng hạn.",
     "Khiếu nại lần đầu giải quyết trong 90 ngày là đúng hạn."),
    ("Theo quy định, thiếu niên 13 tuổi chưa được tự lập tài khoản mạng xã hội.",
     "Theo quy định, thiếu niên 13 tuổi được tự lập tài khoản mạng xã hội."),
    ("15 tuổi thì chưa được tự đăng ký tài khoản mạng xã hội, cha mẹ phải đăng ký giùm.",
     "15 tuổi thì được tự đăng ký tài khoản mạng xã hội, cha mẹ không phải đăng ký giùm."),
    ("Bị phạt 2 năm tù thì được xét hưởng án treo.", "Bị phạt 5 năm tù thì được xét hưởng án treo."),
    ("Giao cấu với bé 12 tuổi luôn là hiếp dâm, dù bé đồng ý.",
     "Giao cấu với bé 12 tuổi không phải là hiếp dâm khi bé đồng ý."),
    ("Án 4 năm tù, ra tù 2 năm không phạm tội mới thì đương nhiên được xóa án tích.",
     "Án 10 năm tù, ra tù 2 năm không phạm tội mới thì đương nhiên được xóa án tích."),
    ("Hợp đồng 2 năm mà báo trước 45 ngày thì được nghỉ, không cần lý do.",
     "Hợp đồng 2 năm báo trước 3 ngày thì được nghỉ, không cần lý do."),
    ("Hop dong khong thoi han bao truoc 50 ngay thi duoc nghi viec khong can ly do.",
     "Hop dong khong thoi han bao truoc 10 ngay thi duoc nghi viec khong can ly do."),
    ("Con minh 15 tuoi thi chua duoc tu dang ky tai khoan mang xa hoi.",
     "Con minh 17 tuoi thi chua duoc tu dang ky tai khoan mang xa hoi."),
    ("Người 16 tuổi bị bắt thì trong 12 giờ phải báo gia đình.",
     "Người 16 tuổi bị bắt thì trong 48 giờ mới phải báo gia đình."),
    ("23 giờ không được bắt bị can để tạm giam.", "23 giờ vẫn được bắt bị can để tạm giam."),
    ("Tạm giữ hành chính 20 giờ khi cần thiết thì luật cho phép.",
     "Tạm giữ hành chính 40 giờ khi cần thiết thì luật cho phép."),
    ("Nhận quyết định hành chính 60 ngày thì vẫn còn thời hiệu khiếu nại lần đầu.",
     "Nhận quyết định hành chính 120 ngày thì vẫn còn thời hiệu khiếu nại lần đầu."),
    ("Còn phải ở tù 5 năm thì phạm nhân chưa được hiến bộ phận cơ thể.",
     "Còn phải ở tù 5 năm thì phạm nhân vẫn được hiến bộ phận cơ thể."),
    ("Con 20 tuổi gây thiệt hại thì tự bồi thường.", "Con 20 tuổi gây thiệt hại thì cha mẹ phải bồi thường."),
    ("Làm 18 tháng rồi mất việc vì tái cơ cấu thì được ít nhất 2 tháng lương.",
     "Làm 18 tháng rồi mất việc vì tái cơ cấu thì được 1 tháng lương."),
    ("Tạm giam 10 ngày bằng 30 ngày cải tạo không giam giữ.", "Tạm giam 10 ngày bằng 10 ngày cải tạo không giam giữ."),
    ("Khấu trừ 25 phần trăm lương mỗi tháng để bồi thường thì được.",
     "Khấu trừ 50 phần trăm lương mỗi tháng để bồi thường thì được."),
    ("Tội ít nghiêm trọng tạm giam ban đầu 1 tháng là được.", "Tội ít nghiêm trọng tạm giam ban đầu 4 tháng là được."),
    ("Bầu 4 tháng thì luật chưa cấm làm đêm.", "Bầu 3 tháng là luật cấm làm đêm."),
    ("Mới làm 4 tháng thì chưa được nghỉ đủ 12 ngày phép.", "Mới làm 4 tháng đã được nghỉ đủ 12 ngày phép."),
    ("Công ty cho làm 40 giờ một tuần là trong luật.", "Luật bắt công ty chỉ được cho làm 40 giờ một tuần."),
    ("Tù chung thân ở 14 năm, cải tạo tốt, bồi thường một phần thì được xét giảm án lần đầu.",
     "Chung thân phải ở 18 năm mới được xét giảm án lần đầu."),
    ("Năm 2026 nữ 55 tuổi chưa đủ tuổi hưu nếu làm việc bình thường.", "Năm 2026 nữ 55 tuổi là về hưu."),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), CASES)
def test_a_case_that_a_fact_lets_be_is_held_against_none_and_the_false_one_beside_it_is(true: str, false: str) -> None:
    items = [Item("true", true, "2026-12-02"), Item("false", false, "2026-12-02")]
    let, held = score(model(), items, index=facts_index())
    assert (let.flagged, [one.eid for one in let.evidence if one.relation == "contradicts"]) == (False, [])
    assert held.flagged


@pytest.mark.parametrize("true", [
    "Công đoàn gửi văn bản báo cho công ty trước 7 ngày làm việc rồi mới đình công là đúng luật.",
    "15 tuổi chưa tự yêu cầu cấp phiếu lý lịch tư pháp được.",
    "Trẻ bị bỏ rơi 10 tuổi tìm được cha mẹ chỉ có quốc tịch nước ngoài thì không còn quốc tịch Việt Nam.",
    "Mới 20 tuổi chưa ra ứng cử đại biểu Quốc hội được đâu.",
    "Chuyển làm việc khác 80 ngày thì phải được người lao động đồng ý.",
    "Khám thai lần thứ 7 thì phải lấy phép năm.",
    "Một tội thì tù có thời hạn không thể 25 năm, nhiều nhất 20 năm.",
    "Dâm ô với bé 11 tuổi thì gia đình rút đơn vụ án vẫn tiếp tục.",
    "Học sinh bán trú được 15 kg gạo mỗi tháng, 8 tháng thì 120 kg.",
    "Lời khai do bị đánh mà ra vẫn dùng được để buộc tội chính người đã đánh.",
    "Hợp đồng 6 tháng báo trước 5 ngày làm việc rồi nghỉ là hợp lệ.",
    "Giúp việc gia đình muốn nghỉ báo trước một tháng thì quá đủ.",
    "Em 16 tuổi làm 36 giờ một tuần là đúng luật.",
])  # fmt: skip
def test_a_true_case_is_flagged_in_no_other_words(true: str) -> None:
    (let,) = score(model(), [Item("true", true, "2026-12-02")], index=facts_index())
    assert not let.flagged


def test_a_share_at_the_end_of_a_claim_that_goes_against_a_fact_is_read() -> None:
    text = "Trợ giúp pháp lý nhà nước vẫn thu phí, hộ nghèo chỉ được giảm một nửa."
    (held,) = score(model(), [Item("false", text, "2026-12-02")], index=facts_index())
    assert held.flagged
