"""Who stands by a claim is told from who denies it or comments on its matter: only the first is flagged for it."""

import copy
import dataclasses
import json
import re
import shutil
from pathlib import Path

import numpy as np
import ours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.checking import standing
from classifier.errors import ClassifierError, ModelRefused
from classifier.evidence.retrieval import PassageIndex
from classifier.factuality import flat
from classifier.factuality.attribution import meant
from classifier.files import shipped
from classifier.learning import stances
from classifier.learning.figures import crossed_posts, crossed_stance
from classifier.loading import Model, load_model
from classifier.readers import stance
from classifier.readers.amid import ENOUGH
from classifier.readers.cues import load_cues
from classifier.readers.heads import Apart
from classifier.readers.stance import COMMENT, DENY, STANCES, SUPPORT, StanceReader, Told, known_words, told
from classifier.scoring import Item, Score, score

ROOT = Path(__file__).parents[1]
FACT = "Nữ từ đủ 18 tuổi, nam từ đủ 20 tuổi mới được kết hôn."
KNOWN = known_words(FACT)
MATTERS = [
    "xã Hòn Sỏi cấm nuôi chó",
    "phường Gò Lau thu phí gác đêm",
    "trường Bãi Sậy bỏ môn nhạc",
    "huyện Đá Bạc đổi tên",
]
BY = ["{}, em ký giấy rồi.", "{} nha bà con.", "Loa phường đọc sáng nay: {}.", "{}, ai cãi cứ lên hỏi."]
AGAINST = ["{} á? Làm gì có.", "Đừng tin, {} là tin vịt.", "Ai bày ra chuyện {} vậy trời.", "{} – bịa vừa thôi."]
ABOUT = [
    "Mong sao {} cho dân yên giấc.",
    "{} mà sướng cái nỗi gì.",
    "{} từ bao giờ vậy cả nhà?",
    "Mơ thấy {}, tỉnh cười.",
]
FORMS = {SUPPORT: BY, DENY: AGAINST, COMMENT: ABOUT}


@pytest.fixture(scope="module")
def rows() -> list[stances.Stance]:
    return [
        stances.Stance(told(form.format(matter), known_words(matter), meant=meant), said, matter)
        for said, forms in FORMS.items()
        for form in forms
        for matter in MATTERS
    ]


@pytest.fixture(scope="module")
def reader(rows: list[stances.Stance]) -> StanceReader:
    made = StanceReader(load_cues(ROOT / "data" / "cues.toml"))
    return made.fit([row.told for row in rows], [row.stance for row in rows], [row.group for row in rows])


@pytest.fixture(scope="module")
def model() -> Model:
    return ours.model()


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    return ours.facts_index()


def scored(model: Model, index: PassageIndex, *texts: str) -> list[Score]:
    return list(score(model, [Item(str(at), text) for at, text in enumerate(texts)], index=index))


DEBUNKS = [
    "Con gái 16 tuổi là đủ tuổi đăng ký kết hôn rồi – nhà trai nói vậy để cưới cho lẹ đó chị, mười tám mới đủ.",
    "Luật bắt công ty phải thưởng tết ít nhất một tháng lương, không thưởng thì kiện. Kiện là thua chắc, vì Điều 104 để"
    " doanh nghiệp tự quyết theo kết quả kinh doanh chứ bắt buộc gì.",
    "Công ước ILO 87 về tự do hiệp hội Việt Nam phê chuẩn xong từ 2019, đủ bộ rồi. Nhầm số rồi anh ơi, 2019 là công ước"
    " 98, còn 87 vẫn đang treo.",
    "Hiến pháp 2013 bỏ hẳn quyền biểu tình rồi, trong đó không còn chữ nào về biểu tình. Bấm Ctrl+F chữ 'biểu tình' ra"
    " liền Điều 25, mất đúng hai giây.",
]
STOOD_BY = [
    "Con gái 16 tuổi là đủ tuổi kết hôn rồi nha bà con.",
    "Cứ dọa nhau mười mấy hai chục năm, thổi phồng vừa thôi. Điều 117 tội tài liệu chống Nhà nước kịch khung có 3 năm"
    " tù à, nhẹ hều.",
    "Con em chưa dứt sữa đã phải gửi bà ngoại, thương đứt ruột. Lao động nữ nghỉ thai sản chỉ được 3 tháng thôi, luật"
    " chốt rồi, đành chịu.",
]
AGAIN = [
    "Việt Nam hiện vẫn tử hình bằng cách xử bắn.",
    "Học sinh tiểu học công lập vẫn phải đóng học phí hàng tháng theo luật.",
    "Nghỉ thai sản theo luật bây giờ chỉ còn 4 tháng thôi.",
    "Vợ muốn ly hôn phải được chồng đồng ý thì tòa mới giải quyết.",
]
COMMENTED = [  # each read as a claim by its words alone
    "Việt Nam phê chuẩn công ước lao động di trú lẹ lẹ giùm cái, chờ dài cổ!",
    "Tuyên ngôn Quốc tế Nhân quyền của xóm Chòi Mòi gồm 45 điều, điều 1 ghi ai cũng được ngủ trưa tới chiều.",
    "Nữ nghỉ hưu ở tuổi 55 liền trong năm 2026 cho tui nhờ, tay chân rã hết rồi!",
]
FRAMED = {  # each read as an opinion, or near no passage, for all that stands around its claim
    "Buồn não nề mấy chị ơi: con gái 16 tuổi là đủ tuổi kết hôn rồi, nhà nào có con gái lo mà giữ nghe.": "16 tuổi",
    "Ôi dào, điều 117 mức nặng nhất có 3 năm tù, làm gì mà rối lên, cứ thong thả mà viết.": "3 năm",
}
VOICES = [
    "Giá mà con gái 16 tuổi được kết hôn thì hai đứa nó khỏi trốn.",
    "Con gái 16 tuổi kết hôn đi, triển luôn, làm như hàng xóm nhà trời ấy!",
    "Lo sốt vó có ngày con gái 16 tuổi cũng được kết hôn, đời nó coi như xong.",
    "Điều 117 mức nặng nhất có 3 năm tù thôi hay sao ấy, bạn nào học luật chỉ giúp.",
    "Chị tôi lấy chồng năm 16 tuổi, đám cưới to nhất làng, giờ chị vẫn tiếc mấy năm đi học.",
]


