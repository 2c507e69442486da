"""Whose word, world or wish a sentence opens with, and what it ends in."""

import pytest
from test_framing import is_asserted

from classifier.text.letters import fold

RULE = "công ty được giữ bằng gốc của nhân viên"


@pytest.mark.parametrize("frame", [
    # who tells it, by role
    "Theo sếp, {c}.", "Theo trưởng ca, {c}.", "Theo quản đốc thì {c}.", "Theo nhân sự, {c}.", "Theo tiktok, {c}.",
    "Theo tổ trưởng tổ dân phố, {c}.", "Sếp giải thích {c}.", "Nhân sự giải thích {c}.", "Cô giáo giải thích {c}.",
    "Cán bộ xã giải thích {c}.", "Sếp gầm lên {c}.", "Trưởng phòng ra lệnh {c}.", "Bị cáo khai {c}.",
    "Loa phường phát {c}.", "Ông bà ta dạy {c}.", "Triết lý của sếp là {c}.",
    # another world or time
    "Thế kỷ 19 {c}.", "Trong anime {c}.", "Trong tuồng {c}.", "Ở thiên đường {c}.", "Cõi âm {c}.",
    # refused beside it, and complained of
    "{c}, luật không cho.", "{c}, không được.", "{c}, không có luật.", "{c}, vi phạm pháp luật.",
    "{c}, không có tình người.", "{c}, tội công nhân.", "{c}, luật của kẻ mạnh.",
    # an exam
    "Đáp án A, {c}.", "Trắc nghiệm, {c}.", "Đố mọi người {c}.", "Điền khuyết, {c}.",
    "Bà hàng nước quả quyết {c}.", "Lớp trưởng lý giải {c}.", "{c}, không phải.", "{c} theo sếp.",
])  # fmt: skip
def test_anothers_word_another_world_a_refusal_and_an_exam_are_not_asserted(frame: str) -> None:
    text = frame.format(c=RULE)
    assert not is_asserted(text)
    assert not is_asserted(fold(text))


@pytest.mark.parametrize("frame", [
    "Má lải nhải {c}.", "Theo má, {c}.", "Muốn {c}.", "Ngóng ngày {c}.", "Ghét vụ {c}.", "Tủi phận làm thợ, {c}.",
    "Vợ chồng trẻ lầm {c}.",
])  # fmt: skip
def test_what_kin_tell_and_what_is_wished_hated_or_mistaken_is_not_asserted(frame: str) -> None:
    assert not is_asserted(frame.format(c=RULE))


@pytest.mark.parametrize("text", [
    f"Theo Bộ Mây, {RULE}.", f"Theo luật, {RULE}.", f"Theo luật sư Mây, {RULE}.", f"Luật giải thích {RULE}.",
    "Chủ trọ bắt khách nộp căn cước gốc là đúng luật.", "Mẹ khai sinh cho con phải có cha đi cùng.",
    "Muốn ly hôn thì phải ly thân đủ 2 năm.", "Muốn công ty trả lương đúng hạn thì phải làm đơn.",
    "Bố nói dối con bị phạt 5 triệu đồng.", "Thế kỷ 21 phụ nữ vẫn phải xin phép chồng mới được bầu.",
    "Công ty có quyền giữ bằng gốc, luật không cấm.", f"Khổ thân, {RULE}.",
    "Phụ nữ không được đi bầu, luật không cho.", "Công nhân phải làm đêm, không được nghỉ.",
    "Đáp án đúng là công ty được giữ bằng gốc.", "Sếp được quyền tuyên bố đuổi việc ngay tại chỗ.",
])  # fmt: skip
def test_a_rule_that_only_resembles_them_is_asserted(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))
