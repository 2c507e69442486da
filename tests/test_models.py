"""The loop from labels to a live model: refused once, promoted once, rolled back once, every step by its command."""

import json
import shlex
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import ours
import pytest
from filled import filled_home, typed
from lowered import lowering

from classifier.errors import ClassifierError, ModelRefused
from classifier.evaluation import cards, comparing, corpora, gate, measuring
from classifier.evaluation.causes import Cause
from classifier.evidence import facts
from classifier.files import sha256, shipped
from classifier.judging import Figure
from classifier.learning.training import rethreshold, write_card
from classifier.loading import read_card
from pipeline import registry
from pipeline.home import Home
from pipeline.indexing import build_index, open_refuted, passage_of
from pipeline.locks import Busy, alone
from pipeline.records import NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.research import shadow, trials
from pipeline.store import cases, decisions, evidence, open_store, posts, scores
from pipeline.store.models import live_version, promote, promotions
from soi.measuring import folders


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """A home with a challenger beside the model that ships, floors of its own, and a few posts."""
    place = Home(tmp_path_factory.mktemp("home"))
    db = open_store(place.database)
    for at, text in enumerate(("Việt Nam phê chuẩn Công ước chống tra tấn năm 2005.", "Giá cà phê giảm.")):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{at}", text))
    db.close()
    rethreshold(shipped("models", "default"), place.models / "thu", version="thu", why="thử", refuted=0.99)
    return place


