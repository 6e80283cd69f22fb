"""The headline of an article, without the name of its site or section glued on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain

from newsarchive.reading.document import Document
from newsarchive.reading.structured import Object, line
from newsarchive.text import clean_line, fold

_SEPARATOR = re.compile(r"\s+[|–—\-•·:»«/~]+\s+|\s*[|»]\s*|(?<=\S):\s+")
_SHORTEST, _LONGEST = 12, 400
_LOGO = re.compile("site-title|logo")
_TITLE = re.compile("entry-title|post-title")


def read_headline(document: Document, article: Object, sites: Collection[str]) -> str | None:
    """The headline most of the page's own statements agree on; where none do: JSON-LD, `og:title`, the page's heading.

    `sites` are the names of the site, which are cut off from either end.
    """
    if selector := document.profile.selector("headline"):
        return next((text for one in document.tree.cssselect(selector) if (text := clean_line(one.text_content()))), None)
    title = clean_line(document.tree.findtext(".//title") or "")
    shared = line(document.meta("og:title")) or ""
    found = [
        line(article.get("headline")) or "",
        shared,
        _heading(document, title + " " + shared, sites),
        line(title) or "",
        line(document.meta("twitter:title")) or "",
    ]
    barred = {_folded(site) for site in sites if site}
    bare = [_without(text[:_LONGEST], barred) for text in found]
    own = {_folded(text) for text in bare[:3] if text} or _set_apart(document)
    bare = [_shortened(text, own) for text in bare]
    votes = Counter(_folded(text) for text in bare[:4] if text)
    return max((text for text in bare if text), key=lambda text: votes[_folded(text)], default=None)


def _heading(document: Document, titles: str, sites: Collection[str]) -> str:
    """The longest heading that the page's title repeats, else one marked as the headline, else the first."""
    barred = {fold(site) for site in sites}
    firsts = [clean_line(one.text_content()) for one in document.tree.iter("h1") if not _LOGO.search(one.get("class", ""))]
    firsts = [text for text in firsts if text and fold(text) not in barred]
    repeated = max((text for text in firsts if _folded(text) in _folded(titles)), key=len, default="")
    return repeated or next(filter(None, _marked(document)), "") or next(iter(firsts), "")


def _marked(document: Document) -> Iterator[str]:
    """The lines that the page's mark-up calls its headline, the surest first."""
    stated = (one for one in document.marked("headline") if one.get("itemprop") == "headline")
    titles = (one for one in document.tree.iter("h1", "h2") if _TITLE.search(one.get("class", "")))
    yield from (clean_line(one.text_content()) for one in chain(stated, titles))


def _set_apart(document: Document) -> set[str]:
    """Lines in bold or as lesser headings, among which a page without a heading has its headline."""
    found = (_folded(one.text_content()) for one in document.tree.iter("h2", "h3", "b", "strong", "font"))
    return {text for text in found if len(text) >= _SHORTEST}


def _without(text: str, barred: Collection[str]) -> str:
    """The text without segments at its ends that name the site."""
    while len(cuts := list(_SEPARATOR.finditer(text))):
        if _folded(text[cuts[-1].end() :]) in barred:
            text = text[: cuts[-1].start()]
        elif _folded(text[: cuts[0].start()]) in barred:
            text = text[cuts[0].end() :]
        else:
            break
    return text.strip()


def _shortened(text: str, known: Collection[str]) -> str:
    """The text cut to a part of it that another statement of the page gives whole, if what goes is at an end."""
    for cut in _SEPARATOR.finditer(text):
        for part in (text[: cut.start()], text[cut.end() :]):
            if _folded(part) in known:
                return part.strip()
    return text


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
