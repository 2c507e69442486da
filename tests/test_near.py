"""Posts that share a key find each other, however many there are and wherever the tables lie."""

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.fingerprint import bands
from classifier.near import FULL, NearIndex

POST = "Hơn hai mươi hộ dân thôn Thượng ký đơn hỏi về khoản bồi thường đất chưa được trả từ năm ngoái đến nay"
COPY = "NÓNG: hơn hai mươi hộ dân thôn Thượng ký đơn hỏi về khoản bồi thường đất chưa được trả từ năm ngoái!!!"


def test_a_copy_finds_the_first_post() -> None:
    index = NearIndex(first=1 << 10)
    assert index.assign([7], [bands(POST)]) == [[]]
    assert index.assign([8, 9], [bands(COPY), bands("Một chuyện hoàn toàn khác ở nơi khác")]) == [[7], []]


def test_copies_within_one_batch_find_each_other() -> None:
    assert NearIndex(first=1 << 10).assign([1, 2, 3], [bands(POST), bands(COPY), []]) == [[], [1], []]


def test_the_tables_are_found_again(tmp_path: Path) -> None:
    one = NearIndex(tmp_path, first=1 << 10)
    one.assign([1], [bands(POST)])
    one.flush()
    again = NearIndex(tmp_path, first=1 << 10)
    assert len(again) == len(bands(POST))
    assert again.assign([2], [bands(COPY)]) == [[1]]


def test_growing_loses_nothing() -> None:
    dealt = random.Random(3)
    rows = [[dealt.getrandbits(63) for _ in range(8)] for _ in range(2_000)]
    index = NearIndex(first=1 << 8)
    for at in range(0, len(rows), 100):
        index.assign(range(at + 1, at + 101), rows[at : at + 100])
    assert len(index) == 16_000 > FULL * (1 << 8)
    assert index.assign(range(5_001, 7_001), rows) == [[post] for post in range(1, 2_001)]


def _hashed(number: int) -> int:
    return (number + 1) * 0x9E3779B97F4A7C15 % 2**63


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(st.integers(0, 60).map(_hashed), max_size=8, unique=True), max_size=40))
def test_it_does_what_a_dictionary_does(rows: list[list[int]]) -> None:
    index, plain = NearIndex(first=1 << 4), dict[int, int]()
    for post, keys in enumerate(rows, start=1):
        assert index.assign([post], [keys]) == [sorted({plain[key] for key in keys if key in plain})]
        for key in keys:
            plain.setdefault(key, post)
