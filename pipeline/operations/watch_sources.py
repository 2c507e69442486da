"""Trouble with sources: failing, blocked, silent, suddenly loud or few, suddenly unreadable."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median

from crawlers.settings import UNCONDITIONAL_HOURS
from crawlers.visits import BARE
from pipeline.operations.alerts import Finding, source_of
from pipeline.records import after, counted
from pipeline.store import Database, alerts, watching
from pipeline.store.watching import SourceState

DAYS = 56  # eight whole weeks, so that every weekday counts alike
UNREADABLE = ("empty", "broken", "not_a_feed", "unreadable")
READ = ("new", "edited", "known", "unchanged")
CLOSED = 3  # pages that none of can be read
NETWORK = "network"
OFFLINE = ("dns_error", "network_error", "too_slow", "no answer")

PRIVATE = (
    "Its address, or one that it leads to, is a private one. On your own network: set allow_private = true, which holds"
    " for the host and port of its address. Elsewhere: look where its name leads; its site may have been taken over, or"
    " your own DNS answers with an inside address."
)
ADVICE = {
    "failing": "`soi sources check {id}` tries it and says more; Soi goes on asking, less and less often.",
    "blocked": "The site, or its robots.txt, asks us to stay away. Ask its people, or `soi sources off {id}`.",
    "gone": "Its address is no longer there. Look for the new one with `soi sources add`, then `soi sources off {id}`.",
    "paused": "The host asked us to wait. Give the source a longer `delay` in sources.toml if this goes on.",
}
PATIENCE = {"failing": 1.0, "paused": 24.0}  # hours before it is worth an alert
GRACE = 1.0  # hours after the start of `soi run`, or from when it woke, in which what was missed is caught up first


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many new posts a source brings a day, over the days we have of it."""

    days: tuple[int, ...]

    @property
    def usual(self) -> float:
        """New posts on a usual day."""
        return mean(self.days) if self.days else 0.0

    @property
    def longest_pause(self) -> int:
        """The most days in a row without any."""
        longest = run = 0
        for n in self.days:
            longest, run = (max(longest, run), 0) if n else (longest, run + 1)
        return longest


def rhythm(by_day: Mapping[str, int], *, at: str) -> Rhythm:
    """The whole days before this one, from the first to the last on which anything came."""
    today = datetime.fromisoformat(at).date()
    days = [str(today - timedelta(days=back)) for back in range(DAYS, 0, -1)]
    counts = [by_day.get(day, 0) for day in days]
    lively = [place for place, n in enumerate(counts) if n]
    return Rhythm(tuple(counts[lively[0] : lively[-1] + 1])) if lively else Rhythm(())


def look_at_sources(db: Database, *, at: str, silent_hours: float, since: str = "") -> list[Finding]:
    """Everything that is wrong with the sources that are on; `since` is when `soi run` began to look, or woke."""
    states = watching.sources(db)
    offline = _offline(states, at=at)
    if offline:
        return [offline]  # when the network is gone, no single source is to blame
    if _told_offline(db):  # nor while it comes back: they are asked again first
        states = [state for state in states if not _lost(state)]
    by_day = watching.new_by_day(db, since=after(at, hours=-24 * (DAYS + 1)))
    last_day = watching.new_by_day(db, since=after(at, hours=-24))
    untried = [] if not just_began(since, at) else [state.id for state in states if state.last_checked < since]
    found = [*_health(states, at=at, but=_untold(db, untried)), *_overdue(states, at=at, since=since)]
    unread_yet = _untold(db, [state.id for state in states]) if just_began(since, at) else set()
    found += [*_extraction(db, states, at=at), *_closed(db, states, at=at, but=unread_yet), *_unlisted(db, at=at)]
    found += [*_bare(db, at=at, hours=silent_hours), *_overflow(db, at=at)]
    for state in states:
        if state.health in {"ok", "slow"}:
            usual = rhythm(by_day.get(state.id, {}), at=at)
            found += _silence(db, state, at=at, hours=silent_hours)
            found += _volume(state, usual, last_day.get(state.id, Counter()).total())
    return found


def ask_again(db: Database) -> int:
    """When the network is back, sources that were lost with it are due at once, whatever they'd wait; how many.

    It is back when a source is well that wasn't: those that answered all the time tell nothing of it.
    """
    if not _told_offline(db):
        return 0
    states = watching.sources(db)
    back = max((state.since for state in states if state.health in {"ok", "slow"}), default="")
    waiting = [state.id for state in states if _lost(state) and state.last_checked < back]
    watching.due_now(db, waiting)
    return len(waiting)


