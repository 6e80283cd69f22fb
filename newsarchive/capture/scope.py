"""What lies outside the crawl: other hosts than the newspaper's, and addresses of any length. Scrapy drops those without a word;
here each has its outcome."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from newsarchive.crawl import Crawl


class ScopeMiddleware(OffsiteMiddleware):
    """Scrapy's middleware, which asks already when a request is put into the queue (a redirect, for example)."""

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises IgnoreRequest for another host and for an endless address, after it was noted as a miss."""
        longest = self.crawler.settings.getint("URLLENGTH_LIMIT")
        if len(request.url) > longest > 0:
            detail = f"URLLENGTH_LIMIT = {longest}"
            self._miss(request.url[:longest], "budget", detail)
            raise IgnoreRequest(detail)
        try:
            super().process_request(request)
        except IgnoreRequest:
            self._miss(request.url, "offsite", "not a host of this newspaper (start_urls)")
            raise

    def _miss(self, url: str, kind: str, detail: str) -> None:
        if crawl := self.crawler.get_extension(Crawl):
            crawl.miss(url, kind, detail)
