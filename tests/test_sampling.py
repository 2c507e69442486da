"""What to label next: each strategy does what its name says, and shares are kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.research import sampling
from pipeline.store.labels import Candidate


def test_the_different_are_taken_before_the_alike():
    texts = ["giá lúa tăng ở chợ", "giá lúa tăng ở chợ huyện", "giá lúa tăng ở chợ xã", "công an bắt người vô cớ"]
    matrix = sampling.vectors(texts)
    assert list(sampling.diversity(matrix, first=0, limit=2)) == [0, 3]
    assert list(sampling.diversity(matrix, first=3, limit=2)) == [3, 0]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 60), st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.integers(0, 9))
def test_the_mix_keeps_its_shares_and_takes_nothing_twice(n, raw, seed):
    random = np.random.default_rng(seed)
    orders = {name: random.permutation(80) for name in ("uncertainty", "value", "random")}
    shares = {name: share / sum(raw) for name, share in zip(orders, raw, strict=True)}
    picks = sampling.mix(orders, n, shares=shares)
    assert len({pick.at for pick in picks}) == len(picks) == n
    for name, share in shares.items():
        assert abs(sum(pick.why == name for pick in picks) - share * n) <= 1


def test_shares_that_do_not_add_up_are_refused():
    with pytest.raises(sampling.SamplingRefused, match="add up to 1"):
        sampling.mix({"random": [0]}, 1, shares={"random": 0.5})
    with pytest.raises(sampling.SamplingRefused, match="no strategy luck"):
        sampling.mix({"random": [0]}, 1, shares={"luck": 1.0})


def candidate(number: int, **more) -> Candidate:
    told = {"p_claim": 0.9, "p_any_right": 0.9, "p_against": 0.1, "worth": 0.5, "sources": 1, "score_id": 1, **more}
    return Candidate(number, number, None, f"Bài số {number} kể chuyện làng thứ {number * 3}.", "", **told)


def test_posts_are_chosen_with_the_strategy_that_asked_for_them():
    found = [candidate(n) for n in range(20)]
    found[7] = candidate(7, p_against=0.5)
    found[11] = candidate(11, p_against=0.95, sources=9, worth=0.9)
    chosen = sampling.choose(found, 10, seed=1)
    why = {one.post_id: reason for one, reason in chosen}
    assert why[7] == "uncertainty"
    assert why[11] == "value"
    assert len(why) == 10
    assert sampling.choose(found, 10, seed=1) == chosen
    assert sampling.choose([], 10) == []
