"""The files of an archive against its manifest and the catalogue's table `warcs`; and how their reading is shared out."""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsarchive.errors import DamagedRecord
from newsarchive.vault import manifest
from newsarchive.vault.kept import opened
from newsarchive.vault.members import Members
from newsarchive.vault.record import warc_fields
from newsarchive.vault.through import take
from newsarchive.vault.verify import chain
from newsarchive.vault.verify.findings import Checked, Finding
from newsarchive.vault.verify.records import Range, rows_of
from newsarchive.vault.warcfile import OPEN

_RANGE = 32 << 20  # bytes of a file that one worker takes at once
_FAR = 1 << 62  # farther than any file reaches
_ENDING = ".warc.gz"
_ID = "WARC-Record-ID"
_WARCS = "SELECT id, crawl_id, bytes, sha256, records FROM warcs"
_CRAWLS = "SELECT id, finished_at IS NOT NULL FROM crawls"
_COUNT = "SELECT count(*) FROM captures WHERE warc_id = ? AND warc_offset < ?"
_SAFE = "SELECT coalesce(max(warc_offset + warc_length), 0) FROM captures WHERE warc_id = ?"
_NEXT = "SELECT min(warc_offset) FROM captures WHERE warc_id = ? AND warc_offset >= ?"
_LAST = "SELECT max(warc_offset) FROM captures WHERE warc_id = ? AND warc_offset < ?"


@dataclass(frozen=True, slots=True)
class Digest:
    """The SHA-256 of a whole file, which the manifest or the catalogue names."""

    path: Path
    name: str
    sha256: str

    def run(self) -> Checked:
        """Read the file through."""
        with self.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found == self.sha256:
            return Checked()
        what = f"its bytes are not those it was closed with: sha256 {found}, not {self.sha256}"
        return Checked((Finding(self.name, what),), self.name, altered=True)


