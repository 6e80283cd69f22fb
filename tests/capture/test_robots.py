"""What robots.txt says is done: RFC 9309's cases, on answers made by hand and in a crawl."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import brotli
import pytest
from scrapy.http import TextResponse

from newsarchive.capture.robots import Rules

URL = "http://news.example/robots.txt"


def rules(text: str | bytes, *, status: int = 200, flags: tuple[str, ...] = ()) -> Rules:
    body = text if isinstance(text, bytes) else text.encode()
    return Rules.of(TextResponse(URL, status=status, body=body, flags=list(flags)), "newsarchive")


def refused(found: Rules, path: str) -> bool:
    return found.refuses(f"http://news.example{path}") is not None


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 429, 451])
def test_a_client_error_allows_all(status: int) -> None:
    assert not refused(rules("User-agent: *\nDisallow: /", status=status), "/a")


@pytest.mark.parametrize("status", [0, 500, 502, 503, 599])
def test_a_server_error_forbids_all(status: int) -> None:
    assert refused(rules("", status=status), "/a")


@pytest.mark.parametrize("flag", ["truncated", "not whole"])
def test_an_answer_that_broke_off_or_cannot_be_unpacked_forbids_all(flag: str) -> None:
    assert refused(rules("User-agent: *\nAllow: /", flags=(flag,)), "/a")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_rules_hold_in_every_unicode(charset: str) -> None:
    found = rules("User-agent: *\nDisallow: /a\n".encode(charset))
    assert [refused(found, path) for path in ("/a", "/b")] == [True, False]


def test_a_nul_stands_for_nothing() -> None:
    assert refused(rules(b"User-agent: *\0\nDis\0allow: /a\0\n\0\0"), "/a/b")


@pytest.mark.parametrize(
    ("text", "path", "verdict"),
    [
        ("User-agent: NewsArchive\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", False),
        ("User-agent: NewsArchive\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: newsarchive # us\nDisallow: /a", "/b", False),
        ("User-agent: newsarchive\nDisallow: /a\n\nUser-agent: newsarchive\nDisallow: /b", "/b", True),
        ("User-agent: news\nAllow: /\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: newsarchive2\nAllow: /\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("\ufeffUser-agent: *\r\nDisallow: /b\r\n", "/b", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", False),
        ("User-agent: *\nDisallow:", "/a", False),
        ("<html>no such page</html>", "/a", False),
        ("", "/a", False),
    ],
)
def test_the_group_that_binds_us_decides(text: str, path: str, verdict: bool) -> None:
    assert refused(rules(text), path) is verdict


def test_500_kib_are_read_and_no_half_line_behind_them() -> None:
    head = b"User-agent: *\nDisallow: /first\n" + b"#" * 100 + b"\n"
    filler = b"# filler\n" * ((500 * 1024 - len(head) - 20) // 9)
    start = head + filler
    long_path = b"Disallow: /cut" + b"x" * 60
    found = rules(start + long_path + b"\nDisallow: /last\n")
    assert len(start) < 500 * 1024 < len(start + long_path)
    assert [refused(found, path) for path in ("/first", "/cut", "/last")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: 86400", 60),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: newsarchive\nCrawl-delay: 3", 3),
        ("User-agent: *\nDisallow: /", 0),
    ],
)
def test_crawl_delay_is_ours_and_at_most_a_minute(text: str, delay: float) -> None:
    assert rules(text).delay == delay


PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
ROBOTS = {
    "obey": b"User-agent: newsarchive\nDisallow: /obey/no\n\nUser-agent: *\nDisallow: /\n",
    "slow": b"User-agent: *\nCrawl-delay: 0.3\n",
}


def text_file(text: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text)


def coded(coding: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def moved(path: str) -> bytes:
    return f"HTTP/1.1 301 Moved\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n".encode()


def hops(first: str, count: int) -> dict[str, tuple[str, bytes]]:
    """`count` redirects, the last one to the rules."""
    names = ["/robots.txt", *(f"/{first}{number}" for number in range(1, count)), "/rules"]
    redirects = {here: ("keep", moved(there)) for here, there in pairwise(names)}
    return redirects | {"/rules": ("keep", text_file(b"User-agent: *\nDisallow: /"))}


@pytest.fixture(scope="module")
def obedient(serve: Callable[..., Any], crawl: Callable[..., Any]) -> tuple[dict[str, Any], Any]:
    """One crawl over a server for each way in which a robots.txt can be answered, each on a port of its own."""
    answers: dict[str, dict[str, Any]] = {
        "obey": {"/robots.txt": ("keep", text_file(ROBOTS["obey"]))},
        "slow": {"/robots.txt": ("keep", text_file(ROBOTS["slow"]))},
        "gone": {"/robots.txt": ("keep", b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")},
        "broken": {"/robots.txt": ("keep", b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")},
        "silent": {"/robots.txt": ("close",)},
        "stalled": {"/robots.txt": ("stall",)},
        "five": hops("five", 5),
        "six": hops("six", 6),
        "packed": {"/robots.txt": ("keep", coded("br", brotli.compress(b"User-agent: *\nDisallow: /")))},
        "unknown": {"/robots.txt": ("keep", coded("dcz", b"\x5e\x2a\x4d\x18 who knows"))},
    }
    servers, requests = {}, []
    for name, files in answers.items():
        server = servers[name] = serve(files | {f"/{name}/{page}": ("keep", PAGE) for page in ("a", "b", "no")})
        paths = [f"/{name}/{page}" for page in ("a", "b", "no")] + ["/robots.txt"] * (name == "obey")
        requests += [{"url": f"http://127.0.0.1:{server.port}{path}"} for path in paths]
    requests += [{"url": "http://private.example/blocked"}]
    allowed = ",".join(f"127.0.0.1:{server.port}" for server in servers.values())
    settings = {"ROBOTSTXT_OBEY": True, "DOWNLOAD_TIMEOUT": 0.6, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
    return servers, crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=allowed, **settings)


@pytest.mark.parametrize(
    "path", ["/obey/a", "/obey/b", *(f"/{name}/{page}" for name in ("slow", "gone", "six") for page in ("a", "no"))]
)
def test_an_allowed_page_is_fetched(path: str, obedient: tuple[dict[str, Any], Any]) -> None:
    _, crawled = obedient
    assert len(crawled.kept[path]) == 1
    assert path not in crawled.missed


@pytest.mark.parametrize(
    "path", ["/obey/no", *(f"/{name}/a" for name in ("broken", "silent", "stalled", "five", "packed", "unknown"))]
)
def test_a_refused_page_is_not_asked_for_but_noted(path: str, obedient: tuple[dict[str, Any], Any]) -> None:
    servers, crawled = obedient
    assert servers[path.split("/")[1]].requests(path) == []
    [miss] = crawled.missed[path]
    assert (miss["kind"], "<" in miss["detail"]) == ("robots", False)  # in words, not as Python shows an error's parts
    assert crawled.failures[path] == "IgnoreRequest"


@pytest.mark.parametrize("name", ["obey", "slow", "gone", "broken", "five", "six"])
def test_each_origin_is_asked_for_its_rules_once_and_they_are_kept(name: str, obedient: tuple[dict[str, Any], Any]) -> None:
    servers, crawled = obedient
    url = f"http://127.0.0.1:{servers[name].port}/robots.txt"
    [kept] = [row for row in crawled.kept["/robots.txt"] if row["url"] == url]
    assert [kept["request"]] == servers[name].requests("/robots.txt")
    assert (kept["purpose"], kept["hop"]) == ("robots", "P")


def test_each_hop_to_the_rules_is_kept(obedient: tuple[dict[str, Any], Any]) -> None:
    servers, crawled = obedient
    base = f"http://127.0.0.1:{servers['five'].port}"
    [second], [last] = crawled.kept["/five1"], crawled.kept["/rules"]
    assert [(row["via"], row["hop"], row["purpose"]) for row in (second, last)] == [
        (f"{base}/robots.txt", "R", "robots"),
        (f"{base}/five4", "R", "robots"),
    ]


def test_a_spider_that_asks_for_the_rules_gets_those_that_were_fetched(obedient: tuple[dict[str, Any], Any]) -> None:
    servers, crawled = obedient
    response = crawled.responses["/robots.txt"]
    assert response["body"] == ROBOTS["obey"]
    assert response["capture"]["url"] == f"http://127.0.0.1:{servers['obey'].port}/robots.txt"
    assert ["Content-Type", "text/plain"] in response["page"]["headers"]


def test_crawl_delay_lies_between_two_requests(obedient: tuple[dict[str, Any], Any]) -> None:
    _, crawled = obedient
    times = sorted(datetime.fromisoformat(crawled.kept[f"/slow/{page}"][0]["began_at"]) for page in ("a", "b", "no"))
    assert all(later - earlier > timedelta(seconds=0.29) for earlier, later in pairwise(times))


def test_what_the_guard_blocks_is_noted_as_that(obedient: tuple[dict[str, Any], Any]) -> None:
    _, crawled = obedient
    assert [miss["kind"] for miss in crawled.missed["/blocked"]] == ["guard"]


def test_robots_txt_is_not_asked_for_where_the_setting_is_off(serve: Callable[..., Any], crawl: Callable[..., Any]) -> None:
    server = serve({"/page": ("keep", PAGE), "/robots.txt": ("keep", text_file(b"User-agent: *\nDisallow: /"))})
    crawled = crawl([{"url": f"http://127.0.0.1:{server.port}/page"}], NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}")
    assert set(server.heard) == set(crawled.kept) == {"/page"}
