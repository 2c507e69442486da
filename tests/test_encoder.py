"""Readers on a sentence encoder: really run, on a tiny one made here, from fitting to the gate."""

import contextlib
import html
import json
import shutil
import subprocess
import sys
import warnings
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import ours
import pytest
import tomli
from filled import typed
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from typer.testing import Result

from classifier import exported
from classifier.errors import ClassifierError, ModelRefused
from classifier.evaluation import measuring
from classifier.files import sha256, shipped
from classifier.learning import probe
from classifier.learning.material import Material
from classifier.loading import load_model
from classifier.readers import both as readers
from classifier.readers.cues import FILE
from classifier.readers.encoder import Encoder, load_encoder
from classifier.readers.seeding import MEASURED, Labelled, load_seed
from classifier.scoring import Item, score
from pipeline import registry
from pipeline.home import Home
from pipeline.indexing import build_index
from pipeline.research import trials
from pipeline.store import open_store
from soi.probing import _place_of

SEED = load_seed(shipped("data", "seed.jsonl"))
TEXTS = [
    "Công an xã Bình Lộc tạm giữ ông Tạ Văn Hiển ba ngày không lập biên bản.",
    "Theo tôi, luật này quá nặng tay.",
    "Giá cà phê tăng.",
]
TINY = 'e5:"tiny"'  # a folder's name may hold what parts a module from its factory, and what ends a word of soi.toml
WIDTH = 128
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64


def tokenizer() -> Tokenizer:
    """Our own words, with marks at both ends, padded and cut as exports are."""
    words = sorted({word for row in SEED for word in row.text.lower().split()})
    known = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    made = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_padding(length=64)
    made.enable_truncation(512)
    return made


def graph(words: int, *, seed: int = 0, takes=("input_ids", "attention_mask"), rank: int = 3, by: float = 1):
    """Each token's row, with the masked mean of all added, through one layer."""
    chance = np.random.default_rng(seed)
    held = {
        "rows": chance.normal(size=(words, WIDTH)) * by, "turn": chance.normal(size=(WIDTH, WIDTH)) / WIDTH**0.5,
    }  # fmt: skip
    kept = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in held.items()]
    kept += [numpy_helper.from_array(np.array([axis]), name) for name, axis in (("last", 2), ("tokens", 1))]
    node = helper.make_node
    nodes = [
        node("Gather", ["rows", takes[0]], ["own"]),
        node("Cast", [takes[1]], ["flat"], to=FLOAT), node("Unsqueeze", ["flat", "last"], ["mask"]),
        node("Mul", ["own", "mask"], ["seen"]), node("ReduceSum", ["seen", "tokens"], ["sum"]),
        node("ReduceSum", ["mask", "tokens"], ["count"]), node("Div", ["sum", "count"], ["mean"]),
        node("Add", ["own", "mean"], ["both"]), node("MatMul", ["both", "turn"], ["turned"]),
        node("Tanh", ["turned"], ["last_hidden_state"]),
        node("ReduceMean", ["last_hidden_state", "tokens"], ["pooled"], keepdims=0),
    ]  # fmt: skip
    out = ("last_hidden_state", ["b", "t", WIDTH]) if rank == 3 else ("pooled", ["b", WIDTH])
    inputs = [helper.make_tensor_value_info(name, INT, ["b", "t"]) for name in takes]
    whole = helper.make_graph(nodes, "tiny", inputs, [helper.make_tensor_value_info(out[0], FLOAT, out[1])], kept)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def export(folder: Path, **how) -> Path:
    (folder / "onnx").mkdir(parents=True)
    words = tokenizer()
    words.save(str(folder / "tokenizer.json"))
    onnx.save(graph(words.get_vocab_size(), **how), str(folder / "onnx" / "model.onnx"))
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return export(tmp_path_factory.mktemp("home") / "encoders" / TINY)


@pytest.fixture(scope="module")
def material() -> Material:
    told = SEED[::2]
    judged = [Labelled(row.text, row.kind, row.rights, 1.0, MEASURED) for row in told[:400]]
    return Material([], [*judged, *told[400:]], (), {"ours": "0" * 64})


