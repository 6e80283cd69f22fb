"""How a crawl ended, as an exit code (`exits`)."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from scrapy.crawler import Crawler

from newsarchive.crawl import OUT_OF_HOURS, Crawl
from newsarchive.errors import NewsArchiveError
from newsarchive.exits import FAILED, NOT_NOW, TERMINATED, WHOLE, code_of

logger = logging.getLogger(__name__)


def ending_of(crawler: Crawler, task: asyncio.Task[None]) -> int:
    """The exit code of a crawl whose task has ended, or was left; the log says why it failed."""
    if not task.done():
        logger.warning("%s: the crawl was stopped before it began", crawler.spidercls.name)
        return TERMINATED
    error = None if task.cancelled() else task.exception()
    if error is not None:
        code = code_of(error)
        expected = isinstance(error, NewsArchiveError | OSError)
        logger.log(
            logging.WARNING if code == NOT_NOW else logging.ERROR,
            "%s: the crawl cannot begin: %s",
            crawler.spidercls.name,
            error,
            exc_info=None if expected else error,
        )
        return code
    crawl = crawler.get_extension(Crawl)
    if crawl is not None and crawl.failure is not None:
        return code_of(crawl.failure)
    stats: dict[str, Any] = crawler.stats.get_stats()
    reason = stats.get("finish_reason")
    if crawl is not None and not crawl.whole:
        logger.error("%s: the crawl failed (%s): its archive was not closed", crawler.spidercls.name, reason)
        return FAILED
    if reason == "shutdown":
        return TERMINATED
    if reason == OUT_OF_HOURS:
        return NOT_NOW
    read, unread = (stats.get(f"newsarchive/{name}", 0) for name in ("read", "unread"))
    if read > unread and (reason == "finished" or str(reason).startswith("closespider_")):
        return WHOLE
    why = f"{unread} pages could not be read" if unread else "no page could be had; the lines above say why"
    logger.error("%s: the crawl failed (%s): %s", crawler.spidercls.name, reason, why)
    return FAILED
