"""What a sentence leaves to those before it: a country, a time, a law."""

import pytest

from classifier import leaning
from classifier.letters import fold
from classifier.loading import load_lexicon


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Ở Đức luật khác mình.", "Người từ 16 tuổi được đi bầu cử.", True),
    ("Mình sống ở Nhật 5 năm. Bên đó thoáng lắm.", "Người từ 16 tuổi được đi bầu cử.", True),
    ("Mình sống ở Nhật 5 năm. Bên đó thoáng lắm. Con người cởi mở.", "Người từ 16 tuổi được đi bầu cử.", False),
    ("Ở Nhật thoáng lắm.\n\nChuyện khác.", "Người từ 16 tuổi được đi bầu cử.", False),
    ("Ở Mỹ 18 tuổi mới được bầu.", "Việt Nam thì 16 tuổi là bầu được.", False),
    ("Ở Mỹ 18 tuổi mới được bầu.", "Còn ở ta 16 tuổi là bầu được.", False),
    ("Bên Mỹ 18 tuổi mới được bầu.", "Mình thì 16 tuổi là bầu được.", False),
    ("Ở Áo thì thoáng. Nước ta thì khác.", "16 tuổi được đi bầu cử.", False),
    ("Ngày xưa khác lắm.", "Con gái 15 tuổi đã được lấy chồng.", True),
    ("Trước đây phải đóng 20 năm.", "Nay đóng 10 năm là có lương hưu.", False),
    ("Trước đây phải đóng 20 năm. Giờ khác rồi.", "Đóng 10 năm là có lương hưu.", False),
    ("Luật mới rõ lắm.", "Đóng 10 năm là có lương hưu.", False),
    ("", "Đóng 10 năm là có lương hưu.", False),
])  # fmt: skip
def test_another_country_or_time_carries_until_here_and_now_is_named(before, claim, expected):
    assert leaning.elsewhere(before, claim) is expected


def test_a_country_carries_without_diacritics():
    assert leaning.elsewhere(fold("Ở Hàn Quốc luật khác mình."), fold("Người từ 16 tuổi được đi bầu cử."))


@pytest.mark.parametrize(("before", "claim", "expected"), [
    ("Công ước chống tra tấn, dòng thời gian:\n", "• 10/12/1984: Liên Hợp Quốc thông qua.", "Công ước chống tra tấn"),
    ("Việt Nam đã vào CRC.", "Công ước được Đại hội đồng thông qua ngày 20/11/1989.", "CRC"),
    ("Sau CRC là CEDAW.", "Công ước này có 23 chuyên gia.", "CEDAW"),
    ("Luật Trẻ em, có từ lâu.", "Người từ 16 tuổi được bầu cử.", ""),
    ("Luật Trẻ em, có từ lâu.", "Luật này chạy từ ngày 1/6/2017.", "Luật Trẻ em"),
    ("Luật Trẻ em, có từ lâu.", "Hiến pháp được thông qua năm 2013.", ""),
    ("Chuyện dài lắm.", "Công ước này có hiệu lực từ năm 1990.", ""),
])  # fmt: skip
def test_an_instrument_spoken_of_is_the_last_one_named(before, claim, expected):
    assert leaning.instrument(before, claim, load_lexicon()) == expected
