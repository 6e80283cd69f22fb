"""Captures as the catalogue lists them: one by its id, all of an address in time, the one of an address nearest to a moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from newsarchive.urls import url_key

Row = Mapping[str, Any]
MOST_LISTED = 100  # captures of one address before a moment, and after it

_COLUMNS = "c.*, w.sha256 AS warc_sha256, w.closed_at AS warc_closed_at"
_ONE = f"SELECT {_COLUMNS} FROM captures c JOIN warcs w ON w.id = c.warc_id WHERE c.id = ?"
_TIMELINE = """
SELECT id, captured_at, status, record_type, payload_digest, payload_bytes, truncated, revisit_of FROM captures
WHERE url_key = ? AND captured_at {side} ? ORDER BY captured_at {order} LIMIT ?
"""
_BEFORE = f"SELECT {_COLUMNS} FROM captures c JOIN warcs w ON w.id = c.warc_id WHERE c.url_key = ? AND c.captured_at <= ?"
_AFTER = f"SELECT {_COLUMNS} FROM captures c JOIN warcs w ON w.id = c.warc_id WHERE c.url_key = ? AND c.captured_at > ?"
_SHOWS = " AND (c.status BETWEEN 200 AND 299 OR c.status = 304)"


def find_capture(connection: sqlite3.Connection, capture_id: str) -> Row | None:
    """The capture of this record id, with its file's digest."""
    row: Row | None = connection.execute(_ONE, [capture_id]).fetchone()
    return row


def timeline(connection: sqlite3.Connection, key: str, moment: str) -> Sequence[Row]:
    """The captures of an address, given by its key, that are nearest to a moment before and after it, the latest first."""
    after = connection.execute(_TIMELINE.format(side=">", order=""), [key, moment, MOST_LISTED]).fetchall()
    before = connection.execute(_TIMELINE.format(side="<=", order="DESC"), [key, moment, MOST_LISTED]).fetchall()
    return [*reversed(after), *before]


def nearest(connection: sqlite3.Connection, url: str, moment: str) -> Row | None:
    """The capture of this address nearest to `moment` (`2026-11-05T06:30:00Z`); one that shows something, if there is any."""
    key = url_key(url)
    for condition in (_SHOWS, ""):
        before = connection.execute(f"{_BEFORE}{condition} ORDER BY c.captured_at DESC LIMIT 1", [key, moment]).fetchone()
        after = connection.execute(f"{_AFTER}{condition} ORDER BY c.captured_at LIMIT 1", [key, moment]).fetchone()
        found: list[Row] = [row for row in (before, after) if row is not None]
        if found:
            return min(found, key=lambda row: _distance(row["captured_at"], moment))
    return None


def holder(connection: sqlite3.Connection, row: Row) -> Row:
    """The capture that holds the content: of a revisit the one it refers to, as far as the catalogue knows it."""
    referred = row["revisit_of"] if row["record_type"] == "revisit" else None
    return (find_capture(connection, referred) if referred else None) or row


def target(headers: Sequence[tuple[str, str]], url: str) -> str | None:
    """Where a redirect leads."""
    location = next((value for name, value in headers if name.lower() == "location"), None)
    try:
        return urljoin(url, location) if location else None
    except ValueError:
        return None


def _distance(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds())
