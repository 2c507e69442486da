"""Locks: one process at a task, whoever looks on."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import locks
from pipeline.home import Home
from pipeline.locks import STORE, Busy, alone, at_work, keeping_store, lock_file


def test_who_only_looks_keeps_nobody_out(tmp_path, monkeypatch):
    home = Home(tmp_path)
    with alone(home, "run"):
        pass
    looker = lock_file(home, "run").open(encoding="utf-8")
    fcntl.flock(looker, fcntl.LOCK_SH)  # as holder() does for a moment
    monkeypatch.setattr(locks.time, "sleep", lambda _: looker.close())
    with alone(home, "run"), pytest.raises(Busy, match="process"), alone(home, "run"):
        pass


HOLDS = """
import fcntl, os, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, getattr(fcntl, sys.argv[2]))
    print(os.getpid(), file=file, flush=True)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["LOCK_SH", "LOCK_EX"])
def test_who_keeps_a_store_open_is_told_and_nobody_by_a_file_of_that_number_on_another_device(
    tmp_path, monkeypatch, how
):
    home = Home(tmp_path)
    with at_work(home):
        path, read = lock_file(home, STORE), Path.read_text
    elsewhere = f"9: FLOCK  ADVISORY  READ 1 00:01:{path.stat().st_ino} 0 EOF\n"
    monkeypatch.setattr(Path, "read_text", lambda at, **kw: read(at, **kw) + elsewhere * (at.name == "locks"))
    assert keeping_store(home) == []
    with at_work(home):
        assert keeping_store(home) == []
    held = [sys.executable, "-c", HOLDS, path, how]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        assert keeping_store(home) == [other.pid]
        other.stdin.close()
    assert keeping_store(home) == []
