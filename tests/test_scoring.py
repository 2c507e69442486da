"""The whole chain on one text: bounded, repeatable, source-blind, and explained; a damaged model is refused."""

import json
import re
import shutil
import time
import unicodedata
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ours import facts_index, facts_passages, model

from classifier.checking.laying import apart_from, differences, lay_all
from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.comparison.pairing import pair
from classifier.comparison.slots import slots_of
from classifier.errors import ModelRefused
from classifier.evidence.retrieval import Hit, Passage, PassageIndex
from classifier.factuality.asking import only_asks, untagged
from classifier.files import sha256, shipped
from classifier.loading import load_model
from classifier.orthography.spelling import plain
from classifier.scoring import CONSTITUTION, Item, Score, compare, find, score
from classifier.text import align, normalise
from classifier.text.letters import fold
from pipeline.home import card_version

WORK_AGE = Passage(
    "fact:work", "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 15 tuổi.",
    "Bộ luật Lao động", "primary",
    date="2021-01-01", kind="fact",
)  # fmt: skip
VOTING = Passage(
    "fact:vote", "Công dân đủ mười tám tuổi trở lên có quyền bầu cử.", "Hiến pháp 2013, điều 27", "primary",
    date="2014-01-01", kind="fact",
)  # fmt: skip
FALSE = "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 12 tuổi."
VOICES = ("official", "everyday", "critical", "supporter")
TRUE = "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 15 tuổi."


@lru_cache(maxsize=16)  # a score is the same beside an index that others were asked of
def index(*passages: Passage) -> PassageIndex:
    return PassageIndex.build(passages or (WORK_AGE, VOTING), concepts=model().lexicon.index_terms)


def one(text: str, *passages: Passage, before: str = "") -> Score:
    return next(score(model(), [Item("x", text, before=before)], index=index(*passages)))


def test_a_claim_that_evidence_contradicts_is_flagged_and_explained():
    found = one(FALSE)
    assert found.flagged
    assert found.reasons == ("CONTRADICTS_EVIDENCE",)
    first = found.evidence[0]
    assert (first.eid, first.relation, first.slot) == ("fact:work", "contradicts", "number")
    slot = first.slots[0]
    assert "12" in slot.claim_text
    assert "15" in slot.evidence_text
    assert found.claim[slice(*slot.claim_span)] == slot.claim_text


@pytest.mark.parametrize("typed", [
    lambda text: unicodedata.normalize("NFD", text), lambda text: text.replace(" ", "\xa0"),
    lambda text: "\ufeff" + re.sub(r"(\w{3})", "\\1\u200b", text), lambda text: text.replace(" ", "\u200d "),
    lambda text: re.sub("(.)", "\\1\u0336", text), lambda text: re.sub("([a-z0-9])", "\\1\u0332\u20dd", text, count=60),
    lambda text: re.sub(r"(\w)", "\\1\u030d\u0316\u0357\u0329", text),
], ids=["in parts", "no-break blanks", "hidden marks", "joiners", "struck", "framed", "piled"])  # fmt: skip
def test_however_its_letters_are_typed_a_text_has_one_score_told_in_its_own_letters(typed):
    around = (
        "Sếp bảo nam phải nuôi gia đình nên lương cao hơn nữ cùng vị trí. Em nghe mà nghẹn, việc có giá trị như nhau"
        " thì luật cấm trả nữ thấp hơn."
    )
    paid = Passage("fact:pay", "Luật cấm trả lương cho lao động nữ thấp hơn lao động nam khi làm việc có giá trị như"
                   " nhau.", "Luật", "primary", kind="fact")  # fmt: skip
    for text, passage in ((around, paid), (f"Em chào cả nhà. {FALSE} Ai cũng biết.", WORK_AGE)):
        plainly, found = one(text, passage), one(typed(text), passage)
        assert typed(text)[found.claim_start : found.claim_end] == found.claim
        assert [one.claim_text for one in plainly.evidence[0].slots] == [
            normalise(one.claim_text) for one in found.evidence[0].slots
        ]
        for slot in found.evidence[0].slots:
            assert found.claim[slice(*slot.claim_span)] == slot.claim_text
        bare = {"claim": "", "claim_start": 0, "claim_end": 0, "evidence": ()}
        assert replace(plainly, **bare) == replace(found, **bare)
    assert found.flagged
    assert WORK_AGE.text[slice(*slot.evidence_span)] == slot.evidence_text


LONG = (
    "Chào cả nhà, hôm nay mình nói về luật lao động.\n"
    "Công dân đủ mười tám tuổi trở lên có quyền bầu cử, điều này ai cũng biết rồi. "
    "{} "
    "Mai mình nói tiếp về hợp đồng lao động."
)


def test_no_fact_further_off_contradicts_what_the_first_bears_out():
    text = "Trưng cầu ý dân về Hiến pháp phải được ít nhất hai phần ba số phiếu hợp lệ tán thành."
    found = one(text, *facts_passages())
    assert (found.evidence[0].eid, found.evidence[0].relation) == ("fact:referendum-result", "supports")
    assert (found.evidence[1].eid, found.evidence[1].relation) == ("fact:referendum", "related")


def test_no_fact_that_counts_something_else_contradicts_a_number_too():
    found = one("Lao động nữ chỉ được nghỉ thai sản 4 tháng theo Bộ luật Lao động.", *facts_passages())
    relations = {other.eid: other.relation for other in found.evidence}
    assert relations["fact:maternity-leave-2026"] == relations["fact:maternity-leave"] == "contradicts"
    assert relations["fact:maternity-dismissal"] == "related"  # of a child under 12 months


@pytest.mark.parametrize(
    "text",
    [
        "Lao động nữ không được nghỉ thai sản.",
        "Người khuyết tật không có quyền bầu cử.",
        "Người cao tuổi không được kết hôn.",
    ],
)
def test_a_denial_of_a_right_is_borne_out_by_no_law_that_protects_it(text):
    assert "supports" not in {other.relation for other in one(text, *facts_passages()).evidence}


def test_which_in_order_a_treaty_was_joined_is_flagged_only_where_it_is_false():
    table = next(fact for fact in facts_passages() if fact.eid == "fact:crc-ratification")
    named = "phê chuẩn Công ước về Quyền trẻ em."
    for true in (
        f"Việt Nam không phải là nước đầu tiên trên thế giới {named}",
        f"Ở châu Á, Việt Nam là nước đầu tiên {named}",
    ):
        assert not one(true, table).flagged
    found = one(f"Trên thế giới, Việt Nam là nước đầu tiên {named}", table)
    assert found.flagged
    assert [(slot.claim_text, slot.evidence_text) for slot in found.evidence[0].slots] == [("đầu tiên", "thứ hai")]


def test_a_false_order_that_news_repeats_is_flagged_by_what_tells_the_true_one():
    said = "Việt Nam là nước đầu tiên trên thế giới phê chuẩn Công ước về quyền trẻ em"
    table = next(fact for fact in facts_passages() if fact.eid == "fact:crc-ratification")
    news = [
        Passage(f"n{at}", f"{said}{end}.", "", "independent", "2020-01-01") for at, end in ((1, ""), (2, " năm 1990"))
    ]
    found = one(f"{said}.", table, *news)
    assert found.flagged
    assert found.evidence[0].eid == table.eid


