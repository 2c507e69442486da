"""A corpus of one's own is read as docs/researcher.md describes it, or refused before anything is measured."""

import gzip
import json
from importlib.util import find_spec
from math import isfinite

import pytest
from ours import model

from classifier.errors import ClassifierError
from classifier.evaluation import cards, corpora, measuring
from classifier.evidence.retrieval import Passage
from classifier.scoring import Item, score
from pipeline.indexing import build_index, passage_of
from soi.facts import read_passages

CLAIM = {"text": "Xã mở 9 lớp.", "truth": "false", "eid": "a", "evidence": "Xã mở 7 lớp."}
NAMED = [Passage("a", CLAIM["evidence"], role="primary")]  # the passage that its claim names
POST = {"text": "Xã mở 9 lớp.", "kind": "claim", "rights": ["CESCR"]}


def test_what_the_docs_name_is_enough_and_a_mark_of_windows_is_no_text(tmp_path):
    path = tmp_path / "claims.moi.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(CLAIM).encode() + b"\r\n\r\n" + json.dumps(CLAIM | {"id": 7}).encode()
    )
    assert [row["id"] for row in corpora.read(path, "claims")] == ["1", "7"]
    (tmp_path / "null.jsonl").write_text(f"{json.dumps(CLAIM | {'id': None})}\n" * 2, encoding="utf-8")
    assert [row["id"] for row in corpora.read(tmp_path / "null.jsonl", "claims")] == ["1", "2"]
    found = measuring.measure(model(), [tmp_path], facts=NAMED)
    assert {one.figure.n for one in found.measures if one.what == "false_flagged"} == {2}
    assert found.answers["claims_found@claims.moi.jsonl"].ids == ("1", "7")


@pytest.mark.parametrize(("name", "row", "says"), [
    ("claims", CLAIM | {"truth": False}, 'line 1: "truth" must be "true" or "false", not false'),
    ("claims", CLAIM | {"evidence": None}, '"evidence" must be a text'),
    ("claims", {"text": "a", "truth": "true"}, '"eid" and "evidence" must be texts that aren\'t empty'),
    ("claims", CLAIM | {"eid_alt": "b"}, '"eid_alt" must be a list of texts'),
    ("claims", CLAIM | {"eid_alt": [1]}, '"eid_alt" must be a list of texts'),
    ("posts", POST | {"kind": "Claim"}, '"other" or null, not "Claim"'),
    ("posts", POST | {"rights": ["ICCPR"]}, '"rights" must be a list of CCPR'),
    ("posts", {"text": "a", "rights": []}, '"kind" must be'),
    ("protected", {"text": " "}, '"text" must be a text that isn\'t empty'),
    ("protected", {"text": "a", "stance": 1}, '"stance" must be a text'),
    ("claims", CLAIM | {"paraphrased": "false"}, '"paraphrased" must be true, false or null'),
    ("claims", CLAIM | {"diacritics": 0}, '"diacritics" must be true, false or null'),
    ("protected", {"text": "a", "kind": ["satire"]}, '"kind" must be a text'),
    ("mirror", {"a": "a"}, '"b" must be a text'),
    ("mirror", {"a": "a", "b": "b", "kind": "same_claim"},
     '"kind" must be "same_claim_two_voices", "same_form_two_sides" or null, not "same_claim"'),
    ("obfuscated", ["clean"], "isn't a JSON object"),
])  # fmt: skip
def test_a_row_that_would_count_as_something_else_is_refused_with_its_line(tmp_path, name, row, says):
    path = tmp_path / f"{name}.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ClassifierError, match=name) as refused:
        corpora.read(path, name)
    assert says in str(refused.value)


def test_rows_of_one_id_are_refused_as_nobody_could_tell_them_apart(tmp_path):
    lines = [{"text": "Xã mở 9 lớp.", "id": 2}, {"text": "Xã mở 8 lớp."}]
    path = tmp_path / "protected.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(ClassifierError, match=r'line 2: the row of line 1 is called "2" too; give each "id" once'):
        corpora.read(path, "protected")


def test_a_mirror_pair_without_a_kind_is_one_claim_in_two_voices(tmp_path):
    pairs = [{"a": "Xã mở 9 lớp.", "b": "Xã đã mở 9 lớp.", "kind": kind} for kind in (None, corpora.MIRRORS[1])]
    (tmp_path / "mirror.jsonl").write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    figures = {one.what: one.figure.n for one in measuring.measure(model(), [tmp_path]).measures}
    assert figures == {"mean_signed_gap": 2, "largest_gap": 1, "claim_gap": 1}


