"""What links from other sites leave among comments, and no reader wrote: by its class, or by what it calls itself."""

from __future__ import annotations

import re
from itertools import islice

from newsarchive.reading.comments.lists.words import TRACES
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

_LABEL = re.compile(r"\s*(?:track|ping)-?back\s*(?:$|[|:·,–—-]|(?:by|from|von|de|par|di|da|door|от)\b)", re.IGNORECASE)
_LIST = re.compile(r"(?:^|\s)(?:pings?|pingbacks?|trackbacks?)(?:s?[_-]?list)?(?:$|\s)", re.IGNORECASE)
_LONGEST = 50  # characters of a label, or of one with the day behind it
_LOOKED_AT = 40  # texts of an item


def is_trace(item: Element) -> bool:
    """Whether an item is a trackback or a pingback."""
    parent = item.getparent()
    around = "" if parent is None else f"{parent.get('class') or ''} {parent.get('id') or ''}"
    if TRACES.search(item.get("class") or "") or _LIST.search(around):
        return True
    labels = filter(_LABEL.match, islice(item.itertext(), _LOOKED_AT))
    return any(len(clean_line(label)) <= _LONGEST for label in labels)
