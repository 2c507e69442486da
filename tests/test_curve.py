"""The learning curve: nothing is asked about that was learned from, and it is in every form of the card."""

import json
import shutil
from itertools import islice

import pytest

from classifier.evaluation import cards, gate, measuring
from classifier.files import shipped
from classifier.judging import Figure
from classifier.learning import curve
from classifier.learning.material import Material, Settings
from classifier.readers.cues import load_cues
from classifier.readers.seeding import OWN, Labelled, load_contrasts, load_seed, load_voices
from pipeline.home import Home
from pipeline.research import trials
from soi.front import Refused
from soi.training import no_curve_of


@pytest.fixture(scope="module")
def material() -> Material:
    return Material([], load_seed(shipped("data", "seed.jsonl"))[::20], digests={"ours": "0" * 64})


def test_no_text_is_asked_about_that_was_learned_from_and_every_text_is_asked_about_once(material):
    for part in ("rights", "kind"):
        asked = []
        for fold in range(curve.FOLDS):
            before: set[str] = set()
            for share in curve.SHARES:
                learn, held = curve.split(material, curve.Task(part, share, fold), 0)
                learned = {row.text for row in learn}
                assert not learned & {row.text for row in held}
                assert before <= learned, "a smaller share lies inside a larger one"
                before = learned
            asked += [row.text for row in held]
        assert len(asked) == len(set(asked))
        assert set(asked) == {row.text for row in material.texts if getattr(row, part) is not None}


def test_a_share_too_small_to_learn_from_has_no_answers(material):
    few = Material([], material.texts[:2])
    given = {"settings": Settings(), "cues": load_cues(shipped("data", "cues.toml")), "seed": 0}
    for part in ("rights", "kind"):
        assert curve.answer(curve.Task(part, 0.1, 0), material=few, **given) == (1, ())


def test_what_is_said_of_one_matter_is_never_parted():
    data = shipped("data", "seed.jsonl").parent
    texts = [
        *load_contrasts(data / "contrasts.jsonl", drawn=lambda rows: islice(rows, 300)),
        *load_voices(data, drawn=lambda rows: rows[-300:]),
    ]
    for fold in range(curve.FOLDS):
        learn, held = curve.split(Material([], texts), curve.Task("kind", 1.0, fold), 0)
        assert len(learn) > len(held) > 50
        assert not {row.matter for row in learn} & {row.matter for row in held}


def test_nothing_of_another_set_is_learned_on_a_matter_that_is_asked_about():
    asked = [Labelled(f"đo {at}", "claim", (), matter=f"việc {at}") for at in range(curve.LEAST_HELD)]
    ours = [Labelled(f"ta {at}", "claim", (), part=OWN, matter=f"việc {at}") for at in range(curve.LEAST_HELD)]
    learn, held = curve.split(Material([], [*asked, *ours]), curve.Task("kind", 1.0, 0), 0)
    assert learn
    assert {row.matter for row in learn}.isdisjoint(row.matter for row in held)


def test_a_curve_for_which_there_are_too_few_texts_leaves_the_one_that_a_card_holds(tmp_path):
    known = [curve.Point("rights", "any_f1", 1.0, 500, Figure(0.8, 0.7, 0.9, 100))]
    card = {"settings": {}, "seed": 0, "figures": {"learning_curve": curve.as_record(known)}}
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert trials.draw_curve(tmp_path, Material([], []), jobs=1) == 0
    assert json.loads((tmp_path / "card.json").read_text(encoding="utf-8")) == card


def test_what_came_into_a_card_while_its_curve_was_drawn_stays(material, tmp_path, monkeypatch):
    (tmp_path / "card.json").write_text('{"settings": {}, "seed": 0}', encoding="utf-8")

    def meanwhile(*_, **__) -> list[curve.Point]:
        (tmp_path / "card.json").write_text('{"corpora": {"a": "b"}}', encoding="utf-8")
        return [curve.Point("rights", "any_f1", 1.0, 500, Figure(0.8, 0.7, 0.9, 100))]

    monkeypatch.setattr(curve, "learning_curve", meanwhile)
    assert trials.draw_curve(tmp_path, material, jobs=1) == 1
    told = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert (told["corpora"], len(curve.of_card(told))) == ({"a": "b"}, 1)


def test_more_texts_read_better_and_the_curve_is_in_every_form_of_the_card(material, tmp_path):
    shutil.copytree(shipped("models", "default"), tmp_path / "models" / "thu")
    told = []
    count = trials.draw_curve(tmp_path / "models" / "thu", material, jobs=1, on_step=lambda *step: told.append(step))
    card = json.loads((tmp_path / "models" / "thu" / "card.json").read_text(encoding="utf-8"))
    points = curve.of_card(card)
    assert len(points) == count >= 6
    assert told[-1] == ("learning curve", len(curve.tasks()), len(curve.tasks()))
    assert card["figures"]["learning_curve_data"] == {"ours": "0" * 64}
    claim = [one for one in points if one.what == "claim_f1"]
    assert claim[-1].texts > claim[0].texts
    assert claim[-1].figure.value >= claim[0].figure.value
    measured = measuring.Measured((), {}, {})
    found = trials.Trial("thu", tmp_path / "models" / "thu", measured, gate.Verdict((), (), ()))
    place = trials.write_report(Home(tmp_path), found)
    last = f"{claim[-1].figure.value:.3f}"
    markdown, page = ((place / name).read_text(encoding="utf-8") for name in ("card.md", "card.html"))
    assert "## Learning curve" in markdown
    assert f"| kind | claim_f1 | 100% | {claim[-1].texts} | {last} |" in markdown
    assert last in page
    assert (
        json.loads((place / "evaluation.json").read_text(encoding="utf-8"))["learning_curve"]
        == card["figures"]["learning_curve"]
    )
    pytest.importorskip("matplotlib")
    assert "learning-curve" in page
    assert "![learning-curve](learning-curve.svg)" in markdown
    assert json.loads((place / "evaluation.json").read_text(encoding="utf-8"))["plots"]["slices"] == "slices.svg"
    assert (place / "learning-curve.svg").read_text(encoding="utf-8").count("</svg>") == 1


def test_no_curve_is_drawn_of_readers_that_were_corrected():
    no_curve_of("")
    with pytest.raises(Refused, match="drawn of readers learned anew, and these are default's, corrected"):
        no_curve_of("default")


def test_too_few_texts_draw_nothing(material):
    few = Material([], material.texts[:20])
    given = {"settings": Settings(), "cues": load_cues(shipped("data", "cues.toml")), "seed": 0, "run": pytest.fail}
    assert curve.learning_curve(few, **given) == []


def test_a_card_without_a_curve_says_nothing_of_one():
    card = {"version": "v", "reading": "r", "thresholds": {}}
    assert "Learning curve" not in cards.markdown(card)
    assert curve.of_card(card) == []