@pytest.fixture(scope="module")
def small(judged_by_little, tmp_path_factory) -> Path:
    """A few of our own rows of each suite, and posts."""
    folder = Path(shutil.copytree(judged_by_little, tmp_path_factory.mktemp("corpora"), dirs_exist_ok=True))
    rows = [
        {"id": f"p{at}", "text": text, "kind": kind, "rights": rights, "rights_disputed": []}
        for at, (text, kind, rights) in enumerate([
            ("Công an xã Bình Lộc tạm giữ ông Tạ Văn Hiển ba ngày không lập biên bản.", "claim", ["CCPR"]),
            ("Theo tôi, luật này quá nặng tay với người dân.", "opinion", ["CCPR"]),
            ("Giá tiêu ở chợ huyện tăng hai giá.", "claim", []),
        ] * 5)
    ]  # fmt: skip
    (folder / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def measured(small):
    known = facts.shipped_passages()
    return measuring.measure(ours.model(), [small], facts=known)


def test_figures_of_a_folder_do_not_depend_on_what_is_measured_beside_it(small, tmp_path):
    mine, beside = tmp_path / "mine", tmp_path / "beside"
    for folder in (mine, beside):
        folder.mkdir()
    for name in ("claims.jsonl", "protected.jsonl", "mirror.jsonl"):
        shutil.copy(small / name, mine)
    claim = json.loads((small / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])
    other = {"eid": "x", "text": claim["text"], "source": "Sổ xã", "role": "primary"}
    (beside / "evidence.jsonl").write_text(json.dumps(other) + "\n", encoding="utf-8")
    (beside / "claims.other.jsonl").write_text(json.dumps(claim | {"eid": "x"}) + "\n", encoding="utf-8")
    known = facts.shipped_passages()
    alone, both = (measuring.measure(ours.model(), on, facts=known).measures for on in ([mine], [mine, beside]))
    assert set(alone) < set(both)


def test_two_corpora_of_one_name_are_not_taken_for_one(small, tmp_path):
    (tmp_path / "claims.jsonl").write_bytes((small / "claims.jsonl").read_bytes())
    with pytest.raises(ClassifierError, match=r"Two corpora are named claims\.jsonl"):
        measuring.measure(ours.model(), [small, tmp_path])


def soi(home: Home, *words: str, ok: int = 0) -> str:
    done = typed(home, *words)
    assert done.exit_code == ok or (ok and done.exception), done.output[-1500:]
    return done.output + (str(done.exception) if done.exception else "")


def test_every_suite_gives_its_figures_with_intervals(measured):
    found = {(m.part, m.what) for m in measured.measures}
    assert {
        ("claims", "auc_given"), ("claims", "auc_found"), ("claims", "false_flagged"), ("claims", "true_flagged"),
        ("retrieval", "right_in_5"), ("matching", "perturbed_first"),
        ("protected", "flagged"), ("mirror", "mean_signed_gap"), ("mirror", "largest_gap"), ("mirror", "claim_gap"),
        ("kind", "claim_f1"),
        ("obfuscated", "same_outcome"), ("rights", "any_f1"),
    } <= found  # fmt: skip
    for m in measured.measures:
        assert m.figure.low <= m.figure.value <= m.figure.high or m.figure.n < 20 or m.what == "largest_gap", m
        assert m.figure.span or m.what == "largest_gap", m
    assert set(measured.corpora) == {
        f"{name}.jsonl" for name in ("claims", "mirror", "obfuscated", "posts", "protected")
    }


def test_of_claims_it_is_told_how_many_of_either_truth_are_flagged(tmp_path):
    fact = next(one for one in facts.shipped_passages() if one.eid == "fact:maternity-leave")
    told = [("Lao động nữ chỉ được nghỉ thai sản 3 tháng.", "false"), ("Mẹ đẻ không được nghỉ.", "false"),
            ("Lao động nữ được nghỉ thai sản 6 tháng.", "true")]  # fmt: skip
    rows = [
        {"id": f"{at}", "text": text, "truth": truth, "eid": fact.eid, "evidence": fact.text}
        for at, (text, truth) in enumerate(told)
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    model = ours.model()
    found = {m.what: m for m in measuring.measure(model, [tmp_path], facts=[fact]).measures}
    assert (found["false_flagged"].figure.n, found["true_flagged"].figure.n) == (2, 1)
    assert found["false_flagged"].figure.value > found["true_flagged"].figure.value == 0
    assert found["true_flagged"].direction == "at_most"


def test_the_claim_gap_is_what_one_side_alone_is_read_as_a_claim(tmp_path):
    claim, opinion = "Ngày 3/6, công an xã Hạ Giang tạm giữ 14 người dân.", "Thật đáng buồn, tôi thấy thế là quá tệ!"
    rows = [{"id": "1", "a": claim, "b": opinion}, {"id": "2", "a": claim, "b": claim}]
    path = tmp_path / "mirror.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = measuring.measure(ours.model(), [tmp_path]).measures
    gap = next(m for m in found if m.what == "claim_gap")
    assert (gap.figure.value, gap.leans) == (0.5, "a")


@pytest.mark.parametrize(("leans", "signed", "said"), [
    ("a", (0.02, -0.01, 0.05), "a - b is +0.0200 (-0.0100 to +0.0500), which favours b, of our pairs its critics' side;"
     " 0 lies within, so it may be chance."),
    ("b", (-0.02, -0.05, 0.01), "a - b is -0.0200 (-0.0500 to +0.0100), which favours a, of our pairs the state's side;"
     " 0 lies within, so it may be chance."),
    ("", None, ""),
])  # fmt: skip
def test_a_gap_of_two_voices_is_kept_with_its_sign_and_told_by_whom_it_favours(leans, signed, said):
    figure = Figure(0.02, -0.01, 0.05, 60)
    one = gate.Measure("mirror", "mean_signed_gap", "all", figure, "mirror.jsonl", "at_most", leans)
    kept = cards.figures([one])[one.key]
    assert kept["value"] == 0.02
    assert kept.get("signed") == (signed and dict(zip(("value", "low", "high", "n"), (*signed, 60), strict=True)))
    card = {"version": "thu", "reading": 1, "thresholds": {}}
    told = [line for line in cards.markdown(card, [one]).splitlines() if "favours" in line]
    assert told == ([f"- mirror mean_signed_gap @ mirror.jsonl: {said}"] if said else [])


def test_no_protected_text_of_ours_is_flagged_by_the_model_that_ships():
    known = facts.shipped_passages()
    model = ours.model()
    bench = measuring.Bench(model, build_index(known, model))
    rows = corpora.rows(shipped("data", "gate", "protected.jsonl"))
    assert [
        row["text"] for row, one in zip(rows, bench.scores([r["text"] for r in rows]), strict=True) if one.flagged
    ] == []


def test_a_model_compared_with_itself_shows_no_difference(measured):
    found = comparing.compare(("a", measured), ("b", measured))
    assert {contest.suite.partition("@")[0] for contest in found.contests} >= {"claims_given", "kind", "protected"}
    for contest in found.contests:
        assert (contest.difference.value, contest.won, contest.lost) == (0, (), ())
        assert contest.mcnemar is None if contest.metric == "auc" else contest.mcnemar.p == 1
        assert contest.word == "no difference shown"
    n = len(found.contests)
    assert found.many().startswith(f"{n} intervals of 95%: where the two differed in nothing, {n / 20:.1f} of them")
    assert replace(found, contests=found.contests[:1]).many() == ""


def test_a_better_model_is_told_from_a_worse_one_with_its_examples():
    ids, truth = tuple(map(str, range(80))), tuple(at % 2 == 0 for at in range(80))
    worse = tuple(one if at % 4 else not one for at, one in enumerate(truth))
    one = measuring.Said(ids, truth, worse, texts=ids)
    two = measuring.Said(ids, truth, truth, texts=ids)
    found = comparing.contest("kind", one, two)
    assert found.word == "better"
    assert found.mcnemar.only_second == 20
    assert [example.id for example in found.won] == ["0", "4", "8", "12", "16"]
    assert comparing.contest("kind", two, one).word == "worse"


def test_a_model_that_flags_nothing_any_more_is_told_worse_though_it_orders_claims_as_well():
    ids, truth = tuple(map(str, range(80))), tuple(at % 2 == 0 for at in range(80))
    p = tuple(0.9 if one else 0.1 for one in truth)
    one, two = (measuring.Said(ids, truth, said, p) for said in (truth, (False,) * 80))
    found = comparing.compare(*((name, measuring.Measured((), {}, {"claims_found@x": m})) for name, m in
                                (("a", one), ("b", two))))  # fmt: skip
    told = [(contest.metric, contest.difference.value, contest.word) for contest in found.contests]
    assert told == [("auc", 0, "no difference shown"), ("accuracy", -0.5, "worse")]
    assert [one.calibration for one in found.contests] == [None, None]
    assert comparing.contest("claims_given", one, two).calibration is not None
    assert comparing.ordered("claims_found", *(measuring.Said(ids, (True,) * 80, truth, p),) * 2) is None
    assert comparing.ordered("any_right", one, two) is None


def test_the_errors_of_two_models_are_laid_side_by_side_by_cause():
    ids, truth, marks = tuple("abcdef"), (True,) * 6, (("x",),) * 3 + (("y",),) * 3
    one = measuring.Said(ids, truth, (False, False, True, True, True, False), texts=ids, marks=marks)
    two = measuring.Said(ids, truth, (True, True, True, True, True, False), texts=ids, marks=marks)
    assert comparing.contest("kind", one, two).causes == (("x", 3, 2, 0),)  # y: both err on it alike
    assert comparing.contest("kind", two, one).causes == (("x", 3, 0, 2),)


def test_a_cause_that_only_one_of_two_models_has_is_told_whichever_comes_first():
    ids, truth = tuple("abcdefghij"), (True,) * 10
    one = measuring.Said(ids, truth, truth, texts=ids, marks=(("found",),) * 10)
    lost = (("no passage found",),) * 4 + (("found",),) * 6
    two = measuring.Said(ids, truth, (False, False) + (True,) * 8, texts=ids, marks=lost)
    assert comparing.contest("claims_found", one, two).causes == (("no passage found", 4, 0, 2),)
    assert comparing.contest("claims_found", two, one).causes == (("no passage found", 4, 2, 0),)


def test_a_report_groups_errors_by_cause_and_names_rows_by_their_ids_alone(measured, home, tmp_path):
    found = trials.Trial("thu", home.models / "thu", measured, gate.Verdict(()))
    place = trials.write_report(Home(tmp_path), found)
    told = json.loads((place / "evaluation.json").read_text(encoding="utf-8"))["errors"]
    causes = {one["cause"] for one in told["claims_found@claims.jsonl"]}
    assert "worded alike" in causes
    broken = {"right missed", "right passage beside it", "read as opinion, not as a claim"}
    assert causes & broken  # where the way broke depends on the model
    assert {one["cause"] for one in told["kind@posts.jsonl"]} >= {"is opinion", "is claim"}
    for suite, held in told.items():
        answer = measured.answers[suite]
        wrong = {id for id, t, said in zip(answer.ids, answer.truth, answer.said, strict=True) if t != said}
        assert all(one["wrong"] <= min(one["n"], len(wrong)) for one in held)
        assert {id for one in held for id in one["ids"]} <= wrong
    for name in ("card.md", "card.html", "evaluation.json"):
        text = (place / name).read_text(encoding="utf-8")
        assert not [said for one in measured.answers.values() for said in one.texts if said in text]
    assert "## Errors by cause" in (place / "card.md").read_text(encoding="utf-8")


def test_the_card_has_every_figure_in_each_form_and_plots_inside(measured):
    pytest.importorskip("matplotlib")
    card = json.loads((shipped("models", "default") / "card.json").read_text(encoding="utf-8"))
    verdict = gate.Verdict(("Nó kém.",), (), ("Được miễn.",))
    text = cards.markdown(card, measured.measures, verdict)
    images = cards.pictures(measured, card)
    page = cards.page(text, images)
    drawn = ("slices", "confusion-kind@posts.jsonl", "reliability-any_right@posts.jsonl")
    assert not [name for name in images if name.startswith("reliability-claims_found")]  # that p only orders
    assert set(images) >= {*drawn, "precision-recall-claims_found@claims.jsonl"}
    assert "kind@posts.jsonl: confusion" in images["confusion-kind@posts.jsonl"]
    one, *_ = measured.measures
    assert f"{one.part} {one.what} ({one.slice}) @ {one.corpus}" in images["slices"]
    assert images["slices"].count(">0.6<") == 2, "there is a ruler above and below: the rows are many pages"
    again = {name.replace("posts", "posts.dev"): one for name, one in measured.answers.items()}
    both = cards.pictures(replace(measured, answers={**measured.answers, **again}), card)
    assert set(both) - set(images) == {name.replace("posts", "posts.dev") for name in images if "posts" in name}
    assert page.count("<svg") == len(images) >= 2
    for m in measured.measures:
        assert f"{m.figure.value:.3f}" in text
        assert f"{m.figure.value:.3f}" in page
    assert "Nó kém." in page
    assert "Được miễn." in page
    assert "src=" not in page
    assert cards.pictures(measured, card) == images


def test_a_card_tells_what_each_figure_is_and_which_corpora_were_not_there(measured):
    floors = gate.read(shipped("models", "floors.json")).floors
    measures = {f"{m.part}/{m.what}" for m in measured.measures}
    assert set(cards.MEANS) >= {key.rpartition("/")[0] for key in floors} | measures
    away = tuple(key for key in floors if key.endswith(("@claims.dev.jsonl", "@mirror.dev.jsonl")))
    card = json.loads((shipped("models", "default") / "card.json").read_text(encoding="utf-8"))
    text = cards.markdown(card, measured.measures, gate.Verdict((), away, ()))
    assert text.count("- not measured") == 2
    assert "- not measured, for mirror.dev.jsonl isn't here (--on FOLDER): 3 floors" in text
    assert {line.split(" | ")[0].removeprefix("| ") for line in text.split("\n")} >= measures
    assert "## Out of fold, on what it was trained on" in text
    assert "| macro_f1 | 0.765 |  | 10854 | the mean F1 of supported, refuted and not_enough_info |" in text
    assert "<th>figure</th>" in cards.page(text, {})


def test_refused_once_promoted_once_rolled_back_once(home, judged_by_little, monkeypatch):
    """The gate's own rows are few here; floors come from the model, so only what is made worse may fail."""
    monkeypatch.setattr(comparing, "SPEED_TEXTS", 2)
    before = trials.trial(home, "thu", [])
    trials.set_floors(home, before, [], why="khởi đầu", at="2026-11-25", waive=True)
    raised = json.loads((home.models / "floors.json").read_text(encoding="utf-8"))
    key = "claims/auc_given/all@claims.jsonl"
    good, raised["floors"][key]["value"] = raised["floors"][key]["value"], 1.01
    (home.models / "floors.json").write_text(json.dumps(raised), encoding="utf-8")
    said = soi(home, "promote", "thu", "--person", "lan", ok=1)
    assert "FAILS: claims/auc_given/all@claims.jsonl" in said
    assert "isn't promoted" in said
    assert f"Report: {home.root / 'data' / 'evaluations' / 'thu' / 'card.html'}" in said
    beside = soi(home, "compare", "default", "thu")
    assert 0 < beside.index("FAILS, thu: claims/auc_given/all@claims.jsonl") < beside.index("default against thu")
    db = open_store(home.database)
    assert live_version(db) == "default"
    raised["floors"][key]["value"] = good
    (home.models / "floors.json").write_text(json.dumps(raised), encoding="utf-8")
    said = soi(home, "promote", "thu", "--person", "lan", "--note", "nhãn tháng 11")
    assert "thu is live" in said
    assert live_version(db) == "thu"
    place = home.root / "data" / "evaluations" / "thu"
    assert {"card.md", "card.html", "evaluation.json"} <= {path.name for path in place.iterdir()}
    assert json.loads((place / "evaluation.json").read_text(encoding="utf-8"))["passed"]
    assert "default is live again" in soi(home, "rollback")
    assert live_version(db) == "default"
    history = db.conn.execute("SELECT version, person, note FROM promotions ORDER BY id").fetchall()
    assert history == [
        ("thu", "command line (lan)", "nhãn tháng 11"), ("default", "command line", "rollback from thu"),
    ]  # fmt: skip
    assert "There is no earlier model" in soi(home, "rollback", ok=2)
    assert "thu" in soi(home, "models")


@pytest.mark.parametrize("words", [("promote", "default"), ("rollback",)])
def test_a_version_is_made_live_by_one_at_a_time(home, words):
    with alone(home, "promote"):
        done = typed(home, *words)
    assert isinstance(done.exception, Busy)
    assert f"promote is under way in {home.root} already" in str(done.exception)


def test_what_to_learn_from_may_be_a_file_and_what_to_measure_on_is_a_folder(home, small, learns_little):
    assert "there is no folder or file /nowhere" in soi(home, "train", "--data", "/nowhere", ok=1)
    (kept := home.root / "data" / "sets" / "cua-toi").mkdir(parents=True)
    assert f"The imported set of that name is {kept}." in soi(home, "train", "--data", "cua-toi", ok=1)
    rows = str(small / "claims.jsonl")
    assert "isn't a file of labels" in soi(home, "train", "--data", rows, ok=1)
    assert f"{rows} is no folder" in soi(home, "evaluate", "--on", rows, ok=1)


def test_inspect_looks_into_no_version_in_place_of_another(home):
    assert "no model hai" in soi(home, "inspect", "--model", "hai", ok=1)


@pytest.mark.parametrize("words", [["evaluate"], ["compare", "default", "default"], ["promote", "thu"]])
def test_a_folder_without_anything_to_measure_on_is_refused_by_what_its_names_should_be(home, tmp_path, words):
    for name in ("labels.jsonl", "evidence.jsonl", "posts.mine.json", "claim.mine.jsonl", "posts.md"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    said = soi(home, *words, "--on", str(tmp_path), ok=1)
    assert f"{tmp_path} holds nothing to measure on, nor is claim.mine.jsonl, posts.mine.json: names begin" in said


def test_what_is_nearly_named_as_a_corpus_is_told_beside_those_that_are_measured(home, tmp_path, capsys):
    for name in ("claims.jsonl", "Protected.jsonl", "mirror.jsonl.gz", "labels.jsonl"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert folders(home, [tmp_path]) == [tmp_path]
    told = capsys.readouterr().err
    assert told.startswith(f"Not measured in {tmp_path}: Protected.jsonl, mirror.jsonl.gz; names begin with posts, cl")


def test_what_is_not_measured_is_told_once_where_floors_are_set(home, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise ModelRefused("thôi")

    monkeypatch.setattr(trials, "trial", stopped)
    (tmp_path / "posts.mine.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "Protected.jsonl").write_text("{}", encoding="utf-8")
    said = soi(home, "evaluate", "--set-floors", "--why", "thử", "--on", str(tmp_path), ok=2)
    assert said.count(f"Not measured in {tmp_path}") == 1


def test_a_version_that_can_not_be_loaded_is_said_before_the_other_is_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "measure", lambda *_, **__: pytest.fail("it was measured"))
    place = Home(tmp_path)
    assert "There is no model khong-co" in soi(place, "compare", "default", "khong-co", ok=2)
    shutil.copytree(shipped("models", "default"), place.models / "hong")
    card = json.loads((place.models / "hong" / "card.json").read_text(encoding="utf-8"))
    (place.models / "hong" / "card.json").write_text(json.dumps(card | {"version": "hong"}), encoding="utf-8")
    damaged = place.models / "hong" / sorted(card["files"])[0]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert damaged.name in soi(place, "compare", "default", "hong", ok=2)
    (place.models / "hong" / "card.json").unlink()
    assert "no readable card.json" in soi(place, "compare", "default", "hong", ok=2)


def test_the_live_version_has_no_shadow(home):
    before = open_store(home.database).conn.execute("SELECT count(*) FROM shadow_scores").fetchone()
    said = str(typed(home, "shadow", "default").exception)
    assert said == "default is the live model, which has no shadow; name a challenger."
    assert open_store(home.database).conn.execute("SELECT count(*) FROM shadow_scores").fetchone() == before


def test_the_live_version_is_not_measured_and_promoted_again(home, monkeypatch):
    monkeypatch.setattr(trials, "measure", lambda *_, **__: pytest.fail("it was measured"))
    db = open_store(home.database)
    before = promotions(db)
    said = str(typed(home, "promote", live_version(db)).exception)
    assert said == f"{live_version(db)} is live already; `soi evaluate` measures it."
    assert promotions(db) == before


def test_a_base_of_a_sample_is_refused_before_anything_is_gathered(home, small, monkeypatch):
    from pipeline.research import learning

    monkeypatch.setattr(learning, "gather", lambda *_, **__: pytest.fail("it was gathered"))
    rethreshold(home.models / "thu", home.models / "phan", version="phan", why="thử", refuted=0.98)
    card = home.models / "phan" / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {"sample": 0.05}), encoding="utf-8")
    said = soi(home, "train", "--data", str(small), "--base", "phan", ok=2)
    assert "phan learned from 5.0% of its data alone; give another version as base." in said


def test_a_card_as_a_page_holds_its_items_in_lists():
    page = cards.page("- một\n- hai\n\nba\n- bốn\n", {})
    assert "<body><ul><li>một</li><li>hai</li></ul><p>ba</p><ul><li>bốn</li></ul></body>" in page


def test_what_a_row_or_a_file_is_called_neither_ends_its_cell_nor_its_line():
    odd = Cause("how: a|b\nc", 3, 4, 0.5, 1.0, ("1|2", "3\n| 4"))
    one = gate.Measure("protected", "kept_from_claim", "x|y", Figure(1, 1, 1, 9), "protected.a|b.jsonl")
    card = {"version": "v", "reading": "r", "thresholds": {}, "data": {"a|b.csv": "0" * 64}}
    text = cards.markdown(card, [one], causes={"protected@a|b.jsonl": [odd]})
    assert r"| protected@a\|b.jsonl | how: a\|b c | 3 | 4 | 50% | 1\|2, 3 \| 4 |" in text.splitlines()
    page = cards.page(text, {})
    for cell in ("protected@a|b.jsonl", "how: a|b c", "1|2, 3 | 4", "x|y", "protected.a|b.jsonl", "a|b.csv"):
        assert f"<td>{cell}</td>" in page


def test_a_retuned_threshold_tells_how_many_claims_reach_it_and_how_much_of_its_budget_that_is(tmp_path):
    place = filled_home(tmp_path)
    few = soi(place, "retune", "default", "--name", "it", "--why", "thử", "--budget", "20")
    assert "about 0.0 claims a day reach it; no threshold lies lower, so 20 a day aren't to be had." in few
    with closing(open_store(place.database)) as db:
        for version_id, p in ((1, 0.9), (2, 0.7)):
            for model, said in (("default", p), ("thu", 0.99)):  # of which the latter isn't known here
                score = ScoreRow(version_id, model, "claim", ("CRC",), p, flagged=False, detail={"p_against": said})
                scores.add_score(db, score, outcome="scored")
    held = soi(place, "retune", "default", "--name", "vua", "--why", "thử", "--budget", "1")
    assert "vua: refuted from 0.7000" in held
    assert "about 1.0 claims a day reach it." in held
    given = soi(place, "retune", "default", "--name", "tay", "--why", "thử", "--refuted", "0.6")
    assert "about 2.0 claims a day reach it." in given
    card = read_card(place.models / "vua")
    (place.models / "vua" / "verdict.npz").write_bytes(b"another")
    digest = sha256(place.models / "vua" / "verdict.npz")
    write_card(place.models / "vua", card | {"files": card["files"] | {"verdict.npz": digest}})
    said = soi(place, "retune", "vua", "--name", "it-hon", "--why", "thử", "--budget", "1", ok=2)
    assert "no claim about rights was scored by vua's verdict yet" in said
    for text in ("[]", '{"version": "hong", "files": []}', "not a card"):
        (place.models / "hong").mkdir(exist_ok=True)
        (place.models / "hong" / "card.json").write_text(text)
        for words in (
            ("retune", "hong", "--name", "la", "--why", "thử", "--refuted", "0.9"),
            ("evaluate", "--model", "hong", "--learning-curve"),
        ):
            assert f"{place.models / 'hong'} holds no readable card.json" in soi(place, *words, ok=2)
    unscored = soi(place, "retune", "tay", "--name", "nua", "--why", "thử", "--budget", "1")
    assert "nua: refuted from 0.7000" in unscored  # its verdict is that of default, which scored


def test_a_challenger_scores_live_posts_and_the_queue_does_not_see_it(home):
    from classifier.loading import load_model
    from soi.scoring import run_score

    run_score(home)
    db = open_store(home.database)
    live = db.conn.execute("SELECT * FROM scores").fetchall()
    queue = db.conn.execute("SELECT * FROM queue").fetchall()
    model = load_model(home.models / "thu")
    index = build_index((passage_of(row) for row in evidence.passages(db)), model)
    assert shadow.run(db, model, index) == 2
    assert shadow.run(db, model, index) == 0
    assert db.conn.execute("SELECT * FROM scores").fetchall() == live
    assert db.conn.execute("SELECT * FROM queue").fetchall() == queue
    found = shadow.beside(db, model_of(live), "thu")
    assert (found.n, found.kinds_differ, found.mean_gap) == (2, 0, 0)


def test_a_version_that_is_not_live_scores_nothing_into_the_queue(home):
    before = posts.counts(open_store(home.database))["scores"]
    said = str(typed(home, "score", "--model", "thu").exception)
    assert "`soi shadow thu`" in said
    assert posts.counts(open_store(home.database))["scores"] == before


def test_a_challenger_does_not_know_the_verdicts_given_since_the_champion_scored(tmp_path):
    from classifier.scoring import Item, score
    from soi.scoring import run_score

    place = Home(tmp_path)
    db = open_store(place.database)
    law = PassageRow("fact:cat", "Việt Nam phê chuẩn Công ước chống tra tấn năm 2015.", "LHQ", "primary")
    evidence.put_passages(db, [law])
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Việt Nam phê chuẩn Công ước chống tra tấn năm 2005."))
    run_score(place, version="default")
    case = cases.case_of(db, 1) or cases.open_case(db, 1, claim="Việt Nam phê chuẩn năm 2005.", score_id=1)
    decisions.decide(db, NewDecision(case, "an", Verdict.FALSE, "contradicted_by_record", ("fact:cat",)))
    model = ours.model()
    index, item = (
        build_index([passage_of(row) for row in evidence.passages(db)], model),
        Item("1", posts.post_by(db, "1").text),
    )
    knowing = next(score(model, [item], index=index, refuted=open_refuted(db, model)))
    assert "REPEATS_REFUTED" in knowing.reasons, "else this proves nothing"
    assert shadow.run(db, replace(model, version="moi"), index) == 1
    (reasons,) = db.conn.execute("SELECT reasons FROM shadow_scores WHERE model = 'moi'").fetchone()
    assert "REPEATS_REFUTED" not in reasons


def test_what_people_found_on_posts_that_one_model_alone_flagged_is_told(tmp_path):
    db = open_store(
        filled_home(tmp_path).database
    )  # both posts flagged by default, neither by v2; one of them is false
    assert shadow.beside(db, "default", "v2").found == ({"false": 1, "": 1}, {})


def model_of(rows) -> str:
    return rows[0][2]


def test_a_damaged_challenger_is_refused_and_the_champion_stays(home, tmp_path):
    rethreshold(home.models / "thu", home.models / "hong", version="hong", why="thử", refuted=0.98)
    with (home.models / "hong" / "verdict.npz").open("ab") as file:
        file.write(b"x")
    assert "isn't the file its card names, so it isn't used; bring that one back" in soi(home, "promote", "hong", ok=2)
    assert live_version(open_store(home.database)) == "default"


def test_a_version_of_a_sample_is_refused_before_it_is_measured(home):
    rethreshold(home.models / "thu", home.models / "mau", version="mau", why="thử", refuted=0.98)
    card = home.models / "mau" / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {"sample": 0.05}), encoding="utf-8")
    assert "mau isn't promoted. Learned from 5.0% of its data" in soi(home, "promote", "mau", ok=1)
    assert not (home.root / "data" / "evaluations" / "mau").exists()


def test_an_evaluation_that_breaks_off_leaves_no_folder(home, tmp_path):
    place = Home(tmp_path / "empty")
    shutil.copytree(home.models / "thu", place.models / "thu")
    with next((place.models / "thu").glob("*.npz")).open("ab") as file:
        file.write(b"x")
    soi(place, "evaluate", "--model", "thu", ok=2)
    assert [path.name for path in place.root.iterdir()] == ["models"]


def test_a_folder_that_holds_another_version_is_refused(home):
    shutil.copytree(home.models / "thu", home.models / "khac")
    assert "holds model thu; give it that name back" in soi(home, "promote", "khac", ok=2)


def test_a_name_that_another_model_had_is_not_put_to_use_again(home, tmp_path):
    place = Home(tmp_path)
    db = open_store(place.database)
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.97)
    registry.promote(place, db, "mot")
    card = (place.models / "mot" / "card.json").read_text(encoding="utf-8")
    (place.models / "mot" / "card.json").write_text(json.dumps(json.loads(card) | {"figures": {}}), encoding="utf-8")
    registry.promote(place, db, "mot")  # measured since, and the same model
    shutil.rmtree(place.models / "mot")
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.98)
    assert "mot was another model when it was put to use" in soi(place, "promote", "mot", ok=2)
    for put_to_use in (registry.promote, lambda *home: registry.live_model(*home[:2])):
        with pytest.raises(registry.RegistryError, match="bring it back, or give the one there now a name of its own"):
            put_to_use(place, db, "mot")
    assert db.conn.execute("SELECT count(*), min(card) FROM promotions, models").fetchone() == (2, card)
    shutil.rmtree(place.models / "mot")
    assert "mot was put to use, and its scores name it" in soi(
        place, "retune", "default", "--name", "mot", "--why", "thử", "--refuted", "0.9", ok=2
    )
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.98)
    (place.models / "mot" / "card.json").write_text("[", encoding="utf-8")
    assert "holds no readable card.json" in soi(place, "promote", "mot", ok=2)
    shutil.rmtree(place.models / "mot")
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.98)
    rethreshold(home.models / "thu", place.models / "hai", version="hai", why="thử", refuted=0.97)
    registry.promote(place, db, "hai")
    said = soi(place, "rollback", ok=2)
    assert "hai stays live, for mot can't be used: mot was another model" in said
    assert "`soi promote default`" in said


