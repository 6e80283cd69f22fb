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

from newsarchive.backfill import Backfill, Span, turns_page
from newsarchive.crawl import Crawl
from newsarchive.declaration import profile_of
from newsarchive.errors import Stopped, UsageError
from newsarchive.harvest import FoundOn, brings_news, kind_of_finder, repeats
from newsarchive.items import Article, Follow, Item, Page, Profile, Reading
from newsarchive.keys import Keys
from newsarchive.manners import SETTINGS, settings_of
from newsarchive.reach import Reach
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
        self._articles_left = int(max_articles) if max_articles else None
        self._articles_asked: set[str] = set()
        self._articles_left_out: set[str] = set()
        self._reach = Reach.of(self.start_urls, self.comment_hosts, self._profile.endpoints)
        self._warned: set[str] = set()

    @property
    def takes_all(self) -> bool:
        """Whether no number of articles was named (`-a max_articles=N`) at which the asking ends."""
        return self._articles_left is None

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
        backfill = crawl.archivist.backfill(self.span)
        crawl.agenda.heed(backfill.spares)
        return backfill

    async def start(self) -> AsyncIterator[Any]:
        """Ask for robots.txt, which names the sitemaps, and for the start pages.

        A crawl that goes on starts so, too, and gets from the archive what it had captured (`capture.again`).
        """
        if self._articles_left is not None:
            self._articles_asked |= Crawl.of(self.crawler).archivist.held.articles()
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
        stored = crawl.has_read(page)
        reading = await (crawl.read_again if stored else crawl.read)(page)
        crawl.tally.answer(page, response.meta["purpose"], reading)
        seen = self._repeats(response, reading)
        if not stored:
            for item in (reading.article, *reading.comments):
                if item is not None:
                    yield item
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
            part = reading.article is not None and follow.url in reading.article.pages
            within = (part or self._wanted(follow)) and self._within(follow, depth, found_on)
            if follow.purpose == "signs" and not within:
                crawl.signs.give_up()
            if within and (not in_thread or self._may_ask(follow, reading)):
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
        if failure.request.meta["purpose"] == "signs":  # type: ignore[attr-defined]
            Crawl.of(self.crawler).signs.give_up()
        url = self._keys.hide(failure.request.url.encode()).decode()  # type: ignore[attr-defined]  # Scrapy adds the request
        logger.warning("No answer from %s: %s", url, failure.getErrorMessage())

    def _within(self, follow: Follow, depth: int, found_on: FoundOn) -> bool:
        """Whether an address is within the limits of depth, and of a kind that may bring news; else it has its outcome."""
        crawl = Crawl.of(self.crawler)
        names = ("DEPTH_LIMIT", "NEWSARCHIVE_SITEMAP_DEPTH") if follow.purpose == "sitemap" else ("DEPTH_LIMIT",)
        for name in names:
            if depth > self.settings.getint(name) > 0:
                crawl.miss(follow.url, "budget", f"{name} = {self.settings[name]}")
                return False
        free = follow.purpose in ("comments", "signs") or found_on == "start"
        if not free and (refusal := crawl.budgets.barren(follow.url)) and not crawl.holds(follow):
            crawl.miss(follow.url, "budget", refusal)
            return False
        return True

    def _may_ask(self, follow: Follow, reading: Reading) -> bool:
        """Whether a page of comments may be asked for: within the thread's budget, with its key, where a POST may go."""
        crawl, limit = Crawl.of(self.crawler), self.settings.getint("NEWSARCHIVE_THREAD_PAGES")
        key = self._keys.missing(follow.url, follow.body, *(value for _, value in follow.headers))
        if reading.thread and crawl.paging.asked(reading.thread.id, follow) > limit > 0:
            crawl.miss(follow.url, "budget", f"NEWSARCHIVE_THREAD_PAGES = {limit}")
        elif key:
            crawl.miss(follow.url, "key", f"NEWSARCHIVE_KEYS names no {key!r} for this host (docs/platforms.md)")
            self._warn_once(
                f"NEWSARCHIVE_KEYS names no {key!r} key for {urlsplit(follow.url).netloc}; docs/platforms.md says how to get one"
            )
        elif follow.method != "GET" and not self._reach.may_post(follow.url):
            crawl.miss(follow.url, "guard", f"{follow.method} to a host that the newspaper's file does not name (comment_hosts)")
            self._warn_once(
                f"{urlsplit(follow.url).netloc} takes questions by {follow.method}: name it in comment_hosts if it may be asked"
            )
        else:
            return True
        return False

    def _warn_once(self, words: str) -> None:
        if words not in self._warned:
            self._warned.add(words)
            logger.warning("Comments are left out: %s", words)

    def _wanted(self, follow: Follow) -> bool:
        """Whether the budget of articles allows this follow; what the crawl asked for before it was interrupted counts. In a
        backfill those do not that are left out anyway.

        Signs of all articles are worth their price only to a crawl of all of them."""
        if follow.purpose == "signs":
            return self._articles_left is None and not self.span and Crawl.of(self.crawler).signs.may_ask(follow)
        if self._backfill and self._backfill.spares(follow):
            return False
        if self._articles_left is None or follow.purpose != "article" or follow.url in self._articles_asked:
            return True
        if len(self._articles_asked) >= self._articles_left:
            crawl = Crawl.of(self.crawler)
            if crawl.holds(follow):
                return True
            if follow.url not in self._articles_left_out:
                self._articles_left_out.add(follow.url)
                crawl.miss(follow.url, "budget", f"max_articles = {self._articles_left}")
            return False
        self._articles_asked.add(follow.url)
        return True
