"""Blogger: its two kinds of list, the feed for what the page does not show, and answers that hold what they should not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow, Page, Profile
from newsarchive.reading.comments import Discussion, read_answer, read_discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://borehole.example/2026/11/water.html"
POST = "5411969496822300001"
FEED = f"https://borehole.example/feeds/{POST}/comments/default?alt=json&orderby=published&reverse=false&max-results=200"
HEAD = f"<link rel='alternate' type='application/atom+xml' href='https://borehole.example/feeds/{POST}/comments/default'>"
FORM = "<a href='https://www.blogger.com/comment.g?blogID=1&amp;postID=2'>Post a Comment</a>"
FIRST, SECOND, THIRD = "1000000001", "1000000002", "1000000003"


def document(body: str, url: str, kind: str = "text/html") -> Document:
    page = Page(url, 200, (("Content-Type", f"{kind}; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
    return Document(page, Profile(site="borehole-example"))


def shown(comments: str, url: str = HOME) -> Discussion:
    html = f"<html><head>{HEAD}</head><body><h1>Water</h1><p>Deep.</p><div class='comments' id='comments'>{comments}</div>"
    found = read_discussion(document(html, url))
    assert found is not None
    return found


def classic(number: str, who: str, text: str) -> str:
    link = f"{HOME}?showComment=1795342452572#c{number}"
    return (
        f"<dt class='comment-author ' id='c{number}'><a name='c{number}'></a><div class='avatar-image-container'><span>"
        f"<img title='x'></span></div>\n{who}\nsaid...\n</dt><dd class='comment-body'><p>\n{text}\n</p></dd>"
        f"<dd class='comment-footer'><span class='comment-timestamp'><a href='{link}'>\nNovember 22, 2026 10:54 AM\n</a>"
        "<span class='item-control'><a class='comment-delete' href='#'><img src='x.gif'></a></span></span></dd>"
    )


def threaded(number: str, who: str, text: str, replies: str = "") -> str:
    return (
        f'<li class="comment" id="c{number}"><div class="avatar-image-container"><img></div><div class="comment-block">'
        f'<div class="comment-header"><cite class="user">{who}</cite><span class="icon user"></span><span class="datetime '
        f'secondary-text"><a href="{HOME}?showComment=1795342452572#c{number}">22 November 2026 at 10:54</a></span></div>'
        f'<p class="comment-content">{text}</p><span class="comment-actions"><a class="comment-reply">Reply</a></span></div>'
        f'<div class="comment-replies"><div id="c{number}-rt" class="comment-thread"><span class="thread-toggle"><a>Replies</a>'
        f"</span><ol>{replies}</ol></div></div></li>"
    )


def test_the_classic_list() -> None:
    profile = "<a href='http://www.blogger.com/profile/0455023612913'>Moyo</a>"
    body = classic(FIRST, "Anonymous", "No water.<br/><br/>None.") + classic(SECOND, profile, "<b>Some</b> water.")
    found = shown(f"<h4>2 comments:</h4><dl id='comments-block'>{body}</dl>{FORM}")
    first, second = found.comments
    assert (first.id, first.author_name, first.author_id) == (f"borehole-example:blogger:{FIRST}", "Anonymous", None)
    assert (second.author_name, second.author_id) == ("Moyo", "0455023612913")
    assert (first.text, second.text) == ("No water.\n\nNone.", "Some water.")
    assert (first.date_created, first.date_created_precision) == (datetime(2026, 11, 22, 10, 14, 12, tzinfo=UTC), "second")
    assert first.date_created_raw == "November 22, 2026 10:54 AM"
    assert (found.thread.id, found.thread.status) == (f"blogger:borehole.example:{POST}", "open")
    assert (found.thread.comment_count_reported, found.follow) == (2, ())


def test_the_threaded_list() -> None:
    reply = threaded(SECOND, '<a href="https://www.blogger.com/profile/88881">Zuva</a>', "A reply.")
    removed = threaded(THIRD, "Moyo", '<span class="deleted-comment">This comment has been removed by the author.</span>')
    comments = shown(f'<h3>3 comments:</h3><ol id="top-ra">{threaded(FIRST, "Rudo", "Hi<br>you.", reply)}{removed}</ol>').comments
    assert [(one.author_name, one.author_id, one.text, one.depth) for one in comments[:2]] == [
        ("Rudo", None, "Hi\nyou.", 0),
        ("Zuva", "88881", "A reply.", 1),
    ]
    assert comments[1].parent_id == comments[0].id
    assert [one.status for one in comments] == ["live", "live", "hidden"]


def test_what_the_page_does_not_show_is_asked_from_the_feed() -> None:
    found = shown(f"<h4>250 comments:</h4><dl>{classic(FIRST, 'Moyo', 'One.')}</dl>")
    after = "2026-11-22T10%3A14%3A12Z"
    assert found.follow == found.thread.pages == (Follow(f"{FEED}&start-index=1&published-min={after}", "comments"),)
    assert shown("<h4>12 comments:</h4>").follow == (Follow(FEED + "&start-index=1", "comments"),)
    assert shown("<h4>No comments:</h4>").follow == ()


def test_an_older_template_links_its_pages() -> None:
    links = f"<a class='paging-control' href='{HOME}?commentPage=2'>Newer</a>"
    found = shown(f"<h4>250 comments:</h4><dl>{classic(FIRST, 'Moyo', 'One.')}</dl>{links}", HOME + "?commentPage=1")
    assert found.follow == (Follow(HOME + "?commentPage=2", "comments"),)
    assert not found.article_page


def row(number: str, text: str = "One<br>two.", **more: Any) -> dict[str, Any]:
    return {
        "id": {"$t": f"tag:blogger.com,1999:blog-1.post-{number}"},
        "published": {"$t": "2026-11-20T10:00:01.572+02:00"},
        "content": {"type": "html", "$t": text},
        "author": [{"name": {"$t": "Moyo"}, "uri": {"$t": "https://www.blogger.com/profile/77771"}}],
        "link": [{"rel": "self", "href": f"https://borehole.example/feeds/{POST}/comments/default/{number}"}],
    } | more


def answered(feed: Any, url: str = FEED + "&start-index=1") -> Discussion:
    found = read_answer(document(json.dumps({"feed": feed}), url, "application/json"))
    assert found is not None
    return found


def test_the_feed() -> None:
    related = [{"rel": "related", "href": f"https://borehole.example/feeds/{POST}/comments/default/{FIRST}?v=2"}]
    shown_time = [{"name": "blogger.displayTime", "value": "20 November 2026 at 10:00"}, {"name": "blogger.contentRemoved"}]
    rows = [row(FIRST), row(SECOND, "Removed.", link=related, gd_=0, **{"gd$extendedProperty": shown_time})]
    found = answered({"openSearch$totalResults": {"$t": "3"}, "openSearch$startIndex": {"$t": "1"}, "entry": rows})
    first, second = found.comments
    assert (first.id, first.text, first.author_id) == (f"borehole-example:blogger:{FIRST}", "One\ntwo.", "77771")
    assert first.date_created == datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC)
    assert (second.parent_id, second.status, second.date_created_raw) == (first.id, "hidden", "20 November 2026 at 10:00")
    assert (found.thread.id, found.thread.comment_count_reported) == (f"blogger:borehole.example:{POST}", 3)
    assert found.follow == (Follow(FEED + "&start-index=3", "comments"),)
    assert answered({"openSearch$totalResults": {"$t": "2"}, "entry": rows}).follow == ()


@pytest.mark.parametrize("bad", [None, 7, [], {}, row("x"), row(FIRST) | {"content": 7}, row(FIRST) | {"id": ["a"]}])
def test_a_broken_row_costs_itself(bad: object) -> None:
    found = answered({"entry": [bad, row(SECOND, author="x", link={"a": 1}, published=3)]})
    assert [one.id for one in found.comments] == [f"borehole-example:blogger:{SECOND}"]
    assert not found.thread.whole


@pytest.mark.parametrize("feed", [None, [], "x", {"entry": {"a": 1}}, {"entry": []}])
def test_an_answer_without_rows_shows_nothing(feed: object) -> None:
    assert answered(feed).comments == ()


def test_what_is_not_ours() -> None:
    assert read_answer(document("<p>no feed</p>", FEED)) is None
    assert read_answer(document('{"feed": {}}', HOME + "?alt=json", "application/json")) is None
