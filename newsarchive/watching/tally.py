"""What the pages of one crawl showed, counted for its report. The counts stand in the record of the crawl's end.

An answer is counted once, when it comes to the spider: after its redirects and retries.
"""

from __future__ import annotations

from typing import Protocol

from newsarchive.items import Page, Purpose, Reading
from newsarchive.urls import url_key
from newsarchive.watching.signs import sign_of

PREFIX = "newsarchive/seen/"
FIELDS = ("headline", "text", "date_published", "authors")
_BESIDES = ("requisite", "signs")  # a picture, or an interface that is closed, says nothing of the pages that people read
_BLOCKED = {401, 403, 407, 429, 451}


class _Stats(Protocol):
    def inc_value(self, key: str, count: int = 1) -> None: ...


class Tally:
    """Counts into Scrapy's statistics, under `newsarchive/seen/`."""

    def __init__(self, stats: _Stats) -> None:
        self._stats = stats
        self._listed: set[int] = set()

    def answer(self, page: Page, purpose: Purpose, reading: Reading) -> None:
        """Count an answer, by its status and by what was read; `reading` is empty where nobody read it. A robots.txt tells
        nothing of the newspaper: it is served where all else is blocked. One that fails, though, keeps all from being asked."""
        if purpose in _BESIDES or (purpose == "robots" and page.status < 500):
            return
        self._count("answers")
        sign = sign_of(page, reading)
        if page.status in _BLOCKED or sign == "challenge":
            self._count("blocked")
        elif page.status >= 500:
            self._count("errors")
        elif page.status >= 400:
            self._count("gone")
        elif sign:
            self._count(sign)
        self._list(reading)
        if purpose == "article" and page.status == 200 and sign in (None, "empty") and reading.readers:
            self._read(reading)
        self._count("comments", len(reading.comments))

    def _list(self, reading: Reading) -> None:
        """Addresses of articles that this page is the first to lead to."""
        before = len(self._listed)
        self._listed.update(hash(url_key(follow.url)) for follow in reading.follow if follow.purpose == "article")
        self._count("listed", len(self._listed) - before)

    def _read(self, reading: Reading) -> None:
        """A page that was thought to be an article's: whether it is, what it lacks, whether it has a thread."""
        self._count("article_pages")
        if reading.article is None:
            return
        self._count("articles")
        for field in FIELDS:
            if not getattr(reading.article, field):
                self._count(f"without_{field}")
        if reading.thread and reading.thread.status not in ("removed", "migrated"):
            self._count("threads")

    def _count(self, name: str, count: int = 1) -> None:
        if count:
            self._stats.inc_value(PREFIX + name, count)
