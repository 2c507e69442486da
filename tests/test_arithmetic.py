"""A claim that tells the rest or the share of what a passage counts follows from it; a wrong rest doesn't."""

import time

import pytest
from ours import model

from classifier.comparison.arithmetic import follows, off_rate
from classifier.comparison.pairing import pair
from classifier.comparison.slots import slots_of
from classifier.evidence.facts import shipped_passages
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.scoring import Item, score
from classifier.text import normalise
from classifier.text.letters import fold

ADVICE = "Ở kỳ họp năm 2014, nước ta nhận 227 kiến nghị và chấp thuận 182."
VOTES = "Việt Nam được bầu vào hội đồng ngày 11/10/2022 với 145 phiếu trên 189."
TREATIES = "Việt Nam là thành viên của bảy trong chín công ước cốt lõi."
SHARE = "Ở vùng này 62,9% công nhân bị ép làm thêm."
LETTERS = "Năm 2023, 94% dân làng biết chữ."
WOMEN = "Nữ chiếm 24,4 phần trăm số nghị sĩ khóa XIII, 26,7 phần trăm khóa XIV và 30,26 phần trăm khóa XV."
UPR = "Ở chu kỳ III của UPR năm 2019, Việt Nam nhận 291 khuyến nghị và chấp thuận 241, tức khoảng 83 phần trăm."
PAY = "Người già ở làng được trợ cấp 500.000 đồng một tháng."
YEARLY = "Trợ cấp ở vùng I năm 2018 là 3.980.000 đồng, năm 2020 là 4.420.000 đồng, từ 1/1/2026 là 5.310.000 đồng."
LIST = "Danh sách ứng cử của làng phải có ít nhất 35 phần trăm là phụ nữ."


@pytest.mark.parametrize(("claim", "wrong", "evidence"), [
    ("Nước ta từ chối 45 kiến nghị.", "Nước ta từ chối 70 kiến nghị.", ADVICE),
    ("Nước ta bỏ ngoài 45 kiến nghị.", "Nước ta chấp thuận 45 kiến nghị.", ADVICE),
    ("Nước ta gạt 45 trên 227 kiến nghị.", "Nước ta gạt 182 trên 227 kiến nghị.", ADVICE),
    ("Có 45/227 kiến nghị không được chấp thuận.", "Có 45/227 kiến nghị được chấp thuận.", ADVICE),
    ("Nước ta chấp thuận 182 và từ chối 45 kiến nghị.", "Nước ta chấp thuận 45 và từ chối 182 kiến nghị.", ADVICE),
    ("Năm 2014 nước ta bác 45 kiến nghị.", "Năm 2016 nước ta bác 45 kiến nghị.", ADVICE),
    ("Nước ta chấp thuận hơn bốn phần năm kiến nghị.", "Nước ta chấp thuận chưa đến ba phần năm kiến nghị.", ADVICE),
    ("Nước ta chấp thuận 80% kiến nghị.", "Nước ta chấp thuận 70% kiến nghị.", ADVICE),
    ("Nước ta từ chối khoảng 20% kiến nghị.", "Nước ta từ chối khoảng 80% kiến nghị.", ADVICE),
    ("44 nước không bầu Việt Nam năm 2022.", "44 nước bầu Việt Nam năm 2022.", VOTES),
    ("Việt Nam còn đứng ngoài hai phần chín công ước.", "Việt Nam còn đứng ngoài bảy phần chín công ước.", TREATIES),
    ("Không ngờ có 37% công nhân không bị ép làm thêm.", "Không ngờ chỉ 37% công nhân bị ép làm thêm.", SHARE),
    ("Không ai ngờ nước ta từ chối 45 kiến nghị.", "Không phải ai cũng biết nước ta chấp thuận 45 kiến nghị.", ADVICE),
    ("Chỉ 6% dân làng không biết chữ.", "Không ngờ chỉ 6% dân làng biết chữ.", LETTERS),
    ("Có 37% công nhân không bị ép làm thêm.", "Có 37% công nhân bị ép làm thêm.", SHARE),
    ("Có 63% công nhân bị ép làm thêm.", "Có 62% công nhân bị ép làm thêm.", SHARE),
    ("Khóa XIV có 27% nghị sĩ là nữ.", "Khóa XV có 27% nghị sĩ là nữ.", WOMEN),
    ("Khóa XV có 30,3% nghị sĩ là nữ.", "Khóa XIV có 26,8% nghị sĩ là nữ.", WOMEN),
    ("Khóa XIII có 24% nghị sĩ là nữ.", "Khóa XIV có 24% nghị sĩ là nữ.", WOMEN),
    ("Một năm bà con ở làng được 6 triệu đồng.", "Một năm bà con ở làng được 5 triệu đồng.", PAY),
    ("Trợ cấp là 1,5 triệu đồng mỗi quý.", "Trợ cấp là 6 triệu đồng mỗi tháng.", PAY),
    ("Trợ cấp hằng năm ở làng là 6 triệu đồng.", "Trợ cấp ở làng là 6 triệu đồng.", PAY),
    ("Trợ cấp ở vùng I hơn 5,3 triệu đồng.", "Trợ cấp ở vùng I năm 2018 hơn 5,3 triệu đồng.", YEARLY),
    ("Trợ cấp ở vùng I hơn 3,9 triệu đồng.", "Trợ cấp ở vùng I năm 2026 hơn 3,9 triệu đồng.", YEARLY),
    ("Việt Nam được bầu với số phiếu trên 140.", "Việt Nam được bầu với số phiếu trên 150.", VOTES),
    ("Danh sách có hơn một phần ba là phụ nữ.", "Danh sách có hơn một phần tư là phụ nữ.", LIST),
    ("Danh sách có trên 33% là phụ nữ.", "Danh sách có trên 36% là phụ nữ.", LIST),
    ("Danh sách có hơn 33% là phụ nữ.", "Danh sách có ít nhất 33% là phụ nữ.", LIST),  # which sets another bound
])  # fmt: skip
def test_the_rest_and_the_share_follow_from_a_whole_and_its_part(claim, wrong, evidence):
    vectors = model().verdict.vectors
    assert follows(pair(normalise(claim), normalise(evidence), vectors=vectors), roughly=True)
    assert not follows(pair(normalise(wrong), normalise(evidence), vectors=vectors), roughly=True)


