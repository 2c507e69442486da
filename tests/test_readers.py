"""The readers learn, keep and read back what they learned, and read texts without diacritics as well as others."""

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from classifier.errors import ClassifierError, ModelRefused
from classifier.files import shipped
from classifier.learning.fits import correct_kind, fit_kind, fit_rights
from classifier.learning.material import Material, Settings
from classifier.policy import KINDS, RIGHTS
from classifier.readers import both as readers
from classifier.readers import heads
from classifier.readers import kind as kind_part
from classifier.readers import rights as rights_part
from classifier.readers.cues import Cues, load_cues, make_cues
from classifier.readers.grams import BITS
from classifier.readers.kind import KindReader
from classifier.readers.rights import RightsReader, _gathered, codes
from classifier.readers.seeding import DECIDED, Labelled, load_seed, load_voices
from classifier.text import fold, normalise

ROOT = Path(__file__).parents[1]
SEED = load_seed(ROOT / "data" / "seed.jsonl")
ABOUT = [
    "Công an xã Nậm Khắt tạm giữ ông Cà Văn Thưởng hai ngày không có lệnh.",
    "Bé gái 6 tuổi bị cha dượng đánh gãy tay, hàng xóm báo công an.",
    "Xưởng may Thành Lộc nợ lương 80 công nhân bốn tháng.",
]
ASIDE = [
    "Đội bóng phố núi thắng 2-0, lên đầu bảng.",
    "Giá vàng sáng nay giảm 300 nghìn đồng một chỉ.",
    "Ca sĩ Hồng Diễm ra mắt ca khúc mới về mùa thu.",
]


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues(ROOT / "data" / "cues.toml")


@pytest.fixture(scope="module")
def rows() -> list[Labelled]:
    return SEED[::6]


@pytest.fixture(scope="module")
def rights(cues: Cues, rows: list[Labelled]) -> RightsReader:
    return fit_rights(Material([], rows), Settings(), cues, 3)


@pytest.fixture(scope="module")
def kind(cues: Cues, rows: list[Labelled]) -> KindReader:
    return fit_kind(Material([], rows), Settings(), cues, 3)


def test_probabilities_have_one_row_a_text_and_one_column_a_name(rights: RightsReader, kind: KindReader) -> None:
    texts = ABOUT + ASIDE
    said = readers.read(rights, kind, texts)
    assert said.rights.shape == (6, len(RIGHTS))
    assert said.kind.shape == (6, len(KINDS))
    assert ((said.rights >= 0) & (said.rights <= 1)).all()
    assert np.allclose(said.kind.sum(axis=1), 1.0)


def test_reading_together_gives_what_each_reader_gives_alone(rights: RightsReader, kind: KindReader) -> None:
    said = readers.read(rights, kind, ABOUT)
    assert np.array_equal(said.rights, rights.predict_proba(ABOUT))
    assert np.array_equal(said.kind, kind.predict_proba(ABOUT))


def test_an_estimator_of_the_operators_own_serves_as_a_reader(kind: KindReader) -> None:
    class Always:
        def predict_proba(self, texts: list[str]) -> list[list[float]]:
            return [[0.25] * len(RIGHTS) for _ in texts]

    said = readers.read(Always(), kind, ABOUT)
    assert (said.rights == 0.25).all()
    assert np.array_equal(said.kind, kind.predict_proba(ABOUT))


def test_a_text_reads_the_same_alone_and_among_others(kind: KindReader) -> None:
    together = kind.predict_proba(ABOUT + ASIDE)
    alone = np.vstack([kind.predict_proba([text]) for text in ABOUT + ASIDE])
    assert np.allclose(together, alone, atol=1e-5)


def test_sentences_not_learned_from_are_told_apart(rights: RightsReader, kind: KindReader) -> None:
    held = [row for at, row in enumerate(SEED) if at % 6 == 3]
    about = [bool(row.rights) for row in held]
    claim = [row.kind == "claim" for row in held]
    said = readers.read(rights, kind, [row.text for row in held])
    assert roc_auc_score(about, said.rights.max(axis=1)) > 0.75
    assert roc_auc_score(claim, said.kind[:, 0]) > 0.85


