"""The way back: from a WARC file's records to the pages, captures and notes of the crawl that wrote them.

Every record is one gzip member (WARC 1.1, Annex D). A member is taken out whole by its place, and warcio reads the record
in it; warcio's own iterator takes a cut record for a short one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, get_args

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page, Purpose
from newsarchive.vault.exchange import Capture, Truncated
from newsarchive.vault.message import make_page, media_type, parse_any, split_request
from newsarchive.vault.warc import JSON, NOTE_URI, WARC_FIELDS, sha1
from newsarchive.vault.warcfile import OPEN

_STEP = 1 << 15
_LARGEST_RECORD = 512 << 20  # unpacked; a capture is at most 64 MiB by default, and a lying member must not fill the memory
_GZIP = 31
_CAPTURES = {"response", "revisit"}


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
class _Record:
    """One record, taken out of its gzip member."""

    kind: str
    fields: StatusAndHeaders
    date: datetime
    block: bytes
    offset: int
    length: int

    def field(self, name: str) -> str | None:
        value: str | None = self.fields.get_header(name)
        return value

    @property
    def record_id(self) -> str:
        return (self.field("WARC-Record-ID") or "").strip("<>")

    def tied_to(self, other: _Record) -> bool:
        return self.kind in {"request", "metadata"} and (self.field("WARC-Concurrent-To") or "").strip("<>") == other.record_id

    def block_intact(self) -> bool:
        return self.field("WARC-Block-Digest") in {None, sha1([self.block])[0]}


def read_warc(path: Path) -> Iterator[CrawlInfo | Kept | Note]:
    """What a file holds, in its order; one exchange at a time is in memory. The file may still be `.open`.

    Raises DamagedRecord behind the last whole record if something is there that is none.
    """
    warc = path.name.removesuffix(OPEN)
    damage: DamagedRecord | None = None
    group: list[_Record] = []
    with path.open("rb") as file:
        records = _records(file)
        while True:
            try:
                record = next(records, None)
            except DamagedRecord as error:
                record, damage = None, error
            if group and not (record and record.tied_to(group[0])):
                yield _kept(group, warc)
                group = []
            if record is None:
                break
            if record.kind in _CAPTURES or group:
                group.append(record)
            elif record.kind == "warcinfo":
                yield CrawlInfo(warc_fields(record.block), warc, record.date)
            elif (record.field("WARC-Target-URI") or "").startswith(NOTE_URI):
                yield _note(record)
    if damage:
        raise DamagedRecord(f"{path}: {damage}")


def page_at(folder: Path, warc: str, offset: int, length: int) -> Page:
    """The page of the capture that stands at this place of the file `warc` in `folder`, closed or still open.

    Raises DamagedRecord if there is no such file, or no whole record of a capture just there, or not with its own bytes.
    """
    try:
        with _open(folder, warc) as file:
            response = _record_at(file, offset)
            if response is None or response.length != length or response.kind not in _CAPTURES:
                raise DamagedRecord(f"no capture of {length} bytes")
            if not response.block_intact():
                raise DamagedRecord("the record's bytes are not those of its digest")
            return _page([response, *_siblings(file, response)])
    except DamagedRecord as error:
        raise DamagedRecord(f"{warc} at {offset}: {error}") from error


def payload_at(path: Path, offset: int) -> bytes:
    """The payload of the answer whose record stands at this place, as its request tells it: that of a HEAD is empty."""
    with path.open("rb") as file:
        response = _record_at(file, offset)
        if response is None:
            raise DamagedRecord(f"no record at {offset}")
        method, _ = split_request(_request([response, *_siblings(file, response)]))
        return parse_any(response.block, method=method).payload


def whole_part(path: Path) -> tuple[int, int]:
    """The bytes and records of a file up to the end of its last whole exchange (or note): its metadata record comes last."""
    end = records = 0
    with path.open("rb") as file, suppress(DamagedRecord):
        for count, record in enumerate(_records(file), 1):
            if record.kind in {"warcinfo", "metadata"}:
                end, records = record.offset + record.length, count
    return end, records


def _open(folder: Path, warc: str) -> BinaryIO:
    """A file by its final name; it may be renamed while it is looked for."""
    if not warc.endswith(".warc.gz") or "/" in warc or "\x00" in warc:
        raise DamagedRecord("not the name of a WARC")
    for name in (warc, warc + OPEN, warc):
        with suppress(FileNotFoundError):
            return (folder / name).open("rb")
    raise DamagedRecord("there is no such file")


def _records(file: BinaryIO) -> Iterator[_Record]:
    offset = 0
    while record := _record_at(file, offset):
        yield record
        offset = record.offset + record.length


def _siblings(file: BinaryIO, response: _Record) -> Iterator[_Record]:
    offset = response.offset + response.length
    while (record := _record_at(file, offset)) and record.tied_to(response):
        yield record
        offset = record.offset + record.length


def _record_at(file: BinaryIO, offset: int) -> _Record | None:
    """The record whose gzip member begins at `offset`; None at the end of the file. Raises DamagedRecord."""
    content, length = _member(file, offset)
    if not length:
        return None
    stream = BytesIO(content)
    try:
        record = ArcWarcRecordLoader().parse_record_stream(stream, known_format="warc", no_record_parse=True)
        size = int(record.rec_headers.get_header("Content-Length"))
        date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).replace(tzinfo=UTC)  # WARC 1.1, section 5.4
    except (ArchiveLoadFailed, EOFError, TypeError, ValueError) as error:
        raise DamagedRecord(f"no WARC record at {offset}: {error!r}") from error
    start = stream.tell()
    if not record.rec_type or not record.rec_headers.get_header("WARC-Record-ID"):
        raise DamagedRecord(f"the record at {offset} has no type or no id")
    if size < 0 or content[start + size :] != b"\r\n\r\n":
        raise DamagedRecord(f"the record at {offset} has not the length it names")
    return _Record(record.rec_type, record.rec_headers, date, content[start : start + size], offset, length)


def _member(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """A gzip member unpacked, and its length in the file; empty at the end of the file. Raises DamagedRecord."""
    decoder, content, read = zlib.decompressobj(_GZIP), bytearray(), 0
    try:
        file.seek(offset)
        while not decoder.eof:
            piece = file.read(_STEP)
            if not piece:
                break
            read += len(piece)
            content += decoder.decompress(piece)
            if len(content) > _LARGEST_RECORD:
                raise DamagedRecord(f"the record at {offset} unpacks to more than {_LARGEST_RECORD} bytes")
    except (zlib.error, ValueError, OSError) as error:
        raise DamagedRecord(f"no gzip member at {offset}: {error}") from error
    if read and not decoder.eof:
        raise DamagedRecord(f"the record at {offset} is cut")
    return bytes(content), read - len(decoder.unused_data)


def _kept(group: list[_Record], warc: str) -> Kept:
    """An exchange from its records: the response first, then what is tied to it."""
    response, told, page = group[0], _told(group), _page(group)
    message = parse_any(response.block, method=page.method)
    digest, size = sha1([message.payload])
    named = response.field("WARC-Payload-Digest") or told.get("payload-digest")
    truncated: Truncated | None = next((word for word in get_args(Truncated) if word == response.field("WARC-Truncated")), None)
    purpose: Purpose = next((word for word in get_args(Purpose) if word == told.get("purpose")), "other")
    capture = Capture(
        record_id=response.record_id,
        url=page.url,
        captured_at=page.captured_at,
        status=message.status or None,
        mime=media_type(message.headers),
        record_type=response.kind,
        purpose=purpose,
        payload_digest=named or digest,
        payload_bytes=size,
        truncated=truncated,
        revisit_of=(response.field("WARC-Refers-To") or "").strip("<>") or None,
        warc=warc,
        offset=response.offset,
        length=response.length,
    )
    intact = all(record.block_intact() for record in group) and (response.kind == "revisit" or named in {None, digest})
    return Kept(capture, page, told.get("via"), told.get("hopsFromSeed"), intact)


def _page(group: list[_Record]) -> Page:
    response = group[0]
    url, record_id = response.field("WARC-Target-URI") or "", response.record_id
    return make_page(response.block, url=url, captured_at=response.date, record_id=record_id, request=_request(group))


def _request(group: list[_Record]) -> bytes:
    return next((record.block for record in group if record.kind == "request"), b"")


def _told(group: list[_Record]) -> dict[str, str]:
    """What the metadata record of an exchange says of it."""
    told = (r.block for r in group if r.kind == "metadata" and (r.field("Content-Type") or "").startswith(WARC_FIELDS))
    return warc_fields(next(told, b""))


def _note(record: _Record) -> Note:
    try:
        value = json.loads(record.block)
    except ValueError as error:
        raise DamagedRecord(f"the note at {record.offset} is no {JSON}") from error
    return Note((record.field("WARC-Target-URI") or "").removeprefix(NOTE_URI), value, record.date)


def warc_fields(block: bytes) -> dict[str, str]:
    """The fields of an application/warc-fields block."""
    split = (line.partition(":") for line in block.decode("utf-8", "replace").split("\r\n"))
    return {name: value.strip() for name, colon, value in split if colon}
