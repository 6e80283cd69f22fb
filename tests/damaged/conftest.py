"""A small whole WARC to be damaged, made at run time; and the tool to write lying ones."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.warc import WarcWriter

RecordMaker = Callable[..., bytes]


@dataclass(frozen=True)
class Whole:
    """A closed file of three exchanges, and where they stand."""

    path: Path
    content: bytes
    captures: list[Capture]


@pytest.fixture
def whole(tmp_path: Path) -> Whole:
    writer = WarcWriter(tmp_path / "warc", prefix="demo", hostname="host", info={"isPartOf": "demo-1"})
    captures = []
    for number in range(3):
        raw = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page %d" % number
        url, request = f"http://news.example/{number}", b"GET /%d HTTP/1.1\r\nHost: news.example\r\n\r\n" % number
        at = datetime(2026, 3, 1, tzinfo=UTC)
        captures.append(writer.keep(Exchange(url, "GET", request, BytesIO(raw), len(raw), at, 0.1, "article")))
    writer.close()
    path = tmp_path / "warc" / writer.closed[0].name
    return Whole(path, path.read_bytes(), captures)


@pytest.fixture
def make_record() -> RecordMaker:
    """Gzip members of records that may say anything: `make_record(block, **fields)`; a field of None is left out."""

    def make(block: bytes = b"HTTP/1.1 200 OK\r\n\r\nhi", **fields: str | None) -> bytes:
        said = {
            "WARC_Type": "response",
            "WARC_Record_ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
            "WARC_Date": "2026-03-01T00:00:00Z",
            "WARC_Target_URI": "http://news.example/",
            "Content_Type": "application/http; msgtype=response",
            "Content_Length": str(len(block)),
        } | fields
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items() if value is not None)
        return gzip.compress(b"WARC/1.1\r\n" + lines.encode("latin-1") + b"\r\n" + block + b"\r\n\r\n")

    return make