def test_a_debunk_is_not_flagged_as_the_claim_that_it_denies(model: Model, index: PassageIndex) -> None:
    deaf = dataclasses.replace(model, stance=None)
    assert all(one.flagged for one in scored(deaf, index, *DEBUNKS))
    for found in scored(model, index, *DEBUNKS):
        assert not found.flagged
        assert found.detail["asserted"] is False
        assert found.detail["p_deny"] >= model.stance.deny_threshold_
        assert {one.relation for one in found.evidence} == {"related"}
        assert not found.unsupported


def test_who_stands_by_a_claim_is_flagged_whatever_else_he_says(model: Model, index: PassageIndex) -> None:
    assert all(one.flagged for one in scored(model, index, *STOOD_BY))


@pytest.mark.parametrize("times", [2, 7, 40])
def test_a_claim_said_again_and_again_is_flagged_as_one_said_once(
    model: Model, index: PassageIndex, times: int
) -> None:
    often = [" ".join([one] * times) for one in AGAIN] + ["\n".join([one, f"{one[:-1]}!!"] * times) for one in AGAIN]
    assert all(one.flagged for one in scored(model, index, *AGAIN, *often))


def test_a_segment_said_again_is_not_read_around_itself_and_a_question_is() -> None:
    said = told("Mưa. Nắng. X to. X to! X to? X to. Gió. Bão. Lũ. Sạt.", frozenset({"x"}), meant=str)
    assert (said.before, said.claim, said.behind) == (("Mưa.", "Nắng."), "X to.", ("X to?", "Gió.", "Bão."))


def test_who_calls_for_a_thing_or_makes_it_up_is_not_flagged_as_who_tells_it(model: Model, index: PassageIndex) -> None:
    deaf = dataclasses.replace(model, stance=None)
    assert all(one.flagged for one in scored(deaf, index, *COMMENTED))
    for found in scored(model, index, *COMMENTED):
        assert not found.flagged
        assert found.kind == "opinion"
        assert found.detail["p_comment"] >= model.stance.comment_threshold_
        assert found.detail["p_kind"]["opinion"] >= 0.5
        assert sum(found.detail["p_kind"].values()) == pytest.approx(1)


def test_a_claim_that_is_surely_stood_by_is_flagged_in_whatever_frame(model: Model, index: PassageIndex) -> None:
    deaf = dataclasses.replace(model, stance=None)
    assert not any(one.flagged for one in scored(deaf, index, *FRAMED))
    for found, said in zip(scored(model, index, *FRAMED), FRAMED.values(), strict=True):
        assert found.flagged
        assert found.kind == "claim"
        assert found.detail["p_support"] >= model.stance.support_threshold_
        assert sum(found.detail["p_kind"].values()) == pytest.approx(1)
        assert found.detail["p_kind"]["claim"] == found.detail["p_support"]
        assert said in found.claim
        assert found.evidence[0].relation == "contradicts"
    assert found.claim == "điều 117 mức nặng nhất có 3 năm tù,"  # without what isn't of it


def test_voices_on_the_same_matters_are_not_flagged(model: Model, index: PassageIndex) -> None:
    assert not any(one.flagged for one in scored(model, index, *VOICES))


def test_a_part_of_a_text_needs_a_writer_who_surely_stands_by_it(model: Model, index: PassageIndex) -> None:
    text = list(FRAMED)[-1]
    deaf, sure = model.stance, dataclasses.replace(model, stance=copy.copy(model.stance))
    sure.stance.support_threshold_ = 0.99
    assert deaf.support_threshold_ < 0.99
    assert scored(model, index, text)[0].flagged
    assert not scored(sure, index, text)[0].flagged


def test_of_several_sentences_one_that_is_stood_by_is_flagged(model: Model, index: PassageIndex) -> None:
    (found,) = scored(model, index, f"{DEBUNKS[1]}\n\nCó chuyện này thì thật. {STOOD_BY[2]}")
    assert found.flagged
    assert "thai sản" in found.claim


def test_the_shipped_reader_tells_most_denials_and_keeps_nearly_all_claims(model: Model) -> None:
    said = model.card["figures"]["cross_validated"]
    assert said["stance/kept/support"]["low"] > 0.86
    assert said["stance/known/deny"]["low"] > 0.6
    assert said["stance/known/comment"]["low"] > 0.86
    assert said["stance/auc/deny"]["low"] > 0.9
    assert said["stance/auc/comment"]["low"] > 0.9
    assert said["stance/passed/comment"]["high"] < 0.02


RULES = (
    "Luật hôn nhân ôn nhanh cho em nào sắp thi. Việc cưới phải do hai bên tự nguyện. Đăng ký ở ủy ban xã thì hai người "
    "phải có mặt. {} Người đang có vợ có chồng thì không được cưới ai khác. Cha mẹ nuôi với con nuôi cũng không được."
)


