"""Keys of threads that no platform names: one for each article, whatever its page has just now."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, read_answer, read_discussion
from newsarchive.reading.comments.lists.key import key_in_url, keyed, without_page
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://ledger.example/2026/02/01/bridge"
NAMES = ("Anna", "Rudo", "Chipo", "Zuva", "Tendai", "Mukoma")


def row(at: int, attributes: str = "") -> str:
    said = f"<b class='author'>{NAMES[at]}</b> <i class='date'>{at + 1} February 2026</i><p>Words of {NAMES[at]} on bridges.</p>"
    return f"<li class='comment' {attributes.format(5000 + at)}>{said}</li>"


def document(body: str, url: str = URL, mime: str = "text/html; charset=utf-8") -> Document:
    return Document(Page(url, 200, (("Content-Type", mime),), body.encode(), AT, "urn:uuid:0"), Profile(site="ledger-example"))


def shown(rows: str, behind: str = "", section: str = "", head: str = "", url: str = URL) -> Discussion:
    story = f"<html><head>{head}</head><body><h1>Bridge</h1><p>The council voted.</p>"
    found = read_discussion(document(f"{story}<section id='comments' {section}><ul>{rows}</ul>{behind}</section>", url))
    assert found is not None
    return found


ROWS = "".join(map(row, range(4)))


@pytest.mark.parametrize(
    "found",
    [
        shown(ROWS, f"<nav><a href='{URL}?page=2'>2</a></nav>"),
        shown("".join(row(at, 'data-post-id="{}"') for at in range(4))),
        shown("".join(row(at, 'data-article-id="{}"') for at in range(1, 5))),
        shown(ROWS, "<form><input type='hidden' name='article_id' value='7'><textarea></textarea></form>"),
        shown(ROWS, "<button class='more' data-url='/api/comments/31'>Load more</button>"),
        shown(ROWS, "<button class='more' id='load-comments' data-article-id='7'>Load more</button>"),
        shown(ROWS, url=f"{URL}/comments-page-2/"),
        shown(ROWS, url=f"{URL}?page=2"),
    ],
)
def test_what_comes_and_goes_with_the_comments_names_no_thread(found: Discussion) -> None:
    assert found.thread.id == "list:ledger.example:/2026/02/01/bridge"


def test_the_section_may_name_its_article() -> None:
    assert shown(ROWS, section="data-article-id=' 7 '").thread.id == "list:ledger.example:7"


@pytest.mark.parametrize("number", [2, 4])
@pytest.mark.parametrize("section", ["", "data-story-id='7'"])
def test_data_that_comes_and_goes_leaves_thread_and_ids(number: int, section: str) -> None:
    comments = [
        {
            "@type": "Comment",
            "@id": f"{URL}#comment-{at + 1}",
            "text": f"Words of {NAMES[at]} on bridges.",
            "author": {"name": NAMES[at]},
            "dateCreated": f"2026-02-0{at + 1}",
        }
        for at in range(number)
    ]
    data = {"@type": "NewsArticle", "headline": "Bridge", "comment": comments, "commentCount": 4}
    plain = shown(ROWS, section=section)
    with_data = shown(ROWS, section=section, head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert plain.thread.id == with_data.thread.id
    assert [one.id for one in plain.comments] == [one.id for one in with_data.comments]


def test_an_endpoint_that_does_not_name_the_article_is_asked_in_the_name_of_its_thread() -> None:
    found = shown(ROWS, "<button class='more' data-url='/api/comments/31?offset=4'>Load more</button>")
    (follow,) = found.follow
    rows: list[dict[str, Any]] = [{"name": NAMES[at], "date": "5 February 2026", "text": "More."} for at in (4, 5)]
    body = json.dumps({"comments": rows, "next": "/api/comments/31?offset=6"})
    answer = read_answer(document(body, follow.url, "application/json"))
    assert answer is not None
    assert answer.thread.id == found.thread.id
    assert [key_in_url(one.url) for one in answer.follow] == ["/2026/02/01/bridge"]


def test_an_endpoint_that_names_the_article_is_asked_as_it_is() -> None:
    url = "https://ledger.example/api/comments?article=7&offset=4"
    assert keyed(url, "7") == url
    assert keyed(str(keyed(url, "/a")), "/a") == keyed(url, "/a") != url
    assert key_in_url("https://ledger.example/api/comments/7") is None


@pytest.mark.parametrize(
    ("url", "without"),
    [
        ("/story?id=7&page=2", "/story?id=7"),
        ("/story?id=7&p=2", "/story?id=7"),
        ("/news/potholes/?page=2", "/news/potholes"),
        ("/news/potholes/page/2", "/news/potholes"),
        ("/news/potholes/comments/2", "/news/potholes"),
        ("/news/potholes?page=about", "/news/potholes?page=about"),
        ("/?p=123", "/?p=123"),
        ("/blog?p=123", "/blog?p=123"),
        ("/index.php?page=7", "/index.php?page=7"),
        ("/story.php?page=7", "/story.php?page=7"),
        ("/p/123", "/p/123"),
        ("/site/page/123", "/site/page/123"),
    ],
)
def test_an_address_loses_its_page_of_comments_and_never_its_article(url: str, without: str) -> None:
    assert without_page(f"https://ledger.example{url}") == f"https://ledger.example{without}"
