"""Patterns in whatever case: looking in small letters first changes nothing of what they find."""

import re
import sys

import pytest

import classifier.scoring  # noqa: F401  all modules with patterns
from classifier.factuality import attribution
from classifier.text.patterns import Looked, either, of

ODD = ["ĐIỀU ĐÓ LÀ SAI", "điều đó lÀ sai", "đİều", "đ\u0131ều đó là \u017fai", "\u212aHÔNG phải", "không", ""]


def _all() -> list[tuple[str, Looked]]:
    found = [
        (f"{module.__name__}.{name}", one)
        for module in list(sys.modules.values())
        if module.__name__.startswith("classifier.")
        for name, pair in vars(module).items()
        if isinstance(pair, tuple)
        for one in pair
        if isinstance(one, Looked)
    ]
    return list({id(one): (name, one) for name, one in found}.values())


@pytest.mark.parametrize("said", ODD)
def test_small_letters_find_what_any_case_finds(said):
    for one in either(r"\b(?:(?:điều|đó) (?:đó|là)|sai|không)\b"):
        assert bool(one.search(said)) == bool(one.full.search(said))
        assert bool(one.match(said)) == bool(one.full.match(said))
        assert [found.span() for found in one.finditer(said)] == [found.span() for found in one.full.finditer(said)]


def test_a_match_has_the_letters_and_places_of_the_text():
    found = (either("\\bhiến pháp (\\w+)")).search("Theo Hiến pháp NÓI", 2)
    assert found is not None
    assert (found.span(), found[1]) == ((5, 18), "NÓI")


def test_no_pattern_that_is_looked_for_in_small_letters_holds_a_capital():
    assert len(_all()) > 100
    for name, one in _all():
        assert one.full.pattern == one.pattern
        plain = re.sub(r"\\.", "", one.first.pattern)
        assert plain == plain.lower(), name


@pytest.mark.parametrize(
    "said",
    [
        "Ông Nguyễn Văn A cho biết công ty đã trả lương cho mọi công nhân.",
        "Theo báo Tuổi Trẻ, công ty đã trả lương cho mọi công nhân.",
        "(Reuters) - Công ty đã trả lương cho mọi công nhân ở đây.",
        "Trích báo cáo – công ty đã trả lương cho mọi công nhân.",
        "Nguyen Van A cho biet cong ty da tra luong cho moi cong nhan.",
        "TS Nguyễn Thế An KHẲNG ĐỊNH công ty đã trả lương cho công nhân.",
        "Tiến sĩ Nguyễn Thế An khẳng định ĐÃ trả lương cho công nhân.",
    ],
)
def test_who_speaks_is_found_as_without_a_hint(said):
    for frame in (attribution.SPEAKER, attribution.ASSERTING):
        one = of(frame, said)
        assert bool(one.match(said, 0, attribution.NEAR)) == bool(one.full.match(said, 0, attribution.NEAR))


@pytest.mark.parametrize("pattern", [r"\W*lịch", r"\blịch\B"])
def test_a_class_that_folding_would_turn_round_is_refused(pattern):
    with pytest.raises(ValueError, match="which folding turns round"):
        either(pattern)