@pytest.fixture(scope="module")
def fitted(place, material) -> dict[str, Path]:
    found = {part: place.parents[1] / "readers" / part for part in probe.READERS}
    for part, folder in found.items():
        probe.fit(part, material, load_encoder(place), place, folder)
    return found


def test_a_text_has_the_same_numbers_alone_and_among_others(place):
    encoder = load_encoder(place)
    together = encoder.embed(TEXTS)
    assert together.shape == (3, WIDTH)
    assert all((encoder.embed([text])[0] == row).all() for text, row in zip(TEXTS, together, strict=True))


def test_they_are_the_masked_mean_over_a_padded_batch(place):
    encoder, words = load_encoder(place), tokenizer()
    read = words.encode_batch(TEXTS)
    ids, mask = (np.array([getattr(one, what) for one in read]) for what in ("ids", "attention_mask"))
    assert mask.sum() < mask.size
    (layer,) = encoder.session.run(None, {"input_ids": ids, "attention_mask": mask})
    mean = (layer * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    wanted = mean / np.linalg.norm(mean, axis=1, keepdims=True) * WIDTH**0.5
    assert np.abs(encoder.embed(TEXTS) - wanted).max() < 1e-6


def test_no_text_is_read_beyond_its_bound(place, monkeypatch):
    encoder = load_encoder(place)
    long = "quyền trẻ em " * 90_000
    assert (encoder.embed([long])[0] == encoder.embed([long[: exported.CHARACTERS]])[0]).all()
    lengths = []
    monkeypatch.setattr(Encoder, "layer", lambda _, ids: lengths.append(len(ids)) or np.ones((1, WIDTH)))
    encoder.embed([long, "a " * 500_000, "ạ" * 1_000_000, "a"])
    assert max(lengths) <= exported.TOKENS
    assert lengths[1] == exported.TOKENS


@pytest.mark.parametrize("text", ["", " ", "\ud800 quyền", "\x00", "\u0301" * 5000, "😡" * 3000])
def test_any_text_has_numbers(place, fitted, text):
    assert np.isfinite(load_encoder(place).embed([text])).all()
    for part, folder in fitted.items():
        p = probe.load(folder, part)[0].predict_proba([text])
        assert ((p >= 0) & (p <= 1)).all()


def test_a_text_without_tokens_is_zeros(place, tmp_path):
    bare = Path(shutil.copytree(place, tmp_path / "bare"))
    told = json.loads((bare / "tokenizer.json").read_text(encoding="utf-8"))
    (bare / "tokenizer.json").write_text(json.dumps(told | {"post_processor": None}), encoding="utf-8")
    assert not load_encoder(bare).embed([""]).any()


def test_readers_learn_what_texts_say(place, material, fitted):
    texts = [row.text for row in material.texts[:300]]
    about, speaks = (probe.load(fitted[part], part)[0] for part in probe.READERS)
    assert about.predict_proba(texts).shape == (300, 8)
    assert speaks.predict_proba(texts).sum(axis=1) == pytest.approx(np.ones(300))
    right = np.array([row.kind for row in material.texts[:300]]) == speaks.predict(texts)
    assert right.mean() > 0.6
    any_right = np.array([bool(row.rights) for row in material.texts[:300]])
    assert ((about.predict_proba(texts).max(axis=1) >= about.any_threshold_) == any_right).mean() > 0.7
    assert 0.5 <= speaks.claim_threshold_ <= 0.95


def test_the_encoder_stands_beside_what_the_shipped_readers_see(fitted):
    for part, folder in fitted.items():
        reader = probe.load(folder, part)[0]
        own = getattr(ours.model(), part).cues
        assert reader.cues.source.keys() > own.source.keys()
        assert reader.cues.width == own.width + WIDTH == len(reader.heads_.cues)
        seen = reader.cues.topical() if part == "rights" else reader.cues.manner()
        assert (reader.heads_.cues[seen == 0] == 0).all()
        assert all(len(weights) and weights.any() for weights in (reader.heads_.table, reader.heads_.cues[own.width :]))


def test_the_same_material_gives_the_same_bytes(place, material, fitted):
    again = fitted["kind"].with_name("kind2")
    probe.fit("kind", material, load_encoder(place), place, again)
    for name in ("kind.npz", "kind.json"):
        assert (again / name).read_bytes() == (fitted["kind"] / name).read_bytes()


def test_two_readers_on_one_encoder_read_a_text_once(fitted, monkeypatch):
    about, speaks = (probe.load(fitted[part], part)[0] for part in probe.READERS)
    assert about.cues.encoder is speaks.cues.encoder
    said = readers.read(about, speaks, TEXTS)
    assert (said.rights == about.predict_proba(TEXTS)).all()
    assert (said.kind == speaks.predict_proba(TEXTS)).all()
    mixed = readers.read(about, ours.model().kind, TEXTS)
    assert (mixed.rights == said.rights).all()


def test_a_link_to_nothing_beside_an_encoder_is_passed_over(place, fitted, tmp_path):
    own = Path(shutil.copytree(place, tmp_path / "encoders" / TINY))
    for name in ("README.md", "onnx/model.onnx_data"):
        (own / name).symlink_to(tmp_path / "gone")
    reader = Path(shutil.copytree(fitted["kind"], tmp_path / "readers" / "kind"))
    speaks, _ = probe.load(reader, "kind")
    assert (speaks.predict_proba(TEXTS) == probe.load(fitted["kind"], "kind")[0].predict_proba(TEXTS)).all()


def test_scores_are_the_same_alone_and_in_a_batch(fitted):
    model = load_model(shipped("models", "default"), parts={part: str(folder) for part, folder in fitted.items()})
    assert model.thresholds.claim == model.kind.claim_threshold_
    assert model.thresholds.rights == model.rights.any_threshold_
    index = build_index([], model)
    items = [Item(str(at), text) for at, text in enumerate(["", *TEXTS, "quyền trẻ em " * 9_000])]
    together = list(score(model, items, index=index))
    assert together == [next(score(model, [item], index=index)) for item in items]


def test_a_reader_is_measured_by_cross_validation_on_what_it_learned_from(place, material, fitted, tmp_path):
    rows = [
        {"id": str(at), "text": row.text, "kind": row.kind, "rights": list(row.rights or ())}
        for at, row in enumerate(material.texts[:100])
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    folder = fitted["kind"].with_name("judged")
    known = Material([], material.texts, (), {path.name: sha256(path)})
    card = probe.fit("kind", known, load_encoder(place), place, folder)
    model = load_model(shipped("models", "default"), parts={"kind": str(folder)})
    found = measuring.measure(model, [tmp_path])
    figures = {f"{one.part}/{one.what}/{one.slice}": one.figure.value for one in found.measures}
    crossed = card["figures"]["cross_validated"]
    assert {name: value for name, value in figures.items() if name.startswith("kind/")} == {
        name: one["value"] for name, one in crossed.items()
    }
    assert "rights/any_f1/all" in figures
    assert set(found.answers) == {"any_right@posts.jsonl"}


def edit(folder: Path, **told) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | told), encoding="utf-8")


