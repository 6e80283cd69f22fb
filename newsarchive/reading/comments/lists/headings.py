"""The heading of the comments among the siblings of an article's paragraphs: what stands above it belongs to the article."""

from __future__ import annotations

from itertools import islice, takewhile

from newsarchive.reading.comments.lists.rows import has_words
from newsarchive.reading.comments.lists.words import COMMENT
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_LABEL = 60
_LOOKED_AT = 60  # siblings


def is_parted(first: Element, second: Element) -> bool:
    """Whether the heading of the comments stands between two siblings: an article's own date may be made as theirs."""
    if first.getparent() is not second.getparent():
        return False
    return any(map(_is_heading, takewhile(lambda one: one is not second, islice(first.itersiblings(), _LOOKED_AT))))


def between_headings(home: Element) -> tuple[Element, ...]:
    """The siblings of a lone anchor from the heading of the comments down to it, where words stand above it; none if there is
    no such heading."""
    preceding = (one for one in islice(home.itersiblings(preceding=True), _LOOKED_AT) if isinstance(one.tag, str))
    above: list[Element] = []
    for one in preceding:
        if one.tag in _HEADINGS:
            return (*reversed(above), home) if _is_heading(one) and any(map(has_words, above)) else ()
        above.append(one)
    return ()


def _is_heading(element: Element) -> bool:
    if element.tag not in _HEADINGS:
        return False
    words = clean_line(element.text_content())
    return len(words) <= _LONGEST_LABEL and COMMENT.search(words.lower()) is not None
