"""Opinion is free: no protected text is flagged, whichever side it favours, whatever evidence lies beside it.

Our own texts run everywhere; the measuring set runs where ../shared is present.
"""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from ours import facts_index, model

from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.factuality.praise import alike
from classifier.readers import both as readers
from classifier.readers import kind as kind_part
from classifier.readers.kind import KindReader
from classifier.readers.rights import RightsReader
from classifier.scoring import Item, Score, score
from classifier.text import fold, normalise

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"

LAW = [
    ("Người bị tạm giữ được gặp luật sư từ khi có quyết định tạm giữ.", "primary"),
    ("Thời hạn tạm giữ không quá 3 ngày kể từ khi nhận người bị giữ.", "primary"),
    ("Lao động nữ được nghỉ thai sản sáu tháng và hưởng trợ cấp thai sản.", "primary"),
    ("Trẻ em là người dưới 16 tuổi; cấm sử dụng lao động trẻ em trái luật.", "primary"),
    ("Nghiêm cấm tra tấn, bức cung, dùng nhục hình dưới bất kỳ hình thức nào.", "primary"),
    ("Học sinh dân tộc thiểu số bán trú được hỗ trợ 15 kg gạo mỗi tháng.", "independent"),
    ("Người khuyết tật đặc biệt nặng được miễn vé xe buýt.", "primary"),
    ("Công an huyện khẳng định không có ai bị đánh tại trụ sở.", "party"),
    ("Nhà nước không thừa nhận hôn nhân giữa những người cùng giới tính.", "primary"),
    ("Người sử dụng lao động phải trả lương đầy đủ, đúng hạn.", "primary"),
]
PROTECTED = [
    # opinion, criticism and praise, from either side
    "Theo tôi nhốt người ta ba ngày không cho gặp luật sư là chuyện không thể chấp nhận.",
    "Công an mình làm việc có tình có lý, tôi ủng hộ hết mình, mặc kệ kẻ xấu xuyên tạc.",
    "Bắt bớ kiểu đó thì đừng nói chuyện pháp quyền với tôi nữa, nhục lắm!",
    "Nghỉ thai sản sáu tháng là chính sách quá nhân văn, cảm ơn Nhà nước đã lo cho chị em.",
    "Nước mình lo cho trẻ em như vậy là nhất rồi, ai chê tôi cũng mặc.",
    "Thật thất vọng về cái hội đồng xét xử đó, vô cảm đến lạnh người.",
    # satire
    "Đồn công an nhà tôi tốt lắm, vào ba ngày ra ốm bảy ký, khỏi cần giảm cân.",
    "Dân chủ bàn phím hôm nay lại giải phóng đất nước thêm một lần nữa, hoan hô!",
    "Xưởng tôi trả lương đúng hạn lắm, đúng hạn của cái năm sau ấy mà.",
    # questions, rhetorical ones too
    "Tại sao người ta bị giữ ba ngày mà không ai được gặp luật sư?",
    "Chẳng lẽ cứ trẻ em vùng cao là phải chịu thiệt mãi hay sao?",
    "Cho em hỏi nghỉ thai sản sinh đôi thì được thêm mấy tháng ạ?",
    # calls and hopes
    "Hãy chấm dứt nhục hình, hãy để mọi buổi hỏi cung có luật sư!",
    "Xin đừng tin bọn phản động, hãy đứng về phía các anh công an!",
    "Mong một ngày xe buýt nào cũng hạ sàn cho người ngồi xe lăn.",
    "Ước gì đồng bào vùng cao ai cũng đủ gạo ăn qua mùa giáp hạt.",
    # testimony, of oneself and of one's family
    "Tôi bị giữ ở đó bốn ngày, không ai cho tôi gặp luật sư, nhớ lại tôi còn run.",
    "Em trai tôi về tới nhà thì lưng tím bầm, nó chỉ khóc chứ không kể gì.",
    "Mẹ tôi được cán bộ xã đưa tiền trợ cấp tận giường, bà cứ nhắc hoài.",
    "Hồi đó mình có bầu mà bị cho nghỉ, mình đi bộ về nhà vừa đi vừa khóc.",
    "Con tôi đi học mà bị bạn gọi là thằng què, tối nào cháu cũng đòi nghỉ.",
    "Chồng em làm bốn tháng không được trả đồng nào, nhà em ăn mì gói qua Tết.",
]
CALLS = [  # beside a law that says otherwise
    "Lao động nữ nên được nghỉ thai sản chín tháng.",
    "Lao dong nu nen duoc nghi thai san chin thang.",
    "Nhà nước nên thừa nhận hôn nhân giữa những người cùng giới tính.",
    "Nhà nước cần thừa nhận hôn nhân giữa những người cùng giới tính.",
    "Thời hạn tạm giữ cần rút xuống còn 1 ngày kể từ khi nhận người bị giữ.",
]
VOICES = [  # one claim in a state paper's words and in a dissident's
    (
        "Cơ quan chức năng đã tạm giữ 12 người tụ tập trái phép trước trụ sở ủy ban.",
        "Chính quyền đã bắt giữ 12 người tụ tập ôn hòa trước trụ sở ủy ban.",
    ),
    (
        "Tỉnh hoàn thành giải phóng mặt bằng 40 hộ dân, bàn giao đất cho dự án.",
        "Tỉnh cưỡng chế 40 hộ dân, lấy đất giao cho dự án.",
    ),
]


