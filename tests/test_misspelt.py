"""A syllable that fits nowhere is put right where its neighbours tell what was meant, and left where they don't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.orthography import spelling
from classifier.orthography.misspelt import mended


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Công an huyện phản đối giự án thũy điện.", "Công an huyện phản đối dự án thủy điện."),
        ("Bà con bị thu hồi đất đễ làm đường.", "Bà con bị thu hồi đất để làm đường."),
        ("Trẻ em phải được bảo vẹ, kể cả ở trường.", "Trẻ em phải được bảo vệ, kể cả ở trường."),
        ("Họ nói công nhnâ được trả lương tháng này.", "Họ nói công nhân được trả lương tháng này."),
        ("Tòa án xét xữ vụ án này.", "Tòa án xét xử vụ án này."),
        ("Ngườii lao động có quyền đình công", "Người lao động có quyền đình công"),
    ],
)
def test_a_slip_between_known_neighbours_is_put_right(text: str, meant: str) -> None:
    assert spelling.meant(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Công an xã tạm giữ hai người dân phản đối dự án.",
        "Anh Giự kể với báo chí chuyện ấy.",  # a name may be any syllable
        "cong an huyen tam giu nguoi dan",  # typed without diacritics: restored as a whole, elsewhere
        "abc xyz qqq",
        "giự",
        "",
        "  hai   khoảng trắng ",
        "Nước mắm nhĩ 40 độ đạm.",
        "Bác sĩ nữ tố trưởng khoa ép quan hệ.",  # common words beside neighbours that news doesn't have
        "Tôi mới trốn được về sau bốn năm.",
        "Thành phố chi tiền mua đất.",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert mended(text) == text


def test_what_stands_beyond_a_mark_is_no_neighbour_and_a_number_is_one() -> None:
    assert mended("Khoản 2, giự. Án phí") == "Khoản 2, giự. Án phí"
    assert mended("mất 30 ngườ") == "mất 30 người"


@given(st.text(alphabet="aăâeêioôơuưyáàảãạnhgctmpbvđdslrx0 .,!?\n", max_size=200))
def test_only_words_change_and_none_is_lost(text: str) -> None:
    said = mended(text)
    assert len(said.split(" ")) == len(text.split(" "))
    assert mended(text) == said


def test_what_is_looked_up_and_shown_stays_as_written() -> None:
    text = "Người dân phản đối giự án thủy điện."
    assert "giự" in spelling.plain(text)
    assert "giự" in spelling.read(text).text


def test_a_line_break_parts_words_as_a_blank_does() -> None:
    said = "Công an huyện phản đối giự án thũy điện và còng tay phạm nhân bên dòng nước lạnh."
    for at, letter in enumerate(said):
        if letter == " ":
            broken = mended(said[:at] + "\n" + said[at + 1 :])
            assert broken.replace("\n", " ") == mended(said)
            assert broken.count("\n") == 1
