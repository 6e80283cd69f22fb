"""Put another body into a kept exchange: each record's gzip member keeps its length, and the record too, where it can.

Where a packed body does not fit into the room of the old one, its record grows: it names its new lengths then, and the room comes
from packing the record's fields better.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Sequence
from io import BytesIO

from newsarchive.errors import DamagedRecord
from newsarchive.vault.coding import PACKERS
from newsarchive.vault.message import Message, content_codings, decode_body, read_head, read_payload
from newsarchive.vault.takedown.exchanges import Member
from newsarchive.vault.takedown.packing import pack_deflate, pack_gzip, pack_short, pack_zlib

_END = b"\r\n\r\n"
_BLOCK_DIGEST = re.compile(rb"^WARC-Block-Digest:[^\r]*\r\n", re.MULTILINE | re.IGNORECASE)

_LENGTH = re.compile(rb"^(Content-Length:[ \t]*)\d+", re.MULTILINE | re.IGNORECASE)
_CHUNKED = re.compile(rb"^Transfer-Encoding:[^\r\n]*chunked", re.MULTILINE | re.IGNORECASE)
_GZIP = b"\x1f\x8b"

Pieces = tuple[tuple[int, bytes], ...]


def refit(
    group: Sequence[Member], method: str, old: bytes, payload: bytes, *, strict: bool
) -> tuple[Pieces, tuple[str, str]] | None:
    """The exchange with another payload instead of `old`: its new bytes by their offset in the file, and its payload digest
    before and after. None where a record cannot be packed into the room that it has.

    A metadata record without room loses its block digest, which is optional (5.8), unless `strict` forbids it.
    """
    named = _payload_digest(group) or f"sha1:{_base32(hashlib.sha1(old, usedforsecurity=False).digest())}"
    digests = (named, _digest_like(named, payload))
    block = _put(group[0].block, method, payload)
    pieces = []
    for member in group:
        new = block if member is group[0] else member.block.replace(digests[0].encode(), digests[1].encode())
        if new != member.block:
            packed = _packed(member, new, digests, strict=strict)
            if packed is None:
                return None
            pieces.append((member.offset, packed))
    return tuple(pieces), digests


def code_again(body: bytes, message: Message, *, fitting: bool) -> bytes | None:
    """The body in the coding that the payload came in. `fitting`: and as long as that; None where that cannot be."""
    codings, old = content_codings(message.headers), message.payload
    if not codings or (decode_body(message)[0] == old and not old.startswith(_GZIP)):
        return body if len(body) == len(old) or not fitting else None  # also where the bytes are not in the coding that they name
    if len(codings) != 1:
        return None
    if codings[0] in PACKERS:  # no length can be met in these
        return None if fitting else PACKERS[codings[0]](body)
    if codings[0] != "deflate":
        return pack_gzip(body, len(old)) if fitting else pack_short(body, 31)
    try:
        zlib.decompressobj(15).decompress(old[:64])
    except zlib.error:
        return pack_deflate(body, len(old)) if fitting else pack_short(body, -15)
    return pack_zlib(body, len(old)) if fitting else pack_short(body, 15)


def _put(block: bytes, method: str, payload: bytes) -> bytes:
    """The HTTP message with another payload: head, chunk sizes and trailers stay, if it is as long as the old one."""
    stream, new, at = BytesIO(block), bytearray(block), 0
    try:
        head = read_head(stream)
    except DamagedRecord:  # all payload
        return payload
    body = stream.tell()
    places = [(stream.tell() - len(piece), stream.tell()) for piece in read_payload(stream, head, method=method)]
    if sum(end - start for start, end in places) != len(payload):
        return _put_longer(block[:body], payload)
    for start, end in places:
        new[start:end] = payload[at : at + end - start]
        at += end - start
    return bytes(new)


def _put_longer(head: bytes, payload: bytes) -> bytes:
    """The message with a payload of another length, as one chunk where it came in chunks."""
    if _CHUNKED.search(head):
        return head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(payload), payload)
    return _LENGTH.sub(b"\\g<1>%d" % len(payload), head) + payload


def _packed(member: Member, block: bytes, digests: tuple[str, str], *, strict: bool) -> bytes | None:
    """The record's member with another block."""
    head = _LENGTH.sub(b"\\g<1>%d" % len(block), member.head.replace(digests[0].encode(), digests[1].encode()))
    if named := member.field("WARC-Block-Digest"):
        head = head.replace(named.encode(), _digest_like(named, block).encode())
    packed = pack_gzip(head + block + _END, member.length, joint=len(head) + block.find(_END) + len(_END))
    if packed is None and not strict and member.field("WARC-Type") == "metadata":
        packed = pack_gzip(_BLOCK_DIGEST.sub(b"", head) + block + _END, member.length)
    return packed


def _payload_digest(group: Sequence[Member]) -> str:
    """The digest of the payload that the exchange names: of a chunked answer in its metadata record."""
    told = re.search(rb"^payload-digest:[ \t]*(\S+)", b"\n".join(one.block for one in group[1:]), re.MULTILINE)
    return group[0].field("WARC-Payload-Digest") or (told[1].decode() if told else "")


def _digest_like(named: str, content: bytes) -> str:
    """The digest of some bytes, by the algorithm and in the letters of another one."""
    algorithm, _, value = named.partition(":")
    digest = hashlib.new(algorithm.replace("-", "").lower(), content, usedforsecurity=False)
    return f"{algorithm}:{digest.hexdigest() if len(value) == 2 * digest.digest_size else _base32(digest.digest())}"


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode()
