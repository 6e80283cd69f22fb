"""Hand items to the archivist, who writes them with their page."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from newsarchive.crawl import Crawl
from newsarchive.items import Article, Comment, Item


class Store:
    """Collect our items for their page's transaction; other items pass."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler))

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Article | Comment):
            self.crawl.collect(item)
        return item
