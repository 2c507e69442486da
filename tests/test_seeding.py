"""What the readers learn from is ours, varied, and read from files that say what they are."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from classifier import files
from classifier.errors import ClassifierError, NotUnpacked
from classifier.policy import KINDS, RIGHTS
from classifier.readers import lawtalk, seeding
from classifier.readers.seeding import (
    CONTRASTED,
    EVERYDAY,
    OWN,
    READ,
    RETOLD_COUNT,
    VOICED,
    Labelled,
    digest,
    gather,
    labelled,
    load_contrasts,
    load_everyday,
    load_measured,
    load_readings,
    load_seed,
    load_voices,
    news,
    public_texts,
)

DATA = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def voices() -> list[Labelled]:
    return load_voices(DATA)


@pytest.fixture(scope="module")
def contrasts() -> list[Labelled]:
    return load_contrasts(DATA / "contrasts.jsonl")


@pytest.fixture(scope="module")
def everyday() -> list[Labelled]:
    return load_everyday(DATA / "everyday.jsonl")


def test_the_seed_holds_every_kind_and_every_code_many_times() -> None:
    rows = load_seed(DATA / "seed.jsonl")
    assert len(rows) >= 1000
    kinds = Counter(row.kind for row in rows)
    rights = Counter(code for row in rows for code in row.rights or ("none",))
    assert min(kinds[name] for name in KINDS) >= 40
    assert min(rights[code] for code in (*RIGHTS, "none")) >= 40
    assert {row.part for row in rows} == {OWN}


def test_no_sentence_of_the_seed_stands_twice() -> None:
    names = Counter(digest(row.text) for row in load_seed(DATA / "seed.jsonl"))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_digest_survives_case_diacritics_and_punctuation_and_nothing_else() -> None:
    assert digest("Công an xã, tạm giữ ông Hai!") == digest("cong an xa tam giu ong hai")
    assert digest("tạm giữ 3 ngày") != digest("tạm giữ 9 ngày")


def test_readings_are_joined_to_the_texts_they_name_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    known = "Xã Bình Tân có cầu mới."
    rows = [
        {"digest": digest(known), "kind": "claim", "rights": []},
        {"digest": "0" * 16, "kind": "claim", "rights": ["CRC"]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = load_readings(path, ["Một câu khác.", known, known], weight=0.5)
    assert [(row.text, row.kind, row.rights, row.weight, row.part) for row in found] == [
        (known, "claim", (), 0.5, READ)
    ]


def test_our_readings_hold_no_text() -> None:
    for line in (DATA / "readings.jsonl").read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"digest", "kind", "rights"}


def test_gathering_leaves_out_what_is_measured_and_unsays_disputed_rights(learns_little: Path, tmp_path: Path) -> None:
    rows = [
        {"text": "Xã Đồng Mơ có trạm y tế mới.", "kind": "claim", "rights": ["CESCR"], "rights_disputed": []},
        {"text": "Hay quá!", "kind": None, "rights": [], "rights_disputed": ["CRC"]},
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = gather(learns_little, measured=path)
    assert [(row.kind, row.rights, row.part) for row in found[:2]] == [("claim", ("CESCR",), 0), (None, None, 0)]
    ours = [
        *load_seed(learns_little / "seed.jsonl"),
        *load_voices(learns_little),
        *load_contrasts(learns_little / "contrasts.jsonl"),
        *load_everyday(learns_little / "everyday.jsonl"),
    ]
    assert len(found) == 2 + len(ours) + RETOLD_COUNT


def test_as_many_voices_as_claims_speak_of_the_same_rights_and_none_is_a_claim(voices: list[Labelled]) -> None:
    claims = [row for row in voices if row.kind == "claim"]
    others = [row for row in voices if row.kind != "claim"]
    assert 0.8 < len(claims) / len(others) < 1.2
    assert Counter(row.kind for row in others).keys() == {"opinion", "testimony", "question"}
    assert {code for row in others for code in row.rights or ()} == set(RIGHTS)
    assert {row.part for row in voices} == {VOICED}
    assert len({digest(row.text) for row in others}) == len(others)


def test_a_contrast_set_parts_claims_from_opinions_in_every_voice(contrasts: list[Labelled]) -> None:
    rows = [json.loads(line) for line in (DATA / "contrasts.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = Counter(row.kind for row in contrasts)
    assert kinds.keys() == {"claim", "opinion"}
    assert kinds["claim"] >= kinds["opinion"] >= 2 * len(rows)
    assert {row.part for row in contrasts} == {CONTRASTED}
    assert len({digest(row.text) for row in contrasts}) == len(contrasts)
    labels = Counter(row["label"] for row in rows)
    assert abs(labels["supported"] - labels["refuted"]) < 10
    assert {code for row in contrasts for code in row.rights or ()} == set(RIGHTS)


def test_of_a_matter_people_claim_two_things_and_say_three_that_are_no_claim(everyday: list[Labelled]) -> None:
    kinds = Counter(row.kind for row in everyday)
    assert kinds.keys() == {"claim", "opinion", "question", "testimony"}
    assert abs(kinds["claim"] / len(everyday) - 2 / 5) < 0.01
    assert {(row.part, row.rights) for row in everyday} == {(EVERYDAY, None)}
    assert len({digest(row.text) for row in everyday}) == len(everyday)
    of_matter = Counter(row.matter for row in everyday)
    assert set(of_matter.values()) <= {4, 5}


def test_retold_laws_differ_and_come_again_from_the_same_seed() -> None:
    told = lawtalk.sentences(100, seed=4)
    assert told == lawtalk.sentences(100, seed=4)
    assert len({text for text, _ in told}) == 100
    assert {code for _, code in told} == set(RIGHTS)
    assert all("{" not in text for text, _ in told)


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "claim", "rights": []},
        {"text": "x", "kind": "rumour", "rights": []},
        {"text": "x", "kind": "claim", "rights": ["XX"]},
        {"text": "x", "kind": "claim", "rights": "CRC"},
        {"text": "x", "kind": "claim", "rights": [["CRC"]]},
    ],
)
def test_a_row_that_is_not_as_described_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ClassifierError):
        labelled(row)


def test_a_measured_line_that_is_not_as_described_is_named(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    rows = [{"text": "x", "kind": "claim", "rights": ["XX"], "rights_disputed": True}, {"text": "x", "kind": "rumour"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"posts.jsonl, line 2: a row needs a text"):
        load_measured(path)


def test_a_line_that_lacks_what_its_file_needs_is_named(tmp_path: Path) -> None:
    readings, pairs = tmp_path / "readings.jsonl", tmp_path / "pairs.jsonl"
    readings.write_text('{"kind": "claim", "rights": []}\n', encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"^readings\.jsonl, line 1: lacks digest\."):
        load_readings(readings, [])
    pairs.write_text('{"claim": "x", "passage": "0", "label": "supported"}\n', encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"^pairs\.jsonl, line 1: lacks rights\."):
        load_voices(tmp_path)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seed.jsonl"
    path.write_text('{"text": "x", "kind": "other", "rights": []}\n{"text"\n', encoding="utf-8")
    with pytest.raises(ClassifierError, match="line 2"):
        load_seed(path)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "datasets").exists(), reason="needs ../shared/datasets")
def test_no_sentence_of_ours_stands_in_the_measuring_sets(
    voices: list[Labelled], contrasts: list[Labelled], everyday: list[Labelled]
) -> None:
    ours = {digest(row.text) for row in (*load_seed(DATA / "seed.jsonl"), *voices, *contrasts, *everyday)}
    for name in ("posts", "protected", "claims", "mirror", "obfuscated"):
        for line in (SHARED / "gold" / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts = [row[key] for key in ("text", "a", "b", "clean", "noisy") if key in row]
            assert not ours & {digest(text) for text in texts}


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "datasets").exists(), reason="needs ../shared/datasets")
def test_most_readings_find_their_public_text() -> None:
    names = {json.loads(line)["digest"] for line in (DATA / "readings.jsonl").read_text(encoding="utf-8").splitlines()}
    texts = list(public_texts(SHARED / "datasets"))[-20_000:]  # the comments, posts and claims; news are too many
    assert len(names & {digest(text) for text in texts}) > 500


def test_a_share_is_drawn_before_anything_is_read(monkeypatch):
    read = []
    monkeypatch.setattr(seeding.spelling, "meant", lambda text: read.append(text) or text)
    found = seeding.gather(DATA, share=0.01, seed=3)
    assert 100 < len(found) == len(read) < 450
    assert found == seeding.gather(DATA, share=0.01, seed=3)


ITEM = json.dumps({"title": "Xã Suối Mây có lớp học buổi tối", "summary": "Lớp dành cho 40 người."}).encode()


def test_news_that_are_damaged_endless_or_lack_a_summary_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.jsonl.gz"
    packed = gzip.compress(ITEM + b"\n" + ITEM)
    path.write_bytes(packed)
    assert [title for title, _ in news(tmp_path)] == ["Xã Suối Mây có lớp học buổi tối"] * 2
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(NotUnpacked, match=r"^news\.jsonl\.gz is no whole gzip file"):
        list(news(tmp_path))
    for wrong in (b'{"title": "M"}', b'{"title": "M", "summary": null}', b'{"title": 7, "summary": "M"}'):
        path.write_bytes(gzip.compress(ITEM + b"\n" + wrong))
        with pytest.raises(ClassifierError, match=r"^news\.jsonl\.gz, line 2: isn't a news item with its title and s"):
            list(news(tmp_path))
    path.write_bytes(gzip.compress(ITEM + b"\n{"))
    with pytest.raises(ClassifierError, match=r"^news\.jsonl\.gz, line 2: isn't a JSON object"):
        list(public_texts(tmp_path))
    path.write_bytes(packed)
    monkeypatch.setattr(files, "UNPACKED", len(ITEM))
    with pytest.raises(NotUnpacked, match="unpack it first"):
        list(news(tmp_path))


def test_a_public_set_that_is_damaged_or_lacks_its_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "victsd.csv.gz"
    packed = gzip.compress(b"text,label\nM\xe1\xbb\x99t.,0\n")
    path.write_bytes(packed)
    assert list(public_texts(tmp_path)) == ["Một."]
    path.write_bytes(packed[:-9])
    with pytest.raises(NotUnpacked, match=r"^victsd\.csv\.gz is no whole gzip file"):
        list(public_texts(tmp_path))
    path.write_bytes(gzip.compress("text,label\nMột.,0\n".encode("utf-16")))
    with pytest.raises(ClassifierError, match=r"^victsd\.csv\.gz isn't readable as UTF-8 text"):
        list(public_texts(tmp_path))
    path.write_bytes(gzip.compress(b"cau,label\nM,0\n"))
    with pytest.raises(ClassifierError, match=r"^victsd\.csv\.gz, row 1: has no text\.$"):
        list(public_texts(tmp_path))
