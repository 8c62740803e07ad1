"""Which hosts may be read from: those whose every address is public, and those that the operator allows."""

import re
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from typing import Self

from corpus.errors import SourceUnreachable

MOST_ADDRESSES = 50
"""Of one host; no honest one has more."""

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, float], Sequence[str]]
"""(host, seconds) -> its addresses; raises OSError or UnicodeError where it has none, TimeoutError where that takes too long."""

_NAT64 = IPv6Network("64:ff9b::/96")
_IN_USE = IPv6Network("2000::/3")
# What `ipaddress` takes for public, and is not.
_NEVER_PUBLIC: tuple[Network, ...] = (
    IPv4Network("168.63.129.16/32"),  # the inside of Azure
    IPv4Network("192.0.0.0/24"),  # the inside of Oracle's cloud
    IPv4Network("192.88.99.0/24"),  # once the way from IPv4 to IPv6
    IPv6Network("3fff::/20"),  # for examples
)
_HOST_NAME = re.compile(r"(?:\*?\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def is_public(address: Address) -> bool:
    """Return whether `address` belongs to the public Internet; one that wraps another is judged by the one inside."""
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address not in _IN_USE:
            return False
    if any(address in network for network in _NEVER_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that packets to `address` end at; None where there is none."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True)
class AllowList:
    """The hosts, addresses and networks that may be read from although they are not public."""

    networks: tuple[Network, ...] = ()
    names: frozenset[str] = field(default=frozenset())
    domains: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the list that `text` writes, such as "intranet.example, *.corp.example, 10.0.0.0/8".

        Raises ValueError, naming the entry, where one is neither a host, an address nor a network.
        """
        networks: list[Network] = []
        names: list[str] = []
        for entry in text.lower().replace(",", " ").split():
            try:
                networks.append(ip_network(entry.strip("[]"), strict=False))
            except ValueError as error:
                if _HOST_NAME.fullmatch(entry) is None or _is_number(entry):
                    raise ValueError(f"{entry!r} is no host, address or network; write it like intranet.example or 10.0.0.0/8") from error
                names.append(entry)
        domains = tuple(name.lstrip("*") for name in names if name.startswith(("*", ".")))
        return cls(tuple(networks), frozenset(name for name in names if not name.startswith(("*", "."))), domains)

    def allows_name(self, host: str) -> bool:
        """Return whether `host` may be read from whatever its addresses are."""
        host = host.lower().rstrip(".")
        return host in self.names or host.endswith(self.domains)

    def allows(self, address: Address) -> bool:
        """Return whether `address` lies in an allowed network."""
        return any(address in network for network in self.networks)


def resolve(host: str, seconds: float) -> list[str]:
    """Return the addresses that the system knows for `host`.

    The system's own call cannot be interrupted, so it runs in a thread that is forgotten after `seconds`.
    """
    answer: Future[list[str]] = Future()
    Thread(target=_look_up, args=(host, answer), daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except FutureTimeout as error:
        raise TimeoutError(f"no answer in {seconds:.0f} seconds") from error


def _look_up(host: str, answer: Future[list[str]]) -> None:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answer.set_exception(error)
    else:
        answer.set_result([str(place[0]) for *_, place in found])


@dataclass(frozen=True, slots=True, kw_only=True)
class HostGuard:
    """Finds the addresses of hosts, and refuses those hosts that may not be read from."""

    allowed: AllowList = AllowList()
    resolve: Resolve = resolve

    def addresses(self, host: str, seconds: float) -> list[str]:
        """Return the addresses of `host`, at least one and each of them checked, within `seconds`.

        The connection has to go to one of these: asked again, a hostile name server may give others. Raises SourceUnreachable.
        """
        if _is_number(host) and not _is_plain(host):
            raise SourceUnreachable(
                f"{host} is not how an address is written; write the host's name, or four numbers with dots between them."
            )
        found = list(dict.fromkeys(self._resolved(host, seconds)))
        if not 0 < len(found) <= MOST_ADDRESSES:
            raise SourceUnreachable(f"{host} has no usable address; check how it is spelt.")
        for address in found:
            if not (self.allowed.allows_name(host) or self._may_be_read(address)):
                inside = "is not on the public Internet" if address == host else f"leads to {address}, which is not on the public Internet"
                raise SourceUnreachable(f"{host} {inside}; if it may be read from, add it to FETCH_ALLOW.")
        return found

    def _resolved(self, host: str, seconds: float) -> Sequence[str]:
        try:
            return self.resolve(host, seconds)
        except TimeoutError as error:
            raise SourceUnreachable(f"The address of {host} was not found in time; try again later.") from error
        except (OSError, UnicodeError) as error:
            raise SourceUnreachable(f"{host} was not found; check how it is spelt, and this machine's connection.") from error

    def _may_be_read(self, text: str) -> bool:
        try:
            address = ip_address(text)
        except ValueError:
            return False
        return is_public(address) or self.allowed.allows(address)


def _is_number(host: str) -> bool:
    """Return whether systems may take `host` for a number: 127.1, 0x7f.1 and 2130706433 are all the same address."""
    return ":" not in host and _NUMBER.fullmatch(host.lower().rstrip(".").rpartition(".")[2]) is not None


def _is_plain(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False
