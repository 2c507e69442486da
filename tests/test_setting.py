"""What a claim says of another country or time than a passage, with and without diacritics."""

import pytest

from classifier.evidence.retrieval import Passage
from classifier.logic.places import names_abroad
from classifier.logic.setting import apart, changes
from classifier.text.letters import fold

CLAIM = "trẻ em là người dưới 18 tuổi"
LAW = Passage("law", "Trẻ em là người dưới 16 tuổi.", "Luật Trẻ em", "primary", date="2017-06-01", kind="law")


@pytest.mark.parametrize(("claim", "said"), [
    ("Ở Lào, {c}.", True), ("Tại Hoa Kỳ, {c}.", True), ("Singapore quy định {c}.", True),
    ("Ở một nước láng giềng, {c}.", True), ("Thời Pháp thuộc, {c}.", True), ("Trước năm 2013, {c}.", True),
    ("Năm 2014, {c}.", True), ("Theo luật cũ, {c}.", True), ("Năm 2018, {c}.", False), ("Ở Lào Cai, {c}.", False),
    ("Lao động trẻ em không có, {c}.", False), ("Luật quy định {c}.", False), ("Trước đây, {c}.", True),
    ("Trước đây là 16, nay {c}.", False), ("Trước kia khác, còn bây giờ {c}.", False),
    ("Thời phong kiến, Hiến pháp nói {c}.", True), ("Trước đây {c}, nay đã bỏ.", True),
    ("Hồi đó {c}, giờ khác rồi.", True),
    ("Trước đây {c}, nay vẫn vậy.", False), ("Trước đây {c}, nay là 16.", False),
    ("Mỹ quy định {c}.", True), ("Nga bị kết án vì nói {c}.", False), ("Nhật bị đánh vì nói {c}.", False),
    ("Tại Mỹ Phước, {c}.", False), ("Ở Đức Thắng, {c}.", False), ("Ở Anh Sơn, {c}.", False),
    ("Nga, 35 tuổi, nói {c}.", False), ("Nga cho biết {c}.", False),
    ("Tại Malta, {c}.", True), ("Ở xứ Wales {c}.", True), ("Niger: {c}.", True),
    ("Theo luật tiểu bang Texas, {c}.", True),
    ("Ở nước tôi (Hàn Quốc), {c}.", True), ("Nước láng giềng coi {c}.", True), ("Ai cập nhật thì biết {c}.", False),
    ("Án đó nói {c}.", False), ("Luật coi {c} ở Thái Lan.", True), ("Trẻ em ở Ba Lan là người dưới 18 tuổi.", True),
    ("Ở Nauy {c}.", True), ("Ở Bắc Âu, {c}.", True), ("Ở xứ khác {c}.", True), ("Xứ người ta {c}.", True),
    ("Chị em ở Úc kể {c}.", True), ("Chị em ở Úc kể Việt Nam coi {c}.", False), ("Thời ông bà tôi, {c}.", True),
    ("Ở phường Tây Thạnh {c}.", False), ("Xứ ta coi {c}.", False), ("Bạn tôi ở Lào Cai kể {c}.", False),
    ("Lan bị bắt ở Nga Sơn vì nói {c}.", False), ("Tôi hỏi ở anh xem {c}.", False), ("Tiền ít hơn ở Lào, {c}.", False),
    ("Hồi chưa sửa luật, {c}.", True), ("Thời Lê, {c}.", True), ("Trước đợt sửa vừa rồi, {c}.", True),
    ("Khi chưa có luật sư, {c}.", False), ("Ở Tehran, {c}.", True), ("Ở Oslo {c}.", True),
    ("Việt Nam nói ở Thụy Sĩ: {c}.", False), ("Người Việt ở Campuchia nói {c}.", False),
    ("Bên Sing {c}.", True), ("Bên Phi {c}.", True), ("Bên Tàu {c}.", True), ("Bên hàn điện coi {c}.", False),
    ("Bên cam kết coi {c}.", False), ("Bên phi chính phủ coi {c}.", False), ("Bên vợ coi {c}.", False),
    ("Giữa 2012 và 2015 luật coi {c}.", True), ("Từ năm 2012 đến 2015, {c}.", True),
    ("Giữa 15 và 18 tuổi, {c}.", False),
    # states and codes that are no more
    ("Việt Nam Cộng hòa coi {c}.", True), ("Thời VNCH {c}.", True), ("Hồi thời Việt Nam Dân chủ Cộng hòa, {c}.", True),
    ("Dưới triều Nguyễn {c}.", True), ("Theo bộ dân luật Bắc Kỳ, {c}.", True), ("Luật Hồng Đức coi {c}.", True),
    ("Triều Trần coi {c}.", True), ("Bộ luật Gia Long coi {c}.", True), ("Luật gia Long bảo {c}.", False),
    ("Triệu tập bà Lụa vì nói {c}.", False), ("Dân luật nào cũng theo: {c}.", False),
    ("Bộ luật Dân sự coi {c}.", False), ("Cộng hòa xã hội chủ nghĩa Việt Nam coi {c}.", False),
    ("Báo viết khác thời VNCH: {c}.", False),
    # what was so before a rule, told further on than at the head
    ("Luật coi {c} trước năm 2015.", True), ("Luật coi {c} trước tháng 5/2017.", True),
    ("Trẻ em trước ngày 1/6/2017 được coi là người dưới 18 tuổi.", True), ("Luật coi {c} trước tháng 7/2017.", False),
    ("Luật coi {c} trước năm 2015, nay vẫn vậy.", False), ("Trẻ sinh trước năm 2015 thì {c}.", False),
    ("Phải coi {c} trước năm 2015.", False), ("Luật coi {c}, kể cả em vào trường từ trước 2015.", False),
    ("Cho tới hết tháng 5/2017 luật vẫn coi {c}.", True), ("Đến cuối năm 2016 vẫn còn luật coi {c}.", True),
    ("Đến hết năm 2017 vẫn còn luật coi {c}.", False), ("Đến cuối năm 2016 luật coi {c}.", False),
    ("Luật coi {c}, tới năm 2016 thì bỏ.", True), ("Luật coi {c}, chuyện đó có thật, mãi 5/2017 mới thôi.", True),
    ("Luật coi {c}, tới năm 2018 thì bỏ.", False), ("Luật coi {c} từ năm 2016.", False),
    # what was so in a part of a year that began before a rule, or still was so in one
    ("Cuối năm 2016 {c}.", True), ("Đầu 2017, {c}.", True), ("Mùa hè năm 2016 {c}.", True), ("Quý 1/2017 {c}.", True),
    ("Cuối năm 2017 {c}.", False), ("Nửa cuối 2017 {c}.", False), ("Quý IV 2017 {c}.", False),
    ("Đầu 2017 trở đi {c}.", False), ("Cuối năm 2016, luật coi {c}, nay cũng vậy.", False),
    ("Cuối năm 2016, luật coi {c}, giờ mới bỏ.", True),
    ("Luật năm 2016 vẫn coi {c}.", False), ("Bộ luật khi ấy là cuối 2016 vẫn coi {c}.", False),
    ("Nước mình năm 2016 vẫn coi {c}.", True), ("Nước mình khoảng 2016 vẫn coi {c}.", True),
    ("Nước mình năm 2017 vẫn coi {c}.", False), ("Nước mình năm 2016 coi {c}.", False),
    ("Nước mình từ năm 2016 vẫn coi {c}.", False), ("Ai sinh năm 2016 vẫn theo: {c}.", False),
    ("Nước mình năm 2016 và năm 2018 vẫn coi {c}.", False), ("Nước mình năm 2016 không còn coi {c}.", False),
    # what is still so is told in another sentence than the year
    ("Nước mình vẫn coi {c}. Năm 2016 tôi mới đọc.", False), ("Tôi đọc hồi 2016. Luật vẫn coi {c}.", False),
    ("Xã vắng. Ở TP. Mây hồi 2016 vẫn coi {c}.", True),
    ("Đầu năm ngoái vẫn coi {c}.", True), ("Đầu năm ngoái coi {c}.", False), ("Ba năm trước còn coi {c}.", True),
    ("Trước khi có luật mới, {c}.", True),
    # by a city, and by what older people call a country
    ("Bangkok coi {c}.", True), ("Ở Bắc Kinh {c}.", True), ("Mã Lai quy định {c}.", True),
    ("Bên Tô Cách Lan {c}.", True), ("Ở Greenland {c}.", True), ("Tại New York, Việt Nam nói {c}.", False),
    ("Theo tuyên bố Bắc Kinh {c}.", False), ("Hiệp định Paris nói {c}.", False),
    ("Bên Paris về, luật mình coi {c}.", False), ("Luật coi {c}, khác gì ở Bắc Kinh.", False),
    ("Luật nhà ở coi {c} ở San Francisco.", True), ("Luật nhà ở coi {c} ở Hà Lan.", True),
    ("Công ước nói {c} ở San Francisco.", False), ("Luật coi {c} ở San Francisco.", True), ("Ở Cà Mau {c}.", False),
])  # fmt: skip
def test_a_passage_settles_nothing_of_another_country_or_an_earlier_time(claim: str, said: bool) -> None:
    text = claim.format(c=CLAIM)
    assert apart(text, LAW) is said
    if not text.startswith("Mỹ"):  # "my" is a word of its own
        assert apart(fold(text), LAW) is said


