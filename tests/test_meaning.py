"""The meaning reader: learns the contrary from pairs, is saved byte for byte, and refuses a damaged file."""

import numpy as np
import pytest

from classifier.entailment import meaning
from classifier.errors import ModelRefused
from classifier.semantics import bearing, lawfacts


@pytest.fixture(scope="module")
def reader(lexicon):
    return meaning.train([], [], lexicon=lexicon, seed=1, generated=1_200)


def odds_of(reader, pairs):
    return reader.odds_of(bearing.matrix(pairs, reader.lexicon))


def test_statements_it_never_saw_are_told_apart(reader):
    law = "Điều 12. Nội quy ký túc xá\nSinh viên được tiếp người thân tại phòng khách."
    odds = odds_of(
        reader, [("Sinh viên đừng hòng được tiếp người thân", law), ("Sinh viên cứ việc tiếp người nhà", law)]
    )
    assert odds[0] > odds[1]


def test_most_generated_pairs_of_another_seed_are_read_right(reader):
    made = lawfacts.pairs(seed=99, n=300)
    odds = odds_of(reader, [(one.claim, one.evidence) for one in made])
    right = [(value > 0) == (one.label == "refuted") for value, one in zip(odds, made, strict=True)]
    assert np.mean(right) > 0.8


def test_saving_and_loading_keeps_the_odds_and_the_bytes(reader, lexicon, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    meaning.save(reader, one)
    again = meaning.load(one, lexicon=lexicon)
    meaning.save(again, two)
    assert (one / "meaning.npz").read_bytes() == (two / "meaning.npz").read_bytes()
    pairs = [("Chủ được giam bằng của thợ", "Nghiêm cấm chủ giữ bằng gốc của thợ."), ("", "")]
    assert np.array_equal(odds_of(reader, pairs), odds_of(again, pairs))


def test_a_damaged_or_missing_file_is_refused(reader, lexicon, tmp_path):
    with pytest.raises(ModelRefused, match="missing or damaged"):
        meaning.load(tmp_path, lexicon=lexicon)
    meaning.save(reader, tmp_path)
    (tmp_path / "meaning.npz").write_bytes((tmp_path / "meaning.npz").read_bytes()[:500])
    with pytest.raises(ModelRefused, match="missing or damaged"):
        meaning.load(tmp_path, lexicon=lexicon)


def test_mixing_keeps_not_enough_and_moves_the_odds():
    proba = np.array([[0.4, 0.2, 0.4], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    found = meaning.mixed(proba, np.array([3.0, 3.0, -3.0]), share=np.full(3, 0.5))
    assert np.allclose(found.sum(axis=1), 1)
    assert np.allclose(found[:, 2], proba[:, 2])
    assert found[0, 1] > found[0, 0]
    assert np.isfinite(found).all()
