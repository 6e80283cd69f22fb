"""The comment section of a page: the elements that are no part of the article, and the count that their heading claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from newsarchive.reading.ancestry import from_above, lies_in
from newsarchive.reading.comments.lists.words import COMMENTS
from newsarchive.reading.counts import count_in, count_in_json_ld
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_SECTION = re.compile(r"comment|respond", re.IGNORECASE)
_ENTRY = "entry-content"
_LIKELY = 40  # headings that may be the page's headline
_LEAST = 12  # characters of a headline that is no `h1`
_LONGEST = 40  # characters of a heading that may say "Comments"
_PAGE = ("body", "html", "main", "article")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def section(document: Document, roots: Sequence[Element]) -> tuple[Element, ...]:
    """The outermost elements that hold these and nothing of the article, in the order of `roots`."""
    around = _around_article(document) if roots else set()

    def outermost(one: Element, outer: Element | None) -> Element | None:
        if one in around or one.tag in _PAGE:
            return None
        return one if outer is None and _is_section(one) else outer

    known: dict[Element, Element | None] = {}
    outer = ((root, from_above(root.getparent(), known, outermost)) for root in roots)
    found = dict.fromkeys(root if above is None else above for root, above in outer)
    within: dict[Element, bool] = {}
    return tuple(one for one in found if not lies_in(one, found, within))


def headlines(tree: Element) -> list[Element]:
    """The headings of the page itself: its `h1`, without one that heads the comments; where it has none, a lesser one with which
    the page's title begins."""
    found = [one for one in tree.iter("h1") if next(filter(str.strip, one.itertext()), None)]
    if own := [one for one in found if not _heads_comments(one)]:
        return own
    title = clean_line(tree.findtext(".//title") or "")
    lesser = ((one, clean_line(one.text_content())) for one in islice(tree.iter("h2", "h3", "h4"), _LIKELY))
    return [one for one, words in lesser if len(words) >= _LEAST and title.startswith(words)] or found


def _heads_comments(heading: Element) -> bool:
    return COMMENTS.search(clean_line(heading.text_content())[:_LONGEST].lower()) is not None


def _around_article(document: Document) -> set[Element]:
    """The elements of the page that hold a part of its article."""
    found: set[Element] = set()
    texts = (one for one in document.marked(_ENTRY) if _ENTRY in one.get("class", ""))
    for entry in (*headlines(document.tree), *texts):
        at = entry.getparent()
        while at is not None and at not in found:
            found.add(at)
            at = at.getparent()
    return found


def _is_section(element: Element) -> bool:
    return element.tag in ("ol", "ul") or _SECTION.search(f"{element.get('id')} {element.get('class')}") is not None


def claimed_count(document: Document, nodes: Sequence[Element], comments: Collection[Element]) -> int | None:
    """The number of comments that the section's heading claims, or the article's JSON-LD; None if nothing does.

    The heading stands in the section or right before it, never within one of the `comments`.
    """
    within: dict[Element, bool] = {}
    for node in nodes:
        before = node.getprevious()
        for heading in ([] if before is None else [before]) + list(node.iter(*_HEADINGS)):
            if heading.tag in _HEADINGS and not lies_in(heading, comments, within):
                count = count_in(heading.text_content())
                if count is not None:
                    return count
    return count_in_json_ld(document)
