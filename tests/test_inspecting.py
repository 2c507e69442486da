"""What a model goes by is told in names a person knows."""

import numpy as np
from ours import model

from classifier.entailment.verdict import LABELS
from classifier.evaluation import inspecting
from classifier.evaluation.corpora import rows
from classifier.files import shipped
from classifier.text import normalise


def test_every_head_names_its_heaviest_cues():
    for reader, heads in ((model().rights, 9), (model().kind, 5)):
        told = inspecting.cue_weights(reader, reader.cues)
        assert len(told) == heads
        names = set(inspecting._cue_names(reader.cues))
        assert len(inspecting._cue_names(reader.cues)) == reader.cues.width
        for cues in told.values():
            sizes = [abs(weight) for _, weight in cues]
            assert sizes == sorted(sizes, reverse=True)
            assert {name for name, _ in cues} <= names


def test_shuffling_every_group_is_measured_and_the_verdict_rests_on_some():
    verdict = model().verdict
    claims = rows(shipped("data", "gate", "claims.jsonl"))
    pairs = [(row["text"], row["evidence"]) for row in claims]
    labels = ["refuted" if row["truth"] == "false" else "supported" for row in claims]
    found = inspecting.importance(verdict, pairs, labels)
    assert {one.group for one in found} >= {"overlap", "numbers", "terms", *(e.name for e in verdict.extras)}
    assert found == inspecting.importance(verdict, pairs, labels)
    assert [one.drop for one in found] == sorted((one.drop for one in found), reverse=True)
    assert found[0].drop > 0
    width = verdict.read([("a", "b")])[0].shape[1]
    assert sum(one.features for one in found if one.group != "terms") == width


def test_the_verdict_that_is_inspected_is_the_one_that_scores():
    verdict = model().verdict
    claims = rows(shipped("data", "gate", "claims.jsonl"))
    pairs = [(normalise(row["text"]), normalise(row["evidence"])) for row in claims]
    assert verdict.reader is not None
    read, said = verdict.read(pairs), verdict.predict_proba(pairs)
    assert np.array_equal(verdict.proba_read(read), said)
    assert inspecting._labels_of(verdict, *read).tolist() == [LABELS[at] for at in said.argmax(axis=1)]
