"""Retry-After is obeyed for the whole server and within a bound; a server that only fails is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest

from newsarchive.capture.patience import retry_after
from newsarchive.urls import server_of

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def answer(status: str, *fields: str) -> tuple[str, bytes]:
    head = "\r\n".join((f"HTTP/1.1 {status}", "Content-Length: 2", *fields))
    return ("keep", f"{head}\r\n\r\nhi".encode())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3),
        (" 120 ", 120),
        ("0", 0),
        ("315360000", 315360000),
        ("9" * 400, 999999999999),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), None),
        ("Sat, 28 Nov 2026 12:00:30 -0000", 30),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("3.5", None),
        ("\u0663", None),
        ("Sat, 99 Nov 2026 12:00:00 GMT", None),
        ("Sat, 28 Nov 99999 12:00:00 GMT", None),
    ],
)
def test_a_wait_is_a_number_of_seconds_or_a_date_to_come(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("http://News.example/a", "news.example"),
        ("http://news.example:80/a", "news.example"),
        ("https://news.example:443/a", "news.example"),
        ("https://news.example:80/a", "news.example:80"),
        ("http://[::1]:8080/a", "[::1]:8080"),
        ("http://name:word@news.example:8080/", "news.example:8080"),
    ],
)
def test_a_server_is_a_host_and_a_port(url: str, server: str) -> None:
    assert server_of(url) == server


@pytest.fixture(scope="module")
def patient(serve: Callable[..., Any], crawl: Callable[..., Any]) -> tuple[dict[str, Any], Any]:
    """A crawl, one request at a time to each server, of one that asks for time and of another port beside it."""
    files = {"/busy": answer("503 Busy", "Retry-After: 1"), "/years": answer("429 Slow down", "Retry-After: 315360000")}
    pages = {f"/{name}{number}": answer("200 OK") for name in ("good", "other") for number in range(3)}
    servers = {"busy": serve(files | pages), "beside": serve(pages)}
    order = [
        *(("busy", path) for path in ("/busy", "/good0")),
        *(("beside", f"/other{number}") for number in range(3)),
        *(("busy", path) for path in ("/years", "/good1")),
    ]
    requests = [{"url": f"http://127.0.0.1:{servers[name].port}{path}"} for name, path in order]
    allowed = ",".join(f"127.0.0.1:{server.port}" for server in servers.values())
    limits = {"NEWSARCHIVE_RETRY_AFTER": 1.5, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "RETRY_ENABLED": True, "RETRY_TIMES": 1}
    return servers, crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=allowed, **limits)


def began(patient: tuple[dict[str, Any], Any], path: str) -> list[datetime]:
    return [datetime.fromisoformat(row["began_at"]) for row in patient[1].kept[path]]


def test_a_server_that_asks_for_time_is_not_asked_for_anything_until_then(patient: tuple[dict[str, Any], Any]) -> None:
    busy, again = began(patient, "/busy")
    [good] = began(patient, "/good0")
    for later in (good, again):
        assert later - busy > timedelta(seconds=0.95)


def test_another_port_of_its_host_does_not_wait(patient: tuple[dict[str, Any], Any]) -> None:
    assert began(patient, "/other2") < began(patient, "/good0")


def test_a_server_that_asks_for_years_gets_the_most_that_the_setting_allows(patient: tuple[dict[str, Any], Any]) -> None:
    [years] = began(patient, "/years")  # and is not asked again for that page
    [good] = began(patient, "/good1")
    assert timedelta(seconds=1.45) < good - years < timedelta(seconds=10)


def test_a_server_that_fails_three_times_in_a_row_is_left_alone(serve: Callable[..., Any], crawl: Callable[..., Any]) -> None:
    bad = {f"/bad{number}": ("close",) for number in range(5)} | {"/bad5": answer("500 Broken")}
    server = serve(bad | {"/good0": answer("200 OK"), "/good1": answer("200 OK")})
    paths = ["/bad0", "/bad1", "/good0", "/bad2", "/bad3", "/bad5", "/bad4", "/good1"]
    requests = [{"url": f"http://127.0.0.1:{server.port}{path}"} for path in paths]
    limits = {"NEWSARCHIVE_HOST_ERRORS": 3, "CONCURRENT_REQUESTS": 1}
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}", **limits)
    assert list(server.heard) == paths[:6]  # the two failures before an answer do not count
    for path in ("/bad4", "/good1"):
        [miss] = crawled.missed[path]
        assert (miss["kind"], miss["detail"].partition(":")[0]) == ("failing", "NEWSARCHIVE_HOST_ERRORS = 3")


def test_a_server_that_asks_for_time_again_and_again_gets_ten_times_the_longest_wait(
    serve: Callable[..., Any], crawl: Callable[..., Any]
) -> None:
    server = serve({f"/busy{number}": answer("503 Busy", "Retry-After: 1") for number in range(12)} | {"/good": answer("200 OK")})
    paths = [*(f"/busy{number}" for number in range(12)), "/good"]
    requests = [{"url": f"http://127.0.0.1:{server.port}{path}"} for path in paths]
    limits = {"NEWSARCHIVE_RETRY_AFTER": 0.2, "CONCURRENT_REQUESTS": 1, "RETRY_ENABLED": True}
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}", **limits)
    times = [datetime.fromisoformat(crawled.kept[path][0]["began_at"]) for path in paths]
    waits = [(later - earlier).total_seconds() > 0.19 for earlier, later in pairwise(times)]
    assert waits == [True] * 10 + [False] * 2
