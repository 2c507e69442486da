"""When a page is read again."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.items import Fetch, Outcome, Reading, Visit
from crawlers.moments import stamp
from crawlers.visits import after, conditions, is_whole, older, remembered

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PAGE = Fetch("bao", "http://a.test/1", step="page")


def test_visits_decay_over_a_week_and_then_stop() -> None:
    visit, at, waits = Visit(), NOW, []
    while True:
        visit, due = after(visit, PAGE, None if not waits else Outcome.UNCHANGED, at)
        if not due:
            break
        at = datetime.fromisoformat(due)
        waits.append((at - NOW).total_seconds() / 3600)
    assert waits == [1, 6, 24, 72, 168]


def test_a_late_visit_does_not_shift_the_ones_after_it() -> None:
    visit, _ = after(Visit(), PAGE, None, NOW)
    visit, due = after(visit, PAGE, Outcome.UNCHANGED, NOW + timedelta(hours=30))
    assert due == stamp(NOW + timedelta(hours=72))


def test_a_page_is_missed_twice_an_hour_apart_and_then_left() -> None:
    visit, due = after(Visit(), PAGE, Outcome.GONE, NOW)
    assert (visit.missed, due) == (1, stamp(NOW + timedelta(hours=1)))
    visit, due = after(visit, PAGE, Outcome.GONE, NOW)
    assert (visit.missed, due) == (2, "")
    back, _ = after(visit, PAGE, None, NOW)
    assert back.missed == 0


def test_a_page_that_was_read_is_looked_at_on_its_days_though_it_was_missed_twice_and_then_read_whole() -> None:
    visit = Visit(first_at=stamp(NOW), visits=1, body_hash="x", etag='"a"', last_modified="Mon")
    for hours, days in ((1, 2), (2, 6), (6, 24), (24, 72), (72, 168), (168, 0)):
        visit, due = after(visit, PAGE, Outcome.GONE, NOW + timedelta(hours=hours))
        assert due == (stamp(NOW + timedelta(hours=days)) if days else "")
        assert (visit.body_hash, conditions(visit, NOW)) == ("", {})


def test_failures_are_tried_again_soon_then_later_then_never() -> None:
    visit, waits = Visit(), []
    for _ in range(10):
        visit, due = after(visit, PAGE, Outcome.SERVER_ERROR, NOW)
        waits.append(None if not due else (datetime.fromisoformat(due) - NOW).total_seconds() / 3600)
    assert waits == [0, 0, 0, 1, 2, 3, 4, 5, 6, None]
    assert after(visit, PAGE, None, NOW)[0].failures == 0


@pytest.mark.parametrize("outcome", [Outcome.ROBOTS, Outcome.BLOCKED, Outcome.TOO_LARGE, Outcome.PRIVATE_ADDRESS])
def test_a_refusal_is_not_asked_about_again_before_a_day(outcome: Outcome) -> None:
    assert after(Visit(), PAGE, outcome, NOW)[1] == stamp(NOW + timedelta(days=1))


def test_a_source_s_own_address_has_no_date_of_its_own() -> None:
    assert after(Visit(), Fetch("bao", "http://a.test/rss"), Outcome.SERVER_ERROR, NOW)[1] == ""


def test_conditions_are_sent_except_once_a_day() -> None:
    visit = remembered(Visit(), etag='"a"', last_modified="Mon", body_hash="x", now=NOW, conditional=False)
    assert conditions(visit, NOW + timedelta(hours=23)) == {"If-None-Match": '"a"', "If-Modified-Since": "Mon"}
    assert conditions(visit, NOW + timedelta(hours=25)) == {}
    again = remembered(
        visit, etag='"b"', last_modified="", body_hash="y", now=NOW + timedelta(hours=23), conditional=True
    )
    assert conditions(again, NOW + timedelta(hours=25)) == {}
    assert conditions(Visit(etag='"a"', unconditional_at=stamp(NOW)), NOW) == {}  # no body was ever kept


def test_only_what_was_read_to_its_end_may_be_called_unchanged() -> None:
    index = Fetch("bao", "http://a.test/rss")
    assert is_whole(Reading(), index)
    assert is_whole(Reading(follow=(PAGE,), missed=Outcome.LISTED), index)
    assert not is_whole(Reading(missed=Outcome.LISTED), index)
    assert is_whole(Reading(missed=Outcome.LISTED), Fetch("bao", "http://a.test/thang.xml", depth=1))
    assert is_whole(Reading(missed=Outcome.EMPTY), PAGE)
    assert not is_whole(Reading(missed=Outcome.EMPTY), index)
    for missed in (Outcome.TOO_SLOW, Outcome.BROKEN, Outcome.FAILED, Outcome.NOT_A_FEED):
        assert not is_whole(Reading(missed=missed), PAGE)


def test_a_page_first_read_on_a_clock_that_was_ahead_is_read_again_by_the_right_one() -> None:
    visit, _ = after(Visit(), PAGE, None, NOW + timedelta(days=300))
    visit, due = after(visit, PAGE, Outcome.UNCHANGED, NOW)
    assert (visit.first_at, due) == (stamp(NOW), stamp(NOW + timedelta(hours=6)))


def test_what_was_never_or_lies_ahead_is_long_ago() -> None:
    assert older("", NOW, 24)
    assert older(stamp(NOW + timedelta(days=300)), NOW, 24)
    assert not older(stamp(NOW), NOW, 24)
