"""What is said in the place of a capture that shows what is taken down or restricted: the rule is that of evidence."""

from __future__ import annotations

import asyncio
import atexit
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsarchive import settings
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.evidence.spared import left_out
from newsarchive.reading.pool import ReadingPool

_TAKEDOWN = "SELECT case_number, reason FROM takedowns WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a capture is not shown, in a sentence or two, and the status to say it with."""

    told: str
    status: int = 451  # Unavailable For Legal Reasons (RFC 7725)


async def withheld(folder: Path, *captures: str) -> Withheld | None:
    """Why none of these captures of the archive in `folder` is to be shown; None if all may be."""
    if not await asyncio.to_thread(_anything_hidden, folder):
        return None
    try:
        return await asyncio.to_thread(_look, folder, captures, readers())
    except DamagedRecord as damage:
        return Withheld(f"Something of this archive is taken down, and this record cannot be checked for it: {damage}", 500)
    except UsageError as error:
        return Withheld(f"Nothing can be shown until the archive's keeper has seen to this: {error}.", 500)


@cache
def readers() -> ReadingPool:
    """One reader for all that is looked at; it begins with the first page. To be called in the main thread."""
    pool = ReadingPool.of(vars(settings), workers=1)
    pool.start()
    atexit.register(pool.close)
    return pool


def _opened(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{(folder / 'catalogue.db').as_uri()}?mode=ro", uri=True))


def _anything_hidden(folder: Path) -> bool:
    with _opened(folder) as connection:
        return connection.execute("SELECT 1 FROM takedown_hashes LIMIT 1").fetchone() is not None


def _look(folder: Path, captures: tuple[str, ...], pool: ReadingPool) -> Withheld | None:
    with _opened(folder) as connection:
        for takedown in left_out(folder, connection, captures, pool).values():
            return Withheld(_told(connection, takedown))
    return None


def _told(connection: sqlite3.Connection, takedown: str | None) -> str:
    row = connection.execute(_TAKEDOWN, [takedown]).fetchone()
    if row is None:
        return "This capture is not shown: something of this archive is taken down, and this page cannot be checked for it."
    return f"This capture is not shown: it holds, or may hold, what is taken down or restricted. Case {row[0]}: {row[1]}"
