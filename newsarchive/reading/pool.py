"""Reading in worker processes, each under limits of CPU, memory and time: a page may be made to break its reader."""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
import signal
from asyncio import CancelledError, wrap_future
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import PoolManager

from newsarchive.errors import ReadersFailed, ReadingFailed
from newsarchive.items import Page, Profile, Reading
from newsarchive.reading import read
from newsarchive.reading.gate import is_page
from newsarchive.settings import positive

_PATIENCE = 3
Task = TypeVar("Task")
Result = TypeVar("Result")


class ReadingPool:
    """A few processes that run `reading.read`. A worker that a page breaks is replaced; the others go on."""

    def __init__(self, *, workers: int, seconds: float, megabytes: int) -> None:
        """`seconds` of CPU bound one page, and three times as many of the clock; `megabytes` bound a worker's address space."""
        self._workers, self._seconds, self._megabytes = workers, seconds, megabytes
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy takes 40 MB of address space for a thread of each core
        # A fresh server process forks the workers: they inherit neither the WARC's nor the lock's file descriptor, and share what
        # it has loaded.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["newsarchive.preload"])
        self._started = False
        self._waited_for: set[Future[Any]] = set()
        self._pool: Any = ProcessPool(max_workers=workers, initializer=_limit, initargs=[megabytes], context=context)
        self._pool._pool_manager = _Manager(self._pool._context, context)
        self._closed = False

    @classmethod
    def of(cls, settings: Any, *, workers: int | None = None) -> Self:
        """The pool that the settings ask for, or one of so many workers. Raises UsageError where they make no sense."""
        return cls(
            workers=workers or max(1, int(positive(settings, "NEWSARCHIVE_READERS"))),
            seconds=positive(settings, "NEWSARCHIVE_READ_SECONDS"),
            megabytes=int(positive(settings, "NEWSARCHIVE_READ_MEGABYTES")),
        )

    def start(self) -> None:
        """Start the server process, which loads the readers; without this it starts with the first page."""
        if not self._started:
            self._started = True
            with _term_ignored():
                forkserver.ensure_running()

    def _submit(self, page: Page, profile: Profile) -> Future[Reading]:
        if not is_page(page):  # a film is not carried to a worker to be told that it is none
            told: Future[Reading] = Future()
            told.set_result(read(page, profile))
            return told
        return self._schedule(_read, [page, profile, self._seconds])

    def _schedule(self, work: Callable[..., Result], args: list[Any], *, patience: float = 1) -> Future[Result]:
        """Have it done in a worker. What counts is the CPU's time; the clock's is for a reader that hangs, and a busy machine may
        take it."""
        self.start()
        try:
            future: Future[Result] = self._pool.schedule(work, args=args, timeout=_PATIENCE * patience * self._seconds)
        except RuntimeError as error:
            raise ReadersFailed(f"the readers cannot work: {error}") from error
        return future

    async def read(self, page: Page, profile: Profile) -> Reading:
        """Read one page in a worker. Raises ReadingFailed, with the reason, for a page that no worker could read."""
        try:
            return await self._read_by(self, page, profile)
        except MemoryError:
            with self._fresh() as fresh:
                return await self._read_by(fresh, page, profile)

    async def _read_by(self, pool: ReadingPool, page: Page, profile: Profile) -> Reading:
        try:
            future = pool._submit(page, profile)
            self._waited_for.add(future)
            future.add_done_callback(self._waited_for.discard)
            return await wrap_future(future)
        except MemoryError as error:
            if pool is self:
                raise
            raise self._failure(error) from error
        except CancelledError as cancelled:  # pebble's word for what it had not begun when it was stopped
            raise ReadingFailed(_SENT_HOME) from cancelled
        except Exception as error:  # whatever a reader raises on a hostile page is a flag on the capture, not the crawl's end
            raise self._failure(error) from error

    @contextmanager
    def _fresh(self) -> Iterator[ReadingPool]:
        """A pool of one process that has read nothing yet: what a worker still holds of other pages, or of the record around this
        one, must not decide whether this one is read, for a rebuild comes to it by another way than the crawl."""
        pool = ReadingPool(workers=1, seconds=self._seconds, megabytes=self._megabytes)
        try:
            yield pool
        finally:
            pool.close()

    def read_alone(self, page: Page, profile: Profile) -> tuple[Reading, str | None]:
        """Read a page for which a worker had too little memory (`NO_MEMORY`) in a fresh one; as `read_all` gives it."""
        with self._fresh() as fresh:
            _, reading, error = _settled(page, fresh._submit(page, profile))
        return reading, error

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do other work on a page in a worker, under the same limits. Raises ReadingFailed where it cannot be done."""
        try:
            future = self._schedule(_run, [work, self._seconds])
            self._waited_for.add(future)
            future.add_done_callback(self._waited_for.discard)
            return await wrap_future(future)
        except CancelledError as cancelled:  # as in `read`
            raise ReadingFailed(_SENT_HOME) from cancelled
        except Exception as error:  # as in `read`
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> ReadingFailed:
        return ReadingFailed(_SENT_HOME) if self._closed else _failure(error)

    def read_all(self, pages: Iterable[Page], profile: Profile) -> Iterator[tuple[Page, Reading, str | None]]:
        """Read many pages at once; gives them in their order, an empty reading and the reason for one that failed."""
        waiting: deque[tuple[Page, Future[Reading]]] = deque()
        for page in pages:
            waiting.append((page, self._submit(page, profile)))
            if len(waiting) > 4 * self._workers:
                yield self._settled(*waiting.popleft(), profile)
        while waiting:
            yield self._settled(*waiting.popleft(), profile)

    def _settled(self, page: Page, future: Future[Reading], profile: Profile) -> tuple[Page, Reading, str | None]:
        page, reading, error = _settled(page, future)
        return (page, *self.read_alone(page, profile)) if error == NO_MEMORY else (page, reading, error)

    def share_out(
        self, work: Callable[[Task, float], Result], tasks: Iterable[Task], *, patience: float = 1
    ) -> Iterator[tuple[Task, Result | None, ReadingFailed | None]]:
        """Run `work` on many tasks at once; gives the results in order, and the reason for one that failed.

        `work` is told how many seconds of CPU it may give to a page (`read_bounded`), and is given `patience` times as long.
        """
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        for task in tasks:
            waiting.append((task, self._schedule(work, [task, self._seconds], patience=patience)))
            if len(waiting) > 4 * self._workers:
                yield _outcome(*waiting.popleft())
        while waiting:
            yield _outcome(*waiting.popleft())

    def close(self) -> None:
        """End the workers. What they still read is lost to this crawl, and read again from the WARC at the next start."""
        self._closed = True
        self._pool.stop()
        self._pool.join()
        for future in tuple(self._waited_for):  # pebble 5.2 forgets those that were on their way to a worker
            with suppress(InvalidStateError):
                future.set_exception(ReadingFailed(_SENT_HOME))


class _Manager(PoolManager):
    """Replaces a worker that is killed while it waits. Pebble 5.2 takes that for the end of all workers, and gives the pool up;
    but a kernel that is short of memory kills whom it likes. Workers that end by themselves are not made anew for ever.
    """

    def handle_worker_expiration(self, expiration: tuple[int, int]) -> None:
        waited = not any(task.worker_id for task in tuple(self.task_manager.tasks.values()))
        if not (waited and expiration[1] == -signal.SIGKILL):
            super().handle_worker_expiration(expiration)


def end_server() -> None:
    """End the process that forks the workers of this process's pools, and wait for it: nothing is to outlive a crawl."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # Python 3.11 has no public way


