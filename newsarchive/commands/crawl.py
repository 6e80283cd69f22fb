"""`scrapy crawl NAME`, with exit codes that say how the crawl ended."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any, cast

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError as ScrapyUsageError

from newsarchive.endings import ending_of
from newsarchive.exits import TERMINATED
from newsarchive.logs import make_safe
from newsarchive.reading.pool import end_server


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
        process._signal_kill = _end_at_once  # type: ignore[assignment,method-assign]  # there is no public way
        task = process.crawl(crawler, **opts.spargs)
        process.start()
        end_server()
        self.exitcode = ending_of(crawler, task)


def _end_at_once(number: int, _: Any) -> None:
    os.write(2, b"Ended at once, at the second signal; the next crawl of this site goes on from here.\n")
    os._exit(TERMINATED)
