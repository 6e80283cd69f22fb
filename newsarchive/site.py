"""A newspaper as a Scrapy spider: it turns follows into requests and hands readings on; nothing else."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newsarchive.crawl import Crawl
from newsarchive.crawl.backfill import Backfill, Span, turns_page
from newsarchive.crawl.harvest import FoundOn, brings_news, kind_of_finder, repeats
from newsarchive.crawl.leads import Leads
from newsarchive.crawl.reach import Reach
from newsarchive.declaration import profile_of
from newsarchive.errors import Stopped, UsageError
from newsarchive.items import Article, Follow, Item, Page, Profile, Reading
from newsarchive.keys import Keys
from newsarchive.manners import SETTINGS, settings_of
from newsarchive.reading.article import read_article
from newsarchive.reading.document import Document, Element
from newsarchive.vault.entries import readable
from newsarchive.vault.exchange import Capture

logger = logging.getLogger(__name__)

# What is asked for first: where the news are listed, then whole threads close together in time, then articles.
_SEED = 55
_ARGUMENTS = "max_articles, since, until and the names in its file"
_KNOWN = 2  # links from the start at which a known page is taken to stand that is asked for because it is due
_PRIORITY = {"robots": 60, "signs": 52, "sitemap": 50, "feed": 50}
_PRIORITY |= {"comments": 40, "article": 20, "listing": 10, "other": 0, "requisite": -10}
_HELD = 1_000_000  # a crawl that goes on first gets to where it stood


class NewsSite(scrapy.Spider):
    """Base of every newspaper. A site's file names it and its `start_urls`; the rest is found from there.

    `title` is the newspaper's name as its readers know it, `in_language` and `languages` BCP 47 codes, `country` an
    ISO 3166 code, `time_zone` an IANA name, `article_urls` a regular expression that is searched in an address,
    `selectors` CSS selectors by field, `comments` a comment platform that answers in JSON, described in a table or several
    (docs/platforms.md), `comment_hosts` other hosts that may be sent a POST for comments, `tls_exceptions` hosts that are
    asked although their certificate cannot be verified. `expected` minimums of what a crawl finds (docs/watching.md).
    `operator` and the rest are settings for this site (`manners`). A site whose articles the general reader cannot read overrides
    `read_article`.
    """

    start_urls: list[str]
    title: str | None = None
    in_language: str | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    time_zone: str | None = None
    article_urls: str | None = None
    selectors: Mapping[str, str] = MappingProxyType({})
    comments: Mapping[str, Any] | Sequence[Mapping[str, Any]] = ()
    comment_hosts: tuple[str, ...] = ()
    tls_exceptions: tuple[str, ...] = ()
    expected: Mapping[str, int] = MappingProxyType({})
    operator: str | None = None
    mandate: str | None = None
    retention: str | None = None
    robots: str | None = None
    noarchive: str | None = None
    hours: str | None = None
    requisites: str | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What the file says of the crawl's manners are settings for its site; the command line stands above."""
        super().update_settings(settings)
        settings.setdict(settings_of(cls), priority="spider")

    def __init__(
        self,
        *args: Any,
        max_articles: str | None = None,
        since: str | None = None,
        until: str | None = None,
        **kwargs: Any,
    ) -> None:
        """`-a max_articles=N` ends the asking for articles after N of them; `-a since=DAY` and `-a until=DAY` make a backfill;
        `-a NAME=VALUE` sets a text field of the file.

        Raises UsageError for a field that makes no sense, and for a name that is no field.
        """
        for name in kwargs:
            if name in SETTINGS:
                raise UsageError(f"{name} is a setting: -s {SETTINGS[name]}=...")
            if name != "name" and not hasattr(type(self), name):
                raise UsageError(f"there is no argument {name!r}; a newspaper takes {_ARGUMENTS}")
        super().__init__(*args, **kwargs)
        self._profile = profile_of(self, own_reader=type(self).read_article is not NewsSite.read_article)
        self.start_urls = list(self._profile.start_urls)
        self.allowed_domains = sorted({(urlsplit(url).hostname or "").removeprefix("www.") for url in self.start_urls})
        if max_articles is not None and not (max_articles.isdecimal() and int(max_articles) > 0):
            raise UsageError(f"max_articles must be a whole number above 0, not {max_articles!r}")
        self.span = Span.parse(since, until)
        self._most_articles = int(max_articles) if max_articles else None

    @property
    def takes_all(self) -> bool:
        """Whether no number of articles was named (`-a max_articles=N`) at which the asking ends."""
        return self._most_articles is None

    def profile(self) -> Profile:
        """What this file says of its newspaper, for the readers and for the crawl's warcinfo record."""
        return self._profile

    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        """Read the article of a page; `without` are the elements that hold its comments. A site may bring its own; it is
        found by its name in the reader's process, and must be pure: no clock, no network, no state."""
        return read_article(document, without=without)

    @cached_property
    def _keys(self) -> Keys:
        return Keys.parse(self.settings["NEWSARCHIVE_KEYS"])

    @cached_property
    def _backfill(self) -> Backfill | None:
        """The backfill that this crawl is, if it has a span."""
        if not self.span:
            return None
        crawl = Crawl.of(self.crawler)
        backfill = crawl.backfill(self.span)
        crawl.agenda.heed(backfill.spares)
        return backfill

    @cached_property
    def _leads(self) -> Leads:
        reach = Reach.of(self.start_urls, self.comment_hosts, self._profile.endpoints)
        crawl, most = Crawl.of(self.crawler), self._most_articles
        return Leads(crawl, self.settings, reach=reach, keys=self._keys, most=most, backfill=self._backfill)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for robots.txt, which names the sitemaps, and for the start pages.

        A crawl that goes on starts so, too, and gets from the archive what it had captured (`capture.again`).
        """
        for url in self.start_urls:
            for follow in (Follow(urljoin(url, "/robots.txt"), "robots"), Follow(url, "listing")):
                yield self.request(follow)
        for follow in self._backfill.starts(self.start_urls) if self._backfill else ():
            yield self.request(follow)
        for follow in Crawl.of(self.crawler).due():
            yield self.request(follow, depth=_KNOWN)

    def request(self, follow: Follow, *, via: str | None = None, depth: int = 0, found_on: FoundOn = "start") -> Request:
        """The Scrapy request for a follow; `via` is the address of the page that leads there, `depth` counts the links from
        the start (the pages of one thread go no deeper: a long thread is no trap). `found_on` says what that page is: `start`, a
        `list` for machines, or any `page`."""
        rank = _SEED if via is None and follow.purpose == "listing" else _PRIORITY[follow.purpose]
        requisite = follow.purpose == "requisite"
        limits = {"download_maxsize": self.settings.getint("NEWSARCHIVE_REQUISITE_SIZE")} if requisite else {}
        return Request(
            follow.url,
            callback=self.parse,
            errback=self.missed,
            method=follow.method,
            body=follow.body,
            headers=dict(follow.headers),
            dont_filter=requisite,  # asked once anyway; and an article whose address stands in an <img> is asked for still
            priority=rank * 1000 - depth + Crawl.of(self.crawler).holds(follow) * _HELD,
            meta=limits
            | {
                "purpose": follow.purpose,
                "via": via,
                "depth": depth,
                "found_on": found_on,
                # a platform's host counts as part of the article's site, and so does that of an image
                "allow_offsite": follow.purpose in ("comments", "requisite"),
            },
        )

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Item | Request]:
        """Hand a captured page to the readers, and hand on what they found."""
        capture: Capture | None = response.meta.get("capture")
        page: Page | None = response.meta.get("page")
        if capture is None or page is None:
            return
        crawl = Crawl.of(self.crawler)
        if response.meta["purpose"] == "requisite":
            asked = next(iter(response.meta.get("redirect_urls", ())), response.url)
            for follow in await crawl.requisites.of_stylesheet(page, asked):
                yield self.request(follow, via=page.url, depth=response.meta["depth"] + 1, found_on="page")
            return
        if not readable(capture):
            crawl.tally.answer(page, response.meta["purpose"], Reading())
            self._learn(response, Reading())
            self._repeats(response, Reading())
            return
        stored = crawl.desk.has_read(page)
        reading = await (crawl.desk.read_again if stored else crawl.desk.read)(page)
        crawl.tally.answer(page, response.meta["purpose"], reading)
        seen = self._repeats(response, reading)
        if not stored:
            for item in (*([reading.article] if reading.article else ()), *reading.comments):
                yield item
        for follow in crawl.heard(reading):  # spared before, perhaps, and then it counts as asked for
            yield self.request(follow, via=page.url, depth=_KNOWN).replace(dont_filter=True)
        for follow in await crawl.requisites.of_page(page, reading):
            yield self.request(follow, via=page.url, depth=response.meta["depth"] + 1, found_on="page")
        if not crawl.paging.brings_news(reading):
            return
        found_on = kind_of_finder(response.meta["depth"], reading)
        for follow in self._backfill.archives(reading, page.url) if self._backfill else ():
            yield self.request(follow, via=page.url, depth=1)
        for follow in (*self._learn(response, reading), *reading.follow):
            in_thread = follow.purpose == "comments"
            # An article that was there already, under another address: a maze repeats itself, and leads on for ever.
            if (seen and not in_thread) or follow.url in self.start_urls:  # those are asked for anyway
                continue
            depth = response.meta["depth"] + (not in_thread and not (self._backfill and turns_page(response.meta, follow)))
            if self._leads.takes(follow, reading, depth=depth, found_on=found_on):
                yield self.request(follow, via=page.url, depth=depth, found_on=found_on)

    def _learn(self, response: Response, reading: Reading) -> tuple[Follow, ...]:
        """What a list of signs tells to ask for."""
        asked = response.meta.get("redirect_urls") or [response.url]
        return Crawl.of(self.crawler).signs.learn(asked[0], reading) if response.meta["purpose"] == "signs" else ()

    def _repeats(self, response: Response, reading: Reading) -> bool:
        """Whether the page shows what was there already; the budgets are told what it brought. Comments have a budget of their
        own, and a server in trouble has said nothing of its pages."""
        meta, budgets = response.meta, Crawl.of(self.crawler).budgets
        if meta["purpose"] in ("comments", "signs", "robots") or response.status == 429 or response.status >= 500:
            return False
        again = repeats(budgets, reading)
        news = not again and brings_news(budgets, reading, meta["purpose"])
        if self._backfill:
            if self._backfill.guessed(response.url):
                return again
            self._backfill.saw(reading, meta["via"])
            news = self._backfill.leads_on(reading, response.url) or news
        via = (*meta.get("redirect_urls", ()), meta["via"])
        budgets.settle(response.url, news=news, via=filter(None, via))
        return again

    def missed(self, failure: Failure) -> None:
        """Say in one line which address gave no answer; the handler has noted it among the crawl's outcomes."""
        if failure.check(Stopped):
            return
        if failure.request.meta["purpose"] == "signs":  # type: ignore[attr-defined]  # as below
            Crawl.of(self.crawler).signs.give_up()
        url = self._keys.hide(failure.request.url.encode()).decode()  # type: ignore[attr-defined]  # Scrapy adds the request
        logger.warning("No answer from %s: %s", url, failure.getErrorMessage())