def test_any_claim_of_a_long_post_is_laid_beside_evidence():
    text = LONG.format(FALSE)
    found = one(text)
    assert found.flagged
    assert found.claim == FALSE == text[found.claim_start : found.claim_end]
    assert found.evidence[0].eid == "fact:work"
    true = one(LONG.format(TRUE))
    assert not true.flagged
    assert true.claim != FALSE


def test_a_claim_of_a_long_post_repeats_a_refuted_one():
    refuted = RefutedClaims.build([RefutedClaim("case:1", FALSE, "independent")], verdict=model().verdict)
    found = next(score(model(), [Item("x", LONG.format(FALSE))], index=index(VOTING), refuted=refuted))
    assert found.reasons == ("REPEATS_REFUTED",)
    assert found.claim == FALSE


@pytest.mark.parametrize("before", [
    "Ở Đức luật khác nước mình.",
    "Mình từng sống ở Đức, bên đó thoáng lắm.",
    "Thời phong kiến luật còn ác hơn nhiều.",
    "Có tin đồn như sau, hoàn toàn bịa đặt:",
])  # fmt: skip
def test_a_claim_of_a_long_post_leans_on_what_stands_before_it(before):
    claim = "Luật quy định tuổi lao động tối thiểu là đủ 12 tuổi."
    assert one(f"Luật lao động mỗi nơi mỗi khác. {claim}").flagged
    assert not one(f"Luật lao động mỗi nơi mỗi khác. {before} {claim}").flagged


def test_the_same_claim_put_right_is_not_flagged():
    assert not one(TRUE).flagged
    assert one(TRUE).p_refuted < one(FALSE).p_refuted


@pytest.mark.parametrize(("text", "refuted"), [
    ("Gần 100 người biểu tình bị công an bắt tại Hà Nội.", False),
    ("Gần 200 người biểu tình bị công an bắt tại Hà Nội.", True),
    ("Công an bắt gần 100 người biểu tình tại Đà Nẵng.", True),
])  # fmt: skip
def test_a_number_told_roughly_is_not_refuted_by_the_one_it_is_said_of(text, refuted):
    told = Passage("news:1", "Công an bắt 97 người biểu tình tại Hà Nội.", "Báo", "independent")
    found = one(text, told)
    assert found.flagged is refuted
    assert found.evidence[0].relation == ("contradicts" if refuted else "related")


def test_a_year_is_laid_beside_the_whole_day_of_what_the_claim_tells():
    told = "Việt Nam ký Công ước chống tra tấn ngày 7/11/2013 và phê chuẩn ngày 5/2/2015."
    for year, day in (("2001", "5/2/2015"), ("2018", "5/2/2015")):
        said = f"Việt Nam phê chuẩn Công ước chống tra tấn năm {year}."
        first = slots_of(pair(said, told, vectors=model().verdict.vectors))[0]
        assert (first.kind, first.claim_text, first.evidence_text) == ("date", year, day)
        assert told[slice(*first.evidence_span)] == day
    spelled = told.replace("5/2/2015", "5 tháng 2 năm 2015")
    assert slots_of(pair(said, spelled, vectors=model().verdict.vectors))[0].evidence_text == "5 tháng 2 năm 2015"


@pytest.mark.parametrize(("text", "asks"), [
    (FALSE.replace("12 tuổi.", "12 tuổi?"), True),
    ("Vì sao tuổi lao động tối thiểu là đủ 12 tuổi? Ai cho phép vậy?", True),
    (f"{FALSE} Có ai biết không?", False),
    ("?", True),
    ("", False),
])  # fmt: skip
def test_a_text_that_only_asks_is_no_claim_and_never_flagged(text, asks):
    assert only_asks(text) is asks
    found = one(text)
    assert not (asks and (found.flagged or found.kind == "claim"))
    assert not asks or found.detail["p_kind"]["claim"] == 0
    assert asks or not text or found.kind == "claim"


@pytest.mark.parametrize("end", ["?!", "? !", "?.", '?"', "?)", "? :(", "?…", "??!!", " phải không", " đúng không ạ"])
def test_a_question_is_never_flagged_whatever_stands_behind_it(end):
    found = one(FALSE.removesuffix(".") + end)
    assert (found.kind, found.flagged) == ("question", False)


def test_a_flag_never_rests_on_a_question_beside_a_claim():
    found = one(f"Quốc hội họp sáng nay ở Hà Nội. {FALSE.removesuffix('.')} có đúng luật không?")
    assert not found.flagged
    assert "12 tuổi" not in found.claim


@pytest.mark.parametrize(("frame", "kind"), [
    ("Tin nói {c} là sai.", "claim"), ("[TIN GIẢ] {c}.", "claim"), ("Bóc trần luận điệu “{c}”", "claim"),
    ("{c}. Đây là tin giả.", "claim"), ("Dự thảo luật đề xuất: {c}.", "claim"), ("Ước gì {c}.", "opinion"),
    ("Giả sử {c}.", "opinion"), ("Nếu {c} thì phải sửa luật.", "opinion"), ("Trong phim, {c}.", "opinion"),
    ("Ở Lào, {c}.", "claim"), ("Thời Pháp thuộc, {c}.", "claim"), ("Hồi năm 1985, {c}.", "claim"),
])  # fmt: skip
def test_what_a_writer_does_not_hold_true_of_here_and_now_is_never_flagged_or_called_unsupported(frame, kind):
    said = "tuổi lao động tối thiểu là đủ 12 tuổi"
    assert one(f"{said.capitalize()}.").flagged
    refuted = RefutedClaims.build([RefutedClaim("d", said, "independent")], verdict=model().verdict)
    text = frame.format(c=said)
    text = text[0].upper() + text[1:]
    assert next(score(model(), [Item("x", f"{said}.")], index=index(VOTING), refuted=refuted)).flagged
    for known in (index(), index(VOTING)):
        found = next(score(model(), [Item("x", text)], index=known, refuted=refuted))
        assert (found.flagged, found.reasons, found.kind) == (False, (), kind)
        assert {beside.relation for beside in found.evidence} <= {"related"}
        assert not found.unsupported or frame.startswith(("Ở", "Thời", "Hồi"))  # claims still, that nothing settles


def test_a_wish_beside_a_claim_is_passed_over():
    found = one(f"Quốc hội họp sáng nay ở Hà Nội. Ước gì {FALSE}")
    assert not found.flagged
    assert "12 tuổi" not in found.claim


def test_a_correction_is_read_without_the_no_that_it_begins_with():
    cerd = Passage(
        "fact:cerd",
        "Việt Nam gia nhập Công ước xóa bỏ mọi hình thức phân biệt chủng tộc (CERD) ngày 9/6/1982; công ước có hiệu lực"
        " với nước ta một tháng sau đó, ngày 9/7/1982.", "CERD", "primary", date="1982-06-09", kind="fact",
    )  # fmt: skip
    text = f"Không, {cerd.text.partition(';')[0]}."
    found = one(text, cerd)
    assert not found.flagged
    assert found.claim == text[len("Không, ") :]
    assert text[found.claim_start : found.claim_end] == found.claim


def test_who_is_named_as_saying_a_thing_changes_nothing_of_a_flag():
    said = "tuổi lao động tối thiểu là đủ 12 tuổi."
    names = ("Bộ Công an", "Việt Tân", "Đài RFA", "Ban Tuyên giáo", "Tổ chức Ân xá Quốc tế", "Luật sư Đặng Đình Mạnh")
    found = [one(f"{name} đưa tin rằng {said}") for name in names]
    assert all(each.flagged and each.claim == said for each in found)
    assert len({each.evidence[0].p for each in found}) == 1


