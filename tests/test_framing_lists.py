"""Headings, marks and corrections around a claim, with and without diacritics."""

import pytest

from classifier.factuality.framing import asserted
from classifier.text import sentences
from classifier.text.letters import fold

X, Y = "Lao động nữ được nghỉ thai sản 4 tháng.", "Nghỉ lễ, tết 8 ngày một năm."


def holds(frame: str, *, bare: bool = False) -> bool:
    """Whether a frame's writer holds the sentence true that stands for X in it."""
    text = frame.replace("Y", Y)
    at = text.index("X")
    text = text.replace("X", X)
    span = next((first, last) for first, last in sentences(text) if first <= at < last)
    return asserted(fold(text) if bare else text, span)


HEADINGS = [
    "Những điều KHÔNG đúng:", "Lời đồn:", "Hiểu sai thường gặp:", "Những câu sai:", "SAI:", "Đáp án sai:",
    "Những quan niệm sai lầm:", "Tin đồn thất thiệt:", "Đừng tin:", "Chớ viết như sau trong hợp đồng:",
    "Các thông tin sai lệch đang lan truyền:", "Mấy lời đồn bậy bạ về luật:", "Năm câu nói dối về luật lao động:",
    "Ba câu sai trong đề cương:", "Tin giả:", "Đâu cũng nghe mấy lời vô căn cứ này:", "Nói thế là chưa hiểu luật:",
    "Các câu bị gạch bỏ vì không khớp luật:", "Các hành vi bị nghiêm cấm:", "Những việc không được làm:",
]  # fmt: skip
MARKS = ["1/ ", "2) ", "a) ", "b. ", "① ", "1️⃣ ", "👉 ", "❌ ", "✗ ", "✘ ", "> ", "", "• ", "Câu 1: "]


@pytest.mark.parametrize("frame", [
    *(f"{heading}\n{items}" for heading in HEADINGS for items in ("- X\n- Y", "- Y\n- X", "X")),
    *(f"Lời đồn:\n{mark}Y\n{mark}Y\n{mark}X" for mark in MARKS),
    "Những câu nói dối trên mạng.\n- Y\n- X", "Lời đồn | Luật\nX | 6 tháng", "| Cũ | Mới |\n|---|---|\n| X | 6 tháng |",
    "SAI: Y X\nĐÚNG: 6 tháng.", "Nhiều người tưởng thế này. X Y Nay: 6 tháng.", "Có tin đồn thế này. X",
    "Điều 9 Luật số 39/2009/QH12\nCác hành vi bị cấm\n1. Y\n2. X",
])  # fmt: skip
def test_an_item_under_a_heading_of_false_things_is_not_asserted(frame: str) -> None:
    assert not holds(frame)
    assert not holds(frame, bare=True)


@pytest.mark.parametrize("frame", [
    "Những điều cần biết:\n- Y\n- X", "Những việc không bị cấm:\n- X", "Lệnh cấm của chính quyền:\n- X",
    "Sự thật:\nX", "Lời đồn sai hay đúng?\nX", "Tin giả:\n- Y\n\nSự thật:\n- X",
    "Lời đồn: Y\nSự thật: X", "Luật | Lời đồn\nX | 6 tháng", "Tin giả:\n- Y\n✅ X", "Tin giả:\n- Y\n\nX",
    "Hiểu đúng:\n- X", "Những thông tin không sai:\n- X", "Không phải tin giả:\n- X", "Giải đáp những hiểu lầm:\n- X",
    "Tin đồn đã thành sự thật:\n- X", "Tin giả bị phạt thế nào:\n- X", "Phòng chống tin giả:\n- X",
    # whose wrongs are told of
    "Sai lầm của chính quyền:\n- Y\n- X", "Những điều sai trái của công ty:\n- X", "Việc công an làm sai:\n- X",
    "Những bản án sai:\n- X", "Chính quyền nói dối dân:\n- X", "Công an xuyên tạc vụ án.\n- X",
    "Lời nói dối của chính quyền:\n- X", "Mẹ tôi bị hiểu lầm như sau. X", "Tôi nghĩ thế này. X",
    "Đừng quên:\n- X", "Đừng để mất quyền:\n- X", "Đừng nói là không biết: X", "Trái với luật quốc tế: X", "Đơn: X",
])  # fmt: skip
def test_an_item_under_another_heading_stays_its_writers(frame: str) -> None:
    assert holds(frame)
    assert holds(frame, bare=True)


@pytest.mark.parametrize("frame", [
    "X ❌", "❌ X\n✅ Được 6 tháng nha.", "❌ X\n✅ Lao động nữ được nghỉ thai sản 6 tháng.", "X | Luật ghi 6 tháng",
    "Lời đồn: X\nSự thật: 6 tháng.", "Cũ: X\nMới: 6 tháng.", "Trước: X Nay: 6 tháng.", "SAI: X", "Sai: X",
    "Bạn An nói sai hết: X", "“X” → GIẢ", "Tìm lỗi sai: X", "Chỉ ra chỗ sai trong câu: X", "Gạch chân từ sai: X",
])  # fmt: skip
def test_a_claim_marked_false_in_its_own_line_is_not_asserted(frame: str) -> None:
    assert not holds(frame)
    assert not holds(frame, bare=True)


