"""The cause of a download that left no capture, in a word of the catalogue's table `outcomes`."""

from __future__ import annotations

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from service_identity import CertificateError, VerificationError
from twisted.python.failure import Failure

from newsarchive.errors import Blocked

_KINDS: tuple[tuple[str, tuple[type[BaseException], ...]], ...] = (
    ("guard", (Blocked,)),
    ("tls", (SSL.Error, VerificationError, CertificateError)),  # before `disconnect`: Twisted reports both as a failed response
    ("dns", (CannotResolveHostError,)),
    ("refused", (DownloadConnectionRefusedError,)),
    ("timeout", (DownloadTimeoutError,)),
    ("length", (DownloadCancelledError,)),
    ("disconnect", (DownloadFailedError,)),
)


def kind_of(error: BaseException) -> str:
    """guard, tls, dns, refused, timeout, length, disconnect or other."""
    causes = tuple(_causes(error))
    return next((kind for kind, types in _KINDS if any(isinstance(cause, types) for cause in causes)), "other")


def detail_of(error: BaseException) -> str:
    """The innermost cause in words: what Scrapy and Twisted wrap around it says less."""
    *_, cause = _causes(error)
    return f"{type(cause).__name__}: {cause}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it was raised from, and the failures that Twisted wraps."""
    yield error
    wrapped = [failure.value for failure in getattr(error, "reasons", ()) if isinstance(failure, Failure)]
    for cause in (error.__cause__, *wrapped):
        if cause is not None:
            yield from _causes(cause)
