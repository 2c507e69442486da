"""Which outcome an answer or an error stands for, nothing left without a word; and how long an answer bids us wait."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

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
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionLost, DNSLookupError
from twisted.web.client import ResponseNeverReceived

from crawlers.guard import PrivateAddressRefused
from crawlers.items import Outcome
from crawlers.limits import HeadTooLong
from crawlers.settings import BODY_SIZE, PAUSE, PAUSE_CAP, REDIRECTS, TIMEOUT

GONE_FOR_GOOD = "HTTP 410"  # what is said of a page whose site took it away on purpose

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
    (UnicodeError, Outcome.BAD_LINK),  # a host name that can't be one
    (OSError, Outcome.NETWORK_ERROR),
)

# what they say to people, where nothing says it better
WORDS: Mapping[Outcome | None, str] = {
    Outcome.EMPTY: "nothing readable in the answer",
    Outcome.NOT_A_FEED: "nothing of the source's kind in the answer",
    Outcome.BROKEN: "the answer can't be read",
    Outcome.TOO_LARGE: f"more than {BODY_SIZE // 1024**2} MB",
    Outcome.TOO_SLOW: f"no whole answer within {TIMEOUT:.0f} seconds",
    Outcome.BAD_LINK: "leads to no web address",
    Outcome.REDIRECT_LOOP: f"redirected more than {REDIRECTS} times",
    Outcome.NETWORK_ERROR: "the connection failed or broke off",
    Outcome.DNS_ERROR: "its name doesn't resolve",
    Outcome.BAD_CERTIFICATE: "its certificate is expired, self-signed or another's",
}
LOGIN = "it leads to a login, which we don't get around"
GATE = "it leads to where somebody is to agree to something first, as to cookies, which we don't get around"


def outcome_of_status(status: int, *, conditional: bool = False) -> Outcome | None:
    """The outcome of a status code, None when there's a body to read; `conditional` when "unchanged" was asked for."""
    if status == 304 and not conditional:
        return Outcome.BROKEN  # unchanged since when? nothing was ever read
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
        return Outcome.REDIRECT_LOOP if "redirections" in str(error) else Outcome.FAILED
    if _is_of_certificate(error):
        return Outcome.BAD_CERTIFICATE
    for kind, outcome in _ERRORS:
        if isinstance(error, kind):
            return outcome
    if "SSL" in type(error).__name__ or type(error).__module__.startswith("OpenSSL"):
        return Outcome.NETWORK_ERROR
    return Outcome.FAILED


def words_of(error: BaseException) -> str:
    """What an error says to people: the network's come as names and brackets of Python."""
    outcome = outcome_of(error)
    if isinstance(error, DownloadConnectionRefusedError):
        return "the connection was refused"
    if outcome is not Outcome.FAILED and type(error).__module__.partition(".")[0] != "crawlers":
        return next((str(one) for one in _causes(error) if isinstance(one, HeadTooLong)), WORDS[outcome])
    return f"{type(error).__name__}: {error}" if outcome is Outcome.FAILED else str(error)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and those that it was made from."""
    yield error
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(getattr(reason, "value", reason))
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)


def _is_of_certificate(error: BaseException) -> bool:
    """Whether a certificate was refused: self-signed, expired, of another name, or signed by nobody known."""
    return any("certificate" in str(one).lower() or type(one).__name__ == "VerificationError" for one in _causes(error))


def asked_pause(response: Response) -> float:
    """Seconds for which an answer asks us to leave its host alone, 0 when it doesn't."""
    if outcome_of_status(response.status) is Outcome.THROTTLED:
        return retry_after(header(response, "Retry-After"))
    if header(response, "X-RateLimit-Remaining") == "0":
        return until_reset(header(response, "X-RateLimit-Reset"))
    return 0.0


def retry_after(value: str) -> float:
    """Seconds of a Retry-After header: a number or a date, at least a second and at most a day."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, IndexError, OverflowError):
            seconds = PAUSE
    return min(max(seconds, 1.0), PAUSE_CAP) if seconds == seconds else PAUSE  # noqa: PLR0124  # NaN


def until_reset(value: str) -> float:
    """Seconds until a rate limit starts anew, given as a date; the usual pause when it isn't one."""
    try:
        seconds = (datetime.fromisoformat(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        seconds = PAUSE
    return min(max(seconds, 1.0), PAUSE_CAP)


def header(response: Response, name: str) -> str:
    """A header of an answer, "" when it has none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""
