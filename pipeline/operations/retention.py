"""How long things are kept, by the settings of the home."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from classifier.files import added_to
from classifier.text.redact import redact
from pipeline.home import Home
from pipeline.locks import holder
from pipeline.records import after, now
from pipeline.research import exported
from pipeline.settings import KeepSettings
from pipeline.store import Database, audit, copies, erasable, erasure, open_store, posts, retention, write
from pipeline.store.database import connect

COPY_DAYS = 31  # time enough to see that an upgrade or a restore went well
HOME_OF = ".soi-home"  # in a folder of backups outside: whose they are
ASIDE = re.compile(r"\.before-(\d{8}T\d{6})Z")  # in the name of what a restore put aside, with when
MADE_OF = ("soi.toml", "sources.toml", "data/soi.db")  # any of them tells a home
NEWEST = 30  # versions of a post that are kept beside its first and those that something rests on
BATCH = 500  # texts a transaction, so that nobody waits long for the one writer
REST = 0.12  # seconds between two of them: SQLite has those who wait look again every 0.1


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was let go (or would be)."""

    texts: int
    versions: int = 0  # of posts edited very often
    headlines: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def prune(
    db: Database, keep: KeepSettings, *, at: str = "", dry: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Pruned:  # fmt: skip
    """Let go of texts and rows whose time has come, now or at a moment; with `dry`, only count them."""
    before, old = (after(at or now(), days=-days) for days in (keep.post_days, keep.run_days))
    surplus = set(retention.surplus_texts(db, newest=NEWEST))
    if surplus:  # some may be old besides
        surplus -= set(retention.old_texts(db, before=before, limit=-1))
    texts = retention.count_old_texts(db, before=before)
    pages = retention.old_pages(db, before=old)
    if dry:
        headlines = retention.old_headlines(db, before=before, dry=True)
        rows = retention.old_rows(db, before=old, dry=True) | {"fetches": len(pages)}
        return Pruned(texts, len(surplus), headlines, rows)
    told, total = on_progress or (lambda *_: None), texts + len(surplus)
    texts = _let_all_go(db, partial(retention.old_texts, db, before=before), lambda gone: told(gone, total))
    versions = _let_all_go(
        db, partial(retention.surplus_texts, db, newest=NEWEST), lambda gone: told(texts + gone, total)
    )
    headlines = retention.old_headlines(db, before=before, dry=False)
    rows = retention.old_rows(db, before=old, dry=False)
    rows["fetches"] = 0
    for first in range(0, len(pages), BATCH):
        rows["fetches"] += retention.let_pages_go(db, pages[first : first + BATCH], before=old)
        if len(pages) > BATCH:
            time.sleep(REST)
    copies.merge_search(db)  # of what was taken out at the desk too, where a kill came before its own
    copies.checkpoint(db)
    return Pruned(texts, versions, headlines, rows)


def _let_all_go(db: Database, named: Callable[..., list[int]], told: Callable[[int], None]) -> int:
    """Let go of the texts of a kind, BATCH by BATCH; they are named and let go at once, as a case may open on one
    meanwhile. How many went."""
    gone, more = 0, True
    while more:
        with write(db):
            batch = named(limit=BATCH)
            retention.let_go(db, batch)
        if batch:
            told(gone := gone + len(batch))
        if more := len(batch) >= BATCH:
            time.sleep(REST)
    return gone


def old_copies(home: Home, *, at: str = "", dry: bool = False) -> list[Path]:
    """Delete (or only name) the copies that upgrades and restores put aside a month before now or a moment, and at once
    what a killed backup left: texts are in them too."""
    limit, left = datetime.fromisoformat(at or now()).timestamp() - COPY_DAYS * 86400, _of_backups(home)
    if left and holder(home, "backup") is not None:  # asked after they were listed: what was there then may be its own
        left = []
    found = left + [path for path in (*_aside(home), *_files_aside(home)) if _put_aside(path) < limit]
    for path in found if not dry else []:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=path in left)  # which a backup that began since drops too
        else:
            path.unlink()
    return found


def _aside(home: Home) -> list[Path]:
    """What upgrades and restores put aside, and the folders of restores that were killed."""
    return [path for name in ("*.before-*", ".restore-*") for path in home.database.parent.glob(name)]


def _files_aside(home: Home) -> list[Path]:
    """Settings, sources and files of models that restores put aside; no text is in them."""
    flat = (*home.root.glob("*.before-*"), *home.models.glob("*.before-*"))
    found = (*flat, *home.models.glob("*/**/*.before-*"))  # so that a version that is a link is looked into
    return [path for path in found if ASIDE.search(path.name) and path.is_file()]


def _of_backups(home: Home) -> list[Path]:
    """The folders in which backups are made, and were by ones that were killed: the whole database is in them."""
    return list(home.backups.glob(".work-*")) if not backed_up_there(home, home.backups) else []


def backed_up_there(home: Home, folder: Path) -> str:
    """The other home that a folder of backups lies in or is marked as of, "" where there is none."""
    if around := _home_around(home, folder):
        return around
    try:
        marked = (folder / HOME_OF).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return "" if marked == str(home.root.resolve()) else marked


def _home_around(home: Home, folder: Path) -> str:
    """The other home that a folder lies in: what that one keeps there bears no mark, or it couldn't be moved."""
    above, root = folder.resolve().parents, home.root.resolve()
    if root in above:
        return ""
    # os.path: Path.exists raises where somebody else's data/ can't be looked into
    homes = (path for path in above for part in MADE_OF if os.path.exists(path / part))
    return str(next(homes, ""))


