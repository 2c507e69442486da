"""Diacritics come back by counts of pairs, and by the words of the evidence first."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import ModelRefused
from classifier.text import restore
from classifier.text.letters import fold

OURS = [
    "Người dân xã Hạ gửi đơn khiếu nại về việc thu hồi đất.",
    "Tòa án nhân dân huyện mở phiên tòa xét xử bị cáo.",
    "Học sinh dân tộc thiểu số được miễn học phí từ năm học tới.",
    "Công nhân đình công đòi tăng lương và giảm giờ làm.",
]


@pytest.fixture(scope="module")
def small() -> restore.Restorer:
    return restore.train(OURS * restore.SEEN)


def test_what_was_counted_comes_back(small: restore.Restorer) -> None:
    for text in OURS:
        assert small.restore(fold(text)) == text.lower()


def test_capitals_numbers_and_marks_stay(small: restore.Restorer) -> None:
    assert small.restore("TOA AN xu 12 bi cao, ngay 1/2!") == "TÒA ÁN xử 12 bị cáo, ngay 1/2!"


def test_syllables_with_diacritics_are_left_as_written(small: restore.Restorer) -> None:
    assert small.restore("toà an nhan dan").startswith("toà ")


def test_the_evidence_wins(small: restore.Restorer) -> None:
    assert (
        small.restore("ba Nguyen Thi Lua o xa Ha", hints=["bà Nguyễn Thị Lụa ở xã Hà"]) == "bà Nguyễn Thị Lụa ở xã Hà"
    )


def test_before_a_year_stands_a_year_whatever_the_evidence_names() -> None:
    hints = ["Việt Nam phê chuẩn ngày 28/2/1990"]
    assert restore.restore("CRC phe chuan nam 1990.", hints=hints) == "CRC phê chuẩn năm 1990."
    assert restore.restore("cuoi vo thi nam 20 tuoi", hints=["nam từ đủ 20 tuổi"]).endswith("nam 20 tuổi")


def test_the_shipped_model_restores_everyday_sentences() -> None:
    for text in ("người dân không được khiếu nại", "tòa án xét xử công khai", "trẻ em có quyền được học tập"):
        assert restore.restore(fold(text)) == text


def test_bare_texts_are_told_from_others() -> None:
    assert restore.is_unaccented("cong an bat nguoi trai phep")
    assert not restore.is_unaccented("công an bắt người trái phép")
    assert not restore.is_unaccented("ok")


def test_saving_twice_gives_the_same_bytes_and_the_same_reading(small: restore.Restorer, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        restore.save(small, folder)
    assert (one / restore.FILE).read_bytes() == (two / restore.FILE).read_bytes()
    again = restore.load(one)
    assert [again.restore(fold(text)) for text in OURS] == [small.restore(fold(text)) for text in OURS]


def test_a_damaged_or_missing_model_is_refused(tmp_path: Path, small: restore.Restorer) -> None:
    with pytest.raises(ModelRefused):
        restore.load(tmp_path)
    restore.save(small, tmp_path)
    whole = (tmp_path / restore.FILE).read_bytes()
    (tmp_path / restore.FILE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelRefused, match="restore it or retrain"):
        restore.load(tmp_path)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=2))
def test_any_string_keeps_its_bare_letters(text: str, hints: list[str]) -> None:
    model = restore.shipped()
    assert isinstance(model.restore(text, hints=hints), str)
    if text.isascii():
        assert fold(model.restore(text)) == text.lower()


def test_capitals_come_back_where_news_has_them_in_mid_sentence() -> None:
    small = restore.train(
        [
            "Hôm qua ông Trần Bá Lộc gặp bà con xã Hạ.",
            "Theo ông Trần Bá Lộc, bá là chữ khác.",
            "Bà con nói ông đến.",
        ]
        * restore.SEEN
    )
    said = "ông trần bá lộc gặp bà con"
    assert small.capitals(said.split()) == [False, True, True, True, False, False, False]
    assert small.capitals(["lộc"]) == [True]  # alone by the form itself
    assert small.capitals(["12", "vô", "danh"]) == [False, False, False]


def test_capitals_are_kept_in_the_file(tmp_path: Path) -> None:
    small = restore.train(["Dân xã Hạ gặp ông Lê Cả."] * restore.SEEN)
    restore.save(small, tmp_path)
    again = restore.load(tmp_path)
    said = ["dân", "xã", "hạ", "gặp", "ông", "lê", "cả"]
    assert again.capitals(said) == small.capitals(said)
    assert again.capitals(["lê", "cả"]) == [True, True]
