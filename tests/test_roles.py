"""Who does a thing to whom, in a claim and in its evidence."""

from collections.abc import Callable

import pytest
from ours import facts_index, model

from classifier.logic.roles import exchanged
from classifier.scoring import Item, score
from classifier.text.letters import fold

FARE = "chủ nhà trả tiền thuyền cho người giúp việc khi họ thôi nuôi mây."
CLOUD = "nạn nhân bị mây đè có quyền được bồi thường; cán bộ gây ra thì sau đó phải hoàn trả cho nhà nước."
HEIRS = "con chết trước thì cháu nội, cháu ngoại, được thay cha mẹ mình nhận phần mây."
LEAVE = "chồng không được xin chia mây khi vợ đang ốm; vợ thì vẫn được."
PROOF = "việc chứng minh thuộc về cơ quan điều tra; bị can có quyền nhưng không phải chứng minh mình vô can."
HIRED = "chủ nhà phải ký giấy mây với người giúp việc."
FEES = "từ năm nay cấm thu tiền mây của học sinh. trước đó nhà giáo được thu tiền mây của học sinh."


@pytest.mark.parametrize(("claim", "evidence"), [
    ("người giúp việc trả tiền thuyền cho chủ nhà.", FARE),
    ("chủ nhà phải được người giúp việc trả tiền thuyền.", FARE),
    ("nạn nhân phải bồi thường cho nhà nước.", CLOUD),
    ("nhà nước phải hoàn trả cho cán bộ.", CLOUD),
    ("cha mẹ được thay con nhận phần mây.", HEIRS),
    ("vợ không được xin chia mây khi chồng đang ốm.", LEAVE),
    ("bị can phải chứng minh mình vô can.", PROOF),
    ("người giúp việc phải ký giấy mây với chủ nhà.", HIRED),
    ("dân phải cung cấp tên mây.", "làm thẻ thì người dân không bắt buộc phải cung cấp tên mây."),
])  # fmt: skip
def test_what_is_done_the_other_way_round_is_seen(claim: str, evidence: str) -> None:
    assert exchanged(claim, evidence)
    assert not exchanged(evidence, evidence)


@pytest.mark.parametrize(("claim", "evidence"), [
    ("chủ nhà phải trả tiền thuyền cho người giúp việc.", FARE),
    ("người giúp việc được chủ nhà trả tiền thuyền.", FARE),
    ("người giúp việc không phải trả tiền thuyền cho chủ nhà.", FARE),
    ("người giúp việc được trả tiền thuyền.", FARE),
    ("nhà nước bồi thường cho nạn nhân bị mây đè.", CLOUD),
    ("cán bộ phải hoàn trả cho nhà nước.", CLOUD),
    ("cháu được thay cha mẹ nhận phần mây.", HEIRS),
    ("chồng không được xin chia mây khi vợ đang ốm.", LEAVE),
    ("cơ quan điều tra phải chứng minh, bị can không phải chứng minh mình vô can.", PROOF),
    ("nhà giáo không được thu tiền mây của học sinh.", FEES),  # of now, which forbids it to all
    # who stands before a deed needn't be who does it
    ("thuê người giúp việc thì phải ký giấy mây.", HIRED),
    ("chủ nhà thuê người giúp việc phải ký giấy mây.", HIRED),
    ("khi vợ ốm thì không được xin chia mây.", LEAVE),
    ("đàn ông có vợ đang ốm không được xin chia mây.", LEAVE),
    ("dân không phải cung cấp tên mây.", "làm thẻ thì người dân không bắt buộc phải cung cấp tên mây."),
    ("dân không cần phải cung cấp tên mây.", "làm thẻ thì người dân không phải cung cấp tên mây."),
    # anybody who stands before a deed may do it
    ("người giúp việc trả tiền thuyền cho chủ nhà.", "chủ nhà ký giấy với người giúp việc rồi trả tiền thuyền."),
])  # fmt: skip
def test_what_is_done_as_evidence_has_it_or_may_be_is_not(claim: str, evidence: str) -> None:
    assert not exchanged(claim, evidence)


SWAPPED = "Nạn nhân bị tra tấn phải bồi thường cho nhà nước theo Công ước chống tra tấn."
TWIN = "Nạn nhân bị tra tấn có quyền được bồi thường công bằng và thỏa đáng theo Công ước chống tra tấn."


@pytest.mark.parametrize("typed", [str, fold])
def test_a_fact_that_says_the_contrary_bears_nothing_out_with_diacritics_and_without(
    typed: Callable[[str], str],
) -> None:
    items = [Item(str(at), typed(text), "2026-11-27") for at, text in enumerate((SWAPPED, TWIN))]
    swapped, twin = (one.evidence[0] for one in score(model(), items, index=facts_index()))
    assert (swapped.eid, swapped.relation, swapped.held) == ("fact:cat-14", "related", "contrary")
    assert (twin.eid, twin.relation) == ("fact:cat-14", "supports")
