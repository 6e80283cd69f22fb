"""The TLS of a connection: whom it trusts, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from OpenSSL import SSL
from OpenSSL._util import ffi, lib
from OpenSSL.crypto import X509
from service_identity import CertificateError, VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import Certificate
from twisted.python.failure import Failure
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
        if self.verifies(f"https://{hostname.decode('ascii')}:{port}/"):
            return _Named(self._strict.creatorForNetloc(hostname, port), hostname.decode("ascii"))
        return self._lenient.creatorForNetloc(hostname, port)

    def verifies(self, url: str) -> bool | None:
        """Whether the certificate behind an address is verified; None where there is none."""
        return self._verifies and server_of(url) not in self._exceptions if url.startswith("https:") else None


@implementer(IOpenSSLClientConnectionCreator)
class _Named:
    """Makes connections to a server that must show a certificate of its name.

    Twisted's own check (26.4) takes a certificate that has no names, or none that can be read, for one with the right name.
    """

    def __init__(self, creator: Any, hostname: str) -> None:
        self._creator, self._hostname = creator, hostname

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:
        """Make the connection for a TLS protocol of Twisted's."""
        connection: SSL.Connection = self._creator.clientConnectionForTLS(protocol)
        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, _name_check(protocol, self._hostname))
        return connection


def _name_check(protocol: Any, hostname: str) -> Callable[[SSL.Connection, X509, int, int, int], bool]:
    """What OpenSSL asks about each certificate of a chain; the server's own is at depth 0."""
    is_address = isIPAddress(hostname) or isIPv6Address(hostname)
    wanted = (IPAddress_ID if is_address else DNS_ID)(hostname)

    def check(connection: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
        try:
            if not ok:
                protocol.failVerification(Failure(CertificateError(f"the certificate is refused: {_in_words(error)}")))
            elif depth == 0:
                verify_service_identity(extract_patterns(certificate), [wanted], [])
            return bool(ok)
        except VerificationError:
            protocol.failVerification(Failure(CertificateError(f"the certificate is not for {hostname}")))
        except Exception as unreadable:  # whatever a certificate does to its parsers: OpenSSL would see no exception
            protocol.failVerification(Failure(CertificateError(f"its names cannot be told: {unreadable}")))
        return False

    return check


def _in_words(error: int) -> str:
    """OpenSSL's words for one of its X509_V_ERR numbers. pyOpenSSL (26.4) says only that something is wrong, whatever it is."""
    words: bytes = ffi.string(lib.X509_verify_cert_error_string(error))
    return words.decode()


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
