"""What a sentence frames as not its own, not real, or not of here and now, with and without diacritics."""

import time

import pytest

from classifier.framing import apart, asserted, core, imagines
from classifier.letters import fold
from classifier.retrieval import Passage

CLAIM = "trẻ em là người dưới 18 tuổi"
LAW = Passage("law", "Trẻ em là người dưới 16 tuổi.", "Luật Trẻ em", "primary", date="2017-06-01", kind="law")


def is_asserted(text: str) -> bool:
    return asserted(text, (0, len(text)))


@pytest.mark.parametrize("frame", [
    "Tin nói {c} là sai.", "Thông tin cho rằng {c} là sai sự thật.", "Câu “{c}” lan truyền trên mạng là tin giả.",
    "[TIN GIẢ] {c}.", "Không có chuyện {c}.", "Làm gì có chuyện {c}.", "Đừng tin bài viết nói rằng {c}.",
    "Bóc trần luận điệu “{c}”", "Đính chính: bài hôm qua viết {c}.", "Hiểu lầm số 1: {c}.", "Không phải là {c}.",
    "Đài ở nước ngoài xuyên tạc rằng {c}.", "Nhiều người vẫn tưởng {c}.", "Đáp án A sai vì ghi {c}.",
    "Dự thảo luật đề xuất: {c}.", "Một đại biểu đề xuất sửa luật để {c}.", "Dự báo đến năm 2040, {c}.",
    "Tôi bị cán bộ bảo là {c}.", "Chồng tôi cứ cãi là {c}.",
])  # fmt: skip
def test_what_is_taken_back_or_only_told_is_not_asserted(frame: str) -> None:
    text = frame.format(c=CLAIM)
    assert not is_asserted(text)
    assert not is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("frame", [
    "Ước gì {c}.", "Giả sử {c}.", "Nếu {c} thì phải sửa luật.", "Trong bộ phim giả tưởng, {c}.", "Mong rằng {c}.",
    "Đêm qua nằm mơ thấy {c}.", "Kịch bản hài: {c}.", "Theo tôi, nên sửa luật theo hướng {c}.", "Đề nghị {c}.",
    "Không thể chấp nhận một đất nước mà {c}.", "Tôi kiến nghị Quốc hội: {c}.", "Nhận định sau đúng hay sai: {c}.",
])  # fmt: skip
def test_what_is_wished_supposed_or_made_up_is_imagined(frame: str) -> None:
    text = frame.format(c=CLAIM)
    assert imagines(text)
    assert imagines(fold(text))
    assert not is_asserted(text)


@pytest.mark.parametrize("text", [
    f"{CLAIM.capitalize()}.", f"Bộ Công an nói rằng {CLAIM}.", f"Luật quy định {CLAIM}, không có chuyện tùy tiện.",
    "Việt Nam không phải là thành viên của Công ước chống tra tấn.", "Người đưa tin sai sự thật bị phạt tù 20 năm.",
    "Lao động nữ chỉ được nghỉ 3 tháng nếu sinh con.", "Kiến nghị của cử tri không được trả lời.",
    "Công dân không có quyền đề xuất.", "Chủ tài khoản bị phạt 7,5 triệu đồng vì đăng tin sai sự thật.",
])  # fmt: skip
def test_what_is_plainly_said_is_asserted(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize(("before", "after"), [
    ("", " Đây là tin giả."), ("", " Sai bét!"), ("", " Thông tin này hoàn toàn sai."), ("TIN GIẢ\n", ""),
])  # fmt: skip
def test_a_claim_is_taken_back_by_its_heading_or_by_the_sentence_behind_it(before: str, after: str) -> None:
    said = f"{CLAIM.capitalize()}."
    assert not asserted(before + said + after, (len(before), len(before) + len(said)))
    other = " Đây là luật."
    assert asserted(said + other, (0, len(said)))


@pytest.mark.parametrize("frame", [
    "Không, {c}", "Không đúng, {c}", "Sai rồi, {c}", "Bộ Quốc phòng đưa tin rằng {c}", "Việt Tân cho biết {c}",
    "Luật sư Đặng Đình Mạnh nói rằng {c}", "Theo Tổ chức Ân xá Quốc tế, {c}", "(RFA) - {c}", "Trích BBC – {c}",
    "Không, báo Nhân Dân viết rằng {c}",
])  # fmt: skip
def test_who_says_a_thing_and_what_it_answers_are_left_out(frame: str) -> None:
    text = frame.format(c=CLAIM) + "."
    assert text[slice(*core(text))] == f"{CLAIM}."
    assert fold(text)[slice(*core(fold(text)))] == fold(f"{CLAIM}.")


def test_a_claim_that_begins_with_only_is_told_apart_from_who_says_it() -> None:
    text = f"Bộ Quốc phòng cho biết chỉ {CLAIM}."
    assert text[slice(*core(text))] == f"chỉ {CLAIM}."


@pytest.mark.parametrize("text", [
    f"Theo Luật Trẻ em, {CLAIM}.", f"Không ai nói rằng {CLAIM} cả.", f"Mẹ tôi nói rằng {CLAIM}.",
    "Tòa án tuyên là ông Hai không có tội.", "Bộ Quốc phòng cho biết đã đạt thỏa thuận trao đổi.", "Không, sai.",
    "Tiền thuế của dân chứ chẳng phải ơn ai: trẻ em được cấp thẻ bảo hiểm y tế.", "",
])  # fmt: skip
def test_what_belongs_to_a_claim_stays(text: str) -> None:
    assert core(text) == (0, len(text))


def test_what_a_claim_is_set_against_is_left_out() -> None:
    text = f"Luật quy định {CLAIM} chứ không phải dưới 16 tuổi."
    assert text[slice(*core(text))] == f"Luật quy định {CLAIM}"


@pytest.mark.parametrize(("claim", "said"), [
    ("Ở Lào, {c}.", True), ("Tại Hoa Kỳ, {c}.", True), ("Singapore quy định {c}.", True),
    ("Ở một nước láng giềng, {c}.", True), ("Thời Pháp thuộc, {c}.", True), ("Trước năm 2013, {c}.", True),
    ("Năm 2014, {c}.", True), ("Theo luật cũ, {c}.", True), ("Năm 2018, {c}.", False), ("Ở Lào Cai, {c}.", False),
    ("Lao động trẻ em không có, {c}.", False), ("Luật quy định {c}.", False),
])  # fmt: skip
def test_a_passage_settles_nothing_of_another_country_or_an_earlier_time(claim: str, said: bool) -> None:
    text = claim.format(c=CLAIM)
    assert apart(text, LAW) is said
    assert apart(fold(text), LAW) is said


def test_a_passage_that_speaks_of_the_country_or_the_year_does() -> None:
    crc = Passage("crc", "Hoa Kỳ chưa phê chuẩn Công ước về quyền trẻ em.", date="2025-01-01")
    assert not apart("Mỹ đã phê chuẩn Công ước về quyền trẻ em.", crc)
    assert not apart("Năm 2014 có 12 vụ.", Passage("x", "Năm 2014 có 20 vụ.", date="2015-01-01"))


@pytest.mark.parametrize(
    "piece", ["không ", "theo a.b-", "nói rằng ", "tôi bị ", "vu khống rằng ", "là điều ", "(", "“"]
)
def test_hostile_texts_are_read_in_little_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.perf_counter()
    is_asserted(text)
    core(text)
    imagines(text)
    apart(text, LAW)
    assert time.perf_counter() - start < 2
