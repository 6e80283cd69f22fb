"""The demo newspaper, served so that it kills whoever crawls it at a request of one's choice; and what a catalogue holds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsarchive.demo.delivery import Delivered
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from tests.conftest import PROJECT, connect

SHOWN = {
    "articles": "SELECT id, headline, digest, thread_id, comment_count, revision_count FROM articles",
    "comments": "SELECT id, thread_id, parent_id, depth, position, author_name, text, status, revision_count FROM comments",
    "captures": "SELECT url, status, purpose FROM captures",
    "visits": "SELECT thread_id, complete, found, claimed, stop_reason FROM thread_visits",
}


class Deadly(Newspaper):
    """Sends `signal` to the process group `victim` when it is asked for the `fatal`th time from now; that one has no answer."""

    victim = fatal = 0
    signal = signal.SIGKILL

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        """The newspaper's answer, unless it comes to killing."""
        self.fatal -= 1
        if self.fatal == 0:
            os.killpg(self.victim, self.signal)
        return super().respond(method, target, headers)


@dataclass
class Press:
    """The newspaper that is served, and how to crawl it."""

    served: Served
    newspaper: Deadly
    asked: list[str] = field(default_factory=list)

    def crawl(self, folder: Path, *options: str, kill_at: int = 0, with_signal: signal.Signals = signal.SIGKILL) -> int:
        """The exit code of a crawl into `folder`, killed at a request, if so wished; `asked` has its requests then."""
        host = self.served.url.partition("://")[2]
        settings = [f"NEWSARCHIVE_DIR={folder}", f"NEWSARCHIVE_ALLOW_PRIVATE={host}", "DOWNLOAD_DELAY=0", "LOG_LEVEL=WARNING"]
        words = [word for setting in settings for word in ("-s", setting)]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={self.served.url}/", *words, *options]
        self.newspaper.fatal, self.newspaper.signal = kill_at, with_signal
        self.served.requests.clear()
        with subprocess.Popen(command, cwd=PROJECT, start_new_session=True) as process:
            self.newspaper.victim = process.pid
            code = process.wait(timeout=120)
        self.asked = [target for _, target, _ in self.served.requests]
        return code


@contextmanager
def printed() -> Iterator[Press]:
    """A newspaper that kills on demand, served on loopback."""
    newspaper = Deadly(now=datetime.now(UTC))
    with serve(newspaper) as served:
        yield Press(served, newspaper)


def shown(folder: Path) -> dict[str, Counter[tuple[Any, ...]]]:
    """What a catalogue holds of its newspaper, without the times that differ between two crawls."""
    connection = connect(folder / "catalogue.db")
    found = {name: Counter(tuple(row) for row in connection.execute(sql)) for name, sql in SHOWN.items()}
    connection.close()
    return found


def select(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on a folder's catalogue."""
    connection = connect(folder / "catalogue.db")
    rows = [tuple(row) for row in connection.execute(sql)]
    connection.close()
    return rows