@pytest.mark.parametrize(("harm", "said"), [
    (lambda reader, _: edit(reader, part="rights"), "holds no kind part"),
    (lambda reader, _: edit(reader, encoder="../nowhere"), "lacks model.onnx"),
    (lambda reader, _: edit(reader, reading="99"), "reading 99"),
    (lambda reader, _: (reader / "card.json").write_text("{"), "no readable card"),
    (lambda reader, _: (reader / "kind.npz").write_bytes(b"PK"), "isn't the file its card names"),
    (lambda reader, _: (reader / "kind.npz").unlink(), "lacks its file kind.npz"),
    (lambda reader, _: shutil.rmtree(reader), "There is no folder"),
    (lambda _, place: onnx.save(graph(tokenizer().get_vocab_size(), seed=1), str(place / "onnx" / "model.onnx")),
     "on another encoder or tokenizer"),
    (lambda _, place: (place / "tokenizer.json").write_text(tokenizer().to_str()), "on another encoder or tokenizer"),
    (lambda _, place: (place / "onnx" / "model.onnx_data").write_bytes(b"0"), "on another encoder or tokenizer"),
], ids=["part", "gone", "reading", "card", "bytes", "file", "folder", "weights", "words", "beside"])  # fmt: skip
def test_a_reader_that_cannot_be_trusted_is_refused_in_one_sentence(place, fitted, tmp_path, harm, said):
    own = Path(shutil.copytree(place, tmp_path / "encoders" / TINY))
    reader = Path(shutil.copytree(fitted["kind"], tmp_path / "readers" / "kind"))
    load_model(shipped("models", "default"), parts={"kind": str(reader)})
    harm(reader, own)
    with pytest.raises(ModelRefused, match=said) as refusal:
        load_model(shipped("models", "default"), parts={"kind": str(reader)})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(("harm", "said"), [
    (lambda place: (place / "onnx" / "model.onnx").unlink(), r"lacks model.onnx"),
    (lambda place: (place / "tokenizer.json").unlink(), r"lacks tokenizer.json"),
    (lambda place: (place / "tokenizer.json").write_text("{}"), r"can't be read"),
    (lambda place: (place / "onnx" / "model.onnx").write_bytes(b"no graph"), r"can't be read"),
], ids=["graph", "words", "bad words", "bad graph"])  # fmt: skip
def test_a_folder_without_an_encoder_is_refused(place, tmp_path, harm, said):
    own = Path(shutil.copytree(place, tmp_path / "tiny"))
    harm(own)
    with pytest.raises(ModelRefused, match=said):
        load_encoder(own)


