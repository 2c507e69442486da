"""What goes between the crawl and its workers: frames of JSON and bytes, nothing that could run code."""

import dataclasses
import json
import struct
from typing import Any, BinaryIO

from crawlers.items import FactCheck, Fetch, Look, Outcome, Page, Passage, Post, Reading
from crawlers.sources import Source

HEAD = struct.Struct("!II")  # length of the JSON, length of the bytes after it
_ITEMS: dict[str, type[Post] | type[FactCheck] | type[Passage]] = {"p": Post, "f": FactCheck, "e": Passage}
_LETTERS = {kind: letter for letter, kind in _ITEMS.items()}


def frame(value: Any, body: bytes = b"") -> bytes:
    """One message; a dataclass goes as the row of its fields."""
    head = json.dumps(value, separators=(",", ":"), default=_row).encode("ascii")
    return HEAD.pack(len(head), len(body)) + head + body


def read_frame(stream: BinaryIO) -> tuple[Any, bytes] | None:
    """The next message of a pipe, None at its end."""
    sizes = stream.read(HEAD.size)
    if len(sizes) < HEAD.size:
        return None
    length, rest = HEAD.unpack(sizes)
    return json.loads(stream.read(length)), stream.read(rest)


def pack_task(page: Page, *reads: Source | Fetch) -> bytes:
    """A page and the source and fetch that it is read for, or none: then it is only looked at."""
    return frame([reads, page.url, page.content_type, page.link], page.body)


def unpack_task(value: Any, body: bytes) -> tuple[tuple[Source, Fetch] | None, Page]:
    """The page that pack_task packed, and what it is read for, None where it is only looked at."""
    reads, url, content_type, link = value
    return (Source(*reads[0]), Fetch(*reads[1])) if reads else None, Page(url, content_type, body, link)


def pack_reading(reading: Reading) -> bytes:
    """What was read."""
    items, *rest = _row(reading)
    return frame([[(_LETTERS[type(item)], item) for item in items], *rest])


def unpack_reading(value: Any) -> Reading:
    """The reading that pack_reading packed."""
    items, follow, more, then, older, missed, why, dropped, seen, complete, timeline = value
    return Reading(
        items=tuple(_ITEMS[letter](*row) for letter, row in items),
        follow=tuple(Fetch(*row) for row in follow),
        more=tuple(Fetch(*row) for row in more),
        then=Fetch(*then) if then else None,
        older=Fetch(*older) if older else None,
        missed=Outcome(missed) if missed else None,
        why=why,
        dropped=tuple(map(Outcome, dropped)),
        seen=tuple(seen),
        complete=complete,
        timeline=timeline,
    )


def pack_look(look: Look) -> bytes:
    """What a page may be."""
    return frame(look)


def unpack_look(value: Any) -> Look:
    """The look that pack_look packed."""
    kind, title, checks, declared, lists, missed, why = value
    return Look(kind, title, checks, tuple(declared), lists, Outcome(missed) if missed else None, why)


def _row(value: Any) -> list[Any]:
    return [getattr(value, field.name) for field in dataclasses.fields(value)]