@pytest.mark.parametrize(("claim", "said"), [
    ("Pháp ban hành luật coi {c}.", True), ("Anh vừa thông qua luật coi {c}.", True), ("Đức kể {c}.", False),
    ("Pháp luật quy định {c}.", False),
    ("Áo: {c}.", True), ("Luật coi {c} ở Áo.", True), ("{c} bên Đức nhé.", True), ("{c} (Pháp).", True),
    ("{c} theo luật Pháp.", True), ("{c} theo luật pháp.", False), ("{c} (Anh Sơn).", False),
    ("Ở tiểu bang Texas {c}.", True),
    ("{c}, theo tòa ở Anh Sơn.", False), ("Nằm ở ý chí của sếp: {c}.", False), ("Bằng lái ghi {c}.", False),
    ("Bên Tích Lan {c}.", True), ("Diện tích lan ra thì {c}.", False), ("Ba tư ngày nữa {c}.", False),
    # lands that there aren't, and what this one is called
    ("Quốc hội nước Gà Vịt coi {c}.", True), ("Nước Cua Đồng coi {c}.", True), ("Vua xứ Mắm Tôm coi {c}.", True),
    ("Bộ luật của vương quốc Heo coi {c}.", True), ("Ở nước Vịt Quay {c}.", True), ("Quốc hội nước ta coi {c}.", False),
    ("QUỐC HỘI NƯỚC TA coi {c}.", False), ("Quốc hội nước ấy coi {c}.", False), ("Nước Mắm Ngon coi {c}.", False),
    ("Chính phủ nước Cộng hòa coi {c}.", False), ("Quốc hội nước Việt coi {c}.", False),
    ("Tòa án đảo Phú Quý coi {c}.", False), ("Tòa án xứ Kinh Bắc coi {c}.", False), ("Tòa án nước Gà coi {c}.", True),
    ("Ở Nước Trong {c}.", False), ("Hiến pháp nước Con Rồng coi {c}.", False), ("Luật Nước Này Coi {c}.", False),
    ("Xứ Nghệ coi {c}.", False),
    # a name that isn't written as names here are, but in the highlands, and one that a place here bears too
    ("Ở Okinawa, {c}.", True), ("Tại đảo Sumatra {c}.", True), ("Bên Kerala {c}.", True), ("Ở Chư Prông, {c}.", False),
    ("Ở Pleiku {c}.", False), ("Ở Facebook {c}.", False), ("Ở KCN Tràng Mây {c}.", False), ("Ở Vân Nam, {c}.", True),
    ("Tại Samsung, {c}.", False), ("Ở Vinmart {c}.", False), ("Vẫn nằm trong luật: {c}.", False),
    ("Ở Quảng Châu, Sầm Sơn, {c}.", False), ("Ở Quảng Châu, Trung Quốc, {c}.", True), ("Ở Quảng Châu, {c}.", True),
    ("Luật coi {c} ở anh.", False), ("Bang hội nói {c}.", False), ("{c}, theo tòa ở bang Texas.", True),
])  # fmt: skip
def test_a_short_name_is_a_country_by_its_capital_and_by_what_follows(claim: str, said: bool) -> None:
    assert apart(claim.format(c=CLAIM), LAW) is said


