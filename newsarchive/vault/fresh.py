"""A catalogue that is being made beside the old one: put in its place when it is whole, cleared away when nobody makes it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from newsarchive.durable import sync_folder
from newsarchive.errors import Locked
from newsarchive.vault import locks

MAKING, PREVIEW = ".rebuild", ".preview"  # behind the catalogue's name


def put_in_place(fresh: Path, target: Path) -> None:
    """Put the new catalogue in the old one's place, durably; whenever this is cut off, one of them is whole."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())  # it was filled without waiting for the disk
    if target.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what a killed crawl left beside it must not be lost with its log
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    fresh.replace(target)
    sync_folder(target.parent)
    remove(fresh)


def remove(database: Path) -> None:
    """Remove a catalogue that nobody uses, and what SQLite and its schema's lock have beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", ".lock"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def clear_away(folder: Path) -> None:
    """Remove what a rebuild left half-made that was killed; nothing while one is at work."""
    catalogue = folder / "catalogue.db"
    left = [catalogue.with_name(catalogue.name + what) for what in (MAKING, PREVIEW, PREVIEW + MAKING)]
    if any(one.exists() for one in left):
        with suppress(Locked), locks.lock_rebuild(folder):
            for one in left:
                remove(one)