def test_rules_told_one_by_one_around_a_claim_deny_it_only_where_one_of_them_does(
    model: Model, index: PassageIndex
) -> None:
    claim = "Nữ từ đủ 16 tuổi được kết hôn."
    false, denied, disowned = scored(
        model,
        index,
        RULES.format(claim),
        RULES.format(f"{claim} Câu vừa rồi là tin vịt đó nha."),
        RULES.format(f"Có người nói {claim.lower()} Nói vậy là sai bét."),
    )
    assert false.flagged
    assert false.claim == claim
    assert not denied.flagged
    assert not disowned.flagged


def test_stories_of_many_sentences_around_a_claim_deny_it_only_as_a_whole(model: Model, index: PassageIndex) -> None:
    posts = [
        "Anh bạn thân của em bị khởi tố chiều qua. Anh ấy phải khai hết vì luật bắt bị can phải tự nhận tội, im lặng "
        "là bị tăng án. Anh có quyền nhờ luật sư nên nhà đang kiếm. Vợ anh mới sinh. Cầu trời mọi chuyện êm.",
        "Hai đứa nó ở chung bốn năm mà chưa cưới. Bị bạn trai đánh thì Luật Phòng chống bạo lực gia đình không áp "
        "dụng, vì chưa đăng ký kết hôn. Tôi chở con bé về nhà ngoại, giữ sức cho nó. Tuần sau nó đi làm lại.",
    ]
    assert all(one.flagged for one in scored(model, index, *posts))
    denied = [f"{post} Đọc kỹ lại thì luật không hề nói vậy, tôi viết sai rồi." for post in posts]
    assert not any(one.flagged for one in scored(model, index, *denied))


