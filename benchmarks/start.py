"""How quickly commands start, what they load, and how much memory `soi run` holds while nothing comes."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import ROUNDS, Line, of_samples
from pipeline.home import Home
from pipeline.operations.metrics import memory_of
from pipeline.operations.state import read_state
from soi.facts import import_facts

SETTLED = 20.0  # seconds after which an idle `soi run` holds what it goes on holding


def run() -> Iterator[Line]:
    """The lines on start and idle memory."""
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name))
        home.settings_file.write_text("[schedule]\ncheck = 'off'\n")
        home.sources.write_text("")
        from pipeline.store import open_store

        import_facts(open_store(home.database))
        yield of_samples("soi --help, processor seconds", starts("--help"), unit="s", reach=0.25, least=False)
        yield of_samples("soi status", starts("status", "--home", name), unit="s", reach=0.5, least=False)
        yield of_samples("soi settings", starts("settings", "--home", name), unit="s")
        yield from idle(home)


def starts(*words: str) -> list[float]:
    """Processor seconds of a command, in ROUNDS rounds after one to warm the disk."""
    found = []
    for _ in range(ROUNDS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "soi", *words], capture_output=True, check=True, env=_environment())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return found[1:]


def _environment() -> dict[str, str]:
    """That of the benchmark; with bytecode kept, as it is in use: a command that compiles each time starts late."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def idle(home: Home) -> Iterator[Line]:
    """Memory of `soi run` and its scoring worker while nothing comes."""
    environment = {**_environment(), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "soi", "run", "--home", str(home.root), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        time.sleep(SETTLED)
        state = read_state(home)
        worker = state.jobs["score --watch"].pid
        desk, scoring = memory_of(process.pid) / 1e6, memory_of(worker) / 1e6
        yield Line("soi run idle, desk and scheduler", desk, unit="MB")
        yield Line("scoring worker, before its first post", scoring, unit="MB", reach=600, least=False)
        yield Line("soi run idle, both", desk + scoring, unit="MB", reach=400, least=False)
    finally:
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        process.wait()
    yield Line("SIGTERM to the end", time.monotonic() - begun, unit="s", reach=10, least=False)
