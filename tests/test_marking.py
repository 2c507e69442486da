"""What a person is shown as differing: the words that do, whole, and of the kind that it is."""

import pytest
from ours import facts_index, model

from classifier.checking.laying import differences
from classifier.checking.marking import as_shown, kind_of
from classifier.comparison.pairing import pair
from classifier.comparison.slots import Slot, telling
from classifier.scoring import Item, score
from classifier.text import align


def against_facts(text: str) -> Slot:
    """What is shown beside the fact that is known to contradict a text."""
    first = next(score(model(), [Item("1", text, "2026-11-27")], index=facts_index())).evidence[0]
    assert first.relation == "contradicts"
    (slot,) = first.slots
    assert (text[slice(*slot.claim_span)], first.text[slice(*slot.evidence_span)]) == (
        slot.claim_text,
        slot.evidence_text,
    )
    return slot


def beside(claim: str, evidence: str) -> list[tuple[str, str, str]]:
    mine, their = align(claim), align(evidence)
    laid = pair(mine.text, their.text, vectors=model().verdict.vectors)
    slots = as_shown(telling(differences(mine, their, their.text, lambda: laid)), claim, evidence)
    for slot in slots:
        assert claim[slice(*slot.claim_span)] == slot.claim_text
        assert evidence[slice(*slot.evidence_span)] == slot.evidence_text
    return [(slot.kind, slot.claim_text, slot.evidence_text) for slot in slots]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Hiến pháp 2013 cho phép trục xuất công dân Việt Nam.", "negation", "cho phép trục xuất công dân"),
        ("Người khuyết tật nhẹ cũng được trợ cấp xã hội hằng tháng.", "negation", "khuyết tật nhẹ cũng được"),
        ("Theo luật, bị tạm giam là không được gặp gia đình hay nhận quà gì hết.", "negation", "không được gặp"),
        ("Luật An ninh mạng 2018 có hiệu lực từ ngày 1/1/2020.", "date", "hiệu lực từ ngày 1/1/2020"),
        ("Muốn được tha tù trước thời hạn, phạm nhân phải ở tù được hai phần ba án.", "other",
         "phải ở tù được hai phần ba án"),
    ],
)  # fmt: skip
def test_what_goes_against_a_fact_is_shown_in_whole_words_with_what_allows_or_denies_it(
    text: str, kind: str, shown: str
) -> None:
    slot = against_facts(text)
    assert (slot.kind, slot.claim_text) == (kind, shown)


@pytest.mark.parametrize(
    ("said", "told", "kind"),
    [
        ("phải hòa giải đủ 3 lần", "không bắt buộc", "negation"),
        ("phai hoa giai du 3 lan", "khong bat buoc", "negation"),
        ("nhờ người nhà đi thay được", "hai bên phải cùng có mặt để ký", "modality"),
        ("phải báo trước", "không cần báo trước và không phải bồi thường", "negation"),
        ("dưới 18 tuổi", "cấm tuyên án tử hình với người dưới 18 tuổi", "negation"),
        ("Điều 4 của công ước", "Điều 16 của công ước", "article"),
        ("ký năm 1986", "ký ngày 29/7/1980", "date"),
        ("được nghỉ 4 tháng", "được nghỉ 6 tháng", "number"),
        ("mở ký tại Geneva", "mở ký tại Hà Nội", "other"),
    ],
)
def test_the_kind_is_told_by_the_words_of_both(said: str, told: str, kind: str) -> None:
    assert kind_of(said, told, (), ()) == kind


def test_what_one_side_alone_denies_is_shown_on_both() -> None:
    evidence = "Chủ không được phạt tiền, cắt lương người lao động thay cho xử lý kỷ luật."
    claim = "Chủ được phạt tiền, cắt lương người lao động thay cho xử lý kỷ luật."
    assert beside(claim, evidence) == [("negation", "được", "không được")]
    assert beside(evidence, claim) == [("negation", "không được", "được")]
    heirs = "Con dâu không thuộc hàng thừa kế nào của cha mẹ chồng."
    assert beside("Con dâu thuộc hàng thừa kế của cha mẹ chồng.", heirs)[0] == ("negation", "thuộc", "không thuộc")


def test_a_bound_is_no_denial_where_its_number_differs() -> None:
    evidence = "Người chưa đủ 18 tuổi không được làm việc ở quán bar, vũ trường."
    shown = beside("Người đủ 16 tuổi được làm việc ở quán bar, vũ trường.", evidence)
    assert shown == [("number", "16", "18"), ("negation", "được", "không được")]