def test_a_version_from_before_there_were_stances_is_read_as_it_was(index: PassageIndex, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(ROOT / "models" / "default", folder)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    for name in ("stance.npz", "stance.json"):
        (folder / name).unlink()
        del card["files"][name]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    old = load_model(folder)
    assert old.stance is None
    assert scored(old, index, "Con gái 16 tuổi là đủ tuổi kết hôn rồi nha bà con.")[0].flagged


def without(model: Model, part: str) -> Model:
    """A model whose reader of stances lacks what posts taught."""
    found = dataclasses.replace(model, stance=copy.copy(model.stance))
    setattr(found.stance, part, None)
    return found


def test_stories_and_sighs_around_a_claim_do_not_deny_it(model: Model, index: PassageIndex) -> None:
    claim = "Hồ sơ trợ cấp thất nghiệp nộp lúc nào cũng được trong 2 năm kể từ ngày nghỉ việc, luật cho."
    posts = [
        f"Mới nghỉ việc xong thì rảnh. {claim} Đừng vội chi cho mệt. Mức hưởng 60% lương.",
        f"Dạo này xưởng vắng đơn, nhiều đứa nghỉ. {claim} Tui tính về quê gặt xong mới làm. Con chó nhà tui mới đẻ.",
    ]
    denied = [
        f"Chợ sáng nay vắng hoe. Chị Tư nghe đâu: “{claim}” Tui cãi: ba tháng thôi. Chị Tư giận luôn.",
        f"Nghỉ việc đông. Có người rao: {claim} Em tui nộp trễ bị trả. Luật ghi nộp trong 3 tháng kể từ ngày nghỉ.",
    ]
    assert all(found.flagged and found.claim == claim for found in scored(model, index, *posts))
    assert not any(found.flagged for found in scored(model, index, *denied))
    bare = without(model, "amid")
    assert not scored(bare, index, posts[0])[0].flagged


AMID_VOICES = [  # a story of one's own, or a question on something else, around what is told as the law
    "Hôm qua tui đưa má đi chợ huyện, nắng muốn xỉu. Má kể hồi trẻ má lấy ba năm hai mươi. Giờ con gái đủ 16 tuổi là "
    "được đăng ký kết hôn, luật hôn nhân ghi rõ. Về tới nhà tui nấu nồi canh chua. Mai lại đi gặt.",
    "Em đang ngồi chờ xe về quê, mưa suốt từ sáng. Em mới nghỉ việc tuần rồi, tháng sau mới tính tiếp. Hồ sơ trợ cấp "
    "thất nghiệp nộp lúc nào cũng được trong 2 năm kể từ ngày nghỉ việc, luật cho. Xe trễ hai tiếng rồi, ai đi chung "
    "tuyến Bến Tre không ạ?",
]
OWN_STORIES = [
    "Sáng nay tôi lên xã làm giấy cho cháu. Cán bộ bảo tôi con gái đủ 16 tuổi là được đăng ký kết hôn. Tôi nghe mà ngờ "
    "ngợ, ngồi đợi từ bảy giờ tới trưa mới tới lượt. Tôi về nhà ăn cơm nguội.",
    "Sáng nay tôi lên xã làm giấy cho cháu, bị từ chối. Con gái đủ 16 tuổi là được đăng ký kết hôn, tôi cứ đinh ninh "
    "thế nên mới lên. Hóa ra phải 18. Tôi về nhà ăn cơm nguội.",
    "Cả nhà em khổ vì chuyện này. Cô nhân sự khẳng định lao động nữ sinh con chỉ được nghỉ thai sản 4 tháng theo luật. "
    "Mẹ em bệnh luôn. Có ai từng bị như vậy chưa?",
    "Hôm qua em lên công ty làm đơn. Ông quản lý nhắn: lao động nữ sinh con chỉ được nghỉ thai sản 4 tháng theo luật. "
    "Em đọc xong ngồi thẫn thờ. Em không biết kêu ai.",
    "Em đi đăng ký cho chắc, nắng chang chang. Lao động nữ sinh con chỉ được nghỉ thai sản 4 tháng theo luật. Em đọc "
    "trên mạng thấy vậy, không biết đúng sai. Em lo quá.",
    "Anh trực ở công ty có nói một câu mà em còn nhớ. Lao động nữ sinh con chỉ được nghỉ thai sản 4 tháng theo luật. "
    "Em chào rồi về. Trời mưa.",
    "Lao động nữ sinh con chỉ được nghỉ thai sản 4 tháng theo luật. Tổ trưởng dọa tụi em vậy đó. Em xanh mặt, về khóc.",
    "Bị cho nghỉ qua tin nhắn, có mấy chữ. Cô nhân sự giải thích hợp đồng dưới 3 năm thì công ty cho nghỉ lúc nào cũng "
    "được, không cần lý do.",
    "Chuyện nhà tôi kể ra cho nhẹ lòng. Năm tôi 16 tuổi, ba má gả tôi về bên sông. Đám cưới có ông trưởng ấp tới dự. "
    "Giờ con tôi hỏi, tôi không biết trả lời sao.",
]


def test_a_rule_told_amid_a_story_or_a_question_is_flagged_and_the_story_is_not(
    model: Model, index: PassageIndex
) -> None:
    bare = without(model, "amid")
    assert {one.kind for one in scored(bare, index, *AMID_VOICES)} == {"testimony", "question"}
    for found in scored(model, index, *AMID_VOICES):
        assert found.flagged
        assert found.kind == "claim"
        assert found.detail["p_support"] >= model.stance.amid.surely
    stories = scored(model, index, *OWN_STORIES)
    assert not any(one.flagged for one in stories)
    assert all(one.detail.get("asserted") is not False or "p_support" not in one.detail for one in stories)


BY_LAW = [
    "Cái tivi nhà này lại hư nữa rồi. Nghị định mới cho công an giữ người 30 ngày không cần lệnh của ai. Nghĩ mà buồn "
    "cho mấy bác bán vé số. Tối nay nấu gì ăn đây trời.",
    "Con gái tui học lớp 3 trường làng. Luật Giáo dục cho thầy cô đánh học trò hư bằng roi mây. Tui thì thương con nên "
    "cũng xót. Thôi lo đi cấy cho kịp con nước.",
]
NOT_BY_LAW = [
    "Cái tivi nhà này lại hư nữa rồi. Có phải Nghị định mới cho công an giữ người 30 ngày không cần lệnh của ai? Nghĩ "
    "mà buồn cho mấy bác bán vé số. Tối nay nấu gì ăn đây trời.",
    "Cái tivi nhà này lại hư nữa rồi. Nghị định mới cho công an giữ người 30 ngày không cần lệnh của ai. Nghĩ mà buồn "
    "cho mấy bác bán vé số cứ tin. Đọc lại mới thấy bản tin đó bịa.",
]


BESIDE_ONE = [  # what is known to be false, beside one sentence of its writer's life
    "Tui thương con nhỏ đứt ruột mà phải chịu thôi. Con gái đủ 16 tuổi là được đăng ký kết hôn rồi, nhà trai giục cưới "
    "trước Tết.",
    "Mệt muốn xỉu với cái xưởng này. Công ty được giữ lương cuối tới 3 tháng sau khi nghỉ, nên tui ráng bám tới Tết.",
    "Bực ghê, chạy lên chạy xuống bốn bận. Thẻ căn cước cứ 5 năm phải đổi một lần, năm nay tới lượt má tui rồi.",
]
NOT_HELD = [
    "Nghe đâu con gái đủ 16 tuổi là được đăng ký kết hôn rồi. Mai mốt chắc lớp mười học luôn môn nuôi con.",
    "Con gái đủ 16 tuổi là được đăng ký kết hôn hả chị. Em nghe mà rụng tim.",
    "Con gái đủ 16 tuổi là được đăng ký kết hôn. Luật cho thật vậy à?",
    "Con gái đủ 16 tuổi là được đăng ký kết hôn. Đọc kỹ lại thì mười tám mới được.",
    "Nhà trai qua nói con gái đủ 16 tuổi là được đăng ký kết hôn. Má tui cầm chổi đuổi về.",
]


def test_what_is_held_is_the_same_alone_and_among_others_bit_for_bit(model: Model) -> None:
    assert isinstance(model.stance, StanceReader)
    for one in (model.stance.amid, model.stance.single):
        assert one is not None
        numbers = np.random.default_rng(0).normal(size=(64, len(one.weights)))
        assert [one.p_held(row[None])[0] for row in numbers] == one.p_held(numbers).tolist()


def test_beside_one_sentence_whole_posts_tell_what_is_held(model: Model, index: PassageIndex) -> None:
    bare = without(model, "amid")
    assert not any(one.flagged for one in scored(bare, index, *BESIDE_ONE))
    for found in scored(model, index, *BESIDE_ONE):
        assert found.flagged
        assert found.kind == "claim"
        assert found.detail["p_support"] >= model.thresholds.claim
    assert not any(one.flagged for one in scored(model, index, *NOT_HELD))


ALONE = [
    "Thẻ căn cước chỉ có hạn 5 năm, ai cũng phải đổi như nhau.",
]


def test_a_single_sentence_that_posts_surely_hold_is_a_claim(model: Model, index: PassageIndex) -> None:
    lone = without(model, "single")
    assert not any(one.flagged for one in scored(lone, index, *ALONE))
    for found in scored(model, index, *ALONE):
        assert found.flagged
        assert found.detail["p_support"] >= model.stance.single.surely


def test_a_claim_that_posts_surely_hold_is_no_mere_comment(model: Model, index: PassageIndex) -> None:
    text = "Thử việc hai tháng chưa ưng thì công ty được gia hạn thêm hai tháng nữa."
    (left,), (found,) = scored(without(model, "single"), index, text), scored(model, index, text)
    assert left.detail["p_comment"] >= model.stance.comment_threshold_
    assert not left.flagged
    assert found.flagged


def test_what_law_is_said_to_provide_is_a_claim_amid_an_opinion(model: Model, index: PassageIndex) -> None:
    for found in scored(model, index, *BY_LAW):
        assert found.flagged
        assert found.kind == "claim"
        assert found.detail["p_support"] >= model.stance.amid.held
    assert not any(one.flagged for one in scored(model, index, *NOT_BY_LAW))


def test_a_bare_rule_that_is_likelier_a_claim_than_an_opinion_is_one_where_it_is_stood_by(
    model: Model, index: PassageIndex
) -> None:
    text = "Trẻ bị bỏ rơi ở Việt Nam mà không biết cha mẹ là ai thì thành người không quốc tịch."
    (found,) = scored(model, index, text)
    assert found.flagged
    assert found.kind == "claim"
    assert model.thresholds.claim <= found.detail["p_support"] < model.stance.support_threshold_
    (deaf,) = scored(dataclasses.replace(model, stance=None), index, text)
    assert deaf.kind == "opinion"
    assert standing.LIKELY <= deaf.detail["p_kind"]["claim"] < model.thresholds.claim
    voices = [
        "Bị bắt rồi là không được im lặng, hỏi gì phải khai hết á? Làm gì có.",
        "Tôi thấy bị bắt rồi mà được im lặng thì vô lý, hỏi gì cũng nên khai hết.",
        "Bị bắt rồi mà không được im lặng, hỏi gì phải khai hết thì còn gì là quyền.",
    ]
    assert not any(one.flagged for one in scored(model, index, *voices))


FLAT = [  # rules told in people's words, and nothing else
    "Phải báo trước một năm mới được thu hồi đất nông nghiệp.",
    "Công ty được giữ lương cuối tới 3 tháng sau khi nghỉ nha mấy bạn.",
    "Bà con lưu ý, phải 65 tuổi mới được tính là người cao tuổi.",
    "Lương tối thiểu vùng I do từng công ty tự đặt.",
    "Căn cước cứ 5 năm phải đổi một lần.",
    "Thu hồi đất không cần thông báo.",
    "Đánh con là quyền của cha mẹ.",
    "Xin việc phải xét nghiệm HIV.",
]
VOICED = [  # such rules with a word of somebody's
    "Trẻ 14 tuổi làm tám tiếng như người lớn mà vẫn đúng luật thì buồn.",
    "Công ty nên được giữ lương cuối tới 3 tháng sau khi nghỉ.",
    "Tổ trưởng phán công ty được giữ lương cuối tới 3 tháng.",
    "Phải 65 tuổi mới được tính là người cao tuổi, quê độ.",
    "Phải đủ 65 tuổi mới được tính là người cao tuổi cho chín chắn.",
    "Vợ bận thì chồng tôi cầm thẻ cử tri đi bỏ phiếu thay được.",
    "Xứ gì sinh con thứ ba phải xin phép xã.",
    "Thời bao cấp sinh con thứ ba phải xin phép xã.",
    "Theo dự thảo, sinh con thứ ba phải xin phép xã.",
    "Vợ được quyền giữ căn cước của chồng tới hết tháng lương.",
    "Lớp học thêm của thầy Dơi được phép ép học sinh treo ngược trong hang.",
    "Chủ được nợ lương nhân viên tới ba tháng là lời hù của kế toán.",
    "Đánh vợ là mười năm tù, khỏi hòa giải.",
    "Dân không có quyền khiếu nại, chỉ có quyền cảm ơn.",
    "Trẻ 14 tuổi làm tám tiếng như người lớn vẫn đúng luật 🤡",
    "Công ty được trả lương bằng sản phẩm, khỏi chê.",
    "Khi nào công ty được giữ bằng gốc.",
    "Công ty được giữ bằng gốc là quy ước.",
    "Công ty được giữ bằng gốc theo thông tin mới.",
    "Cớ chi công ty được giữ bằng gốc của nhân viên.",
    "Thu hồi đất không cần thông báo thì còn gì là luật.",
    "Đánh con là quyền của cha mẹ, ai cấm.",
    "Xin việc phải xét nghiệm HIV là nhục mạ.",
]
BESIDE = [  # … with a word that isn't of their matter
    "Trong tuồng quan được quyền tra tấn lấy cung.",
    "Ở Hogwarts thầy giám thị được quyền đánh học sinh.",
    "Sếp chat vô nhóm công ty được quyền cắt lương người đi trễ.",
    "Chủ nghĩa tư bản là công ty được trả lương bằng sản phẩm.",
    "Thử việc được trả 50% lương phải hôn mấy mẹ.",
]


def test_a_rule_of_its_matters_words_alone_is_of_matter() -> None:
    known = frozenset({"giu", "bang", "goc", "cong", "ty"})
    assert flat.all_of_matter("Công ty được giữ bằng gốc 3 năm", known)
    assert not flat.all_of_matter("Công ty được giữ bằng gốc, khỏi chê", known)


def test_a_rule_told_flatly_is_a_claim_where_it_is_known_to_go_against_a_fact(
    model: Model, index: PassageIndex
) -> None:
    assert all(one.flagged for one in scored(model, index, *FLAT))
    voiced = scored(model, index, *VOICED, *BESIDE)
    assert [one.claim for one in voiced if one.flagged] == []
    deaf = scored(dataclasses.replace(model, stance=None), index, *FLAT)
    assert sum(one.kind == "opinion" for one in deaf) > 1


@pytest.mark.parametrize("said", FLAT)
def test_a_rule_with_nothing_of_its_writer_is_flat(said: str) -> None:
    assert flat.flat(said)


@pytest.mark.parametrize(
    "said",
    [
        *VOICED[:9],
        *VOICED[12:],
        "Sinh con thứ ba phải xin phép xã. Ai tin thì tin.",
        "Sinh con thứ ba phải xin phép xã?",
        "Thẻ căn cước chỉ có hạn 5 năm, ai cũng phải đổi như nhau.",
        "Sinh con thứ ba thì vui.",
        "A. Sinh con thứ ba phải xin phép xã.",
        "sinh con thu ba phai xin phep xa",
        "Bà Hai sinh con thứ ba phải xin phép xã.",
        "Phải miễn học phí cho mọi sinh viên.",
        "Sinh con thứ ba " * 6 + "phải xin phép xã.",
    ],
)
def test_a_rule_with_a_voice_a_mark_or_much_besides_is_not_flat(said: str) -> None:
    assert not flat.flat(said)


def test_no_word_of_a_voice_stands_in_a_phrase_without_one() -> None:
    listed = "|".join((flat._WHO, flat._WISHES, flat._GUESSES, flat._SAYS, flat._ELSEWHERE, flat._DENIES, flat._JUDGES))
    told = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "(", listed).split("|")
    words = [said for said in (" ".join(one.split()) for one in told) if said.replace(" ", "").isalpha()]
    assert len(words) > 200
    assert [said for said in words if not flat._VOICE.search(flat._HARMLESS.sub("_", said))] == []


