"""Private addresses are refused where the connection is opened."""

import pytest

from crawlers.guard import GuardedReactor, PrivateAddressRefused, is_public

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
    "ff02::1",
    "2001:db8::1",
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


class Recorder:
    """Stands where the reactor does, to see which connections get as far."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def connectTCP(self, host: str, port: int, factory: object) -> None:
        self.opened.append(host)


def test_only_public_addresses_reach_the_reactor() -> None:
    recorder = Recorder()
    guarded = GuardedReactor(recorder)
    for address in PRIVATE:
        with pytest.raises(PrivateAddressRefused):
            guarded.connectTCP(address, 80, None)
    for address in PUBLIC:
        guarded.connectTCP(address, 80, None)
    assert recorder.opened == PUBLIC
