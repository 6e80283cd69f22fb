"""Bytes to items. Reading is pure: it depends on the page and the site's profile, and on nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from newsarchive.errors import LayoutChanged
from newsarchive.items import NO_CAPTURE, Article, Follow, Page, Profile, Reading
from newsarchive.reading.absence import absence, moved_to
from newsarchive.reading.article import read_article
from newsarchive.reading.comments import Discussion, listed, read_answer, read_discussion
from newsarchive.reading.comments.lists.key import handed_down
from newsarchive.reading.document import Document
from newsarchive.reading.feeds import read_feed, read_robots, read_sitemap
from newsarchive.reading.gate import GZIP, is_binary, is_page, may_be_cut
from newsarchive.reading.identity import article_id
from newsarchive.reading.language import set_languages
from newsarchive.reading.links import follow_links, is_start
from newsarchive.reading.masthead import site_name
from newsarchive.reading.mentions import read_mentions
from newsarchive.reading.noarchive import forbids_archiving
from newsarchive.reading.posts import read_posts
from newsarchive.reading.prose import paragraphs
from newsarchive.reading.signs import read_signs
from newsarchive.urls import canonical, same_site, site_id, url_key

_MAIN = 0.5  # the share of a page's text outside links from which comments are what the page is for
_SIGNPOSTS = {"robots": read_robots, "feed": read_feed, "sitemap": read_sitemap, "posts": read_posts}
_NO_PAGE = Reading(readers=("no page",))
_ELSEWHERE = Reading(readers=("another site",))  # a redirect led away: the bytes are kept, the way ends
_BINARY = Reading(failure="no text, though the server calls it so", readers=("no text",))
_UNREAD = Reading(failure="no comments are found where the article's page leads to them", readers=("comments",))
_CUT = Reading(failure="the page is not whole", readers=("not whole",))  # it would read as an edited one, its comments as deleted


def read(page: Page, profile: Profile) -> Reading:
    """Read one page: its article, its comments and where it leads. The only door; crawl, rebuild and tests use it."""
    if not is_page(page):
        return _NO_PAGE
    if not page.whole:
        return _CUT
    with _uncollected():
        return _read_whole(page, profile)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No passes of Python's garbage collector: they would look at a page's thousands of elements again and again, all of which
    are in use until the page is read, and gone without them then."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read_whole(page: Page, profile: Profile) -> Reading:
    document = Document(page, profile)
    reading = _read(document)
    if not forbids_archiving(document):
        return reading
    if profile.noarchive != "omit":
        return replace(reading, noarchive=True)
    # What it leads to may be had: noarchive is no nofollow. Its comments are its own.
    follow = tuple(follow for follow in reading.follow if follow.purpose != "comments")
    return Reading(follow=follow, readers=("noarchive",), noarchive=True)


def _read(document: Document) -> Reading:
    page, profile = document.page, document.profile
    if is_binary(page):
        return _BINARY
    if answer := read_answer(document):
        return _reading(document, None, answer)
    if profile.start_urls and not any(same_site(page.url, url) for url in profile.start_urls):
        return _ELSEWHERE
    if signs := read_signs(document):
        return signs
    for name, signpost in _SIGNPOSTS.items():
        if (follow := signpost(document)) is not None:
            mentions = read_mentions(document) if name == "feed" else ()
            return Reading(follow=follow, mentions=mentions, readers=(name,))
    if page.body.startswith(GZIP):
        return _NO_PAGE
    if document.json is None and (may_be_cut(page) or not document.parsed_whole):
        return _CUT
    discussion = read_discussion(document)
    if discussion is None and handed_down(document.url):
        return _UNREAD
    if discussion and not discussion.article_page:
        return _reading(document, None, discussion)
    try:
        article = _own_reader(profile)(document, without=discussion.nodes if discussion else ())
    except LayoutChanged as changed:
        return replace(_reading(document, None, discussion), failure=str(changed))
    if article is None:  # a front page or a list: what looks like comments there is a widget that quotes them
        absent = None if discussion or is_start(document) else absence(document, stated=False)
        if absent:
            return Reading(absent=absent, readers=(absent,))
        if (sent_on := moved_to(document)) and not is_start(document):
            return Reading(moved_to=sent_on, follow=(Follow(sent_on, "article"),), readers=("sent on",))
        follow = follow_links(document)
        if discussion and _is_own_thread(document, discussion):  # an "About us" that readers may comment on
            found = _reading(document, None, discussion)
            return replace(found, follow=found.follow + follow)
        return Reading(follow=follow, site_name=site_name(document) if is_start(document) else None, readers=("links",))
    article = _placed(_at_home(article, document, discussion), page, discussion)
    found = _reading(document, article, discussion)
    return replace(found, follow=found.follow + tuple(_its_pages(article)) + tuple(_other_articles(document)))


def _at_home(article: Article, document: Document, discussion: Discussion | None) -> Article:
    """The article under its own address, where a further page of its comments names none: by the thread's, which is its home."""
    named = url_key(article.url) != url_key(document.url) or article.part is not None
    if named or discussion is None or discussion.thread.platform != listed.PLATFORM or discussion.thread.url is None:
        return article
    return replace(article, id=article_id(document, discussion.thread.url), url=discussion.thread.url)


