"""A claim that tells one case of a rule agrees with it or not, by its bound and whether it is allowed or denied."""

import pytest
from ours import model

from classifier.checking.fitting import tells_case
from classifier.comparison.pairing import Pair, pair
from classifier.comparison.slots import Slot
from classifier.loading import load_lexicon as lexicon
from classifier.logic.instances import agrees, inside, outside, unclear
from classifier.text import normalise
from classifier.text.letters import fold

UNION = "Người lao động từ đủ 15 tuổi có quyền vào hội thợ; người chưa đủ 15 tuổi không được vào hội thợ."
MINE = "Cấm sử dụng lao động dưới 18 tuổi làm việc trong hầm mỏ."
VISIT = "Người bị tạm giam được gặp người thân không quá 60 phút mỗi lần gặp."
SCHOOL = "Trẻ từ đủ 6 tuổi đến dưới 11 tuổi phải được học tiểu học miễn phí."
NURSE = "Không được sa thải người nuôi con dưới 36 tháng, và người từ đủ 58 tuổi."
CONTRACT = "Từ ngày 1/7/2025 thợ nước ngoài theo hợp đồng từ đủ 12 tháng được vào hội thợ."
NURSING = "Chồng không được xin ly hôn khi vợ đang có thai, mới sinh hoặc nuôi con dưới 12 tháng."
PENSION = "Chỉ cần đóng quỹ 15 năm là được hưởng lương hưu."
WED = "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn."
POOR = "Người từ đủ 75 tuổi không có lương hưu được trợ cấp hưu trí; hộ nghèo, cận nghèo được từ đủ 70 tuổi."
AGED = "Người cao tuổi từ đủ 75 tuổi được trợ cấp xã hội hằng tháng; hộ nghèo được từ đủ 70 tuổi."
GRANTED = "Người từ đủ 75 tuổi được trợ cấp xã hội hằng tháng. Hộ nghèo được hưởng từ đủ 70 tuổi."
ELECT = "Người từ đủ 18 tuổi được đi bầu, từ đủ 21 tuổi được ứng cử đại biểu hội thợ."
BALLOT = "Cuộc bầu hợp lệ khi ít nhất 75 phần trăm hội viên đi bỏ phiếu."
FATHER = "Cha từ đủ 20 tuổi được nhận con nuôi."
RATION = "Quỹ trả gạo cho người đóng từ đủ 12 tháng."
LUMP = "Người đủ tuổi mà chưa đóng đủ 15 năm được rút một lần."
ALONE = "Người từ đủ 75 tuổi không có lương hưu được trợ cấp hằng tháng."

