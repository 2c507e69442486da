"""What runs when: the jobs with fixed times, and which sources' time has come."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawlers.sources import Source
from pipeline import cron
from pipeline.settings import ScheduleSettings


@dataclass(frozen=True, slots=True)
class Job:
    """A `soi` command with a time."""

    argv: tuple[str, ...]
    when: str  # five cron fields, or off
    step: str  # the step its runs are written under; "" for one that leaves none and isn't caught up
    options: tuple[str, ...] = ()  # what the schedule says beside it

    @property
    def name(self) -> str:
        """What a person would type after `soi`."""
        return " ".join(self.argv)


def jobs(settings: ScheduleSettings) -> list[Job]:
    """The jobs with fixed times that are on."""
    every = [
        Job(("alerts", "check"), settings.check, ""),
        Job(("backup",), settings.backup, "backup", ("--daily",)),
        Job(("prune",), settings.prune, "prune"),
        Job(("prune", "--compact"), settings.tidy, "tidy"),
    ]
    return [job for job in every if job.when != "off"]


def missed(job: Job, *, last: str, at: datetime, timezone: str) -> bool:
    """Whether a time of the job passed since it last began: then it runs once, not once for each time."""
    if not last:
        return False
    following = cron.trigger(job.when, timezone).get_next_fire_time(None, datetime.fromisoformat(last))
    return following is not None and following <= at


def next_time(job: Job, timezone: str) -> str:
    """When a job comes next, in UTC."""
    following = cron.trigger(job.when, timezone).get_next_fire_time(None, datetime.now(UTC))
    return following.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if following else ""


def next_batch(sources: Sequence[Source], due: Mapping[str, Set[str]], *, busy: Set[str]) -> list[Source]:
    """The sources to crawl now: those that are on and due, by their hosts, where no crawl is at one of them."""
    return [s for s in sources if not s.off and s.id in due and due[s.id].isdisjoint(busy)]


def every_trigger(settings: ScheduleSettings, launch: Callable[[Job], None]) -> Any:
    """An APScheduler with every job in it: one at a time, a missed time caught up once."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)}, timezone=settings.timezone,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )  # fmt: skip
    for job in jobs(settings):
        scheduler.add_job(launch, cron.trigger(job.when, settings.timezone), args=[job], id=job.name)
    return scheduler
