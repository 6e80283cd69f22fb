"""Redirects, by Scrapy's middleware, with an outcome for a target that is not asked for: the redirect itself is a capture."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsarchive.crawl import Crawl

_LONGEST = 2000
_REDIRECTS = {301, 302, 303, 307, 308}


class RecordingRedirectMiddleware(RedirectMiddleware):
    """Notes the target of a redirect that is one too many, that leads to another scheme, or that is no address."""

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:
        """Raises IgnoreRequest where Scrapy would, and where it would stumble over the target."""
        try:
            found = super().process_response(request, response)
        except IgnoreRequest as refusal:
            self._miss(response, "budget", f"REDIRECT_MAX_TIMES = {self.max_redirect_times}")
            raise refusal
        except ValueError as error:
            self._miss(response, "guard", f"no address that can be asked: {error}")
            raise IgnoreRequest(f"no address to redirect to: {error}") from error
        left = found is response and response.status in _REDIRECTS and not request.meta.get("dont_redirect")
        if left and response.headers.get("Location"):
            self._miss(response, "guard", "a scheme that is not asked")
        return found

    def _miss(self, response: Response, kind: str, detail: str) -> None:
        location = (response.headers.get("Location") or b"").decode("latin-1")
        try:
            target = urljoin(response.url, location)
        except ValueError:
            target = location
        if crawl := self.crawler.get_extension(Crawl):
            crawl.miss(target[:_LONGEST], kind, detail)
