"""A flat list."""

from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.document import Document


def read(document: Document) -> Discussion | None:
    """None."""
    return None
