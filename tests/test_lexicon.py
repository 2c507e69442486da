"""The lexicon: one meaning whatever the words, longest phrase first, with and without diacritics."""

from pathlib import Path

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import BadEvidence
from classifier.semantics.lexicon import Lexicon, cut

SHIPPED = Path(__file__).parents[1] / "data" / "lexicon.toml"


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(SHIPPED)


def ids(found):
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("legal", "everyday", "concept"),
    [
        ("Bị can bị tạm giam ba tháng", "Anh Tư bị nhốt chờ xử ba tháng", "pretrial-detention"),
        ("Người nghèo được trợ giúp pháp lý", "Người nghèo có luật sư miễn phí", "legal-aid"),
        ("Công dân được cấp hộ chiếu", "Dân được cấp sổ thông hành", "passport"),
        ("Bị cáo được đưa ra xét xử", "Bị cáo hầu tòa", "trial"),
        ("Người lao động làm thêm giờ", "Công nhân tăng ca", "overtime"),
        ("Lao động nữ nghỉ thai sản", "Chị Bảy nghỉ đẻ", "maternity-leave"),
    ],
)
def test_legal_and_everyday_words_give_one_concept(lexicon, legal, everyday, concept):
    assert concept in ids(lexicon.concepts(legal))
    assert concept in ids(lexicon.concepts(everyday))


def test_the_longest_phrase_wins(lexicon):
    assert ids(lexicon.concepts("không xác định thời hạn")) == ["open-ended"]
    assert ids(lexicon.concepts("khuyết tật đặc biệt nặng")) == ["very-severely-disabled"]


def test_a_text_without_diacritics_is_read_too(lexicon):
    found = ids(lexicon.concepts("nguoi bi tam giam duoc gap luat su"))
    assert {"detainee", "hire-lawyer"} <= set(found)
    assert ids(lexicon.cues("lam the la dung hong duoc tha")) == ["ban", "entitlement"]


def test_a_phrase_does_not_run_over_the_end_of_a_sentence(lexicon):
    assert "pretrial-detention" not in ids(lexicon.concepts("Việc này là tạm. Giam hay không thì chưa rõ."))
    for text, said in (("Muốn đi chợ phải xin.", "Muốn đi chợ phải"), ("Chuyện muốn đó. Phải thôi.", "Phải")):
        assert [text[cue.start : cue.end] for cue in lexicon.cues(text)] == [said]


def test_either_spelling_of_a_final_i_is_one(lexicon):
    assert ids(lexicon.concepts("bị xử lí và kì thị")) == ids(lexicon.concepts("bị xử lý và kỳ thị"))


def test_positions_point_at_the_words(lexicon):
    text = "Theo lời kể, chị bị cho nghỉ việc vì mang bầu."
    said = {text[one.start : one.end] for one in lexicon.concepts(text)}
    assert {"cho nghỉ việc", "mang bầu"} <= said


def test_cues_tell_permission_from_ban_and_duty_from_exemption(lexicon):
    assert ids(lexicon.cues("Khỏi cần xin phép ai cả")) == ["exemption"]
    assert "ban" in ids(lexicon.cues("Không ai được mở thư của người khác"))
    assert "permission" in ids(lexicon.cues("Muốn đi thì đi"))
    assert ids(lexicon.cues("Bắt buộc phải báo trước")) == ["duty"]
    assert ids(lexicon.cues("Không ai bị tra khảo")) == ["protection"]


def test_opposites_and_rivals_go_both_ways(lexicon):
    assert "guilt" in lexicon.opposites("innocence")
    assert "innocence" in lexicon.opposites("guilt")
    assert {"procuracy", "police"} <= lexicon.rivals("court")
    assert "court" not in lexicon.rivals("court")


def test_index_terms_hold_the_concept_and_the_wider_one(lexicon):
    terms = lexicon.index_terms("Ông bị tạm giam")
    assert "c:pretrial-detention" in terms
    assert "w:deprivation-of-liberty" in terms


def test_every_concept_of_the_shipped_lexicon_can_be_found_by_each_of_its_forms(lexicon):
    table = tomli.loads(SHIPPED.read_text(encoding="utf-8"))
    for section in set(lexicon.kinds.values()) - {"plain"}:
        for name, forms in table[section].items():
            for form in forms.split(","):
                assert name in ids(lexicon.concepts(f"Á {form.strip()}")), (name, form)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a\n", "can't be read"),
        ('[a]\nx = "một"\n[b]\nx = "hai"\n', "stands in"),
        ('[a]\nx = "một hai"\ny = "một hai"\n', "belongs to x and to y"),
        ("[a]\nx = 1\n", "forms divided by commas"),
        ('[a]\nx = "một"\n[wider]\nw = "z"\n', "names z"),
        ('[a]\nx = "một"\n[opposite]\npairs = "x/z"\n', "two concepts joined by a slash"),
        ('[a]\nx = "một, ..."\n', "without a letter"),
        ('a = "một"\n', "must hold lines"),
        ('opposite = "x/y"\n', r"\[opposite\] must hold lines"),
    ],
)
def test_a_lexicon_that_contradicts_itself_is_refused_in_one_sentence(tmp_path, text, said):
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadEvidence, match=said) as caught:
        Lexicon.load(path)
    assert "\n" not in str(caught.value)


@given(text=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_read_and_spans_stay_inside_and_in_order(lexicon, text):
    for found in (lexicon.concepts(text), lexicon.cues(text)):
        at = 0
        for one in found:
            assert at <= one.start < one.end <= len(text)
            at = one.end
    assert len(cut(text).words) == len(cut(text).spans)


def test_words_that_only_look_like_a_form_are_none(lexicon):
    assert ids(lexicon.concepts("Điều kiện xã hội ảnh hưởng lớn")) == []
    assert "lawsuit" in ids(lexicon.concepts("Chị ấy kiện công ty"))
    assert not any(term.endswith(("commune", "lawsuit", "plain")) for term in lexicon.index_terms("điều kiện xã hội"))
