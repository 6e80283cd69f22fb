"""WordPress comments, as themes print them into the page: classic themes (Walker_Comment) and block themes.

Text, author, time and place come from the HTML where it shows comments. Themes show replies below the site's deepest level
(5 by default) at that level, and none of the replies to a removed comment; where a page shows signs of it, the REST interface
is asked for nothing but who answers whom. Where a page claims comments and shows none, it is asked for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from newsarchive.items import Follow, Thread
from newsarchive.reading.ancestry import from_above
from newsarchive.reading.comments import wordpress_feed, wordpress_rest
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.lists.reading import read_rows
from newsarchive.reading.comments.marks import block_text, classes
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.comments.wordpress_pages import other_pages
from newsarchive.reading.document import Document, Element
from newsarchive.reading.wordpress import comment_page, install, post_number, without_comment_page
from newsarchive.text import clean_line
from newsarchive.urls import same_site

PLATFORM = wordpress_rest.PLATFORM
_ITEM_ID = re.compile(r"(?:li-|div-)?comment-(\d{1,12})")
_ITEM_TAGS = frozenset(("li", "div", "article", "section"))
_NO_READER = frozenset(("pingback", "trackback"))
_FORM_IDS, _FORM_CLASS = ("respond", "commentform"), "comment-respond"
_NOTICES = ("no-comments", "nocomments")
_NAMES = ("fn", "wp-block-comment-author-name", "comment-author-name", "author-name", "epoch-author-link")
_AUTHORS = ("comment-author", "comment_author", "author", "thecomment-author")
_DATES = ("comment-metadata", "commentmetadata", "wp-block-comment-date", "comment-date", "comment-time", "comment-meta")
_TEXTS = ("comment-content", "wp-block-comment-content", "comment-text", "comment_text", "comment-entry", "commenttext")
_AROUND_TEXT = re.compile(
    r"(?:^|\s)(?:vcard|comment-author|comment-meta|commentmetadata|comment-metadata|comment-date|comment-time|reply|says|fn"
    r"|comment-reply-link|comment-edit-link|comment-respond|comment-awaiting-moderation)(?:\s|$)"
)
_BY_USER = "comment-author-"  # before the name in addresses of a registered author, whose comments are of class `byuser`
_MOST_NAMES = 10  # elements around an author's name
_FIFTH = 4  # the depth of WordPress's default limit, counted from 0


@dataclass(frozen=True, slots=True)
class _Item:
    """One comment in the page: its number, the comment it hangs under, how deep; `own` are its elements without those
    of the comments that hang under it, which begin at the elements `nested`."""

    number: str
    element: Element
    parent: str | None = None
    depth: int = 0
    own: tuple[Element, ...] = ()
    nested: tuple[Element, ...] = ()

    def first(self, names: Iterable[str]) -> Element | None:
        """The comment's first element of one of these classes, the earlier names first."""
        return next((element for name in names for element in self.own if name in classes(element)), None)


def read_answer(document: Document) -> Discussion | None:
    """What WordPress's REST interface or a post's comment feed answers."""
    return wordpress_rest.read_answer(document) or wordpress_feed.read_answer(document)


def read_page(document: Document) -> Discussion | None:
    """The part of a thread that a WordPress page shows, else None."""
    if document.mime and "html" not in document.mime:
        return None
    items, forms = _items(document), _forms(document)
    notices = [one for name in _NOTICES for one in document.marked(name) if name in one.get("class", "")]
    if not (items or forms or notices) or not (post := post_number(document) or _commented_post(document, items)):
        return None
    home = _home(document, items)
    elements = frozenset(item.element for item in items)
    nodes = section(document, [item.element for item in items if item.depth == 0] + forms + notices)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, post, folder=install(document)),
        platform=PLATFORM,
        url=home,
        status="open" if forms else "closed",
        comment_count_reported=claimed_count(document, nodes, elements),
        pages=other_pages(document, home, elements),
    )
    shown = _named([item for item in items if item.first(("comment-awaiting-moderation",)) is None])
    follow, listed = _questions(document, post, thread, items)
    return Discussion(
        thread=replace(thread, pages=thread.pages + listed),
        comments=comments_of(document, thread.id, shown, scope=wordpress_rest.scope(document)),
        follow=follow,
        nodes=nodes,
        article_page=comment_page(document.url) is None,
    )


def _forms(document: Document) -> list[Element]:
    marked = document.marked(_FORM_IDS[0]) + document.marked(_FORM_IDS[1])
    return [one for one in marked if one.get("id") in _FORM_IDS or _FORM_CLASS in one.get("class", "")]


def _items(document: Document) -> list[_Item]:
    """The comments in page order; one comment's `li-comment-N`, `comment-N` and `div-comment-N` are one item."""
    found: dict[str, _Item] = {}
    by_element: dict[Element, _Item] = {}
    known: dict[Element, _Item | None] = {}
    for element in document.marked("comment-"):
        number = _ITEM_ID.fullmatch(element.get("id", ""))
        if number is None or number[1] in found or element.tag not in _ITEM_TAGS or _NO_READER & classes(element):
            continue
        above = from_above(element.getparent(), known, by_element.get)
        block = Block.of(element, partial(_is_other, number[1]))
        parent, depth = (above.number, above.depth + 1) if above else (None, 0)
        item = _Item(number[1], element, parent, depth, block.own, block.nested)
        found[item.number] = by_element[element] = item
    return list(found.values())


