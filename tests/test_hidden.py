"""Small networks keep scikit-learn's numbers, answer a row alone as among others, and refuse a bad file."""

import numpy as np
import pytest

from classifier.entailment import hidden


@pytest.fixture(scope="module")
def rows():
    """Which of two features is larger, or neither by much: nothing that one feature alone tells."""
    draw = np.random.default_rng(0)
    found = draw.normal(size=(600, 5)).astype(np.float32) * [1, 1, 50, 0, 1]
    apart = found[:, 0] - found[:, 1]
    return found.astype(np.float32), np.where(np.abs(apart) < 0.4, 2, (apart > 0).astype(int))


@pytest.fixture(scope="module")
def networks(rows):
    found, y = rows
    return hidden.fitted(found, y, np.ones(len(y)), seed=3)


def test_they_weigh_features_against_each_other(rows, networks):
    found, y = rows
    proba = networks.proba(found)
    assert np.allclose(proba.sum(axis=1), 1)
    assert (proba.argmax(axis=1) == y).mean() > 0.7


def test_the_same_seed_gives_the_same_bytes(rows, networks):
    found, y = rows
    again = hidden.fitted(found, y, np.ones(len(y)), seed=3)
    assert all((networks.arrays("n")[name] == array).all() for name, array in again.arrays("n").items())


def test_they_keep_the_numbers_of_scikit_learn(rows, monkeypatch):
    found, y = rows
    monkeypatch.setattr(hidden, "MEMBERS", 1)
    ours = hidden.fitted(found, y, np.ones(len(y)), seed=3)
    from sklearn.neural_network import MLPClassifier

    theirs = MLPClassifier(
        (hidden.UNITS,), alpha=hidden.PENALTY, batch_size=128, max_iter=hidden.EPOCHS, random_state=3
    )
    near = np.clip((found - ours.mean) / ours.spread, -hidden.FAR, hidden.FAR)
    with pytest.warns(match="Maximum iterations"):
        theirs.fit(near, y)
    assert np.abs(ours.proba(found) - theirs.predict_proba(near)).max() < 5e-3  # kept in 16 bits


def test_a_row_reads_the_same_alone_as_among_others(rows, networks):
    found, _ = rows
    together = networks.proba(found[:97])
    assert all((networks.proba(found[at : at + 1])[0] == together[at]).all() for at in range(97))


def test_a_feature_beyond_all_measure_breaks_nothing(networks):
    assert np.isfinite(networks.proba(np.array([[1e30, -1e30, 0, 1e4, 0]], dtype=np.float32))).all()


def test_arrays_come_back_and_what_does_not_fit_is_refused(networks):
    stored = networks.arrays("layers")
    again = hidden.from_arrays(stored, "layers")
    assert all((again.arrays("layers")[name] == array).all() for name, array in stored.items())
    for name, bad in (
        ("mean", stored["layers_mean"][1:]), ("inner", stored["layers_inner"][:, 1:]),
        ("outer_bias", stored["layers_outer_bias"][1:]),
        ("inner_bias", np.full_like(stored["layers_inner_bias"], np.nan)),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="unequal"):
            hidden.from_arrays(stored | {f"layers_{name}": bad}, "layers")
