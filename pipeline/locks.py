"""Which process is at what: one lock file a task, let go by the system when its process ends, however it ends."""

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from pipeline.home import Home

STORE = "store"  # held together by all who keep the store open for long, alone by whoever puts another in its place
EXPORTS = "exports"  # held together by those who write rows of the store to files, alone by an erasure of such rows

TRIES = 10  # at a lock: whoever looks who is at a task holds it for a moment, longer on a machine that is busy


class Busy(Exception):
    """Another process is at the same task, or one that doesn't go with it; the message names it."""

    exit_code = 75  # "try again later" among exit codes, so that `soi run` doesn't take it for a failure


@contextlib.contextmanager
def alone(home: Home, task: str, *, shared: bool = False) -> Iterator[None]:
    """Be the only one at a task in this home, or one of several that share it; raises Busy with the other's number."""
    path = lock_file(home, task)
    home.make_data()
    with path.open("a+", encoding="utf-8") as file:
        if not any(_taken(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX) for _ in range(TRIES)):
            raise Busy(_sentence(home, task))
        with contextlib.suppress(OSError):  # on a full disk the lock holds all the same
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        yield


def _taken(file: TextIO, how: int) -> bool:
    """Whether a lock could be had; where it couldn't, another try is worth making now."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        time.sleep(0.02)
        return False
    return True


@contextlib.contextmanager
def in_turn(
    home: Home, task: str, *, shared: bool = False, on_wait: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Be the only one at a short task in this home, or one of several that share it, after whoever is at it now."""
    path, how = lock_file(home, task), fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    home.make_data()
    with path.open("a", encoding="utf-8") as file:
        if not _taken(file, how):
            on_wait()
            fcntl.flock(file, how)
        yield


@contextlib.contextmanager
def at_work(home: Home) -> Iterator[None]:
    """Keep this home's store open beside others; raises Busy while `soi restore` puts another one in its place."""
    path = lock_file(home, STORE)
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # where no file can be made, no store can be brought back either
            home.make_data()
            file = held.enter_context(path.open("a", encoding="utf-8"))
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"A backup is being brought back into {home.root}; wait for `soi restore` to end.") from None
        yield


def lock_file(home: Home, task: str) -> Path:
    """Where a task's lock is."""
    return home.locks / f"{re.sub(r'[^a-z0-9.-]', '_', task.lower())}.lock"


def holder(home: Home, task: str) -> int | None:
    """The process at a task now, None when nobody is."""
    try:
        with lock_file(home, task).open("r", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return int(file.read().strip() or 0)
    except (FileNotFoundError, ValueError):
        return None
    return None


def keeping_store(home: Home) -> list[int]:
    """The other processes that keep a home's store open, as far as Linux tells: a lock that one shares oneself can't be
    tried."""
    try:
        with lock_file(home, STORE).open("r", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            # of a lock of ours Linux says by which device and number it lists the file: not always those of stat
            ours = Path(f"/proc/self/fdinfo/{file.fileno()}").read_text(encoding="utf-8").partition("lock:")[2].split()
            locks = [line.split() for line in Path("/proc/locks").read_text(encoding="utf-8").splitlines()]
    except BlockingIOError:  # it is held alone
        held = {holder(home, STORE) or 0}
    except OSError:
        return []
    else:
        held = {int(lock[4]) for lock in locks if lock[1] == "FLOCK" and lock[5:6] == ours[5:6]}
    return sorted(held - {0, os.getpid()})  # 0: of another container


def keepers(home: Home) -> list[int | str]:
    """The processes under which no schema is changed: the `soi run` at work, else what keeps the store open."""
    running = holder(home, "run")
    return [running or "PID"] if running is not None else [*keeping_store(home)]


def _sentence(home: Home, task: str) -> str:
    other = holder(home, task)
    who = f"process {other}" if other else "another process"
    if task == "run":
        return f"`soi run` is at work in {home.root} already ({who}); end it with `kill {other or 'PID'}` first."
    if task == STORE:
        return (
            f"Something is at work in {home.root}; end `soi review`, `soi crawl`, `soi score` and the like there first."
        )
    return f"{task} is under way in {home.root} already ({who}); wait for it, or end it first."
