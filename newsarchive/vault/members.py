"""The gzip members of a WARC file, each taken out whole by its place; and where the next one begins behind damage."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Container
from io import RawIOBase
from typing import Any

from newsarchive.errors import DamagedRecord, LargeRecord

LARGEST_RECORD = 512 << 20  # unpacked; a capture is at most 64 MiB by default, and a lying member must not fill the memory
_GZIP = 31  # zlib's wbits
_MAGIC = b"\x1f\x8b\x08"
_FIXED = 10  # bytes
_WINDOW = 1 << 18
_FIRST, _STEP = 1 << 12, 1 << 16  # bytes unpacked at first, and at once: most records are small, and what follows is copied
_HEAD = 1 << 14  # bytes in which a record's fields are looked for behind damage
_INFO_ID = re.compile(rb"^warc-warcinfo-id:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class Members:
    """The members of an open file. Reads through a window, so that walking along the file reads each byte once."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._window, self._start, self._size = memoryview(bytearray(_WINDOW)), 0, 0
        self.header = b""  # the fixed part of that of the member taken last (RFC 1952, section 2.3), which no checksum covers

    def take(self, offset: int, length: int = _FIRST, *, most: int = LARGEST_RECORD) -> tuple[bytes, int]:
        """The member at `offset` unpacked, and its length in the file; empty at the file's end.

        `length` is what it is thought to be: so much is unpacked at first. Raises LargeRecord if it unpacks to more than `most`
        bytes, DamagedRecord.
        """
        decoder, place, room = zlib.decompressobj(_GZIP), offset, most + 1
        step = min(max(length, 1), _STEP)
        try:
            piece = self._read(place, step)
            self.header = bytes(piece[:_FIXED])
            content = decoder.decompress(piece, room)
            if decoder.eof:  # all of it stood there, as mostly
                return content, len(piece) - len(decoder.unused_data)
            pieces = [content]
            while piece and not decoder.eof:
                place += len(piece)
                room -= len(content)
                if not room:
                    raise LargeRecord(f"the record at {offset} unpacks to more than {most} bytes")
                piece = self._read(place, _STEP)
                content = decoder.decompress(piece, room)
                pieces.append(content)
        except (zlib.error, OSError) as error:
            raise DamagedRecord(f"the gzip member at {offset} is damaged: {error}") from error
        if place > offset and not decoder.eof:
            raise DamagedRecord(f"the record at {offset} is cut")
        return b"".join(pieces), place + len(piece) - len(decoder.unused_data) - offset

    def content(self, offset: int) -> Content:
        """The member at `offset` as a stream, for one that is not to be held in memory."""
        return Content(self._descriptor, offset)

    def behind(self, offset: int, end: int, info_id: str | None, known: Container[int] = ()) -> int:
        """Where the next member begins behind the one at `offset`, in which no record was found: at its own end, if it is whole;
        else as `next_one` says."""
        content = self.content(offset)
        try:
            while content.read(_STEP):
                pass
        except DamagedRecord:
            return self.next_one(offset, end, info_id, known)
        return min(offset + content.length, end)

    def next_one(self, offset: int, end: int, info_id: str | None, known: Container[int] = ()) -> int:
        """Where the next member of this file begins behind damage at `offset`; `end` if there is none before it.

        A page may hold what looks like a member with a record in it. So one counts only if its place is `known`, or if it
        names the warcinfo record of this file, whose id no page can know.
        """
        place = offset + 1
        while place < end:
            window = bytes(self._read(place, _WINDOW))
            found = window.find(_MAGIC)
            while found >= 0:
                if place + found in known or (info_id and self._belongs(place + found, info_id)):
                    return min(place + found, end)
                found = window.find(_MAGIC, found + 1)
            if len(window) < len(_MAGIC):
                break
            place += len(window) - len(_MAGIC) + 1
        return end

    def _belongs(self, offset: int, info_id: str) -> bool:
        """Whether a record begins here that names this warcinfo record."""
        try:
            head = zlib.decompressobj(_GZIP).decompress(self._read(offset, _HEAD), _HEAD).partition(b"\r\n\r\n")[0]
        except zlib.error:
            return False
        named = _INFO_ID.search(head)
        return head.startswith(b"WARC/") and named is not None and named[1].decode("latin-1").strip("<>") == info_id

    def _read(self, offset: int, size: int) -> memoryview:
        """`size` bytes from `offset`, at most a window; fewer only at the file's end. They stay until the next call."""
        begin = offset - self._start
        if not 0 <= begin <= self._size - size:
            self._start, begin = offset, 0
            self._size = os.preadv(self._descriptor, [self._window], offset)
        return self._window[begin : min(begin + size, self._size)]


class Content(RawIOBase):
    """A member as it is unpacked, with a piece of it in memory at a time. Raises DamagedRecord where it is damaged or cut."""

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor, self._offset, self._place = descriptor, offset, offset
        self._decoder = zlib.decompressobj(_GZIP)

    @property
    def length(self) -> int:
        """The member's length in the file; known at its end."""
        return self._place - len(self._decoder.unused_data) - self._offset

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; none only at the member's end."""
        try:
            while not self._decoder.eof:
                if not (piece := self._decoder.unconsumed_tail):
                    piece = os.pread(self._descriptor, _STEP, self._place)
                    self._place += len(piece)
                if not piece:
                    raise DamagedRecord(f"the record at {self._offset} is cut")
                if found := self._decoder.decompress(piece, len(buffer)):
                    buffer[: len(found)] = found
                    return len(found)
        except (zlib.error, OSError) as error:
            raise DamagedRecord(f"the gzip member at {self._offset} is damaged: {error}") from error
        return 0