def test_texts_without_diacritics_read_nearly_as_well(kind: KindReader) -> None:
    held = [row for at, row in enumerate(SEED) if at % 6 == 3]
    claim = [row.kind == "claim" for row in held]
    bare = roc_auc_score(claim, kind.predict_proba([fold(row.text) for row in held])[:, 0])
    assert bare > roc_auc_score(claim, kind.predict_proba([row.text for row in held])[:, 0]) - 0.06


@pytest.mark.parametrize("text", ["", " ", "😀", "\u200b", "a" * 50_000, "http://" + "." * 2000, "?!" * 5000, "\ud800"])
def test_any_text_gets_probabilities(rights: RightsReader, kind: KindReader, text: str) -> None:
    said = readers.read(rights, kind, [normalise(text), text])
    assert np.isfinite(said.rights).all()
    assert np.isfinite(said.kind).all()


def test_no_texts_give_no_rows(rights: RightsReader, kind: KindReader) -> None:
    said = readers.read(rights, kind, [])
    assert said.rights.shape == (0, 8)
    assert said.kind.shape == (0, 5)


def test_what_is_saved_is_read_back_bit_for_bit(rights: RightsReader, kind: KindReader, tmp_path: Path) -> None:
    rights_part.save(rights, tmp_path)
    kind_part.save(kind, tmp_path)
    assert len(list(tmp_path.iterdir())) == 5  # two each, and the cues that they share
    texts = ABOUT + ASIDE
    assert np.array_equal(rights_part.load(tmp_path).predict_proba(texts), rights.predict_proba(texts))
    assert np.array_equal(kind_part.load(tmp_path).predict_proba(texts), kind.predict_proba(texts))
    assert kind_part.load(tmp_path).claim_threshold_ == pytest.approx(kind.claim_threshold_, abs=1e-6)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2_000_000


def test_weights_side_by_side_say_what_each_says_alone_and_nothing_of_what_is_unknown(
    rights: RightsReader, kind: KindReader, cues: Cues
) -> None:
    grams = heads.read([*ABOUT, *ASIDE, ""], cues).grams
    one, two = rights.heads_, kind.heads_
    both = heads.Weights(one, two).of(grams)
    table = np.zeros((1 << BITS, 14))
    table[one.rows, :9] = one.table * one.scale.astype(np.float64)
    table[two.rows, 9:] = two.table * two.scale.astype(np.float64)
    assert both == pytest.approx(grams @ table, abs=1e-12)
    assert (heads.Weights(dataclasses.replace(one, rows=one.rows[:0], table=one.table[:0])).of(grams) == 0).all()


def test_rare_words_that_tell_are_learned_louder_than_those_that_stand_everywhere(cues: Cues) -> None:
    texts = [f"chuyện này {'bị' if at % 2 else 'được'} nói {'ra' * (at % 10 == 1)}" for at in range(60)]
    grams = heads.read(texts, cues).grams
    loud = heads._telling(grams, np.array([at % 2 == 1 for at in range(60)]))
    rows = {word: int(heads.read([word], cues).grams.indices[1]) for word in ("bị", "này")}  # after the edge: the word
    assert loud[rows["bị"]] > 2 * loud[rows["này"]]
    assert ((grams.data * loud[grams.indices]) ** 2).sum() == pytest.approx((grams.data**2).sum())


@pytest.mark.parametrize("told", [[5, 5], [-1, 3], [3, 1 << BITS], [3]])
def test_n_grams_that_do_not_fit_their_weights_are_refused(kind: KindReader, tmp_path: Path, told: list[int]) -> None:
    two = dataclasses.replace(kind.heads_, rows=np.array([3, 9]), table=kind.heads_.table[:2])
    kind_part.save(with_heads(kind, two), tmp_path)
    assert (kind_part.load(tmp_path).heads_.rows == [3, 9]).all()
    with np.load(tmp_path / "kind.npz") as stored:
        arrays = {**stored, "rows": np.diff(told, prepend=0)}
    np.savez_compressed(tmp_path / "kind.npz", **arrays)
    with pytest.raises(ModelRefused, match="n-grams don't fit"):
        kind_part.load(tmp_path)


