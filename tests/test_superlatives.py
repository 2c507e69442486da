"""Nobody before one, or nobody but one, says what "the first" and "the only" do, among the same and of the same."""

import pytest

from classifier.logic.superlatives import placed, tells_alike
from classifier.text import normalise
from classifier.text.letters import fold

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


TABLE = (
    "Việt Nam ký Công ước về quyền trẻ em (CRC) ngày 26/1/1990 và phê chuẩn ngày 28/2/1990, là nước châu Á đầu tiên và "
    "nước thứ hai trên thế giới phê chuẩn, sau Ghana."
)


@pytest.mark.parametrize(("so", "not_so"), [
    ("Việt Nam không phải là nước đầu tiên trên thế giới phê chuẩn Công ước về Quyền trẻ em.",
     "Việt Nam không phải là nước đầu tiên ở châu Á phê chuẩn Công ước về Quyền trẻ em."),
    ("Việt Nam chưa phải nước đầu tiên trên thế giới phê chuẩn Công ước về quyền trẻ em.",
     "Việt Nam chưa phải nước thứ hai trên thế giới phê chuẩn Công ước về quyền trẻ em."),
    ("Việt Nam đâu phải nước đầu tiên phê chuẩn CRC.", "Việt Nam không hề là nước thứ hai phê chuẩn CRC."),
    ("Việt Nam không phải nước đầu tiên trên thế giới phê chuẩn CRC, mà là nước thứ hai.",
     "Việt Nam không phải nước đầu tiên trên thế giới phê chuẩn CRC, mà là nước thứ ba."),
    ("Ở châu Á, Việt Nam là nước đầu tiên phê chuẩn Công ước về quyền trẻ em.",
     "Trên thế giới, Việt Nam là nước đầu tiên phê chuẩn Công ước về quyền trẻ em."),
    ("Việt Nam không phải nước đầu tiên phê chuẩn CRC trên toàn cầu.",
     "Việt Nam là nước đầu tiên phê chuẩn CRC trên toàn cầu."),
    ("Trên thế giới, Việt Nam là nước thứ hai phê chuẩn CRC.", "Ở châu Á, Việt Nam là nước thứ hai phê chuẩn CRC."),
    ("Việt Nam là nước đầu tiên ở châu Á và thứ hai trên thế giới phê chuẩn CRC.",
     "Việt Nam là nước đầu tiên ở châu Á và thứ ba trên thế giới phê chuẩn CRC."),
    ("Nước đầu tiên trên thế giới phê chuẩn CRC không phải Việt Nam.",
     "Nước đầu tiên trên thế giới phê chuẩn CRC là Việt Nam."),
])  # fmt: skip
def test_which_in_order_joined_is_settled_by_logic(so, not_so):
    for evidence in (
        TABLE,
        BEHIND,
        "Việt Nam phê chuẩn CRC ngày 28/2/1990, là nước châu Á đầu tiên và thứ hai thế giới.",
    ):
        for shape in (str, fold):
            said = placed(shape(normalise(so)), normalise(evidence))
            assert said is not None
            assert said[0]
            said = placed(shape(normalise(not_so)), normalise(evidence))
            assert said is not None
            wrong, (start, end), (first, last) = said
            assert not wrong
            assert fold(normalise(not_so)[start:end]).startswith(("dau", "thu"))
            assert fold(normalise(evidence)[first:last]).startswith(("dau", "thu"))


@pytest.mark.parametrize("claim", [
    "Việt Nam là nước đầu tiên trên thế giới phê chuẩn Công ước chống tra tấn.",  # of which the evidence tells nothing
    "Việt Nam là nước đầu tiên ở Đông Nam Á phê chuẩn CRC.",
    "Việt Nam là nước đầu tiên phê chuẩn CRC.",  # among whom isn't said
    "Việt Nam là nước đầu tiên trên thế giới phê chuẩn CRC mà không bảo lưu.",
    "Ghana là nước đầu tiên trên thế giới phê chuẩn CRC.",
    "Việt Nam có thể là nước đầu tiên trên thế giới phê chuẩn CRC.",
    "Việt Nam phê chuẩn CRC năm 1990.",
])  # fmt: skip
def test_what_tells_no_place_of_the_evidence_isnt_settled(claim):
    assert placed(normalise(claim), TABLE) is None


@pytest.mark.parametrize("evidence", [
    "Việt Nam ký CRC ngày 26/1/1990, là nước thứ hai ở châu Á, và phê chuẩn ngày 28/2/1990, là nước đầu tiên ở châu Á"
    " phê chuẩn.",  # which in order it signed
    "Việt Nam phê chuẩn CRC vào thứ tư, ngày 28/2/1990, là nước đầu tiên ở châu Á.",  # a day of the week
    "Việt Nam phê chuẩn CRC, là nước thứ hai ở Đông Nam Á, thứ tư, 28/2/1990.",
    "Báo X viết sai rằng Việt Nam là nước thứ hai ở châu Á phê chuẩn CRC.",
    "Không đúng là Việt Nam là nước thứ hai ở châu Á phê chuẩn CRC.",
    "Việt Nam là nước thứ hai ở châu Á phê chuẩn CRC là sai.",
    "Việt Nam là nước thứ năm ở châu Á, về xuất khẩu cà phê, và phê chuẩn CRC năm 1990.",
    "Việt Nam là nước đầu tiên ở châu Á phê chuẩn CRC. Việt Nam là nước thứ hai ở châu Á gia nhập CRC.",
])  # fmt: skip
def test_another_order_or_what_is_reported_or_denied_settles_nothing(evidence):
    for who in ("là nước đầu tiên ở châu Á", "là nước thứ hai ở châu Á", "là nước thứ tư", "không phải nước thứ năm"):
        assert placed(normalise(f"Việt Nam {who} phê chuẩn Công ước về quyền trẻ em."), normalise(evidence)) is None


def test_evidence_of_another_state_or_treaty_tells_no_place():
    claim = "Việt Nam là nước đầu tiên trên thế giới phê chuẩn CRC."
    assert placed(claim, "Việt Nam hoan nghênh Ghana là nước đầu tiên trên thế giới phê chuẩn CRC.") is None
    assert placed(claim, TABLE.replace("quyền trẻ em (CRC)", "người khuyết tật")) is None
