"""Passages in a better order, and whether the first speaks of the claim at all."""

import json
import math
from pathlib import Path

import pytest

from classifier.errors import ModelRefused
from classifier.evidence import ranking
from classifier.evidence.ranking import PLAIN, Ranker
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.evidence.rewording import Quoted
from classifier.loading import load_lexicon

LAW = Passage("law", "Điều 7. Người bị tạm giam được gặp thân nhân một lần trong một tháng.", "Luật Tạm giữ, tạm giam")
ROAD = Passage("road", "Điều 9. Người lái xe phải mang theo giấy phép khi đi trên đường.", "Luật Đường bộ")
WAGE = Passage("wage", "Điều 5. Người lao động được trả lương đầy đủ, đúng hạn mỗi tháng một lần.", "Bộ luật Lao động")


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    quoted = [
        Quoted(f"Xã số {at} đã xây {at + 2} lớp học.", f"Theo báo cáo, xã số {at} xây {at + 3} lớp học.", f"a{at}")
        for at in range(40)
    ]
    plain = [f"Đội bóng số {at} thắng trận thứ {at % 7} ở sân nhà trong mưa." for at in range(200)]
    return ranking.train(quoted, plain, lexicon=load_lexicon(), seed=1, asked=150)


def indexed() -> PassageIndex:
    return PassageIndex.build([LAW, ROAD, WAGE], concepts=load_lexicon().index_terms)


def test_a_passage_that_holds_the_claim_is_nearer_than_one_that_shares_a_word(ranker: Ranker) -> None:
    index = indexed()
    claim = "Người bị tạm giam được gặp thân nhân một lần trong một tháng."
    hits = ranker.rank(index, claim, index.search(claim))
    assert hits[0].passage.eid == "law"
    assert hits[0].near > 0.5 > hits[-1].near
    assert hits[0].score == 1.0
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_nearness_is_low_where_nothing_speaks_of_the_claim(ranker: Ranker) -> None:
    index = indexed()
    claim = "Một người bán hàng rong ở bến xe đã được công ty du lịch trao thưởng vì trả lại ví tiền."
    assert all(hit.near < 0.5 for hit in ranker.rank(index, claim, index.search(claim)))


def test_no_hits_give_no_hits(ranker: Ranker) -> None:
    assert ranker.rank(indexed(), "xyz", []) == []
    assert ranker.rank(PassageIndex.build([]), "", []) == []


def test_the_same_material_gives_the_same_file(tmp_path: Path) -> None:
    quoted = [Quoted(f"Có {at} người dự họp.", f"Cuộc họp có {at} người dự.", f"a{at}") for at in range(20)]
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = ranking.train(quoted, ["Trời mưa to ở miền núi."] * 30, lexicon=load_lexicon(), seed=3, asked=60)
        ranking.save(made, tmp_path / name)
        assert ranking.load(tmp_path / name) == made
        files.append((tmp_path / name / ranking.FILE).read_bytes())
    assert files[0] == files[1]


def test_a_folder_without_a_ranking_keeps_the_order_found(tmp_path: Path) -> None:
    index = indexed()
    hits = index.search("lương mỗi tháng")
    kept = ranking.load(tmp_path).rank(index, "lương mỗi tháng", hits)
    assert [hit.passage.eid for hit in kept] == [hit.passage.eid for hit in hits]


def test_what_is_said_of_a_passage_is_read_by_the_places_of_what_it_holds() -> None:
    assert ranking.HELD[:2] == ("syllables", "syllables_best")
    assert ranking.HELD[3:7] == ("pairs", "concepts", "rare", "rarest_missing")


@pytest.mark.parametrize(
    "spoil",
    [{"order": [1.0]}, {"near_at": "high"}, {"features": ["other"]}, {"near_at": math.nan}, {"features": None}],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, spoil: dict[str, object]) -> None:
    ranking.save(PLAIN, tmp_path)
    path = tmp_path / ranking.FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | spoil))
    with pytest.raises(ModelRefused):
        ranking.load(tmp_path)


def test_an_outline_is_read_again_when_a_passage_is_replaced() -> None:
    index = indexed()
    assert index.outline(index.search("tạm giam", 1)[0]).length > 3
    index.add([Passage("law", "Không còn tạm giam.", "")])
    assert index.outline(index.search("tạm giam", 1)[0]).length == 4


def test_an_index_keeps_what_a_passage_speaks_of() -> None:
    concepts = load_lexicon().index_terms
    hit = indexed().search("tạm giam", 1)[0]
    assert hit.concepts
    assert set(hit.concepts) == set(concepts(LAW.text))
    assert PassageIndex.build([LAW]).search("tạm giam", 1)[0].concepts == ()