def parts() -> tuple[RightsReader, KindReader]:
    return model().rights, model().kind


@cache
def laws() -> PassageIndex:
    rows = [Passage(f"e{at}", text, "", role, "2020-01-01") for at, (text, role) in enumerate(LAW)]
    return PassageIndex.build(rows, concepts=model().lexicon.index_terms)


def scored(texts: list[str], index: PassageIndex) -> list[Score]:
    return list(score(model(), [Item(str(at), text) for at, text in enumerate(texts)], index=index))


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def evidence() -> PassageIndex:
    passages = [
        Passage(row["eid"], row["text"], row["source"], row.get("role", "primary"), row.get("date", ""))
        for row in rows("evidence.jsonl")
    ]
    return PassageIndex.build(passages, concepts=model().lexicon.index_terms)


@pytest.mark.parametrize("spell", [str, fold, str.upper], ids=["as_written", "without_diacritics", "in_capitals"])
def test_none_of_our_protected_texts_is_flagged(spell) -> None:
    found = scored([spell(text) for text in PROTECTED], laws())
    assert [PROTECTED[at] for at, one in enumerate(found) if one.flagged] == []


def test_most_of_our_protected_texts_are_read_as_what_they_are() -> None:
    rights, kind = parts()
    said = readers.read(rights, kind, [normalise(text) for text in PROTECTED])
    kept = [kind_part.name(row, kind.claim_threshold_) != "claim" for row in said.kind]
    assert sum(kept) / len(kept) >= 0.85


@pytest.mark.parametrize("pair", VOICES)
def test_a_claim_in_two_voices_meets_the_same_rule(pair: tuple[str, str]) -> None:
    first, second = scored(list(pair), laws())
    assert first.kind == second.kind
    assert first.flagged == second.flagged


@pytest.mark.parametrize("who", ["Tôi là nông dân.", "Mình là giám đốc.", "Tôi là đảng viên.", "Em là người Mông."])
def test_who_a_writer_says_he_is_changes_nothing_of_what_he_claims(who: str) -> None:
    said = "Lao động nữ chỉ được nghỉ thai sản 4 tháng."
    alone, told = scored([said, f"{who} {said}"], laws())
    assert told.detail["p_kind"] == pytest.approx(alone.detail["p_kind"], abs=1e-6)
    assert told.flagged == alone.flagged


AGE = "phụ nữ đủ 16 tuổi được kết hôn"  # beside a law that says 18


@cache
def marriage() -> PassageIndex:
    said = "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi được kết hôn."
    rows = [Passage("fact:marriage", said, "", "primary", "2020-01-01", kind="fact")]
    return PassageIndex.build(rows, concepts=model().lexicon.index_terms)


