"""Disqus, in made-up pages and answers of its public shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

EMBED = (
    "https://disqus.com/embed/comments/?base=default&f=valley-gazette&t_i=clinic+41"
    "&t_u=https%3A%2F%2Fgazette.example%2F2026%2F11%2Fclinic"
)
POSTS = (
    "https://disqus.com/api/3.0/threads/listPosts.json?forum=valley-gazette&thread=ident%3Aclinic+41&limit=100&order=asc"
    "&api_key=newsarchive-key-disqus"
)
CONFIG = """<div id="disqus_thread"></div><script>
    // this.page.identifier = "PAGE_IDENTIFIER";
var disqus_config = function () { this.page.url = 'https:\\/\\/gazette.example\\/2026\\/11\\/clinic';
this.page.identifier = "clinic 41"; };
(function() { var s = document.createElement('script'); s.src = '//valley-gazette.disqus.com/embed.js'; })();
</script><noscript>Please enable JavaScript to view the comments.</noscript>"""


def post(number: int, text: str = "<p>Who asked the nurses?</p>", parent: int | None = None, **more: Any) -> dict[str, Any]:
    author = {"name": f"Nick {number}", "username": f"nick{number}", "id": f"90{number}", "isAnonymous": False}
    return {
        "id": str(number),
        "parent": parent,
        "author": author,
        "message": text,
        "raw_message": "not read",
        "createdAt": "2026-11-21T08:15:30",
        "likes": 3,
        "dislikes": 1,
        "isDeleted": False,
        "thread": "77001",
    } | more


def embed(*posts: Any, total: int | None = None, more: bool = False, closed: bool = False) -> str:
    thread = {"id": "77001", "posts": len(posts) if total is None else total, "isClosed": closed}
    data = {"cursor": {"hasNext": more, "next": "1:0:0"}, "code": 0, "response": {"posts": posts, "thread": thread}}
    source = json.dumps(data).replace("</", "<\\/")
    return f'<html><body><script type="text/json" id="disqus-threadData">{source}</script></body></html>'


def first() -> Follow:
    return Follow(EMBED, "comments")


def test_a_page_leads_to_the_embed() -> None:
    reading = read(article(body=CONFIG), PROFILE)
    thread = thread_of(article(body=CONFIG))
    assert reading.article
    assert reading.follow == thread.pages == (first(),)
    assert thread.id == reading.article.thread_id == "disqus:gazette-example/valley-gazette:clinic 41"
    assert (thread.url, thread.status) == (ARTICLE, "open")
    assert "JavaScript" not in (reading.article.text or "")


@pytest.mark.parametrize(
    "script",
    [
        "var disqus_shortname = 'valley-gazette', disqus_identifier = 'clinic 41';",
        'var embedVars = {"disqusIdentifier":"clinic 41","disqusShortname":"valley-gazette"};',
    ],
)
def test_older_ways_to_load_it(script: str) -> None:
    page = article(body=f'<div id="disqus_thread"></div><script>{script}</script>')
    assert read(page, PROFILE).follow == (first(),)


def test_a_thread_without_an_identifier_is_known_by_its_address() -> None:
    body = '<div id="disqus_thread"></div><script src="https://valley-gazette.disqus.com/embed.js"></script>'
    walked = walk(
        article(head=f'<link rel="canonical" href="{ARTICLE}">', body=body, url=ARTICLE + "?from=front"),
        {(EMBED.replace("&t_i=clinic+41", ""), b""): embed(post(1), more=True)},
        mime="text/html",
    )
    assert walked.threads == {f"disqus:gazette-example/valley-gazette:{ARTICLE}"}
    assert [follow.url for follow in walked.unanswered] == [
        POSTS.replace("ident%3Aclinic+41", "link%3Ahttps%3A%2F%2Fgazette.example%2F2026%2F11%2Fclinic")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<p>He said: disqus_thread, disqus_shortname = 'elsewhere'</p>",  # what a reader wrote
        "<script src='https://valley-gazette.disqus.com/count.js'></script>",
        "<div id='disqus_thread'></div><script>var disqus_shortname = 'a b/../c';</script>",
    ],
)
def test_pages_that_load_no_disqus(body: str) -> None:
    assert read(article(body=body), PROFILE).thread is None


def test_comments_of_the_embed() -> None:
    guest = {"name": "Passer-by <b>", "isAnonymous": True}
    page = answer(
        first(),
        embed(
            post(1, "<p>One<br>two</p><p>&lt;three&gt;</p>"), post(2, parent=1, author=guest), post(3, isDeleted=True), total=9
        ),
        mime="text/html",
    )
    reading = read(page, PROFILE)
    one, two, three = reading.comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:disqus:1",
        "One\ntwo\n\n<three>",
        "Nick 1",
        "901",
    )
    assert (one.date_created, one.date_created_precision) == (datetime(2026, 11, 21, 8, 15, 30, tzinfo=UTC), "second")
    assert (one.upvotes, one.downvotes, one.depth, one.status) == (3, 1, 0, "live")
    assert (two.parent_id, two.depth, two.author_name, two.author_id) == (one.id, 1, "Passer-by <b>", None)
    assert (three.status, three.text) == ("hidden", None)
    assert (thread_of(page).comment_count_reported, thread_of(page).whole) == (9, True)
    assert reading.follow == ()


def test_the_whole_walk_over_the_api() -> None:
    last = POSTS + "&cursor=1700000000%3A0%3A0"
    answers = {
        (EMBED, b""): embed(post(1), total=4, more=True),
        (POSTS, b""): {"code": 0, "cursor": {"hasNext": True, "next": "1700000000:0:0"}, "response": [post(1), post(2)]},
        (last, b""): {"code": 0, "cursor": {"hasNext": False, "next": "1700000001:0:0"}, "response": [post(3, parent=1)]},
    }
    walked = walk(article(body=CONFIG), answers)
    assert (sorted(walked.comments), walked.whole) == (["1", "2", "3"], True)
    assert walked.threads == {"disqus:gazette-example/valley-gazette:clinic 41"}
    assert walked.comments["3"].parent_id == "gazette-example:disqus:1"
    assert not walk(article(body=CONFIG), {(EMBED, b""): answers[(EMBED, b"")]}).whole  # without a key the first 50


def test_a_closed_thread() -> None:
    assert thread_of(answer(first(), embed(post(1), closed=True), mime="text/html")).status == "closed"


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        [],
        {"id": None},
        post(2, message=None),
        post(2, message={"a": 1}),
        {"id": True, "message": "x"},
    ],
)
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    page = answer(first(), embed(post(1), broken), mime="text/html")
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:disqus:1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = {"author": 5, "createdAt": float("nan"), "likes": float("inf"), "dislikes": -2, "parent": [1]}
    comment = read(answer(first(), embed(post(1, **odd)), mime="text/html"), PROFILE).comments[0]
    assert (comment.author_name, comment.author_id, comment.date_created, comment.date_created_raw) == (None,) * 4
    assert (comment.upvotes, comment.downvotes, comment.parent_id) == (None, None, None)
    assert read(answer(first(), embed(post(1, createdAt=10**400)), mime="text/html"), PROFILE).comments[0].date_created is None


def test_a_circle_of_parents_has_no_depth() -> None:
    comments = read(answer(first(), embed(post(1, parent=2), post(2, parent=1)), mime="text/html"), PROFILE).comments
    assert [one.depth for one in comments] == [None, None]


@pytest.mark.parametrize("body", ["", "<script id='disqus-threadData'>{", embed().replace("posts", "pots"), "[" * 5000])
def test_what_is_no_embed_says_nothing(body: str) -> None:
    assert read(answer(first(), body, mime="text/html"), PROFILE).thread is None


@pytest.mark.parametrize("body", ["", "[]", {"code": 2, "response": "Invalid argument"}, {"response": None}])
def test_an_error_of_the_api_says_nothing(body: Any) -> None:
    assert read(answer(Follow(POSTS, "comments"), body), PROFILE).thread is None
    assert read(answer(Follow(POSTS, "comments"), {"response": [post(1)]}, status=400), PROFILE).thread is None


@pytest.mark.parametrize("cursor", ["5:0:0", None, 7.5])
def test_paging_that_stands_still_ends(cursor: Any) -> None:
    asked = Follow(POSTS + "&cursor=5%3A0%3A0", "comments")
    page = answer(asked, {"cursor": {"hasNext": True, "next": cursor}, "response": [post(1)]})
    assert read(page, PROFILE).follow == ()
    assert not thread_of(page).whole


LINKED = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Clinic", "commentCount": 250, "comment":
[{"@type": "Comment", "text": "Who asked the nurses?", "author": {"name": "Nick 1"}, "dateCreated": "2026-11-21"}]}</script>"""


def test_two_comments_in_the_data_of_a_page_do_not_silence_the_thread() -> None:
    page = article(head=LINKED, body=CONFIG)
    assert read(page, PROFILE).follow == (first(),)
    assert thread_of(page).platform == "disqus"


def test_the_copy_that_the_server_prints_is_read_in_the_page() -> None:
    rows = "".join(
        f"<li id='dsq-comment-{at}'><div><cite>Nick {at}</cite> <span>November {at}, 2026</span></div>"
        f"<div class='dsq-comment-body'><p>Words of {at}, and more.</p></div></li>"
        for at in range(1, 4)
    )
    printed = f"<div id='dsq-content'><h3>Comments</h3><ul id='dsq-comments'>{rows}</ul></div>"
    page = article(body=CONFIG.replace("</div><script>", f"{printed}</div><script>"))
    reading = read(page, PROFILE)
    assert [one.author_name for one in reading.comments] == ["Nick 1", "Nick 2", "Nick 3"]
    assert (thread_of(page).platform, reading.follow) == ("list", ())