def test_the_rest_is_read_without_diacritics():
    said = fold("44 nước không bầu Việt Nam năm 2022")
    assert follows(pair(said, VOTES, vectors=model().verdict.vectors), roughly=True)


def test_a_fraction_in_words_differs_from_another():
    said, told = "Cần một phần ba cử tri đi bỏ phiếu.", "Cần ba phần tư cử tri đi bỏ phiếu."
    found = slots_of(pair(said, told, vectors=model().verdict.vectors))
    assert [(slot.kind, slot.claim_text, slot.evidence_text) for slot in found] == [
        ("number", "một phần ba", "ba phần tư")
    ]


def test_a_share_in_words_differs_from_what_is_counted():
    said = "Ở kỳ họp năm 2014, nước ta chấp thuận hai phần ba kiến nghị."
    found = slots_of(pair(said, ADVICE, vectors=model().verdict.vectors))
    assert [(slot.kind, slot.claim_text) for slot in found] == [("number", "hai phần ba")]


@pytest.mark.parametrize(("claim", "flagged"), [
    ("Ở chu kỳ III của UPR, Việt Nam từ chối 50 khuyến nghị.", False),
    ("Ở chu kỳ III của UPR, Việt Nam từ chối 70 khuyến nghị.", True),
    ("Ở chu kỳ III của UPR, Việt Nam không chấp thuận 241 khuyến nghị.", True),
    ("Ở chu kỳ III của UPR, Việt Nam ủng hộ 241 khuyến nghị.", False),  # nothing differs that a reader can be shown
    ("Ở cả bốn chu kỳ của UPR cộng lại, Việt Nam nhận 961 khuyến nghị.", False),  # of which the evidence tells one
    ("Bốn chu kỳ, Việt Nam nhận 961 khuyến nghị UPR.", False),
    ("Ở UPR, cộng chu kỳ II với chu kỳ III, Việt Nam nhận 518 khuyến nghị.", False),
    ("Ở UPR, cộng chu kỳ II với chu kỳ III, Việt Nam nhận 118 khuyến nghị.", True),
    ("Bốn chu kỳ, Việt Nam nhận 96 khuyến nghị UPR.", True),  # less than in one of them
    ("Ở chu kỳ III của UPR, Việt Nam nhận 961 khuyến nghị.", True),
])  # fmt: skip
def test_what_follows_from_evidence_is_not_flagged(claim, flagged):
    index = PassageIndex.build([Passage("fact:upr", UPR, "OHCHR", "primary", kind="fact")])
    found = next(score(model(), [Item("x", claim)], index=index))
    assert found.flagged is flagged
    assert flagged is bool(found.evidence[0].slot)


