"""What a command says when it fails, in one sentence, and where the trace of a bug goes."""

import errno
import os
import re
import resource
import sys
import traceback
from pathlib import Path

from pipeline.records import now

LOG_BYTES = 5_000_000  # a log of traces larger than this gives way to a new one
ROOMS = frozenset({"soi", "crawlers", "classifier", "pipeline", "review"})


def sentence(error: Exception, *, root: Path) -> str:
    """Our own errors already say what to do; anything else is our bug, and its trace goes into the log of a home."""
    if type(error).__module__.partition(".")[0] in ROOMS:
        return f"soi: {error}"
    broke = f"something broke inside Soi ({type(error).__name__}: {str(error)[:200]})"
    return f"soi: {_of_others(error) or f'{broke}; {keep_trace(error, root=root)}.'}"


def _of_others(error: Exception) -> str:
    """What is wrong where Python, SQLite or the system says so, "" for a bug of ours."""
    # of the database itself; its subclasses of other names are bugs of ours
    if type(error).__module__ == "sqlite3" and type(error).__name__ in {"OperationalError", "DatabaseError"}:
        from pipeline.store.database import explain

        return explain(Path("soi.db"), error)  # type: ignore[arg-type]  # its type is known by name alone
    odd = next((word for word in sys.argv if word != word.encode(errors="replace").decode()), "")
    match error:
        case UnicodeEncodeError() if odd:  # a path may be of other bytes, and fails nowhere
            return f'"{os.fsencode(odd).decode(errors="backslashreplace")}" isn\'t UTF-8 text; type it again as that.'
        case OverflowError() if any(re.search(r"\d{19}", word) for word in sys.argv):
            return "no number here is as large as that; type a smaller one."
        case MemoryError():
            return _of_memory()
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return (
                "the disk is full; free some space and try again: what Soi keeps is whole, what it printed may not be."
            )
        case OSError(errno=errno.EFBIG):
            return "a file may not grow so large here; raise the limit (ulimit -f) and try again."
        case OSError(errno=errno.EROFS):  # the file it names may be one of ours, for a moment
            there = f"the disk of {Path(error.filename).parent}" if error.filename else "the disk"
            return f"{there} is read-only, so nothing was written; have it mounted for writing, or work on a copy."
        case OSError() if error.filename:
            return f"{error.filename}: {error.strerror}; check that the path exists and that you may use it."
        case OSError(errno=errno.EIO):
            return "the disk can't be written or read: it is full (free some space), or it fails."
    return ""


def _of_memory() -> str:
    limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
    if os.environ.get("SOI_CHILD") and limit != resource.RLIM_INFINITY:
        from pipeline.operations.children import more_than

        return more_than(limit >> 20)
    return "this takes more memory than there is; end other programs, or give the machine more."


def keep_trace(error: Exception, *, root: Path) -> str:
    """Put the trace of a bug of ours into the log of a home; says where the details are."""
    log = root / "data" / "soi.log"
    trace = "".join(traceback.format_exception(error))
    try:
        from classifier.text.redact import redact

        log.parent.mkdir(mode=0o750, parents=True, exist_ok=True)  # as all of data/
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.old"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{now()} {' '.join(sys.argv[1:2])}\n{redact(trace).text}\n")
    except (OSError, ImportError):
        return "the details could not be written down"
    return f"the details are in {log}"