def test_a_passage_that_speaks_of_the_country_or_the_year_does() -> None:
    crc = Passage("crc", "Hoa Kỳ chưa phê chuẩn Công ước về quyền trẻ em.", date="2025-01-01")
    assert not apart("Mỹ đã phê chuẩn Công ước về quyền trẻ em.", crc)
    assert not apart("My da phe chuan Cong uoc ve quyen tre em.", crc)
    assert not apart("Mọi nước đã phê chuẩn Công ước về quyền trẻ em.", crc)
    assert apart("Nước ta chưa phê chuẩn Công ước về quyền trẻ em.", crc)
    guinea = Passage("x", "Guinea bắt 50 người.", date="2025-01-01")
    assert apart("Ở Guinea Bissau, 500 người bị bắt.", guinea)
    assert not apart("Ở Guinea, 500 người bị bắt.", guinea)
    assert not apart("Ủy ban khen Việt Nam.", Passage("x", "Tại Thụy Sĩ, ủy ban khen Việt Nam."))
    assert not apart("Năm 2014 có 12 vụ.", Passage("x", "Năm 2014 có 20 vụ.", date="2015-01-01"))


def test_a_year_parts_a_claim_from_a_later_rule_not_from_what_bears_no_date_or_tells_of_an_event() -> None:
    undated = Passage("x", LAW.text, LAW.source, "primary")
    assert not apart(f"Năm 2014, {CLAIM}.", undated)
    assert apart(f"Trước năm 2013, {CLAIM}.", undated)
    assert not apart("Năm 2024, công an bắt 500 người.", Passage("x", "Năm ngoái bắt 50 người.", date="2025-01-10"))
    review = "Ủy ban chống tra tấn xem xét báo cáo đầu tiên của Việt Nam"
    fact = Passage("x", f"{review} vào tháng 11/2018 tại Geneva.", date="2018-11-15", kind="fact")
    assert not apart(f"Năm 2015, {review} tại Geneva.", fact)
    joined = (
        "Việt Nam ký Công ước chống tra tấn ngày 7/11/2013 và phê chuẩn ngày 5/2/2015; có hiệu lực từ ngày 7/3/2015."
    )
    assert apart(
        "Năm 2014 Việt Nam chưa phê chuẩn Công ước chống tra tấn.", Passage("x", joined, date="2015-02-05", kind="fact")
    )
    pension = Passage("x", "Từ ngày 1/7/2025 chỉ cần đóng bảo hiểm 15 năm.", date="2025-07-01", kind="fact")
    assert apart("Năm 2020, phải đóng bảo hiểm 20 năm.", pension)
    assert apart("Trước ngày 1/7/2025, phải đóng bảo hiểm 20 năm.", pension)
    steps = Passage("x", "Tuần làm việc năm 2022 là 46 giờ, năm 2025 là 44 giờ.", date="2021-01-01", kind="fact")
    assert apart("Năm 2023, tuần làm việc là 45 giờ.", steps)
    assert not apart("Năm 2025, tuần làm việc là 48 giờ.", steps)
    assert not apart("Ủy ban chống tra tấn xem xét báo cáo đầu tiên của Việt Nam trước năm 2010.", fact)
    cited = Passage("x", "Theo Luật Giáo dục năm 2019 và Nghị định năm 2023, tiểu học không thu phí.", kind="fact")
    assert not apart("Năm 2026, tiểu học thu phí.", cited)


