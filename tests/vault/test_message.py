"""HTTP messages taken apart: odd ones, cut ones, and bombs."""

from __future__ import annotations

import gzip
import resource
import sys
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import DamagedRecord
from newsarchive.vault.message import Message, decode_body, parse_response, split_request

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<html><title>Harare</title>" + b"<p>news and views</p>" * 50


def answer(payload: bytes, *codings: str) -> Message:
    return Message(200, "OK", tuple(("Content-Encoding", coding) for coding in codings), payload, True)


def packed(content: bytes) -> bytes:
    """Packed without the time of day: the names of tests are the same in every process."""
    return gzip.compress(content, mtime=0)


def raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


def chunked(*chunks: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(chunks)


def test_headers_keep_order_case_and_duplicates() -> None:
    message = parse_response(b"HTTP/1.1 200 Fine indeed\r\nX-b: 1\r\nx-A: \xe9t\xe9\r\nX-B: 2\r\nFold: one\r\n\t two\r\n\r\nhi")
    assert (message.status, message.reason, message.whole) == (200, "Fine indeed", True)
    assert message.headers == (("X-b", "1"), ("x-A", "été"), ("X-B", "2"), ("Fold", "one two"))
    assert message.payload == b"hi"


@pytest.mark.parametrize(
    ("raw", "status", "payload"),
    [
        (b"HTTP/1.0 200 OK\nServer: old\n\nbody", 200, b"body"),
        (b"\r\nHTTP/1.1 200 OK\r\n\r\nbody", 200, b"body"),
        (b"HTTP/1.1 404\r\n\r\ngone", 404, b"gone"),
        (b"http/1.1 503 Busy\r\n\r\n", 503, b""),
        (b"ICY 200 OK\r\n\r\nx", 200, b"x"),
        (b"HTTP/1.1 OK\r\n\r\nx", 0, b"x"),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\nA: b\r\n\r\nx", 200, b"x"),
    ],
)
def test_odd_heads(raw: bytes, status: int, payload: bytes) -> None:
    message = parse_response(raw)
    assert (message.status, message.payload, message.whole) == (status, payload, True)


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"<html>no head</html>", b"\x16\x03\x01\x02"])
def test_no_head_at_all(raw: bytes) -> None:
    with pytest.raises(DamagedRecord):
        parse_response(raw)


def test_cut_head() -> None:
    message = parse_response(b"HTTP/1.1 200 OK\r\nServer: a\r\nContent-T")
    assert (message.headers, message.payload, message.whole) == ((("Server", "a"),), b"", False)


def test_chunks_with_extensions_and_trailers() -> None:
    message = parse_response(chunked(b"5;name=value\r\nhello\r\n", b"1 \r\n \r\n", b"005\r\nworld\r\n", b"0\r\nX-Sum: 1\r\n\r\n"))
    assert (message.payload, message.whole) == (b"hello world", True)


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        (b"5\r\nhello\r\n", b"hello"),
        (b"5\r\nhello\r\n5\r\nwo", b"hellowo"),
        (b"5\r\nhello\r\nzz\r\nworld", b"hello"),
        (b"5\r\nhe", b"he"),
        (b"", b""),
        (b"<html>not chunked</html>", b"<html>not chunked</html>"),
        (b"ffffffffffffffff\r\nhe", b"he"),
    ],
)
def test_cut_chunks(body: bytes, payload: bytes) -> None:
    message = parse_response(chunked(body))
    assert (message.payload, message.whole) == (payload, False)


def test_counted_body() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    assert parse_response(head + b"hello").whole
    assert not parse_response(head + b"hell").whole
    assert parse_response(head + b"hello, all").payload == b"hello, all"


@pytest.mark.parametrize(("line", "method"), [(b"HTTP/1.1 204 A", "GET"), (b"HTTP/1.1 304 B", "GET"), (b"HTTP/1.1 200", "HEAD")])
def test_answers_without_a_body(line: bytes, method: str) -> None:
    message = parse_response(line + b"\r\nContent-Length: 500\r\n\r\n", method=method)
    assert (message.payload, message.whole) == (b"", True)


@pytest.mark.parametrize(
    ("payload", "codings"),
    [
        (PAGE, []),
        (packed(PAGE), ["gzip"]),
        (packed(PAGE), ["X-GZIP"]),
        (zlib.compress(PAGE), ["deflate"]),
        (raw_deflate(PAGE), ["deflate"]),
        (packed(zlib.compress(PAGE)), ["deflate, gzip"]),
        (packed(zlib.compress(PAGE)), ["deflate", "identity", "gzip"]),
        (packed(PAGE[:99]) + packed(PAGE[99:]), ["gzip"]),
        (packed(PAGE) + b"\r\n\r\n", ["gzip"]),
        (packed(PAGE) + b"\0", ["gzip"]),
        (zlib.compress(PAGE) + b"garbage", ["deflate"]),
        (PAGE, ["gzip"]),
        (PAGE, ["deflate"]),
        (PAGE, ["utf-8"]),
        (brotli.compress(PAGE), ["br"]),
        (brotli.compress(PAGE) + b"garbage", ["br"]),
        (zstd.compress(PAGE), ["zstd"]),
        (zstd.compress(PAGE[:99]) + zstd.compress(PAGE[99:]) + b"\0", ["zstd"]),
        (packed(brotli.compress(zstd.compress(PAGE))), ["zstd, br", "gzip"]),
        (PAGE, ["br"]),
        (PAGE, ["gzip", "zstd"]),
    ],
)
def test_decoded_body(payload: bytes, codings: list[str]) -> None:
    assert decode_body(answer(payload, *codings)) == (PAGE, True)


