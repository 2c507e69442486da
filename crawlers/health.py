"""How a source is doing, and when it is looked at next. Pure: counts in, Health out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from crawlers.items import Health, Outcome
from crawlers.moments import stamp
from crawlers.settings import EVERY, EVERY_CAP, EVERY_FLOOR, FAILURE_WEIGHTS, SEVERAL, SLOW_DOWN, SPEED_UP

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
    usual: float = EVERY,
    paused_until: str = "",
    cut_off: bool = False,
) -> Health:
    """Health after a crawl; `first` is what the source's own address came to, `seconds` its answer time,
    `usual` the minutes between looks to begin with.

    One that was read and cut off with pages left stays due, in the rhythm it had.
    """
    if first in _FINE:
        every = health.every if cut_off else adapted(health.every, counts, usual=usual)
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


def adapted(every: float, counts: Mapping[Outcome, int], *, usual: float) -> float:
    """Shorter when a look brings several new things; a little longer when it brings none, so that the interval is about
    a tenth of the silence; a look that brings anything ends that: no longer than usual then.

    How long the list is that names the new ones says nothing: most have all of a day or more.
    """
    fresh, stale = (sum(counts.get(outcome, 0) for outcome in group) for group in (_FRESH, _STALE))
    if fresh:
        every = min(every, usual) / (SPEED_UP if fresh >= SEVERAL else 1)
    elif stale:
        every *= SLOW_DOWN
    return min(max(every, EVERY_FLOOR), EVERY_CAP)


def _word(first: Outcome | None, health: Health) -> str:
    if first in _BLOCKED:
        return "blocked"
    if first is Outcome.THROTTLED:
        return "paused"
    if first is Outcome.GONE and health.failure_weight >= 0.5:
        return "gone"  # the second time in a row
    return "failing"
