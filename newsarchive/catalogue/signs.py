"""The sign under which the pages of each thread were last read wholly (reading/signs.py): what later signs are compared with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from newsarchive.items import Sign
from newsarchive.urls import url_key

_PARTS = """
SELECT p.thread_id, p.digest, p.url, c.captured_at FROM sign_parts p JOIN captures c ON c.id = p.capture_id
WHERE c.crawl_id = ? ORDER BY p.thread_id
"""
# When a crawl captured an article's page, first and last, and whether something failed there or below (its parts, its comments).
_READ = """
SELECT min(iif(whole, captured_at, NULL)) AS first, max(iif(whole, captured_at, NULL)) AS last, max(failed) AS failed FROM (
    SELECT captured_at, url_key = ?2 AND (status IN (200, 203) OR record_type = 'revisit') AS whole,
        read_error IS NOT NULL OR truncated IS NOT NULL OR status >= 500 OR status = 429 AS failed
    FROM captures WHERE crawl_id = ?1 AND (url_key = ?2 OR url_key BETWEEN ?2 || '/' AND ?2 || '0'))
"""
_ASKED = "SELECT 1 FROM captures WHERE crawl_id = ? AND url_key = ?"
_VISIT = "SELECT complete FROM thread_visits WHERE crawl_id = ? AND thread_id = ?"
# A comment that is missed, and not yet proven to be gone: the next visit may prove it (docs/decisions/0004).
_MISSED = """
SELECT 1 FROM comments m WHERE m.thread_id = ? AND m.status = 'live' AND NOT EXISTS (
  SELECT 1 FROM sightings s JOIN captures c ON c.id = s.capture_id WHERE s.comment_id = m.id AND c.crawl_id = ?)
"""
_LAST_READER = """
SELECT read_by FROM crawls WHERE site_id = ? AND finished_at IS NOT NULL AND kind = 'visit' ORDER BY number DESC LIMIT 1
"""
_FORGOTTEN = "SELECT 1 FROM takedowns WHERE site_id = ? AND kind = 'forget'"
_PUT = """
INSERT INTO signs (thread_id, site_id, url, digest, read) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET url = excluded.url, digest = excluded.digest, read = excluded.read
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The sign under which a thread was last read wholly, the address of its article, and when that was (ISO 8601)."""

    digest: str
    url: str
    read: str


def known_signs(connection: sqlite3.Connection, site_id: str) -> dict[str, Known]:
    """What later signs of a site's threads are compared with."""
    rows = connection.execute("SELECT thread_id, digest, url, read FROM signs WHERE site_id = ?", [site_id])
    return {row["thread_id"]: Known(row["digest"], row["url"], row["read"]) for row in rows}


def last_reader(connection: sqlite3.Connection, site_id: str) -> str | None:
    """With which code and profile the site's last finished visit read its pages (`crawls.read_by`)."""
    row = connection.execute(_LAST_READER, [site_id]).fetchone()
    return row["read_by"] if row else None


def may_have_signs(connection: sqlite3.Connection, site_id: str) -> bool:
    """Whether a site's lists of signs are to be asked for. They repeat the words of all comments, and nobody reads them there: of
    a site that still shows what was forgotten they would bring it back into the WARC files."""
    return connection.execute(_FORGOTTEN, [site_id]).fetchone() is None


def forget_signs(connection: sqlite3.Connection, site_id: str) -> None:
    """Leave no digest of anything that a site's lists told."""
    connection.execute("DELETE FROM signs WHERE site_id = ?", [site_id])


def combined(digests: Iterable[str]) -> str:
    """The sign of a thread from its parts: their sum, in any order."""
    return f"{sum(int(digest, 16) for digest in digests) % (1 << 128):032x}"


def put_signs(connection: sqlite3.Connection, capture_id: str, signs: Iterable[Sign]) -> None:
    """Keep what one answer tells until its crawl ends."""
    sql = "INSERT OR REPLACE INTO sign_parts (capture_id, thread_id, digest, url) VALUES (?, ?, ?, ?)"
    connection.executemany(sql, [(capture_id, sign.thread_id, sign.digest, sign.url) for sign in signs])


def conclude_signs(connection: sqlite3.Connection, site_id: str, crawl_id: str) -> None:
    """Keep the signs of those threads whose pages this crawl read wholly, after it had seen the sign.

    One that is listed no more, and was asked for, is forgotten: what its answer means, its capture says.
    """
    parts: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(_PARTS, [crawl_id]):
        parts.setdefault(row["thread_id"], []).append(row)
    if not may_have_signs(connection, site_id):
        forget_signs(connection, site_id)
        parts.clear()
    for thread_id, rows in parts.items():
        url = next((row["url"] for row in rows if row["url"]), None)
        if url and (read := _read(connection, crawl_id, thread_id, url, max(row["captured_at"] for row in rows))):
            connection.execute(_PUT, [thread_id, site_id, url, combined(row["digest"] for row in rows), read])
    for thread_id, known in known_signs(connection, site_id).items() if parts else ():
        if thread_id not in parts and connection.execute(_ASKED, [crawl_id, url_key(known.url)]).fetchone():
            connection.execute("DELETE FROM signs WHERE thread_id = ?", [thread_id])
    # Of an earlier crawl, too, that never came to its end.
    connection.execute("DELETE FROM sign_parts WHERE capture_id IN (SELECT id FROM captures WHERE site_id = ?)", [site_id])


def _read(connection: sqlite3.Connection, crawl_id: str, thread_id: str, url: str, signed_at: str) -> str | None:
    """When this crawl read a thread's pages, all of them, after `signed_at`; None if it did not."""
    page = connection.execute(_READ, [crawl_id, url_key(url)]).fetchone()
    if page["first"] is None or page["failed"] or page["first"] < signed_at:
        return None
    visit = connection.execute(_VISIT, [crawl_id, thread_id]).fetchone()
    whole = visit is None or (visit["complete"] and not connection.execute(_MISSED, [thread_id, crawl_id]).fetchone())
    return str(page["last"]) if whole else None
