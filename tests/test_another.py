"""Numbers that tell one thing from another."""

import pytest

from classifier.loading import load_lexicon as lexicon
from classifier.logic.another import another, of_others
from classifier.text import normalise
from classifier.text.letters import fold

TERM = "Hội đồng Mây được bầu ngày 11/10/2022 với 145 phiếu trên 189."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Hội đồng Mây được bầu năm 2019 với 192 phiếu trên 193.", True),  # another vote
    ("Hội đồng Mây được bầu năm 2022 với 192 phiếu.", False),  # one of its numbers is there: the other may be false
    ("Hội đồng Mây được bầu với 192 phiếu.", False),  # a single number may be what is false
    ("Hội đồng Mây được bầu ngày 3/4/2019.", False),  # a day is one number
    ("Hội đồng Mây được bầu.", False),
])  # fmt: skip
def test_a_claim_with_several_numbers_of_which_a_passage_has_none_is_of_another_thing(claim, yes):
    assert another(claim, TERM) is yes


@pytest.mark.parametrize(("claim", "passage", "source", "yes"), [
    # another term, though its passage names a year of the claim's
    ("Hội đồng Mây nhiệm kỳ 2023-2025 có 145 phiếu.", "Nhiệm kỳ 2026-2028 bầu ngày 3/4/2025, 180 phiếu.", "", True),
    ("Hội đồng Mây nhiệm kỳ 2023-2025 có 145 phiếu.", "Nhiệm kỳ 2023-2025 bầu ngày 3/4/2022, 180 phiếu.", "", False),
    ("Hội đồng Mây nhiệm kỳ 2024-2026 có 145 phiếu.", "Nhiệm kỳ 2023-2025 có 145 phiếu.", "", False),
    ("Hội đồng Mây bầu năm 2023, 145 phiếu.", "Nhiệm kỳ 2023-2025 có 150 phiếu.", "", False),
    ("Năm 2025 người từ đủ 16 tuổi được nuôi mây.", "Từ đủ 18 tuổi được nuôi mây.", "Luật Mây 2014, điều 8", False),
    ("Nam 17 tuổi, nữ 15 tuổi được nuôi mây.", "Nam 20 tuổi, nữ 18 tuổi được nuôi mây.", "", False),
    ("Điều 9 Luật Mây cho nuôi 16 đám mây.", "Được nuôi 12 đám mây.", "Luật Mây 2014, điều 8", True),
    ("Điều 8 Luật Mây cho nuôi 16 đám mây.", "Được nuôi 12 đám mây.", "Luật Mây 2014, điều 8", False),
])  # fmt: skip
def test_a_rule_of_no_year_or_article_is_that_of_which_false_numbers_are_told(claim, passage, source, yes):
    assert another(claim, passage, source) is yes


REPORT = "Ủy ban Mây xem xét báo cáo gộp lần thứ bảy và tám vào tháng 7/2015."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Báo cáo đầu tiên được Ủy ban Mây xem năm 1990.", True),  # another report
    ("Báo cáo lần thứ 5 được Ủy ban Mây xem năm 1990.", True),
    ("Báo cáo gộp ba và bốn được Ủy ban Mây xem năm 1990, vào tháng 8.", True),  # the month is no report
    ("Báo cáo lần thứ tám được Ủy ban Mây xem năm 1990.", False),  # that one, in a false year
    ("Báo cáo lần thứ năm được Ủy ban Mây xem năm 2015.", False),  # that year, a false report
    ("Báo cáo được Ủy ban Mây xem năm 1990.", False),
    ("Báo cáo thứ tư tuần trước được Ủy ban Mây xem.", False),  # a Wednesday
])  # fmt: skip
def test_which_of_several_reports_is_told_of_is_a_number_too(claim, yes):
    assert another(claim, REPORT) is yes
    assert another(fold(claim), fold(REPORT)) is yes
    assert another("Báo cáo đầu tiên được xem năm 1990.", "Báo cáo lần thứ 15 đến 17 được xem năm 2023.")


WOMEN = "Nữ chiếm 24,4 phần trăm khóa XIII, 26,7 phần trăm khóa XIV và 30 phần trăm khóa XVI."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Khóa XI có 27,3 phần trăm là nữ.", True),  # another parliament
    ("Khóa 12 có 25,8 phần trăm là nữ.", True),
    ("Khóa XIV có 15 phần trăm là nữ.", False),  # that one, a false share
    ("Khóa XI có 30 phần trăm là nữ.", False),
    ("Khóa học 12 tháng có 15 phần trăm là nữ.", False),
])  # fmt: skip
def test_which_parliament_or_round_is_told_of_is_a_number_too(claim, yes):
    assert another(claim, WOMEN) is yes
    assert another(fold(claim), fold(WOMEN)) is yes
    assert another("Lào ở chu kỳ một năm 2010 nhận 107 góp ý.", "Ở chu kỳ I năm 2009 nhận 123 góp ý.")  # no count