def test_what_stands_in_the_place_of_the_live_version_scores_under_a_name_of_its_own_alone(home, tmp_path):
    place = Home(tmp_path)
    db = open_store(place.database)
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.97)
    registry.promote(place, db, "mot")
    shutil.rmtree(place.models / "mot")
    rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.98)
    said = " ".join(soi(place, "score", ok=2).split())
    assert "mot was another model when it was put to use" in said
    soi(place, *shlex.split(said[said.index("retune") : said.index(" …`")].replace("NEW", "moi")), "thử")
    registry.promote(place, db, "moi")
    assert registry.live_model(place, db).thresholds.refuted == 0.98


def test_a_rollback_to_a_damaged_version_leaves_the_live_one_and_names_the_one_before(home, tmp_path):
    place = Home(tmp_path)
    db = open_store(place.database)
    for name in ("mot", "hai", "ba"):
        rethreshold(home.models / "thu", place.models / name, version=name, why="thử", refuted=0.97)
        registry.promote(place, db, name)
    (place.models / "hai" / "kind.npz").write_bytes(b"")
    said = soi(place, "rollback", ok=2)
    assert "ba stays live, for hai can't be used: kind.npz of model hai isn't the file" in said
    assert "`soi promote mot`" in said
    assert live_version(db) == "ba"