@pytest.mark.parametrize(("claim", "yes"), [
    ("Tháng 5/2025 phải đóng bảo hiểm 20 năm.", True), ("Hồi tháng 5 năm 2025, phải đóng bảo hiểm 20 năm.", True),
    ("Đến tận tháng 5 năm 2025 lương hưu vẫn cần 20 năm đóng.", True),
    ("Tháng 9/2025 phải đóng bảo hiểm 20 năm.", False), ("Từ tháng 5/2025 phải đóng bảo hiểm 20 năm.", False),
    ("Lương hưu trước 1/7/2025 là cho ai đóng bảo hiểm 20 năm.", True),
    ("Ai nghỉ hưu năm 2023 thì phải đóng bảo hiểm 20 năm.", True),
    ("Người về hưu hồi 2023 phải đóng bảo hiểm 20 năm.", True),
    ("Ai nghỉ hưu năm 2026 thì phải đóng bảo hiểm 20 năm.", False),
    ("Ai sinh năm 1965 thì phải đóng bảo hiểm 20 năm.", False),
    ("Ai nghỉ việc năm 2024 thì không được rút bảo hiểm.", False),
    ("Ai nghỉ việc năm 2024 không còn được rút bảo hiểm.", False),
    ("Ai nghỉ hưu năm 2023 thì phải đóng bảo hiểm 20 năm, nay cũng vậy.", False),
])  # fmt: skip
def test_a_month_before_a_rules_first_day_parts_a_claim_from_it(claim: str, yes: bool) -> None:
    rule = Passage("x", "Từ ngày 1/7/2025 chỉ cần đóng bảo hiểm 15 năm.", date="2025-07-01", kind="fact")
    assert apart(claim, rule) is yes
    assert apart(fold(claim), rule) is yes


