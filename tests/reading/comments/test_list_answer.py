"""Which JSON is taken for comments, and where it may lead."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments.lists.answer import Answer, read_answer
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
COMMENT = {"name": "Tino", "text": "Hongu", "age": "1 hour ago"}
STORY = {"title": "Bridge closed", "author": "Ed", "body": "The bridge was closed.", "published": "2026-11-21"}


def answer(value: Any, url: str = "https://gazette.example/api/comments?article=7") -> Answer | None:
    fields = (("Content-Type", "application/json"),)
    return read_answer(
        Document(Page(url, 200, fields, json.dumps(value).encode(), AT, "urn:uuid:0"), Profile(site="gazette-example"))
    )


@pytest.mark.parametrize(
    "next_url", ["https://victim.example/any?delete=1", "//victim.example/", "http://gazette.example:8080/", "file:///x"]
)
def test_an_answer_leads_to_no_other_host(next_url: str) -> None:
    found = answer({"comments": [COMMENT], "next": next_url})
    assert found is not None
    assert found.next_url is None


def test_an_answer_leads_on_on_its_own_host() -> None:
    found = answer({"comments": [COMMENT], "next": "/api/comments?article=7&after=3"})
    assert found is not None
    assert found.next_url == "https://gazette.example/api/comments?article=7&after=3"


@pytest.mark.parametrize("name", ["items", "data", "stories"])
def test_articles_are_no_comments(name: str) -> None:
    assert answer({name: [STORY, STORY]}, "https://gazette.example/api/news?id=5") is None


def test_a_comment_may_have_a_title_where_the_site_calls_it_a_comment() -> None:
    found = answer({"comments": [COMMENT | {"title": "Well"}]}, "https://gazette.example/api/talk?article=7")
    assert found is not None
    assert [row.text for row in found.rows] == ["Hongu"]
