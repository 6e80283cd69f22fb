"""The newspaper's own hosts, and an outcome for every address that leads away from them (Scrapy drops those without a word)."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from newsarchive.crawl import Crawl


class ScopeMiddleware(OffsiteMiddleware):
    """Scrapy's middleware, which asks already when a request is put into the queue (a redirect, for example)."""

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises IgnoreRequest for a host that is not of the newspaper, after it was noted as a miss."""
        try:
            super().process_request(request)
        except IgnoreRequest:
            if crawl := self.crawler.get_extension(Crawl):
                crawl.miss(request.url, "offsite", "not a host of this newspaper (start_urls)")
            raise
