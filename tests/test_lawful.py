"""A case whose figure a rule's own bounds let be, by what is said of it, and the same told falsely beside it."""

import pytest
from ours import facts_index, model

from classifier.loading import load_lexicon as lexicon
from classifier.logic.lawful import keeps, lets_be
from classifier.scoring import Item, score
from classifier.text import normalise

ANSWER = "Trả lời đơn ở làng không quá 30 ngày, đơn rắc rối không quá 45 ngày; ở đảo không quá 60 ngày."
CLAIM = "Muốn nhận gạo thì phải nộp đơn trong 3 tháng kể từ ngày lũ rút."
SUIT = "Thời hiệu kiện hội làng ra tòa là 1 năm từ ngày nhận quyết định, thời hiệu khiếu nại thì 90 ngày."
HOLD = "Giữ ở đồn không quá 3 ngày, được gia hạn hai lần, mỗi lần không quá 3 ngày, cộng lại không quá 9 ngày."
KINDS = (
    "Giữ người không quá 2 tháng; kể cả gia hạn thì không quá 3 tháng với người trộm gà, 7 tháng với người trộm trâu."
)
BURIAL = "Đóng quỹ từ đủ 12 tháng mà chết thì được tiền chôn. Chết vì lũ cuốn thì không cần đủ 12 tháng."
ALONE = "Người từ đủ 75 tuổi không có lương hưu được trợ cấp hằng tháng."
RICE = "Người đủ tuổi mà chưa đóng đủ 15 năm, người ra nước ngoài định cư, người ốm nặng được rút quỹ."
NOTICE = "Nghỉ gác phải báo hội ít nhất 5 ngày."
HOURS = "Làm gốm không quá 8 giờ một ngày và 48 giờ một tuần."
HELD = "Giữ ở đồn không quá 9 ngày."
TRIAL = "Thử tay nghề tối đa 30 ngày với thợ cả, 6 ngày với thợ phụ."
WED = "Trai từ đủ 20 tuổi, gái từ đủ 18 tuổi mới được cưới."
APPRENTICE = "Nếu không ai kèm, hội phải cử người kèm cặp cho thợ dưới 18 tuổi."
CARD = "Thẻ hội phải được đổi khi đủ 14, 25, 40 và 60 tuổi."


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Đơn rắc rối trả lời 44 ngày là đúng hạn.", "Đơn rắc rối trả lời 50 ngày là đúng hạn.", ANSWER),
    ("Trả lời đơn 25 ngày là trong hạn.", "Trả lời đơn 44 ngày là trong hạn.", ANSWER),  # no word of what is rarer
    ("Trả lời đơn 80 ngày là quá hạn.", "Trả lời đơn 20 ngày là quá hạn.", ANSWER),
    ("Đơn ở đảo trả lời 58 ngày là chưa quá hạn.", "Đơn ở đảo trả lời 58 ngày là không đúng hạn.", ANSWER),
    ("Lũ rút 2 tháng vẫn nộp đơn nhận gạo được.", "Lũ rút 5 tháng vẫn nộp đơn nhận gạo được.", CLAIM),
    ("Quyết định đã 6 tháng thì hết thời hiệu khiếu nại nhưng còn kiện ra tòa được.",
     "Quyết định đã 2 năm thì hết thời hiệu khiếu nại nhưng còn kiện ra tòa được.", SUIT),
    ("Giữ ở đồn 7 ngày thì phải có hai lần gia hạn.", "Giữ ở đồn 7 ngày thì không phải gia hạn.", HOLD),
    ("Giữ ở đồn 6 ngày là đã gia hạn.", "Giữ ở đồn 12 ngày là đã gia hạn.", HOLD),
    ("Giữ ở đồn 6 ngày là đã gia hạn.", "Mỗi lần gia hạn giữ ở đồn 6 ngày.", HOLD),
    ("Cụ 76 tuổi đang hưởng lương hưu thì không được trợ cấp.", "Cụ 76 tuổi có lương hưu vẫn được trợ cấp.", ALONE),
    ("Cụ 76 tuổi có lương hưu thì chưa được trợ cấp.", "Cụ 76 tuổi không có lương hưu thì không được trợ cấp.", ALONE),
    ("Có lương hưu thì không được trợ cấp dù 76 tuổi.", "Chưa có lương hưu thì không được trợ cấp dù 76 tuổi.", ALONE),
    ("Ra nước ngoài định cư được rút quỹ dù đã đóng 25 năm.", "Được rút quỹ dù đã đóng 25 năm.", RICE),
    ("Gia hạn giữ người trộm trâu 6 tháng.", "Gia hạn giữ người trộm gà 6 tháng.", KINDS),  # the kind's own most
    ("Chết vì lũ cuốn mới đóng 6 tháng vẫn được tiền chôn.", "Chết vì ốm mới đóng 6 tháng vẫn được tiền chôn.", BURIAL),
    ("Đóng quỹ 9 tháng còn thiếu 3 tháng mới được tiền chôn.", "Đóng quỹ 9 tháng còn thiếu 6 tháng mới được tiền chôn.",
     BURIAL),
    ("Vào hội 8 tháng còn thiếu 4 tháng mới đủ gạo.", "Vào hội 8 tháng còn thiếu 9 tháng mới đủ gạo.",
     "Vào hội chưa đủ 12 tháng thì chưa được đủ gạo."),
    ("Cụ 73 tuổi thì 2 năm nữa mới được trợ cấp.", "Cụ 73 tuổi thì 7 năm nữa mới được trợ cấp.", ALONE),
    ("Gái 16 tuổi thì 2 năm nữa mới được cưới.", "Trai 16 tuổi thì 2 năm nữa mới được cưới.", WED),
    ("Sau 5 tháng vẫn phải đóng tiếp cho đủ 12 tháng.",
     "Sau 5 tháng là có tiền chôn, khỏi đợi đủ 12 tháng.", BURIAL),
    ("Quá 4 tháng mới nộp đơn thì không được nhận gạo.", "Quá 2 tháng mới nộp đơn thì không được nhận gạo.", CLAIM),
    ("Quá 4 tháng mới nộp đơn thì không được nhận gạo.", "Quá 4 tháng mới nộp đơn vẫn được nhận gạo.", CLAIM),
    ("Dù 100% dân làng muốn, nộp đơn mới 2 ngày thì chưa đủ.",
     "Dù 100% dân làng muốn, nộp đơn đã 20 ngày thì chưa đủ.", "Nộp đơn từ 5 ngày thì được nhận gạo."),
    ("Nộp đơn mới 2 ngày thì chưa đủ.", "Nộp đơn đã 20 ngày thì chưa đủ.", "Nộp đơn từ 5 ngày thì được nhận gạo."),
    ("Ra nước ngoài định cư được rút quỹ dù đã đóng 25 năm.",
     "Ra nước ngoài định cư không được rút quỹ dù đã đóng 25 năm.", RICE),
    ("Thợ 38 tuổi chưa phải đổi thẻ hội, đến 40 mới đổi.", "Thợ 38 tuổi phải đổi thẻ hội.", CARD),
    ("Thợ 38 tuổi chưa phải đổi thẻ hội, đến 40 mới đổi.", "Thợ 38 tuổi chưa phải đổi thẻ hội, đến 45 mới đổi.", CARD),
    ("Thợ 30 tuổi không phải đổi thẻ hội.", "Thợ 40 tuổi không phải đổi thẻ hội.", CARD),
    ("Thợ 38 tuổi chưa phải đổi thẻ hội.", "Thợ 38 tuổi chưa phải đổi thẻ hội, đến 60 mới đổi.", CARD),
    ("Thợ 30 tuổi không phải đổi thẻ hội.", "Thợ 30 tuổi không phải làm thẻ hội.", CARD),
    ("Báo hội 7 ngày rồi nghỉ là đúng luật.", "Báo hội 3 ngày rồi nghỉ là đúng luật.", NOTICE),
    ("Báo hội 3 ngày rồi nghỉ là trái luật.", "Báo hội 7 ngày rồi nghỉ là trái luật.", NOTICE),
    ("Bao hoi 7 ngay roi nghi la dung luat.", "Bao hoi 3 ngay roi nghi la dung luat.", NOTICE),
    ("Báo hội 7 ngày rồi nghỉ là đúng luật.", "Báo hội 7 ngày rồi nghỉ không phải là đúng luật.", NOTICE),
    ("Báo hội 3 ngày rồi nghỉ là trái luật.", "Báo hội 3 ngày rồi nghỉ đâu phải là trái luật.", NOTICE),
    ("Giữ ở đồn 3 ngày là đúng luật.", "Giữ ở đồn 3 ngày không thể coi là đúng luật.", HELD),
    ("Giữ ở đồn 3 ngày là đúng luật.", "Giữ ở đồn 3 ngày mà không có lệnh là đúng luật.", HELD),
    ("Giữ ở đồn 3 ngày với thẻ không thời hạn là hợp pháp.", "Giữ ở đồn 30 ngày với thẻ không thời hạn là hợp pháp.",
     HELD),
    ("Làm gốm 40 giờ một tuần là đúng luật.", "Làm gốm 40 giờ một ngày là đúng luật.", HOURS),
    ("Thử tay nghề 5 ngày là hợp lệ.", "Thử tay nghề 20 ngày là hợp lệ.", TRIAL),  # of the list the least
    ("Đóng trên 20 năm mà ra nước ngoài định cư thì vẫn được rút quỹ.", "Đóng trên 20 năm mà vẫn được rút quỹ.", RICE),
    ("Thợ 17 tuổi không mời được ai thì hội phải cử người kèm cặp.",
     "Thợ 19 tuổi không mời được ai thì hội phải cử người kèm cặp.", APPRENTICE),
    ("Thợ 17 tuổi không mời được ai thì hội phải cử người kèm cặp.",
     "Thợ 17 tuổi thì không hội nào phải cử người kèm cặp.", APPRENTICE),
])  # fmt: skip
def test_what_a_rule_lets_be_is_told_from_what_it_does_not(claim: str, contrary: str, rule: str) -> None:
    assert lets_be(normalise(claim), normalise(rule), lexicon())
    assert not lets_be(normalise(contrary), normalise(rule), lexicon())