def test_a_refuted_claim_that_is_merely_alike_settles_nothing():
    refuted = RefutedClaims.build(
        [RefutedClaim("factcheck:1", "Thanh niên tử vong trong trại tạm giam do bị công an đánh", "independent")],
        verdict=model().verdict,
    )
    text = "Công an đánh người trong trại tạm giam, thanh niên phải nhập viện."
    assert refuted.match(text)[0].same
    found = next(score(model(), [Item("x", text)], index=index(VOTING), refuted=refuted))
    assert found.evidence[0].eid == "factcheck:1"
    assert found.evidence[0].relation == "related"
    assert found.unsupported
    assert found.p_refuted == pytest.approx(one(text, VOTING).p_refuted, abs=0.1)


@pytest.mark.parametrize("again", [
    "C.ô.n.g a.n xã Hòn Sỏi đ.á.n.h một người Ê Đê trong đồn hôm 5/3",
    "C ô n g a n xã Hòn Sỏi đánh một người Ê Đê trong đồn hôm 5/3",
    "#CôngAn xã Hòn Sỏi đánh một ng Ê Đê trg đồn hôm 5/3",
])  # fmt: skip
def test_a_refuted_claim_is_known_again_in_any_spelling(again):
    claim = RefutedClaim("f", "Công an xã Hòn Sỏi đánh một người Ê Đê trong đồn hôm 5/3", "independent")
    refuted = RefutedClaims.build([claim], verdict=model().verdict)
    as_written = refuted.match(claim.text)[0]
    assert as_written.same
    assert refuted.match(again)[0].p == pytest.approx(as_written.p, abs=0.05)
    assert refuted.match(again)[0].text == claim.text


def test_parties_never_crowd_out_what_settles_nor_answer_a_claim():
    said = [Passage(f"party:{at}", f"Bản tin {at}: {FALSE}", f"https://tin.example/{at}", "party") for at in range(6)]
    found = one(FALSE, WORK_AGE, VOTING, *said)
    assert found.flagged
    assert found.evidence[0].eid == "fact:work"
    crowd = [replace(said[0], eid=f"party:{at}", text=f"Bản tin {at}: {FALSE}") for at in range(60)]
    assert one(FALSE, WORK_AGE, VOTING, *crowd).evidence[0] == found.evidence[0]
    alone = one("Công an xã Hòn Sỏi giam ông Tèo ba ngày không có lệnh của viện kiểm sát.", VOTING)
    echoed = one(alone.claim, VOTING, replace(said[0], text=alone.claim))
    assert (alone.unsupported, echoed.unsupported) == (True, True)


def test_where_lines_of_law_differ_is_shown_in_the_passage():
    age = "2. Tuổi lao động tối thiểu là đủ 15 tuổi theo Bộ luật Lao động năm 2019"
    law = replace(WORK_AGE, text=f"1. Người lao động làm việc theo hợp đồng\n{age}\n3. Việc khác")
    slot = one(FALSE, law, VOTING).evidence[0].slots[0]
    assert "15" in law.text[slice(*slot.evidence_span)]


@pytest.mark.parametrize("text", [
    "UBND tỉnh Nghệ An thu hồi đất của người dân để làm KCN.", "VN phê chuẩn Công ước của LHQ về quyền trẻ em.",
    "CSGT bắt giữ ba người biểu tình ở TP.HCM và chuyển cho CQĐT.",
])  # fmt: skip
def test_a_claim_is_supported_by_its_own_words_whatever_short_forms_stand_in_them(text):
    said = Passage("n:1", text, "https://tin.example/1", "independent", date="2021-01-01", kind="news")
    assert one(text, said, VOTING).evidence[0].relation == "supports"


def test_a_slot_behind_short_forms_is_shown_where_it_stands_in_the_passage():
    law = replace(WORK_AGE, text=f"UBND các cấp và BHXH VN thi hành luật này. BHXH: {WORK_AGE.text}")
    slot = one(FALSE, law, VOTING).evidence[0].slots[0]
    assert "15" in law.text[slice(*slot.evidence_span)]


def test_a_number_past_all_counting_is_scored():
    assert one(FALSE, replace(WORK_AGE, text=f"{WORK_AGE.text} Phạt 5 {'tỷ ' * 36}đồng.")).kind == "claim"
    assert one(f"{FALSE} Phạt 5 {'tỷ ' * 36}đồng.").kind


def test_the_passage_shown_as_settling_holds_the_words_that_settle():
    law = "Luật này quy định tuổi lao động tối thiểu của người lao động theo Bộ luật Lao động."
    title = Passage("law:1", law, "Bộ luật Lao động, Điều 3", "primary", date="2021-01-01", kind="law")
    clause = replace(title, eid="law:2", text=WORK_AGE.text)
    found = one(FALSE, title, clause).evidence[0]
    assert (found.eid, found.relation) == ("law:2", "contradicts")
    assert "15" in clause.text[slice(*found.slots[0].evidence_span)]


@pytest.mark.parametrize(("text", "left"), [
    (f"{FALSE} Có ai biết không? Thật không?", FALSE),
    (f"{FALSE} Vậy con tôi mới mười ba tuổi thì có được nhận vào xưởng không?", None),
    ("Thật không? Ai nói?", None),
    (FALSE, None),
    ("?", None),
])  # fmt: skip
def test_short_questions_behind_what_is_said_are_not_read(text, left):
    assert untagged(text) == (left or text)


def test_what_else_is_found_is_compared_only_where_it_speaks_of_the_claim():
    also = replace(WORK_AGE, eid="fact:also", text="Tuổi lao động tối thiểu theo Bộ luật Lao động là đủ 15 tuổi.")
    found = {piece.eid: piece for piece in one(FALSE, WORK_AGE, also, VOTING).evidence}
    hits = find(model(), index(WORK_AGE, also, VOTING), plain(FALSE))
    near = {hit.passage.eid: hit.near for hit in hits}
    assert near["fact:vote"] < model().thresholds.near <= near["fact:also"]
    assert found["fact:also"].relation == "contradicts"
    assert found["fact:also"].slots
    assert (found["fact:vote"].relation, found["fact:vote"].p) == ("related", pytest.approx(1 - near["fact:vote"]))


def test_a_text_scores_the_same_alone_and_among_others():
    texts = [FALSE, TRUE, "Công dân đủ 16 tuổi trở lên có quyền bầu cử.", "", "Trời hôm nay đẹp quá!", FALSE.lower()]
    known, items = index(), [Item(str(at), text) for at, text in enumerate(texts)]
    together = list(score(model(), items, index=known, batch=len(items)))
    assert together == [next(score(model(), [item], index=known)) for item in items]
    assert sum(bool(found.evidence) for found in together) >= 3


