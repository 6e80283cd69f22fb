"""Put another body of the same length into a kept exchange: each record keeps its length, and its gzip member keeps its own."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Sequence
from io import BytesIO

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchanges import Member
from newsarchive.vault.message import Message, content_codings, read_head, read_payload
from newsarchive.vault.packing import pack_deflate, pack_gzip, pack_zlib

_END = b"\r\n\r\n"
_BLOCK_DIGEST = re.compile(rb"^WARC-Block-Digest:[^\r]*\r\n", re.MULTILINE | re.IGNORECASE)

Pieces = tuple[tuple[int, bytes], ...]


def refit(group: Sequence[Member], method: str, old: bytes, payload: bytes) -> tuple[Pieces, tuple[str, str]] | None:
    """The exchange with another payload instead of `old`: its new bytes by their offset in the file, and its payload digest
    before and after. None where a record cannot be packed into the room that it has.
    """
    named = _payload_digest(group) or f"sha1:{_base32(hashlib.sha1(old, usedforsecurity=False).digest())}"
    digests = (named, _digest_like(named, payload))
    block = _put(group[0].block, method, payload)
    pieces = []
    for member in group:
        new = block if member is group[0] else member.block.replace(digests[0].encode(), digests[1].encode())
        if new != member.block:
            packed = _packed(member, new, digests)
            if packed is None:
                return None
            pieces.append((member.offset, packed))
    return tuple(pieces), digests


def code_again(body: bytes, message: Message) -> bytes | None:
    """The body in the coding that the payload came in, and as long as that; None where that cannot be."""
    codings, old = content_codings(message.headers), message.payload
    if len(body) == len(old) and not old.startswith(b"\x1f\x8b"):
        return body  # also where the header names a coding that the bytes do not have
    if len(codings) != 1:
        return None
    if codings[0] != "deflate":
        return pack_gzip(body, len(old))
    try:
        zlib.decompressobj(15).decompress(old[:64])
    except zlib.error:
        return pack_deflate(body, len(old))
    return pack_zlib(body, len(old))


def _put(block: bytes, method: str, payload: bytes) -> bytes:
    """The HTTP message with another payload: head, chunk sizes and trailers stay."""
    stream, new, at = BytesIO(block), bytearray(block), 0
    try:
        head = read_head(stream)
    except DamagedRecord:  # all payload
        return payload
    for piece in read_payload(stream, head, method=method):
        end = stream.tell()
        new[end - len(piece) : end] = payload[at : at + len(piece)]
        at += len(piece)
    return bytes(new)


def _packed(member: Member, block: bytes, digests: tuple[str, str]) -> bytes | None:
    """The record's member with another block. A small record that has no room loses its block digest, which is optional (5.8)."""
    head = member.head.replace(digests[0].encode(), digests[1].encode())
    if named := member.field("WARC-Block-Digest"):
        head = head.replace(named.encode(), _digest_like(named, block).encode())
    packed = pack_gzip(head + block + _END, member.length, joint=len(head) + block.find(_END) + len(_END))
    if packed is None and member.field("WARC-Type") == "metadata":
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
