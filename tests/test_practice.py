"""A report of what is done in the face of a law isn't refuted by the law; a claim on the law is."""

import pytest
from ours import facts_index, model

from classifier.factuality.practice import reports
from classifier.logic import contraries
from classifier.orthography.spelling import plain
from classifier.scoring import Item, score
from classifier.text import fold

BREACH = "người bị tạm giam không được bỏ phiếu"
FRAMES = (
    "{} vì hòm phiếu không tới.", "{} do thiếu người.", "Ở trại này, {}.", "Tại xã Hoa Mơ, {}.",
    "{}, theo đơn của 12 gia đình.", "Đã có 37 trường hợp {}.", "Thanh tra phát hiện {}.", "Báo cáo nêu {}.",
    "Uỷ ban Nhân quyền lo ngại việc {}.", "{}, trại bị phạt 30 triệu đồng.", "{}, mẹ họ đã làm đơn.",
    "Xin báo chí lên tiếng: {}.", "Cầu cứu: {}!", "Hoan hô: {}.", "Thật bất công khi {}.",
    "{}, thế mà gọi là pháp quyền.", "{}, văn minh ghê.", "{}, chuyện thường.", "{}, mặc thông tư mới.",
    "{}, nhân quyền ở đâu?", "{}, hỏi luật ở đâu.", "{}, nản thiệt.", "{}, nuốt không trôi.",
    "{}, chị em ấm ức.", "{}, tụi em biết kêu ai.", "{}, chúng con nghèo.",
    "{}, uất lắm.", "{}, kẹt cứng cả tháng.", "{}, cả nhà vay mượn.", "Tuyên án chưa xong mà trại nói {}.",
)  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_a_report_a_plea_and_a_lament_of_what_is_done_are_no_claim_on_the_law(frame: str) -> None:
    text = frame.format(BREACH)
    assert reports(text)
    assert reports(fold(text))
    assert not contraries.contradicting(plain(text))


@pytest.mark.parametrize("frame", [
    "Gia đình kể {}.", "Bạn tôi kể lại: {}.", "Một ông cụ kể rằng {}.", "Hôm qua đi bầu, {}.", "Tuần trước {}.",
])  # fmt: skip
def test_what_befell_somebody_on_a_day_or_is_told_as_a_tale_is_a_report(frame: str) -> None:
    text = frame.format(BREACH)
    assert reports(text)
    assert reports(fold(text)) or "Gia đình" in text  # "ke" alone is other words too
    assert not contraries.contradicting(plain(text))


@pytest.mark.parametrize("frame", [
    "Hôm qua nghe bảo {}.", "Hôm qua quốc hội quyết, {}.", "Hôm qua có luật mới: {}.", "Bạn tôi kể luật mới: {}.",
    "Từ hôm qua {}.", "Không kể ai, {}.", "Kể cả ở nhà, {}.", "Chị tôi kể ở Việt Nam {}.", "Bạn tôi kể thì {}.",
])  # fmt: skip
def test_what_was_heard_or_enacted_on_a_day_or_told_of_a_rule_is_no_report(frame: str) -> None:
    assert not reports(frame.format(BREACH))


@pytest.mark.parametrize(("text", "report"), [
    ("Cô ấy bị đuổi khi mang thai, công ty không trả đồng nào.", True),
    ("Cô ấy bị đuổi khi mang thai, công ty được báo mà vẫn im.", True),
    ("Cô ấy bị đuổi khi mang thai, công ty được đuổi lao động nữ mang thai.", False),
    ("Anh ấy bị giam, trại giam được cấm gặp luật sư.", False),
])  # fmt: skip
def test_what_befell_one_is_a_report_unless_it_says_what_others_may_do(text: str, report: bool) -> None:
    assert reports(text) is report


@pytest.mark.parametrize("text", [
    "Xử công khai mà người làng không được vào ngồi nghe!", "Nói là miễn phí mà con tôi vẫn phải đóng tiền trường.",
    "Gửi đơn tố cáo lên huyện xong thì bị lộ tên.", "Trực đêm suốt tháng không được thêm một đồng.",
    "Buồn thật, bị tạm giam mà không được gặp luật sư!", "Oan mười năm mà chẳng được bồi thường đồng nào.",
])  # fmt: skip
def test_what_one_is_or_was_promised_beside_what_one_gets_is_a_lament(text: str) -> None:
    assert reports(text)
    assert reports(fold(text))
    assert not contraries.contradicting(plain(text))


@pytest.mark.parametrize("text", [
    "Công ty được đuổi người mang thai mà không phải bồi thường.", "Theo đạo mà không được xã cho thì bị phạt tù.",
    "Công an được khám nhà mà không cần lệnh.", "Ai đi tù mà chưa có án thì không được bầu cử.",
])  # fmt: skip
def test_a_rule_with_what_it_leaves_out_is_no_lament(text: str) -> None:
    assert not reports(text)


