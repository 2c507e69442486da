"""A worker process: reads pages from its pipe until the pipe ends (`python -m crawlers.worker`)."""

import contextlib
import os
import signal
import sys
import traceback

from crawlers import wire
from crawlers.items import Look, Outcome, Reading
from crawlers.look import look
from crawlers.reading import read
from crawlers.settings import EXTRACT_MEMORY, EXTRACT_SECONDS

TOO_MUCH = "it was too much for its reader"


def main() -> None:
    """Serve one page after another; the parent kills us when a page takes too long."""
    for number in (signal.SIGINT, signal.SIGHUP):  # Ctrl-C and the end of a terminal are the parent's to handle
        signal.signal(number, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break a message
    _limit_memory()
    import trafilatura  # noqa: F401  # now, so that no page's deadline pays for it

    out.write(wire.frame("ready"))
    out.flush()
    while (message := wire.read_frame(sys.stdin.buffer)) is not None:
        signal.alarm(int(EXTRACT_SECONDS) + 5)  # it ends us where the parent is gone, and can't
        answer = _answer(*message)
        signal.alarm(0)
        out.write(answer)
        out.flush()


def _answer(value: object, body: bytes) -> bytes:
    asked, page = wire.unpack_task(value, body)
    try:
        return wire.pack_reading(read(*asked, page)) if asked else wire.pack_look(look(page))
    except (MemoryError, RecursionError):
        missed, why = Outcome.BROKEN, TOO_MUCH
    except Exception:
        traceback.print_exc()
        missed, why = Outcome.FAILED, ""
    if asked:
        return wire.pack_reading(Reading(missed=missed, why=why))
    return wire.pack_look(Look(missed=missed, why=why))


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (EXTRACT_MEMORY, EXTRACT_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
