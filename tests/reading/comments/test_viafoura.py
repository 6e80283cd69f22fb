"""Viafoura, in made-up pages and answers of its public shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

SECTION, CONTAINER = "00000000-0000-4000-8000-000000000041", "c0c0c0c0-1111-4222-8333-444444444444"
KEY = "container_id=clinic-41&domain=gazette.example"
BOOTSTRAP = f"https://api.viafoura.co/v2/gazette.example/bootstrap/v2?session=false&{KEY}"
ABOUT = b'{"section": "", "section_tree": "", "session": "false"}'
LIVE = f"https://livecomments.viafoura.co/v4/livecomments/{SECTION}"
HEAD = '<script src="https://cdn.viafoura.net/entry/index.js" async></script><meta name="vf:container_id" content="clinic-41">'
BODY = '<div class="viafoura"><vf-conversations>Loading</vf-conversations></div>'
SETTINGS = {"result": {"settings": {"site_uuid": SECTION}, "sectionTree": {"uuid": SECTION}}}


def comments(after: str = "") -> str:
    more = f"&starting_from={after}" if after else ""
    return f"{LIVE}?limit=100{more}&reply_limit=5&sorted_by=newest&{KEY}"


def replies(to: str, after: str = "") -> str:
    more = f"&starting_from={after}" if after else ""
    return f"{LIVE}/{CONTAINER}/comments/{to}?limit=100{more}&sorted_by=newest&{KEY}"


def comment(number: str, parent: str = CONTAINER, **more: Any) -> dict[str, Any]:
    return {
        "content_uuid": number,
        "parent_uuid": parent,
        "content": "Nurses &amp; doctors",
        "date_created": 1763712930250,
        "state": "visible",
        "actor": None,
        "actor_uuid": f"a-{number}",
        "total_likes": 3,
        "total_dislikes": 1,
        "total_replies": 0,
    } | more


def listing(*contents: Any, more: bool = False, **other: Any) -> dict[str, Any]:
    return {"content_container_uuid": CONTAINER, "contents": list(contents), "more_available": more} | other


def first() -> Follow:
    return Follow(comments(), "comments")


def test_a_page_leads_to_its_section() -> None:
    page = article(head=HEAD, body=BODY)
    reading, thread = read(page, PROFILE), thread_of(page)
    assert reading.article
    assert reading.follow == thread.pages
    assert reading.follow == (Follow(BOOTSTRAP, "comments", "POST", ABOUT, (("Content-Type", "application/json"),)),)
    assert thread.id == reading.article.thread_id == "viafoura:gazette-example/gazette.example:clinic-41"
    assert (thread.url, thread.status) == (ARTICLE, "open")
    assert "Loading" not in (reading.article.text or "")


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("vf:container_id", "vf:other"),
        HEAD.replace("viafoura", "elsewhere"),
        HEAD + '<meta name="vf:domain" content="evil.example/../..">',
    ],
)
def test_pages_without_a_container(head: str) -> None:
    assert read(article(head=head), PROFILE).thread is None


def test_comments_of_an_answer() -> None:
    nested = comment("c1", replies={"contents": [comment("c2", "c1", actor={"name": "Gogo <3"})]}, total_replies=1)
    gone = comment("c3", state="deleted", content=None)
    page = answer(first(), listing(nested, gone, total_visible_content=9))
    one, two, three = read(page, PROFILE).comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:viafoura:c1",
        "Nurses & doctors",
        None,
        "a-c1",
    )
    assert (one.date_created, one.upvotes, one.downvotes, one.depth) == (datetime(2025, 11, 21, 8, 15, 30, tzinfo=UTC), 3, 1, 0)
    assert (two.parent_id, two.depth, two.author_name) == (one.id, 1, "Gogo <3")
    assert (three.status, three.text) == ("hidden", None)
    thread = thread_of(page)
    assert (thread.comment_count_reported, thread.whole, thread.pages) == (9, True, ())


def test_the_whole_walk() -> None:
    answers = {
        (BOOTSTRAP, ABOUT): SETTINGS,
        (comments(), b""): listing(comment("c1", total_replies=3), comment("r1", "c1"), comment("c2"), more=True),
        (comments("c2"), b""): listing(comment("c3")),
        (replies("c1"), b""): listing(comment("r1", "c1"), comment("r2", "r1"), more=True),
        (replies("c1", "r2"), b""): listing(comment("r3", "c1")),
    }
    walked = walk(article(head=HEAD, body=BODY), answers)
    assert {key: one.parent_id and one.parent_id.rpartition(":")[2] for key, one in walked.comments.items()} == {
        "c1": None,
        "r1": "c1",
        "c2": None,
        "c3": None,
        "r2": "r1",
        "r3": "c1",
    }
    assert walked.threads == {"viafoura:gazette-example/gazette.example:clinic-41"}
    assert walked.whole
    assert len(walked.readings) == 1 + len(answers)


@pytest.mark.parametrize("broken", [None, 5, [], {"content": "x"}, comment("c9", content=7)])
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    page = answer(first(), listing(comment("c1", replies={"contents": [broken]}), broken))
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:viafoura:c1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = {"actor": 3, "actor_uuid": {}, "date_created": float("inf"), "total_likes": "x", "parent_uuid": 1.5, "replies": []}
    one = read(answer(first(), listing(comment("c1", **odd, total_replies=float("nan")))), PROFILE).comments[0]
    assert (one.author_name, one.author_id, one.date_created, one.upvotes, one.parent_id) == (None,) * 5


@pytest.mark.parametrize("uuid", [None, "../../etc", 7.5, ["x"]])
def test_a_section_that_is_none_leads_nowhere(uuid: Any) -> None:
    follow = Follow(BOOTSTRAP, "comments", "POST", ABOUT)
    reading = read(answer(follow, {"result": {"settings": {"site_uuid": uuid}}}), PROFILE)
    assert (reading.thread, reading.follow) == (None, ())


def test_replies_that_cannot_be_asked_for_are_missed() -> None:
    page = answer(first(), listing(comment("c1", "a/../b", total_replies=2), content_container_uuid="a/../b"))
    assert read(page, PROFILE).follow == ()
    assert not thread_of(page).whole


@pytest.mark.parametrize("body", ["", "[]", {"contents": None}, {"error": "not found"}])
def test_an_error_says_nothing(body: Any) -> None:
    assert read(answer(first(), body), PROFILE).thread is None
    assert read(answer(first(), listing(), status=404), PROFILE).thread is None
    assert read(answer(Follow(comments().replace("domain", "x"), "comments"), listing()), PROFILE).thread is None


def test_paging_that_stands_still_ends() -> None:
    for page in (
        answer(Follow(comments("c1"), "comments"), listing(comment("c1"), more=True)),
        answer(first(), listing(more=True)),
    ):
        assert read(page, PROFILE).follow == ()
        assert not thread_of(page).whole
