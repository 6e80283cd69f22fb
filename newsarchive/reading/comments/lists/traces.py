"""What links from other sites leave among comments, and no reader wrote: by its class, or by what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from newsarchive.reading.comments.lists.words import TRACES
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

_WORD = re.compile(r"(?:track|ping)-?back", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:track|ping)-?back\s*(?:$|[|:·,–—-]|(?:by|from|von|de|par|di|da|door|от)\b)", re.IGNORECASE)
_LIST = re.compile(r"(?:^|\s)(?:pings?|pingbacks?|trackbacks?)(?:s?[_-]?list)?(?:$|\s)", re.IGNORECASE)
_LONGEST = 50  # characters of a label, or of one with the day behind it
_LOOKED_AT = 40  # texts of an item


def readers_own(holder: Element, items: Sequence[Element]) -> list[Element]:
    """Those of the items in an element that readers wrote."""
    words = holder.text_content()  # one look for all, as few pages say so
    says_so = ("back" in words or "BACK" in words) and _WORD.search(words) is not None
    return [one for one in items if not (is_trace(one) if says_so else _is_called_trace(one))]


def is_trace(item: Element) -> bool:
    """Whether an item is a trackback or a pingback."""
    if _is_called_trace(item):
        return True
    labels = filter(_LABEL.match, islice(item.itertext(), _LOOKED_AT))
    return any(len(clean_line(label)) <= _LONGEST for label in labels)


def _is_called_trace(item: Element) -> bool:
    """Whether the class of an item, or of the list that holds it, calls it so."""
    parent = item.getparent()
    around = "" if parent is None else f"{parent.get('class') or ''} {parent.get('id') or ''}"
    return TRACES.search(item.get("class") or "") is not None or _LIST.search(around) is not None
