"""An exchange put together again from its records: the capture, the page in it, and what was kept around it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, get_args

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page, Purpose
from newsarchive.vault.exchange import Capture
from newsarchive.vault.members import Members
from newsarchive.vault.message import LARGEST, Message, media_type, page_of, parse_any, redirect_of, split_request
from newsarchive.vault.record import Record, is_digest_of, warc_fields
from newsarchive.vault.revisit import page_again, place_of
from newsarchive.vault.through import take
from newsarchive.vault.warc import WARC_FIELDS, sha1
from newsarchive.vault.warcfile import OPEN

_LONGEST_NAME = 250  # bytes; a file system has 255, and `.open` may follow
HELD = LARGEST + (1 << 20)  # bytes of a record that is held: what is read, and the fields before it


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture with all that was kept around it. `intact` is False when a digest in the record is not that of its bytes."""

    capture: Capture
    page: Page
    via: str | None
    hop: str | None
    intact: bool


def opened(folder: Path, warc: str) -> BinaryIO:
    """A file by its final name; it may be renamed while it is looked for."""
    if not warc.endswith(".warc.gz") or "/" in warc or "\x00" in warc or len(warc.encode()) > _LONGEST_NAME:
        raise DamagedRecord("not the name of a WARC")
    for name in (warc, warc + OPEN, warc):
        with suppress(FileNotFoundError):
            return (folder / name).open("rb")
    raise DamagedRecord("there is no such file")


def exchange_at(members: Members, offset: int) -> list[Record]:
    """The record at this place, and those that are tied to it, up to the first damage. Raises DamagedRecord for its own."""
    first = take(members, offset, most=HELD)
    if first is None:
        raise DamagedRecord("the file ends before it")
    group, place = [first], offset + first.length
    with suppress(DamagedRecord):
        while (record := take(members, place, most=HELD)) and record.tied_to(first):
            group.append(record)
            place += record.length
    return group


def kept_of(group: list[Record], warc: str, folder: Path) -> Kept:
    """An exchange from its records: the response first, then what is tied to it."""
    response, told = group[0], told_of(group)
    message, page = message_of(group)
    through = response.through
    digest, size = (through.payload.sha1, through.payload.size) if through else sha1([message.payload])
    place = place_of(told) if response.kind == "revisit" else None
    named = response.fields.get("WARC-Payload-Digest") or told.get("payload-digest")
    agreed = response.kind == "revisit" or named is None or _is_payload(named, response, message)
    if not agreed and _is_body(named or "", response):
        agreed, named = True, digest  # other tools take the digest of the chunks (docs/decisions/0003)
    intact = all(record.block_intact() for record in group) and agreed
    try:
        page = page_of_revisit(group, folder) or page
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


def message_of(group: list[Record]) -> tuple[Message, Page]:
    """An exchange's answer taken apart, and the page in it; of one that was read through there is no more than its head."""
    response = group[0]
    method, body = split_request(next((record.block for record in group if record.kind == "request"), b""))
    message = parse_any(response.block, method=method)
    if response.through:
        message = replace(message, whole=False)
    return message, page_of(message, method, body, url=response.url, captured_at=response.date, record_id=response.id)


def told_of(group: list[Record]) -> dict[str, str]:
    """What the metadata record of an exchange says of it."""
    told = (r.block for r in group if r.kind == "metadata" and r.fields.get("Content-Type", "").startswith(WARC_FIELDS))
    return warc_fields(next(told, b""))


def page_of_revisit(group: list[Record], folder: Path) -> Page | None:
    """The page of a revisit of ours; None for all else. Raises DamagedRecord where what it refers to is not there, or damaged."""
    revisit, place = group[0], place_of(told_of(group))
    if revisit.kind != "revisit" or place is None:
        return None
    with opened(folder, place.warc) as file:
        original = exchange_at(Members(file.fileno()), place.offset)
    if original[0].id != revisit.refers_to or not original[0].block_intact():
        raise DamagedRecord(f"it refers to {revisit.refers_to}, which is not whole at {place.offset} of {place.warc}")
    return page_again(revisit.fields.get("WARC-Profile", ""), *message_of(group), message_of(original))