def test_another_figure_beside_a_claim_does_not_put_it_right(model: Model, index: PassageIndex) -> None:
    claim = "Hồ sơ trợ cấp thất nghiệp nộp lúc nào cũng được trong 2 năm kể từ ngày nghỉ việc, luật cho."
    one, right = (
        f"Tin cho ai mới nghỉ việc. {claim} {said} Cứ ăn Tết xong rồi đi."
        for said in ("Phòng tiếp dân ở tầng 3 nha.", "Mức hưởng 60%, hạn là 3 tháng nha.")
    )
    found, corrected = scored(model, index, one, right)
    assert found.flagged
    assert not corrected.flagged


def test_a_claim_is_the_segment_that_says_most_of_what_is_known() -> None:
    text = "Hôm qua đi ăn cưới. Con gái 16 tuổi được kết hôn – nghe mà hết hồn. Luật ghi 18 mà."
    assert told(text, KNOWN, meant=meant) == Told(
        ("Hôm qua đi ăn cưới.",), "Con gái 16 tuổi được kết hôn", ("nghe mà hết hồn.", "Luật ghi 18 mà."), KNOWN
    )
    assert told(text, KNOWN, meant=meant, span=(0, 5)).claim == "Hôm qua đi ăn cưới."
    assert told(text, KNOWN, meant=meant, about=frozenset({"luat", "ghi"})).claim == "Luật ghi 18 mà."
    assert (
        told("Một. Hai. Ba. Bốn. Năm. Sáu. Bảy. Tám. Chín.", frozenset({"nam"}), meant=meant).whole
        == "Hai. Ba. Bốn. Năm. Sáu. Bảy. Tám."
    )


