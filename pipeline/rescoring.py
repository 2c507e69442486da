"""After another model went live: what was seen lately and isn't decided is scored again, behind what lands.

What that model scored before, as one that was gone back to did, isn't scored again; its score counts again.
"""

import sqlite3
from collections import Counter

import structlog

from pipeline.records import StepOutcome, Version, days_ago
from pipeline.steps import Bench, file_batch, stand_again
from pipeline.store import Database, posts, runs, write
from pipeline.store.scores import settled_among

MACHINE = (sqlite3.Error, MemoryError, OSError)  # trouble of the store or the machine, not of the text: it passes
FEW = 8  # posts at a time, so that what lands meanwhile waits a moment at most


class Rescoring:
    """The posts of the last days that another model scored last, newest first; rows are added, none rewritten."""

    def __init__(self, db: Database, bench: Bench) -> None:
        self._db, self.model = db, bench.model.version
        self._before = posts.newest(db) + 1
        self._run = 0
        self.done = bench.settings.rescore_days == 0
        self._since = days_ago(bench.settings.rescore_days)

    def step(self, bench: Bench) -> bool:
        """Score a few; False when there are no more."""
        if self.done:
            return False
        batch = posts.outdated(self._db, self.model, since=self._since, before=self._before, limit=FEW)
        if not batch:
            self.end()
            return False
        self._before = batch[-1].id
        known = settled_among(self._db, [version.id for version in batch], self.model)
        stand_again(self._db, [version.post_id for version in batch if version.id in known])
        batch = [version for version in batch if version.id not in known]
        if batch and not self._run:
            self._run = runs.start_run(self._db, "rescore")
            structlog.get_logger("worker").info("scoring lately seen posts again", step="rescore", run=self._run)
        if batch and not self._file(batch, bench):
            for version in batch:
                if not self._file([version], bench):
                    self._leave(version)
        return True

    def _file(self, batch: list[Version], bench: Bench) -> bool:
        """Whether a batch could be scored and filed."""
        try:
            file_batch(self._db, batch, bench, run_id=self._run)
        except MACHINE:
            raise
        except Exception as error:
            structlog.get_logger("worker").warning("can't score again", n=len(batch), said=type(error).__name__)
            return False
        return True

    def _leave(self, version: Version) -> None:
        """Count a post that can't be scored again; its earlier score stands."""
        with write(self._db):
            runs.add_outcomes(self._db, self._run, Counter({(version.source_id, StepOutcome.FAILED): 1}))

    def end(self) -> None:
        """Close the run, done or not; a later start goes on with what is left."""
        self.done = True
        if self._run:
            runs.end_run(self._db, self._run)
            structlog.get_logger("worker").info("scored again", step="rescore", run=self._run)
            self._run = 0
