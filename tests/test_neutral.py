"""Neither side's words, and never who is quoted."""

import pytest

from classifier.text.letters import fold
from classifier.text.neutral import SAID, neutral


@pytest.mark.parametrize(
    ("state", "other"),
    [
        ("Cơ quan chức năng xử lý nghiêm 12 đối tượng chống phá.", "Nhà cầm quyền đàn áp 12 nhà bất đồng chính kiến."),
        (
            "Báo nhà nước đưa tin rằng ba phạm nhân tử vong.",
            "Các tổ chức nhân quyền tố cáo ba tù nhân lương tâm mất mạng.",
        ),
        ("Ông Hai không có luật sư, nay được thăm gặp.", "Ông Hai không luật sư, nay mới được thăm gặp."),
        ("Theo Bộ Công an, xã thu hồi đất của 20 hộ.", "Theo giới hoạt động, xã cướp đất của 20 hộ."),
    ],
)
def test_two_voices_are_read_alike_with_and_without_diacritics(state: str, other: str) -> None:
    assert neutral(state).lower() == neutral(other).lower()
    assert neutral(fold(state)) == neutral(fold(other))


def test_what_was_said_stays_numbers_and_names_too() -> None:
    assert neutral("Nhà cầm quyền ở Hà Nội bắt bớ 12 người.") == "chính quyền ở Hà Nội bắt giữ 12 người."


def test_denials_are_one_word() -> None:
    said = "Chẳng ai được gặp, xã chả thèm trả lời, trại đéo cho."
    assert neutral(said) == "không ai được gặp, xã không thèm trả lời, trại không cho."
    for word in ("Chẳng", "CHẲNG", "đéo", "ĐẾCH", "chả", "CHẢ"):  # each is looked for before it is read
        assert neutral(f"Trại {word} cần.") == "Trại không cần."


@pytest.mark.parametrize(
    "said",
    [
        "Chẳng hạn, bà bán bún chả.",
        "Chẳng may bà bị bắt khi mua chả cá.",
        "Cha toi bi bat",
        "Phát hiện 3 tấn chả có hàn the.",
        "Cơ sở sản xuất chả bị phạt.",
        "Một quán chả thịt bẩn.",
        "Bánh mì chả được bán ở chợ.",
        "Chả được làm từ cá.",
        "Quán chả cần giấy phép.",
    ],
)
def test_dishes_and_examples_deny_nothing(said: str) -> None:
    assert neutral(said) == said


def test_a_law_that_is_quoted_stays() -> None:
    said = "Theo Luật Trẻ em, trẻ em là người dưới 16 tuổi."
    assert neutral(said) == said


def test_words_inside_longer_words_and_plain_texts_are_left_alone() -> None:
    assert neutral("Người đi xe được hỏi thăm.") == "Người đi xe được hỏi thăm."


def test_reading_a_text_again_changes_nothing() -> None:
    for plain, said in SAID.items():
        for form in said.split(","):
            once = neutral(f"Hôm qua {' '.join(form.split())} ở xã")
            assert neutral(once) == once
            assert plain in once
