"""The demo: two crawls of the built-in newspaper, a progress line for each, and what the archive holds of it then."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from newsarchive import settings
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.errors import NewsArchiveError
from newsarchive.settings import archive_folder
from newsarchive.urls import site_id

_PROJECT = Path(__file__).resolve().parent.parent.parent
_FOUND = """
SELECT (SELECT count(*) FROM captures WHERE site_id = :site) AS captures,
       (SELECT count(*) FROM articles WHERE site_id = :site) AS articles,
       (SELECT count(*) FROM comments WHERE site_id = :site) AS comments,
       (SELECT count(*) FROM articles WHERE site_id = :site AND revision_count > 0) AS edited_articles,
       (SELECT count(*) FROM comments WHERE site_id = :site AND revision_count > 0) AS edited_comments,
       (SELECT count(*) FROM comments WHERE site_id = :site AND status = 'deleted') AS deleted_comments
"""


class DemoFailed(NewsArchiveError):
    """A crawl of the demo newspaper did not end well. Raised by `newsarchive demo`."""


def visit_twice(folder: Path, *, port: int, console: Console) -> None:
    """Serve the demo newspaper on loopback, crawl both of its editions into `folder`, and print what was found."""
    newspaper = Newspaper(now=datetime.now(UTC))
    with serve(newspaper, port=port) as served:
        console.print(f"The Muunga Courier, a newspaper made up for this demo, is served at {served.url}")
        first = _visit(folder, served.url, "First visit", console)
        newspaper.edition = 2
        second = _visit(folder, served.url, "Second visit", console)
    _report(folder, first, second, console)


def _visit(folder: Path, url: str, title: str, console: Console) -> dict[str, int]:
    """One crawl, in a process of its own as cron would start it; returns what the catalogue holds after it."""
    log = folder / "logs" / f"{site_id(url)}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        "NEWSARCHIVE_DIR": folder,
        "NEWSARCHIVE_ALLOW_PRIVATE": urlsplit(url).netloc,
        "DOWNLOAD_DELAY": 0,
        "LOG_FILE": log,
    }
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}/", *options]
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress, subprocess.Popen(command, cwd=_PROJECT) as crawl:
        task = progress.add_task(title)
        while crawl.poll() is None:
            progress.update(task, description=f"{title}: {_in_words(found(folder, site_id(url)))}")
            time.sleep(0.2)
        now = found(folder, site_id(url))
        progress.update(task, description=f"{title}: {_in_words(now)}")
    if crawl.returncode:
        raise DemoFailed(f"the crawl of the demo newspaper ended with exit code {crawl.returncode}; its log is {log}")
    return now


def found(folder: Path, site: str) -> dict[str, int]:
    """How many captures, articles, comments, edits and deletions the catalogue in `folder` holds of a site."""
    path = folder / "catalogue.db"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'site_days'").fetchone() is None:
            return {}
        return dict(connection.execute(_FOUND, {"site": site}).fetchone())


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in ("captures", "articles", "comments"))


def _report(folder: Path, first: dict[str, int], second: dict[str, int], console: Console) -> None:
    table = Table("", "after the first visit", "after the second", title="What the archive holds")
    for name in second:
        table.add_row(name.replace("_", " "), str(first[name]), str(second[name]))
    console.print(table)
    console.print(f"Every row points at its bytes in {folder / 'warc'}. To browse:\n")
    default = folder == archive_folder(vars(settings))
    console.print(
        f"    {'make serve' if default else f'.venv/bin/newsarchive --dir {folder} serve'}\n", highlight=False, soft_wrap=True
    )
    console.print("and open http://127.0.0.1:8001/", highlight=False)
