"""A training gives the same bytes twice, keeps nothing when it fails, and its card is what scoring reads."""

import dataclasses
import gzip
import json
import platform
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from benchmarks import nested
from classifier.atomic import _clear, built
from classifier.errors import ClassifierError, ModelRefused
from classifier.evaluation import cards, measuring
from classifier.factuality.attribution import meant
from classifier.files import sha256, shipped
from classifier.learning import fits, training
from classifier.learning.figures import cross_validated, figures_of, rounded
from classifier.learning.material import (
    LAW_PAIRS,
    Material,
    PairRow,
    Settings,
    articles,
    folds_by_matter,
    sampled,
    version_name,
)
from classifier.learning.stances import Stance
from classifier.loading import load_lexicon, load_model, read_card
from classifier.readers import kind, seeding, stance
from classifier.readers.cues import load_cues
from classifier.readers.seeding import DECIDED, IMPORTED, MEASURED, Labelled, load_seed
from classifier.readers.stance import COMMENT, DENY, STANCES, SUPPORT
from classifier.text import READING_VERSION
from pipeline.home import Home
from pipeline.registry import RegistryError, check_name
from pipeline.research import datasets, learned, learning, snapshots, trials
from pipeline.research.snapshots import LabelRow
from soi.front import steps_shown
from soi.training import _of_labels

SMALL = Settings(law_pairs=60, meaning_pairs=60, rounds=3, grown=4)
PLACES = ("Suối Mây", "Hạ Giang", "Đồng Vân", "Núi Vọng", "Bãi Cạn", "Tân Hội", "Bình Lộc", "Phú Sơn")


def pairs() -> list[PairRow]:
    """Our own claims beside our own evidence: the same number, another number, another matter."""
    rows = []
    for at, place in enumerate(PLACES):
        n = 12 + at
        evidence = f"Xã {place} cho biết {n} hộ dân đã được hỗ trợ tiền thuê nhà trong năm nay. Việc chi trả đã xong."
        article = f"bai:{place}{at}"
        rows.append(PairRow(f"Có {n} hộ dân ở {place} được hỗ trợ tiền thuê nhà.", evidence, "supported", article))
        rows.append(PairRow(f"Có {n + 40} hộ dân ở {place} được hỗ trợ tiền thuê nhà.", evidence, "refuted", article))
        other = f"Trường học ở {place} sẽ mở thêm {n} lớp vào mùa thu."
        rows.append(PairRow(other, evidence, "not_enough_info", article))
    return rows


@pytest.fixture(scope="module")
def material():
    words = [row.claim for row in pairs()] + [row.evidence for row in pairs()]
    told = load_seed(shipped("data", "seed.jsonl"))[::16]
    return Material(pairs(), told, words, {"ours": "0" * 64}, stances=taken())


def taken():
    """A claim at each place, stood by, denied and commented on."""
    said = [
        (SUPPORT, "{}, loa phường đọc sáng nay."),
        (DENY, "{} á? Làm gì có."),
        (COMMENT, "Mong sao {} cho dân yên giấc."),
    ]
    return [
        Stance(stance.told(form.format(claim), stance.known_words(claim), meant=meant), side, place)
        for place in PLACES
        for side, form in said
        for claim in [f"{place} thu phí gác đêm"]
    ]


@pytest.fixture(scope="module")
def parts(ranks_by_little):
    cues = load_cues(shipped("data", "cues.toml"))
    return {"cues": cues, "lexicon": load_lexicon(), "settings": SMALL, "note": learned.note}


