"""Answers that are small, and costly to a careless parser: each of these took minutes before it was bounded."""

from __future__ import annotations

from scrapy.http import Response

from newsarchive.capture.robots import Rules
from newsarchive.vault.message import decode_body, parse_response


def test_half_a_megabyte_of_empty_lines_in_robots_txt() -> None:
    body = b"\n" * 500_000 + b"User-agent: newsarchive\nDisallow: /private/\n"
    rules = Rules.of(Response("https://gazette.example/robots.txt", body=body), "newsarchive")
    assert rules.agent == "newsarchive"
    assert rules.refuses("https://gazette.example/private/")


def test_a_field_of_bare_carriage_returns() -> None:
    message = parse_response(b"HTTP/1.1 200 OK\r\nX-Odd: a" + b"\r" * 500_000 + b"b\r\nY: c\r\n d\r\n\r\nbody")
    assert message.headers[-1] == ("Y", "c d")
    assert message.payload == b"body"


def test_five_hundred_codings_in_a_row() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: " + b"gzip," * 500 + b"gzip\r\n\r\n"
    body, whole = decode_body(parse_response(head + b"\x1f\x8b" + b"a" * 60_000))
    assert not whole
    assert body.startswith(b"\x1f\x8b")
