"""Bytes to items. Reading is pure: it depends on the page and the site's profile, and on nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from newsarchive.items import Page, Profile, Reading
from newsarchive.urls import canonical, site_id


def read(page: Page, profile: Profile) -> Reading:
    """Read one page: its article, its comments and where it leads. The only door; crawl, rebuild and tests use it."""
    raise NotImplementedError


def read_html(html: bytes | str, url: str, *, captured_at: datetime | None = None, profile: Profile | None = None) -> Reading:
    """Read HTML that you have at hand. `captured_at` (aware; now if left out) is what ages like "3 hours ago" count from."""
    address = canonical(url) or url
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    charset = "; charset=utf-8" if isinstance(html, str) else ""
    page = Page(
        url=address,
        status=200,
        headers=(("Content-Type", f"text/html{charset}"),),
        body=body,
        captured_at=captured_at or datetime.now(UTC),
        record_id="urn:uuid:00000000-0000-0000-0000-000000000000",
    )
    return read(page, profile or Profile(site=site_id(address)))
