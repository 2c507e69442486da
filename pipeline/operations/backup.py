"""One file that holds a home: made while Soi works, proved by bringing it back, and brought back when needed."""

import contextlib
import gzip
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Any

from classifier.atomic import UNFINISHED
from classifier.errors import install
from classifier.files import led_out, sha256
from crawlers.toml import dead_link
from pipeline.home import Home
from pipeline.locks import STORE, alone, at_work
from pipeline.operations.heldback import hold_back
from pipeline.operations.retention import (
    ASIDE,
    HOME_OF,
    backed_up_there,
    by_digest,
    remember,
    remember_restore,
    remembered,
)
from pipeline.operations.rotation import NAME, lost, rotate
from pipeline.records import now
from pipeline.store import StoreError, audit, clock, copies, erasable, erasure, guards, open_store, people, runs

OF_SYSTEM = re.compile(r"\(os error (\d+)\)")  # how pyrage tells an error of the system, without its number
NO_KEY = "No matching keys found"  # likewise, of the key and of a damaged line that names one
MANIFEST = "manifest.json"
MANIFEST_SIZE = 2**24  # bytes; a line for each file of a home
MOST_FILES = 10_000  # of one archive: four hundred versions of a model hold half as many
UNREADABLE = (tarfile.TarError, zlib.error, OSError, EOFError)  # what a file that is no whole archive raises


class BackupError(Exception):
    """A backup that can't be made or brought back; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and proved."""

    path: Path
    size: int
    contents: dict[str, int]
    dropped: tuple[Path, ...] = ()  # older ones that gave way
    sure: str = ""  # up to when the clock is believed, where that isn't now: those made later are kept


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was brought back."""

    contents: dict[str, int]
    aside: tuple[Path, ...]  # what was there and differed, by the names it has now
    held: tuple[str, ...] = ()  # settings of the backup that aren't in force
    foreign: tuple[str, ...] = ()  # triggers and views of its database that weren't as Soi makes them


def make_backup(home: Home, *, daily: bool = True) -> Backup:
    """Copy the home into one archive, bring it back into a temporary home, compare, then let old ones go.

    One that isn't the day's gives way to no other.
    """
    if not home.has_database:
        said = lost(home, home.backups) or (f"{home.no_database}.",)
        raise BackupError(f"There is nothing to back up: {' '.join(said)}")
    folder, keep = home.backups, home.settings().keep
    _mark(home, folder)
    with alone(home, "backup"), at_work(home), _work(home, folder) as work:
        with contextlib.closing(open_store(home.database)) as db, runs.run(db, "backup"):
            archive, found = work / "home.tar.gz", _pack(home, work)
            _prove(archive, work / "proof", found)
            name = f"soi-{datetime.now(UTC):%Y%m%dT%H%M%S}Z{'' if daily else '-kept'}.tar.gz"
            if keep.age_recipient:
                archive, name = _encrypt(archive, keep.age_recipient), f"{name}.age"
            _settle(archive, folder / name)
            at = now()
            sure = clock.last_sure(db, at=at)
        dropped = rotate(folder, keep, at=sure)
    size = (folder / name).stat().st_size
    return Backup(folder / name, size, found, tuple(dropped), sure if sure != at else "")


def _mark(home: Home, folder: Path) -> None:
    """Mark a folder outside the home as this one's: homes that shared it would let go of each other's backups."""
    root, mark = home.root.resolve(), folder / HOME_OF
    if other := of_another(home, folder):
        raise BackupError(other)
    if root not in folder.resolve().parents and not mark.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.write_text(f"{root}\n", encoding="utf-8")


def of_another(home: Home, folder: Path) -> str:
    """What to do about a folder of backups that is another home's, "" where it isn't."""
    if not (other := backed_up_there(home, folder)):
        return ""
    if Path(other) in folder.resolve().parents:
        return f"{folder} lies in {other}, which is another home; name another folder in keep.backups."
    advice = f"name another folder in keep.backups, or delete {folder / HOME_OF} if that home is gone"
    return f"{folder} holds the backups of {other}; {advice}."


@contextlib.contextmanager
def _work(home: Home, folder: Path) -> Iterator[Path]:
    """A folder of our own beside the backups, with room for three copies; gone afterwards, whatever happens."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    packed = (home.database, *beside_database(home).values())
    with _alone_in(folder, ".work-") as work:
        _require_room(folder, 3 * sum(path.stat().st_size for path in packed if path.exists()), "a backup")
        yield work


