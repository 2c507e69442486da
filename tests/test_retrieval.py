"""Evidence is found with and without diacritics, in its time, and the same from memory and disk."""

import errno
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.errors import BadEvidence
from classifier.evidence import retrieval
from classifier.evidence.retrieval import Passage, PassageIndex

LAW = Passage(
    "law-1", "Công dân đủ mười tám tuổi trở lên có quyền bầu cử.", "Hiến pháp, Điều 27", "primary", "2013-11-28", "law",
    valid_from="2014-01-01",
)  # fmt: skip
OLD = Passage(
    "law-0", "Công dân đủ hai mươi tuổi trở lên có quyền bầu cử.", "Luật cũ", "primary", "1990-01-01", "law",
    valid_from="1990-01-01", valid_to="2013-12-31",
)  # fmt: skip
NEWS = Passage(
    "news-1", "Giá rau ở chợ Hòn Sỏi tăng gấp đôi sau bão.", "https://vidu.example/1", "independent", "2025-03-02"
)


def ids(index: PassageIndex, query: str, **options: Any) -> list[str]:
    return [hit.passage.eid for hit in index.search(query, **options)]


def test_a_query_without_diacritics_finds_the_same_passages() -> None:
    index = PassageIndex.build([LAW, OLD, NEWS])
    assert ids(index, "gia rau tang sau bao") == ids(index, "giá rau tăng sau bão") == ["news-1"]


def test_the_best_passage_comes_first_with_its_fields() -> None:
    index = PassageIndex.build([OLD, NEWS, LAW])
    assert index.search("mười tám tuổi có quyền bầu cử")[0].passage == LAW


def test_a_law_is_found_only_while_in_force() -> None:
    index = PassageIndex.build([LAW, OLD])
    assert ids(index, "quyền bầu cử", before="2010-05-01") == ["law-0"]
    assert ids(index, "quyền bầu cử", before="2013-12-01") == ["law-0"]
    assert ids(index, "quyền bầu cử", before="2020-01-01T08:00:00+07:00") == ["law-1"]
    assert set(ids(index, "quyền bầu cử")) == {"law-0", "law-1"}


def test_time_limits_do_not_change_the_scores() -> None:
    index = PassageIndex.build([LAW, NEWS])
    assert index.search("giá rau", before="2026-01-01")[0].score == index.search("giá rau")[0].score


@pytest.mark.parametrize("before", ["1975-06-01", "1995-06-01", "2024-06-01"])
def test_time_limits_give_what_is_left_of_all_that_is_found(before: str) -> None:
    made = [
        Passage(
            f"p{at}", f"Giá rau ở chợ số {at} tăng {'mạnh ' * (at % 7)}sau bão.", date=f"{1970 + at % 56}-06-01",
            valid_to=f"{1990 + at % 56}-06-01" if at % 3 else "",
        )
        for at in range(300)
    ]  # fmt: skip
    index = PassageIndex.build(made)
    known = [
        (hit.passage, hit.score)
        for hit in index.search("giá rau tăng mạnh", k=len(made))
        if hit.passage.date <= before <= (hit.passage.valid_to or "9")
    ]
    assert len(known) > 5
    found = [(hit.passage, hit.score) for hit in index.search("giá rau tăng mạnh", k=5, before=before)]
    assert [score for _, score in found] == [score for _, score in known[:5]]
    assert set(found) <= set(known)


@pytest.mark.parametrize("before", [None, "2024-06-01"])
def test_passages_of_some_roles_are_found_however_many_others_are_nearer(before: str | None) -> None:
    others = [
        Passage(f"p{at}", "Giá rau tăng.", role=("party", "", "prim")[at % 3], date="2020-01-01") for at in range(60)
    ]
    long = "Giá rau ở chợ Hòn Sỏi tăng sau bão, theo sổ của chợ."
    settling = [Passage("s1", long, role="primary", date="2020-01-01"), Passage("s2", long, role="independent")]
    index = PassageIndex.build([*others, *settling, Passage("s3", long, role="primary", date="2030-01-01")])
    asked, roles = "giá rau tăng", {"primary", "independent"}
    found = index.search(asked, 20, before, roles=roles)
    assert {hit.passage.eid for hit in found} == {"s1", "s2"} | ({"s3"} if before is None else set())
    scores = {hit.passage.eid: hit.score for hit in index.search(asked, 100, before)}
    assert {hit.passage.eid: hit.score for hit in found}.items() <= scores.items()
    assert not set(ids(index, asked, k=20, before=before)) & {"s1", "s2"}
    crowded = index.search_uncrowded(asked, 20, before, roles=roles, least=1)
    assert crowded == [*index.search(asked, 20, before), *found]
    assert index.search_uncrowded(asked, 20, before, roles=roles | {"party"}, least=1) == crowded[:20]