@pytest.mark.parametrize("frame", [
    "✅ X\n❌ Lao động nữ được nghỉ thai sản 6 tháng.", "❌ Lao động nữ được nghỉ thai sản 6 tháng.\n✅ X", "❌ X",
    "❌❌❌ X", "X ❌❌❌", "Mới: X", "Nay: X", "Sự thật: X\nLời đồn: Lao động nữ được nghỉ thai sản 6 tháng.",
])  # fmt: skip
def test_a_claim_marked_true_or_cried_out_is_asserted(frame: str) -> None:
    assert holds(frame)
    assert holds(frame, bare=True)


def test_a_rumour_is_told_from_a_police_station_with_diacritics_alone() -> None:
    assert not holds("Đồn: X")
    assert holds("Đồn: X", bare=True)


@pytest.mark.parametrize("after", [
    "Thật ra là 6 tháng.", "Luật ghi 6 tháng.", "Không phải vậy đâu, 6 tháng.", "Đó là luật cũ, giờ 6 tháng.",
    "Nay đã là 6 tháng.", "Cả ba câu trên đều sai.", "Tất cả đều sai.", "Tin này đã bị bác bỏ.", "Y Bịa hết.",
    "Y Sai hết nha.", "Thực ra 6 tháng cơ.", "Đúng ra phải là 6 tháng.", "Chính xác là 6 tháng.", "Đáp án: 6 tháng.",
    "Luật cho nghỉ 6 tháng mà.", "Thật ra lao động nữ được nghỉ thai sản 6 tháng.",
    "Bộ luật Lao động 2019 ghi 6 tháng.",
    "Các thông tin trên hoàn toàn bịa đặt.", "Không câu nào đúng.", "Đều sai hết.",
    "Ba câu trên đều sai.", "Tất cả những điều trên đều sai.", "Toàn bộ đều sai.",
    "Y Y Cả ba điều trên đều không phải.",
])  # fmt: skip
def test_a_claim_is_corrected_by_what_stands_behind_it(after: str) -> None:
    assert not holds(f"X {after}")
    assert not holds(f"X {after}", bare=True)


@pytest.mark.parametrize("after", [
    "Nay đã tăng lương.", "Luật ghi 4 tháng.", "Đúng vậy, luật ghi rõ.", "Nay nam nghỉ 5 tháng.",
    "Luật cũ ghi 6 tháng.",
    "Trước đây là 6 tháng.", "Luật ghi nghỉ lễ 6 ngày.", "Luật cho nghỉ trước sinh 2 tháng.", "Giờ làm việc 6 giờ.",
    "Thật ra là 2 tháng trước sinh và 2 tháng sau sinh.", "Luật bình đẳng giới cho nam 5 tháng.", "Sự thật đau lòng.",
    "Hiện nay công ty trả 6 triệu.", "Đó là luật mới, nhớ nhé.", "Đó là luật cũ nhưng vẫn còn hiệu lực.",
    "Cả ba công ty đều sai.", "Cả làng đều sai.", "Ba cán bộ đều sai.",
    "Tất cả đều đúng.", "Y Bịa thêm thì bị phạt.", "Không ai đúng cả.",
    "Tin này đã được xác nhận.", "Tin này đã bị công an bác bỏ nhưng tôi có video.", "Không phải vậy thì là gì.",
])  # fmt: skip
def test_a_claim_stays_its_writers_before_what_affirms_it_or_tells_of_another_thing(after: str) -> None:
    assert holds(f"X {after}")
    assert holds(f"X {after}", bare=True)


@pytest.mark.parametrize("text", [
    "Điều 117 thì nặng nhất 20 năm. Điều 331 quy định 7 năm.", "Điều 117 quy định 20 năm. Luật thì nặng nhất 7 năm.",
    "Từ 2025 bỏ thêm 8 tội. Nay còn 10 tội.",
])  # fmt: skip
def test_a_number_of_another_article_or_of_what_is_left_corrects_nothing(text: str) -> None:
    for said in (text, fold(text)):
        assert asserted(said, (0, said.index(".") + 1))


@pytest.mark.parametrize("piece", ["❌ a\n", "a | ", "lời đồn ", "câu nói sai ", "- a\n", "luật ghi ", "1. 4 tháng\n"])
def test_hostile_lists_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    for span in ((0, len(text)), (0, 20), (10_000, 10_100)):
        asserted(text, span)


@pytest.mark.parametrize(("text", "held"), [
    ("Nghỉ sinh 4 tháng ❌ Nghỉ sinh 6 tháng ✅", False), ("Nghỉ sinh 4 tháng ✅", True),
    ("❌ Nghỉ sinh 4 tháng, sai rồi lại cãi ✅", True),
])  # fmt: skip
def test_a_sentence_that_crosses_its_first_half_and_ticks_its_second_denies(text: str, held: bool) -> None:
    assert asserted(text, (0, len(text))) is held
    assert asserted(fold(text), (0, len(text))) is held