def test_a_rollback_passes_over_no_version_whose_own_note_tells_of_one(home, tmp_path):
    place = Home(tmp_path)
    db = open_store(place.database)
    notes = {"mot": "", "0912345678": "", "ba": "rollback from 0912345678's threshold"}  # a name that a note redacts
    for name, note in notes.items():
        rethreshold(home.models / "thu", place.models / name, version=name, why="thử", refuted=0.97)
        registry.promote(place, db, name, note=note)
    why = ["", "nhầm: xem 0912345678", "hết"]
    assert [registry.rollback(place, db, note=one) for one in why] == ["0912345678", "mot", "default"]
    kept = [note for _, _, note in promotions(db)][-3:]
    assert kept == [
        "rollback from ba",
        "rollback from [số điện thoại]: nhầm: xem [số điện thoại]",
        "rollback from mot: hết",
    ]


def test_whatever_version_is_live_its_scores_are_what_cases_stand_by_at_once_decided_or_not(home, tmp_path):
    place = Home(tmp_path)
    db = open_store(place.database)
    for at, decided in enumerate((False, True), start=1):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{at}", f"Bài số {at}."))
        scores.add_score(db, ScoreRow(at, "default", "claim", ("CRC",), 0.2, False, (), f"Bài số {at}."), outcome="x")
        case_id = cases.open_case(db, at, claim=f"Bài số {at}.", score_id=at)
        if decided:
            decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    for name, p in (("mot", 0.8), ("hai", 0.6)):
        rethreshold(home.models / "thu", place.models / name, version=name, why="thử", refuted=0.97)
        registry.promote(place, db, name)
        for at in (1, 2):
            row = ScoreRow(at, name, "claim", ("CRC",), p, True, ("CONTRADICTS_EVIDENCE",), f"Bài số {at}.")
            scores.add_score(db, row, outcome="flagged")
            cases.refresh(db, at)

    def stands() -> list[tuple[float, ...]]:
        return [(cases.case(db, at).p_refuted, scores.latest_score(db, at)[1].p_refuted) for at in (1, 2)]

    assert stands() == [(0.6, 0.6)] * 2
    registry.rollback(place, db)
    assert stands() == [(0.8, 0.8)] * 2
    registry.rollback(place, db)
    assert stands() == [(0.2, 0.2)] * 2
    registry.promote(place, db, "hai")
    assert stands() == [(0.6, 0.6)] * 2
    promote(db, "mot", person="", note="", parts="")  # as one that was killed behind its row
    assert stands() == [(0.6, 0.8)] * 2
    assert "mot is live already" in soi(place, "promote", "mot", ok=1)
    assert stands() == [(0.8, 0.8)] * 2


