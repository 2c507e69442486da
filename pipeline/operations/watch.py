"""What is wrong now: the sources, the backlog, the disk, the model, the backups, the jobs."""

import math
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from pipeline.home import Home, card_of
from pipeline.operations.alerts import Finding
from pipeline.operations.channels import channels
from pipeline.operations.rotation import ahead, last_backup
from pipeline.operations.state import CHECK, FAILURES, LOOK, read_state, run_process
from pipeline.operations.watch_sources import hours_between, just_began, look_at_sources
from pipeline.records import counted
from pipeline.settings import Settings
from pipeline.store import Database, alerts, models, runs, watching

ENOUGH_SCORES = 500  # fewer say little about a distribution
SETTLING = 2.0  # minutes after a promotion in which scores of the model before are no wonder


def look(home: Home, db: Database, *, at: str) -> list[Finding]:
    """Everything that is wrong in a home at a moment."""
    settings, since = home.settings(), read_state(home).started
    return [
        *look_at_sources(db, at=at, silent_hours=settings.watch.silent_hours, since=since),
        *_unasked(home, db, settings),
        *_backlog(db, settings, at=at, started=since),
        *_disk(home, settings),
        *_live(db),
        *_drift(home, db, settings),
        *_backups(home, db, settings, at=at, started=since),
        *_desk(home, settings),
        *_jobs(home),
        *_undelivered(db, settings),
    ]


def _unasked(home: Home, db: Database, settings: Settings) -> Iterator[Finding]:
    """Sources that `soi run` leaves out for want of a contact; a list that can't be read is told by the crawl."""
    on = set() if settings.crawl.contact else {source.id for source in watching.sources(db)}
    if not on:
        return
    from crawlers.run import nobody_to_reach
    from crawlers.sources import SourcesError, load

    with suppress(SourcesError):
        listed = [source for source in load(home.source_list) if source.id in on]
        if refused := [source.id for source in nobody_to_reach(listed, contact="")]:
            some = f"{', '.join(refused[:3])}{' …' * (len(refused) > 3)}"
            yield Finding(
                "sources.contact", "critical", f"Public sources aren't asked ({some}): crawl.contact is empty.",
                "Set crawl.contact in soi.toml to a page or mail address, so that a site can reach you.",
            )  # fmt: skip


def _caught_up(db: Database, key: str, *, started: str, at: str) -> bool:
    """Whether what was missed while nothing ran has had its time, or was told of before."""
    return not just_began(started, at) or any(alert.key == key for alert in alerts.open_alerts(db))


def _backlog(db: Database, settings: Settings, *, at: str, started: str) -> Iterator[Finding]:
    waiting = watching.unscored(db)
    minutes = hours_between(waiting.since, at) * 60
    had_time = hours_between(started, at) * 60 > settings.watch.backlog_minutes
    caught_up = had_time or _caught_up(db, "backlog.scores", started=started, at=at)
    if minutes > settings.watch.backlog_minutes and caught_up:
        advice = "Is `soi run` at work? `soi status` says why the scoring worker isn't; `soi score` scores by hand."
        if runs.under_way(db, "score"):
            advice = "They are being scored: `soi status` shows how far. If they become more, take fewer sources."
        said = f"To be scored: {counted(waiting.n, 'post')}, the oldest for {minutes:.0f} minutes."
        yield Finding("backlog.scores", "critical", said, advice)
    cases = watching.undecided(db)
    days = hours_between(cases.since, at) / 24
    if days > settings.watch.undecided_days:
        yield Finding(
            "backlog.cases", "warning",
            f"To be decided: {counted(cases.n, 'case')}, the oldest for {counted(round(days), 'day')}.",
            "More moderators, fewer sources, or a higher watch.undecided_days.",
        )  # fmt: skip


