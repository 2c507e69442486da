"""Which treaties are joined: told in many ways and by either side, settled by logic, and by no other treaty."""

import pytest
from ours import facts_index as index
from ours import model

from classifier.evidence import facts
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.logic.joining import apart, borne, of_no_treaty, query, resolved, told, told_by
from classifier.scoring import Item, Score, compare, score
from classifier.text import normalise
from classifier.text.letters import fold

JOINED = ["ccpr", "cescr", "cedaw", "cerd", "crc", "cat", "crpd", "opac", "opsc", "genocide"]
JOINED += [f"ilo-{number}" for number in (29, 98, 100, 105, 182)]
LEFT = ["ccpr-op1", "ccpr-op2", "cescr-op", "cedaw-op", "opcat", "crpd-op", "opic", "cmw", "ced", "refugee", "rome"]
LEFT += ["ilo-87"]


def scored(*texts: str, among: PassageIndex | None = None) -> list[Score]:
    items = [Item(str(number), text) for number, text in enumerate(texts)]
    return list(score(model(), items, index=among or index()))


def test_every_shipped_fact_on_a_status_is_read_as_it_says():
    found = [one for passage in facts.shipped_passages() for one in told_by(normalise(passage.text)).statuses]
    assert {one.treaty for one in found if one.act == "join" and one.yes} == set(JOINED)
    assert {one.treaty for one in found if one.act == "join" and not one.yes} == set(LEFT)
    assert {(one.treaty, one.yes) for one in found if one.act == "sign"} == {
        *((name, True) for name in ("cedaw", "crc", "cat", "crpd", "opac", "opsc")), ("cmw", False), ("ced", False),
    }  # fmt: skip


