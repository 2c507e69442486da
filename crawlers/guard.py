"""The one place where a connection is opened, and where private addresses are refused (SSRF)."""

import ipaddress
from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _BindAddressAgent, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from crawlers.limits import CappedClientFactory

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressRefused(Exception):
    """The name led to an address that is not on the public internet, and its source doesn't allow that."""


def is_public(address: str) -> bool:
    """True for an address of the public internet; what IPv6 wraps (mapped, 6to4, Teredo, NAT64) is looked at too."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if int(ip) < 2**32:  # ::a.b.c.d, the old embedding
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class GuardedReactor:
    """The reactor, except that it doesn't connect to private addresses; it is asked with the resolved address."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, factory: Any, *rest: Any, **named: Any) -> Any:  # noqa: N802
        """Twisted's connectTCP; every HTTP and HTTPS connection comes through here."""
        if not is_public(host):
            raise PrivateAddressRefused(f"{host} is a private address")
        return self._reactor.connectTCP(host, port, factory, *rest, **named)


class _GuardedAgent(_BindAddressAgent):
    """An agent whose kept connections are apart from those that were opened with leave to go private."""

    def _requestWithEndpoint(self, key: Any, *rest: Any, **named: Any) -> Any:  # noqa: N802
        return super()._requestWithEndpoint((*key, "guarded"), *rest, **named)


class _GuardedScrapyAgent(_ScrapyAgent):
    def _get_agent(self, request: Request, timeout: float) -> Any:
        if request.meta.get("allow_private"):
            return super()._get_agent(request, timeout)
        from twisted.internet import reactor

        return _GuardedAgent(
            reactor=cast("Any", GuardedReactor(reactor)),
            contextFactory=self._contextFactory,
            connectTimeout=timeout,
            bindAddress=None,
            pool=self._pool,
        )


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler on guarded connections; proxies are never used."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = CappedClientFactory

    async def download_request(self, request: Request) -> Response:
        """Fetch one request."""
        request.meta.pop("proxy", None)
        agent = _GuardedScrapyAgent(
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))
