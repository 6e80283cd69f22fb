from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve


@pytest.fixture
def served(newspaper: Newspaper) -> Iterator[Served]:
    with serve(newspaper) as served:
        yield served


@pytest.fixture
def connection(served: Served) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=10)
    yield connection
    connection.close()


def ask(connection: http.client.HTTPConnection, method: str, target: str) -> tuple[int, dict[str, str], bytes]:
    connection.request(method, target, body=b"name=x" if method == "POST" else None)
    response = connection.getresponse()
    return response.status, dict(response.headers), response.read()


def test_one_connection_serves_many_requests(served: Served, connection: http.client.HTTPConnection) -> None:
    assert ask(connection, "GET", "/about/")[0] == 200
    first = connection.sock
    assert ask(connection, "HEAD", "/")[2] == b""
    assert ask(connection, "POST", "/api/comments")[0] == 405
    assert ask(connection, "GET", "/nothing/")[0] == 404
    assert ask(connection, "GET", "/section/news/")[0] == 200
    assert connection.sock is first
    assert served.requests == [
        ("GET", "/about/", 200),
        ("HEAD", "/", 200),
        ("POST", "/api/comments", 405),
        ("GET", "/nothing/", 404),
        ("GET", "/section/news/", 200),
    ]


def test_the_edition_changes_while_it_is_served(served: Served, connection: http.client.HTTPConnection) -> None:
    before = ask(connection, "GET", "/feed/")[2]
    served.newspaper.edition = 2
    assert ask(connection, "GET", "/feed/")[2] != before
    served.newspaper = Newspaper(now=served.newspaper.now)
    assert ask(connection, "GET", "/feed/")[2] == before


def test_it_can_be_served_from_the_command_line() -> None:
    told = subprocess.run([sys.executable, "-m", "newsarchive.demo", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--port" in told
    assert "--edition" in told
