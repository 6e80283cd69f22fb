"""Ghost: the request that a page leads to, pages and replies of the members API, and answers that are broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, ghost, read_answer
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
POST = "63a1b2c3d4e5f60001020304"
BASE = "https://sheet.example/members/api/comments/"
QUERY = f"?limit=100&order=created_at+asc&page=1&thread={POST}"
FIRST, SECOND, THIRD = (f"63a1b2c3d4e5f6000102aa0{number}" for number in range(3))
SCRIPT = f'<script defer src="/comments-ui.js" data-ghost-comments="https://sheet.example/" data-post-id="{POST}">'


def document(body: str, url: str, kind: str = "application/json", status: int = 200) -> Document:
    page = Page(url, status, (("Content-Type", f"{kind}; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
    return Document(page, Profile(site="sheet-example"))


def row(number: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "html": "<p>Good.</p><p>So.</p>",
        "status": "published",
        "created_at": "2026-11-20T10:00:01.000Z",
        "member": {"id": "m1", "uuid": "u-1", "name": "Zuva"},
        "count": {"likes": 3, "replies": 0},
        "replies": [],
    } | more


def answer(body: Any, resource: str = f"post/{POST}/", query: str = QUERY) -> Discussion:
    found = read_answer(document(json.dumps(body), f"{BASE}{resource}{query}"))
    assert found is not None
    return found


def test_the_page_leads_to_the_members_api() -> None:
    found = ghost.read_page(
        document(f"<section class='gh-comments'>{SCRIPT}</script></section>", "https://sheet.example/a/", "text/html")
    )
    assert found is not None
    assert [one.url for one in found.follow] == [f"{BASE}post/{POST}/{QUERY}"]
    assert found.thread.pages == found.follow
    assert found.thread.id == f"ghost:sheet-example/sheet.example:{POST}"


@pytest.mark.parametrize(
    "script",
    [
        SCRIPT.replace("sheet.example/", "other.example/"),
        SCRIPT.replace(POST, "../../x"),
        '<script data-ghost-comments-counts-api="https://sheet.example/members/api/comments/counts/">',
    ],
)
def test_a_page_that_names_no_post_of_this_site_leads_nowhere(script: str) -> None:
    assert ghost.read_page(document(script + "</script>", "https://sheet.example/a/", "text/html")) is None


def test_comments_with_their_replies() -> None:
    replies = [row(SECOND), row(THIRD, in_reply_to_id=SECOND, html=None, status="hidden", member=None)]
    top = row(FIRST, replies=replies, count={"likes": 3, "replies": 2})
    found = answer({"comments": [top], "meta": {"pagination": {"page": 1, "pages": 1, "total": 1, "next": None}}})
    first, second, third = found.comments
    assert (first.id, first.author_name, first.author_id, first.upvotes) == (f"sheet-example:ghost:{FIRST}", "Zuva", "u-1", 3)
    assert (first.text, first.date_created) == ("Good.\n\nSo.", datetime(2026, 11, 20, 10, 0, 1, tzinfo=UTC))
    assert (second.parent_id, third.parent_id) == (first.id, second.id)
    assert (third.status, third.text, third.author_name) == ("hidden", None, None)
    assert (found.thread.id, found.thread.whole, found.follow) == (f"ghost:sheet-example/sheet.example:{POST}", True, ())


def test_more_pages_and_more_replies_are_asked_for() -> None:
    top = row(FIRST, replies=[row(SECOND)], count={"replies": 7})
    found = answer({"comments": [top], "meta": {"pagination": {"next": 2}}})
    assert [one.url for one in found.follow] == [
        f"{BASE}{FIRST}/replies/{QUERY}",
        f"{BASE}post/{POST}/{QUERY.replace('page=1', 'page=2')}",
    ]
    replies = answer({"comments": [row(SECOND), row(THIRD, in_reply_to_id=SECOND)]}, f"{FIRST}/replies/")
    assert [one.parent_id for one in replies.comments] == [f"sheet-example:ghost:{FIRST}", f"sheet-example:ghost:{SECOND}"]
    assert replies.thread.id == found.thread.id


@pytest.mark.parametrize("bad", [None, 7, [], {}, row(SECOND, id=["x"]), row(SECOND, html=7), row(SECOND, html=None)])
def test_a_broken_comment_costs_itself(bad: Any) -> None:
    found = answer({"comments": [bad, row(FIRST, member=7, count=[], created_at={}, replies="x")], "meta": 3})
    assert [one.id for one in found.comments] == [f"sheet-example:ghost:{FIRST}"]
    assert not found.thread.whole


def test_what_is_no_answer_of_ours() -> None:
    url = f"{BASE}post/{POST}/{QUERY}"
    assert read_answer(document('{"errors": [{}]}', url)) is None
    assert read_answer(document('{"comments": []}', url, status=404)) is None
    assert read_answer(document('{"comments": []}', f"{BASE}post/{POST}/")) is None
