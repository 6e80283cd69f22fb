"""What links from other sites leave among comments, and no reader wrote: by its class, or by what it calls itself."""

from __future__ import annotations

import re
from itertools import islice

from newsarchive.reading.comments.lists.words import TRACES
from newsarchive.reading.document import Element

_LABEL = re.compile(r"(?:track|ping)-?back(?:\s+(?:by|from|von|de|par|di|da|door|от))?\W*", re.IGNORECASE)
_LONGEST = 30  # characters of a label
_LOOKED_AT = 40  # texts of an item


def is_trace(item: Element) -> bool:
    """Whether an item is a trackback or a pingback."""
    if TRACES.search(item.get("class") or ""):
        return True
    words = (text.strip() for text in islice(item.itertext(), _LOOKED_AT))
    return any(len(label) <= _LONGEST and _LABEL.fullmatch(label) for label in words)
