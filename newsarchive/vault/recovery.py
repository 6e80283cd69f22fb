"""What a crash left: a WARC that is still called `.open` is cut back to what is whole, and gets its final name."""

from __future__ import annotations

import fcntl
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.vault.replay import whole_part
from newsarchive.vault.warcfile import OPEN, ClosedWarc, sync_folder


def recover(path: Path) -> ClosedWarc | None:
    """Finish the `.open` file at `path`; None if a living crawl holds it, or if nothing in it was whole: then it goes.

    No row of the catalogue points into what is cut off: rows are committed when their whole exchange is on the disk.
    """
    final = path.with_name(path.name.removesuffix(OPEN))
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        size, _ = whole_part(path)
        file.truncate(size)
        os.fsync(file.fileno())
        if not size:
            path.unlink()
        elif final.exists():
            raise FileExistsError(f"{path} cannot be finished: there is a {final.name} already")
        else:
            path.rename(final)
        sync_folder(path.parent)
    return account(final) if size else None


def account(path: Path) -> ClosedWarc:
    """What the manifest and the catalogue say of a closed file, from the file itself."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        found = os.fstat(file.fileno())
    return ClosedWarc(path.name, found.st_size, sha256, whole_part(path)[1], datetime.fromtimestamp(found.st_mtime, UTC))
