"""How a page goes out: conditions (304), gzip and the header fields that belong to them (RFC 9110)."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from newsarchive.demo.typesetting import http_date

Headers = list[tuple[str, str]]
Delivered = tuple[int, Headers, bytes]
_SMALL = 200


@dataclass(frozen=True)
class Answer:
    """A page before it goes out. `modified` is None where it changes by the clock."""

    body: bytes
    mime: str = "text/html; charset=utf-8"
    status: int = 200
    location: str | None = None
    modified: datetime | None = None


def deliver(answer: Answer, request: Mapping[str, str]) -> Delivered:
    """The status, the header fields and the body for this request's fields (names in lower case)."""
    if answer.location is not None:
        return answer.status, [("Location", answer.location), ("Content-Length", "0")], b""
    zipped = _takes_gzip(request) and len(answer.body) > _SMALL and not answer.mime.startswith("application/gzip")
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}{"-gzip" if zipped else ""}"'
    headers: Headers = [("Content-Type", answer.mime)]
    if answer.status == 200:
        headers += [("ETag", etag), ("Cache-Control", "max-age=0, must-revalidate")]
        headers += [("Last-Modified", http_date(answer.modified))] if answer.modified else []
    headers.append(("Vary", "Accept-Encoding"))
    if answer.status == 200 and _unchanged(etag, answer.modified, request):
        return 304, headers[1:], b""
    body = gzip.compress(answer.body, mtime=0) if zipped else answer.body
    headers += [("Content-Encoding", "gzip")] if zipped else []
    headers.append(("Content-Length", str(len(body))))
    return answer.status, headers, body


def _takes_gzip(request: Mapping[str, str]) -> bool:
    codings = [coding.strip().lower() for coding in request.get("accept-encoding", "").split(",")]
    return any(c.split(";")[0].strip() == "gzip" and not c.replace(" ", "").endswith((";q=0", ";q=0.0")) for c in codings)


def _unchanged(etag: str, modified: datetime | None, request: Mapping[str, str]) -> bool:
    """If-None-Match counts before If-Modified-Since (13.2.2)."""
    if wanted := request.get("if-none-match"):
        return wanted.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    since = request.get("if-modified-since")
    if not since or modified is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
