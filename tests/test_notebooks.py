"""The three notebooks run from top to bottom on a home with something in it."""

import json
from pathlib import Path

import pytest
from filled import filled_home
from test_training import pairs

from classifier import files
from classifier.errors import ModelRefused
from classifier.files import shipped
from classifier.learning.training import write_card
from classifier.loading import read_card
from pipeline.home import Home
from pipeline.records import NewDecision, NewPost, ScoreRow, Verdict
from pipeline.research import datasets
from pipeline.store import cases, decisions, open_store, posts, scores

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """A home with a decided case, a post of the random sample, and an imported set of our own pairs."""
    place = tmp_path_factory.mktemp("home")
    db = open_store(filled_home(place).database)
    posts.take_post(db, NewPost("bao", "https://bao.example/3", "Theo tôi, quy định này quá chặt."))
    number = scores.add_score(db, ScoreRow(3, "default", "opinion", (), 0.1, False, ("AUDIT",)), outcome="audited")
    case_id = cases.open_case(db, 3, claim="", score_id=number)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    db.close()
    rows = [
        {"text": p.claim, "evidence": p.evidence, "label": p.label, "group": p.article} for p in pairs()
    ]  # fmt: skip
    path = place / "cua-toi.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    about = {"use": "verdict", "licence": "MIT", "means": "chúng tôi viết"}
    known = datasets.generic("cua-toi", {name: name for name in ("text", "evidence", "label", "group")}, {}, about)
    datasets.import_set(place / "data" / "sets", path, known)
    hint = place / "giong-van.jsonl"
    hint.write_text("".join(json.dumps({"text": f"Tin {n}", "label": str(n % 2)}) + "\n" for n in range(20)))
    known = datasets.generic("giong-van", {"text": "text", "label": "label"}, {}, about | {"use": "style"})
    datasets.import_set(place / "data" / "sets", hint, known)
    return place


def test_there_are_three():
    assert [path.stem for path in NOTEBOOKS] == ["audit", "explore", "retrain"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path, root, learns_little, ranks_by_little, judged_by_little, monkeypatch, capsys):
    monkeypatch.setenv("SOI_HOME", str(root))
    names: dict[str, object] = {}
    book = json.loads(path.read_text(encoding="utf-8"))
    assert book["nbformat"] == 4
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "a notebook is kept without its outputs: they could hold posts"
            exec(compile("".join(cell["source"]), f"{path.name}:{cell['id']}", "exec"), names)
    said = capsys.readouterr().out
    assert {"audit": "Transparency report", "explore": "Outcomes of each step", "retrain": "auc_given"}[
        path.stem
    ] in said
    assert (path.stem == "retrain") == ("Rights and kind are those of default, corrected" in said)
    if path.stem == "audit":
        assert names["sample"].drawn == 1
    if path.stem == "retrain":
        assert "left out, as style teaches nothing here: ['giong-van']" in said
        card = json.loads((root / "models" / str(names["version"]) / "card.json").read_text(encoding="utf-8"))
        assert "learned.npz" in card["files"]  # or the gate couldn't tell what mustn't judge it
        assert "labels/latest" in card["data"]


def test_a_home_without_a_label_is_told_as_that(tmp_path, monkeypatch):
    open_store(Home(tmp_path).database).close()
    monkeypatch.setenv("SOI_HOME", str(tmp_path))
    book = json.loads((FOLDER / "retrain.ipynb").read_text(encoding="utf-8"))
    told = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    with pytest.raises(SystemExit, match="has no label yet; decide cases at the desk"):
        exec("\n".join(told), {})
    assert not Home(tmp_path).models.exists()


def test_a_version_that_is_there_is_not_written_over_but_on_another_base_it_is_another(
    root, learns_little, ranks_by_little, judged_by_little, monkeypatch, tmp_path
):
    monkeypatch.setenv("SOI_HOME", str(root))
    book = json.loads((FOLDER / "retrain.ipynb").read_text(encoding="utf-8"))
    told = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"][:-1]
    for at in range(2):
        names: dict[str, object] = {}
        exec("\n".join(told), names)
        kept = root / "models" / str(names["version"]) / "kept"
        if at == 0:
            kept.write_text("", encoding="utf-8")
    assert kept.exists()
    write_card(tmp_path, {**read_card(shipped("models", "default")), "reading": "0"})
    monkeypatch.setattr(files, "shipped", lambda *parts: tmp_path if parts[0] == "models" else shipped(*parts))
    with pytest.raises(ModelRefused, match="reading 0"):  # a version of its own is begun
        exec("\n".join(told), names)
