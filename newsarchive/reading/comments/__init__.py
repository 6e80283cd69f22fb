"""Comments: one module per platform (`discussion.Platform`), asked in turn.

A new platform is one module and its name in `PLATFORMS`. What the newspaper's own file declares goes before all. Of the readers
that know an article's page the first that finds comments in it wins; where none does, the first that knows where to ask for
them. So a thread has one source, whatever else the page has: two forms of one text would look like an edit. The general reader
has no say where another knows the page: a thread without comments is none that it should look for.
"""

from __future__ import annotations

from newsarchive.reading.comments import (
    blogger,
    coral,
    discourse,
    disqus,
    drupal,
    endpoint,
    facebook,
    ghost,
    linked_data,
    listed,
    markup,
    openweb,
    viafoura,
    vuukle,
    wordpress,
    wpdiscuz,
)
from newsarchive.reading.comments.discussion import Discussion, Platform
from newsarchive.reading.document import Document

__all__ = ["PLATFORMS", "Discussion", "Platform", "read_answer", "read_discussion"]

PLATFORMS: tuple[Platform, ...] = (
    wpdiscuz,
    wordpress,
    drupal,
    blogger,
    endpoint,
    linked_data,
    markup,
    listed,
    disqus,
    openweb,
    coral,
    viafoura,
    facebook,
    vuukle,
    ghost,
    discourse,
)


def read_answer(document: Document) -> Discussion | None:
    """What a platform's own answer (a page of comments from an endpoint) shows of its thread; None if it is no such answer.

    The general reader, which knows no platform's address, is asked last.
    """
    platforms = sorted(PLATFORMS, key=lambda platform: platform is listed)
    return next((found for platform in platforms if (found := platform.read_answer(document))), None)


def read_discussion(document: Document) -> Discussion | None:
    """The thread that this page of the newspaper shows or leads to; None if there is none."""
    if declared := endpoint.read_declared(document):
        return declared
    known: list[Discussion] = []
    for platform in PLATFORMS:
        found = None if known and platform is listed else platform.read_page(document)
        if found and found.comments:
            return found
        known += [found] if found else []
    return next((one for one in known if one.follow), known[0] if known else None)
