"""What a text allows, forbids, demands or spares, in legal and in everyday words."""

import pytest

from classifier.semantics.deontic import agreed, opposed, read, state


def stands(text, concept, lexicon):
    meaning = read(text, lexicon)
    found = next(one for one in meaning.concepts if one.id == concept)
    return state(meaning, found.first, found.last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Người dân được phép biểu tình", "permission"),
        ("Dân muốn xuống đường thì cứ việc biểu tình", "permission"),
        ("Đừng hòng biểu tình", "ban"),
        ("Luật buộc phải đăng ký trước khi biểu tình", "duty"),
        ("Khỏi cần xin phép khi biểu tình", "exemption"),
        ("Không ai bị bắt vì biểu tình", "protection"),
    ],
)
def test_an_act_takes_the_kind_of_the_cue_that_governs_it(lexicon, text, kind):
    assert stands(text, "demonstration", lexicon).kind == kind


def test_a_cue_behind_an_act_governs_it_when_none_stands_before(lexicon):
    assert stands("Biểu tình là trái luật", "demonstration", lexicon).kind == "ban"


def test_a_heading_governs_the_items_under_it(lexicon):
    text = "Các hành vi bị nghiêm cấm\n1. Tra tấn người bị giam.\n2. Mua bán người."
    assert stands(text, "trafficking", lexicon).kind == "ban"


def test_a_heading_yields_to_a_cue_of_the_sentence_itself(lexicon):
    text = "Các hành vi bị nghiêm cấm\n1. Việc đình công thì được phép: công nhân được đình công."
    assert stands(text, "strike", lexicon).kind == "permission"


def test_no_as_part_of_a_concept_is_no_negation(lexicon):
    assert [one.id for one in read("Anh ấy không có tội", lexicon).cues] == []


def test_two_bans_in_a_row_make_a_permission(lexicon):
    assert stands("Cấm không cho họ bỏ phiếu là điều không được phép", "vote", lexicon).sign == -1
    assert stands("Không ai được cấm công nhân đình công", "strike", lexicon).sign == 1


def test_contraries_on_one_axis_are_opposed_and_likes_agree(lexicon):
    may = stands("Công nhân được đình công", "strike", lexicon)
    not_may = stands("Công nhân đừng mơ đình công", "strike", lexicon)
    must = stands("Công nhân buộc phải đình công", "strike", lexicon)
    assert opposed(may, not_may)
    assert not opposed(may, must)
    assert agreed(may, stands("Công nhân tha hồ đình công", "strike", lexicon))


def test_a_limit_or_a_name_for_a_person_is_no_ban_and_no_suffering(lexicon):
    assert [one.id for one in read("Người bị tạm giam nộp đơn", lexicon).cues] == []
    assert [one.id for one in read("Mức khấu trừ không được quá 30 phần trăm", lexicon).cues] == []


def test_a_cue_inside_a_plain_word_is_none(lexicon):
    assert read("Thiết bị hàng không được chuẩn bị sẵn", lexicon).cues == ()
