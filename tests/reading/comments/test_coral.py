"""Coral, in made-up pages and answers of its public schema."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

SERVER = "https://talk.gazette.example/api/graphql"
EMBED = """<div id="coral_thread">Loading</div><script>
Coral.createStreamEmbed({ id: "coral_thread", autoRender: true, rootURL: 'https://talk.gazette.example/',
  storyID: 'clinic-41',
  // storyURL: '${storyURL}',
});</script>"""


def first() -> tuple[Follow, Follow]:
    stored, whole = read(article(body=EMBED), PROFILE).follow
    return stored, whole


def variables(follow: Follow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(follow.body)["variables"]
    return found


def edges(*nodes: Any, cursor: Any = None, more: bool = False) -> dict[str, Any]:
    return {"edges": [{"node": node} for node in nodes], "pageInfo": {"hasNextPage": more, "endCursor": cursor}}


def comment(number: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "body": "<div>Who asked<br>the nurses?</div>",
        "createdAt": "2026-11-21T08:15:30.250Z",
        "deleted": None,
        "replyCount": 0,
        "author": {"id": f"u-{number}", "username": f"Nick {number}"},
        "parent": None,
        "actionCounts": {"reaction": {"total": 3}},
    } | more


def story(*nodes: Any, closed: bool = False, **more: Any) -> dict[str, Any]:
    counts = {"totalPublished": 7}
    return {"data": {"story": {"id": "s-1", "isClosed": closed, "commentCounts": counts, "comments": edges(*nodes, **more)}}}


def test_a_page_leads_to_the_stored_query_and_to_the_whole_text() -> None:
    reading, thread = read(article(body=EMBED), PROFILE), thread_of(article(body=EMBED))
    stored, whole = first()
    assert reading.article
    assert thread.id == reading.article.thread_id == "coral:gazette-example/talk.gazette.example:clinic-41"
    assert thread.pages == (stored,)
    assert (stored.url, stored.method) == (whole.url, whole.method) == (SERVER, "POST")
    assert (json.loads(stored.body)["id"], json.loads(stored.body)["query"]) == ("newsarchive-key-coral", "")
    assert json.loads(whole.body)["query"].count("{") == json.loads(whole.body)["query"].count("}") > 0
    assert variables(stored) == variables(whole)
    assert (variables(stored)["storyID"], variables(stored)["storyURL"]) == ("clinic-41", ARTICLE)
    assert "Loading" not in (reading.article.text or "")


def test_a_story_that_is_known_by_its_address_alone() -> None:
    page = article(body=EMBED.replace("storyID: 'clinic-41',", ""))
    assert thread_of(page).id == f"coral:gazette-example/talk.gazette.example:{ARTICLE}"
    assert variables(read(page, PROFILE).follow[0])["storyURL"] == ARTICLE


@pytest.mark.parametrize("root", ["", "'javascript:alert(1)'", "'https://'", "window.root"])
def test_pages_without_a_stream(root: str) -> None:
    assert read(article(body=f"<script>Coral.createStreamEmbed({{rootURL: {root}}})</script>"), PROFILE).thread is None
    assert read(article(body="<p>createStreamEmbed rootURL: 'https://talk.gazette.example'</p>"), PROFILE).thread is None


def test_comments_of_an_answer() -> None:
    gone = comment("c3", body=None, deleted=True, author=None)
    page = answer(first()[1], story(comment("c1", replies=edges(comment("c2"))), gone, closed=True))
    one, two, three = read(page, PROFILE).comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:coral:c1",
        "Who asked\nthe nurses?",
        "Nick c1",
        "u-c1",
    )
    assert (one.date_created, one.upvotes, one.downvotes) == (datetime(2026, 11, 21, 8, 15, 30, tzinfo=UTC), 3, None)
    assert (two.parent_id, two.depth) == (one.id, 1)
    assert (three.status, three.text, three.author_name) == ("hidden", None, None)
    thread = thread_of(page)
    assert (thread.comment_count_reported, thread.status, thread.whole, thread.pages) == (7, "closed", True, ())


def test_a_story_nobody_wrote_to() -> None:
    thread = thread_of(answer(first()[1], {"data": {"story": None}}))
    assert (thread.whole, thread.pages) == (True, ())


@pytest.mark.parametrize(("way", "keys"), [(0, ["coral", "coralpages", "coralreplies", "coralreplies"]), (1, [])])
def test_the_whole_walk_by_either_query(way: int, keys: list[str]) -> None:
    asked: list[Follow] = []
    answers: dict[tuple[str, bytes], Any] = {}

    def put(follow: Follow, body: Any) -> tuple[Follow, ...]:
        answers[(follow.url, follow.body)] = body
        asked.append(follow)
        return read(answer(follow, body), PROFILE).follow

    open_reply = comment("c2", parent={"id": "c1"}, replyCount=2)
    more = put(first()[way], story(comment("c1", replies=edges(open_reply, cursor=5, more=True)), cursor="c1", more=True))
    replies, deeper, page = sorted(more, key=lambda one: variables(one).get("commentID", "later"))
    put(replies, {"data": {"comment": {"id": "c1", "replies": edges(comment("c3"))}}})
    put(deeper, {"data": {"comment": {"id": "c2", "replies": edges(comment("c4"))}}})
    put(page, story(comment("c5")))
    walked = walk(article(body=EMBED), answers)
    assert {key: one.parent_id and one.parent_id.rpartition(":")[2] for key, one in walked.comments.items()} == {
        "c1": None,
        "c2": "c1",
        "c3": "c1",
        "c4": "c2",
        "c5": None,
    }
    assert walked.threads == {"coral:gazette-example/talk.gazette.example:clinic-41"}
    assert [follow.body for follow in walked.unanswered] == [first()[1 - way].body]
    assert [json.loads(one.body).get("id", "").removeprefix("newsarchive-key-") for one in (asked[0], page, replies, deeper)] == (
        keys or [""] * 4
    )
    assert {variables(one).get("storyID") for one in asked[1:]} == {"s-1"}


@pytest.mark.parametrize("broken", [None, 4, {"body": "x"}, comment("c9", body=8), {"id": "c9"}])
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    page = answer(first()[0], story(comment("c1", replies=edges(broken)), broken))
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:coral:c1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = {
        "author": 1,
        "createdAt": [],
        "actionCounts": {"reaction": 5},
        "parent": "c0",
        "replies": 7,
        "replyCount": float("nan"),
    }
    one = read(answer(first()[0], story(comment("c1", **odd))), PROFILE).comments[0]
    assert (one.author_name, one.author_id, one.date_created, one.upvotes, one.parent_id) == (None,) * 5


@pytest.mark.parametrize("body", ["", "[]", {"errors": [{"message": "no"}]}, {"data": None}, {"data": {"comment": None}}])
def test_an_error_says_nothing(body: Any) -> None:
    assert read(answer(first()[0], body), PROFILE).thread is None
    assert read(answer(first()[0], story(), status=400), PROFILE).thread is None


def test_another_request_to_a_graphql_server_is_none_of_ours() -> None:
    for body in (b"", b"[1]", b'{"variables": {"thread": 5}}', b'{"variables": []}'):
        assert read(answer(replace(first()[0], body=body), story(comment("c1"))), PROFILE).thread is None


@pytest.mark.parametrize("cursor", ["same", None, {}, True])
def test_paging_that_stands_still_ends(cursor: Any) -> None:
    follow = first()[1]
    body = json.loads(follow.body)
    body["variables"]["cursor"] = "same"
    page = answer(replace(follow, body=json.dumps(body).encode()), story(comment("c1"), cursor=cursor, more=True))
    assert read(page, PROFILE).follow == ()
    assert not thread_of(page).whole
