"""What a round of crawls tells: a table that moves, on a terminal; elsewhere a line for each beginning and end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table
from scrapy.crawler import Crawler

from newsarchive.exits import DISK_FULL, FAILED, NOT_NOW, TERMINATED, USAGE, WHOLE
from newsarchive.rounds import Ended, Told, counts_of
from newsarchive.text import shown

_WORDS = {
    WHOLE: "whole",
    FAILED: "failed",
    USAGE: "failed",
    DISK_FULL: "the disk is full",
    NOT_NOW: "left out",
    TERMINATED: "stopped",
}
_COUNTS = (
    ("pages", "newsarchive/captures"),
    ("articles", "newsarchive/stored/articles"),
    ("comments", "newsarchive/stored/comments"),
    ("not due", "newsarchive/spared/not due"),
    ("unread", "newsarchive/unread"),
)


def counted(stats: dict[str, Any]) -> list[int]:
    """The counts of a crawl that the table has a column for: articles and comments are those that are new or changed."""
    return [int(stats.get(key, 0)) for _, key in _COUNTS]


class Lines:
    """A line for each beginning and end; `quiet` for what failed only."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def begun(self, name: str, crawler: Crawler) -> None:
        """A newspaper's crawl begins."""
        if not self._quiet:
            self._say(f"{name}: begins")

    def ended(self, ended: Ended) -> None:
        """It has ended."""
        if self._quiet and ended.code in (WHOLE, NOT_NOW, TERMINATED):
            return
        counts = ", ".join(f"{count} {name}" for (name, _), count in zip(_COUNTS, counted(ended.stats), strict=True) if count)
        whole = ended.code == WHOLE
        why = ended.why or (counts if whole else f"{counts or 'no page could be had'}; the log says why")
        self._say(f"{ended.name}: {_WORDS[ended.code]}: {why}")

    def _say(self, line: str) -> None:
        click.echo(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {shown(line)}", err=True)


class Moving:
    """A table with a row for each newspaper."""

    def __init__(self) -> None:
        self._running: dict[str, Crawler] = {}
        self._done: dict[str, Ended] = {}

    def begun(self, name: str, crawler: Crawler) -> None:
        """A newspaper's crawl begins."""
        self._running[name] = crawler

    def ended(self, ended: Ended) -> None:
        """It has ended."""
        self._running.pop(ended.name, None)
        self._done[ended.name] = ended

    def __rich__(self) -> Table:
        """The table as it is now: those that run stand last, where a terminal shows them."""
        table = Table("newspaper", *(name for name, _ in _COUNTS), "")
        rows = [(one.name, one.stats, _WORDS[one.code]) for one in self._done.values()]
        rows += [(name, counts_of(crawler), "...") for name, crawler in self._running.items()]
        for name, stats, state in rows:
            table.add_row(shown(name), *map(str, counted(stats)), state)
        return table


@contextmanager
def telling(*, quiet: bool) -> Iterator[Told]:
    """Who is told: somebody at a terminal, or a log."""
    if quiet or not sys.stdout.isatty():
        yield Lines(quiet=quiet)
        return
    table = Moving()
    with Live(get_renderable=table.__rich__, console=Console(markup=False), refresh_per_second=2, vertical_overflow="visible"):
        yield table