@pytest.fixture(scope="module")
def trained(material, parts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "one"
    steps = []
    card = training.train(material, folder, version="one", on_step=lambda *step: steps.append(step), **parts)
    return folder, card, steps


def test_the_same_data_and_seed_give_the_same_bytes(material, parts, trained, tmp_path):
    folder, card, _ = trained
    again = training.train(material, tmp_path / "one", version="one", **parts)
    assert again == card
    files = sorted(path.name for path in folder.iterdir())
    assert files == sorted([*card["files"], "card.json"])
    assert all((folder / name).read_bytes() == (tmp_path / "one" / name).read_bytes() for name in files)


def test_the_card_is_what_scoring_reads_and_says_what_it_was_made_of(trained, material):
    folder, card, _ = trained
    model = load_model(folder)
    assert model.version == "one"
    assert model.card == card == json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["data"] == {"ours": "0" * 64}
    assert card["made_with"]["numpy"] == np.__version__
    assert f"Trained with python {platform.python_version()}, numpy {np.__version__}, sc" in cards.markdown(card)
    assert learned.FILE in card["files"]
    stood = model.stance.predict_proba([row.told for row in taken()]).argmax(axis=1)
    assert stood.tolist() == list(range(len(STANCES))) * len(PLACES)
    assert card["rows"]["texts_with_stance"] == 3 * len(PLACES)
    assert {name for name in card["figures"]["cross_validated"] if name.startswith("stance/")} == {
        "stance/auc/comment", "stance/auc/deny", "stance/kept/support", "stance/known/comment", "stance/known/deny",
        "stance/passed/comment", "stance/passed/deny", "stance/stood_by/support",
    }  # fmt: skip
    assert card["rows"]["pairs_refuted"] == len(PLACES)
    assert set(card["thresholds"]) == {"claim", "rights", "refuted", "supported", "near"}
    for name, one in cards.out_of_fold(card).items():
        assert 0 <= one.low <= one.value <= one.high <= 1, name
    assert cards.out_of_fold(card)["macro_f1"].n == len(material.pairs)


def test_where_nobody_watches_each_step_is_a_line(capsys):
    with steps_shown("Training") as tell:
        for at, step in enumerate(("rights", "kind", "kind", "verdict")):
            tell(step, at, 4)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Training: rights\nTraining: kind\nTraining: verdict\n")
    with steps_shown("Fitting") as tell:
        for done in range(1, 3001):
            tell("reading texts", done, 3000)
    told = [f"Fitting: reading texts, {done} of 3000" for done in (1, *range(300, 3001, 300))]
    assert capsys.readouterr().err.splitlines() == told


def test_progress_names_every_step_and_each_fit_of_the_readers_in_order(trained):
    names = [name for name, _, _ in trained[2]]
    fits = [f"{part}{fit}" for part in ("rights", "kind") for fit in ("", *(f", fit {n} of 6" for n in range(1, 7)))]
    assert names == [*fits, "stance", "words", "ranking", "verdict", "card", "done"]
    assert all(done <= total for _, done, total in trained[2])


def test_a_name_is_made_of_data_settings_and_seed(material):
    name = version_name(material, SMALL, 0)
    assert name == version_name(material, SMALL, 0)
    other = dataclasses.replace(material, pairs=material.pairs[1:])
    assert len({name, version_name(material, SMALL, 1), version_name(other, SMALL, 0)}) == 3


def test_on_another_base_or_with_other_words_of_the_domain_a_version_has_another_name(material, tmp_path, monkeypatch):
    names = {version_name(material, SMALL, 0)}
    for card in ("{}", '{"version": "two"}'):
        (tmp_path / "card.json").write_text(card)
        names.add(version_name(material, SMALL, 0, base=tmp_path))
    for name in ("lexicon.toml", "thesaurus.tsv"):
        shutil.copy(shipped("data", name), tmp_path)
    monkeypatch.setattr("classifier.learning.material.shipped", lambda _, name: tmp_path / name)
    assert version_name(material, SMALL, 0, base=tmp_path) in names
    for name in ("lexicon.toml", "thesaurus.tsv"):
        (tmp_path / name).write_text("")
        names.add(version_name(material, SMALL, 0, base=tmp_path))
    assert len(names) == 5


def test_nothing_is_trained_over_and_nothing_is_left_of_a_failure(trained, material, parts, tmp_path):
    with pytest.raises(ClassifierError, match="never trained over"):
        training.train(material, trained[0], version="one", **parts)
    bare = dataclasses.replace(material, words=())
    with pytest.raises(ClassifierError, match="no plain texts"):
        training.train(bare, tmp_path / "two", version="two", **parts)
    poor = dataclasses.replace(material, pairs=[row for row in material.pairs if row.label != "refuted"])
    with pytest.raises(ClassifierError, match="at least 5 pairs of each label; there are 8 supported, 0 refuted"):
        training.train(poor, tmp_path / "three", version="three", **parts)
    assert list(tmp_path.iterdir()) == []


def test_pairs_of_an_article_are_resampled_together_and_all_alike_leaves_doubt():
    said = np.array([[0.05, 0.9, 0.05], [0.9, 0.05, 0.05]] * 20)
    truth, articles = ["refuted", "supported"] * 20, [f"bai{at // 20}" for at in range(40)]
    found = figures_of(said, truth, articles)
    assert (found["precision_at_0.8"].value, found["precision_at_0.8"].high, found["precision_at_0.8"].n) == (1, 1, 20)
    assert found["precision_at_0.8"].low == pytest.approx(0.342, abs=0.001)  # of two articles
    assert "precision_at_0.8" not in rounded(figures_of(said / 2, truth, articles))


def test_a_share_of_the_data_makes_a_version_that_says_so_and_is_no_base(trained, material, parts, tmp_path):
    public = [dataclasses.replace(row, part=IMPORTED) for row in material.texts]
    material = dataclasses.replace(material, texts=public)
    small, settings = sampled(material, Settings(), 0.5, seed=0)
    assert (small, settings) == sampled(material, Settings(), 0.5, seed=0)
    assert 0 < len(small.pairs) < len(material.pairs)
    assert 0.4 < len(small.texts) / len(material.texts) < 0.6
    assert {row.article for row in small.pairs}.isdisjoint(
        row.article for row in material.pairs if row not in small.pairs
    )
    assert settings.law_pairs == LAW_PAIRS // 2
    few = Material([], [Labelled("Tôi thấy xã làm chậm.", "opinion", None, 2.0, DECIDED)], sample=0.5)
    card = training.train(few, tmp_path / "one", version="one", base=trained[0], **parts)
    assert card["sample"] == 0.5
    assert "Learned from 50.0% of its data, to see that it works: it is never promoted." in cards.markdown(card)
    told = training.rethreshold(tmp_path / "one", tmp_path / "two", version="two", why="thử", refuted=0.9)
    assert told["sample"] == 0.5
    with pytest.raises(ClassifierError, match=r"one learned from 50\.0% of its data alone; give another version"):
        training.train(material, tmp_path / "three", version="three", base=tmp_path / "one", **parts)


def test_where_the_pairs_are_too_few_the_verdict_of_the_base_is_kept(trained, material, parts, tmp_path):
    base, card, _ = trained
    texts = [*material.texts, Labelled("Tôi thấy xã làm chậm.", "opinion", None, 2.0, DECIDED)]
    few = dataclasses.replace(material, texts=texts)
    told = training.train(few, tmp_path / "desk", version="desk", base=base, **parts)
    for name in ("verdict.npz", "meaning.npz", "ranking.json", "vectors.npz"):
        assert (tmp_path / "desk" / name).read_bytes() == (base / name).read_bytes()
    assert told["verdict_of"] == "one"
    assert set(learned._known(base)["pairs"]) <= set(learned._known(tmp_path / "desk")["pairs"])
    assert told["thresholds"]["refuted"] == card["thresholds"]["refuted"]
    assert told["figures"]["out_of_fold"] == card["figures"]["out_of_fold"]
    assert told["rows"]["pairs_generated"] == 0
    assert "precision" not in told["settings"]
    shown = cards.markdown(told)
    assert "Verdict kept from one:" in shown
    assert "## Out of fold, the verdict of one on what that version was trained on" in shown
    assert "Verdict kept" not in cards.markdown(card)
    never = "so nothing is called refuted by evidence"
    beyond = {**told, "thresholds": {**told["thresholds"], "refuted": 1.0}}
    assert (never in shown, never in cards.markdown(beyond)) == (told["thresholds"]["refuted"] == 1, True)
    chosen = cards.markdown({**beyond, "from": "one", "why": "thử"})
    assert f"Its threshold of refuted is 1, {never}." in chosen
    assert "No threshold was as precise" not in chosen
    assert load_model(tmp_path / "desk").version == "desk"


def test_a_verdict_takes_the_place_of_a_bases_by_pairs_enough_and_says_so(trained, material):
    base, card, _ = trained
    many = dataclasses.replace(material, pairs=[*material.pairs] * 13)
    assert training.lacks_pairs(many, base) == ""
    fewer = dataclasses.replace(material, pairs=[*material.pairs] * 12)
    assert "needs at least 100 pairs of each label; there are 96 supported" in training.lacks_pairs(fewer, base)
    assert training.lacks_pairs(fewer) == ""
    mine = {
        "rows": {"pairs_supported": 200, "pairs_refuted": 150, "pairs_generated": 60},
        "thresholds": {"refuted": 0.5},
    }
    said = cards.verdict_anew(mine, card)
    assert said.startswith("The verdict is learned anew, from 350 pairs; that of one, from 24 pairs, isn't used: ")
    assert "that of one isn't used" in cards.verdict_anew(mine, {**card, "verdict_of": "goc"})


def test_without_public_texts_the_readers_of_the_base_are_corrected_by_what_is_taught_alone(trained, parts, tmp_path):
    base, card, _ = trained
    wrong = "Theo tôi, xã Suối Mây làm như vậy là quá chậm."
    kept = ["Xã Hạ Giang đã mở 9 lớp học cho trẻ em.", "Tôi thấy buồn.", "Bao giờ có kết quả?"]
    was = kind.load(base)
    desk = Material([], [*load_seed(shipped("data", "seed.jsonl"))[:5], Labelled(wrong, "claim", None, 2.0, DECIDED)])
    told = training.train(desk, tmp_path / "desk", version="desk", base=base, **parts)
    now = kind.load(tmp_path / "desk")
    assert now.predict_proba([wrong])[0, 0] > was.predict_proba([wrong])[0, 0] + 0.2
    assert np.abs(now.predict_proba(kept) - was.predict_proba(kept)).max() < 0.2
    assert now.predict(kept).tolist() == was.predict(kept).tolist()
    for name in ("rights.npz", "stance.npz", "stance.json"):
        assert (tmp_path / "desk" / name).read_bytes() == (base / name).read_bytes()
    assert (told["readers_of"], told["rows"]["texts_with_kind"], told["rows"]["texts_with_rights"]) == ("one", 1, 0)
    assert (told["thresholds"], told["settings"]) == (card["thresholds"], {})
    assert told["data"] == card["data"]
    assert "Rights and kind are those of one, corrected by 0 and 1 texts" in cards.markdown(told)
    nothing = dataclasses.replace(desk, texts=desk.texts[:5])
    with pytest.raises(ClassifierError, match=r"teach nothing: .*; decide cases\. A verdict in place of one's needs"):
        training.train(nothing, tmp_path / "none", version="none", base=base, **parts)
    assert load_model(tmp_path / "desk").version == "desk"


def test_a_correction_of_a_correction_tells_both_and_keeps_the_digests_of_both(trained, parts, tmp_path):
    at = trained[0]
    for version, kinds in (("desk", ("claim", "claim")), ("two", ("opinion",))):
        texts = [Labelled(f"Xã Hạ Giang họp lần {n}.", kind, None, 2.0, DECIDED) for n, kind in enumerate(kinds)]
        taught = Material([], texts, digests={"labels/labels.jsonl": version})
        told = training.train(taught, tmp_path / version, version=version, base=at, **parts)
        at = tmp_path / version
    assert told["data"] == trained[1]["data"] | {"labels/labels.jsonl": "desk", "labels/labels.jsonl (2)": "two"}
    said = "Rights and kind are those of one, corrected by 0 and 2 texts (desk), then by 0 and 1 texts (two);"
    assert said in cards.markdown(told)
    earlier = {name: value for name, value in read_card(tmp_path / "desk").items() if name != "corrected"}
    training.write_card(tmp_path / "desk", earlier)  # as one was written before each correction was kept
    again = training.train(taught, tmp_path / "again", version="again", base=tmp_path / "desk", **parts)
    assert [one["version"] for one in again["corrected"]] == ["desk", "again"]


@pytest.fixture(scope="module")
def judged_posts(trained, tmp_path_factory):
    """A version that was measured on posts by cross-validation, and the folder that holds them."""
    on, base = tmp_path_factory.mktemp("on"), tmp_path_factory.mktemp("models") / "one"
    shutil.copytree(trained[0], base)
    told = [{"text": f"Theo tôi, xã {place} làm như vậy là quá chậm.", "kind": "opinion", "rights": []}
            for place in (*PLACES, "Đá Bạc", "Cầu Sắt")]  # fmt: skip
    told.append({"text": "Xã Suối Mây đã mở 9 lớp học.", "kind": "claim", "rights": ["CRC"]})
    (on / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    known = {"kind/kept_from_claim/opinion": 1.0, "kind/claim_f1/all": 0.0}
    crossed = {name: {"value": value, "low": 0.0, "high": 1.0, "n": 10} for name, value in known.items()}
    card = json.loads((base / "card.json").read_text(encoding="utf-8"))
    card["figures"]["cross_validated"] = crossed
    training.write_card(base, {**card, "data": {"posts.jsonl": sha256(on / "posts.jsonl")}})
    return base, on


@pytest.mark.parametrize(("said", "kept"), [("claim", 0.0), ("opinion", 1.0)])
def test_a_corrected_version_is_judged_on_posts_by_the_worse_of_then_and_now(judged_posts, parts, tmp_path, said, kept):
    base, on = judged_posts
    texts = [json.loads(line)["text"] for line in (on / "posts.jsonl").read_text(encoding="utf-8").splitlines()[:10]]
    desk = Material([], [Labelled(text, said, None, 9.0, DECIDED) for text in texts])
    home = Home(tmp_path)
    training.train(desk, home.models / "desk", version="desk", base=base, **parts)
    folder, found = home.models / "desk", measuring.measure(load_model(home.models / "desk"), [on])
    figures = {f"{one.part}/{one.what}": one.figure.value for one in found.measures if one.part == "kind"}
    assert figures == {"kind/kept_from_claim": kept, "kind/claim_f1": 0.0}
    (mind,) = trials.corrected(home, folder, found)
    assert mind.startswith("desk has the readers of one, corrected: their figures on posts.jsonl are of before")
    assert trials.corrected(home, base, found) == []
    assert found.answers == {}


def test_posts_that_a_correction_alone_learned_from_have_no_figures_of_its_base(judged_posts, parts, tmp_path):
    base, on = judged_posts
    (tmp_path / "mine").mkdir()
    mine = tmp_path / "mine" / "posts.mine.jsonl"
    told = [{"text": f"Theo tôi, chợ {place} họp muộn.", "kind": "opinion", "rights": []} for place in PLACES[:5]]
    mine.write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    taught = Material([], [Labelled(row["text"], "opinion", ()) for row in told], digests={mine.name: sha256(mine)})
    home, models = Home(tmp_path), tmp_path / "models"
    training.train(taught, models / "desk", version="desk", base=base, **parts)
    twice = training.train(taught, models / "two", version="two", base=models / "desk", **parts)
    assert set(twice["data"]) == {"posts.jsonl", mine.name}
    for name in ("desk", "two"):
        (said,) = learned.judges(models / name, [on, mine.parent])
        assert said.startswith(f"5 of the 5 texts of posts.mine.jsonl are texts that {name} learned from")
        found = measuring.measure(load_model(models / name), [on, mine.parent])
        n = {one.corpus: one.figure.n for one in found.measures if (one.part, one.what) == ("kind", "claim_f1")}
        assert n == {"posts.jsonl": 10, mine.name: 5}
        (mind,) = trials.corrected(home, models / name, found)
        assert "their figures on posts.jsonl are" in mind


def test_a_file_without_labels_is_refused_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(seeding, "gather", lambda *_, **__: pytest.fail("read what ships first"))
    (tmp_path / "nhan.jsonl").write_text("")
    with pytest.raises(learning.MaterialRefused, match=r"nhan\.jsonl holds no label; decide cases first"):
        learning.gather([tmp_path / "nhan.jsonl"])


def test_a_folder_that_is_none_to_learn_from_is_refused_at_once_and_its_file_of_labels_named(tmp_path, monkeypatch):
    monkeypatch.setattr(seeding, "gather", lambda *_, **__: pytest.fail("read what ships first"))
    with pytest.raises(learning.MaterialRefused, match=r"no public sets\.$"):
        learning.gather([tmp_path])
    (tmp_path / "labels.jsonl").touch()
    with pytest.raises(learning.MaterialRefused, match=rf"name its file of labels itself: {tmp_path}/labels\.jsonl\.$"):
        learning.gather([tmp_path])


def test_two_trainings_of_one_name_leave_one_whole_version(trained, parts, tmp_path):
    """The second begins and ends while the first is at work."""
    folder = tmp_path / "one"
    few = Material([], [Labelled("Tôi thấy xã làm chậm.", "opinion", None, 2.0, DECIDED)])

    def meanwhile(step: str, *_: int) -> None:
        if step == "kind":
            done = subprocess.run(
                [sys.executable, "-c", "from classifier.atomic import built; from pathlib import Path; import sys\n"
                 "with built(Path(sys.argv[1])) as work: (work / 'card.json').write_text('{}')", str(folder)],
                check=False, cwd=Path(__file__).resolve().parents[1],
            )  # fmt: skip
            assert done.returncode == 0

    with pytest.raises(ClassifierError, match="was made by somebody else meanwhile"):
        training.train(few, folder, version="one", base=trained[0], on_step=meanwhile, **parts)
    assert [path.name for path in tmp_path.rglob("*")] == ["one", "card.json"]


def test_a_name_under_which_a_version_is_being_made_is_refused_at_once(trained, parts, tmp_path):
    place = Home(tmp_path)
    few = Material([], [Labelled("Tôi thấy xã làm chậm.", "opinion", None, 2.0, DECIDED)])
    with built(place.models / "one"):
        with pytest.raises(RegistryError, match="A model one is being made; wait for it to end"):
            check_name(place, "one")
        with pytest.raises(ClassifierError, match="is being made by another process"):
            training.train(few, place.models / "one", version="one", base=trained[0], **parts)
        check_name(place, "one.1")
    (place.models / ".two.1.unfinished").mkdir()  # of a process that was killed
    check_name(place, "two")


def test_a_training_that_is_told_to_end_leaves_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from classifier.atomic import built; from pathlib import Path; import os, signal, sys\n"
         "from soi import front\ndef work():\n"
         " with built(Path(sys.argv[1])):\n  os.kill(os.getpid(), signal.SIGTERM)\n  signal.pause()\n"
         "front.app = lambda *_: work\nfront.main()", tmp_path / "models" / "one"],
        check=False, cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    assert done.returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_training_that_is_told_to_end_says_so(tmp_path):
    (tmp_path / "soi.toml").touch()
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(b""))  # with which all that ships is read
    argv = [sys.executable, "-m", "soi", "train", "--data", str(tmp_path), "--home", str(tmp_path)]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[1]) as process:
        try:
            assert process.stderr.readline() == "Training: gathering\n"
            process.terminate()
            said = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert (process.returncode, said) == (130, "Stopped.\n")


