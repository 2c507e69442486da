"""Opening the one SQLite file, and writing to it one transaction at a time."""

import contextlib
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from sqlite_utils import Database

from pipeline.home import Home
from pipeline.locks import holder, keepers
from pipeline.store.migrations import migrations

BUSY_MS = 30_000  # a writer waits this long for another before it gives up
PASSING_MS = 1_000  # and so long where what is asked for can be read without what it would write
COPIES = 5  # tried of a store that is written while it is copied
COPY_HOME = "work on a copy of the home"


class StoreError(Exception):
    """The database can't be used; the message says what to do."""


def open_store(
    path: Path, *, create: bool = True, read_only: bool = False, threads: bool = False, keep: bool = True
) -> Database:
    """The store at a path with its schema up to date; `threads` lets a server's worker threads share it by turns, and
    `keep` has it copied first where that changes its schema."""
    if (read_only or not create) and not (path.exists() and path.stat().st_size):  # SQLite would fill an empty file
        raise StoreError(f"There is no database {path} yet: `soi init` makes one, --home names another folder.")
    try:
        if not read_only:
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)  # posts and decisions are nobody else's
            if not path.exists():
                path.touch(mode=0o640)  # SQLite gives the files beside it the same mode
        db = connect(path, read_only=read_only, threads=threads)
        try:
            _prepare(db, path, read_only=read_only, keep=keep)
        except BaseException:
            db.close()
            raise
        return db
    except OSError as error:
        raise StoreError(f"{path.parent} can't be written to ({error.strerror}); give Soi a home it owns.") from None
    except sqlite3.DatabaseError as error:
        raise StoreError(explain(path, error)) from None


def open_in_memory(content: bytes = b"") -> Database:
    """A store that no file holds: an empty one, or what another's serialize() gave."""
    connection = sqlite3.connect(":memory:", uri=True, timeout=BUSY_MS / 1000)
    if content:
        with contextlib.closing(sqlite3.connect(":memory:")) as taken:
            taken.deserialize(content)  # what it is put into holds 1 GiB at most, so it is copied on
            taken.backup(connection)
    db = Database(connection)
    db.conn.execute("PRAGMA temp_store=MEMORY")
    _refuse_others(db, "The store")
    _migrate(db)
    db.conn.execute("PRAGMA foreign_keys=ON")
    return db


def open_to_read(path: Path) -> Database:
    """The store for a command that only reads: with its schema up to date, or as it is where it can't be written.

    On a disk that is too full for SQLite's files beside it, it is read by a copy in memory.
    """
    try:
        return open_store(path, create=False, read_only=not can_write(path))
    except StoreError as error:
        if not any(word in str(error.__context__) for word in ("full", "disk I/O", "unable to open")):
            raise
        first = error
    try:
        db = Database(_connect_unwritable(path.resolve(), threads=False))
        _prepare(db, path, read_only=True)
    except StoreError:  # as of an older schema, which only room on the disk mends
        raise first from None
    except sqlite3.DatabaseError as error:
        raise StoreError(explain(path, error)) from None
    return db


def can_write(path: Path) -> bool:
    """Whether the store at a path can be written, and the files that SQLite keeps beside it."""
    return all(os.access(place, os.W_OK) for place in (path, path.parent) if place.exists())


def connect(path: Path, *, read_only: bool, threads: bool = False) -> Database:
    """A connection to a store as it is, whatever its schema; one that only reads needs no right to write beside it."""
    path = path.resolve()
    if read_only and not can_write(path):
        return Database(_connect_unwritable(path, threads=threads))
    return Database(_open(path, "ro" if read_only else "rwc", threads=threads))


def _open(path: Path, mode: str, *, threads: bool = False) -> sqlite3.Connection:
    address = f"{path.as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_MS / 1000, check_same_thread=not threads)


