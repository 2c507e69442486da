"""Nobody before one, or nobody but one, says what "the first" and "the only" do, among the same and of the same."""

import pytest

from classifier.letters import fold
from classifier.superlatives import tells_alike
from classifier.text import normalise

FIRST = "Việt Nam là nước châu Á đầu tiên và nước thứ hai trên thế giới phê chuẩn công ước này."
BEHIND = "Việt Nam là nước đầu tiên ở châu Á và thứ hai trên thế giới phê chuẩn Công ước về Quyền trẻ em."
SOLE = "Hoa Kỳ là nước thành viên duy nhất chưa phê chuẩn công ước này."
MOST = "Tỉnh Hòn Sỏi có số trẻ đi học cao nhất."


@pytest.mark.parametrize(("claim", "contrary", "evidence"), [
    ("Không nước châu Á nào phê chuẩn trước Việt Nam.", "Không nước châu Á nào phê chuẩn sau Việt Nam.", FIRST),
    ("Ở châu Á, chẳng nước nào phê chuẩn sớm hơn Việt Nam.", "Chẳng nước nào phê chuẩn sớm hơn Việt Nam.", FIRST),
    ("Chưa nước châu Á nào phê chuẩn trước Việt Nam.", "Chưa nước châu Á nào phê chuẩn trước Nhật Bản.", FIRST),
    ("Không nước nào ở châu Á phê chuẩn Công ước trẻ em trước Việt Nam.",
     "Không nước nào trên thế giới phê chuẩn Công ước trẻ em trước Việt Nam.", BEHIND),
    ("Không nước châu Á nào phê chuẩn Công ước về Quyền trẻ em trước Việt Nam.",
     "Không nước châu Á nào phê chuẩn Công ước chống tra tấn trước Việt Nam.", BEHIND),
    ("Không nước thành viên nào ngoài Mỹ chưa phê chuẩn.", "Không nước thành viên nào ngoài Mỹ phê chuẩn.", SOLE),
    ("Không nước thành viên nào trừ Mỹ chưa phê chuẩn.", "Không nước thành viên nào trừ Lào chưa phê chuẩn.", SOLE),
    ("Không tỉnh nào có số trẻ đi học cao hơn Hòn Sỏi.", "Không tỉnh nào có số trẻ đi học thấp hơn Hòn Sỏi.", MOST),
])  # fmt: skip
def test_denying_every_other_says_what_a_superlative_does(claim, contrary, evidence):
    for shape in (str, fold):
        assert tells_alike(shape(normalise(claim)), normalise(evidence))
        assert not tells_alike(shape(normalise(contrary)), normalise(evidence))


def test_a_plain_denial_is_no_superlative():
    assert not tells_alike("Không nước châu Á nào phê chuẩn công ước này.", FIRST)