@pytest.mark.parametrize(("text", "report"), [
    ("Luật sư cho biết công ty đã đuổi việc chị vì có thai.", True),
    ("Luật sư của anh cho biết công an khám nhà không cần lệnh.", True),
    ("Bộ Lao động cho biết xưởng vừa đuổi việc 12 chị vì mang bầu.", True),
    ("Luật sư cho biết công ty đã được đuổi bà bầu.", False),
    ("Luật sư của anh cho biết công an được khám nhà không cần lệnh.", False),
    ("Luật sư cho biết luật đã sửa, nghỉ thai sản 4 tháng.", False),
    ("Luật sư cho biết bà bầu nghỉ thai sản 4 tháng.", False),
    ("Công an khám nhà dân không có lệnh mà chẳng ai nói gì.", True),
    ("Luật cho công an khám nhà dân không có lệnh mà chẳng ai nói gì.", False),
    ("Báo kể công nhân không được nghỉ ốm.", True),
    ("Báo kể dân không được quay phim cảnh sát.", False),
    ("Ai cũng kể người dân không được quay phim cảnh sát.", False),
])  # fmt: skip
def test_what_ones_own_tell_a_deed_and_what_nobody_minds_are_reports_and_a_ban_that_all_tell_is_none(
    text: str, report: bool
) -> None:
    assert reports(text) is report


@pytest.mark.parametrize(("text", "report"), [
    ("Nhà tôi bị khám xét không cần lệnh, họ lục tung tủ thuốc của mẹ.", True),
    ("Cảnh sát phá cửa, khám xét không cần lệnh.", True),
    ("Cảnh sát khám xét không cần lệnh.", False),
    ("Cảnh sát được phá cửa, khám xét không cần lệnh.", False),
    ("Cảnh sát có quyền phá cửa khi cần, khám xét không cần lệnh.", False),
    ("Luật cho xông vào nhà, khám xét không cần lệnh.", False),
    ("Thân chủ của chị ấy bị giữ ba tuần, không được gặp luật sư.", True),
    ("Theo luật, thân chủ bị tạm giữ không được gặp luật sư.", False),
    ("Thân chủ bị tạm giữ thì không được gặp luật sư.", False),
])  # fmt: skip
def test_how_a_raid_went_and_what_befell_a_client_is_a_report_and_what_may_be_is_none(text: str, report: bool) -> None:
    assert reports(text) is report


@pytest.mark.parametrize(("text", "report"), [
    ("90 ngày gửi đơn, 900 ngày ngồi đợi.", True),
    ("2 tháng thử việc, 8 tháng thử lòng. Khéo ghê.", True),
    ("Dân khiếu nại 90 ngày, quan trả lời 900 ngày.", True),
    ("Dân khiếu nại 30 ngày, cán bộ trả lời 3 ngày.", True),
    ("Thời hạn 90 ngày, gia hạn 120 ngày.", False),
    ("90 ngày là hạn khiếu nại, 900 ngày là hạn trả lời.", False),
    ("90 ngày khiếu nại theo luật, 900 ngày trả lời.", False),
    ("Dân được khiếu nại 90 ngày, cán bộ được trả lời trong 900 ngày.", False),
])  # fmt: skip
def test_two_measures_side_by_side_mock_and_say_nothing_of_the_rule(text: str, report: bool) -> None:
    assert reports(text) is report
    assert reports(fold(text)) is report


@pytest.mark.parametrize("text", [
    BREACH, "Luật không cho người bị tạm giam bỏ phiếu, xã này cũng vậy.",
    "Từ năm 2026 trường công ở đây vẫn thu học phí.",
    "Việt Nam vẫn tử hình người vận chuyển ma túy, thật bất công.", "Theo quy định, 37 trường hợp không được bỏ phiếu.",
    "Phải đủ 21 tuổi mới được đi bầu, chán ghê.", "Công ước không buộc Việt Nam báo cáo, đúng là vậy.",
    "Nữ 16 tuổi được kết hôn, không cần hỏi luật ở đâu.", "Luật không cho bỏ phiếu, nhân quyền ở đâu.",
    "Công ty này được quyền trả 50 phần trăm lương thử việc.", "Ngày người khuyết tật là 27/7, vậy mà ít ai nhớ.",
])  # fmt: skip
def test_what_says_that_it_is_the_rule_or_says_no_more_than_it_stays_a_claim(text: str) -> None:
    assert not reports(text)


@pytest.mark.parametrize("says", ["đưa tin rằng", "cho biết", "nói", "phát hiện", "lo ngại việc"])
def test_whoever_says_or_finds_it_is_not_asked_who_he_is(says: str) -> None:
    names = ("Bộ Công an", "Đài Hoa Mơ", "Tổ chức Mây Trắng", "Ban Tuyên giáo", "Luật sư", "Báo Lá Xanh")
    assert len({reports(f"{name} {says} {BREACH}.") for name in names}) == 1


