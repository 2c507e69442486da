"""JSON lines in, JSON lines out, in the same order, answered as soon as they come."""

import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from classifier.evidence.lines import one_slip
from classifier.evidence.told import is_day
from pipeline.records import EPOCH_MS, of_milliseconds

MAX_LINE = 4_000_000  # bytes; a text of 1 MB escaped as \\uXXXX still fits
ENDLESS = 64 * MAX_LINE  # bytes without a line's end: then it is no input of lines
BOM = b"\xef\xbb\xbf"

Record = dict[str, Any]
Raw = tuple[int, bytes]  # a line's number, from 1, and what of it was read


class BadInput(Exception):
    """Standard input that can't be answered line by line; the message says why."""


class Unwritten(Exception):
    """Answers that can't be written; the message says why and where they end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its record, or what is wrong with it."""

    record: Record
    error: str = ""
    number: int = 0


def parse(
    raw: bytes, *, needed: tuple[str, ...], filled: bool = False, days: tuple[str, ...] = (), number: int = 0
) -> Line:
    """A line as a record whose needed fields are texts, none of them empty where they are to be filled, and whose days,
    where given, are ISO; never raises."""
    try:
        record = _record(raw.removeprefix(BOM) if number == 1 and len(raw) <= MAX_LINE else raw)
    except ValueError as error:
        return Line({}, str(error), number)
    missing = [name for name in needed if not isinstance(record.get(name), str)]
    if missing:
        name = missing[0]
        return Line(record, f"{name} must be a text" if name in record else _lacks(record, name), number)
    if empty := [name for name in needed if filled and not record[name].strip()]:
        return Line(record, f"{empty[0]} is empty", number)
    record |= {name: day for name in days if (day := _day_of(record.get(name)))}
    odd = [name for name in days if record.get(name) and not (isinstance(record[name], str) and is_day(record[name]))]
    return Line(record, f"{odd[0]} must be a day such as 2025-11-30" if odd else "", number)


def _day_of(value: Any) -> str:
    """The day of milliseconds since 1970, as which pandas writes one into JSON; "" for anything else."""
    if not isinstance(value, int) or not EPOCH_MS <= value < 10 * EPOCH_MS:
        return ""
    return of_milliseconds(value).date().isoformat()


def _lacks(record: Record, name: str) -> str:
    """What is said of a record without this name, with the one that is likely meant for it."""
    near = next((other for other in record if one_slip(other.lower(), name)), "")
    return f'there is no "{near}"; did you mean "{name}"?' if near else f'there is no "{name}"'


def _record(raw: bytes) -> Record:
    """The object of a line; raises ValueError with what is wrong."""
    if len(raw) > MAX_LINE:
        raise ValueError(f"the line has more than {MAX_LINE} bytes")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise ValueError("the line isn't UTF-8 text") from None
    if "\x00" in text:
        raise ValueError("the line holds a NUL byte, as UTF-16 does; give UTF-8, a NUL as \\u0000")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("the line isn't valid JSON") from None
    if not isinstance(record, dict):
        raise ValueError("the line isn't a JSON object")
    try:
        json.dumps(record.get("id"), ensure_ascii=False, allow_nan=False).encode()  # as it is written
    except (ValueError, RecursionError):
        raise ValueError("id must be a JSON value that can be given back") from None
    return record


def lines_of(stream: BinaryIO) -> Iterator[Raw]:
    """Lines that aren't blank, each read up to a little over MAX_LINE; raises BadInput for one without an end."""
    number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        part, read = raw, len(raw)
        while not part.endswith(b"\n") and (part := stream.readline(MAX_LINE)):
            read += len(part)
            if read > ENDLESS:
                raise BadInput(f"line {number} has no end after {ENDLESS // 10**6} MB; give JSON lines.")
        if raw.strip():
            yield number, raw


def batches(stream: BinaryIO, *, size: int) -> Iterator[list[Raw]]:
    """Lines as they come: up to `size` that are there already, without waiting for more once one has come."""
    lines: queue.Queue[Raw | Exception | None] = queue.Queue(maxsize=size * 4)

    def read() -> None:
        end: Exception | None = None
        try:
            for line in lines_of(stream):
                lines.put(line)
        except BadInput as error:
            end = error
        except Exception as error:  # whatever it is, it ends the command, which waits here
            end = BadInput(f"standard input can't be read ({error}).")
        lines.put(end)

    threading.Thread(target=read, daemon=True).start()
    end: Exception | None = None
    ended = False
    while not ended:
        batch: list[Raw] = []
        while not ended and len(batch) < size and not (batch and lines.empty()):
            got = lines.get()
            if isinstance(got, tuple):
                batch.append(got)
            else:
                ended, end = True, got
        if batch:
            yield batch
    if end is not None:
        raise end


