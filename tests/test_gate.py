"""The gate fails on each red line and each floor, and no floor goes down without a reason on paper."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lowered import lowering

from classifier.evaluation import gate
from classifier.evaluation.gate import Floor, Floors, Measure
from classifier.evaluation.measuring import Measured
from classifier.files import shipped
from classifier.judging import Figure
from pipeline.home import Home
from pipeline.research import trials


def measure(
    part="verdict", what="macro_f1", value=0.8, *, slice="all", corpus="claims", direction="at_least", width=0.04
):
    return Measure(part, what, slice, Figure(value, value - width, value + width, 100), corpus, direction)


GOOD = [
    measure(), measure("protected", "flagged", 0.0, corpus="protected", direction="at_most", width=0),
    measure("mirror", "mean_signed_gap", 0.004, corpus="mirror", direction="at_most"),
    measure("mirror", "largest_gap", 0.08, corpus="mirror", direction="at_most"),
    measure("obfuscated", "same_outcome", 0.97, corpus="obfuscated"),
]  # fmt: skip
CORPORA = {name: f"{name}-digest" for name in ("claims", "protected", "mirror", "obfuscated")}
FLOORS = gate.raised(Floors({}, {}), GOOD, corpora=CORPORA)


def test_a_model_that_set_the_floors_passes_them():
    assert gate.judge(GOOD, FLOORS, corpora=CORPORA) == gate.Verdict(())


@pytest.mark.parametrize(("part", "what", "value"), [
    ("protected", "flagged", 1.0), ("mirror", "mean_signed_gap", 0.02), ("mirror", "largest_gap", 0.11),
    ("obfuscated", "same_outcome", 0.94), ("verdict", "macro_f1", 0.7), ("verdict", "macro_f1", float("nan")),
])  # fmt: skip
def test_each_red_line_and_each_floor_fails_the_gate_by_itself(part, what, value):
    worse = [m for m in GOOD if (m.part, m.what) != (part, what)]
    before = next(m for m in GOOD if (m.part, m.what) == (part, what))
    worse.append(measure(part, what, value, corpus=before.corpus, direction=before.direction, width=0))
    verdict = gate.judge(worse, FLOORS, corpora=CORPORA)
    assert not verdict.passed
    assert all(what in sentence for sentence in verdict.failures)


def test_red_lines_hold_even_without_a_file_of_floors():
    flagged = measure("protected", "flagged", 2.0, corpus="protected", direction="at_most")
    verdict = gate.judge([flagged], Floors({}, {}), corpora=CORPORA)
    assert verdict.failures == ("Red line: protected flagged on protected is 2, at most 0 passes.",)


def test_another_corpus_under_the_same_name_fails():
    verdict = gate.judge(GOOD, FLOORS, corpora={**CORPORA, "claims": "other"})
    assert [s for s in verdict.failures if s.startswith("claims isn't the corpus")]


def test_floors_of_a_corpus_that_came_anew_with_an_upgrade_are_those_that_came_with_it():
    own = replace(FLOORS, floors=FLOORS.floors | {"verdict/macro_f1/all@mine": Floor(0.7)})
    ships = gate.raised(Floors({}, {}), [measure(value=0.6)], corpora={"claims": "new", "mirror": "new"})
    now = {**CORPORA, "claims": "new", "mine": "x"}
    found = gate.renewed(own, ships, corpora=now)
    assert found.corpora == {**CORPORA, "claims": "new"}
    assert found.floors == own.floors | ships.floors
    key = GOOD[0].key
    assert own.floors[key].stricter_than(ships.floors[key])
    assert found.lowered[-1]["floors"] == {key: [own.floors[key].value, ships.floors[key].value]}
    assert not lowering(own, found)
    assert gate.judge([measure(value=0.6), *GOOD[1:]], found, corpora={**CORPORA, "claims": "new"}).passed
    other = gate.renewed(own, ships, corpora={**now, "claims": "other"})
    assert other == own  # of a corpus that somebody changed by hand they fail, as ever
    ships = gate.raised(Floors({}, {}), [measure(corpus="new", value=0.9)], corpora={"new": "new"})
    found = gate.renewed(own, ships, corpora={**CORPORA, "new": "new"})
    assert found.floors == own.floors | ships.floors  # one that there never was before is held to its floors too
    assert not gate.judge([*GOOD, measure(corpus="new", value=0.5)], found, corpora=found.corpora).passed


def test_an_evaluation_tells_whose_floors_hold_no_longer_as_their_corpus_came_anew(tmp_path):
    home = Home(tmp_path)
    ships = gate.read(shipped("models", "floors.json"))
    measured = Measured((), dict(ships.corpora), {}, {})
    assert trials.upgraded(home, measured) == []
    gate.write(home.models / "floors.json", replace(ships, corpora={**ships.corpora, "claims.jsonl": "0" * 64}))
    (said,) = trials.upgraded(home, measured)
    assert said.startswith("claims.jsonl came anew with an upgrade: it is held to the floors that came with it")


def test_a_floor_whose_corpus_is_absent_is_named_and_one_that_was_skipped_fails():
    rest = [m for m in GOOD if m.corpus != "claims"]
    without = {name: d for name, d in CORPORA.items() if name != "claims"}
    assert gate.judge(rest, FLOORS, corpora=without) == gate.Verdict((), ("verdict/macro_f1/all@claims",))
    assert "wasn't measured" in gate.judge(rest, FLOORS, corpora=CORPORA).failures[0]


def test_a_floor_on_a_corpus_whose_name_holds_an_at_is_held_too():
    corpora = {"claims@home.jsonl": "digest"}
    floors = gate.raised(Floors({}, {}), [measure(corpus="claims@home.jsonl")], corpora=corpora)
    assert "wasn't measured" in gate.judge([], floors, corpora=corpora).failures[0]
    changed = {"claims@home.jsonl": "other"}
    assert not gate.raised(floors, [measure(what="calibration_error", corpus="claims@home.jsonl")], corpora=changed,
                           why="labels put right").floors.keys() & floors.floors.keys()  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["at_least", "at_most"]))
def test_without_a_reason_a_floor_only_gets_stricter(first, second, direction):
    corpora = {"claims": "d"}
    one = gate.raised(Floors({}, {}), [measure(value=first, direction=direction)], corpora=corpora)
    two = gate.raised(one, [measure(value=second, direction=direction)], corpora=corpora)
    key = "verdict/macro_f1/all@claims"
    assert not one.floors[key].stricter_than(two.floors[key])
    assert lowering(one, two) == []


def test_a_floor_goes_down_only_with_a_reason_that_stays_in_the_file(tmp_path):
    lower = gate.raised(FLOORS, [measure(value=0.6)], corpora=CORPORA, why="bộ đo mới khó hơn", at="2026-11-25")
    key = "verdict/macro_f1/all@claims"
    assert lower.floors[key].value < FLOORS.floors[key].value
    assert lower.lowered[-1]["why"] == "bộ đo mới khó hơn"
    assert lower.lowered[-1]["floors"] == {key: [FLOORS.floors[key].value, lower.floors[key].value]}
    assert lowering(FLOORS, lower) == []
    gate.write(tmp_path / "floors.json", lower)
    assert gate.read(tmp_path / "floors.json") == lower


def test_floors_that_can_not_be_written_whole_leave_those_that_were_there(tmp_path):
    path = tmp_path / "floors.json"
    gate.write(path, FLOORS)
    with pytest.raises(UnicodeEncodeError):
        gate.write(path, replace(FLOORS, lowered=({"why": "\ud800"},)))
    assert gate.read(path) == FLOORS
    assert list(tmp_path.iterdir()) == [path]


def test_a_floor_edited_down_or_taken_out_by_hand_is_noticed():
    key = "verdict/macro_f1/all@claims"
    down = Floors({**FLOORS.floors, key: Floor(0.1)}, FLOORS.corpora)
    gone = Floors({k: f for k, f in FLOORS.floors.items() if k != key}, FLOORS.corpora)
    assert lowering(FLOORS, down) == [f"the floor {key} went from {FLOORS.floors[key].value:.4f} to 0.1000"]
    assert lowering(FLOORS, gone) == [f"the floor {key} is gone"]


def test_a_reason_for_one_floor_excuses_no_other_and_goes_no_farther():
    key, line = "verdict/macro_f1/all@claims", "mirror/largest_gap/all@mirror"
    lower = gate.raised(FLOORS, [measure(value=0.6)], corpora=CORPORA, why="bộ đo mới khó hơn", at="2026-11-25")
    gone = replace(lower, floors={k: f for k, f in lower.floors.items() if k != line})
    assert lowering(FLOORS, gone) == [f"the floor {line} is gone"]
    farther = replace(lower, floors={**lower.floors, key: Floor(0.1)})
    assert lowering(FLOORS, farther) == [f"the floor {key} went from {FLOORS.floors[key].value:.4f} to 0.1000"]
    fewer = {**CORPORA, "claims": "new"}
    dropped = gate.raised(FLOORS, [m for m in GOOD if m.corpus != "claims"], corpora=fewer, why="bộ khác")
    assert key not in dropped.floors
    assert lowering(FLOORS, dropped) == []


def test_a_waiver_that_goes_farther_needs_another_reason():
    key = "mirror/largest_gap/all@mirror"
    given = {wide: replace(FLOORS, waivers={key: gate.Waiver(wide, "chưa tới")}) for wide in (0.2, 0.3)}
    assert lowering(given[0.2], given[0.3]) == [f"the waiver of {key} went from 0.2000 to 0.3000"]
    assert lowering(given[0.3], given[0.2]) == lowering(given[0.2], FLOORS) == []
    assert lowering(given[0.2], replace(FLOORS, waivers={key: gate.Waiver(0.3, "bộ đo mới")})) == []


@pytest.mark.parametrize("why", ["", " "])
def test_a_changed_corpus_or_a_lower_floor_needs_a_reason(why):
    assert gate.raised(FLOORS, [measure(value=0.6)], corpora=CORPORA, why=why) == FLOORS
    with pytest.raises(gate.FloorsRefused, match="say why"):
        gate.raised(FLOORS, GOOD, corpora={**CORPORA, "claims": "new"}, why=why)


def test_a_red_line_is_its_own_floor_however_good_the_model_is():
    assert FLOORS.floors["obfuscated/same_outcome/all@obfuscated"] == Floor(0.95)
    assert FLOORS.floors["protected/flagged/all@protected"] == Floor(0.0, "at_most")


TURNED = {"format": 1, "corpora": {}, "floors": {"a": {"value": 1, "direction": "at_leest"}}, "waivers": {}}


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"format": 9}', json.dumps({"format": 1, "floors": 3}), "[" * 100_000,
    json.dumps({**TURNED, "lowered": []}),
])  # fmt: skip
def test_damaged_floors_are_refused_in_one_sentence(tmp_path, text):
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(gate.FloorsRefused):
        gate.read(path)


def test_a_red_line_is_crossed_only_by_written_leave_and_no_farther():
    off = [m for m in GOOD if m.what != "largest_gap"]
    wide = measure("mirror", "largest_gap", 0.31, corpus="mirror", direction="at_most")
    with pytest.raises(gate.FloorsRefused, match="with a reason"):
        gate.waive(FLOORS, [*off, wide], why=" ")
    waived = gate.waive(FLOORS, [*off, wide], why="điều thứ 20 của kế hoạch")
    verdict = gate.judge([*off, wide], waived, corpora=CORPORA)
    assert verdict.passed
    assert len(verdict.waived) == 1
    assert "điều thứ 20" in verdict.waived[0]
    wider = measure("mirror", "largest_gap", 0.33, corpus="mirror", direction="at_most")
    assert not gate.judge([*off, wider], waived, corpora=CORPORA).passed
    assert gate.judge(GOOD, waived, corpora=CORPORA).waived == ()


@pytest.mark.parametrize("why", ["", "bộ đo mới"])
def test_leave_ends_with_the_floors_of_a_model_that_keeps_the_red_line(why):
    rest = [one for one in GOOD if one.what != "largest_gap"]
    wide = measure("mirror", "largest_gap", 0.2, corpus="mirror", direction="at_most", width=0)
    waived = gate.waive(FLOORS, [*rest, wide], why="chưa tới")
    assert gate.raised(waived, [*rest, wide], corpora=CORPORA, why=why).waivers == waived.waivers
    assert gate.raised(waived, rest, corpora=CORPORA, why=why).waivers == waived.waivers  # which tell nothing of it
    again = gate.raised(waived, GOOD, corpora=CORPORA, why=why, at="2026-11-25")
    assert again.waivers == {}
    assert (again.lowered[-1]["at"], again.lowered[-1]["waivers"]) == ("2026-11-25", [wide.key])
    assert lowering(waived, again) == []
    assert not gate.judge([*rest, wide], again, corpora=CORPORA).passed


def test_no_leave_is_given_to_flag_a_protected_text():
    flagged = measure("protected", "flagged", 1.0, corpus="protected", direction="at_most", width=0)
    waived = gate.waive(FLOORS, [flagged], why="vội")
    assert waived.waivers == {}
    forced = Floors(FLOORS.floors, FLOORS.corpora, (), {flagged.key: gate.Waiver(5.0, "vội")})
    assert not gate.judge([flagged], forced, corpora={}).passed


def test_leave_is_kept_in_the_file(tmp_path):
    wide = measure("mirror", "largest_gap", 0.31, corpus="mirror", direction="at_most")
    waived = gate.waive(FLOORS, [wide], why="chưa tới")
    gate.write(tmp_path / "floors.json", waived)
    assert gate.read(tmp_path / "floors.json") == waived
