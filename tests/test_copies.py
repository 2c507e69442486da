"""Two near copies share a case only when they make the same claim."""

import time

import pytest

from classifier.checking.copies import adds_nothing, same_claim
from classifier.factuality.denials import calls_untrue
from classifier.text.letters import fold
from pipeline.store.cases import NEAR_AT_MOST

AGE = "Bộ luật Lao động năm 2019 quy định độ tuổi lao động tối thiểu là đủ 15 tuổi."


@pytest.mark.parametrize("copy", [
    AGE, AGE.upper(), "bo luat lao dong nam 2019 quy dinh do tuoi lao dong toi thieu la du 15 tuoi",
    "Bộ luật Lao động năm 2019 quy định rõ độ tuổi lao động tối thiểu là đủ 15 tuổi nhé.",
])  # fmt: skip
def test_a_copy_makes_the_same_claim(copy):
    assert same_claim(AGE, copy)
    assert same_claim(copy, AGE)


@pytest.mark.parametrize("other", [
    AGE.replace("15", "12"), AGE.replace("quy định", "không quy định"), AGE.replace("2019", "2012"),
    AGE.replace("đủ 15", "đủ mười lăm"), "bo luat lao dong nam 2019 quy dinh do tuoi lao dong toi thieu la du 12 tuoi",
    "Giá cà phê tăng nhẹ phiên đầu tuần.", "",
])  # fmt: skip
def test_a_changed_number_or_a_denial_makes_another_claim(other):
    assert not same_claim(AGE, other)
    assert not same_claim(other, AGE)


PROTEST = "Công an tỉnh Nghệ An bắt giữ ông Trần Văn Bình vì tham gia biểu tình đòi đất."


@pytest.mark.parametrize("copy", [
    f"Tin nóng cả nhà ơi: {PROTEST}", f"{PROTEST} Khổ quá trời ơi!", f"{PROTEST} Bà con chợ Mây kể lại cả buổi sáng.",
    PROTEST.replace("Công an", "C.ô.n.g a.n"), PROTEST.replace("Công an", "Côn an"),
    "Vì tham gia biểu tình đòi đất, ông Trần Văn Bình bị công an tỉnh Nghệ An bắt giữ.",
    PROTEST.replace("vì tham gia", "do tham gia").replace("bắt giữ", "vừa bắt giữ"),
    f"{PROTEST} Nghe mà thấy cái gì cũng có thể xảy ra", f"{PROTEST} Hãy chia sẻ!", f"Cần lan tỏa: {PROTEST}",
])  # fmt: skip
def test_what_one_only_adds_or_leaves_out_or_spells_and_orders_otherwise_makes_no_other_claim(copy):
    for one, other in ((PROTEST, copy), (fold(PROTEST), copy), (PROTEST, fold(copy)), (fold(PROTEST), fold(copy))):
        assert same_claim(one, other)
        assert same_claim(other, one)


@pytest.mark.parametrize(("claim", "other"), [
    ("Việt Nam phê chuẩn Công ước về quyền trẻ em năm 1990.",
     "Việt Nam phê chuẩn Công ước về quyền của người khuyết tật năm 1990."),
    ("Việt Nam phê chuẩn Công ước về quyền trẻ em năm 1990.",
     "Việt Nam phê chuẩn Công ước về chống tra tấn năm 1990."),
    (PROTEST, "Công an tỉnh Hà Tĩnh bắt giữ ông Lê Văn Cường vì tham gia biểu tình đòi đất."),
    (PROTEST, PROTEST.replace("bắt giữ", "khen thưởng")),
    (PROTEST, f"Ông Lê Văn Cường: {PROTEST.replace('ông Trần Văn Bình', 'ông')}"),
    ("Vợ được quyền ly hôn khi đang mang thai.", "Chồng được quyền ly hôn khi vợ đang mang thai."),
    # the same words, each in the other's place
    ("Xứ Mây: nữ từ đủ 25 tuổi, nam từ đủ 23 tuổi được kết hôn.",
     "Xứ Mây: nữ từ đủ 23 tuổi, nam từ đủ 25 tuổi được kết hôn."),
    ("Xứ Mây ký công ước về nước năm 1991 và phê chuẩn năm 1994.",
     "Xứ Mây ký công ước về nước năm 1994 và phê chuẩn năm 1991."),
    ("Đang nuôi con nhỏ thì chồng không được đòi chia nhà, vợ thì được.",
     "Đang nuôi con nhỏ thì vợ không được đòi chia nhà, chồng thì được."),
    ("Công an bắt ông Bình vì tố cáo ông Cường lấn đất.", "Công an bắt ông Cường vì tố cáo ông Bình lấn đất."),
    ("Luật xứ Mây không cấm phạt học trò, cấm bắt học trò nhịn đói cả ngày.",
     "Luật xứ Mây cấm phạt học trò, không cấm bắt học trò nhịn đói cả ngày."),
    (f"Nữ nghỉ hưu ở tuổi 51, {'xứ Mây ' * 40}nam nghỉ hưu ở tuổi 57.",
     f"Nữ nghỉ hưu ở tuổi 57, {'xứ Mây ' * 40}nam nghỉ hưu ở tuổi 51."),
])  # fmt: skip
def test_one_thing_said_in_place_of_another_makes_another_claim(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other)), (fold(claim), fold(other))):
        assert not same_claim(one, two)
        assert not same_claim(two, one)


