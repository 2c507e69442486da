"""The database file itself: copied while in use, checked, compacted."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from pipeline.store.database import BUSY_MS, connect, number_of, write
from pipeline.store.migrations import migrations
from pipeline.store.posts import counts

MERGE_PAGES = 64  # of a search index in one transaction: some 20 ms
FTS = ("versions_fts", "claims_fts", "passages_fts", "told_fts")


def copy_to(path: Path, target: Path) -> None:
    """Copy a database as it is at one moment, writers going on; the copy is one plain file of its mode."""
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
    target.touch(mode=0o600)  # till it has the mode of what it copies
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)  # in one step: in steps, every writer would make it begin again
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        source.close()
    shutil.copymode(path, target)


def problems(path: Path) -> list[str]:
    """What SQLite's own checks find wrong with a file; empty when it is whole."""
    try:
        db = connect(path, read_only=True).conn
        try:
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
            broken = db.execute("PRAGMA foreign_key_check").fetchmany(20)
            found += [f"a row of {table} names a row of {parent} that isn't there" for table, _, parent, _ in broken]
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return found


def schema_of(db: Database) -> list[str]:
    """The migrations a database has."""
    return [migration.name for migration in migrations.applied(db)]


def is_older(db: Database) -> bool:
    """Whether a database lacks what newer schemas have."""
    return bool(migrations.pending(db))


def contents(db: Database) -> dict[str, int]:
    """How many rows of everything, and the sums that must fit."""
    return {**counts(db), "inputs": number_of(db, "SELECT sum(inputs) FROM runs")}


def checkpoint(db: Database) -> bool:
    """Bring the write-ahead log into the file and empty it, as far as readers let us; whether they did."""
    db.conn.execute("PRAGMA busy_timeout=1000")  # a longer wait for readers would hold writers up
    try:
        busy, *_ = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    return not busy


def tidy(db: Database) -> tuple[int, int]:
    """Merge the search indexes and write the file anew without its gaps; bytes before and after.

    Nobody can write meanwhile (10 s a GB). Without it the file only grows: a text let go leaves a gap that new posts,
    which come at the end, don't fill.
    """
    before = size(db)
    merge_search(db, FTS)
    db.conn.execute("VACUUM")
    db.conn.execute("PRAGMA optimize")
    checkpoint(db)
    return before, size(db)


def merge_search(db: Database, tables: Sequence[str] = ()) -> None:
    """Merge search indexes, else those that hold words of deleted texts, which leave them by that alone; writers get
    their turns. Of one that was broken off the next does the rest."""
    for table in tables or [table for table in FTS if _holds_deleted(db, table)]:
        pages = -MERGE_PAGES  # the first call marks everything for merging
        while merge_some(db, table, pages):
            pages = MERGE_PAGES


def _holds_deleted(db: Database, table: str) -> bool:
    """Whether a search index has marks of deleted rows beside words: FTS5 keeps them behind all its other pages."""
    return bool(number_of(db, f"SELECT EXISTS (SELECT 1 FROM {table}_data WHERE id >= 1 << 53)"))


def merge_some(db: Database, table: str = FTS[0], pages: int = MERGE_PAGES) -> bool:
    """Merge a few pages of a search index in a transaction of their own; whether there was anything to merge.

    What lands is left in a segment a transaction, and a search looks into each: whoever lands posts calls this between.
    """
    before = db.conn.total_changes
    with write(db):
        db.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", [pages])
    return db.conn.total_changes - before > 1  # as SQLite's manual says: one change is the command's own


def size(db: Database) -> int:
    """Bytes of all its pages."""
    return number_of(db, "PRAGMA page_count") * number_of(db, "PRAGMA page_size")
