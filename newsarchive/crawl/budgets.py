"""Budgets: how many pages a crawl may ask for, and where, so that no trap makes it endless.

A newspaper of a million articles is no trap, and a calendar without end has no more pages than that. What tells them apart is
what comes home. A page that brings news (words that this crawl has not seen) earns, for the form of its own address and for that
of the page that led to it; a page that brings none spends. So a section of a thousand pages is walked through to its end, and
fifty days of an empty calendar are enough. What is made up without end and always new is bounded by plain numbers of pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from newsarchive.settings import positive
from newsarchive.urls import server_of

_SECTION = 3  # server and two folders
_SHARED = 2  # a section may have as many barren pages as so many forms of address
_NEAR = 3  # links from the start: what seeds, sitemaps and sections lead to
_MOST_FOLDERS = 6
_LONGEST_SEGMENT = 32
_DIGITS = re.compile(r"\d+")
_RANDOM = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-z_-]{12,}")  # an id, a session: it says nothing of the kind of page
_NO_WORDS = re.compile(r"[\W\d_]+")
_READ = 5000  # characters of a text by which it is known again

Form = tuple[str, ...]


def form_of(url: str) -> Form:
    """What an address looks like: its server, its folders, and `*` for the page, or the names of its parameters.

    Numbers and ids count as one, and a folder that comes again is left out: the forms of `/2026/11/27/rain/` and
    `/2026/12/01/sun/` are equal, and so are those of `/a/b/x` and `/a/b/a/b/x`.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    folders = segments if parts.query else segments[:-1]
    folded = [*dict.fromkeys(_folded(folder) for folder in folders)][:_MOST_FOLDERS]
    names = sorted({_folded(pair.partition("=")[0]) for pair in parts.query.split("&") if pair})
    return (server_of(url), *folded, "?" + "&".join(names) if names else "*")


def _folded(segment: str) -> str:
    segment = segment.lower()
    if len(segment) > _LONGEST_SEGMENT or _RANDOM.fullmatch(segment):
        return "*"
    return _DIGITS.sub("0", segment)


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of pages: in all, of one server, at one depth, and of one form of address without news."""

    pages: int
    host: int
    depth: int
    barren: int

    @classmethod
    def of(cls, settings: Any) -> Self:
        """The limits that the settings name. Raises UsageError where they make no sense."""
        names = ("NEWSARCHIVE_PAGES", "NEWSARCHIVE_HOST_PAGES", "NEWSARCHIVE_DEPTH_PAGES", "NEWSARCHIVE_BARREN_PAGES")
        return cls(*(int(positive(settings, name)) for name in names))


class Budgets:
    """The account of one crawl."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages = 0
        self._hosts: Counter[str] = Counter()
        self._depths: Counter[int] = Counter()
        self._barren: Counter[Form] = Counter()
        self._seen: set[int] = set()

    def exceeded(self, url: str, depth: int) -> str | None:
        """Which number of pages is reached that bounds an address, as `SETTING = value`; None if there is room."""
        limits = self._limits
        if self._pages >= limits.pages:
            return f"NEWSARCHIVE_PAGES = {limits.pages}"
        if self._hosts[server_of(url)] >= limits.host:
            return f"NEWSARCHIVE_HOST_PAGES = {limits.host}"
        if depth > _NEAR and self._depths[depth] >= limits.depth:
            return f"NEWSARCHIVE_DEPTH_PAGES = {limits.depth}"
        return None

    def barren(self, url: str) -> str | None:
        """`SETTING = value` where pages of this form have brought no news for too long; None if they may."""
        if any(self._barren[account] >= most for account, most in self._accounts(form_of(url))):
            return f"NEWSARCHIVE_BARREN_PAGES = {self._limits.barren}"
        return None

    def spend(self, url: str, depth: int) -> None:
        """Count an address that is asked for."""
        self._pages += 1
        self._hosts[server_of(url)] += 1
        self._depths[depth] += 1

    def settle(self, url: str, *, news: bool, via: Iterable[str] = ()) -> None:
        """Say what a page brought; `via` are the addresses that led to it, for they share what it earns."""
        if news:
            accounts = {account for address in (url, *via) for account, _ in self._accounts(form_of(address))}
            self._barren.subtract(accounts)
        else:
            self._barren.update(account for account, _ in self._accounts(form_of(url)))

    def _accounts(self, form: Form) -> list[tuple[Form, int]]:
        """The accounts that a form draws on, with their limits: its own; that of all its sets of parameters; its section's."""
        shared = {form[:-1]} if form[-1] != "*" else set()
        if len(form) > _SECTION:
            shared.add(form[:_SECTION])
        return [(form, self._limits.barren), *((account, self._limits.barren * _SHARED) for account in shared)]

    def are_new(self, *texts: str | None) -> bool:
        """Whether words were not seen before in this crawl. Numbers do not count: a page that differs by its date is no news."""
        words = tuple(_NO_WORDS.sub(" ", (text or "")[:_READ]).strip() for text in texts)
        before = len(self._seen)
        self._seen.add(hash(words))
        return len(self._seen) > before
