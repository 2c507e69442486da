"""Figures that decide whether a model goes live: each is checked against a count done by hand or by scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from classifier import judging
from classifier.evaluation import plots

TRUTH = np.array([1, 1, 1, 0, 0, 0, 0, 1], dtype=bool)
SCORE = np.array([0.9, 0.8, 0.3, 0.7, 0.2, 0.2, 0.1, 0.6])


def test_figures_equal_scikit_learns():
    assert judging.auc(TRUTH, SCORE) == pytest.approx(metrics.roc_auc_score(TRUTH, SCORE))
    assert judging.f1(TRUTH, SCORE > 0.5) == pytest.approx(metrics.f1_score(TRUTH, SCORE > 0.5))
    labels = np.array(list("aabbcacb"))
    said = np.array(list("abbbcaac"))
    assert judging.macro_f1(labels, said) == pytest.approx(metrics.f1_score(labels, said, average="macro"))


@pytest.mark.parametrize("truth", [[1, 1, 0, 0], [0, 0, 1, 1]])
def test_rows_that_score_alike_are_drawn_as_one_step_in_any_order(truth):
    pytest.importorskip("matplotlib")
    assert "average precision 0.500, n=4" in plots.precision_recall(truth, [0.7] * 4, of="claims")


def test_pictures_tell_how_little_a_few_rows_show_and_what_chance_reaches():
    pytest.importorskip("matplotlib")
    assert "reliability by tenths, with 95 % intervals, n=8" in plots.reliability_diagram(TRUTH, SCORE, of="claims")
    assert "stroke-dasharray" in plots.precision_recall(TRUTH, SCORE, of="claims")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.5, 0.9])), min_size=2, max_size=40))
def test_auc_equals_the_share_of_pairs_in_order_with_any_ties(rows):
    yes = [score for truth, score in rows if truth]
    no = [score for truth, score in rows if not truth]
    found = judging.auc([truth for truth, _ in rows], [score for _, score in rows])
    if not yes or not no:
        assert np.isnan(found)
        return
    wins = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    assert found == pytest.approx(wins / (len(yes) * len(no)))


def test_calibration_error_is_nil_when_what_is_said_comes_true():
    p = np.repeat([0.25, 0.75], 40)
    truth = np.concatenate([np.arange(40) < 10, np.arange(40) < 30])
    assert judging.calibration_error(truth, p) == pytest.approx(0.0)
    assert judging.calibration_error(truth, 1 - p) == pytest.approx(0.5)
    assert [(b.n, b.true) for b in judging.reliability(truth, p)] == [(40, 0.25), (40, 0.75)]


def test_the_interval_holds_the_value_and_narrows_with_rows():
    random = np.random.default_rng(1)
    truth = random.random(400) < 0.5
    said = np.where(random.random(400) < 0.8, truth, ~truth)
    few = judging.bootstrap(judging.accuracy, truth[:40], said[:40])
    many = judging.bootstrap(judging.accuracy, truth, said)
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low
    assert judging.bootstrap(judging.accuracy, truth, said) == many


@pytest.mark.parametrize("all_hold", [True, False])
def test_a_share_of_all_or_none_still_shows_doubt(all_hold):
    found = judging.share([all_hold] * 20)
    assert (found.value, found.n) == (float(all_hold), 20)
    assert found.high - found.low == pytest.approx(0.161, abs=0.001)
    grouped = judging.share([all_hold] * 20, groups=[at // 2 for at in range(20)])
    assert grouped.high - grouped.low > 0.27
    some = [all_hold] * 12 + [not all_hold] * 8
    assert judging.share(some) == judging.bootstrap(np.mean, np.array(some))


@pytest.mark.parametrize(("count", "width"), [(1, 0.9), (10, 0.5)])
def test_a_share_that_is_the_same_in_every_group_still_shows_doubt(count, width):
    found = judging.share([True, False, True, False] * count, groups=[at // 4 for at in range(4 * count)])
    assert (found.value, found.n) == (0.5, 4 * count)
    assert found.low < 0.5 < found.high
    assert found.high - found.low == pytest.approx(width, abs=0.06)


@pytest.mark.parametrize("groups", [None, [at // 2 for at in range(368)]])
def test_one_error_more_never_makes_a_share_look_surer_of_being_small(groups):
    highs = [judging.share([True] * hits + [False] * (368 - hits), groups=groups).high for hits in (0, 1, 2)]
    assert highs == sorted(highs)
    one = judging.share([True] + [False] * 367, groups=groups)
    assert 0 < one.low < one.value < 0.015 < one.high


def test_the_interval_of_a_rare_share_holds_it_as_often_as_it_says(monkeypatch):
    monkeypatch.setattr(judging, "ROUNDS", 200)
    random = np.random.default_rng(1)
    found = [judging.share(random.random(368) < 0.01) for _ in range(150)]
    assert sum(one.low <= 0.01 <= one.high for one in found) >= 0.94 * 150


@pytest.mark.parametrize("sign", [1, -1])
def test_what_leans_to_no_side_may_lie_at_0_and_the_value_lies_in_its_interval(sign):
    gaps = sign * np.array([0.2, -0.19, 0.1, -0.1, 0.3, -0.3, 0.05, -0.04])
    found = judging.leaning(gaps)
    assert found.value == pytest.approx(abs(gaps.mean()))
    assert found.low < 0 < found.value < found.high


def test_a_maximum_is_told_without_an_interval():
    worst = judging.Figure(0.451, np.nan, np.nan, 12)
    assert str(worst) == "0.451 (n=12)"
    assert str(judging.Figure(0.5, 0.4, 0.6, 12)) == "0.500 (0.400 to 0.600, n=12)"


def test_rows_of_one_group_are_drawn_together():
    truth = np.repeat(np.random.default_rng(2).random(30) < 0.5, 10)
    said = truth ^ np.repeat(np.random.default_rng(4).random(30) < 0.3, 10)
    alone = judging.bootstrap(judging.accuracy, truth, said)
    together = judging.bootstrap(judging.accuracy, truth, said, groups=np.repeat(np.arange(30), 10))
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_a_paired_difference_is_surer_than_two_figures_apart():
    random = np.random.default_rng(5)
    truth = random.random(300) < 0.5
    first = np.where(random.random(300) < 0.75, truth, ~truth)
    second = np.where(random.random(300) < 0.05, truth, first)
    found = judging.paired(judging.accuracy, truth, first, second)
    assert found.value == pytest.approx(judging.accuracy(truth, second) - judging.accuracy(truth, first))
    assert found.low >= 0  # second only ever mends first


def test_mcnemar_counts_only_where_the_two_differ():
    truth = np.zeros(20, dtype=int)
    first, second = truth.copy(), truth.copy()
    first[:8] = 1
    second[8:9] = 1
    found = judging.mcnemar(truth, first, second)
    assert (found.only_first, found.only_second) == (1, 8)
    assert found.p == pytest.approx(2 * (1 + 9) / 2**9)
    assert judging.mcnemar(truth, first, first).p == 1.0


def test_a_threshold_for_a_precision_keeps_it_and_ignores_a_lucky_dip():
    p = np.linspace(1, 0, 200)
    truth = np.concatenate([np.ones(60), np.zeros(40), np.ones(100)]).astype(bool)
    at = judging.threshold_for_precision(truth, p, 0.9)
    assert at is not None
    assert truth[p >= at].mean() >= 0.9
    assert at > p[100]
    assert judging.threshold_for_precision(~truth, p, 0.9) is None


@given(st.lists(st.sampled_from([0.1, 0.4, 0.4, 0.7, 0.9]), min_size=1, max_size=30), st.integers(0, 40))
def test_a_threshold_for_a_budget_never_asks_for_more_than_people_can_read(p, budget):
    at = judging.threshold_for_budget(p, budget)
    assert sum(value >= at for value in p) <= budget
