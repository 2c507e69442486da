"""JSON lines in, JSON lines out, in the same order, answered as soon as they come."""

import json
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

MAX_LINE = 4_000_000  # characters; a text of 1 MB escaped as \\uXXXX still fits

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its record, or what is wrong with it."""

    record: Record
    error: str = ""


def parse(raw: str, *, needed: tuple[str, ...]) -> Line:
    """A line as a record whose needed fields are texts; never raises."""
    if len(raw) > MAX_LINE:
        return Line({}, f"the line has {len(raw)} characters, more than {MAX_LINE}")
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        return Line({}, "the line isn't valid JSON")
    if not isinstance(record, dict):
        return Line({}, "the line isn't a JSON object")
    missing = [name for name in needed if not isinstance(record.get(name), str)]
    return Line(record, f"{missing[0]} must be a text" if missing else "")


def batches(stream: TextIO, *, size: int) -> Iterator[list[str]]:
    """Lines as they come: up to `size` that are there already, without waiting for more once one has come."""
    lines: queue.Queue[str | None] = queue.Queue(maxsize=size * 4)

    def read() -> None:
        for line in stream:
            if line.strip():
                lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    ended = False
    while not ended and (line := lines.get()) is not None:
        batch = [line]
        while len(batch) < size and not lines.empty() and not ended:
            more = lines.get()
            ended = more is None
            batch += [] if more is None else [more]
        yield batch


def run(answer: Callable[[list[Line]], list[Record]], *, needed: tuple[str, ...], size: int) -> None:
    """Answer standard input on standard output, batch by batch."""
    for batch in batches(sys.stdin, size=size):
        for record in answer([parse(raw, needed=needed) for raw in batch]):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()
