"""Everything Soi stands on, looked at one by one, with what to do about what is wrong."""

import contextlib
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TypeVar

from crawlers.settings import VERSION
from pipeline.home import DEFAULT, Home
from pipeline.inforce import SECRETS, HomeError
from pipeline.locks import keepers
from pipeline.operations.retention import left_of_exports
from pipeline.operations.state import FAILURES, desk_at, read_state, run_process
from pipeline.records import after, now, stamp
from pipeline.settings import Settings
from pipeline.store import (
    Database,
    StoreError,
    alerts,
    audit,
    clock,
    copies,
    fetches,
    models,
    open_store,
    watching,
)
from pipeline.store.database import can_write, explain, newest_schema, try_writing
from pipeline.store.guards import foreign, lost

T = TypeVar("T")

WAL_MB = 256  # the write-ahead log is emptied every few minutes; this much means a reader holds it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    what: str
    state: str  # ok, odd, bad
    found: str
    advice: str = ""


def examine(home: Home) -> list[Check]:
    """Every check, in an order in which the first bad one usually explains the rest; never raises."""
    settings, told = _settings(home)
    checks = [Check("Soi", "ok", f"{VERSION}, newest schema {newest_schema()}"), *told]
    steps: list[Callable[[], Iterator[Check]]] = [
        _python,
        lambda: _folders(home, settings),
        lambda: _secrets(home),
        lambda: _disk(home, settings),
        lambda: _memory(settings),
        lambda: _database(home, settings),
        lambda: _evidence(home),
        lambda: _model(home, settings),
        lambda: _sources(home, settings),
        lambda: _clock(home, settings),
        lambda: _port(home, settings),
        lambda: _running(home),
        lambda: _backups(home, settings),
        lambda: _alerts(home, settings),
        lambda: _rebuttals(settings),
        lambda: _research(home, settings),
        lambda: _exports(home),
    ]
    for step in steps:
        try:
            checks += step()
        except PermissionError as error:
            checks.append(Check("permissions", "bad", f"{error.filename} can't be looked at", _own(home)))
        except sqlite3.DatabaseError as error:
            damaged = type(error) is sqlite3.DatabaseError
            if damaged and any(check.what == "database" and check.state == "bad" for check in checks):
                continue  # said already
            advice = _restore(home, settings) if damaged else "Do what it says, and look again."
            checks.append(Check("database", "bad", explain(home.database, error), advice))
        except StoreError as error:
            checks.append(Check("database", "bad", str(error), "Do what it says, and look again."))
        except Exception as error:
            checks.append(Check("doctor", "bad", f"{type(error).__name__}: {error}", "Tell Soi's people; it is a bug."))
    return list(dict.fromkeys(checks))  # a folder that is closed keeps several from looking


def _settings(home: Home) -> tuple[Settings, list[Check]]:
    try:
        settings = home.settings()
    except HomeError as error:
        advice = "Mend what it names; until then the checks below go by the defaults."
        return Settings.model_construct(), [Check("settings", "bad", str(error), advice)]
    if home.settings_file.exists():
        return settings, [Check("settings", "ok", str(home.settings_file))]
    advice = f"{home.made_by} writes one with every default."
    return settings, [Check("settings", "odd", f"{home.settings_file} isn't there; all is as by default", advice)]


def _own(home: Home) -> str:
    """What to do about a home that can't be written to."""
    with contextlib.suppress(OSError):
        if any(os.statvfs(path).f_flag & os.ST_RDONLY for path in (home.database.parent, home.root)):
            return "Its disk is mounted read-only; where nobody did so, it may be failing (`dmesg`). Mount it anew."
    root = quote(str(home.root))
    return f"Give it to the user that runs Soi: `chown -R {os.getuid()} {root}`, then `chmod -R u+rwX {root}`."