@pytest.mark.parametrize(("claim", "text"), [
    ("Hồng Kông bắt 500 người.", "Cảnh sát Hong Kong bắt 50 người."), ("Cuba bắt 500 người.", "Cu Ba bắt 50 người."),
    ("Ở châu Âu, 500 người bị bắt.", "Tòa án Nhân quyền châu Âu: 50 người bị bắt."),
    ("Trung Quốc tử hình 4 người.", "TRUNG QUỐC: tử hình 5 người."), ("Úc bắt 500 người.", "Australia bắt 50 người."),
])  # fmt: skip
def test_a_country_is_found_by_any_of_its_names_and_spellings(claim: str, text: str) -> None:
    assert not apart(claim, Passage("x", text, date="2025-01-01"))
    assert apart(claim, LAW)


@pytest.mark.parametrize("piece", [
    "ở Lào ", "ở bang ", "theo luật ở nước cộng hòa ", "Nga ", "năm 2014 ", "trước đây ", "nay ", "ký năm ", "TP.HCM, ",
])  # fmt: skip
def test_hostile_texts_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    apart(text, LAW)
    apart(CLAIM, Passage("x", text))


@pytest.mark.parametrize(("claim", "yes"), [
    ("Công xứ Mây năm 2017 là 30 xu.", True), ("Từ 1/1/2017, công xứ Mây là 30 xu.", True),
    ("Công xứ Mây từ ngày 1/1/2017 là 30 xu.", True),
    ("Công xứ Mây năm 2019 là 30 xu.", False),  # a false wage of that year
    ("Công xứ Mây từ 1/1/2021 là 30 xu.", False),  # a false day
    ("Công xứ Mây năm 2017 là 30 xu, nay là 90 xu.", False), ("Công xứ Mây là 30 xu.", False),
    ("Từ ngày 1/1/2017 đến hết năm 2017, công xứ Mây là 30 xu.", True),
    ("Theo Nghị định 153/2016, công xứ Mây năm 2017 là 30 xu.", True),
    ("Công xứ Mây từ năm 2017 vẫn là 30 xu.", False), ("Công xứ Mây tăng dần từ năm 2017, tới 90 xu.", False),
    ("Theo Lệ Mây và Bộ luật Lao động năm 2012, công xứ Mây là 30 xu.", False),
    ("Công xứ Mây năm 2030 là 50 xu.", False), ("Công xứ Mây năm 2017 là 30 xu, năm 2019 là 90 xu.", False),
])  # fmt: skip
def test_a_rule_that_tells_of_its_years_settles_nothing_of_those_before(claim: str, yes: bool) -> None:
    text = "Công xứ Mây năm 2018 là 39 xu, năm 2019 là 41 xu, từ ngày 1/7/2022 là 46 xu."
    rule = Passage("rule", text, "Lệ Mây", "primary", date="2018-01-01", kind="fact")
    assert apart(claim, rule) is yes
    assert not apart(claim, LAW)


