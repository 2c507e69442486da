"""A body as its server packed it: unpacked whole or not at all, never past the size a body may have nor for long."""

import gzip
import time
import zlib
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

from crawlers.items import Outcome
from crawlers.settings import BODY_SIZE

CHUNK = 64 * 1024
SECONDS = 1.0  # of the processor's: ten times what a body of full size needs


class Unpacking(ValueError):
    """A body that can't be unpacked; the message says why."""

    outcome = Outcome.BROKEN


class CutShort(Unpacking):
    """The packing ends before its end: the answer broke off, whatever length its head gives."""

    outcome = Outcome.NETWORK_ERROR


class TooMuch(Unpacking):
    """It unpacks past the size a body may have, or takes too long: a million empty pieces in a row."""

    outcome = Outcome.TOO_LARGE


class _Timed(BytesIO):
    """A body that is given out for a while only."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self._until = time.thread_time() + SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        if time.thread_time() > self._until:
            raise TooMuch(f"it takes more than {SECONDS:.0f} second to unpack")
        return super().read(size)


def unpacked(body: bytes, coding: str) -> bytes:
    """What a coding of HTTP (gzip, deflate, br, zstd) holds; raises Unpacking."""
    plain = bytearray()
    if not body:
        return b""
    try:
        for chunk in _chunks(body, coding):
            plain += chunk
            if len(plain) > BODY_SIZE:
                raise TooMuch(f"it unpacks to more than {BODY_SIZE // 1024**2} MB")
    except Unpacking:
        raise
    except EOFError:
        raise CutShort(f"the answer broke off: its {coding} has no end") from None
    except gzip.BadGzipFile as error:
        if not plain:
            raise Unpacking(f"it isn't the {coding} that it says it is") from error
        # all was read: some servers get the sum behind it wrong, or send something more
    except Exception as error:  # zlib, brotli and zstd have one of their own each
        raise Unpacking(f"its {coding} is damaged") from error
    return bytes(plain)


def _chunks(body: bytes, coding: str) -> Iterator[bytes]:
    """The content bit by bit; EOFError where it ends too early."""
    if coding == "deflate":
        unpack = zlib.decompressobj(zlib.MAX_WBITS if _has_head(body) else -zlib.MAX_WBITS)
        yield unpack.decompress(body, BODY_SIZE + 1)
        if not unpack.eof:
            raise EOFError
    elif coding in {"gzip", "x-gzip"}:
        with gzip.GzipFile(fileobj=_Timed(body)) as file:
            yield from iter(lambda: file.read1(CHUNK), b"")
    else:
        yield from _newer(body, coding)


def _has_head(body: bytes) -> bool:
    """Whether a deflated body begins as RFC 1950 has it; some servers leave that head out."""
    return body[0] & 15 == 8  # no block begins so


def _newer(body: bytes, coding: str) -> Iterator[bytes]:
    scrapys: Any = import_module("scrapy.utils._compression")  # it accepts these two for us
    if coding == "zstd":
        with scrapys.zstd.ZstdFile(_Timed(body)) as file:
            yield from iter(lambda: file.read1(CHUNK), b"")
    else:
        unpack = scrapys.brotli.Decompressor()
        yield unpack.process(body, output_buffer_limit=BODY_SIZE + 1)
        if not unpack.is_finished():
            raise EOFError