def test_a_reader_that_lacks_what_a_later_version_keeps_may_be_trained_again(kind: KindReader, tmp_path: Path) -> None:
    kind_part.save(kind, tmp_path)
    path = tmp_path / "kind.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    del told["strength"]
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ModelRefused, match="lacks strength; restore it or train it again"):
        kind_part.load(tmp_path)


def with_heads(reader: KindReader, fitted: heads.Heads) -> KindReader:
    """The same reader with other heads."""
    other = KindReader(reader.cues, strength=reader.strength, kept=reader.kept, seed=reader.seed)
    other._keep(fitted, reader.classes_)
    other.claim_threshold_ = reader.claim_threshold_
    return other


@pytest.mark.parametrize(
    "damage",
    ["missing", "cut", "newer", "other_shape", "not_json", "no_threshold", "threshold_0", "words", "no_spread"],
)
def test_a_damaged_model_is_refused_in_one_sentence(kind: KindReader, tmp_path: Path, damage: str) -> None:
    kind_part.save(kind, tmp_path)
    arrays, told = tmp_path / "kind.npz", tmp_path / "kind.json"
    words = json.loads(told.read_text(encoding="utf-8"))
    if damage == "missing":
        arrays.unlink()
    elif damage == "cut":
        arrays.write_bytes(arrays.read_bytes()[:2000])
    elif damage in ("words", "no_spread"):
        with np.load(arrays) as stored:
            held = dict(stored)
        held |= {"scale": held["scale"].astype(str)} if damage == "words" else {"spread": held["spread"] * 0}
        np.savez(arrays, **held)
    elif damage == "not_json":
        told.write_text("{", encoding="utf-8")
    else:
        if damage == "newer":
            words["format"] = 99
        elif damage == "other_shape":
            words["cues"].pop(next(iter(words["cues"])))
        elif damage == "threshold_0":
            words["claim_threshold"] = 0.0
        else:
            del words["claim_threshold"]
        told.write_text(json.dumps(words), encoding="utf-8")
    with pytest.raises(ModelRefused) as refusal:
        kind_part.load(tmp_path)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("kind")


def test_one_readers_files_are_not_taken_for_the_others(rights: RightsReader, tmp_path: Path) -> None:
    rights_part.save(rights, tmp_path)
    for suffix in ("npz", "json"):
        shutil.move(tmp_path / f"rights.{suffix}", tmp_path / f"kind.{suffix}")
    with pytest.raises(ModelRefused):
        kind_part.load(tmp_path)


def test_too_few_texts_are_refused(kind: KindReader) -> None:
    with pytest.raises(ClassifierError, match="2 texts are the least"):
        KindReader(kind.cues).fit(["Xã Hòn Sỏi đóng trường."], ["claim"])


def test_an_n_gram_is_counted_once_a_text_however_often_it_stands_there(rows: list[Labelled], cues: Cues) -> None:
    reading = heads.read([f"{row.text} {row.text}" for row in rows], cues)
    once = heads.Reading(reading.grams.copy(), reading.cues)
    once.grams.sum_duplicates()
    assert once.grams.nnz < reading.grams.nnz
    targets = np.array([[row.kind == "claim"] for row in rows])
    lesson = heads.Lesson(targets, np.ones(len(rows)), np.zeros(len(rows), dtype=np.int64), cues.manner())
    one, other = (heads.fit_heads(each, lesson, c=1.0, seed=0) for each in (reading, once))
    assert (one.table == other.table).all()
    assert (one.cues == other.cues).all()


