"""Pack bytes into a gzip or deflate stream of exactly the length that an older one had: what stands behind it stays in place.

Between the packed bytes and the end of the stream stand empty blocks (RFC 1951, section 3.2): 5 bytes each where a byte begins,
6 with an empty block of fixed codes before it. So every room of 20 bytes and more can be filled, and some smaller ones; in gzip
a comment in the header (RFC 1952, section 2.3) fills the others. Any program that unpacks the stream passes them unseen.
"""

from __future__ import annotations

import zlib

_EMPTY, _EMPTY_TWO = b"\x00\x00\x00\xff\xff", b"\x02\x00\x00\x00\xff\xff"
_END = b"\x03\x00"  # an empty block of fixed codes that says it is the last
_GZIP_HEAD, _COMMENTED = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff"
_ZLIB_HEAD = b"\x78\x9c"
_WAYS = tuple((level, memory) for level in (9, 6, 4, 8, 7, 5, 3) for memory in (9, 8))


def pack_gzip(content: bytes, length: int, *, joint: int = 0) -> bytes | None:
    """One gzip member (RFC 1952) of `length` bytes that unpacks to `content`; None where it cannot be so short.

    `joint` is where two parts meet that are packed best for themselves: a record's fields, and a payload that came packed.
    """
    tail = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    room = length - len(_GZIP_HEAD) - len(tail)
    if packed := pack_deflate(content, room, joint=joint):
        return _GZIP_HEAD + packed + tail
    packed = min((_packed(content, at, 9, 9, zlib.Z_FINISH) for at in {0, joint}), key=len)
    if len(packed) >= room:
        return _GZIP_HEAD + packed + tail if len(packed) == room else None
    return _COMMENTED + b" " * (room - len(packed) - 1) + b"\x00" + packed + tail


def pack_short(content: bytes, wbits: int) -> bytes:
    """The content as short as zlib can; `wbits` are zlib's."""
    return min((_once(content, wbits, level, memory) for level, memory in _WAYS), key=len)


def _once(content: bytes, wbits: int, level: int, memory: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, wbits, memory)
    return packer.compress(content) + packer.flush()


def pack_zlib(content: bytes, length: int) -> bytes | None:
    """The same in zlib's frame (RFC 1950): what HTTP calls deflate."""
    tail = zlib.adler32(content).to_bytes(4, "big")
    packed = pack_deflate(content, length - len(_ZLIB_HEAD) - len(tail))
    return None if packed is None else _ZLIB_HEAD + packed + tail


def pack_deflate(content: bytes, length: int, *, joint: int = 0) -> bytes | None:
    """The same without a frame (RFC 1951): what some servers call deflate."""
    for level, memory in _WAYS:
        for at in {0, joint}:
            packed = _packed(content, at, level, memory, zlib.Z_SYNC_FLUSH)
            padding = _padding(length - len(packed) - len(_END))
            if padding is not None:
                return packed + padding + _END
    return None


def _packed(content: bytes, joint: int, level: int, memory: int, end: int) -> bytes:
    """The content packed in one way, with a new block at the joint. It ends where a byte ends."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, memory)
    first = packer.compress(content[:joint]) + packer.flush(zlib.Z_BLOCK) if joint else b""
    return first + packer.compress(content[joint:]) + packer.flush(end)


def _padding(room: int) -> bytes | None:
    """Empty blocks of `room` bytes together, or None: 5 a + 6 b."""
    sixes = room % 5
    return None if room < 6 * sixes else _EMPTY_TWO * sixes + _EMPTY * ((room - 6 * sixes) // 5)
