"""The doctor's look at the machine and its user: Python, folders, disk, memory, clock and port."""

import contextlib
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote

from pipeline.home import Home
from pipeline.inforce import SECRETS
from pipeline.operations.doctor_checks import Check, asked, own_again
from pipeline.operations.state import desk_at
from pipeline.records import stamp
from pipeline.settings import Settings
from pipeline.store import clock, watching

AHEAD = timedelta(hours=1)  # what was written later than this was written by another clock


def look_at_python() -> Iterator[Check]:
    yield Check("Python", "ok", ".".join(map(str, sys.version_info[:3])))  # an older one couldn't import this
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        options = {row[0] for row in db.execute("PRAGMA compile_options")}
    new = sqlite3.sqlite_version_info >= (3, 43, 0) and "ENABLE_FTS5" in options
    yield Check(
        "SQLite", "ok" if new else "bad", sqlite3.sqlite_version,
        "" if new else "Soi needs 3.43 or newer with FTS5; take a newer Python build.",
    )  # fmt: skip


def look_at_folders(home: Home, settings: Settings) -> Iterator[Check]:
    for what, path in (("home", home.root), ("data", home.database.parent)):
        if not path.is_dir():
            advice = f"{home.made_by} makes one."
            yield Check(what, "bad", f"{path} isn't there", advice)
        elif not _writable(path):
            yield Check(what, "bad", f"{path} can't be written to", own_again(home))
        else:
            yield Check(what, "ok", str(path))
    data = home.database.parent
    kept = (home.locks, *home.locks.glob("*"), home.index, *home.index.glob("*"), home.root / settings.keep.backups,
            home.erased_list, home.exports)  # fmt: skip
    closed = [path for path in kept if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=True)]
    if home.own_list.exists() and not os.access(home.own_list, os.R_OK, effective_ids=True):
        closed.append(home.own_list)
    if closed:
        yield Check("permissions", "bad", f"{closed[0]} can't be read and written", own_again(home))
    only_read = (home.settings_file, home.root / SECRETS, home.sources, home.own_list)
    read = [path for path in only_read if _closed(path, home.root)]
    yield from _of_root(home, (data, home.database, *kept, *read))


def _closed(file: Path, root: Path) -> bool:
    """Whether a file that is only read is closed to all but its owner: root may keep one that a home's group reads."""
    if not file.exists():
        return False
    said, group = file.stat(), root.stat().st_gid if root.is_dir() else -1
    return not said.st_mode & (0o044 if said.st_gid == group else 0o004)


def _of_root(home: Home, parts: tuple[Path, ...]) -> Iterator[Check]:
    """What root made in another user's home, which root itself finds nothing wrong with."""
    owner = home.root.stat().st_uid if os.geteuid() == 0 and home.root.is_dir() else 0
    if made := [path for path in parts if owner and path.exists() and path.stat().st_uid == 0]:
        found = f"{made[0]} is root's, and {home.root} user {owner}'s, to whom it may be closed"
        yield Check("permissions", "bad", found, f"`chown -R {owner} {quote(str(home.root))}`, and no command as root.")


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def look_at_secrets(home: Home) -> Iterator[Check]:
    secrets = home.root / SECRETS
    data = home.database.parent
    open_to_all = home.has_database and all(path.stat().st_mode & 0o007 for path in (home.database, data))
    if open_to_all:
        advice = f"`chmod 750 {quote(str(data))}` keeps posts and decisions from other users of this machine."
        yield Check("permissions", "odd", "the data folder can be read by every user", advice)
    mode = secrets.stat().st_mode & 0o777 if secrets.exists() else 0
    if mode & 0o077:
        yield Check("permissions", "bad", f"secrets: {mode:o}", f"`chmod 600 {quote(str(secrets))}`.")
    elif not open_to_all:
        yield Check("permissions", "ok", f"secrets: {mode:o}" if mode else "secrets: none")


def look_at_disk(home: Home, settings: Settings) -> Iterator[Check]:
    folder = next(path for path in (home.database.parent, home.root, Path.cwd()) if path.is_dir())
    free = shutil.disk_usage(folder).free >> 20
    needed = max(settings.watch.disk_free_mb, 3 * (home.database.stat().st_size >> 20) if home.has_database else 0)
    advice = (
        "Free some space; a backup needs three times the database. `soi prune --compact`, which gives some back, needs"
        " twice."
    )
    enough = free >= needed
    found = f"{free} MB free" + ("" if enough else f" of {needed} needed")
    yield Check("disk", "ok" if enough else "bad", found, "" if enough else advice)


def look_at_memory(settings: Settings) -> Iterator[Check]:
    """Whether a job meets its limit before the machine meets its own."""
    there, allowed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20, settings.schedule.memory_mb
    if allowed > there:
        advice = "Set it lower: a job that takes too much then ends and says so, before the system ends any program."
        yield Check("memory", "odd", f"{there} MB in all; schedule.memory_mb lets one job take {allowed}", advice)
    else:
        yield Check("memory", "ok", f"{there} MB in all, {allowed} of them for one job")


def look_at_clock(home: Home, settings: Settings) -> Iterator[Check]:
    now = datetime.now(UTC)
    written = home.database.stat().st_mtime if home.has_database else 0.0
    last = max(stamp(datetime.fromtimestamp(written, UTC)), asked(home, watching.last_run, ""))
    if last > stamp(now + AHEAD):
        advice = "Set the clock if it is wrong; if it was set back, `soi run` brings forward what was planned by it."
        yield Check("clock", "odd", f"the database was written in the future (till {last[:16]} UTC)", advice)
        return
    if f"{now:%Y-%m-%d}" < clock.MADE:
        yield Check(
            "clock", "bad", f"{now:%Y-%m-%d} is before Soi was made", "Set the clock; an NTP service keeps it right."
        )
        return
    at = stamp(now)
    if (sure := asked(home, lambda db: clock.last_sure(db, at=at), at)) != at:
        yield Check("clock", "odd", *clock.in_doubt(sure, at=at))
        return
    yield Check("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC, {settings.schedule.timezone}")


def look_at_port(home: Home, settings: Settings) -> Iterator[Check]:
    host, port = settings.desk.host, settings.desk.port
    taken, at = _taken(host, port), desk_at(home)
    if taken is None:
        yield Check("desk", "bad", f"{host} is no address of this machine", "Set desk.host to 127.0.0.1.")
    elif host not in {"127.0.0.1", "::1", "localhost"} and not settings.desk.secure_cookies:
        advice = "Keep desk.host on 127.0.0.1 behind a TLS proxy and set desk.secure_cookies."
        yield Check("desk", "odd", f"{host} can be reached from elsewhere, without TLS", advice)
    elif port and taken and not at.endswith(f":{port}"):
        advice = "The desk takes the next free port; end that program, or set another desk.port."
        found = f"port {port} is taken by another program" + (f", the desk is at {at}" if at else "")
        yield Check("desk", "odd", found, advice)
    else:
        yield Check("desk", "ok", at or f"{host}:{port}")


def _taken(host: str, port: int) -> bool | None:
    """Whether somebody listens there; None when it is nowhere to listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as place:
            place.bind((host, 0))
        with socket.socket(family) as probe:
            probe.settimeout(1)
            return probe.connect_ex((host, port)) == 0
    except OSError:
        return None
