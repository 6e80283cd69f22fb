"""Hand items to the archivist, who writes them with their page."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from newsarchive.crawl import Crawl
from newsarchive.crawl.desk import Desk
from newsarchive.items import Article, Comment, Item


class Store:
    """Collect our items for their page's transaction; other items pass."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler).desk)

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Article | Comment):
            self.desk.collect(item)
        return item