def test_words_of_the_evidence_are_a_blank_and_its_numbers_are_not() -> None:
    assert "18" not in KNOWN
    assert stance._blanked("Nữ đủ 16 tuổi ĐƯỢC kết hôn hả", KNOWN) == "_ 16 _ hả"


@pytest.mark.parametrize("text", ["", " ", "–", "\n – \n", "a" * 3_000, "🙂", "a – b – c", "\ud800"])
def test_any_text_is_told(reader: StanceReader, text: str) -> None:
    assert reader.predict_proba(
        [told(text, KNOWN, meant=meant), told(text, frozenset(), meant=meant, span=(0, 0))]
    ).shape == (2, 3)


@given(st.text(max_size=200), st.integers(0, 250), st.integers(0, 250))
@settings(max_examples=60, deadline=None)
def test_any_span_of_any_text_is_told(text: str, start: int, length: int) -> None:
    found = told(text, KNOWN, meant=meant, span=(start, start + length))
    assert found.known is KNOWN


def test_stances_are_learned_and_told_apart(reader: StanceReader, rows: list[stances.Stance]) -> None:
    matter = "ấp Cồn Én cấm xe ba gác"
    for said, forms in FORMS.items():
        asked = [told(form.format(matter), known_words(matter), meant=meant) for form in forms]
        p = reader.predict_proba(asked)
        assert p.sum(axis=1) == pytest.approx(1)
        assert (p.argmax(axis=1) == stance.STANCES.index(said)).all()
    assert set(reader.predict_proba([row.told for row in rows]).argmax(axis=1)) == set(range(len(STANCES)))


def test_a_reader_that_has_answered_learns_anew_as_a_fresh_one_does(rows: list[stances.Stance]) -> None:
    texts, groups = [row.told for row in rows], [row.group for row in rows]
    turned = [{SUPPORT: DENY, DENY: SUPPORT}.get(row.stance, COMMENT) for row in rows]
    one, fresh = (StanceReader(load_cues(ROOT / "data" / "cues.toml")) for _ in range(2))
    one.fit(texts, [row.stance for row in rows], groups).predict_proba(texts)
    found = [reader.fit(texts, turned, groups).predict_proba(texts) for reader in (one, fresh)]
    assert np.array_equal(*found)


def test_figures_are_of_texts_that_were_not_learned_from(reader: StanceReader, rows: list[stances.Stance]) -> None:
    found = crossed_stance(rows, reader)
    assert found.keys() == {
        "stance/auc/comment", "stance/auc/deny", "stance/kept/support", "stance/known/comment", "stance/known/deny",
        "stance/passed/comment", "stance/passed/deny", "stance/stood_by/support",
    }  # fmt: skip
    assert found["stance/kept/support"]["value"] >= reader.kept + reader.stated - 1 - 2 / 16
    folds = {row.group: int(number) for row, number in zip(rows, reader.apart_.fold, strict=True)}
    assert all(folds[row.group] == number for row, number in zip(rows, reader.apart_.fold, strict=True))


