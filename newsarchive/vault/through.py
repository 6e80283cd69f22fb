"""Records taken out of a file: whole where they are small, else read through in pieces for what must be known of them.

So a film of a gigabyte, as other programs keep it, costs as little memory as a page, and its digests are checked like a page's.
"""

from __future__ import annotations

import sys
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any

from newsarchive.errors import DamagedRecord, LargeRecord
from newsarchive.vault.members import Members
from newsarchive.vault.message import read_head, read_payload
from newsarchive.vault.record import HEAD_LIMIT, Record, Sum, Through, make_record, parse, parse_head, wrong_length

LARGE = 4 << 20  # bytes of an unpacked record from which it is read through, where nobody wants its block
_STEP = 1 << 16
_END = b"\r\n\r\n"


def take(members: Members, offset: int, length: int | None = None, *, most: int = LARGE) -> Record | None:
    """The record whose member begins at `offset`, thought to be `length` long; None at the file's end.

    One of more than `most` bytes is read through. Raises DamagedRecord.
    """
    try:
        content, found = members.take(offset, length, most=most) if length else members.take(offset, most=most)
    except LargeRecord:
        return _read_through(members, offset)
    return parse(content, offset, found) if found else None


def _read_through(members: Members, offset: int) -> Record:
    """The record, whose block stays behind. Raises DamagedRecord."""
    raw = members.content(offset)
    content = BufferedReader(raw, _STEP)
    fields, size = parse_head(_head(content).removesuffix(_END), offset)
    summed = Sum(fields.get("WARC-Block-Digest"))
    block = BufferedReader(_Passing(content, summed, size), _STEP)
    head = _head(block) if fields.get("WARC-Type") == "response" else b""
    payload, body = _parts(block, head, fields.get("WARC-Payload-Digest"))
    if summed.size != size or content.read(len(_END) + 1) != _END:
        raise wrong_length(offset)
    return make_record(fields, head, offset, raw.length, Through(summed, payload, body))


def _parts(block: BufferedReader[Any], head: bytes, named: str | None) -> tuple[Sum, Sum]:
    """The payload of the HTTP answer whose head is read, and all that stands behind it; without a head all is payload."""
    payload = body = Sum(named)
    try:
        found = read_head(BytesIO(head))
    except DamagedRecord:
        payload.add(head)
        pieces = iter(lambda: block.read(_STEP), b"")
    else:
        if b"chunked" in head.lower():
            body = Sum(named)
            block = BufferedReader(_Passing(block, body), _STEP)
        pieces = iter(read_payload(block, found))
    for piece in pieces:
        payload.add(piece)
    while block.read(_STEP):
        pass
    return payload, body


def _head(stream: BufferedReader[Any]) -> bytes:
    """The lines up to the first empty one behind others, with it."""
    head = b""
    while len(head) < HEAD_LIMIT and (line := stream.readline(HEAD_LIMIT)):
        head += line
        if not line.strip(b"\r\n") and head.strip(b"\r\n"):
            break
    return head


class _Passing(RawIOBase):
    """The rest of a stream, or its next `size` bytes, added up as they pass."""

    def __init__(self, stream: BufferedReader[Any], summed: Sum, size: int = sys.maxsize) -> None:
        self._stream, self._sum, self._left = stream, summed, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._stream.readinto1(memoryview(buffer)[: self._left])
        self._sum.add(memoryview(buffer)[:count])
        self._left -= count
        return count