def test_a_claim_is_about_the_rights_that_the_table_names_of_the_fact_it_speaks_of():
    fact = next(one for one in facts_passages() if one.eid == "fact:appeal-15")
    fact = replace(fact, text=fact.text.replace(", bị cáo vắng mặt thì từ ngày nhận được hay niêm yết bản án", ""))
    claim = "Bị cáo và bị hại được kháng cáo bản án sơ thẩm hình sự trong 30 ngày kể từ ngày tuyên án."
    found, unnamed = one(claim, fact, VOTING), one(claim, replace(fact, eid="law:appeal"), VOTING)
    assert (found.rights, found.flagged) == (("CCPR",), True)
    assert (unnamed.rights, unnamed.flagged) == ((), False)
    assert one("Giá cà phê ở Đắk Lắk tăng nhẹ trong 15 ngày qua.", fact, VOTING).rights == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Mở dịch vụ đòi nợ thuê chỉ cần đăng ký kinh doanh là được hoạt động hợp pháp.", ""),
        ("Mua bán đất chỉ cần giấy viết tay là có giá trị, không cần công chứng.", ""),
        (
            "Bà con cứ góp ý thẳng trong nhóm nhé. Nam đủ 18 tuổi là được đăng ký kết hôn. Tôi ghi lại vậy cho ai chưa"
            " rõ. Chiều nay họp ở nhà văn hóa.",
            "Nam đủ 18 tuổi là được đăng ký kết hôn.",
        ),
        (
            "Nha nao cung nen de san 5 trieu tien mat. Nam du 18 tuoi la duoc dang ky ket hon. Toi ghi lai cho ai can."
            " Chieu nay hop xom.",
            "Nam du 18 tuoi la duoc dang ky ket hon.",
        ),
    ],
)
def test_what_goes_against_a_fact_is_about_its_rights_whatever_the_text_around_is_about(text, claim):
    found = one(text, *facts_passages())
    assert found.flagged
    assert found.rights
    assert found.claim == (claim or text)
    assert max(found.read_as("p_rights")) < 0.05


@pytest.mark.parametrize("before", ["2024-01-01", "2026-05-01"])
def test_a_true_claim_of_several_terms_is_not_held_against_the_fact_of_one(before):
    table = facts_passages()
    claim = "Việt Nam là thành viên Hội đồng Nhân quyền nhiệm kỳ 2014-2016 và 2023-2025."
    found = one(claim, *table, before=before)
    assert (found.kind, found.flagged, found.evidence[0].relation) == ("claim", False, "supports")
    assert one(claim.replace("2023-2025", "2020-2022"), *table, before=before).flagged


@pytest.mark.parametrize(("text", "relation"), [
    ("Hiến pháp quy định người Việt Nam phạm tội sẽ bị giao nộp cho nước khác.", "contradicts"),
    ("Hiến pháp quy định người Việt Nam không thể bị giao nộp cho nước khác.", "supports"),
])  # fmt: skip
def test_what_the_constitution_lays_down_for_people_is_looked_up_in_however_plain_words(text, relation):
    rule = Passage("c", "Công dân Việt Nam không thể bị giao nộp cho nước khác.", "Hiến pháp", "primary")
    found = one(text, rule)
    assert [beside.relation for beside in found.evidence] == [relation]


@pytest.mark.parametrize("behind", [
    "đó là luật cũ", "đó là luật bên Mỹ", "đó là đề xuất của hội", "đó là trong phim", "điều đó là trái luật",
    "đó là hủ tục",
])  # fmt: skip
def test_what_is_said_behind_a_claim_of_whose_or_when_it_is_stays_with_it(behind):
    found = score(model(), [Item("x", f"Nữ 16 tuổi được kết hôn, {behind}.")], index=facts_index())
    assert [one.flagged for one in found] == [False]


def test_a_text_of_nothing_but_the_constitution_is_read_in_time():
    begun = time.process_time()
    assert not CONSTITUTION.search("hiến pháp cho " * 1400)
    assert time.process_time() - begun < 10  # it took minutes


def test_a_partys_word_never_settles():
    party = Passage(WORK_AGE.eid, WORK_AGE.text, WORK_AGE.source, "party", date=WORK_AGE.date)
    found = one(FALSE, party)
    assert not found.flagged
    assert found.evidence[0].role == "party"


def test_an_unknown_role_counts_as_a_partys_word():
    assert not one(FALSE, Passage("x", WORK_AGE.text, "", "", date="2021-01-01")).flagged


def test_evidence_from_after_the_claim_is_not_held_against_it():
    assert "fact:work" not in {found.eid for found in one(FALSE, before="2020-06-01").evidence}
    assert one(FALSE, before="2022-06-01").flagged


def test_a_claim_found_false_before_is_recognised_without_its_diacritics():
    refuted = RefutedClaims.build(
        [RefutedClaim("factcheck:1", "Việt Nam đã rút khỏi Công ước về quyền trẻ em", "independent")],
        verdict=model().verdict,
    )
    for text in ("Việt Nam đã rút khỏi Công ước về quyền trẻ em.", "Viet Nam da rut khoi Cong uoc ve quyen tre em."):
        found = next(score(model(), [Item("x", text)], index=index(VOTING), refuted=refuted))
        assert "REPEATS_REFUTED" in found.reasons
        assert found.evidence[0].eid == "factcheck:1"
    text = "Việt Nam chưa hề rút khỏi Công ước về quyền trẻ em."
    denied = next(score(model(), [Item("x", text)], index=index(VOTING), refuted=refuted))
    assert "REPEATS_REFUTED" not in denied.reasons


def test_a_claim_on_another_treaty_repeats_no_refuted_one():
    said = "Việt Nam đã phê chuẩn Nghị định thư tùy chọn của Công ước chống tra tấn (OPCAT) từ năm 2015."
    refuted = RefutedClaims.build([RefutedClaim("d", said, "independent")], verdict=model().verdict)

    def flagged(text: str) -> bool:
        return next(score(model(), [Item("x", text)], index=index(VOTING), refuted=refuted)).flagged

    assert flagged(said.replace("từ năm 2015", "năm 2015 rồi"))
    assert not flagged("Việt Nam ký Công ước chống tra tấn năm 2013 và phê chuẩn công ước này vào tháng 2 năm 2015.")


@pytest.mark.parametrize("said", [
    "Tin {} là sai sự thật.", "Công an: {} là tin giả.", "Thông tin {} là hoàn toàn xuyên tạc.", "Không có chuyện {}.",
    "Bộ Công an bác bỏ thông tin {}.",
])  # fmt: skip
def test_who_calls_a_refuted_claim_untrue_does_not_repeat_it(said):
    claim = "Hai bé gái bị bắt cóc ở Thanh Hóa để lấy nội tạng"
    refuted = RefutedClaims.build([RefutedClaim("f", claim, "independent")], verdict=model().verdict)
    assert next(score(model(), [Item("x", claim)], index=index(VOTING), refuted=refuted)).flagged
    for text in (said.format(claim), fold(said.format(claim))):
        assert refuted.match(text)[0].p == 0.0
        found = next(score(model(), [Item("x", text)], index=index(VOTING), refuted=refuted))
        assert not found.flagged
        assert "f" not in {one.eid for one in found.evidence}
    again = RefutedClaims.build([RefutedClaim("f", said.format(claim), "independent")], verdict=model().verdict)
    assert again.match(said.format(claim))[0].same
    assert not again.match(claim)[0].same


