"""Child processes: each a `soi` command with limits, that ends when its parent does, however that ends."""

import collections
import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.home import Home

FOLLOW = "SOI_CHILD"  # set for children: end when standard input ends
STOPPED = 130  # what a command ends with that was asked to end
GRACE = 6.0  # seconds between asking a child to end and ending it

# how what runs out of memory ends where no exception can tell: within an import, another language or a thread's start
OUT_OF_MEMORY = re.compile(
    r"^MemoryError\b|\bmemory allocation of \d+ bytes failed|BlockingIOError: \[Errno 11\]|can't start new thread"
    r"|Failed to spawn \w+"
)


def ending(code: int) -> str:
    """How a command ended, in words, by its exit code; one below zero is a signal's."""
    if code == STOPPED:
        return "was stopped"
    if code >= 0:
        return f"ended with code {code}"
    if code == -signal.SIGKILL:
        return "was killed (SIGKILL: by hand, or by the system where memory ran out)"
    how = "was stopped" if -code in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) else "broke off"
    return f"{how} ({named(code)})"


def named(code: int) -> int | str:
    """An exit code, or the name of the signal that stands in its place."""
    try:
        return code if code >= 0 else signal.Signals(-code).name
    except ValueError:  # those for real time have no names of their own
        return f"signal {-code}"


def more_than(memory_mb: int) -> str:
    """What a job that was allowed too little memory says."""
    return (
        f"this takes more memory than schedule.memory_mb ({memory_mb}) allows; raise it in soi.toml and start `soi run`"
        " again."
    )


@dataclass(slots=True)
class Child:
    """A running command."""

    argv: tuple[str, ...]
    process: subprocess.Popen[bytes]
    begun: float
    deadline: float  # on the monotonic clock
    memory_mb: int = 0  # what it may take
    lines: collections.deque[str] = field(default_factory=lambda: collections.deque(maxlen=20))
    asked: float = 0.0  # when it was asked to end
    overdue: bool = False
    reader: threading.Thread | None = None

    @property
    def said(self) -> str:
        """The last thing it said on its error stream, before that how it ended where a signal did that; of one that was
        overdue, that."""
        if self.reader and self.process.poll() is not None:
            self.reader.join(1)
        if self.overdue:
            return "took too long and was stopped"
        code = self.process.poll()
        if code and any(map(OUT_OF_MEMORY.search, self.lines)):
            return f"soi: {more_than(self.memory_mb)}"
        last = self.lines[-1] if self.lines else ""
        if code is None or 0 <= code != STOPPED:
            return last
        return f"{ending(code)}; the last it said: {last}" if last else ending(code)

    def poll(self) -> int | None:
        """Its exit code once it has ended; overdue ones are asked to end, then ended."""
        code, at = self.process.poll(), time.monotonic()
        if code is None and at > self.deadline and not self.asked:
            self.overdue = True
            self.ask()
        if code is None and self.asked and at > self.asked + GRACE:
            self.kill()
        if code is not None:
            self._close()
        return code

    def ask(self) -> None:
        """Ask it to end cleanly."""
        self.asked = self.asked or time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _close(self) -> None:
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()


def start(
    home: Home, argv: Sequence[str], *, minutes: float, memory_mb: int, tell: Callable[[str], None] | None = None
) -> Child:
    """Start `soi` with some arguments on a home; a leader of its own process group, so that it can be ended whole.

    Its log lines, JSON each, are handed to `tell`.
    """
    command = [sys.executable, "-P", "-m", "soi", *argv, "--home", str(home.root.resolve())]
    environment = {**os.environ, FOLLOW: "1", "PYTHONUNBUFFERED": "1", "SOI_LOG__FORM": "json"}
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
        cwd=home.root, start_new_session=True,
    )  # fmt: skip
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        limit = memory_mb << 20
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (limit, limit))
    at = time.monotonic()
    child = Child(tuple(argv), process, at, at + minutes * 60, memory_mb)
    child.reader = threading.Thread(target=_read, args=(child, tell), daemon=True)
    child.reader.start()
    return child


def _read(child: Child, tell: Callable[[str], None] | None) -> None:
    """Hand log lines on and keep the last of the others, so that the pipe never fills."""
    stream = child.process.stderr
    while stream is not None and (raw := stream.readline(10_000)):
        line = raw.decode("utf-8", "replace").strip()
        if line.startswith("{"):
            if tell:
                tell(line)
        elif line:
            child.lines.append(line)


def end_all(children: Sequence[Child], *, seconds: float) -> None:
    """Ask every child to end, and end what hasn't after so long."""
    for child in children:
        child.ask()
    limit = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, limit - time.monotonic()))
    for child in children:
        if child.process.poll() is None:
            child.kill()
        child.process.wait()
        child.poll()


def follow_parent() -> None:
    """In a child: end cleanly when the parent is gone, and at once when that takes too long."""
    if threading.current_thread() is threading.main_thread():
        threading.Thread(target=_follow, daemon=True, name="follow-parent").start()


def _follow() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