@pytest.mark.parametrize(("claim", "statuses"), [
    ("Việt Nam đã phê chuẩn ICCPR.", ["+ccpr"]),
    ("Nước ta là thành viên của công ước về quyền trẻ em từ lâu rồi.", ["+crc"]),
    ("Việt Nam có tham gia công ước chống tra tấn đâu!", ["-cat"]),
    ("Đến nay Hà Nội vẫn chưa chịu vô Quy chế Rome.", ["-rome"]),
    ("Nhà cầm quyền nào có gia nhập công ước về người tị nạn.", ["-refugee"]),
    ("Công ước CEDAW thì Việt Nam chưa hề phê chuẩn.", ["-cedaw"]),
    ("Công ước về các quyền dân sự, chính trị chưa được Việt Nam phê chuẩn.", ["-ccpr"]),
    ("Theo mình biết thì Việt Nam đã rút khỏi công ước về quyền của người khuyết tật.", ["-crpd"]),
    ("Việt Nam mới chỉ ký chứ chưa phê chuẩn công ước chống tra tấn.", ["-cat"]),
    ("Việt Nam đã phê chuẩn ICCPR, ICESCR và OPCAT.", ["+ccpr", "+cescr", "+opcat"]),
    ("Nóng: Việt Nam tham gia nghị định thư tùy chọn thứ hai của ICCPR về bãi bỏ án tử hình!", ["+ccpr-op2"]),
    ("Việt Nam chưa phê chuẩn công ước ILO số 190.", ["-ilo-190"]),
    ("Nhà cầm quyền Việt Nam đã phải phê chuẩn công ước chống tra tấn.", ["+cat"]),
    ("Nhà cầm quyền cuối cùng cũng chịu vào ICCPR.", ["+ccpr"]),
    ("Nhà cầm quyền Hà Nội bước chân vào CEDAW.", ["+cedaw"]),
    ("Rốt cuộc Hà Nội cũng phải tham gia OPCAT.", ["+opcat"]),
    ("Chính quyền Việt Nam vẫn lảng tránh, chưa vào OPCAT.", ["-opcat"]),
    ("Tới giờ này Hà Nội vẫn né tránh việc phê chuẩn công ước CED.", ["-ced"]),
    ("Nhà nước chưa một lần dám vào Quy chế Rome.", ["-rome"]),
    ("Việt Nam phải phê chuẩn OPCAT.", []),
    ("Việt Nam cũng phải tham gia OPCAT.", []),
    ("Nói cho mà biết, Việt Nam là thành viên công ước 1951 về người tị nạn nên phải cho ở lại.", ["+refugee"]),
    ("Cứ gửi đơn đi, Việt Nam đã vào nghị định thư tùy chọn thứ nhất của ICCPR nên kiện được.", ["+ccpr-op1"]),
    ("Việt Nam đã phê chuẩn công ước ILO số 87 về tự do hiệp hội rồi, cứ tự do lập công đoàn.", ["+ilo-87"]),
    ("Việt Nam chưa ký ICPPED.", ["~ced"]), ("Việt Nam chưa ký CED.", ["~ced"]), ("Việt Nam chưa ký CPED.", ["~ced"]),
    ("Việt Nam có tham gia nghị định thư tùy chọn số một của ICCPR.", ["+ccpr-op1"]),
    ("Việt Nam đã vào nghị định thư xóa án tử của ICCPR.", ["+ccpr-op2"]),
    ("Việt Nam đã vào nghị định thư cho cá nhân khiếu nại lên Ủy ban Nhân quyền.", ["+ccpr-op1"]),
    ("Việt Nam đã vào nghị định thư về khiếu nại cá nhân lên Ủy ban Quyền trẻ em.",
     ["+nghi dinh thu ve khieu nai ca nhan len uy ban quyen tre em"]),
    ("Việt Nam chưa phê chuẩn nghị định thư về việc bãi bỏ hình phạt tử hình.", ["-ccpr-op2"]),
    ("Việt Nam đã phê chuẩn nghị định thư OPAC và OPSC nhưng chưa bỏ án tử hình.", ["+opac", "+opsc"]),
    ("Quen bóc lột nên nhà nước này chưa phê chuẩn công ước ILO số 29.", ["-ilo-29"]),
    ("Nhà cầm quyền phê chuẩn nghị định thư tùy chọn của CEDAW cho đẹp mặt.", ["+cedaw-op"]),
    ("Từ năm 2013 Ba Đình đã tham gia nghị định thư khiếu nại của ICESCR.", ["+cescr-op"]),
    ("Năm 2015 nước ta gia nhập trọn gói cả công ước chống tra tấn lẫn OPCAT.", ["+cat", "+opcat"]),
    ("Tới giờ cộng sản vẫn không phê chuẩn công ước về người khuyết tật.", ["-crpd"]),
    ("Các nước cứ ép, nhưng Việt Nam chưa tham gia OPCAT.", ["-opcat"]),
    ("Nước mình chưa bỏ án tử, cũng chưa vào nghị định thư thứ hai của ICCPR.", ["-ccpr-op2"]),
    ("Nhà nước này chẳng cho dân biểu tình mà cũng chả ký công ước chống tra tấn.", ["~cat"]),
    ("Mỹ chưa bỏ án tử, cũng chưa phê chuẩn ICESCR.", []),
    ("Việt Nam phê chuẩn CAT rồi các bác ơi, tin nhảm đấy, chưa đâu.", []),
    ("Chúng ta không hiểu vì sao Mỹ vẫn chưa phê chuẩn CRC.", []),
    ("Cộng sản Trung Quốc chưa phê chuẩn ICCPR.", []),
    ("Đảng ta đã phê chuẩn OPCAT.", ["+opcat"]),
    ("Việt cộng đã phê chuẩn OPCAT mà vẫn không cho ai vào trại.", ["+opcat"]),
    ("Chế độ cộng sản Việt Nam chưa phê chuẩn CRPD song hứa nhiều.", ["-crpd"]),
    ("Đảng Cộng sản Việt Nam phê chuẩn OPCAT mà được à.", []),
    ("Đảng Cộng sản Trung Quốc đã phê chuẩn ICCPR.", []),
    ("Người ta hỏi vì sao Việt Nam chưa phê chuẩn CRPD.", []),
    ("Không phải vì Việt Nam chưa phê chuẩn CRPD.", []),
    ("Ta cùng tham gia OPCAT các bạn nhé!", []),
    ("Khẩu hiệu: Việt Nam vào ICC!", []),
])  # fmt: skip
@pytest.mark.parametrize("typed", [str, fold])
def test_a_status_is_told_in_many_ways(claim, statuses, typed):
    found = told(typed(normalise(claim))).statuses
    assert [("~" if one.act == "sign" else "+" if one.yes else "-") + one.treaty for one in found] == statuses


