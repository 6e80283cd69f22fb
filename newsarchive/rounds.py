"""A round: many newspapers crawled in one process, each by a crawl of its own.

They share the event loop, so that one commits at a time, and the readers (`reading.lending`). All else is each one's own: its
lock, its archivist, its files, its delays, its budget. So one that fails, or whose server hangs, costs the others nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newsarchive.endings import ending_of
from newsarchive.errors import UsageError
from newsarchive.exits import DISK_FULL, FAILED, NOT_NOW, TERMINATED, USAGE, WHOLE
from newsarchive.newspapers import YOURS
from newsarchive.reading.pool import end_server
from newsarchive.settings import positive
from newsarchive.site import NewsSite

_WORST = (TERMINATED, DISK_FULL, FAILED, USAGE)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a newspaper's crawl ended: its exit code, its counts, and why it did not begin, where it did not."""

    name: str
    code: int
    stats: dict[str, Any]
    why: str | None = None


class Told(Protocol):
    """Who is told what happens."""

    def begun(self, name: str, crawler: Crawler) -> None:
        """A newspaper's crawl begins."""

    def ended(self, ended: Ended) -> None:
        """It has ended."""


def newspapers(settings: Settings, names: Sequence[str]) -> list[str]:
    """The names to crawl: those given, else all newspapers with a file; where some are one's own (NEWSARCHIVE_SITES), only
    these. Raises UsageError for a name that there is not."""
    loader = get_spider_loader(settings)
    known = loader.list()
    if unknown := sorted(set(names) - set(known)):
        raise UsageError(f"no newspaper is called {', '.join(unknown)}; `scrapy list` shows those that are there")
    files: dict[str, type[Any]] = {name: loader.load(name) for name in sorted(known)}
    own = [name for name, spider in files.items() if spider.__module__.startswith(f"{YOURS}.")]
    found = list(dict.fromkeys(names)) or [name for name in own or files if _is_newspaper(files[name])]
    if not found:
        raise UsageError("there is no newspaper's file yet, in spiders/ or where NEWSARCHIVE_SITES says")
    return found


def _is_newspaper(spider: type[Any]) -> bool:
    """Whether a class names its newspaper: not so the one that is told on the command line (`scrapy crawl news -a url=...`)."""
    return issubclass(spider, NewsSite) and bool(getattr(spider, "start_urls", None))


class Round(AsyncCrawlerProcess):
    """Crawls newspapers side by side, at most NEWSARCHIVE_AT_ONCE of them."""

    def __init__(self, settings: Settings, names: Iterable[str], told: Told) -> None:
        super().__init__(settings)
        self._names, self._told = deque(names), told
        self._at_once = int(positive(settings, "NEWSARCHIVE_AT_ONCE"))
        self._codes: list[int] = []
        self._stopping = False

    def run(self) -> int:
        """Crawl them all; returns the worst exit code. One that is not to be crawled now counts only if all are so."""
        lanes = asyncio.get_event_loop().create_task(self._all())
        self.start(stop_after_crawl=False)
        end_server()
        if not lanes.done():
            return TERMINATED
        lanes.result()
        worst = next((code for code in _WORST if code in self._codes), WHOLE)
        return NOT_NOW if set(self._codes) == {NOT_NOW} else worst

    async def _all(self) -> None:
        try:
            await asyncio.gather(*(self._lane() for _ in range(min(self._at_once, len(self._names)))))
        finally:
            self._stop_reactor()

    async def _lane(self) -> None:
        """Crawl one newspaper after another, until none is left."""
        while self._names and not self._stopping:
            name = self._names.popleft()
            crawler = self.create_crawler(name)
            task = self.crawl(crawler)
            self._told.begun(name, crawler)
            await asyncio.wait([task])
            ended = _ended(name, crawler, task)
            self._codes.append(ended.code)
            self._told.ended(ended)
        if self._stopping:
            self._codes.append(TERMINATED)

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        self._stopping = True
        super()._signal_shutdown(signum, _)

    def _signal_kill(self, signum: int, _: Any) -> None:
        """At a second signal all ends at once: Scrapy would wait for threads, and an archive is whole whenever its crawl ends."""
        os.write(2, b"Ended at once, at the second signal; the next crawl goes on from here.\n")
        os._exit(TERMINATED)


def counts_of(crawler: Crawler) -> dict[str, Any]:
    """What a crawl has counted so far. Scrapy 2.19 has no statistics before a crawl starts, nor of one whose spider could not be
    made, and raises where it is asked for them."""
    try:
        return crawler.stats.get_stats()
    except RuntimeError:
        return {}


def _ended(name: str, crawler: Crawler, task: asyncio.Task[None]) -> Ended:
    code = ending_of(crawler, task)
    error = task.exception() if not task.cancelled() else None
    return Ended(name, code, counts_of(crawler), why=str(error) if error else None)
