"""Payloads found in few steps, as most answers allow (WARC 1.1, section 5.9).

Where these steps do not lead to the digest that is named, nothing is wrong yet: `vault.replay` knows all that servers send.
"""

from __future__ import annotations

from io import BytesIO

from newsarchive.errors import DamagedRecord
from newsarchive.vault.message import read_head

_END = b"\r\n\r\n"


def payload_of(block: bytes) -> bytes:
    """The entity body of an answer to a plain GET, sent whole or in plain chunks."""
    start = block.find(_END) + len(_END)
    return block[start:] if b"chunked" not in block[:start].lower() else _unchunked(block, start)


def status_of(block: bytes) -> int | None:
    """The status of an answer; None where it names none."""
    if block[:7] == b"HTTP/1." and block[9:12].isdigit() and _END in block:
        return int(block[9:12]) or None
    try:
        return read_head(BytesIO(block)).status or None
    except DamagedRecord:
        return None


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