@pytest.mark.parametrize("claim", [
    "Nếu Việt Nam chưa gia nhập ICCPR thì sao?",
    "Trước năm 1982, Việt Nam chưa gia nhập ICCPR.",
    "Khi đó Việt Nam chưa gia nhập ICCPR.",
    "Việt Nam sẽ phê chuẩn ICPPED.",
    "Mong Việt Nam sớm phê chuẩn OPCAT.",
    "Nhiều người tưởng Việt Nam chưa gia nhập ICCPR.",
    "Không phải Việt Nam chưa gia nhập ICCPR.",
    "Việt Nam và Lào đều chưa gia nhập ICPPED.",
    "Nước láng giềng chưa phê chuẩn ICCPR.",
    "Việt Nam là nước duy nhất chưa phê chuẩn CRC.",
    "Việt Nam chưa chấp nhận điều 20 của công ước chống tra tấn.",
    "Việt Nam không tham gia đàm phán CRPD.",
    "Việt Nam chưa từng rút khỏi ICCPR.",
    "Việt Nam chưa gia nhập ICCPR là chuyện bịa.",
    "Việt Nam chưa gia nhập ICCPR lúc ông nội tôi mất.",
    "Hội luật gia Việt Nam chưa tham gia ICCPR.",
])  # fmt: skip
@pytest.mark.parametrize("typed", [str, fold])
def test_what_is_of_another_time_or_state_or_not_held_true_tells_none(claim, typed):
    assert told(typed(normalise(claim))).statuses == ()


def test_a_passage_on_another_treaty_or_on_the_whole_of_it_is_apart():
    ccpr, protocol = (
        "Việt Nam gia nhập ICCPR ngày 24/9/1982.",
        "Việt Nam chưa tham gia nghị định thư thứ nhất của ICCPR.",
    )
    assert apart("Việt Nam chưa gia nhập ICCPR.", protocol)
    assert not apart("Việt Nam chưa gia nhập ICCPR.", ccpr)
    assert apart("Việt Nam chưa phê chuẩn nghị định thư Palermo về buôn người.", ccpr)
    assert not apart(
        "Việt Nam chưa phê chuẩn nghị định thư Palermo về buôn người.", "Palermo và nạn buôn người: CEDAW."
    )
    assert apart("Việt Nam không tham gia phiên họp về ICCPR.", ccpr)
    assert apart("ICCPR có hiệu lực từ ngày 23 tháng 3 năm 1976.", ccpr)  # not for whom
    assert apart("ICCPR được Đại hội đồng Liên Hợp Quốc thông qua năm 1966.", ccpr)
    assert not apart("ICCPR có hiệu lực với Việt Nam từ năm 1976.", ccpr)
    assert not apart("ICCPR có hiệu lực từ năm 1980.", f"{ccpr} ICCPR có hiệu lực từ năm 1976.")
    assert apart("Công ước về quyền trẻ em được thông qua năm 1989.", "Công ước Hà Nội được thông qua năm 2024.")
    assert not apart("Việt Nam cấm tra tấn.", ccpr)


def test_what_no_treaty_is_spoken_of_in_isnt_told_by_a_treatys_status():
    status = "Việt Nam phê chuẩn công ước ILO số 111 về phân biệt đối xử trong việc làm năm 1997."
    assert of_no_treaty("Luật cấm phân biệt đối xử trong việc làm.", status)
    assert not of_no_treaty("Nước ta chưa cam kết gì về phân biệt đối xử trong việc làm.", status)
    assert not of_no_treaty("Luật cấm phân biệt đối xử trong việc làm.", "Luật cho phân biệt đối xử trong việc làm.")
    assert not of_no_treaty("Việt Nam bỏ tử hình rồi.", "Việt Nam chưa tham gia nghị định thư ấy; án tử hình vẫn còn.")


@pytest.mark.parametrize(("claim", "agrees"), [
    ("Việt Nam gia nhập ICCPR năm 1982.", True),
    ("ICCPR được Việt Nam gia nhập vào năm 1982.", True),
    ("Mãi đến năm 1982 nước ta mới gia nhập ICCPR.", True),
    ("Năm 1990, Việt Nam đã gia nhập ICCPR.", False),
    ("Việt Nam là thành viên của ICCPR từ 1975 rồi mà.", False),
    ("Việt Nam gia nhập ICCPR ngày 24/9/1990.", False),
    ("Đến năm 1990 Việt Nam đã gia nhập ICCPR.", None),
    ("Năm 1980 Việt Nam chưa gia nhập ICCPR.", True),
    ("Năm 1990 Việt Nam vẫn chưa gia nhập ICCPR.", False),
    ("Năm 1982 Việt Nam chưa gia nhập ICCPR.", None),
    ("Đến năm 1980, Việt Nam chưa gia nhập ICCPR.", True),
    ("Tính đến hết 1990 Việt Nam vẫn chưa gia nhập ICCPR.", False),
    ("Tới năm 1982 Việt Nam chưa gia nhập ICCPR.", None),
    ("Việt Nam chưa gia nhập ICCPR, cho đến tận năm 1982.", None),
    ("Việt Nam tham gia ICCPR năm 1984.", None),  # that year stands in the passage too
    ("Việt Nam phê chuẩn ICCPR năm 1981.", None),  # by its assembly, it may be
])  # fmt: skip
@pytest.mark.parametrize("typed", [str, fold])
def test_a_year_is_part_of_a_status(claim, agrees, typed):
    passage = typed(normalise("Việt Nam gia nhập ICCPR ngày 24/9/1982, báo cáo lần đầu năm 1984."))
    assert borne(typed(normalise(claim)), passage) is agrees


