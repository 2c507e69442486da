"""Any estimator with predict_proba takes the place of a part, through every command, or is refused in one sentence."""

import dataclasses
import json
from contextlib import closing

import numpy as np
import ours
import pytest
import structlog
from filled import typed
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from classifier import foreign
from classifier.entailment.verdict import LABELS
from classifier.errors import ModelRefused
from classifier.evaluation.gate import FloorsRefused, Verdict
from classifier.evaluation.measuring import Measured
from classifier.evidence.retrieval import Passage
from classifier.files import shipped
from classifier.learning.training import write_card
from classifier.loading import PARTS, load_model, read_card
from classifier.policy import KINDS, RIGHTS
from classifier.readers.cues import load_cues
from classifier.readers.kind import KindReader
from classifier.readers.stance import STANCES, Told
from classifier.scoring import Item, score
from pipeline import registry
from pipeline.home import Home
from pipeline.indexing import build_index
from pipeline.operations.doctor import examine
from pipeline.records import NewPost, PassageRow
from pipeline.registry import RegistryError
from pipeline.research import trials
from pipeline.store import evidence, open_store, posts
from soi import versions

CLAIM, PASSAGE = "Việt Nam phê chuẩn Công ước chống tra tấn năm 2005.", "Việt Nam phê chuẩn công ước này năm 2015."


def kind():
    return make_pipeline(CountVectorizer(), LogisticRegression()).fit(
        [CLAIM, "tôi nghĩ", "tôi kể", "sao?", "a b"], KINDS
    )


def rights():
    said = np.eye(len(RIGHTS), dtype=int)
    return make_pipeline(CountVectorizer(), OneVsRestClassifier(LogisticRegression())).fit([CLAIM] * len(RIGHTS), said)


def verdict():
    words = CountVectorizer(preprocessor=" ".join)
    told = [(CLAIM, "đúng vậy"), (CLAIM, PASSAGE), (CLAIM, "chuyện khác")]
    return make_pipeline(words, LogisticRegression(C=100)).fit(told, LABELS)


def stance():
    words = CountVectorizer(preprocessor=lambda told: told.whole)
    said = [Told((), CLAIM, (word,), frozenset()) for word in ("đúng thế", "sai rồi", "nghe kể")]
    return make_pipeline(words, LogisticRegression(C=100)).fit(said, STANCES)


def sure():
    one = verdict()
    one.refuted_threshold_, one.supported_threshold_ = 0.75, 1
    return one


def loose():
    one = verdict()
    one.refuted_threshold_ = 0.3
    return one


def foreign_words():
    words = CountVectorizer(preprocessor=" ".join)
    told = [(CLAIM, "đúng vậy"), (CLAIM, PASSAGE), (CLAIM, "chuyện khác")]
    return make_pipeline(words, LogisticRegression()).fit(told, ["SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO"])


def numbered():
    words = CountVectorizer(preprocessor=" ".join)
    told = [(CLAIM, "đúng vậy"), (CLAIM, PASSAGE), (CLAIM, "chuyện khác")]
    return make_pipeline(words, LogisticRegression()).fit(told, [2, 1, 0])


class Fixed:
    def __init__(self, answer):
        self.answer = answer

    def predict_proba(self, asked):
        if self.answer is None:
            raise RuntimeError("chưa học")
        return np.array([self.answer for _ in asked])


class Given(Fixed):
    """One whose answers come in the form that `shaped` makes of them."""

    def __init__(self, shaped, *, classes=None):
        super().__init__([0.5, 0.1, 0.1, 0.1, 0.2])
        self.shaped = shaped
        if classes is not None:
            self.classes_ = classes

    def predict_proba(self, asked):
        return self.shaped(super().predict_proba(asked))


TURNED = KINDS[::-1]


def twice():
    return Given(lambda rows: np.repeat(rows, 2, axis=0))


def yes_and_no():
    return Given(lambda rows: [np.stack([1 - column, column], axis=1) for column in rows.T])


def sparsely():
    return Given(csr_matrix)


def in_bytes():
    return Given(np.asarray, classes=np.array([name.encode() for name in TURNED]))


class Columns:
    """A table with named columns, as data frames are."""

    def __init__(self, rows):
        self.rows, self.columns = rows, TURNED

    def __array__(self, dtype=None, copy=None):
        return np.array(self.rows, dtype=dtype)