def _connect_unwritable(path: Path, *, threads: bool) -> sqlite3.Connection:
    """A store that can't be written, or a copy of it in memory where no log is beside it.

    SQLite can't make the files there that it holds locks by, and the store's owner may write at any moment.
    """
    for _ in range(COPIES):
        before = _state(path)
        if before[0]:
            return _open(path, "ro", threads=threads)
        copy = sqlite3.connect(":memory:", check_same_thread=not threads)
        try:
            with contextlib.closing(_open(path, "ro&immutable=1")) as store:
                store.backup(copy)
            copy.execute("PRAGMA query_only=ON")  # what is written to it would be lost
            if _state(path) == before:
                return copy
        except MemoryError:
            copy.close()
            raise StoreError(f"{path.name} is larger than the memory left for a copy of it; {COPY_HOME}.") from None
        except sqlite3.DatabaseError:
            if _state(path) == before:
                raise
        copy.close()
    raise StoreError(f"{path.name} is being written by its owner; try again, or {COPY_HOME}.")


def _state(path: Path) -> tuple[bool, int, int]:
    """Whether SQLite keeps anything in a log beside a store, and what changes when that is written into it."""
    log, stat, is_logged = path.with_name(f"{path.name}-wal"), path.stat(), False
    with contextlib.suppress(FileNotFoundError):  # its owner may take it away at any moment
        is_logged = log.stat().st_size > 0  # an empty one is left where a full disk broke off the opening
    return is_logged, stat.st_mtime_ns, stat.st_size


def file_now(path: Path) -> tuple[object, ...]:
    """Which file has a store's name, first, and where it can't be written, what changes as its owner writes: a copy in
    memory learns of neither. Raises FileNotFoundError."""
    stat = path.stat()
    return (stat.st_dev, stat.st_ino), *(() if can_write(path) else _state(path))


def _prepare(db: Database, path: Path, *, read_only: bool, keep: bool = True) -> None:
    """The pragmas that SQLite leaves to us, then the schema; rows are held to their references once it stands."""
    db.conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _refuse_others(db, path.name)
    if not read_only:
        db.conn.execute("PRAGMA page_size=8192")  # of a file that is made now: fewer writes than pages of 4 kB
        _to_wal(db)
        # in WAL, NORMAL loses no acknowledged commit when the process dies; only a power cut may take the last ones
        db.conn.execute("PRAGMA synchronous=NORMAL")
        db.conn.execute("PRAGMA journal_size_limit=67108864")
        db.conn.execute("PRAGMA wal_autocheckpoint=2000")  # pages: 16 MB
        # pages that a merge of the search index frees hold words of texts that may be erased later
        db.conn.execute("PRAGMA secure_delete=ON")
    if migrations.pending(db):
        had = _schema_of(db)
        if read_only:
            raise StoreError(
                f"{path.name} has an older schema ({had}, where this Soi's is {newest_schema()}); run `soi status`"
                " once where it can be written, which brings it up to date."
            )
        _refuse_beside_others(db, path)
        kept = _keep_as_it_was(db, path) if keep else None
        if _migrate(db) and kept:
            told = "%s was brought up to date, from schema %s to %s; as it was: %s"
            logging.getLogger(__name__).warning(told, path.name, had, newest_schema(), kept)
    db.conn.execute("PRAGMA foreign_keys=ON")


def _refuse_others(db: Database, name: str) -> None:
    """Refuse what a newer Soi wrote, and what no Soi did, before anything is written to it."""
    tables = {*db.table_names()} - {migrations.migrations_table}  # first: another process may be making them
    applied = [migration.name for migration in migrations.applied(db)]
    if tables and not applied:
        raise StoreError(f"{name} is another program's database (it has {min(tables)}); move it away.")
    known = {migration.name for migration in migrations._migrations}
    newer = [one for one in applied if one not in known]
    if newer:
        raise StoreError(f"{name} was written by a newer Soi (it has {newer[-1]}); upgrade Soi to open it.")


