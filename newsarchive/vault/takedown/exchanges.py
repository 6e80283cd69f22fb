"""The exchanges of a WARC file, as the bytes of their records: what is changed in place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.vault.members import Members
from newsarchive.vault.message import make_page

_FIELD = re.compile(rb"^([\w-]+):[ \t]*(.*?)\r?$", re.MULTILINE)
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Member:
    """A record in its gzip member: its head with the empty line behind it, and its block."""

    offset: int
    length: int
    head: bytes
    block: bytes

    def field(self, name: str) -> str:
        """A field of the head, "" where there is none."""
        wanted = name.lower().encode()
        return next((value.decode() for key, value in _FIELD.findall(self.head) if key.lower() == wanted), "")

    @property
    def record_id(self) -> str:
        return self.field("WARC-Record-ID").strip("<>")


def exchanges(file: BinaryIO) -> Iterator[list[Member] | DamagedRecord]:
    """The records of a WARC file in their order, those of one exchange together: the response first.

    Damage is given in its place, and passed by.
    """
    group: list[Member] = []
    for member in _members(file):
        if isinstance(member, Member) and group and member.field("WARC-Concurrent-To").strip("<>") == group[0].record_id:
            group.append(member)
            continue
        if group:
            yield group
        group = [member] if isinstance(member, Member) else []
        if isinstance(member, DamagedRecord):
            yield member
    if group:
        yield group


def _members(file: BinaryIO) -> Iterator[Member | DamagedRecord]:
    members, offset, size = Members(file.fileno()), 0, os.fstat(file.fileno()).st_size
    info_id = None
    while offset < size:
        try:
            content, length = members.take(offset)
        except DamagedRecord as damage:
            yield damage
            offset = members.behind(offset, size, info_id)
            continue
        head, empty, rest = content.partition(_END)
        member = Member(offset, length, head + empty, rest.removesuffix(_END))
        info_id = info_id or member.record_id
        yield member
        offset += length


def page_of(group: Sequence[Member]) -> Page:
    """The page of an exchange, as `vault.replay` makes it."""
    response = group[0]
    return make_page(
        response.block,
        url=response.field("WARC-Target-URI"),
        captured_at=datetime.fromisoformat(response.field("WARC-Date")).replace(tzinfo=UTC),
        record_id=response.record_id,
        request=next((one.block for one in group if one.field("WARC-Type") == "request"), b""),
    )
