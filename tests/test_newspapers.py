"""Newspapers' files outside of the project: every command finds them, a slip in one costs no other, own readers are used."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from tests.conftest import PROJECT, connect

COURIER = """
from dataclasses import replace
from newsarchive.reading.article import read_article
from newsarchive.site import NewsSite


class Courier(NewsSite):
    name = "courier"
    start_urls = ["{url}/"]
    mandate = "a test"

    @staticmethod
    def read_article(document, *, without=()):
        article = read_article(document, without=without)
        return article and replace(article, section="Read by the courier's own")
"""


@pytest.fixture
def url() -> Iterator[str]:
    with serve(Newspaper(now=datetime.now(UTC))) as served:
        yield served.url


def run(sites: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    environment = os.environ | {"NEWSARCHIVE_SITES": str(sites)}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_newspaper_of_your_own_is_crawled_with_its_own_reader(tmp_path: Path, url: str) -> None:
    sites, archive = tmp_path / "sites", tmp_path / "archive"
    sites.mkdir()
    (sites / "courier.py").write_text(COURIER.format(url=url), encoding="utf-8")
    (sites / "broken.py").write_text("raise KeyError('a slip')", encoding="utf-8")
    listed = run(sites, "scrapy", "list")
    assert {"courier", "news", "pindula"} <= set(listed.stdout.split())
    assert "newsarchive.yours.broken cannot be loaded: KeyError: 'a slip'" in listed.stderr
    allowed = url.removeprefix("http://")
    settings = {"NEWSARCHIVE_DIR": archive, "NEWSARCHIVE_ALLOW_PRIVATE": allowed, "DOWNLOAD_DELAY": 0}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    done = run(sites, "scrapy", "crawl", "courier", "-a", "max_articles=2", *words)
    assert done.returncode == 0, done.stderr[-3000:]
    connection = connect(archive / "catalogue.db")
    sections = {row["section"] for row in connection.execute("SELECT section FROM articles")}
    connection.close()
    assert sections == {"Read by the courier's own"}
    rebuilt = run(sites, "newsarchive.cli", "--dir", str(archive), "rebuild", "--diff", "--workers", "1")
    assert "would change nothing" in rebuilt.stdout, rebuilt.stdout + rebuilt.stderr


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    listed = run(tmp_path / "nowhere", "scrapy", "list")
    assert "is no folder" in listed.stderr
    assert "pindula" in listed.stdout
