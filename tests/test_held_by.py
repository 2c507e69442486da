"""Why a passage is only related though its verdict says more."""

import re
from pathlib import Path

import pytest
from ours import facts_index, model

from classifier.checking.laying import HELD
from classifier.scoring import Item, Score, score


def _read(text: str) -> Score:
    return next(score(model(), [Item("", text)], index=facts_index()))


@pytest.mark.parametrize(("text", "held"), [
    ("Ở trại này, tạm giữ để xác định tình trạng nghiện ma túy tới 15 ngày.", "report"),
    ("Việt Nam không bảo lưu điều 22 của CERD.", "contrary"),
    ("Người nhiễm HIV không được giữ bí mật tình trạng bệnh.", "words"),
    ("Tạm giữ hành chính để xác định nghiện ma túy không quá 15 ngày.", ""),
    ("Việt Nam bảo lưu điều 22 của CERD.", ""),
])  # fmt: skip
def test_what_holds_a_passage_back_is_named(text: str, held: str) -> None:
    assert _read(text).evidence[0].held == held


def test_nothing_speaks_against_a_text_without_a_claim() -> None:
    one = _read("Di chúc viết tay không công chứng là vô hiệu hả luật sư?")
    assert not one.claim
    assert {row.relation for row in one.evidence} == {"related"}
    assert one.evidence[0].held == "unheld"


def test_each_word_stands_in_the_docs() -> None:
    docs = Path("docs/researcher.md").read_text(encoding="utf-8")
    told = re.search(r"^- `held` says .*?(?=^- )", docs, re.MULTILINE | re.DOTALL)
    assert told
    assert set(HELD) <= set(re.findall(r"`(\w+)`", told[0]))
