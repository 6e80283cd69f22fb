"""A backfill: the articles of some years, from wherever the site still lists them, without those that the archive has.

Nothing is kept of it but the archive: what an earlier crawl captured is not asked for again, so whoever starts it once more, for
the next portion (`max_articles`), goes on where it stood; after a kill the crawl itself does.
"""

from __future__ import annotations

import re
import sqlite3
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from newsarchive.errors import UsageError
from newsarchive.items import Follow, Reading
from newsarchive.reading.feeds import GUESSES
from newsarchive.urls import request_key, url_key

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_QUERY = re.compile(r"(?:^|&)(?:yyyy|year)=((?:19|20)\d\d)(?:&(?:mm|month)=(\d{1,2}))?")
_MONTHLY = re.compile(r"^(.*?)/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
_POSTS = 100  # on a page of WordPress's interface, which gives no more
_ENOUGH = 3  # dated articles that say how old a list is
_KNOWN = """
SELECT 1 FROM captures WHERE url_key = ? AND site_id = ? AND crawl_id <> ? AND status < 500 AND status NOT IN (401, 403, 429)
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> Span:
        """Read the arguments of a crawl, `YYYY-MM-DD`. Raises UsageError."""
        found = [_day(name, text) for name, text in (("since", since), ("until", until))]
        if found[0] and found[1] and found[0] > found[1]:
            raise UsageError(f"since={since} is later than until={until}")
        return cls(*found)

    def __bool__(self) -> bool:
        return bool(self.since or self.until)

    def misses(self, first: date, last: date) -> bool:
        """Whether a time lies wholly outside."""
        return bool((self.since and last < self.since) or (self.until and first > self.until))

    def months(self, today: date) -> Iterator[tuple[int, int]]:
        """Year and month of each month, latest first; without a beginning there are none, for no archive begins in the year 1."""
        if self.since is None:
            return
        last = min(self.until or today, today)
        for number in range(last.year * 12 + last.month - 1, self.since.year * 12 + self.since.month - 2, -1):
            yield number // 12, number % 12 + 1


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{name} must be a day, as 2020-01-31, not {text!r}") from None


def dates_in(url: str) -> tuple[date, date] | None:
    """The days that an address can mean by the date in it (`/2020/05/rain`, `post-sitemap-2020-05.xml`); None if it has none."""
    parts = urlsplit(url)
    found = _DATED.search(parts.path) or _QUERY.search(parts.query)
    if not found:
        return None
    year, month, day = (int(text) if text else None for text in (*found.groups(), None)[:3])
    if not year or not _FIRST_YEAR <= year < _LAST_YEAR or (month and month > 12):
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:  # 31 February: a number that is no date
        return None
    return first, first if day else date(year, month or 12, monthrange(year, month or 12)[1])


class Backfill:
    """What one crawl of a span asks for, and what it leaves out."""

    def __init__(self, span: Span, connection: sqlite3.Connection, *, site: str, crawl_id: str, today: date) -> None:
        self._span, self._connection, self._site, self._crawl_id, self._today = span, connection, site, crawl_id, today
        self._folders: set[str] = set()
        self._tried: dict[str, str] = {}
        self._months: set[str] = set()
        self._listed: set[str] = set()
        self._lists: dict[str, str] = {}  # a list's next page, and the page that led there
        self._newest: dict[str, list[date]] = {}  # the days of the articles that a list led to

    def starts(self, start_urls: Sequence[str]) -> Iterator[Follow]:
        """The usual sitemaps, also where no robots.txt leads to them; and where WordPress lists its posts, should this be one
        (its REST handbook, "Posts"). Elsewhere it is a 404 for each."""
        asked = {"per_page": _POSTS, "orderby": "date", "order": "desc", "_fields": "id,link,date"}
        asked |= {"after": f"{self._span.since}T00:00:00"} if self._span.since else {}
        asked |= {"before": f"{self._span.until}T23:59:59"} if self._span.until else {}
        for url in start_urls:
            yield from (Follow(urljoin(url, guess), "sitemap") for guess in GUESSES)
            yield Follow(urljoin(url, f"/wp-json/wp/v2/posts?{urlencode(asked)}"), "feed")

    def archives(self, reading: Reading, url: str) -> Iterator[Follow]:
        """Archive pages of months, `/2020/05/`. An address of an article shows that there may be some: its own month's page is
        tried, and where that is there, those of all months of the span are asked for."""
        if folder := self._tried.pop(url_key(url), None):
            for year, month in self._span.months(self._today):
                found = f"{folder}/{year}/{month:02}/"
                self._months.add(url_key(found))
                yield Follow(found, "listing")
        for follow in reading.follow:
            dated = _MONTHLY.match(follow.url) if follow.purpose == "article" else None
            if dated and dated[1] not in self._folders:
                self._folders.add(dated[1])
                self._tried[url_key(dated[0])] = dated[1]
                self._months.add(url_key(dated[0]))
                yield Follow(dated[0], "listing")

    def guessed(self, url: str) -> bool:
        """Whether a page was asked for because it might be there: that it is not says nothing of the others of its form."""
        return url_key(url) in self._months

    def spares(self, follow: Follow) -> str | None:
        """Why a page is left out; None where it is asked for."""
        if follow.purpose in ("robots", "comments") or url_key(follow.url) in self._tried:
            return None
        days = dates_in(follow.url)
        if days and self._span.misses(*days):
            return "outside of the span"
        if follow.modified and self._span.since and follow.modified < self._span.since.isoformat()[: len(follow.modified)]:
            return "older than the span"
        if follow.purpose == "article" and self._has(follow):
            return "known"
        return "behind the span" if self._is_behind(self._lists.get(url_key(follow.url))) else None

    def leads_on(self, reading: Reading, url: str) -> bool:
        """Take note of where a page leads; True where that is to articles of the span which it is the first to name, known ones
        too: a list whose newest pages are all known is to be walked through to those that are not."""
        before = len(self._listed)
        for follow in reading.follow:
            if follow.purpose == "article":
                self._listed.add(url_key(follow.url))
                if days := dates_in(follow.url):
                    self._newest.setdefault(url, []).append(days[1])
            elif follow.purpose == "listing":
                self._lists.setdefault(url_key(follow.url), url)
        return len(self._listed) > before

    def saw(self, reading: Reading, via: str | None) -> None:
        """Take note of the day of an article, for the list that led to it."""
        if via and reading.article and reading.article.date_published:
            self._newest.setdefault(via, []).append(reading.article.date_published.date())

    def _is_behind(self, led_here: str | None) -> bool:
        """Whether the page before this one of a list had nothing but what is too old: lists go back in time."""
        days = self._newest.get(led_here or "", [])
        return len(days) >= _ENOUGH and self._span.since is not None and max(days) < self._span.since

    def _has(self, follow: Follow) -> bool:
        key = request_key(follow.url, follow.method, follow.body)
        return self._connection.execute(_KNOWN, [key, self._site, self._crawl_id]).fetchone() is not None


def turns_page(at: Mapping[str, Any], follow: Follow) -> bool:
    """Whether a follow is the next page of the list that it stands on: that goes back in time, and is no link deeper. `at` is the
    meta of the request for the list; a start page has no pages of its own."""
    lists = ("listing", "feed")
    return at["depth"] > 0 and at["purpose"] in lists and follow.purpose in lists
