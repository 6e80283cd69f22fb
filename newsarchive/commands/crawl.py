"""`scrapy crawl NAME`, with exit codes that say how the crawl ended."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
from pathlib import Path
from typing import Any, cast

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import UsageError as ScrapyUsageError

from newsarchive.commands import TERMINATED
from newsarchive.crawl import OUT_OF_HOURS, Crawl
from newsarchive.errors import NewsArchiveError
from newsarchive.exits import FAILED, NOT_NOW, WHOLE, code_of
from newsarchive.logs import make_safe
from newsarchive.reading.pool import end_server

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Scrapy's command; 0 whole, 1 failed, 2 usage, 28 disk full, 75 not now (another crawl of the site runs, or it is
    out of hours), 143 stopped by a signal."""

    def long_desc(self) -> str:
        """Shown by --help."""
        return (
            "Crawl a newspaper into the archive. Examples: scrapy crawl pindula | "
            "scrapy crawl news -a url=https://any.example/ -a max_articles=50. "
            "Exit codes: 0 whole, 1 failed, 2 usage, 28 disk full, 75 not now (another crawl of this site "
            "is running, or it is out of hours), 143 stopped by a signal."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the log's folder before the log is opened, and let no file that is made be readable to the world."""
        super().process_options(args, opts)
        os.umask(os.umask(0) | 0o027)
        make_safe()
        assert self.settings is not None, "Scrapy sets it before it asks for this"
        if log := self.settings.get("LOG_FILE"):
            Path(log).parent.mkdir(parents=True, exist_ok=True)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl named in `args` and set the exit code."""
        if len(args) != 1:
            raise ScrapyUsageError("name one newspaper; `scrapy list` shows them")
        process = cast(AsyncCrawlerProcess, self.crawler_process)
        try:
            crawler = process.create_crawler(args[0])
        except KeyError:
            raise ScrapyUsageError(f"no newspaper is called {args[0]!r}; `scrapy list` shows those that are there") from None
        # At a second signal Scrapy 2.19 stops its reactor and waits for threads. An archive is whole whenever its crawl ends.
        process._signal_kill = _end_at_once  # type: ignore[assignment,method-assign]  # see above
        task = process.crawl(crawler, **opts.spargs)
        process.start()
        end_server()
        self.exitcode = _exit_code(crawler, task)


def _end_at_once(number: int, _: Any) -> None:
    os.write(2, b"Ended at once, at the second signal; the next crawl of this site goes on from here.\n")
    os._exit(TERMINATED)


def _exit_code(crawler: Crawler, task: asyncio.Task[None]) -> int:
    if not task.done():
        logger.warning("The crawl was stopped before it began")
        return TERMINATED
    error = None if task.cancelled() else task.exception()
    if error is not None:
        expected = isinstance(error, NewsArchiveError | OSError)
        logger.error("The crawl cannot begin: %s", error, exc_info=None if expected else error)
        return code_of(error)
    crawl = crawler.get_extension(Crawl)
    if crawl is not None and crawl.failure is not None:
        return code_of(crawl.failure)
    stats: dict[str, Any] = crawler.stats.get_stats()
    reason = stats.get("finish_reason")
    if crawl is not None and not crawl.whole:
        logger.error("The crawl failed (%s): its archive was not closed", reason)
        return FAILED
    if reason == "shutdown":
        return TERMINATED
    if reason == OUT_OF_HOURS:
        return NOT_NOW
    read, unread = (stats.get(f"newsarchive/{name}", 0) for name in ("read", "unread"))
    if read > unread and (reason == "finished" or str(reason).startswith("closespider_")):
        return WHOLE
    why = f"{unread} pages could not be read" if unread else "no page could be had; the lines above say why"
    logger.error("The crawl failed (%s): %s", reason, why)
    return FAILED
