"""Comments in JSON-LD: where they are all, where the page shows more, and objects that only look like comments."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, read_discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://ledger.example/news/maize"


def read(*things: Any, body: str = "<h1>Maize</h1><p>The price of maize.</p>") -> Discussion | None:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in things)
    html = f"<html><head>{scripts}</head><body>{body}</body></html>"
    page = Page(URL, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), AT, "urn:uuid:0")
    return read_discussion(Document(page, Profile(site="ledger-example")))


def comment(number: int, text: Any = "Too dear.", **more: Any) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "@id": f"{URL}#comment-{number}",
        "text": text,
        "author": {"@type": "Person", "name": f"Reader {number}"},
        "dateCreated": "2026-11-20T10:00:01+02:00",
    } | more


def article(*comments: Any, **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "Maize", "comment": list(comments)} | more


def test_comments_of_an_article() -> None:
    reply = comment(2, "<p>Not &amp; so.</p><p>Cheap.</p>", upvoteCount=4)
    later = comment(3, "Tom &amp; Rudo.", parentItem={"@type": "Comment", "@id": f"{URL}#comment-2"}, author="Rudo")
    found = read(article(comment(1, comment=[reply]), later, commentCount=3))
    assert found is not None
    first, second, third = found.comments
    assert (first.author_name, first.text, first.depth) == ("Reader 1", "Too dear.", 0)
    assert first.date_created == datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC)
    assert (second.parent_id, second.text, second.upvotes) == (first.id, "Not & so.\n\nCheap.", 4)
    assert (third.parent_id, third.author_name, third.text, third.depth) == (second.id, "Rudo", "Tom & Rudo.", 2)
    assert (found.thread.id, found.thread.whole) == ("list:ledger.example:/news/maize", True)
    assert found.thread.comment_count_reported == 3


def test_comments_that_stand_by_themselves_and_older_names() -> None:
    old = {"@type": "UserComments", "commentText": "Hi.", "commentTime": "2026-11-20", "creator": {"name": "Zuva"}}
    found = read({"@graph": [{"@type": "WebPage", "name": "x"}, comment(1), comment(1), old]})
    assert found is not None
    assert [(one.author_name, one.text) for one in found.comments] == [("Reader 1", "Too dear."), ("Zuva", "Hi.")]
    assert found.comments[1].date_created_precision == "day"


LIST = "".join(
    f"<li class='comment'><b class='author'>Nick {number}</b> <span class='date'>20 Nov 2026</span><p>Words of {number}.</p></li>"
    for number in range(4)
)


@pytest.mark.parametrize(
    "thing",
    [
        article(comment(1), comment(2)),  # the page shows four
        article(*(comment(number) for number in range(4)), commentCount=9),
        article(*(comment(number, "Too dear, said my…") for number in range(4))),
    ],
)
def test_the_list_in_the_page_wins_where_the_data_is_not_all(thing: Any) -> None:
    found = read(thing, body=f"<h1>Maize</h1><p>The price.</p><ul id='comments'>{LIST}</ul>")
    assert found is not None
    assert [one.text for one in found.comments] == [f"Words of {number}." for number in range(4)]


def test_data_that_is_all_wins_and_the_list_is_no_part_of_the_article() -> None:
    found = read(article(*(comment(number) for number in range(4))), body=f"<h1>Maize</h1><ul id='comments'>{LIST}</ul>")
    assert found is not None
    assert {one.author_name for one in found.comments} == {f"Reader {number}" for number in range(4)}
    assert [one.get("id") for one in found.nodes] == ["comments"]


def test_what_the_data_lacks_is_told_where_there_is_nothing_else() -> None:
    found = read(article(comment(1), commentCount=9))
    assert found is not None
    assert (len(found.comments), found.thread.whole) == (1, False)


def test_where_there_are_more_than_are_read_nothing_is_said_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsarchive.reading.comments.linked_data._MOST", 3)
    found = read(article(*map(comment, range(5))))
    assert found is not None
    assert (len(found.comments), found.thread.whole) == (3, False)


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "Product", "name": "x", "review": {"@type": "Review", "text": "Good.", "author": "A"}, "text": "x"},
        article({"@type": "Review", "text": "Good.", "author": "A"}),
        {"@graph": [article(comment(1)), article(comment(2))]},
        article("text", 7, None, [], {"text": 5}),
        article(comment(1, None)),
        article(comment(1, author=None, dateCreated=None)),
        {"@type": "NewsArticle", "comment": "text"},
    ],
)
def test_what_is_no_comment(thing: Any) -> None:
    found = read(thing)
    assert found is None or found.comments == ()


def test_hostile_data() -> None:
    circle = article(
        comment(1, parentItem=f"{URL}#comment-2"), comment(2, parentItem=f"{URL}#comment-1"), comment(3, parentItem=URL)
    )
    found = read(circle)
    assert found is not None
    assert [one.depth for one in found.comments] == [None, None, 0]
    deep: dict[str, Any] = comment(0)
    for number in range(1, 200):
        deep = comment(number, comment=deep)
    assert (found := read(article(deep))) is not None
    assert found.comments[-1].depth == 199
    same = read(article(comment(1, url=7), comment(1, "Other.", **{"@id": ["x"]}), {"text": "Third.", "author": {"name": ["A"]}}))
    assert same is not None
    assert len({one.id for one in same.comments}) == len(same.comments) == 3
