"""The steps of scoring: posts read in batches, their scores filed, and one made again to be compared."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import is_

import structlog

from classifier import policy
from classifier.checking.repeats import RefutedClaims
from classifier.errors import ModelRefused
from classifier.evidence.retrieval import PassageIndex
from classifier.loading import Model
from classifier.scoring import Score
from classifier.scoring import score as score_texts
from pipeline.filing import day_of, file_score, item_of, parts_of, score_row
from pipeline.home import Home
from pipeline.indexing import keep_up, open_index, open_refuted, with_rows
from pipeline.records import ScoreRow, StepOutcome, Version
from pipeline.settings import ScoreSettings
from pipeline.store import Database, evidence, pieces, posts, runs, scores
from pipeline.store.database import write

Progress = Callable[[int, int], None]
Read = Callable[[Iterable[list[Version]]], Iterable[tuple[list[Version], list[Score]]]]
MACHINE = (sqlite3.Error, MemoryError, OSError)  # trouble of the store or the machine, not of the text: it passes


@dataclass(frozen=True, slots=True)
class Bench:
    """All that scoring needs beside the posts."""

    model: Model
    index: PassageIndex
    refuted: RefutedClaims
    settings: ScoreSettings
    passages: evidence.Passages = field(default_factory=evidence.Passages)  # as of before the index was opened
    found_false: str = ""  # evidence.refuted_stamp() of before the claims were read

    @property
    def evidence_stamp(self) -> str:
        """A word for all evidence as it stood."""
        return f"{self.passages.stamp} {self.found_false}"


def bench_of(home: Home, db: Database, model: Model) -> Bench:
    """A model with the evidence and the settings of the moment."""
    passages, found_false = evidence.passages_now(db), evidence.refuted_stamp(db)
    model, settings = with_rows(db, model), home.settings().score
    return Bench(model, open_index(home, db, model), open_refuted(db, model), settings, passages, found_false)


def kept_up(home: Home, db: Database, bench: Bench) -> Bench:
    """A bench with the evidence and the rows of now; the same one where nothing changed."""
    passages, found_false = evidence.passages_now(db), evidence.refuted_stamp(db)
    model = with_rows(db, bench.model)
    index = keep_up(home, db, model, bench.index, before=bench.passages, now=passages)
    refuted = bench.refuted if found_false == bench.found_false else open_refuted(db, model)
    beside = model, index, refuted
    if passages == bench.passages and all(map(is_, beside, (bench.model, bench.index, bench.refuted))):
        return bench
    return Bench(*beside, bench.settings, passages, found_false)


def score_posts(
    db: Database, bench: Bench, *, limit: int = 0, on_progress: Progress | None = None, read: Read | None = None
) -> Counter[str]:
    """Score every current version this model hasn't scored yet and file it; counts by outcome.

    `read` gives batches with their scores, in order, where this process isn't to make them; without scores where they
    couldn't be made there.
    """
    total = posts.count_unscored(db, bench.model.version)
    total = min(total, limit) if limit else total
    done: Counter[str] = Counter()
    with runs.run(db, "score") as run_id:
        batches = _unscored(db, bench, total)
        for batch, scored in read(batches) if read else ((one, []) for one in batches):
            done.update(file_all(db, batch, bench, run_id=run_id, scored=scored))
            if on_progress:
                on_progress(done.total(), total)
    return done


def _unscored(db: Database, bench: Bench, total: int) -> Iterator[list[Version]]:
    """Batches of what isn't scored yet, oldest first, so many in all."""
    last = 0
    while batch := posts.unscored(db, bench.model.version, limit=min(bench.settings.batch, total), after=last):
        last, total = batch[-1].id, total - len(batch)
        yield batch


def file_all(
    db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int, scored: Sequence[Score] = ()
) -> Counter[str]:
    """File a batch by the scores given, or score it first; a text on which that breaks is written down as failed."""

    def file(part: Sequence[Version]) -> Counter[str]:
        if scored and part is batch:
            return file_scored(db, part, scored, bench, run_id=run_id)
        return file_batch(db, part, bench, run_id=run_id)

    def fail(version: Version, said: str) -> Counter[str]:
        detail = {"failed": said, **parts_of(bench.model)}
        row = ScoreRow(version.id, bench.model.version, "other", (), 0.0, False, detail=detail)
        with write(db):
            scores.add_score(db, row, outcome=StepOutcome.FAILED)
            return runs.add_outcomes(db, run_id, Counter({(version.source_id, StepOutcome.FAILED): 1}))

    return past_broken(batch, file, fail)


def past_broken(
    batch: Sequence[Version], file: Callable[[Sequence[Version]], Counter[str]],
    fail: Callable[[Version, str], Counter[str]],
) -> Counter[str]:  # fmt: skip
    """File a batch, one by one where it breaks; what breaks by itself fails, with the error's name."""
    try:
        return file(batch)
    except MACHINE:
        raise
    except Exception as error:
        if len(batch) == 1:
            told = {"source": batch[0].source_id, "post": batch[0].post_id, "said": said_of(error)}
            structlog.get_logger("score").error("a post can't be scored", **told)
            return fail(batch[0], type(error).__name__)
    return sum((past_broken([version], file, fail) for version in batch), Counter[str]())


