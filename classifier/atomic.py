"""How a file or folder takes its place whole, and what killed processes leave beside it goes."""

import errno
import fcntl
import glob
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from classifier.errors import ClassifierError

TRIES, PAUSE = 100, 0.01  # to hold a folder that somebody clears meanwhile; seconds
UNFINISHED = ".unfinished"  # ends the name of a file or folder that is being made


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
        try:
            work.mkdir(parents=True, exist_ok=True)  # raises FileExistsError where it goes between its two looks
            stack.enter_context(_held(work))
        except (FileNotFoundError, FileExistsError, BlockingIOError):
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
def made(folder: Path) -> Iterator[None]:
    """A folder that is there while it is filled, made with those above it and nobody else's; those that were made and
    stay empty go."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    with ExitStack() as stack:
        for path in reversed(new):
            path.mkdir(mode=0o750, exist_ok=True)
            stack.callback(_remove_empty, path)
        yield


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
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
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
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{UNFINISHED}"):
        if left.is_file():
            with suppress(OSError), _held(left):
                left.unlink()
