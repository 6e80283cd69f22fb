"""How a crawl stops before its end: what is under way may end, for some seconds; what waits for its turn is given up at once.

Scrapy would wait for all of it: at a delay of a second, or of a slow server's minute, that takes too long. What is given up is no
capture and no miss: the next crawl of the site goes on, and asks for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newsarchive.errors import Stopped

GIVE_UP = object()  # the signal that nothing is waited for any longer
_PATIENCE = 5.0  # seconds


class Stopping:
    """The stop of one crawl; `begun` when it was told to."""

    def __init__(self, crawler: Crawler, give_up: Callable[[], None]) -> None:
        """`give_up` is called when the patience is at its end, after the signal."""
        self.begun = False
        self._crawler, self._then = crawler, give_up
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether a signal has come for the process, and Scrapy has begun to close."""
        return not self._crawler.crawling

    def begin(self) -> None:
        """Stop; once is enough."""
        if not self.begun:
            self.begun = True
            self._clear_queues()
            self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._give_up)

    def end(self) -> None:
        """All is over: there is nothing left to give up."""
        if self._timer:
            self._timer.cancel()

    def _give_up(self) -> None:
        self._clear_queues()
        self._crawler.signals.send_catch_log(GIVE_UP)
        self._then()

    def _clear_queues(self) -> None:
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, answer = slot.queue.popleft()
                answer.errback(Failure(Stopped("given up: the crawl is being stopped")))