@pytest.mark.parametrize("how", [{"takes": ("input_ids", "labels")}, {"takes": ("ids", "attention_mask")}, {"rank": 2}])
def test_a_graph_that_is_no_encoder_is_refused(tmp_path, how):
    with pytest.raises(ModelRefused, match="export a sentence encoder"):
        load_encoder(export(tmp_path / "tiny", **how))


def test_a_graph_that_lacks_a_word_of_its_tokenizer_is_refused(place, tmp_path):
    own = Path(shutil.copytree(place, tmp_path / "tiny"))
    onnx.save(graph(tokenizer().get_vocab_size() - 1), str(own / "onnx" / "model.onnx"))
    with pytest.raises(ModelRefused, match="export a sentence encoder"):
        load_encoder(own)


def test_without_the_extra_one_sentence_says_what_to_install(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelRefused, match=r"pip install '\.\[neural\]'"):
        load_encoder(place)


def test_no_other_part_can_be_read_and_nothing_is_fitted_over(place, material, fitted):
    encoder = load_encoder(place)
    with pytest.raises(ClassifierError, match="rights, kind, verdict, not stance"):
        probe.fit("stance", material, encoder, place, fitted["kind"].with_name("v"))
    with pytest.raises(ClassifierError, match="give another --name"):
        probe.fit("kind", material, encoder, place, fitted["kind"])


def test_one_whose_numbers_are_not_finite_is_not_fitted(material, tmp_path):
    place = export(tmp_path / "tiny", by=np.nan)
    with pytest.raises(ModelRefused, match=r"for (\d+) of \1 texts"):
        probe.fit("kind", material, load_encoder(place), place, tmp_path / "kind")
    assert not (tmp_path / "kind").exists()


def test_nothing_of_it_is_loaded_unless_used():
    code = (
        "import sys; from classifier.loading import load_model; from classifier.files import shipped; import soi.front;"
        "soi.front.app(); load_model(shipped('models', 'default'));"
        "sys.exit(bool({'onnxruntime', 'tokenizers', 'classifier.learning.probe'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def home(place, learns_little) -> Home:
    """A home whose kind is read by a probe that the command fitted, on texts of a corpus and on what ships."""
    root = place.parents[1]
    rows = [json.dumps({"text": text, "kind": "claim", "rights": ["CCPR"]}) for text in TEXTS]
    (root / "labels").mkdir()
    (root / "labels" / "posts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    ran = typed(Home(root), "probe", place, "--part", "kind", "--data", root / "labels")
    assert ran.exit_code == 0, ran.output
    (root / "soi.toml").write_text(ran.stdout[ran.stdout.index("[parts]") :], encoding="utf-8")
    return Home(root)


@pytest.mark.parametrize("name", ["../ngoai", ".."])
def test_a_reader_stands_in_readers_and_nowhere_else(place, name):
    asked = typed(Home(place.parents[1]), "probe", place, "--part", "kind", "--name", name)
    assert "no name of a folder" in str(asked.exception)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", ("into soi.toml", "[parts]\n")),
        ('[research]\ndata = ["""\n[parts]\n"""]\n', ("into soi.toml", "[parts]\n")),
        ('["parts"] # của tôi\nverdict = "readers/v"\n', ("under [parts] of soi.toml", "")),
        ('parts.kind = "readers/k"\n', ("in place of kind in [parts] of soi.toml", "")),
    ],
)
def test_a_part_is_put_where_toml_takes_it(written, told):
    assert _place_of("kind", tomli.loads(written)) == told


