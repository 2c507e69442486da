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
    odd = next((word for word in sys.argv if word != word.encode(errors="replace").decode()), "")
    if odd and isinstance(error, UnicodeEncodeError):  # a path may be of other bytes, and fails nowhere
        return f'soi: "{os.fsencode(odd).decode(errors="backslashreplace")}" isn\'t UTF-8 text; type it again as that.'
    if isinstance(error, OverflowError) and any(re.search(r"\d{19}", word) for word in sys.argv):
        return "soi: no number here is as large as that; type a smaller one."
    # of the database itself; its subclasses of other names are bugs of ours
    if type(error).__module__ == "sqlite3" and type(error).__name__ in {"OperationalError", "DatabaseError"}:
        from pipeline.store.database import explain

        return f"soi: {explain(Path('soi.db'), error)}"  # type: ignore[arg-type]  # its type is known by name alone
    if isinstance(error, MemoryError):
        limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
        if os.environ.get("SOI_CHILD") and limit != resource.RLIM_INFINITY:
            from pipeline.operations.children import more_than

            return f"soi: {more_than(limit >> 20)}"
        return "soi: this takes more memory than there is; end other programs, or give the machine more."
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return (
            "soi: the disk is full; free some space and try again: what Soi keeps is whole, what it printed may not be."
        )
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "soi: a file may not grow so large here; raise the limit (ulimit -f) and try again."
    if isinstance(error, OSError) and error.errno == errno.EROFS:  # the file it names may be one of ours, for a moment
        there = f"the disk of {Path(error.filename).parent}" if error.filename else "the disk"
        return f"soi: {there} is read-only, so nothing was written; have it mounted for writing, or work on a copy."
    if isinstance(error, OSError) and error.filename:
        return f"soi: {error.filename}: {error.strerror}; check that the path exists and that you may use it."
    if isinstance(error, OSError) and error.errno == errno.EIO:
        return "soi: the disk can't be written or read: it is full (free some space), or it fails."
    where = keep_trace(error, root=root)
    return f"soi: something broke inside Soi ({type(error).__name__}: {str(error)[:200]}); {where}."


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
