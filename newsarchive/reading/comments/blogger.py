"""Blogger's comments: the classic list (`dl#comments-block`), the threaded one (`li.comment#cN`), the feed for what is not shown.

The page wins where it shows comments: its links carry each time to the millisecond (`?showComment=`), its nesting the parents.
A page holds 200; older templates link the rest (`?commentPage=`), threaded ones load it from the post's comment feed, oldest
first, from the last time shown on. So the feed is asked for no more than that, or for all where a page claims comments and
shows none. https://developers.google.com/gdata/docs/json; Blogger's own templates carry the script (`threaded_comment_js`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import blogger_feed
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.blogger_feed import PLATFORM, account_in
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of, moment
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.urls import same_site

_ITEMS = '//*[starts-with(@id, "c") and (self::dt or self::li or self::div or self::article)]'
_ITEM_ID = re.compile(r"c(\d{5,25})")
_MOMENT = re.compile(r"[?&]showComment=(\d{10,16})(?=$|[&#])")
_FORM = '//a[contains(@href, "comment.g?") or contains(@href, "/comment/frame")] | //iframe[@id="comment-editor"]'
_SAYS = re.compile(r"\s+(?:said|says|dijo|dice|disse|hat gesagt|a dit|ha detto|zei|skrev|pisze|berkata|комментирует)\s*[.…:]*$")


def read_page(document: Document) -> Discussion | None:
    """The part of a thread that a post's page shows, and where to ask for the rest."""
    if "/comments/default" not in document.text:
        return None
    feeds = (blogger_feed.post_in(href) for href in document.linked("alternate"))
    post = next(filter(None, feeds), None)
    if post is None:
        return None
    blocks = _blocks(document.tree)
    entries = list(_entries(blocks))
    nodes = section(document, [*_outermost(blocks), *document.tree.xpath('//*[@id="comments"]')])
    stated = document.tree.xpath('//*[@id="comments"]/@data-num-comments')
    elements = frozenset(block.element for block in blocks.values())
    claimed = plausible(str(stated[0])) if stated else claimed_count(document, nodes, elements)
    pages = tuple(_pages(document, nodes)) or _rest(document, post, entries, claimed)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, post),
        platform=PLATFORM,
        url=document.url.partition("?")[0],
        status="open" if document.tree.xpath(_FORM) else "closed",
        comment_count_reported=claimed,
        pages=pages,
    )
    comments = comments_of(document, thread.id, entries)
    return Discussion(thread, comments, follow=pages, nodes=nodes, article_page="commentPage=" not in document.url)


def read_answer(document: Document) -> Discussion | None:
    """The comments of a page of the feed."""
    return blogger_feed.read_answer(document)


def _blocks(tree: Element) -> dict[str, Block]:
    """The comments in page order, by number; one in a definition list is its `dt` with the `dd`s behind it."""
    numbers = {one: found[1] for one in tree.xpath(_ITEMS) if (found := _ITEM_ID.fullmatch(one.get("id")))}
    blocks: dict[str, Block] = {}
    for element, number in numbers.items():
        block = Block.of(element, numbers.__contains__)
        if element.tag == "dt":
            behind = takewhile(lambda one: one.tag == "dd", element.itersiblings())
            parts = [block, *(Block.of(one, numbers.__contains__) for one in behind)]
            own = (one for part in parts for one in (part.element, *part.own))
            block = Block(element, tuple(own), tuple(one for part in parts for one in part.nested))
        if block.first("comment-body", "comment-content", "comment-block") is not None:
            blocks.setdefault(number, block)
    return blocks


def _outermost(blocks: dict[str, Block]) -> list[Element]:
    under = {one for block in blocks.values() for one in block.nested}
    return [block.element for block in blocks.values() if block.element not in under]


def _entries(blocks: dict[str, Block]) -> Iterator[Entry]:
    parents = {one: number for number, block in blocks.items() for one in block.nested}
    for number, block in blocks.items():
        link = next((one for one in block.own if one.tag == "a" and one.get("href", "").endswith(f"#c{number}")), None)
        stamp = _MOMENT.search(link.get("href").partition("#")[0]) if link is not None else None
        body = block.first("comment-content", "comment-body")
        yield Entry(
            text=block.text(body) if body is not None else None,
            name=_name(block),
            words=block.line(link) or block.line(block.first("comment-timestamp", "datetime")),
            stamp=moment(stamp[1]) if stamp else None,
            id=number,
            parent=parents.get(block.element),
            account=next(filter(None, (account_in(one.get("href", "")) for one in block.own)), None),
            hidden=block.first("deleted-comment") is not None,
        )


def _name(block: Block) -> str | None:
    """The name, without the "said..." behind it: a link, or what stands in its own line."""
    mark = block.first("user", "comment-author", "comment-poster")
    mark = block.element if mark is None and block.element.tag == "dt" else mark
    if mark is None:
        return None
    pictures = [one for one in mark.iter("div", "span") if "avatar" in one.get("class", "")]
    linked = (text for one in mark.iter("a") if (text := block.line(one, pictures)))
    lines = (clean_line(text) for one in mark.xpath("text()") for text in str(one).split("\n"))
    name = next(linked, None) or next(filter(None, lines), None) or block.line(mark, pictures)
    return _SAYS.sub("", name) if name else None


def _pages(document: Document, nodes: tuple[Element, ...]) -> Iterator[Follow]:
    """The pages of comments that an older template links: `?commentPage=N`; the first is the plain address too."""
    urls = (document.absolute(link.get("href", "")) for node in nodes for link in node.iter("a"))
    linked = dict.fromkeys(url for url in urls if url and "commentPage=" in url and same_site(url, document.url))
    yield from (Follow(url, "comments") for url in linked if url != document.url)


def _rest(document: Document, post: str, entries: list[Entry], claimed: int | None) -> tuple[Follow, ...]:
    """The request for the comments that the page claims and does not show."""
    if (claimed or 0) <= len(entries):
        return ()
    return blogger_feed.question(document.url, post, after=max((entry.stamp for entry in entries if entry.stamp), default=None))
