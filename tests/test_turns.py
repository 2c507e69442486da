"""Whose word a claim is by where it stands, with and without diacritics."""

import pytest

from classifier.factuality.framing import asserted
from classifier.text.letters import fold

CLAIM = "trẻ em là người dưới 18 tuổi"


def is_asserted(before: str, said: str, after: str) -> bool:
    return asserted(before + said + after, (len(before), len(before) + len(said)))


def parts(frame: str) -> tuple[str, str, str]:
    """A frame's text before, in and behind the claim's sentence, which stands between bars."""
    before, said, after = frame.split("|")
    return before, said.format(c=CLAIM), after


@pytest.mark.parametrize("frame", [
    # tests
    "Đúng hay sai? |{c}.|", "|{c}.| Nhận định này đúng hay sai? Tại sao?", "|Câu 3 (Đ/S): {c}.|", "|{c}.| (Đ/S)",
    "True/False: |{c}.|", "|{c}.| True or False?", "|{c} => S|", "|{c}.| => S", "Đáp án: 1. |{c}: S. 2.| Mưa rơi: Đ.",
    "|Chứng minh nhận định sau là sai: {c}.|", "Bài tập: điền Đ/S: |{c}.|", "|{c}.| (S)", "|{c} (S).|",
    "Nhận định sau đúng hay sai? Giải thích. |{c}.|", "|[ ] Đúng [x] Sai: {c}.|", "|[Đúng/Sai] {c}.|",
    "Chọn phương án SAI: A. Mây trắng. B. |{c}.| C. Mưa rơi.", "Khẳng định nào sau đây không đúng?\n|A. {c}.|\nB. Mưa.",
    "Khảo sát: |{c}.| Bạn đồng ý hay không đồng ý?",
    # hearsay that is asked about, and a question about the claim itself
    "|Nghe bảo {c}.| Ai biết chỉ giúp với.", "|Em nghe nói {c}, mọi người cho em hỏi với.|",
    "|Trên mạng nói {c}, nhờ các anh chị giải đáp.|", "|{c}.| Có phải vậy không các bác?", "|{c}.| Đúng không luật sư?",
    "|{c}.| Điều này có đúng không?",
    # asked and answered
    "Hỏi: |{c}.| Đáp: Không đúng.", "|Hỏi: {c}.| Luật sư trả lời: Sai. Điều 1 ghi khác.",
    "|Khách: {c}.| Luật sư: Dạ không ạ, dưới 16.", "Chị Mây hỏi: |{c}.|\nĐáp: Theo luật là 16 tuổi.",
    "|Độc giả: Tôi được biết {c}.| Luật sư: Anh hiểu chưa đúng.", "|Nam: {c}.|\nHà: 16 mới đúng, em.",
    "|Nam: {c}.|\nHà: Không phải vậy đâu Nam ơi.", "|- {c}.|\n- Đâu có con. Dưới 16 chứ.",
    "|- {c}.|\n- Không phải đâu em ạ.",
    # quoted to be disputed
    "|> {c}|\n16 nha bạn", "> |{c}|\n> ai bảo thế\nLàm gì có.", '|Trích: "{c}."|\nBạn này nhầm to.',
    "Bình luận gốc: |{c}.|\nĐọc lại luật đi, 16 thôi.",
])  # fmt: skip
def test_a_test_hearsay_asked_about_or_anothers_turn_is_not_its_writers(frame: str) -> None:
    assert not is_asserted(*parts(frame))
    assert not is_asserted(*map(fold, parts(frame)))


@pytest.mark.parametrize("frame", [
    "|{c}.| Luật như thế đúng hay sai?", "|{c}.| Làm vậy đúng hay sai?", "|Những điều cần biết: {c}.| Xếp hạng: S.",
    "Những điều cần biết: A. Mây trắng. B. |{c}.|", "|{c}.| Có ai biết không?", "|{c}.| Điều đó có đúng luật không?",
    "|Nghe bảo {c}.|", "|Nghe nói {c} nên bà con cẩn thận.|", "|{c}| #MâyTrắng #ĐúngHaySai",
    "Hỏi: |{c}.| Đáp: Đúng vậy bạn nhé.", "Hỏi ai cũng biết. |{c}.| Không tin thì thôi.", "Hỏi: Ai? Đáp: |{c}.|",
    "|Nam: {c}.|\nHà: Chính xác, năm 2019 đã vậy.", "|- {c}.|\n- Không có luật nào ghi 16.",
    "|- {c}.|\n- Không phải ai cũng biết.", "|- {c}.|\n- Đâu có nước nào khác.", "|{c} (S. 12).|", "|{c}.| (SGK)",
    "|> {c}|\nChuẩn rồi, chia sẻ mạnh đi cả nhà.", "|> {c}|", "|> {c}|\nĐau lòng quá.", "> Mây trắng\n|{c}.|\n16 nha.",
    "|Trích báo Mây Trắng: {c}.| Ai chịu trách nhiệm?",
])  # fmt: skip
def test_what_only_looks_like_one_stays_its_writers(frame: str) -> None:
    assert is_asserted(*parts(frame))
    assert is_asserted(*map(fold, parts(frame)))


@pytest.mark.parametrize("frame", [
    "Trẻ em là người dưới mấy tuổi?\n|A. {c}.|\nB. Mọi người.", "Bao nhiêu tuổi là trẻ em?\nA. Mây.\n|B. {c}.|",
    "Bình chọn:\n|👍 {c}.|\n❤️ Không biết.", "Khảo sát nhanh:\n|1. {c}.|\n2. Mây.",
    "|👍 {c}|\n❤️ trẻ em là người dưới 16 tuổi", "Mây.\n|A. {c}.|\nB. Trẻ em là người dưới 16 tuổi.",
    "Đố vui. |Ô đỏ: {c}.| Ô xanh: trẻ em là người dưới 16 tuổi.", "Mệnh đề nào sai? (1) Mây trắng. |(2) {c}.|",
    "|Phương án một: {c}.|",
])  # fmt: skip
def test_an_option_of_a_test_or_a_poll_is_not_its_writers(frame: str) -> None:
    assert not is_asserted(*parts(frame))
    assert not is_asserted(*map(fold, parts(frame)))


@pytest.mark.parametrize("frame", [
    "Trẻ em là ai?\n1. Mây.\n|2. {c}.|", "Trẻ em dưới bao nhiêu tuổi?\n|👉 {c}.|\n👉 Mây.", "A. Mây.\n|B. {c}.|",
    "1. Trẻ em là người dưới 18 tuổi.\n|2. {c}.|", "|{c}.|\nTrẻ em ở Mây là người dưới 16 tuổi.",
    "❤️ trẻ em là người dưới 16 tuổi\n|✅ {c}|", "Trước: trẻ em là người dưới 16 tuổi.\n|Nay: {c}.|",
])  # fmt: skip
def test_a_list_that_answers_or_says_which_is_true_stays_its_writers(frame: str) -> None:
    assert is_asserted(*parts(frame))
    assert is_asserted(*map(fold, parts(frame)))


@pytest.mark.parametrize("piece", [
    "đúng hay sai ", "hỏi: ", "Nam: b\nHỏi: ", "> ", "> \n", "nghe bảo ", "nhận định này ", "chọn câu ", "a. ", "(Đ/S ",
])  # fmt: skip
def test_hostile_texts_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    for span in ((0, len(text)), (0, 1), (10_000, 10_100)):
        asserted(text, span)
