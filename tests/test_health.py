"""How a source is doing, and its rhythm."""

from datetime import UTC, datetime

import pytest

from crawlers.health import adapted, after
from crawlers.items import Health, Outcome

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def step(
    health: Health, first: Outcome | None, counts: dict[Outcome, int] | None = None, seconds: float = 0.1
) -> Health:
    return after(health, counts or {}, first=first, detail="", seconds=seconds, now=NOW)


def minutes(health: Health) -> float:
    return (datetime.fromisoformat(health.next_at) - NOW).total_seconds() / 60


@pytest.mark.parametrize(
    ("every", "fresh", "stale", "then"),
    [
        (60, 0, 0, 60),
        (60, 0, 60, 66),
        (60, 1, 59, 60),
        (60, 2, 98, 40),
        (300, 1, 19, 60),
        (300, 0, 1, 330),
        (30, 1, 19, 30),
    ],
)
def test_the_interval_follows_how_much_a_look_brings_not_how_long_its_list_is(
    every: float, fresh: int, stale: int, then: float
) -> None:
    assert adapted(every, {Outcome.NEW: fresh, Outcome.KNOWN: stale}, usual=60) == pytest.approx(then)


@pytest.mark.parametrize(
    ("a_day", "late", "looks"), [(240, 15, 97), (60, 30, 97), (24, 60, 60), (6, 80, 40), (2, 130, 25), (0.5, 350, 15)]
)
def test_what_comes_is_found_early_and_what_rests_is_left_in_peace(a_day: float, late: float, looks: int) -> None:
    """A feed of 100 entries: how late it is read at most, once its rhythm is known, and how often in a day."""
    at = every = 60.0
    gap, seen, waits, asked = 1440 / a_day, 0, [], 0
    while at < 40 * 1440:
        new = int(at / gap) - seen
        if at > 10 * 1440:
            waits += [at - (seen + 1 + n) * gap for n in range(new)]
            asked += 1
        seen += new
        every = adapted(every, {Outcome.NEW: new, Outcome.KNOWN: 100 - new}, usual=60)
        at += every
    assert max(waits) <= late
    assert asked / 30 <= looks


def test_the_interval_stays_between_a_quarter_of_an_hour_and_a_day() -> None:
    slow = fast = 60.0
    for _ in range(60):
        slow = adapted(slow, {Outcome.UNCHANGED: 1}, usual=60)
        fast = adapted(fast, {Outcome.NEW: 9}, usual=60)
    assert (slow, fast) == (1440, 15)


def test_back_off_is_linear_weighted_and_capped_at_a_day() -> None:
    def waits(outcome: Outcome, times: int) -> list[float]:
        health, seen = Health(every=60), []
        for _ in range(times):
            health = step(health, outcome)
            seen.append(minutes(health))
        return seen

    assert waits(Outcome.NOT_A_FEED, 3) == [120, 180, 240]
    assert waits(Outcome.SERVER_ERROR, 3) == [90, 120, 150]
    assert waits(Outcome.DNS_ERROR, 3) == [75, 90, 105]
    assert waits(Outcome.NOT_A_FEED, 60)[-1] == 1440


def test_success_ends_the_back_off() -> None:
    failing = step(step(Health(every=60), Outcome.SERVER_ERROR), Outcome.SERVER_ERROR)
    assert failing.failure_weight == 1.0
    fine = step(failing, Outcome.LISTED, {Outcome.NEW: 1, Outcome.KNOWN: 1})
    assert (fine.status, fine.failure_weight, fine.last_error, minutes(fine)) == ("ok", 0.0, "", 60)


@pytest.mark.parametrize(
    ("first", "word"),
    [
        (Outcome.LISTED, "ok"),
        (Outcome.UNCHANGED, "ok"),
        (Outcome.NEW, "ok"),
        (Outcome.BLOCKED, "blocked"),
        (Outcome.ROBOTS, "blocked"),
        (Outcome.PRIVATE_ADDRESS, "failing"),
        (Outcome.THROTTLED, "paused"),
        (Outcome.DNS_ERROR, "failing"),
        (Outcome.NETWORK_ERROR, "failing"),
        (Outcome.NOT_A_FEED, "failing"),
        (Outcome.GONE, "failing"),
        (None, "failing"),
    ],
)
def test_blocked_is_told_apart_from_down(first: Outcome | None, word: str) -> None:
    assert step(Health(every=60), first).status == word


def test_gone_is_said_the_second_time() -> None:
    assert step(step(Health(every=60), Outcome.GONE), Outcome.GONE).status == "gone"


def test_one_that_is_cut_off_with_pages_left_stays_due_unless_its_own_address_failed() -> None:
    counts = {Outcome.NEW: 9}
    read, down = (
        after(Health(every=60), counts, first=first, detail="", seconds=0.1, now=NOW, cut_off=True)
        for first in (Outcome.LISTED, Outcome.SERVER_ERROR)
    )
    assert (read.status, minutes(read), read.every) == ("ok", 0, 60)
    assert (down.status, minutes(down)) == ("failing", 90)


def test_a_slow_answer_is_a_word_of_its_own() -> None:
    assert step(Health(every=60), Outcome.LISTED, seconds=12).status == "slow"


def test_a_pause_that_a_host_asked_for_outlasts_the_back_off() -> None:
    later = "2026-11-03T11:00:00.000Z"
    paused = after(Health(every=60), {}, first=Outcome.THROTTLED, detail="", seconds=0, now=NOW, paused_until=later)
    assert paused.next_at == later