@pytest.mark.parametrize(("claim", "kept"), [
    ("Ra nước ngoài định cư thì vẫn rút quỹ được.", True),
    ("Ra nước ngoài định cư thì không rút quỹ được nữa.", False),
    ("Nghỉ việc ở quê thì vẫn rút quỹ được.", False),
])  # fmt: skip
def test_what_a_rule_keeps_for_some_is_theirs_alone(claim: str, kept: bool) -> None:
    rule = normalise("Người mới đóng không rút quỹ được vì nghỉ việc; vẫn được rút khi ra nước ngoài định cư, ốm nặng.")
    assert keeps(normalise(claim), rule, lexicon()) is kept


@pytest.mark.parametrize(("found", "told"), [
    ("Đóng bảo hiểm xã hội 20 năm mới có lương hưu là trái luật.",
     "Theo luật, đóng bảo hiểm xã hội 20 năm mới có lương hưu."),
    ("Chủ tịch xã ký quyết định đưa trẻ vào trường giáo dưỡng là trái thẩm quyền.",
     "Chủ tịch xã ký quyết định đưa trẻ vào trường giáo dưỡng."),
    ("Nhà báo tiết lộ người cung cấp thông tin là trái luật.", "Nhà báo giữ kín người cung cấp tin là phạm luật."),
    ("Bắt người lao động bị chậm lương báo trước 45 ngày là trái luật.",
     "Người lao động bị chậm lương vẫn phải báo trước 45 ngày; nghỉ ngang là trái luật."),
    ("Trả lương thử việc 50 phần trăm là sai luật.", "Người dân bắt người phạm tội quả tang là trái luật."),
])  # fmt: skip
def test_who_finds_unlawful_what_a_fact_is_against_isnt_flagged_and_who_finds_so_what_it_grants_is(
    found: str, told: str
) -> None:
    items = [Item("found", found, "2026-12-02"), Item("told", told, "2026-12-02")]
    assert [one.flagged for one in score(model(), items, index=facts_index())] == [False, True]
