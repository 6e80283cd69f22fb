"""The way back: from a WARC file's records to the pages, captures and notes of the crawl that wrote them.

Every record is one gzip member (WARC 1.1, Annex D), which is taken out whole by its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, get_args

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page, Purpose
from newsarchive.vault.exchange import Capture
from newsarchive.vault.members import Members
from newsarchive.vault.message import LARGEST, Message, media_type, page_of, parse_any, redirect_of, split_request
from newsarchive.vault.record import NOT_MODIFIED, Record, is_digest_of, warc_fields
from newsarchive.vault.revisit import page_again, place_of
from newsarchive.vault.through import take
from newsarchive.vault.warc import JSON, NOTE_URI, WARC_FIELDS, sha1
from newsarchive.vault.warcfile import OPEN

_CAPTURES = {"response", "revisit"}
_HELD = LARGEST + (1 << 20)  # bytes of a record that is held: what is read, and the fields before it


@dataclass(frozen=True, slots=True)
class CrawlInfo:
    """A file's warcinfo: what its crawl says of itself. `warc` is the file's final name."""

    fields: dict[str, str]
    warc: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture with all that was kept around it. `intact` is False when a digest in the record is not that of its bytes."""

    capture: Capture
    page: Page
    via: str | None
    hop: str | None
    intact: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What the crawl noted about itself: outcomes, its end."""

    kind: str
    value: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file: the exchanges and notes that begin between two of its members. `info_id` is its warcinfo record's."""

    path: Path
    start: int
    end: int
    info_id: str | None


def spans(path: Path, size: int) -> Iterator[Span]:
    """A file in parts of about `size` bytes, for several to read at once. One whose records name no warcinfo is one part."""
    info_id, end = info_id_of(path), path.stat().st_size
    with path.open("rb") as file:
        members, start = Members(file.fileno()), 0
        while start < end:
            after = members.next_one(start + size, end, info_id) if info_id and start + size < end else end
            yield Span(path, start, after, info_id)
            start = after


def info_id_of(path: Path) -> str | None:
    """The id of the warcinfo record with which a file begins; None if it begins with another, or with none."""
    with suppress(DamagedRecord), path.open("rb") as file:
        record = take(Members(file.fileno()), 0)
        return record.id if record and record.kind == "warcinfo" else None
    return None


def read_span(span: Span) -> Iterator[CrawlInfo | Kept | Note | DamagedRecord]:
    """What begins in this part of a file, in its order; one exchange at a time is in memory. Damage is told, and passed by."""
    warc, size, place = span.path.name.removesuffix(OPEN), span.path.stat().st_size, span.start
    group: list[Record] = []
    with span.path.open("rb") as file:
        members = Members(file.fileno())
        while place < span.end or group:
            damage, record = None, None
            try:
                record = take(members, place, most=_HELD)
            except DamagedRecord as error:
                damage = error
            if record and group and record.tied_to(group[0]):
                group.append(record)
                place += record.length
                continue
            if group:
                yield _kept(group, warc, span.path.parent)
                group = []
            if damage and place < span.end:
                yield damage
                place = members.next_one(place, size, span.info_id)
            elif record is None or place >= span.end:
                return
            else:
                if record.kind in _CAPTURES:
                    group = [record]
                elif record.kind == "warcinfo":
                    yield CrawlInfo(warc_fields(record.block), warc, record.date)
                elif record.url.startswith(NOTE_URI):
                    yield _note(record)
                place += record.length


def read_warc(path: Path) -> Iterator[CrawlInfo | Kept | Note]:
    """What a file holds, in its order; one exchange at a time is in memory. The file may still be `.open`.

    Raises DamagedRecord behind the last record before the first damage.
    """
    for found in read_span(Span(path, 0, path.stat().st_size, None)):
        if isinstance(found, DamagedRecord):
            raise DamagedRecord(f"{path}: {found}") from found
        yield found


def page_at(folder: Path, warc: str, offset: int, length: int) -> Page:
    """The page of the capture that stands at this place of the file `warc` in `folder`, closed or still open.

    Raises DamagedRecord if there is no such file, or no whole record of a capture just there, or not with its own bytes.
    """
    group = _capture_at(folder, warc, offset, length)
    return _page_again(group, folder) or _message(group)[1]


def page_seen_again(folder: Path, revisit: tuple[str, int, int], original: tuple[str, int, int]) -> Page:
    """The page of another program's revisit: what the original shows, at the time of the revisit. Raises DamagedRecord.

    Of both, the file, the offset and the length.
    """
    again, first = _capture_at(folder, *revisit), _capture_at(folder, *original)
    return page_again(NOT_MODIFIED, *_message(again), _message(first))  # many keep no head that would be today's


def kept_at(folder: Path, warc: str, offset: int, length: int) -> tuple[Kept, list[Record]]:
    """The capture at this place with all that was kept around it, and its records; raises DamagedRecord as `page_at` does."""
    group = _capture_at(folder, warc, offset, length)
    return _kept(group, warc, folder), group


def raw_exchange(folder: Path, warc: str, offset: int) -> list[tuple[Record, bytes]]:
    """The records of the exchange at this place (or the one record there that begins none), each with its gzip member as it
    stands in the file. Raises DamagedRecord."""
    with opened(folder, warc) as file:
        group = _exchange(Members(file.fileno()), offset)
        return [(record, os.pread(file.fileno(), record.length, record.offset)) for record in group]


def payload_at(folder: Path, warc: str, offset: int) -> bytes:
    """The payload of the answer whose record stands at this place, as its request tells it: that of a HEAD is empty.

    Raises DamagedRecord, also where it is too large to be held.
    """
    with opened(folder, warc) as file:
        group = _exchange(Members(file.fileno()), offset)
    if group[0].through:
        raise DamagedRecord(f"the payload at {offset} of {warc} is too large to be held")
    return _message(group)[0].payload