def test_the_year_of_a_signature_is_no_ratifications():
    passage = normalise("Việt Nam ký CAT ngày 7/11/2013 và phê chuẩn ngày 5/2/2015, xem xét báo cáo năm 2018.")
    assert borne(normalise("Nước ta phê chuẩn CAT từ năm 2013."), passage) is False
    assert borne(normalise("Nước ta tham gia CAT năm 2018."), passage) is None
    assert borne(normalise("Nước ta ký CAT năm 2018."), passage) is None


@pytest.mark.parametrize(("claim", "yes"), [
    ("Quốc hội phê chuẩn CRPD ngày 28/11/2014.", True), ("Việt Nam phê chuẩn CRPD ngày 3 tháng 1 năm 2015.", True),
    ("CRPD được Việt Nam phê chuẩn cuối năm 2014.", True), ("Quốc hội phê chuẩn CRPD ngày 28/11/2013.", False),
    ("Quốc hội phê chuẩn CRPD ngày 6/2/2015.", False), ("Quốc hội phê chuẩn CAT ngày 28/11/2014.", False),
    ("Việt Nam ký CRPD năm 2014.", False), ("Năm 2014 ký, năm 2015 phê chuẩn CRPD.", False),
])  # fmt: skip
def test_a_day_before_may_be_that_of_the_parliament(claim, yes):
    passage = normalise("Việt Nam phê chuẩn Công ước về quyền của người khuyết tật (CRPD) ngày 5 tháng 2 năm 2015.")
    assert resolved(normalise(claim), passage) is yes


def test_what_news_says_was_not_done_may_be_done_since():
    news = "Việt Nam chưa phê chuẩn công ước chống tra tấn."
    assert borne("Việt Nam đã phê chuẩn công ước chống tra tấn.", news) is False
    assert borne("Việt Nam đã phê chuẩn công ước chống tra tấn.", news, lasting=False) is None


def test_a_claim_on_several_is_refuted_by_one_and_borne_out_by_all():
    both = "Việt Nam đã phê chuẩn CAT và OPCAT."
    assert borne(both, "Việt Nam chưa tham gia OPCAT.") is False
    assert borne(both, "Việt Nam phê chuẩn CAT năm 2015.") is None
    assert "chống tra tấn" in query(both)
    assert query("Việt Nam cấm tra tấn.") == ""


FALSE = [
    "CEDAW được nước ta phê chuẩn từ năm 1988.",
    "Việt Nam chưa phê chuẩn ICCPR.",
    "Nước ta chưa bao giờ tham gia CEDAW.",
    "Đến nay nhà cầm quyền vẫn đứng ngoài công ước về quyền trẻ em.",
    "Nước ta là thành viên của OPCAT từ lâu rồi.",
    "viet nam da phe chuan cong uoc ve nguoi lao dong di tru",
    "Công ước ILO số 87 thì Hà Nội đã phê chuẩn rồi đấy.",
    "Việt Nam đã phê chuẩn Quy chế Rome, quan chức có thể bị đưa ra đó.",
    "Việt Nam đã rút khỏi Công ước chống tra tấn.",
    "Việt Nam đã rút khỏi Công ước chống tra tấn từ năm ngoái.",
    "Việt Nam rút khỏi Công ước về quyền trẻ em rồi.",
    "Năm 2020 Việt Nam đã rời CRPD.",
    "Việt Nam đã bị khai trừ khỏi CEDAW.",
]
TRUE = [
    "Việt Nam ký CEDAW năm 1980 và phê chuẩn năm 1982.",
    "CEDAW được nước ta phê chuẩn từ năm 1982.",
    "Việt Nam đã gia nhập ICCPR.",
    "Đến nay nhà cầm quyền vẫn đứng ngoài công ước về người lao động di trú.",
    "Việt Nam đứng ngoài ICPPED, thật đáng tiếc.",
    "Việt Nam chưa phê chuẩn công ước ILO số 190.",
    "Việt Nam chưa phê chuẩn công ước về quyền chính trị của phụ nữ.",
    "Việt Nam đã phê chuẩn CAT nhưng chưa phê chuẩn OPCAT.",
    "Nước ta chưa bỏ án tử mà cũng chưa tham gia nghị định thư tùy chọn thứ hai của ICCPR.",
    "Việt Nam chưa bao giờ rút khỏi Công ước chống tra tấn.",
    "Việt Nam muốn rút khỏi Công ước chống tra tấn.",
    "Việt Nam dọa rút khỏi Công ước về quyền trẻ em.",
    "Philippines đã rút khỏi Quy chế Rome năm 2019.",
]


