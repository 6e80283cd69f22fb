"""Vuukle, in made-up pages and answers of its public shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

API = "https://api.vuukle.com/api/v1/Comments/"
BODY = """<div id="vuukle-comments">Loading</div><script>var maps = { apiKey: 'of-another' };</script>
<script>var VUUKLE_CONFIG = { apiKey: 'key-of-the-gazette', articleId: 41, title: "It's closed" };</script>"""


def feed(start: int = 0) -> str:
    article = "apiKey=key-of-the-gazette&articleId=41&host=gazette.example"
    return f"{API}getCommentFeedBySort?{article}&pageSize=25&sortBy=get_reverse_chrono&start={start}"


def replies(to: int) -> str:
    return f"{API}loadFullReplies?commentId={to}&articleId=41&host=gazette.example"


def comment(number: int, *below: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "state": 0,
        "parentId": 0,
        "commentText": "<p>Who asked<br>the nurses?</p>",
        "createdTimestamp": 1763712930,
        "likeCount": 3,
        "dislikeCount": 1,
        "replyCount": len(below),
        "userId": f"u{number}",
        "name": f"Nick &amp; {number}",
        "replies": list(below),
    } | more


def page_of(*comments: Any) -> dict[str, Any]:
    return {"success": True, "data": {"comments": {"items": list(comments), "pageSize": 25}}}


def first() -> Follow:
    return Follow(feed(), "comments")


def test_a_page_leads_to_the_feed() -> None:
    reading, thread = read(article(body=BODY), PROFILE), thread_of(article(body=BODY))
    assert reading.article
    assert reading.follow == thread.pages == (first(),)
    assert thread.id == reading.article.thread_id == "vuukle:gazette-example/gazette.example:41"
    assert (thread.url, thread.status) == (ARTICLE, "open")
    assert "Loading" not in (reading.article.text or "")


def test_a_newspaper_may_name_its_host() -> None:
    body = BODY.replace("articleId: 41", "'articleId': '41', host: 'news.gazette.example'")
    assert thread_of(article(body=body)).id == "vuukle:gazette-example/news.gazette.example:41"


@pytest.mark.parametrize("script", ["articleId: 41", "apiKey: 'x'", "apiKey: KEY, articleId: ID", "apiKey: ' ', articleId: ''"])
def test_pages_without_an_article_of_its(script: str) -> None:
    assert read(article(body=f"<script>var VUUKLE_CONFIG = {{ {script} }};</script>"), PROFILE).thread is None
    assert read(article(body="<p>VUUKLE_CONFIG apiKey: 'x', articleId: 41</p>"), PROFILE).thread is None


def test_comments_of_an_answer() -> None:
    guest = comment(2, userId="0", name="Passer-by")
    body = page_of(comment(1, guest), comment(3, state=1), comment(4, commentText="[Comment deleted by user]"))
    page = answer(first(), body)
    one, two, three, four = read(page, PROFILE).comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:vuukle:1",
        "Who asked\nthe nurses?",
        "Nick & 1",
        "u1",
    )
    assert (one.date_created, one.upvotes, one.downvotes, one.depth) == (datetime(2025, 11, 21, 8, 15, 30, tzinfo=UTC), 3, 1, 0)
    assert (two.parent_id, two.depth, two.author_name, two.author_id) == (one.id, 1, "Passer-by", None)
    assert [(late.status, late.text) for late in (three, four)] == [("hidden", None)] * 2
    assert (thread_of(page).whole, thread_of(page).pages) == (True, ())


def test_the_whole_walk() -> None:
    answers = {
        (feed(), b""): page_of(comment(1, comment(10), replyCount=3), *(comment(number) for number in range(2, 6))),
        (feed(5), b""): page_of(comment(6)),
        (replies(1), b""): {"data": [comment(10), comment(11, comment(12)), comment(13, replyCount=1)]},
        (replies(13), b""): {"data": [comment(14), comment(13, replyCount=9)]},
    }
    walked = walk(article(body=BODY), answers)
    assert {int(key): one.parent_id and int(one.parent_id.rpartition(":")[2]) for key, one in walked.comments.items()} == (
        dict.fromkeys(range(1, 7)) | {10: 1, 11: 1, 12: 11, 13: 13, 14: 13}
    )
    assert walked.threads == {"vuukle:gazette-example/gazette.example:41"}
    assert walked.whole
    assert len(walked.readings) == 1 + len(answers)


@pytest.mark.parametrize("broken", [None, 5, [], {"commentText": "x"}, comment(9, commentText=7)])
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    page = answer(first(), page_of(comment(1, broken), broken))
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:vuukle:1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = {"name": 4, "userId": {}, "createdTimestamp": float("nan"), "likeCount": -1, "replies": 5, "replyCount": "many"}
    one = read(answer(first(), page_of(comment(1) | odd)), PROFILE).comments[0]
    assert (one.author_name, one.author_id, one.date_created, one.upvotes) == (None,) * 4


@pytest.mark.parametrize("body", ["", "[]", {"data": None}, {"data": {"comments": {"items": {}}}}])
def test_an_error_says_nothing(body: Any) -> None:
    assert read(answer(first(), body), PROFILE).thread is None
    assert read(answer(first(), page_of(comment(1)), status=500), PROFILE).thread is None
    assert read(answer(Follow(feed().replace("host", "x"), "comments"), page_of(comment(1))), PROFILE).thread is None


def test_a_great_many_comments_are_one_page() -> None:
    reading = read(answer(first(), page_of(*(comment(number) for number in range(3000)))), PROFILE)
    assert (len(reading.comments), len(reading.follow)) == (3000, 1)
