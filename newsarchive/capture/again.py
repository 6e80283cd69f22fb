"""A crawl that goes on gets what it had captured from the archive: above the download slots, so that no delay applies to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsarchive.capture.answer import make_response
from newsarchive.crawl import Crawl
from newsarchive.keys import Keys

_ROBOTS_HOLD = timedelta(hours=24)  # RFC 9309, section 2.4


class AnswersFromArchive:
    """Answers what the crawl has captured already; redirects, retries and robots.txt are requests like any other."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._keys = Keys.parse(crawler.settings.get("NEWSARCHIVE_KEYS", ""))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """The next answer that the crawl had to this request; None where it is to be asked for."""
        crawl = self._crawler.get_extension(Crawl)
        url = self._keys.hide(urldefrag(request.url)[0].encode()).decode()
        answer = crawl.captured(url, request.method, request.body) if crawl else None
        if answer is None:
            return None
        if request.meta.get("purpose") == "robots" and abs(datetime.now(UTC) - answer.page.captured_at) > _ROBOTS_HOLD:
            return await self.process_request(request)  # the next one, if there is any
        request.meta["capture"], request.meta["page"] = answer.capture, answer.page
        flags = ["archived", *(["truncated"] if answer.capture.truncated else [])]
        return make_response(answer.page, url, flags=flags)
