"""Captures read again: a change of reading code, or of a site's profile, must not look like an edit (DESIGN, law 2).

Before a new revision is recorded, the captures that showed the earlier ones are read as the new one was read, where they were
not; what today's reader sees there takes the place of what was seen. Where nothing has changed, nothing is looked up.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsarchive.catalogue.amend import amend
from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.store import Store
from newsarchive.catalogue.threads import is_provisional
from newsarchive.errors import DamagedRecord
from newsarchive.items import Article, Comment, Item, Page, Reading
from newsarchive.reading.fingerprint import same_profile
from newsarchive.vault.replay import page_at

_OTHERS = "SELECT 1 FROM crawls WHERE site_id = ? AND read_by IS NOT ? LIMIT 1"
_CAPTURES = """
SELECT DISTINCT c.id, c.warc_id, c.warc_offset, c.warc_length, k.read_by
FROM {kind}_revisions r JOIN captures c ON c.id = r.capture_id JOIN crawls k ON k.id = c.crawl_id
"""
_OF_ITEM = _CAPTURES + "WHERE r.{kind}_id = ? AND k.read_by IS NOT ? AND NOT EXISTS (SELECT 1 FROM {kind}_revisions WHERE id = ?)"
_OF_THREAD = _CAPTURES.format(kind="comment") + (
    "JOIN comments m ON m.id = r.comment_id WHERE m.thread_id = ? AND m.id LIKE m.site_id || ':~%' AND k.read_by IS NOT ?"
)
_OF_PART = """
SELECT min(c.id) AS id, c.warc_id, c.warc_offset, c.warc_length, k.read_by
FROM article_pages p JOIN captures c ON c.id = p.capture_id JOIN crawls k ON k.id = c.crawl_id
WHERE p.article_id = ? AND p.part = ? AND k.read_by IS NOT ? GROUP BY p.digest
"""
# The pages of a thread as other code read them last: it may be that not all that they showed is there today.
_OF_LAST_VISIT = """
SELECT c.id, c.warc_id, c.warc_offset, c.warc_length, k.read_by
FROM thread_pages p JOIN captures c ON c.id = p.capture_id JOIN crawls k ON k.id = c.crawl_id
WHERE p.thread_id = ?1 AND coalesce(c.read_by, k.read_by) IS NOT ?2
    AND EXISTS (SELECT 1 FROM sightings WHERE capture_id = c.id) AND c.crawl_id = (
    SELECT d.crawl_id FROM thread_pages q JOIN captures d ON d.id = q.capture_id JOIN crawls l ON l.id = d.crawl_id
    WHERE q.thread_id = ?1 AND l.read_by IS NOT ?2 ORDER BY d.captured_at DESC LIMIT 1)
"""
_READ_ALIKE = """
UPDATE captures SET read_by = ?1 WHERE id = ?2 AND NOT EXISTS (
    SELECT 1 FROM sightings WHERE capture_id = ?2 AND comment_id NOT IN (SELECT value FROM json_each(?3)))
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A capture that is to be read again, and whether it was read with today's profile."""

    id: str
    warc: str
    offset: int
    length: int
    same_profile: bool


class Again:
    """What a crawl reads again, each capture once."""

    def __init__(self, store: Store, folder: Path, site_id: str, read_by: str) -> None:
        """`read_by` is the fingerprint of the crawl's reader."""
        self._store, self._warcs, self._read_by = store, folder / "warc", read_by
        self._done: set[str] = set()
        self._needed = store.connection.execute(_OTHERS, [site_id, read_by]).fetchone() is not None

    def wanted(self, reading: Reading) -> list[tuple[Earlier, Page]]:
        """The captures to read again, with their pages, before what was read of a page is stored."""
        if not self._needed:
            return []
        pages = []
        for row in [*self._captures([self._store.known_as(item) for item in _items(reading)]), *self._last_visit(reading)]:
            if row["id"] in self._done:
                continue
            self._done.add(row["id"])
            alike = same_profile(row["read_by"], self._read_by)
            earlier = Earlier(row["id"], row["warc_id"], row["warc_offset"], row["warc_length"], alike)
            try:
                pages.append((earlier, page_at(self._warcs, earlier.warc, earlier.offset, earlier.length)))
            except DamagedRecord:
                continue  # its bytes were removed, or are not its own any more: what was read of them stands
        return pages

    def amend(self, earlier: Earlier, reading: Reading, new: Reading) -> None:
        """Let the catalogue say of an earlier capture what today's reader says of it. The caller holds the transaction.

        Read with another profile, that is only so where it says the same as the `new` page: a profile may have changed because
        the site did. Where today's reader sees all comments that were seen there, it is noted: if one of them is missed now, the
        reader is not to blame.
        """
        amend(self._store, earlier.id, _items(reading), only=None if earlier.same_profile else _items(new))
        shown = json.dumps([comment.id for comment in reading.comments])
        self._store.connection.execute(_READ_ALIKE, [self._read_by, earlier.id, shown])

    def _last_visit(self, reading: Reading) -> list[sqlite3.Row]:
        if reading.thread is None:
            return []
        thread_id = self._store.threads.known_as(reading.thread.id)
        return self._store.connection.execute(_OF_LAST_VISIT, [thread_id, self._read_by]).fetchall()

    def _captures(self, items: list[Item]) -> Iterator[sqlite3.Row]:
        connection = self._store.connection
        for item in items:
            if not (isinstance(item, Comment) and (is_provisional(item) or item.status == "hidden")):
                kind = "article" if isinstance(item, Article) else "comment"
                revision = f"{item.id}@{self._store.digest(item)}"
                yield from connection.execute(_OF_ITEM.format(kind=kind), [item.id, self._read_by, revision]).fetchall()
            if isinstance(item, Article) and item.part is not None and not self._store.pages.is_expected(item):
                yield from connection.execute(_OF_PART, [item.id, item.part, self._read_by]).fetchall()
        for thread_id in self._unsaid(items):
            yield from connection.execute(_OF_THREAD, [thread_id, self._read_by]).fetchall()

    def _unsaid(self, items: Iterable[Item]) -> set[str]:
        """The threads whose comments without numbers are not all known by their name and words."""
        return {
            item.thread_id
            for item in items
            if isinstance(item, Comment) and is_provisional(item) and not self._store.threads.said(item)
        }


def _items(reading: Reading) -> list[Item]:
    items: list[Item] = [reading.article] if reading.article else []
    return [normalise(item) for item in [*items, *reading.comments]]
