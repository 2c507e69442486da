"""How a source is doing, and when it is looked at next. Pure: counts in, Health out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from crawlers.items import Health, Outcome
from crawlers.settings import EVERY_CAP, EVERY_FLOOR, FAILURE_WEIGHTS, SLOW_DOWN, SPEED_UP
from crawlers.visits import stamp

_FRESH = (Outcome.NEW, Outcome.EDITED)
_STALE = (Outcome.KNOWN, Outcome.UNCHANGED)
# what the first page of a source came to, when it couldn't be read
_BLOCKED = (Outcome.BLOCKED, Outcome.ROBOTS)
_DOWN = {
    Outcome.GONE: "soft",
    Outcome.THROTTLED: "soft",
    Outcome.SERVER_ERROR: "soft",
    Outcome.NETWORK_ERROR: "soft",
    Outcome.TOO_SLOW: "soft",
    Outcome.DNS_ERROR: "dns",
}
_FINE = (Outcome.LISTED, Outcome.UNCHANGED, *_FRESH, Outcome.KNOWN, Outcome.NOT_VIETNAMESE)


def after(
    health: Health,
    counts: Mapping[Outcome, int],
    *,
    first: Outcome | None,
    detail: str,
    seconds: float,
    now: datetime,
    paused_until: str = "",
    cut_off: bool = False,
) -> Health:
    """Health after a crawl; `first` is what the source's own address came to, `seconds` its answer time.

    One that was read and cut off with pages left stays due, in the rhythm it had.
    """
    if first in _FINE:
        every = health.every if cut_off else adapted(health.every, counts)
        return Health(
            status="slow" if seconds > 10 else "ok",
            every=every,
            last_success=stamp(now),
            last_error="",
            next_at=stamp(now if cut_off else now + timedelta(minutes=every)),
        )
    weight = health.failure_weight + FAILURE_WEIGHTS[_DOWN.get(first, "hard") if first else "soft"]
    wait = min(health.every * (1 + weight), EVERY_CAP)
    return replace(
        health,
        status=_word(first, health),
        failure_weight=weight,
        last_error=": ".join(filter(None, (str(first or "no answer"), detail)))[:300],
        next_at=max(stamp(now + timedelta(minutes=wait)), paused_until),
    )


def adapted(every: float, counts: Mapping[Outcome, int]) -> float:
    """Longer when two thirds of what came is known, shorter when a third or less is; a quarter of an hour to a day."""
    fresh, stale = (sum(counts.get(outcome, 0) for outcome in group) for group in (_FRESH, _STALE))
    if fresh + stale == 0:
        return every
    known = stale / (fresh + stale)
    if known >= 2 / 3:
        every *= SLOW_DOWN
    elif known <= 1 / 3:
        every /= SPEED_UP
    return min(max(every, EVERY_FLOOR), EVERY_CAP)


def _word(first: Outcome | None, health: Health) -> str:
    if first in _BLOCKED:
        return "blocked"
    if first is Outcome.THROTTLED:
        return "paused"
    if first is Outcome.GONE and health.failure_weight >= 0.5:
        return "gone"  # the second time in a row
    return "failing"