def said_of(error: Exception) -> str:
    """What is told of an error that a text led to: our own words, but of any other its name, as it may quote it."""
    refused = isinstance(error, ModelRefused)
    return posts.written(str(error)) if refused else f"it can't be read ({type(error).__name__})"


def file_batch(db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int) -> Counter[str]:
    """Score a batch, then write scores, cases and counts in one transaction: all of it or nothing."""
    return file_scored(db, batch, _scored(batch, bench), bench, run_id=run_id)


def _scored(batch: Sequence[Version], bench: Bench) -> list[Score]:
    items = [item_of(version) for version in batch]
    return list(score_texts(bench.model, items, index=bench.index, refuted=bench.refuted, batch=len(items)))


def file_scored(
    db: Database, batch: Sequence[Version], scored: Sequence[Score], bench: Bench, *, run_id: int
) -> Counter[str]:
    """Write the scores of a batch, wherever they were made, with cases and counts, in one transaction.

    What another process scored or let go meanwhile is passed over, as is a text whose edit was scored; what cites
    evidence that was erased or taken back meanwhile is left to be scored beside the rest, and counts then.
    """
    counts: Counter[tuple[str, str]] = Counter()
    with write(db):
        done = scores.settled_among(db, [version.id for version in batch], bench.model.version)
        gone = _gone_of(db, scored)
        for version, result in zip(batch, scored, strict=True):
            if version.id not in done and not _cites(result, gone):
                counts[version.source_id, file_score(db, version, result, bench.model, bench.settings)] += 1
        return runs.add_outcomes(db, run_id, counts)


def file_again(db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int) -> Counter[str]:
    """Score texts again that this model scored beside other evidence; a row is added where it tells anything new."""
    scored = _scored(batch, bench)
    counts: Counter[tuple[str, str]] = Counter()
    with write(db):
        there = posts.undecided_among(db, [version.id for version in batch])  # not erased or decided meanwhile
        gone = _gone_of(db, scored)
        for version, result in zip(batch, scored, strict=True):
            _, before = scores.latest_score(db, version.post_id) or (0, None)
            same = version.id not in there or before is None or _acted_upon(before) == _acted_upon(result)
            outcome = (
                StepOutcome.UNCHANGED
                if same or _cites(result, gone)
                else file_score(db, version, result, bench.model, bench.settings)
            )
            counts[version.source_id, outcome] += 1
        return runs.add_outcomes(db, run_id, counts)


def _gone_of(db: Database, scored: Sequence[Score]) -> set[str]:
    """What scores cite that was erased or taken back while they were made: its words aren't written again."""
    return pieces.gone_among(db, (one.eid for said in scored for one in said.evidence))


def _cites(said: Score, eids: set[str]) -> bool:
    return any(one.eid in eids for one in said.evidence)


def _acted_upon(said: Score | ScoreRow) -> tuple[object, ...]:
    """What of a score people act upon: passages that merely speak of something like it come and go."""
    beside = {(one.eid, one.relation) for one in said.evidence if one.relation != "related"}
    return said.kind, set(said.rights), said.flagged, policy.FLAGS & set(said.reasons), beside


def _by_name(score: ScoreRow) -> dict[str, object]:
    """All that a score says, by name, without what others than its model add.

    The words marked for people come from the lexicon as it is now, and two of the reasons from the desk.
    """
    names = ("kind", "rights", "flagged", "p_refuted", "claim", "claim_start", "claim_end", "worth")
    found = {name: getattr(score, name) for name in names}
    found["reasons"] = [reason for reason in score.reasons if reason in policy.FLAGS]
    found |= {name: value for name, value in score.detail.items() if name not in ("telling", "day")}
    found["evidence"] = [one.eid for one in score.evidence]
    return found | {one.eid: (one.relation, one.role, one.p, one.slot) for one in score.evidence}


def recompute(
    home: Home, db: Database, model: Model, version: Version, stored: ScoreRow
) -> tuple[Score, dict[str, tuple[object, object]]]:
    """A version's score as it comes out again with the model that scored it, by the evidence and rows of now.

    With it what isn't the same, bit for bit, by its name: as stored, and as it is now.
    """
    bench, item = bench_of(home, db, model), item_of(version)
    # an earlier Soi noted no day: it may have read a page by the one it was seen on that names its own since
    days = [stored.detail["day"]] if "day" in stored.detail else [item.before, day_of(version.seen_at)]
    items = [replace(item, before=str(day)) for day in dict.fromkeys(days)]
    scored = score_texts(bench.model, items, index=bench.index, refuted=bench.refuted)
    both = ((again, _differs(stored, score_row(version, bench.model, again))) for again in scored)
    return min(both, key=lambda one: len(one[1]))


def _differs(stored: ScoreRow, again: ScoreRow) -> dict[str, tuple[object, object]]:
    """What two scores of a text say each in its own way, by name."""
    then, today = _by_name(stored), _by_name(again)
    return {name: (then.get(name), today.get(name)) for name in {**then, **today} if then.get(name) != today.get(name)}
