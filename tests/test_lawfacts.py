"""Generated pairs: balanced, the same for the same seed, and refused when a statement is malformed."""

from collections import Counter

import pytest

from classifier.errors import BadEvidence
from classifier.semantics import lawfacts

SMALL = """
rules = "ban | Nội quy xóm Đông | dân xóm; bà con | thả trâu ra đường; cho trâu rong"
slots = "Giờ họp | Xóm họp lúc {x} | họp vào {x} | 7 giờ | 9 giờ"
[law]
ban = "{who} không được {act}"
permission = "{who} được {act}"
[said]
ban = "{who} đừng hòng {act}"
permission = "{who} cứ việc {act}"
[voice]
openings = "-"
closings = "-"
"""


def test_half_are_supported_and_half_refuted():
    assert Counter(one.label for one in lawfacts.pairs(seed=3, n=400)) == {"supported": 200, "refuted": 200}


def test_the_same_seed_gives_the_same_pairs():
    assert lawfacts.pairs(seed=5, n=50) == lawfacts.pairs(seed=5, n=50)
    assert lawfacts.pairs(seed=5, n=50) != lawfacts.pairs(seed=6, n=50)


def test_bans_are_as_frequent_as_permissions():
    kinds = {f"{rule.heading}: {rule.act[0]}": rule.kind for rule in lawfacts.load().rules}
    seen = Counter(kinds.get(one.topic, "slot") for one in lawfacts.pairs(seed=1, n=4_000))
    assert 0.7 < seen["ban"] / seen["permission"] < 1.4
    assert 0.7 < seen["duty"] / seen["exemption"] < 1.4


def test_a_refuted_claim_says_the_contrary_and_a_supported_one_the_same():
    known = lawfacts.read(SMALL)
    said = {(one.label, one.claim.lower()) for one in lawfacts.pairs(seed=2, n=60, statements=known)}
    refuted = {claim for label, claim in said if label == "refuted"}
    supported = {claim for label, claim in said if label == "supported"}
    assert any("cứ việc" in claim for claim in refuted)
    assert not any("cứ việc" in claim or "9 giờ" in claim for claim in supported)
    assert not any("đừng hòng" in claim or "7 giờ" in claim for claim in refuted)


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ("ban | Nội quy xóm Đông", "love | Nội quy xóm Đông", "'love' is no kind of rule"),
        ("| dân xóm; bà con ", "", "needs 4 parts"),
        ("họp vào {x}", "họp sớm", "every wording needs {x}"),
        ("[voice]", "[voices]", "can't be read"),
        ("rules =", "rules", "can't be read"),
    ],
)
def test_a_malformed_statement_is_refused_in_one_sentence(found, put, said):
    with pytest.raises(BadEvidence) as caught:
        lawfacts.read(SMALL.replace(found, put))
    assert said in str(caught.value)
