"""The facts table: every row usable, every broken row refused in one sentence."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from classifier.errors import BadEvidence
from classifier.evidence import facts
from classifier.readers.seeding import RIGHTS

TABLE = Path(__file__).parents[1] / "data" / "facts.toml"
ROW = """
[[fact]]
id = "bien-ban-lang-hoa"
rights = ["CRC"]
text = "Làng Hoa họp ngày 3/5 và mở lớp học miễn phí cho trẻ em."
source = "Biên bản họp Làng Hoa"
role = "primary"
as_of = 2025-05-03
"""


def refused(tmp_path, text):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadEvidence) as caught:
        facts.load(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_shipped_table_covers_every_convention():
    shipped = facts.load(TABLE)
    codes = Counter(code for fact in shipped for code in fact.rights)
    assert len(shipped) >= 80
    assert set(codes) == set(RIGHTS)
    assert all(count >= 5 for count in codes.values()), codes


def test_the_shipped_table_is_known_up_to_a_day_that_was_past_when_written():
    for fact in facts.load(TABLE):
        assert fact.as_of <= date(2026, 11, 27), fact.id
        assert fact.valid_to is None or fact.valid_from is not None, fact.id


def test_a_fact_becomes_a_passage_dated_by_the_day_it_began_to_hold():
    by_id = {passage.eid: passage for passage in facts.passages(facts.load(TABLE))}
    crc = by_id["fact:crc-ratification"]
    assert (crc.date, crc.kind, crc.role) == ("1990-02-28", "fact", "primary")
    assert by_id["fact:juvenile-max"].valid_to == "2025-12-31"


def test_an_undated_fact_is_dated_by_the_day_it_is_known(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(ROW, encoding="utf-8")
    (passage,) = facts.passages(facts.load(path))
    assert (passage.date, passage.valid_from) == ("2025-05-03", "")


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ('id = "bien-ban-lang-hoa"\n', "", "id is missing"),
        ('"CRC"', '"CHILD"', "'CHILD' isn't a rights code"),
        ('rights = ["CRC"]', "rights = []", "rights must be a non-empty list"),
        ('role = "primary"', 'role = "gov"', "role must be one of"),
        ("as_of = 2025-05-03", 'as_of = "2025-05-03"', "as_of must be a non-empty day"),
        ("as_of = 2025-05-03", "as_of = 2025-05-03\ncolour = 1", "colour isn't a key"),
        (
            "as_of = 2025-05-03",
            "as_of = 2025-05-03\nvalid_from = 2025-02-01\nvalid_to = 2025-01-01",
            "valid_to is before",
        ),
        ('id = "bien-ban-lang-hoa"', 'id = "Biên bản"', "lower-case words joined by hyphens"),
    ],
)
def test_a_broken_row_is_named_with_its_fault(tmp_path, found, put, said):
    assert said in refused(tmp_path, ROW.replace(found, put))


def test_two_facts_with_one_id_are_refused(tmp_path):
    assert "two facts are called bien-ban-lang-hoa" in refused(tmp_path, ROW + ROW)


def test_a_file_that_is_no_facts_table_is_refused(tmp_path):
    assert "can't be read" in refused(tmp_path, "[[fact")
    assert "nothing else" in refused(tmp_path, 'title = "x"')
    with pytest.raises(BadEvidence, match="can't be read"):
        facts.load(tmp_path / "absent.toml")
