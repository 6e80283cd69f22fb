"""Drupal: what its themes print from version 6 to 10, the pager of a long thread, and pages that only look like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Follow, Page, Profile
from newsarchive.reading.comments import Discussion, drupal, read_discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://herald.example/news/dam"
SETTINGS = "<script>jQuery.extend(Drupal.settings, {});</script>"
FORM = '<form id="comment-form" action="/comment/reply/41"><textarea name="comment"></textarea></form>'


def read(body: str, url: str = HOME) -> Discussion | None:
    html = f"<html lang='en'><head>{SETTINGS}</head><body class='page-node-41'><h1>Dam</h1><p>Water.</p>{body}</body></html>"
    page = Page(url, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), AT, "urn:uuid:0")
    return read_discussion(Document(page, Profile(site="herald-example")))


def shown(body: str, url: str = HOME) -> Discussion:
    found = read(body, url)
    assert found is not None
    return found


def garland(number: int, line: str, text: str = "The dam is dry.") -> str:
    """A comment of Drupal 6."""
    return (
        f'<a id="comment-{number}"></a><div class="comment odd clear-block"><h3><a href="/news/dam#comment-{number}" '
        f'class="active">A title</a></h3><div class="submitted">{line}</div><div class="content"><p>{text}</p>'
        '<div class="user-signature">-- seen by all</div></div><ul class="links"><li class="comment_reply">'
        f'<a href="/comment/reply/41/{number}">reply</a></li></ul></div>'
    )


def olivero(number: int, name: str, text: str, *, user: int = 0, parent: int | None = None) -> str:
    """A comment of Drupal 10."""
    answered = (
        f'<p class="visually-hidden">In reply to <a href="/comment/{parent}#comment-{parent}" class="permalink">A title</a> '
        'by <span typeof="schema:Person">Nobody</span></p>'
        if parent
        else ""
    )
    return (
        f'<a id="comment-{number}"></a><article data-comment-user-id="{user}" class="comment js-comment" role="article">'
        '<span class="hidden" data-comment-timestamp="1700000000"></span><div class="comment__text-wrapper">'
        f'<footer class="comment__meta"><p class="comment__author"><span>{name}</span></p><p class="comment__time">'
        f'Mon, 11/16/2026 - 09:{number:02}</p>{answered}</footer><div class="comment__content"><h3><a href="/comment/{number}'
        f'#comment-{number}" class="permalink">A title</a></h3><div class="text-content field--name-comment-body"><p>{text}</p>'
        f'</div><ul class="links inline"><li class="comment-reply"><a href="/comment/reply/node/41/comment/{number}">Reply</a>'
        "</li></ul></div></div></article>"
    )


PROFILE = '<a href="/users/tari" title="View user profile.">tari</a>'
HOMEPAGE = '<a href="http://bo.example" rel="nofollow" class="username">Bo</a>'


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        (f"Submitted by {PROFILE} on Fri, 2026-11-20 - 17:18.", "tari", "Fri, 2026-11-20 - 17:18"),
        ("Submitted by Bo (not verified) on Fri, 2026-11-20 - 17:18", "Bo (not verified)", "Fri, 2026-11-20 - 17:18"),
        (f"by {HOMEPAGE} (not verified) on 20 Nov 2026", "Bo (not verified)", "20 Nov 2026"),
        ("Fri, 2026-11-20 17:18 — Bo 7 (not verified)", "Bo 7 (not verified)", "Fri, 2026-11-20 17:18"),
        ("Bo 29 Katsande | November 20, 2026 - 5:18pm", "Bo 29 Katsande", "November 20, 2026 - 5:18pm"),
        ("On 20 Nov 2026, <span>Bo</span> said...", "Bo", "20 Nov 2026"),
    ],
)
def test_the_line_of_name_and_date(line: str, name: str, words: str) -> None:
    comment = shown(f'<div id="comments">{garland(5, line)}</div>').comments[0]
    assert (comment.id, comment.author_name) == ("herald-example:drupal:5", name)
    assert comment.date_created_raw == words
    assert comment.date_created is not None
    assert comment.date_created.date() == datetime(2026, 11, 20, tzinfo=UTC).date()
    assert comment.text == "The dam is dry."


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("de", "Verfasst von Jörg (nicht überprüft) am 20. November 2026 - 17:18.", "Jörg (nicht überprüft)"),
        ("de", 'Gespeichert von <span class="username">Jörg</span> am Fr., 20.11.2026 - 17:18', "Jörg"),
        ("fr", "<b>Par Zoé Banda,</b> le vendredi 20 novembre 2026 à 17h18", "Zoé Banda"),
        ("es", "Enviado por Inés el Vie, 20/11/2026 - 17:18", "Inés"),
        ("nl", 'Ingezonden door <span class="username">Piet</span> op 20 november 2026', "Piet"),
    ],
)
def test_the_line_in_other_languages(language: str, line: str, name: str) -> None:
    html = f"<html lang='{language}'>{SETTINGS}<body><div id='comments'>{garland(5, line)}</div></body></html>"
    page = Page(HOME, 200, (), html.encode(), AT, "urn:uuid:0")
    found = drupal.read_page(Document(page, Profile(site="herald-example")))
    assert found is not None
    assert found.comments[0].author_name == name
    assert found.comments[0].date_created is not None
    assert found.comments[0].date_created.date() == datetime(2026, 11, 20, tzinfo=UTC).date()


def test_replies_are_indented() -> None:
    line = "Submitted by Bo on 20 Nov 2026"
    replies = f'<div class="indented">{garland(2, line)}<div class="indented">{garland(3, line)}</div>{garland(4, line)}</div>'
    comments = shown(f'<div id="comments">{garland(1, line)}{replies}{garland(5, line)}</div>').comments
    parents = {one.id.rpartition(":")[2]: one.parent_id and one.parent_id.rpartition(":")[2] for one in comments}
    assert parents == {"1": None, "2": "1", "3": "2", "4": "1", "5": None}
    assert [one.depth for one in comments] == [0, 1, 2, 1, 0]


def test_a_reply_names_the_comment_it_answers_though_that_stands_on_another_page() -> None:
    body = olivero(3, "Rudo", "It <b>rained</b>.", user=17, parent=1)
    body = f'<section id="comments"><h2>Comments</h2><div class="indented">{body}</div>{olivero(4, "Guest", "No.")}</section>'
    first, second = shown(body + FORM).comments
    assert (first.author_name, first.author_id, first.text) == ("Rudo", "17", "It rained.")
    assert (first.parent_id, first.depth) == ("herald-example:drupal:1", None)
    assert (first.date_created_raw, second.date_created_raw) == ("Mon, 11/16/2026 - 09:03", "Mon, 11/16/2026 - 09:04")
    assert (second.parent_id, second.author_id, second.author_name) == (None, None, "Guest")


def test_rdf_marks_of_drupal_7() -> None:
    body = (
        '<a id="comment-9"></a><div class="comment clearfix" about="/comment/9#comment-9" typeof="sioc:Post sioct:Comment">'
        '<div class="attribution"><div class="submitted"><p class="commenter-name"><span rel="sioc:has_creator">'
        '<a class="username" about="/users/zuva" property="foaf:name" href="/user/12">zuva</a></span></p>'
        '<p class="comment-time"><span property="dc:date dc:created" content="2026-11-20T17:18:09+02:00">Fri, 11/20/2026 - '
        '17:18</span></p><p class="comment-permalink"><a class="permalink" href="/comment/9#comment-9">Permalink</a></p></div>'
        '</div><div class="comment-text"><h3 property="dc:title"><a href="/comment/9#comment-9">A title</a></h3>'
        '<div class="content"><span rel="sioc:reply_of" resource="/comment/7#comment-7" class="rdf-meta element-hidden"></span>'
        '<div class="field field-name-comment-body"><div class="field-items"><div class="field-item even" '
        'property="content:encoded"><p>Good.</p></div></div></div></div></div></div>'
    )
    (comment,) = shown(f'<div id="comments" class="comment-wrapper">{body}</div>').comments
    assert (comment.author_name, comment.author_id, comment.text) == ("zuva", "12", "Good.")
    assert comment.date_created == datetime(2026, 11, 20, 15, 18, 9, tzinfo=UTC)
    assert comment.date_created_raw == "Fri, 11/20/2026 - 17:18"
    assert comment.parent_id == "herald-example:drupal:7"


def test_text_without_an_element_of_its_own() -> None:
    body = (
        '<a id="comment-8"></a><div class="comment odd"><div class="picture"><img alt="x"></div><h3>A title</h3>'
        '<span class="submitted">Fri, 2026-11-20 17:18 — Bo</span><p>See <b>here</b>.</p><p>And there.</p>'
        '<div class="links"><ul class="links"><li>3 votes</li></ul></div></div>'
    )
    (comment,) = shown(f'<div id="comments">{body}</div>').comments
    assert (comment.author_name, comment.text) == ("Bo", "See here.\n\nAnd there.")


def test_the_thread_and_the_pages_that_its_pager_links() -> None:
    pager = '<ul class="pager"><li><a href="/news/dam?page=0">1</a></li><li>2</li><li><a href="/news/dam?page=2#comments">3</a>'
    body = f'<div id="comments"><h2>120 comments</h2>{garland(60, "Bo — 20 Nov 2026")}{pager}</ul></div>'
    found = shown(body + '<a href="/news/dam?page=7">of another list</a>' + FORM, HOME + "?page=1")
    assert (found.thread.id, found.thread.url, found.thread.status) == ("drupal:herald.example:41", HOME, "open")
    assert found.thread.pages == found.follow == (Follow(HOME, "comments"), Follow(HOME + "?page=2", "comments"))
    assert found.thread.comment_count_reported == 120
    assert not found.article_page


def test_a_comment_that_cannot_be_read_costs_itself() -> None:
    broken = '<a id="comment-2"></a><div class="comment"><div class="content"></div></div>'
    found = shown(f'<div id="comments">{garland(1, "Bo — 20 Nov 2026")}{broken}</div>')
    assert [one.id for one in found.comments] == ["herald-example:drupal:1"]
    assert not found.thread.whole


def test_hostile_parents_and_depth() -> None:
    circle = olivero(1, "A", "One.", parent=2) + olivero(2, "B", "Two.", parent=1) + olivero(3, "C", "Three.", parent=3)
    comments = shown(f'<section id="comments">{circle}{"<div class=indented>" * 500}{olivero(4, "D", "Deep.")}').comments
    assert [(one.text, one.depth) for one in comments] == [("One.", None), ("Two.", None), ("Three.", 0), ("Deep.", 1)]


def test_a_page_without_comments_gives_none() -> None:
    assert read("<p>No comments here, says the Drupal page.</p>") is None
    found = read(FORM)
    assert found is not None
    assert found.comments == ()


def test_the_thread_outlives_its_form_and_each_install_counts_by_itself() -> None:
    def ids(form: str, settings: str, url: str = "https://paper.example/p", start: str = "https://paper.example/") -> list[str]:
        body = (
            f"<html><body><h1>A</h1><p>B</p><script>jQuery.extend(Drupal.settings, {settings});</script><div id='comments'>"
            "<a id='comment-12'></a><div class='comment'><span class='username'>Ann</span><div class='submitted'>Submitted by "
            f"Ann on 1 February 2026 - 10:00</div><div class='content'>Words.</div></div>{form}</div></body></html>"
        )
        page = Page(url, 200, (("Content-Type", "text/html; charset=utf-8"),), body.encode(), AT, "urn:uuid:0")
        found = drupal.read_page(Document(page, Profile(site="paper-example", start_urls=(start,))))
        assert found is not None
        return [found.thread.id, *(one.id for one in found.comments)]

    form = "<form id='comment-form' action='/comment/reply/7'></form>"
    assert ids(form, "{}") == ids("", "{}") == ["drupal:paper.example:/p", "paper-example:drupal:12"]
    assert ids("", '{"basePath":"\\/fr\\/"}') == ["drupal:paper.example/fr:/p", "paper-example:drupal:fr/12"]
    assert ids("", "{}", start="https://www.other.example/")[1] == "paper-example:drupal:paper.example/12"
    assert ids("", "{}", url="https://paper.example/?q=a")[0] != ids("", "{}", url="https://paper.example/?q=b")[0]


def test_comments_that_a_theme_made_in_its_own_way_are_a_list_like_any_other() -> None:
    rows = "".join(
        f"<a id='comment-{number}'></a><div><b class='who'>{name}</b> <i>{number} May 2026</i><p>{text}</p></div>"
        for number, name, text in ((11, "Ann", "The dam is dry."), (12, "Ben", "It will rain."), (13, "Cy", "It never does."))
    )
    found = shown(f"<div id='reactions'><h2>3 comments</h2>{rows}</div>{FORM}")
    assert [(one.platform, one.author_name, one.text) for one in found.comments] == [
        ("list", "Ann", "The dam is dry."),
        ("list", "Ben", "It will rain."),
        ("list", "Cy", "It never does."),
    ]


def test_a_wordpress_whose_theme_numbers_no_comment_is_read_as_a_list() -> None:
    form = "<div id=respond class=comment-respond><form id=commentform><textarea></textarea></form></div>"
    told = enumerate(("The dam is dry.", "It will rain.", "It never does."), 1)
    rows = "".join(f"<div class=comment><b class=author>Ann{n}</b> <i>{n} May 2026</i><p>{text}</p></div>" for n, text in told)
    html = (
        f"<html><head><link rel=shortlink href='/?p=7'></head><body><h1>Dam</h1><div id=comments>{rows}</div>{form}</body></html>"
    )
    page = Page(HOME, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), AT, "urn:uuid:0")
    found = read_discussion(Document(page, Profile(site="herald-example")))
    assert found is not None
    assert [one.author_name for one in found.comments] == ["Ann1", "Ann2", "Ann3"]
