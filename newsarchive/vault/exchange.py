"""One request and its answer as they went over the connection: what capture hands to the vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal

from newsarchive.items import Purpose

Truncated = Literal["length", "time", "disconnect", "unspecified"]


@dataclass(frozen=True, slots=True)
class Original:
    """An earlier capture in a closed file: what a revisit refers to. `offset` and `length` bound its gzip member in `warc`."""

    record_id: str
    url: str
    captured_at: datetime
    warc: str
    offset: int
    length: int
    payload_digest: str
    payload_bytes: int


@dataclass(slots=True)
class Exchange:
    """The bytes of one HTTP exchange, above TLS and below the HTTP parser, and what was seen around them.

    `request` is the message as sent, with the values of Cookie and Authorization fields taken out. `response` is a file
    at its start that holds the `size` bytes of the answer as they came, 1xx answers left out; it may live on disk.
    `began_at` is when the request was sent (UTC), `elapsed` the seconds until the last byte. `protocol` is highest
    layer first (`http/1.1`, `tls/1.3`), `cipher_suite` its IANA name. `truncated` says why an answer broke off.
    `via` is the address that led here, `hop` its Heritrix letter: L link, R redirect, P prerequisite, M manifest (feed, sitemap),
    E embedded (requisites).
    `asked_since` is the capture whose validators the request named, so that it could be answered by 304.
    """

    url: str
    method: str
    request: bytes
    response: BinaryIO
    size: int
    began_at: datetime
    elapsed: float
    purpose: Purpose
    ip_address: str | None = None
    protocol: tuple[str, ...] = ("http/1.1",)
    cipher_suite: str | None = None
    tls_verified: bool | None = None
    truncated: Truncated | None = None
    via: str | None = None
    hop: str | None = None
    asked_since: Original | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """Where an exchange was kept: one row of the catalogue's table `captures`, as far as the WARC knows it.

    `record_id` is the response's (or revisit's) `urn:uuid:...`; `warc` the file's final name; `offset` and `length` bound its
    gzip member; `payload_digest` is `sha1:BASE32` over the entity body, transfer coding undone. `revisit_of` is the
    record whose payload this is, where nothing has changed: `payload_digest` and `payload_bytes` are that one's. `location` is
    the address that a redirect leads to.
    """

    record_id: str
    url: str
    captured_at: datetime
    status: int | None
    mime: str | None
    record_type: str
    purpose: Purpose
    payload_digest: str
    payload_bytes: int
    truncated: Truncated | None
    revisit_of: str | None
    location: str | None
    warc: str
    offset: int
    length: int
