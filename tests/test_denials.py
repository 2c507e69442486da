"""What beside a claim takes it back."""

from classifier.factuality.denials import takes_back


def test_a_word_beside_it_may_take_it_back() -> None:
    assert takes_back("Trời mưa hoài.", "Sai bét, 5 ngày lận.")
    assert not takes_back("Trời mưa hoài.", "Mai tui ra chợ.")
