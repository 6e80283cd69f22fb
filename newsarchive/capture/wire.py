"""The tap: copies an HTTP/1.1 exchange above TLS and below the parser, so that what is kept is what went over the wire.

Scrapy's signals give fields re-cased and bodies with their transfer coding undone, too late for an exact record. So the
classes of Scrapy's client are subclassed here, private ones among them; tests/capture holds them to byte-exactness, and
Scrapy and Twisted are pinned. A tap finds its connection as an attribute of the headers object, the one thing that Agent
and pool pass on untouched: context variables would stick to the connection's first request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import monotonic, thread_time
from typing import Any, BinaryIO, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.http_headers import Headers
from zope.interface import implementer

from newsarchive.capture.tls import Peer, peer_of
from newsarchive.capture.tolerance import TolerantParser
from newsarchive.errors import ArchiveFull
from newsarchive.keys import Keys
from newsarchive.vault.exchange import Truncated
from newsarchive.vault.warcfile import full_disk_named

_IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an answer may have: bytes in all (0: any number) and in its head, 1xx answers before it, and seconds of CPU that it
    takes to tell its parts apart (ten million chunks of one byte are told apart in minutes, while nothing else is done)."""

    size: int
    head: int
    interim: int
    seconds: float


_SECRETS = re.compile(rb"(?im)^((?:cookie|authorization|proxy-authorization):)[^\r\n]*")


