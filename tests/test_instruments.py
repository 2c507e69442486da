"""What one instrument says isn't settled by a passage of another."""

import pytest

from classifier.evidence.retrieval import Passage
from classifier.loading import load_lexicon as lexicon
from classifier.logic.instruments import apart, cited, in_force, other_body, other_day, other_year
from classifier.text.letters import fold

CONSTITUTION = Passage("1", "Mọi người có quyền có chỗ ở.", "Hiến pháp 2013, điều 22", "primary", kind="law")
TREATY = Passage("2", "Điều 9 của ICCPR cấm bắt giữ vô cớ.", "ICCPR, điều 9", "primary", kind="fact")
CODE = Passage("3", "Người làm công được nghỉ trưa.", "Bộ luật Lao động 2019, điều 109", "primary", kind="law")
NUMBERED = Passage("4", "Người làm công được nghỉ trưa.", "Luật 85/2015/QH13, điều 29", "primary", kind="law")
NEWS = Passage("5", "Thợ may ở Bến Cát được nghỉ trưa.", "Báo", "independent", kind="news")
BOTH = Passage(
    "6", "Luật Trẻ em lấy mốc thấp hơn Công ước về quyền trẻ em.", "Luật Trẻ em 2016", "primary", kind="fact"
)


@pytest.mark.parametrize(("claim", "others", "own"), [
    ("Điều 22 ICCPR nói mọi người có quyền có chỗ ở.", [CONSTITUTION, CODE, NUMBERED, BOTH], [TREATY, NEWS]),
    ("Công ước về các quyền dân sự và chính trị cấm bắt giữ vô cớ.", [CONSTITUTION, CODE], [TREATY]),
    ("Hiến pháp cấm bắt giữ vô cớ.", [TREATY, CODE, NUMBERED, BOTH], [CONSTITUTION, NEWS]),
    ("Quyền nghỉ trưa nằm ở khoản 2 điều 9 Hiến pháp 2013.", [TREATY, CODE], [CONSTITUTION]),
    ("Theo Bộ luật Lao động, người làm công được nghỉ trưa.", [TREATY, CONSTITUTION, NUMBERED], [CODE, NEWS]),
    ("Luật Trẻ em cho thợ học nghề nghỉ trưa.", [TREATY, CONSTITUTION], [CODE, NUMBERED, BOTH]),  # which law isn't told
    ("Công ước về quyền trẻ em lấy mốc 18 tuổi.", [TREATY, CODE], [BOTH]),
    ("Hiến pháp và ICCPR đều cấm bắt giữ vô cớ.", [CODE], [TREATY, CONSTITUTION]),
    ("Tuyên ngôn về quyền của các dân tộc bản địa có từ 2007.", [TREATY, CONSTITUTION], [CODE]),
    ("Tuyên ngôn về nhân quyền có từ 1948.", [], [TREATY]),
    ("Giáo luật Công giáo cho nghỉ trưa.", [TREATY, CONSTITUTION, CODE, NUMBERED, BOTH], [NEWS]),
    ("Theo luật đạo của họ thì được nghỉ trưa.", [TREATY, CONSTITUTION, CODE], [NEWS]),
    ("Giáo luật thì thôi, còn luật Việt Nam cho nghỉ trưa.", [], [TREATY, CONSTITUTION, CODE]),
    ("Luật Hồi giáo cho nghỉ trưa.", [TREATY, CONSTITUTION, CODE, NUMBERED], [NEWS]),
    ("Thợ may được nghỉ trưa, trái với Hiến pháp.", [], [TREATY, CONSTITUTION, CODE]),
])  # fmt: skip
def test_a_passage_is_apart_where_it_names_only_other_instruments(claim, others, own):
    named = cited(claim, lexicon())
    assert [one.eid for one in (*others, *own) if apart(named, one, lexicon())] == [one.eid for one in others]


def test_an_instrument_is_known_without_diacritics():
    assert apart(cited(fold("Hiến pháp cấm bắt giữ vô cớ"), lexicon()), TREATY, lexicon())


COUNCIL = "Hội đồng Nhân quyền có 47 thành viên do Đại hội đồng bầu."


@pytest.mark.parametrize(("claim", "passage", "yes"), [
    ("Hội đồng Bảo an có 15 thành viên.", COUNCIL, True), ("Đại hội đồng có 193 thành viên.", COUNCIL, True),
    ("HĐNQ có 15 thành viên.", COUNCIL, False), ("Hội đồng có 15 thành viên.", COUNCIL, False),
    ("Đại hội đồng bầu Hội đồng Nhân quyền có 15 thành viên.", COUNCIL, False),
    ("Ủy ban Nhân quyền có 18 thành viên.", COUNCIL, True), ("Ủy ban nhân dân xã có 18 người.", COUNCIL, False),
    ("Ủy ban về quyền của người khuyết tật có 12 người.", "Ủy ban chống tra tấn có 10 người.", True),
    ("Tiểu ban phòng chống tra tấn có 25 người.", "Ủy ban chống tra tấn có 10 người.", True),
    ("Ủy ban CEDAW có 25 người.", "Ủy ban của Liên Hợp Quốc về quyền trẻ em có 18 người.", True),
    ("Ủy ban Chống Tra tấn có 25 người.", "Ủy ban của Liên Hợp Quốc về chống tra tấn có 10 người.", False),
    ("Hội đồng Bảo an có 15 thành viên.", "Cơ quan có 47 thành viên.", False),
    # a treaty's report is read by its own committee
    ("Báo cáo về ICCPR được Ủy ban xem năm 1990.", "Ủy ban về quyền của người khuyết tật xem báo cáo.", True),
    ("Báo cáo về CRPD được Ủy ban xem năm 1990.", "Ủy ban về quyền của người khuyết tật xem báo cáo.", False),
    ("Mây Trắng vào CEDAW năm 1990.", "Hội đồng Nhân quyền có 47 thành viên.", False),
])  # fmt: skip
def test_what_one_body_is_isnt_told_by_a_passage_of_another(claim, passage, yes):
    assert other_body(claim, passage) is yes
    assert other_body(fold(claim), passage) is yes