def test_who_left_what_he_never_joined_is_not_borne_out():
    rome = normalise("Việt Nam chưa tham gia Quy chế Rome về Tòa án Hình sự Quốc tế (ICC).")
    assert borne(normalise("Việt Nam đã rút khỏi Quy chế Rome."), rome) is None
    assert borne(normalise("Việt Nam đứng ngoài Quy chế Rome."), rome)


def test_the_last_country_to_join_is_not_told_by_when_it_joined():
    assert not told(normalise("Việt Nam là nước cuối cùng phê chuẩn CRC.")).statuses
    assert told(normalise("Nước ta cuối cùng đã phê chuẩn CRC.")).statuses
    last = "Việt Nam là nước cuối cùng phê chuẩn Công ước chống tra tấn."
    assert all(one.relation == "related" for one in scored(last)[0].evidence)


def test_what_is_false_is_flagged_by_its_own_treaty_in_either_sides_words():
    for found in scored(*FALSE):
        assert found.flagged, found
        assert found.evidence[0].relation == "contradicts"
        assert found.evidence[0].slot, found


def test_what_is_said_without_its_subject_is_borne_out_and_never_refuted():
    true = normalise("Nước mình chưa bỏ án tử, cũng chưa vào nghị định thư thứ hai của ICCPR.")
    other = normalise("Việt Nam không phải ngoại lệ, Mỹ cũng chưa phê chuẩn CAT.")
    assert borne(true, normalise("Việt Nam chưa tham gia nghị định thư tùy chọn thứ hai của ICCPR."))
    assert borne(other, normalise("Việt Nam phê chuẩn Công ước chống tra tấn ngày 5/2/2015.")) is None


def test_what_tells_it_differently_is_shown():
    text = "Nước ta chưa bao giờ tham gia CEDAW."
    first = scored(text)[0].evidence[0]
    slot = first.slots[0]
    assert slot.kind == "negation"
    assert text[slice(*slot.claim_span)] == slot.claim_text == "chưa bao giờ tham gia"
    assert first.text[slice(*slot.evidence_span)] == slot.evidence_text


def test_what_is_true_is_not_and_no_other_treaty_speaks_for_or_against_it():
    for found in scored(*TRUE):
        assert not found.flagged, found
        assert all(one.relation != "contradicts" for one in found.evidence), found


@pytest.mark.parametrize("typed", [str, fold])
def test_they_are_who_was_named_before(typed):
    said = "Công ước về quyền trẻ em thì họ chưa phê chuẩn."
    here, elsewhere = scored(typed(said), typed(f"Hoa Kỳ lạ lắm. {said}"))
    assert here.flagged
    assert not elsewhere.flagged
    assert all(one.relation == "related" for one in elsewhere.evidence)


def test_a_status_and_nothing_else_is_a_claim_in_whatever_words():
    found = scored("Nước ta là thành viên của OPCAT từ lâu rồi.")[0]
    assert (found.kind, found.claim) == ("claim", "Nước ta là thành viên của OPCAT từ lâu rồi.")


def test_a_party_settles_no_status():
    party = Passage("party:1", "Việt Nam chưa tham gia OPCAT.", "Bộ", "party", kind="news")
    among = PassageIndex.build([party], concepts=model().lexicon.index_terms)
    assert not scored("Việt Nam đã phê chuẩn OPCAT.", among=among)[0].flagged


def test_a_pair_is_settled_likewise():
    evidence = "Việt Nam chưa tham gia Nghị định thư tùy chọn của Công ước chống tra tấn (OPCAT)."
    pairs = [("Việt Nam đã phê chuẩn OPCAT.", evidence), ("Việt Nam vẫn đứng ngoài OPCAT.", evidence)]
    (refuted, slot, _), (borne_out, none, _) = compare(model(), pairs)
    assert refuted["refuted"] > 0.9
    assert borne_out["supported"] > 0.9
    assert slot
    assert not none
