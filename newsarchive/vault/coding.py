"""Content codings undone within bounds: gzip, deflate, Brotli and Zstandard, of streams that may be cut, damaged, or made to
unfold without end.

A crawl asks for the first two. The others come from servers that do not listen, and stand in what browsers have recorded.
"""

from __future__ import annotations

import sys
import zlib
from functools import partial

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

UNDONE = {"gzip", "x-gzip", "deflate", "br", "zstd"}
PACKERS = {"br": brotli.compress, "zstd": partial(zstd.compress, level=19)}  # as short as can be: what a takedown packs again
FOREIGN = {"dcb", "dcz", "compress", "x-compress"}  # codings that are not undone

_STEP = 1 << 16
_MOST_MEMBERS = 10_000  # of one gzip stream; each costs a decoder, and an empty one is 20 bytes long
_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15  # zlib's wbits
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# The window, in memory, is as large as a body may be; RFC 9659 allows servers an eighth of that.
_ZSTD_OPTIONS = {int(zstd.DecompressionParameter.window_log_max): 26}


def undo(coded: bytes, coding: str, room: int) -> tuple[bytes, bool]:
    """Undo one coding in bounded steps: at most `room` bytes, and whether that is all there was.

    A stream without its end, with damage in it, or longer than `room` is not whole, and gives what could be had. gzip may
    have several members, Zstandard several frames; what stands behind the last one is padding. Bytes that are no such stream
    come back as they are.
    """
    if coding == "br":
        return _undo_brotli(coded, room)
    if coding == "zstd":
        return _undo_zstd(coded, room)
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


def _undo_brotli(coded: bytes, room: int, *, fine_from: int | None = None) -> tuple[bytes, bool]:
    """The same for Brotli (RFC 7932), whose decoder loses what a step brought before an error: that step goes byte by byte."""
    decoder, body, start = brotli.Decompressor(), bytearray(), 0
    while start < len(coded) and not decoder.is_finished():
        step = _STEP if fine_from is None or start < fine_from else 1
        try:
            piece = coded[start : start + step]
            while len(body) <= room and (unpacked := decoder.process(piece, output_buffer_limit=room + 1 - len(body))):
                body += unpacked
                piece = b""  # brotli 1.2.1 holds back what it has, also where it says that it takes more
        except brotli.error:
            if step > 1:
                return _undo_brotli(coded, room, fine_from=start)
            return bytes(body) or coded, not body
        if len(body) > room:
            return bytes(body[:room]), False
        start += step
    return bytes(body), decoder.is_finished() or not coded


def _undo_zstd(coded: bytes, room: int) -> tuple[bytes, bool]:
    """The same for Zstandard (RFC 8878)."""
    if not coded.startswith(_ZSTD_MAGIC):
        return coded, True
    body, start, frames = bytearray(), 0, 1
    decoder = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
    while start < len(coded) and frames <= _MOST_MEMBERS:
        piece = coded[start : start + _STEP]
        start += len(piece)
        try:
            while len(body) <= room and not decoder.eof and (piece or not decoder.needs_input):
                body += decoder.decompress(piece, room + 1 - len(body))
                piece = b""
        except zstd.ZstdError:
            return bytes(body) or coded, False
        if len(body) > room:
            return bytes(body[:room]), False
        if decoder.eof:
            start -= len(decoder.unused_data)
            if not coded.startswith(_ZSTD_MAGIC, start):
                return bytes(body), True
            decoder, frames = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS), frames + 1
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
