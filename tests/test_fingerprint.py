"""Edited copies share a key and stay alike; unrelated texts don't."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import benchmarks.__main__
from classifier.text import fold
from classifier.text.fingerprint import KEYS, NEAR, bands, similar

POST = (
    "Sáng thứ ba, khoảng bốn mươi hộ dân ở xóm Bến Đá kéo lên trụ sở xã Tân Lập để hỏi về khoản bồi thường đất "
    "mà họ nói chưa nhận được từ năm ngoái. Ông Lường Văn Khiêm, người thay mặt các hộ, cho biết đơn đã gửi ba lần."
)
OTHER = (
    "Trường tiểu học Vĩnh Hòa bắt đầu bữa trưa miễn phí cho hai trăm em nhỏ từ tuần này, theo lời cô hiệu trưởng "
    "Nông Thị Mẩy. Tiền ăn do phụ huynh và một quỹ ở địa phương cùng góp trong cả năm học tới."
)


def _edited(text: str, share: float, seed: int) -> str:
    random_ = random.Random(seed)
    kept = []
    for word in text.split():
        if random_.random() < share:
            kept += random_.choice(([], [word, "thì"], ["chuyện"]))
        else:
            kept.append(word)
    return " ".join(kept)


def test_copies_with_one_word_in_twenty_changed_are_found() -> None:
    copies = [_edited(POST, 0.05, seed) for seed in range(200)]
    found = [bool(set(bands(POST)) & set(bands(copy))) and similar(POST, copy) >= NEAR for copy in copies]
    assert sum(found) / len(found) >= 0.99


def test_copies_with_one_word_in_seven_changed_are_found() -> None:
    copies = [_edited(POST, 0.15, seed) for seed in range(200)]
    found = [bool(set(bands(POST)) & set(bands(copy))) and similar(POST, copy) >= NEAR for copy in copies]
    assert sum(found) / len(found) >= 0.9


def test_unaccented_shouted_and_truncated_copies_are_found() -> None:
    for copy in (fold(POST), POST.upper(), POST[: len(POST) * 2 // 3], "Tin nóng!!! " + POST + " #xembai"):
        assert set(bands(POST)) & set(bands(copy))
        assert similar(POST, copy) >= NEAR


def test_unrelated_posts_share_nothing() -> None:
    assert not set(bands(POST)) & set(bands(OTHER))
    assert similar(POST, OTHER) < 0.05


def test_a_short_text_has_a_key_and_an_empty_one_none() -> None:
    assert len(bands("Trả tự do")) == 1
    assert bands("") == bands("?! …") == []
    assert similar("", "") == 0.0
    assert similar("không", "không") == 1.0


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_string_has_small_keys_and_a_symmetric_likeness(one: str, other: str) -> None:
    assert len(bands(one)) <= KEYS
    assert all(0 <= key < 2**63 for key in bands(one))
    assert similar(one, other) == similar(other, one)
    assert similar(one, one) in (0.0, 1.0)


def test_keys_are_the_same_in_every_process() -> None:
    assert bands("Người dân hỏi về đất đai")[0] == 2969457133806566522


def test_a_benchmark_that_finds_nothing_to_measure_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("benchmarks.fingerprint.NEWS", tmp_path / "news.jsonl.gz")
    monkeypatch.setattr("sys.argv", ["benchmarks", "fingerprint"])
    assert benchmarks.__main__.main() == 0
    assert capsys.readouterr().out.endswith("every figure measured is reached, nothing measured of fingerprint\n")


@pytest.mark.parametrize(("asked", "code"), [("--help", 0), ("-h", 0), ("--nonsense", 2)])
def test_what_is_no_name_of_a_benchmark_lists_the_names_and_runs_none(monkeypatch, capsys, asked, code):
    monkeypatch.setattr("sys.argv", ["benchmarks", asked])
    assert benchmarks.__main__.main() == code
    said = capsys.readouterr().out
    assert ("python -m benchmarks [name …]" in said, "fingerprint, hostile" in said, "—" in said) == (True, True, False)


def test_a_benchmark_that_is_not_there_is_refused_before_any_runs(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "fingerprint", "nonsense"])
    with pytest.raises(SystemExit, match="no benchmark nonsense to run"):
        benchmarks.__main__.main()
    assert capsys.readouterr().out == ""