@pytest.mark.parametrize(("claim", "yes"), [
    ("Xứ Mây tăng mức trợ cấp lên 540.000 đồng một tháng.", True),
    ("Mức trợ cấp được điều chỉnh từ 500.000 xuống còn 300.000 đồng.", True),
    ("Mức trợ cấp là 540.000 đồng một tháng.", False),
    ("Xứ Mây tăng mức trợ cấp cho người cao tuổi.", False),
    ("Người từ đủ 60 đến 75 tuổi được trợ cấp.", False),
    ("Làm thêm kéo dài đến 600 giờ một năm.", False),  # it is long, not longer
    ("Thời hạn tạm giam còn 12 tháng.", False),  # bare, it would be lowered
])  # fmt: skip
def test_a_number_that_is_newly_another_is_told_by_form(claim: str, yes: bool) -> None:
    assert changes(claim) is yes
    assert changes(fold(claim)) is yes


def test_a_word_that_bare_is_another_tells_no_change() -> None:
    assert changes("Mức trợ cấp giảm còn 300.000 đồng.")
    assert not changes("Muc tro cap giam con 300.000 dong.")


@pytest.mark.parametrize(("text", "abroad"), [
    ("Nhật mãi 2022 mới phê chuẩn.", True), ("Mỹ chỉ mới phê chuẩn ba công ước.", True), ("Anh chỉ mới đi làm.", False),
    ("Nước mình mãi 2020 mới phê chuẩn.", False), ("Tôi qua Úc thăm con.", True), ("Các nước Trung Đông cấm.", True),
    ("Quốc hội nước Gà Vịt cấm.", True), ("Nước Việt cấm.", False), ("Người ở Paris được.", True),
    ("Việt Nam ký ở New York.", False), ("Tuyên ngôn thông qua ở New York.", False),
    ("Nguyên tắc Paris đòi vậy.", False), ("Chung cư Paris cấm.", False), ("Tiệm Hawaii ở Thủ Đức cấm.", False),
    ("Hiến Pháp Nước Gà Vịt Cấm.", False), ("Tôi học ở Boston, hiến pháp mình cho.", False),
    ("Ở Ả Rập cấm.", True), ("Ghi bằng chữ số Ả Rập.", False),
    ("Tập trung đông quá thì phải đăng ký.", False), ("tap trung dong nguoi phai dang ky", False),
])  # fmt: skip
def test_another_country_is_named_by_its_short_name(text: str, abroad: bool) -> None:
    assert names_abroad(text) is abroad
