"""Whether a claim has two numbers of its evidence, or those who do a thing there, each in the other's place."""

import pytest
from ours import model

from classifier.checking.laying import lay_all
from classifier.comparison.exchanges import exchanged
from classifier.comparison.pairing import pair
from classifier.evidence.retrieval import Hit, Passage

BOATS = "Xưởng Hạ Lau cho nghỉ 1 ngày dịp hội thuyền, 5 ngày dịp hội mây, 1 ngày dịp hội đèn."
AGES = "Ở Pò Hèn từ đủ 18 tuổi được chèo thuyền, từ đủ 21 tuổi được ứng cử trưởng bến."
PAPERS = "Nước Mây ký Công ước Thuyền ngày 22/10/2007 và phê chuẩn ngày 5/2/2015, theo nghị quyết ngày 28/11/2014."
TERMS = "Từ ngày 1/1/2031 thợ mây nghỉ từ đủ 1 tháng thì báo bến; theo luật cũ, trước ngày ấy, là từ đủ 3 tháng."
BOOKS = "Từ năm học 2031-2032 cả vùng dùng chung một bộ sách; đến năm học 2030-2031 các trường được chọn sách."
KINDS = "Mỗi giờ là 3.000 đồng ở bến loại I, 2.000 đồng ở bến loại II, 1.000 đồng ở bến loại III."
ELDER = "Trưởng bến do dân trong xóm bầu chọn, rồi chủ tịch xã công nhận."
DOCTORS = "Việc giữ thuyền do bệnh viện quyết định trong lúc chữa trị, do tòa án quyết định khi xét xử."
RECORDS = "Khi nghỉ chèo thuyền, công ty phải xóa, hủy dữ liệu cá nhân của người lao động."
VISITS = "Người bị giữ thuyền, người bị giữ mây được gặp thân nhân mỗi tuần."


@pytest.mark.parametrize(
    ("claim", "evidence", "yes"),
    [
        ("Hội thuyền xưởng Hạ Lau nghỉ 5 ngày, hội mây nghỉ 1 ngày.", BOATS, True),
        ("Hội thuyền xưởng Hạ Lau nghỉ 1 ngày, hội mây nghỉ 5 ngày.", BOATS, False),
        ("Hội mây xưởng Hạ Lau nghỉ 5 ngày, hội thuyền nghỉ 1 ngày.", BOATS, False),  # in another order
        ("Từ đủ 21 tuổi được chèo thuyền, từ đủ 18 tuổi được ứng cử trưởng bến.", AGES, True),
        ("Từ đủ 21 tuổi được ứng cử trưởng bến, từ đủ 18 tuổi được chèo thuyền.", AGES, False),
        ("Từ 18 đến 21 tuổi được chèo thuyền.", AGES, False),  # nothing parts the two
        ("Nước Mây phê chuẩn Công ước Thuyền ngày 22/10/2007 và ký ngày 5/2/2015.", PAPERS, True),
        ("Nước Mây phê chuẩn Công ước Thuyền ngày 5/2/2015, ký ngày 22/10/2007.", PAPERS, False),
        ("Từ ngày 1/1/2031 nghỉ từ đủ 3 tháng thì báo bến, trước ngày ấy là từ đủ 1 tháng.", TERMS, True),
        ("Từ ngày 1/1/2031 nghỉ từ đủ 1 tháng thì báo bến, trước ngày ấy là từ đủ 3 tháng.", TERMS, False),
        ("Đến năm học 2030-2031 dùng chung một bộ sách, từ năm học 2031-2032 được chọn sách.", BOOKS, True),
        ("Đến năm học 2030-2031 được chọn sách, từ năm học 2031-2032 dùng chung một bộ sách.", BOOKS, False),
        ("Bến loại 2 thu 2.000 đồng, bến loại 1 thu 3.000 đồng.", KINDS, False),
        ("Bến loại 1 thu 2.000 đồng, bến loại 2 thu 3.000 đồng.", KINDS, True),
        (BOATS, BOATS, False),
        ("Tuổi vào hội: trai đủ 20, gái đủ 18.", "Trai từ đủ 20 tuổi, gái từ đủ 18 tuổi mới được vào hội.", False),
        (
            "Đợt ấy bến nhận 291 lời khuyên, gật 241 cái.",
            "Ở đợt ba năm ấy bến nhận 291 lời khuyên và chấp thuận 241, khoảng 83 phần trăm.",
            False,
        ),
    ],
)
def test_two_numbers_that_change_places_are_seen_and_two_in_another_order_are_not(
    claim: str, evidence: str, yes: bool
) -> None:
    assert exchanged(pair(claim, evidence, vectors=model().verdict.vectors)) is yes


@pytest.mark.parametrize(
    ("claim", "evidence", "yes"),
    [
        ("Việc giữ thuyền do tòa án quyết định trong lúc chữa trị, do bệnh viện quyết định khi xét xử.", DOCTORS, True),
        ("Việc giữ thuyền do tòa án quyết định khi xét xử, do bệnh viện quyết định trong lúc chữa.", DOCTORS, False),
        ("Nghỉ chèo thuyền thì người lao động phải xóa dữ liệu cá nhân của công ty.", RECORDS, True),
        ("Nghỉ chèo thuyền thì công ty phải xóa dữ liệu cá nhân của người lao động.", RECORDS, False),
        ("Người bị giữ thuyền được gặp thân nhân như người bị giữ mây.", VISITS, False),  # named side by side
        (ELDER, ELDER, False),
    ],
)
def test_doers_that_change_places_are_seen(claim: str, evidence: str, yes: bool) -> None:
    assert exchanged(pair(claim, evidence, vectors=model().verdict.vectors)) is yes


def test_a_passage_bears_no_claim_out_that_exchanges_two_of_its_days() -> None:
    law = "Luật Thuyền Mây được Quốc hội thông qua ngày 12/6/2018, có hiệu lực từ ngày 1/1/2019 và thay pháp lệnh cũ."
    hit = Hit(Passage("e", law, role="independent"), 1.0)
    told = "Luật Thuyền Mây được Quốc hội thông qua ngày {} và có hiệu lực từ ngày {}."
    days = ("12/6/2018", "1/1/2019")
    claims = [told.format(*days), told.format(*days[::-1])]
    found = [one for [(_, one)] in lay_all(model(), [(claim, [hit], 1) for claim in claims])]
    assert [(one.relation, one.held) for one in found] == [("supports", ""), ("related", "contrary")]