def whole_part(path: Path) -> tuple[int, int]:
    """The bytes and records of a file up to the end of its last whole exchange (or note): its metadata record comes last."""
    end = records = place = count = 0
    with path.open("rb") as file, suppress(DamagedRecord):
        members = Members(file.fileno())
        while record := take(members, place):
            place, count = place + record.length, count + 1
            if record.kind in {"warcinfo", "metadata"}:
                end, records = place, count
    return end, records


def opened(folder: Path, warc: str) -> BinaryIO:
    """A file by its final name; it may be renamed while it is looked for."""
    if not warc.endswith(".warc.gz") or "/" in warc or "\x00" in warc:
        raise DamagedRecord("not the name of a WARC")
    for name in (warc, warc + OPEN, warc):
        with suppress(FileNotFoundError):
            return (folder / name).open("rb")
    raise DamagedRecord("there is no such file")


def _capture_at(folder: Path, warc: str, offset: int, length: int) -> list[Record]:
    """The records of the capture of this length at this place."""
    try:
        with opened(folder, warc) as file:
            response, *siblings = _exchange(Members(file.fileno()), offset)
            if response.length != length or response.kind not in _CAPTURES:
                raise DamagedRecord(f"no capture of {length} bytes")
            if not response.block_intact():
                raise DamagedRecord("the record's bytes are not those of its digest")
            return [response, *siblings]
    except DamagedRecord as error:
        raise DamagedRecord(f"{warc} at {offset}: {error}") from error


def _exchange(members: Members, offset: int) -> list[Record]:
    """The record at this place, and those that are tied to it. Raises DamagedRecord."""
    first = take(members, offset, most=_HELD)
    if first is None:
        raise DamagedRecord("the file ends before it")
    group, place = [first], offset + first.length
    while (record := take(members, place, most=_HELD)) and record.tied_to(first):
        group.append(record)
        place += record.length
    return group


def _page_again(group: list[Record], folder: Path) -> Page | None:
    """The page of a revisit of ours; None for all else. Raises DamagedRecord where what it refers to is not there, or damaged."""
    revisit, place = group[0], place_of(_told(group))
    if revisit.kind != "revisit" or place is None:
        return None
    with opened(folder, place.warc) as file:
        original = _exchange(Members(file.fileno()), place.offset)
    if original[0].id != revisit.refers_to or not original[0].block_intact():
        raise DamagedRecord(f"it refers to {revisit.refers_to}, which is not whole at {place.offset} of {place.warc}")
    return page_again(revisit.fields.get("WARC-Profile", ""), *_message(group), _message(original))


def _kept(group: list[Record], warc: str, folder: Path) -> Kept:
    """An exchange from its records: the response first, then what is tied to it."""
    response, told = group[0], _told(group)
    message, page = _message(group)
    through = response.through
    digest, size = (through.payload.sha1, through.payload.size) if through else sha1([message.payload])
    place = place_of(told) if response.kind == "revisit" else None
    named = response.fields.get("WARC-Payload-Digest") or told.get("payload-digest")
    agreed = response.kind == "revisit" or named is None or _is_payload(named, response, message)
    if not agreed and _is_body(named or "", response):
        agreed, named = True, digest  # other tools take the digest of the chunks (docs/decisions/0003)
    intact = all(record.block_intact() for record in group) and agreed
    try:
        page = _page_again(group, folder) or page
    except DamagedRecord:
        intact = False
    purpose: Purpose = next((word for word in get_args(Purpose) if word == told.get("purpose")), "other")
    capture = Capture(
        record_id=response.id,
        url=page.url,
        captured_at=page.captured_at,
        status=message.status or None,
        mime=media_type(message.headers),
        record_type=response.kind,
        purpose=purpose,
        payload_digest=named or digest,
        payload_bytes=place.payload_bytes if place else size,
        truncated=response.truncated,
        revisit_of=response.refers_to,
        location=redirect_of(message.status, message.headers, page.url),
        warc=warc,
        offset=response.offset,
        length=response.length,
    )
    return Kept(capture, page, told.get("via"), told.get("hopsFromSeed"), intact)


def _is_payload(named: str, response: Record, message: Message) -> bool:
    return response.through.payload.is_of(named) if response.through else is_digest_of(named, message.payload)


def _is_body(named: str, response: Record) -> bool:
    """Whether this is the digest of all that stands behind the answer's head."""
    body = response.through.body if response.through else None
    return body.is_of(named) if body else is_digest_of(named, response.block.partition(b"\r\n\r\n")[2])


def _message(group: list[Record]) -> tuple[Message, Page]:
    """An answer taken apart, and the page in it; of one that was read through there is no more than its head."""
    response = group[0]
    method, body = split_request(next((record.block for record in group if record.kind == "request"), b""))
    message = parse_any(response.block, method=method)
    if response.through:
        message = replace(message, whole=False)
    return message, page_of(message, method, body, url=response.url, captured_at=response.date, record_id=response.id)


def _told(group: list[Record]) -> dict[str, str]:
    """What the metadata record of an exchange says of it."""
    told = (r.block for r in group if r.kind == "metadata" and r.fields.get("Content-Type", "").startswith(WARC_FIELDS))
    return warc_fields(next(told, b""))


def _note(record: Record) -> Note | DamagedRecord:
    try:
        value = json.loads(record.block)
    except ValueError:
        return DamagedRecord(f"the note at {record.offset} is no {JSON}")
    return Note(record.url.removeprefix(NOTE_URI), value, record.date)
