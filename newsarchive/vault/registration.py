"""Files of other tools registered in the archive: a second name under `warc/`, and a note that says which were taken in when.

The note, `metadata://newsarchive/crawl/import`, stands in a WARC file of our own, so that a rebuild finds it again.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsarchive import __version__
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.times import to_iso
from newsarchive.vault import manifest
from newsarchive.vault.members import Members
from newsarchive.vault.recovery import account
from newsarchive.vault.replay import OURS, Note, Span, info_of, read_span
from newsarchive.vault.through import take
from newsarchive.vault.warc import WarcWriter

KIND = "import"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Registration:
    """A file of ours that registers files of others: its fields, and the names of those."""

    path: Path
    fields: Mapping[str, str]
    names: tuple[str, ...]


def registration_in(path: Path) -> Registration | None:
    """What a file registers; None for any other file."""
    info = info_of(path)
    if info is None or info.fields.get("crawl-kind") != KIND:
        return None
    records = read_span(Span(path, 0, path.stat().st_size, None))
    notes = [record.value for record in records if isinstance(record, Note) and record.kind == KIND]
    names = (str(one["name"]) for note in notes for one in note["files"])
    return Registration(path, info.fields, tuple(name for name in names if _NAME.fullmatch(name)))


def check(path: Path) -> None:
    """Raises UsageError, with what to do, for a file that is no WARC of one gzip member a record (WARC 1.1, Annex D)."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    if path.name.endswith(".warc"):
        raise UsageError(f"{path} is not packed; `warcio recompress {path} {path}.gz` makes a file that is, record by record")
    if not _NAME.fullmatch(path.name):
        raise UsageError(
            f"{path.name!r} cannot be a name in the archive: letters, digits, `.`, `_` and `-`, and .warc.gz at the end"
        )
    try:
        with path.open("rb") as file:
            first = take(Members(file.fileno()), 0)
    except DamagedRecord as error:
        how = f"`warcio recompress {path} NEW.warc.gz` makes a file that is"
        raise UsageError(f"{path} is no WARC file that is packed record by record ({error}); {how}") from error
    if first is None:
        raise UsageError(f"{path} is empty")
    if (info := info_of(path)) and OURS & info.fields.keys():
        raise UsageError(f"{path} says that newsarchive wrote it: put it into warc/, if it did, and run newsarchive rebuild")


def link(folder: Path, path: Path) -> Path:
    """The file's place in the archive: where it lies there already, or a hard link."""
    place = folder / "warc" / path.name
    if place.exists() and not place.samefile(path):
        raise UsageError(f"the archive has another file {path.name}")
    if any(line.name == path.name for line in _lines(folder)):
        raise UsageError(f"{path.name} is in the archive already")
    if not place.exists():
        try:
            os.link(path, place, follow_symlinks=True)
        except OSError as error:
            if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
                raise
            raise UsageError(
                f"{path} cannot be linked into the archive ({error.strerror}): move it to {place}, and import it from there"
            ) from error
    return place


def _lines(folder: Path) -> Iterator[manifest.Entry]:
    path = folder / manifest.NAME
    return manifest.read(path) if path.exists() else iter(())


def register(folder: Path, linked: Sequence[Path], operator: str, *, number: int) -> Registration:
    """Write the note that says what is imported."""
    now = datetime.now(UTC)
    info = {
        "crawl-number": str(number),
        "crawl-kind": KIND,
        "crawl-started": to_iso(now),
        "software": f"newsarchive/{__version__}",
        "operator": operator,
    }
    writer = WarcWriter(folder / "warc", prefix=KIND, hostname=socket.gethostname(), info=info)
    closed = [account(path) for path in linked]
    files: list[dict[str, Any]] = [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in closed]
    writer.note(KIND, {"files": files}, at=now)
    writer.sync()
    writer.close()
    return Registration(folder / "warc" / writer.closed[0].name, info, tuple(one.name for one in closed))
