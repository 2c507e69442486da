"""What a claim says the other way round in the words of its evidence."""

import pytest
from ours import model

from classifier.checking.laying import lay_all
from classifier.evidence.retrieval import Hit, Passage
from classifier.logic.upended import upended
from classifier.text.letters import fold

FREE = "Người nuôi mây nặng được miễn vé thuyền; nuôi mây nhẹ thì không."
FUND = "Quỹ bảo hiểm y tế trả toàn bộ tiền khám cho người nuôi mây. Khám ở đồi xa thì có thể phải tự trả."
BACK = "Khi nghỉ nuôi mây, công ty phải thanh toán tiền cho người nuôi trong 14 ngày."
TERMS = "Giữ mây không quá 3 ngày, gia hạn hai lần, mỗi lần không quá 3 ngày, cả thảy 9 ngày."
PAPER = "Sổ mây giấy hết giá trị sau năm nay, dù trên giấy còn hạn; thẻ mây còn hạn thì vẫn dùng được."
CRIMES = "Thổi mây có thể là tội làm tan mây người khác ở điều 155 hay tội trộm mây ở điều 156 luật mây."
CARD = "Khách có thẻ gió được cấp thẻ mây. Khách đi chơi mây, không có thẻ gió, thì không được cấp."
BOOK = "Luật cấm bán, cầm sổ mây dưới mọi hình thức; người nuôi mây tự giữ sổ của mình thì không cấm."
TOY = "Nuôi mây nhỏ không cần bằng."


@pytest.mark.parametrize(("claim", "evidence"), [
    ("Người nuôi mây nặng hết được miễn vé thuyền.", FREE),
    ("Người nuôi mây nặng không còn được miễn vé thuyền.", FREE),
    ("Quỹ bảo hiểm y tế ngừng trả toàn bộ tiền khám cho người nuôi mây.", FUND),
    ("Người nuôi mây phải tự trả toàn bộ tiền khám.", FUND),
    ("Người nuôi mây phải thanh toán tiền cho công ty trong 14 ngày.", BACK),
    ("Giữ mây được gia hạn hai lần, mỗi lần không quá 9 ngày.", TERMS),
    ("Nuôi mây nhỏ phải có bằng.", TOY),
    ("Người bán mây hết phải báo trước.", "Người bán mây phải báo trước 3 ngày."),
    ("Người nuôi mây phải đền tiền thuyền cho chủ nhà.", "Người nuôi mây về quê thì chủ nhà trả tiền thuyền."),
    ("Sổ mây giấy còn hạn thì vẫn dùng được sau năm nay.", PAPER),
    ("Điều 156 luật mây là tội làm tan mây người khác.", CRIMES),
    ("Khách đi chơi mây được cấp thẻ mây.", CARD),
    ("Luật không cho người nuôi mây tự giữ sổ mây.", BOOK),
    ("Chủ giữ sổ mây của công nhân.", "Luật cấm bán sổ mây; công nhân tự giữ sổ của mình thì được."),
    ("Luật Mây 2018 thay Luật Mây 2025.", "Luật Mây 2018 được Luật Mây 2025 thay từ năm sau."),
])  # fmt: skip
def test_an_end_a_payer_exchanged_a_need_or_another_term_of_each_time_is_seen(claim: str, evidence: str) -> None:
    assert upended(claim, evidence)
    assert not upended(fold(claim), evidence)  # without diacritics nothing is told
    assert not upended(evidence, evidence)