def test_what_is_surely_about_one_right_is_about_rights() -> None:
    quiet = np.full((1, 9), -2.0)
    loud = quiet.copy()
    loud[0, 4] = 3.0
    assert _gathered(loud)[0, 0] > _gathered(quiet)[0, 0]
    assert (_gathered(loud)[:, 1:] == loud[:, 1:]).all()


def test_a_threshold_is_half_of_the_best_f1_that_is_to_be_expected() -> None:
    assert rights_part._best_threshold(np.array([1.0, 1.0, 0.0, 0.0])) == 0.5  # sure: whatever lies between does
    assert rights_part._best_threshold(np.array([0.8, 0.4])) == pytest.approx(2 * 1.2 / (2 + 1.2) / 2)  # both named
    assert rights_part._best_threshold(np.zeros(0)) == rights_part._best_threshold(np.zeros(3)) == 0.05


def test_a_reader_keeps_the_n_grams_that_move_texts_most(cues: Cues) -> None:
    grams = heads.read(["bắt người", "bắt bớ", "thả người"], cues).grams
    table = np.zeros((1 << BITS, 1), dtype=np.float32)
    table[np.unique(grams.indices)] = 1.0
    kept = heads._moving(grams, table, 4)
    size = np.bincount(grams.indices, weights=grams.data**2, minlength=1 << BITS)
    assert len(kept) == 4
    assert (np.diff(kept) > 0).all()
    assert size[kept].min() >= np.sort(size)[-5]
    assert len(heads._moving(grams, table * 0, 4)) == 0


def test_codes_are_none_below_the_threshold_and_never_empty_above_it() -> None:
    limits = [0.5] * 8
    assert codes([0.29] * 8, limits, 0.3) == ()
    assert codes([0.31, 0, 0, 0, 0, 0, 0, 0], limits, 0.3) == ("CCPR",)
    assert codes([0.6, 0, 0.55, 0, 0.9, 0, 0, 0], limits, 0.3) == ("CCPR", "CEDAW", "CRC")


def test_a_claim_needs_its_threshold_and_more_than_any_protected_kind() -> None:
    assert kind_part.name([0.8, 0.1, 0.1, 0.0, 0.0], 0.7) == "claim"
    assert kind_part.name([0.69, 0.2, 0.11, 0.0, 0.0], 0.7) == "opinion"
    assert kind_part.name([0.45, 0.1, 0.45, 0.0, 0.0], 0.4) == "claim"
    assert kind_part.name([0.44, 0.1, 0.46, 0.0, 0.0], 0.4) == "testimony"


def test_readers_clone_as_scikit_learn_expects(cues: Cues) -> None:
    for reader in (RightsReader(cues, strength=2.0), KindReader(cues, kept=0.9)):
        assert {k: v for k, v in clone(reader, safe=False).get_params().items() if k != "cues"} == {
            k: v for k, v in reader.get_params().items() if k != "cues"
        }


def test_crossed_answers_know_nothing_of_a_texts_own_label(cues: Cues, rows: list[Labelled]) -> None:
    learned = fit_kind(Material([], rows), Settings(), cues, 3)
    before, apart = learned.crossed(), learned.apart_
    mine = apart.fold == 2
    turned = np.where(mine[:, None], np.roll(apart.targets, 1, axis=1), apart.targets)
    learned.apart_ = dataclasses.replace(apart, targets=turned)
    assert (learned.crossed()[mine] == before[mine]).all()
    assert (before == np.array([row.kind for row in rows])).mean() > 0.6


def test_wrong_labels_are_refused(cues: Cues) -> None:
    with pytest.raises(ClassifierError):
        RightsReader(cues).fit(["a b c"], np.zeros((1, 3), dtype=bool))
    with pytest.raises(ClassifierError):
        KindReader(cues).fit(["a b c"], ["rumour"])
    with pytest.raises(ClassifierError):
        fit_kind(Material([], [Labelled("một câu", None, ())]), Settings(), cues, 0)
    with pytest.raises(ClassifierError):
        fit_rights(Material([], [Labelled("một câu", "claim", None)]), Settings(), cues, 0)


