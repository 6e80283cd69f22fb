"""A Scrapy extension for tests: when some answers have come, the site's hours are over."""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from newsarchive.crawl import Crawl
from newsarchive.crawl.hours import Hours
from tests.other_hours import not_now


class NightFalls:
    """Moves the window to where it is closed, as the clock would move on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler, self._left = crawler, 12

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        night = cls(crawler)
        crawler.signals.connect(night.answered, signals.response_received)
        return night

    def answered(self, **_: Any) -> None:
        self._left -= 1
        if self._left == 0:
            Crawl.of(self._crawler)._hours = Hours.parse(not_now(), None)