@pytest.mark.parametrize("frame", [
    "Tôi thấy báo nói {c}.", "Tôi đọc luật thấy {c}.", "Tôi mong ai cũng biết: {c}.", "Mong mọi người nhớ rằng {c}.",
    "Xin bà con lưu ý: {c}.",
])  # fmt: skip
def test_a_claim_passed_on_or_called_to_mind_is_one(frame: str) -> None:
    for spell in (str, fold):
        (found,) = scored([spell(frame.format(c=AGE))], marriage())
        assert found.flagged
        assert found.claim == spell(f"{AGE}.")


@pytest.mark.parametrize("frame", [
    "Bọn {x} nghe cho rõ: {c}.", "Mặc kệ đám {x}, {c}.", "{c}, ai nói khác là {x}.", "Nói cho lũ {x} tỏ tường: {c}.",
])  # fmt: skip
@pytest.mark.parametrize("others", ["xuyên tạc", "bịa đặt", "bưng bít", "tuyên truyền"])
def test_whoever_is_called_names_beside_a_claim_it_is_held(frame: str, others: str) -> None:
    (found,) = scored([normalise(frame.format(x=others, c=AGE)).capitalize()], marriage())
    assert found.flagged


@pytest.mark.parametrize(("praise", "blame"), [
    (", đúng là nhân quyền.", ", đúng là chà đạp nhân quyền."), (". Rất nhân văn.", ". Rất vô nhân đạo."),
    (", đáng tự hào.", ", đáng xấu hổ."), (", tôi rất ủng hộ.", ", tôi rất phản đối."), (". Quá tốt.", ". Quá tệ."),
    (", văn minh thật.", ", man rợ thật."), (". Công bằng quá.", ". Bất công quá."), (", quá hay.", ", quá tệ."),
])  # fmt: skip
def test_praise_and_blame_behind_a_claim_are_read_alike(praise: str, blame: str) -> None:
    one, other = scored([f"{AGE.capitalize()}{tail}" for tail in (praise, blame)], marriage())
    assert (one.flagged, one.read_as("p_kind")) == (other.flagged, other.read_as("p_kind"))
    assert alike(fold(f"{AGE}{praise}")) == alike(fold(f"{AGE}{blame}")) != fold(f"{AGE}{praise}")


@pytest.mark.parametrize(("praise", "blame"), [
    ("Tự hào thay nước mình, ", "Xấu hổ thay nước mình, "), ("Càng nghĩ càng mừng: ", "Càng nghĩ càng buồn: "),
    ("Luật công bằng khi cho ", "Luật bất công khi cho "),
])  # fmt: skip
def test_praise_and_blame_before_a_claim_are_read_alike(praise: str, blame: str) -> None:
    one, other = scored([f"{begun}{AGE}." for begun in (praise, blame)], marriage())
    assert (one.flagged, one.read_as("p_kind")) == (other.flagged, other.read_as("p_kind"))
    assert alike(fold(f"{praise}{AGE}")) == alike(fold(f"{blame}{AGE}")) != fold(f"{praise}{AGE}")


@pytest.mark.parametrize(("praise", "blame"), [
    (" cũng đáng.", " thì quá đáng."), (" là hợp lý.", " là vô lý."), (" thì công bằng quá.", " thì bất công quá."),
    (" là tôn trọng nhân quyền.", " là vi phạm nhân quyền."),
])  # fmt: skip
def test_who_finds_a_rule_right_and_who_finds_it_wrong_are_read_alike(praise: str, blame: str) -> None:
    one, other = scored([f"{AGE.capitalize()}{tail}" for tail in (praise, blame)], marriage())
    assert one.flagged == other.flagged


