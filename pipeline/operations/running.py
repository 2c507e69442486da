"""`soi run`: looks what is due, keeps the scoring worker up, starts jobs as children, and ends all of it cleanly."""

import contextlib
import json
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from crawlers import reading
from crawlers.run import nobody_to_reach, without_contact
from crawlers.sources import Source, SourcesError, load
from crawlers.toml import dead_link
from crawlers.urls import host_of
from pipeline.home import Home
from pipeline.inforce import SECRETS, HomeError
from pipeline.locks import Busy
from pipeline.operations import schedule
from pipeline.operations.alerts import try_channels
from pipeline.operations.channels import channels
from pipeline.operations.children import STOPPED, Child, end_all, ending, named, start
from pipeline.operations.schedule import Job
from pipeline.operations.state import CHECK, LOOK, JobState, RunState, read_state, write_state
from pipeline.records import now
from pipeline.store import Database, StoreError, clock, fetches, open_store, runs, watching
from pipeline.store.database import explain

WORKER = ("score", "--watch")
AWAY = 60.0  # seconds that the home may be away before the operator is told: a disk may be mounted anew
CRY = 3  # failures of the check in a row after which the operator is told past it
PATIENCE_MS = 1000  # a look waits this long for who writes to the database
STOPPING = 8.0  # seconds that children get to end cleanly; the whole stop stays under ten
AGAIN = 60.0  # seconds after which a job, or the worker, that found another process in its way is tried again
WELL = 180.0  # seconds after which a worker that is still at work works; one that can't has ended by then
YEAR = 525_600.0  # minutes; the worker's time limit


