"""What a crash left: a WARC that is still called `.open` is cut back to what is whole, and gets its final name."""

from __future__ import annotations

import fcntl
import hashlib
import os
from datetime import UTC, datetime
from io import BufferedRandom, BufferedReader
from pathlib import Path

from newsarchive.durable import sync_folder
from newsarchive.errors import DamagedRecord
from newsarchive.vault.replay import whole_part
from newsarchive.vault.warcfile import OPEN, ClosedWarc

KNOWN_END = "SELECT coalesce(max(warc_offset + warc_length), 0) FROM captures WHERE warc_id = ?"  # `known`, by a catalogue


def recover(path: Path, *, known: int = 0) -> ClosedWarc | None:
    """Finish the `.open` file at `path`; None if a living crawl holds it, or if nothing in it was whole: then it goes.

    `known` is where the last record ends that the catalogue knows in it: rows are committed when their whole exchange is on the
    disk, so a crash leaves that much whole. A disk that says "written" too early may leave less: then what has a row is kept
    without the rest of its exchange; where that is damaged itself, the file is left alone, and DamagedRecord raised;
    so is what is a link or a pipe.
    """
    final = path.with_name(path.name.removesuffix(OPEN))
    if path.is_symlink() or (path.exists() and not path.is_file()):  # cut would be a file that stands elsewhere
        raise DamagedRecord(f"{path} is no file of its own: it is left as it is")
    try:
        opened = path.open("r+b")
    except FileNotFoundError:  # its crawl has just finished it
        return None
    with opened as file:
        if not _left_alone(path, file):
            return None
        if final.exists():
            raise FileExistsError(f"{path} cannot be finished: there is a {final.name} already")
        size, records = whole_part(path, known=known)
        if size < known:
            raise DamagedRecord(f"{path} is damaged behind {size} bytes, and the catalogue knows {known}: it is left as it is")
        file.truncate(size)
        os.fsync(file.fileno())
        if size:
            path.rename(final)
        else:
            path.unlink()
        sync_folder(path.parent)
        return _account(final.name, file, records) if size else None


def account(path: Path) -> ClosedWarc:
    """What the manifest and the catalogue say of a closed file, from the file itself."""
    with path.open("rb") as file:
        return _account(path.name, file, whole_part(path)[1])


def _left_alone(path: Path, file: BufferedRandom) -> bool:
    """Whether nobody holds the file, and it is still called so; from now on it is held here."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except (BlockingIOError, FileNotFoundError):
        return False


def _account(name: str, file: BufferedReader | BufferedRandom, records: int) -> ClosedWarc:
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    found = os.fstat(file.fileno())
    return ClosedWarc(name, found.st_size, sha256, records, datetime.fromtimestamp(found.st_mtime, UTC))
