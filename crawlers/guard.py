"""The one place where a connection is opened, and where private addresses are refused (SSRF)."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _BindAddressAgent, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from crawlers.limits import CappedClientFactory
from crawlers.urls import host_of, place_of

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")  # private networks of before 2004, which Python takes for global
# where clouds tell their machines their secrets; most are link-local
_METADATA = frozenset(map(ipaddress.ip_address, ("fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")))


class PrivateAddressRefused(Exception):
    """The name led to an address that is not on the public internet, and its source doesn't allow that."""


def is_public(address: str) -> bool:
    """True for an address of the public internet; what IPv6 wraps (mapped, 6to4, Teredo, NAT64) is looked at too."""
    ip = _plain(address)
    if ip is None or ip in _METADATA or ip in _SITE_LOCAL:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address, or the one that it wraps; None when it is none that can be connected to."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if int(ip) < 2**32 and not ip.is_loopback:  # ::a.b.c.d, the old embedding
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


def is_reachable(address: str) -> bool:
    """True for an address that a source with leave to go private may be on: public, or of one's own network.

    Never one of this link alone, of many receivers, of no host, or where a cloud tells its machines their secrets.
    """
    ip = _plain(address)
    if ip is None or ip in _METADATA:
        return False
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)


def names_private(url: str) -> bool:
    """Whether an address has a private host by number, which no DNS and no taking over of a site leads to."""
    host = host_of(url)
    try:
        ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return not is_public(host)


def is_near(host: str) -> bool:
    """Whether every address of a host is private; one that has none is not."""
    try:
        found = {str(place[4][0]) for place in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return not any(map(is_public, found))


class GuardedReactor:
    """The reactor, except that it doesn't connect where `may` says no; it is asked with the resolved address."""

    def __init__(self, reactor: Any, may: Callable[[str], bool] = is_public) -> None:
        self._reactor = reactor
        self._may = may
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, factory: Any, *rest: Any, **named: Any) -> Any:  # noqa: N802
        """Twisted's connectTCP; every HTTP and HTTPS connection comes through here."""
        if not self._may(host):
            raise PrivateAddressRefused(f"{host} is a private address")
        return self._reactor.connectTCP(host, port, factory, *rest, **named)


class _GuardedAgent(_BindAddressAgent):
    """An agent whose kept connections are apart from those that were opened with leave to go private."""

    def _requestWithEndpoint(self, key: Any, *rest: Any, **named: Any) -> Any:  # noqa: N802
        return super()._requestWithEndpoint((*key, "guarded"), *rest, **named)


class _GuardedScrapyAgent(_ScrapyAgent):
    def _get_agent(self, request: Request, timeout: float) -> Any:
        from twisted.internet import reactor

        # leave for one site is none for whatever else is on its network, which whoever writes its pages may name
        place = place_of(request.url)
        private = place != "" and request.meta.get("private_at") == place
        agent = _BindAddressAgent if private else _GuardedAgent
        return agent(
            reactor=cast("Any", GuardedReactor(reactor, is_reachable if private else is_public)),
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