def _refuse_beside_others(db: Database, path: Path) -> None:
    """Refuse to change the schema under what an earlier Soi keeps at work: it could open the store no more, and would
    write into what it doesn't know."""
    home = Home(path.parent.parent)
    if home.database != path or not migrations.applied(db):
        return
    if others := keepers(home):
        running = holder(home, "run") is not None
        which = "whose `soi run`" if running else "of which something (a desk, a crawl, a scoring)"
        raise StoreError(
            f"{path.name} has the schema of an earlier Soi, {which} is at work here; end it first with"
            f" `kill {' '.join(map(str, others))}`, then this one brings it up to date."
        )


def _to_wal(db: Database) -> None:
    """Write ahead from now on; SQLite doesn't wait for another program at the switch itself, so we do."""
    until = time.monotonic() + BUSY_MS / 1000
    while db.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            db.conn.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _keep_as_it_was(db: Database, path: Path) -> Path | None:
    """Copy a database with posts in it before its schema changes; `soi prune` lets the copy go after a month."""
    if not migrations.applied(db) or not number_of(db, "SELECT EXISTS (SELECT 1 FROM posts)"):
        return None
    for left in path.parent.glob(f"{path.name}.before-*.[0-9]*"):  # by a program that was killed at it
        if left.stat().st_mtime < time.time() - 3600:
            left.unlink(missing_ok=True)
    target = path.with_name(f"{path.name}.before-{migrations.pending(db)[0].name}")
    with contextlib.closing(_open(path.resolve(), "ro")) as store:
        store.execute("BEGIN")  # all of it as of one moment
        if (place := _place_of(store, target)).exists():
            return place  # a try that broke off made it: a second would need as much room again
    unfinished = path.with_name(f"{target.name}.{os.getpid()}")
    unfinished.touch(mode=0o600)  # till it has the mode of what it copies
    copy = sqlite3.connect(unfinished)
    try:
        db.conn.backup(copy)
        place = _place_of(copy, target)  # another process may have made one meanwhile
        copy.close()
        shutil.copymode(path, unfinished)
        if not place.exists():
            unfinished.rename(place)
    finally:
        copy.close()
        unfinished.unlink(missing_ok=True)
    return place


def _place_of(store: sqlite3.Connection, target: Path) -> Path:
    """The name of a store's copy, with a number behind it where another's stands there; one that is there is the same.

    Whoever went back to the earlier Soi has other posts the next time; an upgrade that is tried again has not.
    """
    place, number = target, 1
    while place.exists():
        with contextlib.closing(_open(place.resolve(), "ro&immutable=1")) as other:
            if _hold_the_same(store, other):
                break
        number += 1
        place = target.with_name(f"{target.name}-{number}")
    return place


def _hold_the_same(*stores: sqlite3.Connection) -> bool:
    """Whether two databases have the same schema and rows, asked of SQLite: were a file of its read here and closed,
    its locks on it would go."""
    for store in stores:
        store.text_factory = bytes
    made = "SELECT name, sql, type = 'table' AND rootpage > 0 FROM sqlite_master ORDER BY name"
    try:
        one, other = (store.execute(made).fetchall() for store in stores)
        rows = (f'SELECT * FROM "{name.decode()}" NOT INDEXED' for name, _, is_table in one if is_table)
        return one == other and all(_give_the_same(*(store.execute(each) for store in stores)) for each in rows)
    except sqlite3.DatabaseError:
        return False  # a copy that can't be read is none


def _give_the_same(one: sqlite3.Cursor, other: sqlite3.Cursor) -> bool:
    return all(row == beside for row, beside in zip_longest(one, other))


def _migrate(db: Database) -> list[str]:
    """Bring the schema up to date, all of it or nothing: a half-new store is none to the Soi that made it.

    Two programs starting at once don't race; the names of what was done.
    """
    with write(db):
        db.conn.execute("PRAGMA application_id=1399809280")
        migrations.ensure_migrations_table(db)
        lacking = migrations.pending(db)
        for migration in lacking:
            migration.fn(db)
            migrations._record_applied(db, migration.name)
    return [migration.name for migration in lacking]