class Running:
    """The state of one `soi run`."""

    def __init__(self, home: Home, *, pid: int) -> None:
        settings = home.settings()
        self.home, self.settings = home, settings.schedule
        self.cried = read_state(home).jobs.get(CHECK, JobState()).failures >= CRY
        self.ways = channels(settings.alerts, desk=settings.desk.address)
        self.said_in = [path for path in (home.settings_file, home.settings_file.with_name(SECRETS)) if path.exists()]
        self.every, self.contact = settings.crawl.every, settings.crawl.contact
        self.log = structlog.get_logger("run")
        self.children: dict[str, Child] = {}
        known = {job.name for job in schedule.jobs(self.settings)} | {" ".join(WORKER)}
        known |= {_crawl_name(n) for n in range(self.settings.crawls)}
        # of what the last `soi run` knew, when a job ended is still so
        ended = {name: JobState(ended=job.ended) for name, job in read_state(home).jobs.items() if name in known}
        self.state = RunState(pid=pid, started=now(), jobs=ended)
        self.asked: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self.put_off: dict[str, tuple[Job, float]] = {}  # jobs whose time came, and when they begin (monotonic)
        self.hosts: dict[str, dict[str, set[str]]] = {}  # crawl → sources it isn't through with → hosts they are at
        self.looked: dict[str, str] = {}  # source → when it was last looked at before the crawl that it is in
        self.sources: list[Source] = []
        self.unasked: set[str] = set()  # sources that aren't asked before a contact is set
        self.broken: dict[str, tuple[int, str]] = {}  # source → how many crawls of it broke off in a row, and why
        self.held: dict[str, float] = {}  # source → not to be crawled before, on the monotonic clock
        self._written = RunState()
        self._read_at = 0.0  # as of when the list of sources is known
        self._settings_at = _changed(home.settings_file)
        self._gone_at = 0.0  # since when the home is away, on the monotonic clock
        self._offset = time.time() - time.monotonic()
        self._next_worker = 0.0
        self.scheduler: Any = None

    def begin(self) -> None:
        """Start the clockwork; jobs whose time passed while nobody was here run once, now."""
        self.scheduler = schedule.every_trigger(self.settings, self.asked.put)
        with closing(open_store(self.home.database)) as db:
            runs.close_left(db)
            moment = now()
            if (sure := clock.last_sure(db, at=moment)) != moment:
                self._doubt(f"nothing ran here for long after {sure[:16]} UTC")
            late, at = watching.after_set_back(db, at=moment), datetime.now(UTC)
            for job in schedule.jobs(self.settings):
                last = (watching.last_whole(db, job.step) or watching.first_run(db)) if job.step else ""
                if schedule.missed(job, last=last, at=at, timezone=self.settings.timezone):
                    self.log.info("catching up", job=job.name)
                    self.asked.put(job)
        if late:
            self.log.warning("what a clock planned that was ahead is brought forward", n=late)
        self.scheduler.start()

    def _doubt(self, why: str) -> None:
        """Say that what is let go doesn't go by the clock yet."""
        self.log.warning("old texts and backups are kept for a day more: set the clock if it is wrong", said=why)

    def tick(self) -> None:
        """One look at everything; trouble with the store or the sources is logged, and the next look tries again."""
        self._clock()
        for name in list(self.children):
            self._reap(name)
        try:
            self._see_home()
            self._see_settings()
            self._keep_worker()
            for name in [name for name, (_, at) in self.put_off.items() if at <= time.monotonic()]:
                self.asked.put(self.put_off.pop(name)[0])
            while not self.asked.empty():
                self._launch(self.asked.get())
            self._crawl()
            self._trouble("")
        except (HomeError, StoreError, SourcesError, OSError) as error:
            self._trouble(str(error))
        except sqlite3.Error as error:
            self._trouble(explain(self.home.database, error))
        self._write(self.state)

    def _see_home(self) -> None:
        """Raise HomeError where the home went, as with its disk: jobs wait for it, and the operator is told past it."""
        if self.home.is_made:
            self._gone_at = 0.0
            return
        while not self.asked.empty():
            job = self.asked.get()
            self.put_off[job.name] = job, 0.0
        self._gone_at = self._gone_at or time.monotonic()
        said = f"nothing of the home is in {self.home.root} any more; mount its disk, or put it back."
        if not self.cried and time.monotonic() - self._gone_at > AWAY:
            self._cry(LOOK, said)
        raise HomeError(said)

    def _trouble(self, said: str) -> None:
        """Note what keeps a look for work from being made: logged when it is news, told by the watch when it stays."""
        before = self.state.jobs.get(LOOK, JobState())
        if said != before.said:
            if said:
                self.log.error("can't look for work", said=said)
            else:
                self.log.info("looks again")
        if said or before.failures:
            failures = before.failures + 1 if said else 0
            self.state.jobs[LOOK] = replace(before, said=said, failures=failures, ended=now(), code=int(bool(said)))

    def end(self) -> None:
        """End everything that was started, within STOPPING seconds."""
        if self.scheduler is not None and self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        end_all(list(self.children.values()), seconds=STOPPING)
        for name in list(self.children):
            self._reap(name, stopping=True)
        self._write(replace(self.state, pid=0))
        with contextlib.suppress(StoreError, sqlite3.Error), self._store() as db:
            runs.close_left(db)

    def _store(self) -> closing[Database]:
        """The store for a short look: who holds it for longer doesn't hold up the end, the next look tries again.

        One that goes, as with its disk, comes back with it: an empty one would be backed up over it.
        """
        if not self.home.has_database:
            raise StoreError(f"{self.home.no_database}; mount its disk, or end `soi run` and bring a backup back.")
        db = open_store(self.home.database, create=False)
        db.conn.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        return closing(db)

    def _write(self, state: RunState) -> None:
        """Put the state in its file when it changed."""
        state = replace(state, jobs=self._jobs())
        if state != self._written and write_state(self.home, state):
            self._written = state

    def _jobs(self) -> dict[str, JobState]:
        zone, known = self.settings.timezone, dict(self.state.jobs)
        for job in schedule.jobs(self.settings):
            known[job.name] = replace(known.get(job.name, JobState()), next=schedule.next_time(job, zone))
        return known

    def _clock(self) -> None:
        """See whether the wall clock was set, or the machine slept."""
        offset = time.time() - time.monotonic()
        jump, self._offset = offset - self._offset, offset
        if abs(jump) < watching.JUMP:
            return
        self.log.warning("the clock was set, or the machine slept", seconds=round(jump))
        self.state = replace(self.state, started=now())
        if jump > clock.GAP:
            self._doubt("the clock was set, or the machine slept")
        if jump < 0:
            for job in self.scheduler.get_jobs() if self.scheduler else ():
                job.modify(next_run_time=job.trigger.get_next_fire_time(None, datetime.now(UTC)))
            try:
                with self._store() as db:
                    watching.bring_forward(db, at=now(), back=-jump)
            except (StoreError, sqlite3.Error) as error:
                self.log.error("can't bring looks forward", said=str(error))
                self._offset = offset - jump  # the next look tries again
        if self.scheduler:
            self.scheduler.wakeup()

    def _see_settings(self) -> None:
        """Say that soi.toml changed: jobs read it anew, what was read at the start holds until the next one."""
        changed = _changed(self.home.settings_file)
        if changed == self._settings_at:
            return
        self._settings_at = changed
        try:
            self.contact = self.home.settings().crawl.contact
        except HomeError as error:
            self.log.error("soi.toml can't be taken: each job fails until it is put right", said=str(error))
            return
        self.held.clear()  # what was wrong may be put right
        if not changed:
            self.log.warning("soi.toml isn't there any more: jobs go by the defaults")
            return
        said = "jobs take it from now on; [schedule], [desk], [score], [log], crawl.every and parts wait for a restart"
        self.log.info("soi.toml changed", said=said)

    def _reap(self, name: str, *, stopping: bool = False) -> None:
        child = self.children[name]
        code = child.poll()
        if code is None:
            return
        del self.children[name]
        before = self.state.jobs.get(name, JobState())
        fine = code in {0, Busy.exit_code} or stopping or (name.startswith("crawl") and code == STOPPED)
        failures, said = (0, "") if fine else (before.failures + 1, child.said or ending(code))
        self.state.jobs[name] = replace(before, ended=now(), code=code, failures=failures, said=said, pid=0)
        if name in self.hosts:
            failures = self._crawled(name, child, said)
        seconds = round(time.monotonic() - child.begun, 1)
        again = {job.name: job for job in schedule.jobs(self.settings)}.get(name) if code == Busy.exit_code else None
        if again is not None:
            self._put_off(again, AGAIN, child.said)
        elif fine:
            self.log.info(
                "done" if code in {0, Busy.exit_code} else "stopped", job=name, seconds=seconds, code=named(code)
            )
        else:
            self.log.error("failed", job=name, seconds=seconds, code=named(code), said=said, n=failures)
        if name == CHECK and (failures == CRY or (self.cried and code == 0)):
            self._cry(CHECK, said)
        if name == " ".join(WORKER):
            # at once the first time, then twice as long each time, to a minute
            wait = AGAIN if code == Busy.exit_code else min(60.0, 2.0 ** min(failures, 6)) if failures else 0.0
            self._next_worker = time.monotonic() + wait

    def _crawled(self, name: str, child: Child, said: str) -> int:
        """Count how often crawls of a source broke off in a row, in whichever place; returns the most of these sources.

        Those it was through with aren't concerned.
        The others are left due: they wait longer each time, to an hour. The worst of all sources stands in one entry.
        """
        with contextlib.suppress(StoreError, sqlite3.Error), self._store() as db:  # concluded since the last look
            self._free_hosts(fetches.last_looks(db))
        sources = self.hosts.pop(name)
        for source in sources:
            times = self.broken.get(source, (0, ""))[0] + 1 if said else 0
            self.broken[source] = times, said
            wait = time.monotonic() + min(3600.0, 60 * 2.0 ** min(times, 6))
            self.held[source] = wait if said else child.begun + 60
        on = {source.id for source in self.sources if not source.off}
        worst = max((broken for source, broken in self.broken.items() if source in on), default=(0, ""))
        self.state.jobs[name] = replace(self.state.jobs[name], failures=0, said="")
        entry = self.state.jobs.get(_crawl_name(0), JobState())
        self.state.jobs[_crawl_name(0)] = replace(entry, failures=worst[0], said=worst[1])
        return max((self.broken[source][0] for source in sources), default=0)

    def _cry(self, job: str, said: str) -> None:
        """Tell the operator straight away, past the store, when the watch itself can't look; and when it can again."""
        subject, body = "[Soi] the watch looks again", f"{job} is done; what is wrong now is told as ever."
        if said:
            subject, body = "[Soi] the watch can't look", f"{job} fails: {said}"
        self.cried = bool(said)

        def tell() -> None:
            for name, result in try_channels(ways, subject, body).items():
                self.log.info("told", job=name, said=result)

        # settings that can't be read, or went with their disk, may be why it fails: the last good ones do
        with contextlib.suppress(HomeError):
            if all(path.exists() for path in self.said_in):
                settings = self.home.settings()
                self.ways = channels(settings.alerts, desk=settings.desk.address)
        ways = self.ways
        threading.Thread(target=tell, daemon=True).start()  # a mail server that hangs holds nothing up

    def _start(self, name: str, argv: tuple[str, ...], *, minutes: float) -> None:
        relay = partial(_relay, name)
        child = start(self.home, argv, minutes=minutes, memory_mb=self.settings.memory_mb, tell=relay)
        self.children[name] = child
        before = self.state.jobs.get(name, JobState())
        self.state.jobs[name] = replace(before, started=now(), code=None, pid=child.process.pid)
        self.log.info("started", job=name, process=child.process.pid)

    def _put_off(self, job: Job, seconds: float, why: str) -> None:
        """Begin a job later: its next time may be a month ahead."""
        self.put_off[job.name] = job, time.monotonic() + seconds
        self.log.warning("is put off", job=job.name, seconds=round(seconds), said=why)

    def _launch(self, job: Job) -> None:
        """Start a job, unless it is still at it."""
        if job.name in self.children:
            self.log.warning("is still at it; this time is left out", job=job.name)
            return
        if any(child.argv[0] == job.argv[0] for child in self.children.values()):  # it would only say that it waits
            self.put_off[job.name] = job, time.monotonic() + AGAIN
            return
        self._start(job.name, (*job.argv, *job.options), minutes=self.settings.job_minutes)

    def _keep_worker(self) -> None:
        name, at = " ".join(WORKER), time.monotonic()
        if name not in self.children:
            if at >= self._next_worker:
                self._start(name, WORKER, minutes=YEAR)
        elif at - self.children[name].begun > WELL:
            self.state.jobs[name] = replace(self.state.jobs[name], failures=0, said="")

    def _crawl(self) -> None:
        """Crawl what is due, on hosts nobody is at, in a free place."""
        free = [name for n in range(self.settings.crawls) if (name := _crawl_name(n)) not in self.children]
        with self._store() as db:
            self._read_sources(db)
            looked = fetches.last_looks(db)
            self._free_hosts(looked)
            at_work = {source: hosts for held in self.hosts.values() for source, hosts in held.items()}
            due = {i for i in fetches.due_sources(db, at=now()) if self.held.get(i, 0.0) <= time.monotonic()}
            due -= at_work.keys() | self._see_unasked()
            planned = fetches.planned_origins(db, due | at_work.keys() if due and free else ())
        hosts = {s.id: reading.hosts(s, planned.get(s.id, ())) for s in self.sources if s.id in due and free}
        # where a look has led to by now, too
        busy = set().union(*at_work.values()) | {host_of(url) for i in at_work for url in planned.get(i, ())}
        batch = schedule.next_batch(self.sources, hosts, busy=busy)
        if not batch:
            return
        minutes = self.settings.crawl_minutes
        argv = ("crawl", *(source.id for source in batch), "--max-minutes", f"{minutes:g}")
        self._start(free[0], argv, minutes=minutes + 2)
        self.hosts[free[0]] = {source.id: hosts[source.id] for source in batch}
        self.looked |= {source.id: looked[source.id] for source in batch}

    def _see_unasked(self) -> set[str]:
        """The sources that are left out for want of a contact; said when they are others than before."""
        refused = nobody_to_reach([source for source in self.sources if not source.off], contact=self.contact)
        before, self.unasked = self.unasked, {source.id for source in refused}
        if refused and self.unasked != before:
            self.log.warning("sources aren't asked", said=without_contact(refused), n=len(refused))
        return self.unasked

    def _free_hosts(self, looked: Mapping[str, str]) -> None:
        """Let go of the sources that crawls are through with: the others of a crawl may take much longer."""
        for held in self.hosts.values():
            for source in [source for source in held if looked.get(source) != self.looked[source]]:
                del held[source]
                self.broken.pop(source, None)

    def _read_sources(self, db: Any) -> None:
        """Read the sources when their file changed; a list of the home's own that is away isn't taken for none."""
        path = self.home.source_list
        if said := dead_link(path):
            raise SourcesError(said)
        if (changed := path.stat().st_mtime) != self._read_at:
            self.sources = load(path, every=self.every)
            fetches.put_sources(db, self.sources, whole=True, own=self.home.settings().desk)
            self._read_at = changed
            on = {source.id for source in self.sources if not source.off}
            for name, child in self.children.items():
                if not self.hosts.get(name, {}).keys() <= on:
                    self.log.info("is asked to end: a source that it is at is off now", job=name)
                    child.ask()  # the others that it is at stay due
            self.log.info("read the sources", n=sum(not source.off for source in self.sources))


def _changed(path: Path) -> float:
    """When a file was last written; 0 where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _relay(job: str, line: str) -> None:
    """A log line of a child as one of ours."""
    try:
        told = {str(name): value for name, value in json.loads(line).items()}
        level = logging.getLevelNamesMapping()[str(told.pop("level")).upper()]
        event, logger = str(told.pop("event")), str(told.pop("logger", "run"))
    except (ValueError, KeyError, AttributeError):
        return
    told.pop("timestamp", "")
    structlog.get_logger(logger).log(level, event, **{**told, "job": job})


def _crawl_name(n: int) -> str:
    return "crawl" if n == 0 else f"crawl #{n + 1}"
