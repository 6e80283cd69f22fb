"""A range of a WARC file, member by member, beside the catalogue's rows of the same range."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from newsarchive.errors import DamagedRecord
from newsarchive.times import to_iso
from newsarchive.vault.kept import opened
from newsarchive.vault.members import Members
from newsarchive.vault.record import Record, Through, is_digest_of, is_of_the_web
from newsarchive.vault.replay import payload_at
from newsarchive.vault.through import take
from newsarchive.vault.verify.findings import Checked, End, Finding, unreadable
from newsarchive.vault.verify.payload import payload_of, status_of
from newsarchive.vault.warc import NOTE_URI, sha1

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"  # what zlib writes: no time, no name
_SMALL = 1 << 10  # bytes of a request or metadata record, as most of them are
_COLUMNS = {"length": "warc_length"}
_TIME = slice(4, 8)
_MOST_ODD = 100  # members of a range with another one
CAPTURED = {"response", "revisit"}
_ROWS = """
SELECT warc_offset, warc_length, id, url, captured_at, record_type, status, truncated, revisit_of, payload_digest, payload_bytes
FROM captures WHERE warc_id = ? AND warc_offset >= ? AND warc_offset < ? ORDER BY warc_offset
"""


class Row(NamedTuple):
    """What the catalogue says of a capture."""

    offset: int
    length: int
    id: str
    url: str
    captured_at: str
    record_type: str
    status: int | None
    truncated: str | None
    revisit_of: str | None
    payload_digest: str | None
    payload_bytes: int | None


@dataclass(frozen=True, slots=True)
class Range:
    """The bytes from `start` to `end` of a file, where members begin; `path` is where it was found, `catalogue` may be missing.

    `rows` are the places whose rows belong to it: those outside of the file go with its first and its last range. `complete`
    says that every capture in it must have a row; else one without is a note, and so is a cut at the end if it `may_be_cut`.
    What is wrong within a file of other tools (`foreign`) is a note, too: it came so, if the whole file's digest is right.
    """

    path: Path
    name: str
    start: int
    end: int
    rows: tuple[int, int]
    info_id: str | None
    catalogue: Path | None
    complete: bool
    may_be_cut: bool
    foreign: bool = False

    def run(self) -> Checked:
        """Check every member and every row of the range."""
        try:
            with opened(self.path.parent, self.name) as file, closing(rows_of(self.catalogue, self.name, *self.rows)) as rows:
                return _Walk(self, Members(file.fileno()), rows).walk()
        except sqlite3.DatabaseError as error:
            checked = replace(self, catalogue=None).run()
            return replace(checked, findings=(unreadable(error), *checked.findings))


def rows_of(catalogue: Path | None, name: str, start: int, end: int) -> Generator[Row, None, None]:
    """The rows of the captures that begin in this range of a file, by their place; none without a catalogue."""
    if catalogue:
        with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro", uri=True, timeout=60)) as connection:
            yield from map(Row._make, connection.execute(_ROWS, [name, start, end]))


class _Walk:
    """The walk along a range: members on one side, rows on the other, both by their place."""

    def __init__(self, range_: Range, members: Members, rows: Iterator[Row]) -> None:
        self._range, self._members, self._rows = range_, members, rows
        self._row = next(rows, None)
        self._last: Row | None = None
        self._findings: list[Finding] = []
        self._ends: list[End] = []
        self._odd: list[Finding] = []
        self._header = b"" if range_.foreign else _HEADER
        self._records = self._captures = 0

    def walk(self) -> Checked:
        place = self._range.start
        while place < self._range.end:
            try:
                row = self._row
                record = take(self._members, place, row.length if row and row.offset == place else _SMALL)
                if record is None:
                    break
                self._look_at_header(place)
            except DamagedRecord as damage:
                place = self._pass_by(place, damage)
                continue
            self._records += 1
            self._pass_rows(place, "no record begins here")
            self._check(record)
            place += record.length
        self._pass_rows(self._range.rows[1], "the file ends before it")
        done = self._range.end - self._range.start
        ends, odd = tuple(self._ends), tuple(self._odd)
        return Checked(tuple(self._findings), self._range.name, done, self._records, self._captures, ends, odd)

    def _look_at_header(self, place: int) -> None:
        """The members of one program begin alike, but for a time, which ours do not name."""
        header = self._members.header
        if self._range.foreign:
            header = header[: _TIME.start] + header[_TIME.stop :]
            self._header = self._header or header
        if header != self._header and len(self._odd) < _MOST_ODD:
            self._odd.append(Finding(self._range.name, "the header of the gzip member was changed", place, self._url(place)))

    def _find(self, offset: int, what: str, url: str | None = None, *, fault: bool = True) -> None:
        self._findings.append(Finding(self._range.name, what, offset, url, fault))

    def _pass_by(self, place: int, damage: DamagedRecord) -> int:
        """Tell damage and all the captures it hits; returns where the next member begins."""
        end = self._range.end
        after = self._members.behind(place, end, self._range.info_id, self._known)
        hit = self._row is not None and self._row.offset < after
        if not hit:
            cut = self._range.may_be_cut and after == end
            what = f"{damage}; the next crawl cuts the file back to what is whole" if cut else str(damage)
            self._find(place, what, self._url(place), fault=not (cut or self._range.foreign))
        self._pass_rows(after, str(damage))
        return after

    @cached_property
    def _known(self) -> frozenset[int]:
        """Where members begin, by what the catalogue says of the range."""
        with closing(rows_of(self._range.catalogue, self._range.name, *self._range.rows)) as rows:
            return frozenset(place for row in rows for place in (row.offset, row.offset + row.length))

    def _url(self, place: int) -> str | None:
        """The address of the capture to which the record at `place` belongs: its own row's, else the one before it."""
        row = self._row if self._row and self._row.offset == place else self._last
        return row.url if row else None

    def _pass_rows(self, place: int, why: str) -> None:
        """Tell the rows before `place`: no record proves them."""
        while self._row is not None and self._row.offset < place:
            self._find(self._row.offset, f"a capture that the catalogue has is not proven: {why}", self._row.url)
            self._next_row()

    def _next_row(self) -> None:
        self._last, self._row = self._row, next(self._rows, None)

    def _check(self, record: Record) -> None:
        place = record.offset
        if not record.block_intact():
            what = f"the {record.kind} record is not the one its block digest was made of"
            self._find(place, what, record.url, fault=not self._range.foreign)
        if record.kind not in CAPTURED or not is_of_the_web(record.url):
            self._note(record)
            return
        self._captures += 1
        row = self._row if self._row and self._row.offset == place else None
        if row is None:
            if self._range.catalogue and self._range.complete:
                self._find(place, f"a {record.kind} record without a row in the catalogue", record.url)
            elif self._range.catalogue:
                self._find(place, "not in the catalogue yet; the next crawl sees to it", record.url, fault=False)
        else:
            self._next_row()
        for what, inside in _payload_faults(record, row, self._range.path.parent, self._range.name):
            self._find(place, what, record.url, fault=not (inside and self._range.foreign))
        for what in _row_faults(record, row) if row else ():
            self._find(place, what, record.url)

    def _note(self, record: Record) -> None:
        if record.url == f"{NOTE_URI}end":
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                end: dict[str, Any] = json.loads(record.block)
                self._ends.append(End(str(end["crawl"]), str(end["finished_at"]), str(end["finish_reason"])))


