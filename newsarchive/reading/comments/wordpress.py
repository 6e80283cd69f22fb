"""WordPress comments, as themes print them into the page: classic themes (Walker_Comment) and block themes.

Text, author, time and place come from the HTML where it shows comments. Themes show replies below the site's deepest level
(5 by default) at that level, and none of the replies to a removed comment; where a page shows signs of it, the REST interface
is asked for nothing but who answers whom. Where a page claims comments and shows none, it is asked for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import wordpress_feed, wordpress_rest
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.lists.reading import read_rows
from newsarchive.reading.comments.lists.rows import Found, spread
from newsarchive.reading.comments.lists.stamps import stamp
from newsarchive.reading.comments.lists.template import Told
from newsarchive.reading.comments.marks import classes
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.comments.wordpress_item import Item, entry_of, has_text_of_its_own, items_of, says_day
from newsarchive.reading.comments.wordpress_pages import other_pages
from newsarchive.reading.document import Document, Element
from newsarchive.reading.wordpress import comment_page, install, post_number, without_comment_page
from newsarchive.urls import same_site

PLATFORM = wordpress_rest.PLATFORM
_FORM_IDS, _FORM_CLASS = ("respond", "commentform"), "comment-respond"
_NOTICES = ("no-comments", "nocomments")
_FIFTH = 4  # the depth of WordPress's default limit, counted from 0


def read_answer(document: Document) -> Discussion | None:
    """What WordPress's REST interface or a post's comment feed answers."""
    return wordpress_rest.read_answer(document) or wordpress_feed.read_answer(document)


def read_page(document: Document) -> Discussion | None:
    """The part of a thread that a WordPress page shows, else None."""
    if document.mime and "html" not in document.mime:
        return None
    items, forms = items_of(document), _forms(document)
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
    shown = _entries([item for item in items if item.first(("comment-awaiting-moderation",)) is None])
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


def _questions(document: Document, post: str, thread: Thread, items: list[Item]) -> tuple[tuple[Follow, ...], tuple[Follow, ...]]:
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


def _entries(items: list[Item]) -> list[Entry]:
    """The entries of these comments; of a theme whose names are not known here, as the general reader of lists tells them."""
    entries = [entry_of(item) for item in items]
    unmarked = 2 * sum(not has_text_of_its_own(item) for item in items) > len(items)
    nameless, undated = (sum(entry.name is None for entry in entries), sum(not says_day(entry.words) for entry in entries))
    if not unmarked and 2 * max(nameless, undated) <= len(entries):
        return entries
    told = _told(items)
    return [_completed(entry, one, unmarked) for entry, one in zip(entries, told, strict=True)]


def _told(items: list[Item]) -> tuple[Told, ...]:
    """What the general reader tells of these comments, if need be with what stands between each and the next."""
    rows = tuple((item.element,) for item in items)
    told, root = read_rows(rows).told, items[0].element.getparent()
    if 2 * _whole(told) > len(told):
        return told
    told = max(told, read_rows(rows, one_writer=True).told, key=_whole)
    wider = spread(Found(root, rows)) if root is not None else None
    return max(told, read_rows(wider.rows).told, key=_whole) if wider else told


def _whole(told: Sequence[Told]) -> int:
    """How many of these tell all of who, when and what."""
    return sum(bool(one.name and one.time and one.text) for one in told)


def _completed(entry: Entry, told: Told, unmarked: bool) -> Entry:
    """An entry with what the general reader knows better: its text if that stands bare among other words, its name and time if
    the theme tells none."""
    held = told.name is not None and entry.name is None and (entry.text or "").startswith(told.name)
    entry = replace(entry, name=entry.name or told.name)
    if told.when and not says_day(entry.words):
        entry = replace(entry, words=told.when, stamp=entry.stamp or stamp(told.time))
    return replace(entry, text=told.text) if told.text and (unmarked or held) else entry


def _commented_post(document: Document, items: list[Item]) -> str | None:
    """The post's number as the comment form and the reply links tell it, on a page that tells it nowhere else."""
    fields = document.tree.xpath('//input[@name="comment_post_ID"]/@value')
    links = (one.get("data-postid", "") for item in items[:1] for one in item.own)
    return next((str(one) for one in (*fields, *links) if one.isdecimal()), None)


def _home(document: Document, items: list[Item]) -> str:
    """The article's own address: what a comment's permanent link names, else this page's; both without a comment page."""
    for link in (link for item in items for link in item.permanent_links()):
        if (url := document.absolute(link.get("href"))) and same_site(url, document.url):
            return without_comment_page(url)
    return without_comment_page(document.url)


def _is_flattened(items: list[Item]) -> bool:
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
