"""Counts that a page claims: in headings, and in JSON-LD."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.counts import count_in, count_in_json_ld, plausible
from newsarchive.reading.details import comment_count
from newsarchive.reading.document import Document


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("Showing 10 of 20 comments", 20),
        ("1-10 of 1,204", 1204),
        ("10 von 20 Kommentaren", 20),
        ("10 out of the 20", 20),
        ("20 of 2 comments", 20),
        ("17 thoughts on “10 of 20 wells are dry”", 17),
        ("Comments (1,204)", 1204),
        ("One response", 1),
        ("999,999,999,999,999,999,999 comments", None),
        ("Comments", None),
        ("111 " * 20_000, None),  # seconds of work for a regular expression that saw it all
    ],
)
def test_what_a_heading_claims(heading: str, count: int | None) -> None:
    assert count_in(heading) == count


@pytest.mark.parametrize(
    ("stated", "count"), [("31", 31), (31, 31), ("99999999999999999999", None), (10**20, None), (-1, None), (True, None)]
)
def test_nothing_impossible_is_a_count(stated: object, count: int | None) -> None:
    assert plausible(stated) == count


@pytest.mark.parametrize("number", ["99,999,999,999,999,999,999", "9" * 20])
def test_no_count_that_a_page_states_is_beyond_any_database(number: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "commentCount": "{number}"}}</script>'
    body = f'<h1>A</h1>{script}<span class="comment-count">{number}</span>'.encode()
    html = (("Content-Type", "text/html"),)
    document = Document(Page("https://a.example/", 200, html, body, datetime(2026, 11, 22, tzinfo=UTC), ""), Profile(site="a"))
    assert count_in_json_ld(document) is None
    for stated in ({}, {"commentCount": number}):
        assert (comment_count(document, stated) or 0) <= 2**53
