"""Put a changed WARC file in the place of the old one, so that a crash at any moment leaves one of the two, and rows that fit.

The new file is written beside the old one, as `NAME.blanked`, and synced. Then one transaction tells the catalogue of it; this
decides. Then it is renamed over the old one, and the manifest gets a line. After a crash `finish` does what is left to do: a
`.blanked` file that the catalogue knows is renamed, another one is thrown away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from newsarchive.durable import sync_folder
from newsarchive.vault import manifest
from newsarchive.vault.recovery import account
from newsarchive.vault.takedown.blanking import Blanked
from newsarchive.vault.warcfile import full_disk_named

BLANKED = ".blanked"
_WARC = ".warc.gz"


class Replacement:
    """A copy of the WARC file at `path`, made with the first change. Other members are copied byte for byte."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.copy = path.with_name(path.name.removesuffix(_WARC) + BLANKED)
        self._file: BinaryIO | None = None

    def put(self, blanked: Blanked) -> None:
        """Take the new bytes of one exchange."""
        with full_disk_named(self.copy):
            if self._file is None:
                shutil.copy2(self._path, self.copy)
                self._file = self.copy.open("r+b")
            for offset, piece in blanked.pieces:
                self._file.seek(offset)
                self._file.write(piece)

    def close(self) -> str | None:
        """Sync the copy, with the old file's time; returns its SHA-256, or None where nothing was changed."""
        if self._file is None:
            return None
        with full_disk_named(self.copy):
            self._file.flush()
            old = self._path.stat()
            os.utime(self._file.fileno(), ns=(old.st_atime_ns, old.st_mtime_ns))
            os.fsync(self._file.fileno())
            self._file.close()
            sync_folder(self._path.parent)
        with self.copy.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def finish(folder: Path, connection: sqlite3.Connection, reasons: Iterable[tuple[str, str]]) -> None:
    """Rename what the catalogue knows, throw away what it does not, and tell the manifest; each only where it is not done.

    `reasons` names the files that were changed, and why.
    """
    for copy in sorted((folder / "warc").glob(f"*{BLANKED}")):
        name = copy.name.removesuffix(BLANKED) + _WARC
        with copy.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if connection.execute("SELECT 1 FROM warcs WHERE id = ? AND sha256 = ?", [name, sha256]).fetchone():
            copy.replace(copy.with_name(name))
        else:
            copy.unlink()
        sync_folder(copy.parent)
    told = {entry.name: entry.sha256 for entry in manifest.read(folder / manifest.NAME)}
    for name, reason in reasons:
        row = connection.execute("SELECT sha256 FROM warcs WHERE id = ?", [name]).fetchone()
        if row and name in told and told[name] != row["sha256"]:
            manifest.append(folder, account(folder / "warc" / name), reason)
