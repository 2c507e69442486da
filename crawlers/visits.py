"""When a page is read again: decaying revisits after success, patience after failure. Pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawlers.items import Fetch, Outcome, Reading, Visit
from crawlers.moments import stamp
from crawlers.settings import (
    NOTICE_DAYS,
    NOTICE_HOURS,
    PAGE_FREE_TRIES,
    PAGE_TRIES,
    REVISIT_HOURS,
    UNCONDITIONAL_HOURS,
)

BARE = "its list has no entry"
NOTICE = "a notice stands in its place: it says neither what it said before nor what its list calls it"
# the page was there and said all it had to say, even if that was nothing for us
ANSWERED = frozenset({None, Outcome.LISTED, Outcome.UNCHANGED, Outcome.NOT_VIETNAMESE})
_A_DAY_LATER = frozenset({
    Outcome.ROBOTS, Outcome.BLOCKED, Outcome.PRIVATE_ADDRESS, Outcome.BAD_LINK, Outcome.TOO_LARGE,
    Outcome.BAD_CERTIFICATE,
})  # fmt: skip


def from_now(seconds: float) -> str:
    """The moment some seconds from now."""
    return stamp(datetime.now(UTC) + timedelta(seconds=seconds))


def conditions(visit: Visit, now: datetime) -> dict[str, str]:
    """Headers that let a server answer "unchanged"; none once a day, for servers that say so wrongly."""
    if not visit.body_hash or older(visit.unconditional_at, now, UNCONDITIONAL_HOURS):
        return {}
    headers = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    return {name: value for name, value in headers.items() if value}


def after(visit: Visit, fetch: Fetch, outcome: Outcome | None, now: datetime) -> tuple[Visit, str]:
    """The visit with this outcome added, and when the page is due again ("" for never)."""
    first = min(visit.first_at or stamp(now), stamp(now))  # one that lies ahead was read on a wrong clock
    visit = replace(visit, first_at=first, fetched_at=stamp(now))
    if fetch.step == "index" and (outcome in ANSWERED or may_change(fetch)):
        return replace(visit, visits=visit.visits + 1, failures=0, missed=0), ""  # a source's own rhythm decides
    if outcome in ANSWERED:
        done = replace(visit, visits=visit.visits + 1, failures=0, missed=0)
        return done, _next_visit(first, visit.visits, now)
    if outcome is Outcome.GONE:
        # where it comes back, what it says is read whole, else it would be unchanged and gone still
        gone = replace(visit, missed=visit.missed + 1, failures=0, etag="", last_modified="", body_hash="")
        soon, later = stamp(now + timedelta(hours=1)), _next_visit(first, visit.visits, now) if visit.visits else ""
        return gone, soon if gone.missed < 2 else later and max(soon, later)
    failed = replace(visit, failures=visit.failures + 1)
    again = _next_try(failed.failures, outcome, now)
    return failed, max(again, stamp(now + timedelta(hours=1))) if again and is_lost(visit, fetch, outcome) else again


def may_change(fetch: Fetch) -> bool:
    """Whether a list is asked for at each look: its stamp is none, or only a day.

    One that another names with its moment isn't, until that moves: where it fails it is tried again as pages are.
    """
    return fetch.step == "index" and len(fetch.stamp) <= len("2026-11-26")


def is_lost(visit: Visit, fetch: Fetch, outcome: Outcome | None) -> bool:
    """Whether a page that said something before says nothing now: it is left alone for an hour, as a fault may pass."""
    return fetch.step == "page" and outcome is Outcome.EMPTY and visit.visits > 0


def put_aside(visit: Visit, fetch: Fetch, words: str, now: datetime) -> tuple[Visit, str]:
    """The visit to a page with a notice in its place, whose words stand for what the page says: it is read whole each
    time, so that when it was is free to tell since when it says that.

    It is asked for again as one that says nothing, then daily.
    """
    seen, again = after(visit, fetch, Outcome.EMPTY, now)
    later = "" if older(seen.first_at, now, 24 * NOTICE_DAYS) else stamp(now + timedelta(days=1))
    since = visit.unconditional_at if visit.body_hash == words else stamp(now)
    return replace(seen, etag="", last_modified="", body_hash=words, unconditional_at=since), again or later


def has_said(visit: Visit, words: str, now: datetime) -> bool:
    """Whether a page says the same notice at each look since NOTICE_HOURS."""
    return visit.body_hash == words and older(visit.unconditional_at, now, NOTICE_HOURS)


def remembered(
    visit: Visit, *, etag: str, last_modified: str, body_hash: str, now: datetime, conditional: bool
) -> Visit:
    """The visit with what a full answer lets us say next time; `conditional` when it was asked for under conditions."""
    return replace(
        visit,
        etag=etag[:500],
        last_modified=last_modified[:100],
        body_hash=body_hash,
        unconditional_at=visit.unconditional_at if conditional else stamp(now),
    )


def older(moment: str, now: datetime, hours: float) -> bool:
    """Whether a stored moment lies further back than some hours; one that was never is, or that lies ahead."""
    try:
        return not timedelta() <= now - datetime.fromisoformat(moment) <= timedelta(hours=hours)
    except ValueError:
        return True


def is_whole(reading: Reading, fetch: Fetch) -> bool:
    """Whether a page was read to its end, so that its hash may stand for it.

    An empty article is as it is; an empty feed is a fault, which mustn't pass for "unchanged" the next time.
    """
    if names_nothing(reading, fetch):
        return False
    return reading.missed in ANSWERED or (reading.missed is Outcome.EMPTY and fetch.step != "index")


def names_nothing(reading: Reading, fetch: Fetch) -> bool:
    """Whether a source's own list was read and has no entry."""
    named = (reading.items, reading.follow, reading.more, reading.then, reading.older, reading.dropped)
    return fetch.step == "index" and fetch.depth == 0 and reading.missed is Outcome.LISTED and not any(named)


def _next_visit(first: str, visits: int, now: datetime) -> str:
    """Hours since the page was first read: 1, 6, 24, 72, 168; a late visit doesn't shift the rest."""
    since = datetime.fromisoformat(first)
    for hours in REVISIT_HOURS[visits:]:
        if since + timedelta(hours=hours) > now:
            return stamp(since + timedelta(hours=hours))
    return ""


def _next_try(failures: int, outcome: Outcome | None, now: datetime) -> str:
    if failures >= PAGE_TRIES:
        return ""
    if outcome in _A_DAY_LATER:
        return stamp(now + timedelta(days=1))
    return stamp(now + timedelta(hours=max(0, failures - PAGE_FREE_TRIES)))
