"""Exchanges made by hand: what servers send, and what they should not."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from newsarchive.vault.exchange import Exchange
from newsarchive.vault.warc import WarcWriter

AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PAGE = "<html><title>Nhau</title><p>mhoro, “world”</p></html>".encode() * 20
INFO = {"operator": "An Archive <a@a.example>", "robots": "obey", "http-header-user-agent": "newsarchive", "isPartOf": "demo-1"}

ExchangeMaker = Callable[..., Exchange]
WriterMaker = Callable[..., WarcWriter]


def _exchange(
    raw: bytes, *, url: str = "http://news.example/a", method: str = "GET", request_body: bytes = b"", **known: Any
) -> Exchange:
    length = b"Content-Length: %d\r\n" % len(request_body) if request_body else b""
    request = method.encode() + b" /a HTTP/1.1\r\nHost: news.example\r\n" + length + b"\r\n" + request_body
    known = {"began_at": AT, "elapsed": 0.25, "purpose": "article", "ip_address": "192.0.2.1"} | known
    return Exchange(url, method, request, BytesIO(raw), len(raw), **known)


@pytest.fixture
def make_exchange() -> ExchangeMaker:
    return _exchange


@pytest.fixture
def make_writer(tmp_path: Path) -> WriterMaker:
    """Writers into `tmp_path / "warc"`, for the site `demo` on the host `host`."""
    return lambda **known: WarcWriter(**{"folder": tmp_path / "warc", "prefix": "demo", "hostname": "host", "info": INFO} | known)


@pytest.fixture
def odd_exchanges() -> list[Exchange]:
    """One exchange of every kind that a validator has nothing to say against."""
    coded = gzip.compress(PAGE)
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    chunks = b"5;name=value\r\n%b\r\n%x\r\n%b\r\n0\r\nX-Sum: 1\r\n\r\n" % (coded[:5], len(coded) - 5, coded[5:])
    made = [
        _exchange(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=x\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE)),
        _exchange(chunked + b"\r\n4\r\n<p>x\r\n0\r\n\r\n", purpose="feed", hop="M"),
        _exchange(chunked + b"Content-Encoding: gzip\r\n\r\n" + chunks, via="http://news.example/", hop="L", purpose="comments"),
        _exchange(chunked + b"\r\n8\r\n<p>cut", truncated="disconnect"),
        _exchange(chunked + b"\r\n8\r\n<p>cut"),
        _exchange(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>short", truncated="time"),
        _exchange(b"HTTP/1.1 204 No Content\r\n\r\n", purpose="other"),
        _exchange(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 500\r\n\r\n'),
        _exchange(b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", hop="R", purpose="listing"),
        _exchange(b"HTTP/1.0 404 \r\nX-Latin: caf\xe9\r\nx-lATIN: \xff\r\nFold: a\r\n b\r\n\r\ngone", ip_address="2001:DB8:0::1"),
        _exchange(
            b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"a": 1}',
            url="https://news.example:8443/api?a=1",
            method="POST",
            request_body=b"page=2&q=\xc3\xa9",
            protocol=("http/1.1", "tls/1.3"),
            cipher_suite="TLS_AES_128_GCM_SHA256",
            tls_verified=False,
            purpose="comments",
        ),
        _exchange(b"HTTP/1.1 200 OK\r\n\r\n", url="http://user:secret@news.example/a b\r\nX-Evil: 1/é?q=<>&z=%zz#part"),
        _exchange(b"HTTP/1.1 200 OK\r\n\r\n", url="http://[2001:db8::1]:8080/?q=[1]", via="http://a.example/\r\nhopsFromSeed: L"),
    ]
    for number, exchange in enumerate(made):
        exchange.began_at += timedelta(seconds=number)
    return made
