"""Whatever stands in the fields of an answer or of a page's JSON-LD, reading ends, and every comment has an id of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import blogger, discourse, ghost, linked_data, wpdiscuz
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
JUNK: list[Any] = ["1", "7", "<p>x", "2026-11-20", "\ud800", "\x00\x1b", 10**400, 1e308, float("nan"), 1763712930]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(JUNK),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["$t", "id", "name", "@id", "text"]), inside),
    max_leaves=6,
)
POST = "63a1b2c3d4e5f60001020304"
FORM = b"action=wpdLoadMoreComments&postId=87&offset=1"
SHAPES: dict[Any, tuple[str, list[str], Any]] = {
    ghost: (
        f"https://a.example/members/api/comments/post/{POST}/?page=1&thread={POST}",
        ["id", "html", "status", "created_at", "member", "count", "replies", "in_reply_to_id"],
        lambda rows, more: {"comments": rows, "meta": more},
    ),
    discourse: (
        "https://a.example/t/41.json?embed_url=https://b.example/",
        [
            "id",
            "post_number",
            "cooked",
            "reply_to_post_number",
            "user_id",
            "username",
            "actions_summary",
            "created_at",
            "post_type",
        ],
        lambda rows, more: {"post_stream": {"posts": rows, "stream": more}, "posts_count": more},
    ),
    blogger: (
        "https://a.example/feeds/12345678/comments/default?alt=json",
        ["id", "content", "author", "link", "published", "gd$extendedProperty"],
        lambda rows, more: {"feed": {"entry": rows, "openSearch$totalResults": more, "openSearch$startIndex": more}},
    ),
    wpdiscuz: (
        "https://a.example/wp-admin/admin-ajax.php",
        ["comment_list", "is_show_load_more", "last_parent_id"],
        lambda rows, more: {"data": rows[0] if rows else more},
    ),
}


def document(body: str, url: str, kind: str, request: bytes = b"") -> Document:
    page = Page(url, 200, (("Content-Type", kind),), body.encode(), AT, "urn:uuid:0", "POST" if request else "GET", request)
    return Document(page, Profile(site="a-example"))


def check(found: Discussion | None) -> None:
    """Each comment has an id of its own if the platform gave none, clean texts, and no depth without an end."""
    comments = found.comments if found else ()
    ids = [one.id for one in comments if "~" in one.id]
    assert len(set(ids)) == len(ids)
    for one in comments:
        texts = "".join(filter(None, (one.id, one.parent_id, one.text, one.author_name, one.author_id, one.date_created_raw)))
        assert "\x1b" not in texts.encode().decode()
        assert (one.depth or 0) < len(comments)


@pytest.mark.parametrize("platform", list(SHAPES), ids=lambda platform: platform.PLATFORM)
@given(data=st.data())
def test_any_answer(platform: Any, data: st.DataObject) -> None:
    url, names, wrap = SHAPES[platform]
    row = st.dictionaries(st.sampled_from(names), ANY) | ANY
    body = wrap(data.draw(st.lists(row, max_size=4) | ANY.map(lambda one: [one])), data.draw(ANY))
    check(platform.read_answer(document(json.dumps(body), url, "application/json", FORM)))


@given(
    comments=st.lists(
        st.dictionaries(
            st.sampled_from(["@id", "@type", "text", "author", "dateCreated", "parentItem", "comment", "url", "upvoteCount"]),
            ANY | st.sampled_from(["Comment", "Person", "https://a.example/a#c1"]),
        )
        | ANY,
        max_size=4,
    )
)
def test_any_linked_data(comments: list[Any]) -> None:
    thing = json.dumps({"@type": "NewsArticle", "comment": [*comments, {"text": "Here.", "author": "Zuva"}]}).replace(
        "<", "\\u003c"
    )
    html = f'<script type="application/ld+json">{thing}</script><h1>A</h1>'
    check(linked_data.read_page(document(html, "https://a.example/a", "text/html")))
