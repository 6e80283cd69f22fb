"""Comments that the page's HTML marks as such: schema.org's microdata, h-cite (microformats2), hAtom (its forerunner).

https://schema.org/Comment (`itemprop=comment`, or an item of that type), https://microformats.org/wiki/h-entry (`p-comment`,
`u-comment`), https://microformats.org/wiki/hatom (`.hentry` in a list of comments). They are taken where each says who or when,
and where the general reader finds neither more of them in the page nor more names. Both ways lead to the page's one thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsarchive.items import Thread
from newsarchive.reading.comments import listed
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.lists.key import home_of, thread_key
from newsarchive.reading.comments.marks import classes
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_NAMES = ("p-comment", "u-comment", "hentry")
_TYPES = ("schema.org/Comment", "schema.org/UserComments")
_ITEMS = (
    '//*[@itemscope and (@itemprop="comment" or contains(@itemtype, "schema.org/Comment") or '
    'contains(@itemtype, "schema.org/UserComments"))] | '
    '//*[contains(@class, "p-comment") or contains(@class, "u-comment") or contains(@class, "hentry")]'
)
_COMMENT_TYPE = re.compile(r"schema\.org/(?:User)?Comments?/?$")
_HATOM_ID = re.compile(r"[a-z-]{0,20}comment-?\d{1,20}")
_WHO = ("author", "creator", "p-author")
_NAME = ("name", "p-name", "fn", "n", "nickname")
_WHEN = ("dateCreated", "datePublished", "commentTime", "dt-published", "published")
_WHAT = ("text", "commentText", "e-content", "p-content", "entry-content", "p-summary")
_UP, _DOWN = ("upvoteCount",), ("downvoteCount",)


def read_answer(document: Document) -> Discussion | None:
    """None: what is in a page is no answer."""
    return None


def read_page(document: Document) -> Discussion | None:
    """The comments that the page's HTML marks, if they are all."""
    if not _may_mark(document):
        return None
    items = frozenset(one for one in document.tree.xpath(_ITEMS) if _is_comment(one))
    blocks = [Block.of(one, items.__contains__) for one in document.tree.iter() if one in items] if items else []
    entries = _entries(blocks)
    if not entries or not all(entry.text and (entry.name or entry.stamp or entry.words) for entry in entries):
        return None
    shown = listed.read_page(document)
    if shown and (shown.follow or _told(shown) > (len(entries), sum(bool(entry.name) for entry in entries))):
        return None
    nodes = section(document, [block.element for block in blocks])
    thread = Thread(
        id=thread_id(listed.PLATFORM, document.url, thread_key(document)),
        platform=listed.PLATFORM,
        url=home_of(document.url),
        status="open",
        comment_count_reported=claimed_count(document, nodes, items),
    )
    return Discussion(thread, comments_of(document, thread.id, entries), nodes=nodes)


def _told(shown: Discussion) -> tuple[int, int]:
    """How many comments the general reader finds, and how many names."""
    return len(shown.comments), sum(comment.author_name is not None for comment in shown.comments)


def _may_mark(document: Document) -> bool:
    """A cheap question before all elements are looked at: may there be a marked comment?"""
    if any(map(document.marked, _NAMES)) or any(one.get("itemprop") == "comment" for one in document.marked("comment")):
        return True
    return any(kind in document.text for kind in _TYPES)


def _is_comment(element: Element) -> bool:
    """Whether this is a comment, and not an article's teaser, a product's review or a box of all comments."""
    kind, names = element.get("itemtype", ""), classes(element)
    if element.get("itemprop") == "comment" or (kind and element.get("itemscope") is not None):
        return not kind or bool(_COMMENT_TYPE.search(kind))
    if names & {"p-comment", "u-comment"}:
        return "h-feed" not in names
    return "hentry" in names and ("comment" in names or _HATOM_ID.fullmatch(element.get("id") or "") is not None)


def _entries(blocks: list[Block]) -> list[Entry]:
    place = {block.element: at for at, block in enumerate(blocks)}
    under = {one: place[block.element] for block in blocks for one in block.nested}
    return [_entry(block, under.get(block.element)) for block in blocks]


def _entry(block: Block, under: int | None) -> Entry:
    who, when, what = (_marked(block.own, names) for names in (_WHO, _WHEN, _WHAT))
    inner = None if who is None else _marked((who, *Block.of(who, frozenset(block.nested).__contains__).own), _NAME)
    return Entry(
        text=None if what is None else block.text(what) or clean_line(what.get("content", "")) or None,
        name=_value(block, who if inner is None else inner),
        words=block.line(when),
        stamp=None if when is None else next(filter(None, (when.get(name) for name in ("datetime", "content", "title"))), None),
        under=under,
        upvotes=plausible(_value(block, _marked(block.own, _UP))),
        downvotes=plausible(_value(block, _marked(block.own, _DOWN))),
    )


def _marked(elements: Iterable[Element], names: tuple[str, ...]) -> Element | None:
    """The first element that is marked, as a property or a class, by one of these names."""
    wanted = frozenset(names)
    for one in elements:
        if isinstance(one.tag, str) and wanted.intersection((*one.get("itemprop", "").split(), *classes(one))):
            return one
    return None


def _value(block: Block, element: Element | None) -> str | None:
    return None if element is None else block.line(element) or clean_line(element.get("content", "")) or None
