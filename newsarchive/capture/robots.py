"""Obeying robots.txt as RFC 9309 has it, in the place of Scrapy's middleware, which takes a failing server for a yes.

Each origin's robots.txt is asked for once a day, through the engine, so that it is captured like any other answer.
A 4xx allows all, a 5xx or no answer forbids all (section 2.3.1). Crawl-delay is not in the RFC and is obeyed all the same.
"""

from __future__ import annotations

import asyncio
import codecs
import re
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsarchive.capture.outcome import detail_of
from newsarchive.crawl import Crawl
from newsarchive.errors import Blocked, NewsArchiveError
from newsarchive.settings import positive

_MOST_REDIRECTS = 5  # RFC 9309, section 2.3.1.2
_MOST_BYTES = 500 << 10  # section 2.5: at least 500 KiB are to be parsed
_KEPT = 24 * 3600.0  # seconds; section 2.4
_MARGIN = 1.2  # what a server sees: a request whose connection takes its time comes closer to the next one
_MOST_SERVERS = 50
_LONGEST_DELAY = 60.0  # seconds; a Crawl-delay of a day would be a Disallow in disguise
_CUT = {"truncated", "not whole"}  # flags of a response
_MARKS = (
    *((mark, "utf-32") for mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),  # the first begins as one of UTF-16 does
    *((mark, "utf-16") for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
)
_FOUND_BY_CAPTURE = ("capture", "page")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin's robots.txt says to one agent. `refusal` refuses every address; with no `parser` all are allowed."""

    agent: str = "*"
    parser: Protego | None = None
    refusal: str | None = None
    response: Response | None = None

    @classmethod
    def of(cls, response: Response, token: str) -> Rules:
        """The rules that an answer to the request for robots.txt means for the crawler with this product token."""
        if 300 <= response.status < 500:
            return cls(response=response)
        body = response.body[:_MOST_BYTES]
        if not 200 <= response.status < 300:
            return cls(refusal=f"robots.txt: status {response.status}", response=response)
        if not _CUT.isdisjoint(response.flags) and len(body) < _MOST_BYTES:
            return cls(refusal="robots.txt: the answer broke off, or cannot be unpacked", response=response)
        if len(body) < len(response.body):
            body = body.rpartition(b"\n")[0]  # half a line would be another rule
        text = _text(body)
        return cls(_group(text, token), Protego.parse(text), response=response)

    def refuses(self, url: str) -> str | None:
        """Why the address may not be asked for; None if it may."""
        if self.refusal is None and self.parser is not None and not self.parser.can_fetch(url, self.agent):
            return f"robots.txt: not allowed for {self.agent}"
        return self.refusal

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests, at most a minute."""
        delay = self.parser.crawl_delay(self.agent) if self.parser is not None else None
        return min(delay or 0.0, _LONGEST_DELAY)


class RobotsMiddleware:
    """Lets a request pass if its origin's robots.txt does; answers a spider's own request for robots.txt with the one it has.

    Needs Scrapy's default reactor, the asyncio one. The setting ROBOTSTXT_OBEY switches it on.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._token = _product_token(crawler.settings["USER_AGENT"])
        self._size = max(_MOST_BYTES, int(positive(crawler.settings, "NEWSARCHIVE_ROBOTS_SIZE")))
        self._rules: dict[str, tuple[float, asyncio.Future[Rules]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Raises IgnoreRequest for what robots.txt refuses, after it was noted as a miss."""
        parts = urlsplit(request.url)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in {"http", "https"}:
            return None
        url = f"{parts.scheme}://{parts.netloc.lower()}/robots.txt"
        rules = await self._rules_at(url)
        if parts.path == "/robots.txt" and not parts.query and request.method == "GET":
            return _again(rules, request)
        if refusal := rules.refuses(request.url):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            self._miss(request.url, refusal)
            raise IgnoreRequest(refusal)
        self._slow_down(request, rules.delay)
        return None

    async def _rules_at(self, url: str) -> Rules:
        """The rules at an address, learned if need be. Those of the servers asked last are kept: rules may be large, and many."""
        at, rules = self._rules.pop(url, (0.0, None))
        if rules is None or monotonic() - at > _KEPT:
            at, rules = monotonic(), asyncio.ensure_future(self._learn(url))
        self._rules[url] = (at, rules)
        if len(self._rules) > _MOST_SERVERS:
            del self._rules[next(iter(self._rules))]
        return await rules

    async def _learn(self, url: str) -> Rules:
        try:
            # In a thread: half a megabyte of rules takes seconds to parse, and other servers do not wait for that.
            return await asyncio.to_thread(Rules.of, await self._fetch(url), self._token)
        except Blocked:
            return Rules()  # the guard blocks every page there too, and says so itself
        except NewsArchiveError:
            raise  # the archive cannot go on
        except Exception as error:  # RFC 9309, section 2.3.1.4: for whatever cause it cannot be had, all is forbidden
            return Rules(refusal=f"robots.txt cannot be had: {detail_of(error)}")

    async def _fetch(self, url: str) -> Response:
        """Follow redirects, to other hosts too, as section 2.3.1.2 wants it; the sixth is returned as it is."""
        hops: list[str] = []
        while True:
            meta = {
                "purpose": "robots",
                "dont_obey_robotstxt": True,
                "dont_redirect": True,
                "allow_offsite": True,
                "download_maxsize": self._size,
            }
            if hops:
                meta["redirect_urls"] = [*hops]  # for the capture's via and hop
            try:
                response: Response = await self._engine.download_async(Request(url, callback=NO_CALLBACK, meta=meta))
            except Blocked as blocked:
                if hops:  # elsewhere than the pages it speaks of: they are not blocked, and nothing is known of them
                    raise IgnoreRequest(f"it leads to a blocked address: {blocked}") from blocked
                raise
            location = response.headers.get("Location")
            if not 300 <= response.status < 400 or location is None or len(hops) == _MOST_REDIRECTS:
                return response
            hops.append(url)
            url = response.urljoin(location.decode("latin-1"))

    def _slow_down(self, request: Request, seconds: float) -> None:
        """Raise the delay of the request's slot; slots are made anew after a while of rest, so each request does it."""
        seconds *= _MARGIN
        _, slot = self._engine.downloader._get_slot(request)
        if slot.delay * (1 - slot.jitter) < seconds:
            slot.delay, slot.jitter = max(slot.delay, seconds), 0.0

    def _miss(self, url: str, detail: str) -> None:
        if crawl := self._crawler.get_extension(Crawl):
            crawl.miss(url, "robots", detail)

    @property
    def _engine(self) -> Any:
        return self._crawler.engine


def _again(rules: Rules, request: Request) -> Response:
    """The robots.txt that was fetched already, as the answer to `request`."""
    if rules.response is None or rules.response.request is None:
        raise IgnoreRequest(rules.refusal or "robots.txt was not fetched")
    request.meta.update({name: rules.response.meta[name] for name in _FOUND_BY_CAPTURE} | {"dont_retry": True})
    given = rules.response
    # A plain response, whatever the type: its text is nobody's business here, and Scrapy would guess at its encoding.
    return Response(given.url, status=given.status, headers=given.headers, body=given.body, flags=given.flags, request=request)


def _text(body: bytes) -> str:
    """UTF-8 (section 2.2), or what a byte order mark says. A NUL stands for nothing; UTF-16 without a mark is full of them."""
    charset = next((name for mark, name in _MARKS if body.startswith(mark)), "utf-8-sig")
    return body.decode(charset, errors="replace").replace("\0", "")


def _product_token(user_agent: str) -> str:
    """RFC 9309, section 2.2.1: letters, `_` and `-`, at the head of the User-Agent."""
    found = re.match(r"[A-Za-z_-]+", user_agent)
    return found[0].lower() if found else "*"


def _group(text: str, token: str) -> str:
    """The token if a group names it, else `*`. Protego alone would let a group for `news` bind a crawler `newsarchive`."""
    named = re.compile(rf"\s*user-?\s?agent\s*:\s*{re.escape(token)}\s*(?:#.*)?", re.IGNORECASE)
    return token if any(named.fullmatch(line) for line in text.splitlines()) else "*"
