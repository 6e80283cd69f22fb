"""A crawl keeps the very bytes that a server heard and sent: proven against a server that notes both."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest

from newsarchive.vault.message import make_page

OK = b"HTTP/1.1 200 OK\r\n"
PAGE = b"<!DOCTYPE html><title>Zhou</title><p>Mvura zhinji</p>"
ZIPPED = gzip.compress(PAGE, mtime=0)
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def sized(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def chunked(*chunks: bytes, extension: bytes = b"", trailers: bytes = b"") -> bytes:
    framed = b"".join(b"%X%b\r\n%b\r\n" % (len(chunk), extension, chunk) for chunk in chunks)
    return b"Transfer-Encoding: chunked\r\n\r\n" + framed + b"0" + extension + b"\r\n" + trailers + b"\r\n"


BIG = b"".join(b"%08d\n" % number for number in range(200_000))  # 1.8 MB: more than is kept in memory
WHOLE = {
    "/plain": ("keep", OK + HTML + sized(PAGE)),
    "/odd-case": (
        "keep",
        OK + b"cOnTeNt-TyPe:text/html\r\nX-ODD:   spaced \t\r\nx-odd: twice\r\nSet-Cookie: a\r\nset-cookie: b\r\n" + sized(PAGE),
    ),
    "/folded": ("keep", OK + b"X-Folded: one\r\n  two\r\n\tthree\r\n" + HTML + sized(PAGE)),
    "/bad-line": ("keep", OK + b"no colon here\r\nX-Latin: caf\xe9\r\n" + HTML + sized(PAGE)),
    "/line-feeds": ("keep", (OK + HTML + sized(PAGE)).replace(b"\r\n", b"\n")),
    "/chunked": ("keep", OK + HTML + chunked(PAGE[:9], PAGE[9:], extension=b';why="so"', trailers=b"X-A: 1\r\nX-B: 2\r\n")),
    "/chunked-gzip": ("keep", OK + HTML + b"Content-Encoding: gzip\r\n" + chunked(ZIPPED[:20], ZIPPED[20:])),
    "/gzip": ("keep", OK + HTML + b"Content-Encoding: gzip\r\n" + sized(ZIPPED)),
    "/redirect": ("keep", b"HTTP/1.1 301 Moved\r\nLocation: /target?q=1\r\n" + sized(b"moved")),
    "/target": ("keep", OK + HTML + sized(PAGE)),
    "/not-modified": ("keep", b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'),
    "/not-found": ("keep", b"HTTP/1.1 404 Nope\r\n" + HTML + sized(b"<p>gone")),
    "/no-content": ("keep", b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"),
    "/head": ("keep", OK + HTML + b"Content-Length: 12345\r\n\r\n"),
    "/space-before-colon": ("keep", OK + HTML + sized(PAGE).replace(b":", b" \t:", 1)),
    "/no-token": ("keep", OK + b"X (\xff\0): y\r\nX-\xb5\xff: z\r\n: nameless\r\n" + HTML + sized(PAGE)),
    "/fold-of-nothing": ("keep", OK + b" folded: what?\r\n" + HTML + sized(PAGE)),
    "/identity": ("keep", OK + HTML + b"Transfer-Encoding: identity\r\n" + sized(PAGE)),
    "/length-in-words": ("close", OK + HTML + b"Content-Length: many\r\n\r\n" + PAGE),
    "/length-in-list": ("keep", OK + HTML + b"Content-Length: %d, %d\r\n\r\n%b" % (len(PAGE), len(PAGE), PAGE)),
    "/padded-chunks": ("keep", OK + HTML + chunked(PAGE[:9], PAGE[9:], extension=b"     ")),
    "/spaces-in-chunks": ("keep", OK + HTML + chunked(b"a \r\n", b"b ;", PAGE)),
    "/padded-extension": ("keep", OK + HTML + chunked(PAGE[:9], PAGE[9:], extension=b" \t;a=b")),
    "/gzip-chunks": ("keep", OK + HTML + chunked(ZIPPED[:20], ZIPPED[20:]).replace(b"chunked", b"gzip, Chunked")),
    "/no-reason": ("keep", b"HTTP/1.1 200\r\n" + HTML + sized(PAGE)),
    "/empty": ("keep", OK + HTML + sized(b"")),
    "/old": ("close", b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n" + PAGE[:10], PAGE[10:]),
    "/to-the-end": ("close", OK + HTML + b"Connection: close\r\n\r\n" + PAGE),
    "/pieces": ("keep", OK[:5], OK[5:] + HTML[:3], HTML[3:] + sized(PAGE)[:-3], PAGE[-3:]),
    "/big": ("keep", OK + b"Content-Type: text/plain\r\n" + sized(BIG)),
    "/post": ("keep", OK + HTML + sized(PAGE)),
}
CONTINUE, HINTS = b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
INTERIM = {
    "/continue": ("keep", CONTINUE, OK + HTML + sized(PAGE)),
    "/hints": ("keep", CONTINUE + HINTS + OK + HTML + sized(PAGE)),
    "/split-hints": ("keep", HINTS[:30], HINTS[30:] + HINTS + OK[:4], OK[4:] + HTML + sized(PAGE)),
    "/hints-apart": ("keep", HINTS, OK + HTML + sized(PAGE)),
}
SURPLUS: dict[str, tuple[bytes, Any]] = {
    "/surplus": (OK + HTML + sized(PAGE), ("close", OK + HTML + sized(PAGE) + b"one more thing")),
    "/surplus-chunked": (OK + HTML + chunked(PAGE), ("close", OK + HTML + chunked(PAGE) + OK + sized(b"smuggled"))),
    "/surplus-head": (OK + HTML + b"\r\n", ("close", OK + HTML + b"\r\n" + PAGE)),
}
HALF = OK + HTML + b"Content-Length: 1000\r\n\r\n" + PAGE
CUT: dict[str, tuple[str, Any]] = {
    "/reset": ("disconnect", ("reset", HALF)),
    "/short": ("disconnect", ("close", HALF)),
    "/cut-chunk": ("disconnect", ("close", OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE)),
    "/reset-open-ended": ("disconnect", ("reset", b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n" + PAGE)),
    "/stall": ("time", ("stall", HALF)),
    "/stall-chunk": ("time", ("stall", OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE)),
    "/bad-chunk": ("unspecified", ("stall", OK + HTML + b"Transfer-Encoding: chunked\r\n\r\nnot a number\r\n")),
    "/bad-version": ("unspecified", ("stall", b"HTTP/eleven 200 OK\r\n" + HTML + b"\r\n")),
}
ENDLESS = OK + HTML + b"\r\n" + b"x" * 5000
LONG = {"/endless": ("stall", ENDLESS), "/announced": ("stall", HALF)}
FRAGMENTS: dict[str, Any] = {
    "/cut-head": ("reset", OK + b"Content-Ty"),
    "/only-interim": ("close", HINTS),
    "/silence": ("close",),
    "/never": ("stall",),
    "/other-protocol": ("keep", b"helloHTTP/1.1 200 OK\r\n" + HTML + sized(PAGE)),
    "/no-http": ("stall", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
}
ABOUT: dict[str, dict[str, Any]] = {
    "/head": {"method": "HEAD"},
    "/surplus-head": {"method": "HEAD"},
    "/post": {
        "method": "POST",
        "body": "page=2",
        "headers": {"X-Asked": "yes", "Cookie": "id=secret", "Authorization": "Basic c2VjcmV0"},
    },
    "/plain": {"meta": {"purpose": "article", "via": "http://seed.example/", "proxy": "http://127.0.0.1:9"}},
    "/not-found": {"meta": {"purpose": "feed", "capture": "left over"}},
    "/silence": {"meta": {"capture": "left over", "page": "left over"}},
    **{path: {"meta": {"download_timeout": 0.4}} for path in ("/stall", "/stall-chunk", "/never")},
    **{path: {"meta": {"download_maxsize": 300}} for path in LONG},
}


@pytest.fixture(scope="module")
def wild(serve: Callable[..., Any], crawl: Callable[..., Any]) -> tuple[Any, Any]:
    """Every odd answer of this module, asked for in one crawl."""
    answers = WHOLE | INTERIM | {path: answer for path, (_, answer) in (CUT | SURPLUS).items()} | LONG | FRAGMENTS
    server = serve(answers)
    base = f"http://127.0.0.1:{server.port}"
    requests = [{"url": base + path} | ABOUT.get(path, {}) for path in answers if path != "/target"]
    environment = {"http_proxy": "http://127.0.0.1:9"}
    allowed = {"NEWSARCHIVE_ALLOW_PRIVATE": f"127.0.0.1:{server.port}"}
    return server, crawl(requests, environment, CONCURRENT_REQUESTS_PER_DOMAIN=8, **allowed)


@pytest.mark.parametrize("path", WHOLE)
def test_a_whole_answer_is_kept_byte_for_byte(path: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept[path]
    assert kept["response"] == b"".join(WHOLE[path][1:])
    assert kept["size"] == len(kept["response"])
    assert kept["truncated"] is None


@pytest.mark.parametrize("path", INTERIM)
def test_interim_answers_are_kept_apart(path: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept[path]
    assert kept["response"] == OK + HTML + sized(PAGE)
    assert crawled.responses[path]["body"] == PAGE


@pytest.mark.parametrize("path", SURPLUS)
def test_what_a_server_sends_behind_its_answer_is_not_part_of_it(path: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept[path]
    assert (kept["response"], kept["size"], kept["truncated"]) == (SURPLUS[path][0], len(SURPLUS[path][0]), None)


@pytest.mark.parametrize("path", [path for path in WHOLE if path != "/post"])
def test_the_request_is_kept_as_the_server_heard_it(path: str, wild: tuple[Any, Any]) -> None:
    server, crawled = wild
    assert [kept["request"] for kept in crawled.kept[path]] == server.requests(path)


def test_secrets_of_a_request_are_not_kept(wild: tuple[Any, Any]) -> None:
    server, crawled = wild
    [heard], [kept] = server.requests("/post"), crawled.kept["/post"]
    assert b"id=secret" in heard
    assert kept["request"] == heard.replace(b"id=secret", b"[redacted]").replace(b"Basic c2VjcmV0", b"[redacted]")
    assert kept["request"].endswith(b"\r\n\r\npage=2")
    assert kept["method"] == "POST"


def test_a_key_goes_over_the_wire_to_its_host_and_into_no_record_of_a_request(
    serve: Callable[..., Any], crawl: Callable[..., Any]
) -> None:
    """The platform redirects with the key in its words; another server is named the key in a link."""
    key, name, body = b"Secret-4711", "newsarchive-key-coral", sized(b"{}")
    away, on = (b"HTTP/1.1 302 Found\r\nLocation: " + to + b"?key=" + key + b"\r\n" + sized(b"") for to in (b"/moved", b"/there"))
    platform = serve({"/ask": ("keep", away), "/moved": ("keep", on), "/there": ("keep", OK + body)})
    other = serve({"/steal": ("keep", OK + body)})
    host, elsewhere = (f"127.0.0.1:{server.port}" for server in (platform, other))
    asked = {"url": f"http://{host}/ask?key={name}", "method": "POST", "body": f"id={name}", "headers": {"X-Key": name}}
    crawled = crawl(
        [asked, {"url": f"http://{elsewhere}/steal?key={name}"}],
        NEWSARCHIVE_ALLOW_PRIVATE=f"{host},{elsewhere}",
        NEWSARCHIVE_KEYS=f"coral@{host}={key.decode()}",
    )
    [heard] = platform.requests("/ask")
    assert heard.count(key) == 3
    assert b"key=" + key in platform.requests("/moved")[0]
    assert key not in b"".join(other.requests("/steal"))
    for kept in (one for path in ("/ask", "/moved", "/there", "/steal") for one in crawled.kept[path]):
        assert key not in kept["request"]
        assert key.decode() not in f"{kept['url']} {kept['via']}"
    assert name.encode() in crawled.kept["/moved"][0]["request"]
    assert key.decode() not in crawled.log


@pytest.mark.parametrize("path", CUT)
def test_what_came_before_an_answer_broke_off_is_kept_and_returned(path: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    why, (_, *parts) = CUT[path]
    [kept] = crawled.kept[path]
    assert (kept["response"], kept["truncated"]) == (b"".join(parts), why)
    assert crawled.responses[path]["flags"] == ["truncated"]
    assert path not in crawled.missed


def test_a_body_of_unknown_length_is_cut_at_the_limit(wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept["/endless"]
    assert (kept["response"], kept["truncated"]) == (ENDLESS[:300], "length")
    assert crawled.responses["/endless"]["body"] == ENDLESS[:300].partition(b"\r\n\r\n")[2]


def test_a_body_announced_as_too_long_is_not_waited_for(wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept["/announced"]
    assert kept["truncated"] == "length"
    assert HALF.startswith(kept["response"])
    assert crawled.responses["/announced"]["flags"] == ["truncated"]


@pytest.mark.parametrize(
    "path", ["/chunked", "/chunked-gzip", "/gzip", "/line-feeds", "/old", "/to-the-end", "/pieces", "/bad-line"]
)
def test_the_spider_sees_the_page_behind_every_coding(path: str, wild: tuple[Any, Any]) -> None:
    response = wild[1].responses[path]
    assert (response["type"], response["body"]) == ("HtmlResponse", PAGE)
    assert response["content_encoding"] == "None"


def test_the_response_knows_its_capture_and_its_connection(wild: tuple[Any, Any]) -> None:
    server, crawled = wild
    response = crawled.responses["/old"]
    assert response["capture"]["url"] == f"http://127.0.0.1:{server.port}/old"
    assert (response["protocol"], response["ip_address"], response["certificate"]) == ("HTTP/1.0", "127.0.0.1", "None")
    assert response["flags"] == ["partial"]
    assert response["latency"] > 0
    assert ["X-ODD", "spaced"] in crawled.responses["/odd-case"]["page"]["headers"]


@pytest.mark.parametrize("path", [path for path in WHOLE | INTERIM | CUT | SURPLUS if path != "/redirect"])
def test_the_page_is_the_one_that_a_replay_makes_of_what_was_kept(path: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept], response = crawled.kept[path], crawled.responses[path]
    page = make_page(
        kept["response"],
        url=kept["url"],
        captured_at=datetime.fromisoformat(kept["began_at"]),
        record_id=response["capture"]["record_id"],
        request=kept["request"],
    )
    assert (response["status"], response["body"]) == (page.status, page.body)
    expected = asdict(page) | {"captured_at": kept["began_at"], "headers": [list(field) for field in page.headers]}
    assert response["page"] == expected
    assert page.whole is (path not in CUT or path in ("/reset-open-ended", "/bad-version"))  # only the flag tells of these


def test_an_exchange_says_why_and_how_it_was_made(wild: tuple[Any, Any]) -> None:
    server, crawled = wild
    [plain], [feed], [target] = (crawled.kept[path] for path in ("/plain", "/not-found", "/target"))
    assert (plain["purpose"], plain["via"], plain["hop"]) == ("article", "http://seed.example/", "L")
    assert (feed["purpose"], feed["via"], feed["hop"]) == ("feed", None, "M")
    assert (target["purpose"], target["via"], target["hop"]) == ("other", f"http://127.0.0.1:{server.port}/redirect", "R")
    assert (plain["protocol"], plain["cipher_suite"], plain["tls_verified"]) == (["http/1.1"], None, None)
    assert plain["ip_address"] == "127.0.0.1"
    assert plain["began_at"].endswith("+00:00")


def test_a_redirect_and_its_target_have_captures_of_their_own(wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    assert len(crawled.kept["/redirect"]) == len(crawled.kept["/target"]) == 1
    assert crawled.responses["/target"]["capture"]["url"].endswith("/target?q=1")


def test_a_head_that_broke_off_is_kept_though_there_is_no_response(wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [kept] = crawled.kept["/cut-head"]
    assert (kept["response"], kept["truncated"]) == (OK + b"Content-Ty", "disconnect")
    assert crawled.failures["/cut-head"] == "DownloadFailedError"
    assert "/cut-head" not in crawled.missed


@pytest.mark.parametrize(
    ("path", "kind", "error"),
    [
        ("/silence", "disconnect", "DownloadFailedError"),
        ("/only-interim", "disconnect", "DownloadFailedError"),
        ("/never", "timeout", "DownloadTimeoutError"),
        ("/no-http", "disconnect", "DownloadFailedError"),
        ("/other-protocol", "disconnect", "DownloadFailedError"),
    ],
)
def test_what_left_no_capture_is_a_miss(path: str, kind: str, error: str, wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    [missed] = crawled.missed[path]
    assert (missed["kind"], crawled.failures[path]) == (kind, error)
    assert "CancelledError" not in missed["detail"]
    assert path not in crawled.kept


def test_an_answer_that_is_no_http_is_quoted_in_its_miss(wild: tuple[Any, Any]) -> None:
    assert "SSH-2.0-OpenSSH_9.2" in wild[1].missed["/no-http"][0]["detail"]


def test_where_nothing_is_archived_there_is_a_response_and_no_page(serve: Callable[..., Any], crawl: Callable[..., Any]) -> None:
    server = serve({"/gzip": WHOLE["/gzip"]})
    handlers = {"http": "newsarchive.capture.handler.CaptureHandler"}
    crawled = crawl(
        [{"url": f"http://127.0.0.1:{server.port}/gzip", "meta": {"page": "left over"}}],
        DOWNLOAD_HANDLERS=handlers,
        NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}",
    )
    response = crawled.responses["/gzip"]
    assert (response["body"], response["capture"], response["page"]) == (PAGE, None, None)


def test_nothing_unexpected_was_logged(wild: tuple[Any, Any]) -> None:
    _, crawled = wild
    assert "Traceback" not in crawled.log
