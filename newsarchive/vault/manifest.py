"""archive/manifest.jsonl: one line per closed WARC, each with the digest of the line before it.

Nobody can change a file or a line unseen by whoever keeps a copy of a later line elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newsarchive.durable import sync_folder
from newsarchive.errors import DamagedRecord
from newsarchive.vault.warcfile import ClosedWarc, full_disk_named

NAME = "manifest.jsonl"
FIRST = "0" * 64  # stands for the line before the first
_TAIL = 4096  # bytes from the end that are looked at first; a line is some 250 long


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest. `sha256` is the WARC's, `previous` that of the line before, both in hexadecimal.

    `reason` says why a file that stands in an earlier line was changed: its latest line counts.
    """

    name: str
    bytes: int
    sha256: str
    previous: str
    reason: str | None = None


def append(folder: Path, closed: ClosedWarc, reason: str | None = None) -> None:
    """Add a closed WARC to the manifest in `folder`, durably; not again if it stands in the last line already. `reason` is for a
    file that was changed on purpose.

    Crawls of several sites may append at the same time. A last line without its end was cut by a crash: it goes.
    Raises ArchiveFull when disk or quota is full.
    """
    with _locked(folder / NAME) as file:
        last, end = _last_line(file)
        line = _line(Entry(closed.name, closed.bytes, closed.sha256, _digest(last) if last else FIRST, reason))
        if not last.startswith(line.partition(b', "previous"')[0]):
            file.truncate(end)
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())


def enter(folder: Path, closed: ClosedWarc) -> None:
    """Add a closed WARC, unless it stands in any line as it is."""
    with suppress(FileNotFoundError, DamagedRecord):  # none yet, or a last line that a crash cut: `append` puts it right
        if any((line.name, line.sha256) == (closed.name, closed.sha256) for line in read(folder / NAME)):
            return
    append(folder, closed)


def read(path: Path) -> Iterator[Entry]:
    """The manifest's lines, first to last. Raises DamagedRecord at a line that is none."""
    with path.open("rb") as file:
        for line in file:
            yield parse(line)


def broken_links(path: Path) -> list[int]:
    """The numbers (from 1) of the lines that are no lines of a manifest, or do not name the digest of the line before."""
    broken, expected = [], FIRST
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            whole = parse(line).previous == expected
        except DamagedRecord:
            whole = False
        if not whole:
            broken.append(number)
        expected = _digest(line)
    return broken


def _line(entry: Entry) -> bytes:
    """An entry as it stands in the file, without its line end; `previous` comes last."""
    told: dict[str, str | int] = {"name": entry.name, "bytes": entry.bytes, "sha256": entry.sha256}
    if entry.reason:
        told["reason"] = entry.reason
    return json.dumps(told | {"previous": entry.previous}).encode()


def parse(line: bytes) -> Entry:
    """What a line says. Raises DamagedRecord if it is no line of a manifest."""
    try:
        value = json.loads(line)
        return Entry(
            str(value["name"]), int(value["bytes"]), str(value["sha256"]), str(value["previous"]), value.get("reason") or None
        )
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedRecord(f"no line of a manifest: {line[:80]!r}") from error


def _last_line(file: BinaryIO) -> tuple[bytes, int]:
    """The last line that has its end, b"" if there is none, and where the next one begins; found from the file's end."""
    size, tail = file.seek(0, os.SEEK_END), _TAIL
    while True:
        start = file.seek(max(0, size - tail))
        *lines, cut = file.read().split(b"\n")
        if len(lines) > 1 or not start:  # elsewhere the first piece may be a part of its line
            return (lines[-1] if lines else b""), size - len(cut)
        tail *= 2


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """The file at `path`, made if it is not there, for this process alone; writes go to its end."""
    with full_disk_named(path), path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sync_folder(path.parent)
        yield file