def test_what_may_never_be_flagged_is_not_beside_many_claims_found_false():
    """The longer a home is used, the more of them there are to be alike."""
    told = [json.loads(line) for line in shipped("data", "contrasts.jsonl").read_text(encoding="utf-8").splitlines()]
    false = [row[voice] for row in told if row["label"] == "refuted" for voice in VOICES if voice in row]
    refuted = RefutedClaims.build(
        [RefutedClaim(f"r{at}", text, "independent") for at, text in enumerate(false)], verdict=model().verdict
    )
    assert len(refuted.match(false[0])) == 3
    for name in ("protected", "protected.near"):
        rows = map(json.loads, shipped("data", "gate", f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
        texts = [row["text"] for row in rows]
        found = score(model(), [Item("x", text) for text in texts], index=index(VOTING), refuted=refuted)
        assert [text for text, one in zip(texts, found, strict=True) if one.flagged] == []


def test_who_says_only_a_part_of_what_was_found_false_does_not_repeat_it():
    false = "Công ước về quyền trẻ em hiện có 196 thành viên, trong đó có Hoa Kỳ đã phê chuẩn."
    refuted = RefutedClaims.build([RefutedClaim("f", false, "independent")], verdict=model().verdict)
    part = "Công ước quyền trẻ em có 196 thành viên."
    assert not refuted.match(part)[0].same
    assert refuted.match(f"Đọc mà vui: {false}")[0].same


@pytest.mark.parametrize(("false", "true", "again"), [
    ("Theo luật xứ Mây, nam từ đủ 18 tuổi được kết hôn.",
     "Theo luật xứ Mây, nam từ đủ 20 tuổi và nữ từ đủ 18 tuổi được kết hôn.",
     "Theo luật xứ Mây ban hành năm 2014, nam từ đủ 18 tuổi được kết hôn đó bà con."),
    ("Luật xứ Mây cho phép tuyển lao động từ đủ 12 tuổi.",
     "Luật xứ Mây cho phép tuyển lao động từ đủ 15 tuổi, dưới 12 tuổi thì không.",
     "Luật xứ Mây cho phép tuyển lao động từ đủ 12 tuổi, 3 xã đã làm rồi."),
    ("Luật xứ Mây cho tạm giam 10 tháng.", "Luật xứ Mây cho tạm giam 4 tháng, tội nặng nhất mới đến 10 tháng.",
     "Luật xứ Mây năm 2015 cho tạm giam 10 tháng."),
])  # fmt: skip
def test_who_says_the_figure_of_what_was_found_false_of_something_else_does_not_repeat_it(false, true, again):
    refuted = RefutedClaims.build([RefutedClaim("f", false, "primary")], verdict=model().verdict)
    for text in (true, fold(true)):
        assert not refuted.match(text)[0].same
    for text in (again, fold(again)):
        assert refuted.match(text)[0].same


@pytest.mark.parametrize(("false", "some"), [
    ("Xứ Mây bãi bỏ hình phạt roi với mọi tội danh.", "Xứ Mây bãi bỏ hình phạt roi với 8 tội danh."),
    ("Tất cả thợ dệt xứ Mây được về hưu ở tuổi 50.", "Thợ dệt nam xứ Mây được về hưu ở tuổi 50."),
    ("Toàn bộ người già xứ Mây được nhận 500 đồng mỗi tháng.", "Người già nghèo xứ Mây được nhận 500 đồng mỗi tháng."),
    ("Cả nước nghỉ học từ ngày mai vì bão.", "Một số trường nghỉ học từ ngày mai vì bão."),
])  # fmt: skip
def test_who_says_of_some_what_was_found_false_of_all_does_not_repeat_it(false, some):
    refuted = RefutedClaims.build([RefutedClaim("f", false, "primary")], verdict=model().verdict)
    for text in (some, fold(some)):
        assert not any(one.same for one in refuted.match(text))
    for text in (f"Nghe này: {false}", fold(false)):
        assert refuted.match(text)[0].same


def test_what_is_said_of_a_whole_country_repeats_what_was_found_false_of_all():
    false = "Xứ Mây cho tất cả người già nhận 3 triệu đồng mỗi tháng."
    refuted = RefutedClaims.build([RefutedClaim("f", false, "primary")], verdict=model().verdict)
    assert refuted.match("Xứ Mây cho người già cả nước nhận 3 triệu đồng mỗi tháng.")[0].same
    for of_no_all in ("nhất cả nước", "kể cả nước ngoài", "theo hội nghị toàn quốc"):
        text = f"Xứ Mây cho người già nhận 3 triệu đồng mỗi tháng, {of_no_all}."
        assert not any(one.same for one in refuted.match(text))


@pytest.mark.parametrize(("eid", "listed"), [
    ("factcheck:1", "Thông tin {} là sai sự thật."), ("factcheck:1", "Lan truyền tin giả: {}."),
    ("factcheck:1", "Tin đồn {}."), ("decision:1", "Tin đồn {}."), ("decision:1", "Người ta đồn thổi {}."),
])  # fmt: skip
def test_a_claim_is_repeated_however_a_fact_check_labels_it_and_whoever_calls_it_a_rumour(eid, listed):
    claim = "Công an xã được bắt giữ người lao động đình công mà không cần lệnh của tòa án"
    refuted = RefutedClaims.build([RefutedClaim(eid, listed.format(claim), "independent")], verdict=model().verdict)
    for text in (claim, f"Tin đồn {claim}.", fold(claim)):
        assert refuted.match(text)[0].same
    for text in (f"{claim} là tin giả.", f"Thông tin {claim} là sai sự thật."):
        assert refuted.match(text)[0].p == 0.0


def test_scoring_sees_texts_and_times_alone():
    assert {field.name for field in fields(Item)} == {"id", "text", "before"}
    assert {field.name for field in fields(Passage)}.isdisjoint({"author", "outlet", "url"})


def test_where_no_claim_is_kept_no_difference_is_told_of_one():
    text = "- nước ta không còn án tử hình với bất cứ tội nào nữa hả"
    passages = {passage.eid: passage for passage in facts_passages()}
    found = one(text, passages["fact:ccpr-op2-not"], VOTING)
    assert found.claim == ""
    assert found.evidence
    assert not any(beside.slots for beside in found.evidence)


def test_the_same_text_gives_the_same_score_alone_and_in_a_batch():
    texts = [FALSE, TRUE, "Tôi thấy luật này quá nhẹ.", "", "Giá cà phê tăng nhẹ."] * 3
    together = list(score(model(), [Item(str(n), text) for n, text in enumerate(texts)], index=index(), batch=7))
    alone = [next(score(model(), [Item(str(n), text)], index=index())) for n, text in enumerate(texts)]
    assert together == alone


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=400))
def test_any_text_gives_one_score(text):
    found = one(text)
    assert 0.0 <= found.p_refuted <= 1.0
    assert text[found.claim_start : found.claim_end] == found.claim


@pytest.mark.parametrize("text", [
    "Mãi năm 1991 Việt Nam \ue0c7 phê chuẩn CEDAW.",
    "Báo cáo gộp lần \ue0c5-17 của VN được Ủy ban CERD xem xét năm 2021.",
    "Việt Nam đã phê chuẩn ⟦b⟧ và CEDAW.", "Việt Nam đã phê chuẩn CEDAW vào ⟨____⟩.",
    "Việt Nam phê chuẩn CRC, nước đầu tiên ⟦b⟧.",
])  # fmt: skip
def test_letters_by_which_numbers_and_names_are_masked_are_read_as_spaces(text):
    assert one(text).flagged == one(re.sub("[\ue000-\uf8ff⟦⟧⟨⟩]", " ", text)).flagged