@pytest.mark.parametrize(("claim", "flagged"), [
    ("Năm 2026 người lao động có thể nghỉ lễ, tết tới 26 ngày.", False),  # with weekends
    ("Năm 2026 người lao động được nghỉ tổng cộng 25 ngày lễ, tết.", False),
    ("Người lao động được nghỉ Tết Âm lịch 9 ngày liên tục.", False),
    ("Người lao động nghỉ lễ, tết 20 ngày một năm.", True),
    ("Người lao động được nghỉ Tết Âm lịch 20 ngày liên tục.", True),  # no two weekends make so many
    ("Từ năm 2026 người lao động nghỉ lễ, tết tổng cộng 10 ngày một năm.", True),  # fewer than are paid
    ("Người lao động được nghỉ lễ, tết tới 26 ngày hưởng nguyên lương.", True),
    ("Người lao động được nghỉ Tết Âm lịch 9 ngày.", True),
])  # fmt: skip
def test_days_off_with_their_weekends_are_not_held_against_those_that_are_paid(claim, flagged):
    holidays = [one for one in shipped_passages() if one.eid.startswith("fact:holidays")]
    assert next(score(model(), [Item("x", claim)], index=PassageIndex.build(holidays))).flagged is flagged


@pytest.mark.parametrize(("claim", "so"), [
    ("Bị giữ oan 10 ngày thì được 50 ngày lương.", True),
    ("Bị giữ oan hai tuần thì được 70 ngày lương.", True),
    ("Bị giữ oan 10 ngày thì được 30 ngày lương.", False),
    ("Bị giữ oan 2 tháng thì được 12 ngày lương.", False),  # sixty days' wages would be two months
    ("Bị giữ oan thì được 50 ngày lương.", False),
])  # fmt: skip
def test_what_so_many_come_to_follows_from_what_each_is(claim, so):
    rule = "Người bị giữ oan được 5 ngày lương cho mỗi ngày bị giữ."
    for said in (claim, fold(claim)):
        assert follows(pair(normalise(said), rule, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("claim", "so"), [
    ("Đi 2 năm thì trả 2 tháng lương.", True), ("Đi 24 tháng trả 2 tháng lương.", True),
    ("Đi 2 năm thì trả 4 tháng lương.", False), ("Đi 12 ngày trả 12 tháng lương.", False),
])  # fmt: skip
def test_a_rate_may_be_of_several_months(claim, so):
    rule = "Người đi làm xa trả không quá 1 tháng lương cho mỗi 12 tháng hợp đồng."
    for said in (claim, fold(claim)):
        assert follows(pair(normalise(said), rule, vectors=model().verdict.vectors), roughly=True) is so


PAID = (
    "Thợ nghỉ được 2 lần lương tháng cho mỗi năm đóng kể từ 2014 và 1,5 lần lương cho mỗi năm đóng của thời gian "
    "trước đó."
)


@pytest.mark.parametrize(("claim", "so"), [
    ("Thợ đóng 10 năm kể từ năm 2015 thì được 20 lần lương.", True),
    ("Thợ đóng 10 năm kể từ năm 2015 thì được 15 lần lương.", False),  # that of the years before
    ("Thợ đóng 10 năm kể từ năm 2015 thì được 40 lần lương.", False),
    ("Thợ đóng 10 năm kể từ năm 2000 thì được 20 lần lương.", False),
    ("Thợ đóng từ 2015 đến 2025 thì được 20 lần lương.", True),
    ("Thợ đóng giai đoạn 2015-2025 thì được 22 lần lương.", True),  # its last year counted too
    ("Thợ đóng từ 2015 đến 2025 thì được 30 lần lương.", False),
    ("Thợ đóng từ tháng 1/2015 đến tháng 12/2024 thì được 20 lần lương.", True),
    ("Thợ đóng từ năm 2004 đến năm 2013 thì được 15 lần lương.", True),
    ("Thợ đóng từ năm 2004 đến năm 2013 thì được 20 lần lương.", False),
    ("Năm 2015 thợ được 20 lần lương.", False),
    ("Thợ đóng 10 năm thì được 20 lần mức bình quân tiền lương.", True),
])  # fmt: skip
def test_a_rate_is_of_the_years_for_which_it_is_told(claim, so):
    assert follows(pair(normalise(claim), PAID, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("rule", "so"), [
    ("Thợ lò được tăng thêm 1 ngày cho mỗi 5 năm.", True),
    ("Từ năm 2026 thợ lò được tăng thêm 1 ngày cho mỗi 5 năm.", False),  # and what was so before isn't told
])  # fmt: skip
def test_a_rate_without_years_is_of_any_where_its_passage_tells_none(rule, so):
    claim = "Thợ làm từ 2010 đến 2020 được thêm 2 ngày."
    assert follows(pair(claim, rule, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("claim", "so"), [
    ("Thợ làm 12 năm được cộng 2 ngày phép.", True), ("Thợ làm 7 năm được thêm 1 ngày.", True),
    ("Thợ làm 20 năm được cộng 10 ngày phép.", False), ("Thợ làm 4 năm được thêm 1 ngày.", False),
])  # fmt: skip
def test_of_a_rate_for_several_years_only_whole_times_count(claim, so):
    rule = "Thợ lò được tăng thêm 1 ngày cho mỗi 5 năm."
    assert follows(pair(normalise(claim), rule, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("claim", "so"), [
    ("Thợ làm 6 năm được 3 tháng lương.", True), ("Thợ làm 6 năm được 6 tháng lương.", False),
    ("Thợ làm 6 năm được 3 tháng.", True),  # of what isn't said again at the end
])  # fmt: skip
def test_half_a_month_may_be_a_rate(claim, so):
    rule = "Thợ nghỉ việc được nửa tháng lương cho mỗi năm làm việc."
    assert follows(pair(normalise(claim), rule, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("claim", "so"), [
    ("Sáu ngày, mỗi ngày 8 tiếng, tổng 48 giờ là đúng.", True), ("Sáu ngày, mỗi ngày 9 tiếng, tổng 54 giờ.", False),
    ("Năm ngày, mỗi ngày 8 tiếng, tổng 48 giờ.", False), ("Bảy ngày, mỗi ngày 8 tiếng, tổng 56 giờ.", False),
])  # fmt: skip
def test_so_many_days_of_a_rules_hours_come_to_another_of_them(claim, so):
    rule = "Giờ làm không quá 8 giờ một ngày và 48 giờ một tuần."
    assert follows(pair(normalise(claim), rule, vectors=model().verdict.vectors), roughly=True) is so


def test_what_each_further_one_adds_is_no_rate_of_all():
    rule = "Sinh đôi được nghỉ 7 tháng: từ con thứ hai mỗi con thêm 1 tháng. Giữ 9 ngày; mỗi lần gia hạn 3 ngày."
    for claim in ("Sinh 2 con được nghỉ 14 tháng.", "Giữ thêm 2 lần, cộng lại 18 ngày."):
        assert not follows(pair(claim, rule, vectors=model().verdict.vectors), roughly=True)


def test_a_passage_of_many_numbers_is_read_once_for_all_of_a_claim():
    said = ("Lương năm 2025 khoảng 4,7 triệu đồng, năm 2024 khoảng 4,3 triệu đồng, " * 9)[:600]
    told = ("Lương năm 2018 là 3.530.000 đồng, năm 2025 là 4.410.000 đồng. " * 99)[:6000]
    begun = time.process_time()
    follows(pair(normalise(said), normalise(told), vectors=model().verdict.vectors), roughly=True)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(("claim", "idle"), [
    ("Công đoàn Mây không còn là tổ chức duy nhất của người lao động.", True),
    ("Người lao động không được lập tổ chức riêng trong doanh nghiệp mà chỉ có công đoàn Mây.", False),  # too far off
])  # fmt: skip
def test_a_denied_only_denies_no_more(claim, idle):
    rule = next(one.text for one in shipped_passages() if one.eid == "fact:worker-organisation")
    found = slots_of(pair(claim, rule, vectors=model().verdict.vectors))
    assert [slot.idle for slot in found if slot.kind == "negation"] == [idle]


def test_a_share_past_any_number_is_no_rounded_one():
    huge = f"Ở vùng này 1 {'tỷ ' * 40}phần trăm công nhân bị ép làm thêm."
    assert not follows(pair(normalise(huge), normalise(SHARE), vectors=model().verdict.vectors), roughly=True)


FURTHER = "Thợ gác được nghỉ 12 ngày phép, thợ lò 14 ngày phép; thêm 1 ngày phép cho mỗi 5 năm làm việc."


@pytest.mark.parametrize(("claim", "so"), [
    ("Thợ gác làm 10 năm được 14 ngày phép.", True), ("Thợ lò làm 12 năm được 16 ngày phép.", True),
    ("Thợ gác làm 10 năm được 19 ngày phép.", False), ("Thợ gác làm 3 năm được 13 ngày phép.", False),
])  # fmt: skip
def test_what_each_further_term_adds_comes_to_what_there_is_without_it(claim, so):
    assert follows(pair(normalise(claim), FURTHER, vectors=model().verdict.vectors), roughly=True) is so


def test_the_days_of_years_at_a_rate_a_day_are_told_by_the_calendar():
    rule = "Người bị giữ oan được 5 ngày lương cho mỗi ngày bị giữ."
    for claim, so in (
        ("Giữ oan 10 năm được 18.250 ngày lương.", True),
        ("Giữ oan 10 năm được 15.000 ngày lương.", False),
    ):
        assert follows(pair(normalise(claim), rule, vectors=model().verdict.vectors), roughly=True) is so


@pytest.mark.parametrize(("claim", "off"), [
    ("Làm 3 năm được 9 tháng lương.", True), ("Làm 3 năm được 1 tháng lương.", True),
    ("Làm 3 năm được 3 tháng lương.", False), ("Làm 1 năm rưỡi được 2 tháng lương.", False),  # the least
    ("Làm 3 năm thì được trợ cấp.", False), ("Được 3 tháng lương.", False),
    ("Có 2 tháng lương, 3 tháng lương và 4 tháng lương.", False),  # several sums, and no time
    ("Làm 1 năm được 1 tháng lương, đòi trong 3 năm.", False),  # a time of something else
])  # fmt: skip
def test_another_sum_than_a_rate_comes_to_is_told(claim, off):
    rule = "Trợ cấp là 1 tháng lương cho mỗi năm làm việc, ít nhất 2 tháng lương."
    assert off_rate(pair(normalise(claim), rule, vectors=model().verdict.vectors)) is off


@pytest.mark.parametrize(("claim", "off"), [
    ("Mất việc, làm 4 năm được 4 tháng lương.", False), ("Nghỉ việc, làm 4 năm được 2 tháng lương.", False),
    ("Mất việc, làm 4 năm được 8 tháng lương.", True), ("Mất việc, làm 4 năm được 3 tháng lương.", True),
])  # fmt: skip
def test_what_a_sentence_calls_twice_a_rate_is_one_too(claim, off):
    rule = "Nghỉ việc được nửa tháng lương cho mỗi năm làm việc; mất việc thì gấp đôi."
    found = pair(normalise(claim), rule, vectors=model().verdict.vectors)
    assert (off_rate(found), follows(found, roughly=True)) == (off, not off)
    apart = pair(normalise(claim), rule.replace("; mất", ". Mất"), vectors=model().verdict.vectors)
    assert off_rate(apart) is ("2 tháng" not in claim)


@pytest.mark.parametrize(("claim", "off"), [
    ("Làm 2 năm được 3 tháng lương.", False), ("Làm 5 năm được 5 tháng lương.", False),
    ("Làm 2 năm được 4 tháng lương.", True), ("Làm 5 năm được 3 tháng lương.", True),
    ("Làm 5 năm được 1 tháng lương.", True), ("Làm 5 năm được không quá 3 tháng lương.", True),
])  # fmt: skip
def test_what_is_granted_for_a_range_of_times_is_so_beside_a_rate(claim, off):
    rule = "Làm từ đủ 1 đến 3 năm được 3 tháng lương; trên 3 năm thì 1 tháng lương cho mỗi năm làm việc."
    found = pair(normalise(claim), rule, vectors=model().verdict.vectors)
    assert (off_rate(found), follows(found, roughly=True)) == (off, not off)
