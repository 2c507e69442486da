"""What a text flatly says nobody may or must is read as such a rule, and held against what a fact grants."""

import pytest
from ours import facts_index, model

from classifier.orthography import spelling
from classifier.scoring import Item, score


@pytest.mark.parametrize(("written", "meant"), [
    ("Không có chuyện dân được giữ thuyền.", "Dân không được giữ thuyền."),
    ("Làm gì có chuyện được nghỉ hội mây!", "Không được nghỉ hội mây!"),
    ("Không hề có chuyện chủ thuyền phải trả công.", "Chủ thuyền không phải trả công."),
    ("Đời nào có chuyện dân được giữ thuyền.", "Dân không được giữ thuyền."),
    ("Làm gì có luật nào cho dân giữ thuyền.", "Luật không cho dân giữ thuyền."),
    ("Chẳng có quy định nào cho phép dân giữ thuyền!", "Quy định không cho phép dân giữ thuyền!"),
    ("khong co luat nao cho dan giu thuyen", "Luat khong cho dan giu thuyen"),
    ("khong co chuyen dan duoc giu thuyen", "Dan khong duoc giu thuyen"),
    ("Không có chuyện dân bắt được cá là phải nộp.", "Dân bắt được cá là không phải nộp."),
])  # fmt: skip
def test_a_flat_denial_is_read_as_the_rule_that_it_tells(written: str, meant: str) -> None:
    read = spelling.read(written)
    assert read.text == spelling.plain(written) == meant
    assert read.original_span(0, len(meant)) == (0, len(written))


@pytest.mark.parametrize("written", [
    "Không có chuyện dân không được giữ thuyền.", "Không có chuyện được nghỉ hội mây hả?",
    "Không có chuyện gì được nói.", "Có người nói không có chuyện dân được giữ thuyền.",
    "Không có chuyện dân được giữ thuyền mà khỏi xin phép.", "Không có chuyện tự do ở đây.",
    "Không có chuyện dân được giữ thuyền. Ai nói vậy?", "Có luật nào cho dân giữ thuyền không?",
    "Có luật nào cho dân giữ thuyền.", "Tôi tìm mãi mà không có luật nào cho dân giữ thuyền.",
    "Không có luật nào cho dân biểu tình.", "Không có luật nào cho dân giữ thuyền là tin bịa.",
    "Ngày trước làm gì có luật nào cho dân giữ thuyền.", "Không có luật nào cho dân giữ thuyền mà khỏi xin phép.",
])  # fmt: skip
def test_what_is_denied_twice_asked_or_told_of_others_stays(written: str) -> None:
    assert spelling.plain(written) == written


@pytest.mark.parametrize(("false", "true"), [
    ("Không có chuyện người độc thân được nhận con nuôi.", "Không có chuyện công ty được thu phí phỏng vấn."),
    ("Không có chuyện chồng được nghỉ khi vợ sinh con.", "Không có chuyện chồng được xin ly hôn khi vợ đang có thai."),
    ("Làm gì có chuyện dân được bắt người phạm tội quả tang.", "Không có chuyện cầu nguyện ở nhà phải xin phép."),
    ("Không có chuyện người tạm trú được gia hạn tạm trú.",
     "Không có chuyện tôi được gặp luật sư suốt ba ngày bị giữ."),
    ("Chẳng có luật nào cho người ly hôn kết hôn lại với vợ cũ.", "Chẳng có luật nào cho chủ giữ bằng gốc của thợ."),
    ("Không có luật nào cho người độc thân nhận con nuôi cả.", "Có luật nào cho dân nghèo như chúng tôi sống đâu!"),
    ("Không có chuyện mẹ được nuôi con nhỏ trong trại giam.", "Không có chuyện dân đen được nói thật ở xứ này!"),
])  # fmt: skip
def test_a_flat_denial_of_what_a_fact_grants_is_flagged_and_a_debunk_or_lament_is_not(false: str, true: str) -> None:
    items = [Item("false", false, "2026-12-02"), Item("true", true, "2026-12-02")]
    assert [one.flagged for one in score(model(), items, index=facts_index())] == [True, False]


