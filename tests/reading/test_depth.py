"""Pages that are deeper than the parser goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.document import Document


def document(inside: str) -> Document:
    body = f"<html><body><p>start</p>{inside}<p>the end</p></body></html>".encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = Page("https://gazette.example/", 200, headers, body, datetime(2026, 11, 1, tzinfo=UTC), "urn:uuid:0")
    return Document(page, Profile(site="gazette-example"))


@pytest.mark.parametrize("inside", ["<b>" * 300, "<div>" * 1900, "<b>" * 3000, '<span class="x">' * 100_000])
def test_what_stands_below_unclosed_tags_is_read(inside: str) -> None:
    deep = document(inside)
    assert "the end" in deep.tree.text_content()
    assert deep.parsed_whole


def test_what_cannot_be_reached_is_known_to_be_missing() -> None:
    deep = document("<div>" * 5000)
    assert "the end" not in deep.tree.text_content()
    assert not deep.parsed_whole
