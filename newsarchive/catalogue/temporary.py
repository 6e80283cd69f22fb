"""Where SQLite puts what it sorts, rewrites, or keeps to undo: beside the catalogue, never in a folder of the whole machine."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path


def keep_inside(connection: sqlite3.Connection, folder: Path) -> None:
    """Let temporary files of this process lie in `folder`, that of the catalogue; in memory if nobody may write there.

    They hold what readers wrote and what is being taken down, and /var/tmp, where SQLite puts them else, is backed up, shared,
    and perhaps on another disk. They have no name from the moment they are made, so nothing of them outlives the process.
    (SQLite calls `temp_store_directory` deprecated, but names nothing else that can be set once a process has begun.)
    """
    if os.access(folder, os.W_OK):
        quoted = str(folder.absolute()).replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{quoted}'")
    else:
        connection.execute("PRAGMA temp_store = MEMORY")
