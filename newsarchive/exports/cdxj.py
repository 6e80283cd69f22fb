"""The index that replay tools look captures up in: CDXJ 0.1.0 (specs.webrecorder.net/cdxj/0.1.0), a sorted line per capture."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsarchive.errors import UsageError
from newsarchive.exports.surt import surt
from newsarchive.exports.tables import Scope, limits
from newsarchive.urls import url_key

# Captures in closed files. A part of an answer would be shown in the place of a whole one (pywb prefers it), so truncated ones
# are left out; so is what answers a POST, which the tools look up each in its own way, and a 304, which they would show as it is
# (pywb 2.10 does, 2026-11-28) in the place of the page that it says has not changed.
_OF = """
FROM captures c JOIN warcs w ON w.id = c.warc_id
WHERE {limits} AND w.closed_at IS NOT NULL AND c.truncated IS NULL AND c.status <> 304 AND is_get(c.url, c.url_key)
"""
_LINES = f"""
SELECT cdxj(c.url, c.captured_at, c.record_type, c.mime, c.status, c.payload_digest, c.warc_id, c.warc_offset, c.warc_length,
    (SELECT max(t.blanked_at) FROM takedown_captures t WHERE t.capture_id IN (c.id, c.revisit_of)))
AS line {_OF} ORDER BY line
"""
_HIDDEN = """
SELECT count(*) FROM takedowns t WHERE (?1 IS NULL OR t.site_id = ?1) AND (
    t.kind = 'restrict' AND t.lifted_at IS NULL OR t.kind = 'forget' AND t.finished_at IS NULL
    OR EXISTS (SELECT 1 FROM takedown_captures c WHERE c.takedown_id = t.id AND c.blanked_at IS NULL AND t.kind = 'forget'))
"""
_ALL = "SELECT count(*) FROM captures c WHERE {limits}"


def write_cdxj(connection: sqlite3.Connection, folder: Path, file: Path, scope: Scope) -> list[str]:
    """Write the index of the captures in `scope`; returns what there is to say of it. Raises UsageError as `check_shown` does."""
    check_shown(connection, scope.site_id)
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as opened:
        for line in index_lines(connection, scope):
            opened.write(line)
            count += 1
    return [f"{count} captures", *left_out(connection, scope, count)]


def check_shown(connection: sqlite3.Connection, site_id: str | None) -> None:
    """Raises UsageError where the WARC files still show what is restricted, or to be blanked: which captures do only a reading
    of them would tell."""
    if connection.execute(_HIDDEN, [site_id]).fetchone()[0]:
        raise UsageError(
            "something is restricted, or its words are still to be blanked, and the WARC files show it: lift it, or remove it"
            " with `newsarchive forget`, then export"
        )


def index_lines(connection: sqlite3.Connection, scope: Scope) -> Iterator[str]:
    """The lines of the index, sorted byte by byte (as LC_ALL=C has it), each with its line end."""
    connection.create_function("cdxj", 10, _line, deterministic=True)
    connection.create_function("is_get", 2, _is_get, deterministic=True)
    sql, values = limits(_LINES, "c.site_id", "c.captured_at", scope)
    for (line,) in connection.execute(sql, values):
        yield f"{line}\n"


def left_out(connection: sqlite3.Connection, scope: Scope, count: int) -> list[str]:
    """In a sentence, how many captures are not among the `count` of an index; nothing if all are."""
    sql, values = limits(_ALL, "c.site_id", "c.captured_at", scope)
    more = connection.execute(sql, values).fetchone()[0] - count
    why = "cut short, without a status, a 304, asked for by POST, or in a file that is being written"
    return [f"{more} captures are not in the index: {why}"] if more else []


def _line(
    url: str,
    at: str,
    kind: str,
    mime: str | None,
    status: int,
    digest: str | None,
    warc: str,
    offset: int,
    length: int,
    blanked_at: str | None,
) -> str:
    """A line; `blanked`, which is no field of the format's, says since when words of the answer are not there any more."""
    told = {
        "url": url,
        "mime": "warc/revisit" if kind == "revisit" else mime,
        "status": str(status),
        "digest": digest,
        "filename": warc,
        "offset": str(offset),
        "length": str(length),
        "blanked": blanked_at,
    }
    timestamp = re.sub(r"[^0-9]", "", at)[:14]
    return f"{surt(url)} {timestamp} {json.dumps({name: value for name, value in told.items() if value})}"


def _is_get(url: str, key: str) -> bool:
    """Whether a capture's key is that of its address alone (`urls.request_key`)."""
    return url_key(url) == key