def by_column():
    return Given(Columns)


class Listening(Fixed):
    def __init__(self):
        super().__init__([0.96, 0.01, 0.01, 0.01, 0.01])
        self.heard = []

    def predict_proba(self, asked):
        self.heard += asked
        return super().predict_proba(asked)


def narrow():
    return Fixed([0.5, 0.5])


def nowhere():
    return Fixed([np.nan] * 5)


def each_by_itself():
    return Fixed([0.9, 0.9, 0.9])


def broken():
    return Fixed(None)


def leaving():
    raise SystemExit(7)


class Leaving(Fixed):
    def predict_proba(self, asked):
        raise SystemExit(7)


def leaves_later():
    return Leaving(None)


def strict(threshold):
    one = Fixed([0.2] * 5)
    one.claim_threshold_ = threshold
    return one


def worded():
    return strict("high")


def lost():
    return strict(float("nan"))


def several():
    return strict([0.5, 0.5])


def of_two_rights():
    one = Fixed([0.2] * len(RIGHTS))
    one.thresholds_ = [0.5, 0.5]
    return one


def of_rights():
    return ours.model().rights


def unfitted():
    return KindReader(load_cues(shipped("data", "cues.toml")))


def of_verdicts():
    return ours.model().verdict


def own():
    return ours.model().kind


def unnamed(classes=None):
    one = Fixed([0.2] * 5)
    one.classes_ = classes
    return one


def uncounted():
    return unnamed(5)


class Unready(Fixed):
    def __getattr__(self, name):
        if name.endswith("_threshold_"):
            raise RuntimeError("no device")
        raise AttributeError(name)


class Elsewhere:
    def __array__(self, *_, **__):
        raise TypeError("can't be converted")


def unready():
    return Unready([0.2] * 5)


def elsewhere():
    one = Fixed([0.2] * 5)
    one.claim_threshold_ = Elsewhere()
    return one


def failing():
    raise ValueError("no\n file")


class Picky(Fixed):
    def predict_proba(self, asked):
        if any("hỏng" in text for text in asked):
            raise ValueError("hỏng, gọi 0912 345 678")
        return super().predict_proba(asked)


def picky():
    return Picky([0.2] * 5)


class Talking(Fixed):
    def predict_proba(self, asked):
        print("reading")
        return super().predict_proba(asked)


def talking():
    print("made")
    return Talking([0.2] * 5)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    place = Home(tmp_path_factory.mktemp("home"))
    db = open_store(place.database)
    evidence.put_passages(db, [PassageRow("fact:cat", PASSAGE, "LHQ", "primary")])
    db.close()
    return place


def soi(home: Home, *words: str, given: str = "", codes: tuple[int, ...] = (0,)) -> str:
    done = typed(home, *words, given=given)
    assert done.exit_code in codes, (done.output[-1500:], done.exception)
    return done.output