BLIND = "Nơi dùng từ 30 phần trăm thợ mù được miễn thuế."
ABSENT = "Bỏ gác từ 5 ngày cộng dồn trong 30 ngày bị đuổi."
ADOPT = (
    "Chỉ người dưới 16 tuổi được nhận làm con nuôi, trừ khi cậu ruột hay dì ruột nhận cháu thì đến dưới 18 tuổi; "
    "người nhận phải hơn con nuôi ít nhất 20 tuổi."
)
INFANT = "Ai nhận con nuôi dưới 6 tháng tuổi thì được nghỉ đến khi con nuôi đủ 6 tháng tuổi."
TOLD = "Trong 24 giờ kể từ khi giữ ai, trạm gác phải báo cho nhà người ấy; với người dưới 18 tuổi là trong 12 giờ."
CLASS = "Trẻ ở đảo được vào lớp một (lớp 1) muộn, từ 7 đến 9 tuổi."
LOVE = "Người dưới 18 tuổi yêu người từ 13 đến dưới 16 tuổi thì không có tội. Yêu người từ đủ 16 tuổi thì không có tội."


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Người 17 tuổi có quyền vào hội thợ.", "Người 17 tuổi không có quyền vào hội thợ.", UNION),
    ("Người 13 tuổi chưa được vào hội thợ.", "Người 13 tuổi được vào hội thợ.", UNION),
    ("Lao động 17 tuổi không được làm việc trong hầm mỏ.", "Lao động 17 tuổi được làm việc trong hầm mỏ.", MINE),
    ("Lao động 20 tuổi được làm việc trong hầm mỏ.", "Lao động 20 tuổi không được làm việc trong hầm mỏ.", MINE),
    ("Ký hợp đồng sáu tháng thì thợ nước ngoài chưa được vào hội thợ.",
     "Ký hợp đồng sáu tháng thì thợ nước ngoài được vào hội thợ.", CONTRACT),
    ("Được gặp người thân 40 phút.", "Được gặp người thân 90 phút.", VISIT),
    ("Gặp người thân 90 phút là trái luật.", "Gặp người thân 40 phút là trái luật.", VISIT),
    ("Không được gặp người thân quá 60 phút.", "Được gặp người thân quá 60 phút.", VISIT),
    ("Không được gặp người thân quá một giờ.", "Không được gặp người thân quá 40 phút.", VISIT),
    ("Nữ dưới 18 tuổi chưa được kết hôn.", "Nữ dưới 18 tuổi được kết hôn.", WED),
    *((f"Công dân dưới {age} tuổi không được {deed} đại biểu hội thợ.",
       f"Công dân dưới {age} tuổi được {deed} đại biểu hội thợ.", ELECT)
      for age, deed in ((18, "bầu"), (21, "ứng cử"))),
    ("Bé 8 tuổi phải được học tiểu học miễn phí.", "Bé 8 tuổi không được học tiểu học miễn phí.", SCHOOL),
    ("Không được sa thải người nuôi con 2 tuổi.", "Được sa thải người nuôi con 2 tuổi.", NURSE),
    ("Không được sa thải người nuôi con dưới 3 tuổi.", "Không được sa thải người nuôi con dưới 5 tuổi.", NURSE),
    ("Không được sa thải người 60 tuổi.", "Không được sa thải người 50 tuổi.", NURSE),
    ("Đóng quỹ 10 năm chưa được hưởng lương hưu.", "Đóng quỹ 10 năm được hưởng lương hưu.", PENSION),
    ("Nam 19 tuổi chưa được kết hôn.", "Nam 19 tuổi được kết hôn.", WED),
    ("Đủ tuổi mà mới đóng 12 năm thì được rút một lần.", "Đủ tuổi mà đóng 22 năm thì được rút một lần.", LUMP),
    ("Có 80 phần trăm hội viên bỏ phiếu thì vẫn hợp lệ vì ít nhất là 75 phần trăm.",
     "Có 70 phần trăm hội viên bỏ phiếu thì vẫn hợp lệ vì ít nhất là 75 phần trăm.", BALLOT),
    ("Cụ 77 tuổi không có lương hưu được trợ cấp.", "Cụ 77 tuổi có lương hưu được trợ cấp.", ALONE),
    ("Nam 18 tuổi chưa được kết hôn.", "Nam 18 tuổi được kết hôn.", WED),  # the women's age
    ("Nữ 18 tuổi được kết hôn.", "Nữ 18 tuổi không được kết hôn.", WED),
    ("Có 70 phần trăm hội viên bỏ phiếu thì chưa hợp lệ, phải 75 phần trăm.",  # the rule's own number besides
     "Có 70 phần trăm hội viên bỏ phiếu thì hợp lệ, phải 75 phần trăm.", BALLOT),
    ("Người 71 tuổi thuộc hộ nghèo được trợ cấp hưu trí.", "Người 69 tuổi thuộc hộ nghèo được trợ cấp hưu trí.", POOR),
    ("Người 71 tuổi thuộc hộ nghèo, không có lương hưu, được trợ cấp hưu trí.",
     "Người 71 tuổi thuộc hộ nghèo, không có lương hưu, chưa được trợ cấp hưu trí.", POOR),
    *((f"Người {age} tuổi thuộc hộ nghèo được trợ cấp xã hội hằng tháng.",
       f"Người {age} tuổi thuộc hộ nghèo không được trợ cấp xã hội hằng tháng.", rule)
      for age in (70, 72, 74) for rule in (AGED, GRANTED)),
    ("Người 72 tuổi không được trợ cấp xã hội.", "Người 72 tuổi được trợ cấp xã hội.", GRANTED),
    ("Người 71 tuổi không thuộc hộ nghèo hay cận nghèo chưa được trợ cấp hưu trí.",
     "Người 71 tuổi không thuộc hộ nghèo hay cận nghèo được trợ cấp hưu trí.", POOR),
    ("Cha 25 tuổi được nhận con nuôi.", "Cha 25 tuổi không được nhận con nuôi.", FATHER),  # a father, no "chả"
    ("Bé 4 tuổi không được học tiểu học miễn phí theo diện trẻ nhỏ.", "Bé 8 tuổi không được học tiểu học miễn phí.",
     SCHOOL),
    ("Từ 2024 cụ 77 tuổi được ưu tiên.", "Từ 2024 cụ 70 tuổi được ưu tiên.",
     "Từ ngày 1/1/2024 người từ đủ 75 tuổi được ưu tiên."),
    ("Hợp đồng 2 tháng cũng phải đóng quỹ.", "Hợp đồng 2 tháng không phải đóng quỹ.",
     "Thợ có hợp đồng từ đủ 1 tháng, kể cả người chưa có lương hưu, thuộc diện phải đóng quỹ."),
    ("17 tuổi không còn là thiếu nhi, dù hội thợ lấy mốc 18.", "15 tuổi không còn là thiếu nhi, dù hội thợ lấy mốc 18.",
     "Luật coi thiếu nhi là người dưới 16 tuổi, thấp hơn mốc 18 tuổi của hội thợ."),
    ("Chỉ cậu ruột mới được nhận cháu 17 tuổi làm con nuôi.", "Chỉ hàng xóm mới được nhận cháu 17 tuổi làm con nuôi.",
     ADOPT),
    ("Con 10 tuổi không còn được trợ cấp.", "Con 17 tuổi không còn được trợ cấp.",
     "Con chưa đủ 15 tuổi không còn được trợ cấp."),
    ("Thợ 15 tuổi chưa được xin thẻ hội.", "Thợ 15 tuổi được xin thẻ hội.",
     "Thợ từ đủ 16 tuổi được xin thẻ hội, dù 17 hay 20 tuổi."),  # what only shows a bound is none
])  # fmt: skip
def test_a_case_agrees_with_a_rule_inside_its_bound_with_its_sign_or_outside_with_it_turned(claim, contrary, rule):
    assert agrees(normalise(claim), normalise(rule), lexicon())
    assert not agrees(normalise(contrary), normalise(rule), lexicon())


