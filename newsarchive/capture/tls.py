"""The TLS of a connection: whom it trusts, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from OpenSSL import SSL
from twisted.internet.ssl import Certificate
from twisted.web.client import HostnameCachingHTTPSPolicy
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from newsarchive.urls import server_of

_OLD_SUITE = re.compile(
    r"(?:(?P<exchange>(?:ECDHE|DHE)-(?:RSA|ECDSA|DSS))-)?"
    r"(?:(?P<cipher>AES|CAMELLIA|ARIA)(?P<bits>128|256)|(?P<chacha>CHACHA20-POLY1305))"
    r"(?:-(?P<mode>GCM|CCM)(?P<short>8)?)?(?:-(?P<hash>SHA\d*))?"
)
_VERSIONS = {"TLSv1": "tls/1.0", "TLSv1.1": "tls/1.1", "TLSv1.2": "tls/1.2", "TLSv1.3": "tls/1.3"}


@implementer(IPolicyForHTTPS)
class Trust:
    """Certificates are verified (chain, date, name), but for the servers that a newspaper's file excepts; those captures say so.

    `factory` is Scrapy's, which the setting DOWNLOAD_VERIFY_CERTIFICATES has made; `exceptions` are `host` or `host:port`.
    """

    def __init__(self, factory: Any, exceptions: Iterable[str]) -> None:
        lenient = copy(factory)
        lenient._verify_certificates = False
        self._exceptions = frozenset(name.lower() for name in exceptions)
        self._strict, self._lenient = HostnameCachingHTTPSPolicy(factory), HostnameCachingHTTPSPolicy(lenient)
        self._verifies: bool = factory._verify_certificates

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """What makes the TLS connections to a server."""
        verifies = self.verifies(f"https://{hostname.decode('ascii')}:{port}/")
        return (self._strict if verifies else self._lenient).creatorForNetloc(hostname, port)

    def verifies(self, url: str) -> bool | None:
        """Whether the certificate behind an address is verified; None where there is none."""
        return self._verifies and server_of(url) not in self._exceptions if url.startswith("https:") else None


@dataclass(frozen=True, slots=True)
class Peer:
    """`protocol` is `tls/1.3` and so on, None over plain TCP, as are the IANA name of the cipher suite and the certificate."""

    ip_address: str
    protocol: str | None = None
    cipher_suite: str | None = None
    certificate: Certificate | None = None


def peer_of(transport: Any) -> Peer:
    """Look at a connection over which a byte came, so that a TLS handshake is done."""
    ip_address = transport.getPeer().host
    handle = transport.getHandle()
    if not isinstance(handle, SSL.Connection):
        return Peer(ip_address)
    return Peer(
        ip_address,
        _VERSIONS.get(handle.get_protocol_version_name()),
        iana_name(handle.get_cipher_name() or ""),
        Certificate(handle.get_peer_certificate()),
    )


def iana_name(suite: str) -> str | None:
    """The name in IANA's TLS registry of the cipher suite that OpenSSL calls `suite`; None for those no browser offers.

    `ECDHE-RSA-AES128-GCM-SHA256` gives `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. Suites of TLS 1.3 bear one name in both.
    """
    if suite.startswith("TLS_"):
        return suite
    found = _OLD_SUITE.fullmatch(suite)
    if not found:
        return None
    exchange = (found["exchange"] or "RSA").replace("-", "_")
    if found["chacha"]:
        return f"TLS_{exchange}_WITH_CHACHA20_POLY1305_SHA256"
    parts = (found["cipher"], found["bits"], found["mode"] or "CBC", found["short"], found["hash"])
    return f"TLS_{exchange}_WITH_" + "_".join(part for part in parts if part)
