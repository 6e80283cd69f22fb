"""What servers get wrong in heads and chunks and browsers pass over: Twisted's parser would give the whole answer up for it.

The tap keeps the bytes as they came, and `vault.message` takes them apart by itself; the parser only has to find an answer's end.
"""

from __future__ import annotations

import re

from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser
from twisted.web._newclient import HEADER, ParseError
from twisted.web.http import _ChunkedTransferDecoder

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2
_LENGTH = re.compile(rb"\d{1,18}(?:[ \t]*,[ \t]*\d{1,18})*")
_PADDED = re.compile(rb"[0-9A-Fa-f]{1,16}([ \t]{1,16})(?=;|\r\n)")  # a chunk's size, and what pads it


class PaddedChunks(_ChunkedTransferDecoder):
    """Takes spaces behind a chunk's size, with which old servers fill a field of fixed width (RFC 9112, section 7.1)."""

    def _dataReceived_CHUNK_LENGTH(self) -> bool:
        if padded := _PADDED.match(self._buffer):
            del self._buffer[padded.start(1) : padded.end(1)]
        return super()._dataReceived_CHUNK_LENGTH()


class TolerantParser(_LenientHTTPClientParser):
    """Finds where an answer ends. Raises, as Twisted's does, where it cannot be told: two lengths, a chunk without a size."""

    _transferDecoders = {b"chunked": PaddedChunks}  # noqa: RUF012  # so Twisted declares it

    def parseVersion(self, strversion: bytes) -> tuple[bytes, int, int]:
        """What is not HTTP is no answer; Twisted takes any name."""
        if not strversion.startswith((b"HTTP/", b"http/")):
            raise ParseError("no HTTP", strversion)
        found: tuple[bytes, int, int] = super().parseVersion(strversion)
        return found

    def lineReceived(self, line: bytes) -> None:
        """A line that continues no field is passed over."""
        if not (self.state == HEADER and self._partialHeader is None and line.startswith((b" ", b"\t"))):
            super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        """Fields whose names are none are passed over, and so are a length that is no number and an unknown transfer coding.

        Space before the colon does not hide a field. What is coded more than once and at last in chunks comes in chunks, without
        which a coding says nothing of where the body ends (RFC 9112, section 6.3).
        """
        name = name.strip().lower()
        if name == b"transfer-encoding":
            value = value.lower().rpartition(b",")[2].strip()
            known = value in self._transferDecoders
        else:
            known = bool(_LENGTH.fullmatch(value) if name == b"content-length" else _TOKEN.fullmatch(name))
        if known:
            super().headerReceived(name, value)