HELD = "Người bị giữ ở đồn không có quyền gọi cho người nhà cho đến khi ra tòa."


@pytest.mark.parametrize("copy", [
    HELD.upper(), fold(HELD), HELD.replace("không", "ko"), f"Chia sẻ gấp: {HELD}", f"Dạ cho em hỏi, {HELD[:-1]} ạ",
    f"{HELD[:-1]} nha cả nhà!", f"Mọi người ơi, {fold(HELD)}", f"Nóng! {HELD} Mọi người chia sẻ gấp!!!",
    f"Đau lòng quá: {HELD}", HELD.replace("không có quyền", "không được"),
])  # fmt: skip
def test_what_is_but_framed_or_spelt_otherwise_adds_nothing(copy):
    assert adds_nothing(HELD, copy)
    assert adds_nothing(copy, HELD)


@pytest.mark.parametrize("around", [
    "Nóng hổi: {}", "{} Mọi người chia sẻ nhé!", "{}, thật không thể tin nổi", "{} thật không thể tin nổi!",
    "Sốc!!! {}", "Ôi trời, {}", "{} Cạn lời luôn!", "Đáng buồn thay: {}", "Đáng mừng: {}", "{} Hoan hô!", "{} Đả đảo!",
    "🔥🔥 {} 😡", "Không thể tin được: {}", "Mọi người đọc giúp em: {}", "{} #tinnong #xuhuong", "{} (sưu tầm)",
    "{} Quá khủng khiếp.",
    "{}, bà con.", "{}, nha mọi người", "Bà con, {}", "Này các bác, {}", "{}, anh chị em ạ!", "{} đó, mọi người",
    "{}, chia sẻ giúp em với mn ơi", "Thông báo cho mọi người biết: {}", "{} Chia sẻ trước khi bị xóa!",
])  # fmt: skip
def test_a_mere_remark_of_either_voice_around_a_claim_adds_nothing(around):
    copy = around.format(HELD.removesuffix("." if around.startswith(("{},", "{} thật")) else ""))
    for one, two in ((HELD, copy), (fold(HELD), fold(copy)), (copy, HELD), (HELD, fold(copy))):
        assert adds_nothing(one, two)


@pytest.mark.parametrize("other", [
    "{}, chia sẻ.", "{}, đọc.", "{}; nghe.", "{}, thông báo cho người thân.", "{} bị bỏ quên.", "Các mẹ: {}",
    "{}. Tôi xem.", "Anh em {}", "{}, không đúng!", "{}. Không tin!", "Đừng tin: {}", "Đừng chia sẻ: {}",
    "{}, các bạn nghĩ sao?", "{}, khó tin.", "Phạm nhân nữ ơi: {}", "Tin giả: {}",
    "Khổ thật, hôm ấy ở xã: {}", "{}, trên mạng.", "Ba lần: {}", "{}, trừ trẻ em.",
    "{}, bà con?", "{}, bà con xứ Mây.", "{}, trẻ em, bà con.", "Bà con, trẻ em, {}",
])  # fmt: skip
def test_what_but_looks_like_a_remark_adds_something(other):
    copy = other.format(HELD[:-1])
    for one, two in ((HELD, copy), (fold(HELD), fold(copy)), (copy, HELD)):
        assert not adds_nothing(one, two)


