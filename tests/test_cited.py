"""Whether a sentence tells what law says."""

import pytest

from classifier.factuality.cited import cites_law, takes_back


@pytest.mark.parametrize("said", [
    "Luật Căn cước bắt ai cũng đổi thẻ trước Tết.",
    "Nghị định mới cho công an giữ người 30 ngày.",
    "Theo Luật Hôn nhân và gia đình, muốn ly hôn thì phải ly thân 2 năm.",
    "Chỉ thị mới cấm họp chợ sau 5 giờ.",
    "Tuyên ngôn Quốc tế Nhân quyền ghi ai cũng được học.",
    "Mấy chuyện đó Bộ luật Lao động không cấm.",
    "theo luat thi muon ly hon phai ly than 2 nam",
])  # fmt: skip
def test_what_law_is_said_to_provide_is_cited(said: str) -> None:
    assert cites_law(said)


@pytest.mark.parametrize("said", [
    "Luật nào cho công an giữ người 30 ngày?",
    "Ước gì luật cho nghỉ thai sản 12 tháng.",
    "Nghe nói luật cho đuổi người mang thai.",
    "Ai dạy em là luật bắt con mang họ cha vậy",
    "Luật làm gì cho giữ người tới 30 ngày",
    "Luật sư của tôi nói nhanh quá.",
    "Luật ngầm ở đây cho ông ấy làm hết.",
    "Quốc hội sắp ra luật cấm đình công.",
    "Công an giữ người 30 ngày.",
])  # fmt: skip
def test_what_is_asked_wished_or_handed_on_is_not(said: str) -> None:
    assert not cites_law(said)


def test_a_word_beside_it_may_take_it_back() -> None:
    assert takes_back("Trời mưa hoài.", "Sai bét, 5 ngày lận.")
    assert not takes_back("Trời mưa hoài.", "Mai tui ra chợ.")
