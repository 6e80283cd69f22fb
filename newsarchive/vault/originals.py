"""What the archive holds already and a revisit may refer to: whole captures in closed files of finished crawls, verified."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.times import from_iso
from newsarchive.urls import url_key
from newsarchive.vault.exchange import Original
from newsarchive.vault.record import is_digest_of
from newsarchive.vault.replay import page_at, payload_at
from newsarchive.vault.warc import target_uri

# Not what another program captured, whose digests may be those of the chunks; nor what a takedown concerns.
_HELD = """
FROM captures c JOIN warcs w ON w.id = c.warc_id JOIN crawls k ON k.id = c.crawl_id
WHERE c.truncated IS NULL AND w.bytes IS NOT NULL AND k.finished_at IS NOT NULL AND k.kind <> 'import'
    AND NOT EXISTS (SELECT 1 FROM takedown_captures t WHERE t.capture_id = c.id)
"""
_OF_PAYLOAD = f"""
SELECT c.* {_HELD} AND c.payload_digest = ? AND c.record_type = 'response' AND c.status = 200
ORDER BY c.url = ? DESC, c.rowid DESC LIMIT 1
"""
_OF_ADDRESS = f"""
SELECT c.* {_HELD} AND c.url_key = ? AND c.url = ? AND (c.status = 200 OR c.status = 304 AND c.record_type = 'revisit')
    AND c.payload_bytes > 0 ORDER BY c.rowid DESC LIMIT 1
"""
_OF_RECORD = f"SELECT c.* {_HELD} AND c.id = ? AND c.record_type = 'response'"


class Originals:
    """The captures of one archive that revisits may refer to."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection, self._warcs = connection, folder / "warc"

    def of_payload(self, digest: str, url: str) -> Original | None:
        """The capture that holds a payload of this digest, best of the same address. Its bytes are looked at."""
        row = self._row(_OF_PAYLOAD, digest, target_uri(url))
        if row is None:
            return None
        try:
            intact = is_digest_of(digest, payload_at(self._warcs, row["warc_id"], row["warc_offset"]))
        except (DamagedRecord, OSError):
            return None
        return _original(row) if intact else None

    def of_address(self, url: str) -> tuple[Original, Page] | None:
        """What the last whole answer to a GET of this very address refers to or is, with its page, as a replay gives it."""
        row = self._row(_OF_ADDRESS, url_key(url), target_uri(url))
        original = row
        if row is not None and row["record_type"] == "revisit":
            original = self._row(_OF_RECORD, row["revisit_of"])
        if row is None or original is None:
            return None
        try:
            return _original(original), page_at(self._warcs, row["warc_id"], row["warc_offset"], row["warc_length"])
        except DamagedRecord:
            return None

    def _row(self, sql: str, *values: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row


def _original(row: sqlite3.Row) -> Original:
    return Original(
        record_id=row["id"],
        url=row["url"],
        captured_at=from_iso(row["captured_at"]),
        warc=row["warc_id"],
        offset=row["warc_offset"],
        length=row["warc_length"],
        payload_digest=row["payload_digest"],
        payload_bytes=row["payload_bytes"],
    )
