"""Tasks shared out among processes that end with their parent, even if it is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Protocol, TypeVar

from newsarchive.errors import NewsArchiveError

Result = TypeVar("Result", covariant=True)


class Task(Protocol[Result]):
    """A piece of work that can be pickled, as can its result."""

    def run(self) -> Result: ...


def cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0))


def run_all(tasks: Iterable[Task[Result]], *, workers: int, preload: str) -> Iterator[Result]:
    """The results of all tasks, as they come; with one worker in this process and in order.

    `preload` names the module that the workers import. Raises NewsArchiveError if a worker dies, and what a task raises.
    """
    if workers == 1:
        yield from (task.run() for task in tasks)
        return
    context = multiprocessing.get_context("forkserver")  # a worker holds no end of another's pipe, so it sees its parent go
    context.set_forkserver_preload([preload])
    waiting, at_work, processes = iter(tasks), dict[Connection, Task[Result]](), list[ForkServerProcess]()
    try:
        for task in waiting:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=[theirs], daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            ours.send(task)
            at_work[ours] = task
            if len(processes) == workers:
                break
        while at_work:
            for ready in wait(list(at_work)):
                assert isinstance(ready, Connection)
                result = _received(ready, at_work.pop(ready))
                for task in islice(waiting, 1):
                    ready.send(task)
                    at_work[ready] = task
                if ready not in at_work:
                    ready.close()
                yield result
    finally:
        for connection in at_work:
            connection.close()
        for process in processes:
            process.join()


def _received(connection: Connection, task: Task[Result]) -> Result:
    try:
        result: Result | Exception = connection.recv()
    except (EOFError, ConnectionError) as error:
        raise NewsArchiveError(f"a worker process died while at {task}") from error
    if isinstance(result, Exception):
        raise result
    return result


def _work(connection: Connection) -> None:
    """A worker's life. INT goes to the whole group: the parent tells its workers by closing their pipes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task: Task[object] = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            result = task.run()
        except Exception as error:  # whatever it is, the parent raises it
            result = error
        try:
            connection.send(result)
        except (BrokenPipeError, ConnectionError):
            return