def test_a_rollback_held_up_by_a_part_of_ones_own_blames_no_version(home, tmp_path):
    place = Home(tmp_path)
    with closing(open_store(place.database)) as db:
        rethreshold(home.models / "thu", place.models / "mot", version="mot", why="thử", refuted=0.97)
        registry.promote(place, db, "mot")
    place.settings_file.write_text('[parts]\nkind = "khong_co.ai"\n', encoding="utf-8")
    said = soi(place, "rollback", ok=2)
    assert "mot stays live: " in said
    assert "default" not in said


def test_a_list_of_versions_says_of_one_that_would_be_refused_why(home, tmp_path):
    place = Home(tmp_path)
    for name in ("sound", "changed", "moved"):
        rethreshold(home.models / "thu", place.models / name, version=name, why="thử", refuted=0.97)
    (place.models / "changed" / "kind.npz").write_bytes(b"")
    (place.models / "moved").rename(place.models / "here")
    (place.models / "bare").mkdir()
    for name, refuted in (("odd", float("nan")), ("low", 0.3)):
        shutil.copytree(place.models / "sound", place.models / name)
        card = read_card(place.models / name)
        write_card(
            place.models / name, card | {"version": name, "thresholds": card["thresholds"] | {"refuted": refuted}}
        )
    for made in (False, True):  # a home has no database at first
        if made:
            registry.promote(place, open_store(place.database), "sound", note="vì")
        told = {version: note for version, _, _, note in registry.history(place)}
        assert (told["default"], told["sound"]) == ("", "vì" if made else "")
        assert told["changed"].startswith("REFUSED: kind.npz of model changed isn't the file its card names")
        assert told["bare"].startswith(f"REFUSED: {place.models / 'bare'} holds no readable card.json")
        assert told["odd"].startswith("REFUSED: The card of model odd is damaged (threshold refuted is nan")
        assert told["low"].startswith("REFUSED: Model low would call refuted what is likelier not")
        assert told["here"].startswith(f"REFUSED: The folder {place.models / 'here'} holds model moved")