def _restore(home: Home, settings: Settings) -> str:
    from pipeline.operations.rotation import backups_until

    folder = home.root / settings.keep.backups
    newest = [quote(str(path)) for path in backups_until(folder, datetime.now(UTC))][-1:]
    return f"Bring back a backup: `soi restore {''.join(newest) or quote(str(folder)) + '/…'} --force`."


def _python() -> Iterator[Check]:
    yield Check("Python", "ok", ".".join(map(str, sys.version_info[:3])))  # an older one couldn't import this
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        options = {row[0] for row in db.execute("PRAGMA compile_options")}
    new = sqlite3.sqlite_version_info >= (3, 43, 0) and "ENABLE_FTS5" in options
    yield Check(
        "SQLite", "ok" if new else "bad", sqlite3.sqlite_version,
        "" if new else "Soi needs 3.43 or newer with FTS5; take a newer Python build.",
    )  # fmt: skip


def _folders(home: Home, settings: Settings) -> Iterator[Check]:
    for what, path in (("home", home.root), ("data", home.database.parent)):
        if not path.is_dir():
            advice = f"{home.made_by} makes one."
            yield Check(what, "bad", f"{path} isn't there", advice)
        elif not _writable(path):
            yield Check(what, "bad", f"{path} can't be written to", _own(home))
        else:
            yield Check(what, "ok", str(path))
    data = home.database.parent
    kept = (home.locks, *home.locks.glob("*"), home.index, *home.index.glob("*"), home.root / settings.keep.backups,
            home.erased_list, home.exports)  # fmt: skip
    closed = [path for path in kept if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=True)]
    if closed:
        yield Check("permissions", "bad", f"{closed[0]} can't be read and written", _own(home))
    read = [path for path in (home.settings_file, home.root / SECRETS, home.sources) if _closed(path, home.root)]
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


def _secrets(home: Home) -> Iterator[Check]:
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


def _disk(home: Home, settings: Settings) -> Iterator[Check]:
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


def _memory(settings: Settings) -> Iterator[Check]:
    """Whether a job meets its limit before the machine meets its own."""
    there, allowed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20, settings.schedule.memory_mb
    if allowed > there:
        advice = "Set it lower: a job that takes too much then ends and says so, before the system ends any program."
        yield Check("memory", "odd", f"{there} MB in all; schedule.memory_mb lets one job take {allowed}", advice)
    else:
        yield Check("memory", "ok", f"{there} MB in all, {allowed} of them for one job")


def _asked(home: Home, question: Callable[[Database], T], otherwise: T) -> T:
    """What the store answers; `otherwise` where there is none that can be read, as is told of the database."""
    if home.has_database:
        unread = contextlib.suppress(StoreError, sqlite3.DatabaseError)
        with unread, contextlib.closing(open_store(home.database, read_only=True)) as db:
            return question(db)
    return otherwise


def _database(home: Home, settings: Settings) -> Iterator[Check]:
    if not home.has_database:
        from pipeline.operations.rotation import lost

        if said := lost(home, home.root / settings.keep.backups):
            yield Check("database", "bad", said[0].removesuffix("."), said[1])
            return
        yield Check("database", "odd", home.no_database, f"{home.made_by} makes it.")
        return
    wrong = copies.problems(home.database)
    if wrong:
        told = f"{home.database.name} is damaged: {wrong[0]}"
        advice = _restore(home, settings)
        if "unable to open" in wrong[0]:
            told, advice = wrong[0], _own(home)
        if "disk I/O" in wrong[0] or "is full" in wrong[0]:  # says nothing of what is written there
            told, advice = wrong[0], "Free some space, and look again; if there is enough, the disk fails."
        yield Check("database", "bad", told, advice)
        return
    try:
        with contextlib.closing(open_store(home.database, read_only=True)) as db:
            found = copies.contents(db)
            yield Check("database", "ok", f"{found['posts']} posts, {found['decisions']} decisions, checked whole")
            yield from _history(db)
    except StoreError as error:
        older = "older schema" in str(error)
        if not older:
            yield Check("database", "bad", str(error), "Do what it says, and look again.")
            return
        advice = "`soi status` brings it up to date, and keeps a copy."
        if others := keepers(home):
            advice = f"End what is at work here first (`kill {' '.join(map(str, others))}`); then {advice}"
        yield Check("database", "odd", f"{home.database.name} has an older schema", advice)
        return
    try:
        try_writing(home.database, seconds=3)
    except StoreError as error:
        held = can_write(home.database)
        advice = "Another program holds the database; `fuser` its file, and end it." if held else _own(home)
        yield Check("writing", "bad", str(error), advice)
    wal = home.database.with_name(home.database.name + "-wal")
    if wal.exists() and wal.stat().st_size >> 20 > WAL_MB:
        advice = "Something keeps a read open for long; end programs that look into the database, then `soi prune`."
        yield Check("write-ahead log", "odd", f"{wal.stat().st_size >> 20} MB", advice)


