"""Claims are found where they stand, and what a writer thinks of them stays out."""

import json
from functools import cache
from pathlib import Path

import pytest

from classifier.checking.claims import ClaimSpan, find_claims
from classifier.readers import kind as kind_part
from classifier.readers import rights as rights_part
from classifier.readers.kind import KindReader
from classifier.readers.rights import RightsReader
from classifier.text import fold

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "default"
SHARED = ROOT.parent / "shared"

MIXED = [
    (
        "Nghe mà tức không chịu nổi! Công an xã Phú Lạc đã tạm giữ ông Thái Văn Mười ba ngày từ hôm 4/5. "
        "Theo tôi làm vậy là quá đáng.",
        "tạm giữ",
    ),
    (
        "Tôi tự hào về quê mình quá đi thôi. Tỉnh Hải Đông vừa miễn học phí cho 12.000 học sinh tiểu học từ tháng 9. "
        "Mong nơi nào cũng được vậy!",
        "miễn học phí",
    ),
    (
        "Tại sao người ta ác vậy chứ? Hôm 17/2, tòa án huyện Sơn Kỳ tuyên phạt bị cáo Lâm Bá Hòa 9 năm tù "
        "vì đánh con riêng của vợ. Xử vậy vẫn còn nhẹ lắm.",
        "tuyên phạt",
    ),
]
FEELINGS = [
    "Buồn quá, sống vậy rồi sao mà thương nhau được nữa hả trời.",
    "Theo tôi thì các bác nên nhìn lại mình trước khi trách dân.",
    "Mong sao mọi người đều được bình an, đừng ai phải khổ nữa!",
]


@cache
def parts() -> tuple[KindReader, RightsReader]:
    return kind_part.load(MODEL), rights_part.load(MODEL)


def found(text: str, limit: int = 3) -> list[ClaimSpan]:
    kind, rights = parts()
    return find_claims([text], kind=kind, rights=rights, limit=limit)[0]


def test_what_is_known_to_go_against_a_fact_comes_first() -> None:
    news = "Tòa án huyện Sơn Kỳ hôm 17/2 tuyên phạt bị cáo Lâm Bá Hòa 9 năm tù vì đánh con riêng của vợ tại nhà."
    first, second = found(f"{news} Con gái 16 tuổi là được đăng ký kết hôn.")
    assert (first.text, second.text) == ("Con gái 16 tuổi là được đăng ký kết hôn.", news)
    assert first.worth < second.worth
    assert found(f"{news} Con gái 16 tuổi là được đăng ký kết hôn hả mọi người?") == [second]


@pytest.mark.parametrize(("text", "fact"), MIXED)
def test_of_a_mixed_text_the_fact_comes_first_and_the_feelings_stay_out(text: str, fact: str) -> None:
    spans = found(text)
    assert fact in spans[0].text
    assert len(spans) == 1


@pytest.mark.parametrize("text", FEELINGS)
def test_feelings_wishes_and_advice_hold_no_claim(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "fact"), MIXED)
def test_offsets_point_into_the_text_as_given(text: str, fact: str) -> None:
    given = "😀 \u200b " + text.replace("a", "a\u200b", 1)
    spans = found(given)
    assert spans
    for span in spans:
        assert given[span.start : span.end] == span.text
        assert 0.0 <= span.worth <= 1.0


def test_a_batch_finds_what_single_texts_find() -> None:
    kind, rights = parts()
    texts = [text for text, _ in MIXED] + FEELINGS + ["", "…"]
    together = find_claims(texts, kind=kind, rights=rights)
    for text, spans in zip(texts, together, strict=True):
        assert [(s.start, s.end) for s in spans] == [(s.start, s.end) for s in found(text)]


def test_the_best_come_first_and_no_more_than_asked() -> None:
    text = " ".join(text for text, _ in MIXED)
    spans = found(text, limit=2)
    assert len(spans) == 2
    assert spans[0].worth >= spans[1].worth
    assert {span.text for span in spans} <= {span.text for span in found(text, limit=9)}


@pytest.mark.parametrize("text", ["", " \n ", "?", "😀" * 100, "a" * 40_000, "Ôi. " * 5000])
def test_texts_without_a_sentence_give_nothing_or_little(text: str) -> None:
    assert len(found(text)) <= 3


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="needs ../shared/gold")
def test_the_first_claim_overlaps_what_readers_chose() -> None:
    rows = [json.loads(line) for line in (SHARED / "gold" / "posts.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["kind"] == "claim" and row["spans"]][:150]
    kind, rights = parts()
    hits = 0
    for row, spans in zip(rows, find_claims([row["text"] for row in rows], kind=kind, rights=rights), strict=True):
        wanted = [(row["text"].find(words), len(words)) for words in row["spans"]]
        hits += bool(spans) and any(
            min(spans[0].end, at + size) - max(spans[0].start, at) >= size / 2 for at, size in wanted if at >= 0
        )
    assert hits / len(rows) > 0.7


@pytest.mark.parametrize(("text", "fact"), [
    ("Lịch nghỉ lễ Mây 2026 của người lao động. Người lao động Xứ Mây được nghỉ lễ Mây 1 ngày, hưởng nguyên lương.",
     "Người lao động Xứ Mây được nghỉ lễ Mây 1 ngày, hưởng nguyên lương."),
    ("Thủ tục nhận trợ cấp của người cao tuổi. Người từ đủ 75 tuổi được trợ cấp 500.000 đồng mỗi tháng.",
     "Người từ đủ 75 tuổi được trợ cấp 500.000 đồng mỗi tháng."),
])  # fmt: skip
def test_a_heading_that_only_says_what_comes_is_no_claim(text: str, fact: str) -> None:
    assert [span.text for span in found(text)] == [fact]
    assert [span.text for span in found(fold(f"- {text}"))] == [fold(fact)]


def test_what_opens_as_a_heading_and_says_something_is_a_claim() -> None:
    said = "Danh sách ứng cử vào Quốc hội phải có ít nhất 50 phần trăm là phụ nữ."
    assert [span.text for span in found(said)] == [said]