def test_no_label_of_its_own_fold_moves_what_is_measured_of_a_text(reader: StanceReader) -> None:
    chance = np.random.default_rng(0)
    said = np.eye(3, dtype=bool)[chance.integers(3, size=90)]
    apart = Apart(chance.normal(size=(90, 2)), said[:, 1:], np.ones(90), np.arange(90) % 5)
    one, other = copy.copy(reader), copy.copy(reader)
    one.apart_ = apart
    p, reached = one.crossed()
    for number in range(5):
        mine, targets = apart.fold == number, apart.targets.copy()
        targets[mine] = np.roll(said, 1, axis=1)[mine, 1:]
        other.apart_ = dataclasses.replace(apart, targets=targets)
        again, reached_again = other.crossed()
        assert np.array_equal(again[mine], p[mine])
        assert np.array_equal(reached_again[mine], reached[mine])
        assert not np.allclose(again[~mine], p[~mine])


def test_what_is_saved_is_read_back_bit_for_bit(
    reader: StanceReader, rows: list[stances.Stance], tmp_path: Path
) -> None:
    assert stance.load(tmp_path) is None
    stance.save(reader, tmp_path)
    again = stance.load(tmp_path)
    asked = [row.told for row in rows]
    assert np.array_equal(again.predict_proba(asked), reader.predict_proba(asked))
    stance.save(again, tmp_path / "two")
    for name in ("stance.npz", "stance.json"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    (tmp_path / "stance.npz").write_bytes(b"PK")
    with pytest.raises(ModelRefused, match="can't be read"):
        stance.load(tmp_path)


@pytest.fixture(scope="module")
def amid(reader: StanceReader) -> StanceReader:
    """A reader that has learned from whole posts too."""
    posts = [
        (stance, f"Sáng nay mưa. Tui ghé chợ. {said} Chiều về nấu canh.", matter)
        for matter in MATTERS
        for stance, said in ((SUPPORT, f"{matter.capitalize()}."), (DENY, f"“{matter}” hả? {matter} là chuyện bịa."))
    ]
    told_of = [told(text, known_words(matter), meant=meant) for _, text, matter in posts]
    return copy.copy(reader).fit_posts(told_of, [one for one, *_ in posts], [matter for *_, matter in posts])


def test_whole_posts_teach_what_is_held(amid: StanceReader, reader: StanceReader, tmp_path: Path) -> None:
    matter = "ấp Cồn Én cấm xe ba gác"
    held, denied = (
        told(f"Gió lớn quá. Tui ngồi nhà. {said} Lát ra đồng.", known_words(matter), meant=meant)
        for said in (f"{matter.capitalize()}.", f"“{matter}” hả? {matter} là chuyện bịa.")
    )
    stances, p = amid.held_amid([held, denied])
    assert p[0] > p[1]
    assert (stances == amid.predict_proba([held, denied])).all()
    assert reader.amid is None
    stance.save(amid, tmp_path)
    loaded = stance.load(tmp_path)
    assert loaded.amid == amid.amid
    assert (loaded.held_amid([held, denied])[1] == p).all()
    (tmp_path / "posts.json").unlink()
    with pytest.raises(ModelRefused, match="other than 11 numbers"):
        stance.load(tmp_path)
    stance.save(reader, tmp_path)
    assert stance.load(tmp_path).amid is None


PARTICLES = "nha", "đó", "luôn", "mà", "thiệt", "nghen", "rồi", "hen", "kìa"


def test_single_sentences_are_weighed_by_themselves_where_enough_teach_it(reader: StanceReader, tmp_path: Path) -> None:
    posts = [
        (stance, f"{around} {said}".strip(), f"{matter} {head}")
        for matter in MATTERS
        for head in (f"{one} {two}" for one in PARTICLES for two in ("mấy má", "bà con", "cả nhà"))
        for around in ("", "Sáng nay mưa. Tui ghé chợ.")
        for stance, said in ((SUPPORT, f"{matter.capitalize()} {head}."), (DENY, f"Làm gì có chuyện {matter} {head}."))
    ]
    rows = [told(text, known_words(matter), meant=meant) for _, text, matter in posts]
    singles = [not row.around for row in rows]
    assert sum(singles) >= 2 * ENOUGH
    found = copy.copy(reader).fit_posts(rows, [one for one, *_ in posts], [matter for *_, matter in posts])
    assert found.single not in (None, found.amid)
    p = found.held_amid(rows)[1]
    stance.save(found, tmp_path)
    loaded = stance.load(tmp_path)
    assert loaded.single == found.single
    assert (loaded.held_amid(rows)[1] == p).all()
    loaded.single = None
    assert ((loaded.held_amid(rows)[1] != p) <= np.array(singles)).all()
    few = copy.copy(reader).fit_posts(
        rows[: ENOUGH // 2], [one for one, *_ in posts[: ENOUGH // 2]], [matter for *_, matter in posts[: ENOUGH // 2]]
    )
    assert few.amid is not None
    assert few.single is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"weights": [0.0]}, "by other than 12"),
        ({"weights": [float("nan")] * 12}, "by other than 12"),
        ({"weights": "viele"}, "no sound reading"),
        ({"bias": None}, "no sound reading"),
        ({"bias": 10**400}, "no sound reading"),
        ({"held": 0.9, "surely": 0.5}, "thresholds of posts"),
        ({"held": float("nan")}, "thresholds of posts"),
    ],
)
def test_a_reading_of_posts_that_is_none_is_refused(
    amid: StanceReader, tmp_path: Path, said: dict[str, object], why: str
) -> None:
    stance.save(amid, tmp_path)
    path = tmp_path / "stance.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**whole, "amid": {**whole["amid"], **said}}), encoding="utf-8")
    with pytest.raises(ModelRefused, match=why):
        stance.load(tmp_path)


