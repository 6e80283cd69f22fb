"""The guard: which schemes, hosts and connected addresses may be asked.

A crawler goes where pages send it, so a page could send it to this machine or to the network behind it. The guard therefore
decides twice: on the URL of every request, and again on the address that the name turned into, before it is connected to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from newsarchive.errors import Blocked, UsageError

Address = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_UNICAST = IPv6Network("2000::/3")  # all that IANA gives out for the public network
_EXAMPLES = IPv6Network("3fff::/20")  # RFC 9637, for documentation; Python knows it from 3.13 on
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address is in the last 32 bits
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, section 2.5.5.1: likewise, no longer in use


@dataclass(frozen=True, slots=True)
class Guard:
    """Public addresses on ports 80 and 443 are allowed, and what `allow_private` names by host and port as the URL has them."""

    allow_private: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Guard:
        """Read the setting NEWSARCHIVE_ALLOW_PRIVATE: `host:port` with commas between, IPv6 as `[::1]:8080`.

        Raises UsageError when an entry has no host or no port.
        """
        return cls(frozenset(_host_and_port(entry.strip()) for entry in text.split(",") if entry.strip()))

    def check_url(self, url: str) -> None:
        """Raise Blocked unless the URL is http or https with a host and a port that may be asked, and no password in it.

        A host written as an IP address is decided on here already.
        """
        try:
            parts = urlsplit(url)
            host, port = _folded(parts.hostname or ""), parts.port
        except ValueError as error:
            raise Blocked(f"no valid address: {url!r}") from error
        if parts.scheme not in _PORTS:
            raise Blocked(f"scheme {parts.scheme!r} is not asked: {url!r}")
        if not host or "@" in parts.netloc:
            raise Blocked(f"no host, or user information before it: {url!r}")
        port = _PORTS[parts.scheme] if port is None else port
        if port not in _PORTS.values() and (host, port) not in self.allow_private:
            raise Blocked(f"port {port} of {host} is not in NEWSARCHIVE_ALLOW_PRIVATE")
        if _is_address(host):
            self.check_address(host, port, host)

    def check_address(self, host: str, port: int, ip: str) -> None:
        """Raise Blocked if `ip`, which `host` turned into, is not on the public network and `host:port` is not allowed."""
        if (_folded(host), port) not in self.allow_private and not _is_public(ip_address(ip)):
            raise Blocked(f"{host} is {ip}, which is not on the public network")


def _is_public(address: Address) -> bool:
    """Whether the address is of the public network; one that carries IPv4 addresses, when all of those are."""
    inner = list(_carried(address))
    if inner:
        return all(_is_public(each) for each in inner)
    if isinstance(address, IPv6Address) and (address not in _UNICAST or address in _EXAMPLES):
        return False
    return address.is_global and not address.is_multicast


def _carried(address: Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo (server and client), NAT64, compatible."""
    if isinstance(address, IPv4Address):
        return
    yield from (found for found in (address.ipv4_mapped, address.sixtofour) if found)
    yield from address.teredo or ()
    if address in _NAT64 or address in _COMPATIBLE:
        yield IPv4Address(address.packed[-4:])


def _host_and_port(entry: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{entry}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"NEWSARCHIVE_ALLOW_PRIVATE: {entry!r} is not host:port") from error
    if not host or port is None or parts.netloc != entry or "@" in entry:
        raise UsageError(f"NEWSARCHIVE_ALLOW_PRIVATE: {entry!r} is not host:port")
    return _folded(host), port


def _folded(host: str) -> str:
    return host.lower().rstrip(".")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
