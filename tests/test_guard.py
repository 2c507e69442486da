"""Private addresses are refused where the connection is opened."""

import pytest
from scrapy import Request
from twisted.web.client import BrowserLikePolicyForHTTPS

from crawlers.guard import (
    GuardedReactor,
    PrivateAddressRefused,
    _GuardedScrapyAgent,
    is_near,
    is_public,
    is_reachable,
    names_private,
)

PRIVATE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "168.63.129.16",
    "::ffff:168.63.129.16",
    "192.0.0.192",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2001:0:7f00:1:0:0:80ff:fffe",
    "localhost",
    "0x7f.1",
    "metadata",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "203.113.131.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_on_the_public_internet_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_on_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


UNREACHABLE = [
    "169.254.169.254",
    "169.254.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "::a9fe:a9fe",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "224.0.0.1",
    "ff02::1",
    "::ffff:224.0.0.1",
    "0.0.0.0",
    "::",
    "::ffff:0.0.0.0",
    "metadata",
]
OWN = ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "100.64.0.1", "::1", "fd12:3456::1", "::ffff:10.0.0.1"]


class Recorder:
    """Stands where the reactor does, to see which connections get as far."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def connectTCP(self, host: str, port: int, factory: object) -> None:
        self.opened.append(host)


def test_leave_to_go_private_is_leave_for_ones_own_network_alone() -> None:
    recorder = Recorder()
    guarded = GuardedReactor(recorder, is_reachable)
    for address in UNREACHABLE:
        with pytest.raises(PrivateAddressRefused):
            guarded.connectTCP(address, 80, None)
    for address in OWN + PUBLIC:
        guarded.connectTCP(address, 80, None)
    assert recorder.opened == OWN + PUBLIC


@pytest.mark.parametrize(("place", "private"), [
    ("a.test:", True), ("a.test:8000", False), ("b.test:", False), ("", False), (None, False),
])  # fmt: skip
def test_every_connection_is_guarded_and_leave_is_for_the_place_of_the_source_alone(place: str, private: bool) -> None:
    agent = _GuardedScrapyAgent(contextFactory=BrowserLikePolicyForHTTPS(), pool=None, crawler=None)
    made = agent._get_agent(Request("http://a.test/", meta={"private_at": place}), 1.0)
    guard = made._endpointFactory._reactor
    assert isinstance(guard, GuardedReactor)
    assert (guard._may("10.0.0.1"), guard._may("169.254.169.254")) == (private, False)


def test_a_host_is_near_when_all_its_addresses_are_private() -> None:
    assert [is_near(host) for host in ("127.0.0.1", "localhost", "::1")] == [True] * 3
    assert [is_near(host) for host in ("1.1.1.1", "nobody.invalid", "")] == [False] * 3


def test_only_public_addresses_reach_the_reactor() -> None:
    recorder = Recorder()
    guarded = GuardedReactor(recorder)
    for address in PRIVATE:
        with pytest.raises(PrivateAddressRefused):
            guarded.connectTCP(address, 80, None)
    for address in PUBLIC:
        guarded.connectTCP(address, 80, None)
    assert recorder.opened == PUBLIC


@pytest.mark.parametrize(("url", "private"), [
    ("http://127.0.0.2:8830/rss", True), ("http://[::1]/rss", True), ("https://10.0.0.1/", True),
    ("https://203.119.8.1/rss", False), ("https://[2001:4860:4860::8888]/", False), ("https://bao.example/rss", False),
    ("http://localhost/", False), ("http://[", False),
])  # fmt: skip
def test_a_private_host_is_known_by_number_alone(url: str, private: bool) -> None:
    assert names_private(url) == private