def _schema_of(db: Database) -> str:
    """The number of the newest migration that a store has run; "none" of one that is made now."""
    return max((one.name.partition("_")[0] for one in migrations.applied(db)), default="none")


def newest_schema() -> str:
    """The number of the newest schema that this Soi knows."""
    return str(migrations._migrations[-1].name).partition("_")[0]


@cache
def as_made() -> dict[str, tuple[str, list[str], str]]:
    """The schema of a new store."""
    with contextlib.closing(Database(memory=True)) as fresh:
        _migrate(fresh)
        return schema_in(fresh)


def schema_in(db: Database) -> dict[str, tuple[str, list[str], str]]:
    """Tables, indexes, triggers and views by name: the kind, the words of its SQL, white space aside, and the SQL."""
    made = db.conn.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: (kind, sql.split(), sql) for name, kind, sql in made}


def writes(db: Database) -> int:
    """A number that is another once somebody wrote by another connection."""
    return number_of(db, "PRAGMA data_version")


def number_of(db: Database, asked: str, values: Sequence[object] | Mapping[str, object] = ()) -> int:
    """The one number that a statement gives; 0 where no row has it."""
    row = db.conn.execute(asked, values).fetchone()
    return int(row[0] or 0) if row else 0


def word_of(db: Database, asked: str, values: Sequence[object] | Mapping[str, object] = ()) -> str:
    """Likewise a word; "" where no row has it."""
    row = db.conn.execute(asked, values).fetchone()
    return str(row[0] or "") if row else ""


@contextlib.contextmanager
def write(db: Database) -> Iterator[Database]:
    """One write transaction, IMMEDIATE: a read that later turns into a write would fail at once instead of waiting."""
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.commit()
    except BaseException:
        db.rollback()
        raise


@contextlib.contextmanager
def in_passing(db: Database) -> Iterator[None]:
    """What is written beside something that is read: where nothing can be written just now, it is only read."""
    db.conn.execute(f"PRAGMA busy_timeout={PASSING_MS}")
    try:
        yield
    except sqlite3.OperationalError as error:
        if not is_of_the_machine(error):
            raise
        if db.conn.in_transaction:
            db.rollback()
    finally:
        db.conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def is_of_the_machine(error: sqlite3.Error) -> bool:
    """Whether the disk or another program is at fault, and no statement of ours."""
    words = ("locked", "full", "disk I/O", "readonly", "read-only", "unable to open")
    return isinstance(error, sqlite3.OperationalError) and any(word in str(error) for word in words)


def try_writing(path: Path, *, seconds: float) -> None:
    """Take the turn to write and give it back, with nothing written; raises StoreError when it isn't had in time."""
    address = f"{path.resolve().as_uri()}?mode=rw"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=seconds, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        raise StoreError(explain(path, error)) from None


def explain(path: Path, error: sqlite3.Error) -> str:
    """What an SQLite error means to the person at the keyboard."""
    words = str(error)
    if "locked" in words:
        return f"{path.name} is held by another program; close it (or wait) and try again."
    if "not a database" in words or "malformed" in words or "corrupt" in words:
        return f"{path.name} is damaged or no SQLite file ({words}); bring back a backup with `soi restore`."
    if "readonly" in words or "unable to open" in words or "read-only" in words:
        look = "see whether its disk is mounted read-only, check the folder's owner and permissions"
        return f"{path} can't be opened for writing; {look}, or {COPY_HOME}."
    if "full" in words:
        return f"The disk of {path.name} is full; free some space, nothing was half written."
    if "disk I/O" in words:
        return (
            f"The disk of {path.name} can't be written or read: it is full (free some space), a file may not grow so"
            " large here (raise the limit, ulimit -f), or it fails."
        )
    return f"{path.name}: {words}."
