"""No text judges a version that learned from it, and whoever lets one is told which corpus it was."""

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict

import numpy as np
import pytest

from classifier.evaluation.gate import FloorsRefused
from classifier.evaluation.measuring import Measured
from classifier.files import json_lines, shipped
from classifier.learning.material import Material, PairRow
from classifier.learning.stances import Stance
from classifier.readers.seeding import Labelled
from classifier.readers.stance import Told
from classifier.text import fold
from pipeline.home import Home
from pipeline.research import learned, trials

CLAIM, POST = "Xã Suối Mây mở 12 lớp học cho trẻ em.", "Theo tôi, mười hai lớp học như thế là quá ít."


@pytest.fixture
def folder(tmp_path):
    """A version that learned from one claim and one text."""
    place = tmp_path / "models" / "moi"
    place.mkdir(parents=True)
    (place / "card.json").write_text(json.dumps({"data": {}}), encoding="utf-8")
    material = Material([PairRow(CLAIM, "Xã mở 12 lớp.", "supported")], [Labelled(POST, "opinion", None)])
    assert learned.note(place, material) == 2
    return place


def test_what_taught_stances_alone_is_named_too(tmp_path):
    denied = Stance(Told((), "Xã mở 12 lớp á?", ("Làm gì có.",), frozenset()), "deny", "m")
    assert learned.note(tmp_path, Material([], [Labelled(POST, "opinion", None)], stances=[denied])) == 2
    (tmp_path / "card.json").write_text(json.dumps({"data": {}}), encoding="utf-8")
    asked = corpus(tmp_path, "protected.jsonl", "Xã mở 12 lớp á? – Làm gì có.", "Mưa to quá.")
    (said,) = learned.judges(tmp_path, [asked.parent])
    assert said.startswith("1 of the 2 texts of protected.jsonl")


def corpus(tmp_path, name: str, *texts: str):
    path = tmp_path / "on" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_a_corpus_that_asks_about_what_was_learned_is_named_whatever_its_spelling(folder, tmp_path):
    corpus(tmp_path, "claims.half.jsonl", CLAIM.upper(), "Xã Hạ Giang mở 9 lớp.", "Xã Đồng Vân đóng cửa trường.")
    corpus(tmp_path, "protected.jsonl", "Tôi thấy vậy là phải.")
    (said,) = learned.judges(folder, [tmp_path / "on"])
    assert said.startswith("1 of the 3 texts of claims.half.jsonl are texts that moi learned from")


@pytest.mark.usefixtures("judged_by_little")
def test_the_gate_fails_on_it_and_no_floor_is_set_on_it(folder, tmp_path):
    corpus(tmp_path, "claims.jsonl", CLAIM)
    home, extra, measured = Home(tmp_path), [tmp_path / "on"], Measured((), {}, {})
    found = trials.judged(home, folder, measured, extra)
    assert not found.passed
    assert "claims.jsonl are texts that moi learned from" in found.failures[0]
    assert trials.judged(home, folder, measured, []).passed
    with pytest.raises(FloorsRefused, match="never saw"):
        trials.set_floors(home, trials.Trial("moi", folder, measured, found), extra, why="thử", at="2026-11-25")
    assert not (home.models / "floors.json").exists()


def test_a_version_that_learned_from_a_share_of_its_data_fails_the_gate_and_sets_no_floor(folder, tmp_path):
    (folder / "card.json").write_text(json.dumps({"data": {}, "sample": 0.05}), encoding="utf-8")
    home, measured = Home(tmp_path), Measured((), {}, {})
    found = trials.judged(home, folder, measured, [])
    assert found.failures == (
        "moi learned from 5.0% of its data, to see that it works; train it without --sample for a version that can be"
        " judged and promoted.",
    )
    with pytest.raises(FloorsRefused, match="without --sample"):
        trials.set_floors(home, trials.Trial("moi", folder, measured, found), [], why="thử", at="2026-11-25")


def test_a_posts_file_learned_as_a_whole_is_judged_by_cross_validation(folder, tmp_path):
    path = corpus(tmp_path, "posts.jsonl", POST, "Giá lúa tăng ở chợ huyện.")
    assert len(learned.judges(folder, [tmp_path / "on"])) == 1
    whole = {"data": {"posts.jsonl": hashlib.sha256(path.read_bytes()).hexdigest()}}
    (folder / "card.json").write_text(json.dumps(whole), encoding="utf-8")
    assert learned.judges(folder, [tmp_path / "on"]) == []