def hours_between(earlier_one: str, later_one: str) -> float:
    """Hours from one moment to another; 0 when either isn't known."""
    if not (earlier_one and later_one):
        return 0.0
    return (datetime.fromisoformat(later_one) - datetime.fromisoformat(earlier_one)).total_seconds() / 3600


def just_began(since: str, at: str) -> bool:
    """Whether `soi run` began, or woke, so lately that it is still catching up."""
    return bool(since) and 0 <= hours_between(since, at) < GRACE


def _untold(db: Database, source_ids: Sequence[str]) -> set[str]:
    """Of these sources those that no alert is open about: one that is stays until it is known to be over."""
    return set(source_ids) - {source_of(alert.key) for alert in alerts.open_alerts(db)}


def _told_offline(db: Database) -> bool:
    return any(alert.key == NETWORK for alert in alerts.open_alerts(db))


def _lost(state: SourceState) -> bool:
    return state.health == "failing" and state.problem.startswith(OFFLINE)


def _offline(states: Sequence[SourceState], *, at: str) -> Finding | None:
    """One finding instead of a hundred when nearly everything that was asked lately couldn't be reached.

    Lately reaches back to the last answer of anybody: in a long outage sources are asked once a day.
    """
    since = min(after(at, hours=-2), max((state.last_success for state in states), default=""))
    asked = [state for state in states if state.last_checked and state.last_checked >= since]
    lost = [state for state in asked if _lost(state)]
    if len(asked) < 3 or len(lost) < 0.8 * len(asked):
        return None
    answered = max(state.last_success for state in lost)  # since then this outage is on; who was lost before tells less
    since = min((state.since for state in lost if state.since >= answered), default=answered)
    return Finding(
        NETWORK, "critical", f"{len(lost)} of {len(asked)} sources can't be reached since {since[:16]} UTC.",
        "Look at this machine's network and name service; collection goes on by itself when they are back.",
    )  # fmt: skip


def _health(states: Sequence[SourceState], *, at: str, but: Container[str]) -> Iterator[Finding]:
    for state in states:
        is_young = 0 <= hours_between(state.since, at) < PATIENCE.get(state.health, 0.0)  # below 0: the clock was ahead
        if state.health in ADVICE and not is_young and state.id not in but:
            yield Finding(
                f"source.{state.health}.{state.id}", "warning",
                f"{state.id} is {state.health} since {state.since[:16]} UTC ({state.problem or 'no word why'}).",
                advice(state.id, state.health, state.problem),
            )  # fmt: skip


def advice(source_id: str, health: str, problem: str) -> str:
    """What to do about a source, "" where nothing is."""
    return PRIVATE if problem.startswith("private_address") else ADVICE.get(health, "").format(id=source_id)


def _overdue(states: Sequence[SourceState], *, at: str, since: str) -> Iterator[Finding]:
    waits = {s.id: hours_between(max(s.next_check, since), at) * 3600 for s in states if s.next_check}
    late = [s.id for s in states if waits.get(s.id, 0.0) > 2 * s.interval_s + 1800]
    if late:
        named = ", ".join(late[:3]) + " …" * (len(late) > 3)
        yield Finding(
            "sources.overdue", "critical", f"Not being looked at: {counted(len(late), 'source')} ({named}).",
            "Is `soi run` at work? `soi status` says what it does; fewer sources or more schedule.crawls help.",
        )  # fmt: skip


def _silence(db: Database, state: SourceState, *, at: str, hours: float) -> Iterator[Finding]:
    """Seven times the usual gap has a chance of one in a thousand by itself; pauses seen before are allowed for.

    What is usual is told by the days up to the last post: those of the silence would make it usual.
    """
    last = watching.last_new(db, state.id)
    gap = hours_between(last, at)
    if gap <= hours:
        return
    days = watching.new_by_day(db, since=after(last, hours=-24 * (DAYS + 1)), source_id=state.id)
    usual = rhythm(days.get(state.id, {}), at=last)
    if len(usual.days) < 7 or usual.usual < 0.5:
        return
    if gap > max(hours, 24 * 7 / usual.usual, 24 * (usual.longest_pause + 1)):
        yield Finding(
            f"source.silent.{state.id}", "warning",
            f"{state.id} usually brings {counted(round(usual.usual), 'new post')} a day and has brought none for"
            f" {gap:.0f} hours.",
            f"Open its address; if there is news there, `soi sources check {state.id}` shows what is read of it.",
        )  # fmt: skip


