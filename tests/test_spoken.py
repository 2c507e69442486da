"""The part of a text that a passage speaks of is found in it, and what stands around it is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ours import facts_index

from classifier.checking.spoken import SHORTEST, parts
from classifier.text import sentences
from classifier.text.clauses import clauses, segments

MARRIAGE = "Nữ từ đủ 18 tuổi, nam từ đủ 20 tuổi mới được kết hôn."


def spoken(text: str, of: str = MARRIAGE) -> list[str]:
    index = facts_index()
    return [text[start:end] for start, end in parts(text, index, index.search(of, 1)[0])]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "Trời đất ơi, giờ mới hay: con gái 16 tuổi là được kết hôn, bà con truyền tai nhau nghe.",
            "con gái 16 tuổi là được kết hôn,",
        ),
        ("Vui quá xá – 16 tuổi là kết hôn được rồi – khỏi chờ nữa.", "16 tuổi là kết hôn được rồi"),
        (
            "Sáng ra chợ nghe mà lạnh người, con gái kết hôn hồi 16 tuổi là đúng luật",
            "con gái kết hôn hồi 16 tuổi là đúng luật",
        ),
    ],
)
def test_what_stands_around_a_claim_is_left_out(text: str, part: str) -> None:
    assert spoken(text) == [part]


def test_what_a_passage_is_of_is_told_by_its_own_rarest_words_however_many_passages_tell_of_it() -> None:
    text = "Trời đất ơi, giờ mới hay: kết hôn là cha mẹ quyết hết, bà con truyền tai nhau nghe."
    assert spoken(text, of="Nam, nữ kết hôn phải tự nguyện.") == ["kết hôn là cha mẹ quyết hết,"]


def test_what_stands_between_clauses_on_it_stays() -> None:
    text = "Con gái 16 tuổi, bà con nghe cho kỹ, 16 tuổi kết hôn là hợp pháp, khỏi lo."
    assert spoken(text) == ["Con gái 16 tuổi, bà con nghe cho kỹ, 16 tuổi kết hôn là hợp pháp,"]


def test_what_limits_a_claim_stays_before_it() -> None:
    for limit in ("Ở vùng sâu, vùng xa,", "Riêng người nước ngoài,", "Đối với người Mây, hải đảo,"):
        text = f"Nghe đây nè: {limit} con gái 16 tuổi là được kết hôn, bà con."
        assert spoken(text) == [f"{limit} con gái 16 tuổi là được kết hôn,"]
    assert spoken("Ở chợ nghe nói, với tôi là sốc, con gái 16 tuổi là được kết hôn, bà con.") == [
        "con gái 16 tuổi là được kết hôn,"
    ]


def test_a_bound_keeps_what_it_bounds() -> None:
    text = "Ôi chao, nữ 16 tuổi kết hôn, không quá 9 tháng, ít nhất 3 tuần"
    assert spoken(text) == ["nữ 16 tuổi kết hôn, không quá 9 tháng, ít nhất 3 tuần"]


def test_each_sentence_has_its_part_and_a_number_is_never_left_out() -> None:
    assert spoken("Vui ghê, nữ 16 tuổi kết hôn được nha. Nhà em, 9 giờ tối 3 tháng 5, làm tiệc.") == [
        "nữ 16 tuổi kết hôn được nha.",
        "9 giờ tối 3 tháng 5,",
    ]


def test_a_text_that_is_all_of_it_has_no_part() -> None:
    assert spoken("Con gái 16 tuổi được kết hôn.") == []
    assert spoken("Hôm nay trời đẹp, đi chơi thôi.") == []
    assert spoken("") == []


def test_clauses_end_at_commas_colons_dashes_and_dots_and_segments_at_dashes_alone() -> None:
    text = "Ủa: 8,7 triệu, thiệt hả… Nghe nói – mà thôi. Rồi."
    assert [[text[slice(*span)] for span in cut] for cut in clauses(text)] == [
        ["Ủa:", "8,7 triệu,", "thiệt hả…"],
        ["Nghe nói", "mà thôi."],
        ["Rồi."],
    ]
    assert [text[slice(*span)] for span in segments(text)] == [
        "Ủa: 8,7 triệu, thiệt hả…",
        "Nghe nói",
        "mà thôi.",
        "Rồi.",
    ]


@given(st.text(alphabet="ab16 ,:–….\n", max_size=120))
@settings(max_examples=100, deadline=None)
def test_clauses_and_parts_lie_in_the_text(text: str) -> None:
    cut, index = clauses(text), facts_index()
    assert len(cut) == len(list(sentences(text)))
    flat = [span for spans in cut for span in spans]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in flat)
    for start, end in parts(text, index, index.search(MARRIAGE, 1)[0]):
        assert SHORTEST <= end - start < len(text)