def of_pairs(tmp_path, *statements: str) -> None:
    path = tmp_path / "on" / "vifactcheck.csv.gz"
    path.parent.mkdir(exist_ok=True)
    lines = ["statement,evidence,label,part", *(f'"{said}",Xã mở 12 lớp.,supported,dev' for said in statements)]
    path.write_bytes(gzip.compress("\n".join([*lines, f'"{CLAIM}",x,supported,train']).encode()))


def test_a_corpus_of_pairs_is_asked_about_the_pairs_that_were_learned_alone(folder, tmp_path):
    of_pairs(tmp_path, POST, "Xã Hạ Giang mở 9 lớp.")
    assert learned.judges(folder, [tmp_path / "on"]) == []  # a reader may have learned how a statement speaks
    of_pairs(tmp_path, CLAIM, "Xã Hạ Giang mở 9 lớp.")
    (said,) = learned.judges(folder, [tmp_path / "on"])
    assert said.startswith("1 of the 2 texts of vifactcheck.csv.gz are texts that moi learned from")
    with np.load(folder / learned.FILE) as held:
        np.savez_compressed(folder / learned.FILE, gaps=held["gaps"])
    assert learned.judges(folder, [tmp_path / "on"]) == []  # made before pairs were named apart


def test_a_verdict_that_was_kept_is_judged_by_nothing_that_its_version_learned_from(folder, tmp_path):
    mine = tmp_path / "models" / "cua-ban"
    mine.mkdir()
    (mine / "card.json").write_text("{}", encoding="utf-8")
    material = Material([], [Labelled("Giá lúa tăng.", "claim", ())])
    assert learned.note(mine, material, folder) == 2  # its own text and the claim, not what taught the other's readers
    of_pairs(tmp_path, CLAIM)
    corpus(tmp_path, "claims.jsonl", CLAIM, POST)
    assert [said.partition(" texts")[0] for said in learned.judges(mine, [tmp_path / "on"])] == [
        "1 of the 2",
        "1 of the 1",
    ]
    (folder / learned.FILE).unlink()
    (mine / learned.FILE).unlink()
    learned.note(mine, material, folder)
    assert "cua-ban has no learned.npz" in learned.judges(mine, [])[0]


def test_readers_that_were_corrected_know_what_their_version_knew(folder, tmp_path):
    mine = tmp_path / "cua-toi"
    mine.mkdir()
    (mine / "card.json").write_text(json.dumps({"data": {}}), encoding="utf-8")
    assert learned.note(mine, Material([], [Labelled("Không.", "opinion", None)]), folder, folder) == 3
    corpus(tmp_path, "posts.jsonl", POST)
    assert learned.judges(mine, [tmp_path / "on"])


def test_a_version_that_names_nothing_it_learned_from_fails_the_gate(folder, tmp_path):
    (folder / learned.FILE).unlink()
    found = trials.judged(Home(tmp_path), folder, Measured((), {}, {}), [])
    assert not found.passed
    assert "moi has no learned.npz" in found.failures[0]


def test_the_same_material_gives_the_same_bytes(folder):
    before = (folder / learned.FILE).read_bytes()
    learned.note(folder, Material([PairRow(CLAIM, "Khác.", "refuted")], [Labelled(POST, None, ())] * 2))
    assert (folder / learned.FILE).read_bytes() == before


def runs(text: str) -> set[str]:
    """A text's runs of five words, folded."""
    words = re.findall(r"\w+", fold(text))
    return {" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))}


def test_no_text_of_the_gate_stands_in_what_the_shipped_model_learns_from():
    asked = [
        (path.name, row["id"], runs(row["text"]))
        for suite in learned.JUDGED
        for path in shipped("data", "gate").glob(f"{suite}*.jsonl")
        for _, row in json_lines(path)
    ]
    holds = defaultdict(list)
    for at, (_, _, own) in enumerate(asked):
        for run in own:
            holds[run].append(at)
    found = set()
    for path in shipped("data").glob("*.jsonl"):
        for _, row in json_lines(path):
            for text in (one for one in row.values() if isinstance(one, str) and " " in one):
                shared = Counter(at for run in runs(text) for at in holds.get(run, ()))
                found |= {asked[at][:2] for at, n in shared.items() if n >= 0.8 * len(asked[at][2])}
    assert not found  # whole or nearly so