LAW = Passage("8", "Luật Mây Trắng có hiệu lực từ ngày 1/1/2026.", "Luật 91/2025/QH15", "primary", kind="fact")


@pytest.mark.parametrize(("claim", "yes"), [
    ("Thông tư có hiệu lực từ ngày 1-3.", True),
    ("Luật mới chính thức có hiệu lực từ ngày 1-3.", True),  # which one?
    ("Nghị định 147 có hiệu lực từ ngày 1-3.", True),
    ("Nghị định 147/2025/NĐ-CP về mưa rào có hiệu lực từ ngày 1-3.", True),
    ("Luật 91/2025/QH15 có hiệu lực từ ngày 1-3.", False),
    ("Luật Mưa Rào có hiệu lực từ ngày 1-3.", True),
    ("Luật Mây Trắng có hiệu lực từ ngày 1-3.", False),
    ("Luật Mây Trắng 2025 sẽ có hiệu lực từ ngày 1-3.", False),  # it stands in the number
    ("Theo Nghị định 147, mây trắng phải có giấy.", False),  # it tells of the matter
    ("Luật mới ban hành cho mây trắng bay từ ngày 1/3.", False),  # it tells more than the day
    ("Luật có hiệu lực từ 1/7/2026 cho mây trắng bay từ ngày 1/3.", False),
    ("Từ ngày 1-3 thông tư có hiệu lực.", False),  # it doesn't open with what it is about
])  # fmt: skip
def test_the_day_of_a_law_is_settled_by_what_names_it(claim, yes):
    assert other_day(claim, LAW) is yes
    assert other_day(fold(claim), LAW) is yes


LABOUR = Passage(
    "9", "Người làm công nghỉ lễ 11 ngày.", "Bộ luật Mây 2019, điều 112; Luật 79/2024/QH15", "primary", kind="fact"
)


@pytest.mark.parametrize(("claim", "yes"), [
    ("Theo Bộ luật Mây 2012, người làm công nghỉ lễ 10 ngày.", True),
    ("Luật Mây năm 2000 cho nghỉ lễ 10 ngày.", True),
    ("Theo điều 112 của Bộ luật Mây 2019, người làm công nghỉ lễ 15 ngày.", False),
    ("Luật Mây 2024 cho nghỉ lễ 15 ngày.", False),
    ("Luật Mây 2026 cho nghỉ lễ 15 ngày.", False),  # it may be made up
    ("Luật từ năm 2012 cho nghỉ lễ 15 ngày.", False),
    ("Bộ luật Mây cho nghỉ lễ 15 ngày.", False),
    ("Năm 2012 người làm công nghỉ lễ 15 ngày.", False),  # a year, and of no law
])  # fmt: skip
def test_a_law_of_one_year_isnt_settled_by_its_successor(claim, yes):
    assert other_year(claim, LABOUR) is yes
    assert other_year(fold(claim), LABOUR) is yes
    assert not other_year(claim, Passage("0", "Người làm công nghỉ lễ 11 ngày.", "Bộ luật Mây"))


CLOUDS = "Luật Mây Nước được hội bến thông qua ngày 16/6/2031 và có hiệu lực từ ngày 1/1/2032."
BOUND = "Việt Nam ký Công ước chống tra tấn (CAT) ngày 7/11/2013; công ước có hiệu lực với Việt Nam từ ngày 7/3/2015."


@pytest.mark.parametrize(("claim", "passage", "wrong"), [
    ("Luật Mây Nước có hiệu lực từ ngày 16/6/2031.", CLOUDS, True),
    ("Luật Mây Nước có hiệu lực từ năm 2031.", CLOUDS, True),
    ("Luật Mây Nước có hiệu lực từ năm 2032.", CLOUDS, False),
    ("Luật Gió Nước có hiệu lực từ năm 2031.", CLOUDS, False),
    ("Luật Mây Nước hết hiệu lực từ năm 2031.", CLOUDS, False),
    ("Luật Mây Nước có hiệu lực từ năm 2031.", f"{CLOUDS} Luật ấy thay luật cũ.", False),
    ("Luật có hiệu lực từ năm 2031.", CLOUDS, False),
    ("Công ước chống tra tấn ràng buộc nước ta từ năm 2013.", BOUND, True),
    ("CAT có hiệu lực với Việt Nam từ năm 2015.", BOUND, False),
    ("CEDAW có hiệu lực với Việt Nam từ năm 2013.", BOUND, False),
    ("CAT có hiệu lực từ năm 2013.", BOUND, False),  # for whom isn't told
])  # fmt: skip
def test_what_was_done_on_another_day_is_not_when_it_came_into_force(claim: str, passage: str, wrong: bool) -> None:
    assert in_force(claim, passage) is wrong
