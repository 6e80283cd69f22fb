"""Who may write: one crawl per site, and no crawl at all while the catalogue is made anew. Locks end with their process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TextIO

from newsarchive.errors import Locked


def lock_site(folder: Path, site: str) -> TextIO:
    """Hold the lock of one site until the file is closed. Raises Locked if another crawl of it is running."""
    return _hold(folder / "locks" / f"{site}.lock", fcntl.LOCK_EX, "another crawl of this site is running")


def share_archive(folder: Path) -> TextIO:
    """Hold, together with other crawls, the lock of the whole archive. Raises Locked while the catalogue is made anew."""
    return _hold(folder / "locks" / "_archive.lock", fcntl.LOCK_SH, "the catalogue is being rebuilt")


def lock_archive(folder: Path) -> TextIO:
    """Hold the whole archive alone. Raises Locked if a crawl or another rebuild is running."""
    return _hold(folder / "locks" / "_archive.lock", fcntl.LOCK_EX, "a crawl or a rebuild is running")


def lock_rebuild(folder: Path) -> TextIO:
    """Hold the right to make a catalogue anew, beside the old one. Raises Locked if somebody else does."""
    return _hold(folder / "locks" / "_rebuild.lock", fcntl.LOCK_EX, "another rebuild is at work")


def wait_for_recovery(folder: Path) -> TextIO:
    """Hold, until the file is closed, the right to put in order what crashes left; whoever has it is waited for.

    So no crawl begins before all that its site's last one left is in the catalogue, whoever puts it there.
    """
    handle = (folder / "locks" / "_recovery.lock").open("a", encoding="ascii")
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def _hold(path: Path, kind: int, busy: str) -> TextIO:
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle = path.open("a", encoding="ascii")
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise Locked(f"{busy} (it holds {path})") from None
    if kind == fcntl.LOCK_EX:
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
    return handle