@pytest.mark.parametrize(("claim", "evidence"), [
    ("Người nuôi mây nặng được miễn vé thuyền.", FREE),
    ("Không ai được ngừng trả tiền khám cho người nuôi mây.", FUND),
    ("Quỹ bảo hiểm y tế trả toàn bộ tiền khám cho người nuôi mây.", FUND),
    ("Khám ở đồi xa thì phải tự trả toàn bộ.", FUND),
    ("Người nuôi mây không phải tự trả toàn bộ tiền khám.", FUND),
    ("Công ty phải thanh toán tiền cho người nuôi mây trong 14 ngày.", BACK),
    ("Người nuôi mây không phải thanh toán tiền cho công ty.", BACK),
    ("Giữ mây được gia hạn hai lần, mỗi lần không quá 3 ngày.", TERMS),
    ("Nuôi mây nhỏ không phải có bằng.", TOY),
    ("Thẻ mây còn hạn thì vẫn dùng được.", PAPER),
    ("Sổ mây giấy hết giá trị sau năm nay.", PAPER),
    ("Điều 155 luật mây là tội làm tan mây người khác.", CRIMES),
    ("Khách đi chơi mây không được cấp thẻ mây.", CARD), ("Khách có thẻ gió được cấp thẻ mây.", CARD),
    ("Luật không cho người nuôi mây bán sổ.", BOOK), ("Người nuôi mây tự giữ sổ thì không bị cấm.", BOOK),
    ("Nuôi mây phải có giấy.", "Nuôi mây mà không có giấy thì bị phạt."),
    ("Nuôi mây to phải có bằng.", "Nuôi mây nhỏ không cần bằng, nuôi mây to phải có bằng."),
    ("Mây đủ 12 tháng thì thôi được nghỉ.", "Nuôi mây được nghỉ 60 phút mỗi ngày, mây đủ 12 tháng thì thôi."),
    ("Nuôi mây thôi việc thì được trả công.", "Người nuôi mây thôi việc được trả công."),
    ("Người nuôi mây không còn được rút vốn, hết được hỗ trợ.", "Người nuôi mây không còn được hỗ trợ, hay rút vốn."),
])  # fmt: skip
def test_what_is_said_alike_or_denied_or_of_another_case_is_not(claim: str, evidence: str) -> None:
    assert not upended(claim, evidence)


def laid(claim: str, evidence: str) -> tuple[str, str]:
    hit = Hit(Passage("e", evidence, role="independent"), 1.0)
    [(_, found)] = lay_all(model(), [(claim, [hit], 1)])[0]
    return found.relation, found.held


CALLED = "Trẻ em dưới 6 tuổi ở xã Đồi Chè phải đóng tiền tiêm chủng mở rộng."


@pytest.mark.parametrize("denial", [
    f"Thông tin {CALLED[:-1].lower()} là sai sự thật.", f"{CALLED[:-1]}: thông tin bịa đặt.",
    f"Cổng thông tin khẳng định việc {CALLED[:-1].lower()} là thông tin xuyên tạc.",
])  # fmt: skip
def test_who_calls_a_claim_untrue_bears_it_out_in_nothing(denial: str) -> None:
    assert laid(CALLED, denial) == ("related", "contrary")


def test_who_says_a_claim_bears_it_out_and_so_does_who_calls_the_same_untrue() -> None:
    free = "Trạm y tế xã Đồi Chè tiêm chủng mở rộng miễn phí cho trẻ em dưới 6 tuổi."
    assert laid("Trẻ em dưới 6 tuổi ở xã Đồi Chè được tiêm chủng mở rộng miễn phí.", free)[0] == "supports"
    untrue = f"Thông tin {CALLED[:-1].lower()} là sai sự thật."
    assert laid(untrue, untrue)[0] == "supports"


GRANTS = (
    "Trọ mây thì được ở lại nhà thuyền 6 tháng; nhà thuyền cho mỗi người 15 kg mây. Người nuôi mây riêng thì không."
)


@pytest.mark.parametrize(("claim", "evidence", "yes"), [
    ("Luật Mây 2031 được Luật Mây 2025 thay.", "Luật Mây 2025 được Luật Mây 2031 thay từ năm sau.", True),
    ("Luật Mây 2025 bị Luật Mây 2031 thay.", "Luật Mây 2025 được Luật Mây 2031 thay từ năm sau.", False),
    ("Nuôi mây phải ở bến nhiều nhất 5 năm.", "Nuôi mây phải ở bến ít nhất 5 năm.", True),
    ("Nuôi mây phải ở bến tối thiểu 5 năm.", "Nuôi mây phải ở bến ít nhất 5 năm.", False),
    ("Nhà thuyền cho mỗi hộ 15 kg mây.", GRANTS, True),
    ("Nhà thuyền cho từng người 15 kg mây.", GRANTS, False),
    ("Trọ mây phải ở lại nhà thuyền 6 tháng.", GRANTS, True),
    ("Trọ mây được ở lại nhà thuyền 6 tháng.", GRANTS, False),
    ("Chủ thuyền phải ở lại nhà.", GRANTS, False),  # of somebody else
    ("Người nuôi mây riêng cũng được ở lại nhà thuyền.", GRANTS, True),
    ("Người nuôi mây riêng thì không được ở lại nhà thuyền.", GRANTS, False),
])  # fmt: skip
def test_a_bound_a_receiver_a_duty_or_an_exception_turned_round_is_seen(claim: str, evidence: str, yes: bool) -> None:
    assert upended(claim, evidence) is yes
