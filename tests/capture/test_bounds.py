"""Answers made to have no end: each is cut at its bound, kept as far as it came, and the crawl goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsarchive.capture.wire import Bounds, Tap
from newsarchive.keys import Keys

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HINT = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
BOUNDS = {"NEWSARCHIVE_HEAD_SIZE": 30_000, "NEWSARCHIVE_INTERIM_ANSWERS": 20, "DOWNLOAD_MAXSIZE": 100_000, "DOWNLOAD_TIMEOUT": 6}


@pytest.fixture(scope="module")
def cut(serve: Callable[..., Any], crawl: Callable[..., Any]) -> Any:
    rules = b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * 300_000
    files = {
        "/robots.txt": ("keep", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(rules), rules)),
        "/long-line": ("keep", HEAD + b"X: %b\r\nContent-Length: 2\r\n\r\nhi" % (b"v" * 20_000)),
        "/endless-line": ("stall", HEAD + b"X: ", *[b"v" * 20_000] * 5),
        "/endless-fields": ("stall", HEAD, *[b"X-%d: v\r\n" * 1000] * 10),
        "/endless-folds": ("stall", HEAD + b"X: v\r\n", *[b" fold\r\n" * 1000] * 10),
        "/endless-status": ("stall", b"HTTP/1.1 200 ", *[b"O" * 20_000] * 5),
        "/some-hints": ("keep", HINT * 20 + GOOD),
        "/endless-hints": ("stall", *[HINT] * 1000),
        "/drip": ("stall", HEAD + b"Content-Length: 5000\r\n\r\nbegun"),
        "/endless-body": ("stall", HEAD + b"\r\n", *[b"x" * 50_000] * 4),
        "/tiny-chunks": ("stall", HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n" * 1000] * 1000),
        "/private": ("keep", GOOD),
        "/last": ("keep", GOOD),
    }
    server = serve(files)
    requests = [{"url": f"http://127.0.0.1:{server.port}{path}"} for path in files if path != "/robots.txt"]
    settings = BOUNDS | {"ROBOTSTXT_OBEY": True, "NEWSARCHIVE_ALLOW_PRIVATE": f"127.0.0.1:{server.port}"}
    requests[-3]["meta"] = {"download_maxsize": 0}
    return crawl(requests, **settings, NEWSARCHIVE_PARSE_SECONDS=0.5, CONCURRENT_REQUESTS_PER_DOMAIN=8)


@pytest.mark.parametrize("path", ["/endless-line", "/endless-fields", "/endless-folds", "/endless-status", "/endless-hints"])
def test_a_head_without_end_is_cut_and_is_no_answer(path: str, cut: Any) -> None:
    assert cut.failures[path] == "DownloadCancelledError"  # which is not tried again
    assert cut.kept.get(path, [{"truncated": "length"}])[0]["truncated"] == "length"
    assert [miss["kind"] for miss in cut.missed.get(path, [])] == ["length"] * (path not in cut.kept)


@pytest.mark.parametrize("path", ["/long-line", "/some-hints", "/last"])
def test_what_is_within_the_bounds_is_kept_whole(path: str, cut: Any) -> None:
    assert cut.kept[path][0]["truncated"] is None
    assert cut.responses[path]["body"] == b"hi"


def test_an_answer_that_comes_too_slowly_is_cut_long_before_the_time_is_up(cut: Any) -> None:
    [drip] = cut.kept["/drip"]
    assert drip["truncated"] == "time"
    assert drip["response"].endswith(b"begun")


def test_a_body_without_end_is_cut_at_its_size(cut: Any) -> None:
    [endless] = cut.kept["/endless-body"]
    assert (endless["truncated"], len(endless["response"])) == ("length", 100_000)


def test_a_body_in_a_million_chunks_is_cut_when_it_has_cost_enough(cut: Any) -> None:
    [tiny] = cut.kept["/tiny-chunks"]
    assert tiny["truncated"] == "length"
    assert len(tiny["response"]) < 6_000_000


def test_of_a_robots_txt_of_any_size_the_beginning_counts(cut: Any) -> None:
    [rules] = cut.kept["/robots.txt"]
    assert (rules["truncated"], len(rules["response"])) == ("length", 1 << 20)
    assert [miss["kind"] for miss in cut.missed["/private"]] == ["robots"]


def test_a_large_answer_waits_in_the_archives_folder(tmp_path: Path) -> None:
    with closing(Tap(Bounds(0, 1000, 1, 1.0), Keys.parse(""), lambda: None, tmp_path)) as tap:
        assert tap.receive(bytes(2 << 20))
        assert Path(f"/proc/self/fd/{tap.response.fileno()}").readlink().is_relative_to(tmp_path)