def test_a_case_is_read_without_diacritics():
    assert agrees(fold("nữ 16 tuổi chưa được kết hôn"), WED, lexicon())
    assert agrees(fold("nam 18 tuổi chưa được kết hôn"), WED, lexicon())
    assert not agrees(fold("nữ 16 tuổi được kết hôn"), WED, lexicon())
    assert agrees(fold("cha 25 tuổi được nhận con nuôi"), FATHER, lexicon())
    assert not agrees(fold("cha 25 tuổi không được nhận con nuôi"), FATHER, lexicon())


OFTEN = "Bỏ gác từ 5 ngày trong 30 ngày hoặc từ 20 ngày trong 365 ngày thì bị đuổi khỏi làng."
LATE = "Bé được vào lớp 1 muộn hơn 6 tuổi. Từ 10 tuổi mới vào lớp 1 thì phải có hội làng quyết định."
FUND = "Người tham gia quỹ từ đủ 5 năm, trả chung quá 6 lần lương làng, thì được quỹ trả hết."
TELL = "Giữ người dưới 18 tuổi vào ban đêm hoặc quá 6 giờ thì phải báo trưởng làng."
GRAVE = "Người đóng bắt buộc từ đủ 12 tháng mà chết thì được trợ cấp chôn cất."
DUES = "Người đóng quỹ đủ 5 năm thì được miễn góp gạo khi nhà góp gạo quá 6 lần."


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Đóng bắt buộc mới 8 tháng mà chết thì không có trợ cấp chôn cất.",  # a kind of dues binds nobody
     "Đóng bắt buộc mới 8 tháng mà chết thì có trợ cấp chôn cất.", GRAVE),
    ("Đóng quỹ 6 năm thì được miễn góp gạo.", "Đóng quỹ 4 năm thì được miễn góp gạo.", DUES),  # said both ways
])  # fmt: skip
def test_what_is_not_the_act_has_no_say_in_its_sign(claim, contrary, rule):
    assert agrees(normalise(claim), normalise(rule), lexicon())
    assert not agrees(normalise(contrary), normalise(rule), lexicon())


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Bé 8 tuổi ở làng ta phải được học tiểu học.", "Bé 8 tuổi ở làng ta không được học tiểu học.", SCHOOL),
    ("Khi con mới 2 tuổi thì không được sa thải mẹ.", "Khi con mới 2 tuổi thì được sa thải mẹ.", NURSE),
    ("Bà nhà em nữ 19 tuổi nên được kết hôn.", "Anh nhà em nam 19 tuổi nên được kết hôn.", WED),
    ("Anh nhà em nam 22 tuổi nên được kết hôn.", "Anh nhà em nam từ 22 tuổi nên được kết hôn.", WED),
    ("Em 17 tuổi làm thợ gốm có quyền vào hội thợ.", "Em 13 tuổi làm thợ gốm có quyền vào hội thợ.", UNION),
    ("Bà ngoại em 76 tuổi không lương hưu, được trợ cấp.", "Bà ngoại em 76 tuổi có lương hưu, được trợ cấp.", ALONE),
    ("Anh Hàn hợp đồng 2 năm giờ vào hội thợ được rồi, từ tháng 7/2025.",
     "Anh Hàn hợp đồng 2 năm giờ không được vào hội thợ.", CONTRACT),
    ("Vợ mới sinh sáu tháng thì ông chồng không được nộp đơn ly hôn.",
     "Vợ mới sinh sáu tháng thì ông chồng được nộp đơn ly hôn.", NURSING),
    ("Vợ nuôi con 6 tháng thì anh chồng không được đòi ly hôn.",
     "Vợ nuôi con dưới 6 tháng thì anh chồng không được đòi ly hôn.", NURSING),  # a rule of its own
    ("Anh Hàn hợp đồng 2 năm được vào hội thợ.", "Anh Hàn hợp đồng 2 năm mới được vào hội thợ.", CONTRACT),
    ("Anh Hàn hợp đồng 2 năm nay được vào hội thợ.", "Anh Hàn hợp đồng 2 tháng nay được vào hội thợ.", CONTRACT),
    ("Xưởng gốm có 35 phần trăm thợ mù được miễn thuế.", "Xưởng gốm có 25 phần trăm thợ mù được miễn thuế.", BLIND),
    ("Nghỉ gác 6 ngày là bị đuổi khỏi làng.", "Nghỉ gác 4 ngày là bị đuổi khỏi làng.", ABSENT),
    ("Cháu 17 tuổi ở làng ta được dì ruột nhận nuôi.", "Cháu 17 tuổi ở làng ta được người ta nhận nuôi.", ADOPT),
    ("Trẻ 8 tuổi ở làng được vào lớp 1.", "Trẻ 8 tuổi ở làng được vào lớp 2.", CLASS),
    ("Anh 17 tuổi yêu bạn gái 15 tuổi thì không có tội.", "Anh 30 tuổi yêu bạn gái 15 tuổi thì không có tội.", LOVE),
    ("Nhận bé 2 tháng tuổi ở làng thì được nghỉ tới khi bé tròn 6 tháng.",
     "Nhận bé 2 tháng tuổi ở làng thì được nghỉ tới khi bé tròn 9 tháng.", INFANT),
    ("Nhận bé 3 tháng ở làng thì được nghỉ tới khi bé đủ 6 tháng.",
     "Nhận bé 3 tháng ở làng thì không được nghỉ tới khi bé đủ 6 tháng.", INFANT),
    ("Em 15 tuổi bị giữ ở làng thì trạm gác phải báo cho nhà em chậm nhất 12 giờ.",
     "Em 15 tuổi bị giữ ở làng thì trạm gác phải báo cho nhà em chậm nhất 48 giờ.", TOLD),
    ("Quỹ chi gạo cho người đóng 14 tháng.", "Quỹ chỉ trả gạo cho người đóng 14 tháng.", RATION),  # spends, no "only"
])  # fmt: skip
def test_the_number_of_a_case_inside_a_bound_contradicts_nothing_whatever_else_is_said(claim, contrary, rule):
    assert not agrees(normalise(claim), normalise(rule), lexicon())
    assert inside(normalise(claim), normalise(rule), lexicon())
    assert not inside(normalise(contrary), normalise(rule), lexicon())


