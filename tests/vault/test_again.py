"""A change of reading code, or of a site's profile, does not look like an edit; a rebuild gives the same rows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.rebuild import rebuild
from tests.conftest import PROJECT, connect
from tests.vault.test_rebuild import rows, served

# What another version of the reader would read: words that are no part of a text or a name.
OTHER_READER = """
_reader_of_today = read


def read(page: Page, profile: Profile) -> Reading:
    reading = _reader_of_today(page, profile)
    if reading.article:
        reading.article.headline = f"{reading.article.headline} | Gazette"
        reading.article.authors = [f"By {name}" for name in reading.article.authors]
    for comment in reading.comments:
        comment.text, comment.author_name = f"{comment.text} Reply", f"{comment.author_name} says"
    return reading
"""
STORY = "<p>" + "The council met on Monday and talked about the bridge for three hours, and for one more. " * 5 + "</p>"
NUMBERED = (
    '<li class="comment" id="comment-{0}"><article class="comment-body"><b class="fn">{1}</b> <span class="says">says:</span>'
    '<a href="#comment-{0}"><time datetime="2026-11-0{0}T10:00:00+00:00">Nov</time></a>'
    '<div class="comment-content"><p>{2}</p></div></article></li>'
)
LISTED = '<li><div class="who"><b>{}</b> <span class="age">{}</span></div><p>{}</p></li>'


class Newspaper(BaseHTTPRequestHandler):
    """Two articles: one with WordPress's numbered comments, one with a list whose comments have no numbers."""

    edited = False
    removed = False

    def do_GET(self) -> None:
        pages = {"/": self.home, "/2026/11/the-dam/": self.numbered, "/2026/11/the-bridge/": self.listed}
        if self.path not in pages:
            self.send_error(404)
            return
        body = pages[self.path]().encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def home() -> str:
        return '<h2><a href="/2026/11/the-dam/">The dam</a></h2><h2><a href="/2026/11/the-bridge/">The bridge</a></h2>'

    def numbered(self) -> str:
        texts = ["It is full.", "It is empty, I say." if self.edited else "It is empty.", "Who knows."]
        shown = [(at, text) for at, text in enumerate(texts, 1) if not (self.removed and at == 2)]
        comments = "".join(NUMBERED.format(at, f"Reader {at}", text) for at, text in shown)
        form = '<form id="commentform"><input type="hidden" name="comment_post_ID" value="7">'
        form += '<textarea name="comment"></textarea></form>'
        thread = f'<div id="comments" class="comments-area"><ol class="comment-list">{comments}</ol>{form}</div>'
        return self.article("The dam", thread)

    def listed(self) -> str:
        tar = "No tar, no cry" if self.edited else "No tar"
        said = {"Tendai": "Build it", "Rudo": tar, "Tino": "The bridge is old", "Mukoma": "Build it"}
        entries = "".join(LISTED.format(name, f"{age} days ago", text) for age, (name, text) in enumerate(said.items(), 2))
        section = f'<section class="comments" id="comments"><h3>4 Comments</h3><ul>{entries}</ul></section>'
        return self.article("The bridge", section)

    def article(self, title: str, comments: str) -> str:
        headline = f"{title} again" if self.edited and title == "The dam" else title
        author = '<meta name="author" content="Jane Moyo"><meta name="generator" content="WordPress 6.8">'
        author += '<meta property="article:published_time" content="2026-11-02 10:00:00">'
        return (
            f'<html><head><title>{title}</title><meta property="og:type" content="article">{author}</head><body><article>'
            f"<h1>{headline}</h1>{STORY}</article>{comments}</body></html>"
        )

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