def test_a_cue_is_found_with_and_without_diacritics_but_not_as_another_word() -> None:
    phrases = {
        "rights.CAT": ["tra tấn"],
        "rights.CCPR": ["bắt giữ trái luật"],
        "who.state": ["công an"],
        "what.harm": ["đánh"],
    }
    made = make_cues(phrases)
    texts = ["Công an phủ nhận tra tấn.", "cong an phu nhan tra tan", "Ông tra tân ngữ trong từ điển tiếng Anh."]
    slips = ["Bị bắt giử trái luật.", "Bị bat giữ trái luật."]
    found = heads.read([*texts, *slips], made).cues.toarray()
    assert found.shape == (5, made.width)
    assert (found[:, 0] > 0).tolist() == [True, True, False, False, False]
    assert (found[:, 1] > 0).tolist() == [False, False, False, True, True]


def test_whom_and_what_count_together_only_where_they_stand_near() -> None:
    from classifier.readers.cues import NEAR, cue_matrix
    from classifier.readers.grams import tokens

    made = make_cues({"who.child": ["cháu bé"], "who.woman": ["người vợ"], "what.harm": ["đánh"], "what.aid": ["giúp"]})
    between = " ".join(["rồi"] * (NEAR - 2))
    texts = [f"cháu bé {between} đánh", f"cháu bé {between} rồi đánh", "đánh người vợ rồi giúp người vợ", "", "rồi"]
    found = cue_matrix(texts, tokens(texts), made).toarray()
    met = found[:, 3 * len(made.names) :][:, :4]  # child and woman, each by aid and harm: names are in order
    assert np.expm1(met).round().astype(int).tolist() == [[0, 1, 0, 0], [0] * 4, [0, 0, 2, 2], [0] * 4, [0] * 4]


def test_readers_of_one_model_keep_their_cues_once_and_refuse_others(tmp_path: Path) -> None:
    from classifier.readers.cues import FILE, save_cues, stored_cues

    made = make_cues({"rights.CAT": ["tra tấn"]})
    told = save_cues(made, tmp_path)
    assert save_cues(made, tmp_path) == told
    assert stored_cues(tmp_path, told).source == made.source
    with pytest.raises(ClassifierError, match="share theirs"):
        save_cues(make_cues({"rights.CAT": ["nhục hình"]}), tmp_path)
    packed = (tmp_path / FILE).read_bytes()
    for damaged in (packed[:-9], packed[:9] + b"x" + packed[10:], b""):
        (tmp_path / FILE).write_bytes(damaged)
        with pytest.raises(ModelRefused, match="restore it"):
            stored_cues(tmp_path, told)
    (tmp_path / FILE).unlink()
    with pytest.raises(ModelRefused, match="restore it"):
        stored_cues(tmp_path, told)


def test_cue_files_that_are_not_as_described_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.toml"
    for text in (
        "[rights]\nCAT = 3\n",
        "rights = 'x'\n",
        "[rights\n",
        '[rights]\nCAT = "một hai ba bốn năm sáu bảy"\n',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ClassifierError):
            load_cues(path)


def test_a_correction_leaves_the_voices_that_ship_as_they_are_read():
    base = shipped("models", "default")
    before, voices = kind_part.load(base), load_voices(ROOT / "data")
    rows = [json.loads(line) for line in (ROOT / "data" / "gate" / "claims.told.jsonl").read_text().splitlines()]
    texts = [str(row["text"]) for row in rows]
    misread = [text for text, told in zip(texts, before.predict(texts), strict=True) if told == "opinion"][:12]
    told = [Labelled(text, "claim", None, 2.0, DECIDED) for text in misread]
    protected = [row.text for row in voices if row.kind == "opinion"][::4]

    def turned(beside: list[Labelled]) -> int:
        after = correct_kind(base, Material([], [*told, *beside], (), {}))
        assert "claim" in after.predict(misread)
        return int(((before.predict(protected) != "claim") & (after.predict(protected) == "claim")).sum())

    assert turned(voices) * 4 <= turned([])
