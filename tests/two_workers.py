"""A real Dask scheduler on loopback with two worker processes, for the tests of more than one machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from small_site import forked


@contextmanager
def two_workers() -> Iterator[Any]:
    """The scheduler; the test is skipped where Dask isn't installed.

    Dask looks 15 seconds after it lost a worker whether it is there, and gives its place up for good where it isn't: on
    a slow machine it isn't back by then, and one killed a second time at that moment isn't either. Workers are forked
    from a process that has imported what they need, and have the environment of now.
    """
    distributed = pytest.importorskip("distributed")
    import dask

    forked()
    told = {"deploy.lost-worker-timeout": "1 hour", "worker.multiprocessing-method": "forkserver"}
    with (
        dask.config.set({f"distributed.{name}": value for name, value in told.items()}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
            env=dict(os.environ),
        ) as local,
    ):
        yield local