@pytest.mark.parametrize(("line", "says"), [
    ({"role": "Primary"}, 'role must be primary'), ({"kind": "rule"}, '"kind" must be one of'),
    ({"valid_from": "2020"}, '"valid_from" must be a day'), ({"Role": "party"}, 'did you mean "role"'),
    ({"text": "Xã mở 8 lớp."}, '"a" has another text in an earlier line'),
])  # fmt: skip
def test_evidence_of_a_corpus_is_refused_as_a_pipe_refuses_it(tmp_path, line, says):
    good = {"eid": "a", "text": "Xã mở 7 lớp."}
    (tmp_path / "evidence.jsonl").write_text(f"{json.dumps(good)}\n\n{json.dumps(good | line)}\n", encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text(json.dumps(CLAIM), encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"^evidence\.jsonl, line 3: ") as refused:
        measuring.measure(model(), [tmp_path], on_step=lambda *_: pytest.fail("measured"))
    assert says in str(refused.value)


RULE = {"eid": "a", "text": "Người đủ 16 tuổi trở lên được tự mình nộp đơn khiếu nại quyết định hành chính."}


@pytest.mark.parametrize("told", [
    {"role": "primary", "source": "Quy chế xã Hoa Ban"}, {"role": "primary", "source": "Quy chế xã Hoa Ban, Điều 4"},
    {"role": "primary", "kind": "news"}, {"role": "party"},
    {"role": "independent", "kind": "fact", "valid_from": "2020-01-01"},
])  # fmt: skip
def test_claims_of_a_folder_are_measured_as_a_pipe_answers_them_beside_the_same_evidence(tmp_path, told):
    path = tmp_path / "evidence.jsonl"
    path.write_text(json.dumps(RULE | told), encoding="utf-8")
    rows = [
        CLAIM | {"text": f"Người {age} tuổi được tự mình nộp đơn khiếu nại quyết định hành chính.", "truth": truth}
        for age, truth in ((20, "true"), (12, "false"))
    ]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = measuring.measure(model(), [tmp_path]).answers["claims_found@claims.jsonl"]
    index = build_index([passage_of(row) for row in read_passages(path)], model())
    asked = list(score(model(), [Item(str(at), row["text"]) for at, row in enumerate(rows)], index=index))
    assert found.p == tuple(one.p_refuted for one in asked)
    assert found.said == tuple(one.flagged for one in asked)


def test_evidence_of_a_corpus_keeps_its_kind_and_days_and_settles_though_no_role_is_told(tmp_path):
    lines = [RULE, RULE | {"eid": "b", "source": "Luật, Điều 4", "date": "2019-05-01", "valid_to": "2025-01-01"},
             RULE | {"eid": "c", "source": "https://bao.example/1", "kind": "news"}]  # fmt: skip
    (tmp_path / "evidence.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    held = corpora.passages(tmp_path)
    assert [(one.role, one.kind) for one in held] == [("primary", "fact"), ("primary", "law"), ("independent", "news")]
    assert (held[1].date, held[1].valid_to) == ("2019-05-01", "2025-01-01")


def test_a_post_on_which_readers_differed_needs_no_rights(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text(json.dumps({"text": "a", "kind": None, "rights_disputed": ["CRC"]}), encoding="utf-8")
    assert len(corpora.read(path, "posts")) == 1


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize(("name", "row", "untold"), [
    ("posts", POST, {"macro_f1"}), ("posts", POST | {"kind": None}, {"macro_f1", "claim_f1"}),
    ("claims", CLAIM, {"true_flagged"}), ("claims", CLAIM | {"truth": "true"}, {"false_flagged", "perturbed_first"}),
])  # fmt: skip
def test_of_what_no_row_of_a_corpus_tells_there_is_no_figure(tmp_path, name, row, untold):
    (tmp_path / f"{name}.jsonl").write_text(f"{json.dumps(row)}\n" * 2, encoding="utf-8")
    found = {one.what: one.figure for one in measuring.measure(model(), [tmp_path], facts=NAMED).measures}
    assert found
    assert not untold & set(found)
    assert all(isfinite(one.value) for one in found.values())


def test_what_parties_say_is_not_counted_among_the_five_found(tmp_path):
    said = [{"eid": f"p{at}", "text": f"Xã mở 9 lớp, xã {at} nói.", "role": "party"} for at in range(9)]
    right = {"eid": "a", "text": "Xã mở 7 lớp.", "role": "primary"}
    (tmp_path / "evidence.jsonl").write_text("\n".join(map(json.dumps, [*said, right])), encoding="utf-8")
    rows = [CLAIM | {"truth": truth} for truth in corpora.TRUTHS * 5]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = measuring.measure(model(), [tmp_path]).measures
    assert {one.figure.value for one in found if one.what == "right_in_5"} == {1}
    assert "parties not counted" in cards.MEANS["retrieval/right_in_5"]


DISPUTED = {"rights": None, "rights_disputed": ["CRC"]}


@pytest.mark.parametrize(("name", "change", "suites"), [
    ("posts", POST | DISPUTED, {"kind"}), ("posts", POST | {"kind": None}, {"any_right"}),
    ("posts", POST | DISPUTED | {"kind": None}, set()),
    ("claims", CLAIM | {"eid_alt": None}, {"claims_given", "claims_found"}),
])  # fmt: skip
def test_what_passes_the_check_is_measured_and_drawn_though_readers_differed_on_all(tmp_path, name, change, suites):
    (tmp_path / f"{name}.jsonl").write_text(f"{json.dumps(change)}\n" * 2, encoding="utf-8")
    found = measuring.measure(model(), [tmp_path], facts=NAMED)
    assert set(found.answers) == {f"{suite}@{name}.jsonl" for suite in suites}
    if find_spec("matplotlib"):
        cards.pictures(found, {})


@pytest.mark.parametrize(("rows", "says"), [
    ("", "holds no row"), ("{", "line 1: isn't a JSON object"), ("\xff", "isn't readable as UTF-8"),
])  # fmt: skip
def test_a_corpus_of_no_rows_or_no_text_is_refused_before_any_is_measured(tmp_path, rows, says):
    (tmp_path / "claims.jsonl").write_text(json.dumps(CLAIM), encoding="utf-8")
    (tmp_path / "protected.jsonl").write_text(rows, encoding="latin-1")
    with pytest.raises(ClassifierError, match=says):
        measuring.measure(model(), [tmp_path], facts=NAMED, on_step=lambda *_: pytest.fail("measured"))


@pytest.mark.parametrize("lines", [[], [RULE | {"eid": "b"}]])
def test_a_claim_whose_passage_stands_nowhere_is_refused_with_its_line(tmp_path, lines):
    """It would be measured as one whose evidence wasn't found."""
    if lines:
        (tmp_path / "evidence.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rows = [CLAIM, CLAIM | {"eid": "của ai", "eid_alt": ["a"]}, CLAIM | {"eid": "của ai", "eid_alt": ["c"]}]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(ClassifierError, match=r'^claims\.jsonl, line 3: no passage of evidence\.jsonl .* "của ai"'):
        measuring.measure(model(), [tmp_path], facts=NAMED, on_step=lambda *_: pytest.fail("measured"))


@pytest.mark.parametrize(("rows", "says"), [
    ("part,statement,evidence,label\ndev,a,b,refuted", "no column url"),
    ("part,statement,evidence,label,url\ntest,a,b,X,c\ndev,a,b,REFUTED,c", 'row 2: "label" must be one of supported'),
    ("part,statement,evidence,label,url\ntrain,a,b,refuted,c", "no row of the part dev"),
    ("part,statement,evidence,label,url\ndev,a,b,refuted,c\ndev,a, ,refuted,c", 'row 2: "evidence" must be a text'),
    ("part,label,statement,evidence,url\ndev,refuted,a", 'row 1: "evidence" must be a text'),
])  # fmt: skip
def test_pairs_are_checked_too(tmp_path, rows, says):
    path = tmp_path / "vifactcheck.csv.gz"
    path.write_bytes(gzip.compress(rows.encode()))
    with pytest.raises(ClassifierError, match=says):
        corpora.read(path, "vifactcheck")


def test_a_corpus_in_another_suites_form_is_told_as_passed_over_and_not_read(tmp_path):
    for name in ("posts.csv.gz", "vifactcheck.jsonl", "claims.jsonl", "vifactcheck.dev.csv.gz"):
        (tmp_path / name).touch()
    assert [(suite, path.name) for suite, path in corpora.files_of(tmp_path)] == [
        ("claims", "claims.jsonl"), ("vifactcheck", "vifactcheck.dev.csv.gz"),
    ]  # fmt: skip
    assert corpora.passed_over(tmp_path) == ["posts.csv.gz", "vifactcheck.jsonl"]


def test_packed_pairs_that_are_damaged_are_refused_and_a_mark_of_windows_is_no_column(tmp_path):
    path = tmp_path / "vifactcheck.csv.gz"
    rows = "part,statement,evidence,label,url\n" + "".join(f"dev,câu {at},{at * 7919},refuted,c\n" for at in range(99))
    packed = gzip.compress(rows.encode("utf-8-sig"))
    path.write_bytes(packed)
    assert len(corpora.read(path, "vifactcheck")) == 99
    turned = bytes(byte ^ 0xFF for byte in packed[100:140])
    for damaged in (b"chua nen", packed[:-9], packed[:100] + turned + packed[140:]):
        path.write_bytes(damaged)
        with pytest.raises(ClassifierError, match=r"^vifactcheck\.csv\.gz is no whole gzip file"):
            corpora.read(path, "vifactcheck")
    path.write_bytes(gzip.compress(rows.encode("utf-16")))
    with pytest.raises(ClassifierError, match="can't be read"):
        corpora.read(path, "vifactcheck")
