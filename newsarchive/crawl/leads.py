"""What a crawl takes of the addresses that a page leads to: those within its budgets, and the comments that may be asked for.

What is left out has an outcome that says why.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newsarchive.crawl.backfill import Backfill
from newsarchive.crawl.extension import Crawl
from newsarchive.crawl.harvest import FoundOn
from newsarchive.crawl.reach import Reach
from newsarchive.items import Follow, Reading
from newsarchive.keys import Keys

logger = logging.getLogger(__name__)


class Leads:
    """The addresses that one crawl was led to, and took."""

    def __init__(
        self,
        crawl: Crawl,
        settings: BaseSettings,
        *,
        reach: Reach,
        keys: Keys,
        most: int | None,
        backfill: Backfill | None,
    ) -> None:
        """`most` articles are asked for (`max_articles`), or all: None. What was asked for before an interruption counts."""
        self._crawl, self._settings, self._reach, self._keys = crawl, settings, reach, keys
        self._most, self._backfill = most, backfill
        self._asked = set[str]() if most is None else set(crawl.archivist.held.articles())
        self._left_out: set[str] = set()
        self._warned: set[str] = set()

    def takes(self, follow: Follow, reading: Reading, *, depth: int, found_on: FoundOn) -> bool:
        """Whether to ask for an address to which a page with this reading leads; see `NewsSite.request`."""
        part = reading.article is not None and follow.url in reading.article.pages
        within = (part or self._wanted(follow)) and self._within(follow, depth, found_on)
        if follow.purpose == "signs" and not within:
            self._crawl.signs.give_up()
        return within and (follow.purpose != "comments" or self._may_ask(follow, reading))

    def _wanted(self, follow: Follow) -> bool:
        """Whether the budget of articles allows this follow; what the crawl asked for before it was interrupted counts. In a
        backfill those do not that are left out anyway.

        Signs of all articles are worth their price only to a crawl of all of them."""
        if follow.purpose == "signs":
            return self._most is None and not self._backfill and self._crawl.signs.may_ask(follow)
        if self._backfill and self._backfill.spares(follow):
            return False
        if self._most is None or follow.purpose != "article" or follow.url in self._asked:
            return True
        if len(self._asked) >= self._most:
            crawl = self._crawl
            if crawl.holds(follow):
                return True
            if follow.url not in self._left_out:
                self._left_out.add(follow.url)
                crawl.miss(follow.url, "budget", f"max_articles = {self._most}")
            return False
        self._asked.add(follow.url)
        return True

    def _within(self, follow: Follow, depth: int, found_on: FoundOn) -> bool:
        """Whether an address is within the limits of depth, and of a kind that may bring news; else it has its outcome."""
        crawl = self._crawl
        names = ("DEPTH_LIMIT", "NEWSARCHIVE_SITEMAP_DEPTH") if follow.purpose == "sitemap" else ("DEPTH_LIMIT",)
        for name in names:
            if depth > self._settings.getint(name) > 0:
                crawl.miss(follow.url, "budget", f"{name} = {self._settings[name]}")
                return False
        free = follow.purpose in ("comments", "signs") or found_on == "start"
        if not free and (refusal := crawl.budgets.barren(follow.url)) and not crawl.holds(follow):
            crawl.miss(follow.url, "budget", refusal)
            return False
        return True

    def _may_ask(self, follow: Follow, reading: Reading) -> bool:
        """Whether a page of comments may be asked for: within the thread's budget, with its key, where a POST may go."""
        crawl, limit = self._crawl, self._settings.getint("NEWSARCHIVE_THREAD_PAGES")
        key = self._keys.missing(follow.url, follow.body, *(value for _, value in follow.headers))
        if reading.thread and crawl.paging.asked(reading.thread.id, follow) > limit > 0:
            crawl.miss(follow.url, "budget", f"NEWSARCHIVE_THREAD_PAGES = {limit}")
        elif key:
            crawl.miss(follow.url, "key", f"NEWSARCHIVE_KEYS names no {key!r} for this host (docs/platforms.md)")
            self._warn_once(
                f"NEWSARCHIVE_KEYS names no {key!r} key for {urlsplit(follow.url).netloc}; docs/platforms.md says how to get one"
            )
        elif follow.method != "GET" and not self._reach.may_post(follow.url):
            crawl.miss(follow.url, "guard", f"{follow.method} to a host that the newspaper's file does not name (comment_hosts)")
            self._warn_once(
                f"{urlsplit(follow.url).netloc} takes questions by {follow.method}: name it in comment_hosts if it may be asked"
            )
        else:
            return True
        return False

    def _warn_once(self, words: str) -> None:
        if words not in self._warned:
            self._warned.add(words)
            logger.warning("Comments are left out: %s", words)