def test_a_bare_claim_goes_against_a_fact_as_before() -> None:
    assert contraries.contradicting(plain(f"{BREACH.capitalize()}."))


@pytest.mark.parametrize(("text", "flagged"), [
    ("Người bị tạm giam không được gặp luật sư.", True),
    ("Xin báo chí lên tiếng: người bị tạm giam không được gặp luật sư.", False),  # the head is cut off the claim
    ("Uỷ ban Nhân quyền lo ngại việc người bị tạm giam không được gặp luật sư.", False),
    ("Công an mà không cần lệnh cũng vào nhà, hỏi luật ở đâu.", False),
    ("Việt Nam chưa tham gia Công ước chống tra tấn.", True),
    ("Xã tôi, trẻ không có hộ khẩu thì không được phép đi học, hiệu trưởng trả hồ sơ.", False),
    ("Trẻ không có hộ khẩu thì luật không cho đi học tiểu học.", True),
    ("Phiên sơ thẩm tuyên em trai 15 tuổi 14 năm tù, phiên phúc thẩm phải hủy.", False),
    ("Hãng tin kia viết: Việt Nam rút khỏi Công ước chống tra tấn. Bộ Ngoại giao bác bỏ.", False),
    ("Ông ấy cho rằng có vợ mới thì không phải cấp dưỡng cho con cũ.", False),
    ("Dân khiếu nại 90 ngày, quan trả lời 900 ngày.", False),
    ("Luật cho 90 ngày khiếu nại, 900 ngày trả lời.", True),
    ("Luật sư của gia đình cho biết thân chủ bị tạm giam mà không được gặp luật sư.", False),
])  # fmt: skip
def test_what_is_reported_is_not_flagged_by_law_and_what_is_told_of_law_is(text: str, flagged: bool) -> None:
    (one,) = score(model(), [Item("1", text)], index=facts_index())
    assert one.flagged is flagged


def test_a_row_that_is_of_such_a_claim_stands_all_the_same() -> None:
    rows = [row for rows in contraries.shipped().values() for row in rows if reports(plain(row.like))]
    assert rows
    assert all(contraries.contradicting(plain(row.like)) for row in rows)


@pytest.mark.parametrize(("text", "flagged"), [
    ("Tạm giữ hành chính để xác định nghiện ma túy không quá 15 ngày.", True),
    ("Tạm giữ hành chính để xác định tình trạng nghiện ma túy không quá 15 ngày.", True),  # the fact's own words
    ("tam giu hanh chinh de xac dinh tinh trang nghien ma tuy khong qua 15 ngay", True),
    ("Anh ấy bị tạm giữ hành chính để xác định tình trạng nghiện ma túy tới 15 ngày.", False),  # of somebody
    ("Công an tạm giữ nhóm này 12 ngày để xác định tình trạng nghiện ma túy.", False),
    ("Tình trạng tạm giữ hành chính người nghiện ma túy quá 15 ngày vẫn xảy ra.", False),
    ("Ở trại này, tạm giữ để xác định tình trạng nghiện ma túy tới 15 ngày.", False),
])  # fmt: skip
def test_the_words_of_a_rule_make_no_report_of_a_claim_on_it(text: str, flagged: bool) -> None:
    assert next(score(model(), [Item("", text)], index=facts_index())).flagged is flagged


@pytest.mark.parametrize(("glad", "outraged"), [
    ("người dân đồng tình", "người dân bức xúc"), ("dư luận hoan nghênh", "dư luận lên án"),
    ("ai nấy tán thành", "ai nấy phẫn nộ"),
])  # fmt: skip
def test_who_is_glad_of_a_thing_reports_it_like_who_is_outraged(glad: str, outraged: str) -> None:
    for tail in (glad, outraged):
        assert reports(f"Người bị tạm giam không được bỏ phiếu, {tail}.")
        assert reports(fold(f"Người bị tạm giam không được bỏ phiếu, {tail}."))
        assert not reports(f"Theo luật, người bị tạm giam không được bỏ phiếu, {tail}.")


@pytest.mark.parametrize(("text", "report"), [
    ("Muốn cầu nguyện ở nhà cũng phải xin phép xã!", True),
    ("Làm di chúc viết tay cũng phải ra xã chứng thực!", True),
    ("Muốn cầu nguyện ở nhà cũng phải xin phép xã.", False),
    ("Ai cầu nguyện ở nhà cũng phải xin phép xã!", False),
    ("Theo luật, cầu nguyện ở nhà cũng phải xin phép xã!", False),
])  # fmt: skip
def test_what_one_cries_out_at_having_to_do_too_is_a_lament_and_the_rule_isnt(text: str, report: bool) -> None:
    assert reports(text) is report
