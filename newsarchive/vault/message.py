"""An HTTP/1 message as it went over the wire, taken apart: head, payload, body, page. Tolerant: servers are not exact.

The payload is the entity body with the transfer coding undone (RFC 9112, section 7) and the content coding kept: what a
WARC-Payload-Digest is made of (WARC 1.1, section 5.9). The body is what a reader sees, the content coding undone too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.text import clean_line
from newsarchive.urls import canonical
from newsarchive.vault.coding import FOREIGN, UNDONE, undo

Headers = tuple[tuple[str, str], ...]

# Bytes of an answer that is read: DOWNLOAD_MAXSIZE, so that only a larger one, or other programs' files, pass it.
LARGEST = 64 << 20
_STEP = 1 << 16
_HEAD_LIMIT = 1 << 20
_ALWAYS_DECODED = 1 << 20  # bytes that any stream may grow to: a small page of few different words can pass 1:200
_MOST_CODINGS = 5  # in a row; honest servers use one
_STATUS_LINE = re.compile(r"\s*(?:HTTP|ICY)\b\S*\s*(?P<status>\d{3}(?!\d))?(?P<reason>.*)", re.IGNORECASE)
_FOLD = re.compile(r"(?<![\r\n])[\r\n]+[ \t]+")  # begun only where a run begins: a run of 100,000 CRs is one try
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,16})\s*(?:;[^\n]*)?\n")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body of an answer. `whole` is False when the connection broke off before the empty line; the status
    is 0 then."""

    status: int
    reason: str
    headers: Headers
    whole: bool


@dataclass(frozen=True, slots=True)
class Message:
    """An answer. Headers are Latin-1, folded lines joined, order and case kept; `status` is 0 where the line names none.

    `payload` has the transfer coding undone and the content coding kept; `whole` is False when the head, a chunked body
    or a body of known length stops early.
    """

    status: int
    reason: str
    headers: Headers
    payload: bytes
    whole: bool


class Payload:
    """The pieces of a message's payload, read from `stream`, which stands behind the head. Iterate once.

    `whole` is True when the end came where the headers put it, `chunked` when the pieces stood in chunks; both are known
    after the last piece.
    """

    def __init__(self, stream: BinaryIO, headers: Headers) -> None:
        self.whole = True
        self.chunked = False
        self._stream = stream
        self._named_chunked = "chunked" in _codings(headers, "transfer-encoding")
        length = next((value for value in _list(headers, "content-length") if value.isdecimal()), "0")
        self._expected = 0 if self._named_chunked else int(length[:18])

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks() if self._named_chunked else self._counted()

    def _counted(self) -> Iterator[bytes]:
        """All that is there: a body longer than its Content-Length says is not cut, nothing that was kept gets lost."""
        size = 0
        while piece := self._stream.read(_STEP):
            size += len(piece)
            yield piece
        self.whole = size >= self._expected

    def _chunks(self) -> Iterator[bytes]:
        """Chunk extensions and trailers are left out. A body without any chunk in it is given as it is."""
        self.whole = False
        while size := _CHUNK_SIZE.match(line := self._stream.readline(_STEP)):
            self.chunked = True
            left = int(size[1], 16)
            if not left:
                self.whole = True
                return
            while left and (piece := self._stream.read(min(left, _STEP))):
                left -= len(piece)
                yield piece
            self._stream.readline(2)
        if not self.chunked:
            yield line
            yield from iter(lambda: self._stream.read(_STEP), b"")


def read_head(stream: BinaryIO) -> Head:
    """Read an answer's head; the stream is left where its body begins. Raises DamagedRecord if this is no HTTP answer."""
    line, headers, whole = _read_lines(stream)
    found = _STATUS_LINE.fullmatch(line)
    if not found:
        raise DamagedRecord(f"no HTTP head: the answer begins with {line[:40]!r}")
    status = int(found["status"] or 0) if whole else 0  # what broke off before its end has answered nothing
    return Head(status, found["reason"].strip(), headers, whole)


def read_payload(stream: BinaryIO, head: Head, *, method: str = "GET") -> Payload:
    """The payload behind `head`. The answer to a HEAD, a 204 and a 304 have none (RFC 9110, section 6.4.1)."""
    bodiless = method == "HEAD" or head.status in {204, 304}
    return Payload(BytesIO(), ()) if bodiless else Payload(stream, head.headers)


def parse_response(raw: bytes, *, method: str = "GET") -> Message:
    """Take an answer apart; `method` is its request's. Raises DamagedRecord only when there is no HTTP head at all."""
    stream = BytesIO(raw)
    head = read_head(stream)
    pieces, payload = read_payload(stream, head, method=method), BytesIO()
    payload.writelines(pieces)
    return Message(head.status, head.reason, head.headers, payload.getvalue(), head.whole and pieces.whole)


