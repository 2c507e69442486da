"""Facts and law are found by what people say of them, and are neither compared with that nor shown with it."""

import json

import pytest

from classifier.errors import BadEvidence, ClassifierError
from classifier.evidence import expansion
from classifier.evidence.expansion import Expansions, keys, load
from classifier.evidence.facts import shipped_passages
from classifier.evidence.ranking import FEATURES, features
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.files import json_lines, shipped

LAW = (
    "Giờ chạy của đò\n1. Chủ phương tiện thủy nội địa chở khách ngang sông ngừng hoạt động sau 20 giờ.\n"
    "2. Trường hợp cấp cứu được phép hoạt động ngoài thời gian quy định tại khoản 1 Điều này."
)
SAID = "Quá tám giờ tối là bến nghỉ, hết qua bên kia được . đi cấp cứu thì nửa đêm vẫn chở . lái đò, đò dọc, ghe"
OTHER = "Phí qua phà\n1. Người đi bộ qua phà được miễn phí trong các ngày nghỉ lễ, tết theo quy định."


@pytest.fixture
def index(monkeypatch):
    """Passages, of which what people say is known of the text of the first two, and of a fact."""
    monkeypatch.setattr(expansion, "shipped", lambda: Expansions([(keys(LAW), SAID), (["fact:do"], "chèo mướn")]))
    return PassageIndex.build([
        Passage("law", LAW, "Luật Đò 2020, Điều 9", kind="law"),
        Passage("news", LAW, "https://bao.example/do", kind="news"),
        Passage("other", OTHER, "Luật Đò 2020, Điều 12", kind="law"),
        Passage("fact:do", "Người lái đò phải có chứng chỉ.", "Luật Đò 2020", kind="fact"),
    ])  # fmt: skip


def test_a_passage_is_known_however_its_text_was_cut_or_spelled():
    whole = keys(LAW)
    assert len(whole) == 2
    assert keys(LAW.split("\n")[1]) == whole[:1]
    assert keys("Điều 9 Luật Đò\n" + LAW.replace("1. ", "a) ").upper()) == whole
    assert keys(LAW.replace("20 giờ", "21 giờ"))[0] not in whole
    assert keys("Quá ngắn.") == []


def test_law_is_found_by_peoples_words_and_news_is_not(index):
    assert [hit.passage.eid for hit in index.search("nửa đêm bến")] == ["law"]


def test_a_fact_is_found_by_peoples_words_whatever_its_wording(index):
    assert [hit.passage.eid for hit in index.search("chèo mướn")] == ["fact:do"]
    assert index.rarity("cheo") == index.rarity("xyz")  # what people say of a fact makes no word common


def test_what_people_say_is_neither_shown_nor_told_as_the_passages_own(index):
    hit = index.search("tám giờ tối hết bến")[0]
    assert hit.passage.text == LAW
    assert "ben" not in index.outline(hit).line
    row = dict(zip(FEATURES, features(index, "tám giờ tối hết bến", [hit])[0], strict=True))
    assert row["said"] == 1
    assert row["said_syllables"] > row["syllables"]
    assert row["both_syllables"] >= row["said_syllables"]


def test_a_passage_of_which_nothing_is_known_has_only_its_own_words(index):
    hits = index.search("miễn phí ngày lễ")
    row = dict(zip(FEATURES, features(index, "miễn phí ngày lễ", hits)[0], strict=True))
    assert (row["said"], row["said_syllables"]) == (0, 0)
    assert row["both_syllables"] == row["syllables"]


def test_the_same_said_of_two_sentences_counts_once():
    assert Expansions([(keys(LAW), SAID)]).of(keys(LAW)) == SAID
    assert Expansions([]).of(keys(LAW)) == ""


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "expansions.jsonl"
    path.write_text(json.dumps({"law": "x", "of": ["a"], "said": "b"}) + "\n{\n", encoding="utf-8")
    with pytest.raises(ClassifierError, match=r"expansions\.jsonl, line 2"):
        load(path)
    path.write_text('\n{"of": ["a"]}\n', encoding="utf-8")
    with pytest.raises(BadEvidence, match=r"expansions\.jsonl, line 2"):
        load(path)


def test_what_ships_can_be_read_and_tells_how_people_speak_of_every_fact():
    assert len(expansion.shipped()) > 10_000
    told = [row["fact"] for _, row in json_lines(shipped("data", "sayings.jsonl"))]
    facts = [one.eid.removeprefix("fact:") for one in shipped_passages()]
    assert (set(facts) - set(told), set(told) - set(facts)) == (set(), set())  # a new fact wants a line there