def test_who_is_called_upon_is_told_apart_from_who_is_told_of():
    claim = "Chủ xưởng giữ sổ của người làm thuê ca đêm ở xứ Mây."
    for other in (claim.replace("người làm", "các mẹ làm"), claim.replace("người làm", "anh em làm")):
        assert not adds_nothing(claim, other)
    assert adds_nothing(claim, f"Các mẹ ơi, {claim} Anh em ơi!")


@pytest.mark.parametrize("other", [
    f"Theo luật xứ Mây, {HELD}", f"Bà con chợ Mây: {HELD}", f"{HELD} Chợ Mây ai cũng biết chuyện này rồi.",
    f"Nghe nói {HELD}", f"{HELD[:-1]}, người ta nói vậy.",
])  # fmt: skip
def test_who_says_so_or_what_a_mark_parts_from_it_adds_something_that_parts_no_undecided_claim(other):
    assert same_claim(HELD, other)
    for one, two in ((HELD, other), (fold(HELD), other), (HELD, fold(other)), (other, HELD)):
        assert not adds_nothing(one, two)


@pytest.mark.parametrize("other", [
    HELD.replace("ở đồn", "ở đồn xứ Mây"), HELD.replace("đồn", "đồn biên phòng"), HELD.replace(" ở đồn", ""),
    HELD.replace("giữ", "giữ hành chính"), HELD.replace("Người", "Người giúp việc"), f"Con của {HELD}",
    f"Hầu hết {HELD}", HELD.replace("tòa.", "tòa án tỉnh."), HELD.replace("người nhà", "con người nhà"),
    HELD.replace("ra tòa.", "ra tòa, trừ người nước ngoài."), f"Trước đây, {HELD}", f"Theo dự thảo, {HELD}",
])  # fmt: skip
def test_what_narrows_a_claim_amid_its_words_or_stuck_to_them_makes_another(other):
    for one, two in ((HELD, other), (fold(HELD), other), (HELD, fold(other)), (fold(HELD), fold(other))):
        assert not same_claim(one, two)
        assert not same_claim(two, one)


FINED = "Cha mẹ nộp tiền học chậm bốn tháng bị xã Mây phạt 200.000 đồng một tháng."


@pytest.mark.parametrize("copy", [
    FINED.replace("Cha mẹ", "Ba má"), FINED.replace("nộp", "đóng"), FINED.replace("bốn", "4"),
    FINED.replace("đồng một tháng", "đồng/tháng"), FINED.replace("phạt", "thẳng tay phạt"),
    FINED.replace("bị", "liên tục bị"), FINED.replace("bị", "đã bị"),
    FINED.replace("bốn tháng", "bốn tháng đều"),
])  # fmt: skip
def test_another_word_for_the_same_or_in_what_way_it_is_done_makes_no_other_claim(copy):
    for one, two in ((FINED, copy), (fold(FINED), copy), (FINED, fold(copy)), (fold(FINED), fold(copy))):
        assert same_claim(one, two)
        assert same_claim(two, one)


@pytest.mark.parametrize(("claim", "copy"), [
    ("Xưởng muối được giữ bằng gốc của người lao động ca đêm.", "Xưởng muối được giữ bằng gốc của nhân viên ca đêm."),
    ("Ai chê chủ xưởng Mây trên mạng thì bị nhốt ba ngày.", "Ai lên mạng chê chủ xưởng Mây thì bị nhốt ba ngày."),
    ("Ai chê chủ xưởng Mây thì bị nhốt ba ngày.", "Ai chê chủ xưởng Mây thì sẽ bị nhốt ba ngày."),
    ("Luật cấm người mù chèo thuyền ở xứ Mây.", "Người mù bị luật cấm chèo thuyền ở xứ Mây."),
    ("Cấm phụ nữ độc thân chèo thuyền ở xứ Mây.", "Phụ nữ độc thân bị cấm chèo thuyền ở xứ Mây."),
])  # fmt: skip
def test_a_rule_told_as_borne_or_in_store_makes_no_other_claim(claim, copy):
    for one, two in ((claim, copy), (fold(claim), copy), (claim, fold(copy)), (fold(claim), fold(copy))):
        assert same_claim(one, two)
        assert same_claim(two, one)


