"""Comments that HTML marks: microdata, h-cite, hAtom; and marks that mean something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.comments import Discussion, markup, read_discussion
from newsarchive.reading.document import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://ledger.example/news/maize"


def document(body: str, url: str = URL) -> Document:
    html = f"<html><body><h1>Maize</h1><p>The price of maize.</p>{body}</body></html>"
    page = Page(url, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), AT, "urn:uuid:0")
    return Document(page, Profile(site="ledger-example"))


def shown(body: str) -> Discussion:
    found = read_discussion(document(body))
    assert found is not None
    assert found.thread.platform == "list"
    return found


def microdata(number: int, inside: str = "", kind: str = "https://schema.org/Comment") -> str:
    return (
        f'<div id="comment-{number}" itemprop="comment" itemscope itemtype="{kind}"><span itemprop="author" itemscope '
        f'itemtype="https://schema.org/Person"><span itemprop="name">Nick {number}</span></span><meta itemprop="dateCreated" '
        f'content="2026-11-20T10:00:0{number}+02:00"><meta itemprop="upvoteCount" content="{number}"><div itemprop="text"><p>'
        f"Words of {number}.</p></div><a>Reply</a>{inside}</div>"
    )


def test_microdata() -> None:
    found = shown(f"<section id='comments'><h2>3 comments</h2>{microdata(1, microdata(2))}{microdata(3)}</section>")
    assert [(one.author_name, one.text, one.depth, one.upvotes) for one in found.comments] == [
        ("Nick 1", "Words of 1.", 0, 1),
        ("Nick 2", "Words of 2.", 1, 2),
        ("Nick 3", "Words of 3.", 0, 3),
    ]
    assert found.comments[1].parent_id == found.comments[0].id
    assert found.comments[0].date_created == datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC)
    assert (found.thread.id, found.thread.comment_count_reported) == ("list:ledger.example:/news/maize", 3)
    assert [one.get("id") for one in found.nodes] == ["comments"]


def test_a_further_page_names_the_address_of_its_article() -> None:
    found = read_discussion(document(f"<section id='comments'>{microdata(1)}{microdata(2)}</section>", f"{URL}?offset=20"))
    assert found
    assert (found.thread.id, found.thread.url) == ("list:ledger.example:/news/maize", URL)


def test_h_cite() -> None:
    cite = (
        '<li class="u-comment h-cite"><a class="p-author h-card" href="https://rudo.example"><img alt=""> Rudo</a> '
        '<a class="u-url" href="#r1"><time class="dt-published" datetime="2026-11-20T10:00:00+02:00">20 Nov</time></a>'
        '<div class="e-content">Not <b>so</b>.</div></li>'
    )
    (comment,) = shown(f'<ul class="replies">{cite}</ul>').comments
    assert (comment.author_name, comment.text, comment.date_created_raw) == ("Rudo", "Not so.", "20 Nov")
    assert comment.date_created == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_hatom() -> None:
    entry = (
        '<li class="hentry comment" id="c{0}"><span class="author vcard"><cite class="fn">Nick {0}</cite> says</span>'
        '<abbr class="published" title="2026-11-20T10:00:0{0}Z">Friday</abbr>'
        '<div class="entry-content"><p>Words of {0}.</p></div></li>'
    )
    comments = shown(f"<ol class='hfeed'>{entry.format(1)}{entry.format(2)}</ol>").comments
    assert [(one.author_name, one.text, one.date_created_raw) for one in comments] == [
        ("Nick 1", "Words of 1.", "Friday"),
        ("Nick 2", "Words of 2.", "Friday"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        microdata(1, kind="https://schema.org/Review"),
        '<div itemprop="comment" itemscope><p itemprop="text">Nobody said when.</p></div>',
        '<div itemprop="comment" itemscope></div>',
        '<div class="hentry" id="post-7"><span class="author fn">A</span><div class="entry-content">A teaser.</div></div>' * 3,
        "<p>itemprop=comment</p>",
    ],
)
def test_what_is_no_comment(body: str) -> None:
    assert markup.read_page(document(body)) is None