@pytest.mark.parametrize("text", [
    "http://" + "." * 5000, "a." * 20_000, '"' * 100_000, "quyền trẻ em " * 40_000, "\u0301" * 50_000, "\ud800 quyền",
    "\x00" * 100,
    "1." * 50_000, "ạ" * 300_000,
], ids=["dots", "a.", "quotes", "long", "towers", "surrogate", "nul", "1.", "unbroken"])  # fmt: skip
def test_hostile_texts_end(text):
    assert one(text).id == "x"


@pytest.mark.parametrize(
    "pair",
    [("", ""), (FALSE, " "), ("", WORK_AGE.text), ("…", WORK_AGE.text)]
    + [
        ("Luật cấm tra tấn.", said)
        for said in (
            "Đúng",
            "Có.",
            "Sai",
            "ok",
            "a",
            "123",
            "Không.",
            "Cấm.",
            "Đúng vậy!",
            "không phải",
            "Hoàn toàn sai.",
        )
    ],
)
def test_a_pair_of_which_one_side_says_nothing_has_not_enough_information(pair):
    assert compare(model(), [pair]) == [({"supported": 0.0, "refuted": 0.0, "not_enough_info": 1.0}, "", "")]
    assert [finding.verdict for finding, _ in lay(*pair)] == [(0.0, 0.0, 1.0)]


def lay(claim: str, evidence: str):
    hit = Hit(Passage("e", evidence, role="primary"), 1.0, near=1.0)
    return lay_all(model(), [(claim, [hit], 1)])[0]


@pytest.mark.parametrize(("claim", "evidence"), [
    ("N. ban đầu được cho là ở tại xã Bà Điểm nhưng sau đó lẩn trốn.", "đối tượng"),  # as published
    ("Đá nhựa được tìm thấy trên Đảo Trindade.", "đá nhựa"),
    ("Lương tối thiểu là 4,68 triệu đồng.", "4,96 triệu"),
    ("Vụ tai nạn xảy ra may mắn không có ai bị ảnh hưởng.", "khiến một người tử vong"),
    (FALSE, WORK_AGE.text),
])  # fmt: skip
def test_evidence_that_names_something_or_shares_a_word_is_weighed_however_short(claim, evidence):
    (said,) = model().verdict.predict_proba([(claim, evidence)])
    ((found, *_),) = compare(model(), [(claim, evidence)])
    assert list(found.values()) == said.tolist()
    assert said[2] < 1.0


def test_pairs_are_compared_as_given():
    (refuted, slot, held), (supported, *none) = compare(model(), [(FALSE, WORK_AGE.text), (TRUE, WORK_AGE.text)])
    assert refuted["refuted"] > 0.5
    assert (slot, held) == ("number", "")
    assert supported["supported"] > 0.5
    assert none == ["", ""]
    assert sum(refuted.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("claim", "evidence"), [
    ("Gần 63% đại biểu là nam.", "62,9% đại biểu là nam."),
    ("Hơn 300 người bị tạm giữ.", "312 người bị tạm giữ."),
    ("62% đại biểu là nam.", "62,1% đại biểu là nam."),
    ("Luật được thông qua với 95% đại biểu tán thành.", "452/475 đại biểu tán thành, bằng 95,15%."),
])  # fmt: skip
def test_a_number_told_roughly_is_refuted_by_no_exact_one(claim, evidence):
    ((said, slot, held),) = compare(model(), [(claim, evidence)])
    assert said["refuted"] == 0.0
    assert (slot, held) == ("", "case")


def test_a_case_of_a_rule_is_refuted_by_no_article_that_lets_it_be():
    article = "Điều 9 Luật số 71/2019/QH14\nVào hội\nHội viên hội thợ là người từ đủ 21 tuổi trở lên."
    ((case, slot, _), (against, *_)) = compare(model(), [
        ("Anh thợ 30 tuổi được vào hội thợ làm hội viên.", article),
        ("Người từ đủ 30 tuổi mới được vào hội thợ làm hội viên.", article),
    ])  # fmt: skip
    assert (case["refuted"], slot) == (0.0, "")
    assert against["refuted"] > 0.5


@pytest.mark.parametrize(("case", "contrary", "rule"), [
    ("Người 19 tuổi thì được bỏ phiếu bầu hội thợ.", "Người 17 tuổi thì được bỏ phiếu bầu hội thợ.",
     "Người từ đủ 18 tuổi được bỏ phiếu bầu hội thợ."),
    ("Theo báo Thợ, người 19 tuổi thì được bỏ phiếu bầu hội thợ.", "Chỉ khi đủ 21 tuổi mới được bỏ phiếu bầu hội thợ.",
     "Người từ đủ 18 tuổi được bỏ phiếu bầu hội thợ."),
    ("Nam 19 tuổi chưa được kết hôn.", "Nam 19 tuổi được kết hôn.",
     "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn."),
    ("Hợp đồng 8 tháng thì được vào hội thợ.", "Hợp đồng 4 tháng thì được vào hội thợ.",
     "Thợ có hợp đồng từ đủ 6 tháng được vào hội thợ."),
    ("Chủ xưởng chậm trả lương 20 ngày vì thiên tai là được.",
     "Chủ xưởng được chậm trả lương 40 ngày khi có thiên tai.",
     "Chủ xưởng chỉ được chậm trả lương khi có thiên tai và không quá 30 ngày."),
    ("Thợ 19 tuổi được bầu cử.", "Thợ 17 tuổi được bầu cử.", "Hội viên từ đủ 18 tuổi được bầu cử."),
    ("Thợ 30 tuổi được học nghề mộc.", "Thợ 60 tuổi được học nghề mộc.", "Thợ dưới 50 tuổi được học nghề mộc."),
    ("Thợ 40 tuổi được dùng máy này.", "Thợ 60 tuổi được dùng máy này.", "Máy này cấm dùng cho thợ trên 50 tuổi."),
])  # fmt: skip
def test_a_case_of_a_rule_told_in_plain_words_is_let_be_by_it_and_its_contrary_refuted(case, contrary, rule):
    (said, slot, held), (against, _, none) = compare(model(), [(case, rule), (contrary, rule)])
    assert (said["refuted"], slot, held) == (0.0, "", "case")
    assert against["refuted"] > 0.5
    assert none == ""


@pytest.mark.parametrize("framed", [
    "{}, bà con.", "{}, mọi người nhé!", "{} đó, các bác.", "Bà con, {}.", "Này các bạn, {}.", "{} nha mọi người",
])  # fmt: skip
def test_whoever_is_called_upon_by_a_comma_alone_changes_no_reading_of_a_claim(framed):
    said = "luật cấm chủ giữ bằng gốc của người lao động"
    plain, called = score(model(), [Item("1", f"L{said[1:]}."), Item("2", framed.format(said))], index=facts_index())
    assert [one.evidence[0].relation for one in (plain, called)] == ["supports", "supports"]
    assert called.evidence[0].p == pytest.approx(plain.evidence[0].p)


def test_what_tells_no_rule_lets_no_case_be():
    news = "Giá vé phổ thông là 260.000-590.000 đồng, vé hạng nhất từ 390.000 đồng."
    said = "Giá vé phổ thông là 260.000-690.000 đồng, vé hạng nhất từ 390.000 đồng."
    ((p, *_),) = compare(model(), [(said, news)])
    assert p["refuted"] > 0.5


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("models", "default"), tmp_path / "m"))