class Files:
    """The WARC files under `folder`, as one look at folder, manifest and catalogue found them.

    The folder is looked at first: what came to be since then stands in line or row already, and is no fault. Of a file that a
    crawl is writing only that part is looked at of which the catalogue had rows then.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "warc"
        found = sorted(self._folder.glob(f"*{_ENDING}*"))
        self._strangers = [path for path in found if not (path.name.endswith((_ENDING, _ENDING + OPEN)) and path.is_file())]
        paths = {path.name.removesuffix(OPEN): path for path in found if path not in self._strangers}
        self.living = dict.fromkeys((name for name, path in paths.items() if _is_living(path)), 0)  # and how much has rows
        self._paths = {name: path for name, path in paths.items() if name not in self.living}
        self._sizes = {name: path.stat().st_size for name, path in self._paths.items()}
        self._lines = chain.lines(folder / manifest.NAME)
        self._connection: sqlite3.Connection | None = None
        self._catalogue: Path | None = None
        self._rows: dict[str, sqlite3.Row] = {}
        self._crawls: dict[str, bool] = {}  # and whether each has ended

    def __len__(self) -> int:
        return len(self._paths)

    @property
    def bytes(self) -> int:
        return sum(self._sizes.values()) + sum(self.living.values())

    def look_up(self, catalogue: Path, connection: sqlite3.Connection) -> None:
        """Take in what the catalogue says of the files."""
        self._rows = {row["id"]: row for row in connection.execute(_WARCS)}
        self._crawls = dict(connection.execute(_CRAWLS).fetchall())
        self.living = {name: connection.execute(_SAFE, [name]).fetchone()[0] for name in self.living}
        self._connection, self._catalogue = connection, catalogue

    def compare(self) -> Iterator[Finding]:
        """Files without line or row, lines and rows without file, and sizes; and what a crash left, as a note."""
        for path in self._strangers:
            yield Finding(path.name, "neither a WARC file nor one that is being written")
        for name, safe in sorted(self.living.items()):
            known = f"{self._one(_COUNT, name, safe) or 0} captures in its first {safe} bytes"
            yield Finding(name, f"is being written by a crawl; checked is what the catalogue has of it: {known}", fault=False)
        for name in sorted(self._lines.keys() | self._rows.keys()):
            if not any((self._folder / one).exists() for one in (name, name + OPEN)):
                told = [kind for kind, known in (("manifest", self._lines), ("catalogue", self._rows)) if name in known]
                yield Finding(name, f"there is no such file, but the {' and the '.join(told)} names it")
                for capture in rows_of(self._catalogue, name, -_FAR, _FAR):
                    yield Finding(
                        name, "a capture that the catalogue has is not proven: no such file", capture.offset, capture.url
                    )
        for name, path in self._paths.items():
            yield from self._compare_open(name, path) if path.name.endswith(OPEN) else self._compare_closed(name, path)

    def _compare_open(self, name: str, path: Path) -> Iterator[Finding]:
        """A file gets its final name before its line in the manifest, and before its crawl ends."""
        ended = name in self._lines or self._crawls.get(_info(path).get("isPartOf", ""))
        what = "its crawl ended, but it was never closed" if ended else "was left open by a crash; the next crawl closes it"
        yield Finding(path.name, what, fault=bool(ended))

    def _compare_closed(self, name: str, path: Path) -> Iterator[Finding]:
        line, row, size = self._lines.get(name), self._rows.get(name), self._sizes[name]
        if line and line.bytes != size:
            yield Finding(name, f"has {size} bytes, the manifest says {line.bytes}")
        lacks = [] if line else ["manifest"]
        if self._connection and (row is None or row["sha256"] is None):
            lacks.append("catalogue")
        elif row and (row["bytes"] != size or (line and line.sha256 != row["sha256"])):
            yield Finding(name, f"the catalogue says {row['bytes']} bytes and sha256 {row['sha256']}, which is not so")
        if lacks:
            info = _info(path)
            # Its crawl was killed, or is at it just now.
            ours = info.get("isPartOf") in self._crawls and info.get("WARC-Filename") == name
            waits = ours and "catalogue" in lacks
            what = f"is closed, but the {' and the '.join(lacks)} does not say so"
            yield Finding(name, what + ("; the next crawl sees to it" if waits else ""), fault=not waits)

    def _digest(self, name: str, path: Path) -> Iterator[Digest]:
        """The task of a closed file of which a digest is known."""
        line, row = self._lines.get(name), self._rows.get(name)
        sha256 = line.sha256 if line else row and row["sha256"]
        if sha256 and name == path.name:
            yield Digest(path, name, sha256)

    def tasks(self) -> Iterator[Digest | Range]:
        """The bytes of all files but those that a crawl is writing, in pieces for the workers."""
        for name, path in self._paths.items():
            yield from self._digest(name, path)
            size, info_id, start = self._sizes[name], _info(path).get(_ID), 0
            while start < size:
                end = self._boundary(name, start, size)
                yield self._range(path, name, start, end, info_id)
                start = end

        for name, safe in self.living.items():
            yield self._of_living(name, 0, safe)

    def _of_living(self, name: str, start: int, safe: int) -> Range:
        """A part of what the catalogue says is on the disk of a file that grows meanwhile; it is read, and not held."""
        path, rows = self._folder / f"{name}{OPEN}", (start or -_FAR, safe)
        return Range(path, name, start, safe, rows, _info(path).get(_ID), self._catalogue, complete=True, may_be_cut=False)

    def ends(self) -> Iterator[Range]:
        """The first record and the last exchange of each file."""
        for name, path in self._paths.items():
            size, info_id = self._sizes[name], _info(path).get(_ID)
            first, last = _first_length(path) or size, self._one(_LAST, name, size) or 0
            yield self._range(path, name, 0, min(first, size), info_id)
            if first <= last < size:
                yield self._range(path, name, last, size, info_id)
        for name, safe in self.living.items():
            yield self._of_living(name, self._one(_LAST, name, safe) or 0, safe)

    def miscounted(self, records: Mapping[str, int]) -> Iterator[Finding]:
        """Files in which not as many records were found as the catalogue says; told only of files without other faults."""
        for name, count in records.items():
            row = self._rows.get(name)
            if row and row["records"] is not None and row["records"] != count:
                yield Finding(name, f"holds {count} whole records, the catalogue says {row['records']}")

    def _range(self, path: Path, name: str, start: int, end: int, info_id: str | None) -> Range:
        row = self._rows.get(name)
        complete = row is not None and row["sha256"] is not None
        rows = (start or -_FAR, end if end < self._sizes[name] else _FAR)
        foreign = row is not None and row["sha256"] is not None and row["records"] is None
        return Range(path, name, start, end, rows, info_id, self._catalogue, complete, path.name.endswith(OPEN), foreign)

    def _boundary(self, name: str, start: int, size: int) -> int:
        if self._connection is None or size - start <= _RANGE:
            return size
        return self._one(_NEXT, name, start + _RANGE) or size

    def _one(self, sql: str, *values: object) -> int | None:
        found: int | None = self._connection.execute(sql, values).fetchone()[0] if self._connection else None
        return found


def _is_living(path: Path) -> bool:
    """Whether a crawl is writing this file: it holds the lock of its `.open` file as long as it lives."""
    if not path.name.endswith(OPEN):
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):  # it may have got its final name just now
        return True
    return False


def _info(path: Path) -> dict[str, str]:
    """What the warcinfo record says with which a file begins, and its own fields; nothing if it begins with another."""
    with suppress(DamagedRecord), opened(path.parent, path.name.removesuffix(OPEN)) as file:
        record = take(Members(file.fileno()), 0)
        if record and record.kind == "warcinfo":
            return warc_fields(record.block) | record.fields | {_ID: record.id}
    return {}


def _first_length(path: Path) -> int:
    with suppress(DamagedRecord), path.open("rb") as file:
        first = take(Members(file.fileno()), 0)
        return first.length if first else 0
    return 0
