"""What a sentence leaves to those before it: a country, a time, a law."""

import pytest

from classifier.checking import leaning
from classifier.loading import load_lexicon
from classifier.text.letters import fold


def beyond(before: str, claim: str, behind: str = "") -> bool:
    return leaning.beyond(f"{before}{claim}{behind}", len(before), len(before) + len(claim))


VOTES = "Người từ 16 tuổi được đi bầu cử."
EARNS = "Đóng 10 năm là có lương hưu."


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Ở Đức luật khác mình. ", VOTES, True),
    ("Mình sống ở Nhật 5 năm. Bên đó thoáng lắm. Con người cởi mở. ", VOTES, True),
    ("Pháp luật Thụy Điển quy định như sau. ", VOTES, True),
    ("Luật bầu cử ở Áo.\n\n", VOTES, True),
    ("Các nước Bắc Âu thoáng hơn. ", VOTES, True),
    ("Mỹ thì khác. ", "Họ cho người từ 16 tuổi được đi bầu cử.", True),
    ("Ở Áo thoáng. Việt Nam chưa vậy. ", "Nước này cho người từ 16 tuổi được đi bầu cử.", True),
    ("Ở Áo thì thoáng. Nước ta thì khác. ", VOTES, False),
    ("Ở Mỹ 18 tuổi mới được bầu. ", "Việt Nam thì 16 tuổi là bầu được.", False),
    ("Ở Mỹ 18 tuổi mới được bầu. ", "Còn ở ta 16 tuổi là bầu được.", False),
    ("Bên Mỹ 18 tuổi mới được bầu. ", "Mình thì 16 tuổi là bầu được.", False),
    ("Mình làm móng ở Canberra. ", "Ở đây không đi bầu là bị phạt 20 đô.", True),
    ("Mình làm móng ở Cần Thơ. ", "Ở đây không đi bầu là bị phạt.", False),
    ("Nhà chị dọn sang Na Uy. Ở đây lạnh ghê. ", VOTES, True),
    ("Bạn tôi là du học sinh Ý. Phòng trọ ở đây rẻ. ", VOTES, True),
    ("Chị dọn sang Na Uy rồi về. Luật ở nước mình dễ. ", VOTES, False),
    ("Chị dọn về Cà Mau. Ở đây mưa ghê. ", VOTES, False),
    ("Anh Nam hỏi, chị Mỹ trả lời. ", VOTES, False),
    ("", VOTES, False),
])  # fmt: skip
def test_another_country_goes_on_until_here_is_named(before, claim, expected):
    assert beyond(before, claim) is expected


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Ngày xưa khác lắm. ", "Con gái 15 tuổi đã được lấy chồng.", True),
    ("Thời bao cấp khổ lắm. Nhà máy mọc lên khắp nơi. ", EARNS, True),
    ("Những năm 1990 khổ lắm. ", EARNS, True),
    ("Trước đây phải đóng 20 năm. ", "Nay đóng 10 năm là có lương hưu.", False),
    ("Trước đây phải đóng 20 năm. Giờ khác rồi. ", EARNS, False),
    ("Trước đây phải làm thêm giờ không công. ", EARNS, True),
    ("Luật mới rõ lắm. ", EARNS, False),
])  # fmt: skip
def test_a_time_that_is_over_goes_on_until_now_is_named(before, claim, expected):
    assert beyond(before, claim) is expected


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Dự thảo có mấy điểm mới. Mình tóm tắt nhé. ", EARNS, True),
    ("Giả sử luật đổi. ", EARNS, True),
    ("Nhiều người hay tưởng thế này. ", EARNS, True),
    ("Dự thảo đã được thông qua hôm qua. ", EARNS, True),
    ("Có dự thảo đấy. Nhưng luật hiện hành thì rõ. ", EARNS, False),
    ("Có dự thảo đấy. ", "Luật hiện hành ghi đóng 10 năm là có lương hưu.", False),
    ("Mục tiêu của bài này là nói về luật. ", EARNS, False),
    ("Phim kể về trẻ em. ", EARNS, False),
    ("Ứng cử viên phải đủ 21 tuổi. ", VOTES, False),
    ("Phim kể về một nước tưởng tượng. ", EARNS, True),
    ("Review phim Đảo Mây. Một ngư dân làm vua. ", EARNS, True),
    ("Spoil tập cuối nhé. Cô Sao trốn thoát. ", EARNS, True),
    ("Lời thoại vở chèo của tổ 3:\n", EARNS, True),
    ("Luật chơi cờ cá ngựa nhà Sao: đổ sáu mới ra quân. ", EARNS, True),
    ("Giới thiệu phim tài liệu về luật. ", EARNS, False),
    ("Nội dung tập huấn hôm nay. ", EARNS, False),
    ("Nội dung truyền thông tháng 6. ", EARNS, False),
    ("Họ đổi luật chơi giữa chừng. ", EARNS, False),
    ("Điều ước sinh nhật của bé Sao:\n1. Có mèo.\n2. ", EARNS, True),
    ("Bản đề xuất của đội Mây cho cuộc thi “Làm luật”:\n- ", EARNS, True),
    ("Tuyển rể. Cao trên mét bảy. ", EARNS, True),
    ("Yêu cầu của luật:\n- ", EARNS, False),
    ("Đề xuất của Bộ đã thành luật:\n- ", EARNS, False),
    ("Mục tiêu của tôi: giúp bà con hiểu. ", EARNS, False),
    ("Tuyển quân năm nay. ", EARNS, False),
    ("Bầu cử chỉ là vở kịch. ", EARNS, False),
    ("Họ diễn vở kịch dân chủ. ", EARNS, False),
    ("Bắt bớ như trong phim. ", EARNS, False),
    ("Họ đổi luật chơi: ai cũng phải biết. ", EARNS, False),
    ("Vở kịch của tổ 3. ", EARNS, True),
    ("Mục tiêu của nhà nước:\n- ", EARNS, True),
    ("Anh em thợ lò chú ý. ", EARNS, True),
    ("Anh em thợ lò chú ý. ", "Thợ lò đóng 10 năm là có lương hưu.", False),
    ("Anh em công nhân chú ý. ", EARNS, False),
])  # fmt: skip
def test_what_is_proposed_or_supposed_or_of_some_people_goes_on(before, claim, expected):
    assert beyond(before, claim) is expected


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Lỗi thường gặp khi thi môn luật. Mình ghi lại cho các em. ", EARNS, True),
    ("Đoạn này có chỗ sai. ", EARNS, True),
    ("Trò chơi hai thật một bịa. Tôi xin bắt đầu. ", EARNS, True),
    ("Nhiều người nói sai. Sự thật không phức tạp. ", EARNS, False),
    ("Nhiều người nói sai. ", "Đúng ra đóng 10 năm là có lương hưu.", False),
    ("Công ty làm sai luật. ", EARNS, False),
    ("Họ bắt sai người. ", EARNS, False),
    ("Nhiều nơi trả lương sai cho công nhân. ", EARNS, False),
    ("Theo đúng luật thì đừng nhầm. ", EARNS, False),
    ("Mình viết cho khỏi hiểu lầm. ", EARNS, False),
    ("Bài này nhiều người hiểu lầm. ", EARNS, True),
])  # fmt: skip
def test_what_a_text_calls_untrue_goes_on_until_it_tells_what_is_true(before, claim, expected):
    assert beyond(before, claim) is expected


