"""The demo newspaper, crawled once for all tests: two editions, and a third visit that finds nothing new."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.demo.truth import Truth

PROJECT = Path(__file__).resolve().parent.parent

settings.register_profile("histories", print_blob=True)  # many other ones of comments without numbers (docs/decisions/0005)


def crawl(folder: Path, url: str, *options: str, spider: str = "news") -> subprocess.CompletedProcess[str]:
    """Run `scrapy crawl` as cron would, without delay, and allowed to ask the one private address."""
    host = url.partition("://")[2].partition("/")[0]
    settings = {"NEWSARCHIVE_DIR": folder, "NEWSARCHIVE_ALLOW_PRIVATE": host, "DOWNLOAD_DELAY": 0, "RETRY_ENABLED": False}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"url={url}", *words, *options]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


def connect(path: Path) -> sqlite3.Connection:
    """Open a catalogue for reading."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


@dataclass
class Visited:
    """An archive of three visits. `catalogues` are copies of the catalogue after each; `truths` what was to be found."""

    folder: Path
    url: str
    site: str
    catalogues: list[Path] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    requests: list[list[tuple[str, str, int]]] = field(default_factory=list)

    def rows(self, visit: int, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query on the catalogue as it was after this visit (0, 1 or 2)."""
        connection = connect(self.catalogues[visit])
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()


@pytest.fixture(scope="session")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """The demo newspaper's first edition crawled once, its second edition twice."""
    folder = tmp_path_factory.mktemp("visited")
    newspaper = Newspaper(now=datetime.now(UTC))
    with serve(newspaper) as served:
        port = served.url.rpartition(":")[2]
        archive = Visited(folder, served.url, f"127-0-0-1-{port}")
        for visit, edition in enumerate((1, 2, 2)):
            newspaper.edition = edition
            served.requests.clear()
            done = crawl(folder, f"{served.url}/", "-O", f"{folder}/items-{visit}.jsonl")
            assert done.returncode == 0, done.stderr[-4000:]
            copy = folder / f"catalogue-{visit}.db"
            shutil.copy(folder / "catalogue.db", copy)
            archive.catalogues.append(copy)
            archive.truths.append(newspaper.truth())
            archive.requests.append(list(served.requests))
        yield archive


def in_ci() -> bool:
    """Whether this is CI, where nothing that a test needs may be missing."""
    return bool(os.environ.get("CI"))