CHILDREN = "Trẻ dưới 6 tuổi được Xứ Mây cấp thẻ khám bệnh miễn phí."


MARRIED = "Xứ Mây cho nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi kết hôn."
JOINED = "Việt Nam ký CEDAW ngày 29/7/1980 và phê chuẩn ngày 17/2/1982."


@pytest.mark.parametrize(("claim", "rule", "yes"), [
    ("Con trai đủ 18, con gái đủ 16 là được kết hôn.", MARRIED, False), ("Kết hôn ở tuổi 18.", MARRIED, False),
    ("Nhận nam 18, nữ 20 là đủ.", MARRIED, True),  # how many of them
    ("Việt Nam ký CEDAW năm 1995, tới 2001 mới phê chuẩn.", JOINED, False),
    ("Việt Nam ký CEDAW, nộp báo cáo năm 1995, tới 2001 mới phê chuẩn.", JOINED, True),
    ("Việt Nam ký CRC năm 1995, tới 2001 mới phê chuẩn.", JOINED, True),
    ("Việt Nam nói về CEDAW năm 1995 và 2001.", JOINED, True),
])  # fmt: skip
def test_an_age_without_its_word_and_the_years_of_one_treaty_are_what_may_be_false(claim, rule, yes):
    assert another(claim, rule) is yes


@pytest.mark.parametrize(("claim", "yes"), [
    ("Khám dưới 6 phút không được Xứ Mây cấp thẻ.", True),  # the figure is of another measure
    ("Người trên 65 tuổi được Xứ Mây cấp thẻ khám bệnh miễn phí.", True),  # of another age
    ("Trẻ dưới 15 tuổi được Xứ Mây cấp thẻ khám bệnh miễn phí.", False),
    ("Trẻ 8 tuổi được Xứ Mây cấp thẻ khám bệnh miễn phí.", False),
    ("Trẻ trên 6 tuổi được Xứ Mây cấp thẻ khám bệnh miễn phí.", False),  # the same bound, turned
    ("Năm 2026 trẻ em được Xứ Mây cấp thẻ khám bệnh trong 7 ngày.", False),  # no figure of it
    ("Trẻ được Xứ Mây cấp thẻ khám bệnh miễn phí.", False),
])  # fmt: skip
def test_another_measure_or_people_of_another_age_are_another_thing(claim, yes):
    assert another(claim, CHILDREN) is yes


def test_what_only_some_are_granted_is_denied_to_all_others():
    for rule in ("Chỉ người dưới 16 tuổi được nhận nuôi.", "Người dưới 16 tuổi mới được nhận nuôi."):
        assert not another("Người trên 20 tuổi được nhận nuôi.", rule)


@pytest.mark.parametrize(("claim", "yes"), [
    ("Người già không được Xứ Mây cấp thẻ.", True),
    ("Hộ nghèo không còn được cấp thẻ.", True),
    ("Trẻ em không được Xứ Mây cấp thẻ.", False),
    ("Hộ nghèo không còn được cấp thẻ cho con.", False),
    ("Xứ Mây không cấp thẻ cho ai.", False),
    ("Xứ Mây không cấp thẻ cho người già.", False),  # first of who grants it
    ("Người dưới 6 tuổi không được cấp thẻ.", False),
    ("Người già từ đủ 80 tuổi không được cấp thẻ.", True),
    ("Mọi người đều không được cấp thẻ.", False),
])  # fmt: skip
def test_what_grown_people_are_denied_is_another_thing_than_what_children_get(claim, yes):
    assert of_others(claim, CHILDREN, lexicon()) is yes
    assert not of_others(claim, CHILDREN.replace("được", "mới được"), lexicon())  # children alone
    assert not of_others(claim, CHILDREN.replace("Trẻ", "Người"), lexicon())


@pytest.mark.parametrize(("claim", "yes"), [
    ("Tội phá đê bị phạt tù từ 12 năm đến 20 năm hoặc tử hình.", True), ("Toi pha de bi phat tu toi 20 nam.", True),
    ("Người 17 tuổi phá đê bị phạt 20 năm tù.", False), ("Trẻ vị thành niên phá đê bị phạt 20 năm tù.", False),
    ("Ai phá đê cũng bị phạt 20 năm tù.", False), ("Hiếp dâm người dưới 16 tuổi bị phạt tù đến 20 năm.", True),
    ("Phạm tội đối với người từ đủ 16 tuổi đến dưới 18 tuổi thì bị phạt tù đến 20 năm.", True),
    ("Người 17 tuổi giết người bị phạt 20 năm tù.", False), ("Nguoi 17 tuoi hiep dam be 8 tuoi bi phat 20 nam.", False),
])  # fmt: skip
def test_what_all_are_punished_with_is_another_thing_than_what_minors_are(claim, yes):
    minors = "Người từ đủ 16 đến dưới 18 tuổi phạm tội không bị phạt quá 18 năm tù."
    assert of_others(normalise(claim), minors, lexicon()) is yes


