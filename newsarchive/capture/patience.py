"""Patience with servers: one that asks for time gets it, from all requests; one that only fails is left alone.

Retry-After (RFC 9110, section 10.2.3) on 429 and 503 is obeyed up to NEWSARCHIVE_RETRY_AFTER, for the whole server: it asks this
crawler to wait, not this page. A page that would have to wait longer, or that a 429 refuses without saying for how long, is given
up for this crawl. After NEWSARCHIVE_HOST_ERRORS failures in a row, with no answer between them, nothing more is asked of the
server; every address left out has its outcome.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsarchive.crawl import Crawl
from newsarchive.errors import NewsArchiveError
from newsarchive.settings import positive
from newsarchive.urls import server_of

_WAITS = {429, 503}
_WAITS_IN_ALL = 10  # times the longest wait: a folder of pages that all say "in a minute" must not cost an hour
_UNTOLD = 5.0  # seconds to wait where a server does not say how long


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After field asks for: a number, or an HTTP date that is still to come; None for anything else."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    try:
        at = parsedate_to_datetime(value)
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return seconds if seconds > 0 else None


class PatienceMiddleware:
    """Holds a server back that asks for it, and refuses requests to one that has failed too often. Stands outside the retries."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = positive(crawler.settings, "NEWSARCHIVE_RETRY_AFTER")
        self._most_errors = int(positive(crawler.settings, "NEWSARCHIVE_HOST_ERRORS"))
        self._errors: Counter[str] = Counter()
        self._rested: defaultdict[str, float] = defaultdict(float)  # seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        patience = cls(crawler)
        crawler.signals.connect(patience.answered, signals.response_downloaded)
        return patience

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a server that is left alone, after it was noted as a miss."""
        server = server_of(request.url)
        if self._errors[server] >= self._most_errors:
            detail = f"NEWSARCHIVE_HOST_ERRORS = {self._most_errors}: as many failures in a row of {server}"
            self._miss(request.url, "failing", detail)
            raise IgnoreRequest(detail)

    def answered(self, request: Request, response: Response) -> None:
        """Take note of what the server asks for. Scrapy tells of an answer before it sends the next request that waits."""
        self._count(request, failed=response.status in _WAITS or response.status >= 500)
        if response.status in _WAITS:
            value = (response.headers.get("Retry-After") or b"").decode("latin-1")
            told = retry_after(value, datetime.now(UTC))
            granted = self._hold(request, min(_UNTOLD if told is None else told, self._longest))
            if not granted or (response.status == 429 and told is None) or (told or 0) > self._longest:
                request.meta["dont_retry"] = True

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failure of the server; what this house itself refuses is none."""
        if not isinstance(exception, IgnoreRequest | NewsArchiveError):
            self._count(request, failed=True)

    def _count(self, request: Request, *, failed: bool) -> None:
        server = server_of(request.url)
        self._errors[server] = self._errors[server] + 1 if failed else 0

    def _hold(self, request: Request, seconds: float) -> bool:
        """Let the server's slot rest; False when it has rested long enough in this crawl, and only this page is given up.

        A slot waits for its delay since the time it was last seen: here that is to come. Without any delay it never looks.
        """
        server = server_of(request.url)
        if self._rested[server] + seconds > _WAITS_IN_ALL * self._longest:
            return False
        engine: Any = self._crawler.engine
        _, slot = engine.downloader._get_slot(request)
        slot.delay = max(slot.delay, 0.001)
        until = monotonic() + seconds
        self._rested[server] += max(0.0, until - max(slot.lastseen, monotonic()))
        slot.lastseen = max(slot.lastseen, until)
        return True

    def _miss(self, url: str, kind: str, detail: str) -> None:
        if crawl := self._crawler.get_extension(Crawl):
            crawl.miss(url, kind, detail)