def test_a_tampered_file_is_refused(copy):
    path = copy / "verdict.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelRefused, match=r"verdict.npz of model .* isn't the file its card names"):
        load_model(copy)


def test_a_missing_file_is_refused(copy):
    (copy / "kind.npz").unlink()
    with pytest.raises(ModelRefused, match=r"lacks its file kind.npz"):
        load_model(copy)


@pytest.mark.parametrize("name", ["kind.json", "ranking.json"])
def test_what_a_model_reads_and_its_card_does_not_name_is_refused(copy, name):
    card = json.loads((copy / "card.json").read_text())
    del card["files"][name]
    (copy / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelRefused, match=rf"{name} of model .* isn't named in its card"):
        load_model(copy)


def test_a_model_of_another_reading_is_refused(copy):
    card = json.loads((copy / "card.json").read_text())
    (copy / "card.json").write_text(json.dumps(card | {"reading": "99"}))
    with pytest.raises(ModelRefused, match=r"reading 99"):
        load_model(copy)


@pytest.mark.parametrize(("change", "said"), [
    ({"wording": "999"}, "wording 999"), ({"files": {}}, "used; take the file away"), ({"files": []}, "no readable"),
    ({"thresholds": {}}, "damaged"), ({"thresholds": None}, "damaged"), ({"refuted": 0.1}, "likelier not"),
    ({"refuted": None}, "damaged"), ({"rights": "0.5"}, "damaged"), ({"claim": 1.7}, "damaged"),
])  # fmt: skip
def test_a_card_that_no_training_writes_is_refused_in_one_sentence(copy, change, said):
    card = json.loads((copy / "card.json").read_text())
    whole = {name: value for name, value in change.items() if name in card}
    card |= whole or {"thresholds": card["thresholds"] | change}
    (copy / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelRefused, match=said) as refusal:
        load_model(copy)
    assert "\n" not in str(refusal.value)


def test_a_verdict_of_numbers_that_are_none_is_refused(copy):
    with np.load(copy / "verdict.npz") as stored:
        arrays = dict(stored)
    for name, wrong in (("blend", arrays["blend"] * np.nan), ("blend", arrays["blend"][1:])):
        np.savez(copy / "verdict.npz", **{**arrays, name: wrong})
        card = json.loads((copy / "card.json").read_text())
        card["files"]["verdict.npz"] = sha256(copy / "verdict.npz")
        (copy / "card.json").write_text(json.dumps(card))
        with pytest.raises(ModelRefused, match="damaged"):
            load_model(copy)


@pytest.mark.parametrize("card", ["", "[" * 100_000])
def test_a_folder_without_a_card_is_refused(tmp_path, card):
    if card:
        (tmp_path / "card.json").write_text(card)
    with pytest.raises(ModelRefused, match=r"no readable card"):
        load_model(tmp_path)
    assert card_version(tmp_path) == ""


@pytest.mark.parametrize(("parts", "said"), [
    ({"mouth": "a:b"}, "no model part mouth"),
    ({"rights": "no_such_module:X"}, "can't be made .*; install it beside Soi, or name its folder in PYTHONPATH"),
    ({"rights": "json:X"}, "can't be made .*; name it package.module:factory"),
    ({"rights": "json:JSONDecoder"}, "no predict_proba"),
])  # fmt: skip
def test_a_part_of_your_own_that_cannot_serve_is_refused(parts, said):
    with pytest.raises(ModelRefused, match=said):
        load_model(shipped("models", "default"), parts=parts)


@pytest.mark.parametrize(("text", "relation"), [
    ("Nữ 15 tuổi được kết hôn.", "contradicts"),
    ("Nữ 15 tuổi không được kết hôn.", "related"),
])  # fmt: skip
def test_a_case_of_a_rule_is_refuted_only_where_it_is_against_the_rule(text, relation):
    rule = Passage(
        "fact:wed", "Nữ từ đủ 18 tuổi mới được kết hôn.", "Luật Hôn nhân và gia đình, điều 8", "primary", kind="fact"
    )
    found = one(text, rule)
    assert found.evidence[0].relation == relation
    assert found.flagged is (relation == "contradicts")


@pytest.mark.parametrize("text", [
    "Bà Trần Thị Lụa tố cáo mà không được bảo vệ.", "Nguyễn Khắc Đản tố cáo mà không được bảo vệ.",
])  # fmt: skip
def test_what_befell_somebody_is_not_refuted_by_the_rule_on_it(text):
    rule = Passage("fact:told", "Người tố cáo được bảo vệ.", "Luật Tố cáo", "primary", kind="fact")
    found = one(text, rule)
    assert found.evidence[0].relation == "related"
    assert not found.flagged
    assert one("Người tố cáo không được bảo vệ.", rule).flagged


def test_a_passage_of_another_instrument_settles_nothing():
    rule = Passage(
        "fact:home", "Điều 22 Hiến pháp 2013: không ai được tự ý vào nhà người khác.", "Hiến pháp", "primary"
    )
    assert one("Điều 22 Hiến pháp nói không ai được tự ý vào nhà người khác.", rule).evidence[0].relation == "supports"
    assert one("Điều 22 ICCPR nói không ai được tự ý vào nhà người khác.", rule).evidence[0].relation == "related"


def test_what_a_passage_says_is_over_supports_nothing():
    told = "Từ năm 2024 tù nhân được gọi điện về nhà mỗi tuần 20 phút, thay cho 5 phút trước đây; giờ do trại định."
    rule = Passage("fact:call", told, "Luật Thi hành án hình sự", "primary", kind="fact")
    false = one("Tù nhân được gọi điện về nhà mỗi tuần 5 phút.", rule).evidence[0]
    assert false.relation == "contradicts"
    assert told[slice(*false.slots[0].evidence_span)] == "20"
    assert one("Tù nhân được gọi điện về nhà mỗi tuần 20 phút.", rule).evidence[0].relation == "supports"


@pytest.mark.parametrize(("rule", "true", "false"), [
    ("Trẻ em dưới 6 tuổi được Nhà nước cấp sữa miễn phí ở trạm y tế xã.",
     "Trẻ em dưới 6 tuổi được Nhà nước cấp sữa ở trạm y tế xã.", "Trẻ em dưới 6 tuổi phải tự mua sữa ở trạm y tế xã."),
    ("Việt Nam là thành viên của năm trong bảy hiệp ước về quyền của người già.",
     "Việt Nam là thành viên của năm trong bảy hiệp ước về quyền của người già.",
     "Việt Nam là thành viên của cả bảy hiệp ước về quyền của người già."),
])  # fmt: skip
def test_a_passage_that_says_so_of_fewer_or_lets_what_a_claim_demands_supports_nothing(rule, true, false):
    passage = Passage("fact:rule", rule, "Luật Mây 2019, điều 3", "primary", kind="fact")
    assert [one(said, passage).evidence[0].relation for said in (true, false)] == ["supports", "related"]


def test_a_fact_with_none_of_a_claims_numbers_is_of_another_thing():
    rule = Passage(
        "fact:hall", "Hội đồng Mây được 145 phiếu trên 189, nhiệm kỳ 2023-2025.", "Mây", "primary", kind="fact"
    )
    other = one("Việt Nam vào Hội đồng Mây nhiệm kỳ 2020-2021 với 192 phiếu trên 193 để bảo vệ quyền con người.", rule)
    assert other.evidence[0].relation == "related"
    assert not other.flagged


