"""One WARC record taken apart as fast as Python can: its fields, its block, its digests (WARC 1.1, sections 4 and 5).

What most records are is done in few steps. Where these do not lead to the digest that is named, the record is not wrong yet:
then `vault.replay` reads it, which knows all that servers send.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import get_args

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Truncated
from newsarchive.vault.message import read_head

_VERSIONS = {"WARC/1.1", "WARC/1.0"}
_END = b"\r\n\r\n"
_NAMES = (
    *("WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Block-Digest", "WARC-Payload-Digest"),
    *("WARC-Truncated", "WARC-Refers-To", "WARC-Concurrent-To", "Content-Length", "Content-Type"),
)
_HASHES: dict[str, Callable[..., hashlib._Hash]] = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "md5": hashlib.md5,
}
# Base32 in the digits of a number to the base 32, which Python reads at once.
_DIGITS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv0123456789abcdefghijklmnop"
)


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `fields` by their names as WARC 1.1 writes them."""

    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields["WARC-Type"]

    @property
    def id(self) -> str:
        return self.fields["WARC-Record-ID"].strip("<>")

    @property
    def url(self) -> str:
        return self.fields.get("WARC-Target-URI", "").strip("<>")  # 1.0 writes them in angle brackets

    @property
    def refers_to(self) -> str | None:
        return self.fields.get("WARC-Refers-To", "").strip("<>") or None

    @property
    def truncated(self) -> str | None:
        """Why an answer broke off, where the record says so in a word of the standard (5.15)."""
        named = self.fields.get("WARC-Truncated")
        return named if named in get_args(Truncated) else None

    @property
    def status(self) -> int | None:
        """The status of an answer; None where it names none."""
        if self.block[:7] == b"HTTP/1." and self.block[9:12].isdigit():
            return int(self.block[9:12]) or None
        try:
            return read_head(BytesIO(self.block)).status or None
        except DamagedRecord:
            return None


def parse(content: bytes, offset: int) -> Record:
    """The record in an unpacked member. Raises DamagedRecord if it is none, or has not the length it names."""
    end = content.find(_END)
    version, *lines = content[: max(end, 0)].decode("utf-8", "replace").split("\r\n")
    if version not in _VERSIONS:
        raise DamagedRecord(f"no WARC record at {offset}: it begins with {content[:20]!r}")
    fields = _fields(lines)
    size, start = fields.get("Content-Length", ""), end + len(_END)
    if not size.isdecimal() or content[start + int(size) :] != _END:
        raise DamagedRecord(f"the record at {offset} has not the length it names")
    if not fields.get("WARC-Type") or not fields.get("WARC-Record-ID") or not fields.get("WARC-Date"):
        raise DamagedRecord(f"the record at {offset} has no type, no id or no date")
    return Record(fields, content[start : start + int(size)])


def is_digest_of(named: str, content: bytes) -> bool:
    """Whether a digest in a record, `algorithm:value` in Base32 or hexadecimal, is that of the content; true of unknown ones."""
    algorithm, _, value = named.partition(":")
    make = _HASHES.get(algorithm.lower())
    if make is None:
        return True
    digest = make(content, usedforsecurity=False).digest()
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    spare = -8 * len(digest) % 5  # bits that fill the last sign
    try:
        return int(value.rstrip("=").translate(_DIGITS), 32) == int.from_bytes(digest) << spare
    except ValueError:
        return False


def payload_of(block: bytes) -> bytes:
    """The entity body of an answer to a plain GET, sent whole or in plain chunks."""
    start = block.find(_END) + len(_END)
    return block[start:] if b"chunked" not in block[:start].lower() else _unchunked(block, start)


def _unchunked(block: bytes, start: int) -> bytes:
    """What stands in chunks (RFC 9112, section 7.1) up to the empty one, or to what is none."""
    pieces = []
    while (line := block.find(b"\r\n", start)) > start and (digits := block[start:line]).isalnum():
        try:
            size = int(digits, 16)
        except ValueError:
            break
        if not size:
            break
        pieces.append(block[line + 2 : line + 2 + size])
        start = line + 2 + size + 2
    return b"".join(pieces)


def _fields(lines: list[str]) -> dict[str, str]:
    """The first of each field; names in any case and odd spaces are brought into form where they are met."""
    try:
        fields = dict([line.split(": ", 1) for line in reversed(lines)])
    except ValueError:
        fields = {}
    if "Content-Length" in fields and "WARC-Type" in fields:
        return fields
    split = (line.partition(":") for line in reversed(lines))
    known = {name.lower(): name for name in _NAMES}
    return {known.get(name.lower(), name): value.strip() for name, _, value in split}
