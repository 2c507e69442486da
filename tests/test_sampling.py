"""What to label next: each strategy does what its name says, shares are kept, and a replay beats chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.research import sampling
from pipeline.store.labels import Candidate


def test_the_doubtful_come_first():
    p = np.array([[0.9, 0.1, 0.0], [0.4, 0.35, 0.25], [0.6, 0.3, 0.1]])
    assert list(sampling.uncertainty(p)) == [1, 2, 0]


def test_the_different_are_taken_before_the_alike():
    texts = ["giá lúa tăng ở chợ", "giá lúa tăng ở chợ huyện", "giá lúa tăng ở chợ xã", "công an bắt người vô cớ"]
    matrix = sampling.vectors(texts)
    assert list(sampling.diversity(matrix))[:2] == [0, 3]
    assert sampling.diversity(matrix[1:], known=matrix[:1])[0] == 2


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
    told = {"p_claim": 0.9, "p_any_right": 0.9, "p_refuted": 0.1, "worth": 0.5, "sources": 1, **more}
    return Candidate(number, number, None, f"Bài số {number} kể chuyện làng thứ {number * 3}.", "", **told)


def test_posts_are_chosen_with_the_strategy_that_asked_for_them():
    found = [candidate(n) for n in range(20)]
    found[7] = candidate(7, p_refuted=0.5)
    found[11] = candidate(11, p_refuted=0.95, sources=9, worth=0.9)
    chosen = sampling.choose(found, 10, seed=1)
    why = {one.post_id: reason for one, reason in chosen}
    assert why[7] == "uncertainty"
    assert why[11] == "value"
    assert len(why) == 10
    assert sampling.choose(found, 10, seed=1) == chosen
    assert sampling.choose([], 10) == []


def world(seed: int, n: int = 1500):
    """Texts of which one in twelve is of the kind looked for, told by a few of many words."""
    from scipy import sparse

    random = np.random.default_rng(seed)
    y = (random.random(n) < 0.08).astype(int)
    words = random.random((n, 300)) < 0.03
    words[:, :20] |= (y[:, None] == 1) & (random.random((n, 20)) < 0.3)
    matrix = sparse.csr_matrix(words.astype(float))
    return (matrix[: n // 2], y[: n // 2]), (matrix[n // 2 :], y[n // 2 :])


def test_asking_for_the_doubtful_needs_fewer_labels_than_chance_where_what_is_sought_is_rare():
    area = {"uncertainty": 0.0, "random": 0.0}
    for seed in range(3):
        learn, test = world(seed)
        for name in list(area):
            found = sampling.replay(learn, test, strategy={name: 1.0}, seed=seed, batch=30, start=30, most=300)
            area[name] += float(np.mean(found.score)) / found.full / 3
    assert area["uncertainty"] > area["random"] + 0.02


def test_reaching_means_staying_there():
    found = sampling.Replay("x", (10, 20, 30, 40), (0.9, 0.5, 0.9, 0.9), 0.9)
    assert found.reached() == 30
    assert sampling.Replay("x", (10, 20), (0.9, 0.1), 0.9).reached() is None
