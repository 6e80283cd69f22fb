"""Comments: one module per platform, asked in turn; the first that knows the page reads it.

A platform is a module with `read(document) -> Discussion | None`. It answers two kinds of page: an article's page that
uses the platform (its comments, or the follows that lead to them), and the platform's own answers (a comment page, a
JSON endpoint). A new platform is one module and one name in `PLATFORMS`.
"""

from __future__ import annotations

from newsarchive.reading.comments import flat, wordpress
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.document import Document

__all__ = ["PLATFORMS", "Discussion", "flat", "read_discussion", "wordpress"]

PLATFORMS = (wordpress, flat)


def read_discussion(document: Document) -> Discussion | None:
    """The thread that this page shows or belongs to, read by the first platform that knows it; None if none does."""
    return next((found for platform in PLATFORMS if (found := platform.read(document))), None)
