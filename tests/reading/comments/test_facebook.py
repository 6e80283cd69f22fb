"""Facebook's comments plugin, in made-up pages and answers of the shape that public code reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

PLUGIN = f'<div class="fb-like"></div><div class="wide fb-comments" data-href="{ARTICLE}" data-numposts="5">Loading</div>'
FRAME = (
    "https://www.facebook.com/plugins/feedback.php?href=https%3A%2F%2Fgazette.example%2F2026%2F11%2Fclinic"
    "&numposts=100&order_by=reverse_time"
)
PAGER = "https://www.facebook.com/plugins/comments/async/"
PAGES, REPLIES = f"{PAGER}770041/pager/reverse_time/", f"{PAGER}comment/770041_1/pager/"


def asked(url: str, after: str) -> Follow:
    form = {"iframe_referer": ARTICLE, "after_cursor": after, "limit": "50", "__a": "1"}
    return Follow(url, "comments", "POST", urlencode(form).encode(), (("Content-Type", "application/x-www-form-urlencoded"),))


def comment(number: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "comment",
        "authorID": f"9{number[-1]}",
        "body": {"text": "Who asked\nthe <nurses>?", "ranges": []},
        "timestamp": {"time": 1763712930, "text": "a year ago"},
        "likeCount": 3,
        "hidden": False,
    } | more


def replies(*numbers: Any, after: str | None = None) -> dict[str, Any]:
    return {"public_replies": {"commentIDs": list(numbers), "totalCount": 9} | ({"afterCursor": after} if after else {})}


def listing(*numbers: Any, after: str | None = None, **comments: Any) -> dict[str, Any]:
    things = {f"770041_{name[1:]}": one for name, one in comments.items()}
    authors = {"91": {"type": "user", "name": "Gogo <3"}}
    return {"commentIDs": list(numbers), "idMap": things | authors} | ({"afterCursor": after} if after else {})


def framed(data: Any, target: str = "770041") -> str:
    props = json.dumps({"props": {"comments": data, "meta": {"targetFBID": target}}}, separators=(",", ":"))
    return f'<html><body><script>var a={{"comments":7}};require({props});</script></body></html>'


def paged(data: Any) -> str:
    return "for (;;);" + json.dumps({"__ar": 1, "payload": data})


def first() -> Follow:
    return Follow(FRAME, "comments")


def test_a_page_leads_to_the_frame() -> None:
    reading, thread = read(article(body=PLUGIN), PROFILE), thread_of(article(body=PLUGIN))
    assert reading.article
    assert reading.follow == thread.pages == (first(),)
    assert thread.id == reading.article.thread_id == f"facebook:gazette-example/gazette.example:{ARTICLE}"
    assert (thread.url, thread.status) == (ARTICLE, "open")
    assert "Loading" not in (reading.article.text or "")


@pytest.mark.parametrize("href", ["", 'data-href=""', 'data-href="/2026/11/clinic"', 'data-href="javascript:void(0)"'])
def test_a_plugin_without_an_address_is_about_its_page(href: str) -> None:
    assert read(article(body=f'<div class="fb-comments" {href}></div>'), PROFILE).follow == (first(),)


@pytest.mark.parametrize("body", ['<div class="fb-comments-count" data-href="/"></div>', "<p>fb-comments</p>"])
def test_pages_without_the_plugin(body: str) -> None:
    assert read(article(body=body), PROFILE).thread is None


def test_comments_of_the_frame() -> None:
    data = listing(
        "770041_1", "770041_3", n1=comment("n1", **replies("770041_2")), n2=comment("n2"), n3=comment("n3", hidden=True)
    )
    page = answer(first(), framed(data), mime="text/html")
    one, two, three = read(page, PROFILE).comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:facebook:770041_1",
        "Who asked\nthe <nurses>?",
        "Gogo <3",
        "91",
    )
    assert (one.date_created, one.upvotes, one.downvotes, one.depth) == (
        datetime(2025, 11, 21, 8, 15, 30, tzinfo=UTC),
        3,
        None,
        0,
    )
    assert (two.parent_id, two.depth, two.author_name, two.author_id) == (one.id, 1, None, "92")
    assert (three.status, three.text) == ("hidden", None)
    assert (thread_of(page).whole, thread_of(page).pages) == (True, ())


def test_the_whole_walk() -> None:
    answers = {
        first(): framed(listing("770041_1", after="AAA", n1=comment("n1", **replies("770041_2", after="RRR")), n2=comment("n2"))),
        asked(PAGES, "AAA"): paged(listing("770041_1", "770041_4", n1=comment("n1"), n4=comment("n4"))),
        asked(REPLIES, "RRR"): paged(listing("770041_5", n5=comment("n5"), after="SSS")),
        asked(REPLIES, "SSS"): paged(listing("770041_6", n6=comment("n6"))),
    }
    by_request = {(follow.url, follow.body): body for follow, body in answers.items()}
    walked = walk(article(body=PLUGIN), by_request, mime="text/html")
    assert {key: one.parent_id and one.parent_id[-1] for key, one in walked.comments.items()} == {
        "770041_1": None,
        "770041_2": "1",
        "770041_4": None,
        "770041_5": "1",
        "770041_6": "1",
    }
    assert walked.threads == {f"facebook:gazette-example/gazette.example:{ARTICLE}"}
    assert walked.whole


def test_the_pager_answers_as_a_script() -> None:
    body = paged(listing("770041_1", n1=comment("n1")))
    assert len(read(answer(asked(PAGES, "AAA"), body, mime="application/x-javascript; charset=utf-8"), PROFILE).comments) == 1


@pytest.mark.parametrize("broken", [None, 4, {"body": "x"}, comment("n9", body={"text": 5})])
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    data = listing("770041_1", "770041_9", n1=comment("n1", **replies(None, {})), n9=broken)
    page = answer(first(), framed(data), mime="text/html")
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:facebook:770041_1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = comment("n1", authorID={}, timestamp=[], likeCount=float("nan"), public_replies={"commentIDs": "x", "afterCursor": 5})
    one = read(answer(first(), framed(listing("770041_1", n1=odd)), mime="text/html"), PROFILE).comments[0]
    assert (one.author_name, one.author_id, one.date_created, one.upvotes) == (None,) * 4


def test_a_circle_of_replies_ends() -> None:
    data = listing("770041_1", n1=comment("n1", **replies("770041_2")), n2=comment("n2", **replies("770041_1")))
    assert len(read(answer(first(), framed(data), mime="text/html"), PROFILE).comments) == 2


@pytest.mark.parametrize("body", ["", "<script>", framed(7), '"comments":{' * 5000, '"comments":' + '{"a":' * 5000])
def test_a_frame_without_comments_says_nothing(body: str) -> None:
    assert read(answer(first(), body, mime="text/html"), PROFILE).thread is None


@pytest.mark.parametrize("body", ["", "for (;;);[]", paged(None), paged({"commentIDs": [], "idMap": []})])
def test_an_error_of_the_pager_says_nothing(body: str) -> None:
    assert read(answer(asked(PAGES, "A"), body), PROFILE).thread is None
    assert read(answer(Follow(PAGES, "comments", "POST", b"limit=50"), paged(listing())), PROFILE).thread is None


@pytest.mark.parametrize(
    "page",
    [
        answer(asked(PAGES, "AAA"), paged(listing(after="AAA"))),
        answer(first(), framed(listing(after="AAA"), target="x"), mime="text/html"),
        answer(first(), framed(listing("../1", n1=comment("n1")) | {"idMap": {"../1": comment("n1", **replies(after="R"))}})),
    ],
)
def test_what_cannot_be_asked_for_is_missed(page: Any) -> None:
    assert read(page, PROFILE).follow == ()
    assert not thread_of(page).whole
