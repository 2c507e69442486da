"""How a text begins and ends says nothing of what it is; that it asks does."""

import pytest

from classifier.text.ragged import even


def test_a_smiley_of_any_length_is_taken_off() -> None:
    assert even("Trường đóng cửa rồi " + "^" * 58 + "D") == "Trường đóng cửa rồi " + "^" * 58 + "D."
    assert even("Trường đóng cửa rồi " + "^" * 58) == "Trường đóng cửa rồi."


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("luật sư bị đuổi ra như vậy có đúng luật không", "?"),
        ("ở trại giam người bệnh được khám hay không", "?"),
        ("đóng đủ 15 năm là có lương hưu phải không", "?"),
        ("bao nhiêu năm rồi mà luật ấy đã có chưa, xong chưa", "?"),
        ("họ bắt người mà lệnh thì không", "."),
        ("hỏi như vậy có đúng luật không.", "."),
        ("trẻ em được học miễn phí", "."),
        ("có luật mà không ai theo", "."),
    ],
)
def test_a_question_typed_without_its_mark_gets_it_and_what_is_said_stays_said(text: str, mark: str) -> None:
    assert even(text).endswith(mark)
