"""What keeps an archive from being used, in the operator's words, with what to do about it."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsarchive.errors import ArchiveFull, UnsafeFolder, UnusableCatalogue

_CURES = {
    sqlite3.SQLITE_NOTADB: "move it away and run `newsarchive rebuild`, which makes it again from the WARC files",
    sqlite3.SQLITE_CORRUPT: "move it away and run `newsarchive rebuild`, which makes it again from the WARC files",
    sqlite3.SQLITE_BUSY: "another program has been writing to it for a minute: end that one (`fuser` names it)",
    sqlite3.SQLITE_READONLY: "it may not be written to: see whose it is, and how its disk is mounted",
}
_CURE = "see whether its disk is well, and whether its folder may be written to"


@contextmanager
def catalogue_named(path: Path) -> Iterator[None]:
    """Turn the errors of a catalogue that is full into ArchiveFull, those of one that cannot be used into UnusableCatalogue."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # a mistake of ours
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary code, without its extension
        if code == sqlite3.SQLITE_FULL:
            raise ArchiveFull(f"no space left for {path}; what was committed is kept") from error
        raise UnusableCatalogue(f"{path}: {error}; {_CURES.get(code, _CURE)}") from error


def check_owner_writes(*folders: Path) -> None:
    """Raises UnsafeFolder for one in which everybody may replace what is there: that would prove nothing.

    In a sticky one (as /tmp is) nobody can but its owner.
    """
    for folder in folders:
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            raise UnsafeFolder(f"everybody may write into {folder}: take that away first (chmod o-w {folder})")