SOLD = "Chuyển người dưới 18 tuổi đi để ép làm thuê là buôn người, dù không có đe nẹt hay lừa gạt."
KEPT = (
    "Người bị giam ở làng cải tạo tốt thì được xét giảm án lần đầu sau khi ở tù 12 năm. Bị kết án nhiều tội thì sau 15"
    " năm mới được xét; án tử được ân giảm thì sau 25 năm."
)


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Chuyển em 16 tuổi đi để ép làm thuê là buôn người, không cần lừa gạt.",  # it lacks, or needs, the same
     "Chuyển em 16 tuổi đi để ép làm thuê không phải là buôn người.", SOLD),
    ("Người bị giam ở tù 13 năm thì được xét giảm án.", "Người bị giam ở tù 11 năm thì được xét giảm án.", KEPT),
])  # fmt: skip
def test_what_a_rule_only_calls_lacking_and_words_spelt_alike_turn_no_case(claim, contrary, rule):
    assert unclear(normalise(claim), normalise(rule), lexicon())
    assert not unclear(normalise(contrary), normalise(rule), lexicon())


def test_a_bound_without_its_unit_is_the_rules_own_age():
    rule = "Chỉ người dưới 16 tuổi được nhận nuôi, trừ khi dì ruột nhận cháu thì đến dưới 18 tuổi."
    assert inside("dì ruột nhận nuôi cháu 17 tuổi vẫn được, người dưng thì con phải dưới 16.", rule, lexicon())
    assert not inside("dì ruột nhận nuôi cháu 19 tuổi vẫn được, người dưng thì con phải dưới 16.", rule, lexicon())