def test_what_a_killed_training_left_goes_with_the_next_one_and_what_is_under_way_stays(tmp_path):
    code = ("from classifier.atomic import built; from pathlib import Path; import os, signal, sys\n"
            "with built(Path(sys.argv[1])):\n print(flush=True)\n signal.pause()")  # fmt: skip
    begun = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / name], stdout=subprocess.PIPE,
                         cwd=Path(__file__).resolve().parents[1])
        for name in ("one", "two")
    ]  # fmt: skip
    (tmp_path / ".cache.2024").mkdir()
    try:
        assert all(process.stdout and process.stdout.readline() for process in begun)
        begun[0].kill()
        begun[0].wait()
        assert len(list(tmp_path.glob(".*.unfinished"))) == 2
        with built(tmp_path / "three"):
            pass
        (left,) = tmp_path.glob(".*.unfinished")
        assert left.name == f".two.{begun[1].pid}.unfinished"
        assert (tmp_path / ".cache.2024").is_dir()
    finally:
        for process in begun:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def test_what_another_process_of_the_same_number_is_making_is_neither_touched_nor_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr("classifier.atomic.TRIES", 2)
    with built(tmp_path / "one") as work:
        (work / "file").write_text("x", encoding="utf-8")
        with pytest.raises(ClassifierError, match="is another process's work; wait"), built(tmp_path / "one"):
            pytest.fail("was given the same folder")
    assert [path.name for path in tmp_path.rglob("*")] == ["one", "file"]


