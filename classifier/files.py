"""Where the files that ship are, what a file holds, and how a file or folder takes its place whole."""

import errno
import fcntl
import glob
import gzip
import hashlib
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from classifier.errors import ClassifierError, NotUnpacked

UNPACKED = 2**30  # bytes that a gzipped file may hold: a small one can hold more than a disk

TRIES, PAUSE = 100, 0.01  # to hold a folder that somebody clears meanwhile; seconds
UNFINISHED = ".unfinished"  # ends the name of a folder that is being built

_HERE = Path(__file__).resolve().parents[1]


def shipped(*parts: str) -> Path:
    """A file that ships with Soi, found alike in a checkout, an editable install and a wheel."""
    inside = _HERE.joinpath("soi", "shipped", *parts)
    return inside if inside.exists() else _HERE.joinpath(*parts)


def names_code(part: str) -> bool:
    """Whether a part in soi.toml is package.module:factory; a folder, which lies in another, may hold a colon too."""
    return ":" in part and "/" not in part


def sha256(path: Path) -> str:
    """The sha256 of a file in hex; raises OSError where it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def led_out(path: Path, folder: Path) -> str:
    """A sentence for what a link in a folder leads to outside of it; none for the rest, be the folder a link or not."""
    if path.resolve().is_relative_to(folder.resolve()):
        return ""
    return f"{path} leads out of its folder, to {path.resolve()}; put the file itself there, or take the link away."


def unpacked(path: Path) -> bytes:
    """What a file holds, unpacked where it is gzipped; raises NotUnpacked where that can't be, or is too much."""
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as file:
            raw = file.read(UNPACKED + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotUnpacked(f"{path.name} is no whole gzip file ({error}); fetch or pack it again.") from None
    if len(raw) > UNPACKED:
        raise NotUnpacked(f"{path.name} unpacks to over {UNPACKED >> 20} MB; unpack it first, if it is meant to.")
    return raw


def text_of(path: Path) -> str:
    """The text of a file, of a gzipped one too; raises ClassifierError where it isn't UTF-8."""
    try:
        return unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ClassifierError(f"{path.name} isn't readable as UTF-8 text; save it again as that.") from None


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays as np.savez_compressed does, a fifth smaller; np.load reads them. The same ones, the same bytes."""
    import numpy as np

    with ZipFile(path, "w") as held:
        for name, array in arrays.items():
            member = ZipInfo(f"{name}.npy")  # without a time
            member.compress_type = ZIP_LZMA
            with held.open(member, "w") as file:
                np.lib.format.write_array(file, np.asarray(array), allow_pickle=False)


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON object of each line, of a gzipped file too, with the line's number; raises ClassifierError naming the
    first that holds none."""
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise ClassifierError(f"{path.name}, line {number}: isn't a JSON object; write it again, whole.")
            yield number, row


@contextmanager
def added_to(path: Path) -> Iterator[TextIO]:
    """A file of lines, made where there is none, to write more to: a last one that was cut off stays by itself."""
    with path.open("a", encoding="utf-8") as file, path.open("rb") as held:
        if held.seek(0, os.SEEK_END):
            held.seek(-1, os.SEEK_END)
            file.write("\n" * (held.read() != b"\n"))
        yield file


@contextmanager
def _held(work: Path) -> Iterator[None]:
    """A file or folder that is ours until we end, however we end; raises OSError where it is another process's."""
    number = os.open(work, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(number)


def _begin(work: Path, stack: ExitStack) -> None:
    """Make a folder, hold it, and let it go with the stack; one that is not held yet may be taken for a left one by a
    process that clears. Raises ClassifierError where another holds it: in containers processes share their numbers."""
    for _ in range(TRIES):
        work.mkdir(parents=True, exist_ok=True)
        try:
            stack.enter_context(_held(work))
        except (FileNotFoundError, BlockingIOError):
            time.sleep(PAUSE)
            continue
        except OSError:  # where folders can't be locked, nobody takes them for left ones either
            break
        if work.exists():
            break
    else:
        raise ClassifierError(f"{work.name} is another process's work; wait for it to end, or give another name.")
    stack.callback(shutil.rmtree, work, ignore_errors=True)


def _clear(place: Path) -> None:
    """Delete the unfinished folders of processes that were killed: nobody holds those any more."""
    for left in place.glob(f".*{UNFINISHED}"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left)


def under_way(folder: Path) -> bool:
    """Whether a process is building a folder; one that was killed is not."""
    folder = folder.resolve()
    for work in folder.parent.glob(f".*{UNFINISHED}"):
        name, _, number = work.name.removesuffix(UNFINISHED).rpartition(".")
        if (name, number.isdecimal()) == (f".{folder.name}", True):
            try:
                with _held(work):
                    pass
            except BlockingIOError:
                return True
            except OSError:  # gone meanwhile, or folders can't be locked there
                continue
    return False


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A hidden folder of this process alone beside a folder, gone in the end; those that killed processes left there go
    first. Raises ClassifierError where another works there under this process's number."""
    folder = folder.resolve()  # one that is linked to stays where it is
    _clear(folder.parent)
    work = folder.with_name(f".{folder.name}.{os.getpid()}{UNFINISHED}")
    with ExitStack() as stack:
        _begin(work, stack)
        yield work


@contextmanager
def built(folder: Path) -> Iterator[Path]:
    """A hidden folder of this process alone, which takes a folder's place at once when all went well; else it goes.

    Raises ClassifierError where something else took the place meanwhile, or makes it under this process's number.
    """
    folder = folder.resolve()
    with ExitStack() as stack:
        if not folder.parent.exists():
            stack.callback(_remove_empty, folder.parent)
        work = stack.enter_context(beside(folder))
        yield work
        if folder.exists() and any(folder.iterdir()):
            raise ClassifierError(f"{folder} was made by somebody else meanwhile; give another name.")
        if folder.exists():  # empty: it may be mounted, or where somebody stands
            for path in sorted(work.iterdir()):
                shutil.move(path, folder / path.name)
        else:
            work.rename(folder)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A hidden file beside a file, which takes its place and its mode at once when all went well; else it goes.

    Those that killed processes left beside it go first. Raises FileNotFoundError, which names the folder, where there
    is none.
    """
    path = path.resolve()
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    clear_beside(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("ab") as ours:
            with suppress(OSError):  # where files can't be locked, nobody takes them for left ones either
                fcntl.flock(ours, fcntl.LOCK_EX)
            yield unfinished
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def clear_beside(path: Path) -> None:
    """Delete what processes that were killed left beside a file or folder they were to make or to replace: nobody holds
    that any more."""
    _clear(path.parent)
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        if left.suffix[1:].isdecimal():
            with suppress(OSError), _held(left):
                left.unlink()
