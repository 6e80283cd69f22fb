"""The way back: from a WARC file's records to the pages, captures and notes of the crawl that wrote them.

Every record is one gzip member (WARC 1.1, Annex D), which is taken out whole by its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.vault.kept import HELD, Kept, exchange_at, kept_of, message_of, opened, page_of_revisit
from newsarchive.vault.members import Members
from newsarchive.vault.record import NOT_MODIFIED, Record, warc_fields
from newsarchive.vault.revisit import page_again
from newsarchive.vault.through import take
from newsarchive.vault.warc import JSON, NOTE_URI
from newsarchive.vault.warcfile import OPEN

_CAPTURES = {"response", "revisit"}
OURS = {"crawl-kind", "newsarchive-profile"}  # what only our own files say of themselves, and a rebuild takes at its word


@dataclass(frozen=True, slots=True)
class CrawlInfo:
    """A file's warcinfo: what its crawl says of itself. `warc` is the file's final name."""

    fields: dict[str, str]
    warc: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What the crawl noted about itself: outcomes, its end."""

    kind: str
    value: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file: the exchanges and notes that begin between two of its members. `info_id` is its warcinfo record's.

    What others' files note of a crawl of ours is not even parsed (`ours`).
    """

    path: Path
    start: int
    end: int
    info_id: str | None
    ours: bool = True


def spans(path: Path, size: int) -> Iterator[Span]:
    """A file in parts of about `size` bytes, for several to read at once. One whose records name no warcinfo is one part."""
    info_id, end = info_id_of(path), path.stat().st_size
    ours = bool((info := info_of(path)) and OURS & info.fields.keys())
    with path.open("rb") as file:
        members, start = Members(file.fileno()), 0
        while start < end:
            after = members.next_one(start + size, end, info_id) if info_id and start + size < end else end
            yield Span(path, start, after, info_id, ours)
            start = after


def info_of(path: Path) -> CrawlInfo | None:
    """The warcinfo record with which a file begins; None if it begins with another, or with damage.

    By it alone a file is known as ours: what stands behind it, as somebody may have put it there, claims nothing.
    """
    record = _first(path)
    if record is None or record.kind != "warcinfo":
        return None
    return CrawlInfo(warc_fields(record.block), path.name.removesuffix(OPEN), record.date)


def info_id_of(path: Path) -> str | None:
    """The id of the warcinfo record with which a file begins; None if it begins with another, or with none."""
    record = _first(path)
    return record.id if record and record.kind == "warcinfo" else None


def _first(path: Path) -> Record | None:
    with suppress(DamagedRecord), path.open("rb") as file:
        return take(Members(file.fileno()), 0)
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
                record = take(members, place, most=HELD)
            except DamagedRecord as error:
                damage = error
            if record and group and record.tied_to(group[0]):
                group.append(record)
                place += record.length
                continue
            if group:
                yield kept_of(group, warc, span.path.parent)
                group = []
            if damage and place < span.end:
                after = members.behind(place, size, span.info_id)
                yield DamagedRecord(f"{damage}; no member is found behind it") if after == size else damage
                place = after
            elif record is None or place >= span.end:
                return
            else:
                if record.kind in _CAPTURES:
                    group = [record]
                elif record.kind == "warcinfo":
                    yield CrawlInfo(warc_fields(record.block), warc, record.date)
                elif span.ours and record.url.startswith(NOTE_URI):
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
    return page_of_revisit(group, folder) or message_of(group)[1]


def page_seen_again(folder: Path, revisit: tuple[str, int, int], original: tuple[str, int, int]) -> Page:
    """The page of another program's revisit: what the original shows, at the time of the revisit. Raises DamagedRecord.

    Of both, the file, the offset and the length.
    """
    again, first = _capture_at(folder, *revisit), _capture_at(folder, *original)
    return page_again(NOT_MODIFIED, *message_of(again), message_of(first))  # many keep no head that would be today's


def kept_at(folder: Path, warc: str, offset: int, length: int) -> tuple[Kept, list[Record]]:
    """The capture at this place with all that was kept around it, and its records; raises DamagedRecord as `page_at` does."""
    group = _capture_at(folder, warc, offset, length)
    return kept_of(group, warc, folder), group


def raw_exchange(folder: Path, warc: str, offset: int) -> list[tuple[Record, bytes]]:
    """The records of the exchange at this place (or the one record there that begins none), each with its gzip member as it
    stands in the file. Raises DamagedRecord."""
    with opened(folder, warc) as file:
        group = exchange_at(Members(file.fileno()), offset)
        return [(record, os.pread(file.fileno(), record.length, record.offset)) for record in group]


def payload_at(folder: Path, warc: str, offset: int) -> bytes:
    """The payload of the answer whose record stands at this place, as its request tells it: that of a HEAD is empty.

    Raises DamagedRecord, also where it is too large to be held.
    """
    with opened(folder, warc) as file:
        group = exchange_at(Members(file.fileno()), offset)
    if group[0].through:
        raise DamagedRecord(f"the payload at {offset} of {warc} is too large to be held")
    return message_of(group)[0].payload


def whole_part(path: Path, *, known: int = 0) -> tuple[int, int]:
    """The bytes and records of a file up to the end of its last whole exchange (or note): its metadata record comes last.

    Where records are known behind it that are whole, though their exchange is not, up to the end of the last whole record.
    """
    end = records = place = count = 0
    with path.open("rb") as file, suppress(DamagedRecord):
        members = Members(file.fileno())
        while record := take(members, place):
            place, count = place + record.length, count + 1
            if record.kind in {"warcinfo", "metadata"}:
                end, records = place, count
    return (place, count) if end < known <= place else (end, records)


def _capture_at(folder: Path, warc: str, offset: int, length: int) -> list[Record]:
    """The records of the capture of this length at this place."""
    try:
        with opened(folder, warc) as file:
            response, *siblings = exchange_at(Members(file.fileno()), offset)
            if response.length != length or response.kind not in _CAPTURES:
                raise DamagedRecord(f"no capture of {length} bytes")
            if not response.block_intact():
                raise DamagedRecord("the record's bytes are not those of its digest")
            return [response, *siblings]
    except DamagedRecord as error:
        raise DamagedRecord(f"{warc} at {offset}: {error}") from error


def _note(record: Record) -> Note | DamagedRecord:
    try:
        value = json.loads(record.block)
    except (ValueError, RecursionError):
        return DamagedRecord(f"the note at {record.offset} is no {JSON}")
    return Note(record.url.removeprefix(NOTE_URI), value, record.date)