def test_a_folder_that_is_begun_is_never_taken_for_a_left_one(tmp_path):
    over = threading.Event()

    def clear():
        while not over.is_set():
            _clear(tmp_path)

    others = [threading.Thread(target=clear) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for number in range(200):
            with built(tmp_path / str(number)) as work:
                (work / "file").write_text("x", encoding="utf-8")
            assert (tmp_path / str(number) / "file").exists()
    finally:
        over.set()
        for other in others:
            other.join()


@pytest.mark.parametrize("what", ["reading", "wording"])
def test_a_version_made_for_another_reading_is_refused_with_what_helps(trained, tmp_path, what):
    folder = Path(shutil.copytree(trained[0], tmp_path / "one"))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    for step, helps in ((1, "upgrade Soi"), (-1, "retrain it")):
        other = type(card[what])(int(card[what]) + step)
        training.write_card(folder, {**card, what: other})
        with pytest.raises(ModelRefused, match=f"with {what} {other}, .*; {helps}"):
            load_model(folder)


@pytest.mark.parametrize(("file", "was", "harmed", "says"), [
    ("kind.json", "{", "{ ", r"kind\.json of model one isn't the file its card names"),
    ("card.json", f'"reading": "{READING_VERSION}"', '"reading": "0"', "was trained with reading 0"),
    ("card.json", "{", "{{", r"holds no readable card\.json"),
])  # fmt: skip
def test_a_version_that_is_not_what_its_card_says_is_no_base_and_not_retuned(
    trained, material, parts, tmp_path, file, was, harmed, says
):
    folder = Path(shutil.copytree(trained[0], tmp_path / "one"))
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(was, harmed, 1), encoding="utf-8")
    assert (folder / file).read_text(encoding="utf-8") != text
    with pytest.raises(ModelRefused, match=says):
        training.train(material, tmp_path / "two", version="two", base=folder, **parts)
    with pytest.raises(ModelRefused, match=says):
        training.rethreshold(folder, tmp_path / "two", version="two", why="thử", refuted=0.9)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_card_without_thresholds_is_damaged_and_gives_none(trained, tmp_path):
    folder = Path(shutil.copytree(trained[0], tmp_path / "one"))
    training.write_card(folder, {**trained[1], "thresholds": {}})
    with pytest.raises(ModelRefused, match="The card of model one is damaged"):
        training.rethreshold(folder, tmp_path / "two", version="two", why="thử", refuted=0.9)


