"""Whether a page asks not to be archived: `noarchive` in the header X-Robots-Tag, or in `<meta name="robots">`.

Both may speak to one crawler only (`X-Robots-Tag: somebot: noarchive`, `<meta name="somebot">`); what is said to others is not
said to us. Google's "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications" describes both forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsarchive.reading.document import Document

_RULE = "noarchive"
_US = "newsarchive"
_TO = re.compile(r"\s*([\w-]+)\s*:(.*)")
_VALUED = {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}  # rules that hold a colon themselves


def forbids_archiving(document: Document) -> bool:
    """Whether everybody's crawlers, or this one, are asked not to archive the page."""
    headers = (value for name, value in document.page.headers if name.lower() == "x-robots-tag")
    if any(map(_header_forbids, headers)):
        return True
    if _RULE.encode() not in document.page.body.lower():
        return False
    return document.json is None and any(_names(content) for content in _said_to_us(document))


def _header_forbids(value: str) -> bool:
    """A field may be several, joined by commas: the crawler that is named holds for what follows, up to the next name."""
    to = ""
    for part in value.lower().split(","):
        found = _TO.match(part)
        if found and found[1] not in _VALUED:
            to, part = found[1], found[2]
        if to in ("", _US) and _names(part):
            return True
    return False


def _said_to_us(document: Document) -> Iterable[str]:
    for meta in document.tree.iter("meta"):
        if (meta.get("name") or "").strip().lower() in ("robots", _US):
            yield (meta.get("content") or "").lower()


def _names(rules: str) -> bool:
    return _RULE in re.split(r"[\s,]+", rules)
