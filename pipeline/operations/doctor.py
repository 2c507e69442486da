"""Everything Soi stands on, looked at one by one, with what to do about what is wrong."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from shlex import quote

from crawlers.settings import VERSION
from pipeline.home import Home
from pipeline.inforce import HomeError
from pipeline.operations.doctor_checks import Check, asked, bring_back, own_again
from pipeline.operations.doctor_machine import (
    look_at_clock,
    look_at_disk,
    look_at_folders,
    look_at_memory,
    look_at_port,
    look_at_python,
    look_at_secrets,
)
from pipeline.operations.doctor_store import look_at_database, look_at_evidence, look_at_model, look_at_sources
from pipeline.operations.retention import left_of_exports
from pipeline.operations.state import FAILURES, read_state, run_process
from pipeline.records import counted
from pipeline.settings import Settings
from pipeline.store import StoreError, alerts
from pipeline.store.database import explain, newest_schema


def examine(home: Home) -> list[Check]:
    """Every check, in an order in which the first bad one usually explains the rest; never raises."""
    settings, told = _settings(home)
    checks = [Check("Soi", "ok", f"{VERSION}, newest schema {newest_schema()}"), *told]
    steps: list[Callable[[], Iterator[Check]]] = [
        look_at_python,
        lambda: look_at_folders(home, settings),
        lambda: look_at_secrets(home),
        lambda: look_at_disk(home, settings),
        lambda: look_at_memory(settings),
        lambda: look_at_database(home, settings),
        lambda: look_at_evidence(home),
        lambda: look_at_model(home, settings),
        lambda: look_at_sources(home, settings),
        lambda: look_at_clock(home, settings),
        lambda: look_at_port(home, settings),
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
            checks.append(Check("permissions", "bad", f"{error.filename} can't be looked at", own_again(home)))
        except sqlite3.DatabaseError as error:
            damaged = type(error) is sqlite3.DatabaseError
            if damaged and any(check.what == "database" and check.state == "bad" for check in checks):
                continue  # said already
            advice = bring_back(home, settings) if damaged else "Do what it says, and look again."
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
        yield Check("backups", "ok" if days < 3 else "odd", f"the last one is {counted(days, 'day')} old", advice)


def _alerts(home: Home, settings: Settings) -> Iterator[Check]:
    from pipeline.operations.channels import channels, unready

    found = unready(settings.alerts)
    for said, advice in found:
        yield Check("alerts", "odd", said, f"{advice} `soi alerts test` tries it.")
    if not found:
        ways = ", ".join(channel.name for channel in channels(settings.alerts))
        yield Check("alerts", "ok", f"told by: {ways}", "`soi alerts test` tries each.")
    if n := asked(home, lambda db: len(alerts.open_alerts(db)), 0):
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
