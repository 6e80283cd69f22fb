"""The reading desk of a crawl: a captured page lies on it until it is read and the last of its items has passed the pipelines.

A later item may overtake an earlier one, and `parse` ends before its items are stored: so they are counted. Then the page is
filed, and its rows are written in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from itemadapter import ItemAdapter
from scrapy.statscollectors import StatsCollector

from newsarchive.crawl.stopping import Stopping
from newsarchive.errors import ReadersFailed, ReadingFailed, UsageError
from newsarchive.items import Item, Page, Profile, Reading
from newsarchive.reading.lending import Borrowed
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.reread import passed

logger = logging.getLogger(__name__)


class Desk:
    """The pages of one crawl that are being read, and those whose items are in the pipelines."""

    def __init__(
        self,
        archivist: Archivist,
        pool: Borrowed,
        profile: Profile,
        stats: StatsCollector,
        *,
        most: int,
        stopping: Stopping,
        guarded: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`most` pages may wait for a reader; in `guarded` blocks an error ends the crawl, for the archive can write no more."""
        self._archivist, self._pool, self._profile, self._stats = archivist, pool, profile, stats
        self._most, self._stopping, self._guarded = most, stopping, guarded
        self._being_read = 0
        self._in_hand: dict[str, tuple[ReadPage, int]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether as many pages are being read as should wait for it: what is fetched faster than it is read fills the memory."""
        return self._being_read >= self._most

    def has_read(self, page: Page) -> bool:
        """Whether this crawl read the page, and stored its items, before it was interrupted."""
        return self._archivist.has_read(page.record_id)

    async def read(self, page: Page) -> Reading:
        """Read a page in a worker process; a page that cannot be read is an empty reading and a flag on its capture."""
        try:
            reading = await self._read(page)
        except (ReadingFailed, ReadersFailed) as failure:
            if self._stopping.begun:  # the readers were sent home, or cannot work; it is read when the crawl goes on
                return Reading()
            logger.warning("Not read: %s (%s): %s", page.url, page.record_id, failure)
            self._stats.inc_value("newsarchive/unread")
            self._archivist.file(ReadPage(page.record_id, page.captured_at, Reading(), error=str(failure)))
            return Reading()
        if reading.failure:
            logger.warning("Not read as wanted: %s (%s): %s", page.url, page.record_id, reading.failure)
            self._stats.inc_value("newsarchive/flagged")
        reading, takedown = self._archivist.suppression.spare(reading, page.body_id)
        await self._amend_earlier(reading)
        read_page = ReadPage(page.record_id, page.captured_at, reading, takedown=takedown)
        items = len(reading.comments) + (reading.article is not None)
        if items:
            self._in_hand[page.record_id] = (read_page, items)
        else:
            self._archivist.file(read_page)
        return reading

    async def read_again(self, page: Page) -> Reading:
        """Read a page once more for what it leads to; nothing of it is stored twice."""
        try:
            return await self._read(page)
        except (ReadingFailed, ReadersFailed):
            self._stats.inc_value("newsarchive/unread")
            return Reading()

    def known(self, item: Item) -> bool:
        """Whether the archive holds the (normalised) item as it is."""
        return self._archivist.store.known(item)

    def collect(self, item: Item, *, unchanged: bool = False) -> None:
        """Take an item, as it is now, for its page's transaction. It counts as passed by its signal.

        An item whose `capture_id` is that of no page in hand (somebody made it, or changed that field) cannot be filed.
        """
        if item.capture_id not in self._in_hand:
            raise UsageError(f"{type(item).__name__} {item.id}: capture_id {item.capture_id!r} is that of no page in hand")
        self._in_hand[item.capture_id][0].items.append(replace(item))
        self._stats.inc_value(f"newsarchive/{'unchanged' if unchanged else 'stored'}/{type(item).__name__.lower()}s")

    def passed(self, item: Any) -> None:
        """One more item came out of the pipelines (stored, dropped or failed); the last one files its page."""
        capture_id = ItemAdapter(item).get("capture_id") if ItemAdapter.is_item(item) else None
        if capture_id not in self._in_hand:
            return
        page, left = self._in_hand.pop(capture_id)
        if left > 1:
            self._in_hand[capture_id] = (page, left - 1)
        else:
            self._archivist.file(page)

    def clear(self) -> None:
        """File what is in hand, at a crawl's end; when it is to go on, that is read again then."""
        if not self._stopping.begun:
            for page, _ in self._in_hand.values():
                self._archivist.file(page)
        self._in_hand.clear()

    def read_rest(self) -> None:
        """Read what was captured before an interruption and did not come up again: no page of it leads there any more, by today's
        readers, or it is a robots.txt of another host."""
        for page, reading, error in self._pool.read_all(self._archivist.unread(), self._profile):
            self._archivist.file(passed(page, reading, error, self._archivist.suppression))

    async def _read(self, page: Page) -> Reading:
        self._being_read += 1
        try:
            reading = await self._pool.read(page, self._profile)
        except ReadersFailed:
            with self._guarded():
                raise
        finally:
            self._being_read -= 1
        if reading.readers != ("robots",):
            self._stats.inc_value("newsarchive/read")
        return reading

    async def _amend_earlier(self, new: Reading) -> None:
        """Read earlier captures again where the reader has changed since, so that its change is not taken for an edit."""
        for earlier, page in self._archivist.again.wanted(new):
            try:
                reading = await self._pool.read(page, self._profile)
            except (ReadingFailed, ReadersFailed) as failure:
                logger.warning("Not read again: %s (%s): %s", page.url, page.record_id, failure)
                continue
            self._stats.inc_value("newsarchive/read_again")
            with self._guarded():
                self._archivist.amend(earlier, page, reading, new)
