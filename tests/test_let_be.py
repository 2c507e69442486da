"""A true case that a fact's own bounds let be is held against no fact of those that ship, and the false one beside it
is: longer notice than is asked for, an age inside a bound, what a claim finds lawful or not."""

import pytest
from ours import facts_index, model

from classifier.scoring import Item, score

CASES = [
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
])  # fmt: skip
def test_a_true_case_is_flagged_in_no_other_words(true: str) -> None:
    (let,) = score(model(), [Item("true", true, "2026-12-02")], index=facts_index())
    assert not let.flagged


def test_a_share_at_the_end_of_a_claim_that_goes_against_a_fact_is_read() -> None:
    text = "Trợ giúp pháp lý nhà nước vẫn thu phí, hộ nghèo chỉ được giảm một nửa."
    (held,) = score(model(), [Item("false", text, "2026-12-02")], index=facts_index())
    assert held.flagged