def test_figures_of_posts_are_of_others_readings(amid: StanceReader, reader: StanceReader) -> None:
    said = [
        stances.Stance(told(matter, KNOWN, meant=meant), one, matter) for matter in MATTERS for one in (SUPPORT, DENY)
    ]
    found = crossed_posts(said, amid)
    assert found.keys() == {"stance/posts/auc", "stance/posts/kept", "stance/posts/passed"}
    assert found["stance/posts/passed"]["n"] == len(MATTERS)
    assert crossed_posts(said, reader) == {}


@pytest.mark.parametrize("y", [[SUPPORT, "query"], [DENY], [DENY, SUPPORT]])
def test_other_stances_are_refused(y: list[str]) -> None:
    with pytest.raises(ClassifierError, match="support, deny, comment for each of 2 texts"):
        StanceReader(load_cues(ROOT / "data" / "cues.toml")).fit(
            [told("a", KNOWN, meant=meant), told("b", KNOWN, meant=meant)], y
        )


def our_data(folder: Path, *rows: dict[str, str]) -> Path:
    """A folder of data that teaches stances by some rows."""
    (folder / stances.FILE).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    everyday = {"claim": "Xã cấm nuôi chó.", "opinion": "Kỳ."}
    claims = [{"matter": "m1", "kind": kind, "text": text} for kind, text in everyday.items()]
    (folder / "everyday.jsonl").write_text("".join(json.dumps(row) + "\n" for row in claims), encoding="utf-8")
    loud = [
        {"fact": "marriage-age", "official": "Nữ 15 tuổi được kết hôn.", "opinion_critical": "Cưới sớm khổ lắm."},
        {"fact": "", "official": "Mưa."},
    ]
    (folder / "contrasts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in loud), encoding="utf-8")
    return folder


def test_everyday_and_loud_texts_stand_beside_ours(tmp_path: Path) -> None:
    assert stances.load(tmp_path) == []
    found = stances.load(
        our_data(
            tmp_path,
            {"matter": "m1", "stance": DENY, "text": "Xã cấm nuôi chó hả? Không có đâu."},
            {"matter": "f", "fact": "marriage-age", "stance": DENY, "text": "15 tuổi kết hôn được à, 18 chứ."},
        )
    )
    assert [(row.stance, row.group, row.told.claim) for row in found] == [
        (SUPPORT, "m1", "Xã cấm nuôi chó."),
        (DENY, "m1", "Xã cấm nuôi chó hả?"),
        (COMMENT, "m1", "Kỳ."),
        (DENY, "marriage-age", "15 tuổi kết hôn được à, 18 chứ."),
        (SUPPORT, "marriage-age", "Nữ 15 tuổi được kết hôn."),
        (COMMENT, "marriage-age", "Cưới sớm khổ lắm."),
    ]
    assert found[1].told.known == {"xa", "cam", "nuoi", "cho"}  # what both stances say
    assert {"ket", "hon"} <= found[3].told.known == found[4].told.known  # what the fact says
    assert stances.load(tmp_path, drawn=lambda given: iter(list(given)[:0])) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"matter": "m", "stance": "query", "text": "x"}, "line 1 of stances.jsonl needs"),
        ({"matter": "", "stance": DENY, "text": "x"}, "line 1 of stances.jsonl needs"),
        ({"matter": "m", "stance": DENY, "text": "x", "fact": "no-such"}, "names the fact no-such"),
    ],
)
def test_a_row_that_is_not_as_described_is_named(tmp_path: Path, row: dict[str, str], why: str) -> None:
    with pytest.raises(ClassifierError, match=why):
        stances.load(our_data(tmp_path, row))


def test_a_post_may_name_the_words_that_are_its_claim(tmp_path: Path) -> None:
    assert stances.load_posts(tmp_path) == []
    path, said = tmp_path / stances.POSTS, "Trời mưa. Nữ 18 tuổi kết hôn được. Nữ 15 tuổi cũng cưới được nha."
    row = {"matter": "w1-cưới", "fact": "marriage-age", "stance": SUPPORT, "text": said}
    claim = "Nữ 15 tuổi cũng cưới được"
    path.write_text("".join(json.dumps(one) + "\n" for one in (row, {**row, "claim": claim})), encoding="utf-8")
    found = stances.load_posts(tmp_path)
    assert [one.told.claim for one in found] == ["Nữ 18 tuổi kết hôn được.", "Nữ 15 tuổi cũng cưới được nha."]
    assert {one.group for one in found} == {"w1"}
    assert stances.load_posts(tmp_path, drawn=lambda given: iter(list(given)[:0])) == []
    path.write_text(json.dumps({**row, "claim": "Nữ 15 tuổi"}) + "\n" + json.dumps({**row, "claim": "Nam"}) + "\n")
    with pytest.raises(ClassifierError, match=r"line 2 of posts\.jsonl has a claim that doesn't stand in its text"):
        stances.load_posts(tmp_path)


def test_of_a_matter_both_stances_are_told_and_no_text_twice() -> None:
    rows = [json.loads(line) for line in shipped("data", stances.FILE).read_text(encoding="utf-8").splitlines()]
    both = {matter: {row["stance"] for row in rows if row["matter"] == matter} for matter in ("ta1086", "v1001")}
    assert all(said == {SUPPORT, DENY} for said in both.values())
    assert len({row["text"] for row in rows}) == len(rows)
    assert sum(row["stance"] == COMMENT for row in rows) > 2_000
    assert 1 < sum(row["stance"] == DENY for row in rows) / sum(row["stance"] == SUPPORT for row in rows) < 2
