"""WordPress: what its themes print, the pages of a thread, and the placements of its REST interface."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.items import Follow, Page, Placement, Profile
from newsarchive.reading import read_html
from newsarchive.reading.comments import Discussion, read_answer, read_discussion
from newsarchive.reading.document import Document

PAGE = (Path(__file__).parents[1] / "pages" / "comments-wordpress.html").read_text(encoding="utf-8")
HOME = "https://gazette.example/2026/10/clinic/"
REST = "https://gazette.example/wp-json/wp/v2/comments?post=41&per_page=100&_fields=id,parent&page="
WHOLE = "https://gazette.example/wp-json/wp/v2/comments?post=41&per_page=100&_fields=id,parent,author,author_name,date_gmt,content&page="
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(body: str = PAGE, url: str = HOME, status: int = 200, **headers: str) -> Discussion | None:
    headers = {"content_type": "text/html; charset=utf-8"} | headers
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    page = Page(url, status, fields, body.encode(), AT, "urn:uuid:0")
    document = Document(page, Profile(site="gazette-example", time_zone="Africa/Harare"))
    return read_answer(document) or read_discussion(document)


def shown(body: str = PAGE, url: str = HOME) -> Discussion:
    found = read(body, url)
    assert found is not None
    return found


def classic(*items: str, form: bool = True, pages: str = "", heading: str = "") -> str:
    respond = '<div id="respond"><form><input name="comment_post_ID" value="41"></form></div>' if form else ""
    comments = f'{heading}<ol class="commentlist">{"".join(items)}</ol>{pages}{respond}'
    return f'<body class="postid-41"><h1>A</h1><div id="comments">{comments}</div>'


def item(number: int, inside: str = "", *, kind: str = "", answer: bool = True) -> str:
    link = '<a class="comment-reply-link" href="?replytocom=1#respond">Reply</a>' if answer else ""
    return (
        f'<li class="comment {kind}" id="li-comment-{number}"><div id="comment-{number}"><cite class="fn">Nick {number}</cite>'
        f'<div class="comment-content"><p>Text {number}</p></div>{link}</div>{inside}</li>'
    )


def nested(*items: str) -> str:
    return f'<ul class="children">{"".join(items)}</ul>'


def test_comments_with_author_text_place_and_time() -> None:
    comments = shown().comments
    assert [(one.id, one.author_name, one.text) for one in comments] == [
        ("gazette-example:wordpress:7", "Gogo", "One nurse\nfor twelve beds 🙂\n\nSee here"),
        ("gazette-example:wordpress:8", "Reply", "Better than none"),
        ("gazette-example:wordpress:11", "<b>Boss</b>", ".."),
    ]
    assert [(one.parent_id, one.depth, one.position) for one in comments] == [(None, 0, 1), (comments[0].id, 1, 2), (None, 0, 3)]
    assert comments[0].date_created == datetime(2026, 10, 5, 6, 15, 30, tzinfo=UTC)
    assert (comments[0].date_created_precision, comments[0].date_created_raw) == ("second", "October 5, 2026 at 8:15 am")


def test_the_thread_and_its_other_pages() -> None:
    thread = shown().thread
    assert (thread.id, thread.url, thread.status) == ("wordpress:gazette.example:41", HOME, "open")
    assert thread.comment_count_reported == 1007
    assert thread.pages == (Follow(HOME + "comment-page-2/", "comments"), Follow(HOME + "comment-page-1/", "comments"))
    assert shown().follow == (*thread.pages, Follow(REST + "1", "comments"))
    assert shown().article_page


def test_a_comment_page_leads_to_the_plain_address_too() -> None:
    body = PAGE.replace("comment-page-2/#comments", "#comments")
    found = shown(body, HOME + "comment-page-1/")
    assert not found.article_page
    assert found.thread.url == HOME
    assert found.thread.pages == (Follow(HOME, "comments"),)


def test_pages_of_a_site_without_pretty_addresses() -> None:
    pages = '<a href="/?p=41&amp;cpage=2#comments">Newer</a><a href="/?p=42&amp;cpage=3#comments">Another post</a>'
    found = shown(classic(item(1), pages=pages), "https://gazette.example/?p=41&cpage=1")
    assert found.thread.pages == (Follow("https://gazette.example/?p=41&cpage=2", "comments"),)
    assert (found.article_page, found.thread.url) == (False, "https://gazette.example/?p=41")


def test_comment_pages_are_asked_for_in_the_form_that_the_site_uses() -> None:
    asked = f'<a href="{HOME}?cpage=3#comments">Newer</a><a href="{HOME}comment-page-3/#comments">Last</a>'
    permanent = f'<a href="{HOME}comment-page-2/#comment-1">2 May</a>'
    wanted = (Follow(HOME + "comment-page-3/", "comments"),)
    assert shown(classic(item(1), pages=asked)).thread.pages == wanted
    assert shown(classic(item(1), pages=asked.partition("</a>")[0]), HOME + "comment-page-2/").follow == wanted
    assert shown(classic(item(1, permanent), pages=asked.partition("</a>")[0])).thread.pages == wanted
    unknown = shown(classic(item(1), pages=asked.partition("</a>")[0]))
    assert unknown.thread.pages == (Follow(HOME + "?cpage=3", "comments"),)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="https://api.w.org/" href="/{}wp-json/">',
        '<link rel="https://api.w.org/" href="/{}index.php?rest_route=/">',
        '<link rel="https://api.w.org/" href="/{}index.php/wp-json/"><link rel="EditURI" href="/core/xmlrpc.php?rsd">',
        '<link rel="shortlink" href="/{}?p=41">',
        '<link rel="alternate" href="/{}wp-json/wp/v2/posts/41">',
        '<link rel="EditURI" href="/{}xmlrpc.php?rsd">',
    ],
)
def test_two_installs_on_one_host_count_apart(link: str) -> None:
    body = classic(item(1, nested(item(2, nested(item(3), item(4)), kind="parent")), kind="parent"))
    ids = {folder: shown(link.format(folder) + body, f"https://gazette.example/{folder}clinic/") for folder in ("", "en/", "fr/")}
    assert [one.thread.id for one in ids.values()] == [
        "wordpress:gazette.example:41",
        "wordpress:gazette.example/en:41",
        "wordpress:gazette.example/fr:41",
    ]
    assert [(one.comments[1].id, one.comments[1].parent_id) for one in ids.values()] == [
        (f"gazette-example:wordpress:{folder}2", f"gazette-example:wordpress:{folder}1") for folder in ids
    ]


@pytest.mark.parametrize("route", ["fr/wp-json/wp/v2/comments?", "fr/index.php?rest_route=/wp/v2/comments&"])
def test_placements_belong_to_their_install(route: str) -> None:
    found = read('[{"id": 2, "parent": 1}]', f"https://gazette.example/{route}post=41&_fields=id,parent&page=1")
    assert found is not None
    assert found.thread.id == "wordpress:gazette.example/fr:41"
    assert found.placements == (Placement("gazette-example:wordpress:fr/2", "gazette-example:wordpress:fr/1"),)


def test_www_makes_no_other_thread() -> None:
    assert shown(PAGE, HOME.replace("//", "//www.")).thread.id == shown().thread.id
    assert shown(PAGE, HOME.replace("gazette.example", "gazette.example:81")).thread.id == "wordpress:gazette.example:81:41"


def test_the_comments_of_a_sites_second_host_are_its_own() -> None:
    profile = Profile(site="gazette-example", start_urls=("https://www.gazette.example/", "https://blog.example/"))
    html = (("Content-Type", "text/html"),)
    for host, place in (("gazette.example", ""), ("blog.example", "blog.example/")):
        page = Page(f"https://{host}/2026/10/clinic/", 200, html, classic(item(1)).encode(), AT, "urn:uuid:0")
        found = read_discussion(Document(page, profile))
        assert found is not None
        assert found.comments[0].id == f"gazette-example:wordpress:{place}1"


def test_the_thread_is_of_the_post_that_the_page_says_it_is() -> None:
    body = classic(item(1)).replace("postid-41", "single postid-7")
    assert shown(body).thread.id == "wordpress:gazette.example:7"
    assert shown(body.replace("postid-7", "")).thread.id == "wordpress:gazette.example:41"


def test_the_section_is_all_of_it_and_nothing_of_the_article() -> None:
    assert [node.get("id") for node in shown().nodes] == ["comments"]


def test_old_themes_tell_the_time_in_words_only() -> None:
    body = classic(
        '<li class="comment" id="comment-5"><div id="div-comment-5" class="comment-body"><div class="comment-author vcard">'
        '<cite class="fn">Amai</cite> <span class="says">says:</span></div><div class="comment-meta commentmetadata">'
        '<a href="/2026/10/clinic/#comment-5">November 21, 2023 at 3:26 pm</a> '
        '<a class="comment-edit-link" href="#">(Edit)</a></div>'
        '<p>First</p>\n<p>Second</p><div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></div></li>'
    )
    (comment,) = shown(body).comments
    assert (comment.author_name, comment.text) == ("Amai", "First\n\nSecond")
    assert (comment.date_created, comment.date_created_precision) == (datetime(2023, 11, 21, 13, 26, tzinfo=UTC), "minute")
    assert comment.date_created_raw == "November 21, 2023 at 3:26 pm"


def test_what_a_theme_offers_to_do_with_a_comment_is_none_of_its_text() -> None:
    item = (
        '<li class="comment" id="comment-{}"><div class="commentnumber">1</div>'
        '<div class="comment-author vcard"><cite class="fn">Amai</cite></div>{}</li>'
    )
    share = '<div class="comment-sharing clearfix"><a>Share</a><a>Cancel</a><div>Share this comment</div></div>'
    made = item.format(5, f'<div class="comment-content"><div class="text"><p>First</p></div>{share}</div>')
    made += item.format(6, '<p>Second</p><div class="comment-votes">12</div>')
    assert [one.text for one in shown(classic(made)).comments] == ["First", "Second"]


def test_block_themes() -> None:
    body = (
        '<body class="postid-41"><h1>A</h1><div class="wp-block-comments"><h3 id="comments">One response to “A”</h3>'
        '<ol class="wp-block-comment-template"><li id="comment-5" class="comment depth-1"><div>'
        '<div class="wp-block-comment-author-name"><a href="#">محمد</a></div>'
        '<div class="wp-block-comment-date"><time datetime="2026-01-05T20:45:14+02:00"><a href="#">05/01/2026</a></time></div>'
        '<div class="wp-block-comment-content"><p>Text</p></div>'
        '<div class="wp-block-comment-reply-link"><a class="comment-reply-link">Reply</a></div></div></li></ol></div>'
    )
    found = shown(body)
    assert [(one.author_name, one.text) for one in found.comments] == [("محمد", "Text")]
    assert (found.thread.comment_count_reported, found.thread.status) == (1, "closed")
    assert found.comments[0].date_created == datetime(2026, 1, 5, 18, 45, 14, tzinfo=UTC)


def test_a_post_without_comments_has_an_empty_thread() -> None:
    found = shown(classic())
    assert (found.comments, found.thread.status, found.thread.pages) == ((), "open", ())


def test_a_page_that_shows_neither_comments_nor_form_has_no_thread() -> None:
    assert read('<body class="postid-41"><h1>Protected</h1><form class="post-password-form"></form>') is None
    assert read("<h1>Home</h1><article id='post-1'></article><article id='post-2'></article><div id='respond'></div>") is None


def test_removed_comments_are_told_from_their_replies_by_asking() -> None:
    """WordPress counts the replies to a removed comment and does not show them: then the interface lists what there is."""
    head, two = '<link rel="https://api.w.org/" href="/wp-json/">', (item(1), item(2))
    assert shown(head + classic(*two, heading="<h2>2 comments</h2>")).follow == ()
    assert shown(head + classic(*two, heading="<h2>3 comments</h2>")).follow == (Follow(REST + "1", "comments"),)


def test_a_page_that_shows_none_of_its_comments_leads_to_all_of_them() -> None:
    found = shown('<link rel="https://api.w.org/" href="/wp-json/">' + classic(heading="<h2>2 comments</h2>"))
    assert [one.url for one in found.follow] == [WHOLE + "1"]
    assert found.thread.pages == found.follow
    rows = [
        {
            "id": 7,
            "parent": 0,
            "author": 3,
            "author_name": "Tino",
            "date_gmt": "2026-11-20T11:59:59",
            "content": {"rendered": "<p>A</p><p>B &amp; C</p>"},
        },
        {
            "id": 9,
            "parent": 7,
            "author": 0,
            "author_name": "Rudo",
            "date_gmt": "2026-11-20T12:00:01",
            "content": {"rendered": ""},
        },
        {"id": "x"},
    ]
    answer = read(json.dumps(rows), WHOLE + "1", content_type="application/json", x_wp_total="150", x_wp_totalpages="2")
    assert answer is not None
    assert answer.thread.id == found.thread.id
    assert (answer.thread.comment_count_reported, answer.thread.whole) == (150, False)
    assert [one.url for one in answer.thread.pages] == [WHOLE + "2"]
    first, second = answer.comments
    assert (first.text, first.author_name, first.author_id) == ("A\n\nB & C", "Tino", None)
    assert first.date_created == datetime(2026, 11, 20, 11, 59, 59, tzinfo=UTC)
    assert (second.parent_id, second.depth, second.author_id, second.text) == (first.id, 1, None, None)


def test_comments_of_a_static_page_are_kept_without_an_article() -> None:
    body = classic(item(1)).replace("postid-41", "page page-id-41") + '<link rel="https://api.w.org/" href="/wp-json/">'
    found = read_html(
        body + "<a href='/2026/11/22/queue-grows-longer/'>Queue grows longer in the city</a>", "https://gazette.example/about-us/"
    )
    assert found.article is None
    assert [one.text for one in found.comments] == ["Text 1"]
    assert read_html(body, "https://gazette.example/").comments[0].text == "Text 1"  # the front page may be a static one, too
    moved = read_html(body, "https://gazette.example/who-we-are/")  # the comments' own links say /about-us/, or nothing
    assert [one.text for one in moved.comments] == ["Text 1"]


def test_the_feed_of_a_post_where_nothing_else_answers() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/2026/10/clinic/feed/">'
    )
    (follow,) = shown(head + classic(heading="<h2>2 comments</h2>")).follow
    assert follow.url == HOME + "feed/?comments_of=41"
    items = "".join(
        f"<item><guid>{HOME}#comment-{number}</guid><dc:creator><![CDATA[{name}]]></dc:creator>"
        f"<pubDate>Fri, 20 Nov 2026 11:59:5{number} +0000</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        for number, name, text in [
            (8, "Rudo", f'<p>In reply to <a href="{HOME}#comment-7">Tino</a>.</p>\n<p>Hongu</p>'),
            (7, "Tino", "<p>Ehe</p>"),
        ]
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    answer = read(f"<rss {spaces}><channel>{items}</channel></rss>", follow.url, content_type="application/rss+xml")
    assert answer is not None
    assert not answer.thread.whole
    reply, first = answer.comments
    assert (reply.text, reply.parent_id, reply.depth) == ("Hongu", first.id, 1)
    assert first.date_created == datetime(2026, 11, 20, 11, 59, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("items", "asks"),
    [
        ([item(1, nested(item(2), item(3)), kind="depth-1 parent")], False),
        ([item(1, nested(item(2, kind="depth-2 parent"), item(3)), kind="depth-1 parent")], True),
        ([item(1, nested(item(2, answer=False), item(3, answer=False)))], True),
        ([item(1, nested(item(2, answer=False)))], False),
        ([item(1, nested(item(2), item(3)))], False),
        ([item(1), item(2)], False),
    ],
)
def test_who_answers_whom_is_asked_only_where_a_page_is_flattened(items: list[str], asks: bool) -> None:
    body = '<link rel="https://api.w.org/" href="/wp-json/">' + classic(*items)
    assert [one.url for one in shown(body).follow] == [REST + "1"] * asks
    assert shown(classic(*items)).follow == ()


def test_the_interface_of_a_site_without_pretty_addresses() -> None:
    body = '<link rel="https://api.w.org/" href="/index.php?rest_route=/">' + classic(item(1, kind="parent"), item(2))
    (follow,) = shown(body).follow
    assert follow.url.startswith("https://gazette.example/index.php?rest_route=/wp/v2/comments&post=41&per_page=100")
    found = shown('[{"id": 2, "parent": 1}]', follow.url)
    assert found.placements == (Placement("gazette-example:wordpress:2", "gazette-example:wordpress:1"),)


def test_placements_page_by_page() -> None:
    rows = json.dumps([{"id": 9, "parent": 8}, {"id": 8, "parent": 0}, {"id": "x"}, 5])
    found = read(rows, REST + "1", X_WP_TotalPages="2")
    assert found is not None
    assert found.thread.id == shown().thread.id
    assert found.placements == (
        Placement("gazette-example:wordpress:9", "gazette-example:wordpress:8"),
        Placement("gazette-example:wordpress:8", None),
    )
    assert (found.comments, found.article_page) == ((), False)
    assert found.follow == (Follow(REST + "2", "comments"),)
    last = read(rows, REST + "2", X_WP_TotalPages="2")
    assert last is not None
    assert last.follow == ()


@pytest.mark.parametrize(
    ("status", "body"), [(401, '{"code": "rest_forbidden"}'), (404, "[]"), (200, '{"code": 1}'), (200, "<h1>")]
)
def test_a_closed_interface_tells_nothing(status: int, body: str) -> None:
    assert read(body, REST + "1", status=status) is None


def test_an_interface_on_another_host_is_not_asked() -> None:
    for host, asked in (("https://elsewhere.example", False), ("https://www.gazette.example", True)):
        link = f'<link rel="https://api.w.org/" href="{host}/wp-json/">'
        assert bool(shown(link + classic(heading="<h2>2 comments</h2>")).follow) == asked
