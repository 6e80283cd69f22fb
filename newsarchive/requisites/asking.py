"""Which requisites a crawl asks for: each once for a site while it is fresh, and no more than a number of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, get_args

from newsarchive.errors import ReadersFailed, ReadingFailed, UsageError
from newsarchive.items import Follow, Page, Reading
from newsarchive.requisites.markup import Wanted, in_page
from newsarchive.requisites.stylesheet import in_stylesheet
from newsarchive.settings import positive
from newsarchive.times import to_iso
from newsarchive.urls import url_key

CHOICES = ("all", "images", "none")
FRESH = timedelta(days=30)  # for so long one that was captured, or is not there, is not asked for again
_ASKED = """
SELECT 1 FROM captures WHERE url_key = ? AND site_id = ? AND purpose = 'requisite' AND status < 500 AND captured_at >= ? LIMIT 1
"""

Work = Callable[[], list[str]]


class Requisites:
    """The requisites of one crawl.

    `run` does pure work in a reader's process; `holds` says whether this crawl had captured something before it was interrupted,
    `miss` notes what is not asked for: an address, a kind of outcome, a detail.
    """

    def __init__(
        self,
        settings: Any,
        site_id: str,
        connection: sqlite3.Connection,
        *,
        run: Callable[[Work], Awaitable[list[str]]],
        holds: Callable[[Follow], bool],
        miss: Callable[[str, str, str], None],
    ) -> None:
        self._wanted = chosen(settings)
        self._most = int(positive(settings, "NEWSARCHIVE_REQUISITE_FILES"))
        self._site_id, self._connection = site_id, connection
        self._run, self._holds, self._miss = run, holds, miss
        self._left = self._most
        self._seen: set[int] = set()
        self._imported: set[str] = set()

    async def of_page(self, page: Page, reading: Reading) -> list[Follow]:
        """What the page of an article needs, and is to be asked for."""
        if self._wanted is None or reading.article is None:
            return []
        return self._new(await self._found(partial(in_page, page, self._wanted)))

    async def of_stylesheet(self, page: Page, asked: str) -> list[Follow]:
        """What a stylesheet needs; `asked` is the address that was asked for. What it imports leads no further."""
        if self._wanted != "all" or asked in self._imported:
            return []
        found = self._new(await self._found(partial(in_stylesheet, page)))
        self._imported.update(follow.url for follow in found)
        return found

    def _new(self, urls: Iterable[str]) -> list[Follow]:
        found = []
        for url in urls:
            if hash(url) in self._seen:
                continue
            self._seen.add(hash(url))
            follow = Follow(url, "requisite")
            if not self._holds(follow) and self._is_fresh(url):
                continue
            if not self._left:
                self._miss(url, "budget", f"NEWSARCHIVE_REQUISITE_FILES = {self._most}")
                continue
            self._left -= 1
            found.append(follow)
        return found

    def _is_fresh(self, url: str) -> bool:
        """Whether it was asked for not long ago, for this site."""
        since = to_iso(datetime.now(UTC) - FRESH)
        return self._connection.execute(_ASKED, [url_key(url), self._site_id, since]).fetchone() is not None

    async def _found(self, work: Work) -> list[str]:
        try:
            return await self._run(work)
        except (ReadingFailed, ReadersFailed):  # the page is kept, and its own reading says what is wrong
            return []


def chosen(settings: Any) -> Wanted | None:
    """What is wanted; None for nothing. Raises UsageError for a word that makes no sense."""
    word = str(settings["NEWSARCHIVE_REQUISITES"])
    if word not in CHOICES:
        raise UsageError(f"NEWSARCHIVE_REQUISITES must be one of {', '.join(CHOICES)}, not {word!r}")
    return next((choice for choice in get_args(Wanted) if choice == word), None)
