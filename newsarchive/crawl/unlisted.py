"""Known articles that a crawl was led to by no page: they are asked for at its end, for that is how their removal is seen.

Those that were seen in the crawl before come first, for they left the lists since; then those that were seen longest ago, so that
in time all are looked at again. What the agenda leaves out is left out here, too.
"""

from __future__ import annotations

from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from newsarchive.crawl.extension import Crawl
from newsarchive.items import Follow
from newsarchive.settings import not_negative


class Unlisted:
    """Asks for them when nothing else is left to ask for, once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._left = int(not_negative(crawler.settings, "NEWSARCHIVE_UNLISTED"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        asking = cls(crawler)
        crawler.signals.connect(asking.idle, signals.spider_idle)
        return asking

    def idle(self, spider: Spider) -> None:
        """Raises DontCloseSpider when there is something to ask for."""
        crawl, most, self._left = Crawl.of(self._crawler), self._left, 0
        if not most or crawl.stopping.begun or not getattr(spider, "takes_all", True):
            return
        asked = 0
        for url in crawl.archivist.unlisted():
            follow = Follow(url, "article")
            if asked < most and not crawl.agenda.spares(follow):
                self._crawler.engine.crawl(spider.request(follow))  # type: ignore[attr-defined]  # Crawl takes a NewsSite only
                asked += 1
        if asked:
            raise DontCloseSpider
