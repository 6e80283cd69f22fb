"""What is due, seen from outside: which pages a crawl asks for that asks for what is due only."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from newsarchive.demo.delivery import Delivered
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from tests.conftest import connect, crawl

_LATER, _BEFORE = "2999-01-01T00:00:00Z", "2001-01-01T00:00:00Z"


class Talkative(Newspaper):
    """The newspaper with a feed of comments, which says that somebody has spoken below an article."""

    spoken_of: str | None = None

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        """As the newspaper does, but for the feed and the start page's link to it."""
        if target == "/comments/feed/":
            at = format_datetime(datetime.now(UTC) - timedelta(seconds=1))
            items = f"<item><link>{self.spoken_of}#comment-1</link><pubDate>{at}</pubDate></item>" if self.spoken_of else ""
            body = f"<rss><channel>{items}</channel></rss>".encode()
            return 200, [("Content-Type", "application/rss+xml"), ("Content-Length", str(len(body)))], body
        if target != "/":
            return super().respond(method, target, headers)
        asked = [(name, value) for name, value in headers if name.lower() == "host"]  # the page itself, and not packed
        status, fields, body = super().respond(method, target, asked)
        body = body.replace(b"</head>", b'<link rel="alternate" type="application/rss+xml" href="/comments/feed/"></head>')
        kept = [field for field in fields if field[0].lower() not in ("content-length", "etag", "last-modified")]
        return status, [*kept, ("Content-Length", str(len(body)))], body


@dataclass
class Crawled:
    """An archive after a first crawl of everything and a second of what was due: one long thread, by decree, and one of which
    the feed of comments tells."""

    folder: Path
    thread: str
    woken: str
    planned: dict[str, str | None]
    first: list[str]
    second: list[str]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("due")
    newspaper = Talkative(now=datetime.now(UTC))
    with serve(newspaper) as served:
        assert crawl(folder, f"{served.url}/").returncode == 0
        first = [target for _, target, _ in served.requests]
        with closing(connect(folder / "catalogue.db")) as connection:
            planned = _plan(connection)
        with closing(sqlite3.connect(folder / "catalogue.db")) as connection, connection:
            thread = connection.execute(
                "SELECT thread_id FROM thread_pages GROUP BY thread_id HAVING count(*) > 2 ORDER BY count(*) DESC, thread_id"
            ).fetchone()[0]
            woken, newspaper.spoken_of = connection.execute(
                "SELECT t.id, a.url FROM threads t JOIN articles a ON a.thread_id = t.id WHERE t.id <> ? AND t.status = 'open'"
                " AND t.platform = 'wordpress' AND a.comment_count > 5 ORDER BY t.id",
                [thread],
            ).fetchone()
            connection.execute("UPDATE threads SET next_visit = iif(id = ?, ?, ?)", [thread, _BEFORE, _LATER])
            connection.execute("UPDATE articles SET next_visit = ?", [_LATER])
        served.requests.clear()
        newspaper.edition = 2
        done = crawl(folder, f"{served.url}/", "-s", "NEWSARCHIVE_DUE=1")
        assert done.returncode == 0, done.stderr[-4000:]
        yield Crawled(folder, thread, woken, planned, first, [target for _, target, _ in served.requests])


def _plan(connection: sqlite3.Connection) -> dict[str, str | None]:
    return dict(connection.execute("SELECT id, next_visit FROM threads UNION ALL SELECT id, next_visit FROM articles").fetchall())


def test_a_crawl_leaves_a_plan(crawled: Crawled) -> None:
    assert sum(visit is not None for visit in crawled.planned.values()) > 60
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        closed = connection.execute("SELECT id FROM threads WHERE status <> 'open'").fetchall()
    assert closed
    assert all(crawled.planned.get(row["id"]) is None for row in closed)


@pytest.mark.parametrize("which", ["thread", "woken"])
def test_the_whole_thread_is_asked_for_that_is_due_or_was_woken(crawled: Crawled, which: str) -> None:
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        of_thread = [getattr(crawled, which)]
        visits = connection.execute("SELECT complete FROM thread_visits WHERE thread_id = ? ORDER BY rowid", of_thread)
        assert [row["complete"] for row in visits] == [1, 1]


def test_nothing_known_is_asked_for_that_is_not_due(crawled: Crawled) -> None:
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        pages = "SELECT c.url FROM thread_pages p JOIN captures c ON c.id = p.capture_id WHERE p.thread_id IN (?, ?)"
        of_thread = {row["url"] for row in connection.execute(pages, [crawled.thread, crawled.woken])}
        articles = connection.execute("SELECT DISTINCT url FROM captures WHERE purpose IN ('article', 'comments')")
        known = {row["url"] for row in articles} - of_thread
    again = [
        target
        for target in crawled.second
        if target != "/" and target in crawled.first and any(url.endswith(target) for url in known)
    ]
    assert again == []


def test_lists_are_asked_for_and_what_is_new(crawled: Crawled) -> None:
    assert {"/robots.txt", "/"} <= set(crawled.second)
    assert any("sitemap" in target for target in crawled.second)
    assert any("feed" in target for target in crawled.second)
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        crawls = [row["id"] for row in connection.execute("SELECT id FROM crawls ORDER BY rowid")]
        new = connection.execute(
            "SELECT count(*) FROM articles a JOIN captures c ON c.id = a.capture_id WHERE c.crawl_id = ? AND revision_count = 0",
            [crawls[1]],
        ).fetchone()[0]
    assert new
    assert len(crawled.second) < len(crawled.first) / 3


def test_the_plan_comes_back_in_a_rebuild(crawled: Crawled, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", crawled.folder, "rebuild", "--into", tmp_path / "again.db"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with closing(connect(crawled.folder / "catalogue.db")) as now, closing(connect(tmp_path / "again.db")) as again:
        assert _plan(now) == _plan(again)


def test_schedules_are_tried_on_what_the_archive_knows(crawled: Crawled) -> None:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", crawled.folder, "report", "--simulate"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        comments = connection.execute("SELECT count(*) FROM comments WHERE article_id IS NOT NULL").fetchone()[0]
    lines = done.stdout.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["adaptive", "daily, in turn", "daily, newest"]
    assert all(f"of {comments} comments" in line for line in lines)