def test_a_version_that_was_not_copied_whole_is_none(trained, tmp_path):
    source = shutil.copytree(trained[0], tmp_path / "one")
    (source / "hong").symlink_to("khong-co")
    with pytest.raises(FileNotFoundError, match="hong"):
        training.rethreshold(source, tmp_path / "two", version="two", why="thử", refuted=0.9)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_card_that_can_not_be_written_leaves_the_one_that_was_there(tmp_path):
    training.write_card(tmp_path, {"version": "one"})
    with pytest.raises(UnicodeEncodeError):
        training.write_card(tmp_path, {"version": "\ud800"})
    assert [(path.name, json.loads(path.read_text())) for path in tmp_path.iterdir()] == [
        ("card.json", {"version": "one"})
    ]


def test_a_retuned_version_keeps_its_parts_and_says_why(trained, tmp_path):
    folder, card, _ = trained
    of_readers = {"kind/claim_f1/all": {"value": 0.8, "low": 0.7, "high": 0.9, "n": 60}}
    folder = shutil.copytree(folder, tmp_path / "one")
    figures = {"out_of_fold": card["figures"]["out_of_fold"], "cross_validated": of_readers}
    training.write_card(folder, {**card, "figures": {**figures, "measured": {"verdict/macro_f1/all": 0.8}}})
    told = training.rethreshold(folder, tmp_path / "two", version="two", why="ít người đọc", refuted=0.9)
    assert told["files"] == card["files"]
    assert load_model(tmp_path / "two").thresholds.refuted == 0.9
    assert load_model(tmp_path / "two").card["figures"] == figures  # the gate asks the same of the same readers
    assert (told["from"], told["why"]) == ("one", "ít người đọc")
    assert "(0.9000) lies above 0.86, as which a claim counts that is known to go against a fact" in cards.above_rows(
        told
    )
    assert not any(cards.above_rows({"thresholds": {"refuted": at}}) for at in (0.5, 0.86, 1.0))
    assert "(0.8600) lies just above 0.86," in cards.above_rows({"thresholds": {"refuted": 0.8600000000000001}})
    budget = [0.99, 0.95, 0.9, 0.7, 0.6, 0.2]
    training.rethreshold(folder, tmp_path / "three", version="three", why="ngân sách", budget=(budget, 2))
    at = load_model(tmp_path / "three").thresholds.refuted
    assert sum(p >= at for p in budget) == 2