def _require_room(folder: Path, needed: int, what: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(f"{folder} has {free >> 20} MB free and {what} needs {needed >> 20}; free some space.")


@contextlib.contextmanager
def _alone_in(folder: Path, prefix: str) -> Iterator[Path]:
    """A folder of our own inside another; those that killed ones left there go first."""
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _pack(home: Home, work: Path) -> dict[str, int]:
    """Write the archive; says what the database in it holds."""
    copy = work / "soi.db"
    copies.copy_to(home.database, copy)
    with contextlib.closing(open_store(copy, read_only=True)) as db:
        found, schema = copies.contents(db), copies.schema_of(db)
    files = {f"data/{home.database.name}": copy, **_copied(home, work / "others")}
    digests = {name: sha256(path) for name, path in files.items()}
    manifest = {"made_at": now(), "schema": schema, "contents": found, "files": digests}
    with tarfile.open(work / "home.tar.gz", "w:gz", compresslevel=1) as tar:
        text = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        tar.addfile(info, io.BytesIO(text))
        for name, path in files.items():
            tar.add(path, arcname=name, recursive=False)
    for path in files.values():
        path.unlink()
    return found


def _copied(home: Home, folder: Path) -> dict[str, Path]:
    """Copies of what belongs to a home beside its database, all of about one moment: packing takes minutes.

    What is linked to is copied, not the link: it leads nowhere in another home.
    """
    made = dict[str, Path]()
    for name, path in beside_database(home).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # of a model that is being removed
            made[name] = Path(shutil.copy2(path, folder / name))
    return made


def beside_database(home: Home) -> dict[str, Path]:
    """What belongs to a home beside its database; raises BackupError for a part whose link leads nowhere, and for one
    whose link leads out of its model: whoever made that could have any file of this user packed.

    Secrets stay where they are, and so do backups kept among the models, files put aside there and models that aren't
    finished.
    """
    paths = [home.settings_file, home.sources, home.own_list, home.erased_list]
    tops = (
        home.models.iterdir() if home.models.is_dir() else ()
    )  # each by itself: rglob enters no link that it comes by
    inside = sorted(path for top in tops for path in (top, *top.rglob("*")))
    inside = [path for path in inside if not any(map(_of_a_backup, path.relative_to(home.models).parts))]
    if said := next(filter(None, map(dead_link, (*paths, home.models, *inside))), ""):
        raise BackupError(f"{said} No backup is whole without it.")
    if said := next(filter(None, (led_out(path, _version_of(home, path)) for path in inside)), ""):
        raise BackupError(said)
    paths = [path for path in paths if path.exists()] + [path for path in inside if path.is_file()]
    return {str(path.relative_to(home.root)): path for path in paths}


def _version_of(home: Home, path: Path) -> Path:
    """The version that a path among the models is of, itself a link or not; for a file beside them their folder."""
    top = home.models / path.relative_to(home.models).parts[0]
    return top if top.is_dir() else home.models


def _of_a_home(name: str) -> bool:
    """Whether a home's backup holds such a file: one in somebody's ~/.ssh or ~/.bashrc would let in whoever made it."""
    home, path = Home(Path()), Path(name)
    known = path in (home.database, home.settings_file, home.sources, home.own_list, home.erased_list)
    return known or (home.models in path.parents and ".." not in path.parts)


def _of_a_backup(name: str) -> bool:
    """Whether a file or folder is a backup, what a restore put aside, or what a backup or a model is made in."""
    return bool(NAME.fullmatch(name) or ASIDE.search(name)) or name.startswith(".work-") or name.endswith(UNFINISHED)


def _prove(archive: Path, proof: Path, found: dict[str, int]) -> None:
    """Bring the archive back into an empty home and look whether all of it is there."""
    manifest = _unpack(archive, proof)
    again = _check(_database_of(manifest, proof))
    if again != found:
        raise BackupError(f"The backup doesn't bring back what was there ({again} instead of {found}); try again.")
    shutil.rmtree(proof)


def _database_of(manifest: dict[str, dict[str, str]], folder: Path) -> Path:
    found = [folder / name for name in manifest["files"] if name.endswith(".db")]
    if not found:
        raise ValueError("it names no database")
    return found[0]


def _check(database: Path) -> dict[str, int]:
    """What a brought-back database holds; raises BackupError when it isn't whole."""
    wrong = copies.problems(database)
    if wrong:
        raise BackupError(f"The database in the backup isn't whole ({wrong[0]}); use another backup.")
    try:
        with contextlib.closing(open_store(database, read_only=True)) as db:
            return copies.contents(db)
    except StoreError:  # an older schema, which the archive keeps as it was
        with contextlib.closing(open_store(database, keep=False)) as db:
            return copies.contents(db)


def _unpack(archive: Path, folder: Path) -> dict[str, dict[str, str]]:
    """Unpack what the manifest names, and nothing else; raises BackupError on anything that doesn't fit."""
    try:
        with _Gunzipped(archive) as plain, tarfile.open(fileobj=plain, mode="r:") as tar:
            held = _held_in(tar)
            first = tar.extractfile(held[MANIFEST])
            manifest: dict[str, dict[str, str]] = json.loads(first.read(MANIFEST_SIZE)) if first else {}
            members = [held[name] for name in manifest["files"]]
            if strange := [one.name for one in members if not (one.isreg() and _of_a_home(one.name))]:
                raise BackupError(
                    f"{archive.name} is of a newer Soi, damaged or no backup ({strange[0]} is no file of a home);"
                    " upgrade Soi, or use another."
                )
            needed = sum(one.size for one in members)
            _require_room(folder.parents[1], needed, f"{archive.name} unpacked")
            for name, digest in manifest["files"].items():
                _bring_out(tar, held[name], folder / name)
                if sha256(folder / name) != digest:
                    raise BackupError(f"{name} in {archive.name} was changed or damaged; use another backup.")
        _database_of(manifest, folder)
    except (*UNREADABLE, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BackupError(f"{archive.name} is no backup of Soi, or is damaged ({error}); use another.") from None
    return manifest


def _bring_out(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write a regular file of a home where it belongs, by hand: not every Python 3.11 has tarfile's `filter`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        target.chmod(member.mode & 0o644 | 0o600)  # nobody else writes in it, and none is a program
        if packed := tar.extractfile(member):
            shutil.copyfileobj(packed, file)
    with contextlib.suppress(OSError, OverflowError):
        os.utime(target, (member.mtime, member.mtime))


class _Gunzipped(gzip.GzipFile):
    """An archive's bytes, of which none asks for many at a time but a head that says it is long."""

    def read(self, size: int | None = -1) -> bytes:
        """Likewise; raises tarfile.ReadError."""
        if size is None or not 0 <= size <= MANIFEST_SIZE:
            raise tarfile.ReadError("a head in it is too long")
        return super().read(size)


def _held_in(tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """What an archive holds, by name; raises tarfile.ReadError for more than a home has."""
    held = dict[str, tarfile.TarInfo]()
    for number, one in enumerate(tar):
        if number > MOST_FILES:
            raise tarfile.ReadError(f"it holds over {MOST_FILES} files")
        held[one.name] = one
    return held


def _settle(made: Path, target: Path) -> None:
    """Put the finished archive in its place at once, safely on disk, readable by its owner alone."""
    made.chmod(0o600)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def restore(home: Home, archive: Path, *, force: bool = False, identity: Path | None = None) -> Restored:
    """Bring a backup back into a home; what was there is kept beside it, what was erased since is erased again, and a
    desk that is locked stays so.

    People and tokens are as they were then; sessions and login links end.
    """
    if not archive.is_file():
        those = f"; `ls {quote(str(home.backups))}` shows those of this home" if home.backups.is_dir() else ""
        raise BackupError(f"There is no backup {archive}{those}.")
    if home.has_database and not force:
        raise BackupError(
            f"{home.database} is there already; say --force to put it aside, with settings, sources and models that"
            " differ, and bring the backup back."
        )
    folder = home.database.parent
    with _leaving_nothing(home), alone(home, "run"), alone(home, STORE), _alone_in(folder, ".restore-") as work:
        plain = _decrypt(archive, identity, work) if archive.suffix == ".age" else archive
        manifest = _unpack(plain, work / "home")
        database = _database_of(manifest, work / "home")
        database.chmod(database.stat().st_mode & 0o640)  # an earlier Soi made it for everybody to read
        known = Home(work / "home").erased_list
        found, (erased, locked) = _check(database), _known_here(home)
        gone = by_digest([*remembered(known), *erased])
        with contextlib.closing(open_store(database)) as db:
            foreign = guards.set_right(db)
            erasure.erase_again(db, gone.values(), person="restore")
            people.end_logins(db)
            if locked and not audit.locked(db):
                audit.lock(db, "restore", locked=True)
            runs.end_packed(db, at=str(manifest.get("made_at", now())))
            last = erasable.last_numbers(db)
        known.unlink(missing_ok=True)  # older than what is known here
        remember(home, gone.values())
        held = hold_back(home, work / "home" / home.settings_file.name)
        aside = _put_back(home, work / "home", database, manifest)
        remember_restore(home, last)  # not before: one that breaks off gives no number anew
    return Restored(found, tuple(aside), tuple(held), tuple(foreign))


@contextlib.contextmanager
def _leaving_nothing(home: Home) -> Iterator[None]:
    """Take away the folders that were made for a home where none came to be in them."""
    inner_first = home.locks, home.database.parent, home.root, *home.root.parents
    made = [path for path in inner_first if not path.exists()]
    try:
        yield
    except BaseException:
        for lock in home.locks.glob("*.lock") if home.locks in made else ():
            lock.unlink()
        for path in made:
            with contextlib.suppress(OSError):  # one that holds something stays
                path.rmdir()
        raise


def _known_here(home: Home) -> tuple[list[erasure.Erasure], bool]:
    """What this home erased, from its file and, unless it is damaged, its database; and whether its desk is locked."""
    gone, locked = remembered(home.erased_list), False
    if home.has_database:
        try:
            with contextlib.closing(open_store(home.database)) as db:
                gone, locked = [*gone, *erasure.erasures(db)], audit.locked(db)
        except (StoreError, sqlite3.DatabaseError) as error:
            if "locked" in f"{error} {error.__context__}":  # by a program that isn't ours
                raise
    return gone, locked


def _put_back(home: Home, unpacked: Path, database: Path, manifest: dict[str, dict[str, str]]) -> list[Path]:
    """Move the files into the home; a file that stands in the way is kept under a name that says so, and returned.

    The database comes last: until all else is in place the old one stays. It was unpacked on its own disk.
    """
    stamp, aside = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", list[Path]()
    for source in filter(Path.exists, (unpacked / name for name in manifest["files"])):
        target = home.root / source.relative_to(unpacked)
        if source == database or (target.exists() and sha256(target) == sha256(source)):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            aside.append(target.rename(target.with_name(f"{target.name}.before-{stamp}")))
        shutil.move(source, target)
    for suffix in ("-wal", "-shm", ""):
        there = home.database.with_name(home.database.name + suffix)
        if there.exists():
            aside.append(there.rename(home.database.with_name(f"{home.database.name}.before-{stamp}{suffix}")))
    database.replace(home.database)
    shutil.rmtree(home.index, ignore_errors=True)
    return aside


def recipient(key: str) -> Any:
    """Whom archives are encrypted to; raises BackupError."""
    pyrage = _pyrage()
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise BackupError(f"keep.age_recipient isn't a public age key ({error}); `age-keygen` makes one.") from None


def _encrypt(archive: Path, key: str) -> Path:
    """The archive encrypted to a public age key."""
    sealed = archive.with_suffix(".age")
    _pyrage().encrypt_file(str(archive), str(sealed), [recipient(key)])
    archive.unlink()
    return sealed


def _decrypt(archive: Path, identity: Path | None, work: Path) -> Path:
    pyrage, plain = _pyrage(), work / "home.tar.gz"
    if identity is None:
        raise BackupError(f"{archive.name} is encrypted; name the file of your age key with --identity.")
    said = identity.read_text(encoding="utf-8", errors="replace")  # a key locked by a passphrase isn't text
    lines = [line for line in said.split("\n") if line.startswith("AGE-SECRET-KEY-")]
    if not lines:
        raise BackupError(f"No line of {identity.name} is an age key; name the file that `age-keygen` wrote, unlocked.")
    try:
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines]
    except pyrage.IdentityError as error:
        raise BackupError(f"{identity.name} holds no age key that can be read ({error}).") from None
    try:
        pyrage.decrypt_file(str(archive), str(plain), keys)
    except (pyrage.DecryptError, OSError) as error:
        said = str(error).partition("\n")[0]
        if number := OF_SYSTEM.search(said):
            raise OSError(int(number[1]), os.strerror(int(number[1])), str(archive)) from None
        if said == NO_KEY:
            raise BackupError(
                f"{identity.name} doesn't open {archive.name}: it is encrypted to another key, or is damaged where it"
                " says to which; use that key, or another backup."
            ) from None
        raise BackupError(f"{archive.name} is no encrypted backup, or is damaged ({said}); use another.") from None
    return plain


def _pyrage() -> Any:
    try:
        import pyrage
    except ImportError:
        raise BackupError(f"Encrypted backups need pyrage; {install('age')}.") from None
    return pyrage
