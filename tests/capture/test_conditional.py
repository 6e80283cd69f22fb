"""Conditional requests: what the archive holds of an address is named byte for byte, and to that address only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import connect
from tests.conftest import crawl as visit

BODY = b"<!doctype html><html><body>" + b"<p>Nothing but words.</p>" * 40 + b"</body></html>"
MODIFIED = b"Tue,  01 Sep 2026 10:00:00 GMT"


def answer(*fields: bytes, status: bytes = b"200 OK", body: bytes = BODY) -> tuple[str, bytes]:
    head = b"\r\n".join([b"HTTP/1.1 " + status, b"Content-Type: text/html", b"Content-Length: %d" % len(body), *fields])
    return "keep", head + b"\r\n\r\n" + body


def validators(raw: bytes) -> list[bytes]:
    return sorted(re.findall(rb"(?m)^If-[^\r]*", raw))


@pytest.fixture(scope="module")
def twice(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A site visited twice; its start page leads to one that has moved since it was captured."""
    feed = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Front page</body></html>'
    answers = {
        "/": answer(b'ETag: W/"a,  b"', b"Last-Modified: " + MODIFIED, body=feed),
        "/robots.txt": answer(status=b"404 Not Found"),
        "/feed": answer(b'ETag: "of the feed"'),
    }
    answers |= {path: answer(status=b"404 Not Found") for path in ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")}
    server, folder = serve(answers), tmp_path_factory.mktemp("twice")
    assert visit(folder, f"http://127.0.0.1:{server.port}/").returncode == 0
    answers["/feed"] = answer(b"Location: /moved", status=b"302 Found")
    answers["/moved"] = answer()
    assert visit(folder, f"http://127.0.0.1:{server.port}/").returncode == 0
    return server, folder


def test_validators_are_sent_back_as_they_came(twice: tuple[Any, Path]) -> None:
    server, _ = twice
    first, second = server.requests("/")
    assert validators(first) == []
    assert validators(second) == [b"If-Modified-Since: " + MODIFIED, b'If-None-Match: W/"a,  b"']


def test_a_redirect_does_not_carry_them_on(twice: tuple[Any, Path]) -> None:
    server, _ = twice
    assert validators(server.requests("/feed")[1]) == [b'If-None-Match: "of the feed"']
    assert validators(server.requests("/moved")[0]) == []


def test_what_was_no_whole_answer_is_not_named(twice: tuple[Any, Path]) -> None:
    server, _ = twice
    assert validators(server.requests("/robots.txt")[1]) == []


def test_an_identical_body_under_another_address_is_kept_once(twice: tuple[Any, Path]) -> None:
    _, folder = twice
    rows = connect(folder / "catalogue.db").execute(
        "SELECT o.url AS url, o.crawl_id < c.crawl_id AS earlier FROM captures c JOIN captures o ON o.id = c.revisit_of"
        " WHERE c.url LIKE '%/moved'"
    )
    assert [(row["url"].rpartition("/")[2], row["earlier"]) for row in rows] == [("feed", 1)]