def replace(home: Home, *parts: str) -> None:
    lines = [f'{part} = "test_parts:{part}"' for part in parts]
    (home.root / "soi.toml").write_text("\n".join(["[parts]", *lines]), encoding="utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_a_scikit_learn_pipeline_scores_explains_and_verifies(home, part):
    replace(home, part)
    db = open_store(home.database)
    url = f"https://bao.example/{part}"
    posts.take_post(db, NewPost("bao", url, CLAIM))
    registry.promote(home, db, "default")
    db.close()
    soi(home, "score")
    assert "the same, bit for bit" in soi(home, "explain", url)
    (line,) = soi(home, "score", "--stdin", given=json.dumps({"id": 1, "text": CLAIM})).splitlines()
    assert json.loads(line)["kind"] in KINDS
    (line,) = soi(
        home, "verify", "--stdin", given=json.dumps({"id": 1, "claim": CLAIM, "evidence": PASSAGE})
    ).splitlines()
    p = json.loads(line)["p"]
    assert part != "verdict" or max(p, key=p.get) == "refuted"  # though scikit-learn sorts its classes


def refused(home: Home, *words: str) -> str:
    done = typed(home, *words)
    assert done.exit_code, done.output
    return f"{done.output}{done.exception}"


@pytest.fixture
def fresh(tmp_path) -> Home:
    """A home with a post to score, whose kind is read by a part of its own that the gate never saw."""
    place = Home(tmp_path)
    with closing(open_store(place.database)) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/1", CLAIM))
    replace(place, "kind")
    return place


def test_a_part_scores_nothing_before_the_gate_was_passed_with_it(fresh, judged_by_little):
    never = (
        "hasn't passed the gate as it is now with kind = test_parts:kind in place: `soi promote default` sends it there"
    )
    assert never in refused(fresh, "score")
    assert never in refused(fresh, "score", "--stdin")
    assert f"REFUSED: default {never}" in " ".join(typed(fresh, "models").output.split())
    assert never in next(check.found for check in examine(fresh) if check.what == "parts")
    soi(fresh, "evidence", "search", "tra tấn")
    said = refused(fresh, "promote", "default")
    assert "default isn't promoted: the gate fails; put [parts] of soi.toml back as it was." in said
    assert never in refused(fresh, "score")
    fresh.settings_file.unlink()
    soi(fresh, "score")


@pytest.mark.parametrize("code", ["never_here:kind", "never_here.readers:kind"])
def test_a_part_whose_package_is_found_nowhere_is_told_so_before_the_gate(fresh, code):
    fresh.settings_file.write_text(f'[parts]\nkind = "{code}"\n', encoding="utf-8")
    away = "There is no module never_here here: install it beside Soi, or name its folder in PYTHONPATH."
    assert away in refused(fresh, "score", "--stdin")
    replace(fresh, "kind")
    assert "There is no module" not in refused(fresh, "score", "--stdin")


def test_code_that_never_passed_the_gate_is_not_run_by_what_scores_or_looks(fresh, monkeypatch, tmp_path):
    (tmp_path / "never_passed.py").write_text("open('ran', 'w').close()\nkind = dict\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    fresh.settings_file.write_text('[parts]\nkind = "never_passed:kind"\n', encoding="utf-8")
    assert "hasn't passed the gate" in refused(fresh, "score", "--stdin")
    assert [check.state for check in examine(fresh) if check.what == "parts"] == ["bad"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("factory", "said"), [
    ("khong_co", "can't be made"), ("failing", r"can't be made (ValueError: no file)"), ("nowhere", "no probabilities"),
    ("narrow", "gives (1, 2) for 1 asked"),
])  # fmt: skip
def test_a_list_of_versions_says_of_a_part_that_cannot_be_made_that_and_sends_it_to_no_gate(fresh, factory, said):
    fresh.settings_file.write_text(f'[parts]\nkind = "test_parts:{factory}"\n', encoding="utf-8")
    told = registry.history(fresh)[0][3]
    assert told.startswith("REFUSED: ")
    assert said in told
    assert "sends it there" not in told


@pytest.fixture
def with_mot(fresh) -> Home:
    """The same with a version of its own beside the one that ships."""
    (fresh.models / "mot").mkdir(parents=True)
    for path in shipped("models", "default").iterdir():
        (fresh.models / "mot" / path.name).write_bytes(path.read_bytes())
    write_card(fresh.models / "mot", {**read_card(fresh.models / "mot"), "version": "mot"})
    return fresh


@pytest.mark.parametrize("own", [True, False], ids=["parts", "bare"])
def test_the_doctor_says_what_to_do_where_the_live_model_is_gone_or_another_stands_in_its_folder(with_mot, own):
    with closing(open_store(with_mot.database)) as db:
        registry.promote(with_mot, db, "mot")
    if not own:
        with_mot.settings_file.unlink()
    folder = with_mot.models / "mot"
    write_card(folder, {**read_card(folder), "version": "hai"})
    for wrong in ("holds model hai", "isn't there"):
        told = {check.what: check for check in examine(with_mot)}
        assert (told["model"].state, wrong in told["model"].found, "doctor" in told) == ("bad", True, False)
        assert "from a backup, or `soi rollback`" in told["model"].advice
        if folder.exists():
            folder.rename(with_mot.models / "hai")


@pytest.mark.usefixtures("judged_by_little")
def test_a_trial_tells_the_parts_it_was_measured_with_whatever_soi_toml_says_by_its_end(fresh):
    found = trials.trial(fresh, "default", [], on_step=lambda *_: fresh.settings_file.unlink(missing_ok=True))
    assert not fresh.settings_file.exists()
    assert found.parts == {"kind": "test_parts:kind"}
    assert "test_parts:kind stands in place of kind" in found.minds[0]


@pytest.mark.usefixtures("with_mot")
def test_a_part_that_passed_the_gate_with_one_version_has_not_with_another(fresh):
    with closing(open_store(fresh.database)) as db:
        registry.promote(fresh, db, "mot")
        assert registry.unpassed(fresh, db, "mot") == ""
        with pytest.raises(RegistryError, match="default can't be used: default hasn't passed the gate as it is now"):
            registry.rollback(fresh, db)
        fresh.settings_file.unlink()
        assert "passed the gate as it is now without a part in place of its own" in registry.unpassed(fresh, db, "mot")
        assert registry.unpassed(fresh, db, "default") == ""


def test_a_version_that_is_live_is_live_already_with_the_parts_it_passed_the_gate_with(fresh, monkeypatch):
    passing = trials.Trial("default", shipped("models", "default"), Measured((), {}, {}), Verdict(()))
    monkeypatch.setattr(versions, "trial", lambda *_: passing)
    assert "to go back, put [parts] of soi.toml back as it was" in soi(fresh, "promote", "default")
    assert "default is live already" in refused(fresh, "promote", "default")
    assert registry.history(fresh)[0][1] == "live with kind = test_parts:kind"
    soi(fresh, "score")


def test_a_score_tells_its_parts_and_is_computed_again_with_them_alone(fresh):
    with closing(open_store(fresh.database)) as db:
        registry.promote(fresh, db, "default")
    soi(fresh, "score")
    told = json.loads(soi(fresh, "explain", "1", "--json"))
    assert told["stored"]["detail"]["parts"] == {"kind": "test_parts:kind"}
    assert told["same"]
    replace(fresh, "verdict")
    assert "Differs beside the evidence of now and without a part it was made with" in soi(fresh, "explain", "1")
    told = json.loads(soi(fresh, "explain", "1", "--json"))
    assert told["differs"]["parts"] == {"then": {"kind": "test_parts:kind"}, "now": None}


BROKEN = f"{CLAIM} Một bài hỏng."
WHY = "The kind part test_parts:picky can't read a text (ValueError: hỏng, gọi [số điện thoại])"


@pytest.fixture
def with_picky(fresh) -> Home:
    """A home whose live part passed the gate and breaks on one word."""
    fresh.settings_file.write_text('[parts]\nkind = "test_parts:picky"\n', encoding="utf-8")
    with closing(open_store(fresh.database)) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/2", BROKEN))
        registry.promote(fresh, db, "default")
    return fresh


def test_a_text_that_a_part_breaks_on_is_answered_with_why_and_the_others_as_ever(with_picky):
    texts = (CLAIM, BROKEN, f"{CLAIM} Hết.")
    lines = [json.dumps({"id": at, "text": text}) for at, text in enumerate(texts, start=1)]
    told = soi(with_picky, "score", "--stdin", given="\n".join(lines)).splitlines()
    first, second, third = (json.loads(line) for line in told if line.startswith("{"))
    assert (second["error"], second["line"]) == (f"{WHY}.", 2)
    assert {second[name] for name in first if name != "id"} == {None}
    assert [*second] == [*first, "error", "line"]
    for line in (first, third):
        assert "error" not in line
        assert json.loads(soi(with_picky, "score", "--stdin", given=lines[line["id"] - 1])) == line


def test_a_post_that_a_part_breaks_on_is_named_in_the_log_and_explained(with_picky):
    with structlog.testing.capture_logs() as logged:
        soi(with_picky, "score")
    assert [(one["post"], one["said"]) for one in logged if one["event"] == "a post can't be scored"] == [
        (2, f"{WHY}.")
    ]
    told = json.loads(soi(with_picky, "explain", "2", "--json"))
    assert told["stored"]["detail"] == {"failed": "ModelRefused", "parts": {"kind": "test_parts:picky"}}
    assert (told["same"], told["fails"]) == (True, f"{WHY}.")
    said = " ".join(soi(with_picky, "explain", "2").split())
    assert "fails again" in said
    assert "Differs" not in said


def test_a_score_from_before_a_part_is_computed_again_without_it(fresh):
    fresh.settings_file.unlink()
    soi(fresh, "score")
    replace(fresh, "kind")
    assert "the same, bit for bit" in soi(fresh, "explain", "1")


def test_all_of_them_are_measured_and_looked_into_and_named_and_set_no_floor(home, judged_by_little):
    replace(home, *PARTS)
    said = soi(home, "evaluate", codes=(0, 1))
    assert "auc_given" in said
    place = home.root / "data" / "evaluations" / "default"
    told = json.loads((place / "evaluation.json").read_text(encoding="utf-8"))
    assert told["parts"] == {part: f"test_parts:{part}" for part in PARTS}
    for part, mind in zip(told["parts"], told["minds"], strict=True):
        assert mind.startswith(f"test_parts:{part} stands in place of {part}, and nothing tells what it learned from")
        assert all(mind in text for text in (said, (place / "card.md").read_text(encoding="utf-8")))
    found = trials.Trial("default", shipped("models", "default"), Measured((), {}, {}), Verdict(()))
    with pytest.raises(FloorsRefused, match="no floor is set by them"):
        trials.set_floors(home, found, [], why="thử", at="2026-11-25")
    assert "when a group is shuffled" not in soi(home, "inspect")  # a pipeline has no such groups


def test_a_version_that_no_floor_is_set_by_is_refused_before_it_is_measured(fresh):
    said = refused(fresh, "evaluate", "--set-floors", "--why", "thử")
    assert "no floor is set by them" in said
    assert "Measuring" not in said


def test_a_comparison_says_what_stands_in_place_of_the_parts_of_both(home, monkeypatch):
    def stopped(*_, **__):
        raise ModelRefused("thôi")

    replace(home, "kind")
    monkeypatch.setattr(trials, "measure", stopped)
    said = typed(home, "compare", "default", "default").output
    assert said == "Both are measured with kind by test_parts:kind, in place of their own.\n"


def test_figures_kept_in_a_card_say_what_stood_in_place_until_others_are_kept(tmp_path):
    (tmp_path / "card.json").write_text(json.dumps({"version": "thu", "figures": {"out_of_fold": {}}}))
    for parts in ({"kind": "readers/nho-kind"}, {}):
        trials.write_figures(trials.Trial("thu", tmp_path, Measured((), {}, {}), Verdict(()), parts=parts))
        figures = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))["figures"]
        assert figures == {"measured": {}, "out_of_fold": {}, **({"parts": parts} if parts else {})}