@pytest.mark.parametrize(("word", "fits"), [("Con", True), ("Còn", False)])
def test_who_a_case_is_of_is_read_as_it_is_typed(word, fits):
    told = "em 15 tuổi bị giữ ở làng thì trạm gác phải báo cho nhà em chậm nhất 12 giờ."
    claim, rule, slot = normalise(f"{word} {told}"), normalise(TOLD), Slot("other", (0, len(word)), (0, 0), word, "")

    def beside() -> Pair:
        return pair(claim, rule, vectors=model().verdict.vectors)

    assert tells_case(model(), claim, rule, beside, [slot]) is fits
    bare, ruled = fold(claim), fold(rule)
    assert tells_case(model(), bare, ruled, beside, [Slot("other", (0, 3), (0, 0), "con", "")])  # is either


def test_who_must_pay_himself_is_no_case_of_what_is_given_free():
    rule = normalise("Bé dưới 6 tuổi ở làng được cấp sữa miễn phí.")
    assert inside(normalise("Bé 4 tuổi ở làng được cấp sữa của mẹ."), rule, lexicon())
    assert not inside(normalise("Bé 4 tuổi ở làng mẹ phải tự bỏ tiền mua sữa."), rule, lexicon())


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Bỏ gác 22 ngày trong một năm thì bị đuổi khỏi làng.",  # the bound of that period
     "Bỏ gác 12 ngày trong một năm thì bị đuổi khỏi làng.", OFTEN),
    ("Bé 12 tuổi mới vào lớp 1 thì phải có hội làng quyết định.",
     "Bé 12 tuổi mới phải có hội làng quyết định.", LATE),
    ("Bé 12 tuổi mới vào lớp 1 thì phải có hội làng quyết định.",
     "Bé 8 tuổi mới vào lớp 1 thì phải có hội làng quyết định.", LATE),
    ("Tham gia quỹ 7 năm, trả chung quá 6 lần lương làng thì được quỹ trả hết.",  # the other number is the rule's own
     "Tham gia quỹ 3 năm, trả chung quá 6 lần lương làng thì được quỹ trả hết.", FUND),
    ("Giữ em 15 tuổi 8 giờ thì phải báo trưởng làng.", "Giữ em 15 tuổi 3 giờ thì phải báo trưởng làng.", TELL),
    ("Giữ em 15 tuổi ban đêm 3 giờ cũng phải báo trưởng làng.",
     "Giữ em 19 tuổi ban đêm 3 giờ cũng phải báo trưởng làng.", TELL),
])  # fmt: skip
def test_the_bound_that_a_case_is_of_is_found_by_what_stands_beside_it(claim, contrary, rule):
    assert inside(normalise(claim), normalise(rule), lexicon())
    assert not inside(normalise(contrary), normalise(rule), lexicon())


