"""A denial of what evidence says, and what evidence denies."""

import pytest
from ours import facts_index, model

from classifier.logic.denied import turned
from classifier.scoring import Item, score

RESERVED = "Nước Mây bảo lưu điều 22 của Công ước Gió: không chấp nhận để một bên đưa tranh chấp ra tòa."


@pytest.mark.parametrize(("claim", "yes"), [
    ("Nước Mây không bảo lưu điều 22 của Công ước Gió.", True),
    ("Nước Mây không hề có bảo lưu nào với điều 22, dù vậy vẫn chấp nhận tòa.", True),
    ("Nước Mây bảo lưu điều 22 của Công ước Gió.", False),
    ("Nước Mây bảo lưu điều 22, không chấp nhận ra tòa.", False),
    ("Nước Mây bảo lưu điều 22, chấp nhận để một bên đưa tranh chấp ra tòa.", True),  # the other way round
    ("Không phải nước Mây không bảo lưu điều 22.", False),  # twice denied
    ("Nước Mây không chỉ bảo lưu điều 22.", False),
])  # fmt: skip
def test_what_one_side_alone_denies_is_turned(claim: str, yes: bool) -> None:
    assert turned(claim, RESERVED) is yes


@pytest.mark.parametrize(("claim", "evidence", "yes"), [
    ("Bên bán đổi ý thì không phải trả lại tiền cọc.", "Bên bán đổi ý không bán thì phải trả lại tiền cọc.", True),
    ("Nuôi mây phải được hàng xóm đồng ý.", "Nuôi mây không cần hàng xóm đồng ý khi mây nhỏ.", True),
    ("Nuôi mây không cần hàng xóm đồng ý.", "Nuôi mây không phải được hàng xóm đồng ý.", False),
    ("Thợ mây đâu có được bỏ phiếu ở bến.", "Thợ mây cũng được bỏ phiếu ở bến.", True),
    ("Thợ mây làm gì được bỏ phiếu ở bến.", "Thợ mây cũng được bỏ phiếu ở bến.", True),
    ("Có luật nào cho thợ mây nuôi cá ở bến đâu.", "Thợ mây được nuôi cá ở bến.", True),
    ("Thợ mây đâu có được bỏ phiếu ở bến.", "Thợ mây không được bỏ phiếu ở bến.", False),
    # granted to those who lack another thing; who else doesn't get it, doesn't get it
    ("Thợ già không có trợ cấp mây.", "Thợ già không có lương bến được trợ cấp mây.", True),
    ("Thợ trẻ không được trợ cấp mây.", "Thợ già được trợ cấp mây; thợ trẻ không được trợ cấp mây.", False),
    ("Thợ mây bỏ phiếu ở đâu có ghi.", "Thợ mây bỏ phiếu ở bến.", False),
    # a rule that says it both ways tells nothing
    ("Nuôi mây phải có giấy phép.", "Mây nhỏ thì không cần có giấy phép; mây lớn thì phải có giấy phép.", False),
    # both deny one thing alike, or a denial is of what stands before it
    ("Ai nuôi mây thì không được trả công.", "Người không nuôi mây được thưởng, ai nuôi không được trả công.", False),
    ("Nuôi mây to thì không được thả ban đêm.", "Không được nuôi mây to vào ban đêm; ban ngày thì được.", False),
    ("Tội danh tên nuôi mây thì bộ luật chưa có.", "Bộ luật chưa có tội danh riêng tên nuôi mây.", False),
    ("Giông bão không được viện ra để nuôi mây.", "Không có cớ nào, kể cả giông bão, được viện ra để nuôi mây.", False),
    ("nuoi may khong can giay phep", "Nuôi mây cần giấy phép.", False),  # without diacritics
    ("Không được đánh trẻ em.", "Luật cấm mọi người đánh trẻ em.", False),
    ("Xét đơn không quá 30 ngày.", "Đơn được xét trong 30 ngày.", False),
])  # fmt: skip
def test_what_a_rule_denies_otherwise_or_both_ways_is_not(claim: str, evidence: str, yes: bool) -> None:
    assert turned(claim, evidence) is yes


@pytest.mark.parametrize(("text", "relation"), [
    ("Việt Nam bảo lưu điều 22 của CERD.", "supports"),
    ("Việt Nam không bảo lưu điều 22 của CERD.", "related"),
    ("Bên nhận cọc đổi ý không bán thì phải trả lại tiền cọc.", "supports"),
    ("Bên bán đổi ý thì không phải trả lại tiền cọc.", "related"),
    ("Giải quyết tố cáo vụ thường không quá 30 ngày.", "supports"),
    ("Giải quyết tố cáo vụ thường không quá 90 ngày.", "related"),
    ("Giải quyết tố cáo vụ đặc biệt phức tạp thường không quá 90 ngày.", "supports"),
])  # fmt: skip
def test_no_denial_of_a_fact_and_no_bound_of_another_case_is_borne_out_by_it(text: str, relation: str) -> None:
    assert next(score(model(), [Item("", text)], index=facts_index())).evidence[0].relation == relation
