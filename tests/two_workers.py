"""A real Dask scheduler on loopback with two worker processes, for the tests of more than one machine."""

import pytest


def two_workers():
    """The scheduler as a context manager; the test is skipped where Dask isn't installed."""
    distributed = pytest.importorskip("distributed")
    return distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    )
