"""What evidence forbids word for word."""

import pytest

from classifier.logic.forbidden import forbids

RULE = "2. Chủ xưởng, thợ cả ở xứ Mây không được giữ thẻ của người học nghề và phải trả thẻ ngay."


@pytest.mark.parametrize(("claim", "rule", "yes"), [
    ("Chủ xưởng được giữ thẻ của người học nghề.", RULE, True),
    ("Chủ xưởng được phép giữ thẻ của người học nghề.", RULE, True),
    ("Được phép giữ thẻ của người học nghề.", RULE, False),  # by whom?
    ("Chủ xưởng không được giữ thẻ của người học nghề.", RULE, False),
    ("Chủ xưởng được giữ thẻ của người học nghề nếu họ đồng ý.", RULE, False),
    ("Chủ xưởng được giữ thẻ.", RULE, False),  # of others he may
    ("Thợ cả được giữ thẻ của người học nghề.", RULE, False),  # those of other places may
    ("Chủ xưởng được trả thẻ của người học nghề.", RULE, False),
    ("Chủ quán được giữ thẻ của người học nghề.", RULE, False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", RULE.replace("và phải", "khi họ nghỉ, phải"), False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", RULE.replace("ngay", "ngay, trừ thợ phụ"), False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", "Nghiêm cấm giữ thẻ của người học nghề.", False),
    ("Được giữ thẻ của người học nghề.", "Nghiêm cấm giữ thẻ của người học nghề.", True),
    ("Chủ xưởng được giữ thẻ của người học nghề.", f"Theo đề xuất, {RULE[3:]}", False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", f"Trước đây, {RULE[3:]}", False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", f"Ở nhiều bản, {RULE[3:]}", False),
    ("Chủ xưởng được giữ thẻ của người học nghề.", f"Theo đề xuất:\n{RULE[3:]}", False),
])  # fmt: skip
def test_a_ban_refutes_what_allows_the_same_to_the_same_and_without_a_condition(claim, rule, yes):
    spans = forbids(claim, rule)
    assert (spans is not None) is yes
    if spans:
        assert claim[slice(*spans[0])].lower() in ("được", "được phép")
        assert rule[slice(*spans[1])] in ("không được", "Nghiêm cấm")