def _history(db: Database) -> Iterator[Check]:
    """Whether what is only added to could have been changed, or was."""
    checked = audit.check(db)
    if checked.first_broken or checked.decisions or checked.words or checked.cases:
        yield Check("log", "bad", "what was done isn't as it was written down", "`soi log` names what, and how.")
    else:
        yield Check("log", "ok", f"{checked.lines} lines, and the verdicts as they have them")
    if gone := lost(db):
        found = f"{', '.join(gone[:3])}{' …' * (len(gone) > 3)}: not as Soi made {'it' if len(gone) == 1 else 'them'}"
        advice = "Somebody could change or delete what was written; compare with a backup from before (`soi restore`)."
        yield Check("history", "bad", found, advice)
    if added := foreign(db):
        found = f"{', '.join(added[:3])}{' …' * (len(added) > 3)}: no trigger of Soi's"
        advice = "What is written may be changed by it at once: look at it in sqlite_master; DROP TRIGGER takes it out."
        yield Check("triggers", "bad", found, advice)


def _evidence(home: Home) -> Iterator[Check]:
    """Passages that no claim can be compared with, or none should: imported before they were refused."""
    from classifier.evidence.facts import shipped_passages
    from classifier.evidence.retrieval import unreadable_day
    from classifier.evidence.told import OF_CLAIMS
    from pipeline.indexing import passage_of
    from pipeline.store import brought, evidence

    if not home.has_database:
        return
    with contextlib.suppress(StoreError), contextlib.closing(open_store(home.database, read_only=True)) as db:
        left, echoes = list[str](), list[str]()
        for row in evidence.passages(db):
            if row.kind in OF_CLAIMS:
                echoes.append(row.eid)
            elif unreadable_day(passage_of(row)):
                left.append(row.eid)
        if left:
            advice = f"`soi evidence remove {_some(left)}`, or import them again with days such as 2025-11-30."
            yield Check("evidence", "odd", f"{len(left)} left out: a date of theirs can't be read", advice)
        if echoes:
            advice = f"`soi evidence remove {_some(echoes)}`: a file of evidence takes none any more."
            yield Check("evidence", "odd", f"{len(echoes)} say a judged claim over again, and support it", advice)
        if gone := [eid for eid in brought.removed(db) if eid in {fact.eid for fact in shipped_passages()}]:
            advice = f"`soi evidence restore {_some(gone)}` brings them back, if that was a mistake."
            yield Check("facts", "ok", f"{len(gone)} that ship removed here", advice)
        if not left + echoes:
            yield Check("evidence", "ok", f"{evidence.passages_now(db).n} passages")