class Tap:
    """The bytes of one exchange, while they pass and after.

    `over` fires when the answer has ended or broken off, `truncated` then says why; an exchange of which nothing came is
    known by its exception instead, because Twisted sends it again on a new connection if the old one was stale. `open_ended`
    is True when only the end of the connection ended the answer, `failure` what kept the answer from being written down.
    """

    def __init__(self, bounds: Bounds, keys: Keys, sent: Callable[[], object], folder: Path | None) -> None:
        """`bounds` say where the answer is cut; `keys` are not to be kept; `sent` is told when the request goes out. A large
        answer waits in `folder`, the archive's, whose disk is watched; None is for what is not kept."""
        self.over: Deferred[None] = Deferred()
        self.truncated: Truncated | None = None
        self.open_ended = False
        self.peer: Peer | None
        self.size = self.received = 0  # bytes kept, and bytes that came, those of 1xx answers too
        self.bounds = bounds
        self.seconds = 0.0  # that were spent on parsing
        self.sent = sent
        self._interims = 0
        self.failure: Exception | None = None
        self._folder = folder
        spooled = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115  # closed by `close`
        self._response = cast("BinaryIO", spooled)
        self._keys = keys
        self._sent = bytearray()
        self.connect(None)

    @property
    def request(self) -> bytes:
        """The request as sent, but for the values of the fields that carry secrets, and for the user's keys."""
        head, empty_line, body = self._keys.hide(bytes(self._sent)).partition(b"\r\n\r\n")
        return _SECRETS.sub(rb"\1 [redacted]", head) + empty_line + body

    @property
    def response(self) -> BinaryIO:
        """The answer as it came, wound back to its start; a file without a name once it is over 1 MiB."""
        self._response.seek(0)
        return self._response

    @property
    def elapsed(self) -> float:
        """Seconds from the sending of the request to the last byte of the answer."""
        return self._last - self._began

    def connect(self, connection: TappedProtocol | None) -> None:
        """Begin (again) on a connection; what was sent over a stale one is forgotten."""
        self._connection = connection
        self.peer = None
        self._sent.clear()
        self._keep_last(0)
        self.began_at = datetime.now(UTC)
        self._began = self._last = monotonic()

    def send(self, data: bytes) -> None:
        """Copy bytes of the request."""
        self._sent += data

    def receive(self, data: bytes) -> bool:
        """Copy bytes of the answer; False when they pass the limit, or cannot be written."""
        if self.peer is None and self._connection is not None:
            self.peer = peer_of(self._connection.transport)
        self.received += len(data)
        kept = data[: self.bounds.size - self.size] if self.bounds.size else data
        with self._told():
            self._response.write(kept)
        self.size += len(kept)
        self._last = monotonic()
        return self.failure is None and len(kept) == len(data)

    def drop_interim(self, unparsed: int) -> None:
        """Forget a 1xx answer; `unparsed` bytes behind it are of the answer proper. There is an end to them, too."""
        self._interims += 1
        endless = self._interims > self.bounds.interim
        self._keep_last(0 if endless else unparsed)
        if endless:
            self.break_off("length")

    def end(self, truncated: Truncated | None = None, *, surplus: int = 0) -> None:
        """The answer is over; the last `surplus` bytes are not part of it."""
        self._connection = None
        if not self.over.called:
            self.size -= surplus
            with self._told():  # what was written may only now go to the disk
                self._response.truncate(self.size)
            self.truncated = truncated
            self.over.callback(None)

    def close(self) -> None:
        """Let go of the answer's bytes."""
        with self._told():
            self._response.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Remember what went wrong: the network's protocol, which calls this, would take it for the connection's end."""
        try:
            with full_disk_named(self._folder or Path()):
                yield
        except (OSError, ArchiveFull) as failure:
            self.failure = failure

    def break_off(self, why: Truncated) -> bool:
        """Close the connection and keep what came; False if there is no connection."""
        connection = self._connection
        if connection is not None:
            connection.break_off(why)
        return connection is not None

    def _keep_last(self, size: int) -> None:
        self._response.seek(self.size - size)
        kept = self._response.read(size)
        self._response.seek(0)
        self._response.truncate(0)
        self._response.write(kept)
        self.size = size


class TappedHeaders(Headers):
    """The fields of a request, with the tap that its connection shall find."""

    tap: Tap

    def copy(self) -> TappedHeaders:
        """Agent copies the headers when it adds Host."""
        copied = TappedHeaders(dict(self.getAllRawHeaders()))
        copied.tap = self.tap
        return copied


class TappedFactory(_LenientHTTP11ClientFactory):
    """What an HTTPConnectionPool makes its connections with."""

    def buildProtocol(self, addr: Any) -> TappedProtocol:
        """A connection to `addr`."""
        return TappedProtocol(self._quiescentCallback)


@implementer(IHandshakeListener)
class TappedProtocol(_LenientHTTP11ClientProtocol):
    """A connection, kept alive over several exchanges; it has a tap while one is under way."""

    _tap: Tap | None = None

    def request(self, request: Request) -> Deferred[Any]:
        """Send a request whose headers are TappedHeaders."""
        self._tap = request.headers.tap
        self._tap.connect(self)
        # The classes are exchanged, as Scrapy does with the parser's: both objects are made deep inside Twisted, and
        # neither subclass has state of its own.
        request.__class__ = _TappedRequest
        tap = self._tap
        answer = super().request(request)
        tap.sent()
        if self._parser is not None:
            self._parser.__class__ = _TappedParser
            self._parser.MAX_LENGTH = self._tap.bounds.head  # of a line: Twisted's 16 KiB are less than some servers' policies
        return answer

    def handshakeCompleted(self) -> None:
        """TLS lets through only now what was given to it before."""
        if self._tap is not None:
            self._tap.sent()

    def dataReceived(self, data: bytes) -> None:
        """Copy before the parser sees it; cut the answer at its limit, and a head at that for heads."""
        if self._tap is not None and not self._tap.receive(data):
            self.break_off("length")
            return
        before = thread_time()
        super().dataReceived(data)
        if self._tap is None:
            return
        self._tap.seconds += thread_time() - before
        in_head = self._parser is not None and self._parser.state in (STATUS, HEADER)
        if self._tap.seconds > self._tap.bounds.seconds or (in_head and self._tap.size > self._tap.bounds.head):
            self.break_off("length")

    def break_off(self, why: Truncated) -> None:
        """End the exchange here and now. CancelledError keeps Twisted from sending the request again."""
        if self._tap is not None:
            self._tap.end(why)
            self._tap = None
        if self.transport is not None:
            self.transport.abortConnection()
        self._disconnectParser(Failure(CancelledError()))

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """A clean close may be the end of an open-ended answer, which only the parser knows; a reset never is."""
        if not isinstance(reason.value, ConnectionDone):
            self._end("disconnect")
        super().connectionLost(reason)
        self._end("disconnect")

    def _finishResponse(self, rest: bytes) -> None:
        """The parser met the end of the answer, and `rest` behind it; without a parser it was the end of the connection."""
        if self._tap is not None:
            self._tap.open_ended = self._parser is None
        self._end(surplus=len(rest))
        super()._finishResponse(rest)

    def _giveUp(self, reason: Failure) -> None:
        """The parser cannot make sense of the answer (or it is over, and the tap no longer here)."""
        self._end("unspecified")
        super()._giveUp(reason)

    def _end(self, truncated: Truncated | None = None, *, surplus: int = 0) -> None:
        tap, self._tap = self._tap, None
        if tap is None:
            return
        if tap.size:
            tap.end(truncated, surplus=surplus)
        else:
            tap.connect(None)


class _TappedRequest(Request):
    def writeTo(self, transport: Any) -> Deferred[None]:
        written: Deferred[None] = super().writeTo(_Copying(transport, self.headers.tap))
        return written


class _Copying:
    """The part of a transport that a request is written to."""

    def __init__(self, transport: Any, tap: Tap) -> None:
        self._transport, self._tap = transport, tap
        self.registerProducer, self.unregisterProducer = transport.registerProducer, transport.unregisterProducer

    def write(self, data: bytes) -> None:
        self._tap.send(data)
        self._transport.write(data)

    def writeSequence(self, data: Iterable[bytes]) -> None:
        self.write(b"".join(data))


class _TappedParser(TolerantParser):
    def allHeadersReceived(self) -> None:
        interim = 100 <= self.response.code < 200
        super().allHeadersReceived()
        if interim:
            self.request.headers.tap.drop_interim(len(self._buffer))