@pytest.mark.parametrize(("behind", "expected"), [
    (" Chỉ khi mất sức lao động.", True),
    (" Trừ khi làm nghề nặng nhọc.", True),
    (" Chỉ cần giữ sổ cẩn thận.", False),
    (" Ai cũng vậy.", False),
])  # fmt: skip
def test_a_restriction_right_behind_a_claim_is_part_of_it(behind, expected):
    assert beyond("", EARNS, behind) is expected


@pytest.mark.parametrize(("heading", "expected"), [
    ("Các trường hợp không được ứng cử ở xứ Mây", True), ("Những người không được ghi tên vào danh sách:", True),
    ("Một số hành vi bị cấm khi bầu cử.", True), ("Các đối tượng được miễn học phí", True),
    ("Các trường hợp tạm trú không được ứng cử ở xứ Mây", False), ("Những người không được đi bầu từ 17 tuổi", False),
    ("Các trường hợp được hoãn thì không được đi bầu", False), ("Mọi trường hợp không được ứng cử", False),
    ("Những người bị tạm giam không được đi bầu", False),
])  # fmt: skip
def test_a_heading_that_only_names_a_group_claims_nothing(heading, expected):
    assert beyond("", heading) is expected
    assert beyond("", fold(heading)) is expected


def test_all_of_it_is_read_without_diacritics():
    assert beyond(fold("Ở Hàn Quốc luật khác mình. "), fold(VOTES))
    assert beyond(fold("Thời bao cấp khổ lắm. Chuyện này ai cũng biết. "), fold(EARNS))
    assert beyond(fold("Nhà chị dọn sang Na Uy. Ở đây lạnh ghê. "), fold(VOTES))
    assert not beyond(fold("Tuyên bố của xã Mây:\n- "), fold(EARNS))
    assert not beyond(fold("Nội dung truyền thông tháng 6. "), fold(EARNS))
    assert not beyond(fold("Mẹ nào đi làm lại cũng bối rối. "), fold(EARNS))  # "lam", "boi roi"
    assert not beyond(fold("Thời bao cấp khổ lắm. Hiện nay thì khác. "), fold(EARNS))


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Công ước chống tra tấn, dòng thời gian:\n", "• 10/12/1984: Liên Hợp Quốc thông qua.", "Công ước chống tra tấn"),
    ("Việt Nam đã vào CRC.", "Công ước được Đại hội đồng thông qua ngày 20/11/1989.", "CRC"),
    ("Sau CRC là CEDAW.", "Công ước này có 23 chuyên gia.", "CEDAW"),
    ("Hội đồng Bảo an, nơi có 15 nước.", "Việt Nam được bầu ngày 7/6/2019.", "Hội đồng Bảo an"),
    ("Luật Trẻ em, có từ lâu.", "Người từ 16 tuổi được bầu cử.", ""),
    ("Luật Trẻ em, có từ lâu.", "Luật này chạy từ ngày 1/6/2017.", "Luật Trẻ em"),
    ("Luật Trẻ em, có từ lâu.", "Hiến pháp được thông qua năm 2013.", ""),
    ("Chuyện dài lắm.", "Công ước này có hiệu lực từ năm 1990.", ""),
])  # fmt: skip
def test_an_instrument_spoken_of_is_the_last_one_named(before, claim, expected):
    assert leaning.instrument(before, claim, load_lexicon()) == expected
