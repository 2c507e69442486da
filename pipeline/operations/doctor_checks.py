"""What the doctor finds of one thing, and what several of its looks ask and advise."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from shlex import quote
from typing import TypeVar

from pipeline.home import Home
from pipeline.settings import Settings
from pipeline.store import Database, StoreError, open_store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    what: str
    state: str  # ok, odd, bad
    found: str
    advice: str = ""


def own_again(home: Home) -> str:
    """What to do about a home that can't be written to."""
    with contextlib.suppress(OSError):
        if any(os.statvfs(path).f_flag & os.ST_RDONLY for path in (home.database.parent, home.root)):
            return "Its disk is mounted read-only; where nobody did so, it may be failing (`dmesg`). Mount it anew."
    root = quote(str(home.root))
    return f"Give it to the user that runs Soi: `chown -R {os.getuid()} {root}`, then `chmod -R u+rwX {root}`."


def bring_back(home: Home, settings: Settings) -> str:
    """What to do about a database that is damaged."""
    from pipeline.operations.rotation import backups_until

    folder = home.root / settings.keep.backups
    newest = [quote(str(path)) for path in backups_until(folder, datetime.now(UTC))][-1:]
    return f"Bring back a backup: `soi restore {''.join(newest) or quote(str(folder)) + '/…'} --force`."


def asked(home: Home, question: Callable[[Database], T], otherwise: T) -> T:
    """What the store answers; `otherwise` where there is none that can be read, as is told of the database."""
    if home.has_database:
        unread = contextlib.suppress(StoreError, sqlite3.DatabaseError)
        with unread, contextlib.closing(open_store(home.database, read_only=True)) as db:
            return question(db)
    return otherwise
