"""Comments: one module per platform, asked in turn; the first that knows the page reads it.

A platform is a module with `read(document) -> Discussion | None`. It answers two kinds of page: an article's page that
uses the platform (its comments, or the follows that lead to them), and the platform's own answers (a comment page, a
JSON endpoint). A new platform is one module and one name in `PLATFORMS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.items import Comment, Follow, Placement, Thread
from newsarchive.reading.document import Document, Element


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one page shows of a thread.

    `follow` leads to the rest of the thread. `nodes` are the elements that hold comments and their forms: they are no
    part of the article's text. `article_page` is False where the address is a page of comments and nothing else.
    """

    thread: Thread
    comments: tuple[Comment, ...] = ()
    placements: tuple[Placement, ...] = ()
    follow: tuple[Follow, ...] = ()
    nodes: tuple[Element, ...] = ()
    article_page: bool = True


def read_discussion(document: Document) -> Discussion | None:
    """The thread that this page shows or belongs to, read by the first platform that knows it; None if none does."""
    from newsarchive.reading.comments import flat, wordpress

    return next((found for platform in (wordpress, flat) if (found := platform.read(document))), None)