def test_what_an_estimator_lacks_is_lent_by_the_versions_own_part():
    own, model = (load_model(shipped("models", "default"), parts=parts) for parts in ({}, {"kind": "test_parts:kind"}))
    assert model.kind.claim_threshold_ == own.kind.claim_threshold_
    assert model.thresholds == own.thresholds


def test_a_verdict_brings_its_thresholds_and_is_lent_those_that_it_lacks():
    own, model = (
        load_model(shipped("models", "default"), parts=parts) for parts in ({}, {"verdict": "test_parts:sure"})
    )
    assert model.thresholds == dataclasses.replace(own.thresholds, refuted=0.75, supported=1.0)
    with pytest.raises(ModelRefused, match="would call refuted what is likelier not"):
        load_model(shipped("models", "default"), parts={"verdict": "test_parts:loose"})


def test_a_reader_of_stances_is_asked_about_claims_in_their_texts():
    model = load_model(shipped("models", "default"), parts={"stance": "test_parts:stance"})
    said = [Told((), CLAIM, (word,), frozenset()) for word in ("sai rồi", "nghe kể", "đúng thế")]
    assert [STANCES[at] for at in model.stance.predict_proba(said).argmax(axis=1)] == ["deny", "comment", "support"]
    for name in ("deny_threshold_", "comment_threshold_", "support_threshold_"):
        assert getattr(model.stance, name) == getattr(ours.model().stance, name)