def _is_other(own: str, element: Element) -> bool:
    """Whether an element is a comment's, of another number than this one's own."""
    number = _ITEM_ID.fullmatch(element.get("id") or "")
    return number is not None and number[1] != own and element.tag in _ITEM_TAGS


def _questions(
    document: Document, post: str, thread: Thread, items: list[_Item]
) -> tuple[tuple[Follow, ...], tuple[Follow, ...]]:
    """What is asked besides the page, and what of it belongs to the thread's pages.

    Whole comments, where it claims some and shows none; else their parents, where it shows replies side by side, or other
    comments than it counts (which tells a removed comment from one that hangs under it).
    """
    if not items:
        if not thread.comment_count_reported or comment_page(document.url):
            return thread.pages, ()
        asked = wordpress_rest.question(document, post, wordpress_rest.WHOLE) or wordpress_feed.question(document, post)
        return thread.pages + asked, asked
    if not thread.pages and thread.comment_count_reported in (None, len(items)) and not _is_flattened(items):
        return (), ()
    return thread.pages + wordpress_rest.question(document, post, wordpress_rest.PARENTS), ()


def _named(items: list[_Item]) -> list[Entry]:
    """The entries of these comments; where a theme has no name that is known here, as the general reader of lists tells it."""
    entries = [_entry(item) for item in items]
    if 2 * sum(entry.name is None for entry in entries) <= len(entries):
        return entries
    told = read_rows([(item.element,) for item in items]).told
    return [replace(entry, name=entry.name or one.name) for entry, one in zip(entries, told, strict=True)]


def _entry(item: _Item) -> Entry:
    stamp, words = _time(item)
    names = item.element.get("class", "").split()  # of two that begin so, WordPress's own is the first
    account = next((one.removeprefix(_BY_USER) for one in names if one.startswith(_BY_USER)), None)
    registered = "byuser" in names
    return Entry(
        _text(item),
        name=_name(item),
        words=words,
        stamp=stamp,
        id=item.number,
        parent=item.parent,
        account=account if registered else None,
    )


def _name(item: _Item) -> str | None:
    element, links = item.first(_NAMES), frozenset(_permanent_links(item))
    if element is None and (around := item.first(_AUTHORS)) is not None:
        names = (one for one in around.iter("cite", "strong", "b", "a") if one not in links)
        element = next((one for one in islice(names, _MOST_NAMES) if block_text(one)), around)
    if element is None:
        return None
    says = (one for one in item.own if "says" in classes(one))
    return clean_line(block_text(element, links.union(says)) or "") or None


def _permanent_links(item: _Item) -> list[Element]:
    mark = f"#comment-{item.number}"
    links = [one for one in item.own if one.tag == "a" and one.get("href", "").endswith(mark)]
    return [one for one in links if "reply" not in one.get("class", "")]


def _text(item: _Item) -> str | None:
    around = [one for one in item.own if one.tag == "time" or _AROUND_TEXT.search(one.get("class", ""))]
    content = item.first(_TEXTS)
    return block_text(item.element if content is None else content, frozenset((*around, *item.nested)))


def _time(item: _Item) -> tuple[str | None, str | None]:
    """A comment's time for machines (`<time datetime>`, which names an offset), and in words."""
    mark = next((one for one in item.own if one.tag == "time" or one.get("datetime")), None)
    stamp = None if mark is None else mark.get("datetime")
    if mark is None:
        mark = item.first(_DATES)
    if mark is None:
        mark = next(iter(_permanent_links(item)), None)
    if mark is None:
        return None, None
    inside = frozenset(mark.iterdescendants("a")) if mark.tag != "time" else ()
    shown = next((one for one in _permanent_links(item) if one in inside), mark)  # a link, without the "(Edit)" beside it
    return stamp, clean_line(shown.text_content()) or None


def _commented_post(document: Document, items: list[_Item]) -> str | None:
    """The post's number as the comment form and the reply links tell it, on a page that tells it nowhere else."""
    fields = document.tree.xpath('//input[@name="comment_post_ID"]/@value')
    links = (one.get("data-postid", "") for item in items[:1] for one in item.own)
    return next((str(one) for one in (*fields, *links) if one.isdecimal()), None)


def _home(document: Document, items: list[_Item]) -> str:
    """The article's own address: what a comment's permanent link names, else this page's; both without a comment page."""
    for link in (link for item in items for link in _permanent_links(item)):
        if (url := document.absolute(link.get("href"))) and same_site(url, document.url):
            return without_comment_page(url)
    return without_comment_page(document.url)


def _is_flattened(items: list[_Item]) -> bool:
    """Whether replies seem to stand beside the comment they answer, for want of a deeper level.

    Classic themes tell it: a comment of class `parent` that holds none. Else: the deepest level offers no reply while a
    shallower one does (or it is the fifth, WordPress's default limit), and there are several comments side by side.
    """
    parents = [item for item in items if "parent" in classes(item.element)]
    if parents:
        answered = {item.parent for item in items}
        return any(item.number not in answered for item in parents)
    deepest = max((item.depth for item in items), default=0)
    siblings = Counter(item.parent for item in items if item.depth == deepest)
    if deepest == 0 or max(siblings.values()) < 2:
        return False
    answerable = {item.depth for item in items if item.first(("comment-reply-link",)) is not None}
    return deepest not in answerable and (bool(answerable) or deepest >= _FIFTH)
