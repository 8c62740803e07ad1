from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from corpus.errors import SourceUnreachable
from corpus.hosts import MOST_ADDRESSES, AllowList, HostGuard, is_public, resolve


def guard(*addresses: str, allow: str = "") -> HostGuard:
    """Return a guard for whom every host has these addresses."""
    return HostGuard(allowed=AllowList.parse(allow), resolve=lambda host, seconds: addresses)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::1", "::ffff:8.8.8.8"]
)
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "3fff::1",
        "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
    ],
)  # fmt: skip
def test_an_address_inside_some_network_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


def test_a_host_with_public_addresses_gives_each_of_them_once() -> None:
    assert guard("1.1.1.1", "2606:4700::1111", "1.1.1.1").addresses("news.example", 5) == ["1.1.1.1", "2606:4700::1111"]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["2606:4700::1111", "::ffff:10.0.0.1"]])
def test_one_address_inside_a_network_is_enough_to_refuse_a_host(addresses: Sequence[str]) -> None:
    with pytest.raises(
        SourceUnreachable,
        match=rf"^news\.example leads to {addresses[-1]}, which is not on the public Internet; if .* add it to FETCH_ALLOW\.$",
    ):
        guard(*addresses).addresses("news.example", 5)


def test_an_address_inside_a_network_is_refused_as_it_is_written() -> None:
    with pytest.raises(
        SourceUnreachable, match=r"^10\.0\.0\.1 is not on the public Internet; if it may be read from, add it to FETCH_ALLOW\.$"
    ):
        guard("10.0.0.1").addresses("10.0.0.1", 5)


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.01", "0177.0.0.1", "8.8", "1.2.3.4.5", "0x"]
)
def test_an_address_in_an_odd_spelling_is_refused_unresolved(host: str) -> None:
    with pytest.raises(SourceUnreachable, match=rf"^{host} is not how an address is written; write the host's name, or four numbers"):
        guard("1.1.1.1").addresses(host, 5)


@pytest.mark.parametrize(
    ("allow", "host", "address"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("10.0.0.0/8", "wiki", "10.20.30.40"),
        ("10.1.2.3/8", "wiki", "10.20.30.40"),
        ("fd00::/8, [::1]", "wiki", "::1"),
        ("Intranet.Example", "intranet.example", "192.168.0.9"),
        ("intranet.example", "Intranet.Example.", "192.168.0.9"),
        ("*.corp.example", "a.b.corp.example", "192.168.0.9"),
        (".corp.example localhost", "wiki.corp.example", "192.168.0.9"),
    ],
)
def test_what_the_operator_allows_may_be_read_from(allow: str, host: str, address: str) -> None:
    assert guard(address, allow=allow).addresses(host, 5) == [address]


@pytest.mark.parametrize(
    ("allow", "host", "address"),
    [
        ("127.0.0.1", "127.0.0.2", "127.0.0.2"),
        ("intranet.example", "evil-intranet.example", "192.168.0.9"),
        ("intranet.example", "www.intranet.example", "192.168.0.9"),
        ("*.corp.example", "corp.example", "192.168.0.9"),
        ("*.corp.example", "evilcorp.example", "192.168.0.9"),
        ("10.0.0.0/8", "wiki", "::1"),
    ],
)
def test_what_is_allowed_is_no_more_than_what_is_written(allow: str, host: str, address: str) -> None:
    with pytest.raises(SourceUnreachable, match="not on the public Internet"):
        guard(address, allow=allow).addresses(host, 5)


@pytest.mark.parametrize("entry", ["http://wiki/", "10.0.0.0/40", "wiki:8080", "0x7f.1", "127.1", "a..b", "*", "münchen.example"])
def test_an_entry_that_names_nothing_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r"is no host, address or network; write it like intranet\.example or 10\.0\.0\.0/8$"):
        AllowList.parse(f"wiki, {entry}")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError("no such name"), r"^news\.example was not found; check how it is spelt, and this machine's connection\.$"),
        (UnicodeError("label too long"), r"^news\.example was not found; check how it is spelt"),
        (TimeoutError("slow"), r"^The address of news\.example was not found in time; try again later\.$"),
    ],
)
def test_a_host_without_an_address_is_refused(error: Exception, sentence: str) -> None:
    def fail(host: str, seconds: float) -> list[str]:
        raise error

    with pytest.raises(SourceUnreachable, match=sentence):
        HostGuard(resolve=fail).addresses("news.example", 5)


@pytest.mark.parametrize("addresses", [[], [f"1.1.1.{number}" for number in range(MOST_ADDRESSES + 1)]])
def test_a_host_with_no_address_or_with_hundreds_is_refused(addresses: Sequence[str]) -> None:
    with pytest.raises(SourceUnreachable, match=r"^news\.example has no usable address; check how it is spelt\.$"):
        guard(*addresses).addresses("news.example", 5)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(SourceUnreachable, match="not on the public Internet"):
        guard("not an address").addresses("news.example", 5)


def test_the_system_knows_this_machine() -> None:
    assert set(resolve("localhost", 10)) & {"127.0.0.1", "::1"}


def test_the_system_knows_no_host_with_an_endless_name() -> None:
    with pytest.raises((OSError, UnicodeError)):
        resolve("a" * 100 + ".example", 10)
