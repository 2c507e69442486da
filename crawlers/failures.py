"""Which outcome an answer or an error stands for; nothing is left without a word."""

import zlib

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionLost, DNSLookupError
from twisted.web.client import ResponseNeverReceived

from crawlers.guard import PrivateAddressRefused
from crawlers.items import Outcome

# tried again within the run: what most often passes by itself
SOFT = frozenset({Outcome.SERVER_ERROR, Outcome.NETWORK_ERROR, Outcome.TOO_SLOW, Outcome.THROTTLED, Outcome.EMPTY})
SOFT_INDEX = SOFT | {Outcome.BROKEN, Outcome.REDIRECT_LOOP}  # a feed is worth one more look

_STATUSES = {
    304: Outcome.UNCHANGED, 204: Outcome.EMPTY, 401: Outcome.BLOCKED, 402: Outcome.BLOCKED, 403: Outcome.BLOCKED,
    404: Outcome.GONE, 407: Outcome.BLOCKED, 408: Outcome.SERVER_ERROR, 410: Outcome.GONE, 413: Outcome.TOO_LARGE,
    429: Outcome.THROTTLED, 451: Outcome.BLOCKED, 503: Outcome.THROTTLED,
}  # fmt: skip

_ERRORS: tuple[tuple[type[BaseException], Outcome], ...] = (
    (PrivateAddressRefused, Outcome.PRIVATE_ADDRESS),
    (CannotResolveHostError, Outcome.DNS_ERROR),
    (DNSLookupError, Outcome.DNS_ERROR),
    (DownloadTimeoutError, Outcome.TOO_SLOW),
    (DownloadCancelledError, Outcome.TOO_LARGE),  # Scrapy cancels a download only for its size
    (UnsupportedURLSchemeError, Outcome.BAD_LINK),
    (DownloadConnectionRefusedError, Outcome.NETWORK_ERROR),
    (DownloadFailedError, Outcome.NETWORK_ERROR),
    (ResponseDataLossError, Outcome.NETWORK_ERROR),
    (ResponseNeverReceived, Outcome.NETWORK_ERROR),
    (ConnectError, Outcome.NETWORK_ERROR),
    (ConnectionLost, Outcome.NETWORK_ERROR),
    (zlib.error, Outcome.BROKEN),
    (EOFError, Outcome.BROKEN),
    (UnicodeError, Outcome.BAD_LINK),  # a host name that can't be one
    (OSError, Outcome.NETWORK_ERROR),
)


def outcome_of_status(status: int) -> Outcome | None:
    """The outcome of a status code, None when there's a body to read."""
    if status in _STATUSES:
        return _STATUSES[status]
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return Outcome.BAD_LINK  # a redirect to nowhere, or to a scheme that isn't http(s)
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.BROKEN


def outcome_of(error: BaseException) -> Outcome:
    """The outcome of an error, FAILED when it is none that a network or a server causes."""
    carried = getattr(error, "outcome", None)
    if isinstance(carried, Outcome):
        return carried
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if _is_of_certificate(error):
        return Outcome.BAD_CERTIFICATE
    for kind, outcome in _ERRORS:
        if isinstance(error, kind):
            return outcome
    if "SSL" in type(error).__name__ or type(error).__module__.startswith("OpenSSL"):
        return Outcome.NETWORK_ERROR
    return Outcome.FAILED


def _is_of_certificate(error: BaseException) -> bool:
    """Whether a certificate was refused: self-signed, expired, of another name, or signed by nobody known."""
    said = [error, *(getattr(reason, "value", reason) for reason in getattr(error, "reasons", None) or ())]
    said += [one.__cause__ for one in said if one.__cause__ is not None]
    return any("certificate" in str(one).lower() or type(one).__name__ == "VerificationError" for one in said)


def _ignored(words: str) -> Outcome:
    if "redirections" in words:
        return Outcome.REDIRECT_LOOP
    return Outcome.TOO_LARGE if "DOWNLOAD_MAXSIZE" in words else Outcome.FAILED
