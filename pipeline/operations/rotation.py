"""The backups there are: which of them give way, and what is said where one should be and none is."""

import contextlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shlex import quote

from pipeline.home import Home
from pipeline.records import now
from pipeline.settings import KeepSettings

NAME = re.compile(r"soi-(\d{8}T\d{6})Z(-kept)?\.tar\.gz(\.age)?")


def backups(folder: Path) -> dict[Path, datetime]:
    """The backups in a folder with when they were made, oldest first; a file whose stamp is no date is none."""
    found = {}
    for path in sorted(folder.glob("soi-*")):
        if named := NAME.fullmatch(path.name):
            with contextlib.suppress(ValueError):
                found[path] = datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return found


def backups_until(folder: Path, at: datetime) -> dict[Path, datetime]:
    """The backups but those of a clock that was ahead: they would count as newer than every one made since."""
    return {path: made for path, made in backups(folder).items() if made <= at}


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup was made."""
    return max(backups_until(folder, datetime.now(UTC)).values(), default=None)


def ahead(folder: Path) -> str:
    """What is said of a folder all of whose backups are of a clock that was ahead; "" where they aren't."""
    made = backups(folder).values()
    if not made or last_backup(folder) is not None:
        return ""
    return f"the newest is dated {max(made):%Y-%m-%d}, ahead of the clock"


def rotate(folder: Path, keep: KeepSettings, *, at: str = "") -> list[Path]:
    """Delete the daily backups that no rule keeps, and what a person made once it is older; returns them.

    Those made after a moment neither go nor count: it is as if it were that moment.
    """
    until = datetime.fromisoformat(at or now())
    until_now, days = backups_until(folder, until), dict[date, Path]()
    by_hand = {path for path in until_now if "-kept" in path.name}
    for path, made in until_now.items():
        if path not in by_hand:
            days[made.date()] = path  # the last of a day stands for it
    newest = sorted(days, reverse=True)
    weeks = {day.isocalendar()[:2]: day for day in newest[keep.daily :]}
    months = {(day.year, day.month): day for day in newest}
    kept = {*newest[: keep.daily], *_newest(weeks.values(), keep.weekly), *_newest(months.values(), keep.monthly)}
    since = until - timedelta(days=31 * max(1, keep.monthly))
    by_hand = {path for path in by_hand if until_now[path] > since}
    dropped = [path for path in until_now if path not in {days[day] for day in kept} | by_hand]
    for path in dropped:
        path.unlink()
    return dropped


def kept_for(keep: KeepSettings) -> int:
    """The days after which a backup has given way at the latest, where one is made each day."""
    weeks = 7 * (keep.weekly + 1) if keep.weekly else 0  # the oldest may be cut by the days
    return max(keep.daily + weeks, 31 * max(1, keep.monthly))


def _newest(days: Iterable[date], n: int) -> list[date]:
    return sorted(days, reverse=True)[:n]


def lost(home: Home, folder: Path) -> tuple[str, ...]:
    """How one sees that a database was here, or was to be, and what to do; () where none is lost."""
    if home.has_database:
        return ()
    if left := cut_off(home):
        return left
    if not backups(folder):
        return ()
    advice = "Mount its disk, or bring one back with `soi restore FILE`; `soi init` begins anew."
    return f"{home.no_database}, though {folder} holds backups of it.", advice


def cut_off(home: Home) -> tuple[str, ...]:
    """Likewise of a restore that was killed here, or isn't through yet."""
    left = sorted(home.database.parent.glob(".restore-*"))
    if home.has_database or not left:
        return ()
    again = f"If it was cut off, `soi restore FILE` again; or delete {quote(str(left[0]))} and begin anew."
    return f"{home.no_database}, though a restore of it began here.", again
