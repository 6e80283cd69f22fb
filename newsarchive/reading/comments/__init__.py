"""Comments: one module per platform (`discussion.Platform`), asked in turn.

A new platform is one module and its name in `PLATFORMS`. What the newspaper's own file declares goes before all. Of the readers
that know an article's page by what its scripts and marks name, the first that finds comments in it wins; where none does, the
first that knows where to ask for them. So a thread has one source, whatever else the page has: two forms of one text would look
like an edit. The general readers, which know no platform, are asked only where none of these knows where to ask: two comments in
the page's JSON-LD must not silence a thread of 250. Of HTML at hand, of which nobody can be asked, they are asked all the same.
"""

from __future__ import annotations

from dataclasses import replace

from newsarchive.reading.comments import (
    apart,
    blogger,
    coral,
    discourse,
    disqus,
    drupal,
    embedded,
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

__all__ = ["NAMES", "PLATFORMS", "Discussion", "Platform", "read_answer", "read_discussion"]

_GENERAL: tuple[Platform, ...] = (linked_data, markup, listed, embedded, apart)
PLATFORMS: tuple[Platform, ...] = (
    wpdiscuz,
    wordpress,
    drupal,
    blogger,
    endpoint,
    disqus,
    openweb,
    coral,
    viafoura,
    facebook,
    vuukle,
    ghost,
    discourse,
    *_GENERAL,
)
NAMES = frozenset(name for platform in PLATFORMS if (name := getattr(platform, "PLATFORM", None)))  # not those of descriptions


def read_answer(document: Document) -> Discussion | None:
    """What a platform's own answer (a page of comments from an endpoint) shows of its thread; None if it is no such answer."""
    return next((found for platform in PLATFORMS if (found := platform.read_answer(document))), None)


def read_discussion(document: Document) -> Discussion | None:
    """The thread that this page of the newspaper shows or leads to; None if there is none."""
    if declared := endpoint.read_declared(document):
        return declared
    known: list[Discussion] = []
    for platform in PLATFORMS:
        leading = next((one for one in known if one.follow), None)
        asked = platform not in _GENERAL or leading is None or document.page.at_hand
        found = platform.read_page(document) if asked else None
        if found and found.comments:
            return replace(found, follow=(*leading.follow, *found.follow)) if leading and platform in _GENERAL else found
        known += [found] if found else []
    return next((one for one in known if one.follow), known[0] if known else None)