def test_adding_a_known_passage_replaces_it(tmp_path: Path) -> None:
    index = PassageIndex.build([LAW, NEWS], tmp_path / "index")
    assert index.add([Passage("news-1", "Chợ Hòn Sỏi đóng cửa."), Passage("news-1", "Chợ Hòn Sỏi mở lại.")]) == 2
    assert len(index) == 2
    assert ids(index, "giá rau") == []
    assert ids(index, "mở lại") == ["news-1"]


def test_a_law_is_found_by_its_name_and_news_not_by_its_outlets() -> None:
    law = Passage("law", "Mọi người nghỉ mười hai ngày.", "Luật Hòn Sỏi", kind="law")
    news = Passage("news", "Chợ họp từ sáng sớm.", "Báo Hòn Sỏi", kind="news")
    assert ids(PassageIndex.build([law, news]), "Hòn Sỏi") == ["law"]


def test_what_goes_wrong_while_passages_are_added_leaves_the_index_as_it_was_and_free(tmp_path: Path) -> None:
    def broken() -> Iterator[Passage]:
        yield NEWS
        raise BadEvidence("the second isn't one")

    index = PassageIndex.build([LAW], tmp_path / "evidence")
    try:
        index.add(broken())
    except BadEvidence:  # while its trace still holds all
        assert index.add([OLD]) == 1
    assert len(index) == 2
    assert ids(index, "giá rau") == []


def test_an_index_on_disk_sees_what_another_process_added(tmp_path: Path) -> None:
    writer = PassageIndex.build([LAW], tmp_path / "index")
    reader = PassageIndex.open(tmp_path / "index")
    writer.add([NEWS])
    reader.refresh()
    assert ids(reader, "giá rau") == ["news-1"]


def test_concepts_join_what_words_do_not() -> None:
    def concepts(text: str) -> list[str]:
        return ["c:vote"] if "bầu cử" in text or "bỏ phiếu" in text else []

    assert ids(PassageIndex.build([LAW, NEWS]), "đi bỏ phiếu") == []
    assert ids(PassageIndex.build([LAW, NEWS], concepts=concepts), "đi bỏ phiếu") == ["law-1"]


def test_a_concept_of_nearly_every_passage_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def concepts(text: str) -> list[str]:
        return [
            one
            for one, word in (("c:vote", "bầu"), ("c:vote", "phiếu"), ("c:trade", "chợ"), ("c:trade", "phố"))
            if word in text
        ]

    index = PassageIndex.build([LAW, OLD, NEWS], concepts=concepts)
    assert sorted(ids(index, "bỏ phiếu")) == ["law-0", "law-1"]
    monkeypatch.setattr(retrieval, "COMMON_FLOOR", 1)
    assert ids(index, "bỏ phiếu") == []
    assert ids(index, "hàng phố") == ["news-1"]


@pytest.mark.parametrize("query", ["", "…!?", "\x00", "😀", "xyzzy"])
def test_a_query_that_says_nothing_finds_nothing(query: str) -> None:
    assert PassageIndex.build([LAW]).search(query) == []


def test_a_folder_without_an_index_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadEvidence, match="build it again"):
        PassageIndex.open(tmp_path)
    PassageIndex.build([LAW], tmp_path)
    with pytest.raises(BadEvidence, match="already holds"):
        PassageIndex.build([LAW], tmp_path)


@pytest.mark.parametrize(("size", "passages", "said"), [(1_000, 1, errno.EFBIG), (10_000, 3_000, errno.EIO)])
def test_a_disk_that_takes_no_more_is_told_as_such(tmp_path: Path, size: int, passages: int, said: int) -> None:
    some = [Passage(str(n), f"Đoạn {n} {os.urandom(300).hex()}") for n in range(passages)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(said)) as refused:
            PassageIndex.build(some, tmp_path / "index")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.errno == said


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadEvidence, match="not an ISO date"):
        PassageIndex.build([Passage("x", "văn bản", date="hôm qua")])
