"""The heading of the comments: what stands right beneath it are comments, and what stands above it belongs to the article."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from lxml import etree

from newsarchive.reading.comments.lists.rows import PARTS, Found, has_words, says_something
from newsarchive.reading.comments.lists.words import COLUMN, COMMENT, COMMENTS
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend"))
_LABELS = frozenset(("p", "div", "b", "strong"))  # besides them, if nothing in them can be clicked
_LONGEST_LABEL = 60
_LOOKED_AT = 60  # siblings
_NEAR = 4  # elements around a list
_EMPTY = 3  # elements before it, of which some may hold nothing
_COUNT = re.compile(r"(?:\d[\d.,]*|one)\s+(?:(?:people|person|readers?|users?)\s+(?:have\s+|has\s+)?)?")
_MOST_WORDS = 3  # of a heading that says "Comments" and little else


def is_headed(found: Found) -> bool:
    """Whether what stands right above a list is a heading that says "Comments", and little else."""
    inner = found.rows[0][0]
    ways = (inner, *islice(inner.iterancestors(), _NEAR))
    before = (one for way in ways for one in islice(way.itersiblings(etree.Element, preceding=True), _EMPTY))
    above = next(filter(has_words, before), None)
    return above is not None and (above.tag in _HEADINGS or _is_label(above)) and says_comments(_words(above))


def _is_label(element: Element) -> bool:
    """Whether an element is a line that leads nowhere: many a heading is a paragraph in bold."""
    return element.tag in _LABELS and next(element.iter("a", "button", "input", "textarea"), None) is None


def says_comments(words: str) -> bool:
    """Whether words say "Comments", and little else."""
    words = words.lower()
    if (count := _COUNT.match(words)) and COMMENT.match(words, count.end()):
        return True  # "3 Responses to ..."
    return len(words.split()) <= _MOST_WORDS and COMMENTS.search(words) is not None and not COLUMN.fullmatch(words)


def is_parted(first: Element, second: Element) -> bool:
    """Whether the heading of the comments stands between two siblings: an article's own date may be made as theirs."""
    if first.getparent() is not second.getparent():
        return False
    return any(map(_is_heading, takewhile(lambda one: one is not second, islice(first.itersiblings(), _LOOKED_AT))))


def between_headings(home: Element) -> tuple[Element, ...]:
    """The siblings around a lone anchor, from the heading of the comments down to the next heading, rule or form, if words
    stand among them besides the anchor's; none if there is no such heading."""
    above: list[Element] = []
    for one in islice(home.itersiblings(etree.Element, preceding=True), _LOOKED_AT):
        if one.tag in _HEADINGS:
            below = list(takewhile(lambda after: not _ends(after), islice(home.itersiblings(etree.Element), _LOOKED_AT)))
            told = says_something((*above, *below)) or (home.tail or "").strip()
            return (*reversed(above), home, *below) if _is_heading(one) and told else ()
        above.append(one)
    return ()


def _ends(element: Element) -> bool:
    """Whether the comments end before this element."""
    return element.tag in PARTS or next(element.iter("form", "textarea"), None) is not None


def _is_heading(element: Element) -> bool:
    return element.tag in _HEADINGS and COMMENT.search(_words(element)) is not None


def _words(heading: Element) -> str:
    """The words of a heading in lower case, if they are few."""
    words = clean_line(heading.text_content())
    return words.lower() if len(words) <= _LONGEST_LABEL else ""