def test_a_threshold_that_cannot_be_reached_flags_nothing():
    said = np.tile([0.1, 0.8, 0.1], (60, 1))
    found = fits.thresholds(said, ["supported", "refuted", "not_enough_info"] * 20, SMALL)
    assert found.refuted == 1.0


def label(
    verdict: str, *, text: str = "Bài viết.", reason: str = "view", role: str = "primary", audit: bool = False,
    eid: str = "fact:a",
):  # fmt: skip
    evidence = ({"eid": eid, "role": role, "text": "Luật ghi khác."},)
    return LabelRow("v1-d1", text, "Câu khẳng định.", verdict, reason, (), evidence, 1, "2026-01-01", audit)


@pytest.mark.parametrize(("verdict", "labels", "kinds", "rights"), [
    ("false", ["refuted"], ["claim"], [None]), ("true", ["supported"], ["claim"], [None]),
    ("misleading", [], ["claim"], [None]), ("unverifiable", [], ["claim"], [None]),
    ("opinion", [], ["opinion"], [None]), ("testimony", [], ["testimony"], [None]),
])  # fmt: skip
def test_each_verdict_teaches_what_it_says_and_no_more(verdict, labels, kinds, rights):
    found = learning.from_labels([label(verdict)])
    assert [row.label for row in found.pairs] == labels
    assert [row.kind for row in found.texts] == kinds
    assert [row.rights for row in found.texts] == rights


def test_not_rights_teaches_rights_only_where_the_topic_is_another():
    assert [row.rights for row in learning.from_labels([label("not_rights", reason="other_topic")]).texts] == [()]
    assert learning.from_labels([label("not_rights", reason="not_vietnamese")]).texts == []


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0\u200b"])
def test_a_label_without_a_text_teaches_nothing_and_is_counted(tmp_path, text):
    rows = [label("false", text=text), label("opinion", text=text, audit=True), label("opinion")]
    found = learning.from_labels(rows)
    assert [(row.text, row.kind) for row in found.texts] == [("Bài viết.", "opinion")]
    assert found.pairs == []
    snapshots.write([rows[0], rows[2]], tmp_path / "a", formats=["jsonl"], view="latest", until="")
    assert learning.mute([tmp_path / "a"]) == 1


def test_labels_of_one_text_or_pair_that_contradict_each_other_are_named(tmp_path):
    verdicts = ("false", "true", "opinion", "not_rights")
    rows = [dataclasses.replace(label(verdict), case=at) for at, verdict in enumerate(verdicts, start=1)]
    apart = [dataclasses.replace(label("false"), text=f"Bài {at}.", claim="Câu.", case=at) for at in (8, 9)]
    for name, told in (("a", rows), ("b", apart), ("c", [dataclasses.replace(apart[0], verdict="true", case=7)])):
        snapshots.write(told, tmp_path / name, formats=["jsonl"], view="latest", until="")
    assert [row.case for row in learning.contrary([tmp_path / "a"])] == [1, 2, 3]
    assert learning.contrary([tmp_path / "b"]) == []
    assert [row.case for row in learning.contrary([tmp_path / "b", tmp_path / "c"])] == [7, 8, 9]


@pytest.fixture(scope="module")
def unmoved(learns_little, parts):
    """What there is to learn from without a desk, and the readers of it."""
    whole = learning.gather([])
    return whole, *(fit(whole, SMALL, parts["cues"], 0) for fit in (fits.fit_rights, fits.fit_kind))


@pytest.mark.parametrize("n", [1, 40])
def test_labels_drawn_at_random_move_neither_calibration_nor_thresholds(unmoved, parts, n):
    """Without a measuring set too, and however many say of rights only that there are none."""
    whole, was, spoken = unmoved
    rows = [label("not_rights", reason="other_topic", text=f"Chợ huyện bán {at} loại rau.", audit=True)
            for at in range(n)]  # fmt: skip
    claims = [label("true", text=f"Chợ huyện bán {at} loại rau.", audit=True) for at in range(n)]
    told = [learning.outranked(whole, learning.from_labels(of)) for of in (rows, claims)]
    now = fits.fit_rights(told[0], SMALL, parts["cues"], 0)
    assert now.any_threshold_ == pytest.approx(was.any_threshold_, abs=0.05)
    assert now.heads_.slope == pytest.approx(was.heads_.slope, abs=0.4)
    speaks = fits.fit_kind(told[1], SMALL, parts["cues"], 0)
    assert speaks.claim_threshold_ == pytest.approx(spoken.claim_threshold_, abs=0.05)


def test_figures_that_a_floor_judges_are_taken_over_the_measuring_set_and_not_over_the_desks_labels(parts):
    kinds = {"claim": "Xã Suối Mây đã mở {} lớp học.", "opinion": "Theo tôi, {} lớp học như thế là quá ít.",
             "question": "Vì sao xã chỉ mở {} lớp học?"}  # fmt: skip
    measured = [
        Labelled(text.format(n), kind, ("CRC",) if n % 2 else ()) for kind, text in kinds.items() for n in range(20)
    ]
    desk = learning.from_labels([label("opinion", text=f"Tôi thấy {n} lớp là phải.", audit=True) for n in range(9)])
    assert {row.part for row in desk.texts} == {DECIDED}
    whole = Material([], [*measured, *desk.texts])
    about, speaks = (fit(whole, SMALL, parts["cues"], 0) for fit in (fits.fit_rights, fits.fit_kind))
    found = cross_validated(whole.texts, about, speaks)
    assert (found["kind/claim_f1/all"]["n"], found["kind/kept_from_claim/opinion"]["n"]) == (60, 20)
    assert found["rights/any_f1/all"]["n"] == 60


def test_a_partys_own_word_teaches_no_verdict():
    assert learning.from_labels([label("false", role="party")]).pairs == []


