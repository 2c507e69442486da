"""The warm scoring worker: the model stays loaded, and what lands is scored within a second or two."""

import ctypes
import sqlite3
import threading
import time
from contextlib import closing, suppress

import structlog

from classifier.scoring import Item, score
from pipeline.home import Home
from pipeline.locks import alone, at_work
from pipeline.registry import live_model
from pipeline.rescoring import PAUSE, Rechecking, Rescoring, Sweep
from pipeline.steps import Bench, bench_of, file_all, kept_up
from pipeline.store import Database, models, open_store, posts, runs

POLL = 0.5  # seconds between two looks for new posts; a look is one read of the newest number
REFRESH = 30.0  # seconds between two looks for new evidence or verdicts, or two tries of a model that was refused
GLANCE = 1.0  # seconds between two looks for another live model
REST = 60.0  # a run of the worker is closed when nothing has landed for so long
LONGEST = 600.0  # and at the latest after so long, so that its counts are settled


class Watcher:
    """Scores what lands, with the live model and the evidence of the moment."""

    def __init__(self, home: Home, db: Database) -> None:
        self.home, self.db = home, db
        self.version = models.live_version(db)
        self.bench = self._bench_of(self.version)
        self.again: Sweep = Rescoring(db, self.bench)
        self._stale, self._swept = True, -PAUSE  # whether there is other evidence than claims were last laid beside
        self.last = 0
        self.run_id = 0
        self._begun = self._busy = self._looked = self._glanced = time.monotonic()
        self._refused, self._next_try = "", 0.0

    def _bench_of(self, version: str) -> Bench:
        """A model with the evidence of the moment, warm; raises when it can't be put to use."""
        bench = bench_of(self.home, self.db, live_model(self.home, self.db, version=version))
        list(score(bench.model, [Item("", "Điều 1.")], index=bench.index, refuted=bench.refuted))
        with suppress(OSError, AttributeError):  # 20 MB that loading needed in passing; glibc alone keeps them
            ctypes.CDLL(None).malloc_trim(0)
        return bench

    def step(self) -> bool:
        """Score one batch of what landed; False when there was none."""
        newest = posts.newest(self.db)
        if newest <= self.last:
            return False
        batch = posts.unscored(self.db, "", limit=self.bench.settings.batch, after=self.last)
        if not batch:
            self.last = newest
            return False
        if not self.run_id:
            self.run_id, self._begun = runs.start_run(self.db, "score"), time.monotonic()
        before = self.bench
        if file_all(self.db, batch, before, run_id=self.run_id).total() < len(batch):
            self.refresh()  # some may cite evidence that is gone by now
        self._busy = time.monotonic()
        if self.bench is before:
            self.last = batch[-1].id
        return True

    def look_back(self) -> bool:
        """Score a few of the posts that another model, or other evidence, may say something new of; False when there
        are no more."""
        if self.again.step(self.bench):
            self._swept = time.monotonic()
            return True
        if not self._stale or time.monotonic() - self._swept < PAUSE:
            return False
        self._stale, self._swept, self.again = False, time.monotonic(), Rechecking(self.db, self.bench)
        return self.again.step(self.bench)

    def rest(self, *, end: bool = False) -> None:
        """Close the run when it is time, and see what changed beside the posts."""
        at = time.monotonic()
        if end:
            self.again.end()
        elif at - self._glanced > GLANCE:
            self._glanced = at
            self.follow()
        if self.run_id and (end or at - self._busy > REST or at - self._begun > LONGEST):
            runs.end_run(self.db, self.run_id)
            self.run_id = 0
        if at - self._looked > REFRESH and not end:
            self._looked = at
            self.refresh()

    def follow(self) -> None:
        """Take another live model as soon as it is promoted; one that is refused leaves the last good one at work."""
        version = models.live_version(self.db)
        if version == self.version or (version == self._refused and time.monotonic() < self._next_try):
            return
        log = structlog.get_logger("worker")
        try:
            bench = self._bench_of(version)
        except sqlite3.Error:
            raise
        except Exception as error:
            if version != self._refused:
                log.error("the promoted model is refused, the one before goes on", said=str(error), key=version)
            self._refused, self._next_try = version, time.monotonic() + REFRESH
            return
        self.again.end()
        self.version, self.bench, self._refused, self._stale = version, bench, "", True
        self.again = Rescoring(self.db, bench)
        log.info("scores with another model", key=version)

    def refresh(self) -> None:
        """Take in new evidence, rows and verdicts; where the store went with its disk, no index is made instead."""
        if not self.home.has_database:
            return
        before, self.bench = self.bench, kept_up(self.home, self.db, self.bench)
        self._stale |= self.bench is not before


def watch(home: Home, *, stop: threading.Event) -> None:
    """Score what lands until told to stop; the batch at hand is finished first."""
    with alone(home, "score --watch"), at_work(home), closing(open_store(home.database)) as db:
        watcher = Watcher(home, db)
        structlog.get_logger("worker").info("ready")
        while not stop.is_set():
            busy = watcher.step() or watcher.look_back()
            watcher.rest()
            if not busy:
                stop.wait(POLL)
        watcher.rest(end=True)