def _disk(home: Home, settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(home.database.parent).free >> 20
    if free < settings.watch.disk_free_mb:
        yield Finding(
            "disk", "critical", f"{free} MB are free on the disk of {home.database.parent}.",
            "Free some space; `soi prune --compact` gives back what old texts took.",
        )  # fmt: skip


def _live(db: Database) -> Iterator[Finding]:
    """The promoted model was refused: the one before goes on, and somebody should know."""
    (scorer, scored), live, since = watching.last_scorer(db), models.live_version(db), watching.live_since(db)
    if scorer not in {"", live} and hours_between(since, scored) * 60 > SETTLING:
        when = "" if since < "1" else f" since {since[:16]} UTC"  # the model that ships was promoted by nobody
        yield Finding(
            "model.live", "critical", f"{live} is live{when}, but {scorer} still scores.",
            "`soi doctor` says what is wrong with its files; bring them back, or `soi rollback`.",
        )  # fmt: skip


def stability(expected: Counter[str], actual: Counter[str]) -> float:
    """Population stability index of two distributions: 0 the same, 0.1 a little, from 0.25 on another population."""
    total_e, total_a, index = expected.total(), actual.total(), 0.0
    for part in set(expected) | set(actual):
        # half a count for an empty part, or the logarithm has no end
        e = max(expected[part], 0.5) / total_e
        a = max(actual[part], 0.5) / total_a
        index += (a - e) * math.log(a / e)
    return index


def expected_scores(home: Home, db: Database, model: str) -> Counter[str]:
    """How a model's scores should fall: as its card says, else as its first ones here did."""
    try:
        card = card_of(home.model(model))
    except (OSError, ValueError):
        return Counter()
    if isinstance(card.get("score_parts"), dict):
        return Counter({part: int(n) for part, n in card["score_parts"].items()})
    return watching.score_shares(db, model, after=watching.live_since(db))


def drift(home: Home, db: Database) -> float:
    """How far the newest scores of the live model are from what they should be; 0 while there are too few."""
    model = models.live_version(db)
    expected, actual = expected_scores(home, db, model), watching.score_shares(db, model)
    if min(expected.total(), actual.total()) < ENOUGH_SCORES:
        return 0.0
    return stability(expected, actual)


def _drift(home: Home, db: Database, settings: Settings) -> Iterator[Finding]:
    index = drift(home, db)
    if index > settings.watch.drift:
        yield Finding(
            "model.drift", "warning", f"Scores fall otherwise than they used to (stability index {index:.2f}).",
            "New sources or a new topic? If not, read a sample (`soi audit`) and think of training again.",
        )  # fmt: skip


def _backups(home: Home, db: Database, settings: Settings, *, at: str, started: str) -> Iterator[Finding]:
    last = last_backup(home.backups)
    since = last.isoformat() if last else watching.first_run(db)
    days = hours_between(since, at) / 24
    if settings.schedule.backup != "off" and days > 2 and _caught_up(db, "backup", started=started, at=at):
        said = f"Of the backups {odd}." if (odd := ahead(home.backups)) else "There is no backup yet."
        yield Finding(
            "backup", "warning", f"The last backup is {days:.0f} days old." if last else said,
            "`soi backup` makes one and says what is in the way.",
        )  # fmt: skip


def _desk(home: Home, settings: Settings) -> Iterator[Finding]:
    """A desk that gave way to another program, behind a proxy that knows no port but the one that is set."""
    state = read_state(home)
    if state.taken and settings.desk.address and run_process(home) is not None:
        yield Finding(
            "desk.port", "critical",
            f"Another program has port {state.taken}, so the desk is at {state.desk}: what is sent to"
            f" {settings.desk.address}, passwords too, may reach that program.",
            "Stop the proxy, end that program and start `soi run` again; or set another desk.port, in the proxy too.",
        )  # fmt: skip


def _jobs(home: Home) -> Iterator[Finding]:
    for name, job in read_state(home).jobs.items():
        if name == CHECK and job.code is None:
            continue  # it is what is looking
        if job.failures >= FAILURES:
            by_hand = "" if name == LOOK else f"; or type `soi {name.partition(' #')[0]}` by hand"
            yield Finding(
                f"job.{name}", "critical", f"{name} failed {job.failures} times in a row: {job.said or 'no word why'}",
                f"`soi doctor` says more, and `soi run`'s log{by_hand}.",
            )  # fmt: skip


def _undelivered(db: Database, settings: Settings) -> Iterator[Finding]:
    """Channels that are open and don't deliver, or not to all; what waits for a closed one is nobody's trouble."""
    names = [channel.name for channel in channels(settings.alerts)]
    for channel, (n, problem) in alerts.undelivered(db, names).items():
        told = "1 message" if n == 1 else f"{n} messages"
        yield Finding(
            f"alerts.{channel}", "warning", f"{told} didn't reach everybody by {channel}: {problem}",
            "`soi alerts test` tries every channel; what arrives ends this alert with the next checks.",
        )  # fmt: skip
