"""Content codings undone within bounds: gzip and deflate, of streams that may be cut, damaged, or made to unfold without end."""

from __future__ import annotations

import zlib

UNDONE = {"gzip", "x-gzip", "deflate"}
FOREIGN = {"br", "zstd", "dcb", "dcz", "compress", "x-compress"}  # codings that never were asked for, and are not undone

_STEP = 1 << 16
_MOST_MEMBERS = 10_000  # of one gzip stream; each costs a decoder, and an empty one is 20 bytes long
_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15  # zlib's wbits


def undo(coded: bytes, coding: str, room: int) -> tuple[bytes, bool]:
    """Undo one coding in bounded steps: at most `room` bytes, and whether that is all there was.

    A stream without its end, with damage in it, or longer than `room` is not whole, and gives what could be had. gzip may
    have several members; what stands behind the last one is padding. Bytes that are no such stream come back as they are.
    """
    wbits = _GZIP if coding != "deflate" else _ZLIB if _is_zlib(coded) else _RAW_DEFLATE
    if not coded or (wbits == _GZIP and not coded.startswith(_MAGIC)):
        return coded, True
    decoder, body, start, members = zlib.decompressobj(wbits), bytearray(), 0, 1
    while start < len(coded) and members <= _MOST_MEMBERS:
        piece, spare = coded[start : start + _STEP], decoder.copy()
        try:
            body += decoder.decompress(piece, room + 1 - len(body))
        except zlib.error:
            body += _salvage(spare, piece, room - len(body))
            return bytes(body) or coded, not body and wbits == _RAW_DEFLATE
        if len(body) > room:
            return bytes(body[:room]), False
        start += len(piece) - len(decoder.unused_data) - len(decoder.unconsumed_tail)
        if decoder.eof:
            if wbits != _GZIP or not coded.startswith(_MAGIC, start):
                return bytes(body), True
            decoder, members = zlib.decompressobj(wbits), members + 1
    return bytes(body), False


def _salvage(decoder: zlib._Decompress, piece: bytes, room: int) -> bytes:
    """What can be had of a piece that ends in an error, such as a wrong checksum behind the last byte of a page."""
    body = bytearray()
    try:
        for number in piece:
            body += decoder.decompress(bytes((number,)), max(1, room - len(body)))
    except zlib.error:
        pass
    return bytes(body[:room])


def _is_zlib(coded: bytes) -> bool:
    """Whether deflate came in zlib's frame, as RFC 9110 wants it, or bare, as some servers send it."""
    return len(coded) > 1 and coded[0] & 15 == 8 and int.from_bytes(coded[:2], "big") % 31 == 0
