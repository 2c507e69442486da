"""Names stand in the order of the Vietnamese alphabet."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.alphabet import alphabetical


def test_letters_come_before_tones_and_case_tells_nothing_apart() -> None:
    names = ["2 xã", "An Giang", "ă", "âm", "da", "Đà Nẵng", "đò", "Ea Kar", "ma", "mà", "mả", "mã", "má", "mạ"]
    names += ["Mai", "Mâm", "Ông", "ơn", "Uông", "ưu", "Y", "Z", "Привет"]
    assert sorted(sorted(names), key=alphabetical) == names


@given(st.text(), st.text())
def test_any_names_can_be_compared(one: str, other: str) -> None:
    assert (alphabetical(one) == alphabetical(other)) == (one == other)
