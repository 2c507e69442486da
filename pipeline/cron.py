"""Cron lines as APScheduler's times."""

import re
from datetime import UTC, datetime
from typing import Any

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def trigger(when: str, timezone: str) -> Any:
    """The times of five cron fields; raises ValueError when they aren't such, or never come."""
    from apscheduler.triggers.cron import CronTrigger

    fields = when.split()
    if len(fields) != 5:
        raise ValueError(f"fields: {len(fields)}")
    times = CronTrigger.from_crontab(" ".join((*fields[:4], _weekdays(fields[4]))), timezone=timezone)
    if times.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise ValueError("such a day never comes")
    return times


def _weekdays(field: str) -> str:
    """Cron's days of the week by their names: cron counts from Sunday (0 or 7), APScheduler from Monday.

    Raises ValueError when it isn't such a field.
    """
    if field == "*":
        return field
    found: list[str] = []
    for part in field.lower().split(","):
        span, slash, step = part.partition("/")
        if slash and not re.fullmatch("[1-9][0-9]*", step):
            raise ValueError(f"{part!r} has no step of days")
        first, dash, last = span.partition("-")
        begin = 0 if first == "*" else _weekday(first)
        end = _weekday(last) if dash else 6 if step else begin
        found += [DAYS[day % 7] for day in range(begin, end + 1 if begin <= end else end + 8, int(step or 1))]
    return ",".join(found)


def _weekday(word: str) -> int:
    if not re.fullmatch("[0-7]", word) and word not in DAYS:
        raise ValueError(f"{word!r} is no day of the week")
    return DAYS.index(word) if word in DAYS else int(word)
