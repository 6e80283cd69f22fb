"""What the addresses of a site's articles look like, as a regular expression; None where nothing tells them apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

_LEAST = 3  # articles from which a pattern is made
_NUMBERS = ((r"(?:19|20)\d\d", r"\d{4}"), (r"\d\d", r"\d{2}"), (r"\d+", r"\d+"))
_SLUG = r"[^/]+"
_ENDING = re.compile(r"\.(?:html?|php|aspx?|cms|ece|shtml)$")
_NUMBERED = re.compile(r"(?:^|[-_.])\d{4,}$")


def pattern_of(articles: Sequence[str], others: Collection[str] = ()) -> str | None:
    """The expression that finds all the articles' addresses and none of the others, which were read and are no articles.

    It says something only where numbers or a folder stand in it: `/[^/]+/` would find any page.
    """
    paths = [urlsplit(url).path for url in articles]
    if len(set(paths)) < _LEAST or any(urlsplit(url).query for url in articles):
        return None
    rows = [path.split("/")[1:] for path in paths]
    if len({len(row) for row in rows}) != 1:
        return None
    parts = [_part(column, last=at == len(rows[0]) - 1) for at, column in enumerate(zip(*rows, strict=True))]
    found = "/" + "/".join(parts) + "$"
    if all(part in (_SLUG, "") for part in parts) or any(re.search(found, url) for url in others):
        return None
    return found if all(re.search(found, url) for url in articles) else None


def _part(column: Sequence[str], *, last: bool) -> str:
    """One folder, or the page's name: a number of its kind, a word that is always the same, a name with what it ends in."""
    if not any(column):
        return ""
    for kind, written in _NUMBERS:
        if all(re.fullmatch(kind, value) for value in column):
            return written
    if len(set(column)) == 1 and not last:
        return re.escape(column[0])
    ending = {(_ENDING.search(value) or [""])[0] for value in column}
    tail = re.escape(ending.pop()) if len(ending) == 1 else ""
    numbered = all(_NUMBERED.search(_ENDING.sub("", value)) for value in column)
    return (r"[^/]*\d+" if numbered else _SLUG) + tail
