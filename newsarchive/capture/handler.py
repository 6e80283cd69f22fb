"""The download handler: fetches over the tapped wire, hands every exchange to the archive, and answers from what was kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import Any, cast
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _RequestBodyProducer
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol
from twisted.internet.task import LoopingCall
from twisted.web.client import Agent, HTTPConnectionPool

from newsarchive.capture.answer import make_response
from newsarchive.capture.endpoint import GuardedEndpoints
from newsarchive.capture.outcome import detail_of, kind_of
from newsarchive.capture.tls import Trust
from newsarchive.capture.wire import Bounds, Tap, TappedFactory, TappedHeaders
from newsarchive.crawl import Crawl
from newsarchive.crawl.stopping import GIVE_UP
from newsarchive.errors import DamagedRecord, Stopped
from newsarchive.guard import Guard
from newsarchive.keys import Keys
from newsarchive.settings import positive
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.message import LARGEST, make_page, read_head

_GLANCE = 1 << 20  # bytes
_WINDOW = 1 / 3  # of the time limit: over this time the rate of an answer is taken
_HOPS = {"robots": "P", "feed": "M", "sitemap": "M", "signs": "M", "requisite": "E"}


class CaptureHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, without proxies, and with the archive between the wire and the crawl.

    `request.meta` says what is fetched: `purpose` (items.Purpose) and `via`, the address that led here. Afterwards it holds
    `capture` (vault.exchange.Capture) and `page` (items.Page), the page that a replay of its record gives; both are None where
    nothing is archived (`scrapy shell`). An answer that broke off after its head is returned too, with the flag `truncated`.
    Where nothing was kept the archive is told of the miss.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._pool._factory = TappedFactory
        self._guard = Guard.parse(settings.get("NEWSARCHIVE_ALLOW_PRIVATE", ""))
        self._keys = Keys.parse(settings.get("NEWSARCHIVE_KEYS", ""))
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._slowest = positive(settings, "NEWSARCHIVE_MINIMUM_RATE")
        head, interim = (int(positive(settings, f"NEWSARCHIVE_{name}")) for name in ("HEAD_SIZE", "INTERIM_ANSWERS"))
        self._bounds = Bounds(0, head, interim, positive(settings, "NEWSARCHIVE_PARSE_SECONDS"))
        self._under_way: dict[Tap, Deferred[Any]] = {}
        self._gave_up = False
        crawler.signals.connect(self._give_up, signal=GIVE_UP)
        self._trust = Trust(self._contextFactory, getattr(crawler.spider, "tls_exceptions", ()))
        bind_address = normalize_bind_address(self._bind_address)
        endpoints = GuardedEndpoints(_reactor(), self._guard, self._trust, timeout=self._timeout, bind_address=bind_address)
        self._agent = Agent.usingEndpointFactory(_reactor(), endpoints, self._pool)
        # A retry has a connection of its own: over a kept one that the server has closed, Twisted would send it twice.
        once = HTTPConnectionPool(_reactor(), persistent=False)
        once._factory = TappedFactory
        self._agent_once = Agent.usingEndpointFactory(_reactor(), endpoints, once)

    async def close(self) -> None:
        """Close the connections that are kept. Scrapy 2.19 gives up waiting by firing what may have fired already, which many
        crawls that end together tell as errors (seen 2026-11)."""
        closed: Deferred[Any] = self._pool.closeCachedConnections()
        timer = _reactor().callLater(self._disconnect_timeout, _let_go, closed)
        try:
            await maybe_deferred_to_future(closed)
        finally:
            if timer.active():
                timer.cancel()

    async def download_request(self, request: Request) -> Response:
        """Fetch, keep, answer. Raises Blocked, Stopped, or Scrapy's exception for a download of which no whole head came."""
        for left_by_redirect in ("capture", "page"):
            request.meta.pop(left_by_redirect, None)
        url = self._keys.hide(urldefrag(request.url)[0].encode()).decode()  # a redirect may repeat a key
        bounds = replace(self._bounds, size=request.meta.get("download_maxsize", self._default_maxsize))
        tap = Tap(bounds, self._keys, partial(self._sent, request), self._folder())
        with closing(tap):
            try:
                self._guard.check_url(url)
                with wrap_twisted_exceptions():
                    await self._converse(request, url, tap)
            except Exception as error:  # whatever it was, what came before it is kept; where that is no answer it is raised again
                self._check_given_up(url, tap)
                if not _holds_head(tap):
                    self._keep_fragment(request, url, tap, error)
                    raise
                tap.truncated = tap.truncated or "unspecified"
            self._check_given_up(url, tap)
            return self._answer(request, url, tap)

    async def _converse(self, request: Request, url: str, tap: Tap) -> None:
        """Send the request and wait until the tap has all of the answer, or the time limit cuts it."""
        began = monotonic()
        agent = self._agent_once if request.meta.get("retry_times") else self._agent
        answer: Deferred[Any] = agent.request(
            request.method.encode("ascii"),
            self._keys.fill(url, url.encode("ascii")),
            _tapped_headers(request, url, tap, self._keys),
            cast("Any", _RequestBodyProducer(self._keys.fill(url, request.body)) if request.body else None),
        )
        self._under_way[tap] = answer
        limit = request.meta.get("download_timeout") or self._timeout
        timer = _reactor().callLater(limit, _cut, tap, answer)
        window = limit * _WINDOW
        pace = LoopingCall(_Pace(tap, self._slowest * window, lambda: _cut(tap, answer)).look)
        pace.start(window, now=False)
        try:
            response = await maybe_deferred_to_future(answer)
            request.meta["download_latency"] = monotonic() - began
            too_long = isinstance(response.length, int) and response.length > tap.bounds.size > 0
            if too_long and request.meta.get("purpose") != "robots":  # of that file the beginning counts
                tap.break_off("length")
            elif response.length:
                response.deliverBody(_Unheard())
            await maybe_deferred_to_future(tap.over)
        except Exception:  # of Twisted, of many kinds; it goes on its way unless our own cut was the cause
            if tap.truncated == "time":  # what the cut looks like to Twisted depends on how far the exchange was
                raise DownloadTimeoutError(f"{url} took longer than {limit} seconds") from None
            if tap.truncated == "length":  # tried again, it would be as long
                raise DownloadCancelledError(f"{url}: a head beyond {tap.bounds}") from None
            raise
        finally:
            del self._under_way[tap]
            pace.stop()
            if timer.active():
                timer.cancel()

    def _sent(self, request: Request) -> None:
        """Let the server's delay begin, when the transport has passed on what it was given: that is in the loop's next round."""
        downloader: Any = self._crawler.engine.downloader
        _reactor().callLater(0, downloader.sent, request)

    def _give_up(self) -> None:
        """The crawl is being stopped, and waits no longer: what did not come to its end is no capture, and is asked for again."""
        self._gave_up = True
        for tap, answer in list(self._under_way.items()):
            _cut(tap, answer)

    def _folder(self) -> Path | None:
        crawl = self._crawler.get_extension(Crawl)
        return crawl.archivist.folder if crawl else None

    def _check_given_up(self, url: str, tap: Tap) -> None:
        if tap.failure:
            Crawl.of(self._crawler).fail(tap.failure)
        if self._gave_up and tap.truncated == "time":
            raise Stopped(f"{url} was given up: the crawl is being stopped")

    def _answer(self, request: Request, url: str, tap: Tap) -> Response:
        """Keep the exchange and make Scrapy's response from the very bytes that were kept, as a rebuild will."""
        exchange = self._exchange(request, url, tap)
        capture = self._keep(exchange)
        page = make_page(
            # Nobody reads what broke off: its beginning will do. Nor what is too large, as this says by itself.
            tap.response.read(_GLANCE if tap.truncated and exchange.purpose != "robots" else LARGEST + 1),
            url=capture.url if capture else url,
            captured_at=capture.captured_at if capture else exchange.began_at,
            record_id=capture.record_id if capture else "",
            request=exchange.request,
        )
        if capture and capture.record_type == "revisit":
            page = Crawl.of(self._crawler).archivist.page_of(capture)
        request.meta["capture"], request.meta["page"] = capture, page if capture else None
        flags = [name for name, holds in (("truncated", tap.truncated), ("partial", tap.open_ended)) if holds]
        return make_response(
            page,
            url,
            flags=flags,
            certificate=tap.peer.certificate if tap.peer else None,
            ip_address=ip_address(tap.peer.ip_address) if tap.peer else None,
            protocol=_version(tap).upper(),
        )

    def _keep_fragment(self, request: Request, url: str, tap: Tap, failure: Exception) -> None:
        """Keep a head that broke off; of nothing, or of what is no HTTP answer, only the ledger knows, and how it began."""
        detail = detail_of(failure)
        try:
            if tap.size:
                read_head(tap.response)
                self._keep(self._exchange(request, url, tap))
                return
        except DamagedRecord as damaged:
            detail = str(damaged)
        self._miss(url, kind_of(failure), detail)

    def _exchange(self, request: Request, url: str, tap: Tap) -> Exchange:
        meta, peer, version = request.meta, tap.peer, _version(tap)
        purpose = meta.get("purpose", "other")
        redirected = meta.get("redirect_urls")
        return Exchange(
            url=url,
            method=request.method,
            request=tap.request,
            response=tap.response,
            size=tap.size,
            began_at=tap.began_at,
            elapsed=tap.elapsed,
            purpose=purpose,
            ip_address=peer.ip_address if peer else None,
            protocol=tuple(name for name in (version, peer and peer.protocol) if name),
            cipher_suite=peer.cipher_suite if peer else None,
            tls_verified=self._trust.verifies(url),
            truncated=tap.truncated,
            via=self._keys.hide(redirected[-1].encode()).decode() if redirected else meta.get("via"),
            hop="R" if redirected else _HOPS.get(purpose, "L"),
            asked_since=meta.get("asked_since"),
        )

    def _keep(self, exchange: Exchange) -> Capture | None:
        crawl = self._crawler.get_extension(Crawl)  # there is none in `scrapy shell`: a look is no crawl, and nothing is kept
        return crawl.keep(exchange) if crawl else None

    def _miss(self, url: str, kind: str, detail: str) -> None:
        if crawl := self._crawler.get_extension(Crawl):
            crawl.miss(url, kind, detail)