@pytest.mark.parametrize("eid", ["factcheck:3", "decision:7"])
def test_what_repeats_the_claim_it_judges_teaches_no_verdict(eid):
    assert learning.from_labels([label("false", role="independent", eid=eid)]).pairs == []


def test_a_claim_repeated_in_many_posts_teaches_once():
    assert len(learning.from_labels([label("false", text=f"Bài {at}") for at in range(9)]).pairs) == 1


def as_file(path: Path, *rows: LabelRow) -> Path:
    path.write_text("".join(json.dumps(dataclasses.asdict(row)) + "\n" for row in rows), encoding="utf-8")
    return path


def test_of_labels_in_several_files_the_one_decided_last_counts_and_each_pair_once(learns_little, tmp_path):
    old, new = (dataclasses.replace(label("false"), decided_at=f"2026-01-0{day}") for day in (1, 2))
    one = as_file(tmp_path / "cu.jsonl", old, dataclasses.replace(old, text="Bài khác."))
    two = as_file(tmp_path / "moi.jsonl", dataclasses.replace(new, verdict="opinion"))
    for files in ([one, two], [two, one, one]):
        found = learning.gather(files)
        kinds = {row.text: row.kind for row in found.texts if row.part == DECIDED}
        assert kinds == {"Bài viết.": "opinion", "Bài khác.": "claim"}
        assert [row.label for row in found.pairs] == ["refuted"]
        assert {"labels/cu.jsonl", "labels/moi.jsonl"} <= set(found.digests)


def test_where_two_files_label_one_text_of_a_case_otherwise_is_told(tmp_path):
    rows = [dataclasses.replace(label("false"), text=f"Bài {at}.", case=at) for at in range(1, 5)]
    one = as_file(tmp_path / "an.jsonl", *rows)
    two = as_file(tmp_path / "binh.jsonl", dataclasses.replace(rows[0], verdict="opinion"), *rows[1:3])
    (said,) = _of_labels([one, two])
    assert said.startswith(f"1 of 3 texts that both hold are labelled otherwise in {one} than in {two} (cases 1;")
    assert "Cohen's kappa 0.00" in said
    assert list(_of_labels([one, as_file(tmp_path / "dung.jsonl", *rows[1:])])) == []


def test_files_of_labels_of_one_name_are_each_named(learns_little, tmp_path):
    for name, verdict in (("x", "false"), ("y", "opinion")):
        (tmp_path / name).mkdir()
        as_file(tmp_path / name / "labels.jsonl", label(verdict))
    found = learning.gather([tmp_path / "x" / "labels.jsonl", tmp_path / "y" / "labels.jsonl"]).digests
    assert found["labels/labels.jsonl"] == sha256(tmp_path / "x" / "labels.jsonl")
    assert found["labels/labels.jsonl (2)"] == sha256(tmp_path / "y" / "labels.jsonl")


@pytest.mark.parametrize(("earlier", "later"), [
    ("2026-11-27T14:00:00+07:00", "2026-11-27T08:00:00.000Z"), ("2026-11-27T01:00:00.000Z", "2026-11-27 23:59:00"),
])  # fmt: skip
def test_a_moment_written_elsewhere_is_compared_as_a_moment(learns_little, tmp_path, earlier, later):
    rows = [dataclasses.replace(label("false"), verdict=verdict, decided_at=at)
            for verdict, at in (("true", later), ("false", earlier))]  # fmt: skip
    assert [row.label for row in learning.gather([as_file(tmp_path / "nhan.jsonl", *rows)]).pairs] == ["supported"]


def test_a_label_outranks_what_ships_but_no_measured_text(learns_little, tmp_path):
    shipped_text = load_seed(learns_little / "seed.jsonl")[0].text
    measured = tmp_path / "gold"
    measured.mkdir()
    gold = {"text": "Giá lúa tăng ở chợ huyện.", "kind": "claim", "rights": []}
    (measured / "posts.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    rows = [label("testimony", text=text) for text in (shipped_text, gold["text"])]
    found = learning.gather([measured, as_file(tmp_path / "nhan.jsonl", *rows)])
    assert [(row.kind, row.part) for row in found.texts if row.text == shipped_text] == [("testimony", DECIDED)]
    assert [(row.kind, row.part) for row in found.texts if row.text == gold["text"]] == [("claim", MEASURED)]


def test_a_verdict_takes_the_place_of_an_imported_pair_and_its_case_the_place_of_its_article():
    decided = learning.from_labels([dataclasses.replace(label("false"), evidence=(
        {"eid": "fact:a", "role": "primary", "text": "Luật ghi khác."},
        {"eid": "fact:b", "role": "primary", "text": "Nghị định cũng vậy."},
    ))])  # fmt: skip
    known = PairRow("CÂU KHẲNG ĐỊNH", "Luật ghi  khác.", "supported", "bai:1")
    other = PairRow("Câu khác.", "Luật ghi khác.", "supported", "bai:1")
    found = learning.outranked(Material([known, other], []), decided)
    assert [(row.label, row.article, row.weight) for row in found.pairs] == [
        ("supported", "bai:1", 1.0), ("refuted", "bai:1", 2.0), ("refuted", "bai:1", 2.0)]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), [("", "bai:1"), ("bai:1", ""), ("bai:1", "khac:7")])
def test_a_pair_of_two_sets_teaches_once_in_the_article_told_first(one, two):
    pair = PairRow("Xã mở lớp.", "Xã đã mở 2 lớp.", "supported", one)
    beside = PairRow("Xã mở chợ.", "Xã đã mở 2 lớp.", "refuted", two)
    found = learning.joined(Material([pair], []), Material([dataclasses.replace(pair, article=two), beside], []))
    assert [(row.claim, row.article) for row in found.pairs] == [("Xã mở lớp.", "bai:1"), ("Xã mở chợ.", two)]


