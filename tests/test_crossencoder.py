"""A verdict on a cross-encoder for natural language inference: really run, on a tiny one made here that knows what no
wording tells."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import ours
import pytest
from filled import typed
from onnx import TensorProto, helper, numpy_helper
from test_encoder import edit
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from classifier.entailment import crossencoder, verdict
from classifier.entailment.crossencoder import INFERENCES, load_cross_encoder
from classifier.entailment.verdict import LABELS
from classifier.errors import ClassifierError, ModelRefused
from classifier.exported import TOKENS
from classifier.files import shipped
from classifier.learning import material, probe
from classifier.learning.material import Material, PairRow, Settings
from classifier.loading import load_model
from classifier.scoring import Item, score
from pipeline.home import Home
from pipeline.indexing import build_index
from pipeline.research import datasets

FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64
SMALL = Settings(law_pairs=0, meaning_pairs=100, rounds=20, grown=10)
# of two invented words of one sense one entails the other, of two of opposite senses each contradicts the other
SENSES = {f"{a}{b}{c}": 1 if at % 2 else -1
          for at, (a, b, c) in enumerate((a, b, c) for a in "bdgkmpr" for b in ("uru", "olo", "ima", "ezo", "ati")
                                         for c in ("f", "j", "w", "z", "x", "k"))}  # fmt: skip
WORDS = sorted(SENSES)
CLAIM, EVIDENCE = "Xã Suối Mây được gọi là {} theo luật mới.", "Luật mới gọi xã Suối Mây là {}."


def tokenizer(*, most: int = 512) -> Tokenizer:
    """Pairs with a mark between them, the second of another type, padded and cut as exports are."""
    plain = sorted({word for text in (CLAIM, EVIDENCE) for word in text.lower().rstrip(".").split()} - {"{}"})
    known = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *plain, *WORDS])}
    made = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace()])
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_padding(length=64)
    made.enable_truncation(most)
    return made


def graph(words: Tokenizer, *, by: float = 8.0, outputs: int = 3, types: str = "token_type_ids"):
    """The sense of a pair's first text times that of its second: (entailment, contradiction, neutral)."""
    senses = np.zeros(words.get_vocab_size(), dtype=np.float32)
    for word, sense in SENSES.items():
        senses[words.token_to_id(word)] = sense
    signs = np.array([[by, -by, 0.0][:outputs]], dtype=np.float32)
    kept = [numpy_helper.from_array(value, name) for name, value in (
        ("senses", senses), ("signs", signs), ("one", np.array(1, dtype=np.float32)), ("tokens", np.array([1])),
    )]  # fmt: skip
    node = helper.make_node
    nodes = [
        node("Gather", ["senses", "input_ids"], ["said"]),
        node("Cast", ["attention_mask"], ["mask"], to=FLOAT), node("Mul", ["said", "mask"], ["seen"]),
        node("Cast", [types], ["second"], to=FLOAT), node("Sub", ["one", "second"], ["first"]),
        node("Mul", ["seen", "first"], ["premise"]), node("Mul", ["seen", "second"], ["hypothesis"]),
        node("ReduceSum", ["premise", "tokens"], ["p"]), node("ReduceSum", ["hypothesis", "tokens"], ["h"]),
        node("Mul", ["p", "h"], ["alike"]), node("MatMul", ["alike", "signs"], ["logits"]),
    ]  # fmt: skip
    inputs = [helper.make_tensor_value_info(name, INT, ["b", "t"]) for name in ("input_ids", "attention_mask", types)]
    whole = helper.make_graph(
        nodes, "tiny", inputs, [helper.make_tensor_value_info("logits", FLOAT, ["b", outputs])], kept
    )
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def export(folder: Path, *, labels=("ENTAILMENT", "Contradiction", "neutral"), most: int = 512, **how) -> Path:
    folder.mkdir(parents=True)
    words = tokenizer(most=most)
    words.save(str(folder / "tokenizer.json"))
    onnx.save(graph(words, **how), str(folder / "model.onnx"))
    told = {"id2label": {str(at): name for at, name in enumerate(labels)}}
    (folder / "config.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def pairs(words: list[str], n: int, *, seed: int = 0) -> list[PairRow]:
    """Pairs whose label hangs on the senses of two words that the texts don't share; every fifth on nothing."""
    chance, found = np.random.default_rng(seed), []
    for at in range(n):
        one, two = chance.choice(words, size=2, replace=False)
        label = "supported" if SENSES[one] == SENSES[two] else "refuted"
        evidence, article = EVIDENCE.format(two), f"bài {two}"
        if at % 5 == 0:
            label, evidence = "not_enough_info", f"Luật mới gọi xã Suối Mây là nơi yên tĩnh thứ {at}."
            article = f"bài {at % 60}"
        found.append(PairRow(CLAIM.format(one), evidence, label, article))
    return found


TAUGHT, ASKED = (
    pairs(WORDS[::2], 250),
    [row for row in pairs(WORDS[1::2], 150, seed=1) if "yên tĩnh" not in row.evidence],
)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return export(tmp_path_factory.mktemp("home") / "encoders" / "tiny")


@pytest.fixture(scope="module")
def folder(place) -> Path:
    into = place.parents[1] / "readers" / "tiny-verdict"
    probe.fit("verdict", Material(TAUGHT, ()), load_cross_encoder(place), place, into, settings=SMALL)
    return into


def right(model: verdict.VerdictModel) -> float:
    """Of pairs of words that it never saw, the share that it labels rightly."""
    said = model.predict_proba([(row.claim, row.evidence) for row in ASKED]).argmax(axis=1)
    return float(np.mean([LABELS[one] == row.label for one, row in zip(said, ASKED, strict=True)]))


def test_a_verdict_learns_what_the_cross_encoder_knows_and_no_wording_tells(folder):
    model, card = probe.load(folder, "verdict")
    assert right(model) > 0.95
    assert card["figures"]["out_of_fold"]["macro_f1"]["value"] > 0.9
    assert [one.name for one in model.extras] == ["rights", crossencoder.GROUP]
    alone = verdict.train(
        [(row.claim, row.evidence) for row in TAUGHT], [row.label for row in TAUGHT], vectors=model.vectors, seed=0,
        articles=[row.article for row in TAUGHT], rounds=SMALL.rounds, grown=SMALL.grown,
    )  # fmt: skip
    assert right(alone) < 0.7


def test_a_pair_has_the_same_answer_alone_and_among_others(folder):
    model, _ = probe.load(folder, "verdict")
    asked = [(row.claim, row.evidence) for row in ASKED[:20]]
    together = model.predict_proba(asked)
    assert all((model.predict_proba([one])[0] == row).all() for one, row in zip(asked, together, strict=True))


def test_it_stands_for_the_versions_own_with_its_thresholds(folder):
    model = load_model(shipped("models", "default"), parts={"verdict": str(folder)})
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    limits = model.thresholds
    assert {"refuted": limits.refuted, "supported": limits.supported} == card["thresholds"]
    assert limits.claim == ours.model().thresholds.claim
    assert model.card_of("verdict") == card
    index = build_index([], model)
    items = [Item(str(at), row.claim) for at, row in enumerate(ASKED[:5])]
    together = list(score(model, items, index=index))
    assert together == [next(score(model, [item], index=index)) for item in items]


def test_the_same_pairs_give_the_same_bytes(place, folder):
    again = folder.with_name("again")
    probe.fit("verdict", Material(TAUGHT, ()), load_cross_encoder(place), place, again, settings=SMALL)
    for name in (verdict.FILE, "meaning.npz"):
        assert (again / name).read_bytes() == (folder / name).read_bytes()


def test_outputs_are_put_in_order_by_their_labels(place, tmp_path):
    same, other, *_ = (word for word in WORDS if SENSES[word] == 1)
    against = next(word for word in WORDS if SENSES[word] == -1)
    for told in (load_cross_encoder(place), load_cross_encoder(
        export(tmp_path / "turned", labels=("contradiction", "entailment", "neutral"), by=-8.0))):  # fmt: skip
        assert INFERENCES[told.infer(EVIDENCE.format(same), CLAIM.format(other)).argmax()] == "entailment"
        assert INFERENCES[told.infer(EVIDENCE.format(same), CLAIM.format(against)).argmax()] == "contradiction"
        assert INFERENCES[told.infer(EVIDENCE.format(same), "Trời mưa.").argmax()] == INFERENCES[0]  # nothing is equal


@pytest.mark.parametrize("text", ["", " ", "\ud800 quyền", "\x00", "\u0301" * 5000, "😡" * 3000, "ạ " * 500_000])
def test_any_two_texts_have_finite_features(place, text):
    encoder = load_cross_encoder(place)
    for one, two in ((text, CLAIM), (CLAIM, text), (text, text)):
        assert np.isfinite(encoder.infer(one, two)).all()
    rows = encoder.group().compare(text, CLAIM)
    assert rows.shape == (len(crossencoder.FEATURES),)


def test_one_that_overflows_says_nothing(tmp_path):
    encoder = load_cross_encoder(export(tmp_path / "tiny", by=np.inf))
    assert encoder.infer(EVIDENCE.format(WORDS[0]), CLAIM.format(WORDS[1])) == pytest.approx([np.log(1 / 3)] * 3)


def test_no_pair_is_read_beyond_its_bound(place, monkeypatch):
    lengths = []
    encoder = load_cross_encoder(place)
    monkeypatch.setattr(
        crossencoder.CrossEncoder, "logits", lambda _, ids, types: lengths.append((len(ids), sum(types))) or np.zeros(3)
    )
    long = "luật mới " * 300_000
    for one, two in ((long, long), (long, CLAIM), (CLAIM, long)):
        encoder.infer(one, two)
    assert all(n == TOKENS for n, _ in lengths)
    assert all(0 < second < TOKENS for _, second in lengths)  # both are read of


@pytest.mark.parametrize(("labels", "said"), [
    (("LABEL_0", "LABEL_1", "LABEL_2"), "which neutral"), (("entailment", "not_entailment"), "which neutral"),
    (("entailment", "neutral", "neutral"), "id2label"),
])  # fmt: skip
def test_one_that_does_not_say_what_its_outputs_are_is_refused(tmp_path, labels, said):
    with pytest.raises(ModelRefused, match=said):
        load_cross_encoder(export(tmp_path / "tiny", labels=labels))


@pytest.mark.parametrize("harm", [
    lambda place: (place / "config.json").unlink(), lambda place: (place / "config.json").write_text("[" * 99_999),
    lambda place: (place / "config.json").write_text('{"id2label": ["a"]}'),
], ids=["gone", "deep", "list"])  # fmt: skip
def test_a_config_that_cannot_be_read_is_refused(tmp_path, harm):
    place = export(tmp_path / "tiny")
    harm(place)
    with pytest.raises(ModelRefused, match=r"config.json in .* doesn't say"):
        load_cross_encoder(place)


@pytest.mark.parametrize("how", [{"outputs": 2}, {"types": "labels"}])
def test_a_graph_that_is_no_cross_encoder_is_refused(tmp_path, how):
    with pytest.raises(ModelRefused, match="natural language inference"):
        load_cross_encoder(export(tmp_path / "tiny", **how))


@pytest.mark.parametrize(("harm", "said"), [
    (lambda reader, _: edit(reader, part="kind"), "holds no verdict part"),
    (lambda reader, _: edit(reader, thresholds={"refuted": "viel"}), "is damaged"),
    (lambda reader, _: edit(reader, thresholds={"refuted": 0.2}), "likelier not"),
    (lambda reader, _: (reader / "vectors.npz").unlink(), "lacks its file vectors.npz"),
    (lambda _, place: onnx.save(graph(tokenizer(), by=7.0), str(place / "model.onnx")), "on another encoder"),
    (lambda _, place: (place / "config.json").write_text(
        json.dumps({"id2label": {"0": "neutral", "1": "contradiction", "2": "entailment"}})), "on another encoder"),
], ids=["part", "threshold", "loose", "file", "weights", "labels"])  # fmt: skip
def test_a_verdict_that_cannot_be_trusted_is_refused_in_one_sentence(place, folder, tmp_path, harm, said):
    own = Path(shutil.copytree(place, tmp_path / "encoders" / "tiny"))
    reader = Path(shutil.copytree(folder, tmp_path / "readers" / "verdict"))
    load_model(shipped("models", "default"), parts={"verdict": str(reader)})
    harm(reader, own)
    with pytest.raises(ModelRefused, match=said) as refusal:
        load_model(shipped("models", "default"), parts={"verdict": str(reader)})
    assert "\n" not in str(refusal.value)


def test_pairs_of_one_label_that_are_all_of_one_article_teach_none(place, tmp_path):
    told = [replace(row, article="một bài") if row.label == "refuted" else row for row in TAUGHT[:80]]
    with pytest.raises(ClassifierError, match="The pairs labelled refuted are of one article or few"):
        probe.fit("verdict", Material(told, ()), load_cross_encoder(place), place, tmp_path / "verdict", settings=SMALL)
    told = [replace(row, article="một bài") for row in told]
    with pytest.raises(ClassifierError, match="A verdict needs pairs of 5 articles or more; these are of 1"):
        probe.fit("verdict", Material(told, ()), load_cross_encoder(place), place, tmp_path / "verdict", settings=SMALL)


def test_too_few_pairs_teach_no_verdict(place, tmp_path):
    with pytest.raises(ClassifierError, match="at least 5 pairs of each label"):
        probe.fit("verdict", Material(TAUGHT[:6], ()), load_cross_encoder(place), place, tmp_path / "verdict")
    assert not (tmp_path / "verdict").exists()


def test_the_command_fits_one_and_what_it_prints_is_all_that_soi_toml_needs(place, learns_little, monkeypatch):
    root = place.parents[1]
    table = root / "pairs.jsonl"
    told = [{"cau": row.claim, "tin": row.evidence, "nhan": row.label} for row in TAUGHT]
    table.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    about = {"use": "verdict", "means": "do chúng tôi gán", "licence": "MIT"}
    names = {"text": "cau", "evidence": "tin", "label": "nhan"}
    datasets.import_set(root / "sets", table, datasets.generic("thu", names, {one: one for one in LABELS}, about))
    home = Home(root)
    monkeypatch.setattr(material, "Settings", lambda **_: SMALL)
    ran = typed(home, "probe", place, "--part", "verdict", "--name", "typed", "--data", root / "sets" / "thu")
    assert ran.exit_code == 0, ran.output
    assert "out of fold" in ran.stdout
    (root / "soi.toml").write_text(ran.stdout[ran.stdout.index("[parts]") :], encoding="utf-8")
    asked = {"id": "a", "claim": ASKED[0].claim, "evidence": ASKED[0].evidence}
    told = typed(home, "verify", "--stdin", given=json.dumps(asked, ensure_ascii=False) + "\n")
    p = json.loads(told.output)["p"]
    assert max(p, key=p.get) == ASKED[0].label
