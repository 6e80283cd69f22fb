"""Records taken out of the archive's files as they stand there, each gzip member byte for byte."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.vault import manifest
from newsarchive.vault.replay import raw_exchange

_CAPTURES = """
SELECT id, url, captured_at, status, record_type, revisit_of, truncated, payload_digest, warc_id, warc_offset, warc_length
FROM captures WHERE id IN (SELECT value FROM json_each(?))
"""
_BLANKED = "SELECT max(blanked_at) FROM takedown_captures WHERE capture_id = ?"


class Sink(Protocol):
    """What records are written to."""

    def write(self, piece: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A record as it stands in `warc`, the archive's file, from byte `offset` on; and from `place` on in the bundle's own file.

    `capture` is the answer it belongs to, an id; None for a warcinfo. `proves` says what the record is there for, `sha256` is
    that of the packed record, hexadecimal.
    """

    id: str
    kind: str
    url: str
    date: str
    capture: str | None
    proves: str
    warc: str
    offset: int
    length: int
    place: int
    sha256: str


def captures(connection: sqlite3.Connection, wanted: Mapping[str, str]) -> dict[str, sqlite3.Row]:
    """The rows of these captures, and of what their revisits refer to, in the order of files and places."""
    rows: dict[str, sqlite3.Row] = {}
    missing = set(wanted)
    while missing:
        found = {row["id"]: row for row in connection.execute(_CAPTURES, [json.dumps(sorted(missing))])}
        rows |= found
        missing = {row["revisit_of"] for row in found.values() if row["revisit_of"]} - rows.keys()
    return dict(sorted(rows.items(), key=lambda one: (one[1]["warc_id"], one[1]["warc_offset"])))


def blanked_at(connection: sqlite3.Connection, capture_id: str) -> str | None:
    """When words in this capture were overwritten by a takedown; None if they never were."""
    found: str | None = connection.execute(_BLANKED, [capture_id]).fetchone()[0]
    return found


def take_out(
    folder: Path, rows: Mapping[str, sqlite3.Row], proves: Mapping[str, str], file: Sink, *, limit: int
) -> Iterator[Taken]:
    """Write the exchanges of these captures to `file`, behind the warcinfo of the file that each is from; gives every record.

    Raises DamagedRecord where the archive does not hold what its catalogue says, UsageError beyond `limit` bytes.
    """
    place, last = 0, None
    for row in rows.values():
        places = [(0, None), (row["warc_offset"], row["id"])] if row["warc_id"] != last else [(row["warc_offset"], row["id"])]
        last = row["warc_id"]
        for offset, capture in places:
            for number, (record, raw) in enumerate(raw_exchange(folder, row["warc_id"], offset)):
                if capture is None and record.kind != "warcinfo":
                    break  # a file of another tool may begin with anything
                if capture and not number and (record.id != capture or record.length != row["warc_length"]):
                    raise DamagedRecord(f"{row['warc_id']} at {offset} is not the record {capture}: run `newsarchive verify`")
                if place + len(raw) > limit:
                    raise UsageError(f"the records are more than {limit:,} bytes: more than this bundle may hold")
                file.write(raw)
                digest = hashlib.sha256(raw).hexdigest()
                at, why = record.fields["WARC-Date"], _why(record.kind, capture, proves)
                bounds = (record.offset, len(raw), place)
                yield Taken(record.id, record.kind, record.url, at, capture, why, row["warc_id"], *bounds, digest)
                place += len(raw)


def manifest_lines(folder: Path, warcs: Collection[str]) -> dict[int, bytes]:
    """The manifest's lines that name these files, each with the line before it, by their numbers from 1."""
    path = folder / manifest.NAME
    lines = path.read_bytes().splitlines() if path.exists() else []
    wanted: set[int] = set()
    for number, line in enumerate(lines, 1):
        if manifest.parse(line).name in warcs:
            wanted |= {number - 1, number} - {0}
    return {number: lines[number - 1] for number in sorted(wanted)}


def _why(kind: str, capture: str | None, proves: Mapping[str, str]) -> str:
    if capture is None:
        return "says which crawl wrote the records behind it"
    if kind == "request":
        return "is what was sent for it"
    if kind == "metadata":
        return "says how it came to be asked for"
    return proves.get(capture, "holds the content that a revisit refers to")