@pytest.mark.parametrize(
    ("payload", "codings"),
    [
        (packed(PAGE)[:-8] + b"badcheck", ["gzip"]),
        (packed(PAGE)[:-8], ["gzip"]),
        (zlib.compress(PAGE)[:-1], ["deflate"]),
        (packed(zlib.compress(PAGE)[:-4]), ["deflate", "gzip"]),
        (packed(zlib.compress(PAGE))[:-8], ["deflate", "gzip"]),
        (packed(PAGE) + packed(b"and more")[:9], ["gzip"]),
        (PAGE, ["compress"]),
        (PAGE, ["gzip", "dcz"]),
    ],
)
def test_a_body_that_cannot_be_decoded_to_its_end_is_not_whole(payload: bytes, codings: list[str]) -> None:
    assert decode_body(answer(payload, *codings)) == (PAGE, False)


def test_cut_stream_gives_its_beginning() -> None:
    words = b" ".join(str(n * n).encode() for n in range(40_000))
    body, whole = decode_body(answer(gzip.compress(words)[:90_000], "gzip"))
    assert len(body) > 90_000
    assert words.startswith(body)
    assert not whole


@pytest.mark.parametrize(("coding", "compress"), [("br", brotli.compress), ("zstd", zstd.compress)])
def test_cut_and_damaged_streams_give_their_beginning(coding: str, compress: Callable[[bytes], bytes]) -> None:
    words = b" ".join(str(n * n).encode() for n in range(200_000))
    coded = compress(words)
    for broken in (coded[: len(coded) // 2], coded[: len(coded) // 2] + b"\xff" * 9000 + coded[len(coded) // 2 :]):
        body, whole = decode_body(answer(broken, coding))
        assert len(body) > len(words) // 3
        assert words.startswith(body[: len(words) // 3])
        assert not whole


@pytest.mark.parametrize(("coding", "compress"), [("br", brotli.compress), ("zstd", zstd.compress)])
def test_bombs_in_every_coding_stay_small(coding: str, compress: Callable[[bytes], bytes]) -> None:
    zeros = compress(bytes(100 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB: these decoders have memory of their own
    assert decode_body(answer(zeros, coding)) == (bytes(max(200 * len(zeros), 1 << 20)), False)
    assert decode_body(answer(compress(zeros), f"{coding}, {coding}"))[1] is False
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10


def test_a_window_that_asks_for_too_much_memory_is_refused() -> None:
    wide = zstd.compress(PAGE, options={zstd.CompressionParameter.window_log: 30, zstd.CompressionParameter.content_size_flag: 0})
    wide = wide[:5] + bytes([20 << 3]) + wide[6:]  # 2**30
    assert decode_body(answer(wide, "zstd")) == (wide, False)


def test_a_stream_damaged_at_its_start_stays_as_it_is() -> None:
    damaged = gzip.compress(PAGE)[:10] + b"\xff" * 50
    assert decode_body(answer(damaged, "gzip")) == (damaged, False)


@pytest.mark.parametrize(("limit", "whole"), [(len(PAGE) + 1, True), (len(PAGE), True), (len(PAGE) - 1, False)])
def test_a_body_cut_at_the_limit_is_not_whole(limit: int, whole: bool) -> None:
    assert decode_body(answer(gzip.compress(PAGE), "gzip"), limit=limit) == (PAGE[:limit], whole)


def test_gzip_in_the_transfer_coding_is_undone_too() -> None:
    coded = gzip.compress(PAGE)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
    message = parse_response(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(coded), coded))
    assert message.payload == coded
    assert decode_body(message) == (PAGE, True)


def test_bombs_do_not_unfold() -> None:
    zeros = gzip.compress(bytes(100 << 20), 9)
    tracemalloc.start()
    once, once_whole = decode_body(answer(zeros, "gzip"), limit=8 << 20)
    twice, twice_whole = decode_body(answer(gzip.compress(zeros, 9), "gzip, gzip"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(once) == 8 << 20
    assert len(twice) == 1 << 20
    assert (once_whole, twice_whole) == (False, False)
    assert peak < 40 << 20


def test_ratio_stops_before_the_limit() -> None:
    zeros = gzip.compress(bytes(20 << 20), 9)
    body, whole = decode_body(answer(zeros, "gzip"))
    assert (len(body), whole) == (200 * len(zeros), False)


def test_a_stream_of_many_members_ends_in_time() -> None:
    body = decode_body(answer(gzip.compress(b"") * 300_000 + gzip.compress(PAGE), "gzip"))
    assert body == (b"", False)


@given(st.binary(max_size=300), st.sampled_from(["br", "zstd"]))
def test_any_bytes_are_decoded_or_left(noise: bytes, coding: str) -> None:
    assert len(decode_body(answer(zstd.compress(b"")[:4] + noise, coding))[0]) <= 1 << 20
    assert len(decode_body(answer(noise, coding))[0]) <= 1 << 20


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_apart(noise: bytes) -> None:
    message = parse_response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n" + noise)
    assert len(decode_body(message)[0]) <= 1 << 20
    assert decode_body(answer(noise, "deflate, gzip")) is not None


def test_split_request() -> None:
    raw = b"POST /c HTTP/1.1\r\nHost: a.example\r\nContent-Length: 7\r\n\r\nq=1&p=2"
    assert split_request(raw) == ("POST", b"q=1&p=2")
    assert split_request(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") == ("GET", b"")
    assert split_request(b"") == ("GET", b"")
