"""Requisites as a crawl captures them: once, where robots.txt lets them be asked for, and never read as pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsarchive.cli import main
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from tests.conftest import connect, crawl

Delivered = tuple[int, list[tuple[str, str]], bytes]
CSS = b'@import "more.css"; @font-face { src: url(f.eot), url(f.woff2) } body { background: url(paper.png) }'
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


class Pictured(Newspaper):
    """The demo newspaper with pictures of a CDN in its articles, one of them an article's address; `cdn` is the CDN's."""

    cdn = ""

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        plain = [field for field in headers if field[0].lower() != "accept-encoding"]
        status, answered, body = super().respond(method, target, plain)
        if status == 200 and b"</article>" in body:
            other = re.search(rb'href="(/20\d\d/[^"#?]+)"', body)
            pictures = [f"{self.cdn}/{name}.png" for name in ("a", "a", "secret/b", "huge")]
            shown = [*pictures, other[1].decode() if other else ""]
            extra = "".join(f'<img src="{one}">' for one in shown) + f'<link rel="stylesheet" href="{self.cdn}/site.css">'
            body = body.replace(b"</article>", extra.encode() + b"</article>", 1)
        kept = [(name, value) for name, value in answered if name.lower() not in ("content-length", "etag")]
        return status, [*kept, ("Content-Length", str(len(body)))], body


PAGE = b"<html><body><article><h1>No font</h1>" + b"<p>Words of a page.</p>" * 90 + b"</article></body></html>"
FILES = {
    "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /secret/\n"),
    "/site.css": ("text/css", CSS),
    "/more.css": ("text/css", b"p { background: url(too-deep.png) }"),
    "/huge.png": ("image/png", bytes(50_000)),
    "/f.woff2": ("text/html", PAGE),
}


class Cdn(Newspaper):
    """Serves pictures and styles, and forbids one folder."""

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        mime, body = FILES.get(target, ("image/png", PICTURE))
        return 200, [("Content-Type", mime), ("Content-Length", str(len(body)))], body


@dataclass
class Scene:
    """A newspaper and its CDN, and an archive."""

    folder: Path
    paper: Served
    cdn: Served

    def crawl(self, *options: str) -> subprocess.CompletedProcess[str]:
        hosts = ",".join(one.url.partition("://")[2] for one in (self.paper, self.cdn))
        few = ("-a", "max_articles=6", "-s", "LOG_LEVEL=ERROR", "-s", "NEWSARCHIVE_REQUISITE_SIZE=20000")
        done = crawl(self.folder, f"{self.paper.url}/", *few, "-s", f"NEWSARCHIVE_ALLOW_PRIVATE={hosts}", *options)
        assert done.returncode == 0, done.stderr[-4000:]
        return done

    def asked(self) -> list[str]:
        """What the CDN was asked for since the last time."""
        found = sorted(target for _, target, _ in self.cdn.requests)
        self.cdn.requests.clear()
        return found

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with closing(connect(self.folder / "catalogue.db")) as connection:
            return [dict(row) for row in connection.execute(sql)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    paper = Pictured(now=datetime.now(UTC))
    with serve(paper) as served, serve(Cdn(now=datetime.now(UTC))) as cdn:
        paper.cdn = cdn.url
        yield Scene(tmp_path, served, cdn)


ALL = ("-s", "NEWSARCHIVE_REQUISITES=all")
ASKED = ["/a.png", "/f.woff2", "/huge.png", "/more.css", "/paper.png", "/robots.txt", "/site.css"]


def test_requisites_are_captured_once_and_never_read(scene: Scene) -> None:
    scene.crawl(*ALL)
    assert scene.asked() == ASKED
    kept = {
        row["url"].removeprefix(scene.cdn.url): row for row in scene.rows("SELECT * FROM captures WHERE purpose = 'requisite'")
    }
    assert kept["/huge.png"]["truncated"] == "length"
    assert kept["/f.woff2"]["mime"] == "text/html"
    assert all(row["read_at"] and not row["read_error"] for row in kept.values())
    assert [row["url"] for row in scene.rows("SELECT url FROM articles WHERE headline = 'No font'")] == []
    assert {"url": f"{scene.cdn.url}/secret/b.png", "kind": "robots"} in scene.rows("SELECT url, kind FROM outcomes")
    assert len(scene.rows("SELECT id FROM articles")) == 6
    scene.crawl(*ALL)
    assert scene.asked() == ["/robots.txt"]  # they are fresh; one that robots.txt forbids is looked up there
    assert "A rebuild would change nothing." in CliRunner().invoke(main, ["--dir", str(scene.folder), "rebuild", "--diff"]).output
    assert CliRunner().invoke(main, ["--dir", str(scene.folder), "verify"]).exit_code == 0


def test_an_article_that_stands_in_an_image_is_read_all_the_same(scene: Scene) -> None:
    every = ("-a", "max_articles=1000")
    scene.crawl(*every)
    without = scene.rows("SELECT url FROM articles ORDER BY url")
    scene.folder = scene.folder / "with"
    scene.crawl(*every, *ALL)
    assert scene.rows("SELECT url FROM articles ORDER BY url") == without
    assert len(without) == 40


def test_images_alone_and_none_by_default(scene: Scene) -> None:
    scene.crawl()
    assert scene.asked() == []
    scene.crawl("-s", "NEWSARCHIVE_REQUISITES=images")
    assert scene.asked() == ["/a.png", "/huge.png", "/robots.txt"]


def test_no_more_than_a_number_are_asked_for(scene: Scene) -> None:
    scene.crawl(*ALL, "-s", "NEWSARCHIVE_REQUISITE_FILES=2")
    assert len(scene.rows("SELECT id FROM captures WHERE purpose = 'requisite'")) == 2
    details = {row["detail"] for row in scene.rows("SELECT detail FROM outcomes WHERE kind = 'budget'")}
    assert "NEWSARCHIVE_REQUISITE_FILES = 2" in details


def test_a_word_that_is_none_ends_the_crawl_before_it_begins(scene: Scene) -> None:
    done = crawl(scene.folder, f"{scene.paper.url}/", "-s", "NEWSARCHIVE_REQUISITES=some")
    assert done.returncode == 2
    assert "NEWSARCHIVE_REQUISITES must be one of all, images, none" in done.stderr
    assert scene.paper.requests == []
