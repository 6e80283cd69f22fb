"""One pool of readers for all crawls of a process: the first who needs it makes it, the last who gives it back ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from newsarchive.items import Page, Profile, Reading
from newsarchive.reading.pool import ReadingPool

_NAMES = ("NEWSARCHIVE_READERS", "NEWSARCHIVE_READ_SECONDS", "NEWSARCHIVE_READ_MEGABYTES")
Result = TypeVar("Result")
_Limits = tuple[str, ...]
_lent: dict[_Limits, tuple[ReadingPool, set[Borrowed]]] = {}


class Borrowed:
    """A crawl's hold on the readers. Crawls with other limits have other readers."""

    def __init__(self, limits: _Limits, pool: ReadingPool) -> None:
        self._limits, self._pool = limits, pool

    def start(self) -> None:
        """Take hold of the readers, and start them if nobody has. Whoever does not come so far has nothing to give back."""
        self._pool, borrowers = _lent.setdefault(self._limits, (self._pool, set()))
        borrowers.add(self)
        self._pool.start()

    async def read(self, page: Page, profile: Profile) -> Reading:
        """Read one page in a worker. Raises as `ReadingPool.read`."""
        return await self._pool.read(page, profile)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do other work in a worker, as `ReadingPool.run`."""
        return await self._pool.run(work)

    def read_all(self, pages: Iterable[Page], profile: Profile) -> Iterator[tuple[Page, Reading, str | None]]:
        """Read many pages at once, as `ReadingPool.read_all`."""
        return self._pool.read_all(pages, profile)

    def close(self) -> None:
        """Give the readers back; may be called again. What others still read with them is not touched."""
        pool, borrowers = _lent.get(self._limits, (self._pool, set[Borrowed]()))
        if self not in borrowers:
            return
        borrowers.remove(self)
        if not borrowers:
            del _lent[self._limits]
            pool.close()


def borrow(settings: Any) -> Borrowed:
    """The readers that the settings ask for. Raises UsageError where they make no sense."""
    return Borrowed(tuple(str(settings[name]) for name in _NAMES), ReadingPool.of(settings))
