"""What `soi run` is doing, in a file that `soi status` and the watch read; and where a desk is open."""

import contextlib
import errno
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from classifier.atomic import replaced
from pipeline.home import Home
from pipeline.locks import Busy, alone, holder

FAILURES = 3  # of a job in a row, from which on it is trouble
ROOM = bytes(256 * 1024)  # what a write may need of the disk
LOOK = "look for work"  # the one job that is no command
CHECK = "alerts check"


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job did the last time, and when it comes next."""

    started: str = ""
    ended: str = ""
    pid: int = 0
    code: int | None = None  # None while it runs
    failures: int = 0  # in a row
    said: str = ""  # the last line it said when it failed
    next: str = ""


@dataclass(frozen=True, slots=True)
class RunState:
    """One `soi run`."""

    pid: int = 0
    started: str = ""  # or woke: sources couldn't be looked at before
    desk: str = ""
    taken: int = 0  # the port that the desk was to have and another program has
    jobs: dict[str, JobState] = field(default_factory=dict)


def write_state(home: Home, state: RunState) -> bool:
    """Put the state in its file, at once, and say whether that was done: a full disk is no reason to stop."""
    try:
        if home.has_database:  # else the folder may have gone with its disk, and one in its place would be in the way
            home.make_data()
        with replaced(_path(home)) as unfinished:
            unfinished.write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError:
        return False
    return True


def unwritable(home: Home) -> OSError | None:
    """What keeps a file from being written into the data folder; nothing stays of the one that is tried."""
    try:
        with tempfile.TemporaryFile(dir=home.database.parent) as file:
            file.write(ROOM)
            file.flush()
    except OSError as error:
        return error
    return None


def outdated(home: Home) -> str:
    """Why the last state written, unlike the store, may tell of the past, in a sentence; "" where nothing says so."""
    error = unwritable(home)
    if error is None or error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return ""
    told = "The disk is full: nothing can be written down"
    if not _path(home).exists():
        return f"{told}. Free some space."
    written = datetime.fromtimestamp(_path(home).stat().st_mtime, UTC)
    return f"{told}, and what `soi run` does is told as of {written:%Y-%m-%dT%H:%M} UTC. Free some space."


def read_state(home: Home) -> RunState:
    """The last state written; an empty one when there is none."""
    try:
        raw = json.loads(_path(home).read_text(encoding="utf-8"))
        jobs = {name: JobState(**job) for name, job in raw.pop("jobs").items()}
        return RunState(**raw, jobs=jobs)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return RunState()


def run_process(home: Home) -> int | None:
    """The process of the `soi run` at work, None when there is none.

    Where the disk was too full to put its number into the lock, it is in the state; 0 when it is in neither.
    """
    pid = holder(home, "run")
    return read_state(home).pid if pid == 0 else pid


@contextlib.contextmanager
def opened(home: Home, address: str) -> Iterator[None]:
    """Let it be known where `soi review` or the demo has a desk open; of two in one home, the first."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(Busy, OSError):  # where no file can be made, the desk is open all the same
            held.enter_context(alone(home, "desk"))
            _open_at(home).write_text(address, encoding="utf-8")
        yield


def desk_at(home: Home) -> str:
    """Where a desk is open now: a port that is taken gives way; empty when there is none, or it isn't known."""
    running = read_state(home).desk if run_process(home) is not None else ""
    if running.startswith("http"):
        return running
    with contextlib.suppress(OSError):
        return _open_at(home).read_text(encoding="utf-8") if holder(home, "desk") is not None else ""
    return ""


def _open_at(home: Home) -> Path:
    return home.locks / "desk.address"


def _path(home: Home) -> Path:
    return home.locks / "run.json"
