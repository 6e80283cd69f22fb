"""Conditional requests: a page that the archive holds is asked for only if it has changed since (RFC 9110, section 13)."""

from __future__ import annotations

from typing import Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler

from newsarchive.crawl import Crawl
from newsarchive.keys import Keys

_VALIDATORS = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
_ASKED_SINCE = "asked_since"


class ConditionalMiddleware:
    """Sends the validators of the last whole answer back as they came; `meta["asked_since"]` is the capture they are of.

    Not for an address with somebody's key in it, nor for anything but a plain GET.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._keys = Keys.parse(crawler.settings.get("NEWSARCHIVE_KEYS", ""))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Name what is known of this address; what a redirect carried over is another address's."""
        request.meta.pop(_ASKED_SINCE, None)
        for name in _VALIDATORS:
            request.headers.pop(name, None)
        crawl = self._crawler.get_extension(Crawl)
        url = urldefrag(request.url)[0]
        if crawl is None or request.method != "GET" or self._keys.fill(url, url.encode()) != self._keys.hide(url.encode()):
            return
        if found := crawl.archivist.originals.of_address(url):
            original, page = found
            validators = {name: page.header(of) for name, of in _VALIDATORS.items()}
            request.headers.update({name: value.encode("latin-1") for name, value in validators.items() if value})
            if any(validators.values()):
                request.meta[_ASKED_SINCE] = original
