"""Runs of a step and what became of their inputs."""

import contextlib
import os
import platform
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from sqlite_utils import Database

from pipeline.records import Moment, now
from pipeline.store.database import word_of, write

PROCESS = "process "  # the note of a run that is under way


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a step, and what became of its inputs."""

    id: int
    step: str
    started_at: Moment
    ended_at: Moment
    status: str
    inputs: int
    note: str
    outcomes: dict[str, int]


def start_run(db: Database, step: str) -> int:
    """Write down that a step has begun; earlier runs of it whose process is gone are marked as stopped."""
    with write(db):
        close_left(db, step)
        row = db.conn.execute(
            "INSERT INTO runs (step, started_at, note) VALUES (?, ?, ?) RETURNING id",
            [step, now(), f"{PROCESS}{os.getpid()} at {_place():x}"],
        ).fetchone()
    return int(row[0])


def close_left(db: Database, step: str = "", *, here: bool = False) -> None:
    """Mark runs that are still open, of a step or of all, as stopped when their process is gone; with `here` only those
    that began where this process is: numbers of processes say nothing of another machine's or container's."""
    with write(db):
        rows = db.conn.execute(
            "SELECT id, note FROM runs WHERE status = 'running' AND ? IN ('', step) AND note LIKE ?",
            [step, f"% at {_place():x}" if here else "%"],
        )
        gone = [(run_id,) for run_id, note in rows.fetchall() if not lives(_process(note))]
        db.conn.executemany("UPDATE runs SET status = 'stopped', note = 'ended without a word' WHERE id = ?", gone)


def under_way(db: Database, step: str) -> bool:
    """Whether a run of a step is open whose process, another one where this process is, is there."""
    rows = db.conn.execute(
        "SELECT note FROM runs WHERE status = 'running' AND step = ? AND note LIKE ?", [step, f"% at {_place():x}"]
    )
    return any(lives(_process(note)) for (note,) in rows)


def _process(note: str) -> str:
    """The number of a process, as the note of its run has it."""
    return note.removeprefix(PROCESS).split(" ")[0]


def _place() -> int:
    """What tells the machine and container that numbers its processes from others; a digest, as runs are shown."""
    try:
        numbered = os.readlink("/proc/self/ns/pid")
    except OSError:
        numbered = ""
    return crc32(f"{platform.node()} {numbered}".encode())


def lives(number: str) -> bool:
    """Whether another process of that number is there. Our own number counts as gone: a run left open under it belonged
    to a process that had the number before us."""
    try:
        process = int(number)
        os.kill(process, 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def add_outcomes(db: Database, run_id: int, outcomes: Counter[tuple[str, str]]) -> Counter[str]:
    """Add counts by (source, outcome) to a run, in the transaction that writes the items; gives them by outcome."""
    with write(db):
        db.conn.executemany(
            "INSERT INTO run_outcomes (run_id, source_id, outcome, n) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (run_id, source_id, outcome) DO UPDATE SET n = n + excluded.n",
            [(run_id, source, str(outcome), n) for (source, outcome), n in outcomes.items()],
        )
        db.conn.execute("UPDATE runs SET inputs = inputs + ? WHERE id = ?", [outcomes.total(), run_id])
    total: Counter[str] = Counter()
    for (_, outcome), n in outcomes.items():
        total[outcome] += n
    return total


def end_run(db: Database, run_id: int, *, status: str = "done", note: str = "") -> None:
    """Close a run with the word for how it ended; one that is closed keeps its word."""
    with write(db):
        db.conn.execute(
            "UPDATE runs SET ended_at = ?, status = ?, note = ? WHERE id = ? AND status = 'running'",
            [now(), status, note, run_id],
        )


def end_packed(db: Database, *, at: str) -> None:
    """Close the backup that a copy of the database was made in: it was through then, and the copy can't know."""
    with write(db):
        db.conn.execute(
            "UPDATE runs SET ended_at = ?, status = 'done', note = '' WHERE step = 'backup' AND status = 'running'",
            [at],
        )


def end_early(db: Database, run_id: int) -> None:
    """Close a run as one that was stopped before it was through."""
    end_run(db, run_id, status="stopped", note="ended before it was through")


@contextlib.contextmanager
def run(db: Database, step: str) -> Iterator[int]:
    """A run that ends `done`, or `failed` when its block raises, or `stopped` on Ctrl-C or when its block says so."""
    run_id = start_run(db, step)
    try:
        yield run_id
    except KeyboardInterrupt:
        end_run(db, run_id, status="stopped", note="interrupted")
        raise
    except Exception as error:
        end_run(db, run_id, status="failed", note=type(error).__name__)
        raise
    end_run(db, run_id)


def outcomes_of(db: Database, run_id: int) -> Counter[str]:
    """Counts of a run by outcome."""
    rows = db.conn.execute("SELECT outcome, sum(n) FROM run_outcomes WHERE run_id = ? GROUP BY 1", [run_id])
    return Counter(dict(rows.fetchall()))


def note_of_last(db: Database, step: str) -> str:
    """The note of a step's last run that was done; "" where there is none."""
    return word_of(db, "SELECT note FROM runs WHERE step = ? AND status = 'done' ORDER BY id DESC LIMIT 1", [step])


def last_runs(db: Database, *, limit: int = 8) -> list[Run]:
    """The newest runs with their outcome counts."""
    asked = "SELECT id, step, started_at, ended_at, status, inputs, note FROM runs ORDER BY id DESC LIMIT ?"
    return [Run(**row, outcomes=outcomes_of(db, row["id"])) for row in db.query(asked, [limit])]
