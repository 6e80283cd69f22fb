"""Scrapy's response, made of the page that was kept: the same for an answer of the net and for one of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newsarchive.items import Page
from newsarchive.vault.coding import UNDONE
from newsarchive.vault.message import content_codings


def make_response(page: Page, url: str, *, flags: Sequence[str], **about: Any) -> Response:
    """The response to the request for `url`; `about` is what Scrapy may be told of the connection.

    A page that came to its end, but cannot be unpacked to it, has the flag `not whole`.
    """
    flags = [*flags, *(() if page.whole or "truncated" in flags else ("not whole",))]
    headers = _headers(page)
    kind = responsetypes.from_args(headers=headers, url=url, body=page.body)
    return kind(url=url, status=page.status, headers=headers, body=page.body, flags=flags, **about)


def _headers(page: Page) -> Headers:
    """The page's fields for Scrapy; where the content coding was undone, they no longer name it."""
    fields: dict[bytes, list[bytes]] = {}
    for name, value in page.headers:
        fields.setdefault(name.encode("latin-1").title(), []).append(value.encode("latin-1"))
    headers = Headers(fields)
    if UNDONE.issuperset(content_codings(page.headers)):
        headers.pop("Content-Encoding", None)
    return headers
