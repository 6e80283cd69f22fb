"""What a page says of archiving, to everybody or to one crawler."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsarchive.items import Profile
from newsarchive.reading import html_page, read

HTML = "<html><head>{}<title>Rain</title></head><body><p>It rained.</p><a href='/b'>More</a></body></html>"


def asks(head: str = "", header: str | None = None) -> bool:
    page = html_page(HTML.format(head), "https://gazette.example/a", datetime.now(UTC))
    if header is not None:
        page = replace(page, headers=(*page.headers, ("x-robots-tag", header)))
    return read(page, Profile(site="gazette-example")).noarchive


@pytest.mark.parametrize(
    ("head", "header", "wanted"),
    [
        ('<meta name="robots" content="noarchive">', None, True),
        ('<meta name="ROBOTS" content="NOINDEX, NOARCHIVE">', None, True),
        ('<meta name="newsarchive" content="noarchive">', None, True),
        ('<meta name="googlebot" content="noarchive">', None, False),
        ('<meta name="robots" content="noindex">', None, False),
        ('<meta name="keywords" content="noarchive">', None, False),
        ("", "noarchive", True),
        ("", "noindex, noarchive", True),
        ("", "googlebot: noindex, noarchive", False),
        ("", "googlebot: nofollow, newsarchive: noarchive", True),
        ("", "unavailable_after: 25 Jun 2027 15:00:00 PST, noarchive", True),
        ("", "max-snippet:20, noarchive", True),
        ("", "none", False),
        ("", "", False),
    ],
)
def test_who_is_asked_not_to_archive(head: str, header: str | None, wanted: bool) -> None:
    assert asks(head, header) == wanted
