"""Words that say the same and words that exclude each other: read whole, found in a text, and told apart in a pair."""

import unicodedata

import pytest

from classifier.comparison.kin import KIN, kin
from classifier.comparison.pairing import pair
from classifier.comparison.thesaurus import LONGEST, load, shipped
from classifier.comparison.vectors import Vectors, learn
from classifier.errors import ClassifierError
from classifier.text.syllables import read

EVIDENCE = "Sáng nay ủy ban xã Hòn Sỏi bác bỏ đề nghị tăng học phí của trường."


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    tokens = [[read(EVIDENCE).word(at) for at in read(EVIDENCE).words]] * 5
    return learn(tokens, {}, seed=1)


def told(claim: str, vectors: Vectors, evidence: str = EVIDENCE) -> dict[str, float]:
    return dict(zip(KIN, kin(pair(claim, evidence, vectors=vectors), vectors), strict=True))


def test_what_stands_in_place_of_a_word_holds_both_ways(tmp_path):
    (tmp_path / "t.tsv").write_text("bác bỏ\tkhông chấp nhận, gạt đi\tđồng ý\ncấm\t\tcho phép\n", encoding="utf-8")
    words = load(tmp_path / "t.tsv").entries
    assert words["bác bỏ"].same == [("không", "chấp", "nhận"), ("gạt", "đi")]
    assert words["gạt đi"].same == [("bác", "bỏ")]
    assert (words["đồng ý"].same, words["đồng ý"].other) == ([], [("bác", "bỏ")])
    assert words["cho phép"].other == [("cấm",)]


def test_the_phrases_of_a_text_are_found_where_they_stand(tmp_path):
    (tmp_path / "t.tsv").write_text("bác bỏ\tkhông chấp nhận, gạt đi\tđồng ý\ncấm\t\tcho phép\n", encoding="utf-8")
    words = load(tmp_path / "t.tsv")
    found = {span: entry for span, entry in words.found(["xã", "không", "chấp", "nhận", "mà", "cấm"]) if entry.other}
    assert found == {(5, 6): words.entries["cấm"]}
    assert ((1, 4), words.entries["không chấp nhận"]) in list(words.found(["xã", "không", "chấp", "nhận"]))
    assert not list(words.found([]))


@pytest.mark.parametrize("line", ["bác bỏ\tgạt đi", "\tgạt đi\tđồng ý", "a\tb\tc\td", "bác, bỏ\tgạt đi\t"])
def test_a_line_that_is_none_is_named(tmp_path, line):
    (tmp_path / "t.tsv").write_text(f"cấm\t\tcho phép\n{line}\n", encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"t\.tsv line 2"):
        load(tmp_path / "t.tsv")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ClassifierError, match="can't be read"):
        load(tmp_path / "none.tsv")


def test_every_entry_that_ships_can_be_found_is_told_once_and_stands_for_none_of_its_own():
    words = shipped()
    for phrase, entry in words.entries.items():
        assert phrase == unicodedata.normalize("NFC", phrase).lower(), phrase
        assert ((0, len(phrase.split())), entry) in list(words.found(phrase.split())), phrase
        assert tuple(phrase.split()) not in (*entry.same, *entry.other), phrase
        assert all(len(one) <= LONGEST for one in (*entry.same, *entry.other)), phrase
        assert all(len(set(told)) == len(told) for told in (entry.same, entry.other)), phrase
    assert len(words.entries) > 20_000


def test_a_word_that_says_the_same_explains_the_claims_own(vectors):
    found = told("Sáng nay ủy ban xã Hòn Sỏi từ chối đề nghị tăng học phí của trường.", vectors)
    assert (found["kin_same"], found["kin_same_faced"], found["kin_left"], found["kin_other_faced"]) == (1, 1, 0, 0)


def test_a_word_that_excludes_the_evidences_own_is_seen_where_it_stands(vectors):
    found = told("Sáng nay ủy ban xã Hòn Sỏi đồng ý đề nghị tăng học phí của trường.", vectors)
    assert (found["kin_same"], found["kin_other_faced"], found["kin_left"]) == (0, 1, 1)
    far = told("Xã Hòn Sỏi xây lớp học, bà con đồng ý.", vectors)
    assert far["kin_other_faced"] == 0


def test_it_reads_a_claim_without_diacritics_by_its_evidence(vectors):
    found = told("Sang nay uy ban xa Hon Soi tu choi de nghi tang hoc phi cua truong.", vectors)
    assert found["kin_covered"] > 0.8


def test_nothing_beside_nothing_says_nothing(vectors):
    assert all(value == 0 for value in told("", vectors, "").values())
