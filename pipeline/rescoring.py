"""What was seen lately and isn't decided is scored again, behind what lands: by another model once it went live, by an
upgraded program that scores otherwise, and its claims beside other evidence once there is some. Fact-checks come after
what they check.

Rows are added, none rewritten. What a model scored before, as one that was gone back to did, isn't scored again; its
score counts again.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import structlog

from classifier import policy
from classifier.files import shipped
from pipeline.filing import stand_again
from pipeline.indexing import sealed
from pipeline.records import StepOutcome, Version, later, now
from pipeline.steps import Bench, file_again, file_batch, past_broken
from pipeline.store import Database, posts, runs, write
from pipeline.store.scores import settled_among

FEW = 8  # posts at a time, so that what lands meanwhile waits a moment at most
PAUSE = 600.0  # seconds from one look at all claims to the next: evidence may come by the minute


@lru_cache(maxsize=1)
def scoring_of() -> str:
    """A name for how texts are scored beside what the model learned: the code that does it and its words; an upgrade
    may change either."""
    words = shipped("data", "lexicon.toml"), shipped("data", "thesaurus.tsv"), *shipped("data", "contraries").iterdir()
    return sealed(sorted((*Path(policy.__file__).parent.rglob("*.py"), *words)))


class Sweep(ABC):
    """Posts of the last days, newest first, a few at a time; one run, which a later start begins anew."""

    step_name: str
    stamp = ""  # kept as the note of a run that is done

    def __init__(self, db: Database, bench: Bench) -> None:
        self._db, self.model = db, bench.model.version
        self._before = posts.newest(db) + 1
        self._run = 0
        self._at_once = False
        self.counts: Counter[str] = Counter()
        self.done = bench.settings.rescore_days == 0
        self._since = later(days=-bench.settings.rescore_days)

    @abstractmethod
    def _next(self) -> list[Version]:
        """The next few."""

    @abstractmethod
    def _score(self, batch: Sequence[Version], bench: Bench) -> Counter[str]:
        """Score a few and write down what becomes of them."""

    def step(self, bench: Bench) -> bool:
        """Score a few; False when there are no more."""
        if self.done:
            return False
        batch = self._next()
        if not batch:
            self.end(status="done")
            return False
        self._before = batch[-1].id
        self.counts.update(past_broken(batch, lambda part: self._score(part, bench), self._fail))
        return True

    def _begun(self) -> int:
        """The run's number."""
        if not self._run:
            self._run = runs.start_run(self._db, self.step_name)
            self._say("scoring again")
        return self._run

    def _say(self, words: str, **told: str) -> None:
        """A line in the worker's log; whoever asked for all at once sees the counts."""
        if not self._at_once:
            structlog.get_logger("worker").info(words, step=self.step_name, run=self._run, **told)

    def _fail(self, version: Version, _: str) -> Counter[str]:
        """Count a post that can't be scored again; its earlier score stands."""
        with write(self._db):
            return runs.add_outcomes(self._db, self._begun(), Counter({(version.source_id, StepOutcome.FAILED): 1}))

    def end(self, *, status: str = "stopped") -> None:
        """Close the run: `done`, or `stopped` before the last of them."""
        self.done = True
        if self._run:
            runs.end_run(self._db, self._run, status=status, note=self.stamp if status == "done" else "")
            self._say("scored again", said=status)
            self._run = 0


class Rescoring(Sweep):
    """What another model scored last."""

    step_name = "rescore"

    def _next(self) -> list[Version]:
        return posts.outdated(self._db, self.model, since=self._since, before=self._before, limit=FEW)

    def _score(self, batch: Sequence[Version], bench: Bench) -> Counter[str]:
        known = settled_among(self._db, [version.id for version in batch], self.model)
        stand_again(self._db, [version.post_id for version in batch if version.id in known])
        new = [version for version in batch if version.id not in known]
        return file_batch(self._db, new, bench, run_id=self._begun()) if new else Counter()


class Rechecking(Sweep):
    """The claims that evidence was looked up for, once there is other evidence, and everything once the program scores
    otherwise or by other rows of the home's own; then, however old, what rests on a verdict that stands no more. What
    tells nothing new adds none.
    """

    step_name = "recheck"

    def __init__(self, db: Database, bench: Bench) -> None:
        super().__init__(db, bench)
        how = f"{scoring_of()}{bench.model.rows.seal}"
        self.stamp = f"{self.model} {bench.evidence_stamp} {how}"
        last = runs.note_of_last(db, self.step_name)
        self.done |= self.stamp == last
        self._upgraded = not last.endswith(f" {how}")  # or nothing tells how they were scored
        look = posts.scored_before if self._upgraded else posts.claims_laid
        looked_for = partial(look, model=self.model, since=self._since, until=now())
        self._looks: list[Callable[..., list[Version]]] = [looked_for, posts.beside_undone]

    def _next(self) -> list[Version]:
        while self._looks:
            if found := self._looks[0](self._db, before=self._before, limit=FEW):
                return found
            self._looks, self._before = self._looks[1:], posts.newest(self._db) + 1
        return []

    def end(self, *, status: str = "stopped") -> None:
        """Close the run; one that found nothing says too by which program all is scored, else the next upgrade of it
        would go unnoticed."""
        if status == "done" and self._upgraded:
            self._begun()
        super().end(status=status)

    def _score(self, batch: Sequence[Version], bench: Bench) -> Counter[str]:
        return file_again(self._db, batch, bench, run_id=self._begun())

    def all(self, bench: Bench) -> Counter[str]:
        """The whole of it at once, for a home without a worker; counts of what it says anew or fails at."""
        self._at_once = True
        try:
            while self.step(bench):
                pass
        finally:
            self.end()
        del self.counts[StepOutcome.UNCHANGED]
        return self.counts