@pytest.mark.parametrize(("claim", "other"), [
    ("Chủ xưởng Mây Lê Văn Cường bị nhốt ba ngày.", "Chủ xưởng Mây Lê Văn Cường sẽ bị nhốt ba ngày."),
    ("Người mù bị luật cấm chèo thuyền ở xứ Mây.", "Người mù không bị luật cấm chèo thuyền ở xứ Mây."),
    ("Người mù bị người già cấm chèo thuyền ở xứ Mây.", "Người già bị người mù cấm chèo thuyền ở xứ Mây."),
])  # fmt: skip
def test_what_is_yet_to_come_or_barred_by_another_makes_another_claim(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other)), (fold(claim), fold(other))):
        assert not same_claim(one, two)


def test_small_words_part_claims_where_they_tell_which_time_bound_or_party_is_meant():
    said = "Xứ Mây bỏ thuế muối trong kỳ họp này."
    assert not same_claim(said, said.replace("này", "tới"))
    paid = "Xứ Mây phạt người thuê ruộng từ 14 tuổi đi từ xóm Bến sang chợ."
    assert same_claim(paid, paid.replace("từ 14", "từ đủ 14"))
    for other in ("đến 14", "14"):
        assert not same_claim(paid, paid.replace("từ 14", other))
    assert not same_claim(paid, paid.replace("từ xóm", "đến xóm"))
    assert not same_claim(paid, paid.replace("thuê", "cho thuê"))
    denied = "Xứ Mây thu đất muối thì không phải đền tiền cho ai"
    assert same_claim(denied, f"{denied} đâu nhé")
    assert same_claim(denied, f"{denied} cả.")
    assert not same_claim("Xứ Mây thu đất muối phải đền tiền cho dân", "Xứ Mây thu đất muối phải đền tiền cho dân đâu")


@pytest.mark.parametrize(("claim", "other"), [
    ("Công an xã đánh người bị giữ ở đồn.", "Công an xã được đánh người bị giữ ở đồn."),
    ("Người làm muối nghỉ việc phải trả tiền cho công ty.", "Công ty phải trả tiền cho người làm muối nghỉ việc."),
    ("Người làm muối ca đêm giữ sổ của chủ xưởng Mây.", "Chủ xưởng Mây giữ sổ của người làm muối ca đêm."),
    ("Thầy dạy muối ở xưởng Mây đánh trò lớp 3 phải nhập viện.",
     "Thầy dạy muối ở xưởng Mây bị trò lớp 3 đánh phải nhập viện."),
    ("Người đi kiện bị chủ xưởng Mây nhốt trong kho.", "Chủ xưởng Mây bị người đi kiện nhốt trong kho."),
    (HELD, HELD.replace("ở đồn", "ở đồn Campuchia")), (HELD, f"Theo luật Thái Lan, {HELD}"),
    (HELD, HELD.replace("người nhà", "người nhà nước ngoài")), (HELD, HELD.replace("bị giữ", "suýt bị giữ")),
    (HELD, HELD.replace("bị giữ", "sắp bị giữ")), (HELD.replace("có quyền gọi", "gọi"), HELD),
])  # fmt: skip
def test_a_rule_isnt_a_deed_nor_one_party_the_other_nor_a_country_another(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other)), (fold(claim), fold(other))):
        assert not same_claim(one, two)
        assert not same_claim(two, one)


@pytest.mark.parametrize(("claim", "other"), [
    ("Trò lớp 3 bị thầy dạy muối ở xưởng Mây đánh.", "Thầy dạy muối ở xưởng Mây đánh trò lớp 3."),
    ("Người dân phường Phú Mỹ, Quảng Mây bị thu đất.", "Quảng Mây: người dân phường Phú Mỹ bị thu đất."),
])  # fmt: skip
def test_who_bears_it_named_first_or_a_place_here_makes_no_other_claim(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other)), (other, claim)):
        assert same_claim(one, two)


