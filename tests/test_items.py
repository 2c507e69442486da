"""Whether a claim says of one item of a list what its evidence tells of another."""

import pytest
from ours import model

from classifier.comparison.items import crossed
from classifier.comparison.pairing import pair

LEAVE = "Xưởng Hạ Lau cho nghỉ 4 ngày khi cưới, 2 ngày khi cưới con và 3 ngày khi có tang; tang xa thì xin riêng."
PRIZE = "Làng Pò Hèn mừng cụ 95 tuổi một con lợn; mừng cụ 85 tuổi một yến gạo nếp, ai cũng được một tấm áo."
FINES = "Ở xã Tả Sín chó thả rông bị phạt về mọi trường hợp; mèo thả rông bị phạt trong một số trường hợp."
TEAMS = "Đội bóng Cầu Mây có mặt ở sáu trong tám giải của huyện."


@pytest.mark.parametrize(
    ("claim", "evidence", "yes"),
    [
        ("Xưởng Hạ Lau cho nghỉ 4 ngày khi có tang.", LEAVE, True),
        ("Xưởng Hạ Lau cho nghỉ 3 ngày khi có tang.", LEAVE, False),
        ("Ở xưởng Hạ Lau có tang thì nghỉ 2 ngày.", LEAVE, True),
        ("Ở xưởng Hạ Lau cưới con thì nghỉ 2 ngày.", LEAVE, False),
        ("Xưởng Hạ Lau cho nghỉ 4 ngày.", LEAVE, False),  # of which item isn't said
        ("Xưởng Hạ Lau cho cưới nghỉ 4 ngày, tang 3 ngày.", LEAVE, False),  # tells both
        ("Cụ 95 tuổi ở Pò Hèn được mừng một yến gạo nếp.", PRIZE, True),
        ("Cụ 85 tuổi ở Pò Hèn được mừng một yến gạo nếp.", PRIZE, False),
        ("Mèo thả rông ở Tả Sín bị phạt trong mọi trường hợp.", FINES, True),
        ("Chó thả rông ở Tả Sín bị phạt trong mọi trường hợp.", FINES, False),
        ("Chó thả rông bị phạt về mọi trường hợp, mèo thì một số trường hợp.", FINES, False),  # tells both
        (FINES, FINES, False),
        ("Đội bóng Cầu Mây có mặt ở tám giải của huyện.", TEAMS, True),
        ("Đội bóng Cầu Mây có mặt ở sáu giải của huyện.", TEAMS, False),
        ("Đội bóng Cầu Mây có mặt ở sáu trong tám giải.", TEAMS, False),
    ],
)
def test_what_is_told_of_another_item_is_crossed(claim: str, evidence: str, yes: bool) -> None:
    assert crossed(pair(claim, evidence, vectors=model().verdict.vectors)) is yes
