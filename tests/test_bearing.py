"""How a claim bears on a law in meaning, whatever the words."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.semantics import bearing

LAW = "Điều 9. Quyền của người bị tạm giam\nNgười bị tạm giam được gặp thân nhân mỗi tháng 1 lần."


def named(claim, evidence, lexicon):
    return dict(zip(bearing.FEATURES, bearing.matrix([(claim, evidence)], lexicon)[0].tolist(), strict=True))


def test_everyday_words_meet_legal_ones(lexicon):
    found = named("Người bị nhốt chờ xử được người nhà vào thăm", LAW, lexicon)
    assert found["cover_concepts_met"] > found["cover_syllables_met"]


def test_the_contrary_shows_on_the_axis_of_permission(lexicon):
    kept = named("Người bị tạm giam được gặp thân nhân", LAW, lexicon)
    turned = named("Người bị tạm giam đừng hòng gặp thân nhân", LAW, lexicon)
    assert turned["turn_axis_net"] < kept["turn_axis_net"]


def test_an_opposite_in_place_of_a_concept_is_seen(lexicon):
    law = "Tòa án xét xử công khai."
    assert named("Tòa án xử kín", law, lexicon)["turn_opposite_turned"] == 1
    assert named("Tòa án xử công khai", law, lexicon)["turn_opposite"] == 0


def test_another_actor_in_the_same_place_is_a_rival(lexicon):
    law = "Việc gia hạn do Viện kiểm sát phê chuẩn."
    assert named("Gia hạn do tòa án phê chuẩn", law, lexicon)["turn_rival"] == 1
    assert named("Gia hạn do viện kiểm sát duyệt", law, lexicon)["turn_rival"] == 0


def test_swapped_actors_stand_in_turned_order(lexicon):
    law = "Người lao động báo trước cho công ty."
    assert named("Công ty báo trước cho người lao động", law, lexicon)["turn_order_turned"] == 1
    assert named("Công nhân nói trước với sếp", law, lexicon)["turn_order_turned"] == 0


def test_a_matrix_holds_the_rows_of_its_pairs(lexicon):
    pairs = [("Tòa án xử kín", LAW), ("Tòa án xử công khai", LAW)]
    rows = bearing.matrix(pairs, lexicon)
    assert rows.shape == (2, len(bearing.FEATURES))
    assert np.array_equal(rows[1], bearing.matrix(pairs[1:2], lexicon)[0])


@settings(deadline=None, max_examples=60)
@given(claim=st.text(max_size=200), evidence=st.text(max_size=200))
def test_any_two_texts_give_finite_numbers(lexicon, claim, evidence):
    assert np.isfinite(bearing.matrix([(claim, evidence)], lexicon)).all()