def _row_faults(record: Record, row: Row) -> Iterator[str]:
    """What the catalogue says otherwise than the record."""
    date = record.fields["WARC-Date"]
    status = status_of(record.block)
    moment = date if date == row.captured_at else to_iso(record.date)
    referred = row.revisit_of if record.kind == "revisit" else None  # an import looks for it where the record does not name it
    theirs = (record.length, record.id, record.url, moment, record.kind, status, record.truncated, referred)
    if row[1:9] != theirs:
        for name, said, found in zip(Row._fields[1:9], row[1:9], theirs, strict=True):
            if said != found:
                yield f"the catalogue says {_COLUMNS.get(name, name)} {said}, the record {found}"


def _payload_faults(record: Record, row: Row | None, folder: Path, warc: str) -> Iterator[tuple[str, bool]]:
    """Whether the payload is the one that the record and the catalogue name: what is wrong, and whether that is within the
    record. A revisit has none: what it names is another's."""
    named = record.fields.get("WARC-Payload-Digest")
    if record.kind == "revisit":
        if row and named and row.payload_digest != named:
            yield f"the catalogue says payload_digest {row.payload_digest}, the record {named}", False
        return
    if record.through:
        yield from _large_payload_faults(record.through, named, row)
        return
    payload = payload_of(record.block)
    said = row.payload_digest if row else None
    if _agrees(payload, said or named, row) and (named == said or not said or not named):
        return
    payload = payload_at(folder, warc, record.offset)
    if row and not (said and is_digest_of(said, payload)):
        yield (
            f"the payload is not the one of the catalogue's payload_digest: {sha1([payload])[0]} instead of {said}",
            said == named,
        )
    if row and row.payload_bytes != len(payload):
        yield f"the payload has {len(payload)} bytes, the catalogue says {row.payload_bytes}", False
    chunks = record.block.partition(b"\r\n\r\n")[2]  # of which other tools take the digest
    if named and not is_digest_of(named, payload) and not is_digest_of(named, chunks):
        yield f"the payload is not the one of the record's payload digest: {sha1([payload])[0]} instead of {named}", True


def _large_payload_faults(through: Through, named: str | None, row: Row | None) -> Iterator[tuple[str, bool]]:
    """The same of a record that was read through."""
    payload = through.payload
    if row and not (row.payload_digest and payload.is_of(row.payload_digest)):
        yield (
            f"the payload is not the one of the catalogue's payload_digest: {payload.sha1} instead of {row.payload_digest}",
            False,
        )
    if row and row.payload_bytes != payload.size:
        yield f"the payload has {payload.size} bytes, the catalogue says {row.payload_bytes}", False
    if named and not payload.is_of(named) and not through.body.is_of(named):
        yield f"the payload is not the one of the record's payload digest: {payload.sha1} instead of {named}", True


def _agrees(payload: bytes, digest: str | None, row: Row | None) -> bool:
    """Whether a payload, as it was found in few steps, is what row or record name."""
    return (row is None or row.payload_bytes == len(payload)) and (digest is None or is_digest_of(digest, payload))
