"""One Scrapy crawl at work on the archive: the extension that binds its signals to the archivist.

Capture handler, spider and pipelines find it with `Crawl.of(crawler)`. It opens the archive before the first request,
says what is asked for, and closes the archive at the end. Pages are read at its desk.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from random import uniform
from typing import Any, NoReturn, Protocol, Self, cast, runtime_checkable

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

from newsarchive import manners
from newsarchive.catalogue.due import Due
from newsarchive.catalogue.signs import may_have_signs
from newsarchive.crawl.accounts import config_of, summary
from newsarchive.crawl.agenda import Agenda
from newsarchive.crawl.backfill import Backfill, Span
from newsarchive.crawl.budgets import Budgets, Limits
from newsarchive.crawl.desk import Desk
from newsarchive.crawl.hours import Hours
from newsarchive.crawl.misses import Misses
from newsarchive.crawl.paging import Paging
from newsarchive.crawl.signs import Signs
from newsarchive.crawl.stopping import Stopping
from newsarchive.errors import LittleSpace, NewsArchiveError, OutOfHours
from newsarchive.guard import Guard
from newsarchive.items import Follow, Profile, Reading
from newsarchive.keys import Keys
from newsarchive.reading.lending import borrow
from newsarchive.requisites.asking import Requisites, chosen
from newsarchive.settings import archive_folder, not_negative, positive
from newsarchive.vault.archivist import GROUP_SECONDS, Archivist
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.held import Answer
from newsarchive.watching.leave import leave_report
from newsarchive.watching.tally import Tally

logger = logging.getLogger(__name__)

_READ_AHEAD = 4  # pages that wait for each reader


OUT_OF_HOURS = "out_of_hours"
# The words for an end that is none: what is left to do is done by the site's next crawl.
_INTERRUPTED = {"shutdown", OUT_OF_HOURS}


@runtime_checkable
class _Newspaper(Protocol):
    """What a spider must offer to be crawled into the archive; `site.NewsSite` does."""

    def profile(self) -> Profile: ...


class Crawl:
    """The crawl's side of the archive. Raises Locked at its making if another crawl of the site is running."""

    def __init__(self, crawler: Crawler) -> None:
        settings, spider = crawler.settings, cast("object", crawler.spider)
        if not isinstance(spider, _Newspaper):
            raise NotConfigured(
                "only a NewsSite is archived; nothing of this is kept (scrapy shell, scrapy fetch, another spider)"
            )
        self.profile = replace(spider.profile(), noarchive=manners.noarchive(settings))
        self._hours = Hours.parse(settings["NEWSARCHIVE_HOURS"], self.profile.time_zone)
        self._check(settings)
        self.stats = crawler.stats
        self.budgets = Budgets(Limits.of(settings))
        self.agenda = Agenda()
        self._misses = Misses(int(positive(settings, "NEWSARCHIVE_OUTCOMES")))
        self.left: Callable[[], Iterable[str]] = tuple  # the addresses that wait; the queue, made later, puts its own here
        most = _READ_AHEAD * int(positive(settings, "NEWSARCHIVE_READERS"))
        self._pool = borrow(settings)
        self.archivist = self._opened(settings, config_of(crawler.spider, settings))
        self._due = self._what_is_due(settings)
        self.requisites = Requisites(
            settings,
            self.profile.site,
            self.archivist.store.connection,
            run=self._pool.run,
            holds=self.holds,
            miss=self.miss,
        )
        self._pool.start()  # not before the site is locked: a second crawl is to end at once
        self.paging = Paging()
        self.tally = Tally(self.stats)
        self.signs = self._what_has_changed(settings)
        self._clock = LoopingCall(self._tick)
        self._crawler = crawler
        self._closing: asyncio.Future[None] | None = None
        self.failure: Exception | None = None
        self.whole = False
        self.stopping = Stopping(crawler, self._pool.close)
        self.desk = Desk(
            self.archivist, self._pool, self.profile, self.stats, most=most, stopping=self.stopping, guarded=self._guarded
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = cls(crawler)
        crawler.signals.connect(crawl.opened, signals.spider_opened)
        crawler.signals.connect(crawl.closed, signals.spider_closed)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(crawl.desk.passed, signal)
        return crawl

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The crawl that a component works for. Raises NotConfigured where nothing is archived."""
        crawl = crawler.get_extension(cls)
        if crawl is None:
            raise NotConfigured("nothing is archived here: no newsarchive.crawl.Crawl among the extensions")
        return crawl

    def due(self) -> list[Follow]:
        """The known pages that this crawl is to ask for by itself; none for one that asks for all that it is led to."""
        return self._due.follows() if self._due else []

    def backfill(self, span: Span) -> Backfill:
        """What a crawl of this span leaves out, by what the archive has of the site."""
        archivist, today = self.archivist, datetime.now(UTC).date()
        return Backfill(span, archivist.connection, site=self.profile.site, crawl_id=archivist.crawl_id, today=today)

    def heard(self, reading: Reading) -> list[Follow]:
        """The known pages that this crawl is to ask for because of what was read of a list."""
        return self._due.hear(reading.mentions) if self._due else []

    def _what_is_due(self, settings: Any) -> Due | None:
        requests = positive(settings, "NEWSARCHIVE_VISITS")
        if not settings.getbool("NEWSARCHIVE_DUE"):
            return None
        due = Due(self.archivist.connection, self.profile, requests=requests, now=datetime.now(UTC))
        self.agenda.heed(due.spares)
        return due

    def _opened(self, settings: Any, config: dict[str, Any]) -> Archivist:
        return Archivist(
            archive_folder(settings),
            self.profile,
            info=manners.warcinfo(settings),
            config=config,
            kind="visit",
            size_limit=int(positive(settings, "NEWSARCHIVE_WARC_SIZE")),
            free_bytes=int(not_negative(settings, "NEWSARCHIVE_FREE_BYTES")),
        )

    def _what_has_changed(self, settings: Any) -> Signs:
        days = not_negative(settings, "NEWSARCHIVE_SIGN_DAYS")
        few = settings.getbool("NEWSARCHIVE_DUE")  # pages are due: to learn of all others would cost more than to ask for these
        if few or not may_have_signs(self.archivist.connection, self.profile.site):
            days = 0
        signs = Signs(self.archivist.known_signs(), at=self.archivist.begun_at, days=days)
        self.agenda.heed(signs.spares)
        return signs

    def opened(self) -> None:
        """Start the clock of the group commit, with a rhythm of its own: fifty crawls that begin together, and then
        commit in one go, hold up the event loop for a second and more."""
        self._clock.start(GROUP_SECONDS * uniform(1, 1.2), now=False)

    def keep(self, exchange: Exchange) -> Capture:
        """Keep an exchange's bytes; called by the capture handler."""
        with self._guarded():
            capture = self.archivist.keep(exchange)
        self.stats.inc_value("newsarchive/captures")
        self.stats.inc_value(f"newsarchive/status/{capture.status}")
        return capture

    def fail(self, failure: Exception) -> NoReturn:
        """End the crawl, for what came cannot be written down. Raises `failure`."""
        with self._guarded():
            raise failure

    def captured(self, url: str, method: str, body: bytes) -> Answer | None:
        """What this crawl had for an answer before it was interrupted; each answer once, in their order."""
        answer = self.archivist.held.take(url, method, body)
        if answer:
            self.stats.inc_value("newsarchive/from_archive")
        return answer

    def holds(self, request: Follow | Request) -> bool:
        """Whether this crawl had captured an answer before it was interrupted."""
        return self.archivist.held.holds(request.url, request.method, request.body)

    def miss(self, url: str, kind: str, detail: str) -> None:
        """Note an address that left no capture, and why; not when it is the crawl that gives up."""
        if self.stopping.begun:
            return
        self.stats.inc_value(f"newsarchive/missed/{kind}")
        if self._misses.is_listed(kind, detail):
            self.archivist.miss(url, kind, detail)

    def spares(self, follow: Follow) -> bool:
        """Whether the agenda leaves a page out of this crawl; it is counted by its reason."""
        if reason := self.agenda.spares(follow):
            self.stats.inc_value(f"newsarchive/spared/{reason}")
        return reason is not None

    def closed(self, spider: Spider, reason: str) -> None:
        """File what is in hand, and close the archive with the crawl's counts."""
        if self._clock.running:
            self._clock.stop()
        self.desk.clear()
        stats = {name: value for name, value in self.stats.get_stats().items() if name.startswith("newsarchive/")}
        try:
            with suppress(Exception), self._guarded():
                if isinstance(self.failure, LittleSpace):
                    self.archivist.stop("disk_full", stats)
                elif self.failure is None and reason in _INTERRUPTED:
                    self.archivist.stop(reason, stats)
                    self.whole = True
                elif self.failure is None:
                    self.desk.read_rest()
                    for url in self.left():  # Scrapy's own bounds (CLOSESPIDER_...) end a crawl for good
                        self.miss(url, "budget", f"still waiting: {reason}")
                    for url, kind, detail in self._misses.rest():
                        self.archivist.miss(url, kind, detail)
                    self.archivist.close(reason, stats)
                    self.whole = True
        finally:
            self._pool.close()
            self.stopping.end()
            self.archivist.release()
        logger.info("%s", summary(self.profile.site, stats, self.archivist.folder))
        leave_report(self.archivist.folder, self.profile.site)

    def _tick(self) -> None:
        if self.stopping.is_wanted:
            self.stopping.begin()
        elif not self._hours.is_open(datetime.now(UTC)):
            self._end(OUT_OF_HOURS)
        with suppress(Exception), self._guarded():  # it is told, and ends the crawl
            self.archivist.commit_if_due()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Where the archive can write no more, the crawl ends: what is kept stays whole, and nothing says finished."""
        try:
            yield
        except Exception as error:  # whatever it is: to go on without an archive would be to lose what comes
            if self.failure is None:
                logger.error("The crawl cannot go on, and ends: %s", error, exc_info=_unexpected(error))
                self.failure = error
                self._end("archive_failed")
            raise

    def _end(self, reason: str) -> None:
        """Stop before the end; once is enough."""
        if self._closing is None:
            self.stopping.begin()
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    def _check(self, settings: Any) -> None:
        """Tell slips now, not at the first request, and do not begin where nobody may be asked. Raises UsageError, OutOfHours."""
        manners.check_contact(settings["NEWSARCHIVE_OPERATOR"], self.profile.start_urls)
        Guard.parse(settings["NEWSARCHIVE_ALLOW_PRIVATE"])
        Keys.parse(settings["NEWSARCHIVE_KEYS"])
        chosen(settings)
        if not self._hours.is_open(datetime.now(UTC)):
            raise OutOfHours(f"{self.profile.site} is asked at {self._hours.text} only (NEWSARCHIVE_HOURS)")


def _unexpected(error: Exception) -> Exception | None:
    """The error, where its line alone would not tell what happened."""
    return None if isinstance(error, OSError | sqlite3.Error | NewsArchiveError) else error