@pytest.mark.parametrize("end", ["vi phạm nhân quyền", "tôn trọng nhân quyền", "chà đạp lên quyền con người"])
def test_what_is_judged_by_human_rights_is_not_flagged_as_told(end: str) -> None:
    text = "Chỉ đảng viên mới được ứng cử đại biểu Quốc hội"
    told, judged = scored([f"{text}.", f"{text} là {end}."], facts_index())
    assert told.flagged
    assert not judged.flagged


@pytest.mark.parametrize("said", ["Luật cho bán hay thuê.", "Chợ bán đồ tốt, đồ xấu đủ cả.", "Họ đòi dân chủ."])
def test_a_word_of_praise_that_judges_nothing_is_left(said: str) -> None:
    assert alike(said) == said


@pytest.mark.parametrize("said", [
    "Bọn xuyên tạc đồn {c}.", "Đám bưng bít rêu rao: {c}.", "Bọn bịa đặt nói {c} đấy.",
    "Ai nói {c} là xuyên tạc.", "Ai nói {c} là tuyên truyền.", "Luật không cho {c}, ai nói khác là bịa đặt.",
])  # fmt: skip
def test_what_those_called_names_are_said_to_say_is_not_held(said: str) -> None:
    assert not scored([said.format(c=AGE)], marriage())[0].flagged


@pytest.mark.parametrize("said", [
    "Theo tôi biết {c} ở xóm này.", "Theo tôi biết {c}, em gái tôi cưới năm ngoái.", "Tôi nghe kể {c}.",
    "Tôi thấy báo nói {c}, không biết có đúng không?", "Theo tôi biết thì hình như {c}.", "Theo tôi {c} mới phải.",
    "Tôi thấy báo nói nhà nước đề xuất {c}.", "Mong mọi người biết: có người đề xuất {c}.", "Tôi mong {c}.",
    "Mong mọi người nhớ: ước gì {c}.", "Mong nhà nước chú ý: {c}.", "Mong được biết: {c} không ạ",
    "Xin cho biết: {c} chưa ạ", "Mong mọi người biết: {c} là tin giả.",
])  # fmt: skip
def test_what_is_witnessed_wished_or_asked_stays_protected(said: str) -> None:
    for spell in (str, fold):
        assert not scored([spell(said.format(c=AGE))], marriage())[0].flagged


@pytest.mark.parametrize("frame", [
    "Theo tôi biết {}.", "Tôi được biết {}.", "Mong ai cũng biết: {}.",
    "Mong mọi người nhớ rằng {}.", "Tôi thấy báo nói {}.",
])  # fmt: skip
@pytest.mark.parametrize(
    "who", ["ở thôn", "ca đêm", "bên nhà máy", "ở bển", "xưởng này", "tổ tôi", "bọn tớ", "dưới quê"]
)
def test_who_tells_of_people_near_him_is_not_flagged(frame: str, who: str) -> None:
    said = frame.format(f"lao động nữ {who} được nghỉ thai sản bốn tháng")
    for text in (said, fold(said), f"{said[:-1]}, cả tổ đều thế."):
        assert not scored([text], laws())[0].flagged, text


def test_what_is_called_for_is_not_flagged() -> None:
    assert not [one for one in scored(CALLS, laws()) if one.flagged]


def test_a_protected_text_next_to_another_is_scored_as_it_is_alone() -> None:
    for one, other in pairwise(PROTECTED[:6]):
        assert scored([one, other], laws())[1].p_refuted == pytest.approx(
            scored([other], laws())[0].p_refuted, abs=1e-6
        )


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_no_protected_text_of_the_measuring_set_is_flagged() -> None:
    texts = [row["text"] for row in rows("protected.dev.jsonl")]
    found = scored(texts, evidence())
    assert len(found) == len(texts)
    assert sum(one.flagged for one in found) == 0


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_protected_texts_of_the_measuring_set_are_mostly_kept_from_being_claims() -> None:
    rights, kind = parts()
    said = readers.read(rights, kind, [normalise(row["text"]) for row in rows("protected.dev.jsonl")])
    kept = [kind_part.name(row, kind.claim_threshold_) != "claim" for row in said.kind]
    assert sum(kept) / len(kept) >= 0.85