def test_what_the_command_prints_is_all_that_soi_toml_needs(home, judged_by_little, tmp_path, monkeypatch):
    card = json.loads((home.root / "readers" / f"{TINY}-kind" / "card.json").read_text(encoding="utf-8"))
    assert sorted(card["files"]) == [FILE, "kind.json", "kind.npz", "learned.npz"]
    assert home.parts == {"kind": str(home.root / "readers" / f"{TINY}-kind")}
    monkeypatch.chdir(tmp_path)
    scored = typed(home, "score", "--stdin", given=json.dumps({"id": "a", "text": TEXTS[0]}) + "\n")
    assert json.loads(scored.output)["id"] == "a"
    reader = trials.load_model(shipped("models", "default"), parts=home.parts).kind
    assert reader.cues.encoder.width == WIDTH
    far = typed(home, "score", "--cluster", "tcp://127.0.0.1:1")
    assert "score without --cluster" in str(far.exception)
    seen = typed(home, "inspect")
    assert seen.exit_code == 0, seen.output
    assert "What the kind reader goes by" not in seen.output


def test_a_reader_fitted_anew_under_its_name_passes_the_gate_anew(fitted, tmp_path):
    place, reader = Home(tmp_path), shutil.copytree(fitted["kind"], tmp_path / "readers" / "k")
    place.settings_file.write_text('[parts]\nkind = "readers/k"\n', encoding="utf-8")
    with contextlib.closing(open_store(place.database)) as db:
        registry.promote(place, db, "default")
        assert registry.unpassed(place, db, "default") == ""
        (reader / "more.json").write_text("{}", encoding="utf-8")
        card = json.loads((reader / "card.json").read_text(encoding="utf-8"))
        card["files"]["more.json"] = sha256(reader / "more.json")
        (reader / "card.json").write_text(json.dumps(card), encoding="utf-8")
        assert "hasn't passed the gate as it is now with kind = readers/k" in registry.unpassed(place, db, "default")


@pytest.fixture(scope="module")
def judged(home, judged_by_little, tmp_path_factory) -> Result:
    """What the gate says of a model whose kind is read by the probe."""
    rows = [json.dumps({"id": str(at), "text": text, "kind": "claim", "rights": []}) for at, text in enumerate(TEXTS)]
    on = tmp_path_factory.mktemp("on")
    (on / "posts-again.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with warnings.catch_warnings():  # the mean over a kind that none of three texts is
        warnings.simplefilter("ignore", RuntimeWarning)
        return typed(home, "evaluate", "--on", on)


def test_the_gate_measures_the_probe_and_lets_it_be_judged_by_nothing_it_learned_from(judged):
    assert f"FAILS: 3 of the 3 texts of posts-again.jsonl are texts that {TINY}-kind learned from" in judged.output
    assert judged.exit_code == 1


def test_a_report_names_the_probe_that_stood_in_place_and_shows_the_thresholds_that_counted(home, judged):
    name = f"Model default with kind by readers/{TINY}-kind"
    assert name in judged.output
    report = home.root / "data" / "evaluations" / "default"
    counted = trials.load_model(shipped("models", "default"), parts=home.parts).thresholds
    assert counted.claim != ours.model().thresholds.claim, "else this proves nothing"
    for form, threshold in (("md", f"| claim | {counted.claim:.4g} |"), ("html", f"<td>{counted.claim:.4g}</td>")):
        card = html.unescape((report / f"card.{form}").read_text(encoding="utf-8"))
        assert name in card
        assert threshold in card
    told = json.loads((report / "evaluation.json").read_text(encoding="utf-8"))
    assert told["thresholds"] == asdict(counted)