def parse_any(raw: bytes, *, method: str = "GET") -> Message:
    """Take apart what was kept as an answer: one without an HTTP head is all payload, of status 0.

    One of more than LARGEST bytes counts as not whole, so that nobody reads it.
    """
    try:
        message = parse_response(raw, method=method)
    except DamagedRecord:
        return Message(0, "", (), raw, False)
    return message if len(raw) <= LARGEST else replace(message, whole=False)


def split_request(raw: bytes) -> tuple[str, bytes]:
    """The method and the body of a request message; `GET` where the request line names none."""
    stream = BytesIO(raw)
    line, headers, _ = _read_lines(stream)
    method = line.partition(" ")[0]
    return method or "GET", b"".join(Payload(stream, headers))


def make_page(raw: bytes, *, url: str, captured_at: datetime, record_id: str, request: bytes) -> Page:
    """The page in an answer, for the crawl and for everyone after it; `raw` and `request` are the messages as kept.

    It is whole when the message and its content coding are. Without an HTTP head it is all body, of status 0.
    """
    method, body = split_request(request)
    return page_of(parse_any(raw, method=method), method, body, url=url, captured_at=captured_at, record_id=record_id)


def page_of(message: Message, method: str, request_body: bytes, *, url: str, captured_at: datetime, record_id: str) -> Page:
    """The page in an answer that is taken apart already."""
    body, decoded = decode_body(message)
    whole = message.whole and decoded
    return Page(url, message.status, message.headers, body, captured_at, record_id, method, request_body, whole)


def decode_body(message: Message, *, limit: int = 64 << 20, ratio: int = 200) -> tuple[bytes, bool]:
    """The body with its content codings undone, and whether that is all of it.

    It is cut at `limit` bytes or at `ratio` times the payload, whichever comes first; the cap also holds between several
    codings in a row, so a bomb never unfolds. Of a cut or damaged stream it gives what could be decoded; the payload as
    it is when a coding is unknown, or when the bytes are not what the header says.
    """
    codings = content_codings(message.headers)
    if len(codings) > _MOST_CODINGS:
        return message.payload, False
    if not UNDONE.issuperset(codings):
        return message.payload, FOREIGN.isdisjoint(codings)
    room = min(limit, max(ratio * len(message.payload), _ALWAYS_DECODED))
    body, whole = message.payload, True
    for coding in reversed(codings):
        body, all_of_it = undo(body, coding, room)
        whole = whole and all_of_it
    return body, whole


def content_codings(headers: Headers) -> list[str]:
    """The codings the body is in, in the order they were applied; some servers name them as transfer codings."""
    transfer = (coding for coding in _codings(headers, "transfer-encoding") if coding != "chunked")
    return [*_codings(headers, "content-encoding"), *transfer]


def media_type(headers: Headers) -> str | None:
    """The media type as the server names it, lower case, without parameters; None where it names none."""
    named = next((value for name, value in headers if name.lower() == "content-type"), "")
    return clean_line(named.partition(";")[0]).lower() or None


def redirect_of(status: int | None, headers: Headers, url: str) -> str | None:
    """The address that a redirect sends its reader to (RFC 9110, section 15.4), canonical; None for any other answer."""
    named = next((value for name, value in headers if name.lower() == "location"), "") if status in _REDIRECTS else ""
    return canonical(named, url) if named else None


def _read_lines(stream: BinaryIO) -> tuple[str, Headers, bool]:
    """The first line and the fields of a head, and whether its empty line was there; a bare LF ends a line too."""
    raw, whole = bytearray(), False
    while not whole and len(raw) < _HEAD_LIMIT and (line := stream.readline(_HEAD_LIMIT)):
        empty = not line.strip(b"\r\n")
        whole = empty and bool(raw)
        raw += b"" if empty else line
    first, *rest = _FOLD.sub(" ", raw.decode("latin-1").rstrip("\r\n")).split("\n")
    return first.rstrip("\r"), _fields(rest), whole


def _fields(lines: list[str]) -> Headers:
    split = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip(" \t\r")) for name, colon, value in split if colon)


def _list(headers: Headers, name: str) -> list[str]:
    """The members of a field that is a list, over all its lines."""
    return [part.strip() for key, value in headers if key.lower() == name for part in value.split(",")]


def _codings(headers: Headers, name: str) -> list[str]:
    return [coding.lower() for coding in _list(headers, name) if coding.lower() not in {"", "identity"}]
