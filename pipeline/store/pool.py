"""Open stores lent to a server's worker threads by turns: one thread has one at a time."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, LifoQueue

from sqlite_utils import Database

from pipeline.store.database import open_store


class Pool:
    """Stores of one database; the last one given back is lent first, because its pages are warm."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._free: LifoQueue[Database] = LifoQueue()
        self._closed = False
        self._free.put(open_store(path, threads=True))

    @contextlib.contextmanager
    def lend(self) -> Iterator[Database]:
        """A store for as long as the block lasts; opened when none is free."""
        try:
            db = self._free.get_nowait()
        except Empty:
            db = open_store(self.path, threads=True, create=False)  # it was there: with its disk it comes back
        try:
            yield db
        finally:
            if db.conn.in_transaction:
                db.conn.rollback()
            self._free.put(db)
            if self._closed:
                self.close()

    def close(self) -> None:
        """Close what is free now, and what is lent once it is given back."""
        self._closed = True
        with contextlib.suppress(Empty):
            while True:
                self._free.get_nowait().close()