def test_a_version_without_stances_lends_no_thresholds_of_them():
    with pytest.raises(ModelRefused, match="has no deny_threshold_, and neither has this version; give it one"):
        foreign.wrapped(stance(), "stance", "thu:stance", lambda: None)


@pytest.mark.parametrize(("part", "factory", "said"), [
    ("kind", "narrow", r"gives \(1, 2\) for 1 asked, not \(1, 5\)"), ("kind", "nowhere", "no probabilities"),
    ("kind", "twice", "gives 2 answers for each text; let it give one, a row of 5: a probability for each of"),
    ("kind", "yes_and_no", "gives 2 answers for each text; let it give one"),
    ("kind", "broken", "can't read a text"), ("kind", "failing", r"can't be made \(ValueError: no file\)"),
    ("kind", "leaving", r"can't be made \(SystemExit: 7\)"), ("kind", "leaves_later", r"read a text \(SystemExit: 7\)"),
    *(("kind", name, f"claim_threshold_ of the kind part test_parts:{name} isn't a number above 0 and at most 1")
      for name in ("worded", "lost", "several", "elsewhere")),
    ("kind", "unready", r"can't be looked into \(RuntimeError: no device\)"),
    ("rights", "of_two_rights", "thresholds_ of the rights part test_parts:of_two_rights isn't 8 numbers above 0"),
    ("stance", "broken", "can't read a claim in its text"), ("verdict", "each_by_itself", "don't add up to 1"),
    ("verdict", "foreign_words", "calls its columns NOT_ENOUGH_INFO, REFUTES, SUPPORTS; fit it on supported, refuted"),
    ("kind", "of_rights", r"gives \(1, 8\) for 1 asked, not \(1, 5\)"), ("kind", "unfitted", "a text .*fit it first"),
    ("stance", "of_verdicts", "can't read a claim in its text"), ("kind", "uncounted", "can't read a text"),
    ("verdict", "numbered", "numbers its columns, which doesn't tell what they are; fit it on supported, refuted"),
])  # fmt: skip
def test_one_that_cannot_serve_is_refused_as_the_model_is_loaded(part, factory, said):
    with pytest.raises(ModelRefused, match=said):
        load_model(shipped("models", "default"), parts={part: f"test_parts:{factory}"})