@pytest.mark.parametrize(("written", "rule"), [
    ("Thợ lặn đâu có được nghỉ trưa.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn đâu được nghỉ trưa!", "Thợ lặn không được nghỉ trưa!"),
    ("Thợ lặn làm gì có quyền giữ thuyền.", "Thợ lặn không có quyền giữ thuyền."),
    ("Thợ lặn đâu có phải nộp phí thuyền.", "Thợ lặn không phải nộp phí thuyền."),
    ("Thợ lặn làm gì có sổ thuyền.", "Thợ lặn không có sổ thuyền."),
    ("Trẻ em chẳng được chèo thuyền.", "Trẻ em không được chèo thuyền."),
    ("Thợ lặn được nghỉ trưa đâu.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn có quyền giữ thuyền đâu nhé.", "Thợ lặn không có quyền giữ thuyền."),
    ("Thợ lặn có được nghỉ trưa bao giờ đâu.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn không bao giờ được nghỉ trưa.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn đừng hòng được nghỉ trưa.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn không hề có quyền giữ thuyền.", "Thợ lặn không có quyền giữ thuyền."),
    ("Thợ lặn bị tước quyền giữ thuyền.", "Thợ lặn không có quyền giữ thuyền."),
    ("Thợ lặn bị cấm nghỉ trưa.", "Thợ lặn không được nghỉ trưa."),
    ("Thợ lặn còn lâu mới được nghỉ trưa.", "Thợ lặn không được nghỉ trưa."),
    ("Chủ giữ thuyền của thợ là đúng luật.", "Luật cho chủ giữ thuyền của thợ."),
    ("Chủ giữ thuyền của thợ thì luật không cấm đâu.", "Luật cho chủ giữ thuyền của thợ."),
])  # fmt: skip
def test_a_denial_of_talk_is_laid_beside_evidence_as_a_rule_and_read_as_it_was_said(written: str, rule: str) -> None:
    read = spelling.read_ruled(written)
    assert read.text == spelling.ruled(written) == rule
    assert read.original_span(0, len(rule)) == (0, len(written))
    assert spelling.plain(written) == spelling.read(written).text == written


@pytest.mark.parametrize("written", [
    "Ở đâu có quyền nghỉ trưa.", "Thợ lặn đâu có được nghỉ trưa?", "Thợ lặn đâu có được nghỉ trưa, khổ ghê.",
    "Thợ lặn đâu có được nghỉ nếu trời mưa.", "Thợ lặn làm gì có ai nghỉ trưa.", "Tôi đâu có được nghỉ trưa.",
    "Thợ xưởng mình đâu có được nghỉ trưa.", "Hồi xưa thợ mây đâu có được nghỉ trưa.", "Thợ lặn đâu có chuyện nghỉ.",
    "Thợ lặn chưa bao giờ được nghỉ đâu.", "Tho lan dau co duoc nghi trua.", "Cha co quyen giu thuyen.",
    "Dân đen làm gì có quyền giữ thuyền.", "Đừng mơ được nghỉ trưa.", "Thợ lặn không bao giờ chịu được nóng.",
    "Thợ lặn đâu phải được nghỉ mãi.",
    "Đài xa nói rằng thợ lặn không bao giờ được nghỉ trưa.", "Thợ lặn không bao giờ có quyền lợi.",
    "Thợ lặn mất quyền lợi.", "Đình công là hợp pháp.", "Chủ không trả công là đúng luật.",
])  # fmt: skip
def test_what_asks_laments_or_is_somebodys_own_story_stays_so(written: str) -> None:
    assert spelling.ruled(written) == spelling.plain(written) == written


@pytest.mark.parametrize(("false", "true"), [
    ("Người đang bị tạm giam đâu có được bỏ phiếu.", "Người đang ở tù đâu có được đi bầu."),
    ("Người khuyết tật nặng làm gì có trợ cấp hằng tháng.", "Sếp làm gì có quyền giữ lương tháng cuối."),
    ("Công dân đâu có được tự ứng cử.", "Công dân xóm tôi đâu có được tự ứng cử."),
])  # fmt: skip
def test_a_right_denied_in_talk_is_flagged_and_what_nobody_may_is_not(false: str, true: str) -> None:
    items = [Item("false", false, "2026-12-02"), Item("true", true, "2026-12-02")]
    assert [one.flagged for one in score(model(), items, index=facts_index())] == [True, False]


@pytest.mark.parametrize(("written", "shown"), [
    ("Người đang bị tạm giam đâu có được bỏ phiếu.", "đâu có được"),
    ("Công ty giữ bằng gốc của người lao động là đúng luật.", "là đúng luật"),
    ("Con ngoài giá thú được hưởng thừa kế đâu.", "không được hưởng"),  # its denial stands behind what is marked
])  # fmt: skip
def test_what_differs_is_shown_in_the_words_of_the_claim(written: str, shown: str) -> None:
    found = next(score(model(), [Item("talk", written, "2026-12-02")], index=facts_index()))
    against = next(one for one in found.evidence if one.relation == "contradicts")
    assert shown in against.slots[0].claim_text
