"""Everyday words that stand for words of rows."""

import pytest

from classifier.logic import alike
from classifier.logic.alike import Alike

WORDS = Alike({"mẹ": ("má", "má nó")}, {"không phải": ("khỏi", "khỏi phải"), "ly hôn": ("bỏ nhau",)})


@pytest.mark.parametrize(("excusing", "bare", "put"), [
    (False, False, "⟨mẹ¦má¦má nó⟩ ⟨không phải¦khỏi¦khỏi phải⟩ ký"),
    (True, False, "⟨mẹ¦má¦má nó⟩ không phải ký"),  # what excuses a row has fewer
    (False, True, "⟨mẹ¦má nó⟩ ⟨không phải¦khỏi phải⟩ ký"),  # without diacritics "má" is other words too
])  # fmt: skip
def test_words_are_put_in_beside_what_stands_for_them(excusing: bool, bare: bool, put: str) -> None:
    assert WORDS.put_in("mẹ không phải ký", excusing=excusing, bare=bare) == put


def test_a_part_of_a_word_is_none() -> None:
    assert WORDS.put_in("mẹo", excusing=False, bare=False) == "mẹo"


def test_what_stands_for_words_tells_which() -> None:
    assert set(WORDS.meant_by(["hai", "nguoi", "bo", "nhau"])) == {"ly", "hon"}
    assert set(WORDS.meant_by(["bo", "con"])) == set()


def test_no_word_that_ships_stands_for_itself_or_in_both_tables() -> None:
    words = alike.shipped()
    assert not set(words.everywhere) & set(words.asked_for)
    assert [one for one, forms in (*words.everywhere.items(), *words.asked_for.items()) if one in forms] == []