def test_what_is_enough_for_a_case_contradicts_only_a_rule_that_asks_for_two_things_together():
    both = "Đăng ảnh trẻ từ đủ 7 tuổi phải được cả trẻ và cha mẹ đồng ý."
    assert inside(normalise("Nữ 22 tuổi chỉ cần tự nguyện là được kết hôn."), normalise(WED), lexicon())
    assert not inside(normalise("Đăng ảnh trẻ 8 tuổi chỉ cần cha mẹ đồng ý."), normalise(both), lexicon())
    assert inside(normalise("Đăng ảnh trẻ 8 tuổi đâu phải chỉ cần cha mẹ đồng ý."), normalise(both), lexicon())


@pytest.mark.parametrize(("claim", "rule"), [
    ("Anh Hàn được gặp người thân 9 tháng.", "Được gặp người thân không quá 12 tháng."),  # the most, not when it holds
    ("Em 17 tuổi chỉ có quyền vào hội thợ.", UNION),  # no more than that
    ("Kỳ kinh được nghỉ hai tiếng.", "Nuôi con dưới 12 tháng được nghỉ; kỳ kinh được nghỉ 30 phút."),  # granted
])  # fmt: skip
def test_a_term_beside_the_most_one_a_short_one_and_a_case_of_that_alone_are_rules_of_their_own(claim, rule):
    assert not inside(normalise(claim), normalise(rule), lexicon())


@pytest.mark.parametrize(("claim", "rule"), [
    ("Nữ từ 20 tuổi được kết hôn.", WED),  # rules of their own
    ("Nữ 20 tuổi mới được kết hôn.", WED),
    ("Nữ phải 20 tuổi mới được kết hôn.", WED),
    ("Tuổi kết hôn của nữ là 20 tuổi.", WED),
    ("Chỉ trẻ 8 tuổi được học tiểu học miễn phí.", SCHOOL),
    ("Bé 8 tuổi phải được học đại học miễn phí.", SCHOOL),  # something else besides
    ("Nữ 20 tuổi được kết hôn với 2 người.", WED),
    ("Nữ được kết hôn.", WED),
])  # fmt: skip
def test_what_changes_a_rule_or_adds_to_it_is_no_case_of_it(claim, rule):
    assert not agrees(normalise(claim), normalise(rule), lexicon())