@pytest.mark.parametrize(("claim", "eid", "known"), [
    ("Con gái 16 tuổi là đủ tuổi kết hôn rồi.", "fact:marriage-age", True),
    ("Làm 6 năm mất việc vì đổi công nghệ được 18 tháng lương trợ cấp.", "fact:job-loss", False),
])  # fmt: skip
def test_what_a_row_says_is_known_to_be_false_and_a_sum_that_a_rate_does_not_come_to_is_not(claim, eid, known):
    fact = next(one for one in facts_passages() if one.eid == eid)
    [(finding, evidence)] = lay_all(model(), [(claim, [Hit(fact, 1.0)], 1)])[0]
    assert evidence.relation == "contradicts"
    assert finding.known is known


def test_a_treaty_named_by_its_short_name_alone_is_looked_up():
    joined = Passage("fact:crpd-ratification", "Việt Nam phê chuẩn Công ước về quyền của người khuyết tật (CRPD) ngày"
                     " 5/2/2015.", "CRPD", "primary", kind="fact")  # fmt: skip
    found = one("Việt Nam phê chuẩn CRPD vào ngày 5/2/2010.", joined)
    assert found.evidence
    assert "CRPD" in found.rights


CARDS = Passage(
    "x", "Trẻ dưới 6 tuổi được Nhà nước cấp thẻ bảo hiểm y tế miễn phí.", "Luật Bảo hiểm y tế", "primary", kind="fact"
)
HOLIDAYS = Passage(
    "x",
    "Người lao động nghỉ lễ, tết 11 ngày một năm hưởng nguyên lương.",
    "Bộ luật Lao động 2019, điều 112",
    "primary",
    kind="fact",
)
FOREIGNERS = Passage(
    "x",
    "Người nước ngoài làm việc theo hợp đồng từ đủ 12 tháng được vào công đoàn cơ sở.",
    "Luật Công đoàn",
    "primary",
    kind="fact",
)
NORM = Passage(
    "x",
    "Mức chuẩn trợ giúp xã hội áp dụng từ ngày 01 tháng 7 năm 2021 là 360.000 đồng mỗi tháng.",
    "Nghị định 20/2021",
    "primary",
    kind="law",
)
WRONGED = Passage(
    "x",
    "Người bị oan có 3 năm để đòi bồi thường; tổn thất tinh thần tính 5 ngày lương cơ sở cho mỗi ngày bị giam.",
    "Luật Trách nhiệm bồi thường của Nhà nước",
    "primary",
    kind="fact",
)


@pytest.mark.parametrize(("passage", "false", "other"), [
    (CARDS, "Trẻ dưới 15 tuổi được Nhà nước cấp thẻ bảo hiểm y tế miễn phí.",
     "Thành phố rà soát người trên 65 tuổi để cấp thẻ bảo hiểm y tế miễn phí."),
    (CARDS, "Bé 9 tuổi thì nhà nước cấp thẻ bảo hiểm y tế miễn phí.",
     "Bé 5 tuổi thì nhà nước cấp thẻ bảo hiểm y tế không mất tiền."),
    (HOLIDAYS, "Bộ luật Lao động 2019 cho người lao động nghỉ lễ, tết 15 ngày một năm hưởng nguyên lương.",
     "Bộ luật Lao động 2012 cho người lao động nghỉ lễ, tết 10 ngày một năm hưởng nguyên lương."),
    (HOLIDAYS, "Luật có hiệu lực từ 1/7/2026 cho người lao động nghỉ lễ, tết 15 ngày một năm hưởng nguyên lương.",
     "Hiến pháp 1992 cho người lao động nghỉ lễ, tết 10 ngày một năm hưởng nguyên lương."),
    (FOREIGNERS, "Anh kỹ sư Hàn hợp đồng 6 tháng giờ vào công đoàn cơ sở được rồi.",
     "Anh kỹ sư Hàn hợp đồng 2 năm giờ vào công đoàn cơ sở được rồi."),
    (NORM, "Mức chuẩn trợ giúp xã hội là 540.000 đồng mỗi tháng.",
     "Mức chuẩn trợ giúp xã hội tăng lên 540.000 đồng mỗi tháng."),
    (WRONGED, "Người bị oan 10 ngày thì được bồi thường tổn thất tinh thần 30 ngày lương cơ sở.",
     "Người bị oan 10 ngày thì được bồi thường tổn thất tinh thần 50 ngày lương cơ sở."),
])  # fmt: skip
def test_what_is_of_another_thing_or_follows_is_not_flagged(passage, false, other):
    assert one(false, passage).flagged
    assert not one(other, passage).flagged


@pytest.mark.parametrize(("fact", "false", "others"), [
    ("tuition-2025", "Trường công học sinh vẫn phải đóng học phí",
     ("Trường tư học sinh vẫn phải đóng học phí", "truong tu thuc hoc sinh van phai dong hoc phi",
      "Bà con ơi, trường dân lập học sinh vẫn phải đóng học phí, nhà nước hỗ trợ một phần nha")),
    ("complaint-limitation", "Thời hiệu khiếu nại hành chính chỉ có 15 ngày.",
     ("Bà con ơi, khiếu nại quyết định kỷ luật cán bộ thì thời hiệu là 15 ngày",
      "Ba con oi, khieu nai quyet dinh ky luat can bo thi thoi hieu la 15 ngay")),
])  # fmt: skip
def test_what_has_a_rule_of_its_own_is_not_held_against_that_of_the_others(fact, false, others):
    passage = next(one for one in facts_passages() if one.eid == f"fact:{fact}")
    assert one(false, passage).flagged
    assert not any(one(text, passage).flagged for text in others)


def test_a_question_that_denies_is_a_denial():
    passage = next(one for one in facts_passages() if one.eid == "fact:right-silence")
    assert one("Người bị bắt buộc phải khai chống lại mình.", passage).flagged
    for text in (
        "Ai bị buộc phải khai chống lại mình đâu.",
        "Có ai bị bắt phải khai chống lại mình đâu, buộc tội là việc của bên công tố.",
    ):
        assert not one(text, passage).flagged


def test_another_measure_and_another_laws_day_are_apart():
    law = Passage("x", "Luật Mây Trắng có hiệu lực từ ngày 1/1/2026.", "Luật 91/2025/QH15", "primary", kind="fact")
    for claim, passage in (
        ("Chụp phim dưới 6 phút không được trả.", CARDS),
        ("Luật Mưa có hiệu lực từ ngày 1/3.", law),
    ):
        assert apart_from(model(), claim)(passage)


def test_words_replaced_across_two_passages_of_an_article_are_shown_to_the_end_of_the_first():
    first = "Nam và nữ cùng sống một nhà có bổn phận chia sẻ công việc gia đình."
    second = "Vợ, chồng bình đẳng khi bàn bạc và chọn cách sinh đẻ có kế hoạch; được nghỉ chăm con ốm theo luật."
    claim = "Chia sẻ công việc ngoài đồng bình đẳng khi bàn bạc và chọn cách sinh đẻ"
    passage = f"Điều 9\n{first}"
    both = f"{first} {second}"
    shown = differences(align(claim), align(passage), both, lambda: pair(claim, both, vectors=model().verdict.vectors))
    spans = {slot.claim_text: passage[slice(*slot.evidence_span)] for slot in shown}
    assert spans["ngoài đồng"] == "gia đình."
