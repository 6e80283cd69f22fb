"""What a newspaper's front page calls the newspaper."""

from __future__ import annotations

import re

from newsarchive.reading.document import Document
from newsarchive.text import clean_line

_PUBLISHERS = {"WebSite", "NewsMediaOrganization", "Organization", "Newspaper", "Periodical"}
_PARTS = re.compile(r"\s+[|–—•·:»-]\s+")
_NO_NAME = re.compile(r"home(?:page)?|welcome|start(?:seite)?|accueil|inicio|front page|latest news", re.IGNORECASE)
_LONGEST = 80


def site_name(document: Document) -> str | None:
    """The newspaper's name as its front page states it: for sharing, in JSON-LD, or as the first part of its title."""
    stated = (one.get("name") for one in document.json_ld if _kinds(one.get("@type")) & _PUBLISHERS)
    title = clean_line(document.tree.findtext(".//title") or "")
    parts = (part for part in _PARTS.split(title) if not _NO_NAME.fullmatch(part))
    for name in (document.meta("og:site_name"), *stated, document.meta("application-name"), *parts):
        if isinstance(name, str) and 0 < len(clean_line(name)) <= _LONGEST:
            return clean_line(name)
    return None


def _kinds(value: object) -> set[str]:
    return {kind for kind in (value if isinstance(value, list) else [value]) if isinstance(kind, str)}
