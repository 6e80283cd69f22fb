"""What an interrupted crawl had captured, for it to go on with: each request is answered from the archive, once per capture.

A crawl that goes on does all again from its start, by the same code as ever, and gets its own captures for answers where it has
them. So it stands where it stood when the last of them is given, and the net is asked for nothing twice. Nothing else is kept of
a running crawl: no queue, no list of what is done (docs/decisions/0006).
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.times import from_iso
from newsarchive.urls import request_key
from newsarchive.vault.exchange import Capture
from newsarchive.vault.replay import page_at
from newsarchive.vault.warc import target_uri

logger = logging.getLogger(__name__)

# In the order in which they were kept, which no clock can change. What is captured from now on is no answer.
_LAST = "SELECT coalesce(max(rowid), 0) FROM captures WHERE crawl_id = ?"
_OF_REQUEST = "FROM captures WHERE crawl_id = ? AND url_key = ? AND url = ? AND rowid <= ?"
_COLUMNS = {"record_id": "id", "warc": "warc_id", "offset": "warc_offset", "length": "warc_length"}
_UNREAD = "SELECT * FROM captures WHERE crawl_id = ? AND read_at IS NULL ORDER BY captured_at, id"
_ARTICLES = """
SELECT DISTINCT url FROM captures WHERE crawl_id = ? AND purpose = 'article'
    AND (status NOT BETWEEN 300 AND 399 OR record_type = 'revisit')
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A capture of this crawl, and the page in it."""

    capture: Capture
    page: Page


class Held:
    """The captures of one crawl from before it was interrupted; none for a crawl that has just begun."""

    def __init__(self, connection: sqlite3.Connection, folder: Path, crawl_id: str) -> None:
        self._connection, self._folder, self._crawl_id = connection, folder / "warc", crawl_id
        self._last: int = connection.execute(_LAST, [crawl_id]).fetchone()[0]
        self._given: Counter[int] = Counter()

    def holds(self, url: str, method: str = "GET", body: bytes = b"") -> bool:
        """Whether there is a capture of this request."""
        return bool(self._last) and self._row(url, method, body, 0) is not None

    def take(self, url: str, method: str = "GET", body: bytes = b"") -> Answer | None:
        """The next answer to this request that was not given yet; a request that was tried again had several."""
        if not self._last:
            return None
        request = hash((url, method, body))
        while row := self._row(url, method, body, self._given[request]):
            self._given[request] += 1
            try:
                return self._answer(row)
            except DamagedRecord as damage:
                logger.warning("Asked for again: %s: %s", url, damage)
        return None

    def articles(self) -> set[str]:
        """The addresses of the articles that were asked for; not those that only lead to another address."""
        return {row["url"] for row in self._connection.execute(_ARTICLES, [self._crawl_id])} if self._last else set()

    def unread(self) -> list[Capture]:
        """The captures that nobody has read yet."""
        return [_capture(row) for row in self._connection.execute(_UNREAD, [self._crawl_id])]

    def _row(self, url: str, method: str, body: bytes, given: int) -> sqlite3.Row | None:
        wanted = [self._crawl_id, request_key(url, method, body), target_uri(url), self._last, given]
        sql = f"SELECT * {_OF_REQUEST} ORDER BY rowid LIMIT 1 OFFSET ?"
        row: sqlite3.Row | None = self._connection.execute(sql, wanted).fetchone()
        return row

    def _answer(self, row: sqlite3.Row) -> Answer:
        return Answer(_capture(row), page_at(self._folder, row["warc_id"], row["warc_offset"], row["warc_length"]))


def _capture(row: sqlite3.Row) -> Capture:
    values = {one.name: row[_COLUMNS.get(one.name, one.name)] for one in fields(Capture)}
    return Capture(**values | {"captured_at": from_iso(row["captured_at"])})