def _volume(state: SourceState, usual: Rhythm, last_day: int) -> Iterator[Finding]:
    if len(usual.days) < 7:
        return
    middle = median(usual.days)
    if last_day > 5 * middle + 20:
        word = "many"
    elif middle >= 20 and 0 < last_day < middle / 5:
        word = "few"
    else:
        return
    yield Finding(
        f"source.{word}.{state.id}", "warning",
        f"{state.id} brought {counted(last_day, 'new post')} in a day; half of its days bring less or more than"
        f" {middle:.0f}.",
        "Look whether its address lists something else now, or whether something big happened.",
    )  # fmt: skip


def _extraction(db: Database, states: Sequence[SourceState], *, at: str) -> Iterator[Finding]:
    """Pages that suddenly give no text, as of a site that was rebuilt, or never gave any."""
    day, before = after(at, hours=-24), after(at, hours=-24 * 15)
    recent, past = watching.pages(db, since=day), watching.outcomes(db, since=before, until=day)
    for state in states:
        bad, share = _unreadable(recent.get(state.id, Counter()))
        share_before = _unreadable(past.get(state.id, Counter()), ("new", "edited"))[1]  # of attempts
        if bad >= 5 and share >= 0.5 and (share_before < 0.2 or share == share_before == 1.0):
            yield Finding(
                f"source.unreadable.{state.id}", "warning",
                f"{bad} pages of {state.id} gave no text in a day, {share:.0%} of those read.",
                "The site was probably rebuilt, or shows a notice in their place. Look at one of its pages; if it has"
                " text, tell Soi's people which one.",
            )  # fmt: skip


def _closed(db: Database, states: Sequence[SourceState], *, at: str, but: Container[str]) -> Iterator[Finding]:
    """A list that can be read, of pages none of which can: most often a site that lets robots see no more than it."""
    unread = watching.unread(db, since=after(at, hours=-48))
    for state in states:
        if state.health not in {"ok", "slow"} or state.id not in unread or state.id in but:
            continue
        since, words = unread[state.id].since, unread[state.id].outcomes
        pages = Counter({word: n for word, n in words.items() if word not in UNREADABLE})
        if pages.total() >= CLOSED and hours_between(since, at) >= PATIENCE["failing"]:
            yield Finding(
                f"source.closed.{state.id}", "warning",
                f"{pages.total()} pages of {state.id} wait since {since[:16]} UTC and none was read in two days:"
                f" {pages.most_common(1)[0][0]}.",
                f"Open one in a browser. A site that lets no robots in can be asked, or `soi sources off {state.id}`.",
            )  # fmt: skip


def _unlisted(db: Database, *, at: str) -> Iterator[Finding]:
    """An index that can be read, of lists none of which can: no new page is known of any more."""
    day, hour = after(at, hours=-48), after(at, hours=-PATIENCE["failing"])
    for source_id, outcome in watching.unread_lists(db, since=day, before=hour):
        yield Finding(
            f"source.unlisted.{source_id}", "warning",
            f"The index of {source_id} is read, but none of the lists that it names was in two days: {outcome}.",
            f"Open one in a browser; `soi sources check {source_id}` says more.",
        )  # fmt: skip


def _bare(db: Database, *, at: str, hours: float) -> Iterator[Finding]:
    """A list that can be read and has no entry, as of a site that was rebuilt: no new page is known of any more."""
    before = after(at, hours=-hours - UNCONDITIONAL_HOURS)
    for source_id, since in watching.bare_lists(db, BARE, since=after(at, hours=-48), before=before):
        yield Finding(
            f"source.bare.{source_id}", "warning",
            f"The list of {source_id} can be read and has had no entry since {since[:10]} or the day after.",
            f"Look for its new address with `soi sources add`, then `soi sources off {source_id}`.",
        )  # fmt: skip


def _overflow(db: Database, *, at: str) -> Iterator[Finding]:
    """Lists that name more than could ever be read, as where each look finds other addresses for the same pages."""
    for source_id, n in watching.overflowing(db, since=after(at, hours=-24)):
        yield Finding(
            f"source.overflow.{source_id}", "warning",
            f"The lists of {source_id} name more pages than can be kept waiting:"
            f" the {n} longest due were let go unread.",
            f"Look at its list twice: do its addresses change each time? If so, `soi sources off {source_id}`.",
        )  # fmt: skip


def _unreadable(counts: Counter[str], read: Sequence[str] = READ) -> tuple[int, float]:
    bad, good = sum(counts[word] for word in UNREADABLE), sum(counts[word] for word in read)
    return bad, bad / (bad + good) if bad + good else 0.0