def crawl(project: Path, folder: Path, url: str, *options: str) -> None:
    """A crawl by the code in `project`."""
    host = url.partition("://")[2].strip("/")
    settings = {"NEWSARCHIVE_DIR": folder, "NEWSARCHIVE_ALLOW_PRIVATE": host, "DOWNLOAD_DELAY": 0}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}", *words, *options]
    environment = os.environ | {"PYTHONPATH": str(project)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def other_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project with another reader."""
    project = tmp_path_factory.mktemp("other")
    for name in ("newsarchive", "spiders", "pipelines"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "scrapy.cfg", project)
    with (project / "newsarchive/reading/__init__.py").open("a") as file:
        file.write(OTHER_READER)
    return project


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    yield pool
    pool.close()


def told(folder: Path) -> list[dict[str, Any]]:
    connection = connect(folder / "catalogue.db")
    found = connection.execute("SELECT author_name, text, status, revision_count, platform FROM comments")
    comments = [dict(row) for row in found]
    connection.close()
    return comments


def assert_rebuilt_the_same(folder: Path, pool: ReadingPool) -> None:
    again = rows(rebuild(folder, pool, into=folder / "again.db"))
    for table, crawled in rows(folder / "catalogue.db").items():
        assert crawled ^ again[table] == set(), table


@pytest.mark.parametrize("edited", [False, True], ids=["nothing edited", "edited"])
def test_a_change_of_the_reader_is_no_edit(other_code: Path, pool: ReadingPool, tmp_path: Path, edited: bool) -> None:
    with served(Newspaper) as url:
        Newspaper.edited = False
        crawl(other_code, tmp_path, url)
        assert told(tmp_path)[0]["text"].endswith(" Reply")
        Newspaper.edited = edited
        crawl(PROJECT, tmp_path, url)
    comments = told(tmp_path)
    assert sorted(row["platform"] for row in comments) == ["list"] * 4 + ["wordpress"] * 3
    assert all(row["status"] == "live" and not row["text"].endswith("Reply") for row in comments)
    assert not any(row["author_name"].endswith("says") for row in comments)
    edits = {row["author_name"] for row in comments if row["revision_count"]}
    assert edits == ({"Rudo", "Reader 2"} if edited else set())
    connection = connect(tmp_path / "catalogue.db")
    articles = dict(connection.execute("SELECT headline, revision_count FROM articles").fetchall())
    first = connection.execute("SELECT headline FROM article_revisions ORDER BY headline").fetchall()
    connection.close()
    assert articles == ({"The bridge": 0, "The dam again": 1} if edited else {"The bridge": 0, "The dam": 0})
    assert [row[0] for row in first] == (["The bridge", "The dam", "The dam again"] if edited else ["The bridge", "The dam"])
    assert_rebuilt_the_same(tmp_path, pool)


def test_a_comment_that_another_reader_saw_last_is_missed_all_the_same(
    other_code: Path, pool: ReadingPool, tmp_path: Path
) -> None:
    with served(Newspaper) as url:
        Newspaper.edited = False
        crawl(other_code, tmp_path, url)
        Newspaper.removed = True
        crawl(PROJECT, tmp_path, url)
        crawl(PROJECT, tmp_path, url)  # where no count is claimed two visits must miss it (docs/decisions/0004)
        Newspaper.removed = False
    assert [row["author_name"] for row in told(tmp_path) if row["status"] == "deleted"] == ["Reader 2"]
    assert_rebuilt_the_same(tmp_path, pool)


def test_a_change_of_the_profile_is_no_edit(pool: ReadingPool, tmp_path: Path) -> None:
    with served(Newspaper) as url:
        Newspaper.edited = False
        crawl(PROJECT, tmp_path, url)
        crawl(PROJECT, tmp_path, url, "-a", "time_zone=Africa/Harare")
    connection = connect(tmp_path / "catalogue.db")
    found = connection.execute("SELECT date_published, revision_count FROM articles").fetchall()
    connection.close()
    assert [tuple(row) for row in found] == [("2026-11-02T08:00:00Z", 0)] * 2
    assert_rebuilt_the_same(tmp_path, pool)


def test_the_same_reader_reads_nothing_twice(tmp_path: Path) -> None:
    with served(Newspaper) as url:
        for Newspaper.edited in (False, True):
            crawl(PROJECT, tmp_path, url)
    connection = connect(tmp_path / "catalogue.db")
    stats = [row["stats"] for row in connection.execute("SELECT stats FROM crawls")]
    connection.close()
    assert len(stats) == 2
    assert not any("read_again" in one for one in stats)
