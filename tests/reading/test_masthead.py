"""The newspaper's name, from its front page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.document import Document
from newsarchive.reading.masthead import site_name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content=" The  Gazette "><title>Home</title>', "The Gazette"),
        ('<script type="application/ld+json">{"@type": ["NewsMediaOrganization"], "name": "Gazette"}</script>', "Gazette"),
        ("<title>Home | The Gazette | News and sport</title>", "The Gazette"),
        ("<title>The Gazette – all the news</title>", "The Gazette"),
        ("<title>Well-known news</title>", "Well-known news"),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": {"x": 1}}</script><title>Gazette</title>', "Gazette"),
        (f"<title>{'long ' * 40}</title>", None),
        ("<title> </title>", None),
        ("", None),
    ],
)
def test_the_name(head: str, name: str | None) -> None:
    body = f"<html><head>{head}</head><body><p>News</p></body></html>".encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = Page("https://gazette.example/", 200, headers, body, datetime(2026, 11, 1, tzinfo=UTC), "urn:uuid:0")
    assert site_name(Document(page, Profile(site="gazette-example"))) == name
