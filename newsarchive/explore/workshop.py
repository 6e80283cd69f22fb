"""A process of its own in which hostile pages are parsed, under limits.

200,000 nested elements keep Lexbor busy for almost three minutes (selectolax 1.0.2, 2026-11-28).
"""

from __future__ import annotations

import atexit
import multiprocessing
import resource
from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError  # pebble raises this one
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsarchive.errors import ReadingFailed

SECONDS = 5  # of the clock, for one page; a usual one takes a twentieth of a second
MEGABYTES = 640  # of the process's address space
Result = TypeVar("Result")


async def work(function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function in the workshop. Raises ReadingFailed where it takes too long, or breaks the process."""
    try:
        future: Future[Result] = _pool().schedule(function, args=arguments, timeout=SECONDS)
        return await wrap_future(future)
    except TimeoutError as error:
        raise ReadingFailed(f"it takes longer than {SECONDS} seconds") from error
    except (ProcessExpired, MemoryError) as error:
        raise ReadingFailed("it breaks the process that parses it") from error


@cache
def _pool() -> Any:
    """One worker, started with the first page; it inherits no file of ours."""
    pool = ProcessPool(max_workers=1, initializer=_prepare, context=multiprocessing.get_context("forkserver"))
    atexit.register(pool.join)
    atexit.register(pool.stop)
    return pool


def _prepare() -> None:
    """Bound the process, and load the parser before the first page's time runs: on a busy machine that takes seconds."""
    import_module("newsarchive.explore.cleaning")
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
