"""Discourse: from the page to the embed, from the embed to the topic, from the topic to its other posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, discourse, read_answer
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARTICLE = "https://sheet.example/a/"
ASKED = "?embed_url=https%3A%2F%2Fsheet.example%2Fa%2F"
TOPIC = f"https://talk.example/forum/t/41.json{ASKED}"
THREAD = f"discourse:sheet-example/talk.example:{ARTICLE}"


def document(body: str, url: str, kind: str = "application/json", status: int = 200) -> Document:
    page = Page(url, status, (("Content-Type", f"{kind}; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
    return Document(page, Profile(site="sheet-example"))


def post(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": 1000 + number,
        "post_number": number,
        "post_type": 1,
        "username": f"nick{number}",
        "user_id": 70 + number,
        "created_at": "2026-11-20T10:00:01.500Z",
        "cooked": f"<p>Words of {number}.</p>",
        "reply_to_post_number": None,
        "actions_summary": [{"id": 2, "count": number}],
    } | more


def answer(body: Any, url: str = TOPIC) -> Discussion:
    found = read_answer(document(json.dumps(body), url))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("says", "asked"),
    [(f"discourseEmbedUrl: '{ARTICLE}'", f"embed/comments{ASKED}"), ("topicId: 41", f"t/41.json{ASKED}")],
)
def test_the_page_leads_to_the_embed_or_the_topic(says: str, asked: str) -> None:
    script = f"<script>DiscourseEmbed = {{ discourseUrl: 'https://talk.example/forum/', {says} }};</script>"
    found = discourse.read_page(document(f"<div id='discourse-comments'></div>{script}", ARTICLE, "text/html"))
    assert found is not None
    assert [one.url for one in found.follow] == [f"https://talk.example/forum/{asked}"]
    assert found.thread.id == THREAD
    assert [one.get("id") for one in found.nodes] == ["discourse-comments"]


def test_the_embed_leads_to_its_topic() -> None:
    url = f"https://talk.example/forum/embed/comments{ASKED}"
    inside = "<div class='cooked'><a href='https://talk.example/forum/t/other/9'>other</a></div>"
    link = "<a class='post-date' href='https://talk.example/forum/t/the-dam/41/2'>1d</a>"
    found = read_answer(document(f"<article class='post' id='post-1002'>{inside}{link}</article>", url, "text/html"))
    assert found is not None
    assert [one.url for one in found.follow] == [TOPIC]
    assert (found.thread.id, found.comments) == (THREAD, ())
    empty = read_answer(document("<header></header>", url, "text/html"))
    assert empty is not None
    assert empty.follow == ()


def test_the_posts_of_a_topic() -> None:
    posts = [
        post(1),
        post(2, reply_to_post_number=1),
        post(3, reply_to_post_number=2, hidden=True, cooked="<p>Flagged.</p>"),
        post(4, post_type=3),
        post(5, post_type=4),
        post(6, user_deleted=True, cooked="", actions_summary=None),
    ]
    found = answer({"id": 41, "posts_count": 6, "post_stream": {"posts": posts, "stream": [1001, 1002, 1003]}, "closed": True})
    second, third, sixth = found.comments
    assert (second.id, second.author_name, second.author_id, second.text) == (
        "sheet-example:discourse:talk.example/forum/41-2",
        "nick2",
        "72",
        "Words of 2.",
    )
    assert (second.parent_id, second.upvotes) == (None, 2)
    assert second.date_created == datetime(2026, 11, 20, 10, 0, 1, tzinfo=UTC)
    assert (third.parent_id, third.status) == (second.id, "hidden")
    assert (sixth.status, sixth.text) == ("hidden", None)
    assert (found.thread.id, found.thread.status, found.thread.comment_count_reported) == (THREAD, "closed", 5)
    assert found.follow == ()


def test_other_posts_are_asked_for_in_chunks() -> None:
    found = answer({"post_stream": {"posts": [post(1)], "stream": [1001, *range(2000, 2070), "x", None, [], 2000]}})
    chunks = [parse_qs(urlsplit(one.url).query) for one in found.follow]
    assert [len(one["post_ids[]"]) for one in chunks] == [50, 20]
    assert {urlsplit(one.url).path for one in found.follow} == {"/forum/t/41/posts.json"}
    assert found.thread.pages == found.follow
    more = answer({"post_stream": {"posts": [post(30)]}, "id": 41}, found.follow[0].url)
    assert [one.id for one in more.comments] == ["sheet-example:discourse:talk.example/forum/41-30"]
    assert more.thread.id == THREAD
    endless = answer({"post_stream": {"posts": [], "stream": list(range(30_000))}})
    assert not endless.thread.whole


@pytest.mark.parametrize("bad", [None, 7, [], {}, post(3, post_number="x"), post(3, cooked=7), post(3, cooked=None)])
def test_a_broken_post_costs_itself(bad: Any) -> None:
    good = post(2, username=7, user_id=[], created_at=[], actions_summary={"id": 2}, reply_to_post_number=2)
    found = answer({"post_stream": {"posts": [bad, good], "stream": 7}, "posts_count": "many"})
    assert [one.id for one in found.comments] == ["sheet-example:discourse:talk.example/forum/41-2"]
    assert not found.thread.whole


def test_what_is_no_answer_of_ours() -> None:
    assert read_answer(document('{"errors": ["no"]}', TOPIC)) is None
    assert read_answer(document('{"post_stream": {"posts": []}}', TOPIC, status=404)) is None
    assert read_answer(document('{"post_stream": {"posts": []}}', "https://talk.example/t/41.json")) is None
