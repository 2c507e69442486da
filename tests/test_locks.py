"""Locks: one process at a task, whoever looks on."""

import fcntl

import pytest

from pipeline import locks
from pipeline.home import Home
from pipeline.locks import Busy, alone, lock_file


def test_who_only_looks_keeps_nobody_out(tmp_path, monkeypatch):
    home = Home(tmp_path)
    with alone(home, "run"):
        pass
    looker = lock_file(home, "run").open(encoding="utf-8")
    fcntl.flock(looker, fcntl.LOCK_SH)  # as holder() does for a moment
    monkeypatch.setattr(locks.time, "sleep", lambda _: looker.close())
    with alone(home, "run"), pytest.raises(Busy, match="process"), alone(home, "run"):
        pass