@pytest.mark.parametrize("options", [
    ("--refuted", "nan"), ("--refuted", "5"), ("--refuted", "-3"), ("--budget", "-5"), ("--budget", "0"), (),
    ("--refuted", "0.9", "--budget", "20"),
])  # fmt: skip
def test_a_threshold_that_is_none_makes_no_version(home, options):
    from soi.scoring import run_score

    run_score(home)  # or a budget has nothing to divide
    said = soi(home, "retune", "default", "--name", "moi", "--why", "thử", *options, ok=2)
    assert ("(--refuted), or a review budget (--budget)" in said) == (len(options) != 2)
    assert not [path for path in home.models.iterdir() if "moi" in path.name]


def test_a_version_that_may_only_be_read_is_retuned_into_one_that_may_be_written(home, tmp_path):
    folder = Path(shutil.copytree(home.models / "thu", tmp_path / "thu"))
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555)
    rethreshold(folder, tmp_path / "moi", version="moi", why="thử", refuted=0.9)
    folder.chmod(0o755)
    assert all(path.stat().st_mode & 0o200 for path in ((tmp_path / "moi"), *(tmp_path / "moi").iterdir()))
    assert {path.name for path in tmp_path.iterdir()} == {"thu", "moi"}


def test_a_version_retuned_to_call_nothing_refuted_says_so(home):
    said = soi(home, "retune", "default", "--name", "gat", "--why", "thử", "--refuted", "1.0")
    assert "Its threshold of refuted is 1, so nothing is called refuted by evidence." in said
    shutil.rmtree(home.models / "gat")