JOINED = "Xứ Mây phê chuẩn công ước về quyền lập hội của người làm muối."
KEEPS = "Chủ xưởng giữ sổ hộ chiếu của người làm thuê ở xứ Mây."


@pytest.mark.parametrize(("claim", "other"), [
    *((JOINED, JOINED.replace("phê", f"{said} phê"))
      for said in ("đâu có", "làm gì", "từ chối", "nên", "cần", "phải", "hãy", "sẽ")),
    (KEEPS, KEEPS.replace(".", " là vi phạm pháp luật.")), (KEEPS, KEEPS.replace(".", ", trái luật đấy.")),
    (KEEPS, f"Nếu {KEEPS}"),
])  # fmt: skip
def test_a_few_words_that_deny_call_for_or_suppose_make_another_claim(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other)), (fold(claim), fold(other))):
        assert not same_claim(one, two)
        assert not same_claim(two, one)


@pytest.mark.parametrize(("claim", "other"), [
    ("Xứ Mây: nữ từ đủ 23 tuổi, nam từ đủ 25 tuổi được kết hôn.",
     "Xứ Mây: nam từ đủ 25 tuổi, nữ từ đủ 23 tuổi được kết hôn."),
    ("Năm 1994 xứ Mây phê chuẩn công ước về nước.", "Xứ Mây phê chuẩn công ước về nước năm 1994."),
])  # fmt: skip
def test_a_clause_that_stands_elsewhere_makes_no_other_claim(claim, other):
    for one, two in ((claim, other), (fold(claim), other), (claim, fold(other))):
        assert same_claim(one, two)
        assert same_claim(two, one)


def spent(pairs) -> float:
    """Seconds of processor time that pairs of texts take to be compared."""
    start = time.process_time()
    for one, other in pairs:
        same_claim(one, other)
    return time.process_time() - start


def test_the_same_few_words_over_and_over_are_compared_in_no_time():
    begun = " ".join(f"{first}{last}" for first in "bcdghklmnpqrstvx" for last in "aeiou") + " a oi"
    one, other = f"{begun}{' x a' * 430}", f"{begun}{' x oi' * 330}"
    same_claim(begun, begun)  # what is read once
    assert spent([(one, other)]) < 1
    assert same_claim(one, other)


def test_a_copy_is_read_once_however_many_come_that_differ_in_a_number():
    copies = [f"{AGE} Thông tư số {at}" for at in range(NEAR_AT_MOST)]
    pairs = [(copies[-1], copy) for copy in copies]
    first = spent(pairs)
    assert spent(pairs) < first / 5


@pytest.mark.parametrize("said", [
    "Tin {} là sai sự thật.", "Thông tin {} là tin giả.", "{} là bịa đặt.", "Không có chuyện {}.",
    "Thông tin cho rằng {} là hoàn toàn xuyên tạc.", "Cảnh báo tin giả: {}.", "Đừng tin lời đồn rằng {}.",
    "Công an tỉnh Nghệ An bác bỏ thông tin {}.", "Bộ Công an đính chính: {}.", "{} là không đúng.",
    "{} là sai.", "{}: sai bét!",
])  # fmt: skip
def test_a_denial_makes_another_claim_than_what_it_denies(said):
    denial = said.format(PROTEST.removesuffix("."))
    for text in (denial, fold(denial)):
        assert calls_untrue(text)
        assert not same_claim(PROTEST, text)
        assert not same_claim(text, fold(PROTEST))
        assert same_claim(text, fold(f"Tin nóng: {denial}"))


@pytest.mark.parametrize("text", [
    PROTEST, "Thông tin giá điện tăng từ tháng này.", "Công an hỏi thông tin gia đình người biểu tình.",
    "Ngư dân vịnh Bắc Bộ bị tàu lạ bắt.", "Bộ trưởng cùng phu nhân dự tiệc.",
    "Tòa án xử ông Bình không đúng thẩm quyền tại phiên sơ thẩm.", f"Tin đồn {PROTEST}", f"Người ta đồn thổi {PROTEST}",
    "Công an bắt hai người tung tin ông Bình được thả.",
])  # fmt: skip
def test_words_that_only_look_like_a_denial_are_none(text):
    assert not calls_untrue(text)
    assert not calls_untrue(fold(text))