@contextmanager
def answers() -> Iterator[BinaryIO]:
    """Standard output for answers alone: what else writes to it meanwhile goes to the error stream, be it a library or
    a child of somebody's own part. Raises BadInput where standard input or output is closed."""
    for name in ("stdin", "stdout"):
        if getattr(sys, name) is None:
            raise BadInput(f"standard {name[3:]}put is closed; pipe JSON lines in and read the answers.")
    if _number(sys.stdout) != 1:  # caught by who runs this, so nobody else writes to it
        yield sys.stdout.buffer
        return
    sys.stdout.flush()
    aside = 2 if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    with open(os.dup(1), "wb", buffering=0) as out:  # without a buffer, of which more is tried when it is closed
        os.dup2(aside, 1)
        try:
            yield out
        finally:
            sys.stdout.flush()
            os.dup2(out.fileno(), 1)


def _number(stream: Any) -> int:
    """The file descriptor of a stream, -1 where it has none."""
    try:
        return int(stream.fileno())
    except OSError:
        return -1


def run(
    answer: Callable[[list[Line]], list[Record]],
    out: BinaryIO,
    *,
    needed: tuple[str, ...],
    size: int,
    filled: bool = False,
    days: tuple[str, ...] = (),
    unread: Mapping[str, str] | None = None,
    look: Callable[[], None] = lambda: None,
) -> None:
    """Answer standard input on `out`, batch by batch, with a look before each at what has changed; raises what a look
    does, BadInput where no line could be read, and Unwritten where an answer can't be written.

    Names that another command reads, each with what reads it, are told of once where a line has them.
    """
    total = refused = 0
    untold = dict(unread or {})
    # taken from sys.stdin, which Python closes as it ends, and dies of while the reading thread waits there
    for batch in batches(sys.stdin.detach(), size=size):  # type: ignore[union-attr]
        look()
        lines = [parse(raw, needed=needed, filled=filled, days=days, number=number) for number, raw in batch]
        _tell_unread(lines, untold)
        for line, record in _answered(answer, lines):
            told = json.dumps(_marked(record, line), ensure_ascii=False, allow_nan=False)
            _write(f"{told}\n".encode(errors="replace"), out, before=total)
            total, refused = total + 1, refused + bool(line.error)
        out.flush()
    if refused and refused == total:
        raise BadInput(f"no line of {total} could be read; each answer says why.")
    if refused:
        print(f"soi: {refused} of {total} lines couldn't be read; their answers say why.", file=sys.stderr)


def _tell_unread(lines: list[Line], untold: dict[str, str]) -> None:
    """Tell on the error stream, once a name, of what lines that are read hold in vain."""
    for line in lines:
        for name in [] if line.error else [name for name in untold if line.record.get(name)]:
            print(f'soi: "{name}" isn\'t read (line {line.number}); {untold.pop(name)}.', file=sys.stderr)


def _answered(answer: Callable[[list[Line]], list[Record]], lines: list[Line]) -> list[tuple[Line, Record]]:
    """Lines with their answers, one by one where that breaks; one that breaks by itself says why, and is answered as
    every line is that can't be read."""
    try:
        return list(zip(lines, answer(lines), strict=True))
    except Exception as error:
        from pipeline.steps import MACHINE, said_of  # dear to load

        if isinstance(error, MACHINE):
            raise
        if len(lines) == 1:
            if lines[0].error:
                return [(lines[0], {"id": lines[0].record.get("id")})]
            return _answered(answer, [replace(lines[0], error=said_of(error))])
    return [told for line in lines for told in _answered(answer, [line])]


def _write(line: bytes, out: BinaryIO, *, before: int) -> None:
    """Write an answer behind so many others; raises Unwritten, but where nobody reads them any more."""
    try:
        while line:  # a full disk takes a part
            line = line[out.write(line) :]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritten(
            f"answers can't be written ({error.strerror}): {before} are whole, and the last line may be cut; make room"
            " and ask again from the next one."
        ) from None


def _marked(record: Record, line: Line) -> Record:
    """An answer with the line's number where no id tells which it is; of a line that can't be read what is wrong with
    it, beside nulls."""
    if line.error:  # nothing was found of what wasn't read, and no figure counts it
        return dict.fromkeys(record) | {"id": record.get("id"), "error": line.error, "line": line.number}
    return record | ({"line": line.number} if record.get("id") is None else {})