def _some(names: list[str]) -> str:
    return " ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _model(home: Home, settings: Settings) -> Iterator[Check]:
    from classifier.errors import ModelRefused
    from classifier.loading import load_model, read_card
    from pipeline.registry import RegistryError, model_folder, unpassed

    version, ungated = DEFAULT, ""
    if home.has_database:
        with contextlib.suppress(StoreError), contextlib.closing(open_store(home.database, read_only=True)) as db:
            version = models.live_version(db)
            with contextlib.suppress(ModelRefused, RegistryError, HomeError):  # told below and elsewhere
                ungated = unpassed(home, db, version)
    folder = home.model(version)
    if not folder.is_dir():
        yield Check("model", "bad", f"{folder} isn't there", _mend_model(version))
        return
    try:
        card = read_card(model_folder(home, version))
        yield Check("model", "ok", f"{card['version']}, every file as its card says")
    except (ModelRefused, RegistryError) as error:
        yield Check("model", "bad", str(error), _mend_model(version))
        return
    if ungated:
        yield Check("parts", "bad", ungated, "Nothing is scored until then.")
    elif settings.parts:  # code that never passed isn't run
        try:
            load_model(folder, parts=home.parts)
        except ModelRefused as error:
            yield Check("parts", "bad", str(error), "Mend or take out its line under [parts] of soi.toml.")
            return
        yield Check("parts", "ok", ", ".join(f"{name}: {said}" for name, said in settings.parts.items()))


def _mend_model(version: str) -> str:
    if version == DEFAULT:
        return "Install Soi again: this model comes with it."
    return "Bring its folder back from a backup, or `soi rollback` to an earlier model."


def _sources(home: Home, settings: Settings) -> Iterator[Check]:
    from crawlers.run import nobody_to_reach
    from crawlers.sources import SourcesError, load

    try:
        found = [s for s in load(home.source_list) if not s.off]
    except SourcesError as error:
        closed = isinstance(error.__cause__, PermissionError)
        advice = "Do what it says, and look again." if closed else f"Mend {home.sources}, or bring it back."
        yield Check("sources", "bad", str(error), advice)
        return
    public = nobody_to_reach(found, contact=settings.crawl.contact)
    if not found:
        yield Check("sources", "odd", "none is on", "`soi sources add URL`, or turn one on.")
    elif public:
        advice = "Set crawl.contact in soi.toml to a page or mail address, so that a site can reach you."
        yield Check("sources", "bad", f"{len(public)} are public, and crawl.contact is empty", advice)
    else:
        ids, day = [source.id for source in found], after(now(), hours=-24)
        none: list[tuple[str, int]] = []
        if away := _asked(home, lambda db: _unread(db, ids), 0):
            advice = "`soi status` names them, and says what to do."
            yield Check("sources", "odd", f"{away} of {len(found)} can't be read", advice)
        if full := _asked(home, lambda db: watching.overflowing(db, since=day), none):
            advice = "Look at their lists twice: where the addresses change each time, `soi sources off` it."
            said = ", ".join(f"{source_id} ({n} pages let go unread)" for source_id, n in full)
            yield Check("sources", "odd", f"lists name more than is kept waiting: {said}", advice)
        if not (away or full):
            yield Check("sources", "ok", f"{len(found)} are on", "`soi sources check` asks each of them.")


def _unread(db: Database, ids: list[str]) -> int:
    return sum(row["health"] not in {"ok", "slow", "new"} for row in fetches.all_health(db, of=ids))


def _clock(home: Home, settings: Settings) -> Iterator[Check]:
    now = datetime.now(UTC)
    if home.has_database and home.database.stat().st_mtime > now.timestamp() + 3600:
        yield Check("clock", "odd", "the database was written in the future", "Set the clock; was it set back?")
        return
    if f"{now:%Y-%m-%d}" < clock.MADE:
        yield Check(
            "clock", "bad", f"{now:%Y-%m-%d} is before Soi was made", "Set the clock; an NTP service keeps it right."
        )
        return
    at = stamp(now)
    if (sure := _asked(home, lambda db: clock.last_sure(db, at=at), at)) != at:
        yield Check("clock", "odd", *clock.in_doubt(sure, at=at))
        return
    yield Check("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC, {settings.schedule.timezone}")