def _let_go(closed: Deferred[Any]) -> None:
    if not closed.called:
        closed.callback(None)


class _Pace:
    """Looks, every so often, how much has come since the last time, once something has."""

    def __init__(self, tap: Tap, least: float, cut: Callable[[], None]) -> None:
        self._tap, self._least, self._cut, self._before = tap, least, cut, 0

    def look(self) -> None:
        before, self._before = self._before, self._tap.received
        if before and self._before - before < self._least:
            self._cut()


class _Unheard(Protocol):
    """The receiver of a body that the tap has already: it keeps the bytes flowing."""

    def dataReceived(self, data: bytes) -> None:
        pass


def _reactor() -> Any:
    """Twisted's reactor, imported late: the import itself installs one, and Scrapy chooses which."""
    from twisted.internet import reactor

    return reactor


def _cut(tap: Tap, answer: Deferred[Any]) -> None:
    """The time is up: keep what came, or end the attempt to connect."""
    if not tap.break_off("time"):
        tap.truncated = "time"
        answer.cancel()


def _tapped_headers(request: Request, url: str, tap: Tap, keys: Keys) -> TappedHeaders:
    headers = TappedHeaders({name: [keys.fill(url, value) for value in values] for name, values in request.headers.items()})
    headers.removeHeader(b"Proxy-Authorization")  # set from the environment for a proxy that is not used here
    headers.tap = tap
    return headers


def _holds_head(tap: Tap) -> bool:
    try:
        return bool(tap.size) and read_head(tap.response).whole
    except DamagedRecord:
        return False


def _version(tap: Tap) -> str:
    """`http/1.1` or what the status line says."""
    found = re.match(rb"HTTP/\d\.\d", tap.response.read(8))
    return found[0].decode("ascii").lower() if found else "http/1.1"