def _placed(article: Article, page: Page, discussion: Discussion | None) -> Article:
    """The article with the address of this page, if it has another; pages of its thread are none of the article's."""
    of_thread = {url_key(follow.url) for follow in discussion.thread.pages} if discussion else set()
    pages = [url for url in article.pages if url_key(url) not in of_thread]
    part = None if article.part == 1 and not pages else article.part
    shown_at = page.url if url_key(page.url) != url_key(article.url) else None
    return replace(article, part=part, pages=pages, shown_at=shown_at)


def _its_pages(article: Article) -> Iterator[Follow]:
    """The other pages of the article, and the article itself where this is another form of it."""
    yield from (Follow(url, "article") for url in article.pages)
    if article.shown_at and article.part is None:
        yield Follow(article.url, "article")


def _other_articles(document: Document) -> Iterator[Follow]:
    """Where a page that is an article leads besides: from a start page, which may look like one, to all that it lists; from any
    other to what the site's own file calls an article, wherever it is linked, for only guesses would be unsafe there."""
    if document.profile.article_urls or is_start(document):
        yield from (follow for follow in follow_links(document) if follow.purpose == "article" or is_start(document))


def _reading(document: Document, article: Article | None, discussion: Discussion | None) -> Reading:
    readers = ("article",) if article else ()
    if discussion is None:
        return Reading(article=article, readers=readers)
    if article:
        article.thread_id = discussion.thread.id
    set_languages(document, discussion.comments)
    return Reading(
        article=article,
        comments=discussion.comments,
        thread=discussion.thread,
        placements=discussion.placements,
        follow=discussion.follow,
        readers=(*readers, f"comments: {discussion.thread.platform}"),
    )


def _is_own_thread(document: Document, discussion: Discussion) -> bool:
    """Whether the comments of a page without an article are its own: not a front page's widget that quotes some.

    The form to answer in tells it; else the address that a platform's own reader names, or how much of the page they are.
    """
    if not discussion.comments:
        return False
    if any(True for node in discussion.nodes for _ in node.iter("textarea")):
        return True
    if discussion.thread.platform != listed.PLATFORM:
        return discussion.thread.url is not None and url_key(discussion.thread.url) == url_key(document.url)
    said = sum(len(comment.text or "") for comment in discussion.comments)
    return said > _MAIN * sum(len(one.text) - one.linked for one in paragraphs(document.tree))


def _own_reader(profile: Profile) -> Any:
    """The reader of articles that the site's own file brings, found by its name; else the general one."""
    if profile.spider is None:
        return read_article
    module, _, name = profile.spider.partition(":")
    return getattr(import_module(module), name).read_article


def read_html(html: bytes | str, url: str, *, captured_at: datetime | None = None, profile: Profile | None = None) -> Reading:
    """Read HTML that you have at hand, and have whole.

    `captured_at` (aware; now if left out) is what ages like "3 hours ago" count from.
    """
    page = html_page(html, canonical(url) or url, captured_at or datetime.now(UTC))
    return read(page, profile or Profile(site=site_id(page.url)))


def html_page(html: bytes | str, url: str, captured_at: datetime) -> Page:
    """HTML at hand as the page that a server would have sent: whole, and of no capture."""
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    charset = "; charset=utf-8" if isinstance(html, str) else ""
    return Page(
        url=url,
        status=200,
        headers=(("Content-Type", f"text/html{charset}"), ("Content-Length", str(len(body)))),
        body=body,
        captured_at=captured_at,
        record_id=NO_CAPTURE,
    )
