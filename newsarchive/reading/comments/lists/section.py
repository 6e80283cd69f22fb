"""The section around a list of comments: its headings and forms, the count it claims, what says that it is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from newsarchive.reading.comments.lists.rows import Found
from newsarchive.reading.comments.lists.signs import labels, line
from newsarchive.reading.comments.lists.words import CLOSED, COMMENT
from newsarchive.reading.counts import count_in
from newsarchive.reading.document import Element

_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend"))
_NO_ROW = ("h2", "h3", "h4", "form", "textarea")
_BESIDE = 3  # siblings of a list that may be its heading or form
_LOOKED_AT = 60  # elements of what may be a row
_LONGEST_NOTICE = 300


def beside(found: Found, page: frozenset[Element]) -> list[Element]:
    """The headings of comments and the forms for them that stand right before or after a list, or its rows."""
    near: dict[Element, None] = {}
    for one in (found.rows[0][0], found.rows[-1][-1], found.root):
        if one not in page:
            near |= dict.fromkeys((*islice(one.itersiblings(preceding=True), _BESIDE), *islice(one.itersiblings(), _BESIDE)))
    return [one for one in near if isinstance(one.tag, str) and one not in page and _is_label(one)]


def _is_label(element: Element) -> bool:
    if next(element.iter("textarea"), None) is not None:
        return True
    return element.tag in _TITLES and COMMENT.search(line(element)) is not None


def claimed(found: Found, nodes: Sequence[Element], around: Sequence[Element]) -> int | None:
    """The number of comments that the heading of a list claims, in it or right above it; None if it claims none."""
    headings = (one for one in around if one.tag in _TITLES)
    above = (before for node in nodes[:1] if (before := node.getprevious()) is not None and isinstance(before.tag, str))
    lines = map(line, (*headings, *above))
    told = (words for words in (*lines, *labels(found, (found.root,))) if COMMENT.search(words))
    return next((count for words in told if (count := count_in(words)) is not None), None)


def says_closed(around: Sequence[Element]) -> bool:
    """Whether a line of the section, outside its comments, says that no more are taken."""
    return any(CLOSED.search(text[:_LONGEST_NOTICE]) for one in around for text in (one.text, one.tail) if text and "c" in text)


def strays(found: Found, known: Collection[Element]) -> bool:
    """Whether something stands beside the rows of a list, like them, that could not be read. Rows with a class tell their own
    kind; without one, what has neither heading nor field but words of its own is like them."""
    first = found.rows[0][0]
    if any(row[0].get("class") for row in found.rows):
        return False
    others = (one for one in first.getparent().iterchildren(first.tag) if one not in known and not one.get("id"))
    bare = (one for one in others if all(next(one.iter(tag), None) is None for tag in _NO_ROW))
    return any(text.strip() for one in bare for text in _own_words(one))


def _own_words(element: Element) -> Iterator[str]:
    """Words of an element outside its links."""
    for one in islice(element.iter(), _LOOKED_AT):
        if isinstance(one.tag, str) and one.tag not in ("a", "button", "script", "style"):
            yield one.text or ""
        if one is not element:
            yield one.tail or ""
