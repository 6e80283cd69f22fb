"""Drop what the archive holds as it is."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newsarchive.crawl import Crawl
from newsarchive.crawl.desk import Desk
from newsarchive.items import Article, Comment, Item


class Deduplicate:
    """Drop items that the archive holds unchanged (their last sight moves on); new ones and edits pass."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler).desk)

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Article | Comment) and self.desk.known(item):
            self.desk.collect(item, unchanged=True)
            raise DropItem("unchanged")
        return item
