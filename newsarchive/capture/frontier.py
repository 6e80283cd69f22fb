"""The frontier: what the crawl still wants to ask for, and whose turn it is. It takes the place of Scrapy's priority queue.

Servers are served by how little they have to do, and not at all while they want to be left in peace. Of one server's requests
those of the highest rank come first (seeds, sitemaps and feeds, threads, articles, listings, by the request's priority), but one
turn in four goes to the ranks below, and within a rank all folders get the same (`lanes`). So neither a sitemap of 50,000
addresses nor an endless list of sitemaps keeps the news waiting. The budgets are asked at the last moment, when it is known what
the pages before have brought. While many wait, no more lists of addresses are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsarchive.capture.lanes import Lanes
from newsarchive.crawl import Crawl
from newsarchive.crawl.budgets import Budgets, form_of
from newsarchive.items import Follow
from newsarchive.settings import positive
from newsarchive.urls import server_of

_RANK = 1000  # of priority; what is below that is changed by retries and redirects
_MANIFESTS = 50  # the rank of sitemaps and feeds
_LOWEST = -1_000  # below the rank of anything
_SHARE = 4  # one turn in so many goes to the ranks below


class _Waiting:
    """What waits for one server, by rank."""

    def __init__(self) -> None:
        self._ranks: dict[int, Lanes[Request]] = {}
        self._turns: Counter[int] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._ranks.values()))

    def push(self, request: Request) -> None:
        self._ranks.setdefault(round(request.priority / _RANK), Lanes()).push(form_of(request.url)[1:], request)

    def holds(self, least: int) -> bool:
        """Whether something of this rank, or above, waits."""
        return any(lanes and _plain(rank) >= least for rank, lanes in self._ranks.items())

    def pop(self, *, crowded: bool, least: int) -> Request:
        """The next request of this rank or above; where it is crowded, nothing that brings more of them, as long as there is
        something else."""
        ranks = sorted((rank for rank, lanes in self._ranks.items() if lanes and _plain(rank) >= least), reverse=True)
        if crowded:
            ranks = [rank for rank in ranks if _plain(rank) < _MANIFESTS] or ranks
        for rank in ranks[:-1]:
            self._turns[rank] += 1
            if self._turns[rank] % _SHARE:
                return self._ranks[rank].pop()
        return self._ranks[ranks[-1]].pop()

    def cut_longest(self) -> list[Request]:
        return max(self._ranks.values(), key=len).cut_longest()


class Frontier:
    """A priority queue as Scrapy's scheduler wants one, in memory."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most = int(positive(crawler.settings, "NEWSARCHIVE_QUEUE"))
        self._concurrent = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._servers: dict[str, _Waiting] = {}
        self._size = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The arguments are for queues within queues, and for those on disk."""
        frontier = cls(crawler)
        if crawl := frontier._crawl:
            crawl.left = frontier.waiting
        crawler.signals.connect(frontier.answered, signals.response_downloaded)
        return frontier

    def __len__(self) -> int:
        return self._size

    def push(self, request: Request) -> None:
        """Let a request wait; where too many do, those give way that have the most of their kind before them."""
        self._servers.setdefault(server_of(request.url), _Waiting()).push(request)
        self._size += 1
        if self._size > self._most:
            server, waiting = max(self._servers.items(), key=lambda item: len(item[1]))
            given_up = waiting.cut_longest()
            self._size -= len(given_up)
            if not waiting:
                del self._servers[server]
            for one in given_up:
                self._miss(one, f"NEWSARCHIVE_QUEUE = {self._most}")

    def pop(self) -> Request | None:
        """The next request whose turn it is and that the budgets allow; None while nothing may be asked."""
        crawl = self._crawl
        if crawl is not None and crawl.desk.is_busy:
            return None
        least = _MANIFESTS if crawl is not None and crawl.signs.are_awaited else _LOWEST
        while (server := self._next_server(least)) is not None:
            request = self._take(server, least)
            if crawl is None:
                return request
            if request.meta.get("purpose") == "requisite":  # they have a number of their own, and take nothing from the news
                return request
            depth = request.meta.get("depth", 0)
            # What was allowed once (tried again, or captured before the crawl was interrupted) may pass, and what begins a crawl.
            again = request.meta.get("retry_times") or crawl.holds(request)
            if not (again or request.meta.get("redirect_times")) and crawl.spares(_follow(request)):
                continue
            allowed = again or request.meta.get("found_on") == "start"
            refusal = None if allowed else self._refusal(crawl.budgets, request, depth)
            if refusal is None:
                crawl.budgets.spend(request.url, depth)
                return request
            self._miss(request, refusal)
        return None

    def _refusal(self, budgets: Budgets, request: Request, depth: int) -> str | None:
        """Threads, and lists of signs, have a bound of their own: pages of a few comments, or of none yet, are no trap."""
        bounded = request.meta.get("purpose") in ("comments", "signs")
        return budgets.exceeded(request.url, depth) or (None if bounded else budgets.barren(request.url))

    def close(self) -> list[int]:
        """Nothing is kept: the archive itself is the crawl's state."""
        return []

    def waiting(self) -> Iterator[str]:
        """The addresses of what waits, and was to be asked for; it is taken out."""
        while self._servers:
            request = self._take(next(iter(self._servers)), least=_LOWEST)
            if not (self._crawl and self._crawl.spares(_follow(request))):
                yield request.url

    def answered(self, request: Request, response: Response) -> None:
        """A redirect brings nothing by itself; the page that it leads to may earn for it."""
        if (crawl := self._crawl) and 300 <= response.status < 400 and request.meta.get("purpose") != "requisite":
            crawl.budgets.settle(request.url, news=False)

    def _next_server(self, least: int) -> str | None:
        """The server with the fewest requests under way, by turns; None if all have enough of them, or rest, or if nothing of
        this rank waits for it."""
        engine: Any = self._crawler.engine
        slots, now = engine.downloader.slots, monotonic()
        # All that are under way count, those too that wait for a robots.txt: a server that hangs must not hold all the places.
        busy = Counter(server_of(request.url) for request in engine.downloader.active)
        ready = [
            name
            for name, waiting in self._servers.items()
            if busy[name] < self._concurrent and waiting.holds(least) and not (name in slots and slots[name].lastseen > now)
        ]
        return min(ready, key=busy.__getitem__, default=None)

    def _take(self, server: str, least: int) -> Request:
        waiting = self._servers.pop(server)
        request = waiting.pop(crowded=self._size > self._most // 2, least=least)
        self._size -= 1
        if waiting:
            self._servers[server] = waiting  # behind the others
        return request

    def _miss(self, request: Request, detail: str) -> None:
        if crawl := self._crawl:
            crawl.miss(request.url, "budget", detail)
            if request.meta.get("purpose") == "signs":
                crawl.signs.give_up()

    @property
    def _crawl(self) -> Crawl | None:
        return self._crawler.get_extension(Crawl)


def _follow(request: Request) -> Follow:
    return Follow(request.url, request.meta.get("purpose", "other"), request.method, request.body)


def _plain(rank: int) -> int:
    """A rank without what stands above all for a crawl that goes on (`site`)."""
    return rank - _RANK if rank > _RANK // 2 else rank