@contextmanager
def _term_ignored() -> Iterator[None]:
    """What is started in here ignores TERM for good: a TERM for the whole process group must not end the workers' parent."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _settled(page: Page, future: Future[Reading]) -> tuple[Page, Reading, str | None]:
    try:
        return page, future.result(), None
    except Exception as error:  # as in ReadingPool.read
        return page, Reading(), str(_failure(error))


def _outcome(task: Task, future: Future[Any]) -> tuple[Task, Any, ReadingFailed | None]:
    try:
        return task, future.result(), None
    except Exception as error:  # as in ReadingPool.read
        return task, None, _failure(error)


NO_MEMORY = "more memory needed than a reader may have"
_SENT_HOME = "the readers were sent home"


def _failure(error: Exception) -> ReadingFailed:
    """Why a page was not read, in words that are the same whenever it is tried.

    Raises ReadersFailed where no page is to blame: readers are pure, but what they load may want a file.
    """
    if isinstance(error, ReadersFailed):
        raise error
    if isinstance(error, ReadingFailed):
        return error
    if isinstance(error, TimeoutError) or (isinstance(error, ProcessExpired) and error.exitcode == -signal.SIGXCPU):
        return ReadingFailed("not read within the time a page may take")
    if isinstance(error, ProcessExpired):
        return ReadingFailed(f"the reader's process died (exit code {error.exitcode})")
    if isinstance(error, OSError | BrokenProcessPool):
        raise ReadersFailed(f"the readers cannot work: {error}") from error
    if isinstance(error, MemoryError):
        return ReadingFailed(NO_MEMORY)
    return ReadingFailed(f"{type(error).__name__}: {error}")


def _read(page: Page, profile: Profile, seconds: float) -> Reading:
    """Read with a bound on this one page's CPU time, beside the pool's bound on its wall time."""
    _bound(seconds)
    return read(page, profile)


def _run(work: Callable[[], Result], seconds: float) -> Result:
    _bound(seconds)
    return work()


def _bound(seconds: float) -> None:
    """Let the process have so many seconds of CPU more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds) + 1, resource.RLIM_INFINITY))


def read_bounded(page: Page, profile: Profile, seconds: float) -> tuple[Reading, str | None]:
    """Read a page in a worker's own work; an empty reading and the reason for one that cannot be read."""
    try:
        return _read(page, profile, seconds), None
    except Exception as error:  # as in ReadingPool.read
        return Reading(), str(_failure(error))


def _limit(megabytes: int) -> None:
    """Run in each worker at its start. Signals that end the crawl go to its whole group: the crawl tells the workers."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
