"""What an answer may cost before it is read: the length of its head, and how far and how often it unpacks."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from crawlers.items import Outcome
from crawlers.settings import CODINGS, HEAD_SIZE
from crawlers.unpacking import Unpacking, unpacked


class PackedTooOften(IgnoreRequest):
    """A body packed again and again, which costs a whole body's work each time it is unpacked."""

    outcome = Outcome.BROKEN


class HeadTooLong(Exception):
    """The lines before the body don't end; no cap on bodies counts them."""


class CappedUnpacking(HttpCompressionMiddleware):
    """Scrapy's unpacking, which takes what it got of a body that broke off for the whole, and caps not every one."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Called by Scrapy for every answer that is no redirect."""
        if not 200 <= response.status < 300:
            return response  # its status says all that is asked of it
        if b",".join(response.headers.getlist("Content-Encoding")).count(b",") >= CODINGS:
            raise PackedTooOften(f"it is packed more than {CODINGS} times")
        try:
            return super().process_response(request, response)
        except UnicodeDecodeError:
            raise Unpacking("the name of its packing can't be read") from None

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return unpacked(body, encoding.decode("ascii"))


class _CappedProtocol(_LenientHTTP11ClientProtocol):
    _head = 0  # bytes since the last body

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Twisted's door for bytes; gives up on a head that goes on for too long."""
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        in_head = self._parser is not None and self._parser.state in (STATUS, HEADER)
        self._head = self._head + len(data) if in_head else 0
        if self._head > HEAD_SIZE:
            self._giveUp(Failure(HeadTooLong(f"over {HEAD_SIZE // 1024} KiB of headers")))  # type: ignore[no-untyped-call]


class CappedClientFactory(_LenientHTTP11ClientFactory):
    """Makes the client's end of every connection."""

    def buildProtocol(self, addr: object) -> _CappedProtocol:  # noqa: N802
        """Called by Twisted's pool for each new connection."""
        return _CappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