def test_a_part_of_our_own_kind_stands_as_it_is_and_one_that_names_no_columns_in_our_order():
    own, unnamed = (load_model(shipped("models", "default"), parts={"kind": f"test_parts:{name}"}) for name in (
        "own", "unnamed"
    ))  # fmt: skip
    assert own.kind is ours.model().kind
    assert unnamed.kind.predict_proba([CLAIM]).tolist() == [[0.2] * 5]


@pytest.mark.parametrize(("factory", "order"), [("sparsely", KINDS), ("in_bytes", TURNED), ("by_column", TURNED)])
def test_answers_are_read_in_whatever_form_they_come_and_put_in_order_by_the_names_of_their_columns(factory, order):
    kind = load_model(shipped("models", "default"), parts={"kind": f"test_parts:{factory}"}).kind
    assert kind.predict_proba([CLAIM]).tolist() == [[[0.5, 0.1, 0.1, 0.1, 0.2][order.index(name)] for name in KINDS]]


def test_a_reader_of_kinds_is_shown_what_people_said_and_no_evidence():
    said = Listening()
    kind = foreign.wrapped(said, "kind", "thu:kind", lambda: ours.model().kind)
    model = dataclasses.replace(ours.model(), kind=kind)
    index = build_index([Passage("luat", PASSAGE, role="primary", kind="fact")], model)
    (found,) = score(model, [Item("1", CLAIM)], index=index)
    assert [one.eid for one in found.evidence] == ["luat"]
    assert PASSAGE not in said.heard
    assert any(CLAIM.rstrip(".") in one for one in said.heard)


def test_what_one_prints_stands_beside_the_answers_and_not_among_them(capsys):
    model = load_model(shipped("models", "default"), parts={"kind": "test_parts:talking"})
    model.kind.predict_proba([CLAIM])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "made\nreading\nreading\n")


def test_one_that_breaks_later_is_named():
    one = Fixed([0.2] * 5)
    one.claim_threshold_ = 0.5
    part = foreign.wrapped(one, "kind", "thu:kind", dict)
    one.answer = None
    with pytest.raises(ModelRefused, match=r"The kind part thu:kind can't read a text \(RuntimeError: chưa học\)\.$"):
        part.predict_proba([CLAIM])