STAY = "Đến ở từ 30 ngày trở lên phải đăng ký tạm trú; tạm trú có thời hạn tối đa 2 năm."
PAID = (
    "Được rút một lần khi đủ tuổi mà chưa đóng đủ 15 năm. Người đã đóng từ trước, chưa đủ 20 năm, thì được rút một lần."
)
AWAY = "Bỏ chợ từ 5 ngày trong 30 ngày hoặc từ 20 ngày cộng dồn trong 365 ngày thì mới có thể bị đuổi khỏi chợ."
DEATH = "Không tuyên án tử hình với người dưới 18 tuổi, người mang thai hay đang nuôi con dưới 36 tháng."


@pytest.mark.parametrize(("claim", "contrary", "rule"), [
    ("Người 12 tuổi làm thợ gốm ở làng chưa được vào hội thợ.", "Người 12 tuổi làm thợ gốm được vào hội thợ.", UNION),
    ("Nuôi con 40 tháng mà cướp của vẫn có thể bị tuyên án tử hình.",
     "Nuôi con 30 tháng mà cướp của vẫn có thể bị tuyên án tử hình.", DEATH),
    ("Hiện nay thợ nước ngoài ký hợp đồng 11 tháng chưa được vào hội thợ.",
     "Hiện nay thợ nước ngoài ký hợp đồng 13 tháng chưa được vào hội thợ.", CONTRACT),
    ("Theo Luật Hội thợ 2024, cụ ngoại tôi 72 tuổi, không thuộc hộ nghèo, thì chưa được trợ cấp hưu trí.",
     "Theo Luật Hội thợ 2024, cụ ngoại tôi 72 tuổi, thuộc hộ nghèo, thì chưa được trợ cấp hưu trí.", POOR),
    ("Nuôi con 40 tháng mà cướp của vẫn có thể bị tuyên án tử hình.",  # another whom the rule spares
     "Nuôi con 40 tháng mà đang có thai vẫn có thể bị tuyên án tử hình.", DEATH),
    ("Nuôi con 40 tháng có thể bị tuyên án tử hình như người khác.",
     "Nuôi con 30 tháng có thể bị tuyên án tử hình như người khác.", DEATH),
    ("Xưởng của bác có 20 phần trăm thợ mù thì chưa được miễn thuế.",
     "Xưởng của bác có 40 phần trăm thợ mù thì chưa được miễn thuế.", BLIND),
    ("Xưởng mà chỉ có 20 phần trăm thợ mù thì chưa được miễn thuế.",
     "Xưởng mà chỉ có 40 phần trăm thợ mù thì chưa được miễn thuế.", BLIND),
    ("Xưởng mà có 20 phần trăm thợ mù thì chưa được miễn thuế.",
     "Luật chỉ cho xưởng có 20 phần trăm thợ mù thì chưa được miễn thuế.", BLIND),
    ("Ở lại 20 ngày thì không phải đăng ký tạm trú.", "Ở lại 40 ngày thì không phải đăng ký tạm trú.", STAY),
    ("Người đã đóng 21 năm chưa được rút một lần.", "Người đã đóng 9 năm chưa được rút một lần.", PAID),
    ("Bỏ chợ cộng dồn 3 ngày trong 30 ngày thì chưa bị đuổi.",
     "Bỏ chợ cộng dồn 6 ngày trong 30 ngày thì chưa bị đuổi.", AWAY),
    ("Nữ 16 tuổi ở quê chưa được kết hôn.", "Nữ 16 tuổi ở quê chưa được kết hôn và đi học.", WED),
    ("Nữ 16 tuổi ở quê chưa được kết hôn.", "Nữ 16 tuổi ở quê chưa được kết hôn trừ khi có bầu.", WED),
    ("Nữ 16 tuổi ở quê chưa được kết hôn.", "Nữ từ 16 tuổi ở quê chưa được kết hôn.", WED),
])  # fmt: skip
def test_a_case_outside_a_bound_told_as_left_out_contradicts_nothing_whatever_is_told_of_it_first(
    claim, contrary, rule
):
    assert outside(normalise(claim), normalise(rule), lexicon())
    assert not outside(normalise(contrary), normalise(rule), lexicon())