def test_what_is_denied_of_another_term_is_another_thing():
    told = "Làng Hoa vào hội nhiệm kỳ 2014-2016."
    assert another("Nhiệm kỳ 2017-2019 Làng Hoa không ở trong hội.", told)
    assert not another("Nhiệm kỳ 2014-2016 Làng Hoa không ở trong hội.", told)
    assert not another("Nhiệm kỳ 2017-2019 Làng Hoa ở trong hội.", told)


@pytest.mark.parametrize(("claim", "yes"), [
    ("Năm 2024 phố Sao chưa cấm pháo.", True),
    ("Phố Sao không cấm pháo trong năm 2024.", True),
    ("Năm 2026 phố Sao chưa cấm pháo.", False),
    ("Từ năm 2024 đến nay phố Sao chưa cấm pháo.", False),
    ("Luật Phố Sao năm 2024 không cấm pháo.", False),
    ("Phố Sao cấm pháo từ năm 2024.", False),
    ("Từ năm 2020 đến nay phố Sao chưa cấm pháo.", False),
    ("Phố Sao chưa vào công ước cấm pháo năm 2019.", False),
    ("Phố Sao không theo luật cấm pháo 2019.", False),
    ("Luật phố Sao chưa cấm pháo năm 2019.", True),
    ("Theo luật phố Sao đến năm 2019 chưa cấm pháo.", True),
    ("Pho Sao chua vao cong uoc cam phao nam 2019.", False),
    ("Người chưa thành niên ở phố Sao bị cấm đốt pháo từ năm 2024.", False),
])  # fmt: skip
def test_what_is_denied_of_a_year_before_all_that_a_passage_tells_of_is_another_thing(claim, yes):
    assert another(claim, "Phố Sao cấm pháo từ năm 2025, trừ 2 ngày tết của năm 2026.") == yes


@pytest.mark.parametrize(("claim", "yes"), [
    ("Việt Nam đã phê chuẩn OPCAT năm 2019 mà không mở trại nào.", False),
    ("Việt Nam đã phê chuẩn OPCAT năm 2019 nhưng chưa mở trại nào.", False),
    ("Việt Nam chưa phê chuẩn OPCAT năm 2019.", True),
    ("Năm 2019 dân hỏi mãi mà Việt Nam chưa phê chuẩn OPCAT.", True),
])  # fmt: skip
def test_what_is_denied_behind_the_year_a_treaty_was_joined_is_not_denied_of_that_year(claim, yes):
    assert another(claim, "Tính đến năm 2026 Việt Nam chưa tham gia OPCAT.") == yes


@pytest.mark.parametrize(("claim", "yes"), [
    ("Hội đồng chưa xem xét báo cáo thứ hai nào của làng Hoa.", True),
    ("Năm 2018 hội đồng không xét báo cáo lần ba của làng Hoa mà xét báo cáo đầu.", True),
    ("Hội đồng chưa xem xét báo cáo đầu tiên của làng Hoa.", False),
    ("Hội đồng chưa xem xét báo cáo của làng Hoa.", False),
])  # fmt: skip
def test_a_report_denied_that_a_passage_does_not_tell_of_is_another_thing(claim, yes):
    assert another(claim, "Năm 2018 hội đồng xem xét báo cáo đầu tiên của làng Hoa.") == yes


def test_a_reservation_denied_to_another_article_is_another_thing():
    told = "Làng Hoa bảo lưu điều 7 của hương ước."
    assert another("Điều 4 của hương ước thì làng Hoa không bảo lưu.", told)
    assert not another("Điều 7 của hương ước thì làng Hoa không bảo lưu.", told)
    assert not another("Làng Hoa bảo lưu điều 4 của hương ước vì không muốn góp quỹ.", told)
    assert not another("Điều 4 của hương ước cấm làng Hoa thách cưới.", "Điều 7 của hương ước cấm thách cưới.")


ARTICLES = "Quyền nuôi mây nằm ở điều 21 và quyền thả mây nằm ở điều 22 của Công ước Mây."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Quyền nuôi mây nằm ở điều 12 và quyền thả mây nằm ở điều 13 của Công ước Mây.", False),  # both false
    ("Nuôi mây thì ở điều 12, còn thả mây ở điều 13 Công ước Mây.", False),
    ("Quyền nuôi mây nằm ở điều 12 của Công ước Gió năm 1950.", True),  # another's name
    ("Quyền ngắm sao, hái trăng nằm ở điều 6 và quyền đón nắng ở điều 8 của Công ước Mây.", True),  # other words
    ("Báo cáo về quyền nuôi mây nằm ở điều 12 và quyền thả mây ở điều 13 của Công ước Mây.", True),  # there are several
])  # fmt: skip
def test_two_false_numbers_make_a_claim_in_a_passages_own_words_no_other_thing(claim, yes):
    assert another(claim, ARTICLES) is yes
    assert another(fold(claim).lower(), fold(ARTICLES)) is (yes or "thì" in claim)  # without capitals a word may be one