def _port(home: Home, settings: Settings) -> Iterator[Check]:
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


def _running(home: Home) -> Iterator[Check]:
    pid = run_process(home)
    if pid is None:
        yield Check("soi run", "odd", "not at work", "`soi run`, or the systemd unit in deploy/.")
        return
    yield Check("soi run", "ok", f"process {pid or 'unknown'}")
    for name, job in read_state(home).jobs.items():
        if job.failures >= FAILURES:
            advice = "Do what it says; the lines of `soi run` before that say more."
            yield Check(name, "bad", f"failed {job.failures} times in a row: {job.said or 'no word why'}", advice)


def _backups(home: Home, settings: Settings) -> Iterator[Check]:
    from pipeline.operations.backup import BackupError, beside_database, of_another, recipient
    from pipeline.operations.rotation import ahead, last_backup

    try:
        beside_database(home)
    except BackupError as error:
        yield Check("backups", "bad", str(error), "Until then no backup is made.")
    if settings.keep.age_recipient:
        try:
            recipient(settings.keep.age_recipient)
        except BackupError as error:
            yield Check("backups", "bad", str(error), "Until then no backup is made.")
    folder = home.root / settings.keep.backups
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK, effective_ids=True):
        return  # told above; who can't look doesn't know whether there are any
    if other := of_another(home, folder):
        yield Check("backups", "bad", other, "Until then no backup of this home is made.")
        return
    last = last_backup(folder)
    if said := ahead(folder):
        yield Check("backups", "odd", said, "Set the clock if it is wrong; if it is right, `soi backup` makes another.")
    elif last is None:
        yield Check("backups", "odd", f"none in {folder}", "`soi backup` makes one; `soi run` makes one a day.")
    else:
        days = (datetime.now(UTC) - last).days
        advice = "" if days < 3 else "`soi backup` makes one, or says what is in the way."
        yield Check("backups", "ok" if days < 3 else "odd", f"the last one is {days} days old", advice)


def _alerts(home: Home, settings: Settings) -> Iterator[Check]:
    from pipeline.operations.channels import channels, unready

    found = unready(settings.alerts)
    for said, advice in found:
        yield Check("alerts", "odd", said, f"{advice} `soi alerts test` tries it.")
    if not found:
        ways = ", ".join(channel.name for channel in channels(settings.alerts))
        yield Check("alerts", "ok", f"told by: {ways}", "`soi alerts test` tries each.")
    if n := _asked(home, lambda db: len(alerts.open_alerts(db)), 0):
        yield Check("alerts", "odd", f"{n} open", "`soi alerts list` says which; `soi alerts check`, what to do.")


def _rebuttals(settings: Settings) -> Iterator[Check]:
    if lacks := settings.desk.unsigned:
        advice = "Set it in soi.toml: a rebuttal is signed by it, and readers learn from it where to object."
        yield Check("rebuttals", "odd", f"{lacks} not set", advice)


def _exports(home: Home) -> Iterator[Check]:
    if left := left_of_exports(home):
        advice = (
            f"No erasure reaches it; if it is nothing of yours, `rm -r {' '.join(quote(str(path)) for path in left)}`."
        )
        found = f"{left[0]} is what an export that was killed under an earlier Soi left"
        more = f", and {len(left) - 1} others are" if len(left) > 1 else ""
        yield Check("exports", "odd", f"{found}{more}; it may hold words erased since", advice)


def _research(home: Home, settings: Settings) -> Iterator[Check]:
    for name, folders in (("corpora", settings.research.corpora), ("data", settings.research.data)):
        for folder in folders:
            if not (home.root / folder).exists():
                advice = f"Bring it back, or take it out of research.{name}."
                yield Check("research", "odd", f"research.{name}: {home.root / folder} isn't there", advice)
