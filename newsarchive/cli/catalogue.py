"""The catalogue, as a command reads it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsarchive.errors import UsageError


def open_catalogue(folder: Path) -> sqlite3.Connection:
    """Open the archive's catalogue for reading only. Raises UsageError where there is none."""
    path = folder / "catalogue.db"
    if not path.exists():
        raise UsageError(f"{path} is not there yet: crawl something first (newsarchive crawl, newsarchive demo)")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
