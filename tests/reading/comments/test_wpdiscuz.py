"""wpDiscuz: what its walker prints, what more is asked for, and answers that hold what they should not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, read_answer, read_discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://mirror.example/blog/2026/11/roads/"
AJAX = "https://mirror.example/blog/wp-admin/admin-ajax.php"
SCRIPT = f'<script>var wpdiscuzAjaxObj = {{"url":"{AJAX}","wc_post_id":"87","isLoadOnlyParentComments":"0"}};</script>'
INSTALL = '<link rel="https://api.w.org/" href="https://mirror.example/blog/wp-json/">'
BODY = b"action=wpdLoadMoreComments&wpdType=&sorting=newest&offset=1&lastParentId=5&isFirstLoad=0&postId=87&page_folder=blog"
VOTES = (
    '<div class="wpd-vote-result wpd-vote-result-like" title="1204">1.2K</div>'
    '<div class="wpd-vote-result wpd-vote-result-dislike" title="-3">-3</div>'
)


def comment(number: int, parent: int = 0, name: str = "Rudo", votes: str = VOTES, inside: str = "", kind: str = "guest") -> str:
    return (
        f'<div id="wpd-comm-{number}_{parent}" class="comment wpd-comment wpd_comment_level-1"><div class="wpd-comment-wrap '
        f'wpd-blog-{kind}"><div class="wpd-comment-left"><div class="wpd-avatar"></div></div><div id="comment-{number}" '
        f'class="wpd-comment-right"><div class="wpd-comment-header"><div class="wpd-comment-author">{name}</div>'
        '<div class="wpd-comment-date" title="November 20, 2026 5:18 pm"><i class="far"></i> 1 day ago</div></div>'
        f'<div class="wpd-reply-to">Reply to <a href="#comment-{parent}">Nobody</a></div><div class="wpd-comment-text"><p>Text '
        f'<b>{number}</b>.</p></div><div class="wpd-comment-footer"><div class="wpd-vote">{votes}</div><div '
        f"class='wpd-reply-button'>Reply</div></div></div></div>{inside}</div>"
    )


def shown(comments: str, more: str = "", language: str = "") -> Discussion:
    body = (
        f"<html lang='{language}'><head>{SCRIPT}{INSTALL}</head><body class='postid-87'><h1>Roads</h1><p>Potholes.</p>"
        "<div id='comments'><h3>40 Comments</h3><div id='wpdcom'><form class='wpd_comm_form'></form>"
        "<div class='wpdiscuz-sort-button-active' data-sorting='newest'></div>"
        f"<div class='wpd-thread-list'>{comments}{more}</div></div></div>"
    )
    page = Page(HOME, 200, (("Content-Type", "text/html; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
    found = read_discussion(Document(page, Profile(site="mirror-example", time_zone="Africa/Harare")))
    assert found is not None
    return found


def answer(data: Any, body: bytes = BODY, url: str = AJAX) -> Discussion | None:
    page = Page(url, 200, (("Content-Type", "application/json"),), json.dumps(data).encode(), AT, "urn:uuid:1", "POST", body)
    return read_answer(Document(page, Profile(site="mirror-example", time_zone="Africa/Harare")))


def test_comments_in_the_page() -> None:
    name = '<a href="https://mirror.example/blog/author/zuva/">Zuva</a>'
    reply = comment(9, 7, name, '<div class="wpd-vote-result" title="-2">-2</div>', kind="user")
    found = shown(comment(7, inside=reply) + comment(8, votes='<div class="wpd-vote-result" title="5">5</div>'))
    assert [(one.id, one.author_name, one.text) for one in found.comments] == [
        ("mirror-example:wordpress:blog/7", "Rudo", "Text 7."),
        ("mirror-example:wordpress:blog/9", "Zuva", "Text 9."),
        ("mirror-example:wordpress:blog/8", "Rudo", "Text 8."),
    ]
    assert [(one.upvotes, one.downvotes) for one in found.comments] == [(1204, 3), (None, 2), (5, None)]
    assert [(one.author_id, one.depth) for one in found.comments] == [(None, 0), ("zuva", 1), (None, 0)]
    assert found.comments[1].parent_id == found.comments[0].id
    assert found.comments[0].date_created == datetime(2026, 11, 20, 15, 18, tzinfo=UTC)
    assert found.comments[0].date_created_raw == "1 day ago"
    assert (found.thread.id, found.thread.status) == ("wordpress:mirror.example/blog:87", "open")
    assert found.thread.comment_count_reported == 40
    assert found.follow == ()


@pytest.mark.parametrize(
    ("comments", "more", "first"),
    [(comment(7), "<button class='wpd-load-more-submit' data-lastparentid='5'>More</button>", "0"), ("", "", "1")],
)
def test_the_rest_is_asked_for(comments: str, more: str, first: str) -> None:
    (follow,) = shown(comments, more).follow
    assert (follow.url, follow.method, follow.purpose) == (AJAX, "POST", "comments")
    form = dict(parse_qsl(follow.body.decode(), keep_blank_values=True))
    assert (form["action"], form["postId"], form["sorting"]) == ("wpdLoadMoreComments", "87", "newest")
    assert (form["isFirstLoad"], form["lastParentId"]) == (first, "5" if comments else "0")


def test_an_answer_and_the_next_question() -> None:
    found = answer({"data": {"comment_list": comment(3), "is_show_load_more": True, "last_parent_id": "3"}})
    assert found is not None
    assert [one.id for one in found.comments] == ["mirror-example:wordpress:blog/3"]
    assert found.thread.id == "wordpress:mirror.example/blog:87"
    form = dict(parse_qsl(found.follow[0].body.decode()))
    assert (form["lastParentId"], form["offset"], form["postId"]) == ("3", "2", "87")
    last = answer({"data": {"comment_list": comment(2), "is_show_load_more": False, "last_parent_id": "2"}})
    assert last is not None
    assert last.follow == ()


@pytest.mark.parametrize("data", [None, [], {}, {"data": 7}, {"data": {"comment_list": 7}}, {"data": {"comment_list": " "}}])
def test_an_answer_without_a_list_shows_nothing_and_leads_nowhere(data: Any) -> None:
    found = answer(data)
    assert found is not None
    assert (found.comments, found.follow) == ((), ())


def test_hostile_markup() -> None:
    twice = comment(7) + comment(7) + '<div id="wpd-comm-x" class="wpd-comment"></div>'
    found = answer({"data": {"comment_list": twice, "is_show_load_more": 1, "last_parent_id": ["a"]}})
    assert found is not None
    assert [one.id for one in found.comments] == ["mirror-example:wordpress:blog/7"]
    assert found.follow == ()
    circle = answer({"data": {"comment_list": comment(1, 2) + comment(2, 1)}})
    assert circle is not None
    assert [one.depth for one in circle.comments] == [None, None]


def test_what_is_not_ours() -> None:
    assert answer({"data": {}}, b"action=other&postId=87") is None
    assert answer({"data": {}}, BODY.replace(b"postId=87", b"postId=x")) is None
    assert answer({"data": {}}, url="https://mirror.example/other.php") is None


@pytest.mark.parametrize(("language", "month"), [("en-US", 1), ("en-GB", 2), ("de", 2)])
def test_answers_are_dated_in_the_language_of_the_page(language: str, month: int) -> None:
    form = comment(7).replace("November 20, 2026 5:18 pm", "01/02/2026 10:00")
    more = '<div class="wpd-load-more-submit" data-lastparentid="7"></div>'
    page = shown(form, more, language)
    (follow,) = page.follow
    found = answer({"data": {"comment_list": form}}, follow.body, follow.url)
    assert found is not None
    assert (found.thread.id, found.comments[0].id) == (page.thread.id, page.comments[0].id)
    (at,) = {one.date_created for one in (*page.comments, *found.comments)}
    assert at is not None
    assert at.month == month


def test_wordpress_shows_the_same_thread_without_the_plugin() -> None:
    text = "<div class='comment-content'><p>Text <b>7</b>.</p></div>"
    form = f"<li id='comment-7' class='comment'><cite class='fn'>Rudo</cite>{text}</li>"
    body = f"<html><head>{INSTALL}</head><body class='postid-87'><h1>Roads</h1><div id='comments'><ol>{form}</ol></div>"
    page = Page(HOME, 200, (("Content-Type", "text/html; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
    plain, plugin = read_discussion(Document(page, Profile(site="mirror-example"))), shown(comment(7))
    assert plain is not None
    assert plain.thread.id == plugin.thread.id
    assert [(one.id, one.author_name, one.text) for one in plain.comments] == [
        (one.id, one.author_name, one.text) for one in plugin.comments
    ]
