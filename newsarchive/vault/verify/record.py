"""One WARC record taken apart as fast as Python can: its fields, its block, its digests (WARC 1.1, sections 4 and 5)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import get_args

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Truncated
from newsarchive.vault.message import read_head, read_payload

_VERSIONS = {b"WARC/1.1", b"WARC/1.0"}
_END = b"\r\n\r\n"
_ALGORITHMS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}  # and how many bytes their digests have


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `fields` by lower-case name, the first of each."""

    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "")

    @property
    def id(self) -> str:
        return self.fields.get("warc-record-id", "").strip("<>")

    @property
    def url(self) -> str:
        return self.fields.get("warc-target-uri", "").strip("<>")  # 1.0 writes them in angle brackets

    @property
    def truncated(self) -> str | None:
        """Why an answer broke off, where the record says so in a word of the standard (5.15)."""
        named = self.fields.get("warc-truncated")
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
    version, *lines = content[: max(end, 0)].split(b"\r\n")
    if version not in _VERSIONS:
        raise DamagedRecord(f"no WARC record at {offset}: it begins with {content[:20]!r}")
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.lower(), value.strip())
    size, start = fields.get("content-length", ""), end + len(_END)
    if not size.isdecimal() or content[start + int(size) :] != _END:
        raise DamagedRecord(f"the record at {offset} has not the length it names")
    if not fields.get("warc-type") or not fields.get("warc-record-id") or not fields.get("warc-date"):
        raise DamagedRecord(f"the record at {offset} has no type, no id or no date")
    return Record(fields, content[start : start + int(size)])


def is_digest_of(named: str, content: bytes) -> bool:
    """Whether a digest in a record, `algorithm:value` in Base32 or hexadecimal, is that of the content; true of unknown ones."""
    algorithm, _, value = named.partition(":")
    size = _ALGORITHMS.get(algorithm.lower())
    if size is None:
        return True
    digest = hashlib.new(algorithm.lower(), content, usedforsecurity=False).digest()
    return value.lower() == digest.hex() if len(value) == 2 * size else value.upper() == base64.b32encode(digest).decode()


def payload_of(block: bytes) -> bytes:
    """The entity body of an answer to a plain GET, which most are; other answers want their request (`replay.payload_at`)."""
    start = block.find(_END)
    if start >= 0 and b"transfer-encoding" not in block[:start].lower():
        return block[start + len(_END) :]
    stream = BytesIO(block)
    try:
        return b"".join(read_payload(stream, read_head(stream)))
    except DamagedRecord:
        return block