def test_a_version_is_not_retuned_for_a_blank_reason(home):
    said = soi(home, "retune", "default", "--name", "moi", "--why", " ", "--refuted", "0.9", ok=2)
    assert "the reason is kept, so it can't be blank" in said
    assert not (home.models / "moi").exists()


def test_a_name_that_no_version_can_have_is_refused_before_any_work(home):
    for name, said in (("../x", "letters, digits"), ("default", "a model default already")):
        assert said in soi(home, "train", "--name", name, ok=2)
        assert said in soi(home, "retune", "default", "--name", name, "--why", "thử", "--refuted", "0.9", ok=2)
    assert "`soi models` lists" in soi(home, "promote", "khong-co", ok=2)


def test_the_floors_that_ship_were_not_lowered_without_a_reason():
    """Against the commit before, where git knows one."""
    path = Path(__file__).resolve().parents[1] / "models" / "floors.json"
    now = gate.read(path)
    told = subprocess.run(
        ["git", "log", "-2", "--format=%H", "--", "models/floors.json"],
        cwd=path.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    commits = told.stdout.split()
    if len(commits) < 2:
        assert lowering(now, now) == []
        return
    shown = subprocess.run(
        ["git", "show", f"{commits[1]}:models/floors.json"], cwd=path.parents[1], capture_output=True, check=True
    )
    assert lowering(gate.parse(shown.stdout.decode(), name="floors.json"), now) == []
