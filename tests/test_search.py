"""A search over settings survives a kill and a torn line, and never mixes scores of different rows."""

import contextlib
import dataclasses
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from filled import typed

from classifier.entailment.verdict import LABELS
from classifier.files import shipped
from classifier.learning.material import Material, PairRow
from classifier.readers.seeding import Labelled, load_seed
from pipeline.home import Home
from pipeline.research import search
from soi.training import _lead

TRIALS = 2
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def material() -> Material:
    return Material([], load_seed(shipped("data", "seed.jsonl"))[::60])


@pytest.fixture(scope="module")
def whole(material, tmp_path_factory) -> SimpleNamespace:
    """A search that nothing disturbed, and its file."""
    path = tmp_path_factory.mktemp("search") / "all.jsonl"
    found = search.run(material, "rights", path, trials=TRIALS, jobs=1)
    return SimpleNamespace(trials=found, text=path.read_text(encoding="utf-8"))


def searching(material: Material, path: Path) -> None:
    """A search that goes no further once a trial is written."""

    def stay(part: str, done: int, of: int) -> None:
        if done:
            signal.pause()

    search.run(material, "rights", path, trials=TRIALS, jobs=1, on_step=stay)


def test_a_search_killed_midway_goes_on_where_it_stopped(material, whole, tmp_path):
    path = tmp_path / "search.jsonl"
    # not from the fork server, which other tests keep without pandas
    process = multiprocessing.get_context("spawn").Process(target=searching, args=(material, path))
    process.start()
    deadline = time.monotonic() + 120
    while not (path.exists() and path.read_bytes().count(b"\n")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    kept = path.read_text(encoding="utf-8").splitlines()
    assert len(kept) == 1
    assert search.run(material, "rights", path, trials=TRIALS, jobs=1) == whole.trials
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[: len(kept)] == kept
    assert len(lines) == TRIALS, "no trial was made twice"


def test_trials_told_to_end_leave_no_worker(tmp_path):
    code = (
        "from pipeline.cluster import run_trials; from pathlib import Path; import os, sys, time\n"
        "def wait(folder):\n (folder / str(os.getpid())).touch()\n time.sleep(300)\n"
        "from soi import front\n"
        "front.app = lambda *_: lambda: list(run_trials([Path(sys.argv[1])] * 2, wait, jobs=2))\nfront.main()"
    )
    # its workers write where it does: that ends only when the last of them has
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, cwd=ROOT)
    deadline = time.monotonic() + 120
    while not list(tmp_path.iterdir()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.terminate()
    try:
        assert process.communicate(timeout=60) == (b"", None)
        assert process.returncode == 130
    finally:
        for path in tmp_path.iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(path.name), signal.SIGKILL)


def test_a_line_cut_in_the_middle_costs_that_trial_and_no_other(material, whole, tmp_path):
    path = tmp_path / "search.jsonl"
    path.write_text(whole.text[:-20], encoding="utf-8")
    told = []
    for _ in range(2):
        again = search.run(material, "rights", path, trials=TRIALS, jobs=1, on_step=lambda *step: told.append(step))
        assert again == whole.trials
    assert told == [("rights", TRIALS - 1, TRIALS), ("rights", TRIALS, TRIALS), ("rights", TRIALS, TRIALS)]


def test_scores_on_other_rows_are_left_alone_and_not_mixed_in(material, whole, tmp_path):
    path = tmp_path / "search.jsonl"
    others = [{**json.loads(line), "on": "other rows", "score": 1.0} for line in whole.text.splitlines()]
    text = "".join(json.dumps(one) + "\n" for one in others) + whole.text
    path.write_text(text, encoding="utf-8")
    assert search.run(material, "rights", path, trials=TRIALS, jobs=1) == whole.trials
    assert path.read_text(encoding="utf-8") == text
    assert search.read_settings(path).rights_strength == whole.trials[0].settings["rights_strength"]
    fewer = dataclasses.replace(material, texts=material.texts[::2])
    grounds = {search.ground_of(*one) for one in ((material, "rights", 0), (fewer, "rights", 0), (material, "kind", 0))}
    assert len(grounds | {search.ground_of(material, "rights", 1)}) == 4


def test_what_is_said_of_one_matter_helps_no_other_saying_of_it():
    """Each matter has a name of its own, and by chance is about rights or not: that can be known from its other text
    alone."""
    about = np.random.default_rng(0).permutation(80) < 40
    texts = [
        Labelled(f"{said} {name}", None, ("CCPR",) if about[at] else (), matter=name)
        for at, name in enumerate(f"{chr(97 + at % 20)}{chr(97 + at // 20)}{at}x" for at in range(80))
        for said in ("Nghe nói", "Xã báo")
    ]
    score, said = search.judged({}, material=Material([], texts), part="rights", seed=0)
    assert score < 0.7
    assert len(said) == len(texts)


def test_how_far_the_best_lies_above_what_stands_now_is_told_with_its_interval(material, whole):
    best, now = whole.trials
    gap = search.lead(best, now, material=material, part="rights")
    assert gap is not None
    assert gap.value == pytest.approx(best.score - now.score)
    assert gap.low <= gap.value <= gap.high
    said = _lead(whole.trials, material, "rights")
    assert said.startswith(f"The best lies {gap.value:+.4f} ({gap.low:+.4f} to {gap.high:+.4f}) from the settings")
    assert (", so no difference is shown" in said) == (gap.low <= 0)
    assert _lead([now], material, "rights") == "None of them lies above the settings that stand now."
    before = [best, dataclasses.replace(now, said="")]  # a file of before, in which the search went on
    assert _lead(before, material, "rights").startswith("How far the best lies from the settings that stand now can't")
    assert search.asked(Material([PairRow("Có.", "Có ạ.", one) for one in LABELS], []), "verdict")[0] == "hij"


@pytest.mark.parametrize("text", ['{"a": 1}\n', "[1, 2]\n", json.dumps({"part": "rights"}) + "\n"])
def test_a_file_of_something_else_is_refused_and_kept(material, tmp_path, text):
    path = tmp_path / "search.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(search.SearchRefused, match="isn't a file of trials"):
        search.run(material, "rights", path, trials=1)
    assert path.read_text(encoding="utf-8") == text


def test_a_search_with_no_process_at_work_is_refused(tmp_path):
    home = Home(tmp_path)
    home.root.joinpath("soi.toml").touch()
    assert "with 0 processes nothing is tried" in str(typed(home, "search", "rights", "--jobs", "0").exception)


def test_a_search_says_that_it_gathers_before_the_minutes_that_this_takes(tmp_path):
    done = typed(Home(tmp_path), "search", "rights", "--data", tmp_path / "nowhere")
    assert ("Searching: gathering" in done.output, "nowhere" in str(done.exception)) == (True, True), done.output


def test_a_part_without_settings_to_search_over_is_refused(material, tmp_path):
    with pytest.raises(search.SearchRefused, match="nothing to search in luck; choose rights, kind, verdict"):
        search.run(material, "luck", tmp_path / "search.jsonl", trials=1)
    assert list(tmp_path.iterdir()) == []
