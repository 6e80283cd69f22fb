"""One comment as wpDiscuz prints it: `.wpd-comment#wpd-comm-ID_PARENT` (`WpdiscuzWalker` of version 7).

Up and down votes stand apart, or as one balance, which counts as votes of its sign.
"""

from __future__ import annotations

import re

from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import classes
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Element

_ITEM_ID = re.compile(r"wpd-comm-(\d{1,12})_(\d{1,12})")
_NOT_TEXT = ("wpd-inline-feedback-wrapper", "wpd-comment-last-edited", "wpdiscuz-readmore")
_NOT_NAME = ("wpd-user-badge", "wpd-comment-label", "wpd-tooltip-content")
_SLUG = re.compile(r"/author/([^/?#]{1,100})/?$")


def blocks_of(tree: Element) -> list[Block]:
    """The comments under an element, in page order, each once; what waits for a moderator is none yet."""
    items = [one for one in tree.xpath('//*[starts-with(@id, "wpd-comm-")]') if "wpd-comment" in classes(one)]
    shown = {one.get("id"): one for one in reversed(items) if _ITEM_ID.fullmatch(one.get("id"))}
    others = frozenset(items)
    return [Block.of(one, others.__contains__) for one in items if shown.get(one.get("id")) is one and not _is_held(one)]


def _is_held(element: Element) -> bool:
    return "wpd-unapproved-comment" in classes(element)


def entry_of(block: Block) -> Entry:
    """What the mark-up of one comment tells."""
    number, parent = block.element.get("id").removeprefix("wpd-comm-").split("_")
    author, date, text = (block.first(f"wpd-comment-{part}") for part in ("author", "date", "text"))
    links = () if author is None else author.iter("a")
    registered = block.first("wpd-blog-guest") is None
    up, down = _votes(block)
    return Entry(
        text=block.text(text, list(block.having(*_NOT_TEXT))) if text is not None else None,
        name=block.line(author, list(block.having(*_NOT_NAME))),
        words=block.line(date),
        stamp=None if date is None else date.get("title"),
        id=number,
        parent=parent if parent not in ("0", number) else None,
        account=next((found[1] for one in links if registered and (found := _SLUG.search(one.get("href", "")))), None),
        upvotes=up,
        downvotes=down,
    )


def _votes(block: Block) -> tuple[int | None, int | None]:
    """Votes for and against."""
    up, down, both = (block.first(f"wpd-vote-result{kind}") for kind in ("-like", "-dislike", ""))
    if up is not None or down is not None:
        return _count(up), _count(down)
    if both is None:
        return None, None
    against = (both.get("title") or both.text or "").strip().startswith("-")
    return (None, _count(both)) if against else (_count(both), None)


def _count(mark: Element | None) -> int | None:
    """The number in the title ("1K" may stand in the page), whatever its sign."""
    return None if mark is None else plausible((mark.get("title") or mark.text or "").strip().removeprefix("-"))
