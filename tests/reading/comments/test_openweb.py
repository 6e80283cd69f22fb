"""OpenWeb, in made-up pages and answers of its public shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article, thread_of, walk

READ = "https://api-2-0.spot.im/v1.0.0/conversation/read"
EMBED = """<script async src="https://launcher.spot.im/spot/sp_Valley1" data-spotim-module="spotim-launcher"></script>
<div data-spotim-module="conversation" data-post-id="clinic_41">Loading comments</div>"""


def asked(offset: int = 0, parent: str | None = None) -> Follow:
    body = {"conversation_id": "sp_Valley1_clinic$41", "sort_by": "oldest", "offset": offset, "count": 100}
    body |= {"child_count": 100, "depth": 15} | ({"parent_id": parent} if parent else {})
    headers = (("Content-Type", "application/json"), ("x-spot-id", "sp_Valley1"), ("x-post-id", "clinic$41"))
    return Follow(READ, "comments", "POST", json.dumps(body).encode(), headers)


def comment(number: str, *replies: Any, text: str = "Nurses &amp; doctors\nwere told", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "user_id": f"u_{number}",
        "written_at": 1763712930,
        "content": [{"type": "text", "text": text}],
        "rank": {"ranks_up": 4, "ranks_down": 2},
        "replies": list(replies),
        "has_next": False,
        "deleted": False,
    } | more


def conversation(*comments: Any, **more: Any) -> dict[str, Any]:
    users = {
        "u_c1": {"display_name": "Gogo <3", "user_name": "gogo", "registered": True},
        "u_c2": {"display_name": "Guest", "registered": False},
    }
    return {"conversation": {"comments": list(comments), "users": users, "has_next": False, "messages_count": 4} | more}


def test_a_page_leads_to_the_conversation() -> None:
    reading, thread = read(article(body=EMBED), PROFILE), thread_of(article(body=EMBED))
    assert reading.article
    assert reading.follow == thread.pages == (asked(),)
    assert thread.id == reading.article.thread_id == "openweb:gazette-example/sp_Valley1:clinic$41"
    assert (thread.url, thread.status) == (ARTICLE, "open")
    assert "Loading" not in (reading.article.text or "")


@pytest.mark.parametrize(
    "body",
    [
        '<div data-spotim-module="conversation" data-spot-id="sp_Valley1" data-post-id="clinic_41"></div>',
        '<script id="spotim-config" type="application/json">{"config": {"spotId": "sp_Valley1", "uuid": "clinic_41"}}</script>',
    ],
)
def test_other_ways_to_load_it(body: str) -> None:
    assert read(article(body=body), PROFILE).follow == (asked(),)


@pytest.mark.parametrize(
    "body",
    [
        '<div data-spotim-module="recirculation" data-spot-id="sp_Valley1"></div>',
        '<div data-spotim-module="conversation" data-spot-id="sp_Valley1" data-post-id="a&#10;X-Evil: 1"></div>',
        '<div data-spotim-module="conversation" data-spot-id="../x" data-post-id="41"></div>',
        '<script id="spotim-config">{</script>',
        "<p>spotim</p>",
    ],
)
def test_pages_without_a_conversation(body: str) -> None:
    assert read(article(body=body), PROFILE).thread is None


def test_comments_of_an_answer() -> None:
    reply = comment("c2", text="<p>One</p><p>two</p>", parent_id="c1")
    reading = read(answer(asked(), conversation(comment("c1", reply), comment("c3", deleted=True, content=None))), PROFILE)
    one, two, three = reading.comments
    assert (one.id, one.text, one.author_name, one.author_id) == (
        "gazette-example:openweb:c1",
        "Nurses & doctors\nwere told",
        "Gogo <3",
        "u_c1",
    )
    assert (one.date_created, one.upvotes, one.downvotes, one.depth) == (datetime(2025, 11, 21, 8, 15, 30, tzinfo=UTC), 4, 2, 0)
    assert (two.text, two.parent_id, two.depth, two.author_name, two.author_id) == ("One\n\ntwo", one.id, 1, "Guest", None)
    assert (three.status, three.text, three.author_name) == ("hidden", None, None)
    assert reading.follow == ()
    assert reading.thread
    assert (reading.thread.comment_count_reported, reading.thread.status, reading.thread.whole) == (4, "open", True)


def test_the_whole_walk_with_replies_that_are_asked_for() -> None:
    answers = {
        asked(): conversation(comment("c1", comment("r1"), has_next=True, offset=1), has_next=True, offset=1),
        asked(1): conversation(comment("c2", parent_id="c2"), read_only=True),
        asked(1, "c1"): conversation(comment("r2"), comment("r3", parent_id="r1")),
    }
    walked = walk(article(body=EMBED), {(follow.url, follow.body): body for follow, body in answers.items()})
    assert {key: one.parent_id and one.parent_id.rpartition(":")[2] for key, one in walked.comments.items()} == {
        "c1": None,
        "r1": "c1",
        "c2": None,
        "r2": "c1",
        "r3": "r1",
    }
    assert walked.threads == {"openweb:gazette-example/sp_Valley1:clinic$41"}
    assert walked.whole
    assert "closed" in {reading.thread.status for reading in walked.readings if reading.thread}


@pytest.mark.parametrize("broken", [None, 3, [], {"id": {}}, comment("c9", content="text"), comment("c9") | {"id": None}])
def test_a_broken_comment_costs_only_itself(broken: Any) -> None:
    page = answer(asked(), conversation(comment("c1", broken), broken))
    assert [one.id for one in read(page, PROFILE).comments] == ["gazette-example:openweb:c1"]
    assert not thread_of(page).whole


def test_fields_of_wrong_types_are_left_out() -> None:
    odd = {"user_id": [1], "written_at": float("nan"), "rank": 7, "parent_id": {}, "replies": "none", "content": [5, {"text": 6}]}
    one = read(answer(asked(), conversation(comment("c1") | odd, users=[], messages_count="many")), PROFILE).comments[0]
    assert (one.text, one.author_name, one.author_id, one.date_created, one.upvotes, one.parent_id) == (None,) * 6


def test_deep_nesting_is_read_to_its_end() -> None:
    deepest = comment("c0")
    for number in range(1, 60):
        deepest = comment(f"c{number}", deepest)
    assert [one.depth for one in read(answer(asked(), conversation(deepest)), PROFILE).comments] == list(range(60))


@pytest.mark.parametrize("body", ["", "[]", {"conversation": None}, {"conversation": {"comments": {}}}, "[" * 9000])
def test_what_is_no_conversation_says_nothing(body: Any) -> None:
    assert read(answer(asked(), body), PROFILE).thread is None
    assert read(answer(asked(), conversation(), status=403), PROFILE).thread is None
    assert read(answer(Follow(READ, "comments", "POST", b"[]"), conversation()), PROFILE).thread is None


@pytest.mark.parametrize("offset", [100, 0, None, "x"])
def test_paging_that_stands_still_ends(offset: Any) -> None:
    page = answer(asked(100), conversation(comment("c1"), has_next=True, offset=offset))
    assert read(page, PROFILE).follow == ()
    assert not thread_of(page).whole
