"""Captures that may not be handed out: they still show what was taken down, or is restricted."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from newsarchive import settings
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.lookup import find
from newsarchive.vault.takedown.suppression import Suppression

_DUE = "SELECT DISTINCT capture_id FROM takedown_captures WHERE blanked_at IS NULL"


def left_out(folder: Path, connection: sqlite3.Connection, rows: Mapping[str, sqlite3.Row]) -> set[str]:
    """Those of these captures whose page shows what a takedown names: each is read again for it, under the readers' limits.

    A page that cannot be read is among them. Where nothing is taken down, nothing is read.
    """
    suppression = Suppression.of(folder, connection)
    if not suppression.hashes:
        return set()
    hidden = {row[0] for row in connection.execute(_DUE)} & rows.keys()
    pool = ReadingPool.of(vars(settings), workers=1)
    try:
        for capture_id in rows.keys() - hidden:
            for page, profile in find(folder, capture_id):
                for _, reading, failure in pool.read_all([page], profile):
                    if failure or suppression.spare(reading, page.record_id)[1]:
                        hidden.add(capture_id)
    finally:
        pool.close()
    return hidden