def _put_aside(path: Path) -> float:
    """When a copy was put aside: a restore leaves a file its old time and says its own in the name."""
    stamp = ASIDE.search(path.name)
    return datetime.strptime(f"{stamp[1]}+0000", "%Y%m%dT%H%M%S%z").timestamp() if stamp else path.stat().st_mtime


@dataclass(frozen=True, slots=True)
class Everywhere:
    """An erasure in the store and in the files that left it."""

    store: erasure.Erased
    files: tuple[exported.Cleaned, ...]  # exports and snapshots that held it
    copies: tuple[Path, ...]  # backups, databases put aside and folders left that may hold it until they give way
    logged: bool  # somebody reads the database and keeps its log, which may hold it, from being emptied


def erase(home: Home, db: Database, url: str, *, person: str, reason: str) -> Everywhere:
    """Erase an address; its record also goes into a file of its own, which outlives the database.

    Files come first: they are known by the words in the store. One that breaks off is brought to its end by another.
    """
    words, digest = erasable.words_of(db, url), posts.url_digest(url)
    remember(home, [erasure.Erasure(digest)])
    files = tuple(exported.clean(home, words))
    if files:
        told = [{"file": one.path.name, "rows": one.rows, "left": bool(one.left)} for one in files]
        audit.note(db, person, "erase_files", subject=digest, detail=json.dumps(told))
    done = erasure.erase(db, url, person=person, reason=redact(reason).text)
    remember(home, [one for one in erasure.erasures(db) if one.url_digest == digest])
    _drop_index(home)
    copies.merge_search(db)
    return Everywhere(done, files, tuple(_copies(home)), logged=not copies.checkpoint(db))


def recall(home: Home) -> int:
    """Erase again what was erased here and the store doesn't know of, as one begun anew, or an earlier copy put in its
    place, doesn't; how many addresses had come back.

    Digests without a record are left: their erasure is under way, or broke off and is brought to its end by another.
    """
    recorded = [one for one in by_digest(remembered(home.erased_list)).values() if one.at]
    if not recorded:
        return 0
    with contextlib.closing(open_store(home.database)) as db:
        known = {one.url_digest for one in erasure.erasures(db)}
        lacking = [one for one in recorded if one.url_digest not in known]
        back = erasure.erase_again(db, lacking, person="soi") if lacking else 0
        remember(home, erasure.erasures(db))  # also what crawls erased, as of pages that lead to what was
    if back:
        _drop_index(home)
    return back


def _drop_index(home: Home) -> None:
    """Let the evidence index be made anew, without what was erased."""
    shutil.rmtree(home.index, ignore_errors=True)
    retention.drop_unfinished(home.index)


def _copies(home: Home) -> list[Path]:
    """Whole databases beside the one in use: backups, what upgrades and restores put aside, and what either left."""
    aside = [path for path in _aside(home) if not path.name.endswith(("-wal", "-shm"))]
    return sorted([*home.backups.glob("soi-*.tar.gz*"), *_of_backups(home), *aside])


def unerased(home: Home) -> list[Path]:
    """Databases put aside that don't know of all that was erased here, so that its words may be in them."""
    gone = set(by_digest(remembered(home.erased_list)))
    aside = sorted(path for path in _aside(home) if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return [path for path in aside if gone - _erased_in(path)]


def _erased_in(copy: Path) -> set[str]:
    """The digests of what a copy of the database knows to be erased; none of one that can't be read as it is, or of an
    older schema, whose erasures left more."""
    try:
        with contextlib.closing(connect(copy, read_only=False)) as db:  # else SQLite's files would be left beside it
            return set() if copies.is_older(db) else {one.url_digest for one in erasure.erasures(db)}
    except sqlite3.DatabaseError:
        return set()


def remembered(path: Path) -> list[erasure.Erasure]:
    """The erasures that a list names; of a line that a full disk cut off, the digest if it is whole."""
    said = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return [one for line in said.split("\n") for one in _of_line(line)]  # a reason may hold U+2028, which ends none


def _of_line(line: str) -> list[erasure.Erasure]:
    try:
        return [erasure.Erasure(**json.loads(line))]
    except (ValueError, TypeError, RecursionError):
        return [erasure.Erasure(digest) for digest in re.findall("[0-9a-f]{64}", line)]


def by_digest(gone: Iterable[erasure.Erasure]) -> dict[str, erasure.Erasure]:
    """Erasures by their digests, each with its record where any of them has it."""
    return {one.url_digest: one for one in sorted(gone, key=lambda one: bool(one.at))}


def remember(home: Home, gone: Iterable[erasure.Erasure]) -> None:
    """Add to the home's own list of erasures what it lacks; nothing is ever taken off it."""
    path = home.erased_list
    known = by_digest(remembered(path))
    new = [one for one in gone if one.url_digest not in known or (one.at and one != known[one.url_digest])]
    if not new:
        return
    with added_to(path) as file:
        for one in new:
            file.write(f"{json.dumps(asdict(one), ensure_ascii=False) if one.at else one.url_digest}\n")


def left_of_exports(home: Home) -> list[Path]:
    """What exports that were killed left under an earlier Soi, which no erasure reaches."""
    return exported.left_before(home)


def remember_restore(home: Home, last: Mapping[str, int]) -> None:
    """Write down which numbers the store that was brought back had given, for exports that hold later ones: this room
    reaches what is handed out by this module alone."""
    exported.note_restore(home, last)