def test_claims_about_one_passage_are_never_parted_though_no_article_is_told():
    one, two = PairRow("Một.", "Hai.", "supported"), PairRow("Ba.", "Bốn.", "refuted")
    beside = dataclasses.replace(one, claim="Ba.")
    assert together([one, two, one, beside]) == [0, 1, 0, 0]
    assert together([one, two, dataclasses.replace(one, article="bai:1"), beside]) == [0, 1, 0, 0]


def test_cases_judged_by_one_passage_are_never_parted_nor_what_hangs_on_either():
    passage, other = "Luật ghi một điều khác.", "Nghị định cũng ghi như vậy."
    public = [
        PairRow("Câu khác.", passage.upper() + " ", "supported", "bai:1"),
        PairRow("A.", "B.", "refuted", "bai:1"),
    ]
    cases = [PairRow(f"Câu {at}.", passage, "refuted", f"case:{at}") for at in range(3)]
    cases += [PairRow("Câu 2.", other, "refuted", "case:2"), PairRow("Câu 9.", other, "refuted", "case:9")]
    assert together([*cases, *public, PairRow("Xã mở chợ.", "Chợ mở.", "supported", "case:10")]) == [*[0] * 7, 1]


@pytest.mark.parametrize("filled", ["Không tìm thấy bằng chứng nào.", "Có.", "…"])
def test_what_fills_a_cell_holds_no_articles_together(filled):
    nothing = [PairRow(f"Xã {at} mở chợ.", filled, "not_enough_info", f"bai:{at}") for at in range(9)]
    slips = [PairRow("Xã 8 mở lớp.", filled, "refuted", "bai:8"), PairRow("Xã 9 mở lớp.", filled, "refuted", "bai:9")]
    told = [PairRow(f"Xã {at} đóng chợ.", f"Xã {at} đã mở chợ hôm qua.", "refuted", f"bai:{at}") for at in range(9)]
    assert together([*nothing, *slips, *told]) == [*range(9), 8, 9, *range(9)]


def together(pairs: list[PairRow]) -> list[int]:
    """A number for each pair, the same for those never parted."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in articles(pairs)]


def test_copies_of_one_case_and_rows_of_one_group_are_never_parted(tmp_path):
    """Neither by search and curve nor where a reader is calibrated; -1 is how a clustering says that a row has none."""
    rows = [dataclasses.replace(label("false", text=f"Xã số {case} cấm chợ, {copy} người kể."), case=case)
            for case in range(6) for copy in range(4)]  # fmt: skip
    path = tmp_path / "thu.csv"
    lines = [f"Tôi thấy chợ {n} đông là vui.,Chợ {n} đông.,opinion,{-1 if n < 6 else n % 2}\n" for n in range(12)]
    path.write_text("text,evidence,label,group\n" + "".join(lines), encoding="utf-8")
    for use, labels in (("kind", {}), ("verdict", {"opinion": "supported"})):
        about = {"use": use, "licence": "MIT", "means": "chúng tôi gán"}
        datasets.import_set(tmp_path / use, path, datasets.generic("thu", {}, labels, about))
    imported = learning.from_set(tmp_path / "kind" / "thu").texts
    assert [row.matter for row in imported] == [""] * 6 + ["0", "1"] * 3
    assert len(set(articles(learning.from_set(tmp_path / "verdict" / "thu").pairs))) == 6 + 2
    texts = [dataclasses.replace(row, part=MEASURED) for row in (*learning.from_labels(rows).texts, *imported)]
    fold = folds_by_matter(texts, 3, seed=0)
    speaks = fits.fit_kind(Material([], texts), SMALL, load_cues(shipped("data", "cues.toml")), 0)
    for at in (fold, speaks.apart_.fold):
        assert {len(set(at[case * 4 : case * 4 + 4])) for case in range(6)} == {1}
        assert {len(set(at[30 + group :: 2])) for group in range(2)} == {1}
        assert len(set(at)) > 1


def test_nested_folds_keep_a_matter_from_those_who_are_asked_about_it():
    class Knowing:
        def __init__(self, known):
            self.known = {row.matter for row in known.texts}

        def predict(self, texts):
            return [text.partition(",")[0] in self.known for text in texts]

    asked = [Labelled(f"m{at % 9},{at}", "claim", (), matter=f"m{at % 9}") for at in range(27)]
    material = Material([], [*asked, Labelled("m3, ta", "claim", (), part=IMPORTED, matter="m3")])
    assert not nested.answers(material, asked, Knowing, 0).any()


def test_a_set_that_would_teach_nothing_is_refused_and_not_passed_over(tmp_path):
    about = {"use": "kind", "licence": "MIT", "means": "chúng tôi gán"}
    path = tmp_path / "thu.csv"
    path.write_text("cau,nhan,phan\nTheo tôi vậy là phải.,khen,train\nTôi thấy hay.,opinion,test\n", encoding="utf-8")
    known = datasets.generic("thu", {"text": "cau", "label": "nhan", "part": "phan"}, {}, about)
    datasets.import_set(tmp_path, path, known)
    with pytest.raises(
        learning.MaterialRefused, match="No row of thu in a part named train, or in none, has a label of"
    ):
        learning.from_set(tmp_path / "thu")
    known = datasets.generic("thu", {"text": "cau", "label": "nhan"}, {"khen": "opinion"}, about)
    datasets.import_set(tmp_path, path, known)
    found = learning.from_set(tmp_path / "thu").texts
    assert [(row.kind, row.part) for row in found] == [("opinion", IMPORTED)] * 2  # no threshold is set by them


def test_a_text_of_the_measuring_set_is_known_among_labels_however_it_is_spelt():
    written = "CA xã Hòn Sỏi ko cho ng dân gặp luật sư, sao ko ai đc biết vậy"
    gold = Material([], [seeding.labelled({"text": written, "kind": "claim", "rights": ["CCPR"]})])
    desk = learning.from_labels([label("opinion", text=written)])
    assert desk.texts[0].text == gold.texts[0].text
    assert learning.joined(gold, desk).texts == gold.texts