NIGHT = (
    "Không được bắt bị can để tạm giam vào ban đêm, từ 22 giờ đến 6 giờ sáng. "
    "Người đang bị truy nã thì ban đêm vẫn bắt được."
)


@pytest.mark.parametrize(("claim", "contrary"), [
    ("Không được bắt bị can để tạm giam lúc 2 giờ sáng.", "Được bắt bị can để tạm giam lúc 2 giờ sáng."),
    ("Không được bắt bị can để tạm giam lúc 11 giờ đêm.", "Không được bắt bị can để tạm giam lúc 11 giờ trưa."),
    ("Được bắt bị can để tạm giam lúc 3 giờ chiều.", "Được bắt bị can để tạm giam lúc 3 giờ khuya."),
    ("Không được bắt bị can để tạm giam lúc 2 giờ sáng.", "Không được bắt bị can để tạm giam trong 2 giờ."),
    ("Người đang bị truy nã thì 1 giờ sáng vẫn bắt được.", "Người đang bị truy nã thì không được bắt lúc 1 giờ sáng."),
])  # fmt: skip
def test_an_hour_of_the_clock_is_a_case_of_a_rule_on_the_night(claim, contrary):
    def is_case(text: str) -> bool:
        return agrees(normalise(text), NIGHT, lexicon()) or inside(normalise(text), NIGHT, lexicon())

    assert is_case(claim)
    assert not is_case(contrary)


BREAK = "Thợ nuôi con dưới 12 tháng được nghỉ 60 phút mỗi ngày, con đủ 12 tháng thì thôi."
SHARES = (
    "Danh sách của hội phải có ít nhất 35 phần trăm là phụ nữ và ít nhất 18 phần trăm là thợ gốm; nhiều hơn, như 45"
    " phần trăm nữ, thì được, ít hơn, như 30 phần trăm, là chưa đạt."
)
RESALE = "Không được bán lại nhà trong 5 năm. Hết 5 năm thì được bán cho ai cũng được."


@pytest.mark.parametrize(("claim", "rule", "unknown"), [
    ("Con đã 14 tháng thì không còn được nghỉ 60 phút mỗi ngày.", BREAK, True),
    ("Con 6 tháng thì không được nghỉ phút nào.", BREAK, False),
    ("Mua nhà được 3 năm thì chưa được bán lại.", RESALE, True),
    ("Mua nhà được 6 năm thì bán cho ai cũng được.", RESALE, True),
    ("Mua nhà được 3 năm thì được bán lại.", RESALE, False),
    ("Người 13 tuổi được vào hội thợ.", UNION, False),
    ("Tuổi vào hội thợ là 13 tuổi.", UNION, False),  # a rule of its own
    ("Hội thợ có 40 phần trăm là nữ.", UNION, False),  # no bound of such
    ("Thợ được vào hội thợ.", UNION, False),
    ("Danh sách có 25 phần trăm phụ nữ là đạt.", SHARES, False),  # not of the next share, behind "phụ nữ" too
    ("Danh sách có 25 phần trăm thợ gốm là đạt.", SHARES, True),
    ("Theo Luật Hội thợ 2019 tuổi vào hội là 13 tuổi.", "Luật Hội thợ 2019: tuổi vào hội là đủ 15.", False),
])  # fmt: skip
def test_a_case_that_no_bound_is_found_to_be_against_is_not_known_to_be_wrong(claim, rule, unknown):
    assert unclear(normalise(claim), normalise(rule), lexicon()) is unknown
