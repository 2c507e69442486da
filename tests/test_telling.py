"""The words of a claim that carry it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.checking.telling import telling_words


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Năm 2024 có 1.200 trẻ em ở An Phú phải nghỉ học.", ["2024", "1.200", "trẻ em", "nghỉ học"]),
        ("Anh Kha bị tạm giữ 40 ngày mà không được gặp gia đình.", ["tạm giữ", "40", "không được gặp gia đình"]),
        ("cong nhan mang thai se bi cat hop dong", ["mang thai", "cat hop dong"]),  # without diacritics
        ("Trời hôm nay đẹp quá.", []),
    ],
)
def test_topics_numbers_and_denials_are_told(claim: str, told: list[str]) -> None:
    assert [claim[start:end] for start, end in telling_words(claim)] == told


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_in_order_and_apart_whatever_the_text(text: str) -> None:
    at = 0
    for start, end in telling_words(text):
        assert at <= start < end <= len(text)
        at = end
